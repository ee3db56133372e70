//! The small language in which a rule says what it looks for.
//!
//! ```text
//! <class>    a word or number of a class: <month>, <day>, <unit>
//! word       this very word, in any case
//! , . / : '  this very sign; - is every hyphen and dash
//! {macro}    a named part, written once and used by many rules
//! \(         this very sign, where it means something here otherwise
//! slot:x     what x matches is the value of a slot: month:<month>
//! ~x         x stands right behind what is before it, without white space
//! x?         x may be missing
//! (a | b)    one or the other
//! ```
//! There is no repetition: the longest match of every rule is known, which keeps scanning linear.

use std::collections::BTreeMap;
use std::rc::Rc;

/// A parsed pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Node {
    /// `<class>`
    Class(String),
    /// A word, in lower case, or a sign.
    Literal(String),
    /// One after the other.
    Seq(Vec<Node>),
    /// One of them.
    Alt(Vec<Node>),
    /// May be missing.
    Opt(Box<Node>),
    /// The value of a slot.
    Slot(String, Box<Node>),
    /// No white space before it.
    Glued(Box<Node>),
    /// What a macro stands for; many rules share it.
    Macro(Rc<Node>),
}

/// Parses a pattern, with its macros put in; the error says what was expected where.
pub fn parse(text: &str, macros: &BTreeMap<String, Rc<Node>>) -> Result<Node, String> {
    let mut parser = Parser { text, at: 0, macros };
    let node = parser.alternatives()?;
    match parser.peek() {
        None => Ok(node),
        Some(c) => Err(parser.error(&format!("unexpected `{c}`"))),
    }
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
    macros: &'a BTreeMap<String, Rc<Node>>,
}

impl Parser<'_> {
    fn error(&self, what: &str) -> String {
        format!("{what} at byte {} of `{}`", self.at, self.text)
    }

    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn peek(&mut self) -> Option<char> {
        while let Some(c) = self.rest().chars().next() {
            if !c.is_whitespace() {
                return Some(c);
            }
            self.at += c.len_utf8();
        }
        None
    }

    fn eat(&mut self, c: char) -> bool {
        let hit = self.peek() == Some(c);
        if hit {
            self.at += c.len_utf8();
        }
        hit
    }

    fn name(&mut self) -> String {
        let name: String = self.rest().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
        self.at += name.len();
        name
    }

    fn alternatives(&mut self) -> Result<Node, String> {
        let mut all = vec![self.sequence()?];
        while self.eat('|') {
            all.push(self.sequence()?);
        }
        Ok(if all.len() == 1 { all.remove(0) } else { Node::Alt(all) })
    }

    fn sequence(&mut self) -> Result<Node, String> {
        let mut items = Vec::new();
        while let Some(c) = self.peek() {
            if c == '|' || c == ')' {
                break;
            }
            let glued = self.eat('~');
            let mut node = self.atom()?;
            if glued {
                node = Node::Glued(Box::new(node));
            }
            if self.rest().starts_with('?') {
                self.at += 1;
                node = Node::Opt(Box::new(node));
            }
            items.push(node);
        }
        match items.len() {
            0 => Err(self.error("a pattern needs something to look for")),
            1 => Ok(items.remove(0)),
            _ => Ok(Node::Seq(items)),
        }
    }

    fn atom(&mut self) -> Result<Node, String> {
        let Some(c) = self.peek() else {
            return Err(self.error("something to look for is missing"));
        };
        match c {
            '(' => {
                self.at += 1;
                let node = self.alternatives()?;
                if self.eat(')') { Ok(node) } else { Err(self.error("`)` is missing")) }
            }
            '<' | '{' => {
                self.at += 1;
                let name = self.name();
                let end = if c == '<' { '>' } else { '}' };
                if !self.eat(end) {
                    return Err(self.error(&format!("`{end}` is missing")));
                }
                if c == '<' {
                    return Ok(Node::Class(name));
                }
                let named = self.macros.get(&name).map(|node| Node::Macro(Rc::clone(node)));
                named.ok_or_else(|| self.error(&format!("no macro {{{name}}} stands above")))
            }
            c if c.is_alphanumeric() => {
                let name = self.name();
                if self.rest().starts_with(':') {
                    self.at += 1;
                    return Ok(Node::Slot(name, Box::new(self.atom()?)));
                }
                Ok(Node::Literal(name))
            }
            '\\' => {
                self.at += 1;
                let sign = self.rest().chars().next().ok_or_else(|| self.error("a sign is missing"))?;
                self.at += sign.len_utf8();
                Ok(Node::Literal(sign.to_string()))
            }
            c if "?)|>}~".contains(c) => Err(self.error(&format!("unexpected `{c}`"))),
            c => {
                self.at += c.len_utf8();
                Ok(Node::Literal(c.to_string()))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn none() -> BTreeMap<String, Rc<Node>> {
        BTreeMap::new()
    }

    #[test]
    fn reads_slots_options_and_glue() {
        let node = parse("month:<month> ~.? ( , | of )?", &none()).unwrap();
        assert_eq!(
            node,
            Node::Seq(vec![
                Node::Slot("month".into(), Box::new(Node::Class("month".into()))),
                Node::Opt(Box::new(Node::Glued(Box::new(Node::Literal(".".into()))))),
                Node::Opt(Box::new(Node::Alt(vec![Node::Literal(",".into()), Node::Literal("of".into())]))),
            ])
        );
    }

    #[test]
    fn reads_signs_of_its_own_behind_a_backslash() {
        let node = parse(r"\( year \)", &none()).unwrap();
        assert_eq!(node, Node::Seq(["(", "year", ")"].map(|s| Node::Literal(s.into())).into()));
    }

    #[test]
    fn says_what_is_wrong_and_where() {
        for (pattern, says) in [
            ("<month", "`>` is missing at byte 6"),
            ("(a | b", "`)` is missing"),
            ("{nothing}", "no macro {nothing}"),
            ("a | ", "needs something"),
            ("a ) b", "unexpected `)`"),
            ("a \\", "a sign is missing"),
        ] {
            let error = parse(pattern, &none()).unwrap_err();
            assert!(error.contains(says), "{pattern}: {error}");
        }
    }
}
