//! Events as templates show them: plain values, every text already worded.

use super::marks::{class, precision_key, shape, status_key};
use super::site::{article_page, event_page, resolved};
use super::voices::{self, claimants, distinct, lines, outlets, people, some};
use super::{Site, escape};
use crate::model::{Article, Edtf, Event, Link, Mention, Modifier, Timeline};
use foldhash::fast::RandomState;
use serde::Serialize;
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

/// What is shown of an event in one place.
#[derive(Debug, Clone)]
pub enum Show {
    /// So many of its sources.
    Sources(Range<usize>),
    /// What it is and who tells it, and no sources.
    Lean,
}

/// A date as pages show it.
#[derive(Debug, Clone, Serialize)]
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

/// An event.
#[derive(Debug, Clone, Serialize)]
pub struct EventView {
    pub id: String,
    /// Its page, from the root of the site.
    pub href: String,
    /// Classes of its mark on the line.
    pub class: String,
    pub date: DateView,
    pub title: String,
    pub status: Option<String>,
    /// "approximate", "open-ended"
    pub shape: Vec<String>,
    /// What filters go by: names of outlets and of people, places and organisations, one a line.
    pub outlets: String,
    pub names: String,
    pub precision: &'static str,
    pub told_by: usize,
    pub status_key: &'static str,
    /// A sentence that says more than the headline.
    pub excerpt: Option<String>,
    pub claims: Vec<ClaimView>,
    /// "2 sources: …"
    pub summary: String,
    pub sources: Vec<SourceView>,
    /// What readers are told besides.
    pub notes: Vec<String>,
    /// What was decided by hand, and why.
    pub corrected: Vec<String>,
}

/// One side of a disagreement.
#[derive(Debug, Clone, Serialize)]
pub struct ClaimView {
    pub date: DateView,
    pub outlets: String,
    /// The words that give the date, each once.
    pub said: Vec<String>,
}

/// One sentence that tells an event.
#[derive(Debug, Clone, Serialize)]
pub struct SourceView {
    pub outlet: String,
    pub outlet_href: Option<String>,
    /// The article's headline, and its page from the root of the site.
    pub title: String,
    pub article_href: String,
    /// "published 17 January 2022"
    pub published: String,
    /// "stated in a line at its head"
    pub basis: Option<String>,
    /// The sentence as HTML, its date marked.
    pub quote: String,
    pub continued: Vec<String>,
    /// Where the date stands in an earlier sentence.
    pub elsewhere: Option<String>,
    /// Its date, where it is not the event's.
    pub date: Option<DateView>,
    pub why: String,
    pub merged: Option<String>,
    /// The sentence on the article's page, from the root of the site.
    pub href: String,
    /// The sentence on its original page.
    pub original: Option<String>,
    /// The original page's plain address, and its host.
    pub url: Option<String>,
    pub host: Option<String>,
}

/// Words a date.
pub fn date_view(site: &Site, date: &Edtf, modifier: Option<Modifier>) -> DateView {
    (*shared_date(site, date, modifier)).clone()
}

/// Words a date; one that other places show too is worded once.
fn shared_date(site: &Site, date: &Edtf, modifier: Option<Modifier>) -> Arc<DateView> {
    site.memo.date(date, modifier, || DateView {
        words: date.worded(&site.words.dates, modifier),
        short: date.worded_short(&site.words.dates, modifier),
        edtf: date.to_string(),
        datetime: date.datetime_attr(),
    })
}

/// Words an event and some of its sources.
pub fn event_view(site: &Site, timeline: &Timeline, event: &Event, show: &Show) -> EventView {
    let told: Vec<(&Mention, &Article)> = told(timeline, event).collect();
    let sources = voices::count(site, timeline, event);
    let shown = match show {
        Show::Sources(shown) => shown.clone(),
        Show::Lean => 0..0,
    };
    let modifier = told
        .iter()
        .find(|(mention, _)| mention.date == event.date)
        .and_then(|(mention, _)| resolved(timeline, mention))
        .and_then(|(_, this)| this.timex.modifier);
    let edit = timeline.edits.get(&event.id);
    EventView {
        notes: edit.map(|e| e.notes.clone()).unwrap_or_default(),
        corrected: edit.map(|e| e.corrected.iter().map(|c| site.words.corrected(c)).collect()).unwrap_or_default(),
        id: event.id.clone(),
        href: event_page(event),
        class: class(site, event, sources),
        date: date_view(site, &event.date, modifier),
        title: event.title.clone(),
        status: site.words.status(event.status).map(str::to_owned),
        shape: shape(event).into_iter().map(|key| site.words.shape(key).to_owned()).collect(),
        outlets: lines(&outlets(site, timeline, event)),
        names: lines(&people(timeline, event)),
        precision: precision_key(event.date.precision()),
        told_by: sources,
        status_key: status_key(event.status),
        excerpt: excerpt(event, &told).map(|excerpt| match show {
            Show::Lean => cropped(&excerpt, LEAN_EXCERPT).into_owned(),
            Show::Sources(_) => excerpt,
        }),
        claims: claims(site, timeline, event),
        summary: voices::summary(site, timeline, event, matches!(show, Show::Lean)),
        sources: told
            .iter()
            .zip(if shown.is_empty() { Vec::new() } else { merged(site, timeline, event) })
            .skip(shown.start)
            .take(shown.len())
            .map(|(&(mention, article), why)| source(site, timeline, event, mention, article, why))
            .collect(),
    }
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
fn cropped(text: &str, characters: usize) -> Cow<'_, str> {
    let Some((cut, _)) = text.char_indices().nth(characters) else { return Cow::Borrowed(text) };
    let start = text.get(..cut).unwrap_or_default();
    // A word of its own length is cut within.
    let whole = start.rfind(char::is_whitespace).filter(|at| *at > cut / 2).unwrap_or(cut);
    Cow::Owned(format!("{}…", text.get(..whole).unwrap_or_default().trim_end()))
}

