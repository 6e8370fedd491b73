//! The line above the bins: play, what is chosen, what the bins are divided by, what has no date.
//! What does not fit gives way from the middle: the buttons stay.

use egui::{
    Align, Color32, Layout, Pos2, Rect, RichText, Role, Sense, Stroke, Ui, UiBuilder, WidgetInfo, pos2, vec2,
};
use egui_phosphor::regular as icon;

use crate::explore::{Explorer, Filter, Lacking, Layer, Layered, Stack, Subject, toggled};

use super::{Timeline, TimelineChoices, play_button};
use crate::app::command::{Act, Command};
use crate::app::events;
use crate::app::session::Session;
use crate::app::theme::{Tokens, size, space};
use crate::app::{widgets, words};

/// Widest name in the legend, points.
const NAME: f32 = 132.0;

impl Timeline {
    pub(super) fn head(
        &self,
        ui: &mut Ui,
        rect: Rect,
        explorer: &Explorer,
        session: &mut Session,
        acts: &mut Vec<Act>,
    ) {
        let layout = Layout::left_to_right(Align::Center);
        ui.scope_builder(UiBuilder::new().max_rect(rect).layout(layout), |ui| {
            ui.spacing_mut().item_spacing.x = space::XS;
            ui.add_enabled_ui(self.chronicle.span().is_some(), |ui| {
                play_button(ui, self.is_playing(), acts);
            });
            speed(ui, &mut session.timeline);
            let right = Layout::right_to_left(Align::Center);
            ui.with_layout(right, |ui| {
                never(ui, explorer, acts);
                stack(ui, explorer.view.subject(), &mut session.timeline);
                ui.with_layout(layout, |ui| self.chosen(ui, explorer, acts));
            });
        });
    }

    /// The chosen days in words, or all there are.
    fn chosen(&self, ui: &mut Ui, explorer: &Explorer, acts: &mut Vec<Act>) {
        let tokens = Tokens::of(ui.ctx());
        ui.add_space(space::XS);
        if explorer.filter.days.is_some() {
            let clear = widgets::icon_button(ui, icon::X, Command::ClearDays.text());
            if clear.on_hover_ui(|ui| widgets::tooltip(ui, Command::ClearDays)).clicked() {
                acts.push(Act::Do(Command::ClearDays));
            }
        }
        let Some(days) = explorer.filter.days.or(self.chronicle.span()) else {
            return;
        };
        let mut text = words::days(days);
        let mut told = text.clone();
        if explorer.filter.days.is_some() {
            let count = shown(explorer);
            text = format!("{text}  ·  {count}");
            told = format!("Chosen days: {told}, {count}");
        }
        let colour = if explorer.filter.days.is_some() { tokens.text } else { tokens.quiet };
        let label = ui.add(egui::Label::new(RichText::new(text).color(colour)).truncate());
        label.widget_info(|| WidgetInfo::labeled(Role::Label, true, &told));
    }

    /// The layers, in their order from the axis up.
    pub(super) fn legend(&mut self, ui: &mut Ui, rect: Rect, explorer: &Explorer, acts: &mut Vec<Act>) {
        self.lit = None;
        let tokens = Tokens::of(ui.ctx());
        let mut x = rect.left();
        for (number, layer) in self.chronicle.layers.iter().enumerate() {
            // Of outlets only those that there are have a layer.
            if layer.total == 0 {
                continue;
            }
            let name = layer_name(layer);
            let galley = widgets::cut(ui.painter(), &name, widgets::small(), tokens.quiet, NAME);
            let wide = 14.0 + galley.size().x + space::M;
            if x + wide - space::M > rect.right() {
                break;
            }
            let area = Rect::from_min_max(pos2(x, rect.top()), pos2(x + wide, rect.bottom()));
            let response = ui.interact(area, ui.scope_id().with(("layer", number)), Sense::click());
            let told = format!("{name}: {}", words::number(u64::from(layer.total)));
            let chosen = is_chosen(&layer.of, &explorer.filter);
            response.widget_info(|| WidgetInfo::selected(Role::Button, true, chosen, &told));
            if response.hovered() || response.has_focus() {
                self.lit = Some(number);
            }
            let colour = if self.lit == Some(number) || chosen { tokens.text } else { tokens.quiet };
            let y = area.center().y;
            swatch(ui, pos2(x + 4.0, y), number, layer, &tokens);
            let at = pos2(x + 13.0, y - galley.size().y / 2.0);
            ui.painter().galley_with_override_text_color(at, galley, colour);
            if response.has_focus() {
                let around = area.with_max_x(area.right() - space::S);
                widgets::ring(ui.painter(), around, 4.0);
            }
            let response = response.on_hover_ui(|ui| {
                ui.label(&told);
                if let Some(hint) = hint(&layer.of, chosen) {
                    ui.weak(hint);
                }
            });
            if response.clicked()
                && let Some(filter) = chosen_or_not(&layer.of, &explorer.filter)
            {
                acts.push(Act::Filter(filter));
            }
            x += wide;
        }
    }
}

