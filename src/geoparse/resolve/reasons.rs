//! Why a candidate is thought to be the place meant, in plain words.
//! A reason is given only where its feature really raised the candidate above the others.

use super::evidence::Link;
use super::features::Feature;
use super::weights::DENSE;
use super::{Candidate, Group, Resolved};
use crate::gazetteer::{Gazetteer, NameKind, Row};

/// Reasons that are told.
const MOST: usize = 3;

/// The strongest reasons for candidate `number` of `group`.
pub(crate) fn reasons(
    gazetteer: &Gazetteer,
    resolved: &Resolved,
    group: &Group,
    number: usize,
) -> Vec<String> {
    let Some(candidate) = group.candidates.get(number) else { return Vec::new() };
    let mut told: Vec<(f32, String)> = Vec::new();
    let strength = |feature: Feature| candidate.numbers[feature as usize] * DENSE[feature as usize];
    let teller = Teller { gazetteer, resolved, group, candidate };
    let containers = [Feature::CommaInside, Feature::InInside, Feature::BeforeInside];
    if let Some(named) = containers.iter().map(|&f| strength(f)).reduce(f32::max).filter(|&s| s > 0.3) {
        told.extend(teller.container().map(|reason| (named + 4.0, reason)));
    }
    if group.candidates.len() == 1 {
        told.push((3.5, teller.only()));
    } else {
        told.extend(teller.fame().map(|reason| (strength(Feature::Score).max(0.1), reason)));
    }
    told.extend(
        teller.named(
            strength(Feature::CountryNamed)
                .max(strength(Feature::DivisionNamed))
                .max(strength(Feature::CountryShare) * 0.7),
        ),
    );
    let near = strength(Feature::Near) + strength(Feature::Around) + strength(Feature::Nearest);
    if near > 0.4 {
        told.extend(teller.neighbour().map(|reason| (near, reason)));
    }
    if strength(Feature::Wanted) > 0.1 {
        told.push((1.0, format!("the words around it ask for {}", teller.sort())));
    }
    if strength(Feature::HomeCountry) > 0.2 {
        told.extend(teller.country_name().map(|country| (0.8, format!("the outlet is from {country}"))));
    }
    told.sort_by(|a, b| b.0.total_cmp(&a.0));
    told.into_iter().take(MOST).map(|(_, reason)| reason).collect()
}

struct Teller<'a> {
    gazetteer: &'a Gazetteer,
    resolved: &'a Resolved,
    group: &'a Group,
    candidate: &'a Candidate,
}

impl Teller<'_> {
    /// "the text says ‘Bangor, Maine’", in the words of the text where they are the container's name.
    fn container(&self) -> Option<String> {
        let groups = &self.resolved.groups;
        self.group.containers.iter().find_map(|&(other, link)| {
            let other = groups.get(other)?;
            let inside = other.candidates.iter().take(12).find(|c| self.candidate.lies_in(c.row()))?;
            let container = self.gazetteer.name(inside.row());
            let whole = link == Link::Comma && crate::gazetteer::fold(container) == other.name;
            Some(if whole {
                format!("the text says ‘{}, {container}’", title_case(&self.group.name))
            } else {
                format!("{container} is named beside it")
            })
        })
    }

    fn only(&self) -> String {
        match self.candidate.hit.name {
            NameKind::Demonym => format!("it is said of {}", self.gazetteer.name(self.candidate.row())),
            _ => "the only place of this name".to_owned(),
        }
    }

    /// Only the best known place is chosen for being known.
    fn fame(&self) -> Option<String> {
        let count = self.group.candidates.len();
        let better = self.group.candidates.iter().any(|c| c.hit.score > self.candidate.hit.score);
        let name = self.called(self.gazetteer.name(self.candidate.row()));
        (!better).then(|| format!("best known of {count} places called {name}"))
    }

    /// The name as the article has it, unless the place bears it itself.
    fn called(&self, name: &str) -> String {
        if crate::gazetteer::fold(name) == self.group.name {
            name.to_owned()
        } else {
            title_case(&self.group.name)
        }
    }

    /// "the article names Egypt 9 times".
    fn named(&self, strength: f32) -> Option<(f32, String)> {
        let count = |row: Row| -> usize {
            let groups = self.resolved.groups.iter();
            groups
                .filter(|g| g.candidates.first().is_some_and(|c| c.row() == row))
                .map(|g| g.mentions.len())
                .sum()
        };
        let containers = [self.candidate.division, self.candidate.country];
        let own = self.candidate.row();
        let row = containers.into_iter().flatten().filter(|&row| row != own).max_by_key(|&row| count(row))?;
        let times = match count(row) {
            0 => return None,
            1 => "once".to_owned(),
            2 => "twice".to_owned(),
            n => format!("{n} times"),
        };
        (strength > 0.1)
            .then(|| (strength, format!("the article names {} {times}", self.gazetteer.name(row))))
    }

    fn neighbour(&self) -> Option<String> {
        let others = self.resolved.groups.iter().filter(|g| g.name != self.group.name);
        let places = others
            .filter_map(|g| g.candidates.first())
            .filter(|c| !c.is_division && c.row() != self.candidate.row());
        let nearest = places.map(|c| (self.candidate.km_to(c), c)).min_by(|a, b| a.0.total_cmp(&b.0))?;
        let (km, place) = (nearest.0.round(), self.gazetteer.name(nearest.1.row()));
        (km < 400.0).then(|| format!("{km} km from {place}, which the article names"))
    }

    fn sort(&self) -> &'static str {
        match self.gazetteer.feature(self.candidate.row()).0 {
            'P' => "a town",
            'A' => "a division",
            'H' => "a water",
            _ => "such a place",
        }
    }

    fn country_name(&self) -> Option<&str> {
        self.candidate.country.map(|row| self.gazetteer.name(row))
    }
}

fn title_case(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for (i, word) in name.split(' ').enumerate() {
        if i > 0 {
            out.push(' ');
        }
        let mut chars = word.chars();
        out.extend(chars.next().into_iter().flat_map(char::to_uppercase));
        out.extend(chars);
    }
    out
}
