//! Plain data that every room shares: articles, spans, mentions, candidates, places, dates, problems.
//! Nothing here does IO, spawns a thread, reads the clock, or knows how anything is drawn.

mod address;
mod archive;
mod article;
mod chunks;
mod date;
mod dates;
mod days;
mod decided;
mod event;
mod language;
mod mention;
pub mod mercator;
mod place;
pub mod record;
mod sentences;
mod span;
pub(crate) mod words;

pub use address::without_secrets;
pub use archive::{Archive, Lens, Packed, Shelf};
pub use article::{Article, DateEvidence, Dateline, Focus, Geoparsed, Problem};
pub(crate) use chunks::Chunks;
pub use date::{DateError, PartialDate};
pub use dates::{DateKind, DateMention};
pub use days::Days;
pub use decided::{Decided, How};
pub use event::{Actor, Event, EventClass, EventType, Part, Polarity, When};
pub(crate) use language::language_code;
pub use language::language_name;
pub(crate) use mention::shared;
pub use mention::{Area, Candidate, Kind, Mention, Role, Sense};
pub use place::{Bbox, Place, Precision};
pub use sentences::{one_line, sentence_starts};
pub use span::{CharIndex, CharSpan, Span};
