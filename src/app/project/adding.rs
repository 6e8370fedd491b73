//! Articles that are added to what is open, and folders that are watched for them.
//! What is there already is known by its words, whatever it is called, and is counted and not read twice.

use std::path::PathBuf;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use egui::{Context, Label, RichText, Ui};
use egui_phosphor::regular as icon;

use super::Wish;
use crate::app::asking::{PathField, path_row, quiet};
use crate::app::command::{Act, Command};
use crate::app::dialog;
use crate::app::loading::Loading;
use crate::app::opening::addresses;
use crate::app::status::Doing;
use crate::app::theme::{self, Tokens, size, space};
use crate::app::{widgets, words};
use crate::explore::{Arrival, Collection};
use crate::geoparse::Geoparser;
use crate::ingest;
use crate::jobs::adding::{News, Sources, Sum, Words};
use crate::jobs::watch::{self, Pace, Seen, Watch};
use crate::jobs::{Job, all_threads, let_go};
use crate::model::{Archive, Article, Problem};
use crate::project::Shelf;

/// Time that a frame spends on taking in articles.
const PER_FRAME: Duration = Duration::from_millis(4);
/// How long news may wait for a frame.
const PATIENCE: Duration = Duration::from_millis(40);

/// What is known of the articles that are open.
pub struct Open {
    /// The project's articles, where there is a project.
    pub shelf: Option<Shelf>,
    /// How many of them it keeps; those after them are looked at.
    pub kept: usize,
    /// All of them.
    pub archive: Archive,
}

/// What came of adding in one frame.
#[derive(Default)]
pub struct Added {
    /// Numbers of articles that came.
    pub numbers: Vec<u32>,
    /// A sentence to show, at the end.
    pub told: Option<String>,
    /// Why a folder is not watched any more.
    pub missing: Vec<Problem>,
}

/// The jobs that add, and the dialog about it.
#[derive(Default)]
pub struct Adding {
    job: Option<(Job<News<Box<Arrival>>>, Sum)>,
    /// What waits for the job to end.
    waiting: Vec<Sources>,
    words: Words,
    watch: Option<Watch>,
    /// The folders that are watched.
    folders: Vec<PathBuf>,
    field: PathField,
    /// Whether the folder that is typed is to be watched.
    watched: bool,
}

impl Adding {
    /// Adds articles when those before them are added.
    pub fn add(&mut self, sources: Sources) {
        self.waiting.push(sources);
    }

    /// Whether articles are being added.
    pub fn is_busy(&self) -> bool {
        self.job.is_some() || !self.waiting.is_empty()
    }

    /// Leaves off.
    pub fn cancel(&mut self) {
        self.waiting.clear();
        if let Some((job, _)) = &self.job {
            job.cancel();
        }
    }

    /// Adds nothing any more, and watches nothing.
    pub fn close(&mut self) {
        let_go((self.job.take(), self.watch.take()));
        (self.words, self.waiting) = (Words::default(), Vec::new());
        self.folders.clear();
    }

    /// How far it is.
    pub fn doing(&self) -> Option<Doing> {
        let (job, sum) = self.job.as_ref()?;
        let added = words::count(sum.added, "article", "articles");
        let known = if sum.known > 0 {
            format!(", {} known", words::number(sum.known as u64))
        } else {
            String::new()
        };
        let share = job.meter().and_then(ingest::Meter::share).unwrap_or(0.0);
        Some(Doing::shared(format!("Adding: {added}{known}"), share))
    }

    /// Watches these folders from now on.
    pub fn watch(&mut self, ctx: &Context, folders: &[PathBuf]) {
        if self.folders == folders {
            return;
        }
        let_go(self.watch.take());
        self.folders = folders.to_vec();
        if folders.is_empty() {
            return;
        }
        let ctx = ctx.clone();
        let watched = folders.iter().map(|folder| (folder.clone(), Seen::default())).collect();
        self.watch = Some(Watch::start(watched, Pace::default(), move || ctx.request_repaint()));
    }

