//! An article as a Markdown file with front matter, which reads back as the same article.

use crate::model::{Article, Block, BlockKind, DateBasis, InlineKind, TextBasis};
use std::fmt::Write as _;

/// Writes an article as Markdown with front matter.
pub fn file(article: &Article) -> String {
    let mut out = String::from("---\n");
    let stated = |basis: TextBasis| !matches!(basis, TextBasis::FirstSentence | TextBasis::Url);
    if stated(article.title.basis) {
        field(&mut out, "title", &article.title.value);
    }
    if let Some(publisher) = article.publisher.as_ref().filter(|publisher| stated(publisher.basis)) {
        field(&mut out, "publisher", &publisher.value);
    }
    if let Some(url) = &article.url {
        field(&mut out, "url", url);
    }
    if let Some(published) = &article.published {
        line(&mut out, "published", &date(&published.date.to_string()));
        if !matches!(published.basis, DateBasis::FrontMatter | DateBasis::Sidecar | DateBasis::Inferred)
            && let Ok(serde_json::Value::String(basis)) = serde_json::to_value(published.basis)
        {
            line(&mut out, "published_basis", &basis);
        }
    }
    if let Some(updated) = &article.updated {
        line(&mut out, "updated", &date(&updated.to_string()));
    }
    list(&mut out, "authors", &article.authors);
    // None where nobody states it.
    if !article.language.is_empty() {
        field(&mut out, "language", &article.language);
    }
    list(&mut out, "tags", &article.tags);
    out.push_str("---\n");
    body(&mut out, article);
    out
}

fn line(out: &mut String, key: &str, value: &str) {
    let _ = writeln!(out, "{key}: {value}");
}

fn field(out: &mut String, key: &str, value: &str) {
    line(out, key, &quoted(value));
}

fn list(out: &mut String, key: &str, values: &[String]) {
    if !values.is_empty() {
        let values: Vec<String> = values.iter().map(|value| quoted(value)).collect();
        line(out, key, &format!("[{}]", values.join(", ")));
    }
}

/// A date; what YAML could take for something else is quoted.
fn date(date: &str) -> String {
    let plain = date.len() == 10 && date.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    if plain { date.to_owned() } else { quoted(date) }
}

/// A text as YAML writes it in double quotes; what no eye sees is written out.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if unseen(c) => {
                let _ = match u32::from(c) {
                    code @ 0..=0xffff => write!(out, "\\u{code:04x}"),
                    code => write!(out, "\\U{code:08x}"),
                };
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// Whether a character has no shape of its own, or turns the direction of others.
fn unseen(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{ffff}')
}

/// Writes the blocks of an article.
fn body(out: &mut String, article: &Article) {
    let mut blocks = article.blocks.iter().peekable();
    let mut before: Option<BlockKind> = None;
    while let Some(block) = blocks.next() {
        // Items stand close together; everything else has a blank line before it.
        if !(before == Some(BlockKind::ListItem) && block.kind == BlockKind::ListItem) {
            out.push('\n');
        }
        before = Some(block.kind);
        let text = || inline(article, block);
        match block.kind {
            BlockKind::Paragraph => prefixed(out, "", "", &text()),
            BlockKind::Quote => prefixed(out, "> ", "> ", &text()),
            BlockKind::ListItem => prefixed(out, "- ", "  ", &text()),
            BlockKind::Heading(level) => {
                let marks = "#".repeat(usize::from(level.clamp(1, 6)));
                let _ = writeln!(out, "{marks} {}", text().replace('#', "\\#").replace('\n', " "));
            }
            BlockKind::Code => {
                let code = article.text.get(block.range.clone()).unwrap_or_default();
                let longest = code.split(|c| c != '`').map(str::len).max().unwrap_or(0);
                let fence = "`".repeat(longest.max(2) + 1);
                let _ = writeln!(out, "{fence}\n{code}\n{fence}");
            }
            BlockKind::TableRow => {
                let mut rows = vec![text()];
                while let Some(row) = blocks.next_if(|next| next.kind == BlockKind::TableRow) {
                    rows.push(inline(article, row));
                }
                table(out, &rows);
            }
        }
    }
}

