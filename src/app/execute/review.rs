//! What a review does: answers become corrections, and what is drawn is kept with the project.

use egui::{Context, Rect, Ui};

use crate::app::command::{Act, Command};
use crate::app::dock::Area;
use crate::app::project::{Correction, Ruling};
use crate::app::review::{self, Around, Page, Wish};
use crate::app::window::DatelineApp;
use crate::explore::{Pane, Selection};
use crate::jobs::keeper::Order;
use crate::model::How;

impl DatelineApp {
    pub(super) fn review_command(&mut self, ctx: &Context, command: Command) {
        self.dialogs.close_all();
        self.correcting.let_go();
        // What had the keyboard beneath is not seen any more.
        ctx.memory_mut(|memory| {
            if let Some(focused) = memory.focused() {
                memory.surrender_focus(focused);
            }
        });
        self.review.turn(if command == Command::Review { Page::Queue } else { Page::Setup });
        if self.keeping.is_there() && self.review.asks_for_sample() {
            self.keeping.order(Order::Recall(review::SAMPLE));
        }
        ctx.request_repaint();
    }

    /// Leaves the review where something is asked for that it does not show.
    pub(super) fn leave_review_for(&mut self, act: &Act) {
        let leads_out = match act {
            Act::Do(command) => !review::goes_with(*command),
            Act::Select(..)
            | Act::SelectPlace(..)
            | Act::SelectEvent(..)
            | Act::ShowPlace(_)
            | Act::Filter(_)
            | Act::Open(_)
            | Act::Map(_)
            | Act::GoTo(_) => true,
            _ => false,
        };
        if leads_out {
            self.review.leave();
        }
    }

    pub(super) fn review_wish(&mut self, ctx: &Context, wish: Wish) {
        let collection = &self.explorer.collection;
        match wish {
            Wish::Answer(ruling) => self.answer(ctx, ruling),
            Wish::Confirm => self.agree(ctx),
            Wish::Skip => {
                if let Some(walk) = self.review.walk_mut() {
                    walk.skip(collection);
                }
            }
            Wish::Back => {
                if let Some(walk) = self.review.walk_mut() {
                    walk.back();
                }
            }
            Wish::Forth => {
                if let Some(walk) = self.review.walk_mut() {
                    walk.forth();
                }
            }
            Wish::Widen => self.review.widen(),
            Wish::Search(on) => self.review.search(on),
            Wish::Open => {
                if let Some(at) = self.review.mention(collection) {
                    self.review.leave();
                    self.explorer.select(Selection::Mention(at), Pane::None);
                    self.session.inspector = true;
                    self.show(Area::Article);
                }
            }
            Wish::Leave => {
                self.review.leave();
            }
            Wish::Turn(page) => self.review.turn(page),
            Wish::Count(count) => self.review.set_count(count),
            Wish::Draw => self.review.draw(ctx, &self.explorer),
            Wish::Copy => {
                if let Some(text) = self.review.result(collection) {
                    ctx.copy_text(text);
                    self.toasts.tell("Copied the result");
                }
            }
        }
        ctx.request_repaint();
    }

    /// Agrees with what is shown; of what was decided before, by going on.
    fn agree(&mut self, ctx: &Context) {
        let at = self.review.mention(&self.explorer.collection);
        let Some(glance) = at.and_then(|at| self.explorer.collection.glance(at)) else { return };
        match (glance.how, glance.place) {
            (How::Auto, Some(_)) => self.answer(ctx, Ruling::Confirmed),
            (How::Auto, None) => {
                self.toasts
                    .tell("There is no place to agree with: choose one, or say that it is not a place");
            }
            _ => self.review_wish(ctx, Wish::Skip),
        }
    }

    /// Has an answer written down, and goes on.
    fn answer(&mut self, ctx: &Context, ruling: Ruling) {
        if let Some(reason) = &self.keeping.standing().read_only {
            return self.toasts.fail(format!("The project can only be read: {reason}"), None);
        }
        let Some((words, mentions, same)) = self.review.asked(&ruling) else { return };
        if same {
            return self.review_wish(ctx, Wish::Skip);
        }
        let collection = &self.explorer.collection;
        self.correct(ctx, Correction::rule_all(words, collection, mentions, ruling));
        // Where there is no project now, none could be made, and it was said why.
        if self.keeping.is_there() {
            self.review.search(false);
            if let Some(walk) = self.review.walk_mut() {
                walk.answer(&self.explorer.collection);
            }
            self.keep_sample();
        }
    }

    /// Has the sample kept with the project, as soon as there is one.
    fn keep_sample(&mut self) {
        let writes = self.keeping.is_there() && self.keeping.standing().read_only.is_none();
        if let Some(bytes) = writes.then(|| self.review.take_unkept()).flatten() {
            self.keeping.order(Order::Keep(review::SAMPLE, bytes));
        }
    }

    /// Brings the review up to date.
    pub(in crate::app) fn follow_review(&mut self, ctx: &Context) {
        let reading = self.loading.is_reading();
        self.review.follow(ctx, &self.explorer, reading, self.keeping.showing.is_idle());
        self.keep_sample();
    }

    /// Draws the review over all areas.
    pub(in crate::app) fn review_page(&mut self, ui: &mut Ui, rect: Rect, acts: &mut Vec<Act>) {
        if !self.dialogs.any() {
            self.review.keys(ui.ctx(), acts);
        }
        let standing = self.keeping.standing();
        let around = Around {
            explorer: &self.explorer,
            gazetteer: self.finder.gazetteer(),
            read_only: standing.read_only.as_deref(),
            undo: standing.undo.as_deref(),
            reading: self.loading.is_reading(),
            type_size: self.session.type_size,
        };
        self.review.ui(ui, rect, &around, acts);
        (self.map_shown, self.map_room) = (false, self.review.room(rect));
        self.focus.drawn.clear();
    }
}
