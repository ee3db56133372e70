//! The phrases beside the rules: what each rule accepts, with its value, and what it rejects.

#![allow(clippy::disallowed_methods, clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test may touch files and fail

use dateline::lang::{Rule, english};
use dateline::model::Edtf;
use dateline::normalize::resolve_at;
use dateline::tag::tag;

/// All phrases are read as published on Wednesday 19 January 2022.
const DCT: &str = "2022-01-19";

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Phrases {
    #[serde(default)]
    accept: std::collections::BTreeMap<String, String>,
    #[serde(default)]
    reject: Vec<String>,
}

/// The phrases of `src/lang/en/phrases/*.yaml`, by rule: what the rules' own files have no room for.
fn phrase_files() -> Vec<(String, Phrases)> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lang/en/phrases");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|f| f.unwrap().path()).collect();
    files.sort();
    let read = |path: &std::path::PathBuf| -> std::collections::BTreeMap<String, Phrases> {
        serde_yaml::from_str(&std::fs::read_to_string(path).unwrap())
            .unwrap_or_else(|e| panic!("{}: {e}", path.display()))
    };
    files.iter().flat_map(read).collect()
}

/// Every rule's phrases: those in its own file and those in the files beside it.
fn corpus() -> Vec<(&'static Rule, Phrases)> {
    let rules = &english().rules;
    let rule = |name: &str| rules.iter().find(|r| r.name == name).unwrap_or_else(|| panic!("no rule {name}"));
    let own = rules.iter().map(|r| (r, Phrases { accept: r.accept.clone(), reject: r.reject.clone() }));
    own.chain(phrase_files().into_iter().map(|(name, phrases)| (rule(&name), phrases))).collect()
}

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
    for rule in &english().rules {
        assert!(!rule.accept.is_empty() || !rule.reject.is_empty(), "rule {} has no phrase", rule.name);
    }
}
