//! One flat row to every format; no format differs from another in facts.
//! Exporting streams: an [`Exporter`] takes an article at a time, and a [`TargetFile`] replaces the
//! file only once all is written.

mod bounds;
mod csv;
mod exporter;
mod file;
mod format;
mod geojson;
mod quote;
mod row;

pub use exporter::{DEFAULT_KINDS, Exporter, Options, Rows, Summary};
pub use file::{TargetFile, WriteError};
pub use format::{Format, FormatError};
pub use row::Row;

/// The program and its version, as files name it.
pub const GENERATOR: &str = concat!("Dateline ", env!("CARGO_PKG_VERSION"));

/// The licence of the places in a file.
pub const LICENSE: &str = "CC BY 4.0 (https://creativecommons.org/licenses/by/4.0/)";

/// Whom the places are from.
pub const ATTRIBUTION: &str =
    "Places: GeoNames (https://www.geonames.org), CC BY 4.0; Natural Earth, public domain";
