//! What kind of source a file is, from how it begins.
//! GeoNames' tables have no header; they are told by the number of their columns and what stands in them.

use super::Options;
use super::encoding::is_utf16;

/// What a source is read as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// `allCountries.txt`, `EG.txt`, `cities500.txt`: nineteen columns.
    Places,
    /// `alternateNamesV2.txt` and the older `alternateNames.txt`.
    AlternateNames,
    /// `admin1CodesASCII.txt` and `admin2Codes.txt`.
    DivisionCodes,
    /// `countryInfo.txt`.
    CountryCodes,
    /// `hierarchy.txt`.
    Hierarchy,
    /// CSV or TSV with a header, LP-TSV among them.
    Table,
    /// One JSON document: GeoJSON or Linked Places.
    GeoJson,
    /// The same, a feature a line.
    GeoJsonLines,
}

impl Kind {
    pub(super) fn is_geonames(self) -> bool {
        !self.may_be_encoded()
    }

    /// Whether it may come in another encoding than UTF-8, which GeoNames is always in.
    pub(super) fn may_be_encoded(self) -> bool {
        matches!(self, Self::Table | Self::GeoJson | Self::GeoJsonLines)
    }
}

/// What the first bytes of files are that are taken for lists of places by mistake.
const SIGNATURES: [(&[u8], &str); 9] = [
    (b"DATELINE", "it is a gazetteer already: add it to those in use instead"),
    (b"PK\x03\x04", "it is an archive within an archive; unpack it and import what is in it"),
    (b"PK\x05\x06", "the archive is empty"),
    (b"\x1F\x8B", "it is a gzip archive; unpack it and import what is in it"),
    (b"7z\xBC\xAF\x27\x1C", "it is a 7-Zip archive; unpack it and import what is in it"),
    (b"BZh", "it is a bzip2 archive; unpack it and import what is in it"),
    (b"SQLite format 3\0", "it is a database; save its table as CSV and import that"),
    (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "it is an office document; save it as CSV and import that"),
    (b"%PDF-", "it is a PDF document"),
];

/// What a file is that begins so; or, as the end of a sentence, why it is nothing to import.
pub(super) fn recognise(head: &[u8], options: &Options) -> Result<Kind, String> {
    if let Some((_, reason)) = SIGNATURES.iter().find(|(start, _)| head.starts_with(start)) {
        return Err((*reason).to_owned());
    }
    if is_utf16(head) {
        return Ok(Kind::Table);
    }
    if head.contains(&0) {
        return Err("it is no text: it holds bytes that no text has".to_owned());
    }
    let text = String::from_utf8_lossy(head);
    let text = text.trim_start_matches(['\u{feff}', '\u{1e}', ' ', '\t', '\r', '\n']);
    if text.is_empty() {
        return Err("it is empty".to_owned());
    }
    if text.starts_with('{') {
        return Ok(json_kind(text));
    }
    if text.starts_with('[') {
        return Err("it is a JSON array; a GeoJSON FeatureCollection would be read".to_owned());
    }
    if text.starts_with('<') {
        return Err("it is XML or HTML; CSV and GeoJSON are read".to_owned());
    }
    if !options.columns.is_empty() {
        return Ok(Kind::Table);
    }
    // One bad line at the beginning should not hide what the rest is.
    let known = text.lines().take(20).filter_map(geonames_kind).next();
    if let Some(kind) = known {
        return Ok(kind);
    }
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    if first.contains(['\t', ',', ';', '|']) {
        Ok(Kind::Table)
    } else {
        Err("it is neither a table with a header nor GeoJSON, Linked Places or a table of GeoNames"
            .to_owned())
    }
}

/// A feature a line, where the first line is one whole object and not the collection.
fn json_kind(text: &str) -> Kind {
    let first = text.lines().next().unwrap_or_default();
    let is_feature = serde_json::from_str::<serde_json::Value>(first)
        .is_ok_and(|value| value.get("type").is_some_and(|kind| kind != "FeatureCollection"));
    if is_feature { Kind::GeoJsonLines } else { Kind::GeoJson }
}

fn geonames_kind(line: &str) -> Option<Kind> {
    let columns: Vec<&str> = line.split('\t').collect();
    let number = |at: usize| columns.get(at).is_some_and(|column| column.parse::<u64>().is_ok());
    let degrees = |at: usize| columns.get(at).is_some_and(|column| column.parse::<f64>().is_ok());
    let code = |parts: usize| columns[0].split('.').count() == parts && columns[0].is_ascii();
    match columns.len() {
        19 if number(0) && degrees(4) && degrees(5) => Some(Kind::Places),
        19 if columns[0].len() == 2 && columns[1].len() == 3 && number(16) => Some(Kind::CountryCodes),
        // Trailing empty columns are missing in some extracts.
        4..=10 if number(0) && number(1) && !number(3) => Some(Kind::AlternateNames),
        4 if (code(2) || code(3)) && number(3) => Some(Kind::DivisionCodes),
        2 | 3 if number(0) && number(1) && !number(2) => Some(Kind::Hierarchy),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sources_are_told_by_how_they_begin() {
        let check = |head: &str, expected: Kind| {
            assert_eq!(recognise(head.as_bytes(), &Options::default()), Ok(expected), "{head}");
        };
        let cairo = "360630\tCairo\tCairo\t\t30.06\t31.25\tP\tPPLC\tEG\t\t11\t\t\t\t9606916\t\t23\tAfrica/Cairo\t2023\n";
        check(cairo, Kind::Places);
        check(&format!("damaged\n{cairo}"), Kind::Places);
        check("1284819\t2994701\t\tRoc Mélé\t\t\t\t\t\t\n", Kind::AlternateNames);
        check("1284819\t2994701\t\tRoc Mélé\t\t\t\t\n", Kind::AlternateNames);
        check("US.ME\tMaine\tMaine\t4971068\n", Kind::DivisionCodes);
        check("US.ME.019\tPenobscot County\tPenobscot County\t4975462\n", Kind::DivisionCodes);
        check("6295630\t6255146\tADM\n6295630\t6255147\t\n", Kind::Hierarchy);
        check("name,lat,lon\nA,1,2\n", Kind::Table);
        check("\u{feff}Ort;Breite;Länge\n", Kind::Table);
        check("{\"type\": \"FeatureCollection\",\n", Kind::GeoJson);
        check("{\n \"type\": \"FeatureCollection\"", Kind::GeoJson);
        check("{\"type\":\"FeatureCollection\",\"features\":[]}\n", Kind::GeoJson);
        check("{\"type\":\"Feature\",\"geometry\":null}\n{", Kind::GeoJsonLines);
        check("\u{1e}{\"type\":\"Feature\",\"geometry\":null}\n", Kind::GeoJsonLines);
    }

    #[test]
    fn what_is_nothing_to_import_is_told_with_the_reason() {
        let check = |head: &[u8], expected: &str| {
            let reason = recognise(head, &Options::default()).unwrap_err();
            assert!(reason.contains(expected), "{reason}");
        };
        check(b"", "it is empty");
        check(b" \n\n", "it is empty");
        check(b"DATELINEGAZ1", "gazetteer already");
        check(b"\x1F\x8B\x08\x00", "gzip");
        check(b"Dear Sir\nI write to you\n", "neither a table");
        check(b"[1, 2]", "JSON array");
        check(b"<kml>", "XML");
        check(b"a\0b", "no text");
    }
}
