//! Metadata from front matter and from `NAME.yaml`: the common names of other tools, read forgivingly.

use super::dates::{self, Reading};
use super::keys::{AUTHORS, LANGUAGE, PUBLISHED, PUBLISHER, TAGS, TITLE, UPDATED, URL};
use super::unquoted;
use super::written::{self, Cited};
use crate::config;
use crate::diagnostic::{Diagnostic, Location};
use crate::model::{DateBasis, Domain, Edtf};
use crate::yaml::{self, Node, Value, YamlError};

/// What front matter or a sidecar states.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Metadata {
    pub(super) title: Option<String>,
    pub(super) publisher: Option<String>,
    /// The date and the words that state it.
    pub(super) published: Option<(Edtf, String)>,
    /// Where the publication date stands.
    pub(super) published_at: Option<Location>,
    /// On what the publication date stood where the article was taken from.
    pub(super) published_basis: Option<DateBasis>,
    pub(super) updated: Option<Edtf>,
    pub(super) url: Option<String>,
    pub(super) authors: Vec<String>,
    pub(super) tags: Vec<String>,
    pub(super) language: Option<String>,
    pub(super) draft: bool,
    pub(super) domain: Option<Domain>,
    pub(super) event: Option<Edtf>,
    /// `event: true`: the event's date is the publication date.
    pub(super) is_event: bool,
    /// Where `event:` stands, whatever it says.
    pub(super) event_at: Option<Location>,
    /// What an event written by hand tells readers besides.
    pub(super) note: Option<String>,
    /// What it cites.
    pub(super) cited: Vec<Cited>,
}

/// A piece of YAML in a file: the file's path and text, and where in it the YAML stands.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    pub(super) path: &'a str,
    pub(super) file: &'a str,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// Reads the YAML at a place; what cannot be used is left out with a message.
pub(super) fn read(place: Place, day_first: Option<bool>, messages: &mut Vec<Diagnostic>) -> Metadata {
    let text = place.file.get(place.start..place.end).unwrap_or_default();
    let document = yaml::parse(text).or_else(|error| {
        let (node, places) = unquoted::read(text).ok_or(error)?;
        messages.extend(places.into_iter().map(|at| {
            let line = text.get(at..).unwrap_or_default().lines().next().unwrap_or_default().trim_end();
            let place = Location::in_text(place.path, place.file, place.start + at, line.len());
            Diagnostic::warning("metadata-value", place, "a value with `: ` in it stands without quotes")
                .help("it is read as it stands; other programs need it in quotes: `title: \"Storm: two dead\"`")
        }));
        Ok(node)
    });
    of_document(place, document, day_first, messages)
}

/// Reads what a document at a place says, whatever its form.
pub(super) fn of_document(
    place: Place,
    document: Result<Node, YamlError>,
    day_first: Option<bool>,
    messages: &mut Vec<Diagnostic>,
) -> Metadata {
    let mut reader = Reader { place, day_first, messages };
    let pairs = match document {
        Ok(Node { value: Value::Map(pairs), .. }) => pairs,
        Ok(Node { value: Value::Null, .. }) => return Metadata::default(),
        Ok(other) => {
            let message = format!("expected lines of `key: value`, found {}", other.kind());
            reader.broken(other.location(place.path, place.file, place.start), message, None);
            return Metadata::default();
        }
        Err(error) => {
            let at = Location::in_text(place.path, place.file, place.start + error.at, 1);
            reader.broken(at, error.message, error.help);
            return Metadata::default();
        }
    };
    let mut fields: Vec<(String, &Node)> = Vec::new();
    let mut collect = |pairs| fields.extend(folded(pairs));
    collect(&pairs);
    // Zola keeps what it does not know under `extra` and its tags under `taxonomies`.
    for table in ["extra", "taxonomies", "params"] {
        for (key, value) in &pairs {
            if let (Some(name), Value::Map(inner)) = (key.text(), &value.value)
                && name.eq_ignore_ascii_case(table)
            {
                collect(inner);
            }
        }
    }
    let mut data = reader.metadata(&fields);
    // `event:` with nothing behind it is meant as an event, whose date is missing.
    let empty = |(key, value): &&(Node, Node)| key.text() == Some("event") && value.value == Value::Null;
    if let Some((key, _)) = pairs.iter().find(empty) {
        data.event_at.get_or_insert_with(|| reader.at(key));
    }
    data
}

