//! Carries out what the panes and the keys asked for, after the frame: the one place where a
//! person's wish changes anything.

mod article;
mod basemaps;
mod correct;
mod events;
mod files;
mod lists;
mod map;
mod project;
mod review;
mod timeline;
mod whole;
mod window;

use std::path::Path;
use std::sync::Arc;

use egui::Context;

use crate::app::export::{self, Sheet};
use crate::app::picture;
use crate::app::project::absolute;
use crate::export::{Format, Options, Rows};
use crate::gazetteer::Gazetteer;
use crate::jobs::{Shown, Sight};
use crate::model::Kind;
use crate::picture::View;

use super::command::{Act, Command};
use super::dock::Area;
use super::outlets::Wish;
use super::window::DatelineApp;
pub(super) use map::mouse_buttons;

impl DatelineApp {
    pub(super) fn execute(&mut self, ctx: &Context, acts: Vec<Act>) {
        for act in acts {
            self.leave_review_for(&act);
            match act {
                Act::Do(command) => self.execute_command(ctx, command),
                Act::Select(what, _) if self.place_event(ctx, what) => {}
                Act::Select(what, from) => {
                    self.explorer.select(what, from);
                    self.show(Area::Article);
                }
                Act::SelectPlace(place, from) => {
                    self.explorer.select_place(place, from);
                    self.show(Area::Article);
                }
                Act::SelectEvent(at, among, from) => {
                    self.explorer.select_event(at, among, from);
                    self.show(Area::Article);
                }
                Act::ShowPlace(place) => {
                    if let Some(entry) = self.explorer.collection.place(place) {
                        self.atlas.fly_to(&entry.place);
                    }
                }
                Act::Filter(filter) => self.filter(filter),
                Act::Days(days) => self.explorer.filter.days = days,
                Act::Saving(saving) => self.keep_filter(saving),
                Act::Open(paths) => self.open(ctx, paths),
                Act::ChooseColumns(path) => self.choose_columns(ctx, Some(path)),
                Act::ReadColumns(wish) => self.read_columns(ctx, *wish),
                Act::GoOnline => self.loading.allow_web(),
                Act::Export(wish) => self.export(ctx, *wish),
                Act::Picture(wish) => self.picture(ctx, *wish),
                Act::PictureTo(path) => {
                    if let Some(sheet) = &mut self.dialogs.picture {
                        sheet.choose(path);
                    }
                }
                Act::Pasted(words) => self.add_pasted(words),
                Act::ExportTo(path) => {
                    if let Some(sheet) = &mut self.dialogs.export {
                        sheet.choose(path);
                    }
                }
                Act::Correct(correction) => self.correct(ctx, *correction),
                Act::Mend(wish) => self.mend(ctx, wish),
                Act::SaveAs(path) => self.save_as(ctx, path),
                Act::Map(wish) => self.map_wish(ctx, wish),
                Act::GoTo(place) => self.go_to(&place),
                Act::Unpin => {
                    self.atlas.unpin();
                }
                Act::Gazetteers(change) => self.gazetteers.change(ctx, change),
                Act::Sources(paths) => self.gazetteers.choose_sources(paths),
                Act::Ground(wish) => self.ground(ctx, wish),
                Act::Dock(area, side) => self.session.layout.dock(area, side),
                Act::Home(wish) => self.home(ctx, wish),
                Act::Project(wish) => self.project_wish(ctx, wish),
                Act::Review(wish) => self.review_wish(ctx, wish),
                Act::Import(wanted) => self.gazetteers.import(ctx, wanted),
            }
        }
        self.follow_subject();
    }

    fn execute_command(&mut self, ctx: &Context, command: Command) {
        use Command::*;
        // Escape lets go of one thing after the other, of which a selection is the last.
        let hindrance = self.hindrance(command).filter(|_| command != ClearSelection);
        if let Some(reason) = hindrance {
            self.toasts.tell(reason);
            return;
        }
        match command {
            OpenFiles | OpenFolder | OpenPath | OpenSample | OpenRecent | Columns | Export
            | ExportPicture | Paste | Gazetteers | AddGazetteer | ImportPlaces | Outlets | CloseAll
            | Cancel | Quit => self.file_command(ctx, command),
            AddArticles | FindAnew | ImportCorrections | ExportCorrections | EditArticle | RemoveArticle
            | RemovedArticles => self.whole_command(ctx, command),
            Undo | Redo | History | SaveAs => self.project_command(ctx, command),
            Review | MeasureAccuracy => self.review_command(ctx, command),
            Choose1 | Choose2 | Choose3 | Choose4 | Choose5 | Choose6 | Choose7 | Choose8 | Choose9
            | ConfirmMention | RejectMention | RestoreMention | AnotherPlace | PutOnMap | AddMention
            | TakeWords | NoteTags | NameMeans | SameAs | SplitPlace | AcceptAll => {
                self.correct_command(ctx, command)
            }
            ShowMentions | ShowEvents | DefaultPolarities | CountOnce | EventLegend => {
                self.event_command(command);
            }
            Find | ShowFilters | ClearFilter | SaveFilter | DefaultKinds | EachCopy | OnlyThisPlace
            | NextRow | PreviousRow | FirstRow | LastRow => self.list_command(command),
            NextMention | PreviousMention | NextArticle | PreviousArticle | PageDown | PageUp
            | FindInArticle | CopyQuote | ClearSelection | LargerText | SmallerText => {
                self.article_command(ctx, command)
            }
            GoToPlace | FitMap | ZoomIn | ZoomOut | PanNorth | PanSouth | PanWest | PanEast | OnlyInView
            | Back | Forward | Heat | LocalNames | SelectBox | Measure | Notation | CopyPointer
            | CopyCoordinates | MapMenu => self.map_command(ctx, command),
            MapPlain | Basemaps | AddTiles | AddOverlay => self.ground_command(ctx, command),
            ToggleTimeline | PlayTimeline | ClearDays => self.timeline_command(command),
            Palette | ToggleMap | ToggleLists | ToggleReader | ToggleInspector | NextPane | PreviousPane
            | ResetLayout | LargerScale | SmallerScale | ResetScale | ThemeSystem | ThemeLight
            | ThemeDark | ReduceMotion | Problems | Shortcuts | About => self.window_command(ctx, command),
        }
    }

