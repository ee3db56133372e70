//! Which mentions are one event: links joined likeliest first, each checked against all it would join.

use super::dates::Fit;
use super::features::Features;
use super::rivals::{Known, Rivals};
use super::signs::{Around, likely};
use super::similarity::Alike;
use super::telling::{Compared, DIFFERING, Telling};
use super::{Parts, together};
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
const FEW: u32 = 2;
const STORY: f64 = 0.15;
/// Within one article two dated clauses are two happenings, unless they plainly repeat each other.
const SAME_ARTICLE: f64 = 0.8;
/// What the average and the least likely of all links between two groups must reach.
const AVERAGE: f64 = 0.5;
const WEAKEST: f64 = 0.03;
/// Members of a group that a newcomer is compared with, at most.
const SAMPLE: usize = 8;
/// Dates of a group that a newcomer is held against, at most.
const DATES: usize = 32;
/// Mentions that are tied together are joined by so many pairs and mentions at a time.
const TOGETHER: usize = 1 << 9;

/// Mentions taken for one happening, in order, and the links among them.
pub(super) type Group = (Vec<usize>, Vec<Pair>);

/// Gives the groups of mentions, from the pairs that were compared, given by their first mention in order.
pub(super) fn clusters(
    telling: &Telling<'_>,
    compared: Vec<Vec<Compared>>,
    rivals: &Rivals,
    parts: &impl Parts,
) -> Vec<Group> {
    let (joining, taken): (Vec<_>, Vec<_>) =
        parts.each_of(compared, |pairs| judged(telling, &pairs, rivals)).into_iter().unzip();
    let mentions = telling.features.len();
    let known = Known::new(mentions, taken.into_iter().flatten());
    let joining = joining.into_iter().flatten();
    // What no pair ties together knows nothing of each other.
    let chunks = evenly(components(mentions, joining));
    let groups = parts.each_of(chunks, |chunk| {
        chunk.into_iter().flat_map(|component| component.groups(telling, &known)).collect::<Vec<_>>()
    });
    together(groups)
}

/// A pair that may join, and whether in spite of differing dates.
type Joining = (Pair, bool);
/// A pair, and how likely it is held for.
type Taken = (u32, u32, f64);

/// Judges pairs by all that is known of them.
fn judged(telling: &Telling<'_>, compared: &[Compared], rivals: &Rivals) -> (Vec<Joining>, Vec<Taken>) {
    let (mut joining, mut all) = (Vec::new(), Vec::with_capacity(compared.len()));
    for pair in compared {
        let &Compared { a, b, alike, .. } = pair;
        let around = telling.ranked(pair, rivals);
        let likely = likely(&alike, &around);
        let pair = Pair { a: a as usize, b: b as usize, alike, likely };
        let mut taken = likely;
        if around.fit == Fit::Near {
            if telling.differ_on_one(&pair, &around) {
                joining.push((pair, true));
                taken = taken.max(DIFFERING);
            }
        } else if likely >= needed(&around) {
            joining.push((pair, false));
            taken = taken.max(LIKELY);
        }
        all.push((a, b, taken));
    }
    (joining, all)
}

/// Mentions that pairs tie together, in order, with the pairs that agree and those that differ.
#[derive(Default)]
struct Component {
    mentions: Vec<usize>,
    agreeing: Vec<Pair>,
    differing: Vec<Pair>,
}

/// Parts mentions into what pairs tie together; a mention of no pair stands alone.
fn components(mentions: usize, pairs: impl Iterator<Item = Joining>) -> Vec<Component> {
    let mut root: Vec<usize> = (0..mentions).collect();
    fn find(root: &mut [usize], mut of: usize) -> usize {
        while root[of] != of {
            root[of] = root[root[of]];
            of = root[of];
        }
        of
    }
    let pairs: Vec<Joining> = pairs.collect();
    for (pair, _) in &pairs {
        let (a, b) = (find(&mut root, pair.a), find(&mut root, pair.b));
        // The first mention stands for all.
        root[a.max(b)] = a.min(b);
    }
    let mut components: Vec<Component> = Vec::new();
    let mut place = vec![0; mentions];
    for m in 0..mentions {
        let first = find(&mut root, m);
        if first == m {
            place[m] = components.len();
            components.push(Component::default());
        }
        components[place[first]].mentions.push(m);
    }
    for (pair, differ) in pairs {
        let component = &mut components[place[find(&mut root, pair.a)]];
        if differ { component.differing.push(pair) } else { component.agreeing.push(pair) }
    }
    components
}

