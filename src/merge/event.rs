//! From a group of mentions to an event: its date, its headline, its weight.

use super::cluster::Pair;
use super::dates::{Bounds, Fit, finest};
use super::features::Night;
use super::reasons::Reasons;
use crate::lang::english;
use crate::lang::events::event_words;
use crate::lang::tokens::each;
use crate::model::{Article, Claim, Disagreement, Edtf, Event, Link, Mention, Precision, Status};
use chrono::NaiveDate;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What events are made of.
pub(super) struct Maker<'a> {
    pub articles: &'a [Article],
    pub mentions: &'a [Mention],
    /// For each mention the bounds of its date; nothing for what takes no part.
    pub bounds: &'a [Option<Arc<Bounds>>],
    /// For each article the first day of its publication date.
    pub published: &'a [Option<NaiveDate>],
    /// For each mention which end of its day its expression names.
    pub nights: &'a [Night],
    pub reasons: Reasons<'a>,
}

/// What orders mentions by who told first.
type ToldFirst<'a> = (bool, Option<NaiveDate>, &'a str, usize, usize);

/// A mention with what ranks it.
struct Ranked<'a> {
    mention: usize,
    days: i64,
    other_status: bool,
    headline: f64,
    told: ToldFirst<'a>,
    title: &'a str,
}

