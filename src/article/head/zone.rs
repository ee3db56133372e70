//! The zone above the first sentence: lines of `key: value`, and lines parted by any marks that hold one full date.

use super::line::{Fact, Line, byline, judge, labelled_date};
use super::loose::{has_verb, loose, outlet};
use crate::article::dateline;
use crate::article::dates::{self, Reading, Said};
use crate::article::keys::{self, Field};
use crate::article::paragraph::Para;
use crate::lang::english;
use crate::lang::pages::head_words;
use crate::model::BlockKind;
use std::ops::Range;

/// The zone has at most so many lines.
const LONGEST: usize = 20;
/// A line of it is at most this long, in bytes.
const LONGEST_LINE: usize = 240;
/// A part of such a line has at most so many words.
const MOST_WORDS: usize = 12;
/// So few words may end in a full stop and be no sentence.
const SHORT_SENTENCE: usize = 7;
/// The words before a colon that make a key.
const LONGEST_KEY: usize = 3;

/// Whether a line is a sentence of the text, or begins one.
pub(super) fn is_prose(line: &str) -> bool {
    let words = line.split_whitespace().take(26).count();
    let last = line.trim_end_matches(['”', '"', '’', '\'', ')', '*', '_']);
    words > 25 || words > SHORT_SENTENCE && last.ends_with(['.', '!', '?', '…']) && line.contains(char::is_lowercase)
}

/// The lines of a paragraph that are `key: value`: at least two of them, among lines that are no sentences.
pub(super) fn keyed(para: &Para, lines: &[Range<usize>]) -> Vec<Range<usize>> {
    let text = |range: &Range<usize>| para.text.get(range.clone()).unwrap_or_default();
    let keyed: Vec<_> = lines.iter().filter(|line| pair(text(line)).is_some()).cloned().collect();
    let filled = lines.iter().filter(|line| !line.is_empty()).count();
    let prose = lines.iter().any(|line| pair(text(line)).is_none() && is_prose(text(line)));
    if keyed.len() < 2 || keyed.len() * 2 < filled || prose { Vec::new() } else { keyed }
}

/// The key and the value of "Posted-On: 2023-12-04".
fn pair(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.split_once(':')?;
    let value = value.trim();
    let good = key.starts_with(char::is_alphabetic)
        && key.len() <= 30
        && key.split_whitespace().count() <= LONGEST_KEY
        && key.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_' | '.'))
        && !value.is_empty()
        && line.len() <= LONGEST_LINE
        && !(value.ends_with('.') && is_prose(line));
    good.then_some((key.trim(), value))
}

/// What a line of `key: value` states.
pub(super) fn fact_of_pair(line: &str, day_first: Option<bool>) -> Vec<Fact> {
    let Some((key, value)) = pair(line) else { return Vec::new() };
    let dated = |fact: fn(Said) -> Fact| match dates::read(value, day_first) {
        Reading::Date(said) => vec![fact(said)],
        Reading::Ambiguous => vec![Fact::Ambiguous],
        Reading::Impossible => vec![Fact::Impossible],
        Reading::Not => Vec::new(),
    };
    match keys::field(key) {
        Some(Field::Published) => dated(Fact::Published),
        Some(Field::Updated) => dated(Fact::Updated),
        Some(Field::Title) => vec![Fact::Title(value.to_owned())],
        Some(Field::Publisher) => vec![Fact::Publisher(value.to_owned())],
        Some(Field::Author) => byline(&format!("By {value}")).unwrap_or_default(),
        // "Ann Roe <ann@beacon.example>": a person, or an outlet that writes letters.
        Some(Field::Sender) => {
            let name: Vec<&str> = value.split_whitespace().take_while(|word| !word.contains('@')).collect();
            let name = name.join(" ").trim_matches(['"', '\'', '<']).to_owned();
            match loose(&name) {
                _ if name.is_empty() => Vec::new(),
                Line::Name if !outlet(&name) && (2..=3).contains(&name.split(' ').count()) => vec![Fact::Author(name)],
                _ => vec![Fact::Publisher(name)],
            }
        }
        None => Vec::new(),
    }
}

