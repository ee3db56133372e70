//! What a page tells machines: its address, its picture, its data as schema.org words it.

use super::data::Data;
use super::escape;
use super::field::{Field, Fields};
use super::html::Desk;
use super::site::{article_page, event_page};
use super::subjects::By;
use super::view::{date_view, short, told};
use crate::lang::interface::Interface;
use crate::model::{Article, DateBasis, Edtf, Event, Precision, Status, Timeline};
use std::collections::BTreeSet;
use tera::{Context, Value};

/// What the head of a page says.
#[derive(Debug, Default)]
pub(super) struct Head {
    /// Its title; none for the first page.
    pub title: Option<String>,
    pub description: String,
    /// Whether it is a text of its own, for those who show links with a preview.
    pub is_article: bool,
    /// Whether search engines should leave it out.
    pub hidden: bool,
    /// Its data.
    pub json_ld: Option<Data>,
}

impl Head {
    pub(super) fn of(title: &str, description: &str) -> Head {
        Head { title: Some(short(title).into_owned()), description: description.to_owned(), ..Head::default() }
    }

    /// Says in the title which part of a list a page shows.
    pub(super) fn part(&mut self, words: &Interface, part: usize) {
        if let Some(title) = self.title.as_mut().filter(|_| part > 0) {
            *title = words.sentence("title_part", &[("title", title), ("n", &(part + 1).to_string())]);
        }
    }
}

impl Desk<'_> {
    /// Puts what the head of a page says.
    pub(super) fn put_head(&self, context: &mut Context, head: Head, path: &str) {
        for (key, field) in self.head_fields(head, path) {
            context.insert_value(key, field.value());
        }
        context.insert_value("nav", self.nav(path));
    }

    /// Gives what the head of a page says, and the links of one that is not among those that every page links to.
    pub(super) fn head_fields(&self, head: Head, path: &str) -> Fields<'_> {
        let canonical = self.site.canonical(path).filter(|_| !head.hidden);
        vec![
            ("title", head.title.into()),
            ("description", head.description.into()),
            ("og_type", if head.is_article { "article" } else { "website" }.into()),
            ("hidden", head.hidden.into()),
            ("json_ld", head.json_ld.map_or(Field::None, |data| Field::html(data.finish()))),
            ("canonical", canonical.into()),
            ("feed", if self.changes.arrivals.is_empty() { Field::None } else { "feed.xml".into() }),
            ("nav", Field::Same(self.site.nav.get_or_init(|| self.nav("")))),
        ]
    }

    /// Gives the pages that every page links to.
    fn nav(&self, path: &str) -> Value {
        let words = self.site.words;
        let mut pages = vec![("index.html", "timeline"), ("articles/index.html", "articles")];
        for by in By::ALL {
            if by == By::Outlet || !self.subjects.of(by).is_empty() {
                pages.push((by.list(), by.label()));
            }
        }
        if !self.doubts.is_empty() {
            pages.push(("not-dated/index.html", "not_dated"));
        }
        let page = |(href, label): &(&'static str, &str)| {
            super::lists::record([
                ("href", Value::from(*href)),
                ("label", Value::from(words.label(label))),
                ("current", Value::from(*href == path)),
            ])
        };
        Value::from(pages.iter().map(page).collect::<Vec<_>>())
    }

    /// Gives the data of the first page.
    pub(super) fn index_data(&self) -> Data {
        let config = self.site.config;
        let days = || self.timeline.events.iter().filter(|e| e.status == Status::Happened);
        let first = days().filter_map(|e| e.date.first_day()).min();
        let last = days().filter_map(|e| e.date.last_day()).max();
        let mut data = Data::page("CollectionPage");
        data.text("name", Some(&config.title));
        data.text("description", Some(&config.description).filter(|d| !d.is_empty()));
        data.text("inLanguage", Some(&config.language));
        data.text("url", self.site.canonical("index.html"));
        data.text("temporalCoverage", first.zip(last).map(|(first, last)| format!("{first}/{last}")));
        data
    }

    /// Gives the data of an event's page. What is denied or only possible is told as no event.
    pub(super) fn event_data(&self, event: &Event) -> Data {
        let site = self.site;
        let mut page = Data::page("WebPage");
        page.text("name", Some(&event.title));
        page.text("inLanguage", Some(&site.config.language));
        page.text("url", site.canonical(&event_page(event)));
        // schema.org takes words too, which say "about" where two days could not.
        let about = event.date.is_approximate() || event.date.is_uncertain();
        let words = || about.then(|| date_view(site, &event.date, None).words.clone());
        page.text("temporalCoverage", coverage(&event.date).or_else(words));
        page.one("mainEntity", event_thing(self.timeline, event));
        page
    }

    /// Gives the head of an article's page.
    pub(super) fn article_head(&self, article: &Article) -> Head {
        let site = self.site;
        let said = format!("{}, {}", site.outlet(article), super::view::published(site, article));
        let mut data = reference(article, Data::page);
        data.text("inLanguage", Some(&article.language));
        data.text("dateModified", article.updated.as_ref().and_then(exact_day));
        data.all("author", article.authors.iter().map(|name| named("Person", name)));
        data.texts("keywords", &article.tags);
        data.text("mainEntityOfPage", site.canonical(&article_page(article)));
        Head { is_article: true, json_ld: Some(data), ..Head::of(&article.title.value, &said) }
    }
}

