//! The colours of what stands over the ground: marks, names, and the paper around.
//! The window's tokens are made of these, so that a picture looks like the window that it was made of.

use super::style::Rgb;
use crate::model::EventClass;

/// The colours of one theme, beside its [`Style`](super::Style).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ink {
    /// Around the map.
    pub paper: Rgb,
    /// Text.
    pub text: Rgb,
    /// Text of second rank.
    pub quiet: Rgb,
    /// Lines around things.
    pub hairline: Rgb,
    /// Places.
    pub accent: Rgb,
    /// On the accent.
    pub on_accent: Rgb,
    /// Around the marks.
    pub ring: Rgb,
    /// Names on the ground.
    pub label: Rgb,
    /// Names of seas and lakes.
    pub sea_label: Rgb,
    /// Events, by class in the order of [`EventClass::ALL`]. Apart by lightness as much as by hue, so that the
    /// colour-blind tell them apart, whichever colours they see.
    pub events: [Rgb; EventClass::ALL.len()],
    /// Signs on the colours of events.
    pub on_event: Rgb,
}

const fn rgb(hex: u32) -> Rgb {
    [(hex >> 16) as u8, (hex >> 8) as u8, hex as u8]
}

const fn six([a, b, c, d, e, f]: [u32; 6]) -> [Rgb; 6] {
    [rgb(a), rgb(b), rgb(c), rgb(d), rgb(e), rgb(f)]
}

impl Ink {
    /// Dark on light.
    pub const LIGHT: Ink = Ink {
        paper: rgb(0xFFFFFF),
        text: rgb(0x1D2126),
        quiet: rgb(0x5B646E),
        hairline: rgb(0xDDD9D2),
        accent: rgb(0x0B67A3),
        on_accent: rgb(0xFFFFFF),
        ring: rgb(0xFFFFFF),
        label: rgb(0x4A4640),
        sea_label: rgb(0x285878),
        events: six([0x2349B8, 0x1D8B74, 0x782F76, 0xA46803, 0x9B1F13, 0x242629]),
        on_event: rgb(0xFFFFFF),
    };

    /// Light on dark.
    pub const DARK: Ink = Ink {
        paper: rgb(0x1A1E22),
        text: rgb(0xE7E9EB),
        quiet: rgb(0x9BA5AF),
        hairline: rgb(0x2C3238),
        accent: rgb(0x58B4EC),
        on_accent: rgb(0x14171A),
        ring: rgb(0x14171A),
        label: rgb(0xA9B2BA),
        sea_label: rgb(0x6FA3C4),
        events: six([0x8FB8FA, 0x13AB8C, 0xC763DB, 0xF5D03A, 0xF6620B, 0xECEEF3]),
        on_event: rgb(0x14171A),
    };

    /// For paper.
    pub const PRINT: Ink = Ink {
        text: rgb(0x000000),
        quiet: rgb(0x4A4A4A),
        hairline: rgb(0x8C8680),
        accent: rgb(0x084C7A),
        label: rgb(0x4A4640),
        ..Ink::LIGHT
    };

    /// The colour of a class of events.
    pub const fn event(&self, class: EventClass) -> Rgb {
        self.events[class as usize]
    }
}
