//! Places that people said are the same as others.
//! One may lead on to the next; a ring of them stands for the one among them whose identifier sorts first.

use std::sync::Arc;

use super::super::edit::Field;
use super::super::state::State;
use crate::model::{Candidate, Focus, Place};

/// The place that a place is the same as, at the end of the chain; `None` where it stands for itself.
pub fn stands_for<'a>(state: &'a State, id: &str) -> Option<&'a Arc<Place>> {
    SameAs::new(state).of(id)
}

/// What is said to be the same as what.
#[derive(Clone, Copy)]
pub(super) struct SameAs<'a> {
    /// `None` where nothing is, so that nobody looks.
    state: Option<&'a State>,
}

impl<'a> SameAs<'a> {
    pub(super) fn new(state: &'a State) -> Self {
        let any = state.places().keys().any(|(_, field)| *field == Field::SameAs);
        Self { state: any.then_some(state) }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.state.is_none()
    }

    /// The place that a place is the same as, at the end of the chain.
    pub(super) fn of(&self, id: &str) -> Option<&'a Arc<Place>> {
        let next = |id: &str| {
            let held = self.state?.places().get(&(id.to_owned(), Field::SameAs))?;
            held.value.place()
        };
        let mut chain: Vec<&'a Arc<Place>> = Vec::new();
        let mut place = next(id)?;
        loop {
            let ring = chain.iter().position(|other| other.id == place.id);
            if let Some(start) = ring {
                let ring = chain.split_off(start);
                return ring.into_iter().min_by(|a, b| a.id.cmp(&b.id)).filter(|first| first.id != id);
            }
            chain.push(place);
            match next(&place.id) {
                Some(further) => place = further,
                None => return Some(place).filter(|last| last.id != id),
            }
        }
    }

    /// A place, or what it is the same as.
    pub(super) fn place(&self, place: &Arc<Place>) -> Arc<Place> {
        Arc::clone(self.of(&place.id).unwrap_or(place))
    }

    /// Puts what they are the same as in the place of candidates; of two that are the same the better one stays.
    pub(super) fn candidates(&self, candidates: &mut Vec<Candidate>) {
        if self.is_empty() {
            return;
        }
        let mut merged = false;
        for candidate in candidates.iter_mut() {
            if let Some(place) = self.of(&candidate.place.id) {
                candidate.reasons.insert(0, reason(&candidate.place));
                candidate.place = Arc::clone(place);
                merged = true;
            }
        }
        let mut at = 1;
        while merged && at < candidates.len() {
            let (before, rest) = candidates.split_at(at);
            let again =
                rest.first().is_some_and(|one| before.iter().any(|other| other.place.id == one.place.id));
            if again { drop(candidates.remove(at)) } else { at += 1 }
        }
    }

    /// The same for what an article is about; of two that are the same, the shares go together.
    pub(super) fn focus(&self, focus: &mut Focus) {
        if self.is_empty() {
            return;
        }
        for level in [&mut focus.countries, &mut focus.divisions, &mut focus.places] {
            let shares = std::mem::take(level);
            for (id, name, share) in shares {
                let (id, name) =
                    self.of(&id).map_or((id, name), |place| (place.id.clone(), place.name.clone()));
                match level.iter_mut().find(|(other, ..)| *other == id) {
                    Some((.., sum)) => *sum += share,
                    None => level.push((id, name, share)),
                }
            }
            level.sort_by(|a, b| b.2.total_cmp(&a.2));
        }
    }
}

/// Why a place is there in the place of another.
pub(super) fn reason(other: &Place) -> String {
    format!("the same place as {}", other.label())
}