    /// Looks names up elsewhere from now on, and places what is open anew; a project stays as it is until somebody asks
    /// for it.
    pub(super) fn look_up_in(&mut self, ctx: &Context, gazetteer: Gazetteer) {
        self.finder.search_in(gazetteer.clone());
        self.atlas.name_towns_from(ctx, gazetteer.clone());
        self.outlets.look_up_in(gazetteer.clone());
        if self.keeping.is_there() {
            self.loading.look_up_in(gazetteer);
            return self.offer_anew("Names are looked up elsewhere now");
        }
        let unread = self.loading.place_with(ctx, gazetteer, &self.explorer.collection);
        if let Some(paths) = unread {
            self.read(ctx, paths);
        }
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
        if self.keeping.is_there() {
            if self.loading.forget_homes(homes) {
                self.offer_anew("Outlets are at home elsewhere now");
            }
            return;
        }
        let unread = self.loading.home_with(ctx, homes, &self.explorer.collection);
        if let Some(paths) = unread {
            self.read(ctx, paths);
        }
    }

    /// Asks what is to be written, and where.
    pub(super) fn ask_export(&mut self) {
        self.dialogs.export = Some(Sheet::new(suggested_path(), self.exporting));
    }

    /// Writes what the filter leaves, or everything.
    fn export(&mut self, ctx: &Context, wish: export::Wish) {
        let export::Wish { path, format, choices } = wish;
        self.exporting = choices;
        let whole = format == Format::JsonLines;
        let options = Options {
            rows: if format.has_choice_of_rows() { choices.rows } else { Rows::Mentions },
            // Which mentions to write says the list; kinds must not be weeded out a second time.
            kinds: Some(Kind::ALL.to_vec()),
            unresolved: whole || choices.unresolved,
            with_text: whole || choices.with_text,
            byte_order_mark: choices.mark && format == Format::Csv,
            created: jiff::Timestamp::now().round(jiff::Unit::Second).ok().map(|now| now.to_string()),
            ..Options::default()
        };
        let shown = self.shown(choices.everything, options.rows);
        self.loading.export(ctx, shown, absolute(&path), format, options);
    }

    /// Asks what picture is to be drawn, and where it goes.
    pub(super) fn ask_picture(&mut self) {
        let path = absolute(Path::new("map.png")).display().to_string();
        self.dialogs.picture = Some(picture::Sheet::new(path, self.picturing.clone()));
    }

    /// Draws the map as a picture, behind the window.
    fn picture(&mut self, ctx: &Context, wish: picture::Wish) {
        let picture::Wish { path, choices } = wish;
        let picture::Choices { size, theme, in_view, title, labels, legend } = choices.clone();
        self.picturing = choices;
        let view = if in_view { View::Box(self.atlas.in_view()) } else { View::Fit };
        let scene = Arc::clone(&self.explorer.view.scene);
        let gazetteer = self.loading.geoparser().gazetteer().clone();
        let (subtitle, owed, gazetteer) = (String::new(), gazetteer.owed(), Some(gazetteer));
        let sight = Sight { scene, gazetteer, size, view, theme, title, subtitle, labels, legend, owed };
        self.loading.draw(ctx, sight, absolute(&path));
    }

    /// The articles with those of their mentions, or events, that the filter leaves, or all, in order of arrival: to be
    /// asked for on another thread.
    fn shown(&self, everything: bool, rows: Rows) -> impl FnOnce() -> Shown + Send + use<> {
        let explorer = &self.explorer;
        let archive = explorer.collection.archive().clone();
        let left: Box<dyn FnOnce() -> Vec<(usize, Vec<usize>)> + Send> = match rows {
            Rows::Events => Box::new(explorer.left_events(everything)),
            _ => Box::new(explorer.left(everything)),
        };
        move || Shown { articles: left(), archive }
    }
}

/// Where an export goes unless a person says otherwise.
fn suggested_path() -> String {
    absolute(Path::new("dateline.geojson")).display().to_string()
}
