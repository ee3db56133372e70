//! Which mentions are one event: links joined strongest first, each checked against all it would join.

use super::dates::Fit;
use super::features::Features;
use super::similarity::{Likeness, Rarity, likeness, numbers_differ};
use chrono::NaiveDate;
use std::collections::HashSet;

/// A pair of mentions that tell the same happening.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Pair {
    pub a: usize,
    pub b: usize,
    pub like: Likeness,
}

/// How alike two mentions must tell to be linked: on the same day less, in the same year more.
const SAME_DAY: f64 = 0.30;
const SAME_WEEK: f64 = 0.31;
const COARSE: f64 = 0.34;
/// Within one article two dated clauses are two happenings, unless they plainly repeat each other.
const SAME_ARTICLE: f64 = 0.55;
/// Two articles that share one happening plainly tell the same story; there less is needed.
const STRONG: f64 = 0.5;
const SAME_STORY: f64 = 0.75;
/// What it takes with a coarse date where no name, number or phrase is shared.
const NAMELESS: f64 = 0.65;
/// Where they also give the same coarse date ("since 2009") that hardly anybody else gives, less still.
const RARE_DATE: f64 = 0.55;
const COARSE_DAYS: i64 = 31;
const FEW: u32 = 3;
/// What the average and the weakest of all links between two groups must reach, as shares of the above.
const AVERAGE: f64 = 0.75;
const WEAKEST: f64 = 0.35;
/// Where sources differ on the day: a shared name, with shared runs of words or this likeness.
const DIFFERING_RUNS: usize = 3;
const DIFFERING: f64 = 0.72;
/// Days between two publications beyond which nobody retells the same news with a date of its own.
const RETOLD_DAYS: i64 = 14;
/// Members of a group that a newcomer is compared with, at most.
const SAMPLE: usize = 8;

/// What the clusters are made from.
pub(super) struct Telling<'a> {
    pub features: &'a [Features],
    pub rarity: &'a Rarity,
    /// For each mention the rank of its article.
    pub article: &'a [usize],
    /// For each mention how many give exactly its date.
    pub dates: &'a [u32],
}

/// Pairs of articles that tell the same story, the smaller number first.
type Stories = HashSet<(usize, usize)>;

impl Telling<'_> {
    fn fit(&self, a: usize, b: usize) -> Fit {
        self.features[a].bounds.fit(&self.features[b].bounds)
    }

    fn like(&self, a: usize, b: usize, fit: Fit) -> Likeness {
        likeness(&self.features[a], &self.features[b], self.rarity, fit)
    }

    fn articles(&self, a: usize, b: usize) -> (usize, usize) {
        let (a, b) = (self.article[a], self.article[b]);
        (a.min(b), a.max(b))
    }

    fn needed(&self, a: usize, b: usize, fit: Fit, stories: &Stories) -> f64 {
        let days = |i: usize| self.features[i].bounds.days().unwrap_or(i64::MAX);
        let needed = match days(a).max(days(b)) {
            _ if fit == Fit::Near => DIFFERING,
            1 => SAME_DAY,
            2..=8 => SAME_WEEK,
            _ => COARSE,
        };
        if fit != Fit::Same || !stories.contains(&self.articles(a, b)) {
            needed
        } else if days(a) > COARSE_DAYS && self.dates.get(a).is_some_and(|&count| count <= FEW) {
            RARE_DATE * needed
        } else {
            SAME_STORY * needed
        }
    }

    /// Tells whether more than common words joins two mentions: what shares no name, no number and no
    /// phrase must be all the more alike, the coarser its date.
    fn particular(&self, a: usize, b: usize, like: Likeness, fit: Fit, stories: &Stories) -> bool {
        let days = |i: usize| self.features[i].bounds.days().unwrap_or(i64::MAX);
        let coarse = days(a).max(days(b)) > 8;
        let story = fit == Fit::Same && stories.contains(&self.articles(a, b));
        let few = self.dates.get(a).is_some_and(|&count| count <= FEW);
        like.particular || !coarse || (story && few) || like.score >= NAMELESS
    }

    /// Tells whether two mentions with differing days plainly tell the same happening.
    fn differ_on_one(&self, a: usize, b: usize, like: Likeness) -> bool {
        let (x, y) = (&self.features[a], &self.features[b]);
        let apart = |a: Option<NaiveDate>, b: Option<NaiveDate>| a.zip(b).map_or(0, |(a, b)| (a - b).num_days().abs());
        let name = x.names.iter().any(|n| y.names.binary_search(n).is_ok());
        self.article[a] != self.article[b]
            && apart(x.published, y.published) <= RETOLD_DAYS
            && !numbers_differ(x, y)
            && name
            && (like.runs >= DIFFERING_RUNS || like.score >= DIFFERING)
    }
}

