//! The head of an article: the lines above its text that say who published it, when, and under which title.

mod folio;
mod line;
mod loose;
mod parts;
mod zone;

use super::dates::Said;
use super::paragraph::Para;
use super::{dateline, furniture};
use crate::model::BlockKind;
use line::{Fact, Line};
pub(super) use loose::title_case;
use std::ops::Range;

/// A head has at most this many lines.
const LONGEST: usize = 15;

/// A closing line that says where the article was published is at most this long, in bytes.
const LONGEST_CLOSING: usize = 160;

/// A chronicle shows its second dated heading within so many paragraphs.
const MOST_HEADINGS: usize = 60;

/// What head and dateline state.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Head {
    pub(super) title: Option<String>,
    /// The outlet that a line of the head names.
    pub(super) publisher: Option<String>,
    /// The outlet that a byline names.
    pub(super) byline: Option<String>,
    /// The agency that the dateline names.
    pub(super) agency: Option<String>,
    /// The publication date with the words that state it.
    pub(super) published: Option<(Said, String)>,
    pub(super) updated: Option<Said>,
    pub(super) dateline: Option<(Said, String)>,
    pub(super) authors: Vec<String>,
    pub(super) url: Option<String>,
    /// The year of the copyright at the foot.
    pub(super) year: Option<i32>,
    /// Whether the publication date stood behind a label.
    labelled: bool,
    /// Where numeric dates stand that can be read two ways: byte of the file and length.
    pub(super) ambiguous: Vec<Range<usize>>,
    /// Where dates stand whose day does not exist.
    pub(super) impossible: Vec<Range<usize>>,
    /// Every publication date behind a label, with its place: bytes of the file.
    pub(super) claims: Vec<(Said, Range<usize>)>,
}

/// One line that may be of the head.
struct Seen {
    para: usize,
    range: Range<usize>,
    kind: Line,
    /// Whether the line ends because its author ended it, not because it was full.
    own: bool,
}

/// Takes the head, the dateline and a closing "Published …" line off the paragraphs.
///
/// `title` is a title known beforehand: with one, unmarked lines are text unless they repeat it.
pub(super) fn take(paras: &mut Vec<Para<'_>>, title: Option<&str>, day_first: Option<bool>) -> Head {
    let mut head = Head::default();
    let seen = look(paras, day_first);
    let end = end_of(paras, &seen);
    let region = seen.get(..end).unwrap_or_default();
    let mut gone: Vec<(usize, Range<usize>)> = Vec::new();
    for seen in region {
        if let Line::Header(facts) = &seen.kind {
            let Some(para) = paras.get(seen.para) else { continue };
            let words = para.text.get(seen.range.clone()).unwrap_or_default();
            for fact in facts {
                head.note(fact, words, para.source(seen.range.start)..para.source(seen.range.end));
            }
            gone.push((seen.para, seen.range.clone()));
        }
    }
    head.unmarked(paras, region, title, &mut gone);
    gone.sort_by_key(|(para, range)| (*para, range.start));
    remove(paras, &gone);
    if head.published.is_none() {
        head.further(paras, day_first);
    }
    head.tail(paras, day_first);
    head.take_dateline(paras);
    head
}

/// Judges the first lines, up to the first that is text.
fn look(paras: &[Para], day_first: Option<bool>) -> Vec<Seen> {
    let mut seen: Vec<Seen> = Vec::new();
    for (p, para) in paras.iter().enumerate() {
        if seen.len() >= LONGEST || para.kind != BlockKind::Paragraph && !dated_heading(paras, p, day_first) {
            break;
        }
        // A head line is short; a paragraph of many lines is looked at no further than the head goes.
        let lines: Vec<Range<usize>> = para.lines().take(LONGEST + 1).collect();
        let keyed = if p < 2 { zone::keyed(para, &lines) } else { Vec::new() };
        let width = lines.iter().map(|l| l.len()).max().unwrap_or(0);
        for (i, range) in lines.iter().enumerate() {
            let text = |range: &Range<usize>| para.text.get(range.clone()).unwrap_or_default();
            if range.is_empty() {
                continue;
            }
            let own = lines.get(i + 1).is_none_or(|next| {
                let word = text(next).split_whitespace().next().unwrap_or_default();
                let room = range.len() + 1 + word.len() <= width;
                room && !word.starts_with(char::is_lowercase)
            });
            let kind = match line::judge(text(range), day_first) {
                Line::Header(facts) if !facts.is_empty() || !keyed.contains(range) => Line::Header(facts),
                _ if keyed.contains(range) => Line::Header(zone::fact_of_pair(text(range), day_first)),
                kind => kind,
            };
            let text_begins = kind == Line::Text || seen.len() >= LONGEST;
            seen.push(Seen { para: p, range: range.clone(), kind, own });
            if text_begins {
                return seen;
            }
        }
    }
    seen
}

