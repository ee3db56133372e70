//! The publication date of an article that states none, worked out from dated articles of the same story.

use super::resolve_at;
use crate::diagnostic::{Diagnostic, Location};
use crate::lang::Language;
use crate::lang::events::event_words;
use crate::lang::tokens::{fold, stem, tokens};
use crate::model::{Article, DateBasis, Edtf, Meaning, Published, Timex};
use chrono::{Days, NaiveDate};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::RangeInclusive;

/// News is retold within about two days of the original: by then it is in every paper, and what
/// comes later tells something newer. A guess may not reach further than its reason does.
pub const RETOLD_WITHIN_DAYS: u64 = 2;

/// Words in a row that two articles share only when one was written from the other, or both from a third.
const RUN: usize = 5;
/// Shared runs, or shared rare words, from which on two articles tell the same story.
const SAME_STORY_RUNS: usize = 4;
const SAME_STORY_WORDS: usize = 12;
/// A word in more articles than this tells no story apart.
const COMMON: usize = 24;
/// Rare words of an article that are looked up.
const KEYS: usize = 60;
/// How alike two sentences must be for their dates to be the same date.
const SAME_SENTENCE: f64 = 0.32;

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
        let inferred = index.story_of(articles, u).and_then(|d| infer(lang, articles, timexes, u, &d));
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
    let markdown = article.path.ends_with(".md");
    let day = inferred.and_then(|p| p.date.first_day()).map_or_else(|| "2022-01-17".to_owned(), |d| d.to_string());
    let help = if markdown {
        format!("state it in the front matter: `date: {day}`")
    } else {
        format!("state it in a file `{stem}.yaml`: `published: {day}`")
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

/// Rare words and runs of words of the undated articles, and which articles hold them.
struct Index {
    holders: HashMap<u64, Vec<usize>>,
    keys: HashMap<usize, Keys>,
}

struct Keys {
    runs: Vec<u64>,
    words: Vec<u64>,
}

/// Dated articles of the same story, nearest first, with what is shared.
struct Relative {
    article: usize,
    runs: usize,
}

impl Index {
    fn of(articles: &[Article], undated: &[usize]) -> Index {
        let mut wanted: HashSet<u64> = HashSet::new();
        let mut keys = HashMap::new();
        for &u in undated {
            let own = Keys::of(&articles[u]);
            wanted.extend(own.runs.iter().chain(&own.words));
            keys.insert(u, own);
        }
        let mut holders: HashMap<u64, Vec<usize>> = HashMap::new();
        for (i, article) in articles.iter().enumerate().filter(|(_, a)| day_of(a).is_some()) {
            let theirs = Keys::of(article);
            for key in theirs.runs.iter().chain(&theirs.words).filter(|k| wanted.contains(k)) {
                holders.entry(*key).or_default().push(i);
            }
        }
        Index { holders, keys }
    }

    fn story_of(&self, articles: &[Article], u: usize) -> Option<Vec<Relative>> {
        let own = self.keys.get(&u)?;
        let mut shared: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
        let rare = |key: &u64| self.holders.get(key).filter(|h| h.len() <= COMMON);
        for holder in own.runs.iter().filter_map(rare).flatten() {
            shared.entry(*holder).or_default().0 += 1;
        }
        let mut words: Vec<&Vec<usize>> = own.words.iter().filter_map(rare).collect();
        words.sort_by(|a, b| a.len().cmp(&b.len()).then(a.cmp(b)));
        for holder in words.into_iter().take(KEYS).flatten() {
            shared.entry(*holder).or_default().1 += 1;
        }
        let mut story: Vec<(usize, usize, usize)> = shared
            .into_iter()
            .filter(|(_, (runs, words))| *runs >= SAME_STORY_RUNS || *words >= SAME_STORY_WORDS)
            .map(|(d, (runs, words))| (d, runs, words))
            .collect();
        story.sort_by(|a, b| (b.1 * 3 + b.2).cmp(&(a.1 * 3 + a.2)).then(articles[a.0].path.cmp(&articles[b.0].path)));
        story.truncate(4);
        (!story.is_empty()).then(|| story.into_iter().map(|(article, runs, _)| Relative { article, runs }).collect())
    }
}

impl Keys {
    fn of(article: &Article) -> Keys {
        let words = event_words();
        let (mut runs, mut rare) = (HashSet::new(), HashSet::new());
        for sentence in &article.sentences {
            let text = article.text.get(sentence.range.clone()).unwrap_or_default();
            let folded: Vec<String> = tokens(text).iter().map(|t| fold(t.text)).collect();
            runs.extend(folded.windows(RUN).map(hash));
            rare.extend(
                folded.iter().filter(|w| w.chars().count() > 3 && !words.stop.contains(*w)).map(|w| hash(&[stem(w)])),
            );
        }
        let sorted = |set: HashSet<u64>| {
            let mut list: Vec<u64> = set.into_iter().collect();
            list.sort_unstable();
            list
        };
        Keys { runs: sorted(runs), words: sorted(rare) }
    }
}

fn hash(words: &[String]) -> u64 {
    words
        .iter()
        .flat_map(|w| w.bytes().chain([0]))
        .fold(0xcbf2_9ce4_8422_2325, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3))
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
    let days: Vec<NaiveDate> = window.start().iter_days().take_while(|d| d <= window.end()).collect();
    let not_before = full_dates(lang, article, timexes.get(u)?, &days);
    let scores: Vec<(NaiveDate, usize)> = days
        .iter()
        .filter(|d| not_before.is_none_or(|n| **d >= n))
        .map(|&d| (d, agreeing(lang, article, timexes.get(u), &clues, d).len()))
        .collect();
    let best = scores.iter().map(|s| s.1).max()?;
    let left: Vec<NaiveDate> = scores.into_iter().filter(|s| s.1 == best).map(|s| s.0).collect();
    // Days that agree alike but lie apart: the honest answer is the whole span.
    let (first, last) = (*left.first()?, *left.last()?);
    let witness = cited.unwrap_or(original);
    let used = agreeing(lang, article, timexes.get(u), &clues, first);
    Some(Published {
        date: Edtf::span(first, last),
        basis: DateBasis::Inferred,
        evidence: evidence(article, witness, centre, cited.is_some(), follows, &used),
    })
}

