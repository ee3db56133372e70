//! From dated expressions to mentions: which clause tells the event, under which headline.

mod clause;
mod compare;
mod continued;
mod counted;
mod foot;
mod forms;
mod fuller;
mod hangs;
mod house;
mod ids;
mod joined;
mod known;
mod matter;
mod names;
mod nothing;
mod notices;
mod part;
mod people;
mod plan;
mod polish;
mod posts;
mod pronoun;
mod reading;
mod saying;
mod sentences;
mod shorten;
mod spare;
mod status;
mod thought;
mod title;
mod untrue;
mod variants;
mod whole;

pub use variants::{Joined, Named, join as join_names};

use crate::lang::Language;
use crate::lang::events::event_words;
use crate::model::{
    Anchor, Article, BlockKind, Choice, Edtf, LeadKind, Mention, Precision, Resolved, Status, TimexClass,
};
use clause::{Clause, Clauses};
use foldhash::fast::RandomState;
use ids::Ids;
use joined::Dated;
use matter::Matter;
use part::Dates;
use reading::Reading;
use sentences::Sentences;
use status::Says;
use std::collections::HashMap;
use std::ops::Range;

/// A sentence with more dates than this is a table, not a tale: the rest of them make no mentions.
const MOST_DATES: usize = 24;

/// An article that says the same sentence over and over says it by its layout: how often it counts.
const MOST_REPEATS: u32 = 4;
/// Below so many blocks no line is what stands at the end of a page.
const SHORTEST: usize = 2;

/// Gives the mentions of one article: for every clause with a date, what it tells. `index` is the
/// article's place in the timeline, `resolved` its time expressions in order of text.
pub fn mentions(_lang: &Language, index: usize, article: &Article, resolved: &[Resolved]) -> Vec<Mention> {
    let mut dates = dates_by_sentence(article, resolved);
    if dates.iter().all(Vec::is_empty) {
        return Vec::new();
    }
    let sentences = Sentences::new(article, resolved);
    let posts = posts::settle(article, &sentences, &mut dates, resolved);
    let mut repeats: HashMap<&str, u32, RandomState> = HashMap::default();
    let mut ids = Ids::default();
    let mut found = Vec::new();
    // The block whose text is a note on the article.
    let mut note = None;
    for (s, sentence) in article.sentences.iter().enumerate() {
        // A length of time can count from the date of the sentence before.
        let timed = dates.get(s).is_some_and(|d| !d.is_empty()) || sentences.timed(s);
        if !timed || !tells(article, sentence.block) {
            continue;
        }
        let Some(reading) = sentences.get(s) else { continue };
        let matter = matter::of(reading);
        if matter == Some(Matter::Note) {
            note = Some(sentence.block);
        }
        let days = || dates.get(s).into_iter().flatten().filter_map(|&d| resolved.get(d)?.date.as_ref());
        let last = sentence.block >= SHORTEST && sentence.block + 1 >= article.blocks.len();
        let told_beside = || {
            notices::is(reading, notices::apart(article, sentence.block))
                || foot::is(article, sentence.block, reading, days())
                || last && matter::listed(reading)
        };
        if matter.is_some() || note == Some(sentence.block) || told_beside() {
            continue;
        }
        let repeat = repeats.entry(reading.text).or_insert(0);
        *repeat += 1;
        if *repeat > MOST_REPEATS {
            continue;
        }
        let post = posts.later.get(&s).map(|&post| (s, post));
        found.extend(post.and_then(|p| posts::mention((index, article), &sentences, resolved, p, &mut ids)));
        let told = told_in(article, &sentences, s, reading, &dates, resolved);
        // Which of several happenings a following sentence goes on with, nobody can say.
        let first = told.iter().filter(|t| !t.beside).count() == 1;
        let after = if first { continued::after(article, &sentences, &dates, s) } else { Vec::new() };
        for mut told in told {
            told.clause = posts.without_time(s, told.clause);
            let goes_on = if told.beside { &[][..] } else { &after[..] };
            let expression = shift(&told.expression, sentence.range.start);
            let names = sentences.names(s);
            let mut all_names = names.to_vec();
            for &next in goes_on {
                for name in sentences.names(next) {
                    if !all_names.contains(name) {
                        all_names.push(name.clone());
                    }
                }
            }
            let before = |back: usize| {
                let at = s.checked_sub(back)?;
                let block = article.sentences.get(at).map(|b| b.block).filter(|&b| tells(article, b))?;
                let (reading, names) = (sentences.get(at)?, sentences.names(at));
                Some(people::Told { reading, names, same: block == sentence.block })
            };
            let near = people::Near { own: names, text: &article.text, before: &before };
            let (title, mut put_in) = title::title(reading, &told.clause, &told.expression, near);
            put_in.retain(|name| !all_names.contains(name));
            all_names.extend(put_in);
            found.push(Mention {
                id: ids.next(&article.id, reading.text, article.text.get(expression.clone()).unwrap_or_default()),
                article: index,
                sentence: s,
                quote: sentence.range.clone(),
                clause: shift(&told.clause.range, sentence.range.start),
                expression,
                continued: goes_on.iter().filter_map(|&n| article.sentences.get(n)).map(|n| n.range.clone()).collect(),
                date: told.date,
                anchor: told.anchor,
                choice: told.choice,
                rule: told.resolved.timex.rule,
                title,
                status: told.status,
                names: all_names,
            });
        }
    }
    found
}

