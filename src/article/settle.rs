//! What only all articles together can tell: unique ids, and titles that stand twice.

use crate::diagnostic::{Diagnostic, Location};
use crate::model::Article;
use std::collections::{BTreeMap, BTreeSet};

/// A longer slug is cut, so that every file system can hold it as a folder's name.
const LONGEST_SLUG: usize = 100;

/// Titles are compared with at most this many earlier articles of the same title.
const COMPARED: usize = 8;

/// Gives every article an id of its own and tells of titles that stand twice.
///
/// The outcome does not depend on the order of the articles, nor on articles of other names.
pub fn settle(articles: &mut [Article]) -> Vec<Diagnostic> {
    let mut order: Vec<usize> = (0..articles.len()).collect();
    order.sort_by(|a, b| articles[*a].path.cmp(&articles[*b].path));
    let mut taken: BTreeSet<String> = BTreeSet::new();
    let mut groups: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for i in &order {
        groups.entry(natural_id(&articles[*i].path)).or_default().push(*i);
    }
    // Whoever has a slug by nature keeps it; the others step aside afterwards.
    for (slug, members) in &groups {
        if let Some(first) = members.first() {
            articles[*first].id.clone_from(slug);
            taken.insert(slug.clone());
        }
    }
    for (slug, members) in &groups {
        for i in members.iter().skip(1) {
            let path = &articles[*i].path;
            let ending = slug::slugify(path.rsplit_once('.').map_or("", |(_, ending)| ending));
            let mut id = format!("{slug}-{ending}");
            if ending.is_empty() || taken.contains(&id) {
                id = format!("{slug}-{}", hash(path));
            }
            while taken.contains(&id) {
                id.push('x');
            }
            taken.insert(id.clone());
            articles[*i].id = id;
        }
    }
    duplicate_titles(articles, &order)
}

/// The slug of an article's path below `content/`, without its ending.
pub(super) fn natural_id(path: &str) -> String {
    let below = path.strip_prefix("content/").unwrap_or(path);
    let name = below.rsplit('/').next().unwrap_or(below);
    let stem = match name.rfind('.') {
        Some(dot) if dot > 0 => below.get(..below.len() - name.len() + dot).unwrap_or(below),
        _ => below,
    };
    let slug = slug::slugify(stem);
    if slug.is_empty() {
        return format!("article-{}", hash(path));
    }
    match slug.get(..LONGEST_SLUG) {
        Some(head) if slug.len() > LONGEST_SLUG => format!("{}-{}", head.trim_end_matches('-'), hash(path)),
        _ => slug,
    }
}

/// Eight hexadecimal digits that stand for a path (FNV-1a).
fn hash(path: &str) -> String {
    let hash = path.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |h, b| (h ^ u64::from(b)).wrapping_mul(0x100_0000_01b3));
    format!("{:08x}", (hash >> 32) ^ (hash & 0xffff_ffff))
}

fn duplicate_titles(articles: &[Article], order: &[usize]) -> Vec<Diagnostic> {
    let mut groups: BTreeMap<String, Vec<&Article>> = BTreeMap::new();
    for article in order.iter().filter_map(|i| articles.get(*i)) {
        groups.entry(fold(&article.title.value)).or_default().push(article);
    }
    let mut messages = Vec::new();
    for group in groups.values().filter(|group| group.len() > 1) {
        for (i, article) in group.iter().enumerate().skip(1) {
            let earlier = group.get(i.saturating_sub(COMPARED)..i).unwrap_or_default();
            let twin = earlier.iter().find(|other| !told_apart(article, other));
            let Some(other) = twin.or(earlier.first()) else {
                continue;
            };
            let place = Location::file(&article.path);
            let message = format!("the title “{}” is that of {} too", article.title.value, other.path);
            messages.push(match twin {
                Some(_) => Diagnostic::error("duplicate-title", place, message)
                    .help("remove one of the two, or state a `publisher` or `url` of its own"),
                None => Diagnostic::warning("duplicate-title", place, message)
                    .help("both are kept; give one a `title` of its own if they are different articles"),
            });
        }
    }
    messages.sort();
    messages
}

/// Whether publisher, address or day say that two articles are not the same one.
fn told_apart(a: &Article, b: &Article) -> bool {
    let publishers = match (&a.publisher, &b.publisher) {
        (Some(a), Some(b)) => fold(&a.value) != fold(&b.value),
        _ => false,
    };
    let addresses = matches!((&a.url, &b.url), (Some(a), Some(b)) if a != b);
    // A column that comes every week has one title and its own days.
    let days = matches!((&a.published, &b.published), (Some(a), Some(b)) if a.date != b.date);
    publishers || addresses || days
}

fn fold(text: &str) -> String {
    text.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}
