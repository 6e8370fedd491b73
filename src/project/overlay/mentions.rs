//! Decisions about mentions, laid over those that the program found.
//! Found mentions may overlap each other, where a caller handed in such spans; only what a person added or gave other
//! words to pushes anything out.

use std::cmp::Reverse;
use std::sync::Arc;

use super::super::edit::{Field, Value};
use super::super::state::{Said, State};
use super::same::{SameAs, reason};
use super::voice::{Voice, fits};
use crate::gazetteer::fold;
use crate::model::{Candidate, Geoparsed, How, Kind, Mention, Place, Role, Sense, Span, one_line};

/// Candidates that a mention keeps.
const KEPT: usize = 5;
/// What settles a mention, the most telling first.
const SETTLING: [Field; 5] = [Field::Place, Field::Words, Field::Added, Field::Sense, Field::Kind];

/// Of every mention that was found, its number now; that of the one which pushed it out, where one did.
pub(super) type Moved = Vec<Option<usize>>;

/// How much a mention holds its ground, the weakest first, against one that it overlaps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Ground {
    /// The program no longer finds it, and nobody said what it is.
    Faint,
    /// The program finds it.
    Found,
    /// A person put it there, or said what place it is.
    Decided,
}

/// A mention on its way from what was found to what is shown.
struct Laid {
    mention: Mention,
    /// Numbers among those that were found.
    from: Vec<usize>,
    /// Whether it stands where none was found.
    moved: bool,
    /// Whether a person said what place it is, or that it is none.
    placed: bool,
    /// Who gives way: what holds its ground more, then what was said later, then what stands first.
    rank: (Ground, (i64, u64), Reverse<Span>),
}

/// Lays what is said about mentions over those that were found.
pub(super) fn lay(found: &mut Geoparsed, said: &Said, state: &State, same: &SameAs<'_>) -> Moved {
    let text = found.article.text.as_str();
    let voices = Voice::all(&said.mentions);
    let mut mentions = std::mem::take(&mut found.mentions);
    for mention in &mut mentions {
        same.candidates(&mut mention.candidates);
    }
    let count = mentions.len();
    let mut all = laid(mentions, &voices, text, state, same);
    if !state.names().is_empty() {
        all.iter_mut()
            .filter(|laid| !laid.placed)
            .for_each(|laid| by_name(&mut laid.mention, text, state, same));
    }
    let (mentions, moved) = standing(all, count);
    found.mentions = mentions;
    moved
}

