//! Words that may tell the same kind of deed, read once from the language's file.

use super::events::bare_stem;
use std::collections::HashMap;
use std::sync::OnceLock;

/// Kinds of deed by the bare stem of the word that may tell them, and by two words.
struct Akin {
    words: HashMap<String, Vec<u32>>,
    /// By the second word, as it stands; then by the bare stem of the first.
    pairs: HashMap<String, HashMap<String, Vec<u32>>>,
}

fn akin_words() -> &'static Akin {
    static AKIN: OnceLock<Akin> = OnceLock::new();
    AKIN.get_or_init(|| {
        let lists: Vec<Vec<String>> = serde_yaml::from_str(include_str!("en/akin.yaml")).unwrap_or_default();
        let mut akin = Akin { words: HashMap::new(), pairs: HashMap::new() };
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
        akin
    })
}

/// Gives the kinds of deed that a folded word may tell ("walk" and "quit": leaving), by number.
pub fn akin(folded: &str) -> &'static [u32] {
    akin_words().words.get(&bare_stem(folded)).map_or(&[], Vec::as_slice)
}

/// Gives the kinds of deed that two folded words tell together ("walked out").
pub fn akin_pair(first: &str, second: &str) -> Option<&'static [u32]> {
    Some(akin_words().pairs.get(second)?.get(&bare_stem(first))?.as_slice())
}
