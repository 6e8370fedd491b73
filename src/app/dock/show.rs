//! The areas on the screen: bars of tabs, grips to take an area by, and the lines between areas.
//! Quiet until the pointer comes near: a tab bar only where two areas share a place, a grip at the top of
//! the area that the pointer is over.

use egui::{
    Align2, Color32, CornerRadius, CursorIcon, Id, Popup, Rect, Response, Role, Sense, Stroke, StrokeKind,
    Ui, UiBuilder, Visuals, WidgetInfo, WidgetText, vec2,
};
use egui_phosphor::regular as icon;
use egui_tiles::{
    Behavior, Container, EditAction, LinearDir, TabState, Tile, TileId, Tiles, Tree, UiResponse,
};

use super::{Area, Side, fit};
use crate::app::command::{Act, Command};
use crate::app::theme::{Tokens, space};
use crate::app::widgets;

/// How far below the top of an area the pointer brings out its grip, points.
const NEAR: f32 = 40.0;
/// The grip's size, points.
const GRIP: egui::Vec2 = vec2(36.0, 12.0);

/// The arrangement as it is shown in one frame, and what is rearranged in it.
pub struct Shown {
    pub(super) tree: Tree<Area>,
    /// Whether the window has room for no more than two areas side by side.
    pub narrow: bool,
    /// Whether something was dropped elsewhere, or another tab brought to the front.
    pub(super) changed: bool,
    /// Lengths that were given by dragging a line: in this container, to this child.
    pub(super) moved: Vec<(TileId, TileId, f32)>,
    /// Where the areas were drawn.
    pub drawn: Vec<(Area, Rect)>,
}

impl Shown {
    pub(super) fn new(tree: Tree<Area>, narrow: bool) -> Self {
        Self { tree, narrow, changed: false, moved: Vec::new(), drawn: Vec::new() }
    }

    /// Draws the areas in all the room there is, each by `draw`.
    pub fn ui(&mut self, ui: &mut Ui, draw: &mut dyn FnMut(&mut Ui, Area), acts: &mut Vec<Act>) {
        let tabbed = tabbed(&self.tree.tiles);
        let alone = self.tree.active_tiles().len() == 1;
        let mut areas = Areas {
            draw,
            acts,
            tokens: Tokens::of(ui.ctx()),
            tabbed,
            movable: !self.narrow && !alone,
            changed: false,
            drawn: Vec::new(),
        };
        self.tree.ui(&mut areas, ui);
        self.changed = areas.changed;
        self.drawn = areas.drawn;
        if !self.changed {
            self.lines(ui);
        }
    }

    /// The lines between areas, over the areas, so that they are taken hold of first.
    fn lines(&mut self, ui: &mut Ui) {
        let tiles = &self.tree.tiles;
        let mut rows: Vec<(TileId, &egui_tiles::Linear)> = tiles
            .iter()
            .filter_map(|(&id, tile)| match tile {
                Tile::Container(Container::Linear(linear)) => Some((id, linear)),
                _ => None,
            })
            .collect();
        rows.sort_by_key(|(id, _)| id.0);
        for (id, linear) in rows {
            let children: Vec<(TileId, Rect)> =
                linear.children.iter().filter_map(|&child| Some((child, tiles.rect(child)?))).collect();
            for pair in children.windows(2) {
                if let [a, b] = *pair {
                    self.moved.extend(line(ui, tiles, (id, linear.dir), [a, b]).into_iter().flatten());
                }
            }
        }
    }
}

