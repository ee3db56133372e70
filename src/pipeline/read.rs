//! What one article gives by itself, so that whoever keeps it need not work it out again.

use super::read_dates;
use crate::article::adding::Signs;
use crate::article::{self, Written};
use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::extract;
use crate::lang::{self, Language};
use crate::model::{Article, Mention, Published, RawArticle, Resolved, Timex};
use crate::normalize;
use serde::{Deserialize, Serialize};

/// What reading one file of `content/` gives; nothing of it depends on any other file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Read {
    /// The article, and what an event written by hand states besides; none for a draft or what cannot be read.
    pub(super) article: Option<(Article, Option<Written>)>,
    /// Its time expressions; of an event written by hand none is looked for.
    pub(super) dates: Vec<Timex>,
    /// What is wrong with it.
    pub(super) found: Vec<Diagnostic>,
}

impl Read {
    /// Reads an article and finds its time expressions.
    pub fn of(config: &Config, raw: &RawArticle) -> Read {
        let (article, found) = article::read_whole(&reading(config), raw);
        let told = article.as_ref().filter(|(article, _)| article.event.is_none());
        let dates = told.map(|(article, _)| read_dates(lang::english(), article)).unwrap_or_default();
        Read { article, dates, found }
    }

    /// Gives by what the article is known again; an event written by hand is no article.
    pub fn signs(&self) -> Option<Signs> {
        signs(&self.article.as_ref()?.0)
    }

    /// Gives by what an article is known again that was not read yet.
    pub fn signs_of(config: &Config, raw: &RawArticle) -> Option<Signs> {
        signs(&article::read(&reading(config), raw).0?)
    }
}

fn signs(article: &Article) -> Option<Signs> {
    article.event.is_none().then(|| Signs::of(&article.path, article))
}

/// What an article tells, as long as its id and its publication date stay the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    pub(super) id: String,
    pub(super) published: Option<Published>,
    pub(super) resolved: Vec<Resolved>,
    pub(super) mentions: Vec<Mention>,
}

impl Told {
    /// Resolves the time expressions of an article and finds what it tells; events written by hand are taken as
    /// they stand.
    pub(super) fn of(language: &Language, article: &Article, dates: Vec<Timex>) -> Told {
        let resolved = normalize::resolve(language, article, dates);
        let mut mentions = match article.event {
            None => extract::mentions(language, 0, article, &resolved),
            Some(_) => Vec::new(),
        };
        // All mentions of a site are held at once: no room is kept that nothing will fill.
        for Mention { title, continued, .. } in &mut mentions {
            title.shrink_to_fit();
            continued.shrink_to_fit();
        }
        Told { id: article.id.clone(), published: article.published.clone(), resolved, mentions }
    }

    /// Tells whether it is what the article tells as it was settled among the others.
    pub(super) fn fits(&self, article: &Article) -> bool {
        self.id == article.id && self.published == article.published
    }
}

/// An article that was read, and what it told when an earlier build read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// What reading gives.
    pub read: Read,
    /// What it told then.
    pub told: Option<Told>,
}

/// Gives all of the configuration on which reading depends, in words: what was kept under other ones is of no use.
pub fn reading_settings(config: &Config) -> String {
    reading(config).language
}

/// Leaves of the configuration what reading may depend on, so that it cannot depend on anything else.
fn reading(config: &Config) -> Config {
    Config { language: config.language.clone(), ..Config::default() }
}
