//! The phrases beside the rules: what each rule accepts, with its value, and what it rejects.

#![allow(clippy::disallowed_methods, clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test may touch files and fail

use crate::common::corpus;

use corpus::{DCT, Phrases, corpus};
use dateline::lang::{Language, Means, Nfa, Rule, english, read_english};
use dateline::model::Edtf;
use dateline::normalize::resolve_at;
use dateline::tag::tag;
use std::collections::BTreeMap;

/// Takes the brackets off a phrase; gives the text and the bracketed extent.
fn unbracket(phrase: &str) -> (String, std::ops::Range<usize>) {
    let open = phrase.find('[').unwrap_or_else(|| panic!("no [ in {phrase:?}"));
    let close = phrase.find(']').unwrap_or_else(|| panic!("no ] in {phrase:?}"));
    (phrase.replace(['[', ']'], ""), open..close - 1)
}

fn check(rule: &Rule, phrase: &str, value: &str) -> Result<(), String> {
    let lang = english();
    let (text, range) = unbracket(phrase);
    let dct = Edtf::parse(DCT).unwrap();
    let found = resolve_at(lang, Some(&dct), &text, &tag(lang, &text));
    let all: Vec<_> = found
        .iter()
        .map(|r| format!("[{}] {} by {}", &text[r.timex.range.clone()], r.value, lang.rule(r.timex.rule).unwrap().name))
        .collect();
    let hit = found
        .iter()
        .any(|r| r.timex.range == range && r.value == value && lang.rule(r.timex.rule).unwrap().name == rule.name);
    if hit { Ok(()) } else { Err(format!("{}: {phrase:?} should give {value}; found {all:?}", rule.name)) }
}

#[test]
fn every_rule_finds_its_phrases() {
    let mut wrong = Vec::new();
    for (rule, phrases) in corpus() {
        for (phrase, value) in &phrases.accept {
            wrong.extend(check(rule, phrase, value).err());
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_rule_finds_what_it_rejects() {
    let lang = english();
    let mut wrong = Vec::new();
    for (rule, phrases) in corpus() {
        for phrase in &phrases.reject {
            for timex in tag(lang, phrase) {
                let by = &lang.rule(timex.rule).unwrap().name;
                wrong.push(format!("{}: {phrase:?} gives [{}] by {by}", rule.name, &phrase[timex.range.clone()]));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_rule_proves_itself() {
    let mut phrases_of: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for (rule, phrases) in corpus() {
        let counts = phrases_of.entry(&rule.name).or_default();
        *counts = (counts.0 + phrases.accept.len(), counts.1 + phrases.reject.len());
    }
    for rule in &english().rules {
        let (accepted, rejected) = phrases_of.get(rule.name.as_str()).copied().unwrap_or_default();
        let proof = if rule.means == Means::Nothing { rejected } else { accepted };
        assert!(proof > 0, "rule {} has no phrase that proves it", rule.name);
    }
}

#[test]
fn no_two_rules_accept_one_phrase() {
    let mut owner: BTreeMap<String, &str> = BTreeMap::new();
    for (rule, phrases) in corpus() {
        for phrase in phrases.accept.into_keys() {
            if let Some(other) = owner.insert(phrase.clone(), &rule.name) {
                assert_eq!(other, rule.name, "two rules accept {phrase:?}");
            }
        }
    }
}

#[test]
fn there_are_as_many_phrases_as_forms_of_dates_need() {
    let (accepted, rejected) =
        corpus().iter().fold((0, 0), |sum, (_, phrases)| (sum.0 + phrases.accept.len(), sum.1 + phrases.reject.len()));
    assert!(accepted >= 1000 && rejected >= 150, "{accepted} accepted, {rejected} rejected");
}

/// Without a rule, some phrase of its own must come out wrong; else the rule is not needed.
#[test]
fn no_rule_can_be_left_out() {
    let mut lang = read_english().unwrap();
    let corpus = corpus();
    let mut idle = Vec::new();
    for (id, rule) in english().rules.iter().enumerate() {
        lang.nfa = Nfa::default();
        for (i, other) in lang.rules.iter().enumerate().filter(|(i, _)| *i != id) {
            lang.nfa.add(i as u16, &other.part);
        }
        lang.nfa.finish(lang.lexicon.signatures());
        let own = corpus.iter().filter(|(r, _)| r.name == rule.name);
        // A thread of its own: what one has learnt of an automaton is kept per thread.
        let missed = std::thread::scope(|s| s.spawn(|| own.clone().any(|(_, p)| goes_wrong(&lang, p))).join().unwrap());
        if !missed {
            idle.push(rule.name.as_str());
        }
    }
    assert!(idle.is_empty(), "not needed: {idle:?}");
}

fn goes_wrong(lang: &Language, phrases: &Phrases) -> bool {
    let dct = Edtf::parse(DCT).unwrap();
    let missed = |(phrase, value): (&String, &String)| {
        let (text, range) = unbracket(phrase);
        let found = resolve_at(lang, Some(&dct), &text, &tag(lang, &text));
        !found.iter().any(|r| r.timex.range == range && r.value == *value)
    };
    phrases.accept.iter().any(missed) || phrases.reject.iter().any(|phrase| !tag(lang, phrase).is_empty())
}
