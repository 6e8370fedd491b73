//! Finding the places anew: what the geoparser as it is now would find differently, to be looked at before anything of
//! it holds.
//! What is found is kept aside in the project as it comes, and dropped unless somebody accepts it.

use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use egui::{Context, ScrollArea, Ui, pos2};

use super::{Keeping, Wish};
use crate::app::asking::quiet;
use crate::app::command::Act;
use crate::app::theme::{self, Tokens, size, space};
use crate::app::{dialog, widgets, words};
use crate::explore::{Collection, MentionRef, Pane, Selection};
use crate::geoparse::Geoparser;
use crate::jobs::anew::{Alike, Before, Change, Comparison, News, Renewed, Seen};
use crate::jobs::keeper::Order;
use crate::jobs::{Job, all_threads, let_go, made};
use crate::model::{Geoparsed, Span};
use crate::project::{Field, Shelf, State, Value, aliases};

/// Time that a frame spends on taking in what was found.
const PER_FRAME: Duration = Duration::from_millis(4);
/// Articles that are kept aside at once.
const BATCH: usize = 64;
/// Examples of one difference.
const EXAMPLES: usize = 12;
/// Height of a row of two lines, points.
const ROW: f32 = 46.0;

/// How it stands.
#[derive(Default)]
enum Stage {
    /// Nothing was asked yet.
    #[default]
    Before,
    Running(Job<News>),
    /// All is found.
    Done,
}

/// The search, and the dialog about it.
#[derive(Default)]
pub struct Renewing {
    stage: Stage,
    done: usize,
    total: usize,
    comparison: Comparison,
    /// The differences, those of most mentions first.
    alike: Vec<Alike>,
    /// Which of them shows examples.
    open: Option<usize>,
    /// What is to be kept aside, and the number that it is kept under.
    aside: Vec<(u32, Box<Geoparsed>)>,
    number: Arc<OnceLock<u32>>,
    shelf: Option<Receiver<Shelf>>,
    /// Whether the keyboard was led to its button.
    asked: bool,
}

impl Renewing {
    /// Whether it is under way.
    pub fn is_busy(&self) -> bool {
        matches!(self.stage, Stage::Running(_))
    }

    /// Begins to look, over the articles of a project.
    pub fn begin(
        &mut self,
        ctx: &Context,
        keeping: &mut Keeping,
        collection: &Collection,
        geoparser: Geoparser,
    ) {
        let_go(std::mem::take(self));
        let (sender, shelf) = channel();
        let (number, results_of) = (Arc::clone(&self.number), made(&geoparser));
        keeping.order(Order::With(Box::new(move |project, _| {
            let _ = number.set(project.begin_results(&results_of)?);
            // The window may have gone by now.
            let _ = sender.send(project.shelf());
            Ok(Vec::new())
        })));
        self.shelf = Some(shelf);
        let (state, archive) = (keeping.state().clone(), collection.archive().clone());
        let names = aliases(&state).into();
        let read = move |number: u32| {
            let found = archive.found(number as usize)?;
            Some(Before { found, decided: decided(&state, number) })
        };
        let ctx = ctx.clone();
        let wake = move || ctx.request_repaint_after(Duration::from_millis(40));
        let articles: Vec<u32> = (0..collection.len() as u32).collect();
        self.total = articles.len();
        self.stage = Stage::Running(Job::renew(articles, names, read, (geoparser, all_threads()), wake));
    }

    /// Lets go of what was found.
    pub fn close(&mut self) {
        let_go(std::mem::take(self));
    }

    /// Takes in what was found; answers what could not be looked at.
    pub fn poll(&mut self, ctx: &Context, keeping: &mut Keeping) -> Vec<String> {
        let Stage::Running(job) = &self.stage else { return Vec::new() };
        let (begun, mut finished, mut problems) = (Instant::now(), None, Vec::new());
        for news in job.poll() {
            match news {
                News::Differs(renewed) => {
                    self.comparison.add(&renewed);
                    let Renewed { number, found, .. } = *renewed;
                    self.aside.push((number, found));
                }
                News::Problem(problem) => problems.push(format!("{}: {}", problem.place, problem.reason)),
                News::Progress { done, total } => (self.done, self.total) = (done, total),
                News::Finished { cancelled } => finished = Some(cancelled),
            }
            if begun.elapsed() > PER_FRAME {
                ctx.request_repaint();
                break;
            }
        }
        if self.aside.len() >= BATCH || finished.is_some() && !self.aside.is_empty() {
            self.put_aside(keeping);
        }
        match finished {
            Some(true) => self.close(),
            Some(false) => {
                self.alike = self.comparison.alike();
                let_go(std::mem::replace(&mut self.stage, Stage::Done));
            }
            None => {}
        }
        problems
    }

