//! People that a text tells of, for the pronouns that stand for them.
//!
//! A wrong name is worse than none: where two people could be meant, nobody is.

use super::fuller::{self, before};
use super::reading::Reading;
use crate::lang::events::event_words;
use crate::lang::headlines::headline_words;
use crate::lang::tokens::{each, folded};
use std::cell::{OnceCell, RefCell};

/// Sentences back in which a pronoun's name is looked for, at most.
const BACK: usize = 12;
/// Times that a name is looked for in the text of its article, at most.
const TIMES: usize = 30;
/// In so many sentences somebody is told of whom all the text is about.
const OFTEN: usize = 3;

/// A sentence before another.
#[derive(Clone, Copy)]
pub(super) struct Told<'a> {
    pub reading: &'a Reading<'a>,
    pub names: &'a [String],
    /// It stands in the same paragraph.
    pub same: bool,
}

/// What stands around a pronoun.
#[derive(Clone, Copy)]
pub(super) struct Near<'a> {
    /// The names of the sentence itself, in order.
    pub own: &'a [String],
    /// The text of the article.
    pub text: &'a str,
    /// Gives a sentence before; 1 is the nearest.
    pub before: &'a dyn Fn(usize) -> Option<Told<'a>>,
}

/// By which pronoun a person is told of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sex {
    He,
    She,
}

impl Sex {
    /// Gives whom a pronoun stands for.
    pub fn of(pronoun: &str) -> Option<Sex> {
        let (he, she) = (headline_words().he_words.contains(pronoun), headline_words().she_words.contains(pronoun));
        (he || she).then_some(if he { Sex::He } else { Sex::She })
    }

    fn of_noun(noun: &str) -> Option<Sex> {
        let (he, she) = (headline_words().he_nouns.contains(noun), headline_words().she_nouns.contains(noun));
        (he || she).then_some(if he { Sex::He } else { Sex::She })
    }
}

