//! The desk on which corrections are followed, one kind after the other.

use super::lost::Lost;
use super::read::{About, Entry, Named};
use super::{regroup, sort};
use crate::diagnostic::{Diagnostic, Location};
use crate::model::{Change, Corrected, Edit, Event, Timeline};
use std::collections::{BTreeMap, BTreeSet, HashMap};

pub(super) struct Desk<'t> {
    timeline: &'t mut Timeline,
    events: Vec<Event>,
    /// For each event, what was decided about it.
    edits: Vec<Edit>,
    /// For each event, the one it was merged into; itself where it stands.
    into: Vec<usize>,
    hidden: Vec<bool>,
    event_by_id: HashMap<String, usize>,
    mention_by_id: HashMap<String, usize>,
    /// For each mention, its event; `None` where it is hidden.
    event_of: Vec<Option<usize>>,
    lost: Lost,
    /// Places of which a message has told that what they name is not there.
    told: BTreeSet<Location>,
    messages: Vec<Diagnostic>,
}

impl<'t> Desk<'t> {
    pub(super) fn new(timeline: &'t mut Timeline) -> Desk<'t> {
        let events = timeline.events.clone();
        let mut edits_by_id = std::mem::take(&mut timeline.edits);
        let mut event_of = vec![None; timeline.mentions.len()];
        let mut event_by_id = HashMap::with_capacity(events.len());
        for (e, event) in events.iter().enumerate() {
            event_by_id.entry(event.id.clone()).or_insert(e);
            for &m in &event.mentions {
                if let Some(slot) = event_of.get_mut(m) {
                    *slot = Some(e);
                }
            }
        }
        let mut mention_by_id = HashMap::with_capacity(timeline.mentions.len());
        for (m, mention) in timeline.mentions.iter().enumerate() {
            mention_by_id.entry(mention.id.clone()).or_insert(m);
        }
        Desk {
            edits: events.iter().map(|e| edits_by_id.remove(&e.id).unwrap_or_default()).collect(),
            into: (0..events.len()).collect(),
            hidden: vec![false; events.len()],
            events,
            event_by_id,
            mention_by_id,
            event_of,
            lost: Lost::default(),
            told: BTreeSet::new(),
            messages: Vec::new(),
            timeline,
        }
    }

    /// Gives the event that another was merged into, and so on to the last.
    fn standing(&mut self, mut e: usize) -> usize {
        while self.into[e] != e {
            self.into[e] = self.into[self.into[e]];
            e = self.into[e];
        }
        e
    }

    /// Gives the event of an id before any were merged: its own, or that of the mention whose id it is.
    fn own(&self, named: &Named) -> Option<usize> {
        let found = self.event_by_id.get(&named.id).copied();
        found.or_else(|| self.event_of.get(*self.mention_by_id.get(&named.id)?).copied().flatten())
    }

    /// Gives the event of an id, where it stands now.
    fn event(&mut self, named: &Named) -> Option<usize> {
        self.own(named).map(|e| self.standing(e))
    }

    fn warn(&mut self, named: &Named, message: impl Into<String>, help: impl Into<String>) {
        self.messages.push(Diagnostic::warning("correction", named.at.clone(), message).help(help));
    }

    /// Tells of a mention that an entry takes off an event, but that tells another one with others.
    fn elsewhere(&mut self, named: &Named, from: usize, other: usize, mentions: usize) {
        let (Some(from), Some(other)) = (self.events.get(from), self.events.get(other)) else { return };
        // Alone it stands already as the entry wants it.
        if mentions > 1 {
            let message = format!("the mention `{}` tells not `{}` but another event", named.id, from.id);
            let help = format!("to split it off there, write `event: {}` ({}, {})", other.id, other.date, other.title);
            self.warn(named, message, help);
        }
    }

    /// Gives the event that an entry is about, or that it names, and tells of one that is not there.
    fn find(&mut self, entry: &Entry, named: &Named) -> Option<usize> {
        let found = self.event(named);
        if found.is_none() && self.told.insert(named.at.clone()) {
            let told = if self.mention_by_id.contains_key(&named.id) {
                let message = format!("the mention `{}` is hidden by another entry", named.id);
                Diagnostic::warning("lost-correction", named.at.clone(), message).help("name the event by another id")
            } else {
                self.lost.message(self.timeline, entry, named, "event or mention")
            };
            self.messages.push(told);
        }
        found
    }

    /// Gives the mention of an id, and tells of one that is not there.
    fn mention(&mut self, entry: &Entry, named: &Named) -> Option<usize> {
        let found = self.mention_by_id.get(&named.id).copied();
        if found.is_none() && self.told.insert(named.at.clone()) {
            self.messages.push(self.lost.message(self.timeline, entry, named, "mention"));
        }
        found
    }

    fn record(&mut self, e: usize, entry: &Entry, what: Change, was: Option<String>, id: Option<String>) {
        if let Some(edit) = self.edits.get_mut(e) {
            edit.corrected.push(Corrected { what, reason: entry.reason.clone(), was, id });
        }
    }

    fn title_of(&self, m: usize) -> Option<String> {
        self.timeline.mentions.get(m).map(|m| m.title.clone())
    }

    /// Lets mentions leave their events, each for one of its own.
    pub(super) fn split(&mut self, entries: &[Entry]) {
        let mut left: Vec<usize> = self.events.iter().map(|e| e.mentions.len()).collect();
        let mut gone: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
        for entry in entries {
            let from = match entry.about {
                About::Event if !entry.split.is_empty() => self.find(entry, &entry.named),
                _ => None,
            };
            if entry.about == About::Event && from.is_none() {
                continue;
            }
            for named in &entry.split {
                let Some(m) = self.mention(entry, named) else { continue };
                if let Some((from, other)) = from.zip(self.event_of[m]).filter(|(from, other)| from != other) {
                    self.elsewhere(named, from, other, left[other]);
                }
                // Where it is not with that event any more, nothing is left to do.
                let Some(e) = self.event_of[m].filter(|&e| from.is_none_or(|from| from == e) && left[e] > 1) else {
                    continue;
                };
                left[e] -= 1;
                gone.entry(e).or_default().insert(m);
                let (mention_id, event_id) = (self.timeline.mentions[m].id.clone(), self.events[e].id.clone());
                // The event that stays keeps its id, and with it its page and its corrections.
                let id = if mention_id == event_id { format!("{event_id}-split") } else { mention_id };
                let mut own = regroup::shrunk(self.timeline, &self.events[e], vec![m]);
                own.id.clone_from(&id);
                let was = own.title.clone();
                own.title = self.title_of(m).unwrap_or(was);
                self.event_of[m] = Some(self.events.len());
                self.event_by_id.insert(id.clone(), self.events.len());
                self.into.push(self.events.len());
                self.hidden.push(false);
                self.edits.push(Edit::default());
                left.push(1);
                self.record(
                    self.events.len(),
                    entry,
                    Change::Split,
                    Some(self.events[e].title.clone()),
                    Some(event_id),
                );
                self.record(e, entry, Change::Split, self.title_of(m), Some(id));
                self.events.push(own);
            }
        }
        self.shrink(&gone);
    }

    fn shrink(&mut self, gone: &BTreeMap<usize, BTreeSet<usize>>) {
        for (&e, gone) in gone {
            let left = self.events[e].mentions.iter().copied().filter(|m| !gone.contains(m)).collect();
            self.events[e] = regroup::shrunk(self.timeline, &self.events[e], left);
        }
    }

    /// Puts events to those that the entries are about.
    pub(super) fn merge(&mut self, entries: &[Entry]) {
        let mut parts: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        let mut joined: BTreeSet<(usize, usize)> = BTreeSet::new();
        for entry in entries.iter().filter(|e| !e.merge.is_empty()) {
            let Some(first) = self.find(entry, &entry.named) else { continue };
            for named in &entry.merge {
                let Some(other) = self.find(entry, named) else { continue };
                if named.id == entry.named.id {
                    self.warn(named, "this entry merges the event with itself", "name the other event, or remove it");
                    continue;
                }
                let pair = self.own(&entry.named).zip(self.own(named)).map(|(a, b)| (a.min(b), a.max(b)));
                let again = pair.is_some_and(|(a, b)| a != b && !joined.insert((a, b)));
                // Where they are one already, there is nothing left to do.
                let first = self.standing(first);
                if other == first {
                    if again {
                        self.warn(named, "an entry above merges these two events already", "keep one of the two");
                    }
                    continue;
                }
                self.into[other] = first;
                let mut moved = parts.remove(&other).unwrap_or_default();
                moved.push(other);
                parts.entry(first).or_default().append(&mut moved);
                let (title, id) = (self.events[other].title.clone(), self.events[other].id.clone());
                self.record(first, entry, Change::Merge, Some(title), Some(id));
                let edit = std::mem::take(&mut self.edits[other]);
                self.edits[first].notes.extend(edit.notes);
                self.edits[first].corrected.extend(edit.corrected);
                if self.edits[first].written.is_none() {
                    self.edits[first].written = edit.written;
                }
            }
        }
        for (first, parts) in parts {
            let others: Vec<Event> = parts.iter().map(|&p| self.events[p].clone()).collect();
            self.events[first] = regroup::joined(self.timeline, &self.events[first], &others);
        }
    }

    /// Takes single mentions off the timeline; an event that loses its last one goes with it.
    pub(super) fn hide_mentions(&mut self, entries: &[Entry]) {
        let mut gone: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
        for entry in entries.iter().filter(|e| e.hide && e.about == About::Mention) {
            let Some(m) = self.mention(entry, &entry.named) else { continue };
            let Some(e) = self.event_of[m] else { continue };
            let e = self.standing(e);
            let (id, title) = (Some(entry.named.id.clone()), self.title_of(m));
            self.record(e, entry, Change::Hide, title, id);
            self.event_of[m] = None;
            gone.entry(e).or_default().insert(m);
        }
        gone.retain(|&e, gone| {
            let all = self.events[e].mentions.len() == gone.len();
            self.hidden[e] |= all;
            !all
        });
        self.shrink(&gone);
    }

    /// Changes whole events.
    pub(super) fn change(&mut self, entries: &[Entry]) {
        let mut done: BTreeSet<(usize, Change)> = BTreeSet::new();
        for entry in entries.iter().filter(|e| e.about == About::Event) {
            let changes = entry.hide || entry.pin || entry.date.is_some() || entry.title.is_some();
            if !changes && entry.note.is_none() {
                continue;
            }
            let Some(e) = self.find(entry, &entry.named) else { continue };
            if let Some(date) = &entry.date {
                self.once(&mut done, e, Change::Date, entry);
                let was = std::mem::replace(&mut self.events[e].date, date.clone()).to_string();
                self.record(e, entry, Change::Date, Some(was), None);
            }
            if let Some(title) = &entry.title {
                self.once(&mut done, e, Change::Title, entry);
                let was = std::mem::replace(&mut self.events[e].title, title.clone());
                self.record(e, entry, Change::Title, Some(was), None);
            }
            if let Some(note) = &entry.note {
                self.edits[e].notes.push(note.clone());
                self.record(e, entry, Change::Note, None, None);
            }
            if entry.pin {
                self.edits[e].pinned = true;
                self.record(e, entry, Change::Pin, None, None);
            }
            if entry.hide {
                self.hidden[e] = true;
                self.record(e, entry, Change::Hide, None, None);
            }
        }
    }

    /// Tells of a second entry that gives the same event a date or headline.
    fn once(&mut self, done: &mut BTreeSet<(usize, Change)>, e: usize, what: Change, entry: &Entry) {
        if !done.insert((e, what)) {
            let thing = if what == Change::Date { "date" } else { "title" };
            let message = format!("an entry above gives this event a {thing} too; this one counts");
            let warning = Diagnostic::warning("correction", entry.named.at.clone(), message);
            self.messages.push(warning.help("keep one of the two"));
        }
    }

    /// Hands the events back, in order, and what is to be told.
    pub(super) fn finish(self) -> Vec<Diagnostic> {
        let Desk { timeline, events, edits, into, hidden, messages, .. } = self;
        timeline.events.clear();
        for (e, (event, mut edit)) in events.into_iter().zip(edits).enumerate() {
            if into.get(e) != Some(&e) {
                continue;
            }
            edit.corrected.sort_by_key(|c| c.what);
            if edit != Edit::default() {
                timeline.edits.insert(event.id.clone(), edit);
            }
            let list = if hidden.get(e) == Some(&true) { &mut timeline.hidden } else { &mut timeline.events };
            list.push(event);
        }
        // Above all others, in the order that they have among themselves.
        let top = timeline.events.iter().map(|e| e.importance).fold(0.0, f64::max);
        for event in &mut timeline.events {
            if timeline.edits.get(&event.id).is_some_and(|edit| edit.pinned) {
                event.importance = ((top + event.importance) * 10_000.0).round() / 10_000.0;
            }
        }
        sort(&mut timeline.events);
        sort(&mut timeline.hidden);
        messages
    }
}
