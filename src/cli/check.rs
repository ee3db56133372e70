//! `dateline check`: reports every problem and writes nothing.

use super::flags::Common;
use super::load;
use super::report::{self, Exit, count};
use crate::pipeline;
use std::time::Instant;

/// Reads everything and fills every template; the messages are the result.
pub fn run(common: &Common) -> anyhow::Result<Exit> {
    let start = Instant::now();
    let mut site = load::load(common)?;
    let built = pipeline::site(&site.config, &site.timeline, &site.files.templates, &site.files.static_files);
    match built {
        Ok((_, found)) => site.diagnostics.extend(found),
        Err(diagnostic) => site.diagnostics.push(*diagnostic),
    }
    report::messages(common, &mut site.diagnostics, &mut anstream::stdout().lock())?;
    let line = format!(
        "{} from {}: {}, in {:.2} s",
        count(site.timeline.events.len(), "event"),
        count(site.timeline.articles.len(), "article"),
        report::tally(&site.diagnostics),
        start.elapsed().as_secs_f64(),
    );
    report::note(common, &line);
    Ok(report::verdict(common, &site.diagnostics))
}
