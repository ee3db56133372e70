//! `corrections.yaml` → [`Corrections`]: what people decided, each entry with its place.

use crate::config::{crop, nearest};
use crate::diagnostic::{Diagnostic, Location};
use crate::model::{Edtf, RawFile};
use crate::yaml::{self, Node, Value};

/// Everything that `corrections.yaml` says, in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Corrections {
    pub(super) entries: Vec<Entry>,
}

/// An id as it stands in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Named {
    pub(super) id: String,
    pub(super) at: Location,
}

/// What an entry is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum About {
    Event,
    Mention,
}

/// One entry of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) about: About,
    pub(super) named: Named,
    /// Headline and date that the event had when the entry was written.
    pub(super) was: Option<String>,
    pub(super) reason: Option<String>,
    pub(super) hide: bool,
    pub(super) date: Option<Edtf>,
    pub(super) title: Option<String>,
    pub(super) note: Option<String>,
    pub(super) pin: bool,
    pub(super) merge: Vec<Named>,
    pub(super) split: Vec<Named>,
}

impl Entry {
    fn changes(&self) -> bool {
        let words = self.title.is_some() || self.note.is_some() || self.date.is_some();
        words || self.hide || self.pin || !self.merge.is_empty() || !self.split.is_empty()
    }
}

const KEYS: &[&str] = &["event", "mention", "was", "reason", "hide", "date", "title", "note", "pin", "merge", "split"];
/// The keys that change something.
const CHANGES: &str = "`hide: true`, `date`, `title`, `note`, `pin: true`, `merge` or `split`";
const EXAMPLE: &str = "write it as in `- event: ID`, with `hide: true` and `reason: …` on lines of their own below";

impl Corrections {
    /// Reads `corrections.yaml`; an entry that cannot be followed is left out, and a message says so.
    pub fn read(raw: Option<&RawFile>) -> (Corrections, Vec<Diagnostic>) {
        let (mut all, mut messages) = (Corrections::default(), Vec::new());
        let Some(raw) = raw else { return (all, messages) };
        let text = match yaml::text("correction", raw) {
            Ok(text) => text,
            Err(message) => {
                messages.push(*message);
                return (all, messages);
            }
        };
        let mut reader = Reader { path: &raw.path, text, messages: &mut messages };
        match yaml::parse(text) {
            Err(error) => {
                let at = Location::in_text(&raw.path, text, error.at, 1);
                let help = error.help.unwrap_or_else(|| EXAMPLE.to_owned());
                let help = format!("{help}; until then nothing is corrected");
                messages.push(Diagnostic::error("correction", at, error.message).help(help));
            }
            Ok(Node { value: Value::Null, .. }) => {}
            Ok(Node { value: Value::List(items), .. }) => {
                all.entries = items.iter().filter_map(|item| reader.entry(item)).collect();
            }
            Ok(other) => reader.wrong(&other, format!("expected a list of entries, found {}", other.kind()), EXAMPLE),
        }
        (all, messages)
    }
}

struct Reader<'a, 'm> {
    path: &'a str,
    text: &'a str,
    messages: &'m mut Vec<Diagnostic>,
}

impl Reader<'_, '_> {
    fn at(&self, node: &Node) -> Location {
        node.location(self.path, self.text, 0)
    }

    fn wrong(&mut self, node: &Node, message: String, help: &str) {
        self.messages.push(Diagnostic::error("correction", self.at(node), message).help(help));
    }

    /// Reads one entry; `None` where something of it is wrong.
    fn entry(&mut self, item: &Node) -> Option<Entry> {
        let Value::Map(pairs) = &item.value else {
            self.wrong(item, format!("expected lines of `key: value`, found {}", item.kind()), EXAMPLE);
            return None;
        };
        let before = self.messages.len();
        let mut about: Option<(About, &Node, Named)> = None;
        let mut entry = Entry {
            about: About::Event,
            named: Named { id: String::new(), at: self.at(item) },
            was: None,
            reason: None,
            hide: false,
            date: None,
            title: None,
            note: None,
            pin: false,
            merge: Vec::new(),
            split: Vec::new(),
        };
        let mut leave: Option<&Node> = None;
        for (key, value) in pairs {
            let name = key.text().unwrap_or_default();
            match name {
                "event" | "mention" => {
                    let kind = if name == "event" { About::Event } else { About::Mention };
                    if about.is_some() {
                        let help = "keep one; to take a mention off its event, write `split: MENTION` or `hide: true`";
                        self.wrong(key, "an entry is about an event or a mention, not both".to_owned(), help);
                    } else if let Some(named) = self.id(value, name) {
                        about = Some((kind, key, named));
                    }
                }
                "was" => entry.was = self.words(value, name),
                "reason" => entry.reason = self.words(value, name),
                "title" => entry.title = self.words(value, name),
                "note" => entry.note = self.words(value, name),
                "hide" => entry.hide = self.switch(value, name),
                "pin" => entry.pin = self.switch(value, name),
                "date" => entry.date = self.date(value),
                "merge" => entry.merge = self.ids(value, name),
                "split" if value.value == Value::Bool(true) => leave = Some(value),
                "split" if value.value == Value::Bool(false) => {}
                "split" => entry.split = self.ids(value, name),
                _ => self.unknown(key, name),
            }
        }
        let Some((about, _, named)) = about else {
            if self.messages.len() == before {
                self.wrong(item, "the entry names no event".to_owned(), EXAMPLE);
            }
            return None;
        };
        (entry.about, entry.named) = (about, named);
        self.settle(pairs, leave, &mut entry);
        if self.messages.len() == before && !entry.changes() {
            self.wrong(item, "the entry changes nothing".to_owned(), &format!("add {CHANGES}"));
        }
        let sound = self.messages.len() == before;
        if sound && entry.reason.is_none() {
            let message = "this correction does not say why";
            let help = "add a line `reason: …`; readers see it on the event's page";
            self.messages.push(Diagnostic::warning("missing-reason", entry.named.at.clone(), message).help(help));
        }
        sound.then_some(entry)
    }

