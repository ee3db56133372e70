//! The outlets of a site, each with a page of its own.

use super::escape;
use crate::model::Timeline;
use std::collections::{BTreeMap, BTreeSet};

/// Every outlet by name, with the folder of its page.
#[derive(Debug)]
pub struct Outlets<'a>(BTreeMap<&'a str, String>);

impl<'a> Outlets<'a> {
    /// Collects the outlets; two names with one slug get different folders.
    pub fn of(timeline: &'a Timeline) -> Outlets<'a> {
        let names: BTreeSet<&str> =
            timeline.articles.iter().filter_map(|a| a.publisher.as_ref()).map(|p| p.value.as_str()).collect();
        let mut taken = BTreeSet::new();
        let mut folders = BTreeMap::new();
        for name in names {
            // A folder's name has a limit, a name has none.
            let slug: String = slug::slugify(name).chars().take(80).collect();
            let slug = if slug.is_empty() { "outlet".to_owned() } else { slug };
            let mut folder = slug.clone();
            let mut count = 2;
            while !taken.insert(folder.clone()) {
                folder = format!("{slug}-{count}");
                count += 1;
            }
            folders.insert(name, folder);
        }
        Outlets(folders)
    }

    /// Gives the names with their folders, in order of name.
    pub fn iter(&self) -> impl Iterator<Item = (&'a str, &str)> {
        self.0.iter().map(|(name, folder)| (*name, folder.as_str()))
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Gives the page of an outlet, from the site's root.
    pub fn href(&self, name: &str) -> Option<String> {
        self.0.get(name).map(|folder| format!("sources/{}/index.html", escape::part(folder)))
    }
}
