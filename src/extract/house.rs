//! What belongs to a name and what does not: "and" inside that of a house, letters behind that of a person.

use super::reading::Reading;
use crate::lang::events::event_words;
use crate::lang::headlines::headline_words;
use std::ops::Range;

/// Words that a name joined by "and" has behind it, at most.
const REST: usize = 4;

/// Gives the index after a name that goes on behind "and" or "&": "the Transport and Dock Union", "Corbel & Hart".
pub(super) fn joined(
    reading: &Reading<'_>,
    start: usize,
    end: usize,
    goes_on: &dyn Fn(usize) -> bool,
) -> Option<usize> {
    let words = event_words();
    if reading.gap(end).trim() == "&" && goes_on(end) {
        return Some(end + 1);
    }
    let plain =
        reading.word(end) == "and" && reading.gap(end) == " " && reading.gap(end + 1) == " " && goes_on(end + 1);
    if !plain {
        return None;
    }
    let whole = end
        + 1
        + (end + 1..end + 1 + REST).take_while(|&i| goes_on(i) && (i == end + 1 || reading.gap(i) == " ")).count();
    let head = |i: usize| reading.is(i, &words.of_heads) || reading.is(i, &words.shared_heads);
    let title = (end + 1..whole).any(|i| reading.is(i, &words.title_heads));
    let loud =
        |i: usize| reading.tokens.get(i).is_some_and(|t| t.text.len() > 1 && !t.text.contains(char::is_lowercase));
    let of = (start..end).any(|i| matches!(reading.word(i), "of" | "for"));
    if title || (start..end).any(loud) {
        return None;
    }
    if of {
        // "Institute of Library and Information Professionals", but not "the Bank of Orm and Harbour Trust".
        let housed = (end + 1..whole).any(head);
        let last_of = end.checked_sub(2).is_some_and(|o| matches!(reading.word(o), "of" | "for"));
        let place = words.is_country(reading.word(end - 1));
        return (last_of && !housed && !place && whole > end + 2).then_some(whole);
    }
    let the = start.checked_sub(1).is_some_and(|b| reading.word(b) == "the");
    let lone = end == start + 1 && !head(start) && !words.is_country(reading.word(start));
    (the && lone && whole > end + 2 && head(whole - 1)).then_some(whole)
}

/// Tells whether a word only stands behind a name: "Ann Lee KC", "Brent Plc".
pub(super) fn follows(reading: &Reading<'_>, at: usize) -> bool {
    let loud = reading.tokens.get(at).is_some_and(|t| !t.text.contains(char::is_lowercase));
    let letters = headline_words().letters.contains(reading.word(at));
    letters && loud || headline_words().firms.contains(reading.word(at))
}

/// Tells whether what is left of a row of words is no name: the field of a minister, letters, a feast.
pub(super) fn is_no_name(reading: &Reading<'_>, name: &Range<usize>, whole: usize) -> bool {
    let lists = headline_words();
    let lone = name.len() == 1;
    let field = lone && whole > name.end && (name.end..whole).any(|i| lists.fields.contains(reading.word(i)));
    let word = reading.word(name.start);
    let country = event_words().is_country(word);
    field && !country || lone && (follows(reading, name.start) || lists.feasts.contains(word))
}

/// Tells whether a word is more number than name: "P200,000".
pub(super) fn is_sum(word: &str) -> bool {
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    digits > 0 && digits + 1 >= word.chars().filter(|c| c.is_alphanumeric()).count()
}
