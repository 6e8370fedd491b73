//! What people decided about an article, and what of it recognition is told.
//! A decision is never weighed against anything: words that are no place are left out, and a place that was chosen is
//! certain, has a vote as every certain place has, and is what the same name means elsewhere in the article.
//!
//! # What a decision is worth
//!
//! By `fit_told` (CONTRIBUTING.md), by the weights inside the program: the share of an article's given spans within
//! 161 km before and after the place of one of the others is told, each of them in turn.
//!
//! | | LGL | GeoVirus | GeoWebNews, half |
//! | --- | --- | --- | --- |
//! | all others | .931 → .970 | .897 → .898 | .937 → .953 |
//! | same name, where it was wrong | .015 → .983 | .000 → 1.00 | .034 → .966 |
//! | other names, where it was wrong | .591 → .855 | .790 → .799 | .864 → .921 |
//! | other names, where it was right | .963 → .963 | .885 → .885 | .949 → .950 |

use std::sync::Arc;

use super::coordinates::Written;
use super::lexicon::Lexicon;
use super::recognize::Toponym;
use super::tokens::Text;
use super::{aliases, given};
use crate::gazetteer::{Gazetteer, fold};
use crate::model::{Candidate, Kind, Mention, Place, Sense, Span};

/// What people decided that an article is read by. Empty, it changes nothing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Told {
    /// About mentions of the article. Spans that overlap one decided before them count for nothing, nor do those that
    /// do not fit the text.
    pub mentions: Vec<ToldMention>,
    /// What names mean in all articles, by folded name ([`fold`]). The name is found wherever its words stand, and
    /// means the place unless somebody decided about the mention.
    pub names: Arc<[(String, Arc<Place>)]>,
    /// Where the article's outlet is at home; `None`: what is known or guessed of it.
    pub home: Option<Arc<Place>>,
}

/// What was decided about a mention, or about words that are one.
#[derive(Clone, Debug, PartialEq)]
pub struct ToldMention {
    /// Its words, bytes of the text.
    pub span: Span,
    /// What sort of words, where somebody said so.
    pub kind: Option<Kind>,
    /// Literal or associative, where somebody said so.
    pub sense: Option<Sense>,
    /// Whether it is a mention, and of which place.
    pub ruling: Ruling,
}

/// Whether words are a mention, and of which place.
#[derive(Clone, Debug, PartialEq)]
pub enum Ruling {
    /// Of this place.
    Is(Arc<Place>),
    /// They are none.
    Rejected,
    /// They are one, and its place is to be found: it was added, or has other words, kind or sense.
    Unplaced,
}

impl Told {
    /// Whether nothing was decided.
    pub fn is_empty(&self) -> bool {
        self.mentions.is_empty() && self.names.is_empty() && self.home.is_none()
    }

    /// The decisions that hold for a text, in its order, none over another. Of two that overlap, a mention counts
    /// before words that are none, and then the first.
    pub(super) fn holding<'a>(&'a self, text: &str) -> Holding<'a> {
        let fits = |told: &&ToldMention| !told.span.of(text).trim().is_empty();
        let mut order: Vec<&ToldMention> = self.mentions.iter().filter(fits).collect();
        order.sort_by_key(|told| (told.ruling == Ruling::Rejected, told.span));
        let mut holding: Vec<&ToldMention> = Vec::with_capacity(order.len());
        for told in order {
            if !holding.iter().any(|other| other.span.overlaps(told.span)) {
                holding.push(told);
            }
        }
        holding.sort_by_key(|told| told.span);
        Holding(holding)
    }
}

/// Who said what a name means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum By {
    /// Somebody, of this mention.
    Decision,
    /// Somebody, of the name in all articles.
    Alias,
}

/// The place that a mention is said to mean.
#[derive(Clone, Debug)]
pub(crate) struct Meant {
    pub(super) place: Arc<Place>,
    pub(super) by: By,
}

/// Decisions that hold for one text: sorted, none over another.
pub(super) struct Holding<'a>(Vec<&'a ToldMention>);