/// Every mention that was found or is spoken of.
fn laid(
    mentions: Vec<Mention>,
    voices: &[Voice<'_>],
    text: &str,
    state: &State,
    same: &SameAs<'_>,
) -> Vec<Laid> {
    let mut all: Vec<Laid> =
        mentions.into_iter().enumerate().map(|(number, mention)| Laid::found(number, mention)).collect();
    all.sort_by_key(|laid| laid.mention.span);
    let spans: Vec<Span> = all.iter().map(|laid| laid.mention.span).collect();
    let found = |words: Span| {
        let at = spans.partition_point(|span| *span < words);
        (spans.get(at) == Some(&words)).then_some(at)
    };
    for voice in voices {
        let words = match voice.value(Field::Words) {
            Some(&Value::Words(words)) if fits(words, text) => words,
            _ => voice.key,
        };
        if !fits(words, text) {
            continue;
        }
        // Other words may have been found since, with places for them.
        let (now, before) = (found(words), found(voice.key).filter(|_| words != voice.key));
        let at = now.or(before).unwrap_or(all.len());
        if at == all.len() {
            all.push(Laid::unknown(words));
        }
        if let (Some(_), Some(before)) = (now, before)
            && let Some(from) = all.get_mut(before).map(|laid| std::mem::take(&mut laid.from))
            && let Some(laid) = all.get_mut(at)
        {
            laid.from.extend(from);
        }
        if let Some(laid) = all.get_mut(at) {
            laid.hear(voice, words, state, same);
        }
    }
    // Whose words are found as another mention has gone over to that one.
    all.retain(|laid| laid.moved || !laid.from.is_empty());
    all
}

impl Laid {
    fn found(number: usize, mention: Mention) -> Self {
        let rank = (Ground::Found, (0, 0), Reverse(mention.span));
        Self { mention, from: vec![number], moved: false, placed: false, rank }
    }

    /// One that the program knows nothing of.
    fn unknown(span: Span) -> Self {
        let (kind, sense, role) = (Kind::Name, Sense::Literal, Role::Mention);
        let mention =
            Mention { span, kind, sense, role, candidates: Vec::new(), resolved: false, decided: None };
        let rank = (Ground::Faint, (0, 0), Reverse(span));
        Self { mention, from: Vec::new(), moved: true, placed: false, rank }
    }

    /// Does what is said.
    fn hear(&mut self, voice: &Voice<'_>, words: Span, state: &State, same: &SameAs<'_>) {
        let mention = &mut self.mention;
        self.moved |= mention.span != words;
        mention.span = words;
        if let Some(&Value::Kind(kind)) = voice.value(Field::Kind) {
            mention.kind = kind;
        }
        if let Some(&Value::Sense(sense)) = voice.value(Field::Sense) {
            mention.sense = sense;
        }
        let added = voice.value(Field::Added) == Some(&Value::Yes);
        self.placed = true;
        let how = match voice.value(Field::Place) {
            Some(Value::Rejected) => How::Rejected,
            Some(Value::Confirmed(place)) => {
                choose(mention, place, None, same);
                How::Confirmed
            }
            Some(Value::Place(place)) => {
                choose(mention, place, Some("chosen by hand".to_owned()), same);
                How::Corrected
            }
            _ => {
                self.placed = false;
                How::Auto
            }
        };
        let how = match how {
            How::Rejected => How::Rejected,
            _ if added => How::Added,
            How::Auto if words != voice.key => How::Corrected,
            _ => how,
        };
        let mut decided = voice.decided(how, &SETTLING, state);
        decided.found = (words != voice.key).then_some(voice.key);
        mention.decided = Some(Box::new(decided));
        let ground = match how {
            How::Added | How::Corrected | How::Confirmed => Ground::Decided,
            How::Auto | How::Rejected => self.rank.0,
        };
        self.rank = (ground, voice.last(state), Reverse(words));
    }
}

/// Puts a place before all others. One that is chosen is certain; one that is agreed with keeps its score.
fn choose(mention: &mut Mention, place: &Arc<Place>, chosen: Option<String>, same: &SameAs<'_>) {
    let candidates = &mut mention.candidates;
    let meant = same.place(place);
    let at = candidates.iter().position(|candidate| candidate.place.id == meant.id);
    let known = at.map(|at| candidates.remove(at));
    let (score, mut reasons) = known.map_or((1.0, Vec::new()), |known| (known.score, known.reasons));
    let score = if chosen.is_some() { 1.0 } else { score };
    let merged = (meant.id != place.id).then(|| reason(place));
    let agreed = chosen.unwrap_or_else(|| "confirmed by hand".to_owned());
    let mut told = vec![agreed];
    told.extend(merged);
    reasons.retain(|reason| !told.contains(reason));
    told.append(&mut reasons);
    candidates.insert(0, Candidate { place: meant, score, reasons: told });
    candidates.truncate(KEPT);
    mention.resolved = true;
}

/// Places a mention about which nobody decided by what its name means in all articles.
fn by_name(mention: &mut Mention, text: &str, state: &State, same: &SameAs<'_>) {
    let words = mention.span.of(text);
    let Some(held) = state.names().get(&(fold(words), Field::Means)) else { return };
    let Some(place) = held.value.place() else { return };
    choose(mention, place, Some(format!("in this collection “{}” means it", one_line(words))), same);
    let decided = mention.decided.get_or_insert_default();
    if decided.how == How::Auto {
        decided.how = How::Corrected;
        decided.by = state.author(held.entry).map(|author| author.who.clone()).unwrap_or_default();
    }
}

/// Those that stand, in text order: where two cannot both, the one that holds its ground more. `found` is how many
/// were found.
fn standing(mut all: Vec<Laid>, found: usize) -> (Vec<Mention>, Moved) {
    let mut gone: Vec<Laid> = Vec::new();
    if all.iter().any(|laid| laid.moved) {
        all.sort_by_key(|laid| Reverse(laid.rank));
        let (mut still, mut shifted): (Vec<Laid>, Vec<Laid>) = (Vec::new(), Vec::new());
        for laid in all {
            let span = laid.mention.span;
            let clash = |others: &[Laid]| others.iter().any(|other| other.mention.span.overlaps(span));
            let list = match (clash(&shifted) || laid.moved && clash(&still), laid.moved) {
                (true, _) => &mut gone,
                (false, true) => &mut shifted,
                (false, false) => &mut still,
            };
            list.push(laid);
        }
        still.append(&mut shifted);
        all = still;
    }
    all.sort_by_key(|laid| laid.mention.span);
    let mut moved: Moved = vec![None; found];
    let mut note = |from: &[usize], to: usize| {
        for &from in from {
            if let Some(moved) = moved.get_mut(from) {
                *moved = Some(to);
            }
        }
    };
    for (number, laid) in all.iter().enumerate() {
        note(&laid.from, number);
    }
    for laid in &gone {
        let over = |other: &Laid| other.moved && other.mention.span.overlaps(laid.mention.span);
        if let Some(number) = all.iter().position(over) {
            note(&laid.from, number);
        }
    }
    (all.into_iter().map(|laid| laid.mention).collect(), moved)
}
