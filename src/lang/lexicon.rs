//! The words that rules know, and which classes each belongs to.

use super::table::{Table, Word};
use foldhash::fast::FixedState;
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap};

/// In which case a word must stand to count for a class.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Case {
    /// However it is written.
    #[default]
    Any,
    /// `March` or `MARCH`.
    Capital,
    /// `March` only.
    Title,
    /// `march` only.
    Lower,
}

/// One list of words in the language's file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WordList {
    /// The class by which rules name it.
    pub class: String,
    /// In which case its words must stand.
    #[serde(default)]
    pub case: Case,
    /// The words, in lower case, with their values.
    #[serde(default)]
    pub words: BTreeMap<String, i32>,
    /// Words that have no value of their own, with white space between them.
    #[serde(default)]
    pub plain: String,
}

/// How a word is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// `march`
    Lower = 0,
    /// `March`
    Title = 1,
    /// `MARCH`
    Upper = 2,
}

/// Terminals by their names. The names are fixed, so nobody can choose some that collide.
type Terminals = HashMap<String, Terminal, FixedState>;

/// A kind of token that a rule can ask for: a class, or one very word or sign.
pub type Terminal = u16;

/// A set of terminals that one token satisfies; 0 is the empty one.
pub type Signature = u16;

#[derive(Debug, Default, Clone)]
struct Entry {
    signatures: [Signature; 3],
    values: Vec<(Terminal, i32)>,
}

/// Numbers by their digits: the classes a rule can ask for.
///
/// `num` any; `day` 1–31 and `mon12` 1–12, of one or two digits; `hour` 0–24; `two` two digits below 60;
/// `yy` two digits; `y4` four digits from 1000 to 2199; `y3` three digits; `small` 1–999; `four`
/// four digits.
const NUMBERS: [&str; 10] = ["num", "day", "mon12", "hour", "two", "yy", "y4", "y3", "small", "four"];

fn number_classes(digits: usize, value: u32) -> [bool; 10] {
    let short = digits <= 2;
    [
        true,
        short && (1..=31).contains(&value),
        short && (1..=12).contains(&value),
        short && value <= 24,
        digits == 2 && value < 60,
        digits == 2,
        digits == 4 && (1000..2200).contains(&value),
        digits == 3 && value >= 100,
        digits <= 3 && value >= 1,
        digits == 4,
    ]
}

/// Words and signs with their signatures and values.
#[derive(Debug)]
pub struct Lexicon {
    terminals: Terminals,
    entries: Vec<Entry>,
    by_word: Table,
    signs: [Signature; 128],
    short_numbers: Vec<Signature>, // [digits - 1][value] for one and two digits
    numbers: [Signature; 5],       // three digits below 100, three digits, a year, anything else, four digits
    sets: Vec<Vec<Terminal>>,
    known: Known,
}

/// The classes that the program itself asks for; `NONE` where a language has none.
#[derive(Debug, Clone, Copy)]
#[allow(missing_docs)]
pub struct Known {
    pub lead: Terminal,
    pub outlook: Terminal,
    pub gone: Terminal,
    pub had: Terminal,
    pub refuse: Terminal,
    pub any: Terminal,
    pub as_: Terminal,
    pub soonest: Terminal,
    pub aim: Terminal,
    pub arranged: Terminal,
    pub aside: Terminal,
    pub be: Terminal,
    pub each: Terminal,
    pub shortened: Terminal,
    pub the: Terminal,
    pub unit: Terminal,
    pub units: Terminal,
    pub one: Terminal,
    pub digitword: Terminal,
    pub teenword: Terminal,
    pub tenword: Terminal,
    pub few: Terminal,
    pub times: Terminal,
    pub half: Terminal,
    pub pair: Terminal,
    pub onward: Terminal,
    pub bound: Terminal,
    pub street: Terminal,
    pub dated: Terminal,
    pub agent: Terminal,
    pub numbered: Terminal,
    pub mission: Terminal,
    pub edge: Terminal,
    pub dir: Terminal,
    pub and: Terminal,
}

/// The class that no word is in.
pub const NONE: Terminal = Terminal::MAX;

/// Collects the words of a language and the words its rules name.
#[derive(Debug, Default)]
pub struct Builder {
    terminals: Terminals,
    words: BTreeMap<String, Vec<(Terminal, Case, Option<i32>)>>,
}

impl Builder {
    /// Starts with the classes of numbers.
    pub fn new() -> Builder {
        let mut builder = Builder::default();
        for name in NUMBERS {
            builder.terminal(&format!("<{name}>"));
        }
        builder
    }

    fn terminal(&mut self, name: &str) -> Terminal {
        if let Some(&known) = self.terminals.get(name) {
            return known;
        }
        let next = self.terminals.len() as Terminal;
        self.terminals.insert(name.to_owned(), next);
        next
    }

    /// Adds a list of words.
    pub fn add(&mut self, list: &WordList) {
        let terminal = self.terminal(&format!("<{}>", list.class));
        let valued = list.words.iter().map(|(word, value)| (word.as_str(), *value));
        for (word, value) in valued.chain(list.plain.split_whitespace().map(|word| (word, 0))) {
            self.words.entry(word.to_owned()).or_default().push((terminal, list.case, Some(value)));
        }
    }

    /// Gives the terminal of a class, when there is one.
    pub fn class(&self, name: &str) -> Option<Terminal> {
        self.terminals.get(&format!("<{name}>")).copied()
    }

    /// Gives the terminal of one very word or sign.
    pub fn literal(&mut self, word: &str) -> Terminal {
        let terminal = self.terminal(word);
        if !self.words.get(word).is_some_and(|meanings| meanings.iter().any(|m| m.0 == terminal)) {
            self.words.entry(word.to_owned()).or_default().push((terminal, Case::Any, None));
        }
        terminal
    }

