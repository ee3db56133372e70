//! How far adding is, shown on a terminal.

use crate::cli::flags::Common;
use crate::cli::message::plain;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::IsTerminal;

/// A line on the terminal that says what is being done; nothing where there is no terminal.
pub(super) struct Progress {
    bar: ProgressBar,
}

impl Progress {
    /// Begins with nothing to do.
    pub(super) fn new(common: &Common) -> Progress {
        let shown = !common.quiet && std::io::stderr().is_terminal();
        let target = if shown { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let bar = ProgressBar::with_draw_target(Some(0), target);
        if let Ok(style) = ProgressStyle::with_template("{spinner} {pos}/{len} {wide_msg}") {
            bar.set_style(style);
        }
        Progress { bar }
    }

    /// Names what is being read.
    pub(super) fn begins(&self, name: &str) {
        self.bar.set_message(plain(name));
        self.bar.tick();
    }

    /// Says that so many more articles are to come.
    pub(super) fn expects(&self, more: usize) {
        self.bar.inc_length(more as u64);
    }

    /// Says that one is done.
    pub(super) fn done(&self) {
        self.bar.inc(1);
    }

    /// Takes the line off the terminal.
    pub(super) fn ends(&self) {
        self.bar.finish_and_clear();
    }
}