    fn put_aside(&mut self, keeping: &mut Keeping) {
        let (articles, number) = (std::mem::take(&mut self.aside), Arc::clone(&self.number));
        keeping.order(Order::With(Box::new(move |project, _| {
            let Some(&number) = number.get() else { return Ok(Vec::new()) };
            let borrowed: Vec<(u32, &Geoparsed)> =
                articles.iter().map(|(number, found)| (*number, &**found)).collect();
            project.put_results(number, &borrowed)?;
            Ok(Vec::new())
        })));
    }

    /// The number of what was found, the shelf that has it, and of how many articles, to be accepted: those that
    /// arrived since are not on the shelf.
    pub fn accept(&mut self) -> Option<(u32, Shelf, usize)> {
        let (number, total) = (*self.number.get()?, self.total);
        let shelf = self.shelf.as_ref()?.try_recv().ok()?;
        self.close();
        Some((number, shelf, total))
    }

    /// Draws the dialog while `open`.
    pub fn ui(&mut self, ctx: &Context, open: &mut bool, collection: &Collection, acts: &mut Vec<Act>) {
        let room = ctx.content_rect().size();
        dialog::window("Find places anew", open).show(ctx, |ui| {
            ui.set_width((room.x - 96.0).clamp(280.0, 620.0));
            match &self.stage {
                Stage::Before => before(ui, &mut self.asked, acts),
                Stage::Running(_) => self.running(ui, acts),
                Stage::Done => self.found(ui, room.y, collection, acts),
            }
        });
    }

    fn running(&self, ui: &mut Ui, acts: &mut Vec<Act>) {
        let (done, total) = (words::number(self.done as u64), words::number(self.total as u64));
        quiet(ui, &format!("Looked at {done} of {total} articles; nothing is changed by it."));
        ui.add_space(space::S);
        let share = self.done as f32 / self.total.max(1) as f32;
        let bar = ui.add(egui::ProgressBar::new(share).desired_height(6.0));
        let name = format!("{:.0} % done", share * 100.0);
        bar.widget_info(|| egui::WidgetInfo::labeled(egui::Role::ProgressIndicator, true, &name));
        widgets::foot(ui, |ui| {
            if widgets::plain_button(ui, "Cancel").clicked() {
                acts.push(Act::Project(Wish::KeepFound));
            }
        });
    }

