//! What is hard to show, in a real browser. Run with `cargo test browser_hard:: -- --ignored`; it needs Chromium.

#![allow(clippy::disallowed_methods, clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test may touch files and fail

use crate::common::browser;
use crate::common::sandbox;

use browser::{Browser, serve};
use sandbox::Sandbox;
use serde_json::json;

/// Builds a site of one article for each text and opens its timeline.
fn opened(browser: &mut Browser, config: &str, articles: &[(&str, &str)]) -> (Sandbox, String) {
    let site = Sandbox::new();
    for (i, (head, text)) in articles.iter().enumerate() {
        site.write(&format!("content/a{i}.md"), format!("---\n{head}\ndate: 2021-03-10\n---\n\n{text}\n"));
    }
    site.write("dateline.yaml", config);
    let (code, _, err) = site.run(&["build"]);
    assert_eq!(code, 0, "{err}");
    let root = serve(&site.path("public"));
    browser.open(&format!("{root}index.html"));
    (site, root)
}

const FERRY: (&str, &str) = (
    "title: Ferry runs aground\npublisher: Northern Post",
    "The ferry Marta ran aground off Tonholm on Monday. Captain Ines Holt has commanded it since 2009.\n\n\
     The harbour of Tonholm was dredged in 1998.\n\nIn May 2014 the town bought the ferry Marta.",
);

#[test]
#[ignore = "needs Chromium"]
fn a_language_from_the_right_mirrors_the_page() {
    let browser = &mut Browser::start();
    let (_site, root) = opened(browser, "title: T\nlanguage: ar\n", &[FERRY]);
    let right = |what: &str| format!("document.querySelector('{what}').getBoundingClientRect().right");
    assert_eq!(browser.text("getComputedStyle(document.body).direction"), "rtl");
    let dates = format!("{} > {}", right(".events [data-edtf]"), right(".events h4"));
    assert_eq!(browser.eval(&dates), json!(true), "dates stand on the right");
    assert_eq!(browser.eval(&format!("{} < 400", right(".rail"))), json!(true), "the list of years on the left");
    // A day in English reads from the left: its number stands before its month.
    let ends = |from: i32| {
        format!(
            "(n => {{ const r = document.createRange(), t = n.firstChild; r.setStart(t, {from} < 0 ? t.length - 4 : 0); r.setEnd(t, {from} < 0 ? t.length : 1); return r.getBoundingClientRect().left }})([...document.querySelectorAll('.events time')].find(t => /^[0-9]+ /.test(t.textContent)))"
        )
    };
    assert_eq!(browser.eval(&format!("{} < {}", ends(0), ends(-1))), json!(true), "a date is scrambled");
    let mark = "(e => e.getBoundingClientRect().right - parseFloat(getComputedStyle(e, '::before').right) > 900)(document.querySelector('li.event'))";
    assert_eq!(browser.eval(mark), json!(true), "the line runs on the right");
    assert!(browser.eval("document.documentElement.scrollWidth").as_u64().unwrap() <= 1280);
    browser.size(320, 800);
    assert!(browser.eval("document.documentElement.scrollWidth").as_u64().unwrap() <= 320);
    browser.open(&format!("{root}articles/index.html"));
    browser.eval("document.querySelector('.entries a').click()");
    browser.until("!!document.querySelector('.body p')");
    assert_eq!(browser.text("getComputedStyle(document.querySelector('.body p')).direction"), "ltr", "by its own text");
    assert_eq!(browser.problems, Vec::<String>::new());
}

#[test]
#[ignore = "needs Chromium"]
fn a_headline_that_turns_text_turns_nothing_but_itself() {
    let browser = &mut Browser::start();
    let hostile = ("title: \"\u{202E}drawkcab\"\npublisher: \"\u{202E}tsoP nrehtroN\"", FERRY.1);
    let (_site, _root) = opened(browser, "title: \"\u{202E}emit\"\n", &[hostile]);
    // A word behind the name of an outlet stands to the right of it, letter behind letter.
    let straight = |what: &str| {
        format!(
            "(n => {{ const r = document.createRange(), x = i => (r.setStart(n, i), r.setEnd(n, i + 1), r.getBoundingClientRect().left);
               return x(0) < x(1) && x(1) < x(2); }})({what})"
        )
    };
    let summary = "document.querySelector('summary bdi').firstChild";
    assert_eq!(browser.eval(&straight(summary)), json!(true), "one source: …");
    browser.eval("document.querySelector('summary').click()");
    let read = "document.querySelector('details[open] .links a').firstChild";
    assert_eq!(browser.eval(&straight(read)), json!(true));
    let title = browser.text("document.title");
    assert_eq!(title.matches('\u{202E}').count(), title.matches('\u{202C}').count());
}

#[test]
#[ignore = "needs Chromium"]
fn the_histogram_fits_every_width_with_bars_for_a_finger() {
    let browser = &mut Browser::start();
    let years: String = (0..40).map(|i| format!("The quay number {i} was mended in March {}.\n\n", 1960 + i)).collect();
    let (_site, _root) = opened(browser, "title: T\n", &[("title: Quays\npublisher: Post", &years)]);
    for width in [320, 390, 700, 1000, 1280] {
        browser.size(width, 800);
        let wide = browser.eval("document.documentElement.scrollWidth").as_u64().unwrap();
        assert!(wide <= u64::from(width), "{wide} at {width}");
        let inside = browser.eval("(d => d.scrollWidth <= d.clientWidth)(document.querySelector('.density'))");
        assert_eq!(inside, json!(true), "it scrolls at {width}");
        let narrowest = browser.eval(
            "Math.min(...[...document.querySelectorAll('.density .hit')].filter(b => b.checkVisibility()).map(b => b.getBoundingClientRect().width))",
        );
        assert!(narrowest.as_f64().unwrap() >= 23.9, "{narrowest} at {width}");
        let drawn = "[...document.querySelectorAll('.plot')].filter(p => p.checkVisibility()).length";
        assert_eq!(browser.eval(drawn), json!(1));
    }
}

