//! Spans in the background: which lines run beside the line of the timeline, and past what.

use super::group::{Group, Place, Width};
use super::html::Desk;
use super::view::{date_view, short};
use crate::model::{Event, Precision};
use chrono::{Datelike, NaiveDate};
use serde::Serialize;
use std::collections::BTreeMap;

/// Lines that run side by side at most; of more, the most important are drawn.
const LANES: usize = 3;

/// Days from which on a span is one that others happen in.
const LONG: i64 = 45;

/// What runs beside the line of a page.
#[derive(Debug, Default)]
struct Lanes<'t> {
    /// Classes by the id of what stands on the line.
    classes: BTreeMap<String, String>,
    /// Events that still run at the heading of a year with their lane, by the id of the heading.
    running: BTreeMap<String, Vec<(usize, &'t Event)>>,
}

/// The same as templates show it.
#[derive(Debug, Serialize)]
pub(super) struct LanesView {
    classes: BTreeMap<String, String>,
    running: BTreeMap<String, Vec<Running>>,
}

/// An event that still runs.
#[derive(Debug, Serialize)]
struct Running {
    lane: usize,
    /// The id of its entry on the page.
    id: String,
    title: String,
    date: String,
}

impl LanesView {
    /// Gives the classes of an event on the line, after a space; none where nothing runs beside it.
    pub(super) fn beside(&self, event: &Event) -> &str {
        self.classes.get(&format!("e-{}", event.id)).map_or("", String::as_str)
    }
}

impl Desk<'_> {
    /// Lays out the spans in the background of a page that shows some groups.
    pub(super) fn lanes(&self, groups: &[Group]) -> LanesView {
        let Lanes { classes, running } = lanes(groups);
        let view = |(lane, event): (usize, &Event)| Running {
            lane,
            id: format!("e-{}", event.id),
            title: short(&event.title).into_owned(),
            date: date_view(self.site, &event.date, None).words.clone(),
        };
        let running = running.into_iter().map(|(id, events)| (id, events.into_iter().map(view).collect())).collect();
        LanesView { classes, running }
    }
}

/// Something that takes up a piece of the line.
struct Block<'t> {
    id: String,
    day: Option<NaiveDate>,
    event: Option<&'t Event>,
    heading: bool,
}

/// Lays out the spans among some groups, which come in order.
fn lanes<'t>(groups: &[Group<'t>]) -> Lanes<'t> {
    let blocks = blocks(groups);
    let mut spans: Vec<(usize, usize, &Event)> = Vec::new();
    for (start, block) in blocks.iter().enumerate() {
        let Some(event) = block.event.filter(|event| is_long(event)) else { continue };
        let end = match event.date.last_day() {
            Some(last) => blocks.iter().rposition(|b| b.event.is_some() && b.day.is_some_and(|day| day <= last)),
            None => Some(blocks.len() - 1),
        };
        if let Some(end) = end.filter(|end| *end > start + 1) {
            spans.push((start, end, event));
        }
    }
    spans.sort_by(|(.., a), (.., b)| b.importance.total_cmp(&a.importance).then_with(|| a.order(b)));
    let mut taken: Vec<Vec<(usize, usize)>> = vec![Vec::new(); LANES];
    let mut made = Lanes::default();
    let mut drawn: Vec<(usize, usize, usize, &Event)> = Vec::new();
    for (start, end, event) in spans {
        let free = |lane: &Vec<(usize, usize)>| lane.iter().all(|&(from, to)| end < from || to < start);
        let Some(at) = taken.iter().position(free) else { continue };
        if let Some(lane) = taken.get_mut(at) {
            lane.push((start, end));
        }
        drawn.push((start, end, at + 1, event));
    }
    drawn.sort_by_key(|&(start, _, lane, _)| (start, lane));
    for (start, end, lane, event) in drawn {
        let open = event.date.last_day().is_none();
        for (i, block) in blocks.iter().enumerate().skip(start).take(end + 1 - start) {
            // It begins here, fades out, ends, or passes by.
            let piece = match i {
                i if i == start => 'a',
                i if i == end && open => 'o',
                i if i == end => 'z',
                _ => 'p',
            };
            let class = made.classes.entry(block.id.clone()).or_insert_with(|| " lane".to_owned());
            class.push_str(&format!(" {piece}{lane}"));
            if block.heading && i > start {
                made.running.entry(block.id.clone()).or_default().push((lane, event));
            }
        }
    }
    made
}