/// What a layer is called.
pub(super) fn layer_name(layer: &Layer) -> String {
    match &layer.of {
        Layered::Source(name) => words::source(name).to_owned(),
        Layered::Others(count) => words::count(*count, "other source", "other sources"),
        Layered::Kind(kind) => words::kind(*kind).to_owned(),
        Layered::Class(class) => events::class(*class).to_owned(),
    }
}

/// The colour of a layer.
pub(super) fn layer_colour(number: usize, layer: Option<&Layer>, tokens: &Tokens) -> Color32 {
    match layer.map(|layer| &layer.of) {
        Some(Layered::Class(class)) => tokens.event(*class),
        _ => tokens.stacks[number],
    }
}

/// A patch of a layer's colour; of a class of events, its form.
pub(super) fn swatch(ui: &Ui, at: Pos2, number: usize, layer: &Layer, tokens: &Tokens) {
    let colour = layer_colour(number, Some(layer), tokens);
    match layer.of {
        Layered::Class(class) => events::form(ui.painter(), at, 4.5, class, colour, Stroke::NONE),
        _ => {
            ui.painter().rect_filled(Rect::from_center_size(at, vec2(8.0, 8.0)), 2.0, colour);
        }
    }
}

/// How much is shown: "12 articles", "12 events".
pub(super) fn shown(explorer: &Explorer) -> String {
    match explorer.view.subject() {
        Subject::Mentions => words::count(explorer.view.article_count(), "article", "articles"),
        Subject::Events => words::count(explorer.view.events.len(), "event", "events"),
    }
}

fn is_chosen(of: &Layered, filter: &Filter) -> bool {
    match of {
        Layered::Source(name) => filter.sources.contains(name),
        Layered::Class(class) => filter.events.has_class(*class),
        _ => false,
    }
}

fn hint(of: &Layered, chosen: bool) -> Option<&'static str> {
    match of {
        Layered::Source(_) if chosen => Some("Click to show other sources again"),
        Layered::Source(_) => Some("Click to show only this source"),
        Layered::Class(_) if chosen => Some("Click to show other classes again"),
        Layered::Class(_) => Some("Click to show only this class"),
        _ => None,
    }
}

/// The filter with a layer alone, or without that choice.
fn chosen_or_not(of: &Layered, filter: &Filter) -> Option<Filter> {
    match of {
        Layered::Source(name) => Some(Filter { sources: toggled(&filter.sources, name), ..filter.clone() }),
        Layered::Class(class) => {
            Some(Filter { events: filter.events.with_class_toggled(*class), ..filter.clone() })
        }
        _ => None,
    }
}

fn speed(ui: &mut Ui, choices: &mut TimelineChoices) {
    let text = format!("{}×", choices.speed);
    let chip = widgets::chip(ui, &text, false, &format!("Speed {text}"));
    if chip.on_hover_text("How fast the timeline is played").clicked() {
        let speeds = TimelineChoices::SPEEDS;
        let at = speeds.iter().position(|&speed| speed == choices.speed).unwrap_or(0);
        choices.speed = speeds[(at + 1) % speeds.len()];
    }
}

fn stack(ui: &mut Ui, subject: Subject, choices: &mut TimelineChoices) {
    let (text, other, hint) = match (choices.stack_of(subject), subject) {
        (Stack::Sources, Subject::Mentions) => {
            ("By source", Stack::Kinds, "Bars count articles by source. Click to count mentions by kind")
        }
        (_, Subject::Mentions) => {
            ("By kind", Stack::Sources, "Bars count mentions by kind. Click to count articles by source")
        }
        (Stack::Sources, Subject::Events) => {
            ("By source", Stack::Classes, "Bars count events by source. Click to count them by class")
        }
        (_, Subject::Events) => {
            ("By class", Stack::Sources, "Bars count events by class. Click to count them by source")
        }
    };
    let sign = RichText::new(format!("{}  {text}", icon::STACK_SIMPLE)).size(size::SMALL);
    let chip = widgets::chip(ui, sign.text(), false, &format!("Bars: {}", text.to_lowercase()));
    if chip.on_hover_text(hint).clicked() {
        match subject {
            Subject::Mentions => choices.stack = other,
            Subject::Events => choices.event_stack = other,
        }
    }
}

/// How many articles or events are on no day, as a button that shows them.
fn never(ui: &mut Ui, explorer: &Explorer, acts: &mut Vec<Act>) {
    let filter = &explorer.filter;
    let on = filter.lacking == Some(Lacking::Date);
    if explorer.view.never == 0 && !on {
        return;
    }
    let text = format!("No date  {}", words::number(explorer.view.never as u64));
    let events = explorer.view.subject() == Subject::Events;
    let (one, many) = if events { ("event", "events") } else { ("article", "articles") };
    let told = format!("No date: {}", words::count(explorer.view.never, one, many));
    let chip = widgets::chip(ui, &text, on, &told);
    let hint = match on {
        true => format!("Show dated {many} again"),
        false => format!("Show only {many} without a date"),
    };
    if chip.on_hover_text(hint).clicked() {
        let lacking = (!on).then_some(Lacking::Date);
        acts.push(Act::Filter(Filter { lacking, days: None, ..filter.clone() }));
    }
}
