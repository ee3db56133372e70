//! What the templates are given: plain data, every sentence worded, every address relative to the site's root.

use super::outlets::Outlets;
use super::{escape, weave};
use crate::lang::interface::Interface;
use crate::model::{Article, DateBasis, Edtf, Event, Mention, Precision, Timeline};
use serde::Serialize;

/// A date as a page shows it.
#[derive(Debug, Clone, Serialize)]
pub struct DateView {
    /// As EDTF.
    pub edtf: String,
    /// In words.
    pub words: String,
    /// For `datetime`, where HTML has a spelling for it.
    pub datetime: Option<String>,
    /// `point` for a day, `bar` for all else.
    pub shape: &'static str,
    /// Whether it is approximate or uncertain.
    pub vague: bool,
    /// Whether its end is open.
    pub open_end: bool,
    /// Whether its start is open.
    pub open_start: bool,
}

impl DateView {
    /// Words a date.
    pub fn new(words: &Interface, date: &Edtf) -> DateView {
        DateView {
            edtf: date.to_string(),
            words: words.date(date),
            datetime: date.datetime_attr(),
            shape: if date.precision() == Precision::Day { "point" } else { "bar" },
            vague: date.is_approximate() || date.is_uncertain(),
            open_end: date.last_day().is_none(),
            open_start: date.first_day().is_none(),
        }
    }
}

/// A name with its page.
#[derive(Debug, Clone, Serialize)]
pub struct NameView {
    /// The name.
    pub name: String,
    /// Its page, where it has one.
    pub href: Option<String>,
}

/// One source of an event.
#[derive(Debug, Clone, Serialize)]
pub struct SourceView {
    outlet: NameView,
    article: NameView,
    published: String,
    published_why: String,
    inferred: bool,
    quote: String,
    more: Vec<String>,
    carried: Option<String>,
    why: String,
    sentence: String,
    original: Option<String>,
}

/// A date claimed for an event, and by whom.
#[derive(Debug, Clone, Serialize)]
pub struct ClaimView {
    date: DateView,
    outlets: Vec<NameView>,
}

/// An event with all its evidence.
#[derive(Debug, Clone, Serialize)]
pub struct EventView {
    /// Its id.
    pub id: String,
    /// Its page.
    pub href: String,
    /// Its date.
    pub date: DateView,
    /// Its title.
    pub title: String,
    /// The word for what is not told as a fact.
    pub status: String,
    /// How many sources and whose, in a line.
    pub summary: String,
    /// The dates claimed, when they cannot all be right.
    pub claims: Vec<ClaimView>,
    /// Its sources, most telling first.
    pub sources: Vec<SourceView>,
    /// Why its mentions were taken for one event.
    pub merged: Vec<String>,
}

/// What every view is made from.
pub struct Maker<'a> {
    /// The words for readers.
    pub words: &'a Interface,
    /// The timeline.
    pub timeline: &'a Timeline,
    /// The outlets with their pages.
    pub outlets: &'a Outlets<'a>,
}

