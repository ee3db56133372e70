//! The publication day of an article that states none, from dates that it tells twice: "today, April 17".

#![allow(clippy::disallowed_methods, clippy::unwrap_used, clippy::expect_used)] // a test may touch files and fail

use dateline::config::Config;
use dateline::model::{RawArticle, RawFile};

const DATED: &str = "Council shuts quay after storm\n\nHarbour Post\nApril 11, 2022\n\n\
    The council of Harbourton shut the quay after a storm broke its northern wall, Mayor Ida Holm said in the town hall. \
    Divers searched the harbour for a missing pilot, Tom Poe, who left the lighthouse at night. Crews from Oslo put up \
    fences along the northern wall.";

/// The publication date of an article without one beside a dated article of its story, and how it was found.
fn inferred(told: &str) -> Option<(String, String)> {
    let text = format!(
        "Quay shut after storm\n\nHarbour Echo\n\nThe council of Harbourton shut the quay after a storm broke its \
         northern wall, Mayor Ida Holm said in the town hall. {told} Crews from Oslo put up fences along the northern wall."
    );
    found(&[("content/a.txt", DATED), ("content/b.txt", &text)])
}

/// The publication date of the last of some articles.
fn found(articles: &[(&str, &str)]) -> Option<(String, String)> {
    let raw = |(path, text): &(&str, &str)| {
        let file = RawFile { path: (*path).to_owned(), bytes: text.as_bytes().to_vec() };
        RawArticle { file, sidecar: None }
    };
    let files: Vec<RawArticle> = articles.iter().map(raw).collect();
    let timeline = dateline::pipeline::timeline(&Config::default(), &files).0;
    let published = timeline.articles.last().unwrap().published.clone()?;
    Some((published.date.to_string(), published.evidence))
}

fn day(told: &str) -> String {
    inferred(told).map(|(date, _)| date).unwrap_or_default()
}

#[test]
fn a_date_told_twice_fixes_the_day_of_writing() {
    for told in [
        "The storm came a week ago, on April 10.",
        "A vote is held today, April 17.",
        "A vote was held yesterday (16 April).",
        "A vote is due tomorrow, the 18th.",
        "Tomorrow — Monday, April 18 — a vote is due.",
        "On April 14, three days ago, a vote was held.",
        "A vote is held today, April 17, 2022.",
        "The storm came a week ago, on April 10. A vote is due tomorrow, April 18.",
        "A vote is due next Friday, April 22. A vote was held last night, April 16.",
    ] {
        assert_eq!(day(told), "2022-04-17", "{told}");
    }
}

#[test]
fn the_words_that_fix_it_are_told() {
    let (_, evidence) = inferred("The storm came a week ago, on April 10.").unwrap();
    assert!(evidence.contains("“a week ago, on April 10” are true on 2022-04-17 only"), "{evidence}");
}

#[test]
fn a_weekday_of_next_week_leaves_a_span() {
    let date = day("A vote is due next Tuesday, May 3, 2022.");
    let (first, last) = date.split_once('/').unwrap();
    assert!(("2022-04-19".."2022-05-03").contains(&first) && first < last && last < "2022-05-03", "{date}");
}

#[test]
fn what_fixes_nothing_leaves_what_the_story_says() {
    let plain = day("A vote was held.");
    assert_eq!(plain, "2022-04-11/2022-04-13");
    for told in [
        "“A vote is held today, April 17,” she said in a letter.",
        "A vote is due today or April 17.",
        "A vote is due from today to April 17.",
        "Votes are due tomorrow, April 17 and April 24.",
        "A vote was held about a week ago, on April 10.",
        "A vote was held yesterday. April 17 is a feast.",
        // These cannot both be so.
        "A vote is held today, April 17. A vote is due tomorrow, April 29.",
        "A vote is held today, the 17th day of the strike.",
    ] {
        assert_eq!(day(told), plain, "{told}");
    }
}

#[test]
fn with_a_year_it_holds_without_another_article() {
    let alone = |text: &str| found(&[("content/b.txt", text)]).map(|(date, _)| date);
    let text = "Baker wins prize\n\nThe baker won the prize of the guild today, April 20, 2022, in Eastquay.";
    assert_eq!(alone(text).as_deref(), Some("2022-04-20"));
    assert_eq!(alone(&text.replace(", 2022", "")), None);
    // What is told as done later was not written then.
    let later = format!("{text} The guild was closed on May 3, 2023.");
    assert_eq!(alone(&later), None);
}
