//! What a template is given: words and flags, in records and lists.

use super::view::DateView;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;
use tera::Value;

/// Named values, as a template or a record holds them.
pub(super) type Fields<'f> = Vec<(&'static str, Field<'f>)>;

/// A value of a template.
#[derive(Debug, Clone)]
pub(super) enum Field<'f> {
    None,
    Flag(bool),
    Number(usize),
    Text(Cow<'f, str>),
    /// Text that is HTML already; it may hold [`super::cast::ROOT`].
    Html(Cow<'f, str>),
    Date(Arc<DateView>),
    List(Vec<Field<'f>>),
    Record(Fields<'f>),
    /// A record that several pages are given.
    Lent(&'f [(&'static str, Field<'f>)]),
    /// What every page is given alike.
    Same(&'f Value),
}

impl<'f> Field<'f> {
    pub(super) fn html(html: impl Into<Cow<'f, str>>) -> Field<'f> {
        Field::Html(html.into())
    }

    pub(super) fn list<T: Into<Field<'f>>>(items: impl IntoIterator<Item = T>) -> Field<'f> {
        Field::List(items.into_iter().map(Into::into).collect())
    }

    /// Gives it as Tera takes values.
    pub(super) fn value(&self) -> Value {
        match self {
            Field::None => Value::none(),
            Field::Flag(flag) => Value::from(*flag),
            Field::Number(number) => Value::from(*number),
            Field::Text(text) => Value::normal_string(text),
            Field::Html(html) => Value::safe_string(html),
            Field::Date(date) => {
                let datetime = date.datetime.as_deref().map_or_else(Value::none, Value::normal_string);
                Value::from(BTreeMap::from([
                    ("words", Value::normal_string(&date.words)),
                    ("short", Value::normal_string(&date.short)),
                    ("edtf", Value::normal_string(&date.edtf)),
                    ("datetime", datetime),
                ]))
            }
            Field::List(items) => Value::from(items.iter().map(Field::value).collect::<Vec<_>>()),
            Field::Record(fields) => record(fields),
            Field::Lent(fields) => record(fields),
            Field::Same(value) => (*value).clone(),
        }
    }
}

fn record(fields: &[(&'static str, Field)]) -> Value {
    Value::from(fields.iter().map(|(key, field)| (*key, field.value())).collect::<BTreeMap<_, _>>())
}

impl<'f> From<&'f str> for Field<'f> {
    fn from(text: &'f str) -> Field<'f> {
        Field::Text(Cow::Borrowed(text))
    }
}

impl<'f> From<&'f String> for Field<'f> {
    fn from(text: &'f String) -> Field<'f> {
        Field::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Field<'_> {
    fn from(text: String) -> Self {
        Field::Text(Cow::Owned(text))
    }
}

impl<'f> From<Cow<'f, str>> for Field<'f> {
    fn from(text: Cow<'f, str>) -> Field<'f> {
        Field::Text(text)
    }
}

impl From<bool> for Field<'_> {
    fn from(flag: bool) -> Self {
        Field::Flag(flag)
    }
}

impl From<usize> for Field<'_> {
    fn from(number: usize) -> Self {
        Field::Number(number)
    }
}

impl From<Arc<DateView>> for Field<'_> {
    fn from(date: Arc<DateView>) -> Self {
        Field::Date(date)
    }
}

impl<'f> From<Fields<'f>> for Field<'f> {
    fn from(fields: Fields<'f>) -> Field<'f> {
        Field::Record(fields)
    }
}

impl<'f, T: Into<Field<'f>>> From<Option<T>> for Field<'f> {
    fn from(some: Option<T>) -> Field<'f> {
        some.map_or(Field::None, Into::into)
    }
}
