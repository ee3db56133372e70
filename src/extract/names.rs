//! Names of people, organisations and places: runs of capitalised words, without callings.

use super::reading::Reading;
use crate::lang::events::{EventWords, event_words};
use crate::lang::tokens::{each, folded};
use crate::model::Article;
use std::borrow::Cow;
use std::cell::{Cell, OnceCell};
use std::collections::HashSet;

/// Names of a sentence, at most: more are a list that tells nothing apart.
const MOST: usize = 64;

/// So many words are looked for in an article one by one; then all that it has are listed.
const MOST_ASKED: u32 = 12;

/// The words that stand capitalised inside sentences of an article: those can open a sentence as names.
pub(super) struct Known<'a> {
    article: &'a Article,
    asked: Cell<u32>,
    all: OnceCell<Listed<'a>>,
}

type Listed<'a> = HashSet<Cow<'a, str>, foldhash::fast::RandomState>;

impl<'a> Known<'a> {
    /// Starts with nothing read.
    pub fn of(article: &'a Article) -> Known<'a> {
        Known { article, asked: Cell::new(0), all: OnceCell::new() }
    }

    /// Tells whether a folded word is one of them.
    pub fn holds(&self, word: &str) -> bool {
        if self.asked.get() < MOST_ASKED {
            self.asked.set(self.asked.get() + 1);
            return self.texts().any(|text| holds(text, word));
        }
        self.all.get_or_init(|| listed(self.texts())).contains(word)
    }

    fn texts(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        let article = self.article;
        article.sentences.iter().filter_map(|s| article.text.get(s.range.clone()))
    }
}

/// Tells whether a folded word stands capitalised inside a sentence.
fn holds(text: &str, word: &str) -> bool {
    let Some(first) = word.chars().next() else { return false };
    let mut read = 0;
    let mut here = |(at, _): (usize, &str)| {
        at >= read && may_begin(text, at) && inside(text, at, &mut read).is_some_and(|token| folded(token) == word)
    };
    // Letters beyond ASCII that are "k" and "i" when they are small.
    if first.is_ascii_lowercase() && !matches!(first, 'k' | 'i') {
        return text.match_indices(first.to_ascii_uppercase()).any(here);
    }
    text.match_indices(|c: char| c.is_uppercase() && c.to_lowercase().next() == Some(first)).any(&mut here)
}

/// Tells whether a word can begin at a byte behind others.
fn may_begin(text: &str, at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|before| text.as_bytes().get(before));
    before.is_some_and(|b| !b.is_ascii_alphanumeric())
}

/// Gives all words that stand capitalised inside some sentences.
fn listed<'a>(sentences: impl Iterator<Item = &'a str>) -> Listed<'a> {
    // As written: most names are told more than once.
    let mut seen: HashSet<&str, foldhash::fast::RandomState> = HashSet::default();
    for text in sentences {
        let mut read = 0;
        for (at, _) in text.match_indices(char::is_uppercase) {
            if at >= read && may_begin(text, at) {
                seen.extend(inside(text, at, &mut read));
            }
        }
    }
    seen.into_iter().map(folded).collect()
}

/// Gives the capitalised word that begins at a byte, where it stands inside what its sentence says; `read` becomes
/// the end of the last word that was looked at.
fn inside<'a>(text: &'a str, at: usize, read: &mut usize) -> Option<&'a str> {
    let head = text.as_bytes().get(..at)?;
    let words = head.strip_suffix(b", ").or_else(|| head.strip_suffix(b" "));
    if words.and_then(<[u8]>::last).is_some_and(u8::is_ascii_alphanumeric) {
        let token = each(text.get(at..)?).next().filter(|t| t.start == 0 && t.is_capitalised())?;
        *read = at + token.end();
        return Some(token.text);
    }
    let mut reach = 1;
    loop {
        // A space parts words, whatever they are: words read from behind one are the words of the text.
        let from = head.get(..at.saturating_sub(reach))?.iter().rposition(|b| *b == b' ').map_or(0, |s| s + 1);
        let mut before = None;
        let mut alone = false;
        for token in each(text.get(from..)?) {
            let start = from + token.start;
            if start <= at {
                *read = (from + token.end()).max(*read);
            }
            if start >= at {
                let word = Some(token).filter(|t| start == at && t.is_capitalised())?;
                if let Some(gap) = before.and_then(|end| text.get(end..start)) {
                    return (!gap.contains(['“', '"', '.', ':', '‘'])).then_some(word.text);
                }
                alone = true;
                break;
            }
            before = Some(from + token.end());
        }
        // The word before stands further back, if there is one.
        if !alone || from == 0 {
            return None;
        }
        reach *= 8;
    }
}

