//! Writes a built site: whole files, only those that changed, and never over what is not ours.

use super::IoError;
use super::manifest::Manifest;
/// The file that lists what was written.
pub use super::manifest::NAME as LIST;
pub use super::staging::Writer;
use super::staging::{folder_in_the_way, held};
use crate::model::OutputFile;
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// How the names of temporary files in the output folder start; a killed build leaves them, the next one removes them.
pub(super) const STAGING: &str = ".dateline-tmp-";

/// What a build did to the output folder.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Written {
    /// How many files the site has.
    pub files: usize,
    /// How many of them were new or had other bytes.
    pub changed: usize,
    /// How many files of an earlier build were removed.
    pub removed: usize,
}

/// Brings the folder `out` (from [`super::output_folder`]) to hold just `files`, besides what others put there.
///
/// # Errors
/// When something foreign is in the way (nothing is written then), or the system refuses.
pub fn write(out: &Path, files: &[OutputFile]) -> Result<Written, IoError> {
    let mut writer = Writer::open(out)?;
    files.par_iter().try_for_each(|file| writer.put(file))?;
    writer.finish()
}

/// Tells whether another build writes into a folder just now.
pub fn is_busy(out: &Path) -> bool {
    fs::File::open(out).is_ok_and(|folder| matches!(folder.try_lock(), Err(fs::TryLockError::WouldBlock)))
}

/// Removes what earlier builds wrote into `out` and gives the number of files; what others put there stays.
///
/// # Errors
/// When the list of written files cannot be read or the system refuses.
pub fn clean(out: &Path) -> Result<usize, IoError> {
    if !out.is_dir() {
        return Ok(0);
    }
    let _held = held(out);
    let manifest = Manifest::read(out)?;
    sweep(out)?;
    let removed = remove(out, manifest.files.iter().map(String::as_str))?;
    let list = out.join(LIST);
    if list.exists() {
        fs::remove_file(&list).map_err(IoError::file("remove", &list))?;
        // Fails, rightly, where somebody else's files are left.
        let _ = fs::remove_dir(out);
    }
    Ok(removed)
}

/// Removes the cache of the site in `root` and says whether there was one.
///
/// # Errors
/// When the system refuses.
pub fn clean_cache(root: &Path) -> Result<bool, IoError> {
    let cache = root.join(".dateline");
    match fs::symlink_metadata(&cache) {
        Ok(metadata) if metadata.is_dir() => {
            fs::remove_dir_all(&cache).map_err(IoError::file("remove", &cache)).map(|()| true)
        }
        _ => Ok(false),
    }
}

/// Removes what killed builds left.
pub(super) fn sweep(out: &Path) -> Result<(), IoError> {
    for entry in fs::read_dir(out).map_err(IoError::file("read", out))?.flatten() {
        if entry.file_name().as_encoded_bytes().starts_with(STAGING.as_bytes()) {
            let path = entry.path();
            let folder = entry.file_type().is_ok_and(|t| t.is_dir());
            let result = if folder { fs::remove_dir_all(&path) } else { fs::remove_file(&path) };
            result.map_err(IoError::file("remove", &path))?;
        }
    }
    Ok(())
}

