//! What lies under the marks: which ground, whose names on it, and whom it is owed to.
//! A source's own names take the place of the map's, or everything would be named twice.

use std::sync::Arc;

use egui::{Label, Response, RichText, Ui};

use super::MapPane;
use super::camera::Camera;
use crate::app::theme::{Tokens, semibold, size};
use crate::basemap::source::Source;
use crate::basemap::{Ground, Lain, OverlayAbout};

/// How near to a line or a point the pointer is over it, points.
const REACH: f64 = 6.0;
/// Properties that are told.
const TOLD: usize = 10;

/// What the map is to know of its ground beside the tiles.
#[derive(Clone, Debug)]
pub struct Under {
    /// Whether borders and rivers are left out of the basemap inside the program.
    pub plain: bool,
    /// Whether places are named at all, beside those that are marked.
    pub names: bool,
    /// Whether the names are those that the tiles carry.
    pub of_tiles: bool,
    /// Whom the tiles are owed to.
    pub owed: String,
    /// A person's own shapes, the last on top.
    pub layers: Arc<[Lain]>,
}

impl Default for Under {
    fn default() -> Self {
        Under { plain: false, names: true, of_tiles: false, owed: String::new(), layers: Arc::new([]) }
    }
}

impl MapPane {
    /// Draws the map of a source's tiles from now on, or of the basemap inside the program.
    pub fn lay(&mut self, source: Option<Arc<Source>>, under: Under) {
        self.tiles.lay(Ground::new(self.basemap.clone(), source).under(under.layers.clone()));
        self.under = under;
    }

    /// What a person's own shapes say of themselves at a point, in a tooltip there.
    pub(super) fn tell_of_layers(&self, response: &Response, camera: &Camera) {
        let Some(at) = response.hover_pos().filter(|_| !self.under.layers.is_empty()) else {
            return;
        };
        let reach = REACH / camera.world();
        let point = camera.to_world(at);
        let Some(about) = self.under.layers.iter().rev().find_map(|lain| lain.overlay.at(point, reach))
        else {
            return;
        };
        if about.properties.is_empty() {
            return;
        }
        response.clone().on_hover_ui_at_pointer(|ui| tell(ui, about));
    }

    /// Whom what is shown is owed to.
    pub(super) fn owed(&self) -> String {
        if self.under.owed.is_empty() || self.credit.contains(&self.under.owed) {
            return self.credit.clone();
        }
        format!("{} · {}", self.under.owed, self.credit)
    }
}

/// A shape's name and its properties.
fn tell(ui: &mut Ui, about: &OverlayAbout) {
    let tokens = Tokens::of(ui.ctx());
    ui.set_max_width(320.0);
    let title = about.title();
    if let Some(title) = title {
        ui.add(Label::new(RichText::new(title).font(semibold(size::BODY)).color(tokens.text)).wrap());
    }
    let rest = about.properties.iter().filter(|(_, value)| title != Some(value.as_str()));
    for (key, value) in rest.take(TOLD) {
        let said = RichText::new(format!("{key}: {value}")).size(size::SMALL).color(tokens.quiet);
        ui.add(Label::new(said).wrap());
    }
}
