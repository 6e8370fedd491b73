//! Going through what nobody has decided, and judging a few to learn how often the program is right: a mode over the
//! whole window, by keys.
//! Which mention comes when, `walk` knows; what is shown of it, `passage`. A queue over all mentions is drawn up behind
//! the window. Answers are corrections like any other, and walking does not wait for the disk.

mod keys;
mod measure;
mod page;
mod passage;
mod told;
mod walk;

use std::hash::{BuildHasher, RandomState};

use egui::Context;
use serde::{Deserialize, Serialize};

use crate::explore::{Collection, Explorer, Filter, MentionRef, Queue, Sample};
use crate::jobs::keeper::Way;
use crate::jobs::{Answer, Task, let_go};
use crate::project::{Set, Target};

use super::command::Command;
use super::project::Ruling;

pub use page::Around;
use page::View;
use passage::Passage;
use told::Frame;
use walk::{Course, Known, Walk};

/// Under which name a sample is kept in a project.
pub const SAMPLE: &str = "accuracy sample";
/// How many may be drawn.
const COUNTS: [usize; 3] = [50, 100, 200];
/// Articles that are looked at again in a frame.
const LOOKED: usize = 500;

/// What is asked for in a review.
#[derive(Clone, Debug)]
pub enum Wish {
    /// To say this of the mention that is looked at.
    Answer(Ruling),
    /// To agree with what is shown for it.
    Confirm,
    /// To go on without an answer.
    Skip,
    /// To look at the one before.
    Back,
    /// To look at the one after.
    Forth,
    /// To let answers be about the one mention, or about all of its name in the article.
    Widen,
    /// To look for another place, or no longer.
    Search(bool),
    /// To open the article there.
    Open,
    /// To leave.
    Leave,
    /// To see another page.
    Turn(Page),
    /// To draw so many.
    Count(usize),
    /// To draw them.
    Draw,
    /// To take the result along.
    Copy,
}

/// What is seen of a review.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Page {
    /// The least certain mentions, one after the other.
    Queue,
    /// What a sample is, and how many are to be drawn.
    Setup,
    /// Those that were drawn, one after the other.
    Sample,
    /// What they tell.
    Result,
}

/// What a queue was drawn up of.
#[derive(Clone, Debug, PartialEq)]
struct Of {
    filter: Filter,
    articles: usize,
    numbering: u64,
}

/// A sample as a project keeps it.
#[derive(Debug, Serialize, Deserialize)]
struct KeptSample {
    sample: Sample,
    filtered: bool,
}

/// Mentions that were drawn, and how far they are judged.
struct Measuring {
    walk: Walk,
    filtered: bool,
    /// Whether the project was told of it.
    kept: bool,
}

impl Measuring {
    fn frame(&self) -> Frame {
        let sample = self.walk.sample();
        Frame {
            drawn: sample.map_or(0, Sample::len),
            of: sample.map_or(0, |sample| sample.of),
            filtered: self.filtered,
            seed: sample.map_or(0, |sample| sample.seed),
        }
    }
}

/// Whether the project was asked for the sample that it keeps.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Recall {
    #[default]
    NotAsked,
    Awaited,
    Answered,
}

/// The review: where it is, and what it shows.
pub struct Review {
    page: Option<Page>,
    queue: Option<(Of, Walk)>,
    drawing: Option<(Of, Task<Queue>)>,
    measuring: Option<Measuring>,
    sampling: Option<(bool, Task<Sample>)>,
    /// How many are drawn the next time.
    count: usize,
    /// Whether answers are about all of the name in the article.
    wide: bool,
    recall: Recall,
    numbering: u64,
    passage: Option<Passage>,
    /// What was done last, in words.
    last: Option<String>,
    view: View,
}

impl Default for Review {
    fn default() -> Self {
        Self {
            page: None,
            queue: None,
            drawing: None,
            measuring: None,
            sampling: None,
            count: COUNTS[1],
            wide: true,
            recall: Recall::default(),
            numbering: 0,
            passage: None,
            last: None,
            view: View::default(),
        }
    }
}

