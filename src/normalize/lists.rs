//! Weekdays in one breath run forward: "on Monday and Tuesday", said on a Monday, are those of the week before.

use super::point::{Point, add_days};
use super::value;
use crate::model::{Choice, Meaning, Resolved};

/// Moves the first of two weekdays joined by "and", "or", "to" or a dash to the week before, where it would
/// come after the second.
pub fn in_order(text: &str, all: &mut [Resolved]) {
    for i in (1..all.len()).rev() {
        let (Some(a), Some(b)) = (all.get(i - 1), all.get(i)) else { continue };
        let between = text.get(a.timex.range.end..b.timex.range.start).unwrap_or_default().trim();
        let joined =
            matches!(between, "and" | "or" | "to" | "through" | "until" | "," | "-" | "–" | "and on" | "or on");
        // The second may have been moved itself, for the sake of a third.
        let recent = |r: &Resolved| {
            matches!(r.choice, Choice::MostRecentWeekday | Choice::WeekdayBefore)
                && matches!(&r.timex.meaning, Meaning::Fields(f) if f.direction.is_none())
        };
        let days = a.date.as_ref().and_then(|d| d.first_day()).zip(b.date.as_ref().and_then(|d| d.first_day()));
        let Some((first, second)) = days.filter(|_| joined && recent(a) && recent(b)) else { continue };
        if first <= second {
            continue;
        }
        if let (Some(point), Some(a)) = (add_days(first, -7).map(Point::Day), all.get_mut(i - 1)) {
            a.value = value::point(&point);
            a.date = point.edtf();
            a.choice = Choice::WeekdayBefore;
        }
    }
}
