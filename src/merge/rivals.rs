//! What is known of pairs of mentions: how like each is to those of other articles, and how likely they are one.

/// One of the very day outdoes one of another when it is so much as like.
const AS_MUCH: f64 = 0.6;
/// By how much the likest of an article's mentions must be liker than the next to be the one.
const CLEAR: f64 = 0.05;

/// How like a mention is to one of another article.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rival {
    pub mention: u32,
    /// The other's article, and whether the dates are the same.
    pub article: u32,
    pub same: bool,
    pub like: f64,
}

/// All of them by mention, then by article and whether the dates are the same, the likest first.
pub(super) struct Rivals {
    all: Vec<Rival>,
    /// Where those of each mention begin.
    starts: Vec<u32>,
}

impl Rivals {
    pub fn new(mentions: usize, found: Vec<Rival>) -> Rivals {
        let mut starts = vec![0_u32; mentions + 1];
        found.iter().for_each(|r| starts[r.mention as usize] += 1);
        let mut sum = 0;
        for start in &mut starts {
            sum += std::mem::replace(start, sum);
        }
        let mut ends = starts.clone();
        let mut all = vec![Rival { mention: 0, article: 0, same: false, like: 0.0 }; found.len()];
        for rival in found {
            let end = &mut ends[rival.mention as usize];
            all[*end as usize] = rival;
            *end += 1;
        }
        for ends in starts.windows(2) {
            let of_one = &mut all[ends[0] as usize..ends[1] as usize];
            of_one
                .sort_unstable_by(|x, y| (x.article, x.same).cmp(&(y.article, y.same)).then(y.like.total_cmp(&x.like)));
        }
        Rivals { all, starts }
    }

    /// Gives those of a mention in an article, the likest first.
    fn in_article(&self, mention: usize, article: usize, same: bool) -> impl Iterator<Item = f64> + Clone + '_ {
        let (start, end) = (self.starts[mention] as usize, self.starts[mention + 1] as usize);
        let of_one = self.all.get(start..end).unwrap_or_default();
        of_one.iter().filter(move |r| r.article as usize == article && r.same == same).map(|r| r.like)
    }

    /// Tells whether an article tells of the mention's very date as much alike.
    pub fn outdone(&self, mention: usize, article: usize, like: f64) -> bool {
        self.in_article(mention, article, true).next().is_some_and(|best| best >= like * AS_MUCH)
    }

    /// Tells whether one that is so like a mention is clearly the likest of its article, and how many there are.
    pub fn of(&self, mention: usize, article: usize, same: bool, like: f64) -> (bool, usize) {
        let mut likes = self.in_article(mention, article, same);
        let count = likes.clone().count();
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
    pub fn new(mentions: usize, pairs: impl Iterator<Item = (usize, usize, f64)>) -> Known {
        let mut known = Known { likely: Vec::new(), starts: Vec::with_capacity(mentions + 1) };
        for (a, b, likely) in pairs {
            while known.starts.len() <= a {
                known.starts.push(known.likely.len() as u32);
            }
            known.likely.push((b as u32, likely));
        }
        known.starts.resize(mentions + 1, known.likely.len() as u32);
        known
    }

    pub fn get(&self, a: usize, b: usize) -> Option<f64> {
        let (a, b) = (a.min(b), a.max(b));
        let of_first = self.likely.get(*self.starts.get(a)? as usize..*self.starts.get(a + 1)? as usize)?;
        of_first.iter().find(|known| known.0 as usize == b).map(|known| known.1)
    }
}
