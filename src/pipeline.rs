//! The one place that composes the stages: articles in, timeline out, site out.

mod read;

pub use read::{Known, Read, Told, reading_settings};

use crate::config::Config;
use crate::correct::Corrections;
use crate::diagnostic::{Diagnostic, Location};
use crate::model::{
    Article, Assembly, BlockKind, Domain, Edtf, Event, Mention, OutputFile, RawArticle, RawFile, Resolved, Timeline,
    Timex,
};
pub use crate::render::{Keys, Laid, Made, Pieces, Print, Standing};
use crate::render::{Press, RenderError, Site, Theme};
use crate::{article, correct, extract, lang, merge, normalize, render, tag};
pub use article::adding;
pub use article::decode;
pub use normalize::Hints;
use rayon::prelude::*;
pub use render::Export;
use std::collections::BTreeMap;
use std::convert::Infallible;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

/// Makes the timeline of a site's articles, and says what is wrong with them.
///
/// The order in which the articles come makes no difference.
pub fn timeline(config: &Config, files: &[RawArticle]) -> (Timeline, Vec<Diagnostic>) {
    corrected(config, files, None)
}

/// Makes the timeline of a site's articles as [`timeline`] does, and follows its `corrections.yaml`.
pub fn corrected(config: &Config, files: &[RawArticle], corrections: Option<&RawFile>) -> (Timeline, Vec<Diagnostic>) {
    let read = files.par_iter().map(|file| Known { read: Read::of(config, file), told: None }).collect();
    from_known(read, corrections, |_, _| ())
}

/// What is known of an article besides: its expressions of time, and what it tells.
type Rest = (Vec<Timex>, Option<Told>);

/// Makes the timeline as [`corrected`] does, of articles that were read already; hands on what each tells, by the
/// article's path, where that had to be worked out.
pub fn from_known(
    known: Vec<Known>,
    corrections: Option<&RawFile>,
    keep: impl Fn(&str, &Told) + Sync,
) -> (Timeline, Vec<Diagnostic>) {
    let language = lang::english();
    let (mut written, mut diagnostics, mut read) = (BTreeMap::new(), Vec::new(), Vec::with_capacity(known.len()));
    for Known { read: Read { article, dates, found }, told } in known {
        diagnostics.extend(found);
        if let Some((article, by_hand)) = article {
            written.extend(by_hand.map(|by_hand| (article.path.clone(), by_hand)));
            read.push((article, (dates, told)));
        }
    }
    read.sort_by(|(a, _), (b, _)| a.path.cmp(&b.path));
    let (mut articles, rest): (Vec<Article>, Vec<_>) = read.into_iter().unzip();
    diagnostics.extend(article::settle(&mut articles));
    let (told, by_hand): (Vec<_>, Vec<_>) = articles.into_iter().zip(rest).partition(|(a, _)| a.event.is_none());
    let (mut told, rest): (Vec<Article>, Vec<_>) = told.into_iter().unzip();
    let (timexes, known): (Vec<Vec<Timex>>, Vec<Option<Told>>) = rest.into_iter().unzip();
    diagnostics.extend(normalize::infer_published(language, &mut told, &timexes));
    let notes: BTreeMap<String, Option<String>> = written.iter().map(|(p, w)| (p.clone(), w.note.clone())).collect();
    let by_hand = by_hand.into_iter().map(|(article, _)| article).collect();
    let by_hand = article::with_sources(by_hand, written, &told);
    // An event written by hand is never read for dates.
    let by_hand = by_hand.into_iter().map(|article| (article, (Vec::new(), None)));
    let mut all: Vec<_> = told.into_iter().zip(timexes.into_iter().zip(known)).chain(by_hand).collect();
    all.sort_by(|(a, _), (b, _)| a.path.cmp(&b.path));
    let (articles, rest): (Vec<Article>, Vec<_>) = all.into_iter().unzip();
    let tell = |(i, (article, rest)): (usize, (&Article, Rest))| {
        let (dates, known) = rest;
        let Told { resolved, mut mentions, .. } = match known.filter(|told| told.fits(article)) {
            Some(told) => told,
            None => {
                let told = Told::of(language, article, dates);
                if article.event.is_none() {
                    keep(&article.path, &told);
                }
                told
            }
        };
        mentions.iter_mut().for_each(|mention| mention.article = i);
        let named = extract::Named::of(article, &resolved, &mentions);
        (resolved, (mentions, named))
    };
    let (resolved, told): (Vec<Vec<Resolved>>, Vec<_>) = articles.par_iter().zip(rest).enumerate().map(tell).unzip();
    let (mentions, named): (Vec<Vec<Mention>>, Vec<extract::Named>) = told.into_iter().unzip();
    // Nothing is held twice: each article's are let go of as they are taken over.
    let of_each = mentions;
    let mut mentions: Vec<Mention> = Vec::with_capacity(of_each.iter().map(Vec::len).sum());
    of_each.into_iter().for_each(|own| mentions.extend(own));
    // Which names mean the same is found out while others merge, which looks at names as they are written.
    let (mut events, names) = rayon::join(
        || merge::events_by(&articles, &mentions, &SideBySide),
        || extract::join_names(&articles, &named, &mentions),
    );
    drop(named);
    events.par_iter_mut().for_each(|event| names.name_reasons(&mentions, event));
    mentions.par_iter_mut().enumerate().for_each(|(m, mention)| names.name_mention(m, mention));
    let also_named = names.also();
    let mut timeline = Timeline { articles, resolved, mentions, events, also_named, ..Timeline::default() };
    add_written(&mut timeline, &notes);
    let (corrections, found) = Corrections::read(corrections);
    diagnostics.extend(found);
    diagnostics.extend(correct::apply(&corrections, &mut timeline));
    (timeline, diagnostics)
}

