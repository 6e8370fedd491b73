//! Carries out what the panes and the keys asked for, after the frame: the one place where a
//! person's wish changes anything.

use std::path::{Path, PathBuf};

use egui::Context;

use crate::explore::{Filter, KindSet, Pane, Selection};
use crate::export::{Format, Options};
use crate::gazetteer::Gazetteer;
use crate::jobs::Shown;
use crate::model::Kind;

use super::command::{Act, Command};
use super::dialog::PathField;
use super::outlets::Wish;
use super::session::{ListTab, Session, ThemeChoice};
use super::window::DatelineApp;
use super::words;

impl DatelineApp {
    pub(super) fn execute(&mut self, ctx: &Context, acts: Vec<Act>) {
        for act in acts {
            match act {
                Act::Do(command) => self.execute_command(ctx, command),
                Act::Select(what, from) => {
                    self.explorer.select(what, from);
                    self.open_reader();
                }
                Act::SelectPlace(place, from) => {
                    self.explorer.select_place(place, from);
                    self.open_reader();
                }
                Act::Filter(filter) => self.explorer.filter = filter,
                Act::Open(paths) => self.open(ctx, paths),
                Act::Export(path) => self.export(ctx, path),
                Act::GoTo(place) => self.atlas.go_to(&place),
                Act::Unpin => {
                    self.atlas.unpin();
                }
                Act::Gazetteers(change) => self.gazetteers.change(ctx, change),
                Act::Sources(paths) => self.gazetteers.choose_sources(paths),
                Act::Home(wish) => self.home(ctx, wish),
                Act::Import(wanted) => self.gazetteers.import(ctx, wanted),
            }
        }
    }

    /// Brings the article to the front: something in it was chosen.
    fn open_reader(&mut self) {
        self.session.reader = true;
        self.lists_in_front = false;
    }

    fn execute_command(&mut self, ctx: &Context, command: Command) {
        match command {
            Command::OpenFiles | Command::OpenFolder => self.chooser.ask(ctx, command),
            Command::OpenPath => self.dialogs.open = Some(PathField::default()),
            Command::OpenSample => self.open(ctx, Vec::new()),
            Command::Export if !self.explorer.collection.articles().is_empty() => {
                self.dialogs.export = Some(PathField::new(suggested_path()));
            }
            Command::Export => {}
            Command::CloseAll => {
                self.loading.abandon();
                self.close_all();
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
                self.outlets.open(ctx, self.explorer.collection.articles());
            }
            Command::AddGazetteer => self.chooser.ask(ctx, command),
            Command::Cancel => {
                self.loading.cancel();
                self.gazetteers.cancel();
            }
            Command::Quit => ctx.send_viewport_cmd(egui::ViewportCommand::Close),
            Command::Find => {
                self.dialogs.close();
                self.session.lists = true;
                self.lists_in_front = true;
                self.lists.focus_search();
            }
            Command::GoToPlace => {
                self.dialogs.close();
                if !self.map_shown {
                    // The map has no room beside the other panes.
                    (self.session.lists, self.session.reader) = (false, false);
                }
                self.finder.focus();
            }
            Command::ClearFilter => self.explorer.filter = Filter::default(),
            Command::DefaultKinds => {
                let kinds = &mut self.explorer.filter.kinds;
                *kinds = if *kinds == KindSet::DEFAULT { KindSet::ALL } else { KindSet::DEFAULT };
            }
            Command::NextMention => self.explorer.step(1),
            Command::PreviousMention => self.explorer.step(-1),
            Command::ClearSelection => {
                if self.dialogs.close() {
                } else if self.atlas.unpin() {
                    self.finder.clear();
                } else {
                    self.explorer.select(Selection::None, Pane::None);
                }
            }
            Command::OnlyThisPlace => {
                let place = self.explorer.selected.what.place(&self.explorer.collection);
                let filter = &mut self.explorer.filter;
                filter.place = if filter.place == place { None } else { place };
            }
            Command::NextRow => self.step_row(1),
            Command::PreviousRow => self.step_row(-1),
            Command::PageDown => self.reader.turn(1.0),
            Command::PageUp => self.reader.turn(-1.0),
            Command::CopyCoordinates => self.copy_coordinates(ctx),
            Command::FitMap | Command::ZoomIn | Command::ZoomOut => self.atlas.execute(command),
            Command::Problems => self.dialogs.problems = !self.dialogs.problems,
            Command::Shortcuts => self.dialogs.shortcuts = !self.dialogs.shortcuts,
            Command::About => self.dialogs.about = !self.dialogs.about,
            _ => self.execute_view(ctx, command),
        }
    }

    fn execute_view(&mut self, ctx: &Context, command: Command) {
        let session = &mut self.session;
        match command {
            Command::ToggleLists if self.narrow && session.lists && session.reader => {
                // There is room for one: bring the other to the front.
                self.lists_in_front = !self.lists_in_front;
            }
            Command::ToggleLists => session.lists = !session.lists,
            Command::ToggleReader => {
                session.reader = !session.reader;
                self.lists_in_front = false;
            }
            Command::ToggleInspector => session.inspector = !session.inspector,
            Command::LargerText => {
                session.type_size = (session.type_size + 1.0).min(*Session::TYPE_SIZES.end())
            }
            Command::SmallerText => {
                session.type_size = (session.type_size - 1.0).max(*Session::TYPE_SIZES.start())
            }
            Command::ReduceMotion => session.reduced_motion = !session.reduced_motion,
            Command::ThemeSystem => session.theme = ThemeChoice::System,
            Command::ThemeLight => session.theme = ThemeChoice::Light,
            Command::ThemeDark => session.theme = ThemeChoice::Dark,
            _ => {}
        }
        ctx.set_theme(egui::ThemePreference::from(self.session.theme));
    }

