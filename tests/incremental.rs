//! Whatever happens to a site from build to build, what stands there is what a clean build makes, byte for byte.

#![allow(clippy::disallowed_methods, clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test may touch files and fail

use crate::common::living;
use crate::common::sandbox;

use clap::Parser;
use dateline::cli::{self, Cli};
use living::{Chance, Living};
use sandbox::{Sandbox, files_below};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// Longer than files must lie still before the cache believes what they look like.
const SETTLED: Duration = Duration::from_millis(2_050);

type Files = BTreeMap<String, Vec<u8>>;

fn build(root: &Path, out: &str) {
    let cli = Cli::parse_from(["dateline", "-q", "-r", root.to_str().unwrap(), "-o", root.join(out).to_str().unwrap()]);
    cli::run(&cli).unwrap();
}

/// Builds the files of a site in a folder of its own, where nothing was built before.
fn clean(living: &Living) -> Files {
    let root = tempfile::tempdir().unwrap();
    living.write(root.path());
    build(root.path(), "public");
    files_below(&root.path().join("public"))
}

fn same(one: &Files, other: &Files, when: &str) {
    let differ = |path: &&String| one.get(*path) != other.get(*path);
    let paths: Vec<&String> = one.keys().chain(other.keys()).filter(differ).collect();
    assert!(paths.is_empty(), "{when}: {paths:?} differ");
}

/// Gives the ids of all events of a built site.
fn events(root: &Path) -> Vec<String> {
    let json: serde_json::Value = serde_json::from_slice(&fs::read(root.join("public/events.json")).unwrap()).unwrap();
    json["events"].as_array().unwrap().iter().map(|event| event["id"].as_str().unwrap().to_owned()).collect()
}

/// Lets much happen to a site, building at every step, and compares at every `look`-th with a clean build.
fn live(seed: u64, happenings: usize, look: usize) {
    let root = tempfile::tempdir().unwrap();
    let root = root.path();
    let mut living = Living::new(seed, 12);
    living.write(root);
    build(root, "public");
    let mut log = Vec::new();
    for step in 1..=happenings {
        log.push(living.happen(&events(root)));
        if step % 25 == 0 {
            sleep(SETTLED);
        }
        living.write(root);
        build(root, "public");
        if step % look == 0 || step == happenings {
            let stands = files_below(&root.join("public"));
            same(
                &stands,
                &clean(&living),
                &format!("seed {seed}, step {step}, after {:?}", &log[log.len() - look.min(step)..]),
            );
        }
    }
}

#[test]
fn after_whatever_happened_the_site_is_what_a_clean_build_makes() {
    live(0x5EED_CAFE, 200, 4);
}

#[test]
#[ignore = "slow: many lives, compared at every step"]
fn after_many_lives_the_site_is_what_a_clean_build_makes() {
    (1..=3).for_each(|seed| live(seed * 0x9E37_79B9, 200, 1));
}

/// Starts a build in a process of its own, that can be killed.
fn start(root: &Path, out: &str) -> std::process::Child {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin("dateline"));
    let out = root.join(out);
    command.args(["-q", "-r", root.to_str().unwrap(), "-o", out.to_str().unwrap()]);
    command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
}

#[test]
fn a_killed_build_leaves_whole_files_and_the_next_one_makes_all_right() {
    let root = tempfile::tempdir().unwrap();
    let root = root.path();
    let mut living = Living::new(77, 12);
    living.write(root);
    let began = Instant::now();
    start(root, "public").wait().unwrap();
    let whole = began.elapsed().as_micros() as usize;
    let (mut chance, mut killed) = (Chance(99), 0);
    // The site that stands, and those that builds since then may have begun to put in its place.
    let mut sites = vec![clean(&living)];
    for round in 0..50 {
        for _ in 0..3 {
            living.happen(&[]);
        }
        living.write(root);
        sites.push(clean(&living));
        let mut running = start(root, "public");
        sleep(Duration::from_micros(chance.below(whole + whole / 4) as u64));
        running.kill().unwrap();
        killed += usize::from(!running.wait().unwrap().success());
        for (path, bytes) in files_below(&root.join("public")) {
            let ours = path.contains(".dateline-");
            let good = sites.iter().any(|site| site.get(&path) == Some(&bytes));
            assert!(ours || good, "round {round}: {path} is of no site");
        }
        // Now and then one more is killed before one may end.
        if chance.below(3) > 0 {
            build(root, "public");
            sites.drain(..sites.len() - 1);
            same(&files_below(&root.join("public")), &sites[0], &format!("round {round}"));
        }
    }
    assert!(killed > 10, "only {killed} builds were killed before their end");
    build(root, "public");
    let scraps = files_below(&root.join(".dateline"));
    assert!(scraps.keys().all(|name| !name.starts_with("tmp-")), "{:?}", scraps.keys());
}