/// Gives the names in a sentence, in order, each once, as written.
///
/// `known` tells whether a word can open a sentence as a name; few sentences ask.
pub(super) fn names(reading: &Reading<'_>, known: impl Fn(&str) -> bool) -> Vec<String> {
    let words = event_words();
    let mut found: Vec<String> = Vec::new();
    let mut at = 0;
    while at < reading.tokens.len() && found.len() < MOST {
        if !opens(reading, at, &known, words) {
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

fn opens(reading: &Reading<'_>, at: usize, known: &impl Fn(&str) -> bool, words: &EventWords) -> bool {
    if !reading.is_capital(at) {
        return false;
    }
    let word = reading.word(at);
    if word.is_empty() {
        return false; // Part of a web address.
    }
    let next_capital = reading.gap(at + 1) == " " && reading.is_capital(at + 1);
    if word.len() < 2 && !next_capital {
        return false;
    }
    if reading.is(at, &words.stop) {
        return reading.is(at, &words.name_openers) && next_capital;
    }
    let first = at == 0 || reading.gap(at).contains(['“', '"', '.', ':', '‘']);
    !first || next_capital || known(word)
}

/// Gives the index after the last word of the name that opens at `at`.
fn run_end(reading: &Reading<'_>, at: usize, words: &EventWords) -> usize {
    let capital = |i: usize| reading.is_capital(i) && !reading.is(i, &words.stop);
    let mut end = at + 1;
    loop {
        let last = reading.tokens.get(end - 1).map_or("", |t| t.text);
        if last.ends_with("’s") || last.ends_with("'s") {
            return end;
        }
        let gap = reading.gap(end);
        let short = last.chars().count() == 1 || reading.is(end - 1, &words.title_words);
        if gap == " " || (gap == ". " && short) {
            if capital(end) {
                end += 1;
                continue;
            }
            let word = reading.word(end);
            let person = reading.is(end, &words.particles) && capital(end + 1) && reading.gap(end + 1) == " ";
            let of = word == "of" && reading.is(end - 1, &words.of_heads);
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
    let demonym = |i: usize| reading.is_of(i, words.called_after_countries());
    let calling =
        |i: usize| reading.is(i, &words.title_words) || demonym(i) || reading.is_of(i, words.classed()) && i + 1 < end;
    let callings = (at..end).take_while(|&i| calling(i)).count();
    // "Secretary of State Lee": the state is a calling only there.
    let is_head = |i: usize| {
        reading.is(i, &words.title_heads) && (reading.word(i) != "state" || i > 0 && reading.word(i - 1) == "of")
    };
    let head = (at..at + callings).rev().find(|&i| is_head(i));
    // "Justice Department", "State Office": no person's calling.
    let house = end - at > 1 && reading.is(end - 1, &words.of_heads) && !reading.is(end - 1, &words.title_words);
    let mut start = if house { at } else { head.map_or(at, |h| h + 1) };
    let mut end = end;
    while end > start + 1 && reading.is(end - 1, &words.title_words) && !house {
        end -= 1;
    }
    if start >= end {
        return None;
    }
    // "Prime" alone, "Russian" alone name nothing.
    let lone = end - start == 1;
    if lone && (demonym(start) || reading.is(start, &words.title_words)) {
        return None;
    }
    while start + 1 < end && reading.is(start, &words.particles) && reading.word(start) == "st" {
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
        names(&Reading::new(text), |word| word == "russia")
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

    #[test]
    fn known_are_the_words_that_stand_capitalised_inside_sentences() {
        for text in [
            "The ferry to Bergen, Oslo and St. Olav’s Quay left; Élan said: “Rome – A-Team” won (U.S.-Norway) in 3Com",
            "Ann. Bo’Dahl-Lee  met \u{a0}Cid – – – – – – – – – – – – – – Dee ‘Eve’ F.G.H. in US, Ünal",
            "A-B-C-D x-Y, paid €Q2 (→A3), 1,000 Z. É à É 2É -Q 'R 's Łódź Ⅷ ⁰A",
        ] {
            let mut before = None;
            let mut expected = Listed::default();
            for token in each(text) {
                let gap = before.and_then(|end| text.get(end..token.start));
                if token.is_capitalised() && gap.is_some_and(|gap| !gap.contains(['“', '"', '.', ':', '‘'])) {
                    expected.insert(folded(token.text));
                }
                before = Some(token.end());
            }
            assert_eq!(listed([text].into_iter()), expected, "{text}");
            for token in each(text) {
                let word = folded(token.text);
                assert_eq!(holds(text, &word), expected.contains(&word), "{word} in {text}");
            }
        }
    }
}
