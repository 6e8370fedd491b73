//! What holds whatever people do: nothing is lost, and everything can be undone.

use proptest::collection::vec;
use proptest::prelude::*;

use super::random::{Act, Desk, acts, any_put, any_span, place, texts};
use super::*;
use crate::model::{Area, Candidate, Event, EventType, Kind, Mention, Polarity, Role, Sense, Span, When};

fn desk(who: u64, acts: Vec<Act>) -> Desk {
    let mut desk = Desk::of(who);
    acts.into_iter().for_each(|act| desk.act(act));
    desk
}

/// The edits in force, one after the other.
fn of_edits(desk: &Desk, ids: &[EntryId]) -> State {
    let mut state = State::default();
    for id in ids {
        let edit = desk.entries.iter().find(|entry| entry.id == *id).map(|entry| &entry.what);
        let Some(What::Edit(edit)) = edit else { panic!("no edit") };
        state.apply(edit, *id);
    }
    state
}

fn in_force(desk: &Desk) -> Vec<EntryId> {
    desk.journal.in_force().map(|head| head.id).collect()
}

proptest! {
    #[test]
    fn undo_all_is_the_start_and_redo_all_the_end(acts in acts()) {
        let mut desk = desk(1, acts);
        let (end, force) = (desk.state.clone(), in_force(&desk));
        while desk.journal.undoable().is_some() {
            desk.act(Act::Undo);
        }
        prop_assert!(desk.state.is_empty() && in_force(&desk).is_empty());
        prop_assert_eq!(&desk.state, &State::default());
        for _ in 0..force.len() {
            desk.act(Act::Redo);
        }
        prop_assert_eq!(&desk.state, &end);
        prop_assert_eq!(in_force(&desk), force);
    }

    #[test]
    fn the_journal_read_again_is_the_state(acts in acts()) {
        let desk = desk(1, acts);
        let bytes = postcard::to_allocvec(&desk.entries).unwrap();
        let entries: Vec<Entry> = postcard::from_bytes(&bytes).unwrap();
        prop_assert_eq!(&entries, &desk.entries);
        let (state, journal, problems) = replay(&entries);
        prop_assert!(problems.is_empty());
        prop_assert_eq!(&state, &desk.state);
        prop_assert_eq!(&journal, &desk.journal);
        for (target, field, held) in state.all() {
            prop_assert_eq!(desk.state.get(&target, field), Some(held));
            prop_assert_eq!(state.author(held.entry), desk.state.author(held.entry));
        }
    }

    #[test]
    fn a_jump_is_a_replay_of_what_was_in_force_then(acts in acts(), to in 0..25_usize) {
        // What was in force right after each edit was made.
        let mut desk = Desk::of(1);
        let mut then: Vec<(EntryId, Vec<EntryId>, State)> = Vec::new();
        for act in acts {
            let before = desk.journal.len();
            desk.act(act);
            if desk.journal.len() > before {
                let id = desk.journal.undoable().unwrap().id;
                then.push((id, in_force(&desk), desk.state.clone()));
            }
        }
        let end = (desk.state.clone(), in_force(&desk));
        let back = desk.journal.undoable().map(|head| head.id);
        let target = then.get(to).map(|(id, ..)| *id);
        for what in desk.journal.steps_to(target).unwrap() {
            desk.step(what);
        }
        let (ids, state) = then.get(to).map_or((Vec::new(), State::default()), |(_, ids, state)| (ids.clone(), state.clone()));
        prop_assert_eq!(in_force(&desk), ids.clone());
        prop_assert_eq!(&desk.state, &state);
        prop_assert_eq!(&desk.state, &of_edits(&desk, &ids));
        // And back again: nothing that was undone is lost.
        for what in desk.journal.steps_to(back).unwrap() {
            desk.step(what);
        }
        prop_assert_eq!((desk.state.clone(), in_force(&desk)), end);
    }

    #[test]
    fn corrections_in_a_bare_copy_are_the_same_state(acts in acts()) {
        let desk = desk(1, acts);
        let mut bare = Desk::of(2);
        let merged = bare.merge(&desk);
        prop_assert!(merged.conflicts.is_empty() && merged.let_go.sets.is_empty());
        prop_assert_eq!(bare.values(), desk.values());
        for (target, field, held) in bare.state.all() {
            prop_assert_eq!(desk.state.get(&target, field), Some(held));
            prop_assert_eq!(bare.state.author(held.entry), desk.state.author(held.entry));
        }
        // A second time there is nothing to do, here or there.
        let again = bare.merge(&desk);
        prop_assert!(again.entries.is_empty() && again.let_go.sets.is_empty());
        let home = desk.clone().merge(&bare);
        prop_assert!(home.entries.is_empty() && home.let_go.sets.is_empty() && home.conflicts.is_empty());
    }

    #[test]
    fn disjoint_journals_merge_either_way(both in acts(), one in acts(), other in acts()) {
        let common = desk(1, both);
        let of_one = |target: &Target| target.article().unwrap_or(0) == 0;
        let mine = |acts: Vec<Act>, ours: bool| -> Vec<Act> {
            let keep = |act: Act| match act {
                Act::Edit(puts) => {
                    let puts = puts.into_iter().filter(|(target, field, _)| of_one(target) == ours && *field != Field::Results);
                    Some(Act::Edit(puts.collect()))
                }
                // To undo what both have is to change what both have.
                Act::Undo | Act::Redo | Act::GoTo(_) => None,
            };
            acts.into_iter().filter_map(keep).collect()
        };
        let start = |who: u64| Desk { who, ..common.clone() };
        let (mut ann, mut ben) = (start(2), start(3));
        mine(one, true).into_iter().for_each(|act| ann.act(act));
        mine(other, false).into_iter().for_each(|act| ben.act(act));
        let (before_ann, before_ben) = (ann.clone(), ben.clone());
        let merged = ann.merge(&before_ben);
        prop_assert!(merged.conflicts.is_empty(), "{:?}", merged.conflicts);
        prop_assert!(ben.merge(&before_ann).conflicts.is_empty());
        prop_assert_eq!(ann.values(), ben.values());
        for (target, field, held) in ann.state.all().filter(|(target, ..)| *target != Target::Collection) {
            prop_assert_eq!(ben.state.get(&target, field).map(|held| &held.value), Some(&held.value));
        }
        // All of both is there.
        for (desk, ours) in [(&before_ann, true), (&before_ben, false)] {
            for (target, field, value) in desk.values().into_iter().filter(|(target, ..)| of_one(target) == ours) {
                prop_assert_eq!(ann.state.get(&target, field).map(|held| &held.value), Some(&value));
            }
        }
        // And it can be undone.
        let mut back = ann.clone();
        let to = before_ann.journal.undoable().map(|head| head.id);
        for what in back.journal.steps_to(to).unwrap() {
            back.step(what);
        }
        prop_assert_eq!(&back.state, &before_ann.state);
    }

    #[test]
    fn journals_of_their_own_merge_to_the_same_entries(one in acts(), other in acts()) {
        // Nothing in common, not even what they speak of: then even who said what is the same either way.
        let (ann, ben) = (desk(2, one), desk(3, other));
        let disjoint = |mine: &Desk, yours: &Desk| {
            mine.values().iter().all(|(target, field, _)| yours.state.get(target, *field).is_none())
        };
        prop_assume!(disjoint(&ann, &ben));
        let (mut here, mut there) = (ann.clone(), ben.clone());
        here.merge(&ben);
        there.merge(&ann);
        for (target, field, held) in here.state.all().filter(|(_, field, _)| *field != Field::Results) {
            prop_assert_eq!(there.state.get(&target, field), Some(held));
            prop_assert_eq!(there.state.author(held.entry), here.state.author(held.entry));
        }
        prop_assert_eq!(here.values(), there.values());
    }

    #[test]
    fn conflicts_are_asked_once(one in acts(), other in acts(), choose in any::<u64>()) {
        let (mut ann, mut ben) = (desk(2, one), desk(3, other));
        let theirs = ben.corrections().for_articles(texts());
        let merged = ann.merge(&ben);
        let choices: Vec<_> =
            merged.conflicts.iter().enumerate().map(|(at, conflict)| (conflict, choose >> (at % 64) & 1 == 1)).collect();
        let settled = merge::settle(&ann.state, &ann.journal, &theirs, &merged, &choices);
        settled.entries.iter().for_each(|entry| ann.take(entry.clone()));
        ann.edit(settled.kept);
        for (conflict, mine) in &choices {
            let wanted = if *mine { &conflict.mine.value } else { &conflict.theirs.value };
            let held = ann.state.get(&conflict.target, conflict.field).map(|held| &held.value);
            prop_assert_eq!(held, Some(wanted));
        }
        let again = ann.merge(&ben);
        prop_assert!(again.conflicts.is_empty(), "{:?}", again.conflicts);
        // The other one takes what was chosen, unasked.
        let there = ben.merge(&ann);
        prop_assert!(there.conflicts.is_empty(), "{:?}", there.conflicts);
        for (conflict, mine) in &choices {
            let wanted = if *mine { &conflict.mine.value } else { &conflict.theirs.value };
            let held = ben.state.get(&conflict.target, conflict.field).map(|held| &held.value);
            prop_assert_eq!(held, Some(wanted));
        }
    }

    #[test]
    fn what_is_laid_over_keeps_its_order(
        found in found(),
        puts in vec(any_put(), 0..12),
        nonsense in vec((any_span(), any_span(), any_put()), 0..6),
    ) {
        let mut state = State::default();
        let elsewhere = nonsense.into_iter().map(|(key, words, (target, field, value))| {
            let target = match target {
                Target::Event(..) => Target::Event(0, key),
                _ => Target::Mention(0, key),
            };
            match field {
                Field::Words | Field::Scene => (target, Field::Words, Some(Value::Words(words))),
                field => (target, field, value),
            }
        });
        for (number, put) in puts.into_iter().chain(elsewhere).enumerate() {
            let id = EntryId(number as u64);
            state.sign(id, Author { who: "Ann".to_owned(), at: number as i64 });
            let edit = state.edit("", [put]);
            state.apply(&edit, id);
        }
        let laid = overlaid(found.clone(), 0, &state);
        prop_assert_eq!(&laid.article.text, &found.article.text);
        let text = &laid.article.text;
        for mention in &laid.mentions {
            prop_assert!(text.get(mention.span.start..mention.span.end).is_some_and(|words| !words.is_empty()));
            prop_assert!(mention.candidates.len() <= 5);
            prop_assert!(!mention.resolved || !mention.candidates.is_empty());
            if mention.is_rejected() {
                prop_assert!(mention.place().is_none());
            }
        }
        for pair in laid.mentions.windows(2) {
            prop_assert!(pair[0].span.end <= pair[1].span.start, "{:?} {:?}", pair[0].span, pair[1].span);
        }
        for event in &laid.events {
            prop_assert!(text.get(event.trigger.start..event.trigger.end).is_some());
            for (at, &place) in event.places.iter().enumerate() {
                prop_assert!(laid.mentions.get(place).is_some_and(|mention| !mention.is_rejected()));
                prop_assert!(!event.places[..at].contains(&place));
            }
        }
        prop_assert!(laid.events.windows(2).all(|pair| pair[0].trigger <= pair[1].trigger));
        for area in &laid.areas {
            prop_assert!(laid.mentions.iter().any(|mention| mention.span == area.anchor && mention.place().is_some()));
        }
        // What is decided of a mention that is there is what it shows.
        let same = |place: &Arc<crate::model::Place>| stands_for(&state, &place.id).unwrap_or(place).id.clone();
        for mention in &laid.mentions {
            let held = state.get(&Target::Mention(0, mention.key()), Field::Place).map(|held| &held.value);
            match held {
                Some(Value::Place(place) | Value::Confirmed(place)) => {
                    prop_assert_eq!(mention.place().map(|place| place.id.clone()), Some(same(place)));
                }
                Some(Value::Rejected) => prop_assert!(mention.is_rejected()),
                _ => prop_assert!(!mention.is_rejected()),
            }
        }
        let told = told_of(0, &found.article, &state);
        prop_assert!(told.mentions.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start));
    }
}

