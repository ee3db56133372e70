//! Names for pronouns at the head of a headline.

use super::clause::Clause;
use super::fuller::{Before, before};
use super::polish::lower;
use super::reading::Reading;
use super::whole::is_many;
use crate::lang::events::event_words;
use crate::lang::tokens::{each, folded};

/// Sentences back in which a pronoun's name is looked for, at most.
const BACK: usize = 3;
/// Words of a thing's name, at most: "The old stone bridge".
const THING: usize = 4;

/// The names for which a pronoun can stand.
#[derive(Clone, Copy)]
pub(super) struct Near<'a> {
    /// The names of the sentence itself, in order.
    pub own: &'a [String],
    /// Gives a sentence before in the same paragraph, and its names; 1 is the nearest.
    pub before: &'a dyn Fn(usize) -> Option<(&'a Reading<'a>, &'a [String])>,
}

/// Puts the name for a pronoun at the head: the subject of its sentence or the one name before it there; where the
/// sentence names nobody before `from`, whoever the sentences before it tell of. Where it could be either of two, it stays.
pub(super) fn named(text: String, reading: &Reading<'_>, clause: &Clause, from: usize, near: Near<'_>) -> String {
    let Some((first, rest)) = text.split_once(' ') else {
        return text;
    };
    let words = event_words();
    let pronoun = lower(first);
    if words.many_pronouns.contains(&pronoun) {
        let thing = if clause.body == 0 { thing_before(near, true) } else { None };
        return thing.map_or_else(|| text.clone(), |things| format!("{things} {rest}"));
    }
    if words.thing_pronouns.contains(&pronoun) {
        let mut after = each(rest).map(|token| folded(token.text));
        let verb = after.next().unwrap_or_default();
        // "It was closed", but not "It was feared that".
        let done = if words.is_auxiliary(&verb) { after.next().unwrap_or_default() } else { verb };
        // "It took off" is no "It took two days".
        let off = done == "took" && after.clone().next().is_some_and(|next| next == "off");
        let marked = after.any(|word| words.content_marks.contains(&word));
        let told = words.thing_verbs.contains(&done) && !off || words.attribution.contains(&done) || marked;
        let acts = words.is_past(&done) && !words.is_auxiliary(&done) && !told;
        let thing = match clause.body {
            _ if !acts => None,
            0 => thing_before(near, false),
            // "The ferry sank after it struck a rock": nothing else stands between.
            body => thing_of(reading, false).filter(|thing| {
                let verb = reading.within(&(0..thing.len())).end;
                clause.opener.is_some() && reading.tokens.get(verb + 1).is_some_and(|next| next.end() == body)
            }),
        };
        return thing.map_or_else(|| text.clone(), |thing| format!("{thing} {rest}"));
    }
    if !words.person_pronouns.contains(&pronoun) {
        return text;
    }
    let head = reading.text.get(..from).unwrap_or_default();
    let own: Vec<&String> = near.own.iter().filter(|name| head.contains(name.as_str())).collect();
    let name = match own.as_slice() {
        [] => person_before(near, &pronoun),
        [name] => Some(name.as_str()),
        [first, ..] => Some(first.as_str()).filter(|name| subject_opens(head, name)),
    };
    name.map_or_else(|| text.clone(), |name| format!("{name} {rest}"))
}

/// Gives the person that the sentences before tell of: their subject where they name nobody else, or their one name.
fn person_before<'a>(near: Near<'a>, pronoun: &str) -> Option<&'a str> {
    for back in 1..=BACK {
        let (reading, names) = (near.before)(back)?;
        // "She said little." goes on with the one before.
        if reading.word(0) == pronoun {
            continue;
        }
        if let [name] = names {
            let place = before(reading.text, name) == Some(Before::Place);
            return Some(name.as_str()).filter(|name| !place && !event_words().is_country(&folded(name)));
        }
        if let Some(subject) = names.iter().find(|name| subject_opens(reading.text, name)) {
            let sure = subject.contains(' ') || !reading.is_capital(0);
            let other = names.iter().any(|name| name != subject && name.contains(' '));
            return Some(subject.as_str()).filter(|_| sure && !other);
        }
        return None;
    }
    None
}

/// Gives the thing, or the things and people, with which the sentence before opens: "The bridge is old."
fn thing_before<'a>(near: Near<'a>, things: bool) -> Option<&'a str> {
    thing_of((near.before)(1)?.0, things)
}

fn thing_of<'a>(reading: &Reading<'a>, things: bool) -> Option<&'a str> {
    let words = event_words();
    let verb = reading.finite(1..(THING + 1).min(reading.tokens.len()))?;
    let plain = (1..=verb).all(|i| reading.gap(i) == " ");
    let person = !things && (1..verb).any(|i| reading.is(i, &words.title_words) || reading.is(i, &words.public));
    let head = reading.word(verb.checked_sub(1)?);
    let many = is_many(head) || words.crowds.contains(head);
    let thing = words.articles.contains(reading.word(0)) && verb > 1 && plain && !person && many == things;
    let said = reading.is(verb, &words.attribution);
    reading.text.get(..reading.tokens.get(verb - 1)?.end()).filter(|_| thing && !said)
}

/// Tells whether a sentence opens with a name, callings before it.
fn subject_opens(head: &str, name: &str) -> bool {
    head.find(name)
        .and_then(|at| head.get(..at))
        .is_some_and(|before| each(before).all(|t| event_words().title_words.contains(&folded(t.text))))
}
