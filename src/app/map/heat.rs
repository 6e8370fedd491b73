//! How thickly what is reported lies, as a glow in place of the marks: at each point the articles around it, those
//! near it counting most.
//! It is worked out behind the window for a box wider than the view, and stretched until the next one is there.

use egui::epaint::ColorImage;
use egui::{
    Align2, Color32, Context, FontId, Mesh, Painter, Pos2, Rect, Role, Sense, Shape, TextureHandle,
    TextureOptions, Ui, WidgetInfo, pos2, vec2,
};
use std::sync::Arc;

use super::camera::Camera;
use super::globe;
use crate::app::theme::{Tokens, size, space};
use crate::app::words;
use crate::basemap::mercator;
use crate::explore::Scene;
use crate::jobs::{Answer, Task};

/// Points along a side of a bin.
const BIN: f64 = 4.0;
/// Standard deviation of the kernel, bins; what lies twice as far counts for little.
const SIGMA: f64 = 5.0;
/// Bins beyond which nothing counts.
const REACH: usize = 15;
/// What a single article counts for where the kernel ends.
const FAINT: f32 = 0.012;
/// Room beyond each side of the view, as a share of it.
const BEYOND: f64 = 0.3;
/// Bins along a side at most: a view of 8000 points.
const MOST: usize = 3200;

/// Height of what says what the colours mean, points.
pub(super) const HIGH: f32 = 56.0;

/// What it is worked out for.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Wanted {
    revision: u64,
    zoom: f64,
    /// Left upper corner on the unit square.
    low: [f64; 2],
    /// Bins along its sides.
    bins: [usize; 2],
    dark: bool,
}

impl Wanted {
    fn of(camera: &Camera, scene: &Scene, dark: bool) -> Wanted {
        let bin = BIN / camera.world();
        let sides = [camera.rect.width(), camera.rect.height()].map(f64::from);
        let low = [0, 1].map(|axis| {
            let low = camera.centre[axis] - sides[axis] * (0.5 + BEYOND) / camera.world();
            // On whole bins, so that a bin is the same wherever the view begins.
            (low / bin).floor() * bin
        });
        let bins = sides.map(|side| ((side * (1.0 + 2.0 * BEYOND) / BIN).ceil() as usize + 1).min(MOST));
        Wanted { revision: scene.revision, zoom: camera.zoom, low, bins, dark }
    }

    fn world(&self) -> f64 {
        256.0 * self.zoom.exp2()
    }

    /// Whether what is worked out for it does for a view.
    fn does_for(&self, camera: &Camera, scene: &Scene, dark: bool) -> bool {
        let high = [0, 1].map(|axis| self.low[axis] + self.bins[axis] as f64 * BIN / self.world());
        let shift = (camera.centre[0] - (self.low[0] + high[0]) / 2.0).round();
        let (least, most) = (camera.to_world(camera.rect.min), camera.to_world(camera.rect.max));
        self.revision == scene.revision
            && self.dark == dark
            && (self.zoom - camera.zoom).abs() < 0.2
            && least[0] >= self.low[0] + shift
            && most[0] <= high[0] + shift
            && least[1] >= self.low[1]
            && most[1] <= high[1]
    }

    /// Articles around each bin.
    fn density(&self, scene: &Scene) -> Vec<f32> {
        let [wide, high] = self.bins;
        let mut bins = vec![0.0f32; wide * high];
        let per_unit = self.world() / BIN;
        let middle = self.low[0] + wide as f64 / 2.0 / per_unit;
        for point in &scene.points {
            let x = (mercator::nearest(point.at[0], middle) - self.low[0]) * per_unit;
            let y = (point.at[1] - self.low[1]) * per_unit;
            if x >= 0.0 && y >= 0.0 && (x as usize) < wide && (y as usize) < high {
                bins[y as usize * wide + x as usize] += point.articles as f32;
            }
        }
        let kernel: Vec<f32> =
            (0..=REACH).map(|away| (-(away as f64 / SIGMA).powi(2) / 2.0).exp() as f32).collect();
        let across = blurred(&bins, wide, high, &kernel);
        blurred(&across, high, wide, &kernel)
    }
}

/// Blurs along rows and turns rows into columns, so that the second time it blurs along these and turns them back.
fn blurred(bins: &[f32], wide: usize, high: usize, kernel: &[f32]) -> Vec<f32> {
    let mut turned = vec![0.0f32; bins.len()];
    for row in 0..high {
        let line = &bins[row * wide..(row + 1) * wide];
        for (at, &value) in line.iter().enumerate().filter(|(_, value)| **value > 0.0) {
            for (away, &weight) in kernel.iter().enumerate() {
                let share = value * weight;
                if at + away < wide {
                    turned[(at + away) * high + row] += share;
                }
                if away > 0 && at >= away {
                    turned[(at - away) * high + row] += share;
                }
            }
        }
    }
    turned
}

