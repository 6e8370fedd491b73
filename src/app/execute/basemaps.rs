//! What lies under the marks.
//! The choice is part of the session; the map is told of it only when it changes.

use egui::Context;

use crate::app::basemaps::{Chosen, GroundWish, LayerWish};
use crate::app::command::Command;
use crate::app::dock::Area;
use crate::app::window::DatelineApp;

impl DatelineApp {
    pub(super) fn ground_command(&mut self, ctx: &Context, command: Command) {
        match command {
            Command::MapPlain => {
                let plain = self.session.ground.chosen == Chosen::Plain;
                let chosen = if plain { Chosen::BuiltIn } else { Chosen::Plain };
                self.ground(ctx, GroundWish::Choose(chosen));
            }
            Command::Basemaps => {
                self.dialogs.basemaps = !self.dialogs.basemaps;
                self.basemaps.open(ctx);
            }
            Command::AddOverlay => {
                self.dialogs.basemaps = true;
                self.basemaps.open_layers(ctx);
            }
            Command::AddTiles => self.chooser.ask(ctx, command),
            _ => {}
        }
    }

    pub(super) fn ground(&mut self, ctx: &Context, wish: GroundWish) {
        if let GroundWish::Layer(LayerWish::ZoomTo(at)) = wish
            && let Some(corners) = self.basemaps.layer_bounds(&self.session.ground, at)
        {
            self.dialogs.basemaps = false;
            self.show(Area::Map);
            self.atlas.show_box(corners);
        }
        if self.basemaps.carry_out(ctx, &mut self.session.ground, wish) {
            self.lay_ground();
        }
    }

    /// Takes in what became of files that were being opened.
    pub(in crate::app) fn take_ground_news(&mut self) {
        let news = self.basemaps.poll(&mut self.session.ground);
        if let Some(notice) = news.notice {
            self.toasts.tell(notice);
        }
        if news.changed {
            self.lay_ground();
        }
    }

    /// Tells the map what to draw itself of.
    pub(in crate::app) fn lay_ground(&mut self) {
        let (source, under) = self.basemaps.under(&self.session.ground);
        self.atlas.lay(source, under);
    }
}
