//! What a decision is about: a mention, and those that bear the same name here or everywhere.
//! What people have decided is left out of every scope and counted, but for the mention at hand. To be asked of a copy
//! ([`Collection::snapshot`]) on another thread than the window's: all mentions are looked at.

use std::num::NonZeroUsize;
use std::ops::Range;
use std::thread;

use serde::{Deserialize, Serialize};

use crate::model::How;

use super::pass::WORTH_A_THREAD;
use super::{Collection, Glance, MentionRef, View};

/// How far a decision about a mention goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// This mention.
    #[default]
    Mention,
    /// Every same name in this article.
    Article,
    /// Every same name in the collection for which the program chose the same place, or for which it chose none
    /// either.
    SameChoice,
    /// Every same name in the collection.
    Everywhere,
}

impl Scope {
    /// Every scope, the narrowest first.
    pub const ALL: [Scope; 4] = [Scope::Mention, Scope::Article, Scope::SameChoice, Scope::Everywhere];
}

/// Mentions that a change would be about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reach {
    /// They, by article and then in text order.
    pub mentions: Vec<MentionRef>,
    /// How many articles they stand in.
    pub articles: usize,
    /// How many more there would be that people have decided already.
    pub decided: usize,
}

impl Reach {
    /// Takes in one more, after those before it.
    fn take(&mut self, at: MentionRef) {
        self.articles += usize::from(self.mentions.last().is_none_or(|last| last.article != at.article));
        self.mentions.push(at);
    }

    fn followed_by(mut self, mut later: Reach) -> Reach {
        self.mentions.append(&mut later.mentions);
        self.articles += later.articles;
        self.decided += later.decided;
        self
    }
}

/// What each scope reaches from a mention, in the order of [`Scope::ALL`]. A name is the same where its folded words
/// and its kind are: neither "Libyan" nor the *Derna* of "Derna Bank" is the name Derna.
pub fn reaches(collection: &Collection, at: MentionRef) -> [Reach; Scope::ALL.len()] {
    reaches_of(collection, at, |how| how == How::Auto)
}

/// What people have decided within each scope, to be let go of; those that nobody decided are counted in its place.
pub fn settled_reaches(collection: &Collection, at: MentionRef) -> [Reach; Scope::ALL.len()] {
    reaches_of(collection, at, |how| how != How::Auto)
}

/// What each scope reaches of the mentions that are settled in a way to be counted, and the one at hand.
fn reaches_of(
    collection: &Collection,
    at: MentionRef,
    counts: impl Fn(How) -> bool + Sync,
) -> [Reach; Scope::ALL.len()] {
    let Some(own) = collection.glance(at) else { return Default::default() };
    let sum = over(collection, |article, reaches: &mut [Reach; Scope::ALL.len()]| {
        if !shows(collection, None, article) {
            return;
        }
        for (mention, glance) in collection.glances(article).iter().enumerate() {
            if glance.name != own.name || glance.kind != own.kind {
                continue;
            }
            let here = MentionRef { article, mention };
            let in_reach =
                [here == at, article == at.article, here == at || choice(glance) == choice(own), true];
            for (reach, _) in reaches.iter_mut().zip(in_reach).filter(|&(_, within)| within) {
                if here == at || counts(glance.how) {
                    reach.take(here);
                } else {
                    reach.decided += 1;
                }
            }
        }
    });
    sum.into_iter()
        .reduce(|sum, later| {
            let mut later = later.into_iter();
            sum.map(|reach| reach.followed_by(later.next().unwrap_or_default()))
        })
        .unwrap_or_default()
}

/// What one scope reaches from a mention.
pub fn reach(collection: &Collection, at: MentionRef, scope: Scope) -> Reach {
    of(scope, reaches(collection, at))
}

/// What people have decided within one scope.
pub fn settled(collection: &Collection, at: MentionRef, scope: Scope) -> Reach {
    of(scope, settled_reaches(collection, at))
}

fn of(scope: Scope, reaches: [Reach; Scope::ALL.len()]) -> Reach {
    let [mention, article, same_choice, everywhere] = reaches;
    match scope {
        Scope::Mention => mention,
        Scope::Article => article,
        Scope::SameChoice => same_choice,
        Scope::Everywhere => everywhere,
    }
}

