//! Why a site cannot be rendered.

use std::ops::Range;
use tera::ErrorKind;

/// Why a site cannot be rendered.
#[derive(Debug, thiserror::Error)]
pub enum RenderError {
    /// A template cannot be read or filled.
    #[error("{0}")]
    Template(Box<Fault>),
    /// A template is not UTF-8.
    #[error("`{0}` is not UTF-8")]
    Encoding(String),
    /// The events cannot be written as JSON.
    #[error("the events cannot be written as JSON: {0}")]
    Json(#[from] serde_json::Error),
    /// The events cannot be written as a table.
    #[error("the events cannot be written as a table: {0}")]
    Table(#[from] csv::Error),
}

/// A mistake in a template: where and what.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fault {
    /// The template's name: `article.html` of the site, `builtin/article.html` of the theme; empty where it is not known.
    pub template: String,
    /// The line, from 1, where it is known.
    pub line: Option<usize>,
    /// The column in characters, from 1, and how many are meant, where no bytes are known.
    pub column: Option<(usize, usize)>,
    /// The bytes of the template that are meant, where they are known.
    pub range: Option<Range<usize>>,
    /// A tag of the template that is meant where no bytes are known: its first word and the name behind it.
    pub tag: Option<(&'static str, String)>,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: Option<&'static str>,
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match (self.template.as_str(), self.line) {
            ("", _) => f.write_str(&self.message),
            (template, None) => write!(f, "{template}: {}", self.message),
            (template, Some(line)) => write!(f, "{template}:{line}: {}", self.message),
        }
    }
}

impl Fault {
    /// Finds the bytes that are meant in the text of the template.
    pub fn place(&self, text: &str) -> Option<Range<usize>> {
        if self.range.is_some() {
            return self.range.clone();
        }
        if let (Some(line), Some((column, length))) = (self.line, self.column) {
            let start = text.split_inclusive('\n').take(line - line.min(1)).map(str::len).sum::<usize>();
            let mut from = text.get(start..)?.char_indices().map(|(i, _)| start + i).skip(column - column.min(1));
            let at = from.next()?;
            return Some(at..from.nth(length.saturating_sub(1)).unwrap_or(text.len()));
        }
        let (word, name) = self.tag.as_ref()?;
        let found = ['"', '\''].iter().find_map(|quote| {
            let quoted = format!("{quote}{name}{quote}");
            text.match_indices(&quoted).find(|(at, _)| text.get(..*at).is_some_and(|t| t.trim_end().ends_with(word)))
        });
        found.map(|(at, quoted)| at..at + quoted.len())
    }
}

const EXISTING: &str = "name a file in `templates/`, or a built-in one as in `builtin/base.html`";

/// What Tera's report begins with, what is said instead (`None`: its own words), and what to do.
const WORDS: &[(&str, Option<&str>, &str)] = &[
    (
        "Template already contains a block named",
        Some("this block stands twice in the template:"),
        "remove one of the two",
    ),
    ("Unknown template", Some("there is no template"), EXISTING),
    ("Block `", None, "a template that extends another fills blocks of that one only: use one of its names"),
    ("Unknown component", Some("there is no component"), "remove it, or define it in a template"),
    ("Unknown filter", Some("there is no filter"), "remove it, or use one that Tera has built in"),
    ("Unknown function", Some("there is no function"), "remove it, or use one that Tera has built in"),
    ("Unknown test", Some("there is no test"), "remove it, or use one that Tera has built in"),
    (
        "Unexpected end of input",
        Some("the template ends too early"),
        "close every `{%`, `{{` and `{#`, and every block, `if` and `for` with its `end…`",
    ),
    ("Found", None, "write it as in `{{ value }}` or `{% if value %}…{% endif %}`"),
];

impl From<tera::Error> for RenderError {
    fn from(error: tera::Error) -> RenderError {
        use std::error::Error;
        let fault = match error.kind() {
            ErrorKind::SyntaxError(report) => located(report, None),
            ErrorKind::RenderingError(report) => located(
                report,
                Some("a page gives its template certain values; `{% if value %}` asks whether one is there"),
            ),
            ErrorKind::MissingParent { current, parent } => Fault {
                template: current.clone(),
                tag: Some(("extends", parent.clone())),
                message: format!("there is no template `{parent}`"),
                help: Some(EXISTING),
                ..Fault::default()
            },
            ErrorKind::CircularExtend { tpl, inheritance_chain } => circle("extends", tpl, inheritance_chain),
            ErrorKind::CircularInclude { tpl, include_chain } => circle("include", tpl, include_chain),
            ErrorKind::TemplateNotFound(name) => {
                Fault { message: format!("there is no template `{name}`"), help: Some(EXISTING), ..Fault::default() }
            }
            kind => {
                let mut message = kind.to_string();
                let mut cause = error.source();
                while let Some(deeper) = cause {
                    message.push_str(": ");
                    message.push_str(&deeper.to_string());
                    cause = deeper.source();
                }
                // Tera joins its reports on names that mean nothing into one text: the first is told.
                let reports = message.split("error: ").filter_map(report);
                reports
                    .min_by_key(|fault| (fault.template.clone(), fault.line, fault.column))
                    .unwrap_or(Fault { message, ..Fault::default() })
            }
        };
        RenderError::Template(Box::new(fault))
    }
}

fn located(report: &tera::ReportError, help: Option<&'static str>) -> Fault {
    let (message, known) = worded(report.message());
    Fault {
        template: report.filename().to_owned(),
        line: Some(report.span().start_line),
        range: Some(report.span().range.clone()),
        message,
        help: known.or(help),
        ..Fault::default()
    }
}

/// Reads one of Tera's reports: the message, `--> name:line:column`, the line with carets.
fn report(text: &str) -> Option<Fault> {
    let (said, rest) = text.split_once("--> ")?;
    let mut place = rest.lines().next()?.trim().rsplitn(3, ':');
    let (column, line) = (place.next()?.parse().ok()?, place.next()?.parse().ok()?);
    let template = place.next()?.to_owned();
    let carets =
        rest.lines().find(|l| l.trim_start().starts_with('|') && l.contains('^')).map_or(1, |l| l.matches('^').count());
    let (message, help) = worded(said);
    Some(Fault { template, line: Some(line), column: Some((column, carets)), message, help, ..Fault::default() })
}

/// A message in our words, and what to do where that is known.
fn worded(said: &str) -> (String, Option<&'static str>) {
    let said = said.lines().next().unwrap_or_default().trim();
    let known = WORDS.iter().find(|(start, ..)| said.starts_with(start));
    let message = match known {
        Some((start, Some(instead), _)) => format!("{instead}{}", said.get(start.len()..).unwrap_or_default()),
        _ => lower_first(said),
    };
    (message, known.map(|(.., help)| *help))
}

fn circle(word: &'static str, template: &str, chain: &[String]) -> Fault {
    let next = chain.iter().skip_while(|name| *name != template).nth(1).or(chain.first());
    Fault {
        template: template.to_owned(),
        tag: next.map(|name| (word, name.clone())),
        message: "this template leads back to itself".to_owned(),
        help: Some("to build on the theme's own template of this name, write `builtin/` before it"),
        ..Fault::default()
    }
}

/// A sentence with a small first letter, as our messages begin.
fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or(String::new(), |first| first.to_lowercase().chain(chars).collect())
}
