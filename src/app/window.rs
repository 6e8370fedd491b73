//! The window's frame: the bars, the columns, and the order in which a frame happens.
//! News from jobs, then keys, then panes, then what the panes asked for.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use egui::{Context, Rect, Ui, UiBuilder, pos2};

use crate::explore::{Explorer, Pane, Selection};
use crate::gazetteer::{Shelf, ShelfError};
use crate::jobs::let_go;
use crate::model::{Geoparsed, Problem};

use super::AppError;
use super::atlas::Atlas;
use super::choose::Chooser;
use super::columns::{self, Columns, Wish};
use super::command::{self, Act, Command};
use super::dialog::{Dialogs, PathField};
use super::finder::Finder;
use super::gazetteers::Gazetteers;
use super::loading::{Loading, Progress};
use super::outlets::Outlets;
use super::places::Lists;
use super::reader::Reader;
use super::session::Session;
use super::theme::{self, Tokens, space};
use super::{inspector, menu, problems, status, widgets, words};

/// Where the view state is kept among the program's settings.
const SESSION: &str = "session";

/// The window.
pub struct DatelineApp {
    pub(super) explorer: Explorer,
    pub(super) session: Session,
    pub(super) atlas: Atlas,
    pub(super) finder: Finder,
    pub(super) gazetteers: Gazetteers,
    pub(super) outlets: Outlets,
    pub(super) lists: Lists,
    pub(super) reader: Reader,
    pub(super) dialogs: Dialogs,
    pub(super) loading: Loading,
    pub(super) chooser: Chooser,
    pub(super) notice: Option<String>,
    /// Whether the last frame had room for only one of lists and article.
    pub(super) narrow: bool,
    /// Whether it had room for the map.
    pub(super) map_shown: bool,
    /// Whether the lists matter more there.
    pub(super) lists_in_front: bool,
    /// Whether the first article is to be opened once it is there.
    pub(super) greeting: bool,
    /// When the program began, until its first frame was painted.
    pub(super) begun: Option<Instant>,
    /// Frames drawn before the first was told of.
    frames: u32,
    /// When the view was last brought up to date while articles arrive, seconds.
    refreshed: f64,
}

impl DatelineApp {
    /// A window with nothing open, over the gazetteers of a shelf; where there is no shelf, over the one
    /// inside the program.
    pub fn new(ctx: &Context, session: Session, shelf: Result<Shelf, ShelfError>) -> Result<Self, AppError> {
        Self::with_threads(ctx, session, shelf, true)
    }

    /// The same, with every tile of the map there in the frame that shows it: for tests.
    pub fn synchronous(
        ctx: &Context,
        session: Session,
        shelf: Result<Shelf, ShelfError>,
    ) -> Result<Self, AppError> {
        Self::with_threads(ctx, session, shelf, false)
    }

    fn with_threads(
        ctx: &Context,
        session: Session,
        shelf: Result<Shelf, ShelfError>,
        threads: bool,
    ) -> Result<Self, AppError> {
        theme::apply(ctx);
        ctx.set_theme(egui::ThemePreference::from(session.theme));
        let gazetteers = Gazetteers::new(shelf);
        let (gazetteer, notice) = gazetteers.load().map_err(|error| AppError::Assets(error.to_string()))?;
        Ok(Self {
            atlas: Atlas::new(ctx, gazetteer.clone(), threads)?,
            finder: Finder::new(gazetteer.clone()),
            gazetteers,
            outlets: Outlets::new(gazetteer.clone()),
            explorer: Explorer::default(),
            session,
            lists: Lists::default(),
            reader: Reader::default(),
            dialogs: Dialogs::default(),
            loading: Loading::new(gazetteer),
            chooser: Chooser::default(),
            notice,
            narrow: false,
            map_shown: true,
            lists_in_front: false,
            greeting: false,
            begun: None,
            frames: 0,
            refreshed: f64::NEG_INFINITY,
        })
    }

    /// Starts to read files and folders; the sample where there are none.
    pub fn open_paths(&mut self, ctx: &Context, paths: Vec<PathBuf>) {
        // What was told of the gazetteers at the start is not about what was open before.
        let notice = self.notice.take();
        self.open(ctx, paths);
        self.notice = notice;
    }

