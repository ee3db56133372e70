//! Stories told by several outlets, with every event in them written down by hand.
//!
//! A story is a folder of articles with a `gold.yaml`: `events` with `id`, `date` (EDTF), `also` (further dates that
//! are as right), `status`, `optional`, and `mentions` (`article`, `quote`: words that stand once in it).

use crate::pairs::{Pairs, share};
use chrono::NaiveDate;
use dateline::model::{Edtf, RawArticle, RawFile, Status, Timeline};
use serde::Deserialize;
use std::collections::{HashMap, HashSet};
use std::path::PathBuf;

#[derive(Deserialize)]
struct Gold {
    events: Vec<GoldEvent>,
}

#[derive(Deserialize)]
struct GoldEvent {
    id: String,
    date: String,
    #[serde(default)]
    also: Vec<String>,
    status: Status,
    #[serde(default)]
    optional: bool,
    mentions: Vec<GoldMention>,
}

#[derive(Deserialize)]
struct GoldMention {
    article: String,
    quote: String,
}

/// Counts over all stories.
#[derive(Default)]
struct Sum {
    wanted: usize,
    found: usize,
    dated: usize,
    status: usize,
    mentions: usize,
    mentions_found: usize,
    mentions_dated: usize,
    events: usize,
    false_events: usize,
    told: Vec<((usize, usize), usize)>,
    /// The true event of each mention that tells one.
    truth: HashMap<usize, (usize, usize)>,
}

/// Scores all stories as one site, and prints the figures, or the signs of all pairs of mentions.
pub fn score(folders: &[PathBuf], wrong: bool, signs: bool) -> Result<(), String> {
    let (mut golds, mut files) = (Vec::new(), Vec::new());
    for folder in folders {
        let stories = if folder.join("gold.yaml").is_file() { vec![folder.clone()] } else { crate::listed(folder)? };
        for story in stories.into_iter().filter(|s| s.join("gold.yaml").is_file()) {
            let name = story.file_name().unwrap_or_default().to_string_lossy().into_owned();
            for path in crate::listed(&story)? {
                let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
                if file.ends_with(".md") || file.ends_with(".txt") {
                    let raw = RawFile { path: format!("content/{name}/{file}"), bytes: crate::read(&path)? };
                    files.push(RawArticle { file: raw, sidecar: None });
                }
            }
            let gold = crate::read(&story.join("gold.yaml"))?;
            let gold: Gold = serde_yaml::from_slice(&gold).map_err(|e| format!("{name}: {e}"))?;
            golds.push((name, gold));
        }
    }
    let timeline = dateline::pipeline::timeline(&dateline::config::Config::default(), &files).0;
    let mut sum = Sum::default();
    let mut matched: HashSet<usize> = HashSet::new();
    for (s, (name, gold)) in golds.iter().enumerate() {
        story(&timeline, s, name, gold, &mut matched, &mut sum, wrong);
    }
    for event in &timeline.events {
        sum.events += 1;
        if !event.mentions.iter().any(|m| matched.contains(m)) {
            sum.false_events += 1;
            if wrong {
                println!("false: {}", show(&timeline, event.mentions[0]));
            }
        }
    }
    if signs {
        crate::pairs::print(&timeline, &sum.truth);
        crate::pairs::missing(&timeline, &sum.truth, |m| show(&timeline, m));
    } else {
        print(&sum);
    }
    Ok(())
}

