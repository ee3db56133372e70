//! Lines by which a page speaks of itself, mostly at its foot: its terms, closed comments, who made the text.

use super::dates::{self, Reading};
use crate::lang::pages::notice_words;

/// Such a line is at most this long, in bytes.
const LONGEST: usize = 320;
/// A line that says when the page did something is at most this long, in bytes.
const LONGEST_CLOSING: usize = 120;
/// A copyright behind a text is at most this long, in bytes.
const LONGEST_COPYRIGHT: usize = 60;
/// So many of its words are looked at.
const MOST_WORDS: usize = 24;
/// "We have recently updated our terms": "our" stands among so many words.
const NEAR: usize = 6;

/// Whether a line speaks of the page: "Comments closed on May 3", "Our privacy policy was updated", "(Reporting by …)".
pub(super) fn is_of_page(line: &str) -> bool {
    line.len() <= LONGEST && (closes(line) || legal(line) || crew_begins(line) == Some(0))
}

/// Where what is of the page begins at the end of a line: who made the text, or its copyright.
pub(super) fn tail_begins(line: &str) -> Option<usize> {
    let copyright = || {
        let at = line.rfind('©').filter(|at| line.len() - at <= LONGEST_COPYRIGHT)?;
        let dated = line.get(at..)?.contains(|c: char| c.is_ascii_digit());
        (dated && line.get(..at)?.ends_with([' ', '\u{a0}'])).then_some(at)
    };
    crew_begins(line).or_else(copyright)
}

/// Where the names of who made the text begin at the end of a line: "… he said. (Reporting by Ann Roe)".
fn crew_begins(line: &str) -> Option<usize> {
    if !line.trim_end_matches('.').ends_with([')', ']']) {
        return None;
    }
    line.match_indices(['(', '[']).map(|(at, _)| at).find(|at| {
        let inner = line.get(at + 1..).unwrap_or_default().trim_start();
        let named = |rest: &str| rest.starts_with(' ') && rest.trim_start().starts_with(char::is_uppercase);
        notice_words().crew.iter().filter_map(|crew| behind(inner, crew)).any(named)
    })
}

/// "Comments closed on March 12, 2022.": nothing but a day follows.
fn closes(line: &str) -> bool {
    if line.len() > LONGEST_CLOSING || !notice_words().closings.may_open(line) {
        return false;
    }
    let opening = notice_words().closings.iter().filter_map(|opening| behind(line, opening));
    opening.into_iter().any(|rest| rest.trim_matches(['.', '!', ' ']).is_empty() || dated(rest))
}

/// "Our privacy policy was updated on May 25, 2018", "Terms of use effective January 1, 2020": the terms of the
/// page itself. Those of others have an owner, and what is told of them is news.
fn legal(line: &str) -> bool {
    let known = notice_words();
    let first = line.split_whitespace().next().unwrap_or_default();
    if !known.legal_first.contains(&bare(first)) || line.contains(['“', '”', '"']) {
        return false;
    }
    let written: Vec<&str> = line.split_whitespace().take(MOST_WORDS).filter(|w| !bare(w).is_empty()).collect();
    let words: Vec<String> = written.iter().map(|word| bare(word)).collect();
    let is = |at: usize, list: &crate::lang::Words| words.get(at).is_some_and(|word| list.contains(word));
    let changed = |at: usize| is(at, &known.legal_changes);
    let we = is(0, &known.ourselves) && (1..NEAR).any(changed);
    let own = if we { (1..NEAR).find(|&at| is(at, &known.ours)) } else { Some(0).filter(|_| is(0, &known.ours)) };
    let mut at = own.map_or(0, |own| own + 1);
    let mut named = false;
    loop {
        let run = known.legal.lengths(|i| words.get(i).map(String::as_str), at).max();
        match run {
            Some(length) => (at, named) = (at + length, true),
            None if is(at, &known.legal_between) || is(at, &known.ours) => at += 1,
            None => break,
        }
    }
    if !named {
        return false;
    }
    match own {
        Some(_) => we || at >= words.len() || changed(at),
        None => {
            let rest = at + (at..words.len()).take_while(|&at| changed(at)).count();
            let tail = written.get(rest..).unwrap_or_default().join(" ");
            tail.is_empty() || dated(&tail)
        }
    }
}

/// A word in lower case, without the marks around it.
fn bare(word: &str) -> String {
    word.trim_matches(|c: char| !c.is_alphanumeric() && c != '&').to_lowercase()
}

/// Whether some words are nothing but a day, a month or a year.
fn dated(words: &str) -> bool {
    words.starts_with([' ', ':', ',', '(']) | words.starts_with(char::is_alphanumeric)
        && matches!(dates::read(words, Some(true)), Reading::Date(_))
}

/// What follows an opening, in any case.
fn behind<'a>(line: &'a str, opening: &str) -> Option<&'a str> {
    line.get(..opening.len()).filter(|head| head.eq_ignore_ascii_case(opening)).and(line.get(opening.len()..))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_page_says_of_itself_is_told_from_news() {
        for line in [
            "Our privacy policy was updated on May 25, 2018.",
            "Our updated Terms of Service and Privacy Policy are effective March 1, 2022",
            "We updated our Terms and Conditions on May 3, 2021. Read them here.",
            "Terms of use effective January 1, 2020",
            "Privacy Policy (last updated May 25, 2018)",
            "Privacy Policy | Terms of Use | Cookie Policy",
            "Terms of Service were revised on February 1, 2020.",
            "Comments closed on March 12, 2022.",
            "Comments are closed.",
            "This thread was closed on 12 March 2022 at 5 p.m.",
            "Page last reviewed: 3 May 2021",
            "(Reporting by Ann Roe in Oslo on March 4; editing by Tom Poe)",
            "[Additional reporting by Ann Roe]",
        ] {
            assert!(is_of_page(line), "{line}");
        }
        for line in [
            "The privacy policy of the firm was updated on May 25, 2018.",
            "Its terms of service were revised on February 1, 2020.",
            "Terms of service were revised on February 1, 2020, after a ruling, the firm said.",
            "Privacy policy makers met on May 25, 2018.",
            "Terms were agreed on May 25, 2018, by both towns.",
            "“Our privacy policy was rewritten on March 2,” the chief said.",
            "Our privacy ended on May 25, 2018.",
            "We changed our mind on May 25, 2018.",
            "Comments on the plan closed on May 3 after 400 people wrote in.",
            "Effective on May 3, the toll is doubled.",
            "(Reporting to the mayor, he left on May 3.)",
            "",
        ] {
            assert!(!is_of_page(line), "{line}");
        }
    }

    #[test]
    fn who_made_the_text_is_named_behind_it() {
        let kept = |line: &str| crew_begins(line).map(|at| line[..at].trim_end().to_owned());
        assert_eq!(
            kept("The quay was sold. (Reporting by Ann Roe (Oslo); editing by Tom Poe)"),
            Some("The quay was sold.".to_owned())
        );
        assert_eq!(kept("The quay was sold (writing off the debt)."), None);
        let at = tail_begins("The quay was sold. © Harbour Post 2022").unwrap_or_default();
        assert_eq!(at, "The quay was sold. ".len());
        assert_eq!(
            tail_begins("The sign © was used by the printers of Harbourton from 3 May 1904 on, she said."),
            None
        );
        for piece in ["(", "([", "(Editing by ", ")"] {
            crew_begins(&(piece.repeat(20_000) + ")"));
        }
    }
}
