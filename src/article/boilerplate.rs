//! Lines that are no text of an article: promotion, captions, sharing, copyright.

use crate::lang::pages::notice_words;

/// Whether a line (without outer white space) is no text of the article.
pub(super) fn is_boilerplate(line: &str) -> bool {
    let Some(first) = line.chars().next() else { return false };
    if line.ends_with(']') && badge(line) {
        // What stands before the promoted headline may be text.
        return promotion_within(line).is_none();
    }
    // Bytes, not characters: what is longer is a paragraph of its own and no promotion.
    if line.len() > 320 {
        return false;
    }
    let dated = || line.contains(|c: char| c.is_ascii_digit());
    if first == '©' || starts(line, "(c) ") && line.len() <= 160 && dated() {
        return true;
    }
    let stopped = line.ends_with('.');
    let whole = line.trim_end_matches([':', '.', '!', '»', '›', '>', '→', ' ']);
    let known = notice_words();
    (!stopped && known.whole.iter().any(|known| whole.eq_ignore_ascii_case(known)))
        || label(line)
        || (line.len() <= 220
            && known.requests.may_open(line)
            && known.requests.iter().any(|request| starts(line, request)))
        || line.trim_end_matches('.').len() >= 20
            && known.rights.iter().any(|rights| ends(line.trim_end_matches('.'), rights))
        || known.credits.iter().any(|credit| ends(line, credit))
}

/// The bytes with which the marks begin behind which a promotion can begin.
static BEGINS: [bool; 256] = {
    let mut begins = [false; 256];
    let marks = [b'.', b'!', b'?', b'"', b')', b'|', 0xE2, 0xC2];
    let mut i = 0;
    while i < marks.len() {
        begins[marks[i] as usize] = true;
        i += 1;
    }
    begins
};

/// Where a promotion begins within a line of text: behind the end of a sentence, at a label in
/// capitals ("… the storm. READ MORE: …"), a badge ("… the storm. [VIDEO] …") or a headline with one.
pub(super) fn promotion_within(line: &str) -> Option<usize> {
    let badged = line.ends_with(']') && badge(line);
    if !badged && !shouts(line.as_bytes()) {
        return None;
    }
    let mut last = None;
    for at in line.bytes().enumerate().filter_map(|(at, b)| BEGINS[usize::from(b)].then_some(at)) {
        // Only a badge, a known label or a promoted headline can follow: most marks end a sentence and no more.
        if !badged && !promises(line.as_bytes().get(at..).unwrap_or_default()) {
            continue;
        }
        let Some(mark) = line.get(at..).and_then(|rest| rest.chars().next()) else { continue };
        if !matches!(mark, '.' | '!' | '?' | '…' | '”' | '"' | ')' | '|' | '•' | '\u{a0}') {
            continue;
        }
        let rest = line.get(at + mark.len_utf8()..).unwrap_or_default();
        // A long run of white space is looked at from its last few places only.
        let next = rest.trim_start_matches(' ');
        let next = next.strip_prefix('\u{a0}').unwrap_or(next);
        if next.starts_with(char::is_whitespace)
            || next.len() == rest.len() && mark != '|' && mark != '•' && mark != '\u{a0}'
        {
            continue;
        }
        if (next.len() <= 320 && label_in_capitals(next)) || badge_and_headline(next) {
            return Some(line.len() - next.len());
        }
        if !badged {
            continue;
        }
        let near = (at - at.min(24)..=at).find_map(|from| line.get(from..at)).unwrap_or_default();
        let word = near.rsplit(' ').next().unwrap_or_default();
        // Promoted headlines ask and shout; what ends in a full stop is a sentence.
        let stops = mark == '.' && word.chars().count() > 2 && !word.contains('.')
            || matches!(mark, '”' | '"') && word.ends_with(['.', ',']);
        if stops && next.starts_with(|c: char| c.is_uppercase() || "“\"‘'".contains(c)) {
            last = Some(line.len() - next.len());
        }
    }
    if !badged {
        return None;
    }
    // A sentence before the badge is text when others stand before it; alone it is what is promoted.
    let before =
        line.rfind('[').map(|at| (at, line.get(..at).unwrap_or_default().trim_end().ends_with(['.', '”', '"'])));
    last.map(|last| before.filter(|(_, sentence)| *sentence).map_or(last, |(at, _)| at))
}

/// Whether a line has a bracket or two capitals side by side at all.
fn shouts(line: &[u8]) -> bool {
    let pairs = |part: &[u8], next: &[u8]| {
        let pairs = part.iter().zip(next);
        pairs.fold(false, |any, (a, b)| any | (*a == b'[') | (a.is_ascii_uppercase() & b.is_ascii_uppercase()))
    };
    let next = line.get(1..).unwrap_or_default();
    line.last() == Some(&b'[') || line.chunks(64).zip(next.chunks(64)).any(|(part, next)| pairs(part, next))
}

