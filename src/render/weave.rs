//! The text of an article as HTML: sentences with their ids, dates marked and linked, inline formatting.
//!
//! Sentences, marks and formatting may overlap in any way. Every stretch between two of their ends is
//! written inside the layers that hold it, always in the same order, so that the tags nest.

use super::escape;
use crate::model::{Article, Block, BlockKind, InlineKind};
use std::ops::Range;

/// A date expression to be marked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// Byte range in the article's text.
    pub range: Range<usize>,
    /// Address of its event.
    pub href: Option<String>,
    /// The date in words, for what has no event.
    pub says: Option<String>,
}

/// Gives the quote of a mention as HTML, its date expression marked when it lies inside.
pub fn quote(text: &str, quote: Range<usize>, mark: Range<usize>) -> String {
    let mut out = String::new();
    let inside = quote.start <= mark.start && mark.end <= quote.end && mark.start < mark.end;
    let parts = (text.get(quote.start..mark.start), text.get(mark.clone()), text.get(mark.end..quote.end));
    if let (true, (Some(before), Some(marked), Some(after))) = (inside, parts) {
        escape::push(&mut out, before);
        out.push_str("<mark>");
        escape::push(&mut out, marked);
        out.push_str("</mark>");
        escape::push(&mut out, after);
    } else {
        escape::push(&mut out, text.get(quote).unwrap_or_default());
    }
    out
}

/// Gives the whole text as HTML; `marks` in order of start, never overlapping.
pub fn article(article: &Article, marks: &[Mark]) -> String {
    let mut out = String::with_capacity(article.text.len() * 2);
    let mut around = None;
    for (index, block) in article.blocks.iter().enumerate() {
        let needed = match block.kind {
            BlockKind::ListItem => Some("ul"),
            BlockKind::TableRow => Some("table"),
            BlockKind::Quote => Some("blockquote"),
            _ => None,
        };
        if around != needed {
            if let Some(tag) = around {
                out.push_str(&format!("</{tag}>\n"));
            }
            if let Some(tag) = needed {
                out.push_str(&format!("<{tag}>\n"));
            }
            around = needed;
        }
        let level;
        let (open, close) = match block.kind {
            BlockKind::Heading(n) => {
                level = n.clamp(1, 5) + 1;
                (format!("<h{level} dir=\"auto\">"), format!("</h{level}>"))
            }
            BlockKind::ListItem => ("<li dir=\"auto\">".to_owned(), "</li>".to_owned()),
            BlockKind::TableRow => ("<tr><td>".to_owned(), "</td></tr>".to_owned()),
            BlockKind::Code => ("<pre><code>".to_owned(), "</code></pre>".to_owned()),
            BlockKind::Paragraph | BlockKind::Quote => ("<p dir=\"auto\">".to_owned(), "</p>".to_owned()),
        };
        out.push_str(&open);
        Weaver::new(article, marks, index, block).run(&mut out);
        out.push_str(&close);
        out.push('\n');
    }
    if let Some(tag) = around {
        out.push_str(&format!("</{tag}>\n"));
    }
    out
}

/// One tag that can be open, outermost first in a [`Weaver`]'s stack.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Layer {
    Sentence(usize),
    MarkLink(usize),
    TextLink(usize),
    Emphasis,
    Strong,
    Code,
    Mark(usize),
}

/// What begins or ends at a place of the text.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Turn {
    End(Thing),
    Start(Thing),
    Tab,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Thing {
    Sentence(usize),
    Inline(usize),
    Mark(usize),
}

struct Weaver<'a> {
    article: &'a Article,
    marks: &'a [Mark],
    block: &'a Block,
    turns: Vec<(usize, Turn)>,
    sentence: Option<usize>,
    link: Option<usize>,
    mark: Option<usize>,
    depth: [usize; 3],
    named: Option<usize>,
    open: Vec<Layer>,
}