/// Sources of an event that its data names.
const SOURCES: usize = 50;

/// Gives an event as data, with the articles that tell it; none for what is denied or only possible.
pub(super) fn event_thing(timeline: &Timeline, event: &Event) -> Option<Data> {
    if !matches!(event.status, Status::Happened | Status::Planned) {
        return None;
    }
    let mut data = Data::new("Event");
    let (first, last) = ends(&event.date);
    data.text("name", Some(&event.title));
    data.text("startDate", first);
    data.text("endDate", last);
    let scheduled = event.status == Status::Planned;
    data.text("eventStatus", scheduled.then_some("https://schema.org/EventScheduled"));
    let mut seen = BTreeSet::new();
    let articles = told(timeline, event).filter(|(mention, _)| seen.insert(mention.article));
    data.all("subjectOf", articles.take(SOURCES).map(|(_, article)| reference(article, Data::new)));
    Some(data)
}

/// Gives an article as data; what people wrote for the timeline is no news article.
fn reference(article: &Article, begin: fn(&str) -> Data) -> Data {
    let mut data = begin(if article.event.is_some() { "CreativeWork" } else { "NewsArticle" });
    data.text("headline", Some(&article.title.value));
    data.text("url", article.url.as_deref().and_then(escape::web));
    // A day that was worked out is not stated by the article.
    let stated = article.published.as_ref().filter(|p| p.basis != DateBasis::Inferred);
    data.text("datePublished", stated.and_then(|p| exact_day(&p.date)));
    data.one("publisher", article.publisher.as_ref().map(|p| named("Organization", &p.value)));
    data
}

fn named(kind: &str, name: &str) -> Data {
    let mut data = Data::new(kind);
    data.text("name", Some(name));
    data
}

fn exact_day(date: &Edtf) -> Option<String> {
    let exact = date.precision() == Precision::Day && !date.is_approximate() && !date.is_uncertain();
    date.first_day().filter(|first| exact && date.last_day() == Some(*first)).map(|day| day.to_string())
}

/// Gives the first and last day of a date, as exactly as it is known; none of what is approximate.
fn ends(date: &Edtf) -> (Option<String>, Option<String>) {
    if date.is_approximate() || date.is_uncertain() {
        return (None, None);
    }
    if let Some(day) = exact_day(date) {
        return (Some(day), None);
    }
    let text = date.to_string();
    let plain = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    let simple = |text: &str| {
        let date = Edtf::parse(text).ok().filter(|_| plain(text))?;
        // "2014-35" is a quarter, which has no form of its own outside EDTF: of it the year is known.
        let Some((year, part)) = text.rsplit_once('-').filter(|(year, _)| year.len() == 4) else {
            return Some(text.to_owned());
        };
        if part.parse::<u8>().is_ok_and(|month| month <= 12) {
            return Some(text.to_owned());
        }
        let within = [date.first_day()?, date.last_day()?].iter().all(|day| day.format("%Y").to_string() == year);
        within.then(|| year.to_owned())
    };
    match text.split_once('/') {
        // Both ends are stated.
        Some((first, last)) => (simple(first), simple(last)),
        // "2014": some time in it, which is no first day.
        None => (simple(&text), None).clone(),
    }
}

/// Gives a date as `temporalCoverage` takes it: a date, or two with a slash between.
fn coverage(date: &Edtf) -> Option<String> {
    if date.is_approximate() || date.is_uncertain() {
        return None;
    }
    match (date.first_day(), date.last_day()) {
        (Some(first), Some(last)) if first == last => Some(first.to_string()),
        (Some(first), Some(last)) => Some(format!("{first}/{last}")),
        (Some(first), None) => Some(format!("{first}/..")),
        (None, Some(last)) => Some(format!("../{last}")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_given_no_more_exactly_than_they_are_known() {
        let both = |text: &str| {
            let date: Edtf = text.parse().unwrap();
            let (first, last) = ends(&date);
            (first.unwrap_or_default(), last.unwrap_or_default(), coverage(&date).unwrap_or_default())
        };
        let says = |a: &str, b: &str, c: &str| (a.to_owned(), b.to_owned(), c.to_owned());
        assert_eq!(both("2022-01-09"), says("2022-01-09", "", "2022-01-09"));
        assert_eq!(both("2022-01-10/2022-01-16"), says("2022-01-10", "2022-01-16", "2022-01-10/2022-01-16"));
        assert_eq!(both("2022-01"), says("2022-01", "", "2022-01-01/2022-01-31"));
        assert_eq!(both("2014/.."), says("2014", "", "2014-01-01/.."));
        assert_eq!(both("../2017"), says("", "2017", "../2017-12-31"));
        assert_eq!(both("2014-35"), says("2014", "", "2014-07-01/2014-09-30"));
        assert_eq!(both("2014-35/2016-34"), says("2014", "2016", "2014-07-01/2016-06-30"));
        assert_eq!(both("2022-01-09~"), says("", "", ""));
        assert_eq!(both("198X"), says("", "", "1980-01-01/1989-12-31"));
    }
}
