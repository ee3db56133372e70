//! Where the sentences of a block end.

use crate::lang::Words;
use crate::lang::pages::{SentenceWords, sentence_words};
use memchr::memchr3;
use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation;

/// What follows a dot in a name of the web, however it is written.
const DOMAINS: &[&str] =
    &["com", "org", "net", "gov", "edu", "info", "io", "js", "tv", "uk", "ca", "eu", "ru", "ua", "de", "fr"];

/// No such name and no abbreviation is longer, in bytes.
const LONGEST_KNOWN: usize = 8;

/// Gives the sentences of a text as ranges without outer white space, in order and never overlapping.
///
/// A line break inside a paragraph ends nothing; closing quotes and brackets belong to the sentence before.
pub(super) fn split(text: &str, mut found: impl FnMut(Range<usize>)) {
    let mut start = 0;
    let mut close = |end: usize| {
        let range = super::paragraph::trimmed(text, start..end);
        if !range.is_empty() {
            found(range);
        }
        start = end;
    };
    let mut sentence = 0;
    if !simple_script(text) {
        // Scripts with stops of their own: the bounds of Unicode, judged like ours.
        for (at, part) in text.split_sentence_bound_indices() {
            let end = at + part.len();
            let stop = part.trim_end().ends_with(['.', '!', '?', '…']);
            let soft = part.ends_with(['\n', '\r', '\u{2028}', '\u{2029}', '\u{85}']) && !ends_foreign(part);
            if (stop || soft) && !(stop && judged(text, sentence, end)) {
                continue;
            }
            close(end);
            sentence = end;
        }
        close(text.len());
        return;
    }
    let bytes = text.as_bytes();
    let dots = text.contains('…');
    let any = |rest: &[u8]| rest.iter().position(|b| matches!(b, b'.' | b'!' | b'?' | 0xE2));
    let stop = |rest| if dots { any(rest) } else { memchr3(b'.', b'!', b'?', rest) };
    let mut at = 0;
    while let Some(step) = bytes.get(at..).and_then(stop) {
        at += step;
        let rest = text.get(at..).unwrap_or_default();
        if !rest.starts_with(['.', '!', '?', '…']) {
            at += rest.chars().next().map_or(1, char::len_utf8);
            continue;
        }
        let run = rest.len() - rest.trim_start_matches(['.', '!', '?', '…']).len();
        let closed = closers(text, at + run);
        if ends(text, sentence, at, at + run, closed) {
            close(closed);
            sentence = closed;
        }
        at = closed.max(at + run);
    }
    close(text.len());
}

/// Whether a text holds only scripts whose sentences end with `.`, `!`, `?` or `…`.
fn simple_script(text: &str) -> bool {
    // The first bytes of nearly all such characters.
    let common = |part: &[u8]| part.iter().fold(true, |all, &b| all & (b < 0xD4 && b != 0xBF || b == 0xE2));
    text.as_bytes().chunks(64).all(common)
        || text.chars().all(|c| c < '\u{530}' || ('\u{1E00}'..'\u{2FE0}').contains(&c) || c == '\u{feff}')
}

fn ends_foreign(part: &str) -> bool {
    part.trim_end().ends_with(['。', '！', '？', '।', '॥', '؟', '۔', '։', '።', '｡'])
}

/// Judges the stop before a bound that Unicode found.
fn judged(text: &str, sentence_start: usize, end: usize) -> bool {
    let part = text.get(sentence_start..end).unwrap_or_default().trim_end();
    let closed = sentence_start + part.len();
    let stops = part.trim_end_matches(is_closer);
    let run_end = sentence_start + stops.len();
    let at = sentence_start + stops.trim_end_matches(['.', '!', '?', '…']).len();
    ends(text, sentence_start, at, run_end, closed)
}

fn is_closer(c: char) -> bool {
    matches!(c, '"' | '\'' | '”' | '’' | ')' | ']' | '»' | '›' | '}')
}

