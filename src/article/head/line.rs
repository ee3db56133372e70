//! What one line at the head of an article says.

use super::folio::{self, page_mark};
use super::loose::{has_verb, kicker, loose, outlet, role, title_case};
use super::parts::{may_part, parts, split_any};
use super::zone;
use crate::article::boilerplate::is_boilerplate;
use crate::article::credits;
use crate::article::dateline;
use crate::article::dates::{self, Reading, Said};
use crate::article::metadata;
use crate::lang::english;
use crate::lang::pages::head_words;

/// One thing that a header line states.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Fact {
    /// A publication date behind its label.
    Published(Said),
    /// A date of the last change behind its label.
    Updated(Said),
    /// A date that stands alone.
    Date(Said),
    /// The day of an agency's dateline that stands alone.
    Dateline(Said),
    /// The agency of one.
    Agency(String),
    /// A numeric date that can be read two ways.
    Ambiguous,
    /// A date with a day that does not exist.
    Impossible,
    /// The outlet.
    Publisher(String),
    /// An outlet in a byline: it counts where nothing else names one.
    BylinePublisher(String),
    Author(String),
    Title(String),
    Url(String),
}

/// What a line is, judged alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Line {
    /// A header line; what it states may be nothing.
    Header(Vec<Fact>),
    /// A name that holds a word of outlets, or a domain.
    Outlet,
    /// One to three capitalised words: an outlet, a person, a short title.
    Name,
    /// Reads like a headline.
    Headline,
    /// Reads like a headline that asks or shouts; a sentence of the text may do so too.
    Question,
    /// Text of the article.
    Text,
}

/// Judges a line without its neighbours.
pub(super) fn judge(line: &str, day_first: Option<bool>) -> Line {
    if line.len() > 320 {
        return Line::Text;
    }
    match header(line, day_first) {
        Some(facts) => Line::Header(facts),
        None => loose(line),
    }
}

/// The date of a line that begins with the label of one ("Published: …", "Updated …").
pub(super) fn labelled_date(line: &str, day_first: Option<bool>) -> Option<Vec<Fact>> {
    let known = head_words();
    let (rest, published, colon) = match (label(line, &known.published), label(line, &known.updated)) {
        (Some((rest, colon)), None) => (rest, true, colon),
        (None, Some((rest, colon))) => (rest, false, colon),
        _ => return None,
    };
    let fact = |said| {
        if published { Fact::Published(said) } else { Fact::Updated(said) }
    };
    if let Some((said, mut facts)) = posted(rest, day_first) {
        facts.insert(0, fact(said));
        return Some(facts);
    }
    let lower = rest.to_ascii_lowercase();
    // "Published Jan 17, 2022 by Ann Roe", "Posted Jan 17, 2022 Updated Jan 18, 2022".
    for (mark, skip) in [(" by ", 1), (" updated", 1), (" last updated", 1), (" modified", 1)] {
        if let Some(i) = lower.find(mark).filter(|i| *i > 0)
            && let (Some(first), Some(second)) = (rest.get(..i), rest.get(i + skip..))
            && let Reading::Date(said) = dates::read(first, day_first)
            && let Some(mut facts) =
                byline(second).or_else(|| labelled_date(second, day_first)).or_else(|| account(second))
        {
            facts.insert(0, fact(said));
            return Some(facts);
        }
    }
    match dates::read(rest, day_first) {
        Reading::Date(said) => Some(vec![fact(said)]),
        Reading::Ambiguous => Some(vec![Fact::Ambiguous]),
        Reading::Impossible => Some(vec![Fact::Impossible]),
        Reading::Not if ago(rest) => Some(vec![]),
        Reading::Not => (colon && rest.split_whitespace().count() <= 6 && !rest.ends_with('.')).then(Vec::new),
    }
}

/// "by annroe": the name of an account, which is nobody's.
fn account(words: &str) -> Option<Vec<Fact>> {
    let name = words.strip_prefix("by ")?;
    (!name.contains(char::is_whitespace) && !name.ends_with('.')).then(Vec::new)
}

