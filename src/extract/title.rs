//! Headlines: a clause without who said it, when it was and what only hangs on.

use super::clause::Clause;
use super::hangs::{hangs_on, is_object};
use super::part::Dates;
use super::polish::{MOST_READ, brackets, capitalised, finish, first_bytes, gap_at_end, tidy, without};
use super::pronoun::{Near, named};
use super::reading::Reading;
use super::saying;
use super::shorten::{LONGEST, shorten, simpler};
use super::spare::{leading_phrase, leading_times, removable};
use super::thought;
use super::whole::{condition_before, conditioned, joined, with_condition};
use crate::lang::events::{event_words, is_stop};
use crate::lang::tokens::{each, folded};
use std::borrow::Cow;
use std::ops::Range;

/// Gives a headline for the clause of a sentence; `expression` is the byte range of its date, and
/// `before` the names near it, for a pronoun to stand for. Never empty, never a stump:
/// where nothing good is left, the sentence itself is cut.
pub(super) fn title(
    reading: &Reading<'_>,
    clause: &Clause,
    expression: &Range<usize>,
    before: Near<'_>,
) -> (String, Vec<String>) {
    let stolen = thought::takes_verb(reading, clause, expression);
    let whole = Clause::plain(0..reading.text.len().min(MOST_READ), 0);
    let clause = if stolen { &whole } else { &with_condition(reading, clause) };
    let telling = (0..reading.tokens.len()).any(|i| tells_something(reading, i));
    let end = thought::end(reading, clause, expression);
    let last = reading.within(&(clause.body..end)).end.checked_sub(1).map_or("", |l| reading.word(l));
    let last = thought::verbs_own(reading, expression).unwrap_or(last);
    let first = reading.tokens.first().map_or("", |token| token.text);
    let good = |(title, _): &(String, Vec<String>)| {
        reads(title, telling, last) && has_subject(title, first) && !thought::is_headless(title)
    };
    let spared = (clause.dates == Dates::Spared || only_brackets(reading, clause, expression))
        .then(|| compose(reading, &Clause { dates: Dates::Spared, ..clause.clone() }, expression, before))
        .filter(good);
    spared
        .or_else(|| {
            let kept = Clause { dates: Dates::Kept, ..clause.clone() };
            Some(compose(reading, &kept, expression, before)).filter(good)
        })
        .or_else(|| {
            let short = reading.text.len() <= MOST_READ && clause.body > 0;
            short.then(|| compose(reading, &whole, expression, before)).filter(good)
        })
        .or_else(|| Some((finish(&shorten(&tidy(first_bytes(reading.text)))), Vec::new())).filter(good))
        .unwrap_or_else(|| (cut_anywhere(reading), Vec::new()))
}

/// Tells whether a headline has its subject: it opens with a verb only where its sentence does.
fn has_subject(title: &str, first: &str) -> bool {
    let opening = each(title).next().map_or("", |token| token.text);
    let verb = folded(opening);
    (!event_words().is_finite(&verb) && verb != "of") || verb == folded(first)
}

/// Tells whether all other dates of a clause stand in brackets, which a headline leaves out.
fn only_brackets(reading: &Reading<'_>, clause: &Clause, expression: &Range<usize>) -> bool {
    let brackets = brackets(reading.text);
    let inside = |d: &Range<usize>| brackets.iter().any(|b| b.contains(&d.start));
    let end = clause.body_end.unwrap_or(clause.range.end);
    let mut others = reading.dates.iter().filter(|d| {
        clause.body <= d.start && d.start < end && !expression.contains(&d.start) && !d.contains(&expression.start)
    });
    !brackets.is_empty() && !inside(expression) && others.all(inside)
}

