//! Where a person is in a review: what is looked at, what was answered and is not on the disk yet, what is left.
//! Nothing is drawn here. Whoever answers goes on at once, but an answer counts when the project has it.

use std::collections::VecDeque;

use crate::explore::{Collection, MentionRef, Queue, Sample};
use crate::model::Span;

/// Answers that the pace is told of.
const LAST: usize = 20;
/// Longest that somebody is taken to think, seconds: after that they were away.
const AWAY: f64 = 60.0;

/// A mention by the words under which decisions about it are kept.
pub type Known = (u32, Span);

/// What is gone through.
#[derive(Debug)]
pub enum Course {
    /// The least certain first.
    Queue(Queue),
    /// A few at random.
    Sample(Sample),
}

impl Course {
    fn known(&self, number: usize) -> Option<Known> {
        match self {
            Self::Queue(queue) => queue.entry(number).map(|entry| (entry.article, entry.key)),
            Self::Sample(sample) => sample.drawn.get(number).map(|drawn| (drawn.article, drawn.key)),
        }
    }

    fn number_of(&self, (article, key): Known) -> Option<usize> {
        match self {
            Self::Queue(queue) => queue.number_of(article, key),
            Self::Sample(sample) => {
                sample.drawn.iter().position(|drawn| (drawn.article, drawn.key) == (article, key))
            }
        }
    }

    fn mention(&self, collection: &Collection, number: usize) -> Option<MentionRef> {
        match self {
            Self::Queue(queue) => queue.mention(collection, number),
            Self::Sample(sample) => sample.mention(collection, number),
        }
    }

    fn next(&self, collection: &Collection, after: Option<usize>) -> Option<usize> {
        match self {
            Self::Queue(queue) => queue.next(after),
            Self::Sample(sample) => sample.next(collection, after),
        }
    }

    fn len(&self) -> usize {
        match self {
            Self::Queue(queue) => queue.len(),
            Self::Sample(sample) => sample.len(),
        }
    }
}

/// How far somebody has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stand {
    /// Mentions that are decided, of what was drawn up.
    pub done: usize,
    /// Mentions that are not.
    pub left: usize,
}

impl Stand {
    /// All of them.
    pub fn all(self) -> usize {
        self.done + self.left
    }

    /// The share that is done, in whole parts of a hundred: all of them only where nothing is left.
    pub fn percent(self) -> usize {
        (self.done * 100).checked_div(self.all()).unwrap_or(100)
    }
}

/// A person's way through a review.
#[derive(Debug)]
pub struct Walk {
    course: Course,
    /// What is looked at; nothing where nothing is left.
    at: Option<usize>,
    /// What was answered and is not on the disk yet, in the order in which it was answered.
    awaited: VecDeque<Known>,
    /// What has come there since, and was not looked at again.
    told: Vec<Known>,
    stand: Stand,
    /// What was decided of queues that were drawn up before this one.
    before: usize,
    answers: usize,
    /// When the last answers were on the disk, seconds.
    times: VecDeque<f64>,
    /// Articles in which something has changed since it was looked at.
    changed: Vec<usize>,
}

impl Walk {
    /// A way that begins at the first that is left.
    pub fn new(course: Course, collection: &Collection) -> Walk {
        let mut walk = Walk {
            at: course.next(collection, None),
            course,
            awaited: VecDeque::new(),
            told: Vec::new(),
            stand: Stand::default(),
            before: 0,
            answers: 0,
            times: VecDeque::new(),
            changed: Vec::new(),
        };
        walk.count(collection);
        walk
    }

    /// Goes on in a queue that was drawn up anew, with the same mention where it is still to be asked for. Answers the
    /// queue before, which takes a while to let go of.
    pub fn go_on_in(&mut self, queue: Queue, collection: &Collection) -> Course {
        let here = self.at.and_then(|at| self.course.known(at));
        self.before = self.stand.done;
        let old = std::mem::replace(&mut self.course, Course::Queue(queue));
        self.changed.clear();
        self.told.clear();
        let same = here.filter(|here| !self.awaited.contains(here));
        self.at = same.and_then(|here| self.course.number_of(here));
        self.count(collection);
        if self.at.is_none() {
            self.at = self.next_after(collection, None);
        }
        old
    }

