//! From a group of mentions to an event: its date, its headline, its weight.

use super::cluster::Pair;
use super::dates::{Bounds, Fit, finest};
use super::reasons::reasons;
use crate::lang::events::event_words;
use crate::model::{Article, Claim, Disagreement, Edtf, Event, Link, Mention, Precision, Status};
use std::collections::{BTreeMap, BTreeSet};

/// Makes the event of a group of mentions, given as indexes in canonical order, with the links among them.
pub(super) fn event(
    articles: &[Article],
    mentions: &[Mention],
    group: &[usize],
    pairs: &[Pair],
    night: bool,
) -> Option<Event> {
    let of = |i: usize| mentions.get(i);
    let (date, disagreement) = date(mentions, group, night)?;
    let status = group.iter().filter_map(|&i| of(i)).map(|m| m.status).min().unwrap_or(Status::Happened);
    let first = group.iter().filter_map(|&i| of(i)).min_by_key(|m| told_first(articles, m))?;
    let best = group
        .iter()
        .filter_map(|&i| of(i))
        .max_by(|a, b| {
            let fit = |m: &Mention| (m.status == status, headline(&m.title));
            let (a, b) = (fit(a), fit(b));
            a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)).then(std::cmp::Ordering::Greater)
        })?
        .title
        .clone();
    let mut order: Vec<usize> = group.to_vec();
    order.sort_by(|&a, &b| {
        let (Some(x), Some(y)) = (of(a), of(b)) else {
            return a.cmp(&b);
        };
        days(&x.date)
            .cmp(&days(&y.date))
            .then((x.status != status).cmp(&(y.status != status)))
            .then(headline(&y.title).total_cmp(&headline(&x.title)))
            .then(told_first(articles, x).cmp(&told_first(articles, y)))
    });
    Some(Event {
        id: first.id.clone(),
        importance: importance(articles, mentions, group, pairs, &date, status),
        date,
        title: best,
        status,
        mentions: order,
        links: links(articles, mentions, pairs),
        disagreement,
    })
}

/// Gives the date of the event, and what the sources claim where they exclude each other.
fn date(mentions: &[Mention], group: &[usize], night: bool) -> Option<(Edtf, Option<Disagreement>)> {
    let mut by_date: BTreeMap<&Edtf, Vec<usize>> = BTreeMap::new();
    for &i in group {
        if let Some(m) = mentions.get(i) {
            by_date.entry(&m.date).or_default().push(i);
        }
    }
    let dates: Vec<&Edtf> = by_date.keys().copied().collect();
    let bounds: Vec<Bounds> = dates.iter().map(|d| Bounds::of(d)).collect();
    let excluded = |i: usize| bounds.iter().any(|other| bounds[i].fit(other) == Fit::Near);
    let claimed: Vec<&Edtf> = (0..dates.len()).filter(|&i| excluded(i)).map(|i| dates[i]).collect();
    if claimed.is_empty() {
        return Some((finest(dates.into_iter())?, None));
    }
    if night {
        // The night between two days: no source is wrong.
        let first = claimed.iter().filter_map(|d| d.first_day()).min()?;
        let last = claimed.iter().filter_map(|d| d.last_day()).max()?;
        if (last - first).num_days() == 1 {
            return Some((Edtf::span(first, last), None));
        }
    }
    let mut claims: Vec<Claim> = claimed
        .iter()
        .map(|d| Claim { date: (*d).clone(), mentions: by_date.get(d).cloned().unwrap_or_default() })
        .collect();
    claims.sort_by_key(|c| (c.date.first_day(), c.date.to_string()));
    Some((Edtf::one_of(claimed.into_iter().cloned().collect()), Some(Disagreement { claims })))
}

fn days(date: &Edtf) -> i64 {
    Bounds::of(date).days().unwrap_or(i64::MAX)
}

/// Orders mentions by who told first: publication day (unknown last), path, place.
fn told_first<'a>(articles: &'a [Article], m: &'a Mention) -> (bool, Option<chrono::NaiveDate>, &'a str, usize, usize) {
    let article = articles.get(m.article);
    let day = article.and_then(|a| a.published.as_ref()).and_then(|p| p.date.first_day());
    (day.is_none(), day, article.map_or("", |a| a.path.as_str()), m.quote.start, m.expression.start)
}