/// One date with the clause that tells its event.
#[derive(Clone)]
struct Told<'a> {
    resolved: &'a Resolved,
    date: Edtf,
    anchor: Anchor,
    choice: Choice,
    /// Byte range in the sentence of the marked expression.
    expression: Range<usize>,
    clause: Clause,
    status: Status,
    /// It is told beside what the sentence tells, dated by it.
    beside: bool,
}

/// Gives what the dates of a sentence tell, one for each distinct date of a clause.
fn told_in<'a>(
    article: &Article,
    sentences: &Sentences<'_>,
    at: usize,
    reading: &Reading<'_>,
    dated: &[Vec<usize>],
    resolved: &'a [Resolved],
) -> Vec<Told<'a>> {
    let start = article.sentences.get(at).map_or(0, |s| s.range.start);
    let dates = dated.get(at).map_or(&[][..], Vec::as_slice);
    let dated_here =
        |r: &'a Resolved| Some(Dated { resolved: r, date: r.date.clone()?, range: back(&r.timex.marked(), start) });
    let all: Vec<Dated<'a>> = dates.iter().filter_map(|&d| resolved.get(d)).filter_map(dated_here).collect();
    let all = joined::joined(reading, all);
    let ranges: Vec<Range<usize>> = all.iter().map(|d| d.range.clone()).collect();
    let values: Vec<&Edtf> = all.iter().map(|d| &d.date).collect();
    let published = article.published.as_ref().map(|p| &p.date);
    let clauses = Clauses::new(reading, &ranges);
    let mut told: Vec<Told<'a>> = Vec::new();
    let mut next = 0;
    while let Some(Dated { resolved, range, .. }) = all.get(next) {
        let resolved: &'a Resolved = resolved;
        let many = compare::choice(reading, &ranges, &values, next);
        let chosen = next..next + many;
        next += many;
        let last = ranges.get(chosen.end - 1).map_or(range.end, |r| r.end);
        let (range, date) = (range.start..last, compare::one_of(values.get(chosen).unwrap_or_default()));
        if hangs_on_event(reading, &range) || compare::only_compares(reading, resolved, &range) {
            continue;
        }
        let whole = clauses.at(reading, range.start);
        if nothing::told(reading, resolved, &whole, &range) {
            continue;
        }
        let (own, at) = (reading.within(&(whole.body..whole.range.end)), reading.within(&range));
        let fate = plan::fate(reading, &at);
        let moved_to = fate.and_then(|fate| fate.moved_to(&date));
        let fate = fate.map(|fate| fate.of(&date));
        let (clause, date) = match &fate {
            // The verb that gives a plan up stays with it.
            Some(fate) => (Clause { dates: Dates::Kept, ..whole }, fate.1.clone()),
            None => (part::of(reading, whole, &ranges, &range), date),
        };
        let same = told
            .iter()
            .position(|t| t.clause.covers(&clause) && t.date.overlaps(&date) && compare::alike(&t.date, &date));
        if let Some(same) = same.and_then(|s| told.get_mut(s)) {
            if compare::finer(&date, &same.date) {
                same.resolved = resolved;
                same.anchor = resolved.anchor.clone();
                same.choice = resolved.choice;
                same.date = date;
                same.expression = range;
            }
            continue;
        }
        let words = reading.within(&(clause.body..clause.range.end));
        let saying = saying::opening(reading, &words, &range);
        let closing = saying::closing(reading, &words);
        let closes = closing.as_ref().is_some_and(|c| c.contains(&range.start));
        // Who said so, and when, is no second event beside what is told of a day; figures of a month are news then.
        let said_of = |t: &Told<'_>| !t.beside && t.status != Status::Planned && t.date.precision() == Precision::Day;
        if closes && told.iter().any(|t| said_of(t) && t.clause.range.start <= clause.range.start) {
            continue;
        }
        let governed = saying.as_ref().map_or(words.start, |s| s.content)..words.end;
        let reported = closing.is_some() || saying.as_ref().is_some_and(|s| !s.dated);
        let denies = saying.as_ref().is_some_and(|s| s.denies);
        let untrue = untrue::of(reading, &own, &at).or(fate.as_ref().map(|f| f.0));
        let status = if denies || compare::denied(reading, &range) {
            Status::Denied
        } else if closes || saying.is_some_and(|s| s.dated) {
            Status::Happened
        } else {
            status::told(reading, &governed, &clause.holes, clause.opener.as_deref(), at.start)
        };
        // "The ban of 3 May will be lifted": what the date names has been.
        let named = status::names(reading, &at);
        let status = if named { Status::Happened } else { status };
        let lead = resolved.timex.lead.as_ref().map(|lead| lead.kind);
        // "She was remanded until Monday": that has been done, however long it will last.
        let done = lead == Some(LeadKind::Until) && status::put_until(reading, &governed);
        let by = matches!(lead, Some(LeadKind::By | LeadKind::Until)) && !done;
        let says = Says { reported, by, ..Says::of(reading, &governed) };
        let status = match untrue {
            Some(untrue) if status != Status::Denied && !named => untrue,
            _ => status::at_date(status, &date, published, says),
        };
        let (anchor, choice) = (resolved.anchor.clone(), resolved.choice);
        let main = Told { resolved, date, anchor, choice, expression: range, clause, status, beside: false };
        let moved = moved_to.map(|date| Told { date, status: Status::Planned, ..main.clone() });
        told.extend(and_when(reading, &clauses, &ranges, main, published));
        told.extend(moved);
    }
    if let Some(placed) = sentences.placed(at) {
        let before = last_before(article, at, dated, resolved);
        for counted in counted::of(reading, &clauses, &placed, before) {
            let Some(length) = resolved.get(counted.length) else { continue };
            let words = reading.within(&(counted.clause.body..counted.clause.range.end));
            let status = status::told(reading, &words, &counted.clause.holes, None, words.end);
            let status = status::at_date(status, &counted.date, published, Says::of(reading, &words));
            told.push(Told {
                resolved: length,
                date: counted.date,
                anchor: Anchor::Previous(counted.base, counted.from),
                choice: Choice::CountedFromAnchor,
                expression: counted.expression,
                clause: counted.clause,
                status,
                beside: true,
            });
        }
    }
    told
}