    /// Looks names up elsewhere from now on, and places what is open anew.
    pub(super) fn look_up_in(&mut self, ctx: &Context, gazetteer: Gazetteer) {
        self.finder.search_in(gazetteer.clone());
        self.atlas.name_towns_from(gazetteer.clone());
        self.outlets.look_up_in(gazetteer.clone());
        let unread = self.loading.place_with(ctx, gazetteer, self.explorer.collection.articles());
        if let Some(paths) = unread {
            self.open(ctx, paths);
        }
    }

    /// Opens files and folders in place of what is open; the sample where there are none.
    pub(super) fn open(&mut self, ctx: &Context, paths: Vec<PathBuf>) {
        self.loading.abandon();
        self.close_all();
        self.dialogs.open = None;
        self.notice = None;
        self.loading.open(ctx, paths);
        self.greeting = true;
    }

    /// Closes every article, and forgets what was learnt of them.
    fn close_all(&mut self) {
        self.explorer.clear();
        self.outlets.clear();
        self.loading.forget_homes(self.session.outlets.homes());
    }

    fn home(&mut self, ctx: &Context, wish: Wish) {
        let choices = &mut self.session.outlets;
        match wish {
            Wish::Learn(learn) => choices.learn = learn,
            Wish::Home(outlet, Some(chosen)) => {
                choices.homes.insert(outlet, chosen);
            }
            Wish::Home(outlet, None) => {
                choices.homes.remove(&outlet);
            }
        }
        self.home_anew(ctx);
    }

    /// Places anew the articles of outlets whose home is another one now.
    pub(super) fn home_anew(&mut self, ctx: &Context) {
        let homes = self.outlets.homes(&self.session.outlets);
        let unread = self.loading.home_with(ctx, homes, self.explorer.collection.articles());
        if let Some(paths) = unread {
            self.open(ctx, paths);
        }
    }

    /// Writes what the filter leaves.
    fn export(&mut self, ctx: &Context, path: PathBuf) {
        let path = absolute(path);
        let format = match Format::of_path(&path) {
            Ok(format) => format,
            Err(error) => {
                let mut field = PathField::new(path.display().to_string());
                field.refuse(error.to_string());
                self.dialogs.export = Some(field);
                return;
            }
        };
        self.dialogs.export = None;
        // Which mentions to write says the list; kinds must not be weeded out a second time.
        let options = Options {
            kinds: Some(Kind::ALL.to_vec()),
            unresolved: format == Format::JsonLines,
            with_text: format == Format::JsonLines,
            created: jiff::Timestamp::now().round(jiff::Unit::Second).ok().map(|now| now.to_string()),
            ..Options::default()
        };
        let shown = self.shown();
        self.loading.export(ctx, shown, path, format, options);
    }

    /// The articles and mentions that the filter leaves, in order of arrival.
    fn shown(&mut self) -> Vec<Shown> {
        self.explorer.refresh();
        let explorer = &self.explorer;
        let articles = explorer.collection.articles().iter().enumerate();
        let left = articles.filter(|(index, _)| explorer.view.shows_article(*index));
        left.map(|(index, article)| {
            let mentions = explorer.view.mentions_in(&explorer.collection, index);
            let mentions = mentions.into_iter().map(|at| at.mention).collect();
            Shown { article: article.clone(), mentions: Some(mentions) }
        })
        .collect()
    }

    /// Selects the row of the list in front that is `by` further on.
    fn step_row(&mut self, by: isize) {
        let view = &self.explorer.view;
        let what = self.explorer.selected.what;
        let next = |at: Option<usize>, count: usize| {
            let at = at.map_or(if by > 0 { 0 } else { -1 }, |at| at as isize + by);
            usize::try_from(at).ok().filter(|&at| at < count)
        };
        match self.session.tab {
            ListTab::Places => {
                let place = what.place(&self.explorer.collection);
                let at = view.places.iter().position(|row| Some(row.key) == place);
                if let Some(row) = next(at, view.places.len()) {
                    let key = view.places[row].key;
                    self.explorer.select_place(key, Pane::None);
                }
            }
            ListTab::Articles => {
                let at = view.articles.iter().position(|row| Some(row.article) == what.article());
                if let Some(row) = next(at, view.articles.len()) {
                    let article = view.articles[row].article;
                    self.explorer.select(Selection::Article(article), Pane::None);
                }
            }
        }
    }

    fn copy_coordinates(&mut self, ctx: &Context) {
        let place = self.explorer.selected.what.place(&self.explorer.collection);
        if let Some(entry) = place.and_then(|key| self.explorer.collection.place(key)) {
            let text = words::coordinates(entry.place.lat, entry.place.lon);
            self.notice = Some(format!("Copied {text}"));
            ctx.copy_text(text);
        }
    }
}

/// Where an export goes unless a person says otherwise.
fn suggested_path() -> String {
    absolute(PathBuf::from("dateline.geojson")).display().to_string()
}

fn absolute(path: PathBuf) -> PathBuf {
    std::path::absolute(Path::new(&path)).unwrap_or(path)
}
