//! Which events of a collection are one that several articles report, and what a card says of such a story.
//! Grouping looks at all events together and takes longer than a view: it is done behind the window, once for the
//! articles that are open.

use std::collections::BTreeSet;

use crate::events;
use crate::events::stories::{Differing, Report, Stories, Story};
use crate::model::{Days, EventType, Polarity};

use super::{Collection, EventRef, Telling, copies};

/// The events of a collection by story.
#[derive(Debug)]
pub(super) struct Grouped {
    stories: Stories,
    /// Where each article's events begin among all that are grouped.
    starts: Vec<u32>,
    /// Those that are not: people said that nothing of the sort is told. In order.
    rejected: Vec<EventRef>,
}

impl Grouped {
    /// `None` where it was stopped.
    fn of(collection: &Collection, stopped: &dyn Fn() -> bool) -> Option<Grouped> {
        let mut reports = Vec::with_capacity(collection.event_count());
        let mut starts = Vec::with_capacity(collection.len());
        let mut rejected = Vec::new();
        for article in 0..collection.len() {
            starts.push(reports.len() as u32);
            for (event, report) in collection.reports(article).iter().enumerate() {
                let at = EventRef { article, event };
                match collection.happening(at) {
                    Some(_) => reports.push(*report),
                    None => rejected.push(at),
                }
            }
        }
        let stories = Stories::unless(stopped, &reports)?;
        (!stopped()).then_some(Grouped { stories, starts, rejected })
    }

    /// The number of the story that an event belongs to.
    pub fn story_of(&self, at: EventRef) -> Option<u32> {
        let start = *self.starts.get(at.article)? as usize;
        let gone = self.rejected_in(at.article);
        let before = gone.partition_point(|other| *other < at);
        let rejected = gone.get(before) == Some(&at);
        if rejected { None } else { self.stories.story_of(start + at.event - before) }
    }

    fn rejected_in(&self, article: usize) -> &[EventRef] {
        let start = self.rejected.partition_point(|at| at.article < article);
        let end = self.rejected.partition_point(|at| at.article <= article);
        &self.rejected[start..end]
    }

    /// The events of a story, by article in order of arrival and then in text order.
    fn reports_of(&self, story: u32) -> impl Iterator<Item = EventRef> {
        self.stories.reports_of(story).iter().map(|&number| {
            let article = self.starts.partition_point(|&start| start <= number) - 1;
            let event = (number - self.starts[article]) as usize;
            // Each that is rejected before it moves it by one.
            let event = self
                .rejected_in(article)
                .iter()
                .fold(event, |event, at| event + usize::from(at.event <= event));
            EventRef { article, event }
        })
    }
}

/// Finds out which events are the same, unless that is known or it is stopped.
pub(super) fn learn<'a>(collection: &'a Collection, stopped: &dyn Fn() -> bool) -> Option<&'a Grouped> {
    let slot = collection.stories();
    if slot.get().is_none() {
        // Where another thread was first, it found the same.
        let _ = slot.set(Grouped::of(collection, stopped)?);
    }
    slot.get()
}

/// A value, and the reports that give it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said<T> {
    /// The value.
    pub value: T,
    /// Which of [`StoryCard::reports`] give it.
    pub by: Vec<usize>,
}

/// What all reports of one event say of it, side by side.
///
/// Of every list of values the first is given by most reports. Where a list has one value the reports agree, where it
/// has none they do not say.
#[derive(Clone, Debug, PartialEq)]
pub struct StoryCard {
    /// The reports, by article in order of arrival and then in text order.
    pub reports: Vec<Telling>,
    /// How many articles they are in.
    pub articles: usize,
    /// How many these are where copies of one text count once.
    pub independent: usize,
    /// Whether no report tells it as news.
    pub background: bool,
    /// The days: those that most reports date it to, or else the fewest that any gives.
    pub days: Option<Days>,
    /// Which report's place is the story's.
    pub scene: Option<usize>,
    /// Whether reports say different things of how many died or were hurt, when, where, or whether at all.
    pub disputed: bool,
    /// Its types.
    pub kinds: Vec<Said<EventType>>,
    /// Whether it is said to have happened.
    pub polarities: Vec<Said<Polarity>>,
    /// How many died.
    pub dead: Vec<Said<u32>>,
    /// How many were hurt.
    pub wounded: Vec<Said<u32>>,
    /// On what day, where the texts date it to three days at most.
    pub dates: Vec<Said<Days>>,
    /// In what town or spot, by its name. A country beside its town is no other place.
    pub places: Vec<Said<String>>,
    /// Who did it, by the name of the first to say so.
    pub doers: Vec<Said<String>>,
}

