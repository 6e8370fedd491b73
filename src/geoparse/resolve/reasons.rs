//! Why a candidate is thought to be the place meant, in plain words, and how much each reason counts.
//! A reason stands for a family of features, and is told only where the family raised this candidate above its
//! rivals: by its weights times what the candidate has more of than they.

use super::evidence::Link;
use super::features::{Feature, Numbers};
use super::weights::{self, DENSE};
use super::{Candidate, Group, Resolved};
use crate::gazetteer::{Gazetteer, Grade, NameKind, Row, fold};

/// Reasons that are told.
const MOST: usize = 3;
/// Names before and after in the text among which a neighbour is looked for.
const AROUND: usize = 64;
/// Advantage in the weighed sum from which a reason counts for something, for some, for much. The odds against
/// the rivals change by its exponential: 1.3, twice, seven times.
const SLIGHT: f32 = 0.25;
const SOME: f32 = 0.7;
const STRONG: f32 = 2.0;

/// Features that make one reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Family {
    /// A container that is named beside it.
    Container,
    /// How well known a place is, of what sort, by what sort of name.
    Fame,
    /// Countries and divisions that the article speaks of.
    Named,
    /// Places near by that the article names.
    Nearby,
    /// What it contains.
    Contains,
    /// Where the article opens.
    Dateline,
    /// What the words around ask for.
    Wanted,
    /// It acts as governments do.
    Governs,
    /// The outlet's town.
    Home,
    /// The outlet's country.
    HomeCountry,
    /// Not in the gazetteer, but near another place.
    Anchor,
}

impl Family {
    const ALL: [Family; 11] = [
        Family::Container,
        Family::Fame,
        Family::Named,
        Family::Nearby,
        Family::Contains,
        Family::Dateline,
        Family::Wanted,
        Family::Governs,
        Family::Home,
        Family::HomeCountry,
        Family::Anchor,
    ];

    /// The family of a feature.
    pub(super) fn of(feature: Feature) -> Family {
        use Feature as F;
        match feature {
            F::CommaInside | F::InInside | F::BeforeInside | F::CommaOutside => Family::Container,
            F::DivisionNamed
            | F::CountryNamed
            | F::DistrictNamed
            | F::CountryShare
            | F::DivisionShare
            | F::DistrictShare
            | F::DivisionPossible
            | F::DistrictPossible
            | F::BesideCountry
            | F::BesideDivision => Family::Named,
            F::ClosePossible | F::Near | F::Around | F::Nearest | F::BesideNear | F::WeakAround => {
                Family::Nearby
            }
            F::Contains => Family::Contains,
            F::DatelineNear | F::OpensKnown => Family::Dateline,
            F::Wanted | F::NotWanted => Family::Wanted,
            F::Governs => Family::Governs,
            F::HomeNear | F::HomeAround | F::HomeDivision | F::Namesake => Family::Home,
            F::HomeCountry | F::NotHomeCountry => Family::HomeCountry,
            F::Anchored
            | F::AnchoredKnown
            | F::AnchoredSite
            | F::AnchorChance
            | F::AnchorSentence
            | F::AnchorBefore
            | F::AnchorBeside
            | F::AnchorFocus
            | F::AnchorDateline
            | F::AnchorHome
            | F::AnchorContainer
            | F::AnchorCapital
            | F::AnchorDistrict
            | F::AnchorDivision
            | F::AnchorCountry => Family::Anchor,
            _ => Family::Fame,
        }
    }
}

/// The strongest reasons for candidate `number` of `group`, each with its strength: "the text says ‘Bangor,
/// Maine’ (strong)".
pub(crate) fn reasons(
    gazetteer: &Gazetteer,
    resolved: &Resolved,
    group: &Group,
    number: usize,
) -> Vec<String> {
    let Some(candidate) = group.candidates.get(number) else { return Vec::new() };
    let teller = Teller { gazetteer, resolved, group, candidate };
    if group.candidates.len() == 1 {
        // Nothing was weighed against it: what counts is how far that can be trusted.
        let strength = [0.9, 0.6].iter().filter(|&&least| candidate.chance >= least).count();
        let strength = ["slight", "some", "strong"][strength];
        return vec![format!("{} ({strength})", teller.only())];
    }
    advantages(group, number)
        .into_iter()
        .filter_map(|(family, advantage)| {
            let strength = match advantage {
                advantage if advantage >= STRONG => "strong",
                advantage if advantage >= SOME => "some",
                advantage if advantage >= SLIGHT => "slight",
                _ => return None,
            };
            Some(format!("{} ({strength})", teller.tell(family)?))
        })
        .take(MOST)
        .collect()
}

