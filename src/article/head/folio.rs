//! Lines that date a page among other things of a page: "Sunday, May 8, 2022 – page 3", "Issue 43, 2–8 May 2019",
//! "First published in the Harbour Post on 3 May 2019".

use super::line::{Fact, Line, byline, person_with_role};
use super::loose::{kicker, loose, outlet};
use crate::article::dates::{self, Reading, Said};
use crate::lang::pages::head_words;

/// A line parted by more commas than this is no line of a page.
const MOST_COMMAS: usize = 8;
/// Such a line is at most this long, in bytes.
const LONGEST: usize = 160;

/// Whether some words only count the pages, issues or prices of a paper: "page A1", "Vol. 12 No. 3", "£1.20".
pub(super) fn page_mark(part: &str) -> bool {
    let known = head_words();
    let mut named = false;
    let mut words = part.split(|c: char| c.is_whitespace() || matches!(c, ',' | ':' | '(' | ')' | '/'));
    let all = words.by_ref().map(|w| w.trim_matches(['.', '#'])).filter(|w| !w.is_empty()).take(12).all(|word| {
        let lower = word.to_lowercase();
        let counted = known.page_nouns.contains(&lower) || price(&lower);
        named |= counted;
        counted || known.page_words.contains(&lower) || counts(word)
    });
    all && named && words.next().is_none()
}

/// "£1.20", "80p", "$2".
fn price(word: &str) -> bool {
    let sum = word.strip_prefix(['£', '$', '€']).or_else(|| word.strip_suffix('p')).unwrap_or_default();
    sum.len() <= 6 && sum.starts_with(|c: char| c.is_ascii_digit()) && sum.chars().all(|c| "0123456789.,".contains(c))
}

/// "43", "1204", "A14", "B", "XII".
fn counts(word: &str) -> bool {
    let digits = word.trim_start_matches(|c: char| c.is_ascii_uppercase());
    let letters = word.len() - digits.len();
    let number = !digits.is_empty() && digits.len() <= 5 && digits.bytes().all(|b| b.is_ascii_digit());
    letters <= 1 && number || word.len() <= 7 && word.chars().all(|c| "ABCDEIVXL".contains(c))
}

/// A date between commas, among nothing but an outlet, a byline and marks of a page.
pub(super) fn dated(line: &str, day_first: Option<bool>) -> Option<Vec<Fact>> {
    if let Some(facts) = dated_by(line, day_first) {
        return Some(facts);
    }
    let commas = line.matches(',').count();
    if !(1..=MOST_COMMAS).contains(&commas) || line.len() > LONGEST || line.contains(['|', '•', '·']) {
        return None;
    }
    let starts: Vec<usize> = std::iter::once(0).chain(line.match_indices(',').map(|(i, _)| i + 1)).collect();
    let ends: Vec<usize> = line.match_indices(',').map(|(i, _)| i).chain([line.len()]).collect();
    for (first, &start) in starts.iter().enumerate() {
        for (last, &end) in ends.iter().enumerate().skip(first).rev() {
            let (Some(before), Some(words), Some(after)) = (line.get(..start), line.get(start..end), line.get(end..))
            else {
                return None;
            };
            let whole = first == 0 && last + 1 == ends.len();
            let Some(said) = date(words, day_first).filter(|_| !whole) else { continue };
            // The longest stretch that is a date is the date.
            let mut facts = opening(before.trim_end_matches([',', ' ']))?;
            let rest = after.trim_matches([',', ' ']);
            if !rest.is_empty() && !page_mark(rest) && !kicker(rest) {
                return None;
            }
            facts.push(Fact::Date(said));
            return Some(facts);
        }
    }
    None
}