/// Whether a heading is of the head: one that dates the article, and stands above no chronicle of dated headings.
///
/// Two lines of a page above a rule of `---` are a heading to Markdown.
fn dated_heading(paras: &[Para], at: usize, day_first: Option<bool>) -> bool {
    let heading = |para: &Para| matches!(para.kind, BlockKind::Heading(_)) && para.text.len() <= LONGEST_CLOSING;
    let dated = |para: &Para| {
        let text = |range| para.text.get(range).unwrap_or_default();
        let lines: Vec<Line> =
            para.lines().filter(|l| !l.is_empty()).take(LONGEST).map(|l| line::judge(text(l), day_first)).collect();
        let states = |line: &Line| match line {
            Line::Header(facts) => facts.iter().any(|f| matches!(f, Fact::Date(_) | Fact::Published(_))),
            _ => false,
        };
        lines.iter().any(states) && lines.iter().all(|l| matches!(l, Line::Header(_) | Line::Outlet | Line::Name))
    };
    let Some(first) = paras.get(at).filter(|para| heading(para)) else { return false };
    dated(first) && !paras.iter().skip(at + 1).take(MOST_HEADINGS).any(|para| heading(para) && dated(para))
}

/// Whether a heading is several lines of which one dates the page.
pub(super) fn is_page_head(para: &Para, day_first: Option<bool>) -> bool {
    let text = |range| para.text.get(range).unwrap_or_default();
    let dates = |line: &str| match line::judge(line, day_first) {
        Line::Header(facts) => facts.iter().any(|f| matches!(f, Fact::Date(_) | Fact::Published(_))),
        _ => false,
    };
    para.lines().nth(1).is_some() && para.lines().take(LONGEST).any(|line| dates(text(line)))
}

/// How many of the lines are of the head: the text begins after them.
fn end_of(paras: &[Para], seen: &[Seen]) -> usize {
    let header = |i: usize| matches!(seen.get(i).map(|s| &s.kind), Some(Line::Header(_)));
    let mut end = seen.iter().position(|s| s.kind == Line::Text).unwrap_or(seen.len());
    // A wrapped line of the text is no headline, however it looks; close above a header line it is one.
    let wrapped = |i: usize| {
        let para = seen.get(i).map(|s| s.para);
        let close = |at: &usize| header(*at) && seen.get(*at).map(|s| s.para) == para;
        !header(i) && seen.get(i).is_some_and(|s| !s.own) && !(i + 1..i + 4).any(|at| close(&at))
    };
    if let Some(i) = (0..end).find(|i| wrapped(*i)) {
        end = i;
    }
    // Something must be left to read.
    let whole = end == seen.len() && seen.last().is_none_or(|last| paras.len() == last.para + 1);
    if whole && end > 0 && !header(end - 1) {
        end -= 1;
    }
    // A question is a headline only beside lines that are surely of a head.
    let firm = (0..end).any(|i| header(i) || matches!(seen.get(i).map(|s| &s.kind), Some(Line::Outlet | Line::Name)));
    let question = (0..end).find(|i| matches!(seen.get(*i).map(|s| &s.kind), Some(Line::Question)));
    match question {
        Some(i) if !firm => i,
        _ => end,
    }
}

