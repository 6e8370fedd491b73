//! A small map of the candidates of a mention, each under its number.
//! Drawn behind the window from the basemap inside the program, and kept until other candidates need another.

use std::sync::Arc;

use egui::{
    Align2, Color32, ColorImage, Id, Mesh, Painter, Pos2, Rect, Sense, Shape, Stroke, TextureHandle,
    TextureOptions, Ui, Vec2, pos2, vec2,
};

use crate::basemap::{Basemap, Style, TileId, render};
use crate::jobs::{Answer, Task};
use crate::model::{Candidate, Place, mercator};

use super::super::map::style;
use super::super::theme::{self, Tokens, space};

/// Room around the candidates, points.
const MARGIN: f32 = 22.0;
/// Nearest that the picture goes: the world is `256 · 2^zoom` points wide.
const NEAREST: f64 = 6.0;
/// Radius of a numbered dot, points.
pub(super) const DOT: f32 = 8.0;
/// That of a place beside them.
const SMALL: f32 = 3.5;

/// What the picture shows.
#[derive(Clone, Debug, PartialEq)]
struct View {
    /// Its middle on the unit square.
    centre: [f64; 2],
    /// Points along the world's side.
    world: f64,
    tiles: Vec<(i64, i64)>,
    level: u8,
    /// Pixels along a tile's side.
    pixels: u32,
    style: Style,
}

/// Tiles as they are drawn.
type Drawn = Vec<((i64, i64), Vec<u8>)>;

/// The picture, and the work on it.
#[derive(Default)]
pub struct Picture {
    view: Option<View>,
    tiles: Vec<((i64, i64), TextureHandle)>,
    awaited: Option<Task<Drawn>>,
}

impl Picture {
    /// Draws the picture in `rect`, with other places for their company; `lit` is the candidate pointed at elsewhere.
    /// Answers the one that the pointer is over.
    pub fn ui(
        &mut self,
        ui: &Ui,
        rect: Rect,
        (candidates, others): (&[Candidate], &[Arc<Place>]),
        chosen: Option<usize>,
        lit: Option<usize>,
    ) -> Option<usize> {
        let tokens = Tokens::of(ui.ctx());
        let all = candidates.iter().map(|candidate| &candidate.place).chain(others);
        let at: Vec<[f64; 2]> = all.map(|place| mercator::project(place.lat, place.lon)).collect();
        let at = beside_each_other(&at);
        let view = View::of(&at, rect.size(), ui.pixels_per_point(), style(&tokens));
        let painter = ui.painter_at(rect);
        painter.rect_filled(rect, space::CORNER, tokens.sea);
        self.draw_ground(ui, &painter, rect, &view);
        let place = |at: [f64; 2]| view.to_screen(rect, at);
        for &at in at.iter().skip(candidates.len()) {
            painter.circle(place(at), SMALL, tokens.quiet, Stroke::new(1.0, tokens.ring));
        }
        let mut over = None;
        for (number, (&at, candidate)) in at.iter().zip(candidates).enumerate().rev() {
            let centre = place(at);
            let id = Id::unique(("candidate dot", number));
            let area = Rect::from_center_size(centre, Vec2::splat(2.0 * DOT + 4.0));
            let response = ui.interact(area, id, Sense::hover());
            if response.hovered() {
                over = Some(number);
            }
            let name = candidate.place.label();
            response.widget_info(|| {
                egui::WidgetInfo::labeled(
                    egui::Role::Label,
                    true,
                    format!("{} on the small map: {name}", number + 1),
                )
            });
            response.on_hover_text(&name);
        }
        for (number, &at) in at.iter().enumerate().take(candidates.len()).rev() {
            let strong = over.or(lit) == Some(number);
            dot(&painter, place(at), number, chosen == Some(number), strong, &tokens);
        }
        ui.painter().rect_stroke(
            rect,
            space::CORNER,
            Stroke::new(1.0, tokens.hairline),
            egui::StrokeKind::Inside,
        );
        self.view = Some(view);
        over
    }

    fn draw_ground(&mut self, ui: &Ui, painter: &Painter, rect: Rect, view: &View) {
        let same = self.view.as_ref().is_some_and(|shown| {
            (shown.level, shown.pixels, &shown.style, &shown.tiles)
                == (view.level, view.pixels, &view.style, &view.tiles)
        });
        if !same {
            self.tiles.clear();
            let (work, ctx) = (view.clone(), ui.ctx().clone());
            self.awaited = Some(Task::start(move || ctx.request_repaint(), move || work.drawn()));
        }
        if let Some(Answer::Here(drawn)) = self.awaited.as_ref().map(Task::poll) {
            self.awaited = None;
            let side = view.pixels as usize;
            let whole = drawn.into_iter().filter(|(_, rgba)| rgba.len() == side * side * 4);
            let texture = |(at, rgba): ((i64, i64), Vec<u8>)| {
                let image = ColorImage::from_rgba_unmultiplied([side, side], &rgba);
                (at, ui.ctx().load_texture("candidates", image, TextureOptions::LINEAR))
            };
            self.tiles = whole.map(texture).collect();
        }
        let count = f64::from(view.level).exp2();
        for ((column, row), texture) in &self.tiles {
            let corner =
                |column: i64, row: i64| view.to_screen(rect, [column as f64 / count, row as f64 / count]);
            let area = Rect::from_min_max(corner(*column, *row), corner(column + 1, row + 1));
            let mut mesh = Mesh::with_texture(texture.id());
            mesh.add_rect_with_uv(area, Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0)), Color32::WHITE);
            painter.add(Shape::mesh(mesh));
        }
    }
}

