//! Which words of an article mention a place, and in what way.
//! Every name of the gazetteer and every run of capitals is weighed, first by its clues and then by the network;
//! of names that overlap, those are taken that are likeliest together.

pub(crate) mod clues;
mod persons;
mod runs;
mod scan;
pub(crate) mod signs;

use std::collections::HashSet;

use super::learn::{self, Model};
use super::lexicon::Lexicon;
use super::tokens::{Case, Text};
use super::told::Meant;
use super::words::DIRECTIONS;
use crate::gazetteer::{Gazetteer, Hit, NameKind, Row};
use crate::model::{Kind, Span};
use clues::{Clue, ClueReader, Clues};
use persons::Persons;
pub(crate) use scan::Match;
use signs::SignReader;

/// Least chance of being a place that makes a mention.
pub(crate) const ENOUGH: f32 = 0.45;

/// Least chance of being a place that makes a doubt.
const DOUBTED: f32 = 0.05;
/// Chance of a seat of government.
const SEAT: f32 = 0.7;
/// Chance by its clues alone under which a name is not looked at again.
const HOPELESS: f32 = 0.002;

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
    /// The place that people said it means.
    pub(crate) told: Option<Meant>,
}

/// A name that recognition does not take for a place, though it may be one.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Doubt {
    pub(crate) span: Span,
    /// How likely it mentions a place, 0 to 1.
    pub(crate) chance: f32,
}

/// A match with its clues and its chance of being a place.
#[derive(Clone, Debug)]
pub(crate) struct Weighed {
    pub(crate) found: Match,
    pub(crate) clues: Clues,
    pub(crate) chance: f32,
}

/// The names of an article with their clues and the chance that the clues alone give.
#[derive(Debug)]
pub(crate) struct Studied {
    pub(crate) matches: Vec<Match>,
    pub(crate) clues: Vec<Clues>,
    pub(crate) first: Vec<f32>,
}

/// Finds the mentions of places.
pub(crate) fn recognize(
    text: &Text<'_>,
    gazetteer: &Gazetteer,
    lexicon: &Lexicon,
    model: &Model,
) -> Vec<Toponym> {
    let studied = study(text, gazetteer, lexicon, &model.clues);
    select(weigh(text, gazetteer, studied, model), text)
}

/// The names that may mention a place and overlap none of the mentions that were found. They may overlap each other.
pub(crate) fn doubts(
    text: &Text<'_>,
    gazetteer: &Gazetteer,
    lexicon: &Lexicon,
    model: &Model,
    found: &[Span],
) -> Vec<Doubt> {
    let weighed = weigh(text, gazetteer, study(text, gazetteer, lexicon, &model.clues), model);
    let free = |span: Span| {
        let before = found.partition_point(|other| other.start < span.end);
        before.checked_sub(1).is_none_or(|last| !found[last].overlaps(span))
    };
    let doubt = |w: &Weighed| Doubt { span: w.found.span, chance: w.chance };
    weighed.iter().map(doubt).filter(|doubt| doubt.chance >= DOUBTED && free(doubt.span)).collect()
}

/// The chances of an article's names, by the network where there is one.
pub(crate) fn weigh(text: &Text<'_>, gazetteer: &Gazetteer, studied: Studied, model: &Model) -> Vec<Weighed> {
    let chances = match &model.places {
        Some(net) => {
            let reader = SignReader::new(text, gazetteer, &model.vectors, &studied.matches, &studied.first);
            let chance = |(i, clues): (usize, &Clues)| match studied.first[i] {
                _ if is_seat(gazetteer, &studied.matches[i]) && clues.get(Clue::InPerson) == 0.0 => SEAT,
                first if first < HOPELESS => 0.0,
                _ => learn::chance(net.odds(&reader.read(i, clues), &model.vectors)),
            };
            studied.clues.iter().enumerate().map(chance).collect()
        }
        None => studied.first,
    };
    let matches = studied.matches.into_iter().zip(studied.clues).zip(chances);
    matches.map(|((found, clues), chance)| Weighed { found, clues, chance }).collect()
}

