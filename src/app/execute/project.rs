//! What is corrected, undone and saved. The window shows it when it is on the disk, and not before.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use egui::Context;

use crate::app::asking::PathField;
use crate::app::command::{Act, Command};
use crate::app::project::{Correction, Sheet, Wish, absolute, concerned, name, with_ending};
use crate::app::window::DatelineApp;
use crate::app::words;
use crate::jobs::change_tags;
use crate::jobs::keeper::{Order, Way};
use crate::project::{EXTENSION, State};

/// How long nothing may have changed before the collection is written down.
const QUIET: Duration = Duration::from_secs(3);

impl DatelineApp {
    pub(super) fn project_command(&mut self, ctx: &Context, command: Command) {
        match command {
            Command::Undo => self.keeping.order(Order::Undo),
            Command::Redo => self.keeping.order(Order::Redo),
            Command::History => {
                self.dialogs.project = Some(Sheet::History);
                self.projects.history.begin();
                self.keeping.order(Order::History);
            }
            Command::SaveAs => {
                self.dialogs.project = None;
                self.dialogs.save = Some(PathField::new(self.suggested_project().display().to_string()));
            }
            _ => {}
        }
        ctx.request_repaint();
    }

    /// Where a project goes unless a person says otherwise: beside the last one, under the name of what is open.
    pub(super) fn suggested_project(&self) -> PathBuf {
        let stem = self.opened.as_deref().unwrap_or("Articles");
        let stem = Path::new(stem).file_stem().map_or(stem.into(), |stem| stem.to_string_lossy());
        let beside = self.keeping.project().and_then(Path::parent).or(self.session.opened.folder());
        // An address may hold what no file can be called.
        let stem = stem.replace(['?', '*', ':', '|', '"', '<', '>', '\\'], "-");
        let name = format!("{stem}.{EXTENSION}");
        beside.map_or_else(|| absolute(name.as_ref()), |folder| folder.join(&name))
    }

    pub(super) fn project_wish(&mut self, ctx: &Context, wish: Wish) {
        match wish {
            Wish::GoTo(entry) => self.keeping.order(Order::GoTo(entry)),
            Wish::Forget(paths) => self.session.opened.forget(&paths),
            Wish::DeleteLeftover(path) => self.projects.delete(ctx, path),
            Wish::GoOn(path) => {
                self.dialogs.project = None;
                self.open_project(ctx, path);
            }
            Wish::NotNow => self.projects.offer_nothing(),
            Wish::TryAgain => self.open_project(ctx, self.keeping.standing().path.clone()),
            Wish::Leave => {
                self.projects.leaves = true;
                ctx.send_viewport_cmd(egui::ViewportCommand::Close);
            }
            wish => self.whole_wish(ctx, wish),
        }
    }

    /// Says before the program ends that corrections are kept which nobody has saved.
    pub(in crate::app) fn heed_leaving(&mut self, ctx: &Context) {
        let leaves = ctx.input(|input| input.viewport().close_requested());
        if leaves && self.keeping.is_unsaved() && !self.projects.leaves {
            ctx.send_viewport_cmd(egui::ViewportCommand::CancelClose);
            self.dialogs.project = Some(Sheet::Leaving);
        }
    }

    /// Takes in what was looked up and deleted.
    pub(in crate::app) fn take_project_news(&mut self, ctx: &Context) {
        self.heed_leaving(ctx);
        self.take_opened(ctx);
        self.take_whole_news(ctx);
        for told in self.projects.poll() {
            match told {
                Some(reason) => self.toasts.fail(reason, None),
                None => self.toasts.tell("The corrections are deleted"),
            }
            self.look_up_recent(ctx);
        }
    }

    /// Has a correction written down.
    pub(super) fn correct(&mut self, ctx: &Context, correction: Correction) {
        if !self.can_change("Not corrected") {
            return;
        }
        let why = correction.why.clone();
        let edit = Box::new(move |state: &State| correction.edit(state));
        let loading = &mut self.loading;
        let opened = self.opened.as_deref().unwrap_or("Articles");
        let changed =
            self.keeping.change(ctx, &self.explorer.collection, || loading.geoparser(), opened, edit, why);
        if let Err(reason) = changed {
            self.toasts.fail(reason, None);
        }
    }

