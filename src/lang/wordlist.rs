//! Lists of words that answer at once whether they hold a word.

use foldhash::fast::FixedState;
use serde::Deserialize;
use std::collections::{HashMap, HashSet};

/// What a word is: a bit for each list that holds it, so that one look-up answers for all lists.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Kinds(u128);

impl Kinds {
    /// Tells whether one of the bits of others is set.
    #[inline]
    pub fn meets(self, other: Kinds) -> bool {
        self.0 & other.0 != 0
    }

    /// Gives the bits of both.
    #[inline]
    #[must_use]
    pub fn or(self, other: Kinds) -> Kinds {
        Kinds(self.0 | other.0)
    }
}

/// The words of many lists, each with what it is.
#[derive(Debug, Default)]
pub struct KindTable {
    words: HashMap<Box<str>, Kinds, FixedState>,
    lists: u32,
}

impl KindTable {
    /// Adds a list and gives its bit.
    pub fn add<'a>(&mut self, words: impl Iterator<Item = &'a str>) -> Kinds {
        let bit = Kinds(1u128.checked_shl(self.lists).unwrap_or(0));
        self.lists += 1;
        for word in words {
            let kinds = self.words.entry(word.into()).or_default();
            *kinds = kinds.or(bit);
        }
        bit
    }

    /// Gives what a word is.
    #[inline]
    pub fn get(&self, word: &str) -> Kinds {
        self.words.get(word).copied().unwrap_or_default()
    }
}

/// Words of a list.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(from = "Vec<String>")]
pub struct Words {
    /// The bit of the list, once it is in a table.
    pub kind: Kinds,
    seen: Seen,
    // The words are fixed, so nobody can choose some that collide.
    words: HashSet<Box<str>, FixedState>,
}

impl Words {
    /// Tells whether a word is in the list.
    #[inline]
    pub fn contains(&self, word: &str) -> bool {
        self.seen.may_hold(word) && self.words.contains(word)
    }

    /// Tells whether a word is in the list when its capitals are small; most words have none.
    pub fn holds(&self, word: &str) -> bool {
        if word.bytes().any(|b| b.is_ascii_uppercase()) {
            return self.contains(&word.to_ascii_lowercase());
        }
        self.contains(word)
    }

    /// Puts the list into a table.
    pub fn number(&mut self, table: &mut KindTable) {
        self.kind = table.add(self.words.iter().map(|w| &**w));
    }
}

impl From<Vec<String>> for Words {
    fn from(words: Vec<String>) -> Words {
        words.into_iter().collect()
    }
}

impl FromIterator<String> for Words {
    fn from_iter<T: IntoIterator<Item = String>>(words: T) -> Words {
        let words: HashSet<Box<str>, FixedState> = words.into_iter().map(String::into_boxed_str).collect();
        Words { kind: Kinds::default(), seen: Seen::of(words.iter().map(|w| &**w)), words }
    }
}

/// Words that stand for others.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(from = "HashMap<String, String>")]
pub struct WordMap {
    /// The bit of the words that stand for others, once it is in a table.
    pub kind: Kinds,
    seen: Seen,
    words: HashMap<Box<str>, Box<str>, FixedState>,
}

impl WordMap {
    /// Tells whether a word stands for another.
    #[inline]
    pub fn holds(&self, word: &str) -> bool {
        self.seen.may_hold(word) && self.words.contains_key(word)
    }

    /// Gives what a word stands for.
    #[inline]
    pub fn get(&self, word: &str) -> Option<&str> {
        if self.seen.may_hold(word) { self.words.get(word).map(|to| &**to) } else { None }
    }

    /// Puts the words that stand for others into a table.
    pub fn number(&mut self, table: &mut KindTable) {
        self.kind = table.add(self.words.keys().map(|w| &**w));
    }
}

impl From<HashMap<String, String>> for WordMap {
    fn from(words: HashMap<String, String>) -> WordMap {
        words.into_iter().collect()
    }
}

impl FromIterator<(String, String)> for WordMap {
    fn from_iter<T: IntoIterator<Item = (String, String)>>(words: T) -> WordMap {
        let words: HashMap<Box<str>, Box<str>, FixedState> =
            words.into_iter().map(|(from, to)| (from.into_boxed_str(), to.into_boxed_str())).collect();
        WordMap { kind: Kinds::default(), seen: Seen::of(words.keys().map(|w| &**w)), words }
    }
}

