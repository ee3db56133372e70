//! `dateline init`: begins a site that builds at once, and never writes over a file.

mod names;
mod take;

use super::flags::Common;
use super::report::{self, Exit, count};
use crate::io::IoError;
use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// The files of every site, by path.
const FILES: [(&str, &str); 2] =
    [("dateline.yaml", include_str!("dateline.yaml")), ("corrections.yaml", include_str!("corrections.yaml"))];
const EXAMPLE: (&str, &str) = ("content/2024-03-07-lighthouse.md", include_str!("example.md"));
const IGNORED: (&str, &str) = (".gitignore", include_str!("gitignore"));
const WORKFLOW: &str = ".github/workflows/pages.yml";

/// What `init` takes.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The folder of the new site [default: the site's folder, `--root`]
    dir: Option<PathBuf>,
    /// Take over the articles of a folder: a site of Hugo, Jekyll, Zola or Eleventy, or just files
    #[arg(long, value_name = "DIR")]
    from: Option<PathBuf>,
}

/// Writes the files of a new site, or none of them where one is in the way.
pub fn run(common: &Common, args: &Args) -> anyhow::Result<Exit> {
    let root = args.dir.as_deref().unwrap_or(&common.root);
    let mut files: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    let mut put = |path: &str, text: &str| files.insert(path.to_owned(), text.as_bytes().to_vec());
    for (path, text) in FILES {
        put(path, text);
    }
    put(WORKFLOW, &workflow());
    // Most repositories have one before they have a site.
    let ignored = root.join(IGNORED.0);
    let mut notes = Vec::new();
    if fs::symlink_metadata(&ignored).is_err() {
        put(IGNORED.0, IGNORED.1);
    } else if let Some(note) = unignored(&fs::read_to_string(&ignored).unwrap_or_default()) {
        notes.push(note);
    }
    match &args.from {
        Some(from) => {
            let taken = take::take(from, root)?;
            if taken.files.is_empty() {
                report::complain(&format!("there are no articles in `{}`", from.display()), taken.help());
                return Ok(Exit::Io);
            }
            notes.extend(taken.notes);
            files.extend(taken.files);
        }
        None if has_articles(root) => {}
        None => drop(put(EXAMPLE.0, EXAMPLE.1)),
    }
    let blocked: Vec<&str> = files.keys().map(String::as_str).filter(|path| is_blocked(root, path)).collect();
    if !blocked.is_empty() {
        report::complain(
            &format!("{} in the way in `{}`: {}", are(blocked.len()), root.display(), listed(&blocked)),
            Some("move what is in the way, or name another folder; nothing was written"),
        );
        return Ok(Exit::Io);
    }
    for (path, bytes) in &files {
        write(&root.join(path), bytes)?;
    }
    let own = files.keys().filter(|path| !path.starts_with("content/") || args.from.is_none());
    report::note(
        common,
        &format!("wrote {} in `{}`", listed(&own.map(String::as_str).collect::<Vec<_>>()), root.display()),
    );
    notes.extend(outer_repository(root));
    if env!("CARGO_PKG_REPOSITORY").is_empty() {
        notes.push(format!("say in `{WORKFLOW}` where the program comes from: `DATELINE_REPOSITORY`"));
    }
    notes.iter().for_each(|note| report::note(common, note));
    let place = if root == Path::new(".") { String::new() } else { format!(" --root {}", quoted(root)) };
    report::note(common, &format!("next: `dateline serve{place}` shows the site and follows what you write"));
    Ok(Exit::Done)
}

/// Gives the workflow that publishes a site with this very version of the program.
fn workflow() -> String {
    let repository = env!("CARGO_PKG_REPOSITORY").trim_end_matches('/').trim_end_matches(".git");
    let mut parts = repository.rsplit('/');
    let name = parts.next().zip(parts.next()).map(|(name, owner)| format!("{owner}/{name}")).unwrap_or_default();
    let workflow = include_str!("pages.yml").replace("OWNER/NAME", &name);
    workflow.replace("\"0.0.0\"", &format!("{:?}", env!("CARGO_PKG_VERSION")))
}

