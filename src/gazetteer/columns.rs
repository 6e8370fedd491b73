//! What is known of each place, column by column, read where it lies.
//! A row out of range reads as zeros and empty texts, never as a panic.

use super::file::{Section, Sections};
use super::{GazetteerError, Row};
use crate::model::{Bbox, Precision};

/// No parent, no text id.
pub(super) const NONE: u32 = u32::MAX;
/// Set in the id column where the rest is an offset into the text ids.
pub(super) const TEXT_ID: u32 = 1 << 31;
/// Degrees are stored times this, as GeoNames gives them.
pub(super) const PER_DEGREE: f64 = 100_000.0;
/// Radii are stored in these, metres.
pub(super) const RADIUS_UNIT: f64 = 100.0;

#[derive(Debug)]
pub(super) struct Columns {
    ids: Section,
    text_ids: Section,
    by_number: Section,
    by_text: Section,
    lat: Section,
    lon: Section,
    population: Section,
    country: Section,
    feature: Section,
    features: Section,
    prominence: Section,
    radius: Section,
    parent: Section,
    name_ends: Section,
    names: Section,
    boxed: Section,
    boxes: Section,
    children: Section,
    countries: Section,
}

impl Columns {
    pub(super) fn open(sections: &Sections) -> Result<Self, GazetteerError> {
        let columns = Self {
            ids: sections.section(b"id  "),
            text_ids: sections.section(b"tid "),
            by_number: sections.section(b"idn "),
            by_text: sections.section(b"idt "),
            lat: sections.section(b"lat "),
            lon: sections.section(b"lon "),
            population: sections.section(b"pop "),
            country: sections.section(b"cc  "),
            feature: sections.section(b"feat"),
            features: sections.section(b"fnam"),
            prominence: sections.section(b"prom"),
            radius: sections.section(b"rad "),
            parent: sections.section(b"par "),
            name_ends: sections.section(b"nend"),
            names: sections.section(b"shwn"),
            boxed: sections.section(b"boxr"),
            boxes: sections.section(b"box "),
            children: sections.section(b"chld"),
            countries: sections.section(b"cnty"),
        };
        let rows = columns.len();
        let widths = [
            (&columns.lat, 4),
            (&columns.lon, 4),
            (&columns.population, 4),
            (&columns.country, 2),
            (&columns.feature, 2),
            (&columns.prominence, 2),
            (&columns.radius, 2),
            (&columns.parent, 4),
            (&columns.name_ends, 4),
        ];
        if widths.iter().any(|(column, width)| column.count(*width) != rows) {
            return Err(GazetteerError::Format("its columns differ in length".to_owned()));
        }
        Ok(columns)
    }

    pub(super) fn len(&self) -> usize {
        self.ids.count(4)
    }

    pub(super) fn point(&self, row: Row) -> (f64, f64) {
        let degrees = |column: &Section| f64::from(column.i32(row.0 as usize)) / PER_DEGREE;
        (degrees(&self.lat), degrees(&self.lon))
    }

    pub(super) fn population(&self, row: Row) -> u64 {
        u64::from(self.population.u32(row.0 as usize))
    }

    pub(super) fn country_code(&self, row: Row) -> &str {
        let at = row.0 as usize * 2;
        if self.country.u16(row.0 as usize) == 0 { "" } else { self.country.text(at..at + 2) }
    }

    pub(super) fn feature(&self, row: Row) -> (char, &str) {
        // Each entry of the table: the class, then the code padded to seven bytes with spaces.
        let at = usize::from(self.feature.u16(row.0 as usize)) * 8;
        let class = self.features.as_ref().get(at).map_or('P', |&byte| char::from(byte));
        (class, self.features.text(at + 1..at + 8).trim_end())
    }

    pub(super) fn prominence(&self, row: Row) -> f32 {
        f32::from(self.prominence.u16(row.0 as usize)) / f32::from(u16::MAX)
    }

    pub(super) fn radius_m(&self, row: Row) -> f64 {
        f64::from(self.radius.u16(row.0 as usize)) * RADIUS_UNIT
    }

    pub(super) fn parent(&self, row: Row) -> Option<Row> {
        let parent = self.parent.u32(row.0 as usize);
        (parent != NONE && (row.0 as usize) < self.len()).then_some(Row(parent))
    }

    pub(super) fn name(&self, row: Row) -> &str {
        let at = row.0 as usize;
        let start = if at == 0 { 0 } else { self.name_ends.u32(at - 1) };
        self.names.text(start as usize..self.name_ends.u32(at) as usize)
    }

