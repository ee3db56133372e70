//! The forms of names: each by its key, and which longer one it is part of.

use super::fuller::lends;
use crate::lang::events::event_words;
use crate::lang::variants::name_key;
use foldhash::fast::RandomState;
use std::collections::HashMap;

/// Longer names are kept by a short one, at most: it belongs to none of several.
const TAILS: usize = 3;
/// Words that a short name can have.
const SHORT: usize = 3;

/// A name by its key, which knows no case, accents or points.
pub(super) struct Form {
    pub(super) key: String,
    /// The form that it is only another way to write.
    pub(super) into: usize,
}

/// All forms, and what each way of writing belongs to.
#[derive(Default)]
pub(super) struct Forms {
    pub(super) all: Vec<Form>,
    pub(super) by_key: HashMap<String, usize, RandomState>,
    pub(super) by_spelling: HashMap<String, usize, RandomState>,
    /// The longer forms that end in a key.
    pub(super) tails: HashMap<String, Vec<usize>, RandomState>,
}

impl Forms {
    pub(super) fn add(&mut self, name: &str) -> usize {
        if let Some(&known) = self.by_spelling.get(name) {
            return known;
        }
        let key = name_key(name);
        let next = self.all.len();
        let form = *self.by_key.entry(key.clone()).or_insert(next);
        if form == next {
            self.all.push(Form { key, into: next });
        }
        self.by_spelling.insert(name.to_owned(), form);
        form
    }

    pub(super) fn key(&self, form: usize) -> &str {
        self.all.get(form).map_or("", |f| &f.key)
    }

    pub(super) fn words(&self, form: usize) -> usize {
        self.key(form).split(' ').count()
    }

    /// Follows a form to the one that stands for it.
    pub(super) fn root(&self, mut form: usize) -> usize {
        // Each step leads to a form with more words or to one of a fixed table: there are few.
        for _ in 0..8 {
            match self.all.get(form) {
                Some(f) if f.into != form => form = f.into,
                _ => break,
            }
        }
        form
    }

    pub(super) fn join(&mut self, form: usize, into: usize) {
        let into = self.root(into);
        if self.root(form) != into
            && let Some(f) = self.all.get_mut(form)
        {
            f.into = into;
        }
    }

    /// Joins what a table says to be the same.
    pub(super) fn join_known(&mut self) {
        for list in &event_words().same_names {
            let known: Vec<usize> = list.iter().filter_map(|n| self.by_key.get(&name_key(n)).copied()).collect();
            if let Some((&first, others)) = known.split_first() {
                others.iter().for_each(|&other| self.join(other, first));
            }
        }
    }

    /// Lists by their last words the forms of which a shorter one can be part.
    pub(super) fn list_tails(&mut self) {
        for form in 0..self.all.len() {
            let key = self.key(form).to_owned();
            if !lends(&key) {
                continue;
            }
            for (at, mark) in key.match_indices([' ', '-']) {
                // "Assad" is part of "al-Assad", "Lee" no part of "Holm-Lee".
                let tied = || event_words().tied_particles.contains(last_word(key.get(..at).unwrap_or_default()));
                if mark == "-" && !tied() {
                    continue;
                }
                let tail = key.get(at + 1..).unwrap_or_default();
                // Only what is a name of its own somewhere.
                if tail.split(' ').count() <= SHORT && self.by_key.contains_key(tail) {
                    let list = self.tails.entry(tail.to_owned()).or_default();
                    if list.len() < 4 * TAILS {
                        list.push(form);
                    }
                }
            }
        }
    }

    /// Joins "Ida Holm" to the one "Ida Maria Holm".
    pub(super) fn join_middles(&mut self) {
        let mut ends: HashMap<(String, String), Vec<usize>, RandomState> = HashMap::default();
        for form in 0..self.all.len() {
            let key = self.key(form);
            let mut words = key.split(' ');
            let (first, last, more) = (words.next(), words.next_back(), words.next());
            if let (Some(first), Some(last), Some(_), true) = (first, last, more, lends(key)) {
                ends.entry((first.to_owned(), last.to_owned())).or_default().push(form);
            }
        }
        for form in 0..self.all.len() {
            let Some((first, last)) = self.key(form).split_once(' ') else { continue };
            if last.contains(' ') || event_words().shared_heads.contains(last) || event_words().of_heads.contains(last)
            {
                continue;
            }
            if let Some(&[longer]) = ends.get(&(first.to_owned(), last.to_owned())).map(Vec::as_slice) {
                self.join(form, longer);
            }
        }
    }

    /// Gives the one longer name among some of which a short one is part; `None` where there are none, several or
    /// where it is a name of many things.
    pub(super) fn one(&self, longer: impl Iterator<Item = usize>) -> Found {
        let mut roots: Vec<usize> = longer.map(|form| self.root(form)).take(4 * TAILS).collect();
        roots.sort_unstable();
        roots.dedup();
        match roots.as_slice() {
            [] => Found::None,
            [one] => Found::One(*one),
            _ => Found::Several,
        }
    }
}

pub(super) fn last_word(key: &str) -> &str {
    key.rsplit(' ').next().unwrap_or(key)
}

pub(super) enum Found {
    None,
    One(usize),
    Several,
}
