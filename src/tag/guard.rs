//! When a match counts for nothing: what stands right beside it.

use super::capture::matches_at;
use super::lex::{Gap, Kind, Token};
use crate::lang::{Language, Part, Rule};

/// Tells whether a match stands free: not inside a longer number, name, address or sum.
pub fn stands_free(text: &str, tokens: &[Token], from: usize, to: usize) -> bool {
    let (Some(first), Some(last)) = (tokens.get(from), tokens.get(to.saturating_sub(1))) else {
        return false;
    };
    let sign = |token: &Token| char::from_u32(token.value).unwrap_or(' ');
    if let Some(before) = from.checked_sub(1).and_then(|i| tokens.get(i)).filter(|_| first.gap == Gap::None) {
        match before.kind {
            Kind::Word | Kind::Number => return false,
            Kind::Sign if "$€£¥#@&=+_\\%<>".contains(sign(before)) => return false,
            // "3.14", "1/2/3", "10:30" and "A-10" glue a sign to what goes before; "(-" and " -" do not.
            Kind::Sign if "./:-,'".contains(sign(before)) => {
                let glued_to = from.checked_sub(2).and_then(|i| tokens.get(i)).filter(|_| before.gap == Gap::None);
                let number = first.kind == Kind::Number;
                if glued_to
                    .is_some_and(|t| t.kind == Kind::Number || t.kind == Kind::Word && (number || sign(before) == '.'))
                {
                    return false;
                }
                if sign(before) == '/' || sign(before) == ':' && number && glued_to.is_some() {
                    return false;
                }
            }
            Kind::Sign => {}
        }
    }
    let Some(after) = tokens.get(to).filter(|t| t.gap == Gap::None) else {
        return true;
    };
    let beyond = tokens.get(to + 1).filter(|t| t.gap == Gap::None);
    match after.kind {
        Kind::Word | Kind::Number => false,
        Kind::Sign if "%°@=_\\#$€£".contains(sign(after)) => false,
        // "1984-555" is no year.
        Kind::Sign if sign(after) == '-' && last.kind == Kind::Number => {
            !beyond.is_some_and(|t| t.kind == Kind::Number && t.end - t.start > 2)
        }
        Kind::Sign if "./:,".contains(sign(after)) => {
            let number = last.kind == Kind::Number;
            !beyond.is_some_and(|t| {
                t.kind == Kind::Number && number
                    || t.kind == Kind::Word && "/:".contains(sign(after)) && text.is_char_boundary(t.start as usize)
            })
        }
        Kind::Sign => true,
    }
}

/// Tells whether a match may be somebody's name: "said Jan Kavan", "Theresa May told".
pub fn may_be_name(lang: &Language, text: &str, tokens: &[Token], from: usize, to: usize) -> bool {
    let capital = |token: &Token| {
        let mut chars = text.get(token.start as usize..token.end as usize).unwrap_or_default().chars();
        token.kind == Kind::Word
            && chars.next().is_some_and(char::is_uppercase)
            && chars.next().is_some_and(char::is_lowercase)
    };
    let before = from.checked_sub(1).and_then(|i| tokens.get(i));
    let spaced = |token: Option<&Token>| token.is_some_and(|t| t.gap == Gap::Space);
    let after = tokens.get(to).filter(|t| t.gap == Gap::Space && t.signature == 0).is_some_and(capital);
    // A preposition before it makes it a date; but "by", "for" and "of" stand before people too.
    let known = lang.lexicon.known();
    let lead = |class| before.is_some_and(|t| lang.lexicon.is(t.entry, class));
    if lead(known.lead) {
        return after && lead(known.agent);
    }
    let behind = before.is_some_and(|t| t.signature == 0 && capital(t)) && spaced(tokens.get(from));
    after || behind
}

/// Tells whether a number is that of a house: "1600 Pennsylvania Avenue", but "the 1929 Wall Street crash".
pub fn may_be_address(lang: &Language, text: &str, tokens: &[Token], from: usize, to: usize) -> bool {
    let known = lang.lexicon.known();
    if to != from + 1 || tokens.get(from).is_none_or(|t| t.kind != Kind::Number) {
        return false;
    }
    let has = |t: &Token, class| lang.lexicon.is(t.entry, class);
    if from.checked_sub(1).and_then(|i| tokens.get(i)).is_some_and(|t| has(t, known.dated)) {
        return false;
    }
    let name = |t: &&Token| t.kind == Kind::Word && t.gap == Gap::Space && capital(text, t);
    tokens.iter().skip(to).take(4).take_while(name).skip(1).any(|t| has(t, known.street))
}

