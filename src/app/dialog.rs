//! The windows that open over the panes: paths to open or to write to, and what all of them have in common.
//! A path can always be typed, because a desktop without a file portal answers as if cancelled.

use std::path::PathBuf;

use egui::{Align2, Context, FocusDirection, Id, Key, LayerId, Ui};

use super::asking::{PathField, path_row, quiet};
use super::command::{Act, Command};
use super::correct::Form;
use super::keys::Keys;
use super::lists::{Finding, Naming};
use super::project::{Sheet, with_ending};
use super::widgets;

/// What is open over the panes.
#[derive(Default)]
pub struct Dialogs {
    /// What is to be opened.
    pub open: Option<super::opening::Sheet>,
    /// What is to be written, and where.
    pub export: Option<super::export::Sheet>,
    /// What picture is to be drawn, and where it goes.
    pub picture: Option<super::picture::Sheet>,
    /// Which column of a table is what.
    pub columns: Option<super::columns::Sheet>,
    /// Typing a path to save to.
    pub save: Option<PathField>,
    /// Something about projects.
    pub project: Option<Sheet>,
    /// What asks for more in correcting.
    pub form: Option<Form>,
    /// Typing the name of a filter.
    pub naming: Option<Naming>,
    /// What could not be read.
    pub problems: bool,
    /// The gazetteers in use.
    pub gazetteers: bool,
    /// What lies under the marks.
    pub basemaps: bool,
    /// The outlets and their homes.
    pub outlets: bool,
    /// The command palette.
    pub palette: bool,
    /// Every key.
    pub shortcuts: bool,
    /// What this program is.
    pub about: bool,
    keys: Keys,
}

/// A window over the panes, in our dress.
pub struct Dialog<'a>(egui::Window<'a>);

/// A window with a title, in the middle.
pub fn window<'a>(title: &'a str, open: &'a mut bool) -> Dialog<'a> {
    let window = egui::Window::new(title).open(open).pivot(Align2::CENTER_CENTER).default_pos([0.0, 0.0]);
    Dialog(window.collapsible(false).resizable(false).anchor(Align2::CENTER_CENTER, [0.0, -24.0]))
}

/// A window without a title bar or margin, whose name only screen readers hear.
pub fn bare(title: &str, anchor: Align2, offset: [f32; 2]) -> Dialog<'_> {
    let window = egui::Window::new(title).title_bar(false).collapsible(false).resizable(false);
    Dialog(window.anchor(anchor, offset))
}

impl Dialog<'_> {
    /// Draws the window while it is open.
    pub fn show<R>(self, ctx: &Context, add: impl FnOnce(&mut Ui) -> R) {
        let opened = ctx
            .data(|data| data.get_temp::<u64>(opened()))
            .is_some_and(|at| at + 1 == ctx.cumulative_pass_nr());
        if opened && ctx.memory(|memory| memory.focused().is_none()) {
            ctx.memory_mut(|memory| memory.move_focus(FocusDirection::Next));
        }
        if let Some(shown) = self.0.show(ctx, add) {
            hold(ctx, shown.response.layer_id);
        }
    }

    /// The same, in a frame of its own.
    pub fn frame(self, frame: egui::Frame) -> Self {
        Self(self.0.frame(frame))
    }
}

/// Keeps the keyboard in a window: Tab goes round in it, and one that asks for no focus has it on its first
/// control.
fn hold(ctx: &Context, layer: LayerId) {
    let pass = ctx.cumulative_pass_nr();
    let key = layer.id.with("held");
    let before = ctx.data_mut(|data| {
        let before = data.get_temp::<u64>(key);
        data.insert_temp(key, pass);
        before
    });
    let opens = before.is_none_or(|before| before + 1 < pass);
    let beneath = |id: &Id| ctx.read_response(*id).is_some_and(|response| response.layer_id != layer);
    let left_behind = ctx.memory(|memory| memory.focused()).filter(|id| opens && beneath(id));
    ctx.memory_mut(|memory| {
        memory.set_modal_layer(layer);
        if let Some(id) = left_behind {
            memory.surrender_focus(id);
        }
    });
    if opens {
        ctx.data_mut(|data| data.insert_temp(opened(), pass));
        ctx.request_repaint();
    }
}