fn window(centre: NaiveDate, follows: bool) -> Option<RangeInclusive<NaiveDate>> {
    let reach = Days::new(RETOLD_WITHIN_DAYS);
    let first = if follows { centre } else { centre.checked_sub_days(reach)? };
    Some(first..=centre.checked_add_days(reach)?)
}

fn evidence(
    article: &Article,
    witness: &Article,
    day: NaiveDate,
    cited: bool,
    follows: bool,
    used: &[&Clue],
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
    let reach = format!("news is retold within about {RETOLD_WITHIN_DAYS} days");
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

/// A relative expression of the undated article, and the date that the same happening has in a dated one.
struct Clue {
    timex: usize,
    range: std::ops::Range<usize>,
    date: Edtf,
}

/// Gives the clues: relative expressions in sentences that a dated article tells too.
fn clues(lang: &Language, articles: &[Article], timexes: &[Vec<Timex>], u: usize, story: &[Relative]) -> Vec<Clue> {
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
fn agreeing<'a>(
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

/// Gives the last day within `days` that the text states in full: it was not yet to come.
fn full_dates(lang: &Language, article: &Article, timexes: &[Timex], days: &[NaiveDate]) -> Option<NaiveDate> {
    let stated: Vec<Timex> = timexes
        .iter()
        .filter(|t| matches!(&t.meaning, Meaning::Fields(f) if f.year.is_some() && f.day.is_some()))
        .cloned()
        .collect();
    if stated.is_empty() {
        return None;
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
        .filter(|d| days.contains(d))
        .max()
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
