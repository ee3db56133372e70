//! What expressions mean in their context: values and dates that a reader would check.

#![allow(clippy::disallowed_methods, clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test may touch files and fail

use dateline::lang::english;
use dateline::model::{Choice, Domain, Edtf, Resolved};
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

#[track_caller]
fn history(text: &str, words: &str, value: &str) {
    let hints = Hints { domain: Some(Domain::Narrative), ..Hints::default() };
    assert_eq!(dated("2010-05-05", hints, text, words).0, value, "{text}");
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
fn a_year_beside_a_date_is_its_year() {
    news("It ran from April to June 1994.", "April", "1994-04", "1994-04/1994-06");
    news("It ran from November to February 1994.", "November", "1993-11", "1993-11/1994-02");
    news("It stormed on 29 June and 3 July 1812.", "29 June", "1812-06-29", "1812-06-29");
    news("He fought between May 5 and June 12, 1864.", "May 5", "1864-05-05", "1864-05-05/1864-06-12");
}

#[test]
fn a_history_counts_from_what_it_has_told() {
    let war = "War came in March 1914. ";
    for (text, words, value) in [
        ("In May the army marched.", "May", "1914-05"),
        ("On 12 August, a ship built in 1898 sank. On 14 August, all was over.", "14 August", "1914-08-14"),
        ("On 12 August, a treaty of 3 May 1839 was torn up. On 14 August, all was over.", "14 August", "1914-08-14"),
        (
            "On 12 August the mill burned and stood empty until 1950. On 14 August, all was over.",
            "14 August",
            "1914-08-14",
        ),
        ("In 1916 all was over. In May they left.", "May", "1916-05"),
        ("It was over in December. In January the king died.", "January", "1915-01"),
        ("On 3 June (the king had died in 1890) it rained. Two days later, they left.", "Two days later", "1914-06-05"),
        ("On 3 June they met in the evening. By the morning all was over.", "the morning", "1914-06-04TMO"),
        ("That night they left.", "That night", "1914-03-XXTNI"),
        ("On the night of 8–9 August they fled.", "the night of 8–9 August", "1914-08-08TNI"),
        ("It had lasted since 1850. In July he came.", "July", "1914-07"),
        ("By the end of the year all was over.", "the end of the year", "1914"),
        ("In April he came. Two years later he died.", "Two years later", "1916"),
        ("In December of that year he died.", "December of that year", "1914-12"),
        ("Today the place is a park.", "Today", "PRESENT_REF"),
    ] {
        history(&format!("{war}{text}"), words, value);
    }
    history("He was born (3 May – 9 June 1914) in Rome.", "3 May", "1914-05-03");
    history("On 3 May nobody knew the year.", "3 May", "XXXX-05-03");
}

#[test]
fn numeric_dates_are_read_as_their_document_writes_them() {
    let hints = |language, publisher| Hints { domain: None, language, publisher };
    let read = |hints, text: &str| {
        let found = read("2019-06-01", hints, text);
        (found[0].value.clone(), found[0].date.as_ref().unwrap().to_string(), found[0].choice)
    };
    let both = "[2019-03-04,2019-04-03]";
    assert_eq!(read(hints(None, None), "On 3/4/2019 he left."), ("2019-XX-XX".into(), both.into(), Choice::Open));
    assert_eq!(read(hints(Some("en"), None), "On 3/4/2019 he left.").2, Choice::Open);
    let by = |month: &str, choice| (format!("2019-{month}"), format!("2019-{month}"), choice);
    assert_eq!(read(hints(Some("en-US"), None), "On 3/4/2019 he left."), by("03-04", Choice::OrderOfLanguage));
    assert_eq!(read(hints(Some("en-GB"), None), "On 3/4/2019 he left."), by("04-03", Choice::OrderOfLanguage));
    assert_eq!(
        read(hints(None, Some("The Irish News")), "On 3/4/2019 he left."),
        by("04-03", Choice::OrderOfPublisher)
    );
    let text = "On 3/4/2019 he left, and on 25/12/2018 he came.";
    assert_eq!(read(hints(Some("en-US"), None), text), by("04-03", Choice::OrderOfText));
    let torn = "On 3/4/2019 he left, from 25/12/2018 to 12/31/2018.";
    assert_eq!(read(hints(None, None), torn).2, Choice::Open);
}

#[test]
fn the_words_around_a_date_bear_on_it() {
    for (text, words, date) in [
        ("It has rained since March 2021.", "March 2021", "2021-03/.."),
        ("He stays until 5 May 2022.", "5 May 2022", "../2022-05-05"),
        ("No train runs before March 2022.", "March 2022", "../2022-02"),
        ("They fled before 5 May 2021.", "5 May 2021", "../2021-05-04"),
        ("By the end of 2021 it was over.", "the end of 2021", "../2021"),
        ("It fell around 9 May 2021.", "9 May 2021", "2021-05-09~"),
        ("It closed three weeks ago.", "three weeks ago", "2021-12-27~/2022-01-02~"),
        ("He came in late May 2021.", "late May 2021", "2021-05"),
        ("From 5 May 2021 on it rained.", "5 May 2021", "2021-05-05/.."),
        ("The town was shelled overnight.", "overnight", "[2022-01-18,2022-01-19]"),
        ("The town was shelled last night.", "last night", "[2022-01-18,2022-01-19]"),
        ("They met on the night of 3 May 2021.", "the night of 3 May 2021", "2021-05-03"),
        ("They met on the evening of 3 May 2021.", "the evening of 3 May 2021", "2021-05-03"),
    ] {
        let found = dated("2022-01-19", Hints::default(), text, words).1;
        assert_eq!(found, date, "{text}");
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

#[test]
fn a_publication_date_known_roughly_leaves_dates_rough() {
    let dated = |dct: &str, text: &str, words: &str| dated(dct, Hints::default(), text, words).1;
    assert_eq!(dated("2022-01-17/2022-01-19", "He left yesterday.", "yesterday"), "2022-01-16/2022-01-18");
    assert_eq!(dated("2022-01-17/2022-01-19", "He left last week.", "last week"), "2022-01-10/2022-01-16");
    assert_eq!(dated("2022-01", "He left last year.", "last year"), "2021");
    assert_eq!(dated("2022-01", "He left last month.", "last month"), "2021-12");
    assert_eq!(dated("2022-01", "He left yesterday.", "yesterday"), "2021-12-31/2022-01-30");
    assert_eq!(dated("2022", "He left last year.", "last year"), "2021");
    assert_eq!(dated("2022", "He left last month.", "last month"), "");
}

#[test]
fn a_weekday_beside_a_date_is_heeded() {
    for (text, words, value, date) in [
        ("Police searched the house Tuesday, March 6.", "Tuesday, March 6", "2018-03-06", "2018-03-06"),
        ("It fell on Friday, Jan. 3, 2019.", "Friday, Jan. 3, 2019", "2019-01-03", "2019-01-03?"),
        ("It fell on Thursday, Jan. 3, 2019.", "Thursday, Jan. 3, 2019", "2019-01-03", "2019-01-03"),
    ] {
        news(text, words, value, date);
    }
}

#[test]
fn weekdays_in_one_breath_run_forward() {
    // Published on a Wednesday.
    news("The unit met on Wednesday and Thursday.", "Wednesday", "2022-01-12", "2022-01-12");
    news("The unit met on Wednesday and Thursday.", "Thursday", "2022-01-13", "2022-01-13");
    news("The unit met on Monday and Tuesday.", "Monday", "2022-01-17", "2022-01-17");
}

#[test]
fn equal_dates_side_by_side_are_dates() {
    let found = read("2022-01-19", Hints::default(), "opened\t2019\t2019\nclosed Monday\nMonday");
    let values: Vec<_> = found.iter().map(|r| r.value.as_str()).collect();
    assert_eq!(values, ["2019", "2019", "2022-01-17", "2022-01-17"]);
}

#[test]
fn a_short_history_goes_on_from_the_date_it_opens_with() {
    let siege = "The siege of the town began on 18 May 1565. On 24 May the guns opened fire. The fort fell on 23 June. \
                 A month later the fleet came. On 11 September all was over.";
    for dct in ["2014-03-12", ""] {
        let value = |words| dated(dct, Hints::default(), siege, words).0;
        assert_eq!(value("24 May"), "1565-05-24", "{dct:?}");
        assert_eq!(value("23 June"), "1565-06-23", "{dct:?}");
        assert_eq!(value("A month later"), "1565-07", "{dct:?}");
        assert_eq!(value("11 September"), "1565-09-11", "{dct:?}");
    }
    news(
        "The islands were fought over in 1982. War began on 2 April. It ended on 14 June.",
        "2 April",
        "1982-04-02",
        "1982-04-02",
    );
    news("On December 30, 1941 he sailed. On January 2 he landed.", "January 2", "1942-01-02", "1942-01-02");
}

#[test]
fn one_date_of_long_ago_makes_no_history() {
    for (text, words, value) in [
        ("The mill was built on 5 June 1967. It will reopen on 7 June.", "7 June", "2022-06-07"),
        ("The mill was built on 5 June 1967. It burned on 10 December.", "10 December", "2021-12-10"),
        ("The firm was sold in 2009. On 10 January police found a body.", "10 January", "2022-01-10"),
        (
            "The firm was sold in 2009. On 3 May it closed, he said on Monday. It owed money on 5 July.",
            "3 May",
            "2021-05-03",
        ),
    ] {
        news(text, words, value, value);
    }
}

#[test]
fn a_heading_gives_its_year_to_the_dates_under_it() {
    for text in [
        "== 1940 ==\nOn 10 May they came. It was over in July.\n\n== 1941 ==\nOn 22 June they marched. They rest today.",
        "1940\n10 May: they came.\nIn July: over.\n1941\n22 June: they marched. They rest today.",
        "## 1940\n\nOn 10 May they came. It was over in July.\n\n## In 1941:\n\nOn 22 June they marched. They rest today.",
    ] {
        let value = |words| dated("2014-03-12", Hints::default(), text, words).0;
        assert_eq!(value("10 May"), "1940-05-10", "{text}");
        assert_eq!(value("July"), "1940-07", "{text}");
        assert_eq!(value("22 June"), "1941-06-22", "{text}");
    }
    news("It was built\nin 1940 by a firm.\nOn 10 May it closes, he said today.", "10 May", "2022-05-10", "2022-05-10");
}

#[test]
fn centuries_before_christ_hold_their_own_years() {
    for (words, value, first, last) in [
        ("the 3rd century BC", "BC02", "-0299-01-01", "-0200-12-31"),
        ("the 2nd century BC", "BC01", "-0199-01-01", "-0100-12-31"),
        ("the 1st century BC", "BC00", "-0099-01-01", "0000-12-31"),
        ("the 1st century", "00", "0000-01-01", "0099-12-31"),
    ] {
        let text = format!("It was built in {words}.");
        let (found, date) = dated("2022-01-19", Hints::default(), &text, words);
        let date = Edtf::parse(&date).unwrap();
        assert_eq!(found, value);
        let days = (date.first_day().unwrap().to_string(), date.last_day().unwrap().to_string());
        assert_eq!(days, (first.to_owned(), last.to_owned()), "{words}");
    }
}

#[test]
fn weekends_are_counted_whole() {
    // Published on a Wednesday of the third week.
    for (words, value) in [
        ("a weekend ago", "2022-W02-WE"),
        ("two weekends ago", "2022-W01-WE"),
        ("two weekends from now", "2022-W04-WE"),
        ("the weekend before Christmas 2012", "2012-W51-WE"),
        ("the weekend before 5 May 2010", "2010-W17-WE"),
        ("the weekend after 5 May 2010", "2010-W18-WE"),
    ] {
        assert_eq!(dated("2022-01-19", Hints::default(), &format!("They met {words}."), words).0, value, "{words}");
    }
}

#[test]
fn both_ends_of_a_stretch_of_hours_are_of_its_day() {
    for (text, first, value, last, end) in [
        ("They met between 10 a.m. and noon on Tuesday.", "10 a.m.", "18T10:00", "noon on Tuesday", "18T12:00"),
        ("They met from 3 to 5 p.m. on Tuesday.", "3", "18T15:00", "5 p.m. on Tuesday", "18T17:00"),
        ("It ran 6-8 p.m. Monday.", "6", "17T18:00", "8 p.m. Monday", "17T20:00"),
        ("Open from 9 a.m. to 5 p.m. on Monday.", "9 a.m.", "17T09:00", "5 p.m. on Monday", "17T17:00"),
        ("Open from 10 p.m. to 2 a.m. on Monday.", "10 p.m.", "16T22:00", "2 a.m. on Monday", "17T02:00"),
        ("It was shut at 15h30 on Tuesday.", "15h30 on Tuesday", "18T15:30", "15h30 on Tuesday", "18T15:30"),
    ] {
        let value_of = |words| dated("2022-01-19", Hints::default(), text, words).0;
        assert_eq!(value_of(first), format!("2022-01-{value}"), "{text}");
        assert_eq!(value_of(last), format!("2022-01-{end}"), "{text}");
    }
}

#[test]
fn days_are_counted_from_today_and_hours_from_the_hour_told() {
    for (text, words, value) in [
        ("He comes the day after tomorrow at 5pm.", "the day after tomorrow at 5pm", "2022-01-21T17:00"),
        ("He comes the day after tomorrow morning.", "the day after tomorrow morning", "2022-01-21TMO"),
        ("He came the day before yesterday at noon.", "the day before yesterday at noon", "2022-01-17T12:00"),
        ("He died a year ago today.", "a year ago today", "2021-01-19"),
        ("He died two years ago this month.", "two years ago this month", "2020-01"),
        ("At 23:30 on 5 May 2010 it fell. An hour later he came.", "An hour later", "2010-05-06T00:30"),
        ("They met on Monday at 10 a.m. Two hours later all left.", "Two hours later", "2022-01-17T12:00"),
        ("It fell in May 2010. Two hours later he came.", "Two hours later", "XXXX-XX-XX"),
    ] {
        assert_eq!(dated("2022-01-19", Hints::default(), text, words).0, value, "{text}");
    }
}

#[test]
fn verbs_of_what_is_to_come_look_ahead() {
    for (text, words, value) in [
        ("He'll leave Tuesday.", "Tuesday", "2022-01-25"),
        ("He’ll leave Tuesday.", "Tuesday", "2022-01-25"),
        ("He won't leave on Tuesday.", "Tuesday", "2022-01-25"),
        ("He might leave Tuesday.", "Tuesday", "2022-01-25"),
        ("They are to vote Tuesday.", "Tuesday", "2022-01-25"),
        ("He won on Tuesday.", "Tuesday", "2022-01-18"),
        ("Fog may have caused the crash on Tuesday.", "Tuesday", "2022-01-18"),
        ("It opens in March or August.", "August", "2022-08"),
        ("It opened in March or August.", "March", "2021-03"),
    ] {
        news(text, words, value, value);
    }
}

#[test]
fn what_is_arranged_is_told_in_the_present() {
    let (last, next) = ("2022-01-15", "2022-01-22");
    for (text, day) in [
        ("The council votes on it Saturday.", next),
        ("She won 40 votes on Saturday.", last),
        ("Talks resume Saturday.", next),
        ("The port is reopening on Saturday.", next),
        ("Two boats were to join the search on Saturday.", next),
        ("The envoy was to have met the crew on Saturday but stayed home.", last),
        ("The hearing was adjourned until Saturday.", next),
        ("The hearing was adjourned on Saturday.", last),
        ("A vigil will be held at St. Ann's Church on Saturday.", next),
        ("It said it would start paying each bereaved family on Saturday.", next),
        ("The crew should be back on Saturday.", next),
        ("Services on Saturday will be held outdoors.", next),
        ("Workers have until Saturday to reply.", next),
        ("The match is on Saturday.", next),
        ("The deadline for complaints is Saturday.", next),
        ("Leeds go to Hull on Saturday needing a point.", next),
        ("Selby and Port Avon reopen on Saturday.", next),
        ("Tickets go on sale on Saturday.", next),
        ("Tickets went on sale on Saturday.", last),
        ("She was the last to go on Saturday.", last),
        ("If it rains on Saturday we stay in.", next),
        ("The vote comes after a blast on Saturday.", last),
        ("He will not resign, he said on Saturday.", last),
        ("He will not resign, he told the crew on Saturday.", last),
        ("The port would not comment on Saturday.", last),
    ] {
        let got = dated("2022-01-19", Hints::default(), text, "Saturday");
        assert_eq!(got.0.get(..10), Some(day), "{text}");
    }
}

#[test]
fn a_plan_for_the_weekday_of_writing_is_for_that_day() {
    news("Two boats were to join the search on Wednesday.", "Wednesday", "2022-01-19", "2022-01-19");
}

#[test]
fn the_text_does_not_go_on_from_what_a_count_goes_back_to() {
    let text =
        "Divers found a boy on Saturday, four days after the boat sank on Tuesday. He was flown home the same day.";
    news(text, "the same day", "2022-01-15", "2022-01-15");
}

#[test]
fn a_day_alone_beside_a_verb_of_the_past_is_over() {
    news("The count, completed on the 24th, was close.", "the 24th", "2021-12-24", "2021-12-24");
}

#[test]
fn dawn_follows_the_evening_told() {
    news("It hit on the night of Jan. 11. The levee failed before dawn.", "dawn", "2022-01-12TMO", "2022-01-12");
}

#[test]
fn a_day_goes_on_from_one_told_in_full_more_than_a_year_ago() {
    news("Talks leaked on May 19, 2020, and the deal was announced on June 12.", "June 12", "2020-06-12", "2020-06-12");
    news("The port shut on Dec. 19, 2021, and opened again on Jan. 12.", "Jan. 12", "2022-01-12", "2022-01-12");
}