/// Puts a headline together from the words of a clause.
fn compose(
    reading: &Reading<'_>,
    clause: &Clause,
    expression: &Range<usize>,
    before: Near<'_>,
) -> (String, Vec<String>) {
    let end = thought::end(reading, clause, expression);
    let words = reading.within(&(clause.body..end));
    // With what stands between goes the comma before it.
    let comma = |at: usize| reading.text.get(..at).map_or(at, |before| before.trim_end_matches([' ', ',']).len());
    let mut out: Vec<Range<usize>> =
        clause.holes.iter().map(|h| comma(h.start)..h.end - gap_at_end(reading, h)).collect();
    if let Some((name, end)) = saying::named_at_end(reading, &words)
        && expression.start > name.end
    {
        let content = tidy(&without(reading.text, clause.body..end, &out));
        let name = reading.text.get(name).unwrap_or_default();
        // "The" opens no sentence any more.
        let (first, rest) = content.split_once(' ').unwrap_or((&content, ""));
        let small = first.to_lowercase();
        let first = if event_words().stop.contains(&small) && small != "i" { &small } else { first };
        return (finish(&shorten(&format!("{name}: {first} {rest}"))), Vec::new());
    }
    let mut from = clause.body;
    let said_between = saying::between(reading, &words, expression);
    if let Some(said) = saying::opening(reading, &words, expression)
        && said_between.is_none()
        && !said.dated
        && !said.denies
        && words.end > said.content + 2
        && reading.word(said.content) != "to"
        // "declared a state of emergency" says nothing; it does it.
        && reading.finite(said.content..words.end).is_some()
        && let Some(token) = reading.tokens.get(said.content)
    {
        // A quotation mark before the first word of what is said belongs to it.
        let gap = reading.gap(said.content);
        from = token.start - gap.trim_start().len();
    }
    if let Some(said) = saying::closing(reading, &words)
        && !said.contains(&expression.start)
    {
        out.push(said);
    }
    if let Some(said) = saying::according(reading, &words)
        && !said.contains(&expression.start)
    {
        out.push(said);
    }
    let said_then = saying::opening(reading, &words, expression).is_some_and(|said| {
        let goes_on = reading.finite(said.content..words.end).is_some() && !reading.gap(said.content).contains(',');
        said.dated && goes_on
    });
    if thought::means(reading, &words, expression) {
    } else if clause.dates == Dates::Spared {
        out.extend(leading_phrase(reading, &words, expression));
        out.extend(removable(reading, expression));
    } else if said_then || thought::is_near_day(reading, &words, expression) {
        out.extend(removable(reading, expression));
    }
    out.extend(leading_times(reading, &words, expression));
    out.extend(said_between.clone());
    out.extend(brackets(reading.text).into_iter().filter(|b| !b.contains(&expression.start)));
    let mut text = String::new();
    let body = without(reading.text, from..end, &out);
    let name = clause.antecedent.clone().and_then(|name| hangs_on(reading, clause, name, before));
    match name {
        // "the dam, which engineers inspected": engineers inspected the dam.
        Some(name) if is_object(reading, clause) => {
            text.push_str(body.trim_end_matches([' ', ',', '.']));
            text.push(' ');
            text.push_str(&name);
        }
        // "Founded in 1920, the club": the club, founded in 1920.
        Some(name) if clause.opener.is_none() => {
            let mut chars = body.chars();
            text.push_str(&name);
            text.push_str(", ");
            text.extend(chars.next().into_iter().flat_map(char::to_lowercase));
            text.push_str(chars.as_str());
        }
        Some(name) => {
            text.push_str(&name);
            text.push_str(if clause.opener.as_deref() == Some("whose") { "’s " } else { " " });
            text.push_str(&body);
        }
        None => {
            // "If the law fails": without its "if" it would be told as if it were so.
            let condition = clause.opener.as_deref().filter(|o| event_words().conditional.contains(o));
            text.push_str(condition.filter(|_| from == clause.body).unwrap_or_default());
            text.push(' ');
            text.push_str(&body);
        }
    }
    let (text, names) = named(tidy(&text), reading, clause, from, before);
    let text = joined(&text, reading, clause, expression).unwrap_or(text);
    let title = finish(&shorten(&simpler(drop_relative(&text))));
    let title = match condition_before(reading, clause) {
        Some(condition) => conditioned(&title, condition),
        None => title,
    };
    let names = names.into_iter().filter(|name| title.contains(name.as_str())).collect();
    (title, names)
}

