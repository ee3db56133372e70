//! Reads a site and makes its timeline, as most commands need it.

use super::flags::Common;
use super::report;
use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::io::site::{self, SiteFiles};
use crate::model::Timeline;
use crate::pipeline;

/// A site that was read, and its timeline.
pub struct Loaded {
    /// Its files.
    pub files: SiteFiles,
    /// Its configuration, the command line taken in.
    pub config: Config,
    /// Its timeline.
    pub timeline: Timeline,
    /// What is wrong with it.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads the site that the flags name and makes its timeline.
///
/// # Errors
/// When the site cannot be read at all.
pub fn load(common: &Common) -> anyhow::Result<Loaded> {
    let mut files = site::load(&common.root, common.config.as_deref())?;
    let (mut config, mut diagnostics) = Config::read(files.config.as_ref());
    if let Some(url) = &common.base_url {
        config.base_url = Some(url.clone()).filter(|url| !url.is_empty());
    }
    diagnostics.append(&mut files.diagnostics);
    let (timeline, found) = pipeline::corrected(&config, &files.articles, files.corrections.as_ref());
    diagnostics.extend(found);
    if common.verbose && files.ignored > 0 {
        let ignored = report::count(files.ignored, "file");
        report::note(common, &format!("{ignored} under content/ left alone: none of .md, .markdown, .txt, .html"));
    }
    Ok(Loaded { files, config, timeline, diagnostics })
}
