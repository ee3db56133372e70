//! Texts annotated by hand and how rightly they are read.
//!
//! Markup: the first line is `dct: DATE`; `[[words|VALUE]]` is an expression with its TIMEX3 value.

use dateline::lang::english;
use dateline::model::Edtf;
use dateline::normalize::resolve_at;
use dateline::tag::tag;
use std::ops::Range;
use std::path::Path;

/// A text with what a careful reader dates in it.
pub struct Annotated {
    /// The file's name without its ending.
    pub name: String,
    /// The day it was written.
    pub dct: Edtf,
    /// The text without the markup.
    pub text: String,
    /// Byte ranges of the expressions with their values, in order.
    pub gold: Vec<(Range<usize>, String)>,
}

/// Reads one annotated text; says what is wrong with its markup.
pub fn parse(name: &str, raw: &str) -> Result<Annotated, String> {
    let (first, body) = raw.split_once('\n').ok_or("no first line")?;
    let dct = Edtf::parse(first.trim_start_matches("dct: ").trim()).map_err(|e| format!("{name}: {e}"))?;
    let (mut text, mut gold) = (String::new(), Vec::new());
    let mut parts = body.split("[[");
    text.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let (expression, rest) = part.split_once("]]").ok_or_else(|| format!("{name}: an open [[ in {part:?}"))?;
        let (words, value) = expression.rsplit_once('|').ok_or_else(|| format!("{name}: no | in {expression:?}"))?;
        let start = text.len();
        text.push_str(words);
        gold.push((start..text.len(), value.to_owned()));
        text.push_str(rest);
    }
    Ok(Annotated { name: name.to_owned(), dct, text, gold })
}

/// Reads all annotated texts of a folder, in order.
#[allow(clippy::disallowed_methods)] // not a stage: it may read files
pub fn folder(folder: &Path) -> Result<Vec<Annotated>, String> {
    let entries = std::fs::read_dir(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    let mut paths: Vec<_> = entries.filter_map(Result::ok).map(|e| e.path()).collect();
    paths.retain(|path| path.extension().is_some_and(|e| e == "txt"));
    paths.sort();
    let read = |path: &std::path::PathBuf| {
        let raw = std::fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))?;
        parse(&path.file_stem().unwrap_or_default().to_string_lossy(), &raw)
    };
    paths.iter().map(read).collect()
}

/// Counts of expressions.
#[derive(Debug, Default, Clone, Copy)]
pub struct Score {
    gold: usize,
    found: usize,
    paired: usize,
    right: usize,
}

impl Score {
    /// Relaxed F1 of the extents, in percent.
    pub fn relaxed(&self) -> f64 {
        200.0 * self.paired as f64 / (self.gold + self.found).max(1) as f64
    }

    /// Share of right values among the paired, in percent.
    pub fn values(&self) -> f64 {
        100.0 * self.right as f64 / self.paired.max(1) as f64
    }
}

impl std::fmt::Display for Score {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let share = |part: usize, whole: usize| 100.0 * part as f64 / whole.max(1) as f64;
        let (p, r) = (share(self.paired, self.found), share(self.paired, self.gold));
        let value = self.relaxed() * self.values() / 100.0;
        write!(
            f,
            "{} expressions, relaxed P {p:.1} R {r:.1} F1 {:.1}, right values {:.1} %, value F1 {value:.1}",
            self.gold,
            self.relaxed(),
            self.values()
        )
    }
}

/// Pairs one to one, left to right, any overlap, as TempEval-3 does; `say` hears what is wrong.
pub fn score(text: &Annotated, score: &mut Score, say: &mut dyn FnMut(String)) {
    let lang = english();
    let found = resolve_at(lang, Some(&text.dct), &text.text, &tag(lang, &text.text));
    score.gold += text.gold.len();
    score.found += found.len();
    let (mut g, mut f) = (0, 0);
    let name = &text.name;
    let around = |range: &Range<usize>| {
        let near = |at: usize, step: isize| {
            let mut at = at.saturating_add_signed(step).min(text.text.len());
            while !text.text.is_char_boundary(at) {
                at -= 1;
            }
            at
        };
        text.text[near(range.start, -40)..near(range.end, 25)].replace('\n', " ")
    };
    while g < text.gold.len() || f < found.len() {
        let (gold, ours) = (text.gold.get(g), found.get(f));
        match (gold, ours) {
            (Some((range, value)), None) => {
                say(format!("{name}: missed {:?} {value} | {}", &text.text[range.clone()], around(range)));
                g += 1;
            }
            (Some((range, value)), Some(r)) if range.end <= r.timex.range.start => {
                say(format!("{name}: missed {:?} {value} | {}", &text.text[range.clone()], around(range)));
                g += 1;
            }
            (Some((range, value)), Some(r)) if range.start < r.timex.range.end => {
                score.paired += 1;
                score.right += usize::from(*value == r.value);
                if *value != r.value {
                    let rule = lang.rule(r.timex.rule).map_or("", |rule| rule.name.as_str());
                    let words = &text.text[r.timex.range.clone()];
                    let at = around(range);
                    let ours = format!("{} for {words:?} by {rule}, {:?}", r.value, r.anchor);
                    say(format!("{name}: {:?} is {value}, found {ours} | {at}", &text.text[range.clone()]));
                }
                (g, f) = (g + 1, f + 1);
            }
            (_, Some(r)) => {
                let words = &text.text[r.timex.range.clone()];
                say(format!("{name}: spurious {words:?} {} | {}", r.value, around(&r.timex.range)));
                f += 1;
            }
            (None, None) => break,
        }
    }
}
