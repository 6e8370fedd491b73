//! The state that all panes share: collection, filter, view, selection and hover.
//! Panes read it while a frame is drawn; it changes between frames only. Views are worked out on a thread behind the
//! window where there is one, and else at once.

use std::sync::Arc;
use std::time::{Duration, Instant};

use super::Scene;
use super::behind::{Behind, StoryOf, Worked};
use super::selection::Anchor;
use super::trail::Trail;
use super::{
    Among, Collection, EventRef, Filter, Index, Kept, MentionRef, Pane, Selected, Selection, StoryCard,
    Subject, View, pass, stories,
};

/// Least time from one view to the next while nothing changes but that articles arrive.
const REST: Duration = Duration::from_millis(200);

/// What is open, what is shown of it, and what is selected.
#[derive(Debug, Default)]
pub struct Explorer {
    /// The open articles.
    pub collection: Collection,
    /// What to show.
    pub filter: Filter,
    /// What is shown.
    pub view: View,
    /// What is selected.
    pub selected: Selected,
    /// The place that the pointer is over, in whichever pane.
    pub hovered: Option<u32>,
    /// The words of the collection.
    pub index: Index,
    /// The same articles with other mentions, until their view is worked out.
    next: Option<Collection>,
    /// Where the index of what comes next outlives the program.
    kept: Option<Kept>,
    behind: Option<Behind>,
    asked: Option<Asked>,
    /// How many views were asked for.
    serial: u64,
    /// Grows when articles and mentions get other numbers.
    numbering: u64,
    /// When the next view may be asked for that only shows more articles.
    rests_until: Option<Instant>,
    /// The view before, until the map has let go of it.
    former: Option<View>,
    gone: Vec<Gone>,
    trail: Trail,
    anchor: Anchor,
    /// The story of the event that is selected, or was until its own is worked out, and which was asked for last.
    story: Option<(StoryOf, StoryCard)>,
    story_asked: Option<StoryOf>,
}

/// A view that is being worked out.
#[derive(Debug)]
struct Asked {
    serial: u64,
    filter: Filter,
    /// Whether it is that of the same articles with other mentions.
    next: bool,
}

/// What gave way to something else. To let go of it takes longer than a frame.
#[derive(Debug)]
pub enum Gone {
    /// The articles that were open, and their index.
    Articles(Box<(Collection, Index)>),
    /// What was shown of them.
    View(Box<View>),
}

impl Explorer {
    /// Works out views on a thread from now on; `wake` is called on it when there is something new to see.
    pub fn work_behind(&mut self, wake: impl Fn() + Send + 'static) {
        self.behind = Some(Behind::start(wake));
    }

    /// Tells which zoom the map shows: its groups come first.
    pub fn look_at(&self, zoom: f64) {
        if let Some(behind) = &self.behind {
            behind.look_at(zoom);
        }
    }

    /// Brings the view up to date with filter and collection at once; answers whether it changed.
    pub fn refresh(&mut self) -> bool {
        self.tell_index();
        let changed = self.next.is_some() || self.view.is_stale(&self.collection, &self.filter);
        if changed {
            self.asked = None;
            let next = self.next.take();
            let hits = self.index_for(next.is_some()).hits(&self.filter.query);
            let collection = next.as_ref().unwrap_or(&self.collection);
            self.serial = self.serial.max(self.view.revision) + 1;
            if let Some(view) = pass::view(collection, self.filter.clone(), hits, &|| false) {
                let view = view.with_scene(collection, self.serial, Scene::new);
                self.show(view, next);
            }
        }
        self.follow();
        changed
    }

    /// Shows the view that was worked out since, and asks for another where it is out of date; answers whether the
    /// view changed. Never waits where there is a thread for it.
    pub fn advance(&mut self) -> bool {
        let mut changed = false;
        loop {
            match self.behind.as_ref().map(Behind::poll) {
                Some(Ok(Some(worked))) => changed |= self.take(worked),
                Some(Ok(None)) => break,
                // There is no thread, or it has failed: better slowly than not at all.
                Some(Err(())) | None => {
                    (self.behind, self.asked) = (None, None);
                    return self.refresh() || changed;
                }
            }
        }
        self.tell_index();
        self.clear_up();
        self.ask();
        self.follow();
        changed
    }

    /// Searches from now on in the index that is kept of the collection, as far as it is of use.
    pub fn search_in(&mut self, kept: Kept) {
        let before = self.index.begin_kept(kept, &self.collection);
        self.gone.push(Gone::Articles(Box::new((Collection::default(), before))));
    }

