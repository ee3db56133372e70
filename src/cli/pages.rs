//! Which files stand in the output folder as they would be made, so that they need not be; and whether all do.

use super::remember::PROGRAM;
use super::still::{Gave, SitePrint};
use crate::io::{Stamp, keep, output};
use crate::model::{OutputPart, Portion};
use crate::pipeline::{Laid, Pieces, Print, Standing};
use foldhash::fast::RandomState;
use rayon::iter::Either;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::hash::BuildHasher;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, OnceLock, PoisonError};

/// The files of what was written last, and of the pieces in it; there is one, so that it stands for one output folder.
const NAME: &str = "pages";
const PIECES: &str = "pieces";

/// A file that was written: its path, what it was made from where that is known, what it looks like since.
type Page = (String, Option<Print>, Stamp);

/// Parts of a file by their place: how long each is, and where its pieces lie in it.
type Parts = BTreeMap<usize, (u64, Vec<Laid>)>;

/// A file that is made of pieces: its path, what it was made from, and the pieces in order.
type Pieced = (String, Print, Vec<Laid>);

#[derive(Debug, Default, Serialize, Deserialize)]
struct Record {
    program: String,
    out: PathBuf,
    /// What the build gave, where every file of the site is among the pages.
    gave: Option<Gave>,
    pages: Vec<Page>,
}

/// What stands in the output folder.
#[derive(Debug)]
pub struct Pages {
    root: PathBuf,
    out: PathBuf,
    old: Vec<Page>,
    gave: Option<Gave>,
    /// Where each path is among them, by its hash: the paths themselves are held once.
    places: OnceLock<HashMap<u64, usize, RandomState>>,
    hasher: RandomState,
    /// Files that are made of pieces, by path: what they were made from, and the pieces.
    pieces: OnceLock<BTreeMap<String, (Print, Pieces)>>,
    /// What the folder holds now; those that stood there already are told apart.
    now: Mutex<Vec<(String, Option<Print>, bool)>>,
    /// Parts that were made, by path and place, with what their file was made from.
    parts: Mutex<BTreeMap<String, (Option<Print>, Parts)>>,
}

impl Pages {
    /// Takes up what the last build into `out` wrote; nothing where another program or another folder was last.
    pub fn open(root: &Path, out: &Path) -> Pages {
        let record: Option<Record> = keep::load(root, NAME).and_then(|bytes| postcard::from_bytes(&bytes).ok());
        let old = record.filter(|record| record.program == PROGRAM && record.out == out);
        let (old, gave) = old.map(|record| (record.pages, record.gave)).unwrap_or_default();
        let (places, hasher, pieces, now, parts) = Default::default();
        Pages { root: root.to_owned(), out: out.to_owned(), old, gave, places, hasher, pieces, now, parts }
    }

    /// Gives what the last build gave, and how many files, where it was made from the same and every file that it
    /// wrote stands untouched.
    pub fn unchanged(&mut self, print: &SitePrint) -> Option<(Gave, usize)> {
        let gave = self.gave.take().filter(|gave| gave.print == *print)?;
        // The list of the files is one of them here.
        let files = self.old.len().saturating_sub(1);
        self.old.par_iter().all(|page| self.is_untouched(page)).then_some((gave, files))
    }

    /// Notes a file that was made, and what it was made from.
    pub fn made(&self, path: String, print: Option<Print>) {
        self.note(path, print, false);
    }

    /// Notes a part of a file that was made, what the file was made from, and where the pieces of the part lie.
    pub fn made_part(&self, part: &OutputPart, print: Option<Print>, laid: Vec<Laid>) {
        let length = |portion: &Portion| match portion {
            Portion::New(bytes) => bytes.len() as u64,
            Portion::Standing(range) => range.end - range.start,
        };
        let length = part.pieces.iter().map(length).sum();
        let mut parts = self.parts.lock().unwrap_or_else(PoisonError::into_inner);
        let (_, places) = parts.entry(part.path.clone()).or_insert_with(|| (print, BTreeMap::new()));
        places.insert(part.place, (length, laid));
        if places.len() == part.of {
            self.note(part.path.clone(), print, false);
        }
    }

    /// Notes a file that stands as it is.
    pub fn stood(&self, path: String, print: Print) {
        self.note(path, Some(print), true);
    }

    fn note(&self, path: String, print: Option<Print>, stood: bool) {
        self.now.lock().unwrap_or_else(PoisonError::into_inner).push((path, print, stood));
    }

    /// Gives what is known of the file at a path; of two paths of one hash nothing is known of one.
    fn known(&self, path: &str) -> Option<&Page> {
        let places = || self.old.iter().enumerate().map(|(i, page)| (self.hasher.hash_one(&page.0), i)).collect();
        let page = self.old.get(*self.places.get_or_init(places).get(&self.hasher.hash_one(path))?)?;
        (page.0 == path).then_some(page)
    }

    fn is_untouched(&self, (path, _, stamp): &Page) -> bool {
        Stamp::plain(&self.out.join(path)).as_ref() == Some(stamp)
    }

    /// Keeps what stands in the folder now, and what the build gave, for the next one.
    ///
    /// # Errors
    /// When the system refuses.
    pub fn save(self, gave: Gave) -> io::Result<()> {
        self.save_pieces()?;
        let mut now = std::mem::take(&mut *self.now.lock().unwrap_or_else(PoisonError::into_inner));
        now.push((output::LIST.to_owned(), None, false));
        now.par_sort_unstable();
        let look = |(path, print, stood): (String, Option<Print>, bool)| {
            let known = self.known(&path).filter(|_| stood);
            let stamp = known.map(|page| page.2).or_else(|| Stamp::plain(&self.out.join(&path)));
            stamp.map(|stamp| (path, print, stamp)).ok_or(print)
        };
        let (mut pages, gone): (Vec<Page>, BTreeSet<Option<Print>>) =
            now.into_par_iter().partition_map(|page| match look(page) {
                Ok(page) => Either::Left(page),
                Err(print) => Either::Right(print),
            });
        let gave = Some(gave).filter(|_| gone.is_empty());
        // Of files that were made together all are known, or none.
        pages.retain(|(_, print, _)| !gone.contains(print));
        let record = Record { program: PROGRAM.to_owned(), out: self.out, gave, pages };
        keep::save(&self.root, NAME, &postcard::to_stdvec(&record).map_err(io::Error::other)?)
    }

