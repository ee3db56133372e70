//! Where an article of another program's site goes, and what of its front matter is said in another way.

/// Who made a site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Maker {
    /// Hugo, Zola, and whoever else keeps articles in `content/`.
    Content,
    /// Jekyll: articles in `_posts/`, drafts in `_drafts/`, collections in other such folders.
    Jekyll,
    /// Eleventy: articles anywhere.
    Eleventy,
    /// Nobody: a folder of files.
    Plain,
}

/// What becomes of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Fate {
    /// It is an article that goes to this path under `content/`.
    Article {
        /// Its new path, without its ending.
        stem: String,
        /// Whether it lay in a folder of drafts.
        draft: bool,
    },
    /// It is the page of a section or the home page, not an article.
    Section,
    /// It is something else.
    Other,
}

/// Folders that hold no articles, whoever made the site.
const ELSEWHERE: &[&str] = &[
    "_data",
    "_includes",
    "_layouts",
    "_plugins",
    "_sass",
    "_site",
    "archetypes",
    "assets",
    "layouts",
    "node_modules",
    "public",
    "resources",
    "static",
    "themes",
    "vendor",
];
/// Files about a repository.
const ABOUT: &[&str] = &["readme", "license", "changelog", "contributing", "code_of_conduct", "security"];

/// Says whether articles are looked for in a folder, named by its path below the site.
pub(super) fn enters(maker: Maker, path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let skipped = name.starts_with('.') || name == "node_modules";
    match maker {
        // Below `content/` any name may be a section's.
        Maker::Plain | Maker::Content => !skipped,
        Maker::Jekyll | Maker::Eleventy => !skipped && !ELSEWHERE.contains(&name),
    }
}

/// Says where a file goes, from its path below the folder of the articles.
pub(super) fn fate(maker: Maker, path: &str) -> Fate {
    let (folders, file) = path.rsplit_once('/').unwrap_or(("", path));
    let Some((name, ending)) = file.rsplit_once('.').filter(|(name, _)| !name.is_empty()) else { return Fate::Other };
    let ending = ending.to_ascii_lowercase();
    let page = matches!(ending.as_str(), "html" | "htm");
    if !page && !matches!(ending.as_str(), "md" | "markdown" | "txt") || name.starts_with('.') {
        return Fate::Other;
    }
    if name == "_index" || name.starts_with("_index.") {
        return Fate::Section;
    }
    let mut parts: Vec<&str> = folders.split('/').filter(|part| !part.is_empty()).collect();
    let collected = parts.iter().any(|part| part.starts_with('_'));
    if maker == Maker::Jekyll && !collected {
        return Fate::Section;
    }
    let about = ABOUT.contains(&name.to_ascii_lowercase().as_str());
    if maker == Maker::Eleventy && parts.is_empty() && (about || name == "index") {
        return if about { Fate::Other } else { Fate::Section };
    }
    // `index` names the folder of an article and its pictures; `index.fr` is the same in French.
    let bundle = name == "index" || name.starts_with("index.");
    let stem = match parts.last().copied().filter(|_| bundle) {
        Some(folder) => {
            parts.pop();
            format!("{folder}{}", name.strip_prefix("index").unwrap_or_default())
        }
        None if bundle && maker != Maker::Plain => return Fate::Section,
        None => name.to_owned(),
    };
    let draft = maker == Maker::Jekyll && parts.contains(&"_drafts");
    let of_jekyll = |part: &&str| maker != Maker::Jekyll || *part != "_posts";
    let plain = |part: &str| match maker {
        Maker::Jekyll => part.strip_prefix('_').unwrap_or(part).to_owned(),
        _ => part.to_owned(),
    };
    let mut path: Vec<String> = parts.into_iter().filter(of_jekyll).map(plain).collect();
    path.push(stem);
    Fate::Article { stem: path.join("/"), draft }
}

/// The fence of a file's front matter, when it has some.
pub(super) fn fence(text: &str) -> Option<&'static str> {
    let first = text.strip_prefix('\u{FEFF}').unwrap_or(text).lines().next()?.trim_end();
    match first {
        "---" | "---yaml" | "---json" => Some("---"),
        "+++" | "---toml" => Some("+++"),
        _ => None,
    }
}

