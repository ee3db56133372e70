//! Counts: "twenty-five", "two and a half", "more than a dozen", "the thirty-first".

use super::super::capture::{Slots, Value};
use crate::lang::Slot;
use crate::model::{Modifier, Quantity};

/// Gives what stands before a count: "about", "more than", "at least".
pub fn count_modifier(slots: &Slots<'_>, text: &str) -> Option<Modifier> {
    slots.has(Slot::Mod).then_some(())?;
    Some(match slots.get(Slot::Mod) {
        Some(1) => Modifier::Approx,
        Some(2) => Modifier::LessThan,
        Some(3) => Modifier::MoreThan,
        Some(4) => Modifier::EqualOrLess,
        Some(5) => Modifier::EqualOrMore,
        _ => match slots.phrase(Slot::Mod, text).as_str() {
            "more than" | "well over" | "just over" => Modifier::MoreThan,
            "less than" | "fewer than" | "just under" => Modifier::LessThan,
            "at least" | "or more" => Modifier::EqualOrMore,
            _ => Modifier::EqualOrLess,
        },
    })
}

/// Adds up a count: "twenty-five", "a dozen", "two and a half", "several"; the default is one.
pub fn quantity(slots: &Slots<'_>, slot: Slot) -> Option<Quantity> {
    let lang = slots.language();
    let class = |name: &str| lang.lexicon.class(name);
    let (few, times, half, one) = (class("few"), class("times"), class("half"), class("one"));
    let mut milli: i64 = 0;
    let mut halves = 0;
    let (fraction, multi) = (class("fraction"), class("multi"));
    for (value, terminal) in slots.classed(slot) {
        let terminal = Some(terminal);
        if terminal == few || terminal == multi {
            return Some(Quantity::Open);
        } else if terminal == times {
            milli = milli.max(1000).saturating_mul(value.value);
        } else if terminal == half {
            halves = 500;
        } else if terminal == fraction {
            halves = value.value;
        } else if value.digits == 3 && milli > 0 {
            milli = milli.saturating_mul(1000) + value.value * 1000; // "2,500"
        } else if terminal == one && (halves > 0 || milli > 0) {
            // the "a" of "half a" and "and a half" counts nothing
        } else if terminal == class("pair") {
            milli = 2000;
        } else {
            milli += value.value * 1000;
        }
    }
    if slots.values(slot).is_empty() {
        milli = i64::from(slots.get(slot).unwrap_or(1)) * 1000;
    }
    if let (Some(over), Some(under)) = (slots.values(Slot::Over).first(), slots.values(Slot::Under).first()) {
        milli += over.value.min(999) * 1000 / under.value.max(1);
    }
    if let Some(frac) = slots.values(Slot::Frac).first() {
        milli += frac.value.min(999) * 1000 / 10i64.pow(frac.digits.clamp(1, 3) as u32);
    }
    // "3-2 days ago" is a score and a date, no range.
    let range = slots.first(Slot::First).is_none_or(|first| first.value * 1000 < milli + halves);
    range.then_some(Quantity::Milli(milli + halves))
}

/// Gives the number of an ordinal: its digits, or its words added up.
pub fn ordinal(values: &[Value]) -> Option<i64> {
    match values {
        [one, ..] if one.digits > 0 => Some(one.value),
        [tens, ones] if tens.value >= 20 && ones.value < 10 => Some(tens.value + ones.value),
        [one, ..] => Some(one.value),
        [] => None,
    }
}