/// "May 9, 2019 by Kim Ode in News": a date, and who wrote it.
fn dated_by(line: &str, day_first: Option<bool>) -> Option<Vec<Fact>> {
    let at = line.to_ascii_lowercase().find(" by ").filter(|_| line.len() <= LONGEST)?;
    let said = date(line.get(..at)?.trim_end_matches([',', ' ', '-', '–']), day_first)?;
    let mut facts = byline(line.get(at + 1..)?)?;
    facts.push(Fact::Date(said));
    Some(facts)
}

/// What stands before the date of such a line.
fn opening(words: &str) -> Option<Vec<Fact>> {
    if words.is_empty() || page_mark(words) || kicker(words) {
        return Some(Vec::new());
    }
    if words.ends_with(|c: char| c.is_ascii_digit()) || words.contains(['–', '—']) {
        return None;
    }
    if let Some(facts) = byline(words).or_else(|| person_with_role(words)) {
        return Some(facts);
    }
    // "Harbour Post (Skarholm)", "Harbour Post, Late Edition", "Harbour Post, Skarholm".
    let (name, rest) = words.split_once([',', '(']).unwrap_or((words, ""));
    let (name, rest) = (name.trim(), rest.trim_end_matches(')').trim());
    let judged = loose(name);
    let place = rest.is_empty() || page_mark(rest) || judged == Line::Outlet && loose(rest) == Line::Name;
    match judged {
        Line::Outlet if place => Some(vec![Fact::Publisher(name.to_owned())]),
        Line::Name if place => Some(Vec::new()),
        _ => None,
    }
}

fn date(words: &str, day_first: Option<bool>) -> Option<Said> {
    match dates::read(words, day_first) {
        Reading::Date(said) if said.month.is_some() => Some(said),
        _ => None,
    }
}

/// "First published in the Harbour Post on 3 May 2019", "This story appeared on 3 May 2019", at an article's end.
pub(super) fn appeared(line: &str, day_first: Option<bool>) -> Option<Vec<Fact>> {
    let bare = line.trim_matches(['(', ')', '[', ']', '*', '_', ' ', '—', '–', '-']).trim_end_matches('.');
    if bare.len() > LONGEST {
        return None;
    }
    let lower = bare.to_lowercase();
    if lower.len() != bare.len() {
        return None;
    }
    let opens = |text: &str| {
        let runs = head_words().appeared.iter().filter(|run| text.starts_with(run.as_str()));
        runs.map(|run| run.len()).max()
    };
    if let Some(length) = opens(&lower) {
        let rest = bare.get(length..)?;
        // What dates the line is its end; what follows a date is page and edition.
        for (at, mark) in [" on ", ", ", " ("].iter().filter_map(|mark| rest.find(mark).map(|i| (i, mark))) {
            let tail = rest.get(at + mark.len()..)?;
            let end = tail.match_indices([',', ')']).map(|(i, _)| i).chain([tail.len()]);
            let dated = end.rev().find_map(|i| date(tail.get(..i)?, day_first).map(|said| (said, tail.get(i..))));
            let Some((said, after)) = dated else { continue };
            let after = after.unwrap_or_default().trim_matches([',', ')', ' ']);
            if said.year.is_none() || !(after.is_empty() || page_mark(after)) {
                continue;
            }
            let name = rest.get(..at).unwrap_or_default().trim();
            let name = ["in the ", "by the ", "in ", "by "].iter().find_map(|p| name.strip_prefix(p)).unwrap_or(name);
            let named = outlet(name) && loose(name) == Line::Outlet;
            let mut facts = vec![Fact::Date(said)];
            facts.extend(named.then(|| Fact::BylinePublisher(name.to_owned())));
            return Some(facts);
        }
        return None;
    }
    // "— Harbour Post, 3 May 2019".
    let facts = dated(bare, day_first)?;
    let full = |fact: &Fact| matches!(fact, Fact::Date(Said { year: Some(_), day: Some(_), .. }));
    (facts.iter().any(|f| matches!(f, Fact::Publisher(_))) && facts.iter().any(full)).then_some(facts)
}
