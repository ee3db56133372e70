//! Why two mentions were joined, in words that a reader can check.

use super::similarity::Alike;
use super::words::{MOST_WORDS, RUN};
use crate::lang::events::event_words;
use crate::lang::tokens::{Token, each, folded, stem};
use crate::model::{Article, LinkReason, Mention};
use foldhash::fast::RandomState;
use std::collections::HashMap;
use std::rc::Rc;

/// Words that a reason lists at most.
const MOST: usize = 6;

/// Finds the reasons for joining mentions; what it read of a mention it keeps until told to forget.
pub(super) struct Reasons<'a> {
    articles: &'a [Article],
    mentions: &'a [Mention],
    stems: HashMap<String, u32, RandomState>,
    words: HashMap<String, Word, RandomState>,
    /// The same by the word as it is written.
    written: HashMap<&'a str, Word, RandomState>,
    said: HashMap<usize, Rc<Said<'a>>, RandomState>,
}

/// A folded word by its numbers.
#[derive(Clone, Copy)]
struct Word {
    number: u32,
    stem: u32,
    telling: bool,
}

/// What a mention says.
struct Said<'a> {
    /// Its sentence and those that go on with it, each with its words.
    stretches: Vec<(&'a str, Vec<(Token<'a>, u32)>)>,
    /// The telling words of its sentence, in order, each with the number of its stem.
    telling: Vec<(u32, &'a str)>,
    /// The numbers of their stems, sorted.
    stems: Vec<u32>,
    /// For each name the number of the stem of its last word.
    names: Vec<u32>,
}

impl<'a> Reasons<'a> {
    /// Starts with nothing read.
    pub fn new(articles: &'a [Article], mentions: &'a [Mention]) -> Reasons<'a> {
        Reasons {
            articles,
            mentions,
            stems: HashMap::default(),
            words: HashMap::default(),
            written: HashMap::default(),
            said: HashMap::default(),
        }
    }

    /// Forgets what mentions say; the next event has others.
    pub fn forget(&mut self) {
        self.said.clear();
    }

    /// Gives all reasons for joining two mentions, strongest first.
    pub fn of(&mut self, a: usize, b: usize, like: &Alike) -> Option<Vec<LinkReason>> {
        let (mine, theirs) = (self.said(a)?, self.said(b)?);
        let mut found = Vec::new();
        if like.same_words {
            found.push(LinkReason::SameWords);
        } else if like.runs > 0
            && let Some(phrase) = phrase(&mine, &theirs)
        {
            found.push(LinkReason::SharedPhrase(phrase));
        }
        let own = self.mentions.get(a).map_or(&[][..], |m| &m.names);
        let shared = own.iter().zip(&mine.names).filter(|(_, stem)| theirs.names.contains(stem));
        let mut names: Vec<String> = shared.map(|(name, _)| name.clone()).take(MOST).collect();
        if !names.is_empty() {
            names.shrink_to_fit();
            found.push(LinkReason::SharedNames(names));
        }
        let words = words(&mine, &theirs);
        if !words.is_empty() {
            found.push(LinkReason::SharedWords(words));
        }
        // They stay as long as the timeline does.
        found.shrink_to_fit();
        Some(found)
    }

    fn written(&mut self, word: &'a str) -> Word {
        if let Some(known) = self.written.get(word) {
            return *known;
        }
        let known = self.word(&folded(word));
        self.written.insert(word, known);
        known
    }

    fn word(&mut self, folded: &str) -> Word {
        if let Some(known) = self.words.get(folded) {
            return *known;
        }
        let next = self.stems.len() as u32;
        let word = Word {
            number: self.words.len() as u32,
            stem: *self.stems.entry(stem(folded)).or_insert(next),
            telling: !event_words().stop.contains(folded) && folded.chars().nth(2).is_some(),
        };
        self.words.insert(folded.to_owned(), word);
        word
    }

    fn said(&mut self, mention: usize) -> Option<Rc<Said<'a>>> {
        if let Some(said) = self.said.get(&mention) {
            return Some(Rc::clone(said));
        }
        let m = self.mentions.get(mention)?;
        let article = self.articles.get(m.article);
        let mut said = Said { stretches: Vec::new(), telling: Vec::new(), stems: Vec::new(), names: Vec::new() };
        for (i, range) in std::iter::once(&m.quote).chain(&m.continued).enumerate() {
            let text = article.and_then(|article| article.text.get(range.clone())).unwrap_or_default();
            let mut words = Vec::with_capacity(text.len() / 5);
            for token in each(text).take(MOST_WORDS) {
                let word = self.written(token.text);
                words.push((token, word.number));
                if i == 0 && word.telling && !m.expression.contains(&(range.start + token.start)) {
                    said.telling.push((word.stem, token.text));
                }
            }
            said.stretches.push((text, words));
        }
        said.stems.extend(said.telling.iter().map(|t| t.0));
        said.stems.sort_unstable();
        let last = |name: &'a String| name.rsplit(' ').next().unwrap_or(name);
        said.names.extend(m.names.iter().map(|name| self.written(last(name)).stem));
        let said = Rc::new(said);
        self.said.insert(mention, Rc::clone(&said));
        Some(said)
    }
}

/// Gives the longest run of words that two mentions share, as the first writes it.
fn phrase(a: &Said<'_>, b: &Said<'_>) -> Option<String> {
    let mut best: Option<(usize, &str)> = None;
    let mut lengths: Vec<usize> = Vec::new();
    for (text, mine) in &a.stretches {
        for (_, theirs) in &b.stretches {
            // For each of their words, how long a run ends there and at my word before.
            lengths.clear();
            lengths.resize(theirs.len() + 1, 0);
            for (i, (token, word)) in mine.iter().enumerate() {
                for (j, (_, same)) in theirs.iter().enumerate().rev() {
                    let length = if same == word { lengths[j] + 1 } else { 0 };
                    lengths[j + 1] = length;
                    if length >= RUN && best.is_none_or(|b| length > b.0) {
                        best = Some((length, text.get(mine.get(i + 1 - length)?.0.start..token.end())?));
                    }
                }
            }
        }
    }
    best.map(|(_, text)| text.to_owned())
}

/// Gives telling words of the first mention whose stems the second has too.
fn words(a: &Said<'_>, b: &Said<'_>) -> Vec<String> {
    let mut seen: Vec<u32> = Vec::with_capacity(MOST);
    let mut found = Vec::new();
    for &(stem, word) in &a.telling {
        if found.len() == MOST {
            break;
        }
        if !seen.contains(&stem) && b.stems.binary_search(&stem).is_ok() {
            seen.push(stem);
            found.push(folded(word).into_owned());
        }
    }
    found.iter_mut().for_each(String::shrink_to_fit);
    found.shrink_to_fit();
    found
}
