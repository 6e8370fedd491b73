//! The offline vector basemap: the packed file, rasterising a tile of it, placing labels.
//! Everything is read straight from the bytes in the program; opening checks a header and no more,
//! and nothing here knows how a window is drawn.

mod clip;
mod countries;
pub mod labels;
pub mod mercator;
mod pack;
mod raster;
mod style;

#[cfg(feature = "assets")]
pub mod build;

pub use countries::{CountryLabel, Outline};
pub use pack::{Basemap, BasemapError};
pub use raster::{TileId, render};
pub use style::{Rgb, Style};
