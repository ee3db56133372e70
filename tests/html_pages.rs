//! Saved web pages in the shape of common publishing systems: their article and what they say of it is read, their
//! furniture is not.

#![allow(clippy::disallowed_methods, clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test may touch files and fail

use dateline::article;
use dateline::config::Config;
use dateline::model::{Article, BlockKind, DateBasis, InlineKind, RawArticle, RawFile, TextBasis};
use std::path::Path;

fn read_bytes(name: &str, bytes: &[u8]) -> Article {
    let file = RawFile { path: format!("content/{name}"), bytes: bytes.to_vec() };
    let (read, messages) = article::read(&Config::default(), &RawArticle { file, sidecar: None });
    assert!(messages.is_empty(), "{name}: {messages:?}");
    read.unwrap()
}

fn read(name: &str) -> Article {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/pages").join(name);
    read_bytes(name, &std::fs::read(path).unwrap())
}

/// What a page must give.
struct Page {
    name: &'static str,
    title: &'static str,
    publisher: Option<&'static str>,
    published: (&'static str, DateBasis),
    url: Option<&'static str>,
    authors: &'static [&'static str],
    language: &'static str,
    /// First and last words of the text.
    from_to: (&'static str, &'static str),
    /// What must stand in the text.
    holds: &'static [&'static str],
    /// What must not.
    lacks: &'static [&'static str],
}

const META: DateBasis = DateBasis::PageMetadata;

