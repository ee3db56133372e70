//! What a line is that no label marks: a headline, an outlet, a name, or text.

use super::Head;
use super::line::Line;
use crate::lang::pages::head_words;

/// Judges a line that no label marks.
pub(super) fn loose(line: &str) -> Line {
    let words = line.split_whitespace().count();
    let domain = words == 1
        && line.contains('.')
        && !line.ends_with('.')
        && line.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'.' || b == b'-');
    if domain && line.bytes().any(|b| b.is_ascii_alphabetic()) && line.len() >= 5 {
        return Line::Outlet;
    }
    let Some(first) = line.chars().next() else {
        return Line::Text;
    };
    let last = line.trim_end_matches(['”', '’', '"', '\'', ')', '»']).chars().next_back().unwrap_or(' ');
    let acronym = line.len() > 3
        && line.ends_with('.')
        && line.rsplit(' ').next().is_some_and(|w| w.matches('.').count() > 1 && w.len() <= 6);
    let good_start = first.is_uppercase() || first.is_ascii_digit() || "“‘\"'«£$€".contains(first);
    let good_end = last.is_alphanumeric() || matches!(last, '%' | '!' | '?') || acronym;
    if !good_start || !good_end || words > 25 || line.len() > 170 || holds_stop(line) {
        return Line::Text;
    }
    let plain = !line.contains([',', ':', ';', '?', '!', '“', '"', '‘']);
    if plain && words <= 8 && title_case(line) && !has_verb(line) {
        if outlet(line) {
            return Line::Outlet;
        }
        if words <= 3 && !line.contains(['\'', '’']) && !line.contains(|c: char| c.is_ascii_digit()) {
            return Line::Name;
        }
    }
    match last {
        '!' | '?' => Line::Question,
        _ if words >= 2 => Line::Headline,
        _ => Line::Text,
    }
}

/// Whether a full stop inside the line ends a sentence there.
fn holds_stop(line: &str) -> bool {
    line.match_indices(". ").any(|(i, _)| {
        let word = line.get(..i).unwrap_or_default().rsplit(' ').next().unwrap_or_default();
        word.chars().count() > 3 && word.ends_with(char::is_lowercase) && !word.contains('.')
    })
}

/// Whether every word but the small ones begins with a capital.
pub(in crate::article) fn title_case(line: &str) -> bool {
    let connectives = &head_words().connectives;
    let mut capitals = 0;
    let good = line.split_whitespace().all(|word| {
        let word = word.trim_start_matches(|c: char| !c.is_alphanumeric());
        let capital = word.starts_with(|c: char| c.is_uppercase());
        capitals += usize::from(capital);
        capital || word.is_empty() || word.starts_with(|c: char| c.is_ascii_digit()) || connectives.contains(word)
    });
    good && capitals > 0
}

pub(super) fn has_verb(line: &str) -> bool {
    // The first word of a line is a verb only in an order, which no headline is.
    let verbs = &head_words().headline_verbs;
    let mut words = line.split_whitespace().skip(1);
    words.any(|word| verbs.contains(&word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()))
}

/// Whether a name holds a word of outlets.
pub(super) fn outlet(name: &str) -> bool {
    let outlets = &head_words().outlet;
    name.split_whitespace().any(|word| {
        let lower = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        outlets.contains(&lower) && (lower.len() > 2 || word.starts_with(|c: char| c.is_uppercase()))
    })
}

/// Whether a line names nothing but a section ("World", "Breaking News").
pub(super) fn kicker(line: &str) -> bool {
    let known = &head_words().kicker;
    let mut words = line.split(|c: char| c.is_whitespace() || "/>|,".contains(c)).filter(|w| !w.is_empty()).peekable();
    words.peek().is_some()
        && words.all(|word| known.contains(&word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()))
}

/// "Staff writer": what somebody is who writes.
pub(super) fn role(part: &str) -> bool {
    let known = &head_words().roles;
    part.split_whitespace().all(|word| known.contains(&word.to_lowercase()))
}

impl Head {
    /// Takes over when, and by whom, from lines that stand apart from the text, where its own lines do not say so.
    pub(in crate::article) fn complete(&mut self, above: Head) {
        self.published = self.published.take().or(above.published);
        self.updated = self.updated.or(above.updated);
        if self.authors.is_empty() {
            self.authors = above.authors;
        }
        self.claims.extend(above.claims);
    }
}
