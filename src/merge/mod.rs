//! From mentions to events: what several articles tell of one happening becomes one.

mod candidates;
mod cluster;
mod dates;
mod event;
mod features;
mod reasons;
mod rivals;
mod signs;
mod similarity;
mod story;
mod words;

use crate::model::{Article, Event, Mention};
use candidates::Search;
use cluster::{Compared, Pair, Telling};
use event::Maker;
use features::{Features, Night};
use reasons::Reasons;
use similarity::Rarity;
use std::ops::Range;
use story::Stories;
use words::Numbers;

/// How parts of the work that know nothing of each other are done: one after the other, or side by side.
pub trait Parts {
    /// Gives what is made of each number below `count`, in their order.
    fn each<R: Send>(&self, count: usize, make: impl Fn(usize) -> R + Sync) -> Vec<R>;
}

/// Does parts one after the other.
pub struct OneByOne;

impl Parts for OneByOne {
    fn each<R: Send>(&self, count: usize, make: impl Fn(usize) -> R + Sync) -> Vec<R> {
        (0..count).map(make).collect()
    }
}

/// Mentions, pairs or groups that make one part.
const PART: usize = 1 << 14;

/// Does what is to be done with `count` things part by part, and puts what comes of it together.
fn by_parts<R: Send>(parts: &impl Parts, count: usize, make: impl Fn(Range<usize>) -> Vec<R> + Sync) -> Vec<R> {
    let made = parts.each(count.div_ceil(PART), |part| make(part * PART..count.min((part + 1) * PART)));
    made.into_iter().flatten().collect()
}

/// Gives the events that mentions tell, in order of date, then importance, then id. The result does
/// not depend on the order of articles or mentions.
pub fn events(articles: &[Article], mentions: &[Mention]) -> Vec<Event> {
    events_by(articles, mentions, &OneByOne)
}

/// Gives what [`events`] gives, its parts done as `parts` does them.
pub fn events_by(articles: &[Article], mentions: &[Mention], parts: &impl Parts) -> Vec<Event> {
    let order = canonical(articles, mentions);
    let read = Reading::new(articles, mentions, &order);
    let (groups, links) = cluster::clusters(&read.telling(), &read.compared(parts));
    let mut group_of = vec![0; order.len()];
    for (g, group) in groups.iter().enumerate() {
        for &member in group {
            group_of[member] = g;
        }
    }
    let mut links_of: Vec<Vec<Pair>> = vec![Vec::new(); groups.len()];
    for link in links {
        links_of[group_of[link.a]].push(Pair { a: order[link.a], b: order[link.b], ..link });
    }
    let mut bounds = vec![None; mentions.len()];
    let mut nights = vec![Night::default(); mentions.len()];
    for (features, &i) in read.features.iter().zip(&order) {
        bounds[i] = Some(&features.bounds);
        nights[i] = features.night;
    }
    let mut events = by_parts(parts, groups.len(), |part| {
        let reasons = Reasons::new(articles, mentions);
        let mut maker = Maker { articles, mentions, bounds: &bounds, nights: &nights, reasons };
        let groups = groups.get(part.clone()).into_iter().flatten();
        let made = groups.zip(links_of.get(part).into_iter().flatten()).filter_map(|(group, links)| {
            let members: Vec<usize> = group.iter().map(|&i| order[i]).collect();
            maker.event(&members, links)
        });
        made.collect()
    });
    Event::sort(&mut events);
    events
}

/// Gives the pairs of mentions that are compared, each with the signs that both tell one happening: what the
/// weights of the signs are found from.
pub fn evidence(articles: &[Article], mentions: &[Mention]) -> Vec<(usize, usize, Vec<f64>)> {
    let order = canonical(articles, mentions);
    let read = Reading::new(articles, mentions, &order);
    let compared = read.compared(&OneByOne).into_iter();
    compared.map(|(a, b, alike, around)| (order[a], order[b], signs::signs(&alike, &around).to_vec())).collect()
}

/// All that mentions are compared by, in the order of the mentions.
struct Reading {
    features: Vec<Features>,
    rarity: Rarity,
    stories: Stories,
    article: Vec<usize>,
    sentence: Vec<usize>,
}

impl Reading {
    fn new(articles: &[Article], mentions: &[Mention], order: &[usize]) -> Reading {
        let mut numbers = Numbers::default();
        let ordered = || order.iter().filter_map(|&i| mentions.get(i));
        let mut features: Vec<Features> =
            ordered().filter_map(|m| Some(features::features(articles.get(m.article)?, m, &mut numbers))).collect();
        let rarity = Rarity::count(&features);
        rarity.weigh(&mut features);
        let article: Vec<usize> = ordered().map(|m| m.article).collect();
        let sentence = ordered().map(|m| m.quote.start).collect();
        let stories = Stories::count(&features, &article);
        Reading { features, rarity, stories, article, sentence }
    }

    /// Compares the pairs of mentions that are worth it.
    fn compared(&self, parts: &impl Parts) -> Vec<Compared> {
        let search = Search::new(&self.features, &self.rarity, &self.stories, &self.article);
        let mut pairs = by_parts(parts, search.len(), |part| search.pairs(part));
        pairs.sort_unstable();
        pairs.dedup();
        let telling = self.telling();
        let of_part = |part: usize| {
            let of = pairs.get(part * PART..pairs.len().min((part + 1) * PART));
            telling.compared(of.unwrap_or_default())
        };
        let (mut all, mut rivals) = (Vec::new(), Vec::new());
        for (compared, found) in parts.each(pairs.len().div_ceil(PART), of_part) {
            all.extend(compared);
            rivals.extend(found);
        }
        telling.ranked(all, rivals)
    }

    fn telling(&self) -> Telling<'_> {
        let Reading { features, rarity, stories, article, sentence } = self;
        Telling { features, rarity, stories, article, sentence }
    }
}

/// Gives the indexes of the mentions that have an article, by path and place: an order of their own.
fn canonical(articles: &[Article], mentions: &[Mention]) -> Vec<usize> {
    let mut by_path: Vec<usize> = (0..articles.len()).collect();
    by_path.sort_by_key(|&a| articles[a].path.as_str());
    let mut rank = vec![0; articles.len()];
    for (next, pair) in by_path.iter().enumerate() {
        // Articles of one path, which no folder holds, would have one rank.
        let before = next.checked_sub(1).and_then(|before| by_path.get(before));
        rank[*pair] = match before {
            Some(&before) if articles[before].path == articles[*pair].path => rank[before],
            _ => next,
        };
    }
    let mut order: Vec<usize> = (0..mentions.len()).filter(|&i| articles.get(mentions[i].article).is_some()).collect();
    order.sort_by(|&a, &b| {
        let key = |i: usize| {
            let m = &mentions[i];
            (rank[m.article], m.quote.start, m.expression.start, m.id.as_str())
        };
        key(a).cmp(&key(b))
    });
    order
}
