//! Writes messages in the style of rustc: the place, what is wrong, the line with a caret, what to do.

use crate::diagnostic::{Diagnostic, Location, Severity};
use anstyle::{AnsiColor, Style};
use std::io::{self, Write};
use unicode_width::UnicodeWidthChar;

const BOLD: Style = Style::new().bold();
const ERROR: Style = AnsiColor::Red.on_default().bold();
const WARNING: Style = AnsiColor::Yellow.on_default().bold();
const NOTE: Style = AnsiColor::Cyan.on_default().bold();
const GUTTER: Style = AnsiColor::Blue.on_default().bold();

/// How many columns of a line are shown at most; an article's paragraph is often one long line.
const SHOWN: usize = 96;
/// How many columns before the caret stay in sight when a line is cut.
const BEFORE: usize = 40;
const TAB: usize = 4;

/// Puts messages in order of place and kind and drops doubles.
pub fn sort(diagnostics: &mut Vec<Diagnostic>) {
    let place = |d: &Diagnostic| d.location.as_ref().map(|l| (l.path.clone(), l.line, l.column));
    diagnostics.sort_by_cached_key(|d| (place(d), d.kind.clone(), d.message.clone()));
    diagnostics.dedup();
}

/// Writes one message.
///
/// # Errors
/// When the stream refuses.
pub fn write(out: &mut dyn Write, diagnostic: &Diagnostic) -> io::Result<()> {
    let (name, style) = match diagnostic.severity {
        Severity::Error => ("error", ERROR),
        Severity::Warning => ("warning", WARNING),
        Severity::Note => ("note", NOTE),
    };
    if let Some(location) = &diagnostic.location {
        write!(out, "{BOLD}{}: {BOLD:#}", place(location))?;
    }
    let mut lines = diagnostic.message.lines();
    let first = plain(lines.next().unwrap_or_default());
    writeln!(out, "{style}{name}[{}]{style:#}: {BOLD}{first}{BOLD:#}", diagnostic.kind)?;
    for line in lines {
        writeln!(out, "    {}", plain(line))?;
    }
    let line = diagnostic.location.as_ref().and_then(|l| l.line.zip(l.snippet.as_ref()).zip(l.column));
    let margin = match line {
        Some(((number, (text, marked)), column)) => snippet(out, number, text, column, *marked, style)?,
        None => 0,
    };
    if let Some(help) = &diagnostic.help {
        writeln!(out, "{:margin$}  {GUTTER}={GUTTER:#} {BOLD}help{BOLD:#}: {}", "", plain(help))?;
    }
    Ok(())
}

fn place(location: &Location) -> String {
    let mut place = plain(&location.path);
    for number in [location.line, location.column].into_iter().flatten() {
        place.push_str(&format!(":{number}"));
    }
    place
}

/// Writes the line with its gutter and caret and gives the gutter's width.
fn snippet(
    out: &mut dyn Write,
    number: usize,
    text: &str,
    column: usize,
    marked: usize,
    style: Style,
) -> io::Result<usize> {
    let view = View::new(text, column - column.min(1), marked.max(1));
    let number = number.to_string();
    let margin = number.len();
    let (indent, carets) = (" ".repeat(view.indent), "^".repeat(view.carets));
    writeln!(out, "{GUTTER}{:margin$} |{GUTTER:#}", "")?;
    writeln!(out, "{GUTTER}{number} |{GUTTER:#} {}", view.line)?;
    writeln!(out, "{GUTTER}{:margin$} |{GUTTER:#} {indent}{style}{carets}{style:#}", "")?;
    Ok(margin - 1)
}

/// A line as it is shown, cut to what fits, with the columns of its caret.
struct View {
    line: String,
    indent: usize,
    carets: usize,
}

impl View {
    /// Shows `text`, of which `marked` characters from `start` (counted from 0) are meant.
    fn new(text: &str, start: usize, marked: usize) -> View {
        let chars: Vec<(String, usize)> = text.chars().map(cell).collect();
        let width = |from: usize, to: usize| -> usize {
            chars.iter().take(to).skip(from).map(|(_, width)| width).sum::<usize>()
        };
        let start = start.min(chars.len());
        let end = start.saturating_add(marked).min(chars.len());
        let mut first = 0;
        if width(0, chars.len()) > SHOWN {
            let mut before = width(0, start);
            while before > BEFORE {
                before -= chars.get(first).map_or(before, |(_, width)| *width);
                first += 1;
            }
        }
        let mut line = String::from(if first > 0 { "…" } else { "" });
        let (cut, mut used, mut last) = (line.chars().count(), 0, first);
        for (shown, width) in chars.iter().skip(first) {
            if used + width > SHOWN {
                line.push('…');
                break;
            }
            line.push_str(shown);
            used += width;
            last += 1;
        }
        View { line, indent: cut + width(first, start), carets: width(start, end.min(last)).max(1) }
    }
}

