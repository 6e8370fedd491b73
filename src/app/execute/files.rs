//! What the File menu does.
//! Whatever takes time is handed to a job.

use std::path::{Path, PathBuf};
use std::time::Duration;

use egui::Context;

use crate::app::columns;
use crate::app::command::{Act, Command};
use crate::app::opening::Sheet as OpeningSheet;
use crate::app::project::{Came, Opened, Opening, Sheet, Wish, absolute, is_project, name};
use crate::app::window::DatelineApp;
use crate::app::words;
use crate::ingest::is_address;
use crate::jobs::keeper::Order;
use crate::jobs::kept_words;

impl DatelineApp {
    pub(super) fn file_command(&mut self, ctx: &Context, command: Command) {
        match command {
            Command::OpenPath => self.dialogs.open = Some(OpeningSheet::new(self.loading.may_ask_web())),
            Command::OpenSample => self.open(ctx, Vec::new()),
            Command::OpenRecent => {
                self.dialogs.project = Some(Sheet::Recent);
                self.look_up_recent(ctx);
            }
            Command::Columns => self.choose_columns(ctx, None),
            Command::Export => self.ask_export(),
            Command::ExportPicture => self.ask_picture(),
            Command::Paste => ctx.send_viewport_cmd(egui::ViewportCommand::RequestPaste),
            Command::CloseAll => {
                let unsaved = self.keeping.is_unsaved();
                self.loading.abandon();
                self.close_all();
                if unsaved {
                    let told = "Your corrections are kept: they stand under “Open recent…”";
                    self.toasts.offer(told, "Show", Act::Do(Command::OpenRecent));
                }
            }
            Command::Gazetteers => {
                self.dialogs.gazetteers = true;
                self.gazetteers.open(ctx);
            }
            Command::ImportPlaces => {
                self.dialogs.gazetteers = true;
                self.gazetteers.open_import(ctx);
            }
            Command::Outlets => {
                self.dialogs.outlets = !self.dialogs.outlets;
                self.outlets.open(ctx, self.explorer.collection.archive());
            }
            Command::OpenFiles | Command::OpenFolder | Command::AddGazetteer => {
                self.chooser.ask(ctx, command)
            }
            Command::Cancel => {
                self.loading.cancel();
                self.gazetteers.cancel();
                self.projects.adding.cancel();
                if let Some(opening) = &self.projects.opening {
                    opening.cancel();
                }
            }
            Command::Quit => ctx.send_viewport_cmd(egui::ViewportCommand::Close),
            _ => {}
        }
    }
}

impl DatelineApp {
    /// Looks up what was open before, and what of it is still there.
    pub(super) fn look_up_recent(&mut self, ctx: &Context) {
        let open = &self.keeping.standing().path;
        self.projects.reopen.look(ctx, &self.session.opened, self.keeping.folder(), open);
    }

    /// Opens a project, or files and folders, in place of what is open; the sample where there are none.
    pub(in crate::app) fn open(&mut self, ctx: &Context, paths: Vec<PathBuf>) {
        self.dialogs.open = None;
        self.dialogs.project = None;
        let on_the_web = |path: &PathBuf| is_address(path);
        self.loading.awaiting = None;
        if !self.loading.may_ask_web() && !paths.is_empty() && paths.iter().all(on_the_web) {
            self.dialogs.open = Some(OpeningSheet::about(&paths, false));
            return;
        }
        match paths.iter().find(|path| is_project(path)).cloned() {
            None if self.keeping.is_there()
                && !paths.is_empty()
                && paths.iter().all(|path| path.exists() || on_the_web(path)) =>
            {
                self.projects.asked = paths;
                self.dialogs.project = Some(Sheet::AddOrOpen);
            }
            None => self.read(ctx, paths),
            Some(project) if paths.len() == 1 => self.open_project(ctx, project),
            Some(project) => {
                let name = file_name(&project);
                let told = format!(
                    "{name} is a project, which opens alone: nothing of the {} was opened",
                    paths.len()
                );
                self.toasts.fail(told, Some(("Open the project", Act::Open(vec![project]))));
            }
        }
    }

    /// Reads files and folders in place of what is open; the sample where there are none.
    pub(super) fn read(&mut self, ctx: &Context, paths: Vec<PathBuf>) {
        self.loading.abandon();
        self.projects.opening = None;
        self.close_all();
        self.toasts.clear();
        self.opened = Some(called(&paths));
        self.session.opened.remember(&paths);
        self.keeping.note_read(&paths);
        self.projects.look(ctx, self.keeping.folder(), self.keeping.read());
        self.loading.open(ctx, paths);
        self.greeting = true;
    }

