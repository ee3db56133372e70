//! Which mentions are one event: links joined likeliest first, each checked against all it would join.

use super::dates::Fit;
use super::features::Features;
use super::rivals::{Known, Rival, Rivals};
use super::signs::{Around, likely};
use super::similarity::{Alike, Rarity, Told, contradict, elsewhere, meet, strangers};
use super::story::Stories;
use crate::model::Status;

/// A pair of mentions that tell the same happening.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Pair {
    pub a: usize,
    pub b: usize,
    pub alike: Alike,
    /// How likely it is, from 0 to 1.
    pub likely: f64,
}

/// How likely it must be that two mentions tell one happening.
const LIKELY: f64 = 0.55;
/// The same where two articles of one story both give the same coarse date ("since 2009"), and hardly another
/// mention of theirs does: at most so many of one article, whose names are so much alike.
const RARE_DATE: f64 = 0.2;
const FEW: usize = 2;
const STORY: f64 = 0.15;
/// From here on the names of two articles say that they are of one story, told from two places.
const ONE_STORY: f64 = 0.4;
/// Within one article two dated clauses are two happenings, unless they plainly repeat each other.
const SAME_ARTICLE: f64 = 0.8;
/// What the average and the least likely of all links between two groups must reach.
const AVERAGE: f64 = 0.5;
const WEAKEST: f64 = 0.03;
/// Where sources differ on the day: a shared name, with shared runs of words or this likelihood.
const DIFFERING_RUNS: usize = 3;
const DIFFERING: f64 = 0.5;
/// The same where much is said in other words: shares of names, and likeness of the clauses.
const SAME_PEOPLE: f64 = 0.5;
const MUCH_THE_SAME: f64 = 0.45;
/// Days between two publications beyond which nobody retells the same news with a date of its own.
const RETOLD_DAYS: i64 = 14;
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
}

