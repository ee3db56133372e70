//! Words of a text: where they stand, and the stem by which two texts are compared.

use super::events::event_words;
use std::borrow::Cow;

/// One word of a text with its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token<'a> {
    /// The word as written.
    pub text: &'a str,
    /// Byte offset of its first character.
    pub start: usize,
    /// It is all letters and figures of ASCII, and hyphens.
    plain: bool,
}

impl Token<'_> {
    /// Gives the byte offset after its last character.
    pub fn end(&self) -> usize {
        self.start + self.text.len()
    }

    /// Tells whether folding it only makes its capitals small, as with most words.
    pub fn folds_to_small(&self) -> bool {
        self.plain && (self.text.len() != 2 || !STATES.contains(&self.text))
    }

    /// Tells whether it opens with a capital letter.
    pub fn is_capitalised(&self) -> bool {
        match self.text.as_bytes().first() {
            Some(first) if first.is_ascii() => first.is_ascii_uppercase(),
            _ => self.text.chars().next().is_some_and(char::is_uppercase),
        }
    }
}

/// Gives the words of a text in order: letters and digits, with apostrophes, hyphens, the points of
/// initials ("U.S.") and the marks of numbers ("1,000", "3.5") inside.
pub fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut found = Vec::with_capacity(text.len() / 5);
    found.extend(each(text));
    found
}

/// Gives the words of [`tokens`] one by one, for whoever may not need them all.
pub fn each(text: &str) -> Words<'_> {
    Words { text, at: 0 }
}

/// The words of a text, one by one.
#[derive(Debug, Clone)]
pub struct Words<'a> {
    text: &'a str,
    /// Where the next word can begin.
    at: usize,
}

/// What a byte of a text can be to a word.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Byte {
    Letter,
    Joint,
    Comma,
    Point,
    Other,
    Wide,
}

/// The kinds of all bytes.
static BYTES: [Byte; 256] = {
    let mut kinds = [Byte::Other; 256];
    let mut b = 0;
    while b < 256 {
        kinds[b] = match b as u8 {
            b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' => Byte::Letter,
            b'\'' | b'-' => Byte::Joint,
            b',' => Byte::Comma,
            b'.' => Byte::Point,
            128.. => Byte::Wide,
            _ => Byte::Other,
        };
        b += 1;
    }
    kinds
};

impl<'a> Words<'a> {
    fn character(&self, at: usize) -> char {
        self.text.get(at..).and_then(|rest| rest.chars().next()).unwrap_or(' ')
    }

    fn digit(&self, at: Option<usize>) -> bool {
        at.and_then(|at| self.text.as_bytes().get(at)).is_some_and(u8::is_ascii_digit)
    }

    /// Tells whether a mark at `at`, behind the beginning of a word, belongs to the word.
    fn goes_on(&self, start: usize, at: usize, kind: Byte) -> bool {
        match kind {
            Byte::Joint => self.character(at + 1).is_alphanumeric(),
            Byte::Comma => self.digit(at.checked_sub(1)) && self.digit(Some(at + 1)),
            Byte::Point => {
                let so_far = self.text.get(start..at).unwrap_or_default();
                (self.digit(at.checked_sub(1)) && self.digit(Some(at + 1)))
                    || (self.character(at + 1).is_uppercase() && is_initials(so_far))
                    || (so_far.contains('.') && is_initials(so_far))
            }
            _ => false,
        }
    }
}

impl<'a> Iterator for Words<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        let bytes = self.text.as_bytes();
        let mut at = self.at;
        // Up to the first letter.
        let start = loop {
            match BYTES[usize::from(*bytes.get(at)?)] {
                Byte::Letter => break at,
                Byte::Wide => {
                    let c = self.character(at);
                    if c.is_alphanumeric() {
                        break at;
                    }
                    at += c.len_utf8();
                }
                _ => at += 1,
            }
        };
        let mut plain = true;
        loop {
            // Most of a word is letters: they are passed over in a loop of their own.
            while bytes.get(at).is_some_and(|&b| BYTES[usize::from(b)] == Byte::Letter) {
                at += 1;
            }
            let Some(&byte) = bytes.get(at) else { break };
            match BYTES[usize::from(byte)] {
                Byte::Other => break,
                Byte::Wide => {
                    plain = false;
                    let c = self.character(at);
                    let next = at + c.len_utf8();
                    let joint = matches!(c, '’' | '‑') && self.character(next).is_alphanumeric();
                    if !joint && !c.is_alphanumeric() {
                        break;
                    }
                    at = next;
                }
                kind if self.goes_on(start, at, kind) => {
                    plain &= byte == b'-';
                    at += 1;
                }
                _ => break,
            }
        }
        self.at = at;
        Some(Token { text: self.text.get(start..at)?, start, plain })
    }
}

/// Tells whether a word so far is a capital letter, or capitals with points between them.
fn is_initials(so_far: &str) -> bool {
    let mut letters = 0;
    so_far.split('.').all(|part| {
        let mut chars = part.chars();
        letters += 1;
        chars.next().is_some_and(char::is_uppercase) && chars.next().is_none()
    }) && letters > 0
}

/// Gives a word in lower case, with plain apostrophes and without a possessive ending; initials keep
/// a point between them, so that "US" and "U.S." are one and "us" is another.
pub fn fold(word: &str) -> String {
    folded(word).into_owned()
}

