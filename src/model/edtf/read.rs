//! Reading dates: bounds, precision, order.

use super::civil::{CivilDay, grouping};
use super::date::{Date, Mark, Pair};
use super::{Edtf, End, Member, Precision, Repr};
use chrono::{Datelike, NaiveDate, Weekday};
use std::cmp::Ordering;

impl Edtf {
    /// Gives the first civil day it can mean; `None` where the start is open or unknown, or beyond
    /// the years that chrono knows.
    ///
    /// ```
    /// # use dateline::model::Edtf;
    /// assert_eq!(Edtf::decade(1987).first_day().unwrap().to_string(), "1980-01-01");
    /// assert_eq!(Edtf::year(2014).until().first_day(), None);
    /// ```
    pub fn first_day(&self) -> Option<NaiveDate> {
        self.first()?.to_chrono()
    }

    /// Gives the last civil day it can mean; `None` where the end is open or unknown, or beyond the
    /// years that chrono knows.
    ///
    /// ```
    /// # use dateline::model::Edtf;
    /// assert_eq!(Edtf::season(2019, 24).unwrap().last_day().unwrap().to_string(), "2020-02-29");
    /// ```
    pub fn last_day(&self) -> Option<NaiveDate> {
        self.last()?.to_chrono()
    }

    /// Gives how fine the date is; what has no name of its own is a span.
    ///
    /// ```
    /// # use dateline::model::{Edtf, Precision};
    /// assert_eq!(Edtf::parse("2022-01-10/2022-01-16")?.precision(), Precision::Week);
    /// assert_eq!(Edtf::parse("2022-01-11/2022-01-17")?.precision(), Precision::Span);
    /// assert_eq!(Edtf::parse("2014-03-XX")?.precision(), Precision::Month);
    /// # Ok::<(), dateline::model::EdtfError>(())
    /// ```
    pub fn precision(&self) -> Precision {
        match &self.0 {
            Repr::Date(date) => date.precision(),
            _ if self.first().is_some() && self.first() == self.last() => Precision::Day,
            Repr::Interval(..) if self.monday().is_some() => Precision::Week,
            _ => Precision::Span,
        }
    }

    /// Gives whether any of it is approximate (`~` or `%`).
    pub fn is_approximate(&self) -> bool {
        self.any_mark().has(Mark::APPROXIMATE)
    }

    /// Gives whether any of it is uncertain (`?` or `%`).
    pub fn is_uncertain(&self) -> bool {
        self.any_mark().has(Mark::UNCERTAIN)
    }

    /// Gives whether an end of it is open or unknown.
    ///
    /// ```
    /// # use dateline::model::Edtf;
    /// assert!(Edtf::year(2014).since().is_open());
    /// assert!(!Edtf::year(2014).is_open());
    /// ```
    pub fn is_open(&self) -> bool {
        self.first().is_none() || self.last().is_none()
    }

    /// Gives whether both can mean the same day; an open end is without bound.
    ///
    /// ```
    /// # use dateline::model::Edtf;
    /// assert!(Edtf::year(2014).since().overlaps(&Edtf::year(2022)));
    /// assert!(!Edtf::year(2014).overlaps(&Edtf::year(2022)));
    /// ```
    pub fn overlaps(&self, other: &Edtf) -> bool {
        let before = |a: Option<CivilDay>, b: Option<CivilDay>| a.is_none() || b.is_none() || a <= b;
        before(self.first(), other.last()) && before(other.first(), self.last())
    }

    /// Gives whether every day that the other can mean lies within its bounds.
    ///
    /// ```
    /// # use dateline::model::Edtf;
    /// assert!(Edtf::decade(2014).contains(&Edtf::month(2014, 3).unwrap()));
    /// assert!(!Edtf::month(2014, 3).unwrap().contains(&Edtf::year(2014)));
    /// ```
    pub fn contains(&self, other: &Edtf) -> bool {
        let starts = self.first().is_none() || (other.first().is_some() && self.first() <= other.first());
        let ends = self.last().is_none() || (other.last().is_some() && other.last() <= self.last());
        starts && ends
    }

    /// Gives the value for the `datetime` attribute of HTML's `<time>`, where HTML can say the same:
    /// a year, month, day or moment from year 1 to 9999, nothing of it qualified or unspecified.
    ///
    /// ```
    /// # use dateline::model::Edtf;
    /// assert_eq!(Edtf::month(2022, 1).unwrap().datetime_attr().as_deref(), Some("2022-01"));
    /// assert_eq!(Edtf::year(2022).about().datetime_attr(), None);
    /// ```
    pub fn datetime_attr(&self) -> Option<String> {
        let (Repr::Date(date) | Repr::Moment(date, _)) = &self.0 else {
            return None;
        };
        let year = date.exact_year().is_some_and(|y| (1..=9999).contains(&y));
        let part = !date.part.is_some() || date.part.exact().is_some_and(|p| p <= 12);
        let day = !date.day.is_some() || date.day.exact().is_some();
        if !(year && part && day && date.any_mark() == Mark::NONE) {
            return None;
        }
        match &self.0 {
            // HTML knows no leap second.
            Repr::Moment(date, time) if time.second > 59 => Some(date.to_string()),
            _ => Some(self.to_string()),
        }
    }

