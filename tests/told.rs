//! What is told as happened, planned, denied or left open, and how many events a sentence makes: as `dateline events`
//! shows it.

#![allow(clippy::disallowed_methods, clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test may touch files and fail

use crate::common::sandbox;

use sandbox::Sandbox;
use serde_json::Value;

/// Gives dates and statuses of the events of a text published on Thursday 11 May 2017.
fn told(text: &str) -> Vec<String> {
    let page = format!("---\ntitle: A page\ndate: 2017-05-11\n---\n\n{text}\n");
    let site = Sandbox::of(&[("content/page.md", &page)]);
    let (code, json, err) = site.run(&["events", "--format", "json"]);
    assert_eq!(code, 0, "{text}: {err}");
    let json: Value = serde_json::from_str(&json).unwrap();
    let events = json["events"].as_array().unwrap();
    events.iter().map(|e| format!("{} {}", e["date"].as_str().unwrap(), e["status"].as_str().unwrap())).collect()
}

fn all(cases: &[(&str, &[&str])]) {
    for (text, wanted) in cases {
        assert_eq!(told(text), *wanted, "{text}");
    }
}

#[test]
fn what_is_denied_is_never_told_as_happened() {
    all(&[
        ("It is false that the governor sold the pier on Tuesday, her office said.", &["2017-05-09 denied"]),
        ("Rumours that the pier burned down on Tuesday are untrue.", &["2017-05-09 denied"]),
        ("There is no truth to reports that the pier was sold on Tuesday.", &["2017-05-09 denied"]),
        ("The governor dismissed as gossip claims that she quit on Tuesday.", &["2017-05-09 denied"]),
        ("Neither the governor nor the abbot opened the pier on Tuesday.", &["2017-05-09 denied"]),
        ("On Tuesday no ferries sailed.", &["2017-05-09 denied"]),
        ("The navy denied shelling the pier on Tuesday.", &["2017-05-09 denied"]),
        ("The governor denied wrongdoing on Tuesday.", &["2017-05-09 happened"]),
    ]);
}

#[test]
fn what_is_feared_or_undecided_is_left_open() {
    all(&[
        ("Fishermen feared that the pier had collapsed on Tuesday.", &["2017-05-09 hypothetical"]),
        ("The abbot must decide whether to sell the pier on Monday.", &["2017-05-15 hypothetical"]),
        ("There is no evidence that the pier was mined on Tuesday.", &["2017-05-09 hypothetical"]),
    ]);
}

#[test]
fn a_plan_given_up_did_not_come_to_pass() {
    all(&[
        ("The governor cancelled her visit planned for Saturday.", &["2017-05-13 denied"]),
        ("The regatta planned for Saturday was called off.", &["2017-05-13 denied"]),
        ("The regatta planned for Saturday went ahead on a lake.", &["2017-05-13 planned"]),
        (
            "On Tuesday the governor cancelled a visit planned for Saturday.",
            &["2017-05-09 happened", "2017-05-13 denied"],
        ),
        ("The regatta set for Saturday was postponed until June 2.", &["2017-05-13 denied", "2017-06-02 planned"]),
        ("The regatta was moved from May 13 to May 20.", &["2017-05-13 denied", "2017-05-20 planned"]),
    ]);
}

#[test]
fn an_agreement_is_reached_on_its_day() {
    all(&[
        ("Holm Lines agreed to buy the pier on Tuesday.", &["2017-05-09 happened"]),
        ("The sides agreed on Tuesday to meet again.", &["2017-05-09 happened"]),
        ("The sides agreed to meet again next week.", &["2017-05-15/2017-05-21 planned"]),
    ]);
}

#[test]
fn who_says_it_and_when_is_no_second_event() {
    all(&[
        ("The pier collapsed on Monday, the governor told reporters on Wednesday.", &["2017-05-08 happened"]),
        ("The pier is unsafe, the governor told reporters on Wednesday.", &["2017-05-10 happened"]),
    ]);
}

#[test]
fn two_days_of_one_happening_are_one_event() {
    all(&[
        ("The fleet withdrew overnight on May 2-3.", &["2017-05-02/2017-05-03 happened"]),
        ("The fleet withdrew overnight from Monday to Tuesday.", &["2017-05-08/2017-05-09 happened"]),
        ("In the night from Saturday to Sunday the pier collapsed.", &["2017-05-06/2017-05-07 happened"]),
        ("The ministers met on Friday and Saturday.", &["2017-05-05/2017-05-06 happened"]),
        (
            "On Friday the ministers met in Oslo and on Saturday they flew home.",
            &["2017-05-05 happened", "2017-05-06 happened"],
        ),
        ("The ministers met on Friday and, on Saturday, flew home.", &["2017-05-05 happened", "2017-05-06 happened"]),
    ]);
}