    /// Tells the index of the articles that came, and of those that changed.
    fn tell_index(&mut self) {
        let reworded = self.collection.take_reworded();
        self.index.follow(self.collection.archive());
        if !reworded.is_empty() {
            self.index.changed(self.collection.archive(), &reworded);
        }
    }

    /// Whether a view is being worked out, or one is out of date.
    pub fn is_behind(&self) -> bool {
        self.asked.is_some() || self.next.is_some() || self.view.is_stale(&self.collection, &self.filter)
    }

    /// When [`Explorer::advance`] has something to do again though nothing wakes it: articles have arrived, and their
    /// view may wait a little.
    pub fn rests_until(&self) -> Option<Instant> {
        let waits = self.asked.is_none() && self.view.is_stale(&self.collection, &self.filter);
        self.rests_until.filter(|_| waits)
    }

    /// Lets the next view wait no longer: no more articles arrive.
    pub fn all_arrived(&mut self) {
        self.rests_until = None;
    }

    /// Asks for the view of what is wished for now, unless it is on its way.
    fn ask(&mut self) {
        let filter = &self.filter;
        if let Some(asked) = &self.asked
            && asked.filter == *filter
            && asked.next == self.next.is_some()
        {
            return;
        }
        // Nobody wants any more what was asked for, be there something else to ask for or not.
        self.asked = None;
        let (wanted, other) = match &self.next {
            Some(next) => (next, true),
            None => (&self.collection, !self.view.answers(filter)),
        };
        let rests = !other && self.rests_until.is_some_and(|until| Instant::now() < until);
        if rests || !other && !self.view.is_stale(wanted, filter) {
            return;
        }
        self.serial += 1;
        if let Some(behind) = &self.behind {
            let index = self.index_for(self.next.is_some());
            behind.wish(self.serial, wanted.snapshot(), index, filter.clone());
        }
        let (serial, filter, next) = (self.serial, filter.clone(), self.next.is_some());
        self.asked = Some(Asked { serial, filter, next });
    }

    /// Takes in a view that was worked out; answers whether it is the one that was asked for last.
    fn take(&mut self, Worked { serial, view, took }: Worked) -> bool {
        let Some(asked) = self.asked.take_if(|asked| asked.serial == serial) else {
            self.gone.push(Gone::View(Box::new(view)));
            return false;
        };
        // A view that took long leaves the processor to whoever reads the articles for as long again, and more. How
        // long it lay here before a frame took it does not count: a slow frame would become a stale list.
        self.rests_until = Some(Instant::now() + REST.max(took * 3));
        let next = if asked.next { self.next.take() } else { None };
        self.show(view, next);
        true
    }

    /// What the filter leaves, or all there is, to be worked out on another thread: the numbers of articles, each with
    /// those of its mentions; where the filter shows events, of the mentions of their places.
    pub fn left(&self, everything: bool) -> impl FnOnce() -> Vec<(usize, Vec<usize>)> + Send + use<> {
        let filter = if everything { Filter::everything(Subject::Mentions) } else { self.filter.clone() };
        self.left_of(filter, |view, collection, article| {
            view.mentions_in(collection, article).iter().map(|at| at.mention).collect()
        })
    }

    /// The same with the numbers of events; where mentions are shown, of all that happened on the days and at the
    /// places of the filter.
    pub fn left_events(&self, everything: bool) -> impl FnOnce() -> Vec<(usize, Vec<usize>)> + Send + use<> {
        let shown = || Filter { subject: Subject::Events, ..self.filter.clone() };
        let filter = if everything { Filter::everything(Subject::Events) } else { shown() };
        self.left_of(filter, |view, collection, article| {
            view.events_in(collection, article).iter().map(|at| at.event).collect()
        })
    }

    fn left_of(
        &self,
        filter: Filter,
        own: fn(&View, &Collection, usize) -> Vec<usize>,
    ) -> impl FnOnce() -> Vec<(usize, Vec<usize>)> + Send + use<> {
        self.asked_of(filter, move |collection, view| {
            let articles = (0..collection.len()).filter(|&article| view.shows_article(article));
            articles.map(|article| (article, own(view, collection, article))).collect()
        })
    }