/// Reads one article by itself, of which more may be known than its file.
pub fn read_article(config: &Config, raw: &RawArticle, origin: &adding::Origin) -> (Option<Article>, Vec<Diagnostic>) {
    let (read, messages) = article::read_from(config, raw, origin);
    (read.map(|(article, _)| article), messages)
}

/// Does parts of one stage's work side by side.
struct SideBySide;

impl merge::Parts for SideBySide {
    fn each_of<T: Send, R: Send>(&self, things: Vec<T>, make: impl Fn(T) -> R + Sync) -> Vec<R> {
        things.into_par_iter().map(&make).collect()
    }
}

impl render::Sides for SideBySide {
    fn both<A: Send, B: Send>(&self, a: impl FnOnce() -> A + Send, b: impl FnOnce() -> B + Send) -> (A, B) {
        rayon::join(a, b)
    }
}

/// Adds the events written by hand, with the notes that their files hold.
fn add_written(timeline: &mut Timeline, notes: &BTreeMap<String, Option<String>>) {
    let mentions = correct::mentions(&timeline.articles);
    if mentions.is_empty() {
        return;
    }
    let mut start = timeline.mentions.len();
    timeline.mentions.extend(mentions);
    while let Some(path) = path_of(timeline, start).map(str::to_owned) {
        let end = (start..).find(|&m| path_of(timeline, m) != Some(path.as_str())).unwrap_or(start + 1);
        let first = timeline.mentions.get(start..start + 1).unwrap_or_default();
        let alone = merge::events(&timeline.articles, first).pop();
        if let Some(alone) = alone {
            correct::written(timeline, alone, start..end, notes.get(&path).and_then(Option::as_deref));
        }
        start = end;
    }
    correct::sort(&mut timeline.events);
}

/// Gives the path of a mention's article.
fn path_of(timeline: &Timeline, mention: usize) -> Option<&str> {
    let article = timeline.mentions.get(mention)?.article;
    timeline.articles.get(article).map(|article| article.path.as_str())
}

/// Gives the entries that a person takes over into `corrections.yaml` to change an event.
pub fn correction_lines(timeline: &Timeline, event: &Event) -> String {
    correct::lines(timeline, event)
}

/// Why a site could not be published.
#[derive(Debug)]
pub enum Unpublished<E> {
    /// A template cannot be read or filled.
    Template(Box<Diagnostic>),
    /// A file was not taken.
    Refused(E),
}

/// Makes every file of the site as [`publish`] does, and gives them in order of path.
///
/// # Errors
/// When a template cannot be read or filled; the message says which and where.
pub fn site(
    config: &Config,
    timeline: &Timeline,
    templates: &[RawFile],
    static_files: &[RawFile],
) -> Result<(Vec<OutputFile>, Vec<Diagnostic>), Box<Diagnostic>> {
    let files = Mutex::new(Vec::new());
    let take = |file: OutputFile| -> Result<(), Infallible> {
        files.lock().unwrap_or_else(PoisonError::into_inner).push(file);
        Ok(())
    };
    let found = publish(config, timeline, templates, static_files, take).map_err(|error| match error {
        Unpublished::Template(diagnostic) => diagnostic,
        Unpublished::Refused(never) => match never {},
    })?;
    let mut files = files.into_inner().unwrap_or_else(PoisonError::into_inner);
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok((files, found))
}