/// Gives what [`fold`] gives; the word itself where nothing has to change.
pub fn folded(word: &str) -> Cow<'_, str> {
    match Case::of(word) {
        Case::Small => Cow::Borrowed(word),
        Case::Plain => Cow::Owned(word.to_ascii_lowercase()),
        Case::Other => Cow::Owned(folded_slowly(word)),
    }
}

/// Adds what [`fold`] gives to a text.
pub fn fold_into(out: &mut String, word: &str) {
    let start = out.len();
    match Case::of(word) {
        Case::Small => out.push_str(word),
        Case::Plain => {
            out.push_str(word);
            if let Some(added) = out.get_mut(start..) {
                added.make_ascii_lowercase();
            }
        }
        Case::Other => out.push_str(&folded_slowly(word)),
    }
}

/// What there is to fold in a word.
enum Case {
    /// Nothing.
    Small,
    /// Capital letters of ASCII.
    Plain,
    /// Marks, other letters, or initials.
    Other,
}

impl Case {
    fn of(word: &str) -> Case {
        let (mut plain, mut capital) = (true, false);
        for b in word.bytes() {
            capital |= b.is_ascii_uppercase();
            plain &= b.is_ascii_alphanumeric() || b == b'-';
        }
        match (plain, capital) {
            (true, false) => Case::Small,
            (true, true) if word.len() != 2 || !STATES.contains(&word) => Case::Plain,
            _ => Case::Other,
        }
    }
}

/// Initials that keep their point when they are folded.
const STATES: [&str; 4] = ["US", "UK", "EU", "UN"];

fn folded_slowly(word: &str) -> String {
    let plain = word.replace('’', "'").replace('‑', "-");
    let plain = plain.strip_suffix("'s").or_else(|| plain.strip_suffix('\'')).unwrap_or(&plain);
    let letters: String = plain.chars().filter(|&c| c != '.').collect();
    if letters.len() == 2 && (plain.contains('.') || STATES.contains(&letters.as_str())) {
        let mut chars = letters.chars();
        if let (Some(a), Some(b)) = (chars.next(), chars.next())
            && a.is_uppercase()
            && b.is_uppercase()
        {
            return format!("{}.{}", a.to_lowercase(), b.to_lowercase());
        }
    }
    if plain.chars().next().is_some_and(|c| c.is_ascii_digit()) {
        return plain.replace(',', "").to_lowercase();
    }
    plain.to_lowercase()
}

/// Gives the stem of a folded word: inflection taken off, words for the same kind of happening and
/// for the same country made one.
pub fn stem(folded: &str) -> String {
    let words = event_words();
    if let Some(class) = words.class(folded) {
        return class.to_owned();
    }
    let plain = words.plain_form(folded).unwrap_or(folded);
    let cut = cut_ending(plain);
    match words.class(&cut).or_else(|| words.class(plain)) {
        Some(class) => class.to_owned(),
        None => cut,
    }
}

/// Takes English endings off: plural, past, gerund; crude, but alike for the forms of one word.
pub(super) fn cut_ending(word: &str) -> String {
    let mut w = word.to_owned();
    if !w.is_ascii() || w.len() < 4 || w.chars().any(|c| c.is_ascii_digit()) {
        return w;
    }
    if w.ends_with("ies") && w.len() > 4 {
        w.truncate(w.len() - 3);
        w.push('y');
    } else if ["sses", "shes", "ches", "xes"].iter().any(|e| w.ends_with(e)) {
        w.truncate(w.len() - 2);
    } else if w.ends_with('s') && !["ss", "us", "is"].iter().any(|e| w.ends_with(e)) {
        w.truncate(w.len() - 1);
    }
    for (ending, least) in [("ing", 6), ("ed", 5), ("ly", 6)] {
        if w.ends_with(ending) && w.len() >= least {
            w.truncate(w.len() - ending.len());
            let bytes = w.as_bytes();
            if let [.., a, b] = bytes
                && a == b
                && !b"lsze".contains(b)
            {
                w.truncate(w.len() - 1);
            }
            break;
        }
    }
    if w.ends_with('e') && w.len() > 3 {
        w.truncate(w.len() - 1);
    }
    w
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stems(text: &str) -> Vec<String> {
        tokens(text).iter().map(|t| stem(&fold(t.text))).collect()
    }

    #[test]
    fn words_keep_what_belongs_to_them() {
        let texts: Vec<_> =
            tokens("The U.S. army’s 1,200 men (well-armed) left. Ö-Bahn, 3.5 km.").iter().map(|t| t.text).collect();
        assert_eq!(texts, ["The", "U.S.", "army’s", "1,200", "men", "well-armed", "left", "Ö-Bahn", "3.5", "km"]);
    }

    #[test]
    fn forms_of_a_word_share_a_stem() {
        for (a, b) in
            [("breaking", "broke"), ("stopped", "stop"), ("cities", "city"), ("closing", "closed"), ("U.S.", "US")]
        {
            assert_eq!(stems(a), stems(b), "{a} {b}");
        }
        assert_eq!(stems("Canadian"), stems("Canada’s"));
        assert_eq!(stems("negotiations"), stems("talks"));
        assert_eq!(stems("seized"), stems("annexes"));
        assert_ne!(stems("US"), stems("us"));
    }
}
