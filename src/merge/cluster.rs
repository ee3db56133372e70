//! Which mentions are one event: links joined strongest first, each checked against all it would join.

use super::dates::Fit;
use super::features::Features;
use super::signs::{Around, likely, words_alike};
use super::similarity::{Likeness, Rarity, does_alike, likeness, numbers_differ};
use super::story::Stories;
use chrono::NaiveDate;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

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
const FEW: usize = 3;
/// Mentions of one date from which on nobody counts any more.
pub(super) const COMMON: usize = 64;
/// What the average and the weakest of all links between two groups must reach, as shares of the above.
const AVERAGE: f64 = 0.75;
const WEAKEST: f64 = 0.35;
/// Where all give the same rare date in one story, the strongest link alone carries: as another article
/// of the story joins, its words may lie far from one that stood first.
const CARRIED: f64 = 0.6;
/// Where sources differ on the day: a shared name, with shared runs of words or this likeness.
const DIFFERING_RUNS: usize = 3;
const DIFFERING: f64 = 0.72;
/// Days between two publications beyond which nobody retells the same news with a date of its own.
const RETOLD_DAYS: i64 = 14;
/// How likely it must be by the signs that two mentions tell one happening.
const LIKELY: f64 = 0.5;
/// By how much the likest of an article's mentions must be liker than the next to be the one.
const CLEAR: f64 = 0.05;
/// Members of a group that a newcomer is compared with, at most.
const SAMPLE: usize = 8;
/// Dates of a group that a newcomer is held against, at most.
const DATES: usize = 32;

/// What the clusters are made from.
pub(super) struct Telling<'a> {
    pub features: &'a [Features],
    pub rarity: &'a Rarity,
    /// How much articles speak of the same people and places.
    pub stories: &'a Stories,
    /// For each mention where its sentence starts.
    pub sentence: &'a [usize],
    /// For each mention the rank of its article.
    pub article: &'a [usize],
    /// For each mention the articles that give exactly its date, one entry a mention; empty where they
    /// are too many to tell anything.
    pub dates: &'a [Rc<[usize]>],
}

/// Pairs of articles that share one happening, the smaller number first.
type Sharing = HashSet<(usize, usize)>;

impl Telling<'_> {
    fn fit(&self, a: usize, b: usize) -> Fit {
        self.features[a].bounds.fit(&self.features[b].bounds)
    }

    fn like(&self, a: usize, b: usize, fit: Fit) -> Likeness {
        likeness(&self.features[a], &self.features[b], self.rarity, fit)
    }

    /// Gives what is known of two mentions beside their words.
    pub fn around(&self, a: usize, b: usize, fit: Fit) -> Around {
        let (x, y) = (self.article[a], self.article[b]);
        Around { fit, story: self.stories.alike(x, y), same_article: x == y, best: false, alone: false }
    }

    /// Gives the pairs whose dates can be one, each with what is known of it beside its words.
    pub fn compared(&self, pairs: &[(u32, u32)]) -> Vec<(usize, usize, Around)> {
        let mut all: Vec<(usize, usize, Around, f64)> = Vec::with_capacity(pairs.len());
        // For each mention and each other article: the likest two of its mentions, and how many there are.
        let mut rivals: HashMap<(usize, usize), (f64, f64, usize)> = HashMap::new();
        for &(a, b) in pairs {
            let (a, b) = (a as usize, b as usize);
            let fit = self.fit(a, b);
            if fit == Fit::Apart || self.one_sentence(a, b) {
                continue;
            }
            let like = words_alike(&self.features[a], &self.features[b], self.rarity);
            for (mine, other) in [(a, b), (b, a)] {
                let best = rivals.entry((mine, self.article[other])).or_insert((f64::MIN, f64::MIN, 0));
                let rest = if like > best.0 { best.0 } else { like };
                *best = (best.0.max(like), best.1.max(rest), best.2 + 1);
            }
            all.push((a, b, self.around(a, b, fit), like));
        }
        let rated = |(a, b, around, like): (usize, usize, Around, f64)| {
            let of =
                |mine, other: usize| rivals.get(&(mine, self.article[other])).copied().unwrap_or((like, f64::MIN, 1));
            let (x, y) = (of(a, b), of(b, a));
            let clear = |r: (f64, f64, usize)| like >= r.0 && r.0 - r.1 > CLEAR;
            (a, b, Around { best: clear(x) && clear(y), alone: x.2 == 1 && y.2 == 1, ..around })
        };
        all.into_iter().map(rated).collect()
    }

    /// Tells whether two mentions stand in one sentence: it tells two happenings, else it would name one day.
    fn one_sentence(&self, a: usize, b: usize) -> bool {
        self.article[a] == self.article[b] && self.sentence[a] == self.sentence[b]
    }

    fn articles(&self, a: usize, b: usize) -> (usize, usize) {
        let (a, b) = (self.article[a], self.article[b]);
        (a.min(b), a.max(b))
    }

    /// Tells whether hardly anybody gives the date of two mentions but those that tell the same story: a
    /// further article about it makes the date no commoner.
    fn rare_date(&self, a: usize, b: usize, stories: &Sharing) -> bool {
        let Some(given) = self.dates.get(a).filter(|given| !given.is_empty()) else { return false };
        let mine = [self.article[a], self.article[b]];
        let told = |&x: &usize| mine.iter().any(|&m| m == x || stories.contains(&(m.min(x), m.max(x))));
        given.iter().filter(|x| !told(x)).count() < FEW
    }

    fn coarse(&self, a: usize) -> bool {
        self.features[a].bounds.days().is_none_or(|days| days > COARSE_DAYS)
    }

    fn needed(&self, a: usize, b: usize, fit: Fit, stories: &Sharing) -> f64 {
        let days = |i: usize| self.features[i].bounds.days().unwrap_or(i64::MAX);
        let needed = match days(a).max(days(b)) {
            _ if fit == Fit::Near => DIFFERING,
            1 => SAME_DAY,
            2..=8 => SAME_WEEK,
            _ => COARSE,
        };
        if fit != Fit::Same || !stories.contains(&self.articles(a, b)) {
            needed
        } else if days(a) > COARSE_DAYS && self.rare_date(a, b, stories) {
            RARE_DATE * needed
        } else {
            SAME_STORY * needed
        }
    }

    /// Tells whether more than common words joins two mentions: what shares no name, no number and no
    /// phrase must be all the more alike, the coarser its date.
    fn particular(&self, a: usize, b: usize, like: Likeness, fit: Fit, stories: &Sharing) -> bool {
        let days = |i: usize| self.features[i].bounds.days().unwrap_or(i64::MAX);
        let coarse = days(a).max(days(b)) > 8;
        let story = fit == Fit::Same && stories.contains(&self.articles(a, b));
        like.particular || !coarse || (story && self.rare_date(a, b, stories)) || like.score >= NAMELESS
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
    let compared: Vec<(Pair, Around)> = telling
        .compared(pairs)
        .into_iter()
        .map(|(a, b, around)| (Pair { a, b, like: telling.like(a, b, around.fit) }, around))
        .collect();
    let stories: Sharing = compared
        .iter()
        .filter(|(pair, around)| around.fit != Fit::Near && pair.like.score >= STRONG)
        .map(|(pair, _)| telling.articles(pair.a, pair.b))
        .filter(|(a, b)| a != b)
        .collect();
    let (mut agreeing, mut differing) = (Vec::new(), Vec::new());
    for (mut pair, around) in compared {
        let fit = around.fit;
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
        } else if telling.article[a] != telling.article[b]
            && (pair.like.runs > 0 || does_alike(&telling.features[a], &telling.features[b]))
        {
            let likely = likely(&telling.features[a], &telling.features[b], telling.rarity, around);
            if likely >= LIKELY {
                pair.like.score = pair.like.score.max(likely * LIKELY);
                agreeing.push(pair);
            }
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
            } else if joins(telling, &stories, &groups.groups[x], &groups.groups[y], differ) {
                groups.join(telling.features, x, y);
                links.push(*pair);
            }
        }
    }
    (groups.finish(), links)
}

