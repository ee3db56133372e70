//! Front matter written by hand: a headline with a colon in it that nobody quoted (`title: Storm: two dead`).

use crate::yaml::{self, Node, Value};

/// Signs that may stand for the colons of such values while YAML reads the rest; none of them means anything to it
/// within a word, and each is one byte, so that every place stays what it was.
const STAND_INS: [char; 4] = ['~', '^', '$', ';'];

/// Reads a document whose lines `key: value` hold further colons, and gives the byte at which each such value begins;
/// nothing when that is not all that is wrong with it.
pub(super) fn read(text: &str) -> Option<(Node, Vec<usize>)> {
    let stand_in = STAND_INS.into_iter().find(|sign| !text.contains(*sign))?;
    let (mut mended, mut places) = (String::with_capacity(text.len()), Vec::new());
    for line in text.split_inclusive('\n') {
        let value = line.find(": ").map(|colon| colon + 2).filter(|_| line.starts_with(char::is_alphabetic));
        match value.and_then(|at| line.split_at_checked(at)) {
            Some((key, value)) if plain(value) && (value.contains(": ") || value.trim_end().ends_with(':')) => {
                places.push(mended.len() + key.len() + value.len() - value.trim_start().len());
                mended.push_str(key);
                mended.push_str(&value.replace(':', stand_in.encode_utf8(&mut [0; 4])));
            }
            _ => mended.push_str(line),
        }
    }
    let mut node = yaml::parse(&mended).ok().filter(|_| !places.is_empty())?;
    restore(&mut node, stand_in);
    Some((node, places))
}

/// Tells whether a value is bare words: what begins with another sign has a form of its own in YAML.
fn plain(value: &str) -> bool {
    value.trim_start().starts_with(|c: char| c.is_alphanumeric() || matches!(c, '“' | '‘' | '(' | '£' | '$' | '€'))
}

fn restore(node: &mut Node, stand_in: char) {
    match &mut node.value {
        Value::Text(text) => *text = text.replace(stand_in, ":"),
        Value::List(items) => items.iter_mut().for_each(|item| restore(item, stand_in)),
        Value::Map(pairs) => pairs.iter_mut().for_each(|(_, value)| restore(value, stand_in)),
        Value::Null | Value::Bool(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_headline_may_have_a_colon() {
        let text = "title: Storm: two dead: minister\ndate: 2021-03-10\ntags:\n  - a\n";
        let (node, places) = read(text).unwrap();
        assert_eq!(places, [7]);
        let Value::Map(pairs) = node.value else { panic!("no table") };
        assert_eq!(pairs[0].1.text(), Some("Storm: two dead: minister"));
        assert_eq!((pairs[1].1.text(), pairs[1].1.at), (Some("2021-03-10"), 39));
        for broken in ["title: [a\n", "title: \"a: b\n", "a\nb: c: d\n - e\n", "title: ok\n\t- x: y\n"] {
            assert_eq!(read(broken), None, "{broken}");
        }
    }
}
