//! "thirteen days after March 5", "the day before Christmas", "a week from Tuesday": a count of units and a date
//! that it counts from are one date.

use super::lex::{Gap, Kind, Token};
use crate::lang::Language;
use crate::model::{Direction, LeadKind, Meaning, Quantity, Timex, TimexClass, Unit};

/// Joins a count of units, "before", "after" or "from", and the date behind them into one expression.
pub fn join(lang: &Language, tokens: &[Token], found: &mut Vec<Timex>) {
    let mut kept: Vec<Timex> = Vec::with_capacity(found.len());
    let mut all = std::mem::take(found).into_iter().peekable();
    while let Some(mut timex) = all.next() {
        let ends_range = all.peek().and_then(|t| t.lead.as_ref()).is_some_and(|l| l.kind == LeadKind::To);
        // A day of the calendar behind a count is found by the rule of that name.
        let by_rule =
            matches!(&timex.meaning, Meaning::Fields(f) if f.part.is_some_and(|p| p <= 12) && f.day.is_some());
        let counted = if by_rule { None } else { count_before(lang, tokens, &timex, ends_range) };
        if let Some((start, said)) = counted {
            // What the count alone was found as is part of it now; a part of that would be left torn.
            let whole = kept.last().is_none_or(|last| last.range.start >= start || last.range.end <= start);
            if whole {
                while kept.last().is_some_and(|last| last.range.start >= start) {
                    kept.pop();
                }
                // "A week from Friday" is said of the Friday to come.
                if timex.lead.as_ref().is_some_and(|l| l.kind == LeadKind::From) {
                    timex.outlook = Some(Direction::Ahead);
                }
                timex.range.start = start;
                timex.lead = lead_before(lang, tokens, start);
                let (quantity, unit, direction) = said;
                let base = std::mem::replace(&mut timex.meaning, Meaning::Present);
                let shifted = |base| Meaning::ShiftOf { quantity, unit, direction, base };
                timex.meaning = match base {
                    // "the day after tomorrow at five"
                    Meaning::At(clock, Some(day)) => Meaning::At(clock, Some(Box::new(shifted(day)))),
                    day => shifted(Box::new(day)),
                };
                timex.modifier = None;
                timex.rule = lang.named("shifted-date").unwrap_or(timex.rule);
            }
        }
        kept.push(timex);
    }
    *found = kept;
}

/// How many tokens a count of units takes at most: "some twenty - five days".
const COUNT: usize = 5;

fn count_before(
    lang: &Language,
    tokens: &[Token],
    timex: &Timex,
    ends_range: bool,
) -> Option<(usize, (Quantity, Unit, Direction))> {
    let lead = timex.lead.as_ref()?;
    // Of times of day only those of a day counted from today: "the day after tomorrow at five".
    let meaning = match &timex.meaning {
        Meaning::At(_, Some(day)) if matches!(**day, Meaning::Unit { unit: Unit::Day, .. }) => &**day,
        meaning if timex.class == TimexClass::Date => meaning,
        _ => return None,
    };
    let direction = match lead.kind {
        LeadKind::Before => Direction::Back,
        LeadKind::After | LeadKind::From if !ends_range => Direction::Ahead,
        _ => return None,
    };
    let from = lead.kind == LeadKind::From;
    match meaning {
        Meaning::Fields(f) if from && f.weekday.is_none() => return None,
        Meaning::Unit { unit: Unit::Day, .. } | Meaning::Fields(_) => {}
        Meaning::Holiday { .. } | Meaning::Numeric { .. } if !from => {}
        _ => return None,
    }
    let at = tokens.partition_point(|t| (t.start as usize) < lead.range.start);
    let behind = tokens.get(at)?;
    let unit_at = at.checked_sub(1)?;
    let known = lang.lexicon.known();
    let class = |class, i: usize| lang.lexicon.value(tokens.get(i)?.entry, class);
    let word = |i: usize| tokens.get(i).is_some_and(|t| t.kind == Kind::Word);
    if behind.gap != Gap::Space || !word(unit_at) {
        return None;
    }
    let unit = super::build::unit(class(known.unit, unit_at).or_else(|| class(known.units, unit_at))?)?;
    let mut first = unit_at;
    let mut count: i64 = 0;
    for i in (unit_at.saturating_sub(COUNT)..unit_at).rev() {
        if tokens.get(i + 1)?.gap == Gap::Break {
            break;
        }
        let token = tokens.get(i)?;
        let value = match token.kind {
            Kind::Number => Some(token.value as i32).filter(|v| (1..=999).contains(v)),
            Kind::Word => [known.digitword, known.teenword, known.tenword, known.one].iter().find_map(|c| class(*c, i)),
            // "twenty-five"
            Kind::Sign if token.value == u32::from('-') && count > 0 => Some(0),
            Kind::Sign => None,
        };
        let Some(value) = value else { break };
        (count, first) = (count + i64::from(value), i);
        if token.kind == Kind::Number || class(known.one, i).is_some() {
            break;
        }
    }
    let token = tokens.get(first.checked_sub(usize::from(count == 0))?)?;
    if count == 0 {
        // "the day before": one
        first -= 1;
        (class(known.the, first).is_some() && class(known.unit, unit_at).is_some()).then_some(())?;
        count = 1;
    }
    // A number of another number ("3.5 days", "No. 7 days") is left alone.
    let glued = token.gap == Gap::None && first > 0;
    if glued || token.kind == Kind::Sign {
        return None;
    }
    Some((token.start as usize, (Quantity::Milli(count * 1000), unit, direction)))
}

fn lead_before(lang: &Language, tokens: &[Token], start: usize) -> Option<crate::model::Lead> {
    super::lead(lang, tokens, tokens.partition_point(|t| (t.start as usize) < start))
}
