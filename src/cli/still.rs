//! A build that would change nothing is known before the timeline is made: everything that the site is made from is
//! what the last build had, and every file that it wrote stands untouched.

use super::flags::Common;
use super::remember::{self, PROGRAM};
use crate::diagnostic::Diagnostic;
use crate::io::site::SiteFiles;
use crate::io::{Stamp, keep, output};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::io;
use std::path::Path;

/// The file of what the last build was made from and gave.
const NAME: &str = "whole";

/// A hash of all that a site is made from.
type Source = [u8; 32];

/// What the last build was made from, and what it gave.
#[derive(Debug, Serialize, Deserialize)]
pub struct Still {
    source: Source,
    out: std::path::PathBuf,
    files: Vec<(String, Stamp)>,
    /// Events and articles of the timeline.
    pub counts: (usize, usize),
    /// What is wrong with the site.
    pub diagnostics: Vec<Diagnostic>,
}

/// Gives a hash of all that a site is made from.
pub fn source(common: &Common, files: &SiteFiles) -> Source {
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

impl Still {
    /// Gives what the last build gave, where one from the same into the same folder still stands.
    pub fn standing(root: &Path, out: &Path, source: &Source) -> Option<Still> {
        let still: Still = postcard::from_bytes(&keep::load(root, NAME)?).ok()?;
        let stands = |(path, stamp): &(String, Stamp)| Stamp::plain(&out.join(path)).as_ref() == Some(stamp);
        let fits = still.source == *source && still.out == out;
        (fits && still.files.par_iter().all(stands)).then_some(still)
    }

    /// Tells how many files the site has.
    pub fn files(&self) -> usize {
        // The list of the files is one of them here.
        self.files.len().saturating_sub(1)
    }

    /// Keeps what a build gave for the next one.
    ///
    /// # Errors
    /// When the system refuses.
    pub fn save(
        root: &Path,
        out: &Path,
        source: Source,
        counts: (usize, usize),
        diagnostics: &[Diagnostic],
    ) -> io::Result<()> {
        let look = |path: String| Stamp::plain(&out.join(&path)).map(|stamp| (path, stamp));
        let files: Option<Vec<_>> = output::listed(out)?.into_par_iter().map(look).collect();
        let Some(files) = files else { return Ok(()) };
        let still = Still { source, out: out.to_owned(), files, counts, diagnostics: diagnostics.to_vec() };
        keep::save(root, NAME, &postcard::to_stdvec(&still).map_err(io::Error::other)?)
    }
}
