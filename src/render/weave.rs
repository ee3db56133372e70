//! Text with overlapping stretches (sentences, formatting, marked dates) → HTML that nests as it must.

use super::escape;
use std::borrow::Cow;
use std::ops::Range;

/// Stretches that one text may carry at one place; what lies deeper is left out.
const DEEPEST: usize = 24;

/// A stretch of text and the tags around it.
#[derive(Debug, Clone)]
pub struct Span {
    /// Byte range in the text.
    pub range: Range<usize>,
    /// Its opening tag; the first piece of a stretch that had to be cut also gets the id.
    pub open: Cow<'static, str>,
    /// Its closing tag.
    pub close: &'static str,
    /// The opening tag within a link, where no other link may stand, with its closing tag.
    pub in_link: Option<(&'static str, &'static str)>,
    /// An id, written once: a letter and a number.
    pub id: Option<(char, usize)>,
    /// Whether it is a link.
    pub link: bool,
}

/// Weaves spans, which come outermost kind first, into a text.
///
/// Every span is opened and closed as often as proper nesting needs; `done` remembers whose id was
/// written already, so that a text may be woven in pieces.
pub fn weave(out: &mut String, text: &str, within: Range<usize>, spans: &[&Span], done: &mut [bool]) {
    let mut cuts: Vec<(usize, usize, bool)> = Vec::with_capacity(spans.len() * 2);
    for (i, span) in spans.iter().enumerate() {
        let (start, end) = (span.range.start.max(within.start), span.range.end.min(within.end));
        if start < end && text.is_char_boundary(start) && text.is_char_boundary(end) {
            cuts.push((start, i, true));
            cuts.push((end, i, false));
        }
    }
    cuts.sort_unstable_by_key(|&(at, i, opens)| (at, opens, i));
    let mut wanted: Vec<usize> = Vec::new();
    let mut open: Vec<(usize, &'static str)> = Vec::new();
    let mut at = within.start;
    let mut cuts = cuts.into_iter().peekable();
    while let Some(&(place, _, _)) = cuts.peek() {
        escape::push(out, text.get(at..place).unwrap_or_default());
        at = place;
        while let Some((_, i, opens)) = cuts.next_if(|cut| cut.0 == place) {
            let slot = wanted.binary_search(&i);
            match (opens, slot) {
                (true, Err(slot)) if wanted.len() < DEEPEST => wanted.insert(slot, i),
                (false, Ok(slot)) => drop(wanted.remove(slot)),
                _ => {}
            }
        }
        change(out, spans, &wanted, &mut open, done);
    }
    escape::push(out, text.get(at..within.end).unwrap_or_default());
    change(out, spans, &[], &mut open, done);
}

/// Closes what may not stay open and opens what is wanted.
fn change(
    out: &mut String,
    spans: &[&Span],
    wanted: &[usize],
    open: &mut Vec<(usize, &'static str)>,
    done: &mut [bool],
) {
    let same = open.iter().zip(wanted).take_while(|(have, want)| have.0 == **want).count();
    for (_, close) in open.drain(same..).rev() {
        out.push_str(close);
    }
    for &i in wanted.iter().skip(same) {
        let Some(span) = spans.get(i) else { continue };
        let in_link = open.iter().any(|(j, _)| spans.get(*j).is_some_and(|s| s.link));
        let (tag, close) = match &span.in_link {
            Some(within) if in_link => *within,
            _ if in_link && span.link => ("", ""),
            _ => (&*span.open, span.close),
        };
        match (&span.id, done.get_mut(i)) {
            (Some((letter, number)), Some(written @ false)) if !tag.is_empty() => {
                *written = true;
                let (name, rest) = tag.split_at(tag.find([' ', '>']).unwrap_or(tag.len()));
                out.push_str(name);
                out.push_str(" id=\"");
                out.push(*letter);
                out.push_str(&number.to_string());
                out.push('"');
                out.push_str(rest);
            }
            _ => out.push_str(tag),
        }
        open.push((i, close));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(range: Range<usize>, tag: &str, close: &'static str) -> Span {
        Span { range, open: format!("<{tag}>").into(), close, in_link: None, id: None, link: tag == "a" }
    }

    fn woven(text: &str, spans: &[Span]) -> String {
        let mut out = String::new();
        let spans: Vec<&Span> = spans.iter().collect();
        weave(&mut out, text, 0..text.len(), &spans, &mut vec![false; spans.len()]);
        out
    }

    #[test]
    fn stretches_that_cross_are_cut_so_that_they_nest() {
        let spans = [span(0..6, "b", "</b>"), span(3..9, "i", "</i>")];
        assert_eq!(woven("one & two", &spans), "<b>one<i> &amp; </i></b><i>two</i>");
    }

    #[test]
    fn an_id_is_written_once_and_an_empty_stretch_not_at_all() {
        let mut early = span(2..6, "mark class=\"x\"", "</mark>");
        early.id = Some(('t', 0));
        let spans = [span(0..4, "b", "</b>"), span(3..3, "i", "</i>"), early];
        assert_eq!(
            woven("abcdef", &spans),
            "<b>ab<mark id=\"t0\" class=\"x\">cd</mark></b><mark class=\"x\">ef</mark>"
        );
    }

    #[test]
    fn no_link_stands_in_a_link() {
        let mut mark = span(1..2, "mark", "</a></mark>");
        mark.open = "<mark><a>".into();
        mark.in_link = Some(("<mark>", "</mark>"));
        let spans = [span(0..3, "a", "</a>"), span(1..2, "a", "</a>"), mark];
        assert_eq!(woven("abc", &spans), "<a>a<mark>b</mark>c</a>");
    }

    #[test]
    fn thousands_of_nested_stretches_take_no_time_and_end_well() {
        let spans: Vec<Span> = (0..20_000).map(|i| span(i..40_000 - i, "b", "</b>")).collect();
        let made = woven(&"x".repeat(40_000), &spans);
        assert_eq!(made.matches("<b>").count(), made.matches("</b>").count());
        assert!(made.len() < 200_000);
    }

    #[test]
    fn ranges_that_cut_a_character_are_ignored() {
        assert_eq!(woven("éé", &[span(1..3, "b", "</b>")]), "éé");
    }
}
