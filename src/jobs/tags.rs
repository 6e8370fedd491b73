//! What people have tagged, told to the collection that shows it.

use crate::explore::{Collection, Tagged};
use crate::project::{Field, Set, State, Target, Value};

/// Tells a collection all tags that hold.
pub fn show_tags(collection: &mut Collection, state: &State) {
    for (target, field, held) in state.all() {
        if field == Field::Tags {
            put(collection, &target, Some(&held.value));
        }
    }
}

/// Tells a collection the tags that were put in the place of others.
pub fn change_tags(collection: &mut Collection, sets: &[Set]) {
    for set in sets.iter().filter(|set| set.field == Field::Tags) {
        put(collection, &set.target, set.after.as_ref());
    }
}

fn put(collection: &mut Collection, target: &Target, value: Option<&Value>) {
    let what = match target {
        Target::Article(article) => Tagged::Article(*article as usize),
        Target::Mention(article, key) => Tagged::Mention(*article as usize, *key),
        Target::Event(article, trigger) => Tagged::Event(*article as usize, *trigger),
        Target::Place(id) => Tagged::Place(id.clone()),
        // Neither is shown in a list.
        Target::Name(_) | Target::Collection => return,
    };
    let tags = match value {
        Some(Value::Tags(tags)) => tags.as_slice(),
        _ => &[],
    };
    collection.tag(what, tags);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Span;
    use crate::project::EntryId;

    #[test]
    fn tags_come_and_go_with_edits() {
        let targets =
            [Target::Article(3), Target::Mention(3, Span::new(0, 5)), Target::Place("own:1".to_owned())];
        let tags = Value::Tags(vec!["check".to_owned()]);
        let mut state = State::default();
        let values = targets.iter().map(|target| (target.clone(), Field::Tags, Some(tags.clone())));
        let edit = state.edit("Tag", values);
        state.apply(&edit, EntryId(1));
        let own =
            [Tagged::Article(3), Tagged::Mention(3, Span::new(0, 5)), Tagged::Place("own:1".to_owned())];
        let (mut opened, mut changed) = (Collection::default(), Collection::default());
        show_tags(&mut opened, &state);
        change_tags(&mut changed, &edit.sets);
        for what in &own {
            assert_eq!((opened.tags_of(what), changed.tags_of(what)), (vec!["check"], vec!["check"]));
        }
        let none = state.edit("None", targets.map(|target| (target, Field::Tags, None)));
        change_tags(&mut changed, &none.sets);
        assert!(own.iter().all(|what| changed.tags_of(what).is_empty()));
    }
}