/// Makes every file of the site, with the site's own templates and static files over the built-in
/// ones, hands each on as soon as it is made, and says which pages the site's own files replace.
///
/// Files come in any order, from several threads, each path once; no more than a few are held at a time.
///
/// # Errors
/// When a template cannot be read or filled, or `take` refuses a file.
pub fn publish<E: Send>(
    config: &Config,
    timeline: &Timeline,
    templates: &[RawFile],
    static_files: &[RawFile],
    take: impl Fn(OutputFile) -> Result<(), E> + Sync,
) -> Result<Vec<Diagnostic>, Unpublished<E>> {
    let parts = Mutex::new(Assembly::default());
    let take = |made| {
        let file = match made {
            Made::File(file, _) => Some(file),
            Made::Part(part, ..) => parts.lock().unwrap_or_else(PoisonError::into_inner).add(part),
            Made::Stands(..) => None,
        };
        file.map_or(Ok(()), &take)
    };
    publish_but(config, timeline, (templates, static_files), (&Keys::new(), &()), take)
}

/// Makes the files of the site as [`publish`] does, of `theme`'s templates and static files, but for what stands
/// already; there are keys of what articles were read from.
///
/// # Errors
/// As [`publish`].
pub fn publish_but<E: Send>(
    config: &Config,
    timeline: &Timeline,
    (templates, static_files): (&[RawFile], &[RawFile]),
    (keys, standing): (&Keys, &dyn Standing),
    take: impl Fn(Made) -> Result<(), E> + Sync,
) -> Result<Vec<Diagnostic>, Unpublished<E>> {
    let broken = |error: RenderError| Unpublished::Template(Box::new(broken(&error, templates)));
    let theme = Theme::new(templates, static_files).map_err(broken)?;
    let site = Site::new(config, timeline, &theme).map_err(broken)?;
    let press = Press::new(timeline, &site, &theme, &SideBySide);
    let jobs = press.jobs();
    let prints = press.prints(&common(config, templates, static_files), keys, !templates.is_empty());
    (0..press.print_batches(&prints)).into_par_iter().for_each(|batch| press.find_prints(&prints, batch));
    let done = one_after_the_other(jobs, |job| {
        for made in press.run_but(job, &prints, standing).map_err(|_| None)? {
            take(made).map_err(Some)?;
        }
        Ok(())
    });
    match done {
        Ok(()) => {}
        Err(Some(error)) => return Err(Unpublished::Refused(error)),
        // Which of several mistakes is met first is chance: the one of the first page is told.
        Err(None) => {
            jobs.iter().try_for_each(|job| press.run(job).map(drop)).map_err(broken)?;
        }
    }
    // Whoever brings a robots.txt means just that one; of a page it may be a slip.
    let missing = [("theme.logo", &config.look.logo), ("picture", &config.look.picture)];
    let missing = missing.into_iter().filter_map(|(key, value)| {
        let (name, place) = value.as_ref().filter(|(name, _)| !name.contains("://"))?;
        let known = static_files.iter().any(|file| file.path.strip_prefix("static/") == Some(name));
        let message = format!("`{key}` names a file that is not there: `static/{name}`");
        let help = "put the file into `static/`, or name another one";
        (!known).then(|| Diagnostic::error("missing-static", place.clone(), message).help(help))
    });
    let replaced = press.replaced();
    let replaced = replaced.iter().filter(|path| *path != "robots.txt").map(|path| {
        let message = format!("this file stands in the place of the site's own `{path}`");
        let help = "rename it to keep the page that the site makes";
        Diagnostic::warning("replaced-page", Location::file(&format!("static/{path}")), message).help(help)
    });
    let remarks = render::remarks(config, templates, static_files);
    Ok(missing.chain(replaced).chain(remarks).collect())
}

/// Does jobs on all threads, begun in their order: parts of one file are made about when they are written, and the
/// longest jobs first.
fn one_after_the_other<J: Sync, E: Send>(jobs: &[J], run: impl Fn(&J) -> Result<(), E> + Sync) -> Result<(), E> {
    let next = AtomicUsize::new(0);
    (0..rayon::current_num_threads()).into_par_iter().with_max_len(1).try_for_each(|_| {
        while let Some(job) = jobs.get(next.fetch_add(1, Ordering::Relaxed)) {
            // Whoever fails leaves nothing to the others.
            run(job).inspect_err(|_| next.store(jobs.len(), Ordering::Relaxed))?;
        }
        Ok(())
    })
}

