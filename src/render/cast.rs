//! Pages that differ in their words alone, filled without evaluating their template once more.
//!
//! The theme's own templates write the texts they are given as they are, and ask of them but whether they are
//! there. So what a template makes of values of one shape (which of them are there, how long each list is) is
//! always the same but for the texts. The first page of a shape is filled with marks in the place of texts, which
//! gives its cast; every other page of that shape is poured. A template that the site changed is always evaluated.

use super::field::Field;
use super::{RenderError, escape};
use foldhash::fast::RandomState;
use std::collections::{BTreeSet, HashMap};
use std::ops::Range;
use std::sync::{PoisonError, RwLock};
use tera::{Context, Tera, Value};

/// Stands for the way to the root in fragments that pages at several depths share; no text holds it.
pub(super) const ROOT: &str = "\u{1}";

/// Stand around the number of a text in a cast; no text holds them, since control characters are written otherwise.
const OPENS: char = '\u{2}';
const CLOSES: char = '\u{3}';

/// Shapes that are kept; what comes in more shapes than these is evaluated.
const SHAPES: usize = 4096;

/// The casts of a theme's templates.
#[derive(Debug)]
pub(super) struct Casts {
    /// Templates that are the theme's own, with all that they build on.
    plain: BTreeSet<&'static str>,
    made: RwLock<HashMap<Box<[u8]>, Cast, RandomState>>,
}

/// What a template makes of values of one shape.
#[derive(Debug)]
struct Cast {
    text: String,
    parts: Vec<Part>,
}

#[derive(Debug)]
enum Part {
    Text(Range<usize>),
    /// The text of this number.
    Hole(usize),
}

