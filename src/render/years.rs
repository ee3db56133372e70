//! The pages of the timeline itself: the first one, years, months, and each event's own.

use super::field::{Field, Fields};
use super::group::{Group, Place, Width};
use super::head::Head;
use super::html::{Desk, Kind, Records, Target, put};
use super::lanes::LanesView;
use super::lists::{Page, record};
use super::parts::{Link, pager};
use super::site::event_page;
use super::stretch::{IN_PLACE, Months, Stretch};
use super::subjects::By;
use super::view::{date_view, event_fields, merged, source_fields, told};
use super::voices::people;
use super::{RenderError, escape};
use crate::model::{Edtf, Event, OutputFile};
use std::collections::BTreeSet;
use std::ops::Range;
use tera::{Context, Value};

/// Names of an event that its page lists at most.
const NAMES: usize = 24;

impl<'t> Desk<'t> {
    /// Makes a page of the timeline and those of all events that stand on it.
    pub(super) fn stretch_with_events(&self, target: &Target) -> Result<Vec<OutputFile>, RenderError> {
        let Kind::Stretch(i) = target.kind else { return Ok(vec![self.page(target)?]) };
        let Some(page) = self.stretches.pages.get(i) else { return Ok(Vec::new()) };
        let mut records = Records::new();
        let mut files = Vec::new();
        for index in page.events().filter_map(|event| self.site.index_of(event)) {
            let whole = self.own_record(index, 0)?;
            // On the page of a large year an event stands besides that of its month, which makes its own page.
            if page.whole {
                files.push(self.event_page(index, 0, &whole)?);
                for part in 1..self.source_parts(index).len() {
                    files.push(self.event_page(index, part, &self.own_record(index, part)?)?);
                }
            }
            let long = self.timeline.events.get(index).is_some_and(|event| event.mentions.len() > IN_PLACE);
            records.insert(index, if long { self.record(index, Some(0..IN_PLACE))? } else { whole });
        }
        files.push(self.page_with(target, &records)?);
        Ok(files)
    }