/// Writes the lines of a text, each behind its mark; what Markdown would take for a mark of its own is kept from it.
fn prefixed(out: &mut String, first: &str, others: &str, text: &str) {
    for (i, line) in
        text.split(['\n', '\r']).map(|line| line.trim_matches([' ', '\t'])).filter(|line| !line.is_empty()).enumerate()
    {
        out.push_str(if i == 0 { first } else { others });
        let digits = line.bytes().take_while(u8::is_ascii_digit).count();
        let (number, rest) = line.split_at(digits);
        match rest.chars().next() {
            Some('#' | '>' | '-' | '+' | '=' | ':') if digits == 0 => out.push('\\'),
            Some('.' | ')') if digits > 0 => {
                out.push_str(number);
                out.push('\\');
                out.push_str(rest);
                out.push('\n');
                continue;
            }
            _ => {}
        }
        out.push_str(line);
        out.push('\n');
    }
}

fn table(out: &mut String, rows: &[String]) {
    let columns = rows.iter().map(|row| row.split('\t').count()).max().unwrap_or(1);
    for (i, row) in rows.iter().enumerate() {
        let mut cells: Vec<String> = row.split('\t').map(|cell| cell.replace('\n', " ").trim().to_owned()).collect();
        cells.resize(columns, String::new());
        let _ = writeln!(out, "| {} |", cells.join(" | "));
        if i == 0 {
            let _ = writeln!(out, "|{}", "---|".repeat(columns));
        }
    }
}

/// The text of a block with its formatting, every other mark of Markdown kept from being one.
fn inline(article: &Article, block: &Block) -> String {
    let text = article.text.get(block.range.clone()).unwrap_or_default();
    let base = block.range.start;
    let mut marks: Vec<(usize, usize, String)> = Vec::new();
    let mut code: Vec<std::ops::Range<usize>> = Vec::new();
    let mut taken: Vec<std::ops::Range<usize>> = Vec::new();
    for inline in &block.inlines {
        let (Some(start), Some(end)) = (inline.range.start.checked_sub(base), inline.range.end.checked_sub(base))
        else {
            continue;
        };
        let Some(part) = text.get(start..end) else { continue };
        let (start, end) = (start + (part.len() - part.trim_start().len()), end - (part.len() - part.trim_end().len()));
        // Formatting within formatting may not read back the same.
        let crossed = taken.iter().any(|other| start < other.end && other.start < end);
        let Some(part) =
            text.get(start..end).filter(|part| !crossed && !part.is_empty() && !part.contains(['\n', '\t']))
        else {
            continue;
        };
        let letter = |c: Option<char>| c.is_none_or(char::is_alphanumeric);
        let whole = letter(part.chars().next())
            && letter(part.chars().next_back())
            && !text.get(..start).is_some_and(|before| before.ends_with(char::is_alphanumeric))
            && !text.get(end..).is_some_and(|behind| behind.starts_with(char::is_alphanumeric));
        let (open, close) = match &inline.kind {
            InlineKind::Strong if whole => ("**".to_owned(), "**".to_owned()),
            InlineKind::Emphasis if whole => ("*".to_owned(), "*".to_owned()),
            InlineKind::Code if !part.contains(['`', '|']) => {
                code.push(start..end);
                ("`".to_owned(), "`".to_owned())
            }
            InlineKind::Link(url) => ("[".to_owned(), format!("]({})", destination(url))),
            _ => continue,
        };
        taken.push(start..end);
        marks.push((start, 1, open));
        marks.push((end, 0, close));
    }
    marks.sort();
    let mut marks = marks.into_iter().peekable();
    let mut out = String::with_capacity(text.len() + 16);
    for (i, c) in text.char_indices() {
        while let Some((_, _, mark)) = marks.next_if(|(at, _, _)| *at <= i) {
            out.push_str(&mark);
        }
        let literal = code.iter().any(|range| range.contains(&i));
        if !literal && matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '|' | '~') {
            out.push('\\');
        }
        out.push(c);
    }
    marks.for_each(|(_, _, mark)| out.push_str(&mark));
    out
}

