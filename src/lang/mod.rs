//! Languages as data: words, rules and their phrases. A second language is a second folder of files.

pub mod akin;
mod automaton;
mod calendar;
pub mod events;
pub mod headlines;
mod holidays;
pub mod interface;
mod lexicon;
mod openings;
pub mod pages;
mod pattern;
mod rules;
mod table;
pub mod tokens;
pub mod variants;
mod wordlist;

pub use automaton::{Dfa, Nfa, StateId};
pub use calendar::Calendar;
pub use holidays::Holiday;
pub use lexicon::{Known, Lexicon, Shape, Signature, Terminal, WordList};
pub use openings::Openings;
pub use rules::{Means, Part, Rule, Slot};
pub use table::{LONGEST, Word, packed};
pub use wordlist::{KindTable, Kinds, Runs, WordMap, Words};

use crate::model::RuleId;
use std::sync::OnceLock;

/// One language, ready to read with.
#[derive(Debug)]
pub struct Language {
    /// BCP 47 tag.
    pub tag: &'static str,
    /// Its words.
    pub lexicon: Lexicon,
    /// Its names of months and weekdays.
    pub calendar: Calendar,
    /// Its rules; a [`RuleId`] is an index into them.
    pub rules: Vec<Rule>,
    /// Its days with a name.
    pub holidays: Vec<Holiday>,
    /// The rules as one automaton.
    pub nfa: Nfa,
}

impl Language {
    /// Reads a language from the text of its word list and its rule files; the error says which file is wrong how.
    pub fn read(
        tag: &'static str,
        words: &str,
        holidays: &str,
        rule_files: &[(&str, &str)],
    ) -> Result<Language, String> {
        let lists: Vec<WordList> = serde_yaml::from_str(words).map_err(|e| format!("words: {e}"))?;
        let mut builder = lexicon::Builder::new();
        for list in &lists {
            builder.add(list);
        }
        let mut files = Vec::new();
        for (name, text) in rule_files {
            files.push(serde_yaml::from_str(text).map_err(|e| format!("{name}: {e}"))?);
        }
        let holidays: Vec<Holiday> = serde_yaml::from_str(holidays).map_err(|e| format!("holidays: {e}"))?;
        files.push(rules::of_holidays(&holidays));
        let rules = rules::compile(files, &mut builder)?;
        let lexicon = builder.build();
        let mut nfa = Nfa::default();
        for (i, rule) in rules.iter().enumerate() {
            nfa.add(i as u16, &rule.part);
        }
        nfa.finish(lexicon.signatures());
        Ok(Language { tag, lexicon, calendar: Calendar::of(&lists), rules, holidays, nfa })
    }

    /// Gives the id of a rule by its name.
    pub fn named(&self, name: &str) -> Option<RuleId> {
        self.rules.iter().position(|rule| rule.name == name).map(|id| RuleId(id as u16))
    }

    /// Gives a rule by its id.
    pub fn rule(&self, id: RuleId) -> Option<&Rule> {
        self.rules.get(id.0 as usize)
    }
}

macro_rules! rule_files {
    ($($name:literal),* $(,)?) => { &[$(($name, include_str!(concat!("en/rules/", $name, ".yaml")))),*] };
}

/// Gives English.
pub fn english() -> &'static Language {
    static ENGLISH: OnceLock<Language> = OnceLock::new();
    #[allow(clippy::panic)] // the files are part of the program: a test reads them, no input reaches this
    ENGLISH.get_or_init(|| read_english().unwrap_or_else(|e| panic!("built-in language: {e}")))
}

/// Reads English anew, for who wants to change it; the error says what is wrong with the files.
pub fn read_english() -> Result<Language, String> {
    Language::read(
        "en",
        include_str!("en/words.yaml"),
        include_str!("en/holidays.yaml"),
        rule_files![
            "parts", "nothing", "shift", "clock", "calendar", "periods", "relative", "ranges", "within", "lists",
            "length"
        ],
    )
}
