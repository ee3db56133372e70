//! Text → date, in one pass.

use super::date::{Date, Mark, Pair};
use super::{Edtf, EdtfError, End, Member, Repr, Time};

/// Years of more digits than this are refused, so that no arithmetic on them can overflow.
const MOST_DIGITS: u64 = 10u64.pow(18);

const YEAR: &str = "a date: a digit of a four-digit year, X for an unspecified digit, or Y before a longer year";
const LONG_YEAR: &str = "a year of 5 to 18 digits, which alone takes a Y";
const PART: &str = "a month from 01 to 12 or a part of the year from 21 to 41";
const DAY: &str = "a day that this month has, in two digits";
const CLOSED: &str = "a date that is not before the start";
const NOTHING_MORE: &str = "the end of the date";

impl std::str::FromStr for Edtf {
    type Err = EdtfError;

    fn from_str(text: &str) -> Result<Edtf, EdtfError> {
        let mut cursor = Cursor { bytes: text.as_bytes(), at: 0 };
        let date = match cursor.peek() {
            Some(b'[') => cursor.set(b']')?,
            Some(b'{') => cursor.set(b'}')?,
            _ => cursor.date_or_interval()?,
        };
        cursor.finished()?;
        Ok(date)
    }
}

struct Cursor<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Cursor<'_> {
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn eat(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        self.at += usize::from(found);
        found
    }

    fn dots(&mut self) -> bool {
        let found = self.bytes.get(self.at..).is_some_and(|rest| rest.starts_with(b".."));
        self.at += if found { 2 } else { 0 };
        found
    }

    fn need(&mut self, byte: u8, expected: &'static str) -> Result<(), EdtfError> {
        if self.eat(byte) { Ok(()) } else { self.fail(expected) }
    }

    fn finished(&self) -> Result<(), EdtfError> {
        if self.at == self.bytes.len() { Ok(()) } else { self.fail(NOTHING_MORE) }
    }

    fn fail<T>(&self, expected: &'static str) -> Result<T, EdtfError> {
        fail(self.at, expected)
    }

    fn date_or_interval(&mut self) -> Result<Edtf, EdtfError> {
        let start = if self.dots() {
            End::Open
        } else if self.peek() == Some(b'/') {
            End::Unknown
        } else {
            End::Date(self.date()?)
        };
        if let End::Date(date) = start {
            if self.peek() == Some(b'T') {
                let time = self.time(date)?;
                return Ok(Edtf(Repr::Moment(date, time)));
            }
            if self.peek() != Some(b'/') {
                return Ok(Edtf(Repr::Date(date)));
            }
        }
        self.need(b'/', "a / before the end of the interval")?;
        let at = self.at;
        let end = if self.dots() {
            End::Open
        } else if self.at == self.bytes.len() {
            End::Unknown
        } else {
            End::Date(self.date()?)
        };
        if start == End::Unknown && end == End::Unknown {
            return fail(at, "a date or .. on one side of the interval");
        }
        if !End::in_order(start, end) {
            return fail(at, CLOSED);
        }
        Ok(Edtf(Repr::Interval(start, end)))
    }

    fn set(&mut self, close: u8) -> Result<Edtf, EdtfError> {
        self.at += 1;
        let mut members = Vec::new();
        loop {
            let member = if members.is_empty() && self.dots() {
                Member::Range(End::Open, End::Date(self.date()?))
            } else {
                let first = self.date()?;
                if !self.dots() {
                    Member::One(first)
                } else if self.peek() == Some(close) {
                    Member::Range(End::Date(first), End::Open)
                } else {
                    let at = self.at;
                    let last = End::Date(self.date()?);
                    if !End::in_order(End::Date(first), last) {
                        return fail(at, CLOSED);
                    }
                    Member::Range(End::Date(first), last)
                }
            };
            members.push(member);
            if self.eat(close) {
                return Ok(Edtf::set(close == b'}', members));
            }
            self.need(b',', "a , before the next date of the set, or its closing bracket")?;
        }
    }

    fn date(&mut self) -> Result<Date, EdtfError> {
        let own = self.mark();
        if self.eat(b'Y') {
            return self.long_year(own);
        }
        let mut date = Date::from_year(0);
        date.negative = self.eat(b'-');
        let start = self.at;
        for bit in (0..4).rev() {
            let digit = self.digit(YEAR)?;
            if digit == Pair::X {
                date.mask |= 1 << bit;
            }
            date.digits = date.digits * 10 + u64::from(digit % Pair::X);
        }
        if date.negative && date.digits == 0 && date.mask == 0 {
            return fail(start, "a year other than 0, which has no sign");
        }
        match self.peek() {
            Some(b'0'..=b'9') => {
                return self.fail("the end of the year: one of more than four digits has a Y before it");
            }
            Some(b'S') => return self.fail("the end of the year: significant digits (S) are not read"),
            _ => {}
        }
        self.marks(&mut date, 0, own);
        if self.eat(b'-') {
            let own = self.mark();
            let at = self.at;
            date.part = self.pair(PART)?;
            let months = (1..=12).chain(21..=41);
            if !months.clone().any(|n| date.part.fits(n) && (n <= 12 || date.part.exact().is_some())) {
                return fail(at, PART);
            }
            self.marks(&mut date, 1, own);
            if date.part.exact().is_none_or(|month| month <= 12) && self.eat(b'-') {
                let own = self.mark();
                let at = self.at;
                date.day = self.pair(DAY)?;
                if date.first().is_none() {
                    return fail(at, DAY);
                }
                self.marks(&mut date, 2, own);
            }
        }
        Ok(date)
    }

    fn long_year(&mut self, own: Mark) -> Result<Date, EdtfError> {
        let negative = self.eat(b'-');
        let start = self.at;
        let mut digits = self.number(start)?;
        if self.eat(b'E') {
            for _ in 0..self.number(start)? {
                digits *= 10;
                // 0 stays 0 for ever, and is no long year anyhow.
                if digits >= MOST_DIGITS || digits == 0 {
                    return fail(start, LONG_YEAR);
                }
            }
        }
        if digits <= 9999 {
            return fail(start, LONG_YEAR);
        }
        let mut date = Date::from_year(0);
        (date.digits, date.negative) = (digits, negative);
        self.marks(&mut date, 0, own);
        Ok(date)
    }

    fn number(&mut self, start: usize) -> Result<u64, EdtfError> {
        let from = self.at;
        let mut number = 0;
        while let Some(digit @ b'0'..=b'9') = self.peek() {
            number = number * 10 + u64::from(digit - b'0');
            if number >= MOST_DIGITS {
                return fail(start, LONG_YEAR);
            }
            self.at += 1;
        }
        if self.at == from { self.fail(LONG_YEAR) } else { Ok(number) }
    }

    /// Gives a digit from 0 to 9, or [`Pair::X`].
    fn digit(&mut self, expected: &'static str) -> Result<u8, EdtfError> {
        let digit = match self.peek() {
            Some(digit @ b'0'..=b'9') => digit - b'0',
            Some(b'X') => Pair::X,
            _ => return self.fail(expected),
        };
        self.at += 1;
        Ok(digit)
    }

    fn pair(&mut self, expected: &'static str) -> Result<Pair, EdtfError> {
        Ok(Pair::new(self.digit(expected)?, self.digit(expected)?))
    }

    fn mark(&mut self) -> Mark {
        let mark = match self.peek() {
            Some(b'?') => Mark::UNCERTAIN,
            Some(b'~') => Mark::APPROXIMATE,
            Some(b'%') => Mark::BOTH,
            _ => return Mark::NONE,
        };
        self.at += 1;
        mark
    }

    /// Notes the qualifier read to the left of a component, which holds for it alone, and reads one
    /// to its right, which holds for it and all before it.
    fn marks(&mut self, date: &mut Date, component: usize, own: Mark) {
        let right = self.mark();
        for (i, mark) in date.marks.iter_mut().enumerate().take(component + 1) {
            *mark = mark.and(right);
            if i == component {
                *mark = mark.and(own);
            }
        }
    }

    fn time(&mut self, date: Date) -> Result<Time, EdtfError> {
        if date.exact_day().is_none() || date.any_mark() != Mark::NONE {
            return self.fail("the end: a time of day stands after a whole and unqualified day only");
        }
        self.at += 1;
        let hour = self.clock(23, "an hour from 00 to 23")?;
        self.need(b':', "a : before the minute")?;
        let minute = self.clock(59, "a minute from 00 to 59")?;
        self.need(b':', "a : before the second")?;
        let second = self.clock(60, "a second from 00 to 60")?;
        let zone = match self.peek() {
            Some(b'Z') => Some(0),
            Some(b'+') => Some(1),
            Some(b'-') => Some(-1),
            _ => None,
        };
        self.at += usize::from(zone.is_some());
        let zone = match zone {
            Some(sign) if sign != 0 => {
                let hours = self.clock(23, "the hours from UTC, from 00 to 23")?;
                let minutes = if self.eat(b':') { self.clock(59, "the minutes from UTC, from 00 to 59")? } else { 0 };
                Some(sign * (i16::from(hours) * 60 + i16::from(minutes)))
            }
            other => other,
        };
        Ok(Time { hour, minute, second, zone })
    }

    fn clock(&mut self, most: u8, expected: &'static str) -> Result<u8, EdtfError> {
        let at = self.at;
        match self.pair(expected)?.exact() {
            Some(number) if number <= most => Ok(number),
            _ => fail(at, expected),
        }
    }
}

fn fail<T>(position: usize, expected: &'static str) -> Result<T, EdtfError> {
    Err(EdtfError { position, expected })
}
