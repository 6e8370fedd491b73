//! Areas that words describe relative to a mention, kept right when the mention moves or means another place.
//! "12 km north of Derna" goes along with Derna; what lies between two places, of which one is another now, is gone
//! until it is measured anew.

use geo::{Bearing, Destination, Distance, Haversine, Point};

use super::mentions::Moved;
use crate::model::{Area, Geoparsed, Place};

/// Of an area, the mention that is its anchor, the point which that meant, and whether its words name no other.
pub(super) struct Anchor {
    mention: Option<usize>,
    point: Option<Point>,
    alone: bool,
}

/// The anchors of all areas, as they were found.
pub(super) fn anchors(found: &Geoparsed) -> Vec<Anchor> {
    let anchor = |area: &Area| {
        let mention = found.mentions.iter().position(|mention| mention.span == area.anchor);
        let place = mention.and_then(|number| found.mentions.get(number)?.place());
        let named = found.mentions.iter().filter(|mention| area.span.overlaps(mention.span)).count();
        Anchor { mention, point: place.map(|place| point(place)), alone: named <= 1 }
    };
    found.areas.iter().map(anchor).collect()
}

/// Keeps the areas whose anchors still mean a place.
pub(super) fn lay(found: &mut Geoparsed, before: &[Anchor], moved: &Moved) {
    let mentions = &found.mentions;
    let mut before = before.iter();
    found.areas.retain_mut(|area| {
        let Some(anchor) = before.next() else { return false };
        // An area whose anchor never was a mention hangs on none.
        let Some(number) = anchor.mention else { return true };
        let now = moved.get(number).copied().flatten().and_then(|number| mentions.get(number));
        let Some((mention, place)) = now.and_then(|mention| Some((mention, mention.place()?))) else {
            return false;
        };
        area.anchor = mention.span;
        match anchor.point {
            Some(from) if from != point(place) => anchor.alone && shift(area, from, point(place)),
            _ => true,
        }
    });
}

fn point(place: &Place) -> Point {
    Point::new(place.lon, place.lat)
}

/// Puts an area as far from one point, and towards the same side, as it was from another.
fn shift(area: &mut Area, from: Point, to: Point) -> bool {
    let centre = Point::new(area.lon, area.lat);
    let metres = Haversine.distance(from, centre);
    let there =
        if metres > 0.0 { Haversine.destination(to, Haversine.bearing(from, centre), metres) } else { to };
    (area.lon, area.lat) = (there.x(), there.y());
    area.lon.is_finite() && area.lat.is_finite()
}
