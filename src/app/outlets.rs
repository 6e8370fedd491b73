//! The outlets of what is open and where each is at home: what is known, what is learnt, what a person says.
//! Homes are learnt when reading has ended, behind the window, and only for outlets that no list knows; a person's
//! word counts before both, and is kept from one start of the program to the next.

use std::collections::BTreeMap;

use egui::{Align, Context, Frame, Label, Layout, Margin, Response, RichText, ScrollArea, Ui, vec2};
use egui_phosphor::regular as icon;
use serde::{Deserialize, Serialize};

use crate::explore::{Collection, Outlet, outlets};
use crate::gazetteer::Gazetteer;
use crate::geoparse::{Base, Homes, outlet};
use crate::jobs::{Answer, Task};
use crate::model::{Archive, Place};

use super::command::Act;
use super::finder::{Offer, Reach, offers};
use super::theme::{self, Tokens, size, space};
use super::{dialog, widgets, words};

/// Width kept for an outlet's count of articles beside its name, points.
const COUNT: f32 = 104.0;

/// A home that a person has chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Chosen {
    /// The outlet writes of the world.
    Nowhere,
    /// Identifier and full name of a place.
    At(String, String),
}

impl Chosen {
    fn base(&self) -> Base {
        match self {
            Self::Nowhere => Base::International,
            Self::At(id, _) => Base::Place(id.clone()),
        }
    }
}

/// What a person says of homes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Choices {
    /// Whether homes are learnt from what is open.
    pub learn: bool,
    /// Homes by the outlet's name.
    pub homes: BTreeMap<String, Chosen>,
}

impl Default for Choices {
    fn default() -> Self {
        Self { learn: true, homes: BTreeMap::new() }
    }
}

impl Choices {
    /// The homes, without any that are learnt.
    pub fn homes(&self) -> Homes {
        let chosen = self.homes.iter();
        chosen.fold(Homes::default(), |homes, (name, chosen)| homes.with(name, chosen.base()))
    }
}

/// What a person wishes of homes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wish {
    /// To learn homes from what is open, or not.
    Learn(bool),
    /// That an outlet be at home there; with `None`, where it is without anybody's word.
    Home(String, Option<Chosen>),
}

/// An outlet with the home that a list knows, and its name in words.
#[derive(Debug)]
struct Row {
    outlet: Outlet,
    known: Option<(Base, String)>,
}

/// The outlets, and the window that lists them.
#[derive(Debug)]
pub struct Outlets {
    gazetteer: Gazetteer,
    rows: Vec<Row>,
    looking: Option<Task<Vec<Row>>>,
    /// The outlet whose home is being looked for, and the words typed so far.
    asked: Option<(String, String)>,
    /// The row that the keyboard goes to.
    focus: Option<usize>,
    /// What the words offer.
    offered: (String, Vec<Offer>),
}

impl Outlets {
    /// No outlets yet.
    pub fn new(gazetteer: Gazetteer) -> Self {
        Self {
            gazetteer,
            rows: Vec::new(),
            looking: None,
            asked: None,
            focus: None,
            offered: Default::default(),
        }
    }

    /// Forgets what was learnt of articles that are closed.
    pub fn clear(&mut self) {
        (self.rows, self.looking, self.asked) = (Vec::new(), None, None);
    }

    /// Looks places up elsewhere.
    pub fn look_up_in(&mut self, gazetteer: Gazetteer) {
        self.gazetteer = gazetteer;
        self.offered = Default::default();
    }

    /// Sees to it that the outlets of what is open are there. What is learnt once stays: articles that were placed
    /// anew with it would teach it over again.
    pub fn open(&mut self, ctx: &Context, articles: &Archive) {
        (self.asked, self.focus) = (None, Some(0));
        if self.rows.is_empty() && self.looking.is_none() {
            self.look(ctx, articles);
        }
    }

    /// Looks at what is open, behind the window.
    pub fn look(&mut self, ctx: &Context, articles: &Archive) {
        let (articles, gazetteer, ctx) = (articles.clone(), self.gazetteer.clone(), ctx.clone());
        let look = move || {
            let found = outlets(&articles, outlet);
            found.into_iter().map(|outlet| row(outlet, &gazetteer)).collect()
        };
        self.looking = Some(Task::start(move || ctx.request_repaint(), look));
    }

    /// Whether outlets are being looked at.
    pub fn is_busy(&self) -> bool {
        self.looking.is_some()
    }

