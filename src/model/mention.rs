//! A mention: one clause of one article that tells a dated event.

use super::{Anchor, Choice, Edtf, RuleId};
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// Whether the text tells the event as a fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// It happened.
    Happened,
    /// It is announced or expected.
    Planned,
    /// It is said not to have happened.
    Denied,
    /// It is told as a possibility.
    Hypothetical,
}

/// One sentence or clause of one article that tells a dated event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mention {
    /// Short name, the same at every build as long as the article's id, its sentence and its expression are.
    pub id: String,
    /// Index of the article in the timeline.
    pub article: usize,
    /// Index of the sentence in the article.
    pub sentence: usize,
    /// Byte range in the article's text of the sentence, whole: the quote.
    pub quote: Range<usize>,
    /// Byte range of the clause that tells the event; within the quote.
    pub clause: Range<usize>,
    /// Byte range of the date expression with its lead ("around Jan. 9"); within the quote, except
    /// where the sentence goes on with the date of an earlier one.
    pub expression: Range<usize>,
    /// Byte ranges of further sentences that go on telling the same happening.
    pub continued: Vec<Range<usize>>,
    /// The date.
    pub date: Edtf,
    /// Against what the date was resolved.
    pub anchor: Anchor,
    /// How what the words leave open was chosen.
    pub choice: Choice,
    /// The rule that found the expression.
    pub rule: RuleId,
    /// A short headline.
    pub title: String,
    /// Whether it is told as a fact.
    pub status: Status,
    /// Names of people, organisations and places in the sentence and those that go on with it, in order, as written.
    pub names: Vec<String>,
}
