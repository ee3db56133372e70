//! Text → time expressions: what the words say, without any calendar arithmetic.

mod build;
mod capture;
mod guard;
mod lex;
mod outlook;
mod pair;
mod shifted;

use crate::lang::{Dfa, Language};
use crate::model::{Lead, LeadKind, Meaning, Modifier, RuleId, Timex, TimexClass};
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
        let Ok(mut slot) = cell.try_borrow_mut() else {
            return Vec::new();
        };
        let fits = slot.as_ref().is_some_and(|s| std::ptr::eq(s.language, lang));
        if !fits {
            *slot = Some(Scratch { language: lang, dfa: Dfa::new(&lang.nfa), tokens: Vec::new() });
        }
        let Some(scratch) = slot.as_mut() else {
            return Vec::new();
        };
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
        let Some(mut state) =
            (if first.signature == 0 { None } else { dfa.next(&lang.nfa, dfa.start(), first.signature, false) })
        else {
            at += 1;
            continue;
        };
        ends.clear();
        let mut end = at + 1;
        loop {
            if !dfa.accepts(state).is_empty() {
                ends.push((end, state));
            }
            let Some(token) = tokens.get(end).filter(|t| t.signature != 0 && t.gap != Gap::Break) else {
                break;
            };
            match dfa.next(&lang.nfa, state, token.signature, token.glued()) {
                Some(next) => (state, end) = (next, end + 1),
                None => break,
            }
        }
        let mut next = at + 1;
        'ends: for &(end, state) in ends.iter().rev() {
            for &rule in dfa.accepts(state) {
                match read(lang, text, tokens, at, end, rule) {
                    Reading::Date(timexes) => {
                        found.extend(timexes);
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
    pair::ranges(lang, text, &mut found);
    shifted::join(lang, tokens, &mut found);
    pair::days_of_times(text, &mut found);
    found
}

enum Reading {
    Date(Vec<Timex>),
    /// Surely no date; what it covers is passed over.
    Nothing,
    No,
}

fn read(lang: &Language, text: &str, tokens: &[Token], from: usize, to: usize, id: u16) -> Reading {
    let Some(rule) = lang.rules.get(id as usize) else {
        return Reading::No;
    };
    if !guard::stands_free(text, tokens, from, to) || !guard::allows(lang, rule, text, tokens, from, to) {
        return Reading::No;
    }
    if rule.not_name && guard::may_be_name(lang, text, tokens, from, to) {
        return Reading::No;
    }
    if rule.means == crate::lang::Means::Nothing && rule.when.is_empty() {
        return Reading::Nothing;
    }
    let Some(taken) = capture(lang, &rule.part, tokens, from, to) else {
        return Reading::No;
    };
    let slots = Slots::new(lang, tokens, taken, &rule.with);
    if !rule.when.iter().all(|(slot, value)| slots.get(*slot) == Some(*value)) {
        return Reading::No;
    }
    if rule.means == crate::lang::Means::Nothing {
        return Reading::Nothing;
    }
    if guard::may_be_address(lang, text, tokens, from, to) || guard::may_be_code(lang, text, tokens, from, to) {
        return Reading::No;
    }
    let Some(built) = build::build(rule, &slots, text) else {
        // "29 February 2018" is no day of the calendar, and no part of it is one.
        return if build::names_a_day(rule, &slots) { Reading::Nothing } else { Reading::No };
    };
    let (Some(first), Some(last)) = (tokens.get(from), tokens.get(to - 1)) else {
        return Reading::No;
    };
    let outlook = outlook::outlook(lang, text, tokens, from, to);
    let timex = |range, lead, meaning| Timex {
        range,
        lead,
        class: built.class,
        meaning,
        modifier: built.modifier,
        outlook,
        rule: RuleId(id),
    };
    let range = first.start as usize..last.end as usize;
    if let (Meaning::Range(start, end), Some(second)) = (&built.meaning, slots.second()) {
        // Two expressions, as TIMEX3 has it; the sign or word between them makes them a range.
        let opened = lead_of(lang, first);
        let begin = if opened.is_some() { from + 1 } else { from };
        // "the" and an apostrophe belong to what they stand before: "to the 5th", "to '45".
        let part_of_it = |t: &Token| matches!(text.get(t.start as usize..t.end as usize), Some("the" | "'" | "’"));
        let edge_at = |i: usize| i < second && slots.takes(crate::lang::Slot::Edge, i);
        let shared = second;
        let mut second = second;
        loop {
            let before = second.wrapping_sub(1);
            let glued = tokens.get(second).is_some_and(|t| t.kind == Kind::Number && t.gap == Gap::None)
                && tokens.get(before).is_some_and(|t| t.kind == Kind::Word); // "Q3"
            let edged = edge_at(before) && before > from;
            let mid = edge_at(second.wrapping_sub(2)) && tokens.get(before).is_some_and(|t| t.kind == Kind::Sign);
            match () {
                () if glued || edged || tokens.get(before).is_some_and(part_of_it) => second -= 1,
                () if mid => second -= 2,
                () => break,
            }
        }
        // "Late" and "early" belong to the end that they stand before.
        let edge_of = |range: std::ops::Range<usize>| build::edge_in(&slots, range);
        let (first_edge, second_edge) = (edge_of(from..second), edge_of(second..shared));
        let (Some(begin), Some(stop), Some(link), Some(go)) = (
            tokens.get(begin),
            tokens.get(second.wrapping_sub(2)),
            tokens.get(second.wrapping_sub(1)),
            tokens.get(second),
        ) else {
            return Reading::No;
        };
        let before = opened.or_else(|| lead(lang, tokens, from));
        if let Some(rest) = build::rest(&slots, end).filter(|rest| rest.len() > 1) {
            // "March 3, 5 and 7": each with the words behind it, up to the link to the next.
            let link =
                |t: &Token| matches!(text.get(t.start as usize..t.end as usize), Some("," | "and" | "or" | "the"));
            let mut all = vec![timex(begin.start as usize..stop.end as usize, before, (**start).clone())];
            for (i, (token, meaning)) in rest.iter().enumerate() {
                let mut behind = rest.get(i + 1).map_or(to, |next| next.0);
                while i + 1 < rest.len() && tokens.get(behind.wrapping_sub(1)).is_some_and(link) {
                    behind -= 1;
                }
                let (Some(go), Some(stop)) = (tokens.get(*token), tokens.get(behind.wrapping_sub(1))) else {
                    return Reading::No;
                };
                all.push(timex(go.start as usize..stop.end as usize, None, meaning.clone()));
            }
            return Reading::Date(all);
        }
        // "April 24 and 25" are two days, "between April 24 and 25" is one stretch.
        let list =
            text.get(link.start as usize..link.end as usize).is_some_and(|t| t == "and" || t == "," || t == "or");
        let between = before.as_ref().is_some_and(|l| l.kind == LeadKind::Between);
        let edged = |timex: Timex, edge: Option<Modifier>| Timex { modifier: edge, ..timex };
        let to =
            (!list || between).then_some(Lead { range: link.start as usize..link.end as usize, kind: LeadKind::To });
        return Reading::Date(vec![
            edged(timex(begin.start as usize..stop.end as usize, before, (**start).clone()), first_edge),
            edged(timex(go.start as usize..range.end, to, (**end).clone()), second_edge),
        ]);
    }
    let mut lead = lead(lang, tokens, from);
    if let Some(lead) = lead.as_mut().filter(|l| l.kind == LeadKind::From)
        && tokens.get(to).is_some_and(|t| t.gap == Gap::Space && lang.lexicon.is(t.entry, lang.lexicon.known().onward))
    {
        lead.kind = LeadKind::Since; // "from 5 May on"
    }
    let mut only = timex(range, lead, built.meaning);
    // "Around 1850", "circa 5 p.m.": approximate; of a count, its own words say so.
    let about = only.lead.as_ref().is_some_and(|l| l.kind == LeadKind::About);
    if about && matches!(only.class, TimexClass::Date | TimexClass::Time) {
        only.modifier = only.modifier.or(Some(Modifier::Approx));
    }
    Reading::Date(vec![only])
}

fn lead(lang: &Language, tokens: &[Token], from: usize) -> Option<Lead> {
    let word = |back: usize| {
        let token = from.checked_sub(back).and_then(|i| tokens.get(i))?;
        Some((token, lang.lexicon.value(token.entry, lang.lexicon.known().bound)?))
    };
    // "no later than", "not before": 1 not, 2 later, 3 earlier or before, 4 than.
    let bound = match (word(3), word(2), word(1)) {
        (Some((first, 1)), Some((_, 2)), Some((last, 4))) => Some((first, last, LeadKind::By)),
        (Some((first, 1)), Some((_, 3)), Some((last, 4))) | (_, Some((first, 1)), Some((last, 3))) => {
            Some((first, last, LeadKind::Since))
        }
        _ => None,
    };
    if let Some((first, last, kind)) = bound {
        return Some(Lead { range: first.start as usize..last.end as usize, kind });
    }
    // "prior to": 5 of the bounds before 10 of the leads.
    if let (Some((first, 5)), Some(to)) = (word(2), from.checked_sub(1).and_then(|i| tokens.get(i)))
        && lang.lexicon.value(to.entry, lang.lexicon.known().lead) == Some(10)
    {
        return Some(Lead { range: first.start as usize..to.end as usize, kind: LeadKind::Before });
    }
    let token = tokens.get(from.checked_sub(1)?)?;
    // "c. 1850"
    if token.kind == Kind::Sign
        && token.glued()
        && token.value == u32::from('.')
        && let Some((first, 7)) = word(2)
    {
        return Some(Lead { range: first.start as usize..token.end as usize, kind: LeadKind::About });
    }
    (tokens.get(from)?.gap == Gap::Space).then(|| lead_of(lang, token))?
}

fn lead_of(lang: &Language, token: &Token) -> Option<Lead> {
    if token.kind != Kind::Word {
        return None;
    }
    let kind = match lang.lexicon.value(token.entry, lang.lexicon.known().lead)? {
        1 => LeadKind::Within,
        2 => LeadKind::Since,
        3 => LeadKind::Until,
        4 => LeadKind::By,
        5 => LeadKind::Before,
        6 => LeadKind::After,
        7 => LeadKind::About,
        8 => LeadKind::From,
        9 => LeadKind::Between,
        _ => return None,
    };
    Some(Lead { range: token.start as usize..token.end as usize, kind })
}
