//! The windows that open over the panes: paths to open or to write to, shortcuts, About.
//! A path can always be typed, because a desktop without a file portal answers as if cancelled.

use std::path::PathBuf;

use egui::{Align2, Context, Id, Key, RichText, ScrollArea, TextEdit, Ui, vec2};

use super::command::{Act, Command, MENUS};
use super::theme::{self, Tokens, size, space};
use super::widgets;

/// What is open over the panes.
#[derive(Default)]
pub struct Dialogs {
    /// Typing a path to open.
    pub open: Option<PathField>,
    /// Typing a path to write to.
    pub export: Option<PathField>,
    /// What could not be read.
    pub problems: bool,
    /// The gazetteers in use.
    pub gazetteers: bool,
    /// The outlets and their homes.
    pub outlets: bool,
    /// Every key.
    pub shortcuts: bool,
    /// What this program is.
    pub about: bool,
}

/// A path being typed.
#[derive(Default)]
pub struct PathField {
    /// What stands in the field.
    pub text: String,
    /// What was wrong with it.
    pub error: Option<String>,
    /// Whether a file stands there already.
    taken: bool,
    asked: bool,
}

impl PathField {
    /// A field with a first suggestion.
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// Says what is wrong and puts the cursor back.
    pub fn refuse(&mut self, reason: impl Into<String>) {
        self.error = Some(reason.into());
        self.asked = false;
    }
}

/// A window over the panes, in our dress.
pub fn window<'a>(title: &'a str, open: &'a mut bool) -> egui::Window<'a> {
    egui::Window::new(title)
        .open(open)
        .collapsible(false)
        .resizable(false)
        .pivot(Align2::CENTER_CENTER)
        .default_pos([0.0, 0.0])
        .anchor(Align2::CENTER_CENTER, [0.0, -24.0])
}

impl Dialogs {
    /// Draws what is open. `choose` asks the system's own dialog for a path.
    pub fn ui(&mut self, ctx: &Context, shown: &str, choose: &mut dyn FnMut(Command), acts: &mut Vec<Act>) {
        if ctx.input(|input| input.key_pressed(Key::Escape)) {
            self.close();
        }
        self.open_path(ctx, acts);
        self.export_path(ctx, shown, choose, acts);
        shortcuts(ctx, &mut self.shortcuts);
        super::about::ui(ctx, &mut self.about);
    }

    /// Closes the topmost; answers whether there was one.
    pub fn close(&mut self) -> bool {
        let any = self.any();
        *self = Self::default();
        any
    }

    /// Whether one is open.
    pub fn any(&self) -> bool {
        let paths = self.open.is_some() || self.export.is_some();
        paths || self.problems || self.gazetteers || self.outlets || self.shortcuts || self.about
    }

    fn open_path(&mut self, ctx: &Context, acts: &mut Vec<Act>) {
        let Some(field) = &mut self.open else { return };
        let mut open = true;
        let mut done = false;
        window("Open by path", &mut open).show(ctx, |ui| {
            ui.set_width(440.0);
            quiet(ui, "A text file, a folder of them, or JSON Lines.");
            if path_row(ui, field, "Path to open", "Open", &mut |_| {}) {
                let path = PathBuf::from(field.text.trim());
                if path.exists() {
                    acts.push(Act::Open(vec![path]));
                    done = true;
                } else {
                    field.refuse("There is no file or folder at this path");
                }
            }
        });
        if done || !open {
            self.open = None;
        }
    }

    fn export_path(
        &mut self,
        ctx: &Context,
        shown: &str,
        choose: &mut dyn FnMut(Command),
        acts: &mut Vec<Act>,
    ) {
        let Some(field) = &mut self.export else {
            return;
        };
        let mut open = true;
        let mut done = false;
        window("Export what is shown", &mut open).show(ctx, |ui| {
            ui.set_width(440.0);
            quiet(ui, shown);
            quiet(ui, "The ending decides the format: .geojson, .geojsonl, .csv or .jsonl.");
            if field.taken {
                quiet(ui, "There is a file at this path; it will be replaced.");
            }
            let mut browse = |ui: &mut Ui| {
                if widgets::plain_button(ui, "Choose…").clicked() {
                    choose(Command::Export);
                }
            };
            if path_row(ui, field, "Path to write to", "Export", &mut browse) {
                acts.push(Act::Export(PathBuf::from(field.text.trim())));
                done = true;
            }
        });
        if done || !open {
            self.export = None;
        }
    }
}

fn quiet(ui: &mut Ui, text: &str) {
    let colour = Tokens::of(ui.ctx()).quiet;
    ui.add(egui::Label::new(RichText::new(text).color(colour)).wrap());
}

/// A field for a path with its button; answers whether it was confirmed.
fn path_row(
    ui: &mut Ui,
    field: &mut PathField,
    name: &str,
    verb: &str,
    beside: &mut dyn FnMut(&mut Ui),
) -> bool {
    let tokens = Tokens::of(ui.ctx());
    ui.add_space(space::S);
    let edit = TextEdit::singleline(&mut field.text)
        .id(Id::unique(("path", name)))
        .margin(egui::Margin::symmetric(10, 7))
        .desired_width(ui.available_width());
    let response = ui.add(edit);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, name));
    let asked = std::mem::replace(&mut field.asked, true);
    if !asked {
        response.request_focus();
    }
    if response.changed() || !asked {
        field.taken = std::path::Path::new(field.text.trim()).is_file();
    }
    if response.changed() {
        field.error = None;
    }
    let entered = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    if let Some(error) = &field.error {
        ui.label(RichText::new(error).color(tokens.warning));
    }
    ui.add_space(space::S);
    let ready = !field.text.trim().is_empty();
    let pressed = ui.horizontal(|ui| {
        let pressed = ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let pressed = widgets::primary_button(ui, verb, ready).clicked();
            beside(ui);
            pressed
        });
        pressed.inner
    });
    ready && (entered || pressed.inner)
}

/// Every key, by menu.
fn shortcuts(ctx: &Context, open: &mut bool) {
    let high = (ctx.content_rect().height() - 160.0).clamp(160.0, 720.0);
    window("Keyboard shortcuts", open).default_height(high).show(ctx, |ui| {
        ui.set_width(360.0);
        let tokens = Tokens::of(ui.ctx());
        // A window without a height of its own gives a scrolled area little; it may have all of this.
        ScrollArea::vertical().max_height(high).min_scrolled_height(high).show(ui, |ui| {
            for (menu, commands) in MENUS {
                ui.add_space(space::S);
                ui.label(RichText::new(*menu).font(theme::semibold(size::BODY)).color(tokens.quiet));
                for command in commands.iter().flatten() {
                    let Some(shortcut) = command.shortcut() else {
                        continue;
                    };
                    let key = ctx.format_shortcut(&shortcut);
                    let (rect, response) =
                        ui.allocate_exact_size(vec2(ui.available_width(), 22.0), egui::Sense::hover());
                    let name = format!("{}: {key}", command.text());
                    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, &name));
                    let y = rect.center().y;
                    let text = command.text().trim_end_matches('…');
                    widgets::line(ui, egui::pos2(rect.left(), y), 240.0, text, widgets::body(), tokens.text);
                    widgets::line_right(
                        ui,
                        egui::pos2(rect.right() - 12.0, y),
                        &key,
                        widgets::body(),
                        tokens.quiet,
                    );
                }
            }
        });
    });
}
