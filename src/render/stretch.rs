//! Which page of the timeline holds which events: the first page, years, months, parts of months.

use super::group::Group;
use crate::model::{Event, Timeline};
use std::collections::{BTreeMap, BTreeSet};

/// Events on one page at most.
pub(super) const MOST: usize = 300;

/// Sources that one page shows without being cut.
pub(super) const FEW: usize = 40;

/// Sources that are shown in place; the event's own page shows the others.
pub(super) const IN_PLACE: usize = 6;

/// What the words of one page may weigh, in bytes before they are packed; the rest of the page packs well.
const HEAVIEST: usize = 150_000;

/// What an event weighs besides its words, and each of its sources.
const EVENT: usize = 170;
const SOURCE: usize = 110;

/// What the first page of a large timeline may weigh, and an event on it besides its headline: it shows no sources.
const LEAN: usize = 200_000;
const LEAN_EVENT: usize = 560;

/// Events by month; those without a month first.
pub(super) type Months<'t> = BTreeMap<Option<u32>, Vec<&'t Event>>;

/// A page of the timeline.
#[derive(Debug)]
pub(super) struct Stretch<'t> {
    /// Index of the years' group that it belongs to.
    pub group: usize,
    /// The parts of its path.
    pub folders: Vec<String>,
    /// The month that it tells, where it is not the whole year.
    pub month: Option<Option<u32>>,
    /// What it shows.
    pub months: Months<'t>,
    /// Which part it is, from 0, and of how many.
    pub part: (usize, usize),
    /// Whether it shows all that it stands for; otherwise pages of its months do.
    pub whole: bool,
}

/// All pages of the timeline.
#[derive(Debug)]
pub(super) struct Stretches<'t> {
    /// Pages of years, months and parts.
    pub pages: Vec<Stretch<'t>>,
    /// The most important events, where not all fit on the first page; by month, for each group.
    pub first: Vec<Months<'t>>,
    /// Whether the first page shows all events.
    pub complete: bool,
    /// For each event, its page: an index into `pages`.
    pub home: Vec<usize>,
}

impl Stretch<'_> {
    /// Gives the events it shows.
    pub fn events(&self) -> impl Iterator<Item = &Event> {
        self.months.values().flatten().copied()
    }
}

/// Spreads the events over pages so that each stays light.
pub(super) fn stretches<'t>(
    timeline: &'t Timeline,
    groups: &[Group<'t>],
    index_of: impl Fn(&Event) -> Option<usize>,
) -> Stretches<'t> {
    let mut pages = Vec::new();
    for (g, group) in groups.iter().enumerate() {
        let key = group.key();
        let page = |folders: Vec<String>, month, months: Months<'t>, part, whole| Stretch {
            group: g,
            folders,
            month,
            months,
            part,
            whole,
        };
        if fits(timeline, group.months.values().flatten()) {
            pages.push(page(vec![key], None, group.months.clone(), (0, 1), true));
            continue;
        }
        let alone = group.months.len() == 1;
        if !alone {
            let weigh = |event: &Event| weight(timeline, event);
            let shown = foremost(group.months.values().flatten().copied(), weigh, HEAVIEST);
            pages.push(page(vec![key.clone()], None, only(&group.months, &shown), (0, 1), false));
        }
        for (month, events) in &group.months {
            let base = match month {
                _ if alone => vec![key.clone()],
                Some(month) => vec![key.clone(), format!("{month:02}")],
                None => vec![key.clone(), "year".to_owned()],
            };
            let parts = parts(timeline, events);
            let count = parts.len();
            for (i, part) in parts.into_iter().enumerate() {
                let mut folders = base.clone();
                folders.extend((i > 0).then(|| part_folder(i)));
                let month = (!alone).then_some(*month);
                pages.push(page(folders, month, BTreeMap::from([(month.flatten(), part)]), (i, count), true));
            }
        }
    }
    let all = || groups.iter().flat_map(|group| group.months.values().flatten());
    let complete = fits(timeline, all());
    let first = if complete {
        groups.iter().map(|group| group.months.clone()).collect()
    } else {
        let weigh = |event: &Event| LEAN_EVENT + event.title.len();
        let shown = foremost(all().copied(), weigh, LEAN);
        groups.iter().map(|group| only(&group.months, &shown)).collect()
    };
    let mut home = vec![0; timeline.events.len()];
    for (i, page) in pages.iter().enumerate().filter(|(_, page)| page.whole) {
        for event in page.events() {
            if let Some(slot) = index_of(event).and_then(|at| home.get_mut(at)) {
                *slot = i;
            }
        }
    }
    Stretches { pages, first, complete, home }
}

/// Names the folder of a part, from 0; no slug begins with a low line.
pub(super) fn part_folder(part: usize) -> String {
    format!("_{}", part + 1)
}

/// Tells whether events fit on one page.
fn fits<'e>(timeline: &Timeline, events: impl Iterator<Item = &'e &'e Event>) -> bool {
    let mut load = 0;
    events.enumerate().all(|(i, event)| {
        load += weight(timeline, event);
        i < MOST && load <= HEAVIEST
    })
}

/// Gives how much of a page an event takes.
pub(super) fn weight(timeline: &Timeline, event: &Event) -> usize {
    let told = event.mentions.iter().take(IN_PLACE).filter_map(|&m| timeline.mentions.get(m));
    let words =
        |m: &crate::model::Mention| m.quote.len() + m.continued.iter().map(ExactSizeIterator::len).sum::<usize>();
    EVENT + event.title.len() + told.map(|mention| SOURCE + words(mention)).sum::<usize>()
}

/// Gives the ids of the most important events that fit on a page.
fn foremost<'e>(
    events: impl Iterator<Item = &'e Event>,
    weigh: impl Fn(&Event) -> usize,
    heaviest: usize,
) -> BTreeSet<&'e str> {
    let mut all: Vec<&Event> = events.collect();
    // Of equal weight, the earlier one: the sort is stable.
    all.sort_by(|a, b| b.importance.total_cmp(&a.importance));
    let mut load = 0;
    let within = |event: &&Event| {
        load += weigh(event);
        load <= heaviest
    };
    all.into_iter().take(MOST).take_while(within).map(|event| event.id.as_str()).collect()
}

/// Leaves the events with certain ids.
fn only<'t>(months: &Months<'t>, ids: &BTreeSet<&str>) -> Months<'t> {
    let shown = |events: &Vec<&'t Event>| -> Vec<&'t Event> {
        events.iter().copied().filter(|event| ids.contains(event.id.as_str())).collect()
    };
    months.iter().map(|(month, events)| (*month, shown(events))).collect()
}

/// Cuts a run of events into pages.
fn parts<'t>(timeline: &Timeline, events: &[&'t Event]) -> Vec<Vec<&'t Event>> {
    let mut parts: Vec<Vec<&Event>> = Vec::new();
    let mut load = 0;
    for &event in events {
        let weight = weight(timeline, event);
        match parts.last_mut() {
            Some(part) if part.len() < MOST && load + weight <= HEAVIEST => part.push(event),
            _ => {
                load = 0;
                parts.push(vec![event]);
            }
        }
        load += weight;
    }
    parts
}
