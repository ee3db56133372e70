//! News or narrative: from what a text counts its dates.

use crate::model::{Direction, Domain, Edtf, Fields, LeadKind, Meaning, ShiftFrom, Timex, Unit, YearSaid};
use chrono::{Datelike, NaiveDate};

/// How many years well before publication make a history …
const FAR_YEARS: usize = 4;
/// … or half as many where dates are counted from them, to so many in all …
const FAR_AND_COUNTED: usize = 7;
/// … for each year near it: what lies near is news, even told in full.
const FAR_PER_NEAR: usize = 2;
/// Without many such, so many dates told make a history of things not long gone.
const TOLD: usize = 15;
/// A year so many before publication is far: news looks back too, but not far and not often.
const FAR: i32 = 2;
/// For each expression that counts from the day of writing ("yesterday", "three weeks ago"), and half as many
/// for each bare day of the week, a history has more than so many years and dates counted from other dates
/// (22 histories: 5 to 27; 400 news articles with years: 4 at most).
const TOLD_PER_DEICTIC: usize = 5;

/// A short history tells its days on from its first date, so many days at most …
const ON: i64 = 92;
/// … or back from it: "on 3 July … two days before, on 1 July".
const AGAIN: i64 = 14;
/// News tells days that lie so near its own, gone by …
const NEWS_BACK: i64 = 75;
/// … or to come.
const NEWS_AHEAD: i64 = 30;

/// Tells whether a text is news or narrative, and by which counts.
pub fn domain(published: Option<&Edtf>, timexes: &[Timex]) -> (Domain, Counts) {
    let written = published.and_then(Edtf::first_day);
    let published = written.map(|d| d.year());
    let mut counts = Counts::default();
    for timex in timexes {
        // "Since 2009", "from 2011 to 2013" give the background of news as well.
        let background = timex.lead.as_ref().is_some_and(|l| matches!(l.kind, LeadKind::Since | LeadKind::To));
        if !background {
            count(&mut counts, published, &timex.meaning);
        }
    }
    let told = counts.far + counts.counted;
    let many = counts.far >= FAR_YEARS || 2 * counts.far >= FAR_YEARS && told >= FAR_AND_COUNTED;
    let far = many && counts.far >= FAR_PER_NEAR * counts.near;
    let now = 2 * counts.deictic + counts.weekdays;
    let narrative = (far && 2 * told > TOLD_PER_DEICTIC * now)
        || (told + counts.near >= TOLD && 2 * (told + counts.near) >= TOLD * now)
        || (now + counts.near == 0 && written.is_some_and(|day| short_history(day, timexes)));
    (if narrative { Domain::Narrative } else { Domain::News }, counts)
}

/// Tells whether a text in which nothing counts from its day of writing opens with a date of years before and
/// goes on from there: "The siege began on 18 May 1565. On 24 May …", "the war of 1982 … on 2 April … on 14 June".
fn short_history(written: NaiveDate, timexes: &[Timex]) -> bool {
    let mut dates = timexes.iter().filter_map(|t| Some((t, date_of(&t.meaning)?)));
    let Some((_, first)) = dates.next() else { return false };
    let Some(YearSaid::Full(year)) = first.year.filter(|_| counts_as_far(first, written.year())) else { return false };
    let mut rest = dates.filter(|(_, f)| f.year.is_none()).peekable();
    let in_year = |f: &Fields, year: i32| {
        let month = u32::from(f.part.filter(|p| *p <= 12)?);
        NaiveDate::from_ymd_opt(year, month, f.day.map_or(1, u32::from))
    };
    let days_from = |f: &Fields, from: NaiveDate| {
        let days = (from.year() - 1..=from.year() + 1).filter_map(|y| Some((in_year(f, y)? - from).num_days()));
        days.min_by_key(|days| days.abs())
    };
    // A planned day is one to come.
    if timexes.iter().any(|t| t.outlook == Some(Direction::Ahead) && date_of(&t.meaning).is_some()) {
        return false;
    }
    if let Some(opens) = in_year(first, year) {
        return rest
            .peek()
            .is_some_and(|(_, next)| days_from(next, opens).is_some_and(|days| (-AGAIN..=ON).contains(&days)));
    }
    let mut told = 0;
    for (_, date) in rest {
        if days_from(date, written).is_none_or(|days| (-NEWS_BACK..=NEWS_AHEAD).contains(&days)) {
            return false;
        }
        told += 1;
    }
    told >= 2
}

/// Gives the fields of an expression that names a year or a month.
fn date_of(said: &Meaning) -> Option<&Fields> {
    match said {
        Meaning::Fields(f) if f.year.is_some() || f.part.is_some() && f.direction.is_none() => Some(f),
        Meaning::At(_, Some(inner)) | Meaning::Range(inner, _) => date_of(inner),
        _ => None,
    }
}

fn counts_as_far(f: &Fields, written: i32) -> bool {
    matches!(f.year, Some(YearSaid::Full(year)) if year <= written - FAR)
}

fn count(counts: &mut Counts, published: Option<i32>, said: &Meaning) {
    match said {
        Meaning::Fields(f) => match f.year {
            Some(YearSaid::Full(year)) if published.is_none_or(|p| year <= p - FAR) => counts.far += 1,
            Some(_) => counts.near += 1,
            None if f.direction.is_some() && !f.told => counts.deictic += 1,
            None if f.weekday.is_some() && f.part.is_none() && f.day.is_none() => counts.weekdays += 1,
            None => {}
        },
        Meaning::Unit { unit: Unit::Day | Unit::Week | Unit::Month | Unit::Year, .. }
        | Meaning::Shift { from: ShiftFrom::Published, .. }
        | Meaning::Numeric { .. } => counts.deictic += 1,
        Meaning::Shift { from: ShiftFrom::Previous, .. } => counts.counted += 1,
        Meaning::At(_, Some(inner)) | Meaning::ShiftOf { base: inner, .. } | Meaning::Nth { base: inner, .. } => {
            count(counts, published, inner);
        }
        _ => {}
    }
}

/// What the decision was made by.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Years well before publication.
    pub far: usize,
    /// Other years in full.
    pub near: usize,
    /// Dates counted from another date: "two days later".
    pub counted: usize,
    /// Dates counted from the day of writing: "yesterday", "last week", "three years ago".
    pub deictic: usize,
    /// Bare days of the week.
    pub weekdays: usize,
}