/// A line between two tiles of a container; answers their lengths once it was moved.
fn line(
    ui: &mut Ui,
    tiles: &Tiles<Area>,
    (container, dir): (TileId, LinearDir),
    [(a, rect_a), (b, rect_b)]: [(TileId, Rect); 2],
) -> Option<[(TileId, TileId, f32); 2]> {
    let areas = [fit::foremost(tiles, a)?, fit::foremost(tiles, b)?];
    let noun = areas[0].max(areas[1]).noun();
    let (rect, name) = match dir {
        LinearDir::Horizontal => (
            Rect::from_x_y_ranges(rect_a.right()..=rect_b.left(), rect_a.y_range()),
            format!("Width of the {noun}"),
        ),
        LinearDir::Vertical => (
            Rect::from_x_y_ranges(rect_a.x_range(), rect_a.bottom()..=rect_b.top()),
            format!("Height of the {noun}"),
        ),
    };
    let salt = Id::unique(("line between areas", areas));
    let by = widgets::splitter(ui, salt, rect, dir == LinearDir::Horizontal, &name);
    if by == 0.0 {
        return None;
    }
    let long = [fit::length(rect_a.size(), dir), fit::length(rect_b.size(), dir)];
    let spare = |id: TileId, long: f32| (long - fit::least_along(tiles, id, dir)).max(0.0);
    let by = by.clamp(-spare(a, long[0]), spare(b, long[1]));
    Some([(container, a, long[0] + by), (container, b, long[1] - by)])
}

/// The areas that stand in a bar of tabs.
fn tabbed(tiles: &Tiles<Area>) -> Vec<TileId> {
    let bars = tiles.iter().filter_map(|(_, tile)| match tile {
        Tile::Container(tabs @ Container::Tabs(_)) => Some(fit::visible(tiles, tabs)),
        _ => None,
    });
    bars.filter(|children| children.len() > 1).flatten().collect()
}

/// How egui_tiles is to show the areas.
struct Areas<'a> {
    draw: &'a mut dyn FnMut(&mut Ui, Area),
    acts: &'a mut Vec<Act>,
    tokens: Tokens,
    tabbed: Vec<TileId>,
    movable: bool,
    changed: bool,
    drawn: Vec<(Area, Rect)>,
}

impl Areas<'_> {
    /// What an area is taken by where it has no tab: dragged to another place, or pressed for a menu.
    fn grip(&mut self, ui: &mut Ui, rect: Rect, area: Area) -> UiResponse {
        let place = Align2::CENTER_TOP.align_size_within_rect(GRIP, rect);
        let response = ui.interact(place, area.id().with("grip"), Sense::click_and_drag());
        let name = format!("Move or hide: {}", area.title());
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
        let near = rect.with_max_y(rect.top() + NEAR);
        let open = Popup::is_id_open(ui.ctx(), Popup::default_response_id(&response));
        let pointed = ui.rect_contains_pointer(near) && !ui.input(|input| input.pointer.any_down());
        if pointed || open || response.has_focus() || response.dragged() {
            let tokens = &self.tokens;
            let fill = if response.hovered() || open { tokens.hover } else { tokens.raised };
            let edge = if response.has_focus() { tokens.accent } else { tokens.hairline };
            let corners = CornerRadius { sw: space::CORNER, se: space::CORNER, nw: 0, ne: 0 };
            ui.painter().rect(place, corners, fill, Stroke::new(1.0, edge), StrokeKind::Inside);
            widgets::icon_at(ui, place.center(), Align2::CENTER_CENTER, icon::DOTS_SIX, 14.0, tokens.quiet);
        }
        Popup::menu(&response).show(|ui| self.places(ui, area));
        let started = response.drag_started();
        response
            .on_hover_cursor(CursorIcon::Grab)
            .on_hover_text("Drag to another place, or press for a menu");
        if started { UiResponse::DragStarted } else { UiResponse::None }
    }

    /// The menu of a grip.
    fn places(&mut self, ui: &mut Ui, area: Area) {
        ui.set_max_width(200.0);
        for (side, name) in Side::ALL {
            if widgets::menu_item(ui, side_icon(side), name, &format!("{} to the {name}", area.title()))
                .clicked()
            {
                self.acts.push(Act::Dock(area, side));
                ui.close();
            }
        }
        widgets::menu_line(ui);
        let hide = format!("Hide: {}", area.title());
        if widgets::menu_item(ui, icon::EYE_SLASH, "Hide", &hide).clicked() {
            self.acts.push(Act::Do(area.toggle()));
            ui.close();
        }
        let reset = Command::ResetLayout;
        if widgets::menu_item(ui, reset.icon(), reset.text(), reset.text()).clicked() {
            self.acts.push(Act::Do(reset));
            ui.close();
        }
    }
}

/// A rectangle as screen readers are told it.
fn bounds(rect: Rect) -> egui::accesskit::Rect {
    let [x0, y0, x1, y1] = [rect.left(), rect.top(), rect.right(), rect.bottom()].map(f64::from);
    egui::accesskit::Rect { x0, y0, x1, y1 }
}

