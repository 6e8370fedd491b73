//! Draws the tiles under everything else, again and again to the east and west where the view is wide.
//! Any source of tiles will do; their corners are laid on whole pixels, or hairlines would blur.

use egui::{Color32, Mesh, Painter, Pos2, Rect, Shape, TextureId};
use walkers::{Tile, TileId, Tiles};

use super::camera::Camera;

/// The level of tiles, 512 points wide at their own size, that fits the zoom best.
pub(super) fn level(zoom: f64) -> u8 {
    (zoom - 1.0).round().clamp(0.0, 24.0) as u8
}

/// Pixels along a tile's side for tiles of [`level`] to be drawn one to one.
pub(super) fn tile_pixels(camera: &Camera, pixels_per_point: f32) -> u32 {
    let side = camera.world() / f64::from(level(camera.zoom)).exp2();
    (side * f64::from(pixels_per_point)).round().clamp(64.0, 2048.0) as u32
}

/// Draws every tile that the view touches, those nearest the middle asked for first.
pub(super) fn draw(painter: &Painter, camera: &Camera, tiles: &mut dyn Tiles) {
    let offset = f64::from(tiles.tile_size()).log2() - 9.0;
    let zoom = level(camera.zoom - offset);
    let count = f64::from(zoom).exp2();
    let (low, high) = (camera.to_world(camera.rect.min), camera.to_world(camera.rect.max));
    let columns = (low[0] * count).floor() as i64..=(high[0] * count).floor() as i64;
    let rows = (low[1] * count).floor().max(0.0) as i64..=(high[1] * count).floor().min(count - 1.0) as i64;
    let mut all: Vec<(i64, i64)> =
        rows.flat_map(|row| columns.clone().map(move |column| (column, row))).collect();
    let middle = camera.centre.map(|axis| axis * count - 0.5);
    let far = |&(column, row): &(i64, i64)| (column as f64 - middle[0]).hypot(row as f64 - middle[1]);
    all.sort_by(|a, b| far(a).total_cmp(&far(b)));
    for (column, row) in all {
        let id = TileId { x: column.rem_euclid(count as i64) as u32, y: row as u32, zoom };
        let corner = |column: i64, row: i64| {
            let point = camera.to_screen_exact([column as f64 / count, row as f64 / count]);
            snap(point, painter.pixels_per_point())
        };
        let rect = Rect::from_min_max(corner(column, row), corner(column + 1, row + 1));
        if let Some(piece) = tiles.at(id) {
            let Tile::Raster(texture) = &piece.tile;
            painter.add(textured(texture.id(), rect, piece.uv));
        }
    }
}

fn textured(texture: TextureId, rect: Rect, uv: Rect) -> Shape {
    let mut mesh = Mesh::with_texture(texture);
    mesh.add_rect_with_uv(rect, uv, Color32::WHITE);
    Shape::mesh(mesh)
}

fn snap(point: Pos2, pixels_per_point: f32) -> Pos2 {
    Pos2::new(
        (point.x * pixels_per_point).round() / pixels_per_point,
        (point.y * pixels_per_point).round() / pixels_per_point,
    )
}
