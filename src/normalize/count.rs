//! Counts that keep what they count from: its hour, its day, its weekend.

use super::context::{From, Outcome};
use super::point::{Point, add_days, add_months, weekday_on_or_after, weekday_on_or_before};
use super::value;
use crate::model::{Choice, Clock, Direction, Quantity, Unit};
use chrono::{NaiveDate, NaiveDateTime, TimeDelta, Timelike, Weekday};

/// Gives the time of day so many hours or minutes from the one told last: "at 23:30 on 5 May … an hour later".
pub fn hours_on(
    told: Option<(usize, NaiveDateTime)>,
    quantity: Quantity,
    unit: Unit,
    direction: Direction,
) -> Option<Outcome> {
    let ((index, since), Quantity::Milli(milli)) = (told?, quantity) else { return None };
    let unit = match unit {
        Unit::Hour if direction != Direction::Here => 60,
        Unit::Minute if direction != Direction::Here => 1,
        _ => return None,
    };
    let minutes = milli.checked_mul(unit)? / 1000;
    let then = since.checked_add_signed(TimeDelta::try_minutes(minutes * i64::from(direction.sign()))?)?;
    let point = Point::Day(then.date());
    let clock = Clock::Time { hour: then.hour() as u8, minute: Some(then.minute() as u8), second: None, zone: None };
    let value = format!("{}{}", value::point(&point), value::time(&clock));
    let day = Outcome::at(point, From::Previous(index, Point::Day(since.date())), Choice::CountedFromAnchor);
    Some(Outcome { value, clock: Some(clock), ..day })
}

/// Gives the same day of another month or year: "a year ago today".
pub fn same_day(quantity: Quantity, unit: Unit, direction: Direction, base: &Outcome) -> Option<Outcome> {
    let (Some(Point::Day(day)), Quantity::Milli(milli)) = (base.point, quantity) else { return None };
    let months = if unit == Unit::Year { milli * 12 / 1000 } else { milli / 1000 };
    let day = add_months(day, months * i64::from(direction.sign()))?;
    Some(Outcome::at(Point::Day(day), base.anchor, Choice::CountedFromAnchor))
}

/// Gives a weekend counted from a day: "the weekend before 5 May", "two weekends ago"; it
/// ended before the day or begins after it.
pub fn weekend_from(day: NaiveDate, count: i64, direction: Direction) -> Option<Point> {
    let nearest = match direction {
        Direction::Back => Point::monday(weekday_on_or_before(day.pred_opt()?, Weekday::Sun)?),
        Direction::Here => return Some(Point::Weekend(Point::monday(day))),
        Direction::Ahead => Point::monday(weekday_on_or_after(day.succ_opt()?, Weekday::Sat)?),
    };
    let weeks = count.max(1) - 1;
    Some(Point::Weekend(add_days(nearest, weeks * 7 * i64::from(direction.sign()))?))
}
