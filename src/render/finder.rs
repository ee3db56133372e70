//! What a page offers for finding an event: by outlet, name, precision, status, sources.

use super::html::Desk;
use super::marks::{precision_key, status_key};
use super::voices::{self, outlets, people};
use crate::lang::interface::{closed, isolated};
use foldhash::fast::RandomState;
use serde::Serialize;
use std::collections::{BTreeMap, HashMap};

/// Choices of one list at most, and where the page holds what search does not need.
const CHOICES: usize = 150;
const LEAN_CHOICES: usize = 50;

/// What a page lets its reader choose from.
#[derive(Debug, Serialize)]
pub struct Finder {
    /// Events on the page.
    here: usize,
    /// Events of the timeline.
    total: usize,
    /// Whether what is shown is but a part of what the page stands for.
    part: bool,
    outlets: Vec<Choice>,
    names: Vec<Choice>,
    precisions: Vec<Choice>,
    statuses: Vec<Choice>,
    /// "two sources or more"
    sources: Vec<Choice>,
    /// How many events are told differently by their sources.
    disagree: Option<String>,
    /// What stands between groups of three digits.
    thousands: &'static str,
    /// What is said when so many are found, with `{n}` and `{all}` left to fill in.
    found: String,
}

/// One choice of a list.
#[derive(Debug, Serialize)]
struct Choice {
    key: String,
    label: String,
    count: String,
}

impl Desk<'_> {
    /// Gathers what the events of a page, by their place in the timeline, can be chosen by; `part` where
    /// the page stands for more than these.
    pub(super) fn finder(&self, events: &[usize], lean: bool, part: bool) -> Finder {
        let (words, choices) = (self.site.words, if lean { LEAN_CHOICES } else { CHOICES });
        let mut tally: [HashMap<&str, usize, RandomState>; 4] = Default::default();
        let (mut told, mut disagree) = ([0_usize; 10], 0);
        for event in events.iter().filter_map(|&i| self.timeline.events.get(i)) {
            let [by_outlet, by_name, by_precision, by_status] = &mut tally;
            let own = outlets(self.site, self.timeline, event);
            let sources = voices::count(self.site, self.timeline, event);
            for slot in told.iter_mut().take(sources + 1).skip(2) {
                *slot += 1;
            }
            own.into_iter().for_each(|name| *by_outlet.entry(name).or_default() += 1);
            people(self.timeline, event).into_iter().for_each(|name| *by_name.entry(name).or_default() += 1);
            *by_precision.entry(precision_key(event.date.precision())).or_default() += 1;
            *by_status.entry(status_key(event.status)).or_default() += 1;
            disagree += usize::from(event.disagreement.is_some());
        }
        let [by_outlet, by_name, by_precision, by_status] = tally.map(BTreeMap::from_iter);
        let named = |(name, count): (&str, usize)| Choice {
            key: closed(name).into_owned(),
            label: isolated(name).into_owned(),
            count: words.number(count),
        };
        let worded = |by: &BTreeMap<&str, usize>, keys: &[&str], label: fn(&str) -> String| {
            let choice = |key: &&str| {
                let count = words.number(*by.get(key)?);
                Some(Choice { key: (*key).to_owned(), label: words.label(&label(key)).to_owned(), count })
            };
            keys.iter().filter_map(choice).collect::<Vec<_>>()
        };
        let at_least = |(n, &count): (usize, &usize)| {
            let label = words.count("sources_or_more", n, &[]);
            (count > 0).then(|| Choice { key: n.to_string(), label, count: words.number(count) })
        };
        Finder {
            here: events.len(),
            total: self.timeline.events.len(),
            part,
            outlets: foremost(by_outlet, choices).into_iter().map(named).collect(),
            names: foremost(by_name, choices).into_iter().map(named).collect(),
            precisions: worded(
                &by_precision,
                &["day", "week", "month", "season", "quarter", "year", "decade", "century", "span"],
                |key| format!("precision_{key}"),
            ),
            statuses: worded(&by_status, &["happened", "planned", "denied", "hypothetical"], |key| {
                format!("status_{key}")
            }),
            sources: told.iter().enumerate().skip(2).take(4).filter_map(at_least).collect(),
            disagree: (disagree > 0).then(|| words.number(disagree)),
            thousands: words.thousands(),
            found: words.sentence(if part { "found_here" } else { "found" }, &[("n", "{n}"), ("all", "{all}")]),
        }
    }
}

/// Gives the choices that most events have, in the order of the alphabet.
fn foremost(by: BTreeMap<&str, usize>, choices: usize) -> Vec<(&str, usize)> {
    let mut all: Vec<(&str, usize)> = by.into_iter().collect();
    // Of many, one that leads to a single event is no help.
    if all.len() > CHOICES / 2 {
        all.retain(|(_, count)| *count > 1);
    }
    all.sort_by_key(|&(_, count)| std::cmp::Reverse(count));
    all.truncate(choices);
    all.sort_by_cached_key(|(name, _)| name.to_lowercase());
    all
}
