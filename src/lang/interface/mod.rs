//! The words of the readers' interface: one YAML file a language.

mod bidi;
mod edit;
mod link;
mod why;

pub use bidi::{closed, is_from_right, isolated};
pub use why::Reading;

use crate::model::{DateBasis, DateWords, Edtf, Precision, Status};
use chrono::{Datelike, NaiveDate};
use serde::Deserialize;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// Words by their key.
pub type Words = BTreeMap<String, String>;

/// A phrase that depends on a number.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Counted {
    /// For zero, where it is not worded like many.
    #[serde(default)]
    none: Option<String>,
    one: String,
    many: String,
}

/// Everything that pages say in one language.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Interface {
    /// BCP 47 tag.
    pub language: String,
    /// Labels that templates show as they stand.
    pub labels: Words,
    /// The words of dates.
    #[serde(default = "DateWords::english")]
    pub dates: DateWords,
    quoted: String,
    and: String,
    comma: String,
    semicolon: String,
    numbers: Vec<String>,
    thousands: String,
    weekdays: [String; 7],
    #[serde(default)]
    short_months: Vec<String>,
    on_weekday: String,
    from_to: String,
    shapes: Words,
    statuses: Words,
    counts: BTreeMap<String, Counted>,
    sentences: Words,
    published: Words,
    anchors: Words,
    choices: Words,
    units: Words,
    leads: Words,
    classes: Words,
    links: Words,
    elsewhere: String,
    edits: Words,
}

/// The languages of the interface: the first part of their tag, and their words.
const LANGUAGES: &[(&str, &str)] = &[("en", include_str!("en.yaml")), ("fr", include_str!("fr.yaml"))];

/// Gives the languages that the interface speaks, by the first part of their tag.
pub fn languages() -> impl Iterator<Item = &'static str> {
    LANGUAGES.iter().map(|(tag, _)| *tag)
}

/// Tells whether the interface speaks a language, by its BCP 47 tag.
pub fn speaks(language: &str) -> bool {
    let first = language.split(['-', '_']).next().unwrap_or_default();
    languages().any(|tag| first.eq_ignore_ascii_case(tag))
}

/// Gives the words for a BCP 47 tag; English where a language has none yet.
pub fn interface(language: &str) -> &'static Interface {
    static READ: [OnceLock<Interface>; LANGUAGES.len()] = [const { OnceLock::new() }; LANGUAGES.len()];
    let first = language.split(['-', '_']).next().unwrap_or_default();
    let at = LANGUAGES.iter().position(|(tag, _)| first.eq_ignore_ascii_case(tag)).unwrap_or_default();
    let [english, ..] = &READ;
    let text = LANGUAGES.get(at).map_or("", |(_, text)| text);
    #[allow(clippy::panic)] // the files are part of the program: a test reads them, no input reaches this
    READ.get(at)
        .unwrap_or(english)
        .get_or_init(|| serde_yaml::from_str(text).unwrap_or_else(|e| panic!("built-in words: {e}")))
}

impl Interface {
    /// Gives a label of a template.
    pub fn label(&self, key: &str) -> &str {
        word(&self.labels, key)
    }

    /// Gives what shows a mark on the line to those who cannot see it (`approximate`, `open`).
    pub fn shape(&self, key: &str) -> &str {
        word(&self.shapes, key)
    }

    /// Gives a sentence with its names filled in.
    pub fn sentence(&self, key: &str, values: &[(&str, &str)]) -> String {
        fill(word(&self.sentences, key), values)
    }

    /// Gives a number of things in words ("three sources").
    pub fn count(&self, key: &str, number: usize, values: &[(&str, &str)]) -> String {
        let Some(counted) = self.counts.get(key) else {
            return String::new();
        };
        let pattern = match number {
            0 => counted.none.as_ref().unwrap_or(&counted.many),
            1 => &counted.one,
            _ => &counted.many,
        };
        let digits = self.number(number);
        let n = self.numbers.get(number).unwrap_or(&digits);
        let all: Vec<_> = [("n", n.as_str())].into_iter().chain(values.iter().copied()).collect();
        fill(pattern, &all)
    }

    /// Gives a number in digits, in groups as the language writes them.
    pub fn number(&self, number: usize) -> String {
        let digits = number.to_string();
        let mut out = String::with_capacity(digits.len() + 4);
        for (at, digit) in digits.char_indices() {
            if at > 0 && (digits.len() - at).is_multiple_of(3) {
                out.push_str(&self.thousands);
            }
            out.push(digit);
        }
        out
    }

    /// Gives what stands between groups of three digits.
    pub fn thousands(&self) -> &str {
        &self.thousands
    }

