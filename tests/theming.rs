//! What templates receive: `docs/templates.md` is held to what the pages really give.

#![allow(clippy::disallowed_methods, clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test may touch files and fail

use crate::common::harbour;
use crate::common::many;

use dateline::config::Config;
use dateline::model::{Change, Corrected, Edit, RawFile, Timeline};
use dateline::render::{self, Theme};
use std::collections::{BTreeMap, BTreeSet};

/// A timeline in which every kind of page has something to show.
fn timeline() -> Timeline {
    let mut timeline = harbour::timeline();
    timeline.articles[0].tags = vec!["harbour".to_owned()];
    let corrected = vec![Corrected { what: Change::Merge, reason: None, was: None, id: Some("old".to_owned()) }];
    timeline
        .edits
        .insert("fell".to_owned(), Edit { corrected, notes: vec!["Mind this.".to_owned()], ..Edit::default() });
    timeline
}

fn rendered(timeline: &Timeline, name: &str, template: &str) -> Result<BTreeMap<String, String>, String> {
    let own = RawFile { path: format!("templates/{name}"), bytes: template.as_bytes().to_vec() };
    let theme = Theme::new(&[own], &[]).map_err(|error| error.to_string())?;
    let files = render::site(&Config::default(), timeline, &theme).map_err(|error| error.to_string())?;
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap_or_default();
    Ok(files.into_iter().map(|file| (file.path, text(file.bytes))).collect())
}

/// Gives the names that a template can use, as the program itself lists them where one is wrong.
fn given(timeline: &Timeline, template: &str) -> BTreeSet<String> {
    let said = rendered(timeline, template, "{{ nobody }}").unwrap_err();
    let (_, names) = said.split_once("Available variables: ").unwrap_or_else(|| panic!("{template}: {said}"));
    names.split(", ").map(|name| name.trim().to_owned()).collect()
}

/// Gives the fields of a value that a template can reach.
fn fields(timeline: &Timeline, template: &str, page: &str, value: &str) -> BTreeSet<String> {
    let body = match value.split_once(" of ") {
        Some((one, list)) => {
            format!(
                "{{% for {one} in {list} %}}{{% for key, it in {one} %}}=§{{{{ key }}}} {{% endfor %}}{{% endfor %}}"
            )
        }
        None => format!("{{% for key, it in {value} %}}=§{{{{ key }}}} {{% endfor %}}"),
    };
    let list = value.split_once(" of ").map_or(value, |(_, list)| list);
    let files = rendered(timeline, template, &format!("{{% if {list} %}}{body}{{% endif %}}")).unwrap();
    // A fragment stands among what the page shows besides.
    let marked = files[page].split("=§").skip(1).filter_map(|rest| rest.split(' ').next());
    let found: BTreeSet<String> = marked.map(str::to_owned).collect();
    assert!(!found.is_empty(), "{template} of {page} has no {value}");
    found
}

/// Reads the tables of the page: below each heading, the names in backquotes that stand first in a row.
fn documented() -> BTreeMap<String, BTreeSet<String>> {
    let page = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/templates.md")).unwrap();
    let mut tables: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut heading = String::new();
    for line in page.lines() {
        if let Some(name) = line.strip_prefix("### ") {
            heading = name.trim_matches('`').to_owned();
        } else if let Some(cell) = line.strip_prefix("| `") {
            let name = cell.split('`').next().unwrap_or_default();
            tables.entry(heading.clone()).or_default().insert(name.to_owned());
        }
    }
    tables
}

#[test]
fn what_each_template_receives_is_documented() {
    let (timeline, tables) = (timeline(), documented());
    let shared = &tables["every page"];
    for template in [
        "index.html",
        "year.html",
        "event.html",
        "gone.html",
        "article.html",
        "articles.html",
        "outlets.html",
        "outlet.html",
        "names.html",
        "name.html",
        "tags.html",
        "tag.html",
        "not-dated.html",
        "404.html",
    ] {
        let own: BTreeSet<String> = given(&timeline, template).difference(shared).cloned().collect();
        let said = tables.get(template).cloned().unwrap_or_default();
        assert_eq!(own, said, "docs/templates.md does not say just what `{template}` receives");
        let missing: Vec<_> = shared.iter().filter(|name| !given(&timeline, template).contains(*name)).collect();
        assert!(missing.is_empty(), "{template} does not receive {missing:?}");
    }
    let fragments = ["entry.html", "brief.html", "source.html", "item.html", "block.html", "reading.html", "told.html"];
    for template in fragments {
        let given = given(&timeline, template);
        let missing: Vec<_> = tables[template].iter().filter(|value| !given.contains(*value)).collect();
        assert!(missing.is_empty(), "{template} does not receive {missing:?}");
    }
}

