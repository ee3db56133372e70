//! Date → the words a reader sees: single dates here, intervals and sets in [`several`].

mod several;
#[cfg(test)]
mod tests;

use super::date::{Date, Mark, Pair};
use super::words::{DateWords, fill};
use super::{Edtf, End, Repr, Time};
use crate::model::Modifier;
use std::sync::LazyLock;

static ENGLISH: LazyLock<DateWords> = LazyLock::new(DateWords::english);

impl Edtf {
    /// Gives the date in English words.
    ///
    /// ```
    /// # use dateline::model::Edtf;
    /// for (date, words) in [
    ///     ("2022-01-09~", "about 9 January 2022"),
    ///     ("2022-01-10/2022-01-16", "week of 10 January 2022"),
    ///     ("2014-01/..", "since January 2014"),
    ///     ("[2022-01-13,2022-01-14]", "13 or 14 January 2022"),
    ///     ("2019-02-28/2019-03-03", "28 February – 3 March 2019"),
    ///     ("19XX", "20th century"),
    /// ] {
    ///     assert_eq!(Edtf::parse(date)?.human(), words);
    /// }
    /// # Ok::<(), dateline::model::EdtfError>(())
    /// ```
    pub fn human(&self) -> String {
        self.human_with(None)
    }

    /// Gives the date in English words, with the modifier of the expression that gave it: early, mid,
    /// late, about; others leave the words as they are.
    ///
    /// ```
    /// # use dateline::model::{Edtf, Modifier};
    /// assert_eq!(Edtf::decade(1987).human_with(Some(Modifier::End)), "late 1980s");
    /// assert_eq!(Edtf::month(2022, 1).unwrap().human_with(Some(Modifier::Mid)), "mid-January 2022");
    /// ```
    pub fn human_with(&self, modifier: Option<Modifier>) -> String {
        self.worded(&ENGLISH, modifier)
    }

    /// Gives the date in English words without its year where that is possible: for use under a
    /// heading that names year and month.
    ///
    /// ```
    /// # use dateline::model::Edtf;
    /// assert_eq!(Edtf::parse("2022-01-09~")?.short(), "about 9 January");
    /// assert_eq!(Edtf::parse("2014/..")?.short(), "since 2014");
    /// # Ok::<(), dateline::model::EdtfError>(())
    /// ```
    pub fn short(&self) -> String {
        self.worded_short(&ENGLISH, None)
    }

    /// Gives the date in the words of a language; see [`Edtf::human_with`].
    pub fn worded(&self, words: &DateWords, modifier: Option<Modifier>) -> String {
        Writer::new(words, modifier).edtf(self)
    }

    /// Gives the date in the words of a language without its year; see [`Edtf::short`].
    pub fn worded_short(&self, words: &DateWords, modifier: Option<Modifier>) -> String {
        let writer = Writer::new(words, modifier);
        Writer { short: true, ..writer }.edtf(self)
    }
}

/// Which words go before a phrase.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Name,
    Day,
    Season,
    Decade,
    Century,
    Week,
    Part,
    /// "some day in March": takes neither article nor modifier
    Loose,
}

#[derive(Clone, Copy)]
struct Writer<'w> {
    words: &'w DateWords,
    /// 0 early, 1 mid, 2 late.
    early: Option<usize>,
    about: bool,
    short: bool,
}

impl<'w> Writer<'w> {
    fn new(words: &'w DateWords, modifier: Option<Modifier>) -> Writer<'w> {
        let early = match modifier {
            Some(Modifier::Start) => Some(0),
            Some(Modifier::Mid) => Some(1),
            Some(Modifier::End) => Some(2),
            _ => None,
        };
        Writer { words, early, about: modifier == Some(Modifier::Approx), short: false }
    }

    /// The same without a modifier, the year always told.
    fn plain(self) -> Writer<'w> {
        Writer { early: None, about: false, short: false, ..self }
    }

    fn edtf(self, date: &Edtf) -> String {
        match &date.0 {
            Repr::Date(date) => self.date(date, false),
            Repr::Moment(date, time) => self.moment(date, time),
            Repr::Interval(start, end) => match (start, end) {
                (End::Date(first), End::Date(last)) => self.interval(date, first, last),
                (End::Date(first), _) => {
                    let pattern = if *end == End::Open { &self.words.since } else { &self.words.from_on };
                    fill(pattern, &[("date", &self.with_year(first))])
                }
                (_, End::Date(last)) => {
                    let pattern = if *start == End::Open { &self.words.until } else { &self.words.up_to };
                    fill(pattern, &[("date", &self.with_year(last))])
                }
                _ => self.words.undated.clone().into_owned(),
            },
            Repr::Set(set) => self.set(set),
        }
    }