use std::sync::Arc;

/// The first article with mentions and events somewhere in its text.
fn found() -> impl Strategy<Value = Geoparsed> {
    let mention = (any_span(), vec(place(), 0..4), any::<bool>());
    (vec(mention, 0..8), vec((any_span(), vec(0..8_usize, 0..3)), 0..4)).prop_map(|(mentions, events)| {
        let article = random::article(0).unwrap();
        let fits = |span: Span| !span.is_empty() && article.text.get(span.start..span.end).is_some();
        let mut found = Geoparsed::default();
        for (span, places, resolved) in mentions {
            if !fits(span) || found.mentions.iter().any(|mention| mention.span.overlaps(span)) {
                continue;
            }
            let mut candidates: Vec<Candidate> = Vec::new();
            for place in places {
                if !candidates.iter().any(|other| other.place.id == place.id) {
                    candidates.push(Candidate { place, score: 0.5, reasons: Vec::new() });
                }
            }
            let resolved = resolved && !candidates.is_empty();
            let (kind, sense, role) = (Kind::Name, Sense::Literal, Role::Mention);
            found.mentions.push(Mention { span, kind, sense, role, candidates, resolved, decided: None });
        }
        found.mentions.sort_by_key(|mention| mention.span);
        for mention in found.mentions.iter().filter(|mention| mention.place().is_some()) {
            let area = Area { span: mention.span, anchor: mention.span, lat: 1.0, lon: 2.0, radius_m: 3.0 };
            found.areas.push(area);
        }
        for (trigger, mut places) in events.into_iter().filter(|(trigger, _)| fits(*trigger)) {
            places.retain(|&place| place < found.mentions.len());
            places.dedup();
            places.sort_unstable();
            places.dedup();
            found.events.push(Event {
                trigger,
                kind: EventType::Fight,
                subtype: None,
                polarity: Polarity::Happened,
                background: false,
                places,
                when: When::Unknown,
                actors: Vec::new(),
                quote: trigger,
                score: 0.5,
                decided: None,
            });
        }
        found.events.sort_by_key(|event| event.trigger);
        found.article = article;
        found
    })
}
