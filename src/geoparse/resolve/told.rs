//! Places that people said a name means, as the ranking has them: certain, and with a vote of their own.
//! A place that no gazetteer has lies in what the nearest place of the gazetteer lies in.

use std::sync::Arc;

use super::super::recognize::Toponym;
use super::super::told::By;
use super::{Candidate, Group, unit};
use crate::gazetteer::{Gazetteer, Grade, Hit, NameKind, Row};
use crate::model::{Place, Precision};

/// Places around one that no gazetteer has, among which one of its country is looked for.
const AROUND: usize = 12;
/// What a rival of a place that was decided keeps of its chance: enough to be told in its order.
const LEFT: f32 = 1e-3;

/// A place that was decided. None where it cannot be told what it lies in.
pub(crate) fn candidate(gazetteer: &Gazetteer, place: &Arc<Place>) -> Option<Candidate> {
    let hit = |row: Row| {
        let score = gazetteer.prominence(row);
        Hit { row, name: NameKind::Primary, grade: Grade::Folded, score }
    };
    let told = Some(Arc::clone(place));
    if let Some(row) = gazetteer.by_id(&place.id) {
        return Some(Candidate { told, ..Candidate::new(gazetteer, hit(row)) });
    }
    if !(place.lat.is_finite() && place.lon.is_finite()) {
        return None;
    }
    let around = gazetteer.nearest(place.lat, place.lon, AROUND);
    let same = |&&(row, _): &&(Row, f64)| gazetteer.country_code(row) == place.country_code;
    let row = around.iter().find(same).or(around.first())?.0;
    let nearest = Candidate::new(gazetteer, hit(row));
    let is_country = place.feature_class == 'A' && place.feature_code.starts_with("PCL");
    let is_first_level = place.feature_class == 'A' && place.feature_code == "ADM1";
    Some(Candidate {
        told,
        own: true,
        country: nearest.country.filter(|_| place.precision <= Precision::Country),
        division: nearest.division.filter(|_| place.precision <= Precision::District),
        district: nearest.district.filter(|_| place.precision <= Precision::Settlement),
        is_country,
        is_first_level,
        is_division: is_country || is_first_level,
        point: unit(place.lat, place.lon),
        ..nearest
    })
}

impl Group {
    /// Puts the place first that people said the name means.
    pub(super) fn tell(&mut self, gazetteer: &Gazetteer, place: &Arc<Place>) {
        let Some(mut told) = candidate(gazetteer, place) else { return };
        if !told.own {
            let known =
                self.candidates.iter().find(|other| other.near.is_none() && other.row() == told.row());
            told.hit.score = known.map_or(told.hit.score, |known| known.hit.score);
            self.candidates.retain(|other| other.row() != told.row());
        }
        self.candidates.insert(0, told);
    }

    /// Whether people said which place the name means.
    pub(super) fn is_told(&self) -> bool {
        self.candidates.first().is_some_and(|first| first.told.is_some())
    }

    /// The places that others hear it say it may mean: all, or the one that was decided.
    pub(super) fn heard(&self) -> &[Candidate] {
        if self.is_told() { &self.candidates[..1] } else { &self.candidates }
    }

    /// Makes the place certain that was decided.
    pub(super) fn hold(&mut self) {
        if let Some((told, others)) =
            self.candidates.split_first_mut().filter(|(first, _)| first.told.is_some())
        {
            told.chance = 1.0;
            others.iter_mut().for_each(|other| other.chance *= LEFT);
        }
    }
}

/// What the mentions of one name mean by what was decided about them, or about the name.
pub(super) struct Decisions<'a> {
    gazetteer: &'a Gazetteer,
    /// Numbers of the mentions that were decided, in text order, each with its place.
    decided: Vec<(usize, &'a Arc<Place>)>,
}

impl<'a> Decisions<'a> {
    pub(super) fn new(gazetteer: &'a Gazetteer) -> Self {
        Self { gazetteer, decided: Vec::new() }
    }

    pub(super) fn add(&mut self, mention: usize, toponym: &'a Toponym) {
        if let Some(meant) = toponym.told.as_ref().filter(|meant| meant.by == By::Decision) {
            self.decided.push((mention, &meant.place));
        }
    }

    /// The place that a mention nobody decided follows. Where decisions about its name differ, that is the one nearest
    /// before it, as a name means what it meant last; where the text names a container beside it that the place does
    /// not lie in, it follows none.
    pub(super) fn followed(&self, mention: usize, container: Option<Row>) -> Option<&'a Arc<Place>> {
        let before = self.decided.partition_point(|&(other, _)| other < mention);
        let (_, place) = self.decided.get(before.saturating_sub(1))?;
        let inside = |row: Row| {
            let told = candidate(self.gazetteer, place);
            told.is_some_and(|told| told.lies_in(row) || !told.own && told.row() == row)
        };
        container.is_none_or(inside).then_some(*place)
    }
}
