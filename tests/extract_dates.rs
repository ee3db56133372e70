//! Which date dates what: sentences with months that are verbs elsewhere, with several dates, with dates that only compare.

#![allow(clippy::disallowed_methods, clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test may touch files and fail

use crate::support;

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
        &[("198X", "The museum was founded"), ("2022-05-31", "The museum shut")],
    );
    tells(
        "Founded in 1920, the club moved to the harbour in 1965.",
        &[("1920", "The club was founded"), ("1965", "The club moved to the harbour")],
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

#[test]
fn a_date_that_dates_nothing_makes_no_event() {
    for sentence in [
        "Copper for July delivery is worth $9,000.",
        "The festival season runs from June 1 to Aug. 31.",
        "If the vote were held tomorrow, the mayor would lose.",
        "If no offer has come by 30 June, the court decides.",
        "Were the wreck sold next year, it would cost millions.",
        "Ida Holm was twenty in the spring of 1998.",
        "She hung the lights on her Christmas tree.",
        "Christmas came early for the crew.",
        "It is banned under the Clean Water Act of 1972.",
        "The mayor told the Sunday Tribune all about it.",
        "Unemployment fell to 6 per cent from 8 per cent in 2019.",
        "Sales were slow, compared with 40 ships in March 2019.",
        "Early-bird tickets end on 1 July.",
        "This article was amended on 2 June 2022.",
        "If it rains on Monday the match will be moved indoors.",
        "Unless the owners pay by 30 June the yard will be sold.",
        "The owners did not respond to a request for comment on Tuesday.",
        "It was not clear on Tuesday who owned the yard.",
        "What did the harbour master know on 4 May?",
        "Not since 1974 had a party lost so many seats.",
        "Copyright 2022 The Harbour Post.",
        "12:30 Lunch.",
        "17:30 Word from the yard is still coming in.",
        "Blankets can be handed in at the fire station until Saturday.",
    ] {
        assert_eq!(read(sentence), [], "{sentence}");
    }
    tells("The factory moved from 3 Dock Road in 2019.", &[("2019", "The factory moved from 3 Dock Road")]);
    tells("The court threw out the Act in 2019.", &[("2019", "The court threw out the Act")]);
    assert_eq!(read("If the first lock fell in 1930, the second stood.").len(), 1);
    assert_eq!(read("If both agree, he is to be sworn in on 12 June.").len(), 1);
    tells("12:30 The crane fell on a barge.", &[("2022-06-03", "The crane fell on a barge")]);
    tells("She was elected at Christmas.", &[("2021-12-25", "She was elected")]);
}

#[test]
fn a_happening_counted_from_a_date_has_one() {
    tells(
        "The cabinet was sworn in on Thursday, a day after parliament elected Ida Holm.",
        &[("2022-06-02", "The cabinet was sworn in on Thursday"), ("2022-06-01", "Parliament elected Ida Holm")],
    );
    tells(
        "The firm closed on 31 March 2022, four months after its ships were sold.",
        &[("2022-03-31", "The firm closed"), ("2021-11", "Its ships were sold")],
    );
    tells(
        "The port was shut on Monday. That came two days after a crane fell.",
        &[("2022-05-30", "The port was shut"), ("2022-05-28", "A crane fell")],
    );
    tells("The crew slept for two days after the ship sank.", &[]);
}

#[test]
fn a_count_opens_a_clause_wherever_it_stands() {
    let dates = |sentence: &str| {
        let mut dates: Vec<String> = happened(sentence).into_iter().map(|(date, _)| date).collect();
        dates.sort();
        dates
    };
    for sentence in [
        "Divers yesterday called off their search of the long dark wreck near the pier, ten days after the boat sank.",
        "Two weeks after the mine flooded, crews on Tuesday reached the last gallery.",
        "The board met on Tuesday, two days after the mayor, visiting the port, ordered an inquiry.",
    ] {
        assert_eq!(dates(sentence).len(), 2, "{sentence}");
    }
    assert_eq!(dates("Two weeks after the mine flooded, crews on Tuesday reached it.")[0], "2022-05-17");
}

#[test]
fn a_clause_behind_when_is_told_by_the_date_before_it() {
    tells("The turn came on Monday, when the owner sold the ship.", &[("2022-05-30", "The owner sold the ship")]);
    tells("She did not go back in 1963, when the rebels were freed.", &[("1963", "The rebels were freed")]);
    tells("He left Oslo in 1963, when he was ten.", &[("1963", "He left Oslo")]);
}

#[test]
fn what_is_denied_or_planned_has_not_happened() {
    let status = |sentence: &str| read(sentence).first().map(|m| m.2);
    for sentence in [
        "The mayor denied that he had met the owner on Sunday.",
        "The mayor dismissed reports that the quay was sold on Sunday.",
        "The mayor’s office rang: he did not, it insists, meet the owner on Sunday.",
    ] {
        assert_eq!(status(sentence), Some(Status::Denied), "{sentence}");
    }
    for sentence in [
        "The pact calls for closing the last mine by 2030.",
        "The mayor said he would call a session for July 5.",
        "The rain should end by Saturday night.",
        "Two tugs were to join the search on Friday.",
        "The port, shut since Monday, will not reopen before Saturday.",
        "The vicar said a service on Sunday will be held in the hall.",
    ] {
        let all = read(sentence);
        assert_eq!(all.last().map(|m| m.2), Some(Status::Planned), "{sentence}: {all:?}");
    }
    assert_eq!(status("The court denied him bail on Monday."), Some(Status::Happened));
    assert_eq!(status("The mayor denied on Monday that he had met the owner."), Some(Status::Happened));
    assert_eq!(
        read("The mayor denied that he had met the owner on Sunday.")[0].1,
        "The mayor denied that he had met the owner"
    );
}