    /// Shows articles that are already geoparsed, beside what is open.
    pub fn add(&mut self, articles: impl IntoIterator<Item = Geoparsed>) {
        for article in articles {
            self.explorer.collection.add(Arc::new(article));
        }
    }

    /// Notes something that could not be read.
    pub fn add_problem(&mut self, problem: Problem) {
        self.explorer.collection.add_problem(problem);
    }

    /// What is open, shown and selected.
    pub fn explorer(&self) -> &Explorer {
        &self.explorer
    }

    /// How the window is arranged.
    pub fn session(&self) -> &Session {
        &self.session
    }

    /// `(latitude, longitude)` of the middle of the map, degrees.
    pub fn map_centre(&self) -> (f64, f64) {
        self.atlas.centre()
    }

    /// Zoom of the map: the world is `256 · 2^zoom` points wide.
    pub fn map_zoom(&self) -> f64 {
        self.atlas.zoom()
    }

    /// The full name of the place that was gone to and is pinned.
    pub fn pinned(&self) -> Option<&str> {
        self.atlas.pinned()
    }

    /// Whether articles are being read, placed or written, or gazetteers changed or made.
    pub fn is_busy(&self) -> bool {
        let beside = self.gazetteers.is_busy() || self.outlets.is_busy();
        self.loading.progress().is_some() || beside || self.explorer.is_behind()
    }

    /// What the window last said at its foot.
    pub fn notice(&self) -> Option<&str> {
        self.notice.as_deref()
    }

    /// Draws one frame and carries out what was asked for in it.
    pub fn frame(&mut self, ui: &mut Ui) {
        let ctx = ui.ctx().clone();
        let mut acts: Vec<Act> =
            command::pressed(&ctx, self.dialogs.any()).into_iter().map(Act::Do).collect();
        self.take_news(&ctx, &mut acts);
        let rect = ui.max_rect();
        let tokens = Tokens::of(&ctx);
        ui.painter().rect_filled(rect, 0.0, tokens.ground);
        let top = rect.with_max_y(rect.top() + space::TOOLBAR);
        let bottom = rect.with_min_y(rect.bottom() - space::STATUS);
        let middle = Rect::from_min_max(top.left_bottom(), bottom.right_top());
        let shown = !self.explorer.collection.articles().is_empty();
        let session = self.session.clone();
        pane(ui, top, tokens.ground, |ui| {
            let enabled =
                |command| shown || !matches!(command, Command::Export | Command::CloseAll | Command::FitMap);
            menu::ui(ui, &session, &enabled, &mut acts);
        });
        let hovered = self.columns(ui, middle, &mut acts);
        pane(ui, bottom, tokens.ground, |ui| {
            let progress = self.loading.progress().map(Progress::words);
            let progress = progress.or_else(|| self.gazetteers.progress());
            status::ui(ui, &self.explorer, progress, self.notice.as_deref(), &mut acts);
        });
        for y in [top.bottom(), bottom.top()] {
            ui.painter().rect_filled(
                Rect::from_x_y_ranges(rect.x_range(), y - 1.0..=y),
                0.0,
                tokens.hairline,
            );
        }
        self.over_the_panes(&ctx, &mut acts);
        if self.explorer.hovered != hovered {
            self.explorer.hovered = hovered;
            ctx.request_repaint();
        }
        if !acts.is_empty() {
            ctx.request_repaint();
        }
        self.execute(&ctx, acts);
    }

