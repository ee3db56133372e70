//! Days of the proleptic Gregorian calendar, in any year.

use chrono::NaiveDate;

/// A day, ordered as days follow each other; not limited to the years that chrono knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct CivilDay {
    pub year: i64,
    pub month: u8,
    pub day: u8,
}

impl CivilDay {
    pub fn to_chrono(self) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(i32::try_from(self.year).ok()?, self.month.into(), self.day.into())
    }
}

/// Gives the length of a month from 1 to 12.
pub(super) fn days_in_month(year: i64, month: u8) -> u8 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Gives the first and the last month of a grouping within a year (codes 21–41), and whether the
/// last one lies in the year after.
pub(super) fn grouping(code: u8) -> Option<(u8, u8, bool)> {
    Some(match code {
        21 | 25 | 31 => (3, 5, false),
        22 | 26 | 32 => (6, 8, false),
        23 | 27 | 29 => (9, 11, false),
        24 | 28 | 30 => (12, 2, true),
        33..=36 => (3 * (code - 33) + 1, 3 * (code - 33) + 3, false),
        37..=39 => (4 * (code - 37) + 1, 4 * (code - 37) + 4, false),
        40 | 41 => (6 * (code - 40) + 1, 6 * (code - 40) + 6, false),
        _ => return None,
    })
}
