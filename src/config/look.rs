//! How the site looks, as `dateline.yaml` says it: colours, fonts, a logo, a picture to share.

use super::{crop, nearest};
use crate::diagnostic::{Diagnostic, Location};
use crate::yaml::{Node, Value};
use std::collections::BTreeMap;

/// What `theme:` and `picture:` say; what they leave out is as the built-in theme has it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Look {
    /// Colours on a light ground, by name.
    pub colors: BTreeMap<&'static str, String>,
    /// Colours on a dark ground, by name.
    pub dark: BTreeMap<&'static str, String>,
    /// Font families, by name.
    pub fonts: BTreeMap<&'static str, String>,
    /// A file in `static/` that stands before the site's title.
    pub logo: Option<(String, Location)>,
    /// A file in `static/`, or an address, shown where a page is linked elsewhere.
    pub picture: Option<(String, Location)>,
}

/// The colours that a site can set, in the order in which they are written.
pub const COLORS: &[&str] = &["paper", "sheet", "ink", "soft", "rule", "line", "accent", "mark", "mark-ink"];

/// The fonts that a site can set.
pub const FONTS: &[&str] = &["serif", "sans"];

const PARTS: &[&str] = &["colors", "dark", "fonts", "logo"];

/// Text must stand out from its ground at least so much (WCAG 2.2, AA).
const CONTRAST: f64 = 4.5;

impl Look {
    /// Reads the table under `theme:`.
    pub(super) fn read(&mut self, table: &Node, path: &str, text: &str, messages: &mut Vec<Diagnostic>) {
        let Some(pairs) = pairs(table, "theme", path, text, messages) else { return };
        for (key, value) in pairs {
            match known(key, PARTS, path, text, messages) {
                Some("logo") => self.logo = file("logo", value, false, path, text, messages),
                Some(part @ ("colors" | "dark")) => {
                    let found = all(value, (part, COLORS, color, COLOR_HELP), path, text, messages);
                    if part == "dark" {
                        self.dark = found
                    } else {
                        self.colors = found
                    }
                    let own = if part == "dark" { &self.dark } else { &self.colors };
                    faint(own, value, path, text, messages);
                }
                Some("fonts") => self.fonts = all(value, ("fonts", FONTS, font, FONT_HELP), path, text, messages),
                _ => {}
            }
        }
    }

    /// Reads the value of `picture:`.
    pub(super) fn read_picture(&mut self, value: &Node, path: &str, text: &str, messages: &mut Vec<Diagnostic>) {
        self.picture = file("picture", value, true, path, text, messages);
    }

    /// Gives the rules that say the same to a browser; none where nothing is set.
    pub fn css(&self) -> Option<String> {
        let rule = |all: &BTreeMap<&str, String>| -> String {
            all.iter().map(|(name, value)| format!(" --{name}: {value};")).collect()
        };
        let mut css = String::new();
        if !self.fonts.is_empty() {
            css.push_str(&format!(":root {{{} }}\n", rule(&self.fonts)));
        }
        // Print and forced colours have their own.
        for (scheme, colors) in [("light", &self.colors), ("dark", &self.dark)] {
            if !colors.is_empty() {
                let media = format!("screen and (prefers-color-scheme: {scheme}) and (forced-colors: none)");
                css.push_str(&format!("@media {media} {{ :root {{{} }} }}\n", rule(colors)));
            }
        }
        Some(css).filter(|css| !css.is_empty())
    }
}

const COLOR_HELP: &str = "write it in quotes as in `\"#0b5c74\"`, or as in `rgb(11 92 116)` or `oklch(45% 0.08 220)`";
const FONT_HELP: &str = "write it as in `Georgia, \"Noto Serif\", serif`";

fn wrong(node: &Node, path: &str, text: &str, message: String) -> Diagnostic {
    Diagnostic::error("config", node.location(path, text, 0), message)
}

/// Gives the pairs of a table; a message where there is none.
fn pairs<'n>(
    node: &'n Node,
    name: &str,
    path: &str,
    text: &str,
    messages: &mut Vec<Diagnostic>,
) -> Option<&'n [(Node, Node)]> {
    match &node.value {
        Value::Map(pairs) => return Some(pairs),
        Value::Null => {}
        _ => {
            let message = format!("`{name}` must be a table, found {}", node.kind());
            messages.push(wrong(node, path, text, message).help("write each setting in a line of its own below it"));
        }
    }
    None
}

