//! A sentence read for its clauses: its words, and which of them stand in quotation marks or brackets.

use crate::lang::events::{event_words, is_stop};
use crate::lang::tokens::{Token, fold_into, tokens};
use crate::lang::{Kinds, Runs, Words};
use memchr::{memchr, memchr3};
use std::ops::Range;

/// It stands in quotation marks or brackets.
const ASIDE: u8 = 1;
/// It can be a finite verb of the sentence itself.
const VERB: u8 = 2;
/// It opens with a capital letter.
const CAPITAL: u8 = 4;
/// It is part of a web address.
const ADDRESS: u8 = 8;
/// A comma stands before it.
const COMMA: u8 = 16;

/// A sentence with its words.
pub(super) struct Reading<'a> {
    /// The sentence.
    pub text: &'a str,
    /// Its words as written.
    pub tokens: Vec<Token<'a>>,
    /// The byte ranges of its time expressions of every kind, in order.
    pub dates: Vec<Range<usize>>,
    /// The sentence in small letters, and behind it those of its words that fold to something else.
    folded: String,
    words: Vec<Word>,
    /// What any of its words is.
    kinds: Kinds,
}

/// What is known of a word.
struct Word {
    /// Where it begins and ends in the folded text; no sentence with a date is longer than 32 bits tell.
    start: u32,
    end: u32,
    /// The lists that hold it.
    kinds: Kinds,
    /// What it is here, as [`ASIDE`] and the like.
    marks: u8,
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
        let (addresses, asides) = (addresses(text), asides(text));
        let known = event_words();
        let finite = known.auxiliaries().or(known.past());
        // Most words only lose their capitals when they are folded: all of them do so at once.
        let mut folded = String::with_capacity(text.len() + text.len() / 4);
        folded.push_str(text);
        folded.make_ascii_lowercase();
        let mut words = Vec::with_capacity(tokens.len());
        let mut all = Kinds::default();
        let mut last = 0;
        for token in &tokens {
            let address = holds(&addresses, token.start);
            let place = match () {
                () if address => 0..0,
                () if token.folds_to_small() => token.start..token.end(),
                () => {
                    let start = folded.len();
                    fold_into(&mut folded, token.text);
                    start..folded.len()
                }
            };
            let kinds = known.kinds(folded.get(place.clone()).unwrap_or_default());
            all = all.or(kinds);
            // Before most words stands one space.
            let gap = text.as_bytes().get(last..token.start).unwrap_or_default();
            let comma = gap != b" " && gap.contains(&b',');
            last = token.end();
            let aside = holds(&asides, token.start);
            let verb = kinds.meets(finite) && !aside && !holds(dates, token.start);
            let marks = u8::from(aside) * ASIDE
                + u8::from(verb) * VERB
                + u8::from(token.is_capitalised()) * CAPITAL
                + u8::from(address) * ADDRESS
                + u8::from(comma) * COMMA;
            words.push(Word { start: place.start as u32, end: place.end as u32, kinds, marks });
        }
        Reading { text, tokens, dates: dates.to_vec(), folded, words, kinds: all }
    }

    /// Gives what stands between a word and the one before it.
    pub fn gap(&self, at: usize) -> &'a str {
        let start = at.checked_sub(1).and_then(|b| self.tokens.get(b)).map_or(0, Token::end);
        let end = self.tokens.get(at).map_or(self.text.len(), |t| t.start);
        self.text.get(start..end).unwrap_or_default()
    }

    /// Gives a folded word; nothing beyond the ends.
    #[inline]
    pub fn word(&self, at: usize) -> &str {
        self.words.get(at).and_then(|word| self.folded.get(word.start as usize..word.end as usize)).unwrap_or_default()
    }

    /// Tells whether a comma stands between a word and the one before it.
    #[inline]
    pub fn comma(&self, at: usize) -> bool {
        // Behind the last word stands what is left of the sentence.
        self.words.get(at).map_or_else(|| self.gap(at).contains(','), |word| word.marks & COMMA != 0)
    }

    /// Tells whether a list holds a folded word.
    #[inline]
    pub fn is(&self, at: usize, list: &Words) -> bool {
        self.is_of(at, list.kind)
    }

    /// Tells whether a word has one of some bits.
    #[inline]
    pub fn is_of(&self, at: usize, kinds: Kinds) -> bool {
        self.words.get(at).is_some_and(|word| word.kinds.meets(kinds))
    }

    /// Tells whether a list holds any of the words.
    pub fn has_any(&self, list: &Words) -> bool {
        self.kinds.meets(list.kind)
    }

    /// Tells whether a word is a past form.
    pub fn is_past(&self, at: usize) -> bool {
        self.is_of(at, event_words().past())
    }

    /// Tells whether a word is an auxiliary, or a present form that is no participle.
    pub fn is_auxiliary(&self, at: usize) -> bool {
        self.is_of(at, event_words().auxiliaries())
    }

    /// Tells whether one of some runs stands at a word.
    #[inline]
    pub fn starts(&self, at: usize, runs: &Runs) -> bool {
        self.is_of(at, runs.kind) && self.runs(at, runs).next().is_some()
    }

    /// Tells whether one of some runs can stand anywhere: what to ask before looking for it.
    pub fn can_hold(&self, runs: &Runs) -> bool {
        self.kinds.meets(runs.kind)
    }

    /// Gives how many words each of some runs has that stands at a word.
    pub fn runs<'r>(&'r self, at: usize, runs: &'r Runs) -> impl Iterator<Item = usize> + use<'r, 'a> {
        let begins = self.is_of(at, runs.kind);
        let word = move |i: usize| Some(self.word(i)).filter(|_| i < self.words.len());
        begins.then(|| runs.lengths(word, at)).into_iter().flatten()
    }

    /// Gives the indexes of the words in a byte range.
    pub fn within(&self, range: &Range<usize>) -> Range<usize> {
        let first = if range.start == 0 { 0 } else { self.tokens.partition_point(|t| t.start < range.start) };
        // Most ranges run to the end of the sentence.
        let to_end = self.tokens.last().is_none_or(|last| last.start < range.end);
        let end = if to_end { self.tokens.len() } else { self.tokens.partition_point(|t| t.start < range.end) };
        first..end.max(first)
    }

    /// Gives the first word in a range of indexes that can be a finite verb, outside quotation marks.
    pub fn finite(&self, range: Range<usize>) -> Option<usize> {
        let first = range.start;
        let words = self.words.get(first..range.end.min(self.words.len()))?;
        let verb = |(i, word): (usize, &Word)| word.marks & VERB != 0 && (i == 0 || word.marks & CAPITAL == 0);
        words.iter().enumerate().position(verb).map(|i| first + i)
    }

    #[inline]
    fn has(&self, at: usize, mark: u8) -> bool {
        self.words.get(at).is_some_and(|word| word.marks & mark != 0)
    }

    /// Tells whether a word opens with a capital letter.
    pub fn is_capital(&self, at: usize) -> bool {
        self.has(at, CAPITAL)
    }

    /// Tells whether a word says nothing of its own.
    pub fn is_stop(&self, at: usize) -> bool {
        // Of a web address nothing is folded.
        let token = self.tokens.get(at).filter(|_| self.has(at, ADDRESS));
        token.map_or_else(|| self.is(at, &event_words().stop), |token| is_stop(token.text))
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
    if memchr3(b'"', b'(', 0xE2, text.as_bytes()).or_else(|| memchr(0xC2, text.as_bytes())).is_none() {
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
