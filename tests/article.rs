//! What a site's owner notices of reading articles: messages, precedence, ids, and bytes of any kind.

#![allow(clippy::disallowed_methods, clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test may touch files and fail

use dateline::article::{self, settle};
use dateline::config::Config;
use dateline::diagnostic::{Diagnostic, KINDS, Severity};
use dateline::model::{Article, BlockKind, DateBasis, InlineKind, RawArticle, RawFile, TextBasis};
use proptest::prelude::*;

fn raw(path: &str, bytes: impl Into<Vec<u8>>, sidecar: Option<&[u8]>) -> RawArticle {
    let yaml = path.rsplit_once('.').map_or(path, |(stem, _)| stem).to_owned() + ".yaml";
    RawArticle {
        file: RawFile { path: path.to_owned(), bytes: bytes.into() },
        sidecar: sidecar.map(|bytes| RawFile { path: yaml, bytes: bytes.to_vec() }),
    }
}

fn read(path: &str, text: &str) -> (Option<Article>, Vec<Diagnostic>) {
    article::read(&Config::default(), &raw(path, text, None))
}

fn good(path: &str, text: &str) -> Article {
    let (article, messages) = read(path, text);
    assert_eq!(messages, [], "{text}");
    article.expect("an article")
}

fn sentences(article: &Article) -> Vec<&str> {
    article.sentences.iter().map(|s| &article.text[s.range.clone()]).collect()
}

/// Kind, path, line and column of each message.
fn told(messages: &[Diagnostic]) -> Vec<String> {
    let place = |m: &Diagnostic| {
        let at = m.location.clone().expect("located");
        format!("{} {}:{}:{}", m.kind, at.path, at.line.unwrap_or(0), at.column.unwrap_or(0))
    };
    messages.iter().map(place).collect()
}

#[test]
fn broken_front_matter_is_located_in_the_file_and_the_text_still_used() {
    let (article, messages) =
        read("content/a.md", "\u{feff}---\r\ntitle: Ä\r\nsource: [b\r\n---\r\n\r\nThe quay was shut.\r\n");
    assert_eq!(article.expect("kept").text, "The quay was shut.");
    assert_eq!(messages.len(), 1);
    let at = messages[0].location.clone().expect("located");
    assert_eq!((messages[0].kind.as_str(), messages[0].severity), ("front-matter", Severity::Error));
    assert!(at.line >= Some(3) && at.snippet.is_some(), "{at:?}");

    let (article, messages) = read("content/a.md", "---\ntitle: a\ntitle: b\n---\nThe quay was shut.\n");
    assert_eq!(article.expect("kept").text, "The quay was shut.");
    assert_eq!(told(&messages), ["front-matter content/a.md:3:1"]);
    assert_eq!(told(&read("content/a.md", "---\n- a\n- b: c\n---\nShut.\n").1), ["front-matter content/a.md:2:1"]);
    assert_eq!(
        told(&read("content/a.md", "---\ntitle: a\n\nThe quay was shut.\n").1),
        ["front-matter content/a.md:1:1"]
    );
    assert_eq!(told(&read("content/a.md", "+++\ntitle = a\n+++\nShut.\n").1), ["front-matter content/a.md:2:9"]);
}

#[test]
fn addresses_that_would_lead_readers_astray_are_warned_of_and_left_out() {
    let url = |said: &str| {
        let (article, messages) =
            read("content/a.md", &format!("---\ntitle: a\nurl: {said}\n---\nThe quay was shut.\n"));
        (article.expect("kept").url, told(&messages))
    };
    for bad in ["https://me:pw@news.example/x", "http://news.example@evil.example/", "https://news.example:99999/x"] {
        assert_eq!(url(bad), (None, vec!["metadata-value content/a.md:3:6".to_owned()]), "{bad}");
    }
    for bad in ["https://news.example:0/", "https://news.example:8o/", "//evil.example/x"] {
        assert_eq!(url(bad), (None, vec!["metadata-value content/a.md:3:6".to_owned()]), "{bad}");
    }
    for good in
        ["https://news.example:8080/x", "https://news.example/@me/x:1", "http://[::1]:80/", "https://news.example?a@b"]
    {
        assert_eq!(url(good), (Some(good.to_owned()), Vec::new()), "{good}");
    }
    assert_eq!(url("/own/page"), (None, Vec::new()), "the path of a page of one's own");
    let (article, messages) = read("content/a.md", "---\npublisher: https://me:pw@news.example\n---\nShut.\n");
    assert_eq!((article.expect("kept").publisher, told(&messages).len()), (None, 1));
}

