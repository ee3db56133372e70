//! What a relative clause hangs on.

use super::clause::Clause;
use super::people::{Near, is_person};
use super::reading::Reading;
use super::thought;
use crate::lang::events::event_words;
use std::ops::Range;

/// Gives the words on which a relative clause hangs: behind "who" a person, and not the house that is led.
pub(super) fn hangs_on(reading: &Reading<'_>, clause: &Clause, name: Range<usize>, near: Near<'_>) -> Option<String> {
    let words = event_words();
    let last = reading.within(&name).end.checked_sub(1)?;
    let house = reading.is(last, &words.shared_heads) || reading.is(last, &words.of_heads);
    let whole = |range: Range<usize>| reading.text.get(range).map(str::to_owned);
    match clause.opener.as_deref() {
        Some("who" | "whose")
            if house && reading.is_capital(last) && is_led(reading, &named_whole(reading, &name, near)) =>
        {
            let before = |n: &&String| reading.text.find(n.as_str()).is_some_and(|at| at < name.start);
            let person = near.own.iter().filter(before).rfind(|n| is_person(reading.text, n, near.text));
            person.cloned().or_else(|| whole(name))
        }
        Some("which") => whole(thought::with_group(reading, &name)),
        _ => whole(name),
    }
}

/// Gives the whole name of which a clause took the last words.
fn named_whole(reading: &Reading<'_>, name: &Range<usize>, near: Near<'_>) -> Range<usize> {
    let own = reading.text.get(name.clone()).unwrap_or_default();
    let holds = |n: &String| reading.text.find(n.as_str()).filter(|&at| at < name.start && at + n.len() == name.end);
    let longer = near.own.iter().filter(|n| n.ends_with(own)).find_map(holds);
    longer.map_or_else(|| name.clone(), |start| start..name.end)
}

/// Tells whether a name stands behind "of": "leader of the Dockers’ Union".
fn is_led(reading: &Reading<'_>, name: &Range<usize>) -> bool {
    let first = reading.within(name).start;
    let before = |back: usize| first.checked_sub(back).map_or("", |at| reading.word(at));
    let article = event_words().articles.contains(reading.word(first)) || event_words().articles.contains(before(1));
    before(1) == "of" || article && before(2) == "of"
}

/// Tells whether a relative clause has a subject of its own, so that the name before it is its object.
pub(super) fn is_object(reading: &Reading<'_>, clause: &Clause) -> bool {
    let words = event_words();
    let first = reading.within(&(clause.body..clause.range.end)).start;
    let verb = reading.finite(first..(first + 6).min(reading.tokens.len()));
    let adverb =
        |i: usize| reading.word(i).ends_with("ly") || reading.is(i, &words.stop) && !reading.is(i, &words.determiners);
    let which = matches!(clause.opener.as_deref(), Some("which" | "whom"));
    which && verb.is_some_and(|v| v > first && !(first..v).all(adverb))
}