    pub(super) fn save_as(&mut self, ctx: &Context, path: PathBuf) {
        let path = absolute(&with_ending(path));
        self.dialogs.save = None;
        let loading = &mut self.loading;
        let opened = self.opened.as_deref().unwrap_or("Articles");
        let begun = self.keeping.begin(ctx, &self.explorer.collection, || loading.geoparser(), opened);
        match begun {
            Ok(()) => self.keeping.order(Order::SaveAs(path)),
            Err(reason) => self.toasts.fail(reason, None),
        }
    }

    /// Shows what was written down since.
    pub(in crate::app) fn take_corrections(&mut self, ctx: &Context) {
        self.keeping.follow(&self.explorer.collection);
        let told = self.keeping.poll();
        if let Some(history) = told.history {
            let now = history.iter().rev().find(|(_, holds)| *holds).map(|(head, _)| head.id);
            self.projects.history.take(history, now);
        }
        if self.dialogs.project == Some(Sheet::History) && told.held.last().is_some_and(|held| !held.more) {
            self.keeping.order(Order::History);
        }
        let now = ctx.input(|input| input.time);
        let explorer = &mut self.explorer;
        for held in told.held {
            explorer.collection.see_through(Some(Arc::new(held.state.clone())));
            change_tags(&mut explorer.collection, &held.sets);
            let articles = concerned(&explorer.collection, &held.sets);
            if !articles.is_empty() {
                self.keeping.order(Order::Rank(articles));
            }
            let title = held.head.title;
            let told = self.review.take((held.way, &title, &held.sets), now);
            self.keeping.showing.note(held.sets);
            if told || held.more {
                continue;
            }
            match held.way {
                Way::Done => self.toasts.offer(title, "Undo", Act::Do(Command::Undo)),
                Way::Undone => self.toasts.offer(format!("Undone: {title}"), "Redo", Act::Do(Command::Redo)),
                Way::Redone => self.toasts.tell(format!("Done again: {title}")),
            }
        }
        told.ranked.iter().for_each(|ranked| self.review.touch(ranked.number));
        self.keeping.showing.rank(told.ranked);
        self.keeping.showing.settle(told.settled);
        if self.keeping.showing.show(&mut explorer.collection) {
            ctx.request_repaint();
        }
        self.select_added();
        let followed = self.keeping.showing.followed().filter(|&followed| followed > 0);
        if let Some(followed) = followed.filter(|_| !self.review.is_open()) {
            let mentions = words::count(followed, "other mention", "other mentions");
            self.toasts.tell(format!("{mentions} followed"));
        }
        self.write_down(QUIET);
        if self.keeping.showing.is_unwritten() {
            ctx.request_repaint_after(QUIET);
        }
        if let Some((_, kept)) = told.recalled {
            self.review.recall(&self.explorer.collection, kept);
        }
        for reason in told.refused {
            self.review.refused();
            self.toasts.fail(words::sentence(&reason), None);
        }
        if let Some(path) = told.saved {
            self.toasts.tell(format!("Saved as {}", path.display()));
            self.session.opened.remember(std::slice::from_ref(&path));
            self.opened = Some(name(&path));
            self.watch_folders(ctx);
        }
        if let Some((path, reason)) = told.not_saved {
            let mut field = PathField::new(path.display().to_string());
            field.refuse(words::sentence(&reason));
            self.dialogs.save = Some(field);
        }
        if self.keeping.is_busy() {
            ctx.request_repaint_after(Duration::from_millis(20));
        }
    }

    /// Has the collection written down as it is seen, so that it opens quickly, where nothing has changed for a while.
    pub(in crate::app) fn write_down(&mut self, quiet: Duration) {
        let settled = !self.keeping.is_busy() && !self.loading.is_reading();
        if settled && self.keeping.showing.rests(quiet) {
            self.keeping.order(Order::WriteDown(Box::new(self.explorer.collection.snapshot())));
        }
    }
}
