//! Names of people, organisations and places: runs of capitalised words, without callings.

use super::house;
use super::known::{Known, begins, is_shortened};
use super::reading::Reading;
use crate::lang::events::{EventWords, event_words};
use crate::lang::tokens::folded;
use std::borrow::Cow;
use std::ops::Range;

/// Names of a sentence, at most: more are a list that tells nothing apart.
const MOST: usize = 64;
/// A run of more capitalised words is a headline.
const LONGEST: usize = 6;
/// Small words in a row inside a name, at most: "van der".
const PARTICLES: usize = 3;

/// What the article around a sentence tells of its words.
pub(super) trait Around {
    /// Tells whether a folded word stands capitalised inside a sentence.
    fn is_name(&self, word: &str) -> bool;
    /// Tells whether a folded word stands in small letters anywhere.
    fn is_small(&self, word: &str) -> bool;
}

impl Around for Known<'_> {
    fn is_name(&self, word: &str) -> bool {
        self.holds(word)
    }

    fn is_small(&self, word: &str) -> bool {
        Known::is_small(self, word)
    }
}

/// Gives the names in a sentence, in order, each once, as written.
pub(super) fn names(reading: &Reading<'_>, around: &impl Around) -> Vec<String> {
    let words = event_words();
    let mut found: Vec<String> = Vec::new();
    let mut at = 0;
    while at < reading.tokens.len() && found.len() < MOST {
        if !opens(reading, at, around, words) {
            at += 1;
            continue;
        }
        if let Some(end) = headline_end(reading, at, words) {
            at = end;
            continue;
        }
        let end = run_end(reading, at, words);
        let start = with_particles(reading, at, words);
        for run in trimmed(reading, at, end, words) {
            let run = if run.start == at { start..run.end } else { run };
            if let Some(name) = written(reading, &run)
                && run.clone().filter(|&i| reading.is_capital(i)).count() <= LONGEST
                && !found.contains(&name)
            {
                found.push(name);
            }
        }
        at = end;
    }
    found
}

/// Gives the index after a row of capitalised words in which small words are capitalised too: a headline.
fn headline_end(reading: &Reading<'_>, at: usize, words: &EventWords) -> Option<usize> {
    let row = |i: &usize| reading.is_capital(*i) && (*i == at || reading.gap(*i) == " ");
    let end = at + (at..reading.tokens.len().min(at + 40)).take_while(row).count();
    let small = (at + 1..end).any(|i| reading.is(i, &words.stop) && !reading.is(i, &words.name_stops));
    (end - at >= LONGEST && small).then_some(end)
}

/// Tells whether a word is written as names are: with a capital letter, or with one behind "al-".
fn is_capital(reading: &Reading<'_>, at: usize) -> bool {
    let Some(token) = reading.tokens.get(at) else { return false };
    if reading.is_capital(at) {
        // "in Orm May 5"; the name of a feast can be one as well.
        let date = reading.dates.partition_point(|d| d.end <= token.start);
        let dated = reading.dates.get(date).is_some_and(|d| d.start <= token.start);
        return !dated || !reading.is(at, &event_words().stop);
    }
    is_tied(token.text)
}

/// Tells whether a small word hangs on a capitalised one: "al-Assad", "d’Estaing".
fn is_tied(word: &str) -> bool {
    // None is longer than "abd".
    let mark = |at: usize| word.as_bytes().get(at).is_some_and(|b| matches!(b, b'-' | b'\'' | 0xE2));
    if !(mark(1) || mark(2) || mark(3) || mark(4)) {
        return false;
    }
    let tied = |(first, rest): (&str, &str)| {
        event_words().tied_particles.contains(first) && rest.starts_with(char::is_uppercase)
    };
    word.split_once(['-', '\'', '’', '‑']).is_some_and(tied)
}

/// Tells whether a word can belong to a name behind another word of it.
fn goes_on(reading: &Reading<'_>, at: usize, words: &EventWords) -> bool {
    is_capital(reading, at) && (!reading.is(at, &words.stop) || reading.is(at, &words.name_stops))
}

/// Tells whether the name goes on across a gap: a space, or the point of a shortened word.
fn joins(reading: &Reading<'_>, next: usize) -> bool {
    let gap = reading.gap(next);
    let words = event_words();
    // "Dockers’ Hall".
    let country = || next > 0 && reading.is_of(next - 1, words.classed());
    let house = || !country() && (reading.is(next, &words.of_heads) || reading.is(next, &words.shared_heads));
    gap == " "
        || gap == ". " && next > 0 && is_shortened(reading.word(next - 1))
        || matches!(gap, "’ " | "' ") && house() && reading.is_capital(next)
}

