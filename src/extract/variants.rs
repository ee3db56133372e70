//! Which ways of writing a name mean the same: "Joly", "Mélanie Joly", "Melanie Joly" are one.
//!
//! First an article tells what its own short names stand for; where it does not, the whole site does.
//! Two people of one name stay apart, and so does whoever could be either.

use super::forms::{Forms, Found, last_word};
use super::fuller::{self, Before, before};
use crate::lang::events::event_words;
use crate::model::{Article, Event, LinkReason, Mention, Resolved};
use foldhash::fast::RandomState;
use std::collections::{BTreeMap, HashMap, HashSet};

/// Gives the events' names one form each, and tells by the form chosen how else the articles write it.
pub fn join(
    articles: &[Article],
    resolved: &[Vec<Resolved>],
    mentions: &mut [Mention],
    events: &mut [Event],
) -> BTreeMap<String, Vec<String>> {
    for mention in mentions.iter_mut() {
        without_dates(articles, resolved, mention);
    }
    let mut forms = Forms::default();
    let ids: Vec<Vec<usize>> = mentions.iter().map(|m| m.names.iter().map(|name| forms.add(name)).collect()).collect();
    let texts = read(articles, mentions, &ids, &mut forms);
    forms.join_known();
    forms.list_tails();
    forms.join_middles();
    let kinds = kinds(articles, mentions, &ids, &forms);
    join_site(&mut forms, &kinds);
    let chosen = choose(mentions, &ids, &forms, &texts, &kinds);
    rename(mentions, events, chosen)
}

/// Takes out of a mention's names those that are dates of its sentences: "Christmas".
fn without_dates(articles: &[Article], resolved: &[Vec<Resolved>], mention: &mut Mention) {
    let (Some(article), Some(dates)) = (articles.get(mention.article), resolved.get(mention.article)) else { return };
    let ranges = std::iter::once(&mention.quote).chain(&mention.continued);
    let inside = |quote: &std::ops::Range<usize>| {
        let (first, end) = (dates.partition_point(|d| d.timex.range.end <= quote.start), quote.end);
        dates.iter().skip(first).take_while(move |d| d.timex.range.start < end)
    };
    let words: Vec<&str> = ranges.flat_map(inside).filter_map(|d| article.text.get(d.timex.marked())).collect();
    mention.names.retain(|name| !words.iter().any(|date| date.contains(name.as_str())));
}

/// What the text of an article tells.
#[derive(Default)]
struct Text {
    /// Longer names that stand in sentences without dates.
    longer: Vec<usize>,
    /// Initials and what they stand for.
    initials: Vec<(usize, usize)>,
}

/// Reads the texts for what their names stand for, by article.
fn read(
    articles: &[Article],
    mentions: &[Mention],
    ids: &[Vec<usize>],
    forms: &mut Forms,
) -> HashMap<usize, Text, RandomState> {
    let mut texts: HashMap<usize, Text, RandomState> = HashMap::default();
    let mut first = 0;
    for chunk in mentions.chunk_by(|a, b| a.article == b.article) {
        let own = ids.get(first..first + chunk.len()).unwrap_or_default();
        first += chunk.len();
        let Some((index, article)) = chunk.first().and_then(|m| Some((m.article, articles.get(m.article)?))) else {
            continue;
        };
        let lone: HashSet<&str, RandomState> =
            chunk.iter().flat_map(|m| &m.names).map(String::as_str).filter(|n| !n.contains(' ')).collect();
        let own: HashSet<usize, RandomState> = own.iter().flatten().copied().collect();
        let mut text = Text::default();
        if !lone.is_empty() {
            text.longer.extend(fuller::fuller(article, &lone).iter().map(|name| forms.add(name)));
        }
        for (short, name) in fuller::initials(article) {
            let short = forms.add(&short);
            if own.contains(&short) || forms.by_spelling.contains_key(&name) {
                text.initials.push((short, forms.add(&name)));
            }
        }
        if !text.longer.is_empty() || !text.initials.is_empty() {
            texts.insert(index, text);
        }
    }
    // What initials stand for everywhere, where they stand for one thing.
    let mut meant: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (short, name) in texts.values().flat_map(|text| text.initials.iter().copied()) {
        meant.entry(short).or_default().push(name);
    }
    for (short, names) in meant {
        if let Found::One(name) = forms.one(names.into_iter()) {
            forms.join(short, name);
        }
    }
    texts
}

