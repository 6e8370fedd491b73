//! What an article is about: its country, its first-level division, its town, each by its share of the evidence.
//! Each mention is evidence for every level it lies in; a town's evidence counts in full only where the article
//! is about its division and country, too, so one far-off town that is named twice does not become the focus.

use std::collections::BTreeMap;

use super::recognize::Toponym;
use super::resolve::{Candidate, Resolved};
use crate::gazetteer::{Gazetteer, Row, fold};
use crate::model::{Article, Focus, Kind, Sense};

/// Places kept at each level.
const MOST: usize = 5;
/// Share from which on an article is about a place, if no other place of the level has twice as much.
const ABOUT: f32 = 0.25;
/// What is left of a town's evidence where nothing else of the article is in its division, or country.
const ALONE: f32 = 0.8;

/// Evidence for the places of one level.
type Evidence = BTreeMap<Row, f32>;

/// What a mention's weight depends on.
#[derive(Clone, Copy)]
pub(super) struct Mentioned<'a> {
    pub(super) toponym: &'a Toponym,
    pub(super) sense: Sense,
}

/// The article's focus, and the rows that it is about.
///
/// A share is a place's part of the evidence for all places of its level, 0 to 1. The evidence of a mention is how
/// certain its place is, times what [`weigh`] says of it.
pub(super) fn focus<'a>(
    gazetteer: &Gazetteer,
    mentioned: impl Iterator<Item = Mentioned<'a>>,
    resolved: &Resolved,
    article: &Article,
) -> (Focus, Vec<Row>) {
    let title = article.title.as_deref().map(|title| format!(" {} ", fold(title)));
    let bureau = article.dateline.as_ref().is_some_and(|dateline| dateline.agency.is_some());
    let mut levels = Levels::default();
    for (i, mentioned) in mentioned.enumerate() {
        let Some(group) = resolved.group_of.get(i).and_then(|&g| resolved.groups.get(g)) else { continue };
        let Some(best) = group.candidates.first() else { continue };
        let titled = title.as_ref().is_some_and(|title| title.contains(&format!(" {} ", group.name)));
        let certain = best.chance * mentioned.toponym.chance.max(0.3);
        levels.add(best, certain * weigh(mentioned, article.text.len(), titled, bureau), mentioned.sense);
    }
    levels.agree(gazetteer);
    let focus = Focus {
        countries: best(gazetteer, &levels.countries),
        divisions: best(gazetteer, &levels.divisions),
        places: best(gazetteer, &levels.places),
    };
    let about = [&levels.countries, &levels.divisions, &levels.places].map(about).concat();
    (focus, about)
}

/// How much a mention says of what the article is about: more where the title has the name, and near the
/// beginning; less as a people, or within another name. An agency's dateline says where its bureau is.
fn weigh(mentioned: Mentioned<'_>, length: usize, titled: bool, bureau: bool) -> f32 {
    let toponym = mentioned.toponym;
    let kind = match toponym.kind {
        Kind::Name | Kind::Coordinate => 1.0,
        Kind::Demonym => 0.5,
        Kind::Embedded => 0.3,
    };
    let early = 1.0 + 1.0 / (1.0 + 8.0 * toponym.span.start as f32 / length.max(1) as f32);
    let title = if titled { 1.5 } else { 1.0 };
    let dateline = if toponym.dateline && bureau { 0.5 } else { 1.0 };
    kind * early * title * dateline
}

#[derive(Default)]
struct Levels {
    countries: Evidence,
    divisions: Evidence,
    places: Evidence,
}

impl Levels {
    fn add(&mut self, place: &Candidate, weight: f32, sense: Sense) {
        if let Some(country) = place.country {
            *self.countries.entry(country).or_default() += weight;
        }
        // "Moscow said": of a country's government, less of the town.
        let weight = if sense == Sense::Associative { 0.8 * weight } else { weight };
        if let Some(division) = place.division.filter(|_| !place.is_country) {
            *self.divisions.entry(division).or_default() += weight;
        }
        if !place.is_division && !place.own {
            *self.places.entry(place.row()).or_default() += weight;
        }
    }

    /// Takes from divisions and towns what does not fit to the levels above.
    fn agree(&mut self, gazetteer: &Gazetteer) {
        let countries = shares(&self.countries);
        for (&division, weight) in &mut self.divisions {
            *weight *= fit(&countries, gazetteer.country(division));
        }
        let divisions = shares(&self.divisions);
        for (&place, weight) in &mut self.places {
            *weight *= fit(&countries, gazetteer.country(place));
            *weight *= fit(&divisions, gazetteer.admin1(place));
        }
    }
}

/// A sea lies in no country, and is not held against that.
fn fit(shares: &Evidence, container: Option<Row>) -> f32 {
    let share = container.map_or(1.0, |row| shares.get(&row).copied().unwrap_or(0.0));
    ALONE + (1.0 - ALONE) * share
}

fn shares(evidence: &Evidence) -> Evidence {
    let total: f32 = evidence.values().sum();
    evidence.iter().map(|(&row, &weight)| (row, weight / total.max(f32::MIN_POSITIVE))).collect()
}

/// Places with their shares, largest first.
fn ranked(evidence: &Evidence) -> Vec<(Row, f32)> {
    let mut ranked: Vec<(Row, f32)> = shares(evidence).into_iter().collect();
    ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    ranked
}

/// The places of a level that an article is about: the first, and what comes near it.
fn about(evidence: &Evidence) -> Vec<Row> {
    let ranked = ranked(evidence);
    let least = ranked.first().map_or(ABOUT, |(_, share)| ABOUT.max(share / 2.0));
    ranked.into_iter().take_while(|(_, share)| *share >= least).map(|(row, _)| row).collect()
}

fn best(gazetteer: &Gazetteer, evidence: &Evidence) -> Vec<(String, String, f32)> {
    let named = |(row, share): (Row, f32)| gazetteer.place(row).map(|place| (place.id, place.name, share));
    ranked(evidence).into_iter().take(MOST).filter_map(named).collect()
}
