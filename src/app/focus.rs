//! Where the keyboard is: in which area, and where it returns to when a dialog closes.
//! An area as a whole has the focus only while somebody walks through the areas; Tab then goes into it.

use egui::{Context, EventFilter, Id, Rect, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo};

use super::command::Keyboard;
use super::dock::Area;
use super::theme::Tokens;

/// Where the keyboard is.
#[derive(Default)]
pub struct Focus {
    /// The area that has it, or has what has it.
    area: Option<Area>,
    /// The area that somebody walked to and that has it as a whole.
    walked_to: Option<Area>,
    /// Frames in which that is still to be given it: what lay beneath a dialog takes none in the first.
    giving: u8,
    /// Where the areas were drawn last.
    pub drawn: Vec<(Area, Rect)>,
    /// What had it before a dialog opened.
    before: Option<Id>,
    /// What is to have it again.
    returning: Option<Id>,
    covered: bool,
}

impl Focus {
    /// Whose plain keys are, at the beginning of a frame.
    pub fn keyboard(&self, ctx: &Context, covered: bool) -> Keyboard {
        Keyboard { covered, somewhere: ctx.memory(|memory| memory.focused().is_some()), area: self.area }
    }

    /// Takes the keyboard to the next area (`1`) or the one before (`-1`), from left to right.
    pub fn walk(&mut self, ctx: &Context, by: isize) {
        let mut order: Vec<Area> = self.drawn.iter().map(|&(area, _)| area).collect();
        if order.is_empty() {
            return;
        }
        let corner =
            |area: &Area| self.drawn.iter().find(|(other, _)| other == area).map(|(_, rect)| rect.min);
        order.sort_by(|a, b| {
            let (a, b) = (corner(a).unwrap_or_default(), corner(b).unwrap_or_default());
            a.x.total_cmp(&b.x).then(a.y.total_cmp(&b.y))
        });
        let at = self.area.and_then(|area| order.iter().position(|&other| other == area));
        let next = match at {
            Some(at) => (at as isize + by).rem_euclid(order.len() as isize) as usize,
            None if by < 0 => order.len() - 1,
            None => 0,
        };
        (self.walked_to, self.giving) = (Some(order[next]), 2);
        ctx.request_repaint();
    }

    /// Gives an area the focus that was walked to it, before what stands in it is drawn; answers whether it
    /// has it.
    pub fn begin(&mut self, ui: &Ui, area: Area) -> bool {
        if self.walked_to != Some(area) {
            return false;
        }
        let response = ui.interact(ui.max_rect(), whole(area), Sense::focusable_noninteractive());
        response.widget_info(|| WidgetInfo::labeled(Role::Group, true, format!("In: {}", area.title())));
        if self.giving > 0 {
            self.giving -= 1;
            response.request_focus();
            ui.ctx().request_repaint();
        } else if !response.has_focus() {
            self.walked_to = None;
            return false;
        }
        let arrows = EventFilter { horizontal_arrows: true, vertical_arrows: true, ..EventFilter::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(whole(area), arrows));
        true
    }

    /// Shows that an area has it.
    pub fn ring(ui: &Ui) {
        let ring = Stroke::new(2.0, Tokens::of(ui.ctx()).accent);
        ui.painter().rect_stroke(ui.max_rect().shrink(1.0), 0.0, ring, StrokeKind::Inside);
    }

    /// Notes where the keyboard is at the end of a frame, and takes it back to where it was before dialogs.
    pub fn settle(&mut self, ctx: &Context, covered: bool) {
        let focused = ctx.memory(|memory| memory.focused());
        if let Some(id) = self.returning.take().filter(|_| focused.is_none() && !covered) {
            ctx.memory_mut(|memory| memory.request_focus(id));
            ctx.request_repaint();
        }
        if self.covered && !covered {
            // What lies beneath takes no focus until the frame after the last that the dialog was drawn in.
            self.returning = self.before.take();
            ctx.request_repaint();
        } else if !self.covered {
            self.before = focused;
        }
        self.covered = covered;
        let middle = focused.and_then(|id| ctx.read_response(id)).map(|response| response.rect.center());
        let inside =
            |middle| self.drawn.iter().find(|(_, rect)| rect.contains(middle)).map(|&(area, _)| area);
        self.area = middle.and_then(inside).filter(|_| !covered);
    }
}

fn whole(area: Area) -> Id {
    area.id().with("whole")
}
