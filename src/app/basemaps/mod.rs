//! What lies under the marks, chosen and added to from the window.
//! Files are opened behind the window; until one is open, and where one cannot be, the basemap inside the program
//! is shown.

mod ask;
mod form;
mod kept;
mod layers;
mod list;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::Context;

use crate::basemap::Lain;
use crate::basemap::source::online::{Online, Server, Template, TileCache};
use crate::basemap::source::{About, Format, Source};
use crate::jobs::{Answer, Task};
use crate::model::Problem;

use super::command::{Act, Command};
use super::map::Under;
use super::theme::space;
use super::{dialog, widgets, words};
use form::{Filled, Form};
pub use kept::{Chosen, GroundChoices, Kept, OnlineTiles, Origin};
use layers::Layers;
pub use layers::{LayerChoice, LayerWish, is_layer};

/// A wish about the ground; numbers are places in the list of what was added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GroundWish {
    /// Show this.
    Choose(Chosen),
    /// Add a file of tiles and show it.
    AddFile(PathBuf),
    /// Let the map's own names stand over a source's pictures, or do not.
    Names(usize, bool),
    /// Keep a server; with a number, in place of that one.
    Put(Option<usize>, Kept),
    /// Fetch tiles from a server, and show it.
    Allow(usize),
    /// Something about the layers over it.
    Layer(LayerWish),
    /// Delete the tiles that were fetched.
    ClearCache,
    /// Forget one; its file stays where it is.
    Remove(usize),
}

/// A file that is being opened.
struct Opening {
    path: PathBuf,
    task: Task<Result<Source, Problem>>,
}

/// What happened behind the window.
#[derive(Default)]
pub struct News {
    /// A sentence to show.
    pub notice: Option<String>,
    /// Whether the map is to be drawn of something else.
    pub changed: bool,
}

/// The basemaps, and the window that lists them.
#[derive(Default)]
pub struct Basemaps {
    /// The source that is shown, once it is open.
    source: Option<Arc<Source>>,
    opening: Option<Opening>,
    /// Why the last wish was not carried out.
    told: Option<String>,
    /// The path of a file to add, as far as it is typed.
    path: String,
    /// Whether the cursor was put where typing begins.
    asked: bool,
    page: Page,
    layers: Layers,
    /// Where fetched tiles are kept; nowhere in tests.
    cache: Option<Arc<TileCache>>,
    /// Bytes of fetched tiles, as they are being counted, and as they were.
    counting: Option<Task<u64>>,
    counted: Option<u64>,
}

/// What the window shows.
#[derive(Default)]
enum Page {
    #[default]
    List,
    /// The files over the map.
    Layers,
    /// A server is being described.
    Form(Box<Form>),
    /// Whether tiles may be fetched from a server.
    Ask(usize),
}

impl Basemaps {
    /// Keeps fetched tiles there, if anywhere.
    pub fn new(cache: Option<TileCache>) -> Self {
        Self { cache: cache.map(Arc::new), ..Self::default() }
    }

    /// Begins with what was shown when the program last ended.
    pub fn start(&mut self, ctx: &Context, choices: &GroundChoices) {
        self.layers.start(ctx, choices);
        match choices.shown() {
            Some(Kept { from: Origin::File(path), .. }) => self.begin_opening(ctx, path.clone()),
            Some(Kept { title, from: Origin::Online(tiles), .. }) if tiles.allowed => {
                self.source = online(ctx, title, tiles, self.cache.clone()).map(Arc::new);
            }
            _ => {}
        }
    }

    /// Begins with the list.
    pub fn open(&mut self, ctx: &Context) {
        (self.told, self.asked, self.page) = (None, false, Page::List);
        self.count(ctx, false);
    }

    /// Begins with the files over the map.
    pub fn open_layers(&mut self, ctx: &Context) {
        self.open(ctx);
        (self.page, self.layers.asked) = (Page::Layers, false);
    }

    /// The box around a layer, on the unit square.
    pub fn layer_bounds(&self, choices: &GroundChoices, at: usize) -> Option<[[f64; 2]; 2]> {
        self.layers.bounds(choices, at)
    }

    /// Counts the tiles that were fetched, after deleting them if so wished.
    fn count(&mut self, ctx: &Context, clear: bool) {
        let Some(cache) = self.cache.clone() else {
            return;
        };
        let ctx = ctx.clone();
        let work = move || {
            if clear && let Err(error) = cache.clear() {
                log::warn!("fetched tiles could not all be deleted: {error}");
            }
            cache.size()
        };
        self.counting = Some(Task::start(move || ctx.request_repaint(), work));
    }

