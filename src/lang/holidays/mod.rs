//! Days of the calendar with a name, fixed or computed.

mod moon;
mod reckoned;

use chrono::{Datelike, Days, NaiveDate, Weekday};
use serde::Deserialize;
use std::collections::BTreeMap;

/// A feast whose day each year is computed, and from which others are counted.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Feast {
    OrthodoxEaster,
    RoshHashanah,
    Passover,
    Hanukkah,
    LunarNewYear,
    Diwali,
    Nowruz,
}

/// A named day and how a year's is found: `month` and `day`; the `nth` `weekday` of `month` and `plus`
/// days; `easter`, days after Easter Sunday; `from` another feast and `plus` days; or a day of the Islamic calendar.
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
    from: Option<Feast>,
    /// Month and day.
    islamic: Option<(u32, u32)>,
    /// How many days it lasts, where more than one.
    #[serde(default)]
    pub lasts: Option<u32>,
    /// Whether it is seen from the moon, so that it may be a day off.
    #[serde(default)]
    pub about: bool,
    /// Its names count only behind one of these: cities are called so, too.
    #[serde(default)]
    pub only_after: Option<String>,
    /// People are called so, too.
    #[serde(default)]
    pub not_name: bool,
    /// Phrases with the values that come out.
    #[serde(default)]
    pub accept: BTreeMap<String, String>,
}

impl Holiday {
    /// Gives its days in a year, the first of each time that it is kept: one, but for lunar calendars.
    pub fn days(&self, year: i32) -> Vec<NaiveDate> {
        match self.islamic {
            Some((month, day)) => reckoned::islamic(year, month, day),
            None => self.day(year).into_iter().collect(),
        }
    }

    fn day(&self, year: i32) -> Option<NaiveDate> {
        if let Some(feast) = self.from {
            return shifted(feast.day(year)?, self.plus);
        }
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

impl Feast {
    fn day(self, year: i32) -> Option<NaiveDate> {
        match self {
            Feast::OrthodoxEaster => reckoned::orthodox_easter(year),
            Feast::RoshHashanah => Some(reckoned::rosh_hashanah(year)?.0),
            // 15 Nisan is always so many days before the new year that follows.
            Feast::Passover => shifted(reckoned::rosh_hashanah(year)?.0, -163),
            // The month before Kislev has a day more in the longest years.
            Feast::Hanukkah => {
                let (new_year, length) = reckoned::rosh_hashanah(year)?;
                shifted(new_year, 83 + i64::from(length % 10 == 5))
            }
            Feast::LunarNewYear => moon::lunar_new_year(year),
            Feast::Diwali => moon::diwali(year),
            Feast::Nowruz => moon::nowruz(year),
        }
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

    /// Days as the calendars of those years gave them.
    #[test]
    fn feasts_of_known_years() {
        let day = |feast: Feast, year| feast.day(year).map(|d| d.to_string()).unwrap_or_default();
        for (feast, year, is) in [
            (Feast::OrthodoxEaster, 2016, "2016-05-01"),
            (Feast::OrthodoxEaster, 2021, "2021-05-02"),
            (Feast::OrthodoxEaster, 1917, "1917-04-15"),
            (Feast::RoshHashanah, 2021, "2021-09-07"),
            (Feast::RoshHashanah, 1973, "1973-09-27"),
            (Feast::Passover, 2022, "2022-04-16"),
            (Feast::Hanukkah, 2021, "2021-11-29"),
            (Feast::Hanukkah, 2016, "2016-12-25"),
            (Feast::Hanukkah, 2019, "2019-12-23"),
            (Feast::LunarNewYear, 1966, "1966-01-21"),
            (Feast::LunarNewYear, 1985, "1985-02-20"),
            (Feast::LunarNewYear, 2022, "2022-02-01"),
            (Feast::LunarNewYear, 2034, "2034-02-19"),
            (Feast::Diwali, 2009, "2009-10-17"),
            (Feast::Diwali, 2024, "2024-10-31"),
            (Feast::Diwali, 2020, "2020-11-14"),
            (Feast::Diwali, 2021, "2021-11-04"),
            (Feast::Nowruz, 2016, "2016-03-20"),
            (Feast::Nowruz, 2017, "2017-03-21"),
            (Feast::Nowruz, 2019, "2019-03-21"),
        ] {
            assert_eq!(day(feast, year), is, "{feast:?} {year}");
        }
    }

    #[test]
    fn a_lunar_year_may_bring_a_feast_twice() {
        let days = |year| reckoned::islamic(year, 10, 1).iter().map(ToString::to_string).collect::<Vec<_>>();
        assert_eq!(days(2021), ["2021-05-13"]);
        assert_eq!(days(2000), ["2000-01-08", "2000-12-28"]);
    }

    #[test]
    fn easter_of_known_years() {
        for (year, month, day) in
            [(1999, 4, 4), (2000, 4, 23), (2019, 4, 21), (2022, 4, 17), (2024, 3, 31), (2038, 4, 25)]
        {
            assert_eq!(easter(year), NaiveDate::from_ymd_opt(year, month, day), "{year}");
        }
    }
}
