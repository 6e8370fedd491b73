//! What next and previous walk from what is selected: mentions or events, of an article, of a place, or all.
//! It is found once for a view and what is walked of it, and where on it one stands once for a selection.

use super::{Among, Collection, EventRef, MentionRef, Selected, Selection, Subject, View};

/// What is walked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Walk {
    #[default]
    Nothing,
    Article(usize),
    Place(u32),
    EventsIn(usize),
    EventsAt(u32),
    AllEvents,
}

impl Walk {
    fn from(selection: Selection, subject: Subject) -> Walk {
        match selection {
            Selection::None => Walk::Nothing,
            Selection::Article(article) if subject == Subject::Events => Walk::EventsIn(article),
            Selection::Article(article) | Selection::Mention(MentionRef { article, .. }) => {
                Walk::Article(article)
            }
            Selection::Place { place, .. } => Walk::Place(place),
            Selection::Event { among: Among::List, .. } => Walk::AllEvents,
            Selection::Event { among: Among::Place, place: Some(place), .. } => Walk::EventsAt(place),
            Selection::Event { at, .. } => Walk::EventsIn(at.article),
        }
    }
}

/// The stops on the way, in order.
#[derive(Debug)]
enum Stops {
    Mentions(Vec<MentionRef>),
    Events(Vec<EventRef>),
    /// The events of the view.
    AllEvents,
}

impl Default for Stops {
    fn default() -> Self {
        Self::Mentions(Vec::new())
    }
}

/// The way that next and previous go.
#[derive(Debug, Default)]
pub(super) struct Trail {
    stops: Stops,
    /// The view's revision and what of it is walked.
    of: (u64, Walk),
    /// Which stop is selected, and by which selection.
    position: (Option<usize>, u64),
}

impl Trail {
    /// Goes on from what is selected now.
    pub fn follow(&mut self, collection: &Collection, view: &View, selected: Selected) {
        let of = (view.revision, Walk::from(selected.what, view.subject()));
        let moved = self.of != of;
        if moved {
            self.of = of;
            self.stops = match of.1 {
                Walk::Nothing => Stops::default(),
                Walk::Article(article) => Stops::Mentions(view.mentions_in(collection, article)),
                Walk::Place(place) => Stops::Mentions(view.mentions_of(collection, place)),
                Walk::EventsIn(article) => Stops::Events(view.events_in(collection, article)),
                Walk::EventsAt(place) => Stops::Events(view.events_of(collection, place)),
                Walk::AllEvents => Stops::AllEvents,
            };
        }
        if moved || self.position.1 != selected.serial {
            self.position = (self.find(view, selected.what), selected.serial);
        }
    }

    /// Where what is selected stands.
    fn find(&self, view: &View, what: Selection) -> Option<usize> {
        match &self.stops {
            Stops::Mentions(mentions) => mentions.binary_search(&what.mention()?).ok(),
            Stops::Events(events) => events.binary_search(&what.event()?).ok(),
            Stops::AllEvents => {
                let event = what.event()?;
                view.events.iter().position(|row| row.at == event)
            }
        }
    }

    /// How many stops there are.
    pub fn len(&self, view: &View) -> usize {
        match &self.stops {
            Stops::Mentions(mentions) => mentions.len(),
            Stops::Events(events) => events.len(),
            Stops::AllEvents => view.events.len(),
        }
    }

    /// Whether they are events.
    pub fn is_of_events(&self) -> bool {
        !matches!(self.stops, Stops::Mentions(_))
    }

    /// Which of them is selected, from 0.
    pub fn position(&self) -> Option<usize> {
        self.position.0
    }

    /// The next stop (`1`) or the previous (`-1`), round the end.
    pub fn next(
        &self,
        collection: &Collection,
        view: &View,
        what: Selection,
        by: isize,
    ) -> Option<Selection> {
        let count = self.len(view);
        let next = match self.position() {
            _ if count == 0 => return None,
            Some(position) => (position as isize + by).rem_euclid(count as isize) as usize,
            None if by < 0 => count - 1,
            None => self.first_after(what) % count,
        };
        Some(match &self.stops {
            Stops::Mentions(mentions) => {
                let at = *mentions.get(next)?;
                match what {
                    Selection::Place { place, .. } => Selection::Place { place, at },
                    _ => Selection::Mention(at),
                }
            }
            Stops::Events(events) => {
                let at = *events.get(next)?;
                match what {
                    Selection::Event { place, among: Among::Place, .. } => {
                        Selection::Event { at, place, among: Among::Place }
                    }
                    _ => {
                        let place = view.place_of(collection, at);
                        Selection::Event { at, place, among: Among::Article }
                    }
                }
            }
            Stops::AllEvents => {
                let row = view.events.get(next)?;
                Selection::Event { at: row.at, place: row.place, among: Among::List }
            }
        })
    }

    /// Where to go on from a mention or an event that the filter no longer shows.
    fn first_after(&self, what: Selection) -> usize {
        match &self.stops {
            Stops::Mentions(mentions) => {
                what.mention().map_or(0, |at| mentions.partition_point(|&other| other <= at))
            }
            Stops::Events(events) => {
                what.event().map_or(0, |at| events.partition_point(|&other| other <= at))
            }
            Stops::AllEvents => 0,
        }
    }
}