    /// The source to draw the map of, and what else is to be known of it.
    pub fn under(&self, choices: &GroundChoices) -> (Option<Arc<Source>>, Under) {
        let plain = choices.chosen == Chosen::Plain;
        let layers: Arc<[Lain]> = self.layers.lain(choices).into();
        let Some(source) = &self.source else {
            return (None, Under { plain, names: !plain, layers, ..Under::default() });
        };
        let about = source.about();
        let names = about.format == Format::Vector || choices.shown().is_some_and(|kept| kept.names);
        let of_tiles = about.format == Format::Vector;
        (Some(Arc::clone(source)), Under { plain, names, of_tiles, owed: about.attribution.clone(), layers })
    }

    /// Carries out a wish; answers whether the map is to be drawn of something else.
    pub fn carry_out(&mut self, ctx: &Context, choices: &mut GroundChoices, wish: GroundWish) -> bool {
        self.told = None;
        match wish {
            GroundWish::Choose(chosen) => {
                let before = std::mem::replace(&mut choices.chosen, chosen);
                if let Some((at, _)) = choices.asks() {
                    choices.chosen = before;
                    self.page = Page::Ask(at);
                    return false;
                }
                choices.mend();
                self.show(ctx, choices);
            }
            GroundWish::AddFile(path) => {
                let path = std::path::absolute(&path).unwrap_or(path);
                let known = choices.kept.iter().position(|kept| kept.from == Origin::File(path.clone()));
                match known {
                    Some(at) => return self.carry_out(ctx, choices, GroundWish::Choose(Chosen::Kept(at))),
                    None => self.begin_opening(ctx, path),
                }
                return false;
            }
            GroundWish::Put(at, kept) => {
                let at = match at.and_then(|at| Some((at, choices.kept.get_mut(at)?))) {
                    Some((at, old)) => {
                        *old = kept;
                        at
                    }
                    None => {
                        choices.kept.push(kept);
                        choices.kept.len() - 1
                    }
                };
                let shown = choices.chosen == Chosen::Kept(at);
                choices.mend();
                if shown {
                    self.show(ctx, choices);
                }
                self.carry_out(ctx, choices, GroundWish::Choose(Chosen::Kept(at)));
                return shown;
            }
            GroundWish::Allow(at) => {
                if let Some(Kept { from: Origin::Online(tiles), .. }) = choices.kept.get_mut(at) {
                    tiles.allowed = true;
                }
                self.page = Page::List;
                return self.carry_out(ctx, choices, GroundWish::Choose(Chosen::Kept(at)));
            }
            GroundWish::Layer(wish) => return self.layers.carry_out(ctx, choices, wish),
            GroundWish::ClearCache => {
                self.count(ctx, true);
                return false;
            }
            GroundWish::Names(at, on) => {
                if let Some(kept) = choices.kept.get_mut(at) {
                    kept.names = on;
                }
            }
            GroundWish::Remove(at) => {
                let gone = choices.chosen == Chosen::Kept(at);
                choices.remove(at);
                if gone {
                    self.show(ctx, choices);
                }
                return gone;
            }
        }
        true
    }

    /// Lets go of what was shown, and opens what is to be.
    fn show(&mut self, ctx: &Context, choices: &GroundChoices) {
        (self.source, self.opening) = (None, None);
        self.start(ctx, choices);
    }

    fn begin_opening(&mut self, ctx: &Context, path: PathBuf) {
        let (ctx, file) = (ctx.clone(), path.clone());
        let task = Task::start(move || ctx.request_repaint(), move || Source::open(&file));
        self.opening = Some(Opening { path, task });
    }

    /// Whether a file is being opened.
    pub fn is_busy(&self) -> bool {
        self.opening.is_some() || self.counting.is_some() || self.layers.is_busy()
    }

    /// Takes in what happened behind the window.
    pub fn poll(&mut self, choices: &mut GroundChoices) -> News {
        match self.counting.as_ref().map(Task::poll) {
            None | Some(Answer::Awaited) => {}
            Some(Answer::Here(bytes)) => (self.counting, self.counted) = (None, Some(bytes)),
            Some(Answer::Lost) => self.counting = None,
        }
        let (changed, notice) = self.layers.poll();
        let tiles = self.poll_opening(choices);
        News { changed: changed || tiles.changed, notice: tiles.notice.or(notice) }
    }

    fn poll_opening(&mut self, choices: &mut GroundChoices) -> News {
        let Some(opening) = &self.opening else {
            return News::default();
        };
        let answer = match opening.task.poll() {
            Answer::Awaited => return News::default(),
            Answer::Here(answer) => answer,
            Answer::Lost => Err(Problem {
                place: opening.path.display().to_string(),
                reason: "it could not be read".to_owned(),
            }),
        };
        let path = self.opening.take().map(|opening| opening.path).unwrap_or_default();
        match answer {
            Ok(source) => {
                take(choices, &path, source.about());
                self.source = Some(Arc::new(source));
                self.path.clear();
                News { notice: None, changed: true }
            }
            Err(problem) => self.refuse(choices, &path, &problem),
        }
    }

