//! The shape of a country, tinted: for the one that is selected or under the pointer.
//! Triangles are made once for each country and kept; a frame only moves them.

use std::collections::HashMap;

use egui::{Color32, Mesh, Painter, Pos2, Rect, Shape, Stroke};
use geo::{Contains, Coord, Destination, Haversine, LineString, Polygon, TriangulateEarcut};

use super::camera::Camera;
use crate::app::theme::Tokens;
use crate::basemap::{Basemap, Outline, mercator};
use crate::model::Place;

/// Corners of a ring.
const RING: u32 = 96;

/// One landmass: its rings and the triangles that fill it.
struct Land {
    /// Middle, from which the nearest copy is told.
    middle: f64,
    rings: Vec<Vec<[f64; 2]>>,
    triangles: Vec<[[f64; 2]; 3]>,
}

/// Countries tinted so far.
#[derive(Default)]
pub(super) struct Tints {
    countries: HashMap<String, Vec<Land>>,
}

impl Tints {
    /// Draws how far a place reaches that is more than a spot and has no outline.
    pub fn ring(painter: &Painter, camera: &Camera, place: &Place, tokens: &Tokens) {
        let centre = geo::Point::new(place.lon, place.lat);
        let middle = mercator::project(place.lat, place.lon);
        let corners = (0..RING).map(|step| {
            let bearing = 360.0 * f64::from(step) / f64::from(RING);
            let at = Haversine.destination(centre, bearing, place.radius_m);
            let [x, y] = mercator::project(at.y(), at.x());
            // On the same copy of the world as its middle.
            [mercator::nearest(x, middle[0]), y]
        });
        let shift = mercator::nearest(middle[0], camera.centre[0]) - middle[0];
        let corners: Vec<Pos2> = corners.map(|[x, y]| camera.to_screen_exact([x + shift, y])).collect();
        let across = Rect::from_points(&corners).width();
        // Not within its mark, and not where all of the view lies in it.
        if across > 48.0 && across < camera.rect.width() * 3.0 {
            let fill = tokens.accent.gamma_multiply(if tokens.dark { 0.16 } else { 0.09 });
            let line = Stroke::new(1.5, tokens.accent.gamma_multiply(0.75));
            painter.add(Shape::convex_polygon(corners.clone(), fill, Stroke::NONE));
            let closed: Vec<Pos2> = corners.iter().chain(corners.first()).copied().collect();
            painter.extend(Shape::dashed_line(&closed, line, 6.0, 4.0));
        }
    }

    /// Tints a country; nothing for a code without an outline.
    pub fn draw(
        &mut self,
        painter: &Painter,
        camera: &Camera,
        basemap: &Basemap,
        code: &str,
        tokens: &Tokens,
    ) {
        if !self.countries.contains_key(code) {
            let lands = basemap.outline(code).map(|outline| lands(&outline)).unwrap_or_default();
            self.countries.insert(code.to_owned(), lands);
        }
        let Some(lands) = self.countries.get(code) else {
            return;
        };
        let fill = tokens.accent.gamma_multiply(if tokens.dark { 0.22 } else { 0.14 });
        let line = Stroke::new(if camera.zoom < 4.0 { 1.0 } else { 1.5 }, tokens.accent.gamma_multiply(0.75));
        for land in lands {
            let shift = mercator::nearest(land.middle, camera.centre[0]) - land.middle;
            let place = |[x, y]: [f64; 2]| camera.to_screen_exact([x + shift, y]);
            painter.add(filled(&land.triangles, place, fill));
            for ring in &land.rings {
                let corners = ring.iter().map(|&point| (place(point), is_seam(point)));
                outline(painter, camera, &thinned(corners), line);
            }
        }
    }
}

/// Strokes a ring edge by edge, as one path its sharp headlands would grow spikes; and without the
/// edges along the antimeridian, which only the source has.
fn outline(painter: &Painter, camera: &Camera, ring: &[(Pos2, bool)], stroke: Stroke) {
    let view = camera.rect.expand(2.0);
    for (&(from, from_seam), &(to, to_seam)) in ring.iter().zip(ring.iter().cycle().skip(1)) {
        if !(from_seam && to_seam) && view.intersects(Rect::from_two_pos(from, to)) {
            painter.line_segment([from, to], stroke);
        }
    }
}

