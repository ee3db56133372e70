//! `dateline explain`: shows how each date of an article was found, or all that tells an event.

mod event;

use super::flags::Common;
use super::load;
use super::message::plain;
use super::report::{self, Exit};
use crate::lang;
use crate::model::{Anchor, Article, Choice, DateBasis, Domain, Resolved, Timeline, TimexClass};
use crate::pipeline;
use std::io::{self, BufWriter, Write};
use std::path::Path;

/// How articles and events are named.
const NAMING: &str = "name an article by its path (`content/…`), its id, or a part of either, and an event by its id (`dateline events -v` prints them)";

/// The arguments of `dateline explain`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// An article (its path, its id, or a part of either that no other article has), or an event (its id)
    #[arg(value_name = "ARTICLE|EVENT")]
    pub subject: String,
}

/// Explains one article's dates, or one event.
pub fn run(common: &Common, args: &Args) -> anyhow::Result<Exit> {
    if args.subject.trim().is_empty() {
        report::complain("an empty name names no article or event", Some(NAMING));
        return Ok(Exit::Usage);
    }
    let site = load::load(common)?;
    let timeline = &site.timeline;
    let named = Path::new(&args.subject).strip_prefix(&common.root).ok().map(|p| p.to_string_lossy().into_owned());
    let (exact, matches) = find(&timeline.articles, &args.subject, named.as_deref());
    if !exact && let Some(event) = event::find(timeline, &args.subject) {
        let mut out = BufWriter::new(io::stdout().lock());
        event::explain(&mut out, &site.config, timeline, event)?;
        out.flush()?;
        return Ok(Exit::Done);
    }
    let &[index] = matches.as_slice() else {
        refuse(&timeline.articles, &args.subject, &matches);
        return Ok(Exit::Usage);
    };
    let mut out = BufWriter::new(io::stdout().lock());
    if let (Some(article), Some(resolved)) = (timeline.articles.get(index), timeline.resolved.get(index)) {
        head(&mut out, article)?;
        match &article.event {
            Some(date) => {
                writeln!(out, "event {date}, written by hand; not read for dates")?;
                let own = |e: &&crate::model::Event| {
                    e.mentions.iter().any(|&m| timeline.mentions.get(m).is_some_and(|m| m.article == index))
                };
                for event in timeline.events.iter().filter(own) {
                    writeln!(out, "  event   {}  {}", event.id, plain(&event.title))?;
                }
            }
            None => writeln!(out, "read as {}", domain(article, resolved))?,
        }
        for found in resolved {
            expression(&mut out, timeline, index, article, found)?;
        }
    }
    out.flush()?;
    Ok(Exit::Done)
}

/// Finds articles by path or id, else by a part of them; tells which of both.
fn find(articles: &[Article], wanted: &str, named: Option<&str>) -> (bool, Vec<usize>) {
    let all = |is: &dyn Fn(&Article) -> bool| -> Vec<usize> {
        articles.iter().enumerate().filter(|(_, a)| is(a)).map(|(i, _)| i).collect()
    };
    let wanted = wanted.strip_prefix("./").unwrap_or(wanted);
    // The sources that an event written by hand cites have its path, but ids of their own.
    let mut exact = all(&|a| a.id == wanted);
    if exact.is_empty() {
        exact = all(&|a| a.path == wanted || named.is_some_and(|n| a.path == n));
        exact.truncate(1);
    }
    if exact.is_empty() {
        let mut parts = all(&|a| a.path.contains(wanted) || a.id.contains(wanted));
        let path = |i: usize| articles.get(i).map(|a| &a.path);
        parts.dedup_by(|later, first| path(*later) == path(*first));
        (false, parts)
    } else {
        (true, exact)
    }
}

fn refuse(articles: &[Article], wanted: &str, matches: &[usize]) {
    if matches.is_empty() {
        report::complain(&format!("no article or event is named `{wanted}`"), Some(NAMING));
        return;
    }
    let paths = matches.iter().filter_map(|&i| articles.get(i)).map(|a| a.path.as_str()).collect::<Vec<_>>();
    let help = format!("name one of them: {}", paths.join(", "));
    report::complain(&format!("{} articles are named `{wanted}`", paths.len()), Some(&help));
}

fn head(out: &mut dyn Write, article: &Article) -> io::Result<()> {
    let publisher = article.publisher.as_ref().map(|p| format!(" ({})", p.value)).unwrap_or_default();
    writeln!(out, "{}", plain(&article.path))?;
    writeln!(out, "{}{}", plain(&article.title.value), plain(&publisher))?;
    match &article.published {
        Some(p) => writeln!(out, "published {}  ({}: {})", p.date, basis(p.basis), plain(&p.evidence)),
        None => writeln!(out, "published: not known"),
    }
}

/// Says whether the article was read as news or narrative, and why.
fn domain(article: &Article, resolved: &[Resolved]) -> String {
    let (domain, counts) = pipeline::domain(article, resolved);
    let (name, from) = match domain {
        Domain::News => ("news", "dates count from the publication day"),
        Domain::Narrative => ("narrative", "dates count from the date told before"),
    };
    let why = match counts {
        None => "the article says so".to_owned(),
        Some(c) => format!(
            "of its dates {} name a year long before publication, {} another year, {} count from another date, {} from the day of writing",
            c.far,
            c.near,
            c.counted,
            c.deictic + c.weekdays
        ),
    };
    format!("{name}: {from}  ({why})")
}

