//! Asks before anything is fetched: from whom, and what they learn by it.
//! Nothing in this program speaks to a network without this page.

use egui::{RichText, Ui};

use super::kept::OnlineTiles;
use crate::app::theme::{self, Tokens, size, space};
use crate::app::widgets;
use crate::basemap::source::online::Template;

/// Draws the page; answers whether tiles may be fetched, once that is said.
pub(super) fn ui(ui: &mut Ui, tiles: &OnlineTiles) -> Option<bool> {
    let tokens = Tokens::of(ui.ctx());
    let Ok(template) = Template::parse(&tiles.address) else {
        return Some(false);
    };
    let host = template.host();
    let said = |ui: &mut Ui, text: String| {
        ui.add(egui::Label::new(RichText::new(text).color(tokens.text)).wrap());
        ui.add_space(space::S);
    };
    let title = format!("Fetch tiles from {host}?");
    ui.label(RichText::new(title).font(theme::semibold(size::HEADING)).color(tokens.text));
    ui.add_space(space::S);
    said(
        ui,
        format!(
            "While this basemap is shown, from one start of the program to the next, the map asks {host} for its tiles. The server learns your network address, \
             and by the tiles which part of the world you look at and how closely. Nothing of your articles is sent."
        ),
    );
    if template.is_open() {
        said(ui, "The way there is not encrypted: others on it can read along.".to_owned());
    }
    said(
        ui,
        "Tiles that were fetched are kept on this computer as long as the server allows, 256 MB at most. You can go \
         back to a basemap without a network at any time."
            .to_owned(),
    );
    let mut answer = None;
    widgets::foot(ui, |ui| {
        if widgets::primary_button(ui, "Fetch tiles", true).clicked() {
            answer = Some(true);
        }
        if widgets::plain_button(ui, "Not now").clicked() {
            answer = Some(false);
        }
    });
    answer
}
