//! What earlier builds found in each article, kept in `.dateline/` so that an unchanged one is not read again.
//!
//! The cache is believed only where everything fits: the program that made it, its settings, the article, and
//! the checksum of every byte. Anything else is as if it were not there. It is written whole under a name of its
//! own and then renamed, so that two builds at once never mix, and holds just the articles of the last build. It is
//! read piece by piece, as each is asked for, so that it never lies in memory as a whole.

use super::scrap::scrap;
use super::stamp::{Stamp, settled};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{self, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;
use tempfile::NamedTempFile;

/// The folder of the cache in the site's folder.
pub(super) const FOLDER: &str = ".dateline";
const NAME: &str = "articles.cache";
const MAGIC: &[u8; 16] = b"dateline-cache-2";
/// What stands behind the list of entries, at the very end: its length and its checksum.
const FOOT: u64 = 8 + 32;

/// The checksum of what is kept, and the key of what it was made from.
pub type Hash = [u8; 32];

/// What the files of one article looked like: its own, and the metadata beside it.
pub type Stamps = (Stamp, Option<Stamp>);

/// A piece of what is kept of an article, and where it lies in the cache that is being written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Piece {
    start: u64,
    length: u64,
    sum: Hash,
}

/// What the cache holds of one article.
#[derive(Debug, Clone)]
pub struct Kept {
    /// The hash of the bytes that it was read from.
    pub key: Hash,
    /// What its files looked like; none where they were written too lately to be told by it.
    pub stamps: Option<Stamps>,
    /// What reading gave.
    pub read: Vec<u8>,
    /// What was told of it, where anything was.
    pub told: Option<Vec<u8>>,
}

/// What is to be kept of one article: when it may be believed, and what was worked out anew.
#[derive(Debug, Default)]
pub struct Keep {
    /// What its files look like; none where they were written too lately to be told by it.
    pub stamps: Option<Stamps>,
    /// The hash of the bytes that it was read from.
    pub key: Hash,
    /// What reading gave; none where the cache has it.
    pub read: Option<Piece>,
    /// What was told of it; none where the cache has it, or nothing was.
    pub told: Option<Piece>,
}

#[derive(Serialize, Deserialize)]
struct List {
    program: String,
    settings: String,
    entries: Vec<Entry>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Entry {
    path: String,
    stamps: Option<Stamps>,
    key: Hash,
    read: Piece,
    told: Option<Piece>,
}

/// What an earlier build kept.
#[derive(Debug, Default)]
pub struct Cache {
    /// Where the next one is written; none where nothing is kept.
    file: Option<PathBuf>,
    /// Whether the next one is written at all.
    renews: bool,
    program: String,
    settings: String,
    began: Option<SystemTime>,
    pieces: Option<Pieces>,
    entries: Vec<Entry>,
    places: HashMap<String, usize>,
    /// The next one, as far as it is written: pieces go there as they are made, so that none is held.
    next: Mutex<Next>,
}

/// The pieces of a cache, where they lie in its file.
#[derive(Debug)]
struct Pieces {
    file: Mutex<File>,
    /// Where the last of them ends.
    end: u64,
}

/// A cache that is being written.
#[derive(Debug, Default)]
enum Next {
    /// Nothing is new yet.
    #[default]
    Unopened,
    Open(BufWriter<NamedTempFile>, u64),
    Failed(io::Error),
}

impl Cache {
    /// Opens the cache of the site in `root`; whatever cannot be believed is left out.
    ///
    /// `root` must be canonical, and nothing of the site may have been looked at yet.
    pub fn open(root: &Path, program: &str, settings: &str) -> Cache {
        let folder = root.join(FOLDER);
        // A link may have come with the site: nothing is written through it.
        if fs::symlink_metadata(&folder).is_ok_and(|there| !there.is_dir()) {
            return Cache::default();
        }
        let mut cache = Cache {
            file: Some(folder.join(NAME)),
            program: program.to_owned(),
            settings: settings.to_owned(),
            began: Some(SystemTime::now()),
            ..Cache::default()
        };
        let there = cache.file.as_deref().filter(|file| fs::symlink_metadata(file).is_ok_and(|there| there.is_file()));
        if let Some(file) = there.and_then(|file| File::open(file).ok()) {
            cache.take(file);
        }
        cache
    }

    /// Gets ready to write the next cache in the place of this one.
    pub fn renewed(self) -> Cache {
        Cache { renews: true, ..self }
    }

