//! What stands over the candidates: the words of the mention, what sort of words they are, and what can be said of
//! them.

use egui::text::LayoutJob;
use egui::{Align, Layout, Margin, Popup, Role, Ui, WidgetInfo, vec2};
use egui_phosphor::regular as icon;

use crate::app::bidi;
use crate::app::command::{Act, Command};
use crate::app::correct::Wish;
use crate::app::project::Ruling;
use crate::app::theme::{self, Tokens, size, space};
use crate::app::widgets;
use crate::model::{Kind, Mention, Sense, one_line};

/// Draws it.
pub(super) fn ui(ui: &mut Ui, words: &str, mention: &Mention, acts: &mut Vec<Act>) {
    let tokens = Tokens::of(ui.ctx());
    egui::Frame::new().inner_margin(Margin { left: 12, right: 8, top: 4, bottom: 2 }).show(ui, |ui| {
        ui.horizontal(|ui| {
            let title = one_line(words);
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                ui.spacing_mut().item_spacing.x = 0.0;
                widgets::command_icon(ui, Command::ToggleInspector, acts);
                more(ui, acts);
                for command in [Command::AnotherPlace, Command::RejectMention, Command::ConfirmMention] {
                    widgets::command_icon(ui, command, acts);
                }
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                    ui.spacing_mut().item_spacing.x = space::S;
                    let sort_room = if ui.available_width() > 220.0 { 96.0 } else { 32.0 };
                    let font = theme::semibold(size::HEADING);
                    let mut job = LayoutJob::simple_singleline(format!("“{title}”"), font, tokens.text);
                    let room = (ui.available_width() - sort_room - space::S).max(40.0);
                    job.wrap = egui::text::TextWrapping::truncate_at_width(room);
                    let galley = ui.painter().layout_job(bidi::in_order(ui.ctx(), job));
                    ui.add(egui::Label::new(galley)).on_hover_text(&title);
                    sort(ui, mention, acts);
                });
            });
        });
    });
}

/// What sort of words they are, and a menu of what else they may be.
fn sort(ui: &mut Ui, mention: &Mention, acts: &mut Vec<Act>) {
    let tokens = Tokens::of(ui.ctx());
    let said = format!("{}, {}", kind(mention.kind), sense(mention.sense));
    let room = (ui.available_width() - 18.0).max(0.0);
    let galley = widgets::cut(ui.painter(), &said, widgets::body(), tokens.quiet, room);
    let wide = galley.size().x + 18.0;
    let (rect, response) = ui.allocate_exact_size(vec2(wide, space::ROW), egui::Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("Sort of words: {said}")));
    let colour = if response.hovered() { tokens.text } else { tokens.quiet };
    let at = egui::pos2(rect.left(), rect.center().y - galley.size().y / 2.0);
    ui.painter().galley(at, galley, colour);
    let centre = egui::pos2(rect.right() - 8.0, rect.center().y);
    widgets::icon_at(ui, centre, egui::Align2::CENTER_CENTER, icon::CARET_DOWN, 11.0, colour);
    if response.has_focus() {
        widgets::ring(ui.painter(), rect.expand(2.0), space::CORNER);
    }
    Popup::menu(&response).show(|ui| {
        ui.set_min_width(220.0);
        let mut propose = |ui: &mut Ui, on: bool, text: &str, ruling: Ruling| {
            let sign = if on { icon::CHECK } else { "" };
            if widgets::menu_item(ui, sign, text, &format!("It is {text}")).clicked() && !on {
                acts.push(Act::Mend(Wish::Propose(ruling)));
            }
        };
        for one in [Kind::Name, Kind::Demonym, Kind::Embedded, Kind::Coordinate] {
            propose(ui, mention.kind == one, kind(one), Ruling::Kind(one));
        }
        widgets::menu_line(ui);
        for one in [Sense::Literal, Sense::Associative] {
            propose(ui, mention.sense == one, sense(one), Ruling::Sense(one));
        }
    });
    response.on_hover_text("What sort of words these are; click to say otherwise");
}

/// What is asked for less often.
fn more(ui: &mut Ui, acts: &mut Vec<Act>) {
    let name = "More about this mention";
    let button = widgets::icon_button(ui, icon::DOTS_THREE, name).on_hover_text(name);
    Popup::menu(&button).show(|ui| {
        ui.set_min_width(240.0);
        let mut commands = |ui: &mut Ui, group: &[Command]| {
            for &command in group {
                let item = widgets::menu_item(ui, command.icon(), command.text(), command.text());
                if item.on_hover_ui(|ui| widgets::tooltip(ui, command)).clicked() {
                    acts.push(Act::Do(command));
                }
            }
        };
        commands(ui, &[Command::PutOnMap, Command::NoteTags, Command::RestoreMention]);
        widgets::menu_line(ui);
        commands(ui, &[Command::NameMeans, Command::SameAs, Command::SplitPlace]);
        widgets::menu_line(ui);
        commands(ui, &[Command::CopyCoordinates, Command::OnlyThisPlace]);
    });
}

const fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Name => "name",
        Kind::Demonym => "people or adjective",
        Kind::Embedded => "inside another name",
        Kind::Coordinate => "coordinates",
    }
}

const fn sense(sense: Sense) -> &'static str {
    match sense {
        Sense::Literal => "literal",
        Sense::Associative => "associative",
    }
}
