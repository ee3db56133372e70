//! A file that is written part by part, in order, as the parts come.

use super::IoError;
use crate::model::Portion;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::Path;

/// A file of which parts have come.
#[derive(Debug, Default)]
pub(super) struct Growing {
    file: Option<File>,
    /// The file that stands, of which pieces are taken over.
    old: Option<File>,
    written: usize,
    length: u64,
    /// Parts that came before those that stand before them.
    waiting: BTreeMap<usize, Vec<Portion>>,
}

impl Growing {
    /// Gives the number of parts that are written.
    pub fn written(&self) -> usize {
        self.written
    }

    /// Takes a part and writes what can be written of the file at `aside`; `there` is the one that stands.
    pub fn add(&mut self, aside: &Path, there: &Path, place: usize, pieces: Vec<Portion>) -> Result<(), IoError> {
        self.waiting.insert(place, pieces);
        if self.file.is_none() {
            self.file = Some(File::create(aside).map_err(IoError::file("write", aside))?);
        }
        while let Some(pieces) = self.waiting.remove(&self.written) {
            for portion in pieces {
                self.write(there, portion).map_err(IoError::file("write", aside))?;
            }
            self.written += 1;
        }
        Ok(())
    }

    fn write(&mut self, there: &Path, portion: Portion) -> io::Result<()> {
        let Some(file) = &mut self.file else { return Ok(()) };
        match portion {
            Portion::New(bytes) => {
                file.write_all(&bytes)?;
                self.length += bytes.len() as u64;
            }
            Portion::Standing(range) => {
                let old = match &mut self.old {
                    Some(old) => old,
                    none => none.insert(File::open(there)?),
                };
                old.seek(SeekFrom::Start(range.start))?;
                let length = range.end - range.start;
                // The system copies from file to file by itself, where it can.
                if io::copy(&mut old.take(length), file)? < length {
                    return Err(io::ErrorKind::UnexpectedEof.into());
                }
                self.length += length;
            }
        }
        Ok(())
    }

    /// Ends the file, and tells whether what was written is what stands at a path already.
    pub fn is_as(&mut self, aside: &Path, there: &Path) -> bool {
        self.file = None;
        let as_long = std::fs::symlink_metadata(there).is_ok_and(|m| m.is_file() && m.len() == self.length);
        as_long && same(aside, there).unwrap_or(false)
    }
}

/// Compares two files of one length, never holding more than a little of them.
fn same(a: &Path, b: &Path) -> io::Result<bool> {
    const PIECE: usize = 1 << 16;
    let (a, b) = (File::open(a)?, File::open(b)?);
    let (mut of_a, mut of_b) = (Vec::with_capacity(PIECE), Vec::with_capacity(PIECE));
    loop {
        of_a.clear();
        of_b.clear();
        let read = (&a).take(PIECE as u64).read_to_end(&mut of_a)?;
        (&b).take(PIECE as u64).read_to_end(&mut of_b)?;
        if of_a != of_b {
            return Ok(false);
        }
        if read == 0 {
            return Ok(true);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::io::IoError;
    use crate::io::output::{Writer, Written, write};
    use crate::model::{OutputFile, OutputPart, Portion};
    use std::fs;
    use std::path::Path;

    /// Writes a file of parts that come in the order of `places`.
    fn grown(out: &Path, parts: &[Vec<Portion>], places: &[usize]) -> Result<Written, IoError> {
        let mut writer = Writer::open(out)?;
        for &place in places {
            let pieces = parts[place].clone();
            writer.put_part(OutputPart { path: "deep/all.json".to_owned(), place, of: parts.len(), pieces })?;
        }
        writer.finish()
    }

    fn new(text: &str) -> Portion {
        Portion::New(text.as_bytes().to_vec())
    }

    #[test]
    fn a_file_grows_in_order_and_takes_over_what_stands() {
        let dir = tempfile::tempdir().unwrap();
        let out = dir.path();
        let read = || fs::read_to_string(out.join("deep/all.json")).unwrap();
        let first = [vec![new("[a"), new(",b")], vec![new(",c")], vec![], vec![new(",d]")]];
        assert_eq!(grown(out, &first, &[3, 1, 2, 0]).unwrap(), Written { files: 1, changed: 1, removed: 0 });
        assert_eq!(read(), "[a,b,c,d]");
        assert_eq!(grown(out, &first, &[0, 1, 2, 3]).unwrap().changed, 0, "the same bytes are left alone");
        let taken = vec![vec![new("[x,"), Portion::Standing(5..6)], vec![new(","), Portion::Standing(1..4), new("]")]];
        assert_eq!(grown(out, &taken, &[1, 0]).unwrap().changed, 1);
        assert_eq!(read(), "[x,c,a,b]");
    }

    #[test]
    fn what_stands_and_is_shorter_than_it_was_stops_the_build_and_stays() {
        let dir = tempfile::tempdir().unwrap();
        let out = dir.path();
        grown(out, &[vec![new("short")]], &[0]).unwrap();
        assert!(grown(out, &[vec![Portion::Standing(2..9)]], &[0]).is_err());
        assert_eq!(fs::read_to_string(out.join("deep/all.json")).unwrap(), "short");
    }

    #[test]
    fn a_foreign_file_is_never_grown_over() {
        let dir = tempfile::tempdir().unwrap();
        let out = dir.path();
        fs::create_dir(out.join("deep")).unwrap();
        fs::write(out.join("deep/all.json"), "mine").unwrap();
        let error = grown(out, &[vec![new("ours")]], &[0]).unwrap_err();
        assert!(error.to_string().contains("all.json` is in the way"), "{error}");
        assert_eq!(fs::read_to_string(out.join("deep/all.json")).unwrap(), "mine");
        assert_eq!(grown(out, &[vec![new("mine")]], &[0]).unwrap().changed, 0);
        let bad = OutputPart { path: "../x".to_owned(), place: 0, of: 1, pieces: Vec::new() };
        assert!(matches!(Writer::open(out).unwrap().put_part(bad), Err(IoError::BadPath { .. })));
        // Made whole by the next build, as ever.
        write(out, &[OutputFile { path: "deep/all.json".to_owned(), bytes: b"whole".to_vec() }]).unwrap();
    }
}