impl Telling<'_> {
    fn fit(&self, a: usize, b: usize) -> Fit {
        self.features[a].bounds.fit(&self.features[b].bounds)
    }

    /// Gives what dates and articles say of two mentions.
    fn around(&self, a: usize, b: usize, fit: Fit) -> Around {
        let (x, y) = (self.article[a], self.article[b]);
        let days = self.features[a].bounds.days().zip(self.features[b].bounds.days()).map(|(a, b)| a.max(b));
        Around {
            fit,
            days,
            story: self.stories.alike(x, y),
            same_article: x == y,
            best: false,
            outdone: false,
            rivals: 2,
        }
    }

    /// Tells whether a date is coarser than a day.
    fn coarse(&self, a: usize) -> bool {
        self.features[a].bounds.days() != Some(1)
    }

    fn told(&self, a: usize, b: usize) -> Told {
        Told::of(&self.features[a], &self.features[b])
    }

    fn alike(&self, a: usize, b: usize, told: Told, fit: Fit) -> Alike {
        Alike::of(&self.features[a], &self.features[b], told, self.rarity, fit == Fit::Same)
    }

    /// Gives those of some pairs whose dates can be one, each with its signs as far as it tells them alone, and how
    /// like each mention of the pairs is to those of other articles.
    pub fn compared(&self, pairs: &[(u32, u32)]) -> (Vec<Compared>, Vec<Rival>) {
        let (mut all, mut rivals) = (Vec::new(), Vec::new());
        for &(a, b) in pairs {
            let (a, b) = (a as usize, b as usize);
            let fit = self.fit(a, b);
            if fit == Fit::Apart || self.hopeless(a, b, fit) {
                continue;
            }
            let told = self.told(a, b);
            // Those of a coarse date may yet be of one story that gives it alone.
            let compares = told.anything() || self.coarse(a);
            let compared = compares.then(|| (self.alike(a, b, told, fit), self.around(a, b, fit)));
            let like = compared.map_or(0.0, |(alike, _)| alike.words());
            for (mine, other) in [(a, b), (b, a)] {
                let article = self.article[other] as u32;
                rivals.push(Rival { mention: mine as u32, article, same: fit == Fit::Same, like });
            }
            all.extend(compared.map(|(alike, around)| (a, b, alike, around)));
        }
        (all, rivals)
    }

    /// Tells pairs what the rivals of their mentions say of them.
    pub fn ranked(&self, mut all: Vec<Compared>, rivals: Vec<Rival>) -> Vec<Compared> {
        let rivals = Rivals::new(self.features.len(), rivals);
        for (a, b, alike, around) in &mut all {
            let same = around.fit == Fit::Same;
            let of = |mine: usize, other: usize| rivals.of(mine, self.article[other], same, alike.words());
            let (x, y) = (of(*a, *b), of(*b, *a));
            around.best = x.0 && y.0;
            around.rivals = x.1.max(y.1);
            let outdone = |mine: usize, other: usize| rivals.outdone(mine, self.article[other], alike.words());
            around.outdone = around.fit == Fit::Near && (outdone(*a, *b) || outdone(*b, *a));
        }
        all
    }

    /// Tells whether two mentions are not worth comparing: in one sentence they are two happenings, else it would
    /// name one day; in one article they would give the same date again, and with differing days name the same.
    fn hopeless(&self, a: usize, b: usize, fit: Fit) -> bool {
        let (x, y) = (&self.features[a], &self.features[b]);
        if Verdict::of(x.status).gainsays(Verdict::of(y.status)) || self.others(a, b) {
            return true;
        }
        match self.article[a] == self.article[b] {
            true => self.one_sentence(a, b) || fit != Fit::Same,
            false => fit == Fit::Near && (self.long_apart(a, b) || !meet(&x.names, &y.names)),
        }
    }

    /// Tells whether two mentions say what they tell of others: of two places, where they count other things, or where
    /// nobody whom both name ties them together; of people whom the other's article never names; or one says what the other says not.
    fn others(&self, a: usize, b: usize) -> bool {
        let (x, y) = (&self.features[a], &self.features[b]);
        let unknown = |f: &Features, article: usize| !f.actors.iter().any(|actor| self.stories.names(article, *actor));
        if contradict(x, y) || (strangers(x, y) && unknown(x, self.article[b]) && unknown(y, self.article[a])) {
            return true;
        }
        let counts = |f: &Features| !f.numbers.is_empty();
        elsewhere(x, y)
            && ((counts(x) && counts(y) && !meet(&x.numbers, &y.numbers))
                || (!meet(&x.names, &y.names) && self.stories.alike(self.article[a], self.article[b]) < ONE_STORY))
    }

    /// Tells whether two articles lie further apart than anybody retells the same news with a date of its own.
    fn long_apart(&self, a: usize, b: usize) -> bool {
        let (x, y) = (self.features[a].published, self.features[b].published);
        x.zip(y).is_some_and(|(x, y)| (x - y).num_days().abs() > RETOLD_DAYS)
    }

    /// Tells whether two mentions stand in one sentence: it tells two happenings, else it would name one day.
    fn one_sentence(&self, a: usize, b: usize) -> bool {
        self.article[a] == self.article[b] && self.sentence[a] == self.sentence[b]
    }

    /// Tells whether two mentions with differing days plainly tell the same happening.
    fn differ_on_one(&self, pair: &Pair, around: &Around) -> bool {
        let happened = |i: usize| self.features[i].status == Status::Happened;
        let alike = &pair.alike;
        // The same people, the same kind of happening, much the same words: "resigned on Monday", "on Tuesday".
        let plainly = around.best
            && !around.outdone
            && happened(pair.a)
            && happened(pair.b)
            && alike.kinds > 0
            && alike.names >= SAME_PEOPLE
            && alike.clause >= MUCH_THE_SAME;
        self.article[pair.a] != self.article[pair.b]
            && !alike.numbers_differ
            && (alike.runs >= DIFFERING_RUNS || pair.likely >= DIFFERING || plainly)
    }
}

/// A pair that was compared.
pub(super) type Compared = (usize, usize, Alike, Around);

/// Gives the groups of mentions, each in order, and the links inside them, from the pairs that were compared.
pub(super) fn clusters(telling: &Telling<'_>, compared: &[Compared]) -> (Vec<Vec<usize>>, Vec<Pair>) {
    let (mut agreeing, mut differing) = (Vec::new(), Vec::new());
    let judged = compared.iter().map(|&(a, b, alike, around)| {
        let likely = likely(&alike, &around);
        let pair = Pair { a, b, alike, likely };
        let mut taken = likely;
        if around.fit == Fit::Near {
            if telling.differ_on_one(&pair, &around) {
                differing.push(pair);
                taken = taken.max(DIFFERING);
            }
        } else if likely >= needed(&around) {
            agreeing.push(pair);
            taken = taken.max(LIKELY);
        }
        (a, b, taken)
    });
    let known = Known::new(telling.features.len(), judged);
    let mut groups = Groups::new(telling.features);
    let mut links = Vec::new();
    for (list, differ) in [(&mut agreeing, false), (&mut differing, true)] {
        list.sort_unstable_by(|x, y| y.likely.total_cmp(&x.likely).then((x.a, x.b).cmp(&(y.a, y.b))));
        for pair in list.iter() {
            let (x, y) = (groups.of[pair.a], groups.of[pair.b]);
            if x == y {
                links.push(*pair);
            } else if joins(telling, &known, &groups.groups[x], &groups.groups[y], differ) {
                groups.join(telling.features, x, y);
                links.push(*pair);
            }
        }
    }
    (groups.finish(), links)
}

