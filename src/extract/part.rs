//! Which part of a clause tells what one of its several dates dates.
//!
//! A part is cut off only where that is safe. Where it is not, the clause stays whole and keeps all
//! its dates, so that the reader sees which date belongs where.

use super::clause::{Clause, antecedent};
use super::reading::Reading;
use super::saying;
use crate::lang::events::event_words;
use std::ops::Range;

/// Words between "and" and its verb, at most: "and then finally closed".
const ADVERBS: usize = 2;
/// Words after the first verb in which others are looked for: what keeps a sentence without end cheap.
const REACH: usize = 200;
/// Words of the noun group at the head of a clause that begins with a participle, at most.
const SUBJECT: usize = 8;

/// Gives the part of a clause that tells the date at the byte range `date`; `dates` are all time
/// expressions of the sentence in order.
pub(super) fn of(reading: &Reading<'_>, clause: Clause, dates: &[Range<usize>], date: &Range<usize>) -> Clause {
    let words = reading.within(&(clause.body..clause.range.end));
    let mut clause = clause;
    if let Some(opening) = opening_participle(reading, &words, dates)
        && clause.body == clause.range.start
    {
        if opening.phrase.contains(&date.start) {
            clause.range = opening.phrase.start.min(opening.subject.start)..opening.subject.end;
            clause.holes.clear();
            clause.body = opening.phrase.start;
            clause.body_end = Some(opening.phrase.end);
            clause.antecedent = Some(opening.subject);
            clause.dates = Dates::Kept;
            return clause;
        }
        clause.range.start = opening.subject.start;
        clause.body = opening.subject.start;
    }
    let words = reading.within(&(clause.body..clause.range.end));
    if let Some(inserted) = inserted_participle(reading, &words) {
        let holds_a_date = dates.iter().any(|d| inserted.contains(&d.start));
        if inserted.contains(&date.start) {
            let at = reading.within(&inserted).start;
            clause.dates = Dates::Kept;
            // What stands before it without a verb is the whole subject: "the airport in Oslo, shut since".
            let whole = at <= words.start + SUBJECT && reading.finite(words.start..at).is_none();
            let subject =
                reading.tokens.get(words.start).map(|t| t.start..inserted.start).filter(|_| whole && at > words.start);
            if let Some(name) = subject.or_else(|| antecedent(reading, words.start, at)) {
                clause.range = name.start..inserted.end;
                clause.body = name.start;
                clause.antecedent = None;
                clause.opener = None;
                clause.holes.retain(|h| clause.range.start <= h.start && h.end <= clause.range.end);
            }
            return clause;
        }
        if holds_a_date {
            clause.holes.push(inserted);
            clause.holes.sort_by_key(|h| h.start);
        }
    }
    predicate(reading, &mut clause, dates, date);
    let alone = |d: &Range<usize>| date.contains(&d.start) || clause.holes.iter().any(|h| h.contains(&d.start));
    let tells = clause.body..clause.range.end;
    let after = reading.tokens.get(reading.within(date).end).map_or(0, |t| t.start);
    let leads = reading.within(&tells).start >= reading.within(date).start && !dates.iter().any(|d| d.contains(&after));
    if !leads && !dates.iter().filter(|d| tells.contains(&d.start)).all(alone) || hangs_deeper(reading, &clause, date) {
        clause.dates = Dates::Kept;
    }
    clause
}

/// What a headline does with the date expressions of its clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dates {
    /// Its own date can be taken out.
    Spared,
    /// All of them stay, so that each verb keeps its date.
    Kept,
}

struct Opening {
    phrase: Range<usize>,
    subject: Range<usize>,
}

/// Gives the phrase with a date at the head of "Founded in 1920, the club moved", and what it tells of.
fn opening_participle(reading: &Reading<'_>, words: &Range<usize>, dates: &[Range<usize>]) -> Option<Opening> {
    let event = event_words();
    let first = reading.tokens.get(words.start)?;
    if !reading.is_past(words.start) || reading.is_aside(words.start) {
        return None;
    }
    let comma = (words.start + 1..words.end.min(words.start + 24)).find(|&i| comma_before(reading, i, dates))?;
    let phrase = first.start..reading.tokens.get(comma - 1)?.end();
    let verb = reading.finite(comma..words.end.min(comma + SUBJECT))?;
    let noun = reading.is(comma, &event.determiners) || reading.is_capital(comma) || reading.is(comma, &event.pronouns);
    let plain = verb > comma && noun && reading.finite(words.start + 1..comma).is_none();
    let dated = dates.iter().any(|d| phrase.contains(&d.start));
    let subject = reading.tokens.get(comma)?.start..reading.tokens.get(verb.checked_sub(1)?)?.end();
    (plain && dated).then_some(Opening { phrase, subject })
}