#[test]
fn values_of_the_wrong_kind_are_warned_of_one_by_one() {
    let text = "---\ntitle: [a]\ndate: next week\nurl: javascript:alert(1)\nlang: !\ndraft: perhaps\ncolour: kept\n---\nThe quay was shut.\n";
    let (article, messages) = read("content/a.md", text);
    assert_eq!(article.expect("kept").published, None);
    assert!(messages.iter().all(|m| m.kind == "metadata-value" && m.severity == Severity::Warning));
    let lines: Vec<_> = messages.iter().filter_map(|m| m.location.as_ref()?.line).collect();
    let mut sorted = lines.clone();
    sorted.sort_unstable();
    assert_eq!(sorted, [2, 3, 4, 5, 6]);
}

#[test]
fn sidecar_wins_over_front_matter_and_header() {
    let text = "---\ntitle: Front\ndate: 2022-01-02\nsource: Front Post\n---\nPublished: January 2, 2022\n\nShut.\n";
    let side = b"title: Side\ndate: Jan 1, 2022\ntags: [a, b]\n";
    let (article, messages) = article::read(&Config::default(), &raw("content/a.md", text, Some(side)));
    let article = article.expect("an article");
    assert_eq!(messages, []);
    assert_eq!((article.title.value.as_str(), article.title.basis), ("Side", TextBasis::Sidecar));
    let published = article.published.expect("dated");
    assert_eq!((published.date.to_string().as_str(), published.basis), ("2022-01-01", DateBasis::Sidecar));
    assert_eq!(article.publisher.expect("stated").basis, TextBasis::FrontMatter);
    assert_eq!(article.tags, ["a", "b"]);
    assert_eq!(article.text, "Shut.");

    let (article, messages) = article::read(&Config::default(), &raw("content/b.txt", "Shut.", Some(b"a: [")));
    assert!(article.is_some());
    assert!(told(&messages)[0].starts_with("front-matter content/b.yaml:1:"), "{messages:?}");
}

#[test]
fn drafts_are_left_out_silently_and_events_are_marked() {
    assert_eq!(read("content/a.md", "---\ndraft: true\n---\nShut.\n"), (None, vec![]));
    let event = |text| good("content/a.md", text).event.map(|e| e.to_string());
    assert_eq!(event("---\nevent: 2014-03\n---\nShut.\n").as_deref(), Some("2014-03"));
    assert_eq!(event("---\nevent: 2022-01-09~\n---\nShut.\n").as_deref(), Some("2022-01-09~"));
    assert_eq!(event("---\nevent: true\ndate: 2020\n---\nShut.\n").as_deref(), Some("2020"));
    assert_eq!(event("---\ndate: 2020\n---\nShut.\n"), None);
    assert_eq!(event("---\nevent: false\ndate: 2020\n---\nShut.\n"), None);
    let (none, messages) = read("content/a.md", "---\nevent: {date: soon}\n---\nShut.\n");
    assert_eq!((none, told(&messages)), (None, vec!["event-date content/a.md:2:15".to_owned()]));
}

#[test]
fn files_without_text_are_errors() {
    for (bytes, kind) in [
        (&b""[..], "empty-article"),
        (b" \r\n\xC2\xA0\r\n", "empty-article"),
        (b"Published: January 17, 2022\n\n-Harbour News\n", "empty-article"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "binary-file"),
    ] {
        let (article, messages) = article::read(&Config::default(), &raw("content/a.txt", bytes, None));
        assert_eq!(article, None);
        assert_eq!(told(&messages), [format!("{kind} content/a.txt:0:0")]);
        assert_eq!(messages[0].severity, Severity::Error);
    }
    assert_eq!(read("content/a.md", "---\ntitle: a\n---\n\n![x](y.png)\n").1[0].kind, "empty-article");
}

#[test]
fn markdown_keeps_formatting_places_and_code() {
    let text = "---\ntitle: Ü\n---\n# ü\n\nThe **quay** was [shut é](https://x.example/é) *on Friday*. It\nrained.\n\n## In 2014\n\n- One\n- Two\n\n```\ncode 2015\n```\n";
    let article = good("content/a.md", text);
    assert_eq!(sentences(&article), ["The quay was shut é on Friday.", "It\nrained.", "In 2014", "One", "Two"]);
    assert!(article.text.ends_with("code 2015"));
    let kinds: Vec<_> = article.blocks.iter().map(|b| b.kind).collect();
    assert_eq!(kinds[..2], [BlockKind::Paragraph, BlockKind::Heading(2)]);
    let inlines = &article.blocks[0].inlines;
    assert_eq!(&article.text[inlines[0].range.clone()], "quay");
    assert_eq!(inlines[1].kind, InlineKind::Link("https://x.example/é".to_owned()));
    let at = article.text.find("Friday").expect("there");
    assert_eq!(article.line_and_column(at), (6, 52));
    assert_eq!(article.line_and_column(article.text.find("rained").expect("there")), (7, 1));
}

