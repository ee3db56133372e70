//! Whether a clause tells a fact, a plan, a denial or a possibility.

use super::reading::Reading;
use crate::lang::events::event_words;
use crate::model::{Edtf, Status};
use std::ops::Range;

/// Reads the status off the main verb of the words `range`; in doubt it happened. `holes` are the byte
/// ranges of what is told between, which says nothing of the rest; `date` is the index of the date's first word.
pub(super) fn told(
    reading: &Reading<'_>,
    range: &Range<usize>,
    holes: &[Range<usize>],
    opener: Option<&str>,
    date: usize,
) -> Status {
    let words = event_words();
    let first = reading.word(range.start);
    if opener.is_some_and(|o| words.conditional.contains(o)) || words.conditional.contains(first) {
        return Status::Hypothetical;
    }
    if nobody(reading, range.start) || behind_date(reading, range).is_some_and(|at| nobody(reading, at)) {
        return Status::Denied;
    }
    let Some(verb) = governing(reading, range, holes, date) else {
        return Status::Happened;
    };
    // "Contrary to reports, no one died"
    let subject = (range.start + 1..verb).rev().find(|&i| reading.comma(i));
    if subject.is_some_and(|s| nobody(reading, s) && !reading.is_aside(s)) {
        return Status::Denied;
    }
    // "There were no trains on Monday"
    let there = verb.checked_sub(1).is_some_and(|b| reading.word(b) == "there" && b >= range.start);
    if there && reading.word(verb + 1) == "no" && nobody(reading, verb + 1) && !reading.is(verb + 2, &words.proofs) {
        return Status::Denied;
    }
    let lead = reading.word(date);
    let ahead = matches!(reading.word(verb), "will" | "won't" | "wo" | "shall" | "is" | "are" | "isn't" | "aren't");
    // What is not so "until Monday", or will not be "before Monday", is so from then on.
    let lifted = verb < date && (matches!(lead, "until" | "till") || lead == "before" && ahead);
    for at in verb.saturating_sub(1).max(range.start)..(verb + 2).min(range.end) {
        if reading.starts(at, &words.denied) {
            return match (lifted, ahead) {
                (true, true) => Status::Planned,
                (true, false) => Status::Happened,
                _ => Status::Denied,
            };
        }
    }
    if reading.starts(verb, &words.planned) {
        return Status::Planned;
    }
    if reading.is(verb, &words.hypothetical) {
        return Status::Hypothetical;
    }
    Status::Happened
}

/// Tells whether somebody or something was put into a state that lasts: "was remanded until Monday".
pub(super) fn put_until(reading: &Reading<'_>, range: &Range<usize>) -> bool {
    let words = event_words();
    reading.finite(range.clone()).is_some_and(|verb| {
        let was = matches!(reading.word(verb), "was" | "were") && reading.is(verb + 1, &words.put_until);
        was || reading.is(verb, &words.put_until)
    })
}

/// Tells whether a date only names what it stands behind: "the ban of 3 May".
pub(super) fn names(reading: &Reading<'_>, date: &Range<usize>) -> bool {
    let of = if reading.word(date.start) == "of" { Some(date.start) } else { date.start.checked_sub(1) };
    of.filter(|&of| reading.word(of) == "of").and_then(|of| of.checked_sub(1)).is_some_and(|noun| {
        let dated = reading.tokens.get(noun).is_none_or(|t| reading.dates.iter().any(|d| d.contains(&t.start)));
        !dated && !reading.is_stop(noun) && !reading.is_verb(noun)
    })
}

/// Gives the word behind a date at the head of the words `range`: "On Monday no trains ran".
fn behind_date(reading: &Reading<'_>, range: &Range<usize>) -> Option<usize> {
    let start = |i: usize| reading.tokens.get(i).map(|t| t.start);
    let head = start(range.start)?;
    let second = start(range.start + 1).unwrap_or(head);
    let date = reading.dates.iter().find(|d| d.contains(&head) || d.start == second)?;
    Some(reading.within(date).end).filter(|at| range.contains(at))
}

/// Tells whether a clause whose subject begins at `at` has nobody for it; "no fewer than ten" are some.
pub(super) fn nobody(reading: &Reading<'_>, at: usize) -> bool {
    let words = event_words();
    reading.is(at, &words.nobody) && !reading.is(at + 1, &words.not_nobody)
}

