//! One expression → its place in the calendar.

use super::context::{Context, From, Outcome};
use super::fields::{fields, full_year, numeric};
use super::point::{Point, add_days, add_months};
use super::value;
use crate::lang::Language;
use crate::model::{Choice, Clock, Direction, Edtf, LeadKind, Meaning, Quantity, ShiftFrom, Timex, Unit, YearSaid};
use chrono::Datelike;

/// Places an expression.
pub fn place(lang: &Language, context: &Context, timex: &Timex, _text: &str) -> Outcome {
    // "by February", "until mid-November" look ahead whatever the verb says; weekdays do not (measured).
    let lead = timex.lead.as_ref().map(|l| l.kind);
    let named = matches!(&timex.meaning, Meaning::Fields(f) if f.part.is_some());
    let outlook = if named && matches!(lead, Some(LeadKind::By | LeadKind::Until)) {
        Some(Direction::Ahead)
    } else {
        timex.outlook
    };
    meaning(lang, &Context { outlook, ..*context }, &timex.meaning)
}

fn meaning(lang: &Language, context: &Context, said: &Meaning) -> Outcome {
    match said {
        Meaning::Fields(f) => fields(context, f).unwrap_or_else(|| Outcome::open(said)),
        Meaning::Unit { unit, offset } => units(context, *unit, *offset).unwrap_or_else(|| Outcome::open(said)),
        Meaning::Shift { quantity, unit, direction, from } => {
            shift(context, *quantity, *unit, *direction, *from).unwrap_or_else(|| Outcome::open(said))
        }
        Meaning::After { base, quantity, unit, direction } => {
            let base = meaning(lang, context, base);
            let from = Context { previous: base.point.map(|p| (0, p)), period: None, ..*context };
            let moved = base.point.and_then(|_| shift(&from, *quantity, *unit, *direction, ShiftFrom::Previous));
            moved.map_or_else(|| Outcome::open(said), |moved| Outcome { anchor: base.anchor, ..moved })
        }
        Meaning::Decade(year) => {
            let year = match *year {
                YearSaid::Full(year) => year,
                YearSaid::TwoDigits(yy) => full_year(context, yy),
            };
            Outcome::at(Point::Decade(year.div_euclid(10) * 10), From::Words, Choice::AsStated)
        }
        Meaning::Century(number) => {
            Outcome::at(Point::Century(if *number > 0 { number - 1 } else { *number }), From::Words, Choice::AsStated)
        }
        Meaning::At(clock, inner) => at(lang, context, clock, inner.as_deref()),
        Meaning::Present => Outcome::new("PRESENT_REF".into(), From::Words, Choice::AsStated),
        Meaning::Past => Outcome::new("PAST_REF".into(), From::Words, Choice::AsStated),
        Meaning::Future => Outcome::new("FUTURE_REF".into(), From::Words, Choice::AsStated),
        Meaning::Duration(pairs) => Outcome::new(value::duration(pairs), From::Words, Choice::AsStated),
        Meaning::Stretch { quantity, unit, .. } => {
            Outcome::new(value::duration(&[(*quantity, *unit)]), From::Words, Choice::AsStated)
        }
        Meaning::Set(set) => Outcome::new(value::set(set), From::Words, Choice::AsStated),
        Meaning::Range(first, last) => range(lang, context, first, last),
        Meaning::Numeric { first, second, year } => {
            numeric(context, *first, *second, *year).unwrap_or_else(|| Outcome::open(said))
        }
        Meaning::Definite { unit, years_back } => {
            definite(context, *unit, *years_back).unwrap_or_else(|| Outcome::open(said))
        }
        Meaning::Holiday { holiday, year, direction } => {
            named_day(lang, context, *holiday, *year, *direction).unwrap_or_else(|| Outcome::open(said))
        }
    }
}

