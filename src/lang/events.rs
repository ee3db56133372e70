//! The words that tell events apart, read once from the language's file.

use super::tokens::{cut_ending, fold};
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::OnceLock;

type Words = HashSet<String>;

/// Lists of words about clauses, saying, doubt, names and kinds of happening.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EventWords {
    /// Words that carry no content of their own.
    pub stop: Words,
    irregular: BTreeMap<String, String>,
    auxiliary: Words,
    not_past: Words,
    /// Past forms that are no participles and share no auxiliary.
    pub only_past: Words,
    /// Words by which a verb tells what was over by then: "had come".
    pub perfect: Words,
    /// Words that open, behind a date and a comma, what happened on it.
    pub on_it: Words,
    /// Words that rank: what comes "since" after them only compares.
    ranks: Words,
    not_ranks: Words,
    /// Words with which no headline ends.
    pub hanging: Words,
    /// Verbs by which a text says who says it.
    pub attribution: Words,
    /// What may stand between a verb of saying and what is said.
    pub content_marks: Words,
    /// Runs of words that put a clause into the future.
    pub planned: Vec<String>,
    /// Words that make a clause a possibility.
    pub hypothetical: Words,
    /// Words that make a clause a possibility when it opens with them.
    pub conditional: Words,
    /// Runs of words that say it was not so.
    pub denied: Vec<String>,
    /// Verbs by which somebody says that what follows is not so.
    pub denials: Words,
    /// Verbs that say so of a rumour.
    pub dismissals: Words,
    /// What is said without being so: "reports".
    pub rumours: Words,
    /// Words that open a clause hanging on the noun before.
    pub relative: Words,
    /// Words that open a clause wherever they stand.
    pub subordinate: Words,
    /// Words that open a clause where a verb follows.
    pub preposition_or_clause: Words,
    /// Parts of the names of callings.
    pub title_words: Words,
    /// Those after which a person's name can follow at once.
    pub title_heads: Words,
    /// Small words inside a person's name.
    pub particles: Words,
    /// Words without content that can still open a name.
    pub name_openers: Words,
    /// Nouns that take "of …" into their name.
    pub of_heads: Words,
    /// Names of a text: "article", "story".
    pub page_nouns: Words,
    /// Runs of words that make such a name the text's own: "this".
    pub page_this: Vec<String>,
    /// What is done to a text: "updated".
    pub page_changed: Words,
    /// Runs of words that open a note on the text.
    pub page_notes: Vec<String>,
    /// Labels of such notes.
    pub page_labels: Vec<String>,
    /// Runs of words that open a request to the reader.
    pub page_requests: Vec<String>,
    /// Runs of words that make a sentence an offer of the paper.
    pub page_offers: Vec<String>,
    /// Runs of words by which a live page greets or takes its leave.
    pub page_farewells: Vec<String>,
    /// Last words of labels of what is no story: "Gazette Bingo: …".
    pub notice_heads: Words,
    /// What people are told they can do: "collected".
    pub collectable: Words,
    /// Who is told so: "residents".
    pub public: Words,
    /// Runs of words that speak to the reader: "you can".
    pub addresses: Vec<String>,
    /// What opens a line on what the paper brings next.
    pub coming: Words,
    /// What opens the notice of a service: "bins".
    pub services: Words,
    /// Words of a forecast.
    pub forecast: Words,
    /// Words by which a notice sells: "tickets".
    pub sold: Words,
    /// Runs of words by which a notice says how long it holds.
    pub lasts: Vec<String>,
    /// Verbs that ask the reader.
    pub imperatives: Words,
    /// What can follow them.
    pub imperative_objects: Words,
    /// Laws and pacts, named by their year.
    pub laws: Words,
    /// What else is named by its year.
    pub named_by_year: Words,
    /// What a weekday before it only names.
    pub weekday_names: Words,
    /// Words of change, after which "from" gives what was before.
    pub changes: Words,
    /// After a month, what only names goods to be delivered then.
    pub delivery: Words,
    /// Words by which those who write a post speak of themselves and their readers.
    pub writers: Words,
    /// Words that may stand between "has" and what was done.
    pub between_perfect: Words,
    /// Words before a verb by which a post looks back.
    pub looks_back: Words,
    /// Words that let two neighbouring days be one night.
    pub night_words: Words,
    /// Pronouns that a headline should not open with.
    pub pronouns: Words,
    /// Pronouns that stand for one person.
    pub person_pronouns: Words,
    /// Words that open a noun group.
    pub determiners: Words,
    classes: Vec<Vec<String>>,
    countries: Vec<Vec<String>>,
    #[serde(skip)]
    class_of: HashMap<String, String>,
    #[serde(skip)]
    demonyms: Words,
    #[serde(skip)]
    triggers: Words,
    #[serde(skip)]
    country_names: Words,
}

