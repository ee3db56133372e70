//! Messages as SARIF 2.1.0 (Static Analysis Results Interchange Format).

use super::formats::{end, path};
use crate::diagnostic::{Diagnostic, KINDS, Severity};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

/// What is escaped in the path of a URI.
const PATH: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// Gives the log of one run.
pub(super) fn log(shown: &[&Diagnostic], within: &str) -> Value {
    let mut kinds = KINDS.to_vec();
    kinds.sort_unstable();
    let rules: Vec<Value> =
        kinds.iter().map(|(kind, says)| json!({"id": kind, "shortDescription": {"text": plain(says)}})).collect();
    let results: Vec<Value> = shown
        .iter()
        .map(|diagnostic| {
            let index = kinds.iter().position(|(kind, _)| *kind == diagnostic.kind);
            result(diagnostic, index, within)
        })
        .collect();
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {"name": "dateline", "semanticVersion": env!("CARGO_PKG_VERSION"), "rules": rules}},
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    })
}

fn result(diagnostic: &Diagnostic, rule: Option<usize>, within: &str) -> Value {
    let level = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    };
    let help = diagnostic.help.as_ref().map(|help| format!("\n{help}")).unwrap_or_default();
    let mut result = json!({
        "ruleId": diagnostic.kind,
        "level": level,
        "message": {"text": format!("{}{help}", diagnostic.message)},
    });
    if let Some(index) = rule {
        result["ruleIndex"] = json!(index);
    }
    if let Some(place) = &diagnostic.location {
        let path = path(place, within).replace('\\', "/");
        let scheme = if path.starts_with('/') { "file://" } else { "" };
        let uri = format!("{scheme}{}", utf8_percent_encode(&path, PATH));
        let mut physical = json!({"artifactLocation": {"uri": uri}});
        if let Some(line) = place.line {
            physical["region"] = json!({"startLine": line});
            if let Some(column) = place.column {
                physical["region"]["startColumn"] = json!(column);
            }
            if let Some(end) = end(place) {
                physical["region"]["endColumn"] = json!(end);
            }
        }
        result["locations"] = json!([{"physicalLocation": physical}]);
    }
    result
}

/// Takes the marks of Markdown off.
fn plain(text: &str) -> String {
    text.replace('`', "")
}
