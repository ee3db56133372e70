//! What is no mistake, but what an owner can make better: dates left open, and sources that disagree.

use super::places::Places;
use crate::diagnostic::{Diagnostic, Location};
use crate::lang::interface::{Reading, interface};
use crate::model::{Change, Claim, Event, Timeline};

/// The interface in which messages are written.
const ENGLISH: &str = "en";

/// Notes every expression that means a day which could not be found, as the page "not dated" lists them.
pub(super) fn open_dates(timeline: &Timeline, places: &Places) -> Vec<Diagnostic> {
    let words = interface(ENGLISH);
    let mut notes = Vec::new();
    for (article, all) in timeline.articles.iter().zip(&timeline.resolved).filter(|(a, _)| a.event.is_none()) {
        if !all.iter().any(|this| this.is_open()) {
            continue;
        }
        let text = places.text(article);
        let basis = article.published.as_ref().map(|p| p.basis);
        for this in all.iter().filter(|this| this.is_open()) {
            let marked = this.timex.marked();
            let said = article.text.get(marked.clone()).unwrap_or_default();
            let why = words.why(Reading { text: &article.text, basis, all, this });
            let note = Diagnostic::note(
                "open-date",
                text.place(article, marked),
                format!("no date for “{}”: {}", one_line(said), small(&why)),
            );
            notes.push(match article.published {
                Some(_) => note,
                None => note.help("state the day on which the article was published"),
            });
        }
    }
    notes
}

/// Notes every event whose sources give dates that cannot both be right, unless a person decided.
pub(super) fn disagreements(timeline: &Timeline, places: &Places) -> Vec<Diagnostic> {
    let mut notes = Vec::new();
    for event in &timeline.events {
        let Some(disagreement) = &event.disagreement else { continue };
        if timeline.edits.get(&event.id).is_some_and(|edit| edit.corrected.iter().any(|c| c.what == Change::Date)) {
            continue;
        }
        let claims: Vec<String> = disagreement.claims.iter().map(|claim| claimed(timeline, claim)).collect();
        let message = format!("sources disagree on the date of “{}”: {}", event.title, claims.join("; "));
        let help = format!(
            "`dateline explain {}` shows their sentences, and the lines for `corrections.yaml` that decide",
            event.id
        );
        notes.push(Diagnostic::note("disagreement", place(timeline, event, places), message).help(help));
    }
    notes
}

fn claimed(timeline: &Timeline, claim: &Claim) -> String {
    let mut outlets: Vec<&str> = Vec::new();
    for article in claim.mentions.iter().filter_map(|&m| timeline.articles.get(timeline.mentions.get(m)?.article)) {
        let outlet = article.publisher.as_ref().map_or(article.path.as_str(), |p| p.value.as_str());
        if !outlets.contains(&outlet) {
            outlets.push(outlet);
        }
    }
    format!("{} ({})", claim.date, outlets.join(", "))
}

/// Names the words that date the event in its most telling source.
fn place(timeline: &Timeline, event: &Event, places: &Places) -> Location {
    let first = event.mentions.first().and_then(|&m| timeline.mentions.get(m));
    let told = first.and_then(|mention| Some((mention, timeline.articles.get(mention.article)?)));
    match told {
        Some((mention, article)) if article.event.is_none() => {
            places.text(article).place(article, mention.expression.clone())
        }
        Some((_, article)) => Location::file(&article.path),
        None => Location::file("content"),
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A sentence as it goes on behind a colon.
fn small(sentence: &str) -> String {
    let mut chars = sentence.trim_end_matches('.').chars();
    chars.next().map(|c| c.to_lowercase().chain(chars).collect()).unwrap_or_default()
}
