//! Article text to mentions: recognition, resolution, sense, focus.
//! It never fails as a whole and does no IO.
//!
//! # How good it is
//!
//! By `fit_whole` (CONTRIBUTING.md), on articles that no weight was fitted to (five folds by article). In brackets
//! recognition by a model that was trained without the whole corpus, which is what a stranger's text will see.
//!
//! | | LGL | GeoVirus | GeoWebNews, half |
//! | --- | --- | --- | --- |
//! | recognition, exact F1 | .885 (.831) | .944 (.934) | .865 (.853) |
//! | end to end within 161 km, F1 | .861 | .828 | .874 |
//! | given spans, share within 161 km | .942 | .871 | .952 |
//! | literal or associative, accuracy | | | .889 |
//!
//! Of LGL's articles two in three are from outlets whose home the program knows; without the list of homes its end to
//! end F1 is .818, and .894 of its given spans are placed. Word lists, rules and thresholds were chosen by people who
//! had read these corpora, which folds cannot undo. `dateline eval` measures it on anybody's own articles.

mod aliases;
mod coordinates;
mod dateline;
#[cfg(test)]
pub(crate) mod fit;
mod focus;
mod given;
mod home;
mod homes;
mod languages;
pub(crate) mod learn;
mod lexicon;
mod recognize;
mod relative;
mod resolve;
pub(crate) mod sense;
#[cfg(test)]
mod tests;
pub(crate) mod tokens;
mod told;
#[cfg(test)]
mod told_tests;
pub(crate) mod words;

use std::collections::HashMap;
use std::sync::Arc;

use crate::gazetteer::{Gazetteer, Row};
use crate::model::{Area, Article, Candidate, Geoparsed, Kind, Mention, Place, Role, Sense, Span, one_line};
pub use coordinates::Notation;
use coordinates::Written;
use focus::Mentioned;
use home::Home;
pub use homes::{Base, Homes, HomesError, outlet};
pub use languages::{Foreign, reads};
use learn::Model;
pub(crate) use learn::learnt;
use lexicon::Lexicon;
pub(crate) use recognize::Doubt;
use recognize::Toponym;
use resolve::{Group, Resolved};
use tokens::Text;
use told::{By, Holding, Meant};
pub use told::{Ruling, Told, ToldMention};

/// Candidates that a mention keeps.
const KEPT: usize = 5;
/// Score of a mention that follows a decision about its name elsewhere in the article: how often such are right where
/// the program was wrong (`fit_told`).
const FOLLOWS: f32 = 0.98;
/// Least score with which a mention is put on the map.
const ENOUGH: f32 = 0.2;

/// Finds and places the mentions of articles. Shared between threads; the result depends on the
/// article, the gazetteer and the homes of outlets alone.
#[derive(Clone, Debug)]
pub struct Geoparser {
    gazetteer: Gazetteer,
    lexicon: Lexicon,
    model: Arc<Model>,
    homes: Homes,
}

impl Geoparser {
    /// A geoparser over a gazetteer.
    pub fn new(gazetteer: Gazetteer) -> Self {
        Self { gazetteer, lexicon: Lexicon::embedded(), model: Model::embedded(), homes: Homes::default() }
    }

    /// The same with homes of outlets that count before those inside the program.
    #[must_use]
    pub fn with_homes(self, homes: Homes) -> Self {
        Self { homes, ..self }
    }

    /// Where it looks places up.
    pub fn gazetteer(&self) -> &Gazetteer {
        &self.gazetteer
    }

    /// Whether an article is from an outlet of which other homes say something else.
    pub fn differs(&self, article: &Article, homes: &Homes) -> bool {
        let (source, url) = (article.source.as_deref(), article.url.as_deref());
        let base = |homes: &Homes| homes.base(&self.gazetteer, source, url);
        base(&self.homes) != base(homes)
    }

    /// Finds every mention of a place and resolves it. Spans in [`Article::given`], where there are
    /// any, are placed instead of what recognition finds.
    pub fn geoparse(&self, article: Article) -> Geoparsed {
        self.geoparse_told(article, &Told::default())
    }

    /// The same with what people decided: what was decided about a mention holds, and the others are ranked by it.
    /// What they called no mention is not among the mentions.
    pub fn geoparse_told(&self, article: Article, told: &Told) -> Geoparsed {
        let text = Text::new(&article.text, &article.boilerplate);
        let holding = told.holding(&article.text);
        let mut written = match article.given {
            None => coordinates::find(&article.text, &article.boilerplate),
            Some(_) => Vec::new(),
        };
        holding.keep_written(&mut written);
        let (toponyms, makes) = self.toponyms(&text, &article, (told, &holding), &written);
        let home = match &told.home {
            Some(place) => Home::told(&self.gazetteer, place),
            None => self.homes.home(&self.gazetteer, article.source.as_deref(), article.url.as_deref()),
        };
        let resolved = resolve::resolve(&text, &self.gazetteer, &toponyms, &home);
        let mut maker = Maker { gazetteer: &self.gazetteer, resolved: &resolved, places: HashMap::new() };
        let mut senses = sense::senses(&text, &self.gazetteer, &toponyms);
        for (toponym, sense) in toponyms.iter().zip(&mut senses) {
            *sense = holding.sense(toponym.span).unwrap_or(*sense);
        }
        let mentioned = toponyms.iter().zip(&senses).map(|(toponym, &sense)| Mentioned { toponym, sense });
        let (focus, about) = focus::focus(&self.gazetteer, mentioned, &resolved, &article);
        let mut mentions: Vec<Mention> = toponyms
            .iter()
            .zip(senses)
            .enumerate()
            .filter(|(i, _)| makes[*i])
            .map(|(i, (toponym, sense))| {
                maker.mention(i, toponym.span.of(&article.text), toponym, sense, &about)
            })
            .collect();
        if !written.is_empty() {
            // The CA of “37S CA 12 34” is a square of a grid and not California.
            let mut points = written.iter().peekable();
            mentions.retain(|mention| {
                while points.next_if(|point| point.span.end <= mention.span.start).is_some() {}
                points.peek().is_none_or(|point| !point.span.overlaps(mention.span))
            });
            mentions.extend(written.iter().map(|written| self.coordinate(written, &holding)));
            mentions.sort_by_key(|mention| mention.span);
        }
        let areas = relative::areas(&text, &self.gazetteer, &mentions);
        drop(text);
        Geoparsed { article, mentions, areas, focus, ..Geoparsed::default() }
    }

