//! Two dates with "to", a dash, or "between … and" between them are one range.

use crate::lang::Language;
use crate::model::{Clock, Direction, Lead, LeadKind, Meaning, Quantity, ShiftFrom, Timex, TimexClass, Unit};

/// Marks the second of two expressions that make a range with the lead [`LeadKind::To`].
pub fn ranges(_lang: &Language, text: &str, found: &mut [Timex]) {
    for i in 1..found.len() {
        let (Some(a), Some(b)) = (found.get(i - 1), found.get(i)) else {
            continue;
        };
        let dates = a.class == TimexClass::Date && b.class == TimexClass::Date;
        if !dates || b.lead.as_ref().is_some_and(|l| l.kind == LeadKind::To) || b.range.start < a.range.end {
            continue;
        }
        let Some(between) = text.get(a.range.end..b.range.start) else {
            continue;
        };
        let link = between.trim();
        let opened = a.lead.as_ref().map(|l| l.kind);
        let range = match link {
            "to" | "until" | "till" | "through" => true,
            "-" | "\u{2010}" | "\u{2011}" | "\u{2012}" | "\u{2013}" | "\u{2014}" => between.len() <= link.len() + 2,
            "and" => opened == Some(LeadKind::Between),
            _ => false,
        };
        if range && let Some(b) = found.get_mut(i) {
            let start = a_end(between, link, b.range.start);
            b.lead = Some(Lead { range: start..start + link.len(), kind: LeadKind::To });
        }
    }
}

/// Gives times of day the day that stands behind them: "3 to 5 p.m. on Tuesday", "between 10 a.m. and noon on
/// Tuesday"; and counts of years the month or week: "two years ago this month".
pub fn days_of_times(text: &str, found: &mut Vec<Timex>) {
    let mut kept: Vec<Timex> = Vec::with_capacity(found.len());
    for mut timex in found.drain(..) {
        while let Some(before) = kept.last_mut() {
            let between = text.get(before.range.end..timex.range.start).filter(|between| between.len() <= LINK);
            match between.and_then(|between| joined(before, between.trim(), &timex)) {
                Some(Joined::Behind(meaning)) => {
                    before.meaning = meaning;
                    before.range.end = timex.range.end;
                    before.outlook = timex.outlook.or(before.outlook);
                    // What stands before it may wait for the day, too: "3 to 5 p.m. on Tuesday".
                    match kept.pop() {
                        Some(whole) => timex = whole,
                        None => break,
                    }
                }
                Some(Joined::Before(meaning)) => {
                    before.meaning = meaning;
                    before.outlook = timex.outlook;
                    break;
                }
                None => break,
            }
        }
        kept.push(timex);
    }
    *found = kept;
}

/// How long the words between two such expressions are at most, in bytes.
const LINK: usize = 9;

enum Joined {
    /// Both are one expression.
    Behind(Meaning),
    /// The first takes the day of the second.
    Before(Meaning),
}

fn joined(first: &Timex, link: &str, second: &Timex) -> Option<Joined> {
    match (&first.meaning, &second.meaning) {
        (Meaning::At(clock @ Clock::Time { .. }, None), day) if second.class == TimexClass::Date => {
            let weekday = matches!(day, Meaning::Fields(f) if f.weekday.is_some());
            let named = matches!(day, Meaning::Fields(f) if f.part.is_some() && f.day.is_some());
            let counted =
                matches!(day, Meaning::Unit { unit: Unit::Day, .. } | Meaning::ShiftOf { unit: Unit::Day, .. });
            let fits = match link {
                "" => weekday || counted,
                "on" | "," | "of" => weekday || named,
                _ => false,
            };
            fits.then(|| Joined::Behind(Meaning::At(*clock, Some(Box::new(day.clone())))))
        }
        (Meaning::At(clock @ Clock::Time { .. }, None), Meaning::At(end @ Clock::Time { .. }, Some(day))) => {
            let between = first.lead.as_ref().is_some_and(|l| l.kind == LeadKind::Between);
            let range = match link {
                "to" | "until" | "till" | "through" | "-" | "–" | "—" => true,
                "and" => between,
                _ => false,
            };
            // "10 p.m. to 2 a.m. on Tuesday" starts on Monday.
            let day = match minutes(clock) > minutes(end) {
                true => Box::new(Meaning::ShiftOf {
                    quantity: Quantity::Milli(1000),
                    unit: Unit::Day,
                    direction: Direction::Back,
                    base: day.clone(),
                }),
                false => day.clone(),
            };
            range.then_some(Joined::Before(Meaning::At(*clock, Some(day))))
        }
        (
            Meaning::Shift { quantity, unit: unit @ Unit::Year, direction, from: ShiftFrom::Published },
            base @ Meaning::Unit { unit: Unit::Week | Unit::Month, offset: 0 },
        ) if link.is_empty() => Some(Joined::Behind(Meaning::ShiftOf {
            quantity: *quantity,
            unit: *unit,
            direction: *direction,
            base: Box::new(base.clone()),
        })),
        _ => None,
    }
}

fn minutes(clock: &Clock) -> u32 {
    match *clock {
        Clock::Time { hour, minute, .. } => u32::from(hour) * 60 + u32::from(minute.unwrap_or(0)),
        Clock::Part(_) => 0,
    }
}

// Where the link itself stands.
fn a_end(between: &str, link: &str, next: usize) -> usize {
    next - between.len() + between.find(link).unwrap_or(0)
}
