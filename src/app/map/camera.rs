//! Where the map looks: between the Mercator unit square and points on the screen.
//! Plain arithmetic in doubles, an order of magnitude quicker than going through a projector.

use egui::{Pos2, Rect, Vec2};

use crate::basemap::mercator;

pub(super) use crate::basemap::Bounds;

/// Furthest out: the world is 256 points wide at 0.
pub(super) const MIN_ZOOM: f64 = 1.0;
/// Nearest: a few houses.
pub(super) const MAX_ZOOM: f64 = 17.0;

/// One frame's view.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Camera {
    /// Middle of the view on the unit square; x may lie beyond it where the map wraps.
    pub centre: [f64; 2],
    pub zoom: f64,
    pub rect: Rect,
}

impl Camera {
    /// Points along the world's side.
    pub fn world(&self) -> f64 {
        256.0 * self.zoom.exp2()
    }

    /// Where a place is drawn: the copy nearest to the middle.
    pub fn to_screen(self, [x, y]: [f64; 2]) -> Pos2 {
        self.to_screen_exact([mercator::nearest(x, self.centre[0]), y])
    }

    /// The same without wrapping.
    pub fn to_screen_exact(self, [x, y]: [f64; 2]) -> Pos2 {
        let world = self.world();
        let middle = self.rect.center();
        Pos2::new(
            middle.x + ((x - self.centre[0]) * world) as f32,
            middle.y + ((y - self.centre[1]) * world) as f32,
        )
    }

    pub fn to_world(self, screen: Pos2) -> [f64; 2] {
        let offset = screen - self.rect.center();
        let world = self.world();
        [self.centre[0] + f64::from(offset.x) / world, self.centre[1] + f64::from(offset.y) / world]
    }

    /// Changes the zoom and keeps the place under `fixed` where it is.
    pub fn zoom_about(&mut self, fixed: Pos2, zoom: f64) {
        let held = self.to_world(fixed);
        self.zoom = zoom.clamp(self.least_zoom(), MAX_ZOOM);
        let moved = self.to_world(fixed);
        self.centre = [self.centre[0] + held[0] - moved[0], self.centre[1] + held[1] - moved[1]];
        self.hold();
    }

    /// The zoom below which the view would be larger than the world, and show its places twice.
    pub fn least_zoom(&self) -> f64 {
        (f64::from(self.rect.width().max(self.rect.height())) / 256.0)
            .max(1e-3)
            .log2()
            .clamp(MIN_ZOOM, MAX_ZOOM)
    }

    /// Keeps the view within the world: no further than its northern and southern ends.
    pub fn hold(&mut self) {
        self.zoom = self.zoom.clamp(self.least_zoom(), MAX_ZOOM);
        let half = (f64::from(self.rect.height()) / 2.0 / self.world()).min(0.5);
        self.centre[1] = self.centre[1].clamp(half, 1.0 - half);
    }

    /// A view that shows all points of the box with `margin` points around them, no nearer than `nearest`.
    pub fn fitting(&self, bounds: &Bounds, margin: f32, nearest: f64) -> Camera {
        let room = (self.rect.size() - Vec2::splat(2.0 * margin)).max(Vec2::splat(32.0));
        let fit = |room: f32, span: f64| (f64::from(room) / 256.0 / span.max(1e-9)).log2();
        let zoom = fit(room.x, bounds.max[0] - bounds.min[0]).min(fit(room.y, bounds.max[1] - bounds.min[1]));
        let middle = |axis: usize| (bounds.min[axis] + bounds.max[axis]) / 2.0;
        let mut camera = Camera { centre: [middle(0), middle(1)], zoom: zoom.min(nearest), rect: self.rect };
        camera.hold();
        camera
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use egui::pos2;

    fn camera(zoom: f64) -> Camera {
        let rect = Rect::from_min_size(pos2(100.0, 50.0), Vec2::new(800.0, 600.0));
        Camera { centre: [0.5, 0.5], zoom, rect }
    }

    #[test]
    fn zooming_keeps_the_place_under_the_pointer() {
        let mut camera = camera(5.0);
        let pointer = pos2(700.0, 120.0);
        let before = camera.to_world(pointer);
        camera.zoom_about(pointer, 6.3);
        let after = camera.to_world(pointer);
        assert!((before[0] - after[0]).abs() < 1e-12 && (before[1] - after[1]).abs() < 1e-12);
        assert_eq!(camera.zoom, 6.3);
    }

    #[test]
    fn the_view_never_leaves_the_world() {
        let mut camera = camera(0.0);
        camera.centre[1] = -3.0;
        camera.hold();
        assert!(camera.to_world(camera.rect.min)[1] >= -1e-9);
        assert!(camera.to_world(camera.rect.max)[1] <= 1.0 + 1e-9);
    }

    #[test]
    fn a_fitted_view_shows_every_corner() {
        let bounds = Bounds { min: [0.55, 0.3], max: [0.65, 0.42] };
        let view = camera(2.0).fitting(&bounds, 40.0, 12.0);
        for corner in [bounds.min, bounds.max] {
            assert!(view.rect.shrink(39.0).contains(view.to_screen(corner)));
        }
        assert_eq!(camera(2.0).fitting(&Bounds { min: [0.5; 2], max: [0.5; 2] }, 40.0, 9.0).zoom, 9.0);
    }
}
