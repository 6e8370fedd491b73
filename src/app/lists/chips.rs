//! The filters in force, each a chip that takes it off again.
//! Many values of one kind do not push the lists out of sight: those beyond a few stand behind one chip.

use egui::{Color32, FontFamily, FontId, Role, Sense as Senses, Stroke, Ui, WidgetInfo, vec2};
use egui_phosphor::regular as icon;

use crate::app::command::{Act, Command};
use crate::app::theme::{Tokens, size, space};
use crate::app::{events, widgets, words};
use crate::explore::{
    Background, EventFilter, Explorer, Filter, KindSet, Lacking, PolaritySet, Subject, toggled,
};
use crate::model::{EventClass, How, Kind, Polarity, Sense};

/// Chips that are shown at most.
const MOST: usize = 8;

/// A choice in force, and the filter without it.
pub(super) struct Part {
    pub text: String,
    pub without: Filter,
}

/// The choices of the filter, one by one.
pub(super) fn parts(explorer: &Explorer) -> Vec<Part> {
    let filter = &explorer.filter;
    let mut parts = Vec::new();
    let mut add = |text: String, without: Filter| parts.push(Part { text, without });
    let query = filter.query.trim();
    if !query.is_empty() {
        add(format!("“{query}”"), Filter { query: String::new(), ..filter.clone() });
    }
    if let Some(days) = filter.days {
        add(words::days(days), Filter { days: None, ..filter.clone() });
    }
    if filter.area.is_some() {
        add("In the box".to_owned(), Filter { area: None, ..filter.clone() });
    }
    for code in &filter.countries {
        let countries = toggled(&filter.countries, code);
        add(country(explorer, code).to_owned(), Filter { countries, ..filter.clone() });
    }
    for (id, name) in &filter.places {
        let text = match filter.subject {
            Subject::Mentions => format!("Mentions {name}"),
            Subject::Events => format!("In {name}"),
        };
        add(text, filter.with_place_toggled(id, name));
    }
    for name in &filter.sources {
        let sources = toggled(&filter.sources, name);
        add(words::source(name).to_owned(), Filter { sources, ..filter.clone() });
    }
    if let Some(lacking) = filter.lacking {
        let text = if lacking == Lacking::Place { "No place" } else { "No date" };
        add(text.to_owned(), Filter { lacking: None, ..filter.clone() });
    }
    if filter.subject == Subject::Events {
        of_events(explorer, &mut parts);
        return parts;
    }
    let mut add = |text: String, without: Filter| parts.push(Part { text, without });
    if let Some(sense) = filter.sense {
        let text = if sense == Sense::Literal { "Literal" } else { "Associative" };
        add(text.to_owned(), Filter { sense: None, ..filter.clone() });
    }
    for &status in &filter.statuses {
        let statuses = toggled(&filter.statuses, &status);
        add(words::status(status).to_owned(), Filter { statuses, ..filter.clone() });
    }
    for how in Vec::<How>::from(filter.settled) {
        let settled = filter.settled.toggled(how);
        add(words::settled(how).to_owned(), Filter { settled, ..filter.clone() });
    }
    if filter.kinds != KindSet::DEFAULT {
        let chosen = Kind::ALL.into_iter().filter(|&kind| filter.kinds.contains(kind));
        let names: Vec<&str> = chosen.map(words::kind).collect();
        let text = match names.len() {
            0 => "No kind of mention".to_owned(),
            4 => "Every kind of mention".to_owned(),
            _ => names.join(", "),
        };
        add(text, Filter { kinds: KindSet::DEFAULT, ..filter.clone() });
    }
    parts
}

/// What is asked of events, one by one.
fn of_events(explorer: &Explorer, parts: &mut Vec<Part>) {
    let filter = &explorer.filter;
    let asked = &filter.events;
    let mut add = |text: String, events: EventFilter| {
        parts.push(Part { text, without: Filter { events, ..filter.clone() } });
    };
    for class in EventClass::ALL {
        // A class that is chosen whole is one choice.
        if asked.has_class(class) {
            add(events::class(class).to_owned(), asked.with_class_toggled(class));
            continue;
        }
        for kind in events::types_of(class).filter(|kind| asked.types.contains(kind)) {
            let types = toggled(&asked.types, &kind);
            add(events::kind(kind).to_owned(), EventFilter { types, ..asked.clone() });
        }
    }
    for name in &asked.subtypes {
        let subtypes = toggled(&asked.subtypes, name);
        add(words::sentence(name), EventFilter { subtypes, ..asked.clone() });
    }
    for name in &asked.actors {
        let who = explorer.collection.actors().find(|who| who.folded == *name);
        let text = who.map_or(name, |who| &who.name);
        add(
            format!("By or to {text}"),
            EventFilter { actors: toggled(&asked.actors, name), ..asked.clone() },
        );
    }
    for code in &asked.nations {
        let nations = toggled(&asked.nations, code);
        let text = format!("By or to {}", country(explorer, code));
        add(text, EventFilter { nations, ..asked.clone() });
    }
    if asked.background != Background::Shown {
        add(
            background(asked.background).to_owned(),
            EventFilter { background: Background::Shown, ..asked.clone() },
        );
    }
    if asked.polarities != PolaritySet::DEFAULT {
        let chosen = Polarity::ALL.into_iter().filter(|&polarity| asked.polarities.contains(polarity));
        let names: Vec<&str> = chosen.map(events::polarity).collect();
        let text = match names.len() {
            0 => "Nothing, happened or not".to_owned(),
            5 => "Happened or not".to_owned(),
            _ => names.join(", "),
        };
        add(text, EventFilter { polarities: PolaritySet::DEFAULT, ..asked.clone() });
    }
}

