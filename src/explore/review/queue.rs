//! The order in which a person goes through what nobody has decided.
//! A name that stands for one place throughout an article is asked for once.

use std::collections::HashSet;

use super::find;
use crate::explore::scope::shows;
use crate::explore::{Collection, MentionRef, View};
use crate::model::{How, Span};

/// A mention that is to be looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Number of the article.
    pub article: u32,
    /// The words by which decisions about it are kept ([`Mention::key`](crate::model::Mention::key)), bytes.
    pub key: Span,
    /// Whether somebody has decided about it, or it is no more.
    done: bool,
}

/// How far a queue is gone through.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Decided since it was drawn up.
    pub done: usize,
    /// Still to be looked at.
    pub left: usize,
}

/// Mentions that nobody has decided, the least certain first.
#[derive(Clone, Debug, Default)]
pub struct Queue {
    entries: Vec<Entry>,
    /// Numbers of the entries, by article.
    by_article: Vec<u32>,
    done: usize,
}

impl Queue {
    /// Draws up the queue of a collection, or of what a view shows of it: what has a place first, by score, and of
    /// equals as they come. What has none comes last: nothing wrong is shown of it, and most of it is in no
    /// gazetteer, so that a person would answer hundreds of times before coming to a marker that misleads.
    pub fn of(collection: &Collection, view: Option<&View>) -> Queue {
        let mut ranked: Vec<(u16, Entry)> = Vec::new();
        let mut asked = HashSet::new();
        for article in (0..collection.len()).filter(|&article| shows(collection, view, article)) {
            asked.clear();
            for glance in collection.glances(article) {
                let wanted = glance.how == How::Auto && view.is_none_or(|view| view.counts(glance));
                if wanted && asked.insert((glance.name, glance.place, glance.kind)) {
                    let rank = if glance.place.is_some() { u16::from(glance.certainty()) } else { u16::MAX };
                    ranked.push((rank, Entry { article: article as u32, key: glance.key(), done: false }));
                }
            }
        }
        ranked.sort_by_key(|&(rank, _)| rank);
        let entries: Vec<Entry> = ranked.into_iter().map(|(_, entry)| entry).collect();
        let mut by_article: Vec<u32> = (0..entries.len() as u32).collect();
        by_article.sort_by_key(|&number| entries[number as usize].article);
        Queue { entries, by_article, done: 0 }
    }

    /// How many mentions it was drawn up of.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether it was drawn up of none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// How far it is gone through.
    pub fn progress(&self) -> Progress {
        Progress { done: self.done, left: self.entries.len() - self.done }
    }

    /// Looks again at the entries of articles in which something was decided, or undone.
    pub fn look_again(&mut self, collection: &Collection, articles: impl IntoIterator<Item = usize>) {
        for article in articles {
            let of = |number: &u32| self.entries[*number as usize].article as usize;
            let start = self.by_article.partition_point(|number| of(number) < article);
            let end = self.by_article.partition_point(|number| of(number) <= article);
            for &number in &self.by_article[start..end] {
                let entry = &mut self.entries[number as usize];
                let glance = find(collection, article, entry.key).and_then(|at| collection.glance(at));
                let done =
                    glance.is_none_or(|glance| glance.how != How::Auto) || !shows(collection, None, article);
                self.done = self.done + usize::from(done) - usize::from(entry.done);
                entry.done = done;
            }
        }
    }

    /// An entry's mention as it is now, where it is still there.
    pub fn mention(&self, collection: &Collection, number: usize) -> Option<MentionRef> {
        let entry = self.entries.get(number)?;
        find(collection, entry.article as usize, entry.key)
    }

    /// One of them.
    pub fn entry(&self, number: usize) -> Option<&Entry> {
        self.entries.get(number)
    }

    /// The number of the entry that a mention is.
    pub fn number(&self, collection: &Collection, at: MentionRef) -> Option<usize> {
        self.number_of(at.article as u32, collection.glance(at)?.key())
    }

    /// The number of the entry under whose words decisions are kept so.
    pub fn number_of(&self, article: u32, key: Span) -> Option<usize> {
        let of = |number: &u32| self.entries[*number as usize].article;
        let start = self.by_article.partition_point(|number| of(number) < article);
        let own = self.by_article[start..].iter().take_while(|number| of(number) == article);
        own.copied().map(|number| number as usize).find(|&number| self.entries[number].key == key)
    }

    /// The mentions that an answer to an entry is good for: those of its article with the same name and the same place
    /// that are settled as it is, be it by nobody, in text order.
    pub fn alike(collection: &Collection, at: MentionRef) -> Vec<MentionRef> {
        let Some(own) = collection.glance(at) else { return Vec::new() };
        let glances = collection.glances(at.article).iter().enumerate();
        let alike = glances.filter(|(mention, glance)| {
            let same = (glance.name, glance.place, glance.kind) == (own.name, own.place, own.kind);
            *mention == at.mention || same && glance.how == own.how
        });
        alike.map(|(mention, _)| MentionRef { article: at.article, mention }).collect()
    }