impl<'a> Holding<'a> {
    /// The decision about exactly these words.
    fn of(&self, span: Span) -> Option<&'a ToldMention> {
        let at = self.0.binary_search_by_key(&span, |told| told.span).ok()?;
        self.0.get(at).copied()
    }

    /// Whether a decision is about any of these words.
    pub(super) fn reaches(&self, span: Span) -> bool {
        let before = self.0.partition_point(|told| told.span.start < span.end);
        before.checked_sub(1).is_some_and(|last| self.0[last].span.end > span.start)
    }

    /// Leaves out written coordinates of which somebody said that they are none, or that other words are.
    pub(super) fn keep_written(&self, written: &mut Vec<Written>) {
        let untouched = |span: Span| match self.of(span) {
            Some(told) => told.ruling != Ruling::Rejected,
            None => !self.reaches(span),
        };
        written.retain(|written| untouched(written.span));
    }

    /// The names of an article as they were decided, of those that were found: in text order, each with whether it
    /// makes a mention.
    pub(super) fn toponyms(
        &self,
        text: &Text<'_>,
        gazetteer: &Gazetteer,
        found: Vec<(Toponym, bool)>,
        written: &[Written],
    ) -> Vec<(Toponym, bool)> {
        let free = |(toponym, _): &(Toponym, bool)| match self.of(toponym.span) {
            Some(told) => told.ruling != Ruling::Rejected,
            None => !self.reaches(toponym.span),
        };
        let mut all: Vec<(Toponym, bool)> = found.into_iter().filter(free).collect();
        let is_written = |span: Span| written.iter().any(|written| written.span == span);
        for told in self.0.iter().filter(|told| told.ruling != Ruling::Rejected && !is_written(told.span)) {
            if !all.iter().any(|(toponym, mentions)| *mentions && toponym.span == told.span) {
                all.push((given::toponym(text, gazetteer, told.span), true));
            }
        }
        for (toponym, mentions) in &mut all {
            let Some(told) = self.of(toponym.span) else { continue };
            (toponym.chance, *mentions) = (1.0, true);
            toponym.kind = told.kind.unwrap_or(toponym.kind);
            if let Ruling::Is(place) = &told.ruling {
                toponym.told = Some(Meant { place: Arc::clone(place), by: By::Decision });
            }
        }
        all.sort_by_key(|(toponym, mentions)| (toponym.span, !mentions));
        all
    }

    /// The sense that was decided.
    pub(super) fn sense(&self, span: Span) -> Option<Sense> {
        self.of(span)?.sense
    }

    /// What was decided of a mention that was written as coordinates.
    pub(super) fn dress(&self, mention: &mut Mention) {
        let Some(told) = self.of(mention.span) else { return };
        mention.kind = told.kind.unwrap_or(mention.kind);
        mention.sense = told.sense.unwrap_or(mention.sense);
        if let Ruling::Is(place) = &told.ruling {
            mention.candidates.retain(|candidate| candidate.place.id != place.id);
            mention.candidates.insert(0, chosen(place));
        }
    }
}

/// A candidate that somebody chose for the mention.
pub(super) fn chosen(place: &Arc<Place>) -> Candidate {
    Candidate { place: Arc::clone(place), score: 1.0, reasons: vec!["chosen by hand".to_owned()] }
}

/// Tells the names of an article what they mean in all articles, where nobody decided about the mention, and finds
/// those names where recognition did not.
pub(super) fn name(
    text: &Text<'_>,
    (gazetteer, lexicon): (&Gazetteer, &Lexicon),
    told: (&Told, &Holding<'_>),
    all: &mut Vec<(Toponym, bool)>,
) {
    let (told, holding) = told;
    if told.names.is_empty() {
        return;
    }
    let aliases = aliases::Aliases::new(&told.names);
    for (span, place) in aliases.found(text, gazetteer, lexicon, all) {
        if !holding.reaches(span) {
            all.retain(|(toponym, _)| !toponym.span.overlaps(span));
            let mut toponym = given::toponym(text, gazetteer, span);
            toponym.told = Some(Meant { place: Arc::clone(place), by: By::Alias });
            all.push((toponym, true));
        }
    }
    for (toponym, _) in all.iter_mut().filter(|(toponym, _)| toponym.told.is_none()) {
        let meant = aliases.of(&fold(toponym.span.of(text.text)));
        toponym.told = meant.map(|place| Meant { place: Arc::clone(place), by: By::Alias });
    }
    all.sort_by_key(|(toponym, mentions)| (toponym.span, !mentions));
}
