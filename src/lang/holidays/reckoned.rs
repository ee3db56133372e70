//! Calendars that are reckoned, not seen: Jewish, tabular Islamic, and the Julian of Orthodox Easter.

use chrono::{Datelike, Days, NaiveDate};

/// Gives Jewish New Year, 1 Tishri of the year that begins in a civil year, and how long that year is.
pub fn rosh_hashanah(year: i32) -> Option<(NaiveDate, i64)> {
    /// 1 Tishri of the year 1 would be the day after this one.
    const EPOCH: i64 = -1_373_427;
    let elapsed = |year: i64| {
        let months = (235 * year - 234).div_euclid(19);
        let parts = 12_084 + 13_753 * months;
        let day = 29 * months + parts.div_euclid(25_920);
        day + i64::from((3 * (day + 1)).rem_euclid(7) < 3)
    };
    let new_year = |year: i64| {
        let (before, this, after) = (elapsed(year - 1), elapsed(year), elapsed(year + 1));
        EPOCH + this + if after - this == 356 { 2 } else { i64::from(this - before == 382) }
    };
    let year = i64::from(year) + 3761;
    let day = new_year(year);
    Some((NaiveDate::from_num_days_from_ce_opt(i32::try_from(day).ok()?)?, new_year(year + 1) - day))
}

/// Gives the days of a civil year on which a day of the tabular Islamic calendar falls: one, rarely none or two.
pub fn islamic(year: i32, month: u32, day: u32) -> Vec<NaiveDate> {
    /// The day before 1 Muharram of the year 1.
    const EPOCH: i64 = 227_014;
    let near = (i64::from(year) - 622) * 33 / 32;
    let fixed = |hijri: i64| {
        let (month, day) = (i64::from(month), i64::from(day));
        EPOCH + (hijri - 1) * 354 + (3 + 11 * hijri).div_euclid(30) + 29 * (month - 1) + month / 2 + day
    };
    (near - 1..=near + 3)
        .filter_map(|hijri| NaiveDate::from_num_days_from_ce_opt(i32::try_from(fixed(hijri)).ok()?))
        .filter(|day| day.year() == year)
        .collect()
}

/// Gives Orthodox Easter Sunday by the Gregorian calendar.
pub fn orthodox_easter(year: i32) -> Option<NaiveDate> {
    let d = (19 * year.rem_euclid(19) + 15).rem_euclid(30);
    let e = (2 * year.rem_euclid(4) + 4 * year.rem_euclid(7) - d + 34).rem_euclid(7);
    let (month, day) = ((d + e + 114) / 31, (d + e + 114) % 31 + 1);
    // As many days as the Julian calendar has fallen behind.
    let behind = year.div_euclid(100) - year.div_euclid(400) - 2;
    NaiveDate::from_ymd_opt(year, month as u32, day as u32)?.checked_add_days(Days::new(u64::try_from(behind).ok()?))
}
