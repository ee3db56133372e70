//! The lines that a person puts into `corrections.yaml` to change an event.

use crate::lang::tokens::{fold, tokens};
use crate::model::{Article, Event, Mention, Timeline};
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// Gives entries that hide an event, re-date it, and so on, each to be taken over with a reason of one's own.
pub fn lines(timeline: &Timeline, event: &Event) -> String {
    let date = event.date.to_string();
    let was = quoted(&format!("{} ({date})", event.title));
    let mut out = String::new();
    let mut entry = |about: &str, id: &str, remark: &str, change: &str| {
        // Writing to a string cannot fail.
        let _ = writeln!(out, "# {}", one_line(remark));
        let _ = write!(out, "- {about}: {id}\n  was: {was}\n  {change}\n  reason: \"say why\"\n");
    };
    entry("event", &event.id, "take it off the timeline", "hide: true");
    entry("event", &event.id, "another date", &format!("date: {}", quoted(&date)));
    entry("event", &event.id, "another headline", &format!("title: {}", quoted(&event.title)));
    let sources: Vec<(&Mention, &Article)> = event
        .mentions
        .iter()
        .filter_map(|&m| timeline.mentions.get(m))
        .filter_map(|m| Some((m, timeline.articles.get(m.article)?)))
        .collect();
    // What an event written by hand cites is changed in its own file.
    let found = |(_, article): &&(&Mention, &Article)| sources.len() > 1 && article.event.is_none();
    for (mention, article) in sources.iter().filter(found) {
        let place = format!("{}: {}", article.path, mention.title);
        entry("event", &event.id, &format!("an event of its own for {place}"), &format!("split: {}", mention.id));
        entry("mention", &mention.id, &format!("do not show {place}"), "hide: true");
    }
    if let Some(other) = neighbour(timeline, event) {
        let remark = format!("one event with another, here {}, {}", other.date, other.title);
        entry("event", &event.id, &remark, &format!("merge: {}", other.id));
    }
    entry("event", &event.id, "before all others by importance", "pin: true");
    entry("event", &event.id, "a note to readers", "note: \"what readers should know\"");
    out
}

/// Gives the event that may most likely be the same one: near in time, alike in words.
fn neighbour<'t>(timeline: &'t Timeline, event: &Event) -> Option<&'t Event> {
    let words = |e: &Event| -> BTreeSet<String> { tokens(&e.title).iter().map(|t| fold(t.text)).collect() };
    let own = words(event);
    let distance = |other: &Event| match (event.date.first_day(), other.date.first_day()) {
        (Some(a), Some(b)) => (a - b).num_days().abs(),
        _ => i64::MAX / 2,
    };
    let others = timeline.events.iter().filter(|e| e.id != event.id);
    let near = others.filter(|e| e.date.overlaps(&event.date) || distance(e) <= 31);
    near.min_by_key(|e| (std::cmp::Reverse(words(e).intersection(&own).count()), distance(e)))
}

/// Gives a text as YAML reads it back, on one line.
fn quoted(text: &str) -> String {
    format!("\"{}\"", one_line(text).replace('\\', "\\\\").replace('"', "\\\""))
}

/// Gives a text without line breaks and characters that a terminal or YAML would heed.
fn one_line(text: &str) -> String {
    let heeded =
        |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}');
    text.chars().map(|c| if heeded(c) { ' ' } else { c }).collect()
}
