//! What a mention is compared by: its telling words, its names, its numbers, its runs of words.

use super::dates::Bounds;
use super::words::{EARLY, Kind, LATE, Numbers};
use crate::lang::events::event_words;
use crate::lang::tokens::{each, folded};
use crate::model::{Article, Mention, Status};
use chrono::NaiveDate;
use std::ops::Range;

/// What words of the rest of the sentence, and of the sentences before it, weigh beside the clause's own.
const REST: f32 = 0.4;
const CONTEXT: f32 = 0.25;
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

/// Which end of its day an expression names ("late on Tuesday", "early on Wednesday").
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Night {
    pub late: bool,
    pub early: bool,
}

/// Reads the features of a mention.
pub(super) fn features<'a>(article: &'a Article, mention: &'a Mention, numbers: &mut Numbers<'a>) -> Features {
    let text = |range: Range<usize>| article.text.get(range).unwrap_or_default();
    numbers.turn(mention.article, article);
    let dated = |at: usize| mention.expression.contains(&at);
    let quote = numbers.read(article, &mention.quote);
    let (mut figures, mut triggers) = (Vec::new(), Vec::new());
    let mut akin: Vec<(u32, u32)> = Vec::new();
    let first = quote.words.partition_point(|w| w.0 < mention.clause.start);
    let inside = quote.words.iter().skip(first).take_while(|w| w.0 < mention.clause.end);
    for &(_, told) in inside.clone().filter(|w| !dated(w.0)) {
        match told.kind {
            Kind::Figure => figures.push(told.stem),
            Kind::Trigger => triggers.push(told.stem),
            Kind::Word => {}
        }
        akin.extend(told.akin.iter().map(|&kind| (kind, told.word)));
    }
    let phrases = quote.phrases.iter().filter(|p| mention.clause.contains(&p.0) && !dated(p.0));
    akin.extend(phrases.flat_map(|&(_, kinds, id)| kinds.iter().map(move |&kind| (kind, id))));
    akin.sort_unstable();
    akin.dedup();
    let located = quote.places.iter().filter(|p| mention.clause.contains(&p.0) && !dated(p.0));
    let mut places: Vec<u32> = located.map(|p| p.1).collect();
    let [mut words, mut more] = std::mem::take(&mut numbers.lists);
    words.clear();
    for &(stem, at) in quote.stems.iter().filter(|w| !dated(w.1)) {
        let weight = if mention.clause.contains(&at) { 1.0 } else { REST };
        match words.last_mut() {
            Some(last) if last.0 == stem => last.1 = weight.max(last.1),
            _ => words.push((stem, weight)),
        }
    }
    let clause: Vec<Weighted> = words.iter().copied().filter(|w| w.1 == 1.0).collect();
    let mut told_runs = quote.runs.clone();
    for range in &mention.continued {
        let read = numbers.read(article, range);
        add(&words, &read.stems, REST, &mut more);
        std::mem::swap(&mut words, &mut more);
        told_runs.extend(&read.runs);
    }
    if !mention.continued.is_empty() {
        told_runs.sort_unstable();
        told_runs.dedup();
        told_runs.shrink_to_fit();
    }
    let all = words.to_vec();
    for s in mention.sentence.saturating_sub(2)..mention.sentence {
        if let Some(sentence) = article.sentences.get(s) {
            let read = numbers.read(article, &sentence.range);
            add(&words, &read.stems, CONTEXT, &mut more);
            std::mem::swap(&mut words, &mut more);
        }
    }
    let context = words.to_vec();
    numbers.lists = [words, more];
    let mut names: Vec<u32> = mention.names.iter().map(|n| numbers.name(n.rsplit(' ').next().unwrap_or(n))).collect();
    let mut name_words: Vec<u32> = mention.names.iter().flat_map(|n| n.split(' ')).map(|w| numbers.name(w)).collect();
    for list in [&mut names, &mut name_words, &mut figures, &mut triggers, &mut places] {
        list.sort_unstable();
        list.dedup();
    }
    let in_clause = |name: &u32| clause.binary_search_by_key(name, |word| word.0).is_ok();
    let actors: Vec<u32> =
        names.iter().copied().filter(|name| places.binary_search(name).is_err() && in_clause(name)).collect();
    let mut negated = Vec::new();
    if !quote.negated.is_empty() {
        for &(at, told) in inside.filter(|w| quote.negated.binary_search(&w.0).is_ok()) {
            let before = text(mention.clause.start..at).trim_end();
            if before.rsplit(' ').next().is_some_and(|word| event_words().negations.contains(&folded(word))) {
                negated.push(told.stem);
            }
        }
        negated.sort_unstable();
    }
    let said = each(text(mention.expression.clone())).fold(0, |all, token| all | numbers.marks(token.text));
    Features {
        kinds: 0.0,
        akin,
        clause,
        all,
        context,
        names,
        name_words,
        actors,
        negated,
        places,
        numbers: figures,
        triggers,
        runs: told_runs,
        bounds: numbers.bounds(&mention.date),
        published: numbers.published,
        night: Night { late: said & LATE != 0, early: said & EARLY != 0 },
        status: mention.status,
    }
}

/// Adds stems that are not yet among some words, with a weight; all in order of number.
fn add(words: &[Weighted], stems: &[(u32, usize)], weight: f32, to: &mut Vec<Weighted>) {
    to.clear();
    let mut old = words.iter().copied().peekable();
    for &(stem, _) in stems {
        while let Some(word) = old.next_if(|word| word.0 <= stem) {
            to.push(word);
        }
        if to.last().is_none_or(|last| last.0 != stem) {
            to.push((stem, weight));
        }
    }
    to.extend(old);
}
