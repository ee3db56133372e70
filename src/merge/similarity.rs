//! How alike two mentions tell, from 0 to 1.

use super::features::{Features, Weighted};
use crate::model::Status;
use std::cmp::Ordering;

/// The rarity of every stem: rare words tell more.
pub(super) struct Rarity {
    weight: Vec<f64>,
    /// The same of kinds of deed.
    kinds: Vec<f64>,
}

impl Rarity {
    /// Counts in how many mentions each stem stands.
    pub fn count(features: &[Features]) -> Rarity {
        let count = counted(features.iter().flat_map(|f| f.all.iter().map(|w| w.0)));
        let kinds = counted(features.iter().flat_map(|f| kinds(&f.akin)));
        // What is added keeps a handful of mentions from making every shared word look common, and a few articles
        // more from changing which words are rare.
        let all = features.len() as f64 + 64.0;
        let weight = |count: Vec<u32>| count.iter().map(|&c| (all / (f64::from(c) + 1.0)).ln().max(0.05)).collect();
        Rarity { weight: weight(count), kinds: weight(kinds) }
    }

    /// Weighs the words of all features by their rarity, so that each list is of length one.
    pub fn weigh(&self, features: &mut [Features]) {
        for f in features {
            for list in [&mut f.clause, &mut f.all, &mut f.context] {
                list.iter_mut().for_each(|w| w.1 *= self.of(w.0) as f32);
                let length = list.iter().map(|w| w.1 * w.1).sum::<f32>().sqrt().max(f32::MIN_POSITIVE);
                list.iter_mut().for_each(|w| w.1 /= length);
            }
            f.kinds = kinds(&f.akin).map(|kind| self.of_kind(kind).powi(2)).sum::<f64>().sqrt();
        }
    }

    /// Gives the weight of a kind of deed.
    fn of_kind(&self, kind: u32) -> f64 {
        self.kinds.get(kind as usize).copied().unwrap_or(0.05)
    }

    /// Gives the weight of a stem.
    pub fn of(&self, id: u32) -> f64 {
        self.weight.get(id as usize).copied().unwrap_or(0.05)
    }
}

/// Counts how often each number comes.
fn counted(numbers: impl Iterator<Item = u32>) -> Vec<u32> {
    let mut count: Vec<u32> = Vec::new();
    for number in numbers {
        let number = number as usize;
        if count.len() <= number {
            count.resize(number + 1, 0);
        }
        count[number] += 1;
    }
    count
}

/// Gives the kinds of deed of a clause, each once.
fn kinds(akin: &[(u32, u32)]) -> impl Iterator<Item = u32> + '_ {
    akin.iter().enumerate().filter(|&(i, w)| i == 0 || akin[i - 1].0 != w.0).map(|(_, w)| w.0)
}

/// What two mentions have in common, sign by sign.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Alike {
    /// Cosines of the clauses, of the sentences, and of what stands before them too.
    pub clause: f64,
    pub whole: f64,
    pub before: f64,
    /// Share of the rarer side's names that the other has too.
    pub names: f64,
    /// Shared runs of words.
    pub runs: usize,
    /// Whether they are nearly the same words.
    pub same_words: bool,
    /// Kinds of happening that both clauses tell.
    pub kinds: usize,
    /// Whether both tell kinds of happening, and none is the same.
    pub clash: bool,
    /// Kinds of deed that both may tell in different words.
    pub akin: usize,
    /// How like the kinds of deed of both are, from 0 to 1.
    pub kin: f64,
    /// Whether the clauses share a word besides names: what is done, not just who.
    pub deeds: bool,
    /// Whether a number is the same; whether both count something and none is.
    pub number: bool,
    pub numbers_differ: bool,
    /// Whether both name more that the other does not than they name together.
    pub others: bool,
}

/// Share of the runs of the shorter from which on two texts are one voice told twice.
const SAME_WORDS: f64 = 0.7;
/// The same where all their words are so much alike, and so many runs are shared: one word changed breaks six.
const EDITED: f64 = 0.4;
const EDITED_WORDS: f64 = 0.75;
const EDITED_RUNS: usize = 6;
/// Shared runs from which on a text is more than a turn of phrase that anyone may use.
const SAME_RUNS: usize = 4;

