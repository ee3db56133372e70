//! What a sentence says is not so, or leaves open, by the words around it: "It is false that …", "rumours that … are
//! untrue", "feared that …", "must decide whether to …".

use super::reading::Reading;
use super::status;
use crate::lang::events::event_words;
use crate::model::Status;
use std::ops::Range;

/// How far back a claim's own denial is looked for, in words.
const NEAR: usize = 6;
/// How far behind a claim its denial is looked for, in words.
const BEHIND: usize = 24;

/// Gives the status that the words `words` of a clause give to what their date `date` dates, both as indexes of
/// words; nothing where they say nothing of it.
pub(super) fn of(reading: &Reading<'_>, words: &Range<usize>, date: &Range<usize>) -> Option<Status> {
    framed(reading, words, date)
        .or_else(|| rumoured(reading, words, date))
        .or_else(|| doubted(reading, words, date))
        .or_else(|| wrongly(reading, words, date))
        .or_else(|| whether(reading, words, date))
}

/// "It is false that …", "it is not true that …", "there is no evidence that …", "it turned out that … had not …".
fn framed(reading: &Reading<'_>, words: &Range<usize>, date: &Range<usize>) -> Option<Status> {
    let event = event_words();
    let frame = |that: &usize| reading.is(*that, &event.content_marks) && !reading.is_aside(*that);
    let that = (words.start + 1..date.start.min(words.end)).rev().find(frame)?;
    let last = that.checked_sub(1).filter(|&l| l >= words.start)?;
    let near = |n: usize| last.saturating_sub(n).max(words.start)..last;
    // "It was wrong that he was jailed" judges what was done.
    let untrue = reading.word(last) != "wrong" && is_untrue(reading, last, near(NEAR).start);
    if untrue || reading.is(last, &event.inventions) || near(3).any(|i| ends_at(reading, i, that)) {
        return Some(Status::Denied);
    }
    if near(3).any(|i| reading.word(i) == "no") {
        if reading.is(last, &event.truths) {
            return Some(Status::Denied);
        }
        if reading.is(last, &event.proofs) {
            return Some(Status::Hypothetical);
        }
    }
    // What is found out not to be so: the verb stands right before "that".
    let verb = reading.finite(words.start..that)?;
    let content = that + 1..words.end;
    let found = !reading.is(verb, &event.attribution) && that - verb <= 3 && reading.is_past(verb);
    let not = || status::told(reading, &content, &[], None, date.start) == Status::Denied;
    (found && not()).then_some(Status::Denied)
}

/// Tells whether a word says behind a form of "be", from the word `from` on, that something is not so.
fn is_untrue(reading: &Reading<'_>, at: usize, from: usize) -> bool {
    let event = event_words();
    let be = |i: &usize| reading.is_auxiliary(*i) || matches!(reading.word(*i), "be" | "been" | "proved");
    reading.is(at, &event.untrue)
        && (from..at).rev().find(be).is_some_and(|be| {
            let between = be + 1..at;
            between.len() <= 2 && !between.clone().any(|i| matches!(reading.word(i), "not" | "never" | "no"))
        })
}

/// Tells whether "not true" stands at a word and ends before another.
fn ends_at(reading: &Reading<'_>, at: usize, end: usize) -> bool {
    reading.runs(at, &event_words().not_true).any(|length| at + length == end)
}

/// "rumours that … are untrue", "no truth in reports that …", "dismissed as nonsense claims that …", "fears that …".
fn rumoured(reading: &Reading<'_>, words: &Range<usize>, date: &Range<usize>) -> Option<Status> {
    let event = event_words();
    let claim = |i: &usize| {
        let named = reading.is(*i, &event.rumours) || reading.is(*i, &event.doubtful);
        named && reading.is(i + 1, &event.content_marks) && !reading.is_aside(*i)
    };
    let claim = (words.start..date.start.saturating_sub(1)).rev().find(claim)?;
    let before = claim.saturating_sub(NEAR)..claim;
    for i in before.rev().take_while(|&i| !reading.gap(i + 1).contains([',', ';', '—'])) {
        let none = i > 0 && reading.word(i - 1) == "no";
        let refused = reading.is(i, &event.dismissals) || reading.is(i, &event.denials);
        if none && (reading.is(i, &event.truths) || reading.is(i, &event.proofs)) || refused {
            return Some(Status::Denied);
        }
    }
    for i in date.end..words.end.min(date.end + BEHIND) {
        let be =
            (i.saturating_sub(2).max(date.end)..i).any(|be| reading.is_auxiliary(be) || reading.word(be) == "been");
        let refused = be && (reading.is(i, &event.denials) || reading.is(i, &event.dismissals));
        if refused || is_untrue(reading, i, date.end) || reading.starts(i, &event.not_true) {
            return Some(Status::Denied);
        }
        if be && reading.is(i, &event.borne_out) {
            return None;
        }
    }
    reading.is(claim, &event.doubtful).then_some(Status::Hypothetical)
}

