//! How corrections come to be seen: what they say of mentions at once, what follows from it as it is found out.
//! It is put in a part at a time: a frame has no time for fifty thousand mentions.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::explore::{Collection, MentionRef};
use crate::jobs::keeper::Ranked;
use crate::model::{How, Place, Span};
use crate::project::{Field, Set, Target, Value};

/// What a frame has for it.
const PER_FRAME: Duration = Duration::from_millis(2);
/// Mentions from one look at the clock to the next.
const STRIDE: usize = 500;

/// A mention's new place, and who says so.
type Patch = (MentionRef, Option<Arc<Place>>, How);

/// What is to be seen of corrections yet.
#[derive(Default)]
pub struct Showing {
    sets: VecDeque<Set>,
    ranked: VecDeque<Ranked>,
    /// Mentions that nobody decided and that came to mean another place.
    followed: usize,
    /// How many edits and orders to rank have more to follow from them.
    due: usize,
    /// Whether it is to be told how many mentions followed from an edit.
    tells: bool,
    /// When something was last seen to change that is not written down.
    changed: Option<Instant>,
}

impl Showing {
    /// Whether all is to be seen.
    pub fn is_idle(&self) -> bool {
        self.sets.is_empty() && self.ranked.is_empty()
    }

    /// Notes what an edit put in the place of what.
    pub fn note(&mut self, sets: Vec<Set>) {
        (self.changed, self.tells) = (Some(Instant::now()), true);
        self.due += 1;
        let of_mentions = |set: &Set| matches!(set.target, Target::Mention(..)) && set.field == Field::Place;
        self.sets.extend(sets.into_iter().filter(of_mentions));
    }

    /// Notes articles that were ranked anew.
    pub fn rank(&mut self, ranked: Vec<Ranked>) {
        self.changed = Some(Instant::now());
        self.ranked.extend(ranked);
    }

    /// Notes that articles are to be ranked for another reason.
    pub fn expect(&mut self) {
        self.due += 1;
    }

    /// Notes that nothing more follows from so many edits and orders.
    pub fn settle(&mut self, settled: usize) {
        self.due = self.due.saturating_sub(settled);
    }

    /// Whether all is to be seen that follows from what was ordered.
    pub fn is_settled(&self) -> bool {
        self.is_idle() && self.due == 0
    }

    /// Shows some of it; answers whether there was any.
    pub fn show(&mut self, collection: &mut Collection) -> bool {
        if self.is_idle() {
            return false;
        }
        let begun = Instant::now();
        while begun.elapsed() < PER_FRAME && !self.sets.is_empty() {
            let some = self.sets.drain(..self.sets.len().min(STRIDE));
            let patches: Vec<Patch> = some.filter_map(|set| patch(collection, &set)).collect();
            collection.replace(&patches);
        }
        // What was found out later is shown later.
        while begun.elapsed() < PER_FRAME && self.sets.is_empty() {
            let Some(ranked) = self.ranked.pop_front() else { break };
            self.followed += put(collection, ranked);
        }
        self.changed = Some(Instant::now());
        true
    }

    /// How many mentions that nobody decided came to mean another place, once that is known.
    pub fn followed(&mut self) -> Option<usize> {
        (self.is_settled() && std::mem::take(&mut self.tells)).then(|| std::mem::take(&mut self.followed))
    }

    /// Whether something has changed that is not written down, and nothing for this long.
    pub fn rests(&mut self, time: Duration) -> bool {
        let rests = self.is_settled() && self.changed.is_some_and(|changed| changed.elapsed() >= time);
        if rests {
            self.changed = None;
        }
        rests
    }

    /// Whether something has changed that is not written down.
    pub fn is_unwritten(&self) -> bool {
        self.changed.is_some()
    }
}

/// Shows an article as it was ranked anew; answers how many of its mentions that nobody decided mean another place.
fn put(collection: &mut Collection, ranked: Ranked) -> usize {
    let number = ranked.number;
    let undecided = |collection: &Collection| -> Vec<(Span, Option<u32>)> {
        let glances = collection.glances(number).iter().filter(|glance| glance.how == How::Auto);
        glances.map(|glance| (glance.key(), glance.place)).collect()
    };
    let before = undecided(collection);
    collection.change(number, ranked.arrival);
    if !ranked.anew {
        collection.restore(number);
    }
    let after = undecided(collection);
    let moved = |(key, place): &&(Span, Option<u32>)| {
        let was = before.binary_search_by_key(key, |(key, _)| *key);
        was.is_ok_and(|at| before[at].1 != *place)
    };
    after.iter().filter(moved).count()
}

fn patch(collection: &Collection, set: &Set) -> Option<Patch> {
    let Target::Mention(article, key) = set.target else { return None };
    let article = article as usize;
    let glances = collection.glances(article);
    let mention = glances.iter().position(|glance| glance.key() == key)?;
    let found = glances[mention].found().and_then(|key| collection.place(key)).map(|entry| &entry.place);
    let (place, how) = match &set.after {
        None => (found.cloned(), How::Auto),
        Some(Value::Rejected) => (None, How::Rejected),
        Some(Value::Confirmed(place)) => (Some(Arc::clone(place)), How::Confirmed),
        Some(Value::Place(place)) => {
            let same = found.is_some_and(|found| found.id == place.id);
            (Some(Arc::clone(place)), if same { How::Confirmed } else { How::Corrected })
        }
        Some(_) => return None,
    };
    Some((MentionRef { article, mention }, place, how))
}

/// The articles that a change of places concerns.
pub fn concerned(collection: &Collection, sets: &[Set]) -> Vec<u32> {
    let mut articles = Vec::new();
    for set in sets.iter().filter(|set| set.field == Field::SameAs) {
        let Target::Place(own) = &set.target else { continue };
        let before = set.before.as_ref().and_then(|held| held.value.place());
        let others = before.into_iter().chain(set.after.as_ref().and_then(Value::place));
        for id in others.map(|place| &place.id).chain([own]) {
            let mentions = collection.place_key(id).map(|key| collection.mentions_of(key));
            articles.extend(mentions.unwrap_or_default().into_iter().map(|at| at.article as u32));
        }
    }
    articles.sort_unstable();
    articles.dedup();
    articles
}