    /// Something to be asked on another thread about what the filter leaves: what a review goes through, what is to be
    /// accepted. What is asked gets the mentions that the filter leaves, whatever is shown.
    pub fn apart<T, F>(&self, ask: F) -> impl FnOnce() -> T + Send + use<T, F>
    where
        F: FnOnce(&Collection, &View) -> T + Send,
    {
        self.asked_of(Filter { subject: Subject::Mentions, ..self.filter.clone() }, ask)
    }

    fn asked_of<T, F>(&self, filter: Filter, ask: F) -> impl FnOnce() -> T + Send + use<T, F>
    where
        F: FnOnce(&Collection, &View) -> T + Send,
    {
        let (collection, index) = (self.collection.snapshot(), self.index.clone());
        move || {
            let hits = index.hits(&filter.query);
            let view = pass::view(&collection, filter, hits, &|| false).unwrap_or_default();
            ask(&collection, &view)
        }
    }

    /// Grows when articles and mentions get other numbers: a selection that was kept means something else then.
    pub fn numbering(&self) -> u64 {
        self.numbering
    }

    /// Closes every article; the filter stays.
    pub fn clear(&mut self) {
        let revision = self.collection.revision() + 1;
        let old = std::mem::replace(&mut self.collection, Collection::starting_at(revision));
        self.gone.push(Gone::Articles(Box::new((old, self.index.begin_anew()))));
        self.serial = self.serial.max(self.view.revision) + 1;
        self.put(View { revision: self.serial, ..View::default() });
        (self.asked, self.next, self.kept, self.rests_until) = (None, None, None, None);
        self.hovered = None;
        self.numbering += 1;
        self.selected.set(Selection::None, Pane::None);
    }

    /// Shows the same articles with other mentions, those that another gazetteer gave them, as soon as their
    /// view is worked out; until then it is the last ones that are shown. What was selected stays so where it
    /// is still there, and the map where it is.
    pub fn replace(&mut self, collection: Collection) {
        self.asked = None;
        self.next = Some(collection);
    }

    /// Keeps the index of what comes next there, and takes up what is kept already.
    pub fn keep_index(&mut self, kept: Kept) {
        self.kept = Some(kept);
    }

    /// What gave way to something else, one after the other; nothing where a thread sees to it.
    pub fn gone(&mut self) -> Option<Gone> {
        self.gone.pop()
    }

    /// Hands what gave way to the thread.
    fn clear_up(&mut self) {
        // The map holds the scene until it has drawn another one.
        if self.former.as_ref().is_some_and(|view| Arc::strong_count(&view.scene) == 1) {
            self.gone.extend(self.former.take().map(|view| Gone::View(Box::new(view))));
        }
        if let Some(behind) = &self.behind {
            self.gone.drain(..).for_each(|gone| behind.let_go(gone));
        }
    }

    /// The index to search in; what comes next has other places, and none yet.
    fn index_for(&self, next: bool) -> Index {
        if next { Index::default() } else { self.index.clone() }
    }

    /// Puts a view, and what comes next where it is that of it, in the place of the last.
    fn show(&mut self, view: View, next: Option<Collection>) {
        self.put(view);
        let Some(next) = next else { return };
        let kept = self.kept_in(&next);
        let old = std::mem::replace(&mut self.collection, next);
        self.collection.succeed(&old);
        let index = match self.kept.take() {
            Some(kept) => self.index.begin_kept(kept, &self.collection),
            None => self.index.begin_anew(),
        };
        self.gone.push(Gone::Articles(Box::new((old, index))));
        self.hovered = None;
        self.numbering += 1;
        self.selected.set(kept, Pane::Map);
        self.anchor = Anchor::default();
        self.view.collection_revision = self.collection.revision();
    }

    fn put(&mut self, view: View) {
        let old = std::mem::replace(&mut self.view, view);
        self.gone.extend(self.former.replace(old).map(|view| Gone::View(Box::new(view))));
    }

    /// Goes on from what is selected: the same words, where their article has changed.
    fn follow(&mut self) {
        self.selected.what = self.anchor.follow(&self.collection, self.selected.what);
        self.trail.follow(&self.collection, &self.view, self.selected);
        self.follow_story();
    }

