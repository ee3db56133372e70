//! Timeline → the files of the site. Each format is a function of its own that returns bytes.

mod article;
mod cast;
mod changes;
mod cuts;
mod data;
mod density;
mod embed;
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
mod whole;
mod years;

pub use error::{Fault, RenderError};
pub use export::{Export, export};
pub use html::{InTurn, Sides};
pub use json::events_json;
pub use press::{Job, Made, Press};
pub use remarks::remarks;
pub use site::Site;
pub use standing::{Keys, Print, Prints, Standing};
pub use theme::Theme;
pub use whole::{Laid, Pieces};

use crate::config::Config;
use crate::model::{Assembly, OutputFile, Timeline};

/// Renders every file of the site, each path once, in order of path.
///
/// # Errors
/// When a template cannot be filled.
pub fn site(config: &Config, timeline: &Timeline, theme: &Theme) -> Result<Vec<OutputFile>, RenderError> {
    let site = Site::new(config, timeline, theme)?;
    let press = Press::new(timeline, &site, theme, &html::InTurn);
    let (mut files, mut parts) = (Vec::new(), Assembly::default());
    for made in press.jobs().iter().map(|job| press.run(job)) {
        files.extend(made?.into_iter().filter_map(|made| match made {
            Made::File(file, _) => Some(file),
            Made::Part(part, ..) => parts.add(part),
            Made::Stands(..) => None,
        }));
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(files)
}
