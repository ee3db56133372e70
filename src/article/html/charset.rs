//! Which encoding a page is written in.

use super::super::decode::{decode as as_text, is_text};
use encoding_rs::{Encoding, REPLACEMENT, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use std::borrow::Cow;

/// A page states its encoding within so many bytes.
const LOOKED_THROUGH: usize = 4096;

/// Decodes a page without its byte order mark; `None` when it holds no text.
///
/// By its mark; as UTF-8 where it is UTF-8 throughout; by what the page itself states; as windows-1252 otherwise.
pub(in crate::article) fn decode(bytes: &[u8]) -> Option<Cow<'_, str>> {
    let stated = if Encoding::for_bom(bytes).is_some() { None } else { stated(bytes) };
    // Whoever saved the page may have changed its encoding and not what it says; letters of UTF-8 never come by chance.
    let encoding = stated.filter(|_| bytes.is_ascii() || std::str::from_utf8(bytes).is_err());
    match encoding {
        Some(encoding) if encoding != UTF_8 && !bytes.contains(&0) => {
            let (text, _) = encoding.decode_without_bom_handling(bytes);
            is_text(text.as_bytes()).then_some(text)
        }
        _ => as_text(bytes),
    }
}

/// The encoding that a page states in a `<meta>` or an XML declaration.
fn stated(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..LOOKED_THROUGH.min(bytes.len()))?.to_ascii_lowercase();
    let name = b"charset";
    let mark = |name: &[u8]| head.windows(name.len()).position(|w| w == name).map(|at| at + name.len());
    let xml = head.starts_with(b"<?xml").then(|| mark(b"encoding")).flatten();
    let at = mark(name)
        .filter(|at| head.get(..*at).is_some_and(|before| before.windows(5).any(|w| w == b"<meta")))
        .or(xml)?;
    let rest = head.get(at..)?;
    let start = rest.iter().position(|b| !b.is_ascii_whitespace() && !matches!(b, b'=' | b'"' | b'\''))?;
    let label = rest.get(start..)?;
    let end = label
        .iter()
        .position(|b| !(b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b':')))
        .unwrap_or(label.len());
    let encoding = Encoding::for_label(label.get(..end)?)?;
    match encoding {
        // What can be read as single bytes is not written in double ones.
        _ if encoding == UTF_16BE || encoding == UTF_16LE => Some(UTF_8),
        _ if encoding == REPLACEMENT => None,
        _ if encoding.name() == "x-user-defined" => Some(WINDOWS_1252),
        encoding => Some(encoding),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_read_in_the_encoding_it_is_written_in() {
        let page = |head: &str, body: &[u8]| [head.as_bytes(), body].concat();
        for (bytes, expected) in [
            (page("<meta charset=iso-8859-2>", b"\xb3"), "ł"),
            (page("<meta http-equiv=Content-Type content='text/html; charset=windows-1251'>", b"\xcf"), "П"),
            (page("<?xml version='1.0' encoding='koi8-r'?>", b"\xf0"), "П"),
            (page("<meta charset=shift_jis>", b"\x93\xfa"), "日"),
            (page("<meta charset=iso-2022-jp>", b"\x1b$BF|\x1b(B"), "日"),
            (page("<meta charset=windows-1252>", "é".as_bytes()), "é"),
            (page("<meta charset=utf-8>", b"\x93caf\xe9\x94 \x96"), "“café” –"),
            (page("<meta charset=utf-16>", "é".as_bytes()), "é"),
            (page("<p>charset=koi8-r", b"\xe9"), "é"),
            (page("", b"\xe9 \x80"), "é €"),
            (page("\u{feff}<meta charset=koi8-r>", "é".as_bytes()), "é"),
        ] {
            let text = decode(&bytes).unwrap();
            assert!(text.ends_with(expected), "{text}");
        }
        assert!(decode(b"<p>\0\0").is_none());
    }
}
