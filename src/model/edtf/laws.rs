//! Laws that hold for every date.

use super::{Edtf, Precision};
use chrono::{Datelike, NaiveDate, Weekday};
use proptest::prelude::*;

fn mark() -> impl Strategy<Value = String> {
    prop_oneof![3 => Just(""), 1 => Just("?"), 1 => Just("~"), 1 => Just("%")].prop_map(str::to_owned)
}

fn day() -> impl Strategy<Value = NaiveDate> {
    (-2_000_000i32..2_000_000).prop_filter_map("in chrono's years", NaiveDate::from_epoch_days)
}

/// Spellings of single dates, most of them valid, canonical or not.
fn spelling() -> impl Strategy<Value = String> {
    let pair = |most: &'static str| prop_oneof![3 => most.prop_map(String::from), 1 => "[0-3X][0-9X]"];
    let year = prop_oneof![4 => "-?[0-2X][0-9]{2}[0-9X]", 1 => "[0-9X]{4}", 1 => "Y-?[1-9][0-9]{4,17}", 1 => "Y[1-9]{1,3}E[0-9]"];
    let part = (mark(), pair("0[1-9]|1[0-2]|2[1-9]|3[0-9]|4[01]"), mark());
    let of_month = (mark(), pair("0[1-9]|1[0-9]|2[0-8]"), mark());
    (mark(), year, mark(), proptest::option::of((part, proptest::option::of(of_month)))).prop_map(
        |(a, year, b, rest)| {
            let rest = rest.map_or(String::new(), |((c, part, d), day)| {
                let day = day.map_or(String::new(), |(e, day, f)| format!("-{e}{day}{f}"));
                format!("-{c}{part}{d}{day}")
            });
            format!("{a}{year}{b}{rest}")
        },
    )
}

fn single() -> impl Strategy<Value = Edtf> {
    prop_oneof![
        3 => spelling().prop_filter_map("a date", |text| text.parse().ok()),
        2 => day().prop_map(Edtf::day),
        1 => (-12_000..12_000).prop_map(Edtf::decade),
        1 => (-12_000..12_000).prop_map(Edtf::century),
        1 => (day(), "[01][0-9]:[0-5][0-9]:[0-5][0-9](Z|[+-]0[0-9](:[0-5][0-9])?)?")
            .prop_filter_map("a moment", |(day, time)| format!("{day}T{time}").parse().ok()),
    ]
}

