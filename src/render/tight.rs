//! The theme's own style and script without what only their writers read.

/// Takes comments and needless white space off a style sheet.
pub fn css(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if let Some(comment) = rest.strip_prefix("/*") {
            rest = comment.split_once("*/").map_or("", |(_, after)| after);
            continue;
        }
        let length = match c {
            '"' | '\'' => quoted(rest, c),
            _ => c.len_utf8(),
        };
        let (piece, after) = rest.split_at(length);
        rest = after;
        let last = out.chars().next_back();
        if c.is_whitespace() {
            let next = rest.trim_start().chars().next();
            let glued = |c: Option<char>| c.is_none_or(|c| matches!(c, '{' | '}' | ';' | ',' | '>'));
            if !glued(last) && !glued(next) && !matches!(last, Some(':' | ' ')) {
                out.push(' ');
            }
            continue;
        }
        if c == '}' && last == Some(';') {
            out.pop();
        }
        out.push_str(piece);
    }
    out
}

/// Gives the length of a string at the start of a text, with its quotation marks.
fn quoted(text: &str, mark: char) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            '\\' => escaped = !escaped,
            c if c == mark && !escaped => return at + 1,
            _ => escaped = false,
        }
    }
    text.len()
}

/// Takes the comment at the head, comments on lines of their own, and indentation off a script, in which no
/// string runs over the end of its line.
pub fn js(text: &str) -> String {
    let text = text.trim_start().strip_prefix("/*").and_then(|t| t.split_once("*/")).map_or(text, |(_, after)| after);
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("//"));
    lines.fold(String::with_capacity(text.len()), |out, line| out + line + "\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_style_means_the_same_in_fewer_bytes() {
        let css = |text| super::css(text);
        assert_eq!(css("/* a */\na:hover , b > c {\n  color: red;\n}\n"), "a:hover,b>c{color:red}");
        assert_eq!(css(".a :is(b) { inset: calc(1px + 2px) 0 }"), ".a :is(b){inset:calc(1px + 2px) 0}");
        assert_eq!(css("q::before { content: \" ; /* } \\\" \"; }"), "q::before{content:\" ; /* } \\\" \"}");
        assert_eq!(css("@media (a: b) and (c: d) { e { f: g; } }"), "@media (a:b) and (c:d){e{f:g}}");
        assert_eq!(css("a { b: \"open"), "a{b:\"open");
    }

    #[test]
    fn a_script_keeps_its_lines() {
        assert_eq!(
            js("/* head */\n(() => {\n  // why\n  a(\"// no\");\n\n})();\n"),
            "(() => {\na(\"// no\");\n})();\n"
        );
    }
}
