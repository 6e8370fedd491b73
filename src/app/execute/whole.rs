//! What concerns a project as a whole: its articles, adding to them, finding places anew, the corrections of others.
//! What takes time is asked of the thread that owns the project, and shown when it has answered.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::Context;

use crate::app::command::{Act, Command};
use crate::app::opening;
use crate::app::project::{Correction, Open, Sheet, Wish, absolute};
use crate::app::window::DatelineApp;
use crate::explore::{Pane, Selection};
use crate::ingest::is_address;
use crate::jobs::adding::Sources;
use crate::jobs::keeper::Order;
use crate::project::{State, change};

impl DatelineApp {
    pub(super) fn whole_command(&mut self, ctx: &Context, command: Command) {
        match command {
            Command::EditArticle => self.edit_article(),
            Command::RemoveArticle => self.remove_article(ctx),
            Command::RemovedArticles => self.dialogs.project = Some(Sheet::Removed),
            Command::AddArticles => self.dialogs.project = Some(Sheet::Adding),
            Command::FindAnew => self.dialogs.project = Some(Sheet::Renewing),
            Command::ImportCorrections => self.dialogs.project = Some(Sheet::Import),
            Command::ExportCorrections => {
                let mut path = self.suggested_project();
                path.set_extension("json");
                self.projects.sharing.begin(&path);
                self.dialogs.project = Some(Sheet::Export);
            }
            _ => {}
        }
    }

    fn edit_article(&mut self) {
        let Some(number) = self.explorer.selected.what.article() else { return };
        let Some(article) = self.explorer.collection.article(number) else { return };
        let gazetteer = self.loading.geoparser().gazetteer().clone();
        self.projects.article.begin(number, &article.article, self.keeping.state(), gazetteer);
        self.dialogs.project = Some(Sheet::Article);
    }

    fn remove_article(&mut self, ctx: &Context) {
        let Some(number) = self.explorer.selected.what.article() else { return };
        let heading = self.explorer.collection.card(number).map(|card| card.heading.clone());
        let (name, own) = (heading.unwrap_or_default(), [number as u32]);
        self.correct(ctx, Correction::new(move |state: &State| change::remove(state, &name, &own)));
        self.explorer.select(Selection::None, Pane::None);
    }

    /// What a person wishes of the project as a whole.
    pub(super) fn whole_wish(&mut self, ctx: &Context, wish: Wish) {
        match wish {
            Wish::Add(paths) => self.add_articles(paths),
            Wish::OpenInstead(paths) => self.read(ctx, paths),
            Wish::Watch(folder) => self.watch_folder(ctx, folder, true),
            Wish::Unwatch(folder) => self.watch_folder(ctx, folder, false),
            Wish::LookAnew => self.look_anew(ctx),
            Wish::Accept => self.accept_anew(),
            Wish::KeepFound => {
                self.projects.renewing.close();
                self.dialogs.project = None;
            }
            Wish::HandOut(path) if self.begin_project(ctx) => {
                self.projects.sharing.hand_out(ctx, &mut self.keeping, absolute(&path));
            }
            Wish::LookAt(path) if self.begin_project(ctx) => {
                self.projects.sharing.look(ctx, &mut self.keeping, absolute(&path));
            }
            Wish::TakeIn => {
                self.projects.sharing.take(&mut self.keeping);
                self.dialogs.project = None;
            }
            Wish::LeaveIt => {
                self.projects.sharing.close();
                self.dialogs.project = None;
            }
            _ => {}
        }
    }

    /// Sees to it that what is open is kept as a project; answers whether it can be changed.
    fn begin_project(&mut self, ctx: &Context) -> bool {
        let loading = &mut self.loading;
        let opened = self.opened.as_deref().unwrap_or("Articles");
        let begun = self.keeping.begin(ctx, &self.explorer.collection, || loading.geoparser(), opened);
        if let Err(reason) = begun {
            self.toasts.fail(reason, None);
            return false;
        }
        true
    }

    /// Whether the project can be changed; where it cannot it is told why, and what `not` was done.
    pub(super) fn can_change(&mut self, not: &str) -> bool {
        let Some(reason) = &self.keeping.standing().read_only else { return true };
        let told = format!("{not}: the project can only be read: {reason}");
        self.toasts.fail(told, Some(("Save as…", Act::Do(Command::SaveAs))));
        false
    }