/// The place that the program chose: of what nobody has decided, that which is shown, which hangs on what was decided
/// beside it.
fn choice(glance: &Glance) -> Option<u32> {
    if glance.how == How::Auto { glance.place } else { glance.found() }
}

/// The mentions of a place that nobody has decided.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AtPlace {
    /// All of them.
    pub all: Reach,
    /// Those of each name ([`Collection::name`]), of which there are most first.
    pub names: Vec<(u32, Reach)>,
}

/// What a place that is wrong is wrong for: every mention of it that nobody has decided.
pub fn at_place(collection: &Collection, key: u32) -> AtPlace {
    let parts = over(collection, |article, all: &mut Reach| {
        if !shows(collection, None, article) {
            return;
        }
        for (mention, glance) in collection.glances(article).iter().enumerate() {
            match glance.how {
                _ if glance.place != Some(key) => {}
                How::Auto => all.take(MentionRef { article, mention }),
                _ => all.decided += 1,
            }
        }
    });
    let all = parts.into_iter().reduce(Reach::followed_by).unwrap_or_default();
    let mut names: Vec<(u32, Reach)> = Vec::new();
    for &at in &all.mentions {
        let Some(name) = collection.glance(at).map(|glance| glance.name) else { continue };
        // A place has few names.
        match names.iter_mut().find(|(other, _)| *other == name) {
            Some((_, reach)) => reach.take(at),
            None => {
                let mut reach = Reach::default();
                reach.take(at);
                names.push((name, reach));
            }
        }
    }
    names.sort_by_key(|(_, reach)| std::cmp::Reverse(reach.mentions.len()));
    AtPlace { all, names }
}

/// What it would be to agree with the program wherever it is sure.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Acceptance {
    /// The mentions with a place that nobody has decided and that are as sure as that.
    pub reach: Reach,
    /// All mentions with a place that nobody has decided, by score in steps of a twentieth: the first up to 0.05.
    pub scores: [usize; 20],
}

/// The mentions with a place that nobody has decided and whose score is at least `score` (0 to 1; scores are kept in
/// 255 steps); where there is a view, of those that it shows.
pub fn accept(collection: &Collection, view: Option<&View>, score: f32) -> Acceptance {
    let parts = over(collection, |article, sum: &mut Acceptance| {
        if !shows(collection, view, article) {
            return;
        }
        for (mention, glance) in collection.glances(article).iter().enumerate() {
            if glance.place.is_none() || view.is_some_and(|view| !view.counts(glance)) {
                continue;
            }
            let sure = glance.score() >= score;
            if glance.how == How::Auto {
                sum.scores[((glance.score() * 20.0) as usize).min(19)] += 1;
                if sure {
                    sum.reach.take(MentionRef { article, mention });
                }
            } else {
                sum.reach.decided += 1;
            }
        }
    });
    let sum = parts.into_iter().reduce(|mut sum, later| {
        sum.scores.iter_mut().zip(later.scores).for_each(|(sum, more)| *sum += more);
        Acceptance { reach: sum.reach.followed_by(later.reach), scores: sum.scores }
    });
    sum.unwrap_or_default()
}

/// Whether an article is one to look at: it is not left out, and the view shows it where there is one.
pub(super) fn shows(collection: &Collection, view: Option<&View>, article: usize) -> bool {
    collection.card(article).is_some_and(|card| !card.removed)
        && view.is_none_or(|view| view.shows_article(article))
}

