//! Follows every link of a built site.

#![allow(clippy::disallowed_methods, clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test may touch files and fail
#![allow(dead_code)] // each test uses its part

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Lists the internal links of a built folder that lead nowhere, as `page → link`.
pub fn broken(folder: &Path) -> Vec<String> {
    let entries = walkdir::WalkDir::new(folder).into_iter().flatten();
    let files = entries.filter(|e| e.file_type().is_file()).map(|e| {
        let path = e.path().strip_prefix(folder).unwrap().to_str().unwrap().replace('\\', "/");
        (path, std::fs::read(e.path()).unwrap())
    });
    broken_in(&files.collect())
}

/// Lists the internal links among files that lead nowhere: no such file, or no such `id` in it.
pub fn broken_in(files: &BTreeMap<String, Vec<u8>>) -> Vec<String> {
    let pages: BTreeMap<&str, String> = files
        .iter()
        .filter(|(path, _)| path.ends_with(".html") || path.ends_with(".xml"))
        .map(|(path, bytes)| (path.as_str(), String::from_utf8(bytes.clone()).expect("a page is UTF-8")))
        .collect();
    let ids: BTreeMap<&str, BTreeSet<String>> =
        pages.iter().map(|(path, html)| (*path, attributes(html, "id").collect())).collect();
    let index = pages.get("index.html").map_or("", String::as_str);
    let canonical = index.split("rel=\"canonical\" href=\"").nth(1);
    let base = canonical.and_then(|rest| rest.split('"').next()).unwrap_or("\0").to_owned();
    let mut found = Vec::new();
    let mut seen = 0;
    for (page, html) in &pages {
        let locations = html.split("<loc>").skip(1).map(|rest| rest.split('<').next().unwrap().to_owned());
        for link in attributes(html, "href").chain(attributes(html, "src")).chain(locations) {
            seen += 1;
            if !leads_somewhere(page, &link, &base, files, &ids) {
                found.push(format!("{page} → {link}"));
            }
        }
    }
    assert!(seen > 0, "no links at all");
    found
}

fn leads_somewhere(
    page: &str,
    link: &str,
    base: &str,
    files: &BTreeMap<String, Vec<u8>>,
    ids: &BTreeMap<&str, BTreeSet<String>>,
) -> bool {
    let (target, fragment) = link.split_once('#').map_or((link, None), |(t, f)| (t, Some(f)));
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    let target = if let Some(inside) = target.strip_prefix(base) {
        parts.clear();
        inside
    } else if target.contains("://") || target.starts_with("mailto:") {
        return true;
    } else if let Some(inside) = target.strip_prefix(base_path(base)).or_else(|| target.strip_prefix('/')) {
        parts.clear();
        inside
    } else if target.is_empty() {
        parts = page.split('/').collect();
        ""
    } else {
        target
    };
    for part in target.split('/').filter(|p| !p.is_empty() && *p != ".") {
        if part == ".." {
            if parts.pop().is_none() {
                return false;
            }
        } else {
            parts.push(part);
        }
    }
    let path = percent_encoding::percent_decode_str(&parts.join("/")).decode_utf8().unwrap().into_owned();
    let path = [path.clone(), format!("{path}/index.html").trim_start_matches('/').to_owned()];
    let Some(path) = path.iter().find(|path| files.contains_key(path.as_str())) else {
        return false;
    };
    let Some(id) = fragment.filter(|f| !f.is_empty() && !f.starts_with(":~:")) else {
        return true;
    };
    ids.get(path.as_str()).is_some_and(|ids| ids.contains(id))
}

/// The path of an address: `/sub/path/` of `https://me.example/sub/path/`.
fn base_path(base: &str) -> &str {
    let host = base.split_once("://").map_or("", |(_, rest)| rest);
    host.find('/').and_then(|slash| host.get(slash..)).unwrap_or("/")
}

/// Gives the values of an attribute in all tags.
fn attributes<'a>(html: &'a str, name: &'a str) -> impl Iterator<Item = String> + 'a {
    let tags = html.split('<').skip(1).map(|rest| rest.split('>').next().unwrap_or_default());
    tags.flat_map(move |tag| {
        let start = format!(" {name}=\"");
        let values: Vec<String> = tag
            .split(&start)
            .skip(1)
            .map(|rest| rest.split('"').next().unwrap_or_default())
            .map(|v| v.replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"))
            .collect();
        values
    })
}
