//! One expression → its place in the calendar.

use super::context::{Context, From, Outcome};
use super::count::{hours_on, same_day, weekend_from};
use super::fields::{fields, full_year, numeric};
use super::looking::{goes_ahead, had_by};
use super::point::{Point, add_days, add_months, year_before};
use super::story::starts_sentence;
use super::value;
use super::within::{around, nth, then};
use crate::lang::Language;
use crate::model::{
    Choice, Clock, DayPart, Direction, Edtf, LeadKind, Meaning, Quantity, ShiftFrom, Timex, Unit, YearSaid,
};
use chrono::{Datelike, NaiveDate};

/// A feast so many days before the day told last is the next year's.
const FEAST_BACK: i64 = 180;

/// Places an expression.
pub fn place(lang: &Language, context: &Context, timex: &Timex, text: &str) -> Outcome {
    // "by February", "until mid-November" look ahead whatever the verb says; weekdays do not (measured).
    let lead = timex.lead.as_ref().map(|l| l.kind);
    let named = matches!(&timex.meaning, Meaning::Fields(f) if f.part.is_some());
    // … but their clock times do: "until 9 a.m. Tuesday".
    let clocked = matches!(&timex.meaning, Meaning::At(Clock::Time { .. }, Some(_)));
    let weekend = matches!(&timex.meaning, Meaning::Definite { unit: Unit::Weekend, .. });
    // "By the end of August there had been 31 reports", "they had left by the end of August".
    let (back, start) = (timex.outlook == Some(Direction::Back), timex.marked().start);
    let over = back && (starts_sentence(text, start) || lead == Some(LeadKind::By) && had_by(text, start));
    let outlook = if (named || clocked || weekend) && matches!(lead, Some(LeadKind::By | LeadKind::Until)) && !over {
        Some(Direction::Ahead)
    } else if matches!(&timex.meaning, Meaning::Fields(f) if f.weekday.is_some() && f.part.is_none()) {
        // "Friday's vote" is over whatever is planned about it: 15 of 15 in news.
        let owner = text.get(timex.range.end..).is_some_and(|t| t.starts_with("'s") || t.starts_with("’s"));
        // … but what "will take place" is to come.
        let coming = owner && goes_ahead(text.get(timex.range.end..).unwrap_or_default());
        if coming { Some(Direction::Ahead) } else { timex.outlook.filter(|_| !owner) }
    } else {
        timex.outlook
    };
    // "Since Christmas" is since the last one.
    if let Meaning::Holiday { holiday, year: None, direction: None, around } = timex.meaning
        && lead == Some(LeadKind::Since)
    {
        let back = Meaning::Holiday { holiday, year: None, direction: Some(Direction::Back), around };
        return meaning(lang, context, &back);
    }
    meaning(lang, &Context { outlook, ..*context }, &timex.meaning)
}