/// By how much each family of features raises a candidate above its rivals, most first. Of a place that the
/// gazetteer does not have, all of it speaks for being near its anchor.
pub(super) fn advantages(group: &Group, number: usize) -> Vec<(Family, f32)> {
    let Some(candidate) = group.candidates.get(number) else { return Vec::new() };
    let rivals = rivals(group, number);
    let mut sums = [0.0f32; Family::ALL.len()];
    for &feature in Feature::ALL {
        let i = feature as usize;
        let family = if candidate.near.is_some() { Family::Anchor } else { Family::of(feature) };
        sums[family as usize] += DENSE[i] * (candidate.numbers[i] - rivals[i]);
    }
    let mut advantages: Vec<(Family, f32)> = Family::ALL.into_iter().zip(sums).collect();
    advantages.sort_by(|a, b| b.1.total_cmp(&a.1));
    advantages
}

/// What the rivals have, each as far as it is a rival.
pub(super) fn rivals(group: &Group, number: usize) -> Numbers {
    let others = || group.candidates.iter().enumerate().filter(|(i, _)| *i != number).map(|(_, c)| c);
    let sum = |candidate: &Candidate| weights::sum(&DENSE, &candidate.numbers);
    let top = others().map(sum).fold(f32::NEG_INFINITY, f32::max);
    let mut mean = [0.0; Feature::COUNT];
    let mut total = 0.0f32;
    for other in others() {
        let share = (sum(other) - top).exp();
        total += share;
        mean.iter_mut().zip(&other.numbers).for_each(|(mean, number)| *mean += share * number);
    }
    mean.iter_mut().for_each(|mean| *mean /= total.max(f32::MIN_POSITIVE));
    mean
}

struct Teller<'a> {
    gazetteer: &'a Gazetteer,
    resolved: &'a Resolved,
    group: &'a Group,
    candidate: &'a Candidate,
}

