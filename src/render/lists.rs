//! What pages list: years with their events, articles, outlets.

use super::RenderError;
use super::escape;
use super::group::{Group, Place, Width};
use super::html::Desk;
use super::site::{article_page, event_page};
use super::view::{date_view, published};
use crate::model::{Article, Event};
use serde::Serialize;
use std::collections::BTreeSet;
use tera::Value;

/// An article in a list.
#[derive(Serialize)]
pub(super) struct Entry {
    href: String,
    title: String,
    outlet: String,
    published: String,
    basis: Option<String>,
    events: String,
}

/// A page in a list.
#[derive(Serialize)]
pub(super) struct Link {
    href: String,
    title: String,
    note: String,
}

impl Desk<'_> {
    /// Gives a year with its months and events.
    pub(super) fn group(&self, group: &Group) -> Result<Value, RenderError> {
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
            label: String,
            /// Whether the heading of the year says as much already.
            quiet: bool,
            events: Vec<Value>,
        }
        let (words, key) = (self.site.words, group.key());
        let only = group.months.len() == 1;
        let month = |(month, events): (&Option<u32>, &Vec<&Event>)| Month {
            key: month.map_or(format!("{key}-year"), |m| format!("{key}-{m:02}")),
            label: match month {
                Some(m) => words.dates.months.get((*m as usize).saturating_sub(1)).map(|m| m.to_string()),
                None if matches!(group.place, Place::From(_, Width::Year)) => Some(words.label("sometime").to_owned()),
                None => Some(group.heading(self.site)),
            }
            .unwrap_or_default(),
            quiet: month.is_none() && only,
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

    pub(super) fn index_of(&self, event: &Event) -> Option<usize> {
        self.site.event_of.get(*event.mentions.first()?).copied().flatten()
    }

    pub(super) fn group_link(&self, group: &Group) -> Link {
        let href = format!("{}/index.html", escape::part(&group.key()));
        Link { href, title: group.heading(self.site), note: self.site.words.count("events", group.count(), &[]) }
    }

    pub(super) fn event_link(&self, index: usize) -> Option<Link> {
        let event = self.timeline.events.get(index)?;
        let note = date_view(self.site, &event.date, None).words;
        Some(Link { href: event_page(event), title: event.title.clone(), note })
    }

    pub(super) fn outlet_links(&self) -> Vec<Link> {
        let link = |(name, articles): &(&str, Vec<usize>)| {
            let folder = self.site.outlets.get(name).map(String::as_str).unwrap_or_default();
            Link {
                href: format!("sources/{}/index.html", escape::part(folder)),
                title: (*name).to_owned(),
                note: self.site.words.count("articles", articles.len(), &[]),
            }
        };
        self.outlets.iter().map(link).collect()
    }

    /// Lists articles, the latest first; those without a date last.
    pub(super) fn entries(&self, wanted: &[usize]) -> Vec<Entry> {
        let article = |&i: &usize| Some((i, self.timeline.articles.get(i)?));
        let mut articles: Vec<(usize, &Article)> = wanted.iter().filter_map(article).collect();
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
    pub(super) fn facts(&self) -> Vec<String> {
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