/// "The White House said": annotated texts leave seats of government out, and people look for them on the map.
fn is_seat(gazetteer: &Gazetteer, m: &Match) -> bool {
    m.hits.first().is_some_and(|hit| hit.score > 0.5 && gazetteer.feature(hit.row) == ('S', "GOVL"))
}

/// Every name in the text with its clues, in two passes: the names that are certain support the rest.
pub(crate) fn study(text: &Text<'_>, gazetteer: &Gazetteer, lexicon: &Lexicon, weights: &[f32]) -> Studied {
    let mut matches = scan::scan(text, gazetteer);
    runs::add(text, &mut matches);
    let persons = Persons::read(text, lexicon, &matches);
    let reader = ClueReader::new(text, gazetteer, lexicon, &persons, &matches);
    let inside = inside_longer(&matches);
    let first: Vec<f32> = matches
        .iter()
        .zip(&inside)
        .map(|(m, &l)| clues::chance(weights, &reader.read(m, false, l)))
        .collect();
    let support = Support::gather(gazetteer, &matches, &first);
    let clues: Vec<Clues> = matches
        .iter()
        .zip(&inside)
        .map(|(m, &longer)| reader.read(m, support.holds(gazetteer, m), longer))
        .collect();
    let chance = |(clues, found): (&Clues, &Match)| {
        if ruled_out(clues, found) { 0.0 } else { clues::chance(weights, clues) }
    };
    let first = clues.iter().zip(&matches).map(chance).collect();
    Studied { matches, clues, first }
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
    // "Chad Wilson, 34, pleaded guilty. Chad had no comment."
    let first_name = holds(Clue::IsGiven)
        && holds(Clue::Given)
        && ![Clue::Locative, Clue::LocativeElsewhere, Clue::ContainerElsewhere, Clue::ContainerAfter]
            .into_iter()
            .any(holds);
    acronym
        || first_name
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
            if let (true, Some(hit)) = (longer, other.hits.first()) {
                inside[i] = inside[i].max(hit.score.max(0.05));
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

/// The mentions among the weighed matches: of all sets of which none covers another, the likeliest one
/// (weighted interval scheduling; Kleinberg and Tardos 2005, 6.1).
pub(crate) fn select(weighed: Vec<Weighed>, text: &Text<'_>) -> Vec<Toponym> {
    let worth = |w: &Weighed| {
        let chance = w.chance.clamp(1e-6, 1.0 - 1e-6);
        (chance / (1.0 - chance)).ln() - (ENOUGH / (1.0 - ENOUGH)).ln()
    };
    let mut likely: Vec<usize> = (0..weighed.len()).filter(|&i| weighed[i].chance >= ENOUGH).collect();
    likely.sort_by_key(|&i| (weighed[i].found.end, weighed[i].found.first));
    // The best worth of the first so many, and whether the last of them is in it.
    let mut best = vec![(0.0f32, false)];
    for (n, &i) in likely.iter().enumerate() {
        let clear = clear_before(&weighed, &likely[..n], weighed[i].found.first);
        let with = best[clear].0 + worth(&weighed[i]);
        best.push(if with > best[n].0 { (with, true) } else { (best[n].0, false) });
    }
    let mut chosen = Vec::new();
    let mut n = likely.len();
    while n > 0 {
        if best[n].1 {
            let i = likely[n - 1];
            chosen.push(i);
            n = clear_before(&weighed, &likely[..n - 1], weighed[i].found.first);
        } else {
            n -= 1;
        }
    }
    chosen.reverse();
    chosen.into_iter().map(|i| toponym(&weighed[i], text)).collect()
}

/// How many of the matches, by their ends, end before a token.
fn clear_before(weighed: &[Weighed], likely: &[usize], token: usize) -> usize {
    likely.partition_point(|&i| weighed[i].found.end <= token)
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
        told: None,
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
