//! How dense the timeline is: a histogram whose bars are links.

use super::group::beginning;
use super::html::Desk;
use crate::model::{Edtf, Event};
use chrono::{Datelike, Days, Months, NaiveDate};
use serde::Serialize;
use std::collections::BTreeMap;

/// Bars at most, so that each is wide enough for a finger: on a wide page, and on the narrowest.
const BARS: i64 = 42;
const FEW_BARS: i64 = 12;

/// Height of the tallest bar, and of the place for its count above it, in pixels.
const TALL: f64 = 52.0;
const ABOVE: f64 = 16.0;

/// Labels at most; where there is less room, every second or fourth of them stays.
const LABELS: i64 = 18;

/// Width of a bar at most, in percent.
const WIDE: f64 = 4.0;
const FEW_WIDE: f64 = 6.5;

/// Years that a bar may stand for.
const YEARS: &[i64] = &[1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 50_000, 500_000];

/// A histogram, and a second one with fewer bars where a narrow page has no room for it.
#[derive(Debug, Serialize)]
pub struct Density {
    plots: Vec<Plot>,
}

/// One drawing of it.
#[derive(Debug, Serialize)]
struct Plot {
    bars: Vec<Bar>,
    /// How many bars, filled or not, stand side by side.
    places: i64,
    /// How wide one place is, in percent.
    step: String,
    /// How wide a bar is.
    width: String,
    /// How many events it leaves out, and why.
    left_out: Option<String>,
}

/// The events of a day, a month or some years.
#[derive(Debug, Serialize)]
struct Bar {
    /// Where its place begins, where its middle is, and where it begins itself, in percent.
    start: String,
    middle: String,
    x: String,
    /// Where its top is and how tall it stands, in pixels.
    y: String,
    height: String,
    count: String,
    /// "2014: three events"
    title: String,
    /// What is written below it, where there is room.
    label: Option<String>,
    /// How soon the label is left out where there is less: 0 is left out last.
    rank: u8,
    /// Where it leads; nothing for a place without events.
    href: Option<String>,
}

/// What one bar stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unit {
    Day,
    /// Three days of a month; what is left of it goes to the last.
    Days,
    Month,
    Years(i64),
}

impl Unit {
    /// Gives the finest unit in which some days are no more bars than fit.
    fn fitting(first: NaiveDate, last: NaiveDate, bars: i64) -> Unit {
        let fits = |unit: &Unit| unit.of(last) - unit.of(first) < bars;
        let years = YEARS.iter().map(|&years| Unit::Years(years));
        [Unit::Day, Unit::Days, Unit::Month].into_iter().chain(years).find(fits).unwrap_or(Unit::Years(1_000_000))
    }

    /// Says whether a date is known so finely that it lies in one unit: none is counted where it need not be.
    fn holds(self, date: &Edtf) -> bool {
        let start = beginning(date);
        let of = |day: Option<NaiveDate>| day.map(|day| self.of(day));
        of(start.first_day()) == of(start.last_day())
    }

    /// Gives the month of one unit that is a part of a month, in months since the year 0.
    fn month(self, at: i64) -> Option<i64> {
        match self {
            Unit::Day => {
                let day = NaiveDate::from_num_days_from_ce_opt(i32::try_from(at).ok()?)?;
                Some(i64::from(day.year()) * 12 + i64::from(day.month0()))
            }
            Unit::Days => Some(at.div_euclid(10)),
            Unit::Month | Unit::Years(_) => None,
        }
    }

    /// Gives the number of the unit in which a day lies.
    fn of(self, day: NaiveDate) -> i64 {
        let year = i64::from(day.year());
        match self {
            Unit::Day => i64::from(day.num_days_from_ce()),
            Unit::Days => (year * 12 + i64::from(day.month0())) * 10 + i64::from((day.day0() / 3).min(9)),
            Unit::Month => year * 12 + i64::from(day.month0()),
            Unit::Years(years) => year.div_euclid(years),
        }
    }
}

