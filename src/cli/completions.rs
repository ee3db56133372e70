//! `dateline completions SHELL`: what a shell needs to complete the command line.

use super::Cli;
use super::report::Exit;
use clap::CommandFactory;
use clap_complete::Shell;
use std::io::{self, Write};

/// The arguments of `dateline completions`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The shell
    #[arg(value_enum)]
    pub shell: Shell,
}

/// Prints the script that a shell reads.
pub fn run(args: &Args) -> anyhow::Result<Exit> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "dateline", &mut script);
    let mut out = io::stdout().lock();
    out.write_all(&script)?;
    out.flush()?;
    Ok(Exit::Done)
}
