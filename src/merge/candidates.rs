//! Which pairs of mentions are worth comparing: those that share rare words at about the same time.

use super::features::Features;
use super::index::{Index, Slot, Slots, number, slots};
use super::lists::{CLAUSE, SENTENCE};
use super::similarity::Rarity;
use super::story::Stories;
use super::{Parts, parted};
use chrono::Datelike;
use foldhash::fast::RandomState;
use std::collections::HashMap;
use std::ops::Range;

/// Rarest words of a mention by which others are looked up.
const KEYS: usize = 12;
/// What a word beside the clause weighs there, if it is no name.
const ASIDE: f64 = 0.6;
/// Entries of the index that one mention looks at, at most: what keeps the whole near-linear.
const BUDGET: usize = 120;
/// Pairs that one mention is compared in, at most.
const BEST: usize = 12;

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

/// Where mentions can be looked up by their rarest words, and by what each is looked up.
pub(super) struct Search {
    index: Index,
    /// The numbers of what each mention is known by.
    keys: Vec<u32>,
    /// By these numbers: what it is, and what it weighs.
    known: Vec<(u32, f64)>,
    /// Where those of each mention begin.
    starts: Vec<usize>,
    slots: Vec<Slots>,
}

/// What some mentions are known by: keys with what each weighs, how many of each mention, and where they stand.
type Looked = (Vec<(u32, f64)>, Vec<(usize, Slots)>);

impl Search {
    /// Gets ready to look mentions up.
    pub fn new(
        features: &[Features],
        rarity: &Rarity,
        stories: &Stories,
        article: &[usize],
        parts: &impl Parts,
    ) -> Search {
        let looked = parts.each_of(parted(features.len()), |of| {
            let mentions = features.get(of.clone()).into_iter().flatten().zip(article.get(of).into_iter().flatten());
            looked(mentions, rarity, stories)
        });
        let (mut keys, mut starts) = (Vec::with_capacity(features.len() * (KEYS + STORY_KEYS)), vec![0]);
        let mut slots = Vec::with_capacity(features.len());
        let mut numbers = KeyNumbers::default();
        for (found, of_mentions) in looked {
            keys.extend(found.into_iter().map(|(key, rare)| numbers.of(key, rare)));
            for (count, of_one) in of_mentions {
                starts.push(starts.last().map_or(0, |start| start + count));
                slots.push(of_one);
            }
        }
        let known = numbers.known;
        let index = Index::new(&keys, &starts, &slots, known.len(), parts);
        Search { index, keys, known, starts, slots }
    }

    /// Gives what a mention is known by, with the number of the list of each and what it weighs.
    fn keys(&self, mention: usize) -> impl Iterator<Item = (u32, u32, f64)> {
        let end = self.starts.get(mention + 1).copied().unwrap_or(0);
        let numbers = self.starts.get(mention).and_then(|&start| self.keys.get(start..end)).unwrap_or_default();
        numbers.iter().filter_map(|&number| self.known.get(number as usize).map(|&(key, rare)| (key, number, rare)))
    }