    /// Forgets all that was kept; what is kept next takes its place.
    pub fn emptied(self) -> Cache {
        let Cache { file, renews, program, settings, began, .. } = self;
        Cache { file, renews, program, settings, began, ..Cache::default() }
    }

    /// Takes over a cache where it fits.
    fn take(&mut self, mut file: File) {
        let Some((list, end)) = list(&mut file) else { return };
        if list.program != self.program || list.settings != self.settings {
            return;
        }
        self.places = list.entries.iter().enumerate().map(|(i, entry)| (entry.path.clone(), i)).collect();
        self.entries = list.entries;
        self.pieces = Some(Pieces { file: Mutex::new(file), end });
    }

    /// Tells whether the files of an article look as they did when it was kept, so that they need not be read; whether
    /// what was kept of them is sound, [`Cache::kept`] finds out.
    pub fn stands(&self, path: &str, stamps: &Stamps) -> bool {
        self.entry(path).is_some_and(|entry| entry.stamps.as_ref() == Some(stamps))
    }

    /// Gives what is kept of an article that was read from bytes of this hash.
    pub fn find(&self, path: &str, key: &Hash) -> Option<Kept> {
        self.entry(path).filter(|entry| entry.key == *key).and_then(|_| self.kept(path))
    }

    /// Gives what is kept of an article whose files need not be read.
    pub fn kept(&self, path: &str) -> Option<Kept> {
        let (entry, pieces) = (self.entry(path)?, self.pieces.as_ref()?);
        let sound = |part, piece: &Piece| {
            let bytes = pieces.get(piece).ok()?;
            (sum(&entry.key, part, &bytes) == piece.sum).then_some(bytes)
        };
        let told = match &entry.told {
            Some(told) => Some(sound(Part::Told, told)?),
            None => None,
        };
        Some(Kept { key: entry.key, stamps: entry.stamps, read: sound(Part::Read, &entry.read)?, told })
    }

    /// Gives the hash of the bytes that an article was read from.
    pub fn key(&self, path: &str) -> Option<Hash> {
        self.entry(path).map(|entry| entry.key)
    }

    fn entry(&self, path: &str) -> Option<&Entry> {
        self.entries.get(*self.places.get(path)?)
    }

    /// Gives the stamps that may be kept of files that were just read: none of those written too lately.
    pub fn settled(&self, stamps: Option<Stamps>) -> Option<Stamps> {
        let (own, beside) = stamps?;
        let began = self.began?;
        (settled(&own, began) && beside.is_none_or(|beside| settled(&beside, began))).then_some((own, beside))
    }

    /// Writes what reading an article gave into the next cache; none where that cannot be written.
    pub fn put_read(&self, key: &Hash, bytes: &[u8]) -> Option<Piece> {
        self.put(key, Part::Read, bytes)
    }

    /// Writes what was told of an article into the next cache; none where that cannot be written.
    pub fn put_told(&self, key: &Hash, bytes: &[u8]) -> Option<Piece> {
        self.put(key, Part::Told, bytes)
    }

    fn put(&self, key: &Hash, part: Part, bytes: &[u8]) -> Option<Piece> {
        let file = self.file.as_deref().filter(|_| self.renews)?;
        let sum = sum(key, part, bytes);
        let start = self.next.lock().unwrap_or_else(PoisonError::into_inner).put(file, bytes)?;
        Some(Piece { start, length: bytes.len() as u64, sum })
    }

