//! What dialogs ask with: a path and its button, a name before what is chosen, a switch with its words, a quiet line.

use std::path::PathBuf;

use egui::{Id, Key, RichText, TextEdit, Ui, vec2};

use super::theme::{Tokens, space};
use super::widgets;

/// A path being typed.
#[derive(Default)]
pub struct PathField {
    /// What stands in the field.
    pub text: String,
    /// What was wrong with it.
    pub error: Option<String>,
    /// Whether a file stands there already.
    taken: bool,
    /// The file that is replaced when it is confirmed once more.
    pub replaces: Option<PathBuf>,
    asked: bool,
}

impl PathField {
    /// A field with a first suggestion.
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// Whether a file stands there already.
    pub fn taken(&self) -> bool {
        self.taken
    }

    /// Says what is wrong and puts the cursor back.
    pub fn refuse(&mut self, reason: impl Into<String>) {
        self.error = Some(reason.into());
        self.asked = false;
    }
}

/// A field for a path with its button; answers whether it was confirmed.
pub fn path_row(
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
        (field.error, field.replaces) = (None, None);
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

/// A name before what is chosen.
pub fn row(ui: &mut Ui, name: &str, add: impl FnOnce(&mut Ui)) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(space::XS, space::XS);
        let (rect, _) = ui.allocate_exact_size(vec2(108.0, space::ROW), egui::Sense::hover());
        let colour = Tokens::of(ui.ctx()).quiet;
        widgets::line(ui, rect.left_center(), rect.width(), name, widgets::body(), colour);
        add(ui);
    });
}

/// A switch under the choices, with its words.
pub fn toggle(ui: &mut Ui, on: &mut bool, name: &str) {
    row(ui, "", |ui| {
        if widgets::switch(ui, *on, name).clicked() {
            *on = !*on;
        }
        ui.label(name);
    });
}

/// A line that explains.
pub fn quiet(ui: &mut Ui, text: &str) {
    let colour = Tokens::of(ui.ctx()).quiet;
    ui.add(egui::Label::new(RichText::new(text).color(colour)).wrap());
}
