//! What another program or another gazetteer would find in articles that were read before, and what of it is new.
//! Nothing is changed by it: new results are handed on article by article, for whoever keeps them aside until somebody
//! has looked at the differences and takes them, or lets them go.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::sync::Arc;

use super::ordered::by_number;
use super::pipeline::{Finds, Pipeline};
use super::{Job, STRIDE, Teller};
use crate::gazetteer::fold;
use crate::geoparse::Geoparser;
use crate::model::{Geoparsed, Kind, Mention, Place, Problem, Sense, Span, one_line};

/// An article as it was found before.
#[derive(Clone, Debug, Default)]
pub struct Before {
    /// What was found.
    pub found: Geoparsed,
    /// Words that somebody decided about, bytes: what is found there changes nothing for anybody.
    pub decided: Vec<Span>,
}

/// A mention as it was found, or is found now.
#[derive(Clone, Debug, PartialEq)]
pub struct Seen {
    /// The place that it means, if any.
    pub place: Option<Arc<Place>>,
    /// What sort of words.
    pub kind: Kind,
    /// Literal or associative.
    pub sense: Sense,
}

impl Seen {
    fn of(mention: &Mention) -> Seen {
        Seen { place: mention.place().cloned(), kind: mention.kind, sense: mention.sense }
    }

    fn place_id(&self) -> Option<&str> {
        self.place.as_ref().map(|place| place.id.as_str())
    }
}

/// A mention that is found otherwise than before.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// The article's number.
    pub article: u32,
    /// The words, bytes.
    pub span: Span,
    /// The words.
    pub words: String,
    /// What it was; `None`: no mention.
    pub before: Option<Seen>,
    /// What it is; `None`: no mention any more.
    pub after: Option<Seen>,
}

/// In what a mention differs: the most telling of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Change {
    /// It means another place, or one where it meant none, or none where it meant one.
    Place,
    /// It was found only now.
    New,
    /// It is found no more.
    Gone,
    /// It is of another kind or sense.
    Sort,
}

impl Difference {
    /// In what it differs.
    pub fn change(&self) -> Change {
        match (&self.before, &self.after) {
            (None, _) => Change::New,
            (_, None) => Change::Gone,
            (Some(before), Some(after)) if before.place_id() != after.place_id() => Change::Place,
            _ => Change::Sort,
        }
    }
}

/// The mentions that are found otherwise, in text order. Those that somebody decided about are left out, and of
/// `names`, which are folded and sorted, all mentions: what they mean was said for all articles.
pub fn differences(
    article: u32,
    before: &Before,
    after: &Geoparsed,
    names: &[(String, Arc<Place>)],
) -> Vec<Difference> {
    let text = &before.found.article.text;
    let mut spans: BTreeMap<Span, [Option<Seen>; 2]> = BTreeMap::new();
    for (which, geoparsed) in [&before.found, after].into_iter().enumerate() {
        for mention in &geoparsed.mentions {
            spans.entry(mention.span).or_default()[which] = Some(Seen::of(mention));
        }
    }
    let settled = |span: Span| {
        before.decided.iter().any(|decided| decided.overlaps(span))
            || !names.is_empty() && names.binary_search_by(|(name, _)| name.cmp(&fold(span.of(text)))).is_ok()
    };
    let same = |before: &Seen, after: &Seen| {
        (before.place_id(), before.kind, before.sense) == (after.place_id(), after.kind, after.sense)
    };
    let differ = |both: &[Option<Seen>; 2]| match both {
        [Some(before), Some(after)] => !same(before, after),
        _ => true,
    };
    spans
        .into_iter()
        .filter(|(span, both)| differ(both) && !settled(*span))
        .map(|(span, [before, after])| {
            let words = one_line(span.of(text));
            Difference { article, span, words, before, after }
        })
        .collect()
}

