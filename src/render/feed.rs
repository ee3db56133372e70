//! `feed.xml` and `feed.json`: the events that were told last, for readers who follow the timeline.
//!
//! An event was published with the first article that tells it, and updated with the last: days that the articles
//! state themselves, so that a feed says the same wherever it is built.

use super::changes::clean;
use super::html::Desk;
use super::site::event_page;
use super::view::{date_view, published, told as sources};
use super::voices;
use super::{RenderError, escape};
use crate::model::{Event, OutputFile};
use atom_syndication::{Content, Entry, Feed, FixedDateTime, Generator, Link, Person, Text};
use chrono::{NaiveDate, NaiveTime};
use serde::Serialize;
use std::collections::BTreeSet;

/// Events that a feed holds.
const MOST: usize = 50;
/// Sources that its entries show.
const SOURCES: usize = 6;

/// One event as feeds tell it.
struct Told<'t> {
    event: &'t Event,
    first: NaiveDate,
    last: NaiveDate,
    outlets: Vec<String>,
    summary: String,
    html: String,
}

#[derive(Serialize)]
struct JsonFeed<'t> {
    version: &'static str,
    title: &'t str,
    #[serde(skip_serializing_if = "str::is_empty")]
    description: &'t str,
    language: &'t str,
    #[serde(skip_serializing_if = "Option::is_none")]
    home_page_url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    feed_url: Option<String>,
    items: Vec<JsonItem<'t>>,
}

#[derive(Serialize)]
struct JsonItem<'t> {
    id: String,
    url: String,
    title: &'t str,
    summary: String,
    content_html: String,
    date_published: String,
    date_modified: String,
    authors: Vec<JsonAuthor>,
}

#[derive(Serialize)]
struct JsonAuthor {
    name: String,
}

