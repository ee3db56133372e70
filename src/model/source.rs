//! What `io` hands in and what it takes back.

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
