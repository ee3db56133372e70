//! From mentions to events: what several articles tell of one happening becomes one.

mod candidates;
mod cluster;
mod dates;
mod event;
mod features;
mod index;
mod lists;
mod reading;
mod reasons;
mod rivals;
mod signs;
mod similarity;
mod story;
mod telling;
mod words;

use crate::model::{Article, Event, Mention};
use event::Maker;
use features::Night;
use reading::Reading;
use reasons::Reasons;
use std::ops::Range;

/// How parts of the work that know nothing of each other are done: one after the other, or side by side.
pub trait Parts {
    /// Gives what is made of each thing, in their order.
    fn each_of<T: Send, R: Send>(&self, things: Vec<T>, make: impl Fn(T) -> R + Sync) -> Vec<R>;
}

/// Does parts one after the other.
pub struct OneByOne;

impl Parts for OneByOne {
    fn each_of<T: Send, R: Send>(&self, things: Vec<T>, make: impl Fn(T) -> R + Sync) -> Vec<R> {
        things.into_iter().map(make).collect()
    }
}

/// Into so many parts things are parted where they are many, that no thread waits long for another's last one; none
/// has less than these or more.
const PARTS: usize = 32;
const LEAST: usize = 1 << 7;
const MOST: usize = 1 << 12;

/// Gives the numbers below `count` in parts.
fn parted(count: usize) -> Vec<Range<usize>> {
    let size = (count / PARTS).clamp(LEAST, MOST);
    (0..count).step_by(size).map(|start| start..count.min(start + size)).collect()
}

/// Does what is to be done with `count` things part by part, and puts what comes of it together.
fn by_parts<R: Send>(parts: &impl Parts, count: usize, make: impl Fn(Range<usize>) -> Vec<R> + Sync) -> Vec<R> {
    together(parts.each_of(parted(count), make))
}

/// Puts what parts gave together; each part is let go of as soon as it is taken over.
fn together<R>(made: Vec<Vec<R>>) -> Vec<R> {
    let mut all = Vec::with_capacity(made.iter().map(Vec::len).sum());
    made.into_iter().for_each(|part| all.extend(part));
    all
}

/// Gives the events that mentions tell, in order of date, then importance, then id. The result does
/// not depend on the order of articles or mentions.
pub fn events(articles: &[Article], mentions: &[Mention]) -> Vec<Event> {
    events_by(articles, mentions, &OneByOne)
}

/// Gives what [`events`] gives, its parts done as `parts` does them.
pub fn events_by(articles: &[Article], mentions: &[Mention], parts: &impl Parts) -> Vec<Event> {
    let order = canonical(articles, mentions);
    let read = Reading::new(articles, mentions, &order, parts);
    let mut groups = {
        let (compared, rivals) = read.compared(parts);
        cluster::clusters(&read.telling(), compared, &rivals, parts)
    };
    for (members, links) in &mut groups {
        members.iter_mut().for_each(|member| *member = order[*member]);
        links.iter_mut().for_each(|link| (link.a, link.b) = (order[link.a], order[link.b]));
    }
    let mut bounds = vec![None; mentions.len()];
    let mut nights = vec![Night::default(); mentions.len()];
    // Nothing else is needed any longer of what they were compared by.
    for (features, &i) in read.features.into_iter().zip(&order) {
        bounds[i] = Some(features.bounds);
        nights[i] = features.night;
    }
    let published: Vec<_> = articles.iter().map(Article::published_day).collect();
    let events = by_parts(parts, groups.len(), |part| {
        let reasons = Reasons::new(articles, mentions);
        let mut maker = Maker { articles, mentions, bounds: &bounds, published: &published, nights: &nights, reasons };
        let groups = groups.get(part).into_iter().flatten();
        groups.filter_map(|(members, links)| Some(maker.event(members, links)?.placed())).collect()
    });
    Event::sorted(events)
}

/// Gives the pairs of mentions that are compared, each with the signs that both tell one happening: what the
/// weights of the signs are found from.
pub fn evidence(articles: &[Article], mentions: &[Mention]) -> Vec<(usize, usize, Vec<f64>)> {
    let order = canonical(articles, mentions);
    let read = Reading::new(articles, mentions, &order, &OneByOne);
    let (compared, rivals) = read.compared(&OneByOne);
    let telling = read.telling();
    let signs = |pair: &telling::Compared| signs::signs(&pair.alike, &telling.ranked(pair, &rivals)).to_vec();
    let pairs = compared.iter().flatten();
    pairs.map(|pair| (order[pair.a as usize], order[pair.b as usize], signs(pair))).collect()
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
