//! Days of the calendar with a name, fixed or computed.

use chrono::{Datelike, Days, NaiveDate, Weekday};
use serde::Deserialize;
use std::collections::BTreeMap;

/// A named day and how a year's is found: `month` and `day`; the `nth` `weekday` of `month` and `plus`
/// days; or `easter`, days after Easter Sunday.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Holiday {
    /// Its names, each a pattern.
    pub names: Vec<String>,
    month: Option<u32>,
    day: Option<u32>,
    /// 1 is the first, -1 the last.
    nth: Option<i32>,
    /// 1 is Monday.
    weekday: Option<u8>,
    #[serde(default)]
    plus: i64,
    easter: Option<i64>,
    /// Phrases with the values that come out.
    #[serde(default)]
    pub accept: BTreeMap<String, String>,
}

impl Holiday {
    /// Gives its day in a year.
    pub fn day(&self, year: i32) -> Option<NaiveDate> {
        if let Some(days) = self.easter {
            return shifted(easter(year)?, days);
        }
        let month = self.month?;
        if let Some(day) = self.day {
            return NaiveDate::from_ymd_opt(year, month, day);
        }
        let weekday = Weekday::try_from(self.weekday?.checked_sub(1)?).ok()?;
        let day = match self.nth? {
            nth @ 1.. => NaiveDate::from_weekday_of_month_opt(year, month, weekday, u8::try_from(nth).ok()?)?,
            _ => {
                let (y, m) = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
                let last = NaiveDate::from_ymd_opt(y, m, 1)?.pred_opt()?;
                last.checked_sub_days(Days::new(u64::from(last.weekday().days_since(weekday))))?
            }
        };
        shifted(day, self.plus)
    }
}

fn shifted(day: NaiveDate, days: i64) -> Option<NaiveDate> {
    let by = Days::new(days.unsigned_abs());
    if days < 0 { day.checked_sub_days(by) } else { day.checked_add_days(by) }
}

/// Gives Western Easter Sunday (the anonymous Gregorian computus, Meeus/Jones/Butcher).
fn easter(year: i32) -> Option<NaiveDate> {
    let a = year.rem_euclid(19);
    let (b, c) = (year.div_euclid(100), year.rem_euclid(100));
    let (d, e) = (b / 4, b % 4);
    let g = (8 * b + 13) / 25;
    let h = (19 * a + b - d - g + 15).rem_euclid(30);
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k).rem_euclid(7);
    let m = (a + 11 * h + 19 * l) / 433;
    let month = (h + l - 7 * m + 90) / 25;
    let day = (h + l - 7 * m + 33 * month + 19).rem_euclid(32);
    NaiveDate::from_ymd_opt(year, month as u32, day as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn easter_of_known_years() {
        for (year, month, day) in
            [(1999, 4, 4), (2000, 4, 23), (2019, 4, 21), (2022, 4, 17), (2024, 3, 31), (2038, 4, 25)]
        {
            assert_eq!(easter(year), NaiveDate::from_ymd_opt(year, month, day), "{year}");
        }
    }
}
