//! Words that many pages show, made once: dates, and why each expression has its date.

use crate::model::{Edtf, Modifier, Timeline};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use super::view::DateView;

/// How many stores share the dates, so that pages made side by side seldom wait for each other.
const STORES: usize = 16;

type Store = Mutex<HashMap<(Edtf, Option<Modifier>), Arc<DateView>>>;

/// What was worded already.
#[derive(Debug)]
pub(super) struct Memo {
    dates: [Store; STORES],
    /// For each article and expression, why it has its date.
    whys: Vec<Box<[OnceLock<Box<str>>]>>,
    /// For each event, why each of its mentions was put to it.
    merged: Vec<OnceLock<Vec<Option<String>>>>,
}

impl Memo {
    pub(super) fn new(timeline: &Timeline) -> Memo {
        let none = |all: &Vec<_>| std::iter::repeat_with(OnceLock::new).take(all.len()).collect();
        let whys = timeline.resolved.iter().map(none).collect();
        let merged = std::iter::repeat_with(OnceLock::new).take(timeline.events.len()).collect();
        Memo { dates: Default::default(), whys, merged }
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

    /// Gives why mentions were put to an event; `make` says it where that was not done yet.
    pub(super) fn merged(&self, event: usize, make: impl FnOnce() -> Vec<Option<String>>) -> Vec<Option<String>> {
        match self.merged.get(event) {
            Some(slot) => slot.get_or_init(make).clone(),
            None => make(),
        }
    }

    /// Gives why an expression has its date; `make` says it where that was not done yet.
    pub(super) fn why(&self, article: usize, expression: usize, make: impl FnOnce() -> String) -> String {
        match self.whys.get(article).and_then(|all| all.get(expression)) {
            Some(slot) => slot.get_or_init(|| make().into_boxed_str()).to_string(),
            None => make(),
        }
    }
}
