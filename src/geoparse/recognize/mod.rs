//! Which words of an article mention a place, and in what way.
//! Every gazetteer name is weighed by its clues; of names that overlap, the longer one is preferred
//! where it is nearly as likely.

pub(crate) mod clues;
mod persons;
mod scan;
mod weights;

use std::collections::HashSet;

use super::lexicon::Lexicon;
use super::tokens::{Case, Text};
use super::words::DIRECTIONS;
use crate::gazetteer::{Gazetteer, Hit, NameKind, Row};
use crate::model::{Kind, Span};
use clues::{Clue, ClueReader, Clues};
use persons::Persons;
pub(crate) use scan::Match;

/// Least chance of being a place that makes a mention.
pub(crate) const ENOUGH: f32 = 0.45;
/// What each further word of a name is worth against a shorter name's chance.
const LONGER: f32 = 0.35;

/// A run of words that mentions a place, before it is known which.
#[derive(Clone, Debug)]
pub(crate) struct Toponym {
    /// First token, and one past the last.
    pub(crate) first: usize,
    pub(crate) end: usize,
    /// Where it stands in the text.
    pub(crate) span: Span,
    /// Folded name.
    pub(crate) name: String,
    /// What sort of mention.
    pub(crate) kind: Kind,
    /// Places of the name, best known first.
    pub(crate) hits: Vec<Hit>,
    /// The capitalised type word added to the gazetteer's name.
    pub(crate) typed: Option<String>,
    /// How likely it mentions a place at all, 0 to 1.
    pub(crate) chance: f32,
    /// Whether it opens the article as its dateline.
    pub(crate) dateline: bool,
}

/// A match with its clues and its chance of being a place.
#[derive(Clone, Debug)]
pub(crate) struct Weighed {
    pub(crate) found: Match,
    pub(crate) clues: Clues,
    pub(crate) chance: f32,
}

/// Finds the mentions of places.
pub(crate) fn recognize(text: &Text<'_>, gazetteer: &Gazetteer, lexicon: &Lexicon) -> Vec<Toponym> {
    select(weigh(text, gazetteer, lexicon), text)
}

/// Every name in the text with its clues, in two passes: the names that are certain support the rest.
pub(crate) fn weigh(text: &Text<'_>, gazetteer: &Gazetteer, lexicon: &Lexicon) -> Vec<Weighed> {
    let matches = scan::scan(text, gazetteer);
    let persons = Persons::read(text, lexicon, &matches);
    let reader = ClueReader::new(text, gazetteer, lexicon, &persons, &matches);
    let inside = inside_longer(&matches);
    let first: Vec<f32> =
        matches.iter().zip(&inside).map(|(m, &l)| weights::chance(&reader.read(m, false, l))).collect();
    let support = Support::gather(gazetteer, &matches, &first);
    let read: Vec<Clues> = matches
        .iter()
        .zip(&inside)
        .map(|(m, &longer)| reader.read(m, support.holds(gazetteer, m), longer))
        .collect();
    matches
        .into_iter()
        .zip(read)
        .map(|(found, clues)| Weighed {
            chance: if ruled_out(&clues, &found) { 0.0 } else { weights::chance(&clues) },
            found,
            clues,
        })
        .collect()
}

/// What no other clue can outweigh: "SANA said" is no town though Sana is one, and
/// no little-known town is meant by somebody's name;
/// "Western" governments are in no Rwandan province.
fn ruled_out(clues: &Clues, found: &Match) -> bool {
    let holds = |clue: Clue| clues.get(clue) > 0.0;
    let acronym = holds(Clue::Acronym)
        && found.name.len() <= 5
        && !holds(Clue::Dateline)
        && !holds(Clue::CapitalElsewhere);
    let nobody = holds(Clue::Known) || holds(Clue::Long) || holds(Clue::Division);
    // "Jordan Davis", "Paris Jackson": no fame of the place makes a part of a full name one.
    let whole_name =
        holds(Clue::InPerson) && !holds(Clue::Long) && !holds(Clue::Locative) && !holds(Clue::Dateline);
    let person = holds(Clue::InPerson) || holds(Clue::IsSurname) && !holds(Clue::Locative);
    let direction = DIRECTIONS.has(&found.name);
    acronym
        || direction
        || whole_name
        || person && !nobody
        || holds(Clue::Language)
        || holds(Clue::CapitalsRow)
}

