//! Events as templates show them: plain values, every text already worded.

use super::field::{Field, Fields};
use super::marks::{class, precision_key, shape, status_key};
use super::memo::Said;
use super::site::{article_page, event_page, resolved};
use super::voices::{self, claimants, distinct, lines, outlets, people, some};
use super::{Site, escape};
use crate::model::{Article, Edtf, Event, Link, Mention, Modifier, Timeline};
use foldhash::fast::RandomState;
use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

/// Characters below and from which on a sentence is no excerpt.
const SHORTEST_EXCERPT: usize = 64;
const LONGEST_EXCERPT: usize = 480;

/// Characters of an excerpt where many events share a page, and of a headline where it only leads to its page.
const LEAN_EXCERPT: usize = 200;
const SHORT: usize = 200;

/// A date as pages show it.
#[derive(Debug, Default)]
pub struct DateView {
    /// In words.
    pub words: String,
    /// In words, for under the heading of its year.
    pub short: String,
    /// EDTF.
    pub edtf: String,
    /// The `datetime` attribute, where HTML can say the same.
    pub datetime: Option<String>,
}

/// Words a date; one that other places show too is worded once.
pub fn date_view(site: &Site, date: &Edtf, modifier: Option<Modifier>) -> Arc<DateView> {
    site.memo.date(date, modifier, || DateView {
        words: date.worded(&site.words.dates, modifier),
        short: date.worded_short(&site.words.dates, modifier),
        edtf: date.to_string(),
        datetime: date.datetime_attr(),
    })
}

/// Words the date of an event as the first sentence that gives it does.
pub fn event_date(site: &Site, timeline: &Timeline, event: &Event) -> Arc<DateView> {
    let make = || {
        let first = told(timeline, event).find(|(mention, _)| mention.date == event.date);
        let said = first.and_then(|(mention, _)| resolved(timeline, mention));
        date_view(site, &event.date, said.and_then(|(_, this)| this.timex.modifier))
    };
    site.index_of(event).map_or_else(make, |index| site.memo.event(index, make))
}

/// Words an event; `lean` where its sources are left to its own page.
pub fn event_fields<'s>(site: &'s Site, timeline: &'s Timeline, event: &'s Event, lean: bool) -> Fields<'s> {
    let sources = voices::count(site, timeline, event);
    let edit = timeline.edits.get(&event.id);
    let excerpt =
        excerpt(timeline, event).map(|excerpt| if lean { cropped(excerpt, LEAN_EXCERPT) } else { excerpt.into() });
    // Its evidence and the ways from it are added.
    let mut fields = Fields::with_capacity(21);
    fields.extend([
        ("id", Field::from(&event.id)),
        ("href", event_page(event).into()),
        ("class", class(site, event, sources).into()),
        ("date", event_date(site, timeline, event).into()),
        ("title", Field::from(&event.title)),
        ("status", site.words.status(event.status).into()),
        ("status_key", status_key(event.status).into()),
        ("shape", Field::list(shape(event).into_iter().map(|key| site.words.shape(key)))),
        // What filters go by, one a line.
        ("outlets", lines(&outlets(site, timeline, event)).into()),
        ("names", lines(&people(timeline, event)).into()),
        ("precision", precision_key(event.date.precision()).into()),
        ("told_by", sources.into()),
        ("excerpt", excerpt.into()),
        ("claims", Field::List(claims(site, timeline, event))),
        ("summary", voices::summary(site, timeline, event, lean).into()),
        ("notes", Field::list(edit.iter().flat_map(|edit| &edit.notes))),
        ("corrected", Field::list(edit.iter().flat_map(|e| &e.corrected).map(|c| site.words.corrected(c)))),
        ("lean", lean.into()),
    ]);
    fields
}

/// Gives an event's mentions with their articles, most telling first.
pub fn told<'t>(timeline: &'t Timeline, event: &'t Event) -> impl Iterator<Item = (&'t Mention, &'t Article)> {
    event.mentions.iter().filter_map(|&i| {
        let mention = timeline.mentions.get(i)?;
        Some((mention, timeline.articles.get(mention.article)?))
    })
}

/// Gives a headline where it only leads to its page.
pub fn short(title: &str) -> Cow<'_, str> {
    cropped(title, SHORT)
}

/// Gives the first characters of a text, whole words where it is cut.
pub fn cropped(text: &str, characters: usize) -> Cow<'_, str> {
    if text.len() <= characters {
        return Cow::Borrowed(text);
    }
    let Some((cut, _)) = text.char_indices().nth(characters) else { return Cow::Borrowed(text) };
    let start = text.get(..cut).unwrap_or_default();
    // A word of its own length is cut within.
    let whole = start.rfind(char::is_whitespace).filter(|at| *at > cut / 2).unwrap_or(cut);
    Cow::Owned(format!("{}…", text.get(..whole).unwrap_or_default().trim_end()))
}

/// Gives a sentence of an event that says more than its headline does.
fn excerpt<'t>(timeline: &'t Timeline, event: &'t Event) -> Option<&'t str> {
    let title = event.title.chars().count();
    let enough = (title * 8 / 5 + 24).max(SHORTEST_EXCERPT)..LONGEST_EXCERPT;
    let text = |article: &'t Article, range: &Range<usize>| article.text.get(range.clone());
    let more = |text: &&str| text.len() >= enough.start && enough.contains(&text.chars().count());
    let quote = told(timeline, event).find_map(|(mention, article)| text(article, &mention.quote).filter(more));
    quote.or_else(|| {
        let next = told(timeline, event).find_map(|(mention, article)| text(article, mention.continued.first()?));
        next.filter(|next| next.chars().count() < LONGEST_EXCERPT)
    })
}

