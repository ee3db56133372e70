//! What a sceptical owner tries: raw HTML, odd heads, dates that conflict, promotion within lines.

#![allow(clippy::disallowed_methods, clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test may touch files and fail

use dateline::article;
use dateline::config::Config;
use dateline::diagnostic::{Diagnostic, KINDS};
use dateline::model::{Article, DateBasis, RawArticle, RawFile};

fn read(path: &str, text: &str, sidecar: Option<&str>) -> (Option<Article>, Vec<Diagnostic>) {
    let file = |path: &str, text: &str| RawFile { path: path.to_owned(), bytes: text.as_bytes().to_vec() };
    let stem = path.rsplit_once('.').map_or(path, |(stem, _)| stem);
    let sidecar = sidecar.map(|text| file(&format!("{stem}.yaml"), text));
    article::read(&Config::default(), &RawArticle { file: file(path, text), sidecar })
}

fn good(path: &str, text: &str) -> Article {
    let (article, messages) = read(path, text, None);
    assert_eq!(messages, [], "{text}");
    article.expect("an article")
}

/// Publication date, its basis, and the messages as `path:line:column kind message`.
fn dated(path: &str, text: &str, sidecar: Option<&str>) -> (String, DateBasis, Vec<String>) {
    let (article, messages) = read(path, text, sidecar);
    let published = article.expect("an article").published.expect("a date");
    let told = |m: &Diagnostic| {
        assert!(KINDS.iter().any(|kind| kind.0 == m.kind), "{m:?}");
        let at = m.location.as_ref().expect("located");
        format!("{}:{}:{} {} {}", at.path, at.line.unwrap_or(0), at.column.unwrap_or(0), m.kind, m.message)
    };
    (published.date.to_string(), published.basis, messages.iter().map(told).collect())
}

#[test]
fn text_in_raw_html_is_read_at_its_place() {
    let article = good(
        "content/a.md",
        "---\ntitle: Bridge\ndate: 2019-05-04\n---\n\n<div class=\"x\">\n  <p>On 3 May 2019 the first bridge fell.</p>\n</div>\n\nInline <script>alert(1)</script>text.\n\n<script>\nvar text = 1;\n</script>\n<!-- no -->\n",
    );
    // A script is no markup of the text: it stays as it is written, and no date is read in a block of it.
    let script = "<script>\nvar text = 1;\n</script>";
    let inline = "Inline <script>alert(1)</script>text.";
    assert_eq!(article.text, format!("On 3 May 2019 the first bridge fell.\n\n{inline}\n\n{script}"));
    assert_eq!(article.line_and_column(0), (7, 6));
    assert_eq!(article.line_and_column(article.text.find("text.").unwrap()), (10, 33));
}

#[test]
fn heads_of_many_forms_give_the_day() {
    for (path, text, date, basis) in [
        ("content/a.txt", "PARIS — Sept. 3, 2020 (AFP) — The river rose.\n", "2020-09-03", DateBasis::Dateline),
        ("content/a.txt", "Paris - 3 September 2020 - The river rose.\n", "2020-09-03", DateBasis::Dateline),
        ("content/story_2020_09_03_u.txt", "The river rose.\n", "2020-09-03", DateBasis::FileName),
        (
            "content/a.txt",
            "The river\nPosted by admin on September 3, 2020 in News\n\nThe river rose.\n",
            "2020-09-03",
            DateBasis::Header,
        ),
        (
            "content/a.txt",
            "The river\nPublished September 3, 2020 in World News\n\nThe river rose.\n",
            "2020-09-03",
            DateBasis::Header,
        ),
        (
            "content/a.txt",
            "The river\nPosted by Ann Roe on 3 September 2020\n\nThe river rose.\n",
            "2020-09-03",
            DateBasis::Header,
        ),
    ] {
        let article = good(path, text);
        let published = article.published.expect("a date");
        assert_eq!((published.date.to_string().as_str(), published.basis), (date, basis), "{text}");
        assert_eq!(article.text, "The river rose.", "{text}");
        let authors: &[&str] = if text.contains("Roe") { &["Ann Roe"] } else { &[] };
        assert_eq!(article.authors, authors);
    }
}

