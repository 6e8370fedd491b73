//! Rasterises one square tile of the basemap.
//! Lines are as wide as the display's scale wants them, whatever the size that the tile is drawn at.

use tiny_skia::{PathBuilder, Pixmap};

use super::clip::{self, Rect, Xy};
use super::pack::{Basemap, Feature, LEVEL, Layer, Level, to_world};
use super::pen::{colour, fill, stroke, trace};
use super::style::Style;

/// How far beyond a tile's sides geometry is kept, pixels: more than half of any line's width.
const MARGIN: f64 = 8.0;
/// The same for dashed lines, whose dashes would not meet across tiles if they began at each side.
const DASH_MARGIN: f64 = 8192.0;

/// A tile of the world's square: column `x` and row `y` of the `2^z × 2^z` grid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TileId {
    /// Level of the grid.
    pub z: u8,
    /// Column from the west.
    pub x: u32,
    /// Row from the north.
    pub y: u32,
}

impl TileId {
    /// Whether it is the other tile, or one above it.
    pub fn is_above(self, tile: TileId) -> bool {
        let up = u32::from(tile.z.saturating_sub(self.z));
        self.z <= tile.z && tile.x.checked_shr(up) == Some(self.x) && tile.y.checked_shr(up) == Some(self.y)
    }
}

/// Draws a tile: `pixels × pixels` opaque RGBA, rows from the top, with lines for a display of `scale`
/// pixels to a point. Damaged map content is left out.
///
/// ```
/// use dateline::basemap::{Basemap, Style, TileId, render};
/// let basemap = Basemap::embedded()?;
/// let rgba = render(&basemap, TileId { z: 0, x: 0, y: 0 }, 64, 1.0, &Style::LIGHT);
/// assert_eq!(rgba.len(), 64 * 64 * 4);
/// # Ok::<(), dateline::basemap::BasemapError>(())
/// ```
pub fn render(basemap: &Basemap, tile: TileId, pixels: u32, scale: f32, style: &Style) -> Vec<u8> {
    let side = pixels.clamp(1, 4096);
    let Some(mut pixmap) = Pixmap::new(side, side) else {
        return Vec::new();
    };
    pixmap.fill(colour(style.sea));
    let frame = Frame::new(tile, side, scale);
    let mut sketch = Sketch::default();
    for (column, row) in frame.cells() {
        for feature in basemap.cell(frame.level, column, row) {
            if feature.min_zoom <= frame.zoom {
                sketch.add(&frame, column, row, &feature);
            }
        }
    }
    sketch.paint(&mut pixmap, &frame, style);
    pixmap.take()
}

/// Where a tile lies and what it takes to draw it.
struct Frame {
    level: usize,
    side: f64,
    /// North-western corner on the unit square.
    origin: Xy,
    /// Pixels along the world's side.
    world: f64,
    /// Zoom of a map whose world is 256 points wide at 0.
    zoom: f32,
    /// Pixels to a point.
    scale: f32,
}

impl Frame {
    fn new(tile: TileId, side: u32, scale: f32) -> Frame {
        let tiles = f64::from(tile.z).exp2();
        let world = tiles * f64::from(side);
        // Each scale of the source stays sharp up to about this size of the world: the coarsest in
        // points, for it is only a glance at the whole; the middle one in pixels.
        let level = if world <= 640.0 * f64::from(scale) {
            0
        } else if world <= 8192.0 {
            1
        } else {
            2
        };
        Frame {
            level,
            side: f64::from(side),
            origin: [f64::from(tile.x) / tiles, f64::from(tile.y) / tiles],
            world,
            zoom: f32::from(tile.z) + 1.0,
            scale: scale.clamp(0.25, 8.0),
        }
    }

    /// Cells of the level that the tile covers.
    fn cells(&self) -> impl Iterator<Item = (u32, u32)> + use<> {
        let grid = f64::from(LEVEL[self.level].grid);
        let last = LEVEL[self.level].grid - 1;
        let span = self.side / self.world;
        let range = |from: f64| {
            let first = ((from * grid) as u32).min(last);
            // A tile that ends on a cell's side does not cover the next cell.
            let end = (((from + span) * grid - 1e-9) as u32).min(last);
            first..=end.max(first)
        };
        let (columns, rows) = (range(self.origin[0]), range(self.origin[1]));
        rows.flat_map(move |row| columns.clone().map(move |column| (column, row)))
    }

    fn to_pixels(&self, world: Xy) -> Xy {
        [(world[0] - self.origin[0]) * self.world, (world[1] - self.origin[1]) * self.world]
    }

    fn rect(&self, margin: f64) -> Rect {
        Rect { min: [-margin; 2], max: [self.side + margin; 2] }
    }
}

/// One path for each thing that is painted in one go.
#[derive(Default)]
struct Sketch {
    land: PathBuilder,
    coast: PathBuilder,
    lakes: PathBuilder,
    rivers: PathBuilder,
    divisions: PathBuilder,
    borders: PathBuilder,
    disputed: PathBuilder,
}