/// The end of the closing quotes and brackets that follow a stop.
fn closers(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    let mut end = at;
    let mut chars = rest.char_indices().peekable();
    while let Some((i, c)) = chars.next() {
        // A straight quote before a letter opens what follows.
        let opens = matches!(c, '"' | '\'') && chars.peek().is_some_and(|(_, n)| n.is_alphanumeric());
        if !is_closer(c) || opens {
            break;
        }
        end = at + i + c.len_utf8();
    }
    end
}

/// Whether the stop at `at..run_end`, with closers up to `closed`, ends a sentence.
fn ends(text: &str, sentence_start: usize, at: usize, run_end: usize, closed: usize) -> bool {
    let after = text.get(closed..).unwrap_or_default();
    let next = after.trim_start();
    if next.is_empty() {
        return true;
    }
    let spaced = next.len() < after.len();
    let opened = next.trim_start_matches(['"', '\'', '“', '‘', '(', '[', '«', '‹', '—', '–', '-', ' ', '\u{a0}']);
    let quoted = opened.len() < next.len();
    let first = opened.chars().next().unwrap_or(' ');
    let word = opened.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’').next().unwrap_or_default();
    let run = text.get(at..run_end).unwrap_or_default();
    let before = last_word(text.get(sentence_start..at).unwrap_or_default());
    if first.is_lowercase() {
        return false;
    }
    if !spaced {
        return glued(before, run, closed > run_end, next, word);
    }
    if run != "." {
        return true;
    }
    let alone = text.get(sentence_start..at).is_some_and(|sentence| sentence.trim_start() == before);
    !abbreviated(before, alone, word, first, quoted)
}

/// Whether a sentence ends at a stop that no space follows: "the border.However, …".
fn glued(before: &str, run: &str, closed: bool, next: &str, word: &str) -> bool {
    // No further than an address reaches, or long runs without a space would be walked again and again.
    let reach = next.char_indices().nth(60).map_or(next.len(), |(i, _)| i);
    let token = next.get(..reach).unwrap_or_default().split(char::is_whitespace).next().unwrap_or_default();
    let words = sentence_words();
    let mut letters = word.chars();
    let capital = letters.next().is_some_and(char::is_uppercase);
    let small = letters.next().is_none_or(char::is_lowercase);
    let plain = !before.contains(['.', '/', '@', ':', '#', '_']) && before.chars().count() > 1;
    let ends_small = before.ends_with(|c: char| c.is_lowercase() || c.is_ascii_digit()) || closed;
    let address = token.contains(['/', '@', '_', '=']) || token.trim_end_matches(['.', ',', '”', '"']).contains('.');
    let domain = is_domain(word);
    let known = domain
        || abbreviates(&words.titles, before)
        || before.eq_ignore_ascii_case("ph")
        || run.len() > 1 && run.starts_with("..");
    capital && small && plain && ends_small && !address && !known
}

/// Whether the stop after `before` is an abbreviation's and the sentence goes on.
fn abbreviated(before: &str, alone: bool, word: &str, first: char, quoted: bool) -> bool {
    let bare = before.trim_start_matches(|c: char| !c.is_alphanumeric());
    if bare.is_empty() {
        return false;
    }
    let words = sentence_words();
    let opener = || words.openers.contains(word) || quoted && first.is_uppercase();
    if abbreviates(&words.before_numbers, bare) {
        return first.is_ascii_digit() && !(alone && bare.len() == 2 && bare.starts_with("No") && word.len() > 3);
    }
    // "Sr." is a sister before a name and a senior after one; both go on.
    if abbreviates(&words.titles, bare) {
        return true;
    }
    let mut letters = bare.chars();
    let initial = letters.next().is_some_and(char::is_uppercase) && letters.next().is_none() && bare != "I";
    let dotted = bare.len() >= 3
        && bare.split('.').all(|part| part.chars().count() == 1 && part.chars().all(char::is_alphabetic));
    (initial || dotted || abbreviates(&words.open, bare) && capital_or_small(words, bare)) && !opener()
}

/// "Sun." and "sun." differ: months, days and states are abbreviations only when capitalised.
fn capital_or_small(words: &SentenceWords, word: &str) -> bool {
    word.starts_with(char::is_uppercase) || words.small.contains(word)
}

