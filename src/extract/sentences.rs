//! The sentences of an article, each read when a rule first asks for it.

use super::known::Known;
use super::reading::Reading;
use super::{back, counted, names};
use crate::lang::events::event_words;
use crate::lang::tokens::{each, folded};
use crate::model::{Article, Resolved};
use std::cell::OnceCell;
use std::ops::Range;

/// The sentences of an article, each read when it is first needed.
pub(super) struct Sentences<'a> {
    article: &'a Article,
    resolved: &'a [Resolved],
    known: Known<'a>,
    read: Vec<OnceCell<Box<Read<'a>>>>,
}

/// A sentence that was read; its names where they were asked for.
struct Read<'a> {
    reading: Reading<'a>,
    names: OnceCell<Vec<String>>,
}

impl<'a> Sentences<'a> {
    pub fn new(article: &'a Article, resolved: &'a [Resolved]) -> Sentences<'a> {
        let read = (0..article.sentences.len()).map(|_| OnceCell::new()).collect();
        Sentences { article, resolved, known: Known::of(article), read }
    }

    /// Tells whether a sentence has time expressions of any kind.
    pub fn timed(&self, at: usize) -> bool {
        let Some(range) = self.article.sentences.get(at).map(|s| &s.range) else { return false };
        let first = self.resolved.partition_point(|r| r.timex.range.end <= range.start);
        self.resolved.get(first).is_some_and(|r| r.timex.range.start < range.end)
    }

    /// Gives all time expressions of a sentence with their places in it.
    pub fn placed(&self, at: usize) -> Option<Vec<counted::Placed<'a>>> {
        let range = self.article.sentences.get(at)?.range.clone();
        let first = self.resolved.partition_point(|r| r.timex.range.end <= range.start);
        let placed = self.resolved.iter().enumerate().skip(first).take_while(|(_, r)| r.timex.range.start < range.end);
        Some(placed.map(|(i, r)| (i, r, back(&r.timex.marked(), range.start))).collect())
    }

    /// Gives the names in a sentence.
    pub fn names(&self, at: usize) -> &[String] {
        let Some(read) = self.read(at) else { return &[] };
        read.names.get_or_init(|| {
            let mut names = names::names(&read.reading, &self.known);
            names.retain(|name| !self.only_reports(read.reading.text, name));
            names
        })
    }

    /// Tells whether a name is that of the article's own outlet, to which something was only told: "told the Echo".
    fn only_reports(&self, text: &str, name: &str) -> bool {
        let Some(outlet) = &self.article.publisher else { return false };
        if !outlet.value.ends_with(name) {
            return false;
        }
        let mut before = text.split(name).next().map(each).into_iter().flatten().collect::<Vec<_>>();
        before.pop_if(|last| folded(last.text) == "the");
        before.last().is_some_and(|last| event_words().told_to.contains(&folded(last.text)))
    }

    /// Gives a sentence.
    pub fn get(&self, at: usize) -> Option<&Reading<'a>> {
        Some(&self.read(at)?.reading)
    }

    fn read(&self, at: usize) -> Option<&Read<'a>> {
        let range = self.article.sentences.get(at)?.range.clone();
        Some(self.read.get(at)?.get_or_init(|| {
            let first = self.resolved.partition_point(|r| r.timex.range.end <= range.start);
            let dates: Vec<Range<usize>> = (self.resolved.iter().skip(first))
                .take_while(|r| r.timex.range.start < range.end)
                .map(|r| back(&r.timex.marked(), range.start))
                .collect();
            let reading = Reading::with_dates(self.article.text.get(range).unwrap_or_default(), &dates);
            Box::new(Read { reading, names: OnceCell::new() })
        }))
    }
}
