//! The formats that articles are exported to.
//! A file's extension names its format; `.json` is GeoJSON.

use std::fmt;
use std::path::Path;
use std::str::FromStr;

/// A file format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Format {
    /// One GeoJSON FeatureCollection (RFC 7946), a feature per mention.
    GeoJson,
    /// A GeoJSON feature per line.
    GeoJsonLines,
    /// A table with a row per mention (RFC 4180).
    Csv,
    /// An object per article and line, with everything the geoparser found.
    JsonLines,
}

/// What names no format.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FormatError {
    /// An unknown name.
    #[error("“{0}” is no format that can be written: choose geojson, geojsonl, csv or jsonl")]
    Name(String),
    /// A file name whose extension says nothing.
    #[error(
        "the name does not tell the format: end it in .geojson, .geojsonl, .csv or .jsonl, or say --format: {0}"
    )]
    Extension(String),
}

impl Format {
    /// Every format, in the order that menus show.
    pub const ALL: [Format; 4] = [Format::GeoJson, Format::GeoJsonLines, Format::Csv, Format::JsonLines];

    /// The name used on the command line.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::GeoJson => "geojson",
            Self::GeoJsonLines => "geojsonl",
            Self::Csv => "csv",
            Self::JsonLines => "jsonl",
        }
    }

    /// The name that people use.
    pub const fn title(self) -> &'static str {
        match self {
            Self::GeoJson => "GeoJSON",
            Self::GeoJsonLines => "GeoJSON, one feature a line",
            Self::Csv => "CSV table",
            Self::JsonLines => "JSON Lines, one article a line",
        }
    }

    /// The extension of its files, without the dot.
    pub const fn extension(self) -> &'static str {
        self.as_str()
    }

    /// The format that a file's name asks for.
    ///
    /// ```
    /// use dateline::export::Format;
    /// use std::path::Path;
    /// assert_eq!(Format::of_path(Path::new("places.GeoJSON")), Ok(Format::GeoJson));
    /// assert!(Format::of_path(Path::new("places.shp")).is_err());
    /// ```
    ///
    /// # Errors
    ///
    /// [`FormatError::Extension`] where the extension is unknown or missing.
    pub fn of_path(path: &Path) -> Result<Format, FormatError> {
        let extension = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
        match extension.as_str() {
            "geojson" | "json" => Ok(Self::GeoJson),
            "geojsonl" | "geojsons" => Ok(Self::GeoJsonLines),
            "csv" => Ok(Self::Csv),
            "jsonl" | "ndjson" => Ok(Self::JsonLines),
            _ => Err(FormatError::Extension(path.display().to_string())),
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Format {
    type Err = FormatError;

    fn from_str(name: &str) -> Result<Self, FormatError> {
        let known = Self::ALL.into_iter().find(|format| format.as_str().eq_ignore_ascii_case(name));
        known.ok_or_else(|| FormatError::Name(name.to_owned()))
    }
}
