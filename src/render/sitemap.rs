//! `sitemap.xml` and `robots.txt`.

use super::html::Target;
use super::{Site, escape};
use crate::model::OutputFile;

/// How many addresses one sitemap may hold.
const MOST: usize = 50_000;

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
const SPACE: &str = "xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\"";

/// Lists every page for search engines. Without a base URL no page has an address to list, so that there is
/// no sitemap then: an empty one is no valid sitemap.
pub fn files(pages: &[Target], site: &Site) -> Vec<OutputFile> {
    let addresses: Vec<String> =
        pages.iter().filter(|page| page.is_listed()).filter_map(|page| site.canonical(&page.path())).collect();
    let mut files = Vec::new();
    let mut push = |path: String, text: String| files.push(OutputFile { path, bytes: text.into_bytes() });
    if addresses.is_empty() {
        // Nothing is to be listed.
    } else if addresses.len() <= MOST {
        push("sitemap.xml".to_owned(), urlset(&addresses));
    } else {
        let mut index = format!("{HEAD}<sitemapindex {SPACE}>\n");
        for (i, some) in addresses.chunks(MOST).enumerate() {
            let path = format!("sitemap-{}.xml", i + 1);
            let address = site.canonical(&path).unwrap_or_default();
            index.push_str(&format!("<sitemap><loc>{}</loc></sitemap>\n", escape::escaped(&address)));
            push(path, urlset(some));
        }
        push("sitemap.xml".to_owned(), index + "</sitemapindex>\n");
    }
    let mut robots = "User-agent: *\nAllow: /\n".to_owned();
    if let Some(address) = site.canonical("sitemap.xml") {
        robots.push_str(&format!("\nSitemap: {address}\n"));
    }
    push("robots.txt".to_owned(), robots);
    files
}

fn urlset(addresses: &[String]) -> String {
    let mut out = format!("{HEAD}<urlset {SPACE}>\n");
    for address in addresses {
        out.push_str("<url><loc>");
        escape::push(&mut out, address);
        out.push_str("</loc></url>\n");
    }
    out + "</urlset>\n"
}
