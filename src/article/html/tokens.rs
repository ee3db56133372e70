//! The tokens of an HTML page: tags with their attributes, stretches of text, and what is no text at all.
//!
//! One pass over the bytes, after the tokenizer of the HTML standard where pages of newspapers care for it.

use std::borrow::Cow;
use std::ops::Range;

/// A tag has at most this many attributes that are read.
const MOST_ATTRIBUTES: usize = 40;

/// One piece of a page.
#[derive(Debug)]
pub(super) enum Token<'a> {
    /// A tag that opens an element.
    Open(Tag<'a>),
    /// A tag that closes one, with its name.
    Close(&'static str),
    /// Bytes of the page that are text, entities still in it.
    Text(Range<usize>),
    /// An element whose content is no markup (`script`, `title`), with the bytes of the content.
    Raw(Tag<'a>, Range<usize>),
}

/// An opening tag.
#[derive(Debug)]
pub(super) struct Tag<'a> {
    /// Its name, lower-cased: one of [`NAMES`], `amp-` or `-` for an element with a name of its own, or nothing.
    pub(super) name: &'static str,
    /// The byte of the page at which it stands.
    pub(super) at: usize,
    attributes: Vec<(&'a str, &'a str)>,
}

impl<'a> Tag<'a> {
    /// The value of an attribute, entities decoded.
    pub(super) fn value(&self, name: &str) -> Option<Cow<'a, str>> {
        let raw = self.attributes.iter().find(|(key, _)| key.eq_ignore_ascii_case(name))?.1;
        Some(if raw.contains('&') { Cow::Owned(super::entities::decoded(raw)) } else { Cow::Borrowed(raw) })
    }
}

/// Elements whose content the standard reads as text, not as markup, and those that hold no text of an article.
const RAW: &[&str] = &[
    "iframe", "math", "noembed", "noframes", "noscript", "script", "style", "svg", "template", "textarea", "title",
    "xmp",
];

/// The names of elements that mean something to us, in order.
#[rustfmt::skip]
const NAMES: &[&str] = &[
    "a", "abbr", "address", "area", "article", "aside", "audio", "b", "base", "blockquote", "body", "br", "button",
    "canvas", "caption", "center", "cite", "code", "col", "colgroup", "dd", "del", "details", "dialog", "dir", "div",
    "dl", "dt", "em", "embed", "fieldset", "figcaption", "figure", "font", "footer", "form", "frameset", "h1", "h2",
    "h3", "h4", "h5", "h6", "head", "header", "hgroup", "hr", "html", "i", "iframe", "img", "input", "ins", "kbd",
    "label", "li", "link", "listing", "main", "map", "mark", "math", "menu", "meta", "nav", "noembed", "noframes",
    "noscript", "object", "ol", "optgroup", "option", "p", "param", "picture", "pre", "q", "s", "samp", "script",
    "section", "select", "small", "source", "span", "strike", "strong", "style", "sub", "summary", "sup", "svg",
    "table", "tbody", "td", "template", "textarea", "tfoot", "th", "thead", "time", "title", "tr", "track", "tt", "u",
    "ul", "var", "video", "wbr", "xmp",
];

/// Cuts a page into its tokens.
pub(super) fn tokens(page: &str) -> Tokens<'_> {
    Tokens { page, at: 0 }
}

/// The tokens of a page, one after the other.
pub(super) struct Tokens<'a> {
    page: &'a str,
    at: usize,
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        let bytes = self.page.as_bytes();
        loop {
            let start = self.at;
            if start >= bytes.len() {
                return None;
            }
            let Some(mark) = self.mark(start) else {
                self.at = bytes.len();
                return Some(Token::Text(start..bytes.len()));
            };
            if mark > start {
                self.at = mark;
                return Some(Token::Text(start..mark));
            }
            match bytes.get(start + 1) {
                Some(b'!' | b'?') => self.at = self.end_of_remark(start),
                Some(b'/') => {
                    let name = self.name(start + 2);
                    self.at = self.seek(start + 2, b'>').map_or(bytes.len(), |end| end + 1);
                    if let Some(name) = name {
                        return Some(Token::Close(name));
                    }
                }
                _ => {
                    let tag = self.tag(start);
                    if RAW.contains(&tag.name) && !self.page.get(..self.at).is_some_and(|t| t.ends_with("/>")) {
                        let content = self.content(tag.name);
                        return Some(Token::Raw(tag, content));
                    }
                    return Some(Token::Open(tag));
                }
            }
        }
    }
}

impl<'a> Tokens<'a> {
    /// The next `<` that begins markup, from a byte on.
    fn mark(&self, from: usize) -> Option<usize> {
        let bytes = self.page.as_bytes();
        memchr::memchr_iter(b'<', bytes.get(from..)?).map(|i| from + i).find(|i| match bytes.get(i + 1) {
            Some(b'!' | b'?') => true,
            Some(b'/') => bytes.get(i + 2).is_some_and(u8::is_ascii_alphabetic),
            Some(next) => next.is_ascii_alphabetic(),
            None => false,
        })
    }

    fn seek(&self, from: usize, byte: u8) -> Option<usize> {
        memchr::memchr(byte, self.page.as_bytes().get(from..)?).map(|i| from + i)
    }

    /// The byte behind a comment or declaration.
    fn end_of_remark(&self, start: usize) -> usize {
        let rest = self.page.get(start..).unwrap_or_default();
        let whole = self.page.len();
        if rest.starts_with("<!-->") || rest.starts_with("<!--->") {
            return self.seek(start, b'>').map_or(whole, |end| end + 1);
        }
        if rest.starts_with("<!--") {
            let end = rest.get(4..).and_then(|inner| inner.find("-->"));
            return end.map_or(whole, |end| start + 4 + end + 3);
        }
        self.seek(start, b'>').map_or(whole, |end| end + 1)
    }

