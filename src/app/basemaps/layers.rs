//! A person's own GeoJSON files over the map: read behind the window, listed with their colour.
//! A file that has gone or is damaged stays in the list, with the reason beside it.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::{Context, RichText, ScrollArea, Sense, Stroke, Ui, pos2, vec2};
use egui_phosphor::regular as icon;
use serde::{Deserialize, Serialize};

use super::{Basemaps, GroundChoices, GroundWish};
use crate::app::command::{Act, Command};
use crate::app::theme::{self, Tokens, space};
use crate::app::widgets::{self, Asked};
use crate::app::words;
use crate::basemap::{Lain, Overlay};
use crate::jobs::{Answer, Task};

/// The largest file that is read, bytes.
const LARGEST: u64 = 256 << 20;
/// Height of a row, points.
const ROW: f32 = 50.0;
/// Colours that layers are given in turn.
const COLOURS: usize = 6;

/// A file over the map, as it is kept from one start of the program to the next.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LayerChoice {
    /// The file.
    pub file: PathBuf,
    /// Whether it is shown.
    pub shown: bool,
    /// The number of its colour.
    pub colour: usize,
}

impl LayerChoice {
    fn title(&self) -> String {
        self.file.file_stem().unwrap_or(self.file.as_os_str()).to_string_lossy().into_owned()
    }
}

/// A wish about the layers; numbers are places in their list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LayerWish {
    /// Lay a file over the map.
    Add(PathBuf),
    /// Show it, or do not.
    Show(usize, bool),
    /// Give it the next colour.
    Colour(usize),
    /// Bring all of it into view.
    ZoomTo(usize),
    /// Take it off; the file stays where it is.
    Remove(usize),
}

/// The files that were read.
#[derive(Default)]
pub(super) struct Layers {
    read: HashMap<PathBuf, Result<Arc<Overlay>, String>>,
    reading: Vec<(PathBuf, Task<Result<Overlay, String>>)>,
    /// The path of a file to add, as far as it is typed.
    path: String,
    /// Whether the cursor was put where typing begins.
    pub asked: bool,
}

/// Whether a file that is dropped on the window is a layer and no article.
pub fn is_layer(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("geojson"))
}

fn read(path: &Path) -> Result<Overlay, String> {
    let size = std::fs::metadata(path).map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => "there is no file at this path".to_owned(),
        _ => format!("it cannot be read: {error}"),
    })?;
    if size.len() > LARGEST {
        return Err(format!("it is larger than {} MB", LARGEST >> 20));
    }
    let bytes = std::fs::read(path).map_err(|error| format!("it cannot be read: {error}"))?;
    Overlay::read(&bytes)
}

impl Layers {
    /// Reads what is shown and was not read.
    pub(super) fn start(&mut self, ctx: &Context, choices: &GroundChoices) {
        for LayerChoice { file, .. } in choices.layers.iter().filter(|layer| layer.shown) {
            if self.read.contains_key(file) || self.reading.iter().any(|(path, _)| path == file) {
                continue;
            }
            let (ctx, path) = (ctx.clone(), file.clone());
            let task = Task::start(move || ctx.request_repaint(), move || read(&path));
            self.reading.push((file.clone(), task));
        }
    }

    pub(super) fn is_busy(&self) -> bool {
        !self.reading.is_empty()
    }

    /// What is to be painted, in order.
    pub(super) fn lain(&self, choices: &GroundChoices) -> Vec<Lain> {
        let shown = choices.layers.iter().filter(|layer| layer.shown);
        let lain = shown.filter_map(|layer| {
            let overlay = self.read.get(&layer.file)?.as_ref().ok()?;
            Some(Lain { overlay: Arc::clone(overlay), colour: layer.colour })
        });
        lain.collect()
    }

    /// Takes in what was read: whether anything was, and what to tell of it.
    pub(super) fn poll(&mut self) -> (bool, Option<String>) {
        let (mut any, mut told) = (false, None);
        let read = &mut self.read;
        self.reading.retain(|(path, task)| {
            let answer = match task.poll() {
                Answer::Awaited => return true,
                Answer::Here(answer) => answer.map(Arc::new),
                Answer::Lost => Err("it could not be read".to_owned()),
            };
            if let Err(reason) = &answer {
                told = Some(format!("{}: {}", words::sentence(reason), path.display()));
            }
            read.insert(path.clone(), answer);
            any = true;
            false
        });
        (any, told)
    }

    /// Carries out a wish; answers whether the map is to be drawn anew.
    pub(super) fn carry_out(&mut self, ctx: &Context, choices: &mut GroundChoices, wish: LayerWish) -> bool {
        match wish {
            LayerWish::Add(file) => {
                let file = std::path::absolute(&file).unwrap_or(file);
                // Read anew: it may have changed, or been put back.
                self.read.remove(&file);
                match choices.layers.iter_mut().find(|layer| layer.file == file) {
                    Some(layer) => layer.shown = true,
                    None => {
                        let colour = choices.layers.last().map_or(0, |last| (last.colour + 1) % COLOURS);
                        choices.layers.push(LayerChoice { file, shown: true, colour });
                    }
                }
                self.path.clear();
            }
            LayerWish::Show(at, shown) => {
                if let Some(layer) = choices.layers.get_mut(at) {
                    layer.shown = shown;
                }
            }
            LayerWish::Colour(at) => {
                if let Some(layer) = choices.layers.get_mut(at) {
                    layer.colour = (layer.colour + 1) % COLOURS;
                }
            }
            LayerWish::Remove(at) if at < choices.layers.len() => {
                let gone = choices.layers.remove(at);
                self.read.remove(&gone.file);
            }
            LayerWish::Remove(_) | LayerWish::ZoomTo(_) => return false,
        }
        self.start(ctx, choices);
        true
    }

