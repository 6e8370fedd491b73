//! What a person changed: values put in the place of others.
//! An edit says what was there before, so that it has an inverse whatever it does.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::model::{EventType, Kind, PartialDate, Place, Polarity, Sense, Span, shared};

/// What something is said about.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Target {
    /// A mention: the article's number, and the words where the program found it or a person added it
    /// ([`Mention::key`](crate::model::Mention::key)).
    Mention(u32, Span),
    /// An event: the article's number, and the words that tell it.
    Event(u32, Span),
    /// An article by its number.
    Article(u32),
    /// A place by its identifier.
    Place(String),
    /// A name in all articles, folded ([`fold`](crate::gazetteer::fold)).
    Name(String),
    /// All of it.
    Collection,
}

impl Target {
    /// The article that it belongs to.
    pub fn article(&self) -> Option<u32> {
        match self {
            Self::Mention(article, _) | Self::Event(article, _) | Self::Article(article) => Some(*article),
            Self::Place(_) | Self::Name(_) | Self::Collection => None,
        }
    }
}

/// What of it is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// Of a mention: whether it is one, and of which place.
    Place,
    /// Of a mention: that a person added it.
    Added,
    /// Of a mention: its words.
    Words,
    /// Of a mention: what sort of words.
    Kind,
    /// Of a mention: literal or associative.
    Sense,
    /// Of an event: whether it is one.
    Told,
    /// Of an event: what sort.
    Type,
    /// Of an event: whether the text says that it happened.
    Polarity,
    /// Of an event: at which mentions it happened.
    Scene,
    /// Of an event: its date.
    When,
    /// Of an article.
    Title,
    /// Of an article.
    Date,
    /// Of an article: its outlet.
    Source,
    /// Of an article: where its outlet is at home.
    Home,
    /// Of an article: that it is left out.
    Removed,
    /// Of a place: that it is the same as another.
    SameAs,
    /// Of a name: what it means in all articles.
    Means,
    /// Of anything.
    Tags,
    /// Of anything.
    Note,
    /// Of the collection: which of the results of the geoparser hold, by number.
    Results,
}

/// What it is. A value that does not go with its field says nothing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Value {
    /// [`Field::Place`]: the program is right, and this is the place that it said, which holds whatever it says later.
    Confirmed(#[serde(with = "shared")] Arc<Place>),
    /// [`Field::Place`], [`Field::Home`], [`Field::SameAs`], [`Field::Means`].
    Place(#[serde(with = "shared")] Arc<Place>),
    /// [`Field::Place`]: it is no mention. [`Field::Told`]: it is no event.
    Rejected,
    /// [`Field::Added`], [`Field::Removed`]; [`Field::Told`]: it is an event indeed.
    Yes,
    /// [`Field::Words`], bytes.
    Words(Span),
    /// [`Field::Kind`].
    Kind(Kind),
    /// [`Field::Sense`].
    Sense(Sense),
    /// [`Field::Type`].
    Type(EventType),
    /// [`Field::Polarity`].
    Polarity(Polarity),
    /// [`Field::Scene`]: keys of mentions of the article, the main place first; empty where it happened nowhere.
    Scene(Vec<Span>),
    /// [`Field::Date`], [`Field::When`]; `None`: it has none.
    Date(Option<PartialDate>),
    /// [`Field::Title`], [`Field::Source`], [`Field::Note`].
    Text(String),
    /// [`Field::Tags`], sorted.
    Tags(Vec<String>),
    /// [`Field::Results`].
    Number(u32),
}

impl Value {
    /// The place that it names.
    pub fn place(&self) -> Option<&Arc<Place>> {
        match self {
            Self::Place(place) | Self::Confirmed(place) => Some(place),
            _ => None,
        }
    }
}

/// Number by which an entry of a journal is known in every copy of its project.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct EntryId(pub u64);

/// A value, and the entry that put it there.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Held {
    /// The value.
    pub value: Value,
    /// Who, when and why is with the entry.
    pub entry: EntryId,
}

/// One value put in the place of another.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Set {
    /// About what.
    pub target: Target,
    /// What of it.
    pub field: Field,
    /// What was there before; `None`: nothing was said.
    pub before: Option<Held>,
    /// What is there now; `None`: nothing is said any more, and the program's word holds.
    pub after: Option<Value>,
}

/// Values that are put in the place of others at once.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Edit {
    /// What it is called in menus and in the history: "Derna is Darnah, Libya".
    pub title: String,
    /// No target and field twice.
    pub sets: Vec<Set>,
}

/// A line of the journal.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// Known in every copy.
    pub id: EntryId,
    /// When, seconds since 1970.
    pub at: i64,
    /// Who.
    pub who: String,
    /// Why, where they said so.
    pub why: Option<String>,
    /// What.
    pub what: What,
}

/// What an entry of the journal does. To undo is to go on, so that the journal is only ever added to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum What {
    /// Something was changed.
    Edit(Edit),
    /// The change of this entry was undone.
    Undo(EntryId),
    /// The change of this entry was done again.
    Redo(EntryId),
}
