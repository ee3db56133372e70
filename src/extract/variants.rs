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

/// What an article tells of the names of its mentions by itself.
#[derive(Debug, Default)]
pub struct Named {
    /// For each mention which of its names are dates of its sentences: "Christmas".
    dates: Vec<Vec<usize>>,
    /// Longer names of the text, also of sentences without dates.
    longer: Vec<String>,
    /// Initials and what they stand for.
    initials: Vec<(String, String)>,
}

impl Named {
    /// Reads an article that has mentions for what their names stand for.
    pub fn of(article: &Article, resolved: &[Resolved], mentions: &[Mention]) -> Named {
        if mentions.is_empty() {
            return Named::default();
        }
        let dates: Vec<Vec<usize>> = mentions.iter().map(|mention| dates(article, resolved, mention)).collect();
        let names = mentions.iter().zip(&dates).flat_map(|(mention, dates)| {
            let names = mention.names.iter().enumerate();
            names.filter(|(n, _)| !dates.contains(n)).map(|(_, name)| name.as_str())
        });
        let lone: HashSet<&str, RandomState> = names.filter(|name| !name.contains(' ')).collect();
        let longer = if lone.is_empty() { Vec::new() } else { fuller::fuller(article, &lone) };
        Named { dates, longer, initials: fuller::initials(article) }
    }
}

/// Gives which of a mention's names are dates of its sentences.
fn dates(article: &Article, resolved: &[Resolved], mention: &Mention) -> Vec<usize> {
    let ranges = std::iter::once(&mention.quote).chain(&mention.continued);
    let inside = |quote: &std::ops::Range<usize>| {
        let (first, end) = (resolved.partition_point(|d| d.timex.range.end <= quote.start), quote.end);
        resolved.iter().skip(first).take_while(move |d| d.timex.range.start < end)
    };
    let words: Vec<&str> = ranges.flat_map(inside).filter_map(|d| article.text.get(d.timex.marked())).collect();
    let names = mention.names.iter().enumerate();
    names.filter(|(_, name)| words.iter().any(|date| date.contains(name.as_str()))).map(|(n, _)| n).collect()
}

/// One form for each name of the site.
pub struct Joined {
    /// For each mention, what stands for its names; nothing for what is none.
    roots: Roots,
    /// How each form that stands for others is written.
    written: Vec<Option<String>>,
    /// How else articles write it.
    also: BTreeMap<String, Vec<String>>,
}

/// For each mention and each of its names a form; nothing for what is a date.
type Roots = Vec<Vec<Option<usize>>>;

/// Finds one form for each name of the mentions, in the order of their articles; `named` has what each article tells
/// of them.
pub fn join(articles: &[Article], named: &[Named], mentions: &[Mention]) -> Joined {
    let mut forms = Forms::default();
    let mut ids: Roots = Vec::with_capacity(mentions.len());
    for (own, chunk) in by_article(mentions, named) {
        for (m, mention) in chunk.iter().enumerate() {
            let dates = own.and_then(|own| own.dates.get(m)).map_or(&[][..], Vec::as_slice);
            let names = mention.names.iter().enumerate();
            ids.push(names.map(|(n, name)| (!dates.contains(&n)).then(|| forms.add(name))).collect());
        }
    }
    let texts = read(named, mentions, &ids, &mut forms);
    forms.join_known();
    forms.list_tails();
    forms.join_middles();
    let kinds = kinds(articles, mentions, &ids, &forms);
    join_site(&mut forms, &kinds);
    choose(mentions, &ids, &forms, &texts, &kinds).written()
}

/// Gives the mentions of each article, with what it tells of their names.
fn by_article<'m>(
    mentions: &'m [Mention],
    named: &'m [Named],
) -> impl Iterator<Item = (Option<&'m Named>, &'m [Mention])> {
    let chunks = mentions.chunk_by(|a, b| a.article == b.article);
    chunks.map(|chunk| (chunk.first().and_then(|mention| named.get(mention.article)), chunk))
}

/// What the text of an article tells, by forms.
#[derive(Default)]
struct Text {
    /// Longer names that stand in sentences without dates.
    longer: Vec<usize>,
    /// Initials and what they stand for.
    initials: Vec<(usize, usize)>,
}

