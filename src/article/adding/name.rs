//! The name of the file that an added article becomes.

use crate::article::dates::of_file_name;
use crate::model::Article;

/// The part of a name that is made of the title is at most this long.
const LONGEST: usize = 60;

/// Names that some systems keep for their devices.
const DEVICES: &[&str] = &["aux", "con", "nul", "prn"];

/// Gives `YYYY-MM-DD-slug`, without an ending; an article of no known day has none in its name.
pub fn stem(article: &Article) -> String {
    let slug = slug::slugify(&article.title.value);
    let cut = slug.get(..LONGEST).map_or(slug.as_str(), |head| head.rsplit_once('-').map_or(head, |(whole, _)| whole));
    let slug = if cut.is_empty() { "article" } else { cut };
    let date = article.published.as_ref().map(|published| published.date.to_string()).filter(|date| {
        let plain = date.bytes().all(|b| b.is_ascii_digit() || b == b'-');
        plain && matches!(date.len(), 7 | 10)
    });
    if let Some(date) = date {
        return format!("{date}-{slug}");
    }
    // No day may be read from the name that the article does not have.
    let mut stem = slug.to_owned();
    if of_file_name(&stem).is_some() {
        let parts: Vec<&str> = slug.split('-').filter(|part| !part.bytes().all(|b| b.is_ascii_digit())).collect();
        stem = format!("undated-{}", parts.join("-"));
    }
    let device = DEVICES.contains(&stem.as_str())
        || matches!(stem.as_bytes(), [b'c' | b'l', b'o' | b'p', b'm' | b't', b'0'..=b'9']);
    if device { format!("article-{stem}") } else { stem }
}
