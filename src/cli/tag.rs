//! `dateline tag`: tags documents, JSON Lines in, JSON Lines out, in order and in constant memory.

use super::report::{self, Exit};
use crate::lang;
use crate::model::{Domain, Edtf, Modifier, Resolved, TimexClass};

use crate::pipeline::{self, Hints};
use chrono::NaiveDate;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::io::{self, BufWriter, Read, Write};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

/// How many bytes are read at once at most.
const CHUNK: usize = 256 << 10;
/// How many chunks wait to be tagged at most.
const CHUNKS: usize = 64;
/// Lines of so many bytes are tagged side by side at most; a pause of the input ends a batch before.
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
    /// Given back as it is written.
    #[serde(borrow, default)]
    doc: Option<&'a RawValue>,
    #[serde(default)]
    dct: Value,
    #[serde(borrow)]
    text: Cow<'a, str>,
    #[serde(default)]
    lang: Value,
    #[serde(default)]
    publisher: Value,
}

#[derive(Serialize)]
struct Tagged<'a> {
    doc: Option<&'a RawValue>,
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

/// A line with its answer.
struct Answer {
    line: Vec<u8>,
    /// What is wrong with a document that is tagged all the same.
    doubt: Option<String>,
}

/// Tags standard input; a line that is no document is reported with its number and skipped.
///
/// What has come is tagged as soon as the input pauses, so that a caller may wait for each answer.
pub fn run(args: &Args) -> anyhow::Result<Exit> {
    let (send, chunks) = sync_channel(CHUNKS);
    thread::Builder::new().name("reader".into()).spawn(move || read(io::stdin(), &send))?;
    let mut out = BufWriter::new(io::stdout().lock());
    let (mut exit, mut number) = (Exit::Done, 0);
    while let Some(batch) = next(&chunks)? {
        let lines: Vec<&[u8]> = batch.iter().flat_map(|chunk| chunk.split_inclusive(|b| *b == b'\n')).collect();
        let first = number == 0;
        let tagged: Vec<_> = lines
            .par_iter()
            .enumerate()
            .map(|(i, line)| match line.strip_prefix(b"\xEF\xBB\xBF").filter(|_| first && i == 0) {
                Some(behind_mark) => tag(behind_mark, args.domain),
                None => tag(line, args.domain),
            })
            .collect();
        for result in tagged {
            number += 1;
            match result {
                Ok(None) => {}
                Ok(Some(answer)) => {
                    out.write_all(&answer.line)?;
                    if let Some(doubt) = answer.doubt {
                        report::doubt(&format!("line {number}: {doubt}"));
                    }
                }
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

/// Reads whole lines, as many as come at once, and hands them on until the input or the interest in it ends.
fn read(mut input: impl Read, send: &SyncSender<io::Result<Vec<u8>>>) {
    let (mut buffer, mut held) = (vec![0; CHUNK], Vec::new());
    loop {
        let read = match input.read(&mut buffer) {
            Ok(read) => buffer.get(..read).unwrap_or_default(),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => {
                let _ = send.send(Err(error));
                return;
            }
        };
        let end = read.iter().rposition(|b| *b == b'\n').map_or(0, |at| at + 1);
        let (lines, rest) = read.split_at(end);
        if end > 0 || read.is_empty() {
            held.extend_from_slice(lines);
            let whole = std::mem::take(&mut held);
            if !whole.is_empty() && send.send(Ok(whole)).is_err() || read.is_empty() {
                return;
            }
        }
        held.extend_from_slice(rest);
    }
}

/// Waits for lines and takes all that have come by then; `None` at the end.
fn next(chunks: &Receiver<io::Result<Vec<u8>>>) -> io::Result<Option<Vec<Vec<u8>>>> {
    let Ok(first) = chunks.recv() else { return Ok(None) };
    let mut batch = vec![first?];
    let mut bytes = batch.iter().map(Vec::len).sum::<usize>();
    while bytes < BYTES
        && let Ok(chunk) = chunks.try_recv()
    {
        let chunk = chunk?;
        bytes += chunk.len();
        batch.push(chunk);
    }
    Ok(Some(batch))
}

/// Tags one line and gives the line that answers it; nothing for a blank one.
fn tag(line: &[u8], domain: Option<Domain>) -> Result<Option<Answer>, String> {
    let line = line.trim_ascii_end();
    if line.is_empty() {
        return Ok(None);
    }
    // An array of the same values would do for a reader of JSON.
    if line.trim_ascii_start().first().is_some_and(|first| *first == b'[') {
        return Err("expected an object, found an array".to_owned());
    }
    let document: Document =
        serde_json::from_slice(line).map_err(|e| e.to_string().replace(" at line 1 column ", " at column "))?;
    let written = match &document.dct {
        Value::String(dct) => day(dct),
        Value::Number(dct) => day(&dct.to_string()),
        _ => None,
    };
    let stated = !document.dct.is_null() && document.dct.as_str().is_none_or(|dct| !dct.trim().is_empty());
    let doubt = (stated && written.is_none())
        .then(|| format!("dct {} is no date; the text is read as of an unknown day", document.dct));
    let hints = Hints { domain, language: document.lang.as_str(), publisher: document.publisher.as_str() };
    let resolved = pipeline::tag_text(&document.text, written.as_ref(), hints);
    let tagged = Tagged { doc: document.doc, timex: expressions(&document.text, &resolved) };
    let mut line = serde_json::to_vec(&tagged).map_err(|e| e.to_string())?;
    line.push(b'\n');
    Ok(Some(Answer { line, doubt }))
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
    fn lines_are_handed_on_whole_however_they_come() {
        let text = format!("a\n{}\nb\nlast", "long".repeat(CHUNK));
        let (send, chunks) = sync_channel(CHUNKS);
        read(text.as_bytes(), &send);
        drop(send);
        let all: Vec<Vec<u8>> = chunks.iter().map(|chunk| chunk.unwrap()).collect();
        assert!(all.len() > 1 && all[..all.len() - 1].iter().all(|chunk| chunk.ends_with(b"\n")));
        assert_eq!(all.concat(), text.as_bytes());
    }

    #[test]
    fn documents_come_back_as_they_are_named() {
        let answer = |line: &str| tag(line.as_bytes(), None).map(|a| String::from_utf8(a.unwrap().line).unwrap());
        assert_eq!(
            answer("{\"doc\":12345678901234567890123,\"text\":\"\"}\r\n").unwrap(),
            "{\"doc\":12345678901234567890123,\"timex\":[]}\n"
        );
        assert_eq!(answer("{\"text\":\"\"}").unwrap(), "{\"doc\":null,\"timex\":[]}\n");
        assert!(answer("[\"a\",\"2022-01-17\",\"yesterday\"]").is_err());
        assert!(answer("{\"text\":\n").unwrap_err().ends_with("at column 8"));
    }
}
