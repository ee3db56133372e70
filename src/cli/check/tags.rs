//! The tags of a page and their attributes, as far as links need them; any text in, no mistake out.

/// A tag's name, in lower case, and its attributes.
pub(super) struct Tag<'p> {
    pub(super) name: String,
    rest: &'p str,
}

/// Elements whose content is no markup.
const RAW: &[&str] = &["script", "style", "textarea", "title"];

/// Gives the opening tags of a page, in order; comments and scripts have none.
pub(super) fn tags(page: &str) -> impl Iterator<Item = Tag<'_>> {
    let mut rest = page;
    std::iter::from_fn(move || {
        loop {
            let at = rest.find('<')?;
            rest = rest.get(at + 1..)?;
            if let Some(comment) = rest.strip_prefix("!--") {
                rest = comment.find("-->").and_then(|end| comment.get(end + 3..)).unwrap_or_default();
                continue;
            }
            if !rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
                continue;
            }
            let end = end_of(rest);
            let inside = rest.get(..end).unwrap_or_default();
            rest = rest.get(end..).unwrap_or_default();
            let name = inside.split(|c: char| c.is_whitespace() || c == '/').next().unwrap_or_default();
            let tag = Tag { name: name.to_ascii_lowercase(), rest: inside.get(name.len()..).unwrap_or_default() };
            if RAW.contains(&tag.name.as_str()) {
                rest = past(rest, &tag.name);
            }
            return Some(tag);
        }
    })
}

/// Where a tag ends: at the first `>` that stands in no quotes.
fn end_of(text: &str) -> usize {
    let mut quote = None;
    for (i, byte) in text.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return i,
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), byte) if open == byte => quote = None,
            _ => {}
        }
    }
    text.len()
}

/// What follows the content of a raw element.
fn past<'p>(text: &'p str, name: &str) -> &'p str {
    let starts = text.match_indices("</").map(|(at, _)| at);
    let mut ends = starts.filter(|at| {
        let behind = text.get(at + 2..at + 2 + name.len());
        behind.is_some_and(|behind| behind.eq_ignore_ascii_case(name))
    });
    ends.next().and_then(|at| text.get(at..)).unwrap_or_default()
}

impl<'p> Tag<'p> {
    /// Gives the attributes, names in lower case, values unescaped.
    pub(super) fn attributes(&self) -> impl Iterator<Item = (String, String)> + 'p {
        let mut rest = self.rest;
        std::iter::from_fn(move || {
            rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
            let end = rest.find(|c: char| c.is_whitespace() || c == '=' || c == '/').unwrap_or(rest.len());
            let (name, behind) = rest.split_at(end);
            if rest.is_empty() {
                return None;
            }
            let Some(value) = behind.trim_start().strip_prefix('=') else {
                // A stray `=` names nothing and is passed over.
                rest = behind;
                return Some((name.to_ascii_lowercase(), String::new()));
            };
            let value = value.trim_start();
            let (value, after) = match value.chars().next() {
                Some(quote @ ('"' | '\'')) => {
                    let inside = value.get(1..).unwrap_or_default();
                    inside.split_once(quote).unwrap_or((inside, ""))
                }
                _ => value.split_at(value.find(char::is_whitespace).unwrap_or(value.len())),
            };
            rest = after;
            Some((name.to_ascii_lowercase(), unescaped(value)))
        })
    }
}

/// Takes the entities that stand in addresses for the characters they mean.
fn unescaped(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        let (before, entity) = rest.split_at(at);
        out.push_str(before);
        let meant =
            entity.get(1..).and_then(|e| e.split_once(';')).and_then(|(name, after)| Some((meant(name)?, after)));
        match meant {
            Some((c, after)) => {
                out.push(c);
                rest = after;
            }
            None => {
                out.push('&');
                rest = entity.get(1..).unwrap_or_default();
            }
        }
    }
    out.push_str(rest);
    out
}

fn meant(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => {
            let number = name.strip_prefix('#').filter(|number| number.len() <= 8)?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(page: &str) -> Vec<(String, String, String)> {
        let of = |tag: Tag| tag.attributes().map(|(k, v)| (tag.name.clone(), k, v)).collect::<Vec<_>>();
        tags(page).flat_map(of).collect()
    }

    #[test]
    fn attributes_are_read_in_every_spelling() {
        let page = "<A HREF='a>b' id=x><img src=c.png alt/><a href=\"?a=1&amp;b&#61;2&bad\">";
        let want = [
            ("a", "href", "a>b"),
            ("a", "id", "x"),
            ("img", "src", "c.png"),
            ("img", "alt", ""),
            ("a", "href", "?a=1&b=2&bad"),
        ];
        let want: Vec<_> = want.iter().map(|(a, b, c)| (a.to_string(), b.to_string(), c.to_string())).collect();
        assert_eq!(all(page), want);
    }

    #[test]
    fn comments_and_scripts_have_no_tags() {
        assert_eq!(all("<!-- <a href=x> --><script>'<a href=y>'</script><style><a href=z></style>"), []);
        assert_eq!(all("a < b <a href=ok>").len(), 1);
    }

    #[test]
    fn no_text_is_too_broken() {
        for page in
            ["<", "<a", "<a href", "<a href=", "<a href='", "<a =x= =>", "<!--", "<script", "<a / = >", "<é a=é"]
        {
            let _ = all(page);
        }
    }
}