/// What two mentions share besides names.
#[derive(Debug, Clone, Copy)]
pub(super) struct Told {
    runs: usize,
    akin: usize,
    deeds: bool,
}

impl Told {
    /// Looks at runs of words, kinds of deed, and words of the clauses.
    pub fn of(a: &Features, b: &Features) -> Told {
        Told { runs: shared(&a.runs, &b.runs), akin: akin(a, b), deeds: does_alike(a, b) }
    }

    /// Tells whether there is any of it.
    pub fn anything(self) -> bool {
        self.deeds || self.akin > 0 || self.runs > 0
    }
}

/// Tells whether two sorted lists have anything in common.
pub(super) fn meet<T: Ord>(a: &[T], b: &[T]) -> bool {
    let (mut i, mut j) = (0, 0);
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        match x.cmp(y) {
            Ordering::Equal => return true,
            Ordering::Less => i += 1,
            Ordering::Greater => j += 1,
        }
    }
    false
}

impl Alike {
    /// Compares two mentions, of which is known what they share besides names; `same` where their dates are exactly
    /// equal.
    pub fn of(a: &Features, b: &Features, told: Told, rarity: &Rarity, same: bool) -> Alike {
        let Told { runs, akin, deeds } = told;
        let (shorter, longer) = (a.runs.len().min(b.runs.len()), a.runs.len().max(b.runs.len()));
        let copied = if 2 * shorter >= longer { runs as f64 / shorter.max(1) as f64 } else { 0.0 };
        let whole = cosine(&a.all, &b.all);
        let named = a.names.iter().any(|n| b.names.binary_search(n).is_ok());
        let number = a.numbers.iter().any(|n| b.numbers.contains(n));
        let kinds = a.triggers.iter().filter(|t| b.triggers.contains(t)).count();
        Alike {
            clause: cosine(&a.clause, &b.clause),
            whole,
            // What stands before says what an exactly equal date is about, and nothing where dates only meet.
            before: if same { cosine(&a.context, &b.context) } else { 0.0 },
            names: overlap(&a.names, &b.names, rarity),
            runs,
            same_words: (((named || number || runs >= SAME_RUNS) && copied >= SAME_WORDS)
                || (runs >= EDITED_RUNS && copied >= EDITED && whole >= EDITED_WORDS)
                // However short: the very same words, at the same time.
                || (same && runs > 0 && runs == longer))
                && !strangers(a, b),
            kinds,
            clash: kinds == 0 && !a.triggers.is_empty() && !b.triggers.is_empty(),
            akin,
            kin: kin(a, b, rarity),
            deeds,
            number,
            numbers_differ: !number && !a.numbers.is_empty() && !b.numbers.is_empty(),
            others: others(&a.names, &b.names, rarity),
        }
    }

    /// Gives how like the words are, to rank those of one article by.
    pub fn words(&self) -> f64 {
        self.clause + self.whole + 0.5 * self.names + 0.1 * self.akin.min(3) as f64
    }
}

/// Gives the cosine of two lists of words whose weights are of length one already.
fn cosine(a: &[Weighted], b: &[Weighted]) -> f64 {
    let mut dot = 0.0_f32;
    let (mut i, mut j) = (0, 0);
    // Both steps without a branch: which list is behind, no processor can guess.
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        if x.0 == y.0 {
            dot += x.1 * y.1;
        }
        i += usize::from(x.0 <= y.0);
        j += usize::from(y.0 <= x.0);
    }
    f64::from(dot)
}

/// Tells whether the clauses share a word besides names: what is done, not just who.
fn does_alike(a: &Features, b: &Features) -> bool {
    a.clause.iter().any(|(id, _)| {
        b.clause.binary_search_by_key(id, |w| w.0).is_ok()
            && a.name_words.binary_search(id).is_err()
            && b.name_words.binary_search(id).is_err()
    })
}