    /// Takes in what came, and begins with what waits.
    pub fn poll(
        &mut self,
        ctx: &Context,
        collection: &mut Collection,
        loading: &mut Loading,
        open: impl FnOnce(&Collection) -> Open,
    ) -> Added {
        let mut added = Added::default();
        for news in self.watch.iter().flat_map(Watch::poll) {
            match news {
                watch::News::Ready { folder, files } => {
                    // Nobody names an address who lets a folder be watched.
                    let options = ingest::Options { online: false, ..loading.options.clone() };
                    self.waiting.push(Sources::Within(folder, files, options));
                }
                watch::News::Missing(problem) => added.missing.push(problem),
                watch::News::Back(_) => {}
            }
        }
        self.take_in(ctx, collection, &mut added);
        if self.job.is_none() && !self.waiting.is_empty() {
            let sources = self.waiting.remove(0);
            let open = open(collection);
            self.job =
                Some((start(ctx, sources, open, self.words.clone(), loading.geoparser()), Sum::default()));
        }
        added
    }

    fn take_in(&mut self, ctx: &Context, collection: &mut Collection, added: &mut Added) {
        let Some((job, sum)) = &mut self.job else { return };
        let (begun, mut finished) = (Instant::now(), None);
        for news in job.poll() {
            match news {
                News::New(arrival) => {
                    added.numbers.push(collection.len() as u32);
                    collection.take_in(*arrival);
                    sum.added += 1;
                }
                News::Known(_) => sum.known += 1,
                News::Problem(problem) => {
                    collection.add_problem(problem);
                    sum.problems += 1;
                }
                News::Progress(_) => {}
                News::Finished { cancelled } => finished = Some(cancelled),
            }
            if begun.elapsed() > PER_FRAME {
                ctx.request_repaint();
                break;
            }
        }
        if let Some(cancelled) = finished {
            added.told = told(*sum, cancelled);
            let_go(self.job.take());
        }
    }

    /// Draws the dialog while `open`.
    pub fn ui(
        &mut self,
        ctx: &Context,
        open: &mut bool,
        saved: bool,
        choose: &mut dyn FnMut(Command),
        acts: &mut Vec<Act>,
    ) {
        dialog::window("Add articles", open).show(ctx, |ui| {
            ui.set_width((ctx.content_rect().width() - 96.0).clamp(280.0, 480.0));
            quiet(ui, "Files, folders and addresses are added to what is open. What is there already is left as it is.");
            let mut browse = |ui: &mut Ui| {
                if widgets::plain_button(ui, "Choose…").clicked() {
                    choose(Command::AddArticles);
                }
            };
            if path_row(ui, &mut self.field, "Path or address to add", "Add", &mut browse) {
                self.typed(saved, acts);
            }
            ui.add_space(space::S);
            if !saved {
                quiet(ui, "Folders can be watched for new articles once this is saved as a project.");
                return;
            }
            ui.horizontal(|ui| {
                if widgets::switch(ui, self.watched, "Watch the folder").clicked() {
                    self.watched = !self.watched;
                }
                ui.label("Watch the folder: what is put there later is added by itself");
            });
            self.list(ui, acts);
        });
    }

    fn typed(&mut self, saved: bool, acts: &mut Vec<Act>) {
        if let Some(addresses) = addresses(&self.field.text) {
            acts.push(Act::Project(Wish::Add(addresses)));
            self.field = PathField::default();
            return;
        }
        let path = PathBuf::from(self.field.text.trim());
        if !path.exists() {
            self.field.refuse("There is no file or folder at this path");
            return;
        }
        if saved && self.watched {
            if !path.is_dir() {
                self.field.refuse("Only a folder can be watched");
                return;
            }
            acts.push(Act::Project(Wish::Watch(path)));
        } else {
            acts.push(Act::Project(Wish::Add(vec![path])));
        }
        self.field = PathField::default();
    }

