//! Posts of a live page: the time that opens one dates what it tells, if it tells that something was done.

use super::clause::{Clause, Clauses};
use super::ids::Ids;
use super::people::{Near, Told};
use super::reading::Reading;
use super::{Says, Sentences, shift, status, title};
use crate::lang::events::event_words;
use crate::model::{Article, Mention, POSTS, Resolved};
use std::collections::BTreeMap;
use std::ops::Range;

/// What is done is told at most so many sentences after the one with the time.
const MOST: usize = 1;
/// Between "has" and "gone" stand so many words at most.
const PARTICIPLE_NEAR: usize = 3;

/// How a clause tells that something was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Done {
    /// "has resigned": it is news.
    Perfect,
    /// "resigned", "was arrested".
    Past,
}

/// What the times of posts stand for.
#[derive(Debug, Default)]
pub(super) struct Posts {
    /// For a post whose later sentence tells what was done: the index of its time, and of that sentence.
    pub later: BTreeMap<usize, (usize, usize)>,
    /// For each first sentence of a post, where in it the words behind the time begin.
    texts: BTreeMap<usize, usize>,
}

impl Posts {
    /// Gives a clause of a sentence without the time before its words.
    pub fn without_time(&self, s: usize, mut clause: Clause) -> Clause {
        let at = self.texts.get(&s).copied().unwrap_or(0);
        if clause.body < at && at < clause.range.end {
            clause.body = at;
        }
        clause
    }
}

/// Takes the times of posts that date nothing out of the dates of their sentences; gives for a post whose later
/// sentence tells what was done the index of its time and of that sentence.
pub(super) fn settle(
    article: &Article,
    sentences: &Sentences<'_>,
    dates: &mut [Vec<usize>],
    resolved: &[Resolved],
) -> Posts {
    let stamp = |list: &Vec<usize>| {
        let first = *list.first()?;
        resolved.get(first).filter(|r| r.timex.opens_post(&article.text)).map(|r| (first, r.timex.range.clone()))
    };
    let stamps: Vec<_> = dates.iter().enumerate().filter_map(|(s, list)| Some((s, stamp(list)?))).collect();
    let mut posts = Posts::default();
    if stamps.len() < POSTS {
        return posts;
    }
    for (s, (index, range)) in stamps {
        let (Some(sentence), Some(reading)) = (article.sentences.get(s), sentences.get(s)) else { continue };
        let at = range.start - sentence.range.start;
        let behind = reading.text.get(range.end - sentence.range.start..).unwrap_or_default();
        let words = behind.trim_start_matches(|c: char| c.is_whitespace() || ":.|–—-])".contains(c));
        posts.texts.insert(s, reading.text.len() - words.len());
        let clause = Clauses::new(reading, &reading.dates).at(reading, at);
        // Another date in the clause dates it, unless it is news: "has cancelled a trip this weekend".
        let other = dates.get(s).into_iter().flatten().filter_map(|&d| resolved.get(d)).skip(1).any(|r| {
            let start = r.timex.marked().start - sentence.range.start;
            clause.range.contains(&start) && !clause.holes.iter().any(|h| h.contains(&start))
        });
        match done(reading, &clause) {
            Some(Done::Perfect) => continue,
            Some(Done::Past) if !other => continue,
            _ => {}
        }
        if let Some(list) = dates.get_mut(s) {
            list.remove(0);
        }
        let dated = |n: usize| dates.get(n).is_some_and(|d| !d.is_empty());
        let near = (s + 1..=s + MOST).take_while(|&n| {
            !dated(n - 1) && !dated(n) && article.sentences.get(n).is_some_and(|next| next.block == sentence.block)
        });
        let tells = |n: &usize| {
            sentences.get(*n).is_some_and(|reading| done(reading, &first_clause(reading)) == Some(Done::Perfect))
        };
        if let Some(next) = near.into_iter().find(tells) {
            posts.later.insert(s, (index, next));
        }
    }
    posts
}