/// Gives how likely it must be that two mentions tell one happening.
fn needed(around: &Around) -> f64 {
    let rare = around.fit == Fit::Same && around.days != Some(1) && around.rivals <= FEW && around.story >= STORY;
    match around.same_article {
        true => SAME_ARTICLE,
        false if rare => RARE_DATE,
        false => LIKELY,
    }
}

/// Tells whether two groups tell one happening as wholes: no denial of what the other tells as a fact, no dates that
/// exclude each other, and every member at least somewhat like the others, so that no chain joins strangers.
fn joins(telling: &Telling<'_>, known: &Known, x: &Group, y: &Group, differ: bool) -> bool {
    if x.verdict.gainsays(y.verdict) {
        return false;
    }
    for &a in &x.dated {
        for &b in &y.dated {
            let fit = telling.fit(a, b);
            if fit == Fit::Apart || (fit == Fit::Near && !differ) {
                return false;
            }
        }
    }
    let pairs = || x.sample.iter().flat_map(|&a| y.sample.iter().map(move |&b| (a, b)));
    // What costs little is asked first: most groups part on it.
    if pairs().any(|(a, b)| known.get(a, b).is_some_and(|likely| likely < WEAKEST))
        || pairs().any(|(a, b)| telling.one_sentence(a, b) || telling.others(a, b))
    {
        return false;
    }
    let (mut sum, mut count) = (0.0, 0.0);
    for (a, b) in pairs() {
        let one = known.get(a, b).unwrap_or_else(|| {
            let fit = telling.fit(a, b);
            likely(&telling.alike(a, b, telling.told(a, b), fit), &telling.around(a, b, fit))
        });
        if one < WEAKEST {
            return false;
        }
        sum += one;
        count += 1.0;
    }
    sum >= AVERAGE * count
}

/// Mentions taken for one happening.
#[derive(Default)]
struct Group {
    members: Vec<usize>,
    /// The first of them, for comparing; at most [`SAMPLE`].
    sample: Vec<usize>,
    /// One for each of their dates; at most [`DATES`].
    dated: Vec<usize>,
    verdict: Verdict,
}

/// Whether anybody tells a happening as a fact, and whether anybody denies it. Who denies it is no further source of
/// it, not even by way of those who speak of it as a plan.
#[derive(Debug, Clone, Copy, Default)]
struct Verdict {
    told: bool,
    denied: bool,
}

impl Verdict {
    fn of(status: Status) -> Verdict {
        Verdict { told: status == Status::Happened, denied: status == Status::Denied }
    }

    fn gainsays(self, other: Verdict) -> bool {
        (self.told && other.denied) || (self.denied && other.told)
    }

    fn with(self, other: Verdict) -> Verdict {
        Verdict { told: self.told || other.told, denied: self.denied || other.denied }
    }
}

struct Groups {
    of: Vec<usize>,
    groups: Vec<Group>,
}

impl Groups {
    fn new(features: &[Features]) -> Groups {
        let alone = |(i, f): (usize, &Features)| Group {
            members: vec![i],
            sample: vec![i],
            dated: vec![i],
            verdict: Verdict::of(f.status),
        };
        Groups { of: (0..features.len()).collect(), groups: features.iter().enumerate().map(alone).collect() }
    }

    /// Puts the smaller group to the larger.
    fn join(&mut self, features: &[Features], x: usize, y: usize) {
        let (into, from) = if self.groups[x].members.len() >= self.groups[y].members.len() { (x, y) } else { (y, x) };
        let from = std::mem::take(&mut self.groups[from]);
        for &member in &from.members {
            self.of[member] = into;
        }
        let group = &mut self.groups[into];
        group.verdict = group.verdict.with(from.verdict);
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
