//! Names for pronouns at the head of a headline.

use super::clause::Clause;
use super::polish::lower;
use super::reading::Reading;
use crate::lang::events::event_words;
use crate::lang::tokens::{each, folded};

/// The names for which a pronoun can stand.
#[derive(Clone, Copy)]
pub(super) struct Near<'a> {
    /// The names of the sentence itself, in order.
    pub own: &'a [String],
    /// Gives the names of the sentence before.
    pub before: &'a dyn Fn() -> &'a [String],
}

/// Puts the name for a pronoun at the head: the subject of its sentence or the one name before it there;
/// where the sentence names nobody before, the one name of the sentence before.
pub(super) fn named(text: String, reading: &Reading<'_>, clause: &Clause, near: Near<'_>) -> String {
    let Some((first, rest)) = text.split_once(' ') else {
        return text;
    };
    if !event_words().person_pronouns.contains(&lower(first)) {
        return text;
    }
    let head = reading.text.get(..clause.body).unwrap_or_default();
    let own: Vec<&String> = near.own.iter().filter(|name| head.contains(name.as_str())).collect();
    let subject = own.first().filter(|name| subject_opens(head, name));
    let name = match (own.as_slice(), (near.before)()) {
        ([], [name]) => name,
        ([name], _) => name,
        ([_, ..], _) => match subject {
            Some(name) => name,
            None => return text,
        },
        _ => return text,
    };
    format!("{name} {rest}")
}

/// Tells whether a sentence opens with a name, callings before it.
fn subject_opens(head: &str, name: &str) -> bool {
    head.find(name)
        .and_then(|at| head.get(..at))
        .is_some_and(|before| each(before).all(|t| event_words().title_words.contains(&folded(t.text))))
}
