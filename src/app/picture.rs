//! The sheet about a picture of the map: where it goes, how large, what is seen of the world, and in which colours.
//! It shows what the filter leaves; tiles and layers of a person's own are not in it.

use std::path::PathBuf;

use egui::{Context, Ui};

use super::asking::{PathField, path_row, quiet, row, toggle};
use super::command::{Act, Command};
use super::dialog;
use super::theme::space;
use super::widgets;
use crate::jobs::is_svg;
use crate::picture::{Size, Theme};

/// The sizes that are offered: for a page, for a screen, for a poster.
const SIZES: [(u32, u32, f64, &str); 4] = [
    (800, 500, 2.0, "Article"),
    (1600, 1000, 1.0, "Page"),
    (1920, 1080, 2.0, "Screen"),
    (2400, 1500, 4.0, "Poster"),
];

/// A picture as it was asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct Wish {
    /// Where it goes.
    pub path: PathBuf,
    /// What was chosen beside.
    pub choices: Choices,
}

/// What is chosen beside the path; it stays for the next picture.
#[derive(Clone, Debug, PartialEq)]
pub struct Choices {
    /// How large.
    pub size: Size,
    /// In which colours.
    pub theme: Theme,
    /// Whether it shows what the window's map shows of the world, and not all places.
    pub in_view: bool,
    /// Above the map.
    pub title: String,
    /// Whether the ground is named.
    pub labels: bool,
    /// Whether there is a legend.
    pub legend: bool,
}

impl Default for Choices {
    fn default() -> Self {
        let (size, title) = (Size::default(), String::new());
        Self { size, theme: Theme::Light, in_view: false, title, labels: true, legend: true }
    }
}

/// The sheet while it is open.
pub struct Sheet {
    /// The path.
    pub field: PathField,
    choices: Choices,
}

impl Sheet {
    /// A sheet with a first suggestion.
    pub fn new(path: String, choices: Choices) -> Self {
        Self { field: PathField::new(path), choices }
    }

    /// Goes to this path.
    pub fn choose(&mut self, path: PathBuf) {
        self.field = PathField::new(path.display().to_string());
    }

    /// Draws it; answers whether it stays open. `shown` says what the filter leaves.
    pub fn ui(
        &mut self,
        ctx: &Context,
        shown: &str,
        choose: &mut dyn FnMut(Command),
        acts: &mut Vec<Act>,
    ) -> bool {
        let (mut open, mut done) = (true, false);
        dialog::window("Picture of the map", &mut open).show(ctx, |ui| {
            ui.set_width(480.0_f32.min(ctx.content_rect().width() - 96.0));
            quiet(ui, shown);
            ui.add_space(space::XS);
            row(ui, "Title", |ui| {
                widgets::text_field(ui, "Title", "None", &mut self.choices.title);
            });
            self.choose_size(ui);
            self.choose_look(ui);
            if self.field.taken() {
                quiet(ui, "There is a file at this path; it will be replaced.");
            }
            let mut browse = |ui: &mut Ui| {
                if widgets::plain_button(ui, "Choose…").clicked() {
                    choose(Command::ExportPicture);
                }
            };
            if path_row(ui, &mut self.field, "Path of the picture, .png or .svg", "Draw", &mut browse) {
                let path = PathBuf::from(self.field.text.trim());
                match is_svg(&path) {
                    Ok(_) => {
                        acts.push(Act::Picture(Box::new(Wish { path, choices: self.choices.clone() })));
                        done = true;
                    }
                    Err(reason) => self.field.refuse(reason),
                }
            }
        });
        open && !done
    }

    fn choose_size(&mut self, ui: &mut Ui) {
        row(ui, "Size", |ui| {
            for (width, height, scale, name) in SIZES {
                let Ok(size) = Size::new(width, height, scale) else { continue };
                let [across, down] = size.pixels();
                let label = format!("{name}, {across} by {down} pixels");
                let chip = widgets::chip(ui, name, self.choices.size == size, &label);
                if chip.on_hover_text(format!("{across} × {down} pixels")).clicked() {
                    self.choices.size = size;
                }
            }
        });
        row(ui, "Shows", |ui| {
            for (in_view, text) in [(false, "All places"), (true, "What is in view")] {
                if widgets::chip(ui, text, self.choices.in_view == in_view, text).clicked() {
                    self.choices.in_view = in_view;
                }
            }
        });
    }

    fn choose_look(&mut self, ui: &mut Ui) {
        row(ui, "Colours", |ui| {
            for theme in Theme::ALL {
                let text = match theme {
                    Theme::Light => "Light",
                    Theme::Dark => "Dark",
                    Theme::Print => "For print",
                };
                let name = format!("Picture: {}", text.to_lowercase());
                if widgets::chip(ui, text, self.choices.theme == theme, &name).clicked() {
                    self.choices.theme = theme;
                }
            }
        });
        toggle(ui, &mut self.choices.labels, "Names of countries and towns");
        toggle(ui, &mut self.choices.legend, "Legend");
    }
}
