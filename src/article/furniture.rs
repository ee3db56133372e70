//! Captions of pictures, and the lists of other articles that a page sets beside its own.

use super::credits;
use super::paragraph::split_spaced;
use crate::lang::pages::notice_words;
use memchr::{memchr_iter, memchr2_iter, memchr3};
use std::borrow::Cow;

/// A caption is at most this long, in bytes.
const LONGEST: usize = 400;
/// Who took the picture is named in at most so many bytes.
const LONGEST_CREDIT: usize = 90;
/// No label of a list is longer, in bytes.
const LONGEST_LABEL: usize = 40;
/// A promoted headline is at most this long, in bytes.
const LONGEST_TEASER: usize = 160;

/// Whether a line is the caption of a picture: a label in brackets, a credit at its end, or people
/// named by where they stand.
pub(super) fn is_caption(line: &str) -> bool {
    line.len() <= LONGEST
        && (bracketed(line)
            || credited(line)
            || placed(line)
            || credits::by_agency(line)
            || credits::opens_caption(line)
            || commented(line))
}

/// A reader's name and the clock of a comment stand in so many bytes.
const LONGEST_HEAD: usize = 60;

/// "Ann, 16 February 2023 at 10:03: What a shame.": what a reader writes below an article.
fn commented(line: &str) -> bool {
    let near = line.as_bytes().get(..LONGEST_LABEL + 2).unwrap_or(line.as_bytes());
    let comma = memchr_iter(b',', near).find(|at| near.get(at + 1) == Some(&b' '));
    let Some((name, rest)) = comma.and_then(|at| Some((line.get(..at)?, line.get(at + 2..)?))) else {
        return false;
    };
    // The clock follows soon, or none does.
    let longest = LONGEST_HEAD - LONGEST_LABEL + 5;
    let near = rest.as_bytes().get(..longest + " at ".len()).unwrap_or(rest.as_bytes());
    let at = near.windows(4).position(|part| part == b" at ");
    let Some((day, rest)) = at.and_then(|at| Some((rest.get(..at)?, rest.get(at + 4..)?))) else {
        return false;
    };
    let digits = |text: &str| matches!(text.len(), 1 | 2) && text.bytes().all(|b| b.is_ascii_digit());
    let clock = rest.split_once(": ").and_then(|(clock, _)| clock.split_once(':'));
    let figures = day.split(' ').filter(|word| word.trim_end_matches(',').bytes().all(|b| b.is_ascii_digit())).count();
    let year = day.split(' ').any(|word| word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit()));
    name.starts_with(char::is_uppercase)
        && name.split(' ').count() <= 3
        && figures == 2
        && year
        && clock.is_some_and(|(hour, minute)| digits(hour) && digits(minute.split(' ').next().unwrap_or_default()))
}

/// "(Picture: the quay at dusk.": the bracket may be closed, or broken by a credit of its own.
fn bracketed(line: &str) -> bool {
    line.strip_prefix(['(', '[']).is_some_and(|inner| label(inner.trim_start()))
}

/// "The quay at dusk. Photo: Ann Roe", "… at dusk (Photograph by Ann Roe)".
fn credited(line: &str) -> bool {
    let tail =
        (line.len().saturating_sub(LONGEST_CREDIT)..line.len()).find(|&at| line.is_char_boundary(at)).unwrap_or(0);
    let last = line.get(tail..).unwrap_or_default();
    // The first bytes of the marks.
    let begins = |b: u8| matches!(b, b'.' | b'(' | b'[' | b'|' | 0xE2);
    last.bytes().enumerate().filter_map(|(at, b)| begins(b).then_some(at)).any(|at| {
        let mark = last.get(at..).and_then(|rest| rest.chars().next());
        let Some(c) = mark.filter(|c| matches!(c, '.' | '(' | '[' | '|' | '—' | '”')) else { return false };
        let rest = last.get(at + c.len_utf8()..).unwrap_or_default();
        let credit = rest.trim_start();
        // A credit names; what goes on after it in sentences is text.
        let spaced = credit.len() < rest.len() || matches!(c, '(' | '[');
        let closed = credit.trim_end_matches([')', ']', '.', '*']);
        spaced && label(credit) && !closed.contains([')', ']']) && !closed.contains(". ")
    })
}

/// A label of a picture with its colon, or "by" and a capital.
fn label(text: &str) -> bool {
    let first = text.bytes().next().map(|b| b.to_ascii_lowercase());
    let known = &notice_words().picture;
    known.may_open(text)
        && known.iter().filter(|label| label.bytes().next() == first).any(|label| {
            let Some(rest) =
                text.get(..label.len()).filter(|h| h.eq_ignore_ascii_case(label)).and(text.get(label.len()..))
            else {
                return false;
            };
            let name = rest.trim_start().strip_prefix("by ").or_else(|| rest.trim_start().strip_prefix("courtesy "));
            rest.trim_start().starts_with(':')
                || name.is_some_and(|n| n.starts_with(char::is_uppercase) || n.starts_with("of "))
        })
}

