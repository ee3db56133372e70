//! Headlines that end where a thought ends, and hold what gives it its meaning.

use super::clause::Clause;
use super::reading::Reading;
use crate::lang::events::event_words;
use crate::lang::headlines::headline_words;
use std::ops::Range;

/// Words behind a cut among which the verb of a clause cut off stands.
const NEAR: usize = 8;
/// Words of a noun group before a place: "The old stone bridge at Orm".
const GROUP: usize = 6;

/// Gives the word that opens a clause which a cut before the word `end` would leave without its verb.
pub(super) fn open_clause(reading: &Reading<'_>, words: &Range<usize>) -> Option<usize> {
    let goes_on = || {
        let verb = reading.finite(words.end..(words.end + NEAR).min(reading.tokens.len()));
        verb.is_some_and(|v| !matches!(reading.word(v - 1), "and" | "or" | "but"))
    };
    let dated = |i: usize| reading.tokens.get(i).is_some_and(|t| reading.dates.iter().any(|d| d.contains(&t.start)));
    for i in (words.start + 2..words.end).rev() {
        let clause = headline_words().clause_openers.contains(reading.word(i)) && !is_shown(reading, i);
        let phrase = reading.word(i + 1) == "of" || !clause && (i + 1 == words.end || dated(i + 1));
        if reading.is_aside(i) || phrase || !clause && !headline_words().phrase_openers.contains(reading.word(i)) {
            continue;
        }
        if reading.finite(i + 1..words.end).is_some() {
            return None;
        }
        if (clause || goes_on()) && reading.finite(words.start..i).is_some() {
            let participle = reading.word(i - 1).ends_with("ing") && reading.comma(i - 1);
            // ", five days before the walkout": how long goes with it.
            let counted = (i.saturating_sub(4).max(words.start + 2)..i).find(|&j| !clause && reading.comma(j));
            return Some(if participle { i - 1 } else { counted.unwrap_or(i) });
        }
    }
    None
}

/// Tells whether "that" only shows: "since that day".
fn is_shown(reading: &Reading<'_>, at: usize) -> bool {
    let lists = event_words();
    reading.is(at, &lists.content_marks)
        && at.checked_sub(1).is_some_and(|b| {
            reading.is(b, &lists.place_words)
                || headline_words().limits.contains(reading.word(b))
                || headline_words().needs_time.contains(reading.word(b))
        })
}

/// Gives where the words of a clause end that make whole thoughts; never before its date.
pub(super) fn end(reading: &Reading<'_>, clause: &Clause, date: &Range<usize>) -> usize {
    let end = clause.body_end.unwrap_or(clause.range.end);
    let words = reading.within(&(clause.body..end));
    let lists = event_words();
    let opened = if words.end < reading.tokens.len() { open_clause(reading, &words) } else { None };
    // "Rain is expected and the agency fears" that …
    let feared = || {
        let verb =
            words.end.checked_sub(1).filter(|&v| reading.is_verb(v) && reading.is(words.end, &lists.content_marks))?;
        let and = (words.start + 2..verb).rev().find(|&i| matches!(reading.word(i), "and" | "but"))?;
        reading.finite(words.start..and).map(|_| and)
    };
    let cut = opened.or_else(feared).and_then(|at| reading.tokens.get(at.checked_sub(1)?)).map(|t| t.end());
    cut.filter(|&cut| date.start < cut && clause.body < cut).unwrap_or(end)
}

