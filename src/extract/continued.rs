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
    let Some((first, names)) = sentences.get(s) else {
        return found;
    };
    // Few enough to be looked through.
    let mut known: Vec<Cow<'_, str>> = keys(names).collect();
    let mut countries: Vec<&str> = Vec::new();
    let mut read = vec![first];
    for next in s + 1..=s + MOST {
        let Some(sentence) = article.sentences.get(next) else {
            break;
        };
        let last_block = article.sentences.get(next - 1).map_or(0, |s| s.block);
        let near = sentence.block <= last_block + 1 && tells(article, sentence.block);
        if !near || dates.get(next).is_some_and(|d| !d.is_empty()) {
            break;
        }
        let Some((this, names)) = sentences.get(next) else {
            break;
        };
        for reading in read.drain(..) {
            countries.extend(country_keys(reading));
        }
        if !goes_on(this, names, &known, &countries) {
            break;
        }
        known.extend(keys(names));
        read.push(this);
        found.push(next);
    }
    found
}

fn keys(names: &[String]) -> impl Iterator<Item = Cow<'_, str>> {
    names.iter().map(|n| key(n))
}

fn country_keys(reading: &Reading<'_>) -> impl Iterator<Item = &'static str> {
    let words = event_words();
    let capital = reading.tokens.iter().zip(&reading.words).filter(|(token, _)| token.is_capitalised());
    capital.filter_map(|(_, word)| words.class(word))
}

/// Tells whether a sentence goes on with names told just before.
fn goes_on(reading: &Reading<'_>, names: &[String], known: &[Cow<'_, str>], countries: &[&str]) -> bool {
    let words = event_words();
    let shares = keys(names).any(|k| known.contains(&k) && !words.is_country(&k));
    let country = !countries.is_empty() && country_keys(reading).any(|c| countries.contains(&c));
    let pronoun = words.person_pronouns.contains(reading.word(0)) && !known.is_empty();
    if !shares && !country && !pronoun {
        return false;
    }
    let plain = |i: usize| !reading.is_aside(i);
    // "had pledged …": told from where the sentence before stands.
    let had = (0..reading.tokens.len()).any(|i| {
        plain(i)
            && words.perfect.contains(reading.word(i))
            && (i + 1..i + 3).any(|j| words.is_past(reading.word(j)) || reading.word(j).ends_with("ed"))
    });
    let also = (0..reading.tokens.len()).any(|i| plain(i) && reading.word(i) == "also");
    let says = (0..reading.tokens.len()).any(|i| plain(i) && words.attribution.contains(reading.word(i)));
    (had && (shares || country)) || ((also || says) && shares) || (pronoun && (had || also || says))
}
