//! Timeline → the files of the site: HTML pages, `events.json`, `sitemap.xml`, `robots.txt`.

mod escape;
mod html;
mod json;
mod theme;

pub use theme::Theme;

use crate::config::Config;
use crate::model::{OutputFile, Timeline};
use std::collections::BTreeMap;

/// Why the site could not be made: a template that cannot be read or filled, with file, line and caret.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct RenderError(String);

impl From<tera::Error> for RenderError {
    fn from(error: tera::Error) -> RenderError {
        let mut text = error.to_string();
        let mut source = std::error::Error::source(&error);
        while let Some(error) = source {
            text.push_str(": ");
            text.push_str(&error.to_string());
            source = error.source();
        }
        RenderError(text)
    }
}

/// Makes every file of the site, in order of path; a static file of the site's own wins over a page.
///
/// # Errors
/// When a template cannot be filled.
pub fn site(config: &Config, timeline: &Timeline, theme: &Theme) -> Result<Vec<OutputFile>, RenderError> {
    let mut files = BTreeMap::new();
    html::pages(config, timeline, theme, &mut files)?;
    let mut sitemap = Vec::new();
    if let Some(base) = &config.base_url {
        let pages = files.keys().filter(|path| path.ends_with("index.html"));
        sitemap.extend(pages.map(|path: &String| format!("{base}{}", path.trim_end_matches("index.html"))));
    }
    files.insert("sitemap.xml".to_owned(), sitemap_xml(&sitemap));
    let robots = config.base_url.as_ref().map(|base| format!("Sitemap: {base}sitemap.xml\n"));
    let robots = format!("User-agent: *\nAllow: /\n{}", robots.unwrap_or_default());
    files.insert("robots.txt".to_owned(), robots.into_bytes());
    files.insert("events.json".to_owned(), json::write(timeline)?);
    files.insert(".nojekyll".to_owned(), Vec::new());
    for (path, bytes) in theme.assets() {
        files.insert(path.clone(), bytes.clone());
    }
    Ok(files.into_iter().map(|(path, bytes)| OutputFile { path, bytes }).collect())
}

/// Gives the events with their sources as JSON, the contract that other programs read.
///
/// # Errors
/// When the timeline cannot be written as JSON.
pub fn events_json(_config: &Config, timeline: &Timeline) -> Result<Vec<u8>, RenderError> {
    json::write(timeline)
}

fn sitemap_xml(addresses: &[String]) -> Vec<u8> {
    let mut xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_owned();
    xml.push_str("<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n");
    for address in addresses {
        xml.push_str("  <url><loc>");
        escape::push(&mut xml, address);
        xml.push_str("</loc></url>\n");
    }
    xml.push_str("</urlset>\n");
    xml.into_bytes()
}
