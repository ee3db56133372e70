//! An id that is no longer there: which events may be meant.

use super::read::{Entry, Named};
use crate::diagnostic::Diagnostic;
use crate::lang::events::is_stop;
use crate::lang::tokens::{fold, tokens};
use crate::model::{Edtf, Event, Timeline};
use std::collections::BTreeSet;

/// How many candidates a message names.
const SHOWN: usize = 3;
/// Candidates are looked up for so many lost ids; more than these are lost all at once.
const LOOKED_UP: usize = 100;
/// The alikeness from which on an event may be meant.
const ALIKE: f64 = 0.4;

/// Finds candidates for lost ids.
#[derive(Default)]
pub(super) struct Lost {
    so_far: usize,
}

impl Lost {
    /// Tells of an id that nothing has, with the nearest events by id, headline and date.
    pub(super) fn message(&mut self, timeline: &Timeline, entry: &Entry, named: &Named, what: &str) -> Diagnostic {
        self.so_far += 1;
        let message = format!("no {what} has the id `{}`", crate::config::crop(&named.id));
        let warning = Diagnostic::warning("lost-correction", named.at.clone(), message);
        // What an entry records is what its own event was, not the one that it wants merged.
        let hints = if *named == entry.named { Hints::of(entry) } else { Hints::default() };
        let found = if self.so_far <= LOOKED_UP { nearest(timeline, &named.id, &hints) } else { Vec::new() };
        if found.is_empty() {
            return warning.help("`dateline events -v` prints the ids; remove the entry if it has done its work");
        }
        let shown: Vec<String> = found.iter().map(|(id, e)| format!("`{id}` ({}, {})", e.date, e.title)).collect();
        warning.help(format!("did you mean {}?", shown.join(" or ")))
    }
}

/// What an entry tells of the event that it means.
#[derive(Default)]
struct Hints {
    /// The words of the headline that it recorded.
    title: BTreeSet<String>,
    /// Words that it says itself, of which some may be the event's.
    said: BTreeSet<String>,
    date: Option<Edtf>,
}

impl Hints {
    fn of(entry: &Entry) -> Hints {
        let (title, date) = entry.was.as_deref().map_or((BTreeSet::new(), None), recorded);
        let said = [&entry.title, &entry.note, &entry.reason].into_iter().flatten().flat_map(|text| words(text));
        Hints { title, said: said.collect(), date: date.or_else(|| entry.date.clone()) }
    }
}

/// Gives the events nearest to an id and to what an entry tells, the nearest first.
fn nearest<'t>(timeline: &'t Timeline, id: &str, hints: &Hints) -> Vec<(&'t str, &'t Event)> {
    let mut found: Vec<(f64, &str, &Event)> = Vec::new();
    for event in timeline.events.iter().chain(&timeline.hidden) {
        let mentions = event.mentions.iter().filter_map(|&m| timeline.mentions.get(m)).map(|m| m.id.as_str());
        let by_id = std::iter::once(event.id.as_str()).chain(mentions).map(|own| (slip(id, own), own));
        let (by_id, own) = by_id.max_by(|a, b| a.0.total_cmp(&b.0)).unwrap_or((0.0, &event.id));
        let same_date = hints.date.as_ref().is_some_and(|d| d.overlaps(&event.date));
        let title = words(&event.title);
        let alike = share(&hints.title, &title).max(told(&hints.said, &title));
        let by_title = if alike > 0.0 { alike + if same_date { 0.3 } else { 0.0 } } else { 0.0 };
        // A date alone tells where to look, where nothing was recorded.
        let by_date = if same_date && hints.title.is_empty() { ALIKE } else { 0.0 };
        let score = by_id.max(by_title).max(by_date);
        if score >= ALIKE {
            found.push((score, if by_id >= by_title { own } else { &event.id }, event));
        }
    }
    found.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
    found.into_iter().take(SHOWN).map(|(_, id, event)| (id, event)).collect()
}

/// Gives the share of a headline's words that an entry says itself; a single one tells nothing.
fn told(said: &BTreeSet<String>, title: &BTreeSet<String>) -> f64 {
    let both = said.intersection(title).filter(|word| !is_stop(word)).count();
    let all = title.iter().filter(|word| !is_stop(word)).count();
    if both < 2 { 0.0 } else { both as f64 / all as f64 }
}

/// Gives how nearly one id is another with a slip of the pen.
fn slip(wanted: &str, id: &str) -> f64 {
    let near = wanted.len().abs_diff(id.len()) <= 2 && wanted.len() <= 40;
    match if near { strsim::osa_distance(&wanted.to_lowercase(), id) } else { 9 } {
        0 => 2.0,
        1 => 1.5,
        2 => 1.2,
        // Half of it is right: nearer than chance lets ids be.
        n if n < 9 && 2 * n <= wanted.len() => 1.0 - n as f64 / 10.0,
        _ => 0.0,
    }
}

/// Reads what an entry recorded: `Headline (2021-03-08)`.
fn recorded(was: &str) -> (BTreeSet<String>, Option<Edtf>) {
    let split = was.strip_suffix(')').and_then(|rest| rest.rsplit_once('('));
    match split.and_then(|(title, date)| Some((title, Edtf::parse(date.trim()).ok()?))) {
        Some((title, date)) => (words(title), Some(date)),
        None => (words(was), None),
    }
}

fn words(text: &str) -> BTreeSet<String> {
    tokens(text).iter().map(|t| fold(t.text)).filter(|w| w.chars().count() > 2).collect()
}

/// Gives the share of words that two headlines have in common.
fn share(a: &BTreeSet<String>, b: &BTreeSet<String>) -> f64 {
    let both = a.intersection(b).count() as f64;
    let all = a.union(b).count() as f64;
    if all == 0.0 { 0.0 } else { both / all }
}
