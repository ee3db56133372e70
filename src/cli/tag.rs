//! `dateline tag`: tags documents, JSON Lines in, JSON Lines out, in order and in constant memory.

use super::report::{self, Exit};
use crate::lang;
use crate::model::{Domain, Edtf, Modifier, Resolved, TimexClass};
use crate::pipeline;
use chrono::NaiveDate;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::borrow::Cow;
use std::io::{self, BufRead, BufWriter, Write};

/// How many lines are read before they are tagged side by side …
const LINES: usize = 1024;
/// … or how many bytes, whichever comes first.
const BYTES: usize = 8 << 20;

/// The arguments of `dateline tag`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Read every document as news or as narrative instead of finding it out
    #[arg(long, value_name = "news|narrative", value_parser = named)]
    domain: Option<Domain>,
}

fn named(name: &str) -> Result<Domain, String> {
    Domain::named(name).ok_or_else(|| "a domain is `news` or `narrative`".to_owned())
}

#[derive(Deserialize)]
struct Document<'a> {
    #[serde(default)]
    doc: Value,
    #[serde(default)]
    dct: Value,
    #[serde(borrow)]
    text: Cow<'a, str>,
}

#[derive(Serialize)]
struct Tagged {
    doc: Value,
    timex: Vec<Expression>,
}

#[derive(Serialize)]
struct Expression {
    start: usize,
    end: usize,
    #[serde(rename = "type")]
    class: TimexClass,
    value: String,
    #[serde(rename = "mod", skip_serializing_if = "Option::is_none")]
    modifier: Option<Modifier>,
    #[serde(skip_serializing_if = "Option::is_none")]
    edtf: Option<Edtf>,
    rule: &'static str,
}

/// Tags standard input; a line that is no document is reported with its number and skipped.
pub fn run(args: &Args) -> anyhow::Result<Exit> {
    let mut input = io::stdin().lock();
    let mut out = BufWriter::new(io::stdout().lock());
    let (mut exit, mut number) = (Exit::Done, 0);
    loop {
        let batch = read(&mut input)?;
        if batch.is_empty() {
            break;
        }
        let tagged: Vec<_> = batch.par_iter().map(|line| tag(line, args.domain)).collect();
        for result in tagged {
            number += 1;
            match result {
                Ok(None) => {}
                Ok(Some(line)) => out.write_all(&line)?,
                Err(why) => {
                    exit = Exit::Content;
                    report::complain(&format!("line {number}: {why}"), None);
                }
            }
        }
        out.flush()?;
    }
    Ok(exit)
}

fn read(input: &mut dyn BufRead) -> io::Result<Vec<Vec<u8>>> {
    let (mut lines, mut bytes) = (Vec::new(), 0);
    while lines.len() < LINES && bytes < BYTES {
        let mut line = Vec::new();
        if input.read_until(b'\n', &mut line)? == 0 {
            break;
        }
        bytes += line.len();
        lines.push(line);
    }
    Ok(lines)
}

/// Tags one line and gives the line that answers it; nothing for a blank one.
fn tag(line: &[u8], domain: Option<Domain>) -> Result<Option<Vec<u8>>, String> {
    if line.trim_ascii().is_empty() {
        return Ok(None);
    }
    let document: Document =
        serde_json::from_slice(line).map_err(|e| e.to_string().replace(" at line 1 column ", " at column "))?;
    let written = document.dct.as_str().and_then(day);
    let resolved = pipeline::tag_text(&document.text, written.as_ref(), domain);
    let tagged = Tagged { doc: document.doc, timex: expressions(&document.text, &resolved) };
    let mut answer = serde_json::to_vec(&tagged).map_err(|e| e.to_string())?;
    answer.push(b'\n');
    Ok(Some(answer))
}

/// Reads a document creation time in any form of ISO 8601 or EDTF, `19980213` as TimeML writes it too; a
/// time of day is dropped. `None` where it is no date: a text of unknown day is still tagged.
fn day(dct: &str) -> Option<Edtf> {
    let dct = dct.trim();
    let date = dct.split(['T', 't', ' ']).next().unwrap_or_default();
    let digits = date.bytes().all(|b| b.is_ascii_digit());
    let dashed = match (date.len(), date.get(..4), date.get(4..6), date.get(6..)) {
        (8, Some(year), Some(month), Some(day)) if digits => format!("{year}-{month}-{day}"),
        _ => date.to_owned(),
    };
    let parsed = Edtf::parse(&dashed).ok();
    parsed
        .or_else(|| Edtf::parse(dct).ok())
        .or_else(|| NaiveDate::parse_from_str(date, "%G-W%V-%u").ok().map(Edtf::day))
}

/// Gives the expressions with offsets in code points, counted in one pass.
fn expressions(text: &str, resolved: &[Resolved]) -> Vec<Expression> {
    let (mut at, mut points) = (0, 0);
    let mut point = |offset: usize| {
        points += text.get(at..offset).map_or(0, |between| between.chars().count());
        at = offset;
        points
    };
    let expression = |found: &Resolved| Expression {
        start: point(found.timex.range.start),
        end: point(found.timex.range.end),
        class: found.timex.class,
        value: found.value.clone(),
        modifier: found.timex.modifier,
        edtf: found.date.clone(),
        rule: lang::english().rule(found.timex.rule).map_or("", |rule| &rule.name),
    };
    resolved.iter().map(expression).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn creation_times_are_read_as_corpora_write_them() {
        for (dct, want) in [
            ("2013-03-22", "2013-03-22"),
            ("19980213", "1998-02-13"),
            ("1998-02-13T10:00:00", "1998-02-13"),
            ("1998-01-08T18:30", "1998-01-08"),
            ("1998-01-08T18:30:05.5+02:00", "1998-01-08"),
            ("19980108T1830Z", "1998-01-08"),
            ("1998-01-08 18:30", "1998-01-08"),
            ("1998-W02-4", "1998-01-08"),
            ("1998-01", "1998-01"),
            (" 1998 ", "1998"),
        ] {
            assert_eq!(day(dct).unwrap().to_string(), want);
        }
        for none in ["soon", "", "1998-13-01", "19981301", "T10:00"] {
            assert_eq!(day(none), None, "{none}");
        }
    }

    #[test]
    fn a_batch_ends_at_its_limit_and_keeps_every_line() {
        let text = "x\n".repeat(LINES + 1);
        let mut input = text.as_bytes();
        assert_eq!(read(&mut input).unwrap().len(), LINES);
        assert_eq!(read(&mut input).unwrap().len(), 1);
        assert!(read(&mut input).unwrap().is_empty());
    }
}
