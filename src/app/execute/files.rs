//! What the File menu does.
//! Whatever takes time is handed to a job.

use egui::Context;

use crate::app::command::Command;
use crate::app::dialog::PathField;
use crate::app::window::DatelineApp;

impl DatelineApp {
    pub(super) fn file_command(&mut self, ctx: &Context, command: Command) {
        match command {
            Command::OpenPath => self.dialogs.open = Some(PathField::default()),
            Command::OpenSample => self.open(ctx, Vec::new()),
            Command::Export => {
                self.dialogs.export = Some(PathField::new(super::suggested_path()));
            }
            Command::CloseAll => {
                self.loading.abandon();
                self.close_all();
            }
            Command::Gazetteers => {
                self.dialogs.gazetteers = true;
                self.gazetteers.open(ctx);
            }
            Command::ImportPlaces => {
                self.dialogs.gazetteers = true;
                self.gazetteers.open_import(ctx);
            }
            Command::Outlets => {
                self.dialogs.outlets = !self.dialogs.outlets;
                self.outlets.open(ctx, self.explorer.collection.archive());
            }
            Command::OpenFiles | Command::OpenFolder | Command::AddGazetteer => {
                self.chooser.ask(ctx, command)
            }
            Command::Cancel => {
                self.loading.cancel();
                self.gazetteers.cancel();
            }
            Command::Quit => ctx.send_viewport_cmd(egui::ViewportCommand::Close),
            _ => {}
        }
    }
}
