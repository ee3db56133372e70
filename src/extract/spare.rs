//! What a headline spares of its date.

use super::polish::trailing_quote;
use super::reading::Reading;
use crate::lang::events::event_words;
use crate::lang::headlines::headline_words;
use std::ops::Range;

/// Gives the range of a date expression where the clause reads well without it.
pub(super) fn removable(reading: &Reading<'_>, expression: &Range<usize>) -> Option<Range<usize>> {
    let words = event_words();
    let inside = reading.within(expression);
    let rest = reading.text.get(expression.end..)?;
    if rest.starts_with(['’', '\'', '-', '–']) || inside.is_empty() || reading.is_aside(inside.start) {
        return None;
    }
    // "from 1950 to 1970": one time in two expressions.
    let following = reading.dates.partition_point(|d| d.start < expression.end);
    let both = inside.clone().any(|i| reading.word(i) == "between")
        || inside.start.checked_sub(1).is_some_and(|b| reading.word(b) == "between");
    let goes_on = matches!(reading.word(inside.end), "to" | "until" | "till" | "through")
        || both && reading.word(inside.end) == "and";
    if goes_on && reading.dates.get(following).is_some_and(|d| reading.within(d).start == inside.end) {
        return None;
    }
    let small =
        words.stop.kind.or(words.past()).or(words.auxiliaries()).or(words.attribution.kind).or(words.conditional.kind);
    // "at ten and shortly before noon": two times of one verb.
    let begins = |i: usize| reading.tokens.get(i).is_some_and(|t| reading.dates.iter().any(|d| d.start == t.start));
    if matches!(reading.word(inside.end), "and" | "or")
        && (begins(inside.end + 1) || begins(inside.end + 2) && !reading.is_past(inside.end + 1))
    {
        return None;
    }
    let ends = reading.tokens.get(inside.end).is_none() || !reading.gap(inside.end).trim().is_empty();
    // "will on Thursday close the mine".
    let amid =
        inside.start > 0 && matches!(reading.word(inside.start - 1), "will" | "would" | "could" | "may" | "might");
    let follows = ends || amid || reading.is_of(inside.end, small);
    let mut start = expression.start;
    let mut first = inside.start;
    // "sworn in yesterday": the verb's own word.
    let near = |i: usize| {
        headline_words().near_days.contains(reading.word(i))
            || headline_words().near_turns.contains(reading.word(i))
            || headline_words().week_days.contains(reading.word(i))
    };
    if reading.word(first) == "in" && near(first + 1) {
        first += 1;
        start = reading.tokens.get(first)?.start;
    }
    let verbs_own = reading.word(first.saturating_sub(1)) == "in" && near(first);
    let before = |at: usize| at.checked_sub(1).map_or("", |b| reading.word(b));
    let near = ["shortly", "soon", "just", "immediately", "right", "barely"].contains(&before(first))
        && matches!(reading.word(first), "after" | "before");
    // "sworn in on Monday": with a preposition of its own, the one before it is the verb's.
    let has_own =
        ["on", "in", "at", "by", "during", "after", "before", "since", "until"].contains(&reading.word(first));
    let preposition = ["on", "in", "during"].contains(&before(first)) && !has_own && !verbs_own;
    if near || preposition || ["late", "early", "later", "earlier"].contains(&before(first)) {
        first -= 1;
        start = reading.tokens.get(first)?.start;
    }
    // "three days of mourning starting on Tuesday".
    if event_words().starting.contains(before(first)) && first > 1 && reading.gap(first - 1) == " " {
        first -= 1;
        start = reading.tokens.get(first)?.start;
    }
    // "it took until Thursday" needs its date.
    let held = words.determiners.contains(before(first)) || headline_words().needs_time.contains(before(first));
    // Between commas, both go.
    let (head, rest) = (reading.text.get(..start)?, reading.text.get(expression.end..)?);
    let between = reading.gap(first).trim() == "," && rest.starts_with(", ") && first > 0;
    let range =
        if between { head.trim_end_matches([' ', ',']).len()..expression.end + 1 } else { start..expression.end };
    (follows && !held).then_some(range)
}

/// Gives the range of a short phrase with the date at the head of the clause: "In a statement Friday,".
pub(super) fn leading_phrase(
    reading: &Reading<'_>,
    words: &Range<usize>,
    expression: &Range<usize>,
) -> Option<Range<usize>> {
    let first = reading.tokens.get(words.start)?;
    // "18 May 2024 – The army surrounds Dorra, a city of 400,000": the date heads the line.
    let behind = reading.text.get(expression.end..)?.trim_start();
    if expression.start <= first.start && behind.starts_with(['-', '–', '—', ':']) {
        return Some(first.start..expression.end);
    }
    let comma = (words.start + 1..words.end.min(words.start + 9)).find(|&i| reading.comma(i))?;
    let opens = ["in", "at", "on", "during", "by", "late", "early", "since", "it"].contains(&reading.word(words.start))
        || expression.start <= first.start;
    let end = reading.tokens.get(comma)?.start;
    let holds = first.start <= expression.start && expression.end <= end;
    (opens && holds && words.end - comma >= 3 && reading.finite(words.start..comma).is_none())
        .then(|| first.start..end - trailing_quote(reading.gap(comma)))
}

/// Gives the range of the times with which a clause opens, where its own is one of them: "Two days later, on 7 May,".
pub(super) fn leading_times(
    reading: &Reading<'_>,
    words: &Range<usize>,
    expression: &Range<usize>,
) -> Option<Range<usize>> {
    let dated = |i: usize| {
        let start = reading.tokens.get(i).map_or(usize::MAX, |t| t.start);
        let next = reading.dates.partition_point(|d| d.end <= start);
        reading.dates.get(next).is_some_and(|d| d.start <= start)
    };
    let lead = |i: &usize| dated(*i) || ["on", "in", "at", "by"].contains(&reading.word(*i)) && dated(*i + 1);
    let end = words.start + words.clone().take_while(lead).count();
    let (first, next) = (reading.tokens.get(words.start)?, reading.tokens.get(end).filter(|_| end > 0)?);
    let rest = words.end.saturating_sub(end) >= 3 && reading.finite(end + 1..words.end).is_some();
    // "3 May to 9 May was", "Monday’s vote", "Tuesday and Wednesday were": no times beside the clause.
    let gap = reading.gap(end);
    let possessive = reading.tokens.get(end - 1).is_some_and(|t| t.text.ends_with("’s") || t.text.ends_with("'s"));
    let joins = gap.contains(',') || gap == " " && !reading.is(end, &event_words().hanging);
    let apart = joins && !possessive && !reading.is_verb(end);
    let opens =
        gap.contains(',') || reading.is(end, &event_words().determiners) || !reading.is(end, &event_words().stop);
    let holds = first.start <= expression.start && expression.start < next.start;
    (holds && rest && apart && opens).then(|| first.start..next.start - trailing_quote(gap))
}
