//! Lays places out as a gazetteer file, of any size in little memory.
//! What comes in is sorted on disk and joined by identifier, then sorted by prominence, which numbers the rows;
//! then the names are sorted. Memory holds some dozens of bytes for each place and a few hundred megabytes besides.
//! The same places give the same bytes, in whatever order they come.

mod join;
mod maps;
mod rows;
mod sorter;

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::store::KIND;
use super::{GazetteerError, NameKind, file};
use crate::model::Bbox;
use join::Part;
use sorter::Sorter;

/// Where a gazetteer comes from; kept in its file.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct About {
    /// What to call it: `GeoNames`, `Field sites`.
    pub title: String,
    /// Whose data it is and on what terms: `GeoNames, CC BY 4.0`. Empty where nobody said.
    pub attribution: String,
    /// Names of the files it was made from, without their folders.
    pub sources: Vec<String>,
}

/// How far the making of a gazetteer file has come.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Step {
    /// What is being done, for a progress line: `joining names to places`.
    pub doing: &'static str,
    /// Share that is done of it, 0 to 1.
    pub share: f64,
}

/// What went into a gazetteer file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// Places.
    pub places: u64,
    /// Different folded names.
    pub names: u64,
    /// Places left out because an earlier one has the same identifier.
    pub repeated: u64,
    /// Names left out because no place has their identifier.
    pub orphaned: u64,
    /// Size of the file.
    pub bytes: u64,
}

/// Makes a gazetteer file of any size in little memory: places, names and parents come in any order and are
/// joined by identifier on disk.
///
/// ```
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// use std::ops::ControlFlow;
/// use dateline::gazetteer::{About, Gazetteer, NameKind, NewName, NewPlace, Writer};
/// let folder = tempfile::tempdir()?;
/// let path = folder.path().join("sites.gazetteer");
/// let mut writer = Writer::new(&path, About { title: "Field sites".into(), ..About::default() })?;
/// writer.place(NewPlace { id: "site:1".into(), name: "Camp Alpha".into(), lat: 35.0, lon: 38.0, ..NewPlace::default() })?;
/// writer.name("site:1", NewName { text: "Alpha".into(), kind: NameKind::Alternate, usual: true })?;
/// writer.finish(&mut |_| ControlFlow::Continue(()))?;
/// let gazetteer = Gazetteer::open(&path)?;
/// let hits = gazetteer.lookup("alpha");
/// assert_eq!(gazetteer.name(hits[0].row), "Camp Alpha");
/// # Ok(())
/// # }
/// ```
pub struct Writer {
    target: PathBuf,
    about: About,
    scratch: tempfile::TempDir,
    parts: Sorter,
    codes: BTreeMap<String, String>,
}

impl std::fmt::Debug for Writer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Writer of {}", self.target.display())
    }
}

impl Writer {
    /// Begins a gazetteer that [`Writer::finish`] puts at `target`; what is needed until then lies beside it.
    pub fn new(target: &Path, about: About) -> Result<Writer, GazetteerError> {
        let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty());
        let scratch = tempfile::Builder::new()
            .prefix(".dateline-")
            .tempdir_in(folder.unwrap_or(Path::new(".")))
            .map_err(|error| failed(target, &error))?;
        let parts = Sorter::new(scratch.path());
        Ok(Writer { target: target.to_owned(), about, scratch, parts, codes: BTreeMap::new() })
    }

    /// Adds a place. Its name to show is looked up by, too. Of places with one identifier the first counts.
    pub fn place(&mut self, mut place: NewPlace) -> Result<(), GazetteerError> {
        place.names.push(NewName { text: place.name.clone(), kind: NameKind::Primary, usual: true });
        self.part(&place.id, &Part::Place(&place))
    }

    /// Adds a name to the place with this identifier, which may come later.
    pub fn name(&mut self, id: &str, name: NewName) -> Result<(), GazetteerError> {
        self.part(id, &Part::Name(&name))
    }

    /// Says which place is the smallest around another, both by identifier; it counts for a place whose own
    /// [`NewPlace::parent`] leads nowhere.
    pub fn parent(&mut self, id: &str, parent: &str) -> Result<(), GazetteerError> {
        self.part(id, &Part::Parent(parent))
    }

    /// Lets [`NewPlace::parent`] name a division or a country by its code: `US`, `US.ME`, `US.ME.019`. The first
    /// place given for a code counts.
    pub fn code(&mut self, code: &str, id: &str) {
        if !self.codes.contains_key(code) {
            self.codes.insert(code.to_owned(), id.to_owned());
        }
    }

    fn part(&mut self, id: &str, part: &Part<'_>) -> Result<(), GazetteerError> {
        join::insert(&mut self.parts, id, part).map_err(|error| failed(&self.target, &error))
    }

    /// Joins, sorts and writes it all, then renames the file to the target. `step` is told how far it has come
    /// and may break it off, which leaves nothing behind.
    pub fn finish(self, step: &mut dyn FnMut(Step) -> ControlFlow<()>) -> Result<Written, GazetteerError> {
        let target = self.target.clone();
        let made = self.make(step);
        made.map_err(|error| match error {
            Stopped::Io(error) => failed(&target, &error),
            Stopped::Cancelled => GazetteerError::Cancelled,
        })
    }

    fn make(self, step: &mut dyn FnMut(Step) -> ControlFlow<()>) -> Result<Written, Stopped> {
        let folder = self.scratch.path();
        let mut written = Written::default();
        let ready = join::join(self.parts, &self.codes, folder, &mut written, step)?;
        let rows = rows::number(ready, folder, step)?;
        written.places = rows.places;
        let mut sections = rows.sections;
        written.names = maps::write(rows.names, folder, &mut sections, step)?;
        let about = serde_json::to_vec(&self.about).map_err(std::io::Error::from)?;
        sections.push((*b"abou", rows::section(folder, |out| std::io::Write::write_all(out, &about))?));
        tell(step, "writing the file", 0, 1)?;
        let mut file = tempfile::NamedTempFile::new_in(folder)?;
        written.bytes = file::assemble(KIND, sections, file.as_file_mut())?;
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            // A temporary file is readable by its owner alone.
            file.as_file().set_permissions(std::fs::Permissions::from_mode(0o644))?;
        }
        file.as_file().sync_all()?;
        file.persist(&self.target).map_err(|error| error.error)?;
        tell(step, "writing the file", 1, 1)?;
        Ok(written)
    }
}

