//! What speaks for and against a place being the one that a name means: one number per feature, kept
//! apart from how they are weighed.

use super::evidence::{Link, Wanted};
use super::{Candidate, Group};
use crate::gazetteer::{Gazetteer, Grade, NameKind, Row};
use crate::model::Kind;

macro_rules! features {
    ($($(#[$doc:meta])* $name:ident,)*) => {
        /// Something that speaks for or against a candidate.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum Feature { $($(#[$doc])* $name,)* }

        impl Feature {
            /// Every feature.
            pub(crate) const ALL: &'static [Feature] = &[$(Feature::$name,)*];
            /// Number of features.
            pub(crate) const COUNT: usize = Self::ALL.len();
        }
    };
}

features! {
    /// How well known the place is by this name; whether best of all; how far behind the best.
    Score, First, Behind,
    /// Inhabitants, logarithm, 1 for ten millions.
    Population,
    /// What it is.
    Country, Division, District, Capital, Seat, Town, Section, Water, Land, Spot,
    /// By what sort of name.
    Alternate, Demonym, Loose,
    /// A named container holds it, by the way it is named; one is named and does not hold it.
    CommaInside, InInside, BeforeInside, CommaOutside,
    /// A division that shares its name with a town in it, and no word asks for the division: the bare
    /// name means the town. New York is both.
    HasSeat,
    /// The type words ask for it, or for something else.
    Wanted, NotWanted,
    /// The article names its first-level division, its country, its second-level division.
    DivisionNamed, CountryNamed, DistrictNamed,
    /// Share of the other names whose likeliest place lies in the same country, first- and second-level division.
    CountryShare, DivisionShare, DistrictShare,
    /// Share of other names' likeliest places within some 30 and 150 km; nearest of all.
    Near, Around, Nearest,
    /// Contains what the article's other names mean.
    Contains,
    /// Near the dateline's place; in its country.
    DatelineNear, DatelineCountry,
    /// A mention acts as governments do, and the place is a capital or a country.
    Governs,
    /// In the country of the outlet's domain; in another one.
    HomeCountry, NotHomeCountry,
}

/// The numbers of one candidate.
pub(crate) type Numbers = [f32; Feature::COUNT];

/// The article's other names, as this group sees them.
pub(crate) struct Context<'a> {
    /// Every group with its candidates and their current chances.
    pub(crate) groups: &'a [Group],
    /// Whether the chances are already worth listening to.
    pub(crate) settled: bool,
}

/// What of a candidate depends on itself and its own mentions alone.
pub(crate) fn own(
    gazetteer: &Gazetteer,
    group: &Group,
    candidate: &Candidate,
    best: f32,
    first: bool,
) -> Numbers {
    let mut numbers = [0.0; Feature::COUNT];
    let mut set = |feature: Feature, value: f32| numbers[feature as usize] = value;
    let hit = &candidate.hit;
    set(Feature::Score, hit.score);
    set(Feature::First, f32::from(u8::from(first)));
    set(Feature::Behind, best - hit.score);
    set(Feature::Population, ((gazetteer.population(hit.row) as f32) + 1.0).ln() / 16.1);
    let (class, code) = gazetteer.feature(hit.row);
    let sort = match (class, code) {
        ('A', code) if code.starts_with("PCL") => Feature::Country,
        ('A', "ADM1") => Feature::Division,
        ('A', _) => Feature::District,
        ('P', "PPLC") => Feature::Capital,
        ('P', "PPLA") => Feature::Seat,
        ('P', "PPLX") => Feature::Section,
        ('P', _) => Feature::Town,
        ('H', _) => Feature::Water,
        ('L' | 'T' | 'V' | 'U', _) => Feature::Land,
        _ => Feature::Spot,
    };
    set(sort, 1.0);
    match hit.name {
        NameKind::Alternate => set(Feature::Alternate, 1.0),
        NameKind::Demonym => set(Feature::Demonym, 1.0),
        _ => {}
    }
    if hit.grade == Grade::Loose {
        set(Feature::Loose, 1.0);
    }
    let asked = matches!(group.wanted, Some(Wanted::Division | Wanted::District));
    let seat = |other: &Candidate| {
        gazetteer.feature(other.row()).0 == 'P' && other.lies_in(hit.row) && other.hit.score > 0.4 * hit.score
    };
    let foreign = gazetteer.country_code(hit.row) != "US";
    if class == 'A' && !candidate.is_country && foreign && !asked && group.candidates.iter().any(seat) {
        set(Feature::HasSeat, 1.0);
    }
    if let Some(wanted) = group.wanted {
        let fits = match wanted {
            Wanted::Town => class == 'P',
            Wanted::Division => class == 'A' && code == "ADM1" || class == 'L',
            Wanted::District => class == 'A' && !code.starts_with("PCL") && code != "ADM1",
            Wanted::Water => class == 'H',
            Wanted::Land => matches!(class, 'T' | 'L'),
        };
        set(if fits { Feature::Wanted } else { Feature::NotWanted }, 1.0);
    }
    if group.acts && (code == "PPLC" || sort == Feature::Country) {
        set(Feature::Governs, 1.0);
    }
    if let Some(home) = &group.home_country {
        let same = gazetteer.country_code(hit.row) == home;
        set(if same { Feature::HomeCountry } else { Feature::NotHomeCountry }, 1.0);
    }
    numbers
}

/// Adds what depends on the article's other names.
pub(crate) fn contextual(group: usize, candidate: &Candidate, context: &Context<'_>, numbers: &mut Numbers) {
    let this = &context.groups[group];
    containers(this, candidate, context, numbers);
    let mut sums = Sums::default();
    for (number, other) in context.groups.iter().enumerate() {
        if number != group && !shares_name(this, other) {
            sums.add(candidate, other, context.settled);
        }
    }
    sums.write(numbers);
}

/// "Georgia" and "Georgian" say the same thing, and nothing of each other.
fn shares_name(a: &Group, b: &Group) -> bool {
    a.kind == Kind::Demonym && b.kind == Kind::Demonym && a.name == b.name
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
        for container in other.candidates.iter().take(12) {
            if candidate.row() != container.row() && candidate.lies_in(container.row()) {
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
    contains: f32,
    country_named: f32,
    division_named: f32,
    district_named: f32,
    dateline_near: f32,
    dateline_country: f32,
}

impl Sums {
    fn add(&mut self, candidate: &Candidate, other: &Group, settled: bool) {
        let weight = other.weight;
        self.total += weight;
        for place in other.candidates.iter().take(6) {
            let chance = place.chance;
            if chance < 0.02 {
                continue;
            }
            let same = |a: Option<Row>, b: Option<Row>| a.is_some() && a == b;
            let country = same(candidate.country, place.country);
            let share = weight * chance;
            if country {
                self.country += share;
            }
            if candidate.row() != place.row() && candidate.lies_in(place.row()) {
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
                continue;
            }
            if same(candidate.division, place.division) {
                self.division += share;
            }
            if same(candidate.district, place.district) {
                self.district += share;
            }
            if place.is_first_level {
                continue;
            }
            self.towns += share;
            let km = candidate.km_to(place);
            let near = 1.0 / (1.0 + (km / 30.0) * (km / 30.0));
            self.near += share * near;
            self.around += share / (1.0 + (km / 150.0) * (km / 150.0));
            self.nearest = self.nearest.max(chance * near);
            if other.dateline {
                self.dateline_near = self.dateline_near.max(chance / (1.0 + (km / 150.0) * (km / 150.0)));
                if country {
                    self.dateline_country = self.dateline_country.max(chance);
                }
            }
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
        set(Feature::DatelineCountry, self.dateline_country);
    }
}
