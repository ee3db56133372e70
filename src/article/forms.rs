//! Front matter that is no YAML: TOML, JSON, and the comments and `<meta>` tags at the head of a page, as a tree of
//! located values.

use super::markup;
use crate::yaml::{Node, Value, YamlError};
use serde_json::value::RawValue;
use std::collections::BTreeMap;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Values lie at most this deep in each other.
const DEEPEST: usize = 32;

/// At most so many tags and comments are read at the head of a page.
const MOST_TAGS: usize = 60;

/// Reads a TOML document; its dates stay as they are written.
pub(super) fn toml(text: &str) -> Result<Node, YamlError> {
    let table = DeTable::parse(text).map_err(|error| YamlError {
        at: error.span().map_or(0, |span| span.start.min(text.len())),
        message: error.message().lines().collect::<Vec<_>>().join("; "),
        help: None,
    })?;
    Ok(Node { value: of_table(table.get_ref(), text, 0), at: 0, len: text.len() })
}

fn of_table(table: &DeTable, text: &str, depth: usize) -> Value {
    let mut pairs: Vec<(Node, Node)> = table
        .iter()
        .map(|(key, value)| {
            let span = key.span();
            let name = Node { value: Value::Text(key.get_ref().to_string()), at: span.start, len: span.len() };
            (name, of_toml(value, text, depth + 1))
        })
        .collect();
    pairs.sort_by_key(|(key, _)| key.at);
    Value::Map(pairs)
}

fn of_toml(value: &Spanned<DeValue>, text: &str, depth: usize) -> Node {
    let span = value.span();
    let read = match value.get_ref() {
        _ if depth > DEEPEST => Value::Null,
        DeValue::String(words) => Value::Text(words.to_string()),
        DeValue::Boolean(yes) => Value::Bool(*yes),
        DeValue::Array(items) => Value::List(items.iter().map(|item| of_toml(item, text, depth + 1)).collect()),
        DeValue::Table(table) => of_table(table, text, depth),
        // Numbers and dates, as they are written.
        _ => Value::Text(text.get(span.clone()).unwrap_or_default().trim().to_owned()),
    };
    Node { value: read, at: span.start, len: span.len() }
}

