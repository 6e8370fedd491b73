//! What speaks for and against a place being the one that a name means: one number per feature, kept
//! apart from how they are weighed.

use super::evidence::Wanted;
use super::site::Site;
use super::{Candidate, Group};
use crate::gazetteer::{Gazetteer, Grade, NameKind};

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
    /// How well known the place is by this name; whether best of all; how far behind the best; its share of
    /// the fame of all; logarithm of its fame over the best.
    Score, First, Behind, FameShare, Ratio,
    /// Inhabitants, logarithm, 1 for ten millions.
    Population,
    /// What it is.
    Country, Division, District, Capital, Seat, Town, Section, Water, Land, Spot,
    /// Its fame, where it is a town.
    ScoreTown,
    /// By what sort of name.
    Alternate, Demonym, Abbreviation,
    /// In another spelling; with a letter or two different; by a part of the name; and how well known then.
    Loose, Fuzzy, Part, WeakScore,
    /// Such a place near what else the article names.
    WeakAround,
    /// A country, of which the name is an embassy or a ministry, and not the country itself.
    Represented,
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
    /// Share of the other names that may mean a place in its first-level division, its second-level division,
    /// close to it.
    DivisionPossible, DistrictPossible, ClosePossible,
    /// Share of other names' likeliest places within some 30 and 150 km; nearest of all.
    Near, Around, Nearest,
    /// The names right beside it in the text lie in the same country, division, nearby.
    BesideCountry, BesideDivision, BesideNear,
    /// Contains what the article's other names mean.
    Contains,
    /// Near the dateline's place.
    DatelineNear,
    /// A division or town inside a country of its own name, and no word asks for it: Mexico State.
    InNamesake,
    /// The same in the United States, where states and towns share names as equals.
    HasSeatHere,
    /// A people's name, of which the text makes an adjective: "Arab governments", no town of Arab.
    Adjective,
    /// It opens the article, and the place is a capital or a large town.
    OpensKnown,
    /// A mention acts as governments do, and the place is a capital or a country.
    Governs,
    /// In the outlet's country; in another one.
    HomeCountry, NotHomeCountry,
    /// Within some 30 and 150 km of the outlet's town; in its first-level division.
    HomeNear, HomeAround, HomeDivision,
    /// Inhabitants, where an outlet that nobody knows is called after such a place: the papers of great cities are
    /// known, so it is "The Paris Beacon" of a lesser Paris.
    Namesake,
    /// Not in the gazetteer, but near its anchor; where the gazetteer has no place of the very name, or has
    /// one; where the name is a site's by its words.
    Anchored, AnchoredKnown, AnchoredSite,
    /// How likely the anchor is; in the same sentence; before the name; how near in the text; share in the
    /// article; its dateline; its outlet's town; the container that the text names; a capital.
    AnchorChance, AnchorSentence, AnchorBefore, AnchorBeside, AnchorFocus, AnchorDateline, AnchorHome,
    AnchorContainer, AnchorCapital,
    /// The anchor is a division or a country, and no town.
    AnchorDistrict, AnchorDivision, AnchorCountry,
}

/// The numbers of one candidate.
pub(crate) type Numbers = [f32; Feature::COUNT];

/// What of each candidate depends on itself and its own mentions alone.
pub(crate) fn own(gazetteer: &Gazetteer, group: &Group) -> Vec<Numbers> {
    let named = || group.candidates.iter().filter(|c| c.near.is_none()).map(|c| c.hit.score);
    let fame = Fame { best: named().fold(0.0, f32::max), all: named().sum() };
    let first = group.candidates.iter().position(|c| c.near.is_none() && c.hit.score >= fame.best);
    let numbers = |(i, candidate): (usize, &Candidate)| match candidate.near {
        Some(_) => anchored(gazetteer, group, candidate),
        None => known(gazetteer, group, candidate, &fame, first == Some(i)),
    };
    group.candidates.iter().enumerate().map(numbers).collect()
}

/// How well the places of one name are known.
struct Fame {
    best: f32,
    all: f32,
}

