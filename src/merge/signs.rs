//! How likely it is that two mentions tell one happening, by signs that are weighed from examples.

use super::dates::Fit;
use super::similarity::Alike;

/// What is known of two mentions beside their words.
#[derive(Debug, Clone, Copy)]
pub(super) struct Around {
    /// How their dates lie to each other.
    pub fit: Fit,
    /// The longer of both dates, in days; `None` where one is open.
    pub days: Option<i64>,
    /// How much their articles speak of the same people and places, from 0 to 1.
    pub story: f64,
    /// Whether they stand in one article.
    pub same_article: bool,
    /// Whether no other mention of either's article is as like the other of them.
    pub best: bool,
    /// Whether, of two days that differ, either is told of in the other's article as much alike on its very day.
    pub outdone: bool,
    /// How many mentions of one article are dated so that they could be the other, at most.
    pub rivals: u32,
}

/// Signs that two mentions tell one happening, in the order of [`WEIGHTS`].
pub(super) const SIGNS: usize = 36;

/// Gives the signs, each about from 0 to 1.
pub(super) fn signs(alike: &Alike, around: &Around) -> [f64; SIGNS] {
    let flag = |holds: bool| f64::from(u8::from(holds));
    let Around { fit, days, story, best, .. } = *around;
    let day = fit == Fit::Same && days == Some(1);
    let akin = f64::from(alike.akin.min(3)) / 3.0;
    let share = 1.0 / f64::from(around.rivals.max(1));
    [
        1.0,
        f64::from(alike.clause),
        f64::from(alike.whole),
        f64::from(alike.before),
        alike.names,
        f64::from(alike.runs.min(8)) / 8.0,
        flag(alike.same_words),
        f64::from(alike.kinds.min(2)),
        flag(alike.clash),
        flag(alike.number),
        flag(alike.numbers_differ),
        flag(alike.others),
        flag(alike.deeds),
        story,
        flag(day) * story,
        flag(day),
        flag(fit == Fit::Near),
        flag(days.is_some_and(|days| days > 8)),
        flag(days.is_some_and(|days| days > 31)),
        flag(days.is_none()),
        flag(around.same_article),
        f64::from(alike.clause) * story,
        flag(best),
        flag(best) * story,
        share,
        flag(day) * share,
        akin,
        flag(day && best),
        flag(day && best && alike.deeds),
        flag(day) * akin,
        flag(day && best) * share,
        flag(fit == Fit::Near && best),
        flag(fit == Fit::Near) * f64::from(alike.clause),
        flag(fit == Fit::Same && !day),
        alike.kin,
        flag(day) * alike.kin,
    ]
}

/// What each sign weighs: a logistic regression (L2, C = 0.7) over the pairs that are compared in
/// `tests/fixtures/stories/tuned` and, at a twentieth of the weight each, in a generated corpus of 1,000 articles
/// (`cargo run --release --example score -- stories … --signs` prints the pairs).
const WEIGHTS: [f64; SIGNS] = [
    -2.26, 1.71, 1.87, 0.85, 0.19, -0.85, -0.79, 0.16, -0.19, 0.01, -0.11, -0.26, -0.15, 1.73, -0.10, -0.23, -1.70,
    -0.47, -1.46, -0.50, -2.28, 0.33, 0.42, 0.69, 0.96, 0.31, 0.16, 0.35, -0.09, -0.48, 0.32, -1.47, -0.35, 0.35, 1.76,
    -0.18,
];

/// Gives how likely it is that two mentions tell one happening, from 0 to 1; the same words are the same telling.
pub(super) fn likely(alike: &Alike, around: &Around) -> f64 {
    if alike.same_words {
        return 1.0;
    }
    let odds: f64 = signs(alike, around).iter().zip(WEIGHTS).map(|(sign, weight)| sign * weight).sum();
    1.0 / (1.0 + (-odds).exp())
}
