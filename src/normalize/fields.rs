//! Fields of the calendar → the day, month or year they mean.

use super::context::{Context, From, Outcome};
use super::point::{Point, add_days, weekday_on_or_after, weekday_on_or_before};
use super::story::year_of_month;
use crate::model::{Choice, Direction, Edtf, Fields, Unit, YearSaid};
use chrono::{Datelike, NaiveDate, Weekday};

/// A month without a verb that tells is looked for so many days ahead (48 of 53 right; nearest: 38).
const MONTHS_AHEAD: i64 = 62;
/// Beside a verb of the past it is looked for no farther ahead than this.
const MONTHS_AHEAD_TOLD: i64 = 20;
/// The figures of a quarter are told within so many days.
const FIGURES_WITHIN: i64 = 92;
/// A weekday falls on a day of a month again after six years at most, but for leap days.
const YEARS_OF_WEEKDAY: i32 = 6;
/// A day of a month without a verb of the future is looked for so many days ahead.
const DAYS_AHEAD: i64 = 150;
/// Beside a verb of the past it is looked for no farther ahead than this.
const DAYS_AHEAD_TOLD: i64 = 75;

/// What is told of years ago goes on for so many days at most from one date to the next.
const DAYS_ON: i64 = 92;
/// … and comes back by so many.
const DAYS_AGAIN: i64 = 14;

/// Two digits name a year up to so many years ahead, else one gone by: "'68" in 2022 is 1968.
const YEARS_AHEAD: i32 = 15;

/// Gives the year of two digits in the century that brings it nearest to the publication date, rather before it.
pub fn full_year(context: &Context, yy: u8) -> i32 {
    // Without a publication date: 1950–2049.
    let near = context.dct.or(context.coarse).map_or(1999, |d| d.year());
    let year = near.div_euclid(100) * 100 + i32::from(yy);
    [year + 100, year, year - 100].into_iter().find(|y| y - near <= YEARS_AHEAD).unwrap_or(year)
}

