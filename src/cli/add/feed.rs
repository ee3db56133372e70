//! RSS, Atom and JSON feeds: what each entry says of its article.

use crate::pipeline::adding::Origin;
use chrono::{DateTime, FixedOffset, NaiveDateTime, Utc};
use feed_rs::model::{self, Link, Text};
use feed_rs::parser;

/// At most so many entries of a feed are read.
const MOST: usize = 1_000;
/// A content of fewer words is a teaser: the page is fetched.
const LEAST_WORDS: usize = 120;

/// Of fewer words nothing is made where the page cannot be fetched either.
const PART_WORDS: usize = 40;
const BOM: &[u8] = b"\xEF\xBB\xBF";

/// One entry of a feed.
pub(super) struct Entry {
    /// What messages call it.
    pub(super) label: String,
    /// What it says of its article.
    pub(super) origin: Origin,
    /// The article itself, as HTML, where the feed holds it.
    pub(super) content: Option<String>,
    /// What the feed holds of it, where that may be a part alone: better than nothing.
    pub(super) part: Option<String>,
}

/// Reads a feed that was found at an address.
pub(super) fn entries(bytes: &[u8], label: &str, found: Option<&str>) -> Result<Vec<Entry>, String> {
    // A day is the one that is written, in whatever zone.
    let parser = parser::Builder::new().base_uri(found).sanitize_content(false).timestamp_parser(as_written).build();
    let mended = with_texts_as_ids(bytes);
    let feed = parser.parse(mended.as_deref().unwrap_or(bytes)).map_err(|error| format!("this is no feed: {error}"))?;
    if feed.entries.is_empty() {
        return Err("this feed has no entries".to_owned());
    }
    let outlet = feed.title.as_ref().map(plain);
    let language = feed.language.clone();
    let entries = feed.entries.into_iter().take(MOST).enumerate();
    Ok(entries
        .map(|(i, entry)| read(entry, &format!("{label} (entry {})", i + 1), outlet.as_deref(), language.as_deref()))
        .collect())
}

fn read(entry: model::Entry, place: &str, outlet: Option<&str>, language: Option<&str>) -> Entry {
    let url = address(&entry.links).or_else(|| Some(entry.id.clone()).filter(|id| id.starts_with("http")));
    let title = entry.title.as_ref().map(plain).filter(|title| !title.is_empty());
    let day = |date: Option<DateTime<Utc>>| date.map(|date| date.format("%Y-%m-%d").to_string());
    // RSS gives one line, which is taken for an address.
    let person = |person: &model::Person| match &person.email {
        Some(line) if person.name == "author" => name(line),
        _ => name(&person.name),
    };
    let names = |people: &[model::Person]| people.iter().map(person).filter(|name| !name.is_empty()).collect();
    let content = entry.content.as_ref().and_then(|content| content.body.clone());
    // Many feeds hold the whole text as what should be its summary.
    let summary = || entry.summary.as_ref().map(|summary| summary.content.clone());
    let whole = |text: &String| words(text) >= LEAST_WORDS;
    let unlinked = url.is_none();
    let part = [content.clone(), summary()].into_iter().flatten().max_by_key(|text| words(text));
    let part = part.filter(|text| words(text) >= PART_WORDS).map(article);
    let content =
        content.filter(|text| whole(text) || unlinked).or_else(|| summary().filter(|text| whole(text) || unlinked));
    let day_of_entry = day(entry.published.or(entry.updated));
    Entry {
        label: url.clone().unwrap_or_else(|| place.to_owned()),
        content: content.filter(|text| words(text) > 0).map(article),
        part,
        origin: Origin {
            url,
            title,
            publisher: outlet.map(str::to_owned),
            published: day_of_entry.clone(),
            updated: day(entry.updated).filter(|day| day_of_entry.as_ref() != Some(day)),
            authors: names(&entry.authors),
            language: entry.language.clone().or_else(|| language.map(str::to_owned)),
            tags: entry
                .categories
                .iter()
                .map(|tag| tag.label.clone().unwrap_or_else(|| tag.term.clone()))
                .take(20)
                .collect(),
            first: false,
        },
    }
}

fn article(text: String) -> String {
    format!("<article itemprop=\"articleBody\">{text}</article>")
}