const PAGES: &[Page] = &[
    Page {
        name: "wordpress.html",
        title: "Ferry returns to Skerry Bay after four months",
        publisher: Some("The Skerry Gazette"),
        published: ("2023-03-14", META),
        url: Some("https://skerrygazette.example/2023/03/14/ferry-returns/"),
        authors: &["Mara Hollis"],
        language: "en-GB",
        from_to: ("The ferry Kittiwake carried", "before the end of May."),
        holds: &[
            "finished on March\u{a0}9, the operator",
            "From April 1 a crossing costs £4.20.",
            "We counted 640 people",
            "06:10\t22:40",
        ],
        lacks: &[
            "Share",
            "Twitter",
            "newsletter",
            "barrel",
            "Lighthouse",
            "Council",
            "Ulf Brandt",
            "powered",
            "Skip to",
            "Tide",
        ],
    },
    Page {
        name: "ghost.html",
        title: "Why the mill at Aldersey closed",
        publisher: Some("River Notes"),
        published: ("2021-06-02", META),
        url: Some("https://river-notes.example/why-the-mill-closed/"),
        authors: &["Petra Lund"],
        language: "en",
        from_to: ("Two floods and one letter.", "a statement on Monday."),
        holds: &["“We had orders until September,” said", "built in 1871"],
        lacks: &["discussion", "weir", "Subscribe", "2026", "min read"],
    },
    Page {
        name: "arc.html",
        title: "Tunnel fire: what investigators found",
        publisher: Some("Northern Ledger"),
        published: ("2019-10-09", META),
        url: Some("https://www.northernledger.example/national/2019/10/09/tunnel-fire-what-investigators-found/"),
        authors: &["Delphine Osei", "Karl Winter"],
        language: "en",
        from_to: ("A report names three causes", "company on Aug. 22."),
        holds: &["state’s safety board", "until mid-December"],
        lacks: &["ADVERTISEMENT", "1976", "morning briefing", "since 2011", "Most read", "1999", "Facebook", "1996"],
    },
    Page {
        name: "drupal.html",
        title: "Ministry publishes water plan",
        publisher: Some("Office of Public Works"),
        published: ("2020-02-11", META),
        url: Some("https://works.example/en/press/water-plan"),
        authors: &[],
        language: "en",
        from_to: ("The ministry published its plan", "the ministry said."),
        holds: &["Ostrava Weir: works begin on 1 September 2020.", "Ref. 2019/12/31-A\nRef. 2020/01/15-B"],
        lacks: &["admin", "Bathing", "Last updated", "Press"],
    },
    Page {
        name: "tables.html",
        title: "Dam gives way at Three Forks",
        publisher: Some("The Port Ellery Courier"),
        published: ("1998-04-21", DateBasis::Header),
        url: None,
        authors: &["WALTER SEVERIN"],
        language: "en",
        from_to: ("The old mill dam above", "again on Thursday\u{a0}©"),
        holds: &[
            "after five days of rain, and sent",
            "“It sounded like a train,” said Mayor Ada Québec’s deputy",
            "until May 4 – it’s not safe",
        ],
        lacks: &["Classifieds", "rights reserved", "Weather"],
    },
    Page {
        name: "amp.html",
        title: "Rangers find lost herd in Kgama valley",
        publisher: Some("Veld Post"),
        published: ("2024-08-19", META),
        url: Some("https://www.veldpost.example/news/rangers-find-lost-herd"),
        authors: &["Thandi Mokoena"],
        language: "en-ZA",
        from_to: ("Rangers in the Kgama valley", "ranger Sipho Dube."),
        holds: &["torn down on 30 July"],
        lacks: &["Offer ends", "drought", "Tweet", "Politics"],
    },
    Page {
        name: "liveblog.html",
        title: "Storm in Halmstead: latest updates",
        publisher: Some("Canal City Radio"),
        published: ("2022-02-07", META),
        url: Some("https://canalradio.example/live/storm-halmstead"),
        authors: &[],
        language: "en",
        from_to: ("", "on 31 January."),
        holds: &[
            "Power is back in the whole",
            "shut since 3 February",
            "open again on 9 February",
            "12,000 homes without power",
        ],
        lacks: &["Share this", "October 2013", "Load older"],
    },
    Page {
        name: "bare.html",
        title: "Museum of Clocks to close its doors",
        publisher: None,
        published: ("2016-09-12", DateBasis::Header),
        url: None,
        authors: &["Ruth Abel"],
        language: "en",
        from_to: ("The Museum of Clocks in", "Sunday, 25 September."),
        holds: &["Founded in 1952"],
        lacks: &["Posted"],
    },
    Page {
        name: "microdata.html",
        title: "Reef survey counts more coral",
        publisher: Some("coastaltimes.example"),
        published: ("2018-11-23", META),
        url: Some("https://coastaltimes.example/science/reef-survey?utm_source=feed"),
        authors: &["Lena Farrow"],
        language: "en-AU",
        from_to: ("Divers who surveyed", "on 4 March 2019."),
        holds: &["Five to twelve metres"],
        lacks: &["2010", "Print", "Science"],
    },
    Page {
        name: "french.html",
        title: "Le pont rouvre après l'hiver",
        publisher: Some("Le Courrier du Fleuve"),
        published: ("2017-04-05", META),
        url: Some("https://courrier.example/pont"),
        authors: &["Élodie Marchand"],
        language: "fr-FR",
        from_to: ("Le pont de la Reine", "sans faire de victime."),
        holds: &["fermé le 9 janvier"],
        lacks: &[],
    },
    Page {
        name: "blogger.html",
        title: "Line 7 is back",
        publisher: Some("tramwatch.example"),
        published: ("2011-05-24", DateBasis::Header),
        url: Some("http://tramwatch.example/2011/05/line-7-is-back.html"),
        authors: &[],
        language: "en",
        from_to: ("The first tram on line 7", "map of the line."),
        holds: &["then by May 1, and then stopped promising.\n\nNew cars"],
        lacks: &["wheel", "Posted by", "2010 (88)", "Next blog"],
    },
    Page {
        name: "next.html",
        title: "Court halts the quarry",
        publisher: Some("Sandbank"),
        published: ("2025-01-29", META),
        url: Some("https://sandbank.example/s/court-halts-quarry"),
        authors: &["Noor Haddad"],
        language: "en",
        from_to: ("A district court", "this spring."),
        holds: &["The quarry's licence runs out in 2027."],
        lacks: &["1964", "1999", "Log in"],
    },
];

