//! Dates as people write them in metadata and header lines: the civil day, without time and zone.

mod paths;
mod spans;

use crate::lang::english;
use crate::lang::pages::head_words;
use crate::model::Edtf;
use chrono::{Datelike, NaiveDate, Weekday};
pub(super) use paths::{of_address, of_file_name};

/// A date as far as it is written; the year may be missing ("Jan. 10").
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Said {
    pub(super) year: Option<i32>,
    pub(super) month: Option<u32>,
    pub(super) day: Option<u32>,
    /// Month and day of its end, where it is a span of days ("2–8 March 2019").
    pub(super) until: Option<(u32, u32)>,
}

/// What a text that should be a date turned out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reading {
    /// A date.
    Date(Said),
    /// A numeric date whose day and month could be either way round.
    Ambiguous,
    /// A date with a day that its month does not have.
    Impossible,
    /// No date.
    Not,
}

impl Said {
    /// The date, with the year taken from elsewhere where the words give none; `None` where the calendar has no such day.
    pub(super) fn edtf(self, year: Option<i32>) -> Option<Edtf> {
        let year = self.year.or(year)?;
        if let (Some(month), Some(day), Some((last_month, last_day))) = (self.month, self.day, self.until) {
            let first = NaiveDate::from_ymd_opt(year - i32::from(month > last_month), month, day)?;
            return Some(Edtf::span(first, NaiveDate::from_ymd_opt(year, last_month, last_day)?));
        }
        let text = match (self.month, self.day) {
            (Some(month), Some(day)) => NaiveDate::from_ymd_opt(year, month, day)?.format("%Y-%m-%d").to_string(),
            (Some(month), None) => format!("{year:04}-{month:02}"),
            _ => format!("{year:04}"),
        };
        Edtf::parse(&text).ok()
    }

    fn reading(self) -> Reading {
        let full =
            self.month.is_some_and(|m| (1..=12).contains(&m)) && self.day.is_some_and(|d| (29..=31).contains(&d));
        match self.plausible() {
            true => Reading::Date(self),
            false if full => Reading::Impossible,
            false => Reading::Not,
        }
    }

    fn plausible(self) -> bool {
        let month = self.month.is_none_or(|m| (1..=12).contains(&m));
        let day = match (self.month, self.day) {
            (_, None) => true,
            (None, Some(_)) => false,
            // Without a year, 29 February is a day.
            (Some(m), Some(d)) => NaiveDate::from_ymd_opt(self.year.unwrap_or(2000), m, d).is_some(),
        };
        month && day && (self.year.is_some() || self.day.is_some())
    }
}

/// Reads a text that must be one date and nothing else but a time, a zone, a weekday and small words.
///
/// `day_first` says how the language writes `3/4/2019`, where that is known.
pub(super) fn read(text: &str, day_first: Option<bool>) -> Reading {
    if text.len() > 80 || !text.bytes().any(|b| b.is_ascii_digit()) {
        return Reading::Not;
    }
    let zoned = |reading| if reading == Reading::Not { one(text, day_first, true) } else { reading };
    match zoned(one(text, day_first, false)) {
        Reading::Not => spans::span(text).map_or_else(|| spans::week(text, day_first), Reading::Date),
        read => read,
    }
}

/// One day, month or year with nothing but a time, a zone, a weekday and small words.
fn one(text: &str, day_first: Option<bool>, clock: bool) -> Reading {
    let mut said = Said::default();
    let mut pieces = text
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '(' | ')' | '[' | ']'))
        .map(|piece| piece.trim_matches(['.', ':', '|', '•', '·', '-', '–', '—', '/', '‘', '’', '\'', '@']))
        .filter(|piece| !piece.is_empty())
        .peekable();
    let weekday = weekday_of(text);
    while let Some(piece) = pieces.next() {
        let hour = piece.len() <= 2 && pieces.peek().is_some_and(|next| is_half(next));
        if hour || is_time(piece) || is_offset(piece) || is_zoned(piece) {
            continue;
        }
        // "1912 GMT": a time where something else says the year.
        if clock && is_clock(piece) && pieces.peek().is_some_and(|next| is_zone(next)) {
            continue;
        }
        if is_order(piece) && said != Said::default() {
            continue;
        }
        match numeric(piece, day_first.or_else(|| stated_order(text)), weekday) {
            Reading::Ambiguous => return Reading::Ambiguous,
            Reading::Impossible => return Reading::Impossible,
            Reading::Date(date) if said == Said::default() => said = date,
            Reading::Date(_) => return Reading::Not,
            Reading::Not if words(piece, &mut said).is_none() => return Reading::Not,
            Reading::Not => {}
        }
    }
    said.reading()
}

/// How a language writes `3/4/2019`: `Some(true)` day first; `None` where it is not known.
pub(super) fn day_first(language: &str) -> Option<bool> {
    let lower = language.to_ascii_lowercase();
    match lower.as_str() {
        "en" => None,
        "en-us" | "en-ph" => Some(false),
        "en-ca" | "en-za" => None,
        _ => Some(!lower.starts_with("zh") && !lower.starts_with("ja") && !lower.starts_with("ko")),
    }
}