/// Makes a site that was built and whose files lie still, and gives what a clean build of it makes.
fn settled() -> (tempfile::TempDir, Living, Files) {
    let root = tempfile::tempdir().unwrap();
    let living = Living::new(4, 10);
    living.write(root.path());
    sleep(SETTLED);
    build(root.path(), "public");
    let clean = clean(&living);
    same(&files_below(&root.path().join("public")), &clean, "first");
    (root, living, clean)
}

#[test]
fn a_damaged_cache_is_never_believed() {
    let (root, _, clean) = settled();
    let kept = files_below(&root.path().join(".dateline"));
    assert!(kept.contains_key("articles.cache"), "{:?}", kept.keys());
    let mut chance = Chance(5);
    for (name, good) in &kept {
        let file = root.path().join(".dateline").join(name);
        let spoil = |bytes: &[u8], how: &str| {
            fs::write(&file, bytes).unwrap();
            // Without the list of what stands the timeline is made, of all that was kept.
            if name != "pages" {
                let _ = fs::remove_file(root.path().join(".dateline/pages"));
            }
            build(root.path(), "public");
            same(&files_below(&root.path().join("public")), &clean, &format!("{name}: {how}"));
        };
        let anywhere: Vec<usize> = (0..16).map(|_| chance.below(good.len())).collect();
        for at in (0..64.min(good.len())).step_by(5).chain(anywhere) {
            let mut bytes = good.clone();
            bytes[at] ^= 1 << chance.below(8);
            spoil(&bytes, &format!("byte {at}"));
        }
        for length in [0, 1, 15, 40, good.len() / 2, good.len() - 1] {
            spoil(&good[..length.min(good.len())], &format!("cut at {length}"));
        }
        spoil(&[good.as_slice(), b"more"].concat(), "longer");
    }
}

#[test]
fn two_builds_at_once_leave_nothing_that_is_wrong() {
    let (root, mut living, _) = settled();
    for round in 0..6 {
        living.happen(&[]);
        living.write(root.path());
        let builds = ["public", "other", "third"].map(|out| (out, start(root.path(), out)));
        let clean = clean(&living);
        for (out, mut running) in builds {
            assert!(running.wait().unwrap().code().is_some_and(|code| code < 2), "round {round}: {out}");
            same(&files_below(&root.path().join(out)), &clean, &format!("round {round}: {out}"));
        }
        build(root.path(), "public");
        same(&files_below(&root.path().join("public")), &clean, &format!("round {round}: the next"));
    }
}

#[test]
fn builds_at_once_into_one_folder_wait_for_each_other() {
    let (root, mut living, _) = settled();
    for round in 0..4 {
        living.happen(&[]);
        living.write(root.path());
        let builds = [0, 1, 2].map(|_| start(root.path(), "public"));
        for mut running in builds {
            assert!(running.wait().unwrap().code().is_some_and(|code| code < 2), "round {round}");
        }
        same(&files_below(&root.path().join("public")), &clean(&living), &format!("round {round}"));
    }
}

#[test]
fn what_the_whole_site_depends_on_reaches_every_file() {
    let (root, living, _) = settled();
    let configurations =
        ["", "title: Another\n", "language: fr\n", "base_url: https://a.example/b/\nlanguage: fr\n", ""];
    for (round, text) in configurations.into_iter().enumerate() {
        for url in ["", "https://c.example/"] {
            let both = [root.path(), tempfile::tempdir().unwrap().path()].map(|root| {
                living.write(root);
                fs::write(root.join("dateline.yaml"), text).unwrap();
                let mut run = std::process::Command::new(env!("CARGO_BIN_EXE_dateline"));
                assert!(run.args(["-q", "-u", url]).current_dir(root).status().unwrap().code().is_some_and(|c| c < 2));
                files_below(&root.join("public"))
            });
            same(&both[0], &both[1], &format!("{round}: {text:?} {url}"));
        }
    }
}