/// An article in which something else is found than before.
#[derive(Clone, Debug, PartialEq)]
pub struct Renewed {
    /// Its number.
    pub number: u32,
    /// All that is found in it now.
    pub found: Box<Geoparsed>,
    /// The mentions that are found otherwise; there may be none, where scores, dates or events differ alone.
    pub differences: Vec<Difference>,
}

/// What is found in an article now, where that is not what was found before; what was read with its mentions differs
/// never. `names` as in [`differences`].
pub fn anew(
    geoparser: &Geoparser,
    number: u32,
    before: &Before,
    names: &[(String, Arc<Place>)],
) -> Option<Renewed> {
    if before.found.as_read {
        return None;
    }
    let pipeline = Pipeline { geoparser, threads: NonZeroUsize::MIN, given_spans: false, finds: Finds::ALL };
    let mut found = pipeline.read(before.found.article.clone());
    found.problems.clone_from(&before.found.problems);
    if found == before.found {
        return None;
    }
    let differences = differences(number, before, &found, names);
    Some(Renewed { number, found: Box::new(found), differences })
}

/// Differences of one name that are the same: "Derna: Derna, Libya instead of Derna, Italy".
#[derive(Clone, Debug, PartialEq)]
pub struct Alike {
    /// The words as they stand where it was found first.
    pub words: String,
    /// In what they differ.
    pub change: Change,
    /// What it was, where it was a mention.
    pub before: Option<Seen>,
    /// What it is, where it is one.
    pub after: Option<Seen>,
    /// How many mentions.
    pub mentions: usize,
    /// In how many articles.
    pub articles: usize,
}

/// By name, change, and the places and sorts before and after.
type Key = (String, Change, [Option<(String, Kind, Sense)>; 2]);

/// All differences, counted.
#[derive(Clone, Debug, Default)]
pub struct Comparison {
    differences: Vec<Difference>,
    alike: HashMap<Key, (Alike, BTreeSet<u32>)>,
    /// Articles in which something differs, and those of them where it is no mention.
    articles: usize,
    otherwise: usize,
}

impl Comparison {
    /// Takes in what differs in an article.
    pub fn add(&mut self, renewed: &Renewed) {
        self.articles += 1;
        self.otherwise += usize::from(renewed.differences.is_empty());
        for difference in &renewed.differences {
            let key = key(difference);
            let fresh = || {
                let Difference { words, before, after, .. } = difference.clone();
                let change = difference.change();
                (Alike { words, change, before, after, mentions: 0, articles: 0 }, BTreeSet::new())
            };
            let (alike, articles) = self.alike.entry(key).or_insert_with(fresh);
            alike.mentions += 1;
            articles.insert(difference.article);
            self.differences.push(difference.clone());
        }
    }

    /// Every difference, in the order of the articles.
    pub fn differences(&self) -> &[Difference] {
        &self.differences
    }

    /// Articles in which something differs.
    pub fn articles(&self) -> usize {
        self.articles
    }

    /// Those of them in which the mentions mean what they meant: scores, dates or events differ alone.
    pub fn otherwise(&self) -> usize {
        self.otherwise
    }

    /// The differences by name and by what became what, those of most mentions first.
    pub fn alike(&self) -> Vec<Alike> {
        let mut all: Vec<(&Key, Alike)> = self
            .alike
            .iter()
            .map(|(key, (alike, articles))| (key, Alike { articles: articles.len(), ..alike.clone() }))
            .collect();
        all.sort_by(|a, b| {
            let most = (b.1.mentions, b.1.articles).cmp(&(a.1.mentions, a.1.articles));
            most.then_with(|| sorted(a.0).cmp(&sorted(b.0)))
        });
        all.into_iter().map(|(_, alike)| alike).collect()
    }

    /// Those of the differences that are counted as one.
    pub fn of<'a>(&'a self, alike: &'a Alike) -> impl Iterator<Item = &'a Difference> + 'a {
        let (words, [before, after]) =
            (fold(&alike.words), sorts(alike.before.as_ref(), alike.after.as_ref()));
        self.differences.iter().filter(move |difference| {
            let (name, _, [from, to]) = key(difference);
            name == words && from == before && to == after
        })
    }
}