    /// The first entry that is left after this one, or of all; after the last it begins anew.
    pub fn next(&self, after: Option<usize>) -> Option<usize> {
        if self.done == self.entries.len() {
            return None;
        }
        let begin = after.map_or(0, |after| after + 1).min(self.entries.len());
        let left = |&number: &usize| !self.entries[number].done;
        (begin..self.entries.len()).find(left).or_else(|| (0..begin).find(left))
    }

    /// The last entry before this one, decided or not: whoever goes back wants to see what was said.
    pub fn previous(&self, before: usize) -> Option<usize> {
        before.min(self.entries.len()).checked_sub(1)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::explore::fixture::{place, settled, story};
    use crate::explore::{Arrival, Filter};
    use crate::model::{Geoparsed, Kind};

    /// Names with their scores; none is no place.
    fn article(id: &str, names: &[(&str, Option<f32>)]) -> Geoparsed {
        let derna = place("geonames:1", "Derna", "LY", 32.76, 22.64);
        let text: Vec<String> = names.iter().map(|(name, _)| format!("[{name}]")).collect();
        let mut story = story(id, &text.join(" "), &vec![&derna; names.len()]);
        for (mention, (_, score)) in story.mentions.iter_mut().zip(names) {
            mention.resolved = score.is_some();
            mention.candidates[0].score = score.unwrap_or(0.0);
        }
        story
    }

    fn collection(articles: &[Geoparsed]) -> Collection {
        let mut collection = Collection::default();
        articles.iter().for_each(|article| collection.add(Arc::new(article.clone())));
        collection
    }

    fn three() -> [Geoparsed; 3] {
        [
            article("a", &[("Derna", Some(0.9)), ("Nowhere", None), ("Derna", Some(0.9))]),
            article("b", &[("Derna", Some(0.4)), ("Tobruk", Some(0.95)), ("DERNA", Some(0.4))]),
            article("c", &[("Tobruk", Some(0.1))]),
        ]
    }

    /// What is asked for, in order, as words.
    fn words(collection: &Collection, queue: &Queue) -> Vec<String> {
        let word = |number| {
            let at = queue.mention(collection, number).unwrap();
            let article = collection.article(at.article).unwrap();
            format!("{}:{}", article.article.id, article.mentions[at.mention].span.of(&article.article.text))
        };
        (0..queue.len()).map(word).collect()
    }

    #[test]
    fn the_least_certain_come_first_and_what_has_no_place_last() {
        let collection = collection(&three());
        let queue = Queue::of(&collection, None);
        assert_eq!(words(&collection, &queue), ["c:Tobruk", "b:Derna", "a:Derna", "b:Tobruk", "a:Nowhere"]);
        let at = |article, mention| MentionRef { article, mention };
        assert_eq!(Queue::alike(&collection, at(1, 0)), [at(1, 0), at(1, 2)]);
        assert_eq!(queue.number(&collection, at(0, 1)), Some(4));
        assert_eq!(queue.number(&collection, at(0, 2)), None, "asked for once");
        let mut view = View::default();
        let filter = Filter { query: "nowhere ".to_owned(), ..Filter::default() };
        view.refresh(&collection, &filter);
        assert_eq!(words(&collection, &Queue::of(&collection, Some(&view))), ["a:Derna", "a:Nowhere"]);
    }

    #[test]
    fn it_holds_while_decisions_are_made() {
        let mut articles = three();
        let before = collection(&articles);
        let mut queue = Queue::of(&before, None);
        assert_eq!(queue.progress(), Progress { done: 0, left: 5 });
        assert_eq!((queue.next(None), queue.next(Some(0)), queue.next(Some(4))), (Some(0), Some(1), Some(0)));
        let tobruk = place("geonames:2", "Tobruk", "LY", 32.08, 23.96);
        // Both of what is alike are corrected, and one before them is found that had been missed.
        for mention in [0, 2] {
            settled(&mut articles[1].mentions[mention], How::Corrected, &tobruk);
        }
        articles[0].mentions.remove(1);
        let mut after = Collection::default();
        for (article, found) in articles.iter().zip(three()) {
            after.take_in(Arrival::seen(&found, article));
        }
        queue.look_again(&after, [0, 1, 7]);
        assert_eq!(queue.progress(), Progress { done: 2, left: 3 });
        assert_eq!(
            (queue.next(Some(0)), queue.next(Some(3)), queue.previous(2)),
            (Some(2), Some(0), Some(1))
        );
        assert_eq!(queue.mention(&after, 4), None);
        assert_eq!(queue.mention(&after, 2), Some(MentionRef { article: 0, mention: 0 }));
        // It is undone.
        queue.look_again(&before, 0..3);
        assert_eq!(queue.progress(), Progress { done: 0, left: 5 });
        queue.look_again(&Collection::default(), 0..3);
        assert_eq!((queue.next(None), queue.progress()), (None, Progress { done: 5, left: 0 }));
    }

    #[test]
    fn kinds_are_asked_for_apart() {
        let mut article = article("a", &[("Derna", Some(0.9)), ("Derna", Some(0.9))]);
        article.mentions[1].kind = Kind::Embedded;
        assert_eq!(Queue::of(&collection(&[article]), None).len(), 2);
    }
}
