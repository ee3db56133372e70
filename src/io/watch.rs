//! Watches the files of a site for changes, also where an editor puts a new file in the place of the old one.

use notify::event::{AccessKind, AccessMode};
use notify::{Config, Event, EventKind, PollWatcher, RecommendedWatcher, RecursiveMode, Watcher};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant, SystemTime};
use walkdir::WalkDir;

/// The folders of a site.
const FOLDERS: [&str; 3] = ["content", "templates", "static"];
/// The files beside them.
const FILES: [&str; 2] = [CONFIG, "corrections.yaml"];
const CONFIG: &str = "dateline.yaml";
/// How long nothing must change before what changed is told.
const QUIET: Duration = Duration::from_millis(8);
/// How long changes are waited for at most.
const LONGEST: Duration = Duration::from_millis(30);
/// How often files are looked at where the system does not tell of changes.
const POLL: Duration = Duration::from_millis(500);

/// What was told by the system.
enum Told {
    Changed(Vec<PathBuf>),
    /// It lost count of what changed.
    Lost,
}

/// A site that is watched.
pub struct Watch {
    root: PathBuf,
    /// A configuration that lies elsewhere.
    config: Option<PathBuf>,
    /// Folders and files of the site that links in its folders lead to.
    linked: BTreeSet<PathBuf>,
    watcher: Box<dyn Watcher + Send>,
    told: Receiver<Told>,
    /// Path, size and time of each file, as they were when the system last lost count.
    seen: Vec<(PathBuf, u64, Option<SystemTime>)>,
    /// Whether the system does not tell of changes, so that they must be looked for.
    pub polling: bool,
}

impl Watch {
    /// Begins to watch the site in `root`, and its configuration where that lies elsewhere.
    ///
    /// # Errors
    /// When the folder cannot be watched in any way.
    pub fn open(root: &Path, config: Option<&Path>) -> notify::Result<Watch> {
        let root = root.canonicalize().map_err(notify::Error::io)?;
        let config =
            config.and_then(|path| Some(path.parent()?.join(".").canonicalize().ok()?.join(path.file_name()?)));
        let (tell, told) = channel();
        let settings = Config::default().with_follow_symlinks(false);
        let mut watch = Watch {
            watcher: Box::new(RecommendedWatcher::new(handler(tell.clone()), settings)?),
            root,
            config,
            linked: BTreeSet::new(),
            told,
            seen: Vec::new(),
            polling: false,
        };
        if watch.arm().is_err() {
            // Most often there are more folders than the system wants to watch.
            watch.watcher = Box::new(PollWatcher::new(handler(tell), settings.with_poll_interval(POLL))?);
            watch.polling = true;
            watch.arm()?;
        }
        Ok(watch)
    }

    /// Waits for changes and gives the paths of what changed, as messages show them; `None` when no more can come.
    pub fn wait(&mut self) -> Option<BTreeSet<String>> {
        loop {
            let mut changed = BTreeSet::new();
            let first = self.told.recv().ok()?;
            self.take(first, &mut changed);
            if changed.is_empty() {
                continue;
            }
            let end = Instant::now() + LONGEST;
            loop {
                let left = end.saturating_duration_since(Instant::now()).min(QUIET);
                match self.told.recv_timeout(left) {
                    Ok(more) => self.take(more, &mut changed),
                    Err(RecvTimeoutError::Timeout) => break,
                    Err(RecvTimeoutError::Disconnected) => return None,
                }
            }
            // A folder that came back is not watched any longer, and a new link leads to one that never was.
            let moved = |path: &PathBuf| {
                FOLDERS.iter().any(|name| self.root.join(name) == *path)
                    || fs::symlink_metadata(path).is_ok_and(|found| found.is_symlink())
            };
            if changed.iter().any(moved) {
                let _ = self.arm();
            }
            return Some(changed.iter().map(|path| self.shown(path)).collect());
        }
    }

    fn take(&mut self, told: Told, changed: &mut BTreeSet<PathBuf>) {
        match told {
            Told::Changed(paths) => changed.extend(paths.into_iter().filter(|path| self.matters(path))),
            Told::Lost => {
                // A build that reads very many files can itself be why: only a real difference counts.
                let now = self.print();
                if now != self.seen {
                    self.seen = now;
                    changed.insert(self.root.clone());
                }
            }
        }
    }

