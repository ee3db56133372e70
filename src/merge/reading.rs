//! What mentions are compared by, read part by part.

use super::candidates::Search;
use super::features::{Features, features};
use super::rivals::{Met, Rivals};
use super::similarity::{Counts, Rarity};
use super::story::Stories;
use super::telling::{Compared, Telling};
use super::words::{Numbers, unified};
use super::{Parts, parted, together};
use crate::model::{Article, Mention};

/// Mentions are read in so many parts where they are many: each part learns its words anew, so not too few at a time.
const READ: usize = 6;
const LEAST_READ: usize = 1 << 9;
const MOST_READ: usize = 1 << 13;

/// All that mentions are compared by, in the order of the mentions.
pub(super) struct Reading {
    pub features: Vec<Features>,
    rarity: Rarity,
    stories: Stories,
    article: Vec<usize>,
    sentence: Vec<usize>,
}

impl Reading {
    /// Reads mentions in some order. Each part numbers its words for itself; then they are given the numbers that they
    /// would have, had all been read one after the other.
    pub fn new(articles: &[Article], mentions: &[Mention], order: &[usize], parts: &impl Parts) -> Reading {
        let read = parts.each_of(order.chunks((order.len() / READ).clamp(LEAST_READ, MOST_READ)).collect(), |order| {
            let mut numbers = Numbers::default();
            let mentions = order.iter().filter_map(|&i| mentions.get(i));
            let mentions = mentions.filter_map(|m| Some((articles.get(m.article)?, m)));
            let read: Vec<Features> = mentions.map(|(article, m)| features(article, m, &mut numbers)).collect();
            let counts = Counts::of(&read);
            (numbers.numbered(), (read, counts))
        });
        let (numbered, read): (Vec<_>, Vec<_>) = read.into_iter().unzip();
        let numbers = unified(&numbered);
        drop(numbered);
        let mut counts = Counts::default();
        read.iter().zip(&numbers).for_each(|((_, part), numbers)| counts.add(part, numbers));
        let rarity = Rarity::new(read.iter().map(|(read, _)| read.len()).sum(), &counts);
        let read = read.into_iter().map(|(read, _)| read).zip(numbers).collect();
        let read = parts.each_of(read, |(mut read, numbers): (Vec<Features>, Vec<u32>)| {
            for features in &mut read {
                features.renumber(&numbers);
                rarity.measure(features);
            }
            read
        });
        let features = together(read);
        let ordered = || order.iter().filter_map(|&i| mentions.get(i));
        let article: Vec<usize> = ordered().map(|m| m.article).collect();
        let sentence = ordered().map(|m| m.quote.start).collect();
        let stories = Stories::count(&features, &article);
        Reading { features, rarity, stories, article, sentence }
    }

    /// Compares the pairs of mentions that are worth it, by parts in order, and ranks them.
    pub fn compared(&self, parts: &impl Parts) -> (Vec<Vec<Compared>>, Rivals) {
        let count = self.features.len();
        let telling = self.telling();
        let found = {
            let search = Search::new(&self.features, &self.rarity, &self.stories, &self.article, parts);
            parts.each_of(parted(count), |mentions| search.pairs(mentions))
        };
        let (met, compared): (Vec<Vec<Met>>, Vec<_>) = parts
            .each_of(parted(count), |range| {
                // Those whose first mention is of this part, whichever part found them.
                let mut pairs: Vec<(u32, u32)> = Vec::new();
                for found in &found {
                    let at = |mention: usize| found.partition_point(|pair| (pair.0 as usize) < mention);
                    pairs.extend(found.get(at(range.start)..at(range.end)).unwrap_or_default());
                }
                pairs.sort_unstable();
                pairs.dedup();
                telling.compared(&pairs)
            })
            .into_iter()
            .unzip();
        drop(found);
        let met = together(met);
        (compared, Rivals::new(&self.article, &met, parts))
    }

    /// Gives what pairs are judged by.
    pub fn telling(&self) -> Telling<'_> {
        let Reading { features, rarity, stories, article, sentence } = self;
        Telling { features, rarity, stories, article, sentence }
    }
}
