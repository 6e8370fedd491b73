//! The places that a picture marks, and how large each is: its area grows with its count, as a reader takes it to.
//! Places that would lie on one another become one mark, under the name of the one with most.

use super::view::Frame;
use crate::explore::clusters::{Clusters, MAX_ZOOM, Node, Spot};
use crate::explore::{Scene, ScenePoint};
use crate::model::{EventClass, EventType, Precision};

/// Places nearer to each other than this are one mark, points.
const APART: f64 = 13.0;
/// The smallest mark, points: a smaller one could not be seen.
const LEAST: f64 = 2.4;

/// What the marks count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Counting {
    /// Mentions of places.
    #[default]
    Mentions,
    /// Events at places.
    Events,
}

/// What a mark stands for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Form {
    /// A town or a spot: a disc.
    #[default]
    Disc,
    /// A region, a country or more: a ring.
    Area,
    /// A place that only ever stands for something else, as "Washington" for a government: a thin ring.
    Hollow,
}

/// A place with its count.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Mark {
    /// Where it lies on the Mercator unit square.
    pub at: [f64; 2],
    /// What it is called.
    pub name: String,
    /// Mentions of it, or events there.
    pub count: u32,
    /// What it stands for.
    pub form: Form,
    /// Whether every mention of it is doubtful.
    pub uncertain: bool,
    /// Whether it is a country or more.
    pub wide: bool,
    /// Its country, ISO 3166-1 alpha-2.
    pub country: String,
    /// Radius of a circle that covers most of it, metres.
    pub radius_m: f64,
    /// Events there by class, in the order of [`EventClass::ALL`].
    pub classes: [u32; EventClass::ALL.len()],
    /// What sort of events most of them are, where events are counted.
    pub leading: Option<EventType>,
}

impl Mark {
    /// What stands for a place of a precision, or for what is meant by it.
    pub(super) fn form(precision: Precision, associative: bool) -> Form {
        match associative {
            true => Form::Hollow,
            false if precision >= Precision::Region => Form::Area,
            false => Form::Disc,
        }
    }

    pub(super) fn is_wide(precision: Precision) -> bool {
        precision >= Precision::Country
    }
}

impl From<&ScenePoint> for Mark {
    fn from(point: &ScenePoint) -> Mark {
        let place = &point.place;
        Mark {
            at: point.at,
            name: place.name.clone(),
            count: if point.leading.is_some() { point.events() } else { point.mentions },
            form: Mark::form(place.precision, point.associative),
            uncertain: point.uncertain,
            wide: Mark::is_wide(place.precision),
            country: place.country_code.clone(),
            radius_m: place.radius_m,
            classes: point.classes,
            leading: point.leading,
        }
    }
}

/// Everything that a picture marks.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Marks {
    /// The places.
    pub all: Vec<Mark>,
    /// What they count.
    pub counting: Counting,
}

impl Marks {
    /// What a window's map shows.
    pub fn of(scene: &Scene) -> Marks {
        let events = scene.points.iter().any(|point| point.leading.is_some());
        let counting = if events { Counting::Events } else { Counting::Mentions };
        Marks { all: scene.points.iter().map(Mark::from).collect(), counting }
    }
}

/// A mark in its place on the page.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Placed<'a> {
    /// The place, of several the one with most.
    pub mark: &'a Mark,
    /// Its middle on the page.
    pub at: [f64; 2],
    pub count: u64,
    pub places: u32,
    pub uncertain: bool,
    /// The share of each class in its events, 0 to 1.
    pub shares: [f32; EventClass::ALL.len()],
}

/// The marks that a map shows, those with most first.
pub(super) fn placed<'a>(marks: &'a Marks, frame: &Frame) -> Vec<Placed<'a>> {
    let is_area = |mark: &Mark| mark.form == Form::Area;
    let mut placed = Vec::new();
    // A country and the town in its middle stay two.
    for areas in [true, false] {
        let of: Vec<&Mark> = marks.all.iter().filter(|mark| is_area(mark) == areas).collect();
        placed.extend(grouped(&of, frame));
    }
    placed.sort_by_key(|placed| std::cmp::Reverse(placed.count));
    placed
}

