//! Simplifies, cuts into cells and writes the packed file.
//! Everything is on the Mercator unit square, so one tolerance fits all latitudes as they are drawn.

use geo::{Coord, LineString, Simplify};

use super::Shape;
use super::sources::Country;
use crate::basemap::clip::{self, Rect, Xy};
use crate::basemap::countries::{OUTLINE_UNITS, RECORD};
use crate::basemap::pack::{HEADER, LEVEL, Layer, Level, MAGIC, SECTIONS, VERSION, write_points};

/// How far simplification may move a coast or a border, as a share of the world's side: half a pixel on
/// the widest map that each level is drawn for, the finest a pixel at zoom 9.
const TOLERANCE: [f64; 3] = [0.5 / 1024.0, 0.5 / 8192.0, 1.0 / 131_072.0];
/// The same for country outlines, which only tint.
const OUTLINE_TOLERANCE: f64 = 1.0 / 65_536.0;

/// Lakes, rivers and divisions are drawn fainter and may stray twice as far.
fn tolerance(index: usize, layer: Layer) -> f64 {
    match layer {
        Layer::Land | Layer::Border | Layer::Disputed => TOLERANCE[index],
        Layer::Lake | Layer::River | Layer::Division => TOLERANCE[index] * 2.0,
    }
}

/// One level's section: a table of where each cell begins, then the cells.
pub(crate) fn level(index: usize, shapes: &[Shape]) -> Vec<u8> {
    let level = &LEVEL[index];
    let mut cells = vec![Vec::new(); (level.grid * level.grid) as usize];
    for shape in shapes {
        let closed = matches!(shape.layer, Layer::Land | Layer::Lake);
        let tolerance = tolerance(index, shape.layer);
        let points = simplify(&shape.points, tolerance, closed);
        if closed && (points.len() < 3 || Rect::of(&points).size() < 2.0 * tolerance) {
            continue;
        }
        cut(level, shape, &points, closed, &mut cells);
    }
    let mut table = Vec::new();
    let mut body: Vec<u8> = Vec::new();
    for cell in &cells {
        table.extend((body.len() as u32).to_le_bytes());
        body.extend(cell);
    }
    table.extend((body.len() as u32).to_le_bytes());
    table.extend(body);
    table
}

/// Adds a shape's share to every cell that it touches: first by columns, then by rows, or the great
/// continents would be clipped whole four thousand times.
fn cut(level: &Level, shape: &Shape, points: &[Xy], closed: bool, cells: &mut [Vec<u8>]) {
    let grid = level.grid;
    let side = 1.0 / f64::from(grid);
    let reach = side * f64::from(level.buffer) / f64::from(level.units);
    let share = |points: &[Xy], rect: &Rect| {
        if closed { vec![clip::ring(points, rect)] } else { clip::line(points, rect) }
    };
    let range = |low: f64, high: f64| {
        let first = ((low - reach) / side).floor().max(0.0) as u32;
        first..=(((high + reach) / side) as u32).min(grid - 1)
    };
    let band = |index: u32| [f64::from(index) * side - reach, f64::from(index + 1) * side + reach];
    let extent = Rect::of(points);
    for column in range(extent.min[0], extent.max[0]) {
        let [west, east] = band(column);
        let strip = Rect { min: [west, f64::NEG_INFINITY], max: [east, f64::INFINITY] };
        for part in share(points, &strip).iter().filter(|part| !part.is_empty()) {
            let extent = Rect::of(part);
            for row in range(extent.min[1], extent.max[1]) {
                let [north, south] = band(row);
                let rect = Rect { min: [west, north], max: [east, south] };
                for piece in share(part, &rect) {
                    write(
                        level,
                        column,
                        row,
                        shape,
                        &piece,
                        closed,
                        &mut cells[(row * grid + column) as usize],
                    );
                }
            }
        }
    }
}

fn write(
    level: &Level,
    column: u32,
    row: u32,
    shape: &Shape,
    piece: &[Xy],
    closed: bool,
    cell: &mut Vec<u8>,
) {
    let units = f64::from(level.units);
    let step =
        |value: f64, index: u32| ((value * f64::from(level.grid) - f64::from(index)) * units).round() as i32;
    let mut points: Vec<[i32; 2]> =
        piece.iter().map(|point| [step(point[0], column), step(point[1], row)]).collect();
    points.dedup();
    if points.len() < if closed { 3 } else { 2 } {
        return;
    }
    cell.push(shape.layer as u8);
    cell.push((shape.min_zoom * 10.0).round().clamp(0.0, 255.0) as u8);
    write_points(&points, cell);
}

/// Ramer–Douglas–Peucker. A ring is cut open at its first point, which therefore stays.
fn simplify(points: &[Xy], tolerance: f64, closed: bool) -> Vec<Xy> {
    let mut line: Vec<Coord> = points.iter().map(|&[x, y]| Coord { x, y }).collect();
    if closed {
        line.extend(line.first().copied());
    }
    let mut kept: Vec<Xy> =
        LineString(line).simplify(tolerance).0.iter().map(|point| [point.x, point.y]).collect();
    if closed {
        kept.pop();
    }
    kept
}

/// The countries' section: a count, fixed records, then names and rings.
pub(crate) fn countries(countries: &[Country]) -> Vec<u8> {
    let mut section = (countries.len() as u32).to_le_bytes().to_vec();
    let start = section.len() + countries.len() * RECORD;
    let mut tail: Vec<u8> = Vec::new();
    for country in countries {
        let name = start + tail.len();
        tail.extend(country.name.as_bytes());
        let rings = start + tail.len();
        let mut count = 0u32;
        for ring in &country.rings {
            let points = simplify(ring, OUTLINE_TOLERANCE, true);
            let mut points: Vec<[i32; 2]> =
                points.iter().map(|point| point.map(|axis| (axis * OUTLINE_UNITS).round() as i32)).collect();
            points.dedup();
            if points.len() >= 3 {
                write_points(&points, &mut tail);
                count += 1;
            }
        }
        section.extend(country.code.bytes().take(2));
        section.extend(
            [country.min_zoom, country.max_zoom].map(|zoom| (zoom * 10.0).round().clamp(0.0, 255.0) as u8),
        );
        let label = country.label.map(|axis| (axis.clamp(0.0, 1.0) * f64::from(u32::MAX)).round() as u32);
        for word in [label[0], label[1], name as u32, country.name.len() as u32, rings as u32, count] {
            section.extend(word.to_le_bytes());
        }
    }
    section.extend(tail);
    section
}

/// The whole file: header, levels, countries.
pub(crate) fn file(levels: &[Vec<u8>], countries: &[u8]) -> Vec<u8> {
    let sections: Vec<&[u8]> = levels.iter().map(Vec::as_slice).chain([countries]).collect();
    debug_assert_eq!(sections.len(), SECTIONS);
    let mut bytes = MAGIC.to_vec();
    bytes.extend(VERSION.to_le_bytes());
    let mut start = HEADER;
    for section in &sections {
        bytes.extend((start as u32).to_le_bytes());
        bytes.extend((section.len() as u32).to_le_bytes());
        start += section.len();
    }
    sections.iter().for_each(|section| bytes.extend(*section));
    bytes
}
