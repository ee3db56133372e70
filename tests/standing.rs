//! Pages that are said to be made from the same are the same, whatever happened to the site between.

#![allow(clippy::disallowed_methods, clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test may touch files and fail

#[path = "common/living.rs"]
mod living;

use dateline::config::Config;
use dateline::model::{RawArticle, RawFile};
use dateline::pipeline::{self, Keys, Made, Print};
use living::Living;
use std::collections::HashMap;
use std::convert::Infallible;
use std::sync::Mutex;

fn raw(living: &Living, path: &str) -> Option<RawFile> {
    let text = living.files.get(path)?;
    Some(RawFile { path: path.to_owned(), bytes: text.clone().into_bytes() })
}

/// Every page that was made, by its path and what it was made from.
#[derive(Default)]
struct Seen {
    pages: HashMap<(String, Print), Vec<u8>>,
    /// Pages that were made again from the same, and those from something else.
    again: usize,
    anew: usize,
}

/// Makes the site and holds its pages to those that were made from the same before; gives its events.
fn look(living: &Living, seen: &mut Seen, keyed: bool, when: &str) -> Vec<String> {
    let articles = living.files.keys().filter(|path| path.ends_with(".md") || path.ends_with(".txt"));
    let articles = articles.map(|path| {
        let sidecar = raw(living, &format!("{}.yaml", path.rsplit_once('.').unwrap().0));
        RawArticle { file: raw(living, path).unwrap(), sidecar }
    });
    let articles: Vec<RawArticle> = articles.collect();
    let (config, _) = Config::read(raw(living, "dateline.yaml").as_ref());
    let (timeline, _) = pipeline::corrected(&config, &articles, raw(living, "corrections.yaml").as_ref());
    let key = |article: &RawArticle| *blake3::hash(format!("{article:?}").as_bytes()).as_bytes();
    let keys: Keys = articles.iter().filter(|_| keyed).map(|a| (a.file.path.clone(), key(a))).collect();
    let made = Mutex::new(Vec::new());
    let take = |this| -> Result<(), Infallible> {
        made.lock().unwrap().push(this);
        Ok(())
    };
    pipeline::publish_but(&config, &timeline, (&[], &[]), (&keys, &|_, _| false), take).unwrap();
    for this in made.into_inner().unwrap() {
        let Made::File(file, print) = this else { panic!("nothing stands yet") };
        let Some(print) = print else { continue };
        match seen.pages.get(&(file.path.clone(), print)) {
            Some(before) if *before == file.bytes => seen.again += 1,
            Some(before) => {
                let (a, b) = (String::from_utf8_lossy(before), String::from_utf8_lossy(&file.bytes));
                let line = a.lines().zip(b.lines()).find(|(a, b)| a != b);
                panic!("{when}: {} changed, though it is said to be made from the same: {line:#?}", file.path);
            }
            None => {
                seen.anew += 1;
                seen.pages.insert((file.path, print), file.bytes);
            }
        }
    }
    timeline.events.iter().map(|event| event.id.clone()).collect()
}

/// Follows a site through what happens to it.
fn follow(seed: u64, articles: usize, happenings: usize, keyed: bool) -> Seen {
    let (mut living, mut seen) = (Living::new(seed, articles), Seen::default());
    let mut events = look(&living, &mut seen, keyed, "first");
    for step in 0..happenings {
        let what = living.happen(&events);
        events = look(&living, &mut seen, keyed, &format!("seed {seed}, step {step}: {what}"));
    }
    seen
}

#[test]
fn pages_made_from_the_same_are_the_same() {
    for (seed, keyed) in [(11, true), (12, false), (13, true)] {
        let seen = follow(seed, 14, 60, keyed);
        assert!(seen.again * 2 > seen.anew, "{} again, {} anew", seen.again, seen.anew);
    }
}

#[test]
fn so_they_are_where_a_year_takes_many_pages() {
    let seen = follow(21, 420, 6, true);
    assert!(seen.again * 2 > seen.anew, "{} again, {} anew", seen.again, seen.anew);
}

#[test]
#[ignore = "slow: more sites, for longer"]
fn so_they_are_on_many_sites() {
    (100..106).for_each(|seed| drop(follow(seed, 20, 80, seed % 2 == 0)));
    drop(follow(200, 700, 10, true));
}
