//! A few mentions drawn at random, and what they tell of all.
//! Which ones are drawn hangs on the seed and on each mention alone, so that the same are drawn again, and a larger
//! sample holds the smaller one.

use std::collections::BinaryHeap;

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64_with_seed;

use super::{Accuracy, find};
use crate::explore::scope::shows;
use crate::explore::{Collection, MentionRef, View};
use crate::model::{How, Kind, Span};

/// Judged mentions of a kind from which on something is said of it: the interval of twenty is two fifths wide at worst,
/// that of ten more than half of all.
const ENOUGH: usize = 20;

/// A mention of a sample.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Drawn {
    /// Number of the article.
    pub article: u32,
    /// The words by which decisions about it are kept ([`Mention::key`](crate::model::Mention::key)), bytes.
    pub key: Span,
    /// Identifier of the place that the program gave it when it was drawn: to judge one mention of an article may
    /// move the others, and what is judged is what the program said by itself.
    pub place: String,
}

/// Mentions drawn at random, without replacement, each as likely as every other, from those with a place that nobody
/// had decided. To be kept as it is: what is decided since must not change what was drawn.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sample {
    /// From which it was drawn.
    pub seed: u64,
    /// Of how many.
    pub of: usize,
    /// They, in the order in which they were drawn.
    pub drawn: Vec<Drawn>,
}

/// What a sample says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Judged {
    /// What is right of those that were judged.
    pub all: Accuracy,
    /// The same by kind, where enough were judged to say something, in the order of [`Kind::ALL`].
    pub kinds: Vec<(Kind, Accuracy)>,
    /// Those that nobody has judged yet.
    pub left: usize,
    /// Those that are no more.
    pub lost: usize,
    /// Those that were wrong when they were drawn, and were agreed with after they had followed other decisions.
    pub followed: usize,
}

impl Sample {
    /// Draws so many mentions from a collection, or from what a view shows of it; all where there are no more.
    pub fn draw(collection: &Collection, view: Option<&View>, count: usize, seed: u64) -> Sample {
        // The lowest of numbers that are as good as random: each set of so many is as likely as every other.
        let mut lowest: BinaryHeap<(u64, u32, u64, u64)> = BinaryHeap::with_capacity(count + 1);
        let mut of = 0;
        for article in (0..collection.len()).filter(|&article| shows(collection, view, article)) {
            for glance in collection.glances(article) {
                let shown = view.is_none_or(|view| view.counts(glance));
                if glance.how != How::Auto || glance.place.is_none() || !shown {
                    continue;
                }
                of += 1;
                let (article, key) = (article as u32, glance.key());
                let (start, end) = (key.start as u64, key.end as u64);
                let mut bytes = [0; 20];
                bytes[..4].copy_from_slice(&article.to_le_bytes());
                bytes[4..12].copy_from_slice(&start.to_le_bytes());
                bytes[12..].copy_from_slice(&end.to_le_bytes());
                lowest.push((xxh3_64_with_seed(&bytes, seed), article, start, end));
                if lowest.len() > count {
                    lowest.pop();
                }
            }
        }
        let drawn = |(_, article, start, end): (u64, u32, u64, u64)| {
            let key = Span::new(start as usize, end as usize);
            Drawn { article, key, place: place_id(collection, article, key).unwrap_or_default() }
        };
        Sample { seed, of, drawn: lowest.into_sorted_vec().into_iter().map(drawn).collect() }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.drawn.len()
    }

    /// Whether nothing was drawn.
    pub fn is_empty(&self) -> bool {
        self.drawn.is_empty()
    }

    /// One of them as it is now, where it is still there.
    pub fn mention(&self, collection: &Collection, number: usize) -> Option<MentionRef> {
        let drawn = self.drawn.get(number)?;
        find(collection, drawn.article as usize, drawn.key)
    }

    /// The first that nobody has judged after this one, or of all; after the last it begins anew.
    pub fn next(&self, collection: &Collection, after: Option<usize>) -> Option<usize> {
        let begin = after.map_or(0, |after| after + 1).min(self.drawn.len());
        let left = |&number: &usize| {
            let glance = self.mention(collection, number).and_then(|at| collection.glance(at));
            glance.is_some_and(|glance| glance.how == How::Auto)
        };
        (begin..self.drawn.len()).find(left).or_else(|| (0..begin).find(left))
    }

    /// What was judged: the program was right where a person says what it had said when the sample was drawn.
    pub fn judged(&self, collection: &Collection) -> Judged {
        let mut judged = Judged::default();
        let mut kinds = Kind::ALL.map(|kind| (kind, Accuracy::default()));
        for drawn in &self.drawn {
            let at = find(collection, drawn.article as usize, drawn.key);
            let Some(glance) = at.and_then(|at| collection.glance(at)) else {
                judged.lost += 1;
                continue;
            };
            let right = match glance.how {
                How::Auto => {
                    judged.left += 1;
                    continue;
                }
                How::Added | How::Rejected => false,
                How::Confirmed | How::Corrected => {
                    let place = glance.place.and_then(|key| collection.place(key));
                    let same = place.is_some_and(|entry| entry.place.id == drawn.place);
                    judged.followed += usize::from(!same && glance.how == How::Confirmed);
                    same
                }
            };
            judged.all.count(right);
            kinds.iter_mut().filter(|(kind, _)| *kind == glance.kind).for_each(|(_, sum)| sum.count(right));
        }
        judged.kinds = kinds.into_iter().filter(|(_, sum)| sum.of >= ENOUGH).collect();
        judged
    }
}

