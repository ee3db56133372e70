//! What events and articles are gathered by: outlets, names, tags.

use super::Site;
use super::folders::folders;
use super::stretch::MOST;
use crate::model::Timeline;
use foldhash::fast::RandomState;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Events that must tell of a name before it gets a page of its own, where the timeline is so long that most names
/// of a single event would only lead back to it.
const NAMED: usize = 2;

/// By what pages gather events.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum By {
    Outlet,
    Name,
    Tag,
}

impl By {
    pub(super) const ALL: [By; 3] = [By::Outlet, By::Name, By::Tag];

    /// Gives the folder of its pages, which is also the key of its label.
    pub(super) fn folder(self) -> &'static str {
        match self {
            By::Outlet => "sources",
            By::Name => "names",
            By::Tag => "tags",
        }
    }

    /// Gives the page that lists them all.
    pub(super) fn list(self) -> &'static str {
        match self {
            By::Outlet => "sources/index.html",
            By::Name => "names/index.html",
            By::Tag => "tags/index.html",
        }
    }

    /// Gives the folder of the second list that each has, if any.
    pub(super) fn other(self) -> Option<&'static str> {
        match self {
            By::Outlet => Some("dated"),
            By::Name => None,
            By::Tag => Some("articles"),
        }
    }

    /// Gives the key under which its heading stands among the labels.
    pub(super) fn label(self) -> &'static str {
        match self {
            By::Outlet => "outlets",
            By::Name => "names",
            By::Tag => "tags",
        }
    }

    /// Gives the template of the list and that of one of it.
    pub(super) fn templates(self) -> (&'static str, &'static str) {
        match self {
            By::Outlet => ("outlets.html", "outlet.html"),
            By::Name => ("names.html", "name.html"),
            By::Tag => ("tags.html", "tag.html"),
        }
    }
}

/// An outlet, a name or a tag.
#[derive(Debug)]
pub(super) struct Subject<'t> {
    pub name: &'t str,
    /// Its folder below that of its kind.
    pub folder: String,
    /// The events it is about or that it told, in order.
    pub events: Vec<usize>,
    /// Its articles, in order of path; none for a name.
    pub articles: Vec<usize>,
}

/// Events and articles by a name.
type Gathered<'t> = HashMap<&'t str, (Vec<usize>, Vec<usize>), RandomState>;

/// All outlets, names and tags that have a page, each kind in order of folder.
#[derive(Debug, Default)]
pub(super) struct Subjects<'t> {
    outlets: Vec<Subject<'t>>,
    names: Vec<Subject<'t>>,
    tags: Vec<Subject<'t>>,
    /// For each kind, where each stands: many pages look for their names.
    places: [HashMap<&'t str, usize, RandomState>; 3],
}

impl<'t> Subjects<'t> {
    pub(super) fn of(&self, by: By) -> &[Subject<'t>] {
        match by {
            By::Outlet => &self.outlets,
            By::Name => &self.names,
            By::Tag => &self.tags,
        }
    }

    /// Finds the page of a name; events tell of many that have none.
    pub(super) fn find(&self, by: By, name: &str) -> Option<&Subject<'t>> {
        let [outlets, names, tags] = &self.places;
        let places = match by {
            By::Outlet => outlets,
            By::Name => names,
            By::Tag => tags,
        };
        places.get(name).and_then(|&at| self.of(by).get(at))
    }

    /// Gathers them; articles come in the order of `latest`.
    pub(super) fn gather(timeline: &'t Timeline, site: &Site<'t>, latest: &[usize]) -> Subjects<'t> {
        let (mut outlets, mut tags, mut names) = (Gathered::default(), Gathered::default(), Gathered::default());
        for (i, article) in latest.iter().filter_map(|&i| Some((i, timeline.articles.get(i)?))) {
            if let Some(publisher) = &article.publisher {
                outlets.entry(&publisher.value).or_default().1.push(i);
            }
            for tag in article.tags.iter().collect::<BTreeSet<_>>() {
                tags.entry(tag).or_default().1.push(i);
            }
        }
        let mut add = |by: By, name: &'t str, event: usize| {
            let map = match by {
                By::Outlet => &mut outlets,
                By::Name => &mut names,
                By::Tag => &mut tags,
            };
            let events = &mut map.entry(name).or_default().0;
            if events.last() != Some(&event) {
                events.push(event);
            }
        };
        for (i, event) in timeline.events.iter().enumerate() {
            for mention in event.mentions.iter().filter_map(|&m| timeline.mentions.get(m)) {
                mention.names.iter().filter(|name| !name.trim().is_empty()).for_each(|name| add(By::Name, name, i));
                let Some(article) = timeline.articles.get(mention.article) else { continue };
                if let Some(publisher) = &article.publisher {
                    add(By::Outlet, &publisher.value, i);
                }
                article.tags.iter().for_each(|tag| add(By::Tag, tag, i));
            }
        }
        let least = if timeline.events.len() > MOST { NAMED } else { 1 };
        names.retain(|_, (events, _)| events.len() >= least);
        let with_folders = |all: Gathered<'t>, nameless| -> Vec<Subject<'t>> {
            let all: BTreeMap<_, _> = all.into_iter().collect();
            let folders = folders(all.keys().copied(), nameless);
            let subject = |(name, (events, articles))| Subject {
                name,
                folder: folders.get(name).cloned().unwrap_or_default(),
                events,
                articles,
            };
            all.into_iter().map(subject).collect()
        };
        let outlets = BTreeMap::from_iter(outlets).into_iter().map(|(name, (events, articles))| Subject {
            name,
            folder: site.outlets.get(name).cloned().unwrap_or_default(),
            events,
            articles,
        });
        let all = [outlets.collect(), with_folders(names, "name"), with_folders(tags, "tag")];
        let places = all.each_ref().map(|all| all.iter().enumerate().map(|(i, subject)| (subject.name, i)).collect());
        let [outlets, names, tags] = all;
        Subjects { outlets, names, tags, places }
    }
}
