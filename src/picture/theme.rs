//! The colours that a picture is drawn in.

use crate::basemap::{Ink, Style};

/// A set of colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// Those of the window by day.
    #[default]
    Light,
    /// Those of the window by night.
    Dark,
    /// For paper: a faint ground, which costs little ink.
    Print,
}

impl Theme {
    /// Every theme.
    pub const ALL: [Theme; 3] = [Theme::Light, Theme::Dark, Theme::Print];

    /// The word on the command line.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
            Self::Print => "print",
        }
    }

    pub(super) const fn ink(self) -> Ink {
        match self {
            Self::Light => Ink::LIGHT,
            Self::Dark => Ink::DARK,
            Self::Print => Ink::PRINT,
        }
    }

    pub(super) const fn style(self) -> Style {
        match self {
            Self::Light => Style::LIGHT,
            Self::Dark => Style::DARK,
            Self::Print => Style::PRINT,
        }
    }
}
