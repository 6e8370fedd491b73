//! What is said about one mention or event, gathered from the values of its fields.

use std::collections::BTreeMap;

use super::super::edit::{Field, Held, Value};
use super::super::state::State;
use crate::model::{Decided, How, Span};

/// All that is said about one thing of an article.
#[derive(Clone, Debug)]
pub(super) struct Voice<'a> {
    /// The words it is kept under.
    pub(super) key: Span,
    fields: Vec<(Field, &'a Held)>,
}

impl<'a> Voice<'a> {
    /// Everything that is said, thing by thing, in the order of the text.
    pub(super) fn all(values: &'a BTreeMap<(Span, Field), Held>) -> Vec<Voice<'a>> {
        let mut voices: Vec<Voice<'a>> = Vec::new();
        for ((key, field), held) in values {
            match voices.last_mut().filter(|voice| voice.key == *key) {
                Some(voice) => voice.fields.push((*field, held)),
                None => voices.push(Voice { key: *key, fields: vec![(*field, held)] }),
            }
        }
        voices
    }

    /// What one field holds.
    pub(super) fn held(&self, field: Field) -> Option<&'a Held> {
        self.fields.iter().find(|(other, _)| *other == field).map(|(_, held)| *held)
    }

    /// The value of one field.
    pub(super) fn value(&self, field: Field) -> Option<&'a Value> {
        self.held(field).map(|held| &held.value)
    }

    /// Whether one of these fields holds something.
    pub(super) fn says(&self, fields: &[Field]) -> bool {
        fields.iter().any(|field| self.held(*field).is_some())
    }

    /// When the last of it was said, seconds since 1970, and a number that parts those of one second.
    pub(super) fn last(&self, state: &State) -> (i64, u64) {
        let when = |held: &Held| (state.author(held.entry).map_or(0, |author| author.at), held.entry.0);
        self.fields.iter().map(|(_, held)| when(held)).max().unwrap_or_default()
    }

    /// What goes with the thing: who settled it by the first of these fields that holds something, with notes and tags.
    pub(super) fn decided(&self, how: How, by: &[Field], state: &State) -> Decided {
        let settled = by.iter().find_map(|field| self.held(*field));
        let held = settled.or_else(|| self.fields.first().map(|(_, held)| *held));
        let author = held.filter(|_| how != How::Auto).and_then(|held| state.author(held.entry));
        let note = match self.value(Field::Note) {
            Some(Value::Text(note)) => Some(note.clone()),
            _ => None,
        };
        let tags = match self.value(Field::Tags) {
            Some(Value::Tags(tags)) => tags.clone(),
            _ => Vec::new(),
        };
        Decided {
            how,
            by: author.map(|author| author.who.clone()).unwrap_or_default(),
            note,
            tags,
            found: None,
        }
    }
}

/// Whether a span covers words of a text.
pub(super) fn fits(span: Span, text: &str) -> bool {
    !span.is_empty() && text.get(span.start..span.end).is_some()
}