    fn list(&self, ui: &mut Ui, acts: &mut Vec<Act>) {
        if self.folders.is_empty() {
            return;
        }
        let tokens = Tokens::of(ui.ctx());
        ui.add_space(space::S);
        ui.label(RichText::new("Watched folders").font(theme::semibold(size::SMALL)).color(tokens.quiet));
        widgets::hairline(ui);
        for folder in &self.folders {
            let name = folder.display().to_string();
            let right = egui::Layout::right_to_left(egui::Align::Center);
            ui.allocate_ui_with_layout(egui::vec2(ui.available_width(), space::ROW), right, |ui| {
                let stop = format!("Stop watching {name}");
                if widgets::icon_button(ui, icon::X, &stop).on_hover_text(&stop).clicked() {
                    acts.push(Act::Project(Wish::Unwatch(folder.clone())));
                }
                ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                    ui.add(Label::new(&name).truncate()).on_hover_text(&name);
                });
            });
        }
    }
}

/// What a person is asked who opens files while a project is open.
pub fn add_or_open(ctx: &Context, open: &mut bool, (name, paths): (&str, &[PathBuf]), acts: &mut Vec<Act>) {
    let mut answered = false;
    dialog::window("Add, or open instead", open).show(ctx, |ui| {
        ui.set_width((ctx.content_rect().width() - 96.0).clamp(280.0, 440.0));
        let what = match paths {
            [path] => path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned(),
            many => words::count(many.len(), "file or folder", "files and folders"),
        };
        quiet(
            ui,
            &format!("Add {what} to {name}, or close {name} and open it alone? Nothing of {name} is lost."),
        );
        widgets::foot(ui, |ui| {
            if widgets::primary_button(ui, "Add", true).clicked() {
                acts.push(Act::Project(Wish::Add(paths.to_vec())));
                answered = true;
            }
            if widgets::plain_button(ui, "Open instead").clicked() {
                acts.push(Act::Project(Wish::OpenInstead(paths.to_vec())));
                answered = true;
            }
        });
    });
    *open &= !answered;
}

fn start(
    ctx: &Context,
    sources: Sources,
    open: Open,
    told: Words,
    geoparser: Geoparser,
) -> Job<News<Box<Arrival>>> {
    let ctx = ctx.clone();
    let Open { shelf, kept, archive } = open;
    // What the project does not keep yet is looked at once, on the job's thread.
    let (own, noted) = (Words::default(), OnceLock::new());
    let known = move |article: &Article| {
        noted.get_or_init(|| {
            let from = if shelf.is_some() { kept } else { 0 };
            let unkept = (from..archive.len()).filter_map(|number| archive.found(number));
            unkept.for_each(|found| own.note(&found.article));
        });
        own.knows(article) || shelf.as_ref().is_some_and(|shelf| shelf.knows(article).is_some())
    };
    let prepare = |geoparsed: Box<crate::model::Geoparsed>| Box::new(Arrival::new(&geoparsed));
    let wake = move || ctx.request_repaint_after(PATIENCE);
    Job::add(sources, (known, told), prepare, (geoparser, all_threads()), wake)
}

fn told(sum: Sum, cancelled: bool) -> Option<String> {
    let Sum { added, known, problems } = sum;
    let mut parts = Vec::new();
    if added > 0 {
        parts.push(format!("{} added", words::count(added, "article", "articles")));
    }
    if known > 0 {
        parts.push(format!("{} there already", words::number(known as u64)));
    }
    if problems > 0 {
        parts.push(format!("{} could not be read", words::number(problems as u64)));
    }
    let told = if parts.is_empty() { "There was no article to add".to_owned() } else { parts.join(", ") };
    Some(if cancelled { format!("Cancelled: {told}") } else { told })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_came_is_told_in_a_sentence() {
        let check = |added, known, problems, cancelled, expected: &str| {
            assert_eq!(told(Sum { added, known, problems }, cancelled).as_deref(), Some(expected));
        };
        check(0, 0, 0, false, "There was no article to add");
        check(1, 0, 0, false, "1 article added");
        check(12, 3, 1, false, "12 articles added, 3 there already, 1 could not be read");
        check(0, 4, 0, true, "Cancelled: 4 there already");
    }
}
