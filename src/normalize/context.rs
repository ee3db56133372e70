//! What is known before an expression is read, and what comes out.

use super::order::Order;
use super::point::Point;
use super::story::Story;
use super::value;
use crate::model::{Choice, Clock, Direction, Edtf, Meaning, Unit};
use chrono::{NaiveDate, NaiveDateTime};

/// What is known before an expression is read.
#[derive(Debug, Clone, Copy)]
pub struct Context {
    /// The publication day.
    pub dct: Option<NaiveDate>,
    /// A day within the publication date where it is known only to the month or year.
    pub coarse: Option<NaiveDate>,
    /// The date told last and the index of its expression.
    pub previous: Option<(usize, Point)>,
    /// The time of day told last with its day, and the index of its expression.
    pub clock: Option<(usize, NaiveDateTime)>,
    /// The quarter or half told last: what "the quarter" and "a year earlier" are said of.
    pub period: Option<(usize, Point)>,
    /// The same where it is near enough that "a year earlier" compares it.
    pub compared: Option<(usize, Point)>,
    /// On which side the nearest verb puts the expression.
    pub outlook: Option<Direction>,
    /// Dates count from the one told last, not from the publication day.
    pub narrative: bool,
    /// What a narrative has told so far.
    pub story: Story,
    /// The year that stands beside the expression: of the other end of its range, or in its sentence.
    pub beside: Option<Beside>,
    /// The year that the text says next, behind the expression.
    pub next_year: Option<i32>,
    /// The day that starts the line before in a list, and the index of its expression.
    pub line: Option<(usize, NaiveDate)>,
    /// The day from which news that looks back goes on, and the index of its expression.
    pub back: Option<(usize, NaiveDate)>,
    /// The day of the post that the expression opens, and whose it is.
    pub post: Option<(Option<NaiveDate>, From)>,
    /// The sentence goes back: "he had come in February".
    pub flashback: bool,
    /// The year in which the text tells the same month and day in full elsewhere.
    pub in_full: Option<i32>,
    /// Whether the month stands first in numeric dates, and what decided it.
    pub order: Option<Order>,
}

/// A year that stands beside a date without one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Beside {
    /// The year.
    pub year: i32,
    /// The month of the other end of the range, when the date is the start of one.
    pub until: Option<u32>,
    /// Where the year stands, when it is an expression before this one.
    pub from: From,
}

impl Beside {
    /// Gives the year of a month: December to February goes over the end of a year.
    pub fn of_month(&self, month: u32) -> i32 {
        self.year - i32::from(self.until.is_some_and(|until| month > until))
    }
}

impl Context {
    /// Gives the day from which what is not said is taken, and whose it is.
    pub fn near(&self, unit: Unit) -> Option<(NaiveDate, From)> {
        match self.told(unit) {
            Some(told) => Some(told),
            // A history that has told nothing yet does not count from the day on which it was written.
            None if self.narrative => None,
            None => Some((self.dct.or(self.coarse)?, From::Published)),
        }
    }

    /// Gives the day on which a time of day lies: the date before, where it is a day. A year told in between leaves
    /// it as it was: "It left on Monday. The line was built in 1901. At 3:40 p.m. it hit a truck."
    pub fn day_before(&self) -> Option<(usize, Point, NaiveDate)> {
        // What happened "at 7am" did so on no day to come: "before the vote on Friday".
        let ahead = |day: NaiveDate| self.outlook == Some(Direction::Back) && self.dct.is_some_and(|dct| day > dct);
        match self.previous? {
            (_, Point::Day(day)) if ahead(day) => None,
            (index, point @ Point::Day(day)) => Some((index, point, day)),
            (_, Point::Year(_)) => self.story.told(Unit::Day).map(|told| (told.index, told.point, told.day)),
            _ => None,
        }
    }

    /// Gives the date told last, where dates count from it and it is no coarser than `unit`.
    pub fn told(&self, unit: Unit) -> Option<(NaiveDate, From)> {
        let told = self.story.told(unit).filter(|_| self.narrative)?;
        Some((told.day, From::Previous(told.index, told.point)))
    }
}

/// What a date was counted from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum From {
    /// The words alone.
    Words,
    /// The publication date.
    Published,
    /// An earlier expression.
    Previous(usize, Point),
    /// Nothing that is known.
    Nothing,
}

/// Where an expression came to stand.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// TIMEX3 value.
    pub value: String,
    /// The date; none for what names no point of the calendar.
    pub date: Option<Edtf>,
    /// The place in the calendar, for later expressions to count from.
    pub point: Option<Point>,
    /// The time of day.
    pub clock: Option<Clock>,
    /// What it was counted from.
    pub anchor: From,
    /// How what was open was chosen.
    pub choice: Choice,
    /// A count of weeks, months or years is never exact.
    pub about: bool,
}

impl Outcome {
    /// Makes one without a date.
    pub fn new(value: String, anchor: From, choice: Choice) -> Outcome {
        Outcome { value, date: None, point: None, clock: None, anchor, choice, about: false }
    }

    /// Makes one at a place in the calendar.
    pub fn at(point: Point, anchor: From, choice: Choice) -> Outcome {
        Outcome { date: point.edtf(), point: Some(point), ..Outcome::new(value::point(&point), anchor, choice) }
    }

    /// Makes one for which no anchor is known.
    pub fn open(meaning: &Meaning) -> Outcome {
        Outcome::new(value::open(meaning), From::Nothing, Choice::Open)
    }
}