#[test]
fn the_fields_of_values_are_documented() {
    let (timeline, tables) = (timeline(), documented());
    let many = many::timeline(700);
    let (event, year) = ("events/fell/index.html", "2021/index.html");
    for (heading, timeline, template, page, value) in [
        ("event", &timeline, "event.html", event, "event"),
        ("date", &timeline, "event.html", event, "event.date"),
        ("source", &timeline, "source.html", event, "source"),
        ("claim", &timeline, "event.html", event, "claim of event.claims"),
        ("group", &timeline, "year.html", year, "group"),
        ("month", &timeline, "year.html", year, "month of group.months"),
        ("article", &timeline, "article.html", "articles/crane-falls/index.html", "article"),
        ("block", &timeline, "block.html", "articles/crane-falls/index.html", "block"),
        ("expression", &timeline, "reading.html", "articles/crane-falls/index.html", "row"),
        ("link", &timeline, "outlets.html", "sources/index.html", "link of links"),
        ("pager", &many, "tag.html", "tags/all/index.html", "pager"),
        ("year", &many, "name.html", "names/ada-arden/index.html", "year of years"),
        ("doubt", &timeline, "not-dated.html", "not-dated/index.html", "article of articles"),
        ("letter", &many, "names.html", "names/index.html", "letter of letters"),
        ("page", &timeline, "index.html", "index.html", "page of nav"),
    ] {
        let told = tables.get(heading).cloned().unwrap_or_default();
        assert_eq!(fields(timeline, template, page, value), told, "docs/templates.md, `{heading}`");
    }
}

#[test]
fn every_template_of_the_theme_is_named() {
    let page = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/templates.md")).unwrap();
    for entry in std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/templates")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(page.contains(&format!("`{name}`")), "docs/templates.md does not name `{name}`");
    }
}

#[test]
fn a_template_builds_on_the_part_of_the_theme_that_it_replaces() {
    let timeline = timeline();
    let own = "<!-- mine -->{% include \"builtin/item.html\" %}";
    let files = rendered(&timeline, "item.html", own).unwrap();
    assert_eq!(files["index.html"].matches("<!-- mine --><").count(), timeline.events.len());
    assert!(files["2021/index.html"].contains("<!-- mine -->"));
    let own = "{% extends \"builtin/base.html\" %}{% block content %}<main id=\"main\">{{ event.title }}</main>{% endblock %}";
    let files = rendered(&timeline, "event.html", own).unwrap();
    assert!(files["events/order/index.html"].contains("<main id=\"main\">A new crane is ordered</main>"));
    let files = rendered(&timeline, "entry.html", "<li>{{ article.title }}!</li>").unwrap();
    assert!(files["articles/index.html"].contains("<li>The crane is down!</li>"));
}

/// Pages that are poured from a cast are just those that their templates make.
#[test]
fn a_page_is_the_same_whether_its_template_is_evaluated_or_not() {
    let sites = [timeline(), many::timeline(700)];
    for timeline in &sites {
        let poured = rendered(timeline, "unused.html", "").unwrap();
        // A changed part is evaluated with every template that builds on it.
        for name in ["base.html", "time.html", "source.html", "item.html", "brief.html", "entry.html", "block.html"] {
            let same = format!("{{% include \"builtin/{name}\" %}}");
            let own = if name == "base.html" { "{% extends \"builtin/base.html\" %}" } else { &same };
            for (path, page) in rendered(timeline, name, own).unwrap() {
                assert!(poured[&path] == page, "{path} with {name}");
            }
        }
    }
}