impl StoryCard {
    /// Whether articles differ in one of its lists: no value is given by all that give any. What one article tells in
    /// two ways it means, and is no disagreement.
    pub fn differ<T>(&self, values: &[Said<T>]) -> bool {
        let articles = |by: &mut dyn Iterator<Item = usize>| {
            by.filter_map(|number| self.reports.get(number))
                .map(|report| report.at.article)
                .collect::<BTreeSet<_>>()
        };
        let all = articles(&mut values.iter().flat_map(|said| said.by.iter().copied()));
        let told = |said: &Said<T>| articles(&mut said.by.iter().copied()).len() == all.len();
        !values.is_empty() && !values.iter().any(told)
    }

    /// What all reports of the event that one article tells say of it; `None` where it was stopped. It unpacks every
    /// article that tells it.
    pub(super) fn of(
        collection: &Collection,
        at: EventRef,
        grouped: &Grouped,
        stopped: &dyn Fn() -> bool,
    ) -> Option<StoryCard> {
        let copies = copies::learn(collection);
        let report = |at: EventRef| {
            if stopped() {
                return None;
            }
            let report = *collection.reports(at.article).get(at.event)?;
            let article = collection.archive().unpacked(at.article)?;
            let first = copies.get(at.article).map(|&first| first as usize);
            let copy_of = first.filter(|&first| first != at.article);
            Some((report, Telling::of(&article, at, copy_of)?))
        };
        let (reports, tellings): (Vec<Report>, Vec<Telling>) =
            grouped.reports_of(grouped.story_of(at)?).filter_map(report).unzip();
        if stopped() {
            return None;
        }
        let all: Vec<u32> = (0..reports.len() as u32).collect();
        let story = Story::of(&reports, &all, copies);
        let place = |number: usize| tellings.get(number)?.place.as_ref().map(|place| place.name.clone());
        let doer = |number: usize| Some(events::name_in(tellings.get(number)?.doer()?).to_owned());
        Some(StoryCard {
            articles: story.articles.len(),
            independent: story.independent,
            background: story.background,
            days: story.days,
            scene: story.scene.map(|number| number as usize),
            disputed: story.disputed(),
            kinds: said(&story.kinds, |_, &kind| Some(kind)),
            polarities: said(&story.polarities, |_, &polarity| Some(polarity)),
            dead: said(&story.dead, |_, &dead| Some(dead)),
            wounded: said(&story.wounded, |_, &wounded| Some(wounded)),
            dates: said(&story.dates, |_, &days| Some(days)),
            places: said(&story.places, |first, _| place(first)),
            doers: said(&story.doers, |first, _| doer(first)),
            reports: tellings,
        })
    }
}

