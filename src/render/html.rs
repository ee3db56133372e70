//! The pages: which there are, where they lie and what each is filled with.

use super::articles::{self, ArticleCard, EventCard};
use super::groups::{self, YearGroup};
use super::outlets::Outlets;
use super::views::{self, EventView, Maker, NameView};
use super::{RenderError, Theme, escape};
use crate::config::Config;
use crate::lang::interface::Interface;
use crate::model::Timeline;
use serde::Serialize;
use std::collections::BTreeMap;

/// The files of the site, by path.
type Files = BTreeMap<String, Vec<u8>>;

/// What every page is filled with.
#[derive(Serialize)]
struct Page<'a, T: Serialize> {
    site: &'a SiteView<'a>,
    /// What leads from the page to the site's root.
    root: &'a str,
    title: &'a str,
    canonical: Option<String>,
    /// Which entry of the navigation it is.
    here: &'a str,
    page: T,
}

#[derive(Serialize)]
struct SiteView<'a> {
    title: &'a str,
    description: &'a str,
    language: &'a str,
    facts: String,
    /// From when to when the events are, in words.
    span: Option<String>,
    disagreements: Option<String>,
}

#[derive(Serialize)]
struct YearView<'a> {
    label: &'a str,
    id: String,
    href: String,
    count: usize,
    gap: Option<String>,
    months: Vec<MonthView<'a>>,
}

#[derive(Serialize)]
struct MonthView<'a> {
    label: &'a str,
    id: String,
    events: Vec<&'a EventView>,
}

struct Writer<'a> {
    config: &'a Config,
    theme: &'a Theme,
    site: SiteView<'a>,
    files: &'a mut Files,
}

impl Writer<'_> {
    fn page(
        &mut self,
        path: &str,
        template: &str,
        title: &str,
        here: &str,
        page: impl Serialize,
    ) -> Result<(), RenderError> {
        let up = "../".repeat(path.matches('/').count());
        // The page for what is missing is shown at any depth, so only a full address finds the way from it.
        let lost = path == "404.html";
        let root = if lost { self.config.base_url.as_deref().unwrap_or("/") } else { &up };
        let canonical = self.config.base_url.as_ref().filter(|_| !lost).map(|base| {
            let folder = path.trim_end_matches("index.html");
            let parts: Vec<String> = folder.split('/').map(escape::part).collect();
            format!("{base}{}", parts.join("/"))
        });
        let bytes = self.theme.fill(template, &Page { site: &self.site, root, title, canonical, here, page })?;
        self.files.insert(path.to_owned(), bytes);
        Ok(())
    }
}

/// Writes every page under its path.
///
/// # Errors
/// When a template cannot be filled.
pub fn pages(config: &Config, timeline: &Timeline, theme: &Theme, files: &mut Files) -> Result<(), RenderError> {
    let words = Interface::english();
    let outlets = Outlets::of(timeline);
    let maker = Maker { words, timeline, outlets: &outlets };
    let events: Vec<EventView> = timeline.events.iter().map(|event| maker.event(event)).collect();
    let groups = groups::group(words, &timeline.events);
    let years: Vec<YearView> = groups.iter().map(|group| year(words, group, &events)).collect();
    let site = site_view(config, timeline, words, &outlets, &groups);
    let mut writer = Writer { config, theme, site, files };

    #[derive(Serialize)]
    struct Index<'a> {
        years: &'a [YearView<'a>],
    }
    writer.page("index.html", "index.html", &config.title, "timeline", Index { years: &years })?;
    writer.page("404.html", "404.html", words.say("lost"), "", ())?;

    #[derive(Serialize)]
    struct OneEvent<'a> {
        event: &'a EventView,
        back: String,
    }
    for (event, view) in timeline.events.iter().zip(&events) {
        let page = OneEvent { event: view, back: format!("index.html#e-{}", view.id) };
        writer.page(&format!("events/{}/index.html", event.id), "event.html", &view.title, "timeline", page)?;
    }
    year_pages(&mut writer, words, &groups, &years)?;
    article_pages(&mut writer, &maker, &events)?;
    outlet_pages(&mut writer, &maker, &events)
}

