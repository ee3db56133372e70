//! `dateline build`: writes the site.

use super::flags::Common;
use super::load;
use super::news;
use super::pages::Pages;
use super::report::{self, Exit, count};
use super::still::{self, Gave};
use crate::diagnostic::Diagnostic;
use crate::io::{IoError, output, output_folder};
use crate::pipeline::{self, Made, Unpublished};
use std::path::{MAIN_SEPARATOR, Path, PathBuf};
use std::time::Instant;

/// What a build gave.
pub struct Built {
    /// The folder it was written to.
    pub out: PathBuf,
    /// Where the site will stand.
    pub base_url: Option<String>,
    /// What is wrong with it.
    pub diagnostics: Vec<Diagnostic>,
    /// What was written; nothing where a page could not be made.
    pub written: Option<output::Written>,
    /// How it went, in lines.
    pub lines: Vec<String>,
}

/// Builds the site and says how it went.
pub fn run(common: &Common) -> anyhow::Result<Exit> {
    let mut built = make(common)?;
    report::messages_aside(common, &mut built.diagnostics);
    built.lines.iter().for_each(|line| report::note(common, line));
    Ok(report::verdict(common, &built.diagnostics))
}

/// Builds the site; where a page cannot be made, the last good site stays as it is.
///
/// # Errors
/// When the site cannot be read or written at all.
pub fn make(common: &Common) -> anyhow::Result<Built> {
    let start = Instant::now();
    let files = load::to_build(common)?;
    let out = output_folder(&files.root, common.out.as_deref())?;
    if output::is_busy(&out) {
        report::note(common, &format!("another build writes into {}: waiting for it", shown(common, &out)));
    }
    let mut writer = output::Writer::open(&out)?;
    let (print, mut pages) = rayon::join(|| still::site_print(common, &files), || Pages::open(&files.root, &out));
    if let Some(gave) = pages.unchanged(&print) {
        let base_url = load::configuration(common, &files).0.base_url;
        return Ok(unchanged(common, (&files.root, out), base_url, gave, start));
    }
    let mut site = load::loaded_from(common, files)?;
    // Before the pages are made, so that they have the room that it takes.
    let kept = site.memory.save(std::mem::take(&mut site.files.cache));
    let files = &site.files;
    let loaded = start.elapsed();
    // Nothing else of it is asked for any longer.
    let keys = std::mem::take(&mut site.memory).keys();
    let theme = (files.templates.as_slice(), files.static_files.as_slice());
    let take = |made| -> Result<(), IoError> {
        match made {
            Made::File(file, print) => {
                writer.put(&file)?;
                pages.made(file.path, print);
            }
            Made::Part(part, print, laid) => {
                pages.made_part(&part, print, laid);
                writer.put_part(part)?;
            }
            Made::Stands(path, print) => {
                writer.keep(path.clone())?;
                pages.stood(path, print);
            }
        }
        Ok(())
    };
    let built = pipeline::publish_but(&site.config, &site.timeline, theme, (&keys, &pages), take);
    let rendered = start.elapsed();
    let written = match built {
        Ok(found) => {
            site.diagnostics.extend(found);
            Some(writer.finish()?)
        }
        Err(Unpublished::Template(diagnostic)) => {
            site.diagnostics.push(*diagnostic);
            None
        }
        Err(Unpublished::Refused(error)) => return Err(error.into()),
    };
    let written_at = start.elapsed();
    let kept = kept.and_then(|()| match written {
        Some(_) => {
            let counts = (site.timeline.events.len(), site.timeline.articles.len());
            let gave = Gave { print, counts, diagnostics: site.diagnostics.clone() };
            let (lines, saved) = rayon::join(|| news::since(&files.root, &site.timeline), || pages.save(gave));
            saved.and(lines)
        }
        None => Ok(Vec::new()),
    });
    let mut lines = kept.unwrap_or_else(|error| {
        report::note_more(common, &format!("nothing is kept for the next build: {error}"));
        Vec::new()
    });
    let spent =
        [loaded, rendered - loaded, written_at - rendered, start.elapsed() - written_at].map(|t| t.as_secs_f64());
    let [loaded, rendered, placed, kept] = spent;
    report::note_more(
        common,
        &format!(
            "loaded in {loaded:.2} s, pages in {rendered:.2} s, put in place in {placed:.2} s, kept in {kept:.2} s"
        ),
    );
    lines.push(match &written {
        Some(written) => {
            let counts = (site.timeline.events.len(), site.timeline.articles.len());
            summary(counts, written, &shown(common, &out), start)
        }
        None => "nothing was written; the site that stood there still stands".to_owned(),
    });
    let (base_url, diagnostics) = (site.config.base_url.take(), std::mem::take(&mut site.diagnostics));
    // Nobody waits until all of it is given back.
    std::thread::spawn(move || drop(site));
    Ok(Built { out, base_url, diagnostics, written, lines })
}

/// Says what a build found that had nothing to do.
fn unchanged(
    common: &Common,
    (root, out): (&Path, PathBuf),
    base_url: Option<String>,
    (gave, files): (Gave, usize),
    start: Instant,
) -> Built {
    if let Err(error) = news::nothing(root) {
        report::note_more(common, &format!("nothing is kept for the next build: {error}"));
    }
    let written = output::Written { files, ..output::Written::default() };
    let lines = vec![summary(gave.counts, &written, &shown(common, &out), start)];
    Built { out, base_url, diagnostics: gave.diagnostics, written: Some(written), lines }
}

fn summary((events, articles): (usize, usize), written: &output::Written, out: &str, start: Instant) -> String {
    let removed = if written.removed > 0 { format!(", {} removed", written.removed) } else { String::new() };
    format!(
        "{} from {} → {out} ({}, {} changed{removed}) in {:.2} s",
        count(events, "event"),
        count(articles, "article"),
        count(written.files, "file"),
        written.changed,
        start.elapsed().as_secs_f64(),
    )
}

/// Gives the output folder as the person at the keyboard would name it.
fn shown(common: &Common, out: &Path) -> String {
    let path = common.out.clone().unwrap_or_else(|| common.root.join("public"));
    let path = path.strip_prefix(".").map_or(path.clone(), Path::to_owned);
    let path = if path.as_os_str().is_empty() { out.to_owned() } else { path };
    let name = path.to_string_lossy();
    format!("{}{MAIN_SEPARATOR}", name.trim_end_matches(MAIN_SEPARATOR))
}