    fn found(&mut self, ui: &mut Ui, high: f32, collection: &Collection, acts: &mut Vec<Act>) {
        if self.comparison.articles() == 0 {
            quiet(ui, "Everything would be found as it was. There is nothing to accept.");
            return;
        }
        let mentions = words::count(self.comparison.differences().len(), "mention", "mentions");
        let articles = words::count(self.comparison.articles(), "article", "articles");
        let other = match self.comparison.otherwise() {
            0 => String::new(),
            count => format!(
                " In {} only scores, dates or events differ.",
                words::count(count, "article", "articles")
            ),
        };
        quiet(
            ui,
            &format!(
                "{mentions} in {articles} would be found differently.{other} What you decided stays as it is."
            ),
        );
        ui.add_space(space::S);
        widgets::hairline(ui);
        let high = (high - 260.0).clamp(100.0, 420.0);
        ScrollArea::vertical().auto_shrink([false, true]).max_height(high).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            for number in 0..self.alike.len().min(500) {
                self.row(ui, number, collection, acts);
            }
        });
        widgets::foot(ui, |ui| {
            if widgets::primary_button(ui, "Accept all", true).clicked() {
                acts.push(Act::Project(Wish::Accept));
            }
            if widgets::plain_button(ui, "Let go").clicked() {
                acts.push(Act::Project(Wish::KeepFound));
            }
        });
    }

    fn row(&mut self, ui: &mut Ui, number: usize, collection: &Collection, acts: &mut Vec<Act>) {
        let Some(alike) = self.alike.get(number) else { return };
        let tokens = Tokens::of(ui.ctx());
        let told = told(alike);
        let mentions = words::count(alike.mentions, "mention", "mentions");
        let count = format!("{mentions} in {}", words::count(alike.articles, "article", "articles"));
        let chosen = self.open == Some(number);
        let response = widgets::row(ui, ROW, chosen, false, &format!("{}: {told}, {count}", alike.words));
        let rect = response.rect;
        let left = rect.left() + space::M;
        let end = pos2(rect.right() - space::M, rect.top() + 15.0);
        let taken = widgets::line_right(ui, end, &count, widgets::small(), tokens.quiet);
        let room = rect.right() - space::M - left;
        let font = theme::semibold(size::BODY);
        widgets::line(
            ui,
            pos2(left, rect.top() + 15.0),
            room - taken - space::S,
            &alike.words,
            font,
            tokens.text,
        );
        widgets::line(ui, pos2(left, rect.top() + 33.0), room, &told, widgets::small(), tokens.quiet);
        if response.on_hover_text(&told).clicked() {
            self.open = (!chosen).then_some(number);
        }
        if chosen {
            self.examples(ui, number, collection, acts);
        }
    }

    /// Some of the mentions, each a way to its article.
    fn examples(&self, ui: &mut Ui, number: usize, collection: &Collection, acts: &mut Vec<Act>) {
        let Some(alike) = self.alike.get(number) else { return };
        for difference in self.comparison.of(alike).take(EXAMPLES) {
            let article = difference.article as usize;
            let heading = collection.card(article).map(|card| card.heading.clone()).unwrap_or_default();
            ui.horizontal(|ui| {
                ui.add_space(space::L);
                let name = format!("Show {} in {heading}", difference.words);
                if widgets::link(ui, &heading, &name).clicked() {
                    acts.push(Act::Select(selection(collection, article, difference.span), Pane::Lists));
                }
            });
        }
        ui.add_space(space::S);
    }
}

fn selection(collection: &Collection, article: usize, span: Span) -> Selection {
    let at = collection.glances(article).iter().position(|glance| glance.key() == span);
    match at {
        Some(mention) => Selection::Mention(MentionRef { article, mention }),
        None => Selection::Article(article),
    }
}

fn before(ui: &mut Ui, asked: &mut bool, acts: &mut Vec<Act>) {
    quiet(
        ui,
        "What would be found now, with the gazetteers, the homes of outlets and the version of the program that are in \
         use? You see what differs before anything is changed, and can take it back later.",
    );
    widgets::foot(ui, |ui| {
        let look = widgets::primary_button(ui, "Look", true);
        if !std::mem::replace(asked, true) {
            ui.memory_mut(|memory| memory.request_focus(look.id));
        }
        if look.clicked() {
            acts.push(Act::Project(Wish::LookAnew));
        }
    });
}

/// "Derna, Italy → Derna, Libya".
fn told(alike: &Alike) -> String {
    let place = |seen: &Option<Seen>| {
        let place = seen.as_ref().and_then(|seen| seen.place.as_ref());
        place.map_or_else(|| "no place".to_owned(), |place| place.label())
    };
    match alike.change {
        Change::Place => format!("{} → {}", place(&alike.before), place(&alike.after)),
        Change::New => format!("Found only now: {}", place(&alike.after)),
        Change::Gone => format!("Found no more: {}", place(&alike.before)),
        Change::Sort => format!("{}, of another kind or sense", place(&alike.after)),
    }
}

/// The words of an article that people decided about.
fn decided(state: &State, number: u32) -> Vec<Span> {
    let Some(said) = state.article(number) else { return Vec::new() };
    let mut spans = Vec::new();
    for ((key, field), held) in &said.mentions {
        if !matches!(field, Field::Tags | Field::Note) {
            spans.push(*key);
        }
        if let Value::Words(span) = held.value {
            spans.push(span);
        }
    }
    spans
}
