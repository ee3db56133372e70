//! Small stories told by several outlets: what becomes one event, what stays apart, what is shown to differ.

#![allow(clippy::disallowed_methods, clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test may touch files and fail

use crate::support;

use dateline::model::{DateBasis, Status};
use support::{Told, article, tell};

fn flood() -> Told {
    tell(vec![
        article(
            "content/flood-a.txt",
            "Valley Herald",
            Some("2019-06-12"),
            "The Selm river burst its banks on Monday and flooded the old town of Harwick, forcing 340 people from their homes.\n\n\
             Mayor Ida Holm visited the shelters on Tuesday. She said repairs could take months.\n\n\
             Harwick was last flooded in 1987.",
        ),
        article(
            "content/flood-b.txt",
            "Coast Tribune",
            Some("2019-06-13"),
            "Some 340 residents of Harwick were evacuated after the river Selm flooded the old town on June 10.\n\n\
             The dam above the town, which engineers inspected in March 2018, held, the water board said.\n\n\
             Heavy rain is expected to return on Saturday.",
        ),
        article(
            "content/flood-c.txt",
            "Metro Dispatch",
            Some("2019-06-20"),
            "Eleven days after the Selm flooded Harwick, parliament will debate aid for the town tomorrow.\n\n\
             Ida Holm told reporters on Tuesday that the town needs 12 million crowns.",
        ),
    ])
}

#[test]
fn a_flood_told_by_three_papers_is_one_event_on_its_day() {
    let told = flood();
    let flood = told.event(&["river burst its banks"]);
    assert_eq!(
        told.papers(flood),
        ["content/flood-a.txt", "content/flood-b.txt", "content/flood-c.txt"],
        "{}",
        told.listing()
    );
    assert_eq!(flood.date.to_string(), "2019-06-10");
    assert!(!flood.links.is_empty() && flood.disagreement.is_none());
}

#[test]
fn what_a_mayor_does_on_two_tuesdays_is_two_events() {
    let told = flood();
    assert_eq!(told.event(&["visited the shelters"]).date.to_string(), "2019-06-11");
    assert_eq!(told.event(&["needs 12 million"]).date.to_string(), "2019-06-18");
}

#[test]
fn a_date_in_a_relative_clause_dates_that_clause_alone() {
    let told = flood();
    let inspected = told.event(&["engineers inspected"]);
    assert_eq!(inspected.date.to_string(), "2018-03");
    assert_eq!(inspected.title, "Engineers inspected the town");
}

#[test]
fn what_lies_ahead_is_planned() {
    let told = flood();
    assert_eq!(told.event(&["parliament will debate"]).status, Status::Planned);
    assert_eq!(told.event(&["is expected to return"]).status, Status::Planned);
    assert_eq!(told.event(&["burst its banks"]).status, Status::Happened);
}

fn court() -> Told {
    tell(vec![
        article(
            "content/court-a.txt",
            "Daily Ledger",
            Some("2021-03-05"),
            "A court in Lund sentenced the banker Erik Sand to four years in prison on Thursday for fraud against pensioners.\n\n\
             Sand, who was arrested in May 2019, denied the charges.\n\n\
             His lawyer said on Thursday that he would appeal.",
        ),
        article(
            "content/court-b.txt",
            "Evening Post",
            Some("2021-03-08"),
            "Erik Sand, the banker, was jailed for four years last week by a Lund court that found him guilty of fraud.\n\n\
             Prosecutors had demanded six years. Police did not search his villa on 2 March.\n\n\
             A second trial may begin on 14 April.",
        ),
    ])
}

#[test]
fn a_coarser_date_agrees_with_the_day_it_holds() {
    let told = court();
    let sentence = told.event(&["sentenced the banker"]);
    assert_eq!(told.papers(sentence).len(), 2, "{}", told.listing());
    assert_eq!(sentence.date.to_string(), "2021-03-04");
    assert!(sentence.disagreement.is_none());
}

