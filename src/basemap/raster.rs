//! Rasterises one square tile of the basemap.
//! Lines are as wide as the display's scale wants them, whatever the size that the tile is drawn at.

use tiny_skia::{PathBuilder, Pixmap};

use super::clip::Xy;
use super::pack::Basemap;
use super::pen::{colour, fill, stroke, trace};
use super::sketch::{Frame, Path, Sketch};
use super::style::{Line, Style};

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
    let scale = scale.clamp(0.25, 8.0);
    let frame = frame(tile, side, scale);
    let mut sketch = Sketch::default();
    sketch.draw(basemap, &frame);
    paint(sketch, &mut pixmap, frame.zoom, scale, style);
    pixmap.take()
}

/// Where a tile lies.
fn frame(tile: TileId, side: u32, scale: f32) -> Frame {
    let tiles = f64::from(tile.z).exp2();
    let world = tiles * f64::from(side);
    Frame {
        level: Frame::level(world, f64::from(scale)),
        sides: [f64::from(side); 2],
        origin: [f64::from(tile.x) / tiles, f64::from(tile.y) / tiles],
        world,
        zoom: f32::from(tile.z) + 1.0,
    }
}

impl Path for PathBuilder {
    fn trace(&mut self, points: &[Xy], closed: bool) {
        trace(self, points, closed);
    }
}

/// Paints what was sketched.
fn paint(sketch: Sketch<PathBuilder>, pixmap: &mut Pixmap, zoom: f32, scale: f32, style: &Style) {
    let width = |line: Line| scale * line.width(zoom);
    fill(pixmap, sketch.land, style.land);
    if !style.plain {
        stroke(pixmap, sketch.rivers, style.water, width(Line::River), false);
    }
    fill(pixmap, sketch.lakes, style.water);
    stroke(pixmap, sketch.coast, style.coast, width(Line::Coast), false);
    if style.plain {
        return;
    }
    stroke(pixmap, sketch.divisions, style.division, width(Line::Division), false);
    stroke(pixmap, sketch.borders, style.border, width(Line::Border), false);
    stroke(pixmap, sketch.disputed, style.border, width(Line::Border), true);
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
