//! Headlines that are too long: what they can spare, and where they can be cut.

use super::polish::trailing_quote;
use super::reading::Reading;
use super::thought::{main_verb, open_clause, without_restrictive};
use crate::lang::events::event_words;
use crate::lang::headlines::headline_words;
use std::borrow::Cow;

/// The longest headline, in characters.
pub(super) const LONGEST: usize = 90;

/// A headline should not be cut shorter than this, in characters.
const SHORTEST: usize = 32;

/// Words that a cut gives up for the end of a phrase, at most.
const ROOM: usize = 6;

/// Takes out of a headline that is too long, step by step, what it can spare: phrases between
/// commas, "in an interview", callings before a name.
pub(super) fn simpler(text: Cow<'_, str>) -> Cow<'_, str> {
    let mut text = text;
    let mut done = 0;
    while is_long(&text) {
        // The first of the steps left that can; those that cannot have read the headline together.
        let found = {
            let reading = Reading::new(&text);
            STEPS.iter().enumerate().skip(done).find_map(|(i, step)| Some((i + 1, step(&reading)?)))
        };
        let Some((next, shorter)) = found else { break };
        (done, text) = (next, Cow::Owned(shorter));
    }
    text
}

/// What takes something out of a headline, in the order in which it is spared.
const STEPS: [fn(&Reading<'_>) -> Option<String>; 5] =
    [without_circumstance, without_apposition, without_restrictive, without_calling, without_that];

/// Tells whether a headline is too long.
fn is_long(text: &str) -> bool {
    // No text has more characters than bytes.
    text.len() > LONGEST && text.chars().count() > LONGEST
}

fn without_circumstance(reading: &Reading<'_>) -> Option<String> {
    let text = reading.text;
    let phrases =
        [" in an interview", " in a statement", " in a speech", " at a news conference", " at a press conference"];
    let found = phrases.iter().find(|p| text.contains(**p))?;
    Some(text.replacen(found, "", 1))
}

/// "Ann Lee, a doctor from Oslo, said" loses the phrase between the commas; "the deputy minister, Ann Lee, said" keeps the name.
fn without_apposition(reading: &Reading<'_>) -> Option<String> {
    let text = reading.text;
    let comma = |i: &usize| reading.gap(*i).trim() == "," && !reading.is_aside(*i);
    let open = (1..reading.tokens.len().min(14)).find(comma)?;
    let close = (open + 1..reading.tokens.len().min(open + 14)).find(comma)?;
    reading.finite(close..(close + 2).min(reading.tokens.len()))?;
    // "Ann Lee, a clerk who left, said": the verb between is none of hers.
    let relative = |v: usize| (open + 1..v).any(|i| ["who", "which", "that"].contains(&reading.word(i)));
    if reading.finite(0..open).is_some() || reading.finite(open..close).is_some_and(|v| !relative(v)) {
        return None;
    }
    let (before, after) = (reading.tokens.get(open - 1)?, reading.tokens.get(close)?);
    let inner = text.get(reading.tokens.get(open)?.start..reading.tokens.get(close - 1)?.end())?;
    let rest = text.get(after.start..)?;
    let words = event_words();
    let name = (open..close).all(|i| reading.is_capital(i));
    if name && (0..open).any(|i| reading.is(i, &words.title_words)) {
        return Some(format!("{inner} {rest}"));
    }
    reading.is(open, &words.determiners).then(|| format!("{} {rest}", text.get(..before.end()).unwrap_or_default()))
}

/// "National security adviser Ann Lee said" opens with the name.
fn without_calling(reading: &Reading<'_>) -> Option<String> {
    let text = reading.text;
    let verb = reading.finite(0..reading.tokens.len())?;
    let capital = |i: usize| reading.is_capital(i);
    let words = event_words();
    let start = (0..verb).rev().take_while(|&i| capital(i) && !reading.is(i, &words.title_words)).last()?;
    let whole = verb - start >= 2 && start > 0 && (start..verb).all(|i| i == start || reading.gap(i) == " ");
    let calling = (0..start).any(|i| reading.is(i, &words.title_words) || !capital(i) && !reading.is(i, &words.stop));
    let plain =
        (0..start).all(|i| !["and", "or", "of"].contains(&reading.word(i)) || reading.is(i, &words.title_words));
    let (name, rest) = (text.get(reading.tokens.get(start)?.start..)?, reading.tokens.get(verb)?.start);
    let resumes = |i: usize| reading.comma(i) && reading.is_verb(i);
    if reading.comma(verb) && (verb + 1..reading.tokens.len()).any(resumes) {
        return None;
    }
    // "A guard, Ann Lee, was": between a name and its verb stands no comma.
    let (head, tail) = (reading.tokens.get(verb - 1)?.end(), text.get(rest..)?);
    let name = name.get(..head - (text.len() - name.len()))?;
    (whole && calling && plain).then(|| format!("{name} {tail}"))
}

fn without_that(reading: &Reading<'_>) -> Option<String> {
    let text = reading.text;
    let at = (1..reading.tokens.len()).find(|&i| reading.word(i) == "that" && !reading.is_aside(i))?;
    let (that, next) = (reading.tokens.get(at)?, reading.tokens.get(at + 1)?);
    let said = (0..at).any(|i| reading.is(i, &event_words().attribution));
    said.then(|| {
        format!(
            "{}{}",
            text.get(..that.start).unwrap_or_default(),
            text.get(next.start - trailing_quote(reading.gap(at + 1))..).unwrap_or_default()
        )
    })
}

/// Cuts a long headline where its grammar allows, at a word otherwise.
pub(super) fn shorten(text: &str) -> Cow<'_, str> {
    if !is_long(text) {
        return Cow::Borrowed(text);
    }
    let reading = Reading::new(text);
    let limit = text.char_indices().nth(LONGEST).map_or(text.len(), |(at, _)| at);
    let reach = reading.tokens.partition_point(|t| t.start <= limit + 8).min(reading.tokens.len());
    let joints = &headline_words().joints;
    let cut = |strong: bool| {
        (1..reach).rev().find_map(|i| {
            let marks =
                reading.gap(i).chars().take_while(|c| matches!(c, '”' | ')')).map(char::len_utf8).sum::<usize>();
            let end = reading.tokens.get(i - 1)?.end() + marks;
            let comma = reading.gap(i).contains([',', ';', '—']);
            let joint = if strong { comma } else { comma || joints.contains(reading.word(i)) };
            let left = text.get(..end)?;
            let verb = main_verb(&reading, 0..i).is_some_and(|v| i > v + 2);
            let whole = !reading.is_aside(i) || reading.gap(i).starts_with('”');
            let hangs = !ends_phrase(&reading, i) || joints.contains(reading.word(i - 1)) && !closes(&reading, i - 1);
            // "moved over, because": the word is the verb's.
            let hangs = hangs || !comma && reading.comma(i + 1);
            (end <= limit && joint && verb && whole && !hangs && left.chars().count() >= SHORTEST)
                .then_some(i)
                .filter(|&i| open_clause(&reading, &(0..i)).is_none())
                .map(|_| left)
        })
    };
    if let Some(cut) = cut(true).filter(|c| c.chars().count() >= 50).or_else(|| cut(false)) {
        return Cow::Borrowed(cut);
    }
    let limit = text.char_indices().nth(LONGEST - 1).map_or(text.len(), |(at, _)| at);
    let last = reading.tokens.iter().take_while(|t| t.end() <= limit).count();
    // Where a phrase ends, if one does: not between an auxiliary and its verb, nor inside a name.
    let ends = |&i: &usize| {
        let name = reading.is_capital(i) && reading.is_capital(i - 1) && reading.gap(i) == " ";
        ends_phrase(&reading, i) && !reading.is_auxiliary(i - 1) && !name
    };
    let end = (1..=last).rev().take(ROOM).find(ends).unwrap_or(last);
    let end = end.checked_sub(1).and_then(|l| reading.tokens.get(l)).map_or(limit, |t| t.end());
    Cow::Owned(format!("{}…", text.get(..end).unwrap_or_default()))
}

/// Tells whether no headline ends with a word.
fn hanging(reading: &Reading<'_>, at: usize) -> bool {
    reading.is(at, &event_words().hanging)
}

/// Tells whether a word ends what its verb says: "was struck out".
fn closes(reading: &Reading<'_>, at: usize) -> bool {
    headline_words().closers.contains(reading.word(at)) && at > 0 && reading.is_past(at - 1)
}

/// Tells whether a headline can end before a word: not in "to look | into", ", warning | that", "asked | to".
fn ends_phrase(reading: &Reading<'_>, at: usize) -> bool {
    let Some(last) = at.checked_sub(1) else { return false };
    if closes(reading, last) {
        return true;
    }
    let participle = reading.word(last).ends_with("ing") && (reading.comma(last) || reading.word(at) == "to");
    let before = last.checked_sub(1).map_or("", |b| reading.word(b));
    let plain = !reading.gap(at).contains([',', ';']) && !reading.is_capital(last);
    let infinitive = before == "to" && plain;
    let number = reading.tokens.get(at + 1).is_some_and(|t| t.text.starts_with(|c: char| c.is_ascii_digit()));
    let done = ["be", "been", "was", "were", "is", "are", "being"].contains(&before);
    let asked = reading.word(at) == "to" && (reading.is_past(last) && !done || number);
    let lone = reading.comma(last) && last > 0;
    !(hanging(reading, last) || reading.is_stop(last) || participle || infinitive || asked || lone)
}