    /// Takes in what was found; answers whether there is anything new.
    pub fn poll(&mut self) -> bool {
        match self.looking.as_ref().map(Task::poll) {
            None | Some(Answer::Awaited) => false,
            Some(Answer::Lost) => {
                self.looking = None;
                false
            }
            Some(Answer::Here(rows)) => {
                (self.rows, self.looking) = (rows, None);
                true
            }
        }
    }

    /// The homes to geoparse with: what is learnt, and what a person says before it.
    pub fn homes(&self, choices: &Choices) -> Homes {
        let mut homes = Homes::default();
        for row in self.rows.iter().filter(|row| choices.learn && row.known.is_none()) {
            if let Some(centre) = &row.outlet.centre {
                homes = homes.with(&row.outlet.name, Base::Place(centre.place.id.clone()));
            }
        }
        choices.homes.iter().fold(homes, |homes, (name, chosen)| homes.with(name, chosen.base()))
    }

    /// Draws the window while `open`.
    pub fn ui(
        &mut self,
        ctx: &Context,
        open: &mut bool,
        choices: &Choices,
        collection: &Collection,
        acts: &mut Vec<Act>,
    ) {
        let room = ctx.content_rect().size();
        dialog::window("Outlets", open).show(ctx, |ui| {
            ui.set_width((room.x - 96.0).clamp(280.0, 560.0));
            let tokens = Tokens::of(ui.ctx());
            let quiet = |text: &str| Label::new(RichText::new(text).color(tokens.quiet)).wrap();
            ui.add(quiet(
                "Where an outlet is at home helps to tell which of several places of a name it means.",
            ));
            ui.horizontal(|ui| {
                const LEARN: &str = "Learn homes from what is open";
                if widgets::switch(ui, choices.learn, "Learn homes").clicked() {
                    acts.push(Act::Home(Wish::Learn(!choices.learn)));
                }
                ui.label(LEARN);
            });
            ui.add_space(space::S);
            if self.rows.is_empty() {
                let said = if self.is_busy() {
                    "Being looked at…"
                } else {
                    "No article that is open says which outlet it is from."
                };
                ui.add(quiet(said));
                return;
            }
            let high = (room.y - 210.0).clamp(120.0, 420.0);
            ScrollArea::vertical().auto_shrink([false, true]).max_height(high).show(ui, |ui| {
                for number in 0..self.rows.len() {
                    widgets::hairline(ui);
                    self.row(ui, number, choices, collection, acts);
                }
            });
        });
    }

    fn row(
        &mut self,
        ui: &mut Ui,
        number: usize,
        choices: &Choices,
        collection: &Collection,
        acts: &mut Vec<Act>,
    ) {
        let Some(row) = self.rows.get(number) else { return };
        ui.add_space(space::XS);
        let name = row.outlet.name.clone();
        let chosen = choices.homes.get(&name);
        let asked = self.asked.as_ref().is_some_and(|(asked, _)| *asked == name);
        let button = line(ui, &row.outlet, &said(row, chosen, choices.learn));
        if self.focus.take_if(|focus| *focus == number).is_some() {
            button.request_focus();
            button.scroll_to_me(None);
        }
        let moved = button.clicked();
        if moved {
            self.asked = (!asked).then(|| (name.clone(), String::new()));
        }
        if self.asked.as_ref().is_some_and(|(asked, _)| *asked == name) {
            let before = self.offered.0.clone();
            // Clear of the scroll bar.
            let margin = Margin { right: space::M as i8, ..Margin::ZERO };
            let answer =
                Frame::new().outer_margin(margin).show(ui, |ui| self.ask(ui, chosen.is_some(), collection));
            if moved {
                // After the field: Enter on the button would take it out of the field again.
                ui.memory_mut(|memory| memory.request_focus(widgets::field_id(&field_of(&name))));
            }
            if moved || before != self.offered.0 {
                answer.response.scroll_to_me(None);
            }
            if let Some(wish) = answer.inner {
                (self.asked, self.focus) = (None, Some(number));
                acts.push(Act::Home(Wish::Home(name, wish)));
            }
        }
        ui.add_space(space::XS);
    }

