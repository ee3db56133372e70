//! Why a date is what it is, in sentences that a reader can check.

use super::{Interface, fill, word};
use crate::model::{Anchor, Article, Choice, DateBasis, Edtf, LeadKind, Mention, Modifier, Precision, Resolved};

impl Interface {
    /// Says why the date of a mention is what it is; `dates` are the resolved expressions of its article.
    pub fn why(&self, article: &Article, dates: &[Resolved], mention: &Mention) -> String {
        let found = of(dates, mention);
        let range = found.map_or(&mention.expression, |r| &r.timex.range);
        let expression = article.text.get(range.clone()).unwrap_or_default();
        let expression = expression.split_whitespace().collect::<Vec<_>>().join(" ");
        let unit = self.unit(mention.date.precision());
        let date = self.exact(&mention.date);
        let (first, anchor) = self.first_half(article, &mention.anchor);
        let values = [
            ("expression", expression.as_str()),
            ("date", &date),
            ("anchor", &anchor),
            ("unit", unit),
        ];
        let mut sentence = fill(word(&self.anchor, first), &values);
        // "The sentence says “in 2014”" needs no second half: it would repeat the first.
        if first != "explicit" || mention.choice != Choice::AsStated {
            sentence.push_str("; ");
            sentence.push_str(&fill(word(&self.choice, key(mention.choice)), &values));
        }
        sentence.push('.');
        if let Some(more) = self.lead(article, found, &mention.date) {
            sentence.push(' ');
            sentence.push_str(&more);
        }
        sentence
    }

    /// Names the words before the second half and gives the anchor in words.
    fn first_half(&self, article: &Article, anchor: &Anchor) -> (&'static str, String) {
        match anchor {
            Anchor::Explicit => ("explicit", String::new()),
            Anchor::Published(date) => {
                let inferred = article.published.as_ref().is_some_and(|p| p.basis == DateBasis::Inferred);
                let plain_day = date.precision() == Precision::Day && !date.is_approximate() && !date.is_uncertain();
                let key = match (inferred, plain_day) {
                    (true, _) => "published-inferred",
                    (false, true) => "published-day",
                    (false, false) => "published",
                };
                (key, self.date(date))
            }
            Anchor::Previous(_, date) => ("previous", self.date(date)),
            Anchor::Unknown => ("unknown", String::new()),
        }
    }

    /// Gives a date in words, a week by its first and last day.
    fn exact(&self, date: &Edtf) -> String {
        let ends = date.first_day().zip(date.last_day());
        match ends {
            Some((first, last)) if date.precision() == Precision::Week => {
                let (a, b) = (Edtf::day(first), Edtf::day(last).human());
                let same_month = b.split_once(' ').map(|x| x.1) == a.human().split_once(' ').map(|x| x.1);
                if same_month {
                    format!("{}–{b}", a.human().split(' ').next().unwrap_or_default())
                } else {
                    format!("{} – {b}", a.human())
                }
            }
            _ => self.date(date),
        }
    }

    /// Says what the word before the expression adds.
    fn lead(&self, article: &Article, found: Option<&Resolved>, date: &Edtf) -> Option<String> {
        let timex = &found?.timex;
        let say = |key: &str, lead: &str| Some(fill(word(&self.lead, key), &[("lead", lead)]));
        if let Some(lead) = &timex.lead {
            let text = article.text.get(lead.range.clone()).unwrap_or_default().to_lowercase();
            let key = match lead.kind {
                LeadKind::About if date.is_approximate() => "about",
                LeadKind::Since | LeadKind::After | LeadKind::From if date.last_day().is_none() => "open-end",
                LeadKind::Until | LeadKind::By | LeadKind::Before if date.first_day().is_none() => "open-start",
                _ => "",
            };
            if !key.is_empty() {
                return say(key, &text);
            }
        }
        (timex.modifier == Some(Modifier::Approx) && date.is_approximate()).then(|| say("approximate", ""))?
    }
}

/// Finds the expression that gave a mention its date: the lists are in order of text.
fn of<'a>(dates: &'a [Resolved], mention: &Mention) -> Option<&'a Resolved> {
    let at = dates.partition_point(|r| r.timex.range.end <= mention.expression.start);
    let inside = dates.get(at..)?.iter().take_while(|r| r.timex.marked().start < mention.expression.end);
    inside.max_by_key(|r| (r.timex.rule == mention.rule, r.date.as_ref() == Some(&mention.date)))
}

fn key(choice: Choice) -> &'static str {
    match choice {
        Choice::AsStated => "as-stated",
        Choice::NearestYear => "nearest-year",
        Choice::MostRecentWeekday => "most-recent-weekday",
        Choice::NextWeekday => "next-weekday",
        Choice::WeekdayBefore => "weekday-before",
        Choice::WeekdayOfNextWeek => "weekday-of-next-week",
        Choice::CountedFromAnchor => "counted-from-anchor",
        Choice::UnitBefore => "unit-before",
        Choice::UnitOfAnchor => "unit-of-anchor",
        Choice::UnitAfter => "unit-after",
        Choice::SameAsAnchor => "same-as-anchor",
        Choice::Computed => "computed",
        Choice::Open => "open",
    }
}
