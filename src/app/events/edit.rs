//! What can be said about an event in its card: its type, whether it happened, where and when, and whether it is one.

use egui::{Popup, Role, ScrollArea, Ui, WidgetInfo, vec2};
use egui_phosphor::regular as icon;

use super::names;
use crate::app::command::{Act, Command};
use crate::app::correct::Wish;
use crate::app::project::Correction;
use crate::app::theme::{Tokens, space};
use crate::app::widgets;
use crate::explore::EventRef;
use crate::model::{Event, EventType, Geoparsed, Polarity, Span};
use crate::project::{Edit, State, change};

/// An event as an edit names it: what it is called, and what is known of it.
struct Named {
    name: String,
    shown: (u32, Span, EventType),
}

/// Draws a row of menus, one for each thing that can be said.
pub(super) fn ui(ui: &mut Ui, at: EventRef, geoparsed: &Geoparsed, event: &Event, acts: &mut Vec<Act>) {
    let named = || Named { name: names::title(event), shown: (at.article as u32, event.trigger, event.kind) };
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(space::XS, space::XS);
        menu(ui, "Type", |ui| types(ui, event, &named, acts));
        menu(ui, "Status", |ui| polarities(ui, event, &named, acts));
        menu(ui, "Where", |ui| places(ui, (at, geoparsed), event, &named, acts));
        let when = widgets::chip(ui, "When…", false, "Say when it happened");
        if when.on_hover_text("Say when it happened").clicked() {
            acts.push(Act::Mend(Wish::AskWhen(at)));
        }
        for command in [Command::ConfirmMention, Command::RejectMention] {
            let (name, tip) = match command {
                Command::ConfirmMention => ("Confirm the event", "There is such an event (C)"),
                _ => ("No event", "No event is told here (X)"),
            };
            if widgets::icon_button(ui, command.icon(), name).on_hover_text(tip).clicked() {
                acts.push(Act::Do(command));
            }
        }
    });
}

/// A chip with a menu under it.
fn menu(ui: &mut Ui, name: &str, add: impl FnOnce(&mut Ui)) {
    let text = format!("{name}  {}", icon::CARET_DOWN);
    let chip = widgets::chip(ui, &text, false, &format!("{name} of the event"));
    Popup::menu(&chip).show(|ui| {
        ui.set_min_width(220.0);
        ui.set_max_width(300.0);
        ScrollArea::vertical().max_height(320.0).show(ui, add);
    });
}

/// A line of a menu, ticked where it holds; answers whether something else is to hold.
fn item(ui: &mut Ui, on: bool, sign: &str, text: &str) -> bool {
    let sign = if on { icon::CHECK } else { sign };
    let response = widgets::menu_item(ui, sign, text, text);
    response.clicked() && !on
}

fn say(acts: &mut Vec<Act>, edit: impl Fn(&State) -> Edit + Send + Sync + 'static) {
    acts.push(Act::Correct(Box::new(Correction::new(edit))));
}

fn types(ui: &mut Ui, event: &Event, named: &impl Fn() -> Named, acts: &mut Vec<Act>) {
    for kind in EventType::ALL {
        if item(ui, event.kind == kind, "", names::kind(kind)) {
            let Named { name, shown } = named();
            say(acts, move |state| change::set_type(state, &name, shown, kind));
        }
    }
}

fn polarities(ui: &mut Ui, event: &Event, named: &impl Fn() -> Named, acts: &mut Vec<Act>) {
    for polarity in Polarity::ALL {
        let sign = names::polarity_icon(polarity);
        if item(ui, event.polarity == polarity, sign, names::polarity(polarity)) {
            let Named { name, shown } = named();
            say(acts, move |state| change::set_polarity(state, &name, shown, polarity));
        }
    }
}

/// The places that the article mentions, each once, and none at all.
fn places(
    ui: &mut Ui,
    (at, geoparsed): (EventRef, &Geoparsed),
    event: &Event,
    named: &impl Fn() -> Named,
    acts: &mut Vec<Act>,
) {
    if item(ui, false, icon::CURSOR_CLICK, "Click it in the text…") {
        acts.push(Act::Mend(Wish::Place(at)));
    }
    if item(ui, event.places.is_empty(), icon::PROHIBIT, "Nowhere") {
        let Named { name, shown } = named();
        say(acts, move |state| change::set_scene(state, &name, shown, "", Vec::new()));
    }
    widgets::menu_line(ui);
    let main = geoparsed.scene_of(event).and_then(|mention| mention.place()).map(|place| &place.id);
    let mut listed: Vec<&str> = Vec::new();
    for mention in &geoparsed.mentions {
        let Some(place) = mention.place() else { continue };
        if listed.contains(&place.id.as_str()) {
            continue;
        }
        listed.push(&place.id);
        let label = place.label();
        if item(ui, main == Some(&place.id), icon::MAP_PIN, &label) {
            let (Named { name, shown }, key) = (named(), mention.key());
            say(acts, move |state| change::set_scene(state, &name, shown, &label, vec![key]));
        }
    }
    if listed.is_empty() {
        let quiet = Tokens::of(ui.ctx()).quiet;
        let none = "The article mentions no place";
        let label = ui.label(egui::RichText::new(none).color(quiet));
        label.widget_info(|| WidgetInfo::labeled(Role::Label, true, none));
    }
}
