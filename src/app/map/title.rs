//! The map's title: of which days it is a map, where days are chosen.
//! It stands between the search and the buttons, or under the search where there is no room between them.

use egui::{Align2, Rect, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use super::furniture;
use crate::app::theme::{Tokens, semibold, size, space};

/// Draws the title; answers where it stands.
pub(super) fn show(ui: &Ui, view: Rect, title: &str, tokens: &Tokens) -> Rect {
    let painter = ui.painter_at(view);
    let galley = painter.layout_no_wrap(title.to_owned(), semibold(size::BODY), tokens.text);
    let wide = galley.size().x + 2.0 * space::S;
    let buttons = view.right() - space::ROW - 2.0 * space::M;
    let search = furniture::search_room(view);
    let left = search.map_or(view.left(), |room| room.right()) + space::S;
    let (top, high) = (view.top() + space::M, 24.0);
    let area = if left + wide <= buttons {
        Rect::from_center_size(pos2((left + buttons) / 2.0, top + 16.0), vec2(wide, high))
    } else {
        let under = search.map_or(top, |room| room.bottom() + space::XS);
        Rect::from_min_size(pos2(view.left() + space::M, under), vec2(wide, high))
    };
    let response = ui.interact(area, ui.scope_id().with("title"), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, format!("Map of {title}")));
    painter.rect_filled(area, f32::from(space::CORNER), tokens.raised.gamma_multiply(0.88));
    painter.galley(
        Align2::CENTER_CENTER.align_size_within_rect(galley.size(), area).min,
        galley,
        tokens.text,
    );
    area
}
