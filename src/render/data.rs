//! Data as schema.org words it, written as JSON that no text in it can break out of.

use crate::lang::interface::closed;

/// A thing with a type and properties, as JSON-LD.
#[derive(Debug)]
pub(super) struct Data(String);

impl Data {
    /// Begins a thing within another one.
    pub(super) fn new(kind: &str) -> Data {
        let mut data = Data(String::with_capacity(256));
        data.0.push_str("{\"@type\":");
        data.push(kind);
        data
    }

    /// Begins the thing that a page is about.
    pub(super) fn page(kind: &str) -> Data {
        let mut data = Data(String::with_capacity(1024));
        data.0.push_str("{\"@context\":\"https://schema.org\",\"@type\":");
        data.push(kind);
        data
    }

    /// Adds a text, where there is one.
    pub(super) fn text<S: AsRef<str>>(&mut self, key: &'static str, text: Option<S>) {
        if let Some(text) = text {
            self.key(key);
            self.push(text.as_ref());
        }
    }

    /// Adds texts, where there are some.
    pub(super) fn texts(&mut self, key: &'static str, texts: &[String]) {
        for (i, text) in texts.iter().enumerate() {
            if i == 0 {
                self.key(key);
            }
            self.0.push(if i == 0 { '[' } else { ',' });
            self.push(text);
        }
        if !texts.is_empty() {
            self.0.push(']');
        }
    }

    /// Adds a thing, where there is one.
    pub(super) fn one(&mut self, key: &'static str, data: Option<Data>) {
        if let Some(data) = data {
            self.key(key);
            self.0.push_str(&data.finish());
        }
    }

    /// Adds things, where there are some.
    pub(super) fn all(&mut self, key: &'static str, all: impl Iterator<Item = Data>) {
        let mut some = false;
        for data in all {
            if !some {
                self.key(key);
            }
            self.0.push(if some { ',' } else { '[' });
            self.0.push_str(&data.finish());
            some = true;
        }
        if some {
            self.0.push(']');
        }
    }

    /// Gives what stands in the page.
    pub(super) fn finish(mut self) -> String {
        self.0.push('}');
        self.0
    }

    fn key(&mut self, key: &'static str) {
        self.0.push_str(",\"");
        self.0.push_str(key);
        self.0.push_str("\":");
    }

    /// Writes a text so that it neither ends its block nor turns the direction of what is around it.
    fn push(&mut self, text: &str) {
        self.0.push('"');
        // Most texts are written as they are.
        if text.bytes().all(|b| matches!(b, b' '..=b'~') && !matches!(b, b'"' | b'\\' | b'<' | b'>' | b'&' | b'\'')) {
            self.0.push_str(text);
            self.0.push('"');
            return;
        }
        let text = &*closed(text);
        let mut from = 0;
        for (at, c) in text.char_indices() {
            let plain = match c {
                ' '..='~' => !matches!(c, '"' | '\\' | '<' | '>' | '&' | '\''),
                '\u{0}'..='\u{9F}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' => false,
                '\u{2066}'..='\u{2069}' | '\u{FEFF}' => false,
                _ => true,
            };
            if !plain {
                self.0.push_str(text.get(from..at).unwrap_or_default());
                self.0.push_str(&format!("\\u{:04x}", u32::from(c)));
                from = at + c.len_utf8();
            }
        }
        self.0.push_str(text.get(from..).unwrap_or_default());
        self.0.push('"');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_ends_the_block_and_all_of_it_comes_back() {
        let text = "</script><!-- ]]> & ' \" \\ \n\0 \u{202E}x\u{202C}\u{2028}🚢é";
        let mut data = Data::page("Thing");
        data.text("name", Some(text));
        data.text("url", None::<&str>);
        data.texts("keywords", &["a".to_owned(), text.to_owned()]);
        data.text("open", Some("\u{202E}x"));
        data.texts("none", &[]);
        data.all("part", [Data::new("A"), Data::new("B")].into_iter());
        data.all("nothing", std::iter::empty());
        let block = data.finish();
        assert!(!block.contains(['<', '>', '&', '\u{202E}', '\u{2028}', '\n']), "{block}");
        let back: serde_json::Value = serde_json::from_str(&block).unwrap();
        assert_eq!(back["name"], text);
        assert_eq!(back["open"], "\u{202E}x\u{202C}", "what a text leaves open is closed");
        assert_eq!(back["keywords"][1], text);
        assert_eq!(back["part"][1]["@type"], "B");
        assert_eq!(back.as_object().unwrap().len(), 6);
    }
}
