//! What each page is made from, as a short hash: a page whose hash is what it was need not be made again.
//!
//! A hash holds more than its page shows rather than less: of an event everything that is known of it and of the
//! articles that tell it, whatever of that a template picks. `tests/standing.rs` holds pages to it.

use super::html::{Desk, Kind, Target};
use super::marks::is_leading;
use super::subjects::{By, Subject};
use super::whole::Pieces;
use crate::model::{Article, Edit, Event, Mention, Timeline};
use postcard::ser_flavors::Flavor;
use serde::Serialize;
use std::collections::{BTreeSet, HashMap};
use std::ops::Range;
use std::sync::OnceLock;

/// A hash of all that a page is made from.
pub type Print = [u8; 16];

/// Keys of what articles were read from, by path: such an article need not be looked at as a whole.
pub type Keys = HashMap<String, [u8; 32]>;

/// Says what stands of the last build; nothing does by itself.
pub trait Standing: Sync {
    /// Tells whether the file at a path stands, made from what the hash stands for.
    fn stands(&self, _path: &str, _print: &Print) -> bool {
        false
    }

    /// Gives the paths of all files that were made together from what the hash stands for, where they all stand.
    fn together(&self, _print: &Print) -> Option<Vec<String>> {
        None
    }

    /// Gives the pieces of a file of the whole site that stands.
    fn pieces(&self, _path: &str) -> Option<&Pieces> {
        None
    }
}

/// Nothing stands.
impl Standing for () {}

/// Events or articles of which the hashes are found in one go.
const BATCH: usize = 256;

/// The hashes of what pages are made from, each found once.
pub struct Prints<'t> {
    /// What every page depends on.
    common: Print,
    keys: &'t Keys,
    articles: Vec<OnceLock<Print>>,
    events: Vec<OnceLock<Print>>,
    mentions: Vec<OnceLock<Print>>,
    /// The hash of everything.
    all: OnceLock<Print>,
    /// For each outlet, name and tag, those of the parts of its events and of its articles.
    subjects: [Vec<OnceLock<[Vec<Print>; 2]>>; 3],
    /// Key and heading of each group of years.
    groups: Vec<(String, String)>,
    /// Whether templates of the site may show values that the built-in ones only compare.
    own_templates: bool,
}

/// Takes values in as they come.
struct Sum(Vec<u8>);

impl Sum {
    fn new(kind: &str) -> Sum {
        let mut sum = Sum(Vec::with_capacity(512));
        sum.add(kind);
        sum
    }

    fn add<T: Serialize + ?Sized>(&mut self, value: &T) {
        // Writing into memory cannot fail.
        let _written = postcard::serialize_with_flavor(value, Whole(&mut self.0));
    }

    /// Adds a value of which some fields are left out where they are empty.
    fn add_named<T: Serialize>(&mut self, value: &T) {
        self.add(&serde_json::to_string(value).unwrap_or_default());
    }

    fn print(self) -> Print {
        let mut print = Print::default();
        for (byte, hash) in print.iter_mut().zip(blake3::hash(&self.0).as_bytes()) {
            *byte = *hash;
        }
        print
    }
}

/// Takes texts in whole, where postcard's own way of growing goes byte by byte.
struct Whole<'s>(&'s mut Vec<u8>);

impl Flavor for Whole<'_> {
    type Output = ();

    fn try_push(&mut self, byte: u8) -> postcard::Result<()> {
        self.0.push(byte);
        Ok(())
    }

    fn try_extend(&mut self, bytes: &[u8]) -> postcard::Result<()> {
        self.0.extend_from_slice(bytes);
        Ok(())
    }

    fn finalize(self) -> postcard::Result<()> {
        Ok(())
    }
}

