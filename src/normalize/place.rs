//! One expression → its place in the calendar.

use super::point::{Point, add_days, add_months, weekday_on_or_after, weekday_on_or_before};
use super::value;
use crate::lang::Language;
use crate::model::{Choice, Clock, Direction, Edtf, Fields, LeadKind, Meaning, Quantity, ShiftFrom, Timex, Unit, YearSaid};
use chrono::{Datelike, NaiveDate, Weekday};

/// What is known before an expression is read.
#[derive(Debug, Clone, Copy)]
pub struct Context {
    /// The publication day.
    pub dct: Option<NaiveDate>,
    /// A day within the publication date where it is known only to the month or year.
    pub coarse: Option<NaiveDate>,
    /// The date told last and the index of its expression.
    pub previous: Option<(usize, Point)>,
    /// The quarter or half told last: what "the quarter" and "a year earlier" are said of.
    pub period: Option<(usize, Point)>,
    /// On which side the nearest verb puts the expression.
    pub outlook: Option<Direction>,
}

/// A month without a verb that tells is looked for so many days ahead (48 of 53 right; nearest: 38).
const MONTHS_AHEAD: i64 = 62;
/// A day of a month without a verb of the future is looked for so many days ahead.
const DAYS_AHEAD: i64 = 150;

/// What a date was counted from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum From {
    /// The words alone.
    Words,
    /// The publication date.
    Published,
    /// An earlier expression.
    Previous(usize, Point),
    /// Nothing that is known.
    Nothing,
}

/// Where an expression came to stand.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// TIMEX3 value.
    pub value: String,
    /// The date; none for what names no point of the calendar.
    pub date: Option<Edtf>,
    /// The place in the calendar, for later expressions to count from.
    pub point: Option<Point>,
    /// The time of day.
    pub clock: Option<Clock>,
    /// What it was counted from.
    pub anchor: From,
    /// How what was open was chosen.
    pub choice: Choice,
    /// A count of weeks, months or years is never exact.
    pub about: bool,
}

impl Outcome {
    fn new(value: String, anchor: From, choice: Choice) -> Outcome {
        Outcome { value, date: None, point: None, clock: None, anchor, choice, about: false }
    }

    fn at(point: Point, anchor: From, choice: Choice) -> Outcome {
        Outcome { date: point.edtf(), point: Some(point), ..Outcome::new(value::point(&point), anchor, choice) }
    }

    fn open(meaning: &Meaning) -> Outcome {
        Outcome::new(value::open(meaning), From::Nothing, Choice::Open)
    }
}

/// Places an expression.
pub fn place(lang: &Language, context: &Context, timex: &Timex, _text: &str) -> Outcome {
    // "by February", "until mid-November" look ahead whatever the verb says; weekdays do not (measured).
    let lead = timex.lead.as_ref().map(|l| l.kind);
    let named = matches!(&timex.meaning, Meaning::Fields(f) if f.part.is_some());
    let outlook = if named && matches!(lead, Some(LeadKind::By | LeadKind::Until)) { Some(Direction::Ahead) } else { timex.outlook };
    meaning(lang, &Context { outlook, ..*context }, &timex.meaning)
}

fn meaning(lang: &Language, context: &Context, said: &Meaning) -> Outcome {
    match said {
        Meaning::Fields(f) => fields(context, f).unwrap_or_else(|| Outcome::open(said)),
        Meaning::Unit { unit, offset } => units(context, *unit, *offset).unwrap_or_else(|| Outcome::open(said)),
        Meaning::Shift { quantity, unit, direction, from } => {
            shift(context, *quantity, *unit, *direction, *from).unwrap_or_else(|| Outcome::open(said))
        }
        Meaning::Decade(year) => {
            let year = match *year {
                YearSaid::Full(year) => year,
                YearSaid::TwoDigits(yy) => full_year(context, yy),
            };
            Outcome::at(Point::Decade(year.div_euclid(10) * 10), From::Words, Choice::AsStated)
        }
        Meaning::Century(number) => Outcome::at(Point::Century(number - 1), From::Words, Choice::AsStated),
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
        Meaning::Numeric { first, second, year } => numeric(context, *first, *second, *year).unwrap_or_else(|| Outcome::open(said)),
        Meaning::Definite { unit, years_back } => definite(context, *unit, *years_back).unwrap_or_else(|| Outcome::open(said)),
        Meaning::Holiday { holiday, year, direction } => named_day(lang, context, *holiday, *year, *direction).unwrap_or_else(|| Outcome::open(said)),
    }
}

