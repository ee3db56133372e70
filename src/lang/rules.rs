//! The rules of a language: what each looks for, what it means, and the phrases that prove it.

use super::holidays::Holiday;
use super::lexicon::{Builder, Terminal};
use super::pattern::{self, Node};
use crate::model::TimexClass;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::rc::Rc;

/// What the slots of a rule add up to; each has its builder in `tag`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Means {
    /// Fields of the calendar: year, month, day, weekday …
    Fields,
    /// A unit by its place to the anchor's: yesterday, last week.
    Unit,
    /// A count of units from the publication date: three days ago.
    Ago,
    /// A count of units from the date told last: two days later.
    Later,
    /// A count of units from a date that is named: two days after March 5.
    After,
    /// A decade.
    Decade,
    /// A century.
    Century,
    /// A time of day, on the anchor's day.
    Clock,
    /// "now"
    Present,
    /// "recently"
    Past,
    /// "soon"
    Future,
    /// A length of time.
    Duration,
    /// Something that recurs.
    Set,
    /// A unit that the text has told of: the quarter, the latest period.
    Definite,
    /// A day of the calendar with a name: Christmas, Thanksgiving.
    Holiday,
    /// The stretch up to or from the anchor: the past two weeks.
    Stretch,
    /// A numeric date whose day and month could be either way round.
    Numeric,
    /// From one date to another.
    Range,
    /// One of the days, weeks or weekdays in a date: the first week of May.
    Nth,
    /// The date told last: by then.
    Then,
    /// No date: found only so that nothing else is found in it.
    Nothing,
}

/// The slots that a pattern fills.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum Slot {
    Year,
    Month,
    Day,
    Weekday,
    Of,
    WholeWeek,
    N,
    Unit,
    Frac,
    Over,
    Under,
    N2,
    Unit2,
    Dir,
    Edge,
    Hour,
    Minute,
    Second,
    Ampm,
    Zone,
    Daypart,
    Century,
    Decade,
    Era,
    Fiscal,
    Times,
    Mod,
    Year2,
    Month2,
    Day2,
    Weekday2,
    Hour2,
    Minute2,
    Century2,
    Holiday,
    First,
    Told,
    Plus,
    Minus,
    Other,
}

impl Slot {
    /// How many slots there are.
    pub const COUNT: usize = Slot::Other as usize + 1;

    fn named(name: &str) -> Option<Slot> {
        use serde::de::{IntoDeserializer, value::Error};
        Slot::deserialize(IntoDeserializer::<Error>::into_deserializer(name)).ok()
    }
}

/// A pattern with its words looked up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// One token.
    Step(Terminal),
    /// One after the other.
    Seq(Vec<Part>),
    /// One of them.
    Alt(Vec<Part>),
    /// May be missing.
    Opt(Box<Part>),
    /// The value of a slot.
    Slot(Slot, Box<Part>),
    /// No white space before it.
    Glued(Box<Part>),
}