/// What was worked out.
struct Glow {
    wanted: Wanted,
    image: ColorImage,
    /// Articles where the glow is brightest in its scale.
    top: f32,
}

fn glow(wanted: Wanted, scene: &Scene) -> Glow {
    let density = wanted.density(scene);
    let top = round_up(density.iter().copied().fold(1.0, f32::max));
    let ramp = ramp(wanted.dark);
    let colour = |value: f32| ramp[(share(value, top) * 255.0) as usize];
    let pixels = density.into_iter().map(colour).collect();
    Glow { wanted, image: ColorImage::new(wanted.bins, pixels), top }
}

/// Where on the ramp a number of articles stands: by its root, so that few show beside many.
fn share(value: f32, top: f32) -> f32 {
    ((value - FAINT).max(0.0) / top).sqrt().clamp(0.0, 1.0)
}

/// The next of 1, 2, 3, 5, 7, 10, 20 …, so that the scale does not change with every step.
fn round_up(value: f32) -> f32 {
    let power = 10f32.powf(value.max(1.0).log10().floor());
    [1.0, 2.0, 3.0, 5.0, 7.0, 10.0]
        .into_iter()
        .map(|step| step * power)
        .find(|&step| step >= value)
        .unwrap_or(value)
}

/// To two digits.
fn rounded(metres: f64) -> f64 {
    let unit = 10f64.powf(metres.max(1.0).log10().floor() - 1.0);
    (metres / unit).round() * unit
}

/// From nothing to most: ever darker on the light map and ever lighter on the dark one, from blue to yellow, which
/// every eye tells apart.
fn ramp(dark: bool) -> [Color32; 256] {
    let stops = Tokens::heat(dark);
    std::array::from_fn(|at| {
        let share = at as f32 / 255.0;
        let place = share * (stops.len() - 1) as f32;
        let from = (place as usize).min(stops.len() - 2);
        let colour = stops[from].lerp_to_gamma(stops[from + 1], place - from as f32);
        // It fades away, or few would have an edge.
        colour.gamma_multiply((share * 2.6).min(0.85))
    })
}

/// The heat map.
#[derive(Default)]
pub(super) struct Heat {
    shown: Option<(Wanted, TextureHandle, f32)>,
    coming: Option<(Wanted, Task<Glow>)>,
    /// What could not be worked out, so that it is not tried again and again.
    lost: Option<Wanted>,
}

impl Heat {
    /// Draws it over the ground, and asks for what the view lacks; without `threads` at once.
    pub fn show(&mut self, ui: &Ui, camera: &Camera, scene: &Arc<Scene>, threads: bool, tokens: &Tokens) {
        let ctx = ui.ctx();
        match self.coming.as_ref().map(|(wanted, task)| (*wanted, task.poll())) {
            None | Some((_, Answer::Awaited)) => {}
            Some((_, Answer::Here(glow))) => self.take(ctx, glow),
            Some((wanted, Answer::Lost)) => (self.coming, self.lost) = (None, Some(wanted)),
        }
        let enough = |wanted: &Wanted| wanted.does_for(camera, scene, tokens.dark);
        if self.coming.is_none() && !self.shown.as_ref().is_some_and(|(wanted, ..)| enough(wanted)) {
            let wanted = Wanted::of(camera, scene, tokens.dark);
            if self.lost == Some(wanted) {
            } else if threads {
                let (scene, waked) = (Arc::clone(scene), ctx.clone());
                let task = Task::start(move || waked.request_repaint(), move || glow(wanted, &scene));
                self.coming = Some((wanted, task));
            } else {
                self.take(ctx, glow(wanted, scene));
            }
        }
        if let Some((wanted, texture, _)) = &self.shown {
            draw(&ui.painter_at(camera.rect), camera, wanted, texture);
        }
    }

    fn take(&mut self, ctx: &Context, glow: Glow) {
        self.coming = None;
        let texture = match self.shown.take() {
            Some((_, mut texture, _)) => {
                texture.set(glow.image, TextureOptions::LINEAR);
                texture
            }
            None => ctx.load_texture("heat", glow.image, TextureOptions::LINEAR),
        };
        self.shown = Some((glow.wanted, texture, glow.top));
    }

