//! Which pages stand in the output folder as they would be made, so that they need not be.

use super::remember::PROGRAM;
use crate::io::{Stamp, keep};
use crate::pipeline::Print;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// The file of what was written last; there is one, so that it stands for one output folder.
const NAME: &str = "pages";

/// A page that was written: its path, what it was made from, what its file looks like since.
type Page = (String, Print, Stamp);

#[derive(Debug, Default, Serialize, Deserialize)]
struct Record {
    program: String,
    out: PathBuf,
    pages: Vec<Page>,
}

/// What stands in the output folder.
#[derive(Debug)]
pub struct Pages {
    root: PathBuf,
    out: PathBuf,
    old: Vec<Page>,
    places: HashMap<String, usize>,
    /// What the folder holds now; those that stood there already are told apart.
    now: Mutex<Vec<(String, Print, bool)>>,
}

impl Pages {
    /// Takes up what the last build into `out` wrote; nothing where another program or another folder was last.
    pub fn open(root: &Path, out: &Path) -> Pages {
        let record: Option<Record> = keep::load(root, NAME).and_then(|bytes| postcard::from_bytes(&bytes).ok());
        let old = record.filter(|record| record.program == PROGRAM && record.out == out);
        let old = old.map(|record| record.pages).unwrap_or_default();
        let places = old.iter().enumerate().map(|(i, page)| (page.0.clone(), i)).collect();
        Pages { root: root.to_owned(), out: out.to_owned(), old, places, now: Mutex::default() }
    }

    /// Tells whether a page made from the same stands untouched.
    pub fn stands(&self, path: &str, print: &Print) -> bool {
        let known = self.places.get(path).and_then(|&i| self.old.get(i)).filter(|(_, old, _)| old == print);
        known.is_some_and(|(_, _, stamp)| Stamp::plain(&self.out.join(path)).as_ref() == Some(stamp))
    }

    /// Notes a page that was made, and what it was made from.
    pub fn made(&self, path: String, print: Option<Print>) {
        if let Some(print) = print {
            self.note(path, print, false);
        }
    }

    /// Notes a page that stands as it is.
    pub fn stood(&self, path: String, print: Print) {
        self.note(path, print, true);
    }

    fn note(&self, path: String, print: Print, stood: bool) {
        self.now.lock().unwrap_or_else(PoisonError::into_inner).push((path, print, stood));
    }

    /// Keeps what stands in the folder now, for the next build.
    ///
    /// # Errors
    /// When the system refuses.
    pub fn save(self) -> io::Result<()> {
        let mut now = self.now.into_inner().unwrap_or_else(PoisonError::into_inner);
        now.sort_unstable();
        let look = |(path, print, stood): (String, Print, bool)| {
            let known = self.places.get(&path).filter(|_| stood).and_then(|&i| self.old.get(i));
            let stamp = known.map(|page| page.2).or_else(|| Stamp::plain(&self.out.join(&path)))?;
            Some((path, print, stamp))
        };
        let pages: Vec<Page> = now.into_par_iter().filter_map(look).collect();
        if pages == self.old {
            return Ok(());
        }
        let record = Record { program: PROGRAM.to_owned(), out: self.out, pages };
        keep::save(&self.root, NAME, &postcard::to_stdvec(&record).map_err(io::Error::other)?)
    }
}
