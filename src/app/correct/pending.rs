//! What is about to be said of a mention: what, how far it goes, and how many it reaches.
//! What each scope reaches is counted behind the window; what is said before that is done is said all the same.

use std::sync::Arc;

use egui::Context;

use crate::app::project::{Correction, Ruling};
use crate::explore::{Collection, MentionRef, Reach, Scope, reaches, settled_reaches};
use crate::jobs::{Answer, Task};
use crate::model::{Place, Span};
use crate::project::Target;
use crate::project::change;

/// What each scope reaches, the narrowest first.
type Reaches = [Reach; Scope::ALL.len()];

/// What a count was made of: the collection's revision, and whether of what is decided.
type Asked = (u64, bool);

/// A correction that is not made yet.
pub struct Pending {
    /// The mention at hand.
    pub at: MentionRef,
    key: Span,
    /// Its words.
    pub words: String,
    /// What is to be said.
    pub ruling: Ruling,
    /// What is noted about a place of a person's own.
    pub note: String,
    /// How far it goes.
    pub scope: Scope,
    /// The place that is shown for the mention now.
    pub from: Option<Arc<Place>>,
    counted: Option<(Asked, Reaches)>,
    awaited: Option<(Asked, Task<Reaches>)>,
}

impl Pending {
    /// One about this mention, which is called by these words.
    pub fn new(
        collection: &Collection,
        at: MentionRef,
        words: String,
        (ruling, note): (Ruling, String),
        scope: Scope,
    ) -> Option<Pending> {
        let glance = collection.glance(at)?;
        let from = glance.place.and_then(|key| collection.place(key)).map(|entry| Arc::clone(&entry.place));
        let key = glance.key();
        Some(Pending { at, key, words, ruling, note, scope, from, counted: None, awaited: None })
    }

    /// Says something else of the same.
    pub fn say(&mut self, ruling: Ruling, note: String) {
        (self.ruling, self.note) = (ruling, note);
    }

    /// Whether it is to let go of what was decided.
    pub fn lets_go(&self) -> bool {
        self.ruling == Ruling::Nothing
    }

    /// Whether its mention is still where it was.
    pub fn holds(&self, collection: &Collection) -> bool {
        collection.glance(self.at).is_some_and(|glance| glance.key() == self.key)
    }

    /// What each scope reaches, where that is counted.
    pub fn reaches(&self) -> Option<&Reaches> {
        let (asked, reaches) = self.counted.as_ref()?;
        (asked.1 == self.lets_go()).then_some(reaches)
    }

    /// Has it counted, anew where the articles have changed since.
    pub fn count(&mut self, ctx: &Context, collection: &Collection) {
        let now = (collection.revision(), self.lets_go());
        if let Some((asked, task)) = &self.awaited {
            match task.poll() {
                Answer::Awaited => return,
                Answer::Here(reaches) => self.counted = Some((*asked, reaches)),
                // Better none than to ask again with every frame.
                Answer::Lost => self.counted = Some((now, Reaches::default())),
            }
            self.awaited = None;
        }
        if self.counted.as_ref().is_none_or(|(asked, _)| *asked != now) {
            let (copy, at, ctx) = (collection.snapshot(), self.at, ctx.clone());
            let count = if now.1 { settled_reaches } else { reaches };
            let task = Task::start(move || ctx.request_repaint(), move || count(&copy, at));
            self.awaited = Some((now, task));
        }
    }

    /// Whether it is being counted.
    pub fn is_counting(&self) -> bool {
        self.awaited.is_some()
    }

    /// The correction that it becomes.
    pub fn correction(&self, collection: &Collection) -> Correction {
        let ruled =
            Correction::rule(self.words.clone(), collection, self.at, self.scope, self.ruling.clone());
        let (note, place) = (self.note.trim().to_owned(), self.place().cloned());
        let Some(place) = place.filter(|_| !note.is_empty()) else { return ruled };
        Correction::new(move |state| {
            let edit = ruled.edit(state);
            let noted = change::note(state, &place.name, Target::Place(place.id.clone()), &note);
            change::together(edit.title.clone(), [edit, noted])
        })
    }

    /// The place that it is about to mean.
    pub fn place(&self) -> Option<&Arc<Place>> {
        match &self.ruling {
            Ruling::Place(place) => Some(place),
            _ => None,
        }
    }

    /// What is about to be said, in words.
    pub fn said(&self) -> String {
        let words = &self.words;
        match &self.ruling {
            Ruling::Place(place) => format!("“{words}” is {}", place.label()),
            Ruling::Rejected => format!("“{words}” is not a place"),
            Ruling::Confirmed => match &self.from {
                Some(place) => format!("“{words}” is {} indeed", place.label()),
                None => format!("“{words}” is right"),
            },
            Ruling::Nothing => format!("“{words}” as it was found"),
            Ruling::Kind(kind) => format!("“{words}” is {}", super::words_of_kind(*kind)),
            Ruling::Sense(sense) => format!("“{words}” is {}", sense.as_str()),
        }
    }
}
