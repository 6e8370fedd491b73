//! The scene's places as the map shows them: grouped, marked, under the pointer.
//! What hangs only on the scene is worked out once per revision; a frame only moves what is in view.

use egui::{Pos2, Rect, Role, Sense, Ui, Vec2, WidgetInfo};

use super::camera::{Bounds, Camera};
use super::card;
use super::emblems::Emblem;
use super::marks::{Mark, counted};
use super::scene::MapQuote;
use crate::app::theme::Tokens;
use crate::explore::clusters::{Node, Spot};
use crate::explore::{Scene, ScenePoint};

/// Marks that are widgets, for screen readers and the keyboard; more than a screen holds.
const WIDGETS: usize = 500;

/// Places named by the search that are taken out of their groups.
const MATCHED: usize = 12;

/// A mark in view.
pub(super) struct ShownMark {
    pub at: Pos2,
    pub radius: f32,
    /// Index of its point, unless it is a group.
    pub point: Option<usize>,
    /// Index of its weightiest point.
    pub leader: usize,
    /// How many places it stands for.
    pub places: u32,
    /// Whether its name is set in semibold: selected, under the pointer, or named by the search.
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
    pub scene: &'a Scene,
    pub tokens: &'a Tokens,
    /// Whether only what is selected or pointed at has a mark.
    pub sparse: bool,
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

/// What the pointer does among the places of a scene.
#[derive(Default)]
pub(super) struct Places {
    revision: Option<u64>,
    hover: Option<Hover>,
    hovered: Option<u32>,
}

impl Places {
    /// Takes in a scene; whether it was a new one.
    pub fn refresh(&mut self, scene: &Scene) -> bool {
        if self.revision == Some(scene.revision) {
            return false;
        }
        self.revision = Some(scene.revision);
        self.hover = None;
        true
    }

    /// The place under the pointer in the last frame.
    pub fn hovered(&self) -> Option<u32> {
        self.hovered
    }

    /// Draws the marks in view and asks each for clicks and the pointer, the least important first, so
    /// that what lies on top is also clicked first.
    pub fn show(&mut self, frame: &Frame<'_>, keys: [Option<u32>; 2]) -> Shown {
        let keys = keys.map(|key| key.and_then(|key| frame.scene.index(key)));
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

    /// The marks in view, the most important first. A place that is selected, pointed at elsewhere or named by the
    /// search shows itself even where it is part of a group.
    fn in_view(&self, frame: &Frame<'_>, [selected, pointed]: [Option<usize>; 2]) -> Vec<(Node, Mark)> {
        let (camera, scene) = (frame.camera, frame.scene);
        let view = camera.rect.expand(30.0);
        // Where the marks are sparse, nothing is in sight but what is chosen.
        let (low, high) = (camera.to_world(view.min), camera.to_world(view.max));
        let nodes = if frame.sparse { Vec::new() } else { scene.clusters.within(camera.zoom, low, high) };
        let alone = |index: usize| !frame.sparse && scene.clusters.is_alone(camera.zoom, index as u32);
        // Those that the search names come first among the points.
        let matched = scene.points.iter().take(MATCHED).take_while(|point| point.matched).count();
        let mut revealed: Vec<usize> = [selected, pointed].into_iter().flatten().collect();
        revealed.dedup();
        revealed.extend((0..matched).filter(|&index| Some(index) != selected && Some(index) != pointed));
        let revealed = revealed.into_iter().filter(|&index| !alone(index)).filter_map(|index| {
            let point = scene.points.get(index)?;
            Some(Node::alone(index as u32, &Spot { at: point.at, weight: point.weight() }))
        });
        let place = |node: Node| (node, camera.to_screen(node.at));
        let all = revealed.chain(nodes.into_iter().copied()).map(place).filter(|(_, at)| view.contains(*at));
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
            match extent(frame, node) {
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
                let spots = frame.scene.clusters.members(&hover.node);
                let first = spots.iter().take(5).filter_map(|&spot| frame.scene.points.get(spot as usize));
                card::group(ui, &first.collect::<Vec<_>>(), hover.node.places, tokens);
            }
        });
    }
}

/// Where the places of a group lie; `None` for a single place, and for places on one point, which
/// no zoom can part.
fn extent(frame: &Frame<'_>, node: &Node) -> Option<Bounds> {
    if node.places == 1 {
        return None;
    }
    let Scene { clusters, points, .. } = frame.scene;
    let spots = clusters.members(node).iter();
    let at: Vec<[f64; 2]> = spots.filter_map(|&spot| Some(points.get(spot as usize)?.at)).collect();
    Bounds::around(&at).filter(|bounds| bounds.size() > 1e-7)
}

fn shown_mark(node: &Node, mark: &Mark) -> ShownMark {
    ShownMark {
        at: mark.at,
        radius: mark.radius() + 2.0,
        point: (node.places == 1).then_some(node.leader as usize),
        leader: node.leader as usize,
        places: node.places,
        strong: mark.selected || mark.hovered || mark.matched,
        strength: if mark.faded && !mark.hovered { 0.6 } else { 1.0 },
    }
}

fn mark_of(node: &Node, at: Pos2, scene: &Scene) -> Mark {
    match scene.points.get(node.leader as usize) {
        Some(point) if node.places == 1 => Mark::of(point, at),
        leader => {
            let emblem = leader.and_then(|leader| Emblem::of_group(node, leader));
            Mark { emblem, ..Mark::group(at, node.places) }
        }
    }
}

/// What a screen reader says: "Aleppo, Syria: 3 articles".
fn spoken(node: &Node, leader: &ScenePoint) -> String {
    let events = leader.leading.is_some();
    match (node.places, events) {
        (1, false) => {
            let told = card::told_of(leader.settled).map_or(String::new(), |told| format!(", {told}"));
            format!("{}: {}{told}", leader.place.label(), counted(leader.articles, "article"))
        }
        (1, true) => format!("{}: {}", leader.place.label(), counted(leader.events(), "event")),
        (places, false) => format!("{} around {}", counted(places, "place"), leader.place.name),
        (places, true) => {
            let events = counted(node.weight as u32, "event");
            format!("{events} at {} around {}", counted(places, "place"), leader.place.name)
        }
    }
}
