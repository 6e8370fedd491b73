//! One flat row to every format; no format differs from another in facts.
//! Exporting streams: an [`Exporter`] takes an article at a time, and a [`TargetFile`] replaces the
//! file only once all is written.

mod annotation;
mod article_row;
mod bounds;
mod chosen;
mod csv;
mod exporter;
mod file;
mod flatgeobuf;
mod form;
mod format;
mod geojson;
mod geopackage;
mod iri;
mod jsonl;
mod kml;
mod linked_places;
mod only;
mod options;
mod parquet;
mod place_row;
mod quote;
mod report;
mod row;
mod spot;
mod table;
mod tei;
mod xml;

pub(crate) use chosen::Chosen;
pub use exporter::{Exporter, Summary};
pub use file::{TargetFile, WriteError, is_kept, remove_drafts};
pub use format::{Format, FormatError};
pub use only::Only;
pub use options::{DEFAULT_KINDS, Options, Rows};
pub use row::Row;
pub(crate) use spot::same_place;

/// What a file says of itself, for formats with a place for an object of it.
fn about(format: Format, options: &Options) -> serde_json::Value {
    let mut about =
        serde_json::json!({ "generator": GENERATOR, "license": LICENSE, "attribution": ATTRIBUTION });
    if let Some(narrowed) = options.narrowed(format) {
        about["description"] = narrowed.into();
    }
    if let Some(created) = &options.created {
        about["created"] = created.as_str().into();
    }
    about
}

/// The program and its version, as files name it.
pub const GENERATOR: &str = concat!("Dateline ", env!("CARGO_PKG_VERSION"));

/// The licence of the places in a file.
pub const LICENSE: &str = "CC BY 4.0 (https://creativecommons.org/licenses/by/4.0/)";

/// Whom the places are from.
pub const ATTRIBUTION: &str =
    "Places: GeoNames (https://www.geonames.org), CC BY 4.0; Natural Earth, public domain";