/// An address as a link of Markdown holds it.
fn destination(url: &str) -> String {
    let mut out = String::with_capacity(url.len());
    for c in url.chars() {
        match c {
            '(' => out.push_str("%28"),
            ')' => out.push_str("%29"),
            '\\' => out.push_str("%5C"),
            '<' => out.push_str("%3C"),
            '>' => out.push_str("%3E"),
            '&' => out.push_str("&amp;"),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::markdown::paragraphs;
    use crate::model::{Inline, Stated};

    fn article(blocks: &[(BlockKind, &str)]) -> Article {
        let mut article = Article {
            id: String::new(),
            path: String::new(),
            title: Stated { value: "T".to_owned(), basis: TextBasis::Header },
            publisher: None,
            published: None,
            updated: None,
            url: None,
            authors: Vec::new(),
            tags: Vec::new(),
            language: "en".to_owned(),
            domain: None,
            event: None,
            text: String::new(),
            blocks: Vec::new(),
            sentences: Vec::new(),
            source_map: Vec::new(),
            line_starts: Vec::new(),
        };
        for (kind, text) in blocks {
            if !article.text.is_empty() {
                article.text.push_str("\n\n");
            }
            let start = article.text.len();
            article.text.push_str(text);
            article.blocks.push(Block { range: start..article.text.len(), kind: *kind, inlines: Vec::new() });
        }
        article
    }

    fn again(article: &Article) -> Vec<(BlockKind, String)> {
        let mut out = String::new();
        body(&mut out, article);
        paragraphs(&out, 0).into_iter().map(|para| (para.kind, para.text.into_owned())).collect()
    }

    #[test]
    fn text_of_any_kind_reads_back_as_it_was() {
        use BlockKind::{Code, Heading, ListItem, Paragraph, Quote, TableRow};
        // Every mark that Markdown knows, at every place.
        let words = [
            "#",
            "##",
            ">",
            "-",
            "+",
            "*",
            "**",
            "_a_",
            "=",
            "===",
            "---",
            "1.",
            "12)",
            "`",
            "```",
            "~~~",
            "[a](b)",
            "![x]",
            "[^1]",
            "<b>",
            "</p>",
            "<!--",
            "&amp;",
            "&",
            "|",
            ":--",
            "\\",
            "a",
            "Be",
            "\u{a0}",
            "é",
            "http://a.io",
            "<http://a.io>",
            "$1",
            ":",
            "\u{202e}",
        ];
        let kinds = [Paragraph, Quote, ListItem, Heading(2), Code, TableRow, Heading(6)];
        let mut seed = 3_u64;
        let mut random = |below: usize| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (seed >> 33) as usize % below
        };
        for _ in 0..3_000 {
            let blocks: Vec<(BlockKind, String)> = (0..1 + random(4))
                .map(|_| {
                    let kind = kinds[random(kinds.len())];
                    let mut text = String::from("x");
                    for at in 0..random(9) {
                        let plain = matches!(kind, Heading(_) | TableRow);
                        text.push_str(if at % 3 == 2 && !plain { "\n" } else { " " });
                        text.push_str(words[random(words.len())]);
                    }
                    if random(2) == 0 {
                        text = text.trim_start_matches(['x', ' ', '\n']).to_owned();
                    }
                    if !text.contains(char::is_alphanumeric) {
                        text.push_str(" z");
                    }
                    (kind, text.trim().to_owned())
                })
                .collect();
            let shown: Vec<(BlockKind, &str)> = blocks.iter().map(|(kind, text)| (*kind, text.as_str())).collect();
            let article = article(&shown);
            let mut out = String::new();
            body(&mut out, &article);
            assert_eq!(again(&article), blocks, "{out}");
        }
    }

    #[test]
    fn formatting_reads_back() {
        let mut article = article(&[(BlockKind::Paragraph, "The quay, a (b) and code*s of 2019.")]);
        let url = "https://a.io/x_(y)?a=1&copy=2".to_owned();
        let of = |range, kind| Inline { range, kind };
        article.blocks[0].inlines = vec![
            of(4..8, InlineKind::Strong),
            of(10..15, InlineKind::Link(url)),
            of(20..26, InlineKind::Code),
            of(30..34, InlineKind::Emphasis),
        ];
        let mut out = String::new();
        body(&mut out, &article);
        assert_eq!(out, "\nThe **quay**, [a (b)](https://a.io/x_%28y%29?a=1&amp;copy=2) and `code*s` of *2019*.\n");
        let para = paragraphs(&out, 0).remove(0);
        assert_eq!(para.text, article.text);
        assert_eq!(para.inlines.len(), 4);
    }

    #[test]
    fn values_are_quoted_so_that_nothing_hides_in_them() {
        assert_eq!(quoted("a: \"b\" \\ c\u{202e}\u{1f600}\n"), "\"a: \\\"b\\\" \\\\ c\\u202e\u{1f600}\\u000a\"");
        assert_eq!(date("2022-01"), "\"2022-01\"");
        assert_eq!(date("2022-01-17"), "2022-01-17");
    }
}
