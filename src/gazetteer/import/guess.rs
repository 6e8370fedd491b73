//! Which column of a table holds what: as told, by its heading, or by what stands in it.
//! Headings count before content, and content only where there is no doubt.

use super::columns::{Field, heading};

/// Which column holds what.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Layout {
    columns: Vec<(Field, usize)>,
    /// Whether the first row is a header.
    pub(super) header: bool,
    /// Whether the identifiers are numbers of GeoNames.
    pub(super) geonames_ids: bool,
    /// Metres to one of its radii.
    pub(super) radius_unit: f64,
}

/// The first rows of a table.
pub(super) type Sample = [Vec<String>];

impl Layout {
    /// Which columns these are. Fails with the reason, as the end of a sentence.
    pub(super) fn find(sample: &Sample, told: &[(Field, String)]) -> Result<Self, String> {
        let mut layout = Self { header: true, radius_unit: 1.0, ..Self::default() };
        let Some(first) = sample.first() else {
            return Err("it has no rows".to_owned());
        };
        for (field, name) in told {
            layout.columns.push((*field, column(first, name)?));
        }
        let numbered = !told.is_empty() && told.iter().all(|(_, name)| name.parse::<usize>().is_ok());
        if numbered && layout.looks_like_a_row(first) {
            layout.header = false;
        } else {
            layout.by_headings(first);
            if layout.columns.is_empty() && first.iter().any(|cell| cell.trim().parse::<f64>().is_ok()) {
                return Err("it has no header; say by number which column holds what".to_owned());
            }
            layout.by_content(&sample[1..]);
        }
        layout.check(first)?;
        Ok(layout)
    }

    pub(super) fn column(&self, field: Field) -> Option<usize> {
        self.columns.iter().find(|(known, _)| *known == field).map(|&(_, column)| column)
    }

    pub(super) fn columns(&self) -> impl Iterator<Item = (Field, usize)> + '_ {
        self.columns.iter().copied()
    }

    /// The guess in words: `table: name “Ort”, lat “Breite”, lon “Länge”`.
    pub(super) fn describe(&self, sample: &Sample) -> String {
        let called = |column: usize| match sample.first().and_then(|first| first.get(column)) {
            Some(name) if self.header => format!("“{name}”"),
            _ => (column + 1).to_string(),
        };
        let mut columns = self.columns.clone();
        columns.sort_unstable();
        let told: Vec<String> =
            columns.iter().map(|&(field, column)| format!("{} {}", field.as_str(), called(column))).collect();
        format!("table: {}", told.join(", "))
    }

    /// Whether the first row holds coordinates, and so is no header.
    fn looks_like_a_row(&self, first: &[String]) -> bool {
        let number = |field| {
            let cell = self.column(field).and_then(|column| first.get(column));
            cell.is_some_and(|cell| cell.trim().replace(',', ".").parse::<f64>().is_ok())
        };
        number(Field::Lat) || number(Field::Lon)
    }

    fn taken(&self, column: usize) -> bool {
        self.columns.iter().any(|&(_, taken)| taken == column)
    }

    fn by_headings(&mut self, first: &[String]) {
        let headings: Vec<String> = first.iter().map(|name| heading(name)).collect();
        for field in Field::ALL {
            if self.column(field).is_some() {
                continue;
            }
            let named = |word: &str| {
                let at = headings.iter().position(|heading| heading == word)?;
                (!self.taken(at)).then_some(at)
            };
            let found = field.headings().split_whitespace().find_map(|word| Some((word, named(word)?)));
            if let Some((word, column)) = found {
                self.geonames_ids |= field == Field::Id && word.starts_with("geoname");
                self.columns.push((field, column));
            }
        }
        let kilometres = headings.iter().position(|heading| heading == "radiuskm");
        if let (Some(column), None) = (kilometres, self.column(Field::Radius)) {
            self.radius_unit = 1000.0;
            self.columns.push((Field::Radius, column));
        }
    }

    /// Two columns of fractions within the globe are coordinates, the first the latitude unless it is too
    /// large for one; the first column of words is the name.
    fn by_content(&mut self, rows: &Sample) {
        let width = rows.iter().map(Vec::len).max().unwrap_or_default();
        let free = |layout: &Self| (0..width).filter(|&at| !layout.taken(at)).collect::<Vec<_>>();
        let cells = |column: usize| {
            let cells = rows.iter().filter_map(move |row| row.get(column));
            cells.map(|cell| cell.trim()).filter(|cell| !cell.is_empty())
        };
        let none = [Field::Lat, Field::Lon, Field::Point].iter().all(|&field| self.column(field).is_none());
        if none {
            let largest = |column: usize| {
                let numbers: Option<Vec<f64>> =
                    cells(column).map(|cell| cell.replace(',', ".").parse().ok()).collect();
                let numbers = numbers.filter(|numbers| numbers.iter().any(|number| number.fract() != 0.0))?;
                Some(numbers.iter().fold(0.0f64, |most, number| most.max(number.abs())))
            };
            let degrees: Vec<(usize, f64)> = free(self)
                .into_iter()
                .filter_map(|at| Some((at, largest(at)?)).filter(|&(_, largest)| largest <= 180.0))
                .collect();
            if let [(first, largest), (second, other)] = degrees[..] {
                let (lat, lon) = if largest > 90.0 { (second, first) } else { (first, second) };
                if largest.min(other) <= 90.0 {
                    self.columns.extend([(Field::Lat, lat), (Field::Lon, lon)]);
                }
            }
        }
        if self.column(Field::Name).is_none() {
            let words = |&at: &usize| {
                let lettered =
                    |cell: &str| cell.chars().any(char::is_alphabetic) && cell.parse::<f64>().is_err();
                cells(at).next().is_some() && cells(at).all(lettered)
            };
            self.columns.extend(free(self).iter().find(|at| words(at)).map(|&at| (Field::Name, at)));
        }
    }

    fn check(&self, first: &[String]) -> Result<(), String> {
        let has = |field| self.column(field).is_some();
        let missing = match () {
            () if !has(Field::Name) => "name",
            () if has(Field::Point) => return Ok(()),
            () if !has(Field::Lat) => "latitude",
            () if !has(Field::Lon) => "longitude",
            () => return Ok(()),
        };
        let columns: Vec<String> = first.iter().take(12).map(|name| format!("“{}”", short(name))).collect();
        Err(format!(
            "no column is clearly the {missing}; say which is. It has the columns {}",
            columns.join(", ")
        ))
    }
}

