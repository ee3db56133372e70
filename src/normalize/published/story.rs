//! Which dated articles tell the story of an undated one.

use super::day_of;
use crate::lang::events::event_words;
use crate::lang::tokens::{fold, stem, tokens};
use crate::model::Article;
use std::collections::{BTreeMap, HashMap, HashSet};

/// Words in a row that two articles share only when one was written from the other, or both from a third.
const RUN: usize = 5;
/// Shared runs, or shared rare words, from which on two articles tell the same story.
pub(super) const SAME_STORY_RUNS: usize = 4;
const SAME_STORY_WORDS: usize = 12;
/// A word in more articles than this tells no story apart.
pub(super) const COMMON: usize = 24;
/// Rare words of an article that are looked up.
const KEYS: usize = 60;

/// Rare words and runs of words of the undated articles, and which articles hold them.
pub(super) struct Index {
    holders: HashMap<u64, Vec<usize>>,
    keys: HashMap<usize, Keys>,
}

struct Keys {
    runs: Vec<u64>,
    words: Vec<u64>,
}

/// Dated articles of the same story, nearest first, with what is shared.
pub(super) struct Relative {
    pub article: usize,
    pub runs: usize,
}

impl Index {
    /// Reads all articles.
    pub fn of(articles: &[Article], undated: &[usize]) -> Index {
        let mut wanted: HashSet<u64> = HashSet::new();
        let mut keys = HashMap::new();
        for &u in undated {
            let own = Keys::of(&articles[u]);
            wanted.extend(own.runs.iter().chain(&own.words));
            keys.insert(u, own);
        }
        let mut holders: HashMap<u64, Vec<usize>> = HashMap::new();
        for (i, article) in articles.iter().enumerate().filter(|(_, a)| day_of(a).is_some()) {
            let theirs = Keys::of(article);
            for key in theirs.runs.iter().chain(&theirs.words).filter(|k| wanted.contains(k)) {
                holders.entry(*key).or_default().push(i);
            }
        }
        Index { holders, keys }
    }

    /// Gives the dated articles that tell the story of an undated one.
    pub fn story_of(&self, articles: &[Article], u: usize) -> Option<Vec<Relative>> {
        let own = self.keys.get(&u)?;
        let mut shared: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
        let rare = |key: &u64| self.holders.get(key).filter(|h| h.len() <= COMMON);
        for holder in own.runs.iter().filter_map(rare).flatten() {
            shared.entry(*holder).or_default().0 += 1;
        }
        let mut words: Vec<&Vec<usize>> = own.words.iter().filter_map(rare).collect();
        words.sort_by(|a, b| a.len().cmp(&b.len()).then(a.cmp(b)));
        for holder in words.into_iter().take(KEYS).flatten() {
            shared.entry(*holder).or_default().1 += 1;
        }
        let mut story: Vec<(usize, usize, usize)> = shared
            .into_iter()
            .filter(|(_, (runs, words))| *runs >= SAME_STORY_RUNS || *words >= SAME_STORY_WORDS)
            .map(|(d, (runs, words))| (d, runs, words))
            .collect();
        story.sort_by(|a, b| (b.1 * 3 + b.2).cmp(&(a.1 * 3 + a.2)).then(articles[a.0].path.cmp(&articles[b.0].path)));
        story.truncate(4);
        (!story.is_empty()).then(|| story.into_iter().map(|(article, runs, _)| Relative { article, runs }).collect())
    }
}

impl Keys {
    fn of(article: &Article) -> Keys {
        let words = event_words();
        let (mut runs, mut rare) = (HashSet::new(), HashSet::new());
        for sentence in &article.sentences {
            let text = article.text.get(sentence.range.clone()).unwrap_or_default();
            let folded: Vec<String> = tokens(text).iter().map(|t| fold(t.text)).collect();
            runs.extend(folded.windows(RUN).map(hash));
            rare.extend(
                folded.iter().filter(|w| w.chars().count() > 3 && !words.stop.contains(w)).map(|w| hash(&[stem(w)])),
            );
        }
        let sorted = |set: HashSet<u64>| {
            let mut list: Vec<u64> = set.into_iter().collect();
            list.sort_unstable();
            list
        };
        Keys { runs: sorted(runs), words: sorted(rare) }
    }
}

fn hash(words: &[String]) -> u64 {
    words
        .iter()
        .flat_map(|w| w.bytes().chain([0]))
        .fold(0xcbf2_9ce4_8422_2325, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3))
}
