//! What earlier builds found in each article, kept in `.dateline/` so that an unchanged one is not read again.
//!
//! The cache is believed only where everything fits: the program that made it, its settings, the article, and
//! the checksum of every byte. Anything else is as if it were not there. It is written whole under a name of its
//! own and then renamed, so that two builds at once never mix, and holds just the articles of the last build.

use super::stamp::{Stamp, settled};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::HashMap;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::time::SystemTime;

/// The folder of the cache in the site's folder.
pub(super) const FOLDER: &str = ".dateline";
const NAME: &str = "articles.cache";
/// How the names of files begin that are being written.
const SCRAP: &str = "tmp-";
const MAGIC: &[u8; 16] = b"dateline-cache-1";
/// Where the list of entries begins: behind the sign, its length and its checksum.
const HEAD: usize = 16 + 8 + 32;

/// The checksum of what is kept, and the key of what it was made from.
pub type Hash = [u8; 32];

/// What the files of one article looked like: its own, and the metadata beside it.
pub type Stamps = (Stamp, Option<Stamp>);

/// One article's entry: when it may be believed, and what it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept<'c> {
    /// The article's path.
    pub path: String,
    /// What its files look like; none where they were written too lately to be told by it.
    pub stamps: Option<Stamps>,
    /// The hash of the bytes that it was read from.
    pub key: Hash,
    /// What reading gave.
    pub read: Cow<'c, [u8]>,
    /// What was told of it, where anything was.
    pub told: Cow<'c, [u8]>,
    sum: Hash,
}

impl<'c> Kept<'c> {
    /// Makes the entry of an article that was read anew.
    pub fn new(path: &str, stamps: Option<Stamps>, key: Hash, read: Cow<'c, [u8]>, told: Cow<'c, [u8]>) -> Kept<'c> {
        let sum = sum(&key, &read, &told);
        Kept { path: path.to_owned(), stamps, key, read, told, sum }
    }

    /// Gives the same entry for files that look like this now.
    pub fn with(self, stamps: Option<Stamps>) -> Kept<'c> {
        Kept { stamps, ..self }
    }
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
    /// Lengths of what reading gave and of what was told.
    lengths: (usize, usize),
    sum: Hash,
}

