//! How two dates of mentions lie to each other, and which date an event gets.

use crate::model::Edtf;
use chrono::{Datelike, Days, NaiveDate};

/// How two dates lie to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fit {
    /// The same date.
    Same,
    /// One holds the other, or "about" lets them meet.
    Agree,
    /// Two days that cannot both be right, but lie so near that one may be a mistake.
    Near,
    /// Nothing in common.
    Apart,
}

/// Days up to which two sources may differ and still mean the same happening.
const NEAR_DAYS: i64 = 3;

/// A first and a last day, counted from the year 1.
type Span = (i32, i32);

/// A date's bounds, as far as merging needs them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Bounds {
    /// First day; `None` where open.
    pub first: Option<NaiveDate>,
    /// Last day; `None` where open.
    pub last: Option<NaiveDate>,
    /// First and last day widened by what "about" allows.
    wide: Option<Span>,
    /// First and last day of the known end of an open span.
    edge: Option<Span>,
    about: bool,
    /// How many days it covers, where it is closed.
    days: Option<i64>,
    /// Of a date that is one of several ("05.09.2007"): the bounds of each.
    choices: Vec<Bounds>,
}

impl Bounds {
    /// Reads the bounds off a date.
    pub fn of(date: &Edtf) -> Bounds {
        let (first, last) = (date.first_day(), date.last_day());
        let about = date.is_approximate() || date.is_uncertain();
        let wide = first.zip(last).map(|(first, last)| {
            let length = (last - first).num_days();
            // About a day: give or take three; about a month or a year: half of it again.
            let slack = if !about { 0 } else { (length / 2).max(NEAR_DAYS) as u64 };
            span(
                first.checked_sub_days(Days::new(slack)).unwrap_or(first),
                last.checked_add_days(Days::new(slack)).unwrap_or(last),
            )
        });
        let edge = if wide.is_some() { None } else { edge(date) };
        let choices: Vec<Bounds> = choices(date).iter().map(Bounds::of).collect();
        let days = match choices.iter().map(Bounds::days).max() {
            Some(longest) => longest,
            None => first.zip(last).map(|(first, last)| (last - first).num_days() + 1),
        };
        Bounds { first, last, wide, edge, about, days, choices }
    }

    /// Gives the first and the last day of a fine end of an open span, counted from the year 1.
    pub fn fine_edge(&self) -> Option<(i32, i32)> {
        self.edge.filter(|e| e.1 - e.0 < FINE_END)
    }

    /// Gives how many days the date covers, where it is closed.
    pub fn days(&self) -> Option<i64> {
        self.days
    }

    /// Gives the dates of which it is one; itself where it is just one.
    fn alone(&self) -> &[Bounds] {
        if self.choices.is_empty() { std::slice::from_ref(self) } else { &self.choices }
    }

    /// Tells how this date lies to another.
    pub fn fit(&self, other: &Bounds) -> Fit {
        if self == other {
            return Fit::Same;
        }
        if !self.choices.is_empty() || !other.choices.is_empty() {
            let meets = |a: &Bounds| other.alone().iter().any(|b| matches!(a.fit(b), Fit::Same | Fit::Agree));
            return if self.alone().iter().any(meets) { Fit::Agree } else { Fit::Apart };
        }
        let (Some(a), Some(b)) = (self.wide, other.wide) else {
            let (open, closed) = if self.wide.is_none() { (self, other) } else { (other, self) };
            if let (Some(edge), Some(closed)) = (open.edge, closed.wide) {
                return if meets(edge, open.first.is_none(), closed) { Fit::Agree } else { Fit::Apart };
            }
            return match (self.edge, other.edge) {
                (Some(a), Some(b)) if self.first.is_some() == other.first.is_some() && (holds(a, b) || holds(b, a)) => {
                    Fit::Agree
                }
                _ => Fit::Apart,
            };
        };
        if holds(a, b) || holds(b, a) || ((self.about || other.about) && a.0 <= b.1 && b.0 <= a.1) {
            return Fit::Agree;
        }
        let gap = i64::from((b.0 - a.1).max(a.0 - b.1));
        let days = self.days == Some(1) && other.days == Some(1);
        if days && (1..=NEAR_DAYS).contains(&gap) { Fit::Near } else { Fit::Apart }
    }
}

fn span(first: NaiveDate, last: NaiveDate) -> Span {
    (first.num_days_from_ce(), last.num_days_from_ce())
}

