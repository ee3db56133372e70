//! Days, weeks and months counted in, before or after a date: "the second Tuesday in November", "the Monday after
//! Easter".

use super::context::{Context, From, Outcome};
use super::point::{Point, add_days, add_months, weekday_on_or_after, weekday_on_or_before};
use crate::model::{Choice, Direction, Piece, Unit};
use chrono::{Datelike, NaiveDate, Weekday};

/// Gives the `nth` piece of a date, from its start or, below zero, from its end; `None` where there are not so many.
pub fn nth(nth: i32, piece: Piece, side: Direction, base: Outcome) -> Option<Outcome> {
    let whole = base.point?;
    let (first, last) = (whole.first()?, whole.last()?);
    let steps = i64::from(if nth > 0 { nth - 1 } else { nth + 1 });
    let from = if nth > 0 { first } else { last };
    let point = match (piece, side) {
        (Piece::Weekday(day), Direction::Ahead) => {
            Point::Day(add_days(weekday_on_or_after(last.succ_opt()?, day)?, steps.abs() * 7)?)
        }
        (Piece::Weekday(day), Direction::Back) => {
            Point::Day(add_days(weekday_on_or_before(first.pred_opt()?, day)?, -steps.abs() * 7)?)
        }
        (Piece::Weekday(day), Direction::Here) => Point::Day(weekday_from(from, nth, steps, day)?),
        (Piece::Unit(unit), _) => {
            (unit < whole.grain()).then_some(())?;
            match unit {
                Unit::Day => Point::Day(add_days(from, steps)?),
                // Most of its days lie among the seven from the start, or to the end.
                Unit::Week => Point::holding(add_days(from, steps * 7 + if nth > 0 { 3 } else { -3 })?, unit),
                Unit::Weekend => Point::holding(weekday_from(from, nth, steps, Weekday::Sat)?, unit),
                Unit::Month => Point::holding(add_months(month(from)?, steps)?, unit),
                Unit::Quarter => Point::holding(add_months(month(from)?, steps * 3)?, unit),
                Unit::Year => Point::Year(from.year().checked_add(i32::try_from(steps).ok()?)?),
                Unit::Decade => Point::holding(add_months(month(from)?, steps * 120)?, unit),
                _ => return None,
            }
        }
    };
    let inside = point.first()? <= last && first <= point.last()?;
    (inside || side != Direction::Here).then_some(())?;
    // Weeks do not keep to the ends of months.
    let about = base.about || matches!(piece, Piece::Unit(Unit::Week));
    Some(Outcome { about, ..Outcome::at(point, base.anchor, base.choice) })
}

fn weekday_from(from: NaiveDate, nth: i32, steps: i64, day: Weekday) -> Option<NaiveDate> {
    let nearest = if nth > 0 { weekday_on_or_after(from, day)? } else { weekday_on_or_before(from, day)? };
    add_days(nearest, steps * 7)
}

fn month(day: NaiveDate) -> Option<NaiveDate> {
    day.with_day(1)
}

/// Places "then": the date told last, as fine as it was told; where none was, some time gone by or to come.
pub fn then(context: &Context) -> Outcome {
    let told = match context.narrative {
        true => context.story.last().map(|told| (told.index, told.point)),
        false => context.previous,
    };
    if let Some((index, point)) = told {
        return Outcome::at(point, From::Previous(index, point), Choice::SameAsAnchor);
    }
    let value = if context.outlook == Some(Direction::Ahead) { "FUTURE_REF" } else { "PAST_REF" };
    Outcome::new(value.into(), From::Nothing, Choice::Open)
}

/// Gives the week or weekend that a feast makes.
pub fn around(day: NaiveDate, unit: Unit) -> Option<Point> {
    // Monday's feasts lengthen the weekend before, Thursday's the one that comes.
    let back = unit == Unit::Weekend && matches!(day.weekday(), Weekday::Mon | Weekday::Tue);
    let day = if back { add_days(day, -7)? } else { day };
    matches!(unit, Unit::Week | Unit::Weekend).then(|| Point::holding(day, unit))
}
