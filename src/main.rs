//! The program `dateline`: parses the command line, calls the command, reports and exits.

use clap::Parser;
use dateline::cli::{self, Cli};
use std::process::ExitCode;

fn main() -> ExitCode {
    // Wrong usage ends here, with exit code 2.
    let cli = Cli::parse();
    match cli::run(&cli) {
        Ok(exit) => exit.into(),
        Err(error) => cli::fail(&error).into(),
    }
}
