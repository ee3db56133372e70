//! Words that may tell one kind of deed, read once from the language's file.

use super::events::event_words;
use super::tokens::cut_ending;
use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

/// Kinds of deed by the bare stem of the word that may tell them, and by two words.
struct Akin {
    words: HashMap<String, Vec<u32>>,
    /// By the second word, as it stands; then by the bare stem of the first.
    pairs: HashMap<String, Seconds>,
    /// The bare stems of the first words of those.
    firsts: HashSet<String>,
}

fn akin_words() -> &'static Akin {
    static AKIN: OnceLock<Akin> = OnceLock::new();
    AKIN.get_or_init(|| {
        let lists: Vec<Vec<String>> = serde_yaml::from_str(include_str!("en/akin.yaml")).unwrap_or_default();
        let mut akin = Akin { words: HashMap::new(), pairs: HashMap::new(), firsts: HashSet::new() };
        for (kind, word) in (0..).zip(&lists).flat_map(|(kind, list)| list.iter().map(move |word| (kind, word))) {
            let kinds = match word.split_once(' ') {
                Some((first, second)) => {
                    akin.pairs.entry(second.to_owned()).or_default().entry(bare_stem(first)).or_default()
                }
                None => akin.words.entry(bare_stem(word)).or_default(),
            };
            if kinds.last() != Some(&kind) {
                kinds.push(kind);
            }
        }
        akin.firsts = akin.pairs.values().flat_map(|seconds| seconds.keys().cloned()).collect();
        akin
    })
}

/// Gives the kinds of deed that a folded word may tell ("walk" and "quit": leaving), by number.
pub fn akin(folded: &str) -> &'static [u32] {
    akin_words().words.get(&bare_stem(folded)).map_or(&[], Vec::as_slice)
}

/// What a second word makes of the first: kinds of deed by the bare stem of the first.
pub type Seconds = HashMap<String, Vec<u32>>;

/// Gives what a folded word makes of the one before it ("out": "walk" is leaving), if anything.
pub fn seconds(folded: &str) -> Option<&'static Seconds> {
    akin_words().pairs.get(folded)
}

/// Tells whether a second word makes anything of a folded word at all.
pub fn opens_pair(folded: &str) -> bool {
    akin_words().firsts.contains(&bare_stem(folded))
}

/// Gives the kinds of deed that a folded word tells before such a second one ("walked" before "out").
pub fn akin_pair(first: &str, seconds: &'static Seconds) -> Option<&'static [u32]> {
    Some(seconds.get(&bare_stem(first))?.as_slice())
}

/// Gives a folded word without inflection, and without its class: "release" is not yet "publish".
fn bare_stem(folded: &str) -> String {
    cut_ending(event_words().plain_form(folded).unwrap_or(folded))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn deeds_told_in_different_words_are_of_one_kind() {
        let read: Result<Vec<Vec<String>>, _> = serde_yaml::from_str(include_str!("en/akin.yaml"));
        assert!(read.as_ref().is_ok_and(|lists| lists.len() > 100), "{:?}", read.err());
        let meet = |a: &[u32], b: &[u32]| a.iter().any(|kind| b.contains(kind));
        let walked_out = seconds("out").and_then(|out| akin_pair("walked", out));
        assert!(meet(akin("jailed"), akin("imprisoned")) && meet(akin("strike"), walked_out.unwrap_or_default()));
        assert!(!meet(akin("jailed"), akin("elected")));
    }
}