/// What an earlier build kept.
#[derive(Debug, Default)]
pub struct Cache {
    /// Where the next one is written; none where nothing is kept.
    file: Option<PathBuf>,
    program: String,
    settings: String,
    began: Option<SystemTime>,
    bytes: Vec<u8>,
    entries: Vec<Entry>,
    /// For each of them whether its bytes are what was written, once that was asked.
    sound: Vec<OnceLock<bool>>,
    /// For each path its entry, and where its bytes begin.
    places: HashMap<String, (usize, usize)>,
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
        let bytes = cache.file.as_deref().filter(|file| fs::symlink_metadata(file).is_ok_and(|there| there.is_file()));
        if let Some(bytes) = bytes.and_then(|file| fs::read(file).ok()) {
            cache.take(bytes);
        }
        cache
    }

    /// Forgets all that was kept; what is kept next takes its place.
    pub fn emptied(self) -> Cache {
        let Cache { file, program, settings, began, .. } = self;
        Cache { file, program, settings, began, ..Cache::default() }
    }

    /// Takes over the bytes of a cache where they fit.
    fn take(&mut self, bytes: Vec<u8>) {
        let Some((list, start)) = list(&bytes) else { return };
        let total = list.entries.iter().try_fold(start, |at, entry| at.checked_add(entry.length()?));
        if list.program != self.program || list.settings != self.settings || total != Some(bytes.len()) {
            return;
        }
        let mut at = start;
        for (i, entry) in list.entries.iter().enumerate() {
            self.places.insert(entry.path.clone(), (i, at));
            at += entry.length().unwrap_or_default();
        }
        self.sound = list.entries.iter().map(|_| OnceLock::new()).collect();
        self.entries = list.entries;
        self.bytes = bytes;
    }

    /// Tells whether the files of an article look as they did when it was kept, so that they need not be read.
    pub fn stands(&self, path: &str, stamps: &Stamps) -> bool {
        self.entry(path).is_some_and(|entry| entry.stamps.as_ref() == Some(stamps)) && self.kept(path).is_some()
    }

    /// Gives the entry of an article that was read from bytes of this hash.
    pub fn find(&self, path: &str, key: &Hash) -> Option<Kept<'_>> {
        self.entry(path).filter(|entry| entry.key == *key)?;
        self.kept(path)
    }

    /// Gives the entry of an article whose files need not be read.
    pub fn kept(&self, path: &str) -> Option<Kept<'_>> {
        let &(i, start) = self.places.get(path)?;
        let entry = self.entries.get(i)?;
        let bytes = self.bytes.get(start..start.checked_add(entry.length()?)?)?;
        let (read, told) = bytes.split_at_checked(entry.lengths.0)?;
        let sound = *self.sound.get(i)?.get_or_init(|| sum(&entry.key, read, told) == entry.sum);
        let (read, told) = (Cow::Borrowed(read), Cow::Borrowed(told));
        let kept = Kept { path: path.to_owned(), stamps: entry.stamps, key: entry.key, read, told, sum: entry.sum };
        sound.then_some(kept)
    }

    fn entry(&self, path: &str) -> Option<&Entry> {
        self.entries.get(self.places.get(path)?.0)
    }

    /// Gives the stamps that may be kept of files that were just read: none of those written too lately.
    pub fn settled(&self, stamps: Option<Stamps>) -> Option<Stamps> {
        let (own, beside) = stamps?;
        let began = self.began?;
        (settled(&own, began) && beside.is_none_or(|beside| settled(&beside, began))).then_some((own, beside))
    }

    /// Writes what is to be kept, one entry a path in order, where it is not what stands there already.
    ///
    /// # Errors
    /// When the system refuses; the cache that stood there still stands then.
    pub fn save(&self, kept: &[Kept]) -> io::Result<()> {
        let Some(file) = self.file.as_deref() else { return Ok(()) };
        let entries: Vec<Entry> = kept.iter().map(Entry::of).collect();
        if entries == self.entries && !self.bytes.is_empty() {
            return Ok(());
        }
        let list = List { program: self.program.clone(), settings: self.settings.clone(), entries };
        let list = postcard::to_stdvec(&list).map_err(io::Error::other)?;
        let folder = file.parent().unwrap_or(file);
        let mut new = scrap(folder)?;
        let mut out = io::BufWriter::with_capacity(1 << 20, &mut new);
        out.write_all(MAGIC)?;
        out.write_all(&(list.len() as u64).to_le_bytes())?;
        out.write_all(blake3::hash(&list).as_bytes())?;
        out.write_all(&list)?;
        for kept in kept {
            out.write_all(&kept.read)?;
            out.write_all(&kept.told)?;
        }
        out.flush()?;
        drop(out);
        new.persist(file).map(drop).map_err(|error| error.error)
    }
}

impl Entry {
    fn of(kept: &Kept) -> Entry {
        let Kept { path, stamps, key, read, told, sum } = kept;
        Entry { path: path.clone(), stamps: *stamps, key: *key, lengths: (read.len(), told.len()), sum: *sum }
    }

    fn length(&self) -> Option<usize> {
        self.lengths.0.checked_add(self.lengths.1)
    }
}

/// Reads the list of entries, and says where their bytes begin.
fn list(bytes: &[u8]) -> Option<(List, usize)> {
    let (magic, rest) = bytes.split_first_chunk::<16>()?;
    let (length, rest) = rest.split_first_chunk::<8>()?;
    let (sum, rest) = rest.split_first_chunk::<32>()?;
    let length = usize::try_from(u64::from_le_bytes(*length)).ok()?;
    let list = rest.get(..length)?;
    if magic != MAGIC || blake3::hash(list).as_bytes() != sum {
        return None;
    }
    Some((postcard::from_bytes(list).ok()?, HEAD.checked_add(length)?))
}

/// The checksum holds the key too, so that no entry is taken for that of other bytes.
fn sum(key: &Hash, read: &[u8], told: &[u8]) -> Hash {
    let mut sum = blake3::Hasher::new();
    sum.update(key).update(&(read.len() as u64).to_le_bytes()).update(read).update(told);
    *sum.finalize().as_bytes()
}

/// Makes a file beside those of the cache, and removes what killed builds left there.
pub(super) fn scrap(folder: &Path) -> io::Result<tempfile::NamedTempFile> {
    fs::create_dir_all(folder)?;
    for entry in fs::read_dir(folder)?.flatten() {
        if entry.file_name().as_encoded_bytes().starts_with(SCRAP.as_bytes()) {
            // Another build may be writing it: then that one goes without a cache.
            let _ = fs::remove_file(entry.path());
        }
    }
    tempfile::Builder::new().prefix(SCRAP).tempfile_in(folder)
}
