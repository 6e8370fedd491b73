//! Other people's lists of places made into a gazetteer file: GeoNames, tables, GeoJSON, Linked Places.
//! Nothing of a source is kept: rows go to the [`Writer`] as they are read, so that memory is the same for a
//! hundred places and for the whole of GeoNames.

mod alternates;
mod codes;
mod columns;
mod encoding;
mod features;
mod geojson;
mod geometry;
mod geonames;
mod guess;
mod intake;
mod lines;
mod linked;
mod recognise;
mod row;
mod source;
mod table;

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

pub use columns::Field;
pub use intake::{At, ImportError, Refused, Report, SourceRead, Told};

use super::{About, Writer};
use intake::Intake;
use recognise::Kind;
use source::Source;

/// The terms of every dump of GeoNames.
const GEONAMES_TERMS: &str = "GeoNames, CC BY 4.0";

/// How to read the sources.
#[derive(Clone, Debug, PartialEq)]
pub struct Options {
    /// What to call the gazetteer; after its sources where `None`.
    pub title: Option<String>,
    /// Whose data it is and on what terms; what is known of the source where `None`.
    pub attribution: Option<String>,
    /// Which column of a table, or property of GeoJSON, holds what: by its name, or by its number from 1 in a
    /// table without a header. What is not told is guessed.
    pub columns: Vec<(Field, String)>,
    /// How well known, 0 to 100, the places of a source are that tells neither population nor feature. Such
    /// a list is its user's own, and what they name they mean.
    pub rank: u8,
}

impl Default for Options {
    fn default() -> Self {
        Self { title: None, attribution: None, columns: Vec::new(), rank: 90 }
    }
}

/// Reads the sources and makes one gazetteer file of them. `told` hears how far it has come and of each row
/// that is refused, and may break it off, which leaves nothing behind.
///
/// ```
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// use std::ops::ControlFlow;
/// use dateline::gazetteer::Gazetteer;
/// use dateline::gazetteer::import::{Options, import};
/// let folder = tempfile::tempdir()?;
/// let (sites, target) = (folder.path().join("sites.csv"), folder.path().join("sites.gazetteer"));
/// std::fs::write(&sites, "name,lat,lon\nCamp Alpha,35.0,38.0\nCamp Bravo,95.0,38.0\n")?;
/// let report = import(&[sites], &target, &Options::default(), &mut |_| ControlFlow::Continue(()))?;
/// assert_eq!(report.written.places, 1);
/// assert!(report.refused[0].to_string().ends_with("sites.csv:3: latitude 95 is not on the globe"));
/// assert_eq!(Gazetteer::open(&target)?.lookup("camp alpha").len(), 1);
/// # Ok(())
/// # }
/// ```
///
/// # Errors
///
/// Where a source cannot be read to its end or is none of the known kinds, where all sources together hold no
/// place, where the file cannot be written, or where `told` broke it off. What stood at `target` is there
/// still.
pub fn import(
    sources: &[PathBuf],
    target: &Path,
    options: &Options,
    told: &mut dyn FnMut(Told<'_>) -> ControlFlow<()>,
) -> Result<Report, ImportError> {
    // All are looked at before the first is read: a wrong file is told of at once, not after the others.
    let mut opened = Vec::new();
    for path in sources {
        opened.extend(Source::open(path, options)?);
    }
    let mut writer = Writer::new(target, about(&opened, sources, options))?;
    let mut intake = Intake::new(&mut writer, &mut *told, &opened);
    let mut stems = row::Stems::default();
    for source in &opened {
        intake.begin(source);
        source.read(intake.position(), |reader| match source.kind {
            Kind::Places => geonames::read(reader, &mut intake),
            Kind::AlternateNames => alternates::read(reader, &mut intake),
            Kind::DivisionCodes => codes::read_divisions(reader, &mut intake),
            Kind::CountryCodes => codes::read_countries(reader, &mut intake),
            Kind::Hierarchy => codes::read_hierarchy(reader, &mut intake),
            Kind::Table => table::read(reader, options, stems.of(source), &mut intake),
            Kind::GeoJson => geojson::read(reader, options, stems.of(source), &mut intake),
            Kind::GeoJsonLines => geojson::read_lines(reader, options, stems.of(source), &mut intake),
        })?;
    }
    let mut report = intake.finish()?;
    report.written = writer.finish(&mut |step| told(Told::Writing(step)))?;
    Ok(report)
}

/// What to say of the gazetteer, from what was told and from its sources.
fn about(opened: &[Source], sources: &[PathBuf], options: &Options) -> About {
    let geonames = opened.iter().any(|source| source.kind.is_geonames());
    let own = opened.iter().find(|source| !source.kind.is_geonames());
    let title = match (own, opened.iter().find(|source| source.kind == Kind::Places)) {
        (Some(own), _) => own.stem.clone(),
        (None, Some(places)) if places.stem.len() == 2 => format!("GeoNames {}", places.stem),
        (None, _) => "GeoNames".to_owned(),
    };
    let file = |path: &PathBuf| Some(path.file_name()?.to_string_lossy().into_owned());
    About {
        title: options.title.clone().unwrap_or(title),
        attribution: options.attribution.clone().unwrap_or(if geonames {
            GEONAMES_TERMS.to_owned()
        } else {
            String::new()
        }),
        sources: sources.iter().filter_map(file).collect(),
    }
}
