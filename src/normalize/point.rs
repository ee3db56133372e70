//! A place in the calendar, as coarse as the words are, and the arithmetic on it.

use crate::model::{Edtf, Unit};
use chrono::{Datelike, Days, Months, NaiveDate, Weekday};

/// A unit of the calendar with its place in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Point {
    /// One day.
    Day(NaiveDate),
    /// The ISO week of this Monday.
    Week(NaiveDate),
    /// Saturday and Sunday of the week of this Monday.
    Weekend(NaiveDate),
    /// From one day to another, where no unit of the calendar is meant: Ramadan.
    Span(NaiveDate, NaiveDate),
    /// A month.
    Month(i32, u32),
    /// A part of a year by its EDTF code: 21–24 seasons, 33–36 quarters, 40–41 halves.
    Part(i32, u32),
    /// A year.
    Year(i32),
    /// A decade by its first year.
    Decade(i32),
    /// A century by its first two digits: 19 is 1900–1999; before Christ by its number: −3 is 300–201 BC.
    Century(i32),
}

impl Point {
    /// Gives the Monday of a day's week.
    pub fn monday(day: NaiveDate) -> NaiveDate {
        day.checked_sub_days(Days::new(u64::from(day.weekday().num_days_from_monday()))).unwrap_or(day)
    }

    /// Gives the first day.
    pub fn first(&self) -> Option<NaiveDate> {
        match *self {
            Point::Day(day) | Point::Week(day) | Point::Span(day, _) => Some(day),
            Point::Month(year, month) => NaiveDate::from_ymd_opt(year, month, 1),
            Point::Year(year) | Point::Decade(year) => NaiveDate::from_ymd_opt(year, 1, 1),
            _ => self.edtf().and_then(|e| e.first_day()),
        }
    }

    /// Gives the last day.
    pub fn last(&self) -> Option<NaiveDate> {
        match *self {
            Point::Day(day) | Point::Span(_, day) => Some(day),
            Point::Month(year, 12) | Point::Year(year) => NaiveDate::from_ymd_opt(year, 12, 31),
            Point::Month(year, month) => NaiveDate::from_ymd_opt(year, month + 1, 1)?.pred_opt(),
            _ => self.edtf().and_then(|e| e.last_day()),
        }
    }

    /// Gives its unit.
    pub fn grain(&self) -> Unit {
        match self {
            Point::Day(_) => Unit::Day,
            Point::Week(_) => Unit::Week,
            Point::Weekend(_) => Unit::Weekend,
            Point::Span(first, last) if (*last - *first).num_days() >= 28 => Unit::Month,
            Point::Span(..) => Unit::Week,
            Point::Month(..) => Unit::Month,
            Point::Part(_, 33..=36) => Unit::Quarter,
            Point::Part(_, 37..) => Unit::Half,
            Point::Part(..) => Unit::Season,
            Point::Year(_) => Unit::Year,
            Point::Decade(_) => Unit::Decade,
            Point::Century(_) => Unit::Century,
        }
    }

    /// Gives the unit of this kind that holds a day.
    pub fn holding(day: NaiveDate, unit: Unit) -> Point {
        match unit {
            Unit::Second | Unit::Minute | Unit::Hour | Unit::Day => Point::Day(day),
            Unit::Weekend => Point::Weekend(Point::monday(day)),
            Unit::Week | Unit::Fortnight => Point::Week(Point::monday(day)),
            Unit::Month => Point::Month(day.year(), day.month()),
            Unit::Quarter => Point::Part(day.year(), 33 + day.month0() / 3),
            Unit::Half => Point::Part(day.year(), 40 + day.month0() / 6),
            Unit::Season => Point::Part(
                if day.month() < 3 { day.year() - 1 } else { day.year() },
                21 + ((day.month() + 9) % 12) / 3,
            ),
            Unit::Year => Point::Year(day.year()),
            Unit::Decade => Point::Decade(day.year().div_euclid(10) * 10),
            // 1 BC is the year 0; 201 BC is of the third century as 300 BC is.
            Unit::Century | Unit::Millennium if day.year() <= 0 => Point::Century((day.year() - 99 - 1) / 100),
            Unit::Century | Unit::Millennium => Point::Century(day.year().div_euclid(100)),
        }
    }