/// "by admin on September 3, 2020 in News", "September 3, 2020 in News", each behind its label.
fn posted(rest: &str, day_first: Option<bool>) -> Option<(Said, Vec<Fact>)> {
    let dated = |text: &str| match dates::read(text, day_first) {
        Reading::Date(said) if said.month.is_some() => Some(said),
        _ => None,
    };
    if rest.len() > 120 || rest.ends_with('.') {
        return None;
    }
    let lower = rest.to_ascii_lowercase();
    let sections =
        [" in ", " under ", " to "].into_iter().filter_map(|mark| lower.rfind(mark).map(|i| (i, mark.len())));
    let section = sections.min().filter(|(i, len)| {
        rest.get(i + len..).is_some_and(|s| s.split_whitespace().count() <= 5 && s.starts_with(char::is_uppercase))
    });
    let before = section.map_or(rest, |(i, _)| rest.get(..i).unwrap_or(rest)).trim_end_matches([',', ' ', '|', '•']);
    let Some(by) = before.get(..3).filter(|head| head.eq_ignore_ascii_case("by ")) else {
        return section.and_then(|_| Some((dated(before)?, Vec::new())));
    };
    let before = before.get(by.len()..)?;
    let (name, date) =
        before.split_once(" on ").or_else(|| before.split_once(", ")).or_else(|| before.split_once(" | "))?;
    let said = dated(date)?;
    let account =
        ["admin", "administrator", "webmaster", "editor", "staff"].iter().any(|a| name.eq_ignore_ascii_case(a));
    Some((said, if account { Vec::new() } else { byline_parts(name).unwrap_or_default() }))
}

fn header(line: &str, day_first: Option<bool>) -> Option<Vec<Fact>> {
    let numbered = || line.contains(|c: char| c.is_ascii_digit()) && page_mark(line);
    let caption = || credits::by_agency(line) || credits::opens_caption(line);
    if is_boilerplate(line) || caption() || !line.contains(char::is_alphanumeric) || ago(line) || numbered() {
        return Some(vec![]);
    }
    if let Some(found) = dateline::alone(line) {
        return Some(found.date.map(Fact::Dateline).into_iter().chain(found.agency.map(Fact::Agency)).collect());
    }
    segment(line, day_first)
        .or_else(|| {
            // "Harbour News • Posted January 17, 2022 | By Ann Roe": every part must be of a header.
            if !may_part(line.as_bytes()) {
                return None;
            }
            let parts: Vec<&str> = parts(line);
            let mut facts = Vec::new();
            let mut firm = false;
            for part in parts.iter().filter(|_| parts.len() > 1) {
                match segment(part, day_first) {
                    Some(stated) => {
                        firm |= !stated.is_empty();
                        facts.extend(stated);
                    }
                    None if ago(part) || kicker(part) || page_mark(part) || role(part) => {}
                    None => match loose(part) {
                        Line::Outlet => facts.push(Fact::Publisher((*part).to_owned())),
                        Line::Name => {}
                        _ => return None,
                    },
                }
            }
            firm.then_some(facts)
        })
        .or_else(|| zone::slug(line, day_first))
        .or_else(|| zone::parted(line, day_first))
        .or_else(|| titled(line, day_first))
}

/// "Pilots Walk Out Over Pay. Published 5 March 2022.": a headline and the day behind its label.
fn titled(line: &str, day_first: Option<bool>) -> Option<Vec<Fact>> {
    if !line.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let marks = [". ", "! ", "? ", " (", " | ", " – ", " — ", " - ", " -- ", "… "];
    let at = marks.iter().filter_map(|mark| line.rfind(mark).map(|at| (at, mark))).max_by_key(|(at, _)| *at)?;
    let (before, after) = (line.get(..at.0 + 1)?, line.get(at.0 + at.1.len()..)?);
    let before =
        before.trim_end_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '?' | '!' | '”' | '’' | ')' | '%'));
    let mut facts = labelled_date(after.trim_end_matches([')', '.']), day_first)?;
    let dates = facts.iter().any(|fact| matches!(fact, Fact::Published(_) | Fact::Updated(_)));
    // A stop before it may be that of a sentence with a name: only what reads like a headline is one.
    let headline = matches!(loose(before), Line::Headline | Line::Question | Line::Name);
    (dates && headline).then(|| {
        facts.push(Fact::Title(before.to_owned()));
        facts
    })
}

