//! Which events `dateline events` prints.

use crate::lang::variants::{name_key, without_callings};
use crate::model::{Article, Edtf, Event, Mention, Timeline};
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// The flags that choose events; an event must meet all of them.
#[derive(Debug, Default, clap::Args)]
pub struct Filter {
    /// Only the N most important
    #[arg(long, value_name = "N")]
    pub top: Option<usize>,
    /// Only what is on or after a date (2022-01-09, 2022-01, 2022 or any EDTF), even in part
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub from: Option<Edtf>,
    /// Only what is on or before a date, even in part
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub to: Option<Edtf>,
    /// Only what names a person, organisation or place; a word of the name will do
    #[arg(long, value_name = "NAME")]
    pub name: Vec<String>,
    /// Only what an outlet or an article tells; a part of its name, title or path will do
    #[arg(long, value_name = "SOURCE")]
    pub source: Vec<String>,
    /// Only what at least N different outlets tell; copies of one text count once
    #[arg(long, value_name = "N")]
    pub min_sources: Option<usize>,
}

impl Filter {
    /// Says what cannot be meant, and what to write instead: a span that ends before it begins, no events at all.
    pub fn fault(&self) -> Option<(String, &'static str)> {
        if self.top == Some(0) {
            return Some(("`--top 0` leaves no event".to_owned(), "ask for at least one, as in `--top 10`"));
        }
        let empty = |(_, all): &(&str, &Vec<String>)| all.iter().any(|text| text.trim().is_empty());
        if let Some((flag, _)) = [("--name", &self.name), ("--source", &self.source)].into_iter().find(empty) {
            return Some((format!("`{flag}` names nothing"), "write a word of the name, or leave the flag out"));
        }
        let (from, to) = (self.from.as_ref()?, self.to.as_ref()?);
        let nothing = from.first_day() > to.last_day() && to.last_day().is_some();
        nothing.then(|| (format!("`--from {from}` is after `--to {to}`"), "name an earlier day first"))
    }

    /// Leaves the events that the flags choose, in their order.
    pub fn apply(&self, timeline: &mut Timeline) {
        let events = std::mem::take(&mut timeline.events);
        let mut events: Vec<Event> = events.into_iter().filter(|e| self.wants(timeline, e)).collect();
        if let Some(top) = self.top {
            let mut order: Vec<usize> = (0..events.len()).collect();
            let weight = |&i: &usize| events.get(i).map_or(0.0, |e: &Event| e.importance);
            // Of equal weight, the earlier one: the sort is stable.
            order.sort_by(|a, b| weight(b).total_cmp(&weight(a)));
            let chosen: BTreeSet<usize> = order.into_iter().take(top).collect();
            let mut at = 0..;
            events.retain(|_| at.next().is_some_and(|i| chosen.contains(&i)));
        }
        timeline.events = events;
    }

    fn wants(&self, timeline: &Timeline, event: &Event) -> bool {
        let told = || event.mentions.iter().filter_map(|&m| timeline.mentions.get(m));
        let article = |m: &Mention| timeline.articles.get(m.article);
        let after = |from: &Edtf| !before(event.date.last_day(), from.first_day());
        // "By 2020" is 2020 at the latest; how long before is not known.
        let begins = event.date.first_day().or_else(|| event.date.last_day());
        let until = |to: &Edtf| !before(to.last_day(), begins);
        let named = |wanted: &String| {
            let wanted = name_key(without_callings(wanted));
            let has = |text: &str| holds(&name_key(text), &wanted);
            let own = |m: &Mention| {
                let also = |name: &String| timeline.also_named.get(name).is_some_and(|all| all.iter().any(|n| has(n)));
                m.names.iter().any(|name| has(name) || also(name))
                    // What was written by hand has no list of names.
                    || article(m).is_some_and(|a| a.event.is_some() && (has(&a.text) || a.tags.iter().any(|t| has(t))))
            };
            told().any(own)
        };
        let from = |wanted: &String| told().filter_map(article).any(|a| is_source(a, wanted));
        self.from.as_ref().is_none_or(after)
            && self.to.as_ref().is_none_or(until)
            && self.name.iter().all(named)
            && self.source.iter().all(from)
            && self.min_sources.is_none_or(|least| timeline.voices(event) >= least)
    }
}

/// Tells whether a day comes before another; what is open is without bound.
fn before(a: Option<NaiveDate>, b: Option<NaiveDate>) -> bool {
    a.zip(b).is_some_and(|(a, b)| a < b)
}

fn is_source(article: &Article, wanted: &str) -> bool {
    let part = wanted.to_lowercase();
    let has = |text: &str| text.to_lowercase().contains(&part);
    article.publisher.as_ref().is_some_and(|p| has(&p.value))
        || has(&article.path)
        || has(&article.id)
        || has(&article.title.value)
}

/// Tells whether the key of a text holds that of a name as words in a row.
fn holds(text: &str, name: &str) -> bool {
    let ends = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
    let whole = |at: usize| {
        let (before, after) = (text.get(..at), text.get(at + name.len()..));
        ends(before.and_then(|b| b.chars().next_back())) && ends(after.and_then(|a| a.chars().next()))
    };
    !name.is_empty() && text.match_indices(name).any(|(at, _)| whole(at))
}

/// Reads a date that has at least one end.
fn date(text: &str) -> Result<Edtf, String> {
    let date = Edtf::parse(text.trim()).map_err(|error| error.told(text))?;
    if date.first_day().is_none() && date.last_day().is_none() {
        return Err(format!("`{text}` has neither a beginning nor an end"));
    }
    Ok(date)
}