/// Pairs under their names in the one form in which they are compared.
pub(super) fn folded(pairs: &[(Node, Node)]) -> impl Iterator<Item = (String, &Node)> {
    let pairs = pairs.iter().filter(|(_, value)| value.value != Value::Null);
    pairs.filter_map(|(key, value)| Some((key.text()?.replace(['_', '-', ' '], "").to_lowercase(), value)))
}

pub(super) struct Reader<'a, 'm> {
    pub(super) place: Place<'a>,
    pub(super) day_first: Option<bool>,
    pub(super) messages: &'m mut Vec<Diagnostic>,
}

impl Reader<'_, '_> {
    fn metadata(&mut self, fields: &[(String, &Node)]) -> Metadata {
        let find = |names: &[&str]| {
            names.iter().find_map(|name| fields.iter().find(|(key, _)| key == name).map(|(_, node)| *node))
        };
        // "Spring 2017" names an issue; another key may name the day.
        let dates: Vec<&Node> = PUBLISHED.iter().filter_map(|name| find(&[name])).collect();
        let readable = |node: &&Node| {
            node.text().is_some_and(|t| dates::read(t, self.day_first) != Reading::Not || edtf(t).is_some())
        };
        let published = dates.iter().copied().find(readable).or(dates.first().copied());
        let mut data = Metadata {
            title: find(TITLE).and_then(|node| self.text(node, "the title")),
            updated: find(UPDATED).and_then(|node| self.date(node)).map(|(date, _)| date),
            published: published.and_then(|node| self.date(node)),
            published_at: published.map(|node| self.at(node)),
            published_basis: find(&["publishedbasis"]).and_then(|node| node.text()).and_then(basis),
            authors: find(AUTHORS).map(|node| self.names(node, "an author", false)).unwrap_or_default(),
            tags: find(TAGS).map(|node| self.names(node, "a tag", true)).unwrap_or_default(),
            ..Metadata::default()
        };
        for node in PUBLISHER.iter().filter_map(|name| find(&[name])) {
            let (name, url) = self.publisher(node);
            data.publisher = data.publisher.or(name);
            data.url = data.url.or(url);
        }
        // An address of its own wins over one that stood as the source.
        for (name, node) in URL.iter().filter_map(|name| Some((name, find(&[name])?))).rev() {
            if let Some(url) = self.address(name, node) {
                data.url = Some(url);
            }
        }
        if let Some(node) = find(LANGUAGE) {
            data.language = node.text().and_then(config::language_tag);
            if data.language.is_none() {
                self.wrong(node, "a language is a tag such as `en` or `en-GB`");
            }
        }
        if let Some(node) = find(&["domain"]) {
            data.domain = node.text().and_then(Domain::named);
            if data.domain.is_none() {
                self.wrong(node, "a domain is `news` or `narrative`");
            }
        }
        if let Some(node) = find(&["draft"]) {
            data.draft = self.switch(node);
        }
        if let Some(node) = find(&["event"]).filter(|node| node.value != Value::Bool(false)) {
            data.event_at = Some(self.at(node));
            self.event(node, &mut data);
            data.note = find(&["note"]).and_then(|node| written::note(self, node));
            data.cited = find(&["sources"]).map(|node| self.cited(node)).unwrap_or_default();
        }
        data
    }

    fn broken(&mut self, at: Location, message: String, help: Option<String>) {
        let help = help.map_or_else(
            || "the article is read without it until it is mended".to_owned(),
            |help| format!("{help}; until then the article is read without it"),
        );
        self.messages.push(Diagnostic::error("front-matter", at, message).help(help));
    }

