//! The pages: which there are, and what each gives its template.

use super::article::{Piece, article_fields};
use super::cast::push_rooted;
use super::changes::{Changes, changes};
use super::field::{Field, Fields};
use super::folders::initial;
use super::group::{Group, groups};
use super::head::Head;
use super::parts::{Parts, pager, parts};
use super::stretch::{FEW, Stretches, part_folder, stretches};
use super::subjects::{By, Subjects};
use super::undated::{Doubt, doubts};
use super::{RenderError, Site, escape};
use crate::model::{Article, Change, OutputFile, Timeline};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;
use tera::{Context, Value};

/// What a source takes of a page besides its words.
const SOURCE: usize = 300;

/// Events as templates get them, by their place in the timeline.
pub(super) type Records<'d> = BTreeMap<usize, Fields<'d>>;

/// A page of the site.
#[derive(Debug, Clone)]
pub struct Target {
    /// The parts of its path but for `index.html`.
    folders: Vec<String>,
    pub(super) kind: Kind,
}

/// What a page is about; the last number of most is which part of it, from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Index,
    Stretch(usize),
    Event(usize, usize),
    Article(usize, usize),
    Articles(usize),
    /// All outlets, names or tags, or those of one letter.
    Subjects(By, Option<char>, usize),
    /// One of them: the articles of an outlet, the events of others.
    Subject(By, usize, usize),
    /// The events of an outlet, the articles of a tag.
    Other(By, usize, usize),
    Undated(usize),
    /// What is new.
    Changes,
    /// For the frames of other sites.
    Embed,
    /// An event that was put to another one.
    Gone(usize),
}

impl Target {
    pub(super) fn new(folders: &[&str], kind: Kind) -> Target {
        Target { folders: folders.iter().map(|&f| f.to_owned()).collect(), kind }
    }

    pub(super) fn part(mut self, part: usize) -> Target {
        self.folders.extend((part > 0).then(|| part_folder(part)));
        self
    }

    /// Gives its path in the output folder.
    pub fn path(&self) -> String {
        let mut path = String::with_capacity(self.folders.iter().map(|folder| folder.len() + 1).sum::<usize>() + 10);
        for folder in &self.folders {
            path.push_str(folder);
            path.push('/');
        }
        path.push_str("index.html");
        path
    }

    /// Tells whether search engines should list it.
    pub(super) fn is_listed(&self) -> bool {
        !matches!(self.kind, Kind::Gone(_) | Kind::Embed)
    }

    /// Gives the way from it to the root of the site.
    pub(super) fn root(&self) -> String {
        "../".repeat(self.folders.len())
    }
}

/// Does two things, side by side where it can.
pub trait Sides {
    /// Gives what both give.
    fn both<A: Send, B: Send>(&self, a: impl FnOnce() -> A + Send, b: impl FnOnce() -> B + Send) -> (A, B);
}

/// Does one after the other.
pub struct InTurn;

impl Sides for InTurn {
    fn both<A: Send, B: Send>(&self, a: impl FnOnce() -> A + Send, b: impl FnOnce() -> B + Send) -> (A, B) {
        (a(), b())
    }
}

/// What pages share: every value that more than one of them shows is made once.
pub(super) struct Desk<'t> {
    pub(super) site: &'t Site<'t>,
    pub(super) timeline: &'t Timeline,
    pub(super) groups: Vec<Group<'t>>,
    pub(super) stretches: Stretches<'t>,
    pub(super) subjects: Subjects<'t>,
    /// For each article, its mentions.
    pub(super) mentions: Vec<Vec<usize>>,
    /// All articles, the latest first; those without a date last.
    pub(super) latest: Vec<usize>,
    /// What could not be dated.
    pub(super) doubts: Vec<Doubt>,
    /// What the latest articles brought.
    pub(super) changes: Changes,
    /// Ids of events that were put to another one, with its index.
    pub(super) gone: Vec<(&'t str, usize)>,
    /// Events and articles as lists show them, for pages at the root.
    pub(super) briefs: Vec<OnceLock<Box<str>>>,
    pub(super) entries: Vec<OnceLock<Box<str>>>,
}