#[test]
fn columns_count_characters_from_the_start_of_the_file() {
    let article = good(
        "content/a.txt",
        "\u{feff}Published: Jan 17, 2022\r\n\r\nZÜRICH, Jan 17 (Énergie) – Ünder é. Then.\r\r  Last é one.\n",
    );
    let place = |word: &str| article.line_and_column(article.text.find(word).expect("there"));
    assert_eq!(place("Ünder"), (3, 28));
    assert_eq!(place("Then"), (3, 37));
    assert_eq!(place("one"), (5, 10));
    let long = "é ".repeat(5_000) + "Here.";
    assert_eq!(good("content/a.txt", &long).line_and_column(long.len() - 5), (1, 10_001));
}

#[test]
fn ids_are_unique_and_do_not_depend_on_order_or_strangers() {
    let ids = |paths: &[&str]| {
        let mut articles: Vec<Article> = paths.iter().map(|p| good(p, &format!("Text of {p} was read."))).collect();
        assert_eq!(settle(&mut articles), []);
        let mut ids: Vec<_> = articles.into_iter().map(|a| (a.path, a.id)).collect();
        ids.sort();
        ids
    };
    let paths =
        ["content/a.md", "content/a.txt", "content/A b.txt", "content/a-b.txt", "content/x/a.md", "content/000_x.txt"];
    let first = ids(&paths);
    let of = |path: &str| first.iter().find(|(p, _)| p == path).expect("there").1.clone();
    assert_eq!(of("content/a.md"), "a");
    assert_eq!(of("content/a.txt"), "a-txt");
    assert_eq!(of("content/x/a.md"), "x-a");
    assert_eq!(of("content/000_x.txt"), "000-x");
    let mut reversed = paths;
    reversed.reverse();
    assert_eq!(ids(&reversed), first);
    let unique: std::collections::BTreeSet<_> = first.iter().map(|(_, id)| id).collect();
    assert_eq!(unique.len(), paths.len());
    let more = ids(&[
        "content/a.md",
        "content/a.txt",
        "content/A b.txt",
        "content/a-b.txt",
        "content/x/a.md",
        "content/000_x.txt",
        "content/b.md",
        "content/…/?.txt",
    ]);
    assert!(first.iter().all(|pair| more.contains(pair)));
}

#[test]
fn titles_that_stand_twice_are_told() {
    let settled = |heads: [&str; 2]| {
        let text = |head| format!("---\n{head}\n---\nShut.\n");
        let mut articles = vec![good("content/b.md", &text(heads[1])), good("content/a.md", &text(heads[0]))];
        let messages = settle(&mut articles);
        assert_eq!(articles.len(), 2);
        messages.into_iter().map(|m| (m.severity, m.kind, m.location.expect("located").path)).collect::<Vec<_>>()
    };
    let found = |severity| vec![(severity, "duplicate-title".to_owned(), "content/b.md".to_owned())];
    assert_eq!(settled(["title: The  Quay", "title: the quay"]), found(Severity::Error));
    assert_eq!(settled(["title: Q\nsource: A", "title: Q\nsource: a"]), found(Severity::Error));
    assert_eq!(settled(["title: Q\nsource: A", "title: Q"]), found(Severity::Error));
    assert_eq!(settled(["title: Q\nsource: A", "title: Q\nsource: B"]), found(Severity::Warning));
    assert_eq!(settled(["title: Q\nurl: https://a.x/1", "title: Q\nurl: https://a.x/2"]), found(Severity::Warning));
    assert_eq!(settled(["title: Q\ndate: 2021-05-01", "title: Q\ndate: 2021-05-08"]), found(Severity::Warning));
    assert_eq!(settled(["title: Q\ndate: 2021-05-01", "title: Q"]), found(Severity::Error));
    assert_eq!(settled(["title: Q", "title: R"]), vec![]);
}

/// Text that looks enough like an article to reach every part of the reader.
fn article_like() -> impl Strategy<Value = String> {
    let parts = prop::sample::select(vec![
        "---\n",
        "+++\n",
        "title: ",
        "date: 2022-01-17\n",
        "\n",
        "\r\n",
        "\r",
        "\n\n",
        "Published: ",
        "Janaury 17, 2022",
        "By Ann Roe",
        "-Harbour News",
        "HARBOURTON (AP) — ",
        "KYIV, Jan 10 (Reuters) - ",
        "The quay was shut",
        ". ",
        ".",
        "U.S. ",
        "“",
        "”",
        "…",
        "é",
        "\u{a0}",
        "# ",
        "> ",
        "- ",
        "* ",
        "**",
        "[a](https://x.y)",
        "![p](q)",
        "<b>",
        "| a | b |\n|---|---|\n",
        "```\n",
        "&amp;",
        "\\*",
        "[LIVE]",
        "READ MORE: ",
        "[",
        "]",
        "(",
        ")",
        "|",
        ": ",
        ", ",
        "会议。",
        "\u{feff}",
        "\u{1}",
        "2022",
        "17",
        "[^1]",
        "\t",
        "    ",
        "Updated ",
        "Source: ",
        "© 2022",
    ]);
    prop::collection::vec(prop_oneof![parts.prop_map(str::to_owned), "\\PC{0,12}"], 0..40)
        .prop_map(|parts| parts.concat())
}