/// "Ann Roe, left, and Tom Poe at the quay on Monday."
fn placed(line: &str) -> bool {
    let places = &notice_words().places;
    let one = || !line.trim_end_matches(['.', ')']).contains(". ");
    // A place stands behind a comma or a bracket, each with its space.
    let bytes = line.as_bytes();
    let opens = |at: usize| if bytes.get(at) == Some(&b',') { at + 2 } else { at + 1 };
    memchr2_iter(b',', b'(', bytes).map(opens).any(|at| {
        let (Some(before), Some(rest)) = (line.get(..at), line.get(at..)) else { return false };
        if !places.may_open(rest) {
            return false;
        }
        places.iter().filter_map(|place| rest.strip_prefix(place.as_str())).any(|after| {
            let name = before.trim_end_matches([',', '(', ' ']).rsplit(' ').next().unwrap_or_default();
            let commas = before.ends_with(", ")
                && [", and ", ", with ", ", at ", ", in ", ", shakes ", ", speaks "]
                    .iter()
                    .any(|n| after.starts_with(n));
            let brackets = before.ends_with(" (") && after.starts_with(')');
            name.starts_with(char::is_uppercase) && (commas || brackets)
        })
    }) && one()
}

/// Whether a line heads a list of other articles: "Most read:".
pub(super) fn heads_list(line: &str) -> bool {
    is_label(line, &notice_words().lists)
}

/// Whether a line heads a list of what else an issue brings, in headlines or in sentences.
pub(super) fn heads_issue(line: &str) -> bool {
    is_label(line, &notice_words().issue_lists)
}

/// Whether a line is a list of other things by itself: "MOST READ: Tram shut · Mayor's ball", "Most read 1. …  2. …".
pub(super) fn is_list(line: &str) -> bool {
    if line.len() > LONGEST {
        return false;
    }
    // Hardly a line has any of these marks: they are looked for by their bytes first.
    let marked = memchr3(b'|', 0xC2, 0xE2, line.as_bytes()).is_some();
    let counted = || [" · ", " • ", " | "].iter().map(|mark| line.matches(mark).count()).sum::<usize>();
    let marks = if marked { counted() } else { 0 };
    let shouted = |label: &str| label.len() <= LONGEST_LABEL && label.len() > 3 && !label.contains(char::is_lowercase);
    if marks > 0
        && let Some((label, _)) = split_spaced(line, b':')
        && (is_label(label, &notice_words().lists) || marks > 1 && shouted(label))
    {
        return true;
    }
    let near = (0..=line.len().min(LONGEST_LABEL + 4)).rev().find_map(|end| line.get(..end)).unwrap_or_default();
    if !near.contains('1') {
        return false;
    }
    let first = near.find(" 1. ").or_else(|| near.find(" 1) ")).filter(|at| *at <= LONGEST_LABEL);
    first.is_some_and(|at| is_label(line.get(..at).unwrap_or_default(), &notice_words().lists) && line.contains(" 2"))
}

fn is_label(line: &str, known: &[String]) -> bool {
    let whole = line.trim_end_matches([':', '!', '»', '›', '>', '→', ' ']);
    if whole.len() > LONGEST_LABEL {
        return false;
    }
    let whole = if whole.contains('’') { Cow::Owned(whole.replace('’', "'")) } else { Cow::Borrowed(whole) };
    known.iter().any(|known| whole.eq_ignore_ascii_case(known))
}

/// Whether a line in such a list is a headline and no text: it ends in no full stop.
pub(super) fn is_teaser(line: &str) -> bool {
    line.len() <= LONGEST_TEASER && !line.ends_with(['.', '”', '"', ':', ';', ','])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn captions_are_told_from_text() {
        for line in [
            "(Picture: the mayor opens the lock on Friday.",
            "[Photo: the lock on Friday]",
            "The mayor opens the lock on Friday. Photo: Ann Roe / Harbour Press",
            "The lock, seen on 3 May. Photograph by Ann Roe",
            "The mayor opens the lock. (Photo by Ann Roe, Staff)",
            "Ida Holm, left, and Tom Poe at the lock on Friday.",
            "Ida Holm (right) and Tom Poe at the lock on Friday",
            "Ann, 16 February 2023 at 10:03: The lock was shut and I was late.",
        ] {
            assert!(is_caption(line), "{line}");
        }
        for line in [
            "Ida Holm left and Tom Poe came on Friday.",
            "She took a photo by the lock on Friday.",
            "They turned right, left, and right again.",
            "The mayor opened the lock. Picture: that is what she called it. Then she left on Monday.",
            "The party of the left, and that of the right, met on Friday.",
            "(She left on Friday.)",
            "Oslo, 16 February 2023: the lock was shut.",
            "In Oslo, 16 February 2023 at 10:03 is when it was shut.",
        ] {
            assert!(!is_caption(line), "{line}");
        }
    }

    #[test]
    fn lists_of_other_articles_have_heads_and_headlines() {
        for line in ["Most read:", "MOST READ", "Related stories", "Editor’s picks:", "You may also like"] {
            assert!(heads_list(line), "{line}");
        }
        assert!(heads_issue("Also in this issue:") && !heads_issue("Also in this issue, he said"));
        assert!(!heads_list("Most read the paper on Sunday.") && !heads_list("Related reports say so"));
        for line in [
            "MOST READ: Tram shut until 10 May · Mayor's ball",
            "LANTERN NOTICES: Flu jabs from 4 May · Dues rise 1 June · Lost: parrot",
            "Most read 1. Tram shut until 10 May  2. Mayor's ball",
        ] {
            assert!(is_list(line), "{line}");
        }
        for line in
            ["Harbour: the tram was shut on 10 May · again", "Most read 1. May was cold.", "OSLO: Roe left on 3 May."]
        {
            assert!(!is_list(line), "{line}");
        }
        assert!(is_teaser("Bakery to close on 3 May") && is_teaser("Will the lock open on Friday?"));
        assert!(!is_teaser("The bakery closed on 3 May."));
    }
}
