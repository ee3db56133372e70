//! Plans that a sentence gives up or moves: "cancelled her trip planned for Monday", "postponed from Monday to Friday".

use super::reading::Reading;
use crate::lang::events::event_words;
use crate::model::{Edtf, Status};
use std::ops::Range;

/// Words between what is planned and its date, at most: "due to begin on".
const MARK: usize = 5;
/// Words between a date and the verb that gives its plan up, at most.
const REACH: usize = 14;

/// What becomes of the plan that a date belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    /// Nothing came of it.
    Dropped,
    /// It was moved from this day.
    From,
    /// It was moved to this day.
    To,
}

impl Fate {
    /// Gives the status that follows, and the day where a stretch has two ends: "from Monday to Friday".
    pub fn of(self, date: &Edtf) -> (Status, Edtf) {
        let day = |day| Option::map_or(day, date.clone(), Edtf::day);
        match self {
            Fate::Dropped => (Status::Denied, date.clone()),
            Fate::From => (Status::Denied, day(date.first_day())),
            Fate::To => (Status::Planned, day(date.last_day())),
        }
    }

    /// Gives the day to which it was moved, where one expression holds both: "from Monday to Friday".
    pub fn moved_to(self, date: &Edtf) -> Option<Edtf> {
        let (first, last) = (date.first_day()?, date.last_day()?);
        (self == Fate::From && first != last).then(|| Edtf::day(last))
    }
}

/// Gives the fate of the plan of which the words `date` give the day; nothing where no plan is given up.
pub(super) fn fate(reading: &Reading<'_>, date: &Range<usize>) -> Option<Fate> {
    let event = event_words();
    let (off, unmet) = (reading.can_hold(&event.called_off), reading.can_hold(&event.unmet));
    if !off && !unmet || reading.is_aside(date.start) {
        return None;
    }
    moved(reading, date).or_else(|| {
        let dropped = off && (marked(reading, date) || of_a_day(reading, date)) || unmet && never_met(reading, date);
        dropped.then_some(Fate::Dropped)
    })
}

/// "postponed from Monday to Friday", "put off until Friday".
fn moved(reading: &Reading<'_>, date: &Range<usize>) -> Option<Fate> {
    let event = event_words();
    let tie = |word: &str| matches!(word, "from" | "to" | "until" | "till");
    let at = if tie(reading.word(date.start)) { date.start } else { date.start.checked_sub(1)? };
    if !tie(reading.word(at)) {
        return None;
    }
    let floor = at.saturating_sub(MARK * 2);
    let plain = |i: usize| !reading.gap(i).contains([',', ';', '—']);
    let verb = (floor..at).rev().find(|&i| reading.starts(i, &event.moved) && !reading.is_aside(i))?;
    let length = reading.runs(verb, &event.moved).max().unwrap_or(1);
    // "has not been moved to Friday", "may be moved to Friday"
    if hedged(reading, verb) || !(verb + 1..=at).all(plain) || reading.finite(verb + length..at).is_some() {
        return None;
    }
    if reading.word(at) != "from" {
        return Some(Fate::To);
    }
    matches!(reading.word(date.end), "to" | "until" | "till").then_some(Fate::From)
}

/// "cancelled her trip planned for Monday", "the rally set for Monday was called off".
fn marked(reading: &Reading<'_>, date: &Range<usize>) -> bool {
    let event = event_words();
    let close = |i: &usize| (i + 1..=date.start).all(|j| !reading.gap(j).contains([',', ';', '—', '(']));
    let mark = (date.start.saturating_sub(MARK)..date.start).rev().find(|&i| reading.is(i, &event.plan_marks));
    // "due to begin on Monday", but not "planned it and met on Monday".
    let plain = |m: &usize| (m + 1..date.start).all(|i| !reading.is_verb(i) || reading.word(i - 1) == "to");
    let was = || {
        let from = date.start.saturating_sub(REACH);
        (from..date.start).rev().find(|&i| reading.starts(i, &event.was_planned)).filter(close)
    };
    let Some(mark) = mark.filter(close).filter(plain).or_else(was) else {
        return false;
    };
    let now = (mark.saturating_sub(3)..mark).any(|i| matches!(reading.word(i), "is" | "are" | "now" | "be"));
    !now && (object(reading, mark) || given_up(reading, date.end)) || now && but_given_up(reading, date.end)
}

/// Tells whether what stands before the word `mark` is the object of a verb that gives it up.
fn object(reading: &Reading<'_>, mark: usize) -> bool {
    let event = event_words();
    (mark.saturating_sub(REACH)..mark).rev().any(|i| {
        let Some(length) = off(reading, i) else { return false };
        let passive =
            i.checked_sub(1).is_some_and(|b| matches!(reading.word(b), "was" | "were" | "been" | "be" | "is"));
        let between = i + length..mark;
        let joined = between.clone().any(|j| {
            matches!(reading.word(j), "and" | "but")
                || reading.gap(j).contains([';', '—'])
                || reading.is(j, &event.subordinate)
        });
        !passive && !joined && reading.finite(between).is_none_or(|v| reading.starts(v, &event.was_planned))
    })
}

