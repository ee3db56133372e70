//! Names for pronouns at the head of a headline.

use super::clause::Clause;
use super::people::{People, Sex, Told, is_person, subject_opens};
use super::polish::lower;
use super::reading::Reading;
use super::whole::is_many;
use crate::lang::events::event_words;
use crate::lang::headlines::headline_words;
use crate::lang::tokens::{Token, each, folded};

pub(super) use super::people::Near;

/// Words of a thing's name, at most: "The old stone bridge".
const THING: usize = 4;
/// Words before a pronoun that opens what a headline tells, at most: "During the strike, she was arrested".
const LEAD: usize = 8;
/// Sentences back in which the thing is looked for of which a text goes on as "it", at most.
const BACK: usize = 3;

/// Puts names for the pronouns at the head of a headline and for the one at its end: the subject of its sentence, or
/// whom the sentences before tell of. Where it could be either of two, it stays. Gives the names put in, too.
pub(super) fn named(
    text: String,
    reading: &Reading<'_>,
    clause: &Clause,
    from: usize,
    near: Near<'_>,
) -> (String, Vec<String>) {
    let words = event_words();
    let mut put = Vec::new();
    let opens = |token: &Token<'_>| {
        let word = lower(token.text);
        words.person_pronouns.contains(&word)
            || token.start == 0
                && (headline_words().possessives.contains(&word)
                    || words.many_pronouns.contains(&word)
                    || words.thing_pronouns.contains(&word))
    };
    let told = |before: &str| each(before).any(|t| words.is_finite(&folded(t.text)));
    let lead = each(&text).take(LEAD).find(opens).filter(|t| !told(text.get(..t.start).unwrap_or_default()));
    let mut people = None;
    let mut text = match lead {
        Some(token) => {
            let people = people.get_or_insert_with(|| People::near(near));
            let (start, end) = (token.start, token.end());
            let before = text.get(..start).unwrap_or_default();
            let named_before = near.own.iter().any(|name| before.contains(name.as_str()));
            let found =
                if named_before { None } else { stands_for(&text, &token, reading, clause, from, (near, people)) };
            match found {
                Some((thing, names)) => {
                    put.extend(names);
                    format!("{before}{thing}{}", text.get(end..).unwrap_or_default())
                }
                None => text,
            }
        }
        None => text,
    };
    if let Some((at, sex)) = object(&text) {
        let people = people.get_or_insert_with(|| People::near(near));
        let others = near
            .own
            .iter()
            .any(|name| is_person(reading.text, name, near.text) && people.sex(name) != Some(opposite(sex)));
        let name = people.meant(sex, "").filter(|n| !others && people.sex(n) == Some(sex) && !text.contains(*n));
        if let Some(name) = name {
            put.push(name.to_owned());
            text.replace_range(at, name);
        }
    }
    (text, put)
}

fn opposite(sex: Sex) -> Sex {
    if sex == Sex::He { Sex::She } else { Sex::He }
}

/// Gives the byte range of "him" or "her" at the end of a headline, or before what only hangs on.
fn object(text: &str) -> Option<(std::ops::Range<usize>, Sex)> {
    let words = event_words();
    let mut tokens = each(text).skip(1).peekable();
    while let Some(token) = tokens.next() {
        if headline_words().objects.contains(token.text) {
            let next = tokens.peek().map(|next| (folded(next.text), text.get(token.end()..next.start) == Some(" ")));
            let ends = next.is_none_or(|(next, plain)| !plain || words.stop.contains(&next));
            let told = each(text.get(..token.start)?).any(|t| words.is_finite(&folded(t.text)));
            return Sex::of(token.text).filter(|_| ends && told).map(|sex| (token.start..token.end(), sex));
        }
    }
    None
}

/// Gives what the pronoun `token` of a headline stands for, and the names in it.
fn stands_for(
    text: &str,
    token: &Token<'_>,
    reading: &Reading<'_>,
    clause: &Clause,
    from: usize,
    (near, people): (Near<'_>, &People<'_>),
) -> Option<(String, Vec<String>)> {
    let words = event_words();
    let pronoun = lower(token.text);
    let rest = text.get(token.end()..).unwrap_or_default();
    if words.many_pronouns.contains(&pronoun) {
        let both = people.both().filter(|_| clause.body == 0);
        if let Some((a, b)) = both {
            return Some((format!("{a} and {b}"), vec![a.to_owned(), b.to_owned()]));
        }
        let thing = if clause.body == 0 { people.told().next().filter(|t| t.same) } else { None };
        return thing.and_then(|told| with_names(thing_of(told.reading, true)?, told.names));
    }
    if words.thing_pronouns.contains(&pronoun) {
        let acts = acts(rest)?;
        return match clause.body {
            0 => people.told().take(BACK).take_while(|t| t.same).find_map(|told| thing(told, near.text, acts))?,
            // "The ferry sank after it struck a rock": nothing else stands between.
            body => {
                let thing = thing_of(reading, false).filter(|thing| {
                    let verb = reading.within(&(0..thing.len())).end;
                    clause.opener.is_some() && reading.tokens.get(verb + 1).is_some_and(|next| next.end() == body)
                })?;
                Some((thing.to_owned(), Vec::new()))
            }
        };
    }
    let sex = Sex::of(&pronoun)?;
    let quoted = reading.is_aside(reading.within(&(from..reading.text.len())).start);
    let head = if quoted { "" } else { reading.text.get(..from).unwrap_or_default() };
    let own = headline_words().possessives.contains(&pronoun);
    // What somebody says who stands in another sentence.
    let unclosed = reading.text.matches('“').count() != reading.text.matches('”').count()
        || !reading.text.matches('"').count().is_multiple_of(2);
    if unclosed {
        return None;
    }
    let name = people.meant(sex, head).filter(|name| !own || people.sex(name) == Some(sex))?;
    Some((if own { format!("{name}’s") } else { name.to_owned() }, vec![name.to_owned()]))
}