/// Who was told of last.
enum Last<'a> {
    Found(&'a str),
    /// One of these, who knows which.
    Several(Vec<&'a str>),
    /// Somebody without a name.
    Other,
    Nobody,
}

/// A sentence before, with the people in it.
type Before<'a> = (Told<'a>, Vec<&'a str>);

/// The people told of near a pronoun.
pub(super) struct People<'a> {
    near: Near<'a>,
    told: [OnceCell<Option<Before<'a>>>; BACK],
    /// What was found out of whom.
    known: RefCell<Vec<(String, Option<Sex>)>>,
}

impl<'a> People<'a> {
    /// Starts with nothing read.
    pub fn near(near: Near<'a>) -> People<'a> {
        People { near, told: Default::default(), known: RefCell::default() }
    }

    /// Gives the sentences before with the people in them, the nearest first, each read when it is asked for.
    fn all(&self) -> impl Iterator<Item = &Before<'a>> {
        self.told.iter().enumerate().map_while(|(at, cell)| {
            let read = || (self.near.before)(at + 1).map(|t| (t, people(t.reading.text, t.names, self.near.text)));
            cell.get_or_init(read).as_ref()
        })
    }

    /// Gives the person that a pronoun stands for which opens its clause behind `head`.
    pub fn meant(&self, sex: Sex, head: &str) -> Option<&'a str> {
        self.by_head(sex, head).map(|name| self.fuller(name))
    }

    /// Gives the full name where the text tells of one person only who has it.
    fn fuller(&self, name: &'a str) -> &'a str {
        let all = self.all().flat_map(|(_, all)| all.iter().copied());
        let mut full = all.filter(|n| n.contains(' ') && same(n, name));
        match full.next() {
            Some(one) if !name.contains(' ') && full.all(|n| n == one) => one,
            _ => name,
        }
    }

    fn by_head(&self, sex: Sex, head: &str) -> Option<&'a str> {
        let own: Vec<&'a str> =
            people(head, self.near.own, self.near.text).into_iter().filter(|n| self.can_be(n, sex)).collect();
        let goes_on = each(head).next().is_some_and(|t| Sex::of(&folded(t.text)) == Some(sex));
        match own.as_slice() {
            _ if goes_on => self.before(sex),
            [] => self.before(sex),
            [name] => Some(name),
            [first, rest @ ..] => {
                let known = self.sex(first) == Some(sex) && !rest.iter().any(|n| self.sex(n) == Some(sex));
                Some(*first).filter(|name| known || subject_opens(head, name))
            }
        }
    }

    /// Gives the person told of in the sentences before.
    fn before(&self, sex: Sex) -> Option<&'a str> {
        match self.last(sex) {
            Last::Found(name) => Some(name),
            Last::Several(all) => self.main(sex).filter(|main| all.iter().any(|n| same(n, main))),
            Last::Other => None,
            Last::Nobody => self.main(sex),
        }
    }

    /// Gives the person told of last.
    fn last(&self, sex: Sex) -> Last<'a> {
        let mut others = false;
        for (told, people) in self.all() {
            let known = |name: &str| self.sex(name) == Some(sex);
            // "She said little." goes on with the one before.
            if Sex::of(told.reading.word(0)) == Some(sex) {
                continue;
            }
            let told_of = |n: &&'a str| self.can_be(n, sex) && !goes_on_before(told.reading, n, sex);
            let can_be: Vec<&'a str> = people.iter().copied().filter(told_of).collect();
            let subject = can_be.iter().copied().find(|n| is_subject(told.reading, n));
            let Some(subject) = subject else {
                if noun_subject(told.reading, sex) {
                    return Last::Other;
                }
                match can_be.as_slice() {
                    [] => {
                        others |= !people.is_empty();
                        continue;
                    }
                    [one] if known(one) || told.same && told.names.len() == 1 => return Last::Found(one),
                    _ => return Last::Several(can_be),
                }
            };
            let any = rest_of(&can_be, subject).any(|n| n.contains(' '));
            let any_known = rest_of(&can_be, subject).any(|n| known(n));
            let once = |n: &&&'a str| self.times(n) < self.times(subject);
            let main = told.same && rest_of(&can_be, subject).all(|n| once(&n));
            let alone = (!any || main)
                && (told.same || !others && self.all().all(|(_, all)| all.iter().all(|n| same(n, subject))));
            let sure = subject_opens(told.reading.text, subject);
            let found = known(subject) && !any_known || alone && (sure || told.names.len() == 1);
            return if found { Last::Found(subject) } else { Last::Several(can_be) };
        }
        Last::Nobody
    }

    /// Gives the person whom all the text is about.
    fn main(&self, sex: Sex) -> Option<&'a str> {
        let times = |name: &str| self.times(name);
        let all = self.all().flat_map(|(_, all)| all.iter().copied());
        let can_be: Vec<&'a str> = all.filter(|n| self.can_be(n, sex)).collect();
        let most = can_be.iter().copied().max_by_key(|n| (times(n), n.len()))?;
        let often = times(most);
        let alone = can_be.iter().all(|n| same(n, most) || times(n) * OFTEN <= often);
        Some(most).filter(|n| alone && often >= OFTEN && self.sex(n) == Some(sex))
    }

    /// Gives in how many of the sentences before a person is named.
    fn times(&self, name: &str) -> usize {
        self.all().filter(|(_, all)| all.iter().any(|n| same(n, name))).count()
    }

    fn can_be(&self, name: &str, sex: Sex) -> bool {
        self.sex(name).is_none_or(|known| known == sex)
    }

    /// Tells by what pronoun a person is told of, where the text shows it: by a calling, or by a pronoun in a
    /// sentence that names nobody else.
    pub fn sex(&self, name: &str) -> Option<Sex> {
        let known = self.known.borrow().iter().find(|(n, _)| n == name).map(|(_, sex)| *sex);
        known.unwrap_or_else(|| {
            let sex = self.find_sex(name);
            self.known.borrow_mut().push((name.to_owned(), sex));
            sex
        })
    }

    fn find_sex(&self, name: &str) -> Option<Sex> {
        if let Some(called) = called(name, self.near.text) {
            return Some(called);
        }
        let mut votes = (0, 0);
        for (back, (told, people)) in self.all().enumerate() {
            if people.is_empty() || !people.iter().all(|n| same(n, name)) {
                continue;
            }
            let Some(at) = told.reading.text.find(name).filter(|_| is_subject(told.reading, name)) else { continue };
            // "Ann Lee is ill. She left."
            let next =
                back.checked_sub(1).and_then(|next| self.all().nth(next)).filter(|(next, _)| next.same == told.same);
            match next.and_then(|(next, _)| Sex::of(next.reading.word(0))) {
                Some(Sex::He) => votes.0 += 1,
                Some(Sex::She) => votes.1 += 1,
                None => {}
            }
            let behind = told.reading.within(&(at..told.reading.text.len()));
            for i in behind.filter(|&i| !told.reading.is_aside(i)) {
                let word = told.reading.word(i);
                // "Ann Lee met him", "Ann Lee read his letter": a possessive tells less than "she".
                let sure = event_words().person_pronouns.contains(word) || headline_words().selves.contains(word);
                let weight = if sure { 2 } else { 1 };
                match Sex::of(word).filter(|_| word != "him") {
                    Some(Sex::He) => votes.0 += weight,
                    Some(Sex::She) => votes.1 += weight,
                    None => {}
                }
            }
        }
        match votes {
            (he, 0) if he > 1 => Some(Sex::He),
            (0, she) if she > 1 => Some(Sex::She),
            _ => None,
        }
    }

    /// Gives the two people of whom the sentence before tells together: "Ann Lee and Tom Poe were freed."
    pub fn both(&self) -> Option<(&'a str, &'a str)> {
        let (told, people) = self.all().next().filter(|(told, _)| told.same)?;
        let verb = told.reading.finite(1..told.reading.tokens.len())?;
        let subjects: Vec<&'a str> = people.iter().copied().filter(|n| is_subject(told.reading, n)).collect();
        let joined = (1..verb).any(|i| told.reading.word(i) == "and");
        match subjects.as_slice() {
            [a, b] if joined && subject_opens(told.reading.text, a) && !same(a, b) => Some((a, b)),
            _ => None,
        }
    }

    /// Gives the sentences before, the nearest first.
    pub fn told(&self) -> impl Iterator<Item = Told<'a>> {
        self.all().map(|(told, _)| *told)
    }
}

