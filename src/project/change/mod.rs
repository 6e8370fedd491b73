//! What people mean, as edits: choose, reject, confirm, pin, merge, tag and the like.
//! Nothing is changed here. An edit may turn out to have no values, where all of it holds already.

mod articles;
mod events;
mod mentions;
mod places;
#[cfg(test)]
mod tests;

use std::collections::HashMap;

pub use articles::{put_back, remove, set_date, set_home, set_source, set_title, use_results};
pub use events::{
    add_event, confirm_event, reject_event, restore_event, set_polarity, set_scene, set_type, set_when,
};
pub use mentions::{Meant, add, choose, confirm, reject, restore, set_kind, set_sense, set_words};
pub use places::{Pin, alias, pin, same_as, split, unalias};

use super::edit::{Edit, Field, Set, Target, Value};
use super::state::State;

/// Notes something on anything, in the place of what was noted; an empty note lets go of it. `name` is what the thing is
/// called.
pub fn note(state: &State, name: &str, target: Target, note: &str) -> Edit {
    let note = note.trim();
    let value = (!note.is_empty()).then(|| Value::Text(note.to_owned()));
    let title = if value.is_some() { format!("Note on {name}") } else { format!("No note on {name}") };
    state.edit(title, [(target, Field::Note, value)])
}

/// Puts a tag on things, or takes it off. `name` is what they are called: "Derna", "3 articles".
pub fn tag(
    state: &State,
    name: &str,
    targets: impl IntoIterator<Item = Target>,
    tag: &str,
    on: bool,
) -> Edit {
    let tag = tag.trim();
    let tagged = |target: Target| {
        let mut tags = match state.get(&target, Field::Tags).map(|held| &held.value) {
            Some(Value::Tags(tags)) => tags.clone(),
            _ => Vec::new(),
        };
        match (tags.binary_search_by(|other| other.as_str().cmp(tag)), on) {
            (Err(at), true) if !tag.is_empty() => tags.insert(at, tag.to_owned()),
            (Ok(at), false) => drop(tags.remove(at)),
            _ => {}
        }
        (target, Field::Tags, (!tags.is_empty()).then_some(Value::Tags(tags)))
    };
    let title = if on { format!("Tag “{tag}” on {name}") } else { format!("Tag “{tag}” off {name}") };
    state.edit(title, targets.into_iter().map(tagged))
}

/// Several edits as one. Of a value that more than one of them puts, the last one counts.
pub fn together(title: impl Into<String>, edits: impl IntoIterator<Item = Edit>) -> Edit {
    let mut sets: Vec<Set> = Vec::new();
    let mut numbers: HashMap<(Target, Field), usize> = HashMap::new();
    for set in edits.into_iter().flat_map(|edit| edit.sets) {
        let number = *numbers.entry((set.target.clone(), set.field)).or_insert(sets.len());
        match sets.get_mut(number) {
            Some(earlier) => earlier.after = set.after,
            None => sets.push(set),
        }
    }
    sets.retain(|set| set.before.as_ref().map(|held| &held.value) != set.after.as_ref());
    Edit { title: title.into(), sets }
}
