//! Mistakes in a site's own templates: each is told at its place, and the last good site stands.

#![allow(clippy::disallowed_methods, clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test may touch files and fail

use crate::common::sandbox;

use sandbox::Sandbox;

const ARTICLE: (&str, &str) = (
    "content/a.md",
    "---\ntitle: Ferry stops\ndate: 2021-03-04\npublisher: Northern Post\n---\n\nIt sank on Monday.\n",
);

/// Gives the message for a template as `dateline check` prints it.
fn told(template: &str) -> String {
    let site = Sandbox::of(&[ARTICLE, ("templates/article.html", template)]);
    let (code, out, _) = site.run(&["check"]);
    assert_eq!(code, 1, "{out}");
    assert!(!site.path("public").exists(), "check writes nothing");
    assert_eq!(out.matches("error").count(), 1, "{out}");
    out
}

#[test]
fn a_mistake_is_shown_with_its_line_a_caret_and_what_to_do() {
    insta::assert_snapshot!(told("<p>é</p>\n{% if %}\n"), @r#"
    templates/article.html:2:7: error[template]: found `%}` but expected one of: integer, float, string, bool, ident, `-`, `not`, `<`, `{`, `[` or `(`
      |
    2 | {% if %}
      |       ^^
      = help: write it as in `{{ value }}` or `{% if value %}…{% endif %}`
    "#);
    insta::assert_snapshot!(told("{% extends \"base.html\" %}\n{% block content %}a{% endblock %}\n{% block content %}b{% endblock %}\n"), @r#"
    templates/article.html:3:10: error[template]: this block stands twice in the template: `content`
      |
    3 | {% block content %}b{% endblock %}
      |          ^^^^^^^
      = help: remove one of the two
    "#);
    insta::assert_snapshot!(told("<p>\n  {% include \"missing.html\" %}\n"), @r#"
    templates/article.html:2:14: error[template]: there is no template `missing.html`
      |
    2 |   {% include "missing.html" %}
      |              ^^^^^^^^^^^^^^
      = help: name a file in `templates/`, or a built-in one as in `builtin/base.html`
    "#);
    insta::assert_snapshot!(told("\n{% extends 'nope.html' %}\n"), @r#"
    templates/article.html:2:12: error[template]: there is no template `nope.html`
      |
    2 | {% extends 'nope.html' %}
      |            ^^^^^^^^^^^
      = help: name a file in `templates/`, or a built-in one as in `builtin/base.html`
    "#);
    insta::assert_snapshot!(told("{% extends \"article.html\" %}\n"), @r#"
    templates/article.html:1:12: error[template]: this template leads back to itself
      |
    1 | {% extends "article.html" %}
      |            ^^^^^^^^^^^^^^
      = help: to build on the theme's own template of this name, write `builtin/` before it
    "#);
    insta::assert_snapshot!(told("{{ article.title }}\n{{ nobody.name }}\n"), @r#"
    templates/article.html:2:4: error[template]: variable `nobody` is not defined. Available variables: article, assets, canonical, description, dir, feed, hidden, json_ld, lang, logo, nav, og_type, pager, path, picture, picture_alt, root, site_description, site_title, t, tags, title
      |
    2 | {{ nobody.name }}
      |    ^^^^^^
      = help: a page gives its template certain values; `{% if value %}` asks whether one is there
    "#);
}

#[test]
fn a_mistake_that_surfaces_in_a_built_in_template_names_it() {
    let said = told("{% set article = 1 %}{% include \"builtin/article.html\" %}");
    assert!(said.starts_with("builtin/article.html:"), "{said}");
    assert!(said.contains("help: this template is built in"), "{said}");
}

#[test]
fn the_last_good_site_outlives_a_broken_template() {
    let site = Sandbox::of(&[ARTICLE]);
    assert_eq!(site.run(&["build"]).0, 0);
    let before = site.files("public");
    site.write("templates/article.html", "{% if %}");
    let (code, _, err) = site.run(&["build"]);
    assert_eq!(code, 1);
    assert!(err.contains("templates/article.html:1:7: error[template]: "), "{err}");
    assert_eq!(site.files("public"), before);
}

#[test]
fn a_static_file_in_the_place_of_a_page_is_told() {
    let site =
        Sandbox::of(&[ARTICLE, ("static/index.html", "mine"), ("static/style.css", "a{}"), ("static/robots.txt", "x")]);
    let (code, out, _) = site.run(&["check"]);
    assert_eq!(code, 0);
    assert!(out.contains("static/index.html: warning[replaced-page]: "), "{out}");
    assert_eq!(out.matches("replaced-page]").count(), 1, "{out}");
    assert_eq!(site.run(&["build", "--strict"]).0, 1);
    assert_eq!(site.files("public")["index.html"], b"mine");
}
