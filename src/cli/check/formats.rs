//! How `dateline check` writes its messages: for people, for programs, for pull requests.

use super::{by_kind, sarif};
use crate::cli::flags::Common;
use crate::cli::load::Loaded;
use crate::cli::{message, report};
use crate::diagnostic::{Diagnostic, Location, Severity};
use clap::ValueEnum;
use serde_json::{Value, json};
use std::io::{self, Write};
use std::path::{Component, Path};

/// How messages are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people: the place, the line, what to do
    Text,
    /// One JSON object with all messages and their counts
    Json,
    /// SARIF 2.1.0, as code scanning reads it
    Sarif,
    /// Commands of GitHub Actions, which annotate a pull request
    #[value(name = "github")]
    GitHub,
}

/// Writes the messages that the flags ask for.
///
/// # Errors
/// When the stream refuses.
pub(super) fn write(out: &mut dyn Write, format: Format, common: &Common, site: &Loaded) -> io::Result<()> {
    let shown: Vec<&Diagnostic> = site.diagnostics.iter().filter(|d| report::is_asked_for(common, d)).collect();
    let within = prefix(&common.root);
    match format {
        Format::Text => shown.iter().try_for_each(|diagnostic| message::write(out, diagnostic)),
        Format::Json => print(out, &whole(&shown, site)),
        Format::Sarif => print(out, &sarif::log(&shown, &within)),
        Format::GitHub => shown.iter().try_for_each(|diagnostic| writeln!(out, "{}", command(diagnostic, &within))),
    }
}

fn print(out: &mut dyn Write, value: &Value) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, value)?;
    writeln!(out)
}

/// Gives the way from the folder one stands in, which for CI is the repository, to the site.
fn prefix(root: &Path) -> String {
    let here = std::env::current_dir().and_then(|here| here.canonicalize()).ok();
    let real = root.canonicalize().ok();
    let way = here.zip(real).and_then(|(here, real)| real.strip_prefix(here).ok().map(Path::to_owned));
    let way = way.unwrap_or_else(|| root.to_owned());
    let parts = way.components().filter(|part| !matches!(part, Component::CurDir));
    parts.map(|part| part.as_os_str().to_string_lossy() + "/").collect::<String>().replace("//", "/")
}

/// Gives the path of a place as seen from the folder one stands in.
pub(super) fn path(place: &Location, within: &str) -> String {
    if Path::new(&place.path).is_absolute() { place.path.clone() } else { format!("{within}{}", place.path) }
}

/// Gives the column behind what the caret marks.
pub(super) fn end(place: &Location) -> Option<usize> {
    Some(place.column? + place.snippet.as_ref()?.1)
}

/// The name of a severity as messages have it.
fn name(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

fn whole(shown: &[&Diagnostic], site: &Loaded) -> Value {
    let of = |severity| site.diagnostics.iter().filter(|d| d.severity == severity).count();
    let messages: Vec<Value> = shown
        .iter()
        .map(|d| {
            let place = d.location.as_ref();
            json!({
                "kind": d.kind,
                "severity": name(d.severity),
                "path": place.map(|p| &p.path),
                "line": place.and_then(|p| p.line),
                "column": place.and_then(|p| p.column),
                "end_column": place.and_then(end),
                "message": d.message,
                "help": d.help,
            })
        })
        .collect();
    json!({
        "events": site.timeline.events.len(),
        "articles": site.timeline.articles.len(),
        "errors": of(Severity::Error),
        "warnings": of(Severity::Warning),
        "notes": of(Severity::Note),
        "kinds": by_kind(&site.diagnostics),
        "messages": messages,
    })
}

/// Writes a message as a command of GitHub Actions.
fn command(diagnostic: &Diagnostic, within: &str) -> String {
    let name = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    };
    let mut properties = Vec::new();
    if let Some(place) = &diagnostic.location {
        properties.push(("file", path(place, within)));
        let numbers = [("line", place.line), ("col", place.column), ("endColumn", end(place))];
        properties.extend(numbers.into_iter().filter_map(|(key, number)| Some((key, number?.to_string()))));
    }
    properties.push(("title", diagnostic.kind.clone()));
    let properties: Vec<String> =
        properties.into_iter().map(|(key, value)| format!("{key}={}", escape(&value, true))).collect();
    let help = diagnostic.help.as_ref().map(|help| format!("\n{help}")).unwrap_or_default();
    format!("::{name} {}::{}", properties.join(","), escape(&format!("{}{help}", diagnostic.message), false))
}

/// Escapes a text as the runner of GitHub Actions reads it back.
fn escape(text: &str, property: bool) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '%' => out.push_str("%25"),
            '\r' => out.push_str("%0D"),
            '\n' => out.push_str("%0A"),
            ':' if property => out.push_str("%3A"),
            ',' if property => out.push_str("%2C"),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_cannot_be_broken_by_what_it_says() {
        let place = Location::in_text("content/a,b:c.md", "one\ntwo %", 4, 3);
        let diagnostic = Diagnostic::warning("open-date", place, "50% \r\n::error::x").help("do, it");
        assert_eq!(
            command(&diagnostic, "sub/"),
            "::warning file=sub/content/a%2Cb%3Ac.md,line=2,col=1,endColumn=4,title=open-date::50%25 %0D%0A::error::x%0Ado, it"
        );
    }
}
