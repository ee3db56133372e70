//! Which clause of a sentence holds a date expression.

use super::part::Dates;
use super::reading::Reading;
use crate::lang::events::event_words;
use std::ops::Range;

/// A clause of a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Clause {
    /// Byte range in the sentence; holds the `holes`.
    pub range: Range<usize>,
    /// Clauses inside it that tell something else.
    pub holes: Vec<Range<usize>>,
    /// Where the clause hangs on a name before it (", which left"): the range of that name.
    pub antecedent: Option<Range<usize>>,
    /// Byte offset at which its own words begin: after "although", "which".
    pub body: usize,
    /// Where its own words end, if before the end of the range.
    pub body_end: Option<usize>,
    /// The word that opens it ("although", "which"), folded.
    pub opener: Option<String>,
    /// What its headline does with dates.
    pub dates: Dates,
}

impl Clause {
    /// Tells whether another clause is the same stretch of the sentence.
    pub fn covers(&self, other: &Clause) -> bool {
        self.range == other.range && self.holes == other.holes
    }

    pub(super) fn plain(range: Range<usize>, body: usize) -> Clause {
        Clause { range, holes: Vec::new(), antecedent: None, body, body_end: None, opener: None, dates: Dates::Spared }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Main,
    Relative,
    Subordinate,
    /// The clause before last goes on.
    Resumed,
}

struct Part {
    start: usize,
    kind: Kind,
    /// Index of its first word.
    word: usize,
}

/// How many words are looked at for the verb of a clause: what keeps a sentence without end cheap.
const REACH: usize = 60;

/// A sentence split into its clauses.
pub(super) struct Clauses {
    parts: Vec<Part>,
}

impl Clauses {
    /// Splits a sentence; `dates` are the byte ranges of its time expressions in order, inside which
    /// nothing is split.
    pub fn new(reading: &Reading<'_>, dates: &[Range<usize>]) -> Clauses {
        Clauses { parts: parts(reading, dates) }
    }

