//! Which date dates what: sentences with months that are verbs elsewhere, with several dates, with dates that only compare.

#![allow(clippy::disallowed_methods, clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test may touch files and fail

mod support;

use dateline::model::Status;
use support::{article, tell};

/// Gives date, headline and status of each mention of a sentence written on Friday 3 June 2022.
fn read(sentence: &str) -> Vec<(String, String, Status)> {
    let told = tell(vec![article("content/a.txt", "A", Some("2022-06-03"), sentence)]);
    told.mentions.iter().map(|m| (m.date.to_string(), m.title.clone(), m.status)).collect()
}

fn happened(sentence: &str) -> Vec<(String, String)> {
    read(sentence)
        .into_iter()
        .filter(|(_, _, status)| *status == Status::Happened)
        .map(|(date, title, _)| (date, title))
        .collect()
}

#[track_caller]
fn tells(sentence: &str, want: &[(&str, &str)]) {
    let want: Vec<(String, String)> = want.iter().map(|&(d, t)| (d.to_owned(), t.to_owned())).collect();
    assert_eq!(happened(sentence), want, "{sentence}");
}

#[test]
fn the_month_of_may_is_no_possibility() {
    tells("The king died on 12 May, aged 90.", &[("2022-05-12", "The king died, aged 90")]);
    tells("The shop opened on May 7, 2011.", &[("2011-05-07", "The shop opened")]);
    tells("The shop opened in May.", &[("2022-05", "The shop opened")]);
    tells("The shop has been open since May 2011.", &[("2011-05/..", "The shop has been open")]);
    assert_eq!(read("The minister may resign on 12 May 2023.")[0].2, Status::Hypothetical);
}

#[test]
fn each_verb_keeps_its_own_date() {
    tells(
        "The strike began on Dec. 28 and ended on Jan. 2.",
        &[("2021-12-28", "The strike began"), ("2022-01-02", "The strike ended")],
    );
    tells(
        "The plant, which opened in 1999 and closed in 2004, is for sale.",
        &[("1999", "The plant opened"), ("2004", "The plant closed")],
    );
    tells(
        "The bridge opened in 1932, was closed in 1990 and reopened in 1995.",
        &[("1932", "The bridge opened"), ("1990", "The bridge was closed"), ("1995", "The bridge reopened")],
    );
    tells(
        "On Tuesday the mayor resigned and on Wednesday he was arrested.",
        &[("2022-05-31", "The mayor resigned"), ("2022-06-01", "He was arrested")],
    );
}

#[test]
fn what_is_put_in_about_the_subject_has_a_date_of_its_own() {
    tells(
        "The museum, founded in the late 1980s, shut on Tuesday.",
        &[("198X", "The museum, founded in the late 1980s"), ("2022-05-31", "The museum shut")],
    );
    tells(
        "Founded in 1920, the club moved to the harbour in 1965.",
        &[("1920", "The club, founded in 1920"), ("1965", "The club moved to the harbour")],
    );
    tells(
        "The vote was held in June 2021, two months after the minister quit in April 2021.",
        &[("2021-06", "The vote was held"), ("2021-04", "The minister quit")],
    );
}

#[test]
fn where_no_cut_is_safe_every_date_stays_with_its_verb() {
    for sentence in [
        "It had been open since 1999 and March 2004",
        "The unit met on Monday and Wednesday",
        "The minister was elected in 2010 and killed in 2011",
        "The firm has made boats since 1950 and cars since 1970",
        "The mine was open from 1950 to 1970",
        "The firm sold the ship built in 1990",
    ] {
        let titles: Vec<String> = read(&format!("{sentence}.")).into_iter().map(|m| m.1).collect();
        assert!(!titles.is_empty(), "{sentence}");
        for title in titles {
            // The first verb may stand alone with its date; nothing else may lose one.
            assert!(title == sentence || title == "The minister was elected", "{title}");
        }
    }
}

#[test]
fn what_is_denied_or_possible_elsewhere_in_the_sentence_stays_there() {
    tells("The deal, which might not close, was signed on Monday.", &[("2022-05-30", "The deal was signed")]);
    tells(
        "See https://example.org/does/not/break on 4 March 2019.",
        &[("2019-03-04", "See https://example.org/does/not/break")],
    );
    tells("The bank failed in 1929 but not in 1987.", &[("1929", "The bank failed")]);
}

#[test]
fn a_date_that_only_compares_tells_nothing() {
    for sentence in [
        "It was the first visit since Jan. 2014.",
        "The town saw the worst fire since 1910.",
        "Rents stand at the second-highest level since 2008.",
        "Such storms were not seen since 1953.",
        "Rents were higher than in 2008.",
    ] {
        tells(sentence, &[]);
    }
    let froze = happened("For the first time since 2003, the lake froze on 4 January 2022.");
    assert_eq!(froze.len(), 1);
    assert_eq!(froze[0].0, "2022-01-04");
    tells("The first bridge has been closed since 2014.", &[("2014/..", "The first bridge has been closed")]);
    tells("The forest has been closed since 2014.", &[("2014/..", "The forest has been closed")]);
}

#[test]
fn a_choice_between_dates_is_one_event() {
    tells("The unit left in 2013 or 2014.", &[("[2013,2014]", "The unit left")]);
    tells("The unit left in 2013 or in 2014.", &[("[2013,2014]", "The unit left")]);
    tells("The unit left on March 3 or 4, 2019.", &[("[2019-03-03,2019-03-04]", "The unit left")]);
}
