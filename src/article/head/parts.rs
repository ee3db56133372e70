//! The parts of a line of a head, between bars, bullets and dashes.

use memchr::{memchr, memchr3};

/// Whether a line has a byte with which a mark can begin that parts it, or a mark without its space: most have none.
pub(super) fn may_part(line: &[u8]) -> bool {
    let marks = [memchr3(b'|', b'-', b'/', line), memchr3(b'\t', b';', 0xC2, line), memchr(0xE2, line)];
    marks.iter().any(Option::is_some)
}

/// The parts of a line between bars, bullets and spaced dashes.
pub(super) fn parts(line: &str) -> Vec<&str> {
    split_any(line, &["|", " • ", "•", "·", " – ", " — ", " - ", " // ", " / ", "\t", " ; "])
        .map(str::trim)
        .filter(|p| !p.is_empty())
        .collect()
}

/// The stretches of a text between any of some marks.
pub(super) fn split_any<'a>(text: &'a str, marks: &'a [&'a str]) -> impl Iterator<Item = &'a str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        let next = marks.iter().filter_map(|mark| text.find(mark).map(|i| (i, mark.len()))).min();
        let (part, tail) = match next {
            Some((i, len)) => (text.get(..i)?, text.get(i + len..)),
            None => (text, None),
        };
        rest = tail;
        Some(part)
    })
}
