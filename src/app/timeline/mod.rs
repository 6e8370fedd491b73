//! The timeline: how many articles are from when, by outlet or kind of mention, or what happened when, by class or
//! outlet; and which days are chosen.
//! Counts are worked out with the view, a slice a frame; a frame only draws the bins in sight.

mod brush;
mod head;
mod plot;
mod scale;

use std::time::{Duration, Instant};

use egui::{Context, Id, Rect, Ui, pos2};
use serde::{Deserialize, Serialize};

use crate::explore::{Bins, Chronicle, Counting, Explorer, Stack, Subject, Unit};
use crate::model::Days;

use super::command::{Act, Command};
use super::session::Session;
use super::theme::{Tokens, space};
use super::widgets;
use brush::Drag;
use scale::Scale;

/// Time that a frame spends on counting.
const PER_FRAME: Duration = Duration::from_millis(1);
/// Seconds that the window stays where it is while it is played at its slowest.
const PACE: f64 = 0.8;

/// How a person left the timeline.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct TimelineChoices {
    /// Whether it is shown.
    pub shown: bool,
    /// What its bins are divided by.
    pub stack: Stack,
    /// The same while events are explored.
    pub event_stack: Stack,
    /// How many times faster it is played than at its slowest.
    pub speed: u8,
}

impl TimelineChoices {
    /// Speeds to choose from.
    pub const SPEEDS: [u8; 3] = [1, 2, 4];

    /// What the bins are divided by of what is explored.
    pub fn stack_of(&self, subject: Subject) -> Stack {
        match subject {
            Subject::Mentions => self.stack.of(subject),
            Subject::Events => self.event_stack.of(subject),
        }
    }

    /// With what is out of range put right.
    pub(super) fn restored(mut self) -> Self {
        if !Self::SPEEDS.contains(&self.speed) {
            self.speed = Self::default().speed;
        }
        self
    }
}

impl Default for TimelineChoices {
    fn default() -> Self {
        Self { shown: true, stack: Stack::Sources, event_stack: Stack::Classes, speed: 1 }
    }
}

/// The pane's own state.
#[derive(Default)]
pub struct Timeline {
    counting: Option<Counting>,
    chronicle: Chronicle,
    /// The chronicle in bins, for the last unit they were wanted in.
    bins: Option<Bins>,
    /// The days in sight, where not all are.
    range: Option<[f64; 2]>,
    drag: Option<Drag>,
    /// When the window moves on, seconds, while it is played.
    play: Option<f64>,
    /// Whether it was the pointer that brought the keyboard here.
    pointed: bool,
    /// The layer that the pointer is over in the legend.
    lit: Option<usize>,
}

impl Timeline {
    /// Plays the window, or stops.
    pub fn toggle_play(&mut self) {
        self.play = match self.play {
            None => Some(f64::NEG_INFINITY),
            Some(_) => None,
        };
    }

    /// Whether the window is being played.
    pub fn is_playing(&self) -> bool {
        self.play.is_some()
    }

    /// Draws the pane.
    pub fn ui(&mut self, ui: &mut Ui, explorer: &Explorer, session: &mut Session, acts: &mut Vec<Act>) {
        self.count(ui, explorer, session.timeline.stack_of(explorer.view.subject()));
        let room = ui.available_rect_before_wrap();
        let inner = room.shrink2(egui::vec2(space::M, 0.0));
        let head = inner.with_max_y(inner.top() + 32.0);
        self.head(ui, head, explorer, session, acts);
        let mut top = head.bottom();
        self.lit = self.lit.filter(|_| self.drag.is_none());
        if room.height() >= 116.0 && self.chronicle.layers.len() > 1 {
            let legend = Rect::from_min_max(pos2(inner.left(), top), pos2(inner.right(), top + 20.0));
            self.legend(ui, legend, explorer, acts);
            top = legend.bottom();
        }
        let body = Rect::from_min_max(pos2(inner.left(), top), inner.max);
        let Some(span) = self.chronicle.span() else {
            self.play = None;
            nothing(ui, body, explorer);
            return;
        };
        let all = Scale::all(span, body.left(), body.width());
        let mut scale = self.range.map_or(all, |[from, to]| Scale::within(all, from, to));
        scale = self.travel(ui, body, all, scale);
        if self.play.is_some()
            && let Some(days) = explorer.filter.days
        {
            scale = scale.showing(all, days);
        }
        self.range = (scale != all).then(|| scale.range());
        let bins = self.in_bins(scale.unit());
        self.play_on(ui, explorer, session.timeline.speed, &bins, span, acts);
        self.plot(ui, body, &plot::Frame { scale, bins: &bins, span, explorer, session }, acts);
        self.bins = Some(bins);
    }

    /// Goes on counting what the view shows; until it is done the last counts stand.
    fn count(&mut self, ui: &Ui, explorer: &Explorer, stack: Stack) {
        let (view, collection) = (&explorer.view, &explorer.collection);
        if (self.chronicle.revision, self.chronicle.stack) == (view.revision, stack)
            || view.collection_revision > collection.revision()
        {
            return;
        }
        let begun = self.counting.take().filter(|counting| counting.answers(view, stack));
        let mut counting = begun.unwrap_or_else(|| Counting::new(view, stack));
        let until = Instant::now() + PER_FRAME;
        loop {
            // The clock is asked seldom: an article takes less time than it does.
            if (0..64).any(|_| counting.step(collection, view)) {
                self.chronicle = counting.finish(collection);
                self.bins = None;
                return;
            }
            if Instant::now() >= until {
                self.counting = Some(counting);
                ui.ctx().request_repaint();
                return;
            }
        }
    }

