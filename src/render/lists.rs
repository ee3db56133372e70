//! What the pages list: years with their events, articles, outlets, names, tags.

use super::RenderError;
use super::cast::ROOT;
use super::escape;
use super::field::{Field, Fields};
use super::head::Head;
use super::html::{Desk, put};
use super::marks::class;
use super::parts::{Link, pager};
use super::site::{article_page, event_page};
use super::subjects::{By, Subject};
use super::view::{date_view, event_date, published, short};
use super::voices::{self, outlets, some};
use serde::Serialize;
use std::collections::BTreeSet;
use tera::{Context, Value};

/// A template and what the head of its page says.
pub(super) type Page = Result<(&'static str, Head), RenderError>;

/// Outlets, names or tags that a split list shows before its letters.
const FOREMOST: usize = 60;

impl Desk<'_> {
    pub(super) fn articles(&self, context: &mut Context, part: usize) -> Page {
        self.put_entries(context, &self.latest, "articles", part)?;
        let count = self.site.words.count("articles", self.latest.len(), &[]);
        let mut head = Head::of(self.site.words.label("articles"), &count);
        head.part(self.site.words, part);
        Ok(("articles.html", head))
    }

    /// Lists all outlets, names or tags: the foremost and the letters, where they are many.
    pub(super) fn subject_list(&self, context: &mut Context, by: By, letter: Option<char>, part: usize) -> Page {
        #[derive(Serialize)]
        struct Letter {
            href: String,
            label: String,
            count: String,
            current: bool,
        }
        let (words, all, letters) = (self.site.words, self.subjects.of(by), self.letters(by));
        let label = |letter: char| match letter {
            '0' => "0–9".to_owned(),
            '-' => "…".to_owned(),
            letter => letter.to_ascii_uppercase().to_string(),
        };
        let href = |letter: char| format!("{}/_{letter}", by.folder());
        let mut chosen = self.subjects_of(by, letter);
        let size = |&i: &usize| all.get(i).map_or(0, |s| s.events.len().max(s.articles.len()));
        if letter.is_none() && !letters.is_empty() {
            chosen.sort_by_key(|i| std::cmp::Reverse(size(i)));
            chosen.truncate(FOREMOST);
        } else {
            let parts = self.subject_parts(&chosen);
            let folder = letter.map_or(by.folder().to_owned(), href);
            put(context, "pager", &pager(words, &folder, part, parts.len()))?;
            chosen = parts.get(part).and_then(|range| chosen.get(range.clone())).unwrap_or_default().to_vec();
        }
        let links: Vec<Link> = chosen.iter().filter_map(|&i| all.get(i)).map(|s| self.subject_link(by, s)).collect();
        put(context, "links", &links)?;
        let letter_links = letters.iter().map(|&this| Letter {
            href: format!("{}/index.html", href(this)),
            label: label(this),
            count: words.number(self.subjects_of(by, Some(this)).len()),
            current: letter == Some(this),
        });
        put(context, "letters", &letter_links.collect::<Vec<_>>())?;
        let title = words.label(by.label());
        let title = letter.map_or(title.to_owned(), |letter| format!("{title}: {}", label(letter)));
        let mut head = Head::of(&title, &words.count(by.label(), all.len(), &[]));
        head.part(words, part);
        put(context, "up", &letter.map(|_| self.list_link(by)))?;
        Ok((by.templates().0, head))
    }

    /// Shows an outlet, a name or a tag: its events in order of time, or its articles.
    pub(super) fn subject(&self, context: &mut Context, by: By, i: usize, part: usize, other: bool) -> Page {
        let words = self.site.words;
        let Some(subject) = self.subjects.of(by).get(i) else {
            return Ok((by.templates().1, Head::default()));
        };
        let own = format!("{}/{}", by.folder(), subject.folder);
        let folder = by.other().filter(|_| other).map_or(own.clone(), |name| format!("{own}/{name}"));
        let of_articles = other != (by == By::Outlet);
        if of_articles {
            self.put_entries(context, &subject.articles, &folder, part)?;
            context.insert_value("years", Value::none());
        } else {
            if by.other().is_some() {
                context.insert_value("entries", Value::none());
            }
            self.put_briefs(context, &subject.events, &folder, part)?;
        }
        let (events, articles) = (subject.events.len(), subject.articles.len());
        let counted_events = words.count("events", events, &[]);
        let counted_articles = words.count("articles", articles, &[]);
        let facts = match by {
            By::Name => vec![counted_events.clone()],
            _ => vec![counted_articles.clone(), counted_events.clone()],
        };
        // The way from the one list to the other.
        let across = by.other().map(|name| {
            let other_of_articles = !of_articles;
            let key = match (by, other_of_articles) {
                (By::Outlet, false) => "all_dated",
                (_, true) => "all_articles",
                (_, false) => "all_events",
            };
            let count = if other_of_articles { articles } else { events };
            let href = if other { format!("{own}/index.html") } else { format!("{own}/{name}/index.html") };
            let title = words.sentence(key, &[("name", subject.name)]);
            let note = if other_of_articles { counted_articles.clone() } else { counted_events.clone() };
            (count > 0).then_some(Link { href, title, note })
        });
        if by == By::Name {
            let also = self.timeline.also_named.get(subject.name).filter(|also| !also.is_empty());
            let also = also.map(|also| words.sentence("also_named", &[("names", &words.list(also))]));
            put(context, "also", &also)?;
        }
        put(context, "across", &across.flatten())?;
        put(context, "name", subject.name)?;
        put(context, "facts", &facts)?;
        put(context, "up", &self.list_link(by))?;
        let key = match (by, other) {
            (By::Outlet, true) => Some("dated_by"),
            (By::Tag, true) => Some("articles_of"),
            _ => None,
        };
        let title = key.map_or(subject.name.to_owned(), |key| words.sentence(key, &[("name", subject.name)]));
        let mut head = Head::of(&title, &facts.join(", "));
        head.part(words, part);
        Ok((by.templates().1, head))
    }

    /// Gives a link to the list of all outlets, names or tags.
    fn list_link(&self, by: By) -> Link {
        let title = self.site.words.label(by.label()).to_owned();
        Link { href: format!("{}/index.html", by.folder()), title, note: String::new() }
    }

    /// Gives a link to the page of an outlet, a name or a tag.
    pub(super) fn subject_link(&self, by: By, subject: &Subject) -> Link {
        let words = self.site.words;
        let note = match by {
            By::Outlet => words.count("articles", subject.articles.len(), &[]),
            _ => words.count("events", subject.events.len(), &[]),
        };
        Link { href: format!("{}/{}/index.html", by.folder(), subject.folder), title: subject.name.to_owned(), note }
    }

    pub(super) fn event_link(&self, index: usize) -> Option<Link> {
        let event = self.timeline.events.get(index)?;
        let note = date_view(self.site, &event.date, None).words.clone();
        Some(Link { href: event_page(event), title: short(&event.title).into_owned(), note })
    }

    /// Puts a part of a list of articles, each filled into `entry.html`.
    fn put_entries(
        &self,
        context: &mut Context,
        articles: &[usize],
        folder: &str,
        part: usize,
    ) -> Result<(), RenderError> {
        let parts = self.article_parts(articles);
        put(context, "pager", &pager(self.site.words, folder, part, parts.len()))?;
        let shown = parts.get(part).and_then(|range| articles.get(range.clone())).unwrap_or_default();
        let mut html = String::new();
        for &i in shown {
            let Some(slot) = self.entries.get(i) else { continue };
            let made = match slot.get() {
                Some(made) => made,
                None => {
                    let made = self.entry(i)?.into_boxed_str();
                    slot.get_or_init(|| made)
                }
            };
            html.push_str(made);
        }
        context.insert_value("entries", Value::safe_string(&html));
        Ok(())
    }

    /// Puts a part of a list of events by year, each filled into `brief.html`.
    fn put_briefs(
        &self,
        context: &mut Context,
        events: &[usize],
        folder: &str,
        part: usize,
    ) -> Result<(), RenderError> {
        let parts = self.event_parts(events);
        put(context, "pager", &pager(self.site.words, folder, part, parts.len()))?;
        let shown = parts.get(part).and_then(|range| events.get(range.clone())).unwrap_or_default();
        let mut years: Vec<(usize, String)> = Vec::new();
        for &i in shown {
            let Some(group) = self.stretches.home.get(i).and_then(|&p| self.stretches.pages.get(p)).map(|p| p.group)
            else {
                continue;
            };
            if years.last().is_none_or(|(last, _)| *last != group) {
                years.push((group, String::new()));
            }
            let (Some(slot), Some((_, html))) = (self.briefs.get(i), years.last_mut()) else { continue };
            let made = match slot.get() {
                Some(made) => made,
                None => {
                    let made = self.brief(i)?.into_boxed_str();
                    slot.get_or_init(|| made)
                }
            };
            html.push_str(made);
        }
        // What has no month comes in order of its first day, so that a decade may stand between two years.
        let mut seen = BTreeSet::new();
        let year = |(group, html): (usize, String)| {
            let group = self.groups.get(group)?;
            let first = seen.insert(group.key());
            Some(record([
                ("key", Value::from(if first { group.key() } else { String::new() })),
                ("heading", Value::from(group.heading(self.site))),
                ("href", Value::from(format!("{}/index.html", escape::part(&group.key())))),
                ("events", Value::safe_string(&html)),
            ]))
        };
        let years: Vec<Value> = years.into_iter().filter_map(year).collect();
        context.insert_value("years", Value::from(years));
        Ok(())
    }

    /// Fills the entry of an article in a list.
    fn entry(&self, i: usize) -> Result<String, RenderError> {
        let Some(article) = self.timeline.articles.get(i) else { return Ok(String::new()) };
        let own = self.mentions.get(i).map(Vec::as_slice).unwrap_or_default();
        let events: BTreeSet<usize> = own.iter().filter_map(|&m| *self.site.event_of.get(m)?).collect();
        let fields = vec![
            ("href", article_page(article).into()),
            ("title", short(&article.title.value).into()),
            ("outlet", self.site.outlet(article).into()),
            ("published", published(self.site, article).into()),
            ("basis", article.published.as_ref().map(|p| self.site.words.basis(p.basis)).into()),
            ("events", self.site.words.count("events", events.len(), &[]).into()),
        ];
        self.fragment("entry.html", "article", fields)
    }

    /// Fills the entry of an event in a list.
    fn brief(&self, i: usize) -> Result<String, RenderError> {
        let Some(event) = self.timeline.events.get(i) else { return Ok(String::new()) };
        let (site, timeline) = (self.site, self.timeline);
        let fields = vec![
            ("id", Field::from(&event.id)),
            ("href", event_page(event).into()),
            ("class", class(site, event, voices::count(site, timeline, event)).into()),
            ("date", event_date(site, timeline, event).into()),
            ("title", short(&event.title).into()),
            ("status", site.words.status(event.status).into()),
            ("outlets", some(site.words, &outlets(site, timeline, event)).into()),
            ("split", event.disagreement.is_some().into()),
        ];
        self.fragment("brief.html", "event", fields)
    }

    /// Fills a template whose result several pages share, wherever they lie.
    pub(super) fn fragment(
        &self,
        template: &'static str,
        key: &'static str,
        fields: Fields,
    ) -> Result<String, RenderError> {
        let mut bytes = Vec::with_capacity(512);
        self.push_fragment(&mut bytes, template, key, fields)?;
        // Templates and values are text, so that nothing else can come of them.
        Ok(String::from_utf8(bytes).unwrap_or_default())
    }

    /// Fills such a template and appends what comes of it.
    pub(super) fn push_fragment(
        &self,
        out: &mut Vec<u8>,
        template: &'static str,
        key: &'static str,
        fields: Fields,
    ) -> Result<(), RenderError> {
        self.site.casts.fill(&self.site.tera, template, ROOT, &[(key, Field::Record(fields))], out)
    }
}

/// Makes a value of named ones.
pub(super) fn record<const N: usize>(fields: [(&'static str, Value); N]) -> Value {
    Value::from(std::collections::BTreeMap::from(fields))
}