impl Sketch {
    fn add(&mut self, frame: &Frame, column: u32, row: u32, feature: &Feature) {
        let level = &LEVEL[frame.level];
        let points: Vec<Xy> = feature
            .points
            .iter()
            .map(|&point| frame.to_pixels(to_world(level, column, row, point)))
            .collect();
        let margin = if feature.layer == Layer::Disputed { DASH_MARGIN } else { MARGIN };
        let near = frame.rect(margin);
        let extent = Rect::of(&points);
        if !extent.touches(&near) {
            return;
        }
        let path = match feature.layer {
            Layer::Land => {
                add_coast(&mut self.coast, frame, level, column, &feature.points, &points);
                &mut self.land
            }
            Layer::Lake => &mut self.lakes,
            Layer::River => &mut self.rivers,
            Layer::Division => &mut self.divisions,
            Layer::Border => &mut self.borders,
            Layer::Disputed => &mut self.disputed,
        };
        let closed = matches!(feature.layer, Layer::Land | Layer::Lake);
        match (closed, extent.within(&near)) {
            (true, true) => trace(path, &points, true),
            (true, false) => trace(path, &clip::ring(&points, &near), true),
            (false, true) => trace(path, &points, false),
            (false, false) => {
                clip::line(&points, &near).iter().for_each(|stretch| trace(path, stretch, false))
            }
        }
    }

    fn paint(self, pixmap: &mut Pixmap, frame: &Frame, style: &Style) {
        let scale = frame.scale;
        // Rivers and borders grow a little as the map comes nearer.
        let near = ((frame.zoom - 2.0) / 6.0).clamp(0.0, 1.0);
        fill(pixmap, self.land, style.land);
        if !style.plain {
            stroke(pixmap, self.rivers, style.water, scale * (0.7 + 0.8 * near), false);
        }
        fill(pixmap, self.lakes, style.water);
        stroke(pixmap, self.coast, style.coast, scale * (0.6 + 0.3 * near), false);
        if style.plain {
            return;
        }
        stroke(pixmap, self.divisions, style.division, scale * (0.7 + 0.3 * near), false);
        stroke(pixmap, self.borders, style.border, scale * (0.8 + 0.5 * near), false);
        stroke(pixmap, self.disputed, style.border, scale * (0.8 + 0.5 * near), true);
    }
}

/// The shore of a land ring: its edges less those that only follow a cell's side or the antimeridian.
fn add_coast(
    path: &mut PathBuilder,
    frame: &Frame,
    level: &Level,
    column: u32,
    cell: &[[i32; 2]],
    points: &[Xy],
) {
    let (low, high) = (-level.buffer, level.units + level.buffer);
    let seam = if column == 0 {
        Some(0)
    } else if column == level.grid - 1 {
        Some(level.units)
    } else {
        None
    };
    let artificial = |a: [i32; 2], b: [i32; 2]| {
        (0..2).any(|axis| a[axis] == b[axis] && (a[axis] == low || a[axis] == high))
            || (a[0] == b[0] && Some(a[0]) == seam)
            || (level.grid == 1 && a[0] == b[0] && (a[0] == 0 || a[0] == level.units))
    };
    let near = frame.rect(MARGIN);
    let mut stretch: Vec<Xy> = Vec::new();
    for index in 0..cell.len() {
        let next = (index + 1) % cell.len();
        let edge = [points[index], points[next]];
        if artificial(cell[index], cell[next]) || !Rect::of(&edge).touches(&near) {
            trace(path, &stretch, false);
            stretch.clear();
            continue;
        }
        if stretch.is_empty() {
            stretch.push(edge[0]);
        }
        stretch.push(edge[1]);
    }
    trace(path, &stretch, false);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::basemap::Rgb;
    use crate::basemap::mercator::project;

    fn basemap() -> Basemap {
        match Basemap::embedded() {
            Ok(basemap) => basemap,
            Err(error) => panic!("{error}"),
        }
    }

    /// The colour at a place on the tile of level `z` that shows it.
    fn pixel(basemap: &Basemap, z: u8, lat: f64, lon: f64) -> Rgb {
        let tiles = f64::from(z).exp2();
        let [x, y] = project(lat, lon).map(|axis| axis * tiles);
        let rgba = render(basemap, TileId { z, x: x as u32, y: y as u32 }, 256, 1.0, &Style::LIGHT);
        let at = ((y.fract() * 256.0) as usize * 256 + (x.fract() * 256.0) as usize) * 4;
        [rgba[at], rgba[at + 1], rgba[at + 2]]
    }

    #[test]
    fn land_sea_and_lakes_are_where_they_are_at_every_zoom() {
        let basemap = basemap();
        for z in 0..=9 {
            let check = |lat: f64, lon: f64, expected: Rgb| {
                assert_eq!(pixel(&basemap, z, lat, lon), expected, "zoom {z} at {lat}, {lon}");
            };
            check(-10.0, -25.0, Style::LIGHT.sea);
            check(23.3, 4.1, Style::LIGHT.land);
            check(-80.0, 30.0, Style::LIGHT.land);
            if z >= 3 {
                check(-1.8, 32.5, Style::LIGHT.water);
                check(42.0, 50.5, Style::LIGHT.sea);
                check(68.3, 178.5, Style::LIGHT.land);
                check(28.9, 33.8, Style::LIGHT.land);
            }
        }
    }

    #[test]
    fn the_same_tile_is_the_same_bytes() {
        let basemap = basemap();
        let tile = TileId { z: 5, x: 18, y: 12 };
        let first = render(&basemap, tile, 512, 1.0, &Style::DARK);
        assert_eq!(first, render(&basemap, tile, 512, 1.0, &Style::DARK));
        assert!(first.chunks(4).all(|pixel| pixel[3] == 255));
        assert_ne!(first, render(&basemap, tile, 512, 1.0, &Style::LIGHT));
    }

    #[test]
    fn a_tile_outside_the_grid_is_sea() {
        let rgba = render(&basemap(), TileId { z: 2, x: 900, y: 900 }, 16, 1.0, &Style::LIGHT);
        assert_eq!(rgba.len(), 16 * 16 * 4);
    }
}
