//! What each stage costs, on one thread.

use dateline::config::Config;
use dateline::model::{Article, Portion, RawArticle, RawFile, Resolved, Timeline, Timex};
use dateline::render::{InTurn, Made, Press, Site, Theme};
use dateline::{article, extract, lang, merge, normalize, tag};
use std::path::Path;
use std::time::Instant;

/// Rounds of which the median counts.
const ROUNDS: usize = 3;

/// Runs the stages one after the other over the articles of a folder, and prints the seconds that each takes.
#[allow(clippy::disallowed_methods)] // a clock is what this is for
pub fn time(folder: &Path) -> Result<(), String> {
    let mut files = Vec::new();
    for path in crate::listed(folder)? {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let bytes = crate::read(&path)?;
        files.push(RawArticle { file: RawFile { path: format!("content/{name}"), bytes }, sidecar: None });
    }
    let (config, language) = (Config::default(), lang::english());
    let names = ["read", "tag", "resolve", "extract", "merge", "render"];
    let mut took = vec![Vec::new(); names.len()];
    let (mut last, mut written) = ((0, 0, 0), (0, 0));
    let start = Instant::now();
    for _ in 0..ROUNDS {
        let mut before = worked(start);
        let mut stage = 0;
        let mut lap = |took: &mut Vec<Vec<f64>>| {
            let now = worked(start);
            took[stage].push(now - before);
            stage += 1;
            before = now;
        };
        let mut articles: Vec<Article> =
            files.iter().filter_map(|file| article::read_whole(&config, file).0).map(|(article, _)| article).collect();
        articles.sort_by(|a, b| a.path.cmp(&b.path));
        article::settle(&mut articles);
        lap(&mut took);
        let timexes: Vec<Vec<Timex>> = articles.iter().map(|a| tag::tag(language, &a.text)).collect();
        lap(&mut took);
        normalize::infer_published(language, &mut articles, &timexes);
        let resolved: Vec<Vec<Resolved>> =
            articles.iter().zip(timexes).map(|(a, found)| normalize::resolve(language, a, found)).collect();
        lap(&mut took);
        let mentions: Vec<_> = (articles.iter().zip(&resolved).enumerate())
            .flat_map(|(i, (a, dates))| extract::mentions(language, i, a, dates))
            .collect();
        lap(&mut took);
        let events = merge::events(&articles, &mentions);
        lap(&mut took);
        last = (articles.len(), mentions.len(), events.len());
        let timeline = Timeline { articles, resolved, mentions, events, ..Timeline::default() };
        written = render(&config, &timeline)?;
        lap(&mut took);
    }
    let medians: Vec<f64> = took
        .iter_mut()
        .map(|rounds| {
            rounds.sort_by(f64::total_cmp);
            rounds[ROUNDS / 2]
        })
        .collect();
    println!("{} articles, {} mentions, {} events; seconds on one thread, median of {ROUNDS}:", last.0, last.1, last.2);
    for (name, seconds) in names.iter().zip(&medians) {
        println!("  {name:<8} {seconds:.2}");
    }
    println!("rendered: {} files, {:.0} MB", written.0, written.1 as f64 / 1e6);
    println!(
        "extract and merge: {:.2}, {:.1} times tagging",
        medians[3] + medians[4],
        (medians[3] + medians[4]) / medians[1]
    );
    Ok(())
}

/// Makes every page and lets it go; gives the number of files and of bytes.
fn render(config: &Config, timeline: &Timeline) -> Result<(usize, usize), String> {
    let theme = Theme::new(&[], &[]).map_err(|error| error.to_string())?;
    let site = Site::new(config, timeline, &theme).map_err(|error| error.to_string())?;
    let press = Press::new(timeline, &site, &theme, &InTurn);
    let (mut files, mut bytes) = (0, 0);
    for job in press.jobs() {
        for made in press.run(job).map_err(|error| error.to_string())? {
            let new = |portion: &Portion| if let Portion::New(bytes) = portion { bytes.len() } else { 0 };
            let (first, length) = match &made {
                Made::File(file, _) => (true, file.bytes.len()),
                Made::Part(part, ..) => (part.place == 0, part.pieces.iter().map(new).sum()),
                Made::Stands(..) => continue,
            };
            files += usize::from(first);
            bytes += length;
        }
    }
    Ok((files, bytes))
}

/// Gives the seconds that this thread has worked; on systems that do not tell, those that have passed.
#[allow(clippy::disallowed_methods)] // the system's own count
fn worked(start: Instant) -> f64 {
    let counted = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = counted.and_then(|text| text.split(' ').next()?.parse::<f64>().ok());
    nanoseconds.map_or_else(|| start.elapsed().as_secs_f64(), |n| n / 1e9)
}
