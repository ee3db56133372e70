//! An article's page: its whole text, each sentence to be linked to, each date marked.

use super::marks::class;
use super::site::event_page;
use super::view::{DateView, date_view, published, short};
use super::voices;
use super::weave::{Span, weave};
use super::{Site, escape};
use crate::model::{Article, BlockKind, DateBasis, Event, InlineKind, Timeline};
use serde::Serialize;
use std::collections::BTreeMap;
use std::ops::Range;

/// An article as its template shows it.
#[derive(Debug, Serialize)]
pub struct ArticleView {
    pub title: String,
    pub outlet: String,
    pub outlet_href: Option<String>,
    pub published: String,
    pub date: Option<DateView>,
    pub basis: Option<String>,
    /// The words that state when it was published.
    pub evidence: Option<String>,
    /// How that was worked out where no words state it.
    pub reasoning: Option<String>,
    pub updated: Option<String>,
    pub authors: Option<String>,
    pub original: Option<String>,
    pub language: String,
    /// The text, block by block.
    pub blocks: Vec<BlockView>,
    /// Every expression of time.
    pub dates: Vec<Row>,
    /// The events it tells, in order of time.
    pub events: Vec<Line>,
}

/// A block of the text, or a run of like ones, with its dates for the margin.
#[derive(Debug, Default, Serialize)]
pub struct BlockView {
    /// As HTML.
    pub html: String,
    pub dates: Vec<Aside>,
}

/// A date in the margin.
#[derive(Debug, Serialize)]
pub struct Aside {
    /// The number of its expression.
    pub n: usize,
    pub date: DateView,
    /// Whether an event has it.
    pub told: bool,
}

/// An event on the article's own small timeline.
#[derive(Debug, Serialize)]
pub struct Line {
    pub href: String,
    pub title: String,
    pub class: String,
    pub date: DateView,
    /// The sentence that tells it here.
    pub sentence: usize,
}

/// One expression of time and how it was read.
#[derive(Debug, Serialize)]
pub struct Row {
    /// Its number in the article.
    pub n: usize,
    pub words: String,
    pub date: Option<DateView>,
    pub why: String,
    pub events: Vec<EventLink>,
}

/// A link to an event.
#[derive(Debug, Clone, Serialize)]
pub struct EventLink {
    pub href: String,
    pub title: String,
}

/// What one page shows of an article.
pub struct Piece<'p> {
    /// The article's index.
    pub index: usize,
    /// The stretch of its text.
    pub within: Range<usize>,
    /// The way from the page to the root of the site.
    pub root: &'p str,
}

/// Makes the view of an article, or of a piece of a long one; `mentions` are the indexes of its own.
pub fn article_view(
    site: &Site,
    timeline: &Timeline,
    article: &Article,
    mentions: &[usize],
    piece: &Piece,
) -> ArticleView {
    let rows = rows(site, timeline, article, mentions, piece);
    ArticleView {
        title: article.title.value.clone(),
        outlet: site.outlet(article).to_owned(),
        outlet_href: site.outlet_page(article),
        published: published(site, article),
        date: article.published.as_ref().map(|p| date_view(site, &p.date, None)),
        basis: article.published.as_ref().map(|p| site.words.basis(p.basis).to_owned()),
        evidence: evidence(article, false),
        reasoning: evidence(article, true),
        updated: article.updated.as_ref().map(|d| site.words.sentence("updated", &[("date", &site.words.date(d))])),
        authors: Some(site.words.list(&article.authors)).filter(|said| !said.is_empty()),
        original: article.url.as_deref().and_then(escape::web),
        language: article.language.clone(),
        blocks: blocks(timeline, article, &rows, piece),
        events: lines(site, timeline, article, mentions, piece),
        dates: rows,
    }
}

/// Gives what a publication date rests on: the reasoning of one that was worked out, else the words.
fn evidence(article: &Article, inferred: bool) -> Option<String> {
    let published = article.published.as_ref()?;
    let wanted = (published.basis == DateBasis::Inferred) == inferred && !published.evidence.is_empty();
    wanted.then(|| published.evidence.clone())
}

