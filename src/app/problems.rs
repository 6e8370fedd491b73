//! What could not be read or placed, each with its file and its reason.

use egui::{Context, RichText, ScrollArea, Ui};

use crate::explore::Explorer;

use super::theme::{self, Tokens, size, space};
use super::widgets;

/// Height of a row: where, and what is wrong, points.
const ROW: f32 = 44.0;

/// Draws the window while `open`.
pub fn ui(ctx: &Context, explorer: &Explorer, open: &mut bool) {
    let tokens = Tokens::of(ctx);
    super::dialog::window("Problems", open).show(ctx, |ui| {
        let room = ctx.content_rect().size();
        ui.set_width((room.x - 96.0).clamp(280.0, 560.0));
        let problems = explorer.collection.problems();
        if problems.is_empty() {
            ui.label(RichText::new("Everything was read.").color(tokens.quiet));
            return;
        }
        let most = (room.y - 200.0).clamp(ROW, 480.0);
        list(ui, most, problems.len(), |number| {
            (problems[number].place.clone(), problems[number].reason.clone())
        });
        ui.add_space(space::S);
    });
}

/// A list of places in files, each with what is wrong there, at most `most` points high.
pub(super) fn list(ui: &mut Ui, most: f32, count: usize, told: impl Fn(usize) -> (String, String)) {
    let tokens = Tokens::of(ui.ctx());
    ui.spacing_mut().item_spacing.y = 0.0;
    let most = most.max(ROW);
    let area = ScrollArea::vertical().auto_shrink([false, true]).max_height(most);
    area.min_scrolled_height(most).show_rows(ui, ROW, count, |ui, range| {
        for number in range {
            let (place, reason) = told(number);
            let (rect, response) =
                ui.allocate_exact_size([ui.available_width(), ROW].into(), egui::Sense::hover());
            let name = format!("{place}: {reason}");
            response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::ListItem, true, &name));
            let at = |y: f32| egui::pos2(rect.left(), rect.top() + y);
            let bold = theme::semibold(size::BODY);
            let (wide, body) = (rect.width(), widgets::body());
            let place = widgets::line(ui, at(13.0), wide, &place, bold, tokens.text);
            let reason = widgets::line(ui, at(30.0), wide, &reason, body, tokens.quiet);
            if place.max(reason) > wide - 8.0 {
                // It may have been cut.
                response.on_hover_text(name);
            }
        }
    });
    ui.spacing_mut().item_spacing.y = space::XS;
}
