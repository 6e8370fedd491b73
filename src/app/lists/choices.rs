//! The facets, and what can be chosen of each: what is chosen first, then by number of articles.
//! A choice that nothing meets any more stays in sight, so that it can be taken back.

use std::collections::BTreeSet;

use crate::app::{events, words};
use crate::explore::{Background, EventFilter, Explorer, Filter, Lacking, Status, Subject, fold, toggled};
use crate::model::{Days, EventClass, EventType, How, Kind, PartialDate, Polarity, Sense};

use super::chips;

/// What can be chosen by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Facet {
    Date,
    Country,
    Place,
    Source,
    Kind,
    Sense,
    Status,
    Settled,
    Type,
    Polarity,
    Background,
    Actor,
    Nation,
}

impl Facet {
    /// How many there are.
    pub const COUNT: usize = 13;

    /// Those that have a bearing on what is explored, in order.
    pub const fn of(subject: Subject) -> &'static [Facet] {
        use Facet::*;
        match subject {
            Subject::Mentions => &[Date, Country, Place, Source, Kind, Sense, Status, Settled],
            Subject::Events => &[Type, Polarity, Background, Date, Country, Place, Actor, Nation, Source],
        }
    }

    pub const fn name(self) -> &'static str {
        match self {
            Facet::Date => "Date",
            Facet::Country => "Country",
            Facet::Place => "Place",
            Facet::Source => "Source",
            Facet::Kind => "Kind of mention",
            Facet::Sense => "Sense",
            Facet::Status => "Status",
            Facet::Settled => "Who settled it",
            Facet::Type => "What happened",
            Facet::Polarity => "Whether it happened",
            Facet::Background => "News or background",
            Facet::Actor => "Who",
            Facet::Nation => "Whose country",
        }
    }
}

/// A value of a facet.
#[derive(Clone, Debug)]
enum Value {
    Year(i16),
    Undated,
    /// By code.
    Country(String),
    /// By key.
    Place(u32),
    /// A place that this collection does not have: identifier and name.
    Elsewhere(String, String),
    Unplaced,
    /// By name.
    Source(String),
    Kind(Kind),
    Sense(Sense),
    Status(Status),
    Settled(How),
    Class(EventClass),
    Type(EventType),
    Polarity(Polarity),
    /// The news, or what is told to explain it.
    Background(Background),
    /// By folded name, and as it is written.
    Actor(String, String),
    /// By code.
    Nation(String),
}

/// A value that can be chosen.
#[derive(Clone, Debug)]
pub(super) struct Choice {
    value: Value,
    /// Whether it is.
    pub on: bool,
    /// How many articles it leaves; of kinds, senses and statuses how many mentions; events, where those are explored.
    pub count: usize,
}

