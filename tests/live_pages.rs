//! Posts of a live page: the day of each, and which of them tell an event.

#![allow(clippy::disallowed_methods, clippy::unwrap_used, clippy::expect_used)] // a test may touch files and fail

use dateline::config::Config;
use dateline::model::{RawArticle, RawFile};

/// Gives each mention as `date | quote`.
fn told(text: &str) -> Vec<String> {
    let file = RawFile { path: "content/live.md".to_owned(), bytes: text.as_bytes().to_vec() };
    let timeline = dateline::pipeline::timeline(&Config::default(), &[RawArticle { file, sidecar: None }]).0;
    let quote = |m: &dateline::model::Mention| timeline.articles[0].text[m.quote.clone()].replace('\n', " ");
    timeline.mentions.iter().map(|m| format!("{} | {}", m.date, quote(m))).collect()
}

fn page(posts: &str) -> Vec<String> {
    told(&format!("---\ntitle: Lock trial live\npublished: 2021-06-09\n---\n\n{posts}"))
}

#[test]
fn a_post_is_of_the_day_of_its_page_whatever_it_spoke_of_before() {
    let posts = "**9:05** Good morning.\n\n**9:40** The lock was shut on 3 May 2019.\n\n\
        **10:41** Ida Holm has resigned as harbour master.\n\n**11:15** Lunch.\n\n\
        **12:20** STRUCK OUT. The judge has thrown out the case.\n\n**13:00** Reaction is still coming in.";
    assert_eq!(
        page(posts),
        [
            "2019-05-03 | 9:40 The lock was shut on 3 May 2019.",
            "2021-06-09 | 10:41 Ida Holm has resigned as harbour master.",
            "2021-06-09 | 12:20 STRUCK OUT. The judge has thrown out the case.",
        ]
    );
}

#[test]
fn after_midnight_comes_the_next_day_in_either_order() {
    let posts = [
        "**22:10** The crew has left the lock.",
        "**23:30** The gate has given way.",
        "**00:20** Police have closed the quay.",
    ];
    let expected = ["2021-06-09 | 22:10 The crew", "2021-06-09 | 23:30 The gate", "2021-06-10 | 00:20 Police"];
    let down = page(&posts.join("\n\n"));
    let mut reversed = posts;
    reversed.reverse();
    let mut up = page(&reversed.join("\n\n"));
    up.reverse();
    for (told, expected) in down.iter().zip(expected).chain(up.iter().zip(expected)) {
        assert!(told.starts_with(expected), "{told}");
    }
    assert_eq!((down.len(), up.len()), (3, 3));
}

#[test]
fn headings_and_weekdays_say_the_day_of_posts() {
    let headed = "## Tuesday 8 June 2021\n\n**22:10** The crew has left the lock.\n\n**23:30** The gate has given way.\n\n\
        ## Wednesday 9 June 2021\n\n**06:20** Police have closed the quay.";
    let days: Vec<String> = page(headed).iter().map(|t| t[..10].to_owned()).collect();
    assert_eq!(days, ["2021-06-08", "2021-06-08", "2021-06-09"]);
    let said = "**1:20 a.m.** Police have closed the quay.\n\n**11:30 p.m. Tuesday** The gate has given way.\n\n\
        **10:10 p.m. Tuesday** The crew has left the lock.";
    let days: Vec<String> = page(said).iter().map(|t| t[..10].to_owned()).collect();
    assert_eq!(days, ["2021-06-09", "2021-06-08", "2021-06-08"]);
}

#[test]
fn what_tells_a_past_day_again_is_of_that_day() {
    let posts = "**9:05** Pilots reported a crack in the gate.\n\n**9:40** The harbour master closed the quay.\n\n\
        **10:41** The gate gave way and two boats sank.";
    let days = |intro: &str| -> Vec<String> {
        let told = page(&format!("{intro}\n\n{posts}"));
        told.iter().filter(|t| t.contains("| 9:40") || t.contains("| 10:41")).map(|t| t[..10].to_owned()).collect()
    };
    let past = ["2019-05-03", "2019-05-03"];
    assert_eq!(days("The lock broke on 3 May 2019. Here is how the day went, minute by minute."), past);
    assert_eq!(days("Two years after the flood of 3 May 2019, we have pieced together what happened."), past);
    // A court that sits today over what was then.
    let today = ["2021-06-09", "2021-06-09"];
    assert_eq!(days("Ida Holm is on trial over the flood of 3 May 2019. Follow it live."), today);
    assert_eq!(days("How the floods of 3 May 2019 and 4 June 2020 are judged, minute by minute."), today);
    assert_eq!(days("Here is the trial, minute by minute."), today);
}
