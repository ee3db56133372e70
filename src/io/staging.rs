//! Takes the files of a site one by one, writes them aside, and moves them into place when all are there.

use super::IoError;
use super::manifest::{Manifest, is_safe};
use super::output::{STAGING, Written, remove, sweep};
use super::parts::Growing;
use crate::model::{OutputFile, OutputPart};
use std::collections::{BTreeSet, HashMap, HashSet};
use std::fs::{self, File};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// A site being written into a folder.
///
/// All files are written aside first and moved into place by [`Writer::finish`], so that a full disk
/// leaves the old site and a killed build leaves whole files. Several threads may put files at once.
#[derive(Debug)]
pub struct Writer {
    out: PathBuf,
    old: Manifest,
    /// What stood in the folder when the build began: nothing is looked for below any other name.
    present: HashSet<String>,
    /// Where files are written aside, made with the first of them.
    staging: OnceLock<tempfile::TempDir>,
    /// Guards the making of that folder.
    making: Mutex<()>,
    files: Mutex<(Vec<String>, usize)>,
    /// Files of which parts have come, by path.
    growing: Mutex<HashMap<String, Arc<Mutex<Growing>>>>,
    /// Keeps other builds from writing into the folder meanwhile.
    _held: Option<File>,
    /// Whether the folder was made for this build, and nothing is in it yet.
    made: bool,
}

impl Writer {
    /// Begins to write into `out`, when no other build writes there any longer.
    ///
    /// # Errors
    /// When the folder cannot be made, or the list of what earlier builds wrote cannot be read.
    pub fn open(out: &Path) -> Result<Writer, IoError> {
        let made = !out.exists();
        fs::create_dir_all(out).map_err(IoError::file("create", out))?;
        let _held = held(out);
        let old = Manifest::read(out)?;
        let names = fs::read_dir(out).into_iter().flatten().flatten();
        let present = names.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
        let (staging, making, files, growing) = Default::default();
        Ok(Writer { out: out.to_owned(), old, present, staging, making, files, growing, _held, made })
    }

    /// Takes a file; one whose bytes stand there already is only noted.
    ///
    /// # Errors
    /// When its path cannot be written, something foreign is in its place, or the system refuses.
    pub fn put(&self, file: &OutputFile) -> Result<(), IoError> {
        if !is_safe(&file.path) {
            return Err(IoError::BadPath { path: file.path.clone() });
        }
        let changed = self.changed(file)?;
        if changed {
            self.stage(file)?;
        }
        let mut files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        files.0.push(file.path.clone());
        files.1 += usize::from(changed);
        Ok(())
    }

    /// Takes a part of a file; parts come in any order, and none but those that come too early is held.
    ///
    /// # Errors
    /// As [`Writer::put`].
    pub fn put_part(&self, part: OutputPart) -> Result<(), IoError> {
        let OutputPart { path, place, of, pieces } = part;
        if !is_safe(&path) {
            return Err(IoError::BadPath { path });
        }
        let (aside, there) = (self.aside(&path)?, self.out.join(&path));
        let growing = {
            let mut all = self.growing.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(all.entry(path.clone()).or_default())
        };
        let mut growing = growing.lock().unwrap_or_else(PoisonError::into_inner);
        growing.add(&aside, &there, place, pieces)?;
        if growing.written() < of {
            return Ok(());
        }
        let changed = !growing.is_as(&aside, &there);
        if let Some(path) = folder_in_the_way(&self.out, &path, &self.old) {
            return Err(IoError::InTheWay { path, what: "it is no folder" });
        }
        match fs::symlink_metadata(&there) {
            Ok(metadata) if !metadata.is_file() => {
                return Err(IoError::InTheWay { path: there, what: "it is no ordinary file" });
            }
            // A foreign file of the very same bytes becomes ours: nothing is lost by it.
            Ok(_) if changed && !self.old.files.contains(&path) => {
                return Err(IoError::InTheWay { path: there, what: "no earlier build wrote it" });
            }
            _ => {}
        }
        if !changed {
            fs::remove_file(&aside).map_err(IoError::file("remove", &aside))?;
        }
        let mut files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        files.0.push(path);
        files.1 += usize::from(changed);
        Ok(())
    }

    /// Notes a file that stands in the folder just as it would be written.
    ///
    /// # Errors
    /// When its path cannot be one of ours.
    pub fn keep(&self, path: String) -> Result<(), IoError> {
        if !is_safe(&path) {
            return Err(IoError::BadPath { path });
        }
        self.files.lock().unwrap_or_else(PoisonError::into_inner).0.push(path);
        Ok(())
    }