/// Identifier of the place that is shown for a mention.
fn place_id(collection: &Collection, article: u32, key: Span) -> Option<String> {
    let place = collection.place_of(find(collection, article as usize, key)?)?;
    Some(collection.place(place)?.place.id.clone())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::sync::Arc;

    use super::*;
    use crate::explore::Filter;
    use crate::explore::fixture::{place, settled, story};
    use crate::model::Geoparsed;

    fn articles(count: usize) -> Vec<Geoparsed> {
        let derna = place("geonames:1", "Derna", "LY", 32.76, 22.64);
        // The last has no place.
        (0..count).map(|id| story(&id.to_string(), "[Derna] [Derna] [Nowhere]", &[&derna, &derna])).collect()
    }

    fn collection(articles: &[Geoparsed]) -> Collection {
        let mut collection = Collection::default();
        articles.iter().for_each(|article| collection.add(Arc::new(article.clone())));
        collection
    }

    #[test]
    fn the_same_seed_draws_the_same_and_each_once() {
        let collection = collection(&articles(100));
        let draw = |count, seed| Sample::draw(&collection, None, count, seed);
        let sample = draw(50, 7);
        assert_eq!((sample.len(), sample.of), (50, 200));
        assert_eq!(draw(50, 7), sample);
        assert_ne!(draw(50, 8).drawn, sample.drawn);
        assert_eq!(draw(20, 7).drawn, sample.drawn[..20], "more of the same");
        let each: BTreeSet<(u32, Span)> =
            sample.drawn.iter().map(|drawn| (drawn.article, drawn.key)).collect();
        assert_eq!(each.len(), 50);
        assert_eq!(draw(1000, 7).len(), 200);
        assert_eq!(draw(0, 7).len(), 0);
        let kept = serde_json::to_string(&sample).unwrap();
        assert_eq!(serde_json::from_str::<Sample>(&kept).unwrap(), sample);
    }

    #[test]
    fn each_is_as_likely_as_every_other() {
        let collection = collection(&articles(20));
        let mut times = [0; 40];
        for seed in 0..4000 {
            for drawn in Sample::draw(&collection, None, 10, seed).drawn {
                times[drawn.article as usize * 2 + usize::from(drawn.key.start > 0)] += 1;
            }
        }
        // A thousand are expected of each, with a deviation of 27.
        assert!(times.iter().all(|time| (1000i32 - time).abs() < 120), "{times:?}");
    }

    #[test]
    fn it_is_drawn_of_what_the_filter_leaves() {
        let mut articles = articles(10);
        articles[3].article.title = Some("Rain".to_owned());
        let collection = collection(&articles);
        let mut view = View::default();
        view.refresh(&collection, &Filter { query: "rain ".to_owned(), ..Filter::default() });
        let sample = Sample::draw(&collection, Some(&view), 10, 1);
        assert_eq!((sample.len(), sample.of), (2, 2));
        assert!(sample.drawn.iter().all(|drawn| drawn.article == 3));
    }

    #[test]
    fn what_was_judged_tells_how_often_the_program_is_right() {
        let found = articles(60);
        let before = collection(&found);
        let sample = Sample::draw(&before, None, 40, 5);
        assert_eq!(sample.judged(&before), Judged { left: 40, ..Judged::default() });
        assert_eq!(sample.next(&before, None), Some(0));
        let mut seen = found.clone();
        for number in 0..30 {
            let at = sample.mention(&before, number).unwrap();
            let how = match number {
                0..24 => How::Confirmed,
                24..28 => How::Corrected,
                _ => How::Rejected,
            };
            let tobruk = place("geonames:2", "Tobruk", "LY", 32.08, 23.96);
            settled(&mut seen[at.article].mentions[at.mention], how, &tobruk);
        }
        let after = collection(&seen);
        let judged = sample.judged(&after);
        assert_eq!((judged.all, judged.left, judged.lost), (Accuracy { right: 24, of: 30 }, 10, 0));
        assert_eq!(judged.kinds, [(Kind::Name, judged.all)]);
        let (low, high) = judged.all.interval();
        assert_eq!((format!("{low:.3}"), format!("{high:.3}")), ("0.627".to_owned(), "0.905".to_owned()));
        assert_eq!((sample.next(&after, None), sample.next(&after, Some(39))), (Some(30), Some(30)));
        // One that moved when another was judged, and was agreed with then, was wrong when it was drawn; one that was
        // moved back was right.
        let tobruk = place("geonames:2", "Tobruk", "LY", 32.08, 23.96);
        let at = |number| sample.mention(&before, number).unwrap();
        let (moved, back) = (at(0), at(24));
        seen[moved.article].mentions[moved.mention].candidates[0].place = Arc::clone(&tobruk);
        let derna = place("geonames:1", "Derna", "LY", 32.76, 22.64);
        settled(&mut seen[back.article].mentions[back.mention], How::Corrected, &derna);
        let judged = sample.judged(&collection(&seen));
        assert_eq!((judged.all, judged.followed), (Accuracy { right: 24, of: 30 }, 1));
        // Others are drawn of what is left, and the sample itself is as it was.
        assert_eq!(Sample::draw(&after, None, 40, 5).of, 120 - 30);
    }
}