#[test]
fn denials_and_possibilities_are_not_told_as_facts() {
    let told = court();
    assert_eq!(told.event(&["did not search"]).status, Status::Denied);
    assert_eq!(told.event(&["may begin"]).status, Status::Hypothetical);
    assert_eq!(told.event(&["His lawyer said"]).status, Status::Happened);
}

fn takeover() -> Vec<dateline::model::Article> {
    vec![
        article(
            "content/deal-a.txt",
            "Harbour Times",
            Some("2020-09-16"),
            "Norvik Shipping agreed on Tuesday to buy the ferry line Osterlink for 900 million euros, calling it “a step that \
             secures every crossing between the two coasts for a generation”.",
        ),
        article(
            "content/deal-b.txt",
            "The Examiner",
            Some("2020-09-17"),
            "Norvik Shipping signed its takeover of Osterlink on Monday, for 900 million euros.\n\n\
             The shipping group had called the purchase of Osterlink “a step that secures every crossing between the two coasts \
             for a generation”.",
        ),
        article(
            "content/deal-c.txt",
            "Valley Herald",
            Some("2020-09-17"),
            "The ferry line Osterlink carried 2 million passengers in 2019.\n\nNorvik Shipping hired 40 sailors on Monday.",
        ),
    ]
}

#[test]
fn sources_that_differ_on_the_day_stand_side_by_side() {
    let told = tell(takeover());
    let deal = told.event(&["agreed on Tuesday"]);
    assert_eq!(told.papers(deal), ["content/deal-a.txt", "content/deal-b.txt"], "{}", told.listing());
    assert_eq!(deal.date.to_string(), "[2020-09-14,2020-09-15]");
    let claims: Vec<String> = deal.disagreement.as_ref().unwrap().claims.iter().map(|c| c.date.to_string()).collect();
    assert_eq!(claims, ["2020-09-14", "2020-09-15"]);
    assert_eq!(told.papers(told.event(&["hired 40 sailors"])), ["content/deal-c.txt"]);
}

#[test]
fn the_order_of_files_changes_nothing() {
    let forwards = tell(takeover());
    let mut files = takeover();
    files.reverse();
    let backwards = tell(files);
    let shown = |t: &Told| -> Vec<_> {
        t.events.iter().map(|e| (e.id.clone(), e.date.clone(), e.title.clone(), e.importance.to_bits())).collect()
    };
    assert_eq!(shown(&forwards), shown(&backwards));
}

#[test]
fn an_id_stays_when_articles_published_later_are_added() {
    let mut files = takeover();
    files.truncate(1);
    let alone = tell(files);
    let all = tell(takeover());
    assert_eq!(alone.event(&["agreed on Tuesday"]).id, all.event(&["agreed on Tuesday"]).id);
}

#[test]
fn two_matches_of_one_team_are_two_events() {
    let told = tell(vec![
        article(
            "content/sport-a.txt",
            "Daily Ledger",
            Some("2022-05-16"),
            "Tarn Rovers beat Elmstead City 2-0 on Saturday to go top of the league.\n\n\
             Rovers signed the striker Jon Aldous from Brakel United on Sunday.",
        ),
        article(
            "content/sport-b.txt",
            "Metro Dispatch",
            Some("2022-05-23"),
            "Tarn Rovers beat Porten Athletic 3-1 on Saturday and stay top of the league.\n\n\
             Jon Aldous, the striker who joined Rovers from Brakel United on May 15, scored twice on Saturday.",
        ),
    ]);
    assert_eq!(told.event(&["beat Elmstead"]).date.to_string(), "2022-05-14");
    assert_eq!(told.event(&["beat Porten"]).date.to_string(), "2022-05-21");
    let signing = told.event(&["signed the striker"]);
    assert_eq!(told.papers(signing).len(), 2, "{}", told.listing());
}

