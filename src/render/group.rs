//! Events → years and months, and the empty stretches between them.

use super::Site;
use crate::model::{Edtf, Event, Precision};
use chrono::{Datelike, NaiveDate};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Where an event stands on the page, in the order of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// Neither beginning nor end is known.
    Undated,
    /// Only the end is known.
    NoBeginning,
    /// From its first year on; the wider stands first.
    From(i32, Width),
}

/// How wide the stretch is under whose heading an event stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Width {
    /// A hundred years.
    Century,
    /// Ten years.
    Decade,
    /// A year.
    Year,
}

/// A part of the page under one heading.
#[derive(Debug)]
pub struct Group<'t> {
    /// Where it stands.
    pub place: Place,
    /// Events by month; without a month first.
    pub months: BTreeMap<Option<u32>, Vec<&'t Event>>,
    /// The years before it of which nothing is told: the first and the last.
    pub silence: Option<(i32, i32)>,
}

impl Group<'_> {
    /// Gives the heading.
    pub fn heading(&self, site: &Site) -> String {
        let date = match self.place {
            Place::Undated => return site.words.label("undated").to_owned(),
            Place::NoBeginning => return site.words.label("no_beginning").to_owned(),
            Place::From(year, Width::Year) => Edtf::year(year),
            Place::From(year, Width::Decade) => Edtf::decade(year),
            Place::From(year, Width::Century) => Edtf::century(year),
        };
        site.words.date(&date)
    }

    /// Gives its name in addresses: `2014`, `1980s`, `1900-century`.
    pub fn key(&self) -> String {
        match self.place {
            Place::Undated => "undated".to_owned(),
            Place::NoBeginning => "open".to_owned(),
            Place::From(year, Width::Year) => format!("{year:04}"),
            Place::From(year, Width::Decade) => format!("{year:04}s"),
            Place::From(year, Width::Century) => format!("{year:04}-century"),
        }
    }

    /// Gives how many events it holds.
    pub fn count(&self) -> usize {
        self.months.values().map(Vec::len).sum()
    }
}

/// Groups events, which come in order, by year and month.
pub fn groups(events: &[Event]) -> Vec<Group<'_>> {
    let mut places: BTreeMap<Place, BTreeMap<Option<u32>, Vec<&Event>>> = BTreeMap::new();
    for event in events {
        let (place, month) = place(&event.date);
        places.entry(place).or_default().entry(month).or_default().push(event);
    }
    let mut told: Option<i32> = None;
    let mut groups = Vec::with_capacity(places.len());
    for (place, months) in places {
        let mut silence = None;
        if let Place::From(year, width) = place {
            silence = told.filter(|last| year - last > 1).map(|last| (last + 1, year - 1));
            let end = match width {
                Width::Century => year + 99,
                Width::Decade => year + 9,
                Width::Year => year,
            };
            // What has an end fills the years up to it; what goes on without one fills none.
            let ends = months.values().flatten().filter_map(|e| Some(e.date.last_day()?.year()));
            told = ends.chain([end]).chain(told).max();
        }
        groups.push(Group { place, months, silence });
    }
    groups
}

/// Gives the year and, where it is known, the month under which a date stands.
fn place(date: &Edtf) -> (Place, Option<u32>) {
    let (first, last) = (date.first_day(), date.last_day());
    let Some(first) = first else {
        let place = if last.is_none() { Place::Undated } else { Place::NoBeginning };
        return (place, None);
    };
    let same_month = last.is_some_and(|last| (first.year(), first.month()) == (last.year(), last.month()));
    match beginning(date).precision() {
        Precision::Century => (Place::From(first.year(), Width::Century), None),
        Precision::Decade => (Place::From(first.year(), Width::Decade), None),
        Precision::Day | Precision::Week | Precision::Month => in_month(first),
        _ if same_month => in_month(first),
        _ => (Place::From(first.year(), Width::Year), None),
    }
}

/// Gives where an interval begins, as finely as that is known; of any other date, the date.
pub(super) fn beginning(date: &Edtf) -> Cow<'_, Edtf> {
    let text = date.to_string();
    let start = text.split_once('/').and_then(|(start, _)| Edtf::parse(start).ok());
    start.map_or(Cow::Borrowed(date), Cow::Owned)
}

fn in_month(day: NaiveDate) -> (Place, Option<u32>) {
    (Place::From(day.year(), Width::Year), Some(day.month()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stands(date: &str) -> (Place, Option<u32>) {
        place(&date.parse().unwrap())
    }

    #[test]
    fn an_event_stands_no_finer_than_its_date_is_known() {
        let year = |y| Place::From(y, Width::Year);
        assert_eq!(stands("2014"), (year(2014), None));
        assert_eq!(stands("2014/.."), (year(2014), None));
        assert_eq!(stands("2014-01/.."), (year(2014), Some(1)));
        assert_eq!(stands("2022-01-10/2022-01-16"), (year(2022), Some(1)));
        assert_eq!(stands("2022-01-31/2022-02-06"), (year(2022), Some(1)));
        assert_eq!(stands("[2022-01-13,2022-01-14]"), (year(2022), Some(1)));
        assert_eq!(stands("2016-21"), (year(2016), None));
        assert_eq!(stands("2009/2014"), (year(2009), None));
        assert_eq!(stands("198X"), (Place::From(1980, Width::Decade), None));
        assert_eq!(stands("../2014"), (Place::NoBeginning, None));
    }
}
