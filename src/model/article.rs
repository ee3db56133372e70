//! An article: what was read of one file in `content/`.

use super::Edtf;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// A value of an article together with where it was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stated<T> {
    /// The value.
    pub value: T,
    /// Where it stood.
    pub basis: TextBasis,
}

/// Where a title or a publisher was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TextBasis {
    /// `NAME.yaml` beside the article.
    Sidecar,
    /// The front matter of the article.
    FrontMatter,
    /// A line at the head of the text (`-Global News`, a first-line outlet, a Markdown `# heading`).
    Header,
    /// The agency of a wire dateline (`CITY, March 5, 2019 (Agency) -`).
    Dateline,
    /// The metadata of a saved web page.
    PageMetadata,
    /// The host of the article's URL.
    Url,
    /// The article's first sentence.
    FirstSentence,
    /// The name of the file.
    FileName,
}

/// How the publication date of an article is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DateBasis {
    /// `NAME.yaml` beside the article.
    Sidecar,
    /// The front matter of the article.
    FrontMatter,
    /// A line at the head of the text (`Published: January 17, 2022`).
    Header,
    /// A wire dateline (`CITY, March 5, 2019 (Agency) -`).
    Dateline,
    /// The metadata of a saved web page.
    PageMetadata,
    /// The name of the file (`2022-01-17-title.md`).
    FileName,
    /// Worked out from dated articles that tell the same story.
    Inferred,
    /// The path of its web address (`/2022/01/17/title`).
    Address,
}

/// The publication date of an article, its document creation time (DCT).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Published {
    /// A day when it is known to the day; a month, a year or a span of days when it is not.
    pub date: Edtf,
    /// How it is known.
    pub basis: DateBasis,
    /// The words that stated it (`Published:Janaury 17, 2022`), or the reasoning of an inference.
    pub evidence: String,
}

/// From what a text counts its dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Domain {
    /// News: relative dates count from the publication day.
    News,
    /// Narrative, histories: they count from the date told last.
    Narrative,
}

impl Domain {
    /// Reads `news` or `narrative`.
    pub fn named(name: &str) -> Option<Domain> {
        match name.trim().to_ascii_lowercase().as_str() {
            "news" => Some(Domain::News),
            "narrative" => Some(Domain::Narrative),
            _ => None,
        }
    }
}

/// What a block of text is in its article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum BlockKind {
    /// Running text.
    Paragraph,
    /// A heading, with its level from 1 to 6.
    Heading(u8),
    /// One item of a list.
    ListItem,
    /// A quotation set apart.
    Quote,
    /// Preformatted text: shown, never read for dates.
    Code,
    /// One row of a table, its cells separated by a tab.
    TableRow,
}

/// Inline formatting that the article page shows again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum InlineKind {
    /// Emphasis.
    Emphasis,
    /// Strong emphasis.
    Strong,
    /// Code.
    Code,
    /// A link to an address; only `http`, `https` and `mailto` are kept.
    Link(String),
}

/// A stretch of a block with inline formatting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inline {
    /// Byte range in [`Article::text`].
    pub range: Range<usize>,
    /// Its formatting.
    pub kind: InlineKind,
}

/// One block (paragraph, heading, list item …) of an article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// Byte range in [`Article::text`].
    pub range: Range<usize>,
    /// What it is.
    pub kind: BlockKind,
    /// Its inline formatting, in order of start, outer before inner.
    pub inlines: Vec<Inline>,
}

/// One sentence of an article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sentence {
    /// Index into [`Article::blocks`].
    pub block: usize,
    /// Byte range in [`Article::text`], without outer white space.
    pub range: Range<usize>,
}

/// One file of `content/`: who published it when, and what it says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Article {
    /// Slug of its path, unique in the site; the folder of its page under `articles/`.
    pub id: String,
    /// Path relative to the site's root (`content/000_x.txt`).
    pub path: String,
    /// Its headline.
    pub title: Stated<String>,
    /// Its outlet.
    pub publisher: Option<Stated<String>>,
    /// Its publication date.
    pub published: Option<Published>,
    /// When it was last changed, where it says so.
    pub updated: Option<Edtf>,
    /// Its address on the web (`http` or `https`).
    pub url: Option<String>,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// Its tags.
    pub tags: Vec<String>,
    /// BCP 47 language tag; the site's language where the article states none.
    pub language: String,
    /// `domain:` of the front matter: whether the text is news or narrative; found out where it is not stated.
    pub domain: Option<Domain>,
    /// `event:` of the front matter: the file is a hand-written event with this date.
    pub event: Option<Edtf>,
    /// The text that is read for dates: the blocks, joined by `"\n\n"`. Header lines, bylines,
    /// datelines and promotional lines are no part of it.
    pub text: String,
    /// The blocks, in order, never overlapping.
    pub blocks: Vec<Block>,
    /// The sentences, in order, never overlapping, each within one block.
    pub sentences: Vec<Sentence>,
    /// Pairs (byte offset in `text`, character offset in the decoded file): from each on, both run alike
    /// until the next. Characters, so that columns are exact without the file at hand.
    pub source_map: Vec<(u32, u32)>,
    /// Character offsets in the decoded file at which its lines start.
    pub line_starts: Vec<u32>,
}

impl Article {
    /// Gives the first day of its publication date.
    pub fn published_day(&self) -> Option<NaiveDate> {
        self.published.as_ref()?.date.first_day()
    }

    /// Gives the place in the file (line and column, both from 1, columns in characters of the text)
    /// of a byte offset in [`Article::text`].
    pub fn line_and_column(&self, offset: usize) -> (usize, usize) {
        let i = self.source_map.partition_point(|&(text, _)| text as usize <= offset);
        let (text, source) = i.checked_sub(1).and_then(|i| self.source_map.get(i)).copied().unwrap_or((0, 0));
        let (text, source) = (text as usize, source as usize);
        // From the pair on, text and file run alike, so the characters between can be counted in the text.
        let between = self.text.get(text..offset).map_or(offset - text, |shared| shared.chars().count());
        let source = source + between;
        let line = self.line_starts.partition_point(|&start| start as usize <= source).max(1);
        let start = self.line_starts.get(line - 1).map_or(0, |&start| start as usize);
        (line, source - start + 1)
    }
}