    pub(super) fn at(&self, node: &Node) -> Location {
        node.location(self.place.path, self.place.file, self.place.start)
    }

    pub(super) fn wrong(&mut self, node: &Node, message: &str) {
        let at = self.at(node);
        self.messages.push(Diagnostic::warning("metadata-value", at, message).help("the article is read without it"));
    }

    pub(super) fn text(&mut self, node: &Node, what: &str) -> Option<String> {
        match node.text() {
            Some(text) => Some(one_line(text)).filter(|t| !t.is_empty()),
            None => {
                self.wrong(node, &format!("{what} must be text, found {}", node.kind()));
                None
            }
        }
    }

    pub(super) fn date(&mut self, node: &Node) -> Option<(Edtf, String)> {
        let Some(text) = node.text() else {
            self.wrong(node, &format!("a date must be text, found {}", node.kind()));
            return None;
        };
        if text.is_empty() {
            return None;
        }
        let date = match dates::read(text, self.day_first) {
            Reading::Date(said) => said.edtf(None),
            Reading::Ambiguous => {
                self.wrong(node, "day and month can be told apart two ways; write it as in `2022-01-17`");
                return None;
            }
            Reading::Impossible => {
                self.wrong(node, "this day does not exist");
                return None;
            }
            Reading::Not => edtf(text),
        };
        if date.is_none() {
            self.wrong(node, "this is no date; write it as in `2022-01-17` or `Jan 17, 2022`");
        }
        date.map(|date| (date, text.to_owned()))
    }

    /// A name, an address, or a table of both.
    fn publisher(&mut self, node: &Node) -> (Option<String>, Option<String>) {
        if let Value::Map(pairs) = &node.value {
            let text = |names: &[&str]| {
                names.iter().find_map(|name| folded(pairs).find(|(key, _)| key == name)?.1.text().map(one_line))
            };
            return (text(&["name", "title"]), text(&["url", "link"]).and_then(|url| web_address(&url)));
        }
        match self.text(node, "the publisher") {
            Some(text) => match web_address(&text) {
                Some(url) => (None, Some(url)),
                None => match authority_fault(&text) {
                    Some(fault) => {
                        self.wrong(node, fault);
                        (None, None)
                    }
                    None => (Some(text), None),
                },
            },
            None => (None, None),
        }
    }

    pub(super) fn address(&mut self, name: &str, node: &Node) -> Option<String> {
        let text = self.text(node, "an address")?;
        let url = web_address(&text);
        // Other tools keep the path of their own page under these names.
        let own_page = name != "sourceurl" && !text.contains(':') && !text.starts_with("//");
        if url.is_none() && !own_page {
            let bare = text.trim_matches(['<', '>']);
            let why = config::foreign_to_addresses(bare).or_else(|| authority_fault(bare).map(str::to_owned));
            let why = why.unwrap_or_else(|| "an address must begin with `http://` or `https://`".to_owned());
            self.wrong(node, &why);
        }
        url
    }

    /// Names in a list, as text parted by commas, or in tables with a `name`.
    fn names(&mut self, node: &Node, what: &str, commas: bool) -> Vec<String> {
        let mut names = Vec::new();
        match &node.value {
            Value::List(items) => {
                for item in items {
                    names.extend(self.name(item, what));
                }
            }
            Value::Text(text) => {
                let marks: &[char] = if commas { &[',', ';'] } else { &[';', '|'] };
                // "Ann Roe, Tom Poe" are two authors, "Roe, Ann" is one.
                let listed = !commas && text.split(',').all(|part| part.trim().contains(' '));
                let parts = text.split(|c| marks.contains(&c) || listed && c == ',');
                names.extend(parts.flat_map(|part| part.split(" and ").take(if commas { 1 } else { 9 })).map(one_line));
                if commas {
                    names = text.split([',', ';']).map(one_line).collect();
                }
            }
            _ => names.extend(self.name(node, what)),
        }
        names.retain(|name| !name.is_empty());
        let mut seen = std::collections::BTreeSet::new();
        names.retain(|name| seen.insert(name.clone()));
        names
    }