    fn add_articles(&mut self, paths: Vec<PathBuf>) {
        self.dialogs.project = None;
        if !self.loading.may_ask_web() && paths.iter().any(|path| is_address(path)) {
            self.dialogs.open = Some(opening::Sheet::about(&paths, false).for_adding());
        } else if self.can_change("Nothing was added") {
            self.loading.note_added(&paths);
            let options = self.loading.options_for(&paths);
            self.projects.adding.add(Sources::Paths(paths, options));
        }
    }

    /// Adds words that were copied elsewhere as an article of its own.
    pub(super) fn add_pasted(&mut self, words: String) {
        if words.trim().is_empty() {
            self.toasts.tell("There are no words in the clipboard");
        } else if let Some(addresses) = opening::addresses(&words) {
            self.dialogs.open = Some(opening::Sheet::about(&addresses, self.loading.may_ask_web()));
        } else if self.can_change("Nothing was added") {
            let now = jiff::Zoned::now().strftime("%Y-%m-%d %H.%M.%S");
            self.projects.adding.add(Sources::Words(format!("Clipboard {now}.txt"), words));
        }
    }

    fn watch_folder(&mut self, ctx: &Context, folder: PathBuf, on: bool) {
        let Some(project) = self.keeping.project().map(Path::to_owned) else { return };
        self.session.opened.watch(&project, absolute(&folder), on);
        self.watch_folders(ctx);
    }

    /// Watches the folders of the project that is open, and no others.
    pub(super) fn watch_folders(&mut self, ctx: &Context) {
        let writes = self.keeping.standing().read_only.is_none();
        let project = self.keeping.project().filter(|_| writes);
        let folders = project.map_or(&[][..], |project| self.session.opened.watched(project));
        self.projects.adding.watch(ctx, folders);
    }

    /// Says that something is found differently now, and offers to look at it.
    pub(super) fn offer_anew(&mut self, why: &str) {
        let geoparser = self.loading.geoparser();
        self.keeping.order(Order::RankWith(Box::new(geoparser)));
        let told = format!("{why}. The project stays as it was found");
        self.toasts.offer(told, "See what differs", Act::Do(Command::FindAnew));
    }

    fn look_anew(&mut self, ctx: &Context) {
        if self.can_change("Nothing was looked at") && self.begin_project(ctx) {
            let geoparser = self.loading.geoparser();
            self.projects.renewing.begin(ctx, &mut self.keeping, &self.explorer.collection, geoparser);
        }
    }

    fn accept_anew(&mut self) {
        self.dialogs.project = None;
        let Some((number, shelf, kept)) = self.projects.renewing.accept() else { return };
        // From now on the articles are read from the project: what it holds by then is what was accepted.
        let collection = &mut self.explorer.collection;
        collection.shelve(Arc::new(shelf), kept);
        self.keeping.order(Order::Follow(collection.archive().clone()));
        let edit = Box::new(move |state: &State| change::use_results(state, "Places found anew", number));
        self.keeping.order(Order::Change { edit, why: None });
    }

    /// Takes in articles that were added, what is found anew, and what others corrected.
    pub(super) fn take_whole_news(&mut self, ctx: &Context) {
        let Self { projects, explorer, keeping, loading, .. } = self;
        let open = |collection: &crate::explore::Collection| Open {
            shelf: keeping.shelf().cloned(),
            kept: keeping.standing().articles,
            archive: collection.archive().clone(),
        };
        let added = projects.adding.poll(ctx, &mut explorer.collection, loading, open);
        let hangs = !keeping.state().names().is_empty() || !keeping.state().places().is_empty();
        if !added.numbers.is_empty() && hangs {
            keeping.follow(&explorer.collection);
            keeping.order(Order::Rank(added.numbers));
        }
        for problem in added.missing {
            self.toasts.fail(format!("{} is not watched: {}", problem.place, problem.reason), None);
        }
        if let Some(told) = added.told {
            self.explorer.all_arrived();
            self.toasts.tell(told);
        }
        for problem in self.projects.renewing.poll(ctx, &mut self.keeping) {
            self.toasts.fail(problem, None);
        }
        if let Some(written) = self.projects.sharing.poll() {
            self.dialogs.project = None;
            self.toasts.tell(written);
        }
    }
}