impl Maker<'_> {
    /// Makes the view of an event.
    pub fn event(&self, event: &Event) -> EventView {
        let told: Vec<&Mention> = event.mentions.iter().filter_map(|&m| self.timeline.mentions.get(m)).collect();
        let mut names: Vec<String> = Vec::new();
        for mention in &told {
            let name = self.outlet(mention).name;
            if !names.contains(&name) {
                names.push(name);
            }
        }
        let count = self.words.count(told.len(), "one_source", "many_sources");
        let claims = event.disagreement.iter().flat_map(|d| &d.claims);
        EventView {
            id: event.id.clone(),
            href: event_href(event),
            date: DateView::new(self.words, &event.date),
            title: event.title.clone(),
            status: self.words.status(event.status).to_owned(),
            summary: self.words.tell("summary", &[("count", &capital(&count)), ("names", &names.join(", "))]),
            claims: claims
                .map(|claim| ClaimView {
                    date: DateView::new(self.words, &claim.date),
                    outlets: self.claimants(&claim.mentions),
                })
                .collect(),
            sources: told.iter().filter_map(|mention| self.source(mention)).collect(),
            merged: self.merged(event),
        }
    }

    /// Names the outlet of a mention; an article without one stands by its title.
    fn outlet(&self, mention: &Mention) -> NameView {
        let article = self.timeline.articles.get(mention.article);
        article.map_or(NameView { name: String::new(), href: None }, |article| self.outlet_of(article))
    }

    /// Names the outlet of an article, or says that none is stated.
    pub fn outlet_of(&self, article: &Article) -> NameView {
        match &article.publisher {
            Some(publisher) => NameView { name: publisher.value.clone(), href: self.outlets.href(&publisher.value) },
            None => NameView { name: self.words.say("outlet_unknown").to_owned(), href: None },
        }
    }

    fn claimants(&self, mentions: &[usize]) -> Vec<NameView> {
        let mut found: Vec<NameView> = Vec::new();
        for mention in mentions.iter().filter_map(|&m| self.timeline.mentions.get(m)) {
            let outlet = self.outlet(mention);
            if found.iter().all(|known| known.name != outlet.name) {
                found.push(outlet);
            }
        }
        found
    }

    fn source(&self, mention: &Mention) -> Option<SourceView> {
        let article = self.timeline.articles.get(mention.article)?;
        let dates = self.timeline.resolved.get(mention.article).map_or(&[][..], Vec::as_slice);
        let quote = article.text.get(mention.quote.clone())?;
        let outside = mention.expression.start < mention.quote.start || mention.expression.end > mention.quote.end;
        let expression = article.text.get(mention.expression.clone()).unwrap_or_default();
        Some(SourceView {
            outlet: self.outlet_of(article),
            article: NameView { name: article.title.value.clone(), href: Some(article_href(article)) },
            published: self.published(article),
            published_why: self.words.date_basis(article.published.as_ref().map(|p| p.basis)).to_owned(),
            inferred: article.published.as_ref().is_some_and(|p| p.basis == DateBasis::Inferred),
            quote: weave::quote(&article.text, mention.quote.clone(), mention.expression.clone()),
            more: mention.continued.iter().filter_map(|r| article.text.get(r.clone())).map(str::to_owned).collect(),
            carried: outside.then(|| self.words.tell("carried", &[("expression", expression)])),
            why: self.words.why(article, dates, mention),
            sentence: format!("{}#{}", article_href(article), weave::sentence_id(mention.sentence)),
            original: article.url.as_deref().and_then(|url| escape::at_quote(url, quote)),
        })
    }

    /// Says when an article was published, as far as that is known.
    pub fn published(&self, article: &Article) -> String {
        match &article.published {
            Some(published) => self.words.tell("published", &[("date", &self.words.date(&published.date))]),
            None => self.words.say("published_never").to_owned(),
        }
    }

    fn merged(&self, event: &Event) -> Vec<String> {
        let sentence = |link: &crate::model::Link| {
            let (a, b) = (self.timeline.mentions.get(link.a)?, self.timeline.mentions.get(link.b)?);
            let (mut first, mut second) = (self.outlet(a).name, self.outlet(b).name);
            if first == second {
                first = self.timeline.articles.get(a.article)?.title.value.clone();
                second = self.timeline.articles.get(b.article)?.title.value.clone();
            }
            let reasons: Vec<String> = link.reasons.iter().map(|r| self.words.reason(r)).collect();
            let reasons = if reasons.is_empty() { self.words.reason_of_dates().to_owned() } else { reasons.join("; ") };
            Some(self.words.tell("same_story", &[("a", &first), ("b", &second), ("reasons", &reasons)]))
        };
        event.links.iter().filter_map(sentence).collect()
    }
}

/// Gives the page of an event, from the site's root.
pub fn event_href(event: &Event) -> String {
    format!("events/{}/index.html", escape::part(&event.id))
}

/// Gives the page of an article, from the site's root.
pub fn article_href(article: &Article) -> String {
    format!("articles/{}/index.html", escape::part(&article.id))
}

/// Gives a text with its first letter large.
pub fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or(String::new(), |first| first.to_uppercase().chain(chars).collect())
}