    /// Gives an event as a page of its own shows it.
    pub(super) fn own_record(&self, index: usize, part: usize) -> Result<Fields<'_>, RenderError> {
        self.record(index, Some(self.source_parts(index).get(part).cloned().unwrap_or_default()))
    }

    /// Gives an event as templates show it, with some of its sources; lean where it is with none.
    fn record(&self, index: usize, sources: Option<Range<usize>>) -> Result<Fields<'_>, RenderError> {
        let Some(event) = self.timeline.events.get(index) else { return Ok(Fields::new()) };
        let count = event.mentions.len();
        let mut record = event_fields(self.site, self.timeline, event, sources.is_none());
        // Its own pages show all, one after the other; elsewhere it is said where the others are.
        let rest = sources.as_ref().is_some_and(|shown| *shown == (0..IN_PLACE) && count > IN_PLACE);
        let more = || -> Fields {
            vec![("href", event_page(event).into()), ("label", self.site.words.count("all_sources", count, &[]).into())]
        };
        record.push(("more", rest.then(more).into()));
        record.push(("home", self.home(index).into()));
        let evidence = sources.map(|shown| self.evidence(event, shown)).transpose()?;
        record.push(("evidence", evidence.map_or(Field::None, Field::html)));
        Ok(record)
    }

    /// Fills some sources of an event.
    fn evidence(&self, event: &Event, shown: Range<usize>) -> Result<String, RenderError> {
        let (site, timeline) = (self.site, self.timeline);
        let merged = merged(site, timeline, event);
        let mut bytes = Vec::with_capacity(shown.len() * 1536);
        for (i, told) in told(timeline, event).enumerate().skip(shown.start).take(shown.len()) {
            let why = merged.get(i).and_then(Option::as_deref);
            let source = source_fields(site, timeline, event, told, why);
            self.push_fragment(&mut bytes, "source.html", "source", source)?;
        }
        // Templates and values are text, so that nothing else can come of them.
        Ok(String::from_utf8(bytes).unwrap_or_default())
    }

    /// Gives where an event stands in the timeline, from the root of the site.
    pub(super) fn home(&self, index: usize) -> String {
        let id = self.timeline.events.get(index).map(|event| event.id.as_str()).unwrap_or_default();
        let page = self.stretches.home.get(index).and_then(|&at| self.stretches.pages.get(at));
        match page.filter(|_| !self.stretches.complete) {
            Some(page) => format!("{}#e-{id}", path(&page.folders)),
            None => format!("index.html#e-{id}"),
        }
    }

    /// Fills the first page: all events, or the most important ones and the way to the others.
    pub(super) fn index(&self, context: &mut Context, records: &Records) -> Page {
        let words = self.site.words;
        let (mut groups, mut shown_groups, mut passed) = (Vec::new(), Vec::new(), Vec::new());
        let mut skipped = false;
        for (group, months) in self.groups.iter().zip(&self.stretches.first) {
            if months.values().all(Vec::is_empty) {
                skipped = true;
                continue;
            }
            // What stands before a year on the line, years in which nothing is shown among it, is passed as one.
            let silence = group.silence.or(std::mem::take(&mut skipped).then_some((0, 0)));
            shown_groups.push(Group { months: months.clone(), silence, ..*group });
        }
        let lanes = self.lanes(&shown_groups);
        for (i, (group, months)) in self.groups.iter().zip(&self.stretches.first).enumerate() {
            if months.values().all(Vec::is_empty) {
                passed.push(self.passed(group));
                continue;
            }
            groups.push(self.group((i, group), months, Some(std::mem::take(&mut passed)), ("", &lanes, records))?);
        }
        context.insert_value("groups", Value::from(groups));
        context.insert_value("passed", Value::from(passed));
        put(context, "facts", &self.facts())?;
        let chosen = (!self.stretches.complete).then(|| {
            let shown: usize = self.stretches.first.iter().flat_map(|months| months.values()).map(Vec::len).sum();
            words.count("chosen", shown, &[])
        });
        put(context, "chosen", &chosen)?;
        let shown = self.shown(&self.stretches.first);
        let all: Vec<usize> = (0..self.timeline.events.len()).collect();
        // What is not shown here is searched too.
        put(context, "find", &self.finder(&all, !self.stretches.complete, false))?;
        context.insert_value("all", Value::from(!self.stretches.complete));
        let here: BTreeSet<usize> = shown.into_iter().collect();
        let link = |i: usize, event: &Event| {
            if here.contains(&i) { format!("#e-{}", event.id) } else { self.home(i) }
        };
        put(context, "density", &self.density(&all, link))?;
        put(context, "lanes", &lanes)?;
        let said = Some(&self.site.config.description).filter(|said| !said.is_empty()).cloned();
        let description = said.unwrap_or_else(|| words.statements(&self.facts()));
        let mut head = Head { description, ..Head::default() };
        head.json_ld = Some(self.index_data());
        Ok(("index.html", head))
    }

    /// Gives the link to years of which the first page shows nothing.
    fn passed(&self, group: &Group) -> Value {
        record([
            ("key", Value::from(group.key())),
            ("href", Value::from(self.group_link(group).href)),
            ("heading", Value::from(group.heading(self.site))),
            ("count", Value::from(self.site.words.number(group.count()))),
            ("silence", self.silence(group)),
        ])
    }

    /// Says of how many years before a group nothing is told.
    fn silence(&self, group: &Group) -> Value {
        let said = group.silence.map(|(first, last)| {
            let years = if first == last { first.to_string() } else { format!("{first}–{last}") };
            self.site.words.count("silence", usize::try_from(last - first + 1).unwrap_or(0), &[("years", &years)])
        });
        said.map_or_else(Value::none, Value::from)
    }

    /// Fills the page of a year, a month or a part of one.
    pub(super) fn stretch(&self, context: &mut Context, at: usize, (root, records): (&str, &Records)) -> Page {
        let words = self.site.words;
        let Some((page, group)) = self.stretches.pages.get(at).and_then(|p| Some((p, self.groups.get(p.group)?)))
        else {
            return Ok(("year.html", Head::default()));
        };
        let here = [Group { place: group.place, months: page.months.clone(), silence: None }];
        let lanes = self.lanes(&here);
        let shown = self.group((page.group, group), &page.months, None, (root, &lanes, records))?;
        context.insert_value("group", shown);
        let heading = self.heading(page, group);
        put(context, "heading", &heading)?;
        let count = match page.whole {
            true => page.events().count(),
            false => group.count(),
        };
        put(context, "counted", &words.count("events", count, &[]))?;
        let up = page.month.map(|_| self.group_link(group));
        put(context, "up", &up)?;
        let first = page.folders.len() - usize::from(page.part.0 > 0);
        let folder = page.folders.get(..first).unwrap_or_default().join("/");
        put(context, "pager", &pager(words, &folder, page.part.0, page.part.1))?;
        put(context, "before", &self.near(at, false))?;
        put(context, "after", &self.near(at, true))?;
        let shown = self.shown(std::slice::from_ref(&page.months));
        put(context, "find", &self.finder(&shown, false, !page.whole || page.part.1 > 1))?;
        let chosen = (!page.whole).then(|| words.count("chosen_of_year", shown.len(), &[]));
        put(context, "chosen", &chosen)?;
        // The histogram tells of all that the page stands for, and leads to where it is shown.
        let all: Vec<usize> = match page.whole {
            true => shown.clone(),
            false => self.shown(std::slice::from_ref(&group.months)),
        };
        let on_page: BTreeSet<usize> = shown.into_iter().collect();
        let link = |i: usize, event: &Event| match on_page.contains(&i) {
            true => format!("#e-{}", event.id),
            false => format!("{root}{}", self.home(i)),
        };
        put(context, "density", &self.density(&all, link))?;
        put(context, "lanes", &lanes)?;
        let mut head = Head::of(&heading, &words.count("events", count, &[]));
        head.part(words, page.part.0);
        Ok(("year.html", head))
    }

    /// Gives the places of events in the timeline, in order.
    fn shown(&self, months: &[Months]) -> Vec<usize> {
        months.iter().flat_map(|months| months.values()).flatten().filter_map(|e| self.site.index_of(e)).collect()
    }

    fn heading(&self, page: &Stretch, group: &Group) -> String {
        match (page.month, group.place) {
            (Some(Some(month)), Place::From(year, Width::Year)) => {
                Edtf::month(year, month).map(|date| self.site.words.date(&date)).unwrap_or_default()
            }
            (Some(None), _) => self.site.words.sentence("year_alone", &[("year", &group.heading(self.site))]),
            _ => group.heading(self.site),
        }
    }

    /// Gives the page of the timeline before or after one, of the same width.
    pub(super) fn near(&self, at: usize, after: bool) -> Option<Link> {
        let pages = &self.stretches.pages;
        let this = pages.get(at)?;
        let alike = |page: &&Stretch| page.part.0 == 0 && page.month.is_some() == this.month.is_some();
        let page = match after {
            true => pages.get(at + 1..)?.iter().find(alike),
            false => pages.get(..at)?.iter().rev().find(alike),
        }?;
        let page = Some(page).filter(|page| (page.group, page.month) != (this.group, this.month))?;
        let group = self.groups.get(page.group)?;
        let count = match page.month {
            Some(month) => group.months.get(&month).map_or(0, Vec::len),
            None => group.count(),
        };
        let note = self.site.words.count("events", count, &[]);
        Some(Link { href: path(&page.folders), title: self.heading(page, group), note })
    }

    /// Makes a page of an event.
    pub(super) fn event_page(&self, index: usize, part: usize, record: &Fields) -> Result<OutputFile, RenderError> {
        let Some(event) = self.timeline.events.get(index) else {
            return self.pour("event.html", "index.html".to_owned(), "", Head::default(), Fields::new());
        };
        let target = Target::new(&["events", &event.id], Kind::Event(index, part)).part(part);
        let folder = format!("events/{}", escape::part(&event.id));
        let names = people(self.timeline, event).into_iter().filter_map(|name| self.subjects.find(By::Name, name));
        let fields = vec![
            ("event", Field::Lent(record)),
            ("pager", pager(self.site.words, &folder, part, self.source_parts(index).len()).into()),
            ("before", index.checked_sub(1).and_then(|i| self.event_link(i)).into()),
            ("after", self.event_link(index + 1).into()),
            ("names", Field::list(names.take(NAMES).map(|subject| self.subject_link(By::Name, subject)))),
        ];
        let mut head = Head::of(&event.title, &date_view(self.site, &event.date, None).words);
        head.part(self.site.words, part);
        head.json_ld = Some(self.event_data(event));
        self.pour("event.html", target.path(), &target.root(), head, fields)
    }

    pub(super) fn gone(&self, context: &mut Context, i: usize) -> Page {
        let into = self.gone.get(i).and_then(|&(_, into)| self.event_link(into));
        put(context, "into", &into)?;
        let head = Head { title: Some(self.site.words.label("gone").to_owned()), hidden: true, ..Head::default() };
        Ok(("gone.html", head))
    }

    /// Gives a group of years with the months and events that a page shows of it; `passed` are the years before it of
    /// which the first page shows nothing, and none on a page of its own.
    fn group(
        &self,
        (at, group): (usize, &Group),
        months: &Months,
        passed: Option<Vec<Value>>,
        (root, lanes, records): (&str, &LanesView, &Records),
    ) -> Result<Value, RenderError> {
        let own_page = passed.is_none();
        let lean = !own_page && !self.stretches.complete;
        let (words, key) = (self.site.words, group.key());
        let only = group.months.len() == 1;
        let mut list = Vec::with_capacity(months.len());
        let mut shown = 0;
        for (month, events) in months {
            let all = group.months.get(month).map_or(0, Vec::len);
            shown += events.len();
            let elsewhere = own_page && events.len() < all && !only;
            let of_month = |page: &&Stretch| page.group == at && page.month == Some(*month);
            let page = self.stretches.pages.iter().find(|page| elsewhere && of_month(page));
            if events.is_empty() && page.is_none() {
                continue;
            }
            let label = match month {
                Some(m) => words.dates.months.get((*m as usize).saturating_sub(1)).map(|m| m.to_string()),
                None if matches!(group.place, Place::From(_, Width::Year)) => Some(words.label("sometime").to_owned()),
                None => Some(group.heading(self.site)),
            };
            let mut items = Vec::with_capacity(events.len() * 2048);
            for (event, index) in events.iter().filter_map(|event| Some((event, self.site.index_of(event)?))) {
                let made = match records.get(&index) {
                    Some(_) => Fields::new(),
                    None => self.record(index, (!lean).then_some(0..IN_PLACE))?,
                };
                let record = records.get(&index).unwrap_or(&made);
                let fields = [("event", Field::Lent(record)), ("lane", lanes.beside(event).into())];
                self.site.casts.fill(&self.site.tera, "item.html", root, &fields, &mut items)?;
            }
            let more = page.map(|page| link(path(&page.folders), words.count("all_events", all, &[])));
            list.push(record([
                ("key", Value::from(month.map_or(format!("{key}-year"), |m| format!("{key}-{m:02}")))),
                ("label", Value::from(label.unwrap_or_default())),
                // Whether the heading of the year says as much already.
                ("quiet", Value::from(month.is_none() && only)),
                ("count", Value::from(words.number(all))),
                ("more", more.unwrap_or_else(Value::none)),
                ("shown", Value::from(events.len())),
                ("events", Value::safe_string(&String::from_utf8(items).unwrap_or_default())),
            ]));
        }
        let href = self.group_link(group).href;
        let more = (!own_page && shown < group.count())
            .then(|| link(href.clone(), words.count("all_events", group.count(), &[])));
        Ok(record([
            ("key", Value::from(key)),
            ("href", if own_page { Value::none() } else { Value::from(href) }),
            ("heading", Value::from(group.heading(self.site))),
            ("silence", if own_page { Value::none() } else { self.silence(group) }),
            ("passed", Value::from(passed.unwrap_or_default())),
            ("count", Value::from(words.number(group.count()))),
            ("counted", Value::from(words.count("events", group.count(), &[]))),
            ("more", more.unwrap_or_else(Value::none)),
            ("months", Value::from(list)),
        ]))
    }

    fn group_link(&self, group: &Group) -> Link {
        let href = format!("{}/index.html", escape::part(&group.key()));
        Link { href, title: group.heading(self.site), note: self.site.words.count("events", group.count(), &[]) }
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

fn link(href: String, label: String) -> Value {
    record([("href", Value::from(href)), ("label", Value::from(label))])
}

/// Gives the path of a page of the timeline, as links write it.
fn path(folders: &[String]) -> String {
    folders.iter().map(|folder| format!("{}/", escape::part(folder))).collect::<String>() + "index.html"
}
