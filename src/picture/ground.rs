//! The ground of a picture: land, water and borders as shapes.
//! They reach a little over the map's sides, and what stands around it covers that.

use super::svg::{Data, Svg, fill, stroke};
use super::view::Frame;
use crate::basemap::{self, Basemap, Line, Sketch, Style};

/// Draws the ground. `density` is in pixels to a point: what no pixel would show is left out.
pub(super) fn draw(svg: &mut Svg, basemap: &Basemap, frame: &Frame, density: f64, style: &Style) {
    let path = || Data::new((0.4 / density).max(0.05));
    let mut sketch = Sketch {
        land: path(),
        coast: path(),
        lakes: path(),
        rivers: path(),
        divisions: path(),
        borders: path(),
        disputed: path(),
    };
    let zoom = frame.zoom() as f32;
    sketch.draw(
        basemap,
        &basemap::Frame {
            level: basemap::Frame::level(frame.world * density, density),
            sides: frame.size,
            origin: frame.origin(),
            world: frame.world,
            zoom,
        },
    );
    let [x, y] = frame.corner.map(super::svg::number);
    svg.open("ground");
    svg.rect(frame.corner, frame.size, &fill(style.sea));
    svg.open_at(&format!("translate({x} {y})"));
    let line =
        |rgb, line: Line| format!("{} stroke-linejoin=\"bevel\"", stroke(rgb, line.width(zoom).into()));
    let border = f64::from(Line::Border.width(zoom));
    let [dash, gap] = [border * 3.5, border * 3.0].map(super::svg::number);
    let dashes = format!("{} stroke-dasharray=\"{dash} {gap}\"", line(style.border, Line::Border));
    for (path, paint) in [
        (&sketch.land, fill(style.land)),
        (&sketch.rivers, line(style.water, Line::River)),
        (&sketch.lakes, fill(style.water)),
        (&sketch.coast, line(style.coast, Line::Coast)),
        (&sketch.divisions, line(style.division, Line::Division)),
        (&sketch.borders, line(style.border, Line::Border)),
        (&sketch.disputed, dashes),
    ] {
        svg.path(&path.text, &paint);
    }
    svg.close();
    svg.close();
}
