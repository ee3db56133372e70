//! The timeline: everything a renderer needs.

use super::{Article, Edit, Event, Mention, Resolved};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Articles, their resolved time expressions, the mentions and the events, in order.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Timeline {
    /// In order of path.
    pub articles: Vec<Article>,
    /// For each article, its time expressions in order of text.
    pub resolved: Vec<Vec<Resolved>>,
    /// All mentions, in order of article and place; those of events written by hand stand last.
    pub mentions: Vec<Mention>,
    /// All events, in order of date, then importance, then id.
    pub events: Vec<Event>,
    /// Events that people took off the timeline.
    #[serde(default)]
    pub hidden: Vec<Event>,
    /// Other ways in which the articles write a name, by the name that its events bear.
    #[serde(default)]
    pub also_named: BTreeMap<String, Vec<String>>,
    /// What people decided about events, by the event's id.
    #[serde(default)]
    pub edits: BTreeMap<String, Edit>,
}

impl Timeline {
    /// Gives the distinct outlets that tell an event; an article without one stands for itself.
    ///
    /// What the makers of the timeline wrote themselves is no outlet, unless nothing else tells it.
    pub fn outlets(&self, event: &Event) -> BTreeSet<&str> {
        self.among(event.mentions.iter())
    }

    /// Gives how many outlets tell an event in words of their own: wire copies are one voice.
    pub fn voices(&self, event: &Event) -> usize {
        let own = event.mentions.iter().filter(|m| event.copies.binary_search(m).is_err());
        self.among(own).len().max(1)
    }

    fn among<'a>(&self, mentions: impl Iterator<Item = &'a usize> + Clone) -> BTreeSet<&str> {
        let of = |&m: &usize| self.articles.get(self.mentions.get(m)?.article);
        let all = || mentions.clone().filter_map(of);
        let others = all().filter(|a| a.event.is_none() || a.publisher.is_some());
        let outlets: BTreeSet<&str> = others.map(outlet).collect();
        if outlets.is_empty() { all().map(outlet).collect() } else { outlets }
    }
}

fn outlet(article: &Article) -> &str {
    article.publisher.as_ref().map_or(&article.id, |p| &p.value)
}
