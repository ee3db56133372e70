//! What two ways of writing a name have in common: their words without case, accents and points.

use super::events::event_words;
use super::tokens::{each, folded};
use std::borrow::Cow;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Gives a name in small letters, without accents, points and apostrophes, its words a space apart.
pub fn name_key(name: &str) -> String {
    let mut key = String::with_capacity(name.len());
    let mut add = |c: char| match c {
        '.' | '\'' | '’' => {}
        '‑' | '–' => key.push('-'),
        c if c.is_whitespace() => {
            if !key.is_empty() && !key.ends_with(' ') {
                key.push(' ');
            }
        }
        'ø' | 'Ø' => key.push('o'),
        'ł' | 'Ł' => key.push('l'),
        'đ' | 'Đ' => key.push('d'),
        'ı' => key.push('i'),
        'ß' => key.push_str("ss"),
        'æ' | 'Æ' => key.push_str("ae"),
        'œ' | 'Œ' => key.push_str("oe"),
        c => key.extend(c.to_lowercase()),
    };
    if name.is_ascii() {
        name.chars().for_each(add);
    } else {
        name.nfd().filter(|c| !is_combining_mark(*c)).for_each(&mut add);
    }
    key.truncate(key.trim_end().len());
    key
}

/// Gives a name without callings and articles before it: "Foreign Minister Ann Lee", "Ms Lee"; whole where nothing else is left.
pub fn without_callings(name: &str) -> &str {
    let words = event_words();
    let plain = |word: &str| {
        let word: Cow<'_, str> = folded(word);
        !(words.title_words.contains(&word) || words.articles.contains(&word) || word == "mx")
    };
    let first = each(name).find(|token| plain(token.text)).map(|token| token.start);
    first.and_then(|at| name.get(at..)).unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_knows_no_case_accents_and_points() {
        for (name, key) in [
            ("Mélanie Joly", "melanie joly"),
            ("MELANIE  JOLY", "melanie joly"),
            ("St. Louis", "st louis"),
            ("U.S.", "us"),
            ("Eoin O’Neill", "eoin oneill"),
            ("Bashar al‑Assad", "bashar al-assad"),
            ("Łódź Øre Straße", "lodz ore strasse"),
        ] {
            assert_eq!(name_key(name), key);
        }
    }

    #[test]
    fn callings_before_a_name_count_for_nothing() {
        for (name, plain) in [
            ("Ms Joly", "Joly"),
            ("foreign minister Mélanie Joly", "Mélanie Joly"),
            ("Mr. Scholz", "Scholz"),
            ("the Liberals", "Liberals"),
            ("Prime Minister", "Prime Minister"),
        ] {
            assert_eq!(without_callings(name), plain);
        }
    }
}
