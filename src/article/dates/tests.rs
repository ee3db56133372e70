use super::*;

fn edtf(text: &str) -> Option<String> {
    match read(text, None) {
        Reading::Date(said) => said.edtf(None).map(|e| e.to_string()),
        _ => None,
    }
}

#[test]
fn dates_in_any_common_writing() {
    for (text, expected) in [
        ("2022-01-17", "2022-01-17"),
        ("2022-01-17T23:30:00-05:00", "2022-01-17"),
        ("2022-01-17T10:30:00.123Z", "2022-01-17"),
        ("2022-01-17 10:30:00 +0000", "2022-01-17"),
        ("2022-1-7", "2022-01-07"),
        ("2022/01/17", "2022-01-17"),
        ("20220117", "2022-01-17"),
        ("2022-01", "2022-01"),
        ("2022", "2022"),
        ("Jan 17, 2022", "2022-01-17"),
        ("Jan. 17th, 2022", "2022-01-17"),
        ("Jan.17,2022", "2022-01-17"),
        ("Janaury 17, 2022", "2022-01-17"),
        ("Febuary 2 2022", "2022-02-02"),
        ("Spetember 9, 2021", "2021-09-09"),
        ("Apirl 3rd 2020", "2020-04-03"),
        ("17 January 2022", "2022-01-17"),
        ("17-Jan-2022", "2022-01-17"),
        ("the 17th of January 2022", "2022-01-17"),
        ("JANUARY 2022", "2022-01"),
        ("Mon, 17 Jan 2022 09:15:00 GMT", "2022-01-17"),
        ("5:43 PM ET, Mon January 17, 2022", "2022-01-17"),
        ("Monday, January 17, 2022 at 5 p.m. EST", "2022-01-17"),
        ("Wendesday 19 January 2022 10.30am", "2022-01-19"),
        ("January 17, 2022 0930 GMT", "2022-01-17"),
        ("1/17/2022", "2022-01-17"),
        ("17.01.2022", "2022-01-17"),
        ("03.04.2022", "2022-04-03"),
        ("3/3/2022", "2022-03-03"),
        ("17/01/22", "2022-01-17"),
    ] {
        assert_eq!(edtf(text).as_deref(), Some(expected), "{text}");
    }
}

#[test]
fn what_is_no_date_is_refused() {
    for text in [
        "",
        "yesterday",
        "May",
        "17",
        "Jan",
        "2022 was a hard year",
        "30 February 2022",
        "2022-13-01",
        "99999",
        "Marching 17 2022",
        "17 January 2022 in Geneva",
        "January 17, 2022 January 18, 2022",
        "10:30",
        "1.5",
        "2022-01-17x",
        "Article 5",
        "5 May 6 June",
        "12 12 12",
    ] {
        assert_eq!(edtf(text), None, "{text}");
    }
}

#[test]
fn an_ambiguous_order_is_told_and_settled_by_the_language() {
    assert_eq!(read("3/4/2022", None), Reading::Ambiguous);
    let of = |language| match read("3/4/2022", day_first(language)) {
        Reading::Date(said) => said.edtf(None).map(|e| e.to_string()),
        _ => None,
    };
    assert_eq!(of("en-GB").as_deref(), Some("2022-04-03"));
    assert_eq!(of("en-US").as_deref(), Some("2022-03-04"));
    assert_eq!(of("en"), None);
}

#[test]
fn a_missing_year_is_taken_from_elsewhere() {
    let Reading::Date(said) = read("Jan 10", None) else { panic!() };
    assert_eq!(said.edtf(None), None);
    assert_eq!(said.edtf(Some(2022)).map(|e| e.to_string()).as_deref(), Some("2022-01-10"));
}

#[test]
fn file_names_carry_dates() {
    let of = |name| of_file_name(name).and_then(|s| s.edtf(None)).map(|e| e.to_string());
    assert_eq!(of("2022-01-17-title").as_deref(), Some("2022-01-17"));
    assert_eq!(of("2022_01_17").as_deref(), Some("2022-01-17"));
    assert_eq!(of("20220117_x").as_deref(), Some("2022-01-17"));
    assert_eq!(of("2022-01_x").as_deref(), Some("2022-01"));
    assert_eq!(of("2022-01-title").as_deref(), Some("2022-01"));
    assert_eq!(of("story_2020_09_03_u.txt").as_deref(), Some("2020-09-03"));
    assert_eq!(of("title-2022-01-17").as_deref(), Some("2022-01-17"));
    assert_eq!(of("page.2022.01.17.txt").as_deref(), Some("2022-01-17"));
    assert_eq!(of("é 20220117.txt").as_deref(), Some("2022-01-17"));
    for name in [
        "000_e859e09c1c91fb41",
        "2022",
        "20221345-x",
        "202201171",
        "1234-56",
        "é2022",
        "a_20220117ff",
        "a20220117",
        "title-2022-01",
        "x-12022-01-17",
        "x-2022-01-171",
        "x-2022-01_17",
        "x-2022-02-31",
        "from-2022-01-17-to-2022-02-17",
    ] {
        assert_eq!(of(name), None, "{name}");
    }
}

#[test]
fn a_day_that_its_month_does_not_have_is_told_from_what_is_no_date() {
    for text in ["31 September 2020", "2021-02-29", "30/02/2020", "Feb. 30, 2020"] {
        assert_eq!(read(text, Some(true)), Reading::Impossible, "{text}");
    }
    for text in ["45 September 2020", "2021-13-29", "31 pilots"] {
        assert_eq!(read(text, Some(true)), Reading::Not, "{text}");
    }
}