fn full_year(context: &Context, yy: u8) -> i32 {
    // The century that brings the year nearest to the publication date; without one, 1950–2049.
    let near = context.dct.or(context.coarse).map_or(1999, |d| d.year());
    let year = near.div_euclid(100) * 100 + i32::from(yy);
    [year - 100, year, year + 100].into_iter().min_by_key(|y| (y - near).abs()).unwrap_or(year)
}

fn fields(context: &Context, f: &Fields) -> Option<Outcome> {
    if f.week == Some(2) {
        let day = fields(context, &Fields { week: None, ..*f })?;
        return Some(Outcome::at(Point::Week(Point::monday(day.point?.first()?)), day.anchor, day.choice));
    }
    let year = f.year.map(|y| match y {
        YearSaid::Full(year) => year,
        YearSaid::TwoDigits(yy) => full_year(context, yy),
    });
    match (year, f.part, f.day) {
        (Some(year), Some(month), Some(day)) => {
            let day = NaiveDate::from_ymd_opt(year, u32::from(month), u32::from(day))?;
            Some(Outcome::at(Point::Day(day), From::Words, Choice::AsStated))
        }
        (Some(year), Some(part), None) => Some(Outcome::at(part_of(year, part), From::Words, Choice::AsStated)),
        (Some(year), None, _) => Some(Outcome::at(Point::Year(year), From::Words, Choice::AsStated)),
        (None, Some(month), Some(day)) => month_day(context, u32::from(month), u32::from(day), f.direction),
        (None, Some(part), None) => part_alone(context, part, f.direction),
        (None, None, Some(day)) => day_alone(context, u32::from(day), f.weekday),
        (None, None, None) if f.week == Some(1) => {
            let week = Point::Week(Point::monday(context.dct?)).step(match f.direction {
                Some(Direction::Back) => -1,
                Some(Direction::Ahead) => 1,
                _ => 0,
            })?;
            let day = add_days(week.first()?, i64::from(f.weekday?.num_days_from_monday()))?;
            Some(Outcome::at(Point::Day(day), From::Published, Choice::UnitBefore))
        }
        (None, None, None) => weekday(context, f.weekday?, f.direction),
    }
}

fn part_of(year: i32, part: u8) -> Point {
    match part {
        1..=12 => Point::Month(year, u32::from(part)),
        _ => Point::Part(year, u32::from(part)),
    }
}

// The year nearest to the publication date: right in 94.6% of month-days in news.
fn month_day(context: &Context, month: u32, day: u32, direction: Option<Direction>) -> Option<Outcome> {
    let near = context.dct.or(context.coarse)?;
    let years = [near.year() - 1, near.year(), near.year() + 1];
    let (years, choice) = of_year(near.year(), &years, direction);
    let day = years
        .iter()
        .filter_map(|y| NaiveDate::from_ymd_opt(*y, month, day))
        .filter(|d| context.outlook == Some(Direction::Ahead) || years.len() == 1 || (*d - near).num_days() <= DAYS_AHEAD)
        .min_by_key(|d| (*d - near).num_days().abs())
        // 29 February: the nearest leap year
        .or_else(|| (near.year() - 4..=near.year() + 4).filter_map(|y| NaiveDate::from_ymd_opt(y, month, day)).min_by_key(|d| (*d - near).num_days().abs()))?;
    Some(Outcome::at(Point::Day(day), From::Published, choice))
}

