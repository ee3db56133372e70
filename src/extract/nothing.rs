//! Dates that stand in a sentence and date nothing that it tells.

use super::clause::Clause;
use super::reading::Reading;
use crate::lang::events::event_words;
use crate::model::{Clock, DayPart, Edtf, LeadKind, Meaning, Precision, Resolved, Unit};
use std::ops::Range;

/// A person's age at most.
const OLDEST: u32 = 120;

/// Tells whether the date at the byte range `at` of a clause dates no happening.
pub(super) fn told(reading: &Reading<'_>, resolved: &Resolved, clause: &Clause, at: &Range<usize>) -> bool {
    let date = reading.within(at);
    delivered_then(reading, &date)
        || later_than(reading, &date)
        || any_day(reading, resolved, &date)
        || today_is(reading, resolved, &date)
        || numbered(reading, resolved, &date)
        || spoken(reading, resolved, &date)
        || state(reading, resolved, clause)
        || beside(reading, resolved, &date)
        || only_how_long(resolved)
        || only_a_feast(reading, resolved, &date)
        || name(reading, resolved, &date)
        || of_its_time(reading, resolved, at)
        || pictured(reading, &date)
        || asked(reading, &date)
        || before_the_change(reading, &date)
        || season(reading, clause)
        || unreal(reading, clause)
        || condition(reading, clause, &date)
        || learned_nothing(reading, clause, &date)
        || question(reading)
        || stamp(reading, resolved, &date)
        || age(reading, clause)
}

/// "a week later than planned": how much later, not when.
fn later_than(reading: &Reading<'_>, date: &Range<usize>) -> bool {
    reading.word(date.end) == "than" && reading.gap(date.end).trim().is_empty() && date.len() > 1
}

/// "a Sunday paper", "on any other Wednesday": no day of its own; "on a Sunday" can be one that the text names.
fn any_day(reading: &Reading<'_>, resolved: &Resolved, date: &Range<usize>) -> bool {
    let Meaning::Fields(fields) = &resolved.timex.meaning else { return false };
    let weekday =
        fields.weekday.is_some() && fields.day.is_none() && fields.part.is_none() && fields.direction.is_none();
    let words = event_words();
    let any = |i: usize| {
        let noun = reading.gap(date.end) == " " && !reading.is_stop(date.end) && !reading.is_verb(date.end);
        reading.is(i, &words.any_of_them) && (!reading.is(i, &words.articles) || noun)
    };
    weekday && (date.start.checked_sub(1).is_some_and(any) || any(date.start))
}

/// "“Nobody slept that weekend,” she said", "By then it was dark": counted from what the speaker or the text has
/// in mind. What is said of today or tomorrow counts from a day that is known.
fn spoken(reading: &Reading<'_>, resolved: &Resolved, date: &Range<usize>) -> bool {
    let known = match &resolved.timex.meaning {
        Meaning::Then => return true,
        Meaning::Fields(_) | Meaning::At(_, Some(_)) => true,
        Meaning::Unit { unit, .. } => *unit == Unit::Day,
        _ => false,
    };
    !known && reading.is_aside(date.start)
}

/// "Patient 1120", "room 1940": a number behind its noun.
fn numbered(reading: &Reading<'_>, resolved: &Resolved, date: &Range<usize>) -> bool {
    let Meaning::Fields(fields) = &resolved.timex.meaning else { return false };
    let year = fields.year.is_some() && fields.part.is_none() && fields.day.is_none() && fields.weekday.is_none();
    let noun = |i: usize| {
        let word = reading.word(i);
        word.len() > 2 && word.chars().all(char::is_alphabetic) && !reading.is_stop(i) && !reading.is_verb(i)
    };
    let bare = year && date.len() == 1 && reading.gap(date.start) == " " && resolved.timex.lead.is_none();
    bare && date.start.checked_sub(1).is_some_and(noun)
}

