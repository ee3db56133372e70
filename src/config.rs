//! The site's configuration, read from `dateline.yaml`.

mod look;

pub use look::{COLORS, FONTS, Look};

use crate::diagnostic::{Diagnostic, Location};
use crate::model::RawFile;
use crate::yaml::{self, Node, Value};

/// What `dateline.yaml` and the command line say, resolved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// The site's title.
    pub title: String,
    /// One or two sentences on what the timeline tells.
    pub description: String,
    /// Where the site will stand (`https://me.github.io/repo/`, always with a final slash); `None`: every link is relative.
    pub base_url: Option<String>,
    /// BCP 47 tag of the site's language.
    pub language: String,
    /// Where the language is stated.
    pub language_at: Option<Location>,
    /// From which side the pages are read; where it is not stated, the language says it.
    pub direction: Option<Direction>,
    /// How it looks.
    pub look: Look,
}

/// From which side lines are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// From the left.
    Ltr,
    /// From the right.
    Rtl,
}

impl Default for Config {
    fn default() -> Config {
        Config {
            title: "Timeline".to_owned(),
            description: String::new(),
            base_url: None,
            language: "en".to_owned(),
            language_at: None,
            direction: None,
            look: Look::default(),
        }
    }
}

/// The keys of `dateline.yaml`.
const KEYS: &[&str] = &["title", "description", "base_url", "language", "direction", "picture", "theme"];

impl Config {
    /// Reads `dateline.yaml`; what cannot be read keeps its default, and a message says so.
    pub fn read(raw: Option<&RawFile>) -> (Config, Vec<Diagnostic>) {
        let mut config = Config::default();
        let mut messages = Vec::new();
        let Some(raw) = raw else { return (config, messages) };
        let text = match yaml::text("config", raw) {
            Ok(text) => text,
            Err(message) => return (config, vec![*message]),
        };
        match yaml::parse(text) {
            Err(error) => {
                let at = Location::in_text(&raw.path, text, error.at, 1);
                let help = error.help.map(|help| format!("{help}; until then the defaults are used"));
                let help = help.unwrap_or_else(|| "until it is valid YAML the defaults are used".to_owned());
                messages.push(Diagnostic::error("config", at, error.message).help(help));
            }
            Ok(Node { value: Value::Null, .. }) => {}
            Ok(Node { value: Value::Map(pairs), .. }) => {
                for (key, value) in &pairs {
                    config.set(key, value, &raw.path, text, &mut messages);
                }
            }
            Ok(other) => {
                let message = format!("expected lines of `key: value`, found {}", other.kind());
                let at = other.location(&raw.path, text, 0);
                messages.push(Diagnostic::error("config", at, message).help("write it as in `title: My timeline`"));
            }
        }
        (config, messages)
    }

    fn set(&mut self, key: &Node, value: &Node, path: &str, text: &str, messages: &mut Vec<Diagnostic>) {
        let name = key.text().unwrap_or_default();
        if !KEYS.contains(&name) {
            let message = format!("unknown key `{}`", crop(name));
            let unknown = Diagnostic::error("unknown-key", key.location(path, text, 0), message);
            messages.push(unknown.help(match nearest(name, KEYS) {
                Some(known) => format!("did you mean `{known}`?"),
                None => format!("known keys: {}", KEYS.join(", ")),
            }));
            return;
        }
        if value.value == Value::Null {
            return;
        }
        if name == "theme" {
            return self.look.read(value, path, text, messages);
        }
        let wrong = |message: String| Diagnostic::error("config", value.location(path, text, 0), message);
        let Some(said) = value.text() else {
            let help = format!("write it as in `{name}: …`; in quotes, any text is text");
            messages.push(wrong(format!("`{name}` must be text, found {}", value.kind())).help(help));
            return;
        };
        match name {
            "title" if said.is_empty() => {}
            "title" => self.title = said.to_owned(),
            "description" => self.description = said.to_owned(),
            "language" => match language_tag(said) {
                Some(tag) => {
                    self.language = tag;
                    self.language_at = Some(value.location(path, text, 0));
                }
                None => messages
                    .push(wrong(format!("`{}` is no language tag", crop(said))).help("write it as in `en` or `en-GB`")),
            },
            "direction" => match said {
                "ltr" => self.direction = Some(Direction::Ltr),
                "rtl" => self.direction = Some(Direction::Rtl),
                _ => messages.push(
                    wrong(format!("`{}` is no direction", crop(said)))
                        .help("write `rtl` for lines that are read from the right, or `ltr`"),
                ),
            },
            "picture" => self.look.read_picture(value, path, text, messages),
            _ => match base_url(said) {
                Ok(url) => self.base_url = url,
                Err(why) => messages.push(wrong(why).help("write it as in `https://me.github.io/repo/`")),
            },
        }
    }
}