    fn in_bins(&mut self, unit: Unit) -> Bins {
        let kept = self.bins.take().filter(|bins| bins.unit == unit);
        kept.unwrap_or_else(|| self.chronicle.bins(unit))
    }

    /// The wheel looks closer, or along when it is tilted or Shift is held; the right button drags.
    fn travel(&mut self, ui: &Ui, body: Rect, all: Scale, scale: Scale) -> Scale {
        if self.drag.is_some() || !ui.rect_contains_pointer(body) {
            return scale;
        }
        let (pointer, wheel, pinch, dragged) = ui.input_mut(|input| {
            let wheel = std::mem::take(&mut input.smooth_scroll_delta);
            let beside = input.pointer.secondary_down() || input.pointer.middle_down();
            let dragged = if beside { input.pointer.delta().x } else { 0.0 };
            (input.pointer.hover_pos(), wheel, input.zoom_delta(), dragged)
        });
        let Some(pointer) = pointer else {
            return scale;
        };
        let closer = f64::from(pinch) * (f64::from(wheel.y) / 160.0).exp2();
        let scale = if closer == 1.0 { scale } else { scale.zoomed(all, pointer.x, closer) };
        let by = wheel.x + dragged;
        if by == 0.0 { scale } else { scale.panned(all, by) }
    }

    /// Moves the window on when its time has come. It waits for the view of where it was.
    fn play_on(
        &mut self,
        ui: &Ui,
        explorer: &Explorer,
        speed: u8,
        bins: &Bins,
        span: Days,
        acts: &mut Vec<Act>,
    ) {
        let Some(due) = self.play else { return };
        let now = ui.input(|input| input.time);
        let pace = PACE / f64::from(speed.max(1));
        let days = explorer.filter.days;
        let starting = due == f64::NEG_INFINITY;
        if now < due || (explorer.is_behind() && !starting) {
            let wait = (due - now).max(0.0);
            ui.ctx().request_repaint_after(Duration::from_secs_f64(wait));
            return;
        }
        let next = match days {
            // It was let go of, or has been at the end since the last time.
            None if !starting => None,
            Some(days) if !starting => brush::played(days, bins, span),
            Some(days) if brush::played(days, bins, span).is_some() => Some(days),
            _ => Some(brush::first_played(days, bins.unit, span)),
        };
        self.play = next.map(|_| now + pace);
        if next != days && next.is_some() {
            acts.push(Act::Days(next));
        }
        if self.play.is_some() {
            ui.ctx().request_repaint_after(Duration::from_secs_f64(pace));
        }
    }
}

/// The identity of the bins together, which take the keyboard as one.
fn keyboard_id() -> Id {
    Id::unique("bins of the timeline")
}

/// Whether the timeline has the keyboard, so that arrows move the chosen days.
pub fn has_keyboard(ctx: &Context) -> bool {
    ctx.memory(|memory| memory.has_focus(keyboard_id()))
}

/// Takes Escape, which was taken for a command but means the timeline alone; answers whether it was pressed.
fn took_escape(acts: &mut Vec<Act>) -> bool {
    let before = acts.len();
    acts.retain(|act| !matches!(act, Act::Do(Command::ClearSelection)));
    acts.len() < before
}

/// Whether the timeline does something of its own with a command's key.
pub fn has_its_own(command: Command) -> bool {
    use Command::{FirstRow, LastRow, PanEast, PanWest};
    matches!(command, FirstRow | LastRow | PanEast | PanWest)
}

/// What the pane is for, where there is nothing to draw.
fn nothing(ui: &mut Ui, rect: Rect, explorer: &Explorer) {
    let events = explorer.view.subject() == Subject::Events;
    let text = if explorer.collection.is_empty() {
        "When articles are open, this shows when they were published. Drag over it to choose days."
    } else if explorer.view.never > 0 {
        if events { "None of the events shown has a date" } else { "None of the articles shown has a date" }
    } else if events {
        "No event is shown"
    } else {
        "No article is shown"
    };
    let tokens = Tokens::of(ui.ctx());
    let galley = ui.painter().layout(text.to_owned(), widgets::body(), tokens.quiet, rect.width());
    let at = rect.center() - galley.size() / 2.0;
    let response = ui.interact(rect, ui.scope_id().with("nothing"), egui::Sense::hover());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, text));
    ui.painter().galley(at, galley, tokens.quiet);
}

/// The icon button that plays and stops.
fn play_button(ui: &mut Ui, playing: bool, acts: &mut Vec<Act>) {
    use egui_phosphor::regular as icon;
    let (sign, name) =
        if playing { (icon::PAUSE, "Stop playing") } else { (icon::PLAY, "Play the timeline") };
    let button = widgets::icon_button(ui, sign, name);
    if button.on_hover_ui(|ui| widgets::tooltip(ui, Command::PlayTimeline)).clicked() {
        acts.push(Act::Do(Command::PlayTimeline));
    }
}
