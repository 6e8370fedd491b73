//! What the article's other names say for and against a candidate.
//! Twice: once by what they may mean at all, however unlikely, since two unlikely places of one county explain
//! each other; and once in every pass by what they are thought to mean.

use super::evidence::Link;
use super::features::{Feature, Numbers};
use super::votes::{Others, Vote};
use super::{Candidate, Group, outlet};
use crate::gazetteer::Row;
use crate::model::Kind;

/// Places of another name that are looked at for what it may mean.
const POSSIBLE: usize = 24;

/// The article's other names, as one name hears them.
pub(super) struct Context<'a> {
    /// Every name.
    pub(super) groups: &'a [Group],
    /// The numbers of those that are listened to.
    pub(super) others: &'a [usize],
    /// What each name says.
    pub(super) votes: &'a [Vec<Vote>],
    /// Whether the chances are already worth listening to.
    pub(super) settled: bool,
    /// The name that the outlet may be called after.
    pub(super) namesake: Option<usize>,
}

/// What each name may mean at all.
pub(super) struct Possible(Vec<Spread>);

impl Possible {
    pub(super) fn of(groups: &[Group]) -> Self {
        Self(groups.iter().map(Spread::of).collect())
    }

    /// Adds to a name's candidates what the others may mean.
    pub(super) fn add(&self, groups: &[Group], number: usize, others: &Others, own: &mut [Numbers]) {
        let group = &groups[number];
        if group.candidates.len() < 2 {
            return;
        }
        for (candidate, numbers) in group.candidates.iter().zip(own) {
            let (mut division, mut district, mut close, mut total) = (0.0f32, 0.0f32, 0.0f32, 0.0f32);
            for &other in others.of_group(number) {
                if shares_name(group, &groups[other]) {
                    continue;
                }
                let spread = &self.0[other];
                total += 1.0;
                division += Spread::share(&spread.divisions, candidate.division);
                district += Spread::share(&spread.districts, candidate.district);
                close += spread.closest(candidate);
            }
            numbers[Feature::DivisionPossible as usize] = division / (total + 1.0);
            numbers[Feature::DistrictPossible as usize] = (district / (total + 1.0)).sqrt();
            numbers[Feature::ClosePossible as usize] = close / (total + 1.0);
        }
    }
}

/// Where the places of a name lie.
struct Spread {
    /// Their divisions, sorted.
    divisions: Vec<Row>,
    districts: Vec<Row>,
    /// The best known that are no divisions, with their points.
    places: Vec<(Row, [f32; 3])>,
}

impl Spread {
    fn of(group: &Group) -> Self {
        let known = || group.heard().iter().filter(|c| !c.is_country && c.bears_name());
        let sorted = |mut rows: Vec<Row>| {
            rows.sort_unstable();
            rows.dedup();
            rows
        };
        let places = known().filter(|c| !c.is_division).take(POSSIBLE);
        Self {
            divisions: sorted(known().filter_map(|c| c.division).collect()),
            districts: sorted(known().filter_map(|c| c.district).collect()),
            places: places.map(|c| (c.row(), c.point)).collect(),
        }
    }

    /// What a name says for one of its divisions: the fewer it has, the more.
    fn share(divisions: &[Row], division: Option<Row>) -> f32 {
        let holds = division.is_some_and(|row| divisions.binary_search(&row).is_ok());
        if holds { 1.0 / divisions.len() as f32 } else { 0.0 }
    }

    /// How close the nearest place that the name may mean lies; a name of many places says little.
    fn closest(&self, candidate: &Candidate) -> f32 {
        let others = self.places.iter().filter(|(row, _)| *row != candidate.row());
        let square = others.map(|&(_, point)| candidate.square_km_to(point)).fold(f32::INFINITY, f32::min);
        kernel(square, 40.0) / (self.places.len().max(1) as f32).sqrt()
    }
}

/// 1 at a distance of nothing, a half at `scale` kilometres; the distance is squared.
fn kernel(square_km: f32, scale: f32) -> f32 {
    1.0 / (1.0 + square_km / (scale * scale))
}

/// "Georgia" and "Georgian" say the same thing, and nothing of each other.
fn shares_name(a: &Group, b: &Group) -> bool {
    a.name == b.name && (a.kind == Kind::Demonym) == (b.kind == Kind::Demonym)
}

/// Adds to a candidate's numbers what the others are thought to mean.
pub(super) fn contextual(number: usize, candidate: &Candidate, context: &Context<'_>, numbers: &mut Numbers) {
    let this = &context.groups[number];
    containers(this, candidate, context, numbers);
    let mut sums = Sums::default();
    for &other in context.others {
        let group = &context.groups[other];
        if !shares_name(this, group) {
            sums.total += group.weight;
            for vote in &context.votes[other] {
                sums.add(candidate, vote, group.dateline, context.settled);
            }
        }
    }
    sums.write(numbers);
    if context.settled {
        beside(this, candidate, context, numbers);
    }
    if let Some(namesake) = context.namesake.filter(|&namesake| context.groups[namesake].name != this.name) {
        for town in &context.votes[namesake] {
            outlet::add_town(candidate, &town.place, town.chance, numbers);
        }
    }
    let weak = candidate.near.is_none() && !candidate.bears_name();
    if weak {
        numbers[Feature::WeakAround as usize] = numbers[Feature::Nearest as usize].max(sums.around_best);
    }
}

