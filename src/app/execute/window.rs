//! Panes, colours, size, and the windows that tell about the program.
//! What is changed here outlives the program.

use egui::Context;

use crate::app::command::Command;
use crate::app::dock::{Area, Layout};
use crate::app::session::{Session, ThemeChoice};
use crate::app::theme;
use crate::app::window::DatelineApp;

impl DatelineApp {
    pub(super) fn window_command(&mut self, ctx: &Context, command: Command) {
        let session = &mut self.session;
        match command {
            Command::ToggleLists | Command::ToggleReader if self.narrow => {
                // There is room for one: bring the other to the front.
                self.lists_in_front = !self.lists_in_front;
            }
            Command::ToggleLists => toggle(&mut session.lists, &mut session.layout, Area::Lists),
            Command::ToggleReader => {
                toggle(&mut session.reader, &mut session.layout, Area::Article);
                self.lists_in_front = false;
            }
            Command::ToggleMap => toggle(&mut session.map, &mut session.layout, Area::Map),
            Command::ResetLayout => {
                session.layout = Layout::default();
                (session.map, session.lists, session.reader, session.inspector) = (true, true, true, true);
                session.inspector_height = Session::default().inspector_height;
                session.card_height = Session::default().card_height;
                session.timeline.shown = true;
            }
            Command::ToggleInspector => session.inspector = !session.inspector,
            Command::NextPane => self.focus.walk(ctx, 1),
            Command::PreviousPane => self.focus.walk(ctx, -1),
            Command::LargerScale => session.step_scale(true),
            Command::SmallerScale => session.step_scale(false),
            Command::ResetScale => session.scale = 1.0,
            Command::ReduceMotion => {
                session.reduced_motion = !session.reduced_motion;
                theme::still(ctx, session.reduced_motion);
            }
            Command::ThemeSystem => session.theme = ThemeChoice::System,
            Command::ThemeLight => session.theme = ThemeChoice::Light,
            Command::ThemeDark => session.theme = ThemeChoice::Dark,
            Command::Palette => self.dialogs.palette = !self.dialogs.palette,
            Command::Problems => self.dialogs.problems = !self.dialogs.problems,
            Command::Shortcuts => self.dialogs.shortcuts = !self.dialogs.shortcuts,
            Command::About => self.dialogs.about = !self.dialogs.about,
            _ => {}
        }
        ctx.set_theme(egui::ThemePreference::from(self.session.theme));
        if self.session.scale != ctx.zoom_factor()
            && matches!(command, Command::LargerScale | Command::SmallerScale | Command::ResetScale)
        {
            ctx.set_zoom_factor(self.session.scale);
            self.toasts.tell(format!("Interface at {:.0} %", self.session.scale * 100.0));
        }
    }
}

/// Hides an area, or shows it where it was.
fn toggle(shown: &mut bool, layout: &mut Layout, area: Area) {
    *shown = !*shown;
    if *shown {
        layout.bring(area);
    }
}