/// Gives the index of the main verb: the first finite one, or the auxiliary after a participle that
/// only describes the subject ("talks held in Geneva will …").
fn governing(reading: &Reading<'_>, range: &Range<usize>, holes: &[Range<usize>], date: usize) -> Option<usize> {
    let words = event_words();
    let mut verb = reading.finite(range.clone())?;
    while let Some(hole) = holes.iter().find(|h| reading.tokens.get(verb).is_some_and(|t| h.contains(&t.start))) {
        verb = reading.finite(reading.within(hole).end.max(verb + 1)..range.end)?;
    }
    // "The ferry that was to carry them home sank": the first verb only says which ferry.
    let which = verb.checked_sub(1).filter(|w| *w > range.start && reading.is(*w, &words.restrictive));
    if let Some(which) = which.filter(|w| !reading.is(w - 1, &words.attribution) && !reading.is_verb(w - 1))
        && let Some(main) = reading.finite(which + 2..range.end.min(date))
        && reading.is_past(main)
        && !reading.is_auxiliary(main - 1)
        && !(which..=main).any(|i| reading.comma(i))
    {
        return Some(main);
    }
    let describes =
        reading.is_past(verb) && ["in", "at", "by", "for", "on", "with", "from"].contains(&reading.word(verb + 1));
    if !describes {
        return Some(verb);
    }
    let later = (verb + 2..range.end.min(verb + 9))
        .take_while(|&i| !reading.comma(i) && !["and", "but", "that"].contains(&reading.word(i)))
        .find(|&i| {
            reading.starts(i, &words.planned)
                || (reading.is_verb(i) && reading.is(i, &words.hypothetical))
                || reading.starts(i, &words.denied)
        });
    // "The curfew imposed on Monday will last": the date is the participle's.
    later.filter(|&later| !(verb < date && date < later)).or(Some(verb))
}

/// What a sentence says of a date that bears on its status.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Says {
    /// "would": a possibility, or the future seen from the past.
    pub would: bool,
    /// "should" that expects: "should arrive".
    pub should: bool,
    /// "could", but not "could have": it was able to.
    pub could: bool,
    /// "was to": a plan, or what fate had in store.
    pub was_to: bool,
    /// It is what somebody said.
    pub reported: bool,
    /// A condition stands beside it.
    pub condition: bool,
    /// "by", "until": done or over when the date has come.
    pub by: bool,
}

impl Says {
    /// Reads it off the words `range` of a sentence.
    pub fn of(reading: &Reading<'_>, range: &Range<usize>) -> Says {
        let words = event_words();
        let plain = |i: usize| !reading.is_aside(i);
        let mut says = Says::default();
        let (mut should, mut was) = (None, None);
        for i in range.clone() {
            match reading.word(i) {
                "would" => says.would = true,
                "could" if plain(i) => says.could |= !(i + 1..i + 3).any(|j| reading.word(j) == "have"),
                "should" if plain(i) => should = should.or(Some(i)),
                "was" | "were" if plain(i) => was = was.or(Some(i)),
                _ => {}
            }
        }
        says.should = should.is_some_and(|s| reading.word(s + 1) != "have");
        says.was_to = was.is_some_and(|w| reading.word(w + 1) == "to");
        says.condition = reading.has_any(&words.conditional)
            && (0..reading.tokens.len())
                .any(|i| plain(i) && reading.is(i, &words.conditional) && reading.word(i) != "whether");
        says
    }
}

/// Days back from the publication from which on "was to" tells of fate and no plan.
const LONG_AGO: i64 = 60;