/// Puts components together, in order, to parts of about the same work: a few of many pairs take longer than thousands
/// that stand alone.
fn evenly(components: Vec<Component>) -> Vec<Vec<Component>> {
    let (mut parts, mut part, mut work) = (Vec::new(), Vec::new(), 0);
    for component in components {
        work += component.mentions.len() + component.agreeing.len() + component.differing.len();
        part.push(component);
        if work >= TOGETHER {
            parts.push(std::mem::take(&mut part));
            work = 0;
        }
    }
    parts.push(part);
    parts
}

impl Component {
    /// Joins its mentions to groups, by the likeliest pair first.
    fn groups(self, telling: &Telling<'_>, known: &Known) -> Vec<Group> {
        let Component { mentions, agreeing, differing } = self;
        if mentions.len() == 1 {
            return vec![(mentions, Vec::new())];
        }
        let mut groups = Groups::new(telling.features, &mentions);
        let mut links = Vec::new();
        for (mut list, differ) in [(agreeing, false), (differing, true)] {
            list.sort_unstable_by(|x, y| y.likely.total_cmp(&x.likely).then((x.a, x.b).cmp(&(y.a, y.b))));
            for pair in list {
                let (x, y) = (groups.of(pair.a), groups.of(pair.b));
                if x == y {
                    links.push(pair);
                } else if joins(telling, known, &groups.groups[x], &groups.groups[y], differ) {
                    groups.join(telling.features, x, y);
                    links.push(pair);
                }
            }
        }
        groups.finish(links)
    }
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
fn joins(telling: &Telling<'_>, known: &Known, x: &Joined, y: &Joined, differ: bool) -> bool {
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
    let count = (x.sample.len() * y.sample.len()) as f64;
    // What the sum can come to at most, with a little for rounding: below that no pair more is compared.
    let mut most: f64 = pairs().map(|(a, b)| known.get(a, b).unwrap_or(1.0)).sum::<f64>() + 1e-9;
    let mut sum = 0.0;
    for (a, b) in pairs() {
        if most < AVERAGE * count {
            return false;
        }
        let one = known.get(a, b).unwrap_or_else(|| {
            let fit = telling.fit(a, b);
            let one = likely(&telling.alike(a, b, fit), &telling.around(a, b, fit));
            most -= 1.0 - one;
            one
        });
        if one < WEAKEST {
            return false;
        }
        sum += one;
    }
    sum >= AVERAGE * count
}

/// Mentions that are being joined.
#[derive(Default)]
struct Joined {
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
pub(super) struct Verdict {
    told: bool,
    denied: bool,
}

impl Verdict {
    /// Gives what a status says of whether it is so.
    pub fn of(status: Status) -> Verdict {
        Verdict { told: status == Status::Happened, denied: status == Status::Denied }
    }

    /// Tells whether one says that it is so and the other that it is not.
    pub fn gainsays(self, other: Verdict) -> bool {
        (self.told && other.denied) || (self.denied && other.told)
    }

    fn with(self, other: Verdict) -> Verdict {
        Verdict { told: self.told || other.told, denied: self.denied || other.denied }
    }
}

struct Groups<'a> {
    mentions: &'a [usize],
    /// For each of the mentions its group.
    of: Vec<usize>,
    groups: Vec<Joined>,
}

impl<'a> Groups<'a> {
    /// Starts with each mention, given in order, alone.
    fn new(features: &[Features], mentions: &'a [usize]) -> Groups<'a> {
        let alone = |&m: &usize| Joined {
            members: vec![m],
            sample: vec![m],
            dated: vec![m],
            verdict: features.get(m).map(|f| Verdict::of(f.status)).unwrap_or_default(),
        };
        Groups { mentions, of: (0..mentions.len()).collect(), groups: mentions.iter().map(alone).collect() }
    }

    /// Gives the group of a mention.
    fn of(&self, mention: usize) -> usize {
        self.mentions.binary_search(&mention).map_or(0, |at| self.of[at])
    }

    /// Puts the smaller group to the larger.
    fn join(&mut self, features: &[Features], x: usize, y: usize) {
        let (into, from) = if self.groups[x].members.len() >= self.groups[y].members.len() { (x, y) } else { (y, x) };
        let from = std::mem::take(&mut self.groups[from]);
        for member in &from.members {
            if let Ok(at) = self.mentions.binary_search(member) {
                self.of[at] = into;
            }
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

    /// Gives the members of each group in order, each with its links.
    fn finish(mut self, links: Vec<Pair>) -> Vec<Group> {
        let mut links_of: Vec<Vec<Pair>> = vec![Vec::new(); self.groups.len()];
        for link in links {
            links_of[self.of(link.a)].push(link);
        }
        let members = self.groups.iter_mut().map(|joined| std::mem::take(&mut joined.members));
        let mut groups: Vec<Group> = members.zip(links_of).filter(|(members, _)| !members.is_empty()).collect();
        groups.iter_mut().for_each(|(members, _)| members.sort_unstable());
        groups
    }
}
