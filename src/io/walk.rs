//! Walks one folder of a site and never leaves the site.

use crate::diagnostic::{Diagnostic, Location};
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use walkdir::{DirEntry, WalkDir};

/// The largest file that is read; no article and no template comes near it.
const LARGEST: u64 = 64 << 20;

/// One ordinary file below the folder.
pub(super) struct Found {
    /// Path relative to the site's root, with `/` between its parts.
    pub path: String,
    /// The file itself.
    pub file: PathBuf,
}

/// Lists the ordinary files below `folder`, in order of path, and says which links and folders it left out.
///
/// `root` must be canonical. Hidden entries are skipped. A symbolic link is followed when it stays
/// within `root`; one into `folder` itself is not, since what it names is read at its own place.
pub(super) fn walk(root: &Path, folder: &str) -> (Vec<Found>, Vec<Diagnostic>) {
    let top = root.join(folder);
    let Ok(inside) = top.canonicalize() else {
        return (Vec::new(), Vec::new());
    };
    if !inside.starts_with(root) {
        return (Vec::new(), vec![outside(folder.to_owned())]);
    }
    let mut refused = Vec::new();
    let mut followed = BTreeSet::new();
    let entries = WalkDir::new(&top).follow_links(true).sort_by_file_name().into_iter();
    let (mut found, mut failed) = (Vec::new(), Vec::new());
    for entry in
        entries.filter_entry(|entry| entry.depth() == 0 || enter(entry, root, &inside, &mut followed, &mut refused))
    {
        match entry {
            Ok(entry) if entry.file_type().is_dir() => {}
            Ok(entry) => found.push(Found { path: shown(root, entry.path()), file: entry.into_path() }),
            Err(error) => failed.extend(explain(&error, root, folder)),
        }
    }
    found.sort_by(|a, b| a.path.cmp(&b.path).then_with(|| a.file.cmp(&b.file)));
    refused.append(&mut failed);
    (found, refused)
}

/// Reads files side by side, in their order; a file that cannot be read becomes a message.
pub(super) fn read_all(found: Vec<Found>) -> (Vec<crate::model::RawFile>, Vec<Diagnostic>) {
    let read: Vec<_> = found.into_par_iter().map(|f| read(&f)).collect();
    let (mut files, mut failed) = (Vec::new(), Vec::new());
    for result in read {
        match result {
            Ok(file) => files.push(file),
            Err(diagnostic) => failed.push(*diagnostic),
        }
    }
    (files, failed)
}

/// Reads a file; one that cannot be read becomes a message.
pub(super) fn read(found: &Found) -> Result<crate::model::RawFile, Box<Diagnostic>> {
    let refuse = |why: String| Box::new(unreadable(found.path.clone(), &why));
    let metadata = fs::metadata(&found.file).map_err(|e| refuse(e.to_string()))?;
    // A pipe or a device would never end.
    if !metadata.is_file() {
        return Err(refuse("it is no ordinary file".to_owned()));
    }
    if metadata.len() > LARGEST {
        return Err(refuse(format!("it is larger than {} MiB", LARGEST >> 20)));
    }
    let bytes = fs::read(&found.file).map_err(|e| refuse(e.to_string()))?;
    Ok(crate::model::RawFile { path: found.path.clone(), bytes })
}

/// Says whether an entry is taken, and why not where the owner should know.
fn enter(
    entry: &DirEntry,
    root: &Path,
    inside: &Path,
    followed: &mut BTreeSet<PathBuf>,
    refused: &mut Vec<Diagnostic>,
) -> bool {
    if hidden(entry.path()) {
        return false;
    }
    if !entry.path_is_symlink() {
        return true;
    }
    let path = || shown(root, entry.path());
    let Ok(target) = entry.path().canonicalize() else {
        refused.push(unreadable(path(), "the symbolic link leads nowhere"));
        return false;
    };
    if inside.starts_with(&target) {
        refused.push(directory_loop(path()));
        return false;
    }
    if !target.starts_with(root) {
        refused.push(outside(path()));
        return false;
    }
    let read_anyway = target.strip_prefix(inside).is_ok_and(|rest| !rest.iter().any(|part| hidden(Path::new(part))));
    // Each folder once, or links among folders would multiply what is read without end.
    !read_anyway && (entry.file_type().is_file() || followed.insert(target))
}

fn explain(error: &walkdir::Error, root: &Path, folder: &str) -> Option<Diagnostic> {
    let path = error.path().map_or_else(|| folder.to_owned(), |p| shown(root, p));
    if error.path().is_some_and(hidden) {
        return None;
    }
    if error.loop_ancestor().is_some() {
        return Some(directory_loop(path));
    }
    let dangling = error.path().is_some_and(|p| fs::symlink_metadata(p).is_ok_and(|m| m.is_symlink()));
    let why = match error.io_error() {
        Some(_) if dangling => "the symbolic link leads nowhere".to_owned(),
        Some(e) => e.to_string(),
        None => error.to_string(),
    };
    Some(unreadable(path, &why))
}

fn directory_loop(path: String) -> Diagnostic {
    Diagnostic::error(
        "directory-loop",
        Location::file(&path),
        "this symbolic link leads back to a folder that holds it",
    )
    .help("remove the link; everything else was read")
}

fn outside(path: String) -> Diagnostic {
    Diagnostic::error("outside-root", Location::file(&path), "this symbolic link leads out of the site's folder")
        .help("copy what it names into the site; nothing outside the site's folder is read")
}

fn unreadable(path: String, why: &str) -> Diagnostic {
    Diagnostic::error("unreadable-file", Location::file(&path), format!("cannot be read: {why}"))
        .help("make it readable, or remove it; everything else was read")
}

fn hidden(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."))
}

/// Gives a path as messages show it: relative to the root, with `/`, odd bytes replaced.
fn shown(root: &Path, path: &Path) -> String {
    let parts = path.strip_prefix(root).unwrap_or(path).iter().map(|part| part.to_string_lossy());
    parts.collect::<Vec<_>>().join("/")
}