    /// The areas that the words about an article's mentions describe, for a caller who has changed those.
    pub(crate) fn areas(&self, geoparsed: &Geoparsed) -> Vec<Area> {
        let text = Text::new(&geoparsed.article.text, &geoparsed.article.boilerplate);
        relative::areas(&text, &self.gazetteer, &geoparsed.mentions)
    }

    /// Names in a geoparsed article that are none of its mentions though they may be places, for a caller who knows
    /// more of what is looked for.
    pub(crate) fn doubts(&self, text: &Text<'_>, geoparsed: &Geoparsed) -> Vec<Doubt> {
        let found: Vec<Span> = geoparsed.mentions.iter().map(|mention| mention.span).collect();
        recognize::doubts(text, &self.gazetteer, &self.lexicon, &self.model, &found)
    }

    /// The names of the article, and for each whether it makes a mention: of given spans alone every one does.
    fn toponyms(
        &self,
        text: &Text<'_>,
        article: &Article,
        (told, holding): (&Told, &Holding<'_>),
        written: &[Written],
    ) -> (Vec<Toponym>, Vec<bool>) {
        let found = recognize::recognize(text, &self.gazetteer, &self.lexicon, &self.model);
        let found = match &article.given {
            Some(spans) => given::toponyms(text, &self.gazetteer, spans, found),
            None => found.into_iter().map(|toponym| (toponym, true)).collect(),
        };
        let mut all = holding.toponyms(text, &self.gazetteer, found, written);
        told::name(text, (&self.gazetteer, &self.lexicon), (told, holding), &mut all);
        let (mut toponyms, makes): (Vec<Toponym>, Vec<bool>) = all.into_iter().unzip();
        dateline::mark(text, article, &mut toponyms);
        (toponyms, makes)
    }

    fn coordinate(&self, written: &Written, holding: &Holding<'_>) -> Mention {
        let mut mention = Mention {
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
            decided: None,
        };
        holding.dress(&mut mention);
        mention
    }
}

/// The place at coordinates that are all there is of a text: “36.2, 37.16”.
pub fn point(text: &str, gazetteer: &Gazetteer) -> Option<Place> {
    Some(coordinates::alone(text)?.place(gazetteer))
}

/// Makes mentions; every place of the gazetteer is made once for an article.
struct Maker<'a> {
    gazetteer: &'a Gazetteer,
    resolved: &'a Resolved,
    places: HashMap<Row, Option<Arc<Place>>>,
}

impl Maker<'_> {
    fn mention(
        &mut self,
        number: usize,
        words: &str,
        toponym: &Toponym,
        sense: Sense,
        about: &[Row],
    ) -> Mention {
        let group = self.resolved.group_of.get(number).and_then(|&group| self.resolved.groups.get(group));
        let mut candidates: Vec<Candidate> = self.told(words, toponym, group).into_iter().collect();
        for (i, candidate) in group.map_or(&[][..], |group| &group.candidates).iter().enumerate() {
            if candidates.len() == KEPT || i == KEPT {
                break;
            }
            if candidate.told.is_some() {
                continue;
            }
            let place = match candidate.near {
                Some(_) => group
                    .and_then(|group| resolve::near(self.gazetteer, words, group, candidate))
                    .map(Arc::new),
                None => self
                    .places
                    .entry(candidate.row())
                    .or_insert_with(|| self.gazetteer.place(candidate.row()).map(Arc::new))
                    .clone(),
            };
            if let (Some(place), Some(group)) = (place, group) {
                let reasons = resolve::reasons(self.gazetteer, self.resolved, group, i);
                candidates.push(Candidate { place, score: candidate.chance.clamp(0.0, 1.0), reasons });
            }
        }
        let best = group.and_then(|group| group.candidates.first());
        let role = if toponym.dateline {
            Role::Dateline
        } else if best.is_some_and(|best| best.near.is_none() && about.contains(&best.row())) {
            Role::Focus
        } else {
            Role::Mention
        };
        let resolved = candidates.first().is_some_and(|candidate| candidate.score >= ENOUGH);
        Mention { span: toponym.span, kind: toponym.kind, sense, role, candidates, resolved, decided: None }
    }

    /// The place that people said it means, or the same name elsewhere in the article.
    fn told(&self, words: &str, toponym: &Toponym, group: Option<&Group>) -> Option<Candidate> {
        let elsewhere = || group?.candidates.first()?.told.as_ref();
        let name = one_line(words);
        let (place, score, reason) = match &toponym.told {
            Some(Meant { place, by: By::Decision }) => return Some(told::chosen(place)),
            Some(Meant { place, by: By::Alias }) => {
                (place, 1.0, format!("in this collection “{name}” means it"))
            }
            None => {
                let place = elsewhere()?;
                (place, FOLLOWS, format!("{name} was decided to be {} in this article", place.label()))
            }
        };
        Some(Candidate { place: Arc::clone(place), score, reasons: vec![reason] })
    }
}