impl View {
    fn of(at: &[[f64; 2]], size: Vec2, scale: f32, style: Style) -> Self {
        let axis = |axis: usize| {
            let values = at.iter().map(|at| at[axis]);
            let (least, most) = values.fold((f64::MAX, f64::MIN), |(a, b), v| (a.min(v), b.max(v)));
            if least > most { (0.5, 0.0) } else { ((least + most) / 2.0, most - least) }
        };
        let ((x, wide), (y, high)) = (axis(0), axis(1));
        let room = size - Vec2::splat(2.0 * MARGIN);
        let fits =
            (f64::from(room.x.max(8.0)) / wide.max(1e-9)).min(f64::from(room.y.max(8.0)) / high.max(1e-9));
        let longest = f64::from(size.x.max(size.y)).max(1.0);
        // Where it is wide and low the world may stand in it several times over.
        let world = fits.clamp(64.0, (256.0 * NEAREST.exp2()).max(longest));
        let level = (world / longest).log2().floor().clamp(0.0, 12.0) as u8;
        let count = f64::from(level).exp2();
        let side = world / count;
        let half = [f64::from(size.x) / 2.0 / world, f64::from(size.y) / 2.0 / world];
        // Never past the ends of the world.
        let y = if half[1] < 0.5 { y.clamp(half[1], 1.0 - half[1]) } else { 0.5 };
        let cells = |middle: f64, half: f64| {
            ((middle - half) * count).floor() as i64..=((middle + half) * count - 1e-9).floor() as i64
        };
        let rows: Vec<i64> = cells(y, half[1]).filter(|&row| row >= 0 && row < count as i64).collect();
        let tiles = cells(x, half[0]).flat_map(|column| rows.iter().map(move |&row| (column, row))).collect();
        let pixels = (side * f64::from(scale)).round().clamp(32.0, 1024.0) as u32;
        Self { centre: [x, y], world, tiles, level, pixels, style }
    }

    fn to_screen(&self, rect: Rect, [x, y]: [f64; 2]) -> Pos2 {
        let off = |value: f64, centre: f64| ((value - centre) * self.world) as f32;
        rect.center() + vec2(off(x, self.centre[0]), off(y, self.centre[1]))
    }

    /// The tiles as bytes; none where the program's own data cannot be read.
    fn drawn(&self) -> Drawn {
        let Ok(basemap) = Basemap::embedded() else {
            return Vec::new();
        };
        let count = i64::from(1_u32 << self.level);
        let tile = |&(column, row): &(i64, i64)| {
            let id = TileId { z: self.level, x: column.rem_euclid(count) as u32, y: row as u32 };
            ((column, row), render(&basemap, id, self.pixels, 1.0, &self.style))
        };
        self.tiles.iter().map(tile).collect()
    }
}

/// Places on the copies of the world on which they lie nearest to the first.
fn beside_each_other(at: &[[f64; 2]]) -> Vec<[f64; 2]> {
    let first = at.first().map_or(0.5, |at| at[0]);
    at.iter().map(|&[x, y]| [mercator::nearest(x, first), y]).collect()
}

/// A candidate's number on a disc: filled for the one that was chosen.
pub(super) fn dot(painter: &Painter, at: Pos2, number: usize, chosen: bool, strong: bool, tokens: &Tokens) {
    let radius = if strong { DOT + 2.0 } else { DOT };
    let (fill, edge, text) = if chosen {
        (tokens.accent, tokens.ring, tokens.on_accent)
    } else {
        (tokens.panel, if strong { tokens.accent } else { tokens.edge }, tokens.text)
    };
    painter.circle(at, radius, fill, Stroke::new(if strong { 2.0 } else { 1.5 }, edge));
    painter.text(at, Align2::CENTER_CENTER, number + 1, theme::semibold(10.5), text);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn view(places: &[(f64, f64)], size: Vec2) -> (View, Vec<[f64; 2]>) {
        let at: Vec<[f64; 2]> = places.iter().map(|&(lat, lon)| mercator::project(lat, lon)).collect();
        let at = beside_each_other(&at);
        (View::of(&at, size, 1.0, Style::LIGHT), at)
    }

    #[test]
    fn every_candidate_is_in_the_picture_and_few_tiles_make_it() {
        for places in [
            &[(48.85, 2.35), (33.66, -95.55), (42.93, -78.73), (36.3, -88.3), (38.2, -84.25)][..],
            &[(36.2, 37.16)],
            &[(-18.1, 178.4), (-14.3, -170.7)],
            &[(78.2, 15.6), (-54.8, -68.3)],
            &[(30.06, 31.25), (30.06, 31.25)],
            &[],
        ] {
            for size in [vec2(150.0, 150.0), vec2(300.0, 100.0), vec2(160.0, 200.0)] {
                let (view, at) = view(places, size);
                let rect = Rect::from_min_size(pos2(10.0, 20.0), size);
                for at in at {
                    assert!(
                        rect.expand(1.0).contains(view.to_screen(rect, at)),
                        "{places:?} {size:?} {view:?}"
                    );
                }
                assert!(!view.tiles.is_empty() && view.tiles.len() <= 6, "{size:?} {:?}", view.tiles);
            }
        }
    }
}
