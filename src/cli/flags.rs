//! The flags that every command takes.

use crate::config;
use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// What holds for every command.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Common options")]
pub struct Common {
    /// The site's folder; its articles are in `content/`
    #[arg(short, long, global = true, value_name = "DIR", default_value = ".")]
    pub root: PathBuf,
    /// The configuration [default: dateline.yaml in the site's folder]
    #[arg(short, long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// The folder to write to [default: public in the site's folder]
    #[arg(short, long, global = true, value_name = "DIR")]
    pub out: Option<PathBuf>,
    #[allow(rustdoc::bare_urls)] // it is printed as it stands here
    /// Where the site will stand (https://me.github.io/repo/); "" makes every link relative
    #[arg(short = 'u', long, global = true, value_name = "URL", value_parser = base_url)]
    pub base_url: Option<String>,
    /// Exit with 1 on warnings too
    #[arg(long, global = true)]
    pub strict: bool,
    /// Report errors only
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Report more
    #[arg(short, long, global = true)]
    pub verbose: bool,
    /// Colours
    #[arg(long, global = true, value_enum, value_name = "WHEN", default_value_t = Color::Auto)]
    pub color: Color,
}

/// When to use colours; `NO_COLOR` is obeyed under `auto`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// On a terminal
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

impl Color {
    /// Makes the choice hold for everything that is printed from now on.
    pub fn apply(self) {
        let choice = match self {
            Color::Auto => anstream::ColorChoice::Auto,
            Color::Always => anstream::ColorChoice::Always,
            Color::Never => anstream::ColorChoice::Never,
        };
        choice.write_global();
    }
}

/// Reads a base URL and gives it a final slash.
fn base_url(text: &str) -> Result<String, String> {
    match config::base_url(text) {
        Ok(url) => Ok(url.unwrap_or_default()),
        Err(why) => Err(format!("{why}; write a whole address, as in `https://me.github.io/repo/`")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_sound() {
        crate::cli::Cli::command().debug_assert();
    }

    #[test]
    fn a_base_url_is_a_whole_address_and_ends_with_a_slash() {
        assert_eq!(base_url("https://a.io/b").unwrap(), "https://a.io/b/");
        assert_eq!(base_url("http://a.io//").unwrap(), "http://a.io/");
        assert_eq!(base_url("").unwrap(), "");
        for bad in ["a.io/b", "https://", "ftp://a.io", "https://a .io", "/b/", "https://a.io/\"", "https://a.io/?q"] {
            assert!(base_url(bad).is_err(), "{bad}");
        }
    }
}