/// Gives those of some people that are somebody else.
fn rest_of<'p, 'a>(all: &'p [&'a str], one: &'p str) -> impl Iterator<Item = &'p &'a str> {
    all.iter().filter(move |n| !same(n, one))
}

/// Gives those of some names that stand in a sentence and are a person's.
fn people<'a>(sentence: &str, names: &'a [String], text: &str) -> Vec<&'a str> {
    names.iter().map(String::as_str).filter(|name| is_person(sentence, name, text)).collect()
}

/// Tells whether a name in a sentence is a person's.
pub(super) fn is_person(sentence: &str, name: &str, text: &str) -> bool {
    let words = event_words();
    let Some(at) = sentence.find(name) else { return false };
    let last = sentence.get(..at).unwrap_or_default().trim_end().rsplit(' ').next().unwrap_or_default();
    let kind = before(sentence, name);
    if kind == Some(fuller::Before::Calling) {
        return true;
    }
    let house =
        |word: &str| words.of_heads.contains(word) || words.shared_heads.contains(word) || words.is_country(word);
    let first = name.split(' ').next().unwrap_or_default();
    let no_one = folded(last) == "the"
        || name.split(' ').any(|w| {
            house(&folded(w))
                || w == "of"
                || w == "&"
                || w.chars().nth(1).is_some_and(|_| !w.contains(char::is_lowercase) && !w.contains('.'))
        })
        || words.place_openers.contains(&folded(first));
    if no_one {
        return false;
    }
    if name.contains(' ') {
        return kind != Some(fuller::Before::Place);
    }
    kind != Some(fuller::Before::Place) && behind(name, text).any(|(last, _)| is_given(last) || is_calling(last))
}