/// "It’s Friday, and nobody works", "It was ten past midnight.": what day or hour it is.
fn today_is(reading: &Reading<'_>, resolved: &Resolved, date: &Range<usize>) -> bool {
    let before = |n: usize| date.start.checked_sub(n).map_or("", |i| reading.word(i));
    let hour = matches!(&resolved.timex.meaning, Meaning::At(Clock::Time { .. } | Clock::Part(DayPart::Midday), None));
    let when = reading.gap(date.end).contains(',') && reading.is(date.end, &event_words().on_it);
    match (before(2), before(1)) {
        ("it", "is") => true,
        ("it", "was") => hour && !when,
        // "It’s", whose ending is no part of the word.
        (_, "it") => reading.tokens.get(date.start - 1).is_some_and(|t| t.text.len() > "it".len()),
        (_, before) => before == "it's",
    }
}

/// "It held deposits of 41 billion on 30 June", "In 2011 it was 54": how much there was.
fn state(reading: &Reading<'_>, resolved: &Resolved, clause: &Clause) -> bool {
    let words = event_words();
    let own = reading.within(&(clause.body..clause.range.end));
    let Some(verb) = reading.finite(own.clone()) else { return false };
    let number = |i: usize| {
        let dated = || reading.tokens.get(i).is_some_and(|t| reading.dates.iter().any(|d| d.contains(&t.start)));
        reading.word(i).starts_with(|c: char| c.is_ascii_digit()) && !dated()
    };
    let near = verb + 1..own.end.min(verb + 4);
    let done = || near.clone().any(|i| reading.is_past(i) || reading.word(i).ends_with("ed"));
    // "It was 54 in 2011"; of a single day, "was" may tell what came about on it.
    let precision = resolved.date.as_ref().map(Edtf::precision);
    let was = || matches!(reading.word(verb), "was" | "were") && precision.is_some_and(|p| p != Precision::Day);
    let counts = (reading.is(verb, &words.states) || was()) && near.clone().any(number) && !done();
    let percent = |i: usize| {
        number(i) && (matches!(reading.word(i + 1), "percent" | "per") || reading.gap(i + 1).starts_with('%'))
    };
    let year = precision == Some(Precision::Year);
    counts || year && !own.clone().any(|i| reading.is(i, &words.changes)) && own.clone().any(percent)
}

/// "Copper for May delivery": the month names the goods.
fn delivered_then(reading: &Reading<'_>, date: &Range<usize>) -> bool {
    let words = event_words();
    let adjacent = reading.gap(date.end).trim().is_empty();
    let month = date.len() <= 3 && date.end <= reading.tokens.len() && date.clone().any(|i| reading.is(i, &words.stop));
    adjacent && month && reading.is(date.end, &words.delivery)
}

/// ", by then a typhoon,": beside a name, without a verb.
fn beside(reading: &Reading<'_>, resolved: &Resolved, date: &Range<usize>) -> bool {
    let then = matches!(resolved.timex.meaning, Meaning::Then | Meaning::Present | Meaning::Past);
    if !then || date.start == 0 || !reading.gap(date.start).contains([',', '—', '(']) {
        return false;
    }
    let close = (date.end..reading.tokens.len().min(date.end + 16)).find(|&i| reading.gap(i).contains([',', '—', ')']));
    reading.gap(date.end).trim().is_empty()
        && close.is_none_or(|close| reading.finite(date.end..close).is_none())
        && close.is_some()
}

/// "a meeting that ran until dawn": a part of no named day says how long, not when.
fn only_how_long(resolved: &Resolved) -> bool {
    let until = resolved.timex.lead.as_ref().is_some_and(|l| l.kind == LeadKind::Until);
    until && matches!(resolved.timex.meaning, Meaning::At(Clock::Part(_), None))
}