impl<'t> Desk<'t> {
    pub(super) fn new(timeline: &'t Timeline, site: &'t Site<'t>, sides: &impl Sides) -> Desk<'t> {
        let mut mentions = vec![Vec::new(); timeline.articles.len()];
        for (i, mention) in timeline.mentions.iter().enumerate() {
            if let Some(own) = mentions.get_mut(mention.article) {
                own.push(i);
            }
        }
        let day = |&i: &usize| {
            let article = timeline.articles.get(i);
            std::cmp::Reverse(article.and_then(Article::published_day))
        };
        let mut latest: Vec<usize> = (0..timeline.articles.len()).collect();
        latest.sort_by_key(day);
        let spread = || {
            let groups = groups(&timeline.events);
            let stretches = stretches(timeline, &groups, |event| site.index_of(event));
            (groups, stretches)
        };
        let gather = || (Subjects::gather(timeline, site, &latest), changes(timeline, &site.event_of, &mentions));
        let ((groups, stretches), (subjects, changes)) = sides.both(spread, gather);
        Desk {
            site,
            timeline,
            groups,
            stretches,
            changes,
            subjects,
            mentions,
            latest,
            doubts: doubts(timeline),
            gone: gone(timeline),
            briefs: std::iter::repeat_with(OnceLock::new).take(timeline.events.len()).collect(),
            entries: std::iter::repeat_with(OnceLock::new).take(timeline.articles.len()).collect(),
        }
    }

    /// Lists every page that has an address of its own.
    pub(super) fn targets(&self) -> Vec<Target> {
        let mut all = vec![Target::new(&[], Kind::Index)];
        let in_parts = |all: &mut Vec<Target>, folders: &[&str], parts: usize, kind: &dyn Fn(usize) -> Kind| {
            all.extend((0..parts.max(1)).map(|part| Target::new(folders, kind(part)).part(part)));
        };
        let stretches = self.stretches.pages.iter().enumerate();
        all.extend(stretches.map(|(i, page)| Target { folders: page.folders.clone(), kind: Kind::Stretch(i) }));
        in_parts(&mut all, &["articles"], self.article_parts(&self.latest).len(), &Kind::Articles);
        for by in By::ALL {
            let subjects = self.subjects.of(by);
            let letters = self.letters(by);
            if subjects.is_empty() && by != By::Outlet {
                continue;
            }
            all.push(Target::new(&[by.folder()], Kind::Subjects(by, None, 0)));
            for letter in letters {
                let parts = self.subject_parts(&self.subjects_of(by, Some(letter))).len();
                let folder = format!("_{letter}");
                in_parts(&mut all, &[by.folder(), &folder], parts, &|part| Kind::Subjects(by, Some(letter), part));
            }
            for (i, subject) in subjects.iter().enumerate() {
                let (events, articles) = (&subject.events, &subject.articles);
                let (main, other) = match by {
                    By::Outlet => (self.article_parts(articles).len(), self.event_parts(events).len()),
                    By::Name => (self.event_parts(events).len(), 0),
                    By::Tag => (self.event_parts(events).len(), self.article_parts(articles).len()),
                };
                let folder = subject.folder.as_str();
                in_parts(&mut all, &[by.folder(), folder], main, &|part| Kind::Subject(by, i, part));
                if let Some(name) = by.other().filter(|_| other > 0) {
                    in_parts(&mut all, &[by.folder(), folder, name], other, &|part| Kind::Other(by, i, part));
                }
            }
        }
        if !self.doubts.is_empty() {
            in_parts(&mut all, &["not-dated"], self.doubt_parts().len(), &Kind::Undated);
        }
        if !self.changes.arrivals.is_empty() {
            all.push(Target::new(&["changes"], Kind::Changes));
        }
        all.push(Target::new(&["embed"], Kind::Embed));
        let articles = self.timeline.articles.iter().enumerate();
        for (i, article) in articles {
            let count = 1 + self.site.cuts.get(i).map_or(0, Vec::len);
            in_parts(&mut all, &["articles", &article.id], count, &|part| Kind::Article(i, part));
        }
        let events = self.timeline.events.iter().enumerate();
        for (i, event) in events {
            in_parts(&mut all, &["events", &event.id], self.source_parts(i).len(), &|part| Kind::Event(i, part));
        }
        let gone = self.gone.iter().enumerate();
        all.extend(gone.map(|(i, (id, _))| Target::new(&["events", id], Kind::Gone(i))));
        all
    }

    /// Gives the letters under which a long list of outlets, names or tags is split.
    pub(super) fn letters(&self, by: By) -> BTreeSet<char> {
        let all = self.subjects.of(by);
        if self.subject_parts(&self.subjects_of(by, None)).len() < 2 {
            return BTreeSet::new();
        }
        all.iter().map(|subject| initial(&subject.folder)).collect()
    }

    /// Gives the indexes of the outlets, names or tags of one letter, or all.
    pub(super) fn subjects_of(&self, by: By, letter: Option<char>) -> Vec<usize> {
        let all = self.subjects.of(by).iter().enumerate();
        all.filter(|(_, s)| letter.is_none_or(|letter| initial(&s.folder) == letter)).map(|(i, _)| i).collect()
    }

    pub(super) fn event_parts(&self, events: &[usize]) -> Parts {
        parts(events.iter().map(|&i| self.timeline.events.get(i).map_or(0, |event| event.title.len())))
    }

    pub(super) fn article_parts(&self, articles: &[usize]) -> Parts {
        parts(articles.iter().map(|&i| self.timeline.articles.get(i).map_or(0, |article| article.title.value.len())))
    }

    pub(super) fn subject_parts(&self, subjects: &[usize]) -> Parts {
        parts(subjects.iter().map(|_| 0))
    }

    pub(super) fn doubt_parts(&self) -> Parts {
        parts(self.doubts.iter().map(|doubt| doubt.weight))
    }

    /// Cuts the sources of an event into parts, as its own pages show them.
    pub(super) fn source_parts(&self, index: usize) -> Parts {
        let mentions = self.timeline.events.get(index).map_or(&[][..], |event| &event.mentions);
        if mentions.len() <= FEW {
            return parts(mentions.iter().map(|_| 0));
        }
        let weight = |&m: &usize| {
            let mention = self.timeline.mentions.get(m);
            SOURCE + mention.map_or(0, |m| m.quote.len() + m.continued.iter().map(|range| range.len()).sum::<usize>())
        };
        parts(mentions.iter().map(weight))
    }

    /// Makes a page.
    pub(super) fn page(&self, target: &Target) -> Result<OutputFile, RenderError> {
        self.page_with(target, &Records::new())
    }

    /// Makes a page; events that were worded already are not worded again.
    pub(super) fn page_with(&self, target: &Target, records: &Records) -> Result<OutputFile, RenderError> {
        let root = target.root();
        let mut context = Context::new();
        let (template, head) = match target.kind {
            Kind::Event(i, part) => return self.event_page(i, part, &self.own_record(i, part)?),
            Kind::Article(i, part) => return self.article_page(i, part, target),
            Kind::Index => self.index(&mut context, records)?,
            Kind::Stretch(i) => self.stretch(&mut context, i, (&root, records))?,
            Kind::Articles(part) => self.articles(&mut context, part)?,
            Kind::Subjects(by, letter, part) => self.subject_list(&mut context, by, letter, part)?,
            Kind::Subject(by, i, part) => self.subject(&mut context, by, i, part, false)?,
            Kind::Other(by, i, part) => self.subject(&mut context, by, i, part, true)?,
            Kind::Undated(part) => self.undated(&mut context, part)?,
            Kind::Changes => self.changes_page(&mut context)?,
            Kind::Embed => self.embed(&mut context)?,
            Kind::Gone(i) => self.gone(&mut context, i)?,
        };
        self.fill(template, target.path(), &root, head, context)
    }

    fn article_page(&self, i: usize, part: usize, target: &Target) -> Result<OutputFile, RenderError> {
        let (root, path) = (target.root(), target.path());
        let Some(article) = self.timeline.articles.get(i) else {
            return self.pour("article.html", path, &root, Head::default(), Fields::new());
        };
        let mentions = self.mentions.get(i).map(Vec::as_slice).unwrap_or_default();
        let cuts = self.site.cuts.get(i).map_or(&[][..], Vec::as_slice);
        let start = part.checked_sub(1).and_then(|before| cuts.get(before)).copied().unwrap_or(0);
        let piece =
            Piece { index: i, within: start..cuts.get(part).copied().unwrap_or(article.text.len()), root: &root };
        let shown = article_fields(self, article, mentions, &piece)?;
        let folder = format!("articles/{}", escape::part(&article.id));
        let tags: BTreeSet<&String> = article.tags.iter().collect();
        let tags = tags.into_iter().filter_map(|tag| self.subjects.find(By::Tag, tag));
        let fields = vec![
            ("article", Field::Record(shown)),
            ("pager", pager(self.site.words, &folder, part, cuts.len() + 1).into()),
            ("tags", Field::list(tags.map(|tag| self.subject_link(By::Tag, tag)))),
        ];
        let mut head = self.article_head(article);
        head.part(self.site.words, part);
        self.pour("article.html", path, &root, head, fields)
    }

    /// The page that a server shows at any depth, so that nothing in it may be relative.
    pub(super) fn not_found(&self) -> Result<OutputFile, RenderError> {
        let base = self.site.config.base_url.as_deref();
        let path = base.and_then(|url| url.split_once("://")).and_then(|(_, rest)| rest.split_once('/'));
        let root = format!("/{}/", path.map_or("", |(_, path)| path).trim_matches('/')).replace("//", "/");
        let head = Head { title: Some(self.site.words.label("not_found").to_owned()), hidden: true, ..Head::default() };
        self.fill("404.html", "404.html".to_owned(), &root, head, Context::new())
    }

    fn fill(
        &self,
        template: &str,
        path: String,
        root: &str,
        head: Head,
        mut context: Context,
    ) -> Result<OutputFile, RenderError> {
        context.insert_value("root", Value::normal_string(root));
        context.insert_value("path", Value::normal_string(&path));
        self.put_head(&mut context, head, &path);
        let mut filled = Vec::with_capacity(64 * 1024);
        self.site.tera.render_to(template, &context, &mut filled)?;
        let mut bytes = Vec::with_capacity(filled.len() + filled.len() / 16);
        push_rooted(&mut bytes, &filled, root);
        Ok(OutputFile { path, bytes })
    }

    /// Fills a page of which there are many that differ in their words alone.
    pub(super) fn pour(
        &self,
        template: &'static str,
        path: String,
        root: &str,
        head: Head,
        fields: Fields,
    ) -> Result<OutputFile, RenderError> {
        let mut fields = fields;
        fields.extend(self.head_fields(head, &path));
        fields.push(("path", Field::from(path.clone())));
        let mut bytes = Vec::with_capacity(8 * 1024);
        self.site.casts.fill(&self.site.tera, template, root, &fields, &mut bytes)?;
        Ok(OutputFile { path, bytes })
    }
}

/// Lists the events that people put to another one: whoever has their address is led on.
fn gone(timeline: &Timeline) -> Vec<(&str, usize)> {
    let known: BTreeMap<&str, usize> =
        timeline.events.iter().enumerate().map(|(i, event)| (event.id.as_str(), i)).collect();
    let mut gone: BTreeMap<&str, usize> = BTreeMap::new();
    for (id, edit) in &timeline.edits {
        let merged = edit.corrected.iter().filter(|corrected| corrected.what == Change::Merge);
        let (Some(&into), ids) = (known.get(id.as_str()), merged.filter_map(|corrected| corrected.id.as_deref()))
        else {
            continue;
        };
        for id in ids.filter(|id| !known.contains_key(id) && escape::part(id) == *id && !id.is_empty()) {
            gone.entry(id).or_insert(into);
        }
    }
    gone.into_iter().collect()
}

pub(super) fn put<T: Serialize + ?Sized>(
    context: &mut Context,
    key: &'static str,
    value: &T,
) -> Result<(), RenderError> {
    context.insert_value(key, Value::try_from_serializable(value)?);
    Ok(())
}
