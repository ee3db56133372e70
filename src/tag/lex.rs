//! Text → tokens: words, numbers and signs, each with what the language's rules need to know of it.

use crate::lang::{LONGEST, Lexicon, Shape, Signature, Word, packed};

/// The kind of a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Letters.
    Word,
    /// Digits.
    Number,
    /// One sign.
    Sign,
}

/// What stands before a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gap {
    /// Nothing.
    None,
    /// White space, at most one line break.
    Space,
    /// A blank line, or the start of the text.
    Break,
}

/// One token of a text.
#[derive(Debug, Clone, Copy)]
pub struct Token {
    /// First byte.
    pub start: u32,
    /// Byte after the last.
    pub end: u32,
    /// What it satisfies.
    pub signature: Signature,
    /// Its entry in the lexicon, for words.
    pub entry: u16,
    /// The value of a number (saturating); the sign of a sign.
    pub value: u32,
    /// Its kind.
    pub kind: Kind,
    /// What stands before it.
    pub gap: Gap,
}

impl Token {
    /// Tells whether the token stands right behind the one before it.
    pub fn glued(&self) -> bool {
        self.gap == Gap::None
    }
}

/// Cuts a text into tokens, in order, into `tokens` (cleared first); every byte belongs to one token or one gap.
pub fn lex(lexicon: &Lexicon, text: &str, tokens: &mut Vec<Token>) {
    tokens.clear();
    let bytes = text.as_bytes();
    let mut at = 0;
    let mut gap = Gap::Break;
    let mut lines = 0;
    while let Some(&byte) = bytes.get(at) {
        // Before most words stands one space.
        if byte == b' ' {
            gap = if gap == Gap::Break || lines > 1 { Gap::Break } else { Gap::Space };
            at += 1;
            continue;
        }
        let start = at;
        let (kind, signature, entry, value);
        if byte.is_ascii_alphabetic() || byte >= 0x80 && starts_word(text, at) {
            at = word_end(text, bytes, at);
            (kind, value) = (Kind::Word, 0);
            (entry, signature) = look_up(lexicon, text, start, at);
        } else if byte.is_ascii_digit() {
            let mut number = 0u32;
            while let Some(digit) = bytes.get(at).filter(|b| b.is_ascii_digit()) {
                number = number.saturating_mul(10).saturating_add(u32::from(digit - b'0'));
                at += 1;
            }
            (kind, entry, value) = (Kind::Number, 0, number);
            signature = lexicon.number(at - start, number);
        } else {
            let c = if byte < 0x80 {
                byte as char
            } else {
                text.get(at..).and_then(|t| t.chars().next()).unwrap_or('\u{FFFD}')
            };
            at += c.len_utf8();
            if is_space(c) {
                lines += usize::from(c == '\n' || c == '\u{2029}');
                gap = match gap {
                    Gap::Break => Gap::Break,
                    _ if lines > 1 => Gap::Break,
                    _ => Gap::Space,
                };
                continue;
            }
            if is_invisible(c) {
                continue;
            }
            let sign = plain_sign(c);
            (kind, value) = (Kind::Sign, sign as u32);
            (entry, signature) = match sign.is_ascii() {
                true => (0, lexicon.sign(sign as u8)),
                // "½" is a word of its own.
                false => look_up_any(lexicon, text.get(start..at).unwrap_or_default()),
            };
        }
        tokens.push(Token { start: start as u32, end: at as u32, signature, entry, value, kind, gap });
        gap = Gap::None;
        lines = 0;
    }
}

fn starts_word(text: &str, at: usize) -> bool {
    text.get(at..).and_then(|t| t.chars().next()).is_some_and(char::is_alphabetic)
}

fn word_end(text: &str, bytes: &[u8], mut at: usize) -> usize {
    loop {
        while bytes.get(at).is_some_and(u8::is_ascii_alphabetic) {
            at += 1;
        }
        match bytes.get(at) {
            Some(b) if *b >= 0x80 => match text.get(at..).and_then(|t| t.chars().next()) {
                Some(c) if c.is_alphabetic() || is_mark(c) || is_invisible(c) => at += c.len_utf8(),
                _ => return at,
            },
            _ => return at,
        }
    }
}

