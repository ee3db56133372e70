//! Dates told twice beside each other, by the calendar and from the day of writing: "today, April 17".

use crate::lang::Language;
use crate::lang::events::event_words;
use crate::lang::pages::head_words;
use crate::model::{Article, Direction, Edtf, Fields, Meaning, Quantity, ShiftFrom, Timex, Unit, YearSaid};
use crate::normalize::resolve_at;
use chrono::{Datelike, Days, NaiveDate, TimeDelta, Weekday};
use std::ops::Range;

/// Between the two stand so many bytes at most.
const LONGEST_GAP: usize = 14;
/// A weekday of last or next week lies so near to the day of writing.
const WEEKDAY_REACH: u64 = 14;
/// Without a year, the day must lie so near to that of an article from which words are repeated …
const NEAR_ORIGINAL: u64 = 183;
/// … and so near to that of one on the same subject.
const NEAR_SUBJECT: u64 = 31;
/// A day of the month alone is looked for so near.
const NEAR_MONTH: u64 = 15;

/// Two expressions beside each other that mean one day.
pub(super) struct Pair {
    /// Both, in the text.
    pub range: Range<usize>,
    said: Said,
    moves: Moves,
}

/// The day as the calendar has it.
#[derive(Clone, Copy)]
struct Said {
    year: Option<i32>,
    month: Option<u32>,
    day: u32,
    weekday: Option<Weekday>,
}

/// How the other expression moves with the day of writing.
enum Moves {
    /// The day of writing is so many days after the day told.
    By(i64),
    /// A weekday of last or next week.
    Weekday(Timex),
}

/// Gives the pairs of a text, quoted speech aside.
pub(super) fn pairs(article: &Article, timexes: &[Timex]) -> Vec<Pair> {
    let text = article.text.as_str();
    let mut found: Vec<Pair> = Vec::new();
    for (i, timex) in timexes.iter().enumerate() {
        let Some(moves) = moves(timex) else { continue };
        let after = timexes.get(i + 1).filter(|next| beside(text, timex.range.end..next.range.start));
        let before = i.checked_sub(1).and_then(|b| timexes.get(b));
        let before = before.filter(|before| beside(text, before.range.end..timex.range.start));
        let told = [after, before].into_iter().flatten().find_map(|other| Some((said(other)?, other.range.clone())));
        let Some((said, other)) = told.or_else(|| ordinal(text, timex.range.end)) else { continue };
        let range = timex.range.start.min(other.start)..timex.range.end.max(other.end);
        // "tomorrow, April 20 and April 25" lists days.
        let next = timexes.iter().find(|t| t.range.start >= range.end).map(|t| t.range.start);
        let listed = next.is_some_and(|next| joined(text, range.end..next));
        if !listed && !quoted(article, range.start) {
            found.push(Pair { range, said, moves });
        }
    }
    found
}

/// How an expression moves with the day of writing, if it tells one day by it.
fn moves(timex: &Timex) -> Option<Moves> {
    if timex.modifier.is_some() {
        return None;
    }
    let day = match &timex.meaning {
        Meaning::At(_, Some(day)) => day,
        meaning => meaning,
    };
    match day {
        Meaning::Unit { unit: Unit::Day, offset } => Some(Moves::By(-i64::from(*offset))),
        Meaning::Shift { quantity: Quantity::Milli(n), unit, direction, from: ShiftFrom::Published } => {
            let length = match unit {
                Unit::Day => 1,
                Unit::Week => 7,
                Unit::Fortnight => 14,
                _ => return None,
            };
            let whole = n % 1000 == 0 && (1..=400_000).contains(n) && *direction != Direction::Here;
            whole.then(|| Moves::By(-i64::from(direction.sign()) * length * (n / 1000)))
        }
        Meaning::Fields(Fields {
            weekday: Some(_), direction: Some(_), day: None, part: None, told: false, ..
        }) => Some(Moves::Weekday(timex.clone())),
        _ => None,
    }
}

/// The day that an expression tells by the calendar.
fn said(timex: &Timex) -> Option<Said> {
    let Meaning::Fields(fields) = &timex.meaning else { return None };
    let month = fields.part.filter(|part| (1..=12).contains(part))?;
    let year = match fields.year {
        Some(YearSaid::Full(year)) => Some(year),
        Some(YearSaid::TwoDigits(_)) => return None,
        None => None,
    };
    let plain = fields.direction.is_none() && !fields.whole_week && !fields.told && timex.modifier.is_none();
    let said = Said { year, month: Some(month.into()), day: fields.day?.into(), weekday: fields.weekday };
    plain.then_some(said)
}

/// ", the 18th" behind an expression, with its place.
fn ordinal(text: &str, end: usize) -> Option<(Said, Range<usize>)> {
    let rest = text.get(end..)?;
    let opens = rest.trim_start_matches([',', ' ', '(', '\u{a0}']);
    let (article, number) = opens.split_once(' ').filter(|_| opens.len() < rest.len())?;
    let digits = number.bytes().take_while(u8::is_ascii_digit).count();
    let ending = number.get(digits..)?.bytes().take_while(u8::is_ascii_alphabetic).count();
    let day: u32 = number.get(..digits).filter(|n| n.len() <= 2)?.parse().ok()?;
    let start = text.len() - number.len();
    let plain = event_words().determiners.contains(article) && ending == 2 && (1..=31).contains(&day);
    // "today, the 100th day", "tomorrow, the 3rd attempt": a word that it counts.
    let behind = number.get(digits + ending..)?;
    let counts = behind.trim_start().starts_with(char::is_alphanumeric) && !behind.starts_with([',', ')']);
    (plain && !counts).then(|| (Said { year: None, month: None, day, weekday: None }, start..start + digits + ending))
}

