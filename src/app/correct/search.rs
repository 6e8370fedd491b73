//! A field for a place of the gazetteer, with what it offers under it.
//! Names that begin so are offered with every letter; other spellings when Enter asks for them, or after a pause.

use std::sync::Arc;
use std::time::Duration;

use egui::{Key, Modifiers, Ui};

use crate::app::finder::{Offer, Reach, list, offers};
use crate::app::widgets;
use crate::explore::Collection;
use crate::gazetteer::Gazetteer;
use crate::model::Place;

/// Seconds without a letter before looser matches are looked for.
const PAUSE: f64 = 0.25;

/// The field with its offers.
pub struct PlaceSearch {
    /// What a screen reader calls it.
    name: &'static str,
    words: String,
    offers: Vec<Offer>,
    reach: Reach,
    ahead: usize,
    typed: f64,
    /// Whether a place was just taken, so that Enter goes on to what is made of it.
    taken: bool,
    /// Whether it has had the cursor, and whether it has been searched for the words it began with.
    asked: bool,
    begun: bool,
}

impl PlaceSearch {
    /// A field of this name that begins with these words.
    pub fn new(name: &'static str, words: String) -> PlaceSearch {
        PlaceSearch {
            name,
            words,
            offers: Vec::new(),
            reach: Reach::Beginning,
            ahead: 0,
            typed: f64::NEG_INFINITY,
            taken: false,
            asked: false,
            begun: false,
        }
    }

    /// Leaves the cursor where it is.
    pub fn unasked(self) -> PlaceSearch {
        PlaceSearch { asked: true, ..self }
    }

    /// Draws it, with its offers in a room so high; answers the place that was taken.
    pub fn ui(
        &mut self,
        ui: &mut Ui,
        gazetteer: &Gazetteer,
        collection: &Collection,
        high: f32,
    ) -> Option<Arc<Place>> {
        let id = widgets::field_id(self.name);
        let focused = ui.memory(|memory| memory.has_focus(id));
        if focused {
            self.walk(ui);
        }
        widgets::focus_once(ui, self.name, &mut self.asked);
        let before = self.words.clone();
        let hint = "A name, or coordinates: 36.2, 37.16";
        let entered = widgets::text_field(ui, self.name, hint, &mut self.words);
        let now = ui.input(|input| input.time);
        if !std::mem::replace(&mut self.begun, true) || before != self.words {
            self.typed = now;
            self.search(gazetteer, collection, Reach::Beginning);
        }
        let wanting = self.offers.is_empty() && !self.words.trim().is_empty();
        if wanting && self.reach == Reach::Beginning {
            if entered || now - self.typed >= PAUSE {
                self.search(gazetteer, collection, Reach::Alike);
            } else {
                ui.ctx().request_repaint_after(Duration::from_secs_f64(PAUSE - (now - self.typed)));
            }
        }
        let said = match (self.words.trim().is_empty(), self.reach) {
            (true, _) => None,
            (false, Reach::Alike) if self.offers.is_empty() => Some("No place of this name"),
            (false, Reach::Alike) => Some("No name begins so. Alike:"),
            (false, Reach::Beginning) => None,
        };
        ui.spacing_mut().item_spacing.y = 0.0;
        let shown = list(ui, said, &self.offers, self.ahead, high);
        let taken = shown.taken.or(entered.then_some(self.ahead))?;
        let place = self.offers.get(taken)?.place.clone();
        self.words.clone_from(&place.name);
        self.taken = true;
        Some(Arc::new(place))
    }

    /// The button that makes something of the place, which has the keyboard as soon as there is one; answers whether it
    /// was pressed.
    pub fn button(&mut self, ui: &mut Ui, verb: &str, ready: bool) -> bool {
        let button = widgets::primary_button(ui, verb, ready);
        if ready && std::mem::take(&mut self.taken) {
            button.request_focus();
        }
        button.clicked()
    }

    /// Up and down go through the offers; the field must not see them, or its cursor would jump.
    fn walk(&mut self, ui: &Ui) {
        let (down, up) = ui.input_mut(|input| {
            (
                input.count_and_consume_key(Modifiers::NONE, Key::ArrowDown),
                input.count_and_consume_key(Modifiers::NONE, Key::ArrowUp),
            )
        });
        let last = self.offers.len().saturating_sub(1);
        self.ahead = (self.ahead + down).min(last).saturating_sub(up);
    }

    fn search(&mut self, gazetteer: &Gazetteer, collection: &Collection, reach: Reach) {
        self.offers = offers(gazetteer, collection, &self.words, reach);
        (self.reach, self.ahead) = (reach, 0);
    }
}
