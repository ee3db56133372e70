//! Who tells an event: its outlets, and which of them only repeat the words of another.

use super::Site;
use super::view::told;
use crate::lang::interface::{Interface, closed};
use crate::model::{Event, Timeline};
use std::collections::BTreeSet;

/// Outlets that a sentence names, and one among very many; of more it gives the number.
const NAMED: usize = 8;
const LEAN_NAMED: usize = 2;

/// Who tells an event: an article of each outlet, the most telling first.
#[derive(Debug, Default)]
pub(super) struct Voices {
    /// Outlets with words of their own, then those that tell it in nearly the same words as another one and in no
    /// others, then the makers of the timeline, who are no outlet.
    all: Box<[usize]>,
    /// How many have words of their own, and how many are outlets.
    own: usize,
    outlets: usize,
    /// How many sources that makes.
    count: usize,
}

impl Voices {
    /// Hears who tells an event.
    pub fn of(site: &Site, timeline: &Timeline, event: &Event) -> Voices {
        let (mut own, mut copies, mut makers) = (Vec::with_capacity(event.mentions.len()), Vec::new(), Vec::new());
        let mut named = Names::default();
        let is_copy = |m: &usize| event.copies.binary_search(m).is_ok();
        for copied in [false, true] {
            let all = event.mentions.iter().filter(|m| is_copy(m) == copied);
            for mention in all.filter_map(|&m| timeline.mentions.get(m)) {
                let Some(article) = timeline.articles.get(mention.article) else { continue };
                if !named.add(site.outlet(article)) {
                    continue;
                }
                match (article.event.is_some() && article.publisher.is_none(), copied) {
                    (true, _) => makers.push(mention.article),
                    (_, true) => copies.push(mention.article),
                    (_, false) => own.push(mention.article),
                }
            }
        }
        let (count, outlets) = (own.len(), own.len() + copies.len());
        own.append(&mut copies);
        own.append(&mut makers);
        Voices { all: own.into(), own: count, outlets, count: timeline.voices(event) }
    }

    /// Gives those with words of their own, and those that repeat others; the makers alone where there is none.
    fn parts(&self) -> (&[usize], &[usize]) {
        let (outlets, makers) = self.all.split_at_checked(self.outlets).unwrap_or_default();
        let (own, copies) = outlets.split_at_checked(self.own).unwrap_or_default();
        (if own.is_empty() { makers } else { own }, copies)
    }

    /// Gives the number of sources.
    pub fn count(&self) -> usize {
        self.count
    }

    /// Says how many sources an event has and which: "two sources: A and B; in the same words also C".
    fn summary(&self, site: &Site, timeline: &Timeline, named: usize) -> String {
        let words = site.words;
        let counted = words.count("sources", self.count, &[]);
        let (own, copies) = self.parts();
        let own = first(words, &names(site, timeline, own), named);
        if copies.is_empty() {
            return words.sentence("sources", &[("sources", &counted), ("outlets", &own)]);
        }
        let copies = first(words, &names(site, timeline, copies), named);
        words.sentence("sources_copied", &[("sources", &counted), ("outlets", &own), ("copies", &copies)])
    }
}

fn names<'t>(site: &Site<'t>, timeline: &'t Timeline, articles: &[usize]) -> Vec<&'t str> {
    let mut names = Vec::with_capacity(articles.len());
    names.extend(articles.iter().filter_map(|&i| timeline.articles.get(i)).map(|article| site.outlet(article)));
    names
}

/// Gives the outlets of an event as they are shown, each once: those with words of their own first.
pub fn outlets<'t>(site: &Site<'t>, timeline: &'t Timeline, event: &'t Event) -> Vec<&'t str> {
    with(site, timeline, event, |voices| names(site, timeline, &voices.all))
}

/// Gives the number of sources of an event.
pub fn count(site: &Site, timeline: &Timeline, event: &Event) -> usize {
    with(site, timeline, event, Voices::count)
}

/// Says how many tell an event, and who they are; `lean` names but a few.
pub fn summary(site: &Site, timeline: &Timeline, event: &Event, lean: bool) -> String {
    let named = if lean { LEAN_NAMED } else { NAMED };
    with(site, timeline, event, |voices| voices.summary(site, timeline, named))
}

/// Looks at the voices of an event, which are heard once.
fn with<T>(site: &Site, timeline: &Timeline, event: &Event, look: impl FnOnce(&Voices) -> T) -> T {
    match site.index_of(event).and_then(|index| site.voices.get(index)) {
        Some(slot) => look(slot.get_or_init(|| Voices::of(site, timeline, event))),
        None => look(&Voices::of(site, timeline, event)),
    }
}

/// Gives a list in words; of a long one the first and how many follow.
pub fn some(words: &Interface, all: &[&str]) -> String {
    first(words, all, NAMED)
}

fn first(words: &Interface, all: &[&str], named: usize) -> String {
    match all.split_at_checked(named) {
        Some((first, rest)) if rest.len() > 1 => {
            let others = words.count("others", rest.len(), &[]);
            words.list(&first.iter().copied().chain([others.as_str()]).collect::<Vec<_>>())
        }
        _ => words.list(all),
    }
}

/// Gives names one a line, as filters read them: none turns the next.
pub fn lines(all: &[&str]) -> String {
    all.iter().map(|name| closed(name)).collect::<Vec<_>>().join("\n")
}

/// Gives the outlets of some mentions, each once.
pub fn claimants<'t>(site: &Site<'t>, timeline: &'t Timeline, mentions: &[usize]) -> Vec<&'t str> {
    let articles = mentions.iter().filter_map(|&m| timeline.articles.get(timeline.mentions.get(m)?.article));
    distinct(articles.map(|article| site.outlet(article)))
}

/// Gives the names of people, places and organisations in the sentences of an event, each once.
pub fn people<'t>(timeline: &'t Timeline, event: &'t Event) -> Vec<&'t str> {
    distinct(told(timeline, event).flat_map(|(mention, _)| &mention.names).map(String::as_str))
}

/// Gives each item once, in order.
pub fn distinct<'s>(items: impl Iterator<Item = &'s str>) -> Vec<&'s str> {
    let mut names = Names::default();
    for item in items {
        names.add(item);
    }
    names.all
}

/// So many names are compared with each other.
const FEW: usize = 24;

/// Names, each once, in order.
#[derive(Default)]
struct Names<'s> {
    all: Vec<&'s str>,
    many: BTreeSet<&'s str>,
}

impl<'s> Names<'s> {
    /// Adds a name and tells whether it is a new one.
    fn add(&mut self, item: &'s str) -> bool {
        // Few are compared faster than looked up.
        let known = if self.many.is_empty() { self.all.contains(&item) } else { !self.many.insert(item) };
        if known {
            return false;
        }
        self.all.push(item);
        if self.all.len() == FEW {
            self.many.extend(&self.all);
        }
        true
    }
}
