//! One story as a card shows it: what its reports say of it together, and where they differ.
//! What differs is listed side by side, each value with who says so; nothing is averaged or decided by majority
//! but what has to be one: the type, the place and the days under which the story is filed.

use super::Report;
use crate::model::{Days, EventType, Polarity, Precision};

/// A value, and the reports that give it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Differing<T> {
    /// The value.
    pub value: T,
    /// Numbers of the reports, ascending.
    pub reports: Vec<u32>,
}

/// Reports of one event.
///
/// Of every list of values the first is given by most reports. Where a list has one value the reports agree, where it
/// has none they do not say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Story {
    /// Numbers of its reports, ascending.
    pub reports: Vec<u32>,
    /// Numbers of the articles that tell it, ascending.
    pub articles: Vec<u32>,
    /// How many they are when copies of one text count once.
    pub independent: usize,
    /// Whether no report tells it as news.
    pub background: bool,
    /// The days: those that most reports date it to, or else the fewest that any gives.
    pub days: Option<Days>,
    /// The report whose place is the story's: the place that most name, a town before a country.
    pub scene: Option<u32>,
    /// Its types.
    pub kinds: Vec<Differing<EventType>>,
    /// Whether it is said to have happened.
    pub polarities: Vec<Differing<Polarity>>,
    /// How many died.
    pub dead: Vec<Differing<u32>>,
    /// How many were hurt.
    pub wounded: Vec<Differing<u32>>,
    /// On what day, where the texts date it to three days at most.
    pub dates: Vec<Differing<Days>>,
    /// In what town or spot, by [`super::Scene::key`]. A country beside its town is no other place.
    pub places: Vec<Differing<u64>>,
    /// Who did it, by [`Report::doer`].
    pub doers: Vec<Differing<u32>>,
}

impl Story {
    /// A story of reports among all reports. `copies` gives for each article the first with the same text, as
    /// [`super::copies`] does; an article that it has no number for is no copy.
    pub fn of(all: &[Report], members: &[u32], copies: &[u32]) -> Self {
        let reports: Vec<(u32, &Report)> =
            members.iter().filter_map(|&i| Some((i, all.get(i as usize)?))).collect();
        let of = |article: u32| copies.get(article as usize).copied().unwrap_or(article);
        let places = |exact: bool| {
            told(&reports, |report| {
                let scene =
                    report.scene.filter(|scene| !exact || scene.precision <= Precision::Settlement)?;
                Some((scene.precision, scene.key))
            })
        };
        let towns = places(true);
        let filed = towns.first().cloned().or_else(|| places(false).into_iter().next());
        let dates = told(&reports, |report| report.days.filter(|_| report.dated && report.exact()));
        let fewest = reports.iter().filter_map(|(_, report)| report.days);
        Self {
            reports: reports.iter().map(|&(i, _)| i).collect(),
            articles: distinct(reports.iter().map(|(_, report)| report.article)),
            independent: distinct(reports.iter().map(|(_, report)| of(report.article))).len(),
            background: reports.iter().all(|(_, report)| report.background),
            days: dates
                .first()
                .map(|date| date.value)
                .or_else(|| fewest.min_by_key(|days| (days.last - days.first, days.first))),
            scene: filed.and_then(|place| place.reports.first().copied()),
            kinds: told(&reports, |report| Some(report.kind)),
            polarities: told(&reports, |report| Some(report.polarity)),
            dead: told(&reports, |report| report.toll.dead),
            wounded: told(&reports, |report| report.toll.wounded),
            dates,
            places: towns
                .into_iter()
                .map(|place| Differing { value: place.value.1, reports: place.reports })
                .collect(),
            doers: told(&reports, |report| (report.doer > 0).then_some(report.doer)),
        }
    }

    /// Whether its reports say different things of how many died or were hurt, when, where, or whether at all.
    pub fn disputed(&self) -> bool {
        let differ = |values: usize| values > 1;
        differ(self.dead.len())
            || differ(self.wounded.len())
            || differ(self.dates.len())
            || differ(self.places.len())
            || self.polarities.iter().any(|said| said.value == Polarity::Denied)
                && differ(self.polarities.len())
    }
}

/// The values that reports give, those of most reports first, then by value.
fn told<T: Copy + PartialEq + Sortable>(
    reports: &[(u32, &Report)],
    value: impl Fn(&Report) -> Option<T>,
) -> Vec<Differing<T>> {
    let mut values: Vec<Differing<T>> = Vec::new();
    for &(number, report) in reports {
        let Some(value) = value(report) else { continue };
        match values.iter_mut().find(|known| known.value == value) {
            Some(known) => known.reports.push(number),
            None => values.push(Differing { value, reports: vec![number] }),
        }
    }
    values.sort_by_key(|known| (std::cmp::Reverse(known.reports.len()), known.value.rank()));
    values
}

/// What puts equally common values in an order that does not hang on the reports'.
trait Sortable {
    fn rank(self) -> (i64, u64);
}

impl Sortable for u32 {
    fn rank(self) -> (i64, u64) {
        (0, u64::from(self))
    }
}

impl Sortable for (Precision, u64) {
    fn rank(self) -> (i64, u64) {
        (self.0 as i64, self.1)
    }
}

impl Sortable for EventType {
    fn rank(self) -> (i64, u64) {
        (self as i64, 0)
    }
}

impl Sortable for Polarity {
    fn rank(self) -> (i64, u64) {
        (self as i64, 0)
    }
}

impl Sortable for Days {
    fn rank(self) -> (i64, u64) {
        (i64::from(self.first), u64::from(self.last.abs_diff(self.first)))
    }
}

fn distinct(numbers: impl Iterator<Item = u32>) -> Vec<u32> {
    let mut numbers: Vec<u32> = numbers.collect();
    numbers.sort_unstable();
    numbers.dedup();
    numbers
}
