//! `dateline init`: sites that build at once, articles taken over, and nothing ever written over.

#![allow(clippy::disallowed_methods, clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test may touch files and fail

use crate::common::links;
use crate::common::sandbox;

use sandbox::Sandbox;
use std::collections::BTreeMap;
use std::path::Path;

const WORKFLOW: &str = ".github/workflows/pages.yml";

/// A folder without a site in it, but for these files.
fn folder(files: &[(&str, &str)]) -> Sandbox {
    let sandbox = Sandbox::of(files);
    let _ = std::fs::remove_dir(sandbox.path("content"));
    sandbox
}

fn names(sandbox: &Sandbox, below: &str) -> Vec<String> {
    sandbox.files(below).into_keys().collect()
}

#[test]
fn a_new_site_is_whole_and_sound() {
    let place = folder(&[]);
    let (code, out, err) = place.run(&["init", "my site"]);
    assert_eq!((code, out.as_str()), (0, ""), "{err}");
    assert!(err.contains("`dateline.yaml`") && err.contains("dateline serve --root 'my site'"), "{err}");
    let made = [
        ".github/workflows/pages.yml",
        ".gitignore",
        "content/2024-03-07-lighthouse.md",
        "corrections.yaml",
        "dateline.yaml",
    ];
    assert_eq!(names(&place, "my site"), made);
    let (code, out, err) = place.run(&["check", "--strict", "--root", "my site"]);
    assert_eq!((code, out.as_str()), (0, ""), "{err}");
    let (code, _, err) = place.run(&["build", "--strict", "--root", "my site"]);
    assert_eq!(code, 0, "{err}");
    let (_, events, _) = place.run(&["events", "--root", "my site"]);
    for date in ["1871", "2019-11", "2024-01-18", "2024-03-05", "2024-06-01"] {
        assert!(events.contains(date), "{date} in\n{events}");
    }
    assert_eq!(links::broken(&place.path("my site/public")), Vec::<String>::new());
}

