//! The short names of mentions.

use foldhash::fast::RandomState;
use std::collections::HashMap;
use std::fmt::Write;

/// Gives mentions their short names.
#[derive(Default)]
pub(super) struct Ids<'a> {
    /// What the name at hand is made of.
    text: String,
    seen: HashMap<(&'a str, &'a str), u32, RandomState>,
}

impl<'a> Ids<'a> {
    /// Gives ten characters out of the article, the sentence, the expression and how many such came before.
    pub fn next(&mut self, article: &str, sentence: &'a str, expression: &'a str) -> String {
        let ordinal = self.seen.entry((sentence, expression)).or_insert(0);
        self.text.clear();
        for part in [article, "\0", sentence, "\0", expression, "\0"] {
            self.text.push_str(part);
        }
        // Into a text this cannot fail.
        let _ = write!(self.text, "{ordinal}");
        let hash = blake3::hash(self.text.as_bytes());
        *ordinal += 1;
        let mut bits: u64 = hash.as_bytes().iter().take(8).fold(0, |bits, &b| bits << 8 | u64::from(b));
        let mut id = String::with_capacity(10);
        for _ in 0..10 {
            id.push(char::from(b"abcdefghijklmnopqrstuvwxyz234567"[(bits >> 59) as usize & 31]));
            bits <<= 5;
        }
        id
    }
}
