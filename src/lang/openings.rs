//! Lists of texts with which a line can open, which tell by its first two bytes that it opens with none.

use serde::Deserialize;
use std::ops::Deref;

/// Texts with which a line can open, in any case.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(from = "Vec<String>")]
pub struct Openings {
    all: Vec<String>,
    /// A bit for the first two bytes of each.
    heads: [u64; 4],
}

impl Openings {
    /// Tells whether a line may open with one of them, in any case and with either apostrophe: one look, which says no
    /// of most lines.
    #[inline]
    pub fn may_open(&self, line: &str) -> bool {
        match *line.as_bytes() {
            [first, second, ..] => {
                let bit = bit(first, second);
                self.heads[bit / 64] >> (bit % 64) & 1 == 1
            }
            _ => true,
        }
    }
}

fn bit(first: u8, second: u8) -> usize {
    let (first, second) = (first.to_ascii_lowercase(), second.to_ascii_lowercase());
    usize::from(first.wrapping_mul(31).wrapping_add(second))
}

impl From<Vec<String>> for Openings {
    fn from(all: Vec<String>) -> Openings {
        let mut heads = [0; 4];
        let mut set = |bit: usize| heads[bit / 64] |= 1 << (bit % 64);
        for opening in &all {
            match *opening.as_bytes() {
                // The first byte of the curly one.
                [first, b'\'', ..] => [b'\'', 0xE2].into_iter().for_each(|second| set(bit(first, second))),
                [first, second, ..] => set(bit(first, second)),
                // What is shorter tells nothing.
                _ => (0..256).for_each(&mut set),
            }
        }
        Openings { all, heads }
    }
}

impl Deref for Openings {
    type Target = [String];

    fn deref(&self) -> &[String] {
        &self.all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_may_open_with_what_is_in_the_list_and_with_little_else() {
        let openings = Openings::from(["follow us", "i'd like", "©"].map(str::to_owned).to_vec());
        for line in ["Follow us on", "FOLLOW US", "I'd like", "I’d like", "© 2022", "x"] {
            assert!(openings.may_open(line), "{line}");
        }
        for line in ["The quay", "Ships left", "Boats sank"] {
            assert!(!openings.may_open(line), "{line}");
        }
        assert_eq!(openings.first().map(String::as_str), Some("follow us"));
        assert!(Openings::from(vec!["a".to_owned()]).may_open("The quay"));
    }
}
