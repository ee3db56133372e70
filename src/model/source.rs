//! What `io` hands in and what it takes back.

use std::collections::BTreeMap;
use std::ops::Range;

/// The bytes of one file of the site, under the path by which messages name it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawFile {
    /// Path relative to the site's root, with `/` between its parts (`content/a.md`).
    pub path: String,
    /// The file as it lies on disk.
    pub bytes: Vec<u8>,
}

/// One article as it lies on disk: its file, and the `NAME.yaml` beside it when there is one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawArticle {
    /// The article's own file.
    pub file: RawFile,
    /// `NAME.yaml` beside `NAME.txt`: metadata that wins over what the text states.
    pub sidecar: Option<RawFile>,
}

/// One file of the built site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutputFile {
    /// Path relative to the output folder, with `/` between its parts.
    pub path: String,
    /// The whole content.
    pub bytes: Vec<u8>,
}

/// A part of a file that is too large to be held whole; parts come in any order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutputPart {
    /// Path of the file, as in [`OutputFile`].
    pub path: String,
    /// Which part it is, from 0.
    pub place: usize,
    /// Of how many.
    pub of: usize,
    /// What it is made of, in order.
    pub pieces: Vec<Portion>,
}

/// Bytes of a part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Portion {
    /// These.
    New(Vec<u8>),
    /// Those that stand at this place of the file that was written last.
    Standing(Range<u64>),
}

/// Puts parts together to whole files, for those who want them so; it knows of no file that was written before.
#[derive(Debug, Default)]
pub struct Assembly(BTreeMap<String, BTreeMap<usize, Vec<Portion>>>);

impl Assembly {
    /// Takes a part, and gives its file with the last of them.
    pub fn add(&mut self, part: OutputPart) -> Option<OutputFile> {
        let OutputPart { path, place, of, pieces } = part;
        let parts = self.0.entry(path.clone()).or_default();
        parts.insert(place, pieces);
        if parts.len() < of {
            return None;
        }
        let mut bytes = Vec::new();
        for piece in self.0.remove(&path)?.into_values().flatten() {
            if let Portion::New(new) = piece {
                bytes.extend_from_slice(&new);
            }
        }
        Some(OutputFile { path, bytes })
    }
}