    /// Asks for the story of the event that is selected, unless it is on its way.
    fn follow_story(&mut self) {
        if let Some(behind) = &self.behind {
            for (of, card) in behind.stories() {
                if self.story_asked == Some(of) {
                    self.story = card.map(|card| (of, card));
                }
            }
        }
        let Some(at) = self.selected.what.event() else {
            (self.story, self.story_asked) = (None, None);
            return;
        };
        let of = (at, self.collection.revision());
        // While articles arrive, as often as there is a view.
        if self.story_asked == Some(of) || self.view.collection_revision != of.1 {
            return;
        }
        self.story_asked = Some(of);
        match &self.behind {
            Some(behind) => behind.wish_for_story(of, self.collection.snapshot()),
            None => {
                let grouped = stories::learn(&self.collection, &|| false);
                let card =
                    grouped.and_then(|grouped| StoryCard::of(&self.collection, at, grouped, &|| false));
                self.story = card.map(|card| (of, card));
            }
        }
    }

    /// What all articles say of the event that is selected, once that is worked out.
    pub fn story(&self) -> Option<&StoryCard> {
        let at = self.selected.what.event()?;
        self.story.as_ref().filter(|((of, _), _)| *of == at).map(|(_, card)| card)
    }

    /// What is selected, where the same articles have other mentions.
    fn kept_in(&self, next: &Collection) -> Selection {
        let old = &self.collection;
        let number = |article: usize| {
            let id = old.article(article)?.article.id.clone();
            // The numbers are the same but for articles that were lost before it.
            let same = |number: &usize| next.article(*number).is_some_and(|a| a.article.id == id);
            let lost = old.len().saturating_sub(next.len());
            (article.saturating_sub(lost)..=article).rev().find(same)
        };
        let mention = |at: MentionRef| {
            let article = number(at.article)?;
            let span = old.article(at.article)?.mentions.get(at.mention)?.span;
            let mention = next.article(article)?.mentions.iter().position(|other| other.span == span)?;
            Some(MentionRef { article, mention })
        };
        let event = |at: EventRef| {
            let article = number(at.article)?;
            let trigger = old.article(at.article)?.events.get(at.event)?.trigger;
            let event = next.article(article)?.events.iter().position(|other| other.trigger == trigger)?;
            Some(EventRef { article, event })
        };
        let what = self.selected.what;
        // The same place at the same words, or else those words, or else their article.
        let kept = match what {
            Selection::Place { place, at } => old
                .place(place)
                .and_then(|entry| next.place_key(&entry.place.id))
                .zip(mention(at))
                .map(|(place, at)| Selection::Place { place, at }),
            _ => None,
        };
        let kept = kept.or_else(|| what.mention().and_then(mention).map(Selection::Mention));
        let kept = kept.or_else(|| {
            let at = event(what.event()?)?;
            let place = next.happening(at)?.place();
            Some(Selection::Event { at, place, among: Among::Article })
        });
        let kept = kept.or_else(|| what.article().and_then(number).map(Selection::Article));
        kept.unwrap_or(Selection::None)
    }

    /// Selects something.
    pub fn select(&mut self, what: Selection, from: Pane) {
        self.selected.set(what, from);
    }

    /// Selects a place at the mention that speaks best for it; where events are shown, at the event that is told
    /// best.
    pub fn select_place(&mut self, place: u32, from: Pane) {
        let row = self.view.row(place);
        if let Some((row, event)) = row.and_then(|row| Some((row, row.event?))) {
            let at = EventRef { article: row.best.article, event };
            self.select(Selection::Event { at, place: Some(place), among: Among::Place }, from);
            return;
        }
        let shown = row.map(|row| row.best);
        let any = || self.collection.mentions_of(place).first().copied();
        if let Some(at) = shown.or_else(any) {
            self.select(Selection::Place { place, at }, from);
        }
    }

    /// Selects an event at the first of its places that is shown, or else at its main one.
    pub fn select_event(&mut self, at: EventRef, among: Among, from: Pane) {
        let place = self.view.place_of(&self.collection, at);
        self.select(Selection::Event { at, place, among }, from);
    }

    /// How many mentions, or events, next and previous walk: those of the selected place in all articles, those of the
    /// article, or all events as they are ordered.
    pub fn stops(&self) -> usize {
        self.trail.len(&self.view)
    }

    /// Whether it is events that next and previous walk.
    pub fn walks_events(&self) -> bool {
        self.trail.is_of_events()
    }

    /// Which of them is selected, from 0.
    pub fn position(&self) -> Option<usize> {
        self.trail.position()
    }

    /// Selects the next (`1`) or the previous (`-1`) mention or event of the trail, round its end.
    pub fn step(&mut self, by: isize) {
        if let Some(what) = self.trail.next(&self.collection, &self.view, self.selected.what, by) {
            self.select(what, Pane::None);
        }
    }
}

#[cfg(test)]
mod tests;
