//! A thin adapter over the YAML reader: any document as a tree of located values.

mod wording;

use crate::diagnostic::{Diagnostic, Location};
use crate::model::RawFile;
use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, SeqAccess, Visitor};
use serde_yaml::Spanned;
use std::fmt;

/// A value with the stretch of the document in which it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// The value.
    pub value: Value,
    /// Byte at which it starts.
    pub at: usize,
    /// Its length in bytes.
    pub len: usize,
}

/// What a YAML document can say, as far as metadata needs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Nothing (`key:`).
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// Any other scalar, as it is written: `title: 1984` is the text "1984".
    Text(String),
    /// A list.
    List(Vec<Node>),
    /// `key: value` pairs in their order.
    Map(Vec<(Node, Node)>),
}

/// Why a document cannot be read, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct YamlError {
    /// Byte of the document.
    pub at: usize,
    /// What is wrong, in one line.
    pub message: String,
    /// What to do about it, where that is known.
    pub help: Option<String>,
}

impl Node {
    /// Gives a scalar's text.
    pub fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Text(text) => Some(text.trim()),
            _ => None,
        }
    }

    /// Gives a date's text; the brackets of "one of these dates" make a list in YAML.
    pub fn edtf(&self) -> Option<String> {
        match &self.value {
            Value::List(items) => {
                let dates: Option<Vec<&str>> = items.iter().map(Node::text).collect();
                Some(format!("[{}]", dates?.join(",")))
            }
            _ => self.text().map(str::to_owned),
        }
    }

    /// Names its place in a file whose text holds the document from byte `base` on.
    pub fn location(&self, path: &str, file: &str, base: usize) -> Location {
        let first_line = file.get(base + self.at..).map_or(1, |rest| rest.find(['\n', '\r']).unwrap_or(rest.len()));
        Location::in_text(path, file, base + self.at, self.len.clamp(1, first_line.max(1)))
    }

    /// Says in words what kind of value it is.
    pub fn kind(&self) -> &'static str {
        match &self.value {
            Value::Null => "nothing",
            Value::Bool(_) => "true or false",
            Value::Text(_) => "text",
            Value::List(_) => "a list",
            Value::Map(_) => "a table",
        }
    }
}

/// How a date is written where only EDTF is read.
pub const EDTF_HELP: &str = "write it as in `2022-01-09`, `2022-01`, `2022`, `2022-01-09~` (about), `2014/..` (since) or `2022-01-03/2022-01-08`";

/// Gives a file as text without its byte order mark.
///
/// # Errors
/// A message of a kind where the file is not UTF-8.
pub fn text<'a>(kind: &str, raw: &'a RawFile) -> Result<&'a str, Box<Diagnostic>> {
    let bytes = raw.bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&raw.bytes);
    std::str::from_utf8(bytes).map_err(|error| {
        let readable = String::from_utf8_lossy(bytes);
        let at = Location::in_text(&raw.path, &readable, error.valid_up_to(), 1);
        Box::new(Diagnostic::error(kind, at, "the file is not UTF-8").help("save it as UTF-8"))
    })
}

/// Reads one document; nesting, aliases and size are bounded, so that hostile input fails quickly.
///
/// # Errors
/// The first thing that is no YAML, with its place.
pub fn parse(text: &str) -> Result<Node, YamlError> {
    // A closing `---` would open a second, empty document.
    let trimmed = text.trim_end();
    let text = match trimmed.strip_suffix("---") {
        Some(before) if before.ends_with(['\n', '\r']) => before,
        _ => text,
    };
    // `no` and `on` are words of a headline, not switches.
    let options = serde_yaml::options! {
        strict_booleans: true,
        budget: serde_yaml::budget! { max_depth: 32, max_nodes: 20_000, max_events: 60_000, max_aliases: 1_000 },
        alias_limits: serde_yaml::alias_limits! { max_total_replayed_events: 20_000 },
    };
    match serde_yaml::from_str_with_options::<Spanned<Raw>>(text, options) {
        Ok(raw) => Ok(node(raw, text)),
        Err(error) => {
            let at = error.location().map_or(0, |place| start_of(&place, text));
            let (message, help) = wording::of(error.without_snippet());
            Err(YamlError { at, message, help })
        }
    }
}

/// A value as the reader hands it over, before numbers get back their written form.
enum Raw {
    Null,
    Bool(bool),
    Number(String),
    Text(String),
    List(Vec<Spanned<Raw>>),
    Map(Vec<(Spanned<Raw>, Spanned<Raw>)>),
}

fn node(raw: Spanned<Raw>, source: &str) -> Node {
    let at = start_of(&raw.referenced, source);
    let len = raw.referenced.span().byte_len().map_or(0, |n| n as usize);
    let value = match raw.value {
        Raw::Null => Value::Null,
        Raw::Bool(yes) => Value::Bool(yes),
        Raw::Text(text) => Value::Text(text),
        Raw::Number(read) => {
            let from = start_of(&raw.defined, source);
            let written = raw.defined.span().byte_len().and_then(|n| source.get(from..from + n as usize));
            Value::Text(written.map_or(read, |w| w.trim().to_owned()))
        }
        Raw::List(items) => Value::List(items.into_iter().map(|item| node(item, source)).collect()),
        Raw::Map(pairs) => Value::Map(pairs.into_iter().map(|(k, v)| (node(k, source), node(v, source))).collect()),
    };
    Node { value, at, len }
}

