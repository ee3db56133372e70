//! Time expressions + context → dates: which anchor, which year, which weekday, and the calendar.

mod aside;
mod context;
mod count;
mod days;
mod domain;
mod fields;
mod heading;
mod lists;
mod looking;
mod order;
mod place;
mod point;
mod posts;
mod published;
mod story;
mod value;
mod within;

use crate::lang::Language;
use crate::lang::events::event_words;
use crate::model::{
    Anchor, Article, Choice, Clock, Domain, Edtf, Fields, LeadKind, Meaning, Modifier, Precision, Resolved, Timex,
    TimexClass, Unit, YearSaid,
};
use aside::{counted_to, is_aside};
use chrono::{Datelike, NaiveDate};
use context::{Beside, Context, From, Outcome};
use days::{candidate_days, hull};
pub use domain::{Counts, domain};
use heading::{headed, under};
use looking::{InFull, compares_years, looking_back};
use order::order;
use place::place;
use point::Point;
use posts::Posts;
pub use published::{RETOLD_WITHIN_DAYS, infer_published};
use story::{Place, Story};

/// What is known of a document beside its publication date.
#[derive(Debug, Clone, Copy, Default)]
pub struct Hints<'a> {
    /// News or narrative, when it is stated instead of found out.
    pub domain: Option<Domain>,
    /// The language tag, as `en-GB`: its country writes the day or the month first.
    pub language: Option<&'a str>,
    /// The publisher's name or address, which may say its country.
    pub publisher: Option<&'a str>,
}

/// A quarter told so many bytes before is still what "a year earlier" compares …
const PERIOD_NEAR: usize = 1000;
/// … unless a length of months stands nearer than this.
const MONTHS_NEAR: usize = 120;

/// Dates that start lines make a list, so many bytes apart at most.
const LINES_NEAR: usize = 400;

/// Resolves the time expressions of an article against its publication date.
pub fn resolve(lang: &Language, article: &Article, timexes: Vec<Timex>) -> Vec<Resolved> {
    let hints = Hints {
        domain: article.domain,
        language: Some(&article.language),
        publisher: article.publisher.as_ref().map(|p| p.value.as_str()),
    };
    resolve_in(lang, article.published.as_ref().map(|p| &p.date), hints, &article.text, &timexes)
}

/// Resolves time expressions as if their text had been published on `dct`.
///
/// Where `dct` is a span of days, each day is tried: what comes out alike is certain, what differs
/// becomes a span itself.
pub fn resolve_at(lang: &Language, dct: Option<&Edtf>, text: &str, timexes: &[Timex]) -> Vec<Resolved> {
    resolve_in(lang, dct, Hints::default(), text, timexes)
}