// Eight letters at a time: one bit of a letter is its case, another tells that it is no ASCII.
const CASE: u64 = 0x2020_2020_2020_2020;
const BEYOND: u64 = 0x8080_8080_8080_8080;

fn look_up(lexicon: &Lexicon, text: &str, start: usize, end: usize) -> (u16, Signature) {
    let length = end - start;
    if length > LONGEST {
        return (0, 0);
    }
    // Most words are no longer than what is looked at at once.
    if length <= 8
        && let Some(eight) = text.as_bytes().get(start..start + 8).and_then(|b| b.try_into().ok())
    {
        let mask = u64::MAX >> (64 - length * 8);
        let word = u64::from_le_bytes(eight) & mask;
        if word & BEYOND == 0 {
            let upper = !word & CASE & mask;
            let shape = match upper {
                0 => Shape::Lower,
                0x20 => Shape::Title,
                _ if upper == CASE & mask => Shape::Upper,
                _ if upper & 0x20 != 0 => Shape::Title,
                _ => Shape::Lower,
            };
            return lexicon.word(&[word | CASE & mask, 0, 0], shape);
        }
    }
    let raw = raw(text.as_bytes(), start, end);
    let (mut lower, mut upper, mut beyond) = ([0u64; 3], [0u64; 3], 0);
    for i in 0..3 {
        let rest = length.saturating_sub(i * 8);
        let mask = if rest >= 8 { u64::MAX } else { (1 << (rest * 8)) - 1 };
        let word = raw[i] & mask;
        lower[i] = word | CASE & mask;
        upper[i] = !word & CASE & mask;
        beyond |= word & BEYOND;
    }
    if beyond != 0 {
        return look_up_any(lexicon, text.get(start..end).unwrap_or_default());
    }
    let uppers = || upper.iter().map(|u| u.count_ones()).sum::<u32>() as usize;
    // Most words have no capital, and of the others most have one: the first.
    let shape = if upper == [0; 3] {
        Shape::Lower
    } else if upper == [0x20, 0, 0] {
        Shape::Title
    } else if length > 1 && uppers() == length {
        Shape::Upper
    } else if upper[0] & 0x20 != 0 {
        Shape::Title
    } else {
        Shape::Lower
    };
    lexicon.word(&lower, shape)
}

// The bytes of a word and what stands behind it, as far as the text goes.
#[inline]
fn raw(bytes: &[u8], start: usize, end: usize) -> Word {
    let part = |from: usize| {
        let eight = bytes.get(from..from + 8).and_then(|b| b.try_into().ok());
        eight.map(u64::from_le_bytes)
    };
    match (part(start), part(start + 8), part(start + 16)) {
        (Some(a), Some(b), Some(c)) => [a, b, c],
        _ => bytes.get(start..end).and_then(packed).unwrap_or_default(),
    }
}

fn look_up_any(lexicon: &Lexicon, word: &str) -> (u16, Signature) {
    let lower: String = word.chars().filter(|c| !is_invisible(*c)).flat_map(char::to_lowercase).collect();
    let first_upper = word.chars().next().is_some_and(char::is_uppercase);
    let shape = match (first_upper, word.chars().all(|c| !c.is_lowercase())) {
        (true, true) => Shape::Upper,
        (true, false) => Shape::Title,
        _ => Shape::Lower,
    };
    packed(lower.as_bytes()).map_or((0, 0), |word| lexicon.word(&word, shape))
}

fn is_space(c: char) -> bool {
    c.is_whitespace()
}

/// Soft hyphens, zero-width signs and direction marks: they part nothing.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}')
}

/// Every dash as `-`, every apostrophe and single quote as `'`.
fn plain_sign(c: char) -> char {
    match c {
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{FE58}' | '\u{FE63}' | '\u{FF0D}' => '-',
        '\u{2018}' | '\u{2019}' | '\u{201B}' | '\u{2032}' | '\u{B4}' | '`' => '\'',
        '\u{2044}' | '\u{2215}' => '/',
        c => c,
    }
}