impl<'t> Prints<'t> {
    /// Begins with what every page depends on; `common` stands for configuration and theme.
    pub(super) fn new(desk: &Desk, common: &[u8], keys: &'t Keys, own_templates: bool) -> Prints<'t> {
        let mut sum = Sum::new("all");
        sum.add(common);
        sum.add(&By::ALL.map(|by| desk.subjects.of(by).is_empty()));
        sum.add(&(desk.doubts.is_empty(), desk.changes.arrivals.is_empty(), desk.stretches.complete));
        let (articles, events) = (none(desk.timeline.articles.len()), none(desk.timeline.events.len()));
        let subjects = By::ALL.map(|by| none(desk.subjects.of(by).len()));
        let groups = desk.groups.iter().map(|group| (group.key(), group.heading(desk.site))).collect();
        let (mentions, all) = (none(desk.timeline.mentions.len()), OnceLock::new());
        Prints { common: sum.print(), keys, articles, events, mentions, all, subjects, groups, own_templates }
    }

    /// Gives the number of [`Prints::find`]'s parts.
    pub(super) fn batches(&self) -> usize {
        self.articles.len().max(self.events.len()).div_ceil(BATCH)
    }

    /// Finds the hashes of a part of the articles and events, so that it may be done side by side.
    pub(super) fn find(&self, desk: &Desk, batch: usize) {
        for i in batch * BATCH..(batch + 1) * BATCH {
            self.article(desk, i);
            self.event(desk, i);
        }
    }

    /// Gives the hash of what is told of an article in a file of the whole site, where the article's was found.
    pub(super) fn piece_of_article(&self, i: usize) -> Option<Print> {
        Some(self.with_common(self.articles.get(i)?.get()?))
    }

    /// Gives the hash of what is told of an event in a file of the whole site, where the event's was found.
    pub(super) fn piece_of_event(&self, i: usize) -> Option<Print> {
        Some(self.with_common(self.events.get(i)?.get()?))
    }

    /// Puts what everything depends on to a hash; both are hashes, so that two sums are the same by no chance.
    fn with_common(&self, print: &Print) -> Print {
        std::array::from_fn(|i| print.get(i).unwrap_or(&0) ^ self.common.get(i).unwrap_or(&0))
    }

    /// Gives the hash of everything and of what is made of it.
    pub(super) fn of_all(&self, desk: &Desk, what: &str) -> Print {
        let mut sum = Sum::new(what);
        sum.add(&(self.common, self.all.get_or_init(|| self.everything(desk))));
        sum.print()
    }

    /// Gives the hash of a stretch of the events, and of what is made of it.
    pub(super) fn of_events(&self, desk: &Desk, what: &str, events: Range<usize>) -> Print {
        let mut sum = Sum::new(what);
        sum.add(&self.common);
        events.for_each(|i| sum.add(&self.event(desk, i)));
        sum.print()
    }

    fn everything(&self, desk: &Desk) -> Print {
        // Every field is named, so that a new one cannot be forgotten here.
        let Timeline { articles, resolved: _, mentions, events, hidden, also_named, edits } = desk.timeline;
        let mut sum = Sum::new("everything");
        (0..articles.len()).for_each(|i| sum.add(&self.article(desk, i)));
        (0..events.len()).for_each(|i| sum.add(&self.event(desk, i)));
        // Those of an event are known by it.
        let alone = (0..mentions.len()).filter(|&m| desk.site.event_of.get(m).is_none_or(Option::is_none));
        alone.for_each(|m| sum.add(&(m, self.mention(desk, m))));
        sum.add(&(also_named, hidden));
        sum.add_named(edits);
        sum.print()
    }

    /// Gives the hash of what a page is made from; none for one that there is not.
    pub(super) fn of(&self, desk: &Desk, target: &Target) -> Option<Print> {
        let mut sum = Sum::new(&target.path());
        sum.add(&self.common);
        match target.kind {
            Kind::Event(i, part) => self.event_page(desk, i, part, &mut sum)?,
            Kind::Article(i, part) => self.article_page(desk, i, part, &mut sum)?,
            Kind::Stretch(i) => self.stretch_page(desk, i, &mut sum)?,
            Kind::Subject(by, i, part) | Kind::Other(by, i, part) => {
                let of_articles = matches!(target.kind, Kind::Other(..)) != (by == By::Outlet);
                self.subject_page(desk, by, i, (part, of_articles), &mut sum)?;
            }
            Kind::Articles(part) => {
                let parts = desk.article_parts(&desk.latest);
                sum.add(&(part, parts.len(), desk.latest.len()));
                self.entries(desk, desk.latest.get(parts.get(part)?.clone())?, &mut sum);
            }
            // These draw on everything.
            Kind::Index | Kind::Subjects(..) | Kind::Undated(_) | Kind::Gone(_) | Kind::Changes | Kind::Embed => {
                sum.add(&self.of_all(desk, ""));
            }
        }
        Some(sum.print())
    }

    fn event_page(&self, desk: &Desk, i: usize, part: usize, sum: &mut Sum) -> Option<()> {
        sum.add(&(part, self.event(desk, i)?));
        let events = &desk.timeline.events;
        // All that the links to its neighbours are made of.
        for near in [i.checked_sub(1).and_then(|before| events.get(before)), events.get(i + 1)] {
            sum.add(&near.map(|event| (&event.id, &event.date, &event.title)));
        }
        let mentions = events.get(i)?.mentions.iter().filter_map(|&m| desk.timeline.mentions.get(m));
        let mut names: Vec<&str> = mentions.flat_map(|mention| &mention.names).map(String::as_str).collect();
        names.sort_unstable();
        names.dedup();
        names.into_iter().for_each(|name| sum.add(&desk.subjects.find(By::Name, name).map(counted)));
        Some(())
    }

    fn article_page(&self, desk: &Desk, i: usize, part: usize, sum: &mut Sum) -> Option<()> {
        let article = desk.timeline.articles.get(i)?;
        sum.add(&(part, self.article(desk, i)?));
        for &m in desk.mentions.get(i)? {
            let event = desk.site.event_of.get(m).copied().flatten();
            sum.add(&(self.mention(desk, m), event.and_then(|event| self.event(desk, event))));
        }
        for tag in &article.tags {
            let subject = desk.subjects.find(By::Tag, tag);
            sum.add(&subject.map(|subject| (subject.name, &subject.folder)));
            // How many events and articles it has is shown by templates of the site alone.
            sum.add(&subject.filter(|_| self.own_templates).map(counted));
        }
        Some(())
    }

    fn stretch_page(&self, desk: &Desk, i: usize, sum: &mut Sum) -> Option<()> {
        let page = desk.stretches.pages.get(i)?;
        let group = desk.groups.get(page.group)?;
        sum.add(&(&page.folders, page.month, page.part, page.whole));
        sum.add(&(self.groups.get(page.group), group.silence));
        sum.add(&(desk.near(i, false), desk.near(i, true)));
        let months: Vec<(Option<u32>, usize)> = group.months.iter().map(|(month, all)| (*month, all.len())).collect();
        sum.add(&months);
        // Where events of these months stand, and what the page says of their number.
        let parts = desk.stretches.pages.iter().filter(|other| other.group == page.group);
        parts.for_each(|other| sum.add(&(&other.folders, other.month)));
        let here = page.events().count();
        let total = desk.timeline.events.len();
        sum.add(&(here, if self.own_templates { total } else { usize::from(total > here) }));
        let shown = page.months.values().flatten();
        let all = group.months.values().flatten().filter(|_| !page.whole);
        for event in shown.chain(all) {
            sum.add(&desk.site.index_of(event).and_then(|index| self.event(desk, index)));
        }
        Some(())
    }

    fn subject_page(
        &self,
        desk: &Desk,
        by: By,
        i: usize,
        (part, of_articles): (usize, bool),
        sum: &mut Sum,
    ) -> Option<()> {
        let subject = desk.subjects.of(by).get(i)?;
        let [of_outlets, of_names, of_tags] = &self.subjects;
        let slot = match by {
            By::Outlet => of_outlets.get(i),
            By::Name => of_names.get(i),
            By::Tag => of_tags.get(i),
        }?;
        let [events, articles] = slot.get_or_init(|| self.parts_of(desk, subject));
        let parts = if of_articles { articles } else { events };
        sum.add(&(counted(subject), desk.timeline.also_named.get(subject.name)));
        sum.add(&(part, of_articles, parts.len(), parts.get(part)?));
        Some(())
    }

    /// Gives the hashes of the parts of an outlet's, a name's or a tag's events, and of those of its articles.
    fn parts_of(&self, desk: &Desk, subject: &Subject) -> [Vec<Print>; 2] {
        let events = desk.event_parts(&subject.events).into_iter().map(|part| {
            let mut sum = Sum::new("events");
            for &event in subject.events.get(part).unwrap_or_default() {
                let home = desk.stretches.home.get(event).and_then(|&page| desk.stretches.pages.get(page));
                sum.add(&(self.event(desk, event), home.and_then(|page| self.groups.get(page.group))));
            }
            sum.print()
        });
        let articles = desk.article_parts(&subject.articles).into_iter().map(|part| {
            let mut sum = Sum::new("articles");
            self.entries(desk, subject.articles.get(part).unwrap_or_default(), &mut sum);
            sum.print()
        });
        [events.collect(), articles.collect()]
    }

    /// Adds articles as lists show them.
    fn entries(&self, desk: &Desk, articles: &[usize], sum: &mut Sum) {
        for &article in articles {
            let own = desk.mentions.get(article).map(Vec::as_slice).unwrap_or_default();
            let events: BTreeSet<usize> = own.iter().filter_map(|&m| *desk.site.event_of.get(m)?).collect();
            sum.add(&(self.article(desk, article), events.len()));
        }
    }

    /// Gives the hash of an article with its time expressions, and of where its outlet has its page.
    fn article(&self, desk: &Desk, i: usize) -> Option<Print> {
        let make = |article: &Article| {
            let mut sum = Sum::new("article");
            sum.add(&(&article.id, &article.path, &article.published, desk.site.outlet_page(article)));
            match self.keys.get(&article.path) {
                // What it was read from, its id and its date are all that it comes from.
                Some(key) => sum.add(key),
                None => sum.add(&(article, desk.timeline.resolved.get(i))),
            }
            sum.print()
        };
        let article = desk.timeline.articles.get(i)?;
        Some(*self.articles.get(i)?.get_or_init(|| make(article)))
    }

    /// Gives the hash of an event with all that tells it, and of where it stands.
    fn event(&self, desk: &Desk, i: usize) -> Option<Print> {
        let event = desk.timeline.events.get(i)?;
        Some(*self.events.get(i)?.get_or_init(|| {
            let mut sum = Sum::new("event");
            self.add_event(desk, i, event, &mut sum);
            sum.print()
        }))
    }

    fn add_event(&self, desk: &Desk, i: usize, event: &Event, sum: &mut Sum) {
        // Every field is named, so that a new one cannot be forgotten here.
        let Event { id, date, title, status, mentions, copies, links, disagreement, importance } = event;
        let name = |&m: &usize| desk.timeline.mentions.get(m).map(|mention| mention.id.as_str());
        sum.add(&(id, date, title, status, importance, is_leading(desk.site, event), desk.home(i)));
        mentions.iter().for_each(|&m| sum.add(&self.mention(desk, m)));
        sum.add(&copies.iter().map(name).collect::<Vec<_>>());
        links.iter().for_each(|link| sum.add(&(name(&link.a), name(&link.b), &link.reasons)));
        for claim in disagreement.iter().flat_map(|disagreement| &disagreement.claims) {
            sum.add(&(&claim.date, claim.mentions.iter().map(name).collect::<Vec<_>>()));
        }
        if let Some(Edit { written, notes, pinned, corrected }) = desk.timeline.edits.get(id) {
            sum.add(&(written, notes, pinned));
            sum.add_named(corrected);
        }
    }

    fn mention(&self, desk: &Desk, m: usize) -> Option<Print> {
        let this = desk.timeline.mentions.get(m)?;
        Some(*self.mentions.get(m)?.get_or_init(|| self.print_mention(desk, this)))
    }

    fn print_mention(&self, desk: &Desk, this: &Mention) -> Print {
        let Mention { id, article, sentence, quote, clause, expression, continued, date, anchor, .. } = this;
        let Mention { choice, rule, title, status, names, .. } = this;
        let mut sum = Sum::new("mention");
        sum.add(&(id, self.article(desk, *article), sentence, quote, clause, expression, continued));
        sum.add(&(date, anchor, choice, rule, title, status, names));
        sum.print()
    }
}

impl Desk<'_> {
    /// Lists a page of the timeline and those of the events that are made with it.
    pub(super) fn with_events(&self, target: &Target) -> Vec<Target> {
        let mut all = vec![target.clone()];
        let Kind::Stretch(i) = target.kind else { return all };
        let page = self.stretches.pages.get(i).filter(|page| page.whole);
        let events = page.into_iter().flat_map(|page| page.events());
        for (event, index) in events.filter_map(|event| Some((event, self.site.index_of(event)?))) {
            let parts = 0..self.source_parts(index).len();
            all.extend(parts.map(|part| Target::new(&["events", &event.id], Kind::Event(index, part)).part(part)));
        }
        all
    }
}

fn none<T>(count: usize) -> Vec<OnceLock<T>> {
    std::iter::repeat_with(OnceLock::new).take(count).collect()
}

/// What links say of an outlet, a name or a tag.
fn counted<'s>(subject: &'s Subject) -> (&'s str, &'s str, usize, usize) {
    (subject.name, &subject.folder, subject.events.len(), subject.articles.len())
}
