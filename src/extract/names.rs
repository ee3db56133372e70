//! Names of people, organisations and places: runs of capitalised words, without callings.

use super::reading::Reading;
use crate::lang::events::{EventWords, event_words};
use crate::lang::tokens::{each, folded};
use std::borrow::Cow;
use std::collections::HashSet;

/// Names of a sentence, at most: more are a list that tells nothing apart.
const MOST: usize = 64;

/// Words that can open a sentence as names, folded.
pub(super) type Known<'a> = HashSet<Cow<'a, str>, foldhash::fast::RandomState>;

/// Gives the words that stand capitalised inside sentences of an article: those can open a sentence as names.
pub(super) fn known<'a>(sentences: impl Iterator<Item = &'a str>) -> Known<'a> {
    let mut found = Known::default();
    // As written: most names are told more than once.
    let mut seen: HashSet<&str, foldhash::fast::RandomState> = HashSet::default();
    for text in sentences {
        let mut before = None;
        for token in each(text) {
            let gap = before.and_then(|end| text.get(end..token.start));
            let inside = || gap.is_some_and(|gap| !gap.contains(['“', '"', '.', ':', '‘']));
            if token.is_capitalised() && inside() && seen.insert(token.text) {
                found.insert(folded(token.text));
            }
            before = Some(token.end());
        }
    }
    found
}

/// Gives the names in a sentence, in order, each once, as written.
pub(super) fn names(reading: &Reading<'_>, known: &Known<'_>) -> Vec<String> {
    let words = event_words();
    let mut found: Vec<String> = Vec::new();
    let mut at = 0;
    while at < reading.tokens.len() && found.len() < MOST {
        if !opens(reading, at, known, words) {
            at += 1;
            continue;
        }
        let end = run_end(reading, at, words);
        if let Some(name) = trimmed(reading, at, end, words)
            && !found.contains(&name)
        {
            found.push(name);
        }
        at = end;
    }
    found
}

fn opens(reading: &Reading<'_>, at: usize, known: &Known<'_>, words: &EventWords) -> bool {
    let Some(token) = reading.tokens.get(at) else {
        return false;
    };
    let word = reading.word(at);
    if word.is_empty() {
        return false; // Part of a web address.
    }
    let next_capital = reading.gap(at + 1) == " " && reading.tokens.get(at + 1).is_some_and(|t| t.is_capitalised());
    if !token.is_capitalised() || word.len() < 2 && !next_capital {
        return false;
    }
    if words.stop.contains(word) {
        return words.name_openers.contains(word) && next_capital;
    }
    let first = at == 0 || reading.gap(at).contains(['“', '"', '.', ':', '‘']);
    !first || next_capital || known.contains(word)
}

/// Gives the index after the last word of the name that opens at `at`.
fn run_end(reading: &Reading<'_>, at: usize, words: &EventWords) -> usize {
    let capital =
        |i: usize| reading.tokens.get(i).is_some_and(|t| t.is_capitalised()) && !words.stop.contains(reading.word(i));
    let mut end = at + 1;
    loop {
        let last = reading.tokens.get(end - 1).map_or("", |t| t.text);
        if last.ends_with("’s") || last.ends_with("'s") {
            return end;
        }
        let gap = reading.gap(end);
        let short = last.chars().count() == 1 || words.title_words.contains(reading.word(end - 1));
        if gap == " " || (gap == ". " && short) {
            if capital(end) {
                end += 1;
                continue;
            }
            let word = reading.word(end);
            let person = words.particles.contains(word) && capital(end + 1) && reading.gap(end + 1) == " ";
            let of = word == "of" && words.of_heads.contains(reading.word(end - 1));
            if person || (of && capital(end + 1)) {
                end += 2;
                continue;
            }
            if of && reading.word(end + 1) == "the" && capital(end + 2) {
                end += 3;
                continue;
            }
        }
        return end;
    }
}

/// Gives the name without callings and adjectives of countries before it; `None` where nothing is left.
fn trimmed(reading: &Reading<'_>, at: usize, end: usize, words: &EventWords) -> Option<String> {
    let calling = |i: usize| {
        let word = reading.word(i);
        words.title_words.contains(word) || words.is_demonym(word) || words.class(word).is_some() && i + 1 < end
    };
    let callings = (at..end).take_while(|&i| calling(i)).count();
    // "Secretary of State Lee": the state is a calling only there.
    let is_head = |i: usize| {
        let word = reading.word(i);
        words.title_heads.contains(word) && (word != "state" || i > 0 && reading.word(i - 1) == "of")
    };
    let head = (at..at + callings).rev().find(|&i| is_head(i));
    // "Justice Department", "State Office": no person's calling.
    let house = end - at > 1
        && words.of_heads.contains(reading.word(end - 1))
        && !words.title_words.contains(reading.word(end - 1));
    let mut start = if house { at } else { head.map_or(at, |h| h + 1) };
    let mut end = end;
    while end > start + 1 && words.title_words.contains(reading.word(end - 1)) && !house {
        end -= 1;
    }
    if start >= end {
        return None;
    }
    // "Prime" alone, "Russian" alone name nothing.
    let lone = end - start == 1;
    if lone && (words.is_demonym(reading.word(start)) || words.title_words.contains(reading.word(start))) {
        return None;
    }
    while start + 1 < end && words.particles.contains(reading.word(start)) && reading.word(start) == "st" {
        start += 1;
    }
    let (first, last) = (reading.tokens.get(start)?, reading.tokens.get(end - 1)?);
    let name = reading.text.get(first.start..last.end())?;
    Some(name.strip_suffix("’s").or_else(|| name.strip_suffix("'s")).unwrap_or(name).to_owned())
}

/// Gives the words by which variants of a name meet: its last word, folded.
pub(super) fn key(name: &str) -> Cow<'_, str> {
    folded(name.rsplit([' ', ' ']).next().unwrap_or(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        names(&Reading::new(text), &["russia"].map(Cow::from).into_iter().collect())
    }

    #[test]
    fn callings_and_adjectives_are_no_part_of_a_name() {
        assert_eq!(
            found("On Friday, Canadian Deputy Foreign Minister Ann Lee met Maj. Bo Dahl."),
            ["Ann Lee", "Bo Dahl"]
        );
        assert_eq!(found("The Russian envoy left Russia."), ["Russia"]);
    }

    #[test]
    fn small_words_belong_to_people_and_organisations() {
        assert_eq!(
            found("Guests from the University of the Arctic met Carl von Berg in New Harbour."),
            ["University of the Arctic", "Carl von Berg", "New Harbour"]
        );
    }

    #[test]
    fn the_first_word_is_a_name_only_where_it_is_known_as_one() {
        assert!(found("Sources declined to comment in March.").is_empty());
        assert_eq!(found("Russia’s envoy declined."), ["Russia"]);
    }
}