/// What ended the making of a file.
#[derive(Debug)]
enum Stopped {
    Io(std::io::Error),
    Cancelled,
}

impl From<std::io::Error> for Stopped {
    fn from(error: std::io::Error) -> Self {
        Self::Io(error)
    }
}

fn failed(target: &Path, error: &std::io::Error) -> GazetteerError {
    GazetteerError::Write { path: target.display().to_string(), reason: error.to_string() }
}

/// Tells now and then how far a step has come.
fn tell(
    step: &mut dyn FnMut(Step) -> ControlFlow<()>,
    doing: &'static str,
    done: u64,
    all: u64,
) -> Result<(), Stopped> {
    if !done.is_multiple_of(8192) && done != all {
        return Ok(());
    }
    match step(Step { doing, share: done as f64 / all.max(1) as f64 }) {
        ControlFlow::Continue(()) => Ok(()),
        ControlFlow::Break(()) => Err(Stopped::Cancelled),
    }
}

/// The file for these places, each looked up by its `names` alone. Fails where two places have one identifier.
pub fn write(about: About, places: &[NewPlace]) -> Result<Vec<u8>, GazetteerError> {
    let folder = tempfile::tempdir().map_err(|error| failed(Path::new("in memory"), &error))?;
    let path = folder.path().join("gazetteer");
    let mut writer = Writer::new(&path, about)?;
    for place in places {
        writer.part(&place.id, &Part::Place(place))?;
    }
    let written = writer.finish(&mut |_| ControlFlow::Continue(()))?;
    if written.repeated > 0 {
        return Err(GazetteerError::Format(format!("{} places repeat an identifier", written.repeated)));
    }
    std::fs::read(&path).map_err(|error| failed(&path, &error))
}

/// A name of a place that goes into a gazetteer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NewName {
    /// As it is written.
    pub text: String,
    /// What sort of name.
    pub kind: NameKind,
    /// Whether who writes it usually means this place, as far as the source tells: an English or official
    /// name does, an obscure alternate or the name of the state around a city of that name does not.
    pub usual: bool,
}

/// A place that goes into a gazetteer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NewPlace {
    /// Identifier with prefix, at most 255 bytes: `geonames:360630`.
    pub id: String,
    /// The name to show; looked up by only where it is also among `names`.
    pub name: String,
    /// Latitude, degrees.
    pub lat: f64,
    /// Longitude, degrees.
    pub lon: f64,
    /// ISO 3166-1 alpha-2 code, or empty.
    pub country_code: String,
    /// GeoNames feature class.
    pub feature_class: char,
    /// GeoNames feature code, at most seven bytes.
    pub feature_code: String,
    /// Inhabitants; 0 where unknown. More than `u32::MAX` is stored as that.
    pub population: u64,
    /// Radius of a circle that covers most of it, metres; at most 6,553 km. 0 for what is usual for its
    /// feature and population.
    pub radius_m: f64,
    /// Extent, where known.
    pub bbox: Option<Bbox>,
    /// How well known, 0 to 1; `None` for what its feature, its people and its names make it.
    pub prominence: Option<f32>,
    /// Identifier of the smallest place around it, or code of a division (`US.ME.019`), of which the longest
    /// known part counts (`US.ME`, then `US`); empty for none.
    pub parent: String,
    /// Every name to look it up by.
    pub names: Vec<NewName>,
    /// Whether its names may also be met by another transliteration ([`fold_loose`](super::fold_loose)).
    pub loose: bool,
}

impl Default for NewPlace {
    /// A populated place of which nothing else is known.
    fn default() -> Self {
        Self {
            id: String::new(),
            name: String::new(),
            lat: 0.0,
            lon: 0.0,
            country_code: String::new(),
            feature_class: 'P',
            feature_code: "PPL".to_owned(),
            population: 0,
            radius_m: 0.0,
            bbox: None,
            prominence: None,
            parent: String::new(),
            names: Vec::new(),
            loose: false,
        }
    }
}
