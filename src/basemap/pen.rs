//! Paths onto pixels: what every painter of tiles has in common.
//! Whatever is closer than half a pixel is left out, which is most of what a far coast has.

use tiny_skia::{
    Color, FillRule, LineCap, LineJoin, Paint, Path, PathBuilder, Pixmap, Stroke, StrokeDash, Transform,
};

use super::clip::Xy;
use super::sketch::leaves_straight;
use super::style::Rgb;

/// Draws along the points, but not to those within half a pixel of the one before: they would cost
/// the stroker as much as any other and show nothing.
pub(crate) fn trace(path: &mut PathBuilder, points: &[Xy], closed: bool) {
    let mut pen: Option<Xy> = None;
    for (index, &point) in points.iter().enumerate() {
        let (x, y) = (point[0] as f32, point[1] as f32);
        match pen {
            None => path.move_to(x, y),
            Some(pen)
                if is_near(pen, point)
                    && index + 1 < points.len()
                    && !leaves_straight(points, index, closed, 1.0) =>
            {
                continue;
            }
            Some(_) => path.line_to(x, y),
        }
        pen = Some(point);
    }
    if closed && !points.is_empty() {
        path.close();
    }
}

fn is_near(a: Xy, b: Xy) -> bool {
    (a[0] - b[0]).abs().max((a[1] - b[1]).abs()) < 0.5
}

pub(crate) fn colour([red, green, blue]: Rgb) -> Color {
    Color::from_rgba8(red, green, blue, 255)
}

fn paint_of(rgb: Rgb) -> Paint<'static> {
    let mut paint = Paint::default();
    paint.set_color(colour(rgb));
    paint.anti_alias = true;
    paint
}

pub(crate) fn fill(pixmap: &mut Pixmap, path: PathBuilder, rgb: Rgb) {
    if let Some(path) = path.finish() {
        // Cells overlap a little, which the even-odd rule would turn into holes.
        pixmap.fill_path(&path, &paint_of(rgb), FillRule::Winding, Transform::identity(), None);
    }
}

pub(crate) fn stroke(pixmap: &mut Pixmap, path: PathBuilder, rgb: Rgb, width: f32, dashed: bool) {
    let Some(path): Option<Path> = path.finish() else {
        return;
    };
    let dash = if dashed { StrokeDash::new(vec![width * 3.5, width * 3.0], 0.0) } else { None };
    let stroke =
        Stroke { width, line_cap: LineCap::Butt, line_join: LineJoin::Bevel, dash, ..Stroke::default() };
    pixmap.stroke_path(&path, &paint_of(rgb), &stroke, Transform::identity(), None);
}

/// Strokes a path with round joins: roads, which bend as people drive.
#[cfg(feature = "gui")]
pub(crate) fn line(
    pixmap: &mut Pixmap,
    path: PathBuilder,
    rgb: Rgb,
    width: f32,
    line_cap: LineCap,
    dash: Option<[f32; 2]>,
) {
    let Some(path) = path.finish() else {
        return;
    };
    let dash = dash.and_then(|pattern| StrokeDash::new(pattern.to_vec(), 0.0));
    let stroke = Stroke { width, line_cap, line_join: LineJoin::Round, dash, ..Stroke::default() };
    pixmap.stroke_path(&path, &paint_of(rgb), &stroke, Transform::identity(), None);
}
