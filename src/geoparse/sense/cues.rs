//! What around a name tells its sense: the words before, the words after, and what the place is.
//! What is before and after a row of names counts for each of them.

use super::super::recognize::Toponym;
use super::super::tokens::{Case, Form, Text};
use super::super::words::{
    ACTING, BEFALLEN, DEALINGS, DIRECTIONS, FUNCTION_WORDS, GOVERNMENT_VERBS, HYPHEN_PLACES, LOCATIVES,
    OF_PARTIES, PLACE_NOUNS, ROLE_NOUNS, SITE_NOUNS, TITLES, TO_PARTIES,
};
use crate::gazetteer::Gazetteer;
use crate::model::Kind;

macro_rules! cues {
    ($($(#[$doc:meta])* $name:ident,)*) => {
        /// Something that speaks for the literal or the associative sense.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum Cue { $($(#[$doc])* $name,)* }

        impl Cue {
            /// Every cue.
            #[cfg(test)]
            pub(crate) const ALL: &'static [Cue] = &[$(Cue::$name,)*];
            /// Number of cues.
            pub(crate) const COUNT: usize = [$(Cue::$name,)*].len();
        }
    };
}

cues! {
    /// Always 1.
    Bias,
    /// What it is: a people's word, a country, a capital, a division, a seat of government.
    Demonym, Country, Capital, Division, Seat, Nature,
    /// It opens a sentence; it stands in a headline; it is one of a row.
    Opens, Headline, Row,
    /// "in", "from", "to"; the rest of the words of place.
    In, From, To, Locative,
    /// "aid to"; "the city of"; "the president of"; another "of".
    Between, ToParty, OfPlace, OfParty, Of,
    /// "accused", "with"; a point of the compass before; a title before; no word before but punctuation.
    Dealing, DealingVerb, Befallen, CapitalParty, Direction, The, CommaBefore, ParenBefore,
    /// A hyphen before; one after, as in "Berlin-based"; another one after, as in "U.S.-led".
    HyphenBefore, HyphenPlace, HyphenAfter,
    /// "Egypt's coast"; "Egypt's interest".
    PossessiveSite, PossessiveParty, PossessivePartyPlaced,
    /// The noun that follows, an adjective or two skipped: a person's or a body's; a site's; another.
    Role, Site, SiteDemonym, Noun, Name,
    /// What follows: an end, a comma, a bracket, a preposition, a number.
    End, Comma, Bracket, Preposition, Number,
    /// It acts: "said"; "has insisted"; another verb.
    Acts, ActsInPlace, ActsState, Auxiliary, AuxiliaryState, Past, Score,
}

/// The cues of one mention.
#[derive(Clone, Debug)]
pub(crate) struct Cues(pub(crate) [f32; Cue::COUNT]);

impl Cues {
    fn mark(&mut self, cue: Cue, holds: bool) {
        self.0[cue as usize] = if holds { 1.0 } else { 0.0 };
    }

    /// Whether it acts, or others deal with it.
    pub(crate) fn of_party(&self) -> bool {
        self.any(&[Cue::Acts, Cue::Dealing, Cue::ToParty, Cue::Between]) && !self.placed()
    }

    /// Whether it is a seat of government that no word of place precedes, or a capital dealt with:
    /// "prompted Washington to suspend aid".
    pub(crate) fn of_seat(&self) -> bool {
        (self.has(Cue::Seat) || self.has(Cue::CapitalParty)) && !self.placed()
    }

    /// Whether a word of place stands before.
    fn placed(&self) -> bool {
        self.any(&[Cue::In, Cue::From, Cue::To, Cue::Locative, Cue::OfPlace])
    }

    /// Whether the name can stand for a state.
    fn of_state(&self) -> bool {
        self.any(&[Cue::Country, Cue::Capital, Cue::Seat])
    }

    fn any(&self, cues: &[Cue]) -> bool {
        cues.iter().any(|&cue| self.has(cue))
    }

    fn has(&self, cue: Cue) -> bool {
        self.0[cue as usize] > 0.0
    }
}

/// Reads the cues of a mention that stands in the row of names of tokens `first..end`.
pub(crate) fn read(text: &Text<'_>, gazetteer: &Gazetteer, this: &Toponym, first: usize, end: usize) -> Cues {
    let mut cues = Cues([0.0; Cue::COUNT]);
    cues.mark(Cue::Bias, true);
    cues.mark(Cue::Demonym, this.kind == Kind::Demonym);
    if let Some(best) = this.hits.first() {
        let (class, code) = gazetteer.feature(best.row);
        cues.mark(Cue::Country, code.starts_with("PCL"));
        cues.mark(Cue::Capital, code == "PPLC");
        cues.mark(Cue::Division, class == 'A' && !code.starts_with("PCL"));
        cues.mark(Cue::Seat, matches!(code, "GOVL" | "PAL" | "ADMF"));
        cues.mark(Cue::Nature, matches!(class, 'H' | 'T' | 'L' | 'V'));
    }
    cues.mark(Cue::Opens, text.tokens.get(first).is_some_and(|token| token.opens));
    cues.mark(Cue::Headline, text.case(first) != Case::Sentence);
    cues.mark(Cue::Row, (first, end) != (this.first, this.end));
    before(text, first, &mut cues);
    after(text, this, end, &mut cues);
    cues
}

fn before(text: &Text<'_>, first: usize, cues: &mut Cues) {
    let mut at = text.before(first);
    while let Some(i) = at {
        let folded = text.folded(i);
        cues.mark(Cue::Direction, cues.has(Cue::Direction) || DIRECTIONS.has(folded));
        cues.mark(Cue::The, cues.has(Cue::The) || folded == "the");
        if !DIRECTIONS.has(folded) && !matches!(folded, "the" | "both" | "some") {
            break;
        }
        at = text.before(i);
    }
    let Some(i) = at else { return };
    let folded = text.folded(i);
    let earlier = text.before(i).map_or("", |n| text.folded(n));
    let party =
        matches!(folded, "to" | "with" | "between" | "from" | "against" | "for") && TO_PARTIES.has(earlier);
    cues.mark(Cue::In, matches!(folded, "in" | "at"));
    cues.mark(Cue::From, folded == "from" && !party);
    cues.mark(Cue::Between, folded == "between" && !party);
    cues.mark(Cue::To, folded == "to" && !party);
    cues.mark(Cue::ToParty, party);
    cues.mark(
        Cue::Locative,
        LOCATIVES.has(folded) && !matches!(folded, "in" | "at" | "from" | "to" | "between"),
    );
    if folded == "of" {
        let (place, party) = (PLACE_NOUNS.has(earlier), OF_PARTIES.has(earlier) || TITLES.has(earlier));
        cues.mark(Cue::OfPlace, place);
        cues.mark(Cue::OfParty, party && !place);
        cues.mark(Cue::Of, !party && !place);
    }
    let dealing = DEALINGS.has(folded) && !party;
    cues.mark(Cue::Dealing, dealing);
    cues.mark(Cue::DealingVerb, dealing && !FUNCTION_WORDS.has(folded));
    cues.mark(Cue::Befallen, BEFALLEN.has(folded));
    let dealt = party || dealing && !FUNCTION_WORDS.has(folded);
    cues.mark(Cue::CapitalParty, dealt && cues.has(Cue::Capital));
    let glued = !text.tokens[first].space;
    cues.mark(Cue::HyphenBefore, glued && matches!(text.str(i), "-" | "‐" | "‑"));
    cues.mark(Cue::CommaBefore, text.str(i) == ",");
    cues.mark(Cue::ParenBefore, text.str(i) == "(");
}

fn after(text: &Text<'_>, this: &Toponym, end: usize, cues: &mut Cues) {
    let own = this.end.checked_sub(1).and_then(|last| text.after(last));
    if let Some(mark) = own.filter(|&i| text.tokens[i].form == Form::Possessive) {
        let site = noun_after(text, mark).is_some_and(|i| is_site(text.folded(i)));
        cues.mark(Cue::PossessiveSite, site);
        cues.mark(Cue::PossessiveParty, !site);
        cues.mark(Cue::PossessivePartyPlaced, !site && cues.placed());
        return;
    }
    let hyphen = own.filter(|&i| matches!(text.str(i), "-" | "‐" | "‑") && !text.tokens[i].space);
    if let Some(word) = hyphen.and_then(|i| text.after(i)) {
        let place = HYPHEN_PLACES.has(text.folded(word));
        cues.mark(Cue::HyphenPlace, place);
        cues.mark(Cue::HyphenAfter, !place);
        return;
    }
    let Some(next) = text.after(end - 1) else {
        cues.mark(Cue::End, true);
        return;
    };
    let token = &text.tokens[next];
    cues.mark(Cue::End, matches!(text.str(next), "." | "!" | "?" | ";"));
    cues.mark(Cue::Comma, text.str(next) == ",");
    cues.mark(Cue::Bracket, matches!(text.str(next), "(" | ")"));
    cues.mark(Cue::Number, token.form == Form::Number);
    cues.mark(Cue::Score, score_follows(text, next));
    verb(text, next, cues);
    if cues.has(Cue::Acts) || cues.has(Cue::Auxiliary) || cues.has(Cue::Past) {
        return;
    }
    let lower = token.form == Form::Lower;
    cues.mark(Cue::Preposition, lower && FUNCTION_WORDS.has(&token.folded));
    attributive(text, end, cues);
}

/// The noun that the name stands before as an adjective: "US drone strikes", "Egyptian President".
fn attributive(text: &Text<'_>, end: usize, cues: &mut Cues) {
    let Some(noun) = noun_after(text, end - 1) else { return };
    let folded = text.folded(noun);
    let demonym = cues.has(Cue::Demonym);
    let (role, site) = (ROLE_NOUNS.has(folded) || TITLES.has(folded), is_site(folded));
    cues.mark(Cue::Role, role);
    cues.mark(Cue::Site, site && !role);
    cues.mark(Cue::SiteDemonym, site && !role && demonym);
    let name = text.tokens[noun].is_capital();
    cues.mark(Cue::Name, name && !role && !site);
    cues.mark(Cue::Noun, !name && !role && !site);
}

fn is_site(folded: &str) -> bool {
    SITE_NOUNS.has(folded) || PLACE_NOUNS.has(folded) || DIRECTIONS.has(folded)
}

/// The first word after `last` that is no function word, or the one or two after it if that is a person's,
/// a body's or a site's: "Russia's state tourism agency".
fn noun_after(text: &Text<'_>, last: usize) -> Option<usize> {
    let next = text.after(last).filter(|&i| is_noun(text, i))?;
    let mut at = next;
    for _ in 0..2 {
        if ROLE_NOUNS.has(text.folded(at)) || is_site(text.folded(at)) {
            return Some(at);
        }
        match text.after(at).filter(|&i| is_noun(text, i)) {
            Some(further) => at = further,
            None => break,
        }
    }
    Some(next)
}

fn is_noun(text: &Text<'_>, i: usize) -> bool {
    text.tokens[i].is_word() && !FUNCTION_WORDS.has(text.folded(i)) && !LOCATIVES.has(text.folded(i))
}

/// What the row of names does, if it is the subject: "Moscow said", "Saudi Arabia, which has showered",
/// "The United States and some European states have accused", "Cairo has insisted".
fn verb(text: &Text<'_>, next: usize, cues: &mut Cues) {
    let mut relative = false;
    for i in next..next + 6 {
        let Some(token) = text.tokens.get(i).filter(|t| t.sentence == text.tokens[next].sentence) else {
            return;
        };
        let folded = token.folded.as_str();
        relative |= matches!(folded, "which" | "who");
        let auxiliary = is_auxiliary(folded);
        let written = token.form == Form::Lower || text.case(i) != Case::Sentence;
        if written && (auxiliary || GOVERNMENT_VERBS.has(folded)) {
            return mark_verb(text, i, auxiliary, cues);
        }
        let before_it = if i > next { text.folded(next) == "and" } else { cues.has(Cue::Demonym) };
        let plural_noun = folded.ends_with('s') && before_it;
        let skipped = matches!(
            folded,
            "also"
                | "yesterday"
                | "today"
                | "this"
                | "last"
                | "month"
                | "week"
                | "year"
                | "earlier"
                | "and"
                | "not"
                | "on"
                | "some"
                | "other"
                | "which"
                | "who"
                | "both"
                | "long"
                | "now"
                | "never"
        ) || text.str(i) == ","
            || token.form == Form::Capital && folded.ends_with("day")
            || token.form == Form::Lower && folded.ends_with("ly")
            || plural_noun
            || token.is_capital() && text.folded(next) == "and";
        if !skipped {
            let past = token.form == Form::Lower && folded.ends_with("ed") && (i == next || relative);
            cues.mark(Cue::Past, past);
            return;
        }
    }
}

fn mark_verb(text: &Text<'_>, verb: usize, auxiliary: bool, cues: &mut Cues) {
    let acting = |i: usize| {
        GOVERNMENT_VERBS.has(text.folded(i)) && !is_auxiliary(text.folded(i)) || ACTING.has(text.folded(i))
    };
    let acts = !auxiliary || (verb + 1..verb + 4).any(acting);
    let (placed, state) = (cues.placed(), cues.of_state());
    cues.mark(Cue::Acts, acts);
    cues.mark(Cue::ActsInPlace, acts && placed);
    cues.mark(Cue::ActsState, acts && state && !placed);
    cues.mark(Cue::Auxiliary, !acts);
    cues.mark(Cue::AuxiliaryState, !acts && state && !placed);
}

fn is_auxiliary(folded: &str) -> bool {
    matches!(
        folded,
        "is" | "are"
            | "was"
            | "were"
            | "will"
            | "would"
            | "may"
            | "might"
            | "could"
            | "can"
            | "had"
            | "has"
            | "have"
            | "must"
            | "should"
    )
}

/// "beat Arsenal 2-1": the sentence gives a score.
fn score_follows(text: &Text<'_>, next: usize) -> bool {
    (next..next + 8).any(|i| {
        let number =
            |k: usize| text.tokens.get(k).is_some_and(|t| t.form == Form::Number && t.span.len() <= 3);
        number(i)
            && matches!(text.str(i + 1), "-" | "–")
            && number(i + 2)
            && text.tokens[i + 2].sentence == text.tokens[next].sentence
            && !text.tokens[i + 1].space
    })
}
