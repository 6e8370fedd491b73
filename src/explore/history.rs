//! Back and forward: what was seen, shown and selected before, in steps as a person would count them.
//! Typing a search is one step, and so is a flight to what was selected; a map that only moves on its way, or by
//! less than a person would call elsewhere, is none.

use super::{Filter, Selection};
use crate::model::Span;
use crate::model::mercator::wrapped;

/// Seconds within which changes of one filter are one step: somebody is typing.
const TYPING: f64 = 1.2;
/// How far the middle of the map moves, as a share of the view's width, before it looks elsewhere.
const ELSEWHERE: f64 = 0.45;
/// How far it zooms.
const NEARER: f64 = 0.9;
/// Steps kept.
const KEPT: usize = 200;

/// Where the map looks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sight {
    /// Latitude and longitude of the middle, degrees.
    pub centre: (f64, f64),
    /// Zoom: the world is `256 · 2^zoom` points wide.
    pub zoom: f64,
    /// Width of the view, degrees of longitude.
    pub width: f64,
}

impl Sight {
    /// Whether a person would say that it looks elsewhere.
    fn differs(&self, other: &Sight) -> bool {
        let east = wrapped(self.centre.1 - other.centre.1);
        let away = east.abs().max((self.centre.0 - other.centre.0).abs());
        (self.zoom - other.zoom).abs() >= NEARER || away >= ELSEWHERE * self.width.min(other.width)
    }
}

/// What there is to return to.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// Where the map looked.
    pub sight: Sight,
    /// What was shown.
    pub filter: Filter,
    /// What was selected.
    pub selection: Selection,
    /// Its words, by which it is known again ([`Selection::now`]).
    pub words: Option<Span>,
}

/// The steps so far, and which of them is now.
#[derive(Debug, Default)]
pub struct History {
    past: Vec<Step>,
    now: Option<Step>,
    /// Where the map last rested, not far from where the step looks.
    rested: Option<Sight>,
    future: Vec<Step>,
    /// When the filter last changed, seconds.
    changed: f64,
    /// Whether the map has not come to rest since the step began, so that where it rests belongs to the step.
    arriving: bool,
}

impl History {
    /// Notes what is there at a time, seconds. `resting` says whether the map stands still.
    pub fn note(
        &mut self,
        sight: Sight,
        filter: &Filter,
        (selection, words): (Selection, Option<Span>),
        resting: bool,
        time: f64,
    ) {
        let step = |sight: Sight| Step { sight, filter: filter.clone(), selection, words };
        let Some(now) = &mut self.now else {
            self.arriving = !resting;
            self.now = Some(step(sight));
            return;
        };
        // How the lists are ordered leaves nothing out.
        now.filter.order = filter.order;
        let filtered = now.filter != *filter;
        if filtered || now.selection != selection {
            // Nobody types what is explored.
            let same = now.filter.subject == filter.subject && now.selection == selection;
            let typing = filtered && same && time - self.changed < TYPING;
            if filtered {
                self.changed = time;
            }
            if typing {
                now.filter = filter.clone();
            } else {
                // Where it looks by now may be on the way to what was selected.
                let sight = self.rested.unwrap_or(now.sight);
                now.sight = sight;
                self.begin(step(sight));
            }
            self.arriving = true;
            return;
        }
        if !resting {
            return;
        }
        self.rested = Some(sight);
        if std::mem::take(&mut self.arriving) {
            now.sight = sight;
        } else if sight.differs(&now.sight) {
            self.begin(step(sight));
        }
    }

    fn begin(&mut self, step: Step) {
        self.past.extend(self.now.replace(step));
        if self.past.len() > KEPT {
            self.past.remove(0);
        }
        self.future.clear();
    }

    /// Goes back by a step; what is there then.
    pub fn back(&mut self) -> Option<Step> {
        let step = self.past.pop()?;
        let left = self.leave(&step);
        self.future.extend(left);
        Some(step)
    }

    /// Goes forward again.
    pub fn forward(&mut self) -> Option<Step> {
        let step = self.future.pop()?;
        let left = self.leave(&step);
        self.past.extend(left);
        Some(step)
    }