/// Tells whether a clause took the verb of the whole sentence: "A man who was hurt after a raid is among those held".
pub(super) fn takes_verb(reading: &Reading<'_>, clause: &Clause, date: &Range<usize>) -> bool {
    let lists = event_words();
    let words = reading.within(&(clause.body..clause.range.end));
    let Some(opener) = words.start.checked_sub(1).filter(|_| clause.opener.is_some()) else { return false };
    let comma = |i: usize| reading.comma(i) && !reading.is_aside(i);
    if clause.antecedent.is_some() {
        // "accused the firm, which runs the port, of paying"
        let at = reading.within(date).start;
        return (words.start + 1..at).any(|i| comma(i) && reading.word(i) == "of");
    }
    if reading.word(words.start) == "of" {
        return true;
    }
    let Some(first) = reading.finite(words.clone()) else { return false };
    // "closed because it was full, opened again"
    let resumed = (first + 1..words.end).any(|i| {
        comma(i) && reading.is_verb(i) && !reading.is_capital(i) && (reading.is_past(i) || reading.is_auxiliary(i))
    });
    let who = (1..opener).find(|&i| reading.is(i, &lists.restrictive) && reading.gap(i) == " ");
    let lost = who.is_some_and(|who| {
        let verb = reading.finite(who + 1..opener);
        let group = |v: usize| (v..opener).take_while(|&i| reading.is_verb(i) || reading.is_past(i)).count();
        reading.finite(0..who).is_none() && verb.is_some_and(|v| reading.finite(v + group(v)..opener).is_none())
    });
    let alone = reading.finite(words.end..reading.tokens.len()).is_none();
    resumed && opener > 0 || lost && alone
}

/// Takes the clause that says which off the subject of a headline: "A man who stole a boat was jailed".
pub(super) fn without_restrictive(reading: &Reading<'_>) -> Option<String> {
    let (lists, text) = (event_words(), reading.text);
    let which = |&i: &usize| reading.is(i, &lists.restrictive) && reading.gap(i) == " " && !reading.is_aside(i);
    let who = (1..reading.tokens.len().min(GROUP + 3)).find(which)?;
    if reading.finite(0..who).is_some() {
        return None;
    }
    let first = reading.finite(who + 1..reading.tokens.len())?;
    if reading.is(first, &lists.attribution) {
        return None;
    }
    let opens = |i: usize| headline_words().clause_openers.contains(reading.word(i)) || reading.comma(i);
    let verb = |&v: &usize| {
        let noun = v.checked_sub(1).is_some_and(|b| !reading.is_stop(b) && !reading.is_past(b));
        reading.is_verb(v) && reading.is_auxiliary(v) && noun
    };
    let main = (first + 2..reading.tokens.len()).find(verb)?;
    // "hurt after the wall was built was jailed"
    let phrase = (first + 1..main).any(|i| headline_words().phrase_openers.contains(reading.word(i)));
    if (first + 1..main).any(opens) || phrase && (main + 1..reading.tokens.len()).any(|v| verb(&v)) {
        return None;
    }
    let (head, rest) = (reading.tokens.get(who - 1)?.end(), reading.tokens.get(main)?.start);
    Some(format!("{} {}", text.get(..head)?, text.get(rest..)?))
}

/// Takes joining words off the end of a headline: "The works opened and".
pub(super) fn closed(text: &str) -> &str {
    let mut text = text;
    while let Some((rest, last)) = text.trim_end_matches([',', ' ']).rsplit_once(' ')
        && headline_words().joining.contains(&last.to_lowercase())
    {
        text = rest;
    }
    text
}

/// Tells whether a date gives a clause its meaning, so that it cannot be spared: "did not open until May", "only in May".
pub(super) fn means(reading: &Reading<'_>, words: &Range<usize>, date: &Range<usize>) -> bool {
    let inside = reading.within(date);
    let first = inside.start;
    let Some(before) = first.checked_sub(1).filter(|b| words.contains(b)) else { return false };
    let limit =
        headline_words().limits.contains(reading.word(first)) || headline_words().limits.contains(reading.word(before));
    let none = |i: usize| {
        headline_words().none_words.contains(reading.word(i))
            || reading.word(i).ends_with("n't")
            || reading.word(i).ends_with("n’t")
    };
    let denied = limit && (words.start..first).any(none);
    let last = inside.end.checked_sub(1).map_or("", |l| reading.word(l));
    let at_latest =
        headline_words().latest.contains(reading.word(inside.end + 2)) || headline_words().latest.contains(last);
    let lasts = limit && (words.start..first).any(|i| headline_words().stays.contains(reading.word(i)));
    let lead = headline_words().date_words.contains(reading.word(before));
    let only = [Some(before), before.checked_sub(1).filter(|_| lead)].into_iter().flatten();
    let only = only.filter(|&i| i >= words.start).any(|i| headline_words().only_marks.contains(reading.word(i)));
    denied || at_latest || lasts || only
}