#[test]
fn a_launch_is_dated_about_when_a_source_says_about() {
    let told = tell(vec![
        article(
            "content/space-a.txt",
            "Coast Tribune",
            Some("2023-08-25"),
            "The probe Heron-2 lifted off from Kestrel Point on August 23.\n\n\
             The agency has built probes since 2009 at its yard in Mallow.\n\nEngineers test the engines every two weeks.",
        ),
        article(
            "content/space-b.txt",
            "The Examiner",
            Some("2023-08-25"),
            "Heron-2, a lunar probe, was launched from Kestrel Point on Wednesday.\n\n\
             The first Heron probe left Kestrel Point around Jan. 20 and was lost.",
        ),
    ]);
    let launch = told.event(&["lifted off"]);
    assert_eq!(told.papers(launch).len(), 2, "{}", told.listing());
    assert_eq!(launch.date.to_string(), "2023-08-23");
    let first = told.event(&["first Heron"]);
    assert!(first.date.is_approximate() && first.date.first_day().unwrap().to_string().ends_with("01-20"));
    assert_eq!(told.event(&["since 2009"]).date.to_string(), "2009/..");
    assert!(!told.events.iter().any(|e| e.title.contains("test the engines")), "what recurs is no event");
}

#[test]
fn copies_of_an_agency_text_count_as_one_voice() {
    let wire = "Dockers in Port Almer walked out on Monday after talks about pay with the harbour company collapsed.";
    let one = tell(vec![article("content/w1.txt", "Evening Post", Some("2018-02-06"), wire)]);
    let two = tell(vec![
        article("content/w1.txt", "Evening Post", Some("2018-02-06"), wire),
        article("content/w2.txt", "Harbour Times", Some("2018-02-06"), wire),
    ]);
    assert_eq!(two.events.len(), 1, "{}", two.listing());
    assert_eq!(one.events[0].importance, two.events[0].importance);
    assert_eq!(two.voices(&two.events[0]), 1);
    let edited = tell(vec![
        article("content/w1.txt", "Evening Post", Some("2018-02-06"), wire),
        article("content/w4.txt", "Coast Tribune", Some("2018-02-06"), &wire.replace("Dockers", "Dock workers")),
        article("content/w5.txt", "Metro Dispatch", Some("2018-02-06"), &wire.replace("pay", "wages")),
    ]);
    assert_eq!(edited.events.len(), 1, "{}", edited.listing());
    assert_eq!(edited.voices(&edited.events[0]), 1, "a word that an editor changed makes no voice");
    let other = tell(vec![
        article("content/w1.txt", "Evening Post", Some("2018-02-06"), wire),
        article(
            "content/w3.txt",
            "Harbour Times",
            Some("2018-02-07"),
            "Hundreds of dockers began a strike in Port Almer on Monday when pay talks with the harbour company failed.",
        ),
    ]);
    assert_eq!(other.events.len(), 1, "{}", other.listing());
    assert!(other.events[0].importance > one.events[0].importance);
    assert_eq!(other.voices(&other.events[0]), 2);
}

#[test]
fn an_undated_article_takes_its_day_from_those_that_tell_the_same() {
    let dated = article(
        "content/s1.txt",
        "Northford Courier",
        Some("2018-02-07"),
        "Dockers in Port Almer walked out on Monday after talks about pay with the harbour company collapsed.\n\n\
         Ships from five countries waited outside the port, the harbour master Lena Brandt said.\n\n\
         The union leader Tom Carrick met Brandt last week without result.",
    );
    let undated = article(
        "content/s2.txt",
        "Harbour Times",
        None,
        "Dockers in Port Almer walked out on Monday after talks about pay with the harbour company collapsed, the Northford \
         Courier reported.\n\n\
         Ships from five countries waited outside the port, according to the harbour master.\n\n\
         Union leader Tom Carrick met harbour master Lena Brandt last week.",
    );
    let stranger = article("content/s3.txt", "", None, "A bakery in Tolm sold its last loaf on Friday.");
    let told = tell(vec![dated, undated, stranger]);
    let published = told.articles[1].published.as_ref().unwrap();
    assert_eq!(published.basis, DateBasis::Inferred);
    assert_eq!(published.date.to_string(), "2018-02-07/2018-02-09");
    assert!(published.evidence.contains("Northford Courier"), "{}", published.evidence);
    assert!(told.articles[2].published.is_none());
    let strike = told.event(&["walked out"]);
    assert_eq!((strike.date.to_string().as_str(), told.papers(strike).len()), ("2018-02-05", 2), "{}", told.listing());
}