/// Finds a key among the known ones; a message where it is none.
fn known(
    key: &Node,
    names: &[&'static str],
    path: &str,
    text: &str,
    messages: &mut Vec<Diagnostic>,
) -> Option<&'static str> {
    let said = key.text().unwrap_or_default();
    let found = names.iter().find(|name| **name == said);
    if found.is_none() {
        let message = format!("unknown key `{}`", crop(said));
        let help = match nearest(said, names) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("known keys: {}", names.join(", ")),
        };
        messages.push(Diagnostic::error("unknown-key", key.location(path, text, 0), message).help(help));
    }
    found.copied()
}

/// What a table holds: its name, its keys, what its values must be, and how they are written.
type Kind<'k> = (&'k str, &'k [&'static str], fn(&str) -> bool, &'k str);

/// Reads a table of values of one kind.
fn all(
    node: &Node,
    (name, names, good, help): Kind,
    path: &str,
    text: &str,
    messages: &mut Vec<Diagnostic>,
) -> BTreeMap<&'static str, String> {
    let mut found = BTreeMap::new();
    for (key, value) in pairs(node, name, path, text, messages).unwrap_or_default() {
        let Some(name) = known(key, names, path, text, messages) else { continue };
        match value.text() {
            Some(said) if good(said) => drop(found.insert(name, said.to_owned())),
            // An unquoted `#` begins a comment.
            _ if value.value == Value::Null => {
                let message = format!("`{name}` has no value");
                messages.push(wrong(key, path, text, message).help(help));
            }
            said => {
                let message = format!("`{}` cannot be used for `{name}`", crop(said.unwrap_or_default()));
                messages.push(wrong(value, path, text, message).help(help));
            }
        }
    }
    found
}

/// Tells whether a text is a colour and nothing else.
fn color(said: &str) -> bool {
    if let Some(digits) = said.strip_prefix('#') {
        return matches!(digits.len(), 3 | 6) && digits.bytes().all(|b| b.is_ascii_hexdigit());
    }
    let inside = |(_, rest): (&str, &str)| {
        rest.strip_suffix(')').is_some_and(|numbers| {
            !numbers.is_empty() && numbers.bytes().all(|b| b.is_ascii_digit() || b" .,%/-".contains(&b))
        })
    };
    let function = ["rgb(", "hsl(", "oklch(", "oklab("].iter().any(|name| said.starts_with(name));
    let word = (3..=20).contains(&said.len()) && said.bytes().all(|b| b.is_ascii_alphabetic());
    word || function && said.split_once('(').is_some_and(inside)
}

/// Tells whether a text is a list of font families and nothing else.
fn font(said: &str) -> bool {
    let family = |name: &str| {
        let name = name.trim();
        let quoted = ['"', '\''].iter().find_map(|q| name.strip_prefix(*q)?.strip_suffix(*q));
        let name = quoted.unwrap_or(name);
        !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == ' ' || c == '-')
    };
    said.len() <= 400 && said.split(',').all(family)
}

/// Reads the name of a file in `static/`.
fn file(
    name: &str,
    value: &Node,
    web: bool,
    path: &str,
    text: &str,
    messages: &mut Vec<Diagnostic>,
) -> Option<(String, Location)> {
    if value.value == Value::Null {
        return None;
    }
    let said = value.text().unwrap_or_default();
    let said = said.strip_prefix("static/").unwrap_or(said);
    let address = web && ["https://", "http://"].iter().any(|scheme| said.starts_with(scheme));
    let within = !said.starts_with('/') && said.split('/').all(|part| !matches!(part, "" | "." | ".."));
    let plain = !said.contains(|c: char| c.is_control() || "\"'<>\\^`{|}?#:".contains(c));
    if (address && super::foreign_to_addresses(said).is_none()) || (!said.is_empty() && within && plain) {
        return Some((said.to_owned(), value.location(path, text, 0)));
    }
    let message = format!("`{}` cannot be used for `{name}`", crop(said));
    messages.push(wrong(value, path, text, message).help("name a file in `static/`, as in `logo.svg`"));
    None
}

