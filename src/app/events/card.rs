//! The card of an event, where the candidates of a mention stand otherwise: what, where, when, who, and the words of
//! everybody who reports it.
//! It says of each answer which words of the text it comes from.

use egui::text::{LayoutJob, TextFormat};
use egui::{Align, Layout, Margin, RichText, Role, ScrollArea, Sense, Ui, WidgetInfo, vec2};
use egui_phosphor::regular as icon;

use super::reports::Reports;
use super::{edit, names, said, symbol, when};
use crate::app::bidi;
use crate::app::command::{Act, Command};
use crate::app::theme::{self, Tokens, size, space};
use crate::app::{inspector, widgets};
use crate::explore::{EventRef, Explorer, MentionRef};
use crate::model::{Actor, Event, Geoparsed, Part, Polarity, When, one_line};
use crate::project::{State, Target};

/// Width of the names of facts, points.
const NAMES: f32 = 64.0;

/// The card's own state.
#[derive(Default)]
pub(in crate::app) struct EventCard {
    reports: Reports,
}

impl EventCard {
    /// Draws the card of an event; answers the place that the pointer is over.
    pub fn ui(
        &mut self,
        ui: &mut Ui,
        (explorer, state): (&Explorer, &State),
        at: EventRef,
        acts: &mut Vec<Act>,
    ) -> Option<u32> {
        let geoparsed = explorer.collection.article(at.article)?;
        let event = geoparsed.events.get(at.event)?;
        head(ui, event, acts);
        if let Some(decided) = &event.decided {
            let target = Target::Event(at.article as u32, event.trigger);
            inspector::decided(ui, decided, "No event", &target, state, acts);
        }
        let reports = self.reports.of(explorer, at, &geoparsed);
        let area = ScrollArea::vertical().id_salt(("event card", at.article, at.event));
        let inner = area.auto_shrink(false).show(ui, |ui| {
            let margin = Margin { left: 12, right: 12, top: 0, bottom: 12 };
            egui::Frame::new().inner_margin(margin).show(ui, |ui| {
                ui.spacing_mut().item_spacing = vec2(space::XS, space::XS);
                widgets::hairline(ui);
                edit::ui(ui, at, &geoparsed, event, acts);
                status(ui, event);
                let over = places(ui, explorer, at, &geoparsed, event, acts);
                dates(ui, &geoparsed, event);
                actors(ui, explorer, &geoparsed, event);
                said::ui(ui, explorer, reports, event.kind, acts);
                over
            })
        });
        inner.inner.inner
    }
}

/// The symbol, what it is, and buttons.
fn head(ui: &mut Ui, event: &Event, acts: &mut Vec<Act>) {
    let tokens = Tokens::of(ui.ctx());
    let margin = Margin { left: 12, right: 8, top: 4, bottom: 2 };
    egui::Frame::new().inner_margin(margin).show(ui, |ui| {
        ui.horizontal(|ui| {
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                ui.spacing_mut().item_spacing.x = 2.0;
                widgets::command_icon(ui, Command::ToggleInspector, acts);
                widgets::command_icon(ui, Command::CopyQuote, acts);
                if !event.places.is_empty() {
                    widgets::command_icon(ui, Command::CopyCoordinates, acts);
                }
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                    ui.spacing_mut().item_spacing.x = space::S;
                    let (rect, _) = ui.allocate_exact_size(vec2(26.0, space::ROW), Sense::hover());
                    symbol::symbol(ui.painter(), rect.center(), 10.0, event.kind, &tokens);
                    let title = RichText::new(names::title(event)).font(theme::semibold(size::HEADING));
                    let heading = ui.add(egui::Label::new(title.color(tokens.text)).truncate());
                    heading.widget_info(|| {
                        WidgetInfo::labeled(Role::Heading, true, format!("Event: {}", names::title(event)))
                    });
                    let class = names::class(event.kind.class());
                    let told = if event.subtype.is_some() { names::kind(event.kind) } else { class };
                    ui.add(egui::Label::new(RichText::new(told).color(tokens.quiet)).truncate());
                });
            });
        });
    });
}

/// A fact: its name on the left, what is known beside it.
pub(super) fn fact<R>(ui: &mut Ui, name: &str, add: impl FnOnce(&mut Ui) -> R) -> R {
    let quiet = Tokens::of(ui.ctx()).quiet;
    ui.horizontal_top(|ui| {
        let (rect, _) = ui.allocate_exact_size(vec2(NAMES, 18.0), Sense::hover());
        widgets::line(ui, rect.left_center(), NAMES, name, widgets::body(), quiet);
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 1.0;
            add(ui)
        })
        .inner
    })
    .inner
}

