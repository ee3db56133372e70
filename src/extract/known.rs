//! The words that an article writes with a capital letter inside its sentences, and those that it writes small.

use crate::lang::events::event_words;
use crate::lang::tokens::{Token, each, folded};
use crate::model::Article;
use std::borrow::Cow;
use std::cell::{Cell, OnceCell};
use std::collections::HashSet;

/// So many words are looked for in an article one by one; then all that it has are listed.
const MOST_ASKED: u32 = 12;

/// The words that stand capitalised inside sentences of an article: those can open a sentence as names.
pub(super) struct Known<'a> {
    article: &'a Article,
    asked: Cell<u32>,
    all: OnceCell<Listed<'a>>,
    asked_small: Cell<u32>,
    small: OnceCell<HashSet<&'a str, foldhash::fast::RandomState>>,
}

type Listed<'a> = HashSet<Cow<'a, str>, foldhash::fast::RandomState>;

impl<'a> Known<'a> {
    /// Starts with nothing read.
    pub(super) fn of(article: &'a Article) -> Known<'a> {
        Known { article, asked: Cell::new(0), all: OnceCell::new(), asked_small: Cell::new(0), small: OnceCell::new() }
    }

    /// Tells whether a folded word is one of them.
    pub(super) fn holds(&self, word: &str) -> bool {
        if self.asked.get() < MOST_ASKED {
            self.asked.set(self.asked.get() + 1);
            return self.texts().any(|text| holds(text, word));
        }
        self.all.get_or_init(|| listed(self.texts())).contains(word)
    }

    /// Tells whether the article has a word in small letters; it is no name then, however loudly it is written.
    pub(super) fn is_small(&self, word: &str) -> bool {
        if self.asked_small.get() < MOST_ASKED {
            self.asked_small.set(self.asked_small.get() + 1);
            let text = &self.article.text;
            let alone = |at: usize| {
                let (before, after) = (text.get(..at), text.get(at + word.len()..));
                let joins = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
                !joins(before.and_then(|b| b.chars().next_back())) && !joins(after.and_then(|a| a.chars().next()))
            };
            return !word.is_empty() && text.match_indices(word).any(|(at, _)| alone(at));
        }
        let small = || each(&self.article.text).filter(|t| !t.is_capitalised()).map(|t| t.text).collect();
        self.small.get_or_init(small).contains(word)
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

/// Tells whether a gap behind a word lets a sentence begin, so that a capital letter tells nothing: the point of
/// "Mr." and of initials is no full stop.
pub(super) fn begins(last: Token<'_>, gap: &str) -> bool {
    if !gap.contains(['“', '"', '.', ':', '‘', ';', '•', '?', '!', '*']) {
        return false;
    }
    !(gap == ". " && is_shortened(&folded(last.text)))
}

/// Tells whether the point behind a folded word is no full stop where a name follows.
pub(super) fn is_shortened(word: &str) -> bool {
    let words = event_words();
    word.chars().nth(1).is_none() || words.title_words.contains(word) || words.name_points.contains(word)
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
                if let Some((last, end)) = before {
                    return (!begins(last, text.get(end..start).unwrap_or_default())).then_some(word.text);
                }
                alone = true;
                break;
            }
            before = Some((token, from + token.end()));
        }
        // The word before stands further back, if there is one.
        if !alone || from == 0 {
            return None;
        }
        reach *= 8;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
                let inside = before.is_some_and(|last: Token<'_>| {
                    !begins(last, text.get(last.end()..token.start).unwrap_or_default())
                });
                if token.is_capitalised() && inside {
                    expected.insert(folded(token.text));
                }
                before = Some(token);
            }
            assert_eq!(listed([text].into_iter()), expected, "{text}");
            for token in each(text) {
                let word = folded(token.text);
                assert_eq!(holds(text, &word), expected.contains(&word), "{word} in {text}");
            }
        }
    }
}
