//! Tables: what a column is called, what it holds, and a line of values.
//! The struct of a row declares its columns with its fields, so that no format can leave one out or give it another name.

use serde::{Serialize, Serializer};

use super::Rows;
use super::article_row::ArticleRow;
use super::place_row::PlaceRow;
use super::row::Row;
use crate::model::{EventType, How, Kind, Polarity, Precision, Role, Sense};

/// What a column holds; null beside it, always.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Type {
    Text,
    Integer,
    Real,
    Boolean,
    /// Text of the form `2016-10-17T00:00:00Z`, to the second and in UTC.
    Timestamp,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Column {
    pub name: &'static str,
    pub holds: Type,
}

/// What stands in a column of a line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Value<'a> {
    Null,
    /// A timestamp, too.
    Text(&'a str),
    Integer(i64),
    Real(f64),
    Boolean(bool),
}

impl<'a> Value<'a> {
    pub(crate) fn text(self) -> Option<&'a str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    pub(crate) fn real(self) -> Option<f64> {
        match self {
            Self::Real(number) => Some(number),
            _ => None,
        }
    }
}

impl Serialize for Value<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match *self {
            Self::Null => serializer.serialize_none(),
            Self::Text(text) => serializer.serialize_str(text),
            Self::Integer(number) => serializer.serialize_i64(number),
            Self::Real(number) => serializer.serialize_f64(number),
            Self::Boolean(yes) => serializer.serialize_bool(yes),
        }
    }
}

/// A row of any table.
#[derive(Clone, Debug)]
pub(crate) struct Line<'a> {
    /// Which table it is of.
    pub rows: Rows,
    /// As many as the table has columns, in their order.
    pub values: Vec<Value<'a>>,
    /// The number of the mention that it is of, or of the place of its event, among the mentions of its article.
    pub mention: Option<usize>,
}

impl<'a> Line<'a> {
    /// What stands in a column; null where the table has no such column.
    pub(crate) fn get(&self, name: &str) -> Value<'a> {
        let number = self.rows.columns().iter().position(|column| column.name == name);
        number.and_then(|number| self.values.get(number)).copied().unwrap_or(Value::Null)
    }

    /// What is unique in the table: every table begins with it.
    pub(crate) fn id(&self) -> &'a str {
        self.values.first().and_then(|value| value.text()).unwrap_or_default()
    }

    /// Latitude and longitude, WGS 84 degrees.
    pub(crate) fn point(&self) -> Option<(f64, f64)> {
        self.get("latitude").real().zip(self.get("longitude").real())
    }

    /// The columns with what stands in them.
    pub(crate) fn cells(&self) -> impl Iterator<Item = (&'static Column, Value<'a>)> + use<'_, 'a> {
        self.rows.columns().iter().zip(self.values.iter().copied())
    }

    /// The first and the last timestamp of when it was: an event, or the publication.
    pub(crate) fn period(&self) -> Option<(&'a str, &'a str)> {
        let span = |first, last| self.get(first).text().zip(self.get(last).text());
        match self.rows {
            Rows::Events => span("event_start", "event_end"),
            Rows::Places => span("first_published", "last_published"),
            Rows::Mentions | Rows::Articles => {
                span("published", "published").or_else(|| span("date_start", "date_end"))
            }
        }
    }
}

impl Rows {
    /// The columns of the table.
    pub(crate) const fn columns(self) -> &'static [Column] {
        match self {
            Self::Mentions | Self::Events => Row::COLUMNS,
            Self::Places => PlaceRow::COLUMNS,
            Self::Articles => ArticleRow::COLUMNS,
        }
    }
}

