//! The formats that articles are exported to.
//! A file's extension names its format; `.json` is GeoJSON.

use std::fmt;
use std::path::Path;
use std::str::FromStr;

use super::Rows;

/// A file format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Format {
    /// One GeoJSON FeatureCollection (RFC 7946), a feature per row.
    GeoJson,
    /// A GeoJSON feature per row, each on a line of its own.
    GeoJsonLines,
    /// A table as text (RFC 4180).
    Csv,
    /// An object per article and line, with all that was found in it as far as it is asked for.
    JsonLines,
    /// Placemarks for Google Earth and Marble (OGC KML 2.2).
    Kml,
    /// The same, packed.
    Kmz,
    /// A database of mentions, places, events and articles (OGC GeoPackage 1.3).
    GeoPackage,
    /// A table with an index of where its rows are (FlatGeobuf 3).
    FlatGeobuf,
    /// A table in columns (GeoParquet 1.1).
    GeoParquet,
    /// Annotations of the mentions in the articles' texts (W3C Web Annotation, JSON-LD).
    WebAnnotation,
    /// A gazetteer of the places, with where they are attested (Linked Places 1.3, JSON-LD).
    LinkedPlaces,
    /// The articles' texts with the names of places marked (TEI P5).
    Tei,
    /// A page that opens offline, with map, timeline, list and quotes.
    Report,
}

/// What names no format.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FormatError {
    /// An unknown name.
    #[error("“{0}” is no format that can be written: choose one of {names}", names = names())]
    Name(String),
    /// A file name whose extension says nothing.
    #[error(
        "the name does not tell the format: end it in {endings}, or say --format: {0}",
        endings = endings()
    )]
    Extension(String),
}

/// The names of all formats, for a sentence.
fn names() -> String {
    Format::ALL.map(Format::as_str).join(", ")
}

/// The ends of their files' names, for a sentence.
fn endings() -> String {
    Format::ALL.map(|format| format!(".{}", format.extension())).join(", ")
}

impl Format {
    /// Every format, in the order that menus show.
    pub const ALL: [Format; 13] = [
        Format::GeoJson,
        Format::GeoJsonLines,
        Format::Csv,
        Format::JsonLines,
        Format::Kml,
        Format::Kmz,
        Format::GeoPackage,
        Format::FlatGeobuf,
        Format::GeoParquet,
        Format::WebAnnotation,
        Format::LinkedPlaces,
        Format::Tei,
        Format::Report,
    ];

    /// The name used on the command line.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::GeoJson => "geojson",
            Self::GeoJsonLines => "geojsonl",
            Self::Csv => "csv",
            Self::JsonLines => "jsonl",
            Self::Kml => "kml",
            Self::Kmz => "kmz",
            Self::GeoPackage => "gpkg",
            Self::FlatGeobuf => "fgb",
            Self::GeoParquet => "parquet",
            Self::WebAnnotation => "jsonld",
            Self::LinkedPlaces => "linked-places",
            Self::Tei => "tei",
            Self::Report => "html",
        }
    }

    /// Whether it holds tables, and nothing that is no row of one: those formats write rows of every sort.
    pub const fn is_table(self) -> bool {
        !matches!(self, Self::JsonLines | Self::WebAnnotation | Self::LinkedPlaces | Self::Tei | Self::Report)
    }

    /// The tables that are written where these rows are asked for. What another refers to comes before it, but for the
    /// places, which are known last.
    pub(crate) const fn tables(self, rows: Rows) -> &'static [Rows] {
        match (self, rows) {
            (Self::GeoPackage, _) => &[Rows::Articles, Rows::Mentions, Rows::Events, Rows::Places],
            (_, Rows::Mentions) => &[Rows::Mentions],
            (_, Rows::Events) => &[Rows::Events],
            (_, Rows::Places) => &[Rows::Places],
            (_, Rows::Articles) => &[Rows::Articles],
        }
    }

    /// Whether its bytes are no text, and nothing for a terminal.
    pub const fn is_binary(self) -> bool {
        matches!(self, Self::Kmz | Self::GeoPackage | Self::FlatGeobuf | Self::GeoParquet)
    }

    /// Whether it can be chosen what a row of it stands for.
    pub const fn has_choice_of_rows(self) -> bool {
        matches!(
            self,
            Self::GeoJson
                | Self::GeoJsonLines
                | Self::Csv
                | Self::Kml
                | Self::Kmz
                | Self::FlatGeobuf
                | Self::GeoParquet
        )
    }

    /// Whether it is no table and is made of rows of mentions all the same.
    pub(crate) const fn has_rows(self) -> bool {
        matches!(self, Self::WebAnnotation | Self::LinkedPlaces)
    }

    /// The name that people use.
    pub const fn title(self) -> &'static str {
        match self {
            Self::GeoJson => "GeoJSON",
            Self::GeoJsonLines => "GeoJSON, one feature a line",
            Self::Csv => "CSV table",
            Self::JsonLines => "JSON Lines, one article a line",
            Self::Kml => "KML for Google Earth",
            Self::Kmz => "KMZ for Google Earth",
            Self::GeoPackage => "GeoPackage",
            Self::FlatGeobuf => "FlatGeobuf",
            Self::GeoParquet => "GeoParquet",
            Self::WebAnnotation => "Web Annotation (JSON-LD)",
            Self::LinkedPlaces => "Linked Places (JSON-LD)",
            Self::Tei => "TEI, the texts with their places",
            Self::Report => "HTML report",
        }
    }

    /// The extension of its files, without the dot.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::LinkedPlaces => "lp.jsonld",
            Self::Tei => "xml",
            other => other.as_str(),
        }
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
        let name = path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
        if name.ends_with(".lp.jsonld") || name.ends_with(".lp.json") {
            return Ok(Self::LinkedPlaces);
        }
        let extension = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
        match extension.as_str() {
            "geojson" | "json" => Ok(Self::GeoJson),
            "geojsonl" | "geojsons" => Ok(Self::GeoJsonLines),
            "csv" => Ok(Self::Csv),
            "jsonl" | "ndjson" => Ok(Self::JsonLines),
            "kml" => Ok(Self::Kml),
            "kmz" => Ok(Self::Kmz),
            "gpkg" => Ok(Self::GeoPackage),
            "fgb" => Ok(Self::FlatGeobuf),
            "parquet" => Ok(Self::GeoParquet),
            "jsonld" => Ok(Self::WebAnnotation),
            "xml" | "tei" => Ok(Self::Tei),
            "html" | "htm" => Ok(Self::Report),
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