/// Says in our way what front matter says in another program's: a fence with a word behind it, `published: false`.
///
/// `draft` states that the article is one. Everything else stays letter for letter.
pub(super) fn mended(text: &str, draft: bool) -> String {
    let Some(fence) = fence(text) else {
        return if draft { format!("---\ndraft: true\n---\n\n{text}") } else { text.to_owned() };
    };
    let end = if text.split_inclusive('\n').next().is_some_and(|line| line.ends_with("\r\n")) { "\r\n" } else { "\n" };
    let mut lines = text.split_inclusive('\n');
    let mut out = format!("{fence}{end}");
    lines.next();
    let yaml = fence == "---";
    let (mut stated, mut head) = (false, String::new());
    let mut foot = "";
    for line in lines.by_ref() {
        let bare = line.trim_end();
        if bare == "---" || bare == fence {
            foot = line;
            break;
        }
        let said: String = bare.chars().filter(|c| !c.is_whitespace()).collect();
        let hidden = yaml && said.split('#').next() == Some("published:false");
        stated |= hidden || said.starts_with(if yaml { "draft:" } else { "draft=" });
        match hidden {
            true => head.push_str(&format!("draft: true{end}")),
            false => head.push_str(line),
        }
    }
    if draft && !stated && !head.trim_start().starts_with('{') {
        out.push_str(if yaml { "draft: true" } else { "draft = true" });
        out.push_str(end);
    }
    out.push_str(&head);
    // A fence that was opened with a word is closed as it was opened.
    match foot.strip_prefix("---").filter(|_| !yaml) {
        Some(rest) => out.push_str(&format!("{fence}{rest}")),
        None => out.push_str(foot),
    }
    out.extend(lines);
    out
}

/// Makes Markdown of a post written in HTML: no line is indented, or it would be taken for code.
pub(super) fn unindented(text: &str) -> String {
    let Some(fence) = fence(text) else { return text.to_owned() };
    let mut out = String::new();
    let (mut head, mut kept) = (true, false);
    for (i, line) in text.split_inclusive('\n').enumerate() {
        let lower = line.to_ascii_lowercase();
        kept |= lower.contains("<pre");
        out.push_str(if head || kept { line } else { line.trim_start_matches([' ', '\t']) });
        kept &= !lower.contains("</pre");
        head &= i == 0 || line.trim_end() != fence;
    }
    out
}

/// The marks of template languages, which nobody fills any longer: how they open and close.
const TAGS: [(&str, &str); 4] = [("{{<", ">}}"), ("{{%", "%}}"), ("{%", "%}"), ("{{", "}}")];
/// A mark that is not closed within so many bytes is none.
const LONGEST_TAG: usize = 2_000;

