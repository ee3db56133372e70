//! Which texts of a page are its article.
//!
//! The choice is that of the reading view of browsers. The page is shown to it without noise and well nested, each of
//! its texts marked by its number, so that what it keeps is found again at its own place in the page.

use super::noise::marks_body;
use super::page::{Page, Piece, is_block};
use dom_smoothie::{Config, Readability};
use std::collections::BTreeSet;
use std::ops::Range;

/// Larger pages are not shown to the reading view, in bytes and in elements.
const LARGEST: usize = 4 << 20;
const MOST_ELEMENTS: usize = 40_000;
/// The same in characters that it writes as entities (`&`, and the blank that does not break, whose first byte is C2):
/// within one text their cost grows with the square of their number.
const MOST_ESCAPES: usize = 20_000;
/// What the reading view keeps is at least this part of a body that the page itself marks, in per cent.
const LEAST: usize = 60;
/// A shorter article is looked for in the whole page, in bytes of text without blanks.
const SHORTEST: usize = 140;

/// A line above the text that says when it was published is at most this long, in bytes.
const STAMP: usize = 120;
/// The article's own text begins with a text longer than this, in bytes.
const LINE: usize = 60;

/// Tells of each piece whether it is a text of the article.
pub(super) fn kept(html: &str, page: &Page, noise: &[bool]) -> Vec<bool> {
    let length = |chosen: &[bool], within: Range<usize>| {
        let texts = page.pieces.iter().zip(chosen).enumerate().take(within.end).skip(within.start);
        let text = texts.filter_map(|(_, (piece, chosen))| match piece {
            Piece::Text(range) if *chosen => html.get(range.clone()),
            _ => None,
        });
        text.map(|text| text.bytes().filter(|b| !b.is_ascii_whitespace()).count()).sum::<usize>()
    };
    let all: Vec<bool> = noise.iter().map(|noise| !noise).collect();
    let whole = 0..page.pieces.len();
    let body = marked(page, noise).map(|body| (length(&all, body.clone()), body));
    let chosen = view(html, page, noise).map(|chosen| (length(&chosen, whole.clone()), chosen));
    let only = |body: Range<usize>| all.iter().enumerate().map(|(i, all)| *all && body.contains(&i)).collect();
    match (chosen, body) {
        (Some((_, chosen)), Some((size, body))) if length(&chosen, body.clone()) * 100 >= size * LEAST => chosen,
        (_, Some((size, body))) if size >= SHORTEST => only(body),
        (Some((size, chosen)), None) if size >= SHORTEST => chosen,
        (Some((size, chosen)), _) if size * 100 >= length(&all, whole) * LEAST => chosen,
        _ => all,
    }
}

/// The pieces of the body that a page marks as that of its article; `None` where it marks none, or several alike.
fn marked(page: &Page, noise: &[bool]) -> Option<Range<usize>> {
    let elements = |wanted: &dyn Fn(&super::page::Element) -> bool| {
        let mut found: Vec<(usize, Range<usize>)> = Vec::new();
        for (at, piece) in page.pieces.iter().enumerate() {
            if let Piece::Open(element) = piece
                && noise.get(at) == Some(&false)
                && found.last().is_none_or(|(_, last)| at >= last.end)
                && wanted(element)
            {
                found.push((0, at..element.close));
            }
        }
        for (size, within) in &mut found {
            let texts = page
                .pieces
                .get(within.clone())
                .unwrap_or_default()
                .iter()
                .zip(noise.get(within.clone()).unwrap_or_default());
            *size = texts
                .map(|(piece, noise)| if let (Piece::Text(range), false) = (piece, noise) { range.len() } else { 0 })
                .sum();
        }
        // Cards that lead to other articles are small beside the article itself.
        found.sort_by_key(|(size, _)| std::cmp::Reverse(*size));
        let second = found.get(1).map_or(0, |(size, _)| *size);
        found.into_iter().next().filter(|(size, _)| *size > 2 * second).map(|(_, within)| within)
    };
    elements(&marks_body).or_else(|| elements(&|e| e.name == "article")).or_else(|| elements(&|e| e.name == "main"))
}

/// The texts that the reading view keeps.
fn view(html: &str, page: &Page, noise: &[bool]) -> Option<Vec<bool>> {
    let elements = page.pieces.iter().filter(|piece| matches!(piece, Piece::Open(_))).count();
    let shown = if elements <= MOST_ELEMENTS { shown(html, page, noise) } else { return None };
    let escaped = || shown.bytes().filter(|&b| matches!(b, b'&' | 0xC2)).count();
    if shown.len() > LARGEST || escaped() > MOST_ESCAPES {
        return None;
    }
    let config = Config { disable_json_ld: true, ..Config::default() };
    let read = Readability::new(shown, None, Some(config)).ok()?.parse().ok()?;
    let numbers: BTreeSet<usize> =
        read.content.split(MARK).skip(1).filter_map(|rest| rest.get(..rest.find('"')?)?.parse().ok()).collect();
    (!numbers.is_empty()).then(|| (0..page.pieces.len()).map(|i| numbers.contains(&i)).collect())
}

