//! What a person corrects, as the panes ask for it.
//! What it changes is worked out on the thread that owns the project: of fifty thousand mentions no frame has the time.

use std::fmt;
use std::sync::Arc;

use crate::explore::{Collection, MentionRef, Reach, Scope, reach, settled};
use crate::model::{Kind, Place, Sense};
use crate::project::change::{self, Meant};
use crate::project::{Edit, State, Target};

/// What is to be said of mentions.
#[derive(Clone, Debug, PartialEq)]
pub enum Ruling {
    /// They mean this place.
    Place(Arc<Place>),
    /// They are no mentions of a place.
    Rejected,
    /// The program is right.
    Confirmed,
    /// Nothing: what was said is let go of.
    Nothing,
    /// They are words of this kind.
    Kind(Kind),
    /// They are literal, or associative.
    Sense(Sense),
}

impl Ruling {
    /// The edit that says so of mentions that are called by these words.
    fn edit(&self, state: &State, words: &str, mentions: &[Meant]) -> Edit {
        match self {
            Self::Place(place) => change::choose(state, words, mentions, place),
            Self::Rejected => change::reject(state, words, mentions),
            Self::Confirmed => change::confirm(state, words, mentions),
            Self::Nothing => change::restore(state, words, mentions),
            Self::Kind(kind) => change::set_kind(state, words, mentions, Some(*kind)),
            Self::Sense(sense) => change::set_sense(state, words, mentions, Some(*sense)),
        }
    }

    /// What it reaches from a mention: what nobody has decided, or where decisions are let go of, what somebody has.
    pub fn reach(&self, collection: &Collection, at: MentionRef, scope: Scope) -> Reach {
        match self {
            Self::Nothing => settled(collection, at, scope),
            _ => reach(collection, at, scope),
        }
    }
}

/// A correction. It is asked for the edit when it is its turn.
#[derive(Clone)]
pub struct Correction {
    edit: Arc<dyn Fn(&State) -> Edit + Send + Sync>,
    /// Why, where the person said so.
    pub why: Option<String>,
}

impl fmt::Debug for Correction {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Correction").field("why", &self.why).finish_non_exhaustive()
    }
}

impl Correction {
    /// One that makes its edit of what holds then.
    pub fn new(edit: impl Fn(&State) -> Edit + Send + Sync + 'static) -> Correction {
        Correction { edit: Arc::new(edit), why: None }
    }

    /// Says something of a mention that is called by these words, and of all that the scope reaches from it.
    pub fn rule(
        words: String,
        collection: &Collection,
        at: MentionRef,
        scope: Scope,
        ruling: Ruling,
    ) -> Correction {
        let collection = collection.snapshot();
        Correction::new(move |state| {
            let reach = ruling.reach(&collection, at, scope);
            ruling.edit(state, &words, &meant(&collection, &reach.mentions))
        })
    }

    /// Says something of these mentions, which are called by these words.
    pub fn rule_all(
        words: String,
        collection: &Collection,
        mentions: Vec<MentionRef>,
        ruling: Ruling,
    ) -> Correction {
        let collection = collection.snapshot();
        Correction::new(move |state| ruling.edit(state, &words, &meant(&collection, &mentions)))
    }

    /// The edit.
    pub fn edit(&self, state: &State) -> Edit {
        (self.edit)(state)
    }
}

/// Mentions, and what is shown for them.
fn meant(collection: &Collection, mentions: &[MentionRef]) -> Vec<Meant> {
    let one = |at: &MentionRef| {
        let glance = collection.glance(*at)?;
        let place = glance.place.and_then(|key| collection.place(key)).map(|entry| Arc::clone(&entry.place));
        Some(Meant { article: at.article as u32, key: glance.key(), place })
    };
    mentions.iter().filter_map(one).collect()
}

/// What decisions about a mention are kept under.
pub fn target(collection: &Collection, at: MentionRef) -> Option<Target> {
    Some(Target::Mention(at.article as u32, collection.glance(at)?.key()))
}
