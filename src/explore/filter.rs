//! The one filter that every pane and the export obey.
//! It narrows articles by their words, outlet and date, and mentions by kind, sense, place and certainty.
//! It knows places by their identifiers, so that it means the same in every collection and can be kept.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::model::{Bbox, Days, How, Kind, Sense};

use super::{EventFilter, EventOrder, PolaritySet, Status, Subject};

/// A set of kinds of mention.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(from = "Vec<Kind>", into = "Vec<Kind>")]
pub struct KindSet(u8);

impl KindSet {
    /// Names and coordinates: what is shown unless someone asks for more.
    pub const DEFAULT: KindSet = KindSet(Self::bit(Kind::Name) | Self::bit(Kind::Coordinate));
    /// Every kind.
    pub const ALL: KindSet = KindSet(0b1111);

    const fn bit(kind: Kind) -> u8 {
        match kind {
            Kind::Name => 1,
            Kind::Demonym => 2,
            Kind::Embedded => 4,
            Kind::Coordinate => 8,
        }
    }

    /// Whether the kind is in the set.
    pub const fn contains(self, kind: Kind) -> bool {
        self.0 & Self::bit(kind) != 0
    }

    /// The set with the kind put in, or taken out where it was in.
    #[must_use]
    pub const fn toggled(self, kind: Kind) -> KindSet {
        KindSet(self.0 ^ Self::bit(kind))
    }
}

impl Default for KindSet {
    fn default() -> Self {
        Self::DEFAULT
    }
}

impl From<Vec<Kind>> for KindSet {
    fn from(kinds: Vec<Kind>) -> Self {
        kinds.into_iter().fold(Self(0), |set, kind| Self(set.0 | Self::bit(kind)))
    }
}

impl From<KindSet> for Vec<Kind> {
    fn from(set: KindSet) -> Self {
        Kind::ALL.into_iter().filter(|&kind| set.contains(kind)).collect()
    }
}

/// A set of ways in which a mention may have been settled; none where nothing is chosen.
///
/// ```
/// use dateline::explore::HowSet;
/// use dateline::model::How;
/// let set = HowSet::default().toggled(How::Auto);
/// assert!(set.contains(How::Auto) && !set.contains(How::Added) && !set.is_empty());
/// assert!(set.toggled(How::Auto).is_empty());
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(from = "Vec<How>", into = "Vec<How>")]
pub struct HowSet(u8);

impl HowSet {
    /// Whether none is chosen.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether the way is in the set.
    pub const fn contains(self, how: How) -> bool {
        self.0 & 1 << how as u8 != 0
    }

    /// The set with the way put in, or taken out where it was in.
    #[must_use]
    pub const fn toggled(self, how: How) -> HowSet {
        HowSet(self.0 ^ 1 << how as u8)
    }
}

impl From<Vec<How>> for HowSet {
    fn from(hows: Vec<How>) -> Self {
        hows.into_iter().fold(Self(0), |set, how| Self(set.0 | 1 << how as u8))
    }
}

impl From<HowSet> for Vec<How> {
    fn from(set: HowSet) -> Self {
        How::ALL.into_iter().filter(|&how| set.contains(how)).collect()
    }
}

/// What an article may lack.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Lacking {
    /// A place for any of its mentions.
    Place,
    /// A date.
    Date,
}

/// How the list of articles is ordered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ArticleOrder {
    /// By date, the latest first.
    #[default]
    Newest,
    /// By date, the earliest first.
    Oldest,
    /// By outlet, those of one by date.
    Source,
    /// By headline.
    Title,
    /// By how well they meet the search; by date where there is none.
    Relevance,
    /// By how sure the places of their mentions are, the least first, and those without one last; by date where events
    /// are shown.
    LeastCertain,
}

/// How the list of places is ordered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum PlaceOrder {
    /// By number of articles; where events are shown, by number of events.
    #[default]
    Articles,
    /// By number of mentions; where events are shown, by number of articles.
    Mentions,
    /// By name.
    Name,
    /// By country, those of one by number of articles.
    Country,
    /// By how sure the mentions of them are, the least first; by number of events where those are shown.
    LeastCertain,
}