impl Desk<'_> {
    /// Draws a histogram of some events, by their place in the timeline; `href` says where a bar leads by its first event.
    ///
    /// What is known only more roughly than a bar has none, and is counted below; nothing is drawn where there would
    /// be but one bar.
    pub(super) fn density(&self, events: &[usize], href: impl Fn(usize, &Event) -> String) -> Option<Density> {
        let plot = self.plot(events, &href, BARS)?;
        let narrow = if plot.places > FEW_BARS { self.plot(events, &href, FEW_BARS) } else { None };
        Some(Density { plots: [plot].into_iter().chain(narrow).collect() })
    }

    fn plot(&self, events: &[usize], href: &impl Fn(usize, &Event) -> String, bars: i64) -> Option<Plot> {
        let dated = |&i: &usize| {
            let event = self.timeline.events.get(i)?;
            Some((event.date.first_day()?, i, event))
        };
        let dated: Vec<_> = events.iter().filter_map(dated).collect();
        let first = dated.iter().map(|(day, ..)| *day).min()?;
        let last = dated.iter().map(|(day, ..)| *day).max()?;
        let unit = Unit::fitting(first, last, bars);
        let mut full: BTreeMap<i64, (usize, usize, &Event)> = BTreeMap::new();
        let mut drawn = 0;
        for (day, i, event) in dated.into_iter().filter(|(.., event)| unit.holds(&event.date)) {
            drawn += 1;
            full.entry(unit.of(day)).and_modify(|bar| bar.0 += 1).or_insert((1, i, event));
        }
        let most = full.values().map(|(count, ..)| *count).max().unwrap_or(1) as f64;
        let (start, places) = (unit.of(first), unit.of(last) - unit.of(first) + 1);
        if full.len() < 2 {
            return None;
        }
        let step = 100.0 / places as f64;
        let width = (step * 0.86).min(if bars == BARS { WIDE } else { FEW_WIDE });
        let mut month = None;
        let bar = |at: i64| {
            let (count, href) = match full.get(&at) {
                Some(&(count, i, event)) => (count, Some(href(i, event))),
                None => (0, None),
            };
            let height = if count == 0 { 0.0 } else { (TALL * count as f64 / most).max(3.0) };
            let rank = rank(at - start, places);
            let (long, mut label) = self.unit_words(unit, at);
            // The day alone would be that of any month: the first of each says which, and those that always stay.
            let here = unit.month(at);
            if let Some(here) = here.filter(|_| rank == 0 || (rank < 3 && here != month)) {
                label = self.day_of_month(here, &label);
            }
            if rank < 3 {
                month = here;
            }
            // Time runs as the page is read.
            let place = if self.site.from_right { start + places - 1 - at } else { at - start };
            let counted = self.site.words.count("events", count, &[]);
            Bar {
                start: percent(place as f64 * step),
                middle: percent((place as f64 + 0.5) * step),
                x: percent((place as f64 + 0.5) * step - width / 2.0),
                y: pixels(ABOVE + TALL - height),
                height: pixels(height),
                count: self.site.words.number(count),
                title: self.site.words.sentence("bar", &[("date", &long), ("events", &counted)]),
                label: Some(label).filter(|_| rank < 3),
                rank,
                href,
            }
        };
        let bars = (start..start + places).map(bar).collect();
        let left_out = Some(events.len() - drawn).filter(|n| *n > 0);
        let left_out = left_out.map(|n| self.site.words.count("not_drawn", n, &[]));
        Some(Plot { bars, places, step: percent(step), width: percent(width), left_out })
    }

    /// Words what a bar stands for, at length and short.
    fn unit_words(&self, unit: Unit, at: i64) -> (String, String) {
        let words = self.site.words;
        let date = |date: Edtf| words.date(&date);
        match unit {
            Unit::Day => {
                let day = i32::try_from(at).ok().and_then(NaiveDate::from_num_days_from_ce_opt);
                day.map(|day| (date(Edtf::day(day)), day.day().to_string())).unwrap_or_default()
            }
            Unit::Days => {
                let (month, third) = (at.div_euclid(10), at.rem_euclid(10) as u32);
                let year = i32::try_from(month.div_euclid(12)).unwrap_or_default();
                let start = NaiveDate::from_ymd_opt(year, month.rem_euclid(12) as u32 + 1, third * 3 + 1);
                let last = |day: NaiveDate| {
                    let rest = day.checked_add_months(Months::new(1)).and_then(|next| next.with_day(1)?.pred_opt());
                    if third == 9 { rest } else { day.checked_add_days(Days::new(2)) }
                };
                let days = start.and_then(|start| Some((start, last(start)?)));
                let range = days.and_then(|(a, b)| Edtf::parse(&format!("{a}/{b}")).ok());
                let long = range.map(date).unwrap_or_default();
                (long, start.map(|day| day.day().to_string()).unwrap_or_default())
            }
            Unit::Month => {
                let (year, month) = (at.div_euclid(12), at.rem_euclid(12) as u32 + 1);
                let year = i32::try_from(year).unwrap_or_default();
                let long = Edtf::month(year, month).map(date).unwrap_or_default();
                let short = if month == 1 { date(Edtf::year(year)) } else { words.short_month(month).to_owned() };
                (long, short)
            }
            Unit::Years(years) => {
                let year = |n: i64| date(Edtf::year(i32::try_from(n).unwrap_or_default()));
                let (first, last) = (year(at * years), year(at * years + years - 1));
                let long = if years == 1 { first.clone() } else { format!("{first}–{last}") };
                // A label of one year would leave it open whether the next one is in the bar.
                let label = match last.get(last.len().saturating_sub(2)..) {
                    Some(end) if (2..10).contains(&years) && at >= 0 => format!("{first}–{end}"),
                    _ => first,
                };
                (long, label)
            }
        }
    }

    /// Words a day under a bar with its month, in so few letters that it fits.
    fn day_of_month(&self, month: i64, day: &str) -> String {
        let words = self.site.words;
        let year = i32::try_from(month.div_euclid(12)).unwrap_or_default();
        let number = month.rem_euclid(12) as u32 + 1;
        let date = day.parse().ok().and_then(|day| NaiveDate::from_ymd_opt(year, number, day)).map(Edtf::day);
        let long = words.dates.months.get(number as usize - 1).map_or("", AsRef::as_ref);
        match date {
            Some(date) if !long.is_empty() => {
                date.worded_short(&words.dates, None).replace(long, words.short_month(number))
            }
            _ => day.to_owned(),
        }
    }
}

