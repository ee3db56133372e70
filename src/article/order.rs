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
    let signs = head_words();
    let (mut day_first, mut month_first) = (0_usize, 0_usize);
    let (mut day_signs, mut month_signs) = (0_usize, 0_usize);
    let mut words = words(text.get(..end).unwrap_or_default()).peekable();
    let mut last: Option<&str> = None;
    while let Some(written) = words.next() {
        let before = last.replace(written);
        let word = written.trim_matches(|c: char| !c.is_alphanumeric());
        if word.starts_with(char::is_uppercase) && is_month(word) {
            let open = written.ends_with(|c: char| c.is_alphanumeric() || c == '.');
            match (before.is_some_and(is_day), open && words.peek().is_some_and(|next| is_day(next))) {
                (true, false) => day_first += 1,
                (false, true) => month_first += 1,
                _ => {}
            }
        } else if let Some(first) = numeric(word) {
            if first { day_first += 1 } else { month_first += 1 }
        } else {
            day_signs += usize::from(signs.day_first_signs.holds(word) || written.starts_with('£'));
            month_signs += usize::from(signs.month_first_signs.holds(word));
        }
        if day_first > 0 && month_first > 0 {
            return None;
        }
    }
    let one = |first: usize, other: usize| match (first, other) {
        (0, 0) => None,
        (first, 0) => Some(first > 0),
        (0, _) => Some(false),
        _ => None,
    };
    if day_first + month_first > 0 { one(day_first, month_first) } else { one(day_signs, month_signs) }
}

/// The words of a text between white space.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        // Most gaps are one space, and most words are of one byte a character.
        let bare = rest.strip_prefix(' ').unwrap_or(rest);
        rest = if bare.starts_with(|c: char| c.is_ascii_alphanumeric()) { bare } else { bare.trim_start() };
        let plain = rest.bytes().position(|b| b <= b' ' || b >= 128).unwrap_or(rest.len());
        let end = match rest.as_bytes().get(plain) {
            None | Some(b' ') => plain,
            Some(_) => rest.find(char::is_whitespace).unwrap_or(rest.len()),
        };
        let word = rest.get(..end).filter(|word| !word.is_empty())?;
        rest = rest.get(end..).unwrap_or_default();
        Some(word)
    })
}

/// The full name of a month, or a short form of it.
fn is_month(word: &str) -> bool {
    english().calendar.month(word).is_some()
}

/// "3", "3rd,", "(14".
fn is_day(word: &str) -> bool {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
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
