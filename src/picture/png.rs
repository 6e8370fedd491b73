//! An image as pixels, band by band, so that memory does not grow with the picture's height.

use std::io::{self, Write};

use png::{BitDepth, ColorType, Compression, Encoder};
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::Tree;

/// Pixels of a band at most.
const BAND: u32 = 12_000_000;

/// Writes the picture; `false` where it was stopped, which leaves the file unfinished.
pub(super) fn write(
    tree: &Tree,
    [width, height]: [u32; 2],
    told: &[(&str, &str)],
    out: impl Write,
    stop: &dyn Fn() -> bool,
) -> io::Result<bool> {
    let mut encoder = Encoder::new(out, width, height);
    encoder.set_color(ColorType::Rgb);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_compression(Compression::Balanced);
    for (key, text) in told {
        encoder.add_itxt_chunk((*key).to_owned(), (*text).to_owned()).map_err(io::Error::other)?;
    }
    let mut writer = encoder.write_header().map_err(io::Error::other)?;
    let mut stream = writer.stream_writer_with_size(1 << 20).map_err(io::Error::other)?;
    let rows = (BAND / width.max(1)).clamp(1, height);
    let mut top = 0;
    let mut line = Vec::with_capacity(width as usize * 3);
    while top < height {
        if stop() {
            return Ok(false);
        }
        let rows = rows.min(height - top);
        let mut band =
            Pixmap::new(width, rows).ok_or_else(|| io::Error::other("the picture is too large"))?;
        let place = Transform::from_translate(0.0, -(top as f32));
        resvg::render(tree, place, &mut band.as_mut());
        for row in band.data().chunks_exact(width as usize * 4) {
            line.clear();
            // The paper is opaque: nothing shines through.
            row.chunks_exact(4).for_each(|pixel| line.extend_from_slice(&pixel[..3]));
            stream.write_all(&line)?;
        }
        top += rows;
    }
    stream.finish().map_err(io::Error::other)?;
    writer.finish().map_err(io::Error::other)?;
    Ok(true)
}