fn comma_before(reading: &Reading<'_>, at: usize, dates: &[Range<usize>]) -> bool {
    let start = reading.tokens.get(at).map_or(0, |t| t.start);
    reading.comma(at) && !reading.is_aside(at) && !inside(dates, start)
}

fn inside(dates: &[Range<usize>], at: usize) -> bool {
    let last = dates.partition_point(|d| d.start < at);
    last.checked_sub(1).and_then(|l| dates.get(l)).is_some_and(|d| at < d.end)
}

/// Gives the byte range of ", founded in 1980," between a subject and its verb, its first comma included.
fn inserted_participle(reading: &Reading<'_>, words: &Range<usize>) -> Option<Range<usize>> {
    let past = reading.finite(words.clone())?;
    let past_form = reading.is_past(past) && !reading.is_auxiliary(past);
    // ", originally set for May,".
    let adverb = past > words.start + 1 && is_adverb(reading.word(past - 1)) && !reading.comma(past);
    let first = if adverb { past - 1 } else { past };
    if past == words.start || !past_form || !reading.comma(first) {
        return None;
    }
    let close = (past + 1..words.end.min(past + 24))
        .find(|&i| reading.comma(i) && !reading.is_aside(i) && reading.is_verb(i) && !reading.is_capital(i))?;
    Some(reading.tokens.get(first - 1)?.end()..reading.tokens.get(close)?.start)
}

/// Narrows a clause with several verbs of one subject ("began on Monday and ended on Friday") to the
/// verb to which a date belongs, where the others have dates of their own.
fn predicate(reading: &Reading<'_>, clause: &mut Clause, dates: &[Range<usize>], date: &Range<usize>) {
    let mut words = reading.within(&(clause.body..clause.range.end));
    if let Some(said) = saying::opening(reading, &words, date) {
        if said.dated {
            return;
        }
        words.start = said.content;
    }
    let told = |i: usize| {
        let at = reading.tokens.get(i).map_or(0, |t| t.start);
        !clause.holes.iter().any(|h| h.contains(&at))
    };
    let Some(first) = verbs(reading, words.clone()).find(|&i| told(i)) else { return };
    let mut starts: Vec<(usize, usize)> = vec![(words.start, first)];
    let mut whole_end = clause.range.end;
    for at in first + 1..words.end.min(first + REACH) {
        if !told(at) || reading.is_aside(at) || inside(dates, reading.tokens.get(at).map_or(0, |t| t.start)) {
            continue;
        }
        let joins = matches!(reading.word(at), "and" | "or" | "but");
        let dated_so_far = |from: usize| {
            let (Some(a), Some(b)) = (reading.tokens.get(from), reading.tokens.get(at)) else { return false };
            dates.iter().any(|d| a.start <= d.start && d.end <= b.start)
        };
        let last = starts.last().map_or(first, |s| s.0);
        if !dated_so_far(last) {
            continue;
        }
        if joins && reading.word(at + 1) == "not" && date_at(reading, dates, at + 2).is_some() {
            // "in 1929 but not in 1987": nothing is told of 1987 but that it was not so.
            if reading.tokens.get(at).is_some_and(|t| date.start < t.start) {
                whole_end = reading.tokens.get(at - 1).map_or(whole_end, |t| t.end());
                break;
            }
            return;
        }
        let verb = if joins {
            (at + 1..=at + 1 + ADVERBS)
                .find(|&i| reading.is_verb(i))
                .filter(|&v| (at + 1..v).all(|i| is_adverb(reading.word(i))))
        } else {
            // ", fell in 2020": no participle that describes the noun before.
            let after_date = dates.iter().any(|d| reading.tokens.get(at - 1).is_some_and(|t| d.end == t.end()));
            // "learned of it and, on Monday, resigned": the date is the second verb's.
            let of_second = dates.iter().any(|d| {
                let inside = reading.within(d);
                inside.end == at
                    && inside.start.checked_sub(1).is_some_and(|b| matches!(reading.word(b), "and" | "but" | "or"))
            });
            if of_second {
                continue;
            }
            let safe = reading.is_auxiliary(at) || after_date && reading.word(at + 1) != "by";
            (reading.comma(at) && reading.is_verb(at) && safe).then_some(at)
        };
        if let Some(verb) = verb.filter(|&v| v < words.end) {
            starts.push((at, verb));
        }
    }
    // The last stretch must have a date too, or it belongs to the one before.
    let byte = |i: usize| reading.tokens.get(i).map_or(whole_end, |t| t.start).min(whole_end);
    if starts.len() > 1
        && let Some(last) = starts.last().map(|s| byte(s.0))
        && !dates.iter().any(|d| last <= d.start && d.start < whole_end)
    {
        starts.pop();
    }
    let end_of = |k: usize| starts.get(k + 1).map_or(words.end, |s| s.0);
    let mine = starts.iter().rposition(|s| byte(s.0) <= date.start).unwrap_or(0);
    let Some(&(_, verb)) = starts.get(mine) else { return };
    let end = end_of(mine);
    if mine > 0 {
        let open = |v: usize| opens_predicate(reading, v, first);
        if !open(verb) || verbs(reading, words.start..first).next().is_some() {
            return;
        }
        clause.holes.retain(|h| h.end <= byte(first));
        clause.holes.push(byte(first)..byte(verb));
    }
    let cut = end.checked_sub(1).and_then(|l| reading.tokens.get(l)).map_or(whole_end, |t| t.end());
    clause.range.end = if end < words.end { cut.min(whole_end) } else { whole_end };
}

