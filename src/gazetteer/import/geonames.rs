//! The main table of GeoNames, for the world or a country: nineteen columns without a header, described in
//! <https://download.geonames.org/export/dump/readme.txt>.
//! Divisions give the codes by which other rows name what they lie in, so that a file of one country needs
//! no table of codes beside it.

use std::collections::BTreeMap;
use std::io::Read;

use super::intake::{At, ImportError, Intake};
use super::lines::{Line, Lines};
use super::row::point;
use crate::gazetteer::junk::{is_name, transliterated};
use crate::gazetteer::{NameKind, NewName, NewPlace};

/// Longest line, bytes. The longest column may have ten thousand characters.
pub(super) const LONGEST: usize = 1 << 18;
/// Longest name that is looked up by, bytes; what is longer is a sentence.
pub(super) const LONGEST_NAME: usize = 400;

const COLUMNS: usize = 19;

/// The columns that are read.
#[derive(Clone, Copy)]
enum Column {
    Id,
    Name,
    Ascii,
    Alternates,
    Lat,
    Lon,
    Class,
    Code,
    Country,
    Admin1 = 10,
    Admin4 = 13,
    Population,
}

struct Fields<'l>([&'l str; COLUMNS]);

impl<'l> Fields<'l> {
    fn of(line: &'l [u8]) -> Result<Self, String> {
        let line = std::str::from_utf8(line).map_err(|_| "the line is no UTF-8".to_owned())?;
        let mut fields = [""; COLUMNS];
        let mut count = 0;
        for field in line.split('\t') {
            if let Some(slot) = fields.get_mut(count) {
                *slot = field.trim_matches(' ');
            }
            count += 1;
        }
        if count == COLUMNS { Ok(Self(fields)) } else { Err(format!("{count} columns instead of {COLUMNS}")) }
    }

    fn get(&self, column: Column) -> &'l str {
        self.0[column as usize]
    }

    /// Codes of the divisions around it, first level first, as far as they are known.
    fn divisions(&self) -> impl Iterator<Item = &'l str> {
        let codes = self.0[Column::Admin1 as usize..=Column::Admin4 as usize].iter().copied();
        codes.take_while(|code| !code.is_empty())
    }

    /// The code of the division of this level: `US.ME.019` of the second.
    fn code(&self, levels: usize) -> String {
        let mut code = self.get(Column::Country).to_owned();
        for division in self.divisions().take(levels) {
            code.push('.');
            code.push_str(division);
        }
        code
    }

    /// Which level of division it is itself: 0 for a country, 2 for a county.
    fn level(&self) -> Option<usize> {
        let code = self.get(Column::Code);
        match self.get(Column::Class) {
            "A" if code.starts_with("PCL") => Some(0),
            "A" => match code.strip_prefix("ADM")?.as_bytes() {
                [level @ b'1'..=b'4', ..] => Some(usize::from(level - b'0')),
                _ => None,
            },
            _ => None,
        }
    }
}

/// How surely a feature stands for its country code; the United States' outlying islands are no `PCLI`.
fn country_rank(code: &str) -> Option<u8> {
    match code {
        "PCLI" => Some(0),
        "PCL" | "PCLD" | "PCLF" | "PCLS" => Some(1),
        "PCLIX" | "TERR" => Some(2),
        _ => None,
    }
}

pub(super) fn read(reader: &mut dyn Read, intake: &mut Intake<'_>) -> Result<(), ImportError> {
    let mut lines = Lines::new(reader, LONGEST);
    let mut countries: BTreeMap<String, (u8, String)> = BTreeMap::new();
    while let Some((number, line)) = lines.next().map_err(|error| intake.failed(error))? {
        intake.row()?;
        let read = match line {
            Line::Bytes(line) => Fields::of(line).and_then(|fields| Ok((place(&fields)?, fields))),
            Line::TooLong => Err("the line is longer than any of GeoNames".to_owned()),
        };
        match read {
            Ok((place, fields)) => {
                match fields.level() {
                    Some(0) => remember(&mut countries, &fields, &place.id),
                    // “ADM2H” was a division once, and may have passed its code on.
                    Some(level)
                        if fields.get(Column::Code).len() == 4 && fields.divisions().count() >= level =>
                    {
                        intake.code(&fields.code(level), &place.id);
                    }
                    _ => {}
                }
                intake.place(place)?;
            }
            Err(reason) => intake.refuse(At::Line(number), reason)?,
        }
    }
    for (code, (_, id)) in &countries {
        intake.code(code, id);
    }
    Ok(())
}

fn remember(countries: &mut BTreeMap<String, (u8, String)>, fields: &Fields<'_>, id: &str) {
    let country = fields.get(Column::Country);
    if let (Some(rank), false) = (country_rank(fields.get(Column::Code)), country.is_empty()) {
        let known = countries.get(country);
        if known.is_none_or(|known| (rank, id) < (known.0, known.1.as_str())) {
            countries.insert(country.to_owned(), (rank, id.to_owned()));
        }
    }
}

fn place(fields: &Fields<'_>) -> Result<NewPlace, String> {
    let number = fields.get(Column::Id);
    if number.parse::<u32>().is_err() {
        return Err(format!("“{number}” is no number of GeoNames"));
    }
    let name = fields.get(Column::Name);
    if name.is_empty() {
        return Err("it has no name".to_owned());
    }
    let (lat, lon) = point(fields.get(Column::Lat), fields.get(Column::Lon), false)?;
    let population = match fields.get(Column::Population) {
        "" => 0,
        text => text.parse().map_err(|_| format!("population “{text}” is no number"))?,
    };
    let country = fields.get(Column::Country);
    let around = match fields.level() {
        Some(0) => String::new(),
        Some(level) => fields.code(level - 1),
        None => fields.code(4),
    };
    Ok(NewPlace {
        id: format!("geonames:{number}"),
        name: name.to_owned(),
        lat,
        lon,
        country_code: country.to_owned(),
        feature_class: fields.get(Column::Class).chars().next().unwrap_or('S'),
        feature_code: fields.get(Column::Code).to_owned(),
        population,
        parent: around,
        names: names(fields),
        loose: transliterated(country),
        ..NewPlace::default()
    })
}

fn names(fields: &Fields<'_>) -> Vec<NewName> {
    let alternate = |text: &str, usual| NewName { text: text.to_owned(), kind: NameKind::Alternate, usual };
    let (name, ascii) = (fields.get(Column::Name), fields.get(Column::Ascii));
    let mut names = Vec::new();
    if !ascii.is_empty() && ascii != name {
        names.push(alternate(ascii, true));
    }
    let others = fields.get(Column::Alternates).split(',').map(str::trim);
    let worth = |text: &&str| text.len() <= LONGEST_NAME && *text != name && is_name(text);
    names.extend(others.filter(worth).map(|text| alternate(text, false)));
    names
}
