//! Which pairs of mentions are worth comparing: those that share rare words at about the same time.

use super::features::Features;
use super::similarity::Rarity;
use super::story::Stories;
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

/// Where mentions can be looked up by their rarest words, and by what each is looked up.
pub(super) struct Search {
    index: Index,
    /// What each mention is known by, with the number of the list of each and what it weighs.
    keys: Vec<(u32, u32, f64)>,
    /// Where those of each mention begin.
    starts: Vec<usize>,
    slots: Vec<Slots>,
}

impl Search {
    /// Gets ready to look mentions up.
    pub fn new(features: &[Features], rarity: &Rarity, stories: &Stories, article: &[usize]) -> Search {
        let articles = article.iter().max().map_or(0, |last| last + 1);
        let names: Vec<Vec<(u32, f64)>> = (0..articles).map(|a| stories.rarest(a, STORY_KEYS)).collect();
        let (mut keys, mut starts) = (Vec::with_capacity(features.len() * (KEYS + STORY_KEYS)), vec![0]);
        let mut numbers = KeyNumbers::default();
        let mut words = Vec::new();
        for (f, &a) in features.iter().zip(article) {
            rarest(f, rarity, &mut words);
            let mut add = |key: u32, rare: f64| keys.push((key, numbers.of(key), rare));
            words.iter().for_each(|&(stem, _)| add(stem, rarity.of(stem)));
            let known = f.bounds.days().is_some_and(|days| days <= YEAR) || f.bounds.fine_edge().is_some();
            if let Some(names) = names.get(a).filter(|_| known) {
                // Those of exactly the same day are looked at whatever they name, as far as the budget goes.
                if let Some(day) = f.bounds.first.filter(|_| f.bounds.days() == Some(1)) {
                    add(DAY | (day.num_days_from_ce().unsigned_abs() % STORY), DAY_WEIGHT);
                }
                names.iter().for_each(|&(name, _)| add(name | STORY, STORY_WEIGHT * rarity.of(name).max(1.0)));
            }
            starts.push(keys.len());
        }
        let slots: Vec<Slots> = features.iter().map(slots).collect();
        let index = Index::new(&keys, &starts, &slots, numbers.count());
        Search { index, keys, starts, slots }
    }

    /// Gives how many mentions there are.
    pub fn len(&self) -> usize {
        self.slots.len()
    }

    fn keys(&self, mention: usize) -> &[(u32, u32, f64)] {
        let end = self.starts.get(mention + 1).copied().unwrap_or(0);
        self.starts.get(mention).and_then(|&start| self.keys.get(start..end)).unwrap_or_default()
    }

