//! Front matter: where it starts and ends in a Markdown file.

use super::forms;

/// What stands above the text of a Markdown file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Front {
    /// Nothing.
    None,
    /// YAML from byte `start` to byte `end`; the text begins at `body`.
    Yaml { start: usize, end: usize, body: usize },
    /// TOML between `+++` lines from byte `start` to byte `end`; the text begins at `body`.
    Toml { start: usize, end: usize, body: usize },
    /// A JSON object from byte `start` on; the text begins at `body`.
    Json { start: usize, body: usize },
    /// What begins as a JSON object at byte `start` and is none; the text begins at `body`.
    BadJson { start: usize, body: usize },
    /// Comments and `<meta>` tags; the text begins at `body`.
    Tags { body: usize },
    /// An opening `---` with `key: value` lines below and no closing line.
    Unclosed { end: usize },
}

/// Lines without a key between two `---` are taken for broken front matter up to this many.
const LONGEST_BARE: usize = 40;

/// Finds the front matter at the very start of a decoded file.
pub(super) fn split(file: &str) -> Front {
    let mut lines = super::paragraph::lines(file);
    let Some(first) = lines.next() else { return Front::None };
    let mark = file.get(first.clone()).unwrap_or_default().trim_end();
    if mark != "---" && mark != "+++" {
        return unfenced(file);
    }
    let mut start = None;
    let (mut keyed, mut bare_lines) = (false, 0);
    for line in lines {
        let text = file.get(line.clone()).unwrap_or_default();
        let bare = text.trim_end();
        let start = *start.get_or_insert(line.start);
        let closes = bare == mark || mark == "---" && bare == "...";
        if closes {
            let after = file.get(line.end..).unwrap_or_default();
            let skip = if after.starts_with("\r\n") { 2 } else { usize::from(!after.is_empty()) };
            let body = line.end + skip;
            let end = line.start;
            return if mark == "+++" { Front::Toml { start, end, body } } else { Front::Yaml { start, end, body } };
        }
        if bare.is_empty() && mark == "---" && start == line.start {
            // `---` above a blank line is a rule.
            return Front::None;
        }
        keyed |= bare_lines == 0 && is_pair(text);
        if !keyed && !bare.starts_with('#') && mark == "---" {
            // A rule with text below it, unless another `---` closes a short block without a blank line.
            bare_lines += 1;
            if bare.is_empty() || bare_lines > LONGEST_BARE {
                return Front::None;
            }
        }
    }
    if keyed && bare_lines == 0 { Front::Unclosed { end: first.end } } else { Front::None }
}

/// Front matter that no lines enclose: a JSON object, comments, `<meta>` tags.
fn unfenced(file: &str) -> Front {
    let bare = file.trim_start();
    let start = file.len() - bare.len();
    match forms::json_end(bare) {
        Some(Ok(end)) => return Front::Json { start, body: start + end },
        Some(Err(_)) => {
            // Its end is that of its lines.
            let blank = ["\n\n", "\r\n\r\n", "\r\r"].iter().filter_map(|mark| bare.find(mark)).min();
            return Front::BadJson { start, body: start + blank.unwrap_or(0) };
        }
        None => {}
    }
    let (pairs, body) = forms::tags(file);
    if pairs.is_empty() { Front::None } else { Front::Tags { body } }
}

/// Whether a line looks like `key: value`.
fn is_pair(line: &str) -> bool {
    line.split_once(':').is_some_and(|(key, rest)| {
        let key = key.trim_matches(['"', '\'', ' ']);
        !key.is_empty()
            && key.len() <= 40
            && !key.contains("://")
            && (rest.is_empty() || rest.starts_with([' ', '\t', '\r']))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_block_at_the_very_start_is_front_matter() {
        for (file, expected) in [
            ("---\ntitle: a\n---\nText", Some(("title: a\n", "Text"))),
            ("---\r\ntitle: a\r\n---\r\nText", Some(("title: a\r\n", "Text"))),
            ("---\rtitle: a\r...\rText", Some(("title: a\r", "Text"))),
            ("---\n# note\ntitle: a\n---", Some(("# note\ntitle: a\n", ""))),
            ("---\n---\nText", Some(("", "Text"))),
            ("\n---\ntitle: a\n---\n", None),
            ("---\n\nA rule above.\n\n---\n", None),
            ("---\n- a\n- b\n---\nText", Some(("- a\n- b\n", "Text"))),
            ("---\nbare words\n---\nText", Some(("bare words\n", "Text"))),
            ("---\nA rule above text.\n\nMore.\n\n---\n\nAnd more.", None),
            ("---\nA rule above text.\nIt ends: here.\n", None),
            ("---\n- an item\n- another\n", None),
            ("Text\n---\n", None),
            ("", None),
        ] {
            let found = match split(file) {
                Front::Yaml { start, end, body } => Some((&file[start..end], &file[body..])),
                _ => None,
            };
            assert_eq!(found, expected, "{file:?}");
        }
        assert_eq!(split("+++\ntitle = \"a\"\n+++\nText"), Front::Toml { start: 4, end: 16, body: 20 });
        assert_eq!(split("{\"title\": \"a\"}\nText"), Front::Json { start: 0, body: 14 });
        assert_eq!(split("{\"title\": a}\n\nText"), Front::BadJson { start: 0, body: 12 });
        assert_eq!(split("<!-- date: 2022 -->\nText"), Front::Tags { body: 19 });
        assert_eq!(split("<!-- a note -->\nText"), Front::None);
        assert_eq!(split("---\ntitle: a\n\nText"), Front::Unclosed { end: 3 });
    }
}
