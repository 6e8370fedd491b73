//! Going through what the program decided: the least certain first, or a few at random to learn how often it is right.
//! Both are drawn up once and hold while decisions are made; they know mentions by their words, so that they outlive
//! other numbers.

mod accuracy;
mod queue;
mod sample;

pub use accuracy::{Accuracy, wilson};
pub use queue::{Entry, Progress, Queue};
pub use sample::{Drawn, Judged, Sample};

use super::{Collection, MentionRef};
use crate::model::Span;

/// The mention that decisions are kept under these words of.
fn find(collection: &Collection, article: usize, key: Span) -> Option<MentionRef> {
    let mention = collection.glances(article).iter().position(|glance| glance.key() == key)?;
    Some(MentionRef { article, mention })
}