impl Review {
    /// Whether it is what the window shows.
    pub fn is_open(&self) -> bool {
        self.page.is_some()
    }

    /// Whether something is being drawn up, or an answer is not on the disk yet.
    pub fn is_busy(&self) -> bool {
        let waits = self.walks().any(Walk::is_waiting);
        self.drawing.is_some() || self.sampling.is_some() || waits
    }

    fn walks(&self) -> impl Iterator<Item = &Walk> {
        let queue = self.queue.iter().map(|(_, walk)| walk);
        queue.chain(self.measuring.iter().map(|measuring| &measuring.walk))
    }

    fn each_walk(&mut self) -> impl Iterator<Item = &mut Walk> {
        let queue = self.queue.iter_mut().map(|(_, walk)| walk);
        queue.chain(self.measuring.iter_mut().map(|measuring| &mut measuring.walk))
    }

    /// The way that is gone on the page that is shown.
    fn walk(&self) -> Option<&Walk> {
        match self.page? {
            Page::Queue => self.queue.as_ref().map(|(_, walk)| walk),
            Page::Sample => self.measuring.as_ref().map(|measuring| &measuring.walk),
            Page::Setup | Page::Result => None,
        }
    }

    /// The same, to be gone on.
    pub fn walk_mut(&mut self) -> Option<&mut Walk> {
        match self.page? {
            Page::Queue => self.queue.as_mut().map(|(_, walk)| walk),
            Page::Sample => self.measuring.as_mut().map(|measuring| &mut measuring.walk),
            Page::Setup | Page::Result => None,
        }
    }

    /// Shows a page. To whoever has drawn a sample, measuring means to go on with it.
    pub fn turn(&mut self, page: Page) {
        self.page = Some(page);
        self.view.search = None;
        (self.passage, self.last) = (None, None);
    }

    /// Leaves; answers whether it was open.
    pub fn leave(&mut self) -> bool {
        self.view.search = None;
        self.passage = None;
        self.page.take().is_some()
    }

    /// Goes one step back: out of the search, or out of the review. Answers whether there was one.
    pub fn back(&mut self) -> bool {
        self.view.search.take().is_some() || self.leave()
    }

    /// Whether the project is still to be asked for the sample that it keeps; once.
    pub fn asks_for_sample(&mut self) -> bool {
        let asks = self.measuring.is_none() && self.recall == Recall::NotAsked;
        if asks {
            self.recall = Recall::Awaited;
        }
        asks
    }

    /// The sample as it is to be kept, where it is not kept yet.
    pub fn take_unkept(&mut self) -> Option<Vec<u8>> {
        let measuring = self.measuring.as_mut().filter(|measuring| !measuring.kept)?;
        measuring.kept = true;
        let sample = measuring.walk.sample()?.clone();
        serde_json::to_vec(&KeptSample { sample, filtered: measuring.filtered }).ok()
    }

    /// Takes up the sample that a project keeps.
    pub fn recall(&mut self, collection: &Collection, kept: Option<Vec<u8>>) {
        self.recall = Recall::Answered;
        let read = kept.and_then(|bytes| serde_json::from_slice::<KeptSample>(&bytes).ok());
        if let Some(KeptSample { sample, filtered }) = read
            && self.measuring.is_none()
        {
            let walk = Walk::new(Course::Sample(sample), collection);
            self.measuring = Some(Measuring { walk, filtered, kept: true });
        }
    }

    /// Draws so many mentions of what the filter leaves, behind the window; not while the project may still tell of a
    /// sample that it keeps, which a new one would take the place of.
    pub fn draw(&mut self, ctx: &Context, explorer: &Explorer) {
        if self.recall == Recall::Awaited {
            return;
        }
        // Any number will do; it is kept with the sample, which can be drawn again by it.
        let seed = RandomState::new().hash_one(self.count) >> 12;
        let count = self.count;
        let draw = explorer.apart(move |collection, view| Sample::draw(collection, Some(view), count, seed));
        let ctx = ctx.clone();
        let task = Task::start(move || ctx.request_repaint(), draw);
        self.sampling = Some((!explorer.filter.is_default(), task));
    }

