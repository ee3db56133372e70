//! Lists of words that answer at once whether they hold a word.

use foldhash::fast::FixedState;
use serde::Deserialize;
use std::collections::{HashMap, HashSet};

/// Words of a list.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(from = "Vec<String>")]
pub struct Words {
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
}

impl From<Vec<String>> for Words {
    fn from(words: Vec<String>) -> Words {
        words.into_iter().collect()
    }
}

impl FromIterator<String> for Words {
    fn from_iter<T: IntoIterator<Item = String>>(words: T) -> Words {
        let words: HashSet<Box<str>, FixedState> = words.into_iter().map(String::into_boxed_str).collect();
        Words { seen: Seen::of(words.iter().map(|w| &**w)), words }
    }
}

/// Words that stand for others.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(from = "HashMap<String, String>")]
pub struct WordMap {
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
        WordMap { seen: Seen::of(words.keys().map(|w| &**w)), words }
    }
}

/// For each first word of runs the words behind it.
type ByFirst = HashMap<Box<str>, Vec<Box<[Box<str>]>>, FixedState>;

/// Runs of words ("going to"), found by their first word.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(from = "Vec<String>")]
pub struct Runs {
    seen: Seen,
    /// For each first word the words behind it, one list a run.
    by_first: ByFirst,
}

impl Runs {
    /// Gives how many words each run has that stands at `at` in some folded words.
    pub fn lengths<'r, W: AsRef<str>>(&'r self, words: &'r [W], at: usize) -> impl Iterator<Item = usize> + 'r {
        let first = words.get(at).map(AsRef::as_ref).filter(|first| self.seen.may_hold(first));
        let runs = first.and_then(|first| self.by_first.get(first)).into_iter().flatten();
        let behind = words.get(at + 1..).unwrap_or_default();
        let stands = move |rest: &[Box<str>]| {
            behind.len() >= rest.len() && rest.iter().zip(behind).all(|(part, word)| **part == *word.as_ref())
        };
        runs.filter(move |rest| stands(rest)).map(|rest| rest.len() + 1)
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
        Runs { seen: Seen::of(by_first.keys().map(|w| &**w)), by_first }
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
        assert_eq!(runs.lengths(&words, 2).collect::<Vec<_>>(), [2, 3]);
        assert_eq!(runs.lengths(&words[..3], 2).count(), 0);
        assert_eq!(runs.lengths(&words, 9).count(), 0);
    }
}
