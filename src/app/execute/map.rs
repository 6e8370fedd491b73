//! What is about the map.
//! The map moves by itself; here it is only told to.

use egui::{Context, PointerButton};

use crate::app::command::{Act, Command};
use crate::app::dock::Area;
use crate::app::map::MapWish;
use crate::app::session::ListTab;
use crate::app::window::DatelineApp;
use crate::explore::{Pane, Step};
use crate::model::Place;

impl DatelineApp {
    pub(super) fn map_command(&mut self, ctx: &Context, command: Command) {
        match command {
            Command::GoToPlace => {
                self.dialogs.close_all();
                self.show(Area::Map);
                self.finder.focus();
            }
            Command::CopyCoordinates => self.copy_coordinates(ctx),
            Command::CopyPointer => {
                let (lat, lon) = self.atlas.pointed_at();
                self.copy(ctx, self.session.sighting.notation.write(lat, lon));
            }
            Command::Notation => self.next_notation(),
            Command::Heat => self.session.sighting.heat = !self.session.sighting.heat,
            Command::LocalNames => {
                let local = &mut self.session.sighting.local_names;
                *local = !*local;
            }
            Command::OnlyInView => self.explorer.filter.area = Some(self.atlas.in_view()),
            Command::Back => {
                let step = self.history.back();
                self.return_to(step);
            }
            Command::Forward => {
                let step = self.history.forward();
                self.return_to(step);
            }
            command => {
                if matches!(
                    command,
                    Command::FitMap | Command::SelectBox | Command::Measure | Command::MapMenu
                ) {
                    self.show(Area::Map);
                }
                self.atlas.execute(command);
            }
        }
    }

    /// What was asked for on the map itself.
    pub(super) fn map_wish(&mut self, ctx: &Context, wish: MapWish) {
        match wish {
            MapWish::Area(area) => self.explorer.filter.area = area,
            MapWish::InView => self.explorer.filter.area = Some(self.atlas.in_view()),
            MapWish::Report(area) => {
                self.explorer.filter.area = Some(area);
                self.session.tab = ListTab::Articles;
                self.show(Area::Lists);
            }
            MapWish::Copy(text) => self.copy(ctx, text),
            MapWish::GoTo(place) => self.go_to(&place),
            MapWish::Put(at) => self.put_here(at),
            MapWish::Renotate => self.next_notation(),
            // The map does that by itself.
            MapWish::MeasureFrom(_) => {}
        }
    }

    /// Flies to a place and pins it.
    pub(super) fn go_to(&mut self, place: &Place) {
        self.show(Area::Map);
        self.atlas.go_to(place);
    }

    fn next_notation(&mut self) {
        let notation = &mut self.session.sighting.notation;
        *notation = notation.next();
        self.toasts.tell(format!("Coordinates in {}", notation.name()));
    }

    fn copy_coordinates(&mut self, ctx: &Context) {
        let place = self.explorer.selected.what.place(&self.explorer.collection);
        if let Some(entry) = place.and_then(|key| self.explorer.collection.place(key)) {
            let text = self.session.sighting.notation.write(entry.place.lat, entry.place.lon);
            self.copy(ctx, text);
        }
    }

    fn copy(&mut self, ctx: &Context, text: String) {
        self.toasts.tell(format!("Copied {text}"));
        ctx.copy_text(text);
    }

    /// Shows again what was there at a step of the history.
    fn return_to(&mut self, step: Option<Step>) {
        let Some(Step { sight, filter, selection, words }) = step else {
            return;
        };
        let order = self.explorer.filter.order;
        self.explorer.filter = filter;
        self.explorer.filter.order = order;
        // As if chosen on the map, which flies to where it was and not to what is selected.
        let selection = selection.now(&self.explorer.collection, words);
        self.explorer.select(selection, Pane::Map);
        self.atlas.return_to(&sight);
    }

    /// Notes where things stand for going back, and hears the buttons of a mouse that ask for it.
    pub(in crate::app) fn remember(&mut self, ctx: &Context) {
        if self.explorer.collection.is_empty() || self.loading.is_reading() {
            return;
        }
        let time = ctx.input(|input| input.time);
        let (filter, what) = (&self.explorer.filter, self.explorer.selected.what);
        let selected = (what, what.words(&self.explorer.collection));
        self.history.note(self.atlas.sight(), filter, selected, self.atlas.is_resting(), time);
    }
}

/// What the fourth and fifth button of a mouse ask for.
pub(in crate::app) fn mouse_buttons(ctx: &Context) -> Option<Act> {
    let pressed = |button| ctx.input(|input| input.pointer.button_pressed(button));
    let back = pressed(PointerButton::Extra1).then_some(Command::Back);
    back.or_else(|| pressed(PointerButton::Extra2).then_some(Command::Forward)).map(Act::Do)
}