/// A text that a cast leaves open.
#[derive(Debug, Clone, Copy)]
enum Filling<'f> {
    Text(&'f str),
    Html(&'f str),
    Number(usize),
}

impl Casts {
    /// Makes none yet; `plain` are the templates whose pages may be cast.
    pub(super) fn new(plain: BTreeSet<&'static str>) -> Casts {
        Casts { plain, made: RwLock::default() }
    }

    /// Fills a template and appends what comes of it; `root` is the way to the root, or [`ROOT`] in a fragment.
    ///
    /// # Errors
    /// When the template cannot be filled.
    pub(super) fn fill(
        &self,
        tera: &Tera,
        template: &'static str,
        root: &str,
        fields: &[(&'static str, Field)],
        out: &mut Vec<u8>,
    ) -> Result<(), RenderError> {
        let (mut key, mut fillings) = (Vec::with_capacity(128), Vec::with_capacity(40));
        key.extend_from_slice(template.as_bytes());
        key.push(0);
        fillings.push(Filling::Html(root));
        shape_of(fields, &mut key, &mut fillings);
        // Poured where it lies: a cast is seldom made, and a count of who holds it would go from core to core.
        let made = self.made.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(cast) = made.get(key.as_slice()) {
            cast.pour(&fillings, root, out);
            return Ok(());
        }
        let full = made.len() >= SHAPES;
        drop(made);
        if full || !self.plain.contains(template) {
            return evaluated(tera, template, root, fields, out);
        }
        let cast = Cast::make(tera, template, fields)?;
        cast.pour(&fillings, root, out);
        let mut made = self.made.write().unwrap_or_else(PoisonError::into_inner);
        made.insert(key.into_boxed_slice(), cast);
        Ok(())
    }
}

/// Evaluates a template and writes the way to the root where fragments in it need it.
fn evaluated(
    tera: &Tera,
    template: &str,
    root: &str,
    fields: &[(&'static str, Field)],
    out: &mut Vec<u8>,
) -> Result<(), RenderError> {
    let mut context = Context::new();
    context.insert_value("root", Value::safe_string(root));
    for (key, field) in fields {
        context.insert_value(*key, field.value());
    }
    if root == ROOT {
        tera.render_to(template, &context, out)?;
        return Ok(());
    }
    let mut bytes = Vec::with_capacity(8 * 1024);
    tera.render_to(template, &context, &mut bytes)?;
    push_rooted(out, &bytes, root);
    Ok(())
}

/// Appends bytes with the way to the root where they have a mark for it.
pub(super) fn push_rooted(out: &mut Vec<u8>, bytes: &[u8], root: &str) {
    let mut from = 0;
    for at in memchr::memchr_iter(1, bytes) {
        out.extend_from_slice(bytes.get(from..at).unwrap_or_default());
        out.extend_from_slice(root.as_bytes());
        from = at + 1;
    }
    out.extend_from_slice(bytes.get(from..).unwrap_or_default());
}

/// Notes the shape of some fields and their texts, in one order.
fn shape_of<'f>(fields: &'f [(&'static str, Field<'f>)], key: &mut Vec<u8>, fillings: &mut Vec<Filling<'f>>) {
    for (_, field) in fields {
        shape(field, key, fillings);
    }
}

fn shape<'f>(field: &'f Field<'f>, key: &mut Vec<u8>, fillings: &mut Vec<Filling<'f>>) {
    match field {
        Field::None => key.push(b'-'),
        Field::Flag(flag) => key.push(if *flag { b'y' } else { b'n' }),
        Field::Number(number) => {
            key.push(if *number > 0 { b'1' } else { b'0' });
            fillings.push(Filling::Number(*number));
        }
        Field::Text(text) => {
            key.push(if text.is_empty() { b'e' } else { b't' });
            fillings.push(Filling::Text(text));
        }
        Field::Html(html) => {
            key.push(if html.is_empty() { b'E' } else { b'h' });
            fillings.push(Filling::Html(html));
        }
        Field::Date(date) => {
            key.push(if date.datetime.is_some() { b'd' } else { b'D' });
            fillings.extend([&date.words, &date.short, &date.edtf].map(|text| Filling::Text(text)));
            fillings.extend(date.datetime.as_deref().map(Filling::Text));
        }
        Field::List(items) => {
            key.push(b'[');
            items.iter().for_each(|item| shape(item, key, fillings));
            key.push(b']');
        }
        Field::Record(fields) => {
            key.push(b'{');
            shape_of(fields, key, fillings);
            key.push(b'}');
        }
        Field::Lent(fields) => {
            key.push(b'{');
            shape_of(fields, key, fillings);
            key.push(b'}');
        }
        Field::Same(_) => key.push(b's'),
    }
}

/// Gives marks in the place of texts, numbered in the order in which [`shape`] notes them.
struct Marks(usize);

impl Marks {
    fn next(&mut self) -> Value {
        let mark = format!("{OPENS}{}{CLOSES}", self.0);
        self.0 += 1;
        Value::safe_string(&mark)
    }

    fn text(&mut self, text: &str) -> Value {
        let mark = self.next();
        if text.is_empty() { Value::normal_string("") } else { mark }
    }

    fn record<'f>(&mut self, fields: &'f [(&'static str, Field<'f>)]) -> Value {
        let marked = fields.iter().map(|(key, field)| (*key, self.value(field)));
        Value::from(marked.collect::<std::collections::BTreeMap<_, _>>())
    }

    fn value(&mut self, field: &Field) -> Value {
        match field {
            Field::None | Field::Flag(_) | Field::Same(_) => field.value(),
            Field::Number(number) => {
                let mark = self.next();
                if *number > 0 { mark } else { Value::from(0) }
            }
            Field::Text(text) | Field::Html(text) => self.text(text),
            Field::Date(date) => {
                let [words, short, edtf] = [&date.words, &date.short, &date.edtf].map(|text| self.text(text));
                let datetime = if date.datetime.is_some() { self.next() } else { Value::none() };
                let fields = [("words", words), ("short", short), ("edtf", edtf), ("datetime", datetime)];
                Value::from(std::collections::BTreeMap::from(fields))
            }
            Field::List(items) => Value::from(items.iter().map(|item| self.value(item)).collect::<Vec<_>>()),
            Field::Record(fields) => self.record(fields),
            Field::Lent(fields) => self.record(fields),
        }
    }
}

impl Cast {
    fn make(tera: &Tera, template: &str, fields: &[(&'static str, Field)]) -> Result<Cast, RenderError> {
        let (mut context, mut marks) = (Context::new(), Marks(0));
        context.insert_value("root", marks.next());
        for (key, field) in fields {
            let value = marks.value(field);
            context.insert_value(*key, value);
        }
        let mut bytes = Vec::with_capacity(8 * 1024);
        tera.render_to(template, &context, &mut bytes)?;
        // Templates and values are text, so that nothing else can come of them.
        let text = String::from_utf8(bytes).unwrap_or_default();
        let (mut parts, mut from) = (Vec::new(), 0);
        for (at, _) in text.match_indices(OPENS) {
            let number = text.get(at + 1..).and_then(|rest| rest.split_once(CLOSES)).map_or("", |(number, _)| number);
            if let Ok(hole) = number.parse() {
                parts.extend([Part::Text(from..at), Part::Hole(hole)]);
                from = at + number.len() + 2;
            }
        }
        parts.push(Part::Text(from..text.len()));
        Ok(Cast { text, parts })
    }

    fn pour(&self, fillings: &[Filling], root: &str, out: &mut Vec<u8>) {
        for part in &self.parts {
            match part {
                Part::Text(range) => out.extend_from_slice(self.text.get(range.clone()).unwrap_or_default().as_bytes()),
                Part::Hole(n) => match fillings.get(*n) {
                    Some(Filling::Text(text)) => escape::push_bytes(out, text),
                    Some(Filling::Html(html)) if root == ROOT || *n == 0 => out.extend_from_slice(html.as_bytes()),
                    Some(Filling::Html(html)) => push_rooted(out, html.as_bytes(), root),
                    Some(Filling::Number(number)) => out.extend_from_slice(number.to_string().as_bytes()),
                    None => {}
                },
            }
        }
    }
}
