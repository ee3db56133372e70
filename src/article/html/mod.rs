//! Saved web pages: HTML → paragraphs of the article, and what the page says of it.
//!
//! `tokens` cuts the page, `page` nests it, `noise` finds what surrounds the article, `main_text` chooses its texts,
//! `blocks` makes paragraphs of them, and `facts` reads the metadata. Each takes one pass, and every text keeps its
//! place in the file.

mod blocks;
mod charset;
mod entities;
mod facts;
mod jsonld;
mod main_text;
mod noise;
mod page;
mod tokens;

pub(super) use charset::decode;

use super::metadata::Metadata;
use super::paragraph::Para;
use super::{dates, head};
use crate::model::BlockKind;
use url::Url;

/// The headline stands among so many paragraphs at the head.
const HEAD: usize = 6;
/// A line that says who wrote the article is at most this long, in bytes.
const BYLINE: usize = 120;

/// What was read of a page.
pub(super) struct Read {
    /// What it says of its article.
    pub(super) metadata: Metadata,
    /// The article.
    pub(super) paras: Vec<Para<'static>>,
    /// What stands between the headline and the text: by whom and when.
    pub(super) above: Vec<Para<'static>>,
}

/// Whether a file of this ending is a page.
pub(super) fn is_page(ending: &str) -> bool {
    matches!(ending, "html" | "htm" | "xhtml")
}

/// Reads a decoded page; `path` is that of its file, `found` the address at which it was found.
pub(super) fn read(path: &str, html: &str, found: Option<&str>) -> Read {
    let page = page::read(html);
    let noise = noise::noise(&page);
    let mut kept = main_text::kept(html, &page, &noise);
    main_text::without_stamps(&page, &mut kept);
    let file = facts::File { path, html, page: &page, noise: &noise, found };
    let address = file.address();
    let base = page.base.as_deref().or(found).or(address.as_deref()).and_then(|url| Url::parse(url).ok());
    let above = main_text::above(&page, &noise, &kept);
    let is_above = |i: usize| above.contains(&i) && noise.get(i) == Some(&false);
    let above = blocks::paragraphs(html, &page, is_above, base.as_ref());
    let mut paras = blocks::paragraphs(html, &page, |i| kept.get(i) == Some(&true), base.as_ref());
    let metadata = file.metadata(&kept, address);
    let repeats = |para: &Para| {
        let heading = matches!(para.kind, BlockKind::Heading(_));
        heading && metadata.title.as_ref().is_some_and(|title| head::same(title, &para.text))
    };
    if let Some(at) = paras.iter().take(HEAD).position(repeats) {
        paras.remove(at);
    }
    if metadata.published.is_some()
        && let Some(at) = paras.iter().take(HEAD).position(|para| is_byline(&para.text, &metadata.authors))
    {
        paras.remove(at);
    }
    Read { metadata, paras, above }
}

/// Whether a line says nothing but who wrote the article, and when: "Ann Roe 19 August 2024".
fn is_byline(line: &str, authors: &[String]) -> bool {
    let named = authors.iter().find_map(|name| line.split_once(name.as_str()));
    let Some((before, behind)) = named.filter(|_| line.len() <= BYLINE) else { return false };
    let rest = format!("{before} {behind}");
    let rest = rest.trim_matches(|c: char| !c.is_alphanumeric());
    rest.is_empty() || matches!(dates::read(rest, Some(true)), dates::Reading::Date(_))
}