/// For each match, how well known the longer name is that contains it.
fn inside_longer(matches: &[Match]) -> Vec<f32> {
    let mut inside = vec![0.0f32; matches.len()];
    for (i, m) in matches.iter().enumerate() {
        let from = matches.partition_point(|other| other.first + 12 < m.first);
        for other in matches[from..].iter().take_while(|other| other.first <= m.first) {
            let longer =
                other.end - other.first > m.end - m.first && other.first <= m.first && m.end <= other.end;
            if longer {
                inside[i] = inside[i].max(other.hits.first().map_or(0.0, |hit| hit.score).max(0.05));
            }
        }
    }
    inside
}

/// Divisions and countries that the article names beyond doubt.
struct Support {
    divisions: HashSet<Row>,
    countries: HashSet<Row>,
}

impl Support {
    fn gather(gazetteer: &Gazetteer, matches: &[Match], chances: &[f32]) -> Self {
        let mut this = Self { divisions: HashSet::new(), countries: HashSet::new() };
        for (m, _) in matches.iter().zip(chances).filter(|&(_, &chance)| chance > 0.6) {
            let Some(best) = m.hits.first() else { continue };
            let (class, code) = gazetteer.feature(best.row);
            if class == 'A' && code.starts_with("PCL") {
                this.countries.insert(best.row);
            }
            if class == 'A' && (code == "ADM1" || code == "ADM2") || best.score > 0.45 {
                this.divisions.extend(gazetteer.admin1(best.row));
            }
            if class == 'A' && code == "ADM2" {
                this.divisions.extend(m.hits.iter().filter_map(|hit| gazetteer.admin1(hit.row)));
            }
        }
        this
    }

    fn holds(&self, gazetteer: &Gazetteer, m: &Match) -> bool {
        m.hits.iter().take(24).any(|hit| {
            gazetteer.admin1(hit.row).is_some_and(|row| row != hit.row && self.divisions.contains(&row))
                || hit.score > 0.15
                    && gazetteer
                        .country(hit.row)
                        .is_some_and(|row| row != hit.row && self.countries.contains(&row))
        })
    }
}

/// The mentions among the weighed matches: likely enough, and none over another.
fn select(weighed: Vec<Weighed>, text: &Text<'_>) -> Vec<Toponym> {
    let worth = |w: &Weighed| w.chance + LONGER * (w.found.end - w.found.first - 1) as f32;
    let mut order: Vec<usize> = (0..weighed.len()).filter(|&i| weighed[i].chance >= ENOUGH).collect();
    order.sort_by(|&a, &b| worth(&weighed[b]).total_cmp(&worth(&weighed[a])).then(a.cmp(&b)));
    let mut taken = vec![false; text.tokens.len()];
    let mut chosen = Vec::new();
    for i in order {
        let m = &weighed[i].found;
        if taken[m.first..m.end].contains(&true) {
            continue;
        }
        taken[m.first..m.end].fill(true);
        chosen.push(i);
    }
    chosen.sort_unstable();
    let mut toponyms: Vec<Toponym> = chosen.into_iter().map(|i| toponym(&weighed[i], text)).collect();
    toponyms.sort_by_key(|toponym| toponym.first);
    toponyms
}

fn toponym(weighed: &Weighed, text: &Text<'_>) -> Toponym {
    let m = &weighed.found;
    Toponym {
        first: m.first,
        end: m.end,
        span: m.span,
        name: m.name.clone(),
        kind: kind(weighed, text),
        hits: m.hits.clone(),
        typed: m.typed.clone(),
        chance: weighed.chance,
        dateline: weighed.clues.get(Clue::Dateline) > 0.0,
    }
}

fn kind(weighed: &Weighed, text: &Text<'_>) -> Kind {
    let clues = &weighed.clues;
    if weighed.found.hits.first().is_some_and(|hit| hit.name == NameKind::Demonym) {
        return Kind::Demonym;
    }
    let headline = text.case(weighed.found.first) != Case::Sentence;
    let org = clues.get(Clue::OrgAfter) > 0.0 && !headline || clues.get(Clue::OrgInRun) > 0.0;
    if org || clues.get(Clue::OpenerBefore) > 0.0 { Kind::Embedded } else { Kind::Name }
}