    /// Says whether a build reads what stands at a path.
    fn matters(&self, path: &Path) -> bool {
        let hidden = |rest: &Path| rest.iter().any(|part| part.as_encoded_bytes().starts_with(b"."));
        let below = |folder: &Path| path.strip_prefix(folder).is_ok_and(|rest| !hidden(rest));
        // A configuration named by hand stands in for the site's own.
        let own = |name: &str| self.config.is_none() || name != CONFIG;
        self.config.as_deref() == Some(path)
            || FILES.iter().any(|name| own(name) && self.root.join(name) == path)
            || FOLDERS.iter().any(|name| below(&self.root.join(name)))
            || self.linked.iter().any(|place| below(place))
    }

    /// Watches every folder that a build reads.
    fn arm(&mut self) -> notify::Result<()> {
        self.watcher.watch(&self.root, RecursiveMode::NonRecursive)?;
        if let Some(folder) = self.config.as_deref().and_then(Path::parent).filter(|folder| *folder != self.root) {
            self.watcher.watch(folder, RecursiveMode::NonRecursive)?;
        }
        let mut waiting: Vec<PathBuf> = FOLDERS.iter().map(|name| self.root.join(name)).collect();
        let mut done = BTreeSet::new();
        self.linked.clear();
        while let Some(place) = waiting.pop() {
            if !done.insert(place.clone()) {
                continue;
            }
            if place.is_dir() {
                let _ = self.watcher.unwatch(&place);
                self.watcher.watch(&place, RecursiveMode::Recursive)?;
            } else if let Some(folder) = place.parent().filter(|folder| place.is_file() && *folder != self.root) {
                self.watcher.watch(folder, RecursiveMode::NonRecursive)?;
            }
            // Links are followed as a build does: within the site, and never into what is watched anyway.
            for link in WalkDir::new(&place).into_iter().flatten().filter(|entry| entry.path_is_symlink()) {
                let Ok(target) = link.path().canonicalize() else { continue };
                let watched = done.iter().chain(&waiting).any(|known| target.starts_with(known));
                if target.starts_with(&self.root) && !self.root.starts_with(&target) && !watched {
                    self.linked.insert(target.clone());
                    waiting.push(target);
                }
            }
        }
        Ok(())
    }

    /// Gives path, size and time of each file that a build reads.
    fn print(&self) -> Vec<(PathBuf, u64, Option<SystemTime>)> {
        let own = FILES.iter().chain(&FOLDERS).map(|name| self.root.join(name));
        let all = own.chain(self.config.clone()).chain(self.linked.iter().cloned());
        let files = all.flat_map(|place| WalkDir::new(place).sort_by_file_name().into_iter().flatten());
        let print = |entry: walkdir::DirEntry| {
            let found = entry.metadata().ok().filter(fs::Metadata::is_file)?;
            Some((entry.into_path(), found.len(), found.modified().ok()))
        };
        files.filter_map(print).collect()
    }

    fn shown(&self, path: &Path) -> String {
        let parts = path.strip_prefix(&self.root).unwrap_or(path).iter().map(|part| part.to_string_lossy());
        parts.collect::<Vec<_>>().join("/")
    }
}

