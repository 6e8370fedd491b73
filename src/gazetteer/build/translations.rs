//! Names of places in many languages from the GNU gettext catalogues of Debian's `libgeonames-common`.
//! Their message ids are GeoNames numbers, and the English catalogue holds only some of the places.

use super::{BuildError, Sources, Translations};

const CATALOGUES: &str = "deb/usr/share/locale";

pub(super) fn read(sources: &Sources) -> Result<Translations, BuildError> {
    let folder = sources.path(CATALOGUES);
    let mut locales: Vec<_> = std::fs::read_dir(&folder)
        .map_err(|error| BuildError::new(&folder, error))?
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .collect();
    locales.sort();
    let mut names = Translations::new();
    for locale in locales {
        let path = folder.join(&locale).join("LC_MESSAGES/geonames.mo");
        if !path.exists() {
            continue;
        }
        let bytes = std::fs::read(&path).map_err(|error| BuildError::new(&path, error))?;
        let entries = messages(&bytes).ok_or_else(|| BuildError::new(&path, "not a gettext catalogue"))?;
        for (id, name) in entries {
            if let Ok(id) = id.parse() {
                // Some names carry marks for the direction of writing.
                let name = name.trim_matches(|c: char| ('\u{200b}'..='\u{200f}').contains(&c));
                names.entry(id).or_default().push((locale.clone(), name.to_owned()));
            }
        }
    }
    Ok(names)
}

/// The pairs of a little-endian gettext catalogue.
/// Format: <https://www.gnu.org/software/gettext/manual/html_node/MO-Files.html>.
fn messages(bytes: &[u8]) -> Option<Vec<(&str, &str)>> {
    let word = |at: usize| Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?) as usize);
    if word(0)? != 0x9504_12de {
        return None;
    }
    let (count, ids, texts) = (word(8)?, word(12)?, word(16)?);
    let text = |table: usize, number: usize| {
        let (len, at) = (word(table + number * 8)?, word(table + number * 8 + 4)?);
        std::str::from_utf8(bytes.get(at..at + len)?).ok()
    };
    (0..count).map(|number| Some((text(ids, number)?, text(texts, number)?))).collect()
}
