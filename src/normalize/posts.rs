//! Live pages: paragraphs that open with a time of day, and the day of each.

use super::context::From;
use super::point::Point;
use crate::lang::events::starts_run;
use crate::lang::pages::head_words;
use crate::lang::tokens::{fold, tokens};
use crate::model::{Clock, Fields, Meaning, POSTS, Timex};
use chrono::{Datelike, Days, NaiveDate, Weekday};

/// A post so many minutes earlier than the one before it was written after midnight.
const MIDNIGHT: u32 = 6 * 60;
/// The minutes of a day.
const DAY: u32 = 24 * 60;

/// The posts of a live page.
#[derive(Debug, Default)]
pub struct Posts {
    /// For each post the index of its time of day, and how many midnights have passed since its heading or
    /// since the page began.
    days: Vec<(usize, u64)>,
    /// The indexes of dates that are headings between the posts.
    headings: Vec<usize>,
    /// The first weekday that a post says, and how many midnights have passed then.
    weekday: Option<(u64, Weekday)>,
}

impl Posts {
    /// Finds the posts of a text; none where they are too few for a live page.
    pub fn of(text: &str, timexes: &[Timex]) -> Posts {
        let stamps: Vec<usize> =
            (0..timexes.len()).filter(|&i| timexes.get(i).is_some_and(|t| t.opens_post(text))).collect();
        if stamps.len() < POSTS {
            return Posts::default();
        }
        let mut headings: Vec<usize> =
            (0..timexes.len()).filter(|&i| timexes.get(i).is_some_and(|t| heads(text, t))).collect();
        if let Some(day) = stamps.first().and_then(|&first| retold(text, timexes.get(..=first)?)) {
            headings.insert(headings.partition_point(|h| *h < day), day);
            headings.dedup();
        }
        let minutes = |i: &usize| timexes.get(*i).map_or(0, minutes);
        // Round the clock: 00:20 follows 23:30.
        let rises = |(a, b): (&usize, &usize)| (minutes(b) + DAY - minutes(a)) % DAY < DAY / 2;
        let on = stamps.iter().zip(stamps.iter().skip(1)).filter(|pair| rises(*pair)).count();
        let newest_first = 2 * on < stamps.len() - 1;
        let mut days = Vec::with_capacity(stamps.len());
        for group in stamps.chunk_by(|a, b| headings.partition_point(|h| h < a) == headings.partition_point(|h| h < b))
        {
            let told: Vec<usize> = if newest_first { group.iter().rev().copied().collect() } else { group.to_vec() };
            let (mut passed, mut before) = (0, None);
            for post in told {
                let now = minutes(&post);
                passed += u64::from(before.is_some_and(|before: u32| now + MIDNIGHT < before));
                days.push((post, passed));
                before = Some(now);
            }
        }
        days.sort_unstable();
        let weekday = days.iter().find_map(|&(i, passed)| match &timexes.get(i)?.meaning {
            Meaning::At(_, Some(day)) => match **day {
                Meaning::Fields(fields) => Some((passed, fields.weekday?)),
                _ => None,
            },
            _ => None,
        });
        Posts { days, headings, weekday }
    }

    /// Tells whether the text is no live page.
    pub fn is_empty(&self) -> bool {
        self.days.is_empty()
    }

    /// Gives the day of the post that an expression opens, as far as it is known, counted from the day of the
    /// last heading, which `told` gives, or of the publication.
    pub fn day(
        &self,
        index: usize,
        published: Option<NaiveDate>,
        told: impl Fn(usize) -> Option<NaiveDate>,
    ) -> Option<(Option<NaiveDate>, From)> {
        let at = self.days.binary_search_by_key(&index, |d| d.0).ok()?;
        let passed = Days::new(self.days.get(at)?.1);
        let heading = self.headings.partition_point(|h| *h < index).checked_sub(1).and_then(|h| self.headings.get(h));
        // "11:55 p.m. Tuesday" on a page of Wednesday: the page began on the day before.
        let began = published.map(|day| match self.weekday {
            Some((passed, weekday)) => {
                let back = (7 + day.weekday().num_days_from_monday() - weekday.num_days_from_monday()) % 7;
                day.checked_sub_days(Days::new(u64::from(back) + passed)).unwrap_or(day)
            }
            None => day,
        });
        match heading.and_then(|&h| Some((h, told(h)?))) {
            Some((h, day)) => Some((day.checked_add_days(passed), From::Previous(h, Point::Day(day)))),
            None => Some((began.and_then(|day| day.checked_add_days(passed)), From::Published)),
        }
    }
}

/// The one day that the words above the first post tell in full, where these say that the posts tell it again:
/// "How it unfolded, minute by minute"; the last of the expressions is that post.
fn retold(text: &str, timexes: &[Timex]) -> Option<usize> {
    let (post, above) = timexes.split_last()?;
    let full = |t: &Timex| match &t.meaning {
        Meaning::Fields(Fields { year: Some(year), part: Some(part), day: Some(day), direction: None, .. }) => {
            Some((*year, *part, *day))
        }
        _ => None,
    };
    let mut days = above.iter().enumerate().filter_map(|(i, t)| Some((i, full(t)?)));
    let (first, day) = days.next()?;
    let intro = text.get(..post.range.start)?;
    if !days.all(|(_, other)| other == day) {
        return None;
    }
    let words: Vec<String> = tokens(intro).iter().map(|t| fold(t.text)).collect();
    (0..words.len()).any(|at| starts_run(&words, at, &head_words().retold)).then_some(first)
}

/// Whether a date is a paragraph of its own.
fn heads(text: &str, timex: &Timex) -> bool {
    let range = timex.marked();
    let around = [' ', '*', '#', '_', ':', '.', '—', '–', '-', ','];
    let before = text.get(..range.start).unwrap_or_default().trim_end_matches(around);
    let after = text.get(range.end..).unwrap_or_default().trim_start_matches(around);
    let alone = (before.is_empty() || before.ends_with('\n')) && (after.is_empty() || after.starts_with('\n'));
    let dated = matches!(&timex.meaning, Meaning::Fields(f) if f.day.is_some() || f.weekday.is_some());
    alone && dated
}

/// The minutes since midnight of a time of day.
fn minutes(timex: &Timex) -> u32 {
    match timex.meaning {
        Meaning::At(Clock::Time { hour, minute, .. }, _) => 60 * u32::from(hour) + u32::from(minute.unwrap_or(0)),
        _ => 0,
    }
}
