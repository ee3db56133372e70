//! What readers see, phrase by phrase.

use super::super::{DateWords, Edtf};
use crate::model::Modifier;

fn date(text: &str) -> Edtf {
    text.parse().unwrap_or_else(|e| panic!("{text}: {e}"))
}

#[test]
fn dates_read_as_a_person_would_say_them() {
    for (text, words) in [
        ("2022-01-09", "9 January 2022"),
        ("2022-01-09~", "about 9 January 2022"),
        ("2022-01", "January 2022"),
        ("2014", "2014"),
        ("2014?", "possibly 2014"),
        ("2014%", "about 2014, uncertain"),
        ("-0043", "44 BC"),
        ("0000", "1 BC"),
        ("0044", "AD 44"),
        ("-0043-03-15", "15 March 44 BC"),
        ("Y170000002", "170000002"),
        ("2016-21", "spring 2016"),
        ("2019-24", "winter 2019"),
        ("2016-27~", "about northern autumn 2016"),
        ("2016-30", "southern summer 2016"),
        ("1989-34", "second quarter of 1989"),
        ("1989-34~", "about the second quarter of 1989"),
        ("1989-39", "last third of 1989"),
        ("1989-40", "first half of 1989"),
        ("198X", "1980s"),
        ("198X~", "about the 1980s"),
        ("000X", "AD 1–9"),
        ("-004X", "50–41 BC"),
        ("19XX", "20th century"),
        ("20XX", "21st century"),
        ("12XX", "13th century"),
        ("00XX", "1st century"),
        ("-00XX", "1st century BC"),
        ("-01XX", "2nd century BC"),
        ("1XXX", "1000–1999"),
        ("XXXX", "an unknown year"),
        ("198X-21", "spring 1980s"),
        ("2014-XX", "some month in 2014"),
        ("2014-1X", "some month in October–December 2014"),
        ("2014-XX-XX", "some day in 2014"),
        ("2014-03-XX", "some day in March 2014"),
        ("2014-03-1X", "some day in 10–19 March 2014"),
        ("156X-12-25", "25 December, 1560s"),
        ("15XX-12-XX", "some day in December, 16th century"),
        ("XXXX-12", "December, an unknown year"),
        ("2022-01-09T10:05:00Z", "9 January 2022, 10:05 UTC"),
        ("2022-01-09T10:05:00-04", "9 January 2022, 10:05 UTC-04:00"),
        ("2022-01-09T10:05:59", "9 January 2022, 10:05"),
    ] {
        assert_eq!(date(text).human(), words, "{text}");
    }
}

#[test]
fn a_qualifier_of_one_component_says_which() {
    for (text, words) in [
        ("2004-06-~01", "about 1 June 2004"),
        ("2004~-06", "June 2004, year approximate"),
        ("?2004-06-11", "11 June 2004, year uncertain"),
        ("2004-%06-11", "11 June 2004, month approximate and uncertain"),
        ("2004?-06-~11", "about 11 June 2004, year uncertain"),
    ] {
        assert_eq!(date(text).human(), words, "{text}");
    }
}

#[test]
fn intervals_tell_shared_parts_once() {
    for (text, words) in [
        ("2022-01-10/2022-01-16", "week of 10 January 2022"),
        ("2022-01-10~/2022-01-16~", "about the week of 10 January 2022"),
        ("2019-03-03/2019-03-05", "3–5 March 2019"),
        ("2019-02-28/2019-03-03", "28 February – 3 March 2019"),
        ("2021-12-28/2022-01-02", "28 December 2021 – 2 January 2022"),
        ("2019-01/2019-03", "January–March 2019"),
        ("2019-12/2020-01", "December 2019 – January 2020"),
        ("2009/2014", "2009–2014"),
        ("2009~/2014~", "about 2009–2014"),
        ("2009~/2014", "about 2009 – 2014"),
        ("198X/199X", "1980s–1990s"),
        ("2022-01-09/2022-01-09", "9 January 2022"),
        ("2014/..", "since 2014"),
        ("2014-01/..", "since January 2014"),
        ("2014~/..", "since about 2014"),
        ("198X/..", "since the 1980s"),
        ("../2014", "until 2014"),
        ("2014/", "from 2014, end unknown"),
        ("/2014", "up to 2014, start unknown"),
        ("../..", "at an unknown time"),
    ] {
        assert_eq!(date(text).human(), words, "{text}");
    }
}

