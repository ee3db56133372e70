//! The words that tell events apart, read once from the language's file.

use super::tokens::{cut_ending, folded};
use super::wordlist::{KindTable, Kinds, Runs, WordMap, Words};
use serde::Deserialize;
use std::collections::HashMap;
use std::sync::OnceLock;

/// Makes the lists of words, and a way to put them all into one table.
macro_rules! word_lists {
    (
        $(#[$about:meta])*
        pub struct $name:ident {
            $($(#[$doc:meta])* $vis:vis $list:ident: $kind:ident,)*
            ;
            $($rest:tt)*
        }
    ) => {
        $(#[$about])*
        pub struct $name {
            $($(#[$doc])* $vis $list: $kind,)*
            $($rest)*
        }

        impl $name {
            fn number(&mut self) {
                let mut table = KindTable::default();
                $(self.$list.number(&mut table);)*
                self.past = table.add(std::iter::empty());
                self.kinds = table;
            }
        }
    };
}

word_lists! {
    /// Lists of words about clauses, saying, doubt, names and kinds of happening.
    #[derive(Debug, Default, Deserialize)]
    #[serde(deny_unknown_fields)]
    pub struct EventWords {
        /// Words that carry no content of their own.
        pub stop: Words,
        irregular: WordMap,
        auxiliary: Words,
        not_past: Words,
        /// Past forms that are no participles and share no auxiliary.
        pub only_past: Words,
        /// Words by which a verb tells what was over by then: "had come".
        pub perfect: Words,
        /// Words that open, behind a date and a comma, what happened on it.
        pub on_it: Words,
        /// Words that rank: what comes "since" after them only compares.
        ranks: Words,
        not_ranks: Words,
        /// Words with which no headline ends.
        pub hanging: Words,
        /// Verbs by which a text says who says it.
        pub attribution: Words,
        /// Those of them that cast no doubt on it.
        pub plain_saying: Words,
        /// What may stand between a verb of saying and what is said.
        pub content_marks: Words,
        /// Runs of words that put a clause into the future.
        pub planned: Runs,
        /// Words that make a clause a possibility.
        pub hypothetical: Words,
        /// Words that make a clause a possibility when it opens with them.
        pub conditional: Words,
        /// Runs of words that say it was not so.
        pub denied: Runs,
        /// Verbs by which somebody says that what follows is not so.
        pub denials: Words,
        /// Verbs that say so of a rumour.
        pub dismissals: Words,
        /// What is said without being so: "reports".
        pub rumours: Words,
        /// What is not so, behind a form of "be": "false".
        pub untrue: Words,
        /// What is only made up: "fairy tales that".
        pub inventions: Words,
        /// Runs that say "not true".
        pub not_true: Runs,
        /// What is said of it that is so.
        pub borne_out: Words,
        /// Of which there is none in what is not so: "truth".
        pub truths: Words,
        /// Of which there is none for what is open: "evidence".
        pub proofs: Words,
        /// What is told by hearsay or feared only.
        pub doubtful: Words,
        /// Verbs by which a clause is feared, not known.
        pub doubts: Words,
        /// Words by which what is said is said wrongly.
        pub falsely: Words,
        /// Participles behind which a date is that of a plan.
        pub plan_marks: Words,
        /// Runs by which a plan is given up or moved.
        pub called_off: Runs,
        /// Runs that give it another day.
        pub moved: Runs,
        /// Runs by which a plan came to nothing.
        pub unmet: Runs,
        /// What is said of a weekday's event that is still to come: "will take place".
    pub goes_ahead: Runs,
    /// Verbs by which somebody is to do something.
    pub orders: Words,
    /// Runs by which something was a plan.
        pub was_planned: Runs,
        /// Verbs by which there is so and so much of something.
        pub states: Words,
        /// What makes of a weekday any such day.
        pub any_of_them: Words,
        /// Participles of what is done at once and lasts until a day: "was remanded until Monday".
        pub put_until: Words,
        /// Participles of a picture's caption: "pictured on Tuesday".
        pub pictured: Words,
        /// Participles of a question put to somebody, at the head of a sentence.
        pub asked: Words,
        /// Words that open what was asked.
        pub indirect: Words,
        /// Words that open a clause hanging on a noun.
        pub relative: Words,
        /// Words that open a clause wherever they stand.
        pub subordinate: Words,
        /// Words that open a clause where a verb follows.
        pub preposition_or_clause: Words,
        /// Parts of the names of callings.
        pub title_words: Words,
        /// Those after which a person's name can follow at once.
        pub title_heads: Words,
        /// Those that are names too.
        pub title_names: Words,
        /// Callings with a capital letter only at the head of a sentence.
        pub roles: Words,
        /// What stands before a judge's calling: "district".
        pub benches: Words,
        /// Those that stay with a single name behind them.
        pub reigning: Words,
        /// Small words inside a person's name.
        pub particles: Words,
        /// Those that can open it alone: "bin Salman".
        pub leading_particles: Words,
        /// Those that a hyphen or an apostrophe ties to it: "al-Assad".
        pub tied_particles: Words,
        /// Shortened words of names, whose point is no full stop.
        pub name_points: Words,
        /// Words whose possessive is part of the name of a house.
        pub possessive_names: Words,
        /// Words without content that can still open a name.
        pub name_openers: Words,
        /// Words without content that can stand behind another word of a name.
        pub name_stops: Words,
        /// What stands before the name of an outlet that only reports.
        pub told_to: Words,
        /// Words before a place.
        pub place_words: Words,
        /// First words of names of which the rest is another place.
        pub place_openers: Words,
        /// Last words of names that many things share.
        pub shared_heads: Words,
        /// Nouns that take "of …" into their name.
        pub of_heads: Words,
        /// Names of a text: "article", "story".
        pub page_nouns: Words,
        /// Runs of words that make such a name the text's own: "this".
        pub page_this: Runs,
        /// What is done to a text: "updated".
        pub page_changed: Words,
        /// Runs of words that open a note on the text.
        pub page_notes: Runs,
        /// Labels of such notes.
        pub page_labels: Runs,
        /// Runs of words that open a request to the reader.
        pub page_requests: Runs,
        /// Runs of words that make a sentence an offer of the paper.
        pub page_offers: Runs,
        /// Runs of words by which a live page greets or takes its leave.
        pub page_farewells: Runs,
        /// Last words of labels of what is no story: "Gazette Bingo: …".
        pub notice_heads: Words,
        /// What people are told they can do: "collected".
        pub collectable: Words,
        /// Who is told so: "residents".
        pub public: Words,
        /// Runs of words that speak to the reader: "you can".
        pub addresses: Runs,
        /// What the paper brings next.
        pub coming: Words,
        /// What opens the notice of a service: "bins".
        pub services: Words,
        /// Words of a forecast.
        pub forecast: Words,
        /// Words by which a notice sells: "tickets".
        pub sold: Words,
        /// Runs of words by which a notice says how long it holds.
        pub lasts: Runs,
        /// Verbs that ask the reader.
        pub imperatives: Words,
        /// What can follow them.
        pub imperative_objects: Words,
        /// Runs of words that open a line of credits.
        pub page_credits: Runs,
        /// Runs of words by which a text says that it learned nothing.
        pub no_news: Runs,
        /// Subjects that are nobody: "none".
        pub nobody: Words,
        /// Words that make some of "no": "no fewer".
        pub not_nobody: Words,
        /// Words that open a clause saying which, without a comma.
        pub restrictive: Words,
        /// Laws and pacts, named by their year.
        pub laws: Words,
        /// What else is named by its year.
        pub named_by_year: Words,
        /// What a weekday before it only names.
        pub weekday_names: Words,
        /// Words of change, after which "from" gives what was before.
        pub changes: Words,
        /// Words by which a count hangs on a happening: "two days after".
        pub counted_from: Words,
        /// After a month, what only names goods to be delivered then.
        pub delivery: Words,
        /// Words by which those who write a post speak of themselves and their readers.
        pub writers: Words,
        /// Words that may stand between "has" and what was done.
        pub between_perfect: Words,
        /// Words before a verb by which a post looks back.
        pub looks_back: Words,
        /// Words before the day on which something is to start.
        pub starting: Words,
        /// Words behind "could" that tell what somebody was able to do, or was not.
        pub could_then: Words,
        /// What could be seen, heard, reached: it was.
        pub sensed: Words,
        /// Words that turn a verb round.
        pub negations: Words,
        /// Words before the name of where something was.
        pub locative: Words,
        /// Words for the end of a day, which may be the night to the next.
        pub late_words: Words,
        /// Words for the head of a day, which may be the night from the one before.
        pub early_words: Words,
        /// Pronouns that a headline should not open with.
        pub pronouns: Words,
        /// Pronouns that stand for one person.
        pub person_pronouns: Words,
        /// The pronoun of several.
        pub many_pronouns: Words,
        /// Nouns of many that end in no -s.
        pub crowds: Words,
        /// The pronoun of a thing.
        pub thing_pronouns: Words,
        /// Verbs with which it stands for nothing: "It rained".
        pub thing_verbs: Words,
        /// Words that may stand between the two words of a phrase.
        pub articles: Words,
        /// Words that open a noun group.
        pub determiners: Words,
        #[serde(skip)]
        class_of: WordMap,
        #[serde(skip)]
        demonyms: Words,
        #[serde(skip)]
        triggers: Words,
        #[serde(skip)]
        country_names: Words,
        ;
        classes: Vec<Vec<String>>,
        countries: Vec<Vec<String>>,
        /// Names that mean the same, each list with the fullest first.
        pub same_names: Vec<Vec<String>>,
        #[serde(skip)]
        kinds: KindTable,
        /// The bit of past forms.
        #[serde(skip)]
        past: Kinds,
    }
}

impl EventWords {
    /// Gives the word that stands for all of the same kind of happening or of the same country.
    pub fn class(&self, word: &str) -> Option<&str> {
        self.class_of.get(word)
    }

    /// Gives the plain form of an irregular past ("broke": "break").
    pub fn plain_form(&self, word: &str) -> Option<&str> {
        self.irregular.get(word)
    }

    /// Tells whether a word is called after a country without naming it ("Russian").
    pub fn is_demonym(&self, word: &str) -> bool {
        self.demonyms.contains(word)
    }

    /// Tells whether a stem stands for a kind of happening.
    pub fn is_trigger(&self, stem: &str) -> bool {
        self.triggers.contains(stem)
    }

    /// Tells whether a word names a country or is called after one.
    pub fn is_country(&self, word: &str) -> bool {
        self.country_names.contains(word)
    }

    /// Tells whether a word can be the finite verb of a clause: an auxiliary or a past form.
    pub fn is_finite(&self, word: &str) -> bool {
        self.auxiliary.contains(word) || self.is_past(word)
    }

    /// Tells whether a word is an auxiliary, or a present form that is no participle.
    pub fn is_auxiliary(&self, word: &str) -> bool {
        self.auxiliary.contains(word)
    }

    /// Tells whether a word ranks ("first", "highest").
    pub fn is_rank(&self, word: &str) -> bool {
        self.ranks.contains(word) || (word.len() > 5 && word.ends_with("est") && !self.not_ranks.contains(word))
    }

    /// Tells whether a word is a past form ("ended", "broke").
    pub fn is_past(&self, word: &str) -> bool {
        self.irregular.holds(word) || (word.len() > 4 && word.ends_with("ed") && !self.not_past.contains(word))
    }

    /// Gives what a folded word is: which lists hold it, and whether it is a past form.
    pub fn kinds(&self, word: &str) -> Kinds {
        let held = self.kinds.get(word);
        let ends = word.len() > 4 && word.ends_with("ed") && !held.meets(self.not_past.kind);
        if ends || held.meets(self.irregular.kind) { held.or(self.past) } else { held }
    }

    /// Gives the bit of past forms ("ended", "broke").
    pub fn past(&self) -> Kinds {
        self.past
    }

    /// Gives the bit of auxiliaries, and of present forms that are no participles.
    pub fn auxiliaries(&self) -> Kinds {
        self.auxiliary.kind
    }

    /// Gives the bit of words that are called after a country without naming it ("Russian").
    pub fn called_after_countries(&self) -> Kinds {
        self.demonyms.kind
    }

    /// Gives the bit of words that have a [`class`](EventWords::class).
    pub fn classed(&self) -> Kinds {
        self.class_of.kind
    }

    fn index(mut self) -> EventWords {
        let mut class_of = HashMap::new();
        for list in self.classes.iter().chain(&self.countries) {
            for word in list {
                if let Some(first) = list.first() {
                    class_of.entry(cut_ending(word)).or_insert_with(|| first.clone());
                    class_of.insert(word.clone(), first.clone());
                }
            }
        }
        self.class_of = class_of.into_iter().collect();
        let called = self.countries.iter().flat_map(|list| list.iter().skip(1)).filter(|w| !w.contains('.'));
        self.demonyms = called.filter(|w| !["america", "britain"].contains(&w.as_str())).cloned().collect();
        self.triggers = self.classes.iter().filter_map(|list| list.first()).cloned().collect();
        self.country_names = self.countries.iter().flatten().cloned().collect();
        self.number();
        self
    }
}

/// Gives the words for events; the file is part of the program, so that reading it cannot fail in use.
pub fn event_words() -> &'static EventWords {
    static WORDS: OnceLock<EventWords> = OnceLock::new();
    WORDS.get_or_init(|| serde_yaml::from_str::<EventWords>(include_str!("en/events.yaml")).unwrap_or_default().index())
}

/// Tells whether the folded words from `at` on are one of the runs in a list.
pub fn starts_run(words: &[impl AsRef<str>], at: usize, runs: &Runs) -> bool {
    runs.lengths(|i| words.get(i).map(AsRef::as_ref), at).next().is_some()
}

/// Tells whether a word says nothing of its own.
pub fn is_stop(word: &str) -> bool {
    event_words().stop.contains(&folded(word))
}

#[cfg(test)]
mod tests;
