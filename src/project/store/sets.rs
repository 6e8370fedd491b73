//! The form that an entry of the journal has in a file.
//! What a person says of fifty thousand mentions is one value: it is written once, and shared when it is read.

use std::borrow::Cow;
use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use crate::project::edit::{Edit, Entry, EntryId, Field, Held, Set, Target, Value, What};

/// What a history shows of an entry.
#[derive(Serialize, Deserialize)]
struct Row<'a> {
    id: EntryId,
    at: i64,
    who: Cow<'a, str>,
    why: Cow<'a, Option<String>>,
    what: RowWhat<'a>,
    /// The last edit in force when it was made, by which a journal that has lost an entry goes on.
    upon: Option<EntryId>,
}

#[derive(Serialize, Deserialize)]
enum RowWhat<'a> {
    /// What it is called, and how many values it put.
    Edit(Cow<'a, str>, u64),
    Undo(EntryId),
    Redo(EntryId),
}

/// The values of an edit, each once, and what is said with which.
#[derive(Serialize, Deserialize)]
struct Sets<'a> {
    values: Vec<Cow<'a, Value>>,
    entries: Vec<EntryId>,
    sets: Vec<RowSet<'a>>,
}

#[derive(Serialize, Deserialize)]
struct RowSet<'a> {
    target: Cow<'a, Target>,
    field: Field,
    /// Numbers of the value and of the entry that put it there.
    before: Option<(u32, u32)>,
    after: Option<u32>,
}

/// Values by what they are written as, since floats have no equality.
#[derive(Default)]
struct Values<'a> {
    all: Vec<Cow<'a, Value>>,
    numbers: HashMap<Vec<u8>, u32>,
}

impl<'a> Values<'a> {
    fn number(&mut self, value: &'a Value) -> postcard::Result<u32> {
        let next = self.all.len() as u32;
        let number = *self.numbers.entry(postcard::to_allocvec(value)?).or_insert(next);
        if number == next {
            self.all.push(Cow::Borrowed(value));
        }
        Ok(number)
    }
}

/// An entry as its row has it: what a history shows, and the values.
pub(super) fn write(entry: &Entry, upon: Option<EntryId>) -> postcard::Result<(Vec<u8>, Vec<u8>)> {
    let (what, sets) = match &entry.what {
        What::Edit(edit) => {
            (RowWhat::Edit(Cow::Borrowed(&edit.title), edit.sets.len() as u64), write_sets(&edit.sets)?)
        }
        What::Undo(id) => (RowWhat::Undo(*id), Vec::new()),
        What::Redo(id) => (RowWhat::Redo(*id), Vec::new()),
    };
    let (who, why) = (Cow::Borrowed(entry.who.as_str()), Cow::Borrowed(&entry.why));
    let row = Row { id: entry.id, at: entry.at, who, why, what, upon };
    Ok((postcard::to_allocvec(&row)?, sets))
}

fn write_sets(sets: &[Set]) -> postcard::Result<Vec<u8>> {
    let mut values = Values::default();
    let (mut entries, mut numbers) = (Vec::new(), HashMap::new());
    let mut entry = |id: EntryId| {
        *numbers.entry(id).or_insert_with(|| {
            entries.push(id);
            entries.len() as u32 - 1
        })
    };
    let mut rows = Vec::with_capacity(sets.len());
    for set in sets {
        let before = match &set.before {
            Some(held) => Some((values.number(&held.value)?, entry(held.entry))),
            None => None,
        };
        let after = set.after.as_ref().map(|value| values.number(value)).transpose()?;
        rows.push(RowSet { target: Cow::Borrowed(&set.target), field: set.field, before, after });
    }
    postcard::to_allocvec(&Sets { values: values.all, entries, sets: rows })
}

/// An entry without its values, how many there are, and the last edit in force when it was made.
pub(super) fn read(head: &[u8]) -> Option<(Entry, usize, Option<EntryId>)> {
    let row: Row<'static> = postcard::from_bytes(head).ok()?;
    let count = if let RowWhat::Edit(_, count) = &row.what { *count as usize } else { 0 };
    let what = match row.what {
        RowWhat::Edit(title, _) => What::Edit(Edit { title: title.into_owned(), sets: Vec::new() }),
        RowWhat::Undo(id) => What::Undo(id),
        RowWhat::Redo(id) => What::Redo(id),
    };
    let (who, why) = (row.who.into_owned(), row.why.into_owned());
    Some((Entry { id: row.id, at: row.at, who, why, what }, count, row.upon))
}

/// The values of an edit.
pub(super) fn read_sets(bytes: &[u8]) -> Option<Vec<Set>> {
    let Sets { values, entries, sets } = postcard::from_bytes::<Sets<'static>>(bytes).ok()?;
    let value = |number: u32| values.get(number as usize).map(|value| value.as_ref().clone());
    let set = |row: RowSet<'static>| {
        let before = match row.before {
            Some((number, entry)) => {
                Some(Held { value: value(number)?, entry: *entries.get(entry as usize)? })
            }
            None => None,
        };
        let after = match row.after {
            Some(number) => Some(value(number)?),
            None => None,
        };
        Some(Set { target: row.target.into_owned(), field: row.field, before, after })
    };
    sets.into_iter().map(set).collect()
}