    /// Goes to another step; answers the one that was there, just as it was left.
    fn leave(&mut self, step: &Step) -> Option<Step> {
        self.arriving = true;
        let mut left = self.now.replace(step.clone())?;
        left.sight = self.rested.replace(step.sight).unwrap_or(left.sight);
        Some(left)
    }

    /// Whether there is something to go back to, and forward to.
    pub fn ways(&self) -> (bool, bool) {
        (!self.past.is_empty(), !self.future.is_empty())
    }

    /// Forgets everything: the articles are other ones.
    pub fn clear(&mut self) {
        *self = History::default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn step(lon: f64, zoom: f64, query: &str, article: Option<usize>) -> Step {
        Step {
            sight: Sight { centre: (0.0, lon), zoom, width: 100.0 },
            filter: Filter { query: query.to_owned(), ..Filter::default() },
            selection: article.map_or(Selection::None, Selection::Article),
            words: None,
        }
    }

    fn note(history: &mut History, step: &Step, resting: bool, time: f64) {
        history.note(step.sight, &step.filter, (step.selection, step.words), resting, time);
    }

    /// What is noted, each at rest and five seconds after the one before; and what going back gives, step by step.
    fn check(noted: &[Step], expected: &[Step]) {
        let mut history = History::default();
        for (at, step) in noted.iter().enumerate() {
            let time = 5.0 * at as f64;
            note(&mut history, step, true, time);
            note(&mut history, step, true, time + 1.0);
        }
        let back: Vec<Step> = std::iter::from_fn(|| history.back()).collect();
        assert_eq!(back, expected);
        for _ in 0..expected.len() {
            assert!(history.forward().is_some());
        }
        if !expected.is_empty() {
            assert_eq!(history.now.as_ref(), noted.last());
        }
        assert!(history.forward().is_none());
    }

    #[test]
    fn steps_are_gone_back_and_forward() {
        let (here, there) = (step(0.0, 4.0, "", None), step(80.0, 4.0, "", None));
        let read = step(80.0, 6.0, "", Some(3));
        let found = step(80.0, 6.0, "flood", Some(3));
        check(&[here.clone(), there.clone(), read.clone(), found], &[read, there, here]);
    }

    #[test]
    fn a_little_way_is_no_step_but_many_little_ways_are() {
        let at = |lon: f64| step(lon, 4.0, "", None);
        check(&[at(0.0), at(20.0)], &[]);
        check(&[at(0.0), at(20.0), at(40.0), at(60.0)], &[at(0.0)]);
        check(&[at(179.0), at(-179.0)], &[]);
    }

    #[test]
    fn the_way_to_what_was_selected_is_part_of_the_step() {
        let mut history = History::default();
        note(&mut history, &step(0.0, 4.0, "", None), true, 0.0);
        note(&mut history, &step(0.0, 4.0, "", Some(1)), false, 1.0);
        note(&mut history, &step(50.0, 3.0, "", Some(1)), false, 1.5);
        note(&mut history, &step(90.0, 8.0, "", Some(1)), true, 2.0);
        assert_eq!(history.back(), Some(step(0.0, 4.0, "", None)));
        assert_eq!(history.back(), None);
        assert_eq!(history.forward(), Some(step(90.0, 8.0, "", Some(1))));
    }

    #[test]
    fn typing_is_one_step() {
        let mut history = History::default();
        note(&mut history, &step(0.0, 4.0, "", None), true, 0.0);
        for (at, query) in ["f", "fl", "flo", "flood"].into_iter().enumerate() {
            note(&mut history, &step(0.0, 4.0, query, None), true, 5.0 + at as f64 * 0.2);
        }
        assert_eq!(history.back(), Some(step(0.0, 4.0, "", None)));
        assert_eq!(history.ways(), (false, true));
        // Another way from here forgets the ways from before.
        note(&mut history, &step(0.0, 4.0, "", None), true, 9.0);
        note(&mut history, &step(70.0, 4.0, "", None), true, 12.0);
        assert_eq!(history.ways(), (true, false));
    }
}