/// A line of a fact: what is known, and beside it where that comes from.
pub(super) fn known(ui: &mut Ui, name: &str, text: &str, from: &str) {
    let tokens = Tokens::of(ui.ctx());
    let mut job = LayoutJob::default();
    job.append(text, 0.0, TextFormat::simple(widgets::body(), tokens.text));
    if !from.is_empty() {
        job.append(&format!("   {from}"), 0.0, TextFormat::simple(widgets::small(), tokens.quiet));
    }
    job.wrap.max_width = ui.available_width();
    let label = ui.label(bidi::in_order(ui.ctx(), job));
    // Signs before the words are for the eye.
    let words = text.trim_start_matches(|c: char| !c.is_ascii() && !c.is_alphanumeric()).trim_start();
    let said = if from.is_empty() { format!("{name}: {words}") } else { format!("{name}: {words}, {from}") };
    label.widget_info(|| WidgetInfo::labeled(Role::Label, true, &said));
}

/// Whether it happened, and whether it is news, where that is not what anybody would think.
fn status(ui: &mut Ui, event: &Event) {
    let polarity = match event.polarity {
        Polarity::Happened => None,
        Polarity::Planned => Some("It is to happen"),
        Polarity::Threatened => Some("Somebody says that they may do it"),
        Polarity::Denied => Some("It is said not to have happened"),
        Polarity::Hypothetical => Some("It might happen, or should"),
    };
    if let Some(means) = polarity {
        let name = names::polarity(event.polarity);
        let text = format!("{}  {name}", names::polarity_icon(event.polarity));
        fact(ui, "Status", |ui| known(ui, "Status", &text, means));
    }
    if event.background {
        let text = format!("{}  Background", icon::CLOCK_COUNTER_CLOCKWISE);
        fact(ui, "News", |ui| known(ui, "News", &text, "told to explain the news"));
    }
}

/// Where it happened, each place a link to it on the map; answers the place that the pointer is over.
fn places(
    ui: &mut Ui,
    explorer: &Explorer,
    at: EventRef,
    geoparsed: &Geoparsed,
    event: &Event,
    acts: &mut Vec<Act>,
) -> Option<u32> {
    fact(ui, "Where", |ui| {
        if event.places.is_empty() {
            known(ui, "Where", "No place is named", "");
        }
        let mut over = None;
        for &number in &event.places {
            let Some(mention) = geoparsed.mentions.get(number) else { continue };
            let words = mention.span.of(&geoparsed.article.text);
            let Some(place) = mention.place() else {
                known(ui, "Where", words, "not found in the gazetteer");
                continue;
            };
            let key = explorer.collection.place_of(MentionRef { article: at.article, mention: number });
            let label = place.label();
            let link = widgets::link(ui, &label, &format!("Where: {label}"));
            if link.hovered() || link.has_focus() {
                over = key;
            }
            let link = link.on_hover_text(format!("{label}: show it on the map"));
            if link.clicked()
                && let Some(key) = key
            {
                acts.push(Act::ShowPlace(key));
            }
            if words != place.name {
                let quiet = Tokens::of(ui.ctx()).quiet;
                ui.label(RichText::new(format!("from “{}”", one_line(words))).size(size::SMALL).color(quiet));
            }
        }
        over
    })
}

/// When it happened, with the words that say so.
fn dates(ui: &mut Ui, geoparsed: &Geoparsed, event: &Event) {
    fact(ui, "When", |ui| {
        let Some(text) = when::when(geoparsed, event) else {
            return known(ui, "When", "The text does not say", "");
        };
        let from = match event.when {
            When::Published => "the day of the article".to_owned(),
            When::Set(_) => "set by hand".to_owned(),
            _ => geoparsed.date_of(event).map_or(String::new(), |date| {
                format!("from “{}”", one_line(date.span.of(&geoparsed.article.text)))
            }),
        };
        known(ui, "When", &text, &from);
    });
}

/// Who did it, and to whom or with whom.
fn actors(ui: &mut Ui, explorer: &Explorer, geoparsed: &Geoparsed, event: &Event) {
    let text = &geoparsed.article.text;
    for (part, name) in [(Part::Source, "Who"), (Part::Target, "To whom")] {
        let those: Vec<&Actor> = event.actors.iter().filter(|actor| actor.part == part).collect();
        if those.is_empty() {
            continue;
        }
        fact(ui, name, |ui| {
            for actor in those {
                let country = actor
                    .country
                    .as_deref()
                    .map(|code| explorer.collection.country_name(code).unwrap_or(code));
                known(ui, name, &one_line(actor.span.of(text)), country.unwrap_or_default());
            }
        });
    }
}
