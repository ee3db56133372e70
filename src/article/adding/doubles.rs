//! Articles that a site has already: by their address, or by a text that is nearly the same.

use crate::model::Article;
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use url::Url;

/// A shingle is so many words in a row.
const SHINGLE: usize = 4;
/// A text is compared by at most so many of its shingles, those of the smallest hashes.
const SKETCH: usize = 128;
/// Texts are found by so many of them: of two that are one, some of these are the same.
const INDEXED: usize = 32;
/// Two texts are one when this part of their shingles is the same, in per cent.
const ALIKE: usize = 80;
/// Where their days differ it must be more, or what comes back later with something new would be lost, and both must
/// have so many shingles, or a phrase would do.
const REPRINTED: usize = 95;
const TELLING: usize = 24;
/// Days by which a reprint may follow.
const SOON: i64 = 2;
/// Shingles that stand in more articles tell nothing.
const COMMON: usize = 400;

/// Parameters of addresses that only tell who led a reader there.
const TRACKING: &[&str] = &[
    "_ga", "cmp", "cmpid", "dclid", "fbclid", "gclid", "gclsrc", "icid", "igshid", "mc_cid", "mc_eid", "mkt_tok",
    "msclkid", "ncid", "ocid", "partner", "ref", "ref_src", "smid", "sr_share", "taid", "xtor", "yclid",
];

/// The articles that are known already.
#[derive(Debug, Default)]
pub struct Known {
    names: Vec<String>,
    pages: BTreeMap<String, usize>,
    sketches: Vec<(Vec<u64>, Option<NaiveDate>)>,
    holders: HashMap<u64, Vec<usize>>,
}

/// By what an article is known again.
#[derive(Debug)]
pub struct Signs {
    name: String,
    page: Option<String>,
    sketch: Vec<u64>,
    day: Option<NaiveDate>,
}

impl Signs {
    /// Takes the signs of an article that goes under a name.
    pub fn of(name: &str, article: &Article) -> Signs {
        let page = article.url.as_deref().and_then(same_page);
        Signs { name: name.to_owned(), page, sketch: sketch(&article.text), day: article.published_day() }
    }
}

/// An article that is known already.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Twin {
    /// The name under which it was made known.
    pub name: String,
    /// In what it is the same.
    pub likeness: Likeness,
}

/// In what two articles are the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Likeness {
    /// They stand at the same address.
    Address,
    /// Their texts are nearly the same.
    Text,
}

impl Known {
    /// Makes an article known under a name.
    pub fn add(&mut self, name: &str, article: &Article) {
        self.add_all([Signs::of(name, article)]);
    }

    /// Makes articles known by their signs.
    pub fn add_all(&mut self, all: impl IntoIterator<Item = Signs>) {
        for signs in all {
            self.put(signs);
        }
    }

    fn put(&mut self, signs: Signs) {
        let Signs { name, page, sketch, day } = signs;
        let at = self.names.len();
        self.names.push(name);
        if let Some(page) = page {
            self.pages.entry(page).or_insert(at);
        }
        for hash in sketch.iter().take(INDEXED) {
            self.holders.entry(*hash).or_default().push(at);
        }
        self.sketches.push((sketch, day));
    }

    /// The known article that stands at an address.
    pub fn at(&self, url: &str) -> Option<Twin> {
        let at = self.pages.get(&same_page(url)?)?;
        Some(Twin { name: self.names.get(*at)?.clone(), likeness: Likeness::Address })
    }

    /// The known article that is the same as another.
    pub fn twin(&self, article: &Article) -> Option<Twin> {
        if let Some(twin) = article.url.as_deref().and_then(|url| self.at(url)) {
            return Some(twin);
        }
        let own = sketch(&article.text);
        let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
        for holders in
            own.iter().take(INDEXED).filter_map(|hash| self.holders.get(hash)).filter(|holders| holders.len() <= COMMON)
        {
            holders.iter().for_each(|at| *shared.entry(*at).or_default() += 1);
        }
        let alike = |at: usize| {
            let Some((other, then)) = self.sketches.get(at) else { return false };
            let apart = article.published_day().zip(*then).is_some_and(|(a, b)| (a - b).num_days().abs() > SOON);
            let needed = if apart { REPRINTED } else { ALIKE };
            resemblance(&own, other) >= needed && !(apart && own.len() < TELLING)
        };
        let most = shared.into_iter().filter(|(at, _)| alike(*at)).max_by_key(|(at, count)| (*count, usize::MAX - *at));
        let (at, _) = most?;
        Some(Twin { name: self.names.get(at)?.clone(), likeness: Likeness::Text })
    }
}

/// An address without the parameters that only tell who led a reader there.
pub fn untracked(address: &str) -> String {
    let Ok(mut url) = Url::parse(address) else { return address.to_owned() };
    let all = url.query().unwrap_or_default();
    let own: Vec<&str> =
        all.split('&').filter(|pair| !is_tracking(pair.split('=').next().unwrap_or_default())).collect();
    if all.is_empty() || own.len() == all.split('&').count() {
        return address.to_owned();
    }
    let own = own.join("&");
    url.set_query(Some(own.as_str()).filter(|own| !own.is_empty()));
    url.into()
}

fn is_tracking(key: &str) -> bool {
    key.starts_with("utm_") || TRACKING.contains(&key)
}

