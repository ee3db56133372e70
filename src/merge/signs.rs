//! How likely it is that two mentions tell one happening, by signs that are weighed from examples.

use super::dates::Fit;
use super::features::Features;
use super::similarity::{Rarity, cosine, does_alike, numbers_differ, others, overlap, shared};

/// What is known of two mentions beside their words.
#[derive(Debug, Clone, Copy)]
pub(super) struct Around {
    /// How their dates lie to each other.
    pub fit: Fit,
    /// How much their articles speak of the same people and places, from 0 to 1.
    pub story: f64,
    /// Whether they stand in one article.
    pub same_article: bool,
    /// Whether no other mention of either's article is as like the other of them.
    pub best: bool,
    /// Whether no other mention of either's article is dated so that it could be the other.
    pub alone: bool,
}

/// Signs that two mentions tell one happening, in the order of [`WEIGHTS`].
pub(super) const SIGNS: usize = 26;

/// Compares two mentions sign by sign.
pub(super) fn signs(a: &Features, b: &Features, rarity: &Rarity, around: Around) -> [f64; SIGNS] {
    let fit = around.fit;
    let flag = |holds: bool| f64::from(u8::from(holds));
    let runs = shared(&a.runs, &b.runs);
    let clause = cosine(&a.clause, &b.clause, a.norms[0] * b.norms[0], rarity);
    let whole = cosine(&a.all, &b.all, a.norms[1] * b.norms[1], rarity);
    // What stands before says what an exactly equal date is about, and nothing where dates only meet.
    let before = if fit == Fit::Same { cosine(&a.context, &b.context, a.norms[2] * b.norms[2], rarity) } else { 0.0 };
    let near = if runs == 0 { shared(&a.runs, &b.context_runs).max(shared(&a.context_runs, &b.runs)) } else { 0 };
    let names = overlap(&a.names, &b.names, rarity);
    let kinds = a.triggers.iter().filter(|t| b.triggers.contains(t)).count();
    let clash = kinds == 0 && !a.triggers.is_empty() && !b.triggers.is_empty();
    let number = a.numbers.iter().any(|n| b.numbers.contains(n));
    let days = a.bounds.days().unwrap_or(i64::MAX).max(b.bounds.days().unwrap_or(i64::MAX));
    let open = a.bounds.days().is_none() || b.bounds.days().is_none();
    let day = fit == Fit::Same && days == 1;
    [
        1.0,
        clause,
        whole,
        before,
        names,
        runs.min(8) as f64 / 8.0,
        flag(near > 0),
        kinds.min(2) as f64,
        flag(clash),
        flag(number),
        flag(numbers_differ(a, b)),
        flag(others(&a.names, &b.names, rarity)),
        flag(does_alike(a, b)),
        around.story,
        flag(day) * around.story,
        flag(day),
        flag(fit == Fit::Near),
        flag(!open && days > 8),
        flag(!open && days > 31),
        flag(open),
        flag(around.same_article),
        clause * around.story,
        flag(around.best),
        flag(around.best) * around.story,
        flag(around.alone),
        flag(around.alone && day) * around.story,
    ]
}

/// What each sign weighs: a logistic regression over the pairs of `tests/fixtures/stories/tuned` and of a
/// generated corpus (`cargo run --release --example score -- pairs`).
const WEIGHTS: [f64; SIGNS] = [
    -1.90, 2.65, 2.57, 0.99, -0.02, -0.25, -0.01, 0.22, -1.20, 0.30, 0.68, -1.14, -0.15, -1.34, 0.14, 0.60, -1.65,
    -0.27, -0.91, -0.40, -0.77, 0.69, 1.32, 0.30, -0.38, 0.21,
];

/// Gives how like the words of two mentions are, to rank those of one article by.
pub(super) fn words_alike(a: &Features, b: &Features, rarity: &Rarity) -> f64 {
    cosine(&a.clause, &b.clause, a.norms[0] * b.norms[0], rarity)
        + cosine(&a.all, &b.all, a.norms[1] * b.norms[1], rarity)
        + 0.5 * overlap(&a.names, &b.names, rarity)
}

/// Gives how likely it is that two mentions tell one happening, from 0 to 1.
pub(super) fn likely(a: &Features, b: &Features, rarity: &Rarity, around: Around) -> f64 {
    let odds: f64 = signs(a, b, rarity, around).iter().zip(WEIGHTS).map(|(sign, weight)| sign * weight).sum();
    1.0 / (1.0 + (-odds).exp())
}