fn key(difference: &Difference) -> Key {
    let sorts = sorts(difference.before.as_ref(), difference.after.as_ref());
    (fold(&difference.words), difference.change(), sorts)
}

fn sorts(before: Option<&Seen>, after: Option<&Seen>) -> [Option<(String, Kind, Sense)>; 2] {
    let sort = |seen: &Seen| (seen.place_id().unwrap_or("").to_owned(), seen.kind, seen.sense);
    [before.map(sort), after.map(sort)]
}

/// What names of one count are sorted by.
fn sorted(key: &Key) -> impl Ord + '_ {
    let (name, change, [before, after]) = key;
    (name, change, before, after)
}

/// What reading anew tells.
#[derive(Clone, Debug, PartialEq)]
pub enum News {
    /// An article in which something differs, in the order of the numbers.
    Differs(Box<Renewed>),
    /// An article that could not be read anew.
    Problem(Problem),
    /// How many articles are done.
    Progress {
        /// Of them, so many.
        done: usize,
        /// All of them.
        total: usize,
    },
    /// The last news.
    Finished {
        /// Whether it ended because it was told to.
        cancelled: bool,
    },
}

impl Job<News> {
    /// Reads articles anew in the background. `read` gives an article as it was found, on the threads that do the work,
    /// or nothing where it cannot be read.
    pub fn renew(
        articles: Vec<u32>,
        names: Arc<[(String, Arc<Place>)]>,
        read: impl Fn(u32) -> Option<Before> + Send + Sync + 'static,
        (geoparser, threads): (Geoparser, NonZeroUsize),
        wake: impl Fn() + Send + Sync + 'static,
    ) -> Job<News> {
        let work = move |teller: &Teller<News>| {
            let (mut done, total) = (0, articles.len());
            // Also of an article that is as it was it is told that it is done.
            let renew =
                |number: u32| Some(read(number).and_then(|before| anew(&geoparser, number, &before, &names)));
            by_number(articles.into_iter(), threads, &teller.cancel, renew, |_, outcome| {
                done += 1;
                match outcome {
                    Ok(Some(renewed)) => teller.tell(News::Differs(Box::new(renewed)))?,
                    Err(problem) => teller.tell(News::Problem(problem))?,
                    Ok(None) => {}
                }
                if done % STRIDE == 0 || done == total {
                    teller.tell(News::Progress { done, total })
                } else {
                    ControlFlow::Continue(())
                }
            });
        };
        Job::begin(wake, work, |cancelled| News::Finished { cancelled })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gazetteer::Gazetteer;
    use crate::ingest;
    use crate::model::{Article, Candidate};

    fn geoparser() -> Geoparser {
        Geoparser::new(Gazetteer::embedded().unwrap())
    }

    fn place(label: &str) -> Arc<Place> {
        let gazetteer = Gazetteer::embedded().unwrap();
        let (name, within) = label.split_once(", ").unwrap_or((label, ""));
        let hits = gazetteer.named(name);
        let mut places = hits.iter().filter_map(|hit| gazetteer.place(hit.row));
        Arc::new(places.find(|place| place.label().contains(within)).unwrap())
    }

    /// An article whose mentions are "Paris = Paris, France": with their places, or none.
    fn found(text: &str, mentions: &[&str]) -> Geoparsed {
        let mention = |line: &&str| {
            let (words, label) = line.split_once(" = ").unwrap();
            let at = text.find(words).unwrap();
            let candidate = |label: &str| Candidate { place: place(label), score: 0.9, reasons: Vec::new() };
            Mention {
                span: Span::new(at, at + words.len()),
                kind: Kind::Name,
                sense: Sense::Literal,
                role: crate::model::Role::Mention,
                candidates: (label != "?").then(|| candidate(label)).into_iter().collect(),
                resolved: label != "?",
                decided: None,
            }
        };
        let article = Article::from_text("article", text);
        Geoparsed { article, mentions: mentions.iter().map(mention).collect(), ..Geoparsed::default() }
    }

    const TEXT: &str = "From Paris by Georgia to Derna, then Reading.";

    #[test]
    fn what_differs_is_told_mention_by_mention() {
        let check = |decided: &[&str], names: &[(String, Arc<Place>)], expected: &[&str]| {
            let span = |words: &&str| {
                let at = TEXT.find(words).unwrap();
                Span::new(at, at + words.len())
            };
            let before = Before {
                found: found(
                    TEXT,
                    &["Paris = Paris, France", "Georgia = ?", "Reading = Reading, Pennsylvania"],
                ),
                decided: decided.iter().map(span).collect(),
            };
            let after = found(TEXT, &["Paris = Paris, Texas", "Georgia = ?", "Derna = Derna, Libya"]);
            let differences = differences(7, &before, &after, names);
            let lines: Vec<String> =
                differences.iter().map(|one| format!("{} {:?}", one.words, one.change())).collect();
            assert_eq!(lines, expected);
        };
        check(&[], &[], &["Paris Place", "Derna New", "Reading Gone"]);
        check(&["Paris by"], &[], &["Derna New", "Reading Gone"]);
        check(&[], &[("derna".to_owned(), place("Derna, Libya"))], &["Paris Place", "Reading Gone"]);
    }

    #[test]
    fn what_is_alike_is_counted_as_one_the_most_first() {
        let mut comparison = Comparison::default();
        for number in 0..3 {
            let before = found(TEXT, &["Paris = Paris, France", "Georgia = ?"]);
            let after = if number == 1 {
                found(TEXT, &["Paris = Paris, Texas", "Derna = Derna, Libya"])
            } else {
                found(TEXT, &["Paris = Paris, Texas", "Georgia = ?"])
            };
            let differences =
                differences(number, &Before { found: before, decided: Vec::new() }, &after, &[]);
            comparison.add(&Renewed { number, found: Box::new(after), differences });
        }
        let alike = comparison.alike();
        let lines: Vec<String> = alike
            .iter()
            .map(|one| format!("{} {:?} {} in {}", one.words, one.change, one.mentions, one.articles))
            .collect();
        assert_eq!(lines, ["Paris Place 3 in 3", "Derna New 1 in 1", "Georgia Gone 1 in 1"]);
        let of = |which: usize| comparison.of(&alike[which]).map(|one| one.article).collect::<Vec<_>>();
        assert_eq!((of(0), of(1), of(2)), (vec![0, 1, 2], vec![1], vec![1]));
        assert_eq!((comparison.articles(), comparison.otherwise()), (3, 0));
    }

    #[test]
    fn only_articles_that_differ_are_told() {
        let geoparser = geoparser();
        let threads = NonZeroUsize::new(2).unwrap();
        let pipeline = Pipeline { geoparser: &geoparser, threads, given_spans: false, finds: Finds::ALL };
        let articles = ingest::sample();
        let read: Vec<Geoparsed> = articles.into_iter().map(|article| pipeline.read(article)).collect();
        let before = move |number: u32| {
            let mut found = read.get(number as usize)?.clone();
            if number == 2 {
                found.mentions.remove(0);
            }
            if number == 3 {
                (found.as_read, found.mentions) = (true, Vec::new());
            }
            Some(Before { found, decided: Vec::new() })
        };
        let job = Job::renew((0..6).collect(), Arc::default(), before, (geoparser, threads), || {});
        let news: Vec<News> = job.wait().collect();
        let differs: Vec<(u32, Vec<Change>)> = news
            .iter()
            .filter_map(|news| match news {
                News::Differs(renewed) => {
                    Some((renewed.number, renewed.differences.iter().map(Difference::change).collect()))
                }
                _ => None,
            })
            .collect();
        assert_eq!(differs, [(2, vec![Change::New])]);
        assert!(news.contains(&News::Progress { done: 6, total: 6 }));
        assert_eq!(news.last(), Some(&News::Finished { cancelled: false }));
    }
}
