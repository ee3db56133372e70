//! All rules as one automaton over tokens: states of the Thompson construction, determinised as
//! texts need them (so start-up costs nothing and scanning one table look-up a token).

use super::lexicon::{Signature, Terminal};
use super::rules::Part;
use foldhash::fast::FixedState;
use std::collections::{HashMap, HashSet};

/// How a token must stand to the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Gap {
    Any,
    Glued,
}

#[derive(Debug, Clone)]
enum State {
    Step(Terminal, Gap, u32),
    Split(Vec<u32>),
    Accept(u16),
}

/// The rules' states, before determinisation.
#[derive(Debug, Default)]
pub struct Nfa {
    states: Vec<State>,
    starts: Vec<u32>,
    /// For each signature, the terminals it satisfies, as a bit set by word of 64.
    satisfied: Vec<Vec<u64>>,
}

impl Nfa {
    /// Adds the pattern of a rule.
    pub fn add(&mut self, rule: u16, part: &Part) {
        let accept = self.push(State::Accept(rule));
        let start = self.compile(part, false, accept);
        self.starts.push(start);
    }

    /// Takes the signatures of the finished lexicon.
    pub fn finish(&mut self, signatures: &[Vec<Terminal>]) {
        self.satisfied = signatures
            .iter()
            .map(|set| {
                let mut bits = vec![0u64; set.iter().max().map_or(0, |m| *m as usize / 64 + 1)];
                for t in set {
                    if let Some(word) = bits.get_mut(*t as usize / 64) {
                        *word |= 1 << (t % 64);
                    }
                }
                bits
            })
            .collect();
    }

    fn push(&mut self, state: State) -> u32 {
        self.states.push(state);
        (self.states.len() - 1) as u32
    }

    // Builds from the end: gives the entry state of `part`, which goes on to `next`.
    fn compile(&mut self, part: &Part, glued: bool, next: u32) -> u32 {
        match part {
            Part::Step(terminal) => self.push(State::Step(*terminal, if glued { Gap::Glued } else { Gap::Any }, next)),
            Part::Seq(parts) => {
                let mut entry = next;
                for (i, part) in parts.iter().enumerate().rev() {
                    entry = self.compile(part, glued && i == 0, entry);
                }
                entry
            }
            Part::Alt(parts) => {
                let entries = parts.iter().map(|p| self.compile(p, glued, next)).collect();
                self.push(State::Split(entries))
            }
            Part::Opt(part) => {
                let entry = self.compile(part, glued, next);
                self.push(State::Split(vec![entry, next]))
            }
            Part::Slot(_, part) => self.compile(part, glued, next),
            Part::Glued(part) => self.compile(part, true, next),
        }
    }

    /// Tells whether a token of a signature is a terminal.
    pub fn satisfies(&self, signature: Signature, terminal: Terminal) -> bool {
        let word = self.satisfied.get(signature as usize).and_then(|bits| bits.get(terminal as usize / 64));
        word.is_some_and(|word| word >> (terminal % 64) & 1 == 1)
    }
}

/// A state of the determinised automaton; 0 is dead, 1 the start.
pub type StateId = u32;

const UNKNOWN: StateId = StateId::MAX;
const DEAD: StateId = 0;
const START: StateId = 1;
/// Beyond so many states the cache starts anew: memory is bounded whatever the text.
const STATES: usize = 20_000;

/// The determinised part of an automaton, as far as texts have needed it.
#[derive(Debug)]
pub struct Dfa {
    table: Vec<StateId>, // [state][signature * 2 + glued]
    width: usize,
    members: Vec<Vec<u32>>,
    accepts: Vec<Vec<u16>>,
    // What texts hold cannot choose the states: no set of them is made to collide.
    known: HashMap<Vec<u32>, StateId, FixedState>,
}

impl Dfa {
    /// Starts with nothing known.
    pub fn new(nfa: &Nfa) -> Dfa {
        let mut dfa = Dfa {
            table: Vec::new(),
            width: nfa.satisfied.len() * 2,
            members: Vec::new(),
            accepts: Vec::new(),
            known: HashMap::default(),
        };
        dfa.reset(nfa);
        dfa
    }

    fn reset(&mut self, nfa: &Nfa) {
        self.table.clear();
        self.members.clear();
        self.accepts.clear();
        self.known.clear();
        self.state(nfa, Vec::new());
        self.state(nfa, nfa.starts.clone());
    }

    // Gives the state of a set of entries, made when it is new.
    fn state(&mut self, nfa: &Nfa, entries: Vec<u32>) -> StateId {
        let mut set = Vec::new();
        let mut accepts = Vec::new();
        let mut stack = entries;
        let mut seen: HashSet<u32, FixedState> = HashSet::default();
        while let Some(s) = stack.pop() {
            if !seen.insert(s) {
                continue;
            }
            match nfa.states.get(s as usize) {
                Some(State::Split(to)) => stack.extend(to),
                Some(State::Step(..)) => set.push(s),
                Some(State::Accept(rule)) => {
                    accepts.push(*rule);
                    set.push(s);
                }
                None => {}
            }
        }
        set.sort_unstable();
        accepts.sort_unstable();
        if let Some(&id) = self.known.get(&set) {
            return id;
        }
        let id = self.members.len() as StateId;
        self.known.insert(set.clone(), id);
        self.members.push(set);
        self.accepts.push(accepts);
        self.table.resize(self.table.len() + self.width, UNKNOWN);
        id
    }

    /// Gives the state in which every match starts.
    pub fn start(&self) -> StateId {
        START
    }

    /// Gives the state after a token; `None` where no rule goes on.
    #[inline]
    pub fn next(&mut self, nfa: &Nfa, from: StateId, signature: Signature, glued: bool) -> Option<StateId> {
        let slot = from as usize * self.width + signature as usize * 2 + usize::from(glued);
        match self.table.get(slot) {
            Some(&UNKNOWN) | None => self.learn(nfa, from, signature, glued, slot),
            Some(&DEAD) => None,
            Some(&to) => Some(to),
        }
    }

    #[cold]
    fn learn(&mut self, nfa: &Nfa, from: StateId, signature: Signature, glued: bool, slot: usize) -> Option<StateId> {
        let members = self.members.get(from as usize)?;
        let mut to: Vec<u32> = Vec::new();
        for &s in members {
            if let Some(State::Step(terminal, gap, next)) = nfa.states.get(s as usize)
                && (glued || *gap == Gap::Any)
                && nfa.satisfies(signature, *terminal)
            {
                to.push(*next);
            }
        }
        let id = self.state(nfa, to);
        if let Some(entry) = self.table.get_mut(slot) {
            *entry = id;
        }
        (id != DEAD).then_some(id)
    }

    /// Forgets what was learnt when it has grown too large; call between matches only.
    pub fn bound(&mut self, nfa: &Nfa) {
        if self.members.len() > STATES {
            self.reset(nfa);
        }
    }

    /// Gives the rules that match up to a state, first rule first.
    pub fn accepts(&self, state: StateId) -> &[u16] {
        self.accepts.get(state as usize).map_or(&[], Vec::as_slice)
    }
}
