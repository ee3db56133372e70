//! The words that make headlines, read once from the language's file.

use super::wordlist::Words;
use serde::Deserialize;
use std::sync::OnceLock;

/// Lists of words about pronouns, and about where a sentence can be cut.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HeadlineWords {
    /// The forms of "he".
    pub he_words: Words,
    /// The forms of "she".
    pub she_words: Words,
    /// What stands for one that is "he".
    pub he_nouns: Words,
    /// What stands for one that is "she".
    pub she_nouns: Words,
    /// What stands for one that can be either.
    pub person_nouns: Words,
    /// Possessive pronouns of one person.
    pub possessives: Words,
    /// Pronouns of one person that are no subject.
    pub objects: Words,
    /// What stands before a relative of somebody: "their son".
    pub owners: Words,
    /// Words that open a clause which must be finished.
    pub clause_openers: Words,
    /// Words that open a clause where a verb follows, and a phrase otherwise.
    pub phrase_openers: Words,
    /// Words before which a long headline can be cut.
    pub joints: Words,
    /// Joining words with which no headline ends.
    pub joining: Words,
    /// What keeps the date behind it: "only in May".
    pub only_marks: Words,
    /// What makes of a date a limit: "until".
    pub limits: Words,
    /// What makes it one behind it: "at the latest".
    pub latest: Words,
    /// Words by which something was not so.
    pub none_words: Words,
    /// Verbs of what goes on to a limit: "remain".
    pub stays: Words,
    /// Words that need the time behind them.
    pub needs_time: Words,
    /// Days counted from that of the text: "yesterday".
    pub near_days: Words,
    /// First words of such days: "last night".
    pub near_turns: Words,
    /// The days of the week.
    pub week_days: Words,
    /// Who hears what a court is told.
    pub hearers: Words,
    /// Verbs for it.
    pub heard: Words,
    /// Pronouns that only stand for the subject of their sentence.
    pub selves: Words,
    /// Words that end what a verb says: "was struck out".
    pub closers: Words,
    /// Words before a date that only say when.
    pub date_words: Words,
    /// Letters behind a person's name.
    pub letters: Words,
    /// What stands behind the name of a firm.
    pub firms: Words,
    /// Heads of a field.
    pub fields: Words,
    /// Feasts.
    pub feasts: Words,
}

/// Gives the words for headlines; the file is part of the program, so that reading it cannot fail in use.
pub fn headline_words() -> &'static HeadlineWords {
    static WORDS: OnceLock<HeadlineWords> = OnceLock::new();
    WORDS.get_or_init(|| serde_yaml::from_str(include_str!("en/headlines.yaml")).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_is_read() {
        let words = headline_words();
        assert!(words.he_words.contains("him") && words.joints.contains("by") && words.heard.contains("told"));
    }
}