#[test]
fn the_article_of_a_page_is_read_and_its_furniture_is_not() {
    let mut wrong = Vec::new();
    for page in PAGES {
        let article = read(page.name);
        let mut check = |what: &str, good: bool, found: String| {
            if !good {
                wrong.push(format!("{}: {what}: {found}", page.name));
            }
        };
        check("title", article.title.value == page.title, article.title.value.clone());
        let publisher = article.publisher.as_ref().map(|p| p.value.as_str());
        check("publisher", publisher == page.publisher, format!("{publisher:?}"));
        let published = article.published.as_ref().map(|p| (p.date.to_string(), p.basis));
        let want = Some((page.published.0.to_owned(), page.published.1));
        check("published", published == want, format!("{published:?}"));
        check("url", article.url.as_deref() == page.url, format!("{:?}", article.url));
        check("authors", article.authors == page.authors, format!("{:?}", article.authors));
        check("language", article.language == page.language, article.language.clone());
        let (from, to) = page.from_to;
        check("text", article.text.starts_with(from) && article.text.ends_with(to), article.text.clone());
        for words in page.holds {
            check("lacks", article.text.contains(words), format!("{words}\n{}", article.text));
        }
        for words in page.lacks {
            check("holds", !article.text.contains(words), format!("{words}\n{}", article.text));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn headings_lists_quotations_tables_and_formatting_are_kept() {
    let article = read("wordpress.html");
    let kinds: Vec<BlockKind> = article.blocks.iter().map(|block| block.kind).collect();
    use BlockKind::{Heading, ListItem, Paragraph, Quote, TableRow};
    assert_eq!(
        kinds,
        [Paragraph, Paragraph, Heading(2), ListItem, ListItem, TableRow, TableRow, TableRow, Quote, Paragraph]
    );
    let formats = |article: &Article| -> Vec<(String, InlineKind)> {
        let of = |i: &dateline::model::Inline, base: usize| {
            (article.text[base + i.range.start - base..i.range.end].to_owned(), i.kind.clone())
        };
        article.blocks.iter().flat_map(|b| b.inlines.iter().map(move |i| of(i, b.range.start))).collect()
    };
    assert_eq!(formats(&article), [("Kittiwake".to_owned(), InlineKind::Emphasis)]);
    assert_eq!(
        formats(&read("blogger.html")),
        [
            ("in autumn 2012".to_owned(), InlineKind::Strong),
            ("plans".to_owned(), InlineKind::Link("http://tramwatch.example/2011/04/plans.html".to_owned())),
        ]
    );
    assert_eq!(read("drupal.html").blocks.iter().filter(|b| b.kind == BlockKind::Code).count(), 1);
    assert_eq!(article.title.basis, TextBasis::PageMetadata);
}

#[test]
fn every_sentence_is_found_at_its_place_in_the_page() {
    for page in PAGES {
        let article = read(page.name);
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/pages").join(page.name);
        let bytes = std::fs::read(path).unwrap();
        let file = match std::str::from_utf8(&bytes) {
            Ok(text) => text.to_owned(),
            Err(_) => encoding_rs::WINDOWS_1252.decode(&bytes).0.into_owned(),
        };
        let lines: Vec<&str> = file.split('\n').collect();
        for sentence in &article.sentences {
            let words = &article.text[sentence.range.clone()];
            let (line, column) = article.line_and_column(sentence.range.start);
            let there: String = lines[line - 1].chars().skip(column - 1).take(3).collect();
            let want: String = words.chars().take(3).collect();
            assert!(there == want || there.starts_with('&'), "{} {line}:{column}: {there:?} {want:?}", page.name);
        }
    }
}

#[test]
fn a_title_loses_the_name_of_the_outlet_and_nothing_else() {
    for (head, want) in [
        (
            "<title>Talks fail - again | Quay News</title><meta property=og:site_name content='Quay News'>",
            "Talks fail - again",
        ),
        ("<title>Quay News: Talks fail</title><meta property=og:site_name content='Quay News'>", "Talks fail"),
        (
            "<title>Talks fail | Quay News</title><link rel=canonical href='https://www.quaynews.example/a'>",
            "Talks fail",
        ),
        ("<title>Talks fail | Opinion</title>", "Talks fail | Opinion"),
        ("<meta property=og:title content='A &quot;B&quot; &lt;c&gt;'>", "A \"B\" <c>"),
        ("<title>\n  Talks\n  fail </title>", "Talks fail"),
    ] {
        let page = format!("<head>{head}</head><body><p>The talks failed on 3 May 2019, after two days.</p></body>");
        assert_eq!(read_bytes("a.html", page.as_bytes()).title.value, want, "{head}");
    }
}

#[test]
fn any_bytes_are_read_without_panic_and_in_good_time() {
    let n = 20_000;
    let hard: Vec<String> = vec![
        "<div>".repeat(n),
        "<p>a".repeat(n),
        "<b><i>x".repeat(n),
        format!("{}{}", "<table><tr><td>".repeat(n), "deep words here, for once. ".repeat(9)),
        "<a href='".repeat(n),
        "<!--".repeat(n),
        "<script>".repeat(n),
        "</p>".repeat(n),
        "<p>a<br>".repeat(n),
        "a<br>".repeat(n),
        "&amp".repeat(n),
        "&#x26;".repeat(n),
        "<div class='comments related'>a".repeat(n),
        "<li><ul>a".repeat(n),
        format!("<p>{}</p>", "word, ".repeat(n)),
        "<p>A paragraph that is long enough, and has commas, to be counted as text.</p>".repeat(n / 4),
        format!("<script type=application/ld+json>{}</script><p>a", "{\"a\":".repeat(n)),
        format!(
            "<script type=application/ld+json>[{}]</script><p>a",
            "{\"@type\":\"Article\",\"author\":[\"a\",\"b\"]},".repeat(n)
        ),
        "<time datetime=x>".repeat(n),
        "<h1>a</h1>".repeat(n),
        "<span data-t=\"3\">a</span>&lt;span data-t=\"1\"&gt;".repeat(n / 8),
        format!("<p>{}", "<".repeat(n)),
        format!("<p {}>a", "a=b ".repeat(n)),
    ];
    for (i, page) in hard.iter().enumerate() {
        let begin = std::time::Instant::now();
        let file = RawFile { path: format!("content/{i}.html"), bytes: page.as_bytes().to_vec() };
        let _ = article::read(&Config::default(), &RawArticle { file, sidecar: None });
        let took = begin.elapsed().as_secs_f64();
        assert!(took < 20.0, "page {i} ({} bytes) took {took:.1} s", page.len());
    }
}

#[test]
fn pages_cut_anywhere_and_pages_of_noise_are_read_without_panic() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/pages/wordpress.html");
    let bytes = std::fs::read(path).unwrap();
    let mut seed = 7_u64;
    let mut random = |below: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (seed >> 33) as usize % below
    };
    for round in 0..150 {
        let mut page = bytes.clone();
        if round % 3 == 0 {
            page.truncate(random(bytes.len()));
        }
        for _ in 0..random(40) {
            let at = random(page.len().max(1));
            let len = page.len();
            if let Some(byte) = page.get_mut(at) {
                *byte = [b'<', b'>', b'"', b'&', b'/', 0xe9, b' ', bytes[random(len)]][random(8)];
            }
        }
        let file = RawFile { path: "content/a.html".to_owned(), bytes: page };
        let (read, _) = article::read(&Config::default(), &RawArticle { file, sidecar: None });
        if let Some(article) = read {
            for sentence in &article.sentences {
                assert!(article.text.get(sentence.range.clone()).is_some());
                article.line_and_column(sentence.range.start);
            }
        }
    }
}
