//! Which place each mention means.
//! Mentions of one name are settled together, one sense per article, and all names of an article at once:
//! a first pass goes by fame and by what the words around say, and the following ones let the names
//! vote for each other.

pub(crate) mod evidence;
pub(crate) mod features;
mod reasons;
pub(crate) mod weights;

use std::collections::HashMap;

use super::recognize::Toponym;
use super::sense;
use super::tokens::Text;
use crate::gazetteer::{Gazetteer, Hit, Row};
use crate::model::Kind;
use evidence::{Evidence, Link, Wanted};
use features::{Context, Numbers};

/// Candidates of one name that are weighed.
const MOST: usize = 64;
/// Fewest letters of an outlet's name that are taken for a place.
const HOME_LETTERS: usize = 5;
/// Times the names vote for each other.
const PASSES: usize = 3;

/// A place that a name may mean.
#[derive(Clone, Debug)]
pub(crate) struct Candidate {
    /// The gazetteer's hit.
    pub(crate) hit: Hit,
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
    fn new(gazetteer: &Gazetteer, hit: Hit) -> Self {
        let (class, code) = gazetteer.feature(hit.row);
        let is_country = class == 'A' && code.starts_with("PCL");
        let is_first_level = class == 'A' && code == "ADM1";
        let (lat, lon) = gazetteer.point(hit.row);
        let (lat, lon) = (lat.to_radians() as f32, lon.to_radians() as f32);
        Self {
            hit,
            country: gazetteer.country(hit.row),
            division: gazetteer.admin1(hit.row),
            district: gazetteer.admin2(hit.row),
            is_country,
            is_first_level,
            is_division: is_country || is_first_level,
            point: [lat.cos() * lon.cos(), lat.cos() * lon.sin(), lat.sin()],
            numbers: [0.0; features::Feature::COUNT],
            chance: 0.0,
        }
    }

    /// The gazetteer's row.
    pub(crate) fn row(&self) -> Row {
        self.hit.row
    }

    /// Whether the place lies in the country or division `row`.
    pub(crate) fn lies_in(&self, row: Row) -> bool {
        [self.country, self.division, self.district].contains(&Some(row))
    }

    /// Distance along the chord, kilometres: near enough to great-circle where it matters.
    pub(crate) fn km_to(&self, other: &Candidate) -> f32 {
        let square: f32 = self.point.iter().zip(&other.point).map(|(a, b)| (a - b) * (a - b)).sum();
        square.sqrt() * 6371.0
    }
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
    /// What the type words call for.
    pub(crate) wanted: Option<Wanted>,
    /// How much its vote counts.
    pub(crate) weight: f32,
    /// Whether it opens the article.
    pub(crate) dateline: bool,
    /// Whether a mention acts as governments do: "Washington prompted".
    pub(crate) acts: bool,
    /// Country of the outlet's domain.
    pub(crate) home_country: Option<String>,
}

/// What is known of the outlet.
#[derive(Clone, Debug, Default)]
pub(crate) struct Home {
    /// Country code of its domain.
    pub(crate) country: Option<String>,
    /// Its name's letters, lower case, nothing between.
    pub(crate) letters: String,
}

impl Home {
    /// Reads the outlet's name and the article's address.
    pub(crate) fn read(source: Option<&str>, url: Option<&str>) -> Self {
        let host = |url: &str| -> String {
            let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
            rest.split(['/', ':', '?']).next().unwrap_or("").trim_start_matches("www.").to_lowercase()
        };
        let name = source.unwrap_or("");
        let domain = if name.contains('.') && !name.contains(' ') {
            host(name)
        } else {
            url.map(host).unwrap_or_default()
        };
        let last = domain.rsplit('.').next().unwrap_or("");
        // Two-letter domains that are sold to everybody say nothing.
        let country = match last {
            "uk" => Some("GB".to_owned()),
            "tv" | "io" | "me" | "co" | "fm" | "cc" | "ws" | "eu" | "su" | "ai" | "to" => None,
            code if code.len() == 2 && code.bytes().all(|b| b.is_ascii_lowercase()) => {
                Some(code.to_uppercase())
            }
            _ => None,
        };
        let named = if name.is_empty() { domain.as_str() } else { name };
        Self { country, letters: named.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect() }
    }

    /// The place that the outlet's name begins with, as a name that the article's names are weighed
    /// with: the Columbus of "columbuslocalnews.com". None where the article has that name itself.
    fn group(&self, gazetteer: &Gazetteer, groups: &[Group]) -> Option<Group> {
        let letters = self.letters.strip_prefix("the").unwrap_or(&self.letters);
        let lengths = (HOME_LETTERS..letters.len()).rev().filter(|&n| letters.is_char_boundary(n));
        let (name, hits) = lengths.take(24).find_map(|n| {
            let mut hits = gazetteer.names_at(&[&letters[..n]]).into_iter().next()?.1;
            hits.retain(|hit| gazetteer.feature(hit.row).0 == 'P');
            (!hits.is_empty()).then(|| (letters[..n].to_owned(), hits))
        })?;
        let known = groups.iter().any(|group| group.name == name);
        (!known).then(|| Group {
            name,
            kind: Kind::Name,
            mentions: Vec::new(),
            candidates: hits.into_iter().take(MOST).map(|hit| Candidate::new(gazetteer, hit)).collect(),
            containers: Vec::new(),
            wanted: None,
            weight: 0.7,
            dateline: false,
            acts: false,
            home_country: self.country.clone(),
        })
    }
}