/// Gives a sentence of an event that says more than its headline does.
fn excerpt(event: &Event, told: &[(&Mention, &Article)]) -> Option<String> {
    let title = event.title.chars().count();
    let more =
        |text: &&str| ((title * 8 / 5 + 24).max(SHORTEST_EXCERPT)..LONGEST_EXCERPT).contains(&text.chars().count());
    let text = |article: &'_ Article, range: &Range<usize>| article.text.get(range.clone()).map(str::to_owned);
    let quote = told.iter().find_map(|(mention, article)| text(article, &mention.quote).filter(|q| more(&q.as_str())));
    quote.or_else(|| {
        let next = told.iter().find_map(|(mention, article)| text(article, mention.continued.first()?));
        next.filter(|next| next.chars().count() < LONGEST_EXCERPT)
    })
}

/// Gives the outlets that claim each date of a disagreement.
pub fn claims(site: &Site, timeline: &Timeline, event: &Event) -> Vec<ClaimView> {
    let claims = event.disagreement.iter().flat_map(|d| &d.claims);
    claims
        .map(|claim| ClaimView {
            date: date_view(site, &claim.date, None),
            outlets: some(site.words, &claimants(site, timeline, &claim.mentions)),
            said: distinct(claim.mentions.iter().filter_map(|&m| {
                let mention = timeline.mentions.get(m)?;
                timeline.articles.get(mention.article)?.text.get(mention.expression.clone())
            }))
            .into_iter()
            .map(|words| site.words.quote(words))
            .collect(),
        })
        .collect()
}

fn source(
    site: &Site,
    timeline: &Timeline,
    event: &Event,
    mention: &Mention,
    article: &Article,
    merged: Option<String>,
) -> SourceView {
    let text = |range: &Range<usize>| article.text.get(range.clone()).unwrap_or_default();
    let inside = mention.quote.start <= mention.expression.start && mention.expression.end <= mention.quote.end;
    let quote = text(&mention.quote);
    let url = article.url.as_deref().and_then(escape::web);
    SourceView {
        outlet: site.outlet(article).to_owned(),
        outlet_href: site.outlet_page(article),
        title: short(&article.title.value).into_owned(),
        article_href: article_page(article),
        published: published(site, article),
        basis: article.published.as_ref().map(|p| site.words.basis(p.basis).to_owned()),
        quote: marked(article, mention),
        continued: mention.continued.iter().map(|range| text(range).to_owned()).collect(),
        elsewhere: (!inside).then(|| site.words.elsewhere(text(&mention.expression))),
        date: (mention.date != event.date).then(|| date_view(site, &mention.date, None)),
        why: site.why(timeline, mention),
        merged,
        href: format!("{}#s{}", site.sentence_page(mention, article), mention.sentence),
        original: article.url.as_deref().and_then(|url| escape::text_fragment(url, quote)),
        host: url.as_deref().and_then(host).map(str::to_owned),
        url,
    }
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
        Some(p) => site.words.sentence("published", &[("date", &shared_date(site, &p.date, None).words)]),
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

/// Says, for each mention of an event, why it was put to those that stand before it.
pub fn merged(site: &Site, timeline: &Timeline, event: &Event) -> Vec<Option<String>> {
    if event.links.is_empty() {
        return vec![None; event.mentions.len()];
    }
    let index = site.index_of(event).unwrap_or(usize::MAX);
    site.memo.merged(index, || reasons(site, timeline, event))
}

fn reasons(site: &Site, timeline: &Timeline, event: &Event) -> Vec<Option<String>> {
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
        Some(site.words.merged(outlet, &link.reasons))
    };
    best.into_iter().enumerate().map(words).collect()
}
