//! A time expression as it stands in the text.

use super::{Clock, Direction, Meaning};
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// The class of a time expression (TIMEX3 `type`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum TimexClass {
    /// A calendar date, of any precision.
    Date,
    /// A time of day.
    Time,
    /// A length of time.
    Duration,
    /// Something that recurs.
    Set,
}

/// How an expression is modified (TIMEX3 `mod`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Modifier {
    /// "before June"
    Before,
    /// "after June"
    After,
    /// "no later than June"
    OnOrBefore,
    /// "no earlier than June"
    OnOrAfter,
    /// "less than two years"
    LessThan,
    /// "more than two years"
    MoreThan,
    /// "up to two years", "nearly two years"
    EqualOrLess,
    /// "at least two years"
    EqualOrMore,
    /// "early June"
    Start,
    /// "mid-June"
    Mid,
    /// "late June"
    End,
    /// "about 9 June"
    Approx,
}

/// The word before an expression that says how the event lies to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum LeadKind {
    /// "on", "in", "at", "during", "for", "this": the event lies within.
    Within,
    /// "since", "ever since", "from … on": the event goes on from it.
    Since,
    /// "until", "till", "through": the event goes on up to it.
    Until,
    /// "by": not later than.
    By,
    /// "before", "ahead of", "prior to".
    Before,
    /// "after", "following".
    After,
    /// "around", "about", "circa": approximately then.
    About,
    /// "from": the start of a range.
    From,
    /// "between": the start of a range.
    Between,
    /// "to", "–", "and" behind "between": the end of the range that the expression before it starts.
    To,
}

/// A lead with its place in the text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lead {
    /// Byte range of the word or words.
    pub range: Range<usize>,
    /// What they say.
    pub kind: LeadKind,
}

/// The rule that found an expression: an index into the language's rules, whose name `lang` gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct RuleId(pub u16);

/// A time expression (TIMEX3): where it stands and what its words say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Timex {
    /// Byte range of the extent, without the lead.
    pub range: Range<usize>,
    /// The preposition before it, where one bears on its meaning.
    pub lead: Option<Lead>,
    /// Its class.
    pub class: TimexClass,
    /// What its words say; what they leave open is implied later.
    pub meaning: Meaning,
    /// TIMEX3 `mod`.
    pub modifier: Option<Modifier>,
    /// On which side of the publication day the nearest verb puts it; `None` where no verb tells.
    pub outlook: Option<Direction>,
    /// The rule that found it.
    pub rule: RuleId,
}

/// So many paragraphs that open with a time of day make a live page.
pub const POSTS: usize = 3;

impl Timex {
    /// Gives the byte range of the extent together with its lead: what a reader sees marked.
    pub fn marked(&self) -> Range<usize> {
        self.lead.as_ref().map_or(self.range.start, |l| l.range.start)..self.range.end
    }

    /// Tells whether it is a time of day that opens a paragraph, as the posts of a live page do; a text with
    /// [`POSTS`] such paragraphs is one.
    pub fn opens_post(&self, text: &str) -> bool {
        let clock = match &self.meaning {
            Meaning::At(Clock::Time { .. }, None) => true,
            // "11:55 p.m. Tuesday"; "09:10 Last night" is no stamp.
            Meaning::At(Clock::Time { .. }, Some(day)) => matches!(**day, Meaning::Fields(_)),
            _ => false,
        } && self.lead.is_none();
        let before =
            || text.get(..self.range.start).unwrap_or_default().trim_end_matches([' ', '[', '(', '*', '-', '•']);
        clock && (before().is_empty() || before().ends_with("\n\n"))
    }
}