    fn name(&self, from: usize) -> Option<&'static str> {
        let bytes = self.page.as_bytes().get(from..)?;
        let len = bytes.iter().position(|b| b.is_ascii_whitespace() || matches!(b, b'>' | b'/')).unwrap_or(bytes.len());
        Some(known(bytes.get(..len)?))
    }

    /// Reads the opening tag at a byte and goes behind it.
    fn tag(&mut self, start: usize) -> Tag<'a> {
        let bytes = self.page.as_bytes();
        let mut at = start + 1;
        let skip = |at: &mut usize, good: &dyn Fn(u8) -> bool| {
            while bytes.get(*at).is_some_and(|b| good(*b)) {
                *at += 1;
            }
        };
        let blank = |b: u8| b.is_ascii_whitespace() || b == b'/';
        let name_start = at;
        skip(&mut at, &|b| !blank(b) && b != b'>');
        let name = known(bytes.get(name_start..at).unwrap_or_default());
        let mut attributes = Vec::new();
        loop {
            skip(&mut at, &blank);
            match bytes.get(at) {
                None => break,
                Some(b'>') => {
                    at += 1;
                    break;
                }
                _ => {}
            }
            let key = at;
            at += 1;
            skip(&mut at, &|b| !blank(b) && b != b'>' && b != b'=');
            let key = self.page.get(key..at).unwrap_or_default();
            skip(&mut at, &|b| b.is_ascii_whitespace());
            let mut value = "";
            if bytes.get(at) == Some(&b'=') {
                at += 1;
                skip(&mut at, &|b| b.is_ascii_whitespace());
                let (from, end, next) = match bytes.get(at) {
                    Some(quote @ (b'"' | b'\'')) => {
                        let end = self.seek(at + 1, *quote).unwrap_or(bytes.len());
                        (at + 1, end, (end + 1).min(bytes.len()))
                    }
                    _ => {
                        let from = at;
                        skip(&mut at, &|b| !b.is_ascii_whitespace() && b != b'>');
                        (from, at, at)
                    }
                };
                value = self.page.get(from..end).unwrap_or_default();
                at = next;
            }
            if attributes.len() < MOST_ATTRIBUTES && !key.is_empty() {
                attributes.push((key, value));
            }
        }
        self.at = at;
        Tag { name, at: start, attributes }
    }

    /// The content of the element that was just opened, up to the tag that closes it, behind which it goes.
    fn content(&mut self, name: &str) -> Range<usize> {
        let start = self.at;
        let bytes = self.page.as_bytes();
        let rest = bytes.get(start..).unwrap_or_default();
        let closes = |i: &usize| {
            let tail = rest.get(i + 1..).unwrap_or_default();
            let named = tail.get(1..=name.len()).is_some_and(|n| n.eq_ignore_ascii_case(name.as_bytes()));
            tail.first() == Some(&b'/') && named && !tail.get(name.len() + 1).is_some_and(u8::is_ascii_alphanumeric)
        };
        let end = memchr::memchr_iter(b'<', rest).find(closes).map_or(bytes.len(), |i| start + i);
        self.at = self.seek(end, b'>').map_or(bytes.len(), |close| close + 1);
        start..end
    }
}

/// The name as we know it.
fn known(written: &[u8]) -> &'static str {
    let mut lower = [0_u8; 12];
    if written.get(..4).is_some_and(|start| start.eq_ignore_ascii_case(b"amp-")) {
        return "amp-";
    }
    let Some(space) = lower.get_mut(..written.len()) else {
        return if written.contains(&b'-') { "-" } else { "" };
    };
    space.copy_from_slice(written);
    space.make_ascii_lowercase();
    let found = NAMES.binary_search_by(|name| name.as_bytes().cmp(space)).ok().and_then(|i| NAMES.get(i));
    found.copied().unwrap_or(if space.contains(&b'-') { "-" } else { "" })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(page: &str) -> String {
        let mut out = String::new();
        for token in tokens(page) {
            match token {
                Token::Open(tag) => {
                    let class = tag.value("class").map(|c| format!(".{c}")).unwrap_or_default();
                    out.push_str(&format!("[{}{class}]", tag.name));
                }
                Token::Close(name) => out.push_str(&format!("[/{name}]")),
                Token::Text(range) => out.push_str(&page[range]),
                Token::Raw(tag, range) => out.push_str(&format!("[{}:{}]", tag.name, &page[range])),
            }
        }
        out
    }

    #[test]
    fn tags_and_text_are_told_apart_as_browsers_do() {
        assert!(NAMES.is_sorted());
        for (page, expected) in [
            ("<P CLASS='a b'>x</P>", "[p.a b]x[/p]"),
            ("a < b <3 & c</ d>", "a < b <3 & c</ d>"),
            ("<!-- <p> -->x<!DOCTYPE html>y<?xml z?>", "xy"),
            ("<!-->x", "x"),
            ("<a href=x class=y>z</a >", "[a.y]z[/a]"),
            ("<br/><br />x", "[br][br]x"),
            ("<script>if (a<b) '</p>'</script>x", "[script:if (a<b) '</p>']x"),
            ("<title>a </titles> b</TITLE\n>x", "[title:a </titles> b]x"),
            ("<amp-img class=x></amp-img><o:p>", "[amp-.x][/amp-][]"),
            ("<p class=\"a&amp;b\"", "[p.a&b]"),
            ("<p class=\"a", "[p.a]"),
            ("<style>p{", "[style:p{]"),
            ("é<p ünï=ç class=é>ü", "é[p.é]ü"),
            ("<", "<"),
        ] {
            assert_eq!(shown(page), expected, "{page}");
        }
    }
}
