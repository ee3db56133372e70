//! Dateline turns a folder of news articles into a timeline that a reader can check.
//!
//! Values go down, nothing comes back up: `cli` and `io` touch the world, [`pipeline`] composes the
//! stages [`article`] → [`tag`] → [`normalize`] → [`extract`] → [`merge`] → [`correct`] → [`render`], and every
//! stage is a pure function over the types in [`model`]. `ARCHITECTURE.md` is the one-page map.

pub mod article;
pub mod cli;
pub mod config;
pub mod correct;
pub mod diagnostic;
pub mod extract;
pub mod io;
pub mod lang;
pub mod merge;
pub mod model;
pub mod normalize;
pub mod pipeline;
pub mod render;
pub mod tag;
pub mod yaml;
