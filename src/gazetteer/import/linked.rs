//! Linked Places, the interchange format of historical gazetteers, as GeoJSON:
//! <https://github.com/LinkedPasts/linked-places-format>. Its table form, LP-TSV, is read as any table.
//! When a place was what is not read: names of all times are looked up alike.

use std::borrow::Cow;

use serde_json::Value;

use super::columns::{Field, Fields};

/// Whether a feature is one of Linked Places: it names itself, or has names and types of its own.
pub(super) fn is_linked(feature: &Value) -> bool {
    let title = feature.pointer("/properties/title").is_some();
    title
        && (feature.get("@id").is_some() || feature.get("names").is_some() || feature.get("types").is_some())
}

/// What it says of itself.
pub(super) fn fields(feature: &Value) -> Fields<'_> {
    let mut fields = Fields::default();
    let mut set = |field, value: Option<Cow<'static, str>>| {
        if let Some(value) = value {
            fields.set(field, value);
        }
    };
    let owned = |value: Option<&Value>| value.and_then(text).map(|text| Cow::Owned(text.into_owned()));
    set(Field::Id, owned(feature.get("@id").or_else(|| feature.get("id"))));
    set(Field::Name, owned(feature.pointer("/properties/title")));
    set(Field::Country, owned(feature.pointer("/properties/ccodes")));
    set(Field::Class, owned(feature.pointer("/properties/fclasses")));
    set(Field::Feature, owned(feature.get("types").and_then(kind)));
    set(Field::Parent, owned(parent(feature)));
    let names: Vec<Cow<'_, str>> =
        items(feature.get("names")).filter_map(|name| text(name.get("toponym")?)).collect();
    set(Field::Names, Some(Cow::Owned(names.join("|"))));
    fields
}

/// The label of the first type; some sources give it under the word that they use themselves.
fn kind(types: &Value) -> Option<&Value> {
    let first = types.as_array()?.first()?;
    let own = || first.pointer("/sourceLabels/0/label").or_else(|| first.get("sourceLabel"));
    first.get("label").filter(|label| !label.is_null()).or_else(own)
}

/// The identifier of what it is part of.
fn parent(feature: &Value) -> Option<&Value> {
    let around = |relation: &&Value| {
        let kind = relation.get("relationType").and_then(Value::as_str).unwrap_or_default();
        kind.ends_with("broaderPartitive") || kind.ends_with("partOf")
    };
    items(feature.get("relations")).find(around)?.get("relationTo")
}

fn items(value: Option<&Value>) -> impl Iterator<Item = &Value> {
    value.and_then(Value::as_array).into_iter().flatten()
}

/// A value as the text that a table would hold: items of a list with `|` between them.
pub(super) fn text(value: &Value) -> Option<Cow<'_, str>> {
    match value {
        Value::String(text) => Some(Cow::Borrowed(text.trim())),
        Value::Number(number) => Some(Cow::Owned(number.to_string())),
        Value::Array(items) => {
            let items: Vec<Cow<'_, str>> =
                items.iter().filter(|item| !item.is_array()).filter_map(text).collect();
            (!items.is_empty()).then(|| Cow::Owned(items.join("|")))
        }
        _ => None,
    }
}
