//! What is kept of articles from build to build: takes it out of the cache, and puts in what was worked out anew.

use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::io::cache::{Cache, Hash, Kept, Stamps};
use crate::io::site::SiteFiles;
use crate::model::{RawArticle, Timeline};
use crate::pipeline::{self, Keys, Known, Read, Told};
use rayon::prelude::*;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io;
use std::sync::{Mutex, PoisonError};

/// The program, by all that it is built from.
pub const PROGRAM: &str = env!("DATELINE_PROGRAM");

/// What is to be kept of the articles, by path; only of those that no other has the path of.
#[derive(Debug, Default)]
pub struct Memory {
    entries: BTreeMap<String, Entry>,
}

/// What is to be kept of one article; what the cache holds already is not held twice.
#[derive(Debug, Default)]
struct Entry {
    stamps: Option<Stamps>,
    key: Hash,
    read: Option<Vec<u8>>,
    told: Option<Vec<u8>>,
}

/// Why what was kept is of no use after all.
struct Spoilt;

/// Makes the timeline of a site, as far as it can of what is kept; `None` where that turns out to be of no use.
pub fn timeline(config: &Config, files: &SiteFiles) -> Option<(Timeline, Vec<Diagnostic>, Memory)> {
    let known = files.known.par_iter().map(|path| recall(files.cache.kept(path)));
    let read = files.articles.par_iter().zip(&files.stamps).map(|(raw, stamps)| {
        let key = key(raw);
        let stamps = files.cache.settled(*stamps);
        if let Some(kept) = files.cache.find(&raw.file.path, &key) {
            let (path, known, entry) = recall(Some(kept))?;
            return Ok((path, known, Entry { stamps, ..entry }));
        }
        let read = Read::of(config, raw);
        let bytes = postcard::to_stdvec(&read).map_err(|_| Spoilt)?;
        let entry = Entry { stamps, key, read: Some(bytes), told: None };
        Ok((raw.file.path.clone(), Known { read, told: None }, entry))
    });
    let all: Result<Vec<_>, Spoilt> = known.chain(read).collect();
    let (mut articles, mut memory, mut doubled) = (Vec::new(), Memory::default(), Vec::new());
    for (path, known, entry) in all.ok()? {
        articles.push(known);
        if memory.entries.insert(path.clone(), entry).is_some() {
            doubled.push(path);
        }
    }
    for path in doubled {
        memory.entries.remove(&path);
    }
    let told: Mutex<Vec<(String, Vec<u8>)>> = Mutex::default();
    let keep = |path: &str, this: &Told| {
        if let Ok(bytes) = postcard::to_stdvec(this) {
            told.lock().unwrap_or_else(PoisonError::into_inner).push((path.to_owned(), bytes));
        }
    };
    let (timeline, diagnostics) = pipeline::from_known(articles, files.corrections.as_ref(), keep);
    for (path, bytes) in told.into_inner().unwrap_or_else(PoisonError::into_inner) {
        if let Some(entry) = memory.entries.get_mut(&path) {
            entry.told = Some(bytes);
        }
    }
    Some((timeline, diagnostics, memory))
}

impl Memory {
    /// Gives the keys of what the articles were read from, by path.
    pub fn keys(&self) -> Keys {
        self.entries.iter().map(|(path, entry)| (path.clone(), entry.key)).collect()
    }

    /// Keeps it all for the next build.
    ///
    /// # Errors
    /// When the system refuses.
    pub fn save(&self, cache: &Cache) -> io::Result<()> {
        let kept = self.entries.iter().map(|(path, entry)| {
            let Entry { stamps, key, .. } = *entry;
            let old = match (cache.find(path, &key), &entry.read, &entry.told) {
                (Some(old), None, None) => return old.with(stamps),
                (old, ..) => old,
            };
            let (read, told) = old.map_or_else(Default::default, |old| (old.read, old.told));
            let read = entry.read.as_deref().map_or(read, Cow::Borrowed);
            Kept::new(path, stamps, key, read, entry.told.as_deref().map_or(told, Cow::Borrowed))
        });
        cache.save(&kept.collect::<Vec<_>>())
    }
}

/// Takes one article out of the cache.
fn recall(kept: Option<Kept>) -> Result<(String, Known, Entry), Spoilt> {
    let Kept { path, stamps, key, read, told, .. } = kept.ok_or(Spoilt)?;
    let told = (!told.is_empty()).then(|| postcard::from_bytes(&told)).transpose().map_err(|_| Spoilt)?;
    let known = Known { read: postcard::from_bytes(&read).map_err(|_| Spoilt)?, told };
    Ok((path, known, Entry { stamps, key, read: None, told: None }))
}

/// Gives a hash of all that an article is read from.
fn key(raw: &RawArticle) -> Hash {
    let mut key = blake3::Hasher::new();
    for file in [Some(&raw.file), raw.sidecar.as_ref()].into_iter().flatten() {
        for part in [file.path.as_bytes(), &file.bytes] {
            key.update(&(part.len() as u64).to_le_bytes()).update(part);
        }
    }
    *key.finalize().as_bytes()
}