#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
enum OneOrMany {
    One(String),
    Many(Vec<String>),
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct MacroData {
    name: String,
    is: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleData {
    rule: String,
    says: String,
    means: Means,
    #[serde(default)]
    class: Option<TimexClass>,
    find: OneOrMany,
    #[serde(default)]
    with: BTreeMap<Slot, i32>,
    #[serde(default)]
    when: BTreeMap<Slot, i32>,
    #[serde(default)]
    not_after: Option<String>,
    #[serde(default)]
    not_before: Option<String>,
    #[serde(default)]
    only_after: Option<String>,
    #[serde(default)]
    only_before: Option<String>,
    #[serde(default)]
    not_name: bool,
    #[serde(default)]
    accept: BTreeMap<String, String>,
    #[serde(default)]
    reject: Vec<String>,
}

/// One file of rules.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuleFile {
    #[serde(default)]
    macros: Vec<MacroData>,
    #[serde(default)]
    rules: Vec<RuleData>,
}

/// One rule: one form of date.
#[derive(Debug)]
pub struct Rule {
    /// Its name, as `explain` and `tag` give it.
    pub name: String,
    /// What it finds, in words.
    pub says: String,
    /// What its slots add up to.
    pub means: Means,
    /// The class of what it finds, where `means` alone does not say it.
    pub class: Option<TimexClass>,
    /// What it looks for.
    pub part: Part,
    /// Values of slots that the words do not give.
    pub with: BTreeMap<Slot, i32>,
    /// Values that slots must have: it counts for nothing with others.
    pub when: BTreeMap<Slot, i32>,
    /// It does not count right after one of these tokens …
    pub not_after: Option<Part>,
    /// … or right before these …
    pub not_before: Option<Part>,
    /// … and only after one of these …
    pub only_after: Option<Part>,
    /// … and only before these.
    pub only_before: Option<Part>,
    /// It does not count where it may be a given name: before a capitalised word, with no preposition.
    pub not_name: bool,
    /// Phrases that it finds, each with the TIMEX3 value that comes out; brackets mark the extent.
    pub accept: BTreeMap<String, String>,
    /// Phrases in which nothing of its kind is found.
    pub reject: Vec<String>,
}

/// Makes the rules that find named days.
pub fn of_holidays(holidays: &[Holiday]) -> RuleFile {
    let rules = holidays.iter().enumerate().map(|(i, holiday)| {
        let names = holiday.names.join(" | ");
        RuleData {
            rule: format!("holiday-{}", holiday.names.first().map(|n| slug(n)).unwrap_or_default()),
            says: "a day with a name".to_owned(),
            means: Means::Holiday,
            class: None,
            find: OneOrMany::Many(vec![
                format!("((the unit:<unit> | the? (last | first | very | next)? weekday:<weekday>) other:<befaf>)? (dir:<dir>)? ({names}) ((, | of)? year:<y4>)?"),
                format!("(dir:<dir>)? ({names}) (unit2:<feastunit> | <feasttime>) ((, | of)? year:<y4>)?"),
                format!("the unit:<feasteve> other:<feastof> ({names}) ((, | of)? year:<y4>)?"),
            ]),
            with: BTreeMap::from([(Slot::Holiday, i as i32)]),
            when: BTreeMap::new(),
            not_after: None,
            not_before: Some("<nofeast>".to_owned()),
            only_after: holiday.only_after.clone(),
            only_before: None,
            not_name: holiday.not_name,
            accept: holiday.accept.clone(),
            reject: Vec::new(),
        }
    });
    RuleFile { macros: Vec::new(), rules: rules.collect() }
}

fn slug(pattern: &str) -> String {
    let words = pattern.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    words.collect::<Vec<_>>().join("-")
}

/// Reads the files of rules, in their order, into rules.
pub fn compile(files: Vec<RuleFile>, builder: &mut Builder) -> Result<Vec<Rule>, String> {
    let mut macros: BTreeMap<String, Rc<Node>> = BTreeMap::new();
    let mut rules = Vec::new();
    for file in files {
        for m in file.macros {
            let node = pattern::parse(&m.is, &macros)?;
            macros.insert(m.name, Rc::new(node));
        }
        for data in file.rules {
            let mut read = |text: &str| -> Result<Part, String> {
                let node = pattern::parse(text, &macros).map_err(|e| format!("rule {}: {e}", data.rule))?;
                lookup(&node, builder).map_err(|e| format!("rule {}: {e}", data.rule))
            };
            let part = match &data.find {
                OneOrMany::One(text) => read(text)?,
                OneOrMany::Many(texts) => Part::Alt(texts.iter().map(|t| read(t)).collect::<Result<_, _>>()?),
            };
            let mut guard = |text: &Option<String>| text.as_deref().map(&mut read).transpose();
            let (not_after, not_before) = (guard(&data.not_after)?, guard(&data.not_before)?);
            let (only_after, only_before) = (guard(&data.only_after)?, guard(&data.only_before)?);
            rules.push(Rule {
                name: data.rule,
                says: data.says,
                means: data.means,
                class: data.class,
                part,
                with: data.with,
                when: data.when,
                not_after,
                not_before,
                only_after,
                only_before,
                not_name: data.not_name,
                accept: data.accept,
                reject: data.reject,
            });
        }
    }
    Ok(rules)
}

fn lookup(node: &Node, builder: &mut Builder) -> Result<Part, String> {
    let mut all = |nodes: &[Node]| nodes.iter().map(|n| lookup(n, builder)).collect::<Result<Vec<_>, _>>();
    Ok(match node {
        Node::Class(name) => Part::Step(builder.class(name).ok_or_else(|| format!("no class <{name}>"))?),
        Node::Literal(word) => Part::Step(builder.literal(word)),
        Node::Seq(nodes) => Part::Seq(all(nodes)?),
        Node::Alt(nodes) => Part::Alt(all(nodes)?),
        Node::Opt(node) => Part::Opt(Box::new(lookup(node, builder)?)),
        Node::Slot(name, node) => {
            let slot = Slot::named(name).ok_or_else(|| format!("no slot {name}"))?;
            Part::Slot(slot, Box::new(lookup(node, builder)?))
        }
        Node::Glued(node) => Part::Glued(Box::new(lookup(node, builder)?)),
        Node::Macro(node) => lookup(node, builder)?,
    })
}