/// What can be chosen of a facet.
pub(super) fn choices(explorer: &Explorer, facet: Facet) -> Vec<Choice> {
    let (filter, view) = (&explorer.filter, &explorer.view);
    let mut found: Vec<Choice> = Vec::new();
    let mut add = |value: Value, on: bool, count: usize| found.push(Choice { value, on, count });
    match facet {
        Facet::Date => {
            for year in &view.years {
                let on = filter.days.is_some_and(|days| covers(days, year.year));
                add(Value::Year(year.year), on, year.count as usize);
            }
            let on = filter.lacking == Some(Lacking::Date);
            if on || view.undated > 0 {
                add(Value::Undated, on, view.undated);
            }
            // By date, not by number.
            return found;
        }
        Facet::Country => {
            let gone =
                filter.countries.iter().filter(|&code| !view.countries.iter().any(|c| c.code == *code));
            gone.for_each(|code| add(Value::Country(code.clone()), true, 0));
            for country in &view.countries {
                let on = filter.countries.contains(&country.code);
                add(Value::Country(country.code.clone()), on, country.count as usize);
            }
        }
        Facet::Place => {
            let key = |id: &String| explorer.collection.place_key(id);
            let mut chosen: Vec<u32> = filter.places.keys().filter_map(key).collect();
            chosen.sort_unstable();
            for (id, name) in filter.places.iter().filter(|(id, _)| key(id).is_none()) {
                add(Value::Elsewhere(id.clone(), name.clone()), true, 0);
            }
            for place in &view.place_counts {
                let on = chosen.binary_search(&place.key).is_ok();
                add(Value::Place(place.key), on, place.count as usize);
            }
            let counted = |key: &u32| view.place_counts.iter().any(|place| place.key == *key);
            chosen.retain(|key| !counted(key));
            chosen.into_iter().for_each(|key| add(Value::Place(key), true, 0));
            let on = filter.lacking == Some(Lacking::Place);
            if on || view.unplaced > 0 {
                add(Value::Unplaced, on, view.unplaced);
            }
        }
        Facet::Source => {
            let gone = filter.sources.iter().filter(|&name| !view.sources.iter().any(|s| s.name == *name));
            gone.for_each(|name| add(Value::Source(name.clone()), true, 0));
            for source in &view.sources {
                let on = filter.sources.contains(&source.name);
                add(Value::Source(source.name.clone()), on, source.count as usize);
            }
        }
        Facet::Kind => {
            for (kind, count) in Kind::ALL.into_iter().zip(view.kinds) {
                add(Value::Kind(kind), filter.kinds.contains(kind), count);
            }
            return found;
        }
        Facet::Sense => {
            for (sense, count) in [Sense::Literal, Sense::Associative].into_iter().zip(view.senses) {
                add(Value::Sense(sense), filter.sense == Some(sense), count);
            }
            return found;
        }
        Facet::Status => {
            for (status, count) in Status::ALL.into_iter().zip(view.statuses) {
                add(Value::Status(status), filter.statuses.contains(&status), count);
            }
            return found;
        }
        Facet::Settled => {
            for (how, count) in How::ALL.into_iter().zip(view.settled) {
                add(Value::Settled(how), filter.settled.contains(how), count);
            }
            return found;
        }
        Facet::Type => {
            for class in EventClass::ALL {
                let count = events::types_of(class).map(|kind| view.types[kind as usize]).sum();
                add(Value::Class(class), filter.events.has_class(class), count);
                for kind in events::types_of(class) {
                    add(Value::Type(kind), filter.events.types.contains(&kind), view.types[kind as usize]);
                }
            }
            return found;
        }
        Facet::Polarity => {
            for (polarity, count) in Polarity::ALL.into_iter().zip(view.polarities) {
                add(Value::Polarity(polarity), filter.events.polarities.contains(polarity), count);
            }
            return found;
        }
        Facet::Background => {
            for (own, count) in [Background::Hidden, Background::Only].into_iter().zip(view.background) {
                add(Value::Background(own), filter.events.background == own, count);
            }
            return found;
        }
        Facet::Actor => {
            let mut seen = BTreeSet::new();
            for actor in &view.actors {
                let Some(who) = explorer.collection.actor(actor.actor) else { continue };
                // Those of one name and of several countries are one choice.
                if seen.insert(who.folded.as_str()) {
                    let on = filter.events.actors.contains(&who.folded);
                    let value = Value::Actor(who.folded.clone(), who.name.clone());
                    add(value, on, actor.count as usize);
                }
            }
            for gone in filter.events.actors.iter().filter(|name| !seen.contains(name.as_str())) {
                add(Value::Actor(gone.clone(), gone.clone()), true, 0);
            }
        }
        Facet::Nation => {
            let gone =
                filter.events.nations.iter().filter(|&code| !view.nations.iter().any(|n| n.code == *code));
            gone.for_each(|code| add(Value::Nation(code.clone()), true, 0));
            for nation in view.nations.iter().filter(|nation| !nation.code.is_empty()) {
                let on = filter.events.nations.contains(&nation.code);
                add(Value::Nation(nation.code.clone()), on, nation.count as usize);
            }
        }
    }
    found.sort_by_key(|choice| !choice.on);
    found
}

impl Choice {
    /// What it is called.
    pub fn text(&self, explorer: &Explorer) -> String {
        match &self.value {
            Value::Year(year) => year.to_string(),
            Value::Undated => "No date".to_owned(),
            Value::Country(code) => chips::country(explorer, code).to_owned(),
            Value::Place(key) => {
                explorer.collection.place(*key).map_or(String::new(), |entry| entry.place.label())
            }
            Value::Elsewhere(_, name) => name.clone(),
            Value::Unplaced => "No place".to_owned(),
            Value::Source(name) => words::source(name).to_owned(),
            Value::Kind(kind) => words::kind(*kind).to_owned(),
            Value::Sense(Sense::Literal) => "Literal: it happens there".to_owned(),
            Value::Sense(Sense::Associative) => "Associative: a government, a team".to_owned(),
            Value::Status(status) => words::status(*status).to_owned(),
            Value::Settled(how) => words::settled(*how).to_owned(),
            Value::Class(class) => events::class(*class).to_owned(),
            Value::Type(kind) => events::kind(*kind).to_owned(),
            Value::Polarity(polarity) => events::polarity(*polarity).to_owned(),
            Value::Background(background) => chips::background(*background).to_owned(),
            Value::Actor(_, name) => name.clone(),
            Value::Nation(code) => chips::country(explorer, code).to_owned(),
        }
    }