/// Hands on what changes a file; that somebody reads one is nothing to us.
fn handler(tell: Sender<Told>) -> impl Fn(notify::Result<Event>) + Send + 'static {
    move |event| {
        let told = match event {
            Ok(event) if event.need_rescan() => Told::Lost,
            Ok(Event { kind: EventKind::Access(kind), .. }) if kind != AccessKind::Close(AccessMode::Write) => return,
            Ok(event) => Told::Changed(event.paths),
            Err(_) => Told::Lost,
        };
        // Nobody listens any longer when the program ends.
        let _ = tell.send(told);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site() -> (tempfile::TempDir, PathBuf) {
        let dir = tempfile::tempdir().unwrap();
        let root = dir.path().canonicalize().unwrap();
        for folder in ["content/deep", "templates", "archive", "public"] {
            fs::create_dir_all(root.join(folder)).unwrap();
        }
        fs::write(root.join("content/deep/a.txt"), "a").unwrap();
        (dir, root)
    }

    /// Changes something and gives what is told of it, which may come in several parts.
    fn told(watch: &mut Watch, until: &str) -> BTreeSet<String> {
        let mut all = BTreeSet::new();
        while !all.contains(until) {
            all.extend(watch.wait().unwrap());
        }
        all
    }

    #[test]
    fn what_a_build_reads_is_told_and_nothing_else() {
        let (_dir, root) = site();
        let mut watch = Watch::open(&root, None).unwrap();
        for other in ["public/index.html", "notes.txt", "content/.a.txt.swp", "content/deep/.hidden", ".dateline"] {
            fs::write(root.join(other), "x").unwrap();
        }
        fs::read(root.join("content/deep/a.txt")).unwrap();
        fs::write(root.join("dateline.yaml"), "title: A").unwrap();
        assert_eq!(told(&mut watch, "dateline.yaml"), ["dateline.yaml".to_owned()].into());
    }

    #[test]
    fn a_file_put_in_the_place_of_another_is_told() {
        let (_dir, root) = site();
        let mut watch = Watch::open(&root, None).unwrap();
        for text in ["one", "two"] {
            fs::write(root.join("content/deep/.new"), text).unwrap();
            fs::rename(root.join("content/deep/.new"), root.join("content/deep/a.txt")).unwrap();
            told(&mut watch, "content/deep/a.txt");
        }
        fs::write(root.join("corrections.tmp"), "").unwrap();
        fs::rename(root.join("corrections.tmp"), root.join("corrections.yaml")).unwrap();
        told(&mut watch, "corrections.yaml");
    }

    #[test]
    fn where_the_system_lost_count_only_a_difference_is_a_change() {
        let (_dir, root) = site();
        let mut watch = Watch::open(&root, None).unwrap();
        let mut lost = || {
            let mut changed = BTreeSet::new();
            watch.take(Told::Lost, &mut changed);
            !changed.is_empty()
        };
        assert_eq!([lost(), lost(), lost()], [true, false, false]);
        fs::write(root.join("content/deep/a.txt"), "longer").unwrap();
        assert_eq!([lost(), lost()], [true, false]);
    }

    #[test]
    fn folders_that_come_and_come_back_are_watched() {
        let (_dir, root) = site();
        let mut watch = Watch::open(&root, None).unwrap();
        fs::create_dir(root.join("static")).unwrap();
        told(&mut watch, "static");
        fs::write(root.join("static/style.css"), "").unwrap();
        told(&mut watch, "static/style.css");
        fs::rename(root.join("content"), root.join("aside")).unwrap();
        told(&mut watch, "content");
        fs::create_dir_all(root.join("content/new")).unwrap();
        told(&mut watch, "content");
        std::thread::sleep(Duration::from_millis(50));
        fs::write(root.join("content/new/b.txt"), "b").unwrap();
        told(&mut watch, "content/new/b.txt");
    }

    #[test]
    fn a_configuration_elsewhere_counts_instead_of_the_sites_own() {
        let (dir, root) = site();
        let other = tempfile::tempdir().unwrap();
        let config = other.path().canonicalize().unwrap().join("other.yaml");
        fs::write(&config, "").unwrap();
        let mut watch = Watch::open(&root, Some(&config)).unwrap();
        fs::write(root.join("dateline.yaml"), "").unwrap();
        fs::write(&config, "title: B").unwrap();
        let shown = config.to_string_lossy().replace('\\', "/").replacen('/', "//", 1);
        assert_eq!(told(&mut watch, &shown), [shown.clone()].into());
        drop(dir);
    }

    #[cfg(unix)]
    #[test]
    fn links_are_followed_within_the_site_and_never_out_of_it() {
        let (_dir, root) = site();
        let other = tempfile::tempdir().unwrap();
        std::os::unix::fs::symlink(other.path(), root.join("content/out")).unwrap();
        std::os::unix::fs::symlink("/", root.join("content/top")).unwrap();
        std::os::unix::fs::symlink(&root, root.join("content/up")).unwrap();
        let mut watch = Watch::open(&root, None).unwrap();
        std::os::unix::fs::symlink(root.join("archive"), root.join("content/archive")).unwrap();
        told(&mut watch, "content/archive");
        fs::write(other.path().join("x.txt"), "").unwrap();
        fs::write(root.join("archive/old.txt"), "").unwrap();
        assert_eq!(told(&mut watch, "archive/old.txt"), ["archive/old.txt".to_owned()].into());
    }
}