    /// Gives for some mentions the pairs of indexes worth comparing, the smaller first, in order and each once.
    pub fn pairs(&self, mentions: Range<usize>) -> Vec<(u32, u32)> {
        let mut found = Vec::new();
        let mut weight = vec![0.0_f64; self.slots.len()];
        let mut touched: Vec<u32> = Vec::new();
        let mut lists: Vec<(&[u32], usize, u64, f64)> = Vec::new();
        let mut best: Vec<(u32, f64)> = Vec::new();
        for at in mentions {
            let Some(mine) = self.slots.get(at) else { continue };
            let i = at as u32;
            lists.clear();
            // Of what nobody else is known by there is a list of one, the mention itself.
            let mut alone = 0;
            let mut asked = self.index.asked(at);
            for (key, number, rare) in self.keys(at) {
                if !self.index.is_shared(number) {
                    alone += mine.own;
                    continue;
                }
                for (slot, &list) in mine.looks().zip(asked.by_ref()) {
                    let list = self.index.list(list);
                    lists.extend((!list.is_empty()).then(|| (list, list.len(), self::key(key, slot), rare)));
                }
            }
            let mut budget = BUDGET;
            if alone + lists.len() <= BUDGET {
                budget -= alone;
            } else {
                for (key, _, rare) in self.keys(at).filter(|key| !self.index.is_shared(key.1)) {
                    let own = mine.looks().take(mine.own);
                    lists.extend(own.map(|slot| (&[][..], 1, self::key(key, slot), rare)));
                }
            }
            lists.sort_unstable_by_key(|list| (list.1, list.2));
            for &(list, length, _, rare) in &lists {
                if length <= budget {
                    budget -= length;
                    add(list, i, rare, &mut weight, &mut touched);
                } else {
                    // Too common here: look only at the neighbours in order.
                    let at = list.partition_point(|&j| j < i);
                    let half = budget / 2;
                    let window = at.saturating_sub(half)..(at + half).min(list.len());
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
}

/// Gives what mentions, each with its article, are known by.
fn looked<'f>(mentions: impl Iterator<Item = (&'f Features, &'f usize)>, rarity: &Rarity, stories: &Stories) -> Looked {
    let (mut keys, mut of_mentions, mut words) = (Vec::new(), Vec::new(), Vec::new());
    // Mentions of one article stand together.
    let mut names: (Option<usize>, Vec<(u32, f64)>) = (None, Vec::new());
    for (f, &article) in mentions {
        let start = keys.len();
        rarest(f, rarity, &mut words);
        keys.extend(words.iter().map(|&(stem, _)| (stem, rarity.of(stem))));
        if f.bounds.days().is_some_and(|days| days <= YEAR) || f.bounds.fine_edge().is_some() {
            // Those of exactly the same day are looked at whatever they name, as far as the budget goes.
            if let Some(day) = f.bounds.first.filter(|_| f.bounds.days() == Some(1)) {
                keys.push((DAY | (day.num_days_from_ce().unsigned_abs() % STORY), DAY_WEIGHT));
            }
            if names.0 != Some(article) {
                names = (Some(article), stories.rarest(article, STORY_KEYS));
            }
            let weight = |name: u32| STORY_WEIGHT * rarity.of(name).max(1.0);
            keys.extend(names.1.iter().map(|&(name, _)| (name | STORY, weight(name))));
        }
        of_mentions.push((keys.len() - start, slots(&f.bounds)));
    }
    (keys, of_mentions)
}

/// Numbers without gaps for what mentions are known by, and how many mentions are known by each.
#[derive(Default)]
struct KeyNumbers {
    stems: Vec<u32>,
    names: Vec<u32>,
    days: HashMap<u32, u32, RandomState>,
    /// By number: what has it, and what it weighs, whichever mention is known by it.
    known: Vec<(u32, f64)>,
}

impl KeyNumbers {
    fn of(&mut self, key: u32, weight: f64) -> u32 {
        let known = match key {
            DAY.. => self.days.entry(key).or_insert(u32::MAX),
            STORY.. => entry(&mut self.names, key - STORY),
            _ => entry(&mut self.stems, key),
        };
        if *known == u32::MAX {
            *known = self.known.len() as u32;
            self.known.push((key, weight));
        }
        *known
    }
}

/// Gives an entry of a list that grows where it must.
fn entry(list: &mut Vec<u32>, at: u32) -> &mut u32 {
    let at = at as usize;
    if list.len() <= at {
        list.resize(at + 1, u32::MAX);
    }
    &mut list[at]
}

/// Gives a word and a slot as one number, in their order.
fn key(stem: u32, slot: Slot) -> u64 {
    u64::from(stem) << 32 | number(slot)
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

/// Gives the stems of a mention that tell most, the rarest first.
fn rarest(features: &Features, rarity: &Rarity, words: &mut Vec<(u32, f64)>) {
    words.clear();
    let mut names = features.names().iter().peekable();
    words.extend(features.words.iter().filter(|word| word.level() <= SENTENCE).map(|word| {
        let id = word.stem();
        while names.next_if(|name| **name < id).is_some() {}
        let own = names.peek() == Some(&&id) || word.level() == CLAUSE;
        (id, if own { 1.0 } else { ASIDE } * rarity.of(id))
    }));
    let rarer = |a: &(u32, f64), b: &(u32, f64)| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0));
    if words.len() > KEYS {
        words.select_nth_unstable_by(KEYS, rarer);
        words.truncate(KEYS);
    }
    words.sort_unstable_by(rarer);
}
