//! What two mentions say of each other: whether they are worth comparing, and how they compare.

use super::cluster::{Pair, Verdict};
use super::dates::Fit;
use super::features::Features;
use super::rivals::{Met, Rivals};
use super::signs::Around;
use super::similarity::{Alike, Rarity, Told, contradict, elsewhere, meet, strangers};
use super::story::Stories;
use crate::model::Status;

/// From here on the names of two articles say that they are of one story, told from two places.
const ONE_STORY: f64 = 0.4;
/// Where sources differ on the day: a shared name, with shared runs of words or this likelihood.
const DIFFERING_RUNS: u32 = 3;
pub(super) const DIFFERING: f64 = 0.5;
/// The same where much is said in other words: shares of names, and likeness of the clauses.
const SAME_PEOPLE: f64 = 0.5;
const MUCH_THE_SAME: f64 = 0.45;
/// Days between two publications beyond which nobody retells the same news with a date of its own.
const RETOLD_DAYS: i64 = 14;

/// A pair that was compared.
#[derive(Debug, Clone, Copy)]
pub(super) struct Compared {
    pub a: u32,
    pub b: u32,
    pub alike: Alike,
    /// How their dates lie to each other, and how much their articles speak of the same: what is costly of all that is
    /// around them.
    fit: Fit,
    story: f64,
}

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
    /// Gives how the dates of two mentions lie to each other.
    pub fn fit(&self, a: usize, b: usize) -> Fit {
        self.features[a].bounds.fit(&self.features[b].bounds)
    }

    /// Gives what dates and articles say of two mentions.
    pub fn around(&self, a: usize, b: usize, fit: Fit) -> Around {
        self.around_in(a, b, fit, self.story(a, b))
    }

    /// Gives how much the articles of two mentions speak of the same.
    fn story(&self, a: usize, b: usize) -> f64 {
        self.stories.alike(self.article[a], self.article[b])
    }

    fn around_in(&self, a: usize, b: usize, fit: Fit, story: f64) -> Around {
        let days = self.features[a].bounds.days().zip(self.features[b].bounds.days()).map(|(a, b)| a.max(b));
        Around {
            fit,
            days,
            story,
            same_article: self.article[a] == self.article[b],
            best: false,
            outdone: false,
            rivals: 2,
        }
    }

    /// Tells whether a date is coarser than a day.
    fn coarse(&self, a: usize) -> bool {
        self.features[a].bounds.days() != Some(1)
    }

    fn told(&self, a: usize, b: usize, fit: Fit) -> Told {
        Told::of(&self.features[a], &self.features[b], self.rarity, fit == Fit::Same)
    }

    fn alike_by(&self, a: usize, b: usize, fit: Fit, told: Told) -> Alike {
        Alike::of(&self.features[a], &self.features[b], told, self.rarity, fit == Fit::Same)
    }

    /// Compares two mentions whose dates lie to each other like this.
    pub fn alike(&self, a: usize, b: usize, fit: Fit) -> Alike {
        self.alike_by(a, b, fit, self.told(a, b, fit))
    }

    /// Gives those of some pairs whose dates can be one, each with how like they are, and all that can be said of
    /// them for themselves where there is something.
    pub fn compared(&self, pairs: &[(u32, u32)]) -> (Vec<Met>, Vec<Compared>) {
        let (mut met, mut all) = (Vec::new(), Vec::new());
        for &(a, b) in pairs {
            let (i, j) = (a as usize, b as usize);
            let fit = self.fit(i, j);
            if fit == Fit::Apart || self.hopeless(i, j, fit) {
                continue;
            }
            let told = self.told(i, j, fit);
            // Those of a coarse date may yet be of one story that gives it alone.
            let compares = told.anything() || self.coarse(i);
            let alike = compares.then(|| self.alike_by(i, j, fit, told));
            met.push(Met { a, b, same: fit == Fit::Same, like: alike.map_or(0.0, |alike| alike.words()) });
            all.extend(alike.map(|alike| Compared { a, b, alike, fit, story: self.story(i, j) }));
        }
        // They stay until all are compared.
        met.shrink_to_fit();
        all.shrink_to_fit();
        (met, all)
    }

    /// Gives what is around a pair, and what the rivals of its mentions say of it.
    pub fn ranked(&self, pair: &Compared, rivals: &Rivals) -> Around {
        let &Compared { a, b, alike, fit, story } = pair;
        let (a, b, like) = (a as usize, b as usize, alike.words());
        let same = fit == Fit::Same;
        let of = |mine: usize, other: usize| rivals.of(mine, self.article[other], same, like);
        let (x, y) = (of(a, b), of(b, a));
        let outdone = |mine: usize, other: usize| rivals.outdone(mine, self.article[other], like);
        Around {
            best: x.0 && y.0,
            rivals: x.1.max(y.1),
            outdone: fit == Fit::Near && (outdone(a, b) || outdone(b, a)),
            ..self.around_in(a, b, fit, story)
        }
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
            false => fit == Fit::Near && (self.long_apart(a, b) || !meet(x.names(), y.names())),
        }
    }

    /// Tells whether two mentions say what they tell of others: of two places, where they count other things, or where
    /// nobody whom both name ties them together; of people whom the other's article never names; or one says what the other says not.
    pub fn others(&self, a: usize, b: usize) -> bool {
        let (x, y) = (&self.features[a], &self.features[b]);
        let (mine, theirs) = (self.article[a], self.article[b]);
        let unknown =
            |f: &Features, article: usize| !f.actors().iter().any(|actor| self.stories.names(article, *actor));
        if contradict(x, y) || (mine != theirs && strangers(x, y) && unknown(x, theirs) && unknown(y, mine)) {
            return true;
        }
        let counts = |f: &Features| !f.numbers().is_empty();
        elsewhere(x, y)
            && ((counts(x) && counts(y) && !meet(x.numbers(), y.numbers()))
                || (!meet(x.names(), y.names()) && self.stories.alike(mine, theirs) < ONE_STORY))
    }

    /// Tells whether two articles lie further apart than anybody retells the same news with a date of its own.
    fn long_apart(&self, a: usize, b: usize) -> bool {
        let (x, y) = (self.features[a].published, self.features[b].published);
        x.zip(y).is_some_and(|(x, y)| (x - y).num_days().abs() > RETOLD_DAYS)
    }

    /// Tells whether two mentions stand in one sentence: it tells two happenings, else it would name one day.
    pub fn one_sentence(&self, a: usize, b: usize) -> bool {
        self.article[a] == self.article[b] && self.sentence[a] == self.sentence[b]
    }

    /// Tells whether two mentions with differing days plainly tell the same happening.
    pub fn differ_on_one(&self, pair: &Pair, around: &Around) -> bool {
        let happened = |i: usize| self.features[i].status == Status::Happened;
        let alike = &pair.alike;
        // The same people, the same kind of happening, much the same words: "resigned on Monday", "on Tuesday".
        let plainly = around.best
            && !around.outdone
            && happened(pair.a)
            && happened(pair.b)
            && alike.kinds > 0
            && alike.names >= SAME_PEOPLE
            && f64::from(alike.clause) >= MUCH_THE_SAME;
        self.article[pair.a] != self.article[pair.b]
            && !alike.numbers_differ
            && (alike.runs >= DIFFERING_RUNS || pair.likely >= DIFFERING || plainly)
    }
}
