//! The types of events in plain words: what a reader calls them, not what coders do.

use crate::app::words;
use crate::explore::Explorer;
use crate::model::{Event, EventClass, EventType, Geoparsed, Polarity};
use egui_phosphor::regular as icon;

use super::when;

/// What a class is called.
pub(in crate::app) const fn class(class: EventClass) -> &'static str {
    class.title()
}

/// What a type is called.
pub(in crate::app) const fn kind(kind: EventType) -> &'static str {
    kind.title()
}

/// The types of a class.
pub(in crate::app) fn types_of(class: EventClass) -> impl Iterator<Item = EventType> {
    EventType::ALL.into_iter().filter(move |kind| kind.class() == class)
}

/// What a polarity is called.
pub(in crate::app) const fn polarity(polarity: Polarity) -> &'static str {
    polarity.title()
}

/// The sign of a polarity.
pub(in crate::app) const fn polarity_icon(polarity: Polarity) -> &'static str {
    match polarity {
        Polarity::Happened => icon::CHECK,
        Polarity::Planned => icon::CALENDAR_PLUS,
        Polarity::Threatened => icon::WARNING,
        Polarity::Denied => icon::X_CIRCLE,
        Polarity::Hypothetical => icon::QUESTION,
    }
}

/// What an event is, as closely as its words tell: "Plane crash", or else its type.
pub(in crate::app) fn title(event: &Event) -> String {
    titled(event.kind, event.subtype.as_deref())
}

/// The same of a type and a sub-type.
pub(in crate::app) fn titled(of: EventType, subtype: Option<&str>) -> String {
    subtype.map_or_else(|| kind(of).to_owned(), words::sentence)
}

/// When an event happened, and whether, as far as that is not what anybody would think: "Sat 31 Oct 2015 · denied".
pub(in crate::app) fn facts(geoparsed: &Geoparsed, event: &Event) -> String {
    let polarity = Some(event.polarity).filter(|&polarity| polarity != Polarity::Happened);
    let parts = [
        when::when(geoparsed, event),
        polarity.map(|own| self::polarity(own).to_lowercase()),
        event.background.then(|| "background".to_owned()),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// Why no event has a mark on the map.
pub(in crate::app) fn nowhere(explorer: &Explorer) -> &'static str {
    if explorer.collection.event_count() == 0 {
        "No event was found in what is open"
    } else if !explorer.view.events.is_empty() {
        "None of the events shown has a place"
    } else {
        "The search and the filters leave no event"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_its_own_and_in_sentence_case() {
        let names = EventType::ALL.map(kind).into_iter();
        let names: Vec<&str> =
            names.chain(EventClass::ALL.map(class)).chain(Polarity::ALL.map(polarity)).collect();
        for (number, name) in names.iter().enumerate() {
            assert!(name.starts_with(char::is_uppercase) && !name.ends_with('.'), "{name}");
            assert!(!names[..number].contains(name), "{name} twice");
        }
    }

    #[test]
    fn a_sub_type_says_more_than_its_type() {
        assert_eq!(titled(EventType::Accident, Some("plane crash")), "Plane crash");
        assert_eq!(titled(EventType::Consult, None), "Talks or visit");
    }
}
