//! Who said what of the selected mention or event, and when, and the way back from it.

use egui::{Align, Layout, Margin, RichText, Role, Ui, WidgetInfo, vec2};
use egui_phosphor::regular as icon;

use crate::app::command::{Act, Command};
use crate::app::theme::{Tokens, size, space};
use crate::app::{widgets, words};
use crate::model::{Decided, How};
use crate::project::{Field, State, Target};

/// Draws it; `none` is what it is called that something is none.
pub(in crate::app) fn ui(
    ui: &mut Ui,
    decided: &Decided,
    none: &str,
    target: &Target,
    state: &State,
    acts: &mut Vec<Act>,
) {
    let tokens = Tokens::of(ui.ctx());
    let (sign, what) = told(decided.how, none);
    let said = (decided.how != How::Auto).then(|| {
        let by = if decided.by.is_empty() { String::new() } else { format!(" by {}", decided.by) };
        let when = when(state, target).map_or(String::new(), |when| format!(", {when}"));
        format!("{what}{by}{when}")
    });
    let margin = Margin { left: 12, right: 8, top: 0, bottom: 4 };
    egui::Frame::new().inner_margin(margin).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        if let Some(said) = said {
            ui.horizontal(|ui| {
                ui.spacing_mut().item_spacing.x = space::XS + 2.0;
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    let name = Command::RestoreMention.text();
                    let back = widgets::plain_button(ui, name);
                    if back.on_hover_ui(|ui| widgets::tooltip(ui, Command::RestoreMention)).clicked() {
                        acts.push(Act::Do(Command::RestoreMention));
                    }
                    ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                        let colour = if decided.how == How::Rejected { tokens.quiet } else { tokens.accent };
                        let (rect, _) = ui.allocate_exact_size(vec2(16.0, space::ROW), egui::Sense::hover());
                        let centre = egui::Align2::CENTER_CENTER;
                        widgets::icon_at(ui, rect.center(), centre, sign, size::ICON, colour);
                        let text = RichText::new(&said).color(tokens.text);
                        let label = ui.add(egui::Label::new(text).truncate());
                        label.widget_info(|| WidgetInfo::labeled(Role::Label, true, &said));
                        label.on_hover_text(&said);
                    });
                });
            });
        }
        if let Some(note) = &decided.note {
            let text = RichText::new(format!("{}  {note}", icon::NOTE)).color(tokens.quiet);
            ui.add(egui::Label::new(text).wrap());
        }
        if !decided.tags.is_empty() {
            let tags = format!("{}  {}", icon::TAG, decided.tags.join(", "));
            ui.add(egui::Label::new(RichText::new(tags).color(tokens.quiet)).wrap());
        }
    });
}

/// When the last of what was said about it was said.
fn when(state: &State, target: &Target) -> Option<String> {
    let fields = [
        Field::Place,
        Field::Added,
        Field::Words,
        Field::Kind,
        Field::Sense,
        Field::Told,
        Field::Type,
        Field::Polarity,
        Field::Scene,
        Field::When,
    ];
    let held = fields.into_iter().filter_map(|field| state.get(target, field));
    let last = held.filter_map(|held| Some(state.author(held.entry)?.at)).max()?;
    words::moment(last)
}

/// What became of it, as a sign and in words.
fn told(how: How, none: &str) -> (&'static str, &str) {
    match how {
        How::Auto => (icon::ROBOT, "Found by the program"),
        How::Confirmed => (icon::CHECK, "Confirmed"),
        How::Corrected => (icon::PENCIL_SIMPLE, "Corrected"),
        How::Added => (icon::PLUS, "Added"),
        How::Rejected => (icon::PROHIBIT, none),
    }
}
