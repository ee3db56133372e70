//! The articles that tell the events, for bibliographies: BibTeX and CSL-JSON.

use super::{address, one_line};
use crate::model::{Article, Edtf, Timeline};
use crate::render::RenderError;
use chrono::{Datelike, NaiveDate};
use serde::Serialize;
use std::collections::BTreeSet;

/// An article as CSL-JSON 1.0.2 words it.
#[derive(Serialize)]
struct Item<'t> {
    id: &'t str,
    #[serde(rename = "type")]
    kind: &'static str,
    title: String,
    #[serde(rename = "container-title", skip_serializing_if = "Option::is_none")]
    outlet: Option<String>,
    #[serde(rename = "URL", skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    author: Vec<Author>,
    #[serde(skip_serializing_if = "Option::is_none")]
    issued: Option<Issued>,
    language: &'t str,
}

#[derive(Serialize)]
struct Author {
    literal: String,
}

#[derive(Serialize)]
struct Issued {
    #[serde(rename = "date-parts")]
    parts: Vec<Vec<i32>>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    circa: bool,
}

/// Writes the articles that tell an event as CSL-JSON.
pub(super) fn csl(timeline: &Timeline) -> Result<Vec<u8>, RenderError> {
    let items: Vec<Item> = cited(timeline)
        .map(|article| Item {
            id: &article.id,
            kind: "article-newspaper",
            title: one_line(&article.title.value),
            outlet: article.publisher.as_ref().map(|p| one_line(&p.value)),
            url: address(article),
            author: article.authors.iter().map(|name| Author { literal: one_line(name) }).collect(),
            issued: article.published.as_ref().and_then(|published| issued(&published.date)),
            language: &article.language,
        })
        .collect();
    let mut bytes = serde_json::to_vec_pretty(&items)?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// Writes the articles that tell an event as BibTeX.
pub(super) fn bibtex(timeline: &Timeline) -> Vec<u8> {
    let mut out = String::new();
    for article in cited(timeline) {
        let date = article.published.as_ref().and_then(|p| parts(&p.date));
        let part = |at: usize| date.as_ref().and_then(|parts| parts.get(at)).map(i32::to_string);
        // Braces within keep a name in one piece and a title in its own letters.
        let authors: Vec<String> = article.authors.iter().map(|name| format!("{{{}}}", tex(name))).collect();
        let url = address(article).map(|url| url.replace('{', "%7B").replace('}', "%7D").replace('\\', "%5C"));
        let fields = [
            ("title", Some(format!("{{{}}}", tex(&article.title.value)))),
            ("author", Some(authors.join(" and "))),
            ("journal", article.publisher.as_ref().map(|p| tex(&p.value))),
            ("year", part(0)),
            ("month", part(1)),
            ("day", part(2)),
            ("url", url),
        ];
        out.push_str(&format!("@article{{{}", key(&article.id)));
        for (name, value) in fields {
            if let Some(value) = value.filter(|value| !value.is_empty()) {
                out.push_str(&format!(",\n  {name} = {{{value}}}"));
            }
        }
        out.push_str("\n}\n\n");
    }
    out.into_bytes()
}

/// Gives the articles that tell an event, in order of path; what the makers wrote themselves is none.
fn cited(timeline: &Timeline) -> impl Iterator<Item = &Article> {
    let told = timeline.events.iter().flat_map(|event| &event.mentions);
    let told: BTreeSet<usize> = told.filter_map(|&m| Some(timeline.mentions.get(m)?.article)).collect();
    let articles = told.into_iter().filter_map(|at| timeline.articles.get(at));
    articles.filter(|article| article.event.is_none() || article.publisher.is_some())
}

/// Gives year, month and day of a date, as many as all days that it can mean share.
fn parts(date: &Edtf) -> Option<Vec<i32>> {
    let numbers = |day: NaiveDate| Some([day.year(), i32::try_from(day.month()).ok()?, i32::try_from(day.day()).ok()?]);
    let (first, last) = (numbers(date.first_day()?)?, numbers(date.last_day()?)?);
    let shared: Vec<i32> = first.into_iter().zip(last).take_while(|(a, b)| a == b).map(|(a, _)| a).collect();
    Some(shared).filter(|shared| !shared.is_empty())
}

fn issued(date: &Edtf) -> Option<Issued> {
    let circa = date.is_approximate() || date.is_uncertain();
    Some(Issued { parts: vec![parts(date)?], circa })
}

/// Gives a citation key: letters, digits and hyphens.
fn key(id: &str) -> String {
    let key: String = id.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    if key.is_empty() { "article".to_owned() } else { key }
}

/// Gives a text as TeX reads it (The TeXbook, chapter 7: the ten special characters).
fn tex(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in one_line(text).chars() {
        match c {
            '\\' => out.push_str("\\textbackslash{}"),
            '~' => out.push_str("\\textasciitilde{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            '{' | '}' | '$' | '&' | '#' | '%' | '_' => out.extend(['\\', c]),
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_part_of_a_date_is_made_up() {
        let shared = |date: &str| parts(&Edtf::parse(date).unwrap());
        assert_eq!(shared("2022-01-17"), Some(vec![2022, 1, 17]));
        assert_eq!(shared("2022-01-17/2022-01-19"), Some(vec![2022, 1]));
        assert_eq!(shared("2022-01-31/2022-02-02"), Some(vec![2022]));
        assert_eq!(shared("2022"), Some(vec![2022]));
        assert_eq!((shared("202X"), shared("2022/..")), (None, None));
    }
}
