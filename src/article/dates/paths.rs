//! Dates in the names of files and in web addresses.

use super::{Reading, Said, certain, month};

/// The date in a file's name: `2022-01-17-title`, `20220117_x`, `2022-01_x`, `title_2022_01_17`.
pub(in crate::article) fn of_file_name(name: &str) -> Option<Said> {
    if let Some(said) = at_byte(name, 0, true) {
        return Some(said);
    }
    // Further on only a whole day counts, and only when it is the one that stands there.
    let bytes = name.as_bytes();
    let begins =
        |i: &usize| bytes.get(*i).is_some_and(u8::is_ascii_digit) && !bytes.get(*i - 1).is_some_and(u8::is_ascii_digit);
    let mut found: Vec<Said> =
        (1..bytes.len().min(255)).filter(begins).filter_map(|i| at_byte(name, i, false)).collect();
    found.dedup();
    if found.len() == 1 { found.pop() } else { None }
}

/// The date in the path of a web address: `/2019/05/03/slug`, `/2019-05-03-slug`.
pub(in crate::article) fn of_address(url: &str) -> Option<Said> {
    let path = url.split_once("://").map_or(url, |(_, rest)| rest).split(['?', '#']).next()?;
    let path = path.get(path.find('/')?..)?;
    let parts: Vec<&str> = path.split('/').take(24).collect();
    let number = |part: &str, longest: usize| {
        let good = (1..=longest).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
        good.then(|| part.parse::<u32>().ok())?
    };
    let folders = parts.windows(3).find_map(|w| match w {
        [y, m, d] if y.len() == 4 => match certain(i32::try_from(number(y, 4)?).ok()?, month_of(m)?, number(d, 2)) {
            Reading::Date(said) if said.day.is_some() => Some(said),
            _ => None,
        },
        _ => None,
    });
    folders.or_else(|| parts.iter().find_map(|part| at_byte(part, 0, false)))
}

/// `05`, `may`.
fn month_of(part: &str) -> Option<u32> {
    let digits = (1..=2).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    if digits { part.parse().ok() } else { month(part) }
}

/// The date that begins at a byte of a file's name; of a month only where `month` allows it.
fn at_byte(name: &str, at: usize, month: bool) -> Option<Said> {
    let digits = |range: std::ops::Range<usize>| {
        let part = name.get(at + range.start..at + range.end)?;
        part.bytes().all(|b| b.is_ascii_digit()).then(|| part.parse::<u32>().ok())?
    };
    let byte = |i: usize| name.as_bytes().get(at + i).copied();
    let ends = |i: usize| !byte(i).is_some_and(|b| b.is_ascii_digit());
    let part_at = |i: usize| byte(i).filter(|b| matches!(b, b'-' | b'_' | b'.'));
    // Eight digits within letters are of a checksum.
    let alone = at.checked_sub(1).and_then(|i| name.as_bytes().get(i)).is_none_or(|b| !b.is_ascii_alphanumeric());
    let year = i32::try_from(digits(0..4)?).ok()?;
    let reading = if let Some(mark) = part_at(4) {
        let number = digits(5..7)?;
        match digits(8..10) {
            Some(day) if part_at(7) == Some(mark) && ends(10) => certain(year, number, Some(day)),
            _ if month && ends(7) => certain(year, number, None),
            _ => Reading::Not,
        }
    } else if ends(8) && alone && (at == 0 || !byte(8).is_some_and(|b| b.is_ascii_alphabetic())) {
        certain(year, digits(4..6)?, Some(digits(6..8)?))
    } else {
        Reading::Not
    };
    match reading {
        Reading::Date(said) => Some(said),
        _ => None,
    }
}
