//! What lies where: a grid of one-degree cells, each with its places, most prominent first.
//! A box of many cells is answered from the rows themselves, which are in that order already.

use geo::{Distance, Haversine, Point};

use super::Row;
use super::columns::Columns;
use super::file::{Section, Sections};
use crate::model::Bbox;

/// Cells from west to east.
pub(super) const WIDE: usize = 360;
/// Cells from south to north.
pub(super) const HIGH: usize = 180;
/// Boxes of more cells than this are answered by walking all rows until enough are found.
const MANY_CELLS: usize = 600;

#[derive(Debug)]
pub(super) struct Grid {
    /// For each cell, where its rows end in `rows`.
    ends: Section,
    rows: Section,
}

/// The cell of a point.
pub(super) fn cell(lat: f64, lon: f64) -> (usize, usize) {
    let part = |degrees: f64, count: usize| (degrees.floor().max(0.0) as usize).min(count - 1);
    (part(lat + 90.0, HIGH), part(lon + 180.0, WIDE))
}

impl Grid {
    pub(super) fn open(sections: &Sections) -> Self {
        Self { ends: sections.section(b"cend"), rows: sections.section(b"cell") }
    }

    fn rows_of(&self, y: usize, x: usize) -> impl Iterator<Item = Row> + '_ {
        let number = y * WIDE + x;
        let start = if number == 0 { 0 } else { self.ends.u32(number - 1) };
        (start..self.ends.u32(number)).map(|at| Row(self.rows.u32(at as usize)))
    }

    pub(super) fn within(&self, columns: &Columns, bbox: Bbox, limit: usize) -> Vec<Row> {
        let inside = |row: &Row| {
            let (lat, lon) = columns.point(*row);
            bbox.contains(lat, lon)
        };
        let (south, west) = cell(bbox.south, bbox.west);
        let (north, east) = cell(bbox.north, bbox.east);
        let across = if bbox.west <= bbox.east { east - west.min(east) + 1 } else { WIDE - west + east + 1 };
        if across * (north.saturating_sub(south) + 1) > MANY_CELLS {
            return (0..columns.len() as u32).map(Row).filter(inside).take(limit).collect();
        }
        let mut rows: Vec<Row> = (south..=north)
            .flat_map(|y| (0..across).map(move |step| (y, (west + step) % WIDE)))
            .flat_map(|(y, x)| self.rows_of(y, x).filter(inside).take(limit))
            .collect();
        rows.sort_unstable();
        rows.dedup();
        rows.truncate(limit);
        rows
    }

    pub(super) fn nearest(&self, columns: &Columns, lat: f64, lon: f64, limit: usize) -> Vec<(Row, f64)> {
        let here = Point::new(lon, lat);
        let (y, x) = cell(lat, lon);
        let mut found: Vec<(Row, f64)> = Vec::new();
        // Rings of cells, until the farthest kept is nearer than anything outside the ring can be.
        for ring in 0..=5usize {
            // Cells narrow towards the poles; the rings widen with them.
            let stretch = (1.0 / lat.to_radians().cos().max(0.05)).ceil() as usize;
            let reach = ring * stretch;
            let inner = |step_y: usize, step_x: usize| {
                step_y.abs_diff(ring) < ring && step_x.abs_diff(reach) <= (ring - 1) * stretch
            };
            for step_y in 0..=2 * ring {
                let Some(cell_y) = (y + step_y).checked_sub(ring).filter(|&cell| cell < HIGH) else {
                    continue;
                };
                for step_x in (0..=2 * reach).filter(|&step_x| !inner(step_y, step_x)) {
                    let cell_x = (x + WIDE + step_x - reach) % WIDE;
                    for row in self.rows_of(cell_y, cell_x) {
                        let (lat, lon) = columns.point(row);
                        found.push((row, Haversine.distance(here, Point::new(lon, lat))));
                    }
                }
            }
            found.sort_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0)));
            found.dedup_by_key(|&mut (row, _)| row);
            if found.len() >= limit && found[limit.saturating_sub(1)].1 < 100_000.0 * ring as f64 {
                break;
            }
        }
        found.truncate(limit);
        found
    }
}
