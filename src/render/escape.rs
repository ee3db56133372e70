//! Foreign text made safe: for HTML and XML, for addresses, for text fragments.

use percent_encoding::{AsciiSet, CONTROLS, NON_ALPHANUMERIC, utf8_percent_encode};
use std::io::Write;

/// Writes text so that it means itself in HTML and XML, in content and in quoted attributes.
///
/// Control characters, which neither may hold, become U+FFFD.
pub fn push(out: &mut String, text: &str) {
    let mut from = 0;
    for (i, c) in text.char_indices() {
        let safe = match c {
            '&' => "&amp;",
            '<' => "&lt;",
            '>' => "&gt;",
            '"' => "&quot;",
            '\'' => "&#39;",
            '\t' | '\n' | '\r' => continue,
            '\u{fffe}' | '\u{ffff}' => "\u{fffd}",
            c if c.is_control() => "\u{fffd}",
            _ => continue,
        };
        out.push_str(text.get(from..i).unwrap_or_default());
        out.push_str(safe);
        from = i + c.len_utf8();
    }
    out.push_str(text.get(from..).unwrap_or_default());
}

/// Gives the text escaped; see [`push`].
pub fn html(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    push(&mut out, text);
    out
}

/// The escape of the templates: the same as [`push`].
pub fn write(text: &str, out: &mut dyn Write) -> std::io::Result<()> {
    out.write_all(html(text).as_bytes())
}

/// What stays as it is in a part of a path.
const PART: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Gives one part of a path as it stands in an address.
pub fn part(name: &str) -> String {
    utf8_percent_encode(name, PART).to_string()
}

/// Gives an address of the web as it may stand in `href`; `None` for what is neither `http` nor `https`.
pub fn web(url: &str) -> Option<String> {
    const UNSAFE: &AsciiSet = &CONTROLS.add(b' ').add(b'"').add(b'<').add(b'>').add(b'`').add(b'\\').add(b'{').add(b'}');
    let url = url.trim();
    let scheme = url.split_once("://")?.0;
    let known = scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https");
    known.then(|| utf8_percent_encode(url, UNSAFE).to_string())
}

/// Above this many characters a quote is named by its first and last words.
const LONG: usize = 160;

/// Adds a text fragment to an address, so that a browser opens the page at the quote.
pub fn at_quote(url: &str, quote: &str) -> Option<String> {
    // In a text fragment `-`, `,` and `&` have a meaning of their own.
    const FRAGMENT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'.').remove(b'_').remove(b'~');
    let url = web(url)?;
    let page = url.split('#').next().unwrap_or_default();
    let code = |words: &[&str]| utf8_percent_encode(&words.join(" "), FRAGMENT).to_string();
    let words: Vec<&str> = quote.split_whitespace().collect();
    if words.is_empty() || words.iter().any(|word| word.len() > 400) {
        return Some(page.to_owned());
    }
    let text = match (words.get(..6), words.get(words.len().saturating_sub(6)..)) {
        (Some(first), Some(last)) if quote.chars().count() > LONG && words.len() > 12 => {
            format!("{},{}", code(first), code(last))
        }
        _ => code(&words),
    };
    Some(format!("{page}#:~:text={text}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_means_itself() {
        assert_eq!(html("<a href='x'>\"&\u{1}]]>"), "&lt;a href=&#39;x&#39;&gt;&quot;&amp;\u{fffd}]]&gt;");
    }

    #[test]
    fn only_the_web_is_linked() {
        assert_eq!(web("javascript:alert(1)//://"), None);
        assert_eq!(web("data:text/html,://x"), None);
        assert_eq!(web(" HTTPS://a.example/\"><b>").as_deref(), Some("HTTPS://a.example/%22%3E%3Cb%3E"));
    }

    #[test]
    fn a_quote_is_named_whole_or_by_its_ends() {
        let short = at_quote("https://a.example/x#top", "Well-known, A & B").unwrap();
        assert_eq!(short, "https://a.example/x#:~:text=Well%2Dknown%2C%20A%20%26%20B");
        let words: Vec<String> = (10..60).map(|n| format!("word{n}")).collect();
        let long = at_quote("https://a.example/", &words.join(" ")).unwrap();
        assert!(long.ends_with("word10%20word11%20word12%20word13%20word14%20word15,word54%20word55%20word56%20word57%20word58%20word59"), "{long}");
        assert_eq!(at_quote("ftp://a.example/", "x"), None);
    }
}
