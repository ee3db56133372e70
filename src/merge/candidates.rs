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
        let mut lists: Vec<(&[u64], usize, u64, f64)> = Vec::new();
        let mut best: Vec<(u32, f64)> = Vec::new();
        for at in mentions {
            let Some(mine) = self.slots.get(at) else { continue };
            let i = at as u32;
            lists.clear();
            // Of what nobody else is known by there is a list of one, the mention itself.
            let (mut alone, own) = (0, mine.looks.iter().filter(|look| mine.stands.contains(look)).count());
            for &(key, number, rare) in self.keys(at) {
                match self.index.get(number) {
                    Some(list) => lists.extend(mine.looks.iter().filter_map(|&slot| {
                        let list = in_slot(list, slot);
                        (!list.is_empty()).then_some((list, list.len(), self::key(key, slot), rare))
                    })),
                    None => alone += own,
                }
            }
            let mut budget = BUDGET;
            if alone + lists.len() <= BUDGET {
                budget -= alone;
            } else {
                for &(key, _, rare) in self.keys(at).iter().filter(|key| self.index.get(key.1).is_none()) {
                    let own = mine.looks.iter().filter(|look| mine.stands.contains(look));
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
                    let at = list.partition_point(|&j| (j as u32) < i);
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

/// For each word the mentions that have it, by stretch of the calendar and then in order; a word that just one
/// mention has is left out.
struct Index {
    /// Where the list of each number begins in `members`.
    starts: Vec<u32>,
    members: Vec<u64>,
}

impl Index {
    fn new(keys: &[(u32, u32, f64)], of: &[usize], slots: &[Slots], numbers: usize) -> Index {
        let mut mentions = vec![0_u32; numbers];
        keys.iter().for_each(|key| mentions[key.1 as usize] += 1);
        let mut starts = vec![0_u32; numbers + 1];
        let of_mention = |i: usize| keys.get(of.get(i).copied()?..of.get(i + 1).copied()?);
        let shared = |key: &&(u32, u32, f64)| mentions[key.1 as usize] > 1;
        for (i, slots) in slots.iter().enumerate() {
            for key in of_mention(i).into_iter().flatten().filter(shared) {
                starts[key.1 as usize] += slots.stands.len() as u32;
            }
        }
        let mut sum = 0;
        for start in &mut starts {
            sum += std::mem::replace(start, sum);
        }
        let mut members = vec![0_u64; sum as usize];
        let mut ends = starts.clone();
        for (i, slots) in slots.iter().enumerate() {
            for key in of_mention(i).into_iter().flatten().filter(shared) {
                let end = &mut ends[key.1 as usize];
                for &slot in &slots.stands {
                    members[*end as usize] = number(slot) << 32 | i as u64;
                    *end += 1;
                }
            }
        }
        for ends in starts.windows(2) {
            members[ends[0] as usize..ends[1] as usize].sort_unstable();
        }
        Index { starts, members }
    }

    fn get(&self, number: u32) -> Option<&[u64]> {
        let number = number as usize;
        let list = self.members.get(*self.starts.get(number)? as usize..*self.starts.get(number + 1)? as usize)?;
        (!list.is_empty()).then_some(list)
    }
}

/// Gives those of a list that stand in a stretch of the calendar.
fn in_slot(list: &[u64], slot: Slot) -> &[u64] {
    let slot = number(slot);
    let start = list.partition_point(|member| member >> 32 < slot);
    let rest = list.get(start..).unwrap_or_default();
    rest.get(..rest.partition_point(|member| member >> 32 == slot)).unwrap_or_default()
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
fn add(list: &[u64], i: u32, rare: f64, weight: &mut [f64], touched: &mut Vec<u32>) {
    for j in list.iter().map(|&j| j as u32).filter(|&j| j != i) {
        let sum = &mut weight[j as usize];
        if *sum == 0.0 {
            touched.push(j);
        }
        *sum += rare * rare;
    }
}

/// A stretch of the calendar in which mentions meet.
#[derive(Debug, Clone, Copy, PartialEq)]
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
