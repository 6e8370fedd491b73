//! What became of an import: how many places, what each source was read as, and the rows that were refused.

use std::path::Path;

use egui::{RichText, Ui};

use crate::app::theme::{Tokens, space};
use crate::app::{problems, widgets, words};
use crate::gazetteer::import::Report;

/// "Imported 1200 places; 3 rows were refused".
pub(super) fn summary(report: &Report) -> String {
    let places = count(report.places, "place", "places");
    match report.refused_count {
        0 => format!("Imported {places}"),
        refused => format!("Imported {places}; {}", count(refused, "row was refused", "rows were refused")),
    }
}

fn count(number: u64, one: &str, many: &str) -> String {
    words::count(usize::try_from(number).unwrap_or(usize::MAX), one, many)
}

/// Draws the page; answers whether somebody wants to go back.
pub(super) fn ui(ui: &mut Ui, path: &Path, report: &Report, high: f32) -> bool {
    let tokens = Tokens::of(ui.ctx());
    let quiet = |text: String| egui::Label::new(RichText::new(text).color(tokens.quiet)).wrap();
    ui.label(format!("{}.", summary(report)));
    ui.add(quiet(format!("Written to {}", path.display())));
    for source in &report.sources {
        let rows = count(source.rows, "row", "rows");
        ui.add(quiet(format!("{}: {}, {rows}", source.file, source.read_as)));
    }
    if report.refused_count > 0 {
        ui.add_space(space::S);
        problems::list(ui, high - space::XL, report.refused.len(), |number| {
            let refused = &report.refused[number];
            let whole = refused.to_string();
            let place = whole.strip_suffix(&refused.reason).unwrap_or(&whole).trim_end_matches([':', ' ']);
            (place.to_owned(), refused.reason.clone())
        });
        let more = report.refused_count - report.refused.len() as u64;
        if more > 0 {
            ui.add(quiet(format!("and {} more", words::number(more))));
        }
    }
    widgets::foot(ui, |ui| widgets::primary_button(ui, "Done", true).clicked())
}