/// Declares a row: fields with their types, and what the columns of that name hold.
macro_rules! row {
    ($(#[$about:meta])* $sight:vis struct $row:ident {
        $($(#[$told:meta])* pub $field:ident: $kind:ty as $holds:ident,)*
    }) => {
        $(#[$about])*
        #[derive(Clone, Debug, Default, PartialEq, serde::Serialize)]
        $sight struct $row { $($(#[$told])* pub $field: $kind,)* }

        impl $row {
            /// Without signs that no table can be trusted with, whatever stood in the article.
            fn clean(mut self) -> Self {
                $($crate::export::table::Cell::clean(&mut self.$field);)*
                self
            }

            pub(crate) const COLUMNS: &'static [$crate::export::table::Column] = &[$(
                $crate::export::table::Column {
                    name: stringify!($field),
                    holds: $crate::export::table::Type::$holds,
                },
            )*];

            /// The row as a line of a table.
            pub(crate) fn line(&self, rows: $crate::export::Rows) -> $crate::export::table::Line<'_> {
                use $crate::export::table::Cell;
                let values = vec![$(self.$field.value(),)*];
                $crate::export::table::Line { rows, values, mention: None }
            }
        }
    };
}
pub(super) use row;

/// A field that stands in a column.
pub(crate) trait Cell {
    fn value(&self) -> Value<'_>;

    /// Puts U+FFFD in the place of every control character that is no white space: to some programs a text ends at one.
    fn clean(&mut self) {}
}

/// A text without such signs.
pub(crate) fn clean(text: &str) -> String {
    text.replace(is_control, "\u{fffd}")
}

fn is_control(c: char) -> bool {
    c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{85}')
}

impl<T: Cell> Cell for Option<T> {
    fn value(&self) -> Value<'_> {
        self.as_ref().map_or(Value::Null, Cell::value)
    }

    fn clean(&mut self) {
        self.iter_mut().for_each(Cell::clean);
    }
}

impl Cell for String {
    fn value(&self) -> Value<'_> {
        Value::Text(self)
    }

    fn clean(&mut self) {
        if self.contains(is_control) {
            *self = clean(self);
        }
    }
}

impl Cell for f64 {
    fn value(&self) -> Value<'_> {
        if self.is_finite() { Value::Real(*self) } else { Value::Null }
    }
}

impl Cell for bool {
    fn value(&self) -> Value<'_> {
        Value::Boolean(*self)
    }
}

macro_rules! numbers {
    ($($number:ty),*) => {
        $(impl Cell for $number {
            fn value(&self) -> Value<'_> {
                i64::try_from(*self).map_or(Value::Null, Value::Integer)
            }
        })*
    };
}

macro_rules! words {
    ($($word:ty),*) => {
        $(impl Cell for $word {
            fn value(&self) -> Value<'_> {
                Value::Text(self.as_str())
            }
        })*
    };
}

numbers!(u32, u64, usize);
words!(EventType, How, Kind, Polarity, Precision, Role, Sense);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_has_a_value_of_its_type_in_every_column() {
        let row = Row { latitude: Some(1.5), event_background: Some(true), ..Row::default() };
        let place = PlaceRow { mentions: 3, score: Some(0.5), ..PlaceRow::default() };
        let article = ArticleRow { latitude: Some(0.5), pages: Some(2), ..ArticleRow::default() };
        for line in [row.line(Rows::Mentions), place.line(Rows::Places), article.line(Rows::Articles)] {
            assert_eq!(line.values.len(), line.rows.columns().len());
            for (column, value) in line.cells() {
                let fits = match value {
                    Value::Null => true,
                    Value::Text(_) => matches!(column.holds, Type::Text | Type::Timestamp),
                    Value::Integer(_) => column.holds == Type::Integer,
                    Value::Real(_) => column.holds == Type::Real,
                    Value::Boolean(_) => column.holds == Type::Boolean,
                };
                assert!(fits, "{column:?}: {value:?}");
            }
        }
    }

    /// Forms that take a row as a whole and tables cannot disagree.
    #[test]
    fn a_row_has_the_same_fields_wherever_it_is_written() {
        let row = Row { id: "a".into(), char_end: 7, ..Row::default() };
        let whole = serde_json::to_value(&row).unwrap();
        let cells: serde_json::Map<_, _> = row
            .line(Rows::Mentions)
            .cells()
            .map(|(column, value)| (column.name.to_owned(), serde_json::to_value(value).unwrap()))
            .collect();
        assert_eq!(whole, serde_json::Value::Object(cells));
    }
}
