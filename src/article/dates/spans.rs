//! Dates that are spans of days: the days of an issue, and weeks.

use super::{Reading, Said, one};
use crate::lang::pages::head_words;
use chrono::{Datelike, Days, NaiveDate};

/// An issue is out for so many days at most.
const LONGEST_ISSUE: i64 = 31;

/// The days of an issue: "2–8 March 2019", "March 2-8, 2019", "28 February – 6 March 2019"; a month at most.
pub(super) fn span(text: &str) -> Option<Said> {
    let (first, last) = [" – ", "–", " - ", "-", " to "].iter().find_map(|mark| text.split_once(mark))?;
    let said = |text: &str| match one(text, None, false) {
        Reading::Date(said) => Some(said),
        _ => None,
    };
    let first_word = first.split_whitespace().next().unwrap_or_default();
    let last = said(last).filter(|last| last.month.is_some()).or_else(|| said(&format!("{first_word} {last}")))?;
    let (year, month, day) = (last.year?, last.month?, last.day?);
    let first = match first.trim().parse::<u32>() {
        Ok(day) => Said { month: Some(month), day: Some(day), ..Said::default() },
        Err(_) => said(first)?,
    };
    let from = (first.month?, first.day?);
    let days = (NaiveDate::from_ymd_opt(year, month, day)?
        - NaiveDate::from_ymd_opt(year - i32::from(from.0 > month), from.0, from.1)?)
    .num_days();
    let whole = first.year.is_none_or(|y| y == year) && (1..=LONGEST_ISSUE).contains(&days);
    whole.then_some(Said { year: Some(year), month: Some(from.0), day: Some(from.1), until: Some((month, day)) })
}

/// "Week ending 5 March 2022", "Week of February 27, 2022": seven days.
pub(super) fn week(text: &str, day_first: Option<bool>) -> Reading {
    let behind = |labels: &'static [String]| {
        let rests = labels.iter().filter_map(|label| {
            let rest = text.get(label.len()..).filter(|rest| rest.starts_with([' ', ':']))?;
            text.get(..label.len()).filter(|head| head.eq_ignore_ascii_case(label)).and(Some(rest))
        });
        rests.min_by_key(|rest| rest.len())
    };
    let words = head_words();
    let (rest, ends) = match (behind(&words.weeks_ending), behind(&words.weeks_beginning)) {
        (Some(rest), _) => (rest, true),
        (None, Some(rest)) => (rest, false),
        (None, None) => return Reading::Not,
    };
    let read = one(rest, day_first, false);
    let Reading::Date(Said { year: Some(year), month: Some(month), day: Some(day), until: None }) = read else {
        return if matches!(read, Reading::Date(_)) { Reading::Not } else { read };
    };
    let told = NaiveDate::from_ymd_opt(year, month, day);
    let days = if ends {
        told.and_then(|last| Some((last.checked_sub_days(Days::new(6))?, last)))
    } else {
        told.and_then(|first| Some((first, first.checked_add_days(Days::new(6))?)))
    };
    days.map_or(Reading::Not, |(first, last)| {
        let until = Some((last.month(), last.day()));
        Reading::Date(Said { year: Some(last.year()), month: Some(first.month()), day: Some(first.day()), until })
    })
}

#[cfg(test)]
mod tests {
    use super::super::read;
    use super::*;

    #[test]
    fn a_week_is_named_by_its_end_or_its_beginning() {
        for (text, expected) in [
            ("Week ending 5 March 2022", "2022-02-27/2022-03-05"),
            ("For the week ending Saturday, March 5, 2022", "2022-02-27/2022-03-05"),
            ("WEEK ENDING: 1 January 2022", "2021-12-26/2022-01-01"),
            ("Week of February 28, 2022", "2022-02-28/2022-03-06"),
            ("Week commencing 27 December 2021", "2021-12-27/2022-01-02"),
        ] {
            let Reading::Date(said) = read(text, None) else { panic!("{text}") };
            assert_eq!(said.edtf(None).unwrap().to_string(), expected, "{text}");
        }
        assert_eq!(read("Week ending 03/04/2022", None), Reading::Ambiguous);
        for text in ["Week ending March 2022", "Weekends 5 March 2022", "Week of 5 protests", "A week of March 5, 2022"]
        {
            assert!(!matches!(read(text, None), Reading::Date(_)), "{text}");
        }
    }
}