/// Places fields of the calendar.
pub fn fields(context: &Context, f: &Fields) -> Option<Outcome> {
    if f.told {
        return told(context, f);
    }
    if f.whole_week {
        let day = fields(context, &Fields { whole_week: false, ..*f })?;
        return Some(Outcome::at(Point::Week(Point::monday(day.point?.first()?)), day.anchor, day.choice));
    }
    let year = f.year.map(|y| match y {
        YearSaid::Full(year) => year,
        YearSaid::TwoDigits(yy) => full_year(context, yy),
    });
    match (year, f.part, f.day) {
        (Some(year), Some(month), Some(day)) => {
            let day = NaiveDate::from_ymd_opt(year, u32::from(month), u32::from(day))?;
            let outcome = Outcome::at(Point::Day(day), From::Words, Choice::AsStated);
            // "Friday, Jan. 3, 2019" was a Thursday: one of the two is wrong, and nobody says which.
            let doubtful = f.weekday.is_some_and(|w| w != day.weekday());
            Some(Outcome { date: outcome.date.map(|d| if doubtful { d.uncertain() } else { d }), ..outcome })
        }
        (Some(year), Some(part), None) => Some(Outcome::at(part_of(year, part), From::Words, Choice::AsStated)),
        (Some(year), None, _) => Some(Outcome::at(Point::Year(year), From::Words, Choice::AsStated)),
        (None, Some(month), Some(day)) => month_day(context, u32::from(month), u32::from(day), f),
        (None, Some(part), None) if f.of == Some(Unit::Year) && f.direction.is_some() => {
            let (near, anchor) = context.near(Unit::Year)?;
            let year = near.year() + f.direction.map_or(0, Direction::sign);
            Some(Outcome::at(part_of(year, part), anchor, Choice::UnitBefore))
        }
        (None, Some(part @ ..=24), None) if f.of == Some(Unit::Year) => of_that_year(context, part),
        (None, Some(part), None) => part_alone(context, part, f.direction),
        (None, None, Some(day)) if f.of == Some(Unit::Month) && f.direction.is_some() => {
            // "the 15th of next month"
            let (near, anchor) = context.near(Unit::Month)?;
            let month = Point::holding(near, Unit::Month).step(f.direction.map_or(0, Direction::sign))?;
            let Point::Month(year, month) = month else { return None };
            let day = NaiveDate::from_ymd_opt(year, month, u32::from(day))?;
            Some(Outcome::at(Point::Day(day), anchor, Choice::UnitOfAnchor))
        }
        (None, None, Some(day)) => day_alone(context, u32::from(day), f.weekday),
        (None, None, None) if f.of == Some(Unit::Week) => {
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

// "That summer", "the following Monday", "June of the same year": from the date told last, whatever the domain.
fn told(context: &Context, f: &Fields) -> Option<Outcome> {
    let context = Context { narrative: true, ..*context };
    let plain = Fields { told: false, ..*f };
    match (f.of, context.told(Unit::Year)) {
        (Some(Unit::Year), Some((day, anchor))) => {
            let year = day.year() + f.direction.map_or(0, Direction::sign);
            let plain = Fields { year: Some(YearSaid::Full(year)), direction: None, of: None, ..plain };
            Some(Outcome { anchor, choice: Choice::SameAsAnchor, ..fields(&context, &plain)? })
        }
        _ => fields(&context, &plain),
    }
}

fn part_of(year: i32, part: u8) -> Point {
    match part {
        1..=12 => Point::Month(year, u32::from(part)),
        _ => Point::Part(year, u32::from(part)),
    }
}

// "December of that year": of the year told last, in news too.
fn of_that_year(context: &Context, part: u8) -> Option<Outcome> {
    let (near, anchor) = match (context.told(Unit::Year), context.previous) {
        (Some(told), _) => told,
        (None, Some((index, point))) => (point.first()?, From::Previous(index, point)),
        (None, None) => return None,
    };
    Some(Outcome::at(part_of(near.year(), part), anchor, Choice::SameAsAnchor))
}

// The year nearest to the publication date: right in 94.6% of month-days in news.
fn month_day(context: &Context, month: u32, day: u32, f: &Fields) -> Option<Outcome> {
    let direction = f.direction;
    if let (Some(beside), None) = (context.beside, direction) {
        let day = NaiveDate::from_ymd_opt(beside.of_month(month), month, day)?;
        return Some(Outcome::at(Point::Day(day), beside.from, Choice::SameAsAnchor));
    }
    if let (Some((index, line)), None, false) = (context.line, direction, context.narrative) {
        let year = year_of_month(line, month, context.next_year);
        let day = NaiveDate::from_ymd_opt(year, month, day)?;
        return Some(Outcome::at(Point::Day(day), From::Previous(index, Point::Day(line)), Choice::SameAsAnchor));
    }
    // News that looks back goes on for a while: "on October 23, 1956 … Nagy was named on October 24".
    if let (Some((index, back)), None) = (context.back.filter(|_| context.outlook != Some(Direction::Ahead)), direction)
    {
        let of = |year: i32| NaiveDate::from_ymd_opt(year, month, day);
        let near = |d: &NaiveDate| (-DAYS_AGAIN..=DAYS_ON).contains(&(*d - back).num_days());
        if let Some(day) = [of(back.year()), of(back.year() + 1)].into_iter().flatten().find(near) {
            return Some(Outcome::at(Point::Day(day), From::Previous(index, Point::Day(back)), Choice::SameAsAnchor));
        }
    }
    if let (Some((told, anchor)), None) = (context.told(Unit::Year), direction) {
        // "24 June" of a war told to have begun on 24 June 1812 is that day, when the story has not come past it.
        let in_full = context.in_full.filter(|y| NaiveDate::from_ymd_opt(*y, month, day).is_some_and(|d| d >= told));
        let year = in_full.unwrap_or_else(|| {
            if context.flashback { told.year() } else { year_of_month(told, month, context.next_year) }
        });
        let day_of = |year: i32| NaiveDate::from_ymd_opt(year, month, day);
        // A weekday beside it names the year better: the story may have gone on into the next.
        let on_weekday = |year: &i32| f.weekday.is_none_or(|w| day_of(*year).is_some_and(|d| d.weekday() == w));
        return Some(match [year, year + 1, year - 1].into_iter().find(on_weekday) {
            Some(by) if by != year => Outcome::at(Point::Day(day_of(by)?), anchor, Choice::ByWeekday),
            _ => Outcome::at(Point::Day(day_of(year)?), anchor, Choice::SameAsAnchor),
        });
    }
    let near = context.dct.or(context.coarse).filter(|_| !context.narrative)?;
    let years = [near.year() - 1, near.year(), near.year() + 1];
    // "last Oct. 23" is the one before, "Oct. 23 last year" the one of that year.
    let beside = years.iter().filter_map(|y| NaiveDate::from_ymd_opt(*y, month, day));
    match direction.filter(|_| f.of.is_none()) {
        Some(Direction::Back) => {
            let day = beside.filter(|d| *d < near).max()?;
            return Some(Outcome::at(Point::Day(day), From::Published, Choice::UnitBefore));
        }
        Some(Direction::Ahead) => {
            let day = beside.filter(|d| *d > near).min()?;
            return Some(Outcome::at(Point::Day(day), From::Published, Choice::UnitAfter));
        }
        _ => {}
    }
    let (years, choice) = of_year(near.year(), &years, direction);
    let day = years
        .iter()
        .filter_map(|y| NaiveDate::from_ymd_opt(*y, month, day))
        .filter(|d| {
            let reach = if context.outlook == Some(Direction::Back) { DAYS_AHEAD_TOLD } else { DAYS_AHEAD };
            context.outlook == Some(Direction::Ahead) || years.len() == 1 || (*d - near).num_days() <= reach
        })
        .min_by_key(|d| (*d - near).num_days().abs())
        // 29 February: the nearest leap year
        .or_else(|| {
            (near.year() - 4..=near.year() + 4)
                .filter_map(|y| NaiveDate::from_ymd_opt(y, month, day))
                .min_by_key(|d| (*d - near).num_days().abs())
        })?;
    // A weekday beside it names the year better than nearness does: "Tuesday, March 6" was in 2018.
    let on_weekday = f.weekday.filter(|w| *w != day.weekday()).map(|weekday| {
        (near.year() - YEARS_OF_WEEKDAY..=near.year() + 1)
            .filter_map(|y| NaiveDate::from_ymd_opt(y, month, day.day()))
            .filter(|d| d.weekday() == weekday && direction.is_none())
            .min_by_key(|d| (*d - near).num_days().abs())
    });
    let nearest =
        |d: NaiveDate| years.iter().filter_map(|y| d.with_year(*y)).all(|o| (o - near).abs() >= (d - near).abs());
    match on_weekday {
        Some(Some(day)) => Some(Outcome::at(Point::Day(day), From::Published, Choice::ByWeekday)),
        _ => {
            let choice = if choice == Choice::NearestYear && !nearest(day) { Choice::ByVerb } else { choice };
            let outcome = Outcome::at(Point::Day(day), From::Published, choice);
            let doubtful = on_weekday.is_some();
            Some(Outcome { date: outcome.date.map(|d| if doubtful { d.uncertain() } else { d }), ..outcome })
        }
    }
}

// "the 9th", "Monday the 9th": the nearest such day, on the weekday when one is said.
fn day_alone(context: &Context, day: u32, weekday: Option<Weekday>) -> Option<Outcome> {
    let (near, anchor) = context.near(Unit::Month)?;
    if let From::Previous(..) = anchor
        && weekday.is_none()
    {
        let day = NaiveDate::from_ymd_opt(near.year(), near.month(), day)?;
        return Some(Outcome::at(Point::Day(day), anchor, Choice::SameAsAnchor));
    }
    let months = (-6..=6).filter_map(|m| Point::Month(near.year(), near.month()).step(m));
    let days = months.filter_map(|p| match p {
        Point::Month(y, m) => NaiveDate::from_ymd_opt(y, m, day),
        _ => None,
    });
    let fits = days.filter(|d| weekday.is_none_or(|w| d.weekday() == w));
    // "completed on the 24th" is over by the day of writing.
    let over = anchor == From::Published && context.outlook == Some(Direction::Back);
    let fits = fits.filter(|d| !over || *d <= near);
    let day = fits.min_by_key(|d| (*d - near).num_days().abs())?;
    Some(Outcome::at(Point::Day(day), anchor, Choice::NearestYear))
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
    if let (Some(beside), None) = (context.beside, direction) {
        let year = if part <= 12 { beside.of_month(u32::from(part)) } else { beside.year };
        return Some(Outcome::at(part_of(year, part), beside.from, Choice::SameAsAnchor));
    }
    let (near, anchor) = context.near(Unit::Year)?;
    if let (From::Previous(_, told), None) = (anchor, direction) {
        let year = match part {
            ..=12 if context.flashback => near.year(),
            ..=12 => year_of_month(near, u32::from(part), context.next_year),
            // The winter in which a January lies began in the year before.
            24 if near.month() <= 2 && told.grain() <= Unit::Month => near.year() - 1,
            _ => near.year(),
        };
        return Some(Outcome::at(part_of(year, part), anchor, Choice::SameAsAnchor));
    }
    let candidates = (near.year() - 2..=near.year() + 2).map(|y| part_of(y, part));
    let distance = |p: &Point| -> Option<i64> {
        let (first, last) = (p.first()?, p.last()?);
        // Negative before, zero around, positive after the anchor.
        Some(if last < near {
            (last - near).num_days()
        } else if first > near {
            (first - near).num_days()
        } else {
            0
        })
    };
    let with = candidates.filter_map(|p| Some((p, distance(&p)?)));
    let (point, choice) = match direction {
        Some(Direction::Back) => {
            // In March "last February" is not last month, but in January "last December" is.
            let last_month = Point::Month(near.year(), near.month().saturating_sub(1));
            (with.filter(|c| c.1 < 0 && c.0 != last_month).max_by_key(|c| c.1)?.0, Choice::UnitBefore)
        }
        Some(Direction::Ahead) => (with.filter(|c| c.1 > 0).min_by_key(|c| c.1)?.0, Choice::UnitAfter),
        Some(Direction::Here) => (part_of(near.year(), part), Choice::UnitOfAnchor),
        None => {
            let ahead = context.outlook == Some(Direction::Ahead);
            let reach = match context.outlook {
                Some(Direction::Ahead) if part > 32 => 366,
                _ if part > 12 => MONTHS_AHEAD,
                Some(Direction::Ahead) => 366,
                Some(_) => MONTHS_AHEAD_TOLD,
                None => MONTHS_AHEAD,
            };
            let nearest = with.clone().map(|c| c.1.abs()).min();
            // Of a quarter that ended lately the figures are still to come.
            let lately = |days: i64| part > 32 && days >= -FIGURES_WITHIN;
            let passed = |days: i64| ahead && days < 0 && !lately(days);
            let likely =
                with.filter(|c| c.1 <= reach).min_by_key(|c| if passed(c.1) { 400 - c.1 } else { c.1.abs() })?;
            (likely.0, if Some(likely.1.abs()) == nearest { Choice::NearestYear } else { Choice::ByVerb })
        }
    };
    Some(Outcome::at(point, anchor, choice))
}

// A bare weekday is the most recent one including the publication day: right in 91.0% in news.
fn weekday(context: &Context, weekday: Weekday, direction: Option<Direction>) -> Option<Outcome> {
    if let (Some((told, anchor)), None) = (context.told(Unit::Week), direction) {
        // In a story a weekday is the one that comes up next.
        return Some(Outcome::at(Point::Day(weekday_on_or_after(told, weekday)?), anchor, Choice::NextWeekday));
    }
    let (dct, anchor) = context.near(Unit::Week).filter(|n| n.1 != From::Published || context.dct.is_some())?;
    let (day, choice) = match direction {
        None if context.outlook == Some(Direction::Ahead) => (weekday_on_or_after(dct, weekday)?, Choice::NextWeekday),
        None => (weekday_on_or_before(dct, weekday)?, Choice::MostRecentWeekday),
        Some(Direction::Back) => (weekday_on_or_before(dct.pred_opt()?, weekday)?, Choice::WeekdayBefore),
        Some(Direction::Ahead) => (weekday_on_or_after(dct.succ_opt()?, weekday)?, Choice::NextWeekday),
        Some(Direction::Here) => {
            let monday = Point::monday(dct);
            (add_days(monday, i64::from(weekday.num_days_from_monday()))?, Choice::UnitOfAnchor)
        }
    };
    Some(Outcome::at(Point::Day(day), anchor, choice))
}

/// Places a numeric date: day and month are told apart by their size; where both could be either, both stay open.
pub fn numeric(context: &Context, first: u8, second: u8, year: Option<YearSaid>) -> Option<Outcome> {
    let (month, day) = match (first, second) {
        (13.., _) => (second, first),
        (_, 13..) => (first, second),
        _ if first == second => (first, second),
        _ if let Some(order) = context.order => {
            let (month, day) = if order.month_first { (first, second) } else { (second, first) };
            let f = Fields { year, part: Some(month), day: Some(day), ..Fields::default() };
            return Some(Outcome { choice: order.by, ..fields(context, &f)? });
        }
        _ => {
            let year = match year? {
                YearSaid::Full(year) => year,
                YearSaid::TwoDigits(yy) => full_year(context, yy),
            };
            let either = |m: u8, d: u8| NaiveDate::from_ymd_opt(year, u32::from(m), u32::from(d)).map(Edtf::day);
            let dates: Vec<Edtf> = [either(first, second), either(second, first)].into_iter().flatten().collect();
            return Some(Outcome {
                date: Some(Edtf::one_of(dates)),
                ..Outcome::new(format!("{year:04}-XX-XX"), From::Words, Choice::Open)
            });
        }
    };
    fields(context, &Fields { year, part: Some(month), day: Some(day), ..Fields::default() })
}