/// Says whether an event goes on for so long that others happen within it.
fn is_long(event: &Event) -> bool {
    if event.date.precision() != Precision::Span {
        return event.date.last_day().is_none() && event.date.first_day().is_some();
    }
    match (event.date.first_day(), event.date.last_day()) {
        (Some(first), Some(last)) => (last - first).num_days() >= LONG,
        (first, last) => first.is_some() && last.is_none(),
    }
}

/// Lists what stands on the line, in the order of the page, by the ids that the templates give it.
fn blocks<'t>(groups: &[Group<'t>]) -> Vec<Block<'t>> {
    let mut blocks = Vec::new();
    for group in groups {
        let key = group.key();
        let year = match group.place {
            Place::From(year, Width::Year) => NaiveDate::from_ymd_opt(year, 1, 1),
            _ => None,
        };
        if let Some((first, _)) = group.silence {
            let day = NaiveDate::from_ymd_opt(first, 1, 1);
            blocks.push(Block { id: format!("g{key}"), day, event: None, heading: false });
        }
        blocks.push(Block { id: format!("y{key}"), day: year, event: None, heading: true });
        for (month, events) in &group.months {
            let id = month.map_or(format!("m{key}-year"), |month| format!("m{key}-{month:02}"));
            let day = month.and_then(|month| NaiveDate::from_ymd_opt(year?.year(), month, 1)).or(year);
            blocks.push(Block { id, day, event: None, heading: false });
            for event in events {
                let day = event.date.first_day();
                blocks.push(Block { id: format!("e-{}", event.id), day, event: Some(event), heading: false });
            }
        }
    }
    blocks
}

#[cfg(test)]
mod tests {
    use super::super::group::groups;
    use super::*;
    use crate::model::Status;

    fn event(id: &str, date: &str, importance: f64) -> Event {
        Event {
            copies: Vec::new(),
            id: id.to_owned(),
            date: date.parse().unwrap(),
            title: id.to_owned(),
            status: Status::Happened,
            mentions: vec![0],
            links: Vec::new(),
            disagreement: None,
            importance,
        }
    }

    /// Gives the classes, and the ids of what runs by heading.
    fn laid(events: &[(&str, &str, f64)]) -> (BTreeMap<String, String>, BTreeMap<String, Vec<String>>) {
        let mut events: Vec<Event> = events.iter().map(|(id, date, weight)| event(id, date, *weight)).collect();
        events.sort_by(Event::order);
        let made = lanes(&groups(&events));
        let ids = |events: Vec<(usize, &Event)>| events.into_iter().map(|(_, event)| event.id.clone()).collect();
        (made.classes, made.running.into_iter().map(|(heading, events)| (heading, ids(events))).collect())
    }

    #[test]
    fn an_open_span_runs_past_all_that_follows_and_fades_at_the_last() {
        let (classes, running) =
            laid(&[("odds", "2014/..", 1.0), ("visit", "2020-05-01", 1.0), ("talks", "2022-01-10", 1.0)]);
        let class = |id: &str| classes.get(id).map(String::as_str);
        assert_eq!(class("e-odds"), Some(" lane a1"));
        assert_eq!(class("g2020"), Some(" lane p1"));
        assert_eq!(class("m2020-05"), Some(" lane p1"));
        assert_eq!(class("e-talks"), Some(" lane o1"));
        assert_eq!(running["y2022"], ["odds"]);
        assert!(!running.contains_key("y2014"));
    }

    #[test]
    fn a_closed_span_ends_at_the_last_event_that_began_within_it() {
        let (classes, _) = laid(&[
            ("work", "2014-03/2020-06", 1.0),
            ("in", "2020-05-01", 1.0),
            ("after", "2020-07-02", 1.0),
            ("week", "2020-07-06/2020-07-12", 1.0),
            ("late", "2020-07-08", 1.0),
        ]);
        assert_eq!(classes["e-in"], " lane z1");
        assert!(["e-after", "m2020-07", "e-week", "e-late"].iter().all(|id| !classes.contains_key(*id)));
    }

    #[test]
    fn of_many_spans_the_weightiest_are_drawn() {
        let names: Vec<String> = (0..9).map(|i| format!("s{i}")).collect();
        let mut events: Vec<(&str, &str, f64)> =
            names.iter().enumerate().map(|(i, name)| (name.as_str(), "2014/..", i as f64)).collect();
        events.push(("end", "2022-01-10", 1.0));
        let (classes, running) = laid(&events);
        assert_eq!(running["y2022"].len(), LANES);
        assert!(running["y2022"].iter().all(|id| ["s8", "s7", "s6"].contains(&id.as_str())), "{running:?}");
        assert_eq!(classes["e-end"].matches(" o").count(), LANES);
    }
}
