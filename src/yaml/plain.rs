//! The plainest documents, read at once: nearly all front matter is a few lines of `key: value`.
//!
//! Reading one as any YAML takes as long as reading a page of the article's text. Whatever is not sure to say the same
//! to both readers is left to the other one.

use super::{Node, Value};

/// Longer documents, in bytes, and those of more lines are left alone.
const LONGEST: usize = 4096;
const MOST_LINES: usize = 64;

/// Words that stand for something else than themselves, or did so in some version of YAML.
const RESERVED: [&str; 12] = ["null", "true", "false", "yes", "no", "on", "off", "y", "n", "nan", "inf", "infinity"];

/// Reads a document that is nothing but lines of `key: value`, where each value is one plain or quoted text, or a list
/// of plain words in brackets; nothing where it is more.
pub(super) fn parse(text: &str) -> Option<Node> {
    if text.is_empty() || text.len() > LONGEST {
        return None;
    }
    let mut pairs: Vec<(Node, Node)> = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let bare = line.strip_suffix('\n').unwrap_or(line);
        let (key, _) = bare.split_once(": ").filter(|(key, _)| is_key(key))?;
        let twice = pairs.iter().any(|(known, _)| known.text() == Some(key));
        if twice || pairs.len() == MOST_LINES {
            return None;
        }
        let written = bare.get(key.len() + 2..)?.trim_start_matches(' ');
        pairs.push((scalar(key, at), value(written, at + bare.len() - written.len())?));
        at += line.len();
    }
    Some(Node { value: Value::Map(pairs), at: 0, len: 0 })
}

fn scalar(text: &str, at: usize) -> Node {
    Node { value: Value::Text(text.to_owned()), at, len: text.len() }
}

fn value(written: &str, at: usize) -> Option<Node> {
    if let Some(rest) = written.strip_prefix('"') {
        let inner = rest.strip_suffix('"').filter(|inner| inner.chars().all(|c| is_safe(c, "#:,[]{}'`|>@~<^")))?;
        return Some(Node { value: Value::Text(inner.to_owned()), at, len: written.len() });
    }
    let Some(rest) = written.strip_prefix('[') else {
        let colons = || {
            written
                .match_indices(':')
                .all(|(i, _)| written.get(i + 1..).is_some_and(|r| !r.is_empty() && !r.starts_with(' ')))
        };
        return (is_plain(written, ":,'") && colons()).then(|| scalar(written, at));
    };
    let inner = rest.strip_suffix(']')?;
    let mut items = Vec::new();
    let mut from = at + 1;
    for part in inner.split(',') {
        let item = part.trim_matches(' ');
        let start = from + part.len() - part.trim_start_matches(' ').len();
        items.push(Some(scalar(item, start)).filter(|_| is_plain(item, "'"))?);
        from += part.len() + 1;
    }
    // What the reader calls the place of a list is its bracket.
    Some(Node { value: Value::List(items), at, len: 1 })
}

fn is_key(key: &str) -> bool {
    key.starts_with(|c: char| c.is_ascii_alphabetic())
        && key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-')
        && !is_reserved(key)
}

/// Tells whether a text needs no quotes: letters, figures, and marks that mean nothing between them.
fn is_plain(text: &str, marks: &str) -> bool {
    text.starts_with(char::is_alphanumeric)
        && !text.ends_with(' ')
        && text.chars().all(|c| is_safe(c, marks))
        && !is_reserved(text)
}

fn is_safe(c: char, marks: &str) -> bool {
    match c {
        ' ' | '-' | '.' | '/' | '_' | '(' | ')' | '&' | '+' | '=' | '?' | '!' | ';' | '%' | '$' | '*' => true,
        _ if c.is_ascii() => c.is_ascii_alphanumeric() || marks.contains(c),
        _ => c.is_alphanumeric() || matches!(c, '\u{2010}'..='\u{2027}'),
    }
}

fn is_reserved(word: &str) -> bool {
    RESERVED.iter().any(|reserved| reserved.eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::yaml::parse_any;

    #[test]
    fn plain_documents_say_the_same_to_both_readers() {
        for text in [
            "title: \"The quay: shut\"\ndate: 2022-01-09\nurl: https://quay.example/a-b\ntags: [harbour, north quay]\n",
            "title: The quay, shut\nsource:   Harbour News\nyear: 1984",
            "author: Ana Müller — “the mayor”\ntitle: \"\"\ntime: 12:30:01\n",
        ] {
            let read = parse(text);
            assert!(read.is_some(), "{text}");
            assert_eq!(read, parse_any(text).ok(), "{text}");
        }
    }

    #[test]
    fn what_is_not_plain_is_left_alone() {
        for text in [
            "",
            "title: a: b\n",
            "title: a #b\n",
            "title:\n",
            "title: true\n",
            "draft: No\n",
            "- a\n",
            "a: b\na: c\n",
            "a: \"b\\n\"\n",
            "a: 'b'\n",
            "a: b\n  c\n",
            "a: |\n",
            "a: b \n",
            "a: b:\n",
            "a: [b, [c]]\n",
            "a: []\n",
            "a: b\r\n",
            "a: *b\n",
            "a: b\n\n",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn any_pieces_put_together_say_the_same_or_nothing() {
        let pieces = [
            "a", "Bö", "12", "-", " ", ": ", ":", ", ", ",", "[", "]", "\"", "'", ".", "/", "e5", "0x", "_", "(", ")",
            "&", "+", "=", "?", "!", ";", "%", "$", "*", "“", "…", "null", "\n", "\nb: ", "\nc: [", "1e", "\nd: \"",
            "#", "@", "~",
        ];
        let mut state = 7u64;
        let mut next = |below: usize| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) as usize % below
        };
        let mut read = 0;
        for _ in 0..20_000 {
            let text: String =
                std::iter::once("a: ").chain((0..1 + next(7)).map(|_| pieces[next(pieces.len())])).collect();
            if let Some(node) = parse(&text) {
                assert_eq!(Some(node), parse_any(&text).ok(), "{text:?}");
                read += 1;
            }
        }
        assert!(read > 1_000, "{read}");
    }
}