/// Holds the status against the calendar: what lies after the publication has not happened, and
/// "would" told of the past is no possibility.
pub(super) fn at_date(status: Status, date: &Edtf, published: Option<&Edtf>, says: Says) -> Status {
    if status == Status::Hypothetical && says.would && says.reported && !says.condition {
        return Status::Planned;
    }
    let Some(published) = published else { return status };
    let after = matches!((date.first_day(), published.last_day()), (Some(d), Some(p)) if d > p);
    let due = says.by && matches!((date.last_day(), published.last_day()), (Some(d), Some(p)) if d > p);
    let before = matches!((date.last_day(), published.first_day()), (Some(d), Some(p)) if d < p);
    let long_ago =
        matches!((date.last_day(), published.first_day()), (Some(d), Some(p)) if (p - d).num_days() > LONG_AGO);
    match status {
        Status::Happened if after || due => Status::Planned,
        // "could be seen on Monday"
        Status::Hypothetical if before && (says.would || says.could && !says.condition && !says.reported) => {
            Status::Happened
        }
        // Of "by Saturday" the week may be read wrong; what should come by then is still expected.
        Status::Hypothetical if (!before || says.by) && (says.would || says.should) && !says.condition => {
            Status::Planned
        }
        Status::Planned if long_ago && says.was_to => Status::Happened,
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn status(text: &str) -> Status {
        let reading = Reading::new(text);
        told(&reading, &(0..reading.tokens.len()), &[], None, reading.tokens.len())
    }

    #[test]
    fn the_main_verb_says_whether_it_happened() {
        assert_eq!(status("The bridge opened on Monday and could close again"), Status::Happened);
        assert_eq!(status("The minister will open the bridge on Monday"), Status::Planned);
        assert_eq!(status("Talks held in Vienna will resume in May"), Status::Planned);
        assert_eq!(status("The court is due to rule on 4 June"), Status::Planned);
        assert_eq!(status("The team did not play on Friday"), Status::Denied);
        assert_eq!(status("The plant has never opened since 2009"), Status::Denied);
        assert_eq!(status("A strike could begin on Friday"), Status::Hypothetical);
        assert_eq!(status("The ferry that was to carry them home sank on Monday"), Status::Happened);
        assert_eq!(status("Contrary to reports, no one died on Monday"), Status::Denied);
        assert_eq!(status("In Oslo, no fewer than forty people were hurt on Monday"), Status::Happened);
        assert_eq!(status("The pledge to “never open” it was made on Friday"), Status::Happened);
    }

    fn at(text: &str, date: &str) -> Status {
        let reading = Reading::new(text);
        let from = text.find(date).unwrap();
        told(&reading, &(0..reading.tokens.len()), &[], None, reading.within(&(from..text.len())).start)
    }

    #[test]
    fn what_is_not_so_until_a_day_is_so_from_then_on() {
        assert_eq!(at("The lock will not open before Monday", "before"), Status::Planned);
        assert_eq!(at("The lock did not open until Monday", "until"), Status::Happened);
        assert_eq!(at("The lock did not open on Monday", "on Monday"), Status::Denied);
        assert_eq!(at("The lock did not open before Monday", "before"), Status::Denied);
    }

    #[test]
    fn a_participle_before_its_date_has_happened() {
        assert_eq!(at("The ban imposed on Monday will last until May", "on Monday"), Status::Happened);
        assert_eq!(at("The ban imposed on Monday will last until May", "until May"), Status::Planned);
    }

    #[test]
    fn would_is_a_plan_where_somebody_says_it_and_no_condition_stands_beside_it() {
        let day = |d: &str| Edtf::parse(d).unwrap();
        let published = day("2020-05-10");
        let would = Says { would: true, ..Says::default() };
        let status = |date: &str, says| at_date(Status::Hypothetical, &day(date), Some(&published), says);
        assert_eq!(status("2020-06-01", would), Status::Planned);
        assert_eq!(status("2020-06-01", Says { condition: true, ..would }), Status::Hypothetical);
        assert_eq!(status("2020-05-09", Says { reported: true, ..would }), Status::Planned);
        assert_eq!(status("2013-07", would), Status::Happened);
        let could = Says { could: true, ..Says::default() };
        assert_eq!(status("2020-05-08", could), Status::Happened);
        assert_eq!(status("2020-06-01", could), Status::Hypothetical);
        assert_eq!(status("2020-05-08", Says { condition: true, ..could }), Status::Hypothetical);
        let was_to = Says { was_to: true, ..Says::default() };
        assert_eq!(at_date(Status::Planned, &day("1950"), Some(&published), was_to), Status::Happened);
        assert_eq!(at_date(Status::Planned, &day("2020-05-09"), Some(&published), was_to), Status::Planned);
        let by = Says { by: true, ..Says::default() };
        assert_eq!(at_date(Status::Happened, &day("../2028"), Some(&published), by), Status::Planned);
    }
}
