//! The mark of an event on the line: what its shape says, and the words that say the same.

use super::Site;
use crate::model::{Event, Precision, Status, Timeline};

/// One event in so many stands out as important, and no more than so many.
const ONE_IN: usize = 8;
const STANDOUTS: usize = 36;

/// Gives the word by which pages, data and addresses name a precision.
pub fn precision_key(precision: Precision) -> &'static str {
    match precision {
        Precision::Day => "day",
        Precision::Week => "week",
        Precision::Month => "month",
        Precision::Season => "season",
        Precision::Quarter => "quarter",
        Precision::Year => "year",
        Precision::Decade => "decade",
        Precision::Century => "century",
        Precision::Span => "span",
    }
}

/// Gives the word by which pages, data and addresses name how an event is told.
pub fn status_key(status: Status) -> &'static str {
    match status {
        Status::Happened => "happened",
        Status::Planned => "planned",
        Status::Denied => "denied",
        Status::Hypothetical => "hypothetical",
    }
}

/// Gives the importance from which on an event is set larger than the others; none where all weigh about the same.
pub fn leading(timeline: &Timeline) -> f64 {
    let mut weights: Vec<f64> = timeline.events.iter().map(|event| event.importance).collect();
    weights.sort_by(|a, b| b.total_cmp(a));
    let at = |i: usize| weights.get(i).copied().unwrap_or(f64::INFINITY);
    let (top, middle) = (at((weights.len() / ONE_IN).min(STANDOUTS).saturating_sub(1)), at(weights.len() / 2));
    if weights.len() >= ONE_IN && top > middle { top } else { f64::INFINITY }
}

/// Gives what a reader should hear of the mark on the line.
pub fn shape(event: &Event) -> Vec<&'static str> {
    [(event.date.is_approximate(), "approximate"), (event.date.is_open(), "open")]
        .into_iter()
        .filter_map(|(is, key)| is.then_some(key))
        .collect()
}

/// Tells whether an event is set larger than the others.
pub fn is_leading(site: &Site, event: &Event) -> bool {
    event.importance >= site.leading
}

/// Gives the classes by which the style sheet draws the mark and sets the headline.
pub fn class(site: &Site, event: &Event, sources: usize) -> String {
    let mut class = String::from(match event.date.precision() {
        Precision::Season | Precision::Quarter => "season",
        Precision::Decade | Precision::Century => "age",
        finer => precision_key(finer),
    });
    for (is, name) in [
        (event.date.is_approximate() || event.date.is_uncertain(), "about"),
        (event.date.last_day().is_none(), "onward"),
        (event.date.first_day().is_none(), "until"),
        (event.disagreement.is_some(), "split"),
        (event.status != Status::Happened, status_key(event.status)),
        (sources > 1, "shared"),
        (is_leading(site, event), "lead"),
    ] {
        if is {
            class.push(' ');
            class.push_str(name);
        }
    }
    class
}
