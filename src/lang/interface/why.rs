//! How a date was found, told so that a reader can check it.

use super::{Interface, fill, single_day, word};
use crate::model::{
    Anchor, Choice, DateBasis, Direction, Edtf, Fields, LeadKind, Meaning, Precision, Resolved, TimexClass, Unit,
};
use std::borrow::Cow;

/// A time expression and what it was resolved with.
#[derive(Debug, Clone, Copy)]
pub struct Reading<'a> {
    /// The article's text.
    pub text: &'a str,
    /// Where its publication date was found.
    pub basis: Option<DateBasis>,
    /// All expressions of the article.
    pub all: &'a [Resolved],
    /// The expression.
    pub this: &'a Resolved,
}

impl Interface {
    /// Says why an expression means the date it was given, in a sentence or two.
    pub fn why(&self, reading: Reading) -> String {
        let Reading { this, .. } = reading;
        let Some(date) = &this.date else {
            return self.no_date(&reading);
        };
        let mut said = self.choice(&reading, date);
        for more in self.leads(&reading, date) {
            said.push(' ');
            said.push_str(&more);
        }
        said
    }

    fn choice(&self, reading: &Reading, date: &Edtf) -> String {
        let this = reading.this;
        let (key, with) = key(this, date);
        let pattern = word(&self.choices, key);
        let wants = |name: &str| pattern.contains(name);
        let bare = closed(date);
        // A weekday is told once.
        let day_alone =
            matches!(this.choice, Choice::NearestYear | Choice::ByWeekday | Choice::ByVerb) || wants("{weekday}");
        let shown = match wants("{date}") {
            false => String::new(),
            true if day_alone => self.date(&bare),
            true => self.day(&bare),
        };
        let anchor = if wants("{anchor}") { self.anchor(reading) } else { String::new() };
        let words = if wants("{words}") { self.expression(reading) } else { String::new() };
        let weekday = single_day(&bare).and_then(|day| self.weekday(day)).unwrap_or_default();
        let values = [
            ("anchor", anchor.as_str()),
            ("date", &shown),
            ("words", &words),
            ("weekday", weekday),
            ("unit", with.map(|unit| word(&self.units, unit)).unwrap_or_default()),
        ];
        fill(pattern, &values)
    }

    fn anchor(&self, reading: &Reading) -> String {
        match &reading.this.anchor {
            Anchor::Published(date) if single_day(date).is_some() => {
                fill(word(&self.anchors, "published_day"), &[("date", &self.day(date))])
            }
            Anchor::Published(date) => fill(word(&self.anchors, "published_span"), &[("date", &self.date(date))]),
            Anchor::Previous(index, date) => {
                let range = reading.all.get(*index).map(|earlier| earlier.timex.range.clone());
                match range.and_then(|range| reading.text.get(range)) {
                    Some(words) => fill(
                        word(&self.anchors, "previous_words"),
                        &[("date", &self.day(date)), ("words", &self.quote(words))],
                    ),
                    None => fill(word(&self.anchors, "previous"), &[("date", &self.day(date))]),
                }
            }
            Anchor::Explicit | Anchor::Unknown => {
                fill(word(&self.anchors, "unknown"), &[("words", &self.expression(reading))])
            }
        }
    }

    fn leads(&self, reading: &Reading, date: &Edtf) -> Vec<String> {
        let mut said = Vec::new();
        let lead = reading.this.timex.lead.as_ref();
        let kind = lead.map(|lead| lead.kind);
        let shown = lead.and_then(|lead| reading.text.get(lead.range.clone())).map(|text| self.quote(text));
        let mut say = |key: &str| said.push(fill(word(&self.leads, key), &[("word", shown.as_deref().unwrap_or(""))]));
        if date.is_approximate() {
            say(if kind == Some(LeadKind::About) { "about" } else { "approximate" });
        }
        match kind {
            Some(LeadKind::Since | LeadKind::After) if date.last_day().is_none() => say("since"),
            Some(LeadKind::Until | LeadKind::By | LeadKind::Before) if date.first_day().is_none() => say("until"),
            _ => {}
        }
        if matches!(reading.this.anchor, Anchor::Published(_)) && reading.basis == Some(DateBasis::Inferred) {
            say("inferred");
        }
        said.iter().map(|sentence| capital(sentence)).collect()
    }

    fn no_date(&self, reading: &Reading) -> String {
        let timex = &reading.this.timex;
        let key = match timex.class {
            TimexClass::Duration => "duration",
            TimexClass::Set => "set",
            _ if timex.lead.as_ref().is_some_and(|lead| lead.kind == LeadKind::To) => "range_end",
            _ if matches!(timex.meaning, Meaning::Present | Meaning::Past | Meaning::Future) => "vague",
            _ if matches!(timex.meaning, Meaning::Shift { .. }) && reading.this.anchor != Anchor::Unknown => {
                return capital(&fill(word(&self.choices, "not_placed"), &[("words", &self.expression(reading))]));
            }
            _ if reading.this.choice == Choice::Open => {
                return fill(word(&self.choices, "open"), &[("anchor", &self.anchor(reading))]);
            }
            TimexClass::Time => "time",
            TimexClass::Date => "vague",
        };
        word(&self.classes, key).to_owned()
    }

