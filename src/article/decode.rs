//! Bytes → text: which encoding, and whether it is text at all.

use encoding_rs::{Encoding, WINDOWS_1252};
use std::borrow::Cow;

/// Decodes a file without its byte order mark; `None` when it holds no text.
///
/// UTF-8 and UTF-16 by their mark, UTF-8 without one, windows-1252 otherwise. Nothing else is
/// changed: line ends and no-break spaces stay as they are, because quotes must be found again.
pub fn decode(bytes: &[u8]) -> Option<Cow<'_, str>> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let (text, _) = encoding.decode_without_bom_handling(bytes.get(mark..).unwrap_or_default());
        return is_text(text.as_bytes()).then_some(text);
    }
    if !is_text(bytes) {
        return None;
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Some(Cow::Borrowed(text));
    }
    // One damaged letter in a UTF-8 file must not turn all its other letters to rubbish.
    let (mut good, mut bad) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().bytes().filter(|b| *b >= 0xC0).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    if good > 4 * bad {
        return Some(String::from_utf8_lossy(bytes));
    }
    Some(WINDOWS_1252.decode_without_bom_handling(bytes).0)
}

/// Whether bytes can be text: no NUL, and at most one control character in ten.
pub(super) fn is_text(bytes: &[u8]) -> bool {
    let controls = bytes.iter().filter(|b| **b < 0x20 && !matches!(**b, b'\t' | b'\n' | b'\r' | 0x0C)).count();
    !bytes.contains(&0) && controls * 10 <= bytes.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_encodings_are_read() {
        assert_eq!(decode("café".as_bytes()).as_deref(), Some("café"));
        assert_eq!(decode(b"\xEF\xBB\xBFcaf\xC3\xA9").as_deref(), Some("café"));
        assert_eq!(decode(b"\xFF\xFEc\0a\0f\0\xE9\0").as_deref(), Some("café"));
        assert_eq!(decode(b"\xFE\xFF\0c\0a\0f\0\xE9").as_deref(), Some("café"));
        assert_eq!(decode(b"caf\xE9 \x93quoted\x94 \x80").as_deref(), Some("café “quoted” €"));
        assert_eq!(decode(b"a\xC2\xA0b\r\nc\rd").as_deref(), Some("a\u{a0}b\r\nc\rd"));
        assert_eq!(decode(b"").as_deref(), Some(""));
    }

    #[test]
    fn one_damaged_byte_does_not_change_the_encoding() {
        assert_eq!(decode(b"\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xFF").as_deref(), Some("ééééé\u{fffd}"));
    }

    #[test]
    fn bytes_that_are_no_text_are_refused() {
        assert_eq!(decode(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), None);
        assert_eq!(decode(b"a\0b\0c\0"), None);
        assert_eq!(decode(b"\x01\x02\x03ab\x04\x05"), None);
        assert_eq!(decode(b"\xFF\xFE\0\0\0\0"), None);
    }
}
