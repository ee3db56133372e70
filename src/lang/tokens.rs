//! Words of a text: where they stand, and the stem by which two texts are compared.

use super::events::event_words;

/// One word of a text with its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token<'a> {
    /// The word as written.
    pub text: &'a str,
    /// Byte offset of its first character.
    pub start: usize,
}

impl Token<'_> {
    /// Gives the byte offset after its last character.
    pub fn end(&self) -> usize {
        self.start + self.text.len()
    }

    /// Tells whether it opens with a capital letter.
    pub fn is_capitalised(&self) -> bool {
        self.text.chars().next().is_some_and(char::is_uppercase)
    }
}

/// Gives the words of a text in order: letters and digits, with apostrophes, hyphens, the points of
/// initials ("U.S.") and the marks of numbers ("1,000", "3.5") inside.
pub fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut found = Vec::with_capacity(text.len() / 6);
    let mut start = None;
    let mut chars = text.char_indices().peekable();
    let mut before = ' ';
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map_or(' ', |&(_, c)| c);
        let inside = match c {
            '\'' | '’' | '-' | '‑' => start.is_some() && next.is_alphanumeric(),
            ',' => before.is_ascii_digit() && next.is_ascii_digit(),
            '.' => start.is_some_and(|s: usize| {
                let so_far = text.get(s..at).unwrap_or_default();
                (before.is_ascii_digit() && next.is_ascii_digit())
                    || (next.is_uppercase() && is_initials(so_far))
                    || (so_far.contains('.') && is_initials(so_far))
            }),
            c => c.is_alphanumeric(),
        };
        match (start, inside) {
            (None, true) => start = Some(at),
            (Some(s), false) => {
                found.push(Token { text: &text[s..at], start: s });
                start = None;
            }
            _ => {}
        }
        before = c;
    }
    if let Some(s) = start {
        found.push(Token { text: &text[s..], start: s });
    }
    found
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
    let plain = word.bytes().all(|b| b.is_ascii_lowercase() || b == b'-' || b.is_ascii_uppercase());
    if plain && word.len() != 2 {
        return word.to_ascii_lowercase();
    }
    let plain = word.replace('’', "'").replace('‑', "-");
    let plain = plain.strip_suffix("'s").or_else(|| plain.strip_suffix('\'')).unwrap_or(&plain);
    let letters: String = plain.chars().filter(|&c| c != '.').collect();
    if letters.len() == 2 && (plain.contains('.') || matches!(letters.as_str(), "US" | "UK" | "EU" | "UN")) {
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
    words.class(&cut).or_else(|| words.class(plain)).map_or(cut.clone(), str::to_owned)
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
