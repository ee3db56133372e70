//! Time expressions + context → dates: which anchor, which year, which weekday, and the calendar.

mod context;
mod domain;
mod fields;
mod place;
mod point;
mod published;
mod value;

use crate::lang::Language;
use crate::model::{Anchor, Article, Choice, Domain, Edtf, LeadKind, Meaning, Modifier, Precision, Resolved, Timex};
use chrono::{Datelike, NaiveDate};
use context::{Context, From, Outcome};
pub use domain::domain;
use place::place;
pub use published::{RETOLD_WITHIN_DAYS, infer_published};

/// A publication date known to no more than so many days is still tried day by day.
const DAYS_TRIED: i64 = 31;

/// Resolves the time expressions of an article against its publication date.
pub fn resolve(lang: &Language, article: &Article, timexes: Vec<Timex>) -> Vec<Resolved> {
    resolve_in(lang, article.published.as_ref().map(|p| &p.date), article.domain, &article.text, &timexes)
}

/// Resolves time expressions as if their text had been published on `dct`.
///
/// Where `dct` is a span of days, each day is tried: what comes out alike is certain, what differs
/// becomes a span itself.
pub fn resolve_at(lang: &Language, dct: Option<&Edtf>, text: &str, timexes: &[Timex]) -> Vec<Resolved> {
    resolve_in(lang, dct, None, text, timexes)
}

/// Resolves as [`resolve_at`] does, in a domain that is stated instead of found out.
pub fn resolve_in(
    lang: &Language,
    dct: Option<&Edtf>,
    stated: Option<Domain>,
    text: &str,
    timexes: &[Timex],
) -> Vec<Resolved> {
    let year = dct.and_then(Edtf::first_day).map(|d| d.year());
    let narrative = stated.unwrap_or_else(|| domain(year, timexes).0) == Domain::Narrative;
    let days = dct.map(candidate_days).unwrap_or_default();
    let mut all = resolve_on(lang, days.first().copied(), dct, narrative, text, timexes);
    for day in days.iter().skip(1) {
        for (sure, other) in all.iter_mut().zip(resolve_on(lang, Some(*day), dct, narrative, text, timexes)) {
            if sure.date != other.date {
                sure.date = match (&sure.date, &other.date) {
                    (Some(a), Some(b)) => hull(a, b),
                    _ => None,
                };
            }
            if sure.value != other.value {
                sure.value = value::open(&sure.timex.meaning);
            }
        }
    }
    all
}

fn candidate_days(dct: &Edtf) -> Vec<NaiveDate> {
    let (Some(first), Some(last)) = (dct.first_day(), dct.last_day()) else {
        return Vec::new();
    };
    if (last - first).num_days() >= DAYS_TRIED {
        return Vec::new();
    }
    first.iter_days().take_while(|d| *d <= last).collect()
}

fn hull(a: &Edtf, b: &Edtf) -> Option<Edtf> {
    let first = a.first_day().zip(b.first_day()).map(|(a, b)| a.min(b));
    let last = a.last_day().zip(b.last_day()).map(|(a, b)| a.max(b));
    match (first, last) {
        (Some(first), Some(last)) => Some(Edtf::span(first, last)),
        (Some(first), None) => Some(Edtf::day(first).since()),
        (None, Some(last)) => Some(Edtf::day(last).until()),
        (None, None) => None,
    }
}

fn resolve_on(
    lang: &Language,
    day: Option<NaiveDate>,
    dct: Option<&Edtf>,
    narrative: bool,
    text: &str,
    timexes: &[Timex],
) -> Vec<Resolved> {
    let mut context = Context {
        dct: day,
        coarse: dct.filter(|_| day.is_none()).and_then(Edtf::first_day),
        previous: None,
        period: None,
        outlook: None,
        narrative,
    };
    let mut all = Vec::with_capacity(timexes.len());
    for (index, timex) in timexes.iter().enumerate() {
        let outcome = place(lang, &context, timex, text);
        if let Some(point) = outcome.point.filter(|_| outcome.clock.is_none() || outcome.choice != Choice::SameAsAnchor)
        {
            context.previous = Some((index, point));
            if matches!(point, point::Point::Part(_, 33..)) && matches!(timex.meaning, Meaning::Fields(_)) {
                context.period = context.previous;
            }
        }
        all.push(finish(timex, outcome, dct));
    }
    join_ranges(&mut all);
    all
}

// The first expression of a range takes the whole range as its date; the second has none of its own.
fn join_ranges(all: &mut [Resolved]) {
    for i in 1..all.len() {
        let (Some(first), Some(last)) = (all.get(i - 1), all.get(i)) else {
            continue;
        };
        if last.timex.lead.as_ref().is_none_or(|l| l.kind != LeadKind::To) {
            continue;
        }
        let (Some(a), Some(b)) = (&first.date, &last.date) else {
            continue;
        };
        if a.first_day() > b.last_day() {
            continue;
        }
        let date = Edtf::between(a, b);
        if let Some(first) = all.get_mut(i - 1) {
            first.date = Some(date);
        }
        if let Some(last) = all.get_mut(i) {
            last.date = None;
        }
    }
}

fn finish(timex: &Timex, outcome: Outcome, dct: Option<&Edtf>) -> Resolved {
    let anchor = match outcome.anchor {
        From::Words => Anchor::Explicit,
        From::Published => dct.map_or(Anchor::Unknown, |d| Anchor::Published(d.clone())),
        From::Previous(index, point) => point.edtf().map_or(Anchor::Unknown, |e| Anchor::Previous(index, e)),
        From::Nothing => Anchor::Unknown,
    };
    let date = outcome.date.map(|date| with_words_around(date, timex, outcome.about));
    Resolved { timex: timex.clone(), value: outcome.value, date, anchor, choice: outcome.choice }
}

/// Takes in what the lead and the modifier say: "since 2014" goes on, "around Jan. 9" is approximate.
fn with_words_around(date: Edtf, timex: &Timex, about: bool) -> Edtf {
    let lead = timex.lead.as_ref().map(|l| l.kind);
    let rough = about || lead == Some(LeadKind::About) || timex.modifier == Some(Modifier::Approx);
    let range = matches!(timex.meaning, Meaning::Range(..)) || date.is_open();
    let date = if rough { date.about() } else { date };
    match lead {
        _ if range => date,
        Some(LeadKind::Since) => date.since(),
        Some(LeadKind::Until | LeadKind::By | LeadKind::Before) => date.until(),
        // "after the 2014 election" is no open end; "after March 5" is: only days and months go on.
        Some(LeadKind::After) if matches!(date.precision(), Precision::Day | Precision::Month) => date.since(),
        _ => date,
    }
}
