//! The files that hold the whole site: made in parts, so that none is ever held whole and no core is left alone with
//! one, and of pieces, one an event, that a later build takes over from the file that stands.

use super::export::{ical, table};
use super::standing::{Print, Prints};
use super::{RenderError, Site, json};
use crate::model::{OutputPart, Portion, Timeline};
use foldhash::fast::RandomState;
use std::collections::HashMap;
use std::ops::Range;

/// Pieces of one part: few enough for a part to be light, enough for handing out the work to take no time.
const PIECES: usize = 512;

/// Where in a file that stands the pieces lie, by what each was made from.
pub type Pieces = HashMap<Print, Range<u64>, RandomState>;

/// A piece of a part: what it was made from, and where in the part it lies.
pub type Laid = (Print, Range<u64>);

/// A file that holds the whole site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Whole {
    Json,
    Table,
    Calendar,
}

impl Whole {
    pub const ALL: [Whole; 3] = [Whole::Json, Whole::Table, Whole::Calendar];

    pub fn path(self) -> &'static str {
        match self {
            Whole::Json => "events.json",
            Whole::Table => "events.csv",
            Whole::Calendar => "events.ics",
        }
    }

    /// Gives the number of its parts.
    pub fn parts(self, timeline: &Timeline) -> usize {
        self.pieces(timeline).div_ceil(PIECES).max(1)
    }

    /// Makes it whole.
    pub fn bytes(self, timeline: &Timeline, site: &Site) -> Result<Vec<u8>, RenderError> {
        let mut out = Vec::with_capacity(timeline.mentions.len() * 512);
        self.open(site, &mut out)?;
        for i in 0..self.pieces(timeline) {
            out.extend_from_slice(self.before(timeline, i).as_bytes());
            self.piece(timeline, site, i, &mut out)?;
        }
        self.close(timeline, &mut out)?;
        Ok(out)
    }

    /// Makes a part of it, of the pieces in `old` where they were made from the same, and says what it is made of.
    pub fn part(
        self,
        (timeline, site): (&Timeline, &Site),
        place: usize,
        known: Option<(&Prints, &Pieces)>,
    ) -> Result<(OutputPart, Vec<Laid>), RenderError> {
        let (count, of) = (self.pieces(timeline), self.parts(timeline));
        let (mut laid, mut made) = (Vec::new(), Making::default());
        if place == 0 {
            self.open(site, &mut made.new)?;
        }
        for i in place * PIECES..count.min((place + 1) * PIECES) {
            let before = self.before(timeline, i);
            let print = known.and_then(|(prints, _)| self.print(timeline, prints, i));
            let standing = print.and_then(|print| known?.1.get(&print));
            let start = match standing {
                Some(range) => made.take_over(before, range),
                None => {
                    made.new.extend_from_slice(before.as_bytes());
                    let start = made.length();
                    self.piece(timeline, site, i, &mut made.new)?;
                    start
                }
            };
            laid.extend(print.map(|print| (print, start..made.length())));
        }
        if place + 1 == of {
            self.close(timeline, &mut made.new)?;
        }
        Ok((OutputPart { path: self.path().to_owned(), place, of, pieces: made.finish() }, laid))
    }

    fn pieces(self, timeline: &Timeline) -> usize {
        let articles = if self == Whole::Json { timeline.articles.len() } else { 0 };
        articles + timeline.events.len()
    }

    /// Gives the hash of what a piece is made from.
    fn print(self, timeline: &Timeline, prints: &Prints, i: usize) -> Option<Print> {
        let articles = if self == Whole::Json { timeline.articles.len() } else { 0 };
        match i.checked_sub(articles) {
            Some(event) => prints.piece_of_event(event),
            None => prints.piece_of_article(i),
        }
    }

    /// Gives what stands before a piece.
    fn before(self, timeline: &Timeline, i: usize) -> &'static str {
        match self {
            Whole::Json => json::before(timeline, i),
            Whole::Table | Whole::Calendar => "",
        }
    }

    fn open(self, site: &Site, out: &mut Vec<u8>) -> Result<(), RenderError> {
        match self {
            Whole::Json => json::open(out),
            Whole::Table => table::head(out)?,
            Whole::Calendar => ical::open(site, out),
        }
        Ok(())
    }

    fn close(self, timeline: &Timeline, out: &mut Vec<u8>) -> Result<(), RenderError> {
        match self {
            Whole::Json => json::close(timeline, out)?,
            Whole::Table => {}
            Whole::Calendar => ical::close(out),
        }
        Ok(())
    }

    fn piece(self, timeline: &Timeline, site: &Site, i: usize, out: &mut Vec<u8>) -> Result<(), RenderError> {
        if self == Whole::Json {
            return json::piece(timeline, site, i, out);
        }
        let Some(event) = timeline.events.get(i) else { return Ok(()) };
        if self == Whole::Table {
            return table::row(timeline, site, event, out);
        }
        ical::entry(timeline, site, event, out);
        Ok(())
    }
}

/// A part that grows.
#[derive(Default)]
struct Making {
    done: Vec<Portion>,
    /// Bytes of what is done.
    length: u64,
    /// What comes behind it.
    new: Vec<u8>,
}

impl Making {
    fn length(&self) -> u64 {
        self.length + self.new.len() as u64
    }

    /// Takes over a piece that stands, and gives where it begins.
    fn take_over(&mut self, before: &str, range: &Range<u64>) -> u64 {
        // Pieces that stood side by side are taken over in one, with the one sign that stood between them.
        if let (true, Some(Portion::Standing(last))) = (self.new.is_empty() && before.len() <= 1, self.done.last_mut())
            && last.end + before.len() as u64 == range.start
        {
            last.end = range.end;
            self.length += before.len() as u64 + (range.end - range.start);
        } else {
            self.new.extend_from_slice(before.as_bytes());
            self.settle();
            self.done.push(Portion::Standing(range.clone()));
            self.length += range.end - range.start;
        }
        self.length - (range.end - range.start)
    }

    fn settle(&mut self) {
        if !self.new.is_empty() {
            self.length += self.new.len() as u64;
            self.done.push(Portion::New(std::mem::take(&mut self.new)));
        }
    }

    fn finish(mut self) -> Vec<Portion> {
        self.settle();
        self.done
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stood_side_by_side_is_taken_over_in_one_and_nothing_else_is() {
        let mut made = Making::default();
        made.new.extend_from_slice(b"[");
        let starts = [
            made.take_over("", &(1..5)),
            made.take_over(",", &(6..9)),
            // Something stood between.
            made.take_over(",", &(20..24)),
            made.take_over("],[", &(27..30)),
        ];
        made.new.extend_from_slice(b",new");
        assert_eq!((starts, made.length()), ([1, 6, 10, 17], 24));
        let new = |text: &str| Portion::New(text.as_bytes().to_vec());
        let stood = |start, end| Portion::Standing(start..end);
        let pieces = [new("["), stood(1, 9), new(","), stood(20, 24), new("],["), stood(27, 30), new(",new")];
        assert_eq!(made.finish(), pieces);
    }
}
