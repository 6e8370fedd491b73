//! Airports with a code of the International Air Transport Association, from `airportsdata`.
//! The codes themselves stay out: SAN, IST and CDC are words and other things before they are airports.

use geo::{Distance, Haversine, Point};

use super::world::{Draft, World};
use super::{BuildError, Sources};
use crate::gazetteer::NameKind;

const AIRPORTS: &str = "w/airportsdata/airportsdata/airports.csv";
/// Nearer than this to an airport of the table of places, metres, it is that airport.
const SAME: f64 = 6_000.0;

pub(super) fn add(world: &mut World, sources: &Sources) -> Result<(), BuildError> {
    let path = sources.path(AIRPORTS);
    let failed = |error: csv::Error| BuildError::new(&path, error);
    let tabled: Vec<(String, Point)> = world
        .places
        .iter()
        .filter(|(_, draft)| draft.place.feature_code == "AIRP")
        .map(|(id, draft)| (id.clone(), Point::new(draft.place.lon, draft.place.lat)))
        .collect();
    for record in csv::Reader::from_path(&path).map_err(failed)?.into_records() {
        let record = record.map_err(failed)?;
        let field = |at: usize| record.get(at).unwrap_or("").trim();
        let (iata, name, city, country) = (field(1), field(2), field(3), field(5));
        let (Ok(lat), Ok(lon)) = (field(7).parse::<f64>(), field(8).parse::<f64>()) else {
            continue;
        };
        if iata.len() != 3 || name.is_empty() || !world.codes.contains_key(country) {
            continue;
        }
        let here = Point::new(lon, lat);
        let same = tabled.iter().find(|(_, point)| Haversine.distance(*point, here) < SAME);
        if let Some(draft) = same.and_then(|(id, _)| world.places.get_mut(id)) {
            add_names(draft, name, city);
            continue;
        }
        let mut draft = Draft::new(format!("iata:{iata}"), name, country, ('S', "AIRP")).at(lat, lon);
        draft.place.radius_m = 3_000.0;
        // Those of the world's traffic say so; the others are airstrips and bases, too.
        draft.rank = Some(if name.contains("International") { 24.0 } else { 12.0 });
        draft.place.parent = world.codes.get(country).cloned().unwrap_or_default();
        draft.name(name, NameKind::Primary, true);
        add_names(&mut draft, name, city);
        world.add(draft);
    }
    Ok(())
}

fn add_names(draft: &mut Draft, name: &str, city: &str) {
    // “Batam, Batam Island”
    let city = city.split(',').next().unwrap_or(city);
    let mut names = vec![name.to_owned()];
    // “Cairo International Airport” is “Cairo airport” to most.
    if !city.is_empty() && name.contains("International") {
        names.push(format!("{city} International Airport"));
    }
    if !city.is_empty() {
        names.push(format!("{city} Airport"));
    }
    if let Some(short) = name.strip_suffix(" International Airport") {
        names.push(format!("{short} Airport"));
    }
    names.iter().for_each(|name| draft.name(name, NameKind::Alternate, true));
}
