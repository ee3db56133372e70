//! What people decided about an event, over what was found.

use serde::{Deserialize, Serialize};

/// What a correction does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Change {
    /// A mention left the event for one of its own.
    Split,
    /// Another event was put to it.
    Merge,
    /// The event, or one of its mentions, is not shown.
    Hide,
    /// It has another date than its sources gave it.
    Date,
    /// It has another headline.
    Title,
    /// A note to readers stands with it.
    Note,
    /// It stands before all others by importance.
    Pin,
}

/// One correction that was applied.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Corrected {
    /// What it did.
    pub what: Change,
    /// Why, as the person wrote it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// What stood there before: the date, the headline; of a mention or event that came or went, its headline.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub was: Option<String>,
    /// The event or mention that came or went.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
}

/// All that people decided about one event.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edit {
    /// The file in which the event was written by hand.
    pub written: Option<String>,
    /// What readers are told.
    pub notes: Vec<String>,
    /// Whether it stands before all others by importance.
    pub pinned: bool,
    /// The corrections, in order of what they do.
    pub corrected: Vec<Corrected>,
}
