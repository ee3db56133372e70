//! How a command ends: messages, counts and exit codes.

use super::flags::Common;
use super::message;
use crate::diagnostic::{Diagnostic, Severity};
use crate::io::IoError;
use anstyle::{AnsiColor, Style};
use std::io::{self, Write};
use std::process::ExitCode;

const ERROR: Style = AnsiColor::Red.on_default().bold();
const WARNING: Style = AnsiColor::Yellow.on_default().bold();

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// All is well.
    Done = 0,
    /// There are problems in the content, or warnings under `--strict`.
    Content = 1,
    /// The command line means nothing.
    Usage = 2,
    /// Reading or writing failed.
    Io = 3,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> ExitCode {
        ExitCode::from(exit as u8)
    }
}

/// Reports what stopped a command and gives the exit code.
pub fn fail(error: &anyhow::Error) -> Exit {
    let pipe = |e: &io::Error| e.kind() == io::ErrorKind::BrokenPipe;
    // Whoever read our output has had enough (`dateline events | head`): no problem of ours.
    if error.chain().any(|e| e.downcast_ref().is_some_and(pipe)) {
        return Exit::Done;
    }
    complain(&format!("{error:#}"), error.downcast_ref().and_then(IoError::help));
    Exit::Io
}

/// Writes an error that no file of the site is to blame for.
pub fn complain(message: &str, help: Option<&str>) {
    let mut err = anstream::stderr().lock();
    // Nobody is left to tell when standard error is closed.
    let _ = writeln!(err, "{ERROR}error{ERROR:#}: {}", message::plain(message));
    if let Some(help) = help {
        let _ = writeln!(err, "  = help: {}", message::plain(help));
    }
}

/// Writes a warning that no file of the site is to blame for.
pub fn doubt(message: &str) {
    let mut err = anstream::stderr().lock();
    let _ = writeln!(err, "{WARNING}warning{WARNING:#}: {}", message::plain(message));
}

/// Writes a line on how it went, unless told to be quiet.
pub fn note(common: &Common, line: &str) {
    if !common.quiet {
        let _ = writeln!(anstream::stderr().lock(), "{}", message::plain(line));
    }
}

/// Writes a line for those who asked to be told more.
pub fn note_more(common: &Common, line: &str) {
    if common.verbose {
        note(common, line);
    }
}

/// Gives the exit code that messages make.
pub fn verdict(common: &Common, diagnostics: &[Diagnostic]) -> Exit {
    let least = if common.strict { Severity::Warning } else { Severity::Error };
    let bad = diagnostics.iter().any(|d| d.severity >= least);
    if bad { Exit::Content } else { Exit::Done }
}

/// Says whether the flags ask for a message.
pub fn is_asked_for(common: &Common, diagnostic: &Diagnostic) -> bool {
    match diagnostic.severity {
        Severity::Error => true,
        Severity::Warning => common.strict || !common.quiet,
        Severity::Note => !common.quiet,
    }
}

/// Writes the messages that the flags ask for, in order.
///
/// # Errors
/// When the stream refuses.
pub fn messages(common: &Common, diagnostics: &mut Vec<Diagnostic>, out: &mut dyn Write) -> io::Result<()> {
    message::sort(diagnostics);
    for diagnostic in diagnostics.iter() {
        if is_asked_for(common, diagnostic) {
            message::write(out, diagnostic)?;
        }
    }
    out.flush()
}

/// Writes the messages to standard error; that nobody reads them must not spoil the work.
pub fn messages_aside(common: &Common, diagnostics: &mut Vec<Diagnostic>) {
    let _ = messages(common, diagnostics, &mut anstream::stderr().lock());
}

/// Counts things: `1 event`, `2 events`, `0 events`.
pub fn count(number: usize, thing: &str) -> String {
    format!("{number} {thing}{}", if number == 1 { "" } else { "s" })
}

/// Counts messages: `2 errors, 1 warning`, or `no problems`; notes are counted behind them.
pub fn tally(diagnostics: &[Diagnostic]) -> String {
    let of = |severity| diagnostics.iter().filter(|d| d.severity == severity).count();
    let counts = [(Severity::Error, "error"), (Severity::Warning, "warning"), (Severity::Note, "note")];
    let mut said: Vec<String> =
        counts.into_iter().filter(|(s, _)| of(*s) > 0).map(|(s, name)| count(of(s), name)).collect();
    if diagnostics.iter().all(|d| d.severity == Severity::Note) {
        said.insert(0, "no problems".to_owned());
    }
    said.join(", ")
}
