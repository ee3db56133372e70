//! Dates that a text tells aside, from which it does not go on.

use super::context::Context;
use super::story::starts_sentence;
use super::{month_said, year_said};
use crate::lang::events::event_words;
use crate::model::{Direction, LeadKind, Meaning, ShiftFrom, Timex, TimexClass, Unit};
use chrono::Datelike;

/// A full date within a sentence that goes back so many years leaves the line of the story …
pub const YEARS_BACK: i32 = 2;
/// … and a date that goes ahead more than this.
const YEARS_AHEAD: i32 = 2;

/// Tells whether a date only says what a count before it goes back or on to, which the text then leaves:
/// "four nights after the ferry sank on Tuesday".
pub fn counted_to(text: &str, timexes: &[Timex], index: usize) -> bool {
    let (Some(timex), Some(count)) = (timexes.get(index), index.checked_sub(1).and_then(|i| timexes.get(i))) else {
        return false;
    };
    let counts = matches!(&count.meaning, Meaning::Duration(_) | Meaning::Stretch { .. } | Meaning::Shift { .. });
    let between = text.get(count.range.start..timex.range.start).unwrap_or_default();
    let behind = text.get(count.range.end..timex.range.start).unwrap_or_default();
    let first = behind.split_whitespace().next().unwrap_or_default();
    let last = between.get(..count.range.end - count.range.start).and_then(|c| c.split_whitespace().last());
    let words = event_words();
    counts
        && [Some(first), last].into_iter().flatten().any(|word| words.counted_from.contains(word))
        && behind.split_whitespace().nth(2).is_some()
        && !behind.contains(['.', '!', '?', ';', '\n', ','])
}

/// Tells whether a date is told aside of the story: "since 1792", "a ship built in 1898".
///
/// Aside is what stands within a sentence, with its year, and leaves the line of its paragraph: back, or years
/// ahead where the text comes back.
pub fn is_aside(context: &Context, timexes: &[Timex], index: usize, text: &str, paragraph: usize) -> bool {
    let Some(timex) = timexes.get(index) else {
        return false;
    };
    let Some(year) = year_said(&timex.meaning) else {
        // "which it had taken ten years before"
        let (year, from, back) = (Unit::Year, ShiftFrom::Previous, Direction::Back);
        let inside = !starts_sentence(text, timex.marked().start);
        let goes_back = matches!(&timex.meaning, Meaning::Shift { unit, direction, from: f, .. } if (inside || *unit >= year) && *direction == back && *f == from);
        return goes_back || timex.class == TimexClass::Set;
    };
    let bare = month_said(&timex.meaning).is_none();
    let since = bare && timex.lead.as_ref().is_some_and(|l| l.kind == LeadKind::Since);
    let line = context.story.told(Unit::Season);
    let line = line.filter(|told| bare || timexes.get(told.index).is_some_and(|t| t.range.start >= paragraph));
    let leaves = line.is_some_and(|told| {
        let years = year - told.day.year();
        // What goes far ahead is the story itself, unless the year told next comes back.
        let returns = context.next_year.is_none_or(|next| next < year);
        years < if bare { 0 } else { 1 - YEARS_BACK } || (years > YEARS_AHEAD && returns)
    });
    (since || leaves) && !starts_sentence(text, timex.marked().start)
}
