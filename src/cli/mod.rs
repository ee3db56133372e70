//! The commands: each parses nothing, calls the pipeline, reports, and says how it went.

#![allow(clippy::disallowed_methods)]

mod add;
mod build;
mod check;
mod clean;
mod completions;
mod events;
mod explain;
mod flags;
mod init;
mod load;
mod man;
pub mod message;
mod news;
mod pages;
mod remember;
mod report;
mod serve;
mod still;
mod tag;

pub use flags::{Color, Common};
pub use report::{Exit, fail};

use clap::{Parser, Subcommand};

/// Turns a folder of news articles into a timeline that a reader can check.
#[derive(Debug, Parser)]
#[command(name = "dateline", version, about, long_about = None, disable_help_subcommand = true)]
pub struct Cli {
    /// What holds for every command.
    #[command(flatten)]
    pub common: Common,
    /// What to do; `build` when none is named.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// What the program can do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Build the site into `public/` (what `dateline` alone does)
    Build,
    /// Add articles: files, folders, web pages, feeds
    Add(add::Args),
    /// Report every problem in the content and what else its owner should know; write nothing
    Check(check::Args),
    /// Build the site, show it in a browser, and do both anew whenever a file changes
    Serve(serve::Args),
    /// Begin a site: configuration, an example, a workflow that publishes it
    Init(init::Args),
    /// Print the events with their sources
    Events(events::Args),
    /// Show how each date of an article was found
    Explain(explain::Args),
    /// Tag the time expressions of documents: JSON Lines in, JSON Lines out
    Tag(tag::Args),
    /// Remove what earlier builds wrote, and nothing else
    Clean,
    /// Print the completions of a shell
    Completions(completions::Args),
    /// Print the manual page
    Man,
}

/// Runs the command.
///
/// # Errors
/// When reading or writing failed; [`fail`] reports it.
pub fn run(cli: &Cli) -> anyhow::Result<Exit> {
    let common = &cli.common;
    common.color.apply();
    match &cli.command {
        None | Some(Command::Build) => build::run(common),
        Some(Command::Add(args)) => add::run(common, args),
        Some(Command::Check(args)) => check::run(common, args),
        Some(Command::Serve(args)) => serve::run(common, args),
        Some(Command::Init(args)) => init::run(common, args),
        Some(Command::Events(args)) => events::run(common, args),
        Some(Command::Explain(args)) => explain::run(common, args),
        Some(Command::Tag(args)) => tag::run(args),
        Some(Command::Clean) => clean::run(common),
        Some(Command::Completions(args)) => completions::run(args),
        Some(Command::Man) => man::run(),
    }
}