/// Gives the last date of the sentence before, in the same paragraph.
fn last_before<'a>(
    article: &Article,
    at: usize,
    dated: &[Vec<usize>],
    resolved: &'a [Resolved],
) -> Option<(usize, &'a Resolved)> {
    let before = at.checked_sub(1)?;
    let same = article.sentences.get(before)?.block == article.sentences.get(at)?.block;
    let last = dated.get(before).filter(|_| same)?.last()?;
    Some((*last, resolved.get(*last)?))
}

/// Gives what a date tells, and what a clause behind it tells of it: "on Monday, when the bridge opened".
/// Where the sentence only says that something came, or that something was not so, the clause stands alone.
fn and_when<'a>(
    reading: &Reading<'_>,
    clauses: &Clauses,
    dates: &[Range<usize>],
    main: Told<'a>,
    published: Option<&Edtf>,
) -> Vec<Told<'a>> {
    let next = reading.within(&main.expression).end;
    let behind = reading.is(next, &event_words().on_it) && reading.gap(next).trim() == ",";
    let Some(token) = reading.tokens.get(next).filter(|_| behind) else { return vec![main] };
    let clause = clauses.at(reading, token.start);
    let words = reading.within(&(clause.body..clause.range.end));
    let dated = dates.iter().any(|d| clause.range.contains(&d.start));
    let verb = reading.finite(words.start + 1..words.end);
    let happens = verb.is_some_and(|v| {
        let state = matches!(reading.word(v), "was" | "were" | "is" | "are" | "had" | "has");
        !state || reading.is_past(v + 1)
    });
    if dated
        || !happens
        || !clause.opener.as_deref().is_some_and(|opener| event_words().on_it.contains(opener))
        || clause.covers(&main.clause)
    {
        return vec![main];
    }
    let status = status::told(reading, &words, &clause.holes, None, words.end);
    let status = status::at_date(status, &main.date, published, Says::of(reading, &words));
    let own = reading.within(&(main.clause.body..main.clause.range.end));
    let only_came = reading.finite(own).is_some_and(|v| {
        v < next
            && v + 3 >= reading.within(&main.expression).start
            && matches!(reading.word(v), "came" | "comes" | "happened" | "occurred")
    });
    let when = Told {
        resolved: main.resolved,
        date: main.date.clone(),
        anchor: main.anchor.clone(),
        choice: main.choice,
        expression: main.expression.clone(),
        clause,
        status,
        beside: !only_came && main.status != Status::Denied,
    };
    if when.beside { vec![main, when] } else { vec![when] }
}

