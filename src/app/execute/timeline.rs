//! The timeline: shown or not, played or not, which days.
//! Days are a part of the filter like any other.

use crate::app::command::Command;
use crate::app::dock::Area;
use crate::app::window::DatelineApp;

impl DatelineApp {
    pub(super) fn timeline_command(&mut self, command: Command) {
        match command {
            Command::ToggleTimeline => {
                self.session.timeline.shown = !self.session.timeline.shown;
                if self.session.timeline.shown {
                    self.session.layout.bring(Area::Timeline);
                }
            }
            Command::PlayTimeline => {
                self.show(Area::Timeline);
                self.timeline.toggle_play();
            }
            Command::ClearDays => self.explorer.filter.days = None,
            _ => {}
        }
    }
}