/// Tells the same wreck on two days, each in its own words for the day.
fn wreck(first: &str, second: &str) -> Told {
    tell(vec![
        article(
            "content/n1.txt",
            "Evening Post",
            Some("2018-02-08"),
            &format!("The trawler Marlin sank off Port Almer {first}, drowning skipper Tom Carrick and four sailors."),
        ),
        article(
            "content/n2.txt",
            "Harbour Times",
            Some("2018-02-08"),
            &format!("The trawler Marlin sank off Port Almer {second}, drowning skipper Tom Carrick and four sailors."),
        ),
    ])
}

#[test]
fn the_late_end_of_a_day_and_the_head_of_the_next_are_one_night() {
    for (first, second) in [
        ("late on Tuesday", "early on Wednesday"),
        ("on Tuesday night", "on Wednesday"),
        ("on Tuesday", "early on Wednesday"),
    ] {
        let told = wreck(first, second);
        assert_eq!(told.events.len(), 1, "{}", told.listing());
        assert_eq!(told.events[0].date.to_string(), "2018-02-06/2018-02-07", "{first}, {second}");
        assert!(told.events[0].disagreement.is_none(), "{first}, {second}");
    }
}

#[test]
fn a_day_and_the_morning_after_it_disagree() {
    for (first, second) in [("on Tuesday", "on Wednesday morning"), ("on Tuesday", "on Wednesday")] {
        let told = wreck(first, second);
        assert_eq!(told.events.len(), 1, "{}", told.listing());
        assert!(told.events[0].disagreement.is_some(), "{first}, {second}");
        assert_eq!(told.voices(&told.events[0]), 2, "who says another day speaks for himself");
    }
}

#[test]
fn a_coarse_date_that_is_late_in_a_month_silences_no_disagreement() {
    let mut articles = wreck("on Tuesday", "on Wednesday").articles;
    articles.push(article(
        "content/n3.txt",
        "Northford Courier",
        Some("2018-03-01"),
        "The trawler Marlin sank off Port Almer in early February, drowning skipper Tom Carrick and four sailors.",
    ));
    let told = tell(articles);
    assert_eq!(told.events.len(), 1, "{}", told.listing());
    assert!(told.events[0].disagreement.is_some());
}

#[test]
fn a_denial_joins_no_claim_even_by_way_of_a_plan() {
    let said = |path: &str, outlet: &str, day: &str, text: &str| article(path, outlet, Some(day), text);
    let told = tell(vec![
        said(
            "content/p1.txt",
            "Evening Post",
            "2018-02-05",
            "Skipper Tom Carrick will sell the trawler Marlin to Norvik Shipping on Tuesday.",
        ),
        said(
            "content/p2.txt",
            "Harbour Times",
            "2018-02-08",
            "Skipper Tom Carrick sold the trawler Marlin to Norvik Shipping on Tuesday.",
        ),
        said(
            "content/p3.txt",
            "Northford Courier",
            "2018-02-08",
            "Skipper Tom Carrick did not sell the trawler Marlin to Norvik Shipping on Tuesday.",
        ),
    ]);
    for event in &told.events {
        let status: Vec<Status> = event.mentions.iter().map(|&m| told.mentions[m].status).collect();
        let both = status.contains(&Status::Happened) && status.contains(&Status::Denied);
        assert!(!both, "{}", told.listing());
    }
    assert!(told.events.iter().any(|e| e.status == Status::Denied), "{}", told.listing());
}