/// "a Christmas tree", "Christmas came early": a feast named for its own sake.
fn only_a_feast(reading: &Reading<'_>, resolved: &Resolved, date: &Range<usize>) -> bool {
    if !matches!(resolved.timex.meaning, Meaning::Holiday { year: None, direction: None, around: None, .. }) {
        return false;
    }
    let words = event_words();
    let next = reading.word(date.end);
    let came = matches!(next, "came" | "comes" | "come") && matches!(reading.word(date.end + 1), "early" | "late");
    let adjacent = !next.is_empty() && reading.gap(date.end).trim().is_empty();
    let small =
        reading.tokens.get(date.end).is_some_and(|t| !t.is_capitalised() && t.text.chars().all(char::is_alphabetic));
    let noun = small
        && adjacent
        && !reading.is_of(date.end, words.stop.kind.or(words.past()).or(words.auxiliaries()).or(words.classed()));
    // "on Christmas morning", "since Easter": a preposition makes it a time.
    let timed = resolved.timex.lead.is_some()
        || date
            .start
            .checked_sub(1)
            .is_some_and(|b| ["on", "at", "in", "over", "during", "last", "this"].contains(&reading.word(b)));
    came || noun && !timed
}

/// "the Clean Air Act of 1970", "Expo 2012", "the Sunday Times": the date is part of a name.
fn name(reading: &Reading<'_>, resolved: &Resolved, date: &Range<usize>) -> bool {
    let words = event_words();
    let Meaning::Fields(fields) = &resolved.timex.meaning else { return false };
    let before = |n: usize| date.start.checked_sub(n).map_or("", |i| reading.word(i));
    let capital = |i: usize| reading.is_capital(i);
    let year = fields.year.is_some() && fields.part.is_none() && fields.day.is_none() && fields.weekday.is_none();
    // "of" may belong to the expression.
    let of = if reading.word(date.start) == "of" { Some(date.start) } else { date.start.checked_sub(1) };
    let head = of.filter(|&of| reading.word(of) == "of").and_then(|of| of.checked_sub(1));
    let law = head.is_some_and(|h| (capital(h) || fields.day.is_some()) && reading.is(h, &words.laws));
    if law && fields.year.is_some() {
        return true;
    }
    if year && date.len() <= 2 {
        let close = date.len() == 1 && reading.gap(date.start) == " " && date.start > 0 && capital(date.start - 1);
        return law || close && words.named_by_year.contains(before(1));
    }
    let weekday = fields.weekday.is_some() && fields.day.is_none() && fields.direction.is_none() && date.len() <= 2;
    weekday
        && reading.gap(date.end) == " "
        && reading.is(date.end, &words.weekday_names)
        && (capital(date.end) || before(1) != "on")
}

/// "a 19th-century bridge", "third-quarter results": of what time a thing is, no more.
fn of_its_time(reading: &Reading<'_>, resolved: &Resolved, at: &Range<usize>) -> bool {
    let long = |date: &Edtf| {
        matches!(date.precision(), Precision::Century | Precision::Decade | Precision::Quarter | Precision::Span)
    };
    let joined = reading.text.get(at.clone()).is_some_and(|words| words.contains('-'));
    let next = reading.within(at).end;
    let noun = reading.gap(next) == " " && !reading.is_stop(next) && !reading.is_verb(next);
    let period = !matches!(resolved.timex.meaning, Meaning::Range(..)) && resolved.date.as_ref().is_some_and(long);
    period && joined && noun && next < reading.tokens.len()
}

/// "The mill, pictured on Tuesday": when the picture was taken.
fn pictured(reading: &Reading<'_>, date: &Range<usize>) -> bool {
    // A preposition may belong to the expression or not.
    let before = |n: usize| date.start.checked_sub(n).is_some_and(|i| reading.is(i, &event_words().pictured));
    before(1) || before(2) && reading.is_stop(date.start - 1)
}

/// "Asked whether it would open in May, she shrugged": what somebody asked about.
fn asked(reading: &Reading<'_>, date: &Range<usize>) -> bool {
    let words = event_words();
    let question = (1..date.start).find(|&i| reading.is(i, &words.indirect));
    reading.is(0, &words.asked) && question.is_some() && !(1..date.start).any(|i| reading.comma(i))
}

