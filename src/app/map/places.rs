//! The scene's places as the map shows them: grouped, marked, under the pointer.
//! What hangs only on the scene is worked out once per revision; a frame only moves what is in view.

use egui::{Pos2, Rect, Role, Sense, Ui, Vec2, WidgetInfo};

use super::camera::{Bounds, Camera};
use super::card;
use super::marks::{Mark, counted};
use super::scene::{MapPoint, MapQuote, MapScene};
use crate::app::theme::Tokens;
use crate::basemap::mercator;
use crate::explore::clusters::{Clusters, Node, Spot};

/// Least distance between marks at a whole zoom, points.
const APART: f64 = 30.0;
/// Marks that are widgets, for screen readers and the keyboard; more than a screen holds.
const WIDGETS: usize = 500;

/// A mark in view.
pub(super) struct ShownMark {
    pub at: Pos2,
    pub radius: f32,
    /// Index of its point, unless it is a group.
    pub point: Option<usize>,
    /// Whether its name is set in semibold: selected or under the pointer.
    pub strong: bool,
    /// Strength of its colours.
    pub strength: f32,
}

/// What became of the marks in a frame.
#[derive(Default)]
pub(super) struct Shown {
    /// The most important first.
    pub marks: Vec<ShownMark>,
    pub clicked: Option<u32>,
    pub hovered: Option<u32>,
    /// A group that was clicked, and where its places lie.
    pub opened: Option<Bounds>,
}

/// What one frame draws with and on.
#[derive(Clone, Copy)]
pub(super) struct Frame<'a> {
    pub ui: &'a Ui,
    pub camera: &'a Camera,
    pub scene: &'a MapScene,
    pub tokens: &'a Tokens,
}

/// What the pointer rests on.
#[derive(Clone, Copy, PartialEq)]
struct Hover {
    node: Node,
    at: Pos2,
    radius: f32,
    /// Since when, seconds.
    since: f64,
}

/// The places of one revision of a scene.
#[derive(Default)]
pub(super) struct Places {
    revision: Option<u64>,
    /// On the unit square, in the order of the scene.
    at: Vec<[f64; 2]>,
    clusters: Clusters,
    /// `(key, index)`, sorted.
    keys: Vec<(u32, u32)>,
    hover: Option<Hover>,
    hovered: Option<u32>,
}

impl Places {
    /// Takes in a scene; whether it was a new one.
    pub fn refresh(&mut self, scene: &MapScene) -> bool {
        if self.revision == Some(scene.revision) && self.at.len() == scene.points.len() {
            return false;
        }
        self.revision = Some(scene.revision);
        self.hover = None;
        self.at = scene.points.iter().map(|point| mercator::project(point.lat, point.lon)).collect();
        let spots: Vec<Spot> = self
            .at
            .iter()
            .zip(&scene.points)
            .map(|(&at, point)| Spot { at, weight: point.articles })
            .collect();
        self.clusters = Clusters::build(&spots, APART);
        self.keys = (0u32..).zip(&scene.points).map(|(index, point)| (point.key, index)).collect();
        self.keys.sort_unstable();
        true
    }

    /// Every place on the unit square.
    pub fn all(&self) -> &[[f64; 2]] {
        &self.at
    }

    /// The place under the pointer in the last frame.
    pub fn hovered(&self) -> Option<u32> {
        self.hovered
    }

    fn index(&self, key: u32) -> Option<usize> {
        let found = self.keys.binary_search_by_key(&key, |&(key, _)| key).ok()?;
        Some(self.keys[found].1 as usize)
    }