/// A line, or a part of one, that is of a header by itself.
fn segment(line: &str, day_first: Option<bool>) -> Option<Vec<Fact>> {
    if let Some(facts) = labelled_date(line, day_first).or_else(|| with_update(line, day_first)) {
        return Some(facts);
    }
    match dates::read(line, day_first) {
        Reading::Date(said) if said.month.is_some() => return Some(vec![Fact::Date(said)]),
        Reading::Ambiguous => return Some(vec![Fact::Ambiguous]),
        _ => {}
    }
    if let Some(url) = metadata::web_address(line) {
        return Some(vec![Fact::Url(url)]);
    }
    // "Reuters, 5 March 2019", "By Ann Roe in Oslo, 5 March 2019".
    folio::dated(line, day_first)
        .or_else(|| colon_label(line))
        .or_else(|| dash_outlet(line))
        .or_else(|| byline(line))
        .or_else(|| person_with_role(line))
}

/// "07:10, 6 March 2025 Updated 09:22, 6 March 2025": a date, and behind its label that of the last change.
fn with_update(line: &str, day_first: Option<bool>) -> Option<Vec<Fact>> {
    if !line.bytes().any(|b| b.is_ascii_digit()) {
        return None;
    }
    let known = head_words();
    let lower = line.to_ascii_lowercase();
    let marks = known.updated.iter().filter_map(|label| lower.find(&format!(" {label} ")));
    let at = marks.min().filter(|at| *at > 0)?;
    let (first, second) = (line.get(..at)?, line.get(at + 1..)?);
    let Reading::Date(said) = dates::read(first.trim_end_matches([',', ' ', '|', '•', '·']), day_first) else {
        return None;
    };
    let mut facts = labelled_date(second, day_first)?;
    facts.insert(0, Fact::Date(said));
    Some(facts)
}

/// The rest of a line behind the longest of some labels, and whether a colon stood between.
fn label<'a>(line: &'a str, labels: &[String]) -> Option<(&'a str, bool)> {
    let len = labels
        .iter()
        .filter(|l| line.get(..l.len()).is_some_and(|head| head.eq_ignore_ascii_case(l)))
        .map(|l| l.len())
        .max()?;
    let rest = line.get(len..)?;
    if rest.starts_with(char::is_alphabetic) {
        return None;
    }
    let bare = rest.trim_start();
    let rest = bare.trim_start_matches([':', '-', '–', '—', '|', ' ', '\u{a0}']);
    Some((rest, bare.starts_with(':')))
}

/// "Source: Harbour News", "Author: Ann Roe", "Title: …", "Section: World".
fn colon_label(line: &str) -> Option<Vec<Fact>> {
    let (name, rest) = line.split_once(':')?;
    let (name, rest) = (name.trim(), rest.trim());
    let known = head_words();
    let is = |labels: &[String]| labels.iter().any(|l| l.eq_ignore_ascii_case(name));
    if rest.is_empty() {
        let all = [&known.published, &known.updated, &known.source, &known.author, &known.title, &known.address];
        return (all.into_iter().any(|labels| is(labels)) || is(&known.other)).then(Vec::new);
    }
    if is(&known.source) {
        return Some(match metadata::web_address(rest) {
            Some(url) => vec![Fact::Url(url)],
            None if rest.len() <= 80 => vec![Fact::Publisher(rest.trim_end_matches('.').to_owned())],
            None => return None,
        });
    }
    if is(&known.author) {
        return Some(if rest.len() <= 120 {
            byline_parts(rest).unwrap_or_default()
        } else {
            return None;
        });
    }
    if is(&known.title) {
        return Some(vec![Fact::Title(rest.to_owned())]);
    }
    if is(&known.address) {
        return Some(metadata::web_address(rest).map(Fact::Url).into_iter().collect());
    }
    (is(&known.other) && !rest.ends_with('.')).then(Vec::new)
}

/// "-Global News", "— Reuters".
fn dash_outlet(line: &str) -> Option<Vec<Fact>> {
    let name = line.strip_prefix("--").or_else(|| line.strip_prefix(['-', '–', '—', '―', '~']))?;
    let name = name.trim().trim_end_matches(['-', '–', '—']).trim();
    let words = name.split_whitespace().count();
    let good =
        (1..=6).contains(&words) && name.len() <= 60 && !name.ends_with(['.', ',', ':', '!', '?']) && title_case(name);
    (good && !has_verb(name))
        .then(|| if kicker(name) && !outlet(name) { vec![] } else { vec![Fact::Publisher(name.to_owned())] })
}