/// How the lists are ordered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default)]
pub struct Order {
    /// Places.
    pub places: PlaceOrder,
    /// Articles.
    pub articles: ArticleOrder,
    /// Events.
    pub events: EventOrder,
    /// Whether each copy of a text has a row of its own; one has for all of them that are shown, unless.
    pub each_copy: bool,
}

/// What is shown. A choice of several is met by any of them; different choices are all to be met.
///
/// Where events are shown, days, countries, places and the area are those of the events themselves, and what is asked
/// of mentions (kind, sense, status, who settled it) has no bearing; where mentions are shown, neither has what is asked
/// of events.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Filter {
    /// What lists, map and timeline show, which leaves nothing out.
    pub subject: Subject,
    /// Words that an article, its headline, its outlet or one of its places must have.
    pub query: String,
    /// Kinds of mention.
    pub kinds: KindSet,
    /// Only this sense, where one is chosen.
    pub sense: Option<Sense>,
    /// Only mentions that are as sure as one of these, where any is chosen.
    pub statuses: BTreeSet<Status>,
    /// Only mentions that were settled in one of these ways, where any is chosen. What people rejected is shown where it
    /// is asked for.
    pub settled: HowSet,
    /// Only articles that bear one of these tags, or a mention, an event or a place of theirs does, where any is chosen.
    pub tags: BTreeSet<String>,
    /// Only places of these countries (ISO 3166-1 alpha-2), where any is chosen.
    pub countries: BTreeSet<String>,
    /// Only places in this box, where one is drawn.
    pub area: Option<Bbox>,
    /// Only articles of these outlets, where any is chosen; the empty name is that of none.
    pub sources: BTreeSet<String>,
    /// Only articles that may be from one of these days, or events that may have happened on one.
    pub days: Option<Days>,
    /// Only articles that mention one of these places, or events that happened there, where any is chosen: names by
    /// identifier.
    pub places: BTreeMap<String, String>,
    /// Only articles, or events, that lack this, where something is chosen.
    pub lacking: Option<Lacking>,
    /// What is asked of events.
    pub events: EventFilter,
    /// How the lists are ordered, which leaves nothing out.
    #[serde(skip)]
    pub order: Order,
}

impl Filter {
    /// Whether it leaves everything that is shown by default. Choices that have no bearing on what is shown leave
    /// nothing out.
    pub fn is_default(&self) -> bool {
        self.bearing() == self.cleared()
    }

    /// Nothing left out at all, not even what is by default.
    pub fn everything(subject: Subject) -> Filter {
        let events = EventFilter { polarities: PolaritySet::ALL, ..EventFilter::default() };
        Filter { subject, kinds: KindSet::ALL, events, ..Filter::default() }
    }

    /// Nothing left out of the same subject, in the same order, counted the same way.
    #[must_use]
    pub fn cleared(&self) -> Filter {
        let events = self.events.cleared();
        Filter { subject: self.subject, order: self.order, events, ..Filter::default() }
    }

    /// The same without the choices that have no bearing on what is shown.
    fn bearing(&self) -> Filter {
        match self.subject {
            Subject::Mentions => Filter { events: self.events.cleared(), ..self.clone() },
            Subject::Events => {
                let Filter { kinds, sense, statuses, settled, .. } = Filter::default();
                Filter { kinds, sense, statuses, settled, ..self.clone() }
            }
        }
    }

    /// With a place put into the choice of places, or taken out where it was in.
    #[must_use]
    pub fn with_place_toggled(&self, id: &str, name: &str) -> Filter {
        let mut filter = self.clone();
        if filter.places.remove(id).is_none() {
            filter.places.insert(id.to_owned(), name.to_owned());
        }
        filter
    }

    /// Whether an event that several articles report counts once.
    pub(super) fn counts_stories(&self) -> bool {
        self.subject == Subject::Events && self.events.once
    }

    /// Whether it asks for anything of mentions beyond their kind: then an article without one
    /// that passes is not shown.
    pub(super) fn asks_of_mentions(&self) -> bool {
        let how = self.sense.is_some() || !self.statuses.is_empty() || !self.settled.is_empty();
        how || !self.countries.is_empty() || self.area.is_some()
    }
}

/// Puts a value into a choice, or takes it out where it was in.
#[must_use]
pub fn toggled<T: Ord + Clone>(choice: &BTreeSet<T>, value: &T) -> BTreeSet<T> {
    let mut choice = choice.clone();
    if !choice.remove(value) {
        choice.insert(value.clone());
    }
    choice
}

