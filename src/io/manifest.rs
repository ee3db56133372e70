//! The list of the files that we wrote into an output folder: only these are ever replaced or removed.

use super::IoError;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Write};
use std::path::{Component, Path};

/// The list's name in the output folder.
pub const NAME: &str = ".dateline-manifest.json";

/// Paths relative to the output folder, with `/` between their parts.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Manifest {
    pub files: BTreeSet<String>,
}

impl Manifest {
    /// Reads the list of a folder; an empty one where there is none.
    pub fn read(out: &Path) -> Result<Manifest, IoError> {
        let path = out.join(NAME);
        match fs::symlink_metadata(&path) {
            Err(e) if matches!(e.kind(), io::ErrorKind::NotFound) => return Ok(Manifest::default()),
            Ok(metadata) if metadata.is_file() => {}
            _ => return Err(IoError::Manifest { path }),
        }
        let bytes = fs::read(&path).map_err(IoError::file("read", &path))?;
        match serde_json::from_slice::<Manifest>(&bytes) {
            // A list that was tampered with must not reach files outside the folder.
            Ok(manifest) if manifest.files.iter().all(|p| is_safe(p)) => Ok(manifest),
            _ => Err(IoError::Manifest { path }),
        }
    }

    /// Writes the list, whole or not at all.
    pub fn write(&self, out: &Path) -> Result<(), IoError> {
        let path = out.join(NAME);
        let write = || -> io::Result<()> {
            let mut file = tempfile::Builder::new().prefix(super::output::STAGING).tempfile_in(out)?;
            // Collected first: every name would be a call of the system otherwise.
            let mut bytes = serde_json::to_vec_pretty(self)?;
            bytes.push(b'\n');
            file.write_all(&bytes)?;
            file.persist(&path)?;
            Ok(())
        };
        write().map_err(IoError::file("write", &path))
    }
}

/// Says whether a path stays below the folder it is relative to, and is no name of ours.
pub(super) fn is_safe(path: &str) -> bool {
    let plain = Path::new(path).components().all(|part| matches!(part, Component::Normal(_)));
    let parts = path.split('/').all(|part| !matches!(part, "" | "." | ".."));
    plain && parts && path != NAME && !path.starts_with(super::output::STAGING) && !path.contains(['\\', '\0'])
}
