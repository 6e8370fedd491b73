//! How a person left the window: where its areas lie, what is open of it, theme, type size.
//! Saved beside the program's other settings, never with an article; anything odd in it is put right.

use serde::{Deserialize, Serialize};

use super::basemaps::GroundChoices;
use super::command::Command;
use super::dock::Layout;
use super::hints::Hints;
use super::lists::Finding;
use super::outlets::Choices;
use super::project::Recent;
use super::timeline::TimelineChoices;
use crate::explore::Subject;
use crate::geoparse::Notation;

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
    /// Events by date.
    Events,
    /// Articles by date.
    Articles,
    /// What can be filtered by.
    Filters,
}

/// How the map was left.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Sighting {
    /// Latitude and longitude of the middle, degrees, and zoom.
    pub camera: Option<(f64, f64, f64)>,
    /// How coordinates are written.
    pub notation: Notation,
    /// Whether what is reported glows in place of its marks.
    pub heat: bool,
    /// Whether countries are called as they call themselves.
    pub local_names: bool,
}

impl Sighting {
    /// The same without what is nowhere on the map.
    fn put_right(mut self) -> Self {
        let on_the_map = |&(lat, lon, zoom): &(f64, f64, f64)| {
            lat.abs() <= 90.0 && lon.abs() <= 540.0 && (0.0..=26.0).contains(&zoom)
        };
        self.camera = self.camera.filter(on_the_map);
        self
    }
}

/// The view state that outlives the program.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Session {
    /// Whether the map is shown.
    pub map: bool,
    /// Whether the lists are shown.
    pub lists: bool,
    /// Whether the article is shown.
    pub reader: bool,
    /// Whether the candidates are shown.
    pub inspector: bool,
    /// Where the areas lie, and how large they are.
    pub layout: Layout,
    /// How the map was left.
    pub sighting: Sighting,
    /// Height of the candidates, points.
    pub inspector_height: f32,
    /// Height of an event's card, points.
    pub card_height: f32,
    /// Which list is in front.
    pub tab: ListTab,
    /// What is explored.
    pub subject: Subject,
    /// Whether an event that several articles report counts once.
    pub once: bool,
    /// Whether the legend of events is unfolded; as there is room for it where nobody has said.
    pub legend: Option<bool>,
    /// Light or dark.
    pub theme: ThemeChoice,
    /// Size of the article's type, points.
    pub type_size: f32,
    /// Whether the map jumps where it would fly.
    pub reduced_motion: bool,
    /// How large the interface is, where 1 is what the system says.
    pub scale: f32,
    /// Names of the commands chosen in the palette, the last first.
    pub recent: Vec<String>,
    /// Where outlets are at home.
    pub outlets: Choices,
    /// What lies under the marks.
    pub ground: GroundChoices,
    /// The timeline.
    pub timeline: TimelineChoices,
    /// What a newcomer has tried.
    pub hints: Hints,
    /// Saved filters and the order of the lists.
    pub finding: Finding,
    /// What was open before.
    pub opened: Recent,
}

impl Default for Session {
    fn default() -> Self {
        Self {
            map: true,
            lists: true,
            reader: true,
            inspector: true,
            layout: Layout::default(),
            sighting: Sighting::default(),
            inspector_height: 248.0,
            card_height: 320.0,
            tab: ListTab::Places,
            subject: Subject::Mentions,
            once: false,
            legend: None,
            theme: ThemeChoice::System,
            type_size: super::theme::size::READING,
            reduced_motion: false,
            scale: 1.0,
            recent: Vec::new(),
            outlets: Choices::default(),
            ground: GroundChoices::default(),
            timeline: TimelineChoices::default(),
            hints: Hints::default(),
            finding: Finding::default(),
            opened: Recent::default(),
        }
    }
}

impl Session {
    /// Sizes of type that the article may have, points.
    pub const TYPE_SIZES: std::ops::RangeInclusive<f32> = 13.0..=26.0;

    /// Scales that the interface may have.
    pub const SCALES: [f32; 14] = [0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0, 2.25, 2.5, 3.0];
    /// Commands that the palette remembers.
    const RECENT: usize = 6;

    /// Makes the interface larger or smaller by a step.
    pub fn step_scale(&mut self, larger: bool) {
        let near = 0.01;
        let mut scales = Self::SCALES.into_iter();
        let next = if larger {
            scales.find(|&scale| scale > self.scale + near)
        } else {
            scales.rev().find(|&scale| scale < self.scale - near)
        };
        self.scale = next.unwrap_or(self.scale);
    }

    /// Notes a command that was chosen in the palette.
    pub fn remember(&mut self, command: Command) {
        let name = command.text().to_owned();
        self.recent.retain(|other| *other != name);
        self.recent.insert(0, name);
        self.recent.truncate(Self::RECENT);
    }

    /// The commands chosen in the palette, the last first.
    pub fn recent_commands(&self) -> Vec<Command> {
        let named = |name: &String| Command::ALL.iter().copied().find(|command| command.text() == name);
        self.recent.iter().filter_map(named).collect()
    }

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
        session.card_height = or(session.card_height, 60.0..=2000.0, default.card_height);
        session.inspector_height = or(session.inspector_height, 60.0..=2000.0, default.inspector_height);
        let [least, .., most] = Self::SCALES;
        session.scale = or(session.scale, least..=most, default.scale);
        session.recent.truncate(Self::RECENT);
        session.ground.mend();
        session.opened.mend();
        session.sighting = session.sighting.put_right();
        session.type_size = or(session.type_size, Self::TYPE_SIZES, default.type_size);
        session.timeline = session.timeline.restored();
        if session.tab == ListTab::Events && session.subject == Subject::Mentions {
            session.tab = ListTab::Places;
        }
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
        check(
            r#"{"timeline": {"speed": 9}, "scale": 40, "type_size": 1e30, "inspector_height": -4, "layout": {"wide": 3},
                "sighting": {"camera": [99, 0, 3]}, "a later field": true}"#,
        );
    }

    #[test]
    fn the_interface_grows_and_shrinks_by_steps_within_its_range() {
        let check = |scale: f32, larger: bool, expected: f32| {
            let mut session = Session { scale, ..Session::default() };
            session.step_scale(larger);
            assert_eq!(session.scale, expected, "{scale} {larger}");
        };
        check(1.0, true, 1.1);
        check(1.1, false, 1.0);
        check(1.3, true, 1.5);
        check(3.0, true, 3.0);
        check(0.5, false, 0.5);
    }

    #[test]
    fn the_last_commands_are_remembered_once_each() {
        let mut session = Session::default();
        for command in [Command::ThemeDark, Command::FitMap, Command::ThemeDark] {
            session.remember(command);
        }
        assert_eq!(session.recent_commands(), [Command::ThemeDark, Command::FitMap]);
        session.recent.push("No command".to_owned());
        assert_eq!(session.recent_commands().len(), 2);
    }
}
