//! Edits of events. An event is known by the words that tell it, bytes of the text; `name` is what it is called.
//! Whatever is said of one says what sort it is, too, so that it is there still when the program does not find it.

use crate::model::{EventType, PartialDate, Polarity, Span};
use crate::project::edit::{Edit, Field, Target, Value};
use crate::project::state::State;

/// Fields in which something may be said of an event.
const FIELDS: [Field; 7] =
    [Field::Told, Field::Type, Field::Polarity, Field::Scene, Field::When, Field::Tags, Field::Note];

/// The event as it is shown: its article's number, the words that tell it, and its type.
pub type Shown = (u32, Span, EventType);

/// An event of a type is told by words: there is one indeed, or one that the program has not found.
pub fn add_event(state: &State, name: &str, event: Shown, scene: Vec<Span>) -> Edit {
    let scene = (!scene.is_empty()).then_some(Value::Scene(scene));
    put(state, format!("{name} added"), event, [(Field::Told, Some(Value::Yes)), (Field::Scene, scene)])
}

/// The program is right: there is an event.
pub fn confirm_event(state: &State, name: &str, event: Shown) -> Edit {
    put(state, format!("{name} confirmed"), event, [(Field::Told, Some(Value::Yes))])
}

/// No event is told. One that a person added is as if it never had been.
pub fn reject_event(state: &State, name: &str, article: u32, trigger: Span, added: bool) -> Edit {
    if added {
        return Edit { title: format!("{name} is no event"), ..restore_event(state, name, article, trigger) };
    }
    let target = Target::Event(article, trigger);
    state.edit(format!("{name} is no event"), [(target, Field::Told, Some(Value::Rejected))])
}

/// What people said of an event is let go of.
pub fn restore_event(state: &State, name: &str, article: u32, trigger: Span) -> Edit {
    let target = Target::Event(article, trigger);
    let title = format!("{name} as it was found");
    state.edit(title, FIELDS.map(|field| (target.clone(), field, None)))
}

/// An event is of a type.
pub fn set_type(state: &State, name: &str, (article, trigger, _): Shown, kind: EventType) -> Edit {
    put(state, format!("{name} is of type {}", kind.as_str()), (article, trigger, kind), [])
}

/// An event happened, is planned, is denied …
pub fn set_polarity(state: &State, name: &str, event: Shown, polarity: Polarity) -> Edit {
    let title = format!("{name} is told as {}", polarity.as_str());
    put(state, title, event, [(Field::Polarity, Some(Value::Polarity(polarity)))])
}

/// An event happened at mentions of the article, by their keys, the main place first; at none, nowhere. `place` is what
/// the main place is called.
pub fn set_scene(state: &State, name: &str, event: Shown, place: &str, scene: Vec<Span>) -> Edit {
    let title = if scene.is_empty() {
        format!("{name} happened nowhere")
    } else {
        format!("{name} happened in {place}")
    };
    put(state, title, event, [(Field::Scene, Some(Value::Scene(scene)))])
}

/// An event happened on a date, or on none.
pub fn set_when(state: &State, name: &str, event: Shown, when: Option<PartialDate>) -> Edit {
    let title = match when {
        Some(date) => format!("{name} is of {date}"),
        None => format!("{name} is of no date"),
    };
    put(state, title, event, [(Field::When, Some(Value::Date(when)))])
}

fn put<const N: usize>(
    state: &State,
    title: String,
    (article, trigger, kind): Shown,
    values: [(Field, Option<Value>); N],
) -> Edit {
    let target = Target::Event(article, trigger);
    let kind = (target.clone(), Field::Type, Some(Value::Type(kind)));
    let rest = values.map(|(field, value)| (target.clone(), field, value));
    state.edit(title, std::iter::once(kind).chain(rest))
}
