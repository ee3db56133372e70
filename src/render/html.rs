//! The pages: one template each, filled with plain values.

use super::article::article_view;
use super::group::{Group, Place, groups};
use super::view::{event_view, published};
use super::{RenderError, Site};
use crate::model::{OutputFile, Timeline};
use serde::Serialize;
use std::collections::BTreeMap;
use tera::{Context, Value};

/// A page of the site.
#[derive(Debug, Clone)]
pub struct Target {
    /// The parts of its path but for `index.html`.
    folders: Vec<String>,
    kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Index,
    Articles,
    Outlets,
    Article(usize),
    Event(usize),
    Outlet(usize),
    Group(usize),
}

impl Target {
    fn new(folders: &[&str], kind: Kind) -> Target {
        Target { folders: folders.iter().map(|&f| f.to_owned()).collect(), kind }
    }

    /// Gives its path in the output folder.
    pub fn path(&self) -> String {
        self.folders.iter().map(|folder| format!("{folder}/")).collect::<String>() + "index.html"
    }
}

/// Lists every page that has an address of its own.
pub fn targets(timeline: &Timeline, site: &Site) -> Vec<Target> {
    let mut all = vec![
        Target::new(&[], Kind::Index),
        Target::new(&["articles"], Kind::Articles),
        Target::new(&["sources"], Kind::Outlets),
    ];
    let articles = timeline.articles.iter().enumerate();
    all.extend(articles.map(|(i, article)| Target::new(&["articles", &article.id], Kind::Article(i))));
    let events = timeline.events.iter().enumerate();
    all.extend(events.map(|(i, event)| Target::new(&["events", &event.id], Kind::Event(i))));
    let outlets = site.outlets.values().enumerate();
    all.extend(outlets.map(|(i, folder)| Target::new(&["sources", folder], Kind::Outlet(i))));
    let years = groups(&timeline.events);
    let years = years.iter().enumerate().filter(|(_, group)| matches!(group.place, Place::From(..)));
    all.extend(years.map(|(i, group)| Target::new(&[&group.key()], Kind::Group(i))));
    all
}

/// Renders every page, and the one for addresses that lead nowhere.
pub fn pages(timeline: &Timeline, site: &Site) -> Result<Vec<OutputFile>, RenderError> {
    let desk = Desk::new(timeline, site)?;
    let mut files: Vec<OutputFile> =
        targets(timeline, site).iter().map(|target| desk.page(target)).collect::<Result<_, _>>()?;
    files.push(desk.not_found()?);
    Ok(files)
}

/// What pages share: every value that more than one of them shows is made once.
pub(super) struct Desk<'t> {
    pub(super) site: &'t Site<'t>,
    pub(super) timeline: &'t Timeline,
    pub(super) events: Vec<Value>,
    pub(super) groups: Vec<Group<'t>>,
    pub(super) group_values: Vec<Value>,
    /// For each article, its mentions.
    pub(super) mentions: Vec<Vec<usize>>,
    /// Outlets with their articles, in order of name, as [`Site::outlets`] has them.
    pub(super) outlets: Vec<(&'t str, Vec<usize>)>,
}