    /// Falls back to the basemap inside the program where what was shown cannot be.
    fn refuse(&mut self, choices: &mut GroundChoices, path: &Path, problem: &Problem) -> News {
        let reason = words::sentence(&problem.reason);
        let shown = choices.shown().is_some_and(|kept| kept.from == Origin::File(path.to_owned()));
        if !shown {
            // To be put right where it was typed.
            self.path = path.display().to_string();
            self.told = Some(format!("{reason}: {}", path.display()));
            return News::default();
        }
        choices.chosen = Chosen::BuiltIn;
        let told = format!("The built-in basemap is shown. {reason}: {}", path.display());
        self.told = Some(told.clone());
        News { notice: Some(told), changed: true }
    }

    /// Draws the window while `open`. `choose` asks the system's own dialog for files.
    pub fn ui(
        &mut self,
        ctx: &Context,
        open: &mut bool,
        choices: &GroundChoices,
        choose: &mut dyn FnMut(Command),
        acts: &mut Vec<Act>,
    ) {
        let room = ctx.content_rect().size();
        let title = match &self.page {
            Page::List | Page::Layers => "Basemaps",
            Page::Form(form) if form.at.is_some() => "Change online tiles",
            Page::Form(_) => "Add online tiles",
            Page::Ask(_) => "Online tiles",
        };
        dialog::window(title, open).show(ctx, |ui| {
            ui.set_width((room.x - 96.0).clamp(280.0, 560.0));
            let high = (room.y - 300.0).clamp(120.0, 420.0);
            let mut back = false;
            match &mut self.page {
                Page::List => {
                    self.tabs(ui, choices);
                    self.list(ui, high, choices, choose, acts);
                }
                Page::Layers => {
                    self.tabs(ui, choices);
                    self.layer_list(ui, high, choices, choose, acts);
                }
                Page::Form(form) => match form.ui(ui) {
                    Filled::Typing => {}
                    Filled::Back => back = true,
                    Filled::Done(kept) => {
                        acts.push(Act::Ground(GroundWish::Put(form.at, kept)));
                        back = true;
                    }
                },
                Page::Ask(at) => match choices.kept.get(*at).map(|kept| &kept.from) {
                    Some(Origin::Online(tiles)) => match ask::ui(ui, tiles) {
                        Some(true) => acts.push(Act::Ground(GroundWish::Allow(*at))),
                        Some(false) => back = true,
                        None => {}
                    },
                    _ => back = true,
                },
            }
            if back {
                (self.page, self.asked) = (Page::List, false);
            }
        });
    }
}

impl Basemaps {
    /// What lies under the marks, and what over the ground.
    fn tabs(&mut self, ui: &mut egui::Ui, choices: &GroundChoices) {
        ui.horizontal(|ui| {
            let under = matches!(self.page, Page::List);
            let count = |count: usize| words::number(count as u64);
            if widgets::tab(ui, "Ground", &count(choices.kept.len() + 2), under).clicked() {
                (self.page, self.asked) = (Page::List, false);
            }
            ui.add_space(space::M);
            if widgets::tab(ui, "Layers", &count(choices.layers.len()), !under).clicked() {
                (self.page, self.layers.asked) = (Page::Layers, false);
            }
        });
        ui.add_space(space::S);
    }
}

/// Makes ready to fetch a server's tiles.
fn online(ctx: &Context, title: &str, tiles: &OnlineTiles, cache: Option<Arc<TileCache>>) -> Option<Source> {
    let template = Template::parse(&tiles.address).ok()?;
    let dense = ctx.pixels_per_point() > 1.25;
    let server = Server {
        title: title.to_owned(),
        attribution: tiles.owed.clone(),
        nearest: tiles.nearest,
        wide: tiles.wide,
        dense,
        template,
    };
    let ctx = ctx.clone();
    Some(Source::Online(Online::open(server, cache, move || ctx.request_repaint())))
}

/// Keeps what was opened, and shows it.
fn take(choices: &mut GroundChoices, path: &Path, about: &About) {
    let from = Origin::File(path.to_owned());
    let known = choices.kept.iter().position(|kept| kept.from == from);
    let at = known.unwrap_or_else(|| {
        let stem = || path.file_stem().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
        let title = if about.title.is_empty() { stem() } else { about.title.clone() };
        choices.kept.push(Kept { title, facts: String::new(), from, names: false });
        choices.kept.len() - 1
    });
    if let Some(kept) = choices.kept.get_mut(at) {
        kept.facts = facts(about);
    }
    choices.chosen = Chosen::Kept(at);
}

/// "Vector tiles, levels 0 – 14 · © OpenStreetMap contributors".
fn facts(about: &About) -> String {
    let what = if about.format == Format::Vector { "Vector tiles" } else { "Pictures" };
    let (least, most) = about.zooms;
    let mut parts = vec![format!("{what}, levels {least} – {most}")];
    if !about.attribution.is_empty() {
        parts.push(about.attribution.clone());
    }
    parts.join(" · ")
}
