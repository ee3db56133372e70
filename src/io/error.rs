//! What stops reading or writing a site altogether.

use std::io;
use std::path::{Path, PathBuf};

/// Why a site could not be read or written.
#[derive(Debug, thiserror::Error)]
pub enum IoError {
    /// A file or folder could not be read, written, moved or removed.
    #[error("cannot {action} `{}`", path.display())]
    File {
        /// What was tried ("read").
        action: &'static str,
        /// On what.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The site's folder has no `content/`.
    #[error("there is no folder `content` in `{}`", root.display())]
    NoContent {
        /// The site's folder.
        root: PathBuf,
    },
    /// The output folder would swallow the site or something that is not ours.
    #[error("`{}` cannot be the output folder: {reason}", out.display())]
    UnsafeOutput {
        /// The folder asked for.
        out: PathBuf,
        /// Why not.
        reason: &'static str,
    },
    /// Something that an earlier build did not write stands where a file of the site must go.
    #[error("`{}` is in the way: {what}", path.display())]
    InTheWay {
        /// What stands there.
        path: PathBuf,
        /// Why it is not replaced.
        what: &'static str,
    },
    /// The manifest of the output folder cannot be understood.
    #[error("`{}` is no list of written files", path.display())]
    Manifest {
        /// The manifest.
        path: PathBuf,
    },
    /// A file of the built site has a path that cannot be written.
    #[error("the built site has a file with the impossible path `{path}`")]
    BadPath {
        /// The path.
        path: String,
    },
}

impl IoError {
    /// Wraps what the system said with what was tried.
    pub(super) fn file(action: &'static str, path: &Path) -> impl FnOnce(io::Error) -> IoError {
        let path = path.to_owned();
        move |source| IoError::File { action, path, source }
    }

    /// Says what to do about it.
    pub fn help(&self) -> Option<&'static str> {
        match self {
            IoError::NoContent { .. } => Some(
                "put articles (.md, .txt, .html) in a folder named `content` there, or name the site's folder with `--root DIR`",
            ),
            IoError::UnsafeOutput { .. } => Some("name another folder with `--out DIR`"),
            IoError::InTheWay { .. } => {
                Some("move it away, or name another folder with `--out DIR`; nothing was written")
            }
            IoError::Manifest { .. } => {
                Some("remove the output folder and build again, or name another one with `--out DIR`")
            }
            IoError::File { .. } | IoError::BadPath { .. } => None,
        }
    }
}