/// The column with this heading, or with this number from 1.
fn column(first: &[String], name: &str) -> Result<usize, String> {
    let same = first.iter().position(|heading| heading.trim() == name.trim());
    let alike = || first.iter().position(|other| heading(other) == heading(name));
    let numbered = || name.parse::<usize>().ok()?.checked_sub(1).filter(|&at| at < first.len());
    same.or_else(alike).or_else(numbered).ok_or_else(|| {
        let columns: Vec<String> = first.iter().take(12).map(|name| format!("“{}”", short(name))).collect();
        format!("it has no column “{name}”, but {}", columns.join(", "))
    })
}

fn short(name: &str) -> String {
    name.trim().chars().take(30).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample(text: &str) -> Vec<Vec<String>> {
        text.lines().map(|line| line.split('|').map(str::to_owned).collect()).collect()
    }

    #[test]
    fn columns_are_found_by_what_is_told_by_headings_and_by_content() {
        let check = |text: &str, told: &[(Field, &str)], expected: &str| {
            let told: Vec<_> = told.iter().map(|(field, name)| (*field, (*name).to_owned())).collect();
            let sample = sample(text);
            let found =
                Layout::find(&sample, &told).map_or_else(|reason| reason, |layout| layout.describe(&sample));
            assert_eq!(found, expected);
        };
        check("name|lat|lon\nA|1|2", &[], "table: name “name”, lat “lat”, lon “lon”");
        check("Ort|Breite|Länge", &[], "table: name “Ort”, lat “Breite”, lon “Länge”");
        check("X|Y|Site Name", &[], "table: name “Site Name”, lat “Y”, lon “X”");
        check(
            "geonameid|title|Latitude|Longitude|country_code|pop|type|alternate names",
            &[],
            "table: id “geonameid”, name “title”, lat “Latitude”, lon “Longitude”, country “country_code”, \
             population “pop”, feature “type”, names “alternate names”",
        );
        check("title|coordinates", &[], "table: name “title”, point “coordinates”");
        check("who|a|b\nCamp|35.5|38.25\nFort|36.5|39", &[], "table: name “who”, lat “a”, lon “b”");
        check("a|b|who\n138.25|35.5|Camp", &[], "table: name “who”, lat “b”, lon “a”");
        check(
            "Camp|35.5|38.25",
            &[(Field::Name, "1"), (Field::Lat, "2"), (Field::Lon, "3")],
            "table: name 1, lat 2, lon 3",
        );
        check(
            "what|n|e|name",
            &[(Field::Name, "what"), (Field::Lat, "n"), (Field::Lon, "3")],
            "table: name “what”, lat “n”, lon “e”",
        );
        check(
            "name|north|east",
            &[],
            "no column is clearly the latitude; say which is. It has the columns “name”, “north”, “east”",
        );
        check(
            "name|lat|lon",
            &[(Field::Lat, "Breite")],
            "it has no column “Breite”, but “name”, “lat”, “lon”",
        );
        check(
            "AD|AD100|Canillo|42.58|1.6\nAD|AD200|Encamp|42.53|1.63",
            &[],
            "it has no header; say by number which column holds what",
        );
        check("", &[], "it has no rows");
    }
}
