//! Intervals and sets in words: what their dates share is told once.

use super::{Kind, Writer};
use crate::model::edtf::civil::CivilDay;
use crate::model::edtf::date::{Date, Mark};
use crate::model::edtf::words::fill;
use crate::model::edtf::{Edtf, End, Member, Set};

impl Writer<'_> {
    pub(super) fn interval(self, whole: &Edtf, first: &Date, last: &Date) -> String {
        let mark = shared_mark([*first, *last].iter());
        if let (Some(monday), Some(mark)) = (whole.monday(), mark) {
            let (day, _) = self.unmarked(&monday);
            let text = fill(&self.words.week, &[("date", &day)]);
            return self.qualified(text, Kind::Week, mark, false);
        }
        let writer = Writer { early: None, ..self };
        match mark {
            Some(mark) => writer.qualified(writer.span(first, last), Kind::Loose, mark, false),
            None => writer.span_of(&writer.plain().date(first, false), &writer.plain().date(last, false)),
        }
    }

    /// A span of two dates without their qualifiers, each thing told once.
    fn span(self, first: &Date, last: &Date) -> String {
        let w = self.words;
        if first.unmarked() == last.unmarked() {
            return self.unmarked(first).0;
        }
        if let (Some(a), Some(b)) = (first.exact_day(), last.exact_day()) {
            if a.year == b.year && a.month == b.month {
                let days = self.span_of(&w.day_number(a.day), &w.day_number(b.day));
                return self.day(&days, w.month_name(a.month), &self.one_year(a.year), false);
            }
            if a.year == b.year {
                let short = Writer { short: true, ..self };
                return self.span_of(&short.unmarked(first).0, &self.unmarked(last).0);
            }
        }
        if let (Some((year, a)), Some((other, b))) = (exact_month(first), exact_month(last))
            && year == other
        {
            let months = self.span_of(w.month_name(a), w.month_name(b));
            return self.month(&months, &self.one_year(year), false);
        }
        self.span_of(&self.plain().unmarked(first).0, &self.plain().unmarked(last).0)
    }

    pub(super) fn set(self, set: &Set) -> String {
        let w = self.words;
        let dates = |set: &Set| -> Vec<Date> {
            let ends = set.members.iter().flat_map(|m| [m.ends().0, m.ends().1]);
            ends.filter_map(|end| if let End::Date(date) = end { Some(date) } else { None }).collect()
        };
        let writer = Writer { early: None, ..self };
        let Some(mark) = shared_mark(dates(set).iter()) else {
            let parts: Vec<String> = set.members.iter().map(|m| writer.plain().member(m)).collect();
            return writer.joined(&parts, set.all);
        };
        if let [Member::Range(End::Date(first), End::Date(last))] = set.members.as_slice() {
            let pattern = if set.all { &w.all_of } else { &w.one_of };
            let text = fill(pattern, &[("date", &writer.span(first, last))]);
            return writer.qualified(text, Kind::Loose, mark, false);
        }
        writer.qualified(writer.members(set), Kind::Loose, mark, false)
    }

    /// The members of a set without their qualifiers; days and months of one year tell it once.
    fn members(self, set: &Set) -> String {
        let w = self.words;
        let days: Option<Vec<CivilDay>> = set.members.iter().map(only_day).collect();
        if let Some(days) = days
            && let Some(last) = days.last()
            && days.iter().all(|d| d.year == last.year)
        {
            let year = self.one_year(last.year);
            if days.iter().all(|d| d.month == last.month) {
                let numbers: Vec<String> = days.iter().map(|d| w.day_number(d.day)).collect();
                return self.day(&self.joined(&numbers, set.all), w.month_name(last.month), &year, false);
            }
            let told = days.iter().enumerate().map(|(i, d)| {
                let short = self.short || i + 1 < days.len();
                Writer { short, ..self }.day(&w.day_number(d.day), w.month_name(d.month), &year, false)
            });
            return self.joined(&told.collect::<Vec<_>>(), set.all);
        }
        let months: Option<Vec<(i64, u8)>> = set.members.iter().map(only_month).collect();
        if let Some(months) = months
            && let Some(&(year, _)) = months.last()
            && months.iter().all(|m| m.0 == year)
        {
            let names: Vec<String> = months.iter().map(|m| w.month_name(m.1).to_owned()).collect();
            return self.month(&self.joined(&names, set.all), &self.one_year(year), false);
        }
        let parts: Vec<String> = set.members.iter().map(|m| self.plain().member(&m.unmarked())).collect();
        self.joined(&parts, set.all)
    }

    fn member(self, member: &Member) -> String {
        match member {
            Member::One(date) => self.date(date, true),
            Member::Range(End::Date(first), End::Date(last)) => match shared_mark([*first, *last].iter()) {
                Some(mark) => self.qualified(self.span(first, last), Kind::Loose, mark, true),
                None => self.span_of(&self.date(first, true), &self.date(last, true)),
            },
            Member::Range(End::Date(first), _) => fill(&self.words.or_later, &[("date", &self.date(first, true))]),
            Member::Range(_, End::Date(last)) => fill(&self.words.or_earlier, &[("date", &self.date(last, true))]),
            Member::Range(..) => self.words.undated.clone().into_owned(),
        }
    }

    fn joined(self, parts: &[String], all: bool) -> String {
        let last_joint = if all { &self.words.and } else { &self.words.or };
        match parts {
            [] => String::new(),
            [only] => only.clone(),
            [before @ .., last] => format!("{}{last_joint}{last}", before.join(&self.words.comma)),
        }
    }
}

/// The qualifier that all these dates carry as wholes; `None` when they differ or only parts are qualified.
fn shared_mark<'a>(mut dates: impl Iterator<Item = &'a Date>) -> Option<Mark> {
    let first = dates.next()?;
    let [mark, ..] = first.marks;
    let whole = |date: &Date| date.marks == date.unmarked().marked(mark).marks;
    (whole(first) && dates.all(whole)).then_some(mark)
}

fn exact_month(date: &Date) -> Option<(i64, u8)> {
    let month = date.part.exact().filter(|&m| m <= 12 && !date.day.is_some())?;
    Some((date.exact_year()?, month))
}

fn only_day(member: &Member) -> Option<CivilDay> {
    if let Member::One(date) = member { date.exact_day() } else { None }
}

fn only_month(member: &Member) -> Option<(i64, u8)> {
    if let Member::One(date) = member { exact_month(date) } else { None }
}

impl Member {
    fn unmarked(self) -> Member {
        let bare = |end| {
            if let End::Date(date) = end { End::Date(date.unmarked()) } else { end }
        };
        match self {
            Member::One(date) => Member::One(date.unmarked()),
            Member::Range(first, last) => Member::Range(bare(first), bare(last)),
        }
    }
}
