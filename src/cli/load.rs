//! Reads a site and makes its timeline, as most commands need it.

use super::flags::Common;
use super::remember::{self, Memory, PROGRAM};
use super::report;
use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::io::cache::Cache;
use crate::io::site::{self, SiteFiles};
use crate::model::{RawFile, Timeline};
use crate::pipeline;
use std::path::Path;

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
    /// What may be kept of it for the next build.
    pub memory: Memory,
}

/// Reads the site that the flags name and makes its timeline.
///
/// # Errors
/// When the site cannot be read at all.
pub fn load(common: &Common) -> anyhow::Result<Loaded> {
    loaded_from(common, opened(common)?)
}

/// Reads the files of the site, to be built from: what the next build can spare itself is written down on the way,
/// for [`Memory::save`] to put in place.
///
/// # Errors
/// When the site cannot be read at all.
pub fn to_build(common: &Common) -> anyhow::Result<SiteFiles> {
    let mut files = opened(common)?;
    files.cache = files.cache.renewed();
    Ok(files)
}

/// Reads the files of the site, but for the articles that the cache has.
///
/// # Errors
/// When the site cannot be read at all.
pub fn opened(common: &Common) -> anyhow::Result<SiteFiles> {
    let open = |root: &Path, raw: Option<&RawFile>| {
        Cache::open(root, PROGRAM, &pipeline::reading_settings(&Config::read(raw).0))
    };
    Ok(site::load_but(&common.root, common.config.as_deref(), open)?)
}

/// Reads all files of the site, where what was kept of them turned out to have no meaning; it is kept anew.
///
/// # Errors
/// When the site cannot be read at all.
pub fn reopened(common: &Common, files: SiteFiles) -> anyhow::Result<SiteFiles> {
    Ok(site::load_but(&common.root, common.config.as_deref(), |_, _| files.cache.emptied())?)
}

/// Makes the timeline of a site's files.
///
/// # Errors
/// When the site must be read once more and cannot be.
pub fn loaded_from(common: &Common, mut files: SiteFiles) -> anyhow::Result<Loaded> {
    let (config, found) = configuration(common, &files);
    let mut made = remember::timeline(&config, &mut files);
    if made.is_none() {
        files = reopened(common, files)?;
        made = remember::timeline(&config, &mut files);
    }
    let Some((timeline, told, memory)) = made else { return whole(common) };
    Ok(loaded(common, files, (config, found), (timeline, told), memory))
}

/// Reads the site as [`load`] does, and every file of it: what is kept of earlier builds has no words of articles.
///
/// # Errors
/// When the site cannot be read at all.
pub fn whole(common: &Common) -> anyhow::Result<Loaded> {
    let files = site::load(&common.root, common.config.as_deref())?;
    let (config, found) = configuration(common, &files);
    let made = pipeline::corrected(&config, &files.articles, files.corrections.as_ref());
    Ok(loaded(common, files, (config, found), made, Memory::default()))
}

/// Reads the configuration and takes the command line in.
pub fn configuration(common: &Common, files: &SiteFiles) -> (Config, Vec<Diagnostic>) {
    let (mut config, found) = Config::read(files.config.as_ref());
    if let Some(url) = &common.base_url {
        config.base_url = Some(url.clone()).filter(|url| !url.is_empty());
    }
    (config, found)
}

fn loaded(
    common: &Common,
    mut files: SiteFiles,
    (config, mut diagnostics): (Config, Vec<Diagnostic>),
    (timeline, told): (Timeline, Vec<Diagnostic>),
    memory: Memory,
) -> Loaded {
    diagnostics.append(&mut files.diagnostics);
    diagnostics.extend(told);
    if common.verbose && files.ignored > 0 {
        let ignored = report::count(files.ignored, "file");
        report::note(common, &format!("{ignored} under content/ left alone: none of .md, .markdown, .txt, .html"));
    }
    Loaded { files, config, timeline, diagnostics, memory }
}