    /// Gives for some mentions the pairs of indexes worth comparing, the smaller first.
    pub fn pairs(&self, mentions: Range<usize>) -> Vec<(u32, u32)> {
        let mut found = Vec::new();
        let mut weight = vec![0.0_f64; self.len()];
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
            for &(key, number, rare) in self.keys(at) {
                if !self.index.is_shared(number) {
                    alone += mine.own;
                    continue;
                }
                for (&slot, &list) in mine.looks.iter().zip(asked.by_ref()) {
                    let list = self.index.list(list);
                    lists.extend((!list.is_empty()).then(|| (list, list.len(), self::key(key, slot), rare)));
                }
            }
            let mut budget = BUDGET;
            if alone + lists.len() <= BUDGET {
                budget -= alone;
            } else {
                for &(key, _, rare) in self.keys(at).iter().filter(|key| !self.index.is_shared(key.1)) {
                    let own = mine.looks.iter().take(mine.own);
                    lists.extend(own.map(|&slot| (&[][..], 1, self::key(key, slot), rare)));
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
        found
    }
}

/// Numbers without gaps for what mentions are known by, and how many mentions are known by each.
#[derive(Default)]
struct KeyNumbers {
    stems: Vec<u32>,
    names: Vec<u32>,
    days: HashMap<u32, u32, RandomState>,
    next: u32,
}

impl KeyNumbers {
    fn of(&mut self, key: u32) -> u32 {
        let known = match key {
            DAY.. => self.days.entry(key).or_insert(u32::MAX),
            STORY.. => entry(&mut self.names, key - STORY),
            _ => entry(&mut self.stems, key),
        };
        if *known == u32::MAX {
            *known = self.next;
            self.next += 1;
        }
        *known
    }

    fn count(&self) -> usize {
        self.next as usize
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

/// For each word and stretch of the calendar the mentions that have both, in order; words that just one mention has
/// are left out.
struct Index {
    /// For each word by its number, whether several mentions have it.
    shared: Vec<bool>,
    /// Where each list begins in `members`.
    starts: Vec<u32>,
    members: Vec<u32>,
    /// The numbers of the lists that each mention looks at, for each of its shared words in turn, and where those of
    /// each mention begin.
    asked: Vec<u32>,
    asked_of: Vec<usize>,
}

/// A place in a list, or a question for one: its slot, whether it only asks, the mention, and where the answer goes.
type Entry = (u64, u32);
/// Set in an entry that only asks, so that it comes behind the members.
const ASKS: u64 = 1 << 31;
/// An answer that nobody waits for, and that of a list that is not there.
const NOBODY: u32 = u32::MAX;

impl Index {
    fn new(keys: &[(u32, u32, f64)], of: &[usize], slots: &[Slots], numbers: usize) -> Index {
        let mut mentions = vec![0_u32; numbers];
        keys.iter().for_each(|key| mentions[key.1 as usize] += 1);
        let shared: Vec<bool> = mentions.iter().map(|&count| count > 1).collect();
        let of_mention = |i: usize| keys.get(of.get(i).copied()?..of.get(i + 1).copied()?);
        let shared_of =
            |i: usize| of_mention(i).into_iter().flatten().map(|key| key.1 as usize).filter(|&key| shared[key]);
        // Of the looks the first are stands as well.
        let size = |slots: &Slots| slots.stands.len() + slots.looks.len() - slots.own;
        let mut ends = vec![0_u32; numbers];
        for (i, slots) in slots.iter().enumerate() {
            shared_of(i).for_each(|key| ends[key] += size(slots) as u32);
        }
        let mut sum = 0;
        for end in &mut ends {
            sum += std::mem::replace(end, sum);
        }
        let firsts = ends.clone();
        let mut entries: Vec<Entry> = vec![(0, 0); sum as usize];
        let (mut answers, mut asked_of) = (0_u32, vec![0]);
        for (i, slots) in slots.iter().enumerate() {
            for key in shared_of(i) {
                let mut put = |entry: Entry| {
                    let end = &mut ends[key];
                    entries[*end as usize] = entry;
                    *end += 1;
                };
                for (n, &slot) in slots.stands.iter().enumerate() {
                    let answer = if n < slots.own { answers + n as u32 } else { NOBODY };
                    put((number(slot) << 32 | i as u64, answer));
                }
                for (n, &slot) in slots.looks.iter().enumerate().skip(slots.own) {
                    put((number(slot) << 32 | ASKS | i as u64, answers + n as u32));
                }
                answers += slots.looks.len() as u32;
            }
            asked_of.push(answers as usize);
        }
        let mut index =
            Index { shared, starts: Vec::new(), members: Vec::new(), asked: vec![NOBODY; answers as usize], asked_of };
        for (&first, &end) in firsts.iter().zip(&ends) {
            let of_key = &mut entries[first as usize..end as usize];
            of_key.sort_unstable();
            let mut slot = None;
            for &(entry, answer) in of_key.iter() {
                let asks = entry & ASKS != 0;
                if !asks && slot.replace(entry >> 32) != Some(entry >> 32) {
                    index.starts.push(index.members.len() as u32);
                }
                if !asks {
                    index.members.push(entry as u32);
                }
                if answer != NOBODY && slot == Some(entry >> 32) {
                    index.asked[answer as usize] = (index.starts.len() - 1) as u32;
                }
            }
        }
        index.starts.push(index.members.len() as u32);
        index
    }

    fn is_shared(&self, number: u32) -> bool {
        self.shared.get(number as usize).is_some_and(|shared| *shared)
    }

    /// Gives the numbers of the lists that a mention looks at.
    fn asked(&self, mention: usize) -> std::slice::Iter<'_, u32> {
        let end = self.asked_of.get(mention + 1).copied().unwrap_or(0);
        let asked = self.asked_of.get(mention).and_then(|&start| self.asked.get(start..end));
        asked.unwrap_or_default().iter()
    }

    fn list(&self, list: u32) -> &[u32] {
        let list = list as usize;
        let range = self.starts.get(list).zip(self.starts.get(list + 1));
        range.and_then(|(&start, &end)| self.members.get(start as usize..end as usize)).unwrap_or_default()
    }
}

/// Gives a word and a slot as one number, in their order.
fn key(stem: u32, slot: Slot) -> u64 {
    u64::from(stem) << 32 | number(slot)
}

/// Gives a slot as a number of 32 bits.
fn number(slot: Slot) -> u64 {
    let (kind, number) = match slot {
        Slot::Days(n) => (0, n),
        Slot::FineYear(n) => (1, n),
        Slot::CoarseYear(n) => (2, n),
        Slot::Open(n) => (3, n),
    };
    // No year and no eighth of a day reaches beyond 29 bits.
    kind << 30 | u64::from((number + (1 << 29)) as u32 & 0x3FFF_FFFF)
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
    /// So many of both are the same, at the head of each.
    own: usize,
}

fn slots(features: &Features) -> Slots {
    let bounds = &features.bounds;
    let (mut stands, mut looks, mut own) = (Vec::new(), Vec::new(), 0);
    match (bounds.first, bounds.last) {
        (Some(first), Some(last)) if (last - first).num_days() <= FINE => {
            let period = |day: i32| day.div_euclid(8);
            let days = period(first.num_days_from_ce() - 3)..=period(last.num_days_from_ce() + 3);
            stands.extend(days.map(Slot::Days));
            looks.clone_from(&stands);
            own = looks.len();
            stands.extend((first.year()..=last.year()).map(Slot::FineYear));
        }
        (Some(first), Some(last)) => {
            let (from, to) = (first.year(), last.year());
            // Of a long span the years at its head stand for it.
            let years: Vec<i32> = (from..=to.min(from + 11)).collect();
            stands.extend(years.iter().map(|&y| Slot::CoarseYear(y)));
            looks.clone_from(&stands);
            own = looks.len();
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
            own = looks.len();
        }
        (None, None) => {}
    }
    Slots { stands, looks, own }
}

/// Gives the stems of a mention that tell most, the rarest first.
fn rarest(features: &Features, rarity: &Rarity, words: &mut Vec<(u32, f64)>) {
    words.clear();
    let (mut names, mut clause) = (features.names.iter().peekable(), features.clause.iter().peekable());
    words.extend(features.all.iter().map(|&(id, _)| {
        while names.next_if(|name| **name < id).is_some() {}
        while clause.next_if(|word| word.0 < id).is_some() {}
        let own = names.peek() == Some(&&id) || clause.peek().is_some_and(|word| word.0 == id);
        (id, if own { 1.0 } else { ASIDE } * rarity.of(id))
    }));
    let rarer = |a: &(u32, f64), b: &(u32, f64)| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0));
    if words.len() > KEYS {
        words.select_nth_unstable_by(KEYS, rarer);
        words.truncate(KEYS);
    }
    words.sort_unstable_by(rarer);
}
