//! Pairwise precision and recall: of two mentions, whether they are rightly one event.

use dateline::model::Timeline;
use std::collections::HashMap;
use std::hash::Hash;

/// Counts of pairs of mentions.
#[derive(Debug, Default, Clone, Copy)]
pub struct Pairs {
    /// Rightly joined.
    pub right: usize,
    /// Joined by the program.
    pub joined: usize,
    /// To be joined.
    pub wanted: usize,
}

impl Pairs {
    /// Counts the pairs among mentions, each given with its true event and its event here.
    pub fn count<T: Hash + Eq + Clone, U: Hash + Eq + Clone>(mentions: &[(T, U)]) -> Pairs {
        let pairs = |n: &usize| n * n.saturating_sub(1) / 2;
        let (mut truth, mut ours, mut both) = (HashMap::new(), HashMap::new(), HashMap::new());
        for (t, o) in mentions {
            *truth.entry(t.clone()).or_insert(0_usize) += 1;
            *ours.entry(o.clone()).or_insert(0_usize) += 1;
            *both.entry((t.clone(), o.clone())).or_insert(0_usize) += 1;
        }
        Pairs {
            right: both.values().map(pairs).sum(),
            joined: ours.values().map(pairs).sum(),
            wanted: truth.values().map(pairs).sum(),
        }
    }

    /// Gives precision and recall.
    pub fn rates(&self) -> (f64, f64) {
        (share(self.right, self.joined), share(self.right, self.wanted))
    }
}

/// Gives a share; of nothing, all is right.
pub fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 1.0 } else { part as f64 / whole as f64 }
}

/// Prints each compared pair of mentions: whether both tell one event (where one of them tells none, they do not),
/// then the signs, then both clauses.
pub fn print<T: PartialEq>(timeline: &Timeline, truth: &HashMap<usize, T>) {
    let clause = |m: usize| {
        let mention = &timeline.mentions[m];
        let article = &timeline.articles[mention.article];
        let clause = article.text.get(mention.clause.clone()).unwrap_or_default().replace(['\n', '\t'], " ");
        format!("{} {}: {clause}", mention.date, article.path)
    };
    for (a, b, signs) in dateline::merge::evidence(&timeline.articles, &timeline.mentions) {
        let one = match (truth.get(&a), truth.get(&b)) {
            (Some(a), Some(b)) => a == b,
            _ => continue,
        };
        let signs: Vec<String> = signs.iter().map(|s| format!("{s:.4}")).collect();
        println!("{}\t{a}\t{b}\t{}\t{}\t{}", u8::from(one), signs.join("\t"), clause(a), clause(b));
    }
}

/// Prints the pairs of mentions of one event that are not even compared.
pub fn missing<T: PartialEq + std::fmt::Debug>(
    timeline: &Timeline,
    truth: &HashMap<usize, T>,
    show: impl Fn(usize) -> String,
) {
    let known: std::collections::HashSet<(usize, usize)> =
        dateline::merge::evidence(&timeline.articles, &timeline.mentions)
            .into_iter()
            .flat_map(|(a, b, _)| [(a, b), (b, a)])
            .collect();
    let mut keys: Vec<_> = truth.keys().copied().collect();
    keys.sort_unstable();
    for (i, a) in keys.iter().enumerate() {
        for b in &keys[i + 1..] {
            if truth[a] == truth[b] && !known.contains(&(*a, *b)) {
                println!("MISSING {:?}\n   {}\n   {}", truth[a], show(*a), show(*b));
            }
        }
    }
}