    /// Gives the clause that holds the byte offset `at`.
    pub fn at(&self, reading: &Reading<'_>, at: usize) -> Clause {
        clause_at(reading, &self.parts, at)
    }
}

fn clause_at(reading: &Reading<'_>, parts: &[Part], at: usize) -> Clause {
    let end_of = |i: usize| parts.get(i + 1).map_or(reading.text.len(), |p| p.start);
    let mine = parts.partition_point(|p| p.start <= at).saturating_sub(1);
    let Some(part) = parts.get(mine) else {
        return Clause::plain(0..reading.text.len(), 0);
    };
    let own = part.start..end_of(mine);
    if part.kind == Kind::Resumed || (part.kind == Kind::Main && resumes(parts, mine).is_some()) {
        let (first, last) = if part.kind == Kind::Resumed {
            (mine.saturating_sub(2), mine)
        } else {
            (mine, resumes(parts, mine).unwrap_or(mine))
        };
        let start = parts.get(first).map_or(0, |p| p.start);
        let holes = (first + 1..last).map(|i| parts[i].start..end_of(i)).collect();
        return Clause { holes, ..Clause::plain(start..end_of(last), start) };
    }
    let opens = matches!(part.kind, Kind::Relative | Kind::Subordinate);
    let floor = mine.checked_sub(1).and_then(|p| parts.get(p)).map_or(0, |p| p.word);
    let antecedent = (part.kind == Kind::Relative).then(|| antecedent(reading, floor, part.word)).flatten();
    let body = if opens { reading.tokens.get(part.word).map_or(own.start, |t| t.end()) } else { own.start };
    Clause {
        opener: opens.then(|| reading.word(part.word).to_owned()),
        antecedent: antecedent.clone(),
        ..Clause::plain(antecedent.map_or(own.start, |a| a.start)..own.end, body)
    }
}

/// Gives the index of the part in which the main clause `main` goes on after a clause between.
fn resumes(parts: &[Part], main: usize) -> Option<usize> {
    (parts.get(main + 2)?.kind == Kind::Resumed).then_some(main + 2)
}

/// Splits a sentence where one clause ends and another begins.
fn parts(reading: &Reading<'_>, dates: &[Range<usize>]) -> Vec<Part> {
    let words = event_words();
    let mut parts = vec![Part { start: 0, kind: Kind::Main, word: 0 }];
    let inside_date = |at: usize| {
        let last = dates.partition_point(|d| d.start < at);
        last.checked_sub(1).and_then(|l| dates.get(l)).is_some_and(|d| at < d.end)
    };
    let date_next = |at: usize| {
        let begins =
            |i: usize| reading.tokens.get(i).is_some_and(|t| dates.binary_search_by_key(&t.start, |d| d.start).is_ok());
        begins(at) || begins(at + 1)
    };
    let first = reading.tokens.first().map_or(0, |t| t.start);
    let ends = |i: usize| reading.tokens.get(i).map_or(0, |t| t.end());
    // "closed after an inspection and will not reopen": the verb is none of the inspection's.
    let joint = |i: usize| matches!(reading.word(i), "and" | "or");
    for at in 0..reading.tokens.len() {
        let Some(token) = reading.tokens.get(at) else { break };
        if reading.is_aside(at) || inside_date(token.start) {
            continue;
        }
        // Before most words stands one space, which parts nothing.
        let gap = Some(reading.gap(at)).filter(|gap| *gap != " ").unwrap_or_default();
        let word = reading.word(at);
        let joins = matches!(word, "and" | "or" | "so");
        let comma = at > 0 && reading.comma(at);
        let (last_kind, last_word) = parts.last().map_or((Kind::Main, 0), |p| (p.kind, p.word));
        // "18 May 2024 – The talks open": the date heads what it tells.
        let heads_line =
            |date: &Range<usize>| date.start <= first && at.checked_sub(1).is_some_and(|i| ends(i) <= date.end);
        if !gap.is_empty() && gap.contains(['–', '-', '—']) && dates.first().is_some_and(heads_line) {
            continue;
        }
        let kind = if at > 0
            && !gap.is_empty()
            && (gap.contains(';') || gap.contains('—') || gap.contains(" – ") || gap.contains(" - "))
        {
            if opens_clause(reading, at) { Kind::Subordinate } else { Kind::Main }
        } else if at > 0
            && gap.trim_end() != gap
            && gap.trim_end().ends_with(':')
            && two_clauses(reading, last_word, at)
        {
            Kind::Main
        } else if comma && reading.is(at, &words.relative) {
            Kind::Relative
        } else if at == 0 {
            // "Before sunrise on the 24th tanks rolled in": a time, not a clause.
            let timed = matches!(word, "before" | "after" | "since" | "until") && date_next(0);
            if !timed && leads(reading) {
                Kind::Subordinate
            } else {
                continue;
            }
        } else if reading.is(at, &words.subordinate) {
            let verb_after = reading.finite(at + 1..clause_end(reading, at + 1)).is_some();
            if verb_after && (comma || reading.finite(last_word.max(at.saturating_sub(REACH))..at).is_some()) {
                Kind::Subordinate
            } else {
                continue;
            }
        } else if reading.is(at, &words.preposition_or_clause)
            && (!date_next(at) || joins)
            && !is_comparison(reading, at)
        {
            // How long before says surely that something happened: "called off its search for …, ten days after it sank".
            let counted = counted_from(reading, dates, at);
            let near = if counted.is_some() { last_word } else { last_word.max(at.saturating_sub(REACH)) };
            let set_off = counted.is_some_and(|c| reading.text.get(..c).is_some_and(|t| t.trim_end().ends_with(',')));
            let two_verbs = (reading.finite(near..at).is_some() || set_off || counted == Some(0))
                && (reading.finite(at + 1..clause_end(reading, at + 1)).is_some_and(|v| v == at + 1 || !joint(v - 1))
                    || counted.is_some() && goes_on_behind_aside(reading, at + 1));
            match (two_verbs, joins, comma) {
                // ", and drifted north": of the same subject.
                (true, true, true) if reading.is_verb(at + 1) && word == "and" => continue,
                (true, true, true) => Kind::Main,
                (true, true, false) if new_subject(reading, at, last_word, dates) => Kind::Main,
                (true, false, _) => Kind::Subordinate,
                _ => continue,
            }
        } else if comma && (resumes_here(reading, at, last_kind, last_word) || heads(&parts)) {
            if last_word == 0 || heads(&parts) { Kind::Main } else { Kind::Resumed }
        } else {
            continue;
        };
        let start = if at == 0 { 0 } else { counted_from(reading, dates, at).unwrap_or(token.start) };
        if start == 0 {
            parts.clear();
        }
        parts.push(Part { start, kind, word: at });
    }
    parts
}

/// Tells whether the only part so far opens its sentence with how long before: "Two weeks after the mine collapsed,".
fn heads(parts: &[Part]) -> bool {
    matches!(parts, [part] if part.kind == Kind::Subordinate)
}

/// Tells whether a verb stands right behind what is put in between commas: "the mayor, visiting the port, ordered".
fn goes_on_behind_aside(reading: &Reading<'_>, from: usize) -> bool {
    let first = clause_end(reading, from);
    let between = reading.word(first);
    let describes = between.ends_with("ing") || event_words().relative.contains(between);
    let second = clause_end(reading, first);
    describes && reading.finite(second..(second + 2).min(reading.tokens.len())).is_some()
}

/// Tells whether verbs stand on both sides of a colon: "She had won time: on Monday the court met".
fn two_clauses(reading: &Reading<'_>, from: usize, colon: usize) -> bool {
    let saying = |i: usize| reading.is(i, &event_words().attribution);
    let before = reading.finite(from.max(colon.saturating_sub(REACH))..colon);
    before.is_some_and(|verb| !saying(verb)) && reading.finite(colon..reading.tokens.len().min(colon + REACH)).is_some()
}

/// Tells whether a clause with a subject and a date of its own follows "and" at once, and one with a
/// date goes before: "On Friday the mayor resigned and on Saturday he was arrested".
fn new_subject(reading: &Reading<'_>, and: usize, from: usize, dates: &[Range<usize>]) -> bool {
    let words = event_words();
    let start = |i: usize| reading.tokens.get(i).map_or(reading.text.len(), |t| t.start);
    let (before, at) = (start(from), start(and));
    let split = dates.partition_point(|d| d.start < at);
    let dated = split.checked_sub(1).and_then(|d| dates.get(d)).is_some_and(|d| d.start >= before);
    let next = dates.get(split);
    let leads = next.filter(|d| d.start == start(and + 1));
    let first = leads.map_or(and + 1, |d| reading.within(d).end);
    let Some(verb) = reading.finite(first..clause_end(reading, first).min(first + 7)) else { return false };
    let marks = (first..verb).any(|i| reading.is(i, &words.content_marks));
    let pronoun = matches!(reading.word(first), "he" | "she" | "it" | "they" | "we" | "i");
    let noun = reading.is(first, &words.determiners) || reading.is_capital(first);
    let end = start(clause_end(reading, verb));
    dated
        && next.is_some_and(|d| d.start < end)
        && verb > first
        && !marks
        && (pronoun || (noun && (leads.is_some() || reading.is_auxiliary(verb))))
}

/// Gives where "two months" begins before "after the vote": how long belongs to what it counts from.
fn counted_from(reading: &Reading<'_>, dates: &[Range<usize>], at: usize) -> Option<usize> {
    let start = reading.tokens.get(at)?.start;
    let before = reading.tokens.get(at.checked_sub(1)?)?.end();
    let last = reading.dates.partition_point(|d| d.start < start).checked_sub(1)?;
    let length = reading.dates.get(last).filter(|d| d.end == before || d.end > start)?;
    (matches!(reading.word(at), "after" | "before") && dates.binary_search_by_key(&length.start, |d| d.start).is_err())
        .then_some(length.start)
}

fn opens_clause(reading: &Reading<'_>, at: usize) -> bool {
    let words = event_words();
    reading.is(at, &words.subordinate) || reading.is(at, &words.relative)
}

/// Tells whether a sentence opens with a clause of its own: "After talks collapsed, …".
fn leads(reading: &Reading<'_>) -> bool {
    let words = event_words();
    let opens = reading.is(0, &words.subordinate) || reading.is(0, &words.preposition_or_clause);
    if !opens {
        return false;
    }
    let end = clause_end(reading, 1);
    end < reading.tokens.len() && end > 1 && reading.finite(1..end).is_some() && !reading.comma(1)
}

/// Gives the index of the word before which the next comma or stronger mark stands.
fn clause_end(reading: &Reading<'_>, from: usize) -> usize {
    let end = reading.tokens.len().min(from + REACH);
    (from + 1..end).find(|&i| !reading.is_aside(i) && reading.gap(i).contains([',', ';', '—'])).unwrap_or(end)
}

/// Tells whether the clause before goes on after this comma.
fn resumes_here(reading: &Reading<'_>, at: usize, last_kind: Kind, last_word: usize) -> bool {
    match last_kind {
        // A clause at the head of the sentence ends with its comma.
        Kind::Subordinate if last_word == 0 => true,
        Kind::Relative | Kind::Subordinate => {
            let within = last_word.checked_sub(1).is_some_and(|w| reading.is(w, &event_words().content_marks));
            // "Holm, who leads the town, called Monday’s ruling": a past form where something follows at once.
            let object = || {
                let start = reading.tokens.get(at + 1).map_or(0, |t| t.start);
                reading.is(at + 1, &event_words().determiners) || reading.dates.iter().any(|d| d.start == start)
            };
            within
                || last_kind == Kind::Relative && reading.word(at).ends_with("ed") && object()
                || (reading.comma(last_word) && reading.finite(at..(at + 2).min(reading.tokens.len())).is_some())
        }
        _ => false,
    }
}

/// Tells whether "as" only compares or names a part: "as well as", "such as", "known as".
fn is_comparison(reading: &Reading<'_>, at: usize) -> bool {
    reading.word(at) == "as"
        && (["well", "such", "as", "same", "known", "described", "seen"].contains(&reading.word(at.saturating_sub(1)))
            || reading.is(at.saturating_sub(1), &event_words().dismissals)
            || ["well", "part", "of", "many", "much", "soon"].contains(&reading.word(at + 1)))
}

/// Gives the range of the name before the word `at`, on which what begins there hangs; it lies after
/// the word `floor`.
pub(super) fn antecedent(reading: &Reading<'_>, floor: usize, at: usize) -> Option<Range<usize>> {
    let words = event_words();
    let last = at.checked_sub(1)?;
    let end = reading.tokens.get(last)?.end();
    let mut first = None;
    for i in (floor.max(at.saturating_sub(9))..at).rev() {
        let token = reading.tokens.get(i)?;
        if reading.is(i, &words.determiners) {
            first = Some(i);
            // "the head of the council" is one name.
            if i > floor && reading.word(i - 1) == "of" {
                continue;
            }
            break;
        }
        if i < last && (reading.comma(i + 1) || reading.is_past(i) || reading.is_auxiliary(i)) {
            break;
        }
        if token.is_capitalised() {
            first = Some(i);
        } else if first.is_some() && !reading.is(first.unwrap_or(i), &words.determiners) {
            break;
        }
    }
    // "Payments to families": a whole subject without a name.
    let plain = || (at - floor <= 8 && floor < at && reading.finite(floor..at).is_none()).then_some(floor);
    Some(reading.tokens.get(first.or_else(plain)?)?.start..end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clause<'a>(sentence: &'a str, date: &str) -> &'a str {
        let reading = Reading::new(sentence);
        let at = sentence.find(date).unwrap();
        let range = at..at + date.len();
        let clause = Clauses::new(&reading, std::slice::from_ref(&range)).at(&reading, at);
        sentence[clause.range].trim_end_matches([' ', ',', '—', '.'])
    }

