//! Extended Date/Time Format (EDTF, ISO 8601-2): the one date type. STUB.
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// How fine a date is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Precision {
    Day,
    Week,
    Month,
    Season,
    Quarter,
    Year,
    Decade,
    Century,
    Span,
}

/// Why a text is no EDTF.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("stub")]
pub struct EdtfError;

/// A date.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Edtf(String);
impl TryFrom<String> for Edtf {
    type Error = EdtfError;
    fn try_from(s: String) -> Result<Self, EdtfError> {
        Ok(Edtf(s))
    }
}
impl From<Edtf> for String {
    fn from(e: Edtf) -> String {
        e.0
    }
}
impl std::fmt::Display for Edtf {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}
impl std::str::FromStr for Edtf {
    type Err = EdtfError;
    fn from_str(s: &str) -> Result<Self, EdtfError> {
        Ok(Edtf(s.to_string()))
    }
}
#[allow(missing_docs, unused_variables)]
impl Edtf {
    pub fn parse(text: &str) -> Result<Edtf, EdtfError> {
        text.parse()
    }
    // constructors; `None` where the calendar has no such date
    pub fn year(year: i32) -> Edtf {
        todo!()
    }
    pub fn decade(year: i32) -> Edtf {
        todo!()
    } // 198X from any year of it
    pub fn century(year: i32) -> Edtf {
        todo!()
    } // 19XX from any year of it
    pub fn month(year: i32, month: u32) -> Option<Edtf> {
        todo!()
    }
    pub fn day(day: NaiveDate) -> Edtf {
        todo!()
    }
    pub fn season(year: i32, code: u32) -> Option<Edtf> {
        todo!()
    } // 21..=24 seasons, 33..=36 quarters, 37..=39 quadrimesters, 40..=41 halves
    pub fn week(any_day: NaiveDate) -> Edtf {
        todo!()
    } // Monday/Sunday interval
    pub fn span(first: NaiveDate, last: NaiveDate) -> Edtf {
        todo!()
    } // day when equal, interval otherwise
    pub fn between(first: &Edtf, last: &Edtf) -> Edtf {
        todo!()
    } // interval from first's start to last's end, keeping their own precision: 2009/2014
    pub fn since(&self) -> Edtf {
        todo!()
    } // 2014 -> 2014/..
    pub fn until(&self) -> Edtf {
        todo!()
    } // 2014 -> ../2014
    pub fn about(&self) -> Edtf {
        todo!()
    } // approximate: ~ on the whole date
    pub fn one_of(dates: Vec<Edtf>) -> Edtf {
        todo!()
    } // [a,b]; sorted, doubles removed; the date itself when one is left
    // reading
    pub fn first_day(&self) -> Option<NaiveDate> {
        todo!()
    } // None where open or unknown
    pub fn last_day(&self) -> Option<NaiveDate> {
        todo!()
    }
    pub fn precision(&self) -> Precision {
        todo!()
    }
    pub fn is_approximate(&self) -> bool {
        todo!()
    }
    pub fn is_uncertain(&self) -> bool {
        todo!()
    }
    pub fn is_open(&self) -> bool {
        todo!()
    }
    pub fn overlaps(&self, other: &Edtf) -> bool {
        todo!()
    }
    pub fn contains(&self, other: &Edtf) -> bool {
        todo!()
    }
}