impl<'a> Weaver<'a> {
    fn new(article: &'a Article, marks: &'a [Mark], index: usize, block: &'a Block) -> Weaver<'a> {
        let mut turns = Vec::new();
        let mut add = |range: &Range<usize>, thing| {
            let (start, end) = (range.start.max(block.range.start), range.end.min(block.range.end));
            if start < end {
                turns.push((start, Turn::Start(thing)));
                turns.push((end, Turn::End(thing)));
            }
        };
        let from = article.sentences.partition_point(|s| s.block < index);
        let sentences = article.sentences.iter().enumerate().skip(from);
        for (i, sentence) in sentences.take_while(|(_, s)| s.block == index) {
            add(&sentence.range, Thing::Sentence(i));
        }
        for (i, inline) in block.inlines.iter().enumerate() {
            add(&inline.range, Thing::Inline(i));
        }
        let from = marks.partition_point(|m| m.range.end <= block.range.start);
        let inside = marks.iter().enumerate().skip(from);
        for (i, mark) in inside.take_while(|(_, m)| m.range.start < block.range.end) {
            add(&mark.range, Thing::Mark(i));
        }
        if block.kind == BlockKind::TableRow {
            let row = article.text.get(block.range.clone()).unwrap_or_default();
            turns.extend(row.match_indices('\t').map(|(i, _)| (block.range.start + i, Turn::Tab)));
        }
        turns.sort_unstable();
        Weaver {
            article,
            marks,
            block,
            turns,
            sentence: None,
            link: None,
            mark: None,
            depth: [0; 3],
            named: None,
            open: Vec::new(),
        }
    }

    fn run(mut self, out: &mut String) {
        let mut at = self.block.range.start;
        for (place, turn) in std::mem::take(&mut self.turns) {
            self.write(out, at..place);
            at = at.max(place);
            match turn {
                Turn::Start(thing) => self.turn(thing, true),
                Turn::End(thing) => self.turn(thing, false),
                Turn::Tab => {
                    self.close(out, 0);
                    out.push_str("</td><td>");
                    at = place + 1;
                }
            }
        }
        self.write(out, at..self.block.range.end);
        self.close(out, 0);
    }

    fn turn(&mut self, thing: Thing, on: bool) {
        let set = |slot: &mut Option<usize>, i| {
            if on {
                *slot = Some(i);
            } else if *slot == Some(i) {
                *slot = None;
            }
        };
        match thing {
            Thing::Sentence(i) => set(&mut self.sentence, i),
            Thing::Mark(i) => set(&mut self.mark, i),
            Thing::Inline(i) => {
                let kind = self.block.inlines.get(i).map(|inline| &inline.kind);
                let depth = match kind {
                    Some(InlineKind::Emphasis) => 0,
                    Some(InlineKind::Strong) => 1,
                    Some(InlineKind::Code) => 2,
                    Some(InlineKind::Link(_)) => return set(&mut self.link, i),
                    None => return,
                };
                if let Some(depth) = self.depth.get_mut(depth) {
                    *depth = if on { *depth + 1 } else { depth.saturating_sub(1) };
                }
            }
        }
    }

    /// Writes a stretch of text inside the layers that hold it.
    fn write(&mut self, out: &mut String, range: Range<usize>) {
        let Some(text) = self.article.text.get(range).filter(|text| !text.is_empty()) else {
            return;
        };
        let linked = self.mark.filter(|&i| self.marks.get(i).is_some_and(|m| m.href.is_some()));
        let layers = [
            self.sentence.map(Layer::Sentence),
            linked.map(Layer::MarkLink),
            self.link.filter(|_| linked.is_none()).map(Layer::TextLink),
            (self.depth[0] > 0).then_some(Layer::Emphasis),
            (self.depth[1] > 0).then_some(Layer::Strong),
            (self.depth[2] > 0).then_some(Layer::Code),
            self.mark.map(Layer::Mark),
        ];
        let shared = self.open.iter().zip(layers.iter().flatten()).take_while(|(a, b)| a == b).count();
        self.close(out, shared);
        for &layer in layers.iter().flatten().skip(shared) {
            self.start(out, layer);
            self.open.push(layer);
        }
        escape::push(out, text);
    }

    fn start(&mut self, out: &mut String, layer: Layer) {
        match layer {
            Layer::Sentence(i) if self.named != Some(i) => {
                self.named = Some(i);
                out.push_str(&format!("<span id=\"{}\">", sentence_id(i)));
            }
            Layer::Sentence(_) => out.push_str("<span>"),
            Layer::MarkLink(i) => {
                out.push_str("<a class=\"date\" href=\"");
                escape::push(out, self.marks.get(i).and_then(|m| m.href.as_deref()).unwrap_or_default());
                out.push_str("\">");
            }
            Layer::TextLink(i) => {
                let url = match self.block.inlines.get(i).map(|inline| &inline.kind) {
                    Some(InlineKind::Link(url)) => escape::web(url),
                    _ => None,
                };
                // An address that may not be linked leaves its text.
                match url {
                    Some(url) => {
                        out.push_str("<a rel=\"nofollow noopener\" href=\"");
                        escape::push(out, &url);
                        out.push_str("\">");
                    }
                    None => out.push_str("<a>"),
                }
            }
            Layer::Emphasis => out.push_str("<em>"),
            Layer::Strong => out.push_str("<strong>"),
            Layer::Code => out.push_str("<code>"),
            Layer::Mark(i) => match self.marks.get(i).and_then(|m| m.says.as_deref()) {
                Some(says) => {
                    out.push_str("<mark class=\"loose\" title=\"");
                    escape::push(out, says);
                    out.push_str("\">");
                }
                None => out.push_str("<mark>"),
            },
        }
    }

    fn close(&mut self, out: &mut String, keep: usize) {
        while self.open.len() > keep {
            out.push_str(match self.open.pop() {
                Some(Layer::Sentence(_)) => "</span>",
                Some(Layer::MarkLink(_) | Layer::TextLink(_)) => "</a>",
                Some(Layer::Emphasis) => "</em>",
                Some(Layer::Strong) => "</strong>",
                Some(Layer::Code) => "</code>",
                Some(Layer::Mark(_)) => "</mark>",
                None => "",
            });
        }
    }
}

/// Names a sentence of an article page: `s1` is the first.
pub fn sentence_id(index: usize) -> String {
    format!("s{}", index + 1)
}
