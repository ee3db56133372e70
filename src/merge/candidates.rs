//! Which pairs of mentions are worth comparing: those that share rare words at about the same time.

use super::features::Features;
use super::similarity::Rarity;
use super::story::Stories;
use chrono::Datelike;
use foldhash::fast::RandomState;
use std::collections::HashMap;

/// Rarest words of a mention by which others are looked up.
const KEYS: usize = 12;
/// What a word beside the clause weighs there, if it is no name.
const ASIDE: f64 = 0.6;
/// Entries of the index that one mention looks at, at most: what keeps the whole near-linear.
const BUDGET: usize = 120;
/// Pairs that one mention is compared in, at most.
const BEST: usize = 12;
/// Days up to which a date counts as fine.
const FINE: i64 = 8;

/// Rarest names of its article by which a mention of a known date is looked up as well: in one story, the same day
/// may be told in other words.
const STORY_KEYS: usize = 6;
/// What such a name weighs beside a word of the mention.
const STORY_WEIGHT: f64 = 0.5;
/// Days up to which a date says enough to look so.
const YEAR: i64 = 366;
/// Set in the key of a name of the article, so that it meets none of a mention.
const STORY: u32 = 1 << 31;
/// Set in the key of a day.
const DAY: u32 = 3 << 30;
const DAY_WEIGHT: f64 = 1.0;

/// Gives pairs of indexes, the smaller first, in order.
pub(super) fn pairs(features: &[Features], rarity: &Rarity, stories: &Stories, article: &[usize]) -> Vec<(u32, u32)> {
    let mut keys: Vec<Vec<(u32, f64)>> = features.iter().map(|f| rarest(f, rarity)).collect();
    let articles = article.iter().max().map_or(0, |last| last + 1);
    let names: Vec<Vec<(u32, f64)>> = (0..articles).map(|a| stories.rarest(a, STORY_KEYS)).collect();
    for ((keys, f), &a) in keys.iter_mut().zip(features).zip(article) {
        let known = f.bounds.days().is_some_and(|days| days <= YEAR) || f.bounds.fine_edge().is_some();
        if let Some(names) = names.get(a).filter(|_| known) {
            // Those of exactly the same day are looked at whatever they name, as far as the budget goes.
            if f.bounds.days() == Some(1) {
                keys.extend(
                    f.bounds.first.map(|day| (DAY | (day.num_days_from_ce().unsigned_abs() % STORY), DAY_WEIGHT)),
                );
            }
            keys.extend(names.iter().map(|&(name, _)| (name | STORY, STORY_WEIGHT * rarity.of(name).max(1.0))));
        }
    }
    let slots: Vec<Slots> = features.iter().map(slots).collect();
    let index = Index::new(&keys, &slots);
    let mut found = Vec::new();
    let mut weight = vec![0.0_f64; features.len()];
    let mut touched: Vec<u32> = Vec::new();
    let mut lists: Vec<(&[u32], u64, f64)> = Vec::new();
    let mut best: Vec<(u32, f64)> = Vec::new();
    for (i, (mine, keys)) in slots.iter().zip(&keys).enumerate() {
        let i = i as u32;
        lists.clear();
        for &(stem, rare) in keys {
            for &slot in &mine.looks {
                let key = key(stem, slot);
                lists.extend(index.get(key).map(|list| (list, key, rare)));
            }
        }
        lists.sort_unstable_by_key(|list| (list.0.len(), list.1));
        let mut budget = BUDGET;
        for &(list, _, rare) in &lists {
            let length = list.len();
            if length <= budget {
                budget -= length;
                add(list, i, rare, &mut weight, &mut touched);
            } else {
                // Too common here: look only at the neighbours in order.
                let at = list.partition_point(|&j| j < i);
                let half = budget / 2;
                let window = at.saturating_sub(half)..(at + half).min(length);
                add(list.get(window).unwrap_or_default(), i, rare, &mut weight, &mut touched);
                break;
            }
        }
        best.clear();
        best.extend(touched.drain(..).map(|j| (j, std::mem::take(&mut weight[j as usize]))));
        let heavier = |a: &(u32, f64), b: &(u32, f64)| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0));
        if best.len() > BEST {
            best.select_nth_unstable_by(BEST, heavier);
            best.truncate(BEST);
        }
        found.extend(best.iter().map(|&(j, _)| (i.min(j), i.max(j))));
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// For each word and stretch of the calendar the mentions that have both, in order.
struct Index {
    lists: HashMap<u64, u32, RandomState>,
    /// Where the list of each number begins in `members`.
    starts: Vec<u32>,
    members: Vec<u32>,
}

