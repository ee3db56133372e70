//! The words of sentences by number, each read once: what they tell, their runs, where something was.

use super::dates::Bounds;
use super::lists::Word;
use crate::lang::akin::{Seconds, akin, akin_pair, opens_pair, seconds};
use crate::lang::events::event_words;
use crate::lang::tokens::{each, folded, stem};
use crate::model::{Article, Edtf};
use chrono::NaiveDate;
use foldhash::fast::RandomState;
use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;
use std::sync::Arc;

/// How long a run of words two texts must share to count as the same phrase.
pub(super) const RUN: usize = 6;
/// Words of a mention that are read at most: a sentence without end stays cheap.
pub(super) const MOST_WORDS: usize = 240;
/// Words that may stand between one that says where and the name: "in the old town of Harwick".
const LOCATED: usize = 5;

/// A word that tells something.
#[derive(Debug, Clone, Copy)]
pub(super) struct Telling {
    pub stem: u32,
    pub kind: Kind,
    /// Kinds of deed that it may tell, and a number for the word itself.
    pub akin: &'static [u32],
    pub word: u32,
}

/// What a word does in its clause.
#[derive(Debug, Clone, Copy)]
pub(super) enum Kind {
    Word,
    Figure,
    Trigger,
}

/// What is known of a word.
#[derive(Debug, Clone, Copy)]
struct Known {
    /// The hash of it, folded.
    hash: u64,
    telling: Option<Telling>,
    /// What it makes of the word before it, if anything.
    seconds: Option<&'static Seconds>,
    /// What it is, as [`LOCATIVE`] and the like.
    marks: u8,
}

/// It stands before the name of where something was.
const LOCATIVE: u8 = 1;
/// It may stand between the two words of a phrase.
const ARTICLE: u8 = 2;
/// It turns round what follows.
const NEGATION: u8 = 4;
/// It says that it was late in the day, or early.
pub(super) const LATE: u8 = 8;
pub(super) const EARLY: u8 = 16;
/// A second word makes something else of it.
const OPENS: u8 = 32;

impl Known {
    fn is(self, mark: u8) -> bool {
        self.marks & mark != 0
    }
}

/// Numbers for stems, given in order of first use, and what was read last.
#[derive(Default)]
pub(super) struct Numbers<'a> {
    of: HashMap<String, u32, RandomState>,
    /// By the folded word, and by the word as it is written.
    words: HashMap<String, Known, RandomState>,
    written: HashMap<&'a str, Known, RandomState>,
    /// The numbers of the words of names, as written.
    names: HashMap<&'a str, u32, RandomState>,
    bounds: HashMap<Edtf, Arc<Bounds>, RandomState>,
    /// The article at hand, and the first day of its publication date.
    article: Option<usize>,
    pub published: Option<NaiveDate>,
    read: HashMap<usize, Rc<Read>, RandomState>,
    /// Emptied and filled again and again.
    pub lists: [Vec<Word>; 2],
    hashes: Vec<u64>,
}

/// One stretch of text: its telling words with their places, and its runs of words.
pub(super) struct Read {
    pub words: Vec<(usize, Telling)>,
    /// Their stems, each with its place, in order of number.
    pub stems: Vec<(u32, usize)>,
    /// The places of those that stand behind a word that turns them round.
    pub negated: Vec<usize>,
    /// Kinds of deed that two words together may tell ("walk out"), with their place and a number for them.
    pub phrases: Vec<(usize, &'static [u32], u32)>,
    /// Hashes of its runs of words, sorted.
    pub runs: Arc<[u64]>,
    /// Where it says that something was, with the place of each in the text.
    pub places: Vec<(usize, u32)>,
}

impl<'a> Numbers<'a> {
    fn of(&mut self, stem: String) -> u32 {
        let next = self.of.len() as u32;
        *self.of.entry(stem).or_insert(next)
    }

    /// Gives the number of a word of a name.
    pub fn name(&mut self, word: &'a str) -> u32 {
        if let Some(&known) = self.names.get(word) {
            return known;
        }
        let number = self.of(stem(&folded(word)));
        self.names.insert(word, number);
        number
    }

    /// Gives the bounds of a date, which all mentions of it share.
    pub fn bounds(&mut self, date: &Edtf) -> Arc<Bounds> {
        if let Some(known) = self.bounds.get(date) {
            return Arc::clone(known);
        }
        let bounds = Arc::new(Bounds::of(date));
        self.bounds.insert(date.clone(), Arc::clone(&bounds));
        bounds
    }

    /// Gives what has a number, in the order of the numbers.
    pub fn numbered(self) -> Vec<String> {
        let mut numbered = vec![String::new(); self.of.len()];
        for (text, number) in self.of {
            if let Some(place) = numbered.get_mut(number as usize) {
                *place = text;
            }
        }
        numbered
    }

    /// Gives what is known of a word as it is written.
    fn written(&mut self, word: &'a str) -> Known {
        if let Some(known) = self.written.get(word) {
            return *known;
        }
        let known = self.word(&folded(word));
        self.written.insert(word, known);
        known
    }

    /// Gives what a word is; a new one gets no number by it.
    pub fn marks(&self, word: &str) -> u8 {
        self.written.get(word).map_or_else(|| marks(&folded(word)), |known| known.marks)
    }