    /// The sample, where it is one that is gone through.
    pub fn sample(&self) -> Option<&Sample> {
        match &self.course {
            Course::Sample(sample) => Some(sample),
            Course::Queue(_) => None,
        }
    }

    /// The mention that is looked at.
    pub fn mention(&self, collection: &Collection) -> Option<MentionRef> {
        self.course.mention(collection, self.at?)
    }

    /// The number of what is looked at, from 0.
    pub fn at(&self) -> Option<usize> {
        self.at
    }

    /// Whether there is something before what is looked at, and after it.
    pub fn ways(&self) -> [bool; 2] {
        let last = self.course.len().saturating_sub(1);
        self.at.map_or([self.course.len() > 0, false], |at| [at > 0, at < last])
    }

    /// How far it has come.
    pub fn stand(&self) -> Stand {
        self.stand
    }

    /// Answers that are on the disk.
    pub fn answers(&self) -> usize {
        self.answers
    }

    /// Whether an answer is not on the disk yet.
    pub fn is_waiting(&self) -> bool {
        !self.awaited.is_empty()
    }

    /// Answers a minute, where there were enough to tell; pauses do not count.
    pub fn pace(&self) -> Option<f64> {
        let gaps = self.times.iter().zip(self.times.iter().skip(1)).map(|(from, to)| (to - from).min(AWAY));
        let (count, took) = gaps.fold((0, 0.0), |(count, took), gap| (count + 1, took + gap));
        (count >= 4 && took > 0.0).then(|| f64::from(count) * 60.0 / took)
    }

    /// Notes that what is looked at was answered, and goes on.
    pub fn answer(&mut self, collection: &Collection) {
        if let Some(known) = self.at.and_then(|at| self.course.known(at)) {
            self.awaited.push_back(known);
        }
        self.skip(collection);
    }

    /// Goes on to the next that is left; from the last to the first.
    pub fn skip(&mut self, collection: &Collection) {
        self.at = self.next_after(collection, self.at);
    }

    /// Looks at the one before, decided or not.
    pub fn back(&mut self) {
        let before = self.at.unwrap_or(self.course.len()).checked_sub(1);
        self.at = before.or(self.at);
    }

    /// Looks at the one after, decided or not.
    pub fn forth(&mut self) {
        self.at = self.at.map(|at| if at + 1 < self.course.len() { at + 1 } else { at });
    }

    /// Takes in that values of mentions are on the disk. Those that were answered here count.
    pub fn held(&mut self, mentions: impl Iterator<Item = Known>, now: f64) {
        let mut own = false;
        for (article, key) in mentions {
            self.touch(article as usize);
            if let Some(at) = self.awaited.iter().position(|known| *known == (article, key)) {
                self.awaited.remove(at);
                self.told.push((article, key));
                own = true;
            }
        }
        if own {
            self.answers += 1;
            self.times.push_back(now);
            while self.times.len() > LAST {
                self.times.pop_front();
            }
        }
    }

    /// Goes back to the first of these mentions that it goes through: what was said of them was taken back.
    pub fn undone(&mut self, mentions: impl Iterator<Item = Known>) {
        let mut first = None;
        for known in mentions {
            self.touch(known.0 as usize);
            first = first.or_else(|| self.course.number_of(known));
        }
        if first.is_some() {
            self.told.retain(|known| self.course.number_of(*known) != first);
            self.at = first;
            self.answers = self.answers.saturating_sub(1);
        }
    }

    /// Goes back to what was answered first and could not be kept.
    pub fn refused(&mut self) {
        let first = self.awaited.pop_front().and_then(|known| self.course.number_of(known));
        self.at = first.or(self.at);
    }

    /// Notes that something in an article may have changed.
    pub fn touch(&mut self, article: usize) {
        if self.changed.last() != Some(&article) {
            self.changed.push(article);
        }
    }

