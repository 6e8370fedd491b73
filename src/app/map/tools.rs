//! What the pointer does on the map beside moving it: draw a box, measure a way, ask what is here.
//! Shift and a drag draw a box whatever the tool; Escape puts a tool away.

use egui::{
    CursorIcon, FontId, Key, Modifiers, Pos2, Rect, Response, Role, Sense, Stroke, Ui, WidgetInfo, vec2,
};

use super::area::{self, Drawn};
use super::camera::Camera;
use super::globe::LatLon;
use super::measure::Measure;
use super::menu::{self, Spot};
use super::places::Shown;
use super::scene::MapWish;
use super::{MapPane, furniture};
use crate::app::theme::{Tokens, size, space};
use crate::basemap::mercator;
use crate::model::Bbox;

/// What a click or a drag on the map does.
#[derive(Debug, Default, PartialEq)]
pub(super) enum Tool {
    /// Moves the map and selects.
    #[default]
    Hand,
    /// Draws a box.
    Box,
    /// Measures a way.
    Measure(Measure),
    /// Shows where something is.
    Pick,
}

/// The tool in hand, and what is being done with it.
#[derive(Default)]
pub(super) struct Tools {
    tool: Tool,
    drawn: Option<Drawn>,
    spot: Option<Spot>,
    /// Whether the menu is to open in the middle.
    menu_asked: bool,
}

impl Tools {
    /// Whether a drag is not to move the map.
    pub fn holds_still(&self, ui: &Ui) -> bool {
        self.drawn.is_some() || self.tool == Tool::Box || ui.input(|input| input.modifiers.shift)
    }

    /// Whether double clicks are clicks and nothing more.
    pub fn counts_clicks(&self) -> bool {
        matches!(self.tool, Tool::Measure(_))
    }
}

impl MapPane {
    /// Takes up the tool that draws a box, or puts it away.
    pub fn toggle_box(&mut self) {
        let boxing = self.tools.tool == Tool::Box;
        self.tools.tool = if boxing { Tool::Hand } else { Tool::Box };
    }

    /// Takes up the tool that measures, or puts it away.
    pub fn toggle_measure(&mut self) {
        let measuring = matches!(self.tools.tool, Tool::Measure(_));
        self.tools.tool = if measuring { Tool::Hand } else { Tool::Measure(Measure::default()) };
    }

    /// Takes up the tool that shows where something is.
    pub fn pick(&mut self) {
        self.tools.tool = Tool::Pick;
    }

    /// Puts a tool away; answers whether there was one.
    pub fn put_away(&mut self) -> bool {
        let drawn = self.tools.drawn.take().is_some();
        std::mem::take(&mut self.tools.tool) != Tool::Hand || drawn
    }

    /// Asks what is in the middle of the view, with the next frame.
    pub fn ask_here(&mut self) {
        self.tools.menu_asked = true;
    }

    /// The box that the view covers.
    pub fn in_view(&self) -> Bbox {
        area::within(&self.camera(), self.view)
    }

    /// Draws what the tools make, and carries on with it; `shown` loses the clicks that were for a tool.
    pub(super) fn work(
        &mut self,
        ui: &Ui,
        (response, pointer): (&Response, Option<Pos2>),
        camera: &Camera,
        shown: &mut Shown,
        tokens: &Tokens,
    ) -> Option<MapWish> {
        let boxed = self.draw_box(ui, response, camera, tokens);
        self.measure(ui, (response, pointer), camera, shown, tokens);
        let picked = self.picked(ui, (response, pointer), camera, shown, tokens);
        if pointer.is_some() && self.tools.tool != Tool::Hand {
            ui.ctx().set_cursor_icon(CursorIcon::Crosshair);
        }
        let said = match &self.tools.tool {
            Tool::Hand => None,
            Tool::Box => Some("Drag a box over what you want to see. Esc stops".to_owned()),
            Tool::Measure(measure) => Some(measure.said()),
            Tool::Pick => Some("Click where it is, or press Enter for the middle. Esc stops".to_owned()),
        };
        if let Some(said) = said {
            foot(ui, camera, &said, tokens);
        }
        boxed.or(picked)
    }

    /// The point that was shown.
    fn picked(
        &mut self,
        ui: &Ui,
        (response, pointer): (&Response, Option<Pos2>),
        camera: &Camera,
        shown: &mut Shown,
        tokens: &Tokens,
    ) -> Option<MapWish> {
        if self.tools.tool != Tool::Pick {
            return None;
        }
        let mark = shown.clicked.take().and_then(|key| self.scene.point(key));
        let opened = shown.opened.take().is_some();
        let clicked = pointer.filter(|_| response.clicked() || opened);
        let (_, entered) = keys(ui);
        let middle = camera.rect.center();
        let at = match mark {
            Some(point) => Some((point.place.lat, point.place.lon)),
            None => clicked.or(entered.then(|| pointer.unwrap_or(middle))).map(|screen| {
                let (lat, lon) = mercator::unproject(camera.to_world(screen));
                (lat, mercator::wrapped(lon))
            }),
        };
        if pointer.is_none() {
            cross(&ui.painter_at(self.view), middle, tokens);
        }
        let at = at?;
        self.tools.tool = Tool::Hand;
        Some(MapWish::Put(at))
    }