/// How "it" does something.
#[derive(Clone, Copy)]
struct Acts {
    /// Nothing is done to it: a house can do so.
    active: bool,
    /// It is to do it: a thing hardly does.
    plain: bool,
}

/// Tells how "it" does something in what follows: "It was closed", but not "It was feared that".
fn acts(rest: &str) -> Option<Acts> {
    let words = event_words();
    let mut after = each(rest).map(|token| folded(token.text));
    let verb = after.next().unwrap_or_default();
    let auxiliary = words.is_auxiliary(&verb);
    let mut done = if auxiliary { after.next().unwrap_or_default() } else { verb.clone() };
    if auxiliary && (done.ends_with("ly") || words.stop.contains(&done)) && !words.is_auxiliary(&done) {
        done = after.next().unwrap_or_default();
    }
    // "It took off" is no "It took two days".
    let off = done == "took" && after.clone().next().is_some_and(|next| next == "off");
    let marked = after.any(|word| words.content_marks.contains(&word));
    let told = words.thing_verbs.contains(&done) && !off || words.attribution.contains(&done) || marked;
    let past = words.is_past(&done) && !words.is_auxiliary(&done);
    let plain = auxiliary && !past && !words.stop.contains(&done) && done.chars().all(char::is_alphabetic);
    let active = !auxiliary || words.perfect.contains(&verb) || matches!(&*verb, "has" | "will" | "would");
    (!told && !done.is_empty() && (past || plain && active)).then_some(Acts { active, plain })
}

/// Gives the thing or the house of which a sentence before tells, with its names; `Some(None)` where it could be another.
#[allow(clippy::option_option)] // the search ends with either
fn thing(told: Told<'_>, text: &str, acts: Acts) -> Option<Option<(String, Vec<String>)>> {
    let reading = told.reading;
    if event_words().thing_pronouns.contains(reading.word(0)) {
        return None;
    }
    if let Some(thing) = thing_of(reading, false) {
        let head = thing.rsplit(' ').next().map(folded).unwrap_or_default();
        return Some(with_names(thing, told.names).filter(|_| !acts.plain || is_house(&head)));
    }
    let verb = reading.finite(1..reading.tokens.len()).and_then(|v| reading.tokens.get(v));
    let opens = |name: &&String| {
        let place = reading.text.find(name.as_str());
        let next = place.and_then(|at| reading.text.get(at + name.len()..));
        let verb_next =
            next.is_some_and(|rest| verb.is_some_and(|v| v.start <= reading.text.len() - rest.trim_start().len()));
        verb_next && (subject_opens(reading.text, name) || reading.text.starts_with(&format!("The {name}")))
    };
    let name = told.names.iter().find(opens).filter(|name| acts.active && !is_person(reading.text, name, text));
    let article = reading.text.split(' ').next().filter(|first| event_words().articles.contains(&folded(first)));
    Some(name.map(|name| (article.map_or_else(|| name.clone(), |the| format!("{the} {name}")), vec![name.clone()])))
}

fn with_names(thing: &str, names: &[String]) -> Option<(String, Vec<String>)> {
    let held = names.iter().filter(|name| thing.contains(name.as_str())).cloned().collect();
    Some((thing.to_owned(), held))
}

/// Gives the thing, or the things and people, with which a sentence opens: "The bridge is old."
fn thing_of<'a>(reading: &Reading<'a>, things: bool) -> Option<&'a str> {
    let words = event_words();
    let verb = reading.finite(1..(THING + 1).min(reading.tokens.len()))?;
    let plain = (1..=verb).all(|i| reading.gap(i) == " ");
    let person = !things
        && (1..verb).any(|i| {
            reading.is(i, &words.title_words)
                || reading.is(i, &words.public)
                || headline_words().person_nouns.contains(reading.word(i))
                || headline_words().he_nouns.contains(reading.word(i))
                || headline_words().she_nouns.contains(reading.word(i))
        });
    let head = reading.word(verb.checked_sub(1)?);
    let many = is_many(head) || words.crowds.contains(head);
    let thing = words.articles.contains(reading.word(0)) && verb > 1 && plain && !person && many == things;
    let said = reading.is(verb, &words.attribution) && !is_house(head);
    reading.text.get(..reading.tokens.get(verb - 1)?.end()).filter(|_| thing && !said)
}

/// Tells whether a noun is that of a house whose people act.
fn is_house(noun: &str) -> bool {
    event_words().shared_heads.contains(noun) || event_words().of_heads.contains(noun)
}
