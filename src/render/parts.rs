//! Long lists → parts, each light enough for a page, and the links between them.

use super::field::Field;
use super::stretch::{MOST, part_folder};
use crate::lang::interface::Interface;
use serde::Serialize;
use std::ops::Range;

/// What the words of one page may weigh, in bytes before they are packed.
const HEAVIEST: usize = 120_000;

/// The parts of a list; one, empty, where the list is.
pub(super) type Parts = Vec<Range<usize>>;

/// A link to a page, from the root of the site.
#[derive(Debug, Clone, Serialize)]
pub struct Link {
    pub href: String,
    pub title: String,
    pub note: String,
}

/// One part among others.
#[derive(Debug, Serialize)]
struct Part {
    href: String,
    label: String,
    current: bool,
}

/// The links between the parts of a list.
#[derive(Debug, Serialize)]
pub struct Pager {
    /// "Part two of five"
    label: String,
    parts: Vec<Part>,
    before: Option<String>,
    after: Option<String>,
}

impl<'f> From<Link> for Field<'f> {
    fn from(link: Link) -> Field<'f> {
        Field::Record(vec![("href", link.href.into()), ("title", link.title.into()), ("note", link.note.into())])
    }
}

impl<'f> From<Pager> for Field<'f> {
    fn from(pager: Pager) -> Field<'f> {
        let part = |part: Part| {
            let fields =
                vec![("href", part.href.into()), ("label", part.label.into()), ("current", part.current.into())];
            Field::Record(fields)
        };
        Field::Record(vec![
            ("label", pager.label.into()),
            ("parts", Field::list(pager.parts.into_iter().map(part))),
            ("before", pager.before.into()),
            ("after", pager.after.into()),
        ])
    }
}

/// Cuts a list into parts by the weight of each item's words.
pub(super) fn parts(weights: impl Iterator<Item = usize>) -> Parts {
    let (mut parts, mut start, mut load, mut end) = (Parts::new(), 0, 0, 0);
    for (i, weight) in weights.enumerate() {
        if i > start && (i - start >= MOST || load + weight > HEAVIEST) {
            parts.push(start..i);
            (start, load) = (i, 0);
        }
        load += weight;
        end = i + 1;
    }
    parts.push(start..end);
    parts
}

/// Links the parts of a page that stands in a folder; none where it has just one.
pub(super) fn pager(words: &Interface, folder: &str, part: usize, count: usize) -> Option<Pager> {
    if count < 2 {
        return None;
    }
    let href = |part: usize| match part {
        0 => format!("{folder}/index.html"),
        _ => format!("{folder}/{}/index.html", part_folder(part)),
    };
    let (n, all) = ((part + 1).to_string(), count.to_string());
    Some(Pager {
        label: words.sentence("part", &[("n", &n), ("all", &all)]),
        parts: (0..count).map(|i| Part { href: href(i), label: (i + 1).to_string(), current: i == part }).collect(),
        before: part.checked_sub(1).map(href),
        after: (part + 1 < count).then(|| href(part + 1)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_part_is_long_or_heavy_and_none_is_lost() {
        let one = |parts: Parts| parts.into_iter().map(|part| (part.start, part.end)).collect::<Vec<_>>();
        assert_eq!(one(parts(std::iter::empty())), [(0, 0)]);
        assert_eq!(one(parts([1, 1, 1].into_iter())), [(0, 3)]);
        let many = parts(std::iter::repeat_n(10, 2 * MOST + 1));
        assert_eq!(many, [0..MOST, MOST..2 * MOST, 2 * MOST..2 * MOST + 1]);
        assert_eq!(parts([HEAVIEST, 1, HEAVIEST * 2, 1].into_iter()), [0..1, 1..2, 2..3, 3..4]);
    }
}
