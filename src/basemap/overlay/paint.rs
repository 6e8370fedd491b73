//! Paints shapes onto a tile.
//! A file's own colours are kept where they can be told from the ground, else the layer's is taken.

use tiny_skia::{Color, FillRule, LineCap, LineJoin, Paint, PathBuilder, Pixmap, Stroke, Transform};

use super::{Feature, Kind, Overlay};
use crate::basemap::clip::{self, Rect, Xy};
use crate::basemap::pen::trace;
use crate::basemap::{Rgb, Style, TileId};

/// Least contrast with land and sea that a file's own colour has to have.
const CONTRAST: f64 = 2.0;
/// Width of a line and radius of a point, points.
const LINE: f32 = 1.8;
const POINT: f32 = 4.5;

/// Paints what a tile shows of an overlay, in the layer's colour of this number; `scale` is pixels to a point.
pub(crate) fn paint(
    overlay: &Overlay,
    colour: usize,
    tile: TileId,
    scale: f32,
    style: &Style,
    onto: &mut Pixmap,
) {
    let tiles = f64::from(tile.z).exp2();
    let side = f64::from(onto.width());
    let world = tiles * side;
    let margin = f64::from((POINT + LINE) * scale) + 1.0;
    let near = Rect { min: [-margin; 2], max: [side + margin; 2] };
    let colour = style.layers[colour % style.layers.len()];
    for shift in [-1.0, 0.0, 1.0] {
        let to_pixels = |[x, y]: Xy| {
            [(x + shift - f64::from(tile.x) / tiles) * world, (y - f64::from(tile.y) / tiles) * world]
        };
        for feature in &overlay.features {
            let extent = Rect { min: to_pixels(feature.bounds.min), max: to_pixels(feature.bounds.max) };
            if extent.touches(&near) {
                let points = feature
                    .parts(0.5 / world)
                    .iter()
                    .map(|part| part.iter().map(|&at| to_pixels(at)).collect());
                feature.paint(points, &near, colour, scale, style, onto);
            }
        }
    }
}

impl Feature {
    fn paint(
        &self,
        parts: impl Iterator<Item = Vec<Xy>>,
        near: &Rect,
        colour: Rgb,
        scale: f32,
        style: &Style,
        onto: &mut Pixmap,
    ) {
        let own = |asked: Option<Rgb>| asked.filter(|&asked| can_be_seen(asked, style));
        let line = own(self.about.stroke).unwrap_or(colour);
        let inside = own(self.about.fill).or(own(self.about.stroke)).unwrap_or(colour);
        let (mut edge, mut area) = (PathBuilder::new(), PathBuilder::new());
        for part in parts {
            match self.kind {
                Kind::Points => {
                    for at in part.iter().filter(|at| Rect::of(&[**at]).touches(near)) {
                        edge.push_circle(at[0] as f32, at[1] as f32, POINT * scale);
                    }
                }
                Kind::Lines => {
                    clip::line(&part, near).iter().for_each(|stretch| trace(&mut edge, stretch, false))
                }
                Kind::Area => {
                    trace(&mut area, &clip::ring(&part, near), true);
                    clip::line(&part, near).iter().for_each(|stretch| trace(&mut edge, stretch, false));
                }
            }
        }
        if let Some(path) = area.finish() {
            onto.fill_path(&path, &ink(inside, 0.2), FillRule::EvenOdd, Transform::identity(), None);
        }
        let Some(path) = edge.finish() else {
            return;
        };
        if self.kind == Kind::Points {
            onto.fill_path(&path, &ink(line, 1.0), FillRule::Winding, Transform::identity(), None);
            stroke(onto, &path, style.land, 1.2 * scale);
        } else {
            stroke(onto, &path, line, LINE * scale);
        }
    }
}

fn stroke(onto: &mut Pixmap, path: &tiny_skia::Path, colour: Rgb, width: f32) {
    let stroke = Stroke { width, line_cap: LineCap::Butt, line_join: LineJoin::Round, ..Stroke::default() };
    onto.stroke_path(path, &ink(colour, 1.0), &stroke, Transform::identity(), None);
}

fn ink([red, green, blue]: Rgb, share: f32) -> Paint<'static> {
    let mut paint = Paint { anti_alias: true, ..Paint::default() };
    paint.set_color(Color::from_rgba8(red, green, blue, (share * 255.0) as u8));
    paint
}

fn can_be_seen(colour: Rgb, style: &Style) -> bool {
    [style.land, style.sea].into_iter().all(|ground| contrast(colour, ground) >= CONTRAST)
}

/// Contrast of two colours, WCAG 2.2.
fn contrast(a: Rgb, b: Rgb) -> f64 {
    let luminance = |colour: Rgb| {
        let linear = colour.map(|channel| {
            let share = f64::from(channel) / 255.0;
            if share <= 0.04045 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
        });
        0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    };
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}
