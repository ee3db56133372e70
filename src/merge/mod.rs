//! From mentions to events: what several articles tell of one happening becomes one.

mod candidates;
mod cluster;
mod dates;
mod event;
mod features;
mod reasons;
mod similarity;

use crate::model::{Article, Edtf, Event, Mention};
use cluster::{Pair, Telling};
use features::{Features, Numbers};
use similarity::Rarity;
use std::collections::HashMap;
use std::rc::Rc;

/// Gives the events that mentions tell, in order of date, then importance, then id. The result does
/// not depend on the order of articles or mentions.
pub fn events(articles: &[Article], mentions: &[Mention]) -> Vec<Event> {
    let order = canonical(articles, mentions);
    let mut numbers = Numbers::default();
    let mut features: Vec<Features> = Vec::with_capacity(order.len());
    for &i in &order {
        if let (Some(m), Some(a)) = (mentions.get(i), mentions.get(i).and_then(|m| articles.get(m.article))) {
            features.push(features::features(a, m, &mut numbers));
        }
    }
    let rarity = Rarity::count(&features);
    rarity.measure(&mut features);
    let pairs = candidates::pairs(&features, &rarity);
    let article: Vec<usize> = order.iter().filter_map(|&i| mentions.get(i)).map(|m| m.article).collect();
    let mut given: HashMap<&Edtf, Vec<usize>> = HashMap::new();
    for m in order.iter().filter_map(|&i| mentions.get(i)) {
        given.entry(&m.date).or_default().push(m.article);
    }
    let given: HashMap<&Edtf, Rc<[usize]>> = given
        .into_iter()
        .map(|(date, by)| (date, if by.len() > cluster::COMMON { [].into() } else { by.into() }))
        .collect();
    let dates: Vec<Rc<[usize]>> =
        order.iter().filter_map(|&i| mentions.get(i)).filter_map(|m| given.get(&m.date).cloned()).collect();
    let telling = Telling { features: &features, rarity: &rarity, article: &article, dates: &dates };
    let (groups, links) = cluster::clusters(&telling, &pairs);
    let mut group_of = vec![0; order.len()];
    for (g, group) in groups.iter().enumerate() {
        for &member in group {
            group_of[member] = g;
        }
    }
    let mut links_of: Vec<Vec<Pair>> = vec![Vec::new(); groups.len()];
    for link in links {
        links_of[group_of[link.a]].push(Pair { a: order[link.a], b: order[link.b], like: link.like });
    }
    let mut events: Vec<Event> = groups
        .iter()
        .zip(&links_of)
        .filter_map(|(group, links)| {
            let night = group.iter().any(|&i| features[i].night);
            let members: Vec<usize> = group.iter().map(|&i| order[i]).collect();
            event::event(articles, mentions, &members, links, night)
        })
        .collect();
    events.sort_by(|a, b| {
        let day = |e: &Event| e.date.first_day().or_else(|| e.date.last_day());
        let end = |e: &Event| e.date.last_day();
        (day(a), end(a).is_none(), end(a))
            .cmp(&(day(b), end(b).is_none(), end(b)))
            .then(b.importance.total_cmp(&a.importance))
            .then(a.id.cmp(&b.id))
    });
    events
}

/// Gives the indexes of the mentions that have an article, by path and place: an order of their own.
fn canonical(articles: &[Article], mentions: &[Mention]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..mentions.len()).filter(|&i| articles.get(mentions[i].article).is_some()).collect();
    order.sort_by(|&a, &b| {
        let key = |i: usize| {
            let m = &mentions[i];
            (articles[m.article].path.as_str(), m.quote.start, m.expression.start, m.id.as_str())
        };
        key(a).cmp(&key(b))
    });
    order
}
