//! Why two mentions were joined, in words that a reader can check.

use super::features::{RUN, folded};
use super::similarity::Alike;
use crate::lang::events::event_words;
use crate::lang::tokens::{fold, stem, tokens};
use crate::model::{Article, LinkReason, Mention};
use std::collections::HashSet;

/// Words that a reason lists at most.
const MOST: usize = 6;

/// Gives all reasons for joining two mentions, strongest first.
pub(super) fn reasons(articles: &[Article], a: &Mention, b: &Mention, like: &Alike) -> Vec<LinkReason> {
    let mut found = Vec::new();
    if like.same_words {
        found.push(LinkReason::SameWords);
    } else if like.runs > 0
        && let Some(phrase) = phrase(articles, a, b)
    {
        found.push(LinkReason::SharedPhrase(phrase));
    }
    let last = |name: &str| stem(&fold(name.rsplit(' ').next().unwrap_or(name)));
    let theirs: HashSet<String> = b.names.iter().map(|n| last(n)).collect();
    let names: Vec<String> = a.names.iter().filter(|n| theirs.contains(&last(n))).take(MOST).cloned().collect();
    if !names.is_empty() {
        found.push(LinkReason::SharedNames(names));
    }
    let words = words(articles, a, b);
    if !words.is_empty() {
        found.push(LinkReason::SharedWords(words));
    }
    found
}

/// Gives the sentence of a mention and those that go on with it.
fn told<'a>(articles: &'a [Article], m: &'a Mention) -> impl Iterator<Item = &'a str> {
    std::iter::once(&m.quote)
        .chain(&m.continued)
        .filter_map(|r| articles.get(m.article).and_then(|a| a.text.get(r.clone())))
}

/// Gives the longest run of words that two mentions share, as the first writes it.
fn phrase(articles: &[Article], a: &Mention, b: &Mention) -> Option<String> {
    let mut best: Option<(usize, String)> = None;
    for mine in told(articles, a) {
        let at = tokens(mine);
        let words = folded(mine);
        for theirs in told(articles, b) {
            let other = folded(theirs);
            let mut before = vec![0_usize; other.len() + 1];
            for (i, word) in words.iter().enumerate() {
                let mut here = vec![0_usize; other.len() + 1];
                for (j, same) in other.iter().enumerate() {
                    if same == word {
                        here[j + 1] = before[j] + 1;
                        let length = here[j + 1];
                        if length >= RUN && best.as_ref().is_none_or(|b| length > b.0) {
                            let text = mine.get(at.get(i + 1 - length)?.start..at.get(i)?.end())?;
                            best = Some((length, text.to_owned()));
                        }
                    }
                }
                before = here;
            }
        }
    }
    best.map(|(_, text)| text)
}

/// Gives telling words of the first mention whose stems the second has too.
fn words(articles: &[Article], a: &Mention, b: &Mention) -> Vec<String> {
    let event = event_words();
    let text =
        |m: &Mention| articles.get(m.article).and_then(|x| x.text.get(m.quote.clone())).unwrap_or_default().to_owned();
    let telling = |m: &Mention| -> Vec<(String, String)> {
        tokens(&text(m))
            .iter()
            .take(240)
            .filter(|t| !m.expression.contains(&(m.quote.start + t.start)))
            .map(|t| fold(t.text))
            .filter(|w| !event.stop.contains(w) && w.chars().count() > 2)
            .map(|w| (stem(&w), w))
            .collect()
    };
    let theirs: HashSet<String> = telling(b).into_iter().map(|(stem, _)| stem).collect();
    let mut seen = HashSet::new();
    telling(a)
        .into_iter()
        .filter(|(stem, _)| theirs.contains(stem) && seen.insert(stem.clone()))
        .map(|(_, word)| word)
        .take(MOST)
        .collect()
}
