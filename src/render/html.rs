//! The pages.

use super::{RenderError, Theme};
use crate::config::Config;
use crate::model::Timeline;
use serde::Serialize;
use std::collections::BTreeMap;

#[derive(Serialize)]
struct Page<'a> {
    title: &'a str,
    root: &'a str,
}

/// Writes every page under its path.
///
/// # Errors
/// When a template cannot be filled.
pub fn pages(
    config: &Config,
    timeline: &Timeline,
    theme: &Theme,
    files: &mut BTreeMap<String, Vec<u8>>,
) -> Result<(), RenderError> {
    let fill = |template, title, root| theme.fill(template, &Page { title, root });
    files.insert("index.html".to_owned(), fill("index.html", &config.title, "")?);
    files.insert("404.html".to_owned(), fill("404.html", &config.title, "/")?);
    for article in &timeline.articles {
        let path = format!("articles/{}/index.html", article.id);
        files.insert(path, fill("article.html", &article.title.value, "../../")?);
    }
    for event in &timeline.events {
        let path = format!("events/{}/index.html", event.id);
        files.insert(path, fill("event.html", &event.title, "../../")?);
    }
    Ok(())
}