/// Whether nothing but a comma, a bracket, a dash or "on" stands between two expressions.
fn beside(text: &str, gap: Range<usize>) -> bool {
    let Some(gap) = text.get(gap).filter(|gap| gap.len() <= LONGEST_GAP) else { return false };
    let mut words = gap.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    gap.chars().all(|c| c.is_alphabetic() || c == ' ' || c == '\u{a0}' || ",(—–:".contains(c))
        && gap.contains([' ', '(', '—', '–'])
        && words.all(|word| head_words().date_fillers.contains(word))
}

/// Whether two expressions are of one list.
fn joined(text: &str, gap: Range<usize>) -> bool {
    let Some(gap) = text.get(gap).filter(|gap| gap.len() <= LONGEST_GAP) else { return false };
    let mut words = gap.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    !gap.contains(['.', '\n']) && words.all(|word| event_words().stop.contains(word))
}

/// Whether a place is in quotation marks within its block.
fn quoted(article: &Article, at: usize) -> bool {
    let block = article.blocks.iter().find(|b| b.range.contains(&at)).map_or(0, |b| b.range.start);
    let before = article.text.get(block..at).unwrap_or_default();
    let open = before.rfind('“').is_some_and(|open| !before.get(open..).unwrap_or_default().contains('”'));
    open || before.matches('"').count() % 2 == 1
}

impl Pair {
    /// Whether an expression is one of the two.
    pub fn holds(&self, range: &Range<usize>) -> bool {
        self.range.start <= range.start && range.end <= self.range.end
    }

    /// The days of writing on which both mean one day, the nearest to `centre` where no year is told.
    fn days(&self, lang: &Language, article: &Article, centre: Option<(NaiveDate, u64)>) -> Vec<NaiveDate> {
        let written = |told: NaiveDate| -> Vec<NaiveDate> {
            match &self.moves {
                Moves::By(days) => told.checked_add_signed(TimeDelta::days(*days)).into_iter().collect(),
                Moves::Weekday(timex) => around(told, WEEKDAY_REACH)
                    .filter(|day| {
                        let one = std::slice::from_ref(timex);
                        let resolved = resolve_at(lang, Some(&Edtf::day(*day)), &article.text, one);
                        let date = resolved.first().and_then(|r| r.date.as_ref());
                        date.is_some_and(|d| d.first_day() == Some(told) && d.last_day() == Some(told))
                    })
                    .collect(),
            }
        };
        let Said { year, month, day, weekday } = self.said;
        let fits = |date: &NaiveDate| weekday.is_none_or(|w| date.weekday() == w);
        if let (Some(year), Some(month)) = (year, month) {
            return NaiveDate::from_ymd_opt(year, month, day).filter(fits).map(written).unwrap_or_default();
        }
        let Some((centre, reach)) = centre else { return Vec::new() };
        let told: Vec<NaiveDate> = match month {
            Some(month) => (centre.year() - 1..=centre.year() + 1)
                .filter_map(|year| NaiveDate::from_ymd_opt(year, month, day))
                .filter(fits)
                .collect(),
            None => around(centre, NEAR_MONTH).filter(|date| date.day() == day).collect(),
        };
        let far = |days: &Vec<NaiveDate>| days.iter().map(|d| (*d - centre).num_days().unsigned_abs()).min();
        let nearest = told.into_iter().map(written).min_by_key(|days| far(days).unwrap_or(u64::MAX));
        nearest.filter(|days| far(days).is_some_and(|far| far <= reach)).unwrap_or_default()
    }
}

fn around(day: NaiveDate, reach: u64) -> impl Iterator<Item = NaiveDate> {
    let first = day.checked_sub_days(Days::new(reach)).unwrap_or(day);
    let last = day.checked_add_days(Days::new(reach)).unwrap_or(day);
    first.iter_days().take_while(move |d| *d <= last)
}

/// Gives the days of writing that all pairs allow, and one of the pairs; `None` where they allow none together.
///
/// `original` is the day of an article of the story, and whether words are repeated from it.
pub(super) fn allowed<'p>(
    lang: &Language,
    article: &Article,
    pairs: &'p [Pair],
    original: Option<(NaiveDate, bool)>,
) -> Option<(Vec<NaiveDate>, &'p Pair)> {
    let centre = original.map(|(day, repeated)| (day, if repeated { NEAR_ORIGINAL } else { NEAR_SUBJECT }));
    let mut allowed: Option<(Vec<NaiveDate>, &Pair)> = None;
    for pair in pairs {
        let days = pair.days(lang, article, centre);
        if days.is_empty() {
            continue;
        }
        allowed = Some(match allowed {
            None => (days, pair),
            Some((before, first)) => {
                let both: Vec<NaiveDate> = before.iter().filter(|d| days.contains(d)).copied().collect();
                (both.clone(), if both.len() < before.len() { pair } else { first })
            }
        });
    }
    allowed.filter(|(days, _)| !days.is_empty())
}
