//! What happened by one article, made ready for a collection where the article was read: events at each of their
//! places, who takes part, and what tells which events of other articles are the same.

use std::collections::HashMap;

use crate::events::stories::{Report, Sketch, reports};
use crate::model::{Event, Geoparsed};

use super::cast::{Cast, Member};
use super::happening::{Taking, Who};
use super::search::fold;
use super::{Glance, Happening};

/// A mention at which an event happened, both by their numbers in the article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(super) struct Stand {
    pub event: u32,
    pub mention: u32,
}

/// What happened by an article; places, actors, their countries and sub-types by their numbers in its own lists.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Happenings {
    /// In text order, those of one event after each other, its main place first.
    pub list: Vec<Happening>,
    /// Who takes part in them, event by event.
    pub takings: Vec<Taking>,
    /// At which mentions each event happened, event by event.
    pub stands: Vec<Stand>,
    pub actors: Vec<Who>,
    /// Codes of countries; the first is none.
    pub nations: Vec<String>,
    /// The first is none.
    pub subtypes: Vec<String>,
    /// What is kept of each event to tell which others are the same. The article's number is not known yet.
    pub reports: Vec<Report>,
    /// By which the text is known again, where it is long enough.
    pub sketch: Option<Sketch>,
}

impl Happenings {
    /// What happened by an article with these mentions.
    pub fn of(geoparsed: &Geoparsed, glances: &[Glance]) -> Happenings {
        let none = || vec![String::new()];
        let sketch = Sketch::of(&geoparsed.article);
        let mut happenings =
            Happenings { subtypes: none(), nations: none(), sketch, ..Happenings::default() };
        if geoparsed.events.is_empty() {
            return happenings;
        }
        happenings.reports = reports(geoparsed, 0);
        let cast = Cast::of(geoparsed);
        let mut numbers = HashMap::new();
        for (number, event) in geoparsed.events.iter().enumerate() {
            let stand = |&mention: &usize| Stand { event: number as u32, mention: mention as u32 };
            happenings.stands.extend(event.places.iter().map(stand));
            if event.is_rejected() {
                continue;
            }
            let actors = happenings.take_in(cast.of_event(number), &mut numbers);
            let subtype = happenings.subtype(event);
            let mut happening = Happening::of(geoparsed, number, event);
            (happening.actors, happening.actor_count) = actors;
            happening.subtype = subtype;
            let mentions = event.places.iter().map(|&mention| mention as u32);
            standing(happening, mentions, glances, |happening| happenings.list.push(happening));
        }
        happenings
    }

    /// Where an event's actors begin, and how many they are.
    fn take_in(&mut self, members: &[Member], numbers: &mut HashMap<String, u32>) -> (u32, u8) {
        let begin = self.takings.len();
        for Member { name, nation, part } in members.iter().take(usize::from(u8::MAX)) {
            let folded = fold(name);
            let who = *numbers.entry(folded).or_insert_with_key(|folded| {
                self.actors.push(Who { name: name.clone(), folded: folded.clone() });
                self.actors.len() as u32 - 1
            });
            let nation = number_in(&mut self.nations, nation);
            self.takings.push(Taking { who, nation, part: *part });
        }
        (begin as u32, (self.takings.len() - begin) as u8)
    }

    fn subtype(&mut self, event: &Event) -> u16 {
        number_in(&mut self.subtypes, event.subtype.as_deref().unwrap_or(""))
    }
}

/// Puts an event at each of the places that its mentions have; at none where they have none.
pub(super) fn standing(
    event: Happening,
    mentions: impl Iterator<Item = u32> + Clone,
    glances: &[Glance],
    mut put: impl FnMut(Happening),
) {
    let mut places = Vec::new();
    for mention in mentions.clone() {
        if let Some(place) = glances.get(mention as usize).and_then(|glance| glance.place)
            && !places.contains(&place)
        {
            places.push(place);
            put(event.at(Some(place), Some(mention)));
        }
    }
    if places.is_empty() {
        // Words say where, though nobody knows where that is.
        let told = |mention: &u32| glances.get(*mention as usize).is_some_and(|glance| !glance.is_rejected());
        put(event.at(None, mentions.clone().find(told)));
    }
}

/// The number of a name in a short list, put in where it is not.
fn number_in(list: &mut Vec<String>, name: &str) -> u16 {
    let known = list.iter().position(|other| other == name);
    let number = known.unwrap_or_else(|| {
        list.push(name.to_owned());
        list.len() - 1
    });
    u16::try_from(number).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::super::Arrival;
    use super::super::fixture::{event, place, report};
    use crate::model::EventType;

    #[test]
    fn an_event_stands_once_at_each_of_its_places() {
        let lima = place("geonames:1", "Lima", "PE", -12.0, -77.0);
        let quito = place("geonames:2", "Quito", "EC", -0.2, -78.5);
        let events = [vec![0, 1, 2], vec![3, 2], vec![3], vec![], vec![9]];
        let events = events.iter().map(|places| event(EventType::Consult, places)).collect();
        let told = report("a", "[Lima], [Quito], [Lima], [Nowhere]", &[&lima, &quito, &lima], events);
        let happenings = Arrival::new(&told).happenings;
        let stands: Vec<_> =
            happenings.list.iter().map(|one| (one.event(), one.place(), one.mention())).collect();
        let expected = [
            (0, Some(0), Some(0)),
            (0, Some(1), Some(1)),
            (1, Some(0), Some(2)),
            (2, None, Some(3)),
            (3, None, None),
            (4, None, None),
        ];
        assert_eq!(stands, expected);
        assert_eq!(happenings.reports.len(), 5);
    }
}