#[cfg(test)]
mod tests {
    use super::super::{Background, PolaritySet};
    use super::*;
    use crate::model::EventType;

    #[test]
    fn kinds_toggle() {
        let set = KindSet::default();
        assert!(set.contains(Kind::Name) && set.contains(Kind::Coordinate));
        assert!(!set.contains(Kind::Demonym) && !set.contains(Kind::Embedded));
        assert!(set.toggled(Kind::Demonym).contains(Kind::Demonym));
        assert_eq!(set.toggled(Kind::Demonym).toggled(Kind::Embedded), KindSet::ALL);
        assert_eq!(set.toggled(Kind::Name).toggled(Kind::Name), set);
    }

    #[test]
    fn a_filter_comes_back_from_its_text() {
        let filter = Filter {
            subject: Subject::Events,
            query: "\"the dam\" -snow".to_owned(),
            kinds: KindSet::DEFAULT.toggled(Kind::Demonym),
            sense: Some(Sense::Literal),
            statuses: BTreeSet::from([Status::Uncertain]),
            settled: HowSet::from(vec![How::Auto, How::Rejected]),
            tags: BTreeSet::from(["to cite".to_owned()]),
            countries: BTreeSet::from(["LY".to_owned()]),
            area: Some(Bbox { west: 10.0, south: 20.0, east: 30.0, north: 40.0 }),
            sources: BTreeSet::from([String::new()]),
            days: Some(Days { first: 3, last: 9 }),
            places: BTreeMap::from([("geonames:87205".to_owned(), "Derna".to_owned())]),
            lacking: Some(Lacking::Date),
            events: EventFilter {
                types: BTreeSet::from([EventType::Fight]),
                subtypes: BTreeSet::from(["air strike".to_owned()]),
                polarities: PolaritySet::ALL,
                background: Background::Hidden,
                actors: BTreeSet::from(["the army".to_owned()]),
                nations: BTreeSet::from(["SY".to_owned()]),
                once: true,
            },
            order: Order::default(),
        };
        let text = serde_json::to_string(&filter).unwrap();
        assert_eq!(serde_json::from_str::<Filter>(&text).unwrap(), filter);
        assert_eq!(serde_json::from_str::<Filter>("{}").unwrap(), Filter::default());
        assert!(!filter.is_default() && filter.cleared().is_default());
    }

    #[test]
    fn a_filter_of_before_there_were_events_still_opens() {
        let text = r#"{"query":"dam","kinds":["name"],"sense":null,"statuses":[],"countries":[],"area":null,
            "sources":[],"days":null,"places":{},"lacking":null}"#;
        let filter = serde_json::from_str::<Filter>(text).unwrap();
        let kinds = KindSet::from(vec![Kind::Name]);
        assert_eq!(filter, Filter { query: "dam".to_owned(), kinds, ..Filter::default() });
    }

    #[test]
    fn a_filter_of_before_there_were_decisions_still_opens() {
        let text = r#"{"subject":"Mentions","query":"","kinds":["name"],"statuses":["uncertain"]}"#;
        let filter = serde_json::from_str::<Filter>(text).unwrap();
        assert!(filter.settled.is_empty() && filter.tags.is_empty());
        let text =
            serde_json::to_string(&Filter { settled: HowSet::default().toggled(How::Added), ..filter })
                .unwrap();
        assert!(text.contains(r#""settled":["added"]"#), "{text}");
    }

    #[test]
    fn what_has_no_bearing_leaves_nothing_out() {
        let check = |subject, mentions, events| {
            let of_mentions = Filter { subject, sense: Some(Sense::Literal), ..Filter::default() };
            assert_eq!(of_mentions.is_default(), mentions, "{subject:?}");
            let chosen = EventFilter { types: BTreeSet::from([EventType::Aid]), ..EventFilter::default() };
            let of_events = Filter { subject, events: chosen, ..Filter::default() };
            assert_eq!(of_events.is_default(), events, "{subject:?}");
        };
        check(Subject::Mentions, false, true);
        check(Subject::Events, true, false);
        let once = EventFilter { once: true, ..EventFilter::default() };
        assert!(Filter { subject: Subject::Events, events: once, ..Filter::default() }.is_default());
    }
}