    pub fn point<'a>(&self, scene: &'a MapScene, key: u32) -> Option<&'a MapPoint> {
        scene.points.get(self.index(key)?)
    }

    /// Draws the marks in view and asks each for clicks and the pointer, the least important first, so
    /// that what lies on top is also clicked first.
    pub fn show(&mut self, frame: &Frame<'_>, keys: [Option<u32>; 2]) -> Shown {
        let keys = keys.map(|key| key.and_then(|key| self.index(key)));
        let before = self.hover.take();
        let mut marks = self.in_view(frame, keys);
        let painter = frame.ui.painter_at(frame.camera.rect);
        let mut shown = Shown::default();
        for (order, (node, mark)) in marks.iter_mut().enumerate().rev() {
            if order < WIDGETS {
                self.ask(frame, node, mark, before, &mut shown);
            }
            mark.draw(&painter, frame.tokens);
        }
        shown.marks = marks.iter().map(|(node, mark)| shown_mark(node, mark)).collect();
        // The names of what is selected or under the pointer come before all others.
        shown.marks.sort_by_key(|mark| !mark.strong);
        self.hovered = shown.hovered;
        shown
    }

    /// The marks in view, the most important first. A place that is selected or pointed at elsewhere
    /// shows itself even where it is part of a group.
    fn in_view(&self, frame: &Frame<'_>, [selected, pointed]: [Option<usize>; 2]) -> Vec<(Node, Mark)> {
        let (camera, scene) = (frame.camera, frame.scene);
        let view = camera.rect.expand(30.0);
        let nodes = self.clusters.nodes(camera.zoom);
        let alone = |index: usize| nodes.iter().any(|node| node.places == 1 && node.leader as usize == index);
        let mut revealed: Vec<usize> = [selected, pointed].into_iter().flatten().collect();
        revealed.dedup();
        let revealed = revealed.into_iter().filter(|&index| !alone(index)).filter_map(|index| {
            let weight = scene.points.get(index)?.articles;
            Some(Node::alone(index as u32, &Spot { at: *self.at.get(index)?, weight }))
        });
        let place = |node: Node| (node, camera.to_screen(node.at));
        let all = revealed.chain(nodes.iter().copied()).map(place).filter(|(_, at)| view.contains(*at));
        let dressed = all.map(|(node, at)| {
            let index = (node.places == 1).then_some(node.leader as usize);
            let mut mark = mark_of(&node, at, scene);
            mark.selected = index.is_some() && index == selected;
            mark.hovered = index.is_some() && index == pointed;
            mark.faded = selected.is_some() && !mark.selected;
            (node, mark)
        });
        dressed.collect()
    }

    /// The mark as a widget: its name for screen readers, clicks, the pointer.
    fn ask(
        &mut self,
        frame: &Frame<'_>,
        node: &Node,
        mark: &mut Mark,
        before: Option<Hover>,
        shown: &mut Shown,
    ) {
        let ui = frame.ui;
        let Some(leader) = frame.scene.points.get(node.leader as usize) else {
            return;
        };
        let reach = mark.radius().max(10.0);
        let rect = Rect::from_center_size(mark.at, Vec2::splat(reach * 2.0)).intersect(frame.camera.rect);
        if !rect.is_positive() {
            return;
        }
        let id = ui.scope_id().with(("mark", leader.key, node.places));
        let response = ui.interact(rect, id, Sense::click());
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, spoken(node, leader)));
        if response.clicked() {
            match self.extent(frame.camera, node) {
                Some(bounds) => shown.opened = Some(bounds),
                None => shown.clicked = Some(leader.key),
            }
        }
        if response.hovered() || response.has_focus() {
            mark.hovered = true;
            let same = before.filter(|hover| hover.node == *node);
            let since = same.map_or_else(|| ui.input(|input| input.time), |hover| hover.since);
            self.hover = Some(Hover { node: *node, at: mark.at, radius: mark.radius(), since });
            shown.hovered = (node.places == 1).then_some(leader.key);
        }
    }

    /// Where the places of a group lie; `None` for a single place, and for places on one point, which
    /// no zoom can part.
    fn extent(&self, camera: &Camera, node: &Node) -> Option<Bounds> {
        if node.places == 1 {
            return None;
        }
        let spots = self.clusters.spots(camera.zoom, node);
        let at: Vec<[f64; 2]> =
            spots.iter().filter_map(|&spot| self.at.get(spot as usize).copied()).collect();
        Bounds::around(&at).filter(|bounds| bounds.size() > 1e-7)
    }

    /// The card of what the pointer has rested on.
    pub fn card(&self, frame: &Frame<'_>, quote: &dyn Fn(u32) -> Option<MapQuote>) {
        let (ui, tokens) = (frame.ui, frame.tokens);
        let Some(hover) = self.hover else { return };
        let waited = ui.input(|input| input.time) - hover.since;
        if waited < card::DELAY {
            ui.ctx().request_repaint_after(std::time::Duration::from_secs_f64(card::DELAY - waited));
            return;
        }
        let Some(leader) = frame.scene.points.get(hover.node.leader as usize) else {
            return;
        };
        card::show(ui.ctx(), frame.camera.rect, hover.at, hover.radius, tokens, |ui| {
            if hover.node.places == 1 {
                card::place(ui, leader, quote(leader.key), tokens);
            } else {
                let spots = self.clusters.spots(frame.camera.zoom, &hover.node);
                let first = spots.iter().take(5).filter_map(|&spot| frame.scene.points.get(spot as usize));
                card::group(ui, &first.collect::<Vec<_>>(), hover.node.places, tokens);
            }
        });
    }
}

fn shown_mark(node: &Node, mark: &Mark) -> ShownMark {
    ShownMark {
        at: mark.at,
        radius: mark.radius() + 2.0,
        point: (node.places == 1).then_some(node.leader as usize),
        strong: mark.selected || mark.hovered,
        strength: if mark.faded && !mark.hovered { 0.75 } else { 1.0 },
    }
}

fn mark_of(node: &Node, at: Pos2, scene: &MapScene) -> Mark {
    match scene.points.get(node.leader as usize) {
        Some(point) if node.places == 1 => Mark::of(point, at),
        _ => Mark::group(at, node.places),
    }
}

/// What a screen reader says: "Aleppo, Syria: 3 articles".
fn spoken(node: &Node, leader: &MapPoint) -> String {
    if node.places == 1 {
        format!("{}: {}", leader.label, counted(leader.articles, "article"))
    } else {
        format!("{} around {}", counted(node.places, "place"), leader.name)
    }
}
