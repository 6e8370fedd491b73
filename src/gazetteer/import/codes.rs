//! GeoNames' small tables: codes of divisions and countries, and what lies in what.
//! They name places of other tables by number; one that names a place in none of them does nothing.

use std::io::Read;

use super::geonames::LONGEST;
use super::intake::{At, ImportError, Intake};
use super::lines::{Line, Lines};

/// `admin1CodesASCII.txt`, `admin2Codes.txt`: code, name, ASCII name, number.
pub(super) fn read_divisions(reader: &mut dyn Read, intake: &mut Intake<'_>) -> Result<(), ImportError> {
    each(reader, intake, |columns, intake| {
        let [code, _, _, number] = columns else {
            return Err(format!("{} columns instead of 4", columns.len()));
        };
        intake.code(code, &id(number)?);
        Ok(None)
    })
}

/// `countryInfo.txt`: nineteen columns, of which the first is the code and the seventeenth the number.
pub(super) fn read_countries(reader: &mut dyn Read, intake: &mut Intake<'_>) -> Result<(), ImportError> {
    each(reader, intake, |columns, intake| {
        let (19, Some(code), Some(number)) = (columns.len(), columns.first(), columns.get(16)) else {
            return Err(format!("{} columns instead of 19", columns.len()));
        };
        // The Netherlands Antilles are dissolved and have no number any more.
        if *number != "0" && !number.is_empty() {
            intake.code(code, &id(number)?);
        }
        Ok(None)
    })
}

/// `hierarchy.txt`: number of the parent, of the child, and the sort of relation.
pub(super) fn read_hierarchy(reader: &mut dyn Read, intake: &mut Intake<'_>) -> Result<(), ImportError> {
    each(reader, intake, |columns, _| match columns {
        [parent, child, ..] if columns.len() <= 3 => Ok(Some((id(child)?, id(parent)?))),
        _ => Err(format!("{} columns instead of 3", columns.len())),
    })
}

/// A place and the one around it.
type Pair = (String, String);

fn each(
    reader: &mut dyn Read,
    intake: &mut Intake<'_>,
    mut row: impl FnMut(&[&str], &mut Intake<'_>) -> Result<Option<Pair>, String>,
) -> Result<(), ImportError> {
    let mut lines = Lines::new(reader, LONGEST);
    while let Some((number, line)) = lines.next().map_err(|error| intake.failed(error))? {
        let line = match line {
            Line::Bytes(line) if line.starts_with(b"#") => continue,
            Line::Bytes(line) => std::str::from_utf8(line).map_err(|_| "the line is no UTF-8"),
            Line::TooLong => Err("the line is longer than any of GeoNames"),
        };
        intake.row()?;
        let read = line.map_err(str::to_owned).and_then(|line| {
            let columns: Vec<&str> = line.split('\t').map(|column| column.trim_matches(' ')).collect();
            row(&columns, intake)
        });
        match read {
            Ok(Some((place, around))) => intake.parent(&place, &around)?,
            Ok(None) => {}
            Err(reason) => intake.refuse(At::Line(number), reason)?,
        }
    }
    Ok(())
}

fn id(number: &str) -> Result<String, String> {
    match number.parse::<u32>() {
        Ok(number) => Ok(format!("geonames:{number}")),
        Err(_) => Err(format!("“{number}” is no number of GeoNames")),
    }
}