/// Where it is kept when a dialog last opened.
fn opened() -> Id {
    Id::unique("a dialog opened")
}

impl Dialogs {
    /// Draws what is open. `choose` asks the system's own dialog for a path.
    /// `shown` says what the filter leaves, and what there is.
    pub fn ui(
        &mut self,
        ctx: &Context,
        shown: (&str, &str),
        choose: &mut dyn FnMut(Command),
        acts: &mut Vec<Act>,
    ) {
        if ctx.input(|input| input.key_pressed(Key::Escape)) {
            self.close();
        }
        if self.open.as_mut().is_some_and(|sheet| !sheet.ui(ctx, acts)) {
            self.open = None;
        }
        if self.export.as_mut().is_some_and(|sheet| !sheet.ui(ctx, shown, choose, acts)) {
            self.export = None;
        }
        if self.picture.as_mut().is_some_and(|sheet| !sheet.ui(ctx, shown.0, choose, acts)) {
            self.picture = None;
        }
        if self.columns.as_mut().is_some_and(|sheet| !sheet.ui(ctx, acts)) {
            self.columns = None;
        }
        self.save_path(ctx, choose, acts);
        self.keys.ui(ctx, &mut self.shortcuts);
        super::about::ui(ctx, &mut self.about);
    }

    /// Closes the topmost; answers whether there was one.
    pub fn close(&mut self) -> bool {
        let flags = [
            &mut self.palette, &mut self.about, &mut self.shortcuts, &mut self.problems,
            &mut self.gazetteers, &mut self.basemaps, &mut self.outlets,
        ];
        let asked =
            self.form.take().is_some() || self.project.take().is_some() || self.export.take().is_some();
        let asked = asked || self.picture.take().is_some() || self.columns.take().is_some();
        let typed =
            asked || self.naming.take().is_some() || self.save.take().is_some() || self.open.take().is_some();
        typed || flags.into_iter().any(std::mem::take)
    }

    /// Closes all of them.
    pub fn close_all(&mut self) {
        while self.close() {}
    }

    /// Whether one is open.
    pub fn any(&self) -> bool {
        let typed = self.export.is_some()
            || self.picture.is_some()
            || self.columns.is_some()
            || self.form.is_some()
            || self.naming.is_some()
            || self.open.is_some()
            || self.save.is_some();
        let lists =
            self.project.is_some() || self.problems || self.gazetteers || self.basemaps || self.outlets;
        typed || lists || self.palette || self.shortcuts || self.about
    }

    /// Asks for the name of a filter.
    pub fn naming(&mut self, ctx: &Context, finding: &Finding, acts: &mut Vec<Act>) {
        if self.naming.as_mut().is_some_and(|naming| !naming.ui(ctx, finding, acts)) {
            self.naming = None;
        }
    }
}

impl Dialogs {
    fn save_path(&mut self, ctx: &Context, choose: &mut dyn FnMut(Command), acts: &mut Vec<Act>) {
        let Some(field) = &mut self.save else { return };
        let (mut open, mut done) = (true, false);
        window("Save as a project", &mut open).show(ctx, |ui| {
            ui.set_width(440.0_f32.min(ctx.content_rect().width() - 96.0));
            quiet(ui, "One file with the articles, their places and every correction. What was read stays as it is.");
            let mut browse = |ui: &mut Ui| {
                if widgets::plain_button(ui, "Choose…").clicked() {
                    choose(Command::SaveAs);
                }
            };
            let verb = if field.replaces.is_some() { "Replace" } else { "Save" };
            if path_row(ui, field, "Path to save to", verb, &mut browse) {
                let path = with_ending(PathBuf::from(field.text.trim()));
                // What is there is asked after once, by name.
                if path.is_file() && field.replaces.as_ref() != Some(&path) {
                    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
                    field.refuse(format!("There is a file {name} already: press Replace to put this in its place"));
                    field.replaces = Some(path);
                } else {
                    acts.push(Act::SaveAs(path));
                    done = true;
                }
            }
        });
        if done || !open {
            self.save = None;
        }
    }
}
