//! Markdown → paragraphs, with formatting and the place of every stretch of text in the file.

use super::markup::{self, Piece};
use super::paragraph::{Para, trimmed};
use crate::model::{BlockKind, Inline, InlineKind};
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};
use std::borrow::Cow;
use std::ops::Range;

/// An indented block of fewer words is code.
const LEAST_WORDS: usize = 12;

/// Reads Markdown from byte `base` of the file on. Of raw HTML the text is kept, scripts as they are written, and
/// nothing of its markup; pictures are dropped.
pub(super) fn paragraphs(file: &str, base: usize) -> Vec<Para<'static>> {
    let source = file.get(base..).unwrap_or_default();
    let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH;
    let mut reader = Reader { source, base, ..Reader::default() };
    for (event, range) in Parser::new_ext(source, options).into_offset_iter() {
        reader.event(event, range);
    }
    reader.close();
    reader.paras
}

#[derive(Default)]
struct Reader<'s> {
    source: &'s str,
    base: usize,
    paras: Vec<Para<'static>>,
    kind: Option<BlockKind>,
    text: String,
    map: Vec<(usize, usize)>,
    inlines: Vec<Inline>,
    /// Indices into `inlines` of those still open; `None` for one that is not kept.
    open: Vec<Option<usize>>,
    quotes: usize,
    items: usize,
    pictures: usize,
    /// Whether the block at hand is indented text.
    indented: bool,
    /// The raw HTML of the block at hand, with pairs (offset in it, byte of `source`).
    html: Option<(String, Vec<(usize, usize)>)>,
    /// The element without visible text (`script`) within which we are.
    hidden: Option<&'static str>,
    /// Such elements that nothing closes further on.
    unclosed: Vec<&'static str>,
}

