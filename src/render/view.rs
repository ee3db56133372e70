//! Events as templates show them: plain values, every text already worded.

use super::site::{article_page, event_page, resolved};
use super::{Site, escape};
use crate::model::{Article, Edtf, Event, Link, Mention, Modifier, Precision, Timeline};
use serde::Serialize;
use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

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
}

/// One sentence that tells an event.
#[derive(Debug, Clone, Serialize)]
pub struct SourceView {
    pub outlet: String,
    pub outlet_href: Option<String>,
    pub title: String,
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
}

/// Words a date.
pub fn date_view(site: &Site, date: &Edtf, modifier: Option<Modifier>) -> DateView {
    DateView {
        words: date.worded(&site.words.dates, modifier),
        short: date.worded_short(&site.words.dates, modifier),
        edtf: date.to_string(),
        datetime: date.datetime_attr(),
    }
}

/// Words an event and all its sources.
pub fn event_view(site: &Site, timeline: &Timeline, event: &Event) -> EventView {
    let told: Vec<(&Mention, &Article)> = told(timeline, event).collect();
    let outlets = distinct(told.iter().map(|(_, article)| site.outlet(article)));
    let articles: BTreeSet<usize> = told.iter().map(|(mention, _)| mention.article).collect();
    let counted = site.words.count("sources", articles.len(), &[]);
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
        class: class(event),
        date: date_view(site, &event.date, modifier),
        title: event.title.clone(),
        status: site.words.status(event.status).map(str::to_owned),
        shape: shape(event).into_iter().map(|key| site.words.shape(key).to_owned()).collect(),
        claims: claims(site, timeline, event),
        summary: site.words.sentence("sources", &[("sources", &counted), ("outlets", &site.words.list(&outlets))]),
        sources: told
            .iter()
            .zip(merged(site, timeline, event))
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

/// Gives the outlets that claim each date of a disagreement.
pub fn claims(site: &Site, timeline: &Timeline, event: &Event) -> Vec<ClaimView> {
    let claims = event.disagreement.iter().flat_map(|d| &d.claims);
    claims
        .map(|claim| ClaimView {
            date: date_view(site, &claim.date, None),
            outlets: site.words.list(&claimants(site, timeline, &claim.mentions)),
        })
        .collect()
}

/// Gives the outlets of some mentions, each once.
pub fn claimants<'t>(site: &Site<'t>, timeline: &'t Timeline, mentions: &[usize]) -> Vec<&'t str> {
    let articles = mentions.iter().filter_map(|&m| timeline.articles.get(timeline.mentions.get(m)?.article));
    distinct(articles.map(|article| site.outlet(article)))
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
    SourceView {
        outlet: site.outlet(article).to_owned(),
        outlet_href: site.outlet_page(article),
        title: article.title.value.clone(),
        published: published(site, article),
        basis: article.published.as_ref().map(|p| site.words.basis(p.basis).to_owned()),
        quote: marked(article, mention),
        continued: mention.continued.iter().map(|range| text(range).to_owned()).collect(),
        elsewhere: (!inside).then(|| site.words.elsewhere(text(&mention.expression))),
        date: (mention.date != event.date).then(|| date_view(site, &mention.date, None)),
        why: site.why(timeline, mention),
        merged,
        href: format!("{}#s{}", article_page(article), mention.sentence),
        original: article.url.as_deref().and_then(|url| escape::text_fragment(url, quote)),
    }
}

/// Words when an article was published.
pub fn published(site: &Site, article: &Article) -> String {
    match &article.published {
        Some(p) => site.words.sentence("published", &[("date", &site.words.date(&p.date))]),
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
    let place: HashMap<usize, usize> = event.mentions.iter().enumerate().map(|(at, &m)| (m, at)).collect();
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

/// Gives what a reader should hear of the mark on the line.
fn shape(event: &Event) -> Vec<&'static str> {
    [(event.date.is_approximate(), "approximate"), (event.date.is_open(), "open")]
        .into_iter()
        .filter_map(|(is, key)| is.then_some(key))
        .collect()
}

/// Gives the classes by which the style sheet draws the mark.
pub fn class(event: &Event) -> String {
    let mut class = String::from(match event.date.precision() {
        Precision::Day => "day",
        Precision::Week => "week",
        Precision::Month => "month",
        Precision::Season | Precision::Quarter => "season",
        Precision::Year => "year",
        Precision::Decade | Precision::Century => "age",
        Precision::Span => "span",
    });
    for (is, name) in [
        (event.date.is_approximate() || event.date.is_uncertain(), " about"),
        (event.date.last_day().is_none(), " onward"),
        (event.date.first_day().is_none(), " until"),
        (event.disagreement.is_some(), " split"),
    ] {
        if is {
            class.push_str(name);
        }
    }
    class
}

/// Gives each item once, in order.
fn distinct<'s>(items: impl Iterator<Item = &'s str>) -> Vec<&'s str> {
    let mut seen = BTreeSet::new();
    items.filter(|item| seen.insert(*item)).collect()
}