/// Tells whether a number like a year is none by its kind of neighbours: one of a row of numbers that starts with
/// a nought ("0800 1945 2000"), behind the letters of a code ("flight BA 2012"), or in the name of a plan ("the
/// Europe 2020 strategy").
pub fn may_be_code(lang: &Language, text: &str, tokens: &[Token], from: usize, to: usize) -> bool {
    let Some(alone) = tokens.get(from).filter(|t| t.kind == Kind::Number && to == from + 1 && t.gap == Gap::Space)
    else {
        return false;
    };
    let word = |t: &Token| text.get(t.start as usize..t.end as usize).unwrap_or_default();
    let known = lang.lexicon.known();
    let has = |t: &Token, class| lang.lexicon.is(t.entry, class);
    let before = |back: usize| from.checked_sub(back).and_then(|i| tokens.get(i));
    let mut near = *alone;
    for back in 1..=ROW {
        match before(back).filter(|_| near.gap == Gap::Space) {
            Some(t) if t.kind == Kind::Number => {
                if t.end - t.start > 1 && word(t).starts_with('0') {
                    return true;
                }
                near = *t;
            }
            _ => break,
        }
    }
    let Some(name) = before(1).filter(|t| t.kind == Kind::Word && capital(text, t)) else {
        return false;
    };
    let letters = name.end - name.start <= 3 && word(name).bytes().all(|b| b.is_ascii_uppercase());
    letters && before(2).is_some_and(|t| has(t, known.numbered))
        || ![known.dated, known.lead, known.any, known.edge, known.dir, known.and].iter().any(|class| has(name, *class))
            && tokens.get(to).is_some_and(|t| t.gap == Gap::Space && has(t, known.mission))
}

/// How many numbers of a row are looked at.
const ROW: usize = 4;

/// Tells whether a word opens with a capital letter.
fn capital(text: &str, token: &Token) -> bool {
    let word = text.get(token.start as usize..token.end as usize).unwrap_or_default();
    word.chars().next().is_some_and(char::is_uppercase)
}

/// Tells whether the neighbours that a rule names allow its match.
pub fn allows(lang: &Language, rule: &Rule, text: &str, tokens: &[Token], from: usize, to: usize) -> bool {
    let before = |part: &Part| preceded(lang, part, tokens, from);
    let after = |part: &Part| tokens.get(to).is_some_and(|t| t.gap != Gap::Break) && matches_at(lang, part, tokens, to);
    // What stands behind is one place to look, what stands before is three: the cheaper first.
    rule.only_before.as_ref().is_none_or(after)
        && !rule.not_before.as_ref().is_some_and(after)
        && rule.only_after.as_ref().is_none_or(before)
        && !rule.not_after.as_ref().is_some_and(|part| before(part) && !in_heading(text, tokens, from))
}

/// Tells whether the sign before a match marks its line as a heading: "## 1940", but "# 1940" within a line.
fn in_heading(text: &str, tokens: &[Token], from: usize) -> bool {
    let before = tokens.get(..from).unwrap_or_default();
    let is_mark = |t: &&Token| t.kind == Kind::Sign && t.value == u32::from('#');
    let marks = before.iter().rev().take(6).take_while(is_mark).last();
    marks.is_some_and(|first| {
        let before = text.get(..first.start as usize).unwrap_or_default();
        before.is_empty() || before.ends_with('\n')
    })
}

/// Tells whether one to three tokens right before `at` are `part`.
fn preceded(lang: &Language, part: &Part, tokens: &[Token], at: usize) -> bool {
    if tokens.get(at).is_none_or(|t| t.gap == Gap::Break) {
        return false;
    }
    (1..=3)
        .filter_map(|back| at.checked_sub(back))
        .any(|start| super::capture::capture(lang, part, tokens, start, at).is_some())
}