/// Gives an article without the tags of a template language, but with what stands between them; none where it has
/// no tags. Front matter and code stay as they are.
pub(super) fn untagged(text: &str) -> Option<String> {
    let head = fence(text).map_or(0, |fence| {
        let lines = text.split_inclusive('\n').scan(0, |at, line| {
            *at += line.len();
            Some((*at, line))
        });
        lines.skip(1).find(|(_, line)| line.trim_end() == fence).map_or(0, |(end, _)| end)
    });
    let (head, body) = text.split_at_checked(head)?;
    let (mut out, mut coded, mut found) = (head.to_owned(), false, false);
    let mut rest = body;
    while let Some(line) = rest.split_inclusive('\n').next() {
        let fenced = line.trim_start().starts_with("```") || line.trim_start().starts_with("~~~");
        coded ^= fenced;
        let tag = line.find(['{', '`']).filter(|_| !coded && !fenced);
        let Some(at) = tag else {
            out.push_str(line);
            rest = rest.get(line.len()..).unwrap_or_default();
            continue;
        };
        let (before, from) = rest.split_at_checked(at)?;
        out.push_str(before);
        let code = from.strip_prefix('`').and_then(|inner| inner.split('\n').next()?.find('`')).map(|end| end + 2);
        let closed = TAGS.iter().find(|(open, _)| from.starts_with(open)).and_then(|(open, close)| {
            let end = from.get(open.len()..)?.find(close)? + open.len() + close.len();
            (end <= LONGEST_TAG).then_some(end)
        });
        match (code, closed) {
            (Some(end), _) => {
                out.push_str(from.get(..end)?);
                rest = from.get(end..)?;
            }
            (None, Some(end)) => {
                found = true;
                rest = from.get(end..)?;
            }
            (None, None) => {
                out.push_str(from.get(..1)?);
                rest = from.get(1..)?;
            }
        }
    }
    found.then_some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn to(maker: Maker, path: &str) -> Option<(String, bool)> {
        match fate(maker, path) {
            Fate::Article { stem, draft } => Some((stem, draft)),
            _ => None,
        }
    }

    #[test]
    fn tags_go_and_what_they_hold_stays() {
        for (written, kept) in [
            ("---\nx: \"{{ a }}\"\n---\nA {{< b c=\"}\" >}}d{{< /b >}} e.\n", "---\nx: \"{{ a }}\"\n---\nA d e.\n"),
            ("{% include x.html %}\n[l]({% post_url 2021-05-07-a %}) {{ site.title }}.", "\n[l]() ."),
            ("{{% notice\n tip %}}Ink.{{% /notice %}}", "Ink."),
            ("`{{ a }}` {{ b }}\n```\n{{ c }}\n```\n{{ d }}", "`{{ a }}` \n```\n{{ c }}\n```\n"),
        ] {
            assert_eq!(untagged(written).as_deref(), Some(kept));
        }
        for none in ["A { b } c.", "{{ open", "---\nx: '{{ a }}'\n---\nB.\n", "`{% a %}`", ""] {
            assert_eq!(untagged(none), None, "{none}");
        }
    }

    #[test]
    fn each_article_goes_where_its_name_says() {
        let kept = |stem: &str| Some((stem.to_owned(), false));
        assert_eq!(to(Maker::Content, "posts/a.md"), kept("posts/a"));
        assert_eq!(to(Maker::Content, "posts/storm/index.md"), kept("posts/storm"));
        assert_eq!(to(Maker::Content, "posts/storm/index.fr.md"), kept("posts/storm.fr"));
        assert_eq!(to(Maker::Jekyll, "_posts/2020-01-02-a.markdown"), kept("2020-01-02-a"));
        assert_eq!(to(Maker::Jekyll, "town/_posts/2020/2020-01-02-a.html"), kept("town/2020/2020-01-02-a"));
        assert_eq!(to(Maker::Jekyll, "_reports/b.md"), kept("reports/b"));
        assert_eq!(to(Maker::Jekyll, "_drafts/c.md"), Some(("drafts/c".to_owned(), true)));
        assert_eq!(to(Maker::Eleventy, "src/posts/d.md"), kept("src/posts/d"));
        assert_eq!(to(Maker::Plain, "index.md"), kept("index"));
        assert_eq!(to(Maker::Plain, "old/v1.2 notes.TXT"), kept("old/v1.2 notes"));
    }

    #[test]
    fn pages_that_only_list_others_are_no_articles() {
        for (maker, path) in [
            (Maker::Content, "_index.md"),
            (Maker::Content, "posts/_index.fr.md"),
            (Maker::Content, "index.md"),
            (Maker::Jekyll, "index.html"),
            (Maker::Jekyll, "about.md"),
            (Maker::Eleventy, "index.md"),
        ] {
            assert_eq!(fate(maker, path), Fate::Section, "{path}");
        }
        for path in ["README.md", "a.jpg", "posts/posts.json", "posts/index.njk", "noending", ".md"] {
            assert_eq!(fate(Maker::Eleventy, path), Fate::Other, "{path}");
        }
    }

    #[test]
    fn front_matter_stays_but_for_what_nobody_here_understands() {
        let same = "---\ntitle: A\ndate: 2020-01-02\n---\npublished: false\n";
        assert_eq!(mended(same, false), same);
        assert_eq!(mended("---\npublished: false # not yet\na: b\n---\nT", false), "---\ndraft: true\na: b\n---\nT");
        assert_eq!(mended("---\r\na: b\r\n---\r\nT", true), "---\r\ndraft: true\r\na: b\r\n---\r\nT");
        assert_eq!(mended("---\ndraft: true\n---\nT", true), "---\ndraft: true\n---\nT");
        assert_eq!(mended("+++\na = 1\n+++\nT", true), "+++\ndraft = true\na = 1\n+++\nT");
        assert_eq!(mended("---toml\na = 1\n---\nT\n---\n", false), "+++\na = 1\n+++\nT\n---\n");
        assert_eq!(mended("---json\n{\"a\": 1}\n---\nT", false), "---\n{\"a\": 1}\n---\nT");
        assert_eq!(mended("Just text", true), "---\ndraft: true\n---\n\nJust text");
        assert_eq!(mended("", false), "");
    }

    #[test]
    fn no_line_of_html_is_taken_for_code() {
        let post = "---\n  title: A\n---\n    <p>\n      Text\n    </p>\n<pre>\n    code\n</pre>\n    <p>";
        assert_eq!(unindented(post), "---\n  title: A\n---\n<p>\nText\n</p>\n<pre>\n    code\n</pre>\n<p>");
        assert_eq!(unindented("    a saved page"), "    a saved page");
    }
}
