//! `dateline events`: prints the events with their sources.

mod filter;

use super::flags::Common;
use super::report::{self, Exit, count};
use super::{load, message};
use crate::model::Timeline;
use crate::pipeline::{self, Export};
use clap::ValueEnum;
use std::collections::BTreeSet;
use std::io::{self, BufWriter, Write};

/// The arguments of `dateline events`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// How to print them
    #[arg(short, long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
    /// Which events.
    #[command(flatten)]
    pub filter: filter::Filter,
}

/// How events are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// One line an event: date, title, number of sources
    Text,
    /// Everything, as the site's events.json
    Json,
    /// One event of events.json a line
    #[value(alias = "ndjson")]
    Jsonl,
    /// A table for spreadsheets
    Csv,
    /// A calendar (iCalendar)
    #[value(alias = "icalendar")]
    Ics,
    /// The slides of TimelineJS
    #[value(name = "timelinejs")]
    TimelineJs,
    /// The text of Markwhen
    Markwhen,
    /// A list in Markdown
    #[value(alias = "md")]
    Markdown,
    /// The articles, for BibTeX
    #[value(name = "bibtex")]
    BibTeX,
    /// The articles, for programs that read CSL-JSON
    Csl,
    /// The events in the words of schema.org
    #[value(name = "jsonld", alias = "json-ld")]
    JsonLd,
}

impl Format {
    /// Gives the format of another program, where it is one.
    fn export(self) -> Option<Export> {
        Some(match self {
            Format::Text | Format::Json => return None,
            Format::Jsonl => Export::JsonLines,
            Format::Csv => Export::Csv,
            Format::Ics => Export::ICalendar,
            Format::TimelineJs => Export::TimelineJs,
            Format::Markwhen => Export::Markwhen,
            Format::Markdown => Export::Markdown,
            Format::BibTeX => Export::BibTeX,
            Format::Csl => Export::Csl,
            Format::JsonLd => Export::JsonLd,
        })
    }
}

/// Prints the events; messages go to standard error.
pub fn run(common: &Common, args: &Args) -> anyhow::Result<Exit> {
    if let Some((fault, help)) = args.filter.fault() {
        report::complain(&fault, Some(help));
        return Ok(Exit::Usage);
    }
    let mut site = load::load(common)?;
    args.filter.apply(&mut site.timeline);
    report::messages_aside(common, &mut site.diagnostics);
    let mut out = BufWriter::new(io::stdout().lock());
    match args.format.export() {
        Some(format) => out.write_all(&pipeline::export(format, &site.config, &site.timeline)?)?,
        None if args.format == Format::Json => out.write_all(&pipeline::events_json(&site.config, &site.timeline)?)?,
        None => text(&mut out, &site.timeline, common.verbose)?,
    }
    out.flush()?;
    Ok(report::verdict(common, &site.diagnostics))
}

/// Prints a line for each event; its id stands last where more is asked for.
fn text(out: &mut dyn Write, timeline: &Timeline, ids: bool) -> io::Result<()> {
    let dates: Vec<String> = timeline.events.iter().map(|e| e.date.to_string()).collect();
    let width = dates.iter().map(String::len).max().unwrap_or(0).min(24);
    for (event, date) in timeline.events.iter().zip(&dates) {
        let told = event.mentions.iter().filter_map(|&m| timeline.mentions.get(m));
        let sources = count(told.map(|m| m.article).collect::<BTreeSet<_>>().len(), "source");
        let id = if ids { format!("  {}", event.id) } else { String::new() };
        writeln!(out, "{date:width$}  {}  ({sources}){id}", message::plain(&event.title))?;
    }
    Ok(())
}
