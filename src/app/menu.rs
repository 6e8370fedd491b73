//! The bar at the top: the name, the menus, and the few commands that deserve a button.
//! Where there is little room the menus fold into one, and buttons give way, never what they do.

use egui::{Button, Color32, RichText, ScrollArea, Ui};
use egui_phosphor::regular as icon;

use super::basemaps::Chosen;
use super::command::{Act, Command, MENUS, Menu};
use super::session::{Session, ThemeChoice};
use super::theme::{self, Tokens, size, space};
use super::widgets;
use crate::explore::Subject;

/// Narrowest window in which the menus stand side by side, points.
const UNFOLDED: f32 = 700.0;
/// Narrowest window that has room for every button, points.
const ALL_BUTTONS: f32 = 480.0;

/// Least width of a row of a menu, and what stands in it beside its text, points.
const WIDTH: f32 = 248.0;
const BESIDE: f32 = 132.0;

/// What of the window its menus tell.
#[derive(Clone, Copy)]
pub struct Around<'a> {
    /// How the window is arranged.
    pub session: &'a Session,
    /// Whether a command would do anything now.
    pub enabled: &'a dyn Fn(Command) -> bool,
    /// What a command would do now, where that is more than its name tells.
    pub told: &'a dyn Fn(Command) -> Option<String>,
}

/// Draws the bar.
pub fn ui(ui: &mut Ui, around: Around<'_>, acts: &mut Vec<Act>) {
    let tokens = Tokens::of(ui.ctx());
    let wide = ui.available_width();
    ui.horizontal_centered(|ui| {
        ui.add_space(space::M);
        if wide >= UNFOLDED {
            ui.label(RichText::new("Dateline").font(theme::semibold(size::HEADING)).color(tokens.text));
            ui.add_space(space::S);
        }
        ui.spacing_mut().item_spacing.x = 0.0;
        let bar = |style: &mut egui::Style| style.spacing.button_padding = egui::vec2(10.0, 5.0);
        egui::MenuBar::new().style(bar).ui(ui, |ui| {
            if wide >= UNFOLDED {
                menus(ui, around, acts);
            } else {
                folded(ui, around, acts);
            }
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                ui.add_space(space::S);
                ui.spacing_mut().item_spacing.x = 2.0;
                buttons(ui, wide >= ALL_BUTTONS, around.enabled, acts);
            });
        });
    });
}

/// Each menu under its name.
fn menus(ui: &mut Ui, around: Around<'_>, acts: &mut Vec<Act>) {
    let quiet = Tokens::of(ui.ctx()).quiet;
    for menu in MENUS {
        let response = ui.menu_button(RichText::new(menu.0).color(quiet), |ui| items(ui, menu, around, acts));
        ringed(ui, &response.response);
    }
}

/// All menus in one.
fn folded(ui: &mut Ui, around: Around<'_>, acts: &mut Vec<Act>) {
    let quiet = Tokens::of(ui.ctx()).quiet;
    let list = RichText::new(icon::LIST).size(size::ICON).color(quiet);
    let response = ui.menu_button(list, |ui| {
        ui.set_max_width(160.0);
        for menu in MENUS {
            ui.menu_button(menu.0, |ui| items(ui, menu, around, acts));
        }
    });
    let button = response.response;
    button.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, "Menu"));
    ringed(ui, &button);
    button.on_hover_text("Every command");
}

fn ringed(ui: &Ui, response: &egui::Response) {
    if response.has_focus() {
        widgets::ring(ui.painter(), response.rect, space::CORNER);
    }
}

/// The commands of a menu, as many as the window is high at once.
fn items(ui: &mut Ui, (_, commands): &Menu, around: Around<'_>, acts: &mut Vec<Act>) {
    // What undo and redo are called may be long; every row is as wide as the widest.
    let told = commands.iter().flatten().filter_map(|command| (around.told)(*command));
    let widths =
        told.map(|text| ui.painter().layout_no_wrap(text, widgets::body(), Color32::PLACEHOLDER).size().x);
    let wide =
        widths.fold(WIDTH, |wide, text| wide.max(text + BESIDE)).min(ui.ctx().content_rect().width() - 48.0);
    ui.set_max_width(wide + 16.0);
    let high = (ui.ctx().content_rect().height() - space::TOOLBAR - space::XL).max(120.0);
    ScrollArea::vertical().max_height(high).min_scrolled_height(high).show(ui, |ui| {
        for command in *commands {
            match command {
                Some(command) => item(ui, *command, wide, around, acts),
                None => widgets::menu_line(ui),
            }
        }
    });
}

/// From the right, the first to stay last.
fn buttons(ui: &mut Ui, all: bool, enabled: &dyn Fn(Command) -> bool, acts: &mut Vec<Act>) {
    let theme = if Tokens::of(ui.ctx()).dark { Command::ThemeLight } else { Command::ThemeDark };
    let mut button = |ui: &mut Ui, command: Command| {
        ui.add_enabled_ui(enabled(command), |ui| widgets::command_icon(ui, command, acts));
    };
    if all {
        button(ui, theme);
    }
    button(ui, Command::ToggleReader);
    button(ui, Command::ToggleLists);
    if all {
        button(ui, Command::Palette);
        button(ui, Command::Export);
        button(ui, Command::OpenFiles);
    }
    ui.add_space(space::S);
    button(ui, Command::Forward);
    button(ui, Command::Back);
}

fn item(ui: &mut Ui, command: Command, wide: f32, around: Around<'_>, acts: &mut Vec<Act>) {
    let tokens = Tokens::of(ui.ctx());
    let enabled = (around.enabled)(command);
    let told = (around.told)(command);
    let text = told.as_deref().unwrap_or(command.text());
    let icon = RichText::new(if is_on(command, around.session) { icon::CHECK } else { command.icon() })
        .size(size::ICON)
        .color(tokens.quiet);
    let mut button = Button::new((icon, text)).truncate().min_size(egui::vec2(wide, space::ROW));
    if let Some(shortcut) = command.shortcut() {
        button = button.shortcut_text(ui.ctx().format_shortcut(&shortcut));
    } else {
        button = button.shortcut_text("");
    }
    let response =
        ui.add_enabled(enabled, button).on_hover_text(told.as_deref().unwrap_or(command.tooltip()));
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::MenuItem, enabled, text));
    if response.clicked() {
        acts.push(Act::Do(command));
        ui.close();
    }
}

/// Whether the menu shows a tick before it.
fn is_on(command: Command, session: &Session) -> bool {
    match command {
        Command::ToggleMap => session.map,
        Command::ToggleLists => session.lists,
        Command::ToggleReader => session.reader,
        Command::ToggleInspector => session.inspector,
        Command::MapPlain => session.ground.chosen == Chosen::Plain,
        Command::ToggleTimeline => session.timeline.shown,
        Command::ReduceMotion => session.reduced_motion,
        Command::LocalNames => session.sighting.local_names,
        Command::Heat => session.sighting.heat,
        Command::ShowMentions => session.subject == Subject::Mentions,
        Command::ShowEvents => session.subject == Subject::Events,
        Command::CountOnce => session.once,
        Command::EachCopy => session.finding.order.each_copy,
        Command::EventLegend => session.legend == Some(true),
        Command::ThemeSystem => session.theme == ThemeChoice::System,
        Command::ThemeLight => session.theme == ThemeChoice::Light,
        Command::ThemeDark => session.theme == ThemeChoice::Dark,
        _ => false,
    }
}
