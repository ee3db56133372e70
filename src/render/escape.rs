//! Text → HTML and addresses, with nothing in it left to be read as markup.

use crate::lang::interface::closed;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use std::io::Write;

/// What may stand as it is in one part of a path.
const PART: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// What may stand as it is in a text fragment, whose grammar uses `-`, `,` and `&` itself.
const FRAGMENT: &AsciiSet = &PART.add(b'-');

/// Longer quotes are named by their first and last words, in characters.
const WHOLE: usize = 120;

/// How many words name an end of a longer quote.
const ENDS: usize = 6;

/// Appends text with the five characters that mean something in HTML written as references, control characters as
/// U+FFFD, and what turns the direction of text closed, so that it ends with the text.
pub fn push(out: &mut String, text: &str) {
    each(text, |piece| out.push_str(piece));
}

/// Appends text as [`push`] does.
pub fn push_bytes(out: &mut Vec<u8>, text: &str) {
    each(text, |piece| out.extend_from_slice(piece.as_bytes()));
}

/// Hands on the pieces of an escaped text.
fn each(text: &str, mut take: impl FnMut(&str)) {
    // Most texts are written as they are.
    let Some(first) = suspect(text.as_bytes()) else { return take(text) };
    let closed = closed(text);
    let text = &*closed;
    let mut from = 0;
    let mut next = special(text, first.min(text.len()));
    while let Some((at, reference)) = next {
        take(text.get(from..at).unwrap_or_default());
        take(reference);
        from = at + 1;
        next = special(text, from);
    }
    take(text.get(from..).unwrap_or_default());
}

/// Finds the first byte that may have to be written otherwise, or begins a character that turns the direction.
fn suspect(bytes: &[u8]) -> Option<usize> {
    let is_suspect = |b: u8| {
        (b < 0x20) | (b == 0x7F) | (b == 0xE2) | (b == b'&') | (b == b'<') | (b == b'>') | (b == b'"') | (b == b'\'')
    };
    let mut at = 0;
    // Many at once, which the compiler makes into few steps.
    for chunk in bytes.chunks_exact(16) {
        if chunk.iter().fold(false, |found, &b| found | is_suspect(b)) {
            break;
        }
        at += 16;
    }
    bytes.get(at..)?.iter().position(|&b| SUSPECT.get(usize::from(b)).is_some_and(|is| *is)).map(|found| at + found)
}

/// Says the same of each byte: of a few, which most texts are, one look is faster than many comparisons.
const SUSPECT: [bool; 256] = {
    let mut suspect = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        suspect[byte] = byte < 0x20 || matches!(byte as u8, 0x7F | 0xE2 | b'&' | b'<' | b'>' | b'"' | b'\'');
        byte += 1;
    }
    suspect
};

/// Says of each byte whether it is written otherwise.
const SPECIAL: [bool; 256] = {
    let mut special = [false; 256];
    let mut byte = 0;
    while byte < 0x20 {
        special[byte] = !matches!(byte, 0x09 | 0x0A | 0x0D);
        byte += 1;
    }
    special[0x7F] = true;
    special[b'&' as usize] = true;
    special[b'<' as usize] = true;
    special[b'>' as usize] = true;
    special[b'"' as usize] = true;
    special[b'\'' as usize] = true;
    special
};

/// Finds the next character, from a place on, that is written as a reference.
fn special(text: &str, from: usize) -> Option<(usize, &'static str)> {
    let rest = text.as_bytes().get(from..)?;
    let at = rest.iter().position(|byte| SPECIAL.get(usize::from(*byte)).is_some_and(|special| *special))?;
    let reference = match rest.get(at)? {
        b'&' => "&amp;",
        b'<' => "&lt;",
        b'>' => "&gt;",
        b'"' => "&quot;",
        b'\'' => "&#39;",
        // Control characters may stand in no page.
        _ => "\u{FFFD}",
    };
    Some((from + at, reference))
}

/// Gives the text escaped.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    push(&mut out, text);
    out
}

/// Escapes what templates fill in.
pub fn tera(text: &str, out: &mut dyn Write) -> std::io::Result<()> {
    let mut done = Ok(());
    each(text, |piece| {
        if done.is_ok() {
            done = out.write_all(piece.as_bytes());
        }
    });
    done
}

/// Gives one part of a path as it is written in an address.
pub fn part(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    push_part(&mut out, text);
    out
}

/// Appends one part of a path as it is written in an address.
pub fn push_part(out: &mut String, text: &str) {
    // Most parts are written as they are.
    if text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.' | b'~')) {
        out.push_str(text);
    } else {
        out.extend(utf8_percent_encode(text, PART));
    }
}

/// Gives an address of the web that a page may link to, `None` for every other kind.
pub fn web(url: &str) -> Option<String> {
    is_web(url).then(|| tidy(url.trim()))
}

/// Tells whether an address is one that [`web`] gives.
pub fn is_web(url: &str) -> bool {
    let Some((scheme, rest)) = url.trim().split_once(':') else { return false };
    let known = ["http", "https"].iter().any(|known| scheme.eq_ignore_ascii_case(known));
    known && rest.starts_with("//") && rest.len() > 2
}

