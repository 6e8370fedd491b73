//! The sheet about an export: the format, what a row stands for, how much of it, and where it goes.
//! The path's ending and the format are one choice: to change either changes the other.

use std::path::PathBuf;

use egui::{Context, Popup, RichText, Ui, vec2};
use egui_phosphor::regular as icon;

use super::asking::{PathField, path_row, quiet, row, toggle};
use super::command::{Act, Command};
use super::dialog;
use super::theme::{size, space};
use super::widgets;
use crate::export::{Format, Rows};

/// An export as it was asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct Wish {
    /// Where it goes.
    pub path: PathBuf,
    /// The format.
    pub format: Format,
    /// What was chosen beside.
    pub choices: Choices,
}

/// What is chosen beside the path; it stays for the next export.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Choices {
    /// What a row stands for.
    pub rows: Rows,
    /// Whether the filter is passed over.
    pub everything: bool,
    /// Whether what has no place is written, too.
    pub unresolved: bool,
    /// Whether the articles' texts are.
    pub with_text: bool,
    /// Whether a table begins with a mark for Excel.
    pub mark: bool,
}

/// The sheet while it is open.
pub struct Sheet {
    /// The path.
    pub field: PathField,
    choices: Choices,
    format: Format,
}

impl Sheet {
    /// A sheet with a first suggestion.
    pub fn new(path: String, choices: Choices) -> Self {
        let format = format_of(&path).unwrap_or(Format::GeoJson);
        Self { field: PathField::new(path), choices, format }
    }

    /// Goes to this path.
    pub fn choose(&mut self, path: PathBuf) {
        self.field = PathField::new(path.display().to_string());
    }

    /// Draws it; answers whether it stays open. `shown` says what the filter leaves, `all` what there is.
    pub fn ui(
        &mut self,
        ctx: &Context,
        (shown, all): (&str, &str),
        choose: &mut dyn FnMut(Command),
        acts: &mut Vec<Act>,
    ) -> bool {
        let (mut open, mut done) = (true, false);
        dialog::window("Export articles", &mut open).show(ctx, |ui| {
            ui.set_width(480.0_f32.min(ctx.content_rect().width() - 96.0));
            // Whoever types an ending means its format.
            self.format = format_of(&self.field.text).unwrap_or(self.format);
            self.choose_format(ui);
            self.choose_rows(ui);
            self.choose_much(ui, shown, all);
            self.choose_more(ui);
            if self.field.taken() {
                quiet(ui, "There is a file at this path; it will be replaced.");
            }
            let mut browse = |ui: &mut Ui| {
                if widgets::plain_button(ui, "Choose…").clicked() {
                    choose(Command::Export);
                }
            };
            if path_row(ui, &mut self.field, "Path to write to", "Export", &mut browse) {
                let path = PathBuf::from(self.field.text.trim());
                match Format::of_path(&path) {
                    Ok(format) => {
                        acts.push(Act::Export(Box::new(Wish { path, format, choices: self.choices })));
                        done = true;
                    }
                    Err(error) => self.field.refuse(error.to_string()),
                }
            }
        });
        open && !done
    }

    fn choose_format(&mut self, ui: &mut Ui) {
        row(ui, "Format", |ui| {
            let text =
                (RichText::new(self.format.title()), RichText::new(icon::CARET_DOWN).size(size::SMALL));
            let name = format!("Format: {}", self.format.title());
            let button = ui.add(egui::Button::new(text).min_size(vec2(0.0, space::ROW)));
            button.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &name));
            Popup::menu(&button).show(|ui| {
                ui.set_width(300.0);
                for format in Format::ALL {
                    let sign = if format == self.format { icon::CHECK } else { "" };
                    let text = format!("{} (.{})", format.title(), format.extension());
                    if widgets::menu_item(ui, sign, &text, format.title()).clicked() {
                        self.format = format;
                        self.field.text = with_ending(&self.field.text, format);
                    }
                }
            });
        });
    }

    fn choose_rows(&mut self, ui: &mut Ui) {
        match self.format {
            Format::JsonLines => quiet(ui, "A line for each article, with everything that was found in it."),
            Format::Tei => quiet(ui, "The text of each article, with the names of places marked in it."),
            Format::GeoPackage => quiet(ui, "A table for mentions, places, events and articles each."),
            Format::LinkedPlaces => quiet(ui, "A record for each place, with where it is attested."),
            Format::WebAnnotation => quiet(ui, "An annotation for each mention."),
            Format::Report => {
                quiet(ui, "A page with map, timeline and quotes that opens offline in any browser.")
            }
            _ => row(ui, "A row for each", |ui| {
                for rows in Rows::ALL {
                    let text = match rows {
                        Rows::Mentions => "Mention",
                        Rows::Events => "Event",
                        Rows::Places => "Place",
                        Rows::Articles => "Article",
                    };
                    let name = format!("A row for each {}", text.to_lowercase());
                    if widgets::chip(ui, text, self.choices.rows == rows, &name).clicked() {
                        self.choices.rows = rows;
                    }
                }
            }),
        }
    }

    fn choose_much(&mut self, ui: &mut Ui, shown: &str, all: &str) {
        row(ui, "How much", |ui| {
            for everything in [false, true] {
                let text = if everything { "Everything" } else { "What is shown" };
                let chip = widgets::chip(ui, text, self.choices.everything == everything, text);
                if chip.clicked() {
                    self.choices.everything = everything;
                }
            }
        });
        row(ui, "", |ui| quiet(ui, if self.choices.everything { all } else { shown }));
    }

    fn choose_more(&mut self, ui: &mut Ui) {
        let table = !matches!(self.format, Format::JsonLines | Format::Tei);
        if table {
            toggle(ui, &mut self.choices.unresolved, "What has no place, too");
        }
        if matches!(self.format, Format::Report) {
            toggle(ui, &mut self.choices.with_text, "The articles' whole texts, too");
        }
        if self.format == Format::Csv {
            toggle(ui, &mut self.choices.mark, "Marked as UTF-8, for Excel");
        }
    }
}

fn format_of(path: &str) -> Option<Format> {
    Format::of_path(std::path::Path::new(path.trim())).ok()
}

/// A path with the ending of a format in the place of its own.
fn with_ending(path: &str, format: Format) -> String {
    let path = path.trim();
    let own = format_of(path).map(|format| format!(".{}", format.extension()));
    let stem = own.and_then(|own| path.strip_suffix(&own).map(str::to_owned));
    let stem = stem.unwrap_or_else(|| PathBuf::from(path).with_extension("").display().to_string());
    format!("{stem}.{}", format.extension())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ending_follows_the_format() {
        let check = |path: &str, format: Format, expected: &str| {
            assert_eq!(with_ending(path, format), expected);
        };
        check("/a/places.geojson", Format::Csv, "/a/places.csv");
        check("/a/places.lp.jsonld", Format::Kml, "/a/places.kml");
        check("/a/places.csv", Format::LinkedPlaces, "/a/places.lp.jsonld");
        check("/a/my.notes/places", Format::GeoPackage, "/a/my.notes/places.gpkg");
    }
}