#[test]
fn a_time_of_day_belongs_to_the_day_that_the_text_tells_of() {
    all(&[
        (
            "The ferry left on Monday. Sixty people were aboard. At 3:40 p.m. it struck the pier.",
            &["2017-05-08 happened", "2017-05-08 happened"],
        ),
        (
            "The ferry left on Monday. The pier was built in 1901. At 3:40 p.m. an engine caught fire.",
            &["1901 happened", "2017-05-08 happened", "2017-05-08 happened"],
        ),
    ]);
}

#[test]
fn dates_behind_the_story_make_no_events() {
    all(&[
        ("On Tuesday the court cited the decree of 3 May 1999.", &["2017-05-09 happened"]),
        ("The quake on Monday was the worst since the one in March 1988.", &["2017-05-08 happened"]),
        ("The pier reopened on Tuesday, a week later than planned.", &["2017-05-09 happened"]),
        ("It held deposits of 41 million crowns on 30 April.", &[]),
        ("“Nobody slept that weekend,” she said.", &[]),
    ]);
}

#[test]
fn what_could_come_is_open_and_to_come() {
    all(&[
        ("Talks could resume on Monday.", &["2017-05-15 hypothetical"]),
        ("Snow could fall on Sunday night.", &["2017-05-14 hypothetical"]),
        ("The comet could be seen on Monday.", &["2017-05-08 happened"]),
    ]);
}

#[test]
fn what_was_planned_or_banned_did_not_happen() {
    all(&[
        (
            "The regatta, originally scheduled for June 21, is now expected in July.",
            &["2017-06-21 denied", "2017-07 planned"],
        ),
        ("Holm said he had planned to take his sons fishing on Sunday.", &["2017-05-07 denied"]),
        ("The lock, originally planned for May 2016, opened on Tuesday.", &["2016-05 denied", "2017-05-09 happened"]),
        ("A planned march on Saturday was banned.", &["2017-05-13 denied"]),
        ("He wrongly said he had voted on Tuesday.", &["2017-05-09 denied"]),
        ("He said that had Holm not closed the lock in April, the talks would have succeeded.", &[]),
        ("He said that Holm had not closed the lock in April.", &["2017-04 denied"]),
        ("Friday's strike would not go ahead, the union said.", &["2017-05-12 denied"]),
    ]);
}

#[test]
fn what_is_set_for_a_weekday_is_to_come() {
    all(&[
        ("Wednesday's strike will take place as planned.", &["2017-05-17 planned"]),
        ("Wednesday's vote will change the town.", &["2017-05-10 planned"]),
        ("The governor declared three days of mourning starting Wednesday.", &["2017-05-17 planned"]),
        ("The abbot has resigned, effective Wednesday.", &["2017-05-17 planned"]),
        ("The judge adjourned the trial until Friday.", &["../2017-05-12 planned"]),
        ("The governor urged residents to leave by Saturday.", &["../2017-05-13 planned"]),
        ("A concert, announced for Sunday, will not take place.", &["2017-05-14 denied"]),
        ("The ferry sailed after two days of rain on Wednesday.", &["2017-05-10 happened"]),
    ]);
}

#[test]
fn lines_beside_the_text_make_no_events() {
    all(&[
        ("The pier is old.\n\nImage caption, Waves hit the pier on Tuesday", &[]),
        ("The pier is old.\n\nLantern file photo: Ida Holm left the pier on Tuesday. Ann Roe/Lantern", &[]),
        ("The pier is old.\n\nAnn Roe contributed to this report from Oslo on Tuesday.", &[]),
        ("The pier is old.\n\nAnn, 16 February 2017 at 10:03: The pier burned and I was there.", &[]),
        ("Tickets for Saturday's show are on sale now.", &[]),
        ("The mill, pictured on Tuesday, is old.", &[]),
        ("Asked whether the mill had lost money since 2012, Ms Holm shrugged.", &[]),
        ("Thieves broke a 19th-century window.", &[]),
        ("The mill is due to publish third-quarter results on 17 May.", &["2017-05-17 planned"]),
        ("The pier burned on Tuesday. Ann Roe, of the harbour, was there.", &["2017-05-09 happened"]),
    ]);
}

#[test]
fn quarters_and_months_fall_where_the_verb_puts_them() {
    all(&[
        ("The deal is expected to close in the fourth quarter.", &["2017-36 planned"]),
        ("Holm said that they had left by the end of January.", &["../2017-01 happened"]),
        (
            "The union meets before the ballot closes on 3 June. A picket was struck by a van at about 7am.",
            &["2017-05-11~ happened", "2017-06-03 planned"],
        ),
    ]);
}

#[test]
fn what_lasts_until_a_day_to_come_has_been_done() {
    all(&[
        ("The driver was remanded in custody until 20 May.", &["../2017-05-20 happened"]),
        ("The mill will stay shut until 20 May.", &["../2017-05-20 planned"]),
    ]);
}
