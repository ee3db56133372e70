//! A sentence read for its clauses: its words, and which of them stand in quotation marks or brackets.

use crate::lang::events::event_words;
use crate::lang::tokens::{Token, folded, tokens};
use std::borrow::Cow;
use std::ops::Range;

/// It stands in quotation marks or brackets.
const ASIDE: u8 = 1;
/// It can be a finite verb of the sentence itself.
const VERB: u8 = 2;
/// It opens with a capital letter.
const CAPITAL: u8 = 4;

/// A sentence with its words.
pub(super) struct Reading<'a> {
    /// The sentence.
    pub text: &'a str,
    /// Its words as written.
    pub tokens: Vec<Token<'a>>,
    /// The same words, folded.
    pub words: Vec<Cow<'a, str>>,
    /// The byte ranges of its time expressions of every kind, in order.
    pub dates: Vec<Range<usize>>,
    /// For each word what it is, as [`ASIDE`] and the like.
    marks: Vec<u8>,
}

impl<'a> Reading<'a> {
    /// Reads a text without time expressions, such as a headline.
    pub fn new(text: &'a str) -> Reading<'a> {
        Reading::with_dates(text, &[])
    }

    /// Reads a sentence; no word inside its time expressions `dates`, byte ranges in order, is a verb
    /// ("12 May"), and no part of a web address is a word at all.
    pub fn with_dates(text: &'a str, dates: &[Range<usize>]) -> Reading<'a> {
        let tokens = tokens(text);
        let addresses = addresses(text);
        let words: Vec<Cow<'a, str>> = (tokens.iter())
            .map(|t| if holds(&addresses, t.start) { Cow::Borrowed("") } else { folded(t.text) })
            .collect();
        let asides = asides(text);
        let known = event_words();
        let mark = |(word, token): (&Cow<'a, str>, &Token<'a>)| {
            let aside = holds(&asides, token.start);
            let verb = !aside && known.is_finite(word) && !holds(dates, token.start);
            u8::from(aside) * ASIDE + u8::from(verb) * VERB + u8::from(token.is_capitalised()) * CAPITAL
        };
        let marks = words.iter().zip(&tokens).map(mark).collect();
        Reading { text, tokens, words, dates: dates.to_vec(), marks }
    }

    /// Gives what stands between a word and the one before it.
    pub fn gap(&self, at: usize) -> &'a str {
        let start = at.checked_sub(1).and_then(|b| self.tokens.get(b)).map_or(0, Token::end);
        let end = self.tokens.get(at).map_or(self.text.len(), |t| t.start);
        self.text.get(start..end).unwrap_or_default()
    }

    /// Gives a folded word; nothing beyond the ends.
    pub fn word(&self, at: usize) -> &str {
        self.words.get(at).map_or("", |word| word)
    }

    /// Gives the indexes of the words in a byte range.
    pub fn within(&self, range: &Range<usize>) -> Range<usize> {
        let first = self.tokens.partition_point(|t| t.start < range.start);
        first..self.tokens.partition_point(|t| t.start < range.end).max(first)
    }

    /// Gives the first word in a range of indexes that can be a finite verb, outside quotation marks.
    pub fn finite(&self, range: Range<usize>) -> Option<usize> {
        let first = range.start;
        let marks = self.marks.get(first..range.end.min(self.marks.len()))?;
        let verb = |(i, marks): (usize, &u8)| marks & VERB != 0 && (i == 0 || marks & CAPITAL == 0);
        marks.iter().enumerate().position(verb).map(|i| first + i)
    }

    fn has(&self, at: usize, mark: u8) -> bool {
        self.marks.get(at).is_some_and(|marks| marks & mark != 0)
    }

    /// Tells whether a word can be a finite verb of the sentence itself.
    pub fn is_verb(&self, at: usize) -> bool {
        self.has(at, VERB)
    }

    /// Tells whether a word stands in quotation marks or brackets.
    pub fn is_aside(&self, at: usize) -> bool {
        self.has(at, ASIDE)
    }
}

/// Tells whether one of some ranges, in order and apart, holds a byte offset.
fn holds(ranges: &[Range<usize>], at: usize) -> bool {
    let last = ranges.partition_point(|r| r.start <= at);
    last.checked_sub(1).and_then(|l| ranges.get(l)).is_some_and(|r| at < r.end)
}

/// Gives the byte ranges of web addresses, each up to the next white space.
fn addresses(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    if !text.contains("://") && !text.contains("www.") {
        return found;
    }
    let mut start = 0;
    for chunk in text.split_inclusive(char::is_whitespace) {
        if let Some(at) = chunk.find("://").or_else(|| chunk.find("www.")) {
            let open = chunk.get(..at).and_then(|head| head.rfind(['(', '<', '[', '“', '"']));
            found.push(start + open.unwrap_or(0)..start + chunk.trim_end().len());
        }
        start += chunk.len();
    }
    found
}

/// Gives the byte ranges in quotation marks or brackets, marks included; what is never closed runs to the end.
pub(super) fn asides(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    // The first bytes of the marks: without them, nothing is aside.
    if !text.bytes().any(|b| matches!(b, b'"' | b'(' | 0xE2 | 0xC2)) {
        return found;
    }
    let mut open: Option<(usize, char)> = None;
    for (at, c) in text.char_indices() {
        match open {
            None => {
                open = match c {
                    '“' => Some((at, '”')),
                    '"' => Some((at, '"')),
                    '«' => Some((at, '»')),
                    '(' => Some((at, ')')),
                    _ => None,
                }
            }
            Some((start, close)) if c == close => {
                found.push(start..at + c.len_utf8());
                open = None;
            }
            Some(_) => {}
        }
    }
    if let Some((start, close)) = open
        && close != ')'
    {
        found.push(start..text.len());
    }
    found
}
