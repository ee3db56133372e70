//! Making dates.

use super::civil::grouping;
use super::date::{Date, Mark, Pair};
use super::{Edtf, EdtfError, End, Member, Repr, Set};
use chrono::{Datelike, Days, NaiveDate};

impl Edtf {
    /// Gives the date that a text writes.
    ///
    /// # Errors
    /// Says at which byte the text stops being EDTF, and what would have been right there.
    ///
    /// ```
    /// use dateline::model::Edtf;
    ///
    /// assert_eq!(Edtf::parse("2004~-06~-01~")?.to_string(), "2004-06-01~");
    /// let error = Edtf::parse("2022-02-30").unwrap_err();
    /// assert_eq!(error.position(), 8);
    /// assert_eq!(error.expected(), "a day that this month has, in two digits");
    /// # Ok::<(), dateline::model::EdtfError>(())
    /// ```
    pub fn parse(text: &str) -> Result<Edtf, EdtfError> {
        text.parse()
    }

    /// Gives a year: `2014`; 1 BC is year 0.
    ///
    /// ```
    /// # use dateline::model::Edtf;
    /// assert_eq!(Edtf::year(-43).to_string(), "-0043");
    /// assert_eq!(Edtf::year(20_000).to_string(), "Y20000");
    /// ```
    pub fn year(year: i32) -> Edtf {
        Edtf(Repr::Date(Date::from_year(year.into())))
    }

    /// Gives the decade of a year: `198X`.
    ///
    /// ```
    /// # use dateline::model::Edtf;
    /// assert_eq!(Edtf::decade(1987).to_string(), "198X");
    /// ```
    pub fn decade(year: i32) -> Edtf {
        Edtf::masked(year, 10, 0b1)
    }

    /// Gives the century of a year, counted by its first two digits: `19XX`.
    ///
    /// ```
    /// # use dateline::model::Edtf;
    /// assert_eq!(Edtf::century(1987).to_string(), "19XX");
    /// ```
    pub fn century(year: i32) -> Edtf {
        Edtf::masked(year, 100, 0b11)
    }

    fn masked(year: i32, length: u64, mask: u8) -> Edtf {
        let mut date = Date::from_year(year.into());
        date.digits -= date.digits % length;
        if date.is_short() {
            date.mask = mask;
            return Edtf(Repr::Date(date));
        }
        // A year of more than four digits has no unspecified ones: the interval says the same.
        let mut other = date;
        other.digits += length - 1;
        let (first, last) = if date.negative { (other, date) } else { (date, other) };
        Edtf::interval(End::Date(first), End::Date(last))
    }

    /// Gives a month from 1 to 12; `None` for another number or a year that is not of four digits.
    ///
    /// ```
    /// # use dateline::model::Edtf;
    /// assert_eq!(Edtf::month(2022, 1).unwrap().to_string(), "2022-01");
    /// assert_eq!(Edtf::month(2022, 13), None);
    /// ```
    pub fn month(year: i32, month: u32) -> Option<Edtf> {
        Edtf::part(year, u8::try_from(month).ok().filter(|m| (1..=12).contains(m))?)
    }

    /// Gives a season, quarter or other grouping of a year by its EDTF code: 21–24 seasons, 25–32
    /// seasons by hemisphere, 33–36 quarters, 37–39 thirds, 40 and 41 halves; `None` for another
    /// number or a year that is not of four digits.
    ///
    /// ```
    /// # use dateline::model::Edtf;
    /// assert_eq!(Edtf::season(2016, 21).unwrap().human(), "spring 2016");
    /// assert_eq!(Edtf::season(1989, 34).unwrap().human(), "second quarter of 1989");
    /// assert_eq!(Edtf::season(1989, 42), None);
    /// ```
    pub fn season(year: i32, code: u32) -> Option<Edtf> {
        Edtf::part(year, u8::try_from(code).ok().filter(|&c| grouping(c).is_some())?)
    }

    fn part(year: i32, part: u8) -> Option<Edtf> {
        let date = Date { part: Pair::number(part), ..Date::from_year(year.into()) };
        date.is_short().then_some(Edtf(Repr::Date(date)))
    }

