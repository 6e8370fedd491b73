//! How the window looks: every colour, size, gap and font has its name here.
//! Nothing else in the program names a colour; [`Tokens::of`] follows the theme in force.

mod fonts;
mod style;
mod tokens;

pub use fonts::{SEMIBOLD, SERIF, SERIF_SEMIBOLD, semibold, serif, serif_semibold};
pub use style::{apply, still};
pub use tokens::Tokens;

/// Distances on a 4-point grid.
pub mod space {
    /// 4 points: between things that belong together.
    pub const XS: f32 = 4.0;
    /// 8 points: between controls.
    pub const S: f32 = 8.0;
    /// 12 points: inside a pane.
    pub const M: f32 = 12.0;
    /// 16 points: between groups.
    pub const L: f32 = 16.0;
    /// 24 points: between sections.
    pub const XL: f32 = 24.0;
    /// Height of a row in a list, points.
    pub const ROW: f32 = 28.0;
    /// Height of the bar at the top, points.
    pub const TOOLBAR: f32 = 40.0;
    /// Height of the bar at the bottom, points.
    pub const STATUS: f32 = 28.0;
    /// Radius of corners, points.
    pub const CORNER: u8 = 6;
}

/// Sizes of type, points.
pub mod size {
    /// Counts, chips, captions.
    pub const SMALL: f32 = 11.5;
    /// The interface.
    pub const BODY: f32 = 13.0;
    /// Heads of panes and dialogs.
    pub const HEADING: f32 = 15.0;
    /// An article's text.
    pub const READING: f32 = 17.0;
    /// An article's headline.
    pub const HEADLINE: f32 = 26.0;
    /// Icons.
    pub const ICON: f32 = 16.0;
}
