//! An event: mentions of one and the same happening.

use super::{Edtf, Status};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// One date that sources claim for an event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claim {
    /// The date claimed.
    pub date: Edtf,
    /// Indexes of the mentions that claim it.
    pub mentions: Vec<usize>,
}

/// Dates that cannot both be right.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Disagreement {
    /// All claims, in order of date, at least two.
    pub claims: Vec<Claim>,
}

/// Why a mention was put to an event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LinkReason {
    /// Nearly the same words: one voice, told twice.
    SameWords,
    /// The same words in quotation marks, or another long run of words.
    SharedPhrase(String),
    /// The same names.
    SharedNames(Vec<String>),
    /// The same telling words.
    SharedWords(Vec<String>),
}

/// Two mentions of one event and why they were joined.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// Index of one mention.
    pub a: usize,
    /// Index of the other.
    pub b: usize,
    /// All reasons, strongest first.
    pub reasons: Vec<LinkReason>,
}

/// Mentions of one and the same happening, merged.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// The id of the mention that tells it first; stays when other articles are added.
    pub id: String,
    /// The date, never more precise than its sources.
    pub date: Edtf,
    /// A short headline.
    pub title: String,
    /// Whether it is told as a fact.
    pub status: Status,
    /// Indexes of its mentions in the timeline, most telling first; never empty.
    pub mentions: Vec<usize>,
    /// Those of its mentions that say what another says in nearly the same words (a wire copy), in order: no voices
    /// of their own.
    #[serde(default)]
    pub copies: Vec<usize>,
    /// Why its mentions were merged.
    pub links: Vec<Link>,
    /// Dates that cannot both be right.
    pub disagreement: Option<Disagreement>,
    /// Additive weight: a day's is the sum over its events.
    pub importance: f64,
}

/// Where an event stands in time: by its first day, then what has an end before what has none, then by its last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place(Option<NaiveDate>, bool, Option<NaiveDate>);

impl Event {
    /// Gives the order of a timeline: by date, then importance, then id.
    pub fn order(&self, other: &Event) -> std::cmp::Ordering {
        self.place().cmp(&other.place()).then_with(|| self.order_in_place(other))
    }

    /// Puts events into the order that [`Event::order`] gives, each date looked at once.
    pub fn sort(events: &mut Vec<Event>) {
        *events = Event::sorted(events.drain(..).map(Event::placed).collect());
    }

    /// Gives the event with its place in time, to sort by.
    pub fn placed(self) -> (Place, Event) {
        (self.place(), self)
    }

    /// Gives events whose places are known in the order that [`Event::order`] gives.
    pub fn sorted(mut placed: Vec<(Place, Event)>) -> Vec<Event> {
        placed.sort_by(|(a, x), (b, y)| a.cmp(b).then_with(|| x.order_in_place(y)));
        placed.into_iter().map(|(_, event)| event).collect()
    }

    fn place(&self) -> Place {
        let end = self.date.last_day();
        Place(self.date.first_day().or(end), end.is_none(), end)
    }

    fn order_in_place(&self, other: &Event) -> std::cmp::Ordering {
        other.importance.total_cmp(&self.importance).then_with(|| self.id.cmp(&other.id))
    }
}