impl Head {
    fn note(&mut self, fact: &Fact, words: &str, place: Range<usize>) {
        match fact {
            Fact::Published(said) => {
                self.claims.push((*said, place));
                // A label wins over a bare date above it.
                if !std::mem::replace(&mut self.labelled, true) {
                    self.published = Some((*said, words.to_owned()));
                }
            }
            Fact::Date(said) => {
                self.published.get_or_insert_with(|| (*said, words.to_owned()));
            }
            Fact::Dateline(said) => {
                self.dateline.get_or_insert_with(|| (*said, words.to_owned()));
            }
            Fact::Agency(name) => {
                self.agency.get_or_insert_with(|| name.clone());
            }
            Fact::Updated(said) => {
                self.updated.get_or_insert(*said);
            }
            Fact::Ambiguous => self.ambiguous.push(place),
            Fact::Impossible => self.impossible.push(place),
            Fact::Publisher(name) => {
                self.publisher.get_or_insert_with(|| name.clone());
            }
            Fact::BylinePublisher(name) => {
                self.byline.get_or_insert_with(|| name.clone());
            }
            Fact::Author(name) if !self.authors.contains(name) => self.authors.push(name.clone()),
            Fact::Author(_) => {}
            Fact::Title(title) => {
                self.title.get_or_insert_with(|| title.clone());
            }
            Fact::Url(url) => {
                self.url.get_or_insert_with(|| url.clone());
            }
        }
    }

    /// Gives the lines that no label marks their part: outlet, title, author, or none.
    fn unmarked(
        &mut self,
        paras: &[Para],
        region: &[Seen],
        title: Option<&str>,
        gone: &mut Vec<(usize, Range<usize>)>,
    ) {
        let text = |seen: &Seen| {
            paras.get(seen.para).and_then(|p| p.text.get(seen.range.clone())).unwrap_or_default().to_owned()
        };
        let loose: Vec<(usize, &Seen)> =
            region.iter().enumerate().filter(|(_, s)| !matches!(s.kind, Line::Header(_))).collect();
        if let Some(title) = title {
            for (i, seen) in &loose {
                // An outlet close above a line of the head: "Harbour Post" over "Saturday 5 March 2022".
                let close = region.get(i + 1).is_some_and(|next| next.para == seen.para);
                let heading = paras.get(seen.para).is_some_and(|p| p.kind != BlockKind::Paragraph);
                let names = seen.kind == Line::Outlet || seen.kind == Line::Name && heading;
                if names && close {
                    self.publisher.get_or_insert_with(|| text(seen));
                }
                if names && close || same(&text(seen), title) {
                    gone.push((seen.para, seen.range.clone()));
                }
            }
            return;
        }
        let headline = |s: &Seen| matches!(s.kind, Line::Headline | Line::Question);
        let kicker = |s: &Seen| loose::kicker(&text(s)) && !matches!(s.kind, Line::Headline | Line::Question);
        let titles = loose.iter().filter(|(_, s)| headline(s)).count();
        let names = loose.iter().filter(|(_, s)| s.kind == Line::Name && !kicker(s)).count();
        let mut headlined = self.title.is_some();
        for (i, seen) in &loose {
            let words = text(seen);
            let take = match seen.kind {
                _ if kicker(seen) => true,
                Line::Outlet => {
                    self.publisher.get_or_insert(words);
                    true
                }
                Line::Headline | Line::Question if !headlined => {
                    headlined = true;
                    self.title = Some(words);
                    true
                }
                // A second headline tells something: it stays text.
                Line::Headline | Line::Question => self.title.as_deref().is_some_and(|title| same(title, &words)),
                _ if !headlined && *i == 0 && self.publisher.is_none() && (titles > 0 || names > 1) => {
                    self.publisher = Some(words);
                    true
                }
                _ if !headlined && titles == 0 && (words.contains(' ') || region.len() > 1) => {
                    headlined = true;
                    self.title = Some(words);
                    true
                }
                _ if headlined && (2..=3).contains(&words.split_whitespace().count()) && region.len() > *i + 1 => {
                    if self.authors.is_empty() {
                        self.authors.push(words);
                    }
                    true
                }
                _ => headlined || titles > 0,
            };
            if take {
                gone.push((seen.para, seen.range.clone()));
            }
        }
    }

