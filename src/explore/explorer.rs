//! The state that all panes share: collection, filter, view, selection and hover.
//! Panes read it while a frame is drawn; it changes between frames only. Views are worked out on a thread behind the
//! window where there is one, and else at once.

use std::sync::Arc;
use std::time::{Duration, Instant};

use super::Scene;
use super::behind::{Behind, Worked};
use super::{Collection, Filter, Index, MentionRef, Pane, Selected, Selection, View, pass};

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
    behind: Option<Behind>,
    asked: Option<Asked>,
    /// How many views were asked for.
    serial: u64,
    /// When the next view may be asked for that only shows more articles.
    rests_until: Option<Instant>,
    /// The view before, until the map has let go of it.
    former: Option<View>,
    gone: Vec<Gone>,
    trail: Vec<MentionRef>,
    trail_of: (u64, u64),
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
        self.index.follow(self.collection.archive());
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
        self.follow_trail();
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
        self.index.follow(self.collection.archive());
        self.clear_up();
        self.ask();
        self.follow_trail();
        changed
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

    /// What the filter leaves, to be worked out on another thread: the numbers of articles, each with those of its
    /// mentions.
    pub fn left(&self) -> impl FnOnce() -> Vec<(usize, Vec<usize>)> + Send + use<> {
        let (collection, filter, index) =
            (self.collection.snapshot(), self.filter.clone(), self.index.clone());
        move || {
            let hits = index.hits(&filter.query);
            let view = pass::view(&collection, filter, hits, &|| false).unwrap_or_default();
            let articles = (0..collection.len()).filter(|&article| view.shows_article(article));
            let mentions = |article| view.mentions_in(&collection, article).into_iter();
            articles.map(|article| (article, mentions(article).map(|at| at.mention).collect())).collect()
        }
    }

    /// Closes every article; the filter stays.
    pub fn clear(&mut self) {
        let revision = self.collection.revision() + 1;
        let old = std::mem::replace(&mut self.collection, Collection::starting_at(revision));
        self.gone.push(Gone::Articles(Box::new((old, self.index.begin_anew()))));
        self.serial = self.serial.max(self.view.revision) + 1;
        self.put(View { revision: self.serial, ..View::default() });
        (self.asked, self.next, self.rests_until) = (None, None, None);
        self.hovered = None;
        self.selected.set(Selection::None, Pane::None);
    }

    /// Shows the same articles with other mentions, those that another gazetteer gave them, as soon as their
    /// view is worked out; until then it is the last ones that are shown. What was selected stays so where it
    /// is still there, and the map where it is.
    pub fn replace(&mut self, collection: Collection) {
        self.asked = None;
        self.next = Some(collection);
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
        self.gone.push(Gone::Articles(Box::new((old, self.index.begin_anew()))));
        self.hovered = None;
        self.selected.set(kept, Pane::Map);
        self.view.collection_revision = self.collection.revision();
    }

    fn put(&mut self, view: View) {
        let old = std::mem::replace(&mut self.view, view);
        self.gone.extend(self.former.replace(old).map(|view| Gone::View(Box::new(view))));
    }

    fn follow_trail(&mut self) {
        if self.trail_of != (self.view.revision, self.selected.serial) {
            self.trail_of = (self.view.revision, self.selected.serial);
            self.trail = self.walk();
        }
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
        let kept = kept.or_else(|| what.article().and_then(number).map(Selection::Article));
        kept.unwrap_or(Selection::None)
    }

    /// Selects something.
    pub fn select(&mut self, what: Selection, from: Pane) {
        self.selected.set(what, from);
    }

    /// Selects a place at the mention that speaks best for it.
    pub fn select_place(&mut self, place: u32, from: Pane) {
        let shown = self.view.row(place).map(|row| row.best);
        let any = || self.collection.mentions_of(place).first().copied();
        if let Some(at) = shown.or_else(any) {
            self.select(Selection::Place { place, at }, from);
        }
    }

    /// The mentions that next and previous walk: those of the selected place in all articles, or
    /// those of the article.
    pub fn trail(&self) -> &[MentionRef] {
        &self.trail
    }

    /// Which of the trail's mentions is selected, from 0.
    pub fn position(&self) -> Option<usize> {
        let at = self.selected.what.mention()?;
        self.trail.binary_search(&at).ok()
    }

    fn walk(&self) -> Vec<MentionRef> {
        match self.selected.what {
            Selection::None => Vec::new(),
            Selection::Place { place, .. } => self.view.mentions_of(&self.collection, place),
            Selection::Article(article) | Selection::Mention(MentionRef { article, .. }) => {
                self.view.mentions_in(&self.collection, article)
            }
        }
    }

    /// Selects the next (`1`) or the previous (`-1`) mention of the trail, round its end.
    pub fn step(&mut self, by: isize) {
        let count = self.trail.len();
        if count == 0 {
            return;
        }
        let next = match self.position() {
            Some(position) => (position as isize + by).rem_euclid(count as isize) as usize,
            None if by < 0 => count - 1,
            None => self.first_after_selected(),
        };
        let at = self.trail[next];
        let what = match self.selected.what {
            Selection::Place { place, .. } => Selection::Place { place, at },
            _ => Selection::Mention(at),
        };
        self.select(what, Pane::None);
    }

    /// Where to go on from a mention that the filter no longer shows.
    fn first_after_selected(&self) -> usize {
        let Some(at) = self.selected.what.mention() else {
            return 0;
        };
        let after = self.trail.partition_point(|&other| other <= at);
        if after < self.trail.len() { after } else { 0 }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::fixture::{place, story};
    use super::*;

    fn two_stories() -> Explorer {
        let cairo = place("geonames:360630", "Cairo", "EG", 30.06, 31.25);
        let sinai = place("dateline:sinai-peninsula", "Sinai Peninsula", "EG", 29.5, 33.8);
        let mut explorer = Explorer::default();
        for (id, marked) in
            [("crash", "[Cairo] said a jet fell in [Sinai]."), ("vote", "In [Cairo], over [Sinai].")]
        {
            explorer.collection.add(Arc::new(story(id, marked, &[&cairo, &sinai])));
        }
        explorer.refresh();
        explorer
    }

    fn at(article: usize, mention: usize) -> MentionRef {
        MentionRef { article, mention }
    }

    #[test]
    fn a_places_mentions_are_walked_through_articles() {
        let mut explorer = two_stories();
        explorer.select_place(1, Pane::Map);
        explorer.refresh();
        let mut walked = Vec::new();
        for _ in 0..3 {
            walked.extend(explorer.selected.what.mention());
            explorer.step(1);
            explorer.refresh();
        }
        assert_eq!(walked, [at(0, 1), at(1, 1), at(0, 1)]);
        assert_eq!(explorer.selected.what.place(&explorer.collection), Some(1));
    }

    #[test]
    fn an_articles_mentions_are_walked_in_text_order() {
        let mut explorer = two_stories();
        explorer.select(Selection::Article(1), Pane::Lists);
        explorer.refresh();
        explorer.step(1);
        assert_eq!(explorer.selected.what, Selection::Mention(at(1, 0)));
        explorer.refresh();
        explorer.step(-1);
        assert_eq!(explorer.selected.what, Selection::Mention(at(1, 1)));
        assert_eq!(explorer.selected.from, Pane::None);
    }

    /// Runs what a window runs frame by frame, until the view is up to date.
    fn settle(explorer: &mut Explorer) {
        while explorer.is_behind() {
            explorer.advance();
            std::thread::sleep(Duration::from_millis(1));
        }
    }

    #[test]
    fn views_come_from_behind_and_the_newest_wish_wins() {
        let mut explorer = two_stories();
        explorer.work_behind(|| {});
        let articles =
            |explorer: &Explorer| explorer.view.articles.iter().map(|row| row.article).collect::<Vec<_>>();
        explorer.filter.query = "vote over".to_owned();
        // What is shown stands until the other is there.
        assert!(!explorer.advance() && explorer.is_behind());
        assert_eq!(articles(&explorer), [0, 1]);
        explorer.filter.query = "jet".to_owned();
        let first = explorer.view.revision;
        while !explorer.advance() {}
        assert_eq!(articles(&explorer), [0]);
        assert!(!explorer.is_behind() && explorer.view.revision > first);
        let scene = &explorer.view.scene;
        assert_eq!((scene.points.len(), scene.revision), (2, explorer.view.revision));
        explorer.filter.query.clear();
        explorer.collection.add(Arc::new(story("late", "[Nowhere] knows.", &[])));
        settle(&mut explorer);
        assert_eq!(articles(&explorer), [0, 1, 2]);
        explorer.clear();
        assert!(explorer.view.articles.is_empty() && explorer.view.scene.points.is_empty());
        settle(&mut explorer);
        assert!(explorer.view.articles.is_empty());
    }

    #[test]
    fn the_last_articles_wait_for_no_view_before_them() {
        let mut explorer = two_stories();
        explorer.work_behind(|| {});
        let late = Instant::now() + Duration::from_secs(3600);
        explorer.rests_until = Some(late);
        explorer.collection.add(Arc::new(story("late", "[Nowhere] knows.", &[])));
        assert!(!explorer.advance());
        assert!(explorer.asked.is_none() && explorer.rests_until() == Some(late));
        explorer.all_arrived();
        explorer.advance();
        assert!(explorer.asked.is_some() && explorer.rests_until().is_none());
        settle(&mut explorer);
        assert_eq!(explorer.view.articles.len(), 3);
    }

    #[test]
    fn every_view_that_is_ready_is_taken_at_once() {
        let mut explorer = two_stories();
        let ready = |serial| Worked { serial, view: View::default(), took: Duration::ZERO };
        explorer.behind = Some(Behind::with([ready(7), ready(8), ready(9)]));
        let (filter, next) = (explorer.filter.clone(), false);
        explorer.asked = Some(Asked { serial: 9, filter, next });
        assert!(explorer.advance() && explorer.view.articles.is_empty());
    }

    #[test]
    fn a_view_from_behind_is_the_same_as_one_made_at_once() {
        let (mut behind, mut at_once) = (two_stories(), two_stories());
        behind.work_behind(|| {});
        for explorer in [&mut behind, &mut at_once] {
            for number in 0..10_000 {
                let town = place(&format!("own:{}", number % 977), "Town", "LY", 32.0, 22.0);
                explorer.collection.add(Arc::new(story("more", "Rain in [Town].", &[&town])));
            }
        }
        settle(&mut behind);
        at_once.refresh();
        let (behind, at_once) = (&behind.view, &at_once.view);
        assert_eq!(behind.places, at_once.places);
        assert_eq!(behind.articles, at_once.articles);
        assert_eq!((behind.kinds, behind.mentions), (at_once.kinds, at_once.mentions));
        assert_eq!(behind.countries, at_once.countries);
    }

    #[test]
    fn what_is_selected_stays_so_when_all_is_placed_anew() {
        let mut explorer = two_stories();
        explorer.select_place(1, Pane::Map);
        explorer.filter = explorer.filter.with_place_toggled("geonames:360630", "Cairo");
        let cairo = place("geonames:360630", "Cairo", "EG", 30.06, 31.25);
        let desert = place("own:sinai", "Sinai", "EG", 29.5, 33.8);
        let mut anew = Collection::default();
        for (id, marked) in
            [("crash", "[Cairo] said a jet fell in [Sinai]."), ("vote", "In [Cairo], over [Sinai].")]
        {
            anew.add(Arc::new(story(id, marked, &[&desert, &cairo])));
        }
        while explorer.gone().is_some() {}
        explorer.replace(anew);
        // What was there is shown until the other is worked out.
        assert!(explorer.is_behind() && explorer.gone().is_none());
        assert_eq!(explorer.view.places.len(), 2);
        assert!(explorer.refresh() && !explorer.is_behind());
        assert!(matches!(explorer.gone(), Some(Gone::Articles(old)) if old.0.len() == 2));
        // Cairo has another number now, and the words that were selected another place.
        assert_eq!(explorer.view.row(1).map(|row| row.articles), Some(2));
        assert_eq!(explorer.selected.what, Selection::Mention(at(0, 1)));
        explorer.replace(Collection::default());
        explorer.refresh();
        assert_eq!(explorer.selected.what, Selection::None);
    }

    #[test]
    fn clearing_makes_the_view_stale() {
        let mut explorer = two_stories();
        explorer.clear();
        assert!(explorer.refresh());
        assert!(explorer.view.places.is_empty() && explorer.view.articles.is_empty());
        assert_eq!(explorer.selected.what, Selection::None);
    }
}