    /// The place search under an outlet; answers what was chosen.
    fn ask(&mut self, ui: &mut Ui, has_own: bool, collection: &Collection) -> Option<Option<Chosen>> {
        let (name, typed) = self.asked.as_mut()?;
        let field = field_of(name);
        ui.add_space(space::XS);
        let entered = widgets::text_field(ui, &field, "Name of a place, or coordinates", typed);
        if self.offered.0 != *typed {
            let found = offers(&self.gazetteer, collection, typed, Reach::Alike);
            // Coordinates are no place of the gazetteer, but near one.
            let known = found.into_iter().filter_map(|offer| self.known(offer)).collect();
            self.offered = (self.asked.as_ref()?.1.clone(), known);
        }
        let best = self.offered.1.first().filter(|_| entered);
        let mut wish = best.map(|Offer { place, .. }| Some(at(place)));
        if self.offered.1.is_empty() && !self.offered.0.trim().is_empty() {
            let none = RichText::new("The gazetteer knows no such place.");
            ui.label(none.color(Tokens::of(ui.ctx()).quiet));
        }
        for Offer { place, .. } in &self.offered.1 {
            if widgets::ringed(ui, |ui| ui.link(place.label())).clicked() {
                wish = Some(Some(at(place)));
            }
        }
        ui.add_space(space::XS);
        ui.horizontal(|ui| {
            if widgets::plain_button(ui, "It writes of the world").clicked() {
                wish = Some(Some(Chosen::Nowhere));
            }
            if has_own && widgets::plain_button(ui, "Forget my choice").clicked() {
                wish = Some(None);
            }
        });
        wish
    }

    fn known(&self, mut offer: Offer) -> Option<Offer> {
        if self.gazetteer.by_id(&offer.place.id).is_none() {
            let (nearest, _) = *self.gazetteer.nearest(offer.place.lat, offer.place.lon, 1).first()?;
            offer.place = self.gazetteer.place(nearest)?;
        }
        Some(offer)
    }
}

/// The row of an outlet: its name, its articles, its home; answers the button that asks for another home.
fn line(ui: &mut Ui, outlet: &Outlet, home: &str) -> Response {
    let quiet = Tokens::of(ui.ctx()).quiet;
    let right = Layout::right_to_left(Align::TOP);
    let row = ui.allocate_ui_with_layout(vec2(ui.available_width(), space::ROW), right, |ui| {
        // Clear of the scroll bar.
        ui.add_space(space::M);
        let name = format!("Change the home of {}", outlet.name);
        let button = widgets::icon_button(ui, icon::PENCIL_SIMPLE, &name).on_hover_text("Change");
        ui.with_layout(Layout::top_down(Align::Min), |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            ui.horizontal(|ui| {
                let name = RichText::new(&outlet.name).font(theme::semibold(size::BODY));
                ui.scope(|ui| {
                    ui.set_max_width(ui.available_width() - COUNT);
                    ui.add(Label::new(name).truncate());
                });
                ui.label(RichText::new(words::count(outlet.articles, "article", "articles")).color(quiet));
            });
            ui.add(Label::new(RichText::new(home).color(quiet)).wrap());
        });
        button
    });
    row.inner
}

/// What the field is called in which the home of an outlet is looked for.
fn field_of(outlet: &str) -> String {
    format!("Home of {outlet}")
}

/// The choice of a place.
fn at(place: &Place) -> Chosen {
    Chosen::At(place.id.clone(), place.label())
}

fn row(outlet: Outlet, gazetteer: &Gazetteer) -> Row {
    let name = Some(outlet.name.as_str());
    let known = Homes::default().base(gazetteer, name, None).map(|base| {
        let place = match &base {
            Base::International | Base::Point(..) => None,
            Base::Country(code) => gazetteer.country_by_code(code),
            Base::Place(id) => gazetteer.by_id(id),
        };
        let label = place.and_then(|row| gazetteer.place(row)).map(|place| place.label());
        (base, label.unwrap_or_default())
    });
    Row { outlet, known }
}

/// The home of an outlet, and how it is known.
fn said(row: &Row, chosen: Option<&Chosen>, learn: bool) -> String {
    match (chosen, &row.known, &row.outlet.centre) {
        (Some(Chosen::Nowhere), ..) => "Writes of the world · chosen by you".to_owned(),
        (Some(Chosen::At(_, label)), ..) => format!("{label} · chosen by you"),
        (_, Some((Base::International, _)), _) => "Writes of the world · known".to_owned(),
        (_, Some((_, label)), _) => format!("{label} · known"),
        (.., Some(centre)) => {
            let label = centre.place.label();
            let of = format!("{} of {} articles that name a town", centre.near, centre.of);
            let off = if learn { "" } else { " · not used" };
            format!("{label} · learnt from {of}{off}")
        }
        _ => "Home not known".to_owned(),
    }
}
