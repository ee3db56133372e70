//! Small files in `.dateline/` that a build leaves for the next one: whole, checked, or not there.

use super::cache::FOLDER;
use super::scrap::scrap;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

const MAGIC: &[u8; 16] = b"dateline-kept--1";

/// Gives what was kept under a name; `None` where nothing was, or a byte of it is not as it was written.
pub fn load(root: &Path, name: &str) -> Option<Vec<u8>> {
    let file = folder(root)?.join(name);
    let mut bytes = fs::symlink_metadata(&file).is_ok_and(|there| there.is_file()).then(|| fs::read(&file).ok())??;
    let (magic, rest) = bytes.split_first_chunk::<16>()?;
    let (sum, kept) = rest.split_first_chunk::<32>()?;
    let (sound, head) = (magic == MAGIC && blake3::hash(kept).as_bytes() == sum, magic.len() + sum.len());
    sound.then(|| {
        bytes.drain(..head);
        bytes
    })
}

/// Keeps bytes under a name.
///
/// # Errors
/// When the system refuses; what was kept before still is then.
pub fn save(root: &Path, name: &str, kept: &[u8]) -> io::Result<()> {
    write(root, name, &[MAGIC, blake3::hash(kept).as_bytes(), kept])
}

/// Writes a file for people to read into the folder of what is kept.
///
/// # Errors
/// When the system refuses.
pub fn note(root: &Path, name: &str, bytes: &[u8]) -> io::Result<()> {
    let standing = folder(root).and_then(|folder| fs::read(folder.join(name)).ok());
    if standing.as_deref() == Some(bytes) { Ok(()) } else { write(root, name, &[bytes]) }
}

fn write(root: &Path, name: &str, parts: &[&[u8]]) -> io::Result<()> {
    let Some(folder) = folder(root) else { return Ok(()) };
    let mut new = scrap(&folder)?;
    for part in parts {
        new.write_all(part)?;
    }
    new.persist(folder.join(name)).map(drop).map_err(|error| error.error)
}

/// Gives the folder of what is kept; none where something else has its name.
fn folder(root: &Path) -> Option<PathBuf> {
    let folder = root.join(FOLDER);
    // A link may have come with the site: nothing is read or written through it.
    let foreign = fs::symlink_metadata(&folder).is_ok_and(|there| !there.is_dir());
    (!foreign).then_some(folder)
}