/// The facts of a line that is no sentence: parts between marks of any kind, of which exactly one is a full date.
pub(super) fn parted(line: &str, day_first: Option<bool>) -> Option<Vec<Fact>> {
    let dated = line.contains(|c: char| c.is_ascii_digit());
    if line.len() > LONGEST_LINE || !dated || dateline::read(line).is_some() {
        return None;
    }
    let bars: Vec<&str> = parts(line, false);
    // Commas part a line only where an outlet leads it: "Harbour Review, 27 April 2014, Long Reads".
    let commas = if bars.len() > 1 { Vec::new() } else { parts(line, true) };
    let parts = if bars.len() > 1 { bars } else { commas };
    if !(2..=9).contains(&parts.len()) {
        return None;
    }
    let by_commas = !line.contains(['|', '·', '•', '*']) && parts.len() > 2 && line.matches(", ").count() >= 2;
    let mut facts = Vec::new();
    let mut dated = None;
    for (i, part) in parts.iter().enumerate() {
        let labelled = labelled_date(part, day_first).unwrap_or_default();
        let states = |fact: &Fact| match fact {
            Fact::Published(said) | Fact::Updated(said) => whole(*said),
            _ => false,
        };
        if labelled.iter().any(states) {
            dated = dated.or(labelled.iter().any(|f| matches!(f, Fact::Published(_))).then_some(i));
            facts.extend(labelled);
            continue;
        }
        match dates::read(part, day_first) {
            Reading::Date(said) if whole(said) => {
                if dated.replace(i).is_some() {
                    return None;
                }
                facts.push(Fact::Date(said));
                continue;
            }
            Reading::Impossible => return None,
            Reading::Ambiguous => facts.push(Fact::Ambiguous),
            _ => {}
        }
        // A day among other words is what the line tells of, not the day of the page.
        let words = part.split_whitespace().count();
        let stopped = words > 2 && part.ends_with('.') && {
            let last = part.trim_end_matches('.').rsplit([' ', '.']).next().unwrap_or_default();
            last.chars().count() > 2
        };
        if stopped || words > MOST_WORDS || has_verb(part) || holds_day(part) || is_prose(part) {
            return None;
        }
        if i == 0 && loose(part) == Line::Outlet {
            facts.push(Fact::Publisher((*part).to_owned()));
        }
    }
    let led = !by_commas || facts.iter().any(|fact| matches!(fact, Fact::Publisher(_)));
    (dated.is_some() && led).then_some(facts)
}

/// The parts of a line between bars, dots, colons, stars and spaced dashes, or between commas.
fn parts(line: &str, commas: bool) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut rest = line;
    let marks: &[&str] = if commas {
        &[", "]
    } else {
        &["|", "·", "•", "::", " * ", "//", " / ", " – ", " — ", " - ", " ~ ", "\t", " ; ", "¦", "■", "▪", "→", "»"]
    };
    while let Some((at, len)) = marks.iter().filter_map(|mark| rest.find(mark).map(|at| (at, mark.len()))).min() {
        parts.push(rest.get(..at).unwrap_or_default());
        rest = rest.get(at + len..).unwrap_or_default();
    }
    parts.push(rest);
    if commas {
        // "Friday, October 4, 2019" is one part: join what is a date only together.
        parts = joined(line, &parts);
    }
    parts.retain(|part| part.contains(char::is_alphanumeric));
    parts.into_iter().map(|part| part.trim_matches([' ', '*', '_', '\u{a0}', '~'])).collect()
}