/// Tells whether a text has a word that tells something: two letters or more, and no mere joint.
fn tells(text: &str) -> bool {
    each(text).any(|t| is_telling(t.text))
}

fn is_telling(word: &str) -> bool {
    has_letters(word) && !is_stop(word)
}

fn has_letters(word: &str) -> bool {
    word.chars().filter(|c| c.is_alphabetic()).nth(1).is_some()
}

/// Tells whether a word of a sentence tells something.
fn tells_something(reading: &Reading<'_>, at: usize) -> bool {
    reading.tokens.get(at).is_some_and(|token| !reading.is_stop(at) && has_letters(token.text))
}

/// Tells whether a headline reads as one; `telling` says that its sentence has words that tell something,
/// and `end` is the last word of its clause.
fn reads(title: &str, telling: bool, end: &str) -> bool {
    let last = title.trim_end_matches(['.', '…']).rsplit([' ', ',']).next().unwrap_or_default();
    let whole = !title.trim().is_empty() && title.chars().count() <= LONGEST;
    let last = folded(last);
    let cut = title.ends_with('…') || last == end;
    whole && (tells(title) || !telling) && (cut || !event_words().hanging.contains(&last))
}

/// Cuts a sentence from its first telling word on, whatever stands there.
fn cut_anywhere(reading: &Reading<'_>) -> String {
    let text = first_bytes(reading.text).trim();
    if text.chars().count() <= LONGEST && tells(text) == tells(reading.text) && !text.is_empty() {
        return Some(finish(text)).filter(|title| !title.is_empty()).unwrap_or_else(|| text.to_owned());
    }
    let first = (0..reading.tokens.len())
        .find(|&i| tells_something(reading, i))
        .and_then(|i| reading.tokens.get(i))
        .or(reading.tokens.first());
    let rest = first.and_then(|t| reading.text.get(t.start..)).unwrap_or(text);
    let mut cut: String = capitalised(rest).chars().take(LONGEST - 1).collect();
    if let Some(word) = cut.rfind(' ').filter(|&at| tells(cut.get(..at).unwrap_or_default())) {
        cut.truncate(word);
    }
    if cut.len() < rest.len() {
        cut.push('…');
    }
    cut
}

/// Takes a relative clause off the end.
fn drop_relative(text: &str) -> Cow<'_, str> {
    let relative = |part: &str| each(part).next().is_some_and(|t| event_words().relative.contains(&folded(t.text)));
    if !text.split(',').skip(1).any(relative) {
        return Cow::Borrowed(text);
    }
    let reading = Reading::new(text);
    let at = (3..reading.tokens.len())
        .find(|&i| !reading.is_aside(i) && reading.comma(i) && reading.is(i, &event_words().relative));
    let Some(at) = at else { return Cow::Borrowed(text) };
    let resumes = (at + 1..reading.tokens.len()).any(|i| reading.comma(i));
    match reading.tokens.get(at - 1) {
        Some(last) if !resumes && reading.finite(0..at).is_some() => {
            Cow::Borrowed(text.get(..last.end()).unwrap_or(text))
        }
        _ => Cow::Borrowed(text),
    }
}

#[cfg(test)]
mod tests {
    use super::super::clause::Clauses;
    use super::super::people::Told;
    use super::*;

    const NOBODY: Near<'static> = Near { own: &[], text: "", before: &|_| None };

    fn headline(sentence: &str, date: &str) -> String {
        let reading = Reading::new(sentence);
        let at = sentence.find(date).unwrap();
        let range = at..at + date.len();
        title(&reading, &Clauses::new(&reading, std::slice::from_ref(&range)).at(&reading, at), &range, NOBODY).0
    }

