//! Days, weeks and months counted within a date: "the second Tuesday in November", "the first days of April".

use super::super::capture::Slots;
use super::calendar::{century, year};
use super::count::ordinal;
use super::{direction, unit, weekday};
use crate::lang::Slot;
use crate::model::{Direction, Fields, Meaning, Piece, Unit, YearSaid};

/// Reads which part of which date is meant; without a number the date itself, whose edge the words say.
pub fn nth(slots: &Slots<'_>) -> Option<Meaning> {
    // "two Mondays ago", "the Friday after next"
    if let (Some(side), Some(day)) = (slots.get(Slot::Other), slots.get(Slot::Weekday)) {
        let number = ordinal(&slots.values(Slot::N)).or(slots.get(Slot::N).map(i64::from))?;
        let nth = i32::try_from(number).ok().filter(|n| (1..=366).contains(n))?;
        let (piece, base) = (Piece::Weekday(weekday(day)?), Meaning::Unit { unit: Unit::Day, offset: 0 });
        return Some(Meaning::Nth { nth, piece, side: direction(side), base: Box::new(base) });
    }
    let base = base(slots)?;
    let Some(number) = ordinal(&slots.values(Slot::N)) else {
        return slots.has(Slot::Edge).then_some(base);
    };
    let nth = i32::try_from(number).ok().filter(|n| (-9..=366).contains(n))?;
    let piece = match slots.get(Slot::Weekday) {
        Some(day) => Piece::Weekday(weekday(day)?),
        None => Piece::Unit(unit(slots.get(Slot::Unit)?)?),
    };
    // "The first quarter of the 20th century" is a part of it, none of three months.
    let long = matches!(base, Meaning::Century(_) | Meaning::Decade(_));
    (!long || piece != Piece::Unit(Unit::Quarter)).then_some(())?;
    Some(Meaning::Nth { nth, piece, side: Direction::Here, base: Box::new(base) })
}

/// The date in which it lies.
fn base(slots: &Slots<'_>) -> Option<Meaning> {
    let towards = slots.get(Slot::Dir);
    if let Some(of) = slots.get(Slot::Unit2) {
        let unit = unit(of)?;
        return Some(match towards {
            Some(offset) => Meaning::Unit { unit, offset },
            None => Meaning::Definite { unit, years_back: 0 },
        });
    }
    if slots.has(Slot::Century) {
        return century(slots, Slot::Century);
    }
    if let Some(said) = slots.values(Slot::Decade).first() {
        let year = i32::try_from(said.value).ok()?;
        return Some(if said.digits == 4 {
            Meaning::Decade(YearSaid::Full(year))
        } else {
            Meaning::Decade(YearSaid::TwoDigits(u8::try_from(said.value % 100).ok()?))
        });
    }
    let month = slots.get(Slot::Month).and_then(|m| u8::try_from(m).ok());
    let year = year(slots, Slot::Year);
    (month.is_some() || year.is_some()).then_some(())?;
    // "March last year"
    let of = slots.get(Slot::Of).and_then(unit).filter(|u| *u == Unit::Year);
    Some(Meaning::Fields(Fields { year, part: month, direction: towards.map(direction), of, ..Fields::default() }))
}