#[cfg(unix)]
#[test]
fn a_build_says_that_it_waits() {
    let site = Sandbox::of(&[("content/a.md", "---\ndate: 2021-03-04\n---\nOn Tuesday, the bridge was closed.\n")]);
    site.run(&["build"]);
    let folder = std::fs::File::open(site.path("public")).unwrap();
    folder.lock().unwrap();
    let waiting = site.path("");
    let running = std::thread::spawn(move || {
        std::process::Command::new(env!("CARGO_BIN_EXE_dateline")).current_dir(waiting).output().unwrap()
    });
    sleep(std::time::Duration::from_millis(600));
    assert!(!running.is_finished());
    folder.unlock().unwrap();
    let said = String::from_utf8(running.join().unwrap().stderr).unwrap();
    assert!(said.starts_with("another build writes into public/: waiting for it\n"), "{said}");
}

#[test]
fn what_only_reads_leaves_nothing_behind() {
    let site = Sandbox::of(&[("content/a.md", "---\ndate: 2021-03-04\n---\nOn Tuesday, the bridge was closed.\n")]);
    for command in ["events", "check"] {
        site.run(&[command]);
        assert_eq!(site.files("").into_keys().collect::<Vec<_>>(), ["content/a.md"], "{command}");
    }
}

#[test]
fn what_is_wrong_is_told_by_every_build_and_what_is_new_by_the_next() {
    let first = "---\ntitle: Bridge\ndate: 2021-03-04\npublisher: Harbour News\n---\nOn Tuesday, the bridge of Tollwick was closed.\n";
    let site = Sandbox::of(&[
        ("content/a.md", first),
        ("content/b.md", "---\ntitle: Pier\ndate: soon\n---\nA new pier was opened in 2019.\n"),
        ("content/c.txt", ""),
    ]);
    let told = |err: &str| {
        err.lines().take_while(|line| !line.contains(" events from ")).map(str::to_owned).collect::<Vec<_>>()
    };
    let (code, _, cold) = site.run(&["build"]);
    assert!(code == 1 && cold.contains("metadata-value") && cold.contains("empty-article"), "{cold}");
    for _ in 0..2 {
        sleep(SETTLED);
        assert_eq!(told(&site.run(&["build"]).2), told(&cold));
    }
    assert!(!cold.contains("since the last build"));
    site.write(
        "content/d.md",
        first.replace("Bridge", "Ferry").replace("the bridge of Tollwick was closed", "a ferry sank off Brenmouth"),
    );
    let (_, _, warm) = site.run(&["build"]);
    assert!(warm.contains("since the last build: 1 event added\n  + 2021-03-02: "), "{warm}");
    fs::remove_file(site.path("content/a.md")).unwrap();
    let (_, _, warm) = site.run(&["build"]);
    assert!(warm.contains("since the last build: 1 event removed\n  - 2021-03-02: "), "{warm}");
    let news: serde_json::Value = serde_json::from_slice(&site.files(".dateline")["changes.json"]).unwrap();
    assert_eq!((news["removed"].as_array().unwrap().len(), news["added"].as_array().unwrap().len()), (1, 0));
    assert_eq!(site.run(&["events"]).1, {
        fs::remove_dir_all(site.path(".dateline")).unwrap();
        site.run(&["events"]).1
    });
}

#[test]
fn a_file_that_was_edited_just_now_is_read_even_where_it_looks_the_same() {
    let site = Sandbox::of(&[("content/a.txt", "The quay of Almerhaven was shut on 3 March 2021.\n")]);
    let looked = fs::metadata(site.path("content/a.txt")).unwrap().modified().unwrap();
    build(&site.path(""), "public");
    site.write("content/a.txt", "The quay of Almerhaven was shut on 4 March 2021.\n");
    fs::File::options().write(true).open(site.path("content/a.txt")).unwrap().set_modified(looked).unwrap();
    build(&site.path(""), "public");
    let events = site.files("public")["events.json"].clone();
    assert!(String::from_utf8(events).unwrap().contains("2021-03-04"));
}

#[cfg(unix)]
#[test]
fn nothing_is_kept_through_a_link_out_of_the_site() {
    let other = tempfile::tempdir().unwrap();
    let site = Sandbox::of(&[("content/a.txt", "The quay of Almerhaven was shut on 3 March 2021.\n")]);
    std::os::unix::fs::symlink(other.path(), site.path(".dateline")).unwrap();
    assert_eq!(site.run(&["build"]).0, 0);
    assert_eq!(fs::read_dir(other.path()).unwrap().count(), 0);
}