/// Gives an address that a link inside an article may have: of the web or of a mailbox.
pub fn link(url: &str) -> Option<String> {
    let mail = url.trim().get(..7).is_some_and(|start| start.eq_ignore_ascii_case("mailto:"));
    if mail { Some(tidy(url.trim())) } else { web(url) }
}

/// Encodes white space and control characters, which some browsers drop before they read the scheme.
fn tidy(url: &str) -> String {
    let plain = |b: u8| b.is_ascii_graphic() && !matches!(b, b'<' | b'>' | b'"');
    if url.bytes().all(plain) {
        return url.to_owned();
    }
    let mut out = String::with_capacity(url.len());
    for c in url.chars() {
        if c.is_control() || c.is_whitespace() || matches!(c, '<' | '>' | '"') {
            out.extend(utf8_percent_encode(c.encode_utf8(&mut [0; 4]), NON_ALPHANUMERIC));
        } else {
            out.push(c);
        }
    }
    out
}

/// Appends words as a text fragment has them.
fn encode<'w>(out: &mut String, words: impl Iterator<Item = &'w str>) {
    for (i, word) in words.enumerate() {
        out.push_str(if i > 0 { "%20" } else { "" });
        out.extend(utf8_percent_encode(word, FRAGMENT));
    }
}

/// Gives the address of a quote on its original page: a text fragment, which browsers scroll to and mark.
pub fn text_fragment(url: &str, quote: &str) -> Option<String> {
    let url = web(url)?;
    let mut text = String::with_capacity(quote.len() * 3 / 2);
    let words = quote.split_whitespace();
    let long = quote.len() > WHOLE && quote.chars().nth(WHOLE).is_some() && words.clone().nth(2 * ENDS).is_some();
    if long {
        encode(&mut text, words.clone().take(ENDS));
        text.push(',');
        let mut last: Vec<&str> = words.rev().take(ENDS).collect();
        last.reverse();
        encode(&mut text, last.into_iter());
    } else {
        encode(&mut text, words);
    }
    if text.is_empty() {
        return Some(url);
    }
    // An address has one directive at most; whoever copied one from a browser may have brought it along.
    let url = match url.split_once('#') {
        Some((page, fragment)) => match fragment.split_once(":~:").map_or(fragment, |(fragment, _)| fragment) {
            "" => page.to_owned(),
            fragment => format!("{page}#{fragment}"),
        },
        None => url,
    };
    let hash = if url.contains('#') { "" } else { "#" };
    Some(format!("{url}{hash}:~:text={text}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_left_to_be_read_as_markup() {
        assert_eq!(escaped("<a b='c' d=\"e\">&\0"), "&lt;a b=&#39;c&#39; d=&quot;e&quot;&gt;&amp;\u{FFFD}");
        assert_eq!(escaped("ü 🚢 ]]>"), "ü 🚢 ]]&gt;");
        assert_eq!(escaped("\u{202E}<b>"), "\u{202E}&lt;b&gt;\u{202C}", "no text turns what follows it");
    }

    #[test]
    fn only_addresses_of_the_web_are_linked() {
        assert_eq!(web(" https://a.example/b?c=d ").as_deref(), Some("https://a.example/b?c=d"));
        for bad in ["javascript:alert(1)", "JavaScript://%0aalert(1)", "data:text/html,x", "//a.example", "https:", "x"]
        {
            assert_eq!(web(bad), None, "{bad}");
        }
        assert_eq!(web("https://a.example/\t\" x").as_deref(), Some("https://a.example/%09%22%20x"));
        assert_eq!(link("MailTo:a@b.example").as_deref(), Some("MailTo:a@b.example"));
        assert_eq!(link("javascript:x"), None);
        assert_eq!(link("mäilto"), None);
    }

    #[test]
    fn a_text_fragment_encodes_what_its_grammar_uses() {
        let made = |quote| text_fragment("https://a.example/x", quote).unwrap();
        assert_eq!(made("Well-known, R&D  é"), "https://a.example/x#:~:text=Well%2Dknown%2C%20R%26D%20%C3%A9");
        let long = "one two three four five six and then a great many more words until seven eight nine ten eleven twelve at last the end comes";
        assert_eq!(
            made(long),
            "https://a.example/x#:~:text=one%20two%20three%20four%20five%20six,twelve%20at%20last%20the%20end%20comes"
        );
        assert_eq!(text_fragment("https://a.example/#top", "x").unwrap(), "https://a.example/#top:~:text=x");
        for (url, expected) in [
            ("https://a.example/#:~:text=old,words", "https://a.example/#:~:text=x"),
            ("https://a.example/#top:~:text=old&text=more", "https://a.example/#top:~:text=x"),
            ("https://a.example/#", "https://a.example/#:~:text=x"),
            ("https://a.example/a:~:b?c=d", "https://a.example/a:~:b?c=d#:~:text=x"),
        ] {
            assert_eq!(text_fragment(url, "x").unwrap(), expected, "{url}");
        }
        assert_eq!(made("  "), "https://a.example/x");
    }
}