/// Gives the groups of mentions, each in order, and the links inside them.
pub(super) fn clusters(telling: &Telling<'_>, pairs: &[(u32, u32)]) -> (Vec<Vec<usize>>, Vec<Pair>) {
    let compared: Vec<(Pair, Fit)> = pairs
        .iter()
        .map(|&(a, b)| (a as usize, b as usize))
        .map(|(a, b)| (a, b, telling.fit(a, b)))
        .filter(|&(_, _, fit)| fit != Fit::Apart)
        .map(|(a, b, fit)| (Pair { a, b, like: telling.like(a, b, fit) }, fit))
        .collect();
    let stories: Stories = compared
        .iter()
        .filter(|(pair, fit)| *fit != Fit::Near && pair.like.score >= STRONG)
        .map(|(pair, _)| telling.articles(pair.a, pair.b))
        .filter(|(a, b)| a != b)
        .collect();
    let (mut agreeing, mut differing) = (Vec::new(), Vec::new());
    for (pair, fit) in compared {
        let (a, b) = (pair.a, pair.b);
        if fit == Fit::Near {
            if telling.differ_on_one(a, b, pair.like) {
                differing.push(pair);
            }
        } else if pair.like.score >= telling.needed(a, b, fit, &stories)
            && telling.particular(a, b, pair.like, fit, &stories)
            && (telling.article[a] != telling.article[b] || (fit == Fit::Same && pair.like.score >= SAME_ARTICLE))
        {
            agreeing.push(pair);
        }
    }
    let mut groups = Groups::new(telling.features.len());
    let mut links = Vec::new();
    for (list, differ) in [(&mut agreeing, false), (&mut differing, true)] {
        list.sort_by(|x, y| y.like.score.total_cmp(&x.like.score).then((x.a, x.b).cmp(&(y.a, y.b))));
        for pair in list.iter() {
            let (x, y) = (groups.of[pair.a], groups.of[pair.b]);
            if x == y {
                links.push(*pair);
            } else if joins(telling, &stories, &groups.members[x], &groups.members[y], differ) {
                groups.join(x, y);
                links.push(*pair);
            }
        }
    }
    (groups.members.into_iter().filter(|m| !m.is_empty()).collect(), links)
}

/// Tells whether two groups tell one happening as wholes: no dates that exclude each other, and
/// every member at least somewhat like the others, so that no chain joins strangers.
fn joins(telling: &Telling<'_>, stories: &Stories, x: &[usize], y: &[usize], differ: bool) -> bool {
    let (mut sum, mut count) = (0.0, 0.0);
    for &a in x {
        for (n, &b) in y.iter().enumerate() {
            let fit = telling.fit(a, b);
            if fit == Fit::Apart || (fit == Fit::Near && !differ) {
                return false;
            }
            if n >= SAMPLE || count >= (SAMPLE * SAMPLE) as f64 {
                continue;
            }
            let needed = telling.needed(a, b, if fit == Fit::Near { Fit::Agree } else { fit }, stories);
            let score = telling.like(a, b, fit).score / needed;
            if score < WEAKEST {
                return false;
            }
            sum += score;
            count += 1.0;
        }
    }
    sum >= AVERAGE * count
}

struct Groups {
    of: Vec<usize>,
    members: Vec<Vec<usize>>,
}

impl Groups {
    fn new(n: usize) -> Groups {
        Groups { of: (0..n).collect(), members: (0..n).map(|i| vec![i]).collect() }
    }

    /// Puts the smaller group to the larger.
    fn join(&mut self, x: usize, y: usize) {
        let (into, from) = if self.members[x].len() >= self.members[y].len() { (x, y) } else { (y, x) };
        for member in std::mem::take(&mut self.members[from]) {
            self.of[member] = into;
            self.members[into].push(member);
        }
        self.members[into].sort_unstable();
    }
}
