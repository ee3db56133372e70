//! An event keeps its id, and with it its page, while the timeline grows around it.

#![allow(clippy::disallowed_methods, clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test may touch files and fail

use dateline::config::Config;
use dateline::model::{RawArticle, RawFile, Timeline};
use dateline::pipeline;
use std::collections::{BTreeMap, BTreeSet};

/// Happenings that have nothing in common, each in three wordings.
const STORIES: &[[&str; 3]] = &[
    [
        "A crane collapsed on the Selby quay {}, killing two dockers.",
        "Two dockers were killed {} when a crane collapsed on the Selby quay.",
        "{}, a crane on the Selby quay collapsed and killed two dockers.",
    ],
    [
        "Judge Oriel Tamm acquitted the banker Luc Verhoeven {}.",
        "The banker Luc Verhoeven was acquitted by Judge Oriel Tamm {}.",
        "{}, Judge Oriel Tamm acquitted banker Luc Verhoeven of fraud.",
    ],
    [
        "Halden Rovers won the Northern Cup against Marsk United {}.",
        "Marsk United lost the Northern Cup to Halden Rovers {}.",
        "{}, Halden Rovers beat Marsk United and won the Northern Cup.",
    ],
    [
        "The probe Kestrel landed on the comet Wirth {}.",
        "The probe Kestrel of Orrin Space landed on the comet Wirth {}.",
        "{}, the Kestrel probe landed on the comet Wirth.",
    ],
    [
        "A flood destroyed the mill at Ostrey {}.",
        "The mill at Ostrey was destroyed by a flood {}.",
        "{}, the flood destroyed the old mill at Ostrey.",
    ],
];
const DAYS: &[(&str, &str)] = &[
    ("on March 1", "On March 1"),
    ("on March 3", "On March 3"),
    ("on March 8", "On March 8"),
    ("on March 12", "On March 12"),
    ("on March 15", "On March 15"),
];

/// A sequence of numbers that is the same at every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % n
    }
}

fn sentence(story: usize, wording: usize) -> String {
    let (within, opening) = DAYS[story];
    let form = STORIES[story][wording];
    form.replace("{}", if form.starts_with("{}") { opening } else { within })
}

type Files = BTreeMap<String, String>;

fn article(dice: &mut Dice, files: &mut Files, n: usize, day: usize) {
    let mut told: Vec<usize> = (0..1 + dice.below(3)).map(|_| dice.below(STORIES.len())).collect();
    told.dedup();
    let body: Vec<String> = told.iter().map(|&s| sentence(s, dice.below(3))).collect();
    let text = format!(
        "---\ntitle: Headline {n}\npublisher: Outlet {}\ndate: 2021-{:02}-{:02}\n---\n\n{}\n",
        n % 4,
        3 + day / 28,
        1 + day % 28,
        body.join(" ")
    );
    // Paths in no order of days.
    files.insert(format!("content/{:02}-{n}.md", (n * 37) % 100), text);
}

fn timeline(files: &Files) -> Timeline {
    let raw = |(path, text): (&String, &String)| RawArticle {
        file: RawFile { path: path.clone(), bytes: text.clone().into_bytes() },
        sidecar: None,
    };
    pipeline::timeline(&Config::default(), &files.iter().map(raw).collect::<Vec<_>>()).0
}

fn ids(timeline: &Timeline) -> BTreeSet<String> {
    timeline.events.iter().map(|e| e.id.clone()).collect()
}

fn base(seed: u64) -> (Dice, Files) {
    let mut dice = Dice(seed);
    let mut files = Files::new();
    for n in 0..3 + dice.below(4) {
        let day = 16 + dice.below(10);
        article(&mut dice, &mut files, n, day);
    }
    (dice, files)
}

#[test]
fn ids_are_unique_and_each_is_that_of_a_mention_of_its_event() {
    for seed in 0..20 {
        let timeline = timeline(&base(seed).1);
        assert!(timeline.events.len() >= 2, "seed {seed}");
        assert_eq!(ids(&timeline).len(), timeline.events.len());
        for event in &timeline.events {
            assert!(event.mentions.iter().any(|&m| timeline.mentions[m].id == event.id), "{event:?}");
        }
    }
}

#[test]
fn articles_added_after_leave_the_ids() {
    for seed in 0..20 {
        let (mut dice, mut files) = base(seed);
        let before = ids(&timeline(&files));
        for n in 10..10 + 1 + dice.below(5) {
            let day = 30 + dice.below(20);
            article(&mut dice, &mut files, n, day);
            let after = ids(&timeline(&files));
            assert!(before.is_subset(&after), "seed {seed}: {before:?} {after:?}");
        }
    }
}

#[test]
fn an_id_names_its_event_even_where_an_earlier_article_tells_it_first() {
    for seed in 0..20 {
        let (mut dice, mut files) = base(seed);
        let before = ids(&timeline(&files));
        article(&mut dice, &mut files, 20, 15);
        let after = timeline(&files);
        for id in before {
            let mention = after.mentions.iter().position(|m| m.id == id).expect("its mention is still there");
            let event = after.events.iter().find(|e| e.mentions.contains(&mention)).expect("an event tells it");
            // Told first: on the earliest day, and there by the order of paths.
            let first = event.mentions.iter().map(|&m| &after.mentions[m]).min_by_key(|m| {
                let article = &after.articles[m.article];
                (article.published.as_ref().unwrap().date.first_day(), &article.path, m.quote.start)
            });
            assert_eq!(event.id, first.unwrap().id, "seed {seed}");
        }
    }
}

#[test]
fn better_titles_leave_the_ids() {
    for seed in 0..20 {
        let (_, files) = base(seed);
        let before = ids(&timeline(&files));
        let titled =
            files.iter().map(|(p, t)| (p.clone(), t.replace("title: Headline", "title: What happened in"))).collect();
        assert_eq!(ids(&timeline(&titled)), before, "seed {seed}");
    }
}

#[test]
fn other_events_that_change_leave_the_ids() {
    for seed in 0..20 {
        let (mut dice, files) = base(seed);
        let changed = dice.below(STORIES.len());
        // Every sentence that tells one story tells another happening now.
        let other: Files = files
            .iter()
            .map(|(path, text)| {
                let said = (0..3).map(|w| sentence(changed, w));
                let text = said.fold(text.clone(), |t, s| t.replace(&s, "A new ferry to Orm was named on March 2."));
                (path.clone(), text)
            })
            .collect();
        let (old, new) = (timeline(&files), timeline(&other));
        let word = ["quay", "Tamm", "Rovers", "Kestrel", "mill"][changed];
        let rest = |t: &Timeline| -> BTreeSet<String> {
            let own = |e: &&dateline::model::Event| {
                e.mentions.iter().all(|&m| {
                    let mention = &t.mentions[m];
                    let quote = &t.articles[mention.article].text[mention.quote.clone()];
                    !quote.contains(word) && !quote.contains("Orm")
                })
            };
            t.events.iter().filter(own).map(|e| e.id.clone()).collect()
        };
        assert_eq!(rest(&old), rest(&new), "seed {seed}");
    }
}

#[test]
fn the_order_of_files_leaves_the_ids() {
    for seed in 0..5 {
        let (_, files) = base(seed);
        let raw = |(path, text): (&String, &String)| RawArticle {
            file: RawFile { path: path.clone(), bytes: text.clone().into_bytes() },
            sidecar: None,
        };
        let backwards: Vec<RawArticle> = files.iter().rev().map(raw).collect();
        assert_eq!(pipeline::timeline(&Config::default(), &backwards).0, timeline(&files));
    }
}
