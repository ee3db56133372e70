//! What the slots of a rule matched in the tokens that the automaton found.

use super::lex::{Gap, Kind, Token};
use crate::lang::{Language, Part, Slot, Terminal};

/// One token in a slot, with the terminal by which it was asked for.
#[derive(Debug, Clone, Copy)]
pub struct Taken {
    /// The slot.
    pub slot: Slot,
    /// The terminal.
    pub terminal: Terminal,
    /// Index of the token.
    pub token: usize,
}

/// Matches `part` against the tokens from `from` to exactly `to`; gives what its slots took.
pub fn capture(lang: &Language, part: &Part, tokens: &[Token], from: usize, to: usize) -> Option<Vec<Taken>> {
    let mut taken = Vec::new();
    let mut found = None;
    walk(&mut Walk { lang, tokens, to }, part, from, false, None, &mut taken, &mut |_, at, taken| {
        if at == to {
            found = Some(taken.clone());
        }
        at == to
    });
    found
}

/// Tells whether `part` matches some tokens that start at `from`.
pub fn matches_at(lang: &Language, part: &Part, tokens: &[Token], from: usize) -> bool {
    walk(&mut Walk { lang, tokens, to: tokens.len() }, part, from, false, None, &mut Vec::new(), &mut |_, _, _| true)
}

struct Walk<'a> {
    lang: &'a Language,
    tokens: &'a [Token],
    to: usize,
}

type Then<'f> = &'f mut dyn FnMut(&mut Walk<'_>, usize, &mut Vec<Taken>) -> bool;

// Depth-first, with the rest of the pattern as a continuation; patterns are short and have no loops.
fn walk(
    w: &mut Walk<'_>,
    part: &Part,
    at: usize,
    glued: bool,
    slot: Option<Slot>,
    taken: &mut Vec<Taken>,
    then: Then<'_>,
) -> bool {
    match part {
        Part::Step(terminal) => {
            let Some(token) = w.tokens.get(at).filter(|_| at < w.to) else {
                return false;
            };
            if glued && token.gap != Gap::None || !w.lang.nfa.satisfies(token.signature, *terminal) {
                return false;
            }
            let before = taken.len();
            if let Some(slot) = slot {
                taken.push(Taken { slot, terminal: *terminal, token: at });
            }
            let done = then(w, at + 1, taken);
            taken.truncate(before);
            done
        }
        Part::Seq(parts) => sequence(w, parts, at, glued, slot, taken, then),
        Part::Alt(parts) => parts.iter().any(|p| walk(w, p, at, glued, slot, taken, then)),
        Part::Opt(part) => walk(w, part, at, glued, slot, taken, then) || then(w, at, taken),
        Part::Slot(slot, part) => walk(w, part, at, glued, Some(*slot), taken, then),
        Part::Glued(part) => walk(w, part, at, true, slot, taken, then),
    }
}

fn sequence(
    w: &mut Walk<'_>,
    parts: &[Part],
    at: usize,
    glued: bool,
    slot: Option<Slot>,
    taken: &mut Vec<Taken>,
    then: Then<'_>,
) -> bool {
    match parts.split_first() {
        None => then(w, at, taken),
        Some((first, rest)) => {
            walk(w, first, at, glued, slot, taken, &mut |w, at, taken| sequence(w, rest, at, false, slot, taken, then))
        }
    }
}

/// The values in the slots of one match.
#[derive(Debug)]
pub struct Slots<'a> {
    lang: &'a Language,
    tokens: &'a [Token],
    taken: Vec<Taken>,
    with: &'a std::collections::BTreeMap<Slot, i32>,
}

/// One token's value in a slot.
#[derive(Debug, Clone, Copy)]
pub struct Value {
    /// The number written or meant.
    pub value: i64,
    /// How many digits it was written with; 0 for a word.
    pub digits: usize,
}

