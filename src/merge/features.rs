//! What a mention is compared by: its telling words, its names, its numbers, its runs of words.

use super::dates::Bounds;
use crate::lang::akin::{Seconds, akin, akin_pair, seconds};
use crate::lang::events::event_words;
use crate::lang::tokens::{each, folded, stem};
use crate::model::{Article, Edtf, Mention, Status};
use chrono::NaiveDate;
use foldhash::fast::RandomState;
use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;

/// How long a run of words two texts must share to count as the same phrase.
pub(super) const RUN: usize = 6;
/// Words of a mention that are read at most: a sentence without end stays cheap.
pub(super) const MOST_WORDS: usize = 240;
/// What words of the rest of the sentence, and of the sentences before it, weigh beside the clause's own.
const REST: f32 = 0.4;
const CONTEXT: f32 = 0.25;
/// Words that may stand between one that says where and the name: "in the old town of Harwick".
const LOCATED: usize = 5;

/// A word with what it weighs in its mention, weighted by rarity when that is known.
pub(super) type Weighted = (u32, f32);

/// What one mention is compared by.
pub(super) struct Features {
    /// Stems of the clause alone, in order of number.
    pub clause: Vec<Weighted>,
    /// Stems of clause, sentence and the sentences that go on with it.
    pub all: Vec<Weighted>,
    /// Stems with those of the two sentences before added.
    pub context: Vec<Weighted>,
    /// Length of the kinds of deed as a vector, by rarity; filled when the rarity is known.
    pub kinds: f64,
    /// Names, by the word at which their variants meet.
    pub names: Vec<u32>,
    /// All words of those names, sorted.
    pub name_words: Vec<u32>,
    /// Where the clause says that it was ("in Port Almer"), by all words of the name, sorted.
    pub places: Vec<u32>,
    /// Whom and what the clause names besides places, by the word at which variants meet, sorted.
    pub actors: Vec<u32>,
    /// Stems that the clause turns round ("not guilty"), sorted.
    pub negated: Vec<u32>,
    /// Numbers of the clause.
    pub numbers: Vec<u32>,
    /// Kinds of happening that the clause tells.
    pub triggers: Vec<u32>,
    /// Kinds of deed that words of the clause may tell, each with the word; sorted.
    pub akin: Vec<(u32, u32)>,
    /// Hashes of the runs of words in sentence and continuation, sorted.
    pub runs: Vec<u64>,
    /// The date's bounds.
    pub bounds: Bounds,
    /// First day of the article's publication date.
    pub published: Option<NaiveDate>,
    /// Whether the expression says that it was late in its day, or early: the night that joins two days.
    pub night: Night,
    /// Whether it is told as a fact.
    pub status: Status,
}

/// A word that tells something.
#[derive(Debug, Clone, Copy)]
struct Telling {
    stem: u32,
    kind: Kind,
    /// Kinds of deed that it may tell, and a number for the word itself.
    akin: &'static [u32],
    word: u32,
}

/// Which end of its day an expression names ("late on Tuesday", "early on Wednesday").
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Night {
    pub late: bool,
    pub early: bool,
}

/// What a word does in its clause.
#[derive(Debug, Clone, Copy)]
enum Kind {
    Word,
    Figure,
    Trigger,
}