/// Tells whether a verb behind the word `from` gives up what stands before.
fn given_up(reading: &Reading<'_>, from: usize) -> bool {
    let event = event_words();
    for i in from..reading.tokens.len().min(from + REACH) {
        if reading.gap(i).contains(';') || reading.is(i, &event.conditional) || reading.is(i, &event.counted_from) {
            return false;
        }
        if off(reading, i).is_some() {
            return true;
        }
    }
    false
}

/// ", but it was called off"
fn but_given_up(reading: &Reading<'_>, from: usize) -> bool {
    (from..reading.tokens.len().min(from + 3)).any(|i| reading.word(i) == "but") && given_up(reading, from)
}

/// Gives the length of a run that gives something up for sure.
fn off(reading: &Reading<'_>, at: usize) -> Option<usize> {
    let runs = &event_words().called_off;
    let length = reading.runs(at, runs).max()?;
    (!reading.is_aside(at) && !hedged(reading, at)).then_some(length)
}

/// Tells whether what a verb tells may be so only, or is not so.
fn hedged(reading: &Reading<'_>, verb: usize) -> bool {
    let event = event_words();
    (verb.saturating_sub(3)..verb).any(|i| {
        reading.is(i, &event.hypothetical)
            || matches!(reading.word(i), "not" | "never" | "n't")
            || reading.starts(i, &event.denied)
    })
}

/// "Monday's rally has been cancelled", "scrapped Monday's rally".
fn of_a_day(reading: &Reading<'_>, date: &Range<usize>) -> bool {
    let own = date
        .end
        .checked_sub(1)
        .and_then(|l| reading.tokens.get(l))
        .is_some_and(|t| t.text.ends_with(['s', 'S']) && t.text.contains(['\'', '’']))
        || reading.gap(date.end).starts_with(['\'', '’']);
    if !own {
        return false;
    }
    let before = (date.start.saturating_sub(3)..date.start)
        .any(|i| off(reading, i).is_some_and(|length| i + length <= date.start && i + length + 1 >= date.start));
    let behind = (date.end + 1..date.end + MARK + 2).any(|i| {
        let be = |b: usize| matches!(reading.word(b), "was" | "were" | "been" | "is" | "are");
        off(reading, i).is_some() && (i.checked_sub(1).is_some_and(be) || reading.is_verb(i) && reading.is_auxiliary(i))
    });
    before || behind
}

/// "which was to have been on Monday", "had wanted to hear him on Monday".
fn never_met(reading: &Reading<'_>, date: &Range<usize>) -> bool {
    let event = event_words();
    let from = date.start.saturating_sub(REACH);
    let run = (from..date.start).rev().find_map(|i| {
        let length = reading.runs(i, &event.unmet).max()?;
        (!reading.is_aside(i)).then_some(i + length)
    });
    run.is_some_and(|end| {
        let plain = (end..=date.start).all(|i| !reading.gap(i).contains([';', '—', ':']) && reading.word(i) != "but");
        // "originally planned for May, opened on Monday": the plan has a date of its own.
        let starts = |i: usize| reading.tokens.get(i).map(|t| t.start);
        let own = starts(end).zip(starts(date.start));
        let other = own.is_some_and(|(from, to)| reading.dates.iter().any(|d| from < d.end && d.end <= to));
        plain && !other && reading.finite(end + 1..date.start).is_none_or(|v| !reading.is_auxiliary(v))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Option<Fate> {
        let at = text.find("Monday").unwrap();
        let reading = Reading::with_dates(text, std::slice::from_ref(&(at..at + 6)));
        fate(&reading, &reading.within(&(at..at + 6)))
    }

    #[test]
    fn a_plan_that_is_given_up_is_none() {
        for text in [
            "The mayor cancelled her trip planned for Monday.",
            "The march planned for Monday was called off.",
            "The hearing, set for Monday, was postponed.",
            "The strike due to begin on Monday has been averted.",
            "A fair that was to take place on Monday was cancelled.",
            "The move had been planned for Monday but was put off by a week.",
            "A vote scheduled for Monday did not take place.",
            "Her funeral, which was to have been on Monday, was quiet.",
            "Monday’s fair has been cancelled.",
            "Organisers scrapped Monday’s fair.",
        ] {
            assert_eq!(of(text), Some(Fate::Dropped), "{text}");
        }
    }

    #[test]
    fn a_plan_that_stands_stays_one() {
        for text in [
            "The march planned for Monday went ahead.",
            "The march planned for Monday could be called off.",
            "The fair was cancelled and a new one is planned for Monday.",
            "The march planned for Monday has not been called off.",
            "The ferry was cancelled on Monday.",
            "The train planned for Monday is full.",
        ] {
            assert_eq!(of(text), None, "{text}");
        }
    }

    #[test]
    fn a_plan_can_be_moved() {
        assert_eq!(of("The match was postponed from Monday to Friday."), Some(Fate::From));
        assert_eq!(of("The match was moved from Sunday to Monday."), Some(Fate::To));
        assert_eq!(of("The match was put off until Monday."), Some(Fate::To));
        assert_eq!(of("The match may be put off until Monday."), None);
        assert_eq!(of("The family moved to Oslo on Monday."), None);
    }
}
