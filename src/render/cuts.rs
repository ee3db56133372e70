//! Where the text of a long article is cut, so that each of its pages stays light.

use crate::model::{Article, Resolved};
use std::ops::Range;

/// What one page of an article may weigh: bytes of its text, and so many for each expression of time in it.
const HEAVIEST: usize = 110_000;
const EXPRESSION: usize = 240;

/// Gives the places in the text at which its second and later pages begin; none of most articles.
///
/// Pages begin with a block; within one that is too heavy for a page, with a sentence or a line.
pub(super) fn cuts(article: &Article, dates: &[Resolved]) -> Vec<usize> {
    if article.text.len() + dates.len() * EXPRESSION <= HEAVIEST {
        return Vec::new();
    }
    let weight = |range: &Range<usize>| {
        let before = |at: usize| dates.partition_point(|this| this.timex.range.start < at);
        range.len() + (before(range.end) - before(range.start)) * EXPRESSION
    };
    let (mut cuts, mut load) = (Vec::new(), 0);
    for block in &article.blocks {
        let whole = std::slice::from_ref(&block.range);
        let pieces = if weight(&block.range) > HEAVIEST { pieces(article, &block.range) } else { whole.to_vec() };
        for piece in pieces {
            let own = weight(&piece);
            if load > 0 && load + own > HEAVIEST {
                cuts.push(piece.start);
                load = 0;
            }
            load += own;
        }
    }
    cuts
}

/// Takes a block apart: into sentences or, where it has none, lines, and what is still too long anywhere.
fn pieces(article: &Article, block: &Range<usize>) -> Vec<Range<usize>> {
    let from = article.sentences.partition_point(|sentence| sentence.range.start <= block.start);
    let sentences = article.sentences.iter().skip(from).map(|s| s.range.start).take_while(|at| *at < block.end);
    let mut starts: Vec<usize> = sentences.collect();
    if starts.is_empty() {
        let text = article.text.get(block.clone()).unwrap_or_default();
        starts = text.match_indices('\n').map(|(at, _)| block.start + at + 1).filter(|at| *at < block.end).collect();
    }
    starts.push(block.end);
    let (mut pieces, mut start) = (Vec::new(), block.start);
    for end in starts {
        while end.saturating_sub(start) > HEAVIEST {
            let cut = article.text.floor_char_boundary(start + HEAVIEST);
            pieces.push(start..cut);
            start = cut;
        }
        if start < end {
            pieces.push(start..end);
        }
        start = end;
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Block, BlockKind, Sentence, Stated, TextBasis};

    fn article(blocks: &[&str]) -> Article {
        let mut article = Article {
            id: "a".to_owned(),
            path: "content/a.md".to_owned(),
            title: Stated { value: "A".to_owned(), basis: TextBasis::FrontMatter },
            publisher: None,
            published: None,
            updated: None,
            url: None,
            authors: Vec::new(),
            tags: Vec::new(),
            language: "en".to_owned(),
            domain: None,
            event: None,
            text: String::new(),
            blocks: Vec::new(),
            sentences: Vec::new(),
            source_map: vec![(0, 0)],
            line_starts: vec![0],
        };
        for (i, text) in blocks.iter().enumerate() {
            let start = article.text.len();
            for sentence in text.split_inclusive('.') {
                let from = article.text.len();
                article.text.push_str(sentence);
                article.sentences.push(Sentence { block: i, range: from..article.text.len() });
            }
            let range = start..article.text.len();
            article.blocks.push(Block { range, kind: BlockKind::Paragraph, inlines: Vec::new() });
        }
        article
    }

    #[test]
    fn pages_begin_with_blocks_sentences_or_anywhere_and_none_is_heavy() {
        assert_eq!(cuts(&article(&["Short."]), &[]), Vec::<usize>::new());
        let paragraph = format!("{}.", "x".repeat(39_999));
        assert_eq!(cuts(&article(&[paragraph.as_str(); 5]), &[]), [80_000, 160_000], "with a block");
        let sentences = paragraph.repeat(5);
        assert_eq!(cuts(&article(&["Head.", sentences.as_str()]), &[]), [80_005, 160_005], "with a sentence");
        let word = "ü".repeat(120_000);
        let cuts = cuts(&article(&[word.as_str()]), &[]);
        assert!(cuts.len() >= 2 && cuts.iter().all(|cut| word.is_char_boundary(*cut)), "{cuts:?}");
    }
}