/// "He feared that the dam had burst on Monday", "it was feared the dam would burst on Monday".
fn doubted(reading: &Reading<'_>, words: &Range<usize>, date: &Range<usize>) -> Option<Status> {
    let event = event_words();
    let first = reading.finite(words.start..date.start.min(words.end))?;
    let doubt = (first..first + 2).find(|&i| reading.is(i, &event.doubts) && i > words.start)?;
    let subject = doubt.checked_sub(1).filter(|&b| !reading.is(b, &event.determiners))?;
    if reading.comma(doubt) && reading.is_capital(subject) {
        return None;
    }
    let that = reading.is(doubt + 1, &event.content_marks);
    let verb = reading.finite(doubt + 1..words.end)?;
    let apart = (doubt + 1..=verb).any(|i| reading.comma(i) || matches!(reading.word(i), "and" | "but"));
    // The date right behind the verb is that of the fear.
    let own = date.start <= doubt + 2 && !that;
    ((that || verb < date.start && !apart) && !own).then_some(Status::Hypothetical)
}

/// "It was wrongly reported that …", "is falsely said to have …".
fn wrongly(reading: &Reading<'_>, words: &Range<usize>, date: &Range<usize>) -> Option<Status> {
    let event = event_words();
    let said = |i: &usize| reading.is(*i, &event.falsely) && reading.is(i + 1, &event.attribution);
    let at = (words.start..date.start.saturating_sub(3)).find(said)?;
    let pronoun = reading.is(at + 2, &event.pronouns);
    let content = pronoun || reading.is(at + 2, &event.content_marks) || reading.word(at + 2) == "to";
    content.then_some(Status::Denied)
}

/// "must decide whether to close on Monday", "asked whether he had been there on Monday".
fn whether(reading: &Reading<'_>, words: &Range<usize>, date: &Range<usize>) -> Option<Status> {
    let asks = |i: &usize| reading.word(*i) == "whether" && !reading.is_aside(*i);
    let at = (words.start..date.start.min(words.end)).rev().find(asks)?;
    if reading.word(at + 1) != "to" {
        return Some(Status::Hypothetical);
    }
    // "They voted on whether to leave on Monday": the vote was on that day.
    let verb = reading.finite(words.start..at)?;
    let over = reading.is_past(verb) && !reading.is_auxiliary(verb);
    (!over).then_some(Status::Hypothetical)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn status(text: &str) -> Option<Status> {
        let at = text.find("on Monday").unwrap();
        let reading = Reading::with_dates(text, std::slice::from_ref(&(at..at + 9)));
        of(&reading, &(0..reading.tokens.len()), &reading.within(&(at..at + 9)))
    }

    #[test]
    fn what_is_said_to_be_false_did_not_happen() {
        for text in [
            "It is false that the lock was shut on Monday.",
            "It was simply not true that the lock was shut on Monday.",
            "It is not the case that the lock was shut on Monday.",
            "Rumours that the lock was shut on Monday are untrue.",
            "A report that the lock was shut on Monday was quickly denied.",
            "There is no truth to reports that the lock was shut on Monday.",
            "The mayor dismissed as nonsense reports that he resigned on Monday.",
            "It was wrongly reported that the lock was shut on Monday.",
            "It turned out that the lock had not been shut on Monday.",
        ] {
            assert_eq!(status(text), Some(Status::Denied), "{text}");
        }
    }

    #[test]
    fn what_is_feared_or_asked_is_left_open() {
        for text in [
            "He feared that the lock had burst on Monday.",
            "It was feared the lock had burst on Monday.",
            "There were fears that the lock had burst on Monday.",
            "There is no evidence that the lock burst on Monday.",
            "They must decide whether to shut the lock on Monday.",
            "She asked whether the lock had burst on Monday.",
        ] {
            assert_eq!(status(text), Some(Status::Hypothetical), "{text}");
        }
    }

    #[test]
    fn what_nobody_doubts_is_told_as_it_stands() {
        for text in [
            "Reports that the lock was shut on Monday were confirmed.",
            "The report that the lock was unsafe came on Monday.",
            "They voted on whether to leave on Monday.",
            "The feared warlord was caught on Monday.",
            "He said that the lock was shut on Monday.",
            "It emerged that the lock was shut on Monday.",
        ] {
            assert_eq!(status(text), None, "{text}");
        }
    }
}
