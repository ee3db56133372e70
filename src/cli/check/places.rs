//! Where in their files the words of articles stand, with the line that a message shows.

use crate::diagnostic::Location;
use crate::model::{Article, RawArticle, RawFile};
use crate::pipeline;
use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

/// The files of a site's articles by their path.
pub(super) struct Places<'s>(HashMap<&'s str, &'s RawArticle>);

/// The text of one article's file.
pub(super) struct Text<'s> {
    path: &'s str,
    text: Cow<'s, str>,
    sidecar: Option<&'s RawFile>,
}

impl<'s> Places<'s> {
    pub(super) fn new(articles: &'s [RawArticle]) -> Places<'s> {
        Places(articles.iter().map(|article| (article.file.path.as_str(), article)).collect())
    }

    /// Gives the text of an article's file; nothing where it has none.
    pub(super) fn text(&self, article: &'s Article) -> Text<'s> {
        let raw = self.0.get(article.path.as_str());
        let text = raw.and_then(|raw| pipeline::decode(&raw.file.bytes)).unwrap_or_default();
        Text { path: &article.path, text, sidecar: raw.and_then(|raw| raw.sidecar.as_ref()) }
    }
}

impl Text<'_> {
    /// Names a stretch of the article's text.
    pub(super) fn place(&self, article: &Article, range: Range<usize>) -> Location {
        let (line, column) = article.line_and_column(range.start);
        let words = article.text.get(range).unwrap_or_default();
        let of_file = line.checked_sub(1).and_then(|n| lines(&self.text).nth(n));
        // Saved pages spell some letters otherwise than the text that is read of them.
        let first = words.chars().next();
        let snippet = of_file.filter(|text| text.chars().nth(column - 1) == first).map(|text| {
            let left = text.chars().count().saturating_sub(column - 1);
            (text.to_owned(), words.lines().next().unwrap_or_default().chars().count().min(left).max(1))
        });
        Location { path: self.path.to_owned(), line: Some(line), column: Some(column), snippet }
    }

    /// Names the first place where the file, or the metadata beside it, says these words.
    pub(super) fn find(&self, words: &str) -> Location {
        if let Some(at) = self.text.find(words) {
            return Location::in_text(self.path, &self.text, at, words.len());
        }
        let beside = self.sidecar.and_then(|file| {
            let text = pipeline::decode(&file.bytes)?;
            Some(Location::in_text(&file.path, &text, text.find(words)?, words.len()))
        });
        beside.unwrap_or_else(|| Location::file(self.path))
    }
}

/// Gives the lines of a text, whichever way they end.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        let Some(end) = text.find(['\n', '\r']) else {
            rest = None;
            return Some(text);
        };
        let (line, tail) = text.split_at(end);
        rest = tail.strip_prefix("\r\n").or_else(|| tail.get(1..));
        Some(line)
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn lines_end_in_every_way() {
        assert_eq!(super::lines("a\nb\r\n\rc").collect::<Vec<_>>(), ["a", "b", "", "c"]);
        assert_eq!(super::lines("").count(), 1);
    }
}
