//! What is kept of articles from build to build: takes it out of the cache, and puts in what was worked out anew.

use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::io::cache::{Cache, Hash, Keep, Kept};
use crate::io::site::SiteFiles;
use crate::model::{RawArticle, Timeline};
use crate::pipeline::{self, Keys, Known, Read, Told, adding};
use rayon::prelude::*;
use std::collections::{BTreeMap, HashMap};
use std::io;
use std::sync::{Mutex, PoisonError};

/// The program, by all that it is built from.
pub const PROGRAM: &str = env!("DATELINE_PROGRAM");

/// What is to be kept of the articles, by path; only of those that no other has the path of.
#[derive(Debug, Default)]
pub struct Memory {
    entries: BTreeMap<String, Keep>,
}

/// Why what was kept is of no use after all.
struct Spoilt;

/// Makes the timeline of a site, as far as it can of what is kept, and lets go of the articles' files; `None` where
/// what was kept turns out to be of no use.
pub fn timeline(config: &Config, files: &mut SiteFiles) -> Option<(Timeline, Vec<Diagnostic>, Memory)> {
    let (articles, stamps) = (std::mem::take(&mut files.articles), std::mem::take(&mut files.stamps));
    let cache = &files.cache;
    let known = files.known.par_iter().map(|path| {
        let kept = cache.kept(path).ok_or(Spoilt)?;
        Ok((path.clone(), recall(&kept)?, Keep { stamps: kept.stamps, key: kept.key, ..Keep::default() }))
    });
    let read = articles.into_par_iter().zip(stamps).map(|(raw, stamps)| {
        let (key, stamps) = (key(&raw), cache.settled(stamps));
        let (known, read) = match cache.find(&raw.file.path, &key) {
            Some(kept) => (recall(&kept)?, None),
            None => {
                let read = Read::of(config, &raw);
                let bytes = postcard::to_stdvec(&read).map_err(|_| Spoilt)?;
                (Known { read, told: None }, cache.put_read(&key, &bytes))
            }
        };
        Ok((raw.file.path, known, Keep { stamps, key, read, told: None }))
    });
    let all: Result<Vec<_>, Spoilt> = known.chain(read).collect();
    let all = all.ok()?;
    let (mut articles, mut memory, mut doubled) = (Vec::with_capacity(all.len()), Memory::default(), Vec::new());
    for (path, known, keep) in all {
        articles.push(known);
        if memory.entries.insert(path.clone(), keep).is_some() {
            doubled.push(path);
        }
    }
    for path in doubled {
        memory.entries.remove(&path);
    }
    let keys: HashMap<&str, Hash> = memory.entries.iter().map(|(path, entry)| (path.as_str(), entry.key)).collect();
    let told = Mutex::new(Vec::new());
    let keep = |path: &str, this: &Told| {
        let Some(key) = keys.get(path) else { return };
        let piece = postcard::to_stdvec(this).ok().and_then(|bytes| cache.put_told(key, &bytes));
        told.lock().unwrap_or_else(PoisonError::into_inner).push((path.to_owned(), piece));
    };
    let (timeline, diagnostics) = pipeline::from_known(articles, files.corrections.as_ref(), keep);
    for (path, piece) in told.into_inner().unwrap_or_else(PoisonError::into_inner) {
        if let Some(entry) = memory.entries.get_mut(&path) {
            entry.told = piece;
        }
    }
    Some((timeline, diagnostics, memory))
}

/// Gives by what the articles of a site are known again; what the cache has of them is not read anew. `None` where
/// what was kept turns out to be of no use.
pub fn known(config: &Config, files: &SiteFiles) -> Option<adding::Known> {
    let kept = |path: &String| {
        let read = files.cache.kept(path).and_then(|kept| postcard::from_bytes::<Read>(&kept.read).ok());
        Some((path.clone(), read?.signs()))
    };
    let read = |raw: &RawArticle| {
        let kept = files.cache.find(&raw.file.path, &key(raw));
        let kept = kept.and_then(|kept| postcard::from_bytes::<Read>(&kept.read).ok());
        Some((raw.file.path.clone(), kept.map_or_else(|| Read::signs_of(config, raw), |read| read.signs())))
    };
    let all: Option<Vec<_>> = files.known.par_iter().map(kept).chain(files.articles.par_iter().map(read)).collect();
    let mut all = all?;
    all.sort_by(|(one, _), (other, _)| one.cmp(other));
    let mut known = adding::Known::default();
    known.add_all(all.into_iter().filter_map(|(_, signs)| signs));
    Some(known)
}

impl Memory {
    /// Gives the keys of what the articles were read from, by path.
    pub fn keys(self) -> Keys {
        self.entries.into_iter().map(|(path, entry)| (path, entry.key)).collect::<HashMap<_, Hash, _>>()
    }

    /// Keeps it all for the next build.
    ///
    /// # Errors
    /// When the system refuses.
    pub fn save(&self, cache: Cache) -> io::Result<()> {
        cache.save(self.entries.iter())
    }
}

/// Takes one article out of the cache.
fn recall(kept: &Kept) -> Result<Known, Spoilt> {
    let told = kept.told.as_deref().map(postcard::from_bytes).transpose().map_err(|_| Spoilt)?;
    Ok(Known { read: postcard::from_bytes(&kept.read).map_err(|_| Spoilt)?, told })
}

/// Gives a hash of all that an article is read from.
pub fn key(raw: &RawArticle) -> Hash {
    let mut key = blake3::Hasher::new();
    for file in [Some(&raw.file), raw.sidecar.as_ref()].into_iter().flatten() {
        for part in [file.path.as_bytes(), &file.bytes] {
            key.update(&(part.len() as u64).to_le_bytes()).update(part);
        }
    }
    *key.finalize().as_bytes()
}