/// Gives a character as a terminal may see it, and its columns.
fn cell(c: char) -> (String, usize) {
    match c {
        '\t' => (" ".repeat(TAB), TAB),
        _ if unsafe_for_terminals(c) => ('\u{fffd}'.to_string(), 1),
        _ => (c.to_string(), c.width().unwrap_or(0)),
    }
}

/// Says whether a character could steer a terminal or turn the direction of the text.
fn unsafe_for_terminals(c: char) -> bool {
    c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}')
}

/// Gives a text as a terminal may see it, on one line.
pub fn plain(text: &str) -> String {
    let safe = |c| match c {
        '\n' | '\t' => ' ',
        c if unsafe_for_terminals(c) => '\u{fffd}',
        c => c,
    };
    text.chars().map(safe).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(diagnostic: &Diagnostic) -> String {
        let mut out = Vec::new();
        write(&mut out, diagnostic).unwrap();
        anstream::adapter::strip_str(&String::from_utf8(out).unwrap()).to_string()
    }

    #[test]
    fn a_message_shows_the_line_the_caret_and_what_to_do() {
        let text = "---\ntitle: A\n\tdate: 日本 soon\n---\n";
        let offset = text.find("日本").unwrap();
        let location = Location::in_text("content/a.md", text, offset, "日本".len());
        let diagnostic =
            Diagnostic::error("metadata-value", location, "`日本 soon` is no date").help("write `2022-01-17`");
        insta::assert_snapshot!(shown(&diagnostic), @r"
        content/a.md:3:8: error[metadata-value]: `日本 soon` is no date
          |
        3 |     date: 日本 soon
          |           ^^^^
          = help: write `2022-01-17`
        ");
    }

    #[test]
    fn a_message_on_a_whole_file_has_no_line() {
        let diagnostic = Diagnostic::warning("orphan-sidecar", Location::file("content/a.yaml"), "one\ntwo").help("do");
        insta::assert_snapshot!(shown(&diagnostic), @r"
        content/a.yaml: warning[orphan-sidecar]: one
            two
          = help: do
        ");
    }

    #[test]
    fn a_long_line_is_cut_around_the_caret() {
        let text = format!("{}here{}", "x ".repeat(500), " y".repeat(500));
        let location = Location::in_text("content/a.txt", &text, 1000, 4);
        let out = shown(&Diagnostic::warning("config", location, "m"));
        let lines: Vec<&str> = out.lines().collect();
        let caret = lines[3].find('^').unwrap();
        assert_eq!(lines[2].chars().skip(caret).take(4).collect::<String>(), "here");
        assert!(lines[2].chars().count() < 110 && lines[2].contains("| …") && lines[2].ends_with('…'));
    }

    #[test]
    fn no_text_of_an_article_can_steer_the_terminal() {
        let location = Location::in_text("content/\u{1b}]0;x.md", "a\u{1b}[2Jb\u{202e}c", 0, 99);
        let out = shown(&Diagnostic::warning("config", location, "\u{7}bell").help("\u{9b}31m"));
        assert!(!out.contains(|c: char| c != '\n' && unsafe_for_terminals(c)), "{out:?}");
    }

    #[test]
    fn messages_stand_in_order_of_place() {
        let at = |path: &str, offset| Diagnostic::warning("config", Location::in_text(path, "a\nb\nc", offset, 1), "m");
        let mut all = vec![at("b", 0), at("a", 4), at("a", 0), at("a", 4)];
        sort(&mut all);
        assert_eq!(all, [at("a", 0), at("a", 4), at("b", 0)]);
    }

    #[test]
    fn carets_at_any_place_are_safe() {
        for (line, start, marked) in [("", 0, 0), ("", 9, 9), ("ab", 2, 5), ("ab", usize::MAX, usize::MAX)] {
            assert!(View::new(line, start, marked).carets >= 1);
        }
    }
}
