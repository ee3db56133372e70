//! The index that search loads on first use, in shards: words, facets, and the events in rows.
//!
//! Words are folded as the script folds a query: NFKD, combining marks taken off, small letters, split
//! at everything that is no letter and no digit, cut after 24 characters. A word's shard follows from its
//! first two characters, so that all words that begin alike lie in one file.

use super::RenderError;
use super::html::Desk;
use super::site::event_page;
use super::view::{date_view, short, told};
use super::voices::{self, outlets, people, some};
use crate::lang::interface::closed;
use crate::model::{OutputFile, Precision, Status};
use foldhash::fast::RandomState;
use serde::Serialize;
use std::collections::HashMap;
use std::ops::Range;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Events in one file of rows.
const ROWS: usize = 500;

/// Characters of a word that are kept.
const WORD: usize = 24;

/// Names that can be chosen at most.
const NAMES: usize = 3000;

/// Below so many events no word is too common to be worth finding.
const FEW: usize = 100;

/// Outlets and names whose lists of events share a file: of outlets few, since each tells many.
const OUTLETS: usize = 4;
const NAMED: usize = 64;

#[derive(Serialize)]
struct Index<'t> {
    version: u32,
    events: usize,
    rows: usize,
    shards: usize,
    /// Words that so many events hold that each has a file of its own.
    common: Vec<&'t str>,
    outlets: Vec<(String, usize)>,
    names: Vec<(String, usize)>,
    pack: Packs,
}

/// How many lists of events share a file.
#[derive(Serialize)]
struct Packs {
    outlet: usize,
    name: usize,
}

/// How many files of rows there are.
pub(super) fn row_files(desk: &Desk) -> usize {
    if desk.stretches.complete { 0 } else { desk.timeline.events.len().div_ceil(ROWS) }
}

/// Gives the events of one file of rows.
pub(super) fn rows_of(file: usize) -> Range<usize> {
    file * ROWS..(file + 1) * ROWS
}

/// Writes one file of rows: what a list of results shows of each event.
pub(super) fn rows(desk: &Desk, file: usize) -> Result<OutputFile, RenderError> {
    let events = desk.timeline.events.iter().skip(rows_of(file).start).take(ROWS);
    let dates: Vec<_> = events.clone().map(|event| date_view(desk.site, &event.date, None)).collect();
    let rows: Vec<(String, String, &str, &str, String)> = events
        .zip(&dates)
        .map(|(event, date)| {
            let outlets = some(desk.site.words, &outlets(desk.site, desk.timeline, event));
            (
                event_page(event),
                closed(&short(&event.title)).into_owned(),
                date.edtf.as_str(),
                date.words.as_str(),
                outlets,
            )
        })
        .collect();
    Ok(OutputFile { path: format!("search/rows/{file}.json"), bytes: serde_json::to_vec(&rows)? })
}

