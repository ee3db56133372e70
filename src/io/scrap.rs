//! Files that are being written under a name of their own, and what is left of them when a program was killed.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::Path;
use tempfile::NamedTempFile;

/// How the names of files begin that are being written.
const SCRAP: &str = "tmp-";

/// Makes a file beside those that are kept, and removes what killed builds left there; one that another build is
/// writing just now stays.
pub(super) fn scrap(folder: &Path) -> io::Result<NamedTempFile> {
    fs::create_dir_all(folder)?;
    for entry in fs::read_dir(folder)?.flatten() {
        if entry.file_name().as_encoded_bytes().starts_with(SCRAP.as_bytes()) && is_left(&entry.path()) {
            let _ = fs::remove_file(entry.path());
        }
    }
    let new = tempfile::Builder::new().prefix(SCRAP).tempfile_in(folder)?;
    // Held until the file is closed. Without it another build may remove the file, and this one keeps nothing.
    let _ = new.as_file().try_lock();
    Ok(new)
}

/// Tells whether nobody holds a file any longer; where the system knows no locks, whoever comes last wins.
pub(super) fn is_left(file: &Path) -> bool {
    let plain = fs::symlink_metadata(file).is_ok_and(|there| there.is_file());
    let held = plain.then(|| File::open(file).ok()).flatten().map(|file| file.try_lock());
    !matches!(held, Some(Err(TryLockError::WouldBlock)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_writes_any_longer_is_removed() {
        let folder = tempfile::tempdir().unwrap();
        let (left, mine) = (folder.path().join("tmp-left"), folder.path().join("articles.cache"));
        fs::write(&left, "half").unwrap();
        fs::write(&mine, "whole").unwrap();
        let first = scrap(folder.path()).unwrap();
        assert!(!left.exists() && mine.exists());
        let second = scrap(folder.path()).unwrap();
        assert!(first.path().exists(), "somebody still writes it");
        let path = second.into_temp_path().keep().unwrap();
        scrap(folder.path()).unwrap();
        assert!(!path.exists() && first.path().exists());
    }
}
