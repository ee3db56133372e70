//! The last touch on a headline: its spaces and marks, its first letter, its quotation marks.

use super::reading::{Reading, asides};
use super::thought::closed;
use crate::lang::events::event_words;
use crate::lang::tokens::folded;
use std::borrow::Cow;
use std::ops::Range;

/// Characters of a clause that are read for its headline, at most: a sentence without end stays cheap.
pub(super) const MOST_READ: usize = 1200;

/// Puts white space and marks right after words were taken out.
pub(super) fn tidy(text: &str) -> String {
    let text = text.trim();
    let mut tidy = if one_space_each(text) {
        Cow::Borrowed(text)
    } else {
        let mut tidy = String::with_capacity(text.len());
        for word in text.split_whitespace() {
            if !tidy.is_empty() {
                tidy.push(' ');
            }
            tidy.push_str(word);
        }
        Cow::Owned(tidy)
    };
    // The first two bytes of what is put right: most headlines have none.
    let bad = |pair: (&u8, &u8)| matches!(pair, (b' ', b',' | b'.' | b';' | b':' | 0xE2) | (b',', b',') | (b'(', b' '));
    if tidy.bytes().zip(tidy.bytes().skip(1)).any(|(a, b)| bad((&a, &b))) {
        for (bad, good) in [(" ,", ","), (",,", ","), (" .", "."), (" ;", ";"), (" :", ":"), ("( ", "("), (" ’s", "’s")]
        {
            if tidy.contains(bad) {
                tidy = Cow::Owned(tidy.replace(bad, good));
            }
        }
    }
    let words = event_words();
    let mut rest = tidy
        .trim_start_matches([' ', ',', ';', '—', '–', '-', ':', '.'])
        .trim_end_matches([' ', ',', ';', '—', '–', '-', ':']);
    // Words that only tie the sentence to the one before.
    for _ in 0..2 {
        let (first, after) = rest.split_once([' ', ',']).unwrap_or((rest, ""));
        let ties = ["however", "meanwhile", "but", "and", "so", "that", "also", "then", "although", "while"];
        // "That happened" has a subject.
        let finite = || after.split_whitespace().next().is_some_and(|next| words.is_finite(&folded(next)));
        if first.eq_ignore_ascii_case("that") && finite() {
            break;
        }
        let small = lower(first);
        if ties.contains(&&*small) && after.split_whitespace().nth(1).is_some() {
            rest = after.trim_start_matches([' ', ',']);
        } else if words.relative.contains(&small) && after.split_whitespace().nth(2).is_some() {
            rest = after;
        }
    }
    rest.to_owned()
}

/// Tells whether single spaces are all the white space of a text.
fn one_space_each(text: &str) -> bool {
    let bytes = text.as_bytes();
    let next = bytes.get(1..).unwrap_or_default();
    bytes.iter().zip(next).all(|(a, b)| *a > b' ' || *a == b' ' && *b != b' ')
        && (text.is_ascii() || !text.contains(|c: char| c != ' ' && c.is_whitespace()))
}

/// Gives a word in lower case.
pub(super) fn lower(word: &str) -> Cow<'_, str> {
    if word.bytes().all(|b| b.is_ascii_lowercase()) { Cow::Borrowed(word) } else { Cow::Owned(word.to_lowercase()) }
}

/// Tells whether a text ends in initials ("the U.S."), whose point is no full stop.
fn reading_ends_in_initials(text: &str) -> bool {
    text.trim_end_matches('.')
        .rsplit(' ')
        .next()
        .is_some_and(|word| word.contains('.') && word.chars().all(|c| c == '.' || c.is_uppercase()))
}

/// Sets the first letter large, balances quotation marks and takes the final stop off.
pub(super) fn finish(text: &str) -> String {
    let stop = text.ends_with('.') && reading_ends_in_initials(text);
    let text = closed(text.trim_matches([' ', ',', ';', ':', '.', '—', '–', '•', '·', '|', '*']));
    let mut text = Cow::Borrowed(text);
    if text.contains(['“', '”', '"']) {
        let opened = text.matches('“').count();
        let closed = text.matches('”').count();
        let straight = text.matches('"').count();
        let balanced = |c: &char| match c {
            '“' | '”' => opened == closed,
            '"' => straight.is_multiple_of(2),
            _ => true,
        };
        let left: String = text.chars().filter(balanced).collect();
        text = Cow::Owned(if left == *text { left } else { left.trim_end_matches(['.', ',']).to_owned() });
    }
    if stop {
        text.to_mut().push('.');
    }
    capitalised(text.trim())
}

/// Sets the first letter large.
pub(super) fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    let mut headline = String::with_capacity(text.len() + 4);
    headline.extend(chars.next().into_iter().flat_map(char::to_uppercase));
    headline.push_str(chars.as_str());
    headline
}

/// Gives the beginning of a sentence, more of which no headline needs.
pub(super) fn first_bytes(text: &str) -> &str {
    let end = text.char_indices().nth(MOST_READ).map_or(text.len(), |(at, _)| at);
    text.get(..end).unwrap_or(text)
}

/// Gives the length of the white space at the end of a range, which keeps the words around it apart.
pub(super) fn gap_at_end(reading: &Reading<'_>, range: &Range<usize>) -> usize {
    reading.text.get(range.clone()).map_or(0, |text| text.len() - text.trim_end().len())
}

/// Gives a text without the ranges taken out of it.
pub(super) fn without(text: &str, range: Range<usize>, out: &[Range<usize>]) -> String {
    let inner = first_bytes(text.get(range.clone()).unwrap_or_default());
    let mut left = String::with_capacity(inner.len());
    let mut from = 0;
    // Stretch by stretch: up to the next range taken out, then behind it.
    while from < inner.len() {
        let at = range.start + from;
        let next = match out.iter().find(|o| o.contains(&at)) {
            Some(inside) => inside.end - range.start,
            None => {
                let starts = out.iter().map(|o| o.start).filter(|&start| start > at).min();
                let next = starts.map_or(inner.len(), |start| start - range.start).min(inner.len());
                left.push_str(inner.get(from..next).unwrap_or_default());
                next
            }
        };
        from = next;
    }
    left
}

/// Gives the length of a quotation mark that opens what follows a gap.
pub(super) fn trailing_quote(gap: &str) -> usize {
    gap.chars().last().filter(|c| ['“', '"', '('].contains(c)).map_or(0, char::len_utf8)
}

/// Gives the ranges in round brackets outside quotation marks.
pub(super) fn brackets(text: &str) -> Vec<Range<usize>> {
    if !text.contains('(') {
        return Vec::new();
    }
    asides(text).into_iter().filter(|a| text.get(a.start..).is_some_and(|t| t.starts_with('('))).collect()
}
