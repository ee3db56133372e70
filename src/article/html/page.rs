//! A page as a well-nested row of elements and texts, and what its head says, from one pass over its tokens.

use super::tokens::{Tag, Token, tokens};
use std::collections::BTreeMap;
use std::ops::Range;

/// Elements nest at most this deep; deeper ones only part the text.
const DEEPEST: usize = 100;
/// So many open elements are looked through for one that a tag closes by the way.
const LOOKED_THROUGH: usize = 24;

/// A piece of a page.
#[derive(Debug)]
pub(super) enum Piece {
    /// An element begins.
    Open(Element),
    /// The element that began last ends.
    Close,
    /// Bytes of the page that are text, entities still in it.
    Text(Range<usize>),
}

/// An element of a page with what we care for of its attributes.
#[derive(Debug, Default)]
pub(super) struct Element {
    pub(super) name: &'static str,
    /// `class` and `id`.
    pub(super) class: String,
    pub(super) role: String,
    pub(super) itemprop: String,
    pub(super) href: Option<String>,
    /// What a machine should read in its place: `datetime` or `content`.
    pub(super) value: Option<String>,
    /// Whether it is hidden from readers.
    pub(super) hidden: bool,
    /// The byte of the page at which it stands.
    pub(super) at: usize,
    /// The index of its end among the pieces.
    pub(super) close: usize,
}

/// A page.
#[derive(Debug, Default)]
pub(super) struct Page {
    pub(super) pieces: Vec<Piece>,
    /// `<meta>`: name in lower case, value, the byte at which it stands.
    pub(super) metas: Vec<(String, String, usize)>,
    /// `<link rel=canonical>` and its like: relation, address, place.
    pub(super) links: Vec<(String, String, usize)>,
    /// What stands in `<title>`, and where.
    pub(super) title: Option<(String, usize)>,
    /// Bytes of the scripts that hold JSON-LD.
    pub(super) json: Vec<Range<usize>>,
    /// `<html lang>`.
    pub(super) language: Option<String>,
    /// `<base href>`.
    pub(super) base: Option<String>,
}

/// Elements that hold nothing.
const VOID: &[&str] =
    &["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"];

/// Elements that are blocks of text, or hold such; each ends an open paragraph.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "center",
    "dd",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "hr",
    "li",
    "listing",
    "main",
    "menu",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
];

/// Whether an element is a block, or holds blocks.
pub(super) fn is_block(name: &str) -> bool {
    BLOCKS.contains(&name)
}

/// What an element that opens closes by the way, and the elements beyond which it does not reach.
fn closes(name: &str) -> (&'static [&'static str], &'static [&'static str]) {
    const CELLS: &[&str] = &["table"];
    match name {
        "li" => (&["li"], &["ul", "ol", "menu", "dir"]),
        "dt" | "dd" => (&["dt", "dd"], &["dl"]),
        "tr" => (&["tr", "td", "th"], CELLS),
        "td" | "th" => (&["td", "th"], CELLS),
        "thead" | "tbody" | "tfoot" => (&["thead", "tbody", "tfoot", "tr", "td", "th"], CELLS),
        "a" => (&["a"], &["td", "th", "li", "div", "p"]),
        "option" | "optgroup" => (&["option"], &["select"]),
        _ => (&[], &[]),
    }
}

/// Reads a page.
pub(super) fn read(page: &str) -> Page {
    let mut builder = Builder { page: Page::default(), open: Vec::new(), counts: BTreeMap::new() };
    for token in tokens(page) {
        match token {
            Token::Open(tag) => builder.opens(&tag),
            Token::Close(name) => builder.closes(name),
            Token::Text(range) => builder.page.pieces.push(Piece::Text(range)),
            Token::Raw(tag, range) => builder.raw(page, &tag, range),
        }
    }
    builder.end(0);
    builder.page
}