/// Gives the outlets that claim each date of a disagreement.
fn claims<'s>(site: &'s Site, timeline: &'s Timeline, event: &Event) -> Vec<Field<'s>> {
    let claims = event.disagreement.iter().flat_map(|d| &d.claims);
    claims
        .map(|claim| {
            let said = distinct(claim.mentions.iter().filter_map(|&m| {
                let mention = timeline.mentions.get(m)?;
                timeline.articles.get(mention.article)?.text.get(mention.expression.clone())
            }));
            Field::Record(vec![
                ("date", date_view(site, &claim.date, None).into()),
                ("outlets", some(site.words, &claimants(site, timeline, &claim.mentions)).into()),
                // The words that give the date, each once.
                ("said", Field::list(said.into_iter().map(|words| site.words.quote(words)))),
            ])
        })
        .collect()
}

/// Words one sentence that tells an event; `merged` is why it was put to the others.
pub fn source_fields<'s>(
    site: &'s Site,
    timeline: &'s Timeline,
    event: &Event,
    (mention, article): (&'s Mention, &'s Article),
    merged: Option<&'s str>,
) -> Fields<'s> {
    let text = |range: &Range<usize>| article.text.get(range.clone()).unwrap_or_default();
    let inside = mention.quote.start <= mention.expression.start && mention.expression.end <= mention.quote.end;
    let quote = text(&mention.quote);
    let url = article.url.as_deref().and_then(escape::web);
    vec![
        ("outlet", site.outlet(article).into()),
        ("outlet_href", site.outlet_page(article).into()),
        ("title", short(&article.title.value).into()),
        ("article_href", article_page(article).into()),
        ("published", site.memo.published(mention.article, || published(site, article)).into()),
        ("basis", article.published.as_ref().map(|p| site.words.basis(p.basis)).into()),
        ("quote", Field::html(marked(article, mention))),
        ("continued", Field::list(mention.continued.iter().map(text))),
        ("elsewhere", (!inside).then(|| site.words.elsewhere(text(&mention.expression))).into()),
        ("date", (mention.date != event.date).then(|| date_view(site, &mention.date, None)).into()),
        ("why", site.why(timeline, mention).into()),
        ("merged", merged.into()),
        ("href", format!("{}#s{}", site.sentence_page(mention, article), mention.sentence).into()),
        ("original", article.url.as_deref().and_then(|url| escape::text_fragment(url, quote)).into()),
        ("host", url.as_deref().and_then(host).map(str::to_owned).into()),
        ("url", url.into()),
    ]
}

/// Gives the host of an address, without what says nothing.
fn host(url: &str) -> Option<&str> {
    let rest = url.split_once("://")?.1;
    let host = rest.split(['/', '?', '#']).next()?;
    let host = host.rsplit_once('@').map_or(host, |(_, host)| host);
    Some(host.strip_prefix("www.").unwrap_or(host)).filter(|host| !host.is_empty())
}

/// Words when an article was published.
pub fn published(site: &Site, article: &Article) -> String {
    match &article.published {
        Some(p) => site.words.sentence("published", &[("date", &date_view(site, &p.date, None).words)]),
        None => site.words.sentence("unpublished", &[]),
    }
}

/// Gives the quote as HTML with its date marked.
fn marked(article: &Article, mention: &Mention) -> String {
    let (quote, date) = (&mention.quote, &mention.expression);
    let part = |range: Range<usize>| article.text.get(range).unwrap_or_default();
    let mut out = String::with_capacity(quote.len() + 32);
    if quote.start <= date.start && date.end <= quote.end && date.start < date.end {
        escape::push(&mut out, part(quote.start..date.start));
        out.push_str("<mark>");
        escape::push(&mut out, part(date.clone()));
        out.push_str("</mark>");
        escape::push(&mut out, part(date.end..quote.end));
    } else {
        escape::push(&mut out, part(quote.clone()));
    }
    out
}

/// Says, for each mention of an event, why it was put to those that stand before it; of one alone nothing.
pub fn merged<'s>(site: &'s Site, timeline: &Timeline, event: &Event) -> &'s [Said] {
    match site.index_of(event) {
        Some(index) if !event.links.is_empty() => site.memo.merged(index, || reasons(site, timeline, event)),
        _ => &[],
    }
}

fn reasons(site: &Site, timeline: &Timeline, event: &Event) -> Box<[Said]> {
    let place: HashMap<usize, usize, RandomState> = event.mentions.iter().enumerate().map(|(at, &m)| (m, at)).collect();
    let mut best: Vec<Option<(usize, &Link)>> = vec![None; event.mentions.len()];
    for link in &event.links {
        let (Some(&a), Some(&b)) = (place.get(&link.a), place.get(&link.b)) else {
            continue;
        };
        let (first, later) = (a.min(b), a.max(b));
        if let Some(slot) = best.get_mut(later).filter(|slot| first < later && slot.is_none_or(|(at, _)| first < at)) {
            *slot = Some((first, link));
        }
    }
    let article = |at: usize| Some(timeline.mentions.get(*event.mentions.get(at)?)?.article);
    let words = |(later, best): (usize, Option<(usize, &Link)>)| {
        let (first, link) = best?;
        let outlet = timeline.articles.get(article(first)?).map(|article| site.outlet(article));
        let outlet = outlet.filter(|_| article(first) != article(later));
        Some(site.words.merged(outlet, &link.reasons).into_boxed_str())
    };
    best.into_iter().enumerate().map(words).collect()
}