/// The byte behind the JSON object with which a text begins; `None` where it begins with none.
///
/// # Errors
/// The first thing in it that is no JSON, with its place.
pub(super) fn json_end(text: &str) -> Option<Result<usize, YamlError>> {
    let inner = text.strip_prefix('{')?.trim_start();
    if !inner.starts_with('"') {
        return None;
    }
    let mut values = serde_json::Deserializer::from_str(text).into_iter::<&RawValue>();
    match values.next()? {
        Ok(_) => Some(Ok(values.byte_offset())),
        Err(error) => {
            let line = super::paragraph::lines(text).nth(error.line().saturating_sub(1));
            let at = line.map_or(0, |line| (line.start + error.column().saturating_sub(1)).min(line.end));
            let at = (0..=at.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
            let told = error.to_string();
            let message = told.split(" at line ").next().unwrap_or_default().to_owned();
            Some(Err(YamlError { at, message, help: None }))
        }
    }
}

/// Reads a JSON object.
pub(super) fn json(text: &str) -> Node {
    of_json(text, text, 0)
}

fn of_json(raw: &str, whole: &str, depth: usize) -> Node {
    // Every piece is a stretch of the whole: its place is where it lies in it.
    let at = (raw.as_ptr() as usize).saturating_sub(whole.as_ptr() as usize);
    let value = match raw.bytes().next() {
        _ if depth > DEEPEST => Value::Null,
        Some(b'{') => serde_json::from_str::<BTreeMap<String, &RawValue>>(raw).map_or(Value::Null, |pairs| {
            let pair = |(name, raw): (String, &RawValue)| {
                let value = of_json(raw.get(), whole, depth + 1);
                (Node { value: Value::Text(name), at: value.at, len: 0 }, value)
            };
            Value::Map(pairs.into_iter().map(pair).collect())
        }),
        Some(b'[') => serde_json::from_str::<Vec<&RawValue>>(raw).map_or(Value::Null, |items| {
            Value::List(items.into_iter().map(|item| of_json(item.get(), whole, depth + 1)).collect())
        }),
        Some(b'"') => serde_json::from_str(raw).map_or(Value::Null, Value::Text),
        Some(b't' | b'f') => Value::Bool(raw == "true"),
        Some(b'n') | None => Value::Null,
        Some(_) => Value::Text(raw.to_owned()),
    };
    Node { value, at, len: raw.len() }
}

/// The `key: value` pairs of the comments and `<meta>` tags with which a page begins, and the byte behind them.
pub(super) fn tags(text: &str) -> (Vec<(Node, Node)>, usize) {
    let mut pairs = Vec::new();
    let mut at = 0;
    for _ in 0..MOST_TAGS {
        let Some(rest) = text.get(at..) else { break };
        let start = at + (rest.len() - rest.trim_start().len());
        let Some(rest) = text.get(start..) else { break };
        let end = if rest.starts_with("<!--") {
            let Some(end) = rest.find("-->") else { break };
            comment(text, start + 4..start + end, &mut pairs);
            start + end + 3
        } else if rest.get(..6).is_some_and(|tag| tag.eq_ignore_ascii_case("<meta ")) {
            let Some(end) = rest.find('>') else { break };
            pairs.extend(meta(text, start..start + end));
            start + end + 1
        } else {
            break;
        };
        at = end;
    }
    (pairs, at)
}

/// "date: 2018-10-27 09:00 | section: World", a pair on each line or between bars.
fn comment(text: &str, within: Range<usize>, pairs: &mut Vec<(Node, Node)>) {
    let mut at = within.start;
    for part in text.get(within).unwrap_or_default().split(['|', '\n', '\r']) {
        if let Some((key, value)) = part.split_once(':')
            && !key.trim().is_empty()
            && key.split_whitespace().count() <= 2
            && !value.trim().is_empty()
        {
            let from = at + key.len() + 1 + (value.len() - value.trim_start().len());
            pairs.push((node(key.trim(), at), node(value.trim(), from)));
        }
        at += part.len() + 1;
    }
}

/// `<meta name="date" content="2018-10-27">`.
fn meta(text: &str, within: Range<usize>) -> Option<(Node, Node)> {
    let tag = text.get(within.clone())?;
    let value = |wanted: &str| {
        // Bytes stay where they are when ASCII letters change their case.
        let lower = tag.to_ascii_lowercase();
        lower.match_indices(wanted).find_map(|(i, _)| {
            let before = lower.get(..i)?.ends_with(char::is_whitespace);
            let rest = lower.get(i + wanted.len()..)?;
            let mark = rest.starts_with(['"', '\'']).then(|| rest.chars().next())??;
            let from = i + wanted.len() + 1;
            let len = tag.get(from..)?.find(mark)?;
            before.then_some(from..from + len)
        })
    };
    let key = value("name=").or_else(|| value("property=")).or_else(|| value("itemprop="))?;
    let content = value("content=")?;
    let words = markup::plain(tag.get(content.clone())?);
    Some((node(tag.get(key)?.trim(), within.start), node(words.trim(), within.start + content.start)))
}

fn node(text: &str, at: usize) -> Node {
    Node { value: Value::Text(text.to_owned()), at, len: text.len() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(node: &Node, whole: &str) -> Vec<(String, String)> {
        let Value::Map(pairs) = &node.value else { return Vec::new() };
        let text = |node: &Node| whole[node.at..node.at + node.len].to_owned();
        pairs.iter().map(|(key, value)| (key.text().unwrap_or_default().to_owned(), text(value))).collect()
    }

    #[test]
    fn every_value_knows_its_place() {
        let file = "title = \"Quay \\\"open\\\"\"\ndate = 2018-10-27T09:00:00Z\n[params]\nsource = 'Beacon'\n";
        let read = toml(file).unwrap();
        assert_eq!(shown(&read, file)[1], ("date".to_owned(), "2018-10-27T09:00:00Z".to_owned()));
        assert_eq!(shown(&read, file)[0].1, "\"Quay \\\"open\\\"\"");
        let file = "{\n\t\"date\": \"2018-10-27\", \"words\": 40,\n\t\"tags\": [\"a\", \"b\"]\n}\nText";
        let end = json_end(file).unwrap().unwrap();
        assert_eq!(&file[end..], "\nText");
        let shown = shown(&json(&file[..end]), file);
        assert_eq!(shown[0], ("date".to_owned(), "\"2018-10-27\"".to_owned()));
        assert_eq!(shown[2], ("words".to_owned(), "40".to_owned()));
    }

    #[test]
    fn what_cannot_be_read_says_where() {
        assert_eq!(toml("title = \"a\"\ndate = = 3\n").unwrap_err().at, 19);
        let bad = "{\n  \"title\": \"a\",\n  \"date\": ,\n}\n";
        assert!((25..=30).contains(&json_end(bad).unwrap().unwrap_err().at));
        assert!(json_end("{Brackets} open this text").is_none() && json_end("Text").is_none());
    }

    #[test]
    fn comments_and_tags_hold_pairs() {
        let file = "<!-- made by Press 4 -->\n<!-- date: 2018-10-27 09:00 | desk: World -->\n<meta property='pub' content=\"B &amp; C\">\nText";
        let (pairs, end) = tags(file);
        let pairs: Vec<_> = pairs.iter().map(|(k, v)| (k.text().unwrap(), v.text().unwrap())).collect();
        assert_eq!(pairs, [("date", "2018-10-27 09:00"), ("desk", "World"), ("pub", "B & C")]);
        assert_eq!(&file[end..], "\nText");
    }
}
