//! How a person left the window: pane widths, what is open of it, theme, type size.
//! Saved beside the program's other settings, never with an article; anything odd in it is put right.

use serde::{Deserialize, Serialize};

use super::outlets::Choices;

/// Light, dark, or as the system says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum ThemeChoice {
    /// As the system says.
    #[default]
    System,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

impl From<ThemeChoice> for egui::ThemePreference {
    fn from(choice: ThemeChoice) -> Self {
        match choice {
            ThemeChoice::System => Self::System,
            ThemeChoice::Light => Self::Light,
            ThemeChoice::Dark => Self::Dark,
        }
    }
}

/// Which list the left pane shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum ListTab {
    /// Places by number of articles.
    #[default]
    Places,
    /// Articles by date.
    Articles,
}

/// The view state that outlives the program.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Session {
    /// Whether the lists are shown.
    pub lists: bool,
    /// Whether the article is shown.
    pub reader: bool,
    /// Whether the candidates are shown.
    pub inspector: bool,
    /// Width of the lists, points.
    pub lists_width: f32,
    /// Width of the article, points.
    pub reader_width: f32,
    /// Height of the candidates, points.
    pub inspector_height: f32,
    /// Which list is in front.
    pub tab: ListTab,
    /// Light or dark.
    pub theme: ThemeChoice,
    /// Size of the article's type, points.
    pub type_size: f32,
    /// Whether the map jumps where it would fly.
    pub reduced_motion: bool,
    /// Where outlets are at home.
    pub outlets: Choices,
}

impl Default for Session {
    fn default() -> Self {
        Self {
            lists: true,
            reader: true,
            inspector: true,
            lists_width: 264.0,
            reader_width: 440.0,
            inspector_height: 248.0,
            tab: ListTab::Places,
            theme: ThemeChoice::System,
            type_size: super::theme::size::READING,
            reduced_motion: false,
            outlets: Choices::default(),
        }
    }
}

impl Session {
    /// Sizes of type that the article may have, points.
    pub const TYPE_SIZES: std::ops::RangeInclusive<f32> = 13.0..=26.0;

    /// The state saved in `text`, with what is out of range put right; the default where it is not
    /// a saved state.
    pub fn restore(text: &str) -> Self {
        let read: Option<Self> = serde_json::from_str(text).ok();
        let default = Self::default();
        let Some(mut session) = read else {
            return default;
        };
        let or = |value: f32, range: std::ops::RangeInclusive<f32>, default: f32| {
            if range.contains(&value) { value } else { default }
        };
        session.lists_width = or(session.lists_width, 100.0..=2000.0, default.lists_width);
        session.reader_width = or(session.reader_width, 100.0..=4000.0, default.reader_width);
        session.inspector_height = or(session.inspector_height, 60.0..=2000.0, default.inspector_height);
        session.type_size = or(session.type_size, Self::TYPE_SIZES, default.type_size);
        session
    }

    /// The state as text.
    pub fn save(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sessions_come_back_and_odd_ones_are_put_right() {
        let session = Session { lists: false, type_size: 20.0, ..Session::default() };
        assert_eq!(Session::restore(&session.save()), session);
        let check = |text: &str| assert_eq!(Session::restore(text), Session::default(), "{text}");
        check("");
        check("{}");
        check("[1]");
        check(r#"{"type_size": 1e30, "reader_width": -4, "a later field": true}"#);
    }
}
