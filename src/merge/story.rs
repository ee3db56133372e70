//! How much two articles speak of the same people and places.

use super::features::Features;

/// The names of each article that another has too, with what they weigh: rare names tell more.
pub(super) struct Stories {
    names: Vec<Names>,
}

/// The names of an article in order, and what each weighs: apart, for most are only looked at to be passed over.
struct Names {
    ids: Vec<u32>,
    weights: Vec<f64>,
}

impl Stories {
    /// Counts the names of articles; `article` gives for each mention the rank of its article.
    pub fn count(features: &[Features], article: &[usize]) -> Stories {
        let articles = article.iter().max().map_or(0, |last| last + 1);
        let mut names: Vec<Vec<(u32, f64)>> = vec![Vec::new(); articles];
        for (f, &a) in features.iter().zip(article) {
            if let Some(list) = names.get_mut(a) {
                list.extend(f.names().iter().map(|&name| (name, 0.0)));
            }
        }
        let mut given: Vec<u32> = Vec::new();
        for list in &mut names {
            list.sort_unstable_by_key(|name| name.0);
            list.dedup_by_key(|name| name.0);
            for &(name, _) in list.iter() {
                let name = name as usize;
                if given.len() <= name {
                    given.resize(name + 1, 0);
                }
                given[name] += 1;
            }
        }
        // What is added keeps a few articles more from changing which names are rare.
        let all = articles as f64 + 64.0;
        for list in &mut names {
            for (name, weight) in list.iter_mut() {
                *weight = (all / (f64::from(given[*name as usize]) + 1.0)).ln().max(0.05);
            }
            let length = list.iter().map(|n| n.1 * n.1).sum::<f64>().sqrt().max(f64::MIN_POSITIVE);
            list.iter_mut().for_each(|n| n.1 /= length);
            // What no other article names can be met in none.
            list.retain(|name| given[name.0 as usize] > 1);
        }
        let apart = |list: Vec<(u32, f64)>| {
            let (ids, weights) = list.into_iter().unzip();
            Names { ids, weights }
        };
        Stories { names: names.into_iter().map(apart).collect() }
    }

    /// Gives the rarest names of an article that another has, too.
    pub fn rarest(&self, article: usize, most: usize) -> Vec<(u32, f64)> {
        let Some(Names { ids, weights }) = self.names.get(article) else { return Vec::new() };
        let mut names: Vec<(u32, f64)> = ids.iter().copied().zip(weights.iter().copied()).collect();
        names.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        names.truncate(most);
        names
    }

    /// Tells whether an article names somebody or something that another names, in a sentence with a date.
    pub fn names(&self, article: usize, name: u32) -> bool {
        self.names.get(article).is_some_and(|names| names.ids.binary_search(&name).is_ok())
    }

    /// Gives how alike the names of two articles are, from 0 to 1.
    pub fn alike(&self, a: usize, b: usize) -> f64 {
        if a == b {
            return 1.0;
        }
        let (Some(a), Some(b)) = (self.names.get(a), self.names.get(b)) else { return 0.0 };
        let (mut i, mut j, mut dot) = (0, 0, 0.0);
        while let (Some(x), Some(y)) = (a.ids.get(i), b.ids.get(j)) {
            if x == y {
                dot += a.weights.get(i).zip(b.weights.get(j)).map_or(0.0, |(x, y)| x * y);
            }
            i += usize::from(x <= y);
            j += usize::from(y <= x);
        }
        dot
    }
}
