//! What is known of pairs of mentions: how like each is to those of other articles, and how likely they are one.

use super::{Parts, by_parts};

/// One of the very day outdoes one of another when it is so much as like.
const AS_MUCH: f64 = 0.6;
/// By how much the likest of an article's mentions must be liker than the next to be the one.
const CLEAR: f64 = 0.05;

/// A pair whose dates can be one: its mentions, whether the dates are the same, and how like they are.
#[derive(Debug, Clone, Copy)]
pub(super) struct Met {
    pub a: u32,
    pub b: u32,
    pub same: bool,
    pub like: f64,
}

/// How like a mention is to one of another article.
#[derive(Debug, Clone, Copy)]
struct Rival {
    /// The other's article, and whether the dates are the same.
    article: u32,
    same: bool,
    like: f64,
}

/// All of them by mention, then by article and whether the dates are the same, the likest first.
pub(super) struct Rivals {
    all: Vec<Rival>,
    /// Where those of each mention begin.
    starts: Vec<u32>,
}

impl Rivals {
    /// Sorts what pairs tell, given by their first mention in order; `article` gives that of each mention.
    pub fn new(article: &[usize], met: &[Met], parts: &impl Parts) -> Rivals {
        let (mut firsts, mut seconds) = (vec![0_u32; article.len() + 1], vec![0_u32; article.len() + 1]);
        for pair in met {
            firsts[pair.a as usize] += 1;
            seconds[pair.b as usize] += 1;
        }
        for starts in [&mut firsts, &mut seconds] {
            let mut sum = 0;
            starts.iter_mut().for_each(|start| sum += std::mem::replace(start, sum));
        }
        // The pairs in which each mention is the second.
        let (mut ends, mut second_in) = (seconds.clone(), vec![0_u32; met.len()]);
        for (pair, i) in met.iter().zip(0..) {
            let end = &mut ends[pair.b as usize];
            second_in[*end as usize] = i;
            *end += 1;
        }
        let all = by_parts(parts, article.len(), |mentions| {
            let mut all: Vec<Rival> = Vec::new();
            for m in mentions {
                let start = all.len();
                let rival = |other: u32, pair: &Met| {
                    let article = article.get(other as usize).map_or(u32::MAX, |&article| article as u32);
                    Rival { article, same: pair.same, like: pair.like }
                };
                let first = met.get(firsts[m] as usize..firsts[m + 1] as usize).unwrap_or_default();
                all.extend(first.iter().map(|pair| rival(pair.b, pair)));
                let second = second_in.get(seconds[m] as usize..seconds[m + 1] as usize).unwrap_or_default();
                all.extend(second.iter().filter_map(|&i| met.get(i as usize)).map(|pair| rival(pair.a, pair)));
                let order = |x: &Rival, y: &Rival| {
                    (x.article, x.same).cmp(&(y.article, y.same)).then(y.like.total_cmp(&x.like))
                };
                all.get_mut(start..).unwrap_or_default().sort_unstable_by(order);
            }
            all
        });
        let starts = firsts.iter().zip(&seconds).map(|(first, second)| first + second).collect();
        Rivals { all, starts }
    }

    /// Gives those of a mention in an article, the likest first.
    fn in_article(&self, mention: usize, article: usize, same: bool) -> impl Iterator<Item = f64> + Clone + '_ {
        let (start, end) = (self.starts[mention] as usize, self.starts[mention + 1] as usize);
        let of_one = self.all.get(start..end).unwrap_or_default();
        let place = move |r: &Rival| (r.article as usize, r.same);
        let first = of_one.partition_point(|r| place(r) < (article, same));
        of_one.iter().skip(first).take_while(move |r| place(r) == (article, same)).map(|r| r.like)
    }

    /// Tells whether an article tells of the mention's very date as much alike.
    pub fn outdone(&self, mention: usize, article: usize, like: f64) -> bool {
        self.in_article(mention, article, true).next().is_some_and(|best| best >= like * AS_MUCH)
    }

    /// Tells whether one that is so like a mention is clearly the likest of its article, and how many there are.
    pub fn of(&self, mention: usize, article: usize, same: bool, like: f64) -> (bool, u32) {
        let mut likes = self.in_article(mention, article, same);
        let count = likes.clone().count() as u32;
        let (best, next) = (likes.next().unwrap_or(like), likes.next().unwrap_or(f64::MIN));
        (like >= best && best - next > CLEAR, count.max(1))
    }
}

/// How likely pairs are one happening.
pub(super) struct Known {
    /// The second of each pair and how likely it is, by the first.
    likely: Vec<(u32, f64)>,
    /// Where those of each first begin.
    starts: Vec<u32>,
}

impl Known {
    /// Takes what is known of pairs, in their order.
    pub fn new(mentions: usize, pairs: impl Iterator<Item = (u32, u32, f64)>) -> Known {
        let mut known = Known { likely: Vec::new(), starts: Vec::with_capacity(mentions + 1) };
        for (a, b, likely) in pairs {
            while known.starts.len() <= a as usize {
                known.starts.push(known.likely.len() as u32);
            }
            known.likely.push((b, likely));
        }
        known.starts.resize(mentions + 1, known.likely.len() as u32);
        known
    }

    /// Gives what is known of a pair, the smaller index first.
    pub fn get(&self, a: usize, b: usize) -> Option<f64> {
        let (a, b) = (a.min(b), a.max(b));
        let of_first = self.likely.get(*self.starts.get(a)? as usize..*self.starts.get(a + 1)? as usize)?;
        of_first.iter().find(|known| known.0 as usize == b).map(|known| known.1)
    }
}
