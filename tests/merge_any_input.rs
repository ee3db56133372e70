//! Whatever a text holds, extracting and merging end in time, and what they give keeps its promises.

#![allow(clippy::disallowed_methods, clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test may touch files and fail

use crate::support;

use dateline::lang::events::is_stop;
use dateline::lang::tokens::tokens;
use proptest::prelude::*;
use support::{article, tell};

/// Pieces that make clauses, quotations, names and dates collide.
const PIECES: &[&str] = &[
    "on Monday",
    "last week",
    "in 2014",
    "since 2009",
    "around Jan. 9",
    "Ida Holm",
    "the U.S.",
    "said",
    "that",
    ", which",
    ", who",
    "although",
    "after",
    ",",
    ";",
    "—",
    "“",
    "”",
    "\"",
    "(",
    ")",
    ".",
    "’s",
    "\n\n",
    "will",
    "did not",
    "Ünal",
    "東京",
    "\u{a0}",
    "and",
    "the flood",
    "ended",
    "12,000",
    "according to",
    "İ",
    "ß",
    "3.5",
    "May 2011",
    "in May",
    "in 2013 or 2014",
    "founded",
    "the first",
    "but not",
    "https://a.b/not",
    "opened",
    "was",
];

/// Tells whether a text has a word of two letters or more that is no mere joint.
fn tells(text: &str) -> bool {
    let letters = |word: &str| word.chars().filter(|c| c.is_alphabetic()).count();
    tokens(text).iter().any(|t| letters(t.text) > 1 && !is_stop(t.text))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn quotes_lie_in_their_articles_and_titles_are_short(words in prop::collection::vec(prop::sample::select(PIECES), 1..60)) {
        let text = words.join(" ");
        let told = tell(vec![
            article("content/a.txt", "A", Some("2022-01-17"), &text),
            article("content/b.txt", "B", None, &text),
        ]);
        for m in &told.mentions {
            let a = &told.articles[m.article];
            prop_assert!(a.text.get(m.quote.clone()).is_some());
            prop_assert!(a.text.get(m.clause.clone()).is_some());
            prop_assert!(a.text.get(m.expression.clone()).is_some());
            prop_assert!(m.quote.start <= m.clause.start && m.clause.end <= m.quote.end);
            prop_assert!((1..=90).contains(&m.title.trim().chars().count()), "{:?}", m.title);
            prop_assert!(!tells(&a.text[m.quote.clone()]) || tells(&m.title), "{:?}", m.title);
        }
        let mut all: Vec<usize> = told.events.iter().flat_map(|e| e.mentions.clone()).collect();
        all.sort_unstable();
        prop_assert_eq!(all, (0..told.mentions.len()).collect::<Vec<_>>());
        prop_assert!(told.events.iter().all(|e| e.importance > 0.0));
    }
}

#[test]
fn a_sentence_without_end_costs_little_more_than_its_length() {
    let part =
        "and the U.S. said on Monday that “talks” after the flood ended, which Ida Holm (who left in 2014) denied, ";
    let told = tell(vec![article("content/a.txt", "A", Some("2022-01-17"), &part.repeat(3000))]);
    assert!(!told.mentions.is_empty() && told.mentions.len() <= 24);
}

#[test]
fn nothing_in_gives_nothing_out() {
    assert!(tell(Vec::new()).events.is_empty());
    assert!(tell(vec![article("content/a.txt", "", None, "")]).events.is_empty());
}
