//! The work of rendering a site, as jobs that are independent of each other.

use super::html::{Desk, Kind, Target};
use super::standing::{Keys, Print, Prints};
use super::{RenderError, Site, Theme, export, json, search, sitemap};
use crate::model::{OutputFile, Timeline};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// Pages that are made in one go, so that handing out the work takes no time.
const BATCH: usize = 16;

/// Of so many pages one may be missing to be made by itself.
const FEW: usize = 4;

/// Files besides the pages that a site's own may stand in the place of, to be told.
const MADE: [&str; 9] = [
    "404.html",
    "changes.json",
    "events.csv",
    "events.ics",
    "events.json",
    "feed.json",
    "feed.xml",
    "robots.txt",
    "sitemap.xml",
];

/// Makes the files of a site, job by job; jobs may run side by side, in any order.
pub struct Press<'t> {
    desk: Desk<'t>,
    targets: Vec<Target>,
    jobs: Vec<Job>,
    statics: &'t [OutputFile],
    /// Paths of the files that the site brings itself: they win over those that are made.
    own: BTreeSet<&'t str>,
}

/// A part of the work.
#[derive(Debug, Clone)]
pub struct Job(Work);

#[derive(Debug, Clone)]
enum Work {
    /// Static files and those that every site has.
    Given,
    Json,
    /// What other programs read.
    Exports,
    Sitemap,
    /// What is new, for feed readers and programs.
    Changes,
    /// What search needs: everything, but for the lists of events.
    SearchWords,
    /// A list of events for search.
    SearchRows(usize),
    /// Pages, by their place among all.
    Pages(Range<usize>),
    /// A page of the timeline with the pages of its events.
    Stretch(usize),
}

/// A file of the site as a job gives it.
#[derive(Debug)]
pub enum Made {
    /// It was made, from what the hash stands for where the page has one.
    File(OutputFile, Option<Print>),
    /// It stands already as it would be made.
    Stands(String, Print),
}

