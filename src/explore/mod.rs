//! What every pane shows, without drawing it: the collection, one filter, one selection, the lists.
//! Everything derived is worked out once per change, never once per frame.

mod arrival;
mod behind;
mod card;
pub mod clusters;
mod collection;
mod explorer;
mod filter;
mod glance;
mod history;
mod order;
mod outlets;
mod paragraphs;
mod pass;
mod quote;
mod scene;
mod search;
mod selection;
mod sieve;
mod timeline;
mod view;
mod within;
mod years;

pub use arrival::Arrival;
pub use card::{Card, Days};
pub use collection::{Collection, Country, MentionRef, PlaceEntry};
pub use explorer::{Explorer, Gone};
pub use filter::{ArticleOrder, Filter, KindSet, Lacking, Order, PlaceOrder, toggled};
pub use glance::{Glance, Status};
pub use history::{History, Sight, Step};
pub use outlets::{Centre, Outlet, outlets};
pub use paragraphs::{Paragraph, ParagraphRole, paragraphs};
pub use quote::{Quote, sentence, whole_sentence};
pub use scene::{APART, Scene, ScenePoint};
pub use search::{Hits, Index, Room, fold, found, passage};
pub use selection::{Pane, Selected, Selection};
pub use timeline::{Bin, Bins, Chronicle, Counting, LAYERS, Layer, Layered, Marks, Stack, Unit};
pub use view::{ArticleRow, CountryCount, Dated, PlaceCount, PlaceRow, SourceCount, View, YearCount};
pub use within::within;

#[cfg(test)]
mod fixture;
