//! Timeline → the files of the site. Each format is a function of its own that returns bytes.

mod article;
mod error;
mod escape;
mod group;
mod html;
mod json;
mod lists;
mod site;
mod sitemap;
mod theme;
mod view;
mod weave;

pub use error::RenderError;
pub use json::events_json;
pub use site::Site;
pub use theme::Theme;

use crate::config::Config;
use crate::model::{OutputFile, Timeline};
use std::collections::BTreeSet;

/// One format: a timeline in, whole files out.
type Exporter = fn(&Timeline, &Site) -> Result<Vec<OutputFile>, RenderError>;

/// Every format of the site.
const EXPORTERS: &[Exporter] = &[html::pages, json::file, sitemap::files];

/// Renders every file of the site, each path once, in order of path.
///
/// # Errors
/// When a template cannot be filled.
pub fn site(config: &Config, timeline: &Timeline, theme: &Theme) -> Result<Vec<OutputFile>, RenderError> {
    let site = Site::new(config, timeline, theme)?;
    // A file that the site itself brings wins over one that is made.
    let mut files = theme.files.clone();
    files.push(OutputFile { path: ".nojekyll".to_owned(), bytes: Vec::new() });
    let mut taken: BTreeSet<String> = files.iter().map(|file| file.path.clone()).collect();
    for export in EXPORTERS {
        files.extend(export(timeline, &site)?.into_iter().filter(|file| taken.insert(file.path.clone())));
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files.dedup_by(|later, first| later.path == first.path);
    Ok(files)
}
