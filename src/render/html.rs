//! The pages: one template each, filled with plain values.

use super::article::article_view;
use super::group::{Group, Place, groups};
use super::site::{article_page, event_page};
use super::view::{date_view, event_view, published};
use super::{RenderError, Site, escape};
use crate::model::{Article, OutputFile, Timeline};
use serde::Serialize;
use std::collections::BTreeSet;
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
struct Desk<'t> {
    site: &'t Site<'t>,
    timeline: &'t Timeline,
    events: Vec<Value>,
    groups: Vec<Group<'t>>,
    group_values: Vec<Value>,
    /// For each article, its mentions.
    mentions: Vec<Vec<usize>>,
}

#[derive(Serialize)]
struct Entry {
    href: String,
    title: String,
    outlet: String,
    published: String,
    basis: Option<String>,
    events: String,
}

#[derive(Serialize)]
struct Link {
    href: String,
    title: String,
    note: String,
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
        let groups = groups(&timeline.events);
        let mut desk = Desk { site, timeline, events, groups, group_values: Vec::new(), mentions };
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
                put(&mut context, "articles", &self.entries(|_| true))?;
                ("articles.html", Some(words.label("articles").to_owned()), String::new())
            }
            Kind::Outlets => {
                put(&mut context, "outlets", &self.outlet_links())?;
                ("outlets.html", Some(words.label("outlets").to_owned()), String::new())
            }
            Kind::Outlet(i) => {
                let name = self.site.outlets.keys().nth(i).copied().unwrap_or_default();
                let of = |article: &Article| article.publisher.as_ref().is_some_and(|p| p.value == name);
                put(&mut context, "articles", &self.entries(of))?;
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

    /// Gives a year with its months and events.
    fn group(&self, group: &Group) -> Result<Value, RenderError> {
        #[derive(Serialize)]
        struct View {
            key: String,
            href: Option<String>,
            heading: String,
            silence: Option<String>,
            count: usize,
            counted: String,
            months: Vec<Month>,
        }
        #[derive(Serialize)]
        struct Month {
            key: String,
            label: Option<String>,
            events: Vec<Value>,
        }
        let (words, key) = (self.site.words, group.key());
        let only = group.months.len() == 1;
        let month = |(month, events): (&Option<u32>, &Vec<&crate::model::Event>)| Month {
            key: month.map_or(format!("{key}-year"), |m| format!("{key}-{m:02}")),
            label: match month {
                Some(m) => words.dates.months.get(*m as usize - 1).map(|name| name.to_string()),
                None if only || !matches!(group.place, Place::From(..)) => None,
                None => Some(words.label("sometime").to_owned()),
            },
            events: events.iter().filter_map(|event| self.events.get(self.index_of(event)?).cloned()).collect(),
        };
        let silence = group.silence.map(|(first, last)| {
            let years = if first == last { first.to_string() } else { format!("{first}–{last}") };
            words.count("silence", usize::try_from(last - first + 1).unwrap_or(0), &[("years", &years)])
        });
        let view = View {
            href: matches!(group.place, Place::From(..)).then(|| self.group_link(group).href),
            heading: group.heading(self.site),
            silence,
            count: group.count(),
            counted: words.count("events", group.count(), &[]),
            months: group.months.iter().map(month).collect(),
            key,
        };
        Ok(Value::try_from_serializable(&view)?)
    }

    fn index_of(&self, event: &crate::model::Event) -> Option<usize> {
        self.site.event_of.get(*event.mentions.first()?).copied().flatten()
    }

    fn group_link(&self, group: &Group) -> Link {
        let href = format!("{}/index.html", escape::part(&group.key()));
        Link { href, title: group.heading(self.site), note: self.site.words.count("events", group.count(), &[]) }
    }

    fn event_link(&self, index: usize) -> Option<Link> {
        let event = self.timeline.events.get(index)?;
        let note = date_view(self.site, &event.date, None).words;
        Some(Link { href: event_page(event), title: event.title.clone(), note })
    }

    fn outlet_links(&self) -> Vec<Link> {
        let articles = &self.timeline.articles;
        let mut counts: std::collections::BTreeMap<&str, usize> = std::collections::BTreeMap::new();
        for publisher in articles.iter().filter_map(|a| a.publisher.as_ref()) {
            *counts.entry(&publisher.value).or_default() += 1;
        }
        let count = |name: &str| counts.get(name).copied().unwrap_or(0);
        let link = |(name, folder): (&&str, &String)| Link {
            href: format!("sources/{}/index.html", escape::part(folder)),
            title: (*name).to_owned(),
            note: self.site.words.count("articles", count(name), &[]),
        };
        self.site.outlets.iter().map(link).collect()
    }

    /// Lists articles, the latest first; those without a date last.
    fn entries(&self, wanted: impl Fn(&Article) -> bool) -> Vec<Entry> {
        let articles = self.timeline.articles.iter().enumerate().filter(|(_, article)| wanted(article));
        let mut articles: Vec<(usize, &Article)> = articles.collect();
        articles.sort_by(|(_, a), (_, b)| {
            let day = |article: &Article| article.published.as_ref().and_then(|p| p.date.first_day());
            day(b).cmp(&day(a)).then_with(|| a.path.cmp(&b.path))
        });
        let entry = |(i, article): (usize, &Article)| {
            let own = self.mentions.get(i).map(Vec::as_slice).unwrap_or_default();
            let events: BTreeSet<usize> = own.iter().filter_map(|&m| *self.site.event_of.get(m)?).collect();
            Entry {
                href: article_page(article),
                title: article.title.value.clone(),
                outlet: self.site.outlet(article).to_owned(),
                published: published(self.site, article),
                basis: article.published.as_ref().map(|p| self.site.words.basis(p.basis).to_owned()),
                events: self.site.words.count("events", events.len(), &[]),
            }
        };
        articles.into_iter().map(entry).collect()
    }

    /// Says what the timeline is made of.
    fn facts(&self) -> Vec<String> {
        let (words, timeline) = (self.site.words, self.timeline);
        let events = words.count("events", timeline.events.len(), &[]);
        let articles = words.count("articles", timeline.articles.len(), &[]);
        let outlets = words.count("outlets", self.site.outlets.len(), &[]);
        let mut facts =
            vec![words.sentence("facts", &[("events", &events), ("articles", &articles), ("outlets", &outlets)])];
        let split = timeline.events.iter().filter(|event| event.disagreement.is_some()).count();
        if split > 0 {
            facts.push(words.count("disagreements", split, &[]));
        }
        facts
    }
}

fn put<T: Serialize + ?Sized>(context: &mut Context, key: &'static str, value: &T) -> Result<(), RenderError> {
    context.insert_value(key, Value::try_from_serializable(value)?);
    Ok(())
}
