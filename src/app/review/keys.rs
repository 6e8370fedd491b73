//! The keys of a review, which are its own while it is open: whoever goes through a thousand mentions takes no hand off
//! them.

use std::sync::Arc;

use egui::{Context, FocusDirection, Key, Modifiers};

use super::{COUNTS, Page, Review, Wish};
use crate::app::command::{Act, Command};
use crate::app::project::Ruling;

/// The keys of the candidates, in order.
const NUMBERS: [Key; 9] =
    [Key::Num1, Key::Num2, Key::Num3, Key::Num4, Key::Num5, Key::Num6, Key::Num7, Key::Num8, Key::Num9];

impl Review {
    /// Hears its keys, before anything else does.
    pub fn keys(&self, ctx: &Context, acts: &mut Vec<Act>) {
        if ctx.text_edit_focused() || egui::Popup::is_any_open(ctx) {
            return;
        }
        match self.page {
            Some(Page::Queue | Page::Sample) => self.answering(ctx, acts),
            Some(Page::Setup) => self.setting_up(ctx, acts),
            Some(Page::Result) if pressed(ctx, Key::U) => acts.push(Act::Do(Command::Undo)),
            Some(Page::Result) | None => {}
        }
    }

    fn answering(&self, ctx: &Context, acts: &mut Vec<Act>) {
        if pressed(ctx, Key::U) {
            acts.push(Act::Do(Command::Undo));
        }
        for (key, wish) in [(Key::ArrowLeft, Wish::Back), (Key::ArrowRight, Wish::Forth)] {
            if pressed(ctx, key) {
                // The arrows would also take the keyboard to what lies in their way.
                ctx.memory_mut(|memory| memory.move_focus(FocusDirection::None));
                acts.push(Act::Review(wish));
            }
        }
        let Some(passage) = &self.passage else { return };
        for (number, key) in NUMBERS.into_iter().enumerate() {
            if pressed(ctx, key)
                && let Some(candidate) = passage.candidates().get(number)
            {
                acts.push(Act::Review(Wish::Answer(Ruling::Place(Arc::clone(&candidate.place)))));
            }
        }
        let others = [
            (Key::X, Wish::Answer(Ruling::Rejected)),
            (Key::S, Wish::Skip),
            (Key::A, Wish::Widen),
            (Key::O, Wish::Open),
            (Key::Slash, Wish::Search(true)),
        ];
        for (key, wish) in others {
            if pressed(ctx, key) {
                acts.push(Act::Review(wish));
            }
        }
        if enter(ctx) {
            acts.push(Act::Review(Wish::Confirm));
        }
    }

    fn setting_up(&self, ctx: &Context, acts: &mut Vec<Act>) {
        let at = COUNTS.iter().position(|count| *count == self.count).unwrap_or(0);
        if pressed(ctx, Key::ArrowLeft) {
            acts.push(Act::Review(Wish::Count(COUNTS[at.saturating_sub(1)])));
        }
        if pressed(ctx, Key::ArrowRight) {
            acts.push(Act::Review(Wish::Count(COUNTS[(at + 1).min(COUNTS.len() - 1)])));
        }
        if enter(ctx) && self.sampling.is_none() {
            acts.push(Act::Review(self.first()));
        }
    }

    /// What Enter does where a sample is set up: it goes on with one that is not judged to its end.
    pub(super) fn first(&self) -> Wish {
        match &self.measuring {
            Some(measuring) if measuring.walk.stand().left > 0 => Wish::Turn(Page::Sample),
            _ => Wish::Draw,
        }
    }
}

/// Enter, where nothing has the keyboard that it presses.
fn enter(ctx: &Context) -> bool {
    ctx.memory(|memory| memory.focused().is_none()) && pressed(ctx, Key::Enter)
}

fn pressed(ctx: &Context, key: Key) -> bool {
    ctx.input_mut(|input| input.consume_key(Modifiers::NONE, key))
}
