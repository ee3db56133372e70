//! All that tells an event, and the lines that change it.

use super::{anchor, basis, chosen};
use crate::cli::message::plain;
use crate::cli::report::count;
use crate::config::Config;
use crate::lang;
use crate::lang::interface::{Interface, interface};
use crate::model::{Article, Edit, Event, Mention, Modifier, Precision, Resolved, Status, Timeline};
use crate::pipeline;
use std::collections::BTreeSet;
use std::io::{self, Write};

/// Finds an event by its id, or by that of a mention that tells it or was taken off it; hidden ones too.
pub(super) fn find<'t>(timeline: &'t Timeline, wanted: &str) -> Option<&'t Event> {
    let events = || timeline.events.iter().chain(&timeline.hidden);
    let mention = || timeline.mentions.iter().position(|m| m.id == wanted);
    let decided = || {
        let names = |edit: &Edit| edit.corrected.iter().any(|c| c.id.as_deref() == Some(wanted));
        let (id, _) = timeline.edits.iter().find(|(_, edit)| names(edit))?;
        events().find(|e| e.id == *id)
    };
    let by_mention = || mention().and_then(|m| events().find(|e| e.mentions.contains(&m)));
    events().find(|e| e.id == wanted).or_else(by_mention).or_else(decided)
}

/// Prints an event with its whole evidence.
pub(super) fn explain(out: &mut dyn Write, config: &Config, timeline: &Timeline, event: &Event) -> io::Result<()> {
    let words = interface(&config.language);
    let told: Vec<(&Mention, &Article)> = told(timeline, event).collect();
    writeln!(out, "{}  {}", event.id, plain(&event.title))?;
    writeln!(out, "  date        {}  ({})", event.date, event.date.human_with(modifier(timeline, event, &told)))?;
    writeln!(out, "  status      {}", status(event.status))?;
    writeln!(out, "  importance  {}  ({})", event.importance, weight(timeline, event, &told))?;
    if timeline.hidden.iter().any(|hidden| hidden.id == event.id) {
        writeln!(out, "  hidden      not on the timeline")?;
    }
    if let Some(edit) = timeline.edits.get(&event.id) {
        decided(out, words, edit)?;
    }
    for (n, (mention, article)) in told.iter().enumerate() {
        source(out, timeline, n + 1, mention, article)?;
    }
    merged(out, words, timeline, event, &told)?;
    disagreement(out, timeline, event)?;
    writeln!(out, "\nTo change it, put lines of these into corrections.yaml in the site's folder:\n")?;
    // Nothing in a file of corrections is longer than a line, so each can be made safe by itself.
    for line in pipeline::correction_lines(timeline, event).lines() {
        writeln!(out, "{}", plain(line))?;
    }
    Ok(())
}

fn told<'t>(timeline: &'t Timeline, event: &'t Event) -> impl Iterator<Item = (&'t Mention, &'t Article)> {
    event.mentions.iter().filter_map(|&m| {
        let mention = timeline.mentions.get(m)?;
        Some((mention, timeline.articles.get(mention.article)?))
    })
}

/// Gives what a source's words add to the date that the event has of it ("late 2014").
fn modifier(timeline: &Timeline, event: &Event, told: &[(&Mention, &Article)]) -> Option<Modifier> {
    let (mention, _) = told.iter().find(|(mention, _)| mention.date == event.date)?;
    resolved(timeline, mention)?.timex.modifier
}

fn status(status: Status) -> &'static str {
    match status {
        Status::Happened => "happened",
        Status::Planned => "planned: told as to come",
        Status::Denied => "denied: told as not having happened",
        Status::Hypothetical => "hypothetical: told as a possibility",
    }
}

/// Says what an event's weight rests on.
fn weight(timeline: &Timeline, event: &Event, told: &[(&Mention, &Article)]) -> String {
    let articles: BTreeSet<&str> = told.iter().map(|(_, article)| article.id.as_str()).collect();
    let mut parts = vec![count(timeline.outlets(event).len(), "outlet"), count(articles.len(), "article")];
    if !event.copies.is_empty() {
        parts.push(format!("{} in nearly the same words as another", event.copies.len()));
    }
    let place = told.iter().map(|(m, a)| (m.sentence + 1, a.sentences.len().max(1)));
    if let Some((at, of)) = place.min_by(|a, b| (a.0 * b.1).cmp(&(b.0 * a.1))) {
        parts.push(format!("told first in sentence {at} of {of}"));
    }
    let later = told.iter().filter(|(_, article)| {
        let day = article.published_day();
        day.zip(event.date.last_day()).is_some_and(|(day, end)| (day - end).num_days() > 7)
    });
    match later.count() {
        0 => {}
        n => parts.push(format!("retold more than a week after by {}", count(n, "mention"))),
    }
    parts.push(
        match event.date.precision() {
            Precision::Day => "known to the day",
            Precision::Week => "known to the week",
            Precision::Month => "known to the month",
            Precision::Season | Precision::Quarter => "known to the part of the year",
            Precision::Year => "known to the year",
            Precision::Decade | Precision::Century | Precision::Span => "known as a span",
        }
        .to_owned(),
    );
    parts.join(", ")
}

