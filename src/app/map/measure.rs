//! A way measured on the map: clicked point by point, drawn along the great circle.
//! A click on the first point closes it, and then it has an area, too.

use egui::{Painter, Pos2, Rect, Shape, Stroke, vec2};

use super::camera::Camera;
use super::globe::{self, LatLon};
use crate::app::theme::{Tokens, semibold};
use crate::basemap::mercator;

/// How near a click must be to the first point to close the way, points.
const REACH: f32 = 11.0;

/// The way that is measured.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Measure {
    points: Vec<LatLon>,
    /// Whether the last point is joined to the first.
    closed: bool,
    /// Whether the next point begins another way.
    ended: bool,
}

impl Measure {
    /// Adds a point, or closes the way where it lies on the first.
    pub fn add(&mut self, camera: &Camera, at: LatLon) {
        if self.ended {
            *self = Measure::default();
        }
        let near = |first: LatLon| screen(camera, first).distance(screen(camera, at)) < REACH;
        if self.points.len() >= 3 && self.points.first().is_some_and(|&first| near(first)) {
            (self.closed, self.ended) = (true, true);
        } else if self.points.last() != Some(&at) {
            self.points.push(at);
        }
    }

    /// Takes the last point back, or opens a way that was closed.
    pub fn take_back(&mut self) {
        if !std::mem::take(&mut self.closed) {
            self.points.pop();
        }
        self.ended = false;
    }

    /// Ends the way where it is; what was measured stays.
    pub fn end(&mut self) {
        self.ended = self.points.len() > 1;
    }

    /// The legs, to the pointer where that is still to be followed.
    fn legs(&self, pointer: Option<LatLon>) -> Vec<(LatLon, LatLon)> {
        let mut legs: Vec<(LatLon, LatLon)> = self.points.windows(2).map(|pair| (pair[0], pair[1])).collect();
        let ends = self.points.first().zip(self.points.last());
        if let Some((&first, &last)) = ends {
            if self.closed {
                legs.push((last, first));
            } else if let Some(pointer) = pointer.filter(|_| !self.ended) {
                legs.push((last, pointer));
            }
        }
        legs
    }

    /// Length of the way, metres, and its area where it is closed.
    pub fn measured(&self) -> (f64, Option<f64>) {
        let length = self.legs(None).iter().map(|&(from, to)| globe::metres(from, to)).sum();
        (length, self.closed.then(|| globe::area(&self.points)))
    }

    /// What is measured, and what to do next.
    pub fn said(&self) -> String {
        let (length, area) = self.measured();
        let length = globe::length(length);
        match (self.points.len(), area) {
            (0, _) => "Click points to measure the way between them. Esc ends".to_owned(),
            (1, _) => "Click the next point. Backspace takes one back, Esc ends".to_owned(),
            (_, Some(area)) => format!("{length} around, {} within. Esc ends", globe::surface(area)),
            (2, None) => format!("{length}. Backspace takes a point back, Esc ends"),
            (legs, None) => {
                format!("{length} in {} legs. The first point closes it, Esc ends", legs - 1)
            }
        }
    }

    pub fn draw(&self, painter: &Painter, camera: &Camera, pointer: Option<LatLon>, tokens: &Tokens) {
        let legs = self.legs(pointer);
        let ways: Vec<Vec<Pos2>> = legs.iter().map(|&(from, to)| way(camera, from, to)).collect();
        for (width, colour) in [(5.0, tokens.ring.gamma_multiply(0.8)), (2.0, tokens.text)] {
            for points in &ways {
                painter.add(Shape::line(points.clone(), Stroke::new(width, colour)));
            }
        }
        for &at in &self.points {
            painter.circle(screen(camera, at), 4.0, tokens.ring, Stroke::new(2.0, tokens.text));
        }
        for (&(from, to), points) in legs.iter().zip(&ways) {
            let (Some(&first), Some(&last)) = (points.first(), points.last()) else {
                continue;
            };
            // Where there is no room for the length, the sum at the foot tells.
            if first.distance(last) > 60.0 {
                let text = globe::length(globe::metres(from, to));
                let bent = points[points.len() / 2];
                let at = if points.len() > 2 { bent } else { first + (last - first) / 2.0 };
                let galley = painter.layout_no_wrap(text, semibold(11.5), tokens.text);
                let rect = Rect::from_center_size(at, galley.size());
                painter.rect_filled(rect.expand2(vec2(5.0, 2.0)), 4.0, tokens.raised.gamma_multiply(0.92));
                painter.galley(rect.min, galley, tokens.text);
            }
        }
    }
}

fn screen(camera: &Camera, (lat, lon): LatLon) -> Pos2 {
    camera.to_screen(mercator::project(lat, lon))
}

/// The way from one point to the next on the screen, without a jump where it goes over 180°.
fn way(camera: &Camera, from: LatLon, to: LatLon) -> Vec<Pos2> {
    let mut points: Vec<[f64; 2]> = Vec::new();
    for (lat, lon) in globe::arc(from, to) {
        let [x, y] = mercator::project(lat, lon);
        points.push([points.last().map_or(x, |last| mercator::nearest(x, last[0])), y]);
    }
    let middle = points.iter().map(|at| at[0]).sum::<f64>() / points.len().max(1) as f64;
    let shift = mercator::nearest(middle, camera.centre[0]) - middle;
    points.into_iter().map(|[x, y]| camera.to_screen_exact([x + shift, y])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn camera() -> Camera {
        let rect = Rect::from_min_size(Pos2::ZERO, vec2(800.0, 600.0));
        Camera { centre: mercator::project(0.5, 0.5), zoom: 8.0, rect }
    }

    #[test]
    fn a_way_is_added_to_taken_back_and_closed() {
        let mut measure = Measure::default();
        let check = |measure: &Measure, kilometres: f64, area: Option<f64>| {
            let (length, found) = measure.measured();
            assert!((length / 1000.0 - kilometres).abs() < 0.5, "{length}");
            assert_eq!(found.map(|area| (area / 1e6).round()), area);
        };
        let corners = [(0.0, 0.0), (0.0, 1.0), (1.0, 1.0), (1.0, 0.0)];
        corners.iter().for_each(|&at| measure.add(&camera(), at));
        check(&measure, 333.2, None);
        measure.take_back();
        check(&measure, 221.9, None);
        measure.add(&camera(), corners[3]);
        measure.add(&camera(), (0.01, 0.01));
        check(&measure, 443.8, Some(12_309.0));
        assert!(measure.said().contains("12\u{2009}309 km² within"), "{}", measure.said());
        measure.take_back();
        check(&measure, 333.2, None);
        measure.end();
        measure.add(&camera(), (0.5, 0.5));
        check(&measure, 0.0, None);
    }

    #[test]
    fn a_way_over_the_date_line_does_not_jump() {
        let rect = Rect::from_min_size(Pos2::ZERO, vec2(800.0, 600.0));
        let pacific = Camera { centre: mercator::project(0.0, 180.0), zoom: 3.0, rect };
        let points = way(&pacific, (52.0, 170.0), (60.0, -150.0));
        assert!(
            points.windows(2).all(|pair| pair[0].x < pair[1].x && pair[1].x - pair[0].x < 40.0),
            "{points:?}"
        );
    }
}