/// Says which lines a `.gitignore` lacks.
fn unignored(text: &str) -> Option<String> {
    let has = |name: &str| text.lines().any(|line| line.trim().trim_matches('/') == name);
    let missing: Vec<&str> = ["public", ".dateline"].into_iter().filter(|name| !has(name)).collect();
    let lines: Vec<String> = missing.iter().map(|name| format!("`/{name}/`")).collect();
    (!lines.is_empty()).then(|| format!("your `.gitignore` was left as it is; add {} to it", lines.join(" and ")))
}

/// Says whether a folder has files under `content/` already.
fn has_articles(root: &Path) -> bool {
    let hidden = |name: &std::ffi::OsStr| name.as_encoded_bytes().starts_with(b".");
    let entries = WalkDir::new(root.join("content")).min_depth(1).into_iter();
    entries.filter_entry(|e| !hidden(e.file_name())).flatten().any(|e| !e.file_type().is_dir())
}

/// Says whether something stands where a file must go, or where one of its folders must be.
fn is_blocked(root: &Path, path: &str) -> bool {
    let folders = path.match_indices('/').filter_map(|(end, _)| path.get(..end));
    let no_folder = |place: PathBuf| fs::symlink_metadata(place).is_ok_and(|found| !found.is_dir());
    root.exists() && !root.is_dir()
        || folders.into_iter().any(|folder| no_folder(root.join(folder)))
        || fs::symlink_metadata(root.join(path)).is_ok()
}

fn write(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let failed = |source| IoError::File { action: "write", path: path.to_owned(), source };
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(failed)?;
    }
    // Nothing is written over, not even what came up a moment ago.
    let mut file = fs::File::create_new(path).map_err(failed)?;
    Ok(file.write_all(bytes).map_err(failed)?)
}

/// Says that the workflow does nothing in a folder within a repository.
fn outer_repository(root: &Path) -> Option<String> {
    let root = root.canonicalize().ok()?;
    let outer = root.ancestors().skip(1).find(|folder| folder.join(".git").exists());
    let outer = outer.filter(|_| !root.join(".git").exists())?;
    Some(format!("workflows count only at the top of a repository, which is `{}`", outer.display()))
}

/// Names some files, and how many more there are.
fn listed(paths: &[&str]) -> String {
    let shown: Vec<String> = paths.iter().take(10).map(|path| format!("`{path}`")).collect();
    match paths.len().checked_sub(11) {
        Some(more) => format!("{} and {}", shown.join(", "), count(more + 1, "more file")),
        None => shown.join(", "),
    }
}

fn are(number: usize) -> &'static str {
    if number == 1 { "a file is" } else { "files are" }
}

/// Gives a path as a shell takes it.
fn quoted(path: &Path) -> String {
    let text = path.to_string_lossy();
    let plain = text.chars().all(|c| c.is_alphanumeric() || "/\\._-+:@".contains(c));
    if plain { text.into_owned() } else { format!("'{}'", text.replace('\'', "'\\''")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_workflow_names_this_version_and_no_stand_in() {
        let workflow = workflow();
        assert!(workflow.contains(&format!("DATELINE_VERSION: \"{}\"", env!("CARGO_PKG_VERSION"))));
        assert!(!workflow.contains("OWNER/NAME") && !workflow.contains("0.0.0"));
    }

    #[test]
    fn a_gitignore_is_asked_for_what_it_lacks() {
        assert_eq!(unignored("target\n/public/\r\n.dateline\n"), None);
        let note = unignored("public").unwrap();
        assert!(note.contains("add `/.dateline/` to it"), "{note}");
    }

    #[test]
    fn a_path_is_quoted_for_the_shell_where_it_must_be() {
        assert_eq!(quoted(Path::new("a/b-c.d")), "a/b-c.d");
        assert_eq!(quoted(Path::new("my site's")), "'my site'\\''s'");
    }
}