/// Weighs a headline: whole, of good length, opening with a name or a noun.
fn headline(title: &str) -> f64 {
    let length = title.chars().count() as f64;
    let first = title.split([' ', ',']).next().unwrap_or_default().to_lowercase();
    let words = event_words();
    let capitals = title.split(' ').skip(1).filter(|w| w.starts_with(char::is_uppercase)).count() as f64;
    let said = title.to_lowercase().split(' ').take(8).any(|w| words.attribution.contains(w));
    let mut weight = 1.0 - (length - 58.0).abs() / 58.0 + 0.12 * capitals.min(4.0);
    if title.ends_with('…') {
        weight -= 0.6;
    }
    if words.pronouns.contains(&first) {
        weight -= 0.8;
    }
    if said {
        weight -= 0.2;
    }
    weight
}

/// Weighs an event: specificity × (Σ over outlets of (its articles)^¾ + ½ lead), half of it where it has not
/// happened. An article counts once, one that tells it more than a week after it 1½, more than two months after
/// it twice, and one in the same words as another not at all; lead is how near to the head of an article it stands
/// (1 at the very head). Nearly linear in who tells it, so that a day's sum hardly depends on what was merged;
/// what is still told long after was of consequence (Kessler et al., ACL 2012). Always positive.
fn importance(
    articles: &[Article],
    mentions: &[Mention],
    group: &[usize],
    pairs: &[Pair],
    date: &Edtf,
    status: Status,
) -> f64 {
    let copies: BTreeSet<usize> = pairs.iter().filter(|p| p.alike.same_words).map(|p| p.a.max(p.b)).collect();
    // For each outlet what its articles count.
    let mut voices: BTreeMap<&str, BTreeMap<usize, f64>> = BTreeMap::new();
    let mut lead = 0.0_f64;
    for &i in group {
        let Some((m, article)) = mentions.get(i).and_then(|m| articles.get(m.article).map(|a| (m, a))) else {
            continue;
        };
        let published = article.published.as_ref().and_then(|p| p.date.first_day());
        let after = published.zip(date.last_day()).map_or(0, |(p, d)| (p - d).num_days());
        if !copies.contains(&i) {
            let outlet = article.publisher.as_ref().map_or(article.path.as_str(), |p| p.value.as_str());
            let counts = if after > 60 {
                2.0
            } else if after > 7 {
                1.5
            } else {
                1.0
            };
            let told = voices.entry(outlet).or_default().entry(m.article).or_insert(counts);
            *told = told.max(counts);
        }
        let place = m.sentence as f64 / article.sentences.len().max(1) as f64;
        lead = lead.max(1.0 - place);
    }
    // By square roots, which are the same on every machine.
    let voice = |articles: &BTreeMap<usize, f64>| articles.values().sum::<f64>().sqrt();
    let whole = voices.values().map(|told| voice(told) * voice(told).sqrt()).sum::<f64>().max(1.0) + 0.5 * lead;
    // Where sources differ, each is as specific as what it claims.
    let claimed = group.iter().filter_map(|&i| mentions.get(i)).map(|m| &m.date).min_by_key(|d| days(d));
    let specificity = match claimed.map_or(date.precision(), |d| d.precision()) {
        Precision::Day => 1.0,
        Precision::Week => 0.8,
        Precision::Month => 0.6,
        Precision::Season | Precision::Quarter => 0.5,
        Precision::Year => 0.35,
        _ => 0.25,
    };
    let told = if status == Status::Happened { 1.0 } else { 0.5 };
    // Four decimals: the same on every machine, and enough to tell events apart.
    ((told * specificity * whole).max(0.01) * 10_000.0).round() / 10_000.0
}

/// Links with their reasons, strongest first; of a large event only the strongest are worded.
fn links(articles: &[Article], mentions: &[Mention], pairs: &[Pair]) -> Vec<Link> {
    let mut best: Vec<&Pair> = pairs.iter().collect();
    best.sort_by(|x, y| y.likely.total_cmp(&x.likely).then((x.a, x.b).cmp(&(y.a, y.b))));
    best.iter()
        .take(32)
        .filter_map(|p| {
            Some(Link { a: p.a, b: p.b, reasons: reasons(articles, mentions.get(p.a)?, mentions.get(p.b)?, &p.alike) })
        })
        .collect()
}
