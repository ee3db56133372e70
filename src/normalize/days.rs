//! A publication date that is a span of days: each of them, and what all of them say.

use crate::model::Edtf;
use chrono::NaiveDate;

/// A publication date known to no more than so many days is still tried day by day.
const DAYS_TRIED: i64 = 31;

/// Gives the days that a publication date can be; none where they are too many to try.
pub fn candidate_days(dct: &Edtf) -> Vec<NaiveDate> {
    let (Some(first), Some(last)) = (dct.first_day(), dct.last_day()) else {
        return Vec::new();
    };
    if (last - first).num_days() >= DAYS_TRIED {
        return Vec::new();
    }
    first.iter_days().take_while(|d| *d <= last).collect()
}

/// Gives the span that holds two dates.
pub fn hull(a: &Edtf, b: &Edtf) -> Option<Edtf> {
    let first = a.first_day().zip(b.first_day()).map(|(a, b)| a.min(b));
    let last = a.last_day().zip(b.last_day()).map(|(a, b)| a.max(b));
    match (first, last) {
        (Some(first), Some(last)) => Some(Edtf::span(first, last)),
        (Some(first), None) => Some(Edtf::day(first).since()),
        (None, Some(last)) => Some(Edtf::day(last).until()),
        (None, None) => None,
    }
}
