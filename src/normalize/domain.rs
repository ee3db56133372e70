//! News or narrative: from what a text counts its dates.

use crate::model::{Domain, Meaning, ShiftFrom, Timex, Unit, YearSaid};

/// How many explicit years well before publication make a history.
const FAR_YEARS: usize = 4;
/// A year so many before publication is far: news looks back too, but not far and not often.
const FAR: i32 = 2;
/// For each expression that news uses ("yesterday", "Friday", "three weeks ago", a date of the last two
/// years), a history has at least so many far years.
const FAR_PER_RECENT: usize = 8;

/// Tells whether a text is news or narrative, and by which counts.
pub fn domain(published: Option<i32>, timexes: &[Timex]) -> (Domain, Counts) {
    let mut counts = Counts::default();
    for timex in timexes {
        match &timex.meaning {
            Meaning::Fields(f) => match f.year {
                Some(YearSaid::Full(year)) if published.is_none_or(|p| year <= p - FAR) => counts.far += 1,
                Some(_) => counts.recent += 1,
                None if f.weekday.is_some() && f.part.is_none() => counts.recent += 1,
                None => {}
            },
            Meaning::Unit { unit: Unit::Day | Unit::Week | Unit::Month | Unit::Year, .. } => counts.recent += 1,
            Meaning::Shift { from: ShiftFrom::Published, .. } | Meaning::Numeric { .. } => counts.recent += 1,
            Meaning::At(_, Some(inner)) => match &**inner {
                Meaning::Unit { .. } => counts.recent += 1,
                Meaning::Fields(f) if f.weekday.is_some() && f.part.is_none() && f.year.is_none() => counts.recent += 1,
                _ => {}
            },
            _ => {}
        }
    }
    let narrative = counts.far >= FAR_YEARS && counts.far >= counts.recent * FAR_PER_RECENT;
    (if narrative { Domain::Narrative } else { Domain::News }, counts)
}

/// What the decision was made by.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Years well before publication.
    pub far: usize,
    /// Expressions that news uses.
    pub recent: usize,
}
