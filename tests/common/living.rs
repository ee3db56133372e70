//! A small site that lives: articles come, change, move and go, metadata and corrections with them, by chance that
//! is the same at every run.

#![allow(clippy::disallowed_methods, clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test may touch files and fail
#![allow(dead_code)] // each test uses its part

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Chance that is the same at every run (xorshift).
pub struct Chance(pub u64);

impl Chance {
    pub fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % n.max(1) as u64) as usize
    }

    pub fn of<'a, T: ?Sized>(&mut self, all: &[&'a T]) -> &'a T {
        all[self.below(all.len())]
    }
}

const PLACES: &[&str] = &["Almerhaven", "Tollwick", "Brenmouth", "Osterfjord"];
const PEOPLE: &[&str] = &["Mara Quill", "Jonas Veldt", "Ines Okafor", "the harbour board"];
const DEEDS: &[&str] = &[
    "{who} closed the old bridge in {where}",
    "{who} opened the new ferry pier of {where}",
    "a fire destroyed the grain store in {where}, {who} said",
    "{who} signed the contract for the tram line to {where}",
    "striking dockers in {where} went back to work, {who} told reporters",
];
const DAYS: &[&str] =
    &["On Tuesday", "On March 3", "Last week", "In 2019", "On 5 February 2021", "Two days ago", "Since 2017"];
const OUTLETS: &[&str] = &["Harbour News", "The Tollwick Post", "Fjord Radio"];

/// The files of a site and what may happen to them.
pub struct Living {
    pub files: BTreeMap<String, String>,
    pub chance: Chance,
    count: usize,
}

impl Living {
    pub fn new(seed: u64, articles: usize) -> Living {
        let mut living = Living { files: BTreeMap::new(), chance: Chance(seed), count: 0 };
        living.files.insert("dateline.yaml".into(), "title: Harbours\nbase_url: https://example.org/h/\n".into());
        for _ in 0..articles {
            living.add();
        }
        living
    }

    fn add(&mut self) -> String {
        self.count += 1;
        let text = self.article();
        let folder = self.chance.of(&["", "", "deep/"]);
        let ending = if text.starts_with("---") { "md" } else { "txt" };
        let path = format!("content/{folder}{:03}-piece.{ending}", self.count);
        self.files.insert(path.clone(), text);
        path
    }

    fn sentence(&mut self) -> String {
        let (day, deed) = (self.chance.of(DAYS), self.chance.of(DEEDS));
        let (who, place) = (self.chance.of(PEOPLE), self.chance.of(PLACES));
        format!("{day}, {}.", deed.replace("{who}", who).replace("{where}", place))
    }

    fn article(&mut self) -> String {
        let sentences: Vec<String> = (0..1 + self.chance.below(4)).map(|_| self.sentence()).collect();
        let (n, outlet) = (self.count, self.chance.of(OUTLETS));
        let day = format!("2021-03-{:02}", 1 + self.chance.below(28));
        let body = sentences.join(" ");
        match self.chance.below(8) {
            0 => format!("{body}\n"),
            1 => format!("Published: {day}\n\n-{outlet}\n\n{body}\n"),
            2 => {
                let says = "the board's own record";
                format!(
                    "---\nevent: {day}\ntitle: Recorded by hand {n}\nsources:\n  - publisher: {outlet}\n    quote: {says}\n---\n{body}\n"
                )
            }
            3 => format!(
                "---\ntitle: Piece {n}\ndate: {day}\ntags: [harbour, \"n{}\"]\n---\n# A [link](https://example.org) and\n\n{body}\n",
                n % 3
            ),
            4 => format!("---\ntitle: Piece {n}\ndate: soon\n---\n{body}\n"),
            _ => {
                format!("---\ntitle: Piece {n}\ndate: {day}\npublisher: {outlet}\n---\n{body}\n\n{}\n", self.sentence())
            }
        }
    }