/// An address in the one form in which pages are compared: without scheme, `www.`, tracking and fragment.
///
/// `None` for what is no web address, and for a front page, which tells no articles apart.
pub fn same_page(url: &str) -> Option<String> {
    let url = Url::parse(url).ok().filter(|url| matches!(url.scheme(), "http" | "https"))?;
    let host = url.host_str()?.trim_end_matches('.');
    let host = ["www.", "m.", "amp."].iter().find_map(|prefix| host.strip_prefix(prefix)).unwrap_or(host);
    let mut query: Vec<(String, String)> = url
        .query_pairs()
        .filter(|(key, _)| !is_tracking(key))
        .map(|(key, value)| (key.into_owned(), value.into_owned()))
        .collect();
    query.sort();
    let path = url.path().trim_end_matches('/');
    let path = path.strip_suffix("/amp").unwrap_or(path);
    if path.is_empty() && query.is_empty() {
        return None;
    }
    let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
    let query: Vec<String> = query.into_iter().map(|(key, value)| format!("{key}={value}")).collect();
    Some(format!("{host}{port}{path}?{}", query.join("&")))
}

/// The smallest hashes of a text's shingles, in order.
fn sketch(text: &str) -> Vec<u64> {
    let words: Vec<u64> = text.split_whitespace().filter_map(word).collect();
    let mut hashes = BTreeSet::new();
    let mut keep = |words: &[u64]| {
        let hash = stirred(words.iter().fold(SEED, |hash, word| (hash.rotate_left(5) ^ word).wrapping_mul(PRIME)));
        if hashes.len() < SKETCH || hashes.last().is_some_and(|last| hash < *last) {
            hashes.insert(hash);
            if hashes.len() > SKETCH {
                hashes.pop_last();
            }
        }
    };
    match words.len() {
        0 => {}
        1..SHINGLE => keep(&words),
        _ => words.windows(SHINGLE).for_each(keep),
    }
    hashes.into_iter().collect()
}

/// The part of two texts' shingles that both have, in per cent, as their sketches tell.
fn resemblance(a: &[u64], b: &[u64]) -> usize {
    let all: BTreeSet<u64> = a.iter().chain(b).copied().collect();
    // Beyond the end of a full sketch nothing is known of its text.
    let known = all.iter().take(if a.len() < SKETCH && b.len() < SKETCH { usize::MAX } else { SKETCH });
    let (mut both, mut count) = (0, 0);
    for hash in known {
        count += 1;
        both += usize::from(a.binary_search(hash).is_ok() && b.binary_search(hash).is_ok());
    }
    (both * 100_usize).checked_div(count).unwrap_or(0)
}

const SEED: u64 = 0xcbf2_9ce4_8422_2325;
const PRIME: u64 = 0x100_0000_01b3;

/// A hash of the letters and digits of a word, the same on every machine (FNV-1a); `None` where it has none.
fn word(word: &str) -> Option<u64> {
    let mut hash = SEED;
    let mut step = |c: char| hash = (hash ^ u64::from(c)).wrapping_mul(PRIME);
    for c in word.chars().filter(|c| c.is_alphanumeric()) {
        match c.is_ascii() {
            true => step(c.to_ascii_lowercase()),
            false => c.to_lowercase().for_each(&mut step),
        }
    }
    (hash != SEED).then(|| stirred(hash))
}

/// A hash whose every bit depends on all bits of another.
fn stirred(hash: u64) -> u64 {
    let hash = (hash ^ (hash >> 32)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    hash ^ (hash >> 29)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_one_page_are_one() {
        let page = "https://www.a.io/x/?b=2&a=1";
        for other in [
            "http://a.io/x?a=1&b=2",
            "https://a.io/x/?a=1&b=2&utm_source=mail&fbclid=z#top",
            "https://A.io:443/x/amp?a=1&b=2",
        ] {
            assert_eq!(same_page(other), same_page(page), "{other}");
        }
        for other in
            ["https://a.io/x?a=1", "https://b.io/x/?b=2&a=1", "https://a.io/x:8?b=2&a=1", "https://a.io/X/?b=2&a=1"]
        {
            assert_ne!(same_page(other), same_page(page), "{other}");
        }
        for none in ["https://a.io/", "https://a.io/?utm_medium=x", "ftp://a.io/x", "x"] {
            assert_eq!(same_page(none), None, "{none}");
        }
    }

    #[test]
    fn an_address_keeps_what_the_server_needs() {
        for (written, kept) in [
            ("https://a.io/x?id=3&utm_source=mail&fbclid=z#top", "https://a.io/x?id=3#top"),
            ("https://a.io/x?utm_source=mail", "https://a.io/x"),
            ("https://A.io/x?b=%20&&a", "https://A.io/x?b=%20&&a"),
            ("no address?utm_a=1", "no address?utm_a=1"),
        ] {
            assert_eq!(untracked(written), kept);
        }
    }

    #[test]
    fn texts_are_one_when_hardly_a_word_differs() {
        let text: String = (0..400).map(|i| format!("word{} of{} ", i * 7 % 311, i % 13)).collect();
        let alike = |other: &str| resemblance(&sketch(&text), &sketch(other));
        assert_eq!(alike(&text.to_uppercase()), 100);
        assert!(alike(&format!("Updated. {}", text.replace("word14 ", "word15 "))) >= ALIKE);
        assert!(alike(&text[..text.len() / 2]) < ALIKE);
        assert_eq!(alike(""), 0);
        assert_eq!(resemblance(&sketch("One two."), &sketch("one, two")), 100);
    }
}
