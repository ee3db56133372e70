//! Names of people, organisations and places, each one however the articles write it.

#![allow(clippy::disallowed_methods, clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test may touch files and fail

use crate::common::sandbox;

use sandbox::Sandbox;
use serde_json::Value;
use std::collections::BTreeMap;

/// Makes a site of articles, each of an outlet and a text.
fn site(articles: &[(&str, &str)]) -> Sandbox {
    let files: Vec<(String, String)> = articles
        .iter()
        .enumerate()
        .map(|(i, (outlet, text))| {
            let head = format!("---\ntitle: Report {i}\npublisher: {outlet}\ndate: 2023-05-1{i}\n---\n\n");
            (format!("content/{i}.md"), head + text + "\n")
        })
        .collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    Sandbox::of(&files)
}

/// Gives the dates of the events that flags choose, each with its names.
fn events(site: &Sandbox, flags: &[&str]) -> BTreeMap<String, Vec<String>> {
    let (code, json, err) = site.run(&[&["events", "--format", "json", "-q"], flags].concat());
    assert_eq!(code, 0, "{err}");
    let json: Value = serde_json::from_str(&json).unwrap();
    let names = |event: &Value| -> Vec<String> {
        let all = event["sources"].as_array().unwrap().iter().flat_map(|s| s["names"].as_array().unwrap());
        let mut names: Vec<String> = all.map(|n| n.as_str().unwrap().to_owned()).collect();
        names.sort();
        names.dedup();
        names
    };
    let all = json["events"].as_array().unwrap();
    all.iter().map(|e| (e["date"].as_str().unwrap().to_owned(), names(e))).collect()
}

fn dates(site: &Sandbox, flags: &[&str]) -> Vec<String> {
    events(site, flags).into_keys().collect()
}