fn first_clause(reading: &Reading<'_>) -> Clause {
    Clauses::new(reading, &reading.dates).at(reading, 0)
}

/// Tells whether a clause reports something done, by others than those who write.
fn done(reading: &Reading<'_>, clause: &Clause) -> Option<Done> {
    let words = event_words();
    let hole = |i: usize| {
        reading.tokens.get(i).is_some_and(|t| clause.holes.iter().any(|h| h.contains(&t.start)) || reading.is_aside(i))
    };
    let own: Vec<usize> = reading.within(&(clause.body..clause.range.end)).filter(|&i| !hole(i)).collect();
    let verb = own.iter().position(|&i| reading.is_verb(i))?;
    let word = |at: usize| own.get(at).map_or("", |&i| reading.word(i));
    let asks = reading.text.trim_end().ends_with('?');
    // "THEY HAVE A VERDICT." is a cry, and the next sentence tells what it is.
    let cries = !reading.text.contains(char::is_lowercase);
    if asks || cries || (0..verb).any(|i| words.writers.contains(word(i))) {
        return None;
    }
    let participle = |from: usize, reach: usize| {
        (from..from + reach)
            .map(word)
            .take_while(|w| !words.stop.contains(w) || words.between_perfect.contains(w))
            .find(|w| words.is_past(w) && !words.between_perfect.contains(w))
    };
    let told = |w: &&str| !words.attribution.contains(w);
    match word(verb) {
        "has" | "have" => participle(verb + 1, PARTICIPLE_NEAR).filter(told).map(|_| Done::Perfect),
        // "Then came the defendant" looks back.
        _ if (0..verb).any(|i| words.looks_back.contains(word(i))) => None,
        "was" | "were" => participle(verb + 1, PARTICIPLE_NEAR - 1).filter(told).map(|_| Done::Past),
        past => Some(past).filter(|w| words.is_past(w) && !words.is_auxiliary(w)).filter(told).map(|_| Done::Past),
    }
}

/// Gives the mention of a post that tells in a later sentence what was done: the quote goes from the one to the
/// other.
pub(super) fn mention<'a>(
    (index, article): (usize, &'a Article),
    sentences: &Sentences<'a>,
    resolved: &[Resolved],
    (s, (stamp, next)): (usize, (usize, usize)),
    ids: &mut Ids<'a>,
) -> Option<Mention> {
    let (first, last) = (article.sentences.get(s)?.range.clone(), article.sentences.get(next)?.range.clone());
    let (reading, names) = (sentences.get(next)?, sentences.names(next));
    let time = resolved.get(stamp)?;
    let date = time.date.clone()?;
    let clause = first_clause(reading);
    let words: Range<usize> = reading.within(&(clause.body..clause.range.end));
    let told = status::told(reading, &words, &clause.holes, None, words.end);
    let published = article.published.as_ref().map(|p| &p.date);
    let before = |back: usize| {
        let at = next.checked_sub(1).filter(|_| back == 1)?;
        Some(Told { reading: sentences.get(at)?, names: sentences.names(at), same: true })
    };
    let near = Near { own: names, text: &article.text, before: &before };
    let (title, mut put_in) = title::title(reading, &clause, &(0..0), near);
    put_in.retain(|name| !names.contains(name));
    Some(Mention {
        id: ids.next(&article.id, reading.text, article.text.get(time.timex.range.clone()).unwrap_or_default()),
        article: index,
        sentence: s,
        quote: first.start..last.end,
        clause: shift(&clause.range, last.start),
        expression: time.timex.range.clone(),
        continued: Vec::new(),
        status: status::at_date(told, &date, published, Says::of(reading, &words)),
        date,
        anchor: time.anchor.clone(),
        choice: time.choice,
        rule: time.timex.rule,
        title,
        names: [names, &put_in[..]].concat(),
    })
}