/// Brings a base address into its one form: `http` or `https`, with a final slash; the empty text means none.
///
/// # Errors
/// What is wrong with it, in words.
pub fn base_url(said: &str) -> Result<Option<String>, String> {
    if said.is_empty() {
        return Ok(None);
    }
    if let Some(why) = foreign_to_addresses(said) {
        return Err(why);
    }
    let lower = said.to_ascii_lowercase();
    let host = lower.strip_prefix("https://").or_else(|| lower.strip_prefix("http://"));
    match host {
        None => Err(format!("`{}` is no `http` or `https` address", crop(said))),
        Some(host) if host.is_empty() || host.starts_with(['/', '?', '#', ':', '@']) => {
            Err(format!("`{}` names no host", crop(said)))
        }
        Some(_) if said.contains(['?', '#']) => Err("a base address has no `?` and no `#`".to_owned()),
        Some(_) => Ok(Some(format!("{}/", said.trim_end_matches('/')))),
    }
}

/// Says which character of a text may not stand in an address, when one does.
pub fn foreign_to_addresses(text: &str) -> Option<String> {
    let bad = |c: char| c.is_whitespace() || c.is_control() || "\"'<>\\^`{|}".contains(c);
    text.chars().find(|c| bad(*c)).map(|c| match c {
        ' ' => "a space may not stand in an address".to_owned(),
        '`' => "a backtick may not stand in an address".to_owned(),
        c if c.is_whitespace() || c.is_control() => {
            format!("the invisible character U+{:04X} may not stand in an address", u32::from(c))
        }
        c => format!("`{c}` may not stand in an address"),
    })
}

/// Brings a language tag into its usual form (`en_GB` is `en-GB`); `None` when it is none.
pub fn language_tag(said: &str) -> Option<String> {
    let tag = said.trim().replace('_', "-");
    let mut parts = tag.split('-');
    let first = parts.next()?;
    let good = (2..=8).contains(&first.len())
        && first.bytes().all(|b| b.is_ascii_alphabetic())
        && parts.all(|p| (1..=8).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_alphanumeric()))
        && tag.len() <= 35;
    good.then_some(tag)
}

/// The known word nearest to a mistyped one, when it is near enough to be meant.
pub fn nearest<'a>(word: &str, known: &[&'a str]) -> Option<&'a str> {
    if word.len() > 40 {
        return None;
    }
    let folded = word.to_lowercase().replace('-', "_");
    let scored = known.iter().map(|k| (strsim::osa_distance(&folded, k), *k));
    let (distance, name) = scored.min()?;
    let joined = folded.replace('_', "") == name.replace('_', "");
    (joined || distance <= (name.len() / 3).max(1)).then_some(name)
}