    /// Whether what is typed stands in it, or it is chosen anyway.
    pub fn is_found(&self, explorer: &Explorer, typed: &str) -> bool {
        let typed = fold(typed);
        let within = |folded: &str| folded.contains(&typed);
        self.on
            || match self.value {
                Value::Place(key) => {
                    explorer.collection.place(key).is_some_and(|entry| within(&entry.folded))
                }
                _ => within(&fold(&self.text(explorer))),
            }
    }

    /// What is asked of events with this chosen, or no longer.
    fn with_events(&self, asked: &EventFilter) -> EventFilter {
        let mut events = asked.clone();
        match &self.value {
            Value::Class(class) => return asked.with_class_toggled(*class),
            Value::Type(kind) => events.types = toggled(&asked.types, kind),
            Value::Polarity(polarity) => events.polarities = asked.polarities.toggled(*polarity),
            Value::Background(_) if self.on => events.background = Background::Shown,
            Value::Background(background) => events.background = *background,
            Value::Actor(folded, _) => events.actors = toggled(&asked.actors, folded),
            Value::Nation(code) => events.nations = toggled(&asked.nations, code),
            _ => {}
        }
        events
    }

    /// The class that it is, where it is one.
    pub fn class(&self) -> Option<EventClass> {
        match self.value {
            Value::Class(class) => Some(class),
            _ => None,
        }
    }

    /// The type that it is, where it is one.
    pub fn kind(&self) -> Option<EventType> {
        match self.value {
            Value::Type(kind) => Some(kind),
            _ => None,
        }
    }

    /// The filter with this chosen, or no longer.
    pub fn toggled(&self, explorer: &Explorer) -> Filter {
        let filter = explorer.filter.clone();
        let flip = |lacking: Lacking| Some(lacking).filter(|_| !self.on);
        match &self.value {
            Value::Year(year) => Filter { days: with_year(filter.days, *year), ..filter },
            Value::Undated => Filter { lacking: flip(Lacking::Date), ..filter },
            Value::Unplaced => Filter { lacking: flip(Lacking::Place), ..filter },
            Value::Country(code) => Filter { countries: toggled(&filter.countries, code), ..filter },
            Value::Place(key) => match explorer.collection.place(*key) {
                Some(entry) => filter.with_place_toggled(&entry.place.id, &entry.place.name),
                None => filter,
            },
            Value::Elsewhere(id, name) => filter.with_place_toggled(id, name),
            Value::Source(name) => Filter { sources: toggled(&filter.sources, name), ..filter },
            Value::Kind(kind) => Filter { kinds: filter.kinds.toggled(*kind), ..filter },
            Value::Sense(sense) => Filter { sense: Some(*sense).filter(|_| !self.on), ..filter },
            Value::Status(status) => Filter { statuses: toggled(&filter.statuses, status), ..filter },
            Value::Settled(how) => Filter { settled: filter.settled.toggled(*how), ..filter },
            _ => Filter { events: self.with_events(&filter.events), ..filter },
        }
    }
}

fn year_days(year: i16) -> Option<Days> {
    Days::of(PartialDate { year: Some(year), month: None, day: None })
}

/// Whether a year belongs to the days that are chosen.
fn covers(days: Days, year: i16) -> bool {
    year_days(year).is_some_and(|year| days.overlaps(year))
}

/// The days with a year put in, and all between; or with a year taken out, when it is at an end. Of years in the
/// middle the one that was pressed is kept.
fn with_year(days: Option<Days>, year: i16) -> Option<Days> {
    let own = year_days(year)?;
    let Some(days) = days else { return Some(own) };
    if !days.overlaps(own) {
        return Some(Days { first: days.first.min(own.first), last: days.last.max(own.last) });
    }
    match (days.first < own.first, days.last > own.last) {
        (false, false) => None,
        (true, false) => Some(Days { last: own.first - 1, ..days }),
        (false, true) => Some(Days { first: own.last + 1, ..days }),
        (true, true) => Some(own),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_are_put_together_and_taken_out() {
        let check = |before: &[i16], pressed: i16, expected: &str| {
            let ends = (before.first(), before.last());
            let days = ends.0.zip(ends.1).map(|(first, last)| Days {
                first: year_days(*first).unwrap().first,
                last: year_days(*last).unwrap().last,
            });
            let told = with_year(days, pressed).map_or("all".to_owned(), words::days);
            assert_eq!(told, expected, "{before:?}, {pressed}");
        };
        check(&[], 2016, "2016");
        check(&[2016], 2016, "all");
        check(&[2016], 2013, "2013 – 2016");
        check(&[2013, 2016], 2013, "2014 – 2016");
        check(&[2013, 2016], 2016, "2013 – 2015");
        check(&[2013, 2016], 2014, "2014");
    }
}
