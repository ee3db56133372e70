//! Notices that stand beside a story: offers, listings, fixtures, forecasts, services, what the next issue brings.

use super::reading::Reading;
use crate::lang::events::event_words;
use crate::model::{Article, BlockKind, InlineKind};

/// Notices stand among so many blocks at an article's end …
const LAST: usize = 3;
/// … of an article that has at least so many.
const FEWEST: usize = 5;
/// A label has so many words at most.
const LABEL: usize = 4;
/// "Tomorrow in the Harbour Gazette:" has so many words at most.
const OPENER: usize = 8;

/// Tells whether a paragraph at the end of an article stands apart from its text: in brackets, or all in italics.
pub(super) fn apart(article: &Article, block: usize) -> bool {
    let Some(this) = article.blocks.get(block).filter(|b| b.kind == BlockKind::Paragraph) else { return false };
    let text = article.text.get(this.range.clone()).unwrap_or_default();
    let mut italics = this.inlines.iter().filter(|i| i.kind == InlineKind::Emphasis);
    let last = article.blocks.len() >= FEWEST && block + LAST >= article.blocks.len();
    let brackets = text.starts_with(['(', '[']) && text.trim_end_matches('.').ends_with([')', ']']);
    last && (brackets || italics.any(|i| i.range.len() + 2 >= this.range.len()))
}

/// Tells whether a sentence is of a notice; `apart` says that its paragraph stands apart.
pub(super) fn is(reading: &Reading<'_>, apart: bool) -> bool {
    if reading.is_aside(0) && !apart {
        return false;
    }
    let words = event_words();
    let own = 0..reading.tokens.len();
    let verb = reading.finite(own.clone());
    let past = own.clone().any(|i| reading.is_verb(i) && reading.is_past(i) && !told_of(reading, i));
    let spoken = |i: &usize| !reading.is_aside(*i);
    let lists = || verb.is_none() && (apart || sells(reading) || forecasts(reading) || pairs(reading));
    let asks = || own.clone().filter(spoken).any(|i| reading.word(i) == "please");
    let speaks = || {
        reading.can_hold(&words.addresses) && own.clone().filter(spoken).any(|i| reading.starts(i, &words.addresses))
    };
    let lasts = || apart && reading.can_hold(&words.lasts) && own.clone().any(|i| reading.starts(i, &words.lasts));
    let serves = || reading.is(0, &words.services) && verb.is_some_and(|v| v <= OPENER);
    corrects(reading)
        || lists()
        || lasts()
        || asks()
        || !past && (speaks() || serves() || labelled(reading) || hands_out(reading) || comes(reading))
}

/// "CORRECTION Last week we said …": a label in capitals before a sentence that is not.
fn corrects(reading: &Reading<'_>) -> bool {
    let shouted = |i: usize| reading.tokens.get(i).is_some_and(|t| !t.text.contains(char::is_lowercase));
    reading.runs(0, &event_words().page_labels).any(|n| (0..n).all(shouted) && !shouted(n))
}

/// A participle behind "be" tells what can be done, not what was.
fn told_of(reading: &Reading<'_>, at: usize) -> bool {
    at.checked_sub(1).is_some_and(|before| matches!(reading.word(before), "be" | "is" | "are"))
}

/// "Gazette Bingo: today's numbers".
fn labelled(reading: &Reading<'_>) -> bool {
    (1..=LABEL).find(|&n| reading.gap(n).contains(':')).is_some_and(|n| {
        let capitals = reading.tokens.iter().take(n).all(|t| t.is_capitalised());
        capitals && reading.is(n - 1, &event_words().notice_heads)
    })
}

/// "Passes can be collected at the town hall until 4 p.m.", "Residents can collect …".
fn hands_out(reading: &Reading<'_>) -> bool {
    let words = event_words();
    (1..reading.tokens.len()).filter(|&i| !reading.is_aside(i)).any(|i| {
        let can = matches!(reading.word(i), "can" | "may" | "must" | "should");
        let passive = reading.word(i + 1) == "be" && reading.is(i + 2, &words.collectable);
        let active = reading.is(i + 1, &words.collectable) && reading.is(i - 1, &words.public);
        can && (passive || active)
    })
}