impl Reader<'_> {
    fn event(&mut self, event: Event, range: Range<usize>) {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) if self.reads_as_text(range.clone()) => {
                self.close();
                self.indented = true;
            }
            Event::Text(text) if self.indented => self.lines(&text, range),
            Event::Start(tag) => {
                let block = matches!(tag, Tag::Paragraph | Tag::Heading { .. });
                self.start(tag);
                if block {
                    self.text.reserve(range.len());
                }
            }
            Event::End(tag) => self.end(tag),
            Event::Text(text) => self.push(&text, range),
            Event::Code(code) => {
                let at = self.text.len();
                let inner = self.source.get(range.clone()).and_then(|s| s.find(&*code)).unwrap_or(0);
                self.push(&code, range.start + inner..range.end);
                if self.text.len() > at {
                    self.inlines.push(Inline { range: at..self.text.len(), kind: InlineKind::Code });
                }
            }
            Event::SoftBreak | Event::HardBreak => self.push("\n", range),
            Event::Html(text) => {
                if let Some((html, map)) = &mut self.html {
                    map.push((html.len(), range.start));
                    html.push_str(&text);
                }
            }
            Event::InlineHtml(tag) => match markup::hides(&tag) {
                _ if self.hidden.is_none() && markup::is_script(&tag, self.source, range.end) => self.push(&tag, range),
                _ if markup::is_no_tag(&tag) => self.push(&tag, range),
                Some((name, true)) if self.hidden.is_none() => self.hide(Some(name), range.end),
                Some((name, false)) if self.hidden == Some(name) => self.hidden = None,
                _ if markup::breaks(&tag) => self.push("\n", range),
                _ => {}
            },
            Event::Rule => self.close(),
            _ => {}
        }
    }

    /// Whether an indented block is text: wires and letters indent their paragraphs, Markdown takes that for code.
    fn reads_as_text(&self, range: Range<usize>) -> bool {
        let block = self.source.get(range).unwrap_or_default();
        let words = block.split_whitespace().filter(|word| word.starts_with(char::is_alphabetic)).count();
        let marks = block.bytes().filter(|b| b"{};=<>[]|\\`#$".contains(b)).count();
        words >= LEAST_WORDS && marks * 10 < words && block.trim_end().ends_with(['.', '!', '?', '"', '”'])
    }

    /// Takes over the lines of such a block; a blank one ends a paragraph.
    fn lines(&mut self, text: &str, range: Range<usize>) {
        if text.trim().is_empty() {
            return self.close();
        }
        for line in super::paragraph::lines(text.trim_end()) {
            let words = text.get(line.clone()).unwrap_or_default();
            let bare = words.trim_start();
            if bare.is_empty() {
                self.close();
                continue;
            }
            if !self.text.is_empty() {
                self.text.push('\n');
            }
            let from = range.start + line.end - bare.len();
            self.push(bare, from..range.start + line.end);
        }
        if text.bytes().rev().take_while(u8::is_ascii_whitespace).filter(|b| *b == b'\n').count() > 1 {
            self.close();
        }
    }

    fn start(&mut self, tag: Tag) {
        match tag {
            Tag::Paragraph | Tag::FootnoteDefinition(_) => self.close(),
            Tag::Heading { level, .. } => self.open(BlockKind::Heading(level as u8)),
            Tag::CodeBlock(_) => self.open(BlockKind::Code),
            Tag::TableHead | Tag::TableRow => self.open(BlockKind::TableRow),
            Tag::TableCell if !self.text.is_empty() => self.text.push('\t'),
            Tag::BlockQuote(_) => {
                self.close();
                self.quotes += 1;
            }
            Tag::Item => {
                self.close();
                self.items += 1;
            }
            Tag::HtmlBlock => {
                self.close();
                self.html = Some(Default::default());
            }
            Tag::Image { .. } => self.pictures += 1,
            Tag::Emphasis => self.inline(Some(InlineKind::Emphasis)),
            Tag::Strong => self.inline(Some(InlineKind::Strong)),
            Tag::Link { dest_url, .. } => self.inline(safe(&dest_url).map(InlineKind::Link)),
            Tag::List(_) => self.close(),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::CodeBlock | TagEnd::TableHead | TagEnd::TableRow => {
                self.indented = false;
                self.close()
            }
            TagEnd::BlockQuote(_) => {
                self.close();
                self.quotes = self.quotes.saturating_sub(1);
            }
            TagEnd::Item => {
                self.close();
                self.items = self.items.saturating_sub(1);
            }
            TagEnd::HtmlBlock => self.raw(),
            TagEnd::Image => self.pictures = self.pictures.saturating_sub(1),
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Link => {
                let end = self.text.len();
                if let Some(inline) = self.open.pop().flatten().and_then(|i| self.inlines.get_mut(i)) {
                    inline.range.end = end;
                }
            }
            _ => {}
        }
    }

    fn inline(&mut self, kind: Option<InlineKind>) {
        let at = self.text.len();
        self.open.push(kind.is_some().then_some(self.inlines.len()));
        self.inlines.extend(kind.map(|kind| Inline { range: at..at, kind }));
    }

    fn push(&mut self, text: &str, range: Range<usize>) {
        if self.pictures > 0 || self.hidden.is_some() {
            return;
        }
        self.map.push((self.text.len(), self.base + range.start));
        self.text.push_str(text);
    }

    /// Hides what follows up to the end of an element, when it has one.
    fn hide(&mut self, name: Option<&'static str>, from: usize) {
        self.hidden = name.filter(|name| !self.unclosed.contains(name));
        if let Some(name) = self.hidden
            && markup::closing(self.source, from, name).is_none()
        {
            self.unclosed.push(name);
            self.hidden = None;
        }
    }

    /// Takes over the text of the block of raw HTML at hand.
    fn raw(&mut self) {
        let Some((html, map)) = self.html.take() else { return };
        let (pieces, hidden) = markup::read(&html, self.hidden.take());
        let source = |at: usize| {
            let i = map.partition_point(|&(offset, _)| offset <= at);
            i.checked_sub(1).and_then(|i| map.get(i)).map_or(at, |&(offset, source)| source + (at - offset))
        };
        for piece in pieces {
            match piece {
                Piece::Text(range) => {
                    // Indentation is the markup's, not the text's.
                    for line in super::paragraph::lines(html.get(range.clone()).unwrap_or_default()) {
                        let line = range.start + line.start..range.start + line.end;
                        let text = html.get(line.clone()).unwrap_or_default();
                        let begins = line.start > range.start || self.text.ends_with('\n');
                        let bare = if begins { text.trim_start() } else { text };
                        let from = line.end - bare.len();
                        if line.start > range.start && !self.text.is_empty() {
                            self.push("\n", source(line.start - 1)..source(line.start));
                        }
                        if !bare.is_empty() {
                            self.push(bare, source(from)..source(line.end));
                        }
                    }
                }
                Piece::Script(range) => {
                    self.open(BlockKind::Code);
                    for (i, line) in super::paragraph::lines(html.get(range.clone()).unwrap_or_default()).enumerate() {
                        let line = range.start + line.start..range.start + line.end;
                        if i > 0 {
                            self.push("\n", source(line.start - 1)..source(line.start));
                        }
                        let text = html.get(line.clone()).unwrap_or_default();
                        self.push(text, source(line.start)..source(line.end));
                    }
                    self.close();
                }
                Piece::Entity(range, text) => self.push(&text, source(range.start)..source(range.end)),
                Piece::Block(kind) => {
                    self.close();
                    self.kind = kind;
                }
                Piece::Cell if !self.text.is_empty() => self.text.push('\t'),
                Piece::Break if !self.text.is_empty() => self.text.push('\n'),
                Piece::Cell | Piece::Break => {}
            }
        }
        self.close();
        let end = map.last().map_or(0, |&(_, at)| at);
        self.hide(hidden, end);
    }

    fn open(&mut self, kind: BlockKind) {
        self.close();
        self.kind = Some(kind);
    }

    /// Ends the block at hand; one without text leaves nothing.
    fn close(&mut self) {
        let kind = self.kind.take().unwrap_or(match (self.items, self.quotes) {
            (0, 0) => BlockKind::Paragraph,
            (0, _) => BlockKind::Quote,
            _ => BlockKind::ListItem,
        });
        self.open.clear();
        let text = std::mem::take(&mut self.text);
        let mut map = std::mem::take(&mut self.map);
        let mut inlines = std::mem::take(&mut self.inlines);
        // Marks of byte order are cut off its ends too.
        if trimmed(&text, 0..text.len()).is_empty() {
            return;
        }
        inlines.retain(|inline| !inline.range.is_empty());
        // A table's first cell, or text after one of its tabs, always has its own pair.
        let start = map.first().map_or(self.base, |&(_, source)| source);
        // Text and file run alike through most of these pairs: keep those that say something new.
        let mut last = (0, start);
        map.retain(|&(offset, source)| {
            let new = source.checked_sub(last.1) != Some(offset - last.0);
            if new {
                last = (offset, source);
            }
            new
        });
        self.paras.push(Para { kind, text: Cow::Owned(text), start, map, inlines }.trim());
    }
}

/// An address that a link may lead to.
fn safe(address: &str) -> Option<String> {
    let lower = address.to_ascii_lowercase();
    let good = ["http://", "https://", "mailto:"].iter().any(|scheme| lower.starts_with(scheme))
        && !address.contains(|c: char| c.is_control() || c.is_whitespace());
    good.then(|| address.to_owned())
}

#[cfg(test)]
mod tests;