/// Tells whether a date is counted from the day of the text, and not one of several that verbs share.
pub(super) fn is_near_day(reading: &Reading<'_>, words: &Range<usize>, date: &Range<usize>) -> bool {
    let inside = reading.within(date);
    let turn = headline_words().near_turns.contains(reading.word(inside.start)) && inside.len() == 2;
    let near = headline_words().near_days.contains(reading.word(inside.start)) || turn;
    let shared = || {
        let joins =
            |i: usize| matches!(reading.word(i), "and" | "but" | "or") && (i + 1..i + 4).any(|v| reading.is_verb(v));
        words.clone().any(joins)
    };
    near && !shared()
}

/// Gives the whole group of which a name before ", which" is only the place: "the bridge at Orm, which".
pub(super) fn with_group(reading: &Reading<'_>, name: &Range<usize>) -> Range<usize> {
    let lists = event_words();
    let first = reading.within(name).start;
    let group = first
        .checked_sub(1)
        .filter(|&b| reading.is(b, &lists.place_words) && reading.is_capital(first))
        .and_then(|place| {
            let start = (place.saturating_sub(GROUP)..place).rev().find(|&i| reading.is(i, &lists.determiners))?;
            let plain = place > start + 1 && (start + 1..=place).all(|i| reading.gap(i) == " " && !reading.is_verb(i));
            reading.tokens.get(start).filter(|_| plain)
        });
    group.map_or_else(|| name.clone(), |t| t.start..name.end)
}

/// Gives the "in" of a verb that a date took: "sworn in yesterday".
pub(super) fn verbs_own<'a>(reading: &Reading<'a>, date: &Range<usize>) -> Option<&'static str> {
    let lists = headline_words();
    let first = reading.within(date).start;
    let next = reading.word(first + 1);
    let near = lists.near_days.contains(next) || lists.near_turns.contains(next) || lists.week_days.contains(next);
    (reading.word(first) == "in" && near).then_some("in")
}

/// Gives the first verb that tells in words of a headline, behind what only says which: "Ann Lee, who leads it, left".
pub(super) fn main_verb(reading: &Reading<'_>, words: Range<usize>) -> Option<usize> {
    let lists = event_words();
    let first = reading.finite(words.clone())?;
    let which = |&i: &usize| {
        let comma = reading.comma(i) && reading.is(i, &lists.relative);
        comma || reading.gap(i) == " " && reading.is(i, &lists.restrictive)
    };
    let Some(who) = (words.start + 1..first).find(which) else { return Some(first) };
    if reading.comma(who) {
        let close = (first + 1..words.end).find(|&i| reading.comma(i) && !reading.is_aside(i))?;
        return reading.finite(close..words.end);
    }
    let group = (first..words.end).take_while(|&i| reading.is_verb(i) || reading.is_past(i)).count();
    reading.finite(first + group..words.end)
}

/// Tells whether a headline is only a subject with what says which: "Ann Lee, who left the town".
pub(super) fn is_headless(title: &str) -> bool {
    if !title.contains(" who ") && !title.contains(" which ") {
        return false;
    }
    let reading = Reading::new(title);
    let all = 0..reading.tokens.len();
    let noun = reading
        .tokens
        .first()
        .is_some_and(|_| !reading.is_verb(0) && !headline_words().clause_openers.contains(reading.word(0)));
    noun && reading.finite(all.clone()).is_some() && main_verb(&reading, all).is_none()
}