/// "Tomorrow in the Gazette: inside the villa".
fn comes(reading: &Reading<'_>) -> bool {
    let first = reading.is(0, &event_words().coming);
    let colon = (2..=OPENER).find(|&n| reading.gap(n).contains(':'));
    let named = |n: usize| reading.is_capital(n - 1);
    let inside = (1..OPENER).any(|i| reading.word(i) == "in");
    first && inside && colon.is_some_and(|n| named(n) && reading.finite(0..n).is_none())
}

/// "Supper, Saturday 12 November, tickets £8": a word of selling.
fn sells(reading: &Reading<'_>) -> bool {
    let sold = &event_words().sold;
    reading.has_any(sold) && (1..reading.tokens.len()).any(|i| reading.is(i, sold))
}

/// "Tomorrow: sunny spells, showers later, 14C".
fn forecasts(reading: &Reading<'_>) -> bool {
    let forecast = &event_words().forecast;
    reading.has_any(forecast) && (0..reading.tokens.len()).filter(|&i| reading.is(i, forecast)).count() >= 2
}

/// "Saturday: Harbourton v Eastquay, 3pm".
fn pairs(reading: &Reading<'_>) -> bool {
    let name = |i: usize| reading.is_capital(i);
    (1..reading.tokens.len()).any(|i| matches!(reading.word(i), "v" | "vs") && name(i - 1) && name(i + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn notice(text: &str, date: &str, apart: bool) -> bool {
        let at = text.find(date).expect("the date stands in the text");
        is(&Reading::with_dates(text, std::slice::from_ref(&(at..at + date.len()))), apart)
    }

    #[test]
    fn notices_are_told_from_news() {
        for (text, date) in [
            ("Choir supper, Saturday 3 May, tickets £8.", "Saturday 3 May"),
            ("Spring tombola, 3 May, gates 2pm, admission free.", "3 May"),
            ("Saturday: Harbourton v Eastquay, 3pm.", "Saturday"),
            ("Tomorrow: sunny spells with a chance of showers.", "Tomorrow"),
            ("Library cards can be renewed at the counter until 3 May.", "3 May"),
            ("Residents can collect sandbags from the depot until Friday.", "Friday"),
            ("Recycling will be taken on Friday rather than Monday.", "Friday"),
            ("Postcards by 3 May, please.", "3 May"),
            ("You can have your say on the pier until Friday.", "Friday"),
            ("CORRECTION On 3 May we said that the lock was shut.", "3 May"),
            ("HARBOUR BINGO: the numbers for 3 May.", "3 May"),
            ("Tomorrow in the Lantern: inside the lighthouse, with maps.", "Tomorrow"),
        ] {
            assert!(notice(text, date, false), "{text}");
        }
        for (text, date) in [
            ("Correction was sought on 3 May.", "3 May"),
            ("The choir sold 300 tickets on 3 May.", "3 May"),
            ("Harbourton beat Eastquay on Saturday.", "Saturday"),
            ("Residents were told to leave by Friday.", "Friday"),
            ("The papers can be collected, the judge ruled on 3 May.", "3 May"),
            ("From the hill you can see the lock, which opened on 3 May.", "3 May"),
            ("Heavy rain and snow fell on 3 May.", "3 May"),
            ("Bins burned in the street on Friday.", "Friday"),
            ("The bank bought the yard for £8 million on 3 May.", "3 May"),
            ("Bids must be submitted by 3 May, and the minister said there would be no delay.", "3 May"),
            ("Police: two held after fire on 3 May.", "3 May"),
            ("Monday in Oslo: the envoys walked out.", "Monday"),
        ] {
            assert!(!notice(text, date, false), "{text}");
        }
    }

    #[test]
    fn at_the_end_and_apart_what_tells_nothing_is_a_notice() {
        for (text, date) in [
            ("Harbour fair, this year on the quay, Saturday 3 May.", "Saturday 3 May"),
            ("Our Coal Appeal runs until 3 May.", "3 May"),
        ] {
            assert!(notice(text, date, true) && !notice(text, date, false), "{text}");
        }
        assert!(!notice("Ida Holm was mayor until 3 May.", "3 May", true));
    }
}