    /// Gives how an event is told, where it is not simply a fact.
    pub fn status(&self, status: Status) -> Option<&str> {
        let key = match status {
            Status::Happened => "happened",
            Status::Planned => "planned",
            Status::Denied => "denied",
            Status::Hypothetical => "hypothetical",
        };
        Some(word(&self.statuses, key)).filter(|s| !s.is_empty())
    }

    /// Gives where a publication date was found.
    pub fn basis(&self, basis: DateBasis) -> &str {
        let key = match basis {
            DateBasis::Sidecar => "sidecar",
            DateBasis::FrontMatter => "front-matter",
            DateBasis::Header => "header",
            DateBasis::Dateline => "dateline",
            DateBasis::PageMetadata => "page-metadata",
            DateBasis::FileName => "file-name",
            DateBasis::Address => "address",
            DateBasis::Inferred => "inferred",
        };
        word(&self.published, key)
    }

    /// Gives a date in words.
    pub fn date(&self, date: &Edtf) -> String {
        date.worded(&self.dates, None)
    }

    /// Gives a date in words that can be checked in a calendar: a day with its weekday ("Monday 17
    /// January 2022"), a week from its Monday to its Sunday.
    pub fn day(&self, date: &Edtf) -> String {
        if let Some(day) = single_day(date) {
            return self.on_weekday(day, &self.date(date));
        }
        let exact = date.precision() == Precision::Week && !date.is_approximate() && !date.is_uncertain();
        match (date.first_day(), date.last_day()) {
            (Some(first), Some(last)) if exact => {
                let short = Edtf::day(first).worded_short(&self.dates, None);
                let (first, last) =
                    (self.on_weekday(first, &short), self.on_weekday(last, &self.date(&Edtf::day(last))));
                fill(&self.from_to, &[("first", &first), ("last", &last)])
            }
            _ => self.date(date),
        }
    }

    fn on_weekday(&self, day: NaiveDate, date: &str) -> String {
        let weekday = self.weekday(day).unwrap_or_default();
        fill(&self.on_weekday, &[("weekday", weekday), ("date", date)])
    }

    fn weekday(&self, day: NaiveDate) -> Option<&str> {
        self.weekdays.get(day.weekday().num_days_from_monday() as usize).map(String::as_str)
    }

    /// Gives a month, from 1, in so few letters that it fits below a bar.
    pub fn short_month(&self, month: u32) -> &str {
        let at = (month as usize).saturating_sub(1);
        let whole = || self.dates.months.get(at).map(AsRef::as_ref);
        self.short_months.get(at).map(String::as_str).or_else(whole).unwrap_or_default()
    }

    /// Gives a quotation in the language's quotation marks.
    pub fn quote(&self, text: &str) -> String {
        fill(&self.quoted, &[("text", text)])
    }

    /// Gives a list in words ("a, b and c").
    pub fn list<S: AsRef<str>>(&self, items: &[S]) -> String {
        match items {
            [] => String::new(),
            [one] => isolated(one.as_ref()).into_owned(),
            [first @ .., last] => {
                let first: Vec<Cow<str>> = first.iter().map(|item| isolated(item.as_ref())).collect();
                format!("{} {} {}", first.join(&self.comma), self.and, isolated(last.as_ref()))
            }
        }
    }

    /// Gives statements one after the other ("this; that").
    pub fn statements(&self, items: &[String]) -> String {
        items.join(&self.semicolon)
    }

    /// Says that the date of a sentence is told by an earlier one.
    pub fn elsewhere(&self, words: &str) -> String {
        fill(&self.elsewhere, &[("words", &self.quote(words))])
    }
}

/// Gives the day of a date that is nothing but one exact day.
fn single_day(date: &Edtf) -> Option<NaiveDate> {
    let day = date.first_day()?;
    (date.last_day() == Some(day) && !date.is_approximate() && !date.is_uncertain()).then_some(day)
}

fn word<'a>(words: &'a Words, key: &str) -> &'a str {
    words.get(key).map(String::as_str).unwrap_or_default()
}

