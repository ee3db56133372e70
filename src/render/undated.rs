//! What could not be dated, and why: honest, and where whoever wants to help can start.

use super::head::Head;
use super::html::{Desk, put};
use super::lists::Page;
use super::parts::pager;
use super::site::article_page;
use super::view::published;
use crate::model::{Article, Timeline};
use serde::Serialize;
use tera::Context;

/// Something without a date: an expression of an article, or the article itself.
#[derive(Debug)]
pub(super) struct Doubt {
    article: usize,
    expression: Option<usize>,
    /// What its words take of a page.
    pub weight: usize,
}

#[derive(Serialize)]
struct Group {
    href: String,
    title: String,
    outlet: String,
    published: String,
    /// Why the article itself has no date.
    reason: Option<String>,
    rows: Vec<Row>,
}

#[derive(Serialize)]
struct Row {
    href: String,
    words: String,
    /// The sentence before and behind the words.
    before: String,
    behind: String,
    why: String,
}

/// Characters of a sentence that are shown on each side of an expression.
const AROUND: usize = 160;

/// Lists what could not be dated, in order of article and place.
pub(super) fn doubts(timeline: &Timeline) -> Vec<Doubt> {
    let mut all = Vec::new();
    for (i, article) in timeline.articles.iter().enumerate().filter(|(_, article)| article.event.is_none()) {
        if article.published.is_none() {
            all.push(Doubt { article: i, expression: None, weight: article.title.value.len() });
        }
        let found = timeline.resolved.get(i).into_iter().flatten().enumerate();
        let open = found.filter(|(_, this)| this.is_open());
        all.extend(open.map(|(n, _)| Doubt { article: i, expression: Some(n), weight: 2 * AROUND }));
    }
    all
}

impl Desk<'_> {
    /// Fills a page of what could not be dated.
    pub(super) fn undated(&self, context: &mut Context, part: usize) -> Page {
        let words = self.site.words;
        let parts = self.doubt_parts();
        put(context, "pager", &pager(words, "not-dated", part, parts.len()))?;
        let shown = parts.get(part).and_then(|range| self.doubts.get(range.clone())).unwrap_or_default();
        let mut groups: Vec<(usize, Group)> = Vec::new();
        for doubt in shown {
            let Some(article) = self.timeline.articles.get(doubt.article) else { continue };
            if groups.last().is_none_or(|(last, _)| *last != doubt.article) {
                groups.push((doubt.article, self.doubtful(article)));
            }
            let Some((_, group)) = groups.last_mut() else { continue };
            match doubt.expression {
                None => group.reason = Some(words.sentence("no_publication_date", &[])),
                Some(n) => group.rows.extend(self.row(doubt.article, article, n)),
            }
        }
        let groups: Vec<Group> = groups.into_iter().map(|(_, group)| group).collect();
        put(context, "articles", &groups)?;
        let counted = words.count("not_dated", self.doubts.len(), &[]);
        put(context, "counted", &counted)?;
        let mut head = Head::of(words.label("not_dated"), &counted);
        head.part(words, part);
        Ok(("not-dated.html", head))
    }

    fn doubtful(&self, article: &Article) -> Group {
        Group {
            href: article_page(article),
            title: article.title.value.clone(),
            outlet: self.site.outlet(article).to_owned(),
            published: published(self.site, article),
            reason: None,
            rows: Vec::new(),
        }
    }

    fn row(&self, index: usize, article: &Article, n: usize) -> Option<Row> {
        let this = self.timeline.resolved.get(index)?.get(n)?;
        let marked = this.timex.marked();
        let at = article.sentences.partition_point(|sentence| sentence.range.end <= marked.start);
        let around = article.sentences.get(at).map_or(marked.clone(), |sentence| sentence.range.clone());
        let before = article.text.get(around.start.min(marked.start)..marked.start).unwrap_or_default();
        let behind = article.text.get(marked.end..around.end.max(marked.end)).unwrap_or_default();
        Some(Row {
            href: format!("{}#t{n}", self.site.text_page(index, article, marked.start)),
            words: article.text.get(marked).unwrap_or_default().to_owned(),
            before: tail(before),
            behind: head(behind),
            why: self.site.why_of(self.timeline, index, n).to_owned(),
        })
    }
}

/// Gives the last characters of a text, whole words where it is cut.
fn tail(text: &str) -> String {
    let Some((cut, _)) = text.char_indices().rev().nth(AROUND) else { return text.to_owned() };
    let rest = text.get(cut..).unwrap_or_default();
    format!("…{}", rest.split_once(' ').map_or(rest, |(_, rest)| rest))
}

/// Gives the first characters of a text, whole words where it is cut.
fn head(text: &str) -> String {
    let Some((cut, _)) = text.char_indices().nth(AROUND) else { return text.to_owned() };
    let rest = text.get(..cut).unwrap_or_default();
    format!("{}…", rest.rsplit_once(' ').map_or(rest, |(rest, _)| rest))
}
