//! Two places that are one: every mention of the first means the second from now on.

use std::sync::Arc;

use egui::{Context, RichText};

use super::form::Around;
use super::search::PlaceSearch;
use crate::app::command::Act;
use crate::app::project::Correction;
use crate::app::theme::{self, Tokens, size, space};
use crate::app::{dialog, widgets, words};
use crate::model::Place;
use crate::project::{Field, change};

/// Places that are about to be one.
pub struct SameForm {
    place: Arc<Place>,
    one: Option<Arc<Place>>,
    search: PlaceSearch,
}

impl SameForm {
    /// Which place this one is the same as.
    pub fn new(place: Arc<Place>) -> SameForm {
        let search = PlaceSearch::new("The same as", place.name.clone());
        SameForm { place, one: None, search }
    }

    /// Draws it; answers whether it stays open.
    pub fn ui(&mut self, ctx: &Context, around: &Around<'_>, acts: &mut Vec<Act>) -> bool {
        let (mut open, mut done) = (true, false);
        dialog::window("The same as another place", &mut open).show(ctx, |ui| {
            ui.set_width(420.0);
            ui.spacing_mut().item_spacing.y = space::S;
            let tokens = Tokens::of(ctx);
            let collection = &around.explorer.collection;
            let articles = collection.place_key(&self.place.id).map_or(0, |key| collection.articles_of(key));
            let mentioned = words::count(articles as usize, "article", "articles");
            let what = format!("{}, mentioned in {mentioned}, is the same as", self.place.label());
            ui.add(egui::Label::new(RichText::new(what).color(tokens.text)).wrap());
            if let Some(place) = self.search.ui(ui, around.gazetteer, collection, 220.0) {
                self.one = Some(place);
            }
            ui.spacing_mut().item_spacing.y = space::S;
            let other = self.one.clone().filter(|one| one.id != self.place.id);
            if let Some(one) = &other {
                let said = format!("All mentions of {} will mean {}", self.place.label(), one.label());
                let text = RichText::new(said).font(theme::semibold(size::BODY)).color(tokens.text);
                ui.add(egui::Label::new(text).wrap());
            } else if self.one.is_some() {
                ui.label(RichText::new("This is the very same place").color(tokens.warning));
            }
            let joined = joined(around, &self.place);
            let (said, apart) = widgets::foot(ui, |ui| {
                let said = self.search.button(ui, "Make them one", other.is_some());
                (said, joined > 0 && widgets::plain_button(ui, "By itself again").clicked())
            });
            let place = Arc::clone(&self.place);
            if let Some(one) = other.filter(|_| said) {
                let edit = move |state: &_| change::same_as(state, std::slice::from_ref(&place), &one);
                acts.push(Act::Correct(Box::new(Correction::new(edit))));
                done = true;
            } else if apart {
                let edit = move |state: &_| change::split(state, &place);
                acts.push(Act::Correct(Box::new(Correction::new(edit))));
                done = true;
            }
        });
        open && !done
    }
}

/// How many places were made one with this.
fn joined(around: &Around<'_>, place: &Place) -> usize {
    let same = around.state.places().iter().filter(|((_, field), _)| *field == Field::SameAs);
    same.filter(|((id, _), held)| *id == place.id || held.value.place().is_some_and(|one| one.id == place.id))
        .count()
}
