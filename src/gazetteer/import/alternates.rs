//! GeoNames' table of alternate names: `alternateNamesV2.txt`, the older one without dates, and those of
//! single countries.
//! Not every row is a name: links, Wikidata numbers and postal codes stand among them.

use std::fmt::Write;
use std::io::Read;

use super::geonames::{LONGEST, LONGEST_NAME};
use super::intake::{At, ImportError, Intake};
use super::lines::{Line, Lines};
use crate::gazetteer::junk::is_name;
use crate::gazetteer::{NameKind, NewName};

pub(super) fn read(reader: &mut dyn Read, intake: &mut Intake<'_>) -> Result<(), ImportError> {
    let mut lines = Lines::new(reader, LONGEST);
    let mut id = String::new();
    while let Some((number, line)) = lines.next().map_err(|error| intake.failed(error))? {
        intake.row()?;
        let read = match line {
            Line::Bytes(line) => alternate(line),
            Line::TooLong => Err("the line is longer than any of GeoNames".to_owned()),
        };
        match read {
            Ok(Some((place, name))) => {
                id.clear();
                // Writing to a string cannot fail.
                let _ = write!(id, "geonames:{place}");
                intake.name(&id, name)?;
            }
            Ok(None) => {}
            Err(reason) => intake.refuse(At::Line(number), reason)?,
        }
    }
    Ok(())
}

/// The number of the place, and the name, where the row holds one.
fn alternate(line: &[u8]) -> Result<Option<(u32, NewName)>, String> {
    let line = std::str::from_utf8(line).map_err(|_| "the line is no UTF-8".to_owned())?;
    let mut columns = line.split('\t');
    let mut next = || columns.next().map(|column| column.trim_matches(' '));
    let (_, Some(place), Some(language), Some(text)) = (next(), next(), next(), next()) else {
        return Err("fewer than 4 columns".to_owned());
    };
    let place = place.parse().map_err(|_| format!("“{place}” is no number of GeoNames"))?;
    let mut flag = || next() == Some("1");
    let (preferred, short, colloquial, historic) = (flag(), flag(), flag(), flag());
    let kind = match language {
        "link" | "wkdt" | "post" | "unlc" | "tcid" | "phon" => return Ok(None),
        "abbr" | "iata" | "icao" | "faac" => NameKind::Abbreviation,
        _ => NameKind::Alternate,
    };
    let worth = match kind {
        NameKind::Abbreviation => text.chars().any(char::is_alphabetic),
        _ => is_name(text),
    };
    if !worth || text.len() > LONGEST_NAME {
        return Ok(None);
    }
    // “New Spain” and “The Big Apple” are met, but who writes so is few; the code of an airport is met in
    // timetables.
    let official = language == "en" || language == "abbr" || preferred || short;
    let usual = official && !colloquial && !historic;
    Ok(Some((place, NewName { text: text.to_owned(), kind, usual })))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_names_abbreviations_or_neither() {
        let check = |row: &str, expected: Option<(&str, NameKind, bool)>| {
            let found = alternate(row.as_bytes()).unwrap();
            let found = found.as_ref().map(|(_, name)| (name.text.as_str(), name.kind, name.usual));
            assert_eq!(found, expected, "{row}");
        };
        use NameKind::{Abbreviation, Alternate};
        check("1\t360630\ten\tCairo\t1\t\t\t\t\t", Some(("Cairo", Alternate, true)));
        check("1\t360630\ten\tCairo", Some(("Cairo", Alternate, true)));
        check("2\t360630\tar\tالقاهرة\t\t\t\t\t\t", Some(("القاهرة", Alternate, false)));
        check("3\t360630\tde\tKairo\t1\t\t\t\t\t", Some(("Kairo", Alternate, true)));
        check(
            "4\t5128581\ten\tNew Amsterdam\t\t\t\t1\t1626\t1664",
            Some(("New Amsterdam", Alternate, false)),
        );
        check("5\t5128581\ten\tBig Apple\t\t\t1\t\t\t", Some(("Big Apple", Alternate, false)));
        check("6\t5128581\tabbr\tNYC\t\t\t\t\t\t", Some(("NYC", Abbreviation, true)));
        check("7\t6296397\tiata\tCAI\t\t\t\t\t\t", Some(("CAI", Abbreviation, false)));
        check("8\t360630\tlink\thttps://en.wikipedia.org/wiki/Cairo\t\t\t\t\t\t", None);
        check("9\t360630\twkdt\tQ85\t\t\t\t\t\t", None);
        check("10\t360630\tpost\t11511\t\t\t\t\t\t", None);
        check("11\t360630\tunlc\tEGCAI\t\t\t\t\t\t", None);
        check("12\t360630\t\tal qahrt\t\t\t\t\t\t", None);
        check("13\t360630\ten\t\t\t\t\t\t\t", None);
    }

    #[test]
    fn rows_that_are_none_are_refused() {
        let check = |row: &[u8], expected: &str| assert_eq!(alternate(row), Err(expected.to_owned()));
        check(b"1\t360630\ten", "fewer than 4 columns");
        check(b"1\tcairo\ten\tCairo", "“cairo” is no number of GeoNames");
        check(b"1\t360630\tfr\tL\xE8", "the line is no UTF-8");
    }
}
