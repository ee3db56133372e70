//! An article's page: its whole text, each sentence to be linked to, each date marked.

use super::field::{Field, Fields};
use super::html::Desk;
use super::marks::class;
use super::site::event_page;
use super::view::{DateView, date_view, published, short};
use super::voices;
use super::weave::{Span, weave};
use super::{RenderError, Site, escape};
use crate::model::{Article, BlockKind, DateBasis, Event, InlineKind, Timeline};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

/// A block of the text, or a run of like ones, with its dates for the margin.
#[derive(Debug, Default)]
struct Block<'s> {
    /// As HTML.
    html: String,
    dates: Vec<Field<'s>>,
}

/// One expression of time and how it was read.
#[derive(Debug)]
struct Row<'s> {
    /// Its number in the article.
    n: usize,
    words: &'s str,
    date: Option<Arc<DateView>>,
    why: &'s str,
    /// The events that it dates: the page and the headline of each.
    events: Vec<(String, Cow<'s, str>)>,
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

/// Words an article, or a piece of a long one; `mentions` are the indexes of its own.
pub fn article_fields<'s>(
    desk: &'s Desk,
    article: &'s Article,
    mentions: &[usize],
    piece: &Piece,
) -> Result<Fields<'s>, RenderError> {
    let (site, timeline) = (desk.site, desk.timeline);
    let rows = rows(site, timeline, article, mentions, piece);
    let mut blocks_html = Vec::with_capacity(2 * article.text.len());
    for block in blocks(timeline, article, &rows, piece) {
        let fields = vec![("html", Field::html(block.html)), ("dates", Field::List(block.dates))];
        desk.push_fragment(&mut blocks_html, "block.html", "block", fields)?;
    }
    let mut lines_html = Vec::new();
    for line in lines(site, timeline, article, mentions, piece) {
        desk.push_fragment(&mut lines_html, "told.html", "event", line)?;
    }
    let mut dates = Vec::with_capacity(rows.len() * 256);
    for row in rows {
        let event =
            |(href, title): (String, _)| Field::Record(vec![("href", href.into()), ("title", Field::Text(title))]);
        let fields = vec![
            ("n", Field::Text(row.n.to_string().into())),
            ("words", row.words.into()),
            ("date", row.date.into()),
            ("why", row.why.into()),
            ("events", Field::list(row.events.into_iter().map(event))),
        ];
        desk.push_fragment(&mut dates, "reading.html", "row", fields)?;
    }
    // Templates and values are text, so that nothing else can come of them.
    let html = |bytes: Vec<u8>| Field::html(String::from_utf8(bytes).unwrap_or_default());
    let published_on = article.published.as_ref();
    let updated = article.updated.as_ref().map(|d| site.words.sentence("updated", &[("date", &site.words.date(d))]));
    Ok(vec![
        ("title", Field::from(&article.title.value)),
        ("outlet", site.outlet(article).into()),
        ("outlet_href", site.outlet_page(article).into()),
        ("published", published(site, article).into()),
        ("date", published_on.map(|p| date_view(site, &p.date, None)).into()),
        ("basis", published_on.map(|p| site.words.basis(p.basis)).into()),
        // The words that state when it was published, or how that was worked out where none do.
        ("evidence", evidence(article, false).into()),
        ("reasoning", evidence(article, true).into()),
        ("updated", updated.into()),
        ("authors", Some(site.words.list(&article.authors)).filter(|said| !said.is_empty()).into()),
        ("original", article.url.as_deref().and_then(escape::web).into()),
        ("language", Field::from(&article.language)),
        ("blocks", html(blocks_html)),
        ("dates", html(dates)),
        ("events", html(lines_html)),
    ])
}

/// Gives what a publication date rests on: the reasoning of one that was worked out, else the words.
fn evidence(article: &Article, inferred: bool) -> Option<&str> {
    let published = article.published.as_ref()?;
    let wanted = (published.basis == DateBasis::Inferred) == inferred && !published.evidence.is_empty();
    wanted.then_some(published.evidence.as_str())
}