/// "fell to 12 per cent from 15 in May", "compared with 20 in 2019": what was before the change.
fn before_the_change(reading: &Reading<'_>, date: &Range<usize>) -> bool {
    let words = event_words();
    let number = |i: usize| reading.word(i).starts_with(|c: char| c.is_ascii_digit());
    let near = date.start.saturating_sub(7)..date.end.min(date.start + 1);
    let Some(mark) = near.rev().find(|&i| matches!(reading.word(i), "from" | "with" | "to" | "against" | "versus"))
    else {
        return false;
    };
    // A number, a share or a sum stands between the mark and the date.
    let figure = (mark + 1..date.start).any(number) && reading.finite(mark + 1..date.start).is_none();
    let changes = match reading.word(mark) {
        "from" => (mark.saturating_sub(9)..mark).any(|i| reading.is(i, &words.changes)),
        "with" | "to" => reading.word(mark.saturating_sub(1)) == "compared",
        _ => true,
    };
    let apart = (mark + 1..=date.start).any(|i| reading.gap(i).contains([',', ';', '—']));
    // "compared with the third quarter of 2019"; "fell 4 percent from the quarter before".
    let period = match reading.word(mark) {
        "with" | "to" => reading.word(mark.saturating_sub(1)) == "compared",
        "from" => {
            let on = matches!(reading.word(date.end), "to" | "until" | "through" | "onward" | "onwards" | "on");
            let by = (mark.saturating_sub(5)..mark).any(number);
            !on && by && mark + 2 >= date.start && changes
        }
        _ => false,
    };
    (figure && changes || period && reading.finite(mark + 1..date.start).is_none()) && !apart
}

/// "The monsoon season runs from June to October": what is so every year.
fn season(reading: &Reading<'_>, clause: &Clause) -> bool {
    let words = reading.within(&(clause.body..clause.range.end));
    words.clone().take(12).any(|i| {
        reading.word(i) == "season"
            && (matches!(reading.word(i + 1), "runs" | "lasts" | "extends" | "spans" | "peaks")
                || reading.word(i + 1) == "officially" && matches!(reading.word(i + 2), "runs" | "lasts"))
    })
}

/// "if a vote were held tomorrow", "Were it sold …, it would", "if no offer has come by Friday":
/// the date of what is not so.
fn unreal(reading: &Reading<'_>, clause: &Clause) -> bool {
    let words = event_words();
    let own = reading.within(&(clause.body..clause.range.end));
    let opens = clause.opener.as_deref().is_some_and(|o| words.conditional.contains(o))
        || reading.is(own.start, &words.conditional);
    let in_if = opens && own.clone().any(|i| matches!(reading.word(i), "were" | "no" | "not" | "never" | "nobody"));
    let first = reading.word(0);
    let inverted = matches!(first, "were" | "had" | "should")
        && reading.finite(1..reading.tokens.len()).is_some()
        && (1..reading.tokens.len()).any(|i| matches!(reading.word(i), "would" | "could" | "might" | "will"))
        && !reading.text.trim_end().ends_with('?');
    in_if || inverted || own.clone().any(|i| turned(reading, i))
}

/// How far behind "had" its "not" stands, in words.
const TURNED: usize = 6;

/// "He said that had they not closed the lock in July, the talks would have succeeded".
fn turned(reading: &Reading<'_>, had: usize) -> bool {
    let not = |i: &usize| matches!(reading.word(*i), "not" | "never");
    let opens = had.checked_sub(1).is_some_and(|b| reading.is(b, &event_words().content_marks));
    let would = |i: usize| matches!(reading.word(i), "would" | "could" | "might");
    reading.word(had) == "had"
        && opens
        && !not(&(had + 1))
        && (had + 2..had + TURNED).any(|i| not(&i))
        && (had + 2..reading.tokens.len()).any(|i| would(i) && (i + 1..i + 3).any(|j| reading.word(j) == "have"))
}

