//! What a page says of itself to search engines, as JSON-LD.

use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// Objects lie at most this deep in each other.
const DEEPEST: usize = 12;
/// At most so many objects of a page are looked at.
const MOST: usize = 2_000;

/// What the object of an article says.
#[derive(Debug, Default)]
pub(super) struct Said {
    pub(super) headline: Option<String>,
    pub(super) publisher: Option<String>,
    pub(super) published: Option<String>,
    pub(super) updated: Option<String>,
    pub(super) url: Option<String>,
    pub(super) authors: Vec<String>,
    pub(super) tags: Vec<String>,
    pub(super) language: Option<String>,
}

/// Types of what is an article, then of what only holds one, as they end.
const ARTICLES: &[&str] =
    &["article", "blogposting", "newsarticle", "reportage", "liveblogposting", "newsposting", "report"];
const PAGES: &[&str] = &["webpage", "itempage"];

/// Reads the scripts of a page; of several articles the one at `canonical` counts, or else the first.
pub(super) fn read(scripts: &[&str], canonical: Option<&str>) -> Option<Said> {
    let values: Vec<Value> = scripts.iter().filter_map(|script| parse(script)).collect();
    let mut objects = Vec::new();
    for value in &values {
        collect(value, 0, &mut objects);
    }
    let named: BTreeMap<&str, &Map<String, Value>> = objects
        .iter()
        .filter(|object| object.len() > 1)
        .filter_map(|object| Some((object.get("@id")?.as_str()?, *object)))
        .collect();
    let of = |ends: &[&str]| -> Vec<&Map<String, Value>> {
        let is = |object: &&&Map<String, Value>| types(object).iter().any(|t| ends.iter().any(|end| t.ends_with(end)));
        objects.iter().filter(is).copied().collect()
    };
    let articles = of(ARTICLES);
    let same = |object: &&&Map<String, Value>| {
        let url = address(object, &named);
        url.is_some() && url.as_deref().map(bare) == canonical.map(bare)
    };
    let page = of(PAGES).first().copied();
    let article =
        articles.iter().find(same).or(articles.first()).copied().or(page.filter(|p| p.contains_key("datePublished")))?;
    let text = |key: &str| article.get(key).and_then(|value| words(value, &named));
    let of_page = |key: &str| page.and_then(|page| page.get(key)).and_then(|value| words(value, &named));
    let mut authors = Vec::new();
    for key in ["author", "creator"] {
        if authors.is_empty() {
            people(article.get(key), &named, &mut authors);
        }
    }
    let mut tags = Vec::new();
    people(article.get("keywords"), &named, &mut tags);
    Some(Said {
        headline: text("headline").or_else(|| text("name")),
        publisher: text("publisher").or_else(|| text("sourceOrganization")).or_else(|| of_page("publisher")),
        published: text("datePublished").or_else(|| of_page("datePublished")).or_else(|| text("dateCreated")),
        updated: text("dateModified"),
        url: address(article, &named),
        authors,
        tags,
        language: text("inLanguage").or_else(|| of_page("inLanguage")),
    })
}

/// Reads JSON as pages write it: in comments, with line ends within its strings.
fn parse(script: &str) -> Option<Value> {
    let marks: &[&str] = &["<!--", "//<![CDATA[", "<![CDATA[", "/*<![CDATA[*/", "-->", "//]]>", "]]>", "/*]]>*/"];
    let mut bare = script.trim();
    for mark in marks {
        bare = bare.strip_prefix(mark).unwrap_or(bare);
        bare = bare.strip_suffix(mark).unwrap_or(bare).trim();
    }
    let bare = bare.trim_end_matches(';');
    serde_json::from_str(bare).ok().or_else(|| {
        let clean: String = bare.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        serde_json::from_str(&clean).ok()
    })
}

/// Lists the objects of a value, outer ones first.
fn collect<'a>(value: &'a Value, depth: usize, objects: &mut Vec<&'a Map<String, Value>>) {
    if depth > DEEPEST || objects.len() >= MOST {
        return;
    }
    match value {
        Value::Array(items) => items.iter().for_each(|item| collect(item, depth + 1, objects)),
        Value::Object(map) => {
            objects.push(map);
            for (key, inner) in map {
                // What it is part of, cites or has comments of is another text.
                if !matches!(
                    key.as_str(),
                    "comment" | "citation" | "isPartOf" | "hasPart" | "relatedLink" | "mentions" | "liveBlogUpdate"
                ) {
                    collect(inner, depth + 1, objects);
                }
            }
        }
        _ => {}
    }
}