// "the 9th", "Monday the 9th": the nearest such day, on the weekday when one is said.
fn day_alone(context: &Context, day: u32, weekday: Option<Weekday>) -> Option<Outcome> {
    let near = context.dct?;
    let months = (-6..=6).filter_map(|m| Point::Month(near.year(), near.month()).step(m));
    let days = months.filter_map(|p| match p {
        Point::Month(y, m) => NaiveDate::from_ymd_opt(y, m, day),
        _ => None,
    });
    let fits = days.filter(|d| weekday.is_none_or(|w| d.weekday() == w));
    let day = fits.min_by_key(|d| (*d - near).num_days().abs())?;
    Some(Outcome::at(Point::Day(day), From::Published, Choice::NearestYear))
}

fn of_year(anchor: i32, years: &[i32; 3], direction: Option<Direction>) -> (Vec<i32>, Choice) {
    match direction {
        Some(Direction::Back) => (vec![anchor - 1], Choice::UnitBefore),
        Some(Direction::Here) => (vec![anchor], Choice::UnitOfAnchor),
        Some(Direction::Ahead) => (vec![anchor + 1], Choice::UnitAfter),
        None => (years.to_vec(), Choice::NearestYear),
    }
}

// A month, season or quarter: the nearest; "last" the one before, "next" the one after the anchor's day.
fn part_alone(context: &Context, part: u8, direction: Option<Direction>) -> Option<Outcome> {
    let near = context.dct.or(context.coarse)?;
    let candidates = (near.year() - 2..=near.year() + 2).map(|y| part_of(y, part));
    let distance = |p: &Point| -> Option<i64> {
        let edtf = p.edtf()?;
        let (first, last) = (edtf.first_day()?, edtf.last_day()?);
        // Negative before, zero around, positive after the anchor.
        Some(if last < near { (last - near).num_days() } else if first > near { (first - near).num_days() } else { 0 })
    };
    let with = candidates.filter_map(|p| Some((p, distance(&p)?)));
    let (point, choice) = match direction {
        Some(Direction::Back) => (with.filter(|c| c.1 < 0).max_by_key(|c| c.1)?.0, Choice::UnitBefore),
        Some(Direction::Ahead) => (with.filter(|c| c.1 > 0).min_by_key(|c| c.1)?.0, Choice::UnitAfter),
        Some(Direction::Here) => (part_of(near.year(), part), Choice::UnitOfAnchor),
        None => {
            let ahead = context.outlook == Some(Direction::Ahead);
            let reach = match context.outlook {
                _ if part > 12 => MONTHS_AHEAD,
                Some(Direction::Ahead) => 366,
                Some(_) => 0,
                None => MONTHS_AHEAD,
            };
            let likely = with.filter(|c| c.1 <= reach).min_by_key(|c| if ahead && c.1 < 0 { 400 - c.1 } else { c.1.abs() })?;
            (likely.0, Choice::NearestYear)
        }
    };
    Some(Outcome::at(point, From::Published, choice))
}

// A bare weekday is the most recent one including the publication day: right in 91.0% in news.
fn weekday(context: &Context, weekday: Weekday, direction: Option<Direction>) -> Option<Outcome> {
    let dct = context.dct?;
    let (day, choice) = match direction {
        None if context.outlook == Some(Direction::Ahead) => (weekday_on_or_after(dct.succ_opt()?, weekday)?, Choice::NextWeekday),
        None => (weekday_on_or_before(dct, weekday)?, Choice::MostRecentWeekday),
        Some(Direction::Back) => (weekday_on_or_before(dct.pred_opt()?, weekday)?, Choice::WeekdayBefore),
        Some(Direction::Ahead) => (weekday_on_or_after(dct.succ_opt()?, weekday)?, Choice::NextWeekday),
        Some(Direction::Here) => {
            let monday = Point::monday(dct);
            (add_days(monday, i64::from(weekday.num_days_from_monday()))?, Choice::UnitOfAnchor)
        }
    };
    Some(Outcome::at(Point::Day(day), From::Published, choice))
}

