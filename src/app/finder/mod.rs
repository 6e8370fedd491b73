//! The place search over the map: words or coordinates in, a flight and a pin out.
//! It searches the gazetteer and not the articles; places that they mention come first and say so.

mod list;
mod offers;

use std::time::Duration;

use egui::text::CCursorRange;
use egui::{Align2, Area, Id, Key, Margin, Modifiers, Order, Rect, TextEdit, Ui, pos2, vec2};
use egui_phosphor::regular as icon;

use crate::explore::Collection;
use crate::gazetteer::Gazetteer;

use super::command::{Act, Command};
use super::theme::{Tokens, size, space};
use super::widgets;
pub use list::ui as list;
pub use offers::{Offer, Reach, offers};

/// What a screen reader calls the box.
const NAME: &str = "Go to a place";
/// Seconds without a letter before looser matches are looked for.
const PAUSE: f64 = 0.25;

/// The search box with what it offers.
pub struct Finder {
    gazetteer: Gazetteer,
    words: String,
    offers: Vec<Offer>,
    /// How far the offers went.
    reach: Reach,
    /// The offer that Enter takes.
    ahead: usize,
    /// When a letter was last typed, seconds.
    typed: f64,
    /// Whether the box is to have the focus with the next frame.
    asked: bool,
    /// Whether the offers are shown.
    open: bool,
}

impl Finder {
    /// An empty box.
    pub fn new(gazetteer: Gazetteer) -> Self {
        Self {
            gazetteer,
            words: String::new(),
            offers: Vec::new(),
            reach: Reach::Beginning,
            ahead: 0,
            typed: f64::NEG_INFINITY,
            asked: false,
            open: false,
        }
    }

    /// Searches another gazetteer from now on.
    pub fn search_in(&mut self, gazetteer: Gazetteer) {
        self.gazetteer = gazetteer;
        self.offers.clear();
    }

    /// The gazetteer that is searched.
    pub fn gazetteer(&self) -> &Gazetteer {
        &self.gazetteer
    }

    /// Puts the cursor into the box with the next frame.
    pub fn focus(&mut self) {
        self.asked = true;
    }

    /// Whether its offers are shown.
    pub fn is_open(&self) -> bool {
        self.open
    }

    /// Empties the box.
    pub fn clear(&mut self) {
        self.words.clear();
        self.offers.clear();
        self.open = false;
    }

    /// Draws the box at `rect`, with its offers below, no lower than `bottom`.
    pub fn ui(
        &mut self,
        ui: &Ui,
        rect: Rect,
        bottom: f32,
        pinned: bool,
        collection: &Collection,
        acts: &mut Vec<Act>,
    ) {
        let tokens = Tokens::of(ui.ctx());
        let area = Area::new(Id::unique("place search area")).order(Order::Middle).fade_in(false);
        area.constrain(false).fixed_pos(rect.min).show(ui.ctx(), |ui| {
            let shadow = if self.open { ui.visuals().popup_shadow } else { egui::Shadow::NONE };
            let frame = egui::Frame::new()
                .fill(tokens.raised)
                .stroke(egui::Stroke::new(1.0, tokens.hairline))
                .corner_radius(space::CORNER)
                .shadow(shadow);
            frame.show(ui, |ui| {
                ui.set_width(rect.width());
                ui.spacing_mut().item_spacing.y = 0.0;
                let focused = self.field(ui, rect.height(), pinned, collection, acts);
                if !self.open {
                    return;
                }
                let taken = self.list(ui, bottom - rect.bottom());
                if let Some(number) = taken.taken {
                    self.take(number, acts);
                } else if !focused && !taken.focused && !ui.rect_contains_pointer(ui.min_rect()) {
                    self.open = false;
                }
            });
        });
    }

