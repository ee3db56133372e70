//! Headlines made whole: a subject and its verb without a cut between them, a condition that stays.

use super::clause::Clause;
use super::reading::Reading;
use super::shorten::LONGEST;
use super::spare::removable;
use crate::lang::events::event_words;
use std::ops::Range;

/// Words of a subject before its comma, at most.
const SUBJECT: usize = 9;

/// Puts right a comma between a subject and its verb. One that a cut left goes; a participle that describes the
/// subject, and has nothing behind it, tells what was done: "The mill, built in 1950" is "The mill was built".
pub(super) fn joined(text: &str, reading: &Reading<'_>, clause: &Clause, date: &Range<usize>) -> Option<String> {
    // Hardly a headline has a comma: the others need not be read.
    if !text.contains(',') {
        return None;
    }
    let words = event_words();
    let own = Reading::new(text);
    let comma = (1..own.tokens.len().min(SUBJECT + 1)).find(|&i| own.gap(i).trim() == ",")?;
    let adverb = own.word(comma).ends_with("ly") && !own.is_capital(comma);
    let verb = if adverb { comma + 1 } else { comma };
    let noun = !own.is(0, &words.stop) || own.is(0, &words.determiners);
    let subject = noun && own.finite(0..comma).is_none() && !own.is_past(0);
    if !subject || own.is_aside(comma) || !own.is_verb(verb) || own.is_capital(verb) {
        return None;
    }
    let (head, tail) = (own.tokens.get(comma - 1)?, own.tokens.get(comma)?);
    let (before, after) = (text.get(..head.end())?, text.get(tail.start..)?);
    let turned = clause.antecedent.is_some() && clause.opener.is_none();
    let as_written =
        || reading.text.contains(text.get(head.start..own.tokens.get(verb).map_or(0, |t| t.end()))?).then_some(());
    if !turned && as_written().is_none() {
        return Some(format!("{before} {after}"));
    }
    let participle = own.is_past(verb) && !own.is_auxiliary(verb) && !own.is(verb, &words.only_past);
    let said = own.is(verb, &words.attribution) && own.word(verb + 1) != "by";
    let alone = own.finite(verb + 1..own.tokens.len()).is_none() && !said;
    if !participle || !alone || (verb + 1..own.tokens.len()).any(|i| own.comma(i)) {
        return None;
    }
    let last = own.word(comma - 1);
    let many = (is_many(last) || words.crowds.contains(last)) && !own.is_capital(comma - 1)
        || (0..comma).any(|i| own.word(i) == "and");
    let whole = format!("{before} {} {after}", if many { "were" } else { "was" });
    let date = removable(reading, date).and_then(|date| reading.text.get(date)).map(str::trim);
    let spared = date.and_then(|date| whole.trim_end_matches('.').strip_suffix(date)).map(str::trim_end);
    Some(spared.map_or_else(|| whole.clone(), str::to_owned))
}

/// Tells whether a noun is one of many things by its ending.
pub(super) fn is_many(noun: &str) -> bool {
    noun.ends_with('s') && !["ss", "us", "is"].iter().any(|end| noun.ends_with(end))
}

/// Gives a clause with the condition that stands behind it: "… unless a deal is reached".
pub(super) fn with_condition(reading: &Reading<'_>, clause: &Clause) -> Clause {
    let next = reading.within(&(clause.range.end..reading.text.len())).start;
    let mut clause = clause.clone();
    if clause.body_end.is_none() && is_condition(reading, next) && !reading.is_aside(next) {
        let ends = |i: &usize| !reading.is_aside(*i) && reading.gap(*i).contains([',', ';', '—']);
        let end = (next + 1..reading.tokens.len()).find(ends).unwrap_or(reading.tokens.len());
        clause.range.end = reading.tokens.get(end - 1).map_or(clause.range.end, |t| t.end());
    }
    clause
}

/// Gives the condition with which a sentence opens, where a clause behind it is told: "If talks fail, …".
pub(super) fn condition_before<'a>(reading: &Reading<'a>, clause: &Clause) -> Option<&'a str> {
    let comma = (1..reading.tokens.len()).find(|&i| !reading.is_aside(i) && reading.comma(i))?;
    let starts = reading.tokens.get(comma).is_some_and(|t| t.start == clause.body);
    let opens = is_condition(reading, 0) && starts && clause.opener.is_none();
    reading.text.get(..reading.tokens.get(comma - 1)?.end()).filter(|_| opens)
}

/// Puts the condition behind a headline, cut where there is no room for all of it.
pub(super) fn conditioned(title: &str, condition: &str) -> String {
    let mut chars = condition.chars();
    let first: String = chars.next().into_iter().flat_map(char::to_lowercase).collect();
    let whole = format!("{} {first}{}", title.trim_end_matches('.'), chars.as_str());
    if whole.chars().count() <= LONGEST {
        return whole;
    }
    let mut cut: String = whole.chars().take(LONGEST - 1).collect();
    match cut.rfind(' ').filter(|&at| at > title.len() + first.len() + 2) {
        Some(at) => {
            cut.truncate(at);
            cut.push('…');
            cut
        }
        None => title.to_owned(),
    }
}

fn is_condition(reading: &Reading<'_>, at: usize) -> bool {
    reading.is(at, &event_words().conditional) && reading.word(at) != "whether"
}