/// A stretch of foreign text short enough for a message.
pub fn crop(text: &str) -> String {
    let clean: String = text.chars().take(61).map(|c| if c.is_control() { ' ' } else { c }).collect();
    match clean.char_indices().nth(60) {
        Some((i, _)) => format!("{}…", &clean[..i]),
        None => clean,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Config, Vec<Diagnostic>) {
        Config::read(Some(&RawFile { path: "dateline.yaml".to_owned(), bytes: text.as_bytes().to_vec() }))
    }

    fn place(message: &Diagnostic) -> (usize, usize) {
        let at = message.location.as_ref().expect("located");
        (at.line.expect("line"), at.column.expect("column"))
    }

    #[test]
    fn no_file_and_an_empty_file_mean_the_defaults() {
        assert_eq!(Config::read(None), (Config::default(), vec![]));
        assert_eq!(read(""), (Config::default(), vec![]));
        assert_eq!(read("title:\n"), (Config::default(), vec![]));
    }

    #[test]
    fn every_key_is_read() {
        let (config, messages) = read(
            "\u{feff}title: The Winter\r\ndescription: What was told.\r\nbase_url: HTTPS://me.github.io/repo\r\nlanguage: en_GB\r\n",
        );
        assert_eq!(messages, []);
        assert_eq!(config.title, "The Winter");
        assert_eq!(config.description, "What was told.");
        assert_eq!(config.base_url.as_deref(), Some("HTTPS://me.github.io/repo/"));
        assert_eq!(config.language, "en-GB");
        assert_eq!(config.language_at.and_then(|at| at.line), Some(4));
        assert_eq!(read("direction: rtl").0.direction, Some(Direction::Rtl));
    }

    #[test]
    fn an_unknown_key_is_named_and_the_rest_still_used() {
        let (config, messages) = read("# mine\ntitel: A\nbaseurl: x\nfrobnicate: 1\nlanguage: de\n");
        assert_eq!(config.language, "de");
        let told: Vec<_> = messages.iter().map(|m| (m.kind.as_str(), place(m), m.help.as_deref())).collect();
        assert_eq!(
            told,
            [
                ("unknown-key", (2, 1), Some("did you mean `title`?")),
                ("unknown-key", (3, 1), Some("did you mean `base_url`?")),
                (
                    "unknown-key",
                    (4, 1),
                    Some("known keys: title, description, base_url, language, direction, picture, theme")
                ),
            ]
        );
    }

    #[test]
    fn wrong_values_are_located() {
        let (config, messages) =
            read("title: [a]\nbase_url: ftp://a.b\nlanguage: not a tag\ndescription: still here\ndirection: up\n");
        assert_eq!(config.title, "Timeline");
        assert_eq!(config.base_url, None);
        assert_eq!(config.description, "still here");
        assert_eq!(messages.iter().map(place).collect::<Vec<_>>(), [(1, 8), (2, 11), (3, 11), (5, 12)]);
        for bad in [
            "https://",
            "https:///x",
            "http://a b",
            "https://a/?q",
            "https://a/\"b",
            "https://a/<b>",
            "example.com",
            "javascript:alert(1)",
        ] {
            assert!(base_url(bad).is_err(), "{bad}");
        }
        assert_eq!(base_url("https://a/\"b"), Err("`\"` may not stand in an address".to_owned()));
        assert!(messages[0].help.as_deref().is_some_and(|help| help.contains("`title: …`")), "{messages:?}");
    }

    #[test]
    fn broken_yaml_keeps_the_defaults() {
        let (config, messages) = read("title: A\nlanguage: [de\n");
        assert_eq!(config, Config::default());
        assert_eq!(messages.len(), 1);
        assert_eq!(messages[0].kind, "config");
        assert!(place(&messages[0]).0 >= 2);
        assert_eq!(read("just words").1[0].kind, "config");
        let twice = read("title: A\ntitle: B\n").1;
        assert_eq!(twice[0].message, "the key `title` stands twice");
        assert_eq!(place(&twice[0]), (2, 1));
        assert_eq!(twice[0].help.as_deref(), Some("keep one of the two; until then the defaults are used"));
        let latin = Config::read(Some(&RawFile { path: "d".into(), bytes: b"title: caf\xe9\n".to_vec() }));
        assert_eq!(latin.1[0].message, "the file is not UTF-8");
    }
}
