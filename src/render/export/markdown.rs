//! A list in Markdown (CommonMark), by year.

use super::{address, articles, disagreement, headline, one_line};
use crate::model::{Edtf, Timeline};
use crate::render::Site;
use chrono::Datelike;

/// Writes a heading for each year and a line for each event, with links to its sources.
pub(super) fn list(timeline: &Timeline, site: &Site) -> Vec<u8> {
    let mut out = format!("# {}\n", plain(&one_line(&site.config.title)));
    let mut current = None;
    for event in &timeline.events {
        let day = event.date.first_day().or(event.date.last_day());
        let year = day.map(|day| day.year());
        if current != Some(year) {
            let heading = year.map_or_else(|| "–".to_owned(), |year| site.words.date(&Edtf::year(year)));
            out.push_str(&format!("\n## {heading}\n\n"));
            current = Some(year);
        }
        let sources: Vec<String> = articles(timeline, event)
            .into_iter()
            .map(|article| {
                let outlet = plain(&one_line(site.outlet(article)));
                match address(article) {
                    Some(url) => format!("[{outlet}](<{}>)", url.replace('<', "%3C").replace('>', "%3E")),
                    None => outlet,
                }
            })
            .collect();
        let date = plain(&site.words.date(&event.date));
        out.push_str(&format!("- **{date}** — {} ({})\n", plain(&headline(site, event)), sources.join(", ")));
        if let Some(claims) = disagreement(site, timeline, event) {
            out.push_str(&format!("  - {}: {}\n", plain(site.words.label("differ")), plain(&claims)));
        }
    }
    out.into_bytes()
}

/// Gives a text of which nothing is markup (CommonMark, 2.4: any ASCII punctuation may be escaped).
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '#' | '!' | '|' | '~' | '$') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}
