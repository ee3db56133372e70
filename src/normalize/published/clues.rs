//! Relative dates of an undated article in sentences that a dated one tells too.

use super::story::{COMMON, Relative};
use crate::lang::Language;
use crate::lang::events::event_words;
use crate::lang::tokens::{fold, stem, tokens};
use crate::model::{Article, Edtf, Meaning, Timex};
use crate::normalize::resolve_at;
use chrono::NaiveDate;
use std::collections::{BTreeMap, HashMap};

/// How alike two sentences must be for their dates to be the same date.
const SAME_SENTENCE: f64 = 0.32;

/// A relative expression of the undated article, and the date that the same happening has in a dated one.
pub(super) struct Clue {
    pub timex: usize,
    pub range: std::ops::Range<usize>,
    pub date: Edtf,
}

/// Gives the clues: relative expressions in sentences that a dated article tells too.
pub(super) fn clues(
    lang: &Language,
    articles: &[Article],
    timexes: &[Vec<Timex>],
    u: usize,
    story: &[Relative],
) -> Vec<Clue> {
    let (Some(article), Some(own)) = (articles.get(u), timexes.get(u)) else {
        return Vec::new();
    };
    let mut clues = Vec::new();
    let mine = dated_sentences(article, own);
    for relative in story {
        let (Some(other), Some(theirs)) = (articles.get(relative.article), timexes.get(relative.article)) else {
            continue;
        };
        let resolved = resolve_at(lang, other.published.as_ref().map(|p| &p.date), &other.text, theirs);
        let told = dated_sentences(other, theirs);
        let index = SentenceIndex::of(&told);
        for sentence in &mine {
            let Some(best) = index.nearest(sentence, &told) else {
                continue;
            };
            for &t in sentence.timexes.iter().filter(|&&t| own.get(t).is_some_and(is_relative)) {
                let date = best.timexes.iter().filter_map(|&o| resolved.get(o)).find(|r| is_relative(&r.timex));
                if let (Some(date), Some(timex)) = (date.and_then(|r| r.date.clone()), own.get(t)) {
                    clues.push(Clue { timex: t, range: timex.marked(), date });
                }
            }
        }
    }
    clues
}

/// Tells whether the meaning moves with the publication date by less than a month.
fn is_relative(timex: &Timex) -> bool {
    match &timex.meaning {
        Meaning::Fields(f) => f.weekday.is_some() && f.day.is_none(),
        Meaning::Unit { unit, .. } | Meaning::Shift { unit, .. } => *unit <= crate::model::Unit::Week,
        Meaning::At(_, Some(day)) => {
            matches!(**day, Meaning::Fields(f) if f.weekday.is_some()) || matches!(**day, Meaning::Unit { .. })
        }
        _ => false,
    }
}

/// Gives the clues that are right when the article was published on `day`.
pub(super) fn agreeing<'a>(
    lang: &Language,
    article: &Article,
    timexes: Option<&Vec<Timex>>,
    clues: &'a [Clue],
    day: NaiveDate,
) -> Vec<&'a Clue> {
    let Some(timexes) = timexes.filter(|_| !clues.is_empty()) else {
        return Vec::new();
    };
    let resolved = resolve_at(lang, Some(&Edtf::day(day)), &article.text, timexes);
    clues
        .iter()
        .filter(|c| {
            resolved
                .get(c.timex)
                .and_then(|r| r.date.as_ref())
                .is_some_and(|d| d.precision() == c.date.precision() && d.overlaps(&c.date))
        })
        .collect()
}

struct DatedSentence {
    words: Vec<String>,
    timexes: Vec<usize>,
}

fn dated_sentences(article: &Article, timexes: &[Timex]) -> Vec<DatedSentence> {
    let words = event_words();
    let mut found: BTreeMap<usize, DatedSentence> = BTreeMap::new();
    for (t, timex) in timexes.iter().enumerate() {
        let at = article.sentences.partition_point(|s| s.range.start <= timex.range.start);
        let Some((s, sentence)) = at.checked_sub(1).and_then(|s| article.sentences.get(s).map(|x| (s, x))) else {
            continue;
        };
        let entry = found.entry(s).or_insert_with(|| {
            let text = article.text.get(sentence.range.clone()).unwrap_or_default();
            let mut list: Vec<String> = tokens(text)
                .iter()
                .take(160)
                .map(|t| fold(t.text))
                .filter(|w| !words.stop.contains(w))
                .map(|w| stem(&w))
                .collect();
            list.sort();
            list.dedup();
            DatedSentence { words: list, timexes: Vec::new() }
        });
        entry.timexes.push(t);
    }
    found.into_values().collect()
}

/// Which dated sentences of an article hold a word.
struct SentenceIndex<'a> {
    holders: HashMap<&'a str, Vec<usize>>,
}

impl<'a> SentenceIndex<'a> {
    fn of(sentences: &'a [DatedSentence]) -> SentenceIndex<'a> {
        let mut holders: HashMap<&str, Vec<usize>> = HashMap::new();
        for (i, sentence) in sentences.iter().enumerate() {
            for word in &sentence.words {
                holders.entry(word).or_default().push(i);
            }
        }
        SentenceIndex { holders }
    }

    /// Gives the sentence that tells most nearly the same.
    fn nearest(&self, sentence: &DatedSentence, all: &'a [DatedSentence]) -> Option<&'a DatedSentence> {
        let mut shared: BTreeMap<usize, f64> = BTreeMap::new();
        for word in &sentence.words {
            if let Some(holders) = self.holders.get(word.as_str()).filter(|h| h.len() <= COMMON) {
                for &h in holders {
                    *shared.entry(h).or_insert(0.0) += 1.0;
                }
            }
        }
        let likeness = |(h, n): (usize, f64)| {
            let other = all.get(h)?;
            let size = (sentence.words.len() * other.words.len()) as f64;
            Some((other, n / size.sqrt().max(1.0)))
        };
        let mut best: Option<(&DatedSentence, f64)> = None;
        for (other, like) in shared.into_iter().filter_map(likeness) {
            if like >= SAME_SENTENCE && best.is_none_or(|b| like > b.1) {
                best = Some((other, like));
            }
        }
        best.map(|b| b.0)
    }
}
