//! Events under their year and month, as coarse as their dates are, and the years of which nothing is told.

use crate::lang::interface::Interface;
use crate::model::{Edtf, Event, Precision};
use chrono::Datelike;

/// The events of a year, or of a decade or century where no year is said.
#[derive(Debug)]
pub struct YearGroup {
    /// What it is headed with.
    pub label: String,
    /// Its folder, and the `id` of its section with a `y` before it.
    pub slug: String,
    /// How many years with nothing told lie between the groups before and this one.
    pub gap: i64,
    /// The months, those of no month first (0).
    pub months: Vec<(u32, Vec<usize>)>,
}

impl YearGroup {
    /// Gives the indexes of its events, in order.
    pub fn events(&self) -> impl Iterator<Item = usize> + '_ {
        self.months.iter().flat_map(|(_, events)| events.iter().copied())
    }
}

/// How wide a heading must be so that it does not say more than the date: order is that of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Width {
    Century,
    Decade,
    Year,
}

/// Puts events, which come in order of date, under years and months.
pub fn group(words: &Interface, events: &[Event]) -> Vec<YearGroup> {
    let mut placed: Vec<(i64, Width, u32, usize)> = Vec::with_capacity(events.len());
    let mut undated = Vec::new();
    for (i, event) in events.iter().enumerate() {
        match place(&event.date) {
            Some((year, width, month)) => placed.push((year, width, month, i)),
            None => undated.push(i),
        }
    }
    placed.sort();
    let mut groups: Vec<YearGroup> = Vec::new();
    let mut last: Option<(i64, Width)> = None;
    let mut told_to: Option<i64> = None;
    for (year, width, month, event) in placed {
        if last != Some((year, width)) {
            let gap = told_to.map_or(0, |end| (year - end - 1).max(0));
            groups.push(YearGroup { label: label(year, width), slug: slug(year, width), gap, months: Vec::new() });
            last = Some((year, width));
            let end = year
                + match width {
                    Width::Century => 99,
                    Width::Decade => 9,
                    Width::Year => 0,
                };
            told_to = Some(told_to.map_or(end, |told| told.max(end)));
        }
        let Some(group) = groups.last_mut() else { continue };
        match group.months.last_mut() {
            Some((known, events)) if *known == month => events.push(event),
            _ => group.months.push((month, vec![event])),
        }
    }
    if !undated.is_empty() {
        let label = words.say("no_date").to_owned();
        groups.push(YearGroup { label, slug: "undated".to_owned(), gap: 0, months: vec![(0, undated)] });
    }
    groups
}

/// Finds year, width and month (0 for none) under which a date stands: where it starts, as coarse as its start is.
fn place(date: &Edtf) -> Option<(i64, Width, u32)> {
    let text = date.to_string();
    let start = match text.split_once('/') {
        Some((start, end)) => [start, end].into_iter().find_map(|side| Edtf::parse(side).ok()),
        None => Some(date.clone()),
    };
    let coarse = start.filter(|start| start.first_day().is_some()).unwrap_or_else(|| date.clone());
    let day = coarse.first_day().or_else(|| coarse.last_day())?;
    let year = i64::from(day.year());
    let one_month = coarse.last_day().is_some_and(|last| (last.year(), last.month()) == (day.year(), day.month()));
    Some(match coarse.precision() {
        Precision::Century => (year, Width::Century, 0),
        Precision::Decade => (year, Width::Decade, 0),
        Precision::Day | Precision::Week | Precision::Month => (year, Width::Year, day.month()),
        _ if one_month => (year, Width::Year, day.month()),
        _ => (year, Width::Year, 0),
    })
}

fn label(year: i64, width: Width) -> String {
    let small = i32::try_from(year).unwrap_or_default();
    match width {
        Width::Century => Edtf::century(small).human(),
        Width::Decade => Edtf::decade(small).human(),
        Width::Year => Edtf::year(small).human(),
    }
}

fn slug(year: i64, width: Width) -> String {
    match width {
        Width::Century => format!("{year}-{}", year + 99),
        Width::Decade => format!("{year}s"),
        Width::Year => format!("{year:04}"),
    }
}
