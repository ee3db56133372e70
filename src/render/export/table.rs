//! Comma-separated values (RFC 4180).

use super::{address, articles, disagreement, distinct, outlets, page, quote};
use crate::model::Timeline;
use crate::render::marks::{precision_key, status_key};
use crate::render::voices::people;
use crate::render::{RenderError, Site};

const COLUMNS: [&str; 16] = [
    "id",
    "date",
    "start",
    "end",
    "precision",
    "approximate",
    "status",
    "title",
    "sources",
    "outlets",
    "urls",
    "quote",
    "basis",
    "disagreement",
    "names",
    "page",
];

/// Writes a line for each event; no cell of it is a formula to a spreadsheet.
pub(super) fn csv(timeline: &Timeline, site: &Site) -> Result<Vec<u8>, RenderError> {
    let mut table = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    table.write_record(COLUMNS)?;
    for event in &timeline.events {
        let articles = articles(timeline, event);
        let urls: Vec<String> = articles.iter().filter_map(|article| address(article)).collect();
        let day = |day: Option<chrono::NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
        let basis = event.mentions.first().and_then(|&m| timeline.mentions.get(m)).map(|m| site.why(timeline, m));
        table.write_record([
            plain(&event.id),
            // A date before year 0 begins with a minus, one after 9999 with a plus.
            plain(&event.date.to_string()),
            plain(&day(event.date.first_day())),
            plain(&day(event.date.last_day())),
            precision_key(event.date.precision()).to_owned(),
            event.date.is_approximate().to_string(),
            status_key(event.status).to_owned(),
            plain(&event.title),
            timeline.voices(event).to_string(),
            plain(&distinct(outlets(site, timeline, event).into_iter()).join("; ")),
            plain(&urls.join(" ")),
            plain(quote(timeline, event)),
            plain(basis.unwrap_or_default()),
            plain(&disagreement(site, timeline, event).unwrap_or_default()),
            plain(&people(timeline, event).join("; ")),
            page(site, event).unwrap_or_default(),
        ])?;
    }
    table.into_inner().map_err(|error| RenderError::Table(error.into_error().into()))
}

/// Gives a text that a spreadsheet takes for a text (OWASP, "CSV injection": an apostrophe before a sign that begins
/// a formula).
fn plain(text: &str) -> String {
    let text = text.replace('\0', "\u{FFFD}");
    let signs = ['=', '+', '-', '@', '\t', '\r', '\n', '\u{FF1D}', '\u{FF0B}', '\u{FF0D}', '\u{FF20}'];
    let formula = text.trim_start_matches([' ', '\u{A0}', '\u{FEFF}', '\u{200B}']).starts_with(signs);
    if formula { format!("'{text}") } else { text }
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn no_cell_is_a_formula() {
        for text in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "\u{FEFF}=1", "\u{FF1D}1", "\u{A0}@x"] {
            assert_eq!(plain(text), format!("'{text}"));
        }
        for text in ["a=1", "'=1", "", "Talks", "“=”"] {
            assert_eq!(plain(text), text);
        }
    }
}