fn verbs<'r>(reading: &'r Reading<'_>, words: Range<usize>) -> impl Iterator<Item = usize> + 'r {
    let start = words.start;
    words.filter(move |&i| reading.is_verb(i) && (i == start || !reading.is_capital(i)))
}

fn date_at(reading: &Reading<'_>, dates: &[Range<usize>], at: usize) -> Option<usize> {
    let start = reading.tokens.get(at)?.start;
    dates.binary_search_by_key(&start, |d| d.start).ok()
}

fn is_adverb(word: &str) -> bool {
    word.ends_with("ly") || ["then", "later", "again", "also", "soon", "thus", "so"].contains(&word)
}

/// Tells whether a verb after "and" can stand with the subject alone: not where it may share an
/// auxiliary with the first ("was arrested in 2010 and released in 2011").
fn opens_predicate(reading: &Reading<'_>, verb: usize, first: usize) -> bool {
    let event = event_words();
    let shares =
        reading.is_auxiliary(first) && (first + 1..first + 4).any(|i| reading.is_past(i) && !reading.is_auxiliary(i));
    // "would raise the wage and put …": one modal for both.
    let modal = matches!(
        reading.word(first),
        "will" | "would" | "can" | "could" | "may" | "might" | "must" | "shall" | "should" | "did"
    );
    reading.is_auxiliary(verb) || reading.is(verb, &event.only_past) || !(shares || modal)
}

/// Tells whether a date belongs to another verb than the first of its clause: "sold the ship built in 1990".
fn hangs_deeper(reading: &Reading<'_>, clause: &Clause, date: &Range<usize>) -> bool {
    let event = event_words();
    let mut words = reading.within(&(clause.body..date.start));
    if let Some(said) = saying::opening(reading, &reading.within(&(clause.body..clause.range.end)), date) {
        if said.dated {
            return false;
        }
        words.start = said.content.min(words.end);
    }
    let told = |&i: &usize| {
        let at = reading.tokens.get(i).map_or(0, |t| t.start);
        !clause.holes.iter().any(|h| h.contains(&at))
    };
    let Some(first) = verbs(reading, words.clone()).find(told) else { return false };
    let Some(last) = words.rev().take(40).filter(told).find(|&i| reading.is_verb(i)) else { return false };
    let after_that = first > 0 && reading.is(first - 1, &event.content_marks);
    let group = (first..last).all(|i| {
        reading.is_verb(i) || is_adverb(reading.word(i)) || ["not", "be", "been", "being"].contains(&reading.word(i))
    });
    after_that || last != first && !group
}
