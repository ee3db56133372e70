//! The words of the site for readers: one file a language, and how sentences are made of them.

mod why;

use crate::model::{DateBasis, Edtf, LinkReason, Precision, Status, TextBasis};
use chrono::Datelike;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::OnceLock;

type Words = BTreeMap<String, String>;

/// Every word of the site that no article brings.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Interface {
    /// Labels and phrases of the pages, for the templates.
    pub page: Words,
    status: Words,
    published: Words,
    found: Words,
    anchor: Words,
    choice: Words,
    lead: Words,
    reason: Words,
    unit: Words,
    weekdays: [String; 7],
    months: [String; 12],
    numbers: Vec<String>,
}

impl Interface {
    /// Gives the English words.
    pub fn english() -> &'static Interface {
        static ENGLISH: OnceLock<Interface> = OnceLock::new();
        #[allow(clippy::panic)] // the file is part of the program: a test reads it, no input reaches this
        ENGLISH.get_or_init(|| {
            serde_yaml::from_str(include_str!("en.yaml")).unwrap_or_else(|e| panic!("built-in words: {e}"))
        })
    }

    /// Gives a phrase of the pages; the key itself where the language lacks it, so that it is seen.
    pub fn say<'a>(&'a self, key: &'a str) -> &'a str {
        self.page.get(key).map_or(key, String::as_str)
    }

    /// Gives a phrase of the pages with its names filled in.
    pub fn tell(&self, key: &str, values: &[(&str, &str)]) -> String {
        fill(self.say(key), values)
    }

    /// Gives the word for what is not told as a fact; nothing for what happened.
    pub fn status(&self, status: Status) -> &str {
        word(
            &self.status,
            match status {
                Status::Happened => "happened",
                Status::Planned => "planned",
                Status::Denied => "denied",
                Status::Hypothetical => "hypothetical",
            },
        )
    }

    /// Says how a publication date is known.
    pub fn date_basis(&self, basis: Option<DateBasis>) -> &str {
        word(
            &self.published,
            match basis {
                Some(DateBasis::Sidecar) => "sidecar",
                Some(DateBasis::FrontMatter) => "front-matter",
                Some(DateBasis::Header) => "header",
                Some(DateBasis::Dateline) => "dateline",
                Some(DateBasis::PageMetadata) => "page-metadata",
                Some(DateBasis::FileName) => "file-name",
                Some(DateBasis::Inferred) => "inferred",
                None => "unknown",
            },
        )
    }

    /// Says where an outlet was found.
    pub fn text_basis(&self, basis: TextBasis) -> &str {
        word(
            &self.found,
            match basis {
                TextBasis::Sidecar => "sidecar",
                TextBasis::FrontMatter => "front-matter",
                TextBasis::Header => "header",
                TextBasis::Dateline => "dateline",
                TextBasis::PageMetadata => "page-metadata",
                TextBasis::Url => "url",
                TextBasis::FirstSentence => "first-sentence",
                TextBasis::FileName => "file-name",
            },
        )
    }

    /// Says why two accounts were taken for one event.
    pub fn reason(&self, reason: &LinkReason) -> String {
        let (key, words) = match reason {
            LinkReason::SameWords => ("same-words", String::new()),
            LinkReason::SharedPhrase(phrase) => ("shared-phrase", phrase.clone()),
            LinkReason::SharedNames(names) => ("shared-names", names.join(", ")),
            LinkReason::SharedWords(words) => ("shared-words", words.join(", ")),
        };
        fill(word(&self.reason, key), &[("words", &words)])
    }

    /// Says that two accounts were joined for their dates where no other reason was kept.
    pub fn reason_of_dates(&self) -> &str {
        word(&self.reason, "dates")
    }

    /// Gives a number as a word up to twelve, in digits beyond.
    pub fn number(&self, n: usize) -> String {
        self.numbers.get(n).cloned().unwrap_or_else(|| n.to_string())
    }

    /// Counts things: `one_event` for one, `many_events` for more.
    pub fn count(&self, n: usize, one: &str, many: &str) -> String {
        if n == 1 { self.say(one).to_owned() } else { self.tell(many, &[("n", &self.number(n))]) }
    }

    /// Gives the name of a month from 1 to 12.
    pub fn month(&self, month: u32) -> &str {
        let index = (month as usize).wrapping_sub(1);
        self.months.get(index).map_or("", String::as_str)
    }

    /// Gives a date in words, a day with its weekday.
    pub fn date(&self, date: &Edtf) -> String {
        let words = date.human();
        match date.first_day() {
            // Only where the words are those of the plain day: "about Sunday 9 January" would say too much.
            Some(day) if date.precision() == Precision::Day && Edtf::day(day).human() == words => {
                let weekday = self.weekdays.get(day.weekday().num_days_from_monday() as usize);
                format!("{} {words}", weekday.map_or("", String::as_str))
            }
            _ => words,
        }
    }

    fn unit(&self, precision: Precision) -> &str {
        word(
            &self.unit,
            match precision {
                Precision::Day => "day",
                Precision::Week => "week",
                Precision::Month => "month",
                Precision::Season => "season",
                Precision::Quarter => "quarter",
                Precision::Year => "year",
                Precision::Decade => "decade",
                Precision::Century => "century",
                Precision::Span => "span",
            },
        )
    }
}

fn word<'a>(words: &'a Words, key: &str) -> &'a str {
    words.get(key).map_or("", String::as_str)
}

/// Fills in `{name}`s; what a value holds is never read again.
pub fn fill(pattern: &str, values: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(pattern.len() + 32);
    let mut rest = pattern;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let Some((name, behind)) = after.split_once('}') else {
            out.push('{');
            rest = after;
            continue;
        };
        if let Some((_, value)) = values.iter().find(|(known, _)| *known == name) {
            out.push_str(value);
        }
        rest = behind;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_with_braces_is_not_filled_again() {
        assert_eq!(fill("{a} and {b}{", &[("a", "{b}"), ("b", "x")]), "{b} and x{");
    }

    #[test]
    fn days_are_told_with_their_weekday_and_nothing_vaguer_is() {
        let words = Interface::english();
        for (date, told) in [
            ("2022-01-17", "Monday 17 January 2022"),
            ("2022-01-09~", "about 9 January 2022"),
            ("2014", "2014"),
            ("2022-01-10/2022-01-16", "week of 10 January 2022"),
        ] {
            assert_eq!(words.date(&date.parse().unwrap()), told);
        }
    }

    #[test]
    fn counts_are_words_up_to_twelve() {
        let words = Interface::english();
        assert_eq!(words.count(1, "one_event", "many_events"), "one event");
        assert_eq!(words.count(6, "one_event", "many_events"), "six events");
        assert_eq!(words.count(13, "one_event", "many_events"), "13 events");
    }
}
