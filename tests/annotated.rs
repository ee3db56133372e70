//! News and histories annotated by hand: `tuned` was read while the rules were made, `held` was written by others
//! and kept back: only its figures are looked at.
//!
//! `cargo run --release --example score -- dates --errors DIR` prints what is wrong.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test may touch files and fail

use crate::common::annotated;

use annotated::{Annotated, Score, folder};
use dateline::lang::english;
use dateline::model::Domain;
use dateline::normalize::domain;
use dateline::tag::tag;
use std::path::Path;

fn texts(part: &str) -> Vec<Annotated> {
    folder(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(part)).unwrap()
}

fn holds(part: &str, relaxed: f64, values: f64) {
    let mut sum = Score::default();
    for text in texts(part) {
        annotated::score(&text, &mut sum, &mut |_| {});
    }
    println!("{part}: {sum}");
    assert!(sum.relaxed() >= relaxed, "{part}: relaxed F1 {:.1}", sum.relaxed());
    assert!(sum.values() >= values, "{part}: right values {:.1} %", sum.values());
}

#[test]
fn dates_of_histories_that_the_rules_know() {
    holds("narrative/tuned", 97.0, 94.0);
}

#[test]
fn dates_of_histories_kept_back() {
    holds("narrative/held", 95.0, 90.0);
}

#[test]
fn dates_of_news_that_the_rules_know() {
    holds("news/tuned", 96.0, 85.0);
}

#[test]
fn dates_of_news_kept_back() {
    holds("news/held", 95.0, 88.0);
}

#[test]
fn histories_are_told_from_news() {
    for (kind, is) in [("narrative", Domain::Narrative), ("news", Domain::News)] {
        for part in ["tuned", "held"] {
            for text in texts(&format!("{kind}/{part}")) {
                let found = tag(english(), &text.text);
                assert_eq!(domain(Some(&text.dct), &found).0, is, "{}", text.name);
            }
        }
    }
}