impl<'t> Press<'t> {
    /// Gathers what the pages share.
    pub fn new(timeline: &'t Timeline, site: &'t Site<'t>, theme: &'t Theme) -> Press<'t> {
        let desk = Desk::new(timeline, site);
        let (mut stretches, mut others) = (Vec::new(), Vec::new());
        for target in desk.targets() {
            match target.kind {
                Kind::Stretch(_) => stretches.push(target),
                // Their values are made with the pages of the timeline that they stand on.
                Kind::Event(..) => {}
                _ => others.push(target),
            }
        }
        let pages = others.len();
        // The longest first, so that none is waited for at the end.
        let mut work = vec![Work::Json, Work::Exports, Work::SearchWords, Work::Given, Work::Sitemap, Work::Changes];
        work.extend((0..stretches.len()).map(|i| Work::Stretch(pages + i)));
        work.extend((0..pages).step_by(BATCH).map(|start| Work::Pages(start..(start + BATCH).min(pages))));
        work.extend((0..search::row_files(&desk)).map(Work::SearchRows));
        let mut targets = others;
        targets.append(&mut stretches);
        let own = theme.files.iter().map(|file| file.path.as_str()).collect();
        Press { desk, targets, jobs: work.into_iter().map(Job).collect(), statics: &theme.files, own }
    }

    /// Gives all jobs; together they make every file of the site, each once.
    pub fn jobs(&self) -> &[Job] {
        &self.jobs
    }

    /// Does a job.
    ///
    /// # Errors
    /// When a template cannot be filled.
    pub fn run(&self, job: &Job) -> Result<Vec<OutputFile>, RenderError> {
        let (timeline, site) = (self.desk.timeline, self.desk.site);
        let mut files = match &job.0 {
            Work::Given => return self.given(),
            Work::Json => vec![json::file(timeline, site)?],
            Work::Exports => export::files(timeline, site)?,
            Work::Sitemap => sitemap::files(&self.desk.targets(), site),
            Work::Changes => self.desk.change_files()?,
            Work::SearchWords => search::words(&self.desk)?,
            Work::SearchRows(i) => vec![search::rows(&self.desk, *i)?],
            Work::Stretch(i) => match self.targets.get(*i) {
                Some(target) => self.desk.stretch_with_events(target)?,
                None => Vec::new(),
            },
            Work::Pages(range) => {
                let targets = self.targets.get(range.clone()).unwrap_or_default();
                targets.iter().map(|target| self.desk.page(target)).collect::<Result<_, _>>()?
            }
        };
        files.retain(|file| !self.own.contains(file.path.as_str()));
        Ok(files)
    }

    /// Begins to find out what pages are made from; `common` stands for configuration and theme.
    pub fn prints(&self, common: &[u8], keys: &'t Keys, own_templates: bool) -> Prints<'t> {
        Prints::new(&self.desk, common, keys, own_templates)
    }

    /// Does a job as [`Press::run`] does, but for the pages that stand already: `stands` says it of a path and a
    /// hash of what the page is made from.
    ///
    /// # Errors
    /// When a template cannot be filled.
    pub fn run_but(
        &self,
        job: &Job,
        prints: &Prints,
        stands: &dyn Fn(&str, &Print) -> bool,
    ) -> Result<Vec<Made>, RenderError> {
        let targets = self.pages_of(job);
        let mut all = Vec::with_capacity(targets.len());
        let mut missing: Vec<(&Target, Option<Print>)> = Vec::new();
        for target in &targets {
            let (path, print) = (target.path(), prints.of(&self.desk, target));
            match print.filter(|print| stands(&path, print)) {
                Some(_) if self.own.contains(path.as_str()) => {}
                Some(print) => all.push(Made::Stands(path, print)),
                None => missing.push((target, print)),
            }
        }
        // Pages that share what they show are made in one go, unless few of them are missing.
        if targets.is_empty() || missing.len() * FEW > targets.len() {
            let prints: BTreeMap<String, Option<Print>> =
                missing.iter().map(|(target, print)| (target.path(), *print)).collect();
            let made = self.run(job)?.into_iter();
            let made = made.filter(|file| targets.is_empty() || prints.contains_key(&file.path));
            all.extend(made.map(|file| {
                let print = prints.get(&file.path).copied().flatten();
                Made::File(file, print)
            }));
            return Ok(all);
        }
        for (target, print) in missing {
            let file = self.desk.page(target)?;
            if !self.own.contains(file.path.as_str()) {
                all.push(Made::File(file, print));
            }
        }
        Ok(all)
    }

    /// Lists the pages that a job makes; none where it makes something else.
    fn pages_of(&self, job: &Job) -> Vec<Target> {
        match &job.0 {
            Work::Pages(range) => self.targets.get(range.clone()).unwrap_or_default().to_vec(),
            Work::Stretch(i) => self.targets.get(*i).map(|target| self.desk.with_events(target)).unwrap_or_default(),
            _ => Vec::new(),
        }
    }

    /// Gives the files that need no making: those of the theme, each path once, and two of every site.
    fn given(&self) -> Result<Vec<OutputFile>, RenderError> {
        let mut files: BTreeMap<&str, OutputFile> = BTreeMap::new();
        for file in self.statics {
            files.entry(&file.path).or_insert_with(|| file.clone());
        }
        files.entry(".nojekyll").or_insert_with(|| OutputFile { path: ".nojekyll".to_owned(), bytes: Vec::new() });
        if let Some((path, css)) = &self.desk.site.style {
            files.insert(path, OutputFile { path: path.clone(), bytes: css.clone().into_bytes() });
        }
        if let Some(logo) = &self.desk.site.logo {
            files.entry(&logo.path).or_insert_with(|| logo.clone());
        }
        if !self.own.contains("404.html") {
            files.insert("404.html", self.desk.not_found()?);
        }
        Ok(files.into_values().collect())
    }

    /// Lists the files that would have been made, had the site not brought its own of the same path.
    pub fn replaced(&self) -> Vec<String> {
        let pages: BTreeSet<String> = self.desk.targets().iter().map(Target::path).collect();
        let made = |path: &str| MADE.contains(&path) || pages.contains(path);
        self.own.iter().filter(|path| made(path)).map(|path| (*path).to_owned()).collect()
    }
}
