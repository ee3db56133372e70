//! Date → text, in canonical form.

use super::date::{Date, Mark, Pair};
use super::{Edtf, EdtfError, End, Member, Repr, Time};
use std::fmt::{Debug, Display, Formatter, Result};

impl Display for Edtf {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match &self.0 {
            Repr::Date(date) => date.fmt(f),
            Repr::Moment(date, time) => write!(f, "{date}T{time}"),
            Repr::Interval(start, end) => write!(f, "{start}/{end}"),
            Repr::Set(set) => {
                f.write_str(if set.all { "{" } else { "[" })?;
                for (i, member) in set.members.iter().enumerate() {
                    f.write_str(if i > 0 { "," } else { "" })?;
                    member.fmt(f)?;
                }
                f.write_str(if set.all { "}" } else { "]" })
            }
        }
    }
}

impl Debug for Edtf {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        write!(f, "Edtf({self})")
    }
}

impl TryFrom<String> for Edtf {
    type Error = EdtfError;

    fn try_from(text: String) -> std::result::Result<Edtf, EdtfError> {
        text.parse()
    }
}

impl From<Edtf> for String {
    fn from(date: Edtf) -> String {
        date.to_string()
    }
}

impl Display for End {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self {
            End::Open => f.write_str(".."),
            End::Unknown => Ok(()),
            End::Date(date) => date.fmt(f),
        }
    }
}

impl Display for Member {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self {
            Member::One(date) => date.fmt(f),
            Member::Range(End::Date(first), End::Date(last)) => write!(f, "{first}..{last}"),
            Member::Range(first, last) => write!(f, "{first}{last}"),
        }
    }
}

impl Display for Date {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        // Nearly every date is a day, and there are many.
        if let (Some(month), Some(day)) = (self.part.exact(), self.day.exact())
            && self.digits <= 9999
            && !self.negative
            && self.mask == 0
            && self.marks == [Mark::NONE; 3]
        {
            let mut bytes = *b"0000-00-00";
            let [y3, y2, y1, y0, _, m1, m0, _, d1, d0] = &mut bytes;
            let places = [(y3, 1000), (y2, 100), (y1, 10), (y0, 1)].map(|(to, place)| (to, self.digits, place));
            let others = [(m1, month, 10), (m0, month, 1), (d1, day, 10), (d0, day, 1)];
            for (to, number, place) in places.into_iter().chain(others.map(|(to, n, place)| (to, n.into(), place))) {
                *to += u8::try_from(number / place % 10).unwrap_or_default();
            }
            return f.write_str(std::str::from_utf8(&bytes).unwrap_or_default());
        }
        // The qualifier that the leading components share is written once, after the last of them.
        let written = self.components();
        let [lead, ..] = self.marks;
        let shared = self.marks.iter().take(written).take_while(|&&m| m == lead).count();
        let right = |component: usize| if component + 1 == shared { lead } else { Mark::NONE };
        let left = |component: usize, mark: Mark| if component < shared { Mark::NONE } else { mark };

        if !self.is_short() {
            f.write_str("Y")?;
        }
        f.write_str(if self.negative { "-" } else { "" })?;
        if self.mask == 0 {
            write!(f, "{:04}", self.digits)?;
        } else {
            for (bit, place) in [(3, 1000), (2, 100), (1, 10), (0, 1)] {
                if self.mask & (1 << bit) != 0 {
                    f.write_str("X")?;
                } else {
                    write!(f, "{}", self.digits / place % 10)?;
                }
            }
        }
        right(0).fmt(f)?;
        let [_, of_part, of_day] = self.marks;
        for (component, pair, mark) in [(1, self.part, of_part), (2, self.day, of_day)] {
            if pair.is_some() {
                write!(f, "-{}{pair}{}", left(component, mark), right(component))?;
            }
        }
        Ok(())
    }
}

impl Display for Pair {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        for digit in self.digits() {
            if digit == Pair::X {
                f.write_str("X")?;
            } else {
                write!(f, "{digit}")?;
            }
        }
        Ok(())
    }
}

impl Display for Mark {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        f.write_str(match (self.has(Mark::UNCERTAIN), self.has(Mark::APPROXIMATE)) {
            (false, false) => "",
            (true, false) => "?",
            (false, true) => "~",
            (true, true) => "%",
        })
    }
}

impl Display for Time {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        write!(f, "{:02}:{:02}:{:02}", self.hour, self.minute, self.second)?;
        match self.zone {
            None => Ok(()),
            Some(0) => f.write_str("Z"),
            Some(zone) => {
                let sign = if zone < 0 { '-' } else { '+' };
                let minutes = zone.unsigned_abs();
                write!(f, "{sign}{:02}:{:02}", minutes / 60, minutes % 60)
            }
        }
    }
}