    /// The box itself; answers whether it has the focus.
    fn field(
        &mut self,
        ui: &mut Ui,
        high: f32,
        pinned: bool,
        collection: &Collection,
        acts: &mut Vec<Act>,
    ) -> bool {
        let tokens = Tokens::of(ui.ctx());
        let id = Id::unique("place search");
        if ui.memory(|memory| memory.has_focus(id)) {
            self.walk(ui);
        }
        let wide = ui.available_width();
        let edit = TextEdit::singleline(&mut self.words)
            .id(id)
            .hint_text(NAME)
            .frame(egui::Frame::NONE.inner_margin(Margin { left: 30, right: 28, top: 7, bottom: 6 }))
            .desired_width(wide);
        let response = ui.add_sized(vec2(wide, high), edit);
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::SearchInput, true, NAME));
        let rect = response.rect;
        let at = pos2(rect.left() + 16.0, rect.center().y);
        widgets::icon_at(ui, at, Align2::CENTER_CENTER, icon::MAP_PIN, size::ICON, tokens.quiet);
        if std::mem::take(&mut self.asked) {
            response.request_focus();
        }
        let now = ui.input(|input| input.time);
        if response.gained_focus() {
            self.select_all(ui, id);
            self.search(collection, Reach::Beginning);
            self.open = true;
        }
        if response.changed() {
            (self.typed, self.open) = (now, true);
            self.search(collection, Reach::Beginning);
        }
        self.reach_on(ui, now, response.has_focus(), collection);
        if response.lost_focus() {
            self.leave(ui, collection, acts);
        }
        if (!self.words.is_empty() || pinned) && clear_button(ui, rect) {
            self.clear();
            acts.push(Act::Unpin);
        }
        if response.has_focus() {
            widgets::ring(ui.painter(), rect, space::CORNER);
        }
        response.on_hover_ui(|ui| widgets::tooltip(ui, Command::GoToPlace)).has_focus()
    }

    /// Up and down go through the offers; the box must not see them, or its cursor would jump.
    fn walk(&mut self, ui: &Ui) {
        let (down, up) = ui.input_mut(|input| {
            (
                input.count_and_consume_key(Modifiers::NONE, Key::ArrowDown),
                input.count_and_consume_key(Modifiers::NONE, Key::ArrowUp),
            )
        });
        if down + up > 0 {
            self.open = true;
        }
        let last = self.offers.len().saturating_sub(1);
        self.ahead = (self.ahead + down).min(last).saturating_sub(up);
    }

    /// Enter takes the offer ahead, Escape empties the box; it has lost the focus by either.
    fn leave(&mut self, ui: &Ui, collection: &Collection, acts: &mut Vec<Act>) {
        if ui.input(|input| input.key_pressed(Key::Enter)) {
            if self.offers.is_empty() {
                self.search(collection, Reach::Alike);
            }
            if self.offers.is_empty() && !self.words.trim().is_empty() {
                // There is something to be read, and to be typed anew.
                self.asked = true;
            } else {
                self.take(self.ahead, acts);
            }
        } else if acts.iter().any(|act| matches!(act, Act::Do(Command::ClearSelection))) {
            // The key was taken for a command, but it means this box and no more than that.
            acts.retain(|act| !matches!(act, Act::Do(Command::ClearSelection)));
            self.clear();
            acts.push(Act::Unpin);
        }
    }

    /// Goes to an offer.
    fn take(&mut self, number: usize, acts: &mut Vec<Act>) {
        self.open = false;
        if let Some(offer) = self.offers.get(number) {
            self.words.clone_from(&offer.place.name);
            acts.push(Act::GoTo(Box::new(offer.place.clone())));
        }
    }

    fn search(&mut self, collection: &Collection, reach: Reach) {
        self.offers = offers(&self.gazetteer, collection, &self.words, reach);
        (self.reach, self.ahead) = (reach, 0);
    }

    /// After a pause, looks farther where no name begins so.
    fn reach_on(&mut self, ui: &Ui, now: f64, focused: bool, collection: &Collection) {
        let wanting = self.offers.is_empty() && !self.words.trim().is_empty();
        if !focused || !wanting || self.reach == Reach::Alike {
            return;
        }
        let waited = now - self.typed;
        if waited >= PAUSE {
            self.search(collection, Reach::Alike);
        } else {
            ui.ctx().request_repaint_after(Duration::from_secs_f64(PAUSE - waited));
        }
    }

    /// So that what is typed next stands in place of the last search.
    fn select_all(&self, ui: &Ui, id: Id) {
        if let Some(mut state) = TextEdit::load_state(ui.ctx(), id) {
            state.cursor.set_char_range(Some(CCursorRange::select_all_str(&self.words)));
            TextEdit::store_state(ui.ctx(), id, state);
        }
    }

    fn list(&self, ui: &mut Ui, room: f32) -> list::Shown {
        let said = match (self.words.trim().is_empty(), self.reach) {
            (true, _) => Some("The name of a place, or coordinates: 36.2, 37.16"),
            (false, Reach::Alike) if self.offers.is_empty() => Some("No place of this name"),
            (false, Reach::Alike) => Some("No name begins so. Alike:"),
            (false, Reach::Beginning) => None,
        };
        list::ui(ui, said, &self.offers, self.ahead, room)
    }
}

/// The cross at the end of the box.
fn clear_button(ui: &mut Ui, field: Rect) -> bool {
    let rect = Rect::from_center_size(pos2(field.right() - 16.0, field.center().y), vec2(28.0, 28.0));
    let mut corner = ui.new_child(egui::UiBuilder::new().max_rect(rect));
    widgets::icon_button(&mut corner, icon::X, "Clear the place").clicked()
}