fn decided(out: &mut dyn Write, words: &Interface, edit: &Edit) -> io::Result<()> {
    if let Some(path) = &edit.written {
        writeln!(out, "  written     by hand, in {}", plain(path))?;
    }
    for note in &edit.notes {
        writeln!(out, "  note        {}", plain(note))?;
    }
    for corrected in &edit.corrected {
        writeln!(out, "  corrected   {}", plain(&words.corrected(corrected)))?;
    }
    Ok(())
}

fn source(out: &mut dyn Write, timeline: &Timeline, n: usize, mention: &Mention, article: &Article) -> io::Result<()> {
    let text = |range: &std::ops::Range<usize>| plain(article.text.get(range.clone()).unwrap_or_default());
    let unknown = if article.event.is_some() { "written for this timeline" } else { "outlet not stated" };
    let outlet = article.publisher.as_ref().map_or(unknown, |p| &p.value);
    let published = match &article.published {
        Some(p) => format!(", published {}  ({}: {})", p.date, basis(p.basis), plain(&p.evidence)),
        None if article.event.is_some() => String::new(),
        None => ", publication date not known".to_owned(),
    };
    let (line, column) = article.line_and_column(mention.quote.start);
    writeln!(out, "\n{n}. {}{published}", plain(outlet))?;
    writeln!(out, "   {}:{line}:{column}: {}", plain(&article.path), plain(&article.title.value))?;
    writeln!(out, "   “{}”", text(&mention.quote))?;
    for more in &mention.continued {
        writeln!(out, "   “{}”", text(more))?;
    }
    writeln!(out, "   mention  {}  {}", mention.id, plain(&mention.title))?;
    let told = mention.date.human_with(resolved(timeline, mention).and_then(|found| found.timex.modifier));
    if article.event.is_some() {
        writeln!(out, "   date     {}  ({told}; stated by hand)", mention.date)?;
    } else {
        writeln!(out, "   words    {}", text(&mention.expression))?;
        writeln!(out, "   anchor   {}", anchor(article, timeline.resolved.get(mention.article), &mention.anchor))?;
        writeln!(out, "   date     {}  ({told}; {})", mention.date, chosen(mention.choice))?;
        if let Some(rule) = lang::english().rule(mention.rule) {
            writeln!(out, "   rule     {}  ({})", rule.name, rule.says)?;
        }
    }
    writeln!(out, "   status   {}", status(mention.status))?;
    if !mention.names.is_empty() {
        writeln!(out, "   names    {}", plain(&mention.names.join(", ")))?;
    }
    Ok(())
}

/// Gives the expression that dates a mention.
fn resolved<'t>(timeline: &'t Timeline, mention: &Mention) -> Option<&'t Resolved> {
    let all = timeline.resolved.get(mention.article)?;
    let overlaps = |r: &&Resolved| {
        let marked = r.timex.marked();
        marked.start < mention.expression.end && mention.expression.start < marked.end
    };
    let same = all.iter().filter(overlaps).find(|r| r.date.as_ref() == Some(&mention.date));
    same.or_else(|| all.iter().find(overlaps))
}

/// Says why the mentions were taken for one event.
fn merged(
    out: &mut dyn Write,
    words: &Interface,
    timeline: &Timeline,
    event: &Event,
    told: &[(&Mention, &Article)],
) -> io::Result<()> {
    if told.len() < 2 {
        return Ok(());
    }
    writeln!(out, "\nwhy it is one event")?;
    let number = |m: usize| event.mentions.iter().position(|&own| own == m).map(|at| at + 1);
    let mut linked = BTreeSet::new();
    for link in &event.links {
        if let (Some(a), Some(b)) = (number(link.a), number(link.b)) {
            let other = timeline.mentions.get(link.b).and_then(|m| timeline.articles.get(m.article));
            let same =
                timeline.mentions.get(link.a).map(|m| m.article) == timeline.mentions.get(link.b).map(|m| m.article);
            let name = other.map(|article| article.publisher.as_ref().map_or("the other", |p| &p.value));
            let said = words.merged(name.filter(|_| !same), &link.reasons);
            writeln!(out, "  {} and {}  {}", a.min(b), a.max(b), plain(&said))?;
            linked.extend([a, b]);
        }
    }
    let alone: Vec<String> = (1..=told.len()).filter(|n| !linked.contains(n)).map(|n| n.to_string()).collect();
    if !alone.is_empty() {
        let by_hand = timeline.edits.get(&event.id).is_some_and(|edit| {
            edit.written.is_some() || edit.corrected.iter().any(|c| c.what == crate::model::Change::Merge)
        });
        let why = if by_hand { "put together by hand" } else { "no reason of their own is kept: others are stronger" };
        writeln!(out, "  {}  {why}", alone.join(", "))?;
    }
    Ok(())
}

fn disagreement(out: &mut dyn Write, timeline: &Timeline, event: &Event) -> io::Result<()> {
    let Some(disagreement) = &event.disagreement else {
        return Ok(());
    };
    writeln!(out, "\nthe sources disagree")?;
    for claim in &disagreement.claims {
        let by: BTreeSet<&str> = claim
            .mentions
            .iter()
            .filter_map(|&m| timeline.articles.get(timeline.mentions.get(m)?.article))
            .map(|article| article.publisher.as_ref().map_or(article.path.as_str(), |p| &p.value))
            .collect();
        let by: Vec<&str> = by.into_iter().collect();
        writeln!(out, "  {}  {}", claim.date, plain(&by.join(", ")))?;
    }
    Ok(())
}
