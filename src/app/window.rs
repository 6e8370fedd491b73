//! The window's frame: the bars, the areas between them, and the order in which a frame happens.
//! News from jobs, then keys, then panes, then what the panes asked for.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use egui::{Context, Rect, Ui, UiBuilder};
use tantivy::directory::MmapDirectory;

use crate::basemap::source::online::TileCache;
use crate::explore::{Explorer, History, Index, Pane, Selection};
use crate::gazetteer::{Shelf, ShelfError};
use crate::jobs::{is_svg, let_go};
use crate::model::{Geoparsed, Problem};

use super::AppError;
use super::atlas::Atlas;
use super::basemaps::{Basemaps, GroundWish, LayerWish, is_layer};
use super::choose::Chooser;
use super::columns::Sheet;
use super::command::{self, Act, Command};
use super::correct::{Around, Correcting, Form};
use super::dialog::Dialogs;
use super::events::EventCard;
use super::execute::mouse_buttons;
use super::finder::Finder;
use super::focus::Focus;
use super::gazetteers::Gazetteers;
use super::inspector::Inspector;
use super::lists::Lists;
use super::loading::Loading;
use super::outlets::Outlets;
use super::palette::Palette;
use super::problems::Problems;
use super::project::banner;
use super::project::{Keeping, Projects};
use super::reader::Reader;
use super::review::Review;
use super::session::Session;
use super::status::{self, Doing};
use super::theme::{self, Tokens, space};
use super::timeline::Timeline;
use super::toasts::Toasts;
use super::watch::Watch;
use super::{drop, menu, project, words};

/// Where the view state is kept among the program's settings.
const SESSION: &str = "session";

/// Articles among which the first is worth opening while others are still being read.
const ENOUGH: usize = 20;

