//! The words of a language as a table in which most words of a text are passed over by one look.

/// The longest word, in bytes; what is longer is no word of time.
pub const LONGEST: usize = 24;

/// A word in lower case: its bytes, lowest first, and zeros behind them.
pub type Word = [u64; LONGEST / 8];

const SLOTS: usize = 4096;

/// From words to the numbers of their entries; 0 is none.
#[derive(Debug)]
pub struct Table {
    slots: Vec<u16>,
    words: Vec<Word>,
}

impl Table {
    /// Starts with no words.
    pub fn new() -> Table {
        Table { slots: vec![0; SLOTS], words: vec![[0; 3]] }
    }

    /// Adds a word as the next entry: the first is 1. A word too long to be looked for gets its number all the same.
    pub fn add(&mut self, word: &[u8]) {
        let entry = self.words.len() as u16;
        self.words.push(packed(word).unwrap_or_default());
        if self.words.len() * 2 > self.slots.len() {
            self.slots = vec![0; self.slots.len() * 2];
            for entry in 1..entry {
                self.place(entry);
            }
        }
        self.place(entry);
    }

    fn place(&mut self, entry: u16) {
        let Some(word) = self.words.get(entry as usize).filter(|w| **w != [0; 3]) else {
            return;
        };
        let mut at = slot(word, self.slots.len());
        while self.slots.get(at).is_some_and(|e| *e != 0) {
            at = (at + 1) % self.slots.len();
        }
        if let Some(free) = self.slots.get_mut(at) {
            *free = entry;
        }
    }

    /// Gives the entry of a word; 0 for one that is not there.
    #[inline]
    pub fn get(&self, word: &Word) -> u16 {
        let mut at = slot(word, self.slots.len());
        loop {
            match self.slots.get(at) {
                None | Some(0) => return 0,
                Some(&entry) if self.words.get(entry as usize) == Some(word) => return entry,
                Some(_) => at = (at + 1) % self.slots.len(),
            }
        }
    }
}

/// Packs a word; `None` when it is too long.
pub fn packed(word: &[u8]) -> Option<Word> {
    let mut bytes = [0u8; LONGEST];
    bytes.get_mut(..word.len())?.copy_from_slice(word);
    let mut packed = [0u64; 3];
    for (to, chunk) in packed.iter_mut().zip(bytes.chunks(8)) {
        *to = chunk.iter().rev().fold(0, |sum, b| sum << 8 | u64::from(*b));
    }
    Some(packed)
}

// The words are fixed, so nobody can choose some that collide.
#[inline]
fn slot(word: &Word, slots: usize) -> usize {
    let [a, b, c] = *word;
    let sum = (a ^ b.rotate_left(23) ^ c.rotate_left(41)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    (sum >> 40) as usize & (slots - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_has_its_entry_and_no_other_word_has_one() {
        let mut table = Table::new();
        let words: Vec<String> = (0..5000).map(|i| format!("w{i}")).collect();
        words.iter().for_each(|w| table.add(w.as_bytes()));
        for (i, word) in words.iter().enumerate() {
            assert_eq!(table.get(&packed(word.as_bytes()).unwrap()), i as u16 + 1);
        }
        assert_eq!(table.get(&packed(b"w5000").unwrap()), 0);
        assert_eq!(table.get(&packed(b"").unwrap()), 0);
        assert!(packed(&[b'a'; 25]).is_none());
    }
}
