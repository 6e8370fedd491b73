//! The ground of the map: the offline vector basemap, tiles of other people's, placing labels.
//! The basemap is read straight from the bytes in the program. Only `source` reads files or speaks to a network,
//! and nothing here knows how a window is drawn.

mod clip;
mod countries;
mod endonyms;
#[cfg(feature = "gui")]
mod ground;
pub mod labels;
pub use crate::model::mercator;
#[cfg(feature = "gui")]
mod overlay;
mod pack;
mod pen;
#[cfg(feature = "gui")]
mod picture;
mod raster;
#[cfg(feature = "gui")]
pub mod source;
mod style;
#[cfg(feature = "gui")]
mod vector;

#[cfg(feature = "assets")]
pub mod build;

pub use countries::{CountryLabel, Outline};
pub use endonyms::endonym;
#[cfg(feature = "gui")]
pub use ground::{Drawn, Ground, Lain, Order};
#[cfg(feature = "gui")]
pub use overlay::{About as OverlayAbout, Overlay};
pub use pack::{Basemap, BasemapError};
pub use raster::{TileId, render};
pub use style::{Rgb, Style};
#[cfg(feature = "gui")]
pub use vector::{LabelKind, TileLabel};
