//! Messages to the site's owner: what is wrong, where, and what to do.

use serde::{Deserialize, Serialize};

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Nothing is wrong; the owner may want to look at it. Only `check` tells of these, and no exit code counts them.
    Note,
    /// The owner should know; the result stands.
    Warning,
    /// Something was left out of the result; exit code 1.
    Error,
}

/// A place in a file of the site.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Location {
    /// Path relative to the site's root.
    pub path: String,
    /// Line, from 1; `None` where the whole file is meant.
    pub line: Option<usize>,
    /// Column in characters, from 1.
    pub column: Option<usize>,
    /// The line's text and how many characters the caret marks.
    pub snippet: Option<(String, usize)>,
}

impl Location {
    /// Names a whole file.
    pub fn file(path: &str) -> Location {
        Location { path: path.to_owned(), line: None, column: None, snippet: None }
    }

    /// Names `length` bytes at byte `offset` of a file's text, counted from the start of the file.
    pub fn in_text(path: &str, text: &str, offset: usize, length: usize) -> Location {
        let mut offset = offset.min(text.len());
        while !text.is_char_boundary(offset) {
            offset -= 1;
        }
        // Between `\r` and `\n` no line begins.
        if text.get(..offset).is_some_and(|t| t.ends_with('\r'))
            && text.get(offset..).is_some_and(|t| t.starts_with('\n'))
        {
            offset -= 1;
        }
        let before = text.get(..offset).unwrap_or_default();
        let start = before.rfind(['\n', '\r']).map_or(0, |i| i + 1);
        let rest = text.get(start..).unwrap_or_default();
        let line_text = rest.split(['\n', '\r']).next().unwrap_or_default();
        let in_line = offset - start;
        let mut end = (in_line + length).min(line_text.len());
        while end < line_text.len() && !line_text.is_char_boundary(end) {
            end += 1;
        }
        let marked = line_text.get(in_line.min(line_text.len())..end).unwrap_or_default().chars().count().max(1);
        Location {
            path: path.to_owned(),
            line: Some(before.matches(['\n', '\r']).count() - before.matches("\r\n").count() + 1),
            column: Some(before.get(start..).unwrap_or_default().chars().count() + 1),
            snippet: Some((line_text.to_owned(), marked)),
        }
    }
}

/// One message.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Diagnostic {
    /// Where; `None` where no file of the site is meant.
    pub location: Option<Location>,
    /// How bad it is.
    pub severity: Severity,
    /// The stable name of its kind (`undated-article`); one of [`KINDS`].
    pub kind: String,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
}

impl Diagnostic {
    /// Makes an error of a kind at a place.
    pub fn error(kind: &str, location: Location, message: impl Into<String>) -> Diagnostic {
        Diagnostic {
            location: Some(location),
            severity: Severity::Error,
            kind: kind.to_owned(),
            message: message.into(),
            help: None,
        }
    }

    /// Makes a warning of a kind at a place.
    pub fn warning(kind: &str, location: Location, message: impl Into<String>) -> Diagnostic {
        Diagnostic { severity: Severity::Warning, ..Diagnostic::error(kind, location, message) }
    }

    /// Makes a note of a kind at a place.
    pub fn note(kind: &str, location: Location, message: impl Into<String>) -> Diagnostic {
        Diagnostic { severity: Severity::Note, ..Diagnostic::error(kind, location, message) }
    }

    /// Adds what to do.
    pub fn help(mut self, help: impl Into<String>) -> Diagnostic {
        self.help = Some(help.into());
        self
    }
}

/// The kinds of message and what each says, in order of name; the docs list them.
pub const KINDS: &[(&str, &str)] = &[
    ("missing-static", "`dateline.yaml` names a logo or a picture that is not in `static/`."),
    ("binary-file", "A file under `content/` with a text ending holds bytes that are no text; it is left out."),
    ("config", "`dateline.yaml` cannot be read as YAML or holds a value of the wrong kind."),
    ("contrast", "Two colours under `theme:` are too near for text to be read easily (WCAG 2.2 asks for 4.5 to 1)."),
    (
        "conflicting-dates",
        "An article states publication dates that differ by more than a day; the message says which one counts and why.",
    ),
    (
        "correction",
        "`corrections.yaml` cannot be read, or one of its entries cannot be followed; that entry is left out.",
    ),
    (
        "broken-link",
        "A link within the site leads nowhere: of an article, or of a page as it is built (`dateline check`).",
    ),
    (
        "dead-link",
        "A link out of the site leads nowhere, or could not be tried; as a note, where the server only refuses programs (`dateline check --external`).",
    ),
    ("directory-loop", "A symbolic link under `content/` leads back to a folder that holds it; it is not followed."),
    (
        "disagreement",
        "The sources of an event give dates that cannot both be right; all of them are shown (`dateline check`).",
    ),
    (
        "duplicate-article",
        "Two articles have the same address or nearly the same text; as a note, where two outlets print one text (`dateline check`).",
    ),
    ("duplicate-title", "Two articles have the same title and nothing that tells them apart."),
    ("empty-article", "An article has no text; it is left out."),
    ("event-date", "An event written by hand has no date that can be read; the event is left out."),
    ("front-matter", "The front matter of an article cannot be read; the text below it is still used."),
    ("ignored-file", "A file under `content/` may be meant as an article but has an ending that is not read."),
    (
        "inferred-date",
        "An article states no publication date; one was worked out from articles that tell the same story.",
    ),
    (
        "known-article",
        "A source given to `dateline add` is an article that the site has already; it is not added again.",
    ),
    ("lost-correction", "`corrections.yaml` names an event or mention that is not there; nothing is changed."),
    ("metadata-value", "A value in the front matter or in `NAME.yaml` cannot be used; the article is read without it."),
    ("missing-reason", "A correction does not say why; it is followed."),
    ("open-date", "An expression means a day that could not be found; no event has it (`dateline check`)."),
    ("orphan-sidecar", "A `NAME.yaml` in `content/` stands beside no article."),
    ("outside-root", "A symbolic link under `content/` leads out of the site; it is not followed."),
    ("replaced-page", "A file under `static/` stands in the place of a page that the site would make."),
    ("template", "A template of the site cannot be read or filled."),
    (
        "undated-article",
        "An article states no publication date and none could be worked out; its relative dates stay open.",
    ),
    ("unknown-language", "`dateline.yaml` states a language in which the interface is not written; it stays English."),
    (
        "unknown-key",
        "`dateline.yaml`, `corrections.yaml` or a source of an event written by hand has a key that means nothing.",
    ),
    ("unused-file", "A file in `templates/` or `static/` is named like none of the theme, so that no page uses it."),
    (
        "unread-source",
        "A source given to `dateline add` cannot be read or fetched, or is no article; the others are added.",
    ),
    ("unreadable-file", "A file cannot be read."),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_line_end_counts() {
        for text in ["one\ntwo\n\nthrée x", "one\r\ntwo\r\n\r\nthrée x", "one\rtwo\r\rthrée x"] {
            let at = Location::in_text("a", text, text.find('x').unwrap(), 1);
            assert_eq!((at.line, at.column), (Some(4), Some(7)), "{text:?}");
            assert_eq!(at.snippet, Some(("thrée x".to_owned(), 1)), "{text:?}");
        }
        let within = Location::in_text("a", "one\r\ntwo", 4, 1);
        assert_eq!((within.line, within.column), (Some(1), Some(4)));
    }
}