/// Fills in the names in braces in one pass, so that what is filled in is never read as a name, and none of it
/// turns the words around it.
fn fill(pattern: &str, values: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(pattern.len() + 32);
    let mut rest = pattern;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let Some((name, after)) = after.split_once('}') else {
            out.push('{');
            rest = after;
            continue;
        };
        out.extend(values.iter().find(|(key, _)| *key == name).map(|(_, value)| isolated(value)));
        rest = after;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_counts_and_days_read_like_language() {
        let words = interface("en");
        assert_eq!(words.list(&["a", "b", "c"]), "a, b and c");
        assert_eq!(words.count("sources", 1, &[]), "one source");
        assert_eq!(words.count("sources", 13, &[]), "13 sources");
        assert_eq!(words.count("events", 36_458, &[]), "36,458 events");
        assert_eq!(interface("fr").number(1_234_567), "1\u{202f}234\u{202f}567");
        assert_eq!(words.list(&["הארץ", "b"]), "\u{2068}הארץ\u{2069} and b");
        assert_eq!(words.day(&"2022-01-17".parse().unwrap()), "Monday 17 January 2022");
        assert_eq!(words.day(&"2022-01-09~".parse().unwrap()), "about 9 January 2022");
        let week = "2022-01-10/2022-01-16".parse().unwrap();
        assert_eq!(words.day(&week), "Monday 10 January to Sunday 16 January 2022");
        assert_eq!(words.day(&"2022-01".parse().unwrap()), "January 2022");
    }

    /// Gives the keys of a file of words, and with each the names in braces.
    fn keys(text: &str) -> std::collections::BTreeMap<String, std::collections::BTreeSet<String>> {
        let mut found = std::collections::BTreeMap::new();
        let mut section = String::new();
        for line in text.lines().filter(|line| !line.trim_start().starts_with(['#', '-']) && line.contains(':')) {
            let (key, value) = line.split_once(':').unwrap();
            if !line.starts_with(' ') {
                section = key.to_owned();
            }
            let names = value.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name.trim());
            let names = names.filter(|name| !name.contains([':', ' '])).map(str::to_owned).collect();
            found.insert(format!("{section}/{}", key.trim()), names);
        }
        found.retain(|key, _| !key.starts_with("dates/"));
        found
    }

    #[test]
    fn every_language_says_all_that_english_says() {
        let english = keys(LANGUAGES[0].1);
        assert!(english.len() > 150);
        for (tag, text) in LANGUAGES {
            let words = interface(tag);
            assert_eq!(words.language, *tag);
            let own = keys(text);
            let missing: Vec<_> = english.keys().filter(|key| !own.contains_key(*key)).collect();
            let foreign: Vec<_> = own.keys().filter(|key| !english.contains_key(*key) && *key != "dates/").collect();
            assert!(missing.is_empty() && foreign.is_empty(), "{tag} lacks {missing:?}, has {foreign:?}");
            for (key, names) in &own {
                let unknown: Vec<_> = names.difference(&english[key]).collect();
                assert!(unknown.is_empty(), "{tag}: {key} fills in {unknown:?}");
            }
            let empty = |(key, word): &(&String, &String)| word.trim().is_empty() && *key != "happened";
            for words in [&words.labels, &words.sentences, &words.choices, &words.links, &words.edits, &words.statuses]
            {
                assert!(words.iter().find(empty).is_none(), "{tag}: {:?}", words.iter().find(empty));
            }
        }
    }

    #[test]
    fn french_dates_and_counts_read_like_french() {
        let words = interface("fr-CA");
        let date = |text: &str| words.date(&text.parse().unwrap());
        for (edtf, said) in [
            ("2022-01-09", "9 janvier 2022"),
            ("2022-05-01", "1er mai 2022"),
            ("2022-01-09~", "vers le 9 janvier 2022"),
            ("2022-01~", "vers janvier 2022"),
            ("2014/..", "depuis 2014"),
            ("2014-03-04/..", "depuis le 4 mars 2014"),
            ("198X", "années 1980"),
            ("198X/..", "depuis les années 1980"),
            ("20XX", "21e siècle"),
            ("00XX", "1er siècle"),
            ("2022-01-10/2022-01-16", "semaine du 10 janvier 2022"),
            ("2022-01-10~/2022-01-16~", "vers la semaine du 10 janvier 2022"),
            ("1989-34", "deuxième trimestre 1989"),
            ("[2022-01-13,2022-01-14]", "13 ou 14 janvier 2022"),
            ("-0043", "44 av. J.-C."),
        ] {
            assert_eq!(date(edtf), said, "{edtf}");
        }
        let late = words.dates.clone();
        let decade: Edtf = "198X".parse().unwrap();
        assert_eq!(decade.worded(&late, Some(crate::model::Modifier::End)), "fin des années 1980");
        assert_eq!(words.count("events", 0, &[]), "aucun événement");
        assert_eq!(words.count("sources", 1, &[]), "une source");
        assert_eq!(words.count("sources", 3, &[]), "trois sources");
        assert_eq!(words.day(&"2022-01-17".parse().unwrap()), "lundi 17 janvier 2022");
        assert_eq!(interface("xx").language, "en");
    }

    #[test]
    fn what_is_filled_in_is_not_read_again() {
        assert_eq!(fill("{a} and {b}", &[("a", "{b}"), ("b", "x")]), "{b} and x");
        assert_eq!(fill("open {", &[]), "open {");
    }
}
