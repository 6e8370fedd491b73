//! The ground of the map: the offline vector basemap, tiles of other people's, placing labels.
//! The basemap is read straight from the bytes in the program. Only `source` reads files or speaks to a network,
//! and nothing here knows how a window is drawn.

mod bounds;
mod clip;
mod countries;
mod emblem;
mod endonyms;
#[cfg(feature = "gui")]
mod ground;
mod hand;
mod ink;
pub mod labels;
pub use crate::model::mercator;
#[cfg(feature = "gui")]
mod overlay;
mod pack;
mod paths;
mod pen;
#[cfg(feature = "gui")]
mod picture;
mod raster;
mod scale;
mod sketch;
#[cfg(feature = "gui")]
pub mod source;
mod style;
pub(crate) mod toponyms;
#[cfg(feature = "gui")]
mod vector;

#[cfg(feature = "assets")]
pub mod build;

pub(crate) use bounds::Bounds;
pub(crate) use clip::Xy;
pub use countries::{CountryLabel, Outline};
pub(crate) use emblem::corners;
pub use endonyms::endonym;
#[cfg(feature = "gui")]
pub use ground::{Drawn, Ground, Lain, Order};
pub(crate) use hand::Hand;
pub use ink::Ink;
#[cfg(feature = "gui")]
pub use overlay::{About as OverlayAbout, Overlay};
pub use pack::{Basemap, BasemapError};
pub use paths::{CellPaths, DETAILS, Detail};
pub use raster::{TileId, render};
pub(crate) use scale::scale_bar;
pub(crate) use sketch::{Frame, Path, Sketch, leaves_straight};
pub(crate) use style::Line;
pub use style::{Rgb, Style};
#[cfg(feature = "gui")]
pub use vector::{LabelKind, TileLabel};
