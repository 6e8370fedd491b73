//! Article text to mentions: recognition, resolution, sense, focus.
//! It never fails as a whole and does no IO.

mod coordinates;
#[cfg(test)]
mod fit;
mod focus;
mod given;
mod lexicon;
mod recognize;
mod relative;
mod resolve;
mod sense;
#[cfg(test)]
mod tests;
mod tokens;
mod words;

use std::collections::HashMap;
use std::sync::Arc;

use crate::gazetteer::{Gazetteer, Row};
use crate::model::{Article, Candidate, Geoparsed, Kind, Mention, Place, Role, Sense};
use lexicon::Lexicon;
use recognize::Toponym;
use resolve::{Home, Resolved};
use tokens::Text;

/// Candidates that a mention keeps.
const KEPT: usize = 5;
/// Least score with which a mention is put on the map.
const ENOUGH: f32 = 0.2;

/// Finds and places the mentions of articles. Shared between threads; the result depends on the
/// article and the gazetteer alone.
#[derive(Clone, Debug)]
pub struct Geoparser {
    gazetteer: Gazetteer,
    lexicon: Lexicon,
}

impl Geoparser {
    /// A geoparser over a gazetteer.
    pub fn new(gazetteer: Gazetteer) -> Self {
        Self { gazetteer, lexicon: Lexicon::embedded() }
    }

    /// Finds every mention of a place and resolves it. Spans in [`Article::given`], where there are
    /// any, are placed instead of what recognition finds.
    pub fn geoparse(&self, article: Article) -> Geoparsed {
        let text = Text::new(&article.text, &article.boilerplate);
        let toponyms = self.toponyms(&text, &article);
        let home = Home::read(article.source.as_deref(), article.url.as_deref());
        let resolved = resolve::resolve(&text, &self.gazetteer, &toponyms, &home);
        let (focus, about) = focus::focus(&self.gazetteer, &toponyms, &resolved, article.text.len());
        let mut maker = Maker { gazetteer: &self.gazetteer, resolved: &resolved, places: HashMap::new() };
        let senses = sense::senses(&text, &self.gazetteer, &toponyms);
        let mut mentions: Vec<Mention> = toponyms
            .iter()
            .zip(senses)
            .enumerate()
            .map(|(i, (toponym, sense))| maker.mention(i, toponym, sense, &about))
            .collect();
        if article.given.is_none() {
            for written in coordinates::find(&article.text) {
                let hidden = article.boilerplate.iter().any(|span| span.overlaps(written.span));
                if !hidden && !mentions.iter().any(|mention| mention.span.overlaps(written.span)) {
                    mentions.push(self.coordinate(&written));
                }
            }
            mentions.sort_by_key(|mention| mention.span);
        }
        let areas = relative::areas(&text, &mentions);
        drop(text);
        Geoparsed { article, mentions, areas, focus, ..Geoparsed::default() }
    }

    fn toponyms(&self, text: &Text<'_>, article: &Article) -> Vec<Toponym> {
        if let Some(spans) = &article.given {
            return given::toponyms(text, &self.gazetteer, spans);
        }
        let mut toponyms = recognize::recognize(text, &self.gazetteer, &self.lexicon);
        if let Some(dateline) = &article.dateline {
            for toponym in &mut toponyms {
                toponym.dateline |= dateline.span.contains(toponym.span);
            }
        }
        toponyms
    }

    fn coordinate(&self, written: &coordinates::Written) -> Mention {
        Mention {
            span: written.span,
            kind: Kind::Coordinate,
            sense: Sense::Literal,
            role: Role::Mention,
            candidates: vec![Candidate {
                place: Arc::new(written.place(&self.gazetteer)),
                score: 1.0,
                reasons: vec!["written as coordinates".to_owned()],
            }],
            resolved: true,
        }
    }
}

/// The place at coordinates that are all there is of a text: “36.2, 37.16”.
pub fn point(text: &str, gazetteer: &Gazetteer) -> Option<Place> {
    Some(coordinates::alone(text)?.place(gazetteer))
}

/// Makes mentions; every place and its reasons are made once for an article.
struct Maker<'a> {
    gazetteer: &'a Gazetteer,
    resolved: &'a Resolved,
    places: HashMap<Row, Option<Arc<Place>>>,
}

impl Maker<'_> {
    fn mention(&mut self, number: usize, toponym: &Toponym, sense: Sense, about: &[Row]) -> Mention {
        let group = self.resolved.group_of.get(number).and_then(|&group| self.resolved.groups.get(group));
        let mut candidates = Vec::new();
        for (i, candidate) in group.map_or(&[][..], |group| &group.candidates).iter().take(KEPT).enumerate() {
            let place = self
                .places
                .entry(candidate.row())
                .or_insert_with(|| self.gazetteer.place(candidate.row()).map(Arc::new));
            if let (Some(place), Some(group)) = (place, group) {
                let reasons = resolve::reasons(self.gazetteer, self.resolved, group, i);
                candidates.push(Candidate {
                    place: Arc::clone(place),
                    score: candidate.chance.clamp(0.0, 1.0),
                    reasons,
                });
            }
        }
        let best = group.and_then(|group| group.candidates.first());
        let role = if toponym.dateline {
            Role::Dateline
        } else if best.is_some_and(|best| about.contains(&best.row())) {
            Role::Focus
        } else {
            Role::Mention
        };
        let resolved = candidates.first().is_some_and(|candidate| candidate.score >= ENOUGH);
        Mention { span: toponym.span, kind: toponym.kind, sense, role, candidates, resolved }
    }
}
