//! A time expression with its date.

use super::{Edtf, LeadKind, Meaning, Timex, TimexClass};
use serde::{Deserialize, Serialize};

/// Against what an expression was resolved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Anchor {
    /// The words say it all.
    Explicit,
    /// The publication date (DCT) of the article.
    Published(Edtf),
    /// The date of an earlier expression: its index in the article's list.
    Previous(usize, Edtf),
    /// No anchor is known; what it would need.
    Unknown,
}

/// How what the words leave open was chosen; worded for readers by `lang`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Choice {
    /// Nothing was open.
    AsStated,
    /// The year is the one nearest to the anchor.
    NearestYear,
    /// The year is the nearest in which the day falls on the weekday beside it.
    ByWeekday,
    /// The year is not the nearest: the verb puts the date before or after the anchor, or it lies too far ahead.
    ByVerb,
    /// The most recent such weekday, counting the anchor itself.
    MostRecentWeekday,
    /// The next such weekday.
    NextWeekday,
    /// The last such weekday before the anchor ("last Thursday").
    WeekdayBefore,
    /// The weekday in the week after the anchor's.
    WeekdayOfNextWeek,
    /// Counted from the anchor ("three days ago", "yesterday").
    CountedFromAnchor,
    /// The calendar unit before the anchor's ("last week").
    UnitBefore,
    /// The calendar unit of the anchor ("this month").
    UnitOfAnchor,
    /// The calendar unit after the anchor's ("next year").
    UnitAfter,
    /// Taken from the same year, month or day as the anchor ("the same day").
    SameAsAnchor,
    /// Computed by the calendar (a movable feast).
    Computed,
    /// Day and month stand as in the other numeric dates of the text.
    OrderOfText,
    /// Day and month stand as the language's country writes them.
    OrderOfLanguage,
    /// Day and month stand as the publisher's country writes them.
    OrderOfPublisher,
    /// No choice could be made: the anchor is unknown.
    Open,
}

/// A time expression with the date it means and how that was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Resolved {
    /// The expression.
    pub timex: Timex,
    /// The value as TIMEX3 (ISO-TimeML) writes it.
    pub value: String,
    /// The date on the timeline, lead and modifier taken in; `None` for what names no point of the
    /// calendar (durations, sets, "now") or cannot be placed.
    pub date: Option<Edtf>,
    /// Against what it was resolved.
    pub anchor: Anchor,
    /// How what was open was chosen.
    pub choice: Choice,
}

impl Resolved {
    /// Tells whether the words mean a day that could not be found; lengths, habits and "now" mean none.
    pub fn is_open(&self) -> bool {
        let timex = &self.timex;
        let means_none = matches!(timex.meaning, Meaning::Present | Meaning::Past | Meaning::Future);
        let is_end = timex.lead.as_ref().is_some_and(|lead| lead.kind == LeadKind::To);
        self.date.is_none() && timex.class == TimexClass::Date && !means_none && !is_end
    }
}
