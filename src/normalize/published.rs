//! The publication date of an article that states none, worked out from dated articles of the same story.

mod clues;
mod pairs;
mod story;

use super::resolve_at;
use crate::diagnostic::{Diagnostic, Location};
use crate::lang::Language;
use crate::lang::events::event_words;
use crate::lang::tokens::{fold, tokens};
use crate::model::{Article, DateBasis, Edtf, Meaning, Published, Timex};
use chrono::{Days, NaiveDate};
use clues::{Clue, agreeing, clues};
use pairs::{Pair, allowed, pairs};
use std::ops::RangeInclusive;
use story::{Index, Relative, SAME_STORY_RUNS};

/// News is retold within about two days of the original: by then it is in every paper, and what
/// comes later tells something newer. A guess may not reach further than its reason does.
pub const RETOLD_WITHIN_DAYS: u64 = 2;

/// Gives every article without a publication date the days on which it can have been published, as
/// far as dated articles of the same story say; warns about each, and how to state it.
pub fn infer_published(lang: &Language, articles: &mut [Article], timexes: &[Vec<Timex>]) -> Vec<Diagnostic> {
    let undated: Vec<usize> = (0..articles.len()).filter(|&i| articles[i].published.is_none()).collect();
    if undated.is_empty() {
        return Vec::new();
    }
    let index = Index::of(articles, &undated);
    let mut found = Vec::new();
    let mut messages = Vec::new();
    for &u in &undated {
        let inferred = (index.story_of(articles, u))
            .and_then(|story| infer(lang, articles, timexes, u, &story))
            .or_else(|| stated_twice(lang, articles.get(u)?, timexes.get(u)?));
        messages.push(message(&articles[u], inferred.as_ref()));
        found.push((u, inferred));
    }
    for (u, inferred) in found {
        if let Some(article) = articles.get_mut(u) {
            article.published = inferred;
        }
    }
    messages
}

fn message(article: &Article, inferred: Option<&Published>) -> Diagnostic {
    let place = Location { line: Some(1), ..Location::file(&article.path) };
    let stem = article.path.rsplit_once('.').map_or(article.path.as_str(), |(stem, _)| stem);
    let markdown = [".md", ".markdown"].iter().any(|end| article.path.to_ascii_lowercase().ends_with(end));
    let (first, last) = inferred.map_or((None, None), |p| (p.date.first_day(), p.date.last_day()));
    // Of a span no day may be suggested as if it were known.
    let (day, within) = match (first, last) {
        (Some(first), Some(last)) if first == last => (first.to_string(), String::new()),
        (Some(first), Some(last)) => ("YYYY-MM-DD".to_owned(), format!(", a day between {first} and {last}")),
        _ => ("YYYY-MM-DD".to_owned(), String::new()),
    };
    let help = if markdown {
        format!("state the day you know in the front matter: `date: {day}`{within}")
    } else {
        format!("state the day you know in a file `{stem}.yaml`: `published: {day}`{within}")
    };
    match inferred {
        Some(p) => Diagnostic::warning(
            "inferred-date",
            place,
            format!("no publication date is stated; worked out: {} ({})", p.date, p.evidence),
        ),
        None => Diagnostic::warning(
            "undated-article",
            place,
            "no publication date is stated, and no dated article tells the same story; its relative dates stay open",
        ),
    }
    .help(help)
}

/// Gives the day of a dated article.
fn day_of(article: &Article) -> Option<NaiveDate> {
    let date = &article.published.as_ref()?.date;
    date.first_day().filter(|first| date.last_day() == Some(*first))
}

/// Gives the days that agree best with the dated articles of the story.
fn infer(
    lang: &Language,
    articles: &[Article],
    timexes: &[Vec<Timex>],
    u: usize,
    story: &[Relative],
) -> Option<Published> {
    let article = articles.get(u)?;
    let nearest = story.first()?;
    let original = articles.get(nearest.article)?;
    let day = day_of(original)?;
    let cited = story.iter().filter_map(|r| articles.get(r.article)).find(|a| cites(article, a));
    let follows = cited.is_some() || nearest.runs >= SAME_STORY_RUNS;
    let centre = cited.and_then(day_of).unwrap_or(day);
    let window = window(centre, follows)?;
    let clues = clues(lang, articles, timexes, u, story);
    let near: Vec<NaiveDate> = window.start().iter_days().take_while(|d| d <= window.end()).collect();
    let pairs = pairs(article, timexes.get(u)?);
    let fixed = allowed(lang, article, &pairs, Some((centre, follows)));
    // What the text says twice holds wherever the article of the story lies.
    let days = match &fixed {
        Some((fixed, _)) if fixed.iter().any(|d| near.contains(d)) => {
            near.into_iter().filter(|d| fixed.contains(d)).collect()
        }
        Some((fixed, _)) => fixed.clone(),
        None => near,
    };
    let stated = full_dates(lang, article, timexes.get(u)?, &pairs);
    // What it tells as done cannot lie after it: then it is no retelling of these days.
    if stated.iter().any(|d| days.last().is_none_or(|last| d > last)) {
        return None;
    }
    let not_before = stated.into_iter().filter(|d| days.contains(d)).max();
    let scores: Vec<(NaiveDate, usize)> = days
        .iter()
        .filter(|d| not_before.is_none_or(|n| **d >= n))
        .map(|&d| (d, agreeing(lang, article, timexes.get(u), &clues, d).len()))
        .collect();
    let best = scores.iter().map(|s| s.1).max()?;
    // The same subject alone says nothing: of one story there are articles for years.
    if best == 0 && !follows && fixed.is_none() {
        return None;
    }
    let left: Vec<NaiveDate> = scores.into_iter().filter(|s| s.1 == best).map(|s| s.0).collect();
    // Days that agree alike but lie apart: the honest answer is the whole span.
    let (first, last) = (*left.first()?, *left.last()?);
    let witness = cited.unwrap_or(original);
    let used = agreeing(lang, article, timexes.get(u), &clues, first);
    Some(Published {
        date: Edtf::span(first, last),
        basis: DateBasis::Inferred,
        evidence: evidence(article, (witness, centre), (cited.is_some(), follows), &used, fixed.as_ref()),
    })
}

