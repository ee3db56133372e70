//! Pages that are said to be made from the same are the same, whatever happened to the site between.

#![allow(clippy::disallowed_methods, clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test may touch files and fail

use crate::common::living;

use dateline::config::Config;
use dateline::model::{Assembly, OutputPart, Portion, RawArticle, RawFile, Timeline};
use dateline::pipeline::{self, Keys, Laid, Made, Pieces, Print, Standing};
use living::Living;
use std::collections::{BTreeMap, HashMap};
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
    /// Files of the whole site as they were made last, and their pieces.
    whole: BTreeMap<String, (Vec<u8>, Pieces)>,
    /// Pieces that were taken over, and those that were not.
    taken_over: usize,
    made: usize,
}

/// Files of the whole site by the path, each part by its place.
type Parts = BTreeMap<String, BTreeMap<usize, (OutputPart, Vec<Laid>)>>;

/// Everything stands but for the files of the whole site, of which those made last do.
struct Last<'s>(&'s BTreeMap<String, (Vec<u8>, Pieces)>);

impl Standing for Last<'_> {
    fn stands(&self, path: &str, _: &Print) -> bool {
        !path.starts_with("events.")
    }

    fn together(&self, _: &Print) -> Option<Vec<String>> {
        Some(Vec::new())
    }

    fn pieces(&self, path: &str) -> Option<&Pieces> {
        self.0.get(path).map(|(_, pieces)| pieces)
    }
}

/// Puts the parts of files together, of what was made last where they say so.
fn put_together(parts: Parts, last: &BTreeMap<String, (Vec<u8>, Pieces)>) -> BTreeMap<String, (Vec<u8>, Pieces)> {
    let (mut whole, mut assembly) = (BTreeMap::new(), Assembly::default());
    for (path, parts) in parts {
        let (mut pieces, mut start) = (Pieces::default(), 0);
        assert_eq!(parts.values().next().unwrap().0.of, parts.len(), "{path}");
        for (mut part, laid) in parts.into_values() {
            for portion in &mut part.pieces {
                if let Portion::Standing(range) = portion {
                    let old = &last[&path].0[range.start as usize..range.end as usize];
                    *portion = Portion::New(old.to_vec());
                }
            }
            let length = |portion: &Portion| match portion {
                Portion::New(bytes) => bytes.len() as u64,
                Portion::Standing(range) => range.end - range.start,
            };
            pieces.extend(laid.into_iter().map(|(print, range)| (print, start + range.start..start + range.end)));
            start += part.pieces.iter().map(length).sum::<u64>();
            if let Some(file) = assembly.add(part) {
                whole.insert(path.clone(), (file.bytes, std::mem::take(&mut pieces)));
            }
        }
    }
    whole
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
    pipeline::publish_but(&config, &timeline, (&[], &[]), (&keys, &()), take).unwrap();
    let mut parts = Parts::new();
    for this in made.into_inner().unwrap() {
        let (file, print) = match this {
            Made::File(file, print) => (file, print),
            Made::Part(part, _, laid) => {
                parts.entry(part.path.clone()).or_default().insert(part.place, (part, laid));
                continue;
            }
            Made::Stands(..) => panic!("nothing stands yet"),
        };
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
    let whole = put_together(parts, &BTreeMap::new());
    assert_eq!(whole.keys().collect::<Vec<_>>(), ["events.csv", "events.ics", "events.json"]);
    take_over(&config, &timeline, &keys, seen, &whole, when);
    seen.whole = whole;
    timeline.events.iter().map(|event| event.id.clone()).collect()
}

/// Makes the files of the whole site of the pieces of those that were made last, and holds them to those made anew.
fn take_over(
    config: &Config,
    timeline: &Timeline,
    keys: &Keys,
    seen: &mut Seen,
    anew: &BTreeMap<String, (Vec<u8>, Pieces)>,
    when: &str,
) {
    let parts = Mutex::new(Parts::new());
    let take = |this| -> Result<(), Infallible> {
        if let Made::Part(part, _, laid) = this {
            parts.lock().unwrap().entry(part.path.clone()).or_default().insert(part.place, (part, laid));
        }
        Ok(())
    };
    pipeline::publish_but(config, timeline, (&[], &[]), (keys, &Last(&seen.whole)), take).unwrap();
    let parts = parts.into_inner().unwrap();
    for (_, laid) in parts.values().flat_map(BTreeMap::values) {
        let known = |print: &Print| seen.whole.values().any(|(_, pieces)| pieces.contains_key(print));
        let taken_over = laid.iter().filter(|(print, _)| known(print)).count();
        seen.taken_over += taken_over;
        seen.made += laid.len() - taken_over;
    }
    for (path, (bytes, pieces)) in put_together(parts, &seen.whole) {
        let (a, b) = (String::from_utf8_lossy(&bytes), String::from_utf8_lossy(&anew[&path].0));
        assert_eq!(a, b, "{when}: {path} of pieces is another one");
        assert_eq!(pieces, anew[&path].1, "{when}: pieces of {path}");
    }
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
        assert!(seen.taken_over * 2 > seen.made, "{} taken over, {} made", seen.taken_over, seen.made);
    }
}

#[test]
fn so_they_are_where_a_year_takes_many_pages() {
    let seen = follow(21, 420, 6, true);
    assert!(seen.again * 2 > seen.anew, "{} again, {} anew", seen.again, seen.anew);
}

#[test]
fn nothing_is_taken_over_where_the_configuration_changed() {
    let (mut living, mut seen) = (Living::new(31, 14), Seen::default());
    look(&living, &mut seen, true, "first");
    let before = seen.taken_over;
    living.files.insert("dateline.yaml".into(), "title: Ports\nlanguage: fr\nbase_url: https://example.net/\n".into());
    look(&living, &mut seen, true, "in French, elsewhere");
    assert_eq!(seen.taken_over, before);
    look(&living, &mut seen, true, "once more");
    assert!(seen.taken_over > before);
}

#[test]
#[ignore = "slow: more sites, for longer"]
fn so_they_are_on_many_sites() {
    (100..106).for_each(|seed| drop(follow(seed, 20, 80, seed % 2 == 0)));
    drop(follow(200, 700, 10, true));
}