/// Takes what the texts tell of what their names stand for, by article.
fn read(
    named: &[Named],
    mentions: &[Mention],
    ids: &[Vec<Option<usize>>],
    forms: &mut Forms,
) -> HashMap<usize, Text, RandomState> {
    let mut texts: HashMap<usize, Text, RandomState> = HashMap::default();
    let mut first = 0;
    for (told, chunk) in by_article(mentions, named) {
        let own = ids.get(first..first + chunk.len()).unwrap_or_default();
        first += chunk.len();
        let Some((index, told)) = chunk.first().map(|m| m.article).zip(told) else { continue };
        let mut text = Text { longer: told.longer.iter().map(|name| forms.add(name)).collect(), ..Text::default() };
        for (short, name) in &told.initials {
            let short = forms.add(short);
            if own.iter().flatten().any(|id| *id == Some(short)) || forms.by_spelling.contains_key(name) {
                text.initials.push((short, forms.add(name)));
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
fn kinds(articles: &[Article], mentions: &[Mention], ids: &[Vec<Option<usize>>], forms: &Forms) -> Vec<Kind> {
    let mut kinds = vec![Kind::default(); forms.all.len()];
    for (mention, ids) in mentions.iter().zip(ids) {
        for (name, form) in mention.names.iter().zip(ids).filter_map(|(name, form)| Some((name, (*form)?))) {
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
    ids: &[Vec<Option<usize>>],
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
            own.iter().flatten().flatten().chain(text.into_iter().flat_map(|t| &t.longer)).copied().collect();
        let mut stands_for: HashMap<usize, usize, RandomState> = HashMap::default();
        for &form in own.iter().flatten().flatten() {
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
            let root = |form: usize| stands_for.get(&form).copied().unwrap_or(form);
            let roots: Vec<Option<usize>> = ids.iter().map(|form| form.map(root)).collect();
            for (name, root) in mention.names.iter().zip(&roots).filter_map(|(name, root)| Some((name, (*root)?))) {
                let spellings = chosen.spellings.entry(root).or_default();
                match spellings.get_mut(name) {
                    Some(count) => *count += 1,
                    None => drop(spellings.insert(name.clone(), 1)),
                }
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
    roots: Roots,
    /// How often each is written how.
    spellings: BTreeMap<usize, BTreeMap<String, usize>>,
    beside: HashSet<usize, RandomState>,
}

impl Chosen {
    /// Finds out how each is written.
    fn written(self) -> Joined {
        let forms = self.spellings.last_key_value().map_or(0, |(last, _)| last + 1);
        let (mut written, mut also) = (vec![None; forms], BTreeMap::<String, Vec<String>>::new());
        for (root, spellings) in &self.spellings {
            let Some(better) = best(spellings) else { continue };
            if let Some(written) = written.get_mut(*root) {
                *written = Some(better.to_owned());
            }
            let mut others = spellings.keys().filter(|s| *s != better).peekable();
            if others.peek().is_some() {
                also.entry(better.to_owned()).or_default().extend(others.cloned());
            }
        }
        Joined { roots: self.roots, written, also }
    }
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

impl Joined {
    fn written(&self, root: Option<usize>) -> Option<&str> {
        self.written.get(root?)?.as_deref()
    }

    /// Writes names that are reasons for merging as chosen; the mentions still have theirs as the articles write them.
    pub fn name_reasons(&self, mentions: &[Mention], event: &mut Event) {
        for link in &mut event.links {
            let (Some(said), Some(roots)) = (mentions.get(link.a), self.roots.get(link.a)) else { continue };
            for reason in &mut link.reasons {
                let LinkReason::SharedNames(names) = reason else { continue };
                let better = |shared: String| {
                    let at = said.names.iter().position(|own| *own == shared);
                    at.and_then(|at| self.written(*roots.get(at)?)).map_or(shared, str::to_owned)
                };
                *names = each_once(std::mem::take(names).into_iter().map(better));
            }
        }
    }

    /// Writes the names of a mention as chosen.
    pub fn name_mention(&self, index: usize, mention: &mut Mention) {
        let roots = self.roots.get(index).into_iter().flatten();
        mention.names = each_once(roots.filter_map(|root| self.written(*root)).map(str::to_owned));
    }

    /// Tells by the form chosen how else the articles write it.
    pub fn also(self) -> BTreeMap<String, Vec<String>> {
        self.also
    }
}

/// Gives names in order, each once; they are few.
fn each_once(names: impl Iterator<Item = String>) -> Vec<String> {
    let mut once: Vec<String> = Vec::new();
    for name in names {
        if !once.contains(&name) {
            once.push(name);
        }
    }
    once.shrink_to_fit();
    once
}
