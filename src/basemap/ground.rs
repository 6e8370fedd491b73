//! What lies under the marks: the basemap inside the program, or tiles of a source over it.
//! Where a source has nothing, the basemap inside the program shows, so that there is always a map.

use std::sync::Arc;

use tiny_skia::Pixmap;

use super::source::online::Online;
use super::source::{Format, Found, Source};
use super::{Basemap, Overlay, Style, TileId, TileLabel, overlay, picture, render, vector};

/// How many levels above a tile are looked through for one that shows where it has nothing itself: farther up
/// it would be a blur, and the basemap inside the program says more.
const ABOVE: u8 = 5;
/// The nearest level that the basemap inside the program is drawn at.
const NEAREST: u8 = 14;
/// The nearest level that vector tiles and shapes are drawn at.
const NEAREST_SHARP: u8 = 22;

/// A tile as it is to be drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Order {
    /// Which.
    pub tile: TileId,
    /// In which colours.
    pub style: Style,
    /// Pixels along its side.
    pub pixels: u32,
    /// Hundredths of a pixel to a point.
    pub hundredths: u32,
}

impl Order {
    /// Pixels to a point.
    pub fn scale(&self) -> f32 {
        self.hundredths as f32 / 100.0
    }
}

/// A tile as it was drawn.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Drawn {
    /// Pixels, four bytes each, premultiplied; rows from the top.
    pub rgba: Vec<u8>,
    /// Pixels along its side.
    pub side: u32,
    /// The names on it, where they are not part of the picture.
    pub labels: Vec<TileLabel>,
    /// Whether it is the same at every size.
    pub fixed: bool,
    /// Whether the basemap inside the program stands in for a tile that may yet come.
    pub awaited: bool,
    /// Why the source's tile could not be drawn.
    pub problem: Option<String>,
}

/// Shapes that lie over the ground.
#[derive(Clone, Debug)]
pub struct Lain {
    /// The shapes.
    pub overlay: Arc<Overlay>,
    /// The number of their colour among the style's.
    pub colour: usize,
}

/// What the map is drawn of.
#[derive(Clone)]
pub struct Ground {
    basemap: Arc<Basemap>,
    source: Option<Arc<Source>>,
    layers: Arc<[Lain]>,
}

/// What a source has for a tile.
enum Of {
    Drawn(Drawn),
    Nothing,
    Awaited,
}

impl Ground {
    /// The basemap inside the program, under a source's tiles if there is one.
    pub fn new(basemap: Arc<Basemap>, source: Option<Arc<Source>>) -> Ground {
        Ground { basemap, source, layers: Arc::new([]) }
    }

    /// The same under these shapes, the last on top.
    pub fn under(self, layers: Arc<[Lain]>) -> Ground {
        Ground { layers, ..self }
    }

    /// Whether both are drawn of the very same things.
    pub fn is_same(&self, other: &Ground) -> bool {
        let source = |ground: &Ground| ground.source.as_ref().map(Arc::as_ptr);
        let same = |(one, other): (&Lain, &Lain)| {
            Arc::ptr_eq(&one.overlay, &other.overlay) && one.colour == other.colour
        };
        source(self) == source(other)
            && self.layers.len() == other.layers.len()
            && self.layers.iter().zip(&*other.layers).all(same)
    }

    /// The nearest level that is worth drawing; beyond it a picture is only stretched.
    pub fn nearest(&self) -> u8 {
        match self.source.as_deref().map(Source::about) {
            // Shapes stay sharp where a picture would be stretched.
            _ if !self.layers.is_empty() => NEAREST_SHARP,
            None => NEAREST,
            Some(about) if about.format == Format::Vector => NEAREST_SHARP,
            Some(about) => about.zooms.1,
        }
    }

    /// Length of a tile's side on the screen, points.
    pub fn side(&self) -> u32 {
        self.source.as_ref().map_or(512, |source| source.about().side)
    }

    /// The server that tiles are fetched from, if they are.
    pub fn online(&self) -> Option<&Online> {
        match self.source.as_deref() {
            Some(Source::Online(online)) => Some(online),
            _ => None,
        }
    }