    /// Gives a day; of a year that is not of four digits just the year, as EDTF writes no days there.
    ///
    /// ```
    /// # use dateline::model::Edtf;
    /// let day = chrono::NaiveDate::from_ymd_opt(2022, 1, 9).unwrap();
    /// assert_eq!(Edtf::day(day).to_string(), "2022-01-09");
    /// ```
    pub fn day(day: NaiveDate) -> Edtf {
        Edtf(Repr::Date(Date::from_day(day)))
    }

    /// Gives the ISO week of a day, from its Monday to its Sunday.
    ///
    /// ```
    /// # use dateline::model::Edtf;
    /// let friday = chrono::NaiveDate::from_ymd_opt(2022, 1, 14).unwrap();
    /// assert_eq!(Edtf::week(friday).to_string(), "2022-01-10/2022-01-16");
    /// ```
    pub fn week(any_day: NaiveDate) -> Edtf {
        let back = u64::from(any_day.weekday().num_days_from_monday());
        let monday = any_day.checked_sub_days(Days::new(back)).unwrap_or(NaiveDate::MIN);
        let sunday = any_day.checked_add_days(Days::new(6 - back)).unwrap_or(NaiveDate::MAX);
        Edtf::span(monday, sunday)
    }

    /// Gives the interval of two days, in either order; the day itself when they are one.
    ///
    /// ```
    /// # use dateline::model::Edtf;
    /// let day = |d| chrono::NaiveDate::from_ymd_opt(2022, 1, d).unwrap();
    /// assert_eq!(Edtf::span(day(3), day(5)).to_string(), "2022-01-03/2022-01-05");
    /// assert_eq!(Edtf::span(day(3), day(3)).to_string(), "2022-01-03");
    /// ```
    pub fn span(first: NaiveDate, last: NaiveDate) -> Edtf {
        let (first, last) = (Date::from_day(first.min(last)), Date::from_day(first.max(last)));
        if first == last { Edtf(Repr::Date(first)) } else { Edtf::interval(End::Date(first), End::Date(last)) }
    }

    /// Gives the interval from the start of one date to the end of another, in either order, each
    /// keeping its own precision.
    ///
    /// ```
    /// # use dateline::model::Edtf;
    /// assert_eq!(Edtf::between(&Edtf::year(2009), &Edtf::year(2014)).to_string(), "2009/2014");
    /// ```
    pub fn between(first: &Edtf, last: &Edtf) -> Edtf {
        if first == last {
            return first.clone();
        }
        let (start, end) = (first.start_end().0, last.start_end().1);
        if End::in_order(start, end) {
            Edtf::interval(start, end)
        } else {
            Edtf::interval(last.start_end().0, first.start_end().1)
        }
    }

    /// Gives the open interval that starts with a date.
    ///
    /// ```
    /// # use dateline::model::Edtf;
    /// assert_eq!(Edtf::year(2014).since().to_string(), "2014/..");
    /// ```
    pub fn since(&self) -> Edtf {
        Edtf::interval(self.start_end().0, End::Open)
    }

    /// Gives the open interval that ends with a date.
    ///
    /// ```
    /// # use dateline::model::Edtf;
    /// assert_eq!(Edtf::year(2014).until().to_string(), "../2014");
    /// ```
    pub fn until(&self) -> Edtf {
        Edtf::interval(End::Open, self.start_end().1)
    }

    /// Gives the date as an approximate one; a moment loses its time of day.
    ///
    /// ```
    /// # use dateline::model::Edtf;
    /// assert_eq!(Edtf::parse("2022-01-09")?.about().to_string(), "2022-01-09~");
    /// # Ok::<(), dateline::model::EdtfError>(())
    /// ```
    pub fn about(&self) -> Edtf {
        self.marked(Mark::APPROXIMATE)
    }

    /// Gives the date as an uncertain one; a moment loses its time of day.
    ///
    /// ```
    /// # use dateline::model::Edtf;
    /// assert_eq!(Edtf::year(2014).uncertain().to_string(), "2014?");
    /// assert_eq!(Edtf::year(2014).uncertain().about().to_string(), "2014%");
    /// ```
    pub fn uncertain(&self) -> Edtf {
        self.marked(Mark::UNCERTAIN)
    }