impl<'t> Desk<'t> {
    fn new(timeline: &'t Timeline, site: &'t Site<'t>) -> Result<Desk<'t>, RenderError> {
        let value = |event| Value::try_from_serializable(&event_view(site, timeline, event));
        let events = timeline.events.iter().map(value).collect::<Result<Vec<_>, _>>()?;
        let mut mentions = vec![Vec::new(); timeline.articles.len()];
        for (i, mention) in timeline.mentions.iter().enumerate() {
            if let Some(own) = mentions.get_mut(mention.article) {
                own.push(i);
            }
        }
        let mut outlets: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (i, article) in timeline.articles.iter().enumerate() {
            if let Some(publisher) = &article.publisher {
                outlets.entry(&publisher.value).or_default().push(i);
            }
        }
        let outlets = outlets.into_iter().collect();
        let groups = groups(&timeline.events);
        let mut desk = Desk { site, timeline, events, groups, group_values: Vec::new(), mentions, outlets };
        desk.group_values = desk.groups.iter().map(|group| desk.group(group)).collect::<Result<_, _>>()?;
        Ok(desk)
    }

    fn page(&self, target: &Target) -> Result<OutputFile, RenderError> {
        let path = target.path();
        let root = "../".repeat(target.folders.len());
        let mut context = Context::new();
        let words = self.site.words;
        let (template, title, description) = match target.kind {
            Kind::Index => {
                context.insert_value("groups", Value::from(self.group_values.clone()));
                put(&mut context, "facts", &self.facts())?;
                let all: Vec<usize> = (0..self.timeline.events.len()).collect();
                put(&mut context, "find", &self.finder(&all))?;
                put(&mut context, "density", &self.density_here(&all))?;
                put(&mut context, "lanes", &self.lanes(&self.groups))?;
                ("index.html", None, self.site.config.description.clone())
            }
            Kind::Group(i) => {
                let group = self.groups.get(i);
                context.insert_value("group", self.group_values.get(i).cloned().unwrap_or_else(Value::none));
                let near = |i: Option<usize>| {
                    i.and_then(|i| self.groups.get(i)).filter(|g| matches!(g.place, Place::From(..)))
                };
                put(&mut context, "before", &near(i.checked_sub(1)).map(|group| self.group_link(group)))?;
                put(&mut context, "after", &near(i.checked_add(1)).map(|group| self.group_link(group)))?;
                let count = group.map_or(0, Group::count);
                ("year.html", group.map(|group| group.heading(self.site)), words.count("events", count, &[]))
            }
            Kind::Event(i) => {
                let event = self.timeline.events.get(i);
                context.insert_value("event", self.events.get(i).cloned().unwrap_or_else(Value::none));
                put(&mut context, "before", &i.checked_sub(1).and_then(|i| self.event_link(i)))?;
                put(&mut context, "after", &i.checked_add(1).and_then(|i| self.event_link(i)))?;
                let said = event.map(|event| words.date(&event.date)).unwrap_or_default();
                ("event.html", event.map(|event| event.title.clone()), said)
            }
            Kind::Article(i) => {
                let article = self.timeline.articles.get(i);
                let mentions = self.mentions.get(i).map(Vec::as_slice).unwrap_or_default();
                let view = article.map(|article| article_view(self.site, self.timeline, i, article, mentions));
                put(&mut context, "article", &view)?;
                let said = article.map(|a| format!("{}, {}", self.site.outlet(a), published(self.site, a)));
                ("article.html", article.map(|article| article.title.value.clone()), said.unwrap_or_default())
            }
            Kind::Articles => {
                let all: Vec<usize> = (0..self.timeline.articles.len()).collect();
                put(&mut context, "articles", &self.entries(&all))?;
                ("articles.html", Some(words.label("articles").to_owned()), String::new())
            }
            Kind::Outlets => {
                put(&mut context, "outlets", &self.outlet_links())?;
                ("outlets.html", Some(words.label("outlets").to_owned()), String::new())
            }
            Kind::Outlet(i) => {
                let (name, articles) = self.outlets.get(i).map_or(("", &[][..]), |(name, all)| (*name, all));
                put(&mut context, "articles", &self.entries(articles))?;
                ("outlet.html", Some(name.to_owned()), String::new())
            }
        };
        put(&mut context, "canonical", &self.site.canonical(&path))?;
        put(&mut context, "og_type", if matches!(target.kind, Kind::Article(_)) { "article" } else { "website" })?;
        self.fill(template, path, &root, title, &description, context)
    }

    /// The page that a server shows at any depth, so that nothing in it may be relative.
    fn not_found(&self) -> Result<OutputFile, RenderError> {
        let base = self.site.config.base_url.as_deref();
        let path = base.and_then(|url| url.split_once("://")).and_then(|(_, rest)| rest.split_once('/'));
        let root = format!("/{}/", path.map_or("", |(_, path)| path).trim_matches('/')).replace("//", "/");
        let title = self.site.words.label("not_found").to_owned();
        self.fill("404.html", "404.html".to_owned(), &root, Some(title), "", Context::new())
    }

    fn fill(
        &self,
        template: &str,
        path: String,
        root: &str,
        title: Option<String>,
        description: &str,
        mut context: Context,
    ) -> Result<OutputFile, RenderError> {
        put(&mut context, "root", root)?;
        put(&mut context, "title", &title)?;
        put(&mut context, "description", description)?;
        for key in ["canonical", "og_type"] {
            if !context.contains_key(key) {
                context.insert_value(key, Value::none());
            }
        }
        let html = self.site.tera.render(template, &context)?;
        Ok(OutputFile { path, bytes: html.into_bytes() })
    }
}

fn put<T: Serialize + ?Sized>(context: &mut Context, key: &'static str, value: &T) -> Result<(), RenderError> {
    context.insert_value(key, Value::try_from_serializable(value)?);
    Ok(())
}
