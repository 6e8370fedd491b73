//! Articles or events along time: counted in bins from days to centuries, each divided into layers.
//! A date that is less exact than a bin, as a month among days, is in none: it is counted beside them, over all
//! the days that it may mean.

mod marks;
mod unit;

use serde::{Deserialize, Serialize};

use super::{Collection, Subject, View};
use crate::model::{Days, EventClass, Kind};
pub use marks::Marks;
pub use unit::Unit;

/// Most layers that a bin is divided into.
pub const LAYERS: usize = 6;

/// What the bins are divided by. Another kind of division is another line here, in [`Counting`] and in what the
/// window calls its layers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Stack {
    /// Articles, or events, by outlet: those with most of them, and the rest.
    #[default]
    Sources,
    /// Mentions in them by kind.
    Kinds,
    /// Events by class; where no events are shown, articles by outlet.
    Classes,
}

impl Stack {
    /// What the bins of a view are divided by where this is chosen: events have no kinds.
    pub fn of(self, subject: Subject) -> Stack {
        match (self, subject) {
            (Stack::Kinds, Subject::Events) => Stack::Classes,
            (Stack::Classes, Subject::Mentions) => Stack::Sources,
            (stack, _) => stack,
        }
    }
}

/// What a layer counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Layered {
    /// Articles of an outlet, or events in them; the empty name is that of none.
    Source(String),
    /// The same of so many other outlets.
    Others(usize),
    /// Mentions of a kind.
    Kind(Kind),
    /// Events of a class.
    Class(EventClass),
}

/// A layer of the timeline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layer {
    /// What it counts.
    pub of: Layered,
    /// How many.
    pub total: u32,
}

/// What is counted of some days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bin {
    /// The days.
    pub days: Days,
    /// Articles, or events where they are shown.
    pub count: u32,
    /// What each layer counts, in the order of [`Chronicle::layers`].
    pub counts: [u32; LAYERS],
}

impl Bin {
    fn empty(days: Days) -> Bin {
        Bin { days, count: 0, counts: [0; LAYERS] }
    }

    fn add(&mut self, other: &Bin) {
        self.count += other.count;
        for (count, more) in self.counts.iter_mut().zip(other.counts) {
            *count += more;
        }
    }

    /// Whether the days are a year rather than a month.
    pub fn is_year(&self) -> bool {
        self.days.last - self.days.first > 31
    }

    /// All layers together: its height.
    pub fn total(&self) -> u32 {
        self.counts.iter().sum()
    }
}

/// The articles or events of a view along time, whatever days are chosen, as exactly as their dates are.
#[derive(Clone, Debug, Default)]
pub struct Chronicle {
    /// What it is divided by.
    pub stack: Stack,
    /// The revision of the view that it counts.
    pub revision: u64,
    /// The layers, from the axis up.
    pub layers: Vec<Layer>,
    /// By the dates' own days, in order.
    dates: Vec<Bin>,
}

impl Chronicle {
    /// Counts at once. A large view takes longer than a frame: see [`Counting`].
    pub fn of(collection: &Collection, view: &View, stack: Stack) -> Chronicle {
        let mut counting = Counting::new(view, stack);
        while !counting.step(collection, view) {}
        counting.finish(collection)
    }

    /// From the first day of any date to the last.
    pub fn span(&self) -> Option<Days> {
        let first = self.dates.first()?.days.first;
        Some(Days { first, last: self.dates.iter().map(|bin| bin.days.last).max()? })
    }

    /// The same in bins of a unit.
    pub fn bins(&self, unit: Unit) -> Bins {
        let mut bins: Vec<Bin> = Vec::new();
        let mut vague: Vec<Bin> = Vec::new();
        // Dates come in order, so that the calendar is asked once a bin and not once a date.
        let mut current = Days { first: i32::MIN, last: i32::MIN };
        for date in &self.dates {
            if date.days.first > current.last {
                current = unit.around(date.days.first);
            }
            let (list, days) =
                if date.days.last <= current.last { (&mut bins, current) } else { (&mut vague, date.days) };
            match list.last_mut() {
                Some(last) if last.days == days => last.add(date),
                _ => list.push(Bin { days, ..*date }),
            }
        }
        let any = |long: bool| vague.iter().any(|bin| bin.is_year() == long);
        Bins { unit, vague_months: any(false), vague_years: any(true), bins, vague }
    }
}

/// A timeline in bins of one unit. Those without articles are left out.
#[derive(Clone, Debug)]
pub struct Bins {
    /// The unit.
    pub unit: Unit,
    /// Whether some dates are months, of which no bin is one.
    pub vague_months: bool,
    /// Whether some dates are years, likewise.
    pub vague_years: bool,
    bins: Vec<Bin>,
    /// What is dated less exactly than a bin, by the days that it may be from.
    vague: Vec<Bin>,
}

