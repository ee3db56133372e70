//! Extended Date/Time Format (EDTF, ISO 8601-2): the one date type of the program.
//!
//! Levels 0 and 1 are read whole. Of level 2: years with an exponent, sets, all groupings within a
//! year (21–41), qualification of single components, and unspecified digits anywhere; significant
//! digits (`1950S2`) are refused.
//!
//! **Canonical form.** What [`Edtf`] prints is one spelling for each meaning:
//! - a qualifier that the leading components share stands once, to the right of the last of them;
//!   any other stands to the left of its component: `2004~-06~-01~` prints as `2004-06-01~`,
//!   `?2004-06-~11` as `2004?-06-~11`, and `?` with `~` as `%`;
//! - the members of a set are sorted, without doubles, and a set of one date is that date;
//! - an exponent is written out (`Y-17E7` prints as `Y-170000000`), and an offset from UTC with its
//!   minutes (`-04` prints as `-04:00`, none as `Z`).
//!
//! **Bounds.** Every date has a first and a last civil day that it can mean. Seasons are the
//! meteorological ones: spring is March to May, summer June to August, autumn September to November,
//! winter December to February of the year after. 21–24 are taken as northern, as 25–28 are; 29–32
//! are southern. Unspecified digits and sets are bounded by their hull.

mod civil;
mod date;
mod new;
mod parse;
mod print;
mod read;
mod wording;
mod words;

#[cfg(test)]
mod laws;
#[cfg(test)]
mod spec;

pub use words::DateWords;

use date::Date;
use serde::{Deserialize, Serialize};

/// How fine a date is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Precision {
    /// One day.
    Day,
    /// Seven days from a Monday to a Sunday.
    Week,
    /// One month.
    Month,
    /// Spring, summer, autumn or winter.
    Season,
    /// A quarter of a year.
    Quarter,
    /// One year.
    Year,
    /// Ten years, as `198X`.
    Decade,
    /// A hundred years, as `19XX`.
    Century,
    /// Anything else: other intervals, sets, halves and thirds of a year.
    Span,
}

/// Why a text is no EDTF: where it goes wrong, and what would have been right there.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no EDTF date: byte {position} should be {expected}")]
pub struct EdtfError {
    position: usize,
    expected: &'static str,
}

impl EdtfError {
    /// Gives the byte, counted from 0, at which the text goes wrong.
    pub fn position(&self) -> usize {
        self.position
    }

    /// Gives what would have been right there.
    pub fn expected(&self) -> &'static str {
        self.expected
    }

    /// Says in words what is wrong with a text that is no date.
    pub fn told(&self, text: &str) -> String {
        match text.get(..self.position).filter(|read| !read.is_empty()) {
            Some(read) => format!("`{text}` is no date: after `{read}` should stand {}", self.expected),
            None => format!("`{text}` is no date: it should begin with {}", self.expected),
        }
    }
}

/// A date as EDTF writes it: a day, a month, a year …, an interval, a set, a moment.
///
/// Dates are equal when they have the same canonical form. They are ordered by their first day (an
/// open start before all), then their last day (an open end after all), then their text.
///
/// ```
/// use dateline::model::Edtf;
///
/// let about: Edtf = "2022-01-09~".parse()?;
/// assert_eq!(about.human(), "about 9 January 2022");
/// assert_eq!(about.first_day(), chrono::NaiveDate::from_ymd_opt(2022, 1, 9));
/// assert!(about > "2022-01".parse()? && about < "2022-01-10/..".parse()?);
/// # Ok::<(), dateline::model::EdtfError>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Edtf(Repr);

/// The forms of a date.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Repr {
    Date(Date),
    Moment(Date, Time),
    Interval(End, End),
    Set(Box<Set>),
}

/// One end of an interval.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum End {
    /// `..`
    Open,
    /// Nothing written.
    Unknown,
    Date(Date),
}

/// `[…]`, one of its members, or `{…}`, all of them; two or more days can be meant.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Set {
    all: bool,
    members: Vec<Member>,
}

/// A member of a set.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Member {
    One(Date),
    /// `a..b`, `..b` or `a..`; its ends are never unknown, and not both open.
    Range(End, End),
}

/// A time of day with what is said of its zone.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Time {
    hour: u8,
    minute: u8,
    second: u8,
    /// Minutes east of UTC.
    zone: Option<i16>,
}