    fn expression(&self, reading: &Reading) -> String {
        self.quote(reading.text.get(reading.this.timex.range.clone()).unwrap_or_default())
    }
}

/// Gives the sentence's key and, where it needs one, that of a unit.
fn key(this: &Resolved, date: &Edtf) -> (&'static str, Option<&'static str>) {
    let bare = closed(date);
    let is_weekday = matches!(inner(&this.timex.meaning), Meaning::Fields(Fields { weekday: Some(_), .. }));
    let weekday = |named, other| {
        if is_weekday && single_day(&bare).is_some() { named } else { other }
    };
    if let Meaning::Fields(Fields { of: Some(Unit::Week), direction, .. }) = inner(&this.timex.meaning) {
        return match direction {
            Some(Direction::Ahead) => ("week_after", None),
            _ => ("from_here", None),
        };
    }
    let unit = unit(&this.timex.meaning);
    match this.choice {
        Choice::AsStated => (stated(&bare), None),
        Choice::NearestYear => ("nearest_year", None),
        Choice::ByWeekday => ("by_weekday", None),
        Choice::ByVerb => ("by_verb", None),
        Choice::MostRecentWeekday => (weekday("most_recent", "recent_day"), None),
        Choice::NextWeekday => (weekday("next", "next_day"), None),
        Choice::WeekdayBefore => (weekday("weekday_before", "before_day"), None),
        Choice::WeekdayOfNextWeek => ("week_after", None),
        Choice::CountedFromAnchor => ("counted", None),
        Choice::UnitBefore => unit.map_or(("last_before", None), |unit| ("unit_before", Some(unit))),
        Choice::UnitOfAnchor => unit.map_or(("same_one", None), |unit| ("unit_of", Some(unit))),
        Choice::UnitAfter => unit.map_or(("first_after", None), |unit| ("unit_after", Some(unit))),
        Choice::SameAsAnchor => ("same", None),
        Choice::Computed => ("computed", None),
        Choice::OrderOfText => ("order_of_text", None),
        Choice::OrderOfLanguage => ("order_of_language", None),
        Choice::OrderOfPublisher => ("order_of_publisher", None),
        Choice::Open if matches!(this.timex.meaning, Meaning::Numeric { .. }) => ("either", None),
        Choice::Open => ("open", None),
    }
}

fn stated(date: &Edtf) -> &'static str {
    match date.precision() {
        Precision::Day => "day",
        Precision::Week => "week",
        Precision::Month => "month",
        Precision::Year => "year",
        Precision::Span if date.to_string().contains('/') => "span",
        _ => "vague",
    }
}

/// Gives the key of the calendar unit that is told by its place to the anchor's.
fn unit(meaning: &Meaning) -> Option<&'static str> {
    let unit = match inner(meaning) {
        Meaning::Unit { unit, offset: -1..=1 } | Meaning::Definite { unit, years_back: 0 } => unit,
        _ => return None,
    };
    Some(match unit {
        Unit::Weekend => "weekend",
        Unit::Week => "week",
        Unit::Fortnight => "fortnight",
        Unit::Month => "month",
        Unit::Quarter => "quarter",
        Unit::Season => "season",
        Unit::Half => "half",
        Unit::Year => "year",
        Unit::Decade => "decade",
        Unit::Century => "century",
        Unit::Millennium => "millennium",
        Unit::Second | Unit::Minute | Unit::Hour | Unit::Day => "day",
    })
}

/// Looks through a time of day at the date it is on.
fn inner(meaning: &Meaning) -> &Meaning {
    match meaning {
        Meaning::At(_, Some(date)) => inner(date),
        other => other,
    }
}

/// Gives the date without the open end and the "about" that a lead gave it: what the choice was about.
fn closed(date: &Edtf) -> Cow<'_, Edtf> {
    if !date.is_open() && !date.is_approximate() && !date.is_uncertain() {
        return Cow::Borrowed(date);
    }
    let text = date.to_string();
    let bare = text.strip_suffix("/..").or_else(|| text.strip_prefix("../")).unwrap_or(&text);
    let bare = bare.trim_end_matches(['~', '?', '%']);
    Edtf::parse(bare).map_or(Cow::Borrowed(date), Cow::Owned)
}

fn capital(sentence: &str) -> String {
    let Some(rest) = sentence.strip_prefix('“') else { return sentence.to_owned() };
    let mut chars = rest.chars();
    let mut large = String::from("“");
    large.extend(chars.next().into_iter().flat_map(char::to_uppercase));
    large + chars.as_str()
}