    fn marked(&self, mark: Mark) -> Edtf {
        match &self.0 {
            Repr::Date(date) | Repr::Moment(date, _) => Edtf(Repr::Date(date.marked(mark))),
            Repr::Interval(start, end) => Edtf(Repr::Interval(start.marked(mark), end.marked(mark))),
            Repr::Set(set) => Edtf::set(set.all, set.members.iter().map(|m| m.marked(mark)).collect()),
        }
    }

    /// Gives the set that means one of the dates: sorted, without doubles; the date itself when one
    /// is left, and the interval open on both sides when there is none. An interval among them
    /// becomes a range of the set, a moment its day.
    ///
    /// ```
    /// # use dateline::model::Edtf;
    /// let dates = ["2022-01-14", "2022-01-13", "2022-01-14"].map(|d| Edtf::parse(d).unwrap());
    /// assert_eq!(Edtf::one_of(dates.to_vec()).to_string(), "[2022-01-13,2022-01-14]");
    /// ```
    pub fn one_of(mut dates: Vec<Edtf>) -> Edtf {
        dates.sort();
        dates.dedup();
        if let [only] = dates.as_slice() {
            return only.clone();
        }
        let mut members = Vec::with_capacity(dates.len());
        for date in &dates {
            match &date.0 {
                Repr::Date(date) | Repr::Moment(date, _) => members.push(Member::One(*date)),
                Repr::Interval(start, end) => members.push(Member::Range(*start, *end)),
                Repr::Set(set) => members.extend(&set.members),
            }
        }
        Edtf::set(false, members)
    }

    /// Makes an interval of ends that are in order.
    fn interval(start: End, end: End) -> Edtf {
        if start == End::Unknown && end == End::Unknown {
            return Edtf(Repr::Interval(End::Open, End::Open));
        }
        Edtf(Repr::Interval(start, end))
    }

    /// Makes a set in canonical form of members whose ends are in order.
    pub(super) fn set(all: bool, members: Vec<Member>) -> Edtf {
        let mut kept = Vec::with_capacity(members.len());
        // EDTF has room for one open start and one open end: the widest of each.
        let (mut before, mut after): (Vec<Date>, Vec<Date>) = (Vec::new(), Vec::new());
        for member in members {
            match member {
                Member::Range(End::Date(first), End::Date(last)) if first == last => kept.push(Member::One(first)),
                Member::One(_) | Member::Range(End::Date(_), End::Date(_)) => kept.push(member),
                Member::Range(End::Date(first), _) => after.push(first),
                Member::Range(_, End::Date(last)) => before.push(last),
                Member::Range(..) => return Edtf::interval(End::Open, End::Open),
            }
        }
        kept.sort_by_cached_key(|m| (m.first(), m.last(), m.to_string()));
        kept.dedup();
        let widest = before.into_iter().max_by_key(|d| (d.last(), d.to_string()));
        if let Some(last) = widest {
            kept.insert(0, Member::Range(End::Open, End::Date(last)));
        }
        let widest = after.into_iter().min_by_key(|d| (d.first(), d.to_string()));
        if let Some(first) = widest {
            kept.push(Member::Range(End::Date(first), End::Open));
        }
        match kept.as_slice() {
            [] => Edtf::interval(End::Open, End::Open),
            [Member::One(date)] => Edtf(Repr::Date(*date)),
            _ => Edtf(Repr::Set(Box::new(Set { all, members: kept }))),
        }
    }
}

impl End {
    fn marked(self, mark: Mark) -> End {
        match self {
            End::Date(date) => End::Date(date.marked(mark)),
            end => end,
        }
    }
}

impl Member {
    fn marked(self, mark: Mark) -> Member {
        match self {
            Member::One(date) => Member::One(date.marked(mark)),
            Member::Range(first, last) => Member::Range(first.marked(mark), last.marked(mark)),
        }
    }
}
