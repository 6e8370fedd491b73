//! Tiles that are pictures: decoding them, and what a tile below one shows of it.
//! A picture says how large it is before it is decoded; one that would fill the memory is refused.

use std::io::Cursor;

use image::{ImageReader, Limits};
use tiny_skia::{FilterQuality, IntSize, Pixmap, PixmapPaint, Transform};

use super::TileId;

/// The widest and highest picture that is decoded, pixels.
const LARGEST: u32 = 4096;

/// Decodes a picture; why it cannot be, where it cannot.
pub(crate) fn decode(bytes: &[u8]) -> Result<Pixmap, String> {
    let mut reader =
        ImageReader::new(Cursor::new(bytes)).with_guessed_format().map_err(|error| error.to_string())?;
    if reader.format().is_none() {
        return Err("a tile is not a picture".to_owned());
    }
    let mut limits = Limits::default();
    (limits.max_image_width, limits.max_image_height) = (Some(LARGEST), Some(LARGEST));
    limits.max_alloc = Some(256 << 20);
    reader.limits(limits);
    let image = reader.decode().map_err(|error| format!("a tile cannot be decoded: {error}"))?.into_rgba8();
    let size = IntSize::from_wh(image.width(), image.height()).ok_or("a tile has no size")?;
    let mut pixels = image.into_raw();
    for pixel in pixels.chunks_exact_mut(4) {
        let alpha = u16::from(pixel[3]);
        if alpha < 255 {
            pixel[..3].iter_mut().for_each(|channel| *channel = (u16::from(*channel) * alpha / 255) as u8);
        }
    }
    Pixmap::from_vec(pixels, size).ok_or_else(|| "a tile has no size".to_owned())
}

/// Whether nothing shines through.
pub(crate) fn is_opaque(picture: &Pixmap) -> bool {
    picture.data().chunks_exact(4).all(|pixel| pixel[3] == 255)
}

/// Lays what `tile` shows of the picture of `from`, which is that tile or one above it, on a square of pixels.
pub(crate) fn lay(picture: &Pixmap, from: TileId, tile: TileId, onto: &mut Pixmap) {
    let up = tile.z.saturating_sub(from.z);
    let parts = f64::from(up).exp2();
    let side = f64::from(onto.width());
    let corner = |at: u32, from: u32| (f64::from(at) - f64::from(from) * parts) * side;
    let grown = |size: u32| (side * parts / f64::from(size)) as f32;
    let transform = Transform::from_row(
        grown(picture.width()),
        0.0,
        0.0,
        grown(picture.height()),
        -corner(tile.x, from.x) as f32,
        -corner(tile.y, from.y) as f32,
    );
    let paint = PixmapPaint { quality: FilterQuality::Bilinear, ..PixmapPaint::default() };
    onto.draw_pixmap(0, 0, picture.as_ref(), &paint, transform, None);
}

#[cfg(test)]
pub(crate) mod tests {
    use image::{ImageFormat, RgbaImage};

    use super::*;

    /// A picture whose quarters are red, green, blue and clear.
    pub(crate) fn quarters(side: u32) -> Vec<u8> {
        let picture = RgbaImage::from_fn(side, side, |x, y| {
            image::Rgba(match (x < side / 2, y < side / 2) {
                (true, true) => [255, 0, 0, 255],
                (false, true) => [0, 255, 0, 255],
                (true, false) => [0, 0, 255, 255],
                (false, false) => [0, 0, 0, 0],
            })
        });
        let mut bytes = Cursor::new(Vec::new());
        picture.write_to(&mut bytes, ImageFormat::Png).unwrap();
        bytes.into_inner()
    }

    #[test]
    fn a_tile_below_a_picture_shows_its_share_of_it() {
        let picture = decode(&quarters(64)).unwrap();
        assert!(!is_opaque(&picture));
        let check = |x: u32, y: u32, expected: [u8; 4]| {
            let mut onto = Pixmap::new(32, 32).unwrap();
            lay(&picture, TileId { z: 2, x: 1, y: 1 }, TileId { z: 4, x, y }, &mut onto);
            let middle = &onto.data()[(16 * 32 + 16) * 4..][..4];
            assert_eq!(middle, expected, "{x}/{y}");
        };
        check(4, 4, [255, 0, 0, 255]);
        check(7, 4, [0, 255, 0, 255]);
        check(4, 7, [0, 0, 255, 255]);
        check(7, 7, [0, 0, 0, 0]);
    }

    #[test]
    fn what_is_no_picture_is_refused() {
        assert!(decode(b"").is_err());
        assert!(decode(b"<html>Not found</html>").is_err());
        let whole = quarters(16);
        for end in 0..whole.len() {
            let _ = decode(&whole[..end]);
        }
        // A head that promises more than there can be.
        let mut huge = whole;
        huge[16..24].copy_from_slice(&[0x7F, 0xFF, 0xFF, 0xFF, 0x7F, 0xFF, 0xFF, 0xFF]);
        assert!(decode(&huge).is_err());
    }
}