/// The byte at which a place starts; worked out from line and column where the reader gives no byte.
fn start_of(place: &serde_yaml::Location, source: &str) -> usize {
    if let Some(byte) = place.span().byte_offset() {
        return (byte as usize).min(source.len());
    }
    let line = (place.line() as usize).saturating_sub(1);
    let start = match line.checked_sub(1) {
        None => 0,
        Some(n) => line_ends(source).nth(n).unwrap_or(source.len()),
    };
    let column = (place.column() as usize).saturating_sub(1);
    let rest = source.get(start..).unwrap_or_default();
    start + rest.char_indices().nth(column).map_or(rest.len(), |(i, _)| i)
}

/// The bytes after each line end; `\n`, `\r\n` and `\r` end a line.
fn line_ends(text: &str) -> impl Iterator<Item = usize> + '_ {
    let bytes = text.as_bytes();
    let ends = move |i: &usize| match bytes.get(*i) {
        Some(b'\n') => true,
        Some(b'\r') => bytes.get(i + 1) != Some(&b'\n'),
        _ => false,
    };
    (0..bytes.len()).filter(ends).map(|i| i + 1)
}

impl<'de> Deserialize<'de> for Raw {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Raw, D::Error> {
        deserializer.deserialize_any(RawVisitor)
    }
}

struct RawVisitor;

impl<'de> Visitor<'de> for RawVisitor {
    type Value = Raw;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_unit<E>(self) -> Result<Raw, E> {
        Ok(Raw::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Raw, E> {
        Ok(Raw::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Raw, E> {
        Ok(Raw::Number(value.to_string()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Raw, E> {
        Ok(Raw::Number(value.to_string()))
    }

    fn visit_i128<E>(self, value: i128) -> Result<Raw, E> {
        Ok(Raw::Number(value.to_string()))
    }

    fn visit_u128<E>(self, value: u128) -> Result<Raw, E> {
        Ok(Raw::Number(value.to_string()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Raw, E> {
        Ok(Raw::Number(value.to_string()))
    }

    fn visit_str<E>(self, value: &str) -> Result<Raw, E> {
        Ok(Raw::Text(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Raw, E> {
        Ok(Raw::Text(value))
    }

    fn visit_bytes<E: serde::de::Error>(self, _: &[u8]) -> Result<Raw, E> {
        Err(E::custom("binary data is no metadata"))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Raw, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = seq.next_element()? {
            items.push(item);
        }
        Ok(Raw::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Raw, A::Error> {
        let mut pairs = Vec::new();
        while let Some(pair) = map.next_entry()? {
            pairs.push(pair);
        }
        Ok(Raw::Map(pairs))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn map(text: &str) -> Vec<(String, Value)> {
        match parse(text).expect("YAML").value {
            Value::Map(pairs) => {
                pairs.into_iter().map(|(k, v)| (k.text().unwrap_or("?").to_owned(), v.value)).collect()
            }
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn scalars_keep_their_written_form() {
        let text = "title: 1984\nday: 2022-01-17\ncode: 007\nhalf: 1.50\nno: No\nempty:\ndraft: true\n3: x\n";
        let expected = [("title", "1984"), ("day", "2022-01-17"), ("code", "007"), ("half", "1.50"), ("no", "No")];
        let read = map(text);
        for (i, (key, value)) in expected.iter().enumerate() {
            assert_eq!(read[i], ((*key).to_owned(), Value::Text((*value).to_owned())));
        }
        assert_eq!(read[5].1, Value::Null);
        assert_eq!(read[6].1, Value::Bool(true));
        assert_eq!(read[7], ("3".to_owned(), Value::Text("x".to_owned())));
    }

    #[test]
    fn values_know_their_place() {
        let text = "# é\ntitle: Ünder\ntags: [a, bé, c]\n";
        let Value::Map(pairs) = parse(text).expect("YAML").value else { panic!() };
        assert_eq!(&text[pairs[0].0.at..][..5], "title");
        assert_eq!(&text[pairs[0].1.at..][..pairs[0].1.len], "Ünder");
        let Value::List(items) = &pairs[1].1.value else { panic!() };
        assert_eq!(&text[items[2].at..][..1], "c");
    }

    #[test]
    fn errors_are_located_and_hostile_input_is_refused() {
        let error = parse("title: a\nsource: [b\nc: d\n").expect_err("broken");
        assert!(error.at > 9, "{error:?}");
        assert!(parse("a: 1\na: 2\n").is_err(), "the same key twice");
        assert!(parse(&"[".repeat(100_000)).is_err());
        assert!(parse(&"- ".repeat(100_000)).is_err());
        let mut bomb = "a0: &a0 [x,x,x,x,x,x,x,x,x]\n".to_owned();
        for i in 1..12 {
            let refs = vec![format!("*a{}", i - 1); 9].join(",");
            bomb += &format!("a{i}: &a{i} [{refs}]\n");
        }
        assert!(parse(&bomb).is_err());
    }

    #[test]
    fn a_document_may_be_empty_or_fenced() {
        assert_eq!(parse("").expect("empty").value, Value::Null);
        assert_eq!(parse("# only a remark\n").expect("remark").value, Value::Null);
        assert_eq!(map("---\ntitle: a\n---\n").len(), 1);
    }
}