fn rows<'s>(
    site: &'s Site,
    timeline: &'s Timeline,
    article: &'s Article,
    mentions: &[usize],
    piece: &Piece,
) -> Vec<Row<'s>> {
    let all = timeline.resolved.get(piece.index).map(Vec::as_slice).unwrap_or_default();
    let mut told: Vec<(&Range<usize>, &'s Event)> = mentions
        .iter()
        .filter_map(|&m| Some((&timeline.mentions.get(m)?.expression, timeline.events.get((*site.event_of.get(m)?)?)?)))
        .collect();
    told.sort_by_key(|(range, _)| range.start);
    let mut rows: Vec<Row> = Vec::with_capacity(all.len());
    for (n, this) in all.iter().enumerate().filter(|(_, this)| piece.within.contains(&this.timex.marked().start)) {
        let marked = this.timex.marked();
        let from = told.partition_point(|(range, _)| range.end <= marked.start);
        let mut events: Vec<(String, Cow<str>)> = Vec::new();
        for (_, event) in told.iter().skip(from).take_while(|(range, _)| range.start < marked.end) {
            let href = event_page(event);
            if events.iter().all(|(known, _)| *known != href) {
                events.push((href, short(&event.title)));
            }
        }
        rows.push(Row {
            n,
            words: article.text.get(marked).unwrap_or_default(),
            date: this.date.as_ref().map(|date| date_view(site, date, this.timex.modifier)),
            why: site.why_of(timeline, piece.index, n),
            events,
        });
    }
    rows
}

/// Gives the events of an article in order of time.
fn lines<'s>(
    site: &'s Site,
    timeline: &'s Timeline,
    article: &Article,
    mentions: &[usize],
    piece: &Piece,
) -> Vec<Fields<'s>> {
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
        Some(vec![
            ("href", event_page(event).into()),
            ("title", short(&event.title).into()),
            ("class", class(site, event, voices::count(site, timeline, event)).into()),
            ("date", date_view(site, &event.date, None).into()),
            // The sentence that tells it here.
            ("sentence", sentence.to_string().into()),
        ])
    };
    own.into_iter().filter_map(line).collect()
}

/// Gives the text as HTML.
fn blocks<'s>(timeline: &Timeline, article: &Article, rows: &[Row], piece: &Piece) -> Vec<Block<'s>> {
    let all = timeline.resolved.get(piece.index).map(Vec::as_slice).unwrap_or_default();
    let marked = |row: &Row| Some(mark(all.get(row.n)?.timex.marked(), row, piece.root));
    let marks: Vec<Span> = rows.iter().filter_map(marked).collect();
    let here = |s: &(usize, &crate::model::Sentence)| {
        s.1.range.end > piece.within.start && s.1.range.start < piece.within.end.max(1)
    };
    let sentences = article.sentences.iter().enumerate().filter(here);
    let sentences: Vec<Span> = sentences.map(|(i, s)| sentence(i, s.range.clone())).collect();
    let mut views: Vec<Block> = Vec::with_capacity(article.blocks.len());
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
            views.push(Block { html: open.to_owned(), dates: Vec::new() });
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
                view.dates.push(Field::Record(vec![
                    // The number of its expression, and whether an event has it.
                    ("n", row.n.to_string().into()),
                    ("date", Arc::clone(date).into()),
                    ("told", (!row.events.is_empty()).into()),
                ]));
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
    Span { range, open: "<span>".into(), close: "</span>", in_link: None, id: Some(('s', index)), link: false }
}

fn mark(range: Range<usize>, row: &Row, root: &str) -> Span {
    let tag = match (&row.date, row.events.is_empty()) {
        (_, false) => "<mark class=\"told\">",
        (Some(_), true) => "<mark class=\"dated\">",
        (None, true) => "<mark class=\"vague\">",
    };
    let read = row.date.as_ref().map_or(row.why, |date| &date.words);
    let mut open = String::with_capacity(128 + read.len());
    open.push_str(tag);
    open.push_str("<a href=\"");
    match row.events.as_slice() {
        [(href, _)] => open.extend([root, href]),
        _ => open.push_str(&format!("#d{}", row.n)),
    }
    open.push_str("\" title=\"");
    escape::push(&mut open, read);
    open.push_str("\">");
    Span {
        range,
        open: open.into(),
        close: "</a></mark>",
        in_link: Some((tag, "</mark>")),
        id: Some(('t', row.n)),
        link: true,
    }
}

fn inline(inline: &crate::model::Inline) -> Option<Span> {
    let (open, close) = match &inline.kind {
        InlineKind::Emphasis => ("<em>".into(), "</em>"),
        InlineKind::Strong => ("<strong>".into(), "</strong>"),
        InlineKind::Code => ("<code>".into(), "</code>"),
        InlineKind::Link(url) => {
            let url = escape::escaped(&escape::link(url)?);
            (format!("<a href=\"{url}\" rel=\"external nofollow\">").into(), "</a>")
        }
    };
    let link = matches!(inline.kind, InlineKind::Link(_));
    Some(Span { range: inline.range.clone(), open, close, in_link: None, id: None, link })
}
