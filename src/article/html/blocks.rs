//! The texts of a page as paragraphs, headings, items, quotations and rows, each with its place in the page.

use super::entities::{self, Piece as Part};
use super::page::{Element, Page, Piece, is_block};
use crate::article::paragraph::Para;
use crate::model::{BlockKind, Inline, InlineKind};
use std::borrow::Cow;
use std::ops::Range;
use url::Url;

/// A cell of a table of facts is at most this long, in bytes; longer ones lay out a page.
const LONGEST_CELL: usize = 200;

/// Makes paragraphs of the chosen texts of a page; `base` is the page's own address.
pub(super) fn paragraphs(
    html: &str,
    page: &Page,
    chosen: impl Fn(usize) -> bool,
    base: Option<&Url>,
) -> Vec<Para<'static>> {
    let rows = rows(page);
    let mut reader = Reader { html, base, ..Reader::default() };
    for (i, piece) in page.pieces.iter().enumerate() {
        match piece {
            Piece::Open(element) => reader.opens(element, rows.get(i).copied().unwrap_or(false)),
            Piece::Close => reader.closes(),
            Piece::Text(range) if chosen(i) || is_blank(html, range) => reader.text(range.clone()),
            Piece::Text(_) => {}
        }
    }
    reader.end();
    reader.paras
}

/// White space parts words, whoever chose them.
fn is_blank(html: &str, range: &Range<usize>) -> bool {
    html.get(range.clone()).is_some_and(|text| text.trim_ascii().is_empty())
}

/// What an element is to the text around it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    Block,
    Kind(BlockKind),
    Pre,
    Row,
    Cell,
    Break,
    Rule,
    Inline,
    None,
}

#[derive(Default)]
struct Reader<'a> {
    html: &'a str,
    base: Option<&'a Url>,
    paras: Vec<Para<'static>>,
    /// The open elements, and whether each began a formatting.
    open: Vec<(Role, bool)>,
    kinds: Vec<BlockKind>,
    pre: usize,
    row: usize,
    /// Whether the next text of the row begins a cell.
    cell: bool,
    text: String,
    map: Vec<(usize, usize)>,
    inlines: Vec<Inline>,
    /// Formatting that is open, over the blocks it spans.
    formats: Vec<(InlineKind, usize)>,
}

impl Reader<'_> {
    fn opens(&mut self, element: &Element, facts: bool) {
        let role = match element.name {
            "br" => Role::Break,
            "hr" => Role::Rule,
            "tr" if facts => Role::Row,
            "td" | "th" if facts => Role::Cell,
            "pre" | "listing" => Role::Pre,
            "h1" => Role::Kind(BlockKind::Heading(1)),
            "h2" => Role::Kind(BlockKind::Heading(2)),
            "h3" => Role::Kind(BlockKind::Heading(3)),
            "h4" => Role::Kind(BlockKind::Heading(4)),
            "h5" => Role::Kind(BlockKind::Heading(5)),
            "h6" => Role::Kind(BlockKind::Heading(6)),
            "li" | "dd" => Role::Kind(BlockKind::ListItem),
            "blockquote" => Role::Kind(BlockKind::Quote),
            "a" | "b" | "strong" | "i" | "em" | "code" => Role::Inline,
            name if is_block(name) => Role::Block,
            _ => Role::None,
        };
        let mut format = false;
        match role {
            Role::Block | Role::Kind(_) | Role::Pre if self.row > 0 => self.space(element.at),
            Role::Block => self.end(),
            Role::Kind(kind) => {
                self.end();
                self.kinds.push(kind);
            }
            Role::Pre => {
                self.end();
                self.pre += 1;
                self.kinds.push(BlockKind::Code);
            }
            Role::Row => {
                self.end();
                self.row += 1;
                self.cell = false;
                self.kinds.push(BlockKind::TableRow);
            }
            Role::Cell => self.cell = !self.text.is_empty(),
            Role::Break if self.row > 0 => self.space(element.at),
            Role::Break => self.line(element.at),
            Role::Rule => self.end(),
            Role::Inline => format = self.format(element),
            // Pages set it apart from the name before it without a blank.
            Role::None if element.name == "time" && self.text.ends_with(char::is_alphanumeric) => {
                self.space(element.at)
            }
            Role::None => {}
        }
        let role =
            if self.row > 0 && matches!(role, Role::Block | Role::Kind(_) | Role::Pre) { Role::None } else { role };
        self.open.push((role, format));
    }

    fn closes(&mut self) {
        let Some((role, format)) = self.open.pop() else { return };
        match role {
            Role::Block => self.end(),
            Role::Kind(_) => {
                self.end();
                self.kinds.pop();
            }
            Role::Pre => {
                self.end();
                self.pre -= 1;
                self.kinds.pop();
            }
            Role::Row => {
                self.end();
                self.row -= 1;
                self.kinds.pop();
            }
            Role::Inline => {
                if format && let Some((kind, start)) = self.formats.pop() {
                    self.inline(kind, start);
                }
            }
            _ => {}
        }
    }

    /// Begins a formatting, and tells whether the element is one.
    fn format(&mut self, element: &Element) -> bool {
        let link = |href: &String| address(href, self.base).map(InlineKind::Link);
        let kind = match element.name {
            "b" | "strong" => Some(InlineKind::Strong),
            "i" | "em" => Some(InlineKind::Emphasis),
            "code" => Some(InlineKind::Code),
            _ => element.href.as_ref().and_then(link),
        };
        let begins = kind.is_some();
        self.formats.extend(kind.map(|kind| (kind, self.text.len())));
        begins
    }

    fn inline(&mut self, kind: InlineKind, start: usize) {
        let range = start.min(self.text.len())..self.text.len();
        if !range.is_empty() {
            self.inlines.push(Inline { range, kind });
        }
    }

    /// Takes over a text, its white space as a browser shows it.
    fn text(&mut self, range: Range<usize>) {
        let html = self.html;
        for part in entities::pieces(html, range) {
            match part {
                Part::Plain(range) => {
                    let text = html.get(range.clone()).unwrap_or_default();
                    for (i, c) in text.char_indices() {
                        self.character(c, range.start + i);
                    }
                }
                Part::Entity(at, characters) => characters.chars().for_each(|c| self.character(c, at)),
            }
        }
    }

    fn character(&mut self, c: char, at: usize) {
        match c {
            // A place where a word may break is no part of it.
            '\u{ad}' => {}
            '\r' if self.pre > 0 => {}
            ' ' | '\n' | '\t' | '\r' | '\u{c}' if self.pre == 0 => self.space(at),
            _ => {
                if self.cell {
                    self.cell = false;
                    self.trim();
                    self.push('\t', at);
                }
                self.push(c, at);
            }
        }
    }

    fn space(&mut self, at: usize) {
        if !self.cell && !self.text.is_empty() && !self.text.ends_with([' ', '\n', '\t']) {
            self.push(' ', at);
        }
    }

    /// Ends a line; a second end is the end of a paragraph.
    fn line(&mut self, at: usize) {
        if self.pre > 0 {
            return self.push('\n', at);
        }
        let bare = self.trim();
        if self.text.ends_with('\n') {
            self.end();
        } else if bare > 0 {
            self.push('\n', at);
        }
    }

    /// Takes blanks off the end of the text, and gives its length.
    fn trim(&mut self) -> usize {
        let bare = self.text.trim_end_matches(' ').len();
        self.text.truncate(bare);
        while self.map.last().is_some_and(|(offset, _)| *offset >= bare) {
            self.map.pop();
        }
        bare
    }

    fn push(&mut self, c: char, at: usize) {
        let offset = self.text.len();
        let runs_on = self.map.last().is_some_and(|&(from, source)| {
            // Only where every character between was as long in the page.
            source + (offset - from) == at
        });
        if !runs_on {
            self.map.push((offset, at));
        }
        self.text.push(c);
    }

    /// Ends the block at hand; one without text leaves nothing.
    fn end(&mut self) {
        let formats = std::mem::take(&mut self.formats);
        for (kind, start) in &formats {
            self.inline(kind.clone(), *start);
        }
        // What is still open goes on in the next block.
        self.formats = formats.into_iter().map(|(kind, _)| (kind, 0)).collect();
        self.cell = false;
        let text = std::mem::take(&mut self.text);
        let map = std::mem::take(&mut self.map);
        let inlines = std::mem::take(&mut self.inlines);
        if text.trim().is_empty() {
            return;
        }
        // A paragraph within an item, a quotation within a list: the innermost counts, but headings first.
        let heading = self.kinds.iter().find(|kind| matches!(kind, BlockKind::Heading(_)));
        let kind = heading.or(self.kinds.last()).copied().unwrap_or(BlockKind::Paragraph);
        let start = map.first().map_or(0, |&(_, source)| source);
        self.paras.push(Para { kind, text: Cow::Owned(text), start, map, inlines }.trim());
    }
}

