//! The words in which dates are told to readers: a table, so that another language is data.

use serde::Deserialize;
use std::borrow::Cow;

/// A word or pattern of the table.
type Word = Cow<'static, str>;

/// How a kind of date stands in a sentence: `{date}` is the date alone.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Phrase {
    /// Inside another phrase, with the article that it needs there ("the 1980s", "le 9 janvier").
    pub the: Word,
    /// Its early, middle and late part, alone.
    pub early: [Word; 3],
    /// Its early, middle and late part inside another phrase.
    pub the_early: [Word; 3],
}

/// The words and patterns of one language for dates; names in braces are filled in.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DateWords {
    /// January to December.
    pub months: [Word; 12],
    /// Spring, summer, autumn, winter.
    pub seasons: [Word; 4],
    /// The four quarters of a year.
    pub quarters: [Word; 4],
    /// The three thirds of a year.
    pub thirds: [Word; 3],
    /// The two halves of a year.
    pub halves: [Word; 2],
    /// How the first day of a month is written (`1`, `1er`).
    pub first_day: Word,
    /// What makes a number an ordinal: the first of these endings that its digits have, with its suffix.
    pub ordinals: Vec<(Word, Word)>,

    /// `{day}`, `{month}`, `{year}`: a day.
    pub day: Word,
    /// `{day}`, `{month}`: a day under the heading of its year.
    pub day_of_month: Word,
    /// `{month}`, `{year}`: a month.
    pub month: Word,
    /// `{season}`, `{year}`: a season.
    pub season: Word,
    /// `{date}`: a season of the northern half of the earth.
    pub northern: Word,
    /// `{date}`: a season of the southern half of the earth.
    pub southern: Word,
    /// `{part}`, `{year}`: a quarter, third or half of a year.
    pub part: Word,
    /// `{year}`: a year before 100, which would not be read as one.
    pub early_year: Word,
    /// `{year}`: a year before Christ.
    pub bc: Word,
    /// `{year}`: ten years by their first one.
    pub decade: Word,
    /// `{ordinal}`: a century.
    pub century: Word,
    /// A year of which nothing is known.
    pub unknown_year: Word,
    /// `{date}`, `{year}`: a day or month of an unspecified year.
    pub apart: Word,
    /// `{date}`: some day of it.
    pub some_day: Word,
    /// `{date}`: some month of it.
    pub some_month: Word,
    /// `{date}`: a week by its Monday.
    pub week: Word,
    /// `{date}`, `{time}`: a moment.
    pub moment: Word,

    /// `{date}`: approximate.
    pub about: Word,
    /// `{date}`: uncertain.
    pub possibly: Word,
    /// `{date}`: both.
    pub about_uncertain: Word,
    /// `{date}`, `{component}`: only one component is approximate.
    pub component_approximate: Word,
    /// `{date}`, `{component}`: only one component is uncertain.
    pub component_uncertain: Word,
    /// `{date}`, `{component}`: only one component is both.
    pub component_both: Word,
    /// Year, month, day, as names of components.
    pub components: [Word; 3],

    /// A month or a year.
    pub name: Phrase,
    /// A day.
    pub on_day: Phrase,
    /// A season.
    pub in_season: Phrase,
    /// Ten years.
    pub in_decade: Phrase,
    /// A hundred years.
    pub in_century: Phrase,
    /// A week.
    pub in_week: Phrase,
    /// A quarter, third or half of a year.
    pub in_part: Phrase,

    /// `{first}`, `{last}`: a span of single words.
    pub span: Word,
    /// `{first}`, `{last}`: a span of phrases.
    pub wide_span: Word,
    /// `{date}`: open at the end.
    pub since: Word,
    /// `{date}`: open at the start.
    pub until: Word,
    /// `{date}`: the end is unknown.
    pub from_on: Word,
    /// `{date}`: the start is unknown.
    pub up_to: Word,
    /// Open on both sides.
    pub undated: Word,
    /// Between the members of a set.
    pub comma: Word,
    /// Before the last member of a set of which one is meant.
    pub or: Word,
    /// Before the last member of a set of which all are meant.
    pub and: Word,
    /// `{date}`: one date of a range.
    pub one_of: Word,
    /// `{date}`: all dates of a range.
    pub all_of: Word,
    /// `{date}`: it or a date before.
    pub or_earlier: Word,
    /// `{date}`: it or a date after.
    pub or_later: Word,
}

const EARLY: [&str; 3] = ["early {date}", "mid-{date}", "late {date}"];
const THE_EARLY: [&str; 3] = ["the early {date}", "the mid-{date}", "the late {date}"];
const EARLY_IN: [&str; 3] = ["early in the {date}", "in the middle of the {date}", "late in the {date}"];
const EARLY_ON: [&str; 3] = ["early on {date}", "in the middle of {date}", "late on {date}"];

