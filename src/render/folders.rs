//! Names → folders: safe on every file system, each name one of its own.

use std::collections::{BTreeMap, BTreeSet, HashMap};

/// A longer slug is cut.
const LONGEST: usize = 60;

/// Names that some file systems keep for devices.
const DEVICES: &[&str] = &["con", "prn", "aux", "nul"];

/// Names a folder for each name; two that would share one are told apart by a hash of their name.
///
/// Folders are made of small ASCII letters, digits and hyphens, so that no file system that knows no
/// case takes two for one, and none leads anywhere else. `nameless` stands where nothing else is left.
pub(super) fn folders<'a>(names: impl Iterator<Item = &'a str>, nameless: &str) -> BTreeMap<&'a str, String> {
    let names: BTreeSet<&str> = names.collect();
    let slugs: Vec<(&str, String)> = names.into_iter().map(|name| (name, slug::slugify(name))).collect();
    let mut uses: HashMap<&str, usize> = HashMap::new();
    for (_, slug) in &slugs {
        *uses.entry(slug).or_default() += 1;
    }
    let mut taken: BTreeSet<String> = BTreeSet::new();
    let mut made = BTreeMap::new();
    for (name, slug) in &slugs {
        let short: String = slug.chars().take(LONGEST).collect();
        let hash = blake3::hash(name.as_bytes()).to_hex();
        let hash = hash.get(..8).unwrap_or_default();
        let whole = short.len() == slug.len() && uses.get(slug.as_str()) == Some(&1) && !is_device(&short);
        let wanted = match short.trim_end_matches('-') {
            "" => format!("{nameless}-{hash}"),
            short if whole => short.to_owned(),
            short => format!("{short}-{hash}"),
        };
        let mut folder = wanted.clone();
        for n in 2.. {
            if taken.insert(folder.clone()) {
                break;
            }
            folder = format!("{wanted}-{n}");
        }
        made.insert(*name, folder);
    }
    made
}

fn is_device(slug: &str) -> bool {
    let port = slug.len() == 4 && (slug.starts_with("com") || slug.starts_with("lpt"));
    DEVICES.contains(&slug) || port
}

/// Gives the letter under which a name is listed; what begins otherwise stands together.
pub(super) fn initial(folder: &str) -> char {
    match folder.chars().next() {
        Some(c) if c.is_ascii_lowercase() => c,
        Some(c) if c.is_ascii_digit() => '0',
        _ => '-',
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_has_a_folder_of_its_own() {
        let made = folders(["A & B", "A, B", "🚢", "The Post", "the post"].into_iter(), "outlet");
        let distinct: BTreeSet<String> = made.values().map(|folder| folder.to_lowercase()).collect();
        assert_eq!(distinct.len(), 5, "{made:?}");
        assert!(made["A & B"].starts_with("a-b-"), "{made:?}");
        assert_eq!(folders(["The Post"].into_iter(), "outlet")["The Post"], "the-post");
    }

    #[test]
    fn no_name_leads_out_of_its_folder_or_to_a_device() {
        let long = "w".repeat(10_000);
        let names =
            ["../../etc/passwd", "..", ".", "/", "a\\b", "CON", "com1", "\u{202E}x", "'\"><script>", "]]>", &long];
        for (name, folder) in folders(names.into_iter(), "name") {
            assert!(!folder.is_empty() && folder.len() < 80, "{name}: {folder}");
            assert!(folder.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'), "{folder}");
            assert!(!is_device(&folder), "{folder}");
        }
    }

    #[test]
    fn a_name_that_is_written_like_the_folder_of_another_takes_the_next() {
        let first = folders(["A & B", "A, B"].into_iter(), "x");
        let copy = first["A & B"].clone();
        let made = folders(["A & B", "A, B", &copy].into_iter(), "x");
        assert_eq!(made.values().collect::<BTreeSet<_>>().len(), 3, "{made:?}");
    }
}
