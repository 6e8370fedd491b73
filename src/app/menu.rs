//! The bar at the top: the name, the menus, and the few commands that deserve a button.

use egui::{Button, RichText, Ui};

use super::command::{Act, Command, MENUS};
use super::session::{Session, ThemeChoice};
use super::theme::{self, Tokens, size, space};
use super::widgets;

/// Draws the bar.
pub fn ui(ui: &mut Ui, session: &Session, enabled: &dyn Fn(Command) -> bool, acts: &mut Vec<Act>) {
    let tokens = Tokens::of(ui.ctx());
    ui.horizontal_centered(|ui| {
        ui.add_space(space::M);
        ui.label(RichText::new("Dateline").font(theme::semibold(size::HEADING)).color(tokens.text));
        ui.add_space(space::S);
        ui.spacing_mut().item_spacing.x = 0.0;
        let bar = |style: &mut egui::Style| style.spacing.button_padding = egui::vec2(10.0, 5.0);
        egui::MenuBar::new().style(bar).ui(ui, |ui| {
            for (name, commands) in MENUS {
                ui.menu_button(RichText::new(*name).color(tokens.quiet), |ui| {
                    ui.set_max_width(264.0);
                    for command in *commands {
                        match command {
                            Some(command) => item(ui, *command, session, enabled(*command), acts),
                            None => {
                                ui.add_space(space::XS);
                                widgets::hairline(ui);
                                ui.add_space(space::XS);
                            }
                        }
                    }
                });
            }
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                ui.add_space(space::S);
                ui.spacing_mut().item_spacing.x = 2.0;
                let dark = tokens.dark;
                widgets::command_icon(ui, if dark { Command::ThemeLight } else { Command::ThemeDark }, acts);
                widgets::command_icon(ui, Command::ToggleReader, acts);
                widgets::command_icon(ui, Command::ToggleLists, acts);
                ui.add_enabled_ui(enabled(Command::Export), |ui| {
                    widgets::command_icon(ui, Command::Export, acts)
                });
                widgets::command_icon(ui, Command::OpenFiles, acts);
            });
        });
    });
}

fn item(ui: &mut Ui, command: Command, session: &Session, enabled: bool, acts: &mut Vec<Act>) {
    let tokens = Tokens::of(ui.ctx());
    let icon =
        RichText::new(if is_on(command, session) { egui_phosphor::regular::CHECK } else { command.icon() })
            .size(size::ICON)
            .color(tokens.quiet);
    let mut button = Button::new((icon, command.text())).min_size(egui::vec2(248.0, space::ROW));
    if let Some(shortcut) = command.shortcut() {
        button = button.shortcut_text(ui.ctx().format_shortcut(&shortcut));
    } else {
        button = button.shortcut_text("");
    }
    let response = ui.add_enabled(enabled, button).on_hover_text(command.tooltip());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::MenuItem, enabled, command.text()));
    if response.clicked() {
        acts.push(Act::Do(command));
        ui.close();
    }
}

/// Whether the menu shows a tick before it.
fn is_on(command: Command, session: &Session) -> bool {
    match command {
        Command::ToggleLists => session.lists,
        Command::ToggleReader => session.reader,
        Command::ToggleInspector => session.inspector,
        Command::ReduceMotion => session.reduced_motion,
        Command::ThemeSystem => session.theme == ThemeChoice::System,
        Command::ThemeLight => session.theme == ThemeChoice::Light,
        Command::ThemeDark => session.theme == ThemeChoice::Dark,
        _ => false,
    }
}