/// Warns of text that would be hard to read, where both colours are known as numbers.
fn faint(colors: &BTreeMap<&str, String>, node: &Node, path: &str, text: &str, messages: &mut Vec<Diagnostic>) {
    let Value::Map(pairs) = &node.value else { return };
    let value = |name: &str| colors.get(name).and_then(|said| luminance(said));
    for (front, ground) in [("ink", "paper"), ("soft", "paper"), ("accent", "paper"), ("mark-ink", "mark")] {
        let (Some(a), Some(b)) = (value(front), value(ground)) else { continue };
        let contrast = (a.max(b) + 0.05) / (a.min(b) + 0.05);
        let place = pairs.iter().find(|(key, _)| key.text() == Some(front)).map(|(_, value)| value);
        if let Some(place) = place.filter(|_| contrast < CONTRAST) {
            let message = format!("`{front}` is hard to read on `{ground}`: their contrast is {contrast:.1}");
            let help = format!("choose colours with a contrast of {CONTRAST} or more");
            messages.push(Diagnostic::warning("contrast", place.location(path, text, 0), message).help(help));
        }
    }
}

/// Gives the relative luminance of a colour that is written in hexadecimal digits.
fn luminance(said: &str) -> Option<f64> {
    let digits: Vec<f64> = said.strip_prefix('#')?.chars().filter_map(|c| c.to_digit(16)).map(f64::from).collect();
    let channels: Vec<f64> = match digits.len() {
        3 => digits.iter().map(|d| d * 17.0).collect(),
        6 => digits.chunks(2).map(|pair| pair.iter().fold(0.0, |sum, d| sum * 16.0 + d)).collect(),
        _ => return None,
    };
    let linear = |channel: f64| {
        let c = channel / 255.0;
        if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
    };
    let weights = [0.2126, 0.7152, 0.0722];
    Some(channels.iter().zip(weights).map(|(channel, weight)| linear(*channel) * weight).sum())
}

#[cfg(test)]
mod tests {
    use super::super::Config;
    use super::*;
    use crate::model::RawFile;

    fn read(text: &str) -> (Look, Vec<(String, usize, usize)>) {
        let raw = RawFile { path: "dateline.yaml".to_owned(), bytes: text.as_bytes().to_vec() };
        let (config, messages) = Config::read(Some(&raw));
        let told = messages.iter().map(|m| {
            let at = m.location.as_ref().unwrap();
            assert!(m.help.is_some(), "{m:?}");
            (m.kind.clone(), at.line.unwrap(), at.column.unwrap())
        });
        (config.look, told.collect())
    }

    #[test]
    fn colours_fonts_logo_and_picture_are_read() {
        let (look, told) = read(
            "theme:\n  colors:\n    accent: \"#a02\"\n    paper: rgb(250 250 245)\n  dark:\n    accent: \"#ffaa99\"\n  \
             fonts:\n    serif: 'Georgia, \"Noto Serif\", serif'\n  logo: static/brand/logo.svg\npicture: share.png\n",
        );
        assert_eq!(told, []);
        assert_eq!(look.logo.as_ref().unwrap().0, "brand/logo.svg");
        assert_eq!(look.picture.as_ref().unwrap().0, "share.png");
        assert_eq!(
            look.css().unwrap(),
            ":root { --serif: Georgia, \"Noto Serif\", serif; }\n\
             @media screen and (prefers-color-scheme: light) and (forced-colors: none) { :root { --accent: #a02; \
             --paper: rgb(250 250 245); } }\n\
             @media screen and (prefers-color-scheme: dark) and (forced-colors: none) { :root { --accent: #ffaa99; } }\n"
        );
        assert_eq!(Look::default().css(), None);
    }

    #[test]
    fn what_cannot_be_used_is_told_at_its_place() {
        let told = |text: &str| read(text).1;
        let at = |kind: &str, line, column| vec![(kind.to_owned(), line, column)];
        assert_eq!(told("theme:\n  colours:\n    accent: red\n"), at("unknown-key", 2, 3));
        assert_eq!(told("theme:\n  colors:\n    acent: red\n"), at("unknown-key", 3, 5));
        assert_eq!(told("theme:\n  colors:\n    accent: \"red; } body { x: url(//a)\"\n"), at("config", 3, 13));
        assert_eq!(told("theme:\n  colors:\n    accent: #abc\n"), at("config", 3, 5));
        assert_eq!(told("theme:\n  fonts:\n    sans: \"a; }\"\n"), at("config", 3, 11));
        assert_eq!(told("theme: blue\n"), at("config", 1, 8));
        assert_eq!(told("theme:\n  logo: ../x.svg\n"), at("config", 2, 9));
        assert_eq!(told("picture: javascript:alert(1)\n"), at("config", 1, 10));
        assert_eq!(told("theme:\n  colors:\n    ink: \"#999\"\n    paper: \"#fff\"\n"), at("contrast", 3, 10));
        assert_eq!(told("picture: https://a.example/x.png\n"), []);
    }
}