/// Whether two capitals or a bracket stand behind a mark and the spaces after it.
fn promises(rest: &[u8]) -> bool {
    let mark = match rest.first() {
        Some(0xE2) => 3,
        Some(0xC2) => 2,
        _ => 1,
    };
    let next = rest.get(mark..).unwrap_or_default();
    let next = next.iter().position(|b| *b != b' ').and_then(|at| next.get(at..)).unwrap_or_default();
    let next = next.strip_prefix("\u{a0}".as_bytes()).unwrap_or(next);
    matches!(next, [b'[', ..] | [b'A'..=b'Z', b'A'..=b'Z', ..])
}

/// Labels of a promotion, and whether each may stand without a colon.
fn labels() -> impl Iterator<Item = (&'static str, bool)> {
    let words = notice_words();
    let alone = words.labels_alone.iter().map(|label| (label.as_str(), true));
    alone.chain(words.labels.iter().map(|label| (label.as_str(), false)))
}

/// A label of a promotion in capitals: with its colon, or, where it is long enough, before a capital.
fn label_in_capitals(text: &str) -> bool {
    if !text.bytes().take(2).all(|b| b.is_ascii_uppercase()) {
        return false;
    }
    labels().any(|(label, alone)| {
        let curly = || if label.contains('\'') { text.strip_prefix(label.replace('\'', "’").as_str()) } else { None };
        let Some(rest) = text.strip_prefix(label).or_else(curly) else {
            return false;
        };
        let next = rest.trim_start();
        let lone =
            alone && rest.len() > next.len() && next.starts_with(|c: char| c.is_uppercase() || c == '‘' || c == '“');
        next.starts_with(':')
            || lone
                && !rest.trim_start().split(' ').next().is_some_and(|w| w.len() > 1 && !w.contains(char::is_lowercase))
    })
}

/// "[VIDEO] Storm of 2021 hits city": a known badge and what is no sentence.
fn badge_and_headline(text: &str) -> bool {
    let Some((inner, rest)) = text.strip_prefix('[').and_then(|t| t.get(..40).unwrap_or(t).split_once(']')) else {
        return false;
    };
    let whole = text.get(inner.len() + 2..).unwrap_or(rest).trim();
    notice_words().badges.contains(inner)
        && !whole.is_empty()
        && whole.len() <= 160
        && !whole.ends_with(['.', '!', '?', '”', '"'])
}

/// A label of a promotion with its colon, or in capitals.
fn label(line: &str) -> bool {
    let known = notice_words();
    if !known.labels_alone.may_open(line) && !known.labels.may_open(line) {
        return false;
    }
    let first = line.bytes().next().map(|b| b.to_ascii_uppercase());
    labels().filter(|(label, _)| label.bytes().next() == first).any(|(label, capitals)| {
        let len = match line.get(..label.len()) {
            Some(head) if head.eq_ignore_ascii_case(label) => label.len(),
            // An apostrophe may be the curly one, which is two bytes longer.
            _ if label.contains('\'') && starts(line, &label.replace('\'', "’")) => label.len() + 2,
            _ => return false,
        };
        let head = line.get(..len).unwrap_or_default();
        let rest = line.get(len..).unwrap_or_default().trim_start();
        let shouted = !head.contains(|c: char| c.is_lowercase());
        rest.starts_with(':')
            || capitals && shouted && !line.get(len..).is_some_and(|r| r.starts_with(char::is_alphanumeric))
    })
}

/// A bracketed word in capitals that ends the line: `… [BREAKING]`.
fn badge(line: &str) -> bool {
    let Some((before, inner)) = line.strip_suffix(']').and_then(|l| l.rsplit_once('[')) else {
        return false;
    };
    let before = before.trim_end();
    let capitals = inner.len() >= 4 && inner.len() <= 30 && inner.chars().all(|c| c.is_uppercase() || c == ' ');
    let known = notice_words().badges.contains(inner);
    // After a full stop only the known words promote; others sign a paragraph ("[REUTERS]").
    line.len() <= 320 && capitals && (known || !before.is_empty() && !before.ends_with(['.', '”', '"']))
}

fn starts(line: &str, head: &str) -> bool {
    let first = |text: &str| text.bytes().next().map(|b| b.to_ascii_lowercase());
    first(line) == first(head) && line.get(..head.len()).is_some_and(|l| l.eq_ignore_ascii_case(head))
}

