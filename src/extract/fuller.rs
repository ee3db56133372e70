//! What an article's text tells of its names: fuller forms, what initials stand for, which of them are places.

use super::known::Known;
use super::names::names;
use super::reading::Reading;
use crate::lang::events::event_words;
use crate::lang::tokens::{folded, tokens};
use crate::model::Article;
use foldhash::fast::RandomState;
use std::collections::HashSet;
use std::ops::Range;

/// So many pairs of words of an article are looked at for a fuller name, at most.
const MOST: usize = 200;
/// Bytes before initials in brackets in which their words are looked for.
const BEFORE: usize = 120;
/// Letters of initials, at most.
const LETTERS: usize = 8;

/// Gives the names in an article that end in one of some single words: "Mélanie Joly" for "Joly".
pub(super) fn fuller(article: &Article, lone: &HashSet<&str, RandomState>) -> Vec<String> {
    let text = article.text.as_str();
    let bytes = text.as_bytes();
    let (mut found, mut seen) = (Vec::new(), HashSet::<&str, RandomState>::default());
    let known = Known::of(article);
    for at in memchr::memchr_iter(b' ', bytes) {
        // Two words with capital letters, the second one of those.
        let upper = |i: usize| bytes.get(i).is_some_and(|b| b.is_ascii_uppercase() || *b >= 0xC3);
        if !upper(at + 1) {
            continue;
        }
        let start = memchr::memrchr(b' ', bytes.get(..at).unwrap_or_default()).map_or(0, |s| s + 1);
        if !upper(start) {
            continue;
        }
        let rest = text.get(at + 1..).unwrap_or_default();
        let end = rest.find(|c: char| !c.is_alphanumeric() && !matches!(c, '-' | '\'' | '’')).unwrap_or(rest.len());
        let word = rest.get(..end).unwrap_or_default();
        let word = word.strip_suffix("’s").or_else(|| word.strip_suffix("'s")).unwrap_or(word);
        let Some(pair) = text.get(start..at + 1 + word.len()).filter(|_| lone.contains(word)) else { continue };
        if !seen.insert(pair) {
            continue;
        }
        if seen.len() > MOST {
            break;
        }
        let s = article.sentences.partition_point(|s| s.range.end <= at);
        let sentence = article.sentences.get(s).and_then(|s| text.get(s.range.clone())).unwrap_or_default();
        let ends = |name: &String| name.rsplit(' ').next() == Some(word) && name.contains(' ');
        found.extend(names(&Reading::new(sentence), &known).into_iter().filter(ends));
    }
    found
}

/// Gives initials in brackets with the name that they stand for: "World Running Board (WRB)".
pub(super) fn initials(article: &Article) -> Vec<(String, String)> {
    let text = article.text.as_str();
    let mut found = Vec::new();
    for open in memchr::memchr_iter(b'(', text.as_bytes()) {
        let inner = text.get(open + 1..).unwrap_or_default();
        let Some(close) = inner.bytes().take(2 * LETTERS + 1).position(|b| b == b')') else { continue };
        let short: String = inner.get(..close).unwrap_or_default().chars().filter(|c| *c != '.').collect();
        let letters = short.chars().count();
        if !(2..=LETTERS).contains(&letters) || !short.chars().all(char::is_uppercase) {
            continue;
        }
        let mut from = open.saturating_sub(BEFORE);
        while !text.is_char_boundary(from) {
            from += 1;
        }
        let before = text.get(from..open).unwrap_or_default();
        if let Some(name) = spelled_out(before, &short) {
            found.push((short, name.to_owned()));
        }
    }
    found
}

/// Gives the words at the end of a text whose first letters are the given ones, small words left out.
fn spelled_out<'a>(before: &'a str, short: &str) -> Option<&'a str> {
    let words = tokens(before);
    let mut wanted: Vec<char> = short.chars().collect();
    let mut start = None;
    for (i, token) in words.iter().enumerate().rev() {
        let gap =
            words.get(i + 1).map_or_else(|| before.get(token.end()..), |next| before.get(token.end()..next.start))?;
        if !gap.trim().is_empty() {
            return None;
        }
        let first = token.text.chars().next()?;
        if Some(&first) == wanted.last() {
            wanted.pop();
            start = Some(token.start);
            if wanted.is_empty() {
                break;
            }
        } else if first.is_uppercase() || !event_words().stop.contains(&folded(token.text)) {
            return None;
        }
    }
    before.get(start.filter(|_| wanted.is_empty())?..).map(str::trim_end)
}

/// What stands before a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Before {
    /// "in": it is a place.
    Place,
    /// A calling: it is a person.
    Calling,
}

/// Tells from what stands before a name in a sentence whether it is a place or a person.
pub(super) fn before(text: &str, name: &str) -> Option<Before> {
    let at = text.find(name)?;
    let words = event_words();
    let last = text.get(..at)?.trim_end_matches([' ', '.']).rsplit([' ', '(', '“', '"']).next()?;
    let last = folded(last);
    let owned = text.get(at + name.len()..).is_some_and(|rest| rest.starts_with("’s") || rest.starts_with("'s"));
    if words.place_words.contains(&last) && !owned {
        Some(Before::Place)
    } else if words.title_words.contains(&last) && !words.stop.contains(&last) || matches!(&*last, "mr" | "mrs" | "ms")
    {
        Some(Before::Calling)
    } else {
        None
    }
}

/// Tells whether the first of some words is of a judge's calling that stands behind it: "District Judge".
pub(super) fn is_bench(reading: &Reading<'_>, run: Range<usize>) -> bool {
    let words = event_words();
    reading.is(run.start, &words.benches) && run.skip(1).take(2).any(|i| reading.is(i, &words.title_heads))
}

/// Tells whether a name, by its key, can lend its last words to others: "New York" is no longer form of "York".
pub(super) fn lends(key: &str) -> bool {
    let words = event_words();
    let mut parts = key.split(' ');
    let opener = parts.next().is_some_and(|first| words.place_openers.contains(first));
    let joint = |word: &str| word.len() < 4 && words.stop.contains(word) && !words.name_stops.contains(word);
    !opener && !parts.any(joint)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_stand_for_the_words_before_them() {
        for (text, short, want) in [
            ("A ruling of the World Running Board ", "WRB", Some("World Running Board")),
            ("said the Office of the Harbour Master ", "OHM", Some("Office of the Harbour Master")),
            ("said Ann Lee ", "WRB", None),
            ("in the World, Running Board ", "WRB", None),
        ] {
            assert_eq!(spelled_out(text, short), want, "{text}");
        }
    }

    #[test]
    fn what_stands_before_a_name_tells_what_it_is() {
        assert_eq!(before("Crowds met in Holm on Monday.", "Holm"), Some(Before::Place));
        assert_eq!(before("Trust in Holm’s plan fell.", "Holm"), None);
        assert_eq!(before("Then Mayor Holm left.", "Holm"), Some(Before::Calling));
        assert_eq!(before("Holm left.", "Holm"), None);
    }

    #[test]
    fn parts_of_places_are_other_places() {
        assert!(lends("melanie joly") && lends("mv santa rosalia") && lends("theresa may"));
        assert!(!lends("new york") && !lends("lake orta") && !lends("republic of norland"));
    }
}
