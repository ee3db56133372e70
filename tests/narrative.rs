//! Histories annotated by hand: `tuned` was read while the rules were made, `held` was written before and kept back.
//!
//! Markup: the first line is `dct: DATE`; `[[words|VALUE]]` is an expression with its TIMEX3 value.
//! `cargo test --test narrative -- --nocapture` prints what is wrong.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test may touch files and fail

use dateline::lang::english;
use dateline::model::{Domain, Edtf};
use dateline::normalize::{domain, resolve_at};
use dateline::tag::tag;
use std::ops::Range;
use std::path::Path;

struct History {
    name: String,
    dct: Edtf,
    text: String,
    gold: Vec<(Range<usize>, String)>,
}

fn read(path: &Path) -> History {
    let raw = std::fs::read_to_string(path).unwrap();
    let (first, body) = raw.split_once('\n').unwrap();
    let dct = Edtf::parse(first.trim_start_matches("dct: ")).unwrap();
    let (mut text, mut gold) = (String::new(), Vec::new());
    let mut parts = body.split("[[");
    text.push_str(parts.next().unwrap());
    for part in parts {
        let (expression, rest) = part.split_once("]]").unwrap();
        let (words, value) = expression.rsplit_once('|').unwrap();
        let start = text.len();
        text.push_str(words);
        gold.push((start..text.len(), value.to_owned()));
        text.push_str(rest);
    }
    History { name: path.file_stem().unwrap().to_string_lossy().into_owned(), dct, text, gold }
}

fn histories(half: &str) -> Vec<History> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/narrative").join(half);
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|f| f.unwrap().path()).collect();
    paths.sort();
    paths.iter().map(|p| read(p)).collect()
}

#[derive(Default)]
struct Score {
    gold: usize,
    found: usize,
    paired: usize,
    right: usize,
}

impl Score {
    fn relaxed(&self) -> f64 {
        200.0 * self.paired as f64 / (self.gold + self.found) as f64
    }

    fn values(&self) -> f64 {
        100.0 * self.right as f64 / self.paired as f64
    }
}

/// Pairs one to one, left to right, any overlap, as TempEval-3 does.
fn score(history: &History, score: &mut Score) {
    let lang = english();
    let found = resolve_at(lang, Some(&history.dct), &history.text, &tag(lang, &history.text));
    score.gold += history.gold.len();
    score.found += found.len();
    let (mut g, mut f) = (0, 0);
    let say = |what: &str| println!("{}: {what}", history.name);
    while let (Some((range, value)), Some(r)) = (history.gold.get(g), found.get(f)) {
        let (words, ours) = (&history.text[range.clone()], &history.text[r.timex.range.clone()]);
        if range.end <= r.timex.range.start {
            say(&format!("missed {words:?} {value}"));
            g += 1;
        } else if r.timex.range.end <= range.start {
            say(&format!("spurious {ours:?} {}", r.value));
            f += 1;
        } else {
            score.paired += 1;
            score.right += usize::from(*value == r.value);
            if *value != r.value {
                let rule = &lang.rule(r.timex.rule).unwrap().name;
                say(&format!("{words:?} is {value}, found {} for {ours:?} by {rule}, {:?}", r.value, r.anchor));
            }
            (g, f) = (g + 1, f + 1);
        }
    }
}

fn holds(half: &str) {
    let mut sum = Score::default();
    for history in histories(half) {
        score(&history, &mut sum);
    }
    println!("{half}: relaxed F1 {:.1}, right values {:.1} % of {}", sum.relaxed(), sum.values(), sum.paired);
    assert!(sum.relaxed() >= 90.0, "{half}: relaxed F1 {:.1}", sum.relaxed());
    assert!(sum.values() >= 90.0, "{half}: right values {:.1} %", sum.values());
}

#[test]
fn dates_of_histories_that_the_rules_know() {
    holds("tuned");
}

#[test]
fn dates_of_histories_kept_back() {
    holds("held");
}

#[test]
fn histories_are_told_from_news() {
    for half in ["tuned", "held"] {
        for history in histories(half) {
            let found = tag(english(), &history.text);
            assert_eq!(domain(Some(&history.dct), &found).0, Domain::Narrative, "{}", history.name);
        }
    }
}
