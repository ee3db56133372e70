//! Reads the sources of new articles, and writes the articles into a site: each whole or not at all, never over another.

use super::walk::{self, Found};
use super::{IoError, site};
use crate::diagnostic::Diagnostic;
use crate::model::{RawArticle, RawFile};
use std::fs;
use std::io::{ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

/// A file that is named by hand is read up to this size.
const LARGEST: u64 = 64 << 20;

/// How names of files that are being written begin.
const STAGING: &str = ".dateline-add-";

/// Reads a file that is named by hand, with the metadata beside it.
///
/// # Errors
/// When it cannot be read, is no ordinary file or is too large.
pub fn file(path: &Path) -> Result<RawArticle, IoError> {
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
    let bytes = bounded(path)?;
    let beside = ["yaml", "yml"]
        .iter()
        .map(|ending| path.with_extension(ending))
        .find(|beside| beside.is_file() && beside != path);
    let sidecar = match beside {
        Some(beside) => {
            let name = beside.file_name().unwrap_or_default().to_string_lossy().into_owned();
            Some(RawFile { path: name, bytes: bounded(&beside)? })
        }
        None => None,
    };
    Ok(RawArticle { file: RawFile { path: name, bytes }, sidecar })
}

/// Reads all that is to be read from a stream.
///
/// # Errors
/// When it cannot be read or is too large.
pub fn stream(reader: &mut dyn Read) -> Result<Vec<u8>, IoError> {
    let refuse = IoError::file("read", Path::new("-"));
    let mut bytes = Vec::new();
    match reader.take(LARGEST + 1).read_to_end(&mut bytes) {
        Ok(_) if bytes.len() as u64 > LARGEST => Err(refuse(too_large())),
        Ok(_) => Ok(bytes),
        Err(error) => Err(refuse(error)),
    }
}

/// Lists the articles in a folder, in order of path, and says what of it cannot be read.
///
/// # Errors
/// When there is no such folder.
pub fn folder(path: &Path) -> Result<(Vec<PathBuf>, Vec<Diagnostic>), IoError> {
    let real = path.canonicalize().map_err(IoError::file("open", path))?;
    let (found, refused) = walk::walk(&real, "");
    let articles: Vec<Found> = site::articles(found);
    Ok((articles.into_iter().map(|found| path.join(found.path)).collect(), refused))
}

fn bounded(path: &Path) -> Result<Vec<u8>, IoError> {
    let metadata = fs::metadata(path).map_err(IoError::file("read", path))?;
    if !metadata.is_file() {
        let error = std::io::Error::new(ErrorKind::InvalidInput, "it is no ordinary file");
        return Err(IoError::file("read", path)(error));
    }
    if metadata.len() > LARGEST {
        return Err(IoError::file("read", path)(too_large()));
    }
    fs::read(path).map_err(IoError::file("read", path))
}

fn too_large() -> std::io::Error {
    std::io::Error::new(ErrorKind::FileTooLarge, format!("it is larger than {} MiB", LARGEST >> 20))
}

/// The folder `content/` of a site, into which articles are written.
#[derive(Debug)]
pub struct Shelf {
    folder: PathBuf,
    /// Names without their endings, in lower case: no two articles share one, nor do an article and metadata.
    taken: std::collections::BTreeSet<String>,
}

impl Shelf {
    /// Opens the `content/` of the site in `root`, which must be canonical.
    ///
    /// # Errors
    /// When it is not there, or leads out of the site.
    pub fn open(root: &Path) -> Result<Shelf, IoError> {
        let folder = root.join("content");
        let real = folder.canonicalize().map_err(|_| IoError::NoContent { root: root.to_owned() })?;
        if !real.starts_with(root) {
            let error = std::io::Error::new(ErrorKind::InvalidInput, "it leads out of the site's folder");
            return Err(IoError::file("write to", &folder)(error));
        }
        let mut taken = std::collections::BTreeSet::new();
        for entry in fs::read_dir(&real).map_err(IoError::file("read", &folder))?.flatten() {
            let path = PathBuf::from(entry.file_name());
            taken.insert(path.file_stem().unwrap_or_default().to_string_lossy().to_lowercase());
        }
        Ok(Shelf { folder: real, taken })
    }

    /// Writes an article under a name, or under the next one like it that is free, and gives its path in the site.
    ///
    /// # Errors
    /// When the system refuses; nothing is written then.
    pub fn write(&mut self, stem: &str, ending: &str, bytes: &[u8]) -> Result<String, IoError> {
        let mut staged = tempfile::Builder::new();
        staged.prefix(STAGING);
        #[cfg(unix)]
        {
            // As any new file: the user's mask takes from it what it must.
            use std::os::unix::fs::PermissionsExt;
            staged.permissions(fs::Permissions::from_mode(0o666));
        }
        let refuse = || IoError::file("write to", &self.folder);
        let mut file = staged.tempfile_in(&self.folder).map_err(refuse())?;
        file.write_all(bytes).and_then(|()| file.as_file().sync_all()).map_err(refuse())?;
        for number in 1_usize.. {
            let name = if number == 1 { stem.to_owned() } else { format!("{stem}-{number}") };
            if !self.taken.insert(name.to_lowercase()) {
                continue;
            }
            let path = self.folder.join(format!("{name}.{ending}"));
            match file.persist_noclobber(&path) {
                Ok(_) => return Ok(format!("content/{name}.{ending}")),
                Err(error) if error.error.kind() == ErrorKind::AlreadyExists => file = error.file,
                Err(error) => return Err(IoError::file("write", &path)(error.error)),
            }
        }
        Err(IoError::BadPath { path: format!("content/{stem}.{ending}") })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_ever_written_over() {
        let dir = tempfile::tempdir().unwrap();
        let root = dir.path().canonicalize().unwrap();
        fs::create_dir(root.join("content")).unwrap();
        for name in ["a.txt", "A-2.yaml", "a-3.md"] {
            fs::write(root.join("content").join(name), "old").unwrap();
        }
        let mut shelf = Shelf::open(&root).unwrap();
        // Somebody else was quicker.
        fs::write(root.join("content/a-4.md"), "old").unwrap();
        assert_eq!(shelf.write("a", "md", b"new").unwrap(), "content/a-5.md");
        assert_eq!(shelf.write("a", "md", b"new").unwrap(), "content/a-6.md");
        assert_eq!(shelf.write("b", "md", b"new").unwrap(), "content/b.md");
        assert_eq!(fs::read_to_string(root.join("content/a-4.md")).unwrap(), "old");
        assert_eq!(fs::read_dir(root.join("content")).unwrap().count(), 7);
    }

    #[cfg(unix)]
    #[test]
    fn what_is_added_can_be_read_by_others_and_stays_in_the_site() {
        use std::os::unix::fs::PermissionsExt;
        let dir = tempfile::tempdir().unwrap();
        let root = dir.path().canonicalize().unwrap();
        fs::create_dir(root.join("content")).unwrap();
        fs::write(root.join("content/plain"), "").unwrap();
        Shelf::open(&root).unwrap().write("a", "md", b"new").unwrap();
        let mode = |name: &str| fs::metadata(root.join("content").join(name)).unwrap().permissions().mode();
        assert_eq!(mode("a.md"), mode("plain"));
        let other = tempfile::tempdir().unwrap();
        fs::remove_dir_all(root.join("content")).unwrap();
        assert!(matches!(Shelf::open(&root), Err(IoError::NoContent { .. })));
        std::os::unix::fs::symlink(other.path(), root.join("content")).unwrap();
        assert!(Shelf::open(&root).is_err());
    }
}
