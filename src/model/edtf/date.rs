//! One date of EDTF: year, part of the year, day, each with its qualifier and unspecified digits.

use super::civil::{CivilDay, days_in_month, grouping};
use chrono::{Datelike, NaiveDate};

/// A date that has at least one day in the calendar.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Date {
    /// Digits of the year without its sign, 0 for every unspecified one; at most 18 digits.
    pub digits: u64,
    /// Written with a minus sign.
    pub negative: bool,
    /// Unspecified digits of the year: bit 0 is the last digit, bit 3 the first.
    pub mask: u8,
    /// Month (01–12, digits may be unspecified) or grouping (21–41).
    pub part: Pair,
    /// Day of the month.
    pub day: Pair,
    /// Qualifiers of year, part and day.
    pub marks: [Mark; 3],
}

/// Two written digits, each of which may be unspecified; or nothing.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Pair(u8);

impl Pair {
    pub const NONE: Pair = Pair(0xff);
    /// The digit `X`.
    pub const X: u8 = 10;

    /// Takes digits from 0 to 9, or [`Pair::X`].
    pub fn new(tens: u8, ones: u8) -> Pair {
        Pair(tens.min(Pair::X) << 4 | ones.min(Pair::X))
    }

    pub fn number(n: u8) -> Pair {
        Pair::new(n / 10, n % 10)
    }

    pub fn digits(self) -> [u8; 2] {
        [self.0 >> 4, self.0 & 15]
    }

    pub fn is_some(self) -> bool {
        self != Pair::NONE
    }

    /// Neither digit is known.
    pub fn is_blank(self) -> bool {
        self.digits() == [Pair::X; 2]
    }

    /// The number, when both digits are known.
    pub fn exact(self) -> Option<u8> {
        let [tens, ones] = self.digits();
        (tens < Pair::X && ones < Pair::X).then_some(tens * 10 + ones)
    }

    pub fn fits(self, n: u8) -> bool {
        let [tens, ones] = self.digits();
        self.is_some() && (tens == Pair::X || tens == n / 10) && (ones == Pair::X || ones == n % 10)
    }
}

/// A qualifier: uncertain, approximate, both or neither.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Mark(u8);

impl Mark {
    pub const NONE: Mark = Mark(0);
    pub const UNCERTAIN: Mark = Mark(1);
    pub const APPROXIMATE: Mark = Mark(2);
    pub const BOTH: Mark = Mark(3);

    pub fn has(self, other: Mark) -> bool {
        self.0 & other.0 == other.0
    }

    pub fn and(self, other: Mark) -> Mark {
        Mark(self.0 | other.0)
    }
}

impl Date {
    pub fn from_year(year: i64) -> Date {
        Date {
            digits: year.unsigned_abs(),
            negative: year < 0,
            mask: 0,
            part: Pair::NONE,
            day: Pair::NONE,
            marks: [Mark::NONE; 3],
        }
    }

    /// Gives the day; just its year where EDTF has no spelling for a day of it (beyond four digits).
    pub fn from_day(day: NaiveDate) -> Date {
        let date = Date::from_year(day.year().into());
        match (u8::try_from(day.month()), u8::try_from(day.day())) {
            (Ok(month), Ok(of_month)) if date.is_short() => {
                Date { part: Pair::number(month), day: Pair::number(of_month), ..date }
            }
            _ => date,
        }
    }

    /// Whether the year has four digits, so that parts of it can be written.
    pub fn is_short(&self) -> bool {
        self.digits <= 9999
    }

    /// How many components are written: 1 to 3.
    pub fn components(&self) -> usize {
        1 + usize::from(self.part.is_some()) + usize::from(self.day.is_some())
    }

    pub fn marked(mut self, mark: Mark) -> Date {
        let written = self.components();
        for m in self.marks.iter_mut().take(written) {
            *m = m.and(mark);
        }
        self
    }

    pub fn unmarked(self) -> Date {
        Date { marks: [Mark::NONE; 3], ..self }
    }

    pub fn any_mark(&self) -> Mark {
        self.marks.iter().fold(Mark::NONE, |a, &b| a.and(b))
    }

    /// The year with its sign, when all its digits are known.
    pub fn exact_year(&self) -> Option<i64> {
        (self.mask == 0).then(|| self.year_filled(0))
    }

    /// The day, when nothing of it is unspecified.
    pub fn exact_day(&self) -> Option<CivilDay> {
        Some(CivilDay { year: self.exact_year()?, month: self.part.exact()?, day: self.day.exact()? })
    }

    /// The day, where it is one of the calendar's and nothing of it is unspecified, as of most dates: what is asked for
    /// again and again needs no search.
    fn plain_day(&self) -> Option<CivilDay> {
        let day = self.exact_day()?;
        let known = (1..=12).contains(&day.month) && (1..=days_in_month(day.year, day.month)).contains(&day.day);
        known.then_some(day)
    }

    /// The year with its unspecified digits taken from `fill`; a larger `fill` gives a larger number.
    fn year_filled(&self, mut fill: u64) -> i64 {
        let (mut year, mut place) = (self.digits, 1);
        for bit in 0..4 {
            if self.mask & (1 << bit) != 0 {
                year += fill % 10 * place;
                fill /= 10;
            }
            place *= 10;
        }
        let year = i64::try_from(year).unwrap_or(i64::MAX);
        if self.negative { -year } else { year }
    }

    fn fills(&self) -> u64 {
        10u64.pow(self.mask.count_ones().min(4))
    }

    /// The first and the last year it can lie in.
    pub fn years(&self) -> (i64, i64) {
        let (a, b) = (self.year_filled(0), self.year_filled(self.fills() - 1));
        (a.min(b), a.max(b))
    }

    /// The first day it can mean; `None` for no day at all, which the parser refuses.
    pub fn first(&self) -> Option<CivilDay> {
        if let Some(day) = self.plain_day() {
            return Some(day);
        }
        let fills = self.fills();
        (0..fills)
            .map(|i| if self.negative { fills - 1 - i } else { i })
            .find_map(|fill| self.first_in(self.year_filled(fill)))
    }

    /// The last day it can mean.
    pub fn last(&self) -> Option<CivilDay> {
        if let Some(day) = self.plain_day() {
            return Some(day);
        }
        let fills = self.fills();
        (0..fills)
            .map(|i| if self.negative { i } else { fills - 1 - i })
            .find_map(|fill| self.last_in(self.year_filled(fill)))
    }

    fn first_in(&self, year: i64) -> Option<CivilDay> {
        let at = |month, day| CivilDay { year, month, day };
        if !self.part.is_some() {
            return Some(at(1, 1));
        }
        if let Some((first, ..)) = self.part.exact().and_then(grouping) {
            return Some(at(first, 1));
        }
        (1..=12).filter(|&m| self.part.fits(m)).find_map(|m| {
            (1..=days_in_month(year, m)).find(|&d| !self.day.is_some() || self.day.fits(d)).map(|d| at(m, d))
        })
    }

    fn last_in(&self, year: i64) -> Option<CivilDay> {
        let end = |year, month| CivilDay { year, month, day: days_in_month(year, month) };
        if !self.part.is_some() {
            return Some(end(year, 12));
        }
        if let Some((_, last, next_year)) = self.part.exact().and_then(grouping) {
            return Some(end(year + i64::from(next_year), last));
        }
        (1..=12).rev().filter(|&m| self.part.fits(m)).find_map(|m| {
            (1..=days_in_month(year, m)).rev().find(|&d| !self.day.is_some() || self.day.fits(d)).map(|day| CivilDay {
                year,
                month: m,
                day,
            })
        })
    }
}
