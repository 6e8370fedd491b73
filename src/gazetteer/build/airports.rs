//! Airports with scheduled flights abroad, from `airportsdata`.
//! Their codes stay out: SAN, IST and BUS are words and other things before they are airports.

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
        if iata.len() != 3 || !name.contains("International") || !world.codes.contains_key(country) {
            continue;
        }
        let here = Point::new(lon, lat);
        let same = tabled.iter().find(|(_, point)| Haversine.distance(*point, here) < SAME);
        let mut names = vec![name.to_owned()];
        // “Cairo International Airport” is “Cairo airport” to most.
        if !city.is_empty() {
            names.extend([format!("{city} Airport"), format!("{city} International Airport")]);
        }
        if let Some(short) = name.strip_suffix(" International Airport") {
            names.push(format!("{short} Airport"));
        }
        if let Some(draft) = same.and_then(|(id, _)| world.places.get_mut(id)) {
            names.iter().for_each(|name| draft.name(name, NameKind::Alternate, true));
            continue;
        }
        let mut draft = Draft::new(format!("iata:{iata}"), name, country, ('S', "AIRP")).at(lat, lon);
        draft.place.radius_m = 3_000.0;
        draft.rank = Some(24.0);
        draft.place.parent = world.codes.get(country).cloned().unwrap_or_default();
        for (number, name) in names.iter().enumerate() {
            let kind = if number == 0 { NameKind::Primary } else { NameKind::Alternate };
            draft.name(name, kind, true);
        }
        world.add(draft);
    }
    Ok(())
}
