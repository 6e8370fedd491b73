//! What to import, and where to put it.
//! The gazetteer goes beside its first source unless a person says otherwise: a file of theirs, where they
//! will look for it.

use std::path::{Path, PathBuf};

use egui::{RichText, Ui};
use egui_phosphor::regular as icon;

use crate::app::command::{Act, Command};
use crate::app::theme::{Tokens, space};
use crate::app::widgets::{self, Asked};
use crate::gazetteer::import::{Field, Options};
use crate::jobs::Wanted;

/// Ending of the files that gazetteers are kept in.
const ENDING: &str = "gazetteer";

/// Name of the field that typing begins in.
const SOURCE: &str = "Path of a file to import";

/// The columns without which a table is no list of places.
const COLUMNS: [(Field, &str); 3] =
    [(Field::Name, "Name"), (Field::Lat, "Latitude"), (Field::Lon, "Longitude")];

/// An import as far as it is said. It stays so while the window is closed, and where the import fails.
#[derive(Default)]
pub(super) struct Form {
    sources: Vec<PathBuf>,
    /// The path of another source, as far as it is typed.
    path: String,
    title: String,
    target: String,
    /// What was suggested as the target, until somebody writes another.
    suggested: String,
    /// The target that was last looked for, and whether there is a file.
    seen: (String, bool),
    /// What the columns are called, in the order of [`COLUMNS`]; empty where that is to be guessed.
    columns: [String; 3],
    /// Whether the columns can be told.
    telling: bool,
    error: Option<String>,
    /// Whether the cursor was put where typing begins.
    asked: bool,
}

impl Form {
    /// Takes in a source.
    pub(super) fn add(&mut self, path: PathBuf) {
        if !self.sources.contains(&path) {
            self.sources.push(path);
        }
        if self.target == self.suggested
            && let Some(first) = self.sources.first()
        {
            self.suggested = first.with_extension(ENDING).display().to_string();
            self.target.clone_from(&self.suggested);
        }
    }

    /// Puts the cursor where typing begins.
    pub(super) fn focus(&mut self) {
        self.asked = false;
    }

    /// Says why nothing was imported, and how a table may be read otherwise.
    pub(super) fn refuse(&mut self, reason: String) {
        (self.error, self.telling, self.asked) = (Some(reason), true, false);
    }

    /// Draws the page; answers whether somebody wants to go back. While one import runs, no other begins.
    pub(super) fn ui(
        &mut self,
        ui: &mut Ui,
        running: bool,
        choose: &mut dyn FnMut(Command),
        acts: &mut Vec<Act>,
    ) -> bool {
        let tokens = Tokens::of(ui.ctx());
        let quiet = |text: &str| egui::Label::new(RichText::new(text).color(tokens.quiet)).wrap();
        ui.add(quiet(
            "Dumps of GeoNames, tables with names and coordinates (CSV, TSV), GeoJSON, Linked Places; plain or \
             in a zip archive. Several make one gazetteer.",
        ));
        ui.add_space(space::S);
        self.sources(ui);
        match widgets::path_row(ui, SOURCE, &mut self.path) {
            Some(Asked::Add) => self.take_path(),
            Some(Asked::Choose) => choose(Command::ImportPlaces),
            None => {}
        }
        widgets::focus_once(ui, SOURCE, &mut self.asked);
        ui.add_space(space::S);
        widgets::named_field(ui, "Title", "After its sources, if you give none", &mut self.title);
        widgets::named_field(ui, "Write to", "Path to write the gazetteer to", &mut self.target);
        if self.replaces() {
            ui.add(quiet("There is a file at this path; it will be replaced."));
        }
        self.tell_columns(ui);
        if let Some(error) = &self.error {
            ui.add_space(space::S);
            ui.add(egui::Label::new(RichText::new(error).color(tokens.warning)).wrap());
        }
        let mut back = false;
        widgets::foot(ui, |ui| {
            let empty = self.sources.is_empty() && self.path.trim().is_empty();
            let ready = !running && !empty;
            if widgets::primary_button(ui, "Import", ready).clicked() {
                acts.extend(self.wanted().map(Act::Import));
            }
            back = widgets::plain_button(ui, "Back").clicked();
        });
        back
    }

    /// Whether there is a file where the gazetteer is to be. Looked for once for each path.
    fn replaces(&mut self) -> bool {
        if self.seen.0 != self.target {
            self.seen = (self.target.clone(), Path::new(self.target.trim()).is_file());
        }
        self.seen.1
    }

    /// The columns of a table that calls them otherwise than such tables do.
    fn tell_columns(&mut self, ui: &mut Ui) {
        if !self.telling {
            ui.add_space(space::XS);
            self.telling = widgets::ringed(ui, |ui| ui.link("Name the columns of a table…")).clicked();
            if self.telling {
                // What was pressed is gone with the next frame; the keyboard stays where it was.
                ui.memory_mut(|memory| memory.request_focus(widgets::field_id(COLUMNS[0].1)));
            }
            return;
        }
        let tokens = Tokens::of(ui.ctx());
        ui.add_space(space::S);
        let text = "Columns of a table, by heading or by number; what you leave empty is guessed.";
        ui.add(egui::Label::new(RichText::new(text).color(tokens.quiet)).wrap());
        for ((_, name), column) in COLUMNS.iter().zip(&mut self.columns) {
            widgets::named_field(ui, name, "Guessed", column);
        }
    }

    fn sources(&mut self, ui: &mut Ui) {
        let mut gone = None;
        for (number, path) in self.sources.iter().enumerate() {
            ui.horizontal(|ui| {
                let path = path.display().to_string();
                ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                    if widgets::icon_button(ui, icon::X, &format!("Leave out {path}")).clicked() {
                        gone = Some(number);
                    }
                    ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                        ui.add(egui::Label::new(path).truncate());
                    });
                });
            });
        }
        if let Some(number) = gone {
            self.sources.remove(number);
        }
    }

    /// The typed path becomes a source, or what is wrong with it is said.
    fn take_path(&mut self) {
        let path = PathBuf::from(self.path.trim());
        if path.is_file() {
            self.path.clear();
            // The next source, or on to what follows.
            (self.error, self.asked) = (None, false);
            self.add(path);
        } else {
            self.error = Some(format!("There is no file at this path: {}", path.display()));
        }
    }

    /// What is to be imported, where it is all said.
    fn wanted(&mut self) -> Option<Wanted> {
        self.error = None;
        if !self.path.trim().is_empty() {
            self.take_path();
        }
        let target = self.target.trim();
        if self.error.is_none() && target.is_empty() {
            self.error = Some("Say where to write the gazetteer".to_owned());
        }
        if self.error.is_some() {
            return None;
        }
        let title = Some(self.title.trim().to_owned()).filter(|title| !title.is_empty());
        let target = std::path::absolute(target).unwrap_or_else(|_| target.into());
        let columns =
            COLUMNS.iter().zip(&self.columns).map(|((field, _), name)| (*field, name.trim().to_owned()));
        let columns = columns.filter(|(_, name)| !name.is_empty()).collect();
        let options = Options { title, columns, ..Options::default() };
        Some(Wanted { sources: self.sources.clone(), target, options })
    }
}