fn rows(site: &Site, timeline: &Timeline, article: &Article, mentions: &[usize], piece: &Piece) -> Vec<Row> {
    let all = timeline.resolved.get(piece.index).map(Vec::as_slice).unwrap_or_default();
    let mut told: Vec<(&Range<usize>, &Event)> = mentions
        .iter()
        .filter_map(|&m| Some((&timeline.mentions.get(m)?.expression, timeline.events.get((*site.event_of.get(m)?)?)?)))
        .collect();
    told.sort_by_key(|(range, _)| range.start);
    let mut rows: Vec<Row> = Vec::with_capacity(all.len());
    for (n, this) in all.iter().enumerate().filter(|(_, this)| piece.within.contains(&this.timex.marked().start)) {
        let marked = this.timex.marked();
        let from = told.partition_point(|(range, _)| range.end <= marked.start);
        let mut events: Vec<EventLink> = Vec::new();
        for (_, event) in told.iter().skip(from).take_while(|(range, _)| range.start < marked.end) {
            let href = event_page(event);
            if events.iter().all(|known| known.href != href) {
                events.push(EventLink { href, title: short(&event.title).into_owned() });
            }
        }
        rows.push(Row {
            n,
            words: article.text.get(marked).unwrap_or_default().to_owned(),
            date: this.date.as_ref().map(|date| date_view(site, date, this.timex.modifier)),
            why: site.why_of(timeline, piece.index, n),
            events,
        });
    }
    rows
}

/// Gives the events of an article in order of time.
fn lines(site: &Site, timeline: &Timeline, article: &Article, mentions: &[usize], piece: &Piece) -> Vec<Line> {
    let mut own: BTreeMap<usize, usize> = BTreeMap::new();
    for &m in mentions {
        let Some(mention) = timeline.mentions.get(m) else { continue };
        let start = article.sentences.get(mention.sentence).map_or(mention.quote.start, |s| s.range.start);
        if let (Some(Some(event)), true) = (site.event_of.get(m), piece.within.contains(&start)) {
            own.entry(*event).or_insert(mention.sentence);
        }
    }
    let line = |(event, sentence): (usize, usize)| {
        let event = timeline.events.get(event)?;
        let (href, title) = (event_page(event), short(&event.title).into_owned());
        Some(Line {
            href,
            title,
            class: class(site, event, voices::count(site, timeline, event)),
            date: date_view(site, &event.date, None),
            sentence,
        })
    };
    own.into_iter().filter_map(line).collect()
}

/// Gives the text as HTML.
fn blocks(timeline: &Timeline, article: &Article, rows: &[Row], piece: &Piece) -> Vec<BlockView> {
    let all = timeline.resolved.get(piece.index).map(Vec::as_slice).unwrap_or_default();
    let marked = |row: &Row| Some(mark(all.get(row.n)?.timex.marked(), row, piece.root));
    let marks: Vec<Span> = rows.iter().filter_map(marked).collect();
    let sentences: Vec<Span> =
        article.sentences.iter().enumerate().map(|(i, s)| sentence(i, s.range.clone())).collect();
    let mut views: Vec<BlockView> = Vec::with_capacity(article.blocks.len());
    let mut around = None;
    let mut next = 0;
    let mut above: Vec<u8> = Vec::new();
    let first = article.blocks.partition_point(|block| block.range.end <= piece.within.start);
    let here = article.blocks.iter().skip(first).take_while(|block| block.range.start < piece.within.end.max(1));
    for block in here {
        let range = block.range.start.max(piece.within.start)..block.range.end.min(piece.within.end);
        let wanted = group(block.kind);
        if around != wanted || wanted.is_none() || views.is_empty() {
            if let (Some((_, close)), Some(last)) = (around, views.last_mut()) {
                last.html.push_str(close);
            }
            let open = wanted.map_or("", |(open, _)| open);
            views.push(BlockView { html: open.to_owned(), dates: Vec::new() });
            around = wanted;
        }
        let Some(view) = views.last_mut() else { continue };
        let inlines: Vec<Span> = block.inlines.iter().filter_map(inline).collect();
        let spans: Vec<&Span> =
            within(&sentences, &range).iter().chain(&inlines).chain(within(&marks, &range)).collect();
        if let BlockKind::Heading(level) = block.kind {
            // Below the page's own heading no level is left out, whatever the article's first one is.
            above.retain(|of| *of < level);
            above.push(level);
        }
        push_block(&mut view.html, &article.text, (block.kind, &range), above.len() + 1, &spans);
        // Every expression stands in the margin of the block that it begins in.
        while let Some((mark, row)) = marks.get(next).zip(rows.get(next)).filter(|(m, _)| m.range.start < range.end) {
            if let Some(date) = row.date.as_ref().filter(|_| mark.range.start >= range.start) {
                view.dates.push(Aside { n: row.n, date: date.clone(), told: !row.events.is_empty() });
            }
            next += 1;
        }
    }
    if let (Some((_, close)), Some(last)) = (around, views.last_mut()) {
        last.html.push_str(close);
    }
    views
}