#[test]
fn ways_to_write_a_name_are_one_name_and_one_page() {
    let site = site(&[
        (
            "Northern Post",
            "Foreign Minister Mélanie Joly flew to Oslo on 3 May 2023. Ms Joly signed a treaty on 5 May 2023.",
        ),
        ("Valley Courier", "On 7 May 2023 Joly was in talks with the fishermen. Melanie Joly resigned on 9 May 2023."),
    ]);
    for (date, names) in events(&site, &[]) {
        assert!(names.contains(&"Mélanie Joly".to_owned()), "{date}: {names:?}");
        assert!(!names.iter().any(|n| n == "Joly" || n == "Melanie Joly"), "{date}: {names:?}");
    }
    let all = ["2023-05-03", "2023-05-05", "2023-05-07", "2023-05-09"];
    for wanted in [
        "Ms Joly",
        "joly",
        "melanie joly",
        "MÉLANIE JOLY",
        "Foreign Minister Joly",
        "the foreign minister Mélanie Joly",
    ] {
        assert_eq!(dates(&site, &["--name", wanted]), all, "{wanted}");
    }
    assert!(dates(&site, &["--name", "Jol"]).is_empty());
    let (code, _, err) = site.run(&["build", "-q"]);
    assert_eq!(code, 0, "{err}");
    let pages: Vec<String> = std::fs::read_dir(site.path("public/names"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.contains("joly"))
        .collect();
    assert_eq!(pages, ["melanie-joly"]);
}

#[test]
fn a_name_told_in_full_without_a_date_is_known_in_full() {
    let site = site(&[(
        "Northern Post",
        "The harbour is led by Ida Holm, a lawyer. Holm closed the quay on 3 May 2023. It was on 5 May 2023 that Holm left.",
    )]);
    for (date, names) in events(&site, &[]) {
        assert_eq!(names, ["Ida Holm"], "{date}");
    }
}

#[test]
fn two_people_of_one_name_stay_apart() {
    let site = site(&[
        ("Northern Post", "Kamala Harris spoke in Oslo on 3 May 2023. Ms Harris left on 4 May 2023."),
        ("Valley Courier", "The actor Ed Harris was honoured on 6 May 2023. Crowds met Harris on 7 May 2023."),
        ("Coast Weekly", "It was on 9 May 2023 that Harris bought the boat."),
    ]);
    let events = events(&site, &[]);
    for (date, name) in [
        ("2023-05-03", "Kamala Harris"),
        ("2023-05-04", "Kamala Harris"),
        ("2023-05-06", "Ed Harris"),
        ("2023-05-07", "Ed Harris"),
        ("2023-05-09", "Harris"),
    ] {
        assert!(events[date].contains(&name.to_owned()), "{date}: {:?}", events[date]);
    }
    assert_eq!(dates(&site, &["--name", "Ed Harris"]), ["2023-05-06", "2023-05-07"]);
}

#[test]
fn a_place_is_no_person_and_no_part_of_another_place() {
    let site = site(&[
        ("Northern Post", "The actor Nils Lincoln died on 3 May 2023. The mill burned in New York on 4 May 2023."),
        ("Valley Courier", "A bridge opened in Lincoln on 6 May 2023. The minster of York was struck on 7 May 2023."),
    ]);
    let events = events(&site, &[]);
    assert_eq!(events["2023-05-06"], ["Lincoln"]);
    assert_eq!(events["2023-05-07"], ["York"]);
}

#[test]
fn initials_are_what_they_stand_for() {
    let site = site(&[
        ("Northern Post", "On 3 May 2023 runners sued the World Running Board (WRB). On 5 May 2023 the WRB gave way."),
        ("Valley Courier", "Sponsors left the WRB on 7 May 2023. It was on 9 May 2023 that the EU fined it."),
        (
            "Coast Weekly",
            "It was on 11 May 2023 that the European Union and the U.S. met. Crowds left the United States on 12 May 2023.",
        ),
    ]);
    let events = events(&site, &[]);
    for date in ["2023-05-03", "2023-05-05", "2023-05-07"] {
        assert_eq!(events[date], ["World Running Board"], "{date}");
    }
    assert_eq!(events["2023-05-09"], ["European Union"]);
    assert_eq!(events["2023-05-11"], ["European Union", "United States"]);
    assert_eq!(dates(&site, &["--name", "wrb"]), ["2023-05-03", "2023-05-05", "2023-05-07"]);
    assert_eq!(dates(&site, &["--name", "E.U."]), ["2023-05-09", "2023-05-11"]);
}

#[test]
fn the_outlet_that_only_reports_is_no_name_of_the_event() {
    let site = site(&[(
        "Valley Courier",
        "Mayor Ida Holm told the Courier on 3 May 2023 that the quay was shut. Thieves robbed the Courier on 5 May 2023.",
    )]);
    let events = events(&site, &[]);
    assert_eq!(events["2023-05-03"], ["Ida Holm"]);
    assert_eq!(events["2023-05-05"], ["Courier"]);
}

#[test]
fn a_role_at_the_head_of_a_sentence_is_no_part_of_a_name() {
    for (text, want) in [
        ("Goalkeeper Jan Petrov left on 3 May 2023.", "Jan Petrov"),
        ("Singer Ann Lowe died on 3 May 2023.", "Ann Lowe"),
        ("Rival Corncorp sued on 3 May 2023.", "Corncorp"),
        ("On 3 May 2023 the case went to U.S. District Judge Miriam Castellano.", "Miriam Castellano"),
        ("Downing Street denied it on 3 May 2023.", "Downing Street"),
    ] {
        let events = events(&site(&[("Northern Post", text)]), &[]);
        let names = &events["2023-05-03"];
        assert!(names.contains(&want.to_owned()), "{text}: {names:?}");
        assert!(!names.iter().any(|name| name.contains(want) && name != want), "{text}: {names:?}");
    }
}

#[test]
fn a_name_put_in_for_a_pronoun_is_a_name_of_its_event() {
    let site =
        site(&[("Northern Post", "Mrs Ida Holm runs the mill. Crowds came.\n\nOn 3 May 2023 she bought a boat.")]);
    assert_eq!(events(&site, &[])["2023-05-03"], ["Ida Holm"]);
    assert_eq!(dates(&site, &["--name", "Ida Holm"]), ["2023-05-03"]);
}

#[test]
fn houses_keep_their_and_and_people_lose_their_letters() {
    for (text, want) in [
        ("On 3 May 2023 members of the Sailors and Stokers Union met.", &["Sailors and Stokers Union"][..]),
        ("On 3 May 2023 crowds saw the George and Mary Museum.", &["George and Mary Museum"]),
        ("On 3 May 2023 the firm of Poe & Lee closed.", &["Poe & Lee"]),
        ("On 3 May 2023 the book named Orm and Selby.", &["Orm", "Selby"]),
        ("On 3 May 2023 the judge called Ida Holm KC and Cllr Tom Poe.", &["Ida Holm", "Tom Poe"]),
        ("On 3 May 2023 a suit named Orm Mills Plc and DCI Ida Holm.", &["Ida Holm", "Orm Mills"]),
        ("On 3 May 2023 the press met the Harbours Minister, Lord Holm.", &["Holm"]),
        ("On 3 May 2023 workers put up our Christmas lights.", &[]),
    ] {
        assert_eq!(events(&site(&[("Northern Post", text)]), &[])["2023-05-03"], want, "{text}");
    }
}