    /// A date inside another phrase, which always tells its year: an open interval leaves the month
    /// of its heading.
    fn with_year(self, date: &Date) -> String {
        let year = Writer { short: self.short && date.day.exact().is_some(), ..self };
        year.date(date, true)
    }

    fn moment(self, date: &Date, time: &Time) -> String {
        let time = time.to_string();
        // Hours and minutes tell it; whole seconds are for machines.
        let (clock, zone) = time.split_at(time.len().min(8));
        let clock = clock.get(..5).unwrap_or(clock);
        let time = match zone {
            "" => clock.to_owned(),
            "Z" => format!("{clock} UTC"),
            zone => format!("{clock} UTC{zone}"),
        };
        fill(&self.words.moment, &[("date", &self.date(date, false)), ("time", &time)])
    }

    /// A date with its qualifiers; `inside` another phrase it takes its article.
    fn date(self, date: &Date, inside: bool) -> String {
        let (text, kind) = self.unmarked(date);
        let [year, part, day] = date.marks;
        let finest = match date.components() {
            1 => year,
            2 => part,
            _ => day,
        };
        let mut text = self.qualified(text, kind, finest, inside);
        for ((mark, name), _) in date.marks.iter().zip(&self.words.components).zip(1..date.components()) {
            if !finest.has(*mark) {
                let pattern = match *mark {
                    Mark::APPROXIMATE => &self.words.component_approximate,
                    Mark::UNCERTAIN => &self.words.component_uncertain,
                    _ => &self.words.component_both,
                };
                text = fill(pattern, &[("date", &text), ("component", name)]);
            }
        }
        text
    }

    /// Puts modifier and qualifier before a phrase.
    fn qualified(self, text: String, kind: Kind, mark: Mark, inside: bool) -> String {
        let w = self.words;
        let mark = if self.about { mark.and(Mark::APPROXIMATE) } else { mark };
        let pattern = match mark {
            Mark::NONE => None,
            Mark::APPROXIMATE => Some(&w.about),
            Mark::UNCERTAIN => Some(&w.possibly),
            _ => Some(&w.about_uncertain),
        };
        let phrase = match kind {
            Kind::Name => Some(&w.name),
            Kind::Day => Some(&w.on_day),
            Kind::Season => Some(&w.in_season),
            Kind::Decade => Some(&w.in_decade),
            Kind::Century => Some(&w.in_century),
            Kind::Week => Some(&w.in_week),
            Kind::Part => Some(&w.in_part),
            Kind::Loose => None,
        };
        let with = phrase.and_then(|phrase| match (self.early, inside || pattern.is_some()) {
            (None, false) => None,
            (None, true) => Some(&phrase.the),
            (Some(i), false) => phrase.early.get(i),
            (Some(i), true) => phrase.the_early.get(i),
        });
        let text = match with {
            Some(pattern) => fill(pattern, &[("date", &text)]),
            None => text,
        };
        match pattern {
            Some(pattern) => fill(pattern, &[("date", &text)]),
            None => text,
        }
    }

    /// A date without its qualifiers.
    fn unmarked(self, date: &Date) -> (String, Kind) {
        let w = self.words;
        let (year, year_kind) = self.year(date);
        if !date.part.is_some() {
            return (year, year_kind);
        }
        if let Some(code @ 21..) = date.part.exact() {
            return self.grouping(code, &year);
        }
        let (first, last) = extremes(date.part, 12);
        let month = self.span_of(w.month_name(first), w.month_name(last));
        if date.part.exact().is_none() {
            let pattern = if date.day.is_some() { &w.some_day } else { &w.some_month };
            let within = if date.part.is_blank() { year } else { self.month(&month, &year, date.mask != 0) };
            return (fill(pattern, &[("date", &within)]), Kind::Loose);
        }
        let month_and_year = self.month(&month, &year, date.mask != 0);
        if !date.day.is_some() {
            return (month_and_year, Kind::Name);
        }
        let (first, last) = extremes(date.day, 31);
        let days = self.span_of(&w.day_number(first), &w.day_number(last));
        match date.day.exact() {
            Some(_) => (self.day(&days, &month, &year, date.mask != 0), Kind::Day),
            None if date.day.is_blank() => (fill(&w.some_day, &[("date", &month_and_year)]), Kind::Loose),
            None => {
                let days = self.day(&days, &month, &year, date.mask != 0);
                (fill(&w.some_day, &[("date", &days)]), Kind::Loose)
            }
        }
    }

