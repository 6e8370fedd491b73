//! Which place each mention means.
//! Mentions of one name are settled together, one sense per article, and all names of an article at once:
//! a first pass goes by fame and by what the words around say, and the following ones let the names
//! vote for each other.

pub(crate) mod calibrate;
mod context;
pub(crate) mod evidence;
pub(crate) mod features;
mod grouping;
mod near;
mod outlet;
mod reasons;
mod site;
#[cfg(test)]
mod tests;
mod told;
mod votes;
pub(crate) mod weights;

use self::near::Anchor;
use std::collections::HashMap;
use std::sync::Arc;

use super::home::Home;
use super::recognize::Toponym;
use super::tokens::Text;
use crate::gazetteer::{Gazetteer, Grade, Hit, Row};
use crate::model::{Kind, Place};
use context::{Context, Possible};
use evidence::{Link, Wanted};
use features::Numbers;
use site::Site;
use votes::Others;

/// Candidates of one name that are weighed.
const MOST: usize = 64;
/// Times the names vote for each other.
const PASSES: usize = 3;

/// A place that a name may mean, or one that it may be near to.
#[derive(Clone, Debug)]
pub(crate) struct Candidate {
    /// The gazetteer's hit; of a place that no gazetteer has, its anchor.
    pub(crate) hit: Hit,
    /// How the anchor was found, where the gazetteer does not have the place itself.
    pub(crate) near: Option<Anchor>,
    /// The place itself, where people said that the name means it.
    pub(crate) told: Option<Arc<Place>>,
    /// Whether no gazetteer has that place. The hit is of the nearest one then.
    pub(crate) own: bool,
    pub(crate) country: Option<Row>,
    pub(crate) division: Option<Row>,
    pub(crate) district: Option<Row>,
    pub(crate) is_country: bool,
    pub(crate) is_first_level: bool,
    /// Whether it is a country or a first-level division.
    pub(crate) is_division: bool,
    /// Point on the unit sphere.
    point: [f32; 3],
    /// What speaks for it.
    pub(crate) numbers: Numbers,
    /// Chance of being the one meant.
    pub(crate) chance: f32,
}

impl Candidate {
    pub(super) fn new(gazetteer: &Gazetteer, hit: Hit) -> Self {
        let (class, code) = gazetteer.feature(hit.row);
        let is_country = class == 'A' && code.starts_with("PCL");
        let is_first_level = class == 'A' && code == "ADM1";
        let (lat, lon) = gazetteer.point(hit.row);
        Self {
            hit,
            near: None,
            told: None,
            own: false,
            country: gazetteer.country(hit.row),
            division: gazetteer.admin1(hit.row),
            district: gazetteer.admin2(hit.row),
            is_country,
            is_first_level,
            is_division: is_country || is_first_level,
            point: unit(lat, lon),
            numbers: [0.0; features::Feature::COUNT],
            chance: 0.0,
        }
    }

    /// The gazetteer's row; of a place that no gazetteer has, its anchor's.
    pub(crate) fn row(&self) -> Row {
        self.hit.row
    }

    /// Whether the place bears the name as it stands, and not another spelling or a part of it.
    fn bears_name(&self) -> bool {
        self.near.is_none() && self.hit.grade <= Grade::Folded
    }

    /// What contains the place, smallest first, without itself.
    fn containers(&self) -> impl Iterator<Item = Row> + use<> {
        let own = self.row();
        [self.district, self.division, self.country].into_iter().flatten().filter(move |&row| row != own)
    }

    /// Whether the place lies in the country or division `row`.
    pub(crate) fn lies_in(&self, row: Row) -> bool {
        [self.country, self.division, self.district].contains(&Some(row))
    }

    /// Distance along the chord, kilometres: near enough to great-circle where it matters.
    pub(crate) fn km_to(&self, other: &Candidate) -> f32 {
        self.square_km_to(other.point).sqrt()
    }