#[test]
fn sets_tell_shared_parts_once() {
    for (text, words) in [
        ("[2022-01-13,2022-01-14]", "13 or 14 January 2022"),
        ("[2022-01-13~,2022-01-14~]", "about 13 or 14 January 2022"),
        ("[2022-01-13,2022-01-14~]", "13 January 2022 or about 14 January 2022"),
        ("{2022-01-13,2022-01-14,2022-01-16}", "13, 14 and 16 January 2022"),
        ("[2022-01-31,2022-02-01]", "31 January or 1 February 2022"),
        ("[2021-12-31,2022-01-01]", "31 December 2021 or 1 January 2022"),
        ("[2022-01,2022-03]", "January or March 2022"),
        ("[1667,1668,1670..1672]", "1667, 1668 or 1670–1672"),
        ("[2019..2021]", "one of 2019–2021"),
        ("{2019..2021}", "each of 2019–2021"),
        ("[..1984]", "1984 or earlier"),
        ("[1760-01,1760-12..]", "January 1760 or December 1760 or later"),
    ] {
        assert_eq!(date(text).human(), words, "{text}");
    }
}

#[test]
fn modifiers_stand_where_english_puts_them() {
    for (text, modifier, words) in [
        ("2022-01", Modifier::Start, "early January 2022"),
        ("2022-01", Modifier::Mid, "mid-January 2022"),
        ("198X", Modifier::End, "late 1980s"),
        ("198X~", Modifier::End, "about the late 1980s"),
        ("198X/..", Modifier::Start, "since the early 1980s"),
        ("2014/..", Modifier::End, "since late 2014"),
        ("1989-34", Modifier::Start, "early in the second quarter of 1989"),
        ("2022-01-10/2022-01-16", Modifier::End, "late in the week of 10 January 2022"),
        ("2022-01-10", Modifier::End, "late on 10 January 2022"),
        ("2014", Modifier::Approx, "about 2014"),
        ("2014~", Modifier::Approx, "about 2014"),
        ("2014", Modifier::LessThan, "2014"),
        ("2009/2014", Modifier::Start, "2009–2014"),
    ] {
        assert_eq!(date(text).human_with(Some(modifier)), words, "{text}");
    }
}

#[test]
fn under_a_heading_the_year_goes_where_it_can() {
    for (text, words) in [
        ("2022-01-09", "9 January"),
        ("2022-01-09~", "about 9 January"),
        ("2022-01", "January"),
        ("2022", "2022"),
        ("2016-21", "spring"),
        ("2022-01-10/2022-01-16", "week of 10 January"),
        ("2019-03-03/2019-03-05", "3–5 March"),
        ("2019-02-28/2019-03-03", "28 February – 3 March"),
        ("2021-12-28/2022-01-02", "28 December 2021 – 2 January 2022"),
        ("[2022-01-13,2022-01-14]", "13 or 14 January"),
        ("[2022-01-31,2022-02-01]", "31 January or 1 February"),
        ("2014-01/..", "since January 2014"),
        ("2014-01-09/..", "since 9 January"),
        ("2009/2014", "2009–2014"),
    ] {
        assert_eq!(date(text).short(), words, "{text}");
    }
}

#[test]
fn another_language_costs_data_only() {
    let mut french = DateWords::english();
    french.months[0] = "janvier".into();
    french.first_day = "1er".into();
    french.about = "vers {date}".into();
    french.since = "depuis {date}".into();
    french.on_day.the = "le {date}".into();
    french.or = " ou ".into();
    assert_eq!(date("2022-01-01~").worded(&french, None), "vers le 1er janvier 2022");
    assert_eq!(date("2022-01-09/..").worded(&french, None), "depuis le 9 janvier 2022");
    assert_eq!(date("[2022-01-13,2022-01-14]").worded(&french, None), "13 ou 14 janvier 2022");
    let mut american = DateWords::english();
    american.day = "{month} {day}, {year}".into();
    assert_eq!(date("2019-03-03/2019-03-05").worded(&american, None), "March 3–5, 2019");
}
