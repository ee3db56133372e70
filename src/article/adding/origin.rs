//! What is known of an article before it is read: where it came from, and what a feed says of it.

use crate::article::dates::{self, Reading};
use crate::article::metadata::{Metadata, one_line, web_address};
use crate::config;
use crate::model::Edtf;

/// What is known of an article besides its file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Origin {
    /// The address at which it was found.
    pub url: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// Its outlet.
    pub publisher: Option<String>,
    /// Its publication date, as it is written.
    pub published: Option<String>,
    /// When it was last changed, as it is written.
    pub updated: Option<String>,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// Its language.
    pub language: Option<String>,
    /// Its tags.
    pub tags: Vec<String>,
    /// Whether all this counts more than what the file itself says.
    pub first: bool,
}

impl Origin {
    /// Completes what a file says of itself, or overrules it.
    pub(in crate::article) fn complete(&self, said: &mut Metadata) {
        let text = |value: &Option<String>| value.as_deref().map(one_line).filter(|text| !text.is_empty());
        let date = |value: &Option<String>| {
            value.as_deref().and_then(day).map(|day| (day, one_line(value.as_deref().unwrap_or_default())))
        };
        let first = self.first;
        settle(&mut said.title, text(&self.title), first);
        settle(&mut said.publisher, text(&self.publisher), first);
        settle(&mut said.published, date(&self.published), first);
        settle(&mut said.updated, date(&self.updated).map(|(day, _)| day), first);
        settle(&mut said.url, self.url.as_deref().and_then(web_address), first);
        settle(&mut said.language, self.language.as_deref().and_then(config::language_tag), first);
        for (said, known) in [(&mut said.authors, &self.authors), (&mut said.tags, &self.tags)] {
            if !known.is_empty() && (first || said.is_empty()) {
                *said = known.iter().map(|name| one_line(name)).filter(|name| !name.is_empty()).collect();
            }
        }
    }
}

fn settle<T>(said: &mut Option<T>, known: Option<T>, first: bool) {
    if known.is_some() && (first || said.is_none()) {
        *said = known;
    }
}

/// The civil day of a date as feeds write it.
fn day(text: &str) -> Option<Edtf> {
    match dates::read(text.trim(), None) {
        Reading::Date(said) => said.edtf(None),
        _ => Edtf::parse(text.trim().get(..10)?).ok(),
    }
}