fn abbreviates(list: &Words, word: &str) -> bool {
    word.len() <= LONGEST_KNOWN && list.holds(word)
}

fn is_domain(word: &str) -> bool {
    word.len() <= LONGEST_KNOWN && DOMAINS.iter().any(|known| known.eq_ignore_ascii_case(word))
}

/// The word that ends a text, with the dots inside it.
fn last_word(text: &str) -> &str {
    // No word that is looked up is longer; a longer one is only cut.
    let mut from = text.len().saturating_sub(40);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let text = text.get(from..).unwrap_or_default();
    let start = text.rfind(|c: char| c.is_whitespace() || matches!(c, '(' | '“' | '"' | '‘' | '—' | '–' | '[' | ','));
    start.map_or(text, |i| {
        text.get(i..).unwrap_or_default().trim_start_matches(|c: char| !c.is_alphanumeric() && c != '.')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each line is one text, its sentences parted by `|`.
    const CASES: &str = "\
The envoys left.| Nobody waved.
She met Maj. Ann Roe and Gen. Tom Poe.| They spoke with Rep. Lee, Sen. Day, Gov. May and Lt. Col. Fox.
Dr. Ash and Mr. Elm met Mrs. Oak, Ms. Fir and Prof. Yew on St. John Street.
It bought Acme Inc.| The deal is off.
Talks in the U.S. ended.| They end in the U.S.| The talks go on.
U.S. Secretary of State J. K. Moss came at 5 p.m. Monday.| He left at 6 p.m.| She stayed.
The firm is in Washington, D.C.| It has a Ph.D. student.
On Jan. 9 and Dec. 10 it snowed.| It thawed in Feb.| In Sept. it was dry.
He wore No. 10.| No. 10 Downing Street was dark.
Would he go?| No.| He stayed.
“We will go.”| He went.| “Did he?” she asked.| “Stop!” he cried.
“We will go,” he said.| (They went.)| They came back [at once].
The border … that would be all.| It was over…| Then came peace.
A wall... and a gate.| A road...| The end.
They crossed the border.|However, nobody saw.
They crossed the border.|\u{a0} However, nobody saw.
See example.Com or Node.js at www.site.org.| Good.
The rate was 2.5 per cent vs. 3.1 in 2014.| 2015 was worse.
Fruit, e.g. Apples, i.e. Pomes, etc. are here.| Nuts, etc.| The rest is gone.
John F. Kennedy spoke.| Plan B.| The rest was silence.
The line was\nbroken here.| And\nhere too.
He came on Sun. Jan. 9.| Under the sun.| There he was.
It is 3 p.m.| \u{201c}We wait,\u{201d} she said.
Really?!| Yes.
She said \"no.\"| \"Why?\" he asked.
Élan came.| Ähnlich auch.| Łódź slept.
";

    fn parts(text: &str) -> Vec<&str> {
        let mut parts = Vec::new();
        split(text, |range| parts.push(&text[range]));
        parts
    }

    #[test]
    fn sentences_end_where_a_reader_says() {
        for case in CASES.lines() {
            let case = case.replace("\\n", "\n");
            let expected: Vec<&str> = case.split('|').map(str::trim).collect();
            assert_eq!(parts(&case.replace('|', "")), expected);
        }
    }

    #[test]
    fn other_scripts_have_their_own_stops() {
        assert_eq!(parts("会议结束了。没有结果。"), ["会议结束了。", "没有结果。"]);
        assert_eq!(parts("वार्ता समाप्त हुई। कोई नहीं आया।").len(), 2);
        assert_eq!(parts("会议 with Mr. Li ended. 没有结果。").len(), 2);
        assert_eq!(parts("The 会议\nended. It did."), ["The 会议\nended.", "It did."]);
    }

    #[test]
    fn white_space_is_no_part_of_a_sentence() {
        assert_eq!(parts(" \u{a0}A b. \u{a0} C d \n"), ["A b.", "C d"]);
        assert_eq!(parts(" \n"), Vec::<&str>::new());
        assert_eq!(parts("..."), ["..."]);
    }
}