    #[test]
    fn a_date_belongs_to_its_own_clause() {
        let two = "The ferry sank after its hull cracked on Monday, while divers searched until Friday.";
        assert_eq!(clause(two, "Monday"), "after its hull cracked on Monday");
        assert_eq!(clause(two, "Friday"), "while divers searched until Friday");
        let plain = "The mayor opened the bridge on 3 May after years of delay.";
        assert_eq!(clause(plain, "3 May"), plain.trim_end_matches('.'));
    }

    #[test]
    fn a_date_at_the_head_of_a_line_belongs_to_what_it_heads() {
        for line in
            ["18 May 2024 - Talks open in Oslo", "18 May 2024 – Talks open in Oslo", "18 May 2024 — Talks open in Oslo"]
        {
            assert_eq!(clause(line, "18 May 2024"), line);
        }
    }

    #[test]
    fn a_relative_clause_takes_the_name_it_hangs_on() {
        let text = "Officials said the supply ship, which left Oslo around June 3, is not carrying fuel since 2020.";
        assert_eq!(clause(text, "June 3"), "the supply ship, which left Oslo around June 3");
        assert_eq!(clause(text, "2020"), text.trim_end_matches('.'));
    }

    #[test]
    fn since_before_a_date_is_no_clause_but_since_before_a_verb_is() {
        assert_eq!(clause("The mine has been shut since 2009.", "2009"), "The mine has been shut since 2009");
        assert_eq!(
            clause("Prices have doubled since the mine closed in 2009.", "2009"),
            "since the mine closed in 2009"
        );
    }

    #[test]
    fn a_clause_at_the_head_ends_with_its_comma() {
        let text = "After talks collapsed on Monday, the union called a strike for Friday.";
        assert_eq!(clause(text, "Monday"), "After talks collapsed on Monday");
        assert_eq!(clause(text, "Friday"), "the union called a strike for Friday");
    }
}
