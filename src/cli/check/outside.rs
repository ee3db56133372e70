//! `--external`: links out of the site, tried one by one.

use super::pages::Built;
use super::places::Places;
use crate::cli::flags::Common;
use crate::cli::load::Loaded;
use crate::diagnostic::{Diagnostic, Location};
use crate::io::links::{self, Limits, Verdict};
use crate::model::InlineKind;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::collections::BTreeMap;
use std::io::IsTerminal;
use std::time::Duration;

/// What is asked about links out of the site.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Links out of the site")]
pub struct Asked {
    /// Try the links out of the site too; good ones are remembered in `.dateline/`
    #[arg(long)]
    pub external: bool,
    /// Trust a link that was good for so many hours
    #[arg(long, value_name = "HOURS", default_value_t = 168, requires = "external")]
    pub max_age: u64,
    /// Wait so many seconds for an answer
    #[arg(long, value_name = "SECONDS", default_value_t = 10, requires = "external", value_parser = clap::value_parser!(u64).range(1..=600))]
    pub timeout: u64,
    /// Stop trying after so many seconds in all
    #[arg(long, value_name = "SECONDS", default_value_t = 600, requires = "external", value_parser = clap::value_parser!(u64).range(1..=86_400))]
    pub time_limit: u64,
    /// Try addresses of the private network too
    #[arg(long, requires = "external")]
    pub allow_private: bool,
}

/// Tries every link out of the site and tells of those that lead nowhere, at each place that has them.
pub(super) fn dead(common: &Common, asked: &Asked, site: &Loaded, built: &Built, places: &Places) -> Vec<Diagnostic> {
    let links = gather(site, built, places);
    let urls: Vec<&str> = links.keys().map(String::as_str).collect();
    let limits = Limits {
        answer: Duration::from_secs(asked.timeout),
        whole: Duration::from_secs(asked.time_limit),
        age: Duration::from_secs(asked.max_age.saturating_mul(3600)),
        private: asked.allow_private,
    };
    let bar = progress(common, urls.len());
    let verdicts = links::check(&site.files.root, &urls, &limits, &|| bar.inc(1));
    bar.finish_and_clear();
    let mut found = Vec::new();
    for ((url, places), verdict) in links.iter().zip(verdicts) {
        for place in places {
            found.extend(message(url, place, &verdict));
        }
    }
    found
}

/// Lists the links out of the site with the places that have them: in articles, else on a page.
fn gather(site: &Loaded, built: &Built, places: &Places) -> BTreeMap<String, Vec<Location>> {
    let mut links: BTreeMap<String, Vec<Location>> = BTreeMap::new();
    for article in &site.timeline.articles {
        let inlines = article.blocks.iter().flat_map(|block| &block.inlines);
        let linked = inlines.filter_map(|inline| match &inline.kind {
            InlineKind::Link(url) => Some((url.as_str(), Some(inline.range.clone()))),
            _ => None,
        });
        let mut all = article.url.iter().map(|url| (url.as_str(), None)).chain(linked).peekable();
        if all.peek().is_none() {
            continue;
        }
        let text = places.text(article);
        for (url, range) in all {
            let Some(key) = outer(url, site) else { continue };
            let place = match range {
                Some(range) if article.event.is_none() => text.place(article, range),
                _ => text.find(url),
            };
            let known = links.entry(key).or_default();
            if !known.contains(&place) {
                known.push(place);
            }
        }
    }
    for (url, page) in &built.outside {
        if let Some(key) = outer(url, site) {
            links.entry(key).or_insert_with(|| vec![Location::file(&format!("public/{page}"))]);
        }
    }
    links
}

/// Gives an address without its fragment; none for one of the site itself.
fn outer(url: &str, site: &Loaded) -> Option<String> {
    let own = site.config.base_url.as_deref().is_some_and(|base| url.starts_with(base));
    let web = url.get(..4).is_some_and(|scheme| scheme.eq_ignore_ascii_case("http"));
    (web && !own).then(|| url.split('#').next().unwrap_or_default().to_owned())
}

fn message(url: &str, place: &Location, verdict: &Verdict) -> Option<Diagnostic> {
    let warning = |what: String| Diagnostic::warning("dead-link", place.clone(), what);
    Some(match verdict {
        Verdict::Alive => return None,
        Verdict::Dead(why) => warning(format!("`{url}` leads nowhere: {why}"))
            .help("open it in a browser; correct the address, or link to an archived copy, if it fails there too"),
        Verdict::Private => warning(format!("`{url}` leads into the private network; it was not tried"))
            .help("readers cannot follow it; `--allow-private` tries it all the same"),
        Verdict::Refused(why) => {
            Diagnostic::note("dead-link", place.clone(), format!("`{url}` may be good, but programs get {why}"))
                .help("open it in a browser")
        }
        Verdict::Untried => {
            Diagnostic::note("dead-link", place.clone(), format!("`{url}` was not tried: the time was up"))
                .help("check again, or allow more with `--time-limit SECONDS`")
        }
    })
}

fn progress(common: &Common, count: usize) -> ProgressBar {
    let shown = !common.quiet && std::io::stderr().is_terminal();
    let target = if shown { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
    let bar = ProgressBar::with_draw_target(Some(count as u64), target);
    match ProgressStyle::with_template("{bar:30} {pos}/{len} links") {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}