    /// Takes the lines that date the page from among others above the first sentence.
    fn further(&mut self, paras: &mut Vec<Para<'_>>, day_first: Option<bool>) {
        let found = zone::further(paras, day_first, |p| dated_heading(paras, p, day_first));
        let mut gone = Vec::new();
        for (p, range, facts) in found {
            let Some(para) = paras.get(p) else { continue };
            let words = para.text.get(range.clone()).unwrap_or_default();
            for fact in &facts {
                self.note(fact, words, para.source(range.start)..para.source(range.end));
            }
            gone.push((p, range));
        }
        remove(paras, &gone);
    }

    /// Reads a "Published …" line among the last three of the article.
    fn tail(&mut self, paras: &mut Vec<Para<'_>>, day_first: Option<bool>) {
        let mut gone = Vec::new();
        let mut left = 3;
        for (p, para) in paras.iter().enumerate().rev().take(3) {
            // The last lines only, found from the end: a long paragraph is not walked.
            let mut end = para.text.len();
            while left > 0 && end > 0 && para.kind == BlockKind::Paragraph {
                let head = para.text.get(..end).unwrap_or_default();
                let start = head.rfind(['\n', '\r']).map_or(0, |i| i + 1);
                let range = super::paragraph::trimmed(&para.text, start..end);
                end = start.saturating_sub(1);
                if range.is_empty() {
                    continue;
                }
                left -= 1;
                let words = para.text.get(range.clone()).unwrap_or_default();
                self.year = self.year.or_else(|| zone::copyright_year(words));
                if let Some(fact) = zone::stamp(words, day_first) {
                    self.note(&fact, words, para.source(range.start)..para.source(range.end));
                    gone.push((p, range));
                    continue;
                }
                let labelled = || line::labelled_date(words, day_first).filter(|facts| !facts.is_empty());
                if words.len() <= LONGEST_CLOSING
                    && let Some(facts) = folio::appeared(words, day_first).or_else(labelled)
                {
                    for fact in &facts {
                        self.note(fact, words, para.source(range.start)..para.source(range.end));
                    }
                    gone.push((p, range));
                }
            }
        }
        gone.sort_by_key(|(para, range)| (*para, range.start));
        remove(paras, &gone);
    }

    fn take_dateline(&mut self, paras: &mut [Para<'_>]) {
        if self.dateline.is_some() {
            return;
        }
        // Lines of a head that nothing explains may stand above it.
        let text = |p: &&mut Para| p.kind == BlockKind::Paragraph && !furniture::is_caption(&p.text);
        for (i, para) in paras.iter_mut().filter(text).take(LONGEST).enumerate() {
            let found = dateline::read(&para.text);
            if let Some(found) = found.filter(|found| i == 0 || found.date.is_some_and(|said| said.day.is_some())) {
                self.dateline = found.date.map(|said| (said, found.words));
                self.agency = found.agency.or(self.agency.take());
                *para = para.slice(found.len..para.text.len());
                return;
            }
            if zone::is_prose(&para.text) {
                return;
            }
        }
    }
}

/// Whether two lines say the same, case and spaces aside.
pub(super) fn same(a: &str, b: &str) -> bool {
    let fold = |text: &str| text.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>().join(" ");
    a.len().abs_diff(b.len()) <= 40 && fold(a) == fold(b)
}

/// Takes lines, given in order, out of their paragraphs; what stays before and after becomes paragraphs.
pub(super) fn remove(paras: &mut Vec<Para<'_>>, gone: &[(usize, Range<usize>)]) {
    if gone.is_empty() {
        return;
    }
    let mut kept = Vec::with_capacity(paras.len());
    let mut gone = gone.iter().peekable();
    for (p, para) in paras.drain(..).enumerate() {
        let mut start = 0;
        let mut cut = false;
        while let Some((_, range)) = gone.next_if(|(at, _)| *at == p) {
            kept.push(para.slice(start..range.start.max(start)).trim());
            start = range.end.max(start);
            cut = true;
        }
        let rest = if cut { para.slice(start..para.text.len()).trim() } else { para };
        kept.push(rest);
    }
    kept.retain(|para| !para.text.is_empty());
    *paras = kept;
}
