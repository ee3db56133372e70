//! Timeline → the files of the site. Each format is a function of its own that returns bytes.

mod article;
mod cast;
mod changes;
mod cuts;
mod data;
mod density;
mod error;
mod escape;
mod export;
mod feed;
mod field;
mod finder;
mod folders;
mod group;
mod head;
mod html;
mod json;
mod lanes;
mod lists;
mod marks;
mod memo;
mod parts;
mod press;
mod remarks;
mod search;
mod site;
mod sitemap;
mod standing;
mod stretch;
mod subjects;
mod theme;
mod undated;
mod view;
mod voices;
mod weave;
mod years;

pub use error::{Fault, RenderError};
pub use export::{Export, export};
pub use json::events_json;
pub use press::{Job, Made, Press};
pub use remarks::remarks;
pub use site::Site;
pub use standing::{Keys, Print};
pub use theme::Theme;

use crate::config::Config;
use crate::model::{OutputFile, Timeline};

/// Renders every file of the site, each path once, in order of path.
///
/// # Errors
/// When a template cannot be filled.
pub fn site(config: &Config, timeline: &Timeline, theme: &Theme) -> Result<Vec<OutputFile>, RenderError> {
    let site = Site::new(config, timeline, theme)?;
    let press = Press::new(timeline, &site, theme);
    let mut files = Vec::new();
    for job in press.jobs() {
        files.extend(press.run(job)?);
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(files)
}