fn site_view<'a>(
    config: &'a Config,
    timeline: &Timeline,
    words: &Interface,
    outlets: &Outlets,
    groups: &[YearGroup],
) -> SiteView<'a> {
    let events = words.count(timeline.events.len(), "one_event", "many_events");
    let articles = words.count(timeline.articles.len(), "one_article", "many_articles");
    let count = words.count(outlets.len(), "one_outlet", "many_outlets");
    let facts = words.tell("facts", &[("events", &events), ("articles", &articles), ("outlets", &count)]);
    let split = timeline.events.iter().filter(|e| e.disagreement.is_some()).count();
    let ends = groups.iter().filter(|g| g.slug != "undated").map(|g| g.label.as_str());
    let span = match (ends.clone().next(), ends.last()) {
        (Some(first), Some(last)) if first != last => Some(words.tell("span", &[("first", first), ("last", last)])),
        (Some(one), _) => Some(one.to_owned()),
        _ => None,
    };
    SiteView {
        title: &config.title,
        description: &config.description,
        language: &config.language,
        facts: views::capital(&facts),
        span,
        disagreements: (split > 0).then(|| words.tell("split_facts", &[("count", &words.number(split))])),
    }
}

fn year<'a>(words: &'a Interface, group: &'a YearGroup, events: &'a [EventView]) -> YearView<'a> {
    let gap = usize::try_from(group.gap).ok().filter(|&gap| gap > 0);
    let months = group.months.iter().map(|(month, indexes)| MonthView {
        label: match month {
            0 if group.slug == "undated" || group.slug.len() > 4 => "",
            0 => words.say("sometime"),
            &month => words.month(month),
        },
        id: format!("y{}-{month:02}", group.slug),
        events: indexes.iter().filter_map(|&i| events.get(i)).collect(),
    });
    YearView {
        label: &group.label,
        id: format!("y{}", group.slug),
        href: format!("{}/index.html", group.slug),
        count: group.events().count(),
        gap: gap.map(|gap| words.count(gap, "gap_one", "gap_many")),
        months: months.collect(),
    }
}

fn year_pages(
    writer: &mut Writer,
    words: &Interface,
    groups: &[YearGroup],
    years: &[YearView],
) -> Result<(), RenderError> {
    #[derive(Serialize)]
    struct OneYear<'a> {
        year: &'a YearView<'a>,
        earlier: Option<NameView>,
        later: Option<NameView>,
    }
    let name = |year: &YearView| NameView { name: year.label.to_owned(), href: Some(year.href.clone()) };
    for (i, (group, year)) in groups.iter().zip(years).enumerate() {
        let earlier = i.checked_sub(1).and_then(|i| years.get(i)).map(name);
        let later = years.get(i + 1).map(name);
        let title = words.tell("events_in", &[("year", year.label)]);
        let path = format!("{}/index.html", group.slug);
        writer.page(&path, "year.html", &title, "timeline", OneYear { year, earlier, later })?;
    }
    Ok(())
}

fn article_pages(writer: &mut Writer, maker: &Maker, events: &[EventView]) -> Result<(), RenderError> {
    #[derive(Serialize)]
    struct List {
        articles: Vec<ArticleCard>,
        outlets: Vec<NameView>,
    }
    let told = articles::told(maker.timeline);
    for (i, article) in maker.timeline.articles.iter().enumerate() {
        let page = articles::page(maker, events, &told, i, article);
        let path = format!("articles/{}/index.html", article.id);
        writer.page(&path, "article.html", &article.title.value, "articles", page)?;
    }
    let name = |(name, _): (&str, &str)| NameView { name: name.to_owned(), href: maker.outlets.href(name) };
    let list = List {
        articles: maker.timeline.articles.iter().map(|article| articles::card(maker, article)).collect(),
        outlets: maker.outlets.iter().map(name).collect(),
    };
    writer.page("articles/index.html", "articles.html", maker.words.say("articles"), "articles", list)
}

fn outlet_pages(writer: &mut Writer, maker: &Maker, events: &[EventView]) -> Result<(), RenderError> {
    #[derive(Serialize)]
    struct OneOutlet {
        articles: Vec<ArticleCard>,
        events: Vec<EventCard>,
    }
    let mut by_name: BTreeMap<&str, OneOutlet> = BTreeMap::new();
    for article in &maker.timeline.articles {
        let Some(publisher) = &article.publisher else { continue };
        let entry = by_name.entry(&publisher.value);
        let outlet = entry.or_insert_with(|| OneOutlet { articles: Vec::new(), events: Vec::new() });
        outlet.articles.push(articles::card(maker, article));
    }
    for (event, view) in maker.timeline.events.iter().zip(events) {
        for name in articles::publishers(maker.timeline, event) {
            if let Some(outlet) = by_name.get_mut(name) {
                outlet.events.push(EventCard::new(view));
            }
        }
    }
    for (name, folder) in maker.outlets.iter() {
        let Some(outlet) = by_name.get(name) else { continue };
        let path = format!("sources/{folder}/index.html");
        writer.page(&path, "source.html", name, "articles", outlet)?;
    }
    Ok(())
}