    /// The square of that distance to a point on the unit sphere.
    fn square_km_to(&self, point: [f32; 3]) -> f32 {
        let square: f32 = self.point.iter().zip(&point).map(|(a, b)| (a - b) * (a - b)).sum();
        square * 6371.0 * 6371.0
    }
}

/// A point on the unit sphere, of degrees.
fn unit(lat: f64, lon: f64) -> [f32; 3] {
    let (lat, lon) = (lat.to_radians() as f32, lon.to_radians() as f32);
    [lat.cos() * lon.cos(), lat.cos() * lon.sin(), lat.sin()]
}

/// The mentions of one name.
#[derive(Clone, Debug)]
pub(crate) struct Group {
    /// Folded name.
    pub(crate) name: String,
    pub(crate) kind: Kind,
    /// Numbers of its mentions.
    pub(crate) mentions: Vec<usize>,
    /// Best first, once resolved.
    pub(crate) candidates: Vec<Candidate>,
    /// Groups that may name what contains it.
    pub(crate) containers: Vec<(usize, Link)>,
    /// Groups that the text mentions within a few names of it, and how near, 0 to 1.
    beside: Vec<(usize, f32)>,
    /// What the type words call for.
    pub(crate) wanted: Option<Wanted>,
    /// What sort of site the name's own words make it: a street, an embassy.
    site: Option<Site>,
    /// How much its vote counts.
    pub(crate) weight: f32,
    /// Whether it opens the article.
    pub(crate) dateline: bool,
    /// Whether a mention acts as governments do: "Washington prompted".
    pub(crate) acts: bool,
    /// Whether a mention stands before a noun as adjectives do: "Arab governments".
    adjective: bool,
}

impl Group {
    /// A name without mentions, with the places it may mean.
    pub(super) fn new(gazetteer: &Gazetteer, name: String, kind: Kind, hits: &[Hit]) -> Self {
        let candidates: Vec<Candidate> =
            hits.iter().take(MOST).map(|&hit| Candidate::new(gazetteer, hit)).collect();
        Self {
            site: Site::of(&name),
            name,
            kind,
            mentions: Vec::new(),
            candidates,
            containers: Vec::new(),
            beside: Vec::new(),
            wanted: None,
            weight: 0.7,
            dateline: false,
            acts: false,
            adjective: false,
        }
    }

    /// Whether the gazetteer has a place of this very name.
    fn is_known(&self) -> bool {
        self.candidates.iter().any(Candidate::bears_name)
    }

    /// The likeliest place.
    fn likeliest(&self) -> Option<&Candidate> {
        self.candidates.iter().max_by(|a, b| a.chance.total_cmp(&b.chance).then(b.row().cmp(&a.row())))
    }
}

/// The names of an article, settled.
#[derive(Debug, Default)]
pub(crate) struct Resolved {
    /// Every name with its candidates, best first.
    pub(crate) groups: Vec<Group>,
    /// For each mention, its group.
    pub(crate) group_of: Vec<usize>,
    /// For each place that is the first of its name, how often the article names it.
    named: HashMap<Row, usize>,
    /// For each country and division, how many names have their first place in it.
    within: HashMap<Row, usize>,
    /// The town of the outlet, where it is known.
    home: Option<Candidate>,
    /// The likeliest town that an outlet may be called after whose home is not known.
    namesake: Option<Row>,
}

impl Resolved {
    /// Counts what the reasons tell.
    fn new(groups: Vec<Group>, group_of: Vec<usize>) -> Self {
        let mut this = Self { groups, group_of, ..Self::default() };
        for group in this.groups.iter().filter(|group| !group.mentions.is_empty()) {
            let Some(first) = group.candidates.first().filter(|first| first.near.is_none()) else { continue };
            if !first.own {
                *this.named.entry(first.row()).or_default() += group.mentions.len();
            }
            for row in first.containers() {
                *this.within.entry(row).or_default() += 1;
            }
        }
        this
    }
}

/// Settles every mention.
pub(crate) fn resolve(text: &Text<'_>, gazetteer: &Gazetteer, toponyms: &[Toponym], home: &Home) -> Resolved {
    let mut resolved = resolve_with(&weights::DENSE, text, gazetteer, toponyms, home);
    calibrate::calibrate(&mut resolved.groups);
    resolved
}

