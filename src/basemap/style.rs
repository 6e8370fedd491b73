//! What the basemap is drawn in. The window makes one from its own tokens, one for each theme.

/// An opaque colour: red, green, blue.
pub type Rgb = [u8; 3];

/// Colours of one theme's basemap. Widths are fixed, in points, and grow with the display's scale.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Style {
    /// Open sea.
    pub sea: Rgb,
    /// Dry land.
    pub land: Rgb,
    /// The line between them.
    pub coast: Rgb,
    /// Lakes and rivers.
    pub water: Rgb,
    /// Country borders, disputed ones dashed.
    pub border: Rgb,
    /// First-level borders.
    pub division: Rgb,
}

impl Style {
    /// A muted daylight atlas.
    pub const LIGHT: Style = Style {
        sea: [0xCF, 0xDF, 0xE8],
        land: [0xF3, 0xF0, 0xE8],
        coast: [0xA9, 0xC2, 0xD1],
        water: [0xBD, 0xD3, 0xE0],
        border: [0xA8, 0x9F, 0x97],
        division: [0xD6, 0xCE, 0xC4],
    };

    /// The same by night.
    pub const DARK: Style = Style {
        sea: [0x10, 0x16, 0x1C],
        land: [0x22, 0x2A, 0x31],
        coast: [0x33, 0x40, 0x4A],
        water: [0x18, 0x22, 0x2B],
        border: [0x4A, 0x54, 0x5E],
        division: [0x31, 0x3A, 0x42],
    };
}