fn containers(this: &Group, candidate: &Candidate, context: &Context<'_>, numbers: &mut Numbers) {
    let mut raise = |feature: Feature, value: f32| {
        let number = &mut numbers[feature as usize];
        *number = number.max(value);
    };
    for &(other, link) in &this.containers {
        let Some(other) = context.groups.get(other) else { continue };
        let mut inside = 0.0f32;
        let mut outside = 0.0f32;
        for container in other.heard().iter().take(12) {
            if !container.own && candidate.row() != container.row() && candidate.lies_in(container.row()) {
                inside = inside.max(if context.settled { container.chance.max(0.3) } else { 1.0 });
            } else if container.is_division && container.chance > 0.5 {
                outside = outside.max(container.chance);
            }
        }
        if inside > 0.0 {
            raise(
                match link {
                    Link::Comma => Feature::CommaInside,
                    Link::In => Feature::InInside,
                    Link::Before => Feature::BeforeInside,
                },
                inside,
            );
        } else if link == Link::Comma && !candidate.is_division {
            raise(Feature::CommaOutside, outside);
        }
    }
}

/// What the names right beside it in the text mean.
fn beside(this: &Group, candidate: &Candidate, context: &Context<'_>, numbers: &mut Numbers) {
    let (mut total, mut division, mut near, mut country) = (0.0f32, 0.0f32, 0.0f32, 0.0f32);
    for &(other, nearness) in &this.beside {
        if context.groups.get(other).is_none_or(|group| shares_name(this, group)) {
            continue;
        }
        total += nearness;
        for vote in &context.votes[other] {
            let share = nearness * vote.chance;
            if same(candidate.country, vote.place.country) {
                country += share;
            }
            if vote.place.is_country {
                continue;
            }
            if same(candidate.division, vote.place.division) {
                division += share;
            }
            if !vote.place.is_first_level {
                near += share * kernel(candidate.square_km_to(vote.place.point), 60.0);
            }
        }
    }
    let mut set = |feature: Feature, sum: f32| numbers[feature as usize] = sum / (total + 0.5);
    set(Feature::BesideCountry, country);
    set(Feature::BesideDivision, division);
    set(Feature::BesideNear, near);
}

fn same(a: Option<Row>, b: Option<Row>) -> bool {
    a.is_some() && a == b
}

#[derive(Default)]
struct Sums {
    total: f32,
    towns: f32,
    country: f32,
    division: f32,
    district: f32,
    near: f32,
    around: f32,
    nearest: f32,
    around_best: f32,
    contains: f32,
    country_named: f32,
    division_named: f32,
    district_named: f32,
    dateline_near: f32,
}

impl Sums {
    fn add(&mut self, candidate: &Candidate, vote: &Vote, dateline: bool, settled: bool) {
        let (place, chance, share) = (&vote.place, vote.chance, vote.share);
        let country = same(candidate.country, place.country);
        if country {
            self.country += share;
        }
        if !place.own && candidate.row() != place.row() && candidate.lies_in(place.row()) {
            let named = match (place.is_country, place.is_first_level) {
                (true, _) => &mut self.country_named,
                (_, true) => &mut self.division_named,
                _ => &mut self.district_named,
            };
            *named = named.max(chance);
        }
        if candidate.row() != place.row() && place.lies_in(candidate.row()) {
            self.contains += share;
        }
        if !settled || place.is_country {
            return;
        }
        if same(candidate.division, place.division) {
            self.division += share;
        }
        if same(candidate.district, place.district) {
            self.district += share;
        }
        if place.is_first_level {
            return;
        }
        self.towns += share;
        let square = candidate.square_km_to(place.point);
        let (near, around) = (kernel(square, 30.0), kernel(square, 150.0));
        self.near += share * near;
        self.around += share * around;
        self.nearest = self.nearest.max(chance * near);
        self.around_best = self.around_best.max(chance * around);
        if dateline {
            self.dateline_near = self.dateline_near.max(chance * around);
        }
    }

    fn write(&self, numbers: &mut Numbers) {
        let mut set = |feature: Feature, value: f32| numbers[feature as usize] = value;
        // One other name alone is worth less than a whole article's agreement.
        let share = |sum: f32| sum / (self.total + 1.0);
        set(Feature::CountryShare, share(self.country));
        set(Feature::DivisionShare, share(self.division));
        set(Feature::DistrictShare, share(self.district));
        set(Feature::Near, self.near / (self.towns + 1.0));
        set(Feature::Around, self.around / (self.towns + 1.0));
        set(Feature::Nearest, self.nearest);
        set(Feature::Contains, share(self.contains));
        set(Feature::CountryNamed, self.country_named);
        set(Feature::DivisionNamed, self.division_named);
        set(Feature::DistrictNamed, self.district_named);
        set(Feature::DatelineNear, self.dateline_near);
    }
}
