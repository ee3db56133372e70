//! What a mention is compared by: its telling words, its names, its numbers, its runs of words.

use super::dates::Bounds;
use crate::lang::events::event_words;
use crate::lang::tokens::{Token, fold, stem, tokens};
use crate::model::{Article, Mention};
use chrono::NaiveDate;
use std::collections::HashMap;
use std::ops::Range;

/// How long a run of words two texts must share to count as the same phrase.
pub(super) const RUN: usize = 6;
/// Words of a mention that are read at most: a sentence without end stays cheap.
const MOST_WORDS: usize = 240;
/// What words of the rest of the sentence, and of the sentences before it, weigh beside the clause's own.
const REST: f64 = 0.4;
const CONTEXT: f64 = 0.25;

/// A word with what it weighs in its mention, before its rarity.
pub(super) type Weighted = (u32, f64);

/// What one mention is compared by.
pub(super) struct Features {
    /// Stems of the clause alone, in order of number.
    pub clause: Vec<Weighted>,
    /// Stems of clause, sentence and the sentences that go on with it.
    pub all: Vec<Weighted>,
    /// Stems with those of the two sentences before added.
    pub context: Vec<Weighted>,
    /// Names, by the word at which their variants meet.
    pub names: Vec<u32>,
    /// Numbers of the clause.
    pub numbers: Vec<u32>,
    /// Kinds of happening that the clause tells.
    pub triggers: Vec<u32>,
    /// Hashes of the runs of words in sentence and continuation, sorted.
    pub runs: Vec<u64>,
    /// The same for the two sentences before.
    pub context_runs: Vec<u64>,
    /// The date's bounds.
    pub bounds: Bounds,
    /// First day of the article's publication date.
    pub published: Option<NaiveDate>,
    /// Whether the expression says that it was at night.
    pub night: bool,
}

/// What a word does in its clause.
enum Kind {
    Word,
    Figure,
    Trigger,
}

/// Numbers for stems, given in order of first use.
#[derive(Default)]
pub(super) struct Numbers {
    of: HashMap<String, u32>,
}

impl Numbers {
    fn of(&mut self, stem: String) -> u32 {
        let next = self.of.len() as u32;
        *self.of.entry(stem).or_insert(next)
    }
}

/// Reads the features of a mention.
pub(super) fn features(article: &Article, mention: &Mention, numbers: &mut Numbers) -> Features {
    let words = event_words();
    let text = |range: &Range<usize>| article.text.get(range.clone()).unwrap_or_default();
    let mut clause = Vec::new();
    let mut all = Vec::new();
    let mut context = Vec::new();
    let (mut figures, mut triggers) = (Vec::new(), Vec::new());
    let add = |range: &Range<usize>, numbers: &mut Numbers, out: &mut dyn FnMut(u32, usize, Kind)| {
        for token in capped(tokens(text(range))) {
            let at = range.start + token.start;
            let folded = fold(token.text);
            let dated = mention.expression.contains(&at);
            if dated || words.stop.contains(&folded) || folded.chars().count() < 2 {
                continue;
            }
            let figure = folded.starts_with(|c: char| c.is_ascii_digit());
            let stem = stem(&folded);
            let kind = if figure {
                Kind::Figure
            } else if words.is_trigger(&stem) {
                Kind::Trigger
            } else {
                Kind::Word
            };
            out(numbers.of(stem), at, kind);
        }
    };
    add(&mention.quote, numbers, &mut |id, at, kind| {
        let inside = mention.clause.contains(&at);
        if inside {
            clause.push((id, 1.0));
            match kind {
                Kind::Figure => figures.push(id),
                Kind::Trigger => triggers.push(id),
                Kind::Word => {}
            }
        }
        all.push((id, if inside { 1.0 } else { REST }));
    });
    for range in &mention.continued {
        add(range, numbers, &mut |id, _, _| all.push((id, REST)));
    }
    let before: Vec<Range<usize>> = (mention.sentence.saturating_sub(2)..mention.sentence)
        .filter_map(|s| article.sentences.get(s))
        .map(|s| s.range.clone())
        .collect();
    for range in &before {
        add(range, numbers, &mut |id, _, _| context.push((id, CONTEXT)));
    }
    context.extend(all.iter().copied());
    let mut names: Vec<u32> = mention
        .names
        .iter()
        .map(|n| numbers.of(stem(&fold(n.rsplit(' ').next().unwrap_or(n)))))
        .collect();
    names.sort_unstable();
    names.dedup();
    for list in [&mut figures, &mut triggers] {
        list.sort_unstable();
        list.dedup();
    }
    let told = std::iter::once(&mention.quote).chain(&mention.continued);
    Features {
        clause: heaviest(clause),
        all: heaviest(all),
        context: heaviest(context),
        names,
        numbers: figures,
        triggers,
        runs: runs(told.map(text)),
        context_runs: runs(before.iter().map(text)),
        bounds: Bounds::of(&mention.date),
        published: article.published.as_ref().and_then(|p| p.date.first_day()),
        night: tokens(text(&mention.expression)).iter().any(|t| words.night_words.contains(&fold(t.text))),
    }
}

/// Gives at most [`MOST_WORDS`] words.
fn capped(mut tokens: Vec<Token<'_>>) -> Vec<Token<'_>> {
    tokens.truncate(MOST_WORDS);
    tokens
}

/// Keeps each stem once, with its greatest weight, in order of number.
fn heaviest(mut words: Vec<Weighted>) -> Vec<Weighted> {
    words.sort_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)));
    words.dedup_by_key(|w| w.0);
    words
}

/// Gives the folded words of a text, capped.
pub(super) fn folded(text: &str) -> Vec<String> {
    capped(tokens(text)).iter().map(|t| fold(t.text)).collect()
}

fn runs<'a>(texts: impl Iterator<Item = &'a str>) -> Vec<u64> {
    let mut found = Vec::new();
    for text in texts {
        let hashes: Vec<u64> = folded(text).iter().map(|w| hash(w.as_bytes())).collect();
        found.extend(hashes.windows(RUN).map(|run| {
            run.iter().fold(0xcbf2_9ce4_8422_2325, |h: u64, w| (h ^ w).wrapping_mul(0x0100_0000_01b3).rotate_left(29))
        }));
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// The FNV-1a hash: the same on every machine.
fn hash(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |h, &b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3))
}