    /// Takes in what jobs, dialogs and dropped files bring, and brings the view up to date: while
    /// articles stream in, five times a second.
    fn take_news(&mut self, ctx: &Context, acts: &mut Vec<Act>) {
        let news = self.loading.poll(ctx, &mut self.explorer.collection);
        let shelf = self.gazetteers.poll(ctx);
        if let Some(notice) = shelf.notice.or(news.notice) {
            self.notice = Some(notice);
        }
        self.dialogs.gazetteers |= shelf.refused;
        if let Some(gazetteer) = shelf.gazetteer {
            self.look_up_in(ctx, gazetteer);
        }
        if let Some(placed) = news.placed {
            self.explorer.replace(placed);
        }
        if news.read {
            self.outlets.look(ctx, self.explorer.collection.articles());
        }
        if self.outlets.poll() {
            self.home_anew(ctx);
        }
        if let Some(Problem { place, reason }) = news.unwritten {
            let mut field = PathField::new(place);
            field.refuse(format!("Not written: {reason}"));
            self.dialogs.export = Some(field);
        }
        acts.extend(self.chooser.poll());
        let dropped: Vec<PathBuf> =
            ctx.input(|input| input.raw.dropped_files.iter().map(|file| file.path().to_owned()).collect());
        if !dropped.is_empty() {
            acts.push(Act::Open(dropped));
        }
        let now = ctx.input(|input| input.time);
        let rests = self.loading.is_reading() && now - self.refreshed <= 0.2;
        if !rests || self.explorer.is_behind() {
            // A share of the frame: where frames are long anyway, their number is what one waits for.
            let share = f64::from(ctx.input(|input| input.stable_dt)) / 6.0;
            let share = Duration::from_secs_f64(share.clamp(0.002, 0.02));
            self.explorer.advance(Some(Instant::now() + share));
            if let Some(gone) = self.explorer.gone() {
                let_go(gone);
            }
            self.refreshed = now;
        } else {
            ctx.request_repaint_after(Duration::from_millis(200));
        }
        if self.explorer.is_behind() {
            ctx.request_repaint();
        }
        if news.read && self.explorer.selected.what.mention().is_none() {
            self.atlas.fit();
        }
        self.greet();
    }

    /// Opens the first article of the list when a pile was just opened, so that the text is seen beside
    /// its places at once. It counts as chosen on the map, which goes on showing everything.
    fn greet(&mut self) {
        if self.greeting
            && let Some(first) = self.explorer.view.articles.first()
            && self.explorer.collection.article(first.article).is_some()
        {
            self.greeting = false;
            if self.explorer.selected.what == Selection::None {
                self.explorer.select(Selection::Article(first.article), Pane::Map);
                self.lists_in_front = true;
            }
        }
    }

    /// Lists, map, article; answers the place that the pointer is over.
    fn columns(&mut self, ui: &mut Ui, rect: Rect, acts: &mut Vec<Act>) -> Option<u32> {
        let tokens = Tokens::of(ui.ctx());
        let reading = !self.lists_in_front && self.explorer.selected.what.article().is_some();
        let wish = Wish {
            lists: self.session.lists.then_some(self.session.lists_width),
            reader: self.session.reader.then_some(self.session.reader_width),
            reading,
        };
        let Columns { lists, map, reader } = columns::divide(rect.width(), wish);
        self.narrow = wish.lists.is_some() && wish.reader.is_some() && (lists == 0.0 || reader == 0.0);
        self.map_shown = map > 0.0;
        let (x1, x2) = (rect.left() + lists, rect.left() + lists + map);
        let mut hovered = None;
        if map > 0.0 {
            let rect = Rect::from_min_max(pos2(x1, rect.top()), pos2(x2, rect.bottom()));
            hovered = hovered.or(pane(ui, rect, tokens.sea, |ui| {
                self.atlas.cover(self.finder.is_open());
                let hovered = self.atlas.ui(ui, &self.explorer, self.session.reduced_motion, acts);
                if let Some(room) = self.atlas.search_room() {
                    let pinned = self.atlas.pinned().is_some();
                    self.finder.ui(ui, room, rect.bottom(), pinned, &self.explorer.collection, acts);
                }
                hovered
            }));
        }
        if lists > 0.0 {
            let rect = rect.with_max_x(x1);
            let over = pane(ui, rect, tokens.panel, |ui| {
                self.lists.ui(ui, &self.explorer, &mut self.session, self.loading.is_reading(), acts)
            });
            hovered = hovered.or(over);
        }
        if reader > 0.0 {
            let rect = rect.with_min_x(x2);
            hovered = hovered.or(self.article(ui, rect, acts));
        }
        if map > 0.0 {
            let line = |x: f32| Rect::from_x_y_ranges(x - 0.5..=x + 0.5, rect.y_range());
            if lists > 0.0 {
                let moved = widgets::splitter(ui, line(x1), true, "Width of the lists");
                if moved != 0.0 {
                    self.session.lists_width = lists + moved;
                }
            }
            if reader > 0.0 {
                let moved = widgets::splitter(ui, line(x2), true, "Width of the article");
                if moved != 0.0 {
                    self.session.reader_width = reader - moved;
                }
            }
        }
        hovered
    }