fn phrase(the: &'static str, early: [&'static str; 3], the_early: [&'static str; 3]) -> Phrase {
    Phrase { the: the.into(), early: early.map(Word::from), the_early: the_early.map(Word::from) }
}

/// Makes an array or a list of words.
macro_rules! words {
    ($($word:literal),+ $(,)?) => { [$(Cow::Borrowed($word)),+] };
}

impl DateWords {
    /// Gives the English words.
    pub fn english() -> DateWords {
        DateWords {
            months: words![
                "January",
                "February",
                "March",
                "April",
                "May",
                "June",
                "July",
                "August",
                "September",
                "October",
                "November",
                "December",
            ],
            seasons: words!["spring", "summer", "autumn", "winter"],
            quarters: words!["first quarter", "second quarter", "third quarter", "fourth quarter"],
            thirds: words!["first third", "second third", "last third"],
            halves: words!["first half", "second half"],
            first_day: "1".into(),
            ordinals: [("11", "th"), ("12", "th"), ("13", "th"), ("1", "st"), ("2", "nd"), ("3", "rd"), ("", "th")]
                .map(|(ending, suffix)| (ending.into(), suffix.into()))
                .to_vec(),
            day: "{day} {month} {year}".into(),
            day_of_month: "{day} {month}".into(),
            month: "{month} {year}".into(),
            season: "{season} {year}".into(),
            northern: "northern {date}".into(),
            southern: "southern {date}".into(),
            part: "{part} of {year}".into(),
            early_year: "AD {year}".into(),
            bc: "{year} BC".into(),
            decade: "{year}s".into(),
            century: "{ordinal} century".into(),
            unknown_year: "an unknown year".into(),
            apart: "{date}, {year}".into(),
            some_day: "some day in {date}".into(),
            some_month: "some month in {date}".into(),
            week: "week of {date}".into(),
            moment: "{date}, {time}".into(),
            about: "about {date}".into(),
            possibly: "possibly {date}".into(),
            about_uncertain: "about {date}, uncertain".into(),
            component_approximate: "{date}, {component} approximate".into(),
            component_uncertain: "{date}, {component} uncertain".into(),
            component_both: "{date}, {component} approximate and uncertain".into(),
            components: words!["year", "month", "day"],
            name: phrase("{date}", EARLY, EARLY),
            on_day: phrase("{date}", EARLY_ON, EARLY_ON),
            in_season: phrase("{date}", EARLY, EARLY),
            in_decade: phrase("the {date}", EARLY, THE_EARLY),
            in_century: phrase("the {date}", EARLY, THE_EARLY),
            in_week: phrase("the {date}", EARLY_IN, EARLY_IN),
            in_part: phrase("the {date}", EARLY_IN, EARLY_IN),
            span: "{first}–{last}".into(),
            wide_span: "{first} – {last}".into(),
            since: "since {date}".into(),
            until: "until {date}".into(),
            from_on: "from {date}, end unknown".into(),
            up_to: "up to {date}, start unknown".into(),
            undated: "at an unknown time".into(),
            comma: ", ".into(),
            or: " or ".into(),
            and: " and ".into(),
            one_of: "one of {date}".into(),
            all_of: "each of {date}".into(),
            or_earlier: "{date} or earlier".into(),
            or_later: "{date} or later".into(),
        }
    }

    /// Gives the name of a month, counted from 1.
    pub(super) fn month_name(&self, month: u8) -> &str {
        self.months.get(usize::from(month).wrapping_sub(1)).map_or("", |m| m)
    }

    /// Gives how a day of a month is written.
    pub(super) fn day_number(&self, day: u8) -> String {
        if day == 1 { self.first_day.clone().into_owned() } else { day.to_string() }
    }

    /// Gives "20th" for 20.
    pub(super) fn ordinal(&self, number: i64) -> String {
        let number = number.to_string();
        let suffix = self.ordinals.iter().find(|(ending, _)| number.ends_with(ending.as_ref()));
        format!("{number}{}", suffix.map_or("", |(_, suffix)| suffix))
    }
}

/// Fills the named places of a pattern.
pub(super) fn fill(pattern: &str, values: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(pattern.len() + 16);
    let mut rest = pattern;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let value = after.split_once('}').and_then(|(name, after)| {
            let known = values.iter().find(|(key, _)| *key == name)?;
            Some((known.1, after))
        });
        (rest, _) = match value {
            Some((value, after)) => (after, out.push_str(value)),
            None => (after, out.push('{')),
        };
    }
    out.push_str(rest);
    out
}