    fn draw_box(
        &mut self,
        ui: &Ui,
        response: &Response,
        camera: &Camera,
        tokens: &Tokens,
    ) -> Option<MapWish> {
        let tools = &mut self.tools;
        let origin = ui.input(|input| input.pointer.press_origin());
        if response.drag_started()
            && let Some(origin) = origin
            && (tools.tool == Tool::Box || ui.input(|input| input.modifiers.shift))
        {
            tools.drawn = Some(Drawn::begin(camera, origin));
        }
        let drawn = tools.drawn?;
        let at = ui.input(|input| input.pointer.latest_pos())?;
        drawn.draw(&ui.painter_at(self.view), camera, at, tokens);
        if response.dragged() {
            return None;
        }
        tools.drawn = None;
        let bbox = drawn.end(camera, at)?;
        tools.tool = Tool::Hand;
        self.following = false;
        Some(MapWish::Area(Some(bbox)))
    }

    fn measure(
        &mut self,
        ui: &Ui,
        (response, pointer): (&Response, Option<Pos2>),
        camera: &Camera,
        shown: &mut Shown,
        tokens: &Tokens,
    ) {
        let Tool::Measure(measure) = &mut self.tools.tool else {
            return;
        };
        let at = |screen: Pos2| mercator::unproject(camera.to_world(screen));
        let mark = shown.clicked.take().and_then(|key| self.scene.point(key));
        let opened = shown.opened.take().is_some();
        if let Some(point) = mark {
            measure.add(camera, (point.place.lat, point.place.lon));
        } else if response.double_clicked() {
            measure.end();
        } else if let Some(screen) = pointer.filter(|_| response.clicked() || opened) {
            measure.add(camera, at(screen));
        }
        let (back, add) = keys(ui);
        if back {
            measure.take_back();
        }
        let middle = camera.rect.center();
        if add {
            measure.add(camera, at(pointer.unwrap_or(middle)));
        }
        let painter = ui.painter_at(self.view);
        measure.draw(&painter, camera, pointer.map(at), tokens);
        if pointer.is_none() {
            cross(&painter, middle, tokens);
        }
    }

    /// Opens the menu where it was asked for, and shows it; what was chosen there.
    pub(super) fn menu(&mut self, ui: &Ui, pointer: Option<Pos2>, camera: &Camera) -> Option<MapWish> {
        let asked = std::mem::take(&mut self.tools.menu_asked).then(|| camera.rect.center());
        let clicked = pointer.filter(|_| ui.input(|input| input.pointer.secondary_clicked()));
        if let Some(at) = clicked.or(asked) {
            let spot = Spot::at(camera, at, &self.scene, self.toponyms.gazetteer());
            self.tools.spot = Some(spot.putting(self.puts));
            menu::open(ui);
        }
        let wish = menu::show(ui, self.tools.spot.as_mut()?, self.notation)?;
        match wish {
            MapWish::InView => Some(MapWish::Area(Some(self.in_view()))),
            MapWish::MeasureFrom(at) => {
                self.measure_from(camera, at);
                None
            }
            wish => Some(wish),
        }
    }

    fn measure_from(&mut self, camera: &Camera, at: LatLon) {
        let mut measure = Measure::default();
        measure.add(camera, at);
        self.tools.tool = Tool::Measure(measure);
    }
}

/// Where Enter sets a point.
fn cross(painter: &egui::Painter, middle: Pos2, tokens: &Tokens) {
    for arm in [vec2(7.0, 0.0), vec2(0.0, 7.0)] {
        painter.line_segment([middle - arm, middle + arm], Stroke::new(1.5, tokens.text));
    }
}

/// Whether a point is to be taken back, and whether one is to be added without the pointer.
fn keys(ui: &Ui) -> (bool, bool) {
    let elsewhere = ui.ctx().text_edit_focused() || egui::Popup::is_any_open(ui.ctx());
    // Enter also presses a button that has the keyboard.
    let button = ui.memory(|memory| memory.focused()).is_some() && !ui.data(super::travel::has_keyboard);
    if elsewhere {
        return (false, false);
    }
    ui.input_mut(|input| {
        let back = input.consume_key(Modifiers::NONE, Key::Backspace);
        (back, !button && input.consume_key(Modifiers::NONE, Key::Enter))
    })
}

/// What is said at the foot of the map while a tool is in hand.
fn foot(ui: &Ui, camera: &Camera, text: &str, tokens: &Tokens) {
    let painter = ui.painter_at(camera.rect);
    let room = camera.rect.width() - 2.0 * space::XL;
    let galley =
        painter.layout(text.to_owned(), FontId::proportional(size::BODY), tokens.text, room.max(80.0));
    let at = camera.rect.center_bottom() - vec2(galley.size().x / 2.0, galley.size().y + furniture::FOOT);
    let rect = Rect::from_min_size(at, galley.size());
    let response = ui.interact(rect, ui.scope_id().with("tool"), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, text));
    painter.rect(
        rect.expand2(vec2(space::M, space::S)),
        f32::from(space::CORNER),
        tokens.raised,
        Stroke::new(1.0, tokens.hairline),
        egui::StrokeKind::Inside,
    );
    painter.galley(at, galley, tokens.text);
}
