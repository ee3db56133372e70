//! Paragraphs → the text of the article, its blocks, its sentences and their places in the file.

use super::paragraph::{Para, lines};
use super::sentences;
use crate::model::{Block, BlockKind, Sentence};

/// A stretch of text that is counted through to find a column is at most about this many bytes.
const STRIDE: usize = 1024;

/// The readable part of an article.
#[derive(Debug, Default)]
pub(super) struct Body {
    pub(super) text: String,
    pub(super) blocks: Vec<Block>,
    pub(super) sentences: Vec<Sentence>,
    pub(super) source_map: Vec<(u32, u32)>,
    pub(super) line_starts: Vec<u32>,
}

/// Joins paragraphs with `"\n\n"` into one text.
pub(super) fn body(file: &str, paras: Vec<Para<'_>>) -> Body {
    let mut body =
        Body { text: String::with_capacity(paras.iter().map(|p| p.text.len() + 2).sum()), ..Body::default() };
    let characters = Characters::of(file);
    for para in paras {
        if !body.text.is_empty() {
            body.text.push_str("\n\n");
        }
        let base = body.text.len();
        body.text.push_str(&para.text);
        let mut inlines = para.inlines;
        inlines.shrink_to_fit();
        for inline in &mut inlines {
            inline.range = inline.range.start + base..inline.range.end + base;
        }
        let mut next = 0;
        let pairs = std::iter::once((0, para.start)).chain(para.map.iter().copied());
        let ends = para.map.iter().map(|&(offset, _)| offset).chain([para.text.len()]);
        for ((offset, source), end) in pairs.zip(ends) {
            next = next.max(offset);
            body.source_map.push((short(base + offset), short(characters.before(source))));
            // One pair a kilobyte, so that no place is far from a counted one.
            while end.saturating_sub(next) > STRIDE {
                next += STRIDE;
                while !para.text.is_char_boundary(next) {
                    next += 1;
                }
                body.source_map.push((short(base + next), short(characters.before(source + (next - offset)))));
            }
        }
        let block = body.blocks.len();
        if para.kind != BlockKind::Code {
            sentences::split(&para.text, |range| {
                body.sentences.push(Sentence { block, range: range.start + base..range.end + base });
            });
        }
        body.blocks.push(Block { range: base..body.text.len(), kind: para.kind, inlines });
    }
    body.line_starts = lines(file).map(|line| short(characters.before(line.start))).collect();
    // All articles of a site are held at once: no room is kept that nothing will fill.
    body.sentences.shrink_to_fit();
    body.blocks.shrink_to_fit();
    body.source_map.shrink_to_fit();
    body.line_starts.shrink_to_fit();
    body
}

/// Gives an offset in the half of the room; no file of four gigabytes is an article.
pub(super) fn short(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}

/// Counts the characters before any byte of a text, in short time.
struct Characters<'a> {
    text: &'a str,
    /// Characters before every 256th byte; empty where every character is one byte.
    marks: Vec<usize>,
}

impl<'a> Characters<'a> {
    fn of(text: &'a str) -> Characters<'a> {
        let mut marks = Vec::new();
        if !text.is_ascii() {
            let mut count = 0;
            for chunk in text.as_bytes().chunks(256) {
                marks.push(count);
                count += starts(chunk);
            }
        }
        Characters { text, marks }
    }

    fn before(&self, byte: usize) -> usize {
        let byte = byte.min(self.text.len());
        if self.marks.is_empty() {
            return byte;
        }
        let mark = (byte / 256).min(self.marks.len() - 1);
        self.marks.get(mark).copied().unwrap_or(0) + self.text.as_bytes().get(mark * 256..byte).map_or(0, starts)
    }
}

/// The number of characters that start in some bytes of UTF-8.
fn starts(bytes: &[u8]) -> usize {
    bytes.iter().filter(|b| **b & 0xC0 != 0x80).count()
}
