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
        self.pass.is_some() || self.view.filter != self.filter
    }

    fn pass_on(&mut self, until: Option<Instant>) -> bool {
        let begun = self.pass.take().filter(|pass| pass.answers(&self.filter));
        if begun.is_none() && !self.view.is_stale(&self.collection, &self.filter) {
            return false;
        }
        let mut pass = begun.unwrap_or_else(|| Pass::new(&self.collection, self.filter.clone()));
        while !pass.step(&self.collection) {
            if until.is_some_and(|until| Instant::now() >= until) {
                self.pass = Some(pass);
                return false;
            }
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
        self.collection = Collection::starting_at(revision);
        self.pass = None;
        self.hovered = None;
        self.selected.set(Selection::None, Pane::None);
        self.filter.place = None;
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
    fn clearing_makes_the_view_stale() {
        let mut explorer = two_stories();
        explorer.clear();
        assert!(explorer.refresh());
        assert!(explorer.view.places.is_empty() && explorer.view.articles.is_empty());
        assert_eq!(explorer.selected.what, Selection::None);
    }
}
