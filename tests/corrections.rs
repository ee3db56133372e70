//! What people decide holds, is seen, and outlives new articles; what they name wrongly is told at its place.

#![allow(clippy::disallowed_methods, clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test may touch files and fail

use crate::common::sandbox;

use dateline::config::Config;
use dateline::diagnostic::Diagnostic;
use dateline::model::{Change, Event, RawArticle, RawFile, Timeline};
use dateline::pipeline;
use sandbox::Sandbox;

const POST: (&str, &str) = (
    "content/a-post.md",
    "---\ntitle: Quay crane falls\npublisher: Northern Post\ndate: 2021-03-10\n---\n\n\
     A crane collapsed on the Selby quay on Monday, killing two dockers. \
     Harbour master Ines Holt resigned on March 9.\n",
);
const COURIER: (&str, &str) = (
    "content/b-courier.md",
    "---\ntitle: Two dead at Selby\npublisher: Valley Courier\ndate: 2021-03-11\n---\n\n\
     Two dockers were killed when a crane collapsed on the Selby quay on Monday. \
     The ferry to Orm was cancelled on Wednesday.\n",
);
const LATER: (&str, &str) = (
    "content/0-later.md",
    "---\ntitle: A year of cranes\npublisher: Coast Weekly\ndate: 2021-06-01\n---\n\n\
     On March 8 a crane collapsed on the Selby quay and killed two dockers. \
     Harbour master Ines Holt resigned on March 9. Work began again on May 20.\n",
);

fn made(files: &[(&str, &str)], corrections: &str) -> (Timeline, Vec<Diagnostic>) {
    let raw = |path: &str, text: &str| RawFile { path: path.to_owned(), bytes: text.as_bytes().to_vec() };
    let articles: Vec<RawArticle> =
        files.iter().map(|(path, text)| RawArticle { file: raw(path, text), sidecar: None }).collect();
    pipeline::corrected(&Config::default(), &articles, Some(&raw("corrections.yaml", corrections)))
}

/// Makes a timeline of corrections that are all sound.
fn sound(files: &[(&str, &str)], corrections: &str) -> Timeline {
    let (timeline, messages) = made(files, corrections);
    assert_eq!(messages, [], "{corrections}");
    timeline
}

fn titled<'t>(timeline: &'t Timeline, part: &str) -> &'t Event {
    let found = timeline.events.iter().find(|e| e.title.contains(part));
    found.unwrap_or_else(|| panic!("{part}: {:?}", timeline.events.iter().map(|e| &e.title).collect::<Vec<_>>()))
}

fn id(files: &[(&str, &str)], part: &str) -> String {
    titled(&made(files, "").0, part).id.clone()
}

fn with_id<'t>(timeline: &'t Timeline, id: &str) -> &'t Event {
    timeline.events.iter().find(|e| e.id == id).expect("an event of this id")
}

fn told_by(timeline: &Timeline, event: &Event) -> Vec<String> {
    let article = |&m: &usize| timeline.articles[timeline.mentions[m].article].path.clone();
    event.mentions.iter().map(article).collect()
}

#[test]
fn the_crane_is_one_event_before_anyone_decides() {
    let timeline = sound(&[POST, COURIER], "");
    assert_eq!(titled(&timeline, "rane").mentions.len(), 2);
    assert!(timeline.edits.is_empty() && timeline.hidden.is_empty());
}