/// Days before "by Friday" in which what it speaks of may have happened.
const BY_DAYS: i32 = 7;
/// An open span with so fine an end says a day: "by Friday", "since 11 August".
const FINE_END: i32 = 8;

/// Tells whether a closed date is what "by Friday" or "since 11 August" speaks of.
fn meets(edge: Span, until: bool, closed: Span) -> bool {
    if edge.1 - edge.0 >= FINE_END || closed.1 - closed.0 >= FINE_END {
        return false;
    }
    holds((if until { edge.0 - BY_DAYS } else { edge.0 }, edge.1), closed)
}

fn holds(a: Span, b: Span) -> bool {
    a.0 <= b.0 && b.1 <= a.1
}

/// Gives the days that the known end of an open span covers: all of 2014 for `2014/..`.
fn edge(date: &Edtf) -> Option<Span> {
    let text = date.to_string();
    let end = text.split('/').find(|part| !part.is_empty() && *part != "..")?;
    let end = Edtf::parse(end).ok()?;
    end.first_day().zip(end.last_day()).map(|(first, last)| span(first, last))
}

/// Gives the dates of which a date is one; nothing where it is just one.
fn choices(date: &Edtf) -> Vec<Edtf> {
    let text = date.to_string();
    let Some(list) = text.strip_prefix('[').and_then(|t| t.strip_suffix(']')) else {
        return Vec::new();
    };
    list.split(',').filter_map(|d| Edtf::parse(d.trim()).ok()).collect()
}

/// Gives the date on which all sources can agree: the finest that one of them states, each given with its
/// bounds. Where that is one of several, the others' dates choose among them.
pub(super) fn finest(dates: &[(&Edtf, &Bounds)]) -> Option<Edtf> {
    if let [(date, bounds)] = dates
        && bounds.choices.is_empty()
    {
        return Some((*date).clone());
    }
    let agreed = |choice: &Edtf| {
        let bounds = Bounds::of(choice);
        dates.iter().all(|(_, other)| matches!(bounds.fit(other), Fit::Same | Fit::Agree))
    };
    let chosen = dates.iter().map(|(date, _)| {
        let left: Vec<Edtf> = choices(date).into_iter().filter(|c| agreed(c)).collect();
        if left.is_empty() { (*date).clone() } else { Edtf::one_of(left) }
    });
    chosen.min_by_key(|date| {
        let bounds = Bounds::of(date);
        (
            bounds.days().unwrap_or(i64::MAX),
            bounds.choices.len(),
            bounds.about,
            bounds.edge.map_or(0, |e| e.1 - e.0),
            date.to_string(),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fit(a: &str, b: &str) -> Fit {
        Bounds::of(&Edtf::parse(a).unwrap()).fit(&Bounds::of(&Edtf::parse(b).unwrap()))
    }

    #[test]
    fn dates_agree_where_one_holds_the_other() {
        assert_eq!(fit("2019-03-05", "2019-03-05"), Fit::Same);
        assert_eq!(fit("2019-03-05", "2019-03"), Fit::Agree);
        assert_eq!(fit("2019", "2019-03-04/2019-03-10"), Fit::Agree);
        assert_eq!(fit("2019-03-05~", "2019-03-07"), Fit::Agree);
        assert_eq!(fit("2019-03-05", "2019-03-06"), Fit::Near);
        assert_eq!(fit("2019-03", "2019-04"), Fit::Apart);
        assert_eq!(fit("2019-03-05", "2019-03-20"), Fit::Apart);
    }

    #[test]
    fn since_a_year_is_not_the_year() {
        assert_eq!(fit("2014/..", "2014"), Fit::Apart);
        assert_eq!(fit("2014/..", "2014-01/.."), Fit::Agree);
        assert_eq!(fit("2014/..", "2015/.."), Fit::Apart);
        assert_eq!(fit("2014/..", "../2014"), Fit::Apart);
    }

    #[test]
    fn an_event_gets_the_finest_date_stated() {
        let finest = |dates: &[&str]| {
            let dates: Vec<Edtf> = dates.iter().map(|d| Edtf::parse(d).unwrap()).collect();
            let bounds: Vec<Bounds> = dates.iter().map(Bounds::of).collect();
            finest(&dates.iter().zip(&bounds).collect::<Vec<_>>()).unwrap().to_string()
        };
        assert_eq!(finest(&["2019", "2019-03", "2019-03-05~"]), "2019-03-05~");
        assert_eq!(finest(&["2019-05", "[2019-03-05,2019-05-03]"]), "2019-05-03");
    }
}