/// A folded word: its hash, what it tells, and what it makes of the word before it, if anything.
type Known = (u64, Option<Telling>, Option<&'static Seconds>);

/// Numbers for stems, given in order of first use, and what was read last.
#[derive(Default)]
pub(super) struct Numbers {
    of: HashMap<String, u32, RandomState>,
    words: HashMap<String, Known, RandomState>,
    /// The numbers of the words of names, as written.
    names: HashMap<String, u32, RandomState>,
    bounds: HashMap<Edtf, Bounds, RandomState>,
    article: Option<usize>,
    read: HashMap<usize, Rc<Read>, RandomState>,
    /// Emptied and filled for each mention.
    lists: [Vec<Weighted>; 3],
    hashes: Vec<u64>,
}

/// One stretch of text: its telling words with their places, and its runs of words.
struct Read {
    words: Vec<(usize, Telling)>,
    /// Kinds of deed that two words together may tell ("walk out"), with their place and a number for them.
    phrases: Vec<(usize, &'static [u32], u32)>,
    runs: Vec<u64>,
    /// Where it says that something was, with the place of each in the text.
    places: Vec<(usize, u32)>,
}

impl Numbers {
    fn of(&mut self, stem: String) -> u32 {
        let next = self.of.len() as u32;
        *self.of.entry(stem).or_insert(next)
    }

    fn name(&mut self, word: &str) -> u32 {
        if let Some(&known) = self.names.get(word) {
            return known;
        }
        let number = self.of(stem(&folded(word)));
        self.names.insert(word.to_owned(), number);
        number
    }

    fn bounds(&mut self, date: &Edtf) -> Bounds {
        if let Some(known) = self.bounds.get(date) {
            return known.clone();
        }
        let bounds = Bounds::of(date);
        self.bounds.insert(date.clone(), bounds.clone());
        bounds
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
        let known = (hash(folded.as_bytes()), told, seconds(folded));
        self.words.insert(folded.to_owned(), known);
        known
    }

    /// Reads a stretch of an article, once as long as the article stays the same.
    fn read(&mut self, index: usize, article: &Article, range: &Range<usize>) -> Rc<Read> {
        if self.article != Some(index) {
            self.article = Some(index);
            self.read.clear();
        }
        if let Some(read) = self.read.get(&range.start) {
            return Rc::clone(read);
        }
        let text = article.text.get(range.clone()).unwrap_or_default();
        let (mut words, mut phrases) = (Vec::with_capacity(text.len() / 8), Vec::new());
        let mut before: Option<(usize, Cow<'_, str>)> = None;
        let mut hashes = std::mem::take(&mut self.hashes);
        hashes.clear();
        let mut places: Vec<(usize, u32)> = Vec::new();
        // Words since one that says where, and whether the last of them was of a name.
        let mut located: Option<(usize, bool)> = None;
        for token in each(text).take(MOST_WORDS) {
            let start = range.start + token.start;
            let word = folded(token.text);
            let (hash, telling, seconds) = self.word(&word);
            located = match located {
                _ if event_words().locative.contains(word.as_ref()) => Some((0, false)),
                Some((since, _)) if token.text.starts_with(char::is_uppercase) && since < LOCATED => {
                    places.extend(telling.map(|told| (start, told.stem)));
                    Some((since, telling.is_some()))
                }
                Some((since, false)) => Some((since + 1, false)),
                _ => None,
            };
            hashes.push(hash);
            if let (Some((at, first)), Some(seconds)) = (&before, seconds)
                && let Some(kinds) = akin_pair(first, seconds)
            {
                phrases.push((*at, kinds, self.of(format!("{first} {word}"))));
            }
            if !event_words().articles.contains(word.as_ref()) {
                before = Some((start, word));
            }
            words.extend(telling.map(|told| (start, told)));
        }
        let read = Rc::new(Read { words, phrases, runs: runs(&hashes), places });
        self.hashes = hashes;
        self.read.insert(range.start, Rc::clone(&read));
        read
    }
}

/// Reads the features of a mention.
pub(super) fn features(article: &Article, mention: &Mention, numbers: &mut Numbers) -> Features {
    let words = event_words();
    let text = |range: &Range<usize>| article.text.get(range.clone()).unwrap_or_default();
    let [mut clause, mut all, mut context] = std::mem::take(&mut numbers.lists);
    for list in [&mut clause, &mut all, &mut context] {
        list.clear();
    }
    let (mut figures, mut triggers) = (Vec::new(), Vec::new());
    let dated = |at: usize| mention.expression.contains(&at);
    let quote = numbers.read(mention.article, article, &mention.quote);
    let mut told_runs = quote.runs.clone();
    let mut akin: Vec<(u32, u32)> = Vec::new();
    for &(at, told) in quote.words.iter().filter(|w| !dated(w.0)) {
        let inside = mention.clause.contains(&at);
        if inside {
            clause.push((told.stem, 1.0));
            match told.kind {
                Kind::Figure => figures.push(told.stem),
                Kind::Trigger => triggers.push(told.stem),
                Kind::Word => {}
            }
            akin.extend(told.akin.iter().map(|&kind| (kind, told.word)));
        }
        all.push((told.stem, if inside { 1.0 } else { REST }));
    }
    let phrases = quote.phrases.iter().filter(|p| mention.clause.contains(&p.0) && !dated(p.0));
    akin.extend(phrases.flat_map(|&(_, kinds, id)| kinds.iter().map(move |&kind| (kind, id))));
    akin.sort_unstable();
    akin.dedup();
    let located = quote.places.iter().filter(|p| mention.clause.contains(&p.0) && !dated(p.0));
    let mut places: Vec<u32> = located.map(|p| p.1).collect();
    for range in &mention.continued {
        let read = numbers.read(mention.article, article, range);
        all.extend(read.words.iter().map(|w| (w.1.stem, REST)));
        told_runs.extend(&read.runs);
    }
    for s in mention.sentence.saturating_sub(2)..mention.sentence {
        if let Some(sentence) = article.sentences.get(s) {
            let read = numbers.read(mention.article, article, &sentence.range);
            context.extend(read.words.iter().map(|w| (w.1.stem, CONTEXT)));
        }
    }
    context.extend(all.iter().copied());
    told_runs.sort_unstable();
    told_runs.dedup();
    told_runs.shrink_to_fit();
    let mut names: Vec<u32> = mention.names.iter().map(|n| numbers.name(n.rsplit(' ').next().unwrap_or(n))).collect();
    let mut name_words: Vec<u32> = mention.names.iter().flat_map(|n| n.split(' ')).map(|w| numbers.name(w)).collect();
    for list in [&mut names, &mut name_words] {
        list.sort_unstable();
        list.dedup();
    }
    for list in [&mut figures, &mut triggers, &mut places] {
        list.sort_unstable();
        list.dedup();
    }
    let actors: Vec<u32> = names
        .iter()
        .copied()
        .filter(|name| places.binary_search(name).is_err() && clause.iter().any(|word| word.0 == *name))
        .collect();
    let mut negated = Vec::new();
    for &(at, told) in quote.words.iter().filter(|w| mention.clause.contains(&w.0)) {
        let before = text(&(mention.clause.start..at)).trim_end();
        if before.rsplit(' ').next().is_some_and(|word| words.negations.contains(&folded(word))) {
            negated.push(told.stem);
        }
    }
    negated.sort_unstable();
    let said = |list: &crate::lang::Words| each(text(&mention.expression)).any(|t| list.contains(&folded(t.text)));
    let features = Features {
        kinds: 0.0,
        akin,
        clause: heaviest(&mut clause),
        all: heaviest(&mut all),
        context: heaviest(&mut context),
        names,
        name_words,
        actors,
        negated,
        places,
        numbers: figures,
        triggers,
        runs: told_runs,
        bounds: numbers.bounds(&mention.date),
        published: article.published.as_ref().and_then(|p| p.date.first_day()),
        night: Night { late: said(&words.late_words), early: said(&words.early_words) },
        status: mention.status,
    };
    numbers.lists = [clause, all, context];
    features
}

/// Keeps each stem once, with its greatest weight, in order of number.
fn heaviest(words: &mut Vec<Weighted>) -> Vec<Weighted> {
    words.sort_unstable_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)));
    words.dedup_by_key(|w| w.0);
    words.to_vec()
}

/// Gives the hashes of all runs of [`RUN`] words.
fn runs(words: &[u64]) -> Vec<u64> {
    words
        .windows(RUN)
        .map(|run| {
            run.iter().fold(0xcbf2_9ce4_8422_2325, |h: u64, w| (h ^ w).wrapping_mul(0x0100_0000_01b3).rotate_left(29))
        })
        .collect()
}

/// The FNV-1a hash: the same on every machine.
fn hash(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |h, &b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3))
}
