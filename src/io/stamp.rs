//! What a file looks like from outside: by it a file is known to be the same without being read.

use serde::{Deserialize, Serialize};
use std::fs::{self, Metadata};
use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// So long before a look a file must have been written for the look to tell it from what is written after it: the
/// clocks of some file systems count by two seconds.
const MARGIN: Duration = Duration::from_secs(2);

/// Size, times and place of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    size: u64,
    /// When it was written: seconds and billionths.
    modified: (u64, u32),
    /// When anything about it was changed, which no program can set back; where the system tells it.
    changed: (i64, i64),
    /// Its number on its file system, where the system tells it.
    place: (u64, u64),
}

impl Stamp {
    /// Takes down what an ordinary file looks like; none of a link.
    pub fn plain(file: &Path) -> Option<Stamp> {
        let metadata = fs::symlink_metadata(file).ok()?;
        metadata.is_file().then(|| Stamp::of(&metadata))?
    }

    /// Takes down what a file looks like, links followed; none where it cannot be looked at.
    pub(super) fn look(file: &Path) -> Option<Stamp> {
        Stamp::of(&fs::metadata(file).ok()?)
    }

    /// Takes down what a file looks like; none where the system does not say when it was written.
    pub(super) fn of(metadata: &Metadata) -> Option<Stamp> {
        let modified = metadata.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
        let (changed, place) = more(metadata);
        Some(Stamp { size: metadata.len(), modified: (modified.as_secs(), modified.subsec_nanos()), changed, place })
    }
}

#[cfg(unix)]
fn more(metadata: &Metadata) -> ((i64, i64), (u64, u64)) {
    use std::os::unix::fs::MetadataExt;
    ((metadata.ctime(), metadata.ctime_nsec()), (metadata.dev(), metadata.ino()))
}

#[cfg(not(unix))]
fn more(_: &Metadata) -> ((i64, i64), (u64, u64)) {
    Default::default()
}

/// Tells whether a file was written so long before `began` that whatever is written after it looks different.
pub(super) fn settled(stamp: &Stamp, began: SystemTime) -> bool {
    let Ok(limit) = began.duration_since(UNIX_EPOCH + MARGIN) else { return false };
    let whole = |part: i64| u64::try_from(part).unwrap_or_default();
    let changed = (whole(stamp.changed.0), whole(stamp.changed.1));
    let limit = (limit.as_secs(), limit.subsec_nanos());
    stamp.modified < limit && changed < (limit.0, u64::from(limit.1))
}