struct Builder {
    page: Page,
    /// The open elements: name, and index among the pieces of those that are kept.
    open: Vec<(&'static str, Option<usize>)>,
    /// How many elements of each name are open.
    counts: BTreeMap<&'static str, usize>,
}

impl Builder {
    fn opens(&mut self, tag: &Tag) {
        let name = tag.name;
        match name {
            "html" => {
                self.page.language = tag.value("lang").or(tag.value("xml:lang")).map(Into::into);
                return;
            }
            "body" | "head" | "font" | "frameset" => return,
            "base" => self.page.base = tag.value("href").map(Into::into),
            "meta" => self.meta(tag),
            "link" => {
                if let (Some(rel), Some(href)) = (tag.value("rel"), tag.value("href")) {
                    self.page.links.push((rel.to_lowercase(), href.trim().to_owned(), tag.at));
                }
            }
            _ => {}
        }
        if is_block(name) {
            self.close_within("p", &["table", "td", "th", "button"]);
        }
        let (closed, bounds) = closes(name);
        for other in closed {
            self.close_within(other, bounds);
        }
        if VOID.contains(&name) {
            // Values that only machines read stand in empty elements.
            if matches!(name, "br" | "hr") || tag.value("itemprop").is_some() {
                let close = self.page.pieces.len() + 1;
                self.page.pieces.push(Piece::Open(Element { close, ..element(tag) }));
                self.page.pieces.push(Piece::Close);
            }
            return;
        }
        *self.counts.entry(name).or_default() += 1;
        if self.open.len() < DEEPEST {
            self.open.push((name, Some(self.page.pieces.len())));
            self.page.pieces.push(Piece::Open(element(tag)));
        } else {
            self.open.push((name, None));
            self.part(name);
        }
    }

    /// Parts the text where a block begins or ends that is too deep to be kept.
    fn part(&mut self, name: &str) {
        if is_block(name) {
            let close = self.page.pieces.len() + 1;
            self.page.pieces.push(Piece::Open(Element { name: "div", close, ..Element::default() }));
            self.page.pieces.push(Piece::Close);
        }
    }

    fn closes(&mut self, name: &'static str) {
        if self.counts.get(name).is_none_or(|count| *count == 0) {
            // `</p>` without its beginning is an empty paragraph.
            self.part(if matches!(name, "p" | "br") { "p" } else { "" });
            return;
        }
        if let Some(at) = self.open.iter().rposition(|(open, _)| *open == name) {
            self.end(at);
        }
    }

    /// Ends the nearest open element of a name, unless one of the others stands between.
    fn close_within(&mut self, name: &str, bounds: &[&str]) {
        if self.counts.get(name).is_none_or(|count| *count == 0) {
            return;
        }
        let near = self.open.iter().enumerate().rev().take(LOOKED_THROUGH);
        for (at, (open, _)) in near {
            if *open == name {
                self.end(at);
                return;
            }
            if bounds.contains(open) {
                return;
            }
        }
    }

    /// Ends the open elements from an index on.
    fn end(&mut self, from: usize) {
        while self.open.len() > from {
            let Some((name, kept)) = self.open.pop() else { return };
            if let Some(count) = self.counts.get_mut(name) {
                *count = count.saturating_sub(1);
            }
            match kept {
                Some(at) => {
                    let close = self.page.pieces.len();
                    if let Some(Piece::Open(element)) = self.page.pieces.get_mut(at) {
                        element.close = close;
                    }
                    self.page.pieces.push(Piece::Close);
                }
                None => self.part(name),
            }
        }
    }

    fn meta(&mut self, tag: &Tag) {
        let Some(value) = tag.value("content").filter(|value| !value.trim().is_empty()) else { return };
        for key in ["property", "name", "itemprop"] {
            if let Some(name) = tag.value(key) {
                self.page.metas.push((name.trim().to_lowercase(), value.trim().to_owned(), tag.at));
            }
        }
        if tag.value("http-equiv").is_some_and(|name| name.eq_ignore_ascii_case("content-language")) {
            self.page.metas.push(("content-language".to_owned(), value.trim().to_owned(), tag.at));
        }
    }

