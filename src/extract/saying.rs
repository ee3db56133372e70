//! Who says it: the words of attribution in a clause, and whether its date is the date of the saying.

use super::reading::Reading;
use super::status;
use crate::lang::events::event_words;
use crate::lang::headlines::headline_words;
use std::ops::Range;

/// The attribution that opens a clause: "Sullivan said on Thursday that …".
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Saying {
    /// Index of the first word of what is said.
    pub content: usize,
    /// Whether the date of the clause is the day on which it was said.
    pub dated: bool,
    /// Whether it is said not to be so: "denied that", "dismissed reports that", "nobody believed that".
    pub denies: bool,
}

/// Gives the attribution that opens the words `range`, where one does; `date` is the byte range of
/// the date expression in the sentence.
pub(super) fn opening(reading: &Reading<'_>, range: &Range<usize>, date: &Range<usize>) -> Option<Saying> {
    let words = event_words();
    let verb = reading.finite(range.clone())?;
    let verb = heard(reading, range, verb).unwrap_or(verb);
    // "The mayor, having denied it, resigned": not her verb.
    if verb > range.start && reading.word(verb - 1) == "having" {
        return None;
    }
    let denial = denial(reading, verb, range.end);
    let hears = heard(reading, range, verb).is_some();
    if !reading.is(verb, &words.attribution) && denial.is_none() && !hears {
        return None;
    }
    let timex = reading.within(date);
    let next_verb = reading.finite(verb + 1..range.end);
    let that = (verb + 1..range.end.min(verb + 14))
        .find(|&i| reading.is(i, &words.content_marks) && next_verb.is_none_or(|v| i < v));
    let before = timex.end <= verb;
    // "said on Thursday that …", "told members on Monday the …": the date follows the verb of saying directly.
    let gerund = that.is_none() && denial.is_some_and(|d| d <= timex.start);
    let attached = !gerund
        && timex.start > verb
        && next_verb.is_none_or(|v| timex.start < v)
        && that.is_none_or(|t| timex.start < t)
        && is_when_said(reading, verb, timex.start)
        && (next_verb.is_some() || that.is_some() || timex.start <= verb + 4);
    let content = match that {
        Some(that) => that + 1,
        None if attached => timex.end,
        None => {
            let told = matches!(reading.word(verb), "told" | "tells");
            let named = (verb + 1..range.end).find(|&i| !reading.is_capital(i)).unwrap_or(verb + 1);
            let from = if told { named.max((verb + 2).min(range.end)) } else { verb + 1 };
            behind_date(reading, from, range.end).unwrap_or(from)
        }
    };
    // "Nobody believed that …"
    let nobody = || that.is_some_and(|t| t < timex.start) && status::nobody(reading, range.start);
    let denies = (denial.is_some_and(|d| d <= timex.start) || nobody()) && !before && !attached;
    Some(Saying { content: content.min(range.end), dated: before || attached, denies })
}

/// Gives the verb by which a court hears what is told: "the jury heard that", "the court was told".
fn heard(reading: &Reading<'_>, range: &Range<usize>, verb: usize) -> Option<usize> {
    let told = if matches!(reading.word(verb), "was" | "were") { verb + 1 } else { verb };
    let court = verb.checked_sub(1).filter(|&b| b >= range.start && headline_words().hearers.contains(reading.word(b)));
    let first = reading.word(told) == "told" && told == verb;
    (court.is_some()
        && !first
        && headline_words().heard.contains(reading.word(told))
        && reading.finite(told + 1..range.end).is_some())
    .then_some(told)
}

/// Gives the word behind a date that stands right behind a verb of saying: "said Friday he will appeal".
fn behind_date(reading: &Reading<'_>, from: usize, end: usize) -> Option<usize> {
    let start = reading.tokens.get(from)?.start;
    let next = reading.dates.partition_point(|d| d.end <= start);
    let date = reading.dates.get(next).filter(|d| d.start <= start)?;
    let behind = reading.within(date).end;
    let own = reading.tokens.get(behind - 1).is_some_and(|t| t.text.ends_with("’s") || t.text.ends_with("'s"));
    let goes_on = reading.gap(behind) == " " && reading.finite(behind + 1..end).is_some();
    (behind < end && goes_on && !own && !reading.is_verb(behind)).then_some(behind)
}

/// Tells whether what stands between a verb of saying and a date lets the date be when it was said:
/// "said in Oslo on Monday", but not "said services on Monday".
fn is_when_said(reading: &Reading<'_>, verb: usize, date: usize) -> bool {
    let content_at_once =
        ["said", "says", "say", "added", "adds", "insisted", "insists", "argued", "argues", "thinks", "believes"];
    let next = reading.word(verb + 1);
    let prepositions = [
        "in", "at", "to", "during", "from", "on", "late", "early", "through", "via", "by", "after", "before", "of",
        "about", "again", "only",
    ];
    date <= verb + 1
        || !content_at_once.contains(&reading.word(verb))
        || prepositions.contains(&next)
        || next.ends_with("ly")
        || reading.is_capital(verb + 1)
}