    /// Writes what is to be kept of each path, in their order, where it is not what stands there already.
    ///
    /// # Errors
    /// When the system refuses; the cache that stood there still stands then.
    pub fn save<'k>(self, all: impl Iterator<Item = (&'k String, &'k Keep)>) -> io::Result<()> {
        let Some(file) = self.file.as_deref().filter(|_| self.renews) else { return Ok(()) };
        let (mut entries, mut same) = (Vec::new(), self.pieces.is_some());
        for (path, keep) in all {
            let old = self.entry(path).filter(|old| old.key == keep.key);
            same &= keep.read.is_none() && keep.told.is_none();
            let (read, told) = (keep.read.or(old.map(|old| old.read)), keep.told.or(old.and_then(|old| old.told)));
            let entry = |read| Entry { path: path.clone(), stamps: keep.stamps, key: keep.key, read, told };
            entries.extend(read.map(entry).map(|entry| (entry, keep.read.is_some(), keep.told.is_some())));
        }
        if same && entries.iter().map(|(entry, ..)| entry).eq(&self.entries) {
            return Ok(());
        }
        let mut next = self.next.into_inner().unwrap_or_else(PoisonError::into_inner);
        for (Entry { read, told, .. }, is_new, is_told_new) in &mut entries {
            for (piece, is_new) in [(Some(read), *is_new), (told.as_mut(), *is_told_new)] {
                let (Some(piece), Some(old)) = (piece.filter(|_| !is_new), &self.pieces) else { continue };
                piece.start = next.put(file, &old.get(piece)?).unwrap_or_default();
            }
        }
        let entries = entries.into_iter().map(|(entry, ..)| entry).collect();
        // Not every system puts a file in the place of one that is open.
        drop(self.pieces);
        let list = List { program: self.program, settings: self.settings, entries };
        let list = postcard::to_stdvec(&list).map_err(io::Error::other)?;
        next.put(file, &list);
        next.put(file, &(list.len() as u64).to_le_bytes());
        next.put(file, blake3::hash(&list).as_bytes());
        match next {
            Next::Open(out, _) => {
                let new = out.into_inner().map_err(io::IntoInnerError::into_error)?;
                new.persist(file).map(drop).map_err(|error| error.error)
            }
            Next::Failed(error) => Err(error),
            Next::Unopened => Ok(()),
        }
    }
}

impl Next {
    /// Adds bytes and gives where they begin.
    fn put(&mut self, file: &Path, bytes: &[u8]) -> Option<u64> {
        if let Next::Unopened = self {
            *self = match begin(file.parent().unwrap_or(file)) {
                Ok(out) => Next::Open(out, MAGIC.len() as u64),
                Err(error) => Next::Failed(error),
            };
        }
        let Next::Open(out, end) = self else { return None };
        let start = *end;
        *end += bytes.len() as u64;
        if let Err(error) = out.write_all(bytes) {
            *self = Next::Failed(error);
            return None;
        }
        Some(start)
    }
}

fn begin(folder: &Path) -> io::Result<BufWriter<NamedTempFile>> {
    let mut out = BufWriter::with_capacity(1 << 18, scrap(folder)?);
    out.write_all(MAGIC)?;
    Ok(out)
}

impl Pieces {
    /// Reads a piece.
    fn get(&self, piece: &Piece) -> io::Result<Vec<u8>> {
        let end = piece.start.checked_add(piece.length).filter(|end| *end <= self.end);
        end.ok_or(io::ErrorKind::UnexpectedEof)?;
        read_at(&mut self.file.lock().unwrap_or_else(PoisonError::into_inner), piece.start, piece.length)
    }
}

/// Reads bytes that are known to lie in the file.
fn read_at(file: &mut File, start: u64, length: u64) -> io::Result<Vec<u8>> {
    let mut bytes = vec![0; usize::try_from(length).map_err(io::Error::other)?];
    file.seek(SeekFrom::Start(start))?;
    file.read_exact(&mut bytes)?;
    Ok(bytes)
}

/// Reads the list of entries, and gives where it begins.
fn list(file: &mut File) -> Option<(List, u64)> {
    let whole = file.metadata().ok()?.len();
    let foot = whole.checked_sub(FOOT).filter(|foot| *foot >= MAGIC.len() as u64)?;
    (read_at(file, 0, MAGIC.len() as u64).ok()? == MAGIC).then_some(())?;
    let sums = read_at(file, foot, FOOT).ok()?;
    let (length, sum) = sums.split_first_chunk::<8>()?;
    let length = u64::from_le_bytes(*length);
    let start = foot.checked_sub(length).filter(|start| *start >= MAGIC.len() as u64)?;
    let list = read_at(file, start, length).ok()?;
    let list = (blake3::hash(&list).as_bytes() == sum).then(|| postcard::from_bytes(&list).ok())??;
    Some((list, start))
}

/// What a piece holds.
#[derive(Clone, Copy)]
enum Part {
    Read = 0,
    Told = 1,
}

/// The checksum holds the key and the part too, so that no piece is taken for another.
fn sum(key: &Hash, part: Part, bytes: &[u8]) -> Hash {
    *blake3::Hasher::new().update(key).update(&[part as u8]).update(bytes).finalize().as_bytes()
}