fn expression(
    out: &mut dyn Write,
    timeline: &Timeline,
    index: usize,
    article: &Article,
    found: &Resolved,
) -> io::Result<()> {
    let marked = found.timex.marked();
    let (line, column) = article.line_and_column(marked.start);
    let words = article.text.get(marked.clone()).unwrap_or_default();
    writeln!(out, "\n{}:{line}:{column}: {}", plain(&article.path), plain(words))?;
    // Day or month first: the words say the year, and no anchor could tell.
    let either = found.anchor == Anchor::Explicit && found.choice == Choice::Open && found.date.is_some();
    if either {
        writeln!(out, "  anchor  none can tell: which number is the day and which the month is not known")?;
    } else {
        writeln!(out, "  anchor  {}", anchor(article, timeline.resolved.get(index), &found.anchor))?;
    }
    match &found.date {
        Some(date) => {
            let how = if either {
                "left open: the text, its language and its publisher do not tell the order"
            } else {
                chosen(found.choice)
            };
            writeln!(out, "  date    {date}  ({}; {how})", date.human_with(found.timex.modifier))?
        }
        None => writeln!(out, "  date    none  ({} {})", class(found), found.value)?,
    }
    if let Some(rule) = lang::english().rule(found.timex.rule) {
        writeln!(out, "  rule    {}  ({})", rule.name, rule.says)?;
    }
    for event in events(timeline, index, &marked) {
        writeln!(out, "  event   {}  {}", event.id, plain(&event.title))?;
    }
    Ok(())
}

fn anchor(article: &Article, resolved: Option<&Vec<Resolved>>, anchor: &Anchor) -> String {
    match anchor {
        Anchor::Explicit => "none needed: the words say it all".to_owned(),
        Anchor::Published(date) => format!("the publication date, {date}"),
        Anchor::Previous(earlier, date) => {
            let range = resolved.and_then(|all| all.get(*earlier)).map(|r| r.timex.marked());
            let words = range.and_then(|range| article.text.get(range)).unwrap_or_default();
            format!("the date told before, {date}: {}", plain(words))
        }
        Anchor::Unknown if article.published.is_some() => "not known: nothing to count from was told before".to_owned(),
        Anchor::Unknown => "not known: the article states no publication date".to_owned(),
    }
}

fn events<'a>(
    timeline: &'a Timeline,
    article: usize,
    marked: &std::ops::Range<usize>,
) -> impl Iterator<Item = &'a crate::model::Event> {
    let told = timeline.mentions.iter().enumerate().filter(|(_, mention)| {
        mention.article == article && mention.expression.start < marked.end && marked.start < mention.expression.end
    });
    let told: Vec<usize> = told.map(|(i, _)| i).collect();
    timeline.events.iter().filter(move |event| event.mentions.iter().any(|m| told.contains(m)))
}

fn class(found: &Resolved) -> &'static str {
    match found.timex.class {
        TimexClass::Date => "names no day:",
        TimexClass::Time => "a time of day:",
        TimexClass::Duration => "a length of time:",
        TimexClass::Set => "recurs:",
    }
}

/// Says where a publication date was found.
fn basis(basis: DateBasis) -> &'static str {
    match basis {
        DateBasis::Sidecar => "the file beside it",
        DateBasis::FrontMatter => "its front matter",
        DateBasis::Header => "a line at its head",
        DateBasis::Dateline => "its dateline",
        DateBasis::PageMetadata => "the page's metadata",
        DateBasis::FileName => "its file's name",
        DateBasis::Address => "its web address",
        DateBasis::Inferred => "worked out",
    }
}

/// Says how what the words leave open was chosen.
fn chosen(choice: Choice) -> &'static str {
    match choice {
        Choice::AsStated => "as stated",
        Choice::NearestYear => "the year is the one nearest to the anchor",
        Choice::ByWeekday => "the year is the nearest in which the day falls on that weekday",
        Choice::ByVerb => "the year is the one on the side that the verb tells, not the nearest",
        Choice::MostRecentWeekday => "the most recent such weekday",
        Choice::NextWeekday => "the next such weekday",
        Choice::WeekdayBefore => "the last such weekday before the anchor",
        Choice::WeekdayOfNextWeek => "that weekday of the week after",
        Choice::CountedFromAnchor => "counted from the anchor",
        Choice::UnitBefore => "the one before the anchor's",
        Choice::UnitOfAnchor => "the anchor's",
        Choice::UnitAfter => "the one after the anchor's",
        Choice::SameAsAnchor => "the same as the anchor's",
        Choice::Computed => "computed by the calendar",
        Choice::OrderOfText => "day and month as in the other dates of the text",
        Choice::OrderOfLanguage => "day and month as its language's country writes them",
        Choice::OrderOfPublisher => "day and month as its publisher's country writes them",
        Choice::Open => "left open: no anchor is known",
    }
}
