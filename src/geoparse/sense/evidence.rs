//! All that speaks for the one or the other sense of a mention: the class of every word that plays a part, by
//! itself and together with a few circumstances.
//! "In" before a name counts otherwise where the name owns something ("a role in Tunisia's decisions") than where
//! it stands alone ("a base in Tunisia"), and "between" after "flights" otherwise than after "relations".

use super::super::recognize::Toponym;
use super::super::tokens::{Case, Form, Text};
use super::super::words::{ACTING, GOVERNMENT_VERBS};
use super::classes::{self, Class, classes};
use super::phrase::{NONE, Phrase, Slot};
use crate::gazetteer::Gazetteer;
use crate::model::Kind;

/// What a word's class is counted together with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Circumstance {
    /// Nothing.
    Any,
    /// What the name is: a people's word; a country or a capital; a division; anything else.
    Demonym,
    State,
    Division,
    Spot,
    /// What the name does in its phrase: it is an adjective, an owner, the beginning of a longer name, half of a
    /// hyphenated word, a subject, nothing of these.
    Attributive,
    Owner,
    InName,
    Hyphenated,
    Subject,
    Bare,
    /// Whether a word of place governs it.
    Placed,
    Unplaced,
    /// Words of sport stand around.
    Sport,
    /// It is governed by a small word of that class.
    Governed(Class),
}

impl Circumstance {
    /// Those that are no class of the governing word, in order.
    pub(crate) const PLAIN: [Self; 14] = [
        Self::Any,
        Self::Demonym,
        Self::State,
        Self::Division,
        Self::Spot,
        Self::Attributive,
        Self::Owner,
        Self::InName,
        Self::Hyphenated,
        Self::Subject,
        Self::Bare,
        Self::Placed,
        Self::Unplaced,
        Self::Sport,
    ];

    /// How the table of weights writes it.
    pub(crate) fn name(self) -> String {
        match self {
            Self::Governed(class) => {
                format!("after:{}", classes().names().get(usize::from(class)).copied().unwrap_or_default())
            }
            plain => format!("{plain:?}").to_lowercase(),
        }
    }

    /// Its place among all circumstances.
    pub(crate) fn number(self) -> usize {
        match self {
            Self::Governed(class) => Self::PLAIN.len() + usize::from(class),
            plain => Self::PLAIN.iter().position(|&other| other == plain).unwrap_or_default(),
        }
    }
}

/// A class in a slot under a circumstance.
pub(crate) type Clue = (Circumstance, Slot, Class);

/// A mention, and what stands around it.
pub(crate) struct Seen<'a> {
    pub(crate) text: &'a Text<'a>,
    pub(crate) gazetteer: &'a Gazetteer,
    pub(crate) this: &'a Toponym,
    pub(crate) phrase: Phrase,
    /// Whether it is one of a row of names.
    pub(crate) row: bool,
}