/// The window.
pub struct DatelineApp {
    pub(super) explorer: Explorer,
    pub(super) session: Session,
    pub(super) atlas: Atlas,
    pub(super) basemaps: Basemaps,
    pub(super) history: History,
    /// How the articles were numbered when the history was last looked at.
    numbering: u64,
    pub(super) finder: Finder,
    pub(super) gazetteers: Gazetteers,
    pub(super) outlets: Outlets,
    pub(super) lists: Lists,
    pub(super) reader: Reader,
    pub(super) inspector: Inspector,
    pub(super) event_card: EventCard,
    pub(super) timeline: Timeline,
    pub(super) dialogs: Dialogs,
    pub(super) palette: Palette,
    pub(super) focus: Focus,
    pub(super) loading: Loading,
    pub(super) keeping: Keeping,
    pub(super) correcting: Correcting,
    pub(super) projects: Projects,
    pub(super) review: Review,
    pub(super) chooser: Chooser,
    pub(super) toasts: Toasts,
    pub(super) problems: Problems,
    /// What is open, in a few words.
    pub(super) opened: Option<String>,
    /// What was chosen for the last export.
    pub(super) exporting: super::export::Choices,
    /// And for the last picture.
    pub(super) picturing: super::picture::Choices,
    /// The title that the desktop was told last.
    title: String,
    /// Whether the last frame had room for only one of lists and article.
    pub(super) narrow: bool,
    /// Width of all areas together then, points.
    pub(super) wide: f32,
    /// Whether it had room for the map.
    pub(super) map_shown: bool,
    /// Where the map was, or all areas where it was not.
    pub(super) map_room: Rect,
    /// Whether the lists matter more there.
    pub(super) lists_in_front: bool,
    /// Whether the first article is to be opened once it is there.
    pub(super) greeting: bool,
    /// When the program began, until its first frame was painted.
    pub(super) begun: Option<Instant>,
    pub(super) watch: Watch,
    /// Frames drawn before the first was told of.
    frames: u32,
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
        theme::still(ctx, session.reduced_motion);
        ctx.set_theme(egui::ThemePreference::from(session.theme));
        ctx.set_zoom_factor(session.scale);
        // The scale has commands of its own, and is remembered.
        ctx.options_mut(|options| options.zoom_with_keyboard = false);
        let gazetteers = Gazetteers::new(shelf);
        let (gazetteer, notice) = gazetteers.load().map_err(|error| AppError::Assets(error.to_string()))?;
        let mut explorer = explorer(&session);
        if threads {
            let ctx = ctx.clone();
            explorer.work_behind(move || ctx.request_repaint());
        }
        let mut toasts = Toasts::default();
        if let Some(notice) = notice {
            toasts.fail(notice, Some(("Gazetteers…", Act::Do(Command::Gazetteers))));
        }
        let mut atlas = Atlas::new(ctx, gazetteer.clone(), threads)?;
        atlas.restore(&session.sighting);
        let mut basemaps = Basemaps::new(if threads { TileCache::at_home() } else { None });
        basemaps.start(ctx, &session.ground);
        let mut app = Self {
            atlas,
            basemaps,
            history: History::default(),
            numbering: 0,
            finder: Finder::new(gazetteer.clone()),
            gazetteers,
            outlets: Outlets::new(gazetteer.clone()),
            explorer,
            session,
            lists: Lists::default(),
            reader: Reader::default(),
            inspector: Inspector::default(),
            event_card: EventCard::default(),
            timeline: Timeline::default(),
            dialogs: Dialogs::default(),
            palette: Palette::default(),
            focus: Focus::default(),
            loading: Loading::new(gazetteer),
            keeping: Keeping::new(if threads { project::unsaved_folder() } else { None }),
            correcting: Correcting::default(),
            projects: Projects::default(),
            review: Review::default(),
            chooser: Chooser::default(),
            toasts,
            problems: Problems::default(),
            opened: None,
            exporting: super::export::Choices::default(),
            picturing: super::picture::Choices::default(),
            title: String::new(),
            narrow: false,
            wide: f32::INFINITY,
            map_shown: true,
            map_room: Rect::ZERO,
            lists_in_front: false,
            greeting: false,
            begun: None,
            frames: 0,
            watch: Watch::default(),
        };
        app.projects.words =
            dirs::cache_dir().filter(|_| threads).map(|cache| cache.join("dateline").join("words"));
        app.lay_ground();
        Ok(app)
    }

    /// Starts to read files and folders; the sample where there are none.
    pub fn open_paths(&mut self, ctx: &Context, paths: Vec<PathBuf>) {
        // What was told of the gazetteers at the start is not about what was open before.
        let before = std::mem::take(&mut self.toasts);
        self.open(ctx, paths);
        self.toasts.follow(before);
    }

    /// Carries out what a pane might have asked for.
    pub fn carry_out(&mut self, ctx: &Context, act: Act) {
        self.execute(ctx, vec![act]);
    }

    /// Keeps in this folder what is corrected and not saved.
    pub fn keep_in(&mut self, folder: PathBuf) {
        self.keeping.keep_in(folder);
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
        let asked = self.dialogs.form.as_ref().is_some_and(Form::is_busy);
        let beside = asked || self.gazetteers.is_busy() || self.outlets.is_busy() || self.basemaps.is_busy();
        self.loading.progress().is_some()
            || beside
            || self.dialogs.columns.as_ref().is_some_and(Sheet::is_busy)
            || self.keeping.is_busy()
            || self.projects.is_busy()
            || self.correcting.is_busy()
            || self.review.is_busy()
            || self.explorer.is_behind()
    }

    /// Whether articles are still being read.
    pub fn is_reading(&self) -> bool {
        self.loading.is_reading()
    }

    /// What the window last said in passing.
    pub fn notice(&self) -> Option<&str> {
        self.toasts.last()
    }

    /// Draws one frame and carries out what was asked for in it.
    pub fn frame(&mut self, ui: &mut Ui) {
        let ctx = ui.ctx().clone();
        self.watch.begin();
        // The plain keys are the review's own while it is open.
        let keyboard = self.focus.keyboard(&ctx, self.dialogs.any() || self.review.is_open());
        let pressed = command::pressed(&ctx, keyboard).into_iter();
        let mut acts: Vec<Act> = pressed.map(|command| Act::Do(self.meant(&ctx, command))).collect();
        acts.extend(mouse_buttons(&ctx));
        self.take_news(&ctx, &mut acts);
        self.watch.did("view");
        let rect = ui.max_rect();
        let tokens = Tokens::of(&ctx);
        ui.painter().rect_filled(rect, 0.0, tokens.ground);
        let top = rect.with_max_y(rect.top() + space::TOOLBAR);
        let bottom = rect.with_min_y(rect.bottom() - space::STATUS);
        let mut middle = Rect::from_min_max(top.left_bottom(), bottom.right_top());
        pane(ui, top, tokens.ground, |ui| {
            let enabled = &|command| self.hindrance(command).is_none();
            let told = &|command| self.told_of(command);
            menu::ui(ui, menu::Around { session: &self.session, enabled, told }, &mut acts);
        });
        self.watch.did("menu");
        if let Some(banner) = self.projects.banner(&self.keeping) {
            let strip = middle.with_max_y(middle.top() + banner::HEIGHT);
            middle.min.y = strip.bottom();
            pane(ui, strip, tokens.raised, |ui| banner.ui(ui, strip, &mut acts));
        }
        let hovered = if self.review.is_open() {
            self.review_page(ui, middle, &mut acts);
            None
        } else {
            self.areas(ui, middle, &mut acts)
        };
        self.watch.did("areas");
        pane(ui, bottom, tokens.ground, |ui| {
            let doing = self.loading.progress().map(Doing::of);
            let doing = doing.or_else(|| self.gazetteers.progress().map(Doing::told));
            let doing = self.projects.opening.as_ref().map(project::Opening::doing).or(doing);
            let doing = doing.or_else(|| self.projects.adding.doing()).or_else(|| self.saving());
            let kept = self.kept();
            status::ui(
                ui,
                &self.explorer,
                doing.as_ref(),
                kept.as_ref(),
                self.session.reduced_motion,
                &mut acts,
            );
        });
        for y in [top.bottom(), bottom.top()] {
            ui.painter().rect_filled(
                Rect::from_x_y_ranges(rect.x_range(), y - 1.0..=y),
                0.0,
                tokens.hairline,
            );
        }
        self.watch.did("status");
        self.over_the_panes(&ctx, &mut acts);
        self.watch.did("dialogs");
        self.entitle(&ctx);
        if self.explorer.hovered != hovered {
            self.explorer.hovered = hovered;
            ctx.request_repaint();
        }
        if !acts.is_empty() {
            ctx.request_repaint();
        }
        self.execute(&ctx, acts);
        self.remember(&ctx);
        self.focus.settle(&ctx, self.dialogs.any());
        self.watch.did("acts");
        self.watch.end();
    }

    /// Tells the desktop what is open.
    fn entitle(&mut self, ctx: &Context) {
        let title = match &self.opened {
            Some(name) if !self.explorer.collection.is_empty() || self.loading.is_reading() => {
                let read_only = self.keeping.standing().read_only.is_some();
                format!("{name}{} — Dateline", if read_only { " (read-only)" } else { "" })
            }
            _ => "Dateline".to_owned(),
        };
        if self.title != title {
            ctx.send_viewport_cmd(egui::ViewportCommand::Title(title.clone()));
            self.title = title;
        }
    }

    /// That the project is being saved.
    fn saving(&self) -> Option<Doing> {
        let path = self.keeping.saving()?;
        Some(Doing::told(format!("Saving {}", project::name(path))).uninterrupted())
    }

    /// How what is open is kept: its name with a word, and a sentence.
    fn kept(&self) -> Option<status::Kept> {
        let (word, sentence) = self.keeping.kept()?;
        let name = self.opened.as_deref().unwrap_or("Articles");
        Some((format!("{name}  ·  {word}"), sentence))
    }

    /// Takes in what jobs, dialogs and dropped files bring, and brings the view up to date.
    fn take_news(&mut self, ctx: &Context, acts: &mut Vec<Act>) {
        let news = self.loading.poll(ctx, &mut self.explorer.collection);
        self.watch.did("news");
        let shelf = self.gazetteers.poll(ctx);
        for notice in [shelf.notice, news.notice].into_iter().flatten() {
            self.toasts.tell(notice);
        }
        self.dialogs.gazetteers |= shelf.refused;
        if let Some(gazetteer) = shelf.gazetteer {
            self.look_up_in(ctx, gazetteer);
        }
        self.take_ground_news();
        self.take_project_news(ctx);
        if let Some(placed) = news.placed {
            self.explorer.replace(placed);
        }
        self.take_corrections(ctx);
        self.correcting.follow(ctx, &self.explorer, self.dialogs.any() || self.review.is_open(), acts);
        self.follow_review(ctx);
        if news.read {
            self.explorer.all_arrived();
            self.tell_problems();
        }
        // What was read with its mentions is placed nowhere else, wherever its outlets are at home.
        if news.read && !self.explorer.collection.is_as_read() && !self.keeping.is_there() {
            self.outlets.look(ctx, self.explorer.collection.archive());
        }
        if self.outlets.poll() {
            self.home_anew(ctx);
        }
        if let Some(Problem { place, reason }) = news.unwritten {
            let told = format!("Not written: {reason}");
            if is_svg(std::path::Path::new(&place)).is_ok() {
                let mut sheet = super::picture::Sheet::new(place, self.picturing.clone());
                sheet.field.refuse(told);
                self.dialogs.picture = Some(sheet);
            } else {
                let mut sheet = super::export::Sheet::new(place, self.exporting);
                sheet.field.refuse(told);
                self.dialogs.export = Some(sheet);
            }
        }
        acts.extend(self.chooser.poll());
        acts.extend(self.pasted(ctx));
        let dropped = drop::dropped(ctx);
        let read = matches!(self.use_of_drop(), drop::Use::Read { .. });
        let (layers, dropped): (Vec<_>, Vec<_>) =
            dropped.into_iter().partition(|path| read && is_layer(path));
        let lay = |path| Act::Ground(GroundWish::Layer(LayerWish::Add(path)));
        acts.extend(layers.into_iter().map(lay));
        if !dropped.is_empty() {
            acts.push(self.use_of_drop().act(dropped));
        }
        self.explorer.look_at(self.atlas.zoom());
        if self.explorer.advance() {
            // With the next frame the last view is let go of.
            ctx.request_repaint();
        }
        while let Some(gone) = self.explorer.gone() {
            let_go(gone);
        }
        if self.numbering != self.explorer.numbering() {
            // What was selected before has other numbers now.
            self.numbering = self.explorer.numbering();
            self.history.clear();
        }
        if let Some(until) = self.explorer.rests_until() {
            ctx.request_repaint_after(until.saturating_duration_since(Instant::now()));
        }
        if news.read && self.explorer.selected.what.mention().is_none() {
            self.atlas.all_read();
        }
        self.greet(ctx);
    }

    /// Opens the first article of the list when a pile was just opened, so that the text is seen beside
    /// its places at once. It counts as chosen on the map, which goes on showing everything.
    fn greet(&mut self, ctx: &Context) {
        let settled = !self.loading.is_reading() || self.explorer.collection.len() >= ENOUGH;
        if self.greeting
            && settled
            && let Some(first) = self.explorer.view.articles.first()
            && self.explorer.collection.card(first.article).is_some()
        {
            self.greeting = false;
            ctx.request_repaint();
            if self.explorer.selected.what == Selection::None {
                self.explorer.select(Selection::Article(first.article), Pane::Map);
                self.lists_in_front = true;
            }
        }
    }

    /// What was pasted where nothing is being typed: an article.
    fn pasted(&self, ctx: &Context) -> Option<Act> {
        let words = |event: &egui::Event| match event {
            egui::Event::Paste(words) => Some(Act::Pasted(words.clone())),
            _ => None,
        };
        let typing = ctx.text_edit_focused() || self.dialogs.any();
        (!typing).then(|| ctx.input(|input| input.events.iter().find_map(words))).flatten()
    }

    fn over_the_panes(&mut self, ctx: &Context, acts: &mut Vec<Act>) {
        let view = &self.explorer.view;
        let articles = words::count(view.article_count(), "article", "articles");
        let mentions = words::count(view.mentions, "placed mention", "placed mentions");
        let shown = format!("{articles} with {mentions}");
        let collection = &self.explorer.collection;
        let all = words::count(collection.len(), "article", "articles");
        let all = format!("{all} with {}", words::count(collection.mention_count(), "mention", "mentions"));
        let chooser = &mut self.chooser;
        self.dialogs.ui(ctx, (&shown, &all), &mut |command| chooser.ask(ctx, command), acts);
        let choose = &mut |command| chooser.ask(ctx, command);
        self.gazetteers.ui(ctx, &mut self.dialogs.gazetteers, choose, acts);
        let (open, choices) = (&mut self.dialogs.basemaps, &self.session.ground);
        self.basemaps.ui(ctx, open, choices, choose, acts);
        if let Some(mut form) = self.dialogs.form.take() {
            let (explorer, state, gazetteer) =
                (&self.explorer, self.keeping.state(), self.finder.gazetteer());
            let around = Around { explorer, state, gazetteer };
            self.dialogs.form = form.ui(ctx, &around, acts).then_some(form);
        }
        self.dialogs.naming(ctx, &self.session.finding, acts);
        let (open, choices) = (&mut self.dialogs.outlets, &self.session.outlets);
        self.outlets.ui(ctx, open, choices, &self.explorer.collection, acts);
        let around = project::Around {
            recent: &self.session.opened,
            collection: &self.explorer.collection,
            keeping: &self.keeping,
            name: self.opened.as_deref().unwrap_or("the articles"),
        };
        self.projects.ui(ctx, &mut self.dialogs.project, around, choose, acts);
        self.say(ctx, acts);
        self.palette(ctx, acts);
    }
}

