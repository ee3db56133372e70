//! Which file of the output folder an address means; never one outside of it.

use percent_encoding::percent_decode_str;
use std::fs;
use std::path::{Component, Path, PathBuf};

/// How the names of our own files in the output folder begin.
const OURS: &str = ".dateline-";

/// What stands at an address.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// A file, with its path below the site.
    File(String, Vec<u8>),
    /// Something at another address.
    Elsewhere(String),
    /// Nothing, with the page that says so where the site has one.
    Nothing(Option<Vec<u8>>),
}

/// Finds what stands at the path of an address, in a site that is served under `base`.
pub(super) fn find(out: &Path, base: &str, path: &str, query: Option<&str>) -> Found {
    let query = query.map(|query| format!("?{query}")).unwrap_or_default();
    let missing = || Found::Nothing(read(out, "404.html"));
    let Some(decoded) = decode(path) else { return missing() };
    let home = decode(base).unwrap_or_else(|| "/".to_owned());
    if decoded == "/" && home != "/" || format!("{decoded}/") == home {
        return Found::Elsewhere(format!("{base}{query}"));
    }
    let Some(name) = decoded.strip_prefix(home.as_str()) else { return missing() };
    if name.is_empty() || name.ends_with('/') {
        let name = format!("{name}index.html");
        return read(out, &name).map_or_else(missing, |bytes| Found::File(name, bytes));
    }
    if let Some(bytes) = read(out, name) {
        return Found::File(name.to_owned(), bytes);
    }
    match within(out, name) {
        Some(folder) if folder.is_dir() => Found::Elsewhere(format!("{path}/{query}")),
        _ => missing(),
    }
}

/// Gives an address as text; `None` for one that is none, or holds what no path of ours does.
fn decode(path: &str) -> Option<String> {
    let text = percent_decode_str(path).decode_utf8().ok()?;
    (!text.contains(['\0', '\\'])).then(|| text.into_owned())
}

/// Reads an ordinary file below a folder.
fn read(out: &Path, name: &str) -> Option<Vec<u8>> {
    let file = within(out, name)?;
    // A pipe or a device would never end.
    fs::metadata(&file).ok().filter(fs::Metadata::is_file)?;
    fs::read(file).ok()
}

/// Gives the real place of a path below a folder; `None` for one that is not there or leads out of it.
fn within(out: &Path, name: &str) -> Option<PathBuf> {
    if name.starts_with(OURS) {
        return None;
    }
    // Each part must be a name for the system too: `..`, `C:` and the like are none.
    for part in name.split('/') {
        let mut components = Path::new(part).components();
        let (Some(Component::Normal(only)), None) = (components.next(), components.next()) else { return None };
        if only != part {
            return None;
        }
    }
    let real = out.join(name).canonicalize().ok()?;
    real.starts_with(out.canonicalize().ok()?).then_some(real)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site() -> (tempfile::TempDir, PathBuf) {
        let dir = tempfile::tempdir().unwrap();
        let out = dir.path().join("public");
        fs::create_dir_all(out.join("a b/deep")).unwrap();
        fs::write(dir.path().join("secret"), "secret").unwrap();
        for (path, text) in [
            ("index.html", "home"),
            ("404.html", "none"),
            ("a b/index.html", "folder"),
            (".dateline-manifest.json", ""),
        ] {
            fs::write(out.join(path), text).unwrap();
        }
        (dir, out)
    }

    fn file(name: &str, text: &str) -> Found {
        Found::File(name.to_owned(), text.as_bytes().to_vec())
    }

    #[test]
    fn a_folder_is_its_index_and_lies_at_an_address_with_a_slash() {
        let (_dir, out) = site();
        assert_eq!(find(&out, "/", "/", None), file("index.html", "home"));
        assert_eq!(find(&out, "/", "/a%20b/", None), file("a b/index.html", "folder"));
        assert_eq!(find(&out, "/", "/a%20b", Some("q=1")), Found::Elsewhere("/a%20b/?q=1".to_owned()));
        assert_eq!(find(&out, "/", "/a%20b/deep/", None), Found::Nothing(Some(b"none".to_vec())));
    }

    #[test]
    fn a_site_meant_for_a_sub_path_is_served_under_it() {
        let (_dir, out) = site();
        assert_eq!(find(&out, "/r%C3%A9/", "/r%c3%a9/", None), file("index.html", "home"));
        for root in ["/", "/r%C3%A9"] {
            assert_eq!(find(&out, "/r%C3%A9/", root, None), Found::Elsewhere("/r%C3%A9/".to_owned()));
        }
        assert!(matches!(find(&out, "/repo/", "/index.html", None), Found::Nothing(_)));
    }

    #[test]
    fn no_address_leads_out_of_the_folder() {
        let (dir, out) = site();
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(dir.path().join("secret"), out.join("link")).unwrap();
            std::os::unix::fs::symlink(dir.path(), out.join("up")).unwrap();
        }
        for path in [
            "/../secret",
            "/%2e%2e/secret",
            "/%2e%2e%2fsecret",
            "/a%20b/../../secret",
            "/..%5csecret",
            "/..\\secret",
            "/secret%00",
            "/index.html%00",
            "//secret",
            "//evil.example",
            "/./index.html",
            "/a%20b//index.html",
            "/link",
            "/up/secret",
            "/up",
            "/%ff",
            "/.dateline-manifest.json",
            "/index.html/",
        ] {
            assert_eq!(find(&out, "/", path, None), Found::Nothing(Some(b"none".to_vec())), "{path}");
        }
        drop(dir);
    }
}
