//! Text → time expressions: what the words say, without any calendar arithmetic.

mod build;
mod capture;
mod guard;
mod lex;

use crate::lang::{Dfa, Language};
use crate::model::{Lead, LeadKind, RuleId, Timex};
use capture::{Slots, capture};
use lex::{Gap, Kind, Token};
use std::cell::RefCell;

/// What one thread keeps between texts: the learnt automaton and the buffer of tokens.
struct Scratch {
    language: *const Language,
    dfa: Dfa,
    tokens: Vec<Token>,
}

thread_local! {
    static SCRATCH: RefCell<Option<Scratch>> = const { RefCell::new(None) };
}

/// Finds the time expressions of a text, in order, never overlapping.
///
/// Ranges are bytes of `text`. No expression crosses a blank line. Time is linear in the text.
pub fn tag(lang: &Language, text: &str) -> Vec<Timex> {
    if text.len() > u32::MAX as usize {
        return Vec::new(); // no article is 4 GB long; offsets of tokens are 32 bits
    }
    SCRATCH.with(|cell| {
        let Ok(mut slot) = cell.try_borrow_mut() else { return Vec::new() };
        let fits = slot.as_ref().is_some_and(|s| std::ptr::eq(s.language, lang));
        if !fits {
            *slot = Some(Scratch { language: lang, dfa: Dfa::new(&lang.nfa), tokens: Vec::new() });
        }
        let Some(scratch) = slot.as_mut() else { return Vec::new() };
        lex::lex(&lang.lexicon, text, &mut scratch.tokens);
        scan(lang, text, &scratch.tokens, &mut scratch.dfa)
    })
}

// Leftmost, longest; among rules of one length the one written first.
fn scan(lang: &Language, text: &str, tokens: &[Token], dfa: &mut Dfa) -> Vec<Timex> {
    let mut found: Vec<Timex> = Vec::new();
    let mut ends: Vec<(usize, crate::lang::StateId)> = Vec::new();
    let mut at = 0;
    while let Some(first) = tokens.get(at) {
        let Some(mut state) = (if first.signature == 0 { None } else { dfa.next(&lang.nfa, dfa.start(), first.signature, false) }) else {
            at += 1;
            continue;
        };
        ends.clear();
        let mut end = at + 1;
        loop {
            if !dfa.accepts(state).is_empty() {
                ends.push((end, state));
            }
            let Some(token) = tokens.get(end).filter(|t| t.signature != 0 && t.gap != Gap::Break) else { break };
            match dfa.next(&lang.nfa, state, token.signature, token.glued()) {
                Some(next) => (state, end) = (next, end + 1),
                None => break,
            }
        }
        let mut next = at + 1;
        'ends: for &(end, state) in ends.iter().rev() {
            for &rule in dfa.accepts(state) {
                match read(lang, text, tokens, at, end, rule) {
                    Reading::Date(timex) => {
                        found.push(*timex);
                        next = end;
                        break 'ends;
                    }
                    Reading::Nothing => {
                        next = end;
                        break 'ends;
                    }
                    Reading::No => {}
                }
            }
        }
        at = next;
        dfa.bound(&lang.nfa);
    }
    found
}

enum Reading {
    Date(Box<Timex>),
    /// Surely no date; what it covers is passed over.
    Nothing,
    No,
}

fn read(lang: &Language, text: &str, tokens: &[Token], from: usize, to: usize, id: u16) -> Reading {
    let Some(rule) = lang.rules.get(id as usize) else { return Reading::No };
    if !guard::stands_free(text, tokens, from, to) || !guard::allows(lang, rule, tokens, from, to) {
        return Reading::No;
    }
    if rule.means == crate::lang::Means::Nothing {
        return Reading::Nothing;
    }
    let Some(taken) = capture(lang, &rule.part, tokens, from, to) else { return Reading::No };
    let slots = Slots::new(lang, tokens, taken, &rule.with);
    let Some(built) = build::build(rule, &slots, text) else { return Reading::No };
    let (Some(first), Some(last)) = (tokens.get(from), tokens.get(to - 1)) else { return Reading::No };
    Reading::Date(Box::new(Timex {
        range: first.start as usize..last.end as usize,
        lead: lead(lang, tokens, from),
        class: built.class,
        meaning: built.meaning,
        modifier: built.modifier,
        rule: RuleId(id),
    }))
}

fn lead(lang: &Language, tokens: &[Token], from: usize) -> Option<Lead> {
    let token = tokens.get(from.checked_sub(1)?)?;
    let first = tokens.get(from)?;
    if token.kind != Kind::Word || first.gap != Gap::Space {
        return None;
    }
    let kind = match lang.lexicon.value(token.entry, lang.lexicon.class("lead")?)? {
        1 => LeadKind::Within,
        2 => LeadKind::Since,
        3 => LeadKind::Until,
        4 => LeadKind::By,
        5 => LeadKind::Before,
        6 => LeadKind::After,
        7 => LeadKind::About,
        _ => LeadKind::From,
    };
    Some(Lead { range: token.start as usize..token.end as usize, kind })
}
