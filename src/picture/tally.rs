//! Counts what a picture of articles marks, article by article.
//! Memory grows with the number of different places, not of articles; what counts is what an export would write.

use std::collections::HashMap;

use super::marks::{Counting, Mark, Marks};
use crate::basemap::mercator;
use crate::explore::Status;
use crate::export::{Chosen, Format, Options, Rows, same_place};
use crate::model::words::{MONTHS, counted};
use crate::model::{Bbox, Days, EventClass, EventType, Geoparsed, Mention, Place, Sense};

/// A place as it is counted.
#[derive(Clone, Debug)]
struct Counted {
    place: Place,
    mentions: u32,
    /// Events by type, in the order of [`EventType::ALL`].
    events: [u32; EventType::ALL.len()],
    associative: bool,
    uncertain: bool,
}

/// Sums up articles for a picture.
#[derive(Clone, Debug)]
pub struct Tally {
    options: Options,
    places: Vec<Counted>,
    /// Where among the places one stands, by what an export knows it by.
    known: HashMap<String, usize>,
    /// Articles that have a mark, in the box where there is one.
    articles: usize,
    /// Their days.
    days: Option<Days>,
    within: Option<Bbox>,
}

impl Tally {
    /// Counts what these options would write: mentions, or events where its rows are events.
    pub fn new(options: Options) -> Tally {
        Tally { options, places: Vec::new(), known: HashMap::new(), articles: 0, days: None, within: None }
    }

    /// Tells of nothing outside a box, which is all that the picture is to show. What lies there is marked as well: a
    /// picture of another shape shows more.
    #[must_use]
    pub fn within(self, bbox: Option<Bbox>) -> Tally {
        Tally { within: bbox, ..self }
    }

    /// Takes in an article.
    pub fn add(&mut self, article: &Geoparsed) {
        // As a format of tables chooses.
        let Some(chosen) = Chosen::of(article, Format::GeoJson, &self.options, |_| true) else { return };
        let (mut any, within) = (false, self.within);
        if self.options.rows == Rows::Events {
            for (_, event) in chosen.events_of(article) {
                for &number in event.places.iter().filter(|&&number| chosen.has(number)) {
                    let mention = article.mentions.get(number).filter(|mention| !mention.is_rejected());
                    if let Some(counted) = mention.and_then(|mention| self.counted(mention)) {
                        counted.events[event.kind as usize] += 1;
                        any |= counted.lies(within);
                    }
                }
            }
        } else {
            for (_, mention) in chosen.mentions_of(article) {
                if let Some(counted) = self.counted(mention) {
                    counted.mentions += 1;
                    any |= counted.lies(within);
                }
            }
        }
        if any {
            self.articles += 1;
            let wider = |own: Days, days: Days| Days {
                first: own.first.min(days.first),
                last: own.last.max(days.last),
            };
            let days = article.article.date.and_then(Days::of);
            self.days = self.days.into_iter().chain(days).reduce(wider);
        }
    }

    /// The place of a mention, where it has one.
    fn counted(&mut self, mention: &Mention) -> Option<&mut Counted> {
        let place = &mention.chosen()?.place;
        let next = self.places.len();
        let index = *self.known.entry(same_place(place, mention.kind)).or_insert(next);
        if index == next {
            self.places.push(Counted {
                place: Place::clone(place),
                mentions: 0,
                events: [0; EventType::ALL.len()],
                associative: true,
                uncertain: true,
            });
        }
        let counted = self.places.get_mut(index)?;
        counted.associative &= mention.sense == Sense::Associative;
        counted.uncertain &= Status::of(mention) == Status::Uncertain;
        Some(counted)
    }

    /// What is to be marked.
    pub fn marks(&self) -> Marks {
        let counting = self.counting();
        Marks { all: self.places.iter().map(|counted| counted.mark(counting)).collect(), counting }
    }

    fn counting(&self) -> Counting {
        match self.options.rows {
            Rows::Events => Counting::Events,
            _ => Counting::Mentions,
        }
    }

    /// What was counted, in words, for a picture's subtitle: "12 articles, 3 March to 9 May 2011 · 45 mentions of 23
    /// places".
    pub fn told(&self) -> String {
        let counting = self.counting();
        let here = self.places.iter().filter(|counted| counted.lies(self.within));
        let marks: Vec<Mark> = here.map(|counted| counted.mark(counting)).collect();
        let count = marks.iter().map(|mark| mark.count as usize).sum();
        let (what, of) = match counting {
            Counting::Mentions => ("mention", "of"),
            Counting::Events => ("event", "at"),
        };
        let period = self.days.and_then(period).map_or(String::new(), |period| format!(", {period}"));
        let places = counted(marks.len(), "place");
        format!("{}{period} · {} {of} {places}", counted(self.articles, "article"), counted(count, what))
    }
}

impl Counted {
    fn lies(&self, within: Option<Bbox>) -> bool {
        within.is_none_or(|bbox| bbox.contains(self.place.lat, self.place.lon))
    }

    fn mark(&self, counting: Counting) -> Mark {
        let place = &self.place;
        let mut classes = [0; EventClass::ALL.len()];
        for (kind, count) in EventType::ALL.into_iter().zip(self.events) {
            classes[kind.class() as usize] += count;
        }
        let leading = EventType::ALL.into_iter().zip(self.events).rev().max_by_key(|&(_, count)| count);
        let events = counting == Counting::Events;
        Mark {
            at: mercator::project(place.lat, place.lon),
            name: place.name.clone(),
            count: if events { self.events.iter().sum() } else { self.mentions },
            form: Mark::form(place.precision, self.associative),
            uncertain: self.uncertain,
            wide: Mark::is_wide(place.precision),
            country: place.country_code.clone(),
            radius_m: place.radius_m,
            classes,
            leading: leading.map(|(kind, _)| kind).filter(|_| events),
        }
    }
}

/// Days in words, as people write them: what two dates have in common is said once.
fn period(days: Days) -> Option<String> {
    let (first, last) = (Days::date(days.first)?, Days::date(days.last)?);
    let parts = |date: jiff::civil::Date| {
        let month = usize::try_from(date.month()).ok()?.checked_sub(1)?;
        Some((date.year(), *MONTHS.get(month)?, date.day()))
    };
    let ((year, month, day), (to_year, to_month, to_day)) = (parts(first)?, parts(last)?);
    let to = format!("{to_day} {to_month} {to_year}");
    Some(match (year == to_year, month == to_month, day == to_day) {
        (true, true, true) => to,
        (true, true, false) => format!("{day} to {to}"),
        (true, false, _) => format!("{day} {month} to {to}"),
        (false, ..) => format!("{day} {month} {year} to {to}"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::PartialDate;

    #[test]
    fn periods_are_told_as_people_write_them() {
        let check = |first: &str, last: &str, expected: &str| {
            let day = |date: &str| Days::of(date.parse::<PartialDate>().unwrap()).unwrap();
            let days = Days { first: day(first).first, last: day(last).last };
            assert_eq!(period(days).as_deref(), Some(expected));
        };
        check("2016-10-17", "2016-10-17", "17 October 2016");
        check("2016-10-01", "2016-10-17", "1 to 17 October 2016");
        check("2016-02", "2016-10-17", "1 February to 17 October 2016");
        check("2009", "2016-10-17", "1 January 2009 to 17 October 2016");
    }
}
