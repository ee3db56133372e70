//! How alike two mentions tell, from 0 to 1.

use super::features::Features;
use super::lists::{CLAUSE, LEVELS, SENTENCE, renumbered};
use crate::model::Status;
use std::cmp::Ordering;

/// In how many mentions each stem stands, and each kind of deed.
#[derive(Default)]
pub(super) struct Counts {
    stems: Vec<u32>,
    kinds: Vec<u32>,
}

impl Counts {
    /// Counts them in some mentions; words that only stand before count not.
    pub fn of(features: &[Features]) -> Counts {
        let mut counts = Counts::default();
        for f in features {
            for word in f.words.iter().filter(|word| word.level() <= SENTENCE) {
                count(&mut counts.stems, word.stem(), 1);
            }
            kinds(&f.akin).for_each(|kind| count(&mut counts.kinds, kind, 1));
        }
        counts
    }

    /// Adds those of a part of the mentions, the stems of which have other numbers there.
    pub fn add(&mut self, part: &Counts, numbers: &[u32]) {
        for (stem, &times) in (0..).zip(&part.stems).filter(|(_, times)| **times > 0) {
            count(&mut self.stems, renumbered(stem, numbers), times);
        }
        for (kind, &times) in (0..).zip(&part.kinds) {
            count(&mut self.kinds, kind, times);
        }
    }
}

/// Counts what has a number.
fn count(counts: &mut Vec<u32>, number: u32, times: u32) {
    let number = number as usize;
    if counts.len() <= number {
        counts.resize(number + 1, 0);
    }
    if let Some(count) = counts.get_mut(number) {
        *count += times;
    }
}

/// The rarity of every stem: rare words tell more.
pub(super) struct Rarity {
    weight: Vec<f64>,
    /// The same of kinds of deed.
    kinds: Vec<f64>,
}

impl Rarity {
    /// Finds out which stems are rare, of so many mentions.
    pub fn new(mentions: usize, counts: &Counts) -> Rarity {
        // What is added keeps a handful of mentions from making every shared word look common, and a few articles
        // more from changing which words are rare.
        let all = mentions as f64 + 64.0;
        let weight = |count: &[u32]| count.iter().map(|&c| (all / (f64::from(c) + 1.0)).ln().max(0.05)).collect();
        Rarity { weight: weight(&counts.stems), kinds: weight(&counts.kinds) }
    }

    /// Finds out how long a mention's words are as vectors, and its kinds of deed.
    pub fn measure(&self, f: &mut Features) {
        let mut squares = [0.0_f32; LEVELS];
        for word in &f.words {
            let weight = word.weight() * self.of(word.stem()) as f32;
            // A word is one of its own level and of all that are less near.
            squares.iter_mut().skip(word.level() as usize - 1).for_each(|sum| *sum += weight * weight);
        }
        f.lengths = squares.map(|sum| sum.sqrt().max(f32::MIN_POSITIVE));
        f.kinds = kinds(&f.akin).map(|kind| self.of_kind(kind).powi(2)).sum::<f64>().sqrt();
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

/// Gives the kinds of deed of a clause, each once.
fn kinds(akin: &[(u32, u32)]) -> impl Iterator<Item = u32> + '_ {
    akin.iter().enumerate().filter(|&(i, w)| i == 0 || akin[i - 1].0 != w.0).map(|(_, w)| w.0)
}

/// What two mentions have in common, sign by sign.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Alike {
    /// Cosines of the clauses, of the sentences, and of what stands before them too.
    pub clause: f32,
    pub whole: f32,
    pub before: f32,
    /// Share of the rarer side's names that the other has too.
    pub names: f64,
    /// Shared runs of words.
    pub runs: u32,
    /// Whether they are nearly the same words.
    pub same_words: bool,
    /// Kinds of happening that both clauses tell.
    pub kinds: u32,
    /// Whether both tell kinds of happening, and none is the same.
    pub clash: bool,
    /// Kinds of deed that both may tell in different words.
    pub akin: u32,
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
const EDITED_WORDS: f32 = 0.75;
const EDITED_RUNS: u32 = 6;
/// Shared runs from which on a text is more than a turn of phrase that anyone may use.
const SAME_RUNS: u32 = 4;

/// What two mentions share besides names.
#[derive(Debug, Clone, Copy)]
pub(super) struct Told {
    runs: u32,
    akin: u32,
    words: Shared,
}

impl Told {
    /// Looks at runs of words, kinds of deed, and words; `same` where the dates are exactly equal.
    pub fn of(a: &Features, b: &Features, rarity: &Rarity, same: bool) -> Told {
        Told { runs: shared(&a.runs, &b.runs), akin: akin(a, b), words: Shared::of(a, b, rarity, same) }
    }