/// The month a word names; long names may be misspelt ("Janaury").
pub(super) fn month(word: &str) -> Option<u32> {
    if !(3..=12).contains(&word.len()) || !word.is_ascii() {
        return None;
    }
    let calendar = &english().calendar;
    calendar.month(word).or_else(|| {
        let lower = word.to_ascii_lowercase();
        calendar.months().find(|(name, _)| misspelt(&lower, name)).map(|(_, month)| month)
    })
}

/// Whether a word is a name with a slip of the pen; both lower-cased.
fn misspelt(word: &str, name: &str) -> bool {
    let allowed = match name.len() {
        0..=3 => 0,
        4..=6 => 1,
        _ => 2,
    };
    word.len() > 3
        && allowed > 0
        && word.len().abs_diff(name.len()) <= allowed
        && word.as_bytes().first() == name.as_bytes().first()
        && strsim::osa_distance(word, name) <= allowed
}

/// Reads the words and numbers of one piece ("17th", "Jan.17", "17-Jan-2022", "5pm"); `None` at a word that no date has.
fn words(piece: &str, said: &mut Said) -> Option<()> {
    let mut clock = false;
    let (known, calendar) = (head_words(), &english().calendar);
    let runs: Vec<&str> = runs(piece).collect();
    for (i, run) in runs.iter().enumerate() {
        if run.bytes().all(|b| b.is_ascii_digit()) {
            let next = runs.get(i + 1).map(|w| w.to_ascii_lowercase()).unwrap_or_default();
            let number: i32 = run.parse().ok()?;
            match run.len() {
                1 | 2 if matches!(next.as_str(), "am" | "pm" | "a" | "p" | "h") => clock = true,
                1 | 2 if said.day.is_none() => said.day = Some(number.unsigned_abs()),
                // "12MAY22", "MAR 15" behind a day.
                2 if said.month.is_some() && said.year.is_none() => said.year = Some(short_year(number)),
                // "142105 MAR 15": the day, and the time of the day.
                6 if said == &Said::default() && run.get(2..).is_some_and(is_clock) => {
                    said.day = run.get(..2)?.parse().ok();
                }
                4 if said.year.is_none() && (1500..=2200).contains(&number) => said.year = Some(number),
                4 if number < 1500 => {}
                _ => return None,
            }
            continue;
        }
        let lower = run.to_ascii_lowercase();
        if let (Some(month), None) = (month(run), said.month) {
            said.month = Some(month);
        } else if !(calendar.weekday(&lower).is_some()
            || known.date_fillers.contains(&lower)
            || known.day_halves.contains(&lower)
            || known.zones.contains(&lower)
            || clock && lower == "h"
            || calendar.weekdays().any(|day| misspelt(&lower, day)))
        {
            return None;
        }
    }
    Some(())
}

/// The runs of letters and of digits in a piece; any other character only parts them.
fn runs(piece: &str) -> impl Iterator<Item = &str> {
    piece.split(|c: char| !c.is_alphanumeric()).flat_map(|part| {
        let mut rest = part;
        std::iter::from_fn(move || {
            let digit = rest.chars().next()?.is_ascii_digit();
            let end = rest.find(|c: char| c.is_ascii_digit() != digit).unwrap_or(rest.len());
            let (run, tail) = rest.split_at(end);
            rest = tail;
            Some(run)
        })
    })
}

/// `2022-01-17`, `2022/01/17`, `20220117`, `2022-01`, `17.1.2022`, `1/17/2022`, each with a time after `T`.
///
/// A weekday beside it settles which of two days is meant.
fn numeric(piece: &str, day_first: Option<bool>, weekday: Option<Weekday>) -> Reading {
    let end = piece.find(|c: char| !c.is_ascii_digit() && !matches!(c, '-' | '/' | '.')).unwrap_or(piece.len());
    let (date, rest) = piece.split_at(end);
    let time = rest.strip_prefix(['T', 't']).unwrap_or(rest);
    if !rest.is_empty()
        && (time.len() == rest.len() && rest != "Z" || !time.chars().all(|c| "0123456789:.+-Zz".contains(c)))
    {
        return Reading::Not;
    }
    let Some(mark) = date.chars().find(|c| !c.is_ascii_digit()) else {
        if let (8, Some(Ok(y)), Some(Ok(m)), Some(Ok(d))) =
            (date.len(), date.get(..4).map(str::parse), date.get(4..6).map(str::parse), date.get(6..8).map(str::parse))
        {
            return certain(y, m, Some(d));
        }
        return Reading::Not;
    };
    let parts: Vec<&str> = date.split(mark).collect();
    let number = |i: usize| parts.get(i).and_then(|p| if p.len() <= 4 { p.parse::<u32>().ok() } else { None });
    match (parts.len(), number(0), number(1), number(2)) {
        (3, Some(y), Some(m), Some(d)) if parts.first().is_some_and(|p| p.len() == 4) => certain(y as i32, m, Some(d)),
        (2, Some(y), Some(m), None) if parts.first().is_some_and(|p| p.len() == 4) && mark != '.' => {
            certain(y as i32, m, None)
        }
        (3, Some(a), Some(b), Some(y)) => {
            let year = match parts.get(2).map_or(0, |p| p.len()) {
                4 => y as i32,
                2 => short_year(y as i32),
                _ => return Reading::Not,
            };
            let falls = |month, day| {
                let date = NaiveDate::from_ymd_opt(year, month, day);
                weekday.is_some() && date.map(|date| date.weekday()) == weekday
            };
            let order = match (falls(b, a), falls(a, b)) {
                (true, false) => Some(true),
                (false, true) => Some(false),
                _ => day_first.or((mark == '.').then_some(true)),
            };
            match order {
                _ if a == b || a > 12 => certain(year, b, Some(a)),
                _ if b > 12 => certain(year, a, Some(b)),
                Some(true) => certain(year, b, Some(a)),
                Some(false) => certain(year, a, Some(b)),
                None => Reading::Ambiguous,
            }
        }
        _ => Reading::Not,
    }
}