impl Bins {
    /// The bins that lie in these days, wholly or in part.
    pub fn within(&self, days: Days) -> &[Bin] {
        let first = self.bins.partition_point(|bin| bin.days.last < days.first);
        let last = self.bins.partition_point(|bin| bin.days.first <= days.last);
        self.bins.get(first..last).unwrap_or(&[])
    }

    /// What may lie in these days or beside them.
    pub fn vague(&self, days: Days) -> impl Iterator<Item = &Bin> {
        let before = self.vague.partition_point(|bin| bin.days.first <= days.last);
        self.vague[..before].iter().filter(move |bin| bin.days.last >= days.first)
    }

    /// The first bin with articles after a day.
    pub fn next(&self, day: i32) -> Option<&Bin> {
        self.bins.get(self.bins.partition_point(|bin| bin.days.first <= day))
    }
}

/// A [`Chronicle`] that is being worked out, an article at a time.
#[derive(Debug)]
pub struct Counting {
    stack: Stack,
    revision: u64,
    next: usize,
    /// With the number of the outlet, or of the class, in place of the layer's.
    dates: Vec<(Days, u32, [u32; 4])>,
    /// By number of the outlet.
    sources: Vec<u32>,
}

impl Counting {
    /// Nothing counted yet.
    pub fn new(view: &View, stack: Stack) -> Counting {
        let stack = stack.of(view.subject());
        let dates = Vec::with_capacity(view.dated.len());
        Counting { stack, revision: view.revision, next: 0, dates, sources: Vec::new() }
    }

    /// Whether it is what is wanted of this view.
    pub fn answers(&self, view: &View, stack: Stack) -> bool {
        (self.revision, self.stack) == (view.revision, stack.of(view.subject()))
    }

    /// Takes in the next article; answers whether there is none left.
    pub fn step(&mut self, collection: &Collection, view: &View) -> bool {
        let Some(dated) = view.dated.get(self.next) else {
            return true;
        };
        self.next += 1;
        let mut source = collection.card(dated.article).map_or(0, |card| card.source);
        let mut kinds = [0; 4];
        match self.stack {
            Stack::Sources => {
                let wanted = source as usize + 1;
                self.sources.resize(self.sources.len().max(wanted), 0);
                self.sources[source as usize] += 1;
            }
            Stack::Classes => source = dated.class.map_or(0, |class| class as u32),
            Stack::Kinds => {
                for glance in collection.glances(dated.article) {
                    if view.counts(glance) {
                        kinds[Kind::ALL.iter().position(|&kind| kind == glance.kind).unwrap_or(0)] += 1;
                    }
                }
            }
        }
        self.dates.push((dated.days, source, kinds));
        false
    }

    /// Puts it in order.
    pub fn finish(self, collection: &Collection) -> Chronicle {
        let Counting { stack, revision, mut dates, sources, .. } = self;
        let (layers, layer_of) = match stack {
            Stack::Sources => by_source(&sources, collection.sources()),
            Stack::Kinds => (by_kind(&dates), Vec::new()),
            Stack::Classes => (by_class(&dates), (0..LAYERS).collect()),
        };
        dates.sort_unstable_by_key(|(days, ..)| *days);
        let mut bins: Vec<Bin> = Vec::new();
        for (days, source, kinds) in dates {
            let mut bin = Bin { count: 1, ..Bin::empty(days) };
            match stack {
                Stack::Sources | Stack::Classes => bin.counts[layer_of[source as usize]] = 1,
                Stack::Kinds => bin.counts[..kinds.len()].copy_from_slice(&kinds),
            }
            match bins.last_mut() {
                Some(last) if last.days == days => last.add(&bin),
                _ => bins.push(bin),
            }
        }
        Chronicle { stack, revision, layers, dates: bins }
    }
}

/// The outlets with most articles, and the rest; and of each outlet its layer.
fn by_source(counts: &[u32], names: &[String]) -> (Vec<Layer>, Vec<usize>) {
    let name = |source: usize| names.get(source).map_or("", String::as_str);
    let mut order: Vec<usize> = (0..counts.len()).filter(|&source| counts[source] > 0).collect();
    order.sort_unstable_by(|&a, &b| counts[b].cmp(&counts[a]).then_with(|| name(a).cmp(name(b))));
    let own = if order.len() > LAYERS { LAYERS - 1 } else { order.len() };
    let mut layers: Vec<Layer> = Vec::with_capacity(LAYERS);
    let mut layer_of = vec![own.min(LAYERS - 1); counts.len()];
    for (layer, &source) in order[..own].iter().enumerate() {
        layer_of[source] = layer;
        layers.push(Layer { of: Layered::Source(name(source).to_owned()), total: counts[source] });
    }
    if own < order.len() {
        let total = order[own..].iter().map(|&source| counts[source]).sum();
        layers.push(Layer { of: Layered::Others(order.len() - own), total });
    }
    (layers, layer_of)
}

