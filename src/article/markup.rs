//! The text of raw HTML in Markdown: tags taken off, entities decoded, what no reader sees left out.
//!
//! A script is shown as the text that it is written in, and so is what only looks like a tag: nothing that somebody
//! wrote is lost for its angle brackets. Style sheets, heads of pages, drawings and other furniture are left out.

use crate::model::BlockKind;
use pulldown_cmark::{Event, Parser};
use std::ops::Range;

/// A piece of what a reader sees of raw HTML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    /// Bytes of the HTML that are text as they stand.
    Text(Range<usize>),
    /// Bytes of the HTML that are a script, shown as it is written.
    Script(Range<usize>),
    /// An entity at these bytes, decoded.
    Entity(Range<usize>, String),
    /// A block ends, and one begins: of a kind of its own or of that around it.
    Block(Option<BlockKind>),
    /// A cell of a table begins.
    Cell,
    /// A line ends within a block.
    Break,
}

/// Elements whose content no reader sees as text.
const HIDDEN: &[&str] =
    &["script", "style", "template", "head", "title", "noscript", "iframe", "svg", "textarea", "select"];

/// The hidden element whose content is shown as text.
const SCRIPT: &str = "script";

/// The other elements of HTML; what has another name is no tag.
const INLINE: &str = "a abbr acronym area audio b base basefont bdi bdo big blink button canvas cite code col colgroup \
    command data datalist del dfn dir embed em figure font frame frameset hgroup i img input ins kbd label legend \
    link map mark marquee menu menuitem meta meter nobr noframes object optgroup option output param picture plaintext \
    progress q rb rp rt rtc ruby s samp search slot small source span strike strong sub sup td th time track tt u var \
    video wbr xmp br li blockquote tr h1 h2 h3 h4 h5 h6 math mi mn mo mrow msup msub mfrac msqrt";

/// Elements that begin and end a block.
const BLOCKS: &[&str] = &[
    "p",
    "div",
    "section",
    "article",
    "main",
    "aside",
    "header",
    "footer",
    "nav",
    "ul",
    "ol",
    "dl",
    "dt",
    "dd",
    "table",
    "thead",
    "tbody",
    "tfoot",
    "caption",
    "pre",
    "figure",
    "figcaption",
    "address",
    "details",
    "summary",
    "center",
    "form",
    "fieldset",
    "body",
    "html",
    "hr",
];

/// Reads a stretch of HTML; `hidden` names the element without visible text within which it begins.
///
/// Gives the pieces and the hidden element that is still open at the end.
pub(super) fn read(html: &str, hidden: Option<&'static str>) -> (Vec<Piece>, Option<&'static str>) {
    let mut pieces = Vec::new();
    let mut at = 0;
    if let Some(name) = hidden {
        match closing(html, 0, name) {
            Some(end) => at = end,
            None => return (pieces, hidden),
        }
    }
    let mut text = at;
    // Whether a tag, a comment, a script can still come to an end.
    let (mut tags, mut comments, mut scripts) = (true, true, true);
    while let Some(next) = html.get(at..).and_then(|rest| rest.find(['<', '&'])).map(|i| at + i) {
        let rest = html.get(next..).unwrap_or_default();
        if let Some(entity) = entity(rest) {
            say(&mut pieces, text..next);
            let end = next + entity.0;
            pieces.push(Piece::Entity(next..end, entity.1));
            (at, text) = (end, end);
            continue;
        }
        let comment = rest.starts_with("<!--");
        let possible = if comment { &mut comments } else { &mut tags };
        let end = if *possible && rest.starts_with('<') { tag_end(rest) } else { None };
        // Without a `>` to come no tag is left, and what looks like one is text.
        *possible &= end.is_some() || !looks_like_tag(rest);
        let Some(end) = end.map(|end| next + end).filter(|_| !is_no_tag(rest)) else {
            at = next + 1;
            continue;
        };
        let named = tag(rest);
        if let Some((_, opens)) = named.as_ref().filter(|(name, _)| name == SCRIPT) {
            let close = if scripts && *opens { closing(html, end, SCRIPT) } else { None };
            scripts &= close.is_some() || !opens;
            let Some(close) = close else {
                at = end;
                continue;
            };
            say(&mut pieces, text..next);
            (at, text) = (close, close);
            if !is_blank(html, end) {
                pieces.push(Piece::Script(next..close));
            }
            continue;
        }
        say(&mut pieces, text..next);
        (at, text) = (end, end);
        let Some((name, opens)) = named else { continue };
        if let Some(name) = HIDDEN.iter().find(|hidden| **hidden == name) {
            if opens && !html.get(..end).is_some_and(|t| t.ends_with("/>")) {
                match closing(html, end, name) {
                    Some(end) => (at, text) = (end, end),
                    None => return (pieces, Some(name)),
                }
            }
            continue;
        }
        pieces.extend(boundary(&name, opens));
    }
    say(&mut pieces, text..html.len());
    (pieces, None)
}

/// The hidden element that an inline tag opens (`true`) or closes.
pub(super) fn hides(html: &str) -> Option<(&'static str, bool)> {
    let (name, opens) = tag(html)?;
    HIDDEN.iter().find(|hidden| **hidden == name).map(|name| (*name, opens && !html.ends_with("/>")))
}

/// Whether a tag belongs to a script that holds something, which ends where the tag does: such a one is text.
pub(super) fn is_script(html: &str, source: &str, end: usize) -> bool {
    tag(html).is_some_and(|(name, opens)| name == SCRIPT && !(opens && is_blank(source, end)))
}