/// "By Jane Doe", "BY JANE DOE, Associated Press", "By Jane Doe in Kyiv".
pub(super) fn byline(line: &str) -> Option<Vec<Fact>> {
    let rest = line.get(..3).filter(|head| head.eq_ignore_ascii_case("by ") || head.eq_ignore_ascii_case("by:"))?;
    let rest = line.get(rest.len()..)?.trim();
    let first = rest.split_whitespace().next()?.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let names = &english().calendar;
    let calendar = names.weekday(&first).is_some() || names.month(&first).is_some();
    if calendar && rest.split_whitespace().count() < 2
        || matches!(first.as_str(), "a" | "an" | "all" | "contrast" | "then" | "now")
    {
        return None;
    }
    byline_parts(rest)
}

fn byline_parts(rest: &str) -> Option<Vec<Fact>> {
    let stop = rest.ends_with('.') && !["Jr.", "Sr.", "II."].iter().any(|end| rest.ends_with(end));
    if rest.len() > 160 || stop || rest.ends_with([':', '?', '!']) || rest.split_whitespace().count() > 16 {
        return None;
    }
    let known = &head_words().roles;
    let mut facts = Vec::new();
    for part in
        split_any(rest, &[", ", " and ", " AND ", " & ", " | ", "  ", "\u{a0} ", " / ", " for ", " with ", "; "])
    {
        let part = part.split(" in ").next().unwrap_or_default().split(" IN ").next().unwrap_or_default();
        let part = part.trim().trim_start_matches("and ").trim_matches([',', ' ', '\u{a0}', '-', '–']);
        let lower = part.to_lowercase();
        let roles = lower.split_whitespace().filter(|w| known.contains(w)).count();
        let words = part.split_whitespace().count();
        if part.is_empty() || words > 0 && roles == words || matches!(lower.as_str(), "jr." | "sr." | "phd" | "m.d.") {
            continue;
        }
        let email = part.contains('@') && words == 1;
        if email {
            continue;
        }
        if words > 6 || !title_case(part) && roles == 0 || has_verb(part) {
            return None;
        }
        if outlet(part) {
            let name: Vec<&str> = part.split_whitespace().filter(|w| !known.contains(&w.to_lowercase())).collect();
            let name = name.join(" ");
            if facts.is_empty() {
                facts.push(Fact::Author(name.clone()));
            }
            facts.push(Fact::BylinePublisher(name.strip_prefix("The ").unwrap_or(&name).to_owned()));
        } else if roles == 0 && !part.contains(|c: char| c.is_ascii_digit()) && (facts.is_empty() || words >= 2) {
            facts.push(Fact::Author(part.to_owned()));
        }
    }
    Some(facts)
}

/// "Jane Doe, Staff Writer", "Jane Doe and John Roe, Reuters".
pub(super) fn person_with_role(line: &str) -> Option<Vec<Fact>> {
    let (name, rest) = line.split_once([',', '|'])?;
    let (name, rest) = (name.trim(), rest.trim());
    let named = || split_any(name, &[" and ", " & "]).all(|n| (2..=4).contains(&n.split_whitespace().count()));
    let brief = (1..=6).contains(&rest.split_whitespace().take(7).count()) && !rest.ends_with(['.', ':', '!', '?']);
    // Most lines are text, and seen to be by this much.
    if !brief || !named() {
        return None;
    }
    let words: Vec<String> = rest.split_whitespace().map(|w| w.trim_matches(',').to_lowercase()).collect();
    let known = &head_words().roles;
    let role = words.iter().any(|w| known.contains(w)) || outlet(rest);
    if !role || !title_case(name) || outlet(name) || has_verb(line) {
        return None;
    }
    let all_known = title_case(rest) || words.iter().all(|w| known.contains(w));
    if all_known { byline_parts(line) } else { None }
}

/// "3 hours ago", "5 min read".
fn ago(line: &str) -> bool {
    let last = line.split_whitespace().next_back().unwrap_or_default();
    if !last.eq_ignore_ascii_case("ago") && !last.eq_ignore_ascii_case("read") {
        return false;
    }
    let words: Vec<String> = line.split_whitespace().map(|w| w.to_lowercase()).collect();
    words.len() <= 6
        && words.iter().any(|w| w.starts_with(|c: char| c.is_ascii_digit()) || matches!(w.as_str(), "an" | "a"))
        && words.iter().any(|w| ["min", "hour", "day", "week", "month", "year"].iter().any(|u| w.contains(u)))
}
