//! New moons and the sun's place, to a few minutes (Meeus, Astronomical Algorithms, chapters 25 and 49), and the
//! feasts that go by them.

use chrono::{Datelike, NaiveDate};

/// Days from 1 January of the year 1 (day 1) to the start of Julian days.
const JULIAN: f64 = 1_721_424.5;
const MONTH: f64 = 29.530_588_861;
/// By how much clocks are behind the even time of the tables: a minute or so, in days.
const CLOCK_BEHIND: f64 = 0.000_75;
/// Hours east of Greenwich: Beijing, Delhi, Tehran.
const BEIJING: f64 = 8.0;
const DELHI: f64 = 5.5;
const TEHRAN: f64 = 3.5;
/// When a new moon is still of the evening before: soon after sunset in India.
const SUNSET: f64 = 18.4;

/// Gives the first day of the Chinese year: of the second month behind the one with the winter solstice, unless
/// a leap month comes between.
pub fn lunar_new_year(year: i32) -> Option<NaiveDate> {
    let solstice = |year: i32| Some(local(sun_reaches(270.0, NaiveDate::from_ymd_opt(year, 12, 21)?)));
    let (before, after) = (solstice(year - 1)?, solstice(year)?);
    let months: Vec<f64> = moons_about(before).into_iter().map(local).filter(|moon| *moon > before).collect();
    let eleventh = moons_about(after).into_iter().map(local).rfind(|moon| *moon <= after)?;
    let [twelfth, first, second] = *months.get(..3)?.first_chunk()?;
    // Thirteen months from solstice to solstice: the first in which the sun enters no new sign is the leap month.
    let sign = |day: f64| (sun(day - BEIJING / 24.0).rem_euclid(360.0) / 30.0).floor();
    let leap = ((eleventh - twelfth) / MONTH).round() > 11.0;
    let between = sign(twelfth) == sign(first) || sign(first) == sign(second);
    civil(if leap && between { second } else { first })
}

/// Gives the day in Beijing.
fn local(time: f64) -> f64 {
    (time + BEIJING / 24.0).floor()
}

/// Gives Diwali: the evening of the new moon while the sun stands in the sidereal sign of Libra.
pub fn diwali(year: i32) -> Option<NaiveDate> {
    // From the fixed stars to the equinox of the date.
    let shift = 23.857 + 0.013_97 * f64::from(year - 2000);
    let libra = sun_reaches(180.0 + shift, NaiveDate::from_ymd_opt(year, 10, 17)?);
    let moon = moons_about(libra).into_iter().find(|moon| *moon >= libra)?;
    civil((moon + (DELHI - SUNSET) / 24.0).floor())
}

/// Gives Nowruz: the day whose noon in Tehran comes next after the spring equinox.
pub fn nowruz(year: i32) -> Option<NaiveDate> {
    let equinox = sun_reaches(0.0, NaiveDate::from_ymd_opt(year, 3, 20)?);
    civil((equinox + TEHRAN / 24.0 + 0.5).floor())
}

fn civil(day: f64) -> Option<NaiveDate> {
    NaiveDate::from_num_days_from_ce_opt(day as i32)
}

/// Gives the new moons from two months before a time to three months after, in days and in order.
fn moons_about(time: f64) -> Vec<f64> {
    let nearest = ((time + JULIAN - 2_451_550.1) / MONTH).round();
    (-2..=3).map(|i| new_moon(nearest + f64::from(i))).collect()
}

fn new_moon(k: f64) -> f64 {
    let t = k / 1236.85;
    let sin = |degrees: f64| degrees.to_radians().sin();
    let sun = 2.5534 + 29.105_356_70 * k;
    let moon = 201.5643 + 385.816_935_28 * k + 0.010_758_2 * t * t;
    let node = 160.7108 + 390.670_502_84 * k - 0.001_611_8 * t * t;
    let e = 1.0 - 0.002_516 * t;
    let mean = 2_451_550.097_66 + MONTH * k + 0.000_154_37 * t * t;
    let periodic = -0.407_20 * sin(moon)
        + 0.172_41 * e * sin(sun)
        + 0.016_08 * sin(2.0 * moon)
        + 0.010_39 * sin(2.0 * node)
        + 0.007_39 * e * sin(moon - sun)
        - 0.005_14 * e * sin(moon + sun)
        + 0.002_08 * e * e * sin(2.0 * sun)
        - 0.001_11 * sin(moon - 2.0 * node)
        - 0.000_57 * sin(moon + 2.0 * node)
        + 0.000_56 * e * sin(2.0 * moon + sun)
        - 0.000_42 * sin(3.0 * moon)
        + 0.000_42 * e * sin(sun + 2.0 * node)
        + 0.000_38 * e * sin(sun - 2.0 * node)
        - 0.000_24 * e * sin(2.0 * moon - sun);
    mean + periodic - JULIAN - CLOCK_BEHIND
}

/// Gives when the sun reaches a longitude, within half a year of a day near it.
fn sun_reaches(longitude: f64, near: NaiveDate) -> f64 {
    let mut time = f64::from(near.num_days_from_ce());
    for _ in 0..4 {
        let off = (longitude - sun(time) + 540.0).rem_euclid(360.0) - 180.0;
        time += off * 365.2422 / 360.0;
    }
    time
}

/// Gives the sun's apparent longitude in degrees.
fn sun(time: f64) -> f64 {
    let t = (time + JULIAN - 2_451_545.0) / 36_525.0;
    let sin = |degrees: f64| degrees.to_radians().sin();
    let anomaly = 357.529_11 + 35_999.050_29 * t;
    let centre =
        (1.914_602 - 0.004_817 * t) * sin(anomaly) + 0.019_993 * sin(2.0 * anomaly) + 0.000_289 * sin(3.0 * anomaly);
    let node = 125.04 - 1934.136 * t;
    280.466_46 + 36_000.769_83 * t + centre - 0.005_69 - 0.004_78 * sin(node)
}
