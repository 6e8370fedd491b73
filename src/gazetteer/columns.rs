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
            names: sections.section(b"name"),
            boxed: sections.section(b"boxr"),
            boxes: sections.section(b"box "),
        };
        let rows = columns.len();
        let widths = [
            (&columns.lat, 4),
            (&columns.lon, 4),
            (&columns.population, 4),
            (&columns.country, 2),
            (&columns.feature, 1),
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
        let at = usize::from(self.feature.u8(row.0 as usize)) * 8;
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
        match self.ids.u32(row.0 as usize) {
            number if number & TEXT_ID == 0 => format!("geonames:{number}"),
            offset => self.text_id(offset & !TEXT_ID).to_owned(),
        }
    }

    /// The text at an offset; its length is the byte before it.
    fn text_id(&self, offset: u32) -> &str {
        let at = offset as usize;
        self.text_ids.text(at + 1..at + 1 + usize::from(self.text_ids.u8(at)))
    }

    pub(super) fn by_id(&self, id: &str) -> Option<Row> {
        let search = |index: &Section, is_before: &dyn Fn(u32) -> bool| {
            let (mut low, mut high) = (0, index.count(4));
            while low < high {
                let middle = (low + high) / 2;
                if is_before(index.u32(middle)) { low = middle + 1 } else { high = middle }
            }
            (low < index.count(4)).then(|| index.u32(low))
        };
        let row = match id.strip_prefix("geonames:") {
            Some(number) => {
                let number: u32 = number.parse().ok()?;
                search(&self.by_number, &|row| self.ids.u32(row as usize) < number)
            }
            None => search(&self.by_text, &|row| self.text_id(self.ids.u32(row as usize) & !TEXT_ID) < id),
        }?;
        (self.id(Row(row)) == id).then_some(Row(row))
    }

    pub(super) fn bbox(&self, row: Row) -> Option<Bbox> {
        let (mut low, mut high) = (0, self.boxed.count(4));
        while low < high {
            let middle = (low + high) / 2;
            if self.boxed.u32(middle) < row.0 { low = middle + 1 } else { high = middle }
        }
        if low >= self.boxed.count(4) || self.boxed.u32(low) != row.0 {
            return None;
        }
        let edge = |number: usize| f64::from(self.boxes.i32(low * 4 + number)) / PER_DEGREE;
        Some(Bbox { west: edge(0), south: edge(1), east: edge(2), north: edge(3) })
    }
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