fn grouped<'a>(of: &[&'a Mark], frame: &Frame) -> Vec<Placed<'a>> {
    let spots: Vec<Spot> = of.iter().map(|mark| Spot { at: mark.at, weight: mark.count }).collect();
    let classes = of.iter().filter(|mark| mark.leading.is_some()).map(|mark| mark.classes).collect();
    // Groups are made for whole zooms; the map's own lies between two.
    let level = frame.zoom().floor().clamp(0.0, f64::from(MAX_ZOOM));
    let clusters = Clusters::build(&spots, APART * (level - frame.zoom()).exp2()).with_classes(classes);
    let place = |node: &Node| {
        let mark = *of.get(node.leader as usize)?;
        let at = frame.place(mark.at);
        let members = clusters.members(node);
        let uncertain = members.iter().all(|&spot| of.get(spot as usize).is_some_and(|mark| mark.uncertain));
        let (count, places, shares) = (node.weight, node.places, node.shares());
        frame.shows(at, 0.0).then_some(Placed { mark, at, count, places, uncertain, shares })
    };
    clusters.nodes(level).iter().filter_map(place).collect()
}

/// How large marks are drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Sizes {
    /// Radius of a count of 1, points, were it large enough to be seen.
    unit: f64,
    /// The largest count.
    pub most: u64,
}

impl Sizes {
    /// Sizes that suit a map: the largest mark is a small part of it, and the smallest no larger than it need be.
    pub fn new(placed: &[Placed<'_>], frame: &Frame, counting: Counting) -> Sizes {
        let most = placed.iter().map(|placed| placed.count).max().unwrap_or(1).max(1);
        let largest = (frame.size[0].min(frame.size[1]) * 0.035).clamp(11.0, 30.0);
        let alone = if counting == Counting::Events { 6.5 } else { 4.5 };
        Sizes { unit: (largest / (most as f64).sqrt()).min(alone), most }
    }

    /// The radius of a mark, points: its area grows with its count.
    pub fn radius(&self, count: u64) -> f64 {
        (self.unit * (count as f64).sqrt()).max(LEAST)
    }

    /// Round counts to show the sizes of, the smallest first.
    pub fn round(&self) -> Vec<u64> {
        let mut counts: Vec<u64> =
            (0..18).map(|power| 10u64.pow(power)).take_while(|&ten| ten <= self.most).collect();
        // Far beyond the last power of ten there is a size that none of them tells of.
        let last = counts.last().copied().unwrap_or(1);
        counts.extend([5, 2].map(|times| last * times).into_iter().find(|&count| count <= self.most));
        let told = counts.len().saturating_sub(3);
        counts.split_off(told)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::basemap::mercator::project;
    use crate::picture::View;

    fn mark(name: &str, lat: f64, lon: f64, count: u32, form: Form) -> Mark {
        Mark { at: project(lat, lon), name: name.to_owned(), count, form, ..Mark::default() }
    }

    fn frame(marks: &Marks) -> Frame {
        Frame::new(&View::Fit, &marks.all, [0.0; 2], [800.0, 500.0])
    }

    #[test]
    fn what_would_lie_on_one_another_is_one_mark() {
        let all = vec![
            mark("Beirut", 33.89, 35.5, 5, Form::Disc),
            mark("Bourj Hammoud", 33.9, 35.54, 1, Form::Disc),
            mark("Lebanon", 33.83, 35.83, 2, Form::Area),
            mark("Baghdad", 33.3, 44.4, 9, Form::Disc),
        ];
        let marks = Marks { all, counting: Counting::Mentions };
        let placed = placed(&marks, &frame(&marks));
        let told: Vec<_> = placed.iter().map(|p| (p.mark.name.as_str(), p.count, p.places)).collect();
        assert_eq!(told, [("Baghdad", 9, 1), ("Beirut", 6, 2), ("Lebanon", 2, 1)]);
    }

    #[test]
    fn areas_grow_with_counts() {
        let all = vec![mark("A", 10.0, 10.0, 100, Form::Disc), mark("B", 20.0, 20.0, 25, Form::Disc)];
        let marks = Marks { all, counting: Counting::Mentions };
        let frame = frame(&marks);
        let sizes = Sizes::new(&placed(&marks, &frame), &frame, marks.counting);
        assert!((sizes.radius(100) / sizes.radius(25) - 2.0).abs() < 1e-9);
        assert!(sizes.radius(1) >= LEAST && sizes.radius(100) <= 30.0);
    }

    #[test]
    fn the_legend_tells_round_counts() {
        let check =
            |most: u64, expected: &[u64]| assert_eq!(Sizes { unit: 1.0, most }.round(), expected, "{most}");
        check(1, &[1]);
        check(4, &[1, 2]);
        check(9, &[1, 5]);
        check(10, &[1, 10]);
        check(37, &[1, 10, 20]);
        check(100, &[1, 10, 100]);
        check(7000, &[100, 1000, 5000]);
        assert_eq!(Sizes { unit: 1.0, most: u64::MAX }.round().len(), 3);
    }
}
