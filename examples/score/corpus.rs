//! The generated corpus: `truth.jsonl` has a line for each article, with its dated expressions, the day
//! meant and, where the sentence tells an event, the event.

use crate::pairs::{Pairs, share};
use chrono::{Days, NaiveDate};
use dateline::model::{Edtf, Timeline};
use serde::Deserialize;
use std::collections::HashMap;
use std::path::Path;

#[derive(Deserialize)]
struct Line {
    slug: String,
    dates: Vec<Truth>,
}

#[derive(Deserialize)]
struct Truth {
    event: Option<String>,
    expr: String,
    date: String,
}

/// Scores the dates and the merging, and prints both.
pub fn score(folder: &Path, wrong: bool, signs: bool) -> Result<(), String> {
    let timeline = crate::timeline(&folder.join("base/articles"))?;
    let truth = crate::read(&folder.join("truth.jsonl"))?;
    let event_of = events(&timeline);
    let article_of: HashMap<&str, usize> =
        timeline.articles.iter().enumerate().filter_map(|(i, a)| Some((stem(&a.path)?, i))).collect();
    let mut mentions_of: HashMap<usize, Vec<usize>> = HashMap::new();
    for (i, mention) in timeline.mentions.iter().enumerate() {
        mentions_of.entry(mention.article).or_default().push(i);
    }
    let (mut dated, mut right, mut unclear) = (0, 0, 0);
    let (mut told, mut truth_of) = (Vec::new(), HashMap::new());
    let (mut events, mut found) = (0, 0);
    for line in truth.split(|&b| b == b'\n').filter(|l| !l.is_empty()) {
        let line: Line = serde_json::from_slice(line).map_err(|e| e.to_string())?;
        let Some(&at) = article_of.get(line.slug.as_str()) else { continue };
        let text = &timeline.articles[at].text;
        for truth in &line.dates {
            let core = core(&truth.expr);
            let meant = |words: &str| words.to_lowercase().contains(&core);
            let near: Vec<_> = timeline.resolved[at].iter().filter(|r| meant(&text[r.timex.range.clone()])).collect();
            let places = text.to_lowercase().matches(&core).count();
            // What the truth names by its kind ("weekday") or what stands twice cannot be told apart.
            if places != 1 || near.len() > 1 {
                unclear += 1;
                continue;
            }
            if let Some((first, last)) = period(&truth.date) {
                dated += 1;
                let holds = near.first().is_some_and(|r| r.date.as_ref().is_some_and(|date| covers(date, first, last)));
                right += usize::from(holds);
                if !holds && wrong {
                    let ours = near.first().map(|r| (r.value.clone(), r.date.as_ref().map(Edtf::to_string)));
                    println!("{}: {:?} is {}, found {ours:?}", line.slug, truth.expr, truth.date);
                }
            }
            let Some(event) = &truth.event else { continue };
            events += 1;
            let mine = mentions_of.get(&at).into_iter().flatten();
            let mention = mine.copied().find(|&m| {
                let r = &timeline.mentions[m].expression;
                near.first().is_some_and(|t| t.timex.range.start < r.end && r.start < t.timex.range.end)
            });
            if let Some(m) = mention {
                found += 1;
                told.push((event.clone(), event_of[m]));
                truth_of.insert(m, event.clone());
            } else if wrong {
                println!("{}: no mention for {:?}", line.slug, truth.expr);
            }
        }
    }
    if signs {
        crate::pairs::print(&timeline, &truth_of);
        return Ok(());
    }
    println!("dates: {right} of {dated} right ({:.2} %), {unclear} not told apart", 100.0 * share(right, dated));
    println!("events: {found} of {events} mentions found ({:.2} %)", 100.0 * share(found, events));
    let pairs = Pairs::count(&told);
    let (precision, recall) = pairs.rates();
    println!(
        "merging: precision {precision:.3}, recall {recall:.3}, of {} pairs joined, {} to join",
        pairs.joined, pairs.wanted
    );
    Ok(())
}

/// Gives for each mention the event it stands in.
pub fn events(timeline: &Timeline) -> Vec<usize> {
    let mut of = vec![usize::MAX; timeline.mentions.len()];
    for (e, event) in timeline.events.iter().enumerate() {
        for &m in &event.mentions {
            of[m] = e;
        }
    }
    of
}

fn stem(path: &str) -> Option<&str> {
    path.rsplit('/').next()?.strip_suffix(".md")
}

/// The expression without the preposition before it, in small letters.
fn core(expr: &str) -> String {
    let expr = expr.to_lowercase();
    let bare = ["on ", "in ", "by ", "since "].iter().find_map(|p| expr.strip_prefix(p));
    bare.unwrap_or(&expr).to_owned()
}

/// The first and last day of what the truth says: a day, a year, a quarter, a decade, a span of years.
fn period(date: &str) -> Option<(NaiveDate, NaiveDate)> {
    let date = match date.strip_suffix("0s") {
        Some(decade) => format!("{decade}0/{decade}9"),
        None => date.to_owned(),
    };
    if let Some((year, quarter)) = date.split_once("-Q") {
        let (year, quarter): (i32, u32) = (year.parse().ok()?, quarter.parse().ok()?);
        let first = NaiveDate::from_ymd_opt(year, 3 * quarter - 2, 1)?;
        return Some((first, first.checked_add_months(chrono::Months::new(3))?.pred_opt()?));
    }
    let edtf = Edtf::parse(&date).ok()?;
    Some((edtf.first_day()?, edtf.last_day()?))
}

/// Tells whether a date found holds the time meant, or lies in it, and is no wider than its words;
/// "two weeks ago" may lie one width off.
fn covers(edtf: &Edtf, first: NaiveDate, last: NaiveDate) -> bool {
    let (from, to) = (edtf.first_day(), edtf.last_day());
    let (Some(mut from), Some(mut to)) = (from.or(to), to.or(from)) else { return false };
    if edtf.to_string().contains('~') {
        let width = Days::new((to - from).num_days().unsigned_abs() + 1);
        from = from.checked_sub_days(width).unwrap_or(from);
        to = to.checked_add_days(width).unwrap_or(to);
    }
    (from <= first && last <= to) || (first <= from && to <= last) || (from >= first && from <= last)
}