    /// The article, with the candidates of the selected mention under it.
    fn article(&mut self, ui: &mut Ui, rect: Rect, acts: &mut Vec<Act>) -> Option<u32> {
        let tokens = Tokens::of(ui.ctx());
        let inspects = self.session.inspector && self.explorer.selected.what.mention().is_some();
        let most = (rect.height() * 0.45).max(0.0);
        let high =
            if inspects { self.session.inspector_height.min(most).max(96.0_f32.min(most)) } else { 0.0 };
        let y = rect.bottom() - high;
        let hovered = pane(ui, rect.with_max_y(y), tokens.panel, |ui| {
            self.reader.ui(ui, &self.explorer, self.session.type_size, acts)
        });
        if high > 0.0 {
            pane(ui, rect.with_min_y(y), tokens.panel, |ui| inspector::ui(ui, &self.explorer, acts));
            let line = Rect::from_x_y_ranges(rect.x_range(), y - 0.5..=y + 0.5);
            let moved = widgets::splitter(ui, line, false, "Height of the candidates");
            if moved != 0.0 {
                self.session.inspector_height = high - moved;
            }
        }
        hovered
    }

    fn over_the_panes(&mut self, ctx: &Context, acts: &mut Vec<Act>) {
        let view = &self.explorer.view;
        let shown = format!(
            "{} with {}",
            words::count(view.articles.len(), "article", "articles"),
            words::count(view.mentions, "placed mention", "placed mentions"),
        );
        let chooser = &mut self.chooser;
        self.dialogs.ui(ctx, &shown, &mut |command| chooser.ask(ctx, command), acts);
        let choose = &mut |command| chooser.ask(ctx, command);
        self.gazetteers.ui(ctx, &mut self.dialogs.gazetteers, choose, acts);
        let (open, choices) = (&mut self.dialogs.outlets, &self.session.outlets);
        self.outlets.ui(ctx, open, choices, &self.explorer.collection, acts);
        problems::ui(ctx, &self.explorer, &mut self.dialogs.problems);
        if ctx.input(|input| !input.raw.hovered_files.is_empty()) {
            drop_hint(ctx);
        }
    }
}

/// Fills a rectangle and draws within it, and nowhere else.
fn pane<R>(ui: &mut Ui, rect: Rect, ground: egui::Color32, add: impl FnOnce(&mut Ui) -> R) -> R {
    ui.painter().rect_filled(rect, 0.0, ground);
    ui.scope_builder(UiBuilder::new().max_rect(rect), |ui| {
        ui.shrink_clip_rect(rect);
        add(ui)
    })
    .inner
}

/// What a drop will do, while files hang over the window.
fn drop_hint(ctx: &Context) {
    let tokens = Tokens::of(ctx);
    let layer = egui::LayerId::new(egui::Order::Foreground, egui::Id::unique("drop hint"));
    let painter = ctx.layer_painter(layer);
    let rect = ctx.content_rect();
    painter.rect_filled(rect, 0.0, tokens.ground.gamma_multiply(0.85));
    let font = theme::semibold(theme::size::HEADING);
    let text = "Drop files or a folder to read them";
    painter.text(rect.center(), egui::Align2::CENTER_CENTER, text, font, tokens.text);
}

impl eframe::App for DatelineApp {
    fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
        // With the second frame the first has been painted.
        self.frames = self.frames.saturating_add(1);
        if self.frames == 1 {
            ui.ctx().request_repaint();
        } else if let Some(begun) = self.begun.take() {
            log::debug!("first frame after {} ms", begun.elapsed().as_millis());
        }
        self.frame(ui);
    }

    fn save(&mut self, storage: &mut dyn eframe::Storage) {
        storage.set_string(SESSION, self.session.save());
    }

    fn persist_egui_memory(&self) -> bool {
        false
    }

    fn clear_color(&self, visuals: &egui::Visuals) -> [f32; 4] {
        visuals.panel_fill.to_normalized_gamma_f32()
    }
}

/// The view state that was saved when the program last ended.
pub(super) fn restored(storage: Option<&dyn eframe::Storage>) -> Session {
    storage
        .and_then(|storage| storage.get_string(SESSION))
        .map_or_else(Session::default, |text| Session::restore(&text))
}
