//! Timeline → the files of the site. Each format is a function of its own that returns bytes.

mod article;
mod density;
mod error;
mod escape;
mod finder;
mod group;
mod html;
mod json;
mod lanes;
mod lists;
mod marks;
mod site;
mod sitemap;
mod theme;
mod tight;
mod view;
mod weave;

pub use error::{Fault, RenderError};
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

/// A site as it is written.
#[derive(Debug)]
pub struct Rendered {
    /// Its files, each path once, in order of path.
    pub files: Vec<OutputFile>,
    /// Files that would have been made, had the site not brought its own of the same path.
    pub replaced: Vec<String>,
}

/// Renders every file of the site, each path once, in order of path.
///
/// # Errors
/// When a template cannot be filled.
pub fn site(config: &Config, timeline: &Timeline, theme: &Theme) -> Result<Vec<OutputFile>, RenderError> {
    rendered(config, timeline, theme).map(|site| site.files)
}

/// Renders the site as [`site`] does, and tells which of its pages the site's own files replace.
///
/// # Errors
/// When a template cannot be filled.
pub fn rendered(config: &Config, timeline: &Timeline, theme: &Theme) -> Result<Rendered, RenderError> {
    let site = Site::new(config, timeline, theme)?;
    // A file that the site itself brings wins over one that is made.
    let mut files = theme.files.clone();
    files.push(OutputFile { path: ".nojekyll".to_owned(), bytes: Vec::new() });
    let mut taken: BTreeSet<String> = files.iter().map(|file| file.path.clone()).collect();
    let mut replaced = Vec::new();
    for export in EXPORTERS {
        for file in export(timeline, &site)? {
            if taken.insert(file.path.clone()) {
                files.push(file);
            } else {
                replaced.push(file.path);
            }
        }
    }
    replaced.sort();
    replaced.dedup();
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files.dedup_by(|later, first| later.path == first.path);
    Ok(Rendered { files, replaced })
}
