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