#[test]
#[ignore = "needs Chromium"]
fn an_article_has_a_line_of_its_own_with_marks_of_precision() {
    let browser = &mut Browser::start();
    let (_site, root) = opened(browser, "title: T\n", &[FERRY]);
    browser.open(&format!("{root}articles/index.html"));
    browser.eval("document.querySelector('.entries a').click()");
    browser.until("!!document.querySelector('.small') && document.readyState === 'complete'");
    let heights = "[...new Set([...document.querySelectorAll('.small .event')].map(e => getComputedStyle(e, '::before').height))]";
    assert!(browser.eval(&format!("{heights}.length >= 3")).as_bool().unwrap(), "a day, a month, a year, an open end");
    let inside = "[...document.querySelectorAll('.small .event')].every(e => parseFloat(getComputedStyle(e, '::before').height) < e.offsetHeight)";
    assert_eq!(browser.eval(inside), json!(true), "no mark reaches into the next");
    assert_eq!(
        browser.text("getComputedStyle(document.querySelector('.small .events'), '::before').borderLeftStyle"),
        "solid"
    );
    browser.size(320, 800);
    assert!(browser.eval("document.documentElement.scrollWidth").as_u64().unwrap() <= 320);
}

#[test]
#[ignore = "needs Chromium"]
fn a_headline_of_ten_thousand_letters_fills_no_screen() {
    let browser = &mut Browser::start();
    let title = "w".repeat(10_000);
    let text = "The ferry Marta ran aground off Tonholm on Monday.";
    let site = Sandbox::new();
    site.write(
        "content/a.md",
        format!("---\ntitle: {title}\ndate: 2021-03-10\npublisher: Post\nevent: 2021-03-08\n---\n\n{text}\n"),
    );
    assert_eq!(site.run(&["build"]).0, 0);
    let root = serve(&site.path("public"));
    for (page, what) in [("index.html", "h4"), ("articles/index.html", ".entries a")] {
        browser.open(&format!("{root}{page}"));
        browser.size(390, 800);
        let height = browser.eval(&format!("document.querySelector('{what}').offsetHeight")).as_f64().unwrap();
        assert!(height < 300.0, "{page}: {height}");
    }
    browser.eval("document.querySelector('.entries a').click()");
    browser.until("!!document.querySelector('.article-page h1')");
    assert!(browser.eval("document.querySelector('h1').offsetHeight").as_f64().unwrap() < 500.0);
}

#[test]
#[ignore = "needs Chromium"]
fn style_sheets_mean_the_same_as_they_are_served() {
    let browser = &mut Browser::start();
    let (site, root) = opened(browser, "title: T\n", &[FERRY]);
    let served: Vec<String> = site.files("public").keys().filter(|path| path.ends_with(".css")).cloned().collect();
    assert_eq!(served.len(), 3);
    for path in served {
        let name = path.trim_start_matches("assets/").split('.').next().unwrap();
        let source = std::fs::read_to_string(format!("{}/static/{name}.css", env!("CARGO_MANIFEST_DIR"))).unwrap();
        // What is kept as it is written, as in custom properties, differs in white space alone.
        let script = format!(
            "(async () => {{ const rules = s => {{ const e = new CSSStyleSheet(); e.replaceSync(s);
               return [...e.cssRules].map(r => r.cssText.replace(/\\s*([,()\\/])\\s*/g, '$1')) }};
               const [a, b] = [rules({}), rules(await (await fetch('{root}{path}')).text())];
               return a.length > 20 && a.length === b.length ? a.filter((rule, i) => rule !== b[i]).join('\\n') : 'lost' }})()",
            json!(source)
        );
        assert_eq!(browser.eval(&script), json!(""), "{name}");
    }
}

#[test]
#[ignore = "needs Chromium"]
fn a_logo_without_a_size_of_its_own_is_no_taller_than_its_bar() {
    let browser = &mut Browser::start();
    let (site, root) = opened(browser, "title: T\n", &[FERRY]);
    site.write(
        "static/mark.svg",
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'><rect width='9' height='9'/></svg>",
    );
    site.write("dateline.yaml", "title: T\ntheme:\n  logo: mark.svg\n");
    assert_eq!(site.run(&["build"]).0, 0);
    for page in ["index.html", "articles/index.html"] {
        browser.open(&format!("{root}{page}"));
        browser.until("document.querySelector('.logo').complete");
        let logo = "(r => r.height > 15 && r.height < 49 && r.width === r.height)(document.querySelector('.logo').getBoundingClientRect())";
        assert_eq!(browser.eval(logo), json!(true), "{page}");
        assert_eq!(browser.eval("document.querySelector('.bar').offsetHeight < 80"), json!(true), "{page}");
        assert_eq!(
            browser.eval("document.querySelector('.logo').checkVisibility({visibilityProperty: true})"),
            json!(true)
        );
    }
}
