//! Bytes to articles: one file per format.
//! Reading streams in input order; what cannot be read is a [`Problem`] and loses nothing else.

use std::path::PathBuf;

use crate::model::{Article, Geoparsed, Problem};

/// What an input gives.
#[derive(Clone, Debug)]
pub enum Ingested {
    /// An article to geoparse.
    Article(Box<Article>),
    /// Dateline's own JSON Lines with text: already geoparsed.
    Geoparsed(Box<Geoparsed>),
}

/// Reads files, folders and `-` (standard input), in order. Folders are walked sorted by name.
/// `progress` totals are not known beforehand: count what comes.
pub fn read(inputs: &[PathBuf]) -> impl Iterator<Item = Result<Ingested, Problem>> + Send + use<> {
    let _ = inputs;
    std::iter::empty()
}

/// An article from plain text as it comes from the web: finds title, outlet, date, dateline and
/// marks what is not the article. The text is kept as it is.
pub fn plain_text(id: &str, text: String) -> Article {
    Article::from_text(id, text)
}

/// The sample collection, embedded: `(file name, text)`.
pub fn sample() -> Vec<Article> {
    Vec::new()
}