impl<'a> Slots<'a> {
    /// Takes what a match of a rule captured.
    pub fn new(
        lang: &'a Language,
        tokens: &'a [Token],
        taken: Vec<Taken>,
        with: &'a std::collections::BTreeMap<Slot, i32>,
    ) -> Slots<'a> {
        Slots { lang, tokens, taken, with }
    }

    /// Gives the values of all words and numbers in a slot, in order; words that only hold it together have none.
    pub fn values(&self, slot: Slot) -> Vec<Value> {
        self.each(slot).map(|v| v.0).collect()
    }

    /// Gives the first value in a slot.
    pub fn first(&self, slot: Slot) -> Option<Value> {
        self.each(slot).map(|v| v.0).next()
    }

    fn each(&self, slot: Slot) -> impl Iterator<Item = (Value, Terminal)> + '_ {
        let value = |taken: &Taken| {
            let token = self.tokens.get(taken.token)?;
            Some(match token.kind {
                Kind::Number => Value { value: i64::from(token.value), digits: (token.end - token.start) as usize },
                _ => Value { value: i64::from(self.lang.lexicon.value(token.entry, taken.terminal)?), digits: 0 },
            })
        };
        self.taken.iter().filter(move |t| t.slot == slot).filter_map(move |t| Some((value(t)?, t.terminal)))
    }

    /// Gives the value of a slot that takes one number or word, or that the rule itself fills.
    pub fn get(&self, slot: Slot) -> Option<i32> {
        self.first(slot).map(|v| v.value as i32).or_else(|| self.with.get(&slot).copied())
    }

    /// Gives the first token of the second date of a range.
    pub fn second(&self) -> Option<usize> {
        let second = |s: Slot| {
            use Slot::{Century2, Day2, Hour2, Minute2, Month2, N2, Weekday2, Year2};
            matches!(s, N2 | Year2 | Month2 | Day2 | Weekday2 | Hour2 | Minute2 | Century2)
        };
        self.taken.iter().filter(|t| second(t.slot)).map(|t| t.token).min()
    }

    /// Gives the tokens in a slot with their values; the ending of "18th" is no value of its own.
    pub fn placed(&self, slot: Slot) -> Vec<(usize, i64)> {
        let tokens = self.taken.iter().filter(|t| t.slot == slot).map(|t| t.token);
        let mut placed: Vec<(usize, i64)> = Vec::new();
        for (token, (value, _)) in tokens.zip(self.each(slot)) {
            let ending = self.tokens.get(token).is_some_and(|t| t.gap == Gap::None) && value.digits == 0;
            if !(ending && placed.last().is_some_and(|last| last.0 + 1 == token)) {
                placed.push((token, value.value));
            }
        }
        placed
    }

    /// Tells whether a slot took anything.
    pub fn has(&self, slot: Slot) -> bool {
        self.taken.iter().any(|t| t.slot == slot) || self.with.contains_key(&slot)
    }

    /// Tells whether a token is in a slot.
    pub fn takes(&self, slot: Slot, token: usize) -> bool {
        self.taken.iter().any(|t| t.slot == slot && t.token == token)
    }

    /// Gives the words of a slot, in lower case, with one space between them.
    pub fn phrase(&self, slot: Slot, text: &str) -> String {
        let mut phrase = String::new();
        for taken in self.taken.iter().filter(|t| t.slot == slot) {
            if let Some(word) = self.tokens.get(taken.token).and_then(|t| text.get(t.start as usize..t.end as usize)) {
                if !phrase.is_empty() {
                    phrase.push(' ');
                }
                phrase.push_str(&word.to_lowercase());
            }
        }
        phrase
    }
}

impl<'a> Slots<'a> {
    /// Gives the language of the rule.
    pub fn language(&self) -> &'a Language {
        self.lang
    }

    /// Gives the values in a slot, each with the terminal by which it was asked for.
    pub fn classed(&self, slot: Slot) -> Vec<(Value, Terminal)> {
        self.each(slot).collect()
    }
}