/// Tells whether an expression counts from a happening, not from a date: "ten days after the flood".
fn hangs_on_event(reading: &Reading<'_>, expression: &Range<usize>) -> bool {
    let inside = reading.within(expression);
    let last = inside.end.checked_sub(1).map_or("", |l| reading.word(l));
    let counts = matches!(last, "after" | "before") && inside.len() > 1;
    counts && inside.end < reading.tokens.len() && reading.gap(inside.end).trim().is_empty()
}

/// Tells whether a block tells events: headings and code do not.
fn tells(article: &Article, block: usize) -> bool {
    article.blocks.get(block).is_some_and(|b| !matches!(b.kind, BlockKind::Heading(_) | BlockKind::Code))
}

/// Gives for each sentence the indexes of its expressions that have a date.
fn dates_by_sentence(article: &Article, resolved: &[Resolved]) -> Vec<Vec<usize>> {
    let mut dates = vec![Vec::new(); article.sentences.len()];
    for (i, r) in resolved.iter().enumerate() {
        let dated = matches!(r.timex.class, TimexClass::Date | TimexClass::Time) && r.date.is_some();
        let at = r.timex.range.start;
        let s = article.sentences.partition_point(|s| s.range.start <= at).checked_sub(1);
        if let Some(s) = s
            && dated
            && article.sentences.get(s).is_some_and(|s| at < s.range.end && s.range.start <= r.timex.marked().start)
            && let Some(list) = dates.get_mut(s).filter(|l| l.len() < MOST_DATES)
        {
            list.push(i);
        }
    }
    dates
}

fn shift(range: &Range<usize>, by: usize) -> Range<usize> {
    range.start + by..range.end + by
}

fn back(range: &Range<usize>, by: usize) -> Range<usize> {
    range.start.saturating_sub(by)..range.end.saturating_sub(by)
}