fn opens(reading: &Reading<'_>, at: usize, around: &impl Around, words: &EventWords) -> bool {
    let Some(token) = reading.tokens.get(at).filter(|_| is_capital(reading, at)) else { return false };
    let word = reading.word(at);
    // Part of a web address; "We’ll"; a sum.
    if word.is_empty() || is_contraction(token.text) || house::is_sum(word) {
        return false;
    }
    let next = joins(reading, at + 1) && {
        let small = particles(reading, at + 1, words);
        goes_on(reading, at + 1 + small, words)
    };
    if word.chars().nth(1).is_none() && !next {
        return false;
    }
    let first = match at.checked_sub(1).and_then(|b| reading.tokens.get(b)) {
        // Behind a date at the head of a line, as in a list of dates.
        Some(last) => {
            begins(*last, reading.gap(at)) || reading.dates.first().is_some_and(|d| d.start == 0 && d.end == last.end())
        }
        None => true,
    };
    if reading.is(at, &words.stop) {
        return next && (reading.is(at, &words.name_openers) || !first && reading.is(at, &words.name_stops));
    }
    let loud = is_loud(token.text);
    if loud && token.text.len() > 3 && around.is_small(word) {
        return false;
    }
    if !first || loud && word.chars().nth(1).is_some() {
        return true;
    }
    // "Moaning Maureen", "Singer Ann Lee": the first word is written so in any sentence. "Downing Street" is a name.
    let described = word.ends_with("ing") && !reading.is(at + 1, &words.shared_heads) || word.ends_with("ly");
    let doubtful = described || reading.is_past(at) || reading.is(at, &words.roles);
    next && !doubtful || around.is_name(word)
}

/// Tells whether a word is written in capital letters throughout.
fn is_loud(word: &str) -> bool {
    word.len() > 1 && word.chars().all(|c| !c.is_lowercase()) && word.chars().any(char::is_uppercase)
}

/// Tells whether a word is a pronoun and its verb: "I’d".
fn is_contraction(word: &str) -> bool {
    let before = word.split_once(['\'', '’']).filter(|(_, rest)| *rest != "s").map(|(before, _)| folded(before));
    before.is_some_and(|before| before == "let" || event_words().stop.contains(&before) && !is_tied(word))
}

/// Gives the index of the first small word that belongs to the name opening at `at`: "bin Salman".
fn with_particles(reading: &Reading<'_>, at: usize, words: &EventWords) -> usize {
    let mut start = at;
    while at - start < PARTICLES
        && start > 0
        && reading.gap(start) == " "
        && !reading.is_capital(start - 1)
        && reading.is(start - 1, &words.leading_particles)
    {
        start -= 1;
    }
    // "a van Smith drove".
    if start > 0 && reading.is(start - 1, &words.determiners) { at } else { start }
}

/// Gives the index after the last word of the name that opens at `at`.
fn run_end(reading: &Reading<'_>, at: usize, words: &EventWords) -> usize {
    let saint = |last: usize| reading.is(at, &words.name_points) || reading.is(last, &words.possessive_names);
    let mut end = at + 1;
    loop {
        let last = reading.tokens.get(end - 1).map_or("", |t| t.text);
        let house = |i: usize| reading.is(i, &words.of_heads) || reading.is(i, &words.shared_heads);
        if (last.ends_with("’s") || last.ends_with("'s")) && !(saint(end - 1) && house(end)) {
            return end;
        }
        if let Some(whole) = house::joined(reading, at, end, &|i| goes_on(reading, i, words)) {
            end = whole;
            continue;
        }
        if !joins(reading, end) {
            return end;
        }
        if goes_on(reading, end, words) && !reading.tokens.get(end).is_some_and(|t| is_contraction(t.text)) {
            end += 1;
            continue;
        }
        let small = particles(reading, end, words);
        if small > 0 && goes_on(reading, end + small, words) {
            end += small + 1;
            continue;
        }
        let of = reading.word(end) == "of" && reading.is(end - 1, &words.of_heads);
        let from = if reading.word(end + 1) == "the" { end + 2 } else { end + 1 };
        if of && (goes_on(reading, from, words)) && !is_person(reading, from, words) {
            end = from + 1;
            continue;
        }
        return end;
    }
}

