//! How alike two mentions tell, from 0 to 1.

use super::dates::Fit;
use super::features::{Features, Weighted};
use std::cmp::Ordering;

/// The rarity of every stem: rare words tell more.
pub(super) struct Rarity {
    weight: Vec<f64>,
}

impl Rarity {
    /// Counts in how many mentions each stem stands.
    pub fn count(features: &[Features]) -> Rarity {
        let mut count: Vec<u32> = Vec::new();
        for &(id, _) in features.iter().flat_map(|f| &f.all) {
            let id = id as usize;
            if count.len() <= id {
                count.resize(id + 1, 0);
            }
            count[id] += 1;
        }
        // The eight added keep a handful of mentions from making every shared word look common.
        let all = features.len() as f64 + 8.0;
        Rarity { weight: count.iter().map(|&c| (all / (f64::from(c) + 1.0)).ln().max(0.05)).collect() }
    }

    /// Fills in the lengths of the vectors of all features.
    pub fn measure(&self, features: &mut [Features]) {
        let norm = |words: &[Weighted]| words.iter().map(|&(id, w)| (w * self.of(id)).powi(2)).sum::<f64>().sqrt();
        for f in features {
            f.norms = [norm(&f.clause), norm(&f.all), norm(&f.context)];
        }
    }

    /// Gives the weight of a stem.
    pub fn of(&self, id: u32) -> f64 {
        self.weight.get(id as usize).copied().unwrap_or(0.05)
    }
}

/// How alike two mentions tell, and by what.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Likeness {
    /// The whole, from 0 to 1.
    pub score: f64,
    /// Shared runs of words.
    pub runs: usize,
    /// Whether they are nearly the same words.
    pub same_words: bool,
    /// Whether they share a name, a number or a run of words: something that tells them from their like.
    pub particular: bool,
}

/// Share of runs above which two texts are one voice told twice.
const SAME_WORDS: f64 = 0.6;
/// Shared runs from which on a text is more than a turn of phrase that anyone may use.
const SAME_RUNS: usize = 4;
/// What is left of the likeness where both name others than they share.
const OTHER_NAMES: f64 = 0.8;
/// What is left of it where nothing but names is shared.
const OTHER_DEEDS: f64 = 0.7;

/// Compares two mentions whose dates lie to each other as `fit` says.
pub(super) fn likeness(a: &Features, b: &Features, rarity: &Rarity, fit: Fit) -> Likeness {
    let runs = shared(&a.runs, &b.runs);
    let union = (a.runs.len() + b.runs.len()).saturating_sub(runs).max(1);
    let named = a.names.iter().any(|n| b.names.binary_search(n).is_ok());
    let particular = named || runs >= SAME_RUNS || a.numbers.iter().any(|n| b.numbers.contains(n));
    let same_words = particular && runs > 0 && runs as f64 / union as f64 >= SAME_WORDS;
    if same_words {
        return Likeness { score: 1.0, runs, same_words, particular };
    }
    let clause = cosine(&a.clause, &b.clause, a.norms[0] * b.norms[0], rarity);
    let whole = cosine(&a.all, &b.all, a.norms[1] * b.norms[1], rarity);
    // What stands before says what an exactly equal date is about, and nothing where dates only meet.
    let around = if fit == Fit::Same { cosine(&a.context, &b.context, a.norms[2] * b.norms[2], rarity) } else { 0.0 };
    let names = overlap(&a.names, &b.names, rarity);
    let phrase = if runs > 0 { 0.15 + (0.03 * runs as f64).min(0.25) } else { 0.0 };
    let near_phrase = if fit == Fit::Same && runs == 0 {
        let near = shared(&a.runs, &b.context_runs).max(shared(&a.context_runs, &b.runs));
        if near > 0 { 0.12 } else { 0.0 }
    } else {
        0.0
    };
    let kinds = a.triggers.iter().filter(|t| b.triggers.contains(t)).count();
    let kind = 0.06 * kinds.min(2) as f64;
    let score = 0.4 * clause + 0.35 * whole.max(0.8 * around) + 0.2 * names + phrase + near_phrase + kind;
    let score = if runs < SAME_RUNS && others(&a.names, &b.names, rarity) { OTHER_NAMES * score } else { score };
    let score = if runs < SAME_RUNS && near_phrase == 0.0 && !does_alike(a, b) { OTHER_DEEDS * score } else { score };
    Likeness { score: score.min(1.0), runs, same_words, particular }
}

/// Tells whether both clauses count something and no number is the same.
pub(super) fn numbers_differ(a: &Features, b: &Features) -> bool {
    !a.numbers.is_empty() && !b.numbers.is_empty() && !a.numbers.iter().any(|n| b.numbers.contains(n))
}

pub(super) fn cosine(a: &[Weighted], b: &[Weighted], norms: f64, rarity: &Rarity) -> f64 {
    let mut dot = 0.0;
    let (mut i, mut j) = (0, 0);
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        match x.0.cmp(&y.0) {
            Ordering::Less => i += 1,
            Ordering::Greater => j += 1,
            Ordering::Equal => {
                dot += x.1 * y.1 * rarity.of(x.0).powi(2);
                i += 1;
                j += 1;
            }
        }
    }
    if norms > 0.0 { dot / norms } else { 0.0 }
}

/// Tells whether the clauses share a word besides names: what is done, not just who.
pub(super) fn does_alike(a: &Features, b: &Features) -> bool {
    a.clause.iter().any(|(id, _)| {
        b.clause.binary_search_by_key(id, |w| w.0).is_ok()
            && a.name_words.binary_search(id).is_err()
            && b.name_words.binary_search(id).is_err()
    })
}

/// Tells whether both sides name more that the other does not than they name together.
pub(super) fn others(a: &[u32], b: &[u32], rarity: &Rarity) -> bool {
    let (mut shared, mut mine) = (0.0, 0.0);
    for &id in a {
        if b.binary_search(&id).is_ok() { shared += rarity.of(id) } else { mine += rarity.of(id) }
    }
    let theirs: f64 = b.iter().filter(|id| a.binary_search(id).is_err()).map(|&id| rarity.of(id)).sum();
    shared > 0.0 && mine.min(theirs) > 0.8 * shared
}

/// Gives the share of the rarer side's names that the other has too.
pub(super) fn overlap(a: &[u32], b: &[u32], rarity: &Rarity) -> f64 {
    let sum = |ids: &[u32]| ids.iter().map(|&id| rarity.of(id)).sum::<f64>();
    let both: f64 = a.iter().filter(|id| b.binary_search(id).is_ok()).map(|&id| rarity.of(id)).sum();
    let least = sum(a).min(sum(b));
    if least > 0.0 { both / least } else { 0.0 }
}

pub(super) fn shared(a: &[u64], b: &[u64]) -> usize {
    let (few, many) = if a.len() < b.len() { (a, b) } else { (b, a) };
    few.iter().filter(|run| many.binary_search(run).is_ok()).count()
}
