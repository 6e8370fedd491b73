//! Draws vector tiles of other people's making in the theme's colours.
//! A level that a file does not have is drawn from the one above it, as sharp as that allows.

mod labels;
#[cfg(test)]
pub(crate) mod make;
mod mvt;
mod schema;

use std::collections::BTreeMap;

use tiny_skia::{LineCap, PathBuilder, Pixmap};

use super::clip::{self, Rect, Xy};
use super::pen::{self, trace};
use super::style::{Rgb, Style};
use super::{Order, TileId};
pub use labels::{LabelKind, TileLabel};
use schema::{Area, Line, Thing};

/// How far beyond a tile's sides geometry is kept, pixels.
const MARGIN: f64 = 24.0;

/// Draws what a tile shows of the vector tile `from`, which is that tile or one above it; with the names on it.
pub(crate) fn draw(bytes: &[u8], from: TileId, order: &Order) -> (Vec<u8>, Vec<TileLabel>) {
    let side = order.pixels.clamp(1, 4096);
    let Some(mut pixmap) = Pixmap::new(side, side) else {
        return (Vec::new(), Vec::new());
    };
    pixmap.fill(pen::colour(order.style.land));
    let frame = Frame::new(from, order, side);
    let mut sketch = Sketch::default();
    let mut names = Vec::new();
    for layer in mvt::layers(bytes) {
        let scale = frame.step / f64::from(layer.extent);
        for feature in layer.features() {
            if let Some(thing) = schema::thing(layer.name, &feature) {
                sketch.add(thing, feature.parts(), &frame, scale);
            }
        }
        labels::collect(&layer, from, frame.zoom, &mut names);
    }
    if from != order.tile {
        names.retain(|label| frame.holds(label.at));
    }
    sketch.paint(&mut pixmap, &frame, &order.style);
    (pixmap.take(), names)
}

/// How the steps of the tile that is read lie on the one that is drawn.
struct Frame {
    tile: TileId,
    /// Pixels along the side of the tile that is read.
    step: f64,
    /// Where its corner lies, pixels.
    corner: Xy,
    near: Rect,
    /// Zoom of a map whose world is 256 points wide at 0.
    zoom: f64,
    scale: f64,
}

impl Frame {
    fn new(from: TileId, order: &Order, side: u32) -> Frame {
        let up = order.tile.z.saturating_sub(from.z);
        let step = f64::from(side) * f64::from(up).exp2();
        let inside = |at: u32, from: u32| f64::from(at) - f64::from(from) * f64::from(up).exp2();
        let corner = [inside(order.tile.x, from.x), inside(order.tile.y, from.y)]
            .map(|tiles| -tiles * f64::from(side));
        let near = Rect { min: [-MARGIN; 2], max: [f64::from(side) + MARGIN; 2] };
        let scale = f64::from(order.scale()).clamp(0.25, 8.0);
        Frame { tile: order.tile, step, corner, near, zoom: f64::from(order.tile.z) + 1.0, scale }
    }

    fn holds(&self, at: Xy) -> bool {
        let tiles = f64::from(self.tile.z).exp2();
        (at[0] * tiles).floor() == f64::from(self.tile.x) && (at[1] * tiles).floor() == f64::from(self.tile.y)
    }
}

/// One path for each thing that is painted in one go.
#[derive(Default)]
struct Sketch {
    areas: BTreeMap<Area, PathBuilder>,
    lines: BTreeMap<Line, PathBuilder>,
}

impl Sketch {
    fn add(&mut self, thing: Thing, mut parts: Vec<Vec<Xy>>, frame: &Frame, scale: f64) {
        for part in &mut parts {
            for point in part.iter_mut() {
                *point = [0, 1].map(|axis| point[axis] * scale + frame.corner[axis]);
            }
            let extent = Rect::of(part);
            if !extent.touches(&frame.near) {
                continue;
            }
            let within = extent.within(&frame.near);
            match thing {
                Thing::Area(area) => {
                    let path = self.areas.entry(area).or_default();
                    if within {
                        trace(path, part, true)
                    } else {
                        trace(path, &clip::ring(part, &frame.near), true)
                    }
                }
                Thing::Line(line) => {
                    let path = self.lines.entry(line).or_default();
                    if within {
                        trace(path, part, false);
                    } else {
                        clip::line(part, &frame.near).iter().for_each(|stretch| trace(path, stretch, false));
                    }
                }
            }
        }
    }

