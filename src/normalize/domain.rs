//! News or narrative: from what a text counts its dates.

use crate::model::{Domain, Edtf, LeadKind, Meaning, ShiftFrom, Timex, Unit, YearSaid};
use chrono::Datelike;

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

/// Tells whether a text is news or narrative, and by which counts.
pub fn domain(published: Option<&Edtf>, timexes: &[Timex]) -> (Domain, Counts) {
    let published = published.and_then(Edtf::first_day).map(|d| d.year());
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
        || (told + counts.near >= TOLD && 2 * (told + counts.near) >= TOLD * now);
    (if narrative { Domain::Narrative } else { Domain::News }, counts)
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
