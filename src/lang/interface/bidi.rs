//! Characters that turn the direction of text: none turns what stands around its own text.

use std::borrow::Cow;

/// Ends an embedding or override, and an isolate.
const POP: char = '\u{202C}';
const POP_ISOLATE: char = '\u{2069}';

/// Gives a text in which every control of direction ends: what it leaves open is closed at its end, and what closes
/// nothing is left out. Every other character stays.
pub fn closed(text: &str) -> Cow<'_, str> {
    if !has_controls(text) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 12);
    // What closes each control that is open.
    let (mut open, mut isolates) = (Vec::new(), 0_usize);
    for c in text.chars() {
        match c {
            '\u{202A}' | '\u{202B}' | '\u{202D}' | '\u{202E}' => open.push(POP),
            '\u{2066}'..='\u{2068}' => {
                open.push(POP_ISOLATE);
                isolates += 1;
            }
            POP if open.last() != Some(&POP) => continue,
            POP => drop(open.pop()),
            POP_ISOLATE if isolates == 0 => continue,
            // The end of an isolate ends what was opened within it.
            POP_ISOLATE => {
                while open.pop().is_some_and(|closer| closer != POP_ISOLATE) {}
                isolates -= 1;
            }
            _ => {}
        }
        out.push(c);
    }
    out.extend(open.into_iter().rev());
    Cow::Owned(out)
}

/// Gives a text as part of a longer one without markup: one that may run from the right is set apart by controls.
pub fn isolated(text: &str) -> Cow<'_, str> {
    // Everything that turns lies behind these bytes, and most texts have none of them.
    if !text.bytes().any(|byte| byte >= 0xD6) {
        return Cow::Borrowed(text);
    }
    // What stands in an isolate of its own turns nothing, as a list of such names.
    let mut depth = 0_usize;
    let turning = text.chars().any(|c| match c {
        '\u{2066}'..='\u{2068}' => {
            depth += 1;
            false
        }
        POP_ISOLATE if depth == 0 => true,
        POP_ISOLATE => {
            depth -= 1;
            false
        }
        c => depth == 0 && turns(c),
    });
    if !turning && depth == 0 {
        return closed(text);
    }
    Cow::Owned(format!("\u{2068}{}{POP_ISOLATE}", closed(text)))
}

fn has_controls(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr::memchr_iter(0xE2, bytes)
        .any(|at| matches!(bytes.get(at + 1..at + 3), Some([0x80, 0xAA..=0xAE] | [0x81, 0xA6..=0xA9])))
}

/// Tells whether a character runs from the right or turns what follows it.
fn turns(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8FF}' | '\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}' | '\u{10800}'..='\u{10FFF}' | '\u{1E800}'..='\u{1EFFF}')
}

/// Languages that are written from the right, where their tag names no script.
const FROM_RIGHT: &[&str] = &[
    "ar", "arc", "arz", "azb", "bal", "bcc", "bqi", "ckb", "dv", "fa", "glk", "he", "iw", "khw", "ks", "lrc", "mzn",
    "nqo", "pnb", "prs", "ps", "rhg", "sd", "skr", "syr", "ug", "ur", "yi",
];

/// Scripts that run from the right.
const SCRIPTS_FROM_RIGHT: &[&str] =
    &["adlm", "arab", "aran", "hebr", "mand", "mend", "nkoo", "rohg", "samr", "syrc", "thaa", "yezi"];

/// Tells whether a language, by its BCP 47 tag, is written from the right.
pub fn is_from_right(language: &str) -> bool {
    let mut parts = language.split(['-', '_']).map(str::to_ascii_lowercase);
    let first = parts.next().unwrap_or_default();
    let script = parts.next().filter(|part| part.len() == 4 && part.bytes().all(|b| b.is_ascii_alphabetic()));
    match script {
        Some(script) => SCRIPTS_FROM_RIGHT.contains(&script.as_str()),
        None => FROM_RIGHT.contains(&first.as_str()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_open_is_closed_and_what_closes_nothing_is_left_out() {
        for (text, expected) in [
            ("plain “text”", "plain “text”"),
            ("\u{202E}drawkcab", "\u{202E}drawkcab\u{202C}"),
            ("a\u{202C}b\u{2069}c", "abc"),
            ("\u{2067}\u{202A}x", "\u{2067}\u{202A}x\u{202C}\u{2069}"),
            ("\u{2067}\u{202A}x\u{2069}y\u{202C}", "\u{2067}\u{202A}x\u{2069}y"),
            ("\u{2066}x\u{202C}\u{2069}", "\u{2066}x\u{2069}"),
            ("a\u{200F}b", "a\u{200F}b"),
        ] {
            assert_eq!(closed(text), expected, "{text:?}");
            assert_eq!(closed(&closed(text)), expected, "{text:?} twice");
        }
        let many = "\u{202E}".repeat(50_000);
        assert_eq!(closed(&many).chars().count(), 100_000);
    }

    #[test]
    fn only_what_can_turn_is_set_apart() {
        for text in ["The Post", "Émile “Brodeur”", "日本", "🚢"] {
            assert_eq!(isolated(text), text);
        }
        assert_eq!(isolated("הארץ"), "\u{2068}הארץ\u{2069}");
        assert_eq!(isolated("\u{202E}x"), "\u{2068}\u{202E}x\u{202C}\u{2069}");
        assert_eq!(isolated("\u{2067}x"), "\u{2068}\u{2067}x\u{2069}\u{2069}");
        let list = "\u{2068}הארץ\u{2069} and \u{2068}מעריב\u{2069}";
        assert_eq!(isolated(list), list, "each is set apart already");
    }

    #[test]
    fn a_tag_tells_the_direction_by_its_script_before_its_language() {
        for tag in ["ar", "he-IL", "fa_IR", "UR", "az-Arab", "pa-Arab-PK"] {
            assert!(is_from_right(tag), "{tag}");
        }
        for tag in ["en", "fr-CA", "ar-Latn", "az", "ja", "ar-latn-EG", ""] {
            assert!(!is_from_right(tag), "{tag}");
        }
    }
}