/// For each first word of runs the words behind it.
type ByFirst = HashMap<Box<str>, Vec<Box<[Box<str>]>>, FixedState>;

/// Runs of words ("going to"), found by their first word.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(from = "Vec<String>")]
pub struct Runs {
    /// The bit of their first words, once they are in a table.
    pub kind: Kinds,
    /// For each first word the words behind it, one list a run.
    by_first: ByFirst,
}

impl Runs {
    /// Gives how many words each run has that stands at `at` in some folded words, which `word` gives by
    /// their index; nothing beyond the end.
    pub fn lengths<'r>(&'r self, word: impl Fn(usize) -> Option<&'r str>, at: usize) -> impl Iterator<Item = usize> {
        let runs = word(at).and_then(|first| self.by_first.get(first)).into_iter().flatten();
        let stands = move |rest: &[Box<str>]| (at + 1..).zip(rest).all(|(i, part)| word(i) == Some(&**part));
        runs.filter(move |rest| stands(rest)).map(|rest| rest.len() + 1)
    }

    /// Puts their first words into a table.
    pub fn number(&mut self, table: &mut KindTable) {
        self.kind = table.add(self.by_first.keys().map(|w| &**w));
    }
}

impl From<Vec<String>> for Runs {
    fn from(list: Vec<String>) -> Runs {
        let mut by_first = ByFirst::default();
        for run in list {
            let mut parts = run.split(' ').map(Box::from);
            if let Some(first) = parts.next() {
                by_first.entry(first).or_default().push(parts.collect());
            }
        }
        Runs { kind: Kinds::default(), by_first }
    }
}

const BITS: usize = 2048;

/// A bit for the length and the outer letters of each word of a list: most words are told apart by one look.
#[derive(Debug, Clone)]
struct Seen([u64; BITS / 64]);

impl Default for Seen {
    fn default() -> Seen {
        Seen([0; BITS / 64])
    }
}

impl Seen {
    fn of<'a>(words: impl Iterator<Item = &'a str>) -> Seen {
        let mut seen = Seen::default();
        for word in words {
            let bit = Seen::bit(word);
            seen.0[bit / 64] |= 1 << (bit % 64);
        }
        seen
    }

    #[inline]
    fn may_hold(&self, word: &str) -> bool {
        let bit = Seen::bit(word);
        self.0[bit / 64] >> (bit % 64) & 1 == 1
    }

    #[inline]
    fn bit(word: &str) -> usize {
        let bytes = word.as_bytes();
        let (first, last) = (bytes.first().copied().unwrap_or(0), bytes.last().copied().unwrap_or(0));
        let sum = bytes.len() * 37 + usize::from(first) * 331 + usize::from(last) * 1009;
        (sum ^ sum >> 11) % BITS
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_hold_their_words_and_no_others() {
        let words: Words = ["harbour", "quay", "ö", ""].map(str::to_owned).into_iter().collect();
        assert!(words.contains("harbour") && words.contains("ö") && words.contains(""));
        assert!(!words.contains("harbor") && !words.contains("q") && !words.contains("hxxxxxr"));
        assert!(!Words::default().contains(""));
    }

    #[test]
    fn runs_are_found_where_they_stand_whole() {
        let runs = Runs::from(["going to", "going to sea", "will"].map(str::to_owned).to_vec());
        let words = ["she", "is", "going", "to", "sea"];
        let lengths = |words: &[&'static str], at| runs.lengths(|i| words.get(i).copied(), at).collect::<Vec<_>>();
        assert_eq!(lengths(&words, 2), [2, 3]);
        assert!(lengths(&words[..3], 2).is_empty() && lengths(&words, 9).is_empty());
    }

    #[test]
    fn a_table_says_which_lists_hold_a_word() {
        let mut table = KindTable::default();
        let [boats, sails] = [["ferry", "yawl"], ["yawl", "jib"]].map(|list| table.add(list.into_iter()));
        assert!(table.get("yawl").meets(boats) && table.get("yawl").meets(sails));
        assert!(table.get("ferry").meets(boats) && !table.get("ferry").meets(sails));
        assert_eq!(table.get("quay"), Kinds::default());
    }
}
