//! `dateline check`: tells everything that the site's owner should know, and writes no page.

mod formats;
mod notes;
mod outside;
mod own;
mod pages;
mod places;
mod sarif;
mod tags;
mod twins;

use super::flags::Common;
use super::report::{self, Exit, count};
use super::{load, message};
use crate::diagnostic::Diagnostic;
use crate::pipeline::{self, Unpublished};
use pages::Pages;
use places::Places;
use std::collections::BTreeMap;
use std::io::Write;
use std::time::Instant;

/// The arguments of `dateline check`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// How to write the messages
    #[arg(short, long, value_enum, default_value_t = formats::Format::Text)]
    pub format: formats::Format,
    /// What is asked about links out of the site.
    #[command(flatten)]
    pub outside: outside::Asked,
}

/// Reads everything, fills every template and follows every link; the messages are the result.
pub fn run(common: &Common, args: &Args) -> anyhow::Result<Exit> {
    let start = Instant::now();
    let mut site = load::whole(common)?;
    let pages = Pages::new(&site.config);
    let (templates, static_files) = (&site.files.templates, &site.files.static_files);
    let built = pipeline::publish(&site.config, &site.timeline, templates, static_files, |file| pages.take(&file));
    let mut found = match built {
        Ok(found) => found,
        Err(Unpublished::Template(diagnostic)) => vec![*diagnostic],
        Err(Unpublished::Refused(never)) => match never {},
    };
    let whole = found.iter().all(|d| d.kind != "template");
    let built = pages.finish();
    let places = Places::new(&site.files.articles);
    found.extend(notes::open_dates(&site.timeline, &places));
    found.extend(notes::disagreements(&site.timeline, &places));
    found.extend(twins::twins(&site.timeline, &places));
    // Half a site has links that its other half would answer.
    if whole {
        found.extend(built.broken(&site.files));
        found.extend(own::broken(&site.files, &built));
    }
    if args.outside.external {
        found.extend(outside::dead(common, &args.outside, &site, &built, &places));
    }
    site.diagnostics.extend(found);
    message::sort(&mut site.diagnostics);
    let mut out = anstream::stdout().lock();
    formats::write(&mut out, args.format, common, &site)?;
    out.flush()?;
    let line = format!(
        "{} from {}: {}, in {:.2} s",
        count(site.timeline.events.len(), "event"),
        count(site.timeline.articles.len(), "article"),
        report::tally(&site.diagnostics),
        start.elapsed().as_secs_f64(),
    );
    report::note(common, &line);
    if !site.diagnostics.is_empty() {
        let kinds: Vec<String> =
            by_kind(&site.diagnostics).into_iter().map(|(kind, number)| format!("{number} {kind}")).collect();
        report::note(common, &format!("by kind: {}", kinds.join(", ")));
    }
    Ok(report::verdict(common, &site.diagnostics))
}

/// Counts messages by their kind.
fn by_kind(diagnostics: &[Diagnostic]) -> BTreeMap<&str, usize> {
    let mut kinds = BTreeMap::new();
    for diagnostic in diagnostics {
        *kinds.entry(diagnostic.kind.as_str()).or_default() += 1;
    }
    kinds
}