    /// Chooses how many are drawn.
    pub fn set_count(&mut self, count: usize) {
        self.count = count;
    }

    /// Lets answers be about the one mention, or about all of its name in the article.
    pub fn widen(&mut self) {
        self.wide = !self.wide;
    }

    /// Begins to look for another place, or leaves off.
    pub fn search(&mut self, on: bool) {
        let words = self.passage.as_ref().map(|passage| passage.parts.words.clone());
        self.view.search = words.filter(|_| on).map(page::search_for);
    }

    /// The mention that is looked at.
    pub fn mention(&self, collection: &Collection) -> Option<MentionRef> {
        self.walk()?.mention(collection)
    }

    /// What an answer would be about: the words, the mentions, and whether it says what was said already.
    pub fn asked(&self, ruling: &Ruling) -> Option<(String, Vec<MentionRef>, bool)> {
        let passage = self.passage.as_ref()?;
        let mentions = if self.is_wide() { passage.alike.clone() } else { vec![passage.at] };
        Some((passage.parts.words.clone(), mentions, passage.says(ruling)))
    }

    /// Whether an answer is about all of the name in the article. Of a sample each is judged by itself.
    fn is_wide(&self) -> bool {
        self.wide && self.page == Some(Page::Queue)
    }

    /// What a sample tells, as text.
    pub fn result(&self, collection: &Collection) -> Option<String> {
        let measuring = self.measuring.as_ref()?;
        Some(told::text(&measuring.walk.sample()?.judged(collection), measuring.frame()))
    }

    /// Brings it up to date: what was drawn up, what has changed, what is shown. `settled` says whether the collection
    /// shows all that is on the disk.
    pub fn follow(&mut self, ctx: &Context, explorer: &Explorer, reading: bool, settled: bool) {
        let collection = &explorer.collection;
        if self.numbering != explorer.numbering() {
            self.begin_anew(explorer.numbering());
        }
        self.take_drawn(explorer);
        let mut more = false;
        for walk in self.each_walk().filter(|_| settled) {
            more |= walk.look_again(collection, LOOKED);
        }
        if more {
            ctx.request_repaint();
        }
        if collection.is_empty() && !reading {
            self.leave();
        }
        let Some(page) = self.page else { return };
        if page == Page::Queue {
            self.draw_up(ctx, explorer, reading);
        }
        let judged = self.walk().is_some_and(|walk| walk.at().is_none() && !walk.is_waiting());
        if page == Page::Sample && judged {
            self.page = Some(Page::Result);
        }
        let at = self.mention(collection);
        let holds = |passage: &Passage| at.is_some_and(|at| passage.holds(collection, at));
        if !self.passage.as_ref().is_some_and(holds) {
            let before = self.passage.take().map(|passage| passage.at);
            self.passage = at.and_then(|at| Passage::of(collection, at));
            if before != at {
                self.view.begin();
            }
        }
    }

    /// Other articles are open, or the same with other mentions.
    fn begin_anew(&mut self, numbering: u64) {
        let page = self.page.filter(|page| *page == Page::Queue);
        let old = std::mem::take(self);
        (self.page, self.numbering, self.wide, self.count) = (page, numbering, old.wide, old.count);
        let_go((old.queue, old.measuring));
    }

    fn take_drawn(&mut self, explorer: &Explorer) {
        let collection = &explorer.collection;
        match self.drawing.as_ref().map(|(_, task)| task.poll()) {
            None | Some(Answer::Awaited) => {}
            Some(Answer::Lost) => self.drawing = None,
            Some(Answer::Here(queue)) => {
                let Some((of, _)) = self.drawing.take() else { return };
                match &mut self.queue {
                    Some((before, walk)) => {
                        let_go(walk.go_on_in(queue, collection));
                        *before = of;
                    }
                    None => self.queue = Some((of, Walk::new(Course::Queue(queue), collection))),
                }
            }
        }
        match self.sampling.as_ref().map(|(filtered, task)| (*filtered, task.poll())) {
            None | Some((_, Answer::Awaited)) => {}
            Some((_, Answer::Lost)) => self.sampling = None,
            Some((filtered, Answer::Here(sample))) => {
                self.sampling = None;
                if sample.is_empty() {
                    self.last = Some("Nothing is left to draw: every place has been decided".to_owned());
                    return;
                }
                let walk = Walk::new(Course::Sample(sample), collection);
                self.measuring = Some(Measuring { walk, filtered, kept: false });
                if self.page == Some(Page::Setup) {
                    self.turn(Page::Sample);
                }
            }
        }
    }