/// Parts between commas, those that are one date together joined.
fn joined<'a>(line: &'a str, parts: &[&'a str]) -> Vec<&'a str> {
    let start = |part: &str| (part.as_ptr() as usize).saturating_sub(line.as_ptr() as usize);
    let mut made: Vec<&str> = Vec::new();
    let mut i = 0;
    while let Some(part) = parts.get(i) {
        let longest = (i + 1..parts.len().min(i + 3)).rev().find_map(|last| {
            let end = parts.get(last)?;
            let words = line.get(start(part)..start(end) + end.len())?;
            matches!(dates::read(words, Some(true)), Reading::Date(said) if whole(said)).then_some((last, words))
        });
        let (last, words) = longest.unwrap_or((i, part));
        made.push(words);
        i = last + 1;
    }
    made
}

fn whole(said: Said) -> bool {
    said.year.is_some() && said.day.is_some()
}

/// Whether some words name a day beside other words: a month with a number.
fn holds_day(part: &str) -> bool {
    let words: Vec<&str> = part.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    let month = |word: &&str| english().calendar.month(word).is_some();
    let number =
        |word: Option<&&str>| word.is_some_and(|w| w.len() <= 4 && w.starts_with(|c: char| c.is_ascii_digit()));
    (words.iter().enumerate()).any(|(i, w)| month(w) && (number(words.get(i + 1)) || i > 0 && number(words.get(i - 1))))
}

/// The header lines of the zone, where one of them holds the full day of publication.
///
/// Lines that say nothing of the head are passed over; the first sentence ends the zone.
pub(super) fn further(
    paras: &[Para],
    day_first: Option<bool>,
    of_head: impl Fn(usize) -> bool,
) -> Vec<(usize, Range<usize>, Vec<Fact>)> {
    let mut found = Vec::new();
    let mut left = LONGEST;
    'zone: for (p, para) in paras.iter().enumerate().take(LONGEST) {
        match para.kind {
            BlockKind::Paragraph => {}
            BlockKind::Heading(_) if of_head(p) => {}
            BlockKind::Heading(_) | BlockKind::Quote => continue,
            _ => break,
        }
        let lines: Vec<Range<usize>> = para.lines().take(left).collect();
        // Lines of one long paragraph are no lines of a page.
        if lines.len() > 1 && lines.len() >= left || is_prose(&para.text) && lines.len() < 2 {
            break;
        }
        for range in lines {
            let line = para.text.get(range.clone()).unwrap_or_default();
            left = left.saturating_sub(1);
            let stopped = line.ends_with(['.', '!', '?']) && line.split_whitespace().count() > 3;
            match judge(line, day_first) {
                Line::Header(facts) => found.push((p, range, facts)),
                _ if is_prose(line) || stopped => break 'zone,
                _ => {}
            }
        }
        if left == 0 {
            break;
        }
    }
    let full = |fact: &Fact| match fact {
        Fact::Published(said) | Fact::Date(said) | Fact::Dateline(said) => whole(*said),
        _ => false,
    };
    if found.iter().any(|(_, _, facts)| facts.iter().any(full)) { found } else { Vec::new() }
}

/// The day of a wire's stamp at an article's foot: "NNW 142105 MAR 15", "MW-02-07-19 1740GMT", "AP-NR-03-05-22 1405EST".
pub(super) fn stamp(line: &str, day_first: Option<bool>) -> Option<Fact> {
    if line.len() > 40 || line.contains(char::is_lowercase) || line.split_whitespace().count() > 5 {
        return None;
    }
    let letters = |text: &str| text.bytes().take_while(u8::is_ascii_uppercase).count();
    let first = letters(line);
    let mut rest = line.get(first..)?.trim_start_matches([' ', '-', '/']);
    // "AP-NR-": the wire and its desk.
    let desk = letters(rest);
    if (2..=5).contains(&first) && (1..=5).contains(&desk) && line.get(first..).is_some_and(|l| l.starts_with('-')) {
        rest = rest.get(desk..).and_then(|rest| rest.strip_prefix('-')).unwrap_or(rest);
    }
    let named = (2..=5).contains(&first) && rest.starts_with(|c: char| c.is_ascii_digit());
    let known = head_words();
    let zone = line.trim_start_matches(|c: char| !c.is_ascii_digit()).rsplit(|c: char| !c.is_ascii_uppercase()).next();
    let month_first = named && known.month_first_wires.contains(&line.get(..first)?.to_lowercase())
        || zone.is_some_and(|zone| known.month_first_zones.contains(&zone.to_lowercase()));
    let day_first = if month_first { Some(false) } else { day_first };
    match dates::read(if named || first == 0 { rest } else { line }, day_first) {
        Reading::Date(said) if whole(said) => Some(Fact::Date(said)),
        Reading::Ambiguous if named => Some(Fact::Ambiguous),
        _ => None,
    }
}

/// A stamp with its wire, where it stands above the text.
pub(super) fn slug(line: &str, day_first: Option<bool>) -> Option<Vec<Fact>> {
    let wire = line.bytes().take_while(u8::is_ascii_uppercase).count();
    let glued = wire > 1 && line.get(wire..).is_some_and(|rest| rest.starts_with('-')) && line.len() > wire + 8;
    stamp(line, day_first).filter(|_| glued).map(|fact| vec![fact])
}

/// The year of a line of copyright.
pub(super) fn copyright_year(line: &str) -> Option<i32> {
    let lower = line.to_lowercase();
    if line.len() > LONGEST_LINE || !head_words().copyright.iter().any(|sign| lower.contains(sign.as_str())) {
        return None;
    }
    let years = lower.split(|c: char| !c.is_ascii_digit()).filter(|run| run.len() == 4);
    let years: Vec<i32> = years.filter_map(|run| run.parse().ok()).filter(|y| (1900..=2200).contains(y)).collect();
    // "© 1998–2019": the last one is the year of the page.
    years.into_iter().max()
}
