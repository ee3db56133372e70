//! What a text has told in full, from which later days without a year go on.

use super::aside::YEARS_BACK;
use super::context::{Context, From, Outcome};
use super::point::Point;
use super::{month_day_said, year_said};
use crate::lang::events::{event_words, starts_run};
use crate::model::{Clock, DayPart, Direction, Meaning, Quantity, Timex, Unit};
use chrono::{Datelike, NaiveDate};
use std::collections::HashMap;

/// A day told in full goes on from itself when it is more days ago than this.
const YEAR_AGO: i64 = 366;

/// Gives the day from which news that looks back goes on: one told in full, of years before, and what counts
/// from it, until a date is told from the day of writing.
pub fn looking_back(context: &Context, index: usize, timex: &Timex, outcome: &Outcome) -> Option<(usize, NaiveDate)> {
    if context.narrative || context.coarse.is_some() {
        return None;
    }
    // Without a day of writing every date is one to go on from.
    let before = |year: i32| context.dct.is_none_or(|dct| year <= dct.year() - YEARS_BACK);
    let long_ago = |day: NaiveDate| context.dct.is_some_and(|dct| (dct - day).num_days() > YEAR_AGO);
    match (outcome.point, outcome.anchor) {
        (Some(Point::Day(day)), From::Words) if before(day.year()) || long_ago(day) => Some((index, day)),
        (Some(point @ (Point::Day(_) | Point::Week(_) | Point::Month(..))), From::Previous(told, _))
            if context.back.is_some_and(|(b, _)| b == told) =>
        {
            Some((index, point.first()?))
        }
        // What has a year of its own is aside: "jailed since December 1948".
        (Some(_), From::Words) if year_said(&timex.meaning).is_some_and(before) => context.back,
        (Some(_), _) => None,
        (None, _) => context.back,
    }
}

/// The years of the days that a text has told in full; none for a day told of two years.
#[derive(Default)]
pub struct InFull(HashMap<(u8, u8), Option<i32>>);

impl InFull {
    /// Takes in a day told with its year.
    pub fn tell(&mut self, said: &Meaning) {
        if let (Some(day), Some(year)) = (month_day_said(said), year_said(said)) {
            let told = self.0.entry(day).or_insert(Some(year));
            *told = told.filter(|t| *t == year);
        }
    }

    /// Gives the year of a day told before; "the night of 23/24 June" is told by its morning, too.
    pub fn year(&self, said: &Meaning) -> Option<i32> {
        let (month, day) = month_day_said(said)?;
        let told = |day: u8| self.0.get(&(month, day)).copied().flatten();
        told(day).or_else(|| told(day + 1).filter(|_| matches!(said, Meaning::At(Clock::Part(DayPart::Night), _))))
    }
}

/// "A year ago", "the year-earlier quarter" compare: in news nothing counts on from them.
pub fn compares_years(said: &Meaning) -> bool {
    match said {
        Meaning::Shift { quantity, unit: Unit::Year, direction: Direction::Back, .. } => {
            *quantity == Quantity::Milli(1000)
        }
        Meaning::Definite { years_back, .. } => *years_back > 0,
        _ => false,
    }
}

/// How many words may stand between a weekday and what says that its event is to come.
const OWNED: usize = 6;

/// Tells whether what belongs to a weekday is still to come: "'s rail strike will take place".
pub fn goes_ahead(behind: &str) -> bool {
    let sentence = behind.split(['.', ',', ';', '!', '?', '\n']).next().unwrap_or_default();
    let words: Vec<&str> = sentence.split(' ').skip(1).take(OWNED + 4).collect();
    (1..=OWNED).any(|at| starts_run(&words, at, &event_words().goes_ahead))
}

/// Tells whether something had happened by the date at `at`: "had left by", but not "had to leave by".
pub fn had_by(text: &str, at: usize) -> bool {
    let near = (at.saturating_sub(HAD_NEAR)..=at).find_map(|from| text.get(from..at)).unwrap_or_default();
    let sentence = near.rsplit(['.', '!', '?', '\n', ';']).next().unwrap_or_default();
    let mut words = sentence.split_whitespace().rev();
    let to = words.by_ref().take_while(|word| !event_words().perfect.contains(word)).any(|word| word == "to");
    !to && sentence.split_whitespace().any(|word| event_words().perfect.contains(word))
}

/// How far before "by" its "had" is looked for, in bytes.
const HAD_NEAR: usize = 80;
