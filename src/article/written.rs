//! Events written by hand: `event:` in the front matter, and the sources that they cite.

use super::assemble::{Body, short};
use super::dates;
use super::metadata::{Reader, folded, one_line};
use crate::config::{crop, nearest};
use crate::diagnostic::Diagnostic;
use crate::model::{Article, Block, BlockKind, DateBasis, Edtf, Published, Sentence, Stated, TextBasis};
use crate::yaml::{self, Node, Value};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What an event written by hand has besides its text.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Written {
    /// What readers are told besides.
    pub note: Option<String>,
    /// The sources that it cites, each as an article of its own that holds just the quote.
    pub cited: Vec<Article>,
}

/// A source as the front matter states it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Cited {
    publisher: Option<String>,
    title: Option<String>,
    url: Option<String>,
    published: Option<(Edtf, String)>,
    quote: Option<String>,
    /// Byte of the file at which the quote stands.
    at: usize,
}

const KEYS: &[&str] = &["publisher", "title", "url", "published", "quote"];

impl Reader<'_, '_> {
    /// Reads the date of an event; `None` with an error where it is none.
    pub(super) fn event_date(&mut self, node: &Node) -> Option<Edtf> {
        let fault = match node.edtf() {
            None => format!("an event's date must be text, found {}", node.kind()),
            Some(text) => match Edtf::parse(&text) {
                Ok(date) => return Some(date),
                Err(error) => match dates::read(&text, self.day_first) {
                    dates::Reading::Date(said) if said.edtf(None).is_some() => return said.edtf(None),
                    _ => error.told(&crop(&text)),
                },
            },
        };
        let help = format!("{}; until then the event is left out", yaml::EDTF_HELP);
        self.messages.push(Diagnostic::error("event-date", self.at(node), fault).help(help));
        None
    }

    /// Reads the list of sources; what cannot be used is left out with a message.
    pub(super) fn cited(&mut self, node: &Node) -> Vec<Cited> {
        match &node.value {
            Value::List(items) => items.iter().filter_map(|item| self.one_cited(item)).collect(),
            Value::Map(_) => self.one_cited(node).into_iter().collect(),
            _ => {
                self.wrong(
                    node,
                    "`sources` must be a list, each with `publisher`, `title`, `url`, `published`, `quote`",
                );
                Vec::new()
            }
        }
    }

    fn one_cited(&mut self, item: &Node) -> Option<Cited> {
        let Value::Map(pairs) = &item.value else {
            let what = format!("a source has lines such as `publisher: …` and `quote: …`, found {}", item.kind());
            self.wrong(item, &what);
            return None;
        };
        let mut cited = Cited { at: self.place.start + item.at, ..Cited::default() };
        for (key, _) in pairs {
            let name = key.text().unwrap_or_default();
            if !KEYS.contains(&name.to_lowercase().as_str()) {
                let message = format!("unknown key `{}` of a source", crop(name));
                let help = match nearest(name, KEYS) {
                    Some(known) => format!("did you mean `{known}`?"),
                    None => format!("known keys: {}", KEYS.join(", ")),
                };
                self.messages.push(Diagnostic::warning("unknown-key", self.at(key), message).help(help));
            }
        }
        for (name, node) in folded(pairs) {
            match name.as_str() {
                "publisher" => cited.publisher = self.text(node, "the publisher"),
                "title" => cited.title = self.text(node, "the title"),
                "url" => cited.url = self.address("sourceurl", node),
                "published" => cited.published = self.date(node),
                "quote" => {
                    cited.quote = self.text(node, "the quote");
                    cited.at = self.place.start + node.at;
                }
                _ => {}
            }
        }
        let empty = [&cited.publisher, &cited.title, &cited.url, &cited.quote].iter().all(|said| said.is_none());
        if empty {
            self.wrong(item, "this source says nothing");
        }
        (!empty).then_some(cited)
    }
}

/// Makes an article of each source; their ids come when those of all articles are known.
pub(super) fn articles(main: &Article, file: &str, cited: Vec<Cited>) -> Vec<Article> {
    let article = |cited: Cited| {
        let stated = |value| Stated { value, basis: TextBasis::FrontMatter };
        let named = cited.title.clone().or(cited.publisher.clone()).or(cited.url.clone()).unwrap_or_default();
        let body = line(file, cited.at, cited.quote.as_ref().unwrap_or(&named));
        Article {
            id: String::new(),
            path: main.path.clone(),
            title: stated(named),
            publisher: cited.publisher.map(stated),
            published: cited.published.map(|(date, evidence)| Published {
                date,
                basis: DateBasis::FrontMatter,
                evidence,
            }),
            updated: None,
            url: cited.url,
            authors: Vec::new(),
            tags: Vec::new(),
            language: main.language.clone(),
            domain: None,
            event: main.event.clone(),
            text: body.text,
            blocks: body.blocks,
            sentences: body.sentences,
            source_map: body.source_map,
            line_starts: main.line_starts.clone(),
        }
    };
    cited.into_iter().map(article).collect()
}

/// Makes the body of a text of one line that stands at a byte of the file.
pub(super) fn line(file: &str, at: usize, text: &str) -> Body {
    let quoted = file.get(at..).is_some_and(|rest| rest.starts_with(['"', '\'']));
    let before = file.get(..at).map_or(0, |before| before.chars().count());
    Body {
        text: text.to_owned(),
        blocks: vec![Block { range: 0..text.len(), kind: BlockKind::Paragraph, inlines: Vec::new() }],
        sentences: vec![Sentence { block: 0, range: 0..text.len() }],
        source_map: vec![(0, short(before + usize::from(quoted)))],
        line_starts: Vec::new(),
    }
}

/// Puts the sources that events cite behind them, each with an id of its own; `others` are the articles
/// that are no events.
pub fn with_sources(events: Vec<Article>, mut written: BTreeMap<String, Written>, others: &[Article]) -> Vec<Article> {
    if events.is_empty() {
        return events;
    }
    let mut taken: BTreeSet<String> = events.iter().chain(others).map(|a| a.id.clone()).collect();
    let mut all = Vec::new();
    for event in events {
        let cited = written.remove(&event.path).unwrap_or_default().cited;
        let main = event.id.clone();
        all.push(event);
        for (n, mut article) in cited.into_iter().enumerate() {
            article.id = format!("{main}-source-{}", n + 1);
            while !taken.insert(article.id.clone()) {
                article.id.push('x');
            }
            all.push(article);
        }
    }
    all
}

/// Gives a note as one line.
pub(super) fn note(reader: &mut Reader, node: &Node) -> Option<String> {
    reader.text(node, "the note").map(|text| one_line(&text))
}