/// Says how soon the label of a place is left out: what stays always stands at even distances.
fn rank(at: i64, places: i64) -> u8 {
    let every = (places + LABELS - 1) / LABELS;
    match at {
        at if at % (every * 4) == 0 => 0,
        at if at % (every * 2) == 0 => 1,
        at if at % every == 0 => 2,
        _ => 3,
    }
}

fn percent(n: f64) -> String {
    format!("{}%", trimmed(n))
}

fn pixels(n: f64) -> String {
    trimmed(n)
}

/// Writes a number with at most two decimals.
fn trimmed(n: f64) -> String {
    let text = format!("{n:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_are_as_fine_as_fits() {
        let unit = |first: &str, last: &str| Unit::fitting(first.parse().unwrap(), last.parse().unwrap(), BARS);
        assert_eq!(unit("2022-01-01", "2022-01-31"), Unit::Day);
        assert_eq!(unit("2022-01-01", "2022-03-31"), Unit::Days);
        assert_eq!(unit("2014-01-01", "2022-01-17"), Unit::Years(1));
        assert_eq!(unit("1904-01-01", "2022-01-17"), Unit::Years(5));
        assert_eq!(unit("-3000-01-01", "2022-01-17"), Unit::Years(200));
        let few = |first: &str, last: &str| Unit::fitting(first.parse().unwrap(), last.parse().unwrap(), FEW_BARS);
        assert_eq!(few("2022-01-01", "2022-01-31"), Unit::Days);
        assert_eq!(few("1904-01-01", "2022-01-17"), Unit::Years(20));
    }

    #[test]
    fn a_bar_counts_only_what_is_known_to_lie_in_it() {
        assert_eq!(Unit::Days.of("2022-01-31".parse().unwrap()), Unit::Days.of("2022-01-28".parse().unwrap()));
        let holds = |unit: Unit, date: &str| unit.holds(&date.parse().unwrap());
        assert!(holds(Unit::Month, "2015-03-04") && holds(Unit::Month, "2015-03") && holds(Unit::Month, "2015-03/.."));
        assert!(!holds(Unit::Month, "2015") && !holds(Unit::Month, "2015/2017") && !holds(Unit::Day, "2015-03"));
        assert!(holds(Unit::Years(1), "2015/2017") && !holds(Unit::Years(1), "201X") && holds(Unit::Years(10), "201X"));
    }

    #[test]
    fn a_part_of_a_month_knows_its_month() {
        let of = |unit: Unit, day: &str| unit.month(unit.of(day.parse().unwrap()));
        for unit in [Unit::Day, Unit::Days] {
            assert_eq!(of(unit, "2022-01-31"), of(unit, "2022-01-01"), "{unit:?}");
            assert_ne!(of(unit, "2022-01-31"), of(unit, "2022-02-01"), "{unit:?}");
        }
        assert_eq!(of(Unit::Month, "2022-01-31"), None);
    }

    #[test]
    fn labels_that_stay_stand_at_even_distances() {
        for (places, kept) in [(40, vec![0, 12, 24, 36]), (9, vec![0, 4, 8])] {
            assert_eq!((0..places).filter(|&at| rank(at, places) == 0).collect::<Vec<_>>(), kept);
        }
        assert!((0..9).all(|at| rank(at, 9) < 3), "where all labels fit, all stay");
    }
}