impl EventWords {
    /// Gives the word that stands for all of the same kind of happening or of the same country.
    pub fn class(&self, word: &str) -> Option<&str> {
        self.class_of.get(word).map(String::as_str)
    }

    /// Gives the plain form of an irregular past ("broke": "break").
    pub fn plain_form(&self, word: &str) -> Option<&str> {
        self.irregular.get(word).map(String::as_str)
    }

    /// Tells whether a word is called after a country without naming it ("Russian").
    pub fn is_demonym(&self, word: &str) -> bool {
        self.demonyms.contains(word)
    }

    /// Tells whether a stem stands for a kind of happening.
    pub fn is_trigger(&self, stem: &str) -> bool {
        self.triggers.contains(stem)
    }

    /// Tells whether a word names a country or is called after one.
    pub fn is_country(&self, word: &str) -> bool {
        self.country_names.contains(word)
    }

    /// Tells whether a word can be the finite verb of a clause: an auxiliary or a past form.
    pub fn is_finite(&self, word: &str) -> bool {
        self.auxiliary.contains(word) || self.is_past(word)
    }

    /// Tells whether a word is an auxiliary, or a present form that is no participle.
    pub fn is_auxiliary(&self, word: &str) -> bool {
        self.auxiliary.contains(word)
    }

    /// Tells whether a word ranks ("first", "highest").
    pub fn is_rank(&self, word: &str) -> bool {
        self.ranks.contains(word) || (word.len() > 5 && word.ends_with("est") && !self.not_ranks.contains(word))
    }

    /// Tells whether a word is a past form ("ended", "broke").
    pub fn is_past(&self, word: &str) -> bool {
        self.irregular.contains_key(word) || (word.len() > 4 && word.ends_with("ed") && !self.not_past.contains(word))
    }

    fn index(mut self) -> EventWords {
        for list in self.classes.iter().chain(&self.countries) {
            for word in list {
                if let Some(first) = list.first() {
                    self.class_of.entry(cut_ending(word)).or_insert_with(|| first.clone());
                    self.class_of.insert(word.clone(), first.clone());
                }
            }
        }
        for list in &self.countries {
            self.demonyms.extend(list.iter().skip(1).filter(|w| !w.contains('.')).cloned());
        }
        self.triggers = self.classes.iter().filter_map(|list| list.first()).cloned().collect();
        self.country_names = self.countries.iter().flatten().cloned().collect();
        for named in ["america", "britain"] {
            self.demonyms.remove(named);
        }
        self
    }
}

/// Gives the words for events; the file is part of the program, so that reading it cannot fail in use.
pub fn event_words() -> &'static EventWords {
    static WORDS: OnceLock<EventWords> = OnceLock::new();
    WORDS.get_or_init(|| {
        let read: Result<EventWords, _> = serde_yaml::from_str(include_str!("en/events.yaml"));
        read.unwrap_or_default().index()
    })
}

/// Tells whether the folded words from `at` on are one of the runs in a list.
pub fn starts_run(words: &[String], at: usize, runs: &[String]) -> bool {
    runs.iter().any(|run| {
        let mut at = at;
        run.split(' ').all(|part| {
            let same = words.get(at).is_some_and(|w| w == part);
            at += 1;
            same
        })
    })
}

/// Tells whether a word says nothing of its own.
pub fn is_stop(word: &str) -> bool {
    event_words().stop.contains(&fold(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_reads_and_its_lists_answer() {
        let read: Result<EventWords, _> = serde_yaml::from_str(include_str!("en/events.yaml"));
        assert!(read.is_ok(), "{:?}", read.err());
        let words = event_words();
        assert!(words.is_past("broke") && words.is_past("departed") && !words.is_past("hundred"));
        assert!(words.is_demonym("russian") && !words.is_demonym("russia"));
        assert_eq!(words.class("negotiation"), Some("talk"));
    }
}