    /// Looks again at up to so many articles that have changed; answers whether there were any.
    pub fn look_again(&mut self, collection: &Collection, most: usize) -> bool {
        if self.changed.is_empty() {
            return false;
        }
        let some: Vec<usize> = self.changed.drain(..self.changed.len().min(most)).collect();
        if let Course::Queue(queue) = &mut self.course {
            queue.look_again(collection, some);
        }
        if self.changed.is_empty() {
            self.told.clear();
        }
        self.count(collection);
        let gone = self.at.is_some_and(|at| self.course.mention(collection, at).is_none());
        if gone || self.at.is_none() {
            self.skip(collection);
        }
        true
    }

    /// What is left after an entry, and was not answered already.
    fn next_after(&self, collection: &Collection, after: Option<usize>) -> Option<usize> {
        let answered = |known: Known| self.awaited.contains(&known) || self.told.contains(&known);
        let mut at = after;
        for _ in 0..=self.awaited.len() + self.told.len() {
            let next = self.course.next(collection, at)?;
            if !self.course.known(next).is_some_and(answered) {
                return Some(next);
            }
            at = Some(next);
        }
        None
    }

    fn count(&mut self, collection: &Collection) {
        self.stand = match &self.course {
            Course::Queue(queue) => {
                let progress = queue.progress();
                Stand { done: self.before + progress.done, left: progress.left }
            }
            Course::Sample(sample) => {
                let judged = sample.judged(collection);
                Stand { done: judged.all.of, left: judged.left }
            }
        };
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::explore::fixture::{place, settled, story};
    use crate::explore::{Arrival, Collection};
    use crate::model::{Geoparsed, How};

    /// Five articles with a name each, the least certain first.
    fn articles() -> Vec<Geoparsed> {
        let derna = place("geonames:1", "Derna", "LY", 32.76, 22.64);
        let article = |number: usize| {
            let mut article = story(&number.to_string(), "Rain in [Derna] today.", &[&derna]);
            article.mentions[0].candidates[0].score = 0.1 + 0.1 * number as f32;
            article
        };
        (0..5).map(article).collect()
    }

    /// The articles with these decided.
    fn collection(decided: &[usize]) -> Collection {
        let tobruk = place("geonames:2", "Tobruk", "LY", 32.08, 23.96);
        let mut collection = Collection::default();
        for (number, found) in articles().into_iter().enumerate() {
            let mut seen = found.clone();
            if decided.contains(&number) {
                settled(&mut seen.mentions[0], How::Confirmed, &tobruk);
            }
            collection.take_in(Arrival::seen(&found, &seen));
        }
        collection
    }

    fn queue(collection: &Collection) -> Walk {
        Walk::new(Course::Queue(Queue::of(collection, None)), collection)
    }

    const KEY: Span = Span { start: 8, end: 13 };

    fn known(article: u32) -> std::iter::Once<Known> {
        std::iter::once((article, KEY))
    }

    fn seen(walk: &Walk, collection: &Collection) -> Option<usize> {
        walk.mention(collection).map(|at| at.article)
    }

    #[test]
    fn whoever_answers_goes_on_and_what_is_on_the_disk_counts() {
        let before = collection(&[]);
        let mut walk = queue(&before);
        assert_eq!((seen(&walk, &before), walk.stand()), (Some(0), Stand { done: 0, left: 5 }));
        walk.answer(&before);
        walk.answer(&before);
        assert_eq!((seen(&walk, &before), walk.answers(), walk.stand().done), (Some(2), 0, 0));
        assert!(walk.is_waiting());
        walk.held(known(0), 1.0);
        let after = collection(&[0]);
        assert!(walk.look_again(&after, 10));
        assert_eq!((walk.answers(), walk.stand()), (1, Stand { done: 1, left: 4 }));
        assert_eq!(walk.stand().percent(), 20);
        assert!(!walk.look_again(&after, 10), "nothing else has changed");
        // Skipped to the end and round, what is on its way is not asked for again.
        for expected in [3, 4, 2, 3] {
            walk.skip(&after);
            assert_eq!(seen(&walk, &after), Some(expected));
        }
    }

    #[test]
    fn it_ends_and_undoing_leads_back() {
        let before = collection(&[]);
        let mut walk = queue(&before);
        for article in 0..5 {
            walk.answer(&before);
            walk.held(known(article), f64::from(article));
        }
        assert_eq!((walk.at(), walk.stand().done), (None, 0), "not looked at again yet");
        let after = collection(&[0, 1, 2, 3, 4]);
        walk.look_again(&after, 10);
        assert_eq!((walk.at(), walk.stand()), (None, Stand { done: 5, left: 0 }));
        assert_eq!(walk.ways(), [true, false]);
        walk.back();
        assert_eq!(seen(&walk, &after), Some(4), "what was said can be looked at");
        walk.undone(known(1));
        walk.look_again(&collection(&[0, 2, 3, 4]), 10);
        assert_eq!((walk.at(), walk.answers(), walk.stand()), (Some(1), 4, Stand { done: 4, left: 1 }));
        // What was said elsewhere leads nowhere.
        walk.undone(std::iter::once((0, Span::new(0, 4))));
        assert_eq!(walk.at(), Some(1));
    }

    #[test]
    fn what_could_not_be_kept_is_asked_for_again() {
        let collection = collection(&[]);
        let mut walk = queue(&collection);
        walk.skip(&collection);
        walk.answer(&collection);
        walk.answer(&collection);
        walk.refused();
        assert_eq!((walk.at(), walk.answers()), (Some(1), 0));
        walk.held(known(2), 0.0);
        assert_eq!((walk.answers(), walk.is_waiting()), (1, false));
        walk.refused();
        assert_eq!(walk.at(), Some(1), "that was about something else");
    }

    #[test]
    fn looking_back_and_forth_stays_within() {
        let collection = collection(&[]);
        let mut walk = queue(&collection);
        walk.back();
        assert_eq!((walk.at(), walk.ways()), (Some(0), [false, true]));
        for _ in 0..7 {
            walk.forth();
        }
        assert_eq!((walk.at(), walk.ways()), (Some(4), [true, false]));
    }

    #[test]
    fn a_queue_drawn_up_anew_goes_on_where_it_was() {
        let before = collection(&[]);
        let mut walk = queue(&before);
        walk.answer(&before);
        walk.held(known(0), 0.0);
        let mut after = collection(&[0]);
        walk.look_again(&after, 10);
        walk.skip(&after);
        let mut late = articles().remove(0);
        late.mentions[0].candidates[0].score = 0.05;
        after.add(Arc::new(late));
        walk.go_on_in(Queue::of(&after, None), &after);
        assert_eq!((seen(&walk, &after), walk.stand()), (Some(2), Stand { done: 1, left: 5 }));
        walk.back();
        walk.back();
        assert_eq!(seen(&walk, &after), Some(5), "what came later stands where it belongs");
    }

    #[test]
    fn a_sample_is_gone_through_as_it_was_drawn() {
        let before = collection(&[]);
        let sample = Sample::draw(&before, None, 3, 7);
        let articles: Vec<usize> = sample.drawn.iter().map(|drawn| drawn.article as usize).collect();
        let mut walk = Walk::new(Course::Sample(sample), &before);
        assert_eq!((seen(&walk, &before), walk.stand()), (Some(articles[0]), Stand { done: 0, left: 3 }));
        walk.answer(&before);
        walk.held(known(articles[0] as u32), 0.0);
        let after = collection(&articles[..1]);
        walk.look_again(&after, 10);
        assert_eq!((seen(&walk, &after), walk.stand()), (Some(articles[1]), Stand { done: 1, left: 2 }));
        // Taken up later, it begins with what is left.
        let later = Walk::new(Course::Sample(walk.sample().unwrap().clone()), &after);
        assert_eq!(seen(&later, &after), Some(articles[1]));
    }

    #[test]
    fn the_pace_leaves_pauses_out() {
        let collection = collection(&[]);
        let mut walk = queue(&collection);
        for (article, at) in [(0, 0.0), (1, 3.0), (2, 6.0), (3, 9.0)] {
            walk.answer(&collection);
            walk.held(known(article), at);
        }
        assert_eq!(walk.pace(), None, "too few");
        walk.answer(&collection);
        walk.held(known(4), 5000.0);
        assert_eq!(walk.pace(), Some(4.0 * 60.0 / 69.0));
    }
}
