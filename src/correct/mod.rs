//! What people decide: `corrections.yaml` and events written by hand, over what was found.
//!
//! Corrections come after merging, so that they hold whatever is added later: an id names the event
//! that its mention tells, even where that event has meanwhile become part of another one.

mod desk;
mod lines;
mod lost;
mod read;
mod regroup;
mod written;

pub use lines::lines;
pub use read::Corrections;
pub use written::{mentions, written};

use crate::diagnostic::Diagnostic;
use crate::model::{Event, Timeline};
use desk::Desk;

/// Follows the corrections, and tells of those that name what is not there.
///
/// Mentions leave their events first; then events are merged, mentions hidden, and whole events
/// changed, so that the order of the entries matters only where two contradict each other.
pub fn apply(corrections: &Corrections, timeline: &mut Timeline) -> Vec<Diagnostic> {
    if corrections.entries.is_empty() {
        return Vec::new();
    }
    let mut desk = Desk::new(timeline);
    desk.split(&corrections.entries);
    desk.merge(&corrections.entries);
    desk.hide_mentions(&corrections.entries);
    desk.change(&corrections.entries);
    desk.finish()
}

/// Puts events in order of date, then importance, then id.
pub fn sort(events: &mut [Event]) {
    events.sort_by(Event::order);
}