/// Gives the index of the first word of what the verb `verb` says not to be so.
fn denial(reading: &Reading<'_>, verb: usize, end: usize) -> Option<usize> {
    let words = event_words();
    let rumour = (verb + 1..end.min(verb + 6)).find(|&i| reading.is(i, &words.rumours));
    let that = |from: usize| (from..end.min(from + 7)).find(|&i| reading.is(i, &words.content_marks));
    if reading.is(verb, &words.denials) {
        if reading.word(verb + 1) == "having" {
            return Some(verb + 1);
        }
        // "denied shelling the town", but "denied wrongdoing on Monday".
        let object = reading.tokens.get(verb + 3).is_some_and(|t| !reading.dates.iter().any(|d| d.contains(&t.start)))
            && (reading.is(verb + 2, &words.determiners) || reading.is_capital(verb + 2));
        if reading.word(verb + 1).ends_with("ing") && object {
            return Some(verb + 1);
        }
        if let Some(having) = (verb + 1..end.min(verb + 7)).find(|&i| reading.word(i) == "having") {
            return Some(having);
        }
        // "denied him bail" refuses; what "that" opens is denied.
        return that(verb + 1);
    }
    let dismissed = reading.is(verb, &words.dismissals);
    rumour.filter(|_| dismissed).and_then(|rumour| that(rumour + 1))
}

/// Gives the byte range of an attribution at the end of a clause (", the minister said"), its comma included.
pub(super) fn closing(reading: &Reading<'_>, range: &Range<usize>) -> Option<Range<usize>> {
    let words = event_words();
    let comma_at = |i: &usize| reading.comma(*i) && !reading.is_aside(*i);
    // ", said a cousin, Ann Lee": the verb opens it.
    let said = (range.start + 2..range.end)
        .rev()
        .take(14)
        .filter(comma_at)
        .find(|&i| matches!(reading.word(i), "said" | "says"));
    if let Some(said) = said.filter(|&s| reading.finite(s + 1..range.end).is_none()) {
        return Some(start_of_gap(reading, said)..end_of(reading, range));
    }
    let comma = (range.start + 2..range.end).rev().find(comma_at)?;
    let said = (comma..range.end).find(|&i| reading.is(i, &words.attribution))?;
    // "Ann Lee, a clerk who left, testified": the verb of the whole sentence.
    let first = (range.start + 1..comma).find(comma_at);
    let noun = !reading.is(range.start, &words.stop) || reading.is(range.start, &words.determiners);
    let main = first.is_some_and(|f| {
        let describes = reading.is(f, &words.determiners) || reading.is(f, &words.relative);
        describes && reading.finite(range.start..f).is_none() && !(f + 1..comma).any(|i| comma_at(&i))
    });
    if said == comma && noun && main {
        return None;
    }
    let according = reading.word(comma) == "according";
    // Little may follow the verb: ", the minister said in a statement".
    let short = range.end - said <= 7 && said - comma <= 12 && reading.finite(said + 1..range.end).is_none();
    if !according && !short {
        return None;
    }
    Some(start_of_gap(reading, comma)..end_of(reading, range))
}

/// Gives the byte range of an attribution between a subject and its verb: ", officials said,".
pub(super) fn between(reading: &Reading<'_>, range: &Range<usize>, date: &Range<usize>) -> Option<Range<usize>> {
    let comma = |i: usize| reading.gap(i).trim() == "," && !reading.is_aside(i);
    let open = (range.start + 1..range.end.min(range.start + 8)).find(|&i| comma(i))?;
    let close = (open + 2..range.end.min(open + 6)).find(|&i| comma(i))?;
    let said = reading.is(close - 1, &event_words().plain_saying);
    let subject = reading.finite(range.start..open).is_none() && reading.finite(open..close - 1).is_none();
    let goes_on = reading.finite(close..(close + 3).min(range.end)).is_some();
    let (start, end) = (start_of_gap(reading, open), start_of_gap(reading, close) + 1);
    (said && subject && goes_on && !(start..end).contains(&date.start)).then_some(start..end)
}

/// Gives the name of who says it and the byte range before it, where a clause ends in a name that
/// says it: ", Ann Lee, the mayor, said on Monday".
pub(super) fn named_at_end(reading: &Reading<'_>, range: &Range<usize>) -> Option<(Range<usize>, usize)> {
    let words = event_words();
    let said =
        (range.start..range.end).rev().take(9).find(|&i| !reading.is_aside(i) && reading.is(i, &words.attribution))?;
    let capital = |i: usize| reading.is_capital(i);
    let comma = (range.start + 2..said).rev().take(18).find(|&i| {
        let opens = reading.comma(i) && !reading.is_aside(i) && capital(i);
        opens && reading.finite(i + 1..said).is_none() && reading.finite(range.start..i).is_some()
    })?;
    let end = (comma..said).take_while(|&i| capital(i) && (i == comma || reading.gap(i) == " ")).last()? + 1;
    // The name itself says it, or a phrase between commas stands between.
    let plain = end == said || reading.comma(end);
    if !plain || end < comma + 2 || reading.finite(said + 1..range.end).is_some() {
        return None;
    }
    Some((reading.tokens.get(comma)?.start..reading.tokens.get(end - 1)?.end(), start_of_gap(reading, comma)))
}

/// Gives the byte range of "according to …", with its comma.
pub(super) fn according(reading: &Reading<'_>, range: &Range<usize>) -> Option<Range<usize>> {
    let at = range.clone().find(|&i| reading.word(i) == "according" && reading.word(i + 1) == "to")?;
    let comma = (at + 2..range.end).find(|&i| reading.comma(i));
    let start = if at == range.start { reading.tokens.get(at)?.start } else { start_of_gap(reading, at) };
    let end = match comma {
        Some(comma) => start_of_gap(reading, comma) + if at == range.start { 1 } else { 0 },
        None => end_of(reading, range),
    };
    (start < end).then_some(start..end)
}

fn start_of_gap(reading: &Reading<'_>, at: usize) -> usize {
    at.checked_sub(1).and_then(|b| reading.tokens.get(b)).map_or(0, |t| t.end())
}

fn end_of(reading: &Reading<'_>, range: &Range<usize>) -> usize {
    range.end.checked_sub(1).and_then(|l| reading.tokens.get(l)).map_or(reading.text.len(), |t| t.end())
}
