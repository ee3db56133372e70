//! Words that many pages show, made once: dates, and why each expression has its date.

use crate::model::{Edtf, Modifier, Timeline};
use foldhash::fast::RandomState;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use super::view::DateView;

/// How many stores share the dates, so that pages made side by side seldom wait for each other.
const STORES: usize = 16;

/// Why a mention was put to its event, where there is more to say than that it tells it.
pub(super) type Said = Option<Box<str>>;

type Store = Mutex<HashMap<(Edtf, Option<Modifier>), Arc<DateView>, RandomState>>;

/// What was worded already.
#[derive(Debug)]
pub(super) struct Memo {
    dates: [Store; STORES],
    /// For each article and expression, why it has its date.
    whys: Vec<Box<[OnceLock<Box<str>>]>>,
    /// For each event, why each of its mentions was put to it.
    merged: Vec<OnceLock<Box<[Said]>>>,
    /// For each event, its date.
    events: Vec<OnceLock<Arc<DateView>>>,
    /// For each article, when it was published.
    published: Vec<OnceLock<Box<str>>>,
}

impl Memo {
    pub(super) fn new(timeline: &Timeline) -> Memo {
        let none = |all: &Vec<_>| std::iter::repeat_with(OnceLock::new).take(all.len()).collect();
        let whys = timeline.resolved.iter().map(none).collect();
        Memo {
            dates: Default::default(),
            whys,
            merged: std::iter::repeat_with(OnceLock::new).take(timeline.events.len()).collect(),
            events: std::iter::repeat_with(OnceLock::new).take(timeline.events.len()).collect(),
            published: std::iter::repeat_with(OnceLock::new).take(timeline.articles.len()).collect(),
        }
    }

    /// Gives a date in words; `make` words it where that was not done yet.
    pub(super) fn date(
        &self,
        date: &Edtf,
        modifier: Option<Modifier>,
        make: impl FnOnce() -> DateView,
    ) -> Arc<DateView> {
        let day = date.first_day().or(date.last_day()).map_or(0, |day| chrono::Datelike::num_days_from_ce(&day));
        let [first, ..] = &self.dates;
        let store = self.dates.get(day.unsigned_abs() as usize % STORES).unwrap_or(first);
        let key = (date.clone(), modifier);
        if let Some(made) = store.lock().unwrap_or_else(PoisonError::into_inner).get(&key) {
            return Arc::clone(made);
        }
        let made = Arc::new(make());
        store.lock().unwrap_or_else(PoisonError::into_inner).insert(key, Arc::clone(&made));
        made
    }

    /// Gives the date of an event in words; `make` words it where that was not done yet.
    pub(super) fn event(&self, event: usize, make: impl FnOnce() -> Arc<DateView>) -> Arc<DateView> {
        self.events.get(event).map_or_else(Default::default, |slot| Arc::clone(slot.get_or_init(make)))
    }

    /// Gives when an article was published in words; `make` words it where that was not done yet.
    pub(super) fn published(&self, article: usize, make: impl FnOnce() -> String) -> &str {
        self.published.get(article).map_or("", |slot| slot.get_or_init(|| make().into_boxed_str()))
    }

    /// Gives why mentions were put to an event; `make` says it where that was not done yet.
    pub(super) fn merged(&self, event: usize, make: impl FnOnce() -> Box<[Said]>) -> &[Said] {
        self.merged.get(event).map_or(&[], |slot| slot.get_or_init(make))
    }

    /// Gives why an expression has its date; `make` says it where that was not done yet.
    pub(super) fn why(&self, article: usize, expression: usize, make: impl FnOnce() -> String) -> &str {
        let slot = self.whys.get(article).and_then(|all| all.get(expression));
        slot.map_or("", |slot| slot.get_or_init(|| make().into_boxed_str()))
    }
}
