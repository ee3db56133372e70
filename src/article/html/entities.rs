//! The characters that entities stand for, also where old pages write them their own way.

use super::super::markup;
use encoding_rs::WINDOWS_1252;
use std::ops::Range;

/// Longer names of entities are looked at no further, in bytes.
const LONGEST: usize = 32;

/// A stretch of text as a reader sees it.
pub(super) enum Piece<'a> {
    /// Bytes of the page as they stand.
    Plain(Range<usize>),
    /// An entity: where it stands and its characters.
    Entity(usize, std::borrow::Cow<'a, str>),
}

/// Parts bytes of a page into plain stretches and entities.
pub(super) fn pieces(page: &str, range: Range<usize>) -> Vec<Piece<'_>> {
    let text = page.get(range.clone()).unwrap_or_default();
    let mut pieces = Vec::new();
    let mut from = 0;
    for at in memchr::memchr_iter(b'&', text.as_bytes()) {
        if at < from {
            continue;
        }
        if let Some((len, characters)) = text.get(at..).and_then(entity) {
            if at > from {
                pieces.push(Piece::Plain(range.start + from..range.start + at));
            }
            pieces.push(Piece::Entity(range.start + at, characters.into()));
            from = at + len;
        }
    }
    if from < text.len() {
        pieces.push(Piece::Plain(range.start + from..range.end));
    }
    pieces
}

/// A text with its entities decoded.
pub(super) fn decoded(text: &str) -> String {
    let part = |piece| match piece {
        Piece::Plain(range) => text.get(range).unwrap_or_default().into(),
        Piece::Entity(_, characters) => characters,
    };
    pieces(text, 0..text.len()).into_iter().map(part).collect()
}

/// The entity at the start of a text: its length and what it stands for.
fn entity(text: &str) -> Option<(usize, String)> {
    let inner = text.get(1..)?;
    if let Some(number) = inner.strip_prefix('#') {
        let (digits, radix) = match number.strip_prefix(['x', 'X']) {
            Some(hex) => (hex, 16),
            None => (number, 10),
        };
        let len = digits.bytes().take(8).take_while(|b| char::from(*b).is_digit(radix)).count();
        let code = u32::from_str_radix(digits.get(..len)?, radix).ok()?;
        let end = text.len() - digits.len() + len;
        let end = end + usize::from(text.as_bytes().get(end) == Some(&b';'));
        return Some((end, character(code).to_string()));
    }
    let len = inner.bytes().take(LONGEST).take_while(u8::is_ascii_alphanumeric).count();
    let name = inner.get(..len).filter(|name| !name.is_empty())?;
    if inner.as_bytes().get(len) == Some(&b';') {
        return markup::entity(text);
    }
    // Old pages leave out the semicolon; the standard knows that for letters of Latin-1 alone.
    let (_, characters) = markup::entity(&format!("&{name};"))?;
    let old = characters.chars().all(|c| c < '\u{100}') && inner.as_bytes().get(len) != Some(&b'=');
    old.then_some((len + 1, characters))
}

/// The character of a number; numbers of windows-1252 are read as such, what is none is replaced.
fn character(code: u32) -> char {
    if let (0x80..=0x9f, Ok(byte)) = (code, u8::try_from(code)) {
        let byte = [byte];
        let (text, _) = WINDOWS_1252.decode_without_bom_handling(&byte);
        return text.chars().next().filter(|c| !c.is_control()).unwrap_or('\u{fffd}');
    }
    let kept = |c: &char| !c.is_control() || matches!(c, '\n' | '\t' | '\r');
    char::from_u32(code).filter(kept).unwrap_or('\u{fffd}')
}

#[cfg(test)]
mod tests {
    use super::decoded;

    #[test]
    fn entities_of_new_and_old_pages_are_decoded() {
        for (written, expected) in [
            ("caf&eacute; &amp; bar", "café & bar"),
            ("&#8220;x&#x201D;", "“x”"),
            ("it&#146;s &#150; &#128;5", "it’s – €5"),
            ("&copy 1998, &nbsp;x", "© 1998, \u{a0}x"),
            ("AT&T, R&D; a=1&copy=2 &bogus; &", "AT&T, R&D; a=1&copy=2 &bogus; &"),
            ("&#0;&#x110000;&#xd800;&#7;", "\u{fffd}\u{fffd}\u{fffd}\u{fffd}"),
            ("&lt;p&gt;", "<p>"),
        ] {
            assert_eq!(decoded(written), expected, "{written}");
        }
    }
}