/// The names of an article, settled.
#[derive(Debug, Default)]
pub(crate) struct Resolved {
    /// Every name with its candidates, best first.
    pub(crate) groups: Vec<Group>,
    /// For each mention, its group.
    pub(crate) group_of: Vec<usize>,
}

/// Settles every mention.
pub(crate) fn resolve(text: &Text<'_>, gazetteer: &Gazetteer, toponyms: &[Toponym], home: &Home) -> Resolved {
    resolve_with(&weights::DENSE, text, gazetteer, toponyms, home)
}

/// Settles every mention by other weights.
pub(crate) fn resolve_with(
    weights: &Numbers,
    text: &Text<'_>,
    gazetteer: &Gazetteer,
    toponyms: &[Toponym],
    home: &Home,
) -> Resolved {
    let evidence = evidence::gather(text, toponyms);
    let (mut groups, group_of) = group(text, gazetteer, toponyms, &evidence, home);
    groups.extend(home.group(gazetteer, &groups));
    let own: Vec<Vec<Numbers>> = groups.iter().map(|group| own_numbers(gazetteer, group)).collect();
    settle(&mut groups, &own, weights, false);
    for _ in 0..PASSES {
        settle(&mut groups, &own, weights, true);
    }
    for group in &mut groups {
        group.candidates.sort_by(|a, b| {
            b.chance
                .total_cmp(&a.chance)
                .then(b.hit.score.total_cmp(&a.hit.score))
                .then(a.row().cmp(&b.row()))
        });
    }
    Resolved { groups, group_of }
}

fn own_numbers(gazetteer: &Gazetteer, group: &Group) -> Vec<Numbers> {
    let best = group.candidates.first().map_or(0.0, |c| c.hit.score);
    let numbers =
        |(i, candidate): (usize, &Candidate)| features::own(gazetteer, group, candidate, best, i == 0);
    group.candidates.iter().enumerate().map(numbers).collect()
}

/// One pass: every candidate's numbers by the chances of the last pass, then the new chances.
fn settle(groups: &mut [Group], own: &[Vec<Numbers>], weights: &Numbers, settled: bool) {
    let mut passes: Vec<Vec<Numbers>> = Vec::with_capacity(groups.len());
    for (number, group) in groups.iter().enumerate() {
        let context = Context { groups, settled };
        let with_context = |(candidate, own): (&Candidate, &Numbers)| {
            let mut numbers = *own;
            if group.candidates.len() > 1 {
                features::contextual(number, candidate, &context, &mut numbers);
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
    }
}

/// Puts mentions of one name together, apart where their containers contradict each other: the
/// Springfield of "Springfield, Ill." and that of "Springfield, Mass."
fn group(
    text: &Text<'_>,
    gazetteer: &Gazetteer,
    toponyms: &[Toponym],
    evidence: &[Evidence],
    home: &Home,
) -> (Vec<Group>, Vec<usize>) {
    let container = |i: usize| {
        let comma = evidence[i].containers.iter().find(|(_, link)| *link == Link::Comma)?;
        let best = toponyms[comma.0].hits.first()?;
        let (class, code) = gazetteer.feature(best.row);
        let holds = class == 'A' && (code == "ADM1" || code.starts_with("PCL"));
        holds.then_some(best.row)
    };
    let mut containers: HashMap<&str, Vec<Row>> = HashMap::new();
    for (i, toponym) in toponyms.iter().enumerate() {
        let seen = containers.entry(toponym.name.as_str()).or_default();
        if let Some(row) = container(i).filter(|row| !seen.contains(row)) {
            seen.push(row);
        }
    }
    let mut numbers: HashMap<(&str, Option<Row>), usize> = HashMap::new();
    let mut groups: Vec<Group> = Vec::new();
    let mut group_of = Vec::with_capacity(toponyms.len());
    for (i, toponym) in toponyms.iter().enumerate() {
        let seen = containers.get(toponym.name.as_str()).map_or(&[][..], Vec::as_slice);
        let split = if seen.len() > 1 { container(i).or_else(|| seen.first().copied()) } else { None };
        let number = *numbers.entry((toponym.name.as_str(), split)).or_insert_with(|| {
            groups.push(new_group(gazetteer, toponym, home));
            groups.len() - 1
        });
        let group = &mut groups[number];
        group.mentions.push(i);
        group.dateline |= toponym.dateline;
        group.acts |= sense::governs(text, gazetteer, toponym);
        group.wanted = group.wanted.or(evidence[i].wanted);
        group_of.push(number);
    }
    for (i, evidence) in evidence.iter().enumerate() {
        for &(j, link) in &evidence.containers {
            let pair = (group_of[j], link);
            let group = &mut groups[group_of[i]];
            if pair.0 != group_of[i] && !group.containers.contains(&pair) {
                group.containers.push(pair);
            }
        }
    }
    for group in &mut groups {
        group.weight = (1.0 + group.mentions.len() as f32).ln();
    }
    (groups, group_of)
}

fn new_group(gazetteer: &Gazetteer, toponym: &Toponym, home: &Home) -> Group {
    Group {
        name: toponym.name.clone(),
        kind: toponym.kind,
        mentions: Vec::new(),
        candidates: toponym.hits.iter().take(MOST).map(|&hit| Candidate::new(gazetteer, hit)).collect(),
        containers: Vec::new(),
        wanted: None,
        weight: 0.0,
        dateline: false,
        acts: false,
        home_country: home.country.clone(),
    }
}

pub(crate) use reasons::reasons;