    fn word(&mut self, folded: &str) -> Known {
        if let Some(known) = self.words.get(folded) {
            return *known;
        }
        let words = event_words();
        let told = if words.stop.contains(folded) || folded.chars().nth(1).is_none() {
            None
        } else {
            let stem = stem(folded);
            let kind = if folded.starts_with(|c: char| c.is_ascii_digit()) {
                Kind::Figure
            } else if words.is_trigger(&stem) {
                Kind::Trigger
            } else {
                Kind::Word
            };
            Some(Telling { stem: self.of(stem), kind, akin: akin(folded), word: self.of(format!("{folded} ")) })
        };
        let pair = if opens_pair(folded) { OPENS } else { 0 };
        let known = Known {
            hash: hash(folded.as_bytes()),
            telling: told,
            seconds: seconds(folded),
            marks: marks(folded) | pair,
        };
        self.words.insert(folded.to_owned(), known);
        known
    }

    /// Turns to an article.
    pub fn turn(&mut self, index: usize, article: &Article) {
        if self.article != Some(index) {
            self.article = Some(index);
            self.published = article.published_day();
            self.read.clear();
        }
    }

    /// Reads a stretch of the article at hand, once as long as it stays the same.
    pub fn read(&mut self, article: &'a Article, range: &Range<usize>) -> Rc<Read> {
        if let Some(read) = self.read.get(&range.start) {
            return Rc::clone(read);
        }
        let text = article.text.get(range.clone()).unwrap_or_default();
        let (mut words, mut phrases) = (Vec::with_capacity(text.len() / 8), Vec::new());
        let (mut negated, mut places): (Vec<usize>, Vec<(usize, u32)>) = (Vec::new(), Vec::new());
        // The last word that is no article, and whether the last of all turns the next round.
        let mut before: Option<(usize, &str, bool)> = None;
        let mut turned = false;
        let mut hashes = std::mem::take(&mut self.hashes);
        hashes.clear();
        // Words since one that says where, and whether the last of them was of a name.
        let mut located: Option<(usize, bool)> = None;
        for token in each(text).take(MOST_WORDS) {
            let start = range.start + token.start;
            let known = self.written(token.text);
            located = match located {
                _ if known.is(LOCATIVE) => Some((0, false)),
                Some((since, _)) if token.is_capitalised() && since < LOCATED => {
                    places.extend(known.telling.map(|told| (start, told.stem)));
                    Some((since, known.telling.is_some()))
                }
                Some((since, false)) => Some((since + 1, false)),
                _ => None,
            };
            hashes.push(known.hash);
            if let (Some((at, first, true)), Some(seconds)) = (before, known.seconds)
                && let Some(kinds) = akin_pair(&folded(first), seconds)
            {
                phrases.push((at, kinds, self.of(format!("{} {}", folded(first), folded(token.text)))));
            }
            if !known.is(ARTICLE) {
                before = Some((start, token.text, known.is(OPENS)));
            }
            words.extend(known.telling.map(|told| (start, told)));
            negated.extend(Some(start).filter(|_| turned && known.telling.is_some()));
            turned = known.is(NEGATION);
        }
        let mut stems: Vec<(u32, usize)> = words.iter().map(|&(at, told)| (told.stem, at)).collect();
        stems.sort_unstable();
        let read = Rc::new(Read { words, stems, negated, phrases, runs: runs(&hashes).into(), places });
        self.hashes = hashes;
        self.read.insert(range.start, Rc::clone(&read));
        read
    }
}

/// Gives for each part's numbers the one that stands for the same in all parts: as if all were read one after the
/// other, whatever the parts.
pub(super) fn unified(parts: &[Vec<String>]) -> Vec<Vec<u32>> {
    let mut of: HashMap<&str, u32, RandomState> = HashMap::default();
    let mut all = Vec::with_capacity(parts.len());
    for part in parts {
        let numbers = part.iter().map(|text| {
            let next = of.len() as u32;
            *of.entry(text).or_insert(next)
        });
        all.push(numbers.collect());
    }
    all
}

/// Tells what a folded word is, as [`LOCATIVE`] and the like.
fn marks(folded: &str) -> u8 {
    let words = event_words();
    let lists = [
        (&words.locative, LOCATIVE),
        (&words.articles, ARTICLE),
        (&words.negations, NEGATION),
        (&words.late_words, LATE),
        (&words.early_words, EARLY),
    ];
    lists.into_iter().filter(|(list, _)| list.contains(folded)).map(|(_, mark)| mark).sum()
}

/// Gives the hashes of all runs of [`RUN`] words, each once and sorted.
fn runs(words: &[u64]) -> Vec<u64> {
    let mut runs: Vec<u64> = words
        .windows(RUN)
        .map(|run| {
            run.iter().fold(0xcbf2_9ce4_8422_2325, |h: u64, w| (h ^ w).wrapping_mul(0x0100_0000_01b3).rotate_left(29))
        })
        .collect();
    runs.sort_unstable();
    runs.dedup();
    runs
}

/// The FNV-1a hash: the same on every machine.
fn hash(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |h, &b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3))
}