/// An address that a link may lead to, made whole by that of the page.
fn address(href: &str, base: Option<&Url>) -> Option<String> {
    let url = match base {
        Some(base) => base.join(href).ok()?,
        None => Url::parse(href).ok()?,
    };
    let good = matches!(url.scheme(), "http" | "https") && url.username().is_empty() && url.password().is_none();
    (good && url.as_str().len() <= 2_000).then(|| url.into())
}

/// Tells of each piece whether it is a row or cell of a table of facts, not of one that lays out a page.
fn rows(page: &Page) -> Vec<bool> {
    struct Table {
        parts: Vec<usize>,
        rows: usize,
        cells: usize,
        facts: bool,
        /// Bytes of text in the cell at hand.
        cell: usize,
    }
    let mut rows = vec![false; page.pieces.len()];
    let mut tables: Vec<Table> = Vec::new();
    let mut names: Vec<&str> = Vec::new();
    for (i, piece) in page.pieces.iter().enumerate() {
        match piece {
            Piece::Open(element) => {
                names.push(element.name);
                if element.name == "table" {
                    // A table within a cell: the outer one lays out the page.
                    if let Some(outer) = tables.last_mut() {
                        outer.facts = false;
                    }
                    tables.push(Table { parts: Vec::new(), rows: 0, cells: 0, facts: true, cell: 0 });
                } else if let Some(table) = tables.last_mut() {
                    match element.name {
                        "tr" => {
                            table.rows += 1;
                            table.parts.push(i);
                        }
                        "td" | "th" => {
                            table.cells += 1;
                            table.cell = 0;
                            table.parts.push(i);
                        }
                        "h1" | "h2" | "h3" | "blockquote" | "hr" | "pre" => table.facts = false,
                        _ => {}
                    }
                }
            }
            Piece::Close => {
                if names.pop() == Some("table")
                    && let Some(table) = tables.pop()
                    && table.facts
                    && table.rows > 1
                    && table.cells > table.rows
                {
                    table.parts.iter().filter_map(|part| rows.get_mut(*part).map(|row| *row = true)).for_each(drop);
                }
            }
            Piece::Text(range) => {
                if let Some(table) = tables.last_mut() {
                    table.cell += range.len();
                    table.facts &= table.cell <= LONGEST_CELL;
                }
            }
        }
    }
    rows
}