    /// Says what the colours mean, above the scale bar.
    pub fn legend(&self, ui: &Ui, camera: &Camera, tokens: &Tokens) {
        let Some((wanted, _, top)) = &self.shown else {
            return;
        };
        let (lat, _) = mercator::unproject(camera.centre);
        let around = mercator::EQUATOR_METRES * lat.to_radians().cos();
        let within = globe::length(rounded(2.0 * SIGMA * BIN / wanted.world() * around));
        let title = format!("Articles within about {within}");
        let painter = ui.painter_at(camera.rect);
        let corner = camera.rect.left_bottom() + vec2(space::M - 5.0, -40.0 - HIGH);
        let frame = Rect::from_min_size(corner, vec2(196.0, HIGH));
        painter.rect_filled(frame, 4.0, tokens.land.gamma_multiply(0.9));
        let response = ui.interact(frame, ui.scope_id().with("heat legend"), Sense::hover());
        let said = format!("{title}, from none to {}", words::number(*top as u64));
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &said));
        let font = FontId::proportional(size::SMALL);
        painter.text(corner + vec2(8.0, 5.0), Align2::LEFT_TOP, title, font.clone(), tokens.map_label);
        let bar = Rect::from_min_size(corner + vec2(8.0, 23.0), vec2(180.0, 10.0));
        scale(&painter, bar, wanted.dark);
        let between = (top / 5.0).round();
        let ends = [(0.0, Align2::LEFT_TOP), (between, Align2::CENTER_TOP), (*top, Align2::RIGHT_TOP)];
        for (value, align) in
            ends.into_iter().filter(|&(value, align)| value >= 1.0 || align == Align2::LEFT_TOP)
        {
            // By the root, as the colours are.
            let at = pos2(bar.left() + bar.width() * (value / top).sqrt(), bar.bottom() + 2.0);
            painter.text(at, align, words::number(value as u64), font.clone(), tokens.map_label);
        }
    }
}

fn draw(painter: &Painter, camera: &Camera, wanted: &Wanted, texture: &TextureHandle) {
    let bin = BIN / wanted.world();
    let high = [0, 1].map(|axis| wanted.low[axis] + wanted.bins[axis] as f64 * bin);
    let middle = (wanted.low[0] + high[0]) / 2.0;
    let shift = mercator::nearest(middle, camera.centre[0]) - middle;
    let corner = |[x, y]: [f64; 2]| camera.to_screen_exact([x + shift, y]);
    let mut mesh = Mesh::with_texture(texture.id());
    let uv = Rect::from_min_max(Pos2::ZERO, pos2(1.0, 1.0));
    mesh.add_rect_with_uv(Rect::from_min_max(corner(wanted.low), corner(high)), uv, Color32::WHITE);
    painter.add(Shape::mesh(mesh));
}

/// The colours from left to right.
fn scale(painter: &Painter, bar: Rect, dark: bool) {
    let ramp = ramp(dark);
    let mut mesh = Mesh::default();
    for step in 0..=32u32 {
        let x = bar.left() + bar.width() * step as f32 / 32.0;
        let colour = ramp[(step * 255 / 32) as usize];
        mesh.colored_vertex(pos2(x, bar.top()), colour);
        mesh.colored_vertex(pos2(x, bar.bottom()), colour);
        if step > 0 {
            let last = step * 2;
            mesh.add_triangle(last - 2, last - 1, last);
            mesh.add_triangle(last - 1, last, last + 1);
        }
    }
    painter.add(Shape::mesh(mesh));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_blurred_is_highest_where_it_was_and_the_same_both_ways() {
        let kernel = [1.0, 0.5, 0.1];
        let mut bins = vec![0.0; 7 * 5];
        bins[2 * 7 + 3] = 4.0;
        let twice = blurred(&blurred(&bins, 7, 5, &kernel), 5, 7, &kernel);
        let at = |x: usize, y: usize| twice[y * 7 + x];
        assert_eq!((at(3, 2), at(4, 2), at(2, 2), at(3, 1), at(4, 3)), (4.0, 2.0, 2.0, 2.0, 1.0));
        assert_eq!(at(6, 2), 0.0);
    }

    #[test]
    fn scales_end_in_round_numbers() {
        let check = |value: f32, expected: f32| assert_eq!(round_up(value), expected);
        check(0.3, 1.0);
        check(1.0, 1.0);
        check(3.2, 5.0);
        check(51.0, 70.0);
        check(130.0, 200.0);
    }

    #[test]
    fn colours_go_one_way_in_lightness() {
        for dark in [false, true] {
            let light = |colour: &Color32| {
                0.3 * f32::from(colour.r()) + 0.59 * f32::from(colour.g()) + 0.11 * f32::from(colour.b())
            };
            let lights: Vec<f32> = Tokens::heat(dark).iter().map(light).collect();
            let rising = lights.windows(2).all(|pair| pair[0] < pair[1]);
            let falling = lights.windows(2).all(|pair| pair[0] > pair[1]);
            assert!(if dark { rising } else { falling }, "{lights:?}");
        }
    }
}