    /// Goes `count` of its own units on; `None` beyond the calendar.
    pub fn step(self, count: i32) -> Option<Point> {
        Some(match self {
            Point::Day(day) => Point::Day(add_days(day, i64::from(count))?),
            Point::Week(day) => Point::Week(add_days(day, i64::from(count) * 7)?),
            Point::Weekend(day) => Point::Weekend(add_days(day, i64::from(count) * 7)?),
            Point::Span(first, last) => {
                let days = i64::from(count) * ((last - first).num_days() + 1);
                Point::Span(add_days(first, days)?, add_days(last, days)?)
            }
            Point::Month(year, month) => {
                let (year, month) = carry(year, month as i32 - 1, count, 12)?;
                Point::Month(year, month as u32 + 1)
            }
            Point::Part(year, code) => {
                let (base, size) = match code {
                    33..=36 => (33, 4),
                    40..=41 => (40, 2),
                    37..=39 => (37, 3),
                    _ => (21, 4),
                };
                let (year, part) = carry(year, code as i32 - base, count, size)?;
                Point::Part(year, (part + base) as u32)
            }
            Point::Year(year) => Point::Year(bounded(year.checked_add(count)?)?),
            Point::Decade(year) => Point::Decade(bounded(year.checked_add(count.checked_mul(10)?)?)?),
            Point::Century(century) => Point::Century(bounded(century.checked_add(count)?)?),
        })
    }

    /// Gives it as a date of the timeline.
    pub fn edtf(&self) -> Option<Edtf> {
        match *self {
            Point::Day(day) => Some(Edtf::day(day)),
            Point::Week(monday) => Some(Edtf::week(monday)),
            Point::Weekend(monday) => Some(Edtf::span(add_days(monday, 5)?, add_days(monday, 6)?)),
            Point::Span(first, last) => Some(Edtf::span(first, last)),
            Point::Month(year, month) => Edtf::month(year, month),
            Point::Part(year, code) => Edtf::season(year, code),
            Point::Year(year) => Some(Edtf::year(year)),
            Point::Decade(year) => Some(Edtf::decade(year)),
            Point::Century(-1) => Some(Edtf::between(&Edtf::year(-99), &Edtf::year(0))),
            Point::Century(century @ ..-1) => Some(Edtf::century((century + 1).checked_mul(100)?)),
            Point::Century(century) => Some(Edtf::century(century.checked_mul(100)?)),
        }
    }
}

fn bounded(year: i32) -> Option<i32> {
    (-200_000..=200_000).contains(&year).then_some(year)
}

fn carry(year: i32, part: i32, count: i32, size: i32) -> Option<(i32, i32)> {
    let sum = part.checked_add(count)?;
    Some((bounded(year.checked_add(sum.div_euclid(size))?)?, sum.rem_euclid(size)))
}

/// Adds days, back for a negative count.
pub fn add_days(day: NaiveDate, count: i64) -> Option<NaiveDate> {
    let days = Days::new(count.unsigned_abs());
    if count < 0 { day.checked_sub_days(days) } else { day.checked_add_days(days) }
}

/// Adds months, back for a negative count; the day becomes the month's last where there is no such day.
pub fn add_months(day: NaiveDate, count: i64) -> Option<NaiveDate> {
    let months = Months::new(u32::try_from(count.unsigned_abs()).ok()?);
    if count < 0 { day.checked_sub_months(months) } else { day.checked_add_months(months) }
}

/// Gives the most recent day of a weekday, counting `day` itself.
pub fn weekday_on_or_before(day: NaiveDate, weekday: Weekday) -> Option<NaiveDate> {
    add_days(day, -i64::from(day.weekday().days_since(weekday)))
}

/// Gives the next day of a weekday, counting `day` itself.
pub fn weekday_on_or_after(day: NaiveDate, weekday: Weekday) -> Option<NaiveDate> {
    add_days(day, i64::from(weekday.days_since(day.weekday())))
}

/// Gives the same day, month, week or quarter of the year before.
pub fn year_before(point: Point) -> Option<Point> {
    match point {
        Point::Part(..) => point.step(-4),
        Point::Month(..) => point.step(-12),
        Point::Day(day) => Some(Point::Day(add_months(day, -12)?)),
        Point::Week(day) | Point::Weekend(day) => Some(Point::Week(Point::monday(add_months(day, -12)?))),
        Point::Year(_) => point.step(-1),
        other => Some(other),
    }
}