    /// Moves the files into place and removes what earlier builds wrote and this one did not; the folder stays held
    /// as long as the writer is there, so that what is noted of its files holds.
    ///
    /// # Errors
    /// When the system refuses.
    pub fn finish(&mut self) -> Result<Written, IoError> {
        let out = self.out.as_path();
        let (paths, changed) = std::mem::take(self.files.get_mut().unwrap_or_else(PoisonError::into_inner));
        let count = paths.len();
        let next = Manifest { files: paths.into_iter().collect() };
        let stale: Vec<&String> = self.old.files.iter().filter(|path| !next.files.contains(path.as_str())).collect();
        self.made = false;
        let mut removed = 0;
        let mut listed = None;
        if changed > 0 || !stale.is_empty() {
            // Should we be killed below, the next build must know the new files as ours.
            if next != self.old {
                let both = Manifest { files: self.old.files.union(&next.files).cloned().collect() };
                if both != self.old {
                    both.write(out)?;
                    listed = Some(both);
                }
            }
            removed = remove(out, stale.iter().map(|path| path.as_str()))?;
            if let Some(staging) = self.staging.get() {
                install(staging.path(), out)?;
            }
        }
        drop(self.staging.take());
        if listed.as_ref().unwrap_or(&self.old) != &next {
            next.write(out)?;
        }
        sweep(out)?;
        Ok(Written { files: count, changed, removed })
    }

    /// Says whether a file must be written; an error when what stands in its place is not ours.
    fn changed(&self, file: &OutputFile) -> Result<bool, IoError> {
        let first = file.path.split('/').next().unwrap_or_default();
        // On a file system that knows no case, another writing of the name is the same folder.
        if self.present.is_empty() || !self.present.iter().any(|name| name.eq_ignore_ascii_case(first)) {
            return Ok(true);
        }
        if let Some(path) = folder_in_the_way(&self.out, &file.path, &self.old) {
            return Err(IoError::InTheWay { path, what: "it is no folder" });
        }
        let path = self.out.join(&file.path);
        let in_the_way = |what| Err(IoError::InTheWay { path: path.clone(), what });
        let Ok(metadata) = fs::symlink_metadata(&path) else {
            return Ok(true);
        };
        if !metadata.is_file() {
            return in_the_way("it is no ordinary file");
        }
        // A foreign file of the very same bytes becomes ours: nothing is lost by it.
        let same = metadata.len() == file.bytes.len() as u64 && fs::read(&path).is_ok_and(|bytes| bytes == file.bytes);
        if same {
            return Ok(false);
        }
        if !self.old.files.contains(&file.path) {
            return in_the_way("no earlier build wrote it");
        }
        Ok(true)
    }

    fn stage(&self, file: &OutputFile) -> Result<(), IoError> {
        let path = self.aside(&file.path)?;
        fs::write(&path, &file.bytes).map_err(IoError::file("write", &path))
    }

    /// Gives where a file is written aside; its folder is there.
    fn aside(&self, file: &str) -> Result<PathBuf, IoError> {
        let path = self.staging()?.join(file);
        if let Some(folder) = path.parent().filter(|_| file.contains('/')) {
            match fs::create_dir(folder) {
                Ok(()) => {}
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
                Err(_) => fs::create_dir_all(folder).map_err(IoError::file("create", folder))?,
            }
        }
        Ok(path)
    }

    fn staging(&self) -> Result<&Path, IoError> {
        if let Some(made) = self.staging.get() {
            return Ok(made.path());
        }
        let _one_at_a_time = self.making.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(made) = self.staging.get() {
            return Ok(made.path());
        }
        let out = self.out.as_path();
        sweep(out)?;
        let made = tempfile::Builder::new().prefix(STAGING).tempdir_in(out).map_err(IoError::file("write to", out))?;
        Ok(self.staging.get_or_init(|| made).path())
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        // A build that fails leaves no empty folder.
        if self.made {
            drop(self.staging.take());
            let _ = fs::remove_dir(&self.out);
        }
    }
}

/// Waits until no other build writes into a folder and keeps them from it; none where the system knows no locks for
/// folders.
pub(super) fn held(out: &Path) -> Option<File> {
    let folder = File::open(out).ok()?;
    folder.lock().ok().map(|()| folder)
}

/// Moves what was written aside into place: whole folders where nothing stands yet.
fn install(from: &Path, to: &Path) -> Result<(), IoError> {
    let mut names: BTreeSet<std::ffi::OsString> = BTreeSet::new();
    for entry in fs::read_dir(from).map_err(IoError::file("read", from))? {
        names.insert(entry.map_err(IoError::file("read", from))?.file_name());
    }
    for name in names {
        let (source, target) = (from.join(&name), to.join(&name));
        let merge = source.is_dir() && fs::symlink_metadata(&target).is_ok_and(|there| there.is_dir());
        if merge {
            install(&source, &target)?;
        } else {
            fs::rename(&source, &target).map_err(IoError::file("write", &target))?;
        }
    }
    Ok(())
}

/// Finds a link or a file where a path needs a folder.
pub(super) fn folder_in_the_way(out: &Path, path: &str, old: &Manifest) -> Option<PathBuf> {
    let parents = path.match_indices('/').filter_map(|(end, _)| path.get(..end));
    for parent in parents {
        let folder = out.join(parent);
        match fs::symlink_metadata(&folder) {
            Err(_) => return None,
            Ok(metadata) if metadata.is_dir() => {}
            // A file of ours that is about to go makes room.
            Ok(metadata) if metadata.is_file() && old.files.contains(parent) => return None,
            Ok(_) => return Some(folder),
        }
    }
    None
}