    /// Checks that what an entry changes goes with what it is about.
    fn settle(&mut self, pairs: &[(Node, Node)], leave: Option<&Node>, entry: &mut Entry) {
        if let Some(value) = leave {
            match entry.about {
                About::Mention => entry.split.push(entry.named.clone()),
                About::Event => self.wrong(
                    value,
                    "`split` names the mention that leaves the event".to_owned(),
                    "write its id, as in `split: MENTION`; `dateline explain EVENT` prints them",
                ),
            }
        }
        if entry.about == About::Mention {
            let own = ["mention", "was", "reason", "hide", "split"];
            for (key, _) in pairs.iter().filter(|(key, _)| key.text().is_some_and(|k| !own.contains(&k))) {
                let name = key.text().unwrap_or_default();
                if KEYS.contains(&name) && name != "event" {
                    let help = "name its event with `event: ID` instead of the mention";
                    self.wrong(key, format!("`{name}` is for an event; a mention can be hidden or split off"), help);
                }
            }
        }
    }

    fn unknown(&mut self, key: &Node, name: &str) {
        let message = format!("unknown key `{}`", crop(name));
        let help = match nearest(name, KEYS) {
            Some(known) => format!("did you mean `{known}`?"),
            None => format!("known keys: {}", KEYS.join(", ")),
        };
        self.messages.push(Diagnostic::error("unknown-key", self.at(key), message).help(help));
    }

    /// Reads words; nothing at all says nothing.
    fn words(&mut self, value: &Node, name: &str) -> Option<String> {
        if value.value == Value::Null {
            return None;
        }
        let Some(text) = value.text() else {
            let help = format!("write it as in `{name}: …`; in quotes, any text is text");
            self.wrong(value, format!("`{name}` must be text, found {}", value.kind()), &help);
            return None;
        };
        let clean: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        let clean = clean.split_whitespace().collect::<Vec<_>>().join(" ");
        (!clean.is_empty()).then_some(clean)
    }

    fn switch(&mut self, value: &Node, name: &str) -> bool {
        match (&value.value, value.text()) {
            (Value::Bool(on), _) => *on,
            (_, Some("yes" | "on")) => true,
            (_, Some("no" | "off")) => false,
            _ => {
                self.wrong(value, format!("`{name}` is `true` or `false`"), &format!("write `{name}: true`"));
                false
            }
        }
    }

    fn date(&mut self, value: &Node) -> Option<Edtf> {
        let Some(text) = value.edtf() else {
            self.wrong(value, format!("a date must be text, found {}", value.kind()), yaml::EDTF_HELP);
            return None;
        };
        match Edtf::parse(&text) {
            Ok(date) => Some(date),
            Err(error) => {
                self.wrong(value, error.told(&crop(&text)), yaml::EDTF_HELP);
                None
            }
        }
    }

    fn ids(&mut self, value: &Node, name: &str) -> Vec<Named> {
        match &value.value {
            Value::List(items) => items.iter().filter_map(|item| self.id(item, name)).collect(),
            _ => self.id(value, name).into_iter().collect(),
        }
    }

    fn id(&mut self, value: &Node, name: &str) -> Option<Named> {
        match value.text().filter(|text| !text.is_empty()) {
            Some(text) => Some(Named { id: text.to_owned(), at: self.at(value) }),
            None => {
                let help = "`dateline explain ARTICLE` and `dateline events -v` print the ids";
                self.wrong(value, format!("`{name}` must be an id, found {}", value.kind()), help);
                None
            }
        }
    }
}
