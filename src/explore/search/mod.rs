//! Full-text search: what is typed becomes a query, and the query the articles that meet it.
//! An index answers for the articles it has come to, a look at the texts for the rest, and both answer the same.

mod found;
mod hits;
mod index;
mod lookup;
mod page;
mod query;
mod words;

pub use found::{found, passage};
pub use hits::Hits;
pub use index::{Index, Kept, Room};
pub use words::fold;
pub(super) use words::{belongs, fold_into};