    fn day(self, day: &str, month: &str, year: &str, apart: bool) -> String {
        let w = self.words;
        if self.short || apart {
            let date = fill(&w.day_of_month, &[("day", day), ("month", month)]);
            let apart = apart && !self.short;
            return if apart { fill(&w.apart, &[("date", &date), ("year", year)]) } else { date };
        }
        fill(&w.day, &[("day", day), ("month", month), ("year", year)])
    }

    fn month(self, month: &str, year: &str, apart: bool) -> String {
        let w = self.words;
        match (self.short, apart) {
            (true, _) => month.to_owned(),
            (false, true) => fill(&w.apart, &[("date", month), ("year", year)]),
            (false, false) => fill(&w.month, &[("month", month), ("year", year)]),
        }
    }

    fn grouping(self, code: u8, year: &str) -> (String, Kind) {
        let w = self.words;
        let at = |names: &[std::borrow::Cow<'static, str>], first: u8| {
            names.get(usize::from(code.saturating_sub(first))).map_or("", |n| n).to_owned()
        };
        let (name, pattern, kind) = match code {
            ..=24 => (at(&w.seasons, 21), &w.season, Kind::Season),
            25..=28 => (fill(&w.northern, &[("date", &at(&w.seasons, 25))]), &w.season, Kind::Season),
            29..=32 => (fill(&w.southern, &[("date", &at(&w.seasons, 29))]), &w.season, Kind::Season),
            33..=36 => (at(&w.quarters, 33), &w.part, Kind::Part),
            37..=39 => (at(&w.thirds, 37), &w.part, Kind::Part),
            _ => (at(&w.halves, 40), &w.part, Kind::Part),
        };
        if self.short {
            return (name, kind);
        }
        (fill(pattern, &[("season", &name), ("part", &name), ("year", year)]), kind)
    }

    fn year(self, date: &Date) -> (String, Kind) {
        let w = self.words;
        let (first, last) = date.years();
        match date.mask {
            0 => (self.one_year(first), Kind::Name),
            // "the 0s" and decades before Christ, which end in 1, are no words: told by their years.
            0b1 if first >= 10 => (fill(&w.decade, &[("year", &first.to_string())]), Kind::Decade),
            0b11 if date.negative => {
                let century = fill(&w.century, &[("ordinal", &w.ordinal(1 - last.div_euclid(100)))]);
                // Year 0 closes the first century before Christ.
                (fill(&w.bc, &[("year", &century)]), Kind::Century)
            }
            0b11 => {
                let number = w.ordinal(first.div_euclid(100) + 1);
                (fill(&w.century, &[("ordinal", &number)]), Kind::Century)
            }
            0b1111 => (w.unknown_year.clone().into_owned(), Kind::Loose),
            _ if last <= 0 => {
                let years = self.span_of(&(1 - first).to_string(), &(1 - last).to_string());
                (fill(&w.bc, &[("year", &years)]), Kind::Loose)
            }
            _ => {
                let years = self.span_of(&first.max(1).to_string(), &last.to_string());
                let early = last < 100;
                let text = if early { fill(&w.early_year, &[("year", &years)]) } else { years };
                (text, Kind::Loose)
            }
        }
    }

    fn one_year(self, year: i64) -> String {
        let w = self.words;
        match year {
            ..=0 => fill(&w.bc, &[("year", &(1 - year).to_string())]),
            1..=99 => fill(&w.early_year, &[("year", &year.to_string())]),
            _ => year.to_string(),
        }
    }

    /// Two words as a span; one when they are the same.
    fn span_of(self, first: &str, last: &str) -> String {
        if first == last {
            return first.to_owned();
        }
        let phrases = [first, last].iter().any(|text| text.contains(' '));
        let pattern = if phrases { &self.words.wide_span } else { &self.words.span };
        fill(pattern, &[("first", first), ("last", last)])
    }
}

/// The smallest and the largest number up to `most` that a pair can mean.
fn extremes(pair: Pair, most: u8) -> (u8, u8) {
    let mut fitting = (1..=most).filter(|&n| pair.fits(n));
    let first = fitting.next().unwrap_or(1);
    (first, fitting.next_back().unwrap_or(first))
}
