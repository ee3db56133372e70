//! What is new on the timeline since the last build on this machine.

use super::report::count;
use crate::io::keep;
use crate::model::{Event, Timeline};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};
use std::io;
use std::path::Path;

/// The file of the last build's events; its number goes up with every change of its form.
const LAST: &str = "last-build-1";
/// The same as is printed, whole, for programs.
const DIFFERENCES: &str = "changes.json";
/// So many titles of each kind are printed.
const SHOWN: usize = 3;

/// An event as the last build had it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Past {
    id: String,
    date: String,
    title: String,
    /// A hash of what readers see of it.
    print: u64,
    /// Its mentions, each by a hash.
    mentions: Vec<u64>,
}

/// What happened to events since the last build.
#[derive(Debug, Default, Serialize)]
pub struct News<'n> {
    added: Vec<Told<'n>>,
    changed: Vec<Told<'n>>,
    merged: Vec<Told<'n>>,
    removed: Vec<Told<'n>>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Told<'n> {
    id: &'n str,
    date: &'n str,
    title: &'n str,
    /// The event that one was merged into.
    #[serde(skip_serializing_if = "Option::is_none")]
    into: Option<&'n str>,
}

/// Words what is new since the last build and keeps what the next one needs to know; the first build has no news.
///
/// # Errors
/// When nothing could be kept.
pub fn since(root: &Path, timeline: &Timeline) -> io::Result<Vec<String>> {
    let mut lines = Vec::new();
    let now: Vec<Past> = timeline.events.par_iter().map(|event| past(timeline, event)).collect();
    let last = keep::load(root, LAST).and_then(|bytes| postcard::from_bytes::<Vec<Past>>(&bytes).ok());
    if let Some(last) = &last {
        let news = news(last, &now);
        lines = news.lines();
        note(root, &news)?;
    }
    if last.is_none_or(|last| last != now) {
        keep::save(root, LAST, &postcard::to_stdvec(&now).map_err(io::Error::other)?)?;
    }
    Ok(lines)
}

/// Keeps for programs that nothing is new since the last build.
///
/// # Errors
/// When it could not be kept.
pub fn nothing(root: &Path) -> io::Result<()> {
    note(root, &News::default())
}

fn note(root: &Path, news: &News) -> io::Result<()> {
    let mut json = serde_json::to_vec(news)?;
    json.push(b'\n');
    keep::note(root, DIFFERENCES, &json)
}

fn past(timeline: &Timeline, event: &Event) -> Past {
    let date = event.date.to_string();
    let mut ids: Vec<&str> =
        event.mentions.iter().filter_map(|&m| Some(timeline.mentions.get(m)?.id.as_str())).collect();
    ids.sort_unstable();
    let claims = event.disagreement.iter().flat_map(|d| &d.claims).map(|claim| claim.date.to_string());
    let edit = timeline.edits.get(&event.id).map(|edit| format!("{edit:?}"));
    let seen =
        format!("{date}\0{}\0{:?}\0{ids:?}\0{:?}\0{edit:?}", event.title, event.status, claims.collect::<Vec<_>>());
    let mentions = ids.iter().map(|id| short(id)).collect();
    Past { print: short(&seen), id: event.id.clone(), date, title: event.title.clone(), mentions }
}

fn short(text: &str) -> u64 {
    blake3::hash(text.as_bytes()).as_bytes().iter().take(8).fold(0, |bits, &byte| bits << 8 | u64::from(byte))
}

/// Compares two builds. An event that is gone was merged where one of its mentions is another's now; it only
/// changed where that one is new and of no other's mentions.
fn news<'n>(last: &'n [Past], now: &'n [Past]) -> News<'n> {
    let told = |past: &'n Past| Told { id: &past.id, date: &past.date, title: &past.title, into: None };
    let before: HashMap<&str, &Past> = last.iter().map(|past| (past.id.as_str(), past)).collect();
    let after: HashMap<&str, &Past> = now.iter().map(|past| (past.id.as_str(), past)).collect();
    let gone: Vec<&Past> = last.iter().filter(|past| !after.contains_key(past.id.as_str())).collect();
    let home: HashMap<u64, &Past> = match gone.is_empty() {
        true => HashMap::new(),
        false => now.iter().flat_map(|past| past.mentions.iter().map(move |&mention| (mention, past))).collect(),
    };
    let mut news = News::default();
    // New events that took the place of one that is gone.
    let mut heirs: BTreeMap<&str, &Past> = BTreeMap::new();
    for &past in &gone {
        match past.mentions.iter().find_map(|mention| home.get(mention)) {
            None => news.removed.push(told(past)),
            Some(heir) if !before.contains_key(heir.id.as_str()) && !heirs.contains_key(heir.id.as_str()) => {
                heirs.insert(&heir.id, heir);
                news.changed.push(told(heir));
            }
            Some(heir) => news.merged.push(Told { into: Some(&heir.id), ..told(past) }),
        }
    }
    for past in now {
        match before.get(past.id.as_str()) {
            None if heirs.contains_key(past.id.as_str()) => {}
            None => news.added.push(told(past)),
            Some(old) if old.print != past.print => news.changed.push(told(past)),
            Some(_) => {}
        }
    }
    news
}

impl News<'_> {
    /// Words it: a line of counts, and a few titles of each kind.
    fn lines(&self) -> Vec<String> {
        let kinds = [
            ("added", '+', &self.added),
            ("changed", '~', &self.changed),
            ("merged with others", '>', &self.merged),
            ("removed", '-', &self.removed),
        ];
        let mut kinds = kinds.into_iter().filter(|(_, _, told)| !told.is_empty()).peekable();
        if kinds.peek().is_none() {
            return Vec::new();
        }
        let (mut counts, mut titles) = (Vec::new(), Vec::new());
        for (word, sign, told) in kinds {
            counts.push(format!("{} {word}", count(told.len(), "event")));
            titles.extend(told.iter().take(SHOWN).map(|told| format!("  {sign} {}: {}", told.date, told.title)));
            if told.len() > SHOWN {
                titles.push(format!("  {sign} and {} more", told.len() - SHOWN));
            }
        }
        let mut lines = vec![format!("since the last build: {}", counts.join(", "))];
        lines.append(&mut titles);
        lines
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(id: &str, print: u64, mentions: &[u64]) -> Past {
        Past { id: id.into(), date: "2020".into(), title: format!("T {id}"), print, mentions: mentions.to_vec() }
    }

    #[test]
    fn each_event_is_told_once_as_what_happened_to_it() {
        let last = [
            event("same", 1, &[1]),
            event("edited", 1, &[2]),
            event("gone", 1, &[3]),
            event("joined", 1, &[4]),
            event("renamed", 1, &[5]),
        ];
        let now = [
            event("same", 1, &[1]),
            event("edited", 2, &[2, 4]),
            event("renamed-again", 1, &[5, 6]),
            event("new", 1, &[7]),
        ];
        let news = news(&last, &now);
        let ids = |told: &[Told]| told.iter().map(|told| told.id.to_owned()).collect::<Vec<_>>();
        assert_eq!(ids(&news.added), ["new"]);
        assert_eq!(ids(&news.changed), ["renamed-again", "edited"]);
        assert_eq!((ids(&news.merged), news.merged[0].into), (vec!["joined".to_owned()], Some("edited")));
        assert_eq!(ids(&news.removed), ["gone"]);
        assert_eq!(
            news.lines()[0],
            "since the last build: 1 event added, 2 events changed, 1 event merged with others, 1 event removed"
        );
        assert!(super::news(&now, &now).lines().is_empty());
    }
}