fn meaning(lang: &Language, context: &Context, said: &Meaning) -> Outcome {
    match said {
        Meaning::Fields(f) => fields(context, f).unwrap_or_else(|| Outcome::open(said)),
        Meaning::Unit { unit, offset } => units(context, *unit, *offset).unwrap_or_else(|| Outcome::open(said)),
        Meaning::Shift { quantity, unit, direction, from } => {
            shift(context, *quantity, *unit, *direction, *from).unwrap_or_else(|| Outcome::open(said))
        }
        Meaning::ShiftOf { quantity, unit, direction, base } => {
            // "A year ago today", "ten years ago Friday" are days.
            let to_the_day = match &**base {
                Meaning::Unit { unit: Unit::Day, .. } => true,
                Meaning::Fields(f) => f.weekday.is_some() && f.part.is_none(),
                _ => false,
            };
            let base = meaning(lang, context, base);
            let to_the_day = to_the_day && matches!(unit, Unit::Month | Unit::Year);
            let day = if to_the_day { same_day(*quantity, *unit, *direction, &base) } else { None };
            day.or_else(|| shift_of(context, *quantity, *unit, *direction, base)).unwrap_or_else(|| Outcome::open(said))
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
        Meaning::Holiday { holiday, year, direction, around } => {
            named_day(lang, context, *holiday, *year, *direction, *around).unwrap_or_else(|| Outcome::open(said))
        }
        Meaning::Nth { nth: number, piece, side, base } => {
            nth(*number, *piece, *side, meaning(lang, context, base)).unwrap_or_else(|| Outcome::open(said))
        }
        Meaning::Then => then(context),
    }
}

fn units(context: &Context, unit: Unit, offset: i32) -> Option<Outcome> {
    let coarse = matches!(unit, Unit::Year | Unit::Decade | Unit::Century);
    // "Today" is the writer's day even in a story; "this year", "last month" are the story's.
    let told = context.told(unit).filter(|_| unit != Unit::Day);
    if context.narrative && unit == Unit::Day && offset == 0 {
        return Some(Outcome::new("PRESENT_REF".into(), From::Words, Choice::AsStated));
    }
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
    if let (Some((day, anchor)), 0) = (context.told(unit), years_back)
        && matches!(unit, Unit::Weekend | Unit::Month | Unit::Year)
    {
        return Some(Outcome::at(Point::holding(day, unit), anchor, Choice::UnitOfAnchor));
    }
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
            // "Over the weekend" is the last one, but the one to come where the verb looks ahead.
            let coming = unit == Unit::Weekend && context.outlook == Some(Direction::Ahead);
            let ended = matches!(unit, Unit::Quarter | Unit::Half | Unit::Weekend) && !coming;
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

fn named_day(
    lang: &Language,
    context: &Context,
    holiday: u8,
    year: Option<YearSaid>,
    direction: Option<Direction>,
    makes: Option<Unit>,
) -> Option<Outcome> {
    let feast = lang.holidays.get(holiday as usize)?;
    let lasts = feast.lasts.filter(|days| *days > 1);
    let at = |day: NaiveDate, anchor, choice| {
        let point = match (makes, lasts) {
            (Some(unit), _) => around(day, unit)?,
            (None, Some(days)) => Point::Span(day, add_days(day, i64::from(days) - 1)?),
            (None, None) => Point::Day(day),
        };
        Some(Outcome { about: feast.about, ..Outcome::at(point, anchor, choice) })
    };
    if let Some(year) = year {
        let year = match year {
            YearSaid::Full(year) => year,
            YearSaid::TwoDigits(yy) => full_year(context, yy),
        };
        return at(*feast.days(year).first()?, From::Words, Choice::Computed);
    }
    if let (Some((told, anchor)), None) = (context.told(Unit::Year), direction) {
        // In a story it is the one that comes up next, but for a look back within the year.
        let days = (told.year()..=told.year() + 1).flat_map(|year| feast.days(year));
        let day = days.into_iter().find(|day| (told - *day).num_days() <= FEAST_BACK)?;
        return at(day, anchor, Choice::SameAsAnchor);
    }
    let near = context.dct.or(context.coarse)?;
    let days = (near.year() - 1..=near.year() + 1).flat_map(|year| feast.days(year));
    let (day, choice) = match direction {
        Some(Direction::Back) => (days.filter(|d| *d < near).max()?, Choice::UnitBefore),
        Some(Direction::Ahead) => (days.filter(|d| *d > near).min()?, Choice::UnitAfter),
        Some(Direction::Here) => (*feast.days(near.year()).first()?, Choice::UnitOfAnchor),
        None => (days.min_by_key(|d| (*d - near).num_days().abs())?, Choice::NearestYear),
    };
    at(day, From::Published, choice)
}

fn shift(context: &Context, quantity: Quantity, unit: Unit, direction: Direction, from: ShiftFrom) -> Option<Outcome> {
    // Beside a quarter, "a year ago" and "a year earlier" compare quarters: 32 of 38 in business news.
    if let (Some((index, period)), Unit::Year, Quantity::Milli(1000), Direction::Back) =
        (context.compared, unit, quantity, direction)
    {
        return Some(Outcome::at(year_before(period)?, From::Previous(index, period), Choice::CountedFromAnchor));
    }
    let previous = match context.narrative {
        false => context.previous,
        // "Two days later" counts from a day, not from the year of an aside between.
        true => match unit {
            Unit::Year | Unit::Decade | Unit::Century | Unit::Millennium => context.story.last(),
            unit => {
                context.story.told(unit.max(Unit::Day).min(Unit::Season)).or_else(|| context.story.told(Unit::Season))
            }
        }
        .map(|told| (told.index, told.point)),
    };
    let previous = previous.filter(|_| from == ShiftFrom::Previous);
    if let Some(later) = hours_on(context.clock.filter(|_| from == ShiftFrom::Previous), quantity, unit, direction) {
        return Some(later);
    }
    // "Three days later" says no day when only a year was told.
    if previous.is_some_and(|(_, p)| p.grain() > unit.max(Unit::Day)) && direction != Direction::Here {
        return None;
    }
    let (base, anchor) = match (previous, context.dct) {
        (Some((index, point)), _) => (point, From::Previous(index, point)),
        (None, Some(dct)) => (Point::Day(dct), From::Published),
        (None, None) => return None,
    };
    counted(context, base, anchor, quantity, unit, direction, from)
}

// "Two weeks before 4 July" is a day, though the count need not be exact.
fn shift_of(context: &Context, quantity: Quantity, unit: Unit, direction: Direction, base: Outcome) -> Option<Outcome> {
    let point = match (base.point?, direction) {
        (Point::Span(_, last), Direction::Ahead) => Point::Day(last),
        (Point::Span(first, _), _) => Point::Day(first),
        (point, _) => point,
    };
    let Quantity::Milli(milli) = quantity else {
        return None;
    };
    if let (Point::Day(day), Unit::Weekend) = (point, unit) {
        let weekend = weekend_from(day, milli / 1000, direction)?;
        return Some(Outcome::at(weekend, base.anchor, Choice::CountedFromAnchor));
    }
    let (Point::Day(day), Unit::Week | Unit::Fortnight) = (point, unit) else {
        return counted(context, point, base.anchor, quantity, unit, direction, ShiftFrom::Previous);
    };
    let days = if unit == Unit::Week { 7 } else { 14 };
    let day = add_days(day, milli * days / 1000 * i64::from(direction.sign()))?;
    let about = !matches!(base.choice, Choice::MostRecentWeekday | Choice::NextWeekday | Choice::WeekdayBefore);
    Some(Outcome { about, ..Outcome::at(Point::Day(day), base.anchor, Choice::CountedFromAnchor) })
}

fn counted(
    context: &Context,
    base: Point,
    anchor: From,
    quantity: Quantity,
    unit: Unit,
    direction: Direction,
    from: ShiftFrom,
) -> Option<Outcome> {
    let first = base.first()?;
    let choice = if direction == Direction::Here { Choice::SameAsAnchor } else { Choice::CountedFromAnchor };
    let Quantity::Milli(milli) = quantity else {
        // "several years ago": how many is not said, so it can be nothing but some time before.
        let value = if direction == Direction::Back { "PAST_REF" } else { "FUTURE_REF" };
        return Some(Outcome::new(value.into(), anchor, Choice::Open));
    };
    let sign = i64::from(direction.sign());
    let whole = i64::from(i32::try_from(milli / 1000).ok()?) * sign;
    let half = milli % 1000 != 0;
    if let (Point::Day(day), Unit::Weekend) = (base, unit) {
        return Some(Outcome::at(weekend_from(day, whole.abs(), direction)?, anchor, choice));
    }
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
        // A history's "two years later" is a year.
        _ if context.narrative && grain == Unit::Year => Point::Year(day.year()),
        (Point::Month(..), Unit::Year) if from == ShiftFrom::Previous && direction != Direction::Here => {
            Point::Month(day.year(), day.month())
        }
        // "Four years after the fall of 1934" is a year; of a quarter, it is the same quarter.
        (Point::Part(_, code @ 33..), Unit::Year) if from == ShiftFrom::Previous && direction != Direction::Here => {
            Point::Part(day.year(), code)
        }
        _ => Point::holding(day, grain),
    };
    let counted = !matches!(unit, Unit::Second | Unit::Minute | Unit::Hour | Unit::Day) && direction != Direction::Here;
    Some(Outcome { about: counted && from == ShiftFrom::Published, ..Outcome::at(point, anchor, choice) })
}

fn at(lang: &Language, context: &Context, clock: &Clock, inner: Option<&Meaning>) -> Outcome {
    let of_told_day = matches!(inner, Some(Meaning::Unit { unit: Unit::Day, offset: 0 })) && context.narrative;
    let mut outcome = match inner.filter(|_| !of_told_day) {
        Some(inner) => meaning(lang, context, inner),
        None if let Some((day, anchor)) = context.post => day.map_or_else(
            || Outcome::open(&Meaning::At(*clock, None)),
            |day| Outcome::at(Point::Day(day), anchor, Choice::SameAsAnchor),
        ),
        None if context.narrative => match context.told(Unit::Day) {
            Some((day, anchor)) => match add_days(day, context.story.days_on(clock)) {
                Some(day) => Outcome::at(Point::Day(day), anchor, Choice::SameAsAnchor),
                None => Outcome::open(&Meaning::At(*clock, None)),
            },
            // "That night" of a month in which no day was told.
            None => match context.told(Unit::Month) {
                Some((day, anchor)) => {
                    let month = Point::holding(day, Unit::Month);
                    let value = format!("{}-XX", value::point(&month));
                    Outcome { date: month.edtf(), ..Outcome::new(value, anchor, Choice::SameAsAnchor) }
                }
                None => Outcome::open(&Meaning::At(*clock, None)),
            },
        },
        None => match (context.day_before(), context.dct) {
            (Some((index, point, day)), _) => {
                // "hit on the night of 15 September. The levee failed before dawn."
                let on = context.story.days_surely_on(index, clock);
                let day = add_days(day, on).unwrap_or(day);
                Outcome::at(Point::Day(day), From::Previous(index, point), Choice::SameAsAnchor)
            }
            (_, Some(dct)) => Outcome::at(Point::Day(dct), From::Published, Choice::SameAsAnchor),
            _ => Outcome::open(&Meaning::At(*clock, None)),
        },
    };
    // "Shelled overnight": in the night that began the day before, as "last night" has it.
    if matches!(clock, Clock::Part(DayPart::Overnight))
        && outcome.anchor == From::Published
        && context.outlook != Some(Direction::Ahead)
        && let Some(Point::Day(day)) = outcome.point
        && let Some(before) = day.pred_opt()
    {
        outcome.value = value::point(&Point::Day(before));
    }
    if let Some(either) = either_night(clock, inner, &outcome) {
        outcome.date = Some(either);
    }
    if let Some((first, _)) = outcome.value.split_once('/').filter(|_| matches!(inner, Some(Meaning::Range(..)))) {
        outcome.value = first.to_owned();
    }
    if !outcome.value.contains('T') {
        outcome.value.push_str(&value::time(clock));
    }
    outcome.clock = Some(*clock);
    outcome
}

// "Overnight", "last night", "the night of 8–9 August": what happened then belongs to one of two days.
fn either_night(clock: &Clock, inner: Option<&Meaning>, outcome: &Outcome) -> Option<Edtf> {
    let Some(Point::Day(day)) = outcome.point else {
        return None;
    };
    let first = match (clock, inner) {
        (Clock::Part(DayPart::Overnight), _) => add_days(day, -1)?,
        (Clock::Part(DayPart::Night), Some(Meaning::Unit { unit: Unit::Day, offset: -1 })) => day,
        (Clock::Part(DayPart::Night), Some(Meaning::Range(..)))
            if outcome.date.as_ref()?.last_day()? == day.succ_opt()? =>
        {
            day
        }
        _ => return None,
    };
    Some(Edtf::one_of(vec![Edtf::day(first), Edtf::day(first.succ_opt()?)]))
}

fn range(lang: &Language, context: &Context, first: &Meaning, last: &Meaning) -> Outcome {
    let (first, last) = (meaning(lang, context, first), meaning(lang, context, last));
    let date = first.date.as_ref().zip(last.date.as_ref()).map(|(a, b)| Edtf::between(a, b));
    Outcome { value: format!("{}/{}", first.value, last.value), date, ..first }
}