/// Gives how many small words of a name stand from a word on.
fn particles(reading: &Reading<'_>, from: usize, words: &EventWords) -> usize {
    let small = |&i: &usize| reading.is(i, &words.particles) && reading.gap(i + 1) == " " && !reading.is_capital(i);
    (from..from + PARTICLES).take_while(small).count()
}

/// Tells whether a person's calling and name begin at a word: "Prime Minister Ann", not "Foreign Affairs".
fn is_person(reading: &Reading<'_>, at: usize, words: &EventWords) -> bool {
    let callings =
        (at..at + LONGEST).take_while(|&i| is_capital(reading, i) && reading.is(i, &words.title_words)).count();
    let head = (at..at + callings).any(|i| reading.is(i, &words.title_heads) && !reading.is(i, &words.title_names));
    head && goes_on(reading, at + callings, words)
}

/// Gives the name without callings and adjectives of countries before it, and the house that a calling parts from it:
/// "Harbour Trust Chair Ann Lee". Nothing where nothing is left.
fn trimmed(reading: &Reading<'_>, at: usize, end: usize, words: &EventWords) -> Vec<Range<usize>> {
    let demonym = |i: usize| reading.is_of(i, words.called_after_countries());
    let before =
        |i: usize| super::fuller::is_bench(reading, i..end) || reading.is_of(i, words.classed()) && i + 1 < end;
    let calling = |i: usize| reading.is(i, &words.title_words) || demonym(i) || before(i);
    let callings = (at..end).take_while(|&i| calling(i)).count();
    // "Secretary of State Lee": the state is a calling only there.
    let is_head = |i: usize| {
        reading.is(i, &words.title_heads) && (reading.word(i) != "state" || i > 0 && reading.word(i - 1) == "of")
    };
    let head = (at..at + callings).rev().find(|&i| is_head(i));
    // "Justice Department", "State Office": no person's calling.
    let named_of = reading.is(at, &words.of_heads) && reading.word(at + 1) == "of";
    let last_head = reading.is(end - 1, &words.of_heads) && !reading.is(end - 1, &words.title_words);
    let house = end - at > 1 && (last_head || named_of);
    let mut start = if house { at } else { head.map_or(at, |h| h + 1) };
    let whole = end;
    let mut end = end;
    while end > start + 1 && !house && (reading.is(end - 1, &words.title_words) || house::follows(reading, end - 1)) {
        end -= 1;
    }
    if start >= end || house::is_no_name(reading, &(start..end), whole) {
        return Vec::new();
    }
    let mut found = Vec::new();
    // "Canada Foreign Minister Ann Lee".
    if head.is_some()
        && !house
        && reading.is_of(at, words.classed())
        && !demonym(at)
        && words.is_country(reading.word(at))
    {
        found.push(at..at + 1);
    }
    if let Some((before, person)) = person_behind(reading, start..end, words) {
        found.extend(Some(before).filter(|b| b.len() > 1));
        start = person;
    } else if head.is_some_and(|h| h + 1 == start && reading.is(h, &words.reigning)) && !house {
        // "Pope Leo", "King Charles III".
        let numeral = |i: usize| reading.tokens.get(i).is_some_and(|t| t.text.chars().all(|c| "IVX".contains(c)));
        if end == start + 1 || end == start + 2 && numeral(start + 1) {
            start -= 1;
        }
    }
    // "Prime" alone, "Russian" alone name nothing.
    let lone = end - start == 1;
    if !(lone && (demonym(start) || reading.is(start, &words.title_words))) {
        found.push(start..end);
    }
    found
}

/// Gives what stands before a calling inside a run of words, and where the person's name behind it begins.
fn person_behind(reading: &Reading<'_>, run: Range<usize>, words: &EventWords) -> Option<(Range<usize>, usize)> {
    let sure = |i: usize| reading.is(i, &words.title_heads) && !reading.is(i, &words.title_names);
    let head = (run.start + 1..run.end.saturating_sub(1)).rev().find(|&i| sure(i))?;
    let calling = |i: &usize| reading.is(*i, &words.title_words);
    let person = head + (head..run.end).take_while(calling).count();
    let first = head - (run.start..head).rev().take_while(calling).count();
    let named =
        person < run.end && !reading.is(person, &words.of_heads) && !reading.is(run.end - 1, &words.shared_heads);
    named.then_some((run.start..first, person))
}

/// Gives the words of a name as written, without a possessive ending.
fn written(reading: &Reading<'_>, run: &Range<usize>) -> Option<String> {
    let (first, last) = (reading.tokens.get(run.start)?, reading.tokens.get(run.end.checked_sub(1)?)?);
    let name = reading.text.get(first.start..last.end())?;
    let name = name.strip_suffix("’s").or_else(|| name.strip_suffix("'s")).unwrap_or(name);
    Some(name.to_owned())
}