/// Gives the spans, which come in order, that touch a range.
fn within<'s>(spans: &'s [Span], range: &Range<usize>) -> &'s [Span] {
    let from = spans.partition_point(|span| span.range.end <= range.start);
    let rest = spans.get(from..).unwrap_or_default();
    let to = rest.partition_point(|span| span.range.start < range.end);
    rest.get(..to).unwrap_or_default()
}

/// Gives the element around a run of like blocks.
fn group(kind: BlockKind) -> Option<(&'static str, &'static str)> {
    match kind {
        BlockKind::ListItem => Some(("<ul>\n", "</ul>\n")),
        BlockKind::Quote => Some(("<blockquote>\n", "</blockquote>\n")),
        BlockKind::TableRow => Some(("<table>\n", "</table>\n")),
        BlockKind::Paragraph | BlockKind::Heading(_) | BlockKind::Code => None,
    }
}

fn push_block(out: &mut String, text: &str, (kind, range): (BlockKind, &Range<usize>), level: usize, spans: &[&Span]) {
    // What began in a block before has had its id there.
    let mut done: Vec<bool> = spans.iter().map(|span| span.range.start < range.start).collect();
    let (open, close) = match (kind, level) {
        (BlockKind::Heading(_), 2) => ("<h2 dir=\"auto\">", "</h2>\n"),
        (BlockKind::Heading(_), 3) => ("<h3 dir=\"auto\">", "</h3>\n"),
        (BlockKind::Heading(_), 4) => ("<h4 dir=\"auto\">", "</h4>\n"),
        (BlockKind::Heading(_), 5) => ("<h5 dir=\"auto\">", "</h5>\n"),
        (BlockKind::Heading(_), _) => ("<h6 dir=\"auto\">", "</h6>\n"),
        (BlockKind::ListItem, _) => ("<li dir=\"auto\">", "</li>\n"),
        (BlockKind::Code, _) => ("<pre tabindex=\"0\"><code>", "</code></pre>\n"),
        (BlockKind::TableRow, _) => ("<tr><td dir=\"auto\">", "</td></tr>\n"),
        (BlockKind::Paragraph | BlockKind::Quote, _) => ("<p dir=\"auto\">", "</p>\n"),
    };
    out.push_str(open);
    if kind == BlockKind::TableRow {
        let mut from = range.start;
        let row = text.get(range.clone()).unwrap_or_default();
        for (tab, _) in row.match_indices('\t') {
            weave(out, text, from..range.start + tab, spans, &mut done);
            out.push_str("</td><td dir=\"auto\">");
            from = range.start + tab + 1;
        }
        weave(out, text, from..range.end, spans, &mut done);
    } else {
        weave(out, text, range.clone(), spans, &mut done);
    }
    out.push_str(close);
}

fn sentence(index: usize, range: Range<usize>) -> Span {
    let id = Some(format!("s{index}"));
    Span { range, open: "<span>".to_owned(), close: "</span>", in_link: None, id, link: false }
}

fn mark(range: Range<usize>, row: &Row, root: &str) -> Span {
    let class = match (&row.date, row.events.is_empty()) {
        (_, false) => "told",
        (Some(_), true) => "dated",
        (None, true) => "vague",
    };
    let href = match row.events.as_slice() {
        [only] => format!("{root}{}", only.href),
        _ => format!("#d{}", row.n),
    };
    let read = row.date.as_ref().map_or(row.why.as_str(), |date| &date.words);
    let title = escape::escaped(read);
    Span {
        range,
        open: format!("<mark class=\"{class}\"><a href=\"{href}\" title=\"{title}\">"),
        close: "</a></mark>",
        in_link: Some((format!("<mark class=\"{class}\">"), "</mark>")),
        id: Some(format!("t{}", row.n)),
        link: true,
    }
}

fn inline(inline: &crate::model::Inline) -> Option<Span> {
    let (open, close) = match &inline.kind {
        InlineKind::Emphasis => ("<em>".to_owned(), "</em>"),
        InlineKind::Strong => ("<strong>".to_owned(), "</strong>"),
        InlineKind::Code => ("<code>".to_owned(), "</code>"),
        InlineKind::Link(url) => {
            let url = escape::escaped(&escape::link(url)?);
            (format!("<a href=\"{url}\" rel=\"external nofollow\">"), "</a>")
        }
    };
    let link = matches!(inline.kind, InlineKind::Link(_));
    Some(Span { range: inline.range.clone(), open, close, in_link: None, id: None, link })
}