    fn raw(&mut self, page: &str, tag: &Tag, range: Range<usize>) {
        match tag.name {
            "title" if self.page.title.is_none() => {
                let text = super::entities::decoded(page.get(range).unwrap_or_default());
                self.page.title = Some((text, tag.at));
            }
            "script" => {
                let json = tag.value("type").is_some_and(|kind| {
                    kind.trim().split(';').next().is_some_and(|k| k.eq_ignore_ascii_case("application/ld+json"))
                });
                if json {
                    self.page.json.push(range);
                }
            }
            // Text between lines of code, as old pages set it.
            "xmp" => self.page.pieces.push(Piece::Text(range)),
            _ => {}
        }
    }
}

fn element(tag: &Tag) -> Element {
    let text = |name| tag.value(name).map(|value| value.into_owned()).unwrap_or_default();
    let mut class = text("class");
    if let Some(id) = tag.value("id") {
        class.push(' ');
        class.push_str(&id);
    }
    let style = text("style").to_ascii_lowercase().replace(' ', "");
    let hidden = tag.value("hidden").is_some()
        || tag.value("aria-hidden").is_some_and(|value| value == "true")
        || style.contains("display:none")
        || style.contains("visibility:hidden");
    let property = tag.value("property").filter(|name| !name.contains(':'));
    Element {
        name: tag.name,
        class,
        role: text("role").to_ascii_lowercase(),
        itemprop: tag.value("itemprop").or(property).map(Into::into).unwrap_or_default(),
        href: if tag.name == "a" { tag.value("href").map(|href| href.trim().to_owned()) } else { None },
        value: tag.value("datetime").or(tag.value("content")).map(Into::into),
        hidden,
        at: tag.at,
        close: 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(html: &str) -> String {
        let page = read(html);
        let mut out = String::new();
        let mut names = Vec::new();
        for piece in &page.pieces {
            match piece {
                Piece::Open(element) => {
                    names.push(element.name);
                    out.push_str(&format!("<{}>", element.name));
                }
                Piece::Close => out.push_str(&format!("</{}>", names.pop().unwrap())),
                Piece::Text(range) => out.push_str(&html[range.clone()]),
            }
        }
        assert!(names.is_empty());
        out
    }

    #[test]
    fn what_a_page_leaves_open_is_closed_where_it_ends() {
        for (html, expected) in [
            ("<p>a<p>b", "<p>a</p><p>b</p>"),
            ("<ul><li>a<li>b<ul><li>c</ul></ul>", "<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul>"),
            (
                "<table><tr><td>a<td>b<tr><td>c</table>d",
                "<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>d",
            ),
            ("<p>a<b>b<div>c</div>", "<p>a<b>b</b></p><div>c</div>"),
            ("<p>a</i></div>b</p>", "<p>ab</p>"),
            ("a<br>b<hr>", "a<br></br>b<hr></hr>"),
            ("<a name=x>a<a href=y>b</a>", "<a>a</a><a>b</a>"),
            ("<td><p>a<table><tr><td>b</table>", "<td><p>a</p><table><tr><td>b</td></tr></table></td>"),
            ("</p>a", "<div></div>a"),
        ] {
            assert_eq!(shown(html), expected, "{html}");
        }
    }

    #[test]
    fn a_page_of_any_depth_stays_shallow_and_keeps_its_paragraphs() {
        let deep = format!("{}<p>a</p><p>b</p>", "<div><b>".repeat(50_000));
        let out = shown(&deep);
        assert!(out.contains("a<div></div><div></div>b"), "{}", &out[out.len() - 200..]);
        let mut depth = 0_i32;
        let page = read(&deep);
        let deepest = page.pieces.iter().map(|piece| {
            depth += match piece {
                Piece::Open(_) => 1,
                Piece::Close => -1,
                Piece::Text(_) => 0,
            };
            depth
        });
        assert!(deepest.max().unwrap() <= 101);
    }
}