/// Gives the words by which variants of a name meet: its last word, folded.
pub(super) fn key(name: &str) -> Cow<'_, str> {
    folded(name.rsplit([' ', ' ']).next().unwrap_or(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Page;

    impl Around for Page {
        fn is_name(&self, word: &str) -> bool {
            word == "russia"
        }

        fn is_small(&self, word: &str) -> bool {
            word == "bakery"
        }
    }

    fn found(text: &str) -> Vec<String> {
        names(&Reading::new(text), &Page)
    }

    #[test]
    fn callings_and_adjectives_are_no_part_of_a_name() {
        assert_eq!(
            found("On Friday, Canadian Deputy Foreign Minister Ann Lee met Maj. Bo Dahl."),
            ["Ann Lee", "Bo Dahl"]
        );
        assert_eq!(found("The Russian envoy left Russia."), ["Russia"]);
    }

    #[test]
    fn small_words_belong_to_people_and_organisations() {
        assert_eq!(
            found("Guests from the University of the Arctic met Carl von Berg in New Harbour."),
            ["University of the Arctic", "Carl von Berg", "New Harbour"]
        );
    }

    #[test]
    fn the_first_word_is_a_name_only_where_it_is_known_as_one() {
        assert!(found("Sources declined to comment in March.").is_empty());
        assert_eq!(found("Russia’s envoy declined."), ["Russia"]);
    }

    #[test]
    fn names_stay_whole() {
        for (text, want) in [
            ("The flood reached St. Louis and Mt. Ervin.", &["St. Louis", "Mt. Ervin"][..]),
            ("Nurses of St. Brannoc’s Hospital met in St. Ives.", &["St. Brannoc’s Hospital", "St. Ives"]),
            ("It was Jan van der Berg who wrote to Ana de la Cruz.", &["Jan van der Berg", "Ana de la Cruz"]),
            ("The court heard bin Salman and de la Cruz.", &["bin Salman", "de la Cruz"]),
            ("The leader, Karim al-Assad, met Eoin O’Neill.", &["Karim al-Assad", "Eoin O’Neill"]),
            ("They called al-Assad and d’Estaing.", &["al-Assad", "d’Estaing"]),
            ("On the stand, Mr. Scholz named J. R. Holm.", &["Scholz", "J. R. Holm"]),
            ("The house heard Theresa May and Edward Said.", &["Theresa May", "Edward Said"]),
            ("Students of the University of New Mexico left.", &["University of New Mexico"]),
            ("The Ministry of Foreign Affairs closed.", &["Ministry of Foreign Affairs"]),
            (
                "Crowds saw Pope Leo, King Charles III and Prince Aldo Rossi.",
                &["Pope Leo", "King Charles III", "Aldo Rossi"],
            ),
        ] {
            assert_eq!(found(text), want, "{text}");
        }
    }

    #[test]
    fn offices_and_houses_before_a_name_are_not_glued_to_it() {
        for (text, want) in [
            ("Today Prime Minister Justin Trudeau met Chancellor Olaf Scholz.", &["Justin Trudeau", "Olaf Scholz"][..]),
            ("Outgoing Prime Minister Oskar Holm conceded.", &["Oskar Holm"]),
            ("The Civic Union of Prime Minister Oskar Holm lost.", &["Civic Union", "Oskar Holm"]),
            ("They sued Harbour Trust Chief Executive Ann Lee.", &["Harbour Trust", "Ann Lee"]),
            ("They met Canada Foreign Minister Ann Lee.", &["Canada", "Ann Lee"]),
            ("They read Martin Luther King Jr. aloud.", &["Martin Luther King Jr"]),
            ("Yesterday Cardinal Mindszenty spoke.", &["Mindszenty"]),
        ] {
            assert_eq!(found(text), want, "{text}");
        }
    }

    #[test]
    fn capitals_that_only_shout_or_begin_are_no_names() {
        for text in [
            "BAKERY closed on Friday.",
            "“We’ll see,” they said; I’d go.",
            "Moaning began; Residents fled.",
            "The fine was P200,000 on Christmas Day in December.",
            "Long Awaited Plan For The Northern Flood Barriers Failed Again",
        ] {
            assert!(!found(text).iter().any(|n| !n.starts_with("Christmas")), "{text}: {:?}", found(text));
        }
    }
}
