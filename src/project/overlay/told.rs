//! What is decided about one article, for whoever places its other mentions anew.
//! Notes and tags are left out: they say nothing of places.

use std::sync::Arc;

use super::super::edit::{Field, Target, Value};
use super::super::state::State;
use super::same::SameAs;
use super::voice::{Voice, fits};
use crate::model::{Article, Kind, Place, Sense, Span};

/// What is decided of words.
#[derive(Clone, Debug, PartialEq)]
pub enum Ruling {
    /// They mean this place.
    Is(Arc<Place>),
    /// They mention none.
    Rejected,
    /// They mention one, nobody said which.
    Unplaced,
}

/// A decision about words of an article.
#[derive(Clone, Debug, PartialEq)]
pub struct Decision {
    /// The words, bytes.
    pub span: Span,
    /// What sort of words, where somebody said it.
    pub kind: Option<Kind>,
    /// Literal or associative, where somebody said it.
    pub sense: Option<Sense>,
    /// What is decided.
    pub ruling: Ruling,
}

/// What is decided about one article.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Decisions {
    /// In text order, not overlapping.
    pub mentions: Vec<Decision>,
    /// Where its outlet is at home.
    pub home: Option<Arc<Place>>,
}

impl Decisions {
    /// Whether nothing is decided.
    pub fn is_empty(&self) -> bool {
        self.mentions.is_empty() && self.home.is_none()
    }
}

/// What is decided about an article.
pub fn told_of(number: u32, article: &Article, state: &State) -> Decisions {
    let Some(said) = state.article(number) else { return Decisions::default() };
    let same = SameAs::new(state);
    let mut decisions: Vec<(Decision, (i64, u64))> = Vec::new();
    for voice in Voice::all(&said.mentions) {
        let one = |decision| (decision, voice.last(state));
        decisions.extend(decision_of(&voice, &article.text, &same).map(one));
    }
    // Of two that overlap, the one that places something, then the later one.
    let rank = |(decision, last): &(Decision, (i64, u64))| (decision.ruling != Ruling::Rejected, *last);
    decisions.sort_by(|a, b| rank(b).cmp(&rank(a)).then(a.0.span.cmp(&b.0.span)));
    let mut mentions: Vec<Decision> = Vec::new();
    for (one, _) in decisions {
        let at = mentions.partition_point(|other| other.span < one.span);
        let clash = |other: Option<&Decision>| other.is_some_and(|other| other.span.overlaps(one.span));
        if !clash(mentions.get(at)) && !clash(at.checked_sub(1).and_then(|before| mentions.get(before))) {
            mentions.insert(at, one);
        }
    }
    let home = state.get(&Target::Article(number), Field::Home).and_then(|held| held.value.place());
    Decisions { mentions, home: home.map(|home| same.place(home)) }
}

/// What each name means in all articles where somebody said so: folded, in the order of the alphabet.
pub fn aliases(state: &State) -> Vec<(String, Arc<Place>)> {
    let same = SameAs::new(state);
    let names = state.names().iter().filter(|((_, field), _)| *field == Field::Means);
    names.filter_map(|((name, _), held)| Some((name.clone(), same.place(held.value.place()?)))).collect()
}

fn decision_of(voice: &Voice<'_>, text: &str, same: &SameAs<'_>) -> Option<Decision> {
    let words = match voice.value(Field::Words) {
        Some(&Value::Words(words)) if fits(words, text) => words,
        _ => voice.key,
    };
    let kind = match voice.value(Field::Kind) {
        Some(&Value::Kind(kind)) => Some(kind),
        _ => None,
    };
    let sense = match voice.value(Field::Sense) {
        Some(&Value::Sense(sense)) => Some(sense),
        _ => None,
    };
    let ruling = match voice.value(Field::Place) {
        Some(Value::Rejected) => Ruling::Rejected,
        Some(Value::Place(place) | Value::Confirmed(place)) => Ruling::Is(same.place(place)),
        _ if voice.says(&[Field::Added, Field::Words, Field::Kind, Field::Sense]) => Ruling::Unplaced,
        _ => return None,
    };
    fits(words, text).then_some(Decision { span: words, kind, sense, ruling })
}