/// What is known of a short name: it is told of as a place, as a person.
#[derive(Default, Clone, Copy)]
struct Kind {
    place: bool,
    person: bool,
}

/// Finds out which of the short names are places and people.
fn kinds(articles: &[Article], mentions: &[Mention], ids: &[Vec<usize>], forms: &Forms) -> Vec<Kind> {
    let mut kinds = vec![Kind::default(); forms.all.len()];
    for (mention, ids) in mentions.iter().zip(ids) {
        for (name, &form) in mention.names.iter().zip(ids) {
            let short = forms.tails.contains_key(forms.key(form));
            let (Some(kind), Some(article), true) = (kinds.get_mut(form), articles.get(mention.article), short) else {
                continue;
            };
            let ranges = std::iter::once(&mention.quote).chain(&mention.continued);
            let told = ranges.filter_map(|r| article.text.get(r.clone())).find_map(|text| before(text, name));
            kind.place |= told == Some(Before::Place);
            kind.person |= told == Some(Before::Calling);
        }
    }
    kinds
}

/// Tells whether a short name can be the end of a longer one at all.
fn can_be_part(forms: &Forms, form: usize) -> bool {
    let key = forms.key(form);
    key.split(' ').any(|word| !word.is_empty()) && !event_words().is_country(key) && !event_words().is_demonym(key)
}

/// Joins the short names that are part of just one longer name of the whole site.
fn join_site(forms: &mut Forms, kinds: &[Kind]) {
    let mut order: Vec<usize> = (0..forms.all.len()).filter(|&f| forms.tails.contains_key(forms.key(f))).collect();
    order.sort_by_key(|&f| std::cmp::Reverse(forms.words(f)));
    for form in order {
        let words = event_words();
        let last = last_word(forms.key(form));
        let shared = words.shared_heads.contains(last) || words.of_heads.contains(last);
        let place = kinds.get(form).is_some_and(|kind| kind.place);
        if shared || place || !can_be_part(forms, form) || forms.root(form) != form {
            continue;
        }
        let longer = forms.tails.get(forms.key(form)).cloned().unwrap_or_default();
        if let Found::One(one) = forms.one(longer.into_iter()) {
            forms.join(form, one);
        }
    }
}

/// Gives for each mention the forms that stand for its names: those of its article before those of the site.
fn choose(
    mentions: &[Mention],
    ids: &[Vec<usize>],
    forms: &Forms,
    texts: &HashMap<usize, Text, RandomState>,
    kinds: &[Kind],
) -> Chosen {
    let mut chosen = Chosen::default();
    let mut first = 0;
    for chunk in mentions.chunk_by(|a, b| a.article == b.article) {
        let own = ids.get(first..first + chunk.len()).unwrap_or_default();
        first += chunk.len();
        let text = chunk.first().and_then(|m| texts.get(&m.article));
        let near: HashSet<usize, RandomState> =
            own.iter().flatten().chain(text.into_iter().flat_map(|t| &t.longer)).copied().collect();
        let mut stands_for: HashMap<usize, usize, RandomState> = HashMap::default();
        for &form in own.iter().flatten() {
            stands_for.entry(form).or_insert_with(|| {
                let meant = text.into_iter().flat_map(|t| &t.initials).filter(|(short, _)| *short == form);
                if let Found::One(name) = forms.one(meant.map(|(_, name)| *name)) {
                    return name;
                }
                let place = kinds.get(form).is_some_and(|kind| kind.place && !kind.person);
                let longer = forms.tails.get(forms.key(form)).filter(|_| !place && can_be_part(forms, form));
                match forms.one(longer.into_iter().flatten().copied().filter(|longer| near.contains(longer))) {
                    Found::One(one) => one,
                    Found::Several => form,
                    Found::None => forms.root(form),
                }
            });
        }
        for (mention, ids) in chunk.iter().zip(own) {
            let roots = ids.iter().map(|form| stands_for.get(form).copied().unwrap_or(*form));
            let roots: Vec<usize> = roots.collect();
            for (name, &root) in mention.names.iter().zip(&roots) {
                *chosen.spellings.entry(root).or_default().entry(name.clone()).or_default() += 1;
            }
            chosen.roots.push(roots);
        }
        // What only stands beside the dates gives its spelling too.
        for name in text.into_iter().flat_map(|t| &t.longer) {
            chosen.beside.insert(*name);
        }
    }
    for (spelling, &form) in &forms.by_spelling {
        let root = forms.root(form);
        let more = chosen.beside.contains(&form) || root == form;
        if let Some(known) = chosen.spellings.get_mut(&root).filter(|_| more) {
            known.entry(spelling.clone()).or_insert(0);
        }
    }
    chosen
}