fn known(gazetteer: &Gazetteer, group: &Group, candidate: &Candidate, fame: &Fame, first: bool) -> Numbers {
    let mut numbers = [0.0; Feature::COUNT];
    let mut set = |feature: Feature, value: f32| numbers[feature as usize] = value;
    let hit = &candidate.hit;
    set(Feature::Score, hit.score);
    set(Feature::First, f32::from(u8::from(first)));
    set(Feature::Behind, fame.best - hit.score);
    set(Feature::FameShare, hit.score / fame.all.max(f32::MIN_POSITIVE));
    set(Feature::Ratio, ((hit.score + 0.02) / (fame.best + 0.02)).ln() / 3.0);
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
    if class == 'P' {
        set(Feature::ScoreTown, hit.score);
    }
    match hit.name {
        NameKind::Alternate => set(Feature::Alternate, 1.0),
        NameKind::Demonym => set(Feature::Demonym, 1.0),
        NameKind::Abbreviation => set(Feature::Abbreviation, 1.0),
        NameKind::Primary => {}
    }
    let weak = match hit.grade {
        Grade::Exact | Grade::Folded => None,
        Grade::Loose => Some(Feature::Loose),
        Grade::Fuzzy => Some(Feature::Fuzzy),
        Grade::Part => Some(Feature::Part),
    };
    if let Some(weak) = weak {
        set(weak, 1.0);
        set(Feature::WeakScore, hit.score);
    }
    if matches!(group.site, Some(Site::Embassy | Site::Government)) && candidate.is_country {
        set(Feature::Represented, 1.0);
    }
    if group.dateline
        && (sort == Feature::Capital || sort == Feature::Seat || hit.score > 0.5 && class == 'P')
    {
        set(Feature::OpensKnown, 1.0);
    }
    if shadows_its_seat(gazetteer, group, candidate) {
        let american = gazetteer.country_code(hit.row) == "US";
        set(if american { Feature::HasSeatHere } else { Feature::HasSeat }, 1.0);
    }
    let namesake = |other: &Candidate| {
        other.is_country
            && other.bears_name()
            && other.row() != hit.row
            && candidate.country == Some(other.row())
    };
    if group.wanted.is_none() && group.candidates.iter().any(namesake) {
        set(Feature::InNamesake, 1.0);
    }
    if group.adjective && hit.name == NameKind::Demonym {
        set(Feature::Adjective, 1.0);
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
    numbers
}

/// Whether it is a division with a town of its own name in it, where the bare name means the town.
fn shadows_its_seat(gazetteer: &Gazetteer, group: &Group, candidate: &Candidate) -> bool {
    let asked = matches!(group.wanted, Some(Wanted::Division | Wanted::District));
    let row = candidate.row();
    let seat = |other: &Candidate| {
        other.near.is_none()
            && gazetteer.feature(other.row()).0 == 'P'
            && other.bears_name()
            && other.lies_in(row)
            && other.hit.score > 0.4 * candidate.hit.score
    };
    gazetteer.feature(row).0 == 'A' && !candidate.is_country && !asked && group.candidates.iter().any(seat)
}

/// The numbers of a place that the gazetteer does not have.
fn anchored(gazetteer: &Gazetteer, group: &Group, candidate: &Candidate) -> Numbers {
    let mut numbers = [0.0; Feature::COUNT];
    let Some(anchor) = &candidate.near else { return numbers };
    let mut set = |feature: Feature, value: f32| numbers[feature as usize] = value;
    let truth = |holds: bool| f32::from(u8::from(holds));
    set(if group.is_known() { Feature::AnchoredKnown } else { Feature::Anchored }, 1.0);
    set(Feature::AnchoredSite, truth(group.site.is_some()));
    set(Feature::AnchorChance, anchor.chance);
    set(Feature::AnchorSentence, truth(anchor.sentence));
    set(Feature::AnchorBefore, truth(anchor.before));
    set(Feature::AnchorBeside, anchor.nearness);
    set(Feature::AnchorFocus, anchor.focus);
    set(Feature::AnchorDateline, truth(anchor.dateline));
    set(Feature::AnchorHome, truth(anchor.home));
    set(Feature::AnchorContainer, truth(anchor.container));
    set(Feature::AnchorCapital, truth(anchor.capital));
    set(Feature::Governs, truth(anchor.capital && group.acts));
    match gazetteer.feature(candidate.row()) {
        ('A', code) if code.starts_with("PCL") => set(Feature::AnchorCountry, 1.0),
        ('A', "ADM1") => set(Feature::AnchorDivision, 1.0),
        ('P', _) => {}
        _ => set(Feature::AnchorDistrict, 1.0),
    }
    numbers
}