    fn some_article(&mut self) -> Option<String> {
        let is_article = |path: &&String| path.ends_with(".md") || path.ends_with(".txt");
        let all: Vec<String> = self.files.keys().filter(is_article).cloned().collect();
        (!all.is_empty()).then(|| all[self.chance.below(all.len())].clone())
    }

    /// Lets one thing happen; `events` are the ids of those that the site has now.
    pub fn happen(&mut self, events: &[String]) -> String {
        let Some(path) = self.some_article() else { return self.add() };
        match self.chance.below(12) {
            0..=2 => self.add(),
            3 => {
                let more = self.sentence();
                let text = self.files.get_mut(&path).unwrap();
                text.push_str(&format!("\n{more}\n"));
                format!("{path} goes on")
            }
            4 => {
                // As long as before: only its times tell that it is another.
                let text = self.files.get_mut(&path).unwrap();
                *text = text.replace("Almerhaven", "Eastehaven").replace("2021-03-1", "2021-03-0");
                format!("{path} is edited in place")
            }
            5 => {
                self.count += 1;
                let text = self.article();
                self.files.insert(path.clone(), text);
                format!("{path} is written anew")
            }
            6 => {
                self.files.remove(&path);
                format!("{path} goes")
            }
            7 => {
                let text = self.files.remove(&path).unwrap();
                self.count += 1;
                let new = path.replacen("content/", &format!("content/moved-{}-", self.count), 1);
                let new =
                    if path.contains("deep/") { path.replace("deep/", &format!("x{}/", self.count)) } else { new };
                self.files.insert(new.clone(), text);
                format!("{path} becomes {new}")
            }
            8 => {
                let beside = format!("{}.yaml", path.rsplit_once('.').unwrap().0);
                let day = 1 + self.chance.below(28);
                match self.files.remove(&beside) {
                    Some(_) => format!("{beside} goes"),
                    None => {
                        self.files.insert(beside.clone(), format!("published: 2021-02-{day:02}\npublisher: Beside\n"));
                        format!("{beside} comes")
                    }
                }
            }
            9 | 10 if !events.is_empty() => {
                let (a, b) = (self.chance.below(events.len()), self.chance.below(events.len()));
                let (a, b) = (&events[a], &events[b]);
                let lines = match self.chance.below(3) {
                    0 => format!("- event: {a}\n  hide: true\n  reason: It was not so.\n"),
                    1 => format!("- event: {a}\n  title: Told by hand\n  reason: It reads better.\n"),
                    _ => format!("- event: {a}\n  merge: [{b}]\n  reason: One happening.\n"),
                };
                let text = self.files.entry("corrections.yaml".into()).or_default();
                if text.lines().count() > 12 || self.chance.0.is_multiple_of(5) {
                    text.clear();
                }
                text.push_str(&lines);
                "a correction".into()
            }
            _ => {
                let title = self.chance.of(&["Harbours", "Ports", "Quays & Piers"]);
                let language = self.chance.of(&["en", "en", "en-GB", "fr"]);
                let text = format!("title: {title}\nbase_url: https://example.org/h/\nlanguage: {language}\n");
                self.files.insert("dateline.yaml".into(), text);
                "the configuration".into()
            }
        }
    }

    /// Brings a folder to hold just these files, touching only those that differ.
    pub fn write(&self, root: &Path) {
        fs::create_dir_all(root.join("content")).unwrap();
        for (path, text) in &self.files {
            let file = root.join(path);
            if fs::read_to_string(&file).ok().as_deref() != Some(text) {
                fs::create_dir_all(file.parent().unwrap()).unwrap();
                fs::write(file, text).unwrap();
            }
        }
        let below = walkdir::WalkDir::new(root.join("content")).into_iter().flatten().map(|e| e.into_path());
        let stale = below.chain(["corrections.yaml"].map(|name| root.join(name)));
        let stale = stale.filter(|path| path.is_file() && !self.files.contains_key(&shown(root, path)));
        stale.collect::<Vec<PathBuf>>().iter().for_each(|path| fs::remove_file(path).unwrap());
    }
}

fn shown(root: &Path, path: &Path) -> String {
    path.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/")
}