/// Writes the index: what there is to choose from, what filters go by, and the words in shards.
pub(super) fn words(desk: &Desk) -> Result<Vec<OutputFile>, RenderError> {
    if desk.stretches.complete {
        return Ok(Vec::new());
    }
    let (timeline, count) = (desk.timeline, desk.timeline.events.len());
    let shards = match count {
        0..=2000 => 16,
        2001..=20_000 => 64,
        _ => 256,
    };
    let file = |path: String, bytes: Vec<u8>| OutputFile { path: format!("search/{path}.json"), bytes };
    let mut out = Vec::new();
    let found = postings(desk);
    let mut files: Vec<Vec<(&str, &[u32])>> = vec![Vec::new(); shards];
    let mut common: Vec<(&str, &[u32])> = Vec::new();
    for (word, events) in &found {
        if count > FEW && events.len() > count / 5 {
            common.push((word, events));
        } else if let Some(file) = files.get_mut(shard(word, shards)) {
            file.push((word, events));
        }
    }
    for (i, mut words) in files.into_iter().enumerate() {
        words.sort_unstable();
        out.push(file(format!("words/{i}"), written(&words)));
    }
    common.sort_unstable();
    for (i, (_, events)) in common.iter().enumerate() {
        let mut list = String::with_capacity(2 * events.len() + 2);
        push_steps(&mut list, events);
        out.push(file(format!("common/{i}"), list.into_bytes()));
    }
    let common = common.into_iter().map(|(word, _)| word).collect();
    let outlets = told_by(timeline.events.iter().map(|event| outlets(desk.site, timeline, event)), 1);
    let names = told_by(timeline.events.iter().map(|event| people(timeline, event)), 2);
    for (folder, all, pack) in [("outlets", &outlets, OUTLETS), ("names", &names, NAMED)] {
        let packs = all.chunks(pack).map(|pack| pack.iter().map(|(_, events)| events.as_slice()));
        out.extend(packs.enumerate().map(|(i, lists)| file(format!("{folder}/{i}"), listed(lists))));
    }
    let mut facets: [(&str, String); 4] =
        ["precision", "status", "sources", "disagree"].map(|key| (key, String::with_capacity(count)));
    for event in &timeline.events {
        let sources = voices::count(desk.site, timeline, event).clamp(1, 9);
        let sources = char::from_digit(u32::try_from(sources).unwrap_or(9), 10).unwrap_or('9');
        let disagree = if event.disagreement.is_some() { '1' } else { '0' };
        let letters = [precision(event.date.precision()), status(event.status), sources, disagree];
        facets.iter_mut().zip(letters).for_each(|((_, all), letter)| all.push(letter));
    }
    for (key, letters) in facets {
        out.push(file(format!("facets/{key}"), serde_json::to_vec(&letters)?));
    }
    let shown = |all: &[(&str, Vec<u32>)]| -> Vec<(String, usize)> {
        all.iter().map(|(name, events)| (closed(name).into_owned(), events.len())).collect()
    };
    let (outlets, names, pack) = (shown(&outlets), shown(&names), Packs { outlet: OUTLETS, name: NAMED });
    let index = Index { version: 2, events: count, rows: ROWS, shards, common, outlets, names, pack };
    out.push(file("index".to_owned(), serde_json::to_vec(&index)?));
    Ok(out)
}

/// Gives, for each word, the events that hold it, rising.
fn postings(desk: &Desk) -> HashMap<String, Vec<u32>, RandomState> {
    let mut found: HashMap<String, Vec<u32>, RandomState> = HashMap::default();
    let mut folded = String::new();
    for (i, event) in desk.timeline.events.iter().enumerate() {
        let Ok(i) = u32::try_from(i) else { break };
        let mut add = |text: &str| {
            fold(text, &mut folded);
            // Of plain text a byte says what it is.
            let ascii = folded.is_ascii();
            let parts = |c: char| if ascii { !c.is_ascii_alphanumeric() } else { !c.is_alphanumeric() };
            for word in folded.split(parts).filter(|word| !word.is_empty()) {
                let word = match word.len() > WORD {
                    true => word.char_indices().nth(WORD).and_then(|(end, _)| word.get(..end)).unwrap_or(word),
                    false => word,
                };
                match found.get_mut(word) {
                    Some(events) if events.last() == Some(&i) => {}
                    Some(events) => events.push(i),
                    None => drop(found.insert(word.to_owned(), vec![i])),
                }
            }
        };
        add(&event.title);
        for (mention, article) in told(desk.timeline, event) {
            add(article.text.get(mention.quote.clone()).unwrap_or_default());
            mention.names.iter().for_each(|name| add(name));
        }
        outlets(desk.site, desk.timeline, event).into_iter().for_each(&mut add);
    }
    found
}

/// Folds a text as queries are folded.
fn fold(text: &str, out: &mut String) {
    out.clear();
    if text.is_ascii() {
        out.push_str(text);
        out.make_ascii_lowercase();
    } else {
        let bare: String = text.nfkd().filter(|c| !is_combining_mark(*c)).collect();
        out.push_str(&bare.to_lowercase());
    }
}