    /// The box around a layer, on the unit square.
    pub(super) fn bounds(&self, choices: &GroundChoices, at: usize) -> Option<[[f64; 2]; 2]> {
        self.read.get(&choices.layers.get(at)?.file)?.as_ref().ok()?.bounds()
    }

    /// "120 shapes", or why there are none.
    fn facts(&self, layer: &LayerChoice) -> (String, bool) {
        match self.read.get(&layer.file) {
            None if layer.shown => ("Being read…".to_owned(), false),
            None => (layer.file.display().to_string(), false),
            Some(Err(reason)) => (words::sentence(reason), true),
            Some(Ok(overlay)) => {
                let mut parts = vec![words::count(overlay.len(), "shape", "shapes")];
                if overlay.left_out() > 0 {
                    parts.push(format!("{} without a sound place", words::number(overlay.left_out() as u64)));
                }
                parts.push(layer.file.display().to_string());
                (parts.join(" · "), false)
            }
        }
    }
}

impl Basemaps {
    /// Draws the list of layers.
    pub(super) fn layer_list(
        &mut self,
        ui: &mut Ui,
        high: f32,
        choices: &GroundChoices,
        choose: &mut dyn FnMut(Command),
        acts: &mut Vec<Act>,
    ) {
        let tokens = Tokens::of(ui.ctx());
        let quiet = |text: &str| egui::Label::new(RichText::new(text).color(tokens.quiet)).wrap();
        ui.add(quiet(
            "GeoJSON files over the map, the last on top. Their own colours are kept where they can be seen.",
        ));
        ui.add_space(space::S);
        ui.spacing_mut().item_spacing.y = 0.0;
        let area = ScrollArea::vertical().auto_shrink([false, true]).max_height(high);
        area.min_scrolled_height(high).show(ui, |ui| {
            for (at, layer) in choices.layers.iter().enumerate() {
                let (facts, wrong) = self.layers.facts(layer);
                row(ui, at, layer, (&facts, wrong), acts);
            }
        });
        ui.spacing_mut().item_spacing.y = space::XS;
        widgets::hairline(ui);
        ui.add_space(space::S);
        const NAME: &str = "Path of a .geojson file to add";
        match widgets::path_row(ui, NAME, &mut self.layers.path) {
            Some(Asked::Add) => {
                let path = PathBuf::from(self.layers.path.trim());
                acts.push(Act::Ground(GroundWish::Layer(LayerWish::Add(path))));
            }
            Some(Asked::Choose) => choose(Command::AddOverlay),
            None => {}
        }
        widgets::focus_once(ui, NAME, &mut self.layers.asked);
    }
}

fn row(ui: &mut Ui, at: usize, layer: &LayerChoice, (facts, wrong): (&str, bool), acts: &mut Vec<Act>) {
    let tokens = Tokens::of(ui.ctx());
    widgets::hairline(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
    let title = layer.title();
    response
        .widget_info(|| egui::WidgetInfo::labeled(egui::Role::ListItem, true, format!("{title}: {facts}")));
    let left = rect.left() + space::XL + space::L + space::ROW;
    let right = rect.right() - 2.0 * space::ROW;
    let wide = right - space::S - left;
    let bold = theme::semibold(theme::size::BODY);
    let colour = if layer.shown { tokens.text } else { tokens.quiet };
    let cut = widgets::line(ui, pos2(left, rect.top() + 16.0), wide, &title, bold, colour);
    let colour = if wrong { tokens.warning } else { tokens.quiet };
    let lower = widgets::line(ui, pos2(left, rect.top() + 35.0), wide, facts, widgets::body(), colour);
    if cut.max(lower) > wide - 8.0 {
        // It may have been cut.
        response.on_hover_text(format!("{title}\n{facts}\n{}", layer.file.display()));
    }
    let mut wish = |wish: LayerWish| acts.push(Act::Ground(GroundWish::Layer(wish)));
    let place = |x: f32| {
        let corner = pos2(x, rect.center().y - space::ROW / 2.0);
        egui::UiBuilder::new().max_rect(egui::Rect::from_min_size(corner, vec2(32.0, space::ROW)))
    };
    let mut side = ui.new_child(place(rect.left()));
    if widgets::switch(&mut side, layer.shown, &format!("Show {title}")).clicked() {
        wish(LayerWish::Show(at, !layer.shown));
    }
    let mut side = ui.new_child(place(rect.left() + space::XL + space::M));
    let swatch = widgets::icon_button(&mut side, "", &format!("Colour of {title}"));
    let ink = tokens.overlays[layer.colour % tokens.overlays.len()];
    ui.painter().circle(swatch.rect.center(), 7.0, ink, Stroke::new(1.0, tokens.edge));
    if swatch.on_hover_text("Another colour").clicked() {
        wish(LayerWish::Colour(at));
    }
    let mut side = ui.new_child(place(right));
    let pressed = widgets::icon_button(&mut side, icon::FRAME_CORNERS, &format!("Zoom to {title}"));
    if pressed.on_hover_text("Bring all of it into view").clicked() {
        wish(LayerWish::ZoomTo(at));
    }
    let mut side = ui.new_child(place(right + space::ROW));
    let pressed = widgets::icon_button(&mut side, icon::TRASH, &format!("Remove {title}"));
    if pressed.on_hover_text("Take it off the map; the file stays").clicked() {
        wish(LayerWish::Remove(at));
    }
}
