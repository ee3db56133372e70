//! What a site is made from, as one hash, and what a build of it gave: by that a build that would change nothing is
//! known before the timeline is made.

use super::flags::Common;
use super::remember::{self, PROGRAM};
use crate::diagnostic::Diagnostic;
use crate::io::site::SiteFiles;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

/// A hash of all that a site is made from.
pub type SitePrint = [u8; 32];

/// What a build gave.
#[derive(Debug, Serialize, Deserialize)]
pub struct Gave {
    /// What it was made from.
    pub print: SitePrint,
    /// Events and articles of the timeline.
    pub counts: (usize, usize),
    /// What is wrong with the site.
    pub diagnostics: Vec<Diagnostic>,
}

/// Gives a hash of all that a site is made from.
pub fn site_print(common: &Common, files: &SiteFiles) -> SitePrint {
    let known = files.known.par_iter().map(|path| (path, files.cache.key(path)));
    let read = files.articles.par_iter().map(|raw| (&raw.file.path, Some(remember::key(raw))));
    let mut articles: Vec<_> = known.chain(read).collect();
    // Two files can have one path as it is shown: then their order is that of their bytes.
    articles.sort_unstable();
    let mut sum = blake3::Hasher::new();
    let mut add = |part: &[u8]| {
        sum.update(&(part.len() as u64).to_le_bytes()).update(part);
    };
    add(PROGRAM.as_bytes());
    add(format!("{:?}", (&common.base_url, files.ignored, &files.diagnostics, articles.len())).as_bytes());
    for (path, key) in articles {
        add(path.as_bytes());
        add(key.as_ref().map_or(&[][..], |key| key));
    }
    let own = [&files.config, &files.corrections].map(Option::as_slice);
    for list in own.into_iter().chain([files.templates.as_slice(), &files.static_files]) {
        add(&list.len().to_le_bytes());
        for file in list {
            add(file.path.as_bytes());
            add(&file.bytes);
        }
    }
    *sum.finalize().as_bytes()
}