/// Values in words, each by the first report that gives it; those that read the same are one.
fn said<T, S: PartialEq>(told: &[Differing<T>], value: impl Fn(usize, &T) -> Option<S>) -> Vec<Said<S>> {
    let mut said: Vec<Said<S>> = Vec::new();
    for Differing { value: own, reports } in told {
        let by: Vec<usize> = reports.iter().map(|&number| number as usize).collect();
        let Some(value) = by.first().and_then(|&first| value(first, own)) else { continue };
        match said.iter_mut().find(|known| known.value == value) {
            Some(known) => known.by.extend(by),
            None => said.push(Said { value, by }),
        }
    }
    said
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::fixture::{event, place, report};
    use super::super::{Among, EventFilter, Explorer, Filter, Pane, Selection, Subject};
    use super::*;
    use crate::model::{PartialDate, Span};

    /// A crash in three papers, the last of which prints what the second did, and a bomb elsewhere.
    fn explorer() -> Explorer {
        let lima = place("geonames:3936456", "Lima", "PE", -12.04, -77.03);
        let cairo = place("geonames:360630", "Cairo", "EG", 30.06, 31.25);
        let long: String = (0..90).map(|n| format!(" filler{}", n * n)).collect();
        let second = format!("A bus plunged from a bridge in [Lima] on Monday, killing 33.{long}");
        let mut explorer = Explorer::default();
        for (id, place, marked) in [
            ("first", &lima, "At least 31 people died when a bus fell off a bridge in [Lima]."),
            ("second", &lima, &second),
            ("copy", &lima, &second),
            ("other", &cairo, "A bomb went off beside a market stall in [Cairo]."),
        ] {
            let kind = if id == "other" { EventType::Assault } else { EventType::Accident };
            let mut told = report(id, marked, &[place], vec![event(kind, &[0])]);
            let end = told.article.text.find('.').unwrap() + 1;
            told.events[0].quote = Span::new(0, end);
            told.events[0].trigger = Span::new(2, 8);
            told.article.date = Some(PartialDate::ymd(2021, 3, 8));
            told.article.source = Some(id.to_owned());
            explorer.collection.add(Arc::new(told));
        }
        explorer.filter.subject = Subject::Events;
        explorer
    }

    fn check(explorer: &Explorer) {
        let card = explorer.story().unwrap();
        let told: Vec<(&str, Option<usize>)> =
            card.reports.iter().map(|told| (told.source.as_deref().unwrap(), told.copy_of)).collect();
        assert_eq!(told, [("first", None), ("second", None), ("copy", Some(1))]);
        assert_eq!((card.articles, card.independent, card.disputed), (3, 2, true));
        let dead: Vec<(u32, &[usize])> = card.dead.iter().map(|said| (said.value, &said.by[..])).collect();
        assert_eq!(dead, [(33, &[1, 2][..]), (31, &[0][..])]);
        assert_eq!(card.places, [Said { value: "Lima".to_owned(), by: vec![0, 1, 2] }]);
        assert!(card.differ(&card.dead) && !card.differ(&card.places) && !card.differ(&card.doers));
        // The copy says so, too, and the first in other words: all three have the one value.
        let both = [Said { value: 33, by: vec![0, 1, 2] }, Said { value: 31, by: vec![0] }];
        assert!(!card.differ(&both));
        assert_eq!(card.reports[0].quote.words, " least");
        assert_eq!(card.reports[0].quote.after, " 31 people died when a bus fell off a bridge in Lima.");
    }

    #[test]
    fn a_story_is_told_side_by_side() {
        let mut explorer = explorer();
        explorer.refresh();
        explorer.select_event(EventRef { article: 1, event: 0 }, Among::Article, Pane::Lists);
        explorer.refresh();
        check(&explorer);
        explorer.select(Selection::None, Pane::None);
        explorer.refresh();
        assert_eq!(explorer.story(), None);
    }

    #[test]
    fn a_story_comes_from_behind() {
        let mut explorer = explorer();
        explorer.work_behind(|| {});
        explorer.select_event(EventRef { article: 2, event: 0 }, Among::List, Pane::Lists);
        while explorer.story().is_none() {
            explorer.advance();
            std::thread::yield_now();
        }
        check(&explorer);
    }

    #[test]
    fn a_story_counts_once() {
        let mut explorer = explorer();
        explorer.refresh();
        assert_eq!((explorer.view.events.len(), explorer.view.dated.len()), (4, 4));
        explorer.filter.events = EventFilter { once: true, ..EventFilter::default() };
        assert!(explorer.refresh());
        let view = &explorer.view;
        let rows: Vec<(usize, u32)> = view.events.iter().map(|row| (row.at.article, row.reports)).collect();
        assert_eq!(rows, [(0, 3), (3, 1)]);
        let lima = view.row(0).unwrap();
        assert_eq!((lima.events(), lima.articles), (1, 3));
        assert_eq!((view.dated.len(), view.reports, view.article_count()), (2, 4, 4));
        // The first report is left out, and the story is not.
        let sources = ["second".to_owned()].into();
        explorer.filter = Filter { sources, ..explorer.filter.clone() };
        explorer.refresh();
        let rows: Vec<(usize, u32)> =
            explorer.view.events.iter().map(|row| (row.at.article, row.reports)).collect();
        assert_eq!(rows, [(1, 1)]);
    }
}