fn by_kind(dates: &[(Days, u32, [u32; 4])]) -> Vec<Layer> {
    let total = |kind: usize| dates.iter().map(|(.., kinds)| kinds[kind]).sum();
    let layer = |(number, kind)| Layer { of: Layered::Kind(kind), total: total(number) };
    Kind::ALL.into_iter().enumerate().map(layer).collect()
}

fn by_class(dates: &[(Days, u32, [u32; 4])]) -> Vec<Layer> {
    let mut totals = [0; EventClass::ALL.len()];
    dates.iter().for_each(|&(_, class, _)| totals[class as usize] += 1);
    let layer = |(class, total)| Layer { of: Layered::Class(class), total };
    EventClass::ALL.into_iter().zip(totals).map(layer).collect()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::fixture::{event, place, report, story};
    use super::super::{Filter, KindSet};
    use super::*;
    use crate::model::{DateKind, DateMention, EventType, PartialDate, Span, When};

    fn collection(articles: &[(&str, Option<&str>)]) -> Collection {
        let derna = place("geonames:87205", "Derna", "LY", 32.76, 22.64);
        let mut collection = Collection::default();
        for (number, (source, date)) in articles.iter().enumerate() {
            let mut article = story(&number.to_string(), "Rain in [Derna].", &[&derna]);
            article.article.source = (!source.is_empty()).then(|| (*source).to_owned());
            article.article.date = date.map(|date| date.parse::<PartialDate>().unwrap());
            collection.add(Arc::new(article));
        }
        collection
    }

    fn chronicle(collection: &Collection, filter: &Filter, stack: Stack) -> Chronicle {
        let mut view = View::default();
        view.refresh(collection, filter);
        Chronicle::of(collection, &view, stack)
    }

    /// The bins with articles, and what is too vague for one, as `(first day, articles)`.
    fn check(unit: Unit, dates: &[&str], bins: &[(&str, u32)], vague: &[(&str, u32)]) {
        let articles: Vec<_> = dates.iter().map(|date| ("The Courier", Some(*date))).collect();
        let collection = collection(&articles);
        let found = chronicle(&collection, &Filter::default(), Stack::Sources).bins(unit);
        let told = |bins: &[Bin]| -> Vec<(String, u32)> {
            let day = |bin: &Bin| Days::date(bin.days.first).unwrap().to_string();
            bins.iter().map(|bin| (day(bin), bin.count)).collect()
        };
        let expected = |bins: &[(&str, u32)]| -> Vec<(String, u32)> {
            bins.iter().map(|&(day, n)| (day.to_owned(), n)).collect()
        };
        assert_eq!(told(&found.bins), expected(bins), "{unit:?} {dates:?}");
        assert_eq!(told(&found.vague), expected(vague), "{unit:?} {dates:?}");
    }

    #[test]
    fn articles_are_counted_in_bins() {
        let dates = ["2016-10-17", "2016-11-02", "2016-10-17", "2016-10-19"];
        check(Unit::Day, &dates, &[("2016-10-17", 2), ("2016-10-19", 1), ("2016-11-02", 1)], &[]);
        check(Unit::Week, &dates, &[("2016-10-17", 3), ("2016-10-31", 1)], &[]);
        check(Unit::Month, &dates, &[("2016-10-01", 3), ("2016-11-01", 1)], &[]);
        check(Unit::Century, &dates, &[("2000-01-01", 4)], &[]);
        check(Unit::Day, &[], &[], &[]);
    }

    #[test]
    fn a_date_is_in_no_bin_that_is_more_exact() {
        let dates = ["2016", "2016-10", "2016-10-17", "2016-10", "XXXX-10-31"];
        check(Unit::Day, &dates, &[("2016-10-17", 1)], &[("2016-01-01", 1), ("2016-10-01", 2)]);
        check(Unit::Month, &dates, &[("2016-10-01", 3)], &[("2016-01-01", 1)]);
        check(Unit::Year, &dates, &[("2016-01-01", 4)], &[]);
    }

    #[test]
    fn the_largest_outlets_have_layers_and_the_rest_one_together() {
        let day = Some("2016-10-17");
        let many: Vec<_> =
            ["a", "b", "c", "d", "e", "f", "g", "g", "", "", ""].into_iter().map(|s| (s, day)).collect();
        let chronicle = chronicle(&collection(&many), &Filter::default(), Stack::Sources);
        let layers: Vec<_> = chronicle.layers.iter().map(|layer| (layer.of.clone(), layer.total)).collect();
        let own = |name: &str, total| (Layered::Source(name.to_owned()), total);
        assert_eq!(
            layers,
            [own("", 3), own("g", 2), own("a", 1), own("b", 1), own("c", 1), (Layered::Others(3), 3)]
        );
        let bins = chronicle.bins(Unit::Day);
        assert_eq!(bins.bins[0].counts, [3, 2, 1, 1, 1, 3]);
        assert_eq!(bins.bins[0].total(), 11);
    }

    #[test]
    fn mentions_are_counted_by_kind_as_the_filter_lets_them() {
        let collection = collection(&[("a", Some("2016-10-17")), ("a", Some("2016-10-17"))]);
        let counts = |filter: &Filter| chronicle(&collection, filter, Stack::Kinds).bins(Unit::Day).bins[0];
        assert_eq!((counts(&Filter::default()).count, counts(&Filter::default()).counts[0]), (2, 2));
        let none = Filter { kinds: KindSet::DEFAULT.toggled(Kind::Name), ..Filter::default() };
        assert_eq!((counts(&none).count, counts(&none).total()), (2, 0));
    }

    #[test]
    fn events_are_counted_by_class_on_their_own_days() {
        let derna = place("geonames:87205", "Derna", "LY", 32.76, 22.64);
        let mut told = event(EventType::Consult, &[0, 0]);
        told.when = When::Date(0);
        let (fight, flood) = (event(EventType::Fight, &[0]), event(EventType::Disaster, &[]));
        let mut lost = flood.clone();
        lost.when = When::Unknown;
        let mut article = report("a", "Rain in [Derna].", &[&derna], vec![told, fight, flood, lost]);
        article.article.date = Some(PartialDate::ymd(2016, 10, 17));
        article.article.source = Some("The Courier".to_owned());
        let year = DateMention {
            span: Span::new(0, 4),
            kind: DateKind::Date,
            edtf: "2014".to_owned(),
            days: Days::of("2014".parse().unwrap()),
        };
        article.dates = vec![year];
        let mut collection = Collection::default();
        collection.add(Arc::new(article));
        let filter = Filter { subject: Subject::Events, ..Filter::default() };
        let classes = chronicle(&collection, &filter, Stack::Kinds);
        assert_eq!(classes.stack, Stack::Classes);
        let totals: Vec<u32> = classes.layers.iter().map(|layer| layer.total).collect();
        assert_eq!(totals, [1, 0, 0, 0, 1, 1]);
        assert_eq!(classes.layers[4].of, Layered::Class(EventClass::Violence));
        let years = classes.bins(Unit::Year);
        let counts: Vec<_> = years.bins.iter().map(|bin| (bin.count, bin.counts)).collect();
        assert_eq!(counts, [(1, [1, 0, 0, 0, 0, 0]), (2, [0, 0, 0, 0, 1, 1])]);
        assert_eq!(classes.bins(Unit::Day).vague.len(), 1);
        let mut view = View::default();
        view.refresh(&collection, &filter);
        assert_eq!((view.never, view.undated), (1, 1));
        let sources = chronicle(&collection, &filter, Stack::Sources);
        assert_eq!(sources.bins(Unit::Day).bins[0].counts, [2, 0, 0, 0, 0, 0]);
        assert_eq!(chronicle(&collection, &Filter::default(), Stack::Classes).stack, Stack::Sources);
    }

    #[test]
    fn the_chosen_days_change_nothing_but_the_other_filters_do() {
        let collection = collection(&[("a", Some("2016-10-17")), ("b", Some("2019")), ("b", None)]);
        let day = Days::of(PartialDate::ymd(2016, 10, 17)).unwrap();
        let chosen = Filter { days: Some(day), ..Filter::default() };
        assert_eq!(chronicle(&collection, &chosen, Stack::Sources).bins(Unit::Year).bins.len(), 2);
        let source = Filter { sources: ["b".to_owned()].into(), ..Filter::default() };
        let left = chronicle(&collection, &source, Stack::Sources);
        assert_eq!(left.bins(Unit::Year).bins.len(), 1);
        assert_eq!(left.span(), Days::of("2019".parse().unwrap()));
    }

    #[test]
    fn bins_are_found_by_their_days() {
        let dates = ["2016-10-17", "2016-12-02", "2017"];
        let articles: Vec<_> = dates.iter().map(|date| ("a", Some(*date))).collect();
        let collection = collection(&articles);
        let bins = chronicle(&collection, &Filter::default(), Stack::Sources).bins(Unit::Month);
        let day = |text: &str| Days::of(text.parse().unwrap()).unwrap();
        let next = |text: &str| bins.next(day(text).first).map(|bin| bin.days);
        assert_eq!(next("2016-10-17"), Some(day("2016-12")));
        assert_eq!(next("2016-12-17"), None);
        assert_eq!(bins.within(day("2016-10-31")).len(), 1);
        assert_eq!(bins.within(day("2016-11")).len(), 0);
        assert_eq!(bins.vague(day("2017-03")).count(), 1);
    }
}