/// Gives the days on which what the text says twice with a year is so, where no other article helps.
fn stated_twice(lang: &Language, article: &Article, timexes: &[Timex]) -> Option<Published> {
    let pairs = pairs(article, timexes);
    let (days, pair) = allowed(lang, article, &pairs, None)?;
    let (first, last) = (*days.first()?, *days.last()?);
    if full_dates(lang, article, timexes, &pairs).iter().any(|d| *d > last) {
        return None;
    }
    let date = Edtf::span(first, last);
    let evidence = format!("No dated article tells its story, but {}.", only_on(article, pair, &date)?);
    Some(Published { date, basis: DateBasis::Inferred, evidence })
}

fn only_on(article: &Article, pair: &Pair, date: &Edtf) -> Option<String> {
    let words = article.text.get(pair.range.clone())?.split_whitespace().collect::<Vec<_>>().join(" ");
    Some(format!("its words “{words}” are true on {date} only"))
}

fn window(centre: NaiveDate, follows: bool) -> Option<RangeInclusive<NaiveDate>> {
    let reach = Days::new(RETOLD_WITHIN_DAYS);
    let first = if follows { centre } else { centre.checked_sub_days(reach)? };
    Some(first..=centre.checked_add_days(reach)?)
}

fn evidence(
    article: &Article,
    (witness, day): (&Article, NaiveDate),
    (cited, follows): (bool, bool),
    used: &[&Clue],
    fixed: Option<&(Vec<NaiveDate>, &Pair)>,
) -> String {
    let name = witness.publisher.as_ref().map_or(witness.path.as_str(), |p| p.value.as_str());
    let so = match (cited, follows) {
        (true, _) => format!("It cites {name}, whose article is of {day}"),
        (false, true) => format!("It repeats words of the article by {name} of {day}"),
        (false, false) => format!("It tells the same story as the article by {name} of {day}"),
    };
    let mut said: Vec<String> = Vec::new();
    for clue in used {
        let text = article.text.get(clue.range.clone()).unwrap_or_default();
        let words = format!("“{text}” ({})", clue.date);
        if !said.contains(&words) && said.len() < 3 {
            said.push(words);
        }
    }
    let twice = fixed.and_then(|(days, pair)| only_on(article, pair, &Edtf::span(*days.first()?, *days.last()?)));
    let reach = twice.unwrap_or_else(|| format!("news is retold within about {RETOLD_WITHIN_DAYS} days"));
    if said.is_empty() {
        format!("{so}, and {reach}.")
    } else {
        format!(
            "{so}, and {reach}. On these days {} mean{} the same dates in both.",
            said.join(" and "),
            if said.len() == 1 { "s" } else { "" }
        )
    }
}

/// Tells whether an article names the publisher of another.
fn cites(article: &Article, other: &Article) -> bool {
    let Some(publisher) = other.publisher.as_ref().map(|p| p.value.as_str()) else {
        return false;
    };
    let own = article.publisher.as_ref().is_some_and(|p| p.value == publisher);
    !own && publisher.chars().count() > 3
        && article.text.match_indices(publisher).any(|(at, name)| {
            let before = article.text.get(..at).and_then(|t| t.chars().next_back());
            let after = article.text.get(at + name.len()..).and_then(|t| t.chars().next());
            !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
        })
}

/// Gives the days that the text states in full, not as to come and not in a pair.
fn full_dates(lang: &Language, article: &Article, timexes: &[Timex], pairs: &[Pair]) -> Vec<NaiveDate> {
    let stated: Vec<Timex> = timexes
        .iter()
        .filter(|t| matches!(&t.meaning, Meaning::Fields(f) if f.year.is_some() && f.day.is_some()))
        // "tomorrow, April 18, 2022" is to come.
        .filter(|t| !pairs.iter().any(|pair| pair.holds(&t.range)))
        .cloned()
        .collect();
    if stated.is_empty() {
        return Vec::new();
    }
    let words = event_words();
    let plain = |t: &Timex| {
        let sentence = article.sentences.iter().find(|s| s.range.contains(&t.range.start));
        let text = sentence.and_then(|s| article.text.get(s.range.clone())).unwrap_or_default();
        let folded: Vec<String> = tokens(text).iter().map(|t| fold(t.text)).collect();
        !(0..folded.len()).any(|i| crate::lang::events::starts_run(&folded, i, &words.planned))
    };
    resolve_at(lang, None, &article.text, &stated)
        .iter()
        .filter(|r| plain(&r.timex))
        .filter_map(|r| r.date.as_ref()?.first_day())
        .collect()
}