/// Tells whether a word before a name can be a given name.
fn is_given(word: &str) -> bool {
    let words = event_words();
    let small = folded(word);
    word.chars().next().is_some_and(char::is_uppercase)
        && !words.stop.contains(&small)
        && !words.place_openers.contains(&small)
        && word.ends_with(char::is_alphabetic)
        && !words.is_country(&small)
}

fn is_calling(word: &str) -> bool {
    let (words, small) = (event_words(), folded(word.trim_end_matches('.')));
    (words.title_words.contains(&small) || Sex::of_noun(&small).is_some()) && !words.stop.contains(&small)
}

/// Gives the two words before a name wherever it stands in a text, the nearest first.
fn behind<'t>(name: &'t str, text: &'t str) -> impl Iterator<Item = (&'t str, &'t str)> {
    let alone =
        move |at: usize| !text.get(at + name.len()..).is_some_and(|rest| rest.starts_with(char::is_alphanumeric));
    memchr::memmem::find_iter(text.as_bytes(), name).filter(move |&at| alone(at)).take(TIMES).filter_map(move |at| {
        let mut last = text.get(..at)?.strip_suffix(' ')?.rsplit([' ', '\n', '“', '"', '(']);
        Some((last.next()?, last.next().unwrap_or_default()))
    })
}

/// Tells by what pronoun a person is told of who is called "Mr" or "Dame".
fn called(name: &str, text: &str) -> Option<Sex> {
    let (given, last) = name.rsplit_once(' ').map_or(("", name), |(given, last)| (given, last));
    let sex = |word: &str| Sex::of_noun(&folded(word.trim_end_matches('.')));
    behind(last, text).find_map(|(first, second)| {
        // "Dame Ann Lee", but not for Tom Lee.
        let own = given.is_empty() || given.rsplit(' ').next() == Some(first);
        sex(first).or_else(|| sex(second).filter(|_| own && is_given(first)))
    })
}

/// Tells whether two names are of one person: "Lee" and "Ann Lee".
fn same(a: &str, b: &str) -> bool {
    let (long, short) = if a.len() < b.len() { (b, a) } else { (a, b) };
    long == short || !short.contains(' ') && long.split(' ').any(|word| word == short)
}

/// Tells whether a name stands before the first verb of its sentence.
fn is_subject(reading: &Reading<'_>, name: &str) -> bool {
    let verb = reading.finite(1..reading.tokens.len()).and_then(|v| reading.tokens.get(v));
    let before = |at: usize| verb.is_some_and(|verb| at < verb.start);
    reading.text.find(name).is_some_and(before) || subject_opens(reading.text, name)
}

/// Tells whether somebody of a sex is told of by a pronoun before a name, so that it is another's; or whether the name is
/// that of somebody's relative: "their son Tom Lee".
fn goes_on_before(reading: &Reading<'_>, name: &str, sex: Sex) -> bool {
    let Some(at) = reading.text.find(name) else { return false };
    let before = 0..reading.within(&(0..at)).end;
    let owned =
        |i: usize| headline_words().owners.contains(reading.word(i)) && Sex::of_noun(reading.word(i + 1)).is_some();
    before
        .clone()
        .any(|i| event_words().person_pronouns.contains(reading.word(i)) && Sex::of(reading.word(i)) == Some(sex))
        || before.clone().any(owned)
}

/// Tells whether a sentence tells of somebody without a name: "The guard was tied up."
fn noun_subject(reading: &Reading<'_>, sex: Sex) -> bool {
    let words = event_words();
    let verb = reading.finite(1..reading.tokens.len()).unwrap_or(0);
    (0..verb).any(|i| {
        let word = reading.word(i);
        match Sex::of_noun(word) {
            Some(other) => other == sex,
            None => {
                headline_words().person_nouns.contains(word)
                    || words.roles.contains(word)
                    || words.title_heads.contains(word)
            }
        }
    })
}

/// Tells whether a sentence opens with a name, callings before it.
pub(super) fn subject_opens(head: &str, name: &str) -> bool {
    head.find(name)
        .and_then(|at| head.get(..at))
        .is_some_and(|before| each(before).all(|t| event_words().title_words.contains(&folded(t.text))))
}
