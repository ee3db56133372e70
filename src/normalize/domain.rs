//! News or narrative: from what a text counts its dates.

use crate::model::{Domain, Edtf, Meaning, ShiftFrom, Timex, Unit, YearSaid};
use chrono::Datelike;

/// How many explicit years well before publication make a history.
const FAR_YEARS: usize = 4;
/// … or so many explicit years at all.
const YEARS: usize = 6;
/// A year so many before publication is far: news looks back too, but not far and not often.
const FAR: i32 = 2;
/// For each expression that counts from the day of writing ("yesterday", "Friday", "three weeks ago"),
/// a history has at least so many years and dates counted from other dates.
const TOLD_PER_DEICTIC: usize = 6;

/// Tells whether a text is news or narrative, and by which counts.
pub fn domain(published: Option<&Edtf>, timexes: &[Timex]) -> (Domain, Counts) {
    let published = published.and_then(Edtf::first_day).map(|d| d.year());
    let mut counts = Counts::default();
    for timex in timexes {
        count(&mut counts, published, &timex.meaning);
    }
    let told = counts.far + counts.near + counts.counted;
    let years = counts.far >= FAR_YEARS || counts.far + counts.near >= YEARS;
    let narrative = years && told >= counts.deictic * TOLD_PER_DEICTIC;
    (if narrative { Domain::Narrative } else { Domain::News }, counts)
}

fn count(counts: &mut Counts, published: Option<i32>, said: &Meaning) {
    match said {
        Meaning::Fields(f) => match f.year {
            Some(YearSaid::Full(year)) if published.is_none_or(|p| year <= p - FAR) => counts.far += 1,
            Some(_) => counts.near += 1,
            None if f.weekday.is_some() && f.part.is_none() && f.day.is_none() => counts.deictic += 1,
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
    /// Dates counted from the day of writing: "yesterday", "Friday".
    pub deictic: usize,
}