/// The year of two digits.
fn short_year(digits: i32) -> i32 {
    if digits < 70 { 2000 + digits } else { 1900 + digits }
}

/// The one weekday that a text names.
fn weekday_of(text: &str) -> Option<Weekday> {
    let mut named = text.split(|c: char| !c.is_alphabetic()).filter_map(|word| {
        let day = english().calendar.weekday(word)?.checked_sub(1)?;
        Weekday::try_from(u8::try_from(day).ok()?).ok()
    });
    let first = named.next()?;
    named.all(|other| other == first).then_some(first)
}

/// "d/m/y", "mm/dd/yyyy": how the numbers beside it are ordered.
fn is_order(piece: &str) -> bool {
    let letters: Vec<&str> = piece.split(['/', '-', '.']).collect();
    let all = |part: &&str| part.bytes().all(|b| matches!(b.to_ascii_lowercase(), b'd' | b'm' | b'y' | b'j' | b't'));
    letters.len() == 3 && letters.iter().all(|part| !part.is_empty() && all(part))
}

/// Whether such words in a text say that the day is first.
fn stated_order(text: &str) -> Option<bool> {
    let piece = text.split(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | '[' | ']')).find(|p| is_order(p))?;
    match piece.as_bytes().first()?.to_ascii_lowercase() {
        b'd' | b't' => Some(true),
        b'm' => Some(false),
        _ => None,
    }
}

fn is_zone(piece: &str) -> bool {
    head_words().zones.contains(&piece.to_ascii_lowercase())
}

/// `1912`, `0730`.
fn is_clock(piece: &str) -> bool {
    let number = |range| piece.get(range).and_then(|p: &str| p.parse::<u32>().ok());
    piece.len() == 4
        && piece.bytes().all(|b| b.is_ascii_digit())
        && number(0..2).is_some_and(|hour| hour < 24)
        && number(2..4).is_some_and(|minute| minute < 60)
}

/// `1740GMT`, `0730Z`.
fn is_zoned(piece: &str) -> bool {
    piece.get(..4).is_some_and(is_clock) && piece.get(4..).is_some_and(|zone| !zone.is_empty() && is_zone(zone))
}

fn certain(year: i32, month: u32, day: Option<u32>) -> Reading {
    let said = Said { year: Some(year), month: Some(month), day, until: None };
    if (1500..=2200).contains(&year) { said.reading() } else { Reading::Not }
}

/// `10:30`, `10:30:15`, `10.30am`, `5pm`, `5:43p.m`.
fn is_time(piece: &str) -> bool {
    let lower = piece.to_ascii_lowercase();
    let digits = lower.trim_end_matches(['a', 'p', 'm', '.', 'z', 'h']);
    let half = digits.len() < lower.len();
    let parts: Vec<&str> = digits.split([':', '.', 'h']).collect();
    let small = |part: &&str| (1..=2).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    match parts.len() {
        1 => half && parts.iter().all(small) && lower.contains('m'),
        // "27.08.23" is a day.
        3 if !digits.contains(':') && !half => false,
        2 | 3 => parts.iter().all(small) && parts.get(1).is_some_and(|p| p.len() == 2),
        _ => false,
    }
}

/// The "p.m." of "5 p.m.".
fn is_half(piece: &str) -> bool {
    ["am", "pm", "a.m", "p.m", "noon", "midnight"].iter().any(|half| piece.eq_ignore_ascii_case(half))
}

/// `+0000`, `+01:00`, `GMT+2`.
fn is_offset(piece: &str) -> bool {
    let Some(i) = piece.find(['+', '-']) else {
        return piece.len() == 4 && piece.starts_with('0') && piece.bytes().all(|b| b.is_ascii_digit());
    };
    let (zone, rest) = piece.split_at(i);
    let digits = rest.get(1..).unwrap_or_default();
    (zone.is_empty() || matches!(zone, "UTC" | "GMT"))
        && (1..=5).contains(&digits.len())
        && digits.bytes().all(|b| b.is_ascii_digit() || b == b':')
}

#[cfg(test)]
mod tests;