fn units(context: &Context, unit: Unit, offset: i32) -> Option<Outcome> {
    let coarse = matches!(unit, Unit::Year | Unit::Decade | Unit::Century);
    // "Today" is the writer's day even in a story; "this year", "last month" are the story's.
    let told = context.told(unit).filter(|_| unit != Unit::Day);
    let (near, anchor) =
        told.or_else(|| Some((context.dct.or(if coarse { context.coarse } else { None })?, From::Published)))?;
    let point = Point::holding(near, unit).step(offset)?;
    let choice = match (unit, offset) {
        (Unit::Day, _) => Choice::CountedFromAnchor,
        (_, ..0) => Choice::UnitBefore,
        (_, 0) => Choice::UnitOfAnchor,
        (_, 1..) => Choice::UnitAfter,
    };
    Some(Outcome::at(point, anchor, choice))
}

// "The quarter" is the one told last; where none was told, the last one that had ended.
fn definite(context: &Context, unit: Unit, years_back: u8) -> Option<Outcome> {
    let told = if matches!(unit, Unit::Quarter | Unit::Half) {
        context.period
    } else {
        context
            .previous
            .filter(|(_, p)| matches!((p, unit), (Point::Year(_), Unit::Year) | (Point::Month(..), Unit::Month)))
    };
    let (point, anchor, choice) = match (told, context.dct) {
        (Some((index, point)), _) => (point, From::Previous(index, point), Choice::SameAsAnchor),
        (None, Some(dct)) => {
            let now = Point::holding(dct, unit);
            let ended = matches!(unit, Unit::Quarter | Unit::Half | Unit::Weekend);
            (
                if ended { now.step(-1)? } else { now },
                From::Published,
                if ended { Choice::UnitBefore } else { Choice::UnitOfAnchor },
            )
        }
        (None, None) => return None,
    };
    let point = (0..years_back).try_fold(point, |p, _| year_before(p))?;
    Some(Outcome::at(point, anchor, choice))
}

fn year_before(point: Point) -> Option<Point> {
    match point {
        Point::Part(..) => point.step(-4),
        Point::Month(..) => point.step(-12),
        Point::Day(day) => Some(Point::Day(add_months(day, -12)?)),
        Point::Week(day) | Point::Weekend(day) => Some(Point::Week(Point::monday(add_months(day, -12)?))),
        Point::Year(_) => point.step(-1),
        other => Some(other),
    }
}

fn named_day(
    lang: &Language,
    context: &Context,
    holiday: u8,
    year: Option<YearSaid>,
    direction: Option<Direction>,
) -> Option<Outcome> {
    let day = |year: i32| lang.holidays.get(holiday as usize)?.day(year);
    if let Some(year) = year {
        let year = match year {
            YearSaid::Full(year) => year,
            YearSaid::TwoDigits(yy) => full_year(context, yy),
        };
        return Some(Outcome::at(Point::Day(day(year)?), From::Words, Choice::Computed));
    }
    let near = context.dct.or(context.coarse)?;
    let days = (near.year() - 1..=near.year() + 1).filter_map(day);
    let (day, choice) = match direction {
        Some(Direction::Back) => (days.filter(|d| *d < near).max()?, Choice::UnitBefore),
        Some(Direction::Ahead) => (days.filter(|d| *d > near).min()?, Choice::UnitAfter),
        Some(Direction::Here) => (day(near.year())?, Choice::UnitOfAnchor),
        None => (days.min_by_key(|d| (*d - near).num_days().abs())?, Choice::NearestYear),
    };
    Some(Outcome::at(Point::Day(day), From::Published, choice))
}