#[test]
fn a_line_of_a_list_of_dates_joins_what_other_papers_tell_of_the_day() {
    let told = tell(vec![
        article(
            "content/k1.txt",
            "Evening Post",
            Some("2018-05-09"),
            "An earlier round of indirect talks between Norvia and Selmark opened in Oslo on April 18 but broke up four days later.",
        ),
        article(
            "content/k2.txt",
            "Harbour Times",
            Some("2018-05-20"),
            "Here is how Norvia and Selmark came to terms.\n\n18 April 2018 - Indirect talks open in Oslo.\n\n\
             9 May 2018 - Both sides sign a truce.",
        ),
    ]);
    let talks = told.event(&["Indirect talks open"]);
    assert_eq!(told.papers(talks).len(), 2, "{}", told.listing());
    assert_eq!(told.event(&["sign a truce"]).title, "Both sides sign a truce");
}

/// Tells how many events two single sentences of two papers make.
fn events_of(first: &str, second: &str) -> usize {
    let told = tell(vec![
        article("content/o1.txt", "Evening Post", Some("2018-02-08"), first),
        article("content/o2.txt", "Harbour Times", Some("2018-02-08"), second),
    ]);
    told.events.len()
}

#[test]
fn the_same_deed_in_two_places_is_two_events() {
    for (first, second) in [
        (
            "A fire destroyed a furniture warehouse in Lyon on Monday, the fire brigade said.",
            "A fire destroyed a furniture warehouse in Nice on Monday, the fire brigade said.",
        ),
        (
            "A bomb in central Kabul killed 12 people on Tuesday, the interior ministry said.",
            "A bomb near the market of Herat killed 15 people on Tuesday, the interior ministry said.",
        ),
    ] {
        assert_eq!(events_of(first, second), 2, "{first} {second}");
    }
    assert_eq!(
        events_of(
            "A fire destroyed a furniture warehouse in Lyon on Monday, the fire brigade said.",
            "A furniture warehouse in the port of Lyon was destroyed by a fire on Monday, its owner said.",
        ),
        1
    );
}

#[test]
fn what_others_did_or_did_not_do_is_another_event() {
    for (first, second) in [
        ("Ann Lowe was found guilty on Friday of murder.", "Mark Rudd was found guilty on Friday of murder."),
        (
            "Ann Lowe was sentenced to five years in prison on Friday for fraud.",
            "Mark Rudd was sentenced to five years in prison on Friday for fraud.",
        ),
        ("Police in Selby arrested Ann Lowe on Friday.", "Police in Selby arrested Mark Rudd on Friday."),
        ("Ann Lowe pleaded guilty to fraud on Friday.", "Ann Lowe pleaded not guilty to fraud on Friday."),
    ] {
        assert_eq!(events_of(first, second), 2, "{first} {second}");
    }
    assert_eq!(
        events_of(
            "The banker Ann Lowe was sentenced to five years in prison on Friday for fraud.",
            "Ms Lowe was jailed for five years on Friday, a court in Selby said.",
        ),
        1
    );
}

#[test]
fn the_very_same_short_sentence_is_one_voice() {
    let words = "He must report to prison by June 12.";
    let told = tell(vec![
        article("content/v1.txt", "Evening Post", Some("2018-02-08"), words),
        article("content/v2.txt", "Harbour Times", Some("2018-02-08"), words),
    ]);
    assert_eq!(told.events.len(), 1, "{}", told.listing());
    assert_eq!(told.voices(&told.events[0]), 1);
}

#[test]
fn differing_days_are_shown_whatever_else_is_told_beside() {
    let told = tell(vec![
        article(
            "content/m1.txt",
            "Evening Post",
            Some("2021-03-11"),
            "Finance Minister Clara Osei resigned on Tuesday after a newspaper reported that she took loans from a businessman.\n\n\
             Her party meets on Friday.",
        ),
        article(
            "content/m2.txt",
            "Harbour Times",
            Some("2021-03-12"),
            "Helen Brandt was appointed finance minister on Thursday, replacing Clara Osei, who resigned on Monday over loans \
             from a businessman.",
        ),
    ]);
    let resigned = told.event(&["resigned on Monday"]);
    assert_eq!(told.papers(resigned).len(), 2, "{}", told.listing());
    assert!(resigned.disagreement.is_some(), "{}", told.listing());
}