    /// Draws a tile.
    pub fn draw(&self, order: &Order) -> Drawn {
        let drawn = self.bare(order);
        if self.layers.is_empty() {
            return drawn;
        }
        let Some(mut pixmap) = size(drawn.side).ok().and_then(|size| Pixmap::from_vec(drawn.rgba, size))
        else {
            return Drawn { rgba: self.built_in(order), side: side(order), ..Drawn::default() };
        };
        // A picture may have more or fewer pixels than it is shown with.
        let scale = order.scale() * drawn.side as f32 / order.pixels.max(1) as f32;
        for Lain { overlay, colour } in &*self.layers {
            overlay::paint(overlay, *colour, order.tile, scale, &order.style, &mut pixmap);
        }
        // Lines are as wide as the size at which they are shown wants them.
        Drawn { rgba: pixmap.take(), fixed: false, ..drawn }
    }

    /// The tile without anybody's shapes.
    fn bare(&self, order: &Order) -> Drawn {
        let (mut problem, mut awaited) = (None, false);
        if let Some(source) = &self.source {
            match self.of_source(source, order) {
                Ok(Of::Drawn(drawn)) => return drawn,
                Ok(Of::Nothing) => {}
                Ok(Of::Awaited) => awaited = true,
                Err(reason) => problem = Some(reason),
            }
        }
        let rgba = self.built_in(order);
        Drawn { rgba, side: side(order), problem, awaited, ..Drawn::default() }
    }

    fn built_in(&self, order: &Order) -> Vec<u8> {
        render(&self.basemap, order.tile, order.pixels, order.scale(), &order.style)
    }

    /// The source's tile, or what the nearest one above it shows of it.
    fn of_source(&self, source: &Source, order: &Order) -> Result<Of, String> {
        let about = source.about();
        let first = order.tile.z.saturating_sub(about.zooms.1);
        for up in first..=order.tile.z.min(first.saturating_add(ABOVE)) {
            let TileId { z, x, y } = order.tile;
            let from = TileId {
                z: z - up,
                x: x.checked_shr(up.into()).unwrap_or(0),
                y: y.checked_shr(up.into()).unwrap_or(0),
            };
            match source.tile(from)? {
                Found::Nothing => {}
                Found::Awaited => return Ok(Of::Awaited),
                Found::Tile(bytes) if about.format == Format::Vector => {
                    let (rgba, labels) = vector::draw(&bytes, from, order);
                    return Ok(Of::Drawn(Drawn { rgba, side: side(order), labels, ..Drawn::default() }));
                }
                Found::Tile(bytes) => return self.of_picture(&bytes, from, order).map(Of::Drawn),
            }
        }
        Ok(Of::Nothing)
    }

    /// A picture as it is where it is the tile's own and square, else what the tile shows of it.
    fn of_picture(&self, bytes: &[u8], from: TileId, order: &Order) -> Result<Drawn, String> {
        let picture = picture::decode(bytes)?;
        let opaque = picture::is_opaque(&picture);
        if opaque && from == order.tile && picture.width() == picture.height() {
            return Ok(Drawn {
                side: picture.width(),
                rgba: picture.take(),
                fixed: true,
                ..Drawn::default()
            });
        }
        let side = side(order);
        let ground = if opaque { None } else { Pixmap::from_vec(self.built_in(order), size(side)?) };
        let Some(mut onto) = ground.or_else(|| Pixmap::new(side, side)) else {
            return Err("a tile has no size".to_owned());
        };
        picture::lay(&picture, from, order.tile, &mut onto);
        Ok(Drawn { rgba: onto.take(), side, ..Drawn::default() })
    }
}

fn size(side: u32) -> Result<tiny_skia::IntSize, String> {
    tiny_skia::IntSize::from_wh(side, side).ok_or_else(|| "a tile has no size".to_owned())
}

fn side(order: &Order) -> u32 {
    order.pixels.clamp(1, 4096)
}