/// Gives the cosine of the kinds of deed, by rarity.
fn kin(a: &Features, b: &Features, rarity: &Rarity) -> f64 {
    let mut theirs = kinds(&b.akin).peekable();
    let mut dot = 0.0;
    for mine in kinds(&a.akin) {
        while theirs.next_if(|&kind| kind < mine).is_some() {}
        if theirs.peek() == Some(&mine) {
            dot += rarity.of_kind(mine).powi(2);
        }
    }
    let lengths = a.kinds * b.kinds;
    if lengths > 0.0 { dot / lengths } else { 0.0 }
}

/// Counts the kinds of deed that both clauses may tell, in different words.
fn akin(a: &Features, b: &Features) -> usize {
    let (mut i, mut j, mut count) = (0, 0, 0);
    while let (Some(x), Some(y)) = (a.akin.get(i), b.akin.get(j)) {
        match x.0.cmp(&y.0) {
            Ordering::Less => i += 1,
            Ordering::Greater => j += 1,
            Ordering::Equal => {
                let kind = x.0;
                let mine = a.akin[i..].iter().take_while(|w| w.0 == kind).count();
                let theirs = b.akin[j..].iter().take_while(|w| w.0 == kind).count();
                let (x, y) = (&a.akin[i..i + mine], &b.akin[j..j + theirs]);
                count += usize::from(!x.iter().any(|w| y.contains(w)));
                i += mine;
                j += theirs;
            }
        }
    }
    count
}

/// Tells whether both sides name more that the other does not than they name together.
fn others(a: &[u32], b: &[u32], rarity: &Rarity) -> bool {
    let (mut shared, mut mine) = (0.0, 0.0);
    for &id in a {
        if b.binary_search(&id).is_ok() { shared += rarity.of(id) } else { mine += rarity.of(id) }
    }
    let theirs: f64 = b.iter().filter(|id| a.binary_search(id).is_err()).map(|&id| rarity.of(id)).sum();
    shared > 0.0 && mine.min(theirs) > 0.8 * shared
}

/// Tells whether one says of a deed what the other says not: "guilty" and "not guilty".
pub(super) fn contradict(a: &Features, b: &Features) -> bool {
    let turns = |x: &Features, y: &Features| {
        x.negated.iter().any(|stem| {
            y.clause.binary_search_by_key(stem, |word| word.0).is_ok() && y.negated.binary_search(stem).is_err()
        })
    };
    a.status == Status::Happened && b.status == Status::Happened && (turns(a, b) || turns(b, a))
}

/// Tells whether both say who did it, and neither names the other's.
pub(super) fn strangers(a: &Features, b: &Features) -> bool {
    let names = |f: &Features, actor: &u32| f.context.binary_search_by_key(actor, |word| word.0).is_ok();
    !a.actors.is_empty()
        && !b.actors.is_empty()
        && !a.actors.iter().any(|actor| names(b, actor))
        && !b.actors.iter().any(|actor| names(a, actor))
}

/// Tells whether both say where it was, and neither names where the other was.
pub(super) fn elsewhere(a: &Features, b: &Features) -> bool {
    let names = |f: &Features, place: &u32| f.all.binary_search_by_key(place, |word| word.0).is_ok();
    !a.places.is_empty()
        && !b.places.is_empty()
        && !a.places.iter().any(|place| names(b, place))
        && !b.places.iter().any(|place| names(a, place))
}

/// Gives the share of the rarer side's names that the other has too.
fn overlap(a: &[u32], b: &[u32], rarity: &Rarity) -> f64 {
    let sum = |ids: &[u32]| ids.iter().map(|&id| rarity.of(id)).sum::<f64>();
    let both: f64 = a.iter().filter(|id| b.binary_search(id).is_ok()).map(|&id| rarity.of(id)).sum();
    let least = sum(a).min(sum(b));
    if least > 0.0 { both / least } else { 0.0 }
}

fn shared(a: &[u64], b: &[u64]) -> usize {
    let (mut i, mut j, mut both) = (0, 0, 0);
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        both += usize::from(x == y);
        i += usize::from(x <= y);
        j += usize::from(y <= x);
    }
    both
}
