//! Pages of awkward shape: what the reading view of browsers alone would lose, or take in.

#![allow(clippy::disallowed_methods, clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test may touch files and fail

use dateline::article;
use dateline::config::Config;
use dateline::diagnostic::Diagnostic;
use dateline::model::{Article, BlockKind, DateBasis, RawArticle, RawFile};

fn read_all(path: &str, page: &str, sidecar: Option<&str>) -> (Option<Article>, Vec<Diagnostic>) {
    let raw = |path: &str, text: &str| RawFile { path: path.to_owned(), bytes: text.as_bytes().to_vec() };
    let file = raw(&format!("content/{path}"), page);
    article::read(&Config::default(), &RawArticle { file, sidecar: sidecar.map(|text| raw("content/a.yaml", text)) })
}

fn read(page: &str) -> Article {
    read_all("a.html", page, None).0.unwrap()
}

fn text(page: &str) -> String {
    read(page).text
}

const ONE: &str = "The ferry sank on 3 May 2019, an hour after it had left the quay with forty people on board.";
const TWO: &str = "Nobody was hurt, the harbour master said on Monday, and the ship will be raised before June.";
const CARD: &str = "The lighthouse was painted in 2011, and this is what it looked like.";

#[test]
fn paragraphs_in_boxes_of_their_own_are_one_article() {
    let boxes: String = [ONE, TWO, ONE, TWO]
        .iter()
        .map(|p| format!("<div data-component=text><div class=x><p>{p}</p></div></div>"))
        .collect();
    let page = format!(
        "<main><article><header><h1>Ferry sinks</h1><div><span>Ann Roe</span><time datetime=2019-05-04>4 May 2019</time></div></header>\
         {boxes}</article></main><section><article><a href=/x><h3>{CARD}</h3></a></article><article><a href=/y>{CARD}</a></article></section>"
    );
    assert_eq!(text(&page), [ONE, TWO, ONE, TWO].join("\n\n"));
    let article = read(&page);
    assert_eq!(article.title.value, "Ferry sinks");
    assert_eq!(article.published.unwrap().basis, DateBasis::PageMetadata);
}

#[test]
fn lists_and_short_articles_are_kept_whole() {
    let page = format!("<article><h1>T</h1><ul><li>{ONE}</li><li>{TWO}</li></ul><p>Ends.</p></article>");
    assert_eq!(text(&page), format!("{ONE}\n\n{TWO}\n\nEnds."));
    assert_eq!(text("<p>It rained."), "It rained.");
    assert_eq!(text("It rained.<br>It snowed."), "It rained.\nIt snowed.");
    assert_eq!(text("<div>It rained.</div>It snowed.<p>It froze."), "It rained.\n\nIt snowed.\n\nIt froze.");
}

#[test]
fn a_page_within_one_form_is_no_form() {
    let page = format!(
        "<form id=aspnetForm><div class=menu><a href=/a>A</a></div><h1>Ferry</h1><p>{ONE}</p><p>{TWO}</p><input></form>"
    );
    assert_eq!(text(&page), format!("{ONE}\n\n{TWO}"));
}

#[test]
fn what_readers_do_not_see_is_no_text() {
    let page = format!(
        "<body><p>{ONE}</p><p hidden>On 1 May 2001 a.</p><div style='display: none'>On 1 May 2002 b.</div><script>var a='On 1 May 2003';</script>\
         <style>On 1 May 2004</style><template>On 1 May 2005</template><!-- On 1 May 2006 --><svg><text>On 1 May 2007</text></svg>\
         <noscript>On 1 May 2008</noscript><textarea>On 1 May 2009</textarea><p>{TWO}</p>"
    );
    assert_eq!(text(&page), format!("{ONE}\n\n{TWO}"));
}

#[test]
fn white_space_is_what_a_browser_shows() {
    let page = "<p>On  3\n   May<b> 2019</b> ,\n it&nbsp;rained<i> </i>cats&shy;kin.<br>  And <span>s</span>nowed.</p><pre>a\n  b</pre>";
    let article = read(page);
    assert_eq!(article.text, "On 3 May 2019 , it\u{a0}rained catskin.\nAnd snowed.\n\na\n  b");
    assert_eq!(article.blocks.last().unwrap().kind, BlockKind::Code);
}

