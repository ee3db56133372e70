//! The only code that touches files and the network: it reads a site into values, writes a built site back, and fetches
//! new articles.

#![allow(clippy::disallowed_methods)]

pub mod adding;
pub mod cache;
mod error;
pub mod fetch;
pub mod keep;
pub mod links;
mod manifest;
pub mod output;
mod parts;
mod place;
mod scrap;
pub mod serve;
pub mod site;
mod staging;
mod stamp;
mod walk;
pub mod watch;

pub use error::IoError;
pub use place::output_folder;
pub use stamp::Stamp;
