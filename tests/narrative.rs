//! Histories annotated by hand: `tuned` was read while the rules were made, `held` was written before and kept back.
//!
//! `cargo test --test narrative -- --nocapture` prints what is wrong.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test may touch files and fail

#[path = "common/annotated.rs"]
mod annotated;

use annotated::{Annotated, Score, folder};
use dateline::lang::english;
use dateline::model::Domain;
use dateline::normalize::domain;
use dateline::tag::tag;
use std::path::Path;


fn histories(half: &str) -> Vec<Annotated> {
    folder(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/narrative").join(half)).unwrap()
}

fn holds(half: &str) {
    let mut sum = Score::default();
    for history in histories(half) {
        annotated::score(&history, &mut sum, &mut |wrong| println!("{wrong}"));
    }
    println!("{half}: {sum}");
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