/// What stands before the number of a text.
const MARK: &str = "<span data-t=\"";

/// The page as the reading view sees it.
fn shown(html: &str, page: &Page, noise: &[bool]) -> String {
    let mut out = String::with_capacity(html.len() / 2);
    out.push_str("<!DOCTYPE html><html><head><title></title></head><body>");
    let mut open: Vec<&str> = Vec::new();
    for (i, (piece, noise)) in page.pieces.iter().zip(noise).enumerate() {
        match piece {
            _ if *noise => {}
            Piece::Open(element) => {
                let name = match element.name {
                    "-" => "div",
                    "" | "time" | "label" => "span",
                    "h1" => "h2",
                    "a" if element.href.as_deref().is_none_or(|href| href.contains("script:")) => "span",
                    name => name,
                };
                out.push('<');
                out.push_str(name);
                let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ' ');
                let class: String = element.class.chars().filter(|c| plain(*c)).take(120).collect();
                if !class.trim().is_empty() {
                    out.push_str(" class=\"");
                    out.push_str(&class);
                    out.push('"');
                }
                if name == "a" {
                    out.push_str(" href=\"/\"");
                }
                out.push('>');
                if matches!(name, "br" | "hr") {
                    open.push("");
                } else {
                    open.push(name);
                }
            }
            Piece::Close => {
                if let Some(name) = open.pop().filter(|name| !name.is_empty()) {
                    out.push_str("</");
                    out.push_str(name);
                    out.push('>');
                }
            }
            Piece::Text(range) => {
                let text = html.get(range.clone()).unwrap_or_default();
                if text.trim_ascii().is_empty() {
                    out.push(' ');
                    continue;
                }
                out.push_str(MARK);
                out.push_str(&i.to_string());
                out.push_str("\">");
                for (n, part) in text.split('<').enumerate() {
                    out.push_str(if n > 0 { "&lt;" } else { "" });
                    out.push_str(part);
                }
                out.push_str("</span>");
            }
        }
    }
    out
}

/// Takes the lines above the text that give a time to machines off the text: they say when it was published.
pub(super) fn without_stamps(page: &Page, kept: &mut [bool]) {
    let long = |(i, piece): (usize, &Piece)| {
        matches!(piece, Piece::Text(range) if range.len() > LINE) && kept.get(i) == Some(&true)
    };
    let Some(first) = page.pieces.iter().enumerate().position(long) else { return };
    let mut open: Vec<Option<Range<usize>>> = Vec::new();
    let mut stamps: Vec<Range<usize>> = Vec::new();
    for (i, piece) in page.pieces.iter().enumerate().take(first) {
        match piece {
            Piece::Open(element) => {
                if element.name == "time" {
                    let block = open.iter().rev().flatten().next();
                    stamps.extend(block.filter(|block| block.end < first).cloned());
                }
                open.push(is_block(element.name).then_some(i..element.close));
            }
            Piece::Close => drop(open.pop()),
            Piece::Text(_) => {}
        }
    }
    for stamp in stamps {
        let texts = page.pieces.get(stamp.clone()).unwrap_or_default().iter();
        let length: usize = texts.map(|piece| if let Piece::Text(range) = piece { range.len() } else { 0 }).sum();
        if let Some(within) = kept.get_mut(stamp).filter(|_| length <= STAMP) {
            within.fill(false);
        }
    }
}

/// The pieces between the headline and the article's text, in which pages say who wrote it and when.
pub(super) fn above(page: &Page, noise: &[bool], kept: &[bool]) -> Range<usize> {
    let texts = |i: &usize| matches!(page.pieces.get(*i), Some(Piece::Text(_)));
    let next = |from: usize| (from..page.pieces.len()).find(|i| texts(i) && kept.get(*i) == Some(&true));
    let first = next(0).unwrap_or(0);
    // Where the headline is taken for a part of the text, the text begins behind it.
    let mut within = page.pieces.iter().take(first).filter_map(|piece| match piece {
        Piece::Open(element) if element.name == "h1" && element.close >= first => Some(element.close),
        _ => None,
    });
    let first = within.next_back().and_then(next).unwrap_or(first);
    let headline = |i: &usize| {
        noise.get(*i) == Some(&false) && matches!(page.pieces.get(*i), Some(Piece::Open(e)) if e.name == "h1")
    };
    let from = (0..first).rev().find(headline).and_then(|i| match page.pieces.get(i) {
        Some(Piece::Open(element)) => Some(element.close),
        _ => None,
    });
    // Without a headline it is what stands in the same part of the page, but no more than a few lines.
    const LINES: usize = 6;
    let blocks = |i: &usize| matches!(page.pieces.get(*i), Some(Piece::Open(e)) if is_block(e.name));
    let near = || (0..first).rev().filter(blocks).nth(LINES).unwrap_or(0);
    let from = from.unwrap_or_else(near).min(first);
    from..first
}