impl Teller<'_> {
    /// The reason in words, where there is anything to say.
    fn tell(&self, family: Family) -> Option<String> {
        let has = |feature: Feature| self.candidate.numbers[feature as usize] > 0.0;
        match family {
            Family::Container => self.container(),
            Family::Fame => Some(self.fame()),
            Family::Named => self.named(),
            Family::Nearby => self.neighbour(),
            Family::Contains => self.contained(),
            Family::Dateline if has(Feature::OpensKnown) => Some("the article opens with it".to_owned()),
            Family::Dateline => has(Feature::DatelineNear).then(|| "near the article’s dateline".to_owned()),
            Family::Wanted => {
                let asked = || format!("the words around it ask for {}", self.sort());
                has(Feature::Wanted).then(asked)
            }
            Family::Governs => has(Feature::Governs).then(|| "it acts as governments do".to_owned()),
            Family::Home if has(Feature::Namesake) => Some("the outlet may be called after it".to_owned()),
            Family::Home => has(Feature::HomeAround).then(|| self.home())?,
            Family::HomeCountry => {
                let country = self.country_name().filter(|_| has(Feature::HomeCountry))?;
                Some(format!("the outlet is from {country}"))
            }
            Family::Anchor => self.anchor(),
        }
    }

    /// "the text says ‘Bangor, Maine’", in the words of the text where they are the container's name.
    fn container(&self) -> Option<String> {
        let groups = &self.resolved.groups;
        self.group.containers.iter().find_map(|&(other, link)| {
            let other = groups.get(other)?;
            let holds = |c: &&Candidate| c.row() != self.candidate.row() && self.candidate.lies_in(c.row());
            let inside = other.heard().iter().take(12).find(holds)?;
            let container = self.gazetteer.name(inside.row());
            let whole = link == Link::Comma && fold(container) == other.name;
            Some(if whole {
                format!("the text says ‘{}, {container}’", title_case(&self.group.name))
            } else {
                format!("{container} is named beside it")
            })
        })
    }

    fn only(&self) -> String {
        match (self.candidate.near.is_some(), self.candidate.hit.grade, self.candidate.hit.name) {
            (true, ..) => self.anchor().unwrap_or_default(),
            (_, Grade::Part, _) => format!("{} is part of the name", self.place_name()),
            (_, Grade::Loose | Grade::Fuzzy, _) => "the only place that is spelt nearly so".to_owned(),
            (.., NameKind::Demonym) => format!("it is said of {}", self.place_name()),
            _ => "the only place of this name".to_owned(),
        }
    }

    fn fame(&self) -> String {
        let rivals = || self.group.candidates.iter().filter(|c| c.near.is_none());
        let (count, score) = (rivals().count(), self.candidate.hit.score);
        let better = rivals().any(|c| c.hit.score > score);
        let name = self.called(self.place_name());
        match self.candidate.hit.grade {
            Grade::Part => format!("{} is part of the name", self.place_name()),
            Grade::Loose | Grade::Fuzzy => format!("{} is spelt nearly so", self.place_name()),
            _ if self.candidate.hit.name == NameKind::Demonym => {
                format!("it is said of {}", self.place_name())
            }
            _ if count == 1 => "the gazetteer has one place of this name".to_owned(),
            _ if !better => format!("best known of {count} places called {name}"),
            _ => format!("well known for its kind among {count} places called {name}"),
        }
    }

    fn place_name(&self) -> &str {
        self.name_of(self.candidate)
    }

    fn name_of<'b>(&'b self, candidate: &'b Candidate) -> &'b str {
        match &candidate.told {
            Some(place) => &place.name,
            None => self.gazetteer.name(candidate.row()),
        }
    }

    /// The name as the article has it, unless the place bears it itself.
    fn called(&self, name: &str) -> String {
        if fold(name) == self.group.name { name.to_owned() } else { title_case(&self.group.name) }
    }

    /// The likeliest places of the names around it in the text.
    fn others(&self) -> impl Iterator<Item = &Candidate> {
        let resolved = self.resolved;
        let mention = self.group.mentions.first();
        let this = mention.and_then(|&mention| resolved.group_of.get(mention)).copied().unwrap_or(0);
        let around = this.saturating_sub(AROUND)..(this + AROUND).min(resolved.groups.len());
        let others = resolved.groups[around].iter().filter(|group| group.name != self.group.name);
        others
            .filter(|group| !group.mentions.is_empty())
            .filter_map(|group| group.candidates.first().filter(|first| first.near.is_none()))
    }

    /// "the article names Egypt 9 times", or how many of its places lie there, too.
    fn named(&self) -> Option<String> {
        let count = |row: Row| self.resolved.named.get(&row).copied().unwrap_or(0);
        let named =
            self.candidate.containers().map(|row| (count(row), row)).max_by_key(|&(count, _)| count)?;
        let times = match named.0 {
            0 => return self.companions(),
            1 => "once".to_owned(),
            2 => "twice".to_owned(),
            n => format!("{n} times"),
        };
        Some(format!("the article names {} {times}", self.gazetteer.name(named.1)))
    }

    /// "2 other places of the article lie in Maine, too".
    fn companions(&self) -> Option<String> {
        let own = self.group.candidates.first().filter(|first| first.near.is_none());
        self.candidate.containers().find_map(|row| {
            let name = self.gazetteer.name(row);
            let itself = own.is_some_and(|own| own.containers().any(|container| container == row));
            let all = self.resolved.within.get(&row).copied().unwrap_or(0);
            match all.saturating_sub(usize::from(itself)) {
                0 => None,
                1 => Some(format!("another place of the article lies in {name}, too")),
                n => Some(format!("{n} other places of the article lie in {name}, too")),
            }
        })
    }

    fn neighbour(&self) -> Option<String> {
        let own = self.candidate.row();
        let places = self.others().filter(|c| !c.is_division && c.row() != own);
        let nearest = places.map(|c| (self.candidate.km_to(c), c)).min_by(|a, b| a.0.total_cmp(&b.0))?;
        let (km, place) = (nearest.0.round(), self.name_of(nearest.1));
        (km < 400.0).then(|| format!("{km} km from {place}, which the article names"))
    }

    fn contained(&self) -> Option<String> {
        let own = self.candidate.row();
        let inside = self.others().find(|c| c.row() != own && c.lies_in(own))?;
        Some(format!("it contains {}, which the article names", self.name_of(inside)))
    }

    /// "not in the gazetteer; near New Orleans, which the sentence names".
    fn anchor(&self) -> Option<String> {
        let anchor = self.candidate.near.as_ref()?;
        let lacks =
            if self.group.is_known() { "perhaps not in the gazetteer" } else { "not in the gazetteer" };
        let named = match anchor {
            _ if anchor.capital => "the capital",
            _ if anchor.container => "which the text names as its place",
            _ if anchor.sentence => "which the sentence names",
            _ if self.resolved.home.as_ref().is_some_and(|home| home.row() == self.candidate.row()) => {
                "the outlet’s home"
            }
            _ if anchor.home => "after which the outlet may be called",
            _ if anchor.dateline => "where the article opens",
            _ => "which the article names",
        };
        Some(format!("{lacks}; near {}, {named}", self.place_name()))
    }

    fn sort(&self) -> &'static str {
        match self.gazetteer.feature(self.candidate.row()).0 {
            'P' => "a town",
            'A' => "a division",
            'H' => "a water",
            _ => "such a place",
        }
    }

    /// "the outlet’s home is Alexandria, Louisiana".
    fn home(&self) -> Option<String> {
        let label = |town: Row| {
            let within = self.gazetteer.admin1(town).or_else(|| self.gazetteer.country(town));
            let name = self.gazetteer.name(town);
            within.map_or(name.to_owned(), |row| format!("{name}, {}", self.gazetteer.name(row)))
        };
        let known = self.resolved.home.as_ref().map(|town| {
            let own = town.told.as_ref().filter(|_| town.own).map(|place| place.label());
            format!("the outlet’s home is {}", own.unwrap_or_else(|| label(town.row())))
        });
        let guessed = || Some(format!("the outlet may be called after {}", label(self.resolved.namesake?)));
        known.or_else(guessed)
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
