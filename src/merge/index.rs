//! For each word and stretch of the calendar, who has both: where mentions are looked up.

use super::Parts;
use super::dates::Bounds;
use chrono::Datelike;
use std::ops::Range;

/// Days up to which a date counts as fine.
const FINE: i64 = 8;
/// Entries of lists that are made as one part.
const ENTRIES: usize = 1 << 18;
/// Parts that are made before what they give is put together: it takes more room than what is kept of it.
const AT_ONCE: usize = 4;

/// For each word and stretch of the calendar the mentions that have both, in order; words that just one mention has
/// are left out.
pub(super) struct Index {
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

/// An answer that is not there: no list.
const NOBODY: u32 = u32::MAX;

impl Index {
    /// Makes the lists of all mentions: `of` says where the keys of each begin.
    pub fn new(keys: &[u32], of: &[usize], slots: &[Slots], numbers: usize, parts: &impl Parts) -> Index {
        let mut mentions = vec![0_u32; numbers];
        keys.iter().for_each(|&key| mentions[key as usize] += 1);
        let shared: Vec<bool> = mentions.iter().map(|&count| count > 1).collect();
        let of_mention = |i: usize| keys.get(of.get(i).copied()?..of.get(i + 1).copied()?);
        let shared_of =
            |i: usize| of_mention(i).into_iter().flatten().map(|&key| key as usize).filter(|&key| shared[key]);
        let (mut sizes, mut asked_of) = (vec![0; numbers], vec![0]);
        for (i, slots) in slots.iter().enumerate() {
            let mut asked = 0;
            for key in shared_of(i) {
                sizes[key] += slots.stands.len() + slots.more.len();
                asked += slots.looking();
            }
            asked_of.push(asked_of.last().map_or(0, |start| start + asked));
        }
        // Each part makes the lists of some words, of about as many entries as another.
        let make = |range: Range<usize>| {
            let mut lists = Making::new(&sizes, range.clone());
            for (i, slots) in slots.iter().enumerate() {
                let mut answer = asked_of[i] as u32;
                for key in shared_of(i) {
                    if range.contains(&key) {
                        lists.put(key, i, slots, answer);
                    }
                    answer += slots.looking() as u32;
                }
            }
            lists.made()
        };
        let mut asked = vec![NOBODY; asked_of.last().copied().unwrap_or(0)];
        let (mut starts, mut members) = (Vec::new(), Vec::new());
        for some in ranges(&sizes).chunks(AT_ONCE) {
            for made in parts.each_of(some.to_vec(), make) {
                let (lists, start) = (starts.len() as u32, members.len() as u32);
                starts.extend(made.starts.iter().map(|list| start + list));
                members.extend(made.members);
                made.answers.iter().for_each(|&(question, list)| asked[question as usize] = lists + list);
            }
        }
        starts.push(members.len() as u32);
        Index { shared, starts, members, asked, asked_of }
    }

    /// Tells whether several mentions have a word.
    pub fn is_shared(&self, number: u32) -> bool {
        self.shared.get(number as usize).is_some_and(|shared| *shared)
    }

    /// Gives the numbers of the lists that a mention looks at.
    pub fn asked(&self, mention: usize) -> std::slice::Iter<'_, u32> {
        let end = self.asked_of.get(mention + 1).copied().unwrap_or(0);
        let asked = self.asked_of.get(mention).and_then(|&start| self.asked.get(start..end));
        asked.unwrap_or_default().iter()
    }

    /// Gives the mentions of a list by its number, in order.
    pub fn list(&self, list: u32) -> &[u32] {
        let list = list as usize;
        let range = self.starts.get(list).zip(self.starts.get(list + 1));
        range.and_then(|(&start, &end)| self.members.get(start as usize..end as usize)).unwrap_or_default()
    }
}

/// Parts words into ranges, by how many entries the lists of each have.
fn ranges(sizes: &[usize]) -> Vec<Range<usize>> {
    let (mut ranges, mut start, mut sum) = (Vec::new(), 0, 0);
    for (key, size) in sizes.iter().enumerate() {
        sum += size;
        if sum >= ENTRIES || key + 1 == sizes.len() {
            ranges.push(start..key + 1);
            (start, sum) = (key + 1, 0);
        }
    }
    ranges
}

/// A place in a list, or a question for one: its slot, whether it only asks, the mention, and where the answer goes.
type Entry = (u64, u32);
/// Set in an entry that only asks, so that it comes behind the members.
const ASKS: u64 = 1 << 31;

/// The lists of some words while they are made.
struct Making {
    /// The first of the words, and where the entries of each begin and end.
    first: usize,
    starts: Vec<usize>,
    ends: Vec<usize>,
    entries: Vec<Entry>,
}

/// Lists of some words: where each begins, who is in it, and for each question its list.
struct Made {
    starts: Vec<u32>,
    members: Vec<u32>,
    answers: Vec<(u32, u32)>,
}

