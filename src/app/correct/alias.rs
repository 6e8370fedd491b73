//! What names mean in this collection, whatever they mean elsewhere: the list of them, and one to add.

use std::sync::Arc;

use egui::{Align, Context, Layout, RichText, ScrollArea, Ui, vec2};
use egui_phosphor::regular as icon;

use super::form::Around;
use super::search::PlaceSearch;
use crate::app::command::Act;
use crate::app::project::Correction;
use crate::app::theme::{self, Tokens, size, space};
use crate::app::{dialog, widgets};
use crate::gazetteer::fold;
use crate::model::Place;
use crate::project::{Field, State, change};

const NAME: &str = "Name in the articles";
const MEANS: &str = "What it means";

/// Names and what they mean.
pub struct AliasForm {
    name: String,
    place: Option<Arc<Place>>,
    search: PlaceSearch,
    asked: bool,
}

impl AliasForm {
    /// One that begins with this name.
    pub fn new(name: String) -> AliasForm {
        let search = PlaceSearch::new(MEANS, String::new());
        // Where the name is known, what it means is asked for first.
        let asked = !name.is_empty();
        AliasForm { name, place: None, search: if asked { search } else { search.unasked() }, asked }
    }

    /// Draws it; answers whether it stays open.
    pub fn ui(&mut self, ctx: &Context, around: &Around<'_>, acts: &mut Vec<Act>) -> bool {
        let mut open = true;
        dialog::window("Names in this collection", &mut open).show(ctx, |ui| {
            ui.set_width(440.0);
            ui.spacing_mut().item_spacing.y = space::S;
            let quiet = Tokens::of(ctx).quiet;
            let what =
                "A name means the same place in all articles, wherever nobody says otherwise of a mention.";
            ui.add(egui::Label::new(RichText::new(what).color(quiet)).wrap());
            self.known(ui, around.state, acts);
            widgets::hairline(ui);
            widgets::focus_once(ui, NAME, &mut self.asked);
            widgets::text_field(ui, NAME, "the Strip", &mut self.name);
            let collection = &around.explorer.collection;
            if let Some(place) = self.search.ui(ui, around.gazetteer, collection, 150.0) {
                self.place = Some(place);
            }
            ui.spacing_mut().item_spacing.y = space::S;
            self.foot(ui, acts);
        });
        open
    }

    /// The names that mean something already.
    fn known(&mut self, ui: &mut Ui, state: &State, acts: &mut Vec<Act>) {
        let tokens = Tokens::of(ui.ctx());
        let names = state.names().iter().filter(|((_, field), _)| *field == Field::Means);
        let names: Vec<(&str, &Arc<Place>)> =
            names.filter_map(|((name, _), held)| Some((name.as_str(), held.value.place()?))).collect();
        if names.is_empty() {
            ui.label(RichText::new("No name means anything special yet").color(tokens.quiet));
            return;
        }
        ScrollArea::vertical().id_salt("names").max_height(140.0).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            for (name, place) in names {
                ui.horizontal(|ui| {
                    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                        ui.spacing_mut().item_spacing.x = 2.0;
                        let away = format!("“{name}” means nothing special any more");
                        if widgets::icon_button(ui, icon::TRASH, &away).on_hover_text(&away).clicked() {
                            let name = name.to_owned();
                            acts.push(correct(move |state| change::unalias(state, &name)));
                        }
                        let change = format!("Change what “{name}” means");
                        if widgets::icon_button(ui, icon::PENCIL_SIMPLE, &change)
                            .on_hover_text(&change)
                            .clicked()
                        {
                            self.name = name.to_owned();
                            self.place = None;
                            self.search = PlaceSearch::new(MEANS, place.name.clone());
                        }
                        let wide = vec2(ui.available_width(), space::ROW);
                        let (rect, response) = ui.allocate_exact_size(wide, egui::Sense::hover());
                        let said = format!("“{name}” means {}", place.label());
                        response.widget_info(|| {
                            egui::WidgetInfo::labeled(egui::Role::Label, true, said.as_str())
                        });
                        let at = rect.left_center();
                        widgets::line(ui, at, rect.width(), &said, widgets::body(), tokens.text);
                        response.on_hover_text(&said);
                    });
                });
            }
        });
    }

    /// What is about to be said, and the button that says it.
    fn foot(&mut self, ui: &mut Ui, acts: &mut Vec<Act>) {
        let tokens = Tokens::of(ui.ctx());
        let name = self.name.trim().to_owned();
        let ready = self.place.clone().filter(|_| !fold(&name).is_empty());
        if let Some(place) = &ready {
            let said = format!("In this collection “{name}” means {}", place.label());
            let text = RichText::new(said).font(theme::semibold(size::BODY)).color(tokens.text);
            ui.add(egui::Label::new(text).wrap());
        }
        let pressed = widgets::foot(ui, |ui| self.search.button(ui, "Say so", ready.is_some()));
        if let Some(place) = ready.filter(|_| pressed) {
            acts.push(correct(move |state| change::alias(state, &name, &place)));
            *self = AliasForm::new(String::new());
        }
    }
}

fn correct(edit: impl Fn(&State) -> crate::project::Edit + Send + Sync + 'static) -> Act {
    Act::Correct(Box::new(Correction::new(edit)))
}
