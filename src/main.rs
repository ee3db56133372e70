//! The program `dateline`: parses the command line, calls the command, reports and exits.

use clap::Parser;
use dateline::cli::{self, Cli};
use std::process::ExitCode;

/// Reading and rendering make many small texts on several threads, which the system's allocator hands out slowly.
#[cfg(all(feature = "jemalloc", not(target_env = "msvc")))]
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

/// The same, for a system on which the other one cannot be made.
#[cfg(target_env = "msvc")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    // Wrong usage ends here, with exit code 2.
    let cli = Cli::parse();
    match cli::run(&cli) {
        Ok(exit) => exit.into(),
        Err(error) => cli::fail(&error).into(),
    }
}