    /// The Monday of an interval that is a week.
    pub(super) fn monday(&self) -> Option<Date> {
        let Repr::Interval(End::Date(start), End::Date(end)) = &self.0 else {
            return None;
        };
        let (monday, sunday) = (start.exact_day()?.to_chrono()?, end.exact_day()?.to_chrono()?);
        (monday.weekday() == Weekday::Mon && (sunday - monday).num_days() == 6).then_some(*start)
    }

    fn any_mark(&self) -> Mark {
        match &self.0 {
            Repr::Date(date) => date.any_mark(),
            Repr::Moment(..) => Mark::NONE,
            Repr::Interval(start, end) => start.any_mark().and(end.any_mark()),
            Repr::Set(set) => set.members.iter().fold(Mark::NONE, |mark, m| match m {
                Member::One(date) => mark.and(date.any_mark()),
                Member::Range(first, last) => mark.and(first.any_mark()).and(last.any_mark()),
            }),
        }
    }

    /// Where an interval starts that starts with this date, and where one ends that ends with it.
    pub(super) fn start_end(&self) -> (End, End) {
        match &self.0 {
            Repr::Date(date) | Repr::Moment(date, _) => (End::Date(*date), End::Date(*date)),
            Repr::Interval(start, end) => (*start, *end),
            Repr::Set(set) => {
                let first = set.members.iter().min_by_key(|m| m.first());
                let last = set.members.iter().max_by_key(|m| (m.last().is_none(), m.last()));
                (first.map_or(End::Open, |m| m.ends().0), last.map_or(End::Open, |m| m.ends().1))
            }
        }
    }

    fn first(&self) -> Option<CivilDay> {
        match &self.0 {
            Repr::Date(date) | Repr::Moment(date, _) => date.first(),
            _ => self.start_end().0.first(),
        }
    }

    fn last(&self) -> Option<CivilDay> {
        match &self.0 {
            Repr::Date(date) | Repr::Moment(date, _) => date.last(),
            _ => self.start_end().1.last(),
        }
    }
}

impl Ord for Edtf {
    fn cmp(&self, other: &Edtf) -> Ordering {
        if self == other {
            return Ordering::Equal;
        }
        let open_last = |day: Option<CivilDay>| (day.is_none(), day);
        self.first()
            .cmp(&other.first())
            .then_with(|| open_last(self.last()).cmp(&open_last(other.last())))
            .then_with(|| self.to_string().cmp(&other.to_string()))
    }
}

impl PartialOrd for Edtf {
    fn partial_cmp(&self, other: &Edtf) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Date {
    fn precision(&self) -> Precision {
        let part = self.part.exact();
        if self.mask == 0 {
            match part {
                Some(21..=32) => return Precision::Season,
                Some(33..=36) => return Precision::Quarter,
                Some(code) if grouping(code).is_some() => return Precision::Span,
                Some(_) if self.day.exact().is_some() => return Precision::Day,
                Some(_) if !self.day.is_some() || self.day.is_blank() => return Precision::Month,
                _ => {}
            }
        }
        // What is left unspecified below the year leaves the year's own precision.
        let blank = |pair: Pair| !pair.is_some() || pair.is_blank();
        match self.mask {
            0 if blank(self.part) && blank(self.day) => Precision::Year,
            0b1 if blank(self.part) && blank(self.day) => Precision::Decade,
            0b11 if blank(self.part) && blank(self.day) => Precision::Century,
            _ => Precision::Span,
        }
    }
}

impl End {
    /// Whether an interval may run from one to the other.
    pub(super) fn in_order(start: End, end: End) -> bool {
        match (start.first(), end.last()) {
            (Some(first), Some(last)) => first <= last,
            _ => true,
        }
    }

    pub(super) fn first(self) -> Option<CivilDay> {
        self.date()?.first()
    }

    pub(super) fn last(self) -> Option<CivilDay> {
        self.date()?.last()
    }

    fn date(self) -> Option<Date> {
        match self {
            End::Date(date) => Some(date),
            End::Open | End::Unknown => None,
        }
    }

    fn any_mark(self) -> Mark {
        self.date().map_or(Mark::NONE, |date| date.any_mark())
    }
}

impl Member {
    pub(super) fn ends(self) -> (End, End) {
        match self {
            Member::One(date) => (End::Date(date), End::Date(date)),
            Member::Range(first, last) => (first, last),
        }
    }

    pub(super) fn first(self) -> Option<CivilDay> {
        self.ends().0.first()
    }

    pub(super) fn last(self) -> Option<CivilDay> {
        self.ends().1.last()
    }
}
