//! How a date is explained to a reader: every way of finding one, in a sentence that can be checked.

#![allow(clippy::disallowed_methods, clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test may touch files and fail

use dateline::lang::interface::{Reading, interface};
use dateline::model::DateBasis;
use dateline::pipeline;

/// Explains the last expression of a text published on a day, or on one that was worked out.
fn why(text: &str, published: Option<&str>, basis: DateBasis) -> String {
    let day = published.map(|day| day.parse().unwrap());
    let all = pipeline::tag_text(text, day.as_ref(), dateline::normalize::Hints::default());
    let this = all.last().unwrap_or_else(|| panic!("no expression in `{text}`"));
    let basis = Some(basis);
    interface("en").why(Reading { text, basis, all: &all, this })
}

#[test]
fn each_way_of_finding_a_date_has_its_sentence() {
    for (text, sentence) in [
        ("It fell on 9 March 1999.", "The day is as stated."),
        ("It fell in March 1999.", "The month is as stated; the day is not."),
        ("It fell in 1999.", "The year is as stated; the month and day are not."),
        ("It fell in the 1980s.", "The time is as stated, and no finer."),
        ("It stood since 1904.", "The year is as stated; the month and day are not. “Since” leaves the end open."),
        (
            "It fell around Jan. 9.",
            "The article was published on Monday 17 January 2022; the text names no year, and 9 January 2022 is the nearest. “Around” makes it approximate.",
        ),
        (
            "It fell on Friday.",
            "The article was published on Monday 17 January 2022; the most recent Friday, counting that day, is 14 January 2022.",
        ),
        (
            "It fell last Thursday.",
            "The article was published on Monday 17 January 2022; the last Thursday before then is 13 January 2022.",
        ),
        (
            "It fell last week.",
            "The article was published on Monday 17 January 2022; “last week” is the calendar week before it, Monday 10 January to Sunday 16 January 2022.",
        ),
        (
            "It falls next year.",
            "The article was published on Monday 17 January 2022; “next year” is the calendar year after it, 2023.",
        ),
        (
            "It fell three days ago.",
            "The article was published on Monday 17 January 2022; counted from it, “three days ago” is Friday 14 January 2022.",
        ),
        (
            "It fell yesterday.",
            "The article was published on Monday 17 January 2022; counted from it, “yesterday” is Sunday 16 January 2022.",
        ),
        (
            "It rang on 9 March 1999 and fell two days later.",
            "The date told just before is Tuesday 9 March 1999 (“9 March 1999”); counted from it, “two days later” is Thursday 11 March 1999.",
        ),
        ("It took three days.", "A length of time, not a date."),
        ("It rings every six months.", "Something that recurs, not a date."),
    ] {
        assert_eq!(why(text, Some("2022-01-17"), DateBasis::Header), sentence, "{text}");
    }
}

#[test]
fn an_unknown_or_inferred_publication_day_is_said() {
    assert_eq!(
        why("It fell on Friday.", None, DateBasis::Header),
        "The article’s publication date is not known, so “Friday” names no day."
    );
    let said = why("It fell on Friday.", Some("2022-01-17/2022-01-19"), DateBasis::Inferred);
    assert_eq!(
        said,
        "The article’s own date is known only as 17–19 January 2022; the most recent Friday, counting that day, is 14 January 2022. That publication date is itself worked out, not stated."
    );
}