/// Nothing open yet, in the order that was chosen last. The index of words is a folder that goes with it.
fn explorer(session: &Session) -> Explorer {
    let mut explorer = Explorer::default();
    explorer.filter.order = session.finding.order;
    explorer.filter.subject = session.subject;
    explorer.filter.events.once = session.once;
    explorer.index = Index::kept_in(Arc::new(|| match MmapDirectory::create_from_tempdir() {
        Ok(folder) => Some(Box::new(folder)),
        Err(error) => {
            log::warn!("the index of words is kept in memory: {error}");
            None
        }
    }));
    explorer
}

/// Fills a rectangle and draws within it, and nowhere else.
pub(super) fn pane<R>(ui: &mut Ui, rect: Rect, ground: egui::Color32, add: impl FnOnce(&mut Ui) -> R) -> R {
    ui.painter().rect_filled(rect, 0.0, ground);
    ui.scope_builder(UiBuilder::new().max_rect(rect), |ui| {
        ui.shrink_clip_rect(rect);
        add(ui)
    })
    .inner
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
        let (lat, lon) = self.atlas.centre();
        self.session.sighting.camera = Some((lat, lon, self.atlas.zoom()));
        storage.set_string(SESSION, self.session.save());
        // What eframe has to know before there is a window, in its own words: without the scale it would make
        // the window as much too small as the interface is large.
        let scale = self.session.scale;
        storage.set_string("egui", format!("(options:(zoom_factor:{scale:?}))"));
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