    fn paint(mut self, pixmap: &mut Pixmap, frame: &Frame, style: &Style) {
        for area in Area::ALL {
            let Some(path) = self.areas.remove(&area) else { continue };
            // Single houses would be specks from afar.
            if area != Area::Building || frame.zoom >= 14.0 {
                pen::fill(pixmap, path, fill_of(area, style));
            }
        }
        for line in Line::ALL {
            let (Some(path), Some(width)) = (self.lines.get(&line), width(line, frame.zoom)) else {
                continue;
            };
            // The edges of all roads first, so that crossings are open.
            if let Some(edge) = edge(line, frame.zoom) {
                let width = ((width + 2.0 * edge) * frame.scale) as f32;
                pen::line(pixmap, path.clone(), style.road_edge, width, LineCap::Butt, None);
            }
        }
        for line in Line::ALL {
            let (Some(path), Some(width)) = (self.lines.remove(&line), width(line, frame.zoom)) else {
                continue;
            };
            let width = (width * frame.scale) as f32;
            let dash = match line {
                Line::Disputed => Some([width * 3.5, width * 3.0]),
                Line::Path | Line::Ferry => Some([width * 3.0, width * 2.5]),
                _ => None,
            };
            let round = matches!(line, Line::Minor | Line::Secondary | Line::Primary | Line::Motorway);
            let cap = if round { LineCap::Round } else { LineCap::Butt };
            pen::line(pixmap, path, colour_of(line, style), width, cap, dash);
        }
    }
}

fn fill_of(area: Area, style: &Style) -> Rgb {
    match area {
        Area::Land => style.land,
        Area::Built => style.built,
        Area::Green => style.green,
        Area::Wood => style.wood,
        Area::Sand => style.sand,
        Area::Ice => style.ice,
        Area::Water => style.sea,
        Area::Building => style.building,
    }
}

fn colour_of(line: Line, style: &Style) -> Rgb {
    match line {
        Line::Water => style.sea,
        Line::Ferry | Line::Path | Line::Rail => style.rail,
        Line::Minor | Line::Secondary => style.road,
        Line::Primary | Line::Motorway => style.motorway,
        Line::Division => style.division,
        Line::Border | Line::Disputed => style.border,
    }
}

/// How wide a line is at a zoom, points; `None` where it is left out.
fn width(line: Line, zoom: f64) -> Option<f64> {
    let (from, at, least, most) = match line {
        Line::Water => (5.0, 8.0, 0.8, 6.0),
        Line::Ferry => (9.0, 9.0, 0.8, 1.2),
        Line::Path => (14.0, 14.0, 0.8, 2.0),
        Line::Rail => (9.0, 10.0, 0.6, 1.6),
        Line::Minor => (12.5, 13.0, 1.0, 12.0),
        Line::Secondary => (9.0, 10.0, 0.9, 14.0),
        Line::Primary => (7.0, 8.0, 0.9, 16.0),
        Line::Motorway => (5.0, 6.0, 0.9, 18.0),
        Line::Division => (3.0, 3.0, 0.8, 1.4),
        Line::Border | Line::Disputed => (0.0, 2.0, 0.9, 1.8),
    };
    let grown = least * ((zoom - at).max(0.0) * 0.36).exp2();
    (zoom >= from).then_some(grown.min(most))
}

/// How wide a road's edges are, points.
fn edge(line: Line, zoom: f64) -> Option<f64> {
    let from = match line {
        Line::Minor => 13.0,
        Line::Secondary => 10.0,
        Line::Primary => 10.5,
        Line::Motorway => 8.0,
        _ => return None,
    };
    (zoom >= from).then_some(if zoom >= 13.0 { 0.9 } else { 0.6 })
}

#[cfg(test)]
mod tests;