/// What a choice of background is called.
pub(super) const fn background(background: Background) -> &'static str {
    match background {
        Background::Shown => "News and background",
        Background::Only => "Only background",
        Background::Hidden => "Only news",
    }
}

/// The name of a country where the collection knows it.
pub(super) fn country<'a>(explorer: &'a Explorer, code: &'a str) -> &'a str {
    let country = explorer.collection.countries().iter().find(|country| country.code == code);
    country.map_or(code, |country| country.name.as_str())
}

/// Draws the chips; answers whether all filters are to be shown.
pub(super) fn ui(ui: &mut Ui, explorer: &Explorer, saved: bool, acts: &mut Vec<Act>) -> bool {
    let parts = parts(explorer);
    let mut more = false;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(space::XS, space::XS);
        let (usual, default) = match explorer.filter.subject {
            Subject::Mentions => (explorer.filter.kinds == KindSet::DEFAULT, Command::DefaultKinds),
            Subject::Events => {
                (explorer.filter.events.polarities == PolaritySet::DEFAULT, Command::DefaultPolarities)
            }
        };
        if usual {
            let chip = widgets::chip(ui, default.text(), true, default.text());
            if chip.on_hover_ui(|ui| widgets::tooltip(ui, default)).clicked() {
                acts.push(Act::Do(default));
            }
        }
        if explorer.filter.subject == Subject::Events {
            let once = Command::CountOnce;
            let chip = widgets::chip(ui, "Each event once", explorer.filter.events.once, "Each event once");
            if chip.on_hover_ui(|ui| widgets::tooltip(ui, once)).clicked() {
                acts.push(Act::Do(once));
            }
        }
        let shown = if parts.len() > MOST { MOST - 1 } else { parts.len() };
        for part in &parts[..shown] {
            if removable(ui, &part.text) {
                acts.push(Act::Filter(part.without.clone()));
            }
        }
        if shown < parts.len() {
            let text = format!("{} more", parts.len() - shown);
            let chip = widgets::chip(ui, &text, true, &format!("{text}: show filters"));
            more = chip.on_hover_text("Show all filters").clicked();
        }
        if parts.len() > 1 {
            command(ui, "Clear all", Command::ClearFilter, acts);
        }
        if !parts.is_empty() && !saved {
            command(ui, "Save…", Command::SaveFilter, acts);
        }
    });
    more
}

/// A chip without a ground of its own for what can be done with the others.
fn command(ui: &mut Ui, text: &str, command: Command, acts: &mut Vec<Act>) {
    let chip = widgets::chip(ui, text, false, text);
    if chip.on_hover_ui(|ui| widgets::tooltip(ui, command)).clicked() {
        acts.push(Act::Do(command));
    }
}

/// A choice with a cross, cut where it would be wider than the pane; answers whether it was pressed.
fn removable(ui: &mut Ui, text: &str) -> bool {
    let tokens = Tokens::of(ui.ctx());
    let font = FontId::new(size::SMALL, FontFamily::Proportional);
    let room = (ui.max_rect().width() - 30.0).max(40.0);
    let galley = widgets::cut(ui.painter(), text, font, tokens.text, room);
    let cut = galley.elided;
    let (rect, response) = ui.allocate_exact_size(vec2(galley.size().x + 30.0, 22.0), Senses::click());
    let name = format!("{text}: remove filter");
    response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), &name));
    ui.painter().rect(rect, 11.0, tokens.chosen, Stroke::new(1.0, tokens.accent), egui::StrokeKind::Inside);
    let at = egui::pos2(rect.left() + 9.0, rect.center().y - galley.size().y / 2.0);
    ui.painter().galley(at, galley, Color32::PLACEHOLDER);
    let cross = egui::pos2(rect.right() - 12.0, rect.center().y);
    let lit = response.hovered() || response.has_focus();
    let colour = if lit { tokens.text } else { tokens.quiet };
    widgets::icon_at(ui, cross, egui::Align2::CENTER_CENTER, icon::X, 11.0, colour);
    if response.has_focus() {
        widgets::ring(ui.painter(), rect.expand(1.5), 12.0);
    }
    let tip = if cut { format!("{text}\nRemove this filter") } else { "Remove this filter".to_owned() };
    response.on_hover_text(tip).clicked()
}