impl Desk<'_> {
    /// Writes the feeds.
    pub(super) fn feeds(&self) -> Result<Vec<OutputFile>, RenderError> {
        let told = self.told_last();
        let json = serde_json::to_vec(&self.json_feed(&told))?;
        let mut files = vec![OutputFile { path: "feed.json".to_owned(), bytes: json }];
        // Writing into memory fails only where a value is no XML, and none is left in.
        if let Ok(bytes) = self.atom(&told).write_to(Vec::new()) {
            files.push(OutputFile { path: "feed.xml".to_owned(), bytes });
        }
        Ok(files)
    }

    /// Gives the events that were told last, the latest first.
    fn told_last(&self) -> Vec<Told<'_>> {
        let mut seen = BTreeSet::new();
        let listed = self.changes.arrivals.iter().flat_map(|arrival| arrival.new.iter().chain(&arrival.again));
        let listed = listed.filter(|&&event| seen.insert(event)).take(MOST);
        let told = listed.filter_map(|&index| {
            let event = self.timeline.events.get(index)?;
            let &(first, last) = self.changes.told.get(&index)?;
            let (site, timeline) = (self.site, self.timeline);
            let date = &date_view(site, &event.date, None).words;
            let status = site.words.status(event.status).map(|status| format!(" ({status})")).unwrap_or_default();
            let mut html = format!("<p><strong>{}</strong>{}</p>", escape::escaped(date), escape::escaped(&status));
            for (mention, article) in sources(timeline, event).take(SOURCES) {
                html.push_str(&format!(
                    "<blockquote><p>{}</p></blockquote><p>{}, {}</p>",
                    escape::escaped(article.text.get(mention.quote.clone()).unwrap_or_default()),
                    escape::escaped(site.outlet(article)),
                    escape::escaped(&published(site, article))
                ));
            }
            let outlets = voices::outlets(site, timeline, event);
            let told_by = voices::summary(site, timeline, event, false);
            Some(Told {
                event,
                first,
                last,
                outlets: outlets.into_iter().map(|name| clean(name).into_owned()).collect(),
                summary: clean(&format!("{date}{status} · {told_by}")).into_owned(),
                html: clean(&html).into_owned(),
            })
        });
        told.collect()
    }

    fn atom(&self, told: &[Told]) -> Feed {
        let config = self.site.config;
        let link = |href: String, rel: &str, kind: &str| Link {
            href,
            rel: rel.to_owned(),
            mime_type: Some(kind.to_owned()),
            ..Link::default()
        };
        let entries = told.iter().map(|told| {
            let mut entry = Entry {
                title: Text::plain(clean(&told.event.title).into_owned()),
                id: self.feed_id(&event_page(told.event), &told.event.id),
                updated: midnight(told.last),
                published: Some(midnight(told.first)),
                summary: Some(Text::plain(told.summary.clone())),
                links: vec![link(self.feed_link(&event_page(told.event)), "alternate", "text/html")],
                ..Entry::default()
            };
            entry.authors =
                told.outlets.iter().map(|name| Person { name: name.clone(), ..Person::default() }).collect();
            entry.content = Some(Content {
                value: Some(told.html.clone()),
                content_type: Some("html".to_owned()),
                ..Content::default()
            });
            entry
        });
        let subtitle = Some(&config.description).filter(|text| !text.is_empty());
        Feed {
            title: Text::plain(clean(&config.title).into_owned()),
            subtitle: subtitle.map(|text| Text::plain(clean(text).into_owned())),
            id: self.feed_id("index.html", ""),
            updated: midnight(told.iter().map(|told| told.last).max().unwrap_or_default()),
            authors: vec![Person { name: clean(&config.title).into_owned(), ..Person::default() }],
            generator: Some(Generator { value: "Dateline".to_owned(), ..Generator::default() }),
            lang: Some(config.language.clone()),
            links: vec![
                link(self.feed_link("feed.xml"), "self", "application/atom+xml"),
                link(self.feed_link("index.html"), "alternate", "text/html"),
            ],
            entries: entries.collect(),
            ..Feed::default()
        }
    }

    fn json_feed(&self, told: &[Told]) -> JsonFeed<'_> {
        let config = self.site.config;
        let items = told.iter().filter_map(|told| {
            let event = self.timeline.events.get(self.site.index_of(told.event)?)?;
            Some(JsonItem {
                id: self.feed_id(&event_page(event), &event.id),
                url: self.feed_link(&event_page(event)),
                title: &event.title,
                summary: told.summary.clone(),
                content_html: told.html.clone(),
                date_published: midnight(told.first).to_rfc3339(),
                date_modified: midnight(told.last).to_rfc3339(),
                authors: told.outlets.iter().map(|name| JsonAuthor { name: name.clone() }).collect(),
            })
        });
        JsonFeed {
            version: "https://jsonfeed.org/version/1.1",
            title: &config.title,
            description: &config.description,
            language: &config.language,
            home_page_url: self.site.canonical("index.html"),
            feed_url: self.site.canonical("feed.json"),
            items: items.collect(),
        }
    }

    /// Gives the address of a page: whole where it is known, from the feed where it is not.
    fn feed_link(&self, path: &str) -> String {
        self.site.canonical(path).unwrap_or_else(|| path.to_owned())
    }

    /// Gives a name that stays: the address of a page, or one made of the site's title and the event's id.
    fn feed_id(&self, path: &str, id: &str) -> String {
        self.site.canonical(path).unwrap_or_else(|| uuid(&format!("{}\0{id}", self.site.config.title)))
    }
}

fn midnight(day: NaiveDate) -> FixedDateTime {
    day.and_time(NaiveTime::MIN).and_utc().fixed_offset()
}

/// Gives a name of its own to a text, as RFC 9562 writes those that are made of a hash.
fn uuid(text: &str) -> String {
    let mut bytes: [u8; 16] = [0; 16];
    for (byte, hash) in bytes.iter_mut().zip(blake3::hash(text.as_bytes()).as_bytes()) {
        *byte = *hash;
    }
    let number = u128::from_be_bytes(bytes);
    let number = number & !(0xF << 76) & !(0b11 << 62) | 8 << 76 | 0b10 << 62;
    let hex = format!("{number:032x}");
    let part = |range: std::ops::Range<usize>| hex.get(range).unwrap_or_default();
    format!("urn:uuid:{}-{}-{}-{}-{}", part(0..8), part(8..12), part(12..16), part(16..20), part(20..32))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_stays_is_well_formed_and_differs_by_text() {
        let name = uuid("a");
        assert_eq!(name.len(), "urn:uuid:".len() + 36);
        assert_eq!((name.as_bytes()[9 + 14], name == uuid("a"), name == uuid("b")), (b'8', true, false));
        assert!(matches!(name.as_bytes()[9 + 19], b'8' | b'9' | b'a' | b'b'), "{name}");
    }

    #[test]
    fn what_no_xml_may_hold_is_replaced() {
        assert_eq!(clean("a\u{1}b\u{FFFF}\n"), "a\u{FFFD}b\u{FFFD}\n");
    }
}