fn story(
    timeline: &Timeline,
    s: usize,
    name: &str,
    gold: &Gold,
    matched: &mut HashSet<usize>,
    sum: &mut Sum,
    wrong: bool,
) {
    let event_of = crate::corpus::events(timeline);
    let mut taken: HashMap<(usize, usize), usize> = HashMap::new();
    // All mentions that could be meant, the surest first.
    let mut candidates: Vec<(usize, usize, usize, usize)> = Vec::new();
    for (g, event) in gold.events.iter().enumerate() {
        for (q, mention) in event.mentions.iter().enumerate() {
            let path = format!("content/{name}/{}", mention.article);
            let Some(a) = timeline.articles.iter().position(|a| a.path == path) else { continue };
            let Some(at) = find(&timeline.articles[a].text, &mention.quote) else {
                println!("{name}: {:?} does not stand in {}", mention.quote, mention.article);
                continue;
            };
            for (m, ours) in timeline.mentions.iter().enumerate().filter(|(_, m)| m.article == a) {
                let within = ours.quote.contains(&at) || ours.continued.iter().any(|c| c.contains(&at));
                if within {
                    let right = right(&ours.date, event);
                    let clause = ours.clause.contains(&at);
                    let score =
                        usize::from(right) * 4 + usize::from(clause) * 2 + usize::from(ours.quote.contains(&at));
                    candidates.push((score, g, q, m));
                }
            }
        }
    }
    candidates.sort_by(|a, b| b.0.cmp(&a.0).then(a.cmp(b)));
    let mut used = HashSet::new();
    for &(_, g, q, m) in &candidates {
        if !taken.contains_key(&(g, q)) && used.insert(m) {
            taken.insert((g, q), m);
        }
    }
    for &m in &used {
        matched.insert(m);
    }
    for (g, event) in gold.events.iter().enumerate() {
        let mine: Vec<usize> = (0..event.mentions.len()).filter_map(|q| taken.get(&(g, q)).copied()).collect();
        for &m in &mine {
            sum.told.push(((s, g), event_of[m]));
            sum.truth.insert(m, (s, g));
        }
        if event.optional {
            continue;
        }
        sum.wanted += 1;
        sum.mentions += event.mentions.len();
        sum.mentions_found += mine.len();
        for &m in &mine {
            let holds = right(&timeline.mentions[m].date, event);
            sum.mentions_dated += usize::from(holds);
            if !holds && wrong {
                println!("{name}: {} is {}, not {}", event.id, event.date, show(timeline, m));
            }
        }
        if wrong {
            for (q, mention) in event.mentions.iter().enumerate().filter(|(q, _)| !taken.contains_key(&(g, *q))) {
                println!(
                    "{name}: no mention {q} of {} ({}): {} {:?}",
                    event.id, event.date, mention.article, mention.quote
                );
            }
        }
        let Some(&first) = mine.first() else { continue };
        sum.found += 1;
        let best = mine.iter().max_by_key(|m| mine.iter().filter(|o| event_of[**o] == event_of[**m]).count());
        let ours = &timeline.events[event_of[*best.unwrap_or(&first)]];
        sum.dated += usize::from(right(&ours.date, event));
        sum.status += usize::from(ours.status == event.status);
        if wrong {
            if ours.status != event.status {
                println!(
                    "{name}: {} is {:?}, not {:?}: {}",
                    event.id,
                    event.status,
                    ours.status,
                    show(timeline, first)
                );
            }
            let parts: HashSet<usize> = mine.iter().map(|m| event_of[*m]).collect();
            if parts.len() > 1 {
                println!("{name}: {} is split:", event.id);
                mine.iter().for_each(|m| println!("    [{}] {}", event_of[*m], show(timeline, *m)));
            }
        }
    }
    if wrong {
        let mut by: HashMap<usize, Vec<(usize, usize)>> = HashMap::new();
        for (&(g, q), &m) in &taken {
            by.entry(event_of[m]).or_default().push((g, q));
        }
        let mut by: Vec<_> = by.into_iter().collect();
        by.sort();
        for (_, mut mine) in by {
            mine.sort_unstable();
            if mine.iter().any(|x| x.0 != mine[0].0) {
                println!("{name}: wrongly one:");
                for (g, q) in mine {
                    println!("    {}: {}", gold.events[g].id, show(timeline, taken[&(g, q)]));
                }
            }
        }
    }
}

fn print(sum: &Sum) {
    let percent = |part, whole| 100.0 * share(part, whole);
    println!("events: {} of {} found ({:.1} %)", sum.found, sum.wanted, percent(sum.found, sum.wanted));
    println!(
        "events dated right: {:.1} %; status right: {:.1} %",
        percent(sum.dated, sum.found),
        percent(sum.status, sum.found)
    );
    println!(
        "mentions: {} of {} found ({:.1} %), dated right {:.1} %",
        sum.mentions_found,
        sum.mentions,
        percent(sum.mentions_found, sum.mentions),
        percent(sum.mentions_dated, sum.mentions_found)
    );
    println!("false events: {} of {} ({:.1} %)", sum.false_events, sum.events, percent(sum.false_events, sum.events));
    let pairs = Pairs::count(&sum.told);
    let (precision, recall) = pairs.rates();
    println!(
        "merging: precision {precision:.3}, recall {recall:.3}, of {} pairs joined, {} to join",
        pairs.joined, pairs.wanted
    );
}

fn show(timeline: &Timeline, m: usize) -> String {
    let mention = &timeline.mentions[m];
    let article = &timeline.articles[mention.article];
    let text = |r: &std::ops::Range<usize>| article.text.get(r.clone()).unwrap_or_default().replace('\n', " ");
    format!("{} {} {:?} | {}", mention.date, article.path, text(&mention.expression), text(&mention.quote))
}

/// Where words stand in a text, whatever white space, emphasis or rule of a table is between them.
fn find(text: &str, words: &str) -> Option<usize> {
    let words = words.replace(['|', '*'], " ");
    let first = words.split_whitespace().next()?;
    text.match_indices(first).map(|(at, _)| at).find(|&at| {
        let mut rest = &text[at..];
        words.split_whitespace().all(|word| match rest.trim_start().strip_prefix(word) {
            Some(left) => {
                rest = left;
                true
            }
            None => false,
        })
    })
}

/// Tells whether a date says what the gold says: the one lies within the other.
fn right(date: &Edtf, event: &GoldEvent) -> bool {
    let ours = span(date);
    std::iter::once(&event.date).chain(&event.also).filter_map(|d| Edtf::parse(d).ok()).any(|gold| {
        let gold = span(&gold);
        let within = |a: (NaiveDate, NaiveDate), b: (NaiveDate, NaiveDate)| b.0 <= a.0 && a.1 <= b.1;
        within(ours, gold) || within(gold, ours)
    })
}

/// First and last day, as far as the calendar goes where an end is open.
fn span(date: &Edtf) -> (NaiveDate, NaiveDate) {
    (date.first_day().unwrap_or(NaiveDate::MIN), date.last_day().unwrap_or(NaiveDate::MAX))
}
