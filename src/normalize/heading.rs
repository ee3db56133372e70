//! Headings that are a date: "== 1940 ==", "In May 1940" as a line of its own.

use super::context::{Beside, From};
use super::point::Point;
use super::{month_day_said, year_said};
use crate::model::{Meaning, Timex};
use chrono::{Datelike, NaiveDate};

/// What may stand around a heading in its line.
const MARKS: [char; 11] = [' ', '\t', '=', '#', '*', '_', '-', '–', '—', '•', ':'];

/// Gives the year of an expression that is a line of its own: "== 1940 ==", "In May 1940".
pub fn headed(text: &str, timex: &Timex) -> Option<i32> {
    let year = year_said(&timex.meaning).filter(|_| month_day_said(&timex.meaning).is_none())?;
    let range = timex.marked();
    let (before, after) = (text.get(..range.start)?.trim_end_matches(MARKS), text.get(range.end..)?);
    let opens = before.is_empty() || before.ends_with('\n');
    let after = after.trim_start_matches(MARKS).trim_start_matches('\r');
    (opens && (after.is_empty() || after.starts_with('\n'))).then_some(year)
}

/// Gives a date the year of the heading that it stands under, unless its day of the week says another.
pub fn under((heading, year): (usize, i32), said: &Meaning) -> Option<Beside> {
    let fits = match said {
        Meaning::Fields(f) => match (f.part, f.day, f.weekday) {
            (Some(month), Some(day), Some(weekday)) => {
                NaiveDate::from_ymd_opt(year, month.into(), day.into())?.weekday() == weekday
            }
            _ => f.year.is_none(),
        },
        _ => year_said(said).is_none(),
    };
    fits.then_some(Beside { year, until: None, from: From::Previous(heading, Point::Year(year)) })
}