/// The types of an object, in lower case.
fn types(object: &Map<String, Value>) -> Vec<String> {
    match object.get("@type") {
        Some(Value::String(one)) => vec![one.to_lowercase()],
        Some(Value::Array(all)) => all.iter().filter_map(Value::as_str).map(str::to_lowercase).collect(),
        _ => Vec::new(),
    }
}

type Named<'a> = BTreeMap<&'a str, &'a Map<String, Value>>;

/// The text of a value: itself, its `name`, or that of the object it refers to.
fn words(value: &Value, named: &Named) -> Option<String> {
    let text = match value {
        Value::String(text) => super::entities::decoded(text),
        Value::Number(number) => number.to_string(),
        Value::Array(items) => return items.iter().find_map(|item| words(item, named)),
        Value::Object(map) => {
            let referred = map.get("@id").and_then(Value::as_str).and_then(|id| named.get(id)).copied();
            let name = |map: &Map<String, Value>| {
                ["name", "@value", "alternateName"]
                    .iter()
                    .find_map(|key| map.get(*key)?.as_str().map(super::entities::decoded))
            };
            name(map).or_else(|| referred.and_then(name))?
        }
        _ => return None,
    };
    Some(text.trim().to_owned()).filter(|text| !text.is_empty())
}

/// Adds the names that a value lists.
fn people(value: Option<&Value>, named: &Named, names: &mut Vec<String>) {
    match value {
        Some(Value::Array(items)) => items.iter().take(40).for_each(|item| names.extend(words(item, named))),
        // One person of several names is as many people.
        Some(Value::Object(map)) if map.get("name").is_some_and(Value::is_array) => {
            people(map.get("name"), named, names);
        }
        Some(value) => names.extend(words(value, named)),
        None => {}
    }
}

/// The address of an article.
fn address(object: &Map<String, Value>, named: &Named) -> Option<String> {
    let text = |value: &Value| match value {
        Value::String(text) => Some(text.clone()),
        Value::Object(map) => {
            let id = map.get("@id").and_then(Value::as_str)?;
            let url = map.get("url").or_else(|| named.get(id)?.get("url")).and_then(Value::as_str);
            Some(url.unwrap_or(id).to_owned())
        }
        _ => None,
    };
    let whole = |url: &String| url.starts_with("http");
    ["url", "mainEntityOfPage", "@id"].iter().find_map(|key| text(object.get(*key)?).filter(whole))
}

/// An address without what does not tell pages apart.
fn bare(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split('#').next().unwrap_or(rest).trim_end_matches('/')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_article_is_found_wherever_it_lies() {
        let graph = r##"{"@context":"https://schema.org","@graph":[
            {"@type":"WebSite","@id":"#site","name":"Site"},
            {"@type":"Organization","@id":"#org","name":"Quay &amp; Harbour"},
            {"@type":["NewsArticle"],"headline":"A","datePublished":"2022-01-17T10:00:00Z","publisher":{"@id":"#org"},
             "author":[{"@type":"Person","name":"Ann Roe"},"Tom Poe"],"mainEntityOfPage":{"@id":"https://a.io/x"}}]}"##;
        let said = read(&[graph], None).unwrap();
        assert_eq!(said.headline.as_deref(), Some("A"));
        assert_eq!(said.publisher.as_deref(), Some("Quay & Harbour"));
        assert_eq!(said.authors, ["Ann Roe", "Tom Poe"]);
        assert_eq!(said.url.as_deref(), Some("https://a.io/x"));
    }

    #[test]
    fn of_several_articles_that_of_the_page_counts() {
        let scripts = [
            r#"{"@type":"Article","headline":"Other","url":"https://a.io/other"}"#,
            "<!--\n{\"@type\":\"Article\",\"headline\":\"This\nline\",\"url\":\"https://a.io/this/\"}\n-->",
        ];
        assert_eq!(read(&scripts, Some("http://a.io/this")).unwrap().headline.as_deref(), Some("This line"));
        assert_eq!(read(&scripts, None).unwrap().headline.as_deref(), Some("Other"));
        assert!(read(&["{", "[1]", &"[".repeat(100_000)], None).is_none());
    }
}