#[derive(Default)]
struct Chosen {
    /// For each mention, what stands for its names.
    roots: Vec<Vec<usize>>,
    /// How often each is written how.
    spellings: BTreeMap<usize, BTreeMap<String, usize>>,
    beside: HashSet<usize, RandomState>,
}

/// Gives the fullest common way of writing; `None` where a row of words is only ever shouted.
fn best(spellings: &BTreeMap<String, usize>) -> Option<&str> {
    let long = |name: &str| name.contains(' ');
    let loud = |name: &str| !name.chars().any(char::is_lowercase);
    let full = spellings.keys().any(|name| long(name));
    let rank = |(name, count): &(&String, &usize)| {
        let accents = name.chars().filter(|c| !c.is_ascii()).count();
        (!(loud(name) && long(name)), **count, name.split(' ').count(), accents, std::cmp::Reverse((*name).clone()))
    };
    let found = spellings.iter().filter(|(name, _)| !full || long(name)).max_by_key(rank)?.0;
    (!(long(found) && loud(found) && found.split(' ').all(|word| word.len() > 2))).then_some(found)
}

/// Writes the names as chosen, also where they are reasons for merging.
fn rename(mentions: &mut [Mention], events: &mut [Event], chosen: Chosen) -> BTreeMap<String, Vec<String>> {
    let named: BTreeMap<usize, &str> =
        chosen.spellings.iter().filter_map(|(root, spellings)| Some((*root, best(spellings)?))).collect();
    let name = |root: &usize| named.get(root).copied();
    for event in events {
        for link in &mut event.links {
            let (Some(said), Some(roots)) = (mentions.get(link.a), chosen.roots.get(link.a)) else { continue };
            for reason in &mut link.reasons {
                let LinkReason::SharedNames(names) = reason else { continue };
                for shared in names.iter_mut() {
                    let at = said.names.iter().position(|own| own == shared);
                    if let Some(better) = at.and_then(|at| name(roots.get(at)?)) {
                        better.clone_into(shared);
                    }
                }
                let mut seen = HashSet::<String, RandomState>::default();
                names.retain(|name| seen.insert(name.clone()));
            }
        }
    }
    for (mention, roots) in mentions.iter_mut().zip(&chosen.roots) {
        let mut names: Vec<String> = Vec::with_capacity(roots.len());
        for better in roots.iter().filter_map(name) {
            if !names.iter().any(|known| known == better) {
                names.push(better.to_owned());
            }
        }
        mention.names = names;
    }
    let mut also: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for spellings in chosen.spellings.values() {
        let Some(better) = best(spellings) else { continue };
        let others: Vec<String> = spellings.keys().filter(|s| *s != better).cloned().collect();
        if !others.is_empty() {
            also.entry(better.to_owned()).or_default().extend(others);
        }
    }
    also
}