    fn name(&mut self, node: &Node, what: &str) -> Option<String> {
        if let Value::Map(pairs) = &node.value
            && let Some(name) = folded(pairs).find(|(key, _)| key == "name").and_then(|(_, node)| node.text())
        {
            return Some(one_line(name));
        }
        self.text(node, what)
    }

    fn switch(&mut self, node: &Node) -> bool {
        match (&node.value, node.text().map(str::to_lowercase).as_deref()) {
            (Value::Bool(on), _) => *on,
            (_, Some("yes" | "on" | "1")) => true,
            (_, Some("no" | "off" | "0" | "")) => false,
            _ => {
                self.wrong(node, "`draft` is `true` or `false`");
                false
            }
        }
    }

    fn event(&mut self, node: &Node, data: &mut Metadata) {
        match &node.value {
            Value::Bool(on) => data.is_event = *on,
            Value::Map(pairs) => {
                let date = folded(pairs).find(|(key, _)| key == "date").map(|(_, node)| node);
                data.event = date.and_then(|node| self.event_date(node));
                data.is_event = date.is_none();
            }
            _ => data.event = self.event_date(node),
        }
    }
}

/// An EDTF date as its standard writes it.
fn edtf(text: &str) -> Option<Edtf> {
    let alphabet = text.bytes().all(|b| b.is_ascii_digit() || b"XYESTZ~?%/.,[]{}:+- ".contains(&b));
    (alphabet && text.len() <= 80).then(|| Edtf::parse(text).ok())?
}

/// The name of a basis, as `dateline add` writes it; people state a date on their own word alone.
fn basis(name: &str) -> Option<DateBasis> {
    let known =
        [DateBasis::PageMetadata, DateBasis::Header, DateBasis::Dateline, DateBasis::FileName, DateBasis::Address];
    known.into_iter().find(|basis| serde_json::to_value(basis).is_ok_and(|known| known == name.trim()))
}

/// A text on one line, without control characters.
pub(super) fn one_line(text: &str) -> String {
    let clean: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    clean.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// An `http` or `https` address; `None` when a text is none.
pub(super) fn web_address(text: &str) -> Option<String> {
    let text = text.trim().trim_matches(['<', '>']);
    let bad = text.contains(|c: char| c.is_whitespace() || c.is_control() || "\"'<>\\^`{|}".contains(c));
    let good = !bad && host(text).is_some() && authority_fault(text).is_none();
    (good && text.len() <= 2_000).then(|| text.to_owned())
}

/// Says what no reader should be led by: a name or password before the host of an address, or a port that is none.
fn authority_fault(url: &str) -> Option<&'static str> {
    let authority = authority(url)?;
    if authority.contains('@') {
        return Some("an address may not hold a user name or a password");
    }
    // What stands in brackets is an IPv6 address.
    let behind = authority.rsplit(']').next().unwrap_or_default();
    let port = behind.split_once(':').map(|(_, port)| port).filter(|port| !port.is_empty())?;
    let good = port.bytes().all(|b| b.is_ascii_digit()) && port.parse::<u16>().is_ok_and(|port| port > 0);
    (!good).then_some("the port of an address is a number from 1 to 65535")
}

/// Gives what stands between the scheme and the path of a web address.
fn authority(url: &str) -> Option<&str> {
    let scheme =
        ["https://", "http://"].iter().find(|s| url.get(..s.len()).is_some_and(|u| u.eq_ignore_ascii_case(s)))?;
    url.get(scheme.len()..)?.split(['/', '?', '#']).next()
}

/// The host of an address, lower-cased, without `www.`, user and port.
pub(super) fn host(url: &str) -> Option<String> {
    let host = authority(url)?.rsplit('@').next()?.split(':').next()?.to_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host).trim_end_matches('.').to_owned();
    (!host.is_empty()).then_some(host)
}