/// Removes files of ours and the folders that become empty; a file that is gone already is no error.
pub(super) fn remove<'a>(out: &Path, paths: impl Iterator<Item = &'a str>) -> Result<usize, IoError> {
    let (mut removed, mut folders) = (0, BTreeSet::new());
    for path in paths {
        if folder_in_the_way(out, path, &Manifest::default()).is_some() {
            continue;
        }
        let file = out.join(path);
        if fs::symlink_metadata(&file).is_ok_and(|m| m.is_file()) {
            fs::remove_file(&file).map_err(IoError::file("remove", &file))?;
            removed += 1;
        }
        folders.extend(path.match_indices('/').filter_map(|(end, _)| path.get(..end)));
    }
    // Deepest first; one that still holds something stays.
    for folder in folders.iter().rev() {
        let _ = fs::remove_dir(out.join(folder));
    }
    Ok(removed)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str, text: &str) -> OutputFile {
        OutputFile { path: path.to_owned(), bytes: text.as_bytes().to_vec() }
    }

    fn listing(out: &Path) -> Vec<String> {
        let entries = walkdir::WalkDir::new(out).sort_by_file_name().into_iter().flatten();
        entries.skip(1).map(|e| e.path().strip_prefix(out).unwrap().to_str().unwrap().to_owned()).collect()
    }

    #[test]
    fn only_what_changed_is_written_and_what_is_stale_goes() {
        let dir = tempfile::tempdir().unwrap();
        let out = &dir.path().join("deep/public");
        let first = [file("a/index.html", "a"), file("b/c/index.html", "b"), file("x", "x")];
        assert_eq!(write(out, &first).unwrap(), Written { files: 3, changed: 3, removed: 0 });
        fs::write(out.join("CNAME"), "example.org").unwrap();
        fs::write(out.join("b/mine.txt"), "mine").unwrap();
        let before = fs::metadata(out.join("a/index.html")).unwrap().modified().unwrap();
        assert_eq!(write(out, &first).unwrap(), Written { files: 3, changed: 0, removed: 0 });
        let second = [file("a/index.html", "a"), file("x/y", "now a folder")];
        assert_eq!(write(out, &second).unwrap(), Written { files: 2, changed: 1, removed: 2 });
        assert_eq!(fs::metadata(out.join("a/index.html")).unwrap().modified().unwrap(), before);
        assert_eq!(listing(out), [LIST, "CNAME", "a", "a/index.html", "b", "b/mine.txt", "x", "x/y"]);
        assert_eq!(clean(out).unwrap(), 2);
        assert_eq!(listing(out), ["CNAME", "b", "b/mine.txt"]);
    }

    #[test]
    fn a_foreign_file_in_the_way_stops_the_build_before_anything_is_written() {
        let dir = tempfile::tempdir().unwrap();
        let out = dir.path();
        fs::write(out.join("index.html"), "mine").unwrap();
        let error = write(out, &[file("a.html", "a"), file("index.html", "ours")]).unwrap_err();
        assert!(error.to_string().contains("index.html` is in the way"), "{error}");
        assert_eq!(listing(out), ["index.html"]);
        // The very same bytes are no reason to stop.
        assert_eq!(write(out, &[file("index.html", "mine")]).unwrap().changed, 0);
    }

    #[test]
    fn what_a_killed_build_left_is_ours_and_goes() {
        let dir = tempfile::tempdir().unwrap();
        let out = dir.path();
        write(out, &[file("a.html", "old")]).unwrap();
        // Killed while moving files into place: the list names both sites, one file is new, scraps lie about.
        let both = ["a.html", "b.html", "c.html"].map(str::to_owned).into();
        Manifest { files: both }.write(out).unwrap();
        fs::write(out.join("b.html"), "half of the new site").unwrap();
        fs::create_dir(out.join(".dateline-tmp-x")).unwrap();
        fs::write(out.join(".dateline-tmp-x/0"), "scrap").unwrap();
        write(out, &[file("b.html", "b"), file("c.html", "c")]).unwrap();
        assert_eq!(listing(out), [LIST, "b.html", "c.html"]);
    }

    #[test]
    fn nothing_outside_the_folder_is_ever_touched() {
        let dir = tempfile::tempdir().unwrap();
        let out = &dir.path().join("public");
        fs::create_dir(out).unwrap();
        fs::write(dir.path().join("victim"), "safe").unwrap();
        for path in ["../victim", "/etc/x", "a//b", "./a", "a/../../victim", "", LIST, ".dateline-tmp-1", "a\\b"] {
            assert!(matches!(write(out, &[file(path, "x")]), Err(IoError::BadPath { .. })), "{path}");
        }
        fs::write(out.join(LIST), r#"{"files":["../victim"]}"#).unwrap();
        assert!(matches!(write(out, &[file("a", "x")]), Err(IoError::Manifest { .. })));
        assert!(matches!(clean(out), Err(IoError::Manifest { .. })));
        assert_eq!(fs::read_to_string(dir.path().join("victim")).unwrap(), "safe");
    }

    #[cfg(unix)]
    #[test]
    fn no_link_in_the_folder_is_written_through_or_followed_when_removing() {
        let dir = tempfile::tempdir().unwrap();
        let (out, other) = (&dir.path().join("public"), dir.path().join("other"));
        fs::create_dir(&other).unwrap();
        write(out, &[file("a/index.html", "a"), file("b", "b")]).unwrap();
        fs::remove_dir_all(out.join("a")).unwrap();
        fs::remove_file(out.join("b")).unwrap();
        fs::write(other.join("index.html"), "mine").unwrap();
        std::os::unix::fs::symlink(&other, out.join("a")).unwrap();
        std::os::unix::fs::symlink(other.join("index.html"), out.join("b")).unwrap();
        for path in ["a/index.html", "b"] {
            assert!(matches!(write(out, &[file(path, "x")]), Err(IoError::InTheWay { .. })), "{path}");
        }
        write(out, &[file("c", "c")]).unwrap();
        assert_eq!(fs::read_to_string(other.join("index.html")).unwrap(), "mine");
    }
}