    pub(super) fn id(&self, row: Row) -> String {
        match self.key(row) {
            Id::GeoNames(number) => format!("geonames:{number}"),
            Id::Text(text) => text.to_owned(),
        }
    }

    /// The text at an offset; its length is in the two bytes before it.
    fn text_id(&self, offset: u32) -> &str {
        let at = offset as usize;
        let len = [at, at + 1].map(|at| self.text_ids.u8(at));
        self.text_ids.text(at + 2..at + 2 + usize::from(u16::from_le_bytes(len)))
    }

    /// The identifier, to be looked up in another gazetteer.
    pub(super) fn key(&self, row: Row) -> Id<'_> {
        match self.ids.u32(row.0 as usize) {
            number if number & TEXT_ID == 0 => Id::GeoNames(number),
            offset => Id::Text(self.text_id(offset & !TEXT_ID)),
        }
    }

    pub(super) fn by_id(&self, id: Id<'_>) -> Option<Row> {
        let index = match id {
            Id::GeoNames(_) => &self.by_number,
            Id::Text(_) => &self.by_text,
        };
        let at = first(index.count(4), |at| self.key(Row(index.u32(at))) >= id);
        (at < index.count(4)).then(|| Row(index.u32(at))).filter(|&row| self.key(row) == id)
    }

    /// The best known country with this code.
    pub(super) fn country(&self, code: &str) -> Option<Row> {
        // Each entry: the code, two bytes of nothing, the row.
        let key = |at: usize| self.countries.array::<8>(at).map_or([0, 0], |entry| [entry[0], entry[1]]);
        let code: [u8; 2] = code.as_bytes().try_into().ok()?;
        let at = first(self.countries.count(8), |at| key(at) >= code);
        (key(at) == code && code != [0, 0]).then(|| Row(self.countries.u32(at * 2 + 1)))
    }

    /// The rows whose parent is this one, most prominent first.
    pub(super) fn children(&self, row: Row) -> impl Iterator<Item = Row> + '_ {
        let parent = |at: usize| self.parent.u32(self.children.u32(at) as usize);
        let start = first(self.children.count(4), |at| parent(at) >= row.0);
        (start..self.children.count(4))
            .take_while(move |&at| parent(at) == row.0)
            .map(|at| Row(self.children.u32(at)))
    }

    pub(super) fn bbox(&self, row: Row) -> Option<Bbox> {
        let low = first(self.boxed.count(4), |at| self.boxed.u32(at) >= row.0);
        if low >= self.boxed.count(4) || self.boxed.u32(low) != row.0 {
            return None;
        }
        let edge = |number: usize| f64::from(self.boxes.i32(low * 4 + number)) / PER_DEGREE;
        Some(Bbox { west: edge(0), south: edge(1), east: edge(2), north: edge(3) })
    }
}

/// An identifier. GeoNames' are numbers and come before all others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Id<'a> {
    GeoNames(u32),
    Text(&'a str),
}

impl<'a> Id<'a> {
    pub(super) fn of(id: &'a str) -> Self {
        let digits = id.strip_prefix("geonames:").filter(|digits| !digits.starts_with(['0', '+']));
        let number = digits.and_then(|digits| digits.parse().ok()).filter(|number| number & TEXT_ID == 0);
        number.map_or(Self::Text(id), Self::GeoNames)
    }
}

/// The first of `count` places in a sorted column at which the condition holds; `count` where it never does.
fn first(count: usize, holds: impl Fn(usize) -> bool) -> usize {
    let (mut low, mut high) = (0, count);
    while low < high {
        let middle = low + (high - low) / 2;
        if holds(middle) { high = middle } else { low = middle + 1 }
    }
    low
}

/// How exactly a feature of this class, code and radius says where something is.
pub(super) fn precision(class: char, code: &str, radius_m: f64) -> Precision {
    match (class, code) {
        ('A', code) if code.starts_with("PCL") => Precision::Country,
        ('A', "ADM1" | "ADM1H") => Precision::Region,
        ('A', code) if code.starts_with("ADM") => Precision::District,
        ('P', _) => Precision::Settlement,
        ('S' | 'R', _) if radius_m < 5_000.0 => Precision::Point,
        ('L', "CONT") | ('H', "OCN") => Precision::Wider,
        ('H', "STM" | "LK" | "CNL") if radius_m > 60_000.0 => Precision::Region,
        _ if radius_m > 600_000.0 => Precision::Wider,
        _ if radius_m > 60_000.0 => Precision::Region,
        _ if radius_m > 5_000.0 => Precision::District,
        _ => Precision::Point,
    }
}