/// Gives a hash of what every page depends on: configuration, templates and static files.
fn common(config: &Config, templates: &[RawFile], static_files: &[RawFile]) -> Vec<u8> {
    let mut sum = blake3::Hasher::new();
    for part in [format!("{config:?}").as_bytes()]
        .into_iter()
        .chain(templates.iter().chain(static_files).flat_map(|file| [file.path.as_bytes(), &file.bytes]))
    {
        sum.update(&(part.len() as u64).to_le_bytes()).update(part);
    }
    sum.finalize().as_bytes().to_vec()
}

/// Gives the events with their sources as JSON, the contract that other programs read.
///
/// # Errors
/// When the timeline cannot be written as JSON.
pub fn events_json(config: &Config, timeline: &Timeline) -> Result<Vec<u8>, RenderError> {
    render::events_json(config, timeline)
}

/// Gives the events in the format of another program.
///
/// # Errors
/// When they cannot be written in it.
pub fn export(format: Export, config: &Config, timeline: &Timeline) -> Result<Vec<u8>, RenderError> {
    render::export(format, config, timeline)
}

/// Finds the time expressions of a bare text and resolves them against the day it was written; news or
/// narrative is found out where the hints do not state it.
pub fn tag_text(text: &str, written: Option<&Edtf>, hints: normalize::Hints<'_>) -> Vec<Resolved> {
    let language = lang::english();
    normalize::resolve_in(language, written, hints, text, &tag::tag(language, text))
}

/// Tells whether an article was read as news or as narrative, and by which counts; none when it states it itself.
pub fn domain(article: &Article, dates: &[Resolved]) -> (Domain, Option<normalize::Counts>) {
    if let Some(stated) = article.domain {
        return (stated, None);
    }
    let timexes: Vec<Timex> = dates.iter().map(|found| found.timex.clone()).collect();
    let (found, counts) = normalize::domain(article.published.as_ref().map(|p| &p.date), &timexes);
    (found, Some(counts))
}

/// Finds the time expressions of an article; preformatted text is shown but never read.
fn read_dates(language: &lang::Language, article: &Article) -> Vec<Timex> {
    let mut found = tag::tag(language, &article.text);
    let code: Vec<_> = article.blocks.iter().filter(|block| block.kind == BlockKind::Code).map(|b| &b.range).collect();
    if !code.is_empty() {
        found.retain(|timex| {
            let next = code.partition_point(|range| range.end <= timex.range.start);
            code.get(next).is_none_or(|range| timex.range.end <= range.start)
        });
    }
    found
}

/// Says where in which template a mistake is.
fn broken(error: &RenderError, templates: &[RawFile]) -> Diagnostic {
    let fault = match error {
        RenderError::Template(fault) => fault,
        RenderError::Encoding(path) => {
            return Diagnostic::error("template", Location::file(path), "the template is not UTF-8")
                .help("save it as UTF-8");
        }
        RenderError::Json(_) | RenderError::Table(_) => {
            return Diagnostic::error("template", Location::file("templates"), error.to_string());
        }
    };
    let own = templates.iter().find(|file| file.path.strip_prefix("templates/") == Some(&fault.template));
    let text = match own {
        Some(file) => std::str::from_utf8(&file.bytes).ok().map(|text| text.strip_prefix('\u{FEFF}').unwrap_or(text)),
        None => Theme::built_in(&fault.template),
    };
    let path = match own {
        Some(file) => &file.path,
        None if fault.template.is_empty() => "templates",
        None => &fault.template,
    };
    let place = text.and_then(|text| Some((text, fault.place(text)?)));
    let location = match place {
        Some((text, range)) => Location::in_text(path, text, range.start, range.len()),
        None => Location::file(path),
    };
    let diagnostic = Diagnostic::error("template", location, fault.message.clone());
    // What a template of the site says differently can surface in one of the theme that it builds on.
    let built_in = "this template is built in: look at the blocks and values that the site's own templates set";
    match fault.help.filter(|_| own.is_some()).or((text.is_some() && own.is_none()).then_some(built_in)) {
        Some(help) => diagnostic.help(help),
        None => diagnostic,
    }
}