fn shift(context: &Context, quantity: Quantity, unit: Unit, direction: Direction, from: ShiftFrom) -> Option<Outcome> {
    // Beside a quarter, "a year ago" and "a year earlier" compare quarters: 30 of 38 in business news.
    if let (Some((index, period)), Unit::Year, Quantity::Milli(1000), Direction::Back) =
        (context.period, unit, quantity, direction)
    {
        return Some(Outcome::at(year_before(period)?, From::Previous(index, period), Choice::CountedFromAnchor));
    }
    let previous = context.previous.filter(|_| from == ShiftFrom::Previous);
    let (base, anchor) = match (previous, context.dct) {
        (Some((index, point)), _) => (point, From::Previous(index, point)),
        (None, Some(dct)) => (Point::Day(dct), From::Published),
        (None, None) => return None,
    };
    let first = base.first()?;
    let choice = if direction == Direction::Here { Choice::SameAsAnchor } else { Choice::CountedFromAnchor };
    let Quantity::Milli(milli) = quantity else {
        // "several years ago": how many is not said, so it can be nothing but some time before.
        let value = if direction == Direction::Back { "PAST_REF" } else { "FUTURE_REF" };
        return Some(Outcome::new(value.into(), anchor, Choice::Open));
    };
    let sign: i64 = match direction {
        Direction::Back => -1,
        Direction::Here => 0,
        Direction::Ahead => 1,
    };
    let whole = i64::from(i32::try_from(milli / 1000).ok()?) * sign;
    let half = milli % 1000 != 0;
    let day = match unit {
        Unit::Second | Unit::Minute | Unit::Hour => first,
        Unit::Day | Unit::Weekend => add_days(first, whole)?,
        Unit::Week => add_days(first, milli * 7 / 1000 * sign)?,
        Unit::Fortnight => add_days(first, milli * 14 / 1000 * sign)?,
        Unit::Month => add_days(add_months(first, whole)?, if half { 15 * sign } else { 0 })?,
        Unit::Quarter | Unit::Season => add_months(first, whole * 3)?,
        Unit::Half => add_months(first, whole * 6)?,
        Unit::Year => add_months(first, milli * 12 / 1000 * sign)?,
        Unit::Decade => add_months(first, milli * 120 / 1000 * sign)?,
        Unit::Century => add_months(first, milli * 1200 / 1000 * sign)?,
        Unit::Millennium => add_months(first, milli * 12)?,
    };
    // No finer than the unit, no finer than the anchor.
    let grain = match unit {
        Unit::Decade | Unit::Century | Unit::Millennium if direction != Direction::Here => Unit::Year,
        unit => unit,
    };
    let point = match (base, grain) {
        (Point::Month(..), Unit::Day | Unit::Week | Unit::Weekend) => return None,
        (Point::Month(..), Unit::Year) if from == ShiftFrom::Previous && direction != Direction::Here => {
            Point::Month(day.year(), day.month())
        }
        (Point::Part(_, code), Unit::Year) if from == ShiftFrom::Previous && direction != Direction::Here => {
            Point::Part(day.year(), code)
        }
        _ => Point::holding(day, grain),
    };
    let counted = !matches!(unit, Unit::Second | Unit::Minute | Unit::Hour | Unit::Day) && direction != Direction::Here;
    Some(Outcome { about: counted && from == ShiftFrom::Published, ..Outcome::at(point, anchor, choice) })
}

fn at(lang: &Language, context: &Context, clock: &Clock, inner: Option<&Meaning>) -> Outcome {
    let mut outcome = match inner {
        Some(inner) => meaning(lang, context, inner),
        None => match (context.previous, context.dct) {
            (Some((index, point @ Point::Day(_))), _) => {
                Outcome::at(point, From::Previous(index, point), Choice::SameAsAnchor)
            }
            (_, Some(dct)) => Outcome::at(Point::Day(dct), From::Published, Choice::SameAsAnchor),
            _ => Outcome::open(&Meaning::At(*clock, None)),
        },
    };
    if !outcome.value.contains('T') {
        outcome.value.push_str(&value::time(clock));
    }
    outcome.clock = Some(*clock);
    outcome
}

fn range(lang: &Language, context: &Context, first: &Meaning, last: &Meaning) -> Outcome {
    let (first, last) = (meaning(lang, context, first), meaning(lang, context, last));
    let date = first.date.as_ref().zip(last.date.as_ref()).map(|(a, b)| Edtf::between(a, b));
    Outcome { value: format!("{}/{}", first.value, last.value), date, ..first }
}
