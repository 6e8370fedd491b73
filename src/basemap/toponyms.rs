//! What a map could name: towns and quarters of the gazetteer by zoom, and divisions, seas and landforms everywhere.
//! Which of them find room is another matter ([`labels`](super::labels)); how they are set is [`Hand`](super::Hand)'s.

use super::mercator;
use crate::gazetteer::{Gazetteer, Row};
use crate::model::Bbox;

/// Names asked for at once: several times what fits a view, since divisions are among them.
const ASKED: usize = 1500;
/// Towns named at least, however few live there.
const ANYWAY: usize = 24;
/// Rows looked through for areas; a lower row is a better known place.
const LOOKED_THROUGH: usize = 1_000_000;
/// Areas kept.
const AREAS: usize = 20_000;

/// What a name is of, which is how it is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sort {
    /// A first-level division.
    Division,
    /// A second-level one.
    District,
    /// An ocean, a sea, a gulf, a strait.
    Sea,
    /// A lake.
    Lake,
    /// An island, a range, a desert, a peninsula.
    Land,
    /// A country's capital.
    Capital,
    /// A town.
    Town,
    /// A part of a town.
    Quarter,
    /// A building, an airport, a park.
    Site,
}

impl Sort {
    /// Whether it is written over what it names, and only where that is large enough.
    pub fn is_area(self) -> bool {
        matches!(self, Sort::Division | Sort::District | Sort::Sea | Sort::Lake | Sort::Land)
    }

    /// Of a GeoNames feature; `None` for what a map does not name.
    fn of(class: char, code: &str) -> Option<Sort> {
        Some(match (class, code) {
            ('A', "ADM1" | "TERR") => Sort::Division,
            ('A', "ADM2") => Sort::District,
            ('H', "OCN" | "SEA" | "GULF" | "BAY" | "BGHT" | "STRT" | "CHN" | "SD" | "FJD") => Sort::Sea,
            ('H', "LK" | "LKS" | "LKN" | "RSV" | "LGN") => Sort::Lake,
            ('T', "ISL" | "ISLS" | "MTS" | "DSRT" | "PEN" | "PLAT" | "PLN") => Sort::Land,
            ('P', "PPLC") => Sort::Capital,
            ('P', "PPLX") => Sort::Quarter,
            ('P', "PPLH" | "PPLQ" | "PPLW" | "PPLCH") => return None,
            ('P', _) => Sort::Town,
            ('S', "COORD") => return None,
            ('S', _) | ('L', "PRK") | ('R', "ST") => Sort::Site,
            _ => return None,
        })
    }
}

/// Something to name.
#[derive(Clone, Debug)]
pub(crate) struct Toponym {
    /// Its number in the gazetteer: the lower, the better known.
    #[cfg(feature = "gui")]
    pub row: Row,
    /// Place on the unit square.
    pub at: [f64; 2],
    pub name: String,
    pub sort: Sort,
    pub population: u64,
    /// Across what it names, on the unit square.
    pub width: f64,
    /// Size of its name as it is set, once that was measured.
    #[cfg(feature = "gui")]
    pub size: Option<[f32; 2]>,
}

impl Toponym {
    fn read(gazetteer: &Gazetteer, row: Row, sort: Sort) -> Toponym {
        let (lat, lon) = gazetteer.point(row);
        let around = mercator::EQUATOR_METRES * lat.to_radians().cos().max(0.01);
        Toponym {
            #[cfg(feature = "gui")]
            row,
            at: mercator::project(lat, lon),
            name: gazetteer.name(row).to_owned(),
            sort,
            population: gazetteer.population(row),
            width: 2.0 * gazetteer.radius_m(row) / around,
            #[cfg(feature = "gui")]
            size: None,
        }
    }
}

/// Divisions, waters and landforms of the whole world, the best known first.
pub(crate) fn areas(gazetteer: &Gazetteer) -> Vec<Toponym> {
    let rows = (0..gazetteer.len().min(LOOKED_THROUGH)).filter_map(|row| u32::try_from(row).ok().map(Row));
    let area = |row: Row| {
        let (class, code) = gazetteer.feature(row);
        let sort = Sort::of(class, code).filter(|&sort| sort.is_area() && sort != Sort::District)?;
        let radius = gazetteer.radius_m(row);
        // The passages round the north of continents are ways and no waters.
        let is_way = code == "CHN" && radius > 600_000.0;
        (radius > 0.0 && !is_way).then(|| Toponym::read(gazetteer, row, sort))
    };
    rows.filter_map(area).take(AREAS).collect()
}

/// What may be named in a box at a zoom, the best known first; without what [`areas`] holds.
pub(crate) fn near(gazetteer: &Gazetteer, bbox: Bbox, zoom: f64) -> Vec<Toponym> {
    let mut towns = 0;
    let wanted = |row: Row| {
        let (class, code) = gazetteer.feature(row);
        let sort = Sort::of(class, code)?;
        // In a desert a village is what there is.
        towns += usize::from(sort == Sort::Town);
        let known = match sort {
            Sort::Capital => gazetteer.population(row) >= least_population(zoom) / 20,
            Sort::Town => {
                gazetteer.population(row) >= least_population(zoom) || zoom >= 4.0 && towns <= ANYWAY
            }
            Sort::District => zoom >= 7.5,
            Sort::Quarter => zoom >= 10.5,
            Sort::Site => zoom >= if code == "AIRP" { 10.0 } else { 12.0 },
            // They are gathered once, for the whole world.
            _ => false,
        };
        known.then(|| Toponym::read(gazetteer, row, sort))
    };
    gazetteer.within(bbox, ASKED).into_iter().filter_map(wanted).collect()
}

/// Towns smaller than this are not named at a zoom, however much room there is.
pub(crate) fn least_population(zoom: f64) -> u64 {
    match zoom {
        zoom if zoom < 3.0 => u64::MAX / 20,
        zoom if zoom < 4.0 => 4_000_000,
        zoom if zoom < 5.0 => 1_500_000,
        zoom if zoom < 6.0 => 400_000,
        zoom if zoom < 7.0 => 120_000,
        zoom if zoom < 8.0 => 40_000,
        zoom if zoom < 9.0 => 12_000,
        zoom if zoom < 10.0 => 3_000,
        _ => 0,
    }
}
