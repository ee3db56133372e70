//! Dates in one breath: weekdays run forward ("on Monday and Tuesday", said on a Monday, are those of the week
//! before), days of one month are of one year.

use super::point::{Point, add_days};
use super::value;
use crate::model::{Choice, Fields, Meaning, Resolved};
use chrono::Datelike;

/// Keeps the days of one month that are told together in one year: "June 2, 9 and 23".
pub fn in_one_year(text: &str, all: &mut [Resolved]) {
    for i in 1..all.len() {
        let (Some(a), Some(b)) = (all.get(i - 1), all.get(i)) else { continue };
        let (Meaning::Fields(f), Meaning::Fields(g)) = (&a.timex.meaning, &b.timex.meaning) else { continue };
        let link = text.get(a.timex.range.end..b.timex.range.start).map(str::trim);
        let joined = matches!(link, Some("," | "and" | "or" | ", and" | ", or"));
        let open = |f: &Fields| f.year.is_none() && (f.day.is_some() || f.direction.is_none());
        // "in May or June"
        let months = f.day.is_none() && g.day.is_none() && f.part < g.part && g.part <= Some(12);
        let days_of_month = f.part == g.part && f.day.is_some() && f.day < g.day;
        let alike = f.part.is_some() && (months || days_of_month) && open(f) && open(g);
        let days = a.date.as_ref().and_then(|d| d.first_day()).zip(b.date.as_ref().and_then(|d| d.first_day()));
        let Some((first, second)) = days.filter(|_| joined && alike && (months || a.timex.rule == b.timex.rule)) else {
            continue;
        };
        let Some(day) = second.with_year(first.year()).filter(|d| *d != second) else { continue };
        let (choice, anchor) = (a.choice, a.anchor.clone());
        if let Some(b) = all.get_mut(i) {
            let point = if months { Point::Month(day.year(), day.month()) } else { Point::Day(day) };
            (b.value, b.date, b.choice, b.anchor) = (value::point(&point), point.edtf(), choice, anchor);
        }
    }
}

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
