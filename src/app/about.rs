//! What this program is, whose data and fonts it stands on, and on what terms.

use egui::{Context, RichText};

use super::theme::{self, Tokens, space};

/// Sources with their terms, as their licences ask.
const SOURCES: &[(&str, &str)] = &[
    ("Places", "GeoNames, CC BY 4.0"),
    ("Map", "Natural Earth, public domain"),
    ("Type", "Inter, and Dateline Serif made from Source Serif 4, SIL OFL 1.1"),
    ("Icons", "Phosphor Icons, MIT"),
];

/// Draws the window while `open`.
pub fn ui(ctx: &Context, open: &mut bool) {
    super::dialog::window("About Dateline", open).show(ctx, |ui| {
        ui.set_width(360.0);
        let tokens = Tokens::of(ctx);
        let quiet = |text: &str| RichText::new(text).color(tokens.quiet);
        ui.label(RichText::new("Dateline").font(theme::serif_semibold(26.0)));
        ui.label(quiet(concat!("Version ", env!("CARGO_PKG_VERSION"))));
        ui.add_space(space::S);
        ui.add(egui::Label::new("Finds the places that articles mention, says which places they are and why, and shows them on a map beside the text. Everything happens on this computer.").wrap());
        ui.add_space(space::S);
        for (what, whose) in SOURCES {
            ui.horizontal_top(|ui| {
                let left = ui.cursor().left() + 64.0;
                ui.label(quiet(what));
                ui.add_space((left - ui.cursor().left()).max(0.0));
                ui.add(egui::Label::new(*whose).wrap());
            });
        }
        ui.add_space(space::S);
        ui.label(quiet("Licensed under MIT or Apache 2.0, as you like."));
    });
}