/// Resolves as [`resolve_at`] does, with what else is known of the document.
pub fn resolve_in(
    lang: &Language,
    dct: Option<&Edtf>,
    hints: Hints<'_>,
    text: &str,
    timexes: &[Timex],
) -> Vec<Resolved> {
    let posts = Posts::of(text, timexes);
    let found = || if posts.is_empty() { domain(dct, timexes).0 } else { Domain::News };
    let narrative = hints.domain.unwrap_or_else(found) == Domain::Narrative;
    let days = dct.map(candidate_days).unwrap_or_default();
    let start = Context {
        dct: days.first().copied(),
        coarse: dct.filter(|_| days.is_empty()).and_then(Edtf::first_day),
        previous: None,
        clock: None,
        period: None,
        compared: None,
        outlook: None,
        narrative,
        story: Story::default(),
        beside: None,
        next_year: None,
        line: None,
        back: None,
        post: None,
        flashback: false,
        in_full: None,
        order: order(timexes, hints.language, hints.publisher),
    };
    let mut all = resolve_on(lang, start, dct, text, timexes, &posts);
    for day in days.iter().skip(1) {
        let other = resolve_on(lang, Context { dct: Some(*day), ..start }, dct, text, timexes, &posts);
        for (sure, other) in all.iter_mut().zip(other) {
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

fn resolve_on(
    lang: &Language,
    start: Context,
    dct: Option<&Edtf>,
    text: &str,
    timexes: &[Timex],
    posts: &Posts,
) -> Vec<Resolved> {
    let mut context = start;
    // What a parenthesis tells is forgotten behind it: the story goes on from before.
    let (mut place_in_text, mut before_aside) = (Place::default(), None);
    let mut first_year = timexes.iter().enumerate().filter_map(|(i, t)| Some((i, year_said(&t.meaning)?))).peekable();
    let narrative = start.narrative;
    let mut in_full = InFull::default();
    let mut list_line: Option<(usize, usize, NaiveDate)> = None;
    let mut heading: Option<(usize, i32)> = None;
    let (mut period_told, mut months_told) = (0, None);
    let mut all: Vec<Resolved> = Vec::with_capacity(timexes.len());
    for (index, timex) in timexes.iter().enumerate() {
        if narrative {
            place_in_text.go_to(text, timex.range.start);
        }
        let aside = place_in_text.in_parentheses();
        match (aside, before_aside) {
            (true, None) => before_aside = Some(context.story),
            (false, Some(story)) => {
                context.story = if story.last().is_some() { story } else { context.story };
                before_aside = None;
            }
            _ => {}
        }
        while first_year.next_if(|(i, _)| *i <= index).is_some() {}
        context.flashback = narrative && goes_back(text, timex.range.start);
        context.next_year = first_year.peek().map(|y| y.1);
        heading = headed(text, timex).map(|year| (index, year)).or(heading);
        context.beside = beside(&context, text, timexes, index, context.next_year)
            .or_else(|| under(heading.filter(|_| !narrative)?, &timex.meaning));
        let in_line = starts_line(text, timex.marked().start);
        context.line =
            list_line.filter(|(_, at, _)| in_line && timex.range.start - at < LINES_NEAR).map(|l| (l.0, l.2));
        context.in_full = in_full.year(&timex.meaning);
        in_full.tell(&timex.meaning);
        // "The first nine months" between them are what "a year earlier" compares then.
        let months_near = months_told.is_some_and(|at| timex.range.start.saturating_sub(at) < MONTHS_NEAR);
        let period_near = timex.range.start.saturating_sub(period_told) < PERIOD_NEAR;
        context.compared = context.period.filter(|_| period_near && !months_near);
        let told = |heading: usize| all.get(heading).and_then(|r: &Resolved| r.date.as_ref()).and_then(Edtf::first_day);
        context.post = posts.day(index, context.dct, told);
        let mut outcome = place(lang, &context, timex, text);
        // What counts from an approximate date is approximate itself.
        if let From::Previous(told, _) = outcome.anchor {
            outcome.about |= all.get(told).and_then(|r: &Resolved| r.date.as_ref()).is_some_and(Edtf::is_approximate);
        }
        // What a post tells by the clock counts from the post.
        let same_day = outcome.clock.is_some() && outcome.choice == Choice::SameAsAnchor && context.post.is_none();
        if matches!(&timex.meaning, Meaning::Duration(pairs) if pairs.iter().any(|p| p.1 == Unit::Month)) {
            months_told = Some(timex.range.end);
        }
        context.clock = match (outcome.point, outcome.clock) {
            (Some(Point::Day(day)), Some(Clock::Time { hour, minute, .. })) => day
                .and_hms_opt(u32::from(hour), u32::from(minute.unwrap_or(0)), 0)
                .or_else(|| day.succ_opt()?.and_hms_opt(0, 0, 0).filter(|_| hour == 24))
                .map(|time| (index, time)),
            (Some(_), _) => None,
            (None, _) => context.clock,
        };
        context.back = looking_back(&context, index, timex, &outcome);
        if in_line {
            list_line = match outcome.point.filter(|_| month_said(&timex.meaning).is_some()) {
                Some(Point::Day(day)) if year_said(&timex.meaning).is_some() || context.line.is_some() => {
                    Some((index, timex.range.start, day))
                }
                _ => None,
            };
        }
        if let Some(point) = outcome.point {
            if matches!(point, Point::Part(_, 33..)) {
                (period_told, months_told) = (timex.range.end, None);
            }
            let background = counted_to(text, timexes, index);
            if !same_day && !background && (narrative || !compares_years(&timex.meaning)) {
                context.previous = Some((index, point));
                if matches!(point, Point::Part(_, 33..)) && matches!(timex.meaning, Meaning::Fields(_)) {
                    context.period = context.previous;
                }
            }
            if background || is_aside(&context, timexes, index, text, place_in_text.paragraph()) {
                context.story.mention(index, point);
            } else {
                context.story.tell(index, point, timex.modifier, outcome.clock);
            }
        }
        all.push(finish(timex, outcome, dct));
    }
    lists::in_order(text, &mut all);
    lists::in_one_year(text, &mut all);
    join_ranges(&mut all);
    all
}

/// Gives the year that an expression says in full.
fn year_said(said: &Meaning) -> Option<i32> {
    match said {
        Meaning::Fields(Fields { year: Some(YearSaid::Full(year)), .. }) => Some(*year),
        Meaning::At(_, Some(inner)) | Meaning::Nth { base: inner, .. } => year_said(inner),
        _ => None,
    }
}

/// Gives the month and day that an expression says.
fn month_day_said(said: &Meaning) -> Option<(u8, u8)> {
    match said {
        Meaning::Fields(Fields { part: Some(month @ ..=12), day: Some(day), .. }) => Some((*month, *day)),
        Meaning::At(_, Some(inner)) | Meaning::Range(inner, _) => month_day_said(inner),
        _ => None,
    }
}

/// How far before a date the verb that goes back is looked for, in bytes.
const PERFECT_NEAR: usize = 120;

/// Tells whether the sentence up to a date goes back: "he had come in February".
fn goes_back(text: &str, at: usize) -> bool {
    let mut from = at.saturating_sub(PERFECT_NEAR);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let before = text.get(from..at).unwrap_or_default();
    let sentence = before.rsplit_once(['.', '!', '?', '\n']).map_or(before, |(_, sentence)| sentence);
    sentence.split_whitespace().any(|word| event_words().perfect.contains(word))
}

/// Tells whether an expression starts a line, as dates in a list or table do.
fn starts_line(text: &str, at: usize) -> bool {
    text.get(..at).is_some_and(|t| t.trim_end_matches([' ', '-', '*', '•', '–', '—']).ends_with('\n'))
}

/// Gives the month that an expression says.
fn month_said(said: &Meaning) -> Option<u32> {
    match said {
        Meaning::Fields(f) => f.part.filter(|p| *p <= 12).map(u32::from),
        Meaning::At(_, Some(inner)) => month_said(inner),
        _ => None,
    }
}

/// Gives the year that stands beside an expression without one.
///
/// The end of a range or list says it for its start: "from April to June 1854". In a history of which
/// nothing was told yet, the first year to come says it. (In news a year told before in the same
/// sentence says nothing of the day behind it: measured, none right and two wrong.)
fn beside(context: &Context, text: &str, timexes: &[Timex], index: usize, first_year: Option<i32>) -> Option<Beside> {
    let timex = timexes.get(index)?;
    if year_said(&timex.meaning).is_some() {
        return None;
    }
    let month = month_said(&timex.meaning);
    if let (Some(_), Some(next)) = (month, timexes.get(index + 1))
        && let Some(year) = year_said(&next.meaning)
        && let Some(end) = month_said(&next.meaning)
    {
        let range = next.lead.as_ref().is_some_and(|l| l.kind == LeadKind::To);
        let link = text.get(timex.range.end..next.range.start).map(str::trim);
        if range || matches!(link, Some("and" | "or" | "," | ", and" | "&")) {
            return Some(Beside { year, until: Some(end), from: From::Words });
        }
    }
    if context.narrative {
        let year = first_year.filter(|_| context.story.told(Unit::Year).is_none())?;
        return Some(Beside { year, until: None, from: From::Words });
    }
    None
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
    let mut timex = timex.clone();
    // "An hour later" is a time of day where one was told.
    if matches!(timex.meaning, Meaning::Shift { .. }) && outcome.clock.is_some() {
        timex.class = TimexClass::Time;
    }
    Resolved { timex, value: outcome.value, date, anchor, choice: outcome.choice }
}

/// Gives the day, month or year before one; none for what is not sharp enough to have one.
fn one_before(date: &Edtf) -> Option<Edtf> {
    let first = date.first_day().filter(|_| !date.is_approximate() && !date.is_uncertain())?;
    let day = first.pred_opt()?;
    match date.precision() {
        Precision::Year => Some(Edtf::year(day.year())),
        Precision::Month => Edtf::month(day.year(), day.month()),
        _ => Some(Edtf::day(day)),
    }
}

/// Takes in what the lead and the modifier say: "since 2014" goes on, "around Jan. 9" is approximate.
fn with_words_around(date: Edtf, timex: &Timex, about: bool) -> Edtf {
    // "at least two days ago", "nearly 40 years ago" say no day and no year exactly.
    let counted = matches!(timex.meaning, Meaning::Shift { .. } | Meaning::ShiftOf { .. });
    let about = about || counted && timex.modifier.is_some();
    let lead = timex.lead.as_ref().map(|l| l.kind);
    let rough = about || lead == Some(LeadKind::About) || timex.modifier == Some(Modifier::Approx);
    let range = matches!(timex.meaning, Meaning::Range(..)) || date.is_open();
    let date = if rough { date.about() } else { date };
    // "After midnight on Wednesday", "by nightfall" say when on that day.
    let clocked = matches!(timex.meaning, Meaning::At(..));
    match lead {
        _ if range || clocked => date,
        Some(LeadKind::Since) => date.since(),
        Some(LeadKind::Until | LeadKind::By) => date.until(),
        // What is before March is no longer in March.
        Some(LeadKind::Before) => one_before(&date).unwrap_or(date).until(),
        // "after the 2014 election" is no open end; "after March 5" is: only days and months go on.
        Some(LeadKind::After) if matches!(date.precision(), Precision::Day | Precision::Month) => date.since(),
        _ => date,
    }
}