/// Settles every mention by other weights, and leaves the chances as they come.
pub(crate) fn resolve_with(
    weights: &Numbers,
    text: &Text<'_>,
    gazetteer: &Gazetteer,
    toponyms: &[Toponym],
    home: &Home,
) -> Resolved {
    let evidence = evidence::gather(text, toponyms);
    let (mut groups, group_of) = grouping::group(text, gazetteer, toponyms, &evidence);
    groups.extend(home.group(gazetteer, &groups));
    let others = Others::of(&groups, home);
    let mut own: Vec<Vec<Numbers>> = vec![Vec::new(); groups.len()];
    own_numbers(gazetteer, &groups, &others, home, &mut own);
    settle(&mut groups, &own, &others, weights, false);
    for _ in 0..PASSES {
        settle(&mut groups, &own, &others, weights, true);
    }
    if near::add(text, gazetteer, (toponyms, &group_of), &mut groups, home) {
        own_numbers(gazetteer, &groups, &others, home, &mut own);
        settle(&mut groups, &own, &others, weights, true);
    }
    sort(&mut groups);
    let namesake =
        others.namesake.and_then(|number| groups.get(number)?.candidates.first().map(Candidate::row));
    Resolved { home: home.town.clone(), namesake, ..Resolved::new(groups, group_of) }
}

/// Puts every name's likeliest candidate first.
fn sort(groups: &mut [Group]) {
    for group in groups {
        group.candidates.sort_by(|a, b| {
            b.chance
                .total_cmp(&a.chance)
                .then(b.hit.score.total_cmp(&a.hit.score))
                .then(a.row().cmp(&b.row()))
        });
    }
}

/// What of the candidates does not change from pass to pass, for the names that have got new ones.
fn own_numbers(
    gazetteer: &Gazetteer,
    groups: &[Group],
    others: &Others,
    home: &Home,
    own: &mut [Vec<Numbers>],
) {
    let possible = Possible::of(groups);
    for (number, (group, own)) in groups.iter().zip(own).enumerate() {
        if own.len() == group.candidates.len() {
            continue;
        }
        *own = features::own(gazetteer, group);
        for (candidate, numbers) in group.candidates.iter().zip(own.iter_mut()) {
            outlet::add(gazetteer, group, candidate, home, numbers);
        }
        possible.add(groups, number, others, own);
    }
}

/// One pass: every candidate's numbers by the chances of the last pass, then the new chances.
fn settle(groups: &mut [Group], own: &[Vec<Numbers>], others: &Others, weights: &Numbers, settled: bool) {
    let votes = votes::votes(groups);
    let mut passes: Vec<Vec<Numbers>> = Vec::with_capacity(groups.len());
    for (number, group) in groups.iter().enumerate() {
        let namesake = others.namesake.filter(|_| settled);
        let context = Context { groups, others: others.of_group(number), votes: &votes, settled, namesake };
        let with_context = |(candidate, own): (&Candidate, &Numbers)| {
            let mut numbers = *own;
            if group.candidates.len() > 1 {
                context::contextual(number, candidate, &context, &mut numbers);
            }
            numbers
        };
        passes.push(group.candidates.iter().zip(&own[number]).map(with_context).collect());
    }
    for (group, numbers) in groups.iter_mut().zip(passes) {
        let sums: Vec<f32> = numbers.iter().map(|numbers| weights::sum(weights, numbers)).collect();
        let top = sums.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        let total: f32 = sums.iter().map(|sum| (sum - top).exp()).sum();
        for ((candidate, numbers), sum) in group.candidates.iter_mut().zip(numbers).zip(sums) {
            candidate.numbers = numbers;
            candidate.chance = (sum - top).exp() / total;
        }
        group.hold();
    }
}

pub(crate) use near::place as near;
pub(crate) use reasons::reasons;
pub(crate) use told::candidate as decided;