/// Tells whether two groups tell one happening as wholes: no dates that exclude each other, and
/// every member at least somewhat like the others, so that no chain joins strangers.
fn joins(telling: &Telling<'_>, stories: &Sharing, x: &Group, y: &Group, differ: bool) -> bool {
    for &a in &x.dated {
        for &b in &y.dated {
            let fit = telling.fit(a, b);
            if fit == Fit::Apart || (fit == Fit::Near && !differ) {
                return false;
            }
        }
    }
    let (mut sum, mut count, mut least, mut ease) = (0.0, 0.0, f64::INFINITY, 1.0_f64);
    for &a in &x.sample {
        for &b in &y.sample {
            if telling.one_sentence(a, b) {
                return false;
            }
            let fit = telling.fit(a, b);
            let needed = telling.needed(a, b, if fit == Fit::Near { Fit::Agree } else { fit }, stories);
            let likely = likely(&telling.features[a], &telling.features[b], telling.rarity, telling.around(a, b, fit));
            let score = (telling.like(a, b, fit).score / needed).max(likely / LIKELY);
            let story = fit == Fit::Same && stories.contains(&telling.articles(a, b));
            if story && telling.coarse(a) && telling.rare_date(a, b, stories) {
                ease = ease.min(CARRIED);
            }
            least = least.min(score);
            sum += score;
            count += 1.0;
        }
    }
    least >= WEAKEST * ease && sum >= AVERAGE * ease.sqrt() * count
}

/// Mentions taken for one happening.
#[derive(Default)]
struct Group {
    members: Vec<usize>,
    /// The first of them, for comparing; at most [`SAMPLE`].
    sample: Vec<usize>,
    /// One for each of their dates; at most [`DATES`].
    dated: Vec<usize>,
}

struct Groups {
    of: Vec<usize>,
    groups: Vec<Group>,
}

impl Groups {
    fn new(n: usize) -> Groups {
        let alone = |i: usize| Group { members: vec![i], sample: vec![i], dated: vec![i] };
        Groups { of: (0..n).collect(), groups: (0..n).map(alone).collect() }
    }

    /// Puts the smaller group to the larger.
    fn join(&mut self, features: &[Features], x: usize, y: usize) {
        let (into, from) = if self.groups[x].members.len() >= self.groups[y].members.len() { (x, y) } else { (y, x) };
        let from = std::mem::take(&mut self.groups[from]);
        for &member in &from.members {
            self.of[member] = into;
        }
        let group = &mut self.groups[into];
        group.members.extend(from.members);
        group.sample.extend(from.sample);
        group.sample.sort_unstable();
        group.sample.truncate(SAMPLE);
        for member in from.dated {
            let known = group.dated.iter().any(|&d| features[d].bounds == features[member].bounds);
            if !known && group.dated.len() < DATES {
                group.dated.push(member);
            }
        }
    }

    /// Gives the members of each group, in order.
    fn finish(self) -> Vec<Vec<usize>> {
        let mut groups: Vec<Vec<usize>> =
            self.groups.into_iter().map(|g| g.members).filter(|m| !m.is_empty()).collect();
        for members in &mut groups {
            members.sort_unstable();
        }
        groups
    }
}