fn side_icon(side: Side) -> &'static str {
    match side {
        Side::Left => icon::ARROW_LINE_LEFT,
        Side::Right => icon::ARROW_LINE_RIGHT,
        Side::Top => icon::ARROW_LINE_UP,
        Side::Bottom => icon::ARROW_LINE_DOWN,
    }
}

impl Behavior<Area> for Areas<'_> {
    fn pane_ui(&mut self, ui: &mut Ui, tile: TileId, area: &mut Area) -> UiResponse {
        let (area, rect) = (*area, ui.max_rect());
        self.drawn.push((area, rect));
        let name = format!("{} pane", area.title());
        let own = UiBuilder::new().scope_id(area.id()).max_rect(rect).accessibility_label(name);
        ui.scope_builder(own.accessibility_role(Role::Group), |ui| {
            ui.shrink_clip_rect(rect);
            (self.draw)(ui, area);
        });
        ui.ctx().accesskit_node_builder(area.id(), |node| node.set_bounds(bounds(rect)));
        if self.movable && !self.tabbed.contains(&tile) {
            return self.grip(ui, rect, area);
        }
        UiResponse::None
    }

    fn tab_title_for_pane(&mut self, area: &Area) -> WidgetText {
        area.title().into()
    }

    fn tab_title_for_tile(&mut self, tiles: &Tiles<Area>, id: TileId) -> WidgetText {
        fit::foremost(tiles, id).map_or("", Area::title).into()
    }

    fn tab_ui(
        &mut self,
        tiles: &mut Tiles<Area>,
        ui: &mut Ui,
        id: Id,
        tile: TileId,
        state: &TabState,
    ) -> Response {
        let title = fit::foremost(tiles, tile).map_or("", Area::title);
        widgets::area_tab(ui, id, title, state.active).on_hover_cursor(CursorIcon::Grab)
    }

    fn drag_ui(&mut self, tiles: &Tiles<Area>, ui: &mut Ui, tile: TileId) {
        let title = fit::foremost(tiles, tile).map_or("", Area::title);
        egui::Frame::popup(ui.style()).show(ui, |ui| ui.label(title));
    }

    fn tab_bar_height(&self, _: &egui::Style) -> f32 {
        fit::TAB_BAR
    }

    fn is_tab_bar_visible(&self, _: TileId, tabs: &egui_tiles::Tabs) -> bool {
        tabs.children.iter().any(|child| self.tabbed.contains(child))
    }

    fn gap_width(&self, _: &egui::Style) -> f32 {
        fit::GAP
    }

    fn is_container_resizable(&self, _: &Tiles<Area>, _: TileId) -> bool {
        // The lines are our own: they have names, and know how small an area may become.
        false
    }

    fn is_tile_draggable(&self, _: &Tiles<Area>, _: TileId) -> bool {
        self.movable
    }

    fn resize_stroke(&self, _: &egui::Style, _: egui_tiles::ResizeState) -> Stroke {
        Stroke::new(fit::GAP, self.tokens.hairline)
    }

    fn tab_bar_color(&self, _: &Visuals) -> Color32 {
        self.tokens.panel
    }

    fn paint_on_top_of_tile(&self, painter: &egui::Painter, _: &egui::Style, tile: TileId, rect: Rect) {
        if self.tabbed.contains(&tile) {
            painter.hline(rect.x_range(), rect.top() - 0.5, Stroke::new(1.0, self.tokens.hairline));
        }
    }

    fn dragged_overlay_color(&self, _: &Visuals) -> Color32 {
        self.tokens.ground.gamma_multiply(0.6)
    }

    fn paint_drag_preview(&self, _: &Visuals, painter: &egui::Painter, _: Option<Rect>, preview: Rect) {
        let (fill, edge) = (self.tokens.accent.gamma_multiply(0.18), Stroke::new(2.0, self.tokens.accent));
        painter.rect(preview, space::CORNER, fill, edge, StrokeKind::Inside);
    }

    fn on_edit(&mut self, action: EditAction) {
        self.changed |= matches!(action, EditAction::TileDropped | EditAction::TabSelected);
    }
}
