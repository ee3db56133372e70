//! The links that articles themselves write to other files of the site.

use super::pages::{Built, join};
use crate::config::crop;
use crate::diagnostic::{Diagnostic, Location};
use crate::io::links::stands;
use crate::io::site::SiteFiles;
use crate::model::RawFile;
use crate::pipeline;
use percent_encoding::percent_decode_str;
use pulldown_cmark::{Event, Options, Parser, Tag};

/// Endings that a link to an article may leave out.
const LEFT_OUT: &[&str] = &["", ".md", ".markdown", ".txt", ".html", "/index.md"];

/// Tells of every relative link in an article that leads to no file.
pub(super) fn broken(files: &SiteFiles, built: &Built) -> Vec<Diagnostic> {
    let markdown = |file: &&RawFile| {
        let ending = file.path.rsplit_once('.').map(|(_, ending)| ending.to_lowercase());
        ending.is_some_and(|ending| matches!(ending.as_str(), "md" | "markdown"))
    };
    let articles = files.articles.iter().map(|article| &article.file).filter(markdown);
    articles.flat_map(|file| broken_in(file, files, built)).collect()
}

fn broken_in(file: &RawFile, files: &SiteFiles, built: &Built) -> Vec<Diagnostic> {
    // Most articles have no such link at all.
    let Some(text) = pipeline::decode(&file.bytes).filter(|text| text.contains("](") || text.contains("]:")) else {
        return Vec::new();
    };
    let start = body(&text);
    let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH;
    let mut found = Vec::new();
    for (event, range) in Parser::new_ext(text.get(start..).unwrap_or_default(), options).into_offset_iter() {
        let Event::Start(Tag::Link { dest_url, .. }) = event else { continue };
        if leads_somewhere(&file.path, &dest_url, files, built) {
            continue;
        }
        let range = range.start + start..range.end + start;
        // In the link's brackets, or where a definition further down has it.
        let said = text.get(range.clone()).and_then(|link| link.rfind(&*dest_url));
        let place = match said {
            Some(at) => Location::in_text(&file.path, &text, range.start + at, dest_url.len()),
            None => Location::in_text(&file.path, &text, range.start, range.len()),
        };
        let message = format!("the link `{}` leads to no file of the site", crop(&dest_url));
        found.push(
            Diagnostic::warning("broken-link", place, message)
                .help("files are looked for beside the article, and from the site's root on where it begins with `/`"),
        );
    }
    found
}

/// Where the text begins, behind front matter.
fn body(text: &str) -> usize {
    let mut lines = text.split_inclusive('\n');
    let first = lines.next().unwrap_or_default();
    let fence = first.trim_end();
    if !matches!(fence, "---" | "+++") {
        return 0;
    }
    let mut at = first.len();
    for line in lines {
        at += line.len();
        if line.trim_end() == fence {
            return at;
        }
    }
    0
}

fn leads_somewhere(from: &str, link: &str, files: &SiteFiles, built: &Built) -> bool {
    let path = link.split(['#', '?']).next().unwrap_or_default();
    // Addresses with a scheme are others' business; what another generator fills in cannot be known.
    if path.is_empty() || path.starts_with("//") || path.contains(':') || link.contains("{{") || link.contains("{%") {
        return true;
    }
    let path = percent_decode_str(path).decode_utf8_lossy();
    if let Some(rooted) = path.strip_prefix('/') {
        return join("", rooted).is_some_and(|path| built.file(&path).is_some());
    }
    let Some(path) = join(from, &path) else { return false };
    let bare = path.trim_end_matches('/');
    LEFT_OUT.iter().any(|ending| stands(&files.root, &format!("{bare}{ending}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn front_matter_is_no_text() {
        assert_eq!(body("---\na: b\n---\ntext"), 13);
        assert_eq!(body("+++\r\na = 1\r\n+++\r\ntext"), 17);
        assert_eq!(body("text\n---\n"), 0);
        assert_eq!(body("---\nnever closed"), 0);
    }
}