/// A JSON Feed whose entries have numbers as ids, with texts in their place ("readers should coerce", JSON Feed 1.1);
/// none where nothing had to be done.
fn with_texts_as_ids(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut feed: serde_json::Value = serde_json::from_slice(bytes.strip_prefix(BOM).unwrap_or(bytes)).ok()?;
    let mut changed = false;
    for entry in feed.get_mut("items")?.as_array_mut()? {
        let Some(id) = entry.get_mut("id").filter(|id| id.is_number()) else { continue };
        *id = serde_json::Value::String(id.to_string());
        changed = true;
    }
    changed.then(|| serde_json::to_vec(&feed).ok())?
}

/// The address of the page that an entry stands for.
fn address(links: &[Link]) -> Option<String> {
    let web = |link: &&Link| link.href.starts_with("http://") || link.href.starts_with("https://");
    let rel = |link: &Link| link.rel.clone().unwrap_or_else(|| "alternate".to_owned());
    let mut links: Vec<&Link> = links
        .iter()
        .filter(web)
        .filter(|link| matches!(rel(link).as_str(), "alternate" | "self" | "related"))
        .collect();
    links.sort_by_key(|link| match rel(link).as_str() {
        "alternate" => 0,
        "related" => 1,
        _ => 2,
    });
    links.first().map(|link| link.href.clone())
}

/// A title without markup, on one line.
fn plain(text: &Text) -> String {
    let mut out = String::new();
    let mut rest = text.content.as_str();
    // Titles hold markup at most in the shape of whole tags.
    if text.content_type.essence().to_string() == "text/html" {
        while let Some(at) = rest.find('<') {
            let end = rest.get(at..).and_then(|tag| tag.find('>'));
            let tag =
                rest.get(at + 1..).is_some_and(|tag| tag.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/'));
            let (Some(end), true) = (end, tag) else { break };
            out.push_str(rest.get(..at).unwrap_or_default());
            rest = rest.get(at + end + 1..).unwrap_or_default();
        }
    }
    out.push_str(rest);
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The name of a person, of whom RSS gives the address too: `ann@a.io (Ann Roe)`.
fn name(written: &str) -> String {
    let within =
        written.split_once('(').filter(|(before, _)| before.contains('@')).and_then(|(_, rest)| rest.split_once(')'));
    let name = within.map_or(written, |(name, _)| name).trim();
    if name.contains('@') { String::new() } else { name.to_owned() }
}

/// The words of a text, tags not counted.
fn words(html: &str) -> usize {
    let outside = html.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text));
    outside.map(|text| text.split_whitespace().count()).sum()
}

/// The time that is written, taken as if it were that of Greenwich.
fn as_written(text: &str) -> Option<DateTime<Utc>> {
    let text = text.trim();
    let zoned: Option<DateTime<FixedOffset>> =
        DateTime::parse_from_rfc3339(text).or_else(|_| DateTime::parse_from_rfc2822(text)).ok();
    let bare = || {
        // Days of the week and zones that the standard does not know are left aside.
        let text = text.split_once(", ").map_or(text, |(_, rest)| rest);
        let parts: Vec<&str> = text.split_whitespace().collect();
        let [day, month, year, clock, ..] = parts.as_slice() else { return None };
        let clock = if clock.matches(':').count() == 1 { format!("{clock}:00") } else { (*clock).to_owned() };
        let month = month.get(..3)?;
        NaiveDateTime::parse_from_str(&format!("{day} {month} {year} {clock}"), "%d %b %Y %H:%M:%S").ok()
    };
    let plain = || {
        let day = text.get(..10)?;
        chrono::NaiveDate::parse_from_str(day, "%Y-%m-%d").ok()?.and_hms_opt(12, 0, 0)
    };
    let naive = zoned.map(|date| date.naive_local()).or_else(bare).or_else(plain)?;
    Some(naive.and_utc())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_of_an_entry_is_the_one_that_is_written() {
        for (written, day) in [
            ("Mon, 17 Jan 2022 23:30:00 -0500", "2022-01-17"),
            ("2022-01-17T00:10:00+13:00", "2022-01-17"),
            ("Mon, 17 January 2022 23:30 CEST", "2022-01-17"),
            ("17 Jan 2022 23:30:00 Z", "2022-01-17"),
            ("2022-01-17", "2022-01-17"),
        ] {
            assert_eq!(as_written(written).unwrap().format("%Y-%m-%d").to_string(), day, "{written}");
        }
        assert!(as_written("soon").is_none() && as_written("").is_none());
    }
}
