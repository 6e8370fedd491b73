//! Which words tell an event, of what type, and whether it happened.
//! A table of words and patterns finds them (`assets/tables/events.txt`); who acts, what governs the words and what
//! stands around them decide the rest. Nothing of English is here but through `assets/tables/events_context.txt`.

mod agents;
mod control;
mod draft;
mod guard;
mod inflect;
mod line;
mod matching;
#[cfg(test)]
mod measure;
mod merge;
#[cfg(test)]
mod object_tests;
mod polarity;
mod table;
#[cfg(test)]
mod tests;
mod words;

use self::draft::Draft;
use self::line::Line;
use self::table::Tells;
use crate::geoparse::tokens::Text;
use crate::model::{Event, EventType, Geoparsed, Kind, Mention, Span, When};

/// What counts less is no event.
const LEAST: f32 = 0.33;

/// The events of a text in its order, without their places, dates and actors.
pub(super) fn find(text: &Text<'_>, geoparsed: &Geoparsed) -> Vec<Event> {
    let places: Vec<Span> = geoparsed.mentions.iter().map(|mention| mention.span).collect();
    let people = |mention: &&Mention| mention.kind == Kind::Demonym;
    let peoples: Vec<Span> = geoparsed.mentions.iter().filter(people).map(|mention| mention.span).collect();
    let matter = guard::Matter::of(text);
    let mut events = Vec::new();
    let mut wreck = None;
    for line in line::lines(text, &places, &peoples) {
        for mut draft in read(&line, matter) {
            // "The crash" further down is the crash that the article tells of.
            if draft.kind == EventType::Accident {
                match draft.subtype {
                    Some("crash") => draft.subtype = wreck.or(draft.subtype),
                    subtype => wreck = subtype.filter(|subtype| subtype.ends_with("crash")).or(wreck),
                }
            }
            events.push(event(&line, &draft));
        }
    }
    events
}

fn read(line: &Line<'_>, matter: guard::Matter) -> Vec<Draft> {
    let matches = matching::find(line);
    let sights: Vec<_> = matches.iter().map(|found| polarity::sight(line, found)).collect();
    let mut drafts: Vec<Draft> = Vec::new();
    for (found, sight) in matches.iter().zip(&sights) {
        let Tells::Event(kind) = found.item.tells else { continue };
        let mut draft = Draft::new(line, found, kind, *sight);
        agents::settle(line, &mut draft);
        draft.score *= guard::belief(line, &draft, matter);
        drafts.push(draft);
    }
    control::stopped(line, &mut drafts);
    let mut words = control::intents(line, &matches, &drafts, &sights);
    words.extend(control::announced(line, &drafts));
    for draft in &mut drafts {
        draft.sight.governed |=
            draft.sight.will.is_some_and(|will| words.iter().any(|word| word.head == will));
    }
    control::subordinate(line, &mut drafts);
    drafts.iter_mut().for_each(control::weigh);
    drafts.extend(words);
    drafts.retain(|draft| draft.score >= LEAST);
    drafts.iter_mut().for_each(|draft| merge::widen(line, draft));
    drafts.sort_by_key(|draft| (draft.first, draft.last));
    merge::join(line, drafts)
}

fn event(line: &Line<'_>, draft: &Draft) -> Event {
    let tokens = &line.text.tokens;
    Event {
        trigger: Span::new(tokens[draft.first].span.start, tokens[draft.last].span.end),
        kind: draft.kind,
        subtype: draft.subtype.map(str::to_owned),
        polarity: draft.polarity,
        background: false,
        places: Vec::new(),
        when: When::default(),
        actors: Vec::new(),
        quote: Span::new(tokens[line.from].span.start, tokens[line.to - 1].span.end),
        score: draft.score.clamp(0.0, 1.0),
        decided: None,
    }
}