    #[test]
    fn a_headline_tells_what_happened() {
        for (sentence, date, want) in [
            ("On Monday, the ferry (built in Oslo) sank off Bergen.", "On Monday", "The ferry sank off Bergen"),
            ("The mayor said the ferry sank on Monday.", "on Monday", "The ferry sank"),
            ("The ferry sank on Monday, police said.", "on Monday", "The ferry sank"),
            (
                "In a statement Friday, Mayor Ida Holm said rescue work would go on.",
                "Friday",
                "Mayor Ida Holm said rescue work would go on",
            ),
            (
                "The crew left Oslo Sunday for a week of drills, which drew protests.",
                "Sunday",
                "The crew left Oslo for a week of drills",
            ),
            (
                "According to the court, the firm reportedly did not pay in 2014.",
                "in 2014",
                "The firm reportedly did not pay",
            ),
            (
                "Officials said the ship, which left Oslo around June 3, is empty.",
                "around June 3",
                "The ship left Oslo",
            ),
            ("Monday’s vote was close.", "Monday", "Monday’s vote was close"),
            (
                "The ferry was lost, Ida Holm, the mayor of Bergen, said on Monday.",
                "on Monday",
                "Ida Holm: the ferry was lost",
            ),
            ("Ida Holm, who leads the town, resigned on Monday.", "on Monday", "Ida Holm resigned"),
        ] {
            assert_eq!(headline(sentence, date), want);
        }
    }

    #[test]
    fn a_headline_keeps_its_grammar() {
        for (sentence, date, want) in [
            (
                "Mayor Ida Holm declared a day of mourning on Monday.",
                "on Monday",
                "Mayor Ida Holm declared a day of mourning",
            ),
            (
                "It took until Monday, and two votes, to elect Ida Holm.",
                "until Monday",
                "It took until Monday, and two votes, to elect Ida Holm",
            ),
            (
                "The town has five days, until Monday, to answer the court.",
                "until Monday",
                "The town has five days to answer the court",
            ),
            (
                "The wave struck Bergen shortly after midnight on Monday with great force.",
                "after midnight on Monday",
                "The wave struck Bergen with great force",
            ),
            ("That happened on Monday near Bergen.", "on Monday", "That happened near Bergen"),
            ("They were due home on Monday, said a friend, Ida Holm.", "on Monday", "They were due home"),
            (
                "Payments to poor families, which began on Monday too, have reached ten of them.",
                "on Monday",
                "Payments to poor families began too",
            ),
            (
                "It sank off Bergen on Monday, and drifted north for a week.",
                "on Monday",
                "It sank off Bergen, and drifted north for a week",
            ),
        ] {
            assert_eq!(headline(sentence, date), want);
        }
    }

    #[test]
    fn a_pronoun_gives_way_to_the_name_before_it() {
        let sentence = "Ida Holm was freed in May, the week in which Oslo burned; she stayed in Rome until 1971.";
        let reading = Reading::new(sentence);
        let at = sentence.find("until 1971").unwrap();
        let range = at..at + "until 1971".len();
        let clause = Clauses::new(&reading, std::slice::from_ref(&range)).at(&reading, at);
        let own = ["Ida Holm".to_owned(), "Oslo".to_owned(), "Rome".to_owned()];
        let before = (Reading::new("Tom Poe left."), ["Tom Poe".to_owned()]);
        let told = |back| (back == 1).then_some(Told { reading: &before.0, names: &before.1, same: true });
        let near = Near { own: &own, text: sentence, before: &told };
        let (headline, names) = title(&reading, &clause, &range, near);
        assert_eq!(headline, "Ida Holm stayed in Rome");
        assert_eq!(names, ["Ida Holm"]);
    }

    #[test]
    fn a_headline_keeps_who_spoke_when_the_date_is_of_the_speaking() {
        assert_eq!(
            headline("Mayor Ida Holm said on Monday that the ferry was “lost”.", "on Monday"),
            "Mayor Ida Holm said that the ferry was “lost”"
        );
    }

    #[test]
    fn a_headline_is_short_and_its_quotation_marks_meet() {
        let long = "The regional water board approved on 3 May the long awaited plan for the northern flood barrier, \
                    calling it “a matter of life and death for the people of the three towns along the river”.";
        let title = headline(long, "on 3 May");
        assert!(title.chars().count() <= LONGEST, "{title}");
        assert_eq!(title, "The regional water board approved the long awaited plan for the northern flood barrier");
    }
}
