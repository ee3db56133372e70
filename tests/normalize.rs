//! What expressions mean in their context: values and dates that a reader would check.

#![allow(clippy::disallowed_methods, clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test may touch files and fail

use dateline::lang::english;
use dateline::model::{Edtf, Resolved};
use dateline::normalize::{Hints, resolve_in};
use dateline::tag::tag;

fn read(dct: &str, hints: Hints<'_>, text: &str) -> Vec<Resolved> {
    let dct = (!dct.is_empty()).then(|| Edtf::parse(dct).unwrap());
    resolve_in(english(), dct.as_ref(), hints, text, &tag(english(), text))
}

/// Finds the expression, gives its value and its date.
#[track_caller]
fn dated(dct: &str, hints: Hints<'_>, text: &str, words: &str) -> (String, String) {
    let all = read(dct, hints, text);
    let found = all.iter().find(|r| &text[r.timex.range.clone()] == words);
    let found = found.unwrap_or_else(|| {
        panic!("no {words:?} in {:?}", all.iter().map(|r| &text[r.timex.range.clone()]).collect::<Vec<_>>())
    });
    (found.value.clone(), found.date.as_ref().map(Edtf::to_string).unwrap_or_default())
}

#[track_caller]
fn news(text: &str, words: &str, value: &str, date: &str) {
    assert_eq!(dated("2022-01-19", Hints::default(), text, words), (value.to_owned(), date.to_owned()), "{text}");
}

#[test]
fn a_count_from_a_named_date_is_one_date() {
    for (text, words, value, date) in [
        ("He died thirteen days after March 5, 2019.", "thirteen days after March 5, 2019", "2019-03-18", "2019-03-18"),
        ("It rained the day before Christmas 2020.", "the day before Christmas 2020", "2020-12-24", "2020-12-24"),
        ("Two weeks before the 4 July 2014 vote", "Two weeks before the 4 July 2014", "2014-06-20", "2014-06-20~"),
        ("He left three months after May 2019.", "three months after May 2019", "2019-08", "2019-08"),
        ("They meet a week from Friday.", "a week from Friday", "2022-01-28", "2022-01-28"),
        (
            "It was twenty-five days after 1 March 2021",
            "twenty-five days after 1 March 2021",
            "2021-03-26",
            "2021-03-26",
        ),
        ("It closed a year before 2014.", "a year before 2014", "2013", "2013"),
    ] {
        news(text, words, value, date);
    }
}

#[test]
fn a_length_before_a_date_stays_a_length() {
    news("He worked there for three years from 2009 to 2012.", "three years", "P3Y", "");
    news("They waited two days. After March 5 they left.", "two days", "P2D", "");
}

#[test]
fn no_date_is_finer_than_what_it_counts_from() {
    for (text, words, value, date) in [
        ("In 2019 the plant burned. Three days later the owner died.", "Three days later", "XXXX-XX-XX", ""),
        ("Around 5 May 2020 it rained. The next day it snowed.", "The next day", "2020-05-06", "2020-05-06~"),
        ("He left at least two days ago.", "at least two days ago", "2022-01-17", "2022-01-17~"),
        ("He filed no later than Jan. 9.", "Jan. 9", "2022-01-09", "../2022-01-09"),
        ("It will come not before May 2023.", "May 2023", "2023-05", "2023-05/.."),
    ] {
        news(text, words, value, date);
    }
}

#[test]
fn a_day_that_does_not_exist_is_no_date_and_no_part_of_one() {
    for text in
        ["The gate fell on 29 February 2018.", "The gate fell on Sept. 31, 2018.", "due on 31 April 2020 at noon"]
    {
        let found = read("2022-01-19", Hints::default(), text);
        assert!(found.iter().all(|r| !r.value.starts_with("20") || r.value.contains('T')), "{text}: {found:?}");
    }
}
