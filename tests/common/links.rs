//! Walks the links of a rendered site: each must lead to a page, and its fragment to an id there.

#![allow(clippy::disallowed_methods, clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test may touch files and fail
#![allow(dead_code)] // each test uses its part

use percent_encoding::percent_decode_str;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// The files of a site by their path.
pub type Files = BTreeMap<String, Vec<u8>>;

/// Lists what is wrong with the links of a built folder.
pub fn broken(folder: &Path) -> Vec<String> {
    let mut files = Files::new();
    collect(folder, "", &mut files);
    broken_in(&files)
}

/// Lists the links that lead nowhere and the ids that stand twice, in files given by path and content.
pub fn broken_in(files: &Files) -> Vec<String> {
    let mut problems = Vec::new();
    let mut ids: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for (path, bytes) in files {
        let known = ids.entry(path).or_default();
        for id in attributes(path, bytes, &["id"]) {
            if !known.insert(id.clone()) {
                problems.push(format!("{path}: the id `{id}` stands twice"));
            }
        }
    }
    let base = base(files);
    for (path, bytes) in files {
        for link in attributes(path, bytes, &["href", "src"]).into_iter().chain(listed(path, bytes, &base)) {
            if let Some(problem) = check(path, &link, &base, &ids) {
                problems.push(format!("{path}: {problem}"));
            }
        }
    }
    problems
}

/// Lists what pages and style sheets would load from elsewhere, and scripts or styles in the page itself.
pub fn foreign(files: &Files) -> Vec<String> {
    let mut problems = Vec::new();
    for (path, bytes) in files {
        let text = String::from_utf8_lossy(bytes);
        let mut say = |what: &str| problems.push(format!("{path}: {what:.120}"));
        if path.ends_with(".css") && (text.contains("@import") || text.contains("url(")) {
            say("loads another file");
        }
        for tag in tags(path, bytes) {
            let name = tag.split([' ', '>', '/']).next().unwrap_or_default();
            let loads = match name {
                "link" => !tag.contains("rel=\"canonical\""),
                _ => tag.contains(" src="),
            };
            if loads && tag.contains("//") {
                say(tag);
            }
            let inline =
                tag.contains(" style=") || tag.split([' ', '\n']).any(|a| a.starts_with("on") && a.contains('='));
            let scripted = name == "script" && !tag.contains(" src=\"") && !tag.contains("type=\"application/");
            if inline || scripted || matches!(name, "style" | "iframe" | "object" | "embed" | "base") {
                say(tag);
            }
        }
    }
    problems
}

fn check(from: &str, link: &str, base: &str, ids: &BTreeMap<&str, BTreeSet<String>>) -> Option<String> {
    if ["http:", "https:", "mailto:"].iter().any(|scheme| link.to_ascii_lowercase().starts_with(scheme)) {
        return None;
    }
    let (target, fragment) = link.split_once('#').map_or((link, None), |(target, f)| (target, Some(f)));
    if target.contains(':') || target.contains('?') {
        return Some(format!("`{link}` is no link within the site"));
    }
    let decode = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
    let path = match target.strip_prefix('/') {
        Some(_) => match target.strip_prefix(base) {
            Some(path) => decode(path),
            None => return Some(format!("`{link}` leads out of {base}")),
        },
        None if target.is_empty() => from.to_owned(),
        None => match join(from, &decode(target)) {
            Some(path) => path,
            None => return Some(format!("`{link}` leads out of the site")),
        },
    };
    let Some(known) = ids.get(path.as_str()) else {
        return Some(format!("`{link}` leads to {path}, which is not there"));
    };
    let fragment = decode(fragment?);
    (!known.contains(&fragment)).then(|| format!("`{link}`: {path} has no id `{fragment}`"))
}

/// Gives the path of the site on its server, from the canonical address of the first page.
fn base(files: &Files) -> String {
    let page = files.get("index.html").map(|bytes| tags("index.html", bytes));
    let canonical = page.and_then(|tags| tags.into_iter().find(|tag| tag.contains("rel=\"canonical\"")));
    let address = canonical.and_then(|tag| tag.split_once("://")).and_then(|(_, rest)| rest.split_once('"'));
    let path = address.and_then(|(address, _)| address.split_once('/')).map(|(_, path)| path);
    format!("/{}", path.unwrap_or_default())
}

fn join(from: &str, link: &str) -> Option<String> {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in link.split('/') {
        match part {
            ".." => drop(parts.pop()?),
            "." => {}
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// Gives the inside of every tag of a page; nothing for other files.
fn tags<'a>(path: &str, bytes: &'a [u8]) -> Vec<&'a str> {
    if !path.ends_with(".html") {
        return Vec::new();
    }
    let text = std::str::from_utf8(bytes).unwrap_or_else(|_| panic!("{path} is not UTF-8"));
    let tags = text.split('<').skip(1);
    tags.map(|tag| tag.split_once('>').unwrap_or_else(|| panic!("{path}: a tag has no end: {tag:.60}")).0).collect()
}

fn attributes(path: &str, bytes: &[u8], names: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for tag in tags(path, bytes) {
        for name in names {
            let Some((_, value)) = tag.split_once(&format!(" {name}=\"")) else {
                continue;
            };
            let value = value.split_once('"').unwrap_or((value, "")).0;
            found.push(unescaped(value));
        }
    }
    found
}

/// Gives the pages that a sitemap lists, as links from the root of the server.
fn listed(path: &str, bytes: &[u8], base: &str) -> Vec<String> {
    if !path.ends_with(".xml") {
        return Vec::new();
    }
    let text = String::from_utf8_lossy(bytes);
    let addresses = text.split("<loc>").skip(1).filter_map(|rest| rest.split_once("</loc>"));
    let path = |address: &str| {
        address.split_once("://").and_then(|(_, rest)| rest.split_once('/')).map(|(_, p)| format!("/{p}"))
    };
    let index = |link: String| if link.ends_with('/') { link + "index.html" } else { link };
    addresses.map(|(address, _)| path(&unescaped(address)).map_or(format!("{base}?"), index)).collect()
}

fn unescaped(text: &str) -> String {
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'");
    text.replace("&amp;", "&")
}

fn collect(folder: &Path, prefix: &str, files: &mut Files) {
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let path = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            collect(&entry.path(), &format!("{path}/"), files);
        } else {
            files.insert(path, fs::read(entry.path()).unwrap());
        }
    }
}
