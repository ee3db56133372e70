//! What a text has told so far: from which earlier date a later one takes what it leaves open.

use super::point::Point;
use crate::model::{Clock, DayPart, Modifier, Unit};
use chrono::{Datelike, NaiveDate};

/// Before this hour it is night.
const SMALL_HOURS: u8 = 6;

/// A date told, with the index of its expression and the day from which the story goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Told {
    /// The index of its expression.
    pub index: usize,
    /// The date.
    pub point: Point,
    /// The day from which the story goes on: the first, but December of a year that is told to end.
    pub day: NaiveDate,
}

/// The dates told last, the latest of each kind that does not contradict a later one.
#[derive(Debug, Clone, Copy, Default)]
pub struct Story {
    day: Option<Told>,
    /// A week, month, season or quarter.
    stretch: Option<Told>,
    year: Option<Told>,
    /// The last date of any kind.
    any: Option<Told>,
    /// The time of day told last, of the day told last.
    clock: Option<Clock>,
}

impl Story {
    /// Takes in a date.
    pub fn tell(&mut self, index: usize, point: Point, modifier: Option<Modifier>, clock: Option<Clock>) {
        let Some(first) = point.first() else {
            return;
        };
        let late = matches!(point, Point::Year(_)) && modifier == Some(Modifier::End);
        let day = if late { NaiveDate::from_ymd_opt(first.year(), 12, 1).unwrap_or(first) } else { first };
        let told = Told { index, point, day };
        self.any = Some(told);
        match point.grain() {
            Unit::Day => *self = Story { day: Some(told), any: self.any, clock, ..Story::default() },
            Unit::Year => {
                let of = |t: &Told| t.day.year() == day.year();
                self.day = self.day.filter(of);
                self.stretch = self.stretch.filter(of);
                self.year = Some(told);
            }
            Unit::Decade | Unit::Century | Unit::Millennium => {}
            _ => {
                let last = point.last();
                self.day = self.day.filter(|t| first <= t.day && last.is_some_and(|l| t.day <= l));
                self.year = None;
                self.stretch = Some(told);
            }
        }
    }

    /// Takes in an aside: a date from which only counts of years go on.
    pub fn mention(&mut self, index: usize, point: Point) {
        if let Some(day) = point.first() {
            self.any = Some(Told { index, point, day });
        }
    }

    /// Gives the date told last that is no coarser than `unit`.
    pub fn told(&self, unit: Unit) -> Option<Told> {
        let fits = |t: &&Told| t.point.grain() <= unit;
        [&self.day, &self.stretch, &self.year].into_iter().flatten().filter(fits).max_by_key(|t| t.index).copied()
    }

    /// Gives the date told last, asides and all.
    pub fn last(&self) -> Option<Told> {
        self.any
    }

    /// Gives how many days a time of day lies after the day told last: after an evening comes the next morning.
    pub fn days_on(&self, clock: &Clock) -> i64 {
        let evening = match self.clock {
            Some(Clock::Part(part)) => matches!(part, DayPart::Evening | DayPart::Night),
            Some(Clock::Time { hour, .. }) => (18..24).contains(&hour),
            None => false,
        };
        let morning = match *clock {
            Clock::Part(part) => part == DayPart::Morning,
            Clock::Time { hour, .. } => hour < 12,
        };
        i64::from(evening && morning)
    }

    /// The same for a time of day in news, behind the date at `index`: "at 9" after an evening may still be that
    /// evening, "at 1:04" and "before dawn" are not.
    pub fn days_surely_on(&self, index: usize, clock: &Clock) -> i64 {
        let surely = match *clock {
            Clock::Part(_) => true,
            Clock::Time { hour, .. } => hour < SMALL_HOURS,
        };
        if surely && self.any.is_some_and(|told| told.index == index) { self.days_on(clock) } else { 0 }
    }
}

/// A month so many before the month told last is the next year's: January after December.
const MONTHS_ON: u32 = 8;
/// … or so many, where the year told next is another one: April after October.
const MONTHS_ON_BY_NEXT: u32 = 5;

/// Gives the year of a month in a story that has told a day; the year stays (88% of months in histories) but
/// for one that goes far back. `next` is the year that the text says next.
pub fn year_of_month(told: NaiveDate, month: u32, next: Option<i32>) -> i32 {
    let back = told.month().saturating_sub(month);
    let on = back >= MONTHS_ON || (back >= MONTHS_ON_BY_NEXT && next.is_none_or(|year| year > told.year()));
    told.year() + i32::from(on)
}

/// Where in its text an expression stands, kept while the text is read from front to back.
#[derive(Debug, Default)]
pub struct Place {
    at: usize,
    depth: usize,
    paragraph: usize,
}

impl Place {
    /// Reads on to `offset`; offsets must grow.
    pub fn go_to(&mut self, text: &str, offset: usize) {
        let mut before = b' ';
        for (i, byte) in text.as_bytes().get(self.at..offset).unwrap_or_default().iter().enumerate() {
            match byte {
                b'(' => self.depth += 1,
                b')' => self.depth = self.depth.saturating_sub(1),
                // A line that ends as a sentence does ends a paragraph, too.
                b'\n' if b"\n.!?:".contains(&before) => (self.depth, self.paragraph) = (0, self.at + i),
                _ => {}
            }
            before = *byte;
        }
        self.at = self.at.max(offset);
    }

    /// Tells whether it stands in parentheses.
    pub fn in_parentheses(&self) -> bool {
        self.depth > 0
    }

    /// Gives where its paragraph starts.
    pub fn paragraph(&self) -> usize {
        self.paragraph
    }
}

/// Tells whether a sentence or heading starts at `offset`.
pub fn starts_sentence(text: &str, offset: usize) -> bool {
    let before = text.get(..offset).unwrap_or_default().trim_end_matches([' ', '"', '“', '\'', '#', '*']);
    before.is_empty() || before.ends_with(['.', '!', '?', '\n', ':', ';'])
}