impl<'a> Maker<'a> {
    /// Makes the event of a group of mentions, given as indexes in canonical order, with the links among them.
    pub fn event(&mut self, group: &[usize], pairs: &[Pair]) -> Option<Event> {
        let mentions = self.mentions;
        let of = |i: usize| mentions.get(i);
        let (date, disagreement) = self.date(group)?;
        let status = self.status(group.iter().filter_map(|&i| of(i)));
        let alone = group.len() == 1;
        let rank = |i: usize, m: &'a Mention| Ranked {
            mention: i,
            days: self.days(i),
            other_status: m.status != status,
            headline: if alone { 0.0 } else { headline(&m.title) },
            told: self.told_first(m),
            title: &m.title,
        };
        let mut ranked: Vec<Ranked<'a>> = group.iter().filter_map(|&i| Some(rank(i, of(i)?))).collect();
        let id = of(ranked.iter().min_by_key(|r| r.told)?.mention)?.id.clone();
        let title = ranked
            .iter()
            .max_by(|a, b| {
                let first = std::cmp::Ordering::Greater;
                b.other_status.cmp(&a.other_status).then(a.headline.total_cmp(&b.headline)).then(first)
            })?
            .title
            .to_owned();
        ranked.sort_by(|a, b| {
            (a.days.cmp(&b.days))
                .then(a.other_status.cmp(&b.other_status))
                .then(b.headline.total_cmp(&a.headline))
                .then(a.told.cmp(&b.told))
        });
        let mut copies: Vec<usize> = pairs.iter().filter(|p| p.alike.same_words).filter_map(|p| self.copy(p)).collect();
        copies.sort_unstable();
        copies.dedup();
        Some(Event {
            id,
            importance: self.importance(group, &copies, &date, status),
            copies,
            date,
            title,
            status,
            mentions: ranked.iter().map(|r| r.mention).collect(),
            links: self.links(pairs),
            disagreement,
        })
    }

    /// Gives which of two mentions in the same words came after the other; one that says another day is no copy.
    fn copy(&self, pair: &Pair) -> Option<usize> {
        if self.bounds(pair.a)?.fit(self.bounds(pair.b)?) == Fit::Near {
            return None;
        }
        let told = |i: usize| Some(self.told_first(self.mentions.get(i)?));
        Some(if told(pair.a)? < told(pair.b)? { pair.b } else { pair.a })
    }

    fn bounds(&self, mention: usize) -> Option<&'a Bounds> {
        self.bounds.get(mention)?.as_deref()
    }

    /// Gives the day on which a mention's article was published.
    fn published(&self, m: &Mention) -> Option<NaiveDate> {
        self.published.get(m.article).copied().flatten()
    }

    /// Tells whether an event happened: what one source tells as a fact did, and of what none does the source that told
    /// last knows best.
    fn status(&self, told: impl Iterator<Item = &'a Mention>) -> Status {
        let first = told.min_by_key(|m| (m.status != Status::Happened, Reverse(self.published(m)), m.status));
        first.map_or(Status::Happened, |m| m.status)
    }

    /// Orders mentions by who told first: publication day (unknown last), path, place.
    fn told_first(&self, m: &'a Mention) -> ToldFirst<'a> {
        let day = self.published(m);
        let path = self.articles.get(m.article).map_or("", |a| a.path.as_str());
        (day.is_none(), day, path, m.quote.start, m.expression.start)
    }

    /// Gives how many days the date of a mention covers.
    fn days(&self, mention: usize) -> i64 {
        self.bounds(mention).and_then(Bounds::days).unwrap_or(i64::MAX)
    }

    /// Gives the date of the event, and what the sources claim where they exclude each other.
    fn date(&self, group: &[usize]) -> Option<(Edtf, Option<Disagreement>)> {
        if let &[i] = group
            && let (Some(m), Some(bounds)) = (self.mentions.get(i), self.bounds(i))
        {
            return Some((finest(&[(&m.date, bounds)])?, None));
        }
        let mut by_date: BTreeMap<&Edtf, (&Bounds, Vec<usize>)> = BTreeMap::new();
        for &i in group {
            if let (Some(m), Some(bounds)) = (self.mentions.get(i), self.bounds(i)) {
                by_date.entry(&m.date).or_insert_with(|| (bounds, Vec::new())).1.push(i);
            }
        }
        let dates: Vec<(&Edtf, &Bounds)> = by_date.iter().map(|(date, (bounds, _))| (*date, *bounds)).collect();
        let excluded = |bounds: &Bounds| dates.iter().any(|(_, other)| bounds.fit(other) == Fit::Near);
        let claimed: Vec<&Edtf> = dates.iter().filter(|(_, bounds)| excluded(bounds)).map(|(date, _)| *date).collect();
        if claimed.is_empty() {
            return Some((finest(&dates)?, None));
        }
        let first = claimed.iter().filter_map(|d| d.first_day()).min()?;
        let last = claimed.iter().filter_map(|d| d.last_day()).max()?;
        let said = |day: NaiveDate, end: fn(&Night) -> bool| {
            let on = |i: &&usize| self.mentions.get(**i).is_some_and(|m| m.date.first_day() == Some(day));
            group.iter().filter(on).any(|&i| self.days(i) == 1 && self.nights.get(i).is_some_and(end))
        };
        // The night between two days: no source is wrong.
        if (last - first).num_days() == 1 && (said(first, |night| night.late) || said(last, |night| night.early)) {
            return Some((Edtf::span(first, last), None));
        }
        let told = |d: &Edtf| by_date.get(d).map(|(_, told)| told.clone()).unwrap_or_default();
        let mut claims: Vec<Claim> = claimed.iter().map(|&d| Claim { date: d.clone(), mentions: told(d) }).collect();
        claims.sort_by_key(|c| (c.date.first_day(), c.date.to_string()));
        Some((Edtf::one_of(claimed.into_iter().cloned().collect()), Some(Disagreement { claims })))
    }

    /// Weighs an event: specificity × (Σ over outlets of (its articles)^¾ + ½ lead), half of it where it has not
    /// happened. An article counts once, one that tells it more than a week after it 1½, more than two months
    /// after it twice, and one in the same words as another not at all; lead is how near to the head of an article
    /// it stands (1 at the very head). Nearly linear in who tells it, so that a day's sum hardly depends on what
    /// was merged; what is still told long after was of consequence (Kessler et al., ACL 2012). Always positive.
    fn importance(&self, group: &[usize], copies: &[usize], date: &Edtf, status: Status) -> f64 {
        // For each outlet what its articles count.
        let mut voices: BTreeMap<&str, BTreeMap<usize, f64>> = BTreeMap::new();
        let mut lead = 0.0_f64;
        let last = date.last_day();
        for &i in group {
            let Some((m, article)) = self.mentions.get(i).and_then(|m| Some((m, self.articles.get(m.article)?))) else {
                continue;
            };
            if copies.binary_search(&i).is_err() {
                let outlet = article.publisher.as_ref().map_or(article.path.as_str(), |p| p.value.as_str());
                let counts = match self.published(m).zip(last).map_or(0, |(p, d)| (p - d).num_days()) {
                    61.. => 2.0,
                    8.. => 1.5,
                    _ => 1.0,
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
        let claimed = group.iter().copied().min_by_key(|&i| self.days(i)).and_then(|i| self.mentions.get(i));
        let specificity = match claimed.map_or(date.precision(), |m| m.date.precision()) {
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
    fn links(&mut self, pairs: &[Pair]) -> Vec<Link> {
        let mut best: Vec<&Pair> = pairs.iter().collect();
        best.sort_unstable_by(|x, y| y.likely.total_cmp(&x.likely).then((x.a, x.b).cmp(&(y.a, y.b))));
        self.reasons.forget();
        best.iter()
            .take(32)
            .filter_map(|p| Some(Link { a: p.a, b: p.b, reasons: self.reasons.of(p.a, p.b, &p.alike)? }))
            .collect()
    }
}

/// Tells whether a word names a month, a weekday or a year.
fn dated(word: &str) -> bool {
    let calendar = &english().calendar;
    let named = || calendar.month(word).is_some() || calendar.weekday(word).is_some();
    word.starts_with(char::is_uppercase) && named() || word.len() == 4 && matches!(word.parse(), Ok(1000..2200))
}

/// Weighs a headline: whole, of good length, opening with a name or a noun.
fn headline(title: &str) -> f64 {
    let length = title.chars().count() as f64;
    let small = title.to_lowercase();
    let first = small.split([' ', ',']).next().unwrap_or_default();
    let words = event_words();
    let capitals = title.split(' ').skip(1).filter(|w| w.starts_with(char::is_uppercase)).count() as f64;
    let said = small.split(' ').take(8).any(|w| words.attribution.contains(w));
    let mut weight = 1.0 - (length - 58.0).abs() / 58.0 + 0.12 * capitals.min(4.0);
    if title.ends_with('…') {
        weight -= 0.6;
    }
    // Its own date is gone from it: what is left is another's.
    if each(title).any(|t| dated(t.text)) {
        weight -= 0.6;
    }
    if words.pronouns.contains(first) {
        weight -= 0.8;
    }
    if said {
        weight -= 0.2;
    }
    weight
}
