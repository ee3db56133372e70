//! Undated sentences that plainly go on telling what the dated one before began.

use super::names::key;
use super::reading::Reading;
use super::{Sentences, tells};
use crate::lang::events::event_words;
use crate::model::Article;
use std::borrow::Cow;

/// How many sentences may follow: further on, the text has usually moved to other things.
const MOST: usize = 2;

/// Gives the indexes of the sentences after `s` that go on with it.
pub(super) fn after(article: &Article, sentences: &Sentences<'_>, dates: &[Vec<usize>], s: usize) -> Vec<usize> {
    let mut found = Vec::new();
    if dates.get(s).is_none_or(Vec::is_empty) {
        return found;
    }
    // Few enough to be looked through; only a sentence that may go on asks for them.
    let mut known: Vec<Cow<'_, str>> = Vec::new();
    let mut countries: Vec<&str> = Vec::new();
    let mut told = s..s;
    for next in s + 1..=s + MOST {
        let Some(sentence) = article.sentences.get(next) else {
            break;
        };
        let last_block = article.sentences.get(next - 1).map_or(0, |s| s.block);
        let near = sentence.block <= last_block + 1 && tells(article, sentence.block);
        if !near || dates.get(next).is_some_and(|d| !d.is_empty()) {
            break;
        }
        let Some((reading, marks)) = sentences.get(next).map(|r| (r, Marks::of(r))).filter(|(_, m)| m.any()) else {
            break;
        };
        for before in told.end..next {
            known.extend(keys(sentences.names(before)));
            countries.extend(sentences.get(before).into_iter().flat_map(country_keys));
        }
        told.end = next;
        if !goes_on(reading, marks, sentences.names(next), &known, &countries) {
            break;
        }
        found.push(next);
    }
    found
}

fn keys(names: &[String]) -> impl Iterator<Item = Cow<'_, str>> {
    names.iter().map(|n| key(n))
}

fn country_keys(reading: &Reading<'_>) -> impl Iterator<Item = &'static str> {
    let words = event_words();
    let classed = move |&i: &usize| reading.is_capital(i) && reading.is_of(i, words.classed());
    (0..reading.tokens.len()).filter(classed).filter_map(|i| words.class(reading.word(i)))
}

/// By what a sentence can show that it goes on.
#[derive(Clone, Copy)]
struct Marks {
    /// "had pledged …": told from where the sentence before stands.
    had: bool,
    also: bool,
    says: bool,
}

impl Marks {
    fn of(reading: &Reading<'_>) -> Marks {
        let words = event_words();
        let any = |wanted: &dyn Fn(usize) -> bool| (0..reading.tokens.len()).any(|i| wanted(i) && !reading.is_aside(i));
        let past = |j: usize| reading.is_past(j) || reading.word(j).ends_with("ed");
        Marks {
            had: reading.has_any(&words.perfect) && any(&|i| reading.is(i, &words.perfect) && (i + 1..i + 3).any(past)),
            also: any(&|i| reading.word(i) == "also"),
            says: reading.has_any(&words.attribution) && any(&|i| reading.is(i, &words.attribution)),
        }
    }

    fn any(self) -> bool {
        self.had || self.also || self.says
    }
}

/// Tells whether a sentence goes on with names told just before.
fn goes_on(reading: &Reading<'_>, marks: Marks, names: &[String], known: &[Cow<'_, str>], countries: &[&str]) -> bool {
    let words = event_words();
    let shares = keys(names).any(|k| known.contains(&k) && !words.is_country(&k));
    let country = || !countries.is_empty() && country_keys(reading).any(|c| countries.contains(&c));
    let pronoun = || reading.is(0, &words.person_pronouns) && !known.is_empty();
    shares || pronoun() || marks.had && country()
}