#[test]
fn date_title_note_and_pin_change_an_event_and_say_why() {
    let ferry = id(&[POST, COURIER], "ferry");
    let text = format!(
        "# mine\n- event: {ferry}\n  date: 2021-03-10~\n  title: Ferry stopped\n  note: See the log.\n  pin: true\n  reason: The log.\n"
    );
    let timeline = sound(&[POST, COURIER], &text);
    let event = with_id(&timeline, &ferry);
    assert_eq!((event.date.to_string().as_str(), event.title.as_str()), ("2021-03-10~", "Ferry stopped"));
    assert!(timeline.events.iter().all(|e| e.id == ferry || e.importance < event.importance));
    let edit = &timeline.edits[&ferry];
    assert_eq!(edit.notes, ["See the log."]);
    let what: Vec<Change> = edit.corrected.iter().map(|c| c.what).collect();
    assert_eq!(what, [Change::Date, Change::Title, Change::Note, Change::Pin]);
    assert!(edit.corrected.iter().all(|c| c.reason.as_deref() == Some("The log.")));
    assert_eq!(edit.corrected[0].was.as_deref(), Some("2021-03-10"));
    let json = String::from_utf8(pipeline::events_json(&Config::default(), &timeline).unwrap()).unwrap();
    assert!(json.contains(r#""corrected":[{"what":"date","reason":"The log.","was":"2021-03-10"}"#), "{json}");
}

#[test]
fn a_hidden_event_is_gone_and_told_of_and_a_hidden_mention_leaves_the_rest() {
    let plain = made(&[POST, COURIER], "").0;
    let crane = titled(&plain, "rane");
    let [first, second] = crane.mentions[..] else { panic!("{crane:?}") };
    let event = sound(&[POST, COURIER], &format!("- event: {}\n  hide: true\n  reason: Wrong.\n", crane.id));
    assert!(event.events.iter().all(|e| e.id != crane.id));
    assert_eq!(event.events.len(), plain.events.len() - 1);
    assert_eq!(event.hidden.iter().map(|e| e.id.as_str()).collect::<Vec<_>>(), [crane.id.as_str()]);
    let json = String::from_utf8(pipeline::events_json(&Config::default(), &event).unwrap()).unwrap();
    assert!(json.contains(r#""hidden":[{"id":""#) && json.contains(r#""reason":"Wrong.""#), "{json}");

    // The mention whose id the event has is hidden; the event keeps its id.
    for m in [first, second] {
        let mention = &plain.mentions[m].id;
        let one = sound(&[POST, COURIER], &format!("- mention: {mention}\n  hide: true\n  reason: Wrong.\n"));
        let left = with_id(&one, &crane.id);
        assert_eq!(left.mentions.len(), 1);
        assert!(!left.mentions.contains(&m) && left.links.is_empty());
        assert!(left.importance < crane.importance, "one outlet weighs less than two");
        assert_eq!(one.events.len(), plain.events.len());
        assert_eq!(one.edits[&crane.id].corrected[0].id.as_ref(), Some(mention));
    }
    let both: String = crane
        .mentions
        .iter()
        .map(|&m| format!("- mention: {}\n  hide: true\n  reason: Wrong.\n", plain.mentions[m].id))
        .collect();
    assert_eq!(sound(&[POST, COURIER], &both).hidden.len(), 1, "an event without a mention is none");
}

#[test]
fn a_mention_splits_off_and_both_events_have_ids_of_their_own() {
    let plain = made(&[POST, COURIER], "").0;
    let crane = titled(&plain, "rane");
    for &m in &crane.mentions {
        let mention = &plain.mentions[m].id;
        for text in [
            format!("- event: {}\n  split: {mention}\n  reason: Another crane.\n", crane.id),
            format!("- mention: {mention}\n  split: true\n  reason: Another crane.\n"),
        ] {
            let timeline = sound(&[POST, COURIER], &text);
            assert_eq!(timeline.events.len(), plain.events.len() + 1);
            let stays = with_id(&timeline, &crane.id);
            assert!(!stays.mentions.contains(&m), "{text}");
            let own = timeline.events.iter().find(|e| e.mentions == [m]).expect("an event of its own");
            assert_ne!(own.id, crane.id);
            assert_eq!(own.title, plain.mentions[m].title);
            for id in [&own.id, &crane.id] {
                assert_eq!(timeline.edits[id].corrected[0].what, Change::Split);
            }
        }
    }
}

#[test]
fn merged_events_keep_the_id_of_the_first_and_show_dates_that_exclude_each_other() {
    let (crane, ferry) = (id(&[POST, COURIER], "rane"), id(&[POST, COURIER], "ferry"));
    for (first, second) in [(&crane, &ferry), (&ferry, &crane)] {
        let text = format!("- event: {first}\n  merge: {second}\n  reason: One storm.\n");
        let timeline = sound(&[POST, COURIER], &text);
        let event = with_id(&timeline, first);
        assert!(timeline.events.iter().all(|e| e.id != *second));
        assert_eq!(event.mentions.len(), 3);
        assert_eq!(event.date.to_string(), "[2021-03-08,2021-03-10]");
        let claims = &event.disagreement.as_ref().expect("two dates").claims;
        assert_eq!(claims.iter().map(|c| c.mentions.len()).sum::<usize>(), 3);
        // Either id still names the event.
        for named in [first, second] {
            let more = format!("{text}- event: {named}\n  date: 2021-03-08\n  reason: Log.\n");
            assert_eq!(with_id(&sound(&[POST, COURIER], &more), first).date.to_string(), "2021-03-08");
        }
    }
    // In a ring, and with itself: one event.
    let ring = format!(
        "- event: {crane}\n  merge: [{ferry}, {crane}]\n  reason: One storm.\n- event: {ferry}\n  merge: {crane}\n  reason: Again.\n"
    );
    let (timeline, messages) = made(&[POST, COURIER], &ring);
    assert_eq!(with_id(&timeline, &crane).mentions.len(), 3);
    assert_eq!(messages.len(), 2, "it is told that both say too much: {messages:#?}");
}

#[test]
fn the_order_of_entries_makes_no_difference() {
    let plain = made(&[POST, COURIER], "").0;
    let (crane, ferry) = (titled(&plain, "rane"), titled(&plain, "ferry"));
    let other = &plain.mentions[crane.mentions[1]].id;
    let mut entries = [
        format!("- event: {}\n  title: Fall of a crane\n  reason: r\n", crane.id),
        format!("- event: {}\n  merge: {}\n  reason: r\n", ferry.id, other),
        format!("- event: {}\n  split: {}\n  reason: r\n", crane.id, other),
        format!("- mention: {}\n  hide: true\n  reason: r\n", plain.mentions[ferry.mentions[0]].id),
    ];
    let forward = sound(&[POST, COURIER], &entries.concat());
    assert_eq!(told_by(&forward, with_id(&forward, &ferry.id)), ["content/b-courier.md"]);
    entries.reverse();
    assert_eq!(sound(&[POST, COURIER], &entries.concat()), forward);
}

#[test]
fn corrections_outlive_new_articles() {
    let plain = made(&[POST, COURIER], "").0;
    let crane = titled(&plain, "rane");
    let resigned = id(&[POST, COURIER], "resigned");
    let text = format!(
        "- event: {}\n  title: Fall of a crane\n  split: {}\n  reason: r\n- event: {resigned}\n  date: 2021-03-07\n  reason: r\n",
        crane.id, plain.mentions[crane.mentions[1]].id
    );
    let timeline = sound(&[POST, COURIER, LATER], &text);
    assert_eq!(with_id(&timeline, &crane.id).title, "Fall of a crane");
    assert!(!told_by(&timeline, with_id(&timeline, &crane.id)).contains(&"content/b-courier.md".to_owned()));
    assert_eq!(with_id(&timeline, &resigned).date.to_string(), "2021-03-07");
    // An article that tells the event first gives it another id; the old one still names it.
    let earlier = (
        "content/c.md",
        "---\npublisher: Dawn\ndate: 2021-03-09\ntitle: Dawn news\n---\n\nA crane collapsed on the Selby quay on Monday, killing two dockers.\n",
    );
    let text = format!("- event: {}\n  title: Fall of a crane\n  reason: r\n", crane.id);
    let timeline = sound(&[POST, COURIER, earlier], &text);
    assert_eq!(titled(&timeline, "Fall of a crane").mentions.len(), 3);
}

#[test]
fn an_id_that_is_not_there_is_told_with_the_nearest() {
    let crane = id(&[POST, COURIER], "rane");
    let slip: String =
        crane.chars().rev().collect::<String>().chars().skip(1).collect::<String>().chars().rev().collect();
    let text = format!(
        "- event: {slip}\n  hide: true\n  reason: r\n\
         - event: zzzzzzzzzz\n  was: \"Ferry to Orm was cancelled (2021-03-10)\"\n  hide: true\n  reason: r\n\
         - event: {crane}\n  merge: qqqqqqqqqq\n  reason: r\n"
    );
    let (timeline, messages) = made(&[POST, COURIER], &text);
    assert!(timeline.hidden.is_empty(), "nothing is guessed");
    let told: Vec<_> = messages
        .iter()
        .map(|m| {
            let at = m.location.as_ref().unwrap();
            (m.kind.as_str(), at.line.unwrap(), at.column.unwrap(), m.help.clone().unwrap())
        })
        .collect();
    assert_eq!(told.len(), 3, "{told:#?}");
    let line = |n| told.iter().find(|t| t.1 == n).unwrap_or_else(|| panic!("{told:#?}"));
    assert!(told.iter().all(|t| t.0 == "lost-correction"));
    assert!(line(1).2 == 10 && line(1).3.contains(&crane), "{told:#?}");
    assert!(line(4).3.contains("ferry to Orm") && line(4).3.contains(&id(&[POST, COURIER], "ferry")), "{told:#?}");
    assert!(line(9).3.contains("dateline events -v"), "{told:#?}");
}

#[test]
fn what_an_entry_says_itself_finds_the_event_of_a_lost_id() {
    let ferry = id(&[POST, COURIER], "ferry");
    for entry in [
        "- event: zzzzzzzzzz\n  hide: true\n  reason: The ferry to Orm was not cancelled.\n",
        "- event: zzzzzzzzzz\n  title: Ferry to Orm cancelled for good\n  reason: r\n",
        "- event: zzzzzzzzzz\n  date: 2021-03-10\n  reason: r\n",
    ] {
        let (_, messages) = made(&[POST, COURIER], entry);
        let help = messages.iter().find_map(|m| m.help.clone()).unwrap();
        assert!(help.starts_with("did you mean") && help.contains(&ferry), "{entry}\n{help}");
    }
}

#[test]
fn corrections_that_contradict_themselves_are_told_at_their_place() {
    let plain = made(&[POST, COURIER], "").0;
    let crane = titled(&plain, "rane");
    let (resigned, ferry) = (id(&[POST, COURIER], "resigned"), id(&[POST, COURIER], "ferry"));
    let part = &plain.mentions[crane.mentions[1]].id;
    for (text, line, said) in [
        (format!("- event: {ferry}\n  merge: {ferry}\n  reason: r\n"), 2, "merges the event with itself".to_owned()),
        (
            format!(
                "- event: {ferry}\n  merge: {resigned}\n  reason: r\n- event: {resigned}\n  merge: {ferry}\n  reason: r\n"
            ),
            5,
            "merges these two events already".to_owned(),
        ),
        (
            format!("- event: {ferry}\n  split: {part}\n  reason: r\n"),
            2,
            format!("the mention `{part}` tells not `{ferry}` but another event"),
        ),
    ] {
        let (timeline, messages) = made(&[POST, COURIER], &text);
        let [told] = messages.as_slice() else { panic!("{text}\n{messages:#?}") };
        assert_eq!((told.kind.as_str(), told.location.as_ref().unwrap().line), ("correction", Some(line)), "{text}");
        assert!(told.message.contains(&said), "{told:#?}");
        assert_eq!(titled(&timeline, "rane").mentions.len(), 2, "nothing is taken off the wrong event");
    }
}

#[test]
fn what_cannot_be_read_is_located_and_the_rest_still_followed() {
    let crane = id(&[POST, COURIER], "rane");
    for (entry, kind, place, said) in [
        ("- event: X\n  titel: A\n  reason: r\n", "unknown-key", (2, 3), "did you mean `title`?"),
        ("- event: X\n  date: 2021-13-01\n  reason: r\n", "correction", (2, 9), "`2021-`"),
        ("- event: X\n  date: \"soon\"\n  reason: r\n", "correction", (2, 9), "`soon` is no date"),
        ("- event: X\n  hide: perhaps\n  reason: r\n", "correction", (2, 9), "`true` or `false`"),
        ("- event: X\n  reason: r\n", "correction", (1, 3), "changes nothing"),
        ("- hide: true\n  reason: r\n", "correction", (1, 3), "names no event"),
        ("- event: X\n  mention: X\n  hide: true\n  reason: r\n", "correction", (2, 3), "not both"),
        ("- mention: X\n  date: 2021\n  reason: r\n", "correction", (2, 3), "for an event"),
        ("- event: X\n  split: true\n  reason: r\n", "correction", (2, 10), "names the mention"),
        ("- event: [X]\n  hide: true\n  reason: r\n", "correction", (1, 10), "must be an id"),
        ("- X\n", "correction", (1, 3), "key: value"),
        ("- event: X\n  title: A\n", "missing-reason", (1, 10), "does not say why"),
    ] {
        let text = format!("{}- event: X\n  note: N\n  reason: r\n", entry).replace('X', &crane);
        let (timeline, messages) = made(&[POST, COURIER], &text);
        let [message] = &messages[..] else { panic!("{entry}: {messages:#?}") };
        let at = message.location.as_ref().unwrap();
        assert_eq!(message.kind, kind, "{entry}");
        assert_eq!((at.line.unwrap(), at.column.unwrap()), place, "{entry}: {message:?}");
        assert!(message.message.contains(said) || message.help.as_ref().unwrap().contains(said), "{message:?}");
        assert!(at.snippet.is_some() && message.help.is_some(), "{message:?}");
        assert_eq!(timeline.edits[&crane].notes, ["N"], "{entry}");
        let unchanged = kind == "missing-reason" || with_id(&timeline, &crane).title != "A";
        assert!(unchanged, "{entry}");
    }
    for text in ["- event: [a\n", "event: a\n", "words", "- event: a\n  event: b\n", "\t- event: a\n"] {
        let (timeline, messages) = made(&[POST], text);
        assert_eq!(messages.len(), 1, "{text:?}: {messages:?}");
        assert!(messages[0].location.as_ref().unwrap().line.is_some() && messages[0].help.is_some());
        assert!(timeline.edits.is_empty());
    }
    for nothing in ["", "# nothing yet\n", "[]\n"] {
        assert_eq!(sound(&[POST], nothing), made(&[POST], "").0);
    }
}

#[test]
fn two_entries_for_one_date_are_told() {
    let crane = id(&[POST, COURIER], "rane");
    let text = format!(
        "- event: {crane}\n  date: 2021-03-07\n  reason: r\n- event: {crane}\n  date: [2021-03-05, 2021-03-06]\n  reason: r\n"
    );
    let (timeline, messages) = made(&[POST, COURIER], &text);
    assert_eq!(messages.len(), 1);
    assert_eq!(messages[0].location.as_ref().unwrap().line, Some(4));
    assert_eq!(with_id(&timeline, &crane).date.to_string(), "[2021-03-05,2021-03-06]");
}

#[test]
fn the_lines_that_explain_prints_can_be_taken_over() {
    let odd = (
        "content/odd.md",
        "---\ntitle: \"x\"\ndate: 2021-03-11\n---\n\nThe \"Crane's: #1\\2\" was sold on March 8 or March 9, 2021.\n",
    );
    let files = [POST, COURIER, odd];
    let plain = made(&files, "").0;
    let mut kinds = 0;
    for event in &plain.events {
        let lines = pipeline::correction_lines(&plain, event);
        for entry in lines.split("# ").skip(1) {
            let timeline = sound(&files, &format!("# {entry}"));
            assert!(!timeline.edits.is_empty(), "{entry}");
            kinds += 1;
        }
    }
    assert!(kinds > 4 * 6, "{kinds}");
}

#[test]
fn nothing_in_a_file_of_corrections_makes_it_fall() {
    let crane = id(&[POST, COURIER], "rane");
    let values = [
        "",
        " x",
        " [",
        " [a, b]",
        " {a: b}",
        " true",
        " 1",
        " \"",
        " !a",
        " *a",
        " 2021-99",
        " |\n    a\n    b",
        " ~",
    ];
    for key in ["event", "mention", "was", "reason", "hide", "date", "title", "note", "pin", "merge", "split", "é"] {
        for value in values {
            for text in [format!("- event: {crane}\n  {key}:{value}\n"), format!("- {key}:{value}\n  hide: true\n")] {
                let (timeline, _) = made(&[POST, COURIER], &text);
                assert!(timeline.events.len() + timeline.hidden.len() >= 3, "{text}");
            }
        }
    }
    let (_, messages) = made(&[POST], "- event: caf\u{e9}\u{202e}\n  hide: true\n  reason: r\n");
    assert_eq!(messages.len(), 1);
}

#[test]
fn readers_see_what_was_decided_and_why() {
    let plain = made(&[POST, COURIER], "").0;
    let crane = titled(&plain, "rane");
    let copy = &plain.mentions[crane.mentions[1]].id;
    let text = format!(
        "- event: {}\n  date: 2021-03-07\n  note: One <b>docker</b> died later.\n  reason: \"The coroner's report.\"\n\
         - mention: {copy}\n  hide: true\n  reason: A copy.\n",
        crane.id
    );
    let site = Sandbox::of(&[POST, COURIER, ("corrections.yaml", &text)]);
    let (code, _, err) = site.run(&["build", "--strict"]);
    assert_eq!(code, 0, "{err}");
    let files = site.files("public");
    let page = |path: &str| String::from_utf8(files[path].clone()).unwrap();
    let own = page(&format!("events/{}/index.html", crane.id));
    for said in
        ["7 March 2021", "the articles gave 8 March 2021", "The coroner’s report.", "A copy.", "One &lt;b&gt;docker"]
    {
        assert!(
            own.contains(said) || own.contains(&said.replace('’', "&#39;")) || own.contains(&said.replace('’', "'")),
            "{said}: {own}"
        );
    }
    assert!(page("index.html").contains("One &lt;b&gt;docker"), "the note stands in the timeline too");
    for id in [&crane.id, copy] {
        let (code, out, _) = site.run(&["explain", id]);
        assert_eq!(code, 0);
        assert!(
            out.starts_with(&crane.id) && out.contains("The coroner's report.") && out.contains("A copy."),
            "{out}"
        );
    }
}
