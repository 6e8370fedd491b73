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
    /// Whether borders and rivers are left out.
    pub plain: bool,
    /// Built-up land, of vector tiles as all that follows.
    pub built: Rgb,
    /// Parks and meadows.
    pub green: Rgb,
    /// Woods.
    pub wood: Rgb,
    /// Sand and rock.
    pub sand: Rgb,
    /// Ice.
    pub ice: Rgb,
    /// Single buildings.
    pub building: Rgb,
    /// Roads.
    pub road: Rgb,
    /// Main roads.
    pub motorway: Rgb,
    /// The edges of roads.
    pub road_edge: Rgb,
    /// Railways, ferries and paths.
    pub rail: Rgb,
    /// A person's own layers, one after another.
    pub layers: [Rgb; 6],
}

/// A line that is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Line {
    Coast,
    River,
    Division,
    Border,
}

impl Line {
    /// Its width in points: rivers and borders grow a little as the map comes nearer.
    pub fn width(self, zoom: f32) -> f32 {
        let near = ((zoom - 2.0) / 6.0).clamp(0.0, 1.0);
        match self {
            Line::Coast => 0.6 + 0.3 * near,
            Line::River => 0.7 + 0.8 * near,
            Line::Division => 0.7 + 0.3 * near,
            Line::Border => 0.8 + 0.5 * near,
        }
    }
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
        plain: false,
        built: [0xEB, 0xE6, 0xDC],
        green: [0xE3, 0xEA, 0xD6],
        wood: [0xD8, 0xE3, 0xCB],
        sand: [0xF2, 0xEA, 0xD3],
        ice: [0xF8, 0xFA, 0xFB],
        building: [0xDE, 0xD7, 0xCB],
        road: [0xFF, 0xFF, 0xFF],
        motorway: [0xF6, 0xE3, 0xC0],
        road_edge: [0xD2, 0xC9, 0xBC],
        rail: [0xB4, 0xAC, 0xA3],
        layers: [
            [0x00, 0x7A, 0x5A],
            [0xA8, 0x4B, 0x85],
            [0x7A, 0x5F, 0x00],
            [0xC0, 0x4E, 0x00],
            [0x00, 0x72, 0xB2],
            [0x4A, 0x46, 0x40],
        ],
    };

    /// The same by night.
    pub const DARK: Style = Style {
        sea: [0x10, 0x16, 0x1C],
        land: [0x22, 0x2A, 0x31],
        coast: [0x33, 0x40, 0x4A],
        water: [0x18, 0x22, 0x2B],
        border: [0x4A, 0x54, 0x5E],
        division: [0x31, 0x3A, 0x42],
        plain: false,
        built: [0x28, 0x30, 0x38],
        green: [0x22, 0x2F, 0x2E],
        wood: [0x20, 0x2F, 0x2B],
        sand: [0x2C, 0x2F, 0x31],
        ice: [0x2C, 0x36, 0x3E],
        building: [0x30, 0x39, 0x42],
        road: [0x3B, 0x45, 0x4E],
        motorway: [0x52, 0x50, 0x49],
        road_edge: [0x1B, 0x22, 0x28],
        rail: [0x41, 0x4B, 0x54],
        layers: [
            [0x2F, 0xB8, 0x92],
            [0xD6, 0x8D, 0xB5],
            [0xE3, 0xC9, 0x4C],
            [0xF0, 0x8A, 0x4B],
            [0x56, 0xB4, 0xE9],
            [0xC8, 0xCE, 0xD4],
        ],
    };

    /// For paper: the ground is faint, so that it costs little ink and the marks stand out in black and white too.
    pub const PRINT: Style = Style {
        sea: [0xE9, 0xEF, 0xF3],
        land: [0xFF, 0xFF, 0xFF],
        coast: [0x8F, 0xA3, 0xB1],
        water: [0xDD, 0xE7, 0xED],
        border: [0x8C, 0x86, 0x80],
        division: [0xD2, 0xCE, 0xC8],
        ..Style::LIGHT
    };
}