    /// Keeps where the pieces of files lie, where any was made anew.
    fn save_pieces(&self) -> io::Result<()> {
        let parts = std::mem::take(&mut *self.parts.lock().unwrap_or_else(PoisonError::into_inner));
        if parts.is_empty() {
            return Ok(());
        }
        let mut files: Vec<Pieced> = Vec::new();
        for (path, (print, places)) in parts {
            let Some(print) = print else { continue };
            let (mut all, mut start) = (Vec::new(), 0);
            for (length, laid) in places.into_values() {
                all.extend(laid.into_iter().map(|(print, range)| (print, start + range.start..start + range.end)));
                start += length;
            }
            files.push((path, print, all));
        }
        for (path, (print, pieces)) in self.pieces.get().into_iter().flatten() {
            if files.iter().all(|(made, ..)| made != path) {
                let mut all: Vec<_> = pieces.iter().map(|(print, range)| (*print, range.clone())).collect();
                all.sort_unstable_by_key(|(_, range)| range.start);
                files.push((path.clone(), *print, all));
            }
        }
        keep::save(&self.root, PIECES, &written(&files).map_err(io::Error::other)?)
    }
}

impl Standing for Pages {
    fn stands(&self, path: &str, print: &Print) -> bool {
        self.known(path).is_some_and(|page| page.1.as_ref() == Some(print) && self.is_untouched(page))
    }

    fn together(&self, print: &Print) -> Option<Vec<String>> {
        let all: Vec<&Page> = self.old.iter().filter(|(_, old, _)| old.as_ref() == Some(print)).collect();
        let stand = !all.is_empty() && all.iter().all(|page| self.is_untouched(page));
        stand.then(|| all.into_iter().map(|(path, ..)| path.clone()).collect())
    }

    fn pieces(&self, path: &str) -> Option<&Pieces> {
        let all = self.pieces.get_or_init(|| {
            let kept = if self.old.is_empty() { None } else { keep::load(&self.root, PIECES) };
            let mut all = kept.and_then(|bytes| read(&bytes)).unwrap_or_default();
            // Looked at once: what is written over from now on is written aside first.
            all.retain(|path, (print, _)| self.stands(path, print));
            all
        });
        all.get(path).map(|(_, pieces)| pieces)
    }
}

/// Bytes of a piece as it is kept: what it was made from, its start, its length.
const PIECE: usize = 16 + 8 + 4;

/// Writes files of pieces: their names, then each piece in so many bytes that none of it has to be looked for.
fn written(files: &[Pieced]) -> postcard::Result<Vec<u8>> {
    let heads: Vec<(&str, Print, usize)> =
        files.iter().map(|(p, print, all)| (p.as_str(), *print, all.len())).collect();
    let mut out = postcard::to_stdvec(&heads)?;
    out.reserve(files.iter().map(|(_, _, all)| all.len() * PIECE).sum());
    for (print, range) in files.iter().flat_map(|(_, _, all)| all) {
        out.extend_from_slice(print);
        out.extend_from_slice(&range.start.to_le_bytes());
        out.extend_from_slice(&u32::try_from(range.end - range.start).unwrap_or(u32::MAX).to_le_bytes());
    }
    Ok(out)
}

/// Reads what [`written`] wrote.
fn read(bytes: &[u8]) -> Option<BTreeMap<String, (Print, Pieces)>> {
    let (heads, mut rest): (Vec<(String, Print, usize)>, &[u8]) = postcard::take_from_bytes(bytes).ok()?;
    let mut all = BTreeMap::new();
    for (path, of, count) in heads {
        let mut pieces = Pieces::with_capacity_and_hasher(count, RandomState::default());
        for _ in 0..count {
            let (piece, behind) = rest.split_first_chunk::<PIECE>()?;
            let (print, place) = piece.split_first_chunk::<16>()?;
            let (start, length) = place.split_first_chunk::<8>()?;
            let (start, length) = (u64::from_le_bytes(*start), u32::from_le_bytes(length.try_into().ok()?));
            // One too long to be counted is not taken over.
            if length < u32::MAX {
                pieces.insert(*print, start..start.checked_add(length.into())?);
            }
            rest = behind;
        }
        all.insert(path, (of, pieces));
    }
    Some(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_come_back_as_they_were_kept() {
        let files = vec![
            ("a.json".to_owned(), [1; 16], vec![([2; 16], 5..9), ([3; 16], 9..9), ([4; 16], 1 << 40..(1 << 40) + 7)]),
            ("b.csv".to_owned(), [5; 16], vec![([2; 16], 0..(1 << 33))]),
        ];
        let bytes = written(&files).unwrap();
        let back = read(&bytes).unwrap();
        let (of, pieces) = &back["a.json"];
        assert_eq!((of, pieces.len(), &pieces[&[4; 16]]), (&[1; 16], 3, &(1 << 40..(1 << 40) + 7)));
        assert!(back["b.csv"].1.is_empty(), "a piece too long to be kept is made anew");
        assert!(read(bytes.get(..bytes.len() - 1).unwrap()).is_none());
    }
}