/// "if it rains on Monday", "unless they pay by Friday": nobody says that it comes to that. "If the first bridge
/// fell in 1930, the second stood" sets two facts against each other; "asked if" is "asked whether".
fn condition(reading: &Reading<'_>, clause: &Clause, date: &Range<usize>) -> bool {
    let words = event_words();
    let own = reading.within(&(clause.body..clause.range.end));
    let first = reading.word(own.start);
    let opener = clause.opener.as_deref().unwrap_or(first);
    if !words.conditional.contains(opener) || opener == "whether" {
        return false;
    }
    let at = if clause.opener.is_some() { own.start.saturating_sub(1) } else { own.start };
    let asked = at.checked_sub(1).is_some_and(|b| reading.gap(at).trim().is_empty() && reading.is_verb(b));
    let told = reading.finite(own.start..own.end).is_some_and(|v| reading.is_past(v));
    let open =
        (0..reading.tokens.len()).any(|i| reading.is(i, &words.hypothetical) || reading.starts(i, &words.planned));
    // "If both agree, he is to be sworn in on Monday"
    let behind = (own.start + 1..=date.start).any(|i| reading.comma(i));
    !asked && !behind && (open || !told)
}

/// "did not respond to a request for comment on Tuesday", "It was not clear on Tuesday who": no news.
fn learned_nothing(reading: &Reading<'_>, clause: &Clause, date: &Range<usize>) -> bool {
    let own = reading.within(&(clause.body..clause.range.end));
    // Before the date, or right behind it: "declined on Tuesday to comment".
    let end = own.end.min(date.end + 3);
    own.clone().take_while(|&i| i < end).any(|i| reading.starts(i, &event_words().no_news))
}

/// "12:30 Lunch.", "17:30 Reaction is still coming in.": the time at the head of an entry dates what has been done.
fn stamp(reading: &Reading<'_>, resolved: &Resolved, date: &Range<usize>) -> bool {
    let clock = matches!(resolved.timex.meaning, Meaning::At(Clock::Time { .. }, None));
    let heads = date.start == 0 && reading.word(0).starts_with(|c: char| c.is_ascii_digit());
    let does = || {
        let verb = reading.finite(date.end..reading.tokens.len())?;
        let word = reading.word(verb);
        Some(matches!(word, "has" | "have") || event_words().is_past(word))
    };
    clock && heads && does() != Some(true)
}

/// "What did the minister know on 4 October?" tells nothing.
fn question(reading: &Reading<'_>) -> bool {
    !reading.is_aside(0) && reading.text.trim_end().ends_with('?')
}

/// "Ida Holm was nineteen in the autumn of 1956": how old somebody was.
fn age(reading: &Reading<'_>, clause: &Clause) -> bool {
    let own = reading.within(&(clause.body..clause.range.end));
    let Some(verb) = reading.finite(own.clone()) else { return false };
    let before = |n: usize| verb.checked_sub(n).filter(|i| own.contains(i)).and_then(|i| reading.tokens.get(i));
    let person = reading.is(verb.saturating_sub(1), &event_words().person_pronouns)
        || reading.word(verb.saturating_sub(1)) == "i"
        || before(1).is_some_and(|t| t.is_capitalised()) && before(2).is_some_and(|t| t.is_capitalised());
    let number = reading.word(verb + 1);
    let years = number.parse::<u32>().is_ok_and(|n| n <= OLDEST) || spelt(number);
    let next = reading.word(verb + 2);
    let ends = reading.tokens.get(verb + 2).is_none()
        || reading.gap(verb + 2).contains([',', ';', '.'])
        || matches!(next, "in" | "on" | "when" | "at" | "and" | "that" | "last" | "this")
        || next == "years" && reading.word(verb + 3) == "old";
    matches!(reading.word(verb), "was" | "is" | "were") && person && years && ends
}

fn spelt(word: &str) -> bool {
    const ONES: [&str; 9] = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
    const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    const TEENS: [&str; 10] =
        ["ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"];
    let (tens, ones) = word.split_once('-').unwrap_or((word, ""));
    ONES.contains(&word) || TEENS.contains(&word) || TENS.contains(&tens) && (ones.is_empty() || ONES.contains(&ones))
}
