//! Whether a clause tells a fact, a plan, a denial or a possibility.

use super::reading::Reading;
use crate::lang::events::{event_words, starts_run};
use crate::model::{Edtf, Status};
use std::ops::Range;

/// Reads the status off the main verb of the words `range`; in doubt it happened. `holes` are the byte
/// ranges of what is told between, which says nothing of the rest.
pub(super) fn told(
    reading: &Reading<'_>,
    range: &Range<usize>,
    holes: &[Range<usize>],
    opener: Option<&str>,
) -> Status {
    let words = event_words();
    let first = reading.word(range.start);
    if opener.is_some_and(|o| words.conditional.contains(o)) || words.conditional.contains(first) {
        return Status::Hypothetical;
    }
    if matches!(first, "no" | "none" | "nobody" | "neither") {
        return Status::Denied;
    }
    let Some(verb) = governing(reading, range, holes) else {
        return Status::Happened;
    };
    for at in verb.saturating_sub(1).max(range.start)..(verb + 2).min(range.end) {
        if starts_run(&reading.words, at, &words.denied) {
            return Status::Denied;
        }
    }
    if starts_run(&reading.words, verb, &words.planned) {
        return Status::Planned;
    }
    if words.hypothetical.contains(reading.word(verb)) {
        return Status::Hypothetical;
    }
    Status::Happened
}

/// Gives the index of the main verb: the first finite one, or the auxiliary after a participle that
/// only describes the subject ("talks held in Geneva will …").
fn governing(reading: &Reading<'_>, range: &Range<usize>, holes: &[Range<usize>]) -> Option<usize> {
    let words = event_words();
    let mut verb = reading.finite(range.clone())?;
    while let Some(hole) = holes.iter().find(|h| reading.tokens.get(verb).is_some_and(|t| h.contains(&t.start))) {
        verb = reading.finite(reading.within(hole).end.max(verb + 1)..range.end)?;
    }
    let describes = words.is_past(reading.word(verb))
        && ["in", "at", "by", "for", "on", "with", "from"].contains(&reading.word(verb + 1));
    if !describes {
        return Some(verb);
    }
    let later = (verb + 2..range.end.min(verb + 9))
        .take_while(|&i| !reading.gap(i).contains(',') && !["and", "but", "that"].contains(&reading.word(i)))
        .find(|&i| {
            starts_run(&reading.words, i, &words.planned)
                || (reading.is_verb(i) && words.hypothetical.contains(reading.word(i)))
                || starts_run(&reading.words, i, &words.denied)
        });
    later.or(Some(verb))
}

/// Holds the status against the calendar: what lies after the publication has not happened, and
/// "would" told of the past is no possibility.
pub(super) fn at_date(status: Status, date: &Edtf, published: Option<&Edtf>, would: bool) -> Status {
    let Some(published) = published else { return status };
    let after = matches!((date.first_day(), published.last_day()), (Some(d), Some(p)) if d > p);
    let before = matches!((date.last_day(), published.first_day()), (Some(d), Some(p)) if d < p);
    match status {
        Status::Happened if after => Status::Planned,
        Status::Hypothetical if before && would => Status::Happened,
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn status(text: &str) -> Status {
        let reading = Reading::new(text);
        told(&reading, &(0..reading.tokens.len()), &[], None)
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
        assert_eq!(status("The pledge to “never open” it was made on Friday"), Status::Happened);
    }
}
