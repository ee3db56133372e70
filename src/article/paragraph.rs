//! A paragraph on its way from the file to the article: its text, and where each part of it stood.

use crate::model::{BlockKind, Inline};
use memchr::{memchr_iter, memchr2};
use std::borrow::Cow;
use std::ops::Range;

/// One block before head, datelines and promotional lines are taken away.
#[derive(Debug, Clone)]
pub(super) struct Para<'a> {
    pub(super) kind: BlockKind,
    pub(super) text: Cow<'a, str>,
    /// Byte of the decoded file at which the text starts.
    pub(super) start: usize,
    /// Further pairs (offset in the text, byte of the decoded file) where text and file part ways.
    pub(super) map: Vec<(usize, usize)>,
    /// Formatting, with ranges in the text.
    pub(super) inlines: Vec<Inline>,
}

impl<'a> Para<'a> {
    /// A stretch of the file taken over as it is.
    pub(super) fn plain(kind: BlockKind, file: &'a str, range: Range<usize>) -> Para<'a> {
        Para {
            kind,
            start: range.start,
            text: Cow::Borrowed(file.get(range).unwrap_or_default()),
            map: Vec::new(),
            inlines: Vec::new(),
        }
    }

    /// The byte of the decoded file that an offset in the text comes from.
    pub(super) fn source(&self, offset: usize) -> usize {
        let i = self.map.partition_point(|&(text, _)| text <= offset);
        match i.checked_sub(1).and_then(|i| self.map.get(i)) {
            Some(&(text, source)) => source + (offset - text),
            None => self.start + offset,
        }
    }

    /// The part of it within a range of its text.
    pub(super) fn slice(&self, range: Range<usize>) -> Para<'a> {
        let text = match &self.text {
            Cow::Borrowed(text) => Cow::Borrowed(text.get(range.clone()).unwrap_or_default()),
            Cow::Owned(text) => Cow::Owned(text.get(range.clone()).unwrap_or_default().to_owned()),
        };
        let inlines = self.inlines.iter().filter(|i| i.range.start < range.end && i.range.end > range.start);
        Para {
            kind: self.kind,
            start: self.source(range.start),
            map: self
                .map
                .iter()
                .filter(|(offset, _)| range.contains(offset))
                .map(|&(offset, source)| (offset - range.start, source))
                .collect(),
            inlines: inlines
                .map(|i| Inline {
                    range: i.range.start.max(range.start) - range.start..i.range.end.min(range.end) - range.start,
                    kind: i.kind.clone(),
                })
                .collect(),
            text,
        }
    }

    /// Cuts white space off both ends.
    pub(super) fn trim(self) -> Para<'a> {
        let range = trimmed(&self.text, 0..self.text.len());
        if range == (0..self.text.len()) { self } else { self.slice(range) }
    }

    /// The ranges of its lines, without outer white space.
    pub(super) fn lines(&self) -> impl Iterator<Item = Range<usize>> + '_ {
        lines(&self.text).map(|range| trimmed(&self.text, range))
    }
}

/// The ranges of a text's lines without their ends; `\n`, `\r\n` and `\r` end a line.
pub(super) fn lines(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let bytes = text.as_bytes();
    let mut next = Some(0);
    std::iter::from_fn(move || {
        let start = next?;
        let end = memchr2(b'\n', b'\r', bytes.get(start..)?).map(|i| start + i);
        next = end.map(|end| if bytes.get(end..end + 2) == Some(b"\r\n") { end + 2 } else { end + 1 });
        Some(start..end.unwrap_or(bytes.len()))
    })
}

/// What stands before a mark of one byte with a space behind it, where it first stands so, and what follows both.
pub(super) fn split_spaced(text: &str, mark: u8) -> Option<(&str, &str)> {
    let bytes = text.as_bytes();
    let at = memchr_iter(mark, bytes).find(|at| bytes.get(at + 1) == Some(&b' '))?;
    Some((text.get(..at)?, text.get(at + 2..)?))
}

/// A range without the white space at its ends.
pub(super) fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let Some(part) = text.get(range.clone()) else {
        return range;
    };
    let blank = |c: char| c.is_whitespace() || c == '\u{feff}' || c == '\u{200b}';
    let start = range.start + (part.len() - part.trim_start_matches(blank).len());
    start..start + part.trim_matches(blank).len()
}