#[test]
fn every_commented_line_of_the_configuration_means_what_it_says() {
    let place = folder(&[]);
    place.run(&["init"]);
    let text = std::fs::read_to_string(place.path("dateline.yaml")).unwrap();
    // A line that sets something has no space before its colon; a sentence does.
    let sets = |line: &str| {
        let key = line.strip_prefix("# ").and_then(|rest| rest.split_once(':')).map(|(key, _)| key.trim());
        key.is_some_and(|key| !key.is_empty() && key.chars().all(|c| c.is_ascii_lowercase() || "_-".contains(c)))
    };
    let open: Vec<&str> = text.lines().map(|l| if sets(l) { l.strip_prefix("# ").unwrap() } else { l }).collect();
    place.write("dateline.yaml", open.join("\n"));
    for file in ["share.png", "logo.svg"] {
        place.write(&format!("static/{file}"), "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
    }
    let (_, out, err) = place.run(&["check", "--strict"]);
    let config: Vec<&str> = out.lines().filter(|line| line.contains("dateline.yaml")).collect();
    assert_eq!(config, Vec::<&str>::new(), "{out}{err}");
    let keys = [
        "title",
        "description",
        "base_url",
        "language",
        "direction",
        "picture",
        "theme",
        "logo",
        "fonts",
        "colors",
        "dark",
    ];
    let colors = dateline::config::COLORS.iter().chain(dateline::config::FONTS).copied();
    for key in keys.into_iter().chain(colors) {
        assert!(open.iter().any(|line| line.trim_start().starts_with(&format!("{key}:"))), "{key}");
    }
}

#[test]
fn the_commented_corrections_can_be_followed() {
    let place = folder(&[]);
    place.run(&["init"]);
    let text = std::fs::read_to_string(place.path("corrections.yaml")).unwrap();
    let open = |line: &str| match line.strip_prefix("# ").or(line.strip_prefix('#')) {
        Some(rest) if rest.starts_with("- ") || rest.starts_with("  ") => format!("{rest}\n"),
        _ => String::new(),
    };
    place.write("corrections.yaml", text.lines().map(open).collect::<String>());
    let (code, out, _) = place.run(&["check"]);
    // The ids are of no event here, which is all that is to be said against them.
    assert_eq!(code, 0, "{out}");
    assert!(out.contains("lost-correction") && !out.contains("error["), "{out}");
}

#[test]
fn nothing_is_ever_written_over() {
    let place = folder(&[("dateline.yaml", "title: Mine\n"), (WORKFLOW, "name: Mine\n"), (".gitignore", "target\n")]);
    let before = place.files("");
    let (code, out, err) = place.run(&["init", "."]);
    assert_eq!((code, out.as_str()), (3, ""), "{err}");
    assert!(
        err.contains("`.github/workflows/pages.yml`, `dateline.yaml`") && err.contains("nothing was written"),
        "{err}"
    );
    assert!(place.files("") == before);

    let place = folder(&[(".gitignore", "target\n"), (".github", "a file"), ("site", "a file too")]);
    let before = place.files("");
    assert_eq!(place.run(&["init"]).0, 3);
    assert_eq!(place.run(&["init", "site"]).0, 3);
    assert!(place.files("") == before);
}

#[cfg(unix)]
#[test]
fn nothing_is_written_through_a_link() {
    let (place, other) = (folder(&[]), folder(&[]));
    std::os::unix::fs::symlink(other.path(""), place.path("content")).unwrap();
    let (code, _, err) = place.run(&["init", "."]);
    assert_eq!(code, 3, "{err}");
    assert!(other.files("").is_empty());
}

#[test]
fn a_folder_with_articles_becomes_a_site_and_gets_no_example() {
    let place = folder(&[
        ("content/a.txt", "Harbour News\n\nPublished: May 4, 2020\n\nThe pier opened on May 2.\n"),
        (".gitignore", "x\n"),
    ]);
    let (code, _, err) = place.run(&["init", "."]);
    assert_eq!(code, 0, "{err}");
    assert!(err.contains("add `/public/` and `/.dateline/` to it"), "{err}");
    assert_eq!(names(&place, "content"), ["a.txt"]);
    assert_eq!(std::fs::read_to_string(place.path(".gitignore")).unwrap(), "x\n");
    assert_eq!(place.run(&["build"]).0, 0);
    // A second time everything is in the way.
    assert_eq!(place.run(&["init", "."]).0, 3);
}

#[test]
fn a_workflow_below_the_top_of_a_repository_is_told_of() {
    let place = folder(&[(".git/HEAD", "ref: refs/heads/main\n")]);
    assert!(place.run(&["init", "site"]).2.contains("only at the top of a repository"));
    assert!(!place.run(&["init", "."]).2.contains("only at the top of a repository"));
}

/// Takes over a folder and gives the articles, and what was said.
fn taken(files: &[(&str, &str)]) -> (BTreeMap<String, String>, String) {
    let old = folder(files);
    let place = folder(&[]);
    let (code, _, err) = place.run(&["init", "new", "--from", old.path("").to_str().unwrap()]);
    assert_eq!(code, 0, "{err}");
    let (code, out, _) = place.run(&["check", "--root", "new"]);
    assert_eq!(code, 0, "{out}");
    assert_eq!(place.run(&["build", "--root", "new"]).0, 0);
    let text = |(path, bytes): (String, Vec<u8>)| (path, String::from_utf8(bytes).unwrap());
    (place.files("new/content").into_iter().map(text).collect(), err)
}

#[test]
fn articles_of_hugo_are_taken_over() {
    let flood = "+++\ntitle = \"Flood\"\ndate = 2021-02-03T10:00:00Z\ndraft = false\n+++\n\nThe Arl rose on Monday. {{< figure src=\"a.jpg\" >}}\n";
    let (articles, said) = taken(&[
        ("hugo.toml", "title = 'Old'\n"),
        ("content/_index.md", "---\ntitle: Home\n---\n"),
        ("content/posts/_index.md", "---\ntitle: Posts\n---\n"),
        ("content/posts/flood.md", flood),
        ("content/posts/storm/index.md", "---\ntitle: Storm\ndate: 2021-02-05\n---\n\nThe storm came on Thursday.\n"),
        ("content/posts/storm/wind.jpg", "jpg"),
        (
            "content/posts/later.md",
            "---\ntitle: Later\ndate: 2021-02-06\ndraft: true\n---\n\nThe dam broke on Friday.\n",
        ),
        ("layouts/index.html", "{{ .Content }}"),
        ("themes/x/content/no.md", "no"),
    ]);
    let names: Vec<&String> = articles.keys().collect();
    assert_eq!(names, ["posts/flood.md", "posts/later.md", "posts/storm.md"]);
    assert_eq!(articles["posts/flood.md"], flood.replace("{{< figure src=\"a.jpg\" >}}", ""));
    assert!(said.contains("took over 3 articles") && said.contains("(Hugo)"), "{said}");
    assert!(said.contains("2 pages that list others, 1 file of another kind"), "{said}");
    assert!(said.contains("were taken out of `content/posts/flood.md`"), "{said}");
}

#[test]
fn articles_of_jekyll_are_taken_over() {
    let (articles, said) = taken(&[
        ("_config.yml", "title: Old\n"),
        ("index.html", "---\nlayout: home\n---\n{% for post in site.posts %}{% endfor %}\n"),
        ("about.md", "---\ntitle: About\n---\nUs.\n"),
        ("_layouts/post.html", "{{ content }}"),
        ("_includes/x.md", "no"),
        (
            "_posts/2019-05-06-market.md",
            "---\nlayout: post\ntitle: Market\n---\n\nThe market burnt down on Saturday.\n",
        ),
        ("_posts/2019-05-07-hall.html", "---\ntitle: Hall\n---\n\n    <p>The hall reopened on\n\n    May 2.</p>\n"),
        ("town/_posts/2019-05-08-road.markdown", "---\ntitle: Road\npublished: false\n---\n\nThe road closed.\n"),
        ("_drafts/idea.md", "---\ntitle: Idea\n---\n\nThe mill closed on May 3, 2019.\n"),
        ("_site/2019/05/06/market.html", "<p>built</p>"),
        ("README.md", "Read me."),
    ]);
    let names: Vec<&String> = articles.keys().collect();
    assert_eq!(
        names,
        ["2019-05-06-market.md", "2019-05-07-hall.md", "drafts/idea.md", "town/2019-05-08-road.markdown"]
    );
    assert!(articles["drafts/idea.md"].starts_with("---\ndraft: true\ntitle: Idea\n"));
    assert!(articles["town/2019-05-08-road.markdown"].contains("\ndraft: true\n"));
    assert!(said.contains("(Jekyll)") && said.contains("1 draft marked"), "{said}");
}

#[test]
fn what_jekyll_dates_by_file_name_is_dated_and_html_is_read_as_text() {
    let old = folder(&[(
        "_posts/2019-05-07-hall.html",
        "---\ntitle: Hall\n---\n\n    <p>The hall reopened on Sunday.</p>\n",
    )]);
    let place = folder(&[]);
    place.run(&["init", "--from", old.path("").to_str().unwrap()]);
    let (_, events, err) = place.run(&["events"]);
    assert!(events.contains("2019-05-05") && events.contains("hall reopened"), "{events}{err}");
}

#[test]
fn articles_of_zola_and_eleventy_are_taken_over() {
    let (articles, said) = taken(&[
        ("config.toml", "base_url = 'https://old.example'\n"),
        ("templates/index.html", "{{ section.content }}"),
        ("content/_index.md", "+++\ntitle = \"Home\"\n+++\n"),
        (
            "content/blog/ship/index.md",
            "+++\ntitle = \"Ship\"\ndate = 2022-04-05\n[taxonomies]\ntags = [\"sea\"]\n+++\n\nThe ship sank on Sunday.\n",
        ),
    ]);
    assert_eq!(articles.keys().collect::<Vec<_>>(), ["blog/ship.md"]);
    assert!(said.contains("(Zola)"), "{said}");

    let (articles, said) = taken(&[
        ("eleventy.config.js", "export default {};"),
        ("README.md", "Read me."),
        ("index.md", "---\nlayout: home\n---\nHome"),
        ("posts/posts.json", "{}"),
        (
            "posts/rail.md",
            "---json\n{\"title\": \"Rail\", \"date\": \"2022-04-06\"}\n---\n\nThe line opened on Monday.\n",
        ),
        ("node_modules/x/readme.md", "no"),
        ("_includes/base.html", "no"),
    ]);
    assert_eq!(articles.keys().collect::<Vec<_>>(), ["posts/rail.md"]);
    assert!(said.contains("(Eleventy)"), "{said}");
}

#[test]
fn a_folder_of_files_is_taken_over_with_its_metadata_and_odd_names() {
    let (articles, said) = taken(&[
        ("Old & new.txt", "The pier opened on May 2, 2020.\n"),
        ("Old & new.yaml", "title: Pier\n"),
        ("deep/er/ferry.md", "---\ndate: 2020-05-04\n---\nThe ferry left on May 3.\n"),
        ("picture.png", "png"),
        (".hidden/no.md", "no"),
    ]);
    assert_eq!(articles.keys().collect::<Vec<_>>(), ["Old & new.txt", "Old & new.yaml", "deep/er/ferry.md"]);
    assert!(said.contains("1 file of another kind"), "{said}");
}

#[test]
fn a_site_can_begin_in_the_very_folder_it_takes_over() {
    let post = "---\ntitle: Market\n---\n\nThe market burnt down on Saturday.\n";
    let place = folder(&[("_config.yml", "title: Old\n"), ("_posts/2019-05-06-market.md", post)]);
    let (code, _, err) = place.run(&["init", ".", "--from", "."]);
    assert_eq!(code, 0, "{err}");
    assert_eq!(names(&place, "content"), ["2019-05-06-market.md"]);
    assert_eq!(place.run(&["build"]).0, 0);

    let place = folder(&[("_posts/2019-05-06-market.md", post)]);
    let (code, _, err) = place.run(&["init", "new", "--from", "."]);
    assert_eq!(code, 0, "{err}");
    assert_eq!(names(&place, "new/content"), ["2019-05-06-market.md"]);
}

#[test]
fn a_folder_without_articles_is_told_of_and_nothing_is_written() {
    let place = folder(&[("old/_config.yml", "title: Old\n"), ("old/about.md", "Us.")]);
    let (code, _, err) = place.run(&["init", "new", "--from", "old"]);
    assert!(code == 3 && err.contains("there are no articles in `old`") && err.contains("_posts"), "{err}");
    let (code, _, err) = place.run(&["init", "new", "--from", "nowhere"]);
    assert!(code == 3 && err.contains("nowhere"), "{err}");
    assert!(!place.path("new").exists());
}

/// Gives the commands of a step of the workflow, as GitHub would run them.
fn step(place: &Path, name: &str) -> String {
    let text = std::fs::read_to_string(place.join(WORKFLOW)).unwrap();
    let rest = text.split_once(&format!("- name: {name}\n")).unwrap().1;
    let run = rest.split_once("run: ").unwrap().1;
    match run.strip_prefix("|\n") {
        None => run.lines().next().unwrap().to_owned(),
        Some(block) => {
            let lines = block.lines().take_while(|line| line.is_empty() || line.starts_with("          "));
            lines.map(|line| format!("{}\n", line.trim_start_matches("          "))).collect()
        }
    }
}

#[cfg(target_os = "linux")]
mod by_hand {
    use super::*;
    use std::process::Command;

    fn sh(folder: &Path, script: &str, env: &[(&str, &str)]) -> (bool, String) {
        let mut shell = Command::new("bash");
        shell.args(["-e", "-c", script]).current_dir(folder).envs(env.iter().copied());
        let out = shell.output().unwrap();
        (out.status.success(), String::from_utf8_lossy(&[out.stdout, out.stderr].concat()).into_owned())
    }

    #[test]
    fn the_workflow_gives_a_site_whose_links_resolve_under_its_sub_path() {
        let place = folder(&[]);
        place.run(&["init", "."]);
        let program = Path::new(env!("CARGO_BIN_EXE_dateline")).parent().unwrap().to_str().unwrap();
        let path = format!("{program}:{}", std::env::var("PATH").unwrap());
        for (name, url) in [("Check", ""), ("Build", "https://me.example/the/repo")] {
            let (done, said) = sh(&place.path(""), &step(&place.path(""), name), &[("PATH", &path), ("BASE_URL", url)]);
            assert!(done, "{name}: {said}");
        }
        assert_eq!(links::broken(&place.path("public")), Vec::<String>::new());
        let missing = std::fs::read_to_string(place.path("public/404.html")).unwrap();
        assert!(missing.contains("href=\"/the/repo/"), "{missing}");
    }

    #[test]
    fn a_released_binary_is_installed_only_with_its_checksum() {
        let place = folder(&[]);
        place.run(&["init", "."]);
        let version = env!("CARGO_PKG_VERSION");
        let machine = std::env::consts::ARCH;
        let name = format!("dateline-{version}-{machine}-unknown-linux-gnu.tar.gz");
        let at = |path: &str| place.path(path);
        place.write("release/dateline", "#!/bin/sh\necho installed\n");
        let folder = format!("released/v{version}");
        std::fs::create_dir_all(at(&folder)).unwrap();
        let pack = format!(
            "chmod +x release/dateline && tar -czf {folder}/{name} release && cd {folder} && sha256sum * > SHA256SUMS"
        );
        assert!(sh(&at(""), &pack, &[]).0);
        let (from, home) = (format!("file://{}", at("released").display()), at("home"));
        let script = step(&at(""), "Install Dateline");
        let install = |home: &Path| {
            std::fs::create_dir_all(home).unwrap();
            let paths = home.join("paths");
            let env =
                [("DATELINE_RELEASES", from.as_str()), ("DATELINE_VERSION", version), ("DATELINE_REPOSITORY", "")];
            let env =
                [&env[..], &[("HOME", home.to_str().unwrap()), ("GITHUB_PATH", paths.to_str().unwrap())]].concat();
            (sh(&at(""), &script, &env), std::fs::read_to_string(&paths).unwrap_or_default())
        };
        let ((done, said), paths) = install(&home);
        assert!(done, "{said}");
        let (_, ran) = sh(&at(""), &format!("{}/dateline", paths.trim()), &[]);
        assert_eq!(ran, "installed\n");

        place.write(&format!("{folder}/SHA256SUMS"), format!("{}  {name}\n", "0".repeat(64)));
        let ((done, said), paths) = install(&at("other"));
        assert!(!done && said.contains("FAILED") && paths.is_empty(), "{said}");
        assert!(!at("other/.local/share/dateline").join(version).join("bin").exists());
    }
}