/// What is made of the articles, one after the other; those that follow one another on a thread of their own. The sums
/// of the threads come in the order of their articles.
fn over<S: Default + Send>(collection: &Collection, take: impl Fn(usize, &mut S) + Sync) -> Vec<S> {
    let most = thread::available_parallelism().map_or(1, NonZeroUsize::get).min(4);
    let parts = (collection.len() / WORTH_A_THREAD).clamp(1, most);
    let sum = |articles: Range<usize>| {
        let mut sum = S::default();
        articles.for_each(|article| take(article, &mut sum));
        sum
    };
    let range = |part: usize| {
        let end = |part: usize| collection.len() * part / parts;
        end(part)..end(part + 1)
    };
    let sum = &sum;
    thread::scope(|scope| {
        let others: Vec<_> = (1..parts).map(|part| (part, scope.spawn(move || sum(range(part))))).collect();
        let first = sum(range(0));
        let others =
            others.into_iter().map(|(part, other)| other.join().unwrap_or_else(|_| sum(range(part))));
        std::iter::once(first).chain(others).collect()
    })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use proptest::prelude::*;

    use super::super::fixture::{place, settled, story};
    use super::super::{Arrival, Filter};
    use super::*;
    use crate::model::{Geoparsed, Kind, Place};

    fn places() -> [Arc<Place>; 3] {
        [
            place("geonames:1", "Derna", "LY", 32.76, 22.64),
            place("geonames:2", "Dernah", "SY", 36.2, 37.16),
            place("geonames:3", "Lausanne", "CH", 46.52, 6.63),
        ]
    }

    /// What is said of each mention in brackets.
    #[derive(Clone, Copy, Debug)]
    struct Mark {
        name: &'static str,
        kind: Kind,
        /// Which of the places the program chose.
        place: Option<usize>,
        score: f32,
        how: How,
    }

    fn article(id: usize, marks: &[Mark]) -> (Geoparsed, Geoparsed) {
        let places = places();
        let text: Vec<String> = marks.iter().map(|mark| format!("[{}]", mark.name)).collect();
        let mut found = story(&id.to_string(), &text.join(" "), &vec![&places[0]; marks.len()]);
        for (mention, mark) in found.mentions.iter_mut().zip(marks) {
            mention.kind = mark.kind;
            mention.resolved = mark.place.is_some();
            mention.candidates[0].score = mark.score;
            mention.candidates[0].place = Arc::clone(&places[mark.place.unwrap_or(0)]);
        }
        let mut seen = found.clone();
        for (mention, mark) in seen.mentions.iter_mut().zip(marks) {
            settled(mention, mark.how, &places[2]);
        }
        (found, seen)
    }

    fn collection(articles: &[Vec<Mark>]) -> Collection {
        let mut collection = Collection::default();
        for (id, marks) in articles.iter().enumerate() {
            let (found, seen) = article(id, marks);
            collection.take_in(Arrival::seen(&found, &seen));
        }
        collection
    }

    const DERNA: Mark = Mark { name: "Derna", kind: Kind::Name, place: Some(0), score: 0.9, how: How::Auto };

    fn four() -> Vec<Vec<Mark>> {
        let elsewhere = Mark { place: Some(1), score: 0.4, ..DERNA };
        let corrected = Mark { how: How::Corrected, ..DERNA };
        vec![
            vec![DERNA, elsewhere, Mark { kind: Kind::Embedded, ..DERNA }],
            vec![DERNA, DERNA, Mark { name: "Dérna", ..DERNA }, Mark { name: "Benghazi", ..DERNA }],
            vec![corrected, Mark { how: How::Rejected, ..DERNA }, Mark { place: None, ..DERNA }],
            vec![Mark { how: How::Confirmed, ..elsewhere }],
        ]
    }

    #[test]
    fn scopes_reach() {
        let collection = collection(&four());
        let check = |article, mention, expected: [(usize, usize, usize); 4]| {
            let at = MentionRef { article, mention };
            let all = reaches(&collection, at);
            let found = all.each_ref().map(|reach| (reach.mentions.len(), reach.articles, reach.decided));
            assert_eq!(found, expected, "{at:?}");
            for (scope, own) in Scope::ALL.into_iter().zip(&all) {
                assert_eq!(&reach(&collection, at, scope), own);
                assert!(own.mentions.contains(&at), "the one at hand belongs to each");
            }
        };
        check(0, 0, [(1, 1, 0), (2, 1, 0), (4, 2, 2), (6, 3, 3)]);
        check(0, 1, [(1, 1, 0), (2, 1, 0), (1, 1, 1), (6, 3, 3)]);
        check(0, 2, [(1, 1, 0), (1, 1, 0), (1, 1, 0), (1, 1, 0)]);
        check(1, 3, [(1, 1, 0), (1, 1, 0), (1, 1, 0), (1, 1, 0)]);
        // One that was decided counts among those that are not, and by what the program chose.
        check(2, 0, [(1, 1, 0), (2, 1, 1), (5, 3, 1), (7, 3, 2)]);
        check(2, 2, [(1, 1, 0), (1, 1, 2), (1, 1, 0), (6, 3, 3)]);
        let decided = settled_reaches(&collection, MentionRef { article: 2, mention: 0 });
        let decided = decided.map(|reach| (reach.mentions.len(), reach.articles, reach.decided));
        assert_eq!(decided, [(1, 1, 0), (2, 1, 1), (2, 1, 4), (3, 2, 6)]);
        let nowhere = MentionRef { article: 9, mention: 0 };
        assert_eq!(reaches(&collection, nowhere), <[Reach; 4]>::default());
    }

    #[test]
    fn a_place_has_names() {
        let mut articles = four();
        articles.push(vec![Mark { name: "Derna", ..DERNA }]);
        let collection = collection(&articles);
        let key = collection.place_key("geonames:1").unwrap();
        let here = at_place(&collection, key);
        let names: Vec<(&str, usize, usize)> = here
            .names
            .iter()
            .map(|(name, reach)| (collection.name(*name).unwrap(), reach.mentions.len(), reach.articles))
            .collect();
        assert_eq!(names, [("derna", 6, 3), ("benghazi", 1, 1)]);
        assert_eq!((here.all.mentions.len(), here.all.articles, here.all.decided), (7, 3, 0));
        let key = collection.place_key("geonames:3").unwrap();
        assert_eq!(at_place(&collection, key).all.decided, 1);
    }

    #[test]
    fn what_is_sure_is_accepted() {
        let collection = collection(&four());
        let check = |score, expected: usize| {
            let all = accept(&collection, None, score);
            assert_eq!(all.reach.mentions.len(), expected, "{score}");
            assert_eq!((all.scores[18], all.scores[8], all.scores.iter().sum()), (6, 1, 7));
            assert_eq!(all.reach.decided, 2, "confirmed and corrected");
        };
        check(0.0, 7);
        check(0.5, 6);
        check(0.9, 6);
        check(0.95, 0);
        let mut view = View::default();
        view.refresh(&collection, &Filter::default());
        // A name in another name is not shown by default.
        assert_eq!(accept(&collection, Some(&view), 0.5).reach.mentions.len(), 5);
    }

    #[test]
    fn parts_on_several_threads_are_one() {
        let articles: Vec<Vec<Mark>> = (0..9000).map(|number| four()[number % 4].clone()).collect();
        let collection = collection(&articles);
        let [.., everywhere] = reaches(&collection, MentionRef { article: 4, mention: 0 });
        assert_eq!((everywhere.mentions.len(), everywhere.articles), (2250 * 6, 2250 * 3));
        assert!(everywhere.mentions.is_sorted());
    }

    fn mark() -> impl Strategy<Value = Mark> {
        let names = prop::sample::select(vec!["Derna", "DERNA", "Tobruk"]);
        let kinds = prop::sample::select(vec![Kind::Name, Kind::Embedded]);
        let hows =
            prop::sample::select(vec![How::Auto, How::Auto, How::Confirmed, How::Corrected, How::Rejected]);
        (names, kinds, prop::option::of(0..2usize), hows).prop_map(|(name, kind, place, how)| Mark {
            name,
            kind,
            place,
            score: 0.7,
            how,
        })
    }

    proptest! {
        #[test]
        fn wider_scopes_hold_narrower_ones(articles in prop::collection::vec(prop::collection::vec(mark(), 1..5), 1..6)) {
            let collection = collection(&articles);
            for article in 0..articles.len() {
                for mention in 0..articles[article].len() {
                    let at = MentionRef { article, mention };
                    let [one, here, same, all] = reaches(&collection, at);
                    prop_assert_eq!(&one.mentions, &vec![at]);
                    for narrower in [&here, &same] {
                        prop_assert!(narrower.mentions.contains(&at));
                        prop_assert!(narrower.mentions.iter().all(|at| all.mentions.contains(at)));
                        prop_assert!(narrower.decided <= all.decided);
                    }
                    let own = articles[article][mention];
                    let bearing = |mark: &Mark| mark.name.eq_ignore_ascii_case(own.name) && mark.kind == own.kind;
                    let named = articles.iter().flatten().filter(|mark| bearing(mark)).count();
                    prop_assert_eq!(all.mentions.len() + all.decided, named);
                }
            }
        }
    }
}
