//! What every pane shows, without drawing it: the collection, one filter, one selection, the lists.
//! Everything derived is worked out once per change, never once per frame.

mod arrival;
mod behind;
mod card;
mod cast;
pub mod clusters;
mod collection;
mod copies;
mod event_filter;
mod explorer;
mod filter;
mod glance;
mod happening;
mod happenings;
mod history;
mod order;
mod outlets;
mod paragraphs;
mod pass;
mod quote;
mod review;
mod scene;
mod scope;
mod search;
mod selection;
mod sieve;
mod stories;
mod tags;
mod telling;
mod timeline;
mod trail;
mod view;
mod within;
mod years;

pub use arrival::Arrival;
pub use card::Card;
pub use collection::{Collection, Country, Digested, EventRef, MentionRef, PlaceEntry, Replaced, Written};
pub use event_filter::{Background, EventFilter, EventOrder, PolaritySet, Subject};
pub use explorer::{Explorer, Gone};
pub use filter::{ArticleOrder, Filter, HowSet, KindSet, Lacking, Order, PlaceOrder, toggled};
pub use glance::{Glance, Status};
pub use happening::{Happening, Taking, Who};
pub use history::{History, Sight, Step};
pub use outlets::{Centre, Outlet, outlets};
pub use paragraphs::{Paragraph, ParagraphRole, paragraphs};
pub use quote::{Quote, sentence, setting, whole_sentence};
pub use review::{Accuracy, Drawn, Entry, Judged, Progress, Queue, Sample, wilson};
pub use scene::{APART, Scene, ScenePoint};
pub use scope::{
    Acceptance, AtPlace, Reach, Scope, accept, at_place, reach, reaches, settled, settled_reaches,
};
pub use search::{Hits, Index, Kept, Room, fold, found, passage};
pub use selection::{Among, Pane, Selected, Selection};
pub use stories::{Said, StoryCard};
pub use tags::Tagged;
pub use telling::{Acting, Telling};
pub use timeline::{Bin, Bins, Chronicle, Counting, LAYERS, Layer, Layered, Marks, Stack, Unit};
pub use view::{
    ActorCount, ArticleRow, CountryCount, Dated, EventRow, PlaceCount, PlaceRow, SourceCount, SubtypeCount,
    TagCount, View, YearCount,
};
pub use within::within;

#[cfg(test)]
pub(crate) mod fixture;
