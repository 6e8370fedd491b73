//! The state that all panes share: collection, filter, view, selection and hover.
//! Panes read it while a frame is drawn; it changes between frames only.

use std::time::Instant;

use super::pass::Pass;
use super::{Collection, Filter, MentionRef, Pane, Selected, Selection, View};

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
    pass: Option<Pass>,
    /// The same articles with other mentions, until their view is worked out.
    next: Option<(Collection, Option<Pass>)>,
    gone: Option<Collection>,
    trail: Vec<MentionRef>,
    trail_of: (u64, u64),
}

impl Explorer {
    /// Brings the view up to date with filter and collection; answers whether it changed.
    pub fn refresh(&mut self) -> bool {
        self.advance(None)
    }

    /// The same, but leaves off at a time; answers whether the view changed. Until it does, the last
    /// view stands. What is left goes on with the next call.
    pub fn advance(&mut self, until: Option<Instant>) -> bool {
        let changed = self.pass_on(until);
        if self.trail_of != (self.view.revision, self.selected.serial) {
            self.trail_of = (self.view.revision, self.selected.serial);
            self.trail = self.walk();
        }
        changed
    }

    /// Whether a view is being worked out, or a filter waits for one.
    pub fn is_behind(&self) -> bool {
        self.pass.is_some() || self.next.is_some() || self.view.filter != self.filter
    }

    fn pass_on(&mut self, until: Option<Instant>) -> bool {
        if let Some((next, begun)) = self.next.take() {
            return self.pass_to(next, begun, until);
        }
        let begun = self.pass.take().filter(|pass| pass.answers(&self.filter));
        if begun.is_none() && !self.view.is_stale(&self.collection, &self.filter) {
            return false;
        }
        let mut pass = begun.unwrap_or_else(|| Pass::new(&self.collection, self.filter.clone()));
        if !run(&mut pass, &self.collection, until) {
            self.pass = Some(pass);
            return false;
        }
        pass.finish(&self.collection, &mut self.view);
        // Asked for all of it: what came while an earlier pass ran belongs to it.
        if until.is_none() && self.view.is_stale(&self.collection, &self.filter) {
            self.view.refresh(&self.collection, &self.filter);
        }
        true
    }

    /// Closes every article; the filter stays.
    pub fn clear(&mut self) {
        let revision = self.collection.revision() + 1;
        self.gone = Some(std::mem::replace(&mut self.collection, Collection::starting_at(revision)));
        (self.pass, self.next) = (None, None);
        self.hovered = None;
        self.selected.set(Selection::None, Pane::None);
        self.filter.place = None;
    }

    /// Shows the same articles with other mentions, those that another gazetteer gave them, as soon as their
    /// view is worked out; until then it is the last ones that are shown. What was selected stays so where it
    /// is still there, and the map where it is.
    pub fn replace(&mut self, collection: Collection) {
        self.pass = None;
        self.next = Some((collection, None));
    }

    /// The collection that gave way to another, once. To let go of a large one takes longer than a frame.
    pub fn gone(&mut self) -> Option<Collection> {
        self.gone.take()
    }

    /// Works out the view of what comes next, and shows that when it is done.
    fn pass_to(&mut self, next: Collection, begun: Option<Pass>, until: Option<Instant>) -> bool {
        let place = self.filter.place.and_then(|key| next.place_key(&self.collection.place(key)?.place.id));
        let filter = Filter { place, ..self.filter.clone() };
        let begun = begun.filter(|pass| pass.answers(&filter));
        let mut pass = begun.unwrap_or_else(|| Pass::new(&next, filter.clone()));
        if !run(&mut pass, &next, until) {
            self.next = Some((next, Some(pass)));
            return false;
        }
        let kept = self.kept_in(&next);
        let old = std::mem::replace(&mut self.collection, next);
        self.collection.succeed(&old);
        self.gone = Some(old);
        self.filter = filter;
        self.hovered = None;
        self.selected.set(kept, Pane::Map);
        pass.finish(&self.collection, &mut self.view);
        self.view.collection_revision = self.collection.revision();
        true
    }

    /// What is selected, where the same articles have other mentions.
    fn kept_in(&self, next: &Collection) -> Selection {
        let old = &self.collection;
        let number = |article: usize| {
            let id = &old.article(article)?.article.id;
            // The numbers are the same unless an article was lost.
            let same = |number: &usize| next.article(*number).is_some_and(|a| a.article.id == *id);
            Some(article).filter(same).or_else(|| (0..next.articles().len()).find(same))
        };
        let mention = |at: MentionRef| {
            let article = number(at.article)?;
            let span = old.mention(at)?.span;
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
        let any = || self.collection.place(place).and_then(|entry| entry.mentions.first().copied());
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
        self.trail.iter().position(|&other| other == at)
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
        self.trail.iter().position(|&other| other > at).unwrap_or(0)
    }
}

/// Goes on with a pass, and leaves off at a time; answers whether it came to its end.
fn run(pass: &mut Pass, collection: &Collection, until: Option<Instant>) -> bool {
    while !pass.step(collection) {
        if until.is_some_and(|until| Instant::now() >= until) {
            return false;
        }
    }
    true
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

    #[test]
    fn a_pass_is_spread_over_calls() {
        let mut explorer = two_stories();
        explorer.filter.query = "vote over".to_owned();
        let now = Some(Instant::now());
        assert!(!explorer.advance(now) && explorer.is_behind());
        assert_eq!(explorer.view.articles.len(), 2);
        // Another filter begins anew.
        explorer.filter.query = "jet".to_owned();
        while !explorer.advance(now) {}
        assert!(!explorer.is_behind());
        assert_eq!(explorer.view.articles.iter().map(|row| row.article).collect::<Vec<_>>(), [0]);
    }

    #[test]
    fn what_is_selected_stays_so_when_all_is_placed_anew() {
        let mut explorer = two_stories();
        explorer.select_place(1, Pane::Map);
        explorer.filter.place = Some(0);
        let cairo = place("geonames:360630", "Cairo", "EG", 30.06, 31.25);
        let desert = place("own:sinai", "Sinai", "EG", 29.5, 33.8);
        let mut anew = Collection::default();
        for (id, marked) in
            [("crash", "[Cairo] said a jet fell in [Sinai]."), ("vote", "In [Cairo], over [Sinai].")]
        {
            anew.add(Arc::new(story(id, marked, &[&desert, &cairo])));
        }
        explorer.replace(anew);
        // A slice at a time, and what was there is shown until then.
        assert!(!explorer.advance(Some(Instant::now())) && explorer.is_behind());
        assert_eq!((explorer.filter.place, explorer.view.places.len()), (Some(0), 2));
        assert!(explorer.gone().is_none());
        assert!(explorer.refresh() && !explorer.is_behind());
        assert!(explorer.gone().is_some_and(|old| old.articles().len() == 2));
        // Cairo has another number now, and the words that were selected another place.
        assert_eq!(explorer.filter.place, Some(1));
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
