//! The work of rendering a site, as jobs that are independent of each other.

use super::html::{Desk, Kind, Sides, Target};
use super::standing::{Keys, Print, Prints, Standing};
use super::whole::{Laid, Pieces, Whole};
use super::{RenderError, Site, Theme, search, sitemap};
use crate::model::{OutputFile, OutputPart, Timeline};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;
use std::sync::OnceLock;

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
    /// For each file of the whole site, whether it stands.
    standing: [OnceLock<bool>; Whole::ALL.len()],
}

/// A part of the work.
#[derive(Debug, Clone)]
pub struct Job(Work);

#[derive(Debug, Clone)]
enum Work {
    /// Static files and those that every site has.
    Given,
    /// A part of a file that holds the whole site.
    Whole(Whole, usize),
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
    /// A part of it was made, from what the hash stands for where it is known, with all its pieces.
    Part(OutputPart, Option<Print>, Vec<Laid>),
    /// It stands already as it would be made.
    Stands(String, Print),
}

impl<'t> Press<'t> {
    /// Gathers what the pages share.
    pub fn new(timeline: &'t Timeline, site: &'t Site<'t>, theme: &'t Theme, sides: &impl Sides) -> Press<'t> {
        let desk = Desk::new(timeline, site, sides);
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
        let mut work = vec![Work::SearchWords, Work::Given, Work::Sitemap, Work::Changes];
        work.extend(Whole::ALL.iter().flat_map(|&file| (0..file.parts(timeline)).map(move |i| Work::Whole(file, i))));
        work.extend((0..stretches.len()).map(|i| Work::Stretch(pages + i)));
        work.extend((0..pages).step_by(BATCH).map(|start| Work::Pages(start..(start + BATCH).min(pages))));
        work.extend((0..search::row_files(&desk)).map(Work::SearchRows));
        let mut targets = others;
        targets.append(&mut stretches);
        let own = theme.files.iter().map(|file| file.path.as_str()).collect();
        Press {
            desk,
            targets,
            jobs: work.into_iter().map(Job).collect(),
            statics: &theme.files,
            own,
            standing: Default::default(),
        }
    }

    /// Gives all jobs; together they make every file of the site, each once.
    pub fn jobs(&self) -> &[Job] {
        &self.jobs
    }

    /// Does a job.
    ///
    /// # Errors
    /// When a template cannot be filled.
    pub fn run(&self, job: &Job) -> Result<Vec<Made>, RenderError> {
        if let Work::Whole(file, place) = job.0 {
            let (part, laid) = file.part((self.desk.timeline, self.desk.site), place, None)?;
            let own = self.own.contains(file.path());
            return Ok(if own { Vec::new() } else { vec![Made::Part(part, None, laid)] });
        }
        Ok(self.files(job)?.into_iter().map(|file| Made::File(file, None)).collect())
    }

    /// Makes the files of a job that makes whole ones.
    fn files(&self, job: &Job) -> Result<Vec<OutputFile>, RenderError> {
        let mut files = match &job.0 {
            Work::Given => return self.given(),
            Work::Whole(..) => Vec::new(),
            Work::Sitemap => sitemap::files(&self.desk.targets(), self.desk.site),
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

    /// Gives the number of [`Press::find_prints`]'s parts.
    pub fn print_batches(&self, prints: &Prints) -> usize {
        prints.batches()
    }

    /// Finds a part of what all pages draw on, so that it may be done side by side before the jobs.
    pub fn find_prints(&self, prints: &Prints, batch: usize) {
        prints.find(&self.desk, batch);
    }

    /// Does a job as [`Press::run`] does, but for what stands already.
    ///
    /// # Errors
    /// When a template cannot be filled.
    pub fn run_but(&self, job: &Job, prints: &Prints, standing: &dyn Standing) -> Result<Vec<Made>, RenderError> {
        let all = |what| Some(prints.of_all(&self.desk, what));
        let print = match &job.0 {
            Work::Pages(_) | Work::Stretch(_) => return self.pages_but(job, prints, standing),
            Work::Whole(file, place) => return self.part_but(*file, *place, prints, standing),
            Work::Given => None,
            Work::Sitemap => all("sitemap"),
            Work::Changes => all("changes"),
            Work::SearchWords => all("words"),
            Work::SearchRows(file) => {
                Some(prints.of_events(&self.desk, &format!("rows {file}"), search::rows_of(*file)))
            }
        };
        match print.and_then(|print| Some((print, standing.together(&print)?))) {
            Some((print, paths)) => Ok(paths.into_iter().map(|path| Made::Stands(path, print)).collect()),
            None => Ok(self.files(job)?.into_iter().map(|file| Made::File(file, print)).collect()),
        }
    }

    /// Makes a part of a file of the whole site, unless it stands.
    fn part_but(
        &self,
        file: Whole,
        place: usize,
        prints: &Prints,
        standing: &dyn Standing,
    ) -> Result<Vec<Made>, RenderError> {
        if self.own.contains(file.path()) {
            return Ok(Vec::new());
        }
        let print = prints.of_all(&self.desk, file.path());
        // Whether it stands is looked at once for all parts.
        let whole = Whole::ALL.iter().zip(&self.standing).find(|(this, _)| **this == file).map(|(_, stands)| stands);
        if whole.is_some_and(|whole| *whole.get_or_init(|| standing.stands(file.path(), &print))) {
            let first = (place == 0).then(|| Made::Stands(file.path().to_owned(), print));
            return Ok(first.into_iter().collect());
        }
        let none = Pieces::default();
        let old = standing.pieces(file.path()).unwrap_or(&none);
        let (part, laid) = file.part((self.desk.timeline, self.desk.site), place, Some((prints, old)))?;
        Ok(vec![Made::Part(part, Some(print), laid)])
    }

    /// Makes the pages of a job that do not stand.
    fn pages_but(&self, job: &Job, prints: &Prints, standing: &dyn Standing) -> Result<Vec<Made>, RenderError> {
        let targets = self.pages_of(job);
        let mut all = Vec::with_capacity(targets.len());
        let mut missing: Vec<(&Target, Option<Print>)> = Vec::new();
        for target in &targets {
            let (path, print) = (target.path(), prints.of(&self.desk, target));
            if self.own.contains(path.as_str()) {
                continue;
            }
            match print.filter(|print| standing.stands(&path, print)) {
                Some(print) => all.push(Made::Stands(path, print)),
                None => missing.push((target, print)),
            }
        }
        // Pages that share what they show are made in one go, unless few of them are missing.
        if matches!(job.0, Work::Stretch(_)) && missing.len() * FEW > targets.len() {
            let prints: HashMap<String, Option<Print>> =
                missing.iter().map(|(target, print)| (target.path(), *print)).collect();
            let made = self.files(job)?.into_iter();
            all.extend(made.filter_map(|file| {
                let print = *prints.get(&file.path)?;
                Some(Made::File(file, print))
            }));
            return Ok(all);
        }
        for (target, print) in missing {
            all.push(Made::File(self.desk.page(target)?, print));
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
        // Few sites bring a page of their own: only for them all pages are listed.
        let some = self.own.iter().any(|path| path.ends_with("index.html"));
        let pages: BTreeSet<String> = match some {
            true => self.desk.targets().iter().map(Target::path).collect(),
            false => BTreeSet::new(),
        };
        let made = |path: &str| MADE.contains(&path) || pages.contains(path);
        self.own.iter().filter(|path| made(path)).map(|path| (*path).to_owned()).collect()
    }
}