impl Index {
    fn new(keys: &[Vec<(u32, f64)>], slots: &[Slots]) -> Index {
        let mut lists: HashMap<u64, u32, RandomState> = HashMap::default();
        let mut starts: Vec<u32> = Vec::new();
        // The number of the list for each word and slot of each mention, in turn.
        let mut entries: Vec<u32> = Vec::new();
        for (keys, slots) in keys.iter().zip(slots) {
            for &(stem, _) in keys {
                for &slot in &slots.stands {
                    let number = *lists.entry(key(stem, slot)).or_insert_with(|| {
                        starts.push(0);
                        (starts.len() - 1) as u32
                    });
                    starts[number as usize] += 1;
                    entries.push(number);
                }
            }
        }
        let mut sum = 0;
        for start in &mut starts {
            sum += std::mem::replace(start, sum);
        }
        starts.push(sum);
        let mut members = vec![0; entries.len()];
        let mut ends = starts.clone();
        let mut entries = entries.into_iter();
        for (i, (keys, slots)) in keys.iter().zip(slots).enumerate() {
            for number in entries.by_ref().take(keys.len() * slots.stands.len()) {
                let end = &mut ends[number as usize];
                members[*end as usize] = i as u32;
                *end += 1;
            }
        }
        Index { lists, starts, members }
    }

    fn get(&self, key: u64) -> Option<&[u32]> {
        let number = *self.lists.get(&key)? as usize;
        self.members.get(*self.starts.get(number)? as usize..*self.starts.get(number + 1)? as usize)
    }
}

/// Gives a word and a slot as one number, in their order.
fn key(stem: u32, slot: Slot) -> u64 {
    let (kind, number) = match slot {
        Slot::Days(n) => (0, n),
        Slot::FineYear(n) => (1, n),
        Slot::CoarseYear(n) => (2, n),
        Slot::Open(n) => (3, n),
    };
    // No year and no eighth of a day reaches beyond 29 bits.
    u64::from(stem) << 32 | kind << 30 | u64::from((number + (1 << 29)) as u32 & 0x3FFF_FFFF)
}

/// Adds what a shared word tells to all who share it.
fn add(list: &[u32], i: u32, rare: f64, weight: &mut [f64], touched: &mut Vec<u32>) {
    for &j in list.iter().filter(|&&j| j != i) {
        let sum = &mut weight[j as usize];
        if *sum == 0.0 {
            touched.push(j);
        }
        *sum += rare * rare;
    }
}

/// A stretch of the calendar in which mentions meet.
#[derive(Debug, Clone, Copy)]
enum Slot {
    /// Eight days, by number; fine dates.
    Days(i32),
    /// A year; fine dates.
    FineYear(i32),
    /// A year; coarse dates.
    CoarseYear(i32),
    /// The year of the known end of an open span.
    Open(i32),
}

struct Slots {
    stands: Vec<Slot>,
    looks: Vec<Slot>,
}

fn slots(features: &Features) -> Slots {
    let bounds = &features.bounds;
    let (mut stands, mut looks) = (Vec::new(), Vec::new());
    match (bounds.first, bounds.last) {
        (Some(first), Some(last)) if (last - first).num_days() <= FINE => {
            let period = |day: i32| day.div_euclid(8);
            let days = period(first.num_days_from_ce() - 3)..=period(last.num_days_from_ce() + 3);
            stands.extend(days.map(Slot::Days));
            looks.clone_from(&stands);
            stands.extend((first.year()..=last.year()).map(Slot::FineYear));
        }
        (Some(first), Some(last)) => {
            let (from, to) = (first.year(), last.year());
            // Of a long span the years at its head stand for it.
            let years: Vec<i32> = (from..=to.min(from + 11)).collect();
            stands.extend(years.iter().map(|&y| Slot::CoarseYear(y)));
            looks.clone_from(&stands);
            looks.extend(years.iter().map(|&y| Slot::FineYear(y)));
        }
        (Some(end), None) | (None, Some(end)) => {
            if let Some((first, last)) = bounds.fine_edge() {
                let period = |day: i32| day.div_euclid(8);
                let days = period(first - 8)..=period(last + 3);
                stands.extend(days.map(Slot::Days));
            }
            stands.push(Slot::Open(end.year()));
            looks.clone_from(&stands);
        }
        (None, None) => {}
    }
    Slots { stands, looks }
}

/// Gives the stems of a mention that tell most.
fn rarest(features: &Features, rarity: &Rarity) -> Vec<(u32, f64)> {
    let mut words: Vec<(u32, f64)> = features
        .all
        .iter()
        .map(|&(id, _)| {
            let own = features.names.binary_search(&id).is_ok()
                || features.clause.binary_search_by_key(&id, |word| word.0).is_ok();
            (id, if own { 1.0 } else { ASIDE } * rarity.of(id))
        })
        .collect();
    words.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    words.iter().take(KEYS).map(|&(id, _)| (id, rarity.of(id))).collect()
}
