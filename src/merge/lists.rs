//! What features are kept in: words with how near they stand, and short lists of numbers, both in little memory.

/// What words of the rest of the sentence, and of the sentences before it, weigh beside the clause's own.
const REST: f32 = 0.4;
const CONTEXT: f32 = 0.25;

/// How near to what is told a word stands: in the clause, in the sentence or one that goes on with it, before it.
pub(super) const CLAUSE: u32 = 1;
pub(super) const SENTENCE: u32 = 2;
pub(super) const BEFORE: u32 = 3;
/// So many there are.
pub(super) const LEVELS: usize = 3;

/// A stem of a mention and how near it stands, in one number, ordered by stem. A half of what it takes to keep its
/// weight as well, which both tell, and a third of the words where each level has a list of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Word(u32);

impl Word {
    /// Gives a stem at a level as one number.
    pub fn new(stem: u32, level: u32) -> Word {
        Word(stem << 2 | level)
    }

    /// Gives the number of its stem.
    pub fn stem(self) -> u32 {
        self.0 >> 2
    }

    /// Gives how near it stands, from [`CLAUSE`] to [`BEFORE`].
    pub fn level(self) -> u32 {
        self.0 & 3
    }

    /// Gives what it weighs by where it stands.
    pub fn weight(self) -> f32 {
        match self.level() {
            CLAUSE => 1.0,
            SENTENCE => REST,
            _ => CONTEXT,
        }
    }
}

/// Adds stems that are not yet among some words; all in order of number.
pub(super) fn add(words: &[Word], stems: &[(u32, usize)], level: u32, to: &mut Vec<Word>) {
    to.clear();
    let mut old = words.iter().copied().peekable();
    for &(stem, _) in stems {
        while let Some(word) = old.next_if(|word| word.stem() <= stem) {
            to.push(word);
        }
        if to.last().is_none_or(|last| last.stem() != stem) {
            to.push(Word::new(stem, level));
        }
    }
    to.extend(old);
}

/// Several short lists of numbers in one piece of memory: one request for it instead of one for each.
#[derive(Debug)]
pub(super) struct Lists<const N: usize> {
    all: Box<[u32]>,
    ends: [u32; N],
}

impl<const N: usize> Lists<N> {
    /// Puts lists behind one another.
    pub fn new(lists: [&[u32]; N]) -> Lists<N> {
        let mut end = 0;
        let ends = lists.map(|list| {
            end += list.len() as u32;
            end
        });
        Lists { all: lists.concat().into_boxed_slice(), ends }
    }

    fn range(&self, list: usize) -> std::ops::Range<usize> {
        let end = |list: usize| self.ends.get(list).map_or(0, |end| *end as usize);
        list.checked_sub(1).map_or(0, end)..end(list)
    }

    /// Gives a list by its place; an empty one where there is none.
    pub fn get(&self, list: usize) -> &[u32] {
        self.all.get(self.range(list)).unwrap_or_default()
    }

    /// Gives all numbers others, and puts each list into their order.
    pub fn renumber(&mut self, numbers: &[u32]) {
        for number in &mut self.all {
            *number = renumbered(*number, numbers);
        }
        for list in 0..N {
            let range = self.range(list);
            self.all.get_mut(range).unwrap_or_default().sort_unstable();
        }
    }
}

/// Gives the number that another stands for.
pub(super) fn renumbered(number: u32, numbers: &[u32]) -> u32 {
    numbers.get(number as usize).copied().unwrap_or(number)
}

/// Gives all words their other numbers, and puts them into their order.
pub(super) fn renumber(words: &mut [Word], numbers: &[u32]) {
    for word in words.iter_mut() {
        *word = Word::new(renumbered(word.stem(), numbers), word.level());
    }
    words.sort_unstable();
}