    /// Has the queue drawn up where there is none of what the filter leaves now. Of articles that arrive, when all have,
    /// or when nothing else is left.
    fn draw_up(&mut self, ctx: &Context, explorer: &Explorer, reading: bool) {
        if self.drawing.is_some() {
            return;
        }
        let numbering = explorer.numbering();
        let of = Of { filter: explorer.filter.clone(), articles: explorer.collection.len(), numbering };
        let wanted = match &self.queue {
            None => true,
            Some((before, walk)) => {
                let more = before.articles < of.articles;
                before.filter != of.filter || more && (!reading || walk.at().is_none())
            }
        };
        if wanted {
            let draw = explorer.apart(|collection, view| Queue::of(collection, Some(view)));
            let ctx = ctx.clone();
            self.drawing = Some((of, Task::start(move || ctx.request_repaint(), draw)));
        }
    }

    /// Takes in what is on the disk now; answers whether the review says so itself.
    pub fn take(&mut self, (way, title, sets): (Way, &str, &[Set]), now: f64) -> bool {
        let page = self.page;
        let queue = self.queue.as_mut().map(|(_, walk)| (Page::Queue, walk));
        let sample = self.measuring.as_mut().map(|measuring| (Page::Sample, &mut measuring.walk));
        for (own, walk) in queue.into_iter().chain(sample) {
            match way {
                Way::Done => walk.held(mentions(sets), now),
                Way::Undone if page == Some(own) => walk.undone(mentions(sets)),
                Way::Undone | Way::Redone => {
                    mentions(sets).for_each(|(article, _)| walk.touch(article as usize))
                }
            }
        }
        if way == Way::Undone && page == Some(Page::Result) {
            self.look_back(sets);
        }
        self.last = Some(match way {
            Way::Done => title.to_owned(),
            Way::Undone => format!("Undone: {title}"),
            Way::Redone => format!("Done again: {title}"),
        });
        self.is_open()
    }

    /// Goes back from the result to the first of these mentions that was drawn.
    fn look_back(&mut self, sets: &[Set]) {
        let Some(measuring) = &mut self.measuring else { return };
        measuring.walk.undone(mentions(sets));
        if measuring.walk.at().is_some() {
            self.page = Some(Page::Sample);
        }
    }

    /// Notes that something in an article may have changed.
    pub fn touch(&mut self, article: usize) {
        self.each_walk().for_each(|walk| walk.touch(article));
    }

    /// Takes in that an answer could not be kept.
    pub fn refused(&mut self) {
        self.each_walk().for_each(Walk::refused);
    }
}

/// The mentions that values are about.
fn mentions(sets: &[Set]) -> impl Iterator<Item = Known> {
    sets.iter().filter_map(|set| match set.target {
        Target::Mention(article, key) => Some((article, key)),
        _ => None,
    })
}

/// Whether a command goes with a review; others lead out of it.
pub fn goes_with(command: Command) -> bool {
    use Command::*;
    matches!(
        command,
        Undo | Redo
            | History
            | SaveAs
            | Export
            | Review
            | MeasureAccuracy
            | ClearSelection
            | Palette
            | Problems
            | Shortcuts
            | About
            | Cancel
            | Quit
            | LargerText
            | SmallerText
            | LargerScale
            | SmallerScale
            | ResetScale
            | ThemeSystem
            | ThemeLight
            | ThemeDark
            | ReduceMotion
            | NextPane
            | PreviousPane
    )
}
