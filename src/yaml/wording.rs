//! What the YAML reader says, in words for people who do not write programs.

use serde_yaml::{DefaultMessageFormatter, Error, MessageFormatter};

/// What the reader's report holds, what is said instead, and what to do.
const WORDS: &[(&str, &str, &str)] = &[
    (
        "illegal placement of ':'",
        "a `:` stands where none can",
        "close the `[` or `{` above, or put a value with a colon in quotes",
    ),
    (
        "mapping values are not allowed",
        "a second `:` stands on this line",
        "put the value in quotes: `title: \"One: two\"`",
    ),
    ("mapping keys are not allowed", "no key can stand here", "write one `key: value` a line"),
    ("simple key", "here should be `key: value`", "put a colon and a space after the key"),
    ("did not find expected key", "here should be `key: value`", "begin every line at the same column"),
    ("':' must be followed", "after this `:` a space is missing", "write it as in `key: value`"),
    ("while parsing a flow sequence", "the list has no `]`", "close the `[`, or put the text in quotes"),
    ("while parsing a flow mapping", "the table has no `}`", "close the `{`, or put the text in quotes"),
    ("an implicit flow mapping", "the list has no `]`", "close the `[`, or put the text in quotes"),
    ("unclosed bracket", "this bracket is not closed", "close it, or put the text in quotes"),
    ("mismatched bracket", "this bracket closes none of its kind", "close each bracket with its own kind"),
    ("misplaced bracket", "this bracket closes none", "remove it, or put the text in quotes"),
    ("unclosed quote", "the quote is not closed", "write the same quote at the end of the value"),
    (
        "invalid trailing content",
        "text follows the closing quote",
        "put quotes around the whole value, and double those within it",
    ),
    ("unexpected document indicator", "the quote is not closed", "write the same quote at the end of the value"),
    (
        "unknown escape character",
        "after `\\` stands a letter that means nothing",
        "write `\\\\`, or put the value in single quotes",
    ),
    ("multiline quoted scalar", "the quote is not closed", "write the same quote at the end of the value"),
    ("only valid inside a block", "no `- ` can stand here", "put the list on lines of its own below its key"),
    ("invalid indentation in flow", "a bracket above is not closed", "close it, or put the text in quotes"),
    ("tab", "a tab stands where only spaces can", "write spaces instead"),
    (
        "indent",
        "this line begins at another column than those it belongs to",
        "begin the lines of a block at the same column",
    ),
    ("'-' must be followed", "after this `-` a space is missing", "write it as in `- entry`"),
    ("block sequence entries", "no `- ` can stand here", "put the list on lines of its own below its key"),
    ("did not find expected '-'", "here should be `- `", "begin every entry of the list with `- `"),
    ("unexpected character", "a character stands here that begins no value", "put the value in quotes"),
    ("did not find expected node content", "here should be a value", "put the value in quotes"),
    ("expected alphabetic or numeric", "after `&` and `*` YAML wants a name", "put the value in quotes"),
    ("unknown anchor", "`*` refers to nothing", "put the value in quotes"),
    ("recursive references", "`*` refers to what holds it", "put the value in quotes"),
    ("plain scalar cannot start", "no value can begin like this", "put the value in quotes"),
    ("multiple yaml documents", "a second document begins here", "remove this line of `---`"),
    ("multiple documents", "a second document begins here", "remove this line of `---`"),
    ("document end marker", "a second document begins here", "remove this line"),
    ("expected <document start>", "here should be `key: value`", "write one `key: value` a line"),
    ("handle wasn't declared", "`!` stands before a value", "put the value in quotes"),
    ("tag", "`!` stands before a value", "put the value in quotes"),
    ("directive", "`%` stands at the start of a line", "put the value in quotes"),
    ("comment", "a `#` cuts this value short", "put the value in quotes"),
    ("recursion limit", "brackets or lists are nested too deep", "write it flatter"),
    ("alias", "aliases (`*name`) stand for too much", "write the values out"),
    ("eof", "the file ends too early", "finish its last line"),
];

/// Words a report of the reader and says what to do, where that is known.
pub(super) fn of(error: &Error) -> (String, Option<String>) {
    match error {
        Error::DuplicateMappingKey { key, .. } => {
            let message = match key {
                Some(key) => format!("the key `{}` stands twice", plain(key)),
                None => "a key stands twice".to_owned(),
            };
            (message, Some("keep one of the two".to_owned()))
        }
        Error::Budget { .. } => {
            ("this is too large or nested too deep".to_owned(), Some("write it shorter".to_owned()))
        }
        error => {
            let said = plain(&DefaultMessageFormatter.format_message(error));
            let lower = said.to_lowercase();
            match WORDS.iter().find(|(held, ..)| lower.contains(held)) {
                Some((_, message, help)) => ((*message).to_owned(), Some((*help).to_owned())),
                None => (said, None),
            }
        }
    }
}

/// The first line of a foreign text, short and without control characters.
fn plain(text: &str) -> String {
    let line = text.split(['\n', '\r']).next().unwrap_or_default();
    line.trim().chars().filter(|c| !c.is_control()).take(120).collect()
}

#[cfg(test)]
mod tests {
    use crate::yaml::parse;

    #[test]
    fn common_mistakes_are_told_in_our_words() {
        for (text, message) in [
            ("title: a\ntitle: b\n", "the key `title` stands twice"),
            ("title: One: two\n", "a second `:` stands on this line"),
            ("title: [a\ndate: b\n", "a `:` stands where none can"),
            ("title: [a, b\n", "this bracket is not closed"),
            ("title: {a: b\n", "this bracket is not closed"),
            ("title: [a}\n", "this bracket closes none of its kind"),
            ("title: a]\ntags: ]\n", "this bracket closes none"),
            ("title: \"a\n", "the quote is not closed"),
            ("title: 'a\n", "the quote is not closed"),
            ("title: 'It's here'\n", "text follows the closing quote"),
            ("title: \"a\\qb\"\n", "after `\\` stands a letter that means nothing"),
            ("title: @me\n", "a character stands here that begins no value"),
            ("title: `a`\n", "a character stands here that begins no value"),
            ("title: *a\n", "`*` refers to nothing"),
            ("title: &\n", "after `&` and `*` YAML wants a name"),
            ("title: - a\n", "no `- ` can stand here"),
            ("title: a\n---\ntitle: b\n", "a second document begins here"),
            ("a:\n\t- b\n", "a tab stands where only spaces can"),
            ("title: a\n  b: c\n", "a second `:` stands on this line"),
            ("a: &a [*a]\n", "`*` refers to what holds it"),
        ] {
            let error = parse(text).expect_err(text);
            assert_eq!(error.message, message, "{text:?}");
            assert!(error.help.is_some(), "{text:?}");
        }
    }

    #[test]
    fn no_mistake_is_told_in_the_words_of_a_library() {
        let pieces = [
            "a: ", "- ", "[", "]", "{", "}", "\"", "'", "\n", "\n  ", "\t", "!", "&x ", "*x", "%", "|", ">", "?", "#",
            "---\n", ",", "@", "b",
        ];
        let mut foreign = std::collections::BTreeMap::new();
        for a in pieces {
            for b in pieces {
                for c in pieces {
                    let text = format!("k: v\n{a}{b}{c}");
                    if let Err(error) = parse(&text)
                        && error.help.is_none()
                    {
                        foreign.insert(error.message, text);
                    }
                }
            }
        }
        assert!(foreign.is_empty(), "{foreign:#?}");
    }
}
