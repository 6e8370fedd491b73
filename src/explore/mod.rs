//! What every pane shows, without drawing it: the collection, one filter, one selection, the lists.
//! Everything derived is worked out once per change, never once per frame.

pub mod clusters;
mod collection;
mod explorer;
mod filter;
mod outlets;
mod paragraphs;
mod pass;
mod quote;
mod search;
mod selection;
mod view;

pub use collection::{Collection, MentionRef, PlaceEntry};
pub use explorer::Explorer;
pub use filter::{Filter, KindSet, Lacking};
pub use outlets::{Centre, Outlet, outlets};
pub use paragraphs::{Paragraph, ParagraphRole, paragraphs};
pub use quote::{Quote, sentence};
pub use search::{fold, found};
pub use selection::{Pane, Selected, Selection};
pub use view::{ArticleRow, CountryCount, PlaceRow, View};

#[cfg(test)]
mod fixture;
