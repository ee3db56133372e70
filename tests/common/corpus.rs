//! The phrases beside the rules, as tests and the docs read them.

#![allow(clippy::disallowed_methods, clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test may touch files and fail
#![allow(dead_code)] // each test uses its part

use dateline::lang::{Rule, english};
use std::collections::BTreeMap;

/// All phrases are read as published on Wednesday 19 January 2022.
pub const DCT: &str = "2022-01-19";

/// What a rule accepts, with the TIMEX3 value, and what it rejects.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Phrases {
    #[serde(default)]
    pub accept: BTreeMap<String, String>,
    #[serde(default)]
    pub reject: Vec<String>,
}

/// The phrases of `src/lang/en/phrases/*.yaml`, by rule: what the rules' own files have no room for.
pub fn phrase_files() -> Vec<(String, Phrases)> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lang/en/phrases");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|f| f.unwrap().path()).collect();
    files.sort();
    let read = |path: &std::path::PathBuf| -> BTreeMap<String, Phrases> {
        serde_yaml::from_str(&std::fs::read_to_string(path).unwrap())
            .unwrap_or_else(|e| panic!("{}: {e}", path.display()))
    };
    files.iter().flat_map(read).collect()
}

/// Every rule's phrases: those in its own file and those in the files beside it.
pub fn corpus() -> Vec<(&'static Rule, Phrases)> {
    let rules = &english().rules;
    let rule = |name: &str| rules.iter().find(|r| r.name == name).unwrap_or_else(|| panic!("no rule {name}"));
    let own = rules.iter().map(|r| (r, Phrases { accept: r.accept.clone(), reject: r.reject.clone() }));
    own.chain(phrase_files().into_iter().map(|(name, phrases)| (rule(&name), phrases))).collect()
}