/// Whether a script that begins before this byte holds nothing.
fn is_blank(html: &str, from: usize) -> bool {
    html.get(from..).is_some_and(|rest| rest.trim_start().starts_with("</"))
}

/// Whether what looks like a tag names no element: no one of HTML, nor one that has a name of its own (`o:p`).
pub(super) fn is_no_tag(html: &str) -> bool {
    let Some((name, _)) = tag(html) else { return false };
    let start = html.find(|c: char| c.is_ascii_alphanumeric()).unwrap_or_default();
    let own = html.get(start + name.len()..).is_some_and(|rest| rest.starts_with(['-', ':', '_']));
    let name = name.as_str();
    !own && !HIDDEN.contains(&name) && !BLOCKS.contains(&name) && INLINE.split_whitespace().all(|known| known != name)
}

/// Whether an inline tag ends the line of text around it.
pub(super) fn breaks(html: &str) -> bool {
    tag(html).is_some_and(|(name, opens)| boundary(&name, opens).is_some())
}

/// The byte behind the tag that closes an element, from a byte on.
pub(super) fn closing(html: &str, from: usize, name: &str) -> Option<usize> {
    let rest = html.get(from..)?;
    rest.match_indices("</").find_map(|(i, _)| {
        let tail = rest.get(i + 2..)?;
        let named = tail.get(..name.len())?.eq_ignore_ascii_case(name);
        let whole = !tail.get(name.len()..)?.starts_with(|c: char| c.is_ascii_alphanumeric());
        (named && whole).then(|| from + i + 2 + tail.find('>').map_or(tail.len(), |end| end + 1))
    })
}

/// A text without tags, its entities as the characters they stand for.
pub(super) fn plain(html: &str) -> String {
    let (pieces, _) = read(html, None);
    let words = pieces.into_iter().filter_map(|piece| match piece {
        Piece::Text(range) | Piece::Script(range) => html.get(range).map(str::to_owned),
        Piece::Entity(_, text) => Some(text),
        _ => None,
    });
    words.collect()
}

fn say(pieces: &mut Vec<Piece>, range: Range<usize>) {
    if !range.is_empty() {
        pieces.push(Piece::Text(range));
    }
}

/// What a tag means for the blocks of the text.
fn boundary(name: &str, opens: bool) -> Option<Piece> {
    let kind = match name {
        "br" => return Some(Piece::Break),
        "td" | "th" => return opens.then_some(Piece::Cell),
        "li" => Some(BlockKind::ListItem),
        "blockquote" => Some(BlockKind::Quote),
        "tr" => Some(BlockKind::TableRow),
        "h1" => Some(BlockKind::Heading(1)),
        "h2" => Some(BlockKind::Heading(2)),
        "h3" => Some(BlockKind::Heading(3)),
        "h4" => Some(BlockKind::Heading(4)),
        "h5" => Some(BlockKind::Heading(5)),
        "h6" => Some(BlockKind::Heading(6)),
        name if BLOCKS.contains(&name) => None,
        _ => return None,
    };
    Some(Piece::Block(kind.filter(|_| opens)))
}

/// The name of a tag, lower-cased, and whether it opens its element.
fn tag(html: &str) -> Option<(String, bool)> {
    let inner = html.strip_prefix('<')?;
    let (inner, opens) = inner.strip_prefix('/').map_or((inner, true), |inner| (inner, false));
    let name: String = inner.chars().take(16).take_while(char::is_ascii_alphanumeric).collect();
    (!name.is_empty()).then(|| (name.to_ascii_lowercase(), opens))
}

fn looks_like_tag(html: &str) -> bool {
    let mut chars = html.chars();
    chars.next() == Some('<') && chars.next().is_some_and(|c| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?'))
}

/// The length of the tag, comment or declaration at the start of a text; `None` when there is none, or it has no end.
fn tag_end(html: &str) -> Option<usize> {
    if !looks_like_tag(html) {
        return None;
    }
    if html.starts_with("<!--") {
        return html.find("-->").map(|end| end + 3);
    }
    let mut quote = None;
    let end = html.bytes().position(|b| match (quote, b) {
        (None, b'>') => true,
        (None, b'"' | b'\'') => {
            quote = Some(b);
            false
        }
        (Some(open), b) if open == b => {
            quote = None;
            false
        }
        _ => false,
    });
    // A quote that nothing closes is no reason to take the text for a tag.
    end.or_else(|| html.find('>')).map(|end| end + 1)
}

/// The entity at the start of a text: its length and what it stands for.
pub(super) fn entity(html: &str) -> Option<(usize, String)> {
    let inner = html.strip_prefix('&')?;
    let len = inner.bytes().take(34).position(|b| b == b';')?;
    let name = inner.get(..len)?;
    if name.is_empty() || !name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'#') {
        return None;
    }
    let written = html.get(..len + 2)?;
    let mut decoded = String::new();
    for event in Parser::new(written) {
        if let Event::Text(text) = event {
            decoded.push_str(&text);
        }
    }
    // A no-break space is all that some entities stand for, and trimmed as a paragraph.
    match (decoded.as_str(), name) {
        (_, "nbsp" | "#160" | "#xA0" | "#xa0") => Some((len + 2, "\u{a0}".to_owned())),
        (decoded, _) if decoded == written || decoded.is_empty() => None,
        (decoded, _) => Some((len + 2, decoded.to_owned())),
    }
}
