//! The only code that touches files: it reads a site into values and writes a built site back.

#![allow(clippy::disallowed_methods)]

mod error;
mod manifest;
pub mod output;
mod place;
pub mod serve;
pub mod site;
mod staging;
mod walk;
pub mod watch;

pub use error::IoError;
pub use place::output_folder;