    /// Makes the lexicon.
    pub fn build(self) -> Lexicon {
        let mut sets: Vec<Vec<Terminal>> = vec![Vec::new()];
        let mut known: HashMap<Vec<Terminal>, Signature> = HashMap::from([(Vec::new(), 0)]);
        let mut intern = |set: Vec<Terminal>| -> Signature {
            *known.entry(set).or_insert_with_key(|set| {
                sets.push(set.clone());
                (sets.len() - 1) as Signature
            })
        };
        let mut number = |digits: usize, value: u32| {
            let mut set = Vec::new();
            for (name, holds) in NUMBERS.iter().zip(number_classes(digits, value)) {
                if let (true, Some(&t)) = (holds, self.terminals.get(&format!("<{name}>"))) {
                    set.push(t);
                }
            }
            set.sort_unstable();
            intern(set)
        };
        let short_numbers =
            (0..10).map(|v| (1, v)).chain((0..100).map(|v| (2, v))).map(|(d, v)| number(d, v)).collect();
        let numbers = [number(3, 50), number(3, 500), number(4, 2000), number(9, 9), number(4, 9)];
        let mut signs = [0; 128];
        let mut entries = vec![Entry::default()];
        let mut by_word = Table::new();
        for (word, meanings) in &self.words {
            let set = |shape: Shape| {
                let fits = |case: Case| match case {
                    Case::Any => true,
                    Case::Capital => shape != Shape::Lower,
                    Case::Title => shape == Shape::Title,
                    Case::Lower => shape == Shape::Lower,
                };
                let mut set: Vec<Terminal> = meanings.iter().filter(|m| fits(m.1)).map(|m| m.0).collect();
                set.sort_unstable();
                set.dedup();
                set
            };
            let signatures = [Shape::Lower, Shape::Title, Shape::Upper].map(|shape| intern(set(shape)));
            match word.as_bytes() {
                [sign] if sign.is_ascii_punctuation() => {
                    if let Some(slot) = signs.get_mut(*sign as usize) {
                        *slot = signatures[0];
                    }
                }
                bytes => {
                    by_word.add(bytes);
                    entries.push(Entry {
                        signatures,
                        values: meanings.iter().filter_map(|m| Some((m.0, m.2?))).collect(),
                    });
                }
            }
        }
        let class = |name: &str| self.terminals.get(&format!("<{name}>")).copied().unwrap_or(NONE);
        let known = Known {
            lead: class("lead"),
            outlook: class("outlook"),
            gone: class("gone"),
            had: class("had"),
            refuse: class("refuse"),
            any: class("any"),
            as_: class("as"),
            soonest: class("soonest"),
            aim: class("aim"),
            arranged: class("arranged"),
            aside: class("aside"),
            be: class("be"),
            each: class("each"),
            shortened: class("shortened"),
            the: class("the"),
            unit: class("unit"),
            units: class("units"),
            one: class("one"),
            digitword: class("digitword"),
            teenword: class("teenword"),
            tenword: class("tenword"),
            few: class("few"),
            times: class("times"),
            half: class("half"),
            pair: class("pair"),
            onward: class("onward"),
            bound: class("bound"),
            street: class("street"),
            dated: class("dated"),
            agent: class("agent"),
            numbered: class("numbered"),
            mission: class("mission"),
            edge: class("edge"),
            dir: class("dir"),
            and: class("and"),
        };
        Lexicon { known, terminals: self.terminals, entries, by_word, signs, short_numbers, numbers, sets }
    }
}

impl Lexicon {
    /// Gives the entry of a word in lower case and its signature in a shape; `(0, 0)` for a word no rule knows.
    #[inline]
    pub fn word(&self, lower: &Word, shape: Shape) -> (u16, Signature) {
        match self.by_word.get(lower) {
            0 => (0, 0),
            entry => (entry, self.entries.get(entry as usize).map_or(0, |e| e.signatures[shape as usize])),
        }
    }

    /// Gives the signature of an ASCII sign.
    pub fn sign(&self, sign: u8) -> Signature {
        self.signs.get(sign as usize).copied().unwrap_or(0)
    }

    /// Gives the signature of a number by its digits and value.
    pub fn number(&self, digits: usize, value: u32) -> Signature {
        let at = |i: usize| self.short_numbers.get(i).copied().unwrap_or(0);
        match digits {
            1 => at(value as usize),
            2 => at(10 + value as usize),
            3 => self.numbers[usize::from(value >= 100)],
            4 if (1000..2200).contains(&value) => self.numbers[2],
            4 => self.numbers[4],
            _ => self.numbers[3],
        }
    }

    /// Gives the value that a word has in a class; as itself it has none.
    pub fn value(&self, entry: u16, terminal: Terminal) -> Option<i32> {
        let values = &self.entries.get(entry as usize)?.values;
        values.iter().find(|v| v.0 == terminal).map(|v| v.1)
    }

    /// Tells whether a word is in a class.
    pub fn is(&self, entry: u16, terminal: Terminal) -> bool {
        entry != 0 && self.value(entry, terminal).is_some()
    }

    /// Gives the classes that the program itself asks for.
    pub fn known(&self) -> &Known {
        &self.known
    }

    /// Gives the terminals that each signature satisfies.
    pub fn signatures(&self) -> &[Vec<Terminal>] {
        &self.sets
    }

    /// Gives the terminal of a class.
    pub fn class(&self, name: &str) -> Option<Terminal> {
        self.terminals.get(&format!("<{name}>")).copied()
    }
}
