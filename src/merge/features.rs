//! What a mention is compared by: its telling words, its names, its numbers, its runs of words.

use super::dates::Bounds;
use super::lists::{self, BEFORE, CLAUSE, LEVELS, Lists, SENTENCE, Word, add, renumbered};
use super::words::{EARLY, Kind, LATE, Numbers};
use crate::lang::events::event_words;
use crate::lang::tokens::{each, folded};
use crate::model::{Article, Mention, Status};
use chrono::NaiveDate;
use std::ops::Range;
use std::sync::Arc;

/// What one mention is compared by.
pub(super) struct Features {
    /// Stems of clause, sentence and the sentences that go on with it, and of the two sentences before.
    pub words: Box<[Word]>,
    /// For each level of nearness the length of its words and those nearer as a vector, by rarity; filled when the
    /// rarity is known.
    pub lengths: [f32; LEVELS],
    /// Length of the kinds of deed as a vector, by rarity; filled when the rarity is known.
    pub kinds: f64,
    lists: Lists<7>,
    /// Kinds of deed that words of the clause may tell, each with the word; sorted.
    pub akin: Box<[(u32, u32)]>,
    /// Hashes of the runs of words in sentence and continuation, sorted; mentions of one sentence share them.
    pub runs: Arc<[u64]>,
    /// The date's bounds.
    pub bounds: Arc<Bounds>,
    /// First day of the article's publication date.
    pub published: Option<NaiveDate>,
    /// Whether the expression says that it was late in its day, or early: the night that joins two days.
    pub night: Night,
    /// Whether it is told as a fact.
    pub status: Status,
}

impl Features {
    /// Gives the names, by the word at which their variants meet.
    pub fn names(&self) -> &[u32] {
        self.lists.get(0)
    }

    /// Gives all words of those names, sorted.
    pub fn name_words(&self) -> &[u32] {
        self.lists.get(1)
    }

    /// Gives where the clause says that it was ("in Port Almer"), by all words of the name, sorted.
    pub fn places(&self) -> &[u32] {
        self.lists.get(2)
    }

    /// Gives whom and what the clause names besides places, by the word at which variants meet, sorted.
    pub fn actors(&self) -> &[u32] {
        self.lists.get(3)
    }

    /// Gives the stems that the clause turns round ("not guilty"), sorted.
    pub fn negated(&self) -> &[u32] {
        self.lists.get(4)
    }

    /// Gives the numbers of the clause.
    pub fn numbers(&self) -> &[u32] {
        self.lists.get(5)
    }

    /// Gives the kinds of happening that the clause tells.
    pub fn triggers(&self) -> &[u32] {
        self.lists.get(6)
    }

    /// Gives how near a stem stands, if it is there.
    pub fn level(&self, stem: u32) -> Option<u32> {
        let found = self.words.binary_search_by_key(&stem, |word| word.stem()).ok()?;
        self.words.get(found).map(|word| word.level())
    }

    /// Gives the stems other numbers.
    pub fn renumber(&mut self, numbers: &[u32]) {
        lists::renumber(&mut self.words, numbers);
        self.lists.renumber(numbers);
        self.akin.iter_mut().for_each(|(_, word)| *word = renumbered(*word, numbers));
        self.akin.sort_unstable();
    }
}

/// Which end of its day an expression names ("late on Tuesday", "early on Wednesday").
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Night {
    pub late: bool,
    pub early: bool,
}

/// Reads the features of a mention; what depends on rarity is still to come.
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
        let word = Word::new(stem, if mention.clause.contains(&at) { CLAUSE } else { SENTENCE });
        match words.last_mut() {
            Some(last) if last.stem() == stem => *last = word.min(*last),
            _ => words.push(word),
        }
    }
    let mut told_runs = Arc::clone(&quote.runs);
    if !mention.continued.is_empty() {
        let mut all = told_runs.to_vec();
        for range in &mention.continued {
            let read = numbers.read(article, range);
            add(&words, &read.stems, SENTENCE, &mut more);
            std::mem::swap(&mut words, &mut more);
            all.extend(read.runs.iter());
        }
        all.sort_unstable();
        all.dedup();
        told_runs = all.into();
    }
    for s in mention.sentence.saturating_sub(2)..mention.sentence {
        if let Some(sentence) = article.sentences.get(s) {
            let read = numbers.read(article, &sentence.range);
            add(&words, &read.stems, BEFORE, &mut more);
            std::mem::swap(&mut words, &mut more);
        }
    }
    let told = words.as_slice().into();
    let in_clause = |name: &u32| {
        let found = words.binary_search_by_key(name, |word| word.stem());
        found.is_ok_and(|at| words.get(at).is_some_and(|word| word.level() == CLAUSE))
    };
    let mut names: Vec<u32> = mention.names.iter().map(|n| numbers.name(n.rsplit(' ').next().unwrap_or(n))).collect();
    let mut name_words: Vec<u32> = mention.names.iter().flat_map(|n| n.split(' ')).map(|w| numbers.name(w)).collect();
    for list in [&mut names, &mut name_words, &mut figures, &mut triggers, &mut places] {
        list.sort_unstable();
        list.dedup();
    }
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
    let lists = Lists::new([&names, &name_words, &places, &actors, &negated, &figures, &triggers]);
    numbers.lists = [words, more];
    let said = each(text(mention.expression.clone())).fold(0, |all, token| all | numbers.marks(token.text));
    Features {
        words: told,
        lengths: [0.0; LEVELS],
        kinds: 0.0,
        lists,
        akin: akin.into(),
        runs: told_runs,
        bounds: numbers.bounds(&mention.date),
        published: numbers.published,
        night: Night { late: said & LATE != 0, early: said & EARLY != 0 },
        status: mention.status,
    }
}