    /// Asks what the columns of the tables that are open are, of this one first.
    pub(super) fn choose_columns(&mut self, ctx: &Context, wanted: Option<PathBuf>) {
        self.dialogs.problems = false;
        self.toasts.answer(Command::Problems);
        let loading = &self.loading;
        let (options, project) = (loading.options.clone(), self.keeping.is_there());
        let (opened, added) = (loading.paths.clone(), loading.added.clone());
        let open = columns::Open { options, opened, added, project };
        self.dialogs.columns = Some(columns::Sheet::new(ctx, open, wanted));
    }

    /// Reads tables with what was said of their columns, which holds as long as the window is open.
    pub(super) fn read_columns(&mut self, ctx: &Context, wish: columns::Wish) {
        let columns::Wish { names, columns, again } = wish;
        let mut tables = self.loading.options.tables.clone();
        match columns {
            Some(columns) => tables.insert(names, columns),
            None => tables.remove(&names),
        };
        match again {
            // It is asked first whether what is open may go: until then the tables are what they were.
            columns::Again::Opened if self.keeping.is_there() => {
                self.open(ctx, self.loading.paths.clone());
                self.loading.awaiting = Some(tables);
            }
            columns::Again::Opened => {
                self.loading.options.tables = tables;
                self.open(ctx, self.loading.paths.clone());
            }
            columns::Again::Added(path) => {
                self.loading.options.tables = tables;
                self.project_wish(ctx, Wish::Add(vec![path]));
            }
        }
    }

    /// Opens a project; what is open stays until it is there.
    pub(super) fn open_project(&mut self, ctx: &Context, path: PathBuf) {
        let path = absolute(&path);
        if self.keeping.is_there()
            && self.keeping.standing().path == path
            && self.keeping.standing().read_only.is_none()
        {
            self.toasts.tell(format!("{} is open already", name(&path)));
            return;
        }
        let closing = self.keeping.closing();
        self.projects.opening = Some(Opening::start(ctx, path, self.loading.geoparser(), closing));
    }

    /// Takes in what came of opening a project.
    pub(in crate::app) fn take_opened(&mut self, ctx: &Context) {
        let Some(opening) = &mut self.projects.opening else { return };
        let Some(came) = opening.poll(ctx) else { return };
        self.projects.opening = None;
        match came {
            Came::Open(opened) => self.show_project(ctx, *opened),
            Came::Failed(reason) => self.toasts.fail(reason, None),
            Came::Cancelled => self.toasts.tell("Cancelled: what was open stays open"),
        }
    }

    /// Puts a project in the place of what is open.
    fn show_project(&mut self, ctx: &Context, opened: Opened) {
        let Opened { project, mut collection, problems, as_they_came, written } = opened;
        self.loading.abandon();
        self.close_all();
        self.toasts.clear();
        self.projects.offer_nothing();
        problems.into_iter().for_each(|problem| collection.add_problem(problem));
        let path = project.path().to_owned();
        if let Some(folder) = &self.projects.words {
            let id = &project.about().id;
            self.explorer.keep_index(kept_words(folder.join(id), id));
        }
        self.keeping.take_up(ctx, (project, written), &collection, self.loading.geoparser());
        if self.keeping.is_unsaved() {
            let read = self.keeping.read().lines().map(PathBuf::from).collect::<Vec<_>>();
            self.opened = Some(called(if self.keeping.read() == "Sample" { &[] } else { &read }));
        } else {
            self.session.opened.remember(std::slice::from_ref(&path));
            self.opened = Some(name(&path));
        }
        if !as_they_came.is_empty() {
            self.keeping.order(Order::Rank(as_they_came));
        }
        self.watch_folders(ctx);
        self.explorer.replace(collection);
        self.explorer.all_arrived();
        self.greeting = true;
    }

    /// Closes every article, and forgets what was learnt of them.
    pub(super) fn close_all(&mut self) {
        self.write_down(Duration::ZERO);
        self.explorer.clear();
        self.keeping.close();
        self.projects.adding.close();
        self.projects.renewing.close();
        self.projects.sharing.close();
        self.outlets.clear();
        self.atlas.follow_again();
        self.loading.forget_homes(self.session.outlets.homes());
    }
}

fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

/// What is open, in a few words: "Sample", "reports", "3 folders".
fn called(paths: &[PathBuf]) -> String {
    match paths {
        [] => "Sample".to_owned(),
        [address] if is_address(address) => address.to_string_lossy().into_owned(),
        [path] => {
            path.file_name().map_or_else(|| path.display(), |name| Path::new(name).display()).to_string()
        }
        _ => {
            let folders = paths.iter().filter(|path| path.is_dir()).count();
            let (one, many) = match folders {
                0 if paths.iter().all(|path| is_address(path)) => ("address", "addresses"),
                0 => ("file", "files"),
                _ if folders == paths.len() => ("folder", "folders"),
                _ => ("file or folder", "files and folders"),
            };
            words::count(paths.len(), one, many)
        }
    }
}
