//! Which folders may be written to.

use super::IoError;
use std::path::{Component, Path, PathBuf};

/// The folders of a site that a build must never write into.
const OURS: [&str; 4] = ["content", "templates", "static", ".dateline"];
/// Names beside them that a folder of ours must never take: the site's own files, and those of its repository.
const TAKEN: [&str; 9] =
    ["dateline.yaml", "dateline.yml", "corrections.yaml", "corrections.yml", ".git", ".github", ".hg", ".svn", "src"];

/// Gives the folder the site is written to: the one asked for, or `public` in the site's folder.
///
/// `root` must be canonical; `asked` is relative to the working folder.
///
/// # Errors
/// When writing there could harm the site itself or what lies around it.
pub fn output_folder(root: &Path, asked: Option<&Path>) -> Result<PathBuf, IoError> {
    let wanted = asked.map_or_else(|| root.join("public"), Path::to_owned);
    let refuse = |reason| IoError::UnsafeOutput { out: wanted.clone(), reason };
    let out = resolve(&wanted)?.ok_or_else(|| refuse("it goes up (`..`) from a folder that does not exist"))?;
    if out == root {
        return Err(refuse("it is the site's own folder"));
    }
    if root.starts_with(&out) {
        return Err(refuse("it holds the site's folder"));
    }
    for name in OURS {
        let folder = root.join(name);
        if out.starts_with(&folder) || folder.canonicalize().is_ok_and(|real| out.starts_with(real)) {
            return Err(refuse("it is a folder that the site is made from"));
        }
    }
    let within = out.strip_prefix(root).ok().and_then(|rest| rest.iter().next()).map(|name| name.to_string_lossy());
    if within.is_some_and(|name| OURS.iter().chain(&TAKEN).any(|taken| taken.eq_ignore_ascii_case(&name))) {
        return Err(refuse("the site or its repository keeps something of its own under this name"));
    }
    if out.iter().any(|part| part == ".git") {
        return Err(refuse("it is a part of a repository's own files"));
    }
    // A link named `public` may have come with the site; only a folder named by hand may lie elsewhere.
    if asked.is_none() && !out.starts_with(root) {
        return Err(refuse("it is a symbolic link out of the site's folder"));
    }
    if out.exists() && !out.is_dir() {
        return Err(refuse("it is no folder"));
    }
    Ok(out)
}

/// Makes a path absolute and free of links as far as it exists; `None` where the rest goes up.
fn resolve(path: &Path) -> Result<Option<PathBuf>, IoError> {
    let path = std::path::absolute(path).map_err(IoError::file("find", path))?;
    for known in path.ancestors() {
        if let Ok(real) = known.canonicalize() {
            let rest = path.strip_prefix(known).unwrap_or(Path::new(""));
            let plain = rest.components().all(|part| matches!(part, Component::Normal(_)));
            return Ok(plain.then(|| if rest.as_os_str().is_empty() { real } else { real.join(rest) }));
        }
    }
    Ok(Some(path))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn a_build_never_writes_over_the_site_or_around_it() {
        let dir = tempfile::tempdir().unwrap();
        let outer = dir.path().canonicalize().unwrap();
        let root = outer.join("site");
        fs::create_dir_all(root.join("content")).unwrap();
        fs::write(root.join("file"), "").unwrap();
        for bad in [
            "",
            "..",
            "../..",
            "content",
            "content/deep",
            "static",
            "templates/x",
            ".dateline",
            "file",
            "no/../../x",
            "dateline.yaml",
            "corrections.yaml",
            ".git",
            ".git/x",
            ".github",
            "src",
            "src/x",
            "Content",
            "a/.git/b",
        ] {
            assert!(output_folder(&root, Some(&root.join(bad))).is_err(), "{bad}");
        }
        assert!(output_folder(&root, Some(Path::new("/"))).is_err());
        assert_eq!(output_folder(&root, None).unwrap(), root.join("public"));
        assert_eq!(output_folder(&root, Some(&root.join("a/b"))).unwrap(), root.join("a/b"));
        assert_eq!(output_folder(&root, Some(&root.join("content/../out"))).unwrap(), root.join("out"));
        assert_eq!(output_folder(&root, Some(&root.join("../out"))).unwrap(), outer.join("out"));
    }

    #[cfg(unix)]
    #[test]
    fn links_do_not_hide_where_a_folder_lies() {
        let dir = tempfile::tempdir().unwrap();
        let outer = dir.path().canonicalize().unwrap();
        let root = outer.join("site");
        fs::create_dir_all(root.join("content")).unwrap();
        fs::create_dir_all(outer.join("elsewhere")).unwrap();
        std::os::unix::fs::symlink(root.join("content"), outer.join("innocent")).unwrap();
        assert!(output_folder(&root, Some(&outer.join("innocent"))).is_err());
        assert!(output_folder(&root, Some(&outer.join("innocent/new"))).is_err());
        std::os::unix::fs::symlink(outer.join("elsewhere"), root.join("public")).unwrap();
        assert!(output_folder(&root, None).is_err());
        assert!(output_folder(&root, Some(&root.join("public"))).is_ok());
    }
}