fn check(path: &str, bytes: &[u8], sidecar: Option<&[u8]>) -> Result<(), TestCaseError> {
    let raw = raw(path, bytes, sidecar);
    let (read, messages) = article::read(&Config::default(), &raw);
    prop_assert_eq!(&article::read(&Config::default(), &raw), &(read.clone(), messages.clone()));
    for message in &messages {
        prop_assert!(KINDS.iter().any(|(kind, _)| *kind == message.kind));
        prop_assert!(message.location.is_some());
    }
    let Some(article) = read else { return Ok(()) };
    let mut end = 0;
    for block in &article.blocks {
        prop_assert!(block.range.start >= end && !block.range.is_empty());
        prop_assert!(article.text.get(block.range.clone()).is_some());
        end = block.range.end;
        for inline in &block.inlines {
            prop_assert!(
                inline.range.end <= block.range.len() + block.range.start && inline.range.start >= block.range.start
            );
            prop_assert!(article.text.get(inline.range.clone()).is_some());
        }
    }
    let mut end = 0;
    for sentence in &article.sentences {
        let block = &article.blocks[sentence.block].range;
        prop_assert!(
            sentence.range.start >= end && sentence.range.start >= block.start && sentence.range.end <= block.end
        );
        end = sentence.range.end;
        let text = article.text.get(sentence.range.clone());
        prop_assert!(text.is_some_and(|t| !t.is_empty() && t.trim() == t));
        let (line, column) = article.line_and_column(sentence.range.start);
        if let (true, Ok(file), Some(text)) = (path.ends_with("txt"), std::str::from_utf8(bytes), text) {
            let file = file.strip_prefix('\u{feff}').unwrap_or(file);
            prop_assert!(file.contains(text));
            // The place in the file is the place where the sentence stands.
            let starts: Vec<usize> = std::iter::once(0)
                .chain(
                    file.char_indices()
                        .filter(|(i, c)| *c == '\n' || *c == '\r' && !file[*i..].starts_with("\r\n"))
                        .map(|(i, _)| i + 1),
                )
                .collect();
            let rest: String = file[starts[line - 1]..].chars().skip(column - 1).collect();
            prop_assert!(rest.starts_with(text), "{line}:{column} {text:?}");
        }
    }
    Ok(())
}

proptest! {
    #[test]
    fn any_bytes_are_read(bytes in prop::collection::vec(any::<u8>(), 0..300), side in prop::option::of(prop::collection::vec(any::<u8>(), 0..80))) {
        check("content/a.txt", &bytes, side.as_deref())?;
        check("content/a.md", &bytes, side.as_deref())?;
        Config::read(Some(&RawFile { path: "dateline.yaml".to_owned(), bytes }));
    }

    #[test]
    fn anything_like_an_article_is_read(text in article_like(), side in prop::option::of(article_like())) {
        let side = side.as_deref().map(str::as_bytes);
        check("content/2022-01-17_a.txt", text.as_bytes(), side)?;
        check("content/a.md", text.as_bytes(), side)?;
        Config::read(Some(&RawFile { path: "dateline.yaml".to_owned(), bytes: text.into_bytes() }));
    }
}

#[test]
fn hostile_files_are_read_in_short_time() {
    for unit in [
        "[",
        "> ",
        "- ",
        "* a\n",
        "*a ",
        "<",
        "“",
        ". ",
        "A. ",
        "a.B",
        "—",
        "(",
        "\n",
        "\r",
        "|",
        "`",
        "By A, ",
        " by ",
        "[^1]: ",
        "&#",
        "é… ",
        "<p",
        "<script>",
        "<!--",
        ". [VIDEO] ",
        ". READ MORE ",
        "PARIS — AFP — ",
        "2022-01-17\"",
    ] {
        let text = unit.repeat(200_000 / unit.len());
        for path in ["content/a.txt", "content/a.md"] {
            let _ = read(path, &text);
            let _ = read(path, &format!("---\na: {text}\n---\nShut."));
        }
    }
}