#[test]
fn metadata_beside_a_page_goes_before_its_own() {
    let page = format!("<title>Page</title><meta property=article:published_time content=2019-05-04><p>{ONE}</p>");
    let (article, messages) = read_all("a.html", &page, Some("title: Beside\ndate: 2019-05-05\n"));
    let article = article.unwrap();
    assert_eq!(article.title.value, "Beside");
    assert_eq!(article.published.unwrap().date.to_string(), "2019-05-05");
    assert!(messages.is_empty(), "a day apart is no conflict: {messages:?}");
    let (_, messages) = read_all("a.html", &page, Some("date: 2020-01-01\n"));
    assert!(messages[0].message.contains("the page's metadata states the publication date 2019-05-04"), "{messages:?}");
    assert_eq!(messages[0].location.as_ref().unwrap().line, Some(1));
}

#[test]
fn dates_of_machines_are_read_in_every_form() {
    for (content, day) in [
        ("2022-01-17T23:59:00-08:00", "2022-01-17"),
        ("2022-01-17 10:00:00.000 +0000 UTC", "2022-01-17"),
        ("20220117T100000Z", "2022-01-17"),
        ("1642413600", "2022-01-17"),
        ("1642413600000", "2022-01-17"),
        ("Mon, 17 Jan 2022 10:00:00 GMT", "2022-01-17"),
        ("January 17, 2022", "2022-01-17"),
        ("2022-01", "2022-01"),
    ] {
        let page = format!("<meta property=article:published_time content='{content}'><p>{ONE}</p>");
        let published = read(&page).published.unwrap();
        assert_eq!(published.date.to_string(), day, "{content}");
        assert_eq!(published.basis, DateBasis::PageMetadata);
    }
    for none in ["soon", "2022-13-45T10:00:00Z", "03/04/2022", "0", "99999999999999999999", "éééééééééé"] {
        let page = format!("<meta property=article:published_time content='{none}'><p>{ONE}</p>");
        assert_eq!(read(&page).published, None, "{none}");
    }
}

#[test]
fn dates_of_changes_comments_and_teasers_are_not_that_of_publication() {
    let page = format!(
        "<meta property=article:modified_time content=2022-02-02><aside><time datetime=2001-01-01>then</time></aside>\
         <article><h1>T</h1><time class=updated datetime=2022-02-02>x</time><p>{ONE}</p><p>{TWO}</p><time datetime=2003-03-03>later</time></article>\
         <div class=comments><time datetime=2022-05-05>x</time></div>"
    );
    let article = read(&page);
    assert_eq!(article.published, None);
    assert_eq!(article.updated.unwrap().to_string(), "2022-02-02");
}

#[test]
fn tables_of_facts_are_rows_and_tables_of_layout_are_none() {
    let facts = format!(
        "<p>{ONE}</p><table><tr><th>Day<th>Rain<tr><td>3 May<td>4 mm<tr><td><p>4 May</p><td></table><p>{TWO}</p>"
    );
    let article = read(&facts);
    let kinds: Vec<BlockKind> = article.blocks.iter().map(|b| b.kind).collect();
    use BlockKind::{Paragraph, TableRow};
    assert_eq!(kinds, [Paragraph, TableRow, TableRow, TableRow, Paragraph], "{}", article.text);
    assert!(article.text.contains("Day\tRain\n\n3 May\t4 mm\n\n4 May\n\n"), "{}", article.text);
    let layout = format!("<table><tr><td>Left<td><p>{ONE}<p>{TWO}{ONE}</table>");
    assert!(read(&layout).blocks.iter().all(|b| b.kind == Paragraph));
}

#[test]
fn a_page_without_text_is_told() {
    for page in ["", "<html></html>", "<script>x</script>", "<nav>Home</nav>", "<img src=x>"] {
        let (article, messages) = read_all("a.html", page, None);
        assert!(article.is_none(), "{page}");
        assert_eq!(messages[0].kind, "empty-article", "{page}");
    }
}
