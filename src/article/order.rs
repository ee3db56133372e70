//! Which way round an article writes `3/4/2019`: what its other dates and its spelling tell.

use super::dates;
use crate::lang::english;
use crate::lang::pages::head_words;
use memchr::memchr3_iter;

/// So many bytes of an article are looked through.
const LOOKED_THROUGH: usize = 40_000;

/// Whether a text has a date of numbers at all, such as `3/4/2019`, `3.4.19` or `03-04-2019`.
pub(super) fn asked(text: &[u8]) -> bool {
    let digits = |from: usize| text.iter().skip(from).take_while(|b| b.is_ascii_digit()).count();
    let digit = |at: usize| text.get(at).is_some_and(u8::is_ascii_digit);
    let marks = memchr3_iter(b'/', b'.', b'-', text).filter(|&at| at > 0 && digit(at - 1) && digit(at + 1));
    // One digit or two on both sides of a mark, and the same mark and digits behind.
    let mut marks = marks.filter_map(|at| Some((at, text.get(at)?)));
    marks.any(|(at, mark)| {
        let before = text.iter().take(at).rev().take(3).take_while(|b| b.is_ascii_digit()).count();
        let behind = if (1..=2).contains(&before) { digits(at + 1) } else { 0 };
        let number = at - before;
        // "2019-03-04" is asked at its year alone, "CW-03-04-19" has a label before it.
        let inside =
            text.get(number.saturating_sub(2)..number).is_some_and(|b| matches!(b, [b'0'..=b'9', b'/' | b'.' | b'-']));
        let next = at + 1 + behind;
        (1..=2).contains(&behind) && !inside && text.get(next) == Some(mark) && digits(next + 1) > 0
    })
}

/// Whether the day comes first in the dates of a text; `None` where nothing tells, or the signs differ.
///
/// Dates count most: who writes "3 April" writes 3/4, who writes "April 3" writes 4/3.
pub(super) fn told(text: &str) -> Option<bool> {
    let end = (0..=text.len().min(LOOKED_THROUGH)).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
    let text = text.get(..end).unwrap_or_default();
    let (day, month) = match by_dates(text) {
        (false, false) => by_signs(text),
        dates => dates,
    };
    (day != month).then_some(day)
}

/// Whether dates of a text have the day first, and whether some have the month first. Every such date has figures, and
/// few words of a text have any: just those are looked at, and what stands beside them.
fn by_dates(text: &str) -> (bool, bool) {
    let (mut day_first, mut month_first) = (false, false);
    let mut at = 0;
    while let Some(figure) = text.as_bytes().get(at..).and_then(|rest| rest.iter().position(u8::is_ascii_digit)) {
        let (before, behind) = text.split_at_checked(at + figure).unwrap_or_default();
        let start = before.trim_end_matches(|c: char| !c.is_whitespace()).len();
        at += figure + behind.find(char::is_whitespace).unwrap_or(behind.len());
        let (before, behind) = (before.get(..start).unwrap_or_default(), text.get(at..).unwrap_or_default());
        let written = text.get(start..at).unwrap_or_default();
        if let Some(first) = numeric(bare(written)) {
            (day_first, month_first) = (day_first || first, month_first || !first);
        } else if is_day(written) {
            // "3 April" and "April 3"; "3 April 4" tells nothing.
            let mut next = behind.split_whitespace();
            let named = next.next().filter(|month| is_named(month));
            day_first |= named.is_some_and(|month| !(is_open(month) && next.next().is_some_and(is_day)));
            let mut last = before.split_whitespace();
            let named = last.next_back().filter(|month| is_named(month) && is_open(month));
            month_first |= named.is_some() && !last.next_back().is_some_and(is_day);
        }
        if day_first && month_first {
            break;
        }
    }
    (day_first, month_first)
}

/// Whether a text is spelled as those spell who write the day first, and as those who write the month first.
fn by_signs(text: &str) -> (bool, bool) {
    let signs = head_words();
    let (mut day, mut month) = (false, false);
    for written in text.split_whitespace() {
        let word = bare(written);
        let of_day = signs.day_first_signs.holds(word) || written.starts_with('£');
        let of_month = signs.month_first_signs.holds(word);
        if (of_day || of_month) && !is_named(written) {
            (day, month) = (day || of_day, month || of_month);
        }
    }
    (day, month)
}

/// A word without the marks around it.
fn bare(written: &str) -> &str {
    written.trim_matches(|c: char| !c.is_alphanumeric())
}

/// Whether a word names a month, with a capital letter.
fn is_named(written: &str) -> bool {
    let word = bare(written);
    word.starts_with(char::is_uppercase) && is_month(word)
}

/// Whether no mark parts a word from what follows, but for the point of a short form.
fn is_open(written: &str) -> bool {
    written.ends_with(|c: char| c.is_alphanumeric() || c == '.')
}

/// The full name of a month, or a short form of it.
fn is_month(word: &str) -> bool {
    english().calendar.month(word).is_some()
}

/// "3", "3rd,", "(14".
fn is_day(word: &str) -> bool {
    let word = bare(word);
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    let ending = word.get(digits..).unwrap_or_default();
    (1..=2).contains(&digits) && matches!(ending, "" | "st" | "nd" | "rd" | "th")
}

/// Whether the day is first in a date of numbers that can be read one way only.
fn numeric(word: &str) -> Option<bool> {
    if !word.as_bytes().contains(&b'/') {
        return None;
    }
    let mut parts = word.split('/');
    let (Some(a), Some(b), Some(year), None) = (parts.next(), parts.next(), parts.next(), parts.next()) else {
        return None;
    };
    let small = |part: &str| if part.len() <= 2 { part.parse::<u32>().ok() } else { None };
    let (a, b) = (small(a)?, small(b)?);
    let full = matches!(dates::read(word, Some(a > 12)), dates::Reading::Date(_)) && !year.is_empty();
    match (a > 12, b > 12) {
        (true, false) if full => Some(true),
        (false, true) if full => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_dates_of_numbers_ask_for_the_order() {
        for text in ["CW-03-09-19", "3/4/2019", "on 03-04-2019.", "(3.4.19)", "12/04/2019"] {
            assert!(asked(text.as_bytes()), "{text}");
        }
        for text in ["", "2019-03-04", "April 3, 2019", "1/2 of 3.5 and 7-8", "at 12.30. On", "/", "3/"] {
            assert!(!asked(text.as_bytes()), "{text}");
        }
    }

    #[test]
    fn other_dates_tell_the_order() {
        for (text, expected) in [
            ("12/04/2019. On 3 April the quay opened.", Some(true)),
            ("12/04/2019. On April 3, the quay opened.", Some(false)),
            ("12/04/2019, and 27/03/2019 before it.", Some(true)),
            ("04/12/2019, and 03/27/2019 before it.", Some(false)),
            ("The quay cost £41,000.", Some(true)),
            ("The color of the neighboring quay.", Some(false)),
            ("On 3 April 2019 and on April 4, 2019.", None),
            ("March on, she may say 4 of them.", None),
            ("The colour of the quay: £3, but dated May 3.", Some(false)),
            ("", None),
        ] {
            assert_eq!(told(text), expected, "{text}");
        }
    }
}