/// Gives the shard of a word: FNV-1a over the UTF-8 bytes of its first two characters.
fn shard(word: &str, shards: usize) -> usize {
    let end = word.char_indices().nth(2).map_or(word.len(), |(end, _)| end);
    let start = word.get(..end).unwrap_or(word);
    let hash = start.bytes().fold(2_166_136_261_u32, |hash, b| (hash ^ u32::from(b)).wrapping_mul(16_777_619));
    hash as usize % shards.max(1)
}

/// Writes a shard; words are letters and digits, so nothing in them needs escaping.
fn written(words: &[(&str, &[u32])]) -> Vec<u8> {
    let mut out = String::from("{");
    for (i, (word, events)) in words.iter().enumerate() {
        out.push_str(if i > 0 { ",\"" } else { "\"" });
        out.push_str(word);
        out.push_str("\":");
        push_steps(&mut out, events);
    }
    out.push('}');
    out.into_bytes()
}

/// Writes lists of events one after the other.
fn listed<'e>(lists: impl Iterator<Item = &'e [u32]>) -> Vec<u8> {
    let mut out = String::from("[");
    for (i, events) in lists.enumerate() {
        out.push_str(if i > 0 { "," } else { "" });
        push_steps(&mut out, events);
    }
    out.push(']');
    out.into_bytes()
}

/// Writes events, each as its distance from the one before.
fn push_steps(out: &mut String, events: &[u32]) {
    out.push('[');
    let mut last = 0;
    for (i, event) in events.iter().enumerate() {
        out.push_str(if i > 0 { "," } else { "" });
        out.push_str(&(event - last).to_string());
        last = *event;
    }
    out.push(']');
}

/// Gives the events of each item, the item of most events first, then by name; those of fewer than `least` are left
/// out.
fn told_by<'t>(events: impl Iterator<Item = Vec<&'t str>>, least: usize) -> Vec<(&'t str, Vec<u32>)> {
    let mut by: HashMap<&str, Vec<u32>, RandomState> = HashMap::default();
    for (i, items) in (0_u32..).zip(events) {
        items.into_iter().for_each(|item| by.entry(item).or_default().push(i));
    }
    let mut all: Vec<(&str, Vec<u32>)> = by.into_iter().filter(|(_, events)| events.len() >= least).collect();
    all.sort_unstable_by(|(a, of_a), (b, of_b)| of_b.len().cmp(&of_a.len()).then_with(|| a.cmp(b)));
    all.truncate(NAMES);
    all
}

fn precision(precision: Precision) -> char {
    match precision {
        Precision::Day => 'd',
        Precision::Week => 'w',
        Precision::Month => 'm',
        Precision::Season => 's',
        Precision::Quarter => 'q',
        Precision::Year => 'y',
        Precision::Decade => 'a',
        Precision::Century => 'c',
        Precision::Span => 'p',
    }
}

fn status(status: Status) -> char {
    match status {
        Status::Happened => 'h',
        Status::Planned => 'p',
        Status::Denied => 'd',
        Status::Hypothetical => 'x',
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_folded_and_sharded_as_the_script_does_it() {
        let folded = |text: &str| {
            let mut out = String::new();
            fold(text, &mut out);
            out
        };
        assert_eq!(folded("The Émigré’s ﬁve"), "the emigre’s five");
        assert_eq!(folded("ÜBER"), "uber");
        // FNV-1a of "uk", known from its definition: both bytes are folded in one after the other.
        let step = |hash: u32, byte: u8| (hash ^ u32::from(byte)).wrapping_mul(16_777_619);
        let uk = step(step(2_166_136_261, b'u'), b'k');
        assert_eq!(shard("ukraine", 64), uk as usize % 64);
        assert_eq!(shard("uk", 64), shard("ukraine", 64));
        assert_eq!(shard("çé", 16), shard("çéx", 16));
        let postings: &[u32] = &[3, 4, 44];
        assert_eq!(written(&[("uk", postings)]), b"{\"uk\":[3,1,40]}");
    }
}
