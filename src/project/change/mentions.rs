//! Edits of mentions.
//! A place that is chosen where the program says the same is agreed with, and counts as that.

use std::sync::Arc;

use crate::model::words::counted;
use crate::model::{Kind, Place, Sense, Span};
use crate::project::edit::{Edit, Field, Target, Value};
use crate::project::state::State;

/// Fields in which something may be said of a mention.
const FIELDS: [Field; 7] =
    [Field::Place, Field::Added, Field::Words, Field::Kind, Field::Sense, Field::Tags, Field::Note];

/// A mention, and what it means now.
#[derive(Clone, Debug, PartialEq)]
pub struct Meant {
    /// The article's number.
    pub article: u32,
    /// What decisions about it are kept under ([`Mention::key`](crate::model::Mention::key)).
    pub key: Span,
    /// The place that is shown for it.
    pub place: Option<Arc<Place>>,
}

impl Meant {
    fn target(&self) -> Target {
        Target::Mention(self.article, self.key)
    }
}

/// Mentions mean a place. `words` is what they are called: "Derna", or "3 names".
pub fn choose(state: &State, words: &str, mentions: &[Meant], place: &Arc<Place>) -> Edit {
    let chosen = |mention: &Meant| {
        let target = mention.target();
        let held = state.get(&target, Field::Place).map(|held| &held.value);
        let value = match held {
            // Once decided, it is decided.
            Some(held) if held.place().is_some_and(|held| held.id == place.id) => held.clone(),
            None if is(mention, place) => Value::Confirmed(Arc::clone(place)),
            _ => Value::Place(Arc::clone(place)),
        };
        (target, Field::Place, Some(value))
    };
    let mut edit = state.edit("", mentions.iter().map(chosen));
    let label = place.label();
    edit.title = match edit.sets.len() {
        0 | 1 => format!("{words} is {label}"),
        count => format!("{words} → {label} in {}", counted(count, "mention")),
    };
    edit
}

fn is(mention: &Meant, place: &Place) -> bool {
    mention.place.as_ref().is_some_and(|shown| shown.id == place.id)
}

/// Mentions mean what is shown for them, whatever the program says later. Those without a place are left out, and those
/// that are decided.
pub fn confirm(state: &State, words: &str, mentions: &[Meant]) -> Edit {
    let confirmed = |mention: &Meant| {
        let target = mention.target();
        let place = mention.place.as_ref().filter(|_| state.get(&target, Field::Place).is_none())?;
        Some((target, Field::Place, Some(Value::Confirmed(Arc::clone(place)))))
    };
    let mut edit = state.edit("", mentions.iter().filter_map(confirmed));
    edit.title = match (edit.sets.len(), mentions) {
        (0 | 1, [mention, ..]) => {
            let label = mention.place.as_ref().map(|place| place.label()).unwrap_or_default();
            format!("{words} is {label} indeed")
        }
        (count, _) => format!("{words} confirmed in {}", counted(count, "mention")),
    };
    edit
}

/// Mentions are none. Those that a person added are as if they never had been.
pub fn reject(state: &State, words: &str, mentions: &[Meant]) -> Edit {
    let added = |mention: &&Meant| state.get(&mention.target(), Field::Added).is_some();
    let (added, found): (Vec<&Meant>, Vec<&Meant>) = mentions.iter().partition(added);
    let let_go = added.iter().flat_map(|mention| FIELDS.map(|field| (mention.target(), field, None)));
    let rejected = found.iter().map(|mention| (mention.target(), Field::Place, Some(Value::Rejected)));
    let mut edit = state.edit("", let_go.chain(rejected));
    edit.title = match mentions.len() {
        0 | 1 => format!("{words} is no place"),
        count => format!("{words} is no place in {}", counted(count, "mention")),
    };
    edit
}

/// What people said of mentions is let go of, and they are as the program found them.
pub fn restore(state: &State, words: &str, mentions: &[Meant]) -> Edit {
    let restored = |mention: &Meant| FIELDS.map(|field| (mention.target(), field, None));
    let mut edit = state.edit("", mentions.iter().flat_map(restored));
    edit.title = match mentions.len() {
        0 | 1 => format!("{words} as it was found"),
        count => format!("{words} as found in {}", counted(count, "mention")),
    };
    edit
}

/// Words of an article mention a place, this one where it is known. `words` are bytes of its text.
pub fn add(state: &State, name: &str, article: u32, words: Span, place: Option<&Arc<Place>>) -> Edit {
    let target = Target::Mention(article, words);
    let is = place.map(|place| Value::Place(Arc::clone(place)));
    let title = match place {
        Some(place) => format!("{name} added as {}", place.label()),
        None => format!("{name} added"),
    };
    let added = (target.clone(), Field::Added, Some(Value::Yes));
    // What was rejected here before is a mention again.
    state.edit(title, [added, (target, Field::Place, is)])
}

/// A mention has other words, bytes of the text, called `name`; where it has those under which it is kept, none other.
pub fn set_words(state: &State, name: &str, article: u32, key: Span, words: Span) -> Edit {
    let value = (words != key).then_some(Value::Words(words));
    state.edit(format!("The words are {name}"), [(Target::Mention(article, key), Field::Words, value)])
}

/// Mentions are of a kind; `None`: of the one that the program says.
pub fn set_kind(state: &State, words: &str, mentions: &[Meant], kind: Option<Kind>) -> Edit {
    let title = match kind {
        Some(Kind::Name) => format!("{words} is a name"),
        Some(Kind::Demonym) => format!("{words} is a demonym"),
        Some(Kind::Embedded) => format!("{words} is a part of a name"),
        Some(Kind::Coordinate) => format!("{words} is a coordinate"),
        None => format!("{words} is of the kind that was found"),
    };
    put(state, title, mentions, Field::Kind, kind.map(Value::Kind))
}

/// Mentions are literal or associative; `None`: what the program says.
pub fn set_sense(state: &State, words: &str, mentions: &[Meant], sense: Option<Sense>) -> Edit {
    let title = match sense {
        Some(sense) => format!("{words} is {}", sense.as_str()),
        None => format!("{words} has the sense that was found"),
    };
    put(state, title, mentions, Field::Sense, sense.map(Value::Sense))
}

fn put(state: &State, title: String, mentions: &[Meant], field: Field, value: Option<Value>) -> Edit {
    let title = match mentions.len() {
        0 | 1 => title,
        count => format!("{title} in {}", counted(count, "mention")),
    };
    state.edit(title, mentions.iter().map(|mention| (mention.target(), field, value.clone())))
}