impl Making {
    fn new(sizes: &[usize], words: Range<usize>) -> Making {
        let (mut starts, mut sum) = (Vec::with_capacity(words.len()), 0);
        for size in sizes.get(words.clone()).unwrap_or_default() {
            starts.push(sum);
            sum += size;
        }
        Making { first: words.start, ends: starts.clone(), starts, entries: vec![(0, 0); sum] }
    }

    /// Puts a mention into the lists of one of its words; the answers to its questions go to `answer` and behind.
    fn put(&mut self, word: usize, mention: usize, slots: &Slots, answer: u32) {
        let end = &mut self.ends[word - self.first];
        let mut put = |entry: Entry| {
            self.entries[*end] = entry;
            *end += 1;
        };
        for (n, &slot) in slots.stands.iter().enumerate() {
            let answer = if n < slots.own { answer + n as u32 } else { NOBODY };
            put((number(slot) << 32 | mention as u64, answer));
        }
        for (n, &slot) in (slots.own as u32..).zip(&slots.more) {
            put((number(slot) << 32 | ASKS | mention as u64, answer + n));
        }
    }

    fn made(mut self) -> Made {
        let stand = self.entries.iter().filter(|entry| entry.0 & ASKS == 0).count();
        let ask = self.entries.iter().filter(|entry| entry.1 != NOBODY).count();
        let mut made =
            Made { starts: Vec::new(), members: Vec::with_capacity(stand), answers: Vec::with_capacity(ask) };
        for (&start, &end) in self.starts.iter().zip(&self.ends) {
            let of_word = &mut self.entries[start..end];
            of_word.sort_unstable();
            let mut slot = None;
            for &(entry, answer) in of_word.iter() {
                let asks = entry & ASKS != 0;
                if !asks && slot.replace(entry >> 32) != Some(entry >> 32) {
                    made.starts.push(made.members.len() as u32);
                }
                if !asks {
                    made.members.push(entry as u32);
                }
                if answer != NOBODY && slot == Some(entry >> 32) {
                    made.answers.push((answer, made.starts.len() as u32 - 1));
                }
            }
        }
        made
    }
}

/// A stretch of the calendar in which mentions meet.
#[derive(Debug, Clone, Copy)]
pub(super) enum Slot {
    /// Eight days, by number; fine dates.
    Days(i32),
    /// A year; fine dates.
    FineYear(i32),
    /// A year; coarse dates.
    CoarseYear(i32),
    /// The year of the known end of an open span.
    Open(i32),
}

/// Where a mention stands in the calendar, and where it looks for others.
pub(super) struct Slots {
    stands: Vec<Slot>,
    /// It looks where it stands, in so many at their head, and in these.
    pub own: usize,
    more: Vec<Slot>,
}

impl Slots {
    /// Gives where it looks.
    pub fn looks(&self) -> impl Iterator<Item = Slot> + '_ {
        self.stands.iter().take(self.own).chain(&self.more).copied()
    }

    /// Gives in how many it looks.
    fn looking(&self) -> usize {
        self.own + self.more.len()
    }
}

/// Gives where a date stands.
pub(super) fn slots(bounds: &Bounds) -> Slots {
    let (mut stands, mut more, mut own) = (Vec::new(), Vec::new(), 0);
    match (bounds.first, bounds.last) {
        (Some(first), Some(last)) if (last - first).num_days() <= FINE => {
            let period = |day: i32| day.div_euclid(8);
            let days = period(first.num_days_from_ce() - 3)..=period(last.num_days_from_ce() + 3);
            stands.extend(days.map(Slot::Days));
            own = stands.len();
            stands.extend((first.year()..=last.year()).map(Slot::FineYear));
        }
        (Some(first), Some(last)) => {
            let (from, to) = (first.year(), last.year());
            // Of a long span the years at its head stand for it.
            let years = from..=to.min(from + 11);
            stands.extend(years.clone().map(Slot::CoarseYear));
            own = stands.len();
            more.extend(years.map(Slot::FineYear));
        }
        (Some(end), None) | (None, Some(end)) => {
            if let Some((first, last)) = bounds.fine_edge() {
                let period = |day: i32| day.div_euclid(8);
                let days = period(first - 8)..=period(last + 3);
                stands.extend(days.map(Slot::Days));
            }
            stands.push(Slot::Open(end.year()));
            own = stands.len();
        }
        (None, None) => {}
    }
    Slots { stands, own, more }
}

/// Gives a slot as a number of 32 bits.
pub(super) fn number(slot: Slot) -> u64 {
    let (kind, number) = match slot {
        Slot::Days(n) => (0, n),
        Slot::FineYear(n) => (1, n),
        Slot::CoarseYear(n) => (2, n),
        Slot::Open(n) => (3, n),
    };
    // No year and no eighth of a day reaches beyond 29 bits.
    kind << 30 | u64::from((number + (1 << 29)) as u32 & 0x3FFF_FFFF)
}