impl Seen<'_> {
    /// Every clue once; `covered` tells which tokens are of mentions.
    pub(crate) fn clues(&self, covered: &[bool]) -> Vec<Clue> {
        let known = classes();
        let (kind, relation) = (self.kind(), self.relation());
        let placed = if self.placed() { Circumstance::Placed } else { Circumstance::Unplaced };
        let sport = self.sport();
        let mut governors: Vec<Class> = Vec::new();
        known.of_token(self.text, self.phrase.governor(), |class| {
            governors.extend(Some(class).filter(|&class| known.is_small(class)));
        });
        let mut clues: Vec<Clue> = Vec::with_capacity(256);
        let mut add = |slot: Slot, class: Class| {
            clues.push((Circumstance::Any, slot, class));
            let (head, about) = (slot.is_head(), matches!(slot, Slot::Itself));
            if head || about || matches!(slot, Slot::Governor | Slot::HyphenAfter) {
                clues.push((kind, slot, class));
            }
            if about || slot == Slot::Governor {
                clues.push((relation, slot, class));
            }
            if head || about {
                clues.push((placed, slot, class));
            }
            let played = matches!(slot, Slot::Governor | Slot::Attached | Slot::Verb | Slot::PossHead);
            if sport && (about || played) {
                clues.push((Circumstance::Sport, slot, class));
            }
            if slot == Slot::Attached {
                clues.extend(governors.iter().map(|&by| (Circumstance::Governed(by), slot, class)));
            }
        };
        for &(slot, token) in &self.phrase.filled {
            known.of_token(self.text, token, |class| add(slot, class));
            if token != NONE && covered.get(token) == Some(&true) {
                add(slot, classes::PLACE);
            }
        }
        self.itself(sport).for_each(|class| add(Slot::Itself, class));
        clues.sort_unstable();
        clues.dedup();
        clues
    }

    /// Whether a word of place governs it.
    pub(super) fn placed(&self) -> bool {
        let mut placed = false;
        let known = classes();
        known.of_token(self.text, self.phrase.governor(), |class| placed |= known.is_placing(class));
        placed
    }

    /// Whether the name is the subject of what governments do.
    pub(super) fn acts(&self) -> bool {
        let verb = self.phrase.filled.iter().find(|&&(slot, _)| slot == Slot::Verb);
        verb.is_some_and(|&(_, token)| {
            GOVERNMENT_VERBS.has(self.text.folded(token)) || ACTING.has(self.text.folded(token))
        })
    }

    /// "European states have accused": the states that act are governments, where others are land.
    pub(super) fn is_of_acting_states(&self) -> bool {
        let head = self.phrase.filled.iter().find(|&&(slot, _)| slot == Slot::AttrHead);
        let Some(&(_, head)) = head else { return false };
        let states = matches!(self.text.folded(head), "states" | "countries" | "nations" | "powers");
        let auxiliary = |i: &usize| classes().is_auxiliary(self.text.folded(*i));
        let verb = (head + 1..head + 4).find(|i| !auxiliary(i)).map_or("", |i| self.text.folded(i));
        states && (GOVERNMENT_VERBS.has(verb) || ACTING.has(verb))
    }

    fn feature(&self) -> (char, &str) {
        self.this.hits.first().map_or((' ', ""), |best| self.gazetteer.feature(best.row))
    }

    fn kind(&self) -> Circumstance {
        match self.feature() {
            _ if self.this.kind == Kind::Demonym => Circumstance::Demonym,
            (_, code) if code.starts_with("PCL") || code == "PPLC" => Circumstance::State,
            ('A', _) => Circumstance::Division,
            _ => Circumstance::Spot,
        }
    }

    fn relation(&self) -> Circumstance {
        let has = |slot: Slot| self.phrase.filled.iter().any(|&(other, _)| other == slot);
        if has(Slot::AttrHead) {
            Circumstance::Attributive
        } else if has(Slot::PossHead) {
            Circumstance::Owner
        } else if has(Slot::RunLast) {
            Circumstance::InName
        } else if has(Slot::HyphenAfter) {
            Circumstance::Hyphenated
        } else if has(Slot::Verb) || has(Slot::Auxiliary) {
            Circumstance::Subject
        } else {
            Circumstance::Bare
        }
    }

    /// Whether words of sport stand around.
    fn sport(&self) -> bool {
        let near = self.this.first.saturating_sub(30)..(self.this.end + 20).min(self.text.tokens.len());
        near.into_iter().any(|i| classes().is_sport(self.text.folded(i)))
    }

    /// Classes of the mention itself.
    fn itself(&self, sport: bool) -> impl Iterator<Item = Class> {
        let what = match self.feature() {
            (_, code) if code.starts_with("PCL") => classes::COUNTRY,
            (_, "PPLC") => classes::CAPITAL_CITY,
            ('A', _) => classes::DIVISION,
            ('P', _) => classes::TOWN,
            ('H' | 'T' | 'V' | 'L', _) => classes::NATURE,
            ('S' | 'R', _) => classes::BUILDING,
            _ => classes::OTHER_KIND,
        };
        let first = self.text.tokens.get(self.this.first);
        let holds = [
            (true, classes::MENTION),
            (true, what),
            (self.this.kind == Kind::Demonym, classes::DEMONYM),
            (self.this.kind == Kind::Embedded, classes::EMBEDDED),
            (first.is_some_and(|first| first.opens), classes::OPENS),
            (self.text.case(self.this.first) != Case::Sentence, classes::HEADLINE),
            (first.is_some_and(|first| first.form == Form::Upper && first.span.len() > 4), classes::CAPS),
            (self.row, classes::ROW),
            (sport, classes::SPORT_NEAR),
        ];
        holds.into_iter().filter(|&(holds, _)| holds).map(|(_, class)| class)
    }
}