#[test]
fn a_day_that_does_not_exist_is_told_at_its_line() {
    let (article, messages) = read("content/a.txt", "Published: 31 September 2020\n\nThe river rose.\n", None);
    assert_eq!(article.unwrap().published, None);
    let at = messages[0].location.as_ref().unwrap();
    assert_eq!((messages[0].kind.as_str(), at.line, at.column), ("metadata-value", Some(1), Some(1)));
    assert!(messages[0].message.contains("does not exist"), "{messages:?}");
    let (_, messages) = read("content/a.md", "---\ndate: 2020-09-31\n---\nThe river rose.\n", None);
    assert_eq!(messages[0].message, "this day does not exist");
}

#[test]
fn dates_that_conflict_are_told_with_the_one_that_counts() {
    let two = "Published: September 3, 2020\nPublished: September 9, 2020\n\nThe river rose.\n";
    let (date, basis, told) = dated("content/a.txt", two, None);
    assert_eq!((date.as_str(), basis), ("2020-09-03", DateBasis::Header));
    assert_eq!(
        told,
        [
            "content/a.txt:2:1 conflicting-dates the header line states the publication date 2020-09-09, but 2020-09-03 counts: of the header lines the first one counts"
        ]
    );

    let header = "Published: September 3, 2020\n\nThe river rose.\n";
    let (date, _, told) = dated("content/2020-08-01-a.txt", header, None);
    assert_eq!(date, "2020-09-03");
    assert_eq!(told.len(), 1);
    assert!(told[0].ends_with("the header line goes before the file's name"), "{told:?}");

    let wire = "PARIS — Sept. 3, 2020 (AFP) — The river rose.\n";
    let (date, _, told) = dated("content/2020-08-01-a.txt", wire, None);
    assert_eq!(date, "2020-09-03");
    assert!(told.len() == 1 && told[0].ends_with("the dateline goes before the file's name"), "{told:?}");

    let front = format!("---\ntitle: River\ndate: 2020-09-09\n---\n\n{header}");
    let (date, basis, told) = dated("content/a.md", &front, Some("published: 2020-09-20\n"));
    assert_eq!((date.as_str(), basis), ("2020-09-20", DateBasis::Sidecar));
    let places: Vec<_> = told.iter().filter_map(|t| t.split(' ').next()).collect();
    assert_eq!(places, ["content/a.md:3:7", "content/a.md:6:1"], "{told:?}");

    // A day apart is a matter of time zones, and a month agrees with its days.
    for path in ["content/2020-09-04.txt", "content/2020-09-02_x.txt", "content/2020-09_x.txt"] {
        assert_eq!(dated(path, header, None).2, [""; 0], "{path}");
    }
}

#[test]
fn a_promotion_behind_a_sentence_is_no_text() {
    let article = good(
        "content/2021-03-04.txt",
        "The quay was lost in the storm. READ MORE: Storm of 2019 hits city\n\nNobody was hurt on Monday. Storm of 2018 returns [VIDEO]\n",
    );
    assert_eq!(article.text, "The quay was lost in the storm.\n\nNobody was hurt on Monday.");
}

#[test]
fn front_matter_that_is_no_table_is_told_and_no_text() {
    for front in ["- a\n- b\n", "bare words\n"] {
        let (article, messages) = read("content/2021-03-04.md", &format!("---\n{front}---\n\nThe river rose.\n"), None);
        assert_eq!(article.unwrap().text, "The river rose.");
        let at = messages[0].location.as_ref().unwrap();
        assert_eq!((messages[0].kind.as_str(), at.line, at.column), ("front-matter", Some(2), Some(1)), "{front}");
    }
    let article = good("content/2021-03-04.md", "---\nThe river rose.\n\nIt fell again.\n");
    assert_eq!(article.text, "The river rose.\n\nIt fell again.");
}