    /// Tells whether there is any of it.
    pub fn anything(self) -> bool {
        self.words.deeds || self.akin > 0 || self.runs > 0
    }
}

/// What two mentions share of words: the cosines at each level, and whether the clauses share one besides names.
#[derive(Debug, Clone, Copy, Default)]
struct Shared {
    cosines: [f32; LEVELS],
    deeds: bool,
}

impl Shared {
    /// Goes once through the words of both; that of what stands before only where `same`.
    fn of(a: &Features, b: &Features, rarity: &Rarity, same: bool) -> Shared {
        let mut all = Shared::default();
        let levels = if same { LEVELS } else { LEVELS - 1 };
        let (mut i, mut j) = (0, 0);
        // Both steps without a branch: which list is behind, no processor can guess.
        while let (Some(x), Some(y)) = (a.words.get(i), b.words.get(j)) {
            let (stem, other) = (x.stem(), y.stem());
            if stem == other {
                let rare = rarity.of(stem) as f32;
                let (mine, theirs) = (x.weight() * rare, y.weight() * rare);
                let level = x.level().max(y.level());
                let lengths = a.lengths.iter().zip(&b.lengths);
                for (dot, (long, other)) in all.cosines.iter_mut().zip(lengths).take(levels).skip(level as usize - 1) {
                    *dot += (mine / long) * (theirs / other);
                }
                let named = |f: &Features| f.name_words().binary_search(&stem).is_ok();
                all.deeds |= level == CLAUSE && !all.deeds && !named(a) && !named(b);
            }
            i += usize::from(stem <= other);
            j += usize::from(other <= stem);
        }
        all
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
        // What stands before says what an exactly equal date is about, and nothing where dates only meet.
        let Told { runs, akin, words: Shared { cosines: [clause, whole, before], deeds } } = told;
        let (shorter, longer) = (a.runs.len().min(b.runs.len()), a.runs.len().max(b.runs.len()));
        let copied = if 2 * shorter >= longer { f64::from(runs) / shorter.max(1) as f64 } else { 0.0 };
        let named = meet(a.names(), b.names());
        let number = meet(a.numbers(), b.numbers());
        let kinds = a.triggers().iter().filter(|t| b.triggers().contains(t)).count() as u32;
        Alike {
            clause,
            whole,
            before,
            names: overlap(a.names(), b.names(), rarity),
            runs,
            same_words: (((named || number || runs >= SAME_RUNS) && copied >= SAME_WORDS)
                || (runs >= EDITED_RUNS && copied >= EDITED && whole >= EDITED_WORDS)
                // However short: the very same words, at the same time.
                || (same && runs > 0 && runs as usize == longer))
                && !strangers(a, b),
            kinds,
            clash: kinds == 0 && !a.triggers().is_empty() && !b.triggers().is_empty(),
            akin,
            kin: kin(a, b, rarity),
            deeds,
            number,
            numbers_differ: !number && !a.numbers().is_empty() && !b.numbers().is_empty(),
            others: others(a.names(), b.names(), rarity),
        }
    }

    /// Gives how like the words are, to rank those of one article by.
    pub fn words(&self) -> f64 {
        f64::from(self.clause) + f64::from(self.whole) + 0.5 * self.names + 0.1 * f64::from(self.akin.min(3))
    }
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
fn akin(a: &Features, b: &Features) -> u32 {
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
                count += u32::from(!x.iter().any(|w| y.contains(w)));
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
        let told = |stem: &u32| y.level(*stem) == Some(CLAUSE) && y.negated().binary_search(stem).is_err();
        x.negated().iter().any(told)
    };
    a.status == Status::Happened && b.status == Status::Happened && (turns(a, b) || turns(b, a))
}

/// Tells whether both say who did it, and neither names the other's.
pub(super) fn strangers(a: &Features, b: &Features) -> bool {
    let names = |f: &Features, actor: &u32| f.level(*actor).is_some();
    !a.actors().is_empty()
        && !b.actors().is_empty()
        && !a.actors().iter().any(|actor| names(b, actor))
        && !b.actors().iter().any(|actor| names(a, actor))
}

/// Tells whether both say where it was, and neither names where the other was.
pub(super) fn elsewhere(a: &Features, b: &Features) -> bool {
    let names = |f: &Features, place: &u32| f.level(*place).is_some_and(|level| level <= SENTENCE);
    !a.places().is_empty()
        && !b.places().is_empty()
        && !a.places().iter().any(|place| names(b, place))
        && !b.places().iter().any(|place| names(a, place))
}

/// Gives the share of the rarer side's names that the other has too.
fn overlap(a: &[u32], b: &[u32], rarity: &Rarity) -> f64 {
    let sum = |ids: &[u32]| ids.iter().map(|&id| rarity.of(id)).sum::<f64>();
    let both: f64 = a.iter().filter(|id| b.binary_search(id).is_ok()).map(|&id| rarity.of(id)).sum();
    let least = sum(a).min(sum(b));
    if least > 0.0 { both / least } else { 0.0 }
}

/// Counts what two sorted lists have in common.
fn shared(a: &[u64], b: &[u64]) -> u32 {
    let (mut i, mut j, mut both) = (0, 0, 0);
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        both += u32::from(x == y);
        i += usize::from(x <= y);
        j += usize::from(y <= x);
    }
    both
}