fn ends(line: &str, tail: &str) -> bool {
    let last = |text: &str| text.bytes().next_back().map(|b| b.to_ascii_lowercase());
    let at = line.len().checked_sub(tail.len()).filter(|_| last(line) == last(tail));
    at.and_then(|at| line.get(at..)).is_some_and(|l| l.eq_ignore_ascii_case(tail))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn promotion_is_told_from_text() {
        for line in [
            "READ MORE:\u{a0} How the harbour was lost",
            "Read more: How the harbour was lost",
            "READ MORE How the harbour was lost",
            "ALSO READ: Ten ships that never came back",
            "See also: the pilots' strike",
            "RELATED: Harbour shut",
            "WATCH: The last ferry",
            "DON'T MISS: a storm",
            "DON’T MISS",
            "MORE: what the pilots want",
            "Click here to read our live blog.",
            "Sign up for our morning letter",
            "Subscribe",
            "Subscribe to our newsletter.",
            "Follow us on every channel",
            "Advertisement",
            "ADVERTISEMENT",
            "Share this article",
            "© 2022 The Harbour Press",
            "Copyright © 2022. All rights reserved.",
            "The Harbour Press 2022. All rights reserved",
            "(c) Copyright Harbour Press 2022. Click for terms",
            "ALSO IN THE POST Lambing sale on Tuesday",
            "Photo: Ann Roe",
            "Image: the quay at dusk",
            "The quay at dusk (Getty Images)",
            "Pilots ERUPT at mayor ‘what a farce!’\u{a0} [BREAKING]",
            "Ferry LIVE: crews walk out [LIVE]",
            "What the strike costs [INSIGHT]",
            "Why he left. [ANALYSIS]",
            "Ferry LIVE: mayor got millions! Crews furious at the news [LIVE]",
            "Will the quay open? What the pilots say [INSIGHT]",
        ] {
            assert!(is_boilerplate(line), "{line}");
        }
        for line in [
            "Read more than one book and you will know.",
            "More than 100 ships left on Monday.",
            "MORE than 100 ships left on Monday.",
            "Watch the skies, she said.",
            "WATCH crews were sent home.",
            "Related reports say the quay is shut.",
            "Advertisement revenue fell in 2021.",
            "Images from the quay show smoke.",
            "Sharing this burden was hard.",
            "Subscribers rose to 4,000 in 2014.",
            "(c) The third rule was dropped.",
            "Also in the north, 100 ships left on Monday.",
            "The quay was shut, the mayor said. [REUTERS]",
            "He joined the Atlantic alliance [NATO].",
            "“It was [REDACTED]”",
            "Ships may follow us on Friday.",
        ] {
            assert!(!is_boilerplate(line), "{line}");
        }
    }

    #[test]
    fn a_promotion_within_a_line_begins_at_its_label() {
        for (line, kept) in [
            ("The quay was lost in the storm. READ MORE: Storm of 2021 hits city", "The quay was lost in the storm."),
            ("“It is gone,” he said.\u{a0} WATCH: The last ferry. And more.", "“It is gone,” he said."),
            ("“It is gone.” ALSO READ Ten ships that never came back", "“It is gone.”"),
            ("The quay was shut (again) RELATED: Harbour shut", "The quay was shut (again)"),
            ("The quay was shut on Monday. Storm of 2021 hits city [VIDEO]", "The quay was shut on Monday."),
            ("The quay was shut on Monday. [VIDEO] Storm of 2021 hits city", "The quay was shut on Monday."),
            ("The quay was shut on Monday. The mayor left. [VIDEO]", "The quay was shut on Monday. The mayor left."),
            ("The quay was shut. DON’T MISS: a storm", "The quay was shut."),
        ] {
            assert!(!is_boilerplate(line), "{line}");
            assert_eq!(promotion_within(line).map(|at| line[..at].trim_end()), Some(kept), "{line}");
        }
        for line in [
            "The crew left. More ships will follow: two on Monday.",
            "He reads. Watch: that is his word for it.",
            "The quay was shut. WATCH crews were sent home.",
            "The quay was shut. MORE than 100 ships left.",
            "He works for READ MORE: a charity.",
            "The quay was shut. RELATED costs rose.",
            "The quay was shut. [REUTERS] The mayor spoke.",
            "The quay was shut, the mayor said. [REUTERS]",
            "The quay was shut. [VIDEO] The mayor spoke for an hour.",
        ] {
            assert_eq!(promotion_within(line), None, "{line}");
        }
        for piece in [". ", "READ MORE ", ". READ MORE", ". [VIDEO] ", "… [", "\u{a0}"] {
            promotion_within(&piece.repeat(30_000));
        }
    }
}