fn units(context: &Context, unit: Unit, offset: i32) -> Option<Outcome> {
    let coarse = matches!(unit, Unit::Year | Unit::Decade | Unit::Century);
    let near = context.dct.or(if coarse { context.coarse } else { None })?;
    let point = Point::holding(near, unit).step(offset)?;
    let choice = match (unit, offset) {
        (Unit::Day, _) => Choice::CountedFromAnchor,
        (_, ..0) => Choice::UnitBefore,
        (_, 0) => Choice::UnitOfAnchor,
        (_, 1..) => Choice::UnitAfter,
    };
    Some(Outcome::at(point, From::Published, choice))
}

// "The quarter" is the one told last; where none was told, the last one that had ended.
fn definite(context: &Context, unit: Unit, years_back: u8) -> Option<Outcome> {
    let told = if matches!(unit, Unit::Quarter | Unit::Half) {
        context.period
    } else {
        context.previous.filter(|(_, p)| matches!((p, unit), (Point::Year(_), Unit::Year) | (Point::Month(..), Unit::Month)))
    };
    let (point, anchor, choice) = match (told, context.dct) {
        (Some((index, point)), _) => (point, From::Previous(index, point), Choice::SameAsAnchor),
        (None, Some(dct)) => {
            let now = Point::holding(dct, unit);
            let ended = matches!(unit, Unit::Quarter | Unit::Half | Unit::Weekend);
            (if ended { now.step(-1)? } else { now }, From::Published, if ended { Choice::UnitBefore } else { Choice::UnitOfAnchor })
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

fn named_day(lang: &Language, context: &Context, holiday: u8, year: Option<YearSaid>, direction: Option<Direction>) -> Option<Outcome> {
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
    if let (Some((index, period)), Unit::Year, Quantity::Milli(1000), Direction::Back) = (context.period, unit, quantity, direction) {
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
        (Point::Month(..), Unit::Year) if from == ShiftFrom::Previous && direction != Direction::Here => Point::Month(day.year(), day.month()),
        (Point::Part(_, code), Unit::Year) if from == ShiftFrom::Previous && direction != Direction::Here => Point::Part(day.year(), code),
        _ => Point::holding(day, grain),
    };
    let counted = !matches!(unit, Unit::Second | Unit::Minute | Unit::Hour | Unit::Day) && direction != Direction::Here;
    Some(Outcome { about: counted && from == ShiftFrom::Published, ..Outcome::at(point, anchor, choice) })
}

fn at(lang: &Language, context: &Context, clock: &Clock, inner: Option<&Meaning>) -> Outcome {
    let mut outcome = match inner {
        Some(inner) => meaning(lang, context, inner),
        None => match (context.previous, context.dct) {
            (Some((index, point @ Point::Day(_))), _) => Outcome::at(point, From::Previous(index, point), Choice::SameAsAnchor),
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

// Day and month are told apart by their size; where both could be either, the site's order decides.
fn numeric(context: &Context, first: u8, second: u8, year: Option<YearSaid>) -> Option<Outcome> {
    let (month, day) = match (first, second) {
        (13.., _) => (second, first),
        (_, 13..) => (first, second),
        _ if first == second => (first, second),
        _ => {
            let year = match year? {
                YearSaid::Full(year) => year,
                YearSaid::TwoDigits(yy) => full_year(context, yy),
            };
            let either = |m: u8, d: u8| NaiveDate::from_ymd_opt(year, u32::from(m), u32::from(d)).map(Edtf::day);
            let dates: Vec<Edtf> = [either(first, second), either(second, first)].into_iter().flatten().collect();
            return Some(Outcome { date: Some(Edtf::one_of(dates)), ..Outcome::new(format!("{year:04}-XX-XX"), From::Words, Choice::Open) });
        }
    };
    fields(context, &Fields { year, part: Some(month), day: Some(day), ..Fields::default() })
}