fn date() -> impl Strategy<Value = Edtf> {
    single().prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            (inner.clone(), inner.clone()).prop_map(|(a, b)| Edtf::between(&a, &b)),
            inner.clone().prop_map(|a| a.since()),
            inner.clone().prop_map(|a| a.until()),
            inner.clone().prop_map(|a| a.about()),
            inner.clone().prop_map(|a| a.uncertain()),
            proptest::collection::vec(inner.clone(), 0..4).prop_map(Edtf::one_of),
            // The same members as a set of which all are meant; unknown ends, too.
            inner.clone().prop_filter_map("a set", |a| a.to_string().replace('[', "{").replace(']', "}").parse().ok()),
            inner.prop_filter_map("an unknown end", |a| a.to_string().trim_matches('.').parse().ok()),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn printing_then_parsing_is_the_identity(date in date()) {
        let text = date.to_string();
        prop_assert_eq!(text.parse::<Edtf>(), Ok(date), "{}", text);
    }

    #[test]
    fn parsing_never_panics(text in "\\PC*", near in "[\\[{]?[-0-9XYEZTS?~%/.,:+]{0,30}[\\]}]?") {
        for text in [text, near] {
            if let Ok(date) = text.parse::<Edtf>() {
                prop_assert!(!date.human().is_empty());
                prop_assert_eq!(date.to_string().parse::<Edtf>(), Ok(date));
            }
        }
    }

    #[test]
    fn an_error_lies_within_the_text(text in "[\\[{]?[-0-9XYEZT?~%/.,:+]{0,30}[\\]}]?") {
        if let Err(error) = text.parse::<Edtf>() {
            prop_assert!(error.position() <= text.len());
        }
    }

    #[test]
    fn bounds_hold(date in date()) {
        prop_assert!(date.contains(&date) && date.overlaps(&date));
        if let (Some(first), Some(last)) = (date.first_day(), date.last_day()) {
            prop_assert!(first <= last);
        }
        for day in [date.first_day(), date.last_day()].into_iter().flatten() {
            let day = Edtf::day(day);
            // Days of longer years can be told as years only.
            if day.precision() == Precision::Day {
                prop_assert!(date.contains(&day) && date.overlaps(&day), "{} {}", date, day);
            }
        }
        for marked in [date.about(), date.uncertain()] {
            prop_assert_eq!(marked.first_day(), date.first_day());
            prop_assert_eq!(marked.last_day(), date.last_day());
        }
        prop_assert!(date.since().last_day().is_none() && date.until().first_day().is_none());
        prop_assert!(date.since().contains(&date) && date.until().contains(&date));
    }

    #[test]
    fn between_covers_both_in_either_order(a in date(), b in date()) {
        let between = Edtf::between(&a, &b);
        if !a.is_open() && !b.is_open() && !a.overlaps(&b) {
            prop_assert!(between.contains(&a) && between.contains(&b), "{} {} {}", a, b, between);
            prop_assert_eq!(Edtf::between(&b, &a), between);
        }
        let one = Edtf::one_of(vec![a.clone(), b.clone()]);
        prop_assert!(one.contains(&a) && one.contains(&b), "{} {} {}", a, b, one);
        prop_assert_eq!(Edtf::one_of(vec![b, a]), one);
    }

    #[test]
    fn order_is_total_and_follows_the_bounds(a in date(), b in date(), c in date()) {
        prop_assert_eq!(a.cmp(&b), b.cmp(&a).reverse());
        prop_assert_eq!(a == b, a.cmp(&b).is_eq());
        if a <= b && b <= c {
            prop_assert!(a <= c);
        }
        if let (Some(x), Some(y)) = (a.first_day(), b.first_day()) && x < y {
            prop_assert!(a < b);
        }
        let start_is_open = |d: &Edtf| d.to_string().starts_with(['.', '/']);
        if start_is_open(&a) && !b.is_open() {
            prop_assert!(a < b);
        }
    }

    #[test]
    fn a_week_is_the_iso_week_of_its_day(day in day()) {
        let week = Edtf::week(day);
        if (-9998..9998).contains(&day.year()) {
            prop_assert_eq!(week.precision(), Precision::Week);
            prop_assert_eq!(week.about().precision(), Precision::Week);
            prop_assert_eq!(week.first_day().map(|d| d.weekday()), Some(Weekday::Mon));
            prop_assert!(week.contains(&Edtf::day(day)));
        }
    }
}

#[test]
fn the_ends_of_the_calendar_are_no_trouble() {
    for day in [NaiveDate::MIN, NaiveDate::MAX] {
        for date in [Edtf::day(day), Edtf::week(day), Edtf::span(day, NaiveDate::MAX)] {
            assert_eq!(date.to_string().parse::<Edtf>().as_ref(), Ok(&date));
        }
    }
    for year in [i32::MIN, i32::MAX] {
        for date in [Edtf::year(year), Edtf::decade(year), Edtf::century(year)] {
            assert_eq!(date.to_string().parse::<Edtf>().as_ref(), Ok(&date));
            assert!(!date.human().is_empty());
        }
    }
    // Far years are ordered although chrono has no day for them.
    let [past, now, future] = ["Y-170000002", "2022", "Y170000002"].map(|y| y.parse::<Edtf>().unwrap());
    assert!(past < now && now < future && !future.overlaps(&now));
    assert!(now.since().contains(&future) && !now.until().contains(&future));
}
