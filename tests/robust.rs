//! Whatever the bytes: no panic, ranges that fit the text, the same answer twice, and time that grows with the text.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test may touch files and fail

use dateline::lang::english;
use dateline::model::{Domain, Edtf, Precision, Resolved, Unit};
use dateline::normalize::{Hints, resolve_in};
use dateline::tag::tag;
use proptest::prelude::*;
use std::time::{Duration, Instant};

/// What dates are made of, and what is like it.
const PIECES: [&str; 78] = [
    "Jan",
    "Jan.",
    "may",
    "May",
    "March",
    "december",
    "Sept. ",
    "Monday",
    "Sun",
    "tuesday",
    "1",
    "2",
    "9",
    "12",
    "31",
    "32",
    "99",
    "1999",
    "2019",
    "0000",
    "9999",
    "20220119",
    "'98",
    "1990s",
    "st",
    "th",
    "first",
    "second",
    "twenty",
    "-five",
    "thirty",
    "the",
    "a",
    "of",
    "in",
    "on",
    "at",
    "by",
    "until",
    "since",
    "from",
    "to",
    "between",
    "and",
    "last",
    "next",
    "this",
    "same",
    "that",
    "day",
    "days",
    "week",
    "month",
    "year",
    "years",
    "century",
    "quarter",
    "half",
    "ago",
    "later",
    "before",
    "after",
    "early",
    "late",
    "mid-",
    "night",
    "morning",
    "overnight",
    "a.m.",
    "GMT",
    "BC",
    "Christmas",
    "summer",
    "winter",
    "now",
    "today",
    "yesterday",
    "end",
];
const SIGNS: [&str; 22] = [
    " ", " ", " ", " ", " ", " ", "-", "–", "—", "/", ".", ", ", ":", "'", "’", "\u{a0}", "\n", "\n\n", "(", ")",
    "\u{301}", "$",
];

fn like_dates() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(PIECES.to_vec());
    let sign = prop::sample::select(SIGNS.to_vec());
    prop::collection::vec((piece, sign), 0..40).prop_map(|v| v.into_iter().flat_map(|(a, b)| [a, b]).collect())
}

fn written() -> impl Strategy<Value = Option<&'static str>> {
    prop::sample::select(vec![
        None,
        Some("2022-01-19"),
        Some("2020-02-29"),
        Some("0001-01-01"),
        Some("9999-12-31"),
        Some("2022-01"),
        Some("2022"),
        Some("199X"),
        Some("2022-01-17/2022-01-19"),
        Some("2022-01-19/.."),
    ])
}

fn read(text: &str, dct: Option<&str>, domain: Option<Domain>) -> Vec<Resolved> {
    let dct = dct.map(|d| Edtf::parse(d).unwrap());
    let hints = Hints { domain, language: Some("en"), publisher: None };
    resolve_in(english(), dct.as_ref(), hints, text, &tag(english(), text))
}

fn holds(text: &str, dct: Option<&str>) -> Result<(), TestCaseError> {
    for domain in [None, Some(Domain::News), Some(Domain::Narrative)] {
        let all = read(text, dct, domain);
        let mut end = 0;
        for found in &all {
            let range = found.timex.range.clone();
            prop_assert!(range.start >= end && range.start < range.end, "{range:?} in {text:?}");
            prop_assert!(text.get(range.clone()).is_some(), "{range:?} in {text:?}");
            prop_assert!(text.get(found.timex.marked()).is_some());
            end = range.end;
            if let Some(date) = &found.date {
                prop_assert!(Edtf::parse(&date.to_string()).is_ok(), "{date} for {:?}", &text[range.clone()]);
                let turned = date.first_day().zip(date.last_day()).is_some_and(|(first, last)| first > last);
                prop_assert!(!turned, "{date} for {:?}", &text[range]);
            }
        }
        prop_assert_eq!(&all, &read(text, dct, domain));
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read(text in "\\PC*", dct in written()) {
        holds(&text, dct)?;
    }

    #[test]
    fn any_bytes_are_read(bytes in prop::collection::vec(any::<u8>(), 0..300), dct in written()) {
        holds(&String::from_utf8_lossy(&bytes), dct)?;
    }

    #[test]
    fn anything_made_of_words_of_time_is_read(text in like_dates(), dct in written()) {
        holds(&text, dct)?;
    }

    // A bare month is no day, a bare year no month: in any text, beside any anchor.
    #[test]
    fn no_date_is_finer_than_its_words(before in like_dates(), dct in written(), domain in prop::option::of(Just(Domain::Narrative))) {
        for (words, finest) in [
            ("the spring of 2014", Unit::Season), ("October 1923", Unit::Month), ("1987", Unit::Year), ("three years ago", Unit::Year),
            ("last month", Unit::Month), ("next year", Unit::Year), ("two months later", Unit::Month), ("the 1960s", Unit::Decade),
            ("the 18th century", Unit::Century), ("April", Unit::Month), ("late 1942", Unit::Year), ("last week", Unit::Week),
        ] {
            let text = format!("{before}.\n\nIt was in {words}.");
            let at = text.len() - words.len() - 1;
            for found in read(&text, dct, domain).iter().filter(|f| f.timex.range.end > at) {
                if let Some(date) = &found.date {
                    prop_assert!(grain(date) >= finest, "{date} for {words} in {text:?}");
                }
            }
        }
    }
}

fn grain(date: &Edtf) -> Unit {
    match date.precision() {
        Precision::Day => Unit::Day,
        Precision::Week => Unit::Week,
        Precision::Month => Unit::Month,
        Precision::Season => Unit::Season,
        Precision::Quarter => Unit::Quarter,
        Precision::Year => Unit::Year,
        Precision::Decade => Unit::Decade,
        Precision::Century | Precision::Span => Unit::Century,
    }
}

fn time(text: &str) -> Duration {
    let run = || {
        let start = Instant::now();
        std::hint::black_box(read(text, Some("2022-01-19"), None));
        start.elapsed()
    };
    (0..3).map(|_| run()).min().unwrap()
}

#[test]
fn time_grows_with_the_text() {
    for unit in [
        "1",
        "Jan ",
        "the day before ",
        "1-",
        "\u{301}",
        "e\u{301}",
        "a ",
        "twenty-",
        "' ",
        "2019 ",
        "(",
        "half a ",
        "\n",
        "from 3 to ",
        "(1999 ",
        "1999) ",
        "a",
        ".",
        "“",
    ] {
        let (short, long) = (time(&unit.repeat(60_000 / unit.len())), time(&unit.repeat(240_000 / unit.len())));
        // Four times the text: quadratic time would be sixteen times as long.
        assert!(long < short * 9 + Duration::from_millis(300), "{unit:?}: {short:?}, then {long:?}");
    }
}