fn is_seam([x, _]: [f64; 2]) -> bool {
    x <= 1e-6 || x >= 1.0 - 1e-6
}

fn filled(triangles: &[[[f64; 2]; 3]], place: impl Fn([f64; 2]) -> Pos2, fill: Color32) -> Shape {
    let mut mesh = Mesh::default();
    for triangle in triangles {
        let first = mesh.vertices.len() as u32;
        for &corner in triangle {
            mesh.colored_vertex(place(corner), fill);
        }
        mesh.add_triangle(first, first + 1, first + 2);
    }
    Shape::mesh(mesh)
}

/// Leaves out points that are hardly off the one before: a far coast has thousands to a pixel.
fn thinned(corners: impl Iterator<Item = (Pos2, bool)>) -> Vec<(Pos2, bool)> {
    let mut kept: Vec<(Pos2, bool)> = Vec::new();
    for (at, seam) in corners {
        if kept.last().is_none_or(|&(last, was)| was != seam || last.distance_sq(at) > 2.0) {
            kept.push((at, seam));
        }
    }
    kept
}

/// Joins holes (a lake, Lesotho) to the ring around them, and fills the rest with triangles.
fn lands(outline: &Outline) -> Vec<Land> {
    let line =
        |ring: &Vec<[f64; 2]>| LineString(ring.iter().map(|&[x, y]| Coord { x, y }).collect::<Vec<_>>());
    let (outer, holes): (Vec<_>, Vec<_>) = outline.rings.iter().partition(|ring| signed_area(ring) > 0.0);
    let mut polygons: Vec<Polygon> =
        outer.into_iter().map(|ring| Polygon::new(line(ring), Vec::new())).collect();
    for hole in holes {
        let Some(&[x, y]) = hole.first() else {
            continue;
        };
        if let Some(around) = polygons.iter_mut().find(|polygon| polygon.contains(&Coord { x, y })) {
            around.interiors_push(line(hole));
        }
    }
    polygons.iter().map(land).collect()
}

fn land(polygon: &Polygon) -> Land {
    let ring = |line: &LineString| line.0.iter().skip(1).map(|at| [at.x, at.y]).collect::<Vec<_>>();
    let rings: Vec<_> = std::iter::once(polygon.exterior()).chain(polygon.interiors()).map(ring).collect();
    let triangles =
        polygon.earcut_triangles().into_iter().map(|triangle| triangle.to_array().map(|at| [at.x, at.y]));
    let xs = || polygon.exterior().0.iter().map(|at| at.x);
    let middle = (xs().fold(f64::INFINITY, f64::min) + xs().fold(f64::NEG_INFINITY, f64::max)) / 2.0;
    Land { middle, triangles: triangles.collect(), rings }
}

/// Positive for rings that run clockwise as seen on the map, y down.
fn signed_area(ring: &[[f64; 2]]) -> f64 {
    ring.iter().zip(ring.iter().cycle().skip(1)).map(|(a, b)| a[0] * b[1] - b[0] * a[1]).sum::<f64>() / 2.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn area(lands: &[Land]) -> f64 {
        lands.iter().flat_map(|land| &land.triangles).map(|triangle| signed_area(triangle).abs()).sum()
    }

    #[test]
    fn triangles_fill_the_outline_and_leave_its_holes() {
        let square = |from: f64, to: f64| vec![[from, from], [to, from], [to, to], [from, to]];
        let mut hole = square(0.4, 0.6);
        hole.reverse();
        let outline = Outline { rings: vec![square(0.0, 1.0), hole] };
        assert!((area(&lands(&outline)) - 0.96).abs() < 1e-9);
    }

    #[test]
    fn every_country_can_be_tinted() {
        let Ok(basemap) = Basemap::embedded() else { panic!("the embedded basemap opens") };
        for code in ["EG", "ZA", "LS", "RU", "FJ", "ID", "CH"] {
            let Some(outline) = basemap.outline(code) else { panic!("no outline for {code}") };
            let whole: f64 = outline.rings.iter().map(|ring| signed_area(ring)).sum();
            let filled = area(&lands(&outline));
            assert!((filled / whole - 1.0).abs() < 1e-3, "{code}: {filled} of {whole}");
        }
    }
}
