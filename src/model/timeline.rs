//! The timeline: everything a renderer needs.

use super::{Article, Event, Mention, Resolved};
use serde::{Deserialize, Serialize};

/// Articles, their resolved time expressions, the mentions and the events, in order.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Timeline {
    /// In order of path.
    pub articles: Vec<Article>,
    /// For each article, its time expressions in order of text.
    pub resolved: Vec<Vec<Resolved>>,
    /// All mentions, in order of article and place.
    pub mentions: Vec<Mention>,
    /// All events, in order of date, then importance, then id.
    pub events: Vec<Event>,
}
